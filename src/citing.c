/* Knows what references of a text have named so far, and whether the next one
 * goes on from there. */
#include "citing.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "topic.h"

/* ---- what a reference names ---------------------------------------------------- */

bool citing_several(const struct finding *f)
{
    struct span doc = f->match.at[CAP_DOC], list = f->match.at[CAP_NUM];

    return rule_is(f->rule, "document") && list.at && list.at >= doc.at &&
           list.at + list.len <= doc.at + doc.len;
}

bool citing_caption(const struct rule *rule)
{
    return rule_is(rule, "table") || rule_is(rule, "figure");
}

static bool says_no_text(const struct finding *f)
{
    static const enum capture words[] = { CAP_REL,  CAP_PART,  CAP_MAIN,
                                          CAP_SAME, CAP_TITLE, CAP_AROUND };
    size_t i = 0;

    while (i < sizeof words / sizeof *words && !f->match.at[words[i]].at)
        i++;
    return i == sizeof words / sizeof *words && !f->match.at[CAP_DOC].at;
}

bool citing_names_alone(const struct finding *f)
{
    return (rule_is(f->rule, "clause") || rule_is_part(f->rule)) &&
           says_no_text(f);
}

bool citing_names_chapter(const struct finding *f)
{
    return rule_is_chapter(f->rule) && says_no_text(f);
}

/* ---- what stands between two --------------------------------------------------- */

enum { JOINT_MAX = 80 };

/* What is between two references and makes the one behind belong to what is
 * before: "and", "in particular" (the rule "document"), "(see" ("bracket"). */
bool citing_joins(struct citing *p, struct span gap, const char *rule)
{
    return gap.len < JOINT_MAX &&
           scanner_takes(p->scanner, KIND_SAME, rule, gap, NULL);
}

bool citing_follows_document(struct citing *p, const char *here,
                             const char *rule)
{
    return p->last_end && p->last_doc.type[0] && here >= p->last_end &&
           citing_joins(p, span_between(p->last_end, here), rule);
}

struct span citing_joint_at_end(struct span text)
{
    int32_t from = (int32_t)text.len - (JOINT_MAX - 1);

    if (from <= 0)
        return text;
    while (from < (int32_t)text.len && U8_IS_TRAIL(text.at[from]))
        from++;
    return (struct span){ text.at + from, text.len - (size_t)from };
}

struct span citing_text_behind(const struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL], text = p->place->text->text;
    struct span rest = span_between(all.at + all.len, text.at + text.len);

    if (rest.len > JOINT_MAX)
        for (rest.len = JOINT_MAX;
             ((unsigned char)rest.at[rest.len] & 0xC0) == 0x80;)
            rest.len--;
    return rest;
}

/* What stands between a document and what is cited of it. */
static const char *const joints[JOINTS] = { ",", "\u060C", "\uFF0C", "(",
                                            "\uFF08" };

bool citing_is_joint(struct span gap, size_t count)
{
    size_t i = 0;

    while (i < count && !span_is(gap, joints[i]))
        i++;
    return i < count;
}

/* A comma that parts sentences in Chinese, where what an apposition is set off
 * by is none or the one of a list. */
bool citing_parts_sentences(struct span gap)
{
    return gap.len >= 3 && memcmp(gap.at, "\uFF0C", 3) == 0 &&
           span_trim(gap).len == 3;
}

static unsigned count_sentence_ends(struct span text)
{
    unsigned ends = 0;

    for (int32_t at = 0, len = (int32_t)text.len; at < len;) {
        UChar32 c;

        U8_NEXT(text.at, at, len, c);
        ends += c == '.' ? at == len || span_space((struct span){
                                            text.at + at, (size_t)(len - at) })
                         : u_hasBinaryProperty(c, UCHAR_S_TERM);
    }
    return ends;
}

enum { WHOSE_MAX = 20 };

