/* Knows what references of a text have named so far, and by that of which
 * document and annex the next one is. */
#include "citing.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "labels.h"

/* ---- what stands between two ----------------------------------------------------- */

enum { JOINT_MAX = 80 };

/* What is between two references and makes the one behind belong to what is
 * before: "and", "in particular" (the rule "document"), "(see" ("bracket"). */
static bool is_joining(struct citing *p, struct span gap, const char *rule)
{
    return gap.len < JOINT_MAX &&
           scanner_takes(p->scanner, KIND_SAME, rule, gap, NULL);
}

static bool follows_document(struct citing *p, const char *here, const char *rule)
{
    return p->last_end && p->last_doc.type[0] && here >= p->last_end &&
           is_joining(p, span_between(p->last_end, here), rule);
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
    return is_joining(p, span_between(p->last_end, f->match.at[CAP_ALL].at),
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

/* "Recommendation A.1, Annex A;": nothing goes on with the annex, which could be
 * one of this document. An article before it says that it may be; and what a
 * paper is about may as well be annexed here. */
static bool is_apposition(struct citing *p, const struct finding *f)
{
    static const char *const ends[] = { ".", ",", ";", ")", " (", "\uFF1B",
                                        "\u3002", "\uFF09" };
    struct span all = f->match.at[CAP_ALL], text = p->place->text->text;
    struct span rest = span_between(all.at + all.len, text.at + text.len);
    bool ended = !rest.len;

    for (size_t i = 0; !ended && i < sizeof ends / sizeof *ends; i++)
        ended = rest.len >= strlen(ends[i]) &&
                memcmp(rest.at, ends[i], strlen(ends[i])) == 0;
    return ended && strcmp(p->last_doc.type, "paper") != 0 &&
           is_joint(span_trim(span_between(p->last_end, all.at)), JOINTS) &&
           !is_elided(all);
}

/* "This Recommendation": what the words behind a clause say the document is;
 * NULL where they do not say it. */
static const char *type_said(struct citing *p, struct span words)
{
    static const char *const types[] = { "recommendation", "resolution" };

    for (size_t i = 0; words.at && i < sizeof types / sizeof *types; i++)
        if (is_joining(p, words, types[i]))
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
static bool is_text_near(const struct citing *p, const char *here,
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

    if (!is_text_near(p, here, 0))
        return false;
    gap = span_between(p->text_end, here);
    while (gap.len >= JOINT_MAX || (gap.len && (*gap.at & 0xC0) == 0x80))
        gap = span_between(gap.at + 1, here);
    return is_joining(p, gap, "particular");
}

static bool is_same_text(const struct named *a, const struct named *b)
{
    return strcmp(a->type, b->type) == 0 && strcmp(a->number, b->number) == 0;
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
            (is_text_near(p, all.at, 0) &&
             (p->several_texts || !is_same_text(&p->text, doc)));
        p->text = *doc;
        p->text_end = all.at + all.len;
    } else if (!doc->type[0] && !citing_caption(f->rule)) {
        p->text_end = NULL;
    }
}

/* Of this document where it has such a clause. */
static struct named doubt(struct citing *p, const struct named *doc)
{
    p->doubt = ++p->doubts;
    return *doc;
}

/* Or of the text that was named last. */
static struct named text_apart(struct citing *p)
{
    p->apart = true;
    return doubt(p, &p->text);
}

/* "TD 24 and clause 3.2": more than a comma stands between, but no "in
 * particular". */
static bool is_enumerated(struct citing *p, const char *here)
{
    struct span gap = span_between(p->last_end, here);

    return is_joining(p, gap, "list") && !is_joint(span_trim(gap), JOINTS) &&
           !is_joining(p, gap, "particular");
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
    return *p->last_end == ';' && (citing_topic(p) || p->xrefs->about) &&
           !is_joining(p, span_between(p->last_end, here), "particular");
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
            return doubt(p, &p->last_doc);
        p->doubt = p->last_doubt;
        return p->last_doc;
    }
    if (follows_document(p, here, "bracket"))
        return doubt(p, &p->last_doc);
    if (p->several_texts || !is_text_near(p, here, 1) ||
        is_joining(p, f->match.at[CAP_ALL], "provision"))
        return none;
    if (is_particular(p, here))
        return p->text;
    /* What a proposal changes is named less than it is cited. */
    return draft_ancestor(p->place->text, "section", "proposal")
               ? none : text_apart(p);
}

/* How words call documents of one kind, by the rule that knows them, and the
 * types of these. */
static const struct {
    const char *said, *types[2];
} kinds[NAMED_KINDS] = {
    { "recommendation", { "recommendation" } },
    { "resolution", { "resolution" } },
    { "decision", { "decision" } },
    { "letter", { "letter", "circular" } },
    { "report", { "report", "paper" } },
    { "draft", { "recommendation" } }, /* or whatever was named last */
    { "paper", { "paper", "report" } }, /* unless this text names any document */
};

static bool is_named_draft(struct citing *p, struct span name)
{
    return scanner_takes(p->scanner, KIND_SAME, "draft", name, NULL);
}

static void keep_of_kind(struct citing *p, struct span name,
                         const struct named *doc)
{
    for (size_t i = 0; i < NAMED_KINDS; i++)
        for (size_t k = 0; k < 2 && kinds[i].types[k]; k++)
            if (strcmp(kinds[i].types[k], doc->type) == 0 &&
                (strcmp(kinds[i].said, "draft") != 0 ||
                 !p->of_kind[i].type[0] || is_named_draft(p, name))) {
                p->of_kind[i] = *doc;
                p->kind_text[i] = p->texts;
            }
}

enum { TEXTS_MAX = 8 };

/* The last one of the kind that the words say, in this text or `above` of those
 * before it. */
static const struct named *of_kind(struct citing *p, struct span words,
                                   unsigned above)
{
    static const struct named none = { .type = "" };

    for (size_t i = 0; i < NAMED_KINDS; i++)
        if (is_joining(p, words, kinds[i].said))
            return p->texts - p->kind_text[i] <= above ? &p->of_kind[i]
                                                      : &none;
    return NULL;
}

/* "That Circular" is the last circular that was named, "that document" the last
 * document of this text or else the last paper. What may be this one, as well, is
 * another only where it was named in this text. */
static const struct named *named_before(struct citing *p, const struct finding *f)
{
    static const struct named none = { .type = "" };
    const struct named *last = of_kind(p, f->match.at[CAP_SAME],
                                       f->match.at[CAP_MAIN].at ? 0 : TEXTS_MAX);
    const char *vague = last && last->type[0] ? "paper" : "draft";

    /* "Its" is not said of several, "of the latter" is. */
    if (!last && p->named_several &&
        f->match.at[CAP_SAME].at == f->match.at[CAP_ALL].at)
        return &none;
    return last && !(p->named_doc.type[0] &&
                     is_joining(p, f->match.at[CAP_SAME], vague))
               ? last : &p->named_doc;
}

/* "This document" may be what a text above named, where this one has no such
 * place. */
static struct named named_above(struct citing *p, const struct finding *f)
{
    const struct named none = { .type = "" };
    const struct named *above =
        f->match.at[CAP_MAIN].at ? of_kind(p, f->match.at[CAP_SAME], TEXTS_MAX)
                                 : NULL;

    return above && above->type[0] ? doubt(p, above) : none;
}

const struct named *citing_told(struct citing *p, const struct finding *f)
{
    const struct named *last =
        f->match.at[CAP_MAIN].at
            ? of_kind(p, f->match.at[CAP_MAIN], TEXTS_MAX)
            : NULL;

    return last ? citing_keep(p, last) : NULL;
}

/* ---- whose it is ---------------------------------------------------------------------- */

/* "Clause 2 of that annex", where the text named one before; so is "clause 2 of
 * this annex" in the main body. */
static bool is_of_named_part(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME], rel = f->match.at[CAP_REL];

    return p->named_part.len &&
           ((same.at && is_joining(p, same, "annex")) ||
            (rel.at && is_joining(p, rel, "annex") &&
             !draft_ancestor(p->place->text->parent, "attachment", NULL)));
}

