/* Finds terms of reference in the units of a document: where they begin and
 * end, whose they are, and which units say what. */
#include "terms.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "spelling.h"

static const char *const topic_names[TOPIC_COUNT] = {
    [TOPIC_OTHER] = "other",
    [TOPIC_SCOPE] = "scope",
    [TOPIC_OBJECTIVES] = "objectives",
    [TOPIC_LEADERSHIP] = "leadership",
    [TOPIC_PARTICIPATION] = "participation",
    [TOPIC_SUPPORT] = "support",
    [TOPIC_MEETINGS] = "meetings",
    [TOPIC_DELIVERABLES] = "deliverables",
    [TOPIC_REVIEW] = "review",
    [TOPIC_LIFETIME] = "lifetime",
    [TOPIC_PARENT] = "parent",
    [TOPIC_MAILING_LIST] = "mailing_list",
    [TOPIC_WEB_PAGE] = "web_page",
    [TOPIC_CONTACT] = "contact",
};

/* The more exact first: an ad hoc group is a group. */
static const char *const group_kinds[] = {
    "focus_group",      "coordination_activity", "correspondence_group",
    "rapporteur_group", "regional_group",        "ad_hoc_group",
    "working_party",    "task_force",            "study_group",
    "advisory_group",   "committee",             "other_group",
};

const char *topic_name(enum topic topic)
{
    return topic_names[topic];
}

struct pass {
    struct terms_list *list;
    const struct units *units;
    const struct facts *facts;
    struct scanner *scanner;
    struct folded folded;
};

/* ---- asking the grammar ------------------------------------------------------ */

enum { TITLE_MAX = 600, SENTENCES_MAX = 8000, NAME_MAX_LENGTH = 240 };

/* Makes a text ready for rules; false where there is none to ask of. */
static bool read_text(struct pass *p, struct span text)
{
    if (!text.len || text.len > SENTENCES_MAX)
        return false;
    if (fold(&p->folded, text, fold_needed(text)))
        return true;
    p->list->failed = true;
    return false;
}

/* Whether a rule takes the text that was read last. */
static bool takes(struct pass *p, const char *rule, struct finding *f)
{
    return scanner_is_named(p->scanner, KIND_TERMS, rule, &p->folded, f);
}

static bool is_named(struct pass *p, const char *rule, struct span text,
                     struct finding *f)
{
    return read_text(p, text) && takes(p, rule, f);
}

/* A heading may end in a colon or a full stop. */
static struct span heading_text(const struct unit *unit)
{
    struct span text = span_trim(unit->text);

    while (text.len && strchr(":.", text.at[text.len - 1]))
        text.len--;
    if (text.len >= 3 && memcmp(text.at + text.len - 3, "\uFF1A", 3) == 0)
        text.len -= 3;
    return span_trim(text);
}

/* "Title: ..." without the label. */
static struct span behind_label(const struct unit *unit)
{
    const xmlNode *label = tree_child(unit->node, "inline");
    size_t len = label && label->children && label->children->content
                     ? strlen((const char *)label->children->content)
                     : 0;
    struct span text = heading_text(unit);

    if (unit->role != ROLE_FIELD || len >= text.len)
        return text;
    return span_trim((struct span){ text.at + len, text.len - len });
}

/* Whether the unit names terms of reference; *name is the group, if it names
 * that, too. */
static bool is_title(struct pass *p, const struct unit *unit, struct span *name)
{
    struct finding f;
    struct span text = behind_label(unit);

    *name = (struct span){ 0 };
    if (text.len > TITLE_MAX || !is_named(p, "title", text, &f))
        return false;
    if (f.match.at[CAP_TITLE].at)
        *name = span_trim(f.match.at[CAP_TITLE]);
    return true;
}

static enum topic topic_of(struct pass *p, struct span text)
{
    struct finding f;

    if (text.len > TITLE_MAX || !read_text(p, text))
        return TOPIC_OTHER;
    for (int t = TOPIC_SCOPE; t < TOPIC_COUNT; t++)
        if (takes(p, topic_names[t], &f))
            return (enum topic)t;
    return TOPIC_OTHER;
}

static const char *kind_of(struct pass *p, struct span name)
{
    struct finding f;

    if (!read_text(p, name))
        return NULL;
    for (size_t i = 0; i < sizeof group_kinds / sizeof *group_kinds; i++)
        if (takes(p, group_kinds[i], &f))
            return group_kinds[i];
    return NULL;
}

/* ---- whose they are ------------------------------------------------------------- */

static bool is_text_in(const struct fact *fact, struct span text)
{
    return text.len && fact->surface.at >= text.at &&
           fact->surface.at + fact->surface.len <= text.at + text.len;
}

