/* Knows of which document a reference is, by what it says and by those that the
 * text has named so far. */
#include <string.h>

#include "citing.h"
#include "labels.h"
#include "topic.h"

/* ---- annexes and tables behind a document -------------------------------------- */

/* "Recommendation A.1, in particular Annex A", "TD 5 (including Annexes 1 and
 * 2)". */
static bool is_particular_part(struct citing *p, const struct finding *f)
{
    struct span gap = span_between(p->last_end, f->match.at[CAP_ALL].at);

    return citing_joins(p, gap, "particular") ||
           citing_joins(p, gap, "including");
}

/* "(2031)" and "(05/2031)": the edition, behind the number of a document. */
static struct span behind_edition(struct span gap)
{
    size_t digits = 0, at = 1;

    gap = span_trim(gap);
    if (!gap.len || *gap.at != '(')
        return gap;
    for (; at < gap.len && (is_digit(gap.at[at]) || gap.at[at] == '/'); at++)
        digits += is_digit(gap.at[at]) != 0;
    return at < gap.len && gap.at[at] == ')' && (digits == 4 || digits == 6)
               ? span_trim(span_between(gap.at + at + 1, gap.at + gap.len))
               : gap;
}

/* "Decision 5, Annex 2", "Decision 5 (Annex 2)": of the decision, unless there
 * is one here; so is "Annex 2" behind "Decision 5, clause 3, and". */
static bool is_part_behind(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap;

    if (!(rule_is_part(f->rule) || citing_caption(f->rule)) || !p->last_end ||
        !p->last_doc.type[0] || here < p->last_end)
        return false;
    gap = behind_edition(span_between(p->last_end, here));
    return citing_is_joint(gap, JOINTS) || is_particular_part(p, f) ||
           (p->document_first && citing_follows_document(p, here, "document"));
}

enum { BRACKET_MAX = 200 };

/* "(E/2031/32 (Part I), paras. 4-7 and annex II)": the bracket has nothing but
 * the document and what is cited of it. */
static bool ends_bracket(const struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL], text = p->place->text->text;
    const char *end = all.at + all.len, *at = all.at;
    unsigned closed = 0;

    if (!rule_is_part(f->rule) || !p->document_at || !p->last_doc.type[0] ||
        p->last_doubt || end == text.at + text.len || *end != ')' ||
        p->document_at <= text.at || p->document_at[-1] != '(' ||
        all.at - p->document_at > BRACKET_MAX)
        return false;
    for (; at > p->document_at; at--)
        if (at[-1] == ')')
            closed++;
        else if (at[-1] == '(' && !closed)
            return false;
        else if (at[-1] == '(')
            closed--;
        else if (at[-1] == ';')
            return false;
    return !closed;
}

/* 上次报告（TSAG-R8）附件C: the bracket says which one it is. */
static bool is_behind_bracket(const struct citing *p, const char *here)
{
    struct span gap;

    if (!p->last_is_document || !p->last_end || !p->last_doc.type[0] ||
        here < p->last_end)
        return false;
    gap = span_between(p->last_end, here);
    return span_is(gap, ")") || span_is(gap, "\uFF09");
}

/* "ITU-T A.23 Annex A": nothing stands between. */
static bool is_part_right_behind(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return rule_is_part(f->rule) &&
           (is_behind_bracket(p, here) ||
            ((p->last_is_document || p->last_ends_in_document) && p->last_end &&
             p->last_doc.type[0] && here >= p->last_end &&
             !behind_edition(span_between(p->last_end, here)).len));
}

/* ITU-T A.1建议书第2节和附件B: where the document is named before its clause,
 * and no comma stands between, the annex is its, too. */