bool citing_is_whose(struct citing *p, const struct finding *f)
{
    const char *from = p->place->text->text.at;
    const char *here = f->match.at[CAP_ALL].at;

    if (!citing_names_alone(f) ||
        (p->last_end && here >= p->last_end &&
         citing_joins(p, span_between(p->last_end, here), "whose")))
        return false;
    for (const char *at = here; at > from && here - at < WHOSE_MAX; at--) {
        size_t joint =
            at[-1] == ',' ? 1 : span_space_at_end(span_between(from, at));

        if (joint && citing_joins(p, span_between(at - joint, here), "whose"))
            return true;
    }
    return false;
}

enum { NEAR_GAP_MAX = 240 };

/* Whether all of it is in one sentence, and in one part of it; or in two. */
static bool goes_on(struct span gap, unsigned sentences)
{
    static const char *const parts[] = { ";", "\uFF1B", "\u061B" };

    if (gap.len > NEAR_GAP_MAX)
        return false;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (memmem(gap.at, gap.len, parts[i], strlen(parts[i])))
            return false;
    return count_sentence_ends(gap) <= sentences;
}

bool citing_goes_on_near(struct span gap)
{
    return goes_on(gap, 0);
}

bool citing_goes_on_next(struct span gap)
{
    return goes_on(gap, 1);
}

bool citing_is_in_next(struct span gap)
{
    return count_sentence_ends(gap) <= 1;
}

/* ---- agendas ------------------------------------------------------------------- */

enum { TABLED_BEFORE = 400, TABLED_BEHIND = 80 };

static size_t whole_letters(struct span text, size_t at)
{
    while (at && at < text.len && U8_IS_TRAIL(text.at[at]))
        at--;
    return at;
}

bool citing_is_tabled(struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL], text = p->place->text->text;
    size_t from = (size_t)(all.at - text.at), to = from + all.len;

    if (!rule_is(f->rule, "clause") || !citing_names_alone(f) ||
        !citing_joins(p, all, "point"))
        return false;
    from = from > TABLED_BEFORE ? whole_letters(text, from - TABLED_BEFORE) : 0;
    to = text.len - to > TABLED_BEHIND ? whole_letters(text, to + TABLED_BEHIND)
                                       : text.len;
    return scanner_takes(p->scanner, KIND_SAME, "tabled",
                         (struct span){ text.at + from, to - from }, NULL);
}

/* ---- the text that was named before -------------------------------------------- */

enum { NEAR_MAX = 600 };

/* Whether it was spoken of in this sentence or as many before. */
bool citing_text_near(const struct citing *p, const char *here,
                      unsigned sentences)
{
    return p->text_end && here >= p->text_end &&
           here - p->text_end < NEAR_MAX &&
           count_sentence_ends(span_between(p->text_end, here)) <= sentences;
}

enum { ASIDE_MAX = 120 };

bool citing_is_aside(const struct citing *p, const char *here)
{
    const char *from = p->place->text->text.at, *at = here;

    while (at > from && here - at < ASIDE_MAX && at[-1] != '(' &&
           at[-1] != ')' &&
           !(at[-1] == '\x88' && at - from > 2 &&
             memcmp(at - 3, "\uFF08", 3) == 0))
        at--;
    return at > from && here - at < ASIDE_MAX && at[-1] != ')';
}

/* What is cited behind it may be of the text, unless something of this document
 * was cited between. */
static void note_text(struct citing *p, const struct finding *f,
                      const struct citation *t, const struct named *doc)
{
    struct span all = f->match.at[CAP_ALL];

    if (document_has_clauses(doc)) {
        bool near = citing_text_near(p, all.at, 0);
        bool same = near && document_is_same(&p->text, doc);
        bool aside = citing_is_aside(p, all.at);

        if (near && aside && !p->text_aside && !same)
            return;
        near = near && !(p->text_aside && !aside);
        p->several_texts = (citing_several(f) && t->count > 1) ||
                           (near && (p->several_texts || !same));
        p->text = *doc;
        p->text_end = all.at + all.len;
        p->text_aside = aside;
    } else if (!doc->type[0] && !citing_caption(f->rule)) {
        p->text_end = NULL;
    }
}