static bool is_acronym(const struct fact *fact)
{
    return !fact->soft && (fact->type == FACT_ACRONYM ||
                           fact->type == FACT_IDENTIFIER);
}

static size_t times_said(const struct pass *p, const struct terms *t,
                         struct span acronym)
{
    size_t count = 0;

    for (size_t i = p->facts->first[t->unit]; i < p->facts->first[t->end]; i++)
        count += is_acronym(&p->facts->at[i]) &&
                 span_equal(p->facts->at[i].value, acronym);
    return count;
}

/* A title may be misspelt: what the text says more often, and what is that but
 * for a slip of the pen, is how the group is called. */
static struct span usual_spelling(const struct pass *p, const struct terms *t,
                                  struct span acronym)
{
    size_t most = times_said(p, t, acronym);
    struct span best = acronym;

    for (size_t i = p->facts->first[t->unit]; i < p->facts->first[t->end]; i++) {
        const struct fact *fact = &p->facts->at[i];
        size_t count;

        if (!is_acronym(fact) || !spelling_is_turned(fact->value, acronym))
            continue;
        count = times_said(p, t, fact->value);
        if (count > most) {
            most = count;
            best = fact->value;
        }
    }
    return best;
}

static struct span acronym_of(struct pass *p, const struct terms *t)
{
    struct finding f;

    struct span where = t->name, typed = { 0 };

    if (is_named(p, "acronym", t->name, &f))
        where = typed = f.match.at[CAP_VALUE];
    for (size_t i = 0; i < p->facts->count; i++)
        if (is_acronym(&p->facts->at[i]) && is_text_in(&p->facts->at[i], where))
            return usual_spelling(p, t, p->facts->at[i].value);
    return typed;
}

/* "The Group", which is no name as "FG-TIDE" is. */
static bool is_kind_alone(struct span name)
{
    return !memchr(name.at, ' ', name.len) && span_has(name, u_islower);
}

/* The group may have a title of its own, beside the words "terms of
 * reference": the one that gives its acronym, else the first that says what
 * kind of group it is; `name` where there is none. */
static struct span other_title(struct pass *p, unsigned title, struct span name)
{
    size_t end = units_part_end(p->units, title);
    struct span first = name;
    struct finding f;

    for (size_t u = units_part_start(p->units, title); u < end; u++) {
        const struct unit *unit = &p->units->at[u];

        if (u == title || unit->role != ROLE_TITLE)
            continue;
        if (is_named(p, "acronym", unit->text, &f))
            return unit->text;
        if (first.at == name.at && kind_of(p, unit->text))
            first = unit->text;
    }
    return first;
}

/* ---- what sentences tell ------------------------------------------------------------ */

static bool says_parent(struct pass *p, unsigned u, struct saying *found)
{
    struct finding f;

    if (!is_named(p, "says_parent", p->units->at[u].text, &f) ||
        !f.match.at[CAP_VALUE].at)
        return false;
    *found = (struct saying){ (int)u, span_trim(f.match.at[CAP_VALUE]) };
    return true;
}

static const struct topic_run *run_of(const struct terms *t, enum topic topic)
{
    for (size_t i = 0; i < t->run_count; i++)
        if (t->runs[i].topic == topic && t->runs[i].unit < t->runs[i].end)
            return &t->runs[i];
    return NULL;
}

/* "Parent group", and below it no sentence but a name. */
static bool names_parent(struct pass *p, const struct terms *t,
                         struct saying *found)
{
    const struct topic_run *run = run_of(t, TOPIC_PARENT);
    struct span name;

    if (!run)
        return false;
    name = heading_text(&p->units->at[run->unit]);
    *found = (struct saying){ (int)run->unit, name };
    return name.len && name.len <= NAME_MAX_LENGTH;
}

/* The terms themselves, else what the body of the document says: of this
 * group by name, or of one. */
static struct saying find_parent(struct pass *p, const struct terms *t)
{
    struct saying found = { NO_UNIT, { 0 } };

    for (unsigned u = t->unit; u < t->end; u++)
        if (says_parent(p, u, &found))
            return found;
    if (names_parent(p, t, &found))
        return found;
    found.unit = NO_UNIT;
    for (int named = 1; named >= 0; named--)
        for (unsigned u = 0; u < p->units->count; u++) {
            const struct unit *unit = &p->units->at[u];

            if (p->units->parts[unit->part].kind == PART_BODY &&
                (!named || (t->acronym.len &&
                            spelling_has_words(unit->text, t->acronym))) &&
                says_parent(p, u, &found))
                return found;
        }
    return found;
}

/* What follows on the next line. */
static bool announces(const struct unit *unit)
{
    struct span text = span_trim(unit->text);

    return heading_text(unit).len < text.len &&
           text.at[text.len - 1] != '.';
}

