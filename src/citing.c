/* Knows what references of a text have named so far, and by that of which
 * document and annex the next one is. */
#include "citing.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "labels.h"
#include "topic.h"

/* ---- what stands between two ----------------------------------------------------- */

enum { JOINT_MAX = 80 };

/* What is between two references and makes the one behind belong to what is
 * before: "and", "in particular" (the rule "document"), "(see" ("bracket"). */
bool citing_joins(struct citing *p, struct span gap, const char *rule)
{
    return gap.len < JOINT_MAX &&
           scanner_takes(p->scanner, KIND_SAME, rule, gap, NULL);
}

static bool follows_document(struct citing *p, const char *here, const char *rule)
{
    return p->last_end && p->last_doc.type[0] && here >= p->last_end &&
           citing_joins(p, span_between(p->last_end, here), rule);
}

/* The end of the text, as much as a joint may be. */
static struct span joint_at_end(struct span text)
{
    int32_t from = (int32_t)text.len - (JOINT_MAX - 1);

    if (from <= 0)
        return text;
    while (from < (int32_t)text.len && U8_IS_TRAIL(text.at[from]))
        from++;
    return (struct span){ text.at + from, text.len - (size_t)from };
}

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

/* The annex that the reference names alone, or none: "the annex" names it, too. */
static struct span part_named(const struct finding *f, const struct citation *t)
{
    const struct span none = { 0 };

    if (rule_is(f->rule, "attached"))
        return f->match.at[CAP_ALL];
    return rule_is_part(f->rule) && t->count == 1 ? t->labels[0] : none;
}

/* What stands between a document and what is cited of it. */
static const char *const joints[] = { ",", "\u060C", "\uFF0C", "(", "\uFF08" };
enum { COMMAS = 3, JOINTS = 5 };

static bool is_joint(struct span gap, size_t count)
{
    size_t i = 0;

    while (i < count && !span_is(gap, joints[i]))
        i++;
    return i < count;
}

/* "Recommendation A.1, in particular Annex A". */
static bool is_particular_part(struct citing *p, const struct finding *f)
{
    return citing_joins(p, span_between(p->last_end, f->match.at[CAP_ALL].at),
                        "particular");
}

/* "Decision 5, Annex 2", "Decision 5 (Annex 2)": of the decision, unless there is
 * one here; so is "Annex 2" behind "Decision 5, clause 3, and". */
static bool is_part_behind(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap;

    if (!(rule_is_part(f->rule) || citing_caption(f->rule)) || !p->last_end ||
        !p->last_doc.type[0] || here < p->last_end)
        return false;
    gap = span_trim(span_between(p->last_end, here));
    return is_joint(gap, JOINTS) || is_particular_part(p, f) ||
           (p->document_first && follows_document(p, here, "document"));
}

/* "ITU-T A.23 Annex A": nothing stands between. */
static bool is_part_right_behind(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return rule_is_part(f->rule) && p->last_is_document && p->last_end &&
           p->last_doc.type[0] && here > p->last_end &&
           !span_trim(span_between(p->last_end, here)).len;
}

/* ITU-T A.1建议书第2节和附件B: where the document is named before its clause, and
 * no comma stands between, the annex is its, too. */
static bool is_part_led(struct citing *p, const struct finding *f)
{
    struct span gap;

    if (!p->document_leads || p->last_doubt || !is_part_behind(p, f))
        return false;
    gap = span_trim(span_between(p->last_end, f->match.at[CAP_ALL].at));
    return gap.len && !is_joint(gap, JOINTS) && !memchr(gap.at, ',', gap.len);
}