/* Papers are named by the dozen, and seldom cited in part: none of their
 * clauses goes before one of this document. */
static void note_paper(struct citing *p, const struct finding *f,
                       const struct citation *t, const struct named *doc)
{
    struct span all = f->match.at[CAP_ALL];
    bool near;

    if (strcmp(doc->type, "paper") != 0)
        return;
    near = p->paper_end && all.at >= p->paper_end &&
           all.at - p->paper_end < NEAR_MAX &&
           count_sentence_ends(span_between(p->paper_end, all.at)) == 0;
    p->several_papers =
        (citing_several(f) && t->count > 1) ||
        (near && (p->several_papers || !document_is_same(&p->paper, doc)));
    p->paper = *doc;
    p->paper_end = all.at + all.len;
}

const struct named *citing_paper_near(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return p->paper_end && here >= p->paper_end && !p->several_papers &&
                   here - p->paper_end < NEAR_MAX &&
                   (citing_names_alone(f) || citing_caption(f->rule)) &&
                   citing_is_in_next(span_between(p->paper_end, here))
               ? citing_keep(p, &p->paper)
               : NULL;
}

struct span citing_paper_part(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return rule_is(f->rule, "clause") && p->named_part.len && p->part_end &&
                   here >= p->part_end &&
                   document_is_same(&p->part_doc, &p->paper) &&
                   citing_goes_on_near(span_between(p->part_end, here))
               ? p->named_part
               : (struct span){ 0 };
}

/* ---- what the next reference is told ------------------------------------------- */

struct named citing_doubt(struct citing *p, const struct named *doc)
{
    p->doubt = ++p->doubts;
    return *doc;
}

/* Most references are to the document itself. */
const struct named *citing_keep(struct citing *p, const struct named *doc)
{
    struct named *kept = NULL;

    if (doc->type[0])
        kept = arena_alloc(&p->xrefs->arena, sizeof *kept);
    if (kept)
        *kept = *doc;
    return kept;
}

/* The date of a document belongs to its name: "Circular 12 of 3 May 2001,
 * clause 2". */
static const char *named_end(struct citing *p, const struct finding *f,
                             const struct named *doc)
{
    struct span all = f->match.at[CAP_ALL];
    struct finding dated;

    if (doc->type[0] && rule_is(f->rule, "document") &&
        scanner_takes(p->scanner, KIND_SAME, "dated", citing_text_behind(p, f),
                      &dated))
        all.len += dated.match.at[CAP_ALL].len;
    return all.at + all.len;
}

/* The annex that the reference names alone, or none: "the annex" names it, too.
 */
static struct span part_named(const struct finding *f, const struct citation *t)
{
    const struct span none = { 0 };

    if (rule_is(f->rule, "attached"))
        return f->match.at[CAP_ALL];
    return rule_is_part(f->rule) && t->count == 1 ? t->labels[0] : none;
}

/* "That annex" may be one of another document. */
static void keep_part(struct citing *p, const struct finding *f,
                      struct span part, const struct named *doc)
{
    if (!part.len)
        part = f->match.at[CAP_PART];
    if (!part.len)
        return;
    p->named_part = part;
    p->part_end = f->match.at[CAP_ALL].at + f->match.at[CAP_ALL].len;
    p->part_doc = *doc;
    p->part_doubt = p->doubt;
}

/* The article or chapter that the reference names, and nothing in it. */
static void keep_around(struct citing *p, const struct finding *f,
                        const struct citation *t, const struct named *doc)
{
    struct span all = f->match.at[CAP_ALL];

    p->last_around.len = 0;
    p->around_article = rule_is(f->rule, "clause");
    if (t->count == 1 && !doc->type[0] && !f->match.at[CAP_ITEM].at &&
        (p->around_article
             ? citing_joins(p, all, "article") || citing_joins(p, all, "rule")
             : rule_is_chapter(f->rule)))
        p->last_around = all;
}