/* "Annex 1, in particular clauses 2 and 3 thereof", "Annex 1 (see ...". */
bool citing_last_part(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap;

    if (!f->match.at[CAP_SAME].at || !p->last_is_part || !p->last_end ||
        here < p->last_end)
        return false;
    gap = span_between(p->last_end, here);
    return is_joining(p, gap, "document") || is_joining(p, gap, "bracket");
}

/* "Resolution 44 was read, and resolves 3 was quoted". */
static bool is_decided_near(const struct citing *p, const char *here)
{
    return !p->several_texts && is_text_near(p, here, 1) &&
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
               ? p->last_doc : doubt(p, &p->last_doc);
}

/* "That report", which is no annex; 该文件, but not "ce document", which may be
 * this one where the text has named no other. */
static bool says_other_kind(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME];

    const struct named *last = of_kind(p, same, 0);

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
static bool names_alone(const struct finding *f)
{
    static const enum capture words[] = { CAP_REL, CAP_PART, CAP_MAIN, CAP_SAME,
                                          CAP_TITLE, CAP_AROUND };
    size_t i = 0;

    while (i < sizeof words / sizeof *words && !f->match.at[words[i]].at)
        i++;
    return i == sizeof words / sizeof *words && !f->match.at[CAP_DOC].at &&
           (rule_is(f->rule, "clause") || rule_is_part(f->rule));
}