/* "l'Annexe A" */
static bool is_elided(struct span text)
{
    static const char *const signs[] = { "'", "\u2019" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text.len > strlen(signs[i]) + 1 &&
            memcmp(text.at + 1, signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

/* "Recommendation A.1, Annex A;": nothing goes on with the annex, which could
 * be one of this document. An article before it says that it may be; and what a
 * paper is about may as well be annexed here, where a bracket names it. */
static bool is_apposition(struct citing *p, const struct finding *f)
{
    static const char *const ends[] = { ".", ",", ";", ")", " (", "\uFF1B",
                                        "\u3002", "\uFF09" };
    struct span all = f->match.at[CAP_ALL], text = p->place->text->text;
    struct span rest = span_between(all.at + all.len, text.at + text.len);
    struct span gap = span_trim(span_between(p->last_end, all.at));
    bool ended = !rest.len;

    for (size_t i = 0; !ended && i < sizeof ends / sizeof *ends; i++)
        ended = rest.len >= strlen(ends[i]) &&
                memcmp(rest.at, ends[i], strlen(ends[i])) == 0;
    return ended && !is_elided(all) &&
           (strcmp(p->last_doc.type, "paper") == 0 ? span_is(gap, ",")
                                                   : is_joint(gap, JOINTS));
}

/* What stands behind the reference, as far as a joint may reach. */
static struct span text_behind(const struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL], text = p->place->text->text;
    struct span rest = span_between(all.at + all.len, text.at + text.len);

    if (rest.len > JOINT_MAX)
        for (rest.len = JOINT_MAX;
             ((unsigned char)rest.at[rest.len] & 0xC0) == 0x80;)
            rest.len--;
    return rest;
}

/* "Decision 5 (Annex 1 and Annex 2)": nothing but annexes is in the bracket. */
static bool begins_bracket(struct citing *p, const struct finding *f)
{
    struct span gap =
        span_trim(span_between(p->last_end, f->match.at[CAP_ALL].at));

    return is_joint(gap, JOINTS) && !is_joint(gap, COMMAS) &&
           strcmp(p->last_doc.type, "paper") != 0 &&
           scanner_takes(p->scanner, KIND_SAME, "parts", text_behind(p, f),
                         NULL);
}

/* The date of a document belongs to its name: "Circular 12 of 3 May 2001,
 * clause 2". */
static const char *named_end(struct citing *p, const struct finding *f,
                             const struct named *doc)
{
    struct span all = f->match.at[CAP_ALL];
    struct finding dated;

    if (doc->type[0] && rule_is(f->rule, "document") &&
        scanner_takes(p->scanner, KIND_SAME, "dated", text_behind(p, f),
                      &dated))
        all.len += dated.match.at[CAP_ALL].len;
    return all.at + all.len;
}

/* "This Recommendation": what the words behind a clause say the document is;
 * NULL where they do not say it. */
static const char *type_said(struct citing *p, struct span words)
{
    static const char *const types[] = { "recommendation", "resolution" };

    for (size_t i = 0; words.at && i < sizeof types / sizeof *types; i++)
        if (citing_joins(p, words, types[i]))
            return types[i];
    return NULL;
}

/* ---- the text that was named before --------------------------------------------------- */

enum { NEAR_MAX = 600 };

static unsigned count_sentence_ends(struct span text)
{
    unsigned ends = 0;

    for (int32_t at = 0, len = (int32_t)text.len; at < len;) {
        UChar32 c;

        U8_NEXT(text.at, at, len, c);
        ends += c == '.' ? at == len || text.at[at] == ' '
                         : u_hasBinaryProperty(c, UCHAR_S_TERM);
    }
    return ends;
}

/* Whether it was spoken of in this sentence or as many before. */
bool citing_text_near(const struct citing *p, const char *here,
                      unsigned sentences)
{
    return p->text_end && here >= p->text_end &&
           here - p->text_end < NEAR_MAX &&
           count_sentence_ends(span_between(p->text_end, here)) <= sentences;
}

/* "Recommendation A.1 applies to all of them, in particular clause 2". */
static bool is_particular(struct citing *p, const char *here)
{
    struct span gap;

    if (!citing_text_near(p, here, 0))
        return false;
    gap = joint_at_end(span_between(p->text_end, here));
    return citing_joins(p, gap, "particular");
}

/* What is cited behind it may be of the text, unless something of this document
 * was cited between. */
static void note_text(struct citing *p, const struct finding *f,
                      const struct citation *t, const struct named *doc)
{
    struct span all = f->match.at[CAP_ALL];

    if (document_has_clauses(doc)) {
        p->several_texts =
            (citing_several(f) && t->count > 1) ||
            (citing_text_near(p, all.at, 0) &&
             (p->several_texts || !document_is_same(&p->text, doc)));
        p->text = *doc;
        p->text_end = all.at + all.len;
    } else if (!doc->type[0] && !citing_caption(f->rule)) {
        p->text_end = NULL;
    }
}

struct named citing_doubt(struct citing *p, const struct named *doc)
{
    p->doubt = ++p->doubts;
    return *doc;
}

/* Or of the text that was named last. */
static struct named text_apart(struct citing *p)
{
    p->apart = true;
    return citing_doubt(p, &p->text);
}

/* "TD 24 and clause 3.2": more than a comma stands between, but no "in
 * particular". */
static bool is_enumerated(struct citing *p, const char *here)
{
    struct span gap = span_between(p->last_end, here);

    return citing_joins(p, gap, "list") && !is_joint(span_trim(gap), JOINTS) &&
           !citing_joins(p, gap, "particular");
}

/* A comma that parts sentences in Chinese, where what an apposition is set off
 * by is none or the one of a list. */
static bool parts_sentences(struct span gap)
{
    return gap.len >= 3 && memcmp(gap.at, "\uFF0C", 3) == 0 &&
           span_trim(gap).len == 3;
}

/* "based on Recommendation A.1; clause 2 is new": what the passage is about is
 * meant. */
static bool begins_anew(struct citing *p, const char *here)
{
    return *p->last_end == ';' && (topic_around(p) || p->xrefs->about) &&
           !citing_joins(p, span_between(p->last_end, here), "particular");
}

/* The document of a clause which does not say whose it is: with "and" the one of
 * the reference before, or else one that stands near. */
static struct named document_near(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    const struct named none = { .type = "" };

    if (follows_document(p, here, "document") && !begins_anew(p, here)) {
        if (parts_sentences(span_between(p->last_end, here)) ||
            (p->last_is_document && is_enumerated(p, here)))
            return citing_doubt(p, &p->last_doc);
        p->doubt = p->last_doubt;
        return p->last_doc;
    }
    if (follows_document(p, here, "bracket"))
        return citing_doubt(p, &p->last_doc);
    if (p->several_texts || !citing_text_near(p, here, 1) ||
        citing_joins(p, f->match.at[CAP_ALL], "provision"))
        return none;
    if (is_particular(p, here))
        return p->text;
    /* What a proposal changes is named less than it is cited. */
    return draft_ancestor(p->place->text, "section", "proposal")
               ? none : text_apart(p);
}

/* ---- whose it is ---------------------------------------------------------------------- */

enum { NEAR_GAP_MAX = 240 };

/* Whether all of it is in one sentence, and in one part of it. */
static bool goes_on_near(struct span gap)
{
    static const char *const parts[] = { ";", "\uFF1B", "\u061B" };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (memmem(gap.at, gap.len, parts[i], strlen(parts[i])))
            return false;
    return gap.len <= NEAR_GAP_MAX && !count_sentence_ends(gap);
}

/* "Section 2 of the Annex, and article 5 (3) thereof": of the annex that the
 * sentence named, where it named no document. */
bool citing_of_part_near(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME];
    const char *here = f->match.at[CAP_ALL].at;

    return p->named_part.len && same.at && same.at > f->match.at[CAP_NUM].at &&
           !p->part_doc.type[0] && !p->named_doc.type[0] &&
           here >= p->part_end &&
           goes_on_near(span_between(p->part_end, here)) &&
           !citing_of_kind(p, same, 0);
}

/* "Clause 2 of that annex", where the text named one before; so is "clause 2 of
 * this annex" in the main body. */
bool citing_of_named_part(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME], rel = f->match.at[CAP_REL];

    return p->named_part.len &&
           ((same.at && citing_joins(p, same, "annex")) ||
            citing_of_part_near(p, f) ||
            (rel.at && citing_joins(p, rel, "annex") &&
             !draft_ancestor(p->place->text->parent, "attachment", NULL)));
}