static bool is_part_led(struct citing *p, const struct finding *f)
{
    struct span gap;

    if (!p->document_leads || p->last_doubt || !is_part_behind(p, f))
        return false;
    gap = span_trim(span_between(p->last_end, f->match.at[CAP_ALL].at));
    return gap.len && !citing_is_joint(gap, JOINTS) &&
           !memchr(gap.at, ',', gap.len);
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

/* Nothing goes on with the reference. */
static bool is_ended(const struct citing *p, const struct finding *f)
{
    static const char *const ends[] = { ".",      ",",      ";",
                                        ")",      " (",     "\u00A0(",
                                        "\uFF1B", "\u3002", "\uFF09" };
    struct span all = f->match.at[CAP_ALL], text = p->place->text->text;
    struct span rest = span_between(all.at + all.len, text.at + text.len);
    bool ended = !rest.len;

    for (size_t i = 0; !ended && i < sizeof ends / sizeof *ends; i++)
        ended = rest.len >= strlen(ends[i]) &&
                memcmp(rest.at, ends[i], strlen(ends[i])) == 0;
    return ended;
}

/* "Recommendation A.1, Annex A;": an annex that goes on could be one of this
 * document. An article before it says that it may be; and what a paper is about
 * may as well be annexed here, where a bracket names it. */
static bool is_apposition(struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL];
    struct span gap = behind_edition(span_between(p->last_end, all.at));

    return is_ended(p, f) && !is_elided(all) &&
           (strcmp(p->last_doc.type, "paper") == 0
                ? span_is(gap, ",")
                : citing_is_joint(gap, JOINTS));
}

enum { PLACE_MAX = 24 };

/* "Recommendation A.1, Chapter II, section A", "A/75/5 (Vol. I), chap. II",
 * "A/75/5, chapter IV, table, section A". */
static bool is_chapter_behind(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    struct span gap;

    if (!citing_names_chapter(f) || !p->last_end || !p->last_doc.type[0] ||
        here < p->last_end || !is_ended(p, f))
        return false;
    gap = span_trim(span_between(p->last_end, here));
    return citing_is_joint(gap, JOINTS) ||
           (gap.len > 2 && *gap.at == '(' &&
            memcmp(gap.at + gap.len - 2, "),", 2) == 0) ||
           (gap.len > 2 && gap.len < PLACE_MAX && *gap.at == ',' &&
            gap.at[gap.len - 1] == ',');
}

/* "Decision 5 (Annex 1 and Annex 2)": nothing but annexes is in the bracket. */
static bool begins_bracket(struct citing *p, const struct finding *f)
{
    struct span gap =
        span_trim(span_between(p->last_end, f->match.at[CAP_ALL].at));

    return citing_is_joint(gap, JOINTS) && !citing_is_joint(gap, COMMAS) &&
           strcmp(p->last_doc.type, "paper") != 0 &&
           scanner_takes(p->scanner, KIND_SAME, "parts",
                         citing_text_behind(p, f), NULL);
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
           (is_behind_bracket(p, here) ||
            citing_is_joint(span_trim(span_between(p->last_end, here)),
                            JOINTS));
}

/* ---- clauses of a text that was named before ----------------------------------- */

/* "Recommendation A.1 applies to all of them, in particular clause 2". */
static bool is_particular(struct citing *p, const char *here)
{
    struct span gap;

    if (!citing_text_near(p, here, 0))
        return false;
    gap = citing_joint_at_end(span_between(p->text_end, here));
    return citing_joins(p, gap, "particular");
}

/* "§ 3.2 of Recommendation A.1 was read. § 3.2.4 is new." */
static bool goes_into_last(const struct citing *p, struct span num)
{
    struct span last = p->clause.label;

    return last.len && num.len > last.len && num.at[last.len] == '.' &&
           memcmp(num.at, last.at, last.len) == 0 &&
           document_is_same(&p->clause.doc, &p->text);
}

/* Or of the text that was named last, unless that was in another sentence and
 * this one comments on a text. */
static struct named text_apart(struct citing *p, const char *here,
                               struct span num)
{
    const struct named *about = p->xrefs->remarked ? p->xrefs->about : NULL;
    bool near = citing_goes_on_near(span_between(p->text_end, here));