/* The document that a reference is to: the one it names; with no word such as
 * "above", one that was named before. */
struct named citing_document(struct citing *p, const struct finding *f)
{
    struct named named = { .type = "" };
    const char *here = f->match.at[CAP_ALL].at;
    const struct named *amended;

    p->doubt = 0;
    p->apart = p->beside = false;
    if (f->match.at[CAP_DOC].at) {
        if (!citing_several(f) &&
            document_named(p->scanner, f->match.at[CAP_DOC], &named))
            p->named_doc = named;
        return named;
    }
    amended = names_alone(f) ? amending_text(p, f) : NULL;
    if (amended)
        return *amended;
    if (is_of_named_part(p, f)) {
        p->doubt = p->part_doubt;
        return p->part_doc;
    }
    /* "Its" may as well be that of an annex which stands between. */
    if (f->match.at[CAP_SAME].at) {
        if (p->last_is_part && !says_other_kind(p, f))
            return named;
        return named_before(p, f)->type[0] ? *named_before(p, f)
                                           : named_above(p, f);
    }
    if (leads_with_part(p, f))
        return doubt(p, &p->last_doc);
    if (f->match.at[CAP_REL].at || f->match.at[CAP_MAIN].at)
        return named;
    if (f->match.at[CAP_PART].at) /* A.1建议书第2节和附件B第3节 */
        return p->document_leads && follows_document(p, here, "document")
                   ? doubt(p, &p->last_doc)
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
    if (p->beside)
        return is_apposition(p, f) || is_particular_part(p, f)
                   ? p->last_doc
                   : doubt(p, &p->last_doc);
    if ((rule_is_part(f->rule) || citing_caption(f->rule)) && !p->several_texts &&
        !is_of_regulations(f) && is_text_near(p, here, 1))
        return text_apart(p);
    return rule_is(f->rule, "clause") ? document_near(p, f) : named;
}

/* The annex that a clause is cited from: the one it names, or the one named
 * just before it, as in "Annex 1, clause 2". */
struct span citing_part(struct citing *p, const struct finding *f)
{
    const struct span none = { 0 };
    struct span gap;

    if (f->match.at[CAP_PART].at)
        return f->match.at[CAP_PART];
    if (citing_caption(f->rule))
        return f->match.at[CAP_ALL].at == p->last_end ? p->last_annex : none;
    if (is_of_named_part(p, f))
        return p->named_part;
    if (citing_last_part(p, f))
        return p->last_part;
    if (!p->last_part.len || !rule_is(f->rule, "clause") ||
        f->match.at[CAP_DOC].at || f->match.at[CAP_REL].at ||
        f->match.at[CAP_MAIN].at || f->match.at[CAP_SAME].at ||
        !p->last_end || f->match.at[CAP_ALL].at < p->last_end)
        return none;
    gap = span_trim(span_between(p->last_end, f->match.at[CAP_ALL].at));
    if (p->last_doc.type[0] && parts_sentences(gap))
        return none;
    if (p->last_annex.len)
        return is_joint(gap, JOINTS) || is_joining(p, gap, "whose")
                   ? p->last_part
                   : none;
    return !memchr(gap.at, ',', gap.len) && is_joining(p, gap, "document")
               ? p->last_part
               : none;
}

const char *citing_says(struct citing *p, const struct finding *f)
{
    return f->match.at[CAP_REL].at && !p->part.at &&
                   is_joining(p, f->match.at[CAP_REL], "annex")
               ? "annex"
               : type_said(p, f->match.at[CAP_MAIN]);
}