/* 附件1第1节, behind which 其中 means the annex, too. */
static bool last_is_of_part(const struct citing *p)
{
    return p->last_is_part || (p->last_part.len && !p->last_doc.type[0]);
}

/* "Annex 1, in particular clauses 2 and 3 thereof", "Annex 1 (see ...". */
bool citing_last_part(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap;

    if (!f->match.at[CAP_SAME].at || !last_is_of_part(p) || !p->last_end ||
        here < p->last_end)
        return false;
    gap = span_between(p->last_end, here);
    return citing_joins(p, gap, "document") || citing_joins(p, gap, "bracket");
}

/* "Resolution 44 was read, and resolves 3 was quoted". */
static bool is_decided_near(const struct citing *p, const char *here)
{
    return !p->several_texts && citing_text_near(p, here, 1) &&
           (strcmp(p->text.type, "resolution") == 0 ||
            strcmp(p->text.type, "decision") == 0);
}

/* "Resolution 44, in particular resolves 3"; "clause 2 of Resolution 44 and
 * resolves 3" may be of this document. */
static struct named titled_document(struct citing *p, const char *here)
{
    const struct named none = { .type = "" };
    struct span gap;

    if (!follows_document(p, here, "document"))
        return !is_decided_near(p, here) ? none
               : is_particular(p, here)  ? p->text
                                         : text_apart(p);
    gap = span_between(p->last_end, here);
    return is_joint(span_trim(gap), JOINTS) || is_particular(p, here)
               ? p->last_doc
               : citing_doubt(p, &p->last_doc);
}

