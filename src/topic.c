/* Knows what passages are about: by the headings above them, and by the words
 * before a list. */
#include "topic.h"

#include <string.h>

#include "labels.h"
#include "lines.h"

const struct topic *topic_push(struct topic **topics, struct citing *p,
                               const struct named *doc,
                               const struct node *scope)
{
    struct topic *topic = arena_alloc(&p->xrefs->arena, sizeof *topic);

    if (!topic)
        return NULL;
    *topic = (struct topic){ citing_keep(p, doc), scope, *topics };
    *topics = topic;
    return topic;
}

static bool is_inside(const struct node *node, const struct node *scope)
{
    while (node && node != scope)
        node = node->parent;
    return node;
}

/* Texts come in their order: none is in a passage that was left before. */
const struct topic *topic_at(struct topic **topics, const struct node *text)
{
    while (*topics && !is_inside(text, (*topics)->scope))
        *topics = (*topics)->outer;
    return *topics;
}

enum { TOPIC_MAX = 200 };

/* "Annex B", whose title is "Draft new Recommendation A.1", is that text. */
static void note_annexed(struct citing *p, const struct topic *topic)
{
    struct annexed *annexed;

    if (!draft_is(topic->scope, "attachment"))
        return;
    annexed = array_push(&p->xrefs->annexed, &p->xrefs->annexed_count,
                         sizeof *annexed);
    p->place->draft->failed |= !annexed;
    if (annexed)
        *annexed = (struct annexed){ topic->scope, topic->doc };
}

static void open_topic(struct citing *p, const struct named *doc,
                       const struct node *scope)
{
    const struct topic *topic = topic_push(&p->topic, p, doc, scope);

    if (topic)
        note_annexed(p, topic);
}

/* "Draft revision of", as the text from here to there, or how it begins. */
static bool is_draft_of(struct citing *p, struct span text, bool all)
{
    struct finding f;

    if (!scanner_takes(p->scanner, KIND_SAME, "topic", text, &f))
        return false;
    return !all || f.match.at[CAP_ALL].len >= span_trim(text).len;
}

struct node *topic_holder(const struct node *block)
{
    return draft_is(block->parent, "intro") ||
                   draft_is(block->parent, "content")
               ? block->parent->parent
               : block->parent;
}

/* What a heading is the heading of; a line in an annex is one for what comes
 * behind it there. NULL for a text that is none. */
static struct node *scope_of(struct node *text, const char *end)
{
    struct node *block = text->parent, *part;
    struct span rest = span_between(end, text->text.at + text->text.len);

    if (draft_is(block, "heading"))
        return block->parent;
    part = draft_ancestor(block, "attachment", NULL);
    if (draft_is(block, "docTitle"))
        return part;
    if (!part || !draft_is(block, "p") || text->text.len > TOPIC_MAX ||
        (rest.len && *rest.at != '\t'))
        return NULL;
    return topic_holder(block);
}

/* A heading that begins with one document: what follows is about that. */
static void note_topic(struct citing *p, const struct finding *f,
                       const struct citation *t, const struct named *doc)
{
    struct span all = f->match.at[CAP_ALL];
    struct node *text = p->place->text, *scope;
    struct span before = span_trim(span_between(text->text.at, all.at));

    if (!rule_is(f->rule, "document") || t->count > 1 ||
        !document_has_clauses(doc) ||
        !(scope = scope_of(text, all.at + all.len)) ||
        (before.len && !is_draft_of(p, before, true)))
        return;
    open_topic(p, doc, scope);
}

/* Whether what stands before the document in a title says that the title is
 * about it. */
enum { LEAD_MAX = 1200 };

static bool leads_to_subject(struct citing *p, struct span before)
{
    return !before.len ||
           (before.len <= LEAD_MAX &&
            (is_draft_of(p, before, true) ||
             scanner_takes(p->scanner, KIND_SAME, "about", before, NULL) ||
             scanner_takes(p->scanner, KIND_SAME, "change", before, NULL)));
}