    p->apart = true;
    if (about && !near && !goes_into_last(p, num))
        return citing_doubt(p, about);
    /* "Table 3 and Figure 2" are of one text. */
    if (!p->last_end || !p->last_doubt || here < p->last_end ||
        !citing_joins(p, span_between(p->last_end, here), "list"))
        return citing_doubt(p, &p->text);
    p->doubt = p->last_doubt;
    return p->text;
}

/* "TD 24 and clause 3.2": more than a comma stands between, but no "in
 * particular". */
static bool is_enumerated(struct citing *p, const char *here)
{
    struct span gap = span_between(p->last_end, here);

    return citing_joins(p, gap, "list") &&
           !citing_is_joint(span_trim(gap), JOINTS) &&
           !citing_joins(p, gap, "particular");
}

/* "based on Recommendation A.1; clause 2 is new": what the passage is about is
 * meant. */
static bool begins_anew(struct citing *p, const char *here)
{
    return *p->last_end == ';' && (topic_around(p) || p->xrefs->about) &&
           !citing_joins(p, span_between(p->last_end, here), "particular");
}

/* "Resolution 44 was read; that resolution says in clause 2"; NULL for none
 * that is known. */
static const struct named *document_of_subject(struct citing *p,
                                               const struct finding *f)
{
    struct span words = citing_subject(p, f);
    const struct named *last = words.len ? citing_of_kind(p, words, 1) : NULL;

    return last && last->type[0] ? last : NULL;
}

/* As the word before the number says: 条 behind it is said of clauses, too. */
static bool is_article(struct citing *p, const struct finding *f)
{
    const char *num = f->match.at[CAP_NUM].at;

    return num && citing_joins(p,
                               span_between(f->match.at[CAP_ALL].at,
                                            num + f->match.at[CAP_NUM].len),
                               "article");
}

/* "The Circular quotes RR Article 9. Article 11": of those, not of the
 * Circular.
 */
static bool has_articles(const struct named *doc)
{
    return !document_is_letter(doc) &&
           strcmp(doc->type, "recommendation") != 0 &&
           strcmp(doc->type, "resolution") != 0;
}

static bool ends_with_any(struct span text, const char *one, const char *wide)
{
    return (text.len >= 1 && text.at[text.len - 1] == *one) ||
           (text.len >= 3 && memcmp(text.at + text.len - 3, wide, 3) == 0);
}

enum { SEEN_MAX = 12 };

/* （见A.1建议书，第2节）: nothing else is in the bracket, so that the comma
 * parts no sentences. */
static bool fills_bracket(const struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL], text = p->place->text->text;
    const char *behind = all.at + all.len, *end = text.at + text.len, *at;
    bool closed = behind < end && *behind == ')';

    closed |= end - behind >= 3 && memcmp(behind, "\uFF09", 3) == 0;
    if (!closed || !p->document_at || p->document_at < text.at ||
        p->document_at > all.at)
        return false;
    for (at = p->document_at; at > text.at && p->document_at - at < SEEN_MAX;
         at--)
        if (ends_with_any(span_between(text.at, at), "(", "\uFF08"))
            return true;
    return false;
}

/* The document of a clause which does not say whose it is: with "and" the one
 * of the reference before, or else one that stands near. */