/* "That report", which is no annex; 该文件, but not "ce document", which may be
 * this one where the text has named no other. */
static bool says_other_kind(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME];

    const struct named *last = citing_of_kind(p, same, 0);

    return f->match.at[CAP_MAIN].at
               ? type_said(p, same) || (last && last->type[0])
               : last != NULL;
}

/* "Appendix 30" is one to the Radio Regulations: others count theirs in Roman
 * numbers or letters. */
static bool is_of_regulations(const struct finding *f)
{
    struct span num = f->match.at[CAP_NUM];

    return rule_is(f->rule, "appendix") && num.len && is_digit(*num.at);
}

/* "Decision 5, Annex 2, item 9", where the annex and the item are one
 * reference. */
static bool leads_with_part(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return f->match.at[CAP_PART].at == here && p->last_doc.type[0] &&
           p->last_end && here >= p->last_end &&
           is_joint(span_trim(span_between(p->last_end, here)), JOINTS);
}

/* With no word that says what the clause is of. */
bool citing_names_alone(const struct finding *f)
{
    static const enum capture words[] = { CAP_REL, CAP_PART, CAP_MAIN, CAP_SAME,
                                          CAP_TITLE, CAP_AROUND };
    size_t i = 0;

    while (i < sizeof words / sizeof *words && !f->match.at[words[i]].at)
        i++;
    return i == sizeof words / sizeof *words && !f->match.at[CAP_DOC].at &&
           (rule_is(f->rule, "clause") || rule_is_part(f->rule));
}

/* "Clause 2 of this Circular"; but "Annex 1, clause 2" may be of any text. */
static bool says_of_what(const struct finding *f)
{
    static const enum capture words[] = { CAP_REL, CAP_MAIN, CAP_SAME,
                                          CAP_TITLE };
    size_t i = 0;

    while (i < sizeof words / sizeof *words && !f->match.at[words[i]].at)
        i++;
    return i < sizeof words / sizeof *words;
}

