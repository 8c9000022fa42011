/* Finds the chapters and parts that references cite, and what stands before the
 * article or clause that they are in. */
#include "cited.h"

#include <string.h>
#include <unicode/utf8.h>

#include "numeral.h"

static bool is_query(const struct rule *rule)
{
    return rule_is(rule, "query");
}

bool cited_is_chapter(const struct rule *rule)
{
    return rule_is_chapter(rule) || is_query(rule);
}

/* The value of the letter A: no number of a chapter is as large. */
enum { LETTERS = 1 << 20 };

/* The letter that the label ends in, with a full stop if anything behind it and
 * a space before; one that was typed in Cyrillic is the Latin one that it looks
 * like. */
static UChar32 last_letter(struct span label)
{
    int32_t at = (int32_t)label.len;
    UChar32 c = 0;

    if (at && label.at[at - 1] == '.')
        at--;
    if (!at)
        return 0;
    U8_PREV(label.at, 0, at, c);
    if (at && !span_space_at_end((struct span){ label.at, (size_t)at }))
        return 0;
    return numeral_latin(c) ? numeral_latin(c) : c;
}

/* The value of a label with one number, as "2", "II" or "二"; 0 for others. */
static unsigned value_of(const struct cited *c, struct span label)
{
    static const enum count counts[] = { COUNT_DECIMAL, COUNT_ROMAN,
                                         COUNT_HAN };
    struct number number;
    UChar32 letter = last_letter(label);
    unsigned word =
        numeral_word(label, COUNT_DECIMAL, &c->scanner->grammar->numerals);

    /* "PART A" and "A"; as a Roman number "C" would be another. */
    if (letter >= 'A' && letter <= 'H')
        return LETTERS + (unsigned)(letter - 'A');
    if (word)
        return word;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (number_read(&number, label, counts[i],
                        &c->scanner->grammar->numerals) &&
            number.depth == 1 && !number.prefix[0])
            return number.at[0];
    return 0;
}

/* "Chapter III" and "section III" may be called no more than "III.", and so
 * may "part III", but not "part 3". */
static bool is_of_kind(const struct cited_label *one, const struct xref *x)
{
    return one->rule
               ? one->rule == x->rule
               : rule_is(x->rule, "chapter") || rule_is(x->rule, "section") ||
                     (rule_is(x->rule, "part") && x->label.len &&
                      !is_digit(*x->label.at));
}

/* The chapter of this kind and number in an attachment, or in the main body;
 * that of the part which the reference stands in goes before others. Where each
 * of several has an "A.", it is none of those. */
static struct node *chapter_in(struct cited *c, const struct xref *x,
                               unsigned value, const struct node *attachment)
{
    struct node *first = NULL;
    bool several = false;

    for (size_t i = 0; i < c->chapter_count && cited_spend(c, CITED_COMPARISON);
         i++) {
        const struct cited_label *one = &c->chapters[i];
        struct node *around = x->node;

        if (!is_of_kind(one, x) || value_of(c, one->label) != value ||
            draft_ancestor(one->node, "attachment", NULL) != attachment)
            continue;
        while (around && around != one->node->parent)
            around = around->parent;
        if (around && draft_is(around, "section"))
            return one->node;
        several |= first && first != one->node;
        first = first ? first : one->node;
    }
    return several && value >= LETTERS ? NULL : first;
}

/* The question of a form, or the chapter of rules, which the letter that they
 * are annexed to speaks of; NULL where two have one. */
static struct node *annexed_chapter(struct cited *c, const struct xref *x,
                                    unsigned value)
{
    struct node *found = NULL;

    for (size_t i = 0; i < c->chapter_count && cited_spend(c, CITED_COMPARISON);
         i++) {
        const struct cited_label *one = &c->chapters[i];

        if (!is_of_kind(one, x) || value_of(c, one->label) != value)
            continue;
        if (found && found != one->node)
            return NULL;
        found = one->node;
    }
    return found;
}

/* "Section II.B": B in II. */
static struct node *chapter_in_chapter(struct cited *c, const struct xref *x,
                                       struct span label, const char *dot)
{
    struct node *outer = cited_chapter(c, x, span_between(label.at, dot));
    const char *id = outer ? draft_get(outer, "eId") : NULL;

    if (!id)
        return NULL;
    buf_clear(&c->id);
    buf_printf(&c->id, "%s__chp_", id);
    cited_write_chapter(&c->id, c, span_between(dot + 1, label.at + label.len));
    return ids_find(c->ids, buf_text(&c->id));
}

struct node *cited_chapter(struct cited *c, const struct xref *x,
                           struct span label)
{
    const char *dot = label.len ? memchr(label.at, '.', label.len) : NULL;
    unsigned value = c->chapter_count && label.len ? value_of(c, label) : 0;
    struct node *own =
        x->main ? NULL : draft_ancestor(x->node, "attachment", NULL);
    struct node *found;

    if (dot && !x->title.at)
        return chapter_in_chapter(c, x, label, dot);
    if (!value || x->title.at)
        return NULL;
    if (x->part.at) {
        own = cited_part(c, x);
        return own ? chapter_in(c, x, value, own) : NULL;
    }
    found = chapter_in(c, x, value, own);
    if (!found && own)
        found = chapter_in(c, x, value, NULL);
    return found || (own && !is_query(x->rule)) ? found
                                                : annexed_chapter(c, x, value);
}

/* The article before the one that the node stands in, of the same part. */
static struct node *article_before(struct cited *c, struct node *node)
{
    struct node *part = draft_ancestor(node, "attachment", NULL);
    struct node *own = draft_ancestor(node, "section", NULL), *found = NULL;
    size_t i = 0;

    while (own && !ids_is_article(own))
        own = draft_ancestor(own->parent, "section", NULL);
    while (i < c->article_count && c->articles[i] != own &&
           cited_spend(c, CITED_COMPARISON))
        found = c->articles[i++];
    return i < c->article_count && c->articles[i] == own && found &&
                   draft_ancestor(found, "attachment", NULL) == part
               ? found
               : NULL;
}

/* Whether nothing of the section stands before the text that cites. */
static bool begins_section(struct cited *c, const struct node *node,
                           const struct node *section)
{
    for (; node && node != section; node = node->parent)
        for (const struct node *n = node->prev; n; n = n->prev)
            if (!cited_spend(c, CITED_COMPARISON) || draft_is(n, "p") ||
                draft_is(n, "blockList") || draft_is(n, "table") ||
                draft_is(n, "section"))
                return false;
    return true;
}

/* "The preceding paragraph" need not have a number: where the text before is of
 * the same clause, it has none, but it may have items. */
static struct node *clause_before(struct cited *c, const struct xref *x,
                                  struct span words)
{
    struct node *own = draft_ancestor(x->node, "section", NULL);
    struct node *found;
    bool paragraph =
        scanner_takes(c->scanner, KIND_SAME, "paragraph", words, NULL);

    while (own && !draft_child(own, "num"))
        own = draft_ancestor(own->parent, "section", NULL);
    if (own && paragraph && !begins_section(c, x->node, own))
        return x->item.at ? own : NULL;
    if (!own || (paragraph && ids_is_article(own)))
        return NULL;
    found = own->prev;
    return draft_is(found, "section") && draft_child(found, "num") ? found
                                                                   : NULL;
}

struct node *cited_before(struct cited *c, const struct xref *x,
                          struct span words)
{
    if (!cited_spend(c, CITED_MATCH))
        return NULL;
    return scanner_takes(c->scanner, KIND_SAME, "article", words, NULL)
               ? article_before(c, x->node)
               : clause_before(c, x, words);
}