/* "Recommendation A.1 (see 2.1)": of which of the two is not said. */
bool citing_is_beside(struct citing *p, const struct finding *f)
{
    return rule_is(f->rule, "seen") &&
           follows_document(p, f->match.at[CAP_ALL].at, "bracket");
}

/* ---- what is left as words ------------------------------------------------------------ */

/* "That report", and none was named, so that it could only be this one where
 * the rule says so; "[ETSI EG 1]", and no rule names it. */
static bool is_of_unnamed(struct citing *p, const struct finding *f,
                          const struct named *doc)
{
    return !doc->type[0] &&
           ((f->match.at[CAP_SAME].at && !f->match.at[CAP_MAIN].at &&
             !is_of_named_part(p, f) && !citing_last_part(p, f)) ||
            (f->match.at[CAP_DOC].at && !rule_is(f->rule, "document")));
}

/* Where the signs before `end` begin that a symbol is made of: no letters of a
 * script that stands close to it. */
static const char *word_before(const char *from, const char *end)
{
    const char *at = end;

    while (at > from && at[-1] > ' ' && (unsigned char)at[-1] < 0x7F)
        at--;
    return at;
}

/* Takes a comma or a bracket off the end; false where there is none. */
static bool cut_joint(struct span *text)
{
    static const char *const signs[] = { ",",      "\u060C", "\uFF0C", "(",
                                         "\uFF08", ")",      "\uFF09" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t len = strlen(signs[i]);

        if (text->len > len &&
            memcmp(text->at + text->len - len, signs[i], len) == 0) {
            text->len -= len;
            return true;
        }
    }
    return false;
}

/* "E/2024/7", "F.1105", "FAL.14(46)", "70/1". */
static bool is_symbol(const char *at, const char *end)
{
    bool capital = false, digit = false, dot = false;
    size_t slashes = 0;

    while (at < end && (*at == '(' || *at == '['))
        at++;
    for (const char *c = at; c < end; c++) {
        capital |= *c >= 'A' && *c <= 'Z';
        digit |= is_digit(*c);
        dot |= *c == '.';
        slashes += *c == '/';
    }
    if (at == end || !digit)
        return false;
    if (is_digit(*at))
        return slashes == 1 && !dot;
    return *at >= 'A' && *at <= 'Z' && capital && (dot || slashes);
}

/* "N 1023", "No. 1160": a number, no year, behind a word with a capital. */
enum { SERIAL_DIGITS_MIN = 3 };

static bool is_serial(const char *from, const char *end)
{
    const char *at = word_before(from, end), *word;
    bool year =
        end - at == 4 && (memcmp(at, "19", 2) == 0 || memcmp(at, "20", 2) == 0);

    for (const char *c = at; c < end; c++)
        if (!is_digit(*c))
            return false;
    if (end - at < SERIAL_DIGITS_MIN || year || at == from || at[-1] != ' ')
        return false;
    word = word_before(from, at - 1);
    while (word < at && *word == '(')
        word++;
    return *word >= 'A' && *word <= 'Z';
}

/* "F.1105, clause 2": of a text that no rule names. */
static bool follows_symbol(const struct citing *p, const struct finding *f)
{
    const char *from = p->place->text->text.at, *end;
    struct span before = span_trim(span_between(from, f->match.at[CAP_ALL].at));

    if (!names_alone(f) || !cut_joint(&before))
        return false;
    cut_joint(&before); /* "(E/2024/7), paragraph 2" */
    before = span_trim(before);
    end = before.at + before.len;
    if (end > from && end[-1] == ')')
        end--;
    return end != p->last_end &&
           (is_symbol(word_before(from, end), end) || is_serial(from, end));
}

/* "The annex" where there are several or none, or in it. */
static bool is_no_annex(struct citing *p, const struct finding *f)
{
    struct node *text = p->place->text;

    return rule_is(f->rule, "attached") &&
           (!p->xrefs->only_annex ||
            draft_ancestor(text, "attachment", NULL) == p->xrefs->only_annex ||
            draft_ancestor(text, "section", "proposal"));
}

/* "Clause 2 of the annex" where there are several. */
static bool is_of_no_annex(const struct citing *p, const struct named *doc)
{
    return p->part.at && !doc->type[0] && !labels_annex(p->part).len &&
           !p->xrefs->only_part;
}