/* "TSB Circular 12 and its Corrigendum 1", "and to its": of none where none
 * stands before. */
static struct named its_amendment(struct citing *p, const struct finding *f)
{
    struct named named = { .type = "" };
    struct finding change;

    if (p->last_ends_in_document && !p->last_doc.amended && !p->named_several &&
        (follows_document(p, f->match.at[CAP_ALL].at, "document") ||
         follows_document(p, f->match.at[CAP_ALL].at, "list")) &&
        scanner_takes(p->scanner, KIND_DOCUMENT, "amendment",
                      f->match.at[CAP_DOC], &change)) {
        named = p->last_doc;
        document_amend(p->scanner, &named, &change);
    }
    return named;
}

/* 电信标准化局2012年5月24日第282号通函: the date stands between. */
static void name_issuer(struct citing *p, const struct finding *f,
                        struct named *named)
{
    struct span before =
        span_between(p->place->text->text.at, f->match.at[CAP_ALL].at);
    struct finding issued;
    struct buf whole = { 0 };

    if (!document_is_letter(named) || strcmp(named->author, "itu") != 0)
        return;
    if (!scanner_takes(p->scanner, KIND_SAME, "issuer", joint_at_end(before),
                       &issued))
        return;
    buf_add_span(&whole, issued.match.at[CAP_BODY]);
    buf_add_span(&whole, f->match.at[CAP_DOC]);
    document_named(p->scanner, buf_span(&whole), named);
    p->place->draft->failed |= whole.failed;
    buf_free(&whole);
}

/* "Items a) and b) of that clause". */
bool citing_of_last_clause(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME];

    return p->clause.label.len && same.at && !f->match.at[CAP_NUM].at &&
           citing_joins(p, same, "clause");
}

/* The document that a reference is to: the one it names; with no word such as
 * "above", one that was named before. */
struct named citing_document(struct citing *p, const struct finding *f)
{
    struct named named = { .type = "" };
    const char *here = f->match.at[CAP_ALL].at;
    const struct named *amended;
    bool in_bracket = p->in_bracket;

    p->in_bracket = p->quoted = false;
    p->doubt = 0;
    p->apart = p->beside = false;
    if (p->called_doc)
        return p->named_doc = *p->called_doc;
    if (citing_of_last_clause(p, f)) {
        p->doubt = p->clause.doubt;
        return p->clause.doc;
    }
    if (f->match.at[CAP_DOC].at && f->match.at[CAP_SAME].at &&
        rule_is(f->rule, "document"))
        return its_amendment(p, f);
    if (f->match.at[CAP_DOC].at) {
        if (!citing_several(f) &&
            document_named(p->scanner, f->match.at[CAP_DOC], &named)) {
            name_issuer(p, f, &named);
            p->named_doc = named;
        }
        return named;
    }
    amended = says_of_what(f) ? NULL : amending_quoted(p, f);
    if (!amended && citing_names_alone(f))
        amended = amending_text(p, f);
    if (!amended && citing_names_alone(f))
        amended = remark_text(p, f);
    if (amended)
        return *amended;
    if (citing_of_named_part(p, f)) {
        p->doubt = p->part_doubt;
        return p->part_doc;
    }
    /* "Its" may as well be that of an annex which stands between. */
    if (f->match.at[CAP_SAME].at) {
        if (last_is_of_part(p) && !says_other_kind(p, f)) {
            /* "Recommendation A.1 (see Annex A and Appendix I thereof)" */
            bool together = p->last_doubt && citing_last_part(p, f) &&
                            citing_text_near(p, here, 0);

            p->doubt = together ? p->last_doubt : 0;
            return together ? p->text : named;
        }
        return citing_named_before(p, f)->type[0] ? *citing_named_before(p, f)
                                                  : citing_named_above(p, f);
    }
    if (leads_with_part(p, f))
        return citing_doubt(p, &p->last_doc);
    if (f->match.at[CAP_REL].at || f->match.at[CAP_MAIN].at)
        return named;
    if (f->match.at[CAP_PART].at) /* A.1建议书第2节和附件B第3节 */
        return p->document_leads && follows_document(p, here, "document")
                   ? citing_doubt(p, &p->last_doc)
                   : named;
    if (follows_document(p, here, "whose"))
        return p->last_doc;
    if (f->match.at[CAP_TITLE].at)
        return titled_document(p, here);
    if (citing_caption(f->rule) && here == p->last_end) /* 第5号决定表2 */
        return p->last_doc;
    if (is_part_right_behind(p, f))
        return p->last_doc;
    if (is_part_led(p, f))
        return p->last_doc;
    p->beside = is_part_behind(p, f);
    if (p->beside && in_bracket) {
        p->in_bracket = true;
        return p->last_doc;
    }
    p->in_bracket = p->beside && begins_bracket(p, f);
    if (p->beside)
        return p->in_bracket || is_apposition(p, f) || is_particular_part(p, f)
                   ? p->last_doc
                   : citing_doubt(p, &p->last_doc);
    if ((rule_is_part(f->rule) || citing_caption(f->rule)) &&
        !p->several_texts && !is_of_regulations(f) &&
        citing_text_near(p, here, 1))
        return text_apart(p);
    return rule_is(f->rule, "clause") ? document_near(p, f) : named;
}