/* The units that such words speak of: the sentence, the next where it ends in
 * a colon, and all that stands below a heading. */
static unsigned reach_of(const struct pass *p, const struct terms *t, unsigned u)
{
    for (size_t i = 0; i < t->run_count; i++)
        if (t->runs[i].heading == (int)u)
            return t->runs[i].end;
    return announces(&p->units->at[u]) && u + 1 < t->end ? u + 2 : u + 1;
}

/* The address that stands with the words. */
static struct saying find_address(struct pass *p, const struct terms *t,
                                  const char *rule, enum fact_type type)
{
    struct finding f;

    for (unsigned u = t->unit; u < t->end; u++) {
        if (!is_named(p, rule, p->units->at[u].text, &f))
            continue;
        for (size_t i = p->facts->first[u];
             i < p->facts->first[reach_of(p, t, u)]; i++)
            if (p->facts->at[i].type == type)
                return (struct saying){ (int)p->facts->at[i].unit,
                                        p->facts->at[i].surface };
    }
    return (struct saying){ NO_UNIT, { 0 } };
}

/* ---- topics --------------------------------------------------------------------------- */

static bool is_heading(const struct unit *unit)
{
    return unit->role == ROLE_HEADING;
}

static struct topic_run *open_run(struct pass *p, struct terms *t, unsigned u)
{
    struct topic_run *run = array_push(&t->runs, &t->run_count, sizeof *run);

    p->list->failed |= run == NULL;
    if (run)
        *run = (struct topic_run){ TOPIC_OTHER, NO_HEADING, u, u };
    return run;
}

/* "Lifetime: one year" and "Tasks:" above a list: a paragraph that begins with
 * what it is about. */
static enum topic topic_inside(struct pass *p, const struct unit *unit)
{
    const char *end = unit->text.at + unit->text.len;
    const char *colon = unit->text.len
                            ? memchr(unit->text.at, ':', unit->text.len)
                            : NULL;
    const char *wide = unit->text.len
                           ? memmem(unit->text.at, unit->text.len, "\uFF1A", 3)
                           : NULL;

    if (unit->role != ROLE_PARAGRAPH && unit->role != ROLE_CLAUSE &&
        unit->role != ROLE_ITEM)
        return TOPIC_OTHER;
    end = colon && (!wide || colon < wide) ? colon : wide ? wide : end;
    if (end == unit->text.at + unit->text.len)
        return TOPIC_OTHER;
    return topic_of(p, span_trim((struct span){
                           unit->text.at, (size_t)(end - unit->text.at) }));
}

/* A heading below another belongs to that, but where a rule knows it. Without
 * headings paragraphs say what they are about. */
static void read_runs(struct pass *p, struct terms *t, unsigned first)
{
    struct topic_run *run = NULL;
    unsigned level = 0;

    for (unsigned u = first; u < t->end && !p->list->failed; u++) {
        const struct unit *unit = &p->units->at[u];
        bool bare = !run || run->heading == NO_HEADING;
        enum topic topic = is_heading(unit) ? topic_of(p, heading_text(unit))
                           : bare           ? topic_inside(p, unit)
                                            : TOPIC_OTHER;

        if (is_heading(unit)
                ? bare || unit->level <= level ||
                      (topic != TOPIC_OTHER && topic != run->topic)
                : !run || topic != TOPIC_OTHER) {
            run = open_run(p, t, u);
            if (!run)
                return;
            run->topic = topic;
            if (is_heading(unit)) {
                run->heading = (int)u;
                run->unit = u + 1;
                level = unit->level;
            }
        }
        run->end = u + 1;
    }
}

/* A list with nothing else beside it says what the group is to do. */
static void read_tasks(const struct pass *p, struct terms *t)
{
    if (t->run_count != 1 || t->runs->topic != TOPIC_OTHER ||
        t->runs->heading != NO_HEADING)
        return;
    for (unsigned u = t->runs->unit; u < t->runs->end; u++)
        if (p->units->at[u].role == ROLE_ITEM)
            t->runs->topic = TOPIC_OBJECTIVES;
}

/* ---- where they are ----------------------------------------------------------------------- */

/* All that is deeper than the heading, up to the next of its kind. */
static unsigned section_end(const struct units *units, unsigned u)
{
    unsigned end = u + 1, level = units->at[u].level;

    while (end < units->count && units->at[end].part == units->at[u].part &&
           !(units->at[end].level <= level &&
             (is_heading(&units->at[end]) ||
              units->at[end].role == ROLE_CLAUSE)))
        end++;
    return end;
}