bool citing_is_unclear(struct citing *p, const struct finding *f,
                       const struct named *doc)
{
    return rule_is(f->rule, "foreign") || is_of_unnamed(p, f, doc) ||
           ((!doc->type[0] || p->apart) && follows_symbol(p, f)) ||
           is_of_no_annex(p, doc) || is_no_annex(p, f);
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

/* ---- what a passage is about ------------------------------------------------------------- */

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
    struct topic *topic = arena_alloc(&p->xrefs->arena, sizeof *topic);

    if (!topic)
        return;
    *topic = (struct topic){ citing_keep(p, doc), scope, p->topic };
    p->topic = topic;
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
    return draft_is(block->parent, "intro") ||
                   draft_is(block->parent, "content")
               ? block->parent->parent
               : block->parent;
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
static bool leads_to_subject(struct citing *p, struct span before)
{
    return !before.len || is_draft_of(p, before, true) ||
           scanner_takes(p->scanner, KIND_SAME, "about", before, NULL) ||
           scanner_takes(p->scanner, KIND_SAME, "change", before, NULL);
}

/* "Comments on Recommendation A.1" is the title of a paper about that text. */
static void note_about(struct citing *p, const struct finding *f,
                       const struct citation *t, const struct named *doc)
{
    struct node *text = p->place->text, *title = text->parent;

    if (!draft_is(title, "docTitle") || !rule_is(f->rule, "document") ||
        !document_has_clauses(doc) ||
        draft_ancestor(title, "attachment", NULL) ||
        !leads_to_subject(
            p, span_trim(span_between(text->text.at, f->match.at[CAP_ALL].at))))
        return;
    p->xrefs->about_several |=
        t->count > 1 ||
        (p->xrefs->about && !is_same_text(p->xrefs->about, doc));
    if (!p->xrefs->about)
        p->xrefs->about = citing_keep(p, doc);
}

/* "Draft new Recommendation" begins another, even where that has no number. */
static void end_topic(struct citing *p)
{
    const struct node *text = p->place->text;

    if (p->topic && !text->prev && draft_is(text->parent, "p") &&
        is_draft_of(p, text->text, false))
        p->topic = NULL;
}

static bool is_inside(const struct node *node, const struct node *scope)
{
    while (node && node != scope)
        node = node->parent;
    return node;
}

/* Texts come in their order: none is in a passage that was left before. */
const struct named *citing_topic(struct citing *p)
{
    while (p->topic && !is_inside(p->place->text, p->topic->scope))
        p->topic = p->topic->outer;
    return p->topic ? p->topic->doc : NULL;
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

bool citing_leads(struct span text)
{
    static const char *const colons[] = { ":", "\uFF1A" };

    text = span_trim(text);
    for (size_t i = 0; i < sizeof colons / sizeof *colons; i++)
        if (text.len >= strlen(colons[i]) &&
            memcmp(text.at + text.len - strlen(colons[i]), colons[i],
                   strlen(colons[i])) == 0)
            return true;
    return false;
}

/* "Of Recommendation A.1 we say the following:": what is listed is about that.
 */
void citing_end(struct citing *p, struct span text)
{
    const struct node *scope;

    amending_note(p, text);
    if (citing_leads(text) && !p->several_texts &&
        is_text_near(p, text.at + text.len, 0) &&
        (scope = scope_behind(p->place->text->parent)) != NULL)
        open_topic(p, &p->text, scope);
}

/* ---- "section 2 and clause 3.4 of Recommendation A.7" ---------------------------------- */

/* The words that say what kind of place is cited, and nothing that says of what. */
static struct span bare_words(const struct finding *f)
{
    static const enum capture whose[] = { CAP_DOC, CAP_REL, CAP_PART, CAP_MAIN,
                                          CAP_SAME, CAP_TITLE, CAP_AROUND };
    const struct span none = { 0 };
    const char *from = f->match.at[CAP_ALL].at, *to = f->match.at[CAP_NUM].at;

    for (size_t i = 0; i < sizeof whose / sizeof *whose; i++)
        if (f->match.at[whose[i]].at)
            return none;
    return to > from ? span_between(from, to) : none;
}

static bool ends_list(struct citing *p, const struct finding *f)
{
    const char *num = f->match.at[CAP_NUM].at;

    return p->list_end && num && f->match.at[CAP_DOC].at > num &&
           !f->match.at[CAP_PART].at &&
           is_joining(p, span_between(p->list_end, f->match.at[CAP_ALL].at),
                      "list");
}

/* Whether clauses and what goes by another name are listed: who means one of this
 * document and one of another does not do so. An annex may well be of this one. */
static bool is_sure(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap = span_between(p->list_end, here);
    struct span kind = span_between(here, f->match.at[CAP_NUM].at);

    return p->list_clauses && !span_equal(kind, p->list_kind) &&
           !memchr(gap.at, ',', gap.len);
}

/* What names its document behind its own number says for those listed before it
 * what they are of: surely, or where this document does not have them all. */
static void name_list(struct citing *p, const struct finding *f,
                      const struct named *doc, size_t end)
{
    const struct named *kept;
    bool sure;

    if (!doc->type[0] || !ends_list(p, f) || !(kept = citing_keep(p, doc)))
        return;
    sure = is_sure(p, f);
    p->doubts += !sure;
    for (size_t i = p->list_from; i < end; i++) {
        p->xrefs->at[i].doc = kept;
        p->xrefs->at[i].doubt = sure ? 0 : p->doubts;
    }
}

/* The list that the next one may end. `from` is the first of its references. */
static void note_list(struct citing *p, const struct finding *f,
                      const struct named *doc, size_t from)
{
    struct span all = f->match.at[CAP_ALL], kind = bare_words(f);
    bool clause = rule_is(f->rule, "clause");

    if (!kind.at || (doc->type[0] && !p->doubt) ||
        !(clause || rule_is_part(f->rule) || citing_caption(f->rule))) {
        p->list_end = NULL;
        return;
    }
    if (!p->list_end || p->list_end > all.at ||
        !is_joining(p, span_between(p->list_end, all.at), "list")) {
        p->list_from = from;
        p->list_clauses = true;
    }
    p->list_clauses &= clause;
    p->list_kind = kind;
    p->list_end = all.at + all.len;
}

/* ---- what the next reference is told ----------------------------------------------------- */

/* "That annex" may be one of another document. */
static void keep_part(struct citing *p, const struct finding *f,
                      struct span part, const struct named *doc)
{
    if (!part.len)
        part = f->match.at[CAP_PART];
    if (!part.len)
        return;
    p->named_part = part;
    p->part_doc = *doc;
    p->part_doubt = p->doubt;
}

/* What the next reference is told about this one. */
void citing_note(struct citing *p, const struct finding *f,
                           const struct citation *t, const struct named *doc)
{
    const struct named none = { .type = "" };
    struct span all = f->match.at[CAP_ALL];
    struct span part = part_named(f, t);

    note_text(p, f, t, doc);
    /* "§ 2 of that Resolution" names it again. */
    if (f->match.at[CAP_SAME].at && doc->type[0] && !p->doubt)
        p->named_doc = *doc;
    /* "Table 2" may be of this document: so is what it goes on with. */
    p->last_doc = p->apart && !rule_is(f->rule, "clause") ? none : *doc;
    keep_of_kind(p, all, doc);
    p->named_several =
        doc->type[0] ? citing_several(f) && t->count > 1 : p->named_several;
    p->last_doubt = p->doubt;
    p->last_is_document = rule_is(f->rule, "document");
    p->document_leads = f->match.at[CAP_DOC].at == all.at &&
                        f->match.at[CAP_DOC].len < all.len;
    p->document_first = p->document_leads || !f->match.at[CAP_DOC].at;
    p->last_annex = part;
    p->last_is_part = part.len && (!doc->type[0] || p->doubt);
    keep_part(p, f, part, doc);
    /* "clause 2 of Annex 1 and clause 3": the latter is not of the annex. */
    p->last_part = part.len ? part
                   : t->count && p->part.at < t->labels[0].at
                       ? p->part
                       : (struct span){ 0 };
    p->last_end = all.at + all.len;
}

void citing_note_put(struct citing *p, const struct finding *f,
                     const struct citation *t, const struct named *doc,
                     size_t from)
{
    note_topic(p, f, t, doc);
    note_about(p, f, t, doc);
    name_list(p, f, doc, from);
    note_list(p, f, doc, from);
    citing_note(p, f, t, doc);
}

void citing_begin(struct citing *p)
{
    end_topic(p);
    p->last_end = NULL;
    p->list_end = NULL;
    p->named_doc.type[0] = '\0';
    p->text_end = NULL;
    p->named_part.len = 0;
    p->texts++;
}