/* "Annex 1, clause 2, of this Circular": what is said behind the clause is of
 * the annex, too. */
static bool is_told_behind(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at, *num = f->match.at[CAP_NUM].at;
    struct span gap;

    if (!rule_is(f->rule, "clause") || !num || !p->last_annex.len ||
        p->last_doc.type[0] || !p->last_end || here < p->last_end ||
        (f->match.at[CAP_DOC].at < num && f->match.at[CAP_MAIN].at < num))
        return false;
    gap = span_trim(span_between(p->last_end, here));
    return is_joint(gap, COMMAS);
}

/* 附件2表1, 附件2的表1和表2: behind its annex a caption stands without a space.
 */
static struct span caption_part(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap;

    if (!p->last_end || here < p->last_end)
        return (struct span){ 0 };
    gap = span_between(p->last_end, here);
    if (!gap.len || citing_joins(p, gap, "whose"))
        return p->last_annex;
    return p->last_caption.len && citing_joins(p, gap, "list")
               ? p->last_caption
               : (struct span){ 0 };
}

/* The annex that a clause is cited from: the one it names, or the one named
 * just before it, as in "Annex 1, clause 2", "Annex 1, Part II, clause 2" and
 * 附件1第2部分.
 */
struct span citing_part(struct citing *p, const struct finding *f)
{
    const struct span none = { 0 };
    struct span gap;

    if (f->match.at[CAP_PART].at)
        return f->match.at[CAP_PART];
    if (p->called_part.len)
        return p->called_part;
    if (citing_of_last_clause(p, f))
        return p->clause.part;
    if (citing_caption(f->rule))
        return caption_part(p, f);
    if (citing_of_named_part(p, f))
        return p->named_part;
    if (citing_last_part(p, f) || is_told_behind(p, f))
        return p->last_part;
    if (!p->last_part.len ||
        !(rule_is(f->rule, "clause") || rule_is(f->rule, "seen") ||
          rule_is_chapter(f->rule)) ||
        f->match.at[CAP_DOC].at || f->match.at[CAP_REL].at ||
        f->match.at[CAP_MAIN].at || f->match.at[CAP_SAME].at || !p->last_end ||
        f->match.at[CAP_ALL].at < p->last_end)
        return none;
    gap = span_trim(span_between(p->last_end, f->match.at[CAP_ALL].at));
    if (p->last_doc.type[0] && parts_sentences(gap))
        return none;
    if (p->last_annex.len)
        return !gap.len || is_joint(gap, JOINTS) ||
                       citing_joins(p, gap, "whose")
                   ? p->last_part
                   : none;
    return !memchr(gap.at, ',', gap.len) && citing_joins(p, gap, "document")
               ? p->last_part
               : none;
}