/* What the next reference is told about this one. */
void citing_note(struct citing *p, const struct finding *f,
                 const struct citation *t, const struct named *doc)
{
    const struct named none = { .type = "" };
    struct span all = f->match.at[CAP_ALL];
    struct span part = part_named(f, t);

    note_text(p, f, t, doc);
    note_paper(p, f, t, doc);
    if (!doc->type[0])
        p->law_end = NULL; /* what comes next goes on with this */
    if (rule_is(f->rule, "document") && !citing_several(f))
        called_keep(p, citing_text_behind(p, f), doc);
    /* "§ 2 of that Resolution" names it again. */
    if (f->match.at[CAP_SAME].at && doc->type[0] && !p->doubt)
        p->named_doc = *doc;
    /* "Table 2" may be of this document: so is what it goes on with. */
    p->last_doc =
        (p->apart && !rule_is(f->rule, "clause")) || document_is_group(doc)
            ? none
            : *doc;
    citing_keep_kind(p, all, doc);
    p->named_several =
        doc->type[0] ? citing_several(f) && t->count > 1 : p->named_several;
    p->last_doubt = p->doubt;
    p->last_dealt = p->dealt;
    p->last_is_document = rule_is(f->rule, "document");
    if (p->last_is_document)
        p->document_at = all.at;
    p->last_ends_in_document =
        f->match.at[CAP_DOC].at &&
        f->match.at[CAP_DOC].at + f->match.at[CAP_DOC].len == all.at + all.len;
    p->document_leads =
        (f->match.at[CAP_DOC].at == all.at &&
         f->match.at[CAP_DOC].len < all.len) ||
        (f->match.at[CAP_SAME].at == all.at && doc->type[0]); /* 其附件A */
    p->document_trails = doc->type[0] && f->match.at[CAP_NUM].at &&
                         !p->last_is_document &&
                         (f->match.at[CAP_DOC].at > f->match.at[CAP_NUM].at ||
                          f->match.at[CAP_SAME].at > f->match.at[CAP_NUM].at);
    p->document_first = p->document_leads || !f->match.at[CAP_DOC].at;
    p->last_annex = part.len || !rule_is_chapter(f->rule) ? part : p->part;
    p->last_caption = citing_caption(f->rule) && p->part.at < all.at
                          ? p->part
                          : (struct span){ 0 };
    keep_around(p, f, t, doc);
    if (p->astray || (p->holder && rule_is(f->rule, "clause")))
        citing_note_stray(p, f);
    else if (rule_is(f->rule, "clause"))
        p->stray.all.at = NULL;
    if (rule_is(f->rule, "clause") && t->count)
        p->clause = (struct cited_last){
            .label = t->count == 1 ? t->labels[0] : (struct span){ 0 },
            .item = f->match.at[CAP_ITEM],
            .part = p->part,
            .title = p->counts_on ? p->clause.title : f->match.at[CAP_TITLE],
            .first = t->labels[0],
            .num = f->match.at[CAP_NUM],
            .all = all,
            .doc = *doc,
            .doubt = p->doubt
        };
    p->last_is_part = part.len && (!doc->type[0] || p->doubt);
    keep_part(p, f, part, doc);
    /* "clause 2 of Annex 1 and clause 3": the latter is not of the annex. */
    p->last_part = part.len ? part
                   : t->count && p->part.at < t->labels[0].at
                       ? p->part
                       : (struct span){ 0 };
    p->last_end = named_end(p, f, doc);
}

void citing_note_put(struct citing *p, const struct finding *f,
                     const struct citation *t, const struct named *doc,
                     size_t from)
{
    topic_note(p, f, t, doc);
    citing_note_list(p, f, doc, from);
    citing_note(p, f, t, doc);
}

void citing_begin(struct citing *p)
{
    topic_begin(p);
    p->last_end = p->law_end = p->unclear_end = p->document_at = NULL;
    p->last_around.len = p->clause.label.len = p->clause.first.len = 0;
    p->list_end = NULL;
    p->stray.all.at = NULL;
    p->named_doc.type[0] = '\0';
    p->text_end = p->paper_end = NULL;
    p->named_part.len = 0;
    p->texts++;
}