static struct named document_near(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    const struct named none = { .type = "" }, *subject;

    if (citing_follows_document(p, here, "document") && !begins_anew(p, here)) {
        if ((citing_parts_sentences(span_between(p->last_end, here)) &&
             !fills_bracket(p, f)) ||
            ((p->last_is_document || p->document_trails) &&
             is_enumerated(p, here)))
            return citing_doubt(p, &p->last_doc);
        p->doubt = p->last_doubt;
        return p->last_doc;
    }
    if (citing_follows_document(p, here, "bracket"))
        return citing_doubt(p, &p->last_doc);
    p->astray = citing_goes_astray(p, f);
    if (p->astray)
        return none;
    if ((subject = document_of_subject(p, f)) != NULL)
        return *subject;
    if ((subject = citing_decided(p, f)) != NULL) {
        p->decided = true;
        return *subject;
    }
    p->counts_on = p->apart = citing_counts_on(p, f);
    if (p->counts_on) {
        p->doubt = p->clause.doubt;
        return p->clause.doc;
    }
    if (p->several_texts || !citing_text_near(p, here, 1) ||
        citing_joins(p, f->match.at[CAP_ALL], "provision"))
        return none;
    /* "See Annex 2, in particular section 3": of the annex. */
    if (p->last_is_part && p->last_end && p->last_end < here &&
        is_particular_part(p, f))
        return none;
    if (is_particular(p, here))
        return p->text;
    if (is_article(p, f) && !has_articles(&p->text))
        return none;
    /* What a proposal changes is named less than it is cited. */
    return draft_ancestor(p->place->text, "section", "proposal")
               ? none
               : text_apart(p, here, f->match.at[CAP_NUM]);
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

    if (!citing_follows_document(p, here, "document"))
        return !is_decided_near(p, here) ? none
               : is_particular(p, here)
                   ? p->text
                   : text_apart(p, here, (struct span){ 0 });
    gap = span_between(p->last_end, here);
    return citing_is_joint(span_trim(gap), JOINTS) || is_particular(p, here)
               ? p->last_doc
               : citing_doubt(p, &p->last_doc);
}

/* ---- documents that are named -------------------------------------------------- */

/* "TSB Circular 68, whose section 2 is amended by its Addendum 2" */
static bool is_changed_by_its(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return document_is_letter(&p->last_doc) && p->last_end &&
           here >= p->last_end && f->match.at[CAP_SAME].at == here &&
           citing_goes_on_near(span_between(p->last_end, here));
}

/* "TSB Circular 12 and its Corrigendum 1", "and to its": of none where none
 * stands before. */
static struct named its_amendment(struct citing *p, const struct finding *f)
{
    struct named named = { .type = "" };
    struct finding change;

    /* "Circular 12, point 2, and its Addendum 1" */
    if ((p->last_ends_in_document ||
         (document_is_letter(&p->last_doc) && !p->last_is_document)) &&
        !p->named_several &&
        (!p->last_doc.amended || !f->match.at[CAP_SAME].len) &&
        (citing_follows_document(p, f->match.at[CAP_ALL].at, "document") ||
         citing_follows_document(p, f->match.at[CAP_ALL].at, "list") ||
         is_changed_by_its(p, f)) &&
        scanner_takes(p->scanner, KIND_DOCUMENT, "amendment",
                      f->match.at[CAP_DOC], &change)) {
        named = p->last_doc;
        /* "Its Amendment 1 and Corrigendum 2": both change the same text. */
        if (named.amended)
            named.number[named.amended] = '\0';
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
    if (!scanner_takes(p->scanner, KIND_SAME, "issuer",
                       citing_joint_at_end(before), &issued))
        return;
    buf_add_span(&whole, issued.match.at[CAP_BODY]);
    buf_add_span(&whole, f->match.at[CAP_DOC]);
    document_named(p->scanner, buf_span(&whole), named);
    p->place->draft->failed |= whole.failed;
    buf_free(&whole);
}

/* "Resolution 45 of this Assembly", 本届全会第45号决议. */
bool citing_is_ours(struct citing *p, const struct finding *f)
{
    struct span before =
        span_between(p->place->text->text.at, f->match.at[CAP_ALL].at);

    return scanner_takes(p->scanner, KIND_SAME, "adopting",
                         citing_text_behind(p, f), NULL) ||
           scanner_takes(p->scanner, KIND_SAME, "adopting_led",
                         citing_joint_at_end(before), NULL);
}

/* ---- all ----------------------------------------------------------------------- */

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

/* "Draft new Recommendation A.1 (TD 5). Its clause 2": of the former. */
static bool is_only_source(const struct citing *p, const struct finding *f,
                           const struct named *named)
{
    const char *here = f->match.at[CAP_ALL].at;

    return strcmp(named->type, "paper") == 0 && p->named_doc.type[0] &&
           citing_text_near(p, here, 0) && !p->text_aside &&
           document_is_same(&p->named_doc, &p->text) &&
           citing_is_aside(p, here);
}

/* The one that its words name; of several, none. */
static struct named document_said(struct citing *p, const struct finding *f)
{
    struct named named = { .type = "" };