static const char *eid_above(const struct unit *unit, const char *element)
{
    const xmlNode *node = unit->node;

    while (node && node->type == XML_ELEMENT_NODE && !tree_is(node, element))
        node = node->parent;
    return node && node->type == XML_ELEMENT_NODE && tree_get(node, "eId")
               ? tree_get(node, "eId") : "";
}

static bool is_below_title(const struct unit *unit)
{
    return unit->role != ROLE_TITLE && unit->role != ROLE_LABEL &&
           unit->role != ROLE_PARENT && unit->role != ROLE_FIELD;
}

/* Who says how terms of reference are made says nothing of a group; nor does
 * a title with nothing below it. A section may be about anything: it takes a
 * heading or a list that fits. */
static bool is_complete(const struct pass *p, const struct terms *t, bool whole)
{
    bool any = false, fits = whole;

    for (size_t i = 0; i < t->run_count; i++) {
        any |= t->runs[i].end > t->runs[i].unit;
        fits |= t->runs[i].topic != TOPIC_OTHER;
    }
    for (unsigned u = t->unit; u < t->end && !fits; u++)
        fits = p->units->at[u].role == ROLE_ITEM;
    return any && fits && (t->kind || t->acronym.len);
}

static void add_terms(struct pass *p, struct terms terms, unsigned title,
                      unsigned first, bool whole)
{
    struct terms *t;

    if (!terms.name.len || is_kind_alone(terms.name))
        terms.name = other_title(p, title, terms.name);
    terms.kind = kind_of(p, terms.name);
    terms.acronym = acronym_of(p, &terms);
    read_runs(p, &terms, first);
    read_tasks(p, &terms);
    if (p->list->failed || !is_complete(p, &terms, whole)) {
        if (p->list->mention == NO_UNIT)
            p->list->mention = (int)title;
        free(terms.runs);
        return;
    }
    terms.parent = find_parent(p, &terms);
    terms.mailing_list = find_address(p, &terms, "says_mailing_list",
                                      FACT_EMAIL);
    terms.web_page = find_address(p, &terms, "says_web_page", FACT_URL);
    t = array_push(&p->list->at, &p->list->count, sizeof *t);
    p->list->failed |= t == NULL;
    if (t)
        *t = terms;
    else
        free(terms.runs);
}

static unsigned skip_titles(const struct units *units, unsigned u, unsigned end)
{
    while (u < end && !is_below_title(&units->at[u]))
        u++;
    return u;
}

/* An annex whose title says so, a section under such a heading. */
static unsigned look_at(struct pass *p, unsigned u)
{
    const struct unit *unit = &p->units->at[u];
    int kind = p->units->parts[unit->part].kind;
    bool annex = kind == PART_ANNEX &&
                 (unit->role == ROLE_TITLE || unit->role == ROLE_LABEL);
    struct terms terms = { .unit = u, .eid = "" };

    if ((!annex && !is_heading(unit)) || !is_title(p, unit, &terms.name))
        return u + 1;
    if (annex) {
        terms.unit = (unsigned)units_part_start(p->units, u);
        terms.end = (unsigned)units_part_end(p->units, u);
        terms.eid = eid_above(unit, "attachment");
        add_terms(p, terms, u, skip_titles(p->units, terms.unit, terms.end),
                  true);
    } else {
        terms.end = section_end(p->units, u);
        terms.eid = unit->eid;
        add_terms(p, terms, u, u + 1, false);
    }
    return terms.end;
}

/* The document as a whole: its title says so, and no part of it is better. */
static void look_at_document(struct pass *p)
{
    for (unsigned u = 0; u < p->units->count; u++) {
        const struct unit *unit = &p->units->at[u];
        struct terms terms = { .unit = 0, .eid = "" };
        bool titled = unit->role == ROLE_TITLE ||
                      (unit->role == ROLE_FIELD && span_is(unit->field, "title"));

        if (p->units->parts[unit->part].kind != PART_PREFACE)
            continue;
        if (!titled || !is_title(p, unit, &terms.name))
            continue;
        while (terms.end < p->units->count &&
               p->units->parts[p->units->at[terms.end].part].kind != PART_ANNEX)
            terms.end++;
        add_terms(p, terms, u, (unsigned)units_part_end(p->units, u), true);
        return;
    }
}

void terms_find(struct terms_list *list, const struct units *units,
                const struct facts *facts, struct scanner *scanner)
{
    struct pass p = { .list = list, .units = units, .facts = facts,
                      .scanner = scanner };

    *list = (struct terms_list){ .mention = NO_UNIT };
    for (unsigned u = 0; u < units->count && !list->failed;)
        u = look_at(&p, u);
    if (!list->count && !list->failed)
        look_at_document(&p);
    folded_free(&p.folded);
}

void terms_free(struct terms_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->at[i].runs);
    free(list->at);
    *list = (struct terms_list){ 0 };
}