/* "Your reference: Circular Letter CR/540": what is answered. */
static bool is_answered(const struct node *block)
{
    return draft_is(block->parent, "container") &&
           draft_is_named(block->parent, "yourReference");
}

/* "Circular 12: Recommendation A.1", or "Comments on Recommendation A.1" in
 * answer to that letter: not the letter is spoken of. */
static bool is_behind_letter(const struct citing *p, const struct named *doc)
{
    const struct node *text = p->place->text;

    return p->xrefs->about &&
           (p->xrefs->about_text == text || p->xrefs->about_answered) &&
           draft_is(text->parent, "docTitle") &&
           document_is_letter(p->xrefs->about) && !document_is_letter(doc);
}

const struct named *topic_of_letter(const struct citing *p,
                                    const struct named *doc)
{
    const struct named *about = p->xrefs->about;

    return about && document_is_letter(doc) && !document_is_letter(about)
               ? about
               : doc;
}

/* A paper that another comments on has clauses, too. */
static bool may_be_subject(const struct citing *p, const struct named *doc)
{
    return document_has_clauses(doc) ||
           (strcmp(doc->type, "paper") == 0 &&
            scanner_takes(p->scanner, KIND_SAME, "remarks",
                          p->place->text->text, NULL));
}

/* "Comments on Recommendation A.1" is the title of a paper about that text, and
 * so is what a letter answers. */
static void note_about(struct citing *p, const struct finding *f,
                       const struct citation *t, const struct named *doc)
{
    struct node *text = p->place->text, *title = text->parent;

    if (!rule_is(f->rule, "document") ||
        draft_ancestor(title, "attachment", NULL) ||
        !(is_answered(title) || is_behind_letter(p, doc) ||
          (draft_is(title, "docTitle") &&
           leads_to_subject(
               p, span_trim(span_between(text->text.at,
                                         f->match.at[CAP_ALL].at))))) ||
        !may_be_subject(p, doc))
        return;
    if (is_behind_letter(p, doc))
        p->xrefs->about = NULL;
    p->xrefs->about_several |=
        t->count > 1 ||
        (p->xrefs->about && !document_is_same(p->xrefs->about, doc));
    if (!p->xrefs->about)
        p->xrefs->about = citing_keep(p, doc);
    if (p->xrefs->about_text != text)
        p->xrefs->remarked |=
            scanner_takes(p->scanner, KIND_SAME, "remarks", text->text, NULL);
    p->xrefs->about_text = text;
    p->xrefs->about_answered = is_answered(title);
}

/* "Draft revised Recommendation A.1", in no field, above the clauses of a
 * report: its main body is that text. */
static void note_held(struct citing *p, const struct finding *f,
                      const struct citation *t, const struct named *doc)
{
    struct node *text = p->place->text, *title = text->parent;

    if (p->xrefs->held || !rule_is(f->rule, "document") || t->count > 1 ||
        !draft_is(title, "docTitle") ||
        !(draft_is(title->parent->parent, "mainBody") ||
          draft_is(title->parent->parent, "preface")) ||
        draft_ancestor(title, "attachment", NULL) ||
        !document_has_clauses(doc) ||
        !leads_to_subject(
            p, span_trim(span_between(text->text.at, f->match.at[CAP_ALL].at))))
        return;
    p->xrefs->held = citing_keep(p, doc);
}

/* "Draft new Recommendation" begins another, even where that has no number. */
void topic_begin(struct citing *p)
{
    const struct node *text = p->place->text;

    if (p->topic && !text->prev && draft_is(text->parent, "p") &&
        is_draft_of(p, text->text, false))
        p->topic = NULL;
}

const struct named *topic_around(struct citing *p)
{
    const struct topic *topic = topic_at(&p->topic, p->place->text);

    return topic ? topic->doc : NULL;
}

/* The list or the clauses that a paragraph leads to, or NULL. */
static const struct node *scope_behind(const struct node *block)
{
    if (!draft_is(block, "p"))
        return NULL;
    if (block->next)
        return draft_is(block->next, "blockList") ? block->next : NULL;
    return draft_is(block->parent, "intro") ? block->parent->parent : NULL;
}