    if (f->match.at[CAP_SAME].at && rule_is(f->rule, "document"))
        return its_amendment(p, f);
    if (!citing_several(f) &&
        document_named(p->scanner, f->match.at[CAP_DOC], &named)) {
        name_issuer(p, f, &named);
        named.ours = document_is_adopted(&named) && citing_is_ours(p, f);
        if (!is_only_source(p, f, &named))
            p->named_doc = named;
    }
    return named;
}

/* The one that the passage changes or remarks on, or NULL. */
static const struct named *document_dealt_with(struct citing *p,
                                               const struct finding *f)
{
    const struct named *text = says_of_what(f) ? NULL : amending_quoted(p, f);

    if (!text && citing_names_alone(f))
        text = amending_text(p, f);
    if (!text && citing_names_alone(f))
        text = remark_text(p, f);
    return text;
}

/* "TD 5, § 4, and its Annex 2": of the same paper, whatever it is about. */
static bool is_its_behind(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return f->match.at[CAP_SAME].at == here && rule_is_part(f->rule) &&
           strcmp(p->last_doc.type, "paper") == 0 && !p->last_is_document &&
           p->last_end && here >= p->last_end &&
           citing_joins(p, span_between(p->last_end, here), "list");
}

/* "Its" may as well be that of an annex which stands between. */
static struct named document_of_its(struct citing *p, const struct finding *f)
{
    bool together;

    if (is_its_behind(p, f)) {
        p->doubt = p->last_doubt;
        return p->last_doc;
    }

    if (!citing_last_is_of_part(p) || citing_says_other_kind(p, f))
        return citing_named_before(p, f)->type[0] ? *citing_named_before(p, f)
                                                  : citing_named_above(p, f);
    /* "Recommendation A.1 (see Annex A and Appendix I thereof)" */
    together = p->last_doubt && citing_last_part(p, f) &&
               citing_text_near(p, f->match.at[CAP_ALL].at, 0);
    p->doubt = together ? p->last_doubt : 0;
    return together ? p->text : (struct named){ .type = "" };
}

/* "Annex 2, Table 3", where the annex is one of another document. */
static bool is_caption_of_part(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return citing_caption(f->rule) && p->part_doc.type[0] &&
           p->named_part.len && p->part_end && p->part_end == p->last_end &&
           here > p->part_end &&
           citing_is_joint(span_trim(span_between(p->part_end, here)), JOINTS);
}

/* "Delete § 3 and Table 2" */
static bool goes_on_dealt(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return p->last_dealt && p->last_end && p->last_doc.type[0] &&
           here >= p->last_end &&
           (citing_caption(f->rule) || citing_names_alone(f)) &&
           citing_joins(p, span_between(p->last_end, here), "list");
}

/* The one that was named right before, or near; where none was, none. */
static struct named document_beside(struct citing *p, const struct finding *f,
                                    bool in_bracket)
{
    const char *here = f->match.at[CAP_ALL].at;

    if (citing_follows_document(p, here, "whose")) {
        p->dealt = true;
        return p->last_doc;
    }
    if (f->match.at[CAP_TITLE].at)
        return titled_document(p, here);
    if ((citing_caption(f->rule) && here == p->last_end) || /* 第5号决定表2 */
        is_part_right_behind(p, f) || is_part_led(p, f))
        return p->last_doc;
    if (goes_on_dealt(p, f)) {
        p->dealt = true;
        return p->last_doc;
    }
    if (is_caption_of_part(p, f)) {
        p->doubt = p->part_doubt;
        return p->part_doc;
    }
    if (ends_bracket(p, f))
        return p->last_doc;
    p->beside = is_part_behind(p, f);
    p->in_bracket = p->beside && (in_bracket || begins_bracket(p, f));
    if (p->beside)
        return p->in_bracket || is_apposition(p, f) || is_particular_part(p, f)
                   ? p->last_doc
                   : citing_doubt(p, &p->last_doc);
    if ((rule_is_part(f->rule) || citing_caption(f->rule)) &&
        !p->several_texts && !is_of_regulations(f) &&
        citing_text_near(p, here, 1))
        return text_apart(p, here, f->match.at[CAP_NUM]);
    if (is_chapter_behind(p, f))
        return p->last_doc;
    return rule_is(f->rule, "clause") ? document_near(p, f)
                                      : (struct named){ .type = "" };
}

/* A.1建议书第2节和附件B第3节, "Recommendation A.1, clause 3 of Annex B" */
static bool is_in_part_behind(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;

    return citing_follows_document(p, here, "document") &&
           (p->document_leads ||
            (p->last_is_document &&
             citing_is_joint(span_trim(span_between(p->last_end, here)),
                             COMMAS)));
}

/* "Resolution 15 was read; clause 3 of Annex 1 was deleted": of the resolution,
 * where this document has no such annex. */
static struct named document_of_part(struct citing *p, const struct finding *f)
{
    const struct named none = { .type = "" };
    const char *here = f->match.at[CAP_ALL].at;
    struct span part;