/* "Annex 2 has the practical information, with a list of hotels (section 3)",
 * "clause 2 of Annex 2 (see the footnote to section 3)": where the document has
 * no such clause, it is one of the annex that was named before in the same
 * sentence. */
struct span citing_near(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    bool alone = !f->match.at[CAP_DOC].at && !f->match.at[CAP_REL].at &&
                 !f->match.at[CAP_MAIN].at && !f->match.at[CAP_SAME].at &&
                 !p->part.at;

    if (!alone || !rule_is(f->rule, "clause"))
        return (struct span){ 0 };
    if (p->last_part.len && !p->last_doc.type[0] && p->last_end &&
        here >= p->last_end && goes_on_near(span_between(p->last_end, here)))
        return p->last_part;
    return p->named_part.len && !p->part_doc.type[0] && here >= p->part_end &&
                   goes_on_near(span_between(p->part_end, here))
               ? p->named_part
               : (struct span){ 0 };
}

/* "Article 4, paragraphs 2 and 3", "Part 1, clause 2": those of no other. */
struct span citing_around(struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL];

    return p->last_around.len && p->last_end && all.at >= p->last_end &&
                   rule_is(f->rule, "clause") && citing_names_alone(f) &&
                   is_joint(span_trim(span_between(p->last_end, all.at)),
                            COMMAS) &&
                   (!p->around_article || citing_joins(p, all, "paragraph"))
               ? p->last_around
               : f->match.at[CAP_AROUND];
}

const char *citing_says(struct citing *p, const struct finding *f)
{
    return f->match.at[CAP_REL].at && !p->part.at &&
                   citing_joins(p, f->match.at[CAP_REL], "annex")
               ? "annex"
               : type_said(p, f->match.at[CAP_MAIN]);
}

/* "Recommendation A.1 (see 2.1)": of which of the two is not said, where no
 * "above" says it. */
bool citing_is_beside(struct citing *p, const struct finding *f)
{
    return rule_is(f->rule, "seen") && !f->match.at[CAP_REL].at &&
           follows_document(p, f->match.at[CAP_ALL].at, "bracket");
}

/* ---- what the next reference is told ----------------------------------------------------- */

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
        (p->around_article ? citing_joins(p, all, "article")
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
    if (rule_is(f->rule, "document") && !citing_several(f))
        called_keep(p, text_behind(p, f), doc);
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
    p->last_is_document = rule_is(f->rule, "document");
    p->last_ends_in_document =
        f->match.at[CAP_DOC].at &&
        f->match.at[CAP_DOC].at + f->match.at[CAP_DOC].len == all.at + all.len;
    p->document_leads =
        (f->match.at[CAP_DOC].at == all.at &&
         f->match.at[CAP_DOC].len < all.len) ||
        (f->match.at[CAP_SAME].at == all.at && doc->type[0]); /* 其附件A */
    p->document_first = p->document_leads || !f->match.at[CAP_DOC].at;
    p->last_annex = part.len || !rule_is_chapter(f->rule) ? part : p->part;
    p->last_caption = citing_caption(f->rule) && p->part.at < all.at
                          ? p->part
                          : (struct span){ 0 };
    keep_around(p, f, t, doc);
    if (rule_is(f->rule, "clause") && t->count)
        p->clause =
            (struct cited_last){ .label = t->count == 1 ? t->labels[0]
                                                        : (struct span){ 0 },
                                 .item = f->match.at[CAP_ITEM],
                                 .part = p->part,
                                 .doc = *doc,
                                 .doubt = p->doubt };
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
    p->last_end = NULL;
    p->last_around.len = p->clause.label.len = 0;
    p->list_end = NULL;
    p->named_doc.type[0] = '\0';
    p->text_end = NULL;
    p->named_part.len = 0;
    p->texts++;
}