/* "Of Recommendation A.1 we say the following:": what is listed is about that.
 */
void topic_end(struct citing *p, struct span text)
{
    const struct node *scope;

    amending_note(p, text);
    remark_end(p, text);
    if (lines_ends_in_colon(span_trim(text)) && p->paper_end &&
        !p->several_papers &&
        citing_goes_on_near(span_between(p->paper_end, text.at + text.len)) &&
        (scope = scope_behind(p->place->text->parent)) != NULL)
        topic_push(&p->headed, p, &p->paper, scope);
    if (lines_ends_in_colon(span_trim(text)) && !p->several_texts &&
        citing_text_near(p, text.at + text.len, 0) &&
        (scope = scope_behind(p->place->text->parent)) != NULL)
        open_topic(p, &p->text, scope);
}

/* Whether the block is the heading of a section, or stands in for one. */
static bool heads_section(const struct node *block)
{
    return draft_is(block, "heading") ||
           (draft_is(block, "p") && draft_is(block->parent, "intro") &&
            !block->prev);
}

/* "and Annex A)", "and Addenda 1 to 3)": no other document is in the bracket.
 */
static bool ends_bracket(struct citing *p, struct span rest)
{
    struct named other;
    size_t len = rest.len;

    return len && rest.at[len - 1] == ')' && !memchr(rest.at, ')', len - 1) &&
           !memchr(rest.at, '(', len) &&
           (len == 1 ||
            !document_named(p->scanner, (struct span){ rest.at, len - 1 },
                            &other));
}

/* "Documents C27/4 and C27/4(Add.1)": the latter adds to the former. */
static bool are_one(const struct citation *t)
{
    size_t len = t->count > 1 ? strlen(t->docs[0].number) : 0;

    for (size_t i = 1; i < t->count; i++)
        if (t->docs[i].amended != len ||
            memcmp(t->docs[i].number, t->docs[0].number, len) != 0)
            return false;
    return true;
}

/* "Summary of the draft revision of Recommendation P.1546", the title of an
 * annex: what leads nowhere in that is of the Recommendation. */
static bool names_annex(struct citing *p, struct node *block, struct span rest,
                        const struct named *doc)
{
    const struct node *title =
        draft_is(block, "docTitle") ? block->parent : NULL;
    struct named other;

    return draft_is(title, "p") && draft_is(title->parent, "preface") &&
           draft_ancestor(block, "attachment", NULL) &&
           document_has_clauses(doc) && !document_is_letter(doc) &&
           !document_named(p->scanner, rest, &other);
}

/* "3 Measures (Document C27/5)": one document, in a bracket that ends the
 * heading. */
static void note_headed(struct citing *p, const struct finding *f,
                        const struct citation *t, const struct named *doc)
{
    struct node *text = p->place->text, *block = text->parent;
    struct span all = f->match.at[CAP_ALL];
    struct span rest =
        span_between(all.at + all.len, text->text.at + text->text.len);

    if (!rule_is(f->rule, "document") || !are_one(t) || p->last_end ||
        text->text.len > TOPIC_MAX)
        return;
    doc = t->count > 1 ? &t->docs[0] : doc;
    if (names_annex(p, block, rest, doc))
        topic_push(&p->headed, p, doc,
                   draft_ancestor(block, "attachment", NULL));
    else if (heads_section(block) && all.at != text->text.at &&
             ends_bracket(p, span_trim(rest)))
        topic_push(&p->headed, p, doc,
                   draft_is(block, "heading") ? block->parent
                                              : topic_holder(block));
}

const struct named *topic_headed(struct citing *p)
{
    const struct topic *topic = topic_at(&p->headed, p->place->text);

    return topic ? topic->doc : NULL;
}

void topic_note(struct citing *p, const struct finding *f,
                const struct citation *t, const struct named *doc)
{
    note_topic(p, f, t, doc);
    note_headed(p, f, t, doc);
    note_about(p, f, t, doc);
    note_held(p, f, t, doc);
    remark_note(p, f, doc);
}