    if (is_in_part_behind(p, f))
        return citing_doubt(p, &p->last_doc);
    /* "§ 4.1.3 of Appendix 30" is one of the Radio Regulations. */
    part = labels_annex(f->match.at[CAP_PART], &p->scanner->grammar->numerals);
    if (part.len && is_digit(*part.at) &&
        citing_joins(p, f->match.at[CAP_PART], "appendix"))
        return none;
    return !rule_is(f->rule, "clause") || p->several_texts ||
                   !citing_text_near(p, here, 1)
               ? none
               : text_apart(p, here, f->match.at[CAP_NUM]);
}

/* The document that a reference is to: the one it names; with no word such as
 * "above", one that was named before. */
struct named citing_document(struct citing *p, const struct finding *f)
{
    const struct named none = { .type = "" }, *text;
    bool in_bracket = p->in_bracket;

    p->in_bracket = p->quoted = false;
    p->doubt = 0;
    p->apart = p->beside = p->dealt = p->counts_on = p->decided = false;
    p->astray = ASTRAY_NO;
    if (p->called_doc)
        return p->named_doc = *p->called_doc;
    if (citing_of_last_clause(p, f)) {
        p->doubt = p->clause.doubt;
        return p->clause.doc;
    }
    if (f->match.at[CAP_DOC].at)
        return document_said(p, f);
    if (citing_its_annex(p, f).len)
        return p->last_doc;
    if (p->named_doc.type[0] && citing_is_latter(p, f))
        return p->named_doc;
    text = is_part_right_behind(p, f) ? NULL : document_dealt_with(p, f);
    p->dealt = text;
    if (text) {
        p->beside = is_part_behind(p, f);
        return *text;
    }
    if (citing_is_yours(p, f))
        return p->xrefs->about ? *p->xrefs->about : none;
    if (citing_of_named_part(p, f)) {
        p->doubt = p->part_doubt;
        return p->part_doc;
    }
    if (f->match.at[CAP_SAME].at)
        return document_of_its(p, f);
    if (leads_with_part(p, f))
        return citing_doubt(p, &p->last_doc);
    if (f->match.at[CAP_REL].at || f->match.at[CAP_MAIN].at)
        return none;
    if (f->match.at[CAP_PART].at)
        return document_of_part(p, f);
    return document_beside(p, f, in_bracket);
}

/* "Recommendation A.1 (see 2.1)": of which of the two is not said, where no
 * "above" says it. */
bool citing_is_beside(struct citing *p, const struct finding *f)
{
    return rule_is(f->rule, "seen") && !f->match.at[CAP_REL].at &&
           citing_follows_document(p, f->match.at[CAP_ALL].at, "bracket");
}
