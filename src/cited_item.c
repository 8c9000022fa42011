/* Finds the list items that references cite. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "cited.h"
#include "labels.h"
#include "numeral.h"

/* 第二款 may be "2." or 二、. */
static enum count item_count(struct span label)
{
    for (int32_t at = 0; at < (int32_t)label.len;) {
        UChar32 c;

        U8_NEXT(label.at, at, (int32_t)label.len, c);
        if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC))
            return COUNT_HAN;
    }
    return COUNT_ALPHA;
}

/* What a label is compared by; `alike` takes "с" for the Latin letter that it
 * looks like. */
static void write_item(const struct cited *c, struct buf *out,
                       struct span label, bool alike)
{
    int32_t at = 0;
    UChar32 letter = 0;

    buf_clear(out);
    number_write_id(out, label, item_count(label),
                    &c->scanner->grammar->numerals);
    if (!alike || out->len != 2)
        return;
    U8_NEXT(out->at, at, 2, letter);
    if (numeral_latin(letter)) {
        out->len = 0;
        buf_putc(out, numeral_latin(letter));
    }
}

enum depth { OUTER_ITEMS, ALL_ITEMS };

static struct node *find_item_like(struct cited *c, struct node *top,
                                   struct span item, enum depth depth,
                                   bool alike)
{
    struct buf have = { 0 }, want = { 0 };
    struct node *found = NULL;

    write_item(c, &want, item, alike);
    for (struct node *n = draft_next(top, top, true);
         n && !found && cited_spend(c, CITED_COMPARISON);
         n = draft_next(n, top,
                        !draft_is(n, "section") &&
                            (depth == ALL_ITEMS || !draft_is(n, "item")))) {
        /* The paragraphs of an article are sections. */
        bool counts =
            draft_is(n, "item") || (draft_is(n, "section") && n->parent == top);
        struct node *num = counts ? draft_child(n, "num") : NULL;

        if (!draft_first_text(num).len)
            continue;
        write_item(c, &have, draft_first_text(num), alike);
        if (span_equal(buf_span(&have), buf_span(&want)))
            found = n;
    }
    c->draft->failed |= have.failed || want.failed;
    buf_free(&have);
    buf_free(&want);
    return found;
}

static struct node *find_one_item(struct cited *c, struct node *top,
                                  struct span item)
{
    struct node *found = cited_paragraph(c, top, item);

    if (!found)
        found = find_item_like(c, top, item, OUTER_ITEMS, false);
    if (!found)
        found = find_item_like(c, top, item, ALL_ITEMS, false);
    return found ? found : find_item_like(c, top, item, ALL_ITEMS, true);
}

static struct node *find_items(struct cited *c, struct node *section,
                               struct span items, bool *whole)
{
    struct node *found = NULL, *next = section;

    *whole = true;
    while (items.len && next) {
        struct span one = labels_one_item(items);
        const char *end = items.at + items.len;

        one = span_between(items.at, one.len ? one.at + one.len : end);
        next = find_one_item(c, next, span_trim(one));
        *whole &= next != NULL;
        found = next ? next : found;
        items = span_between(one.at + one.len, end);
    }
    return found;
}

/* "1)" or "一)", as the number of a paragraph is kept. */
static bool is_first(struct span label)
{
    return (label.len == 2 && memcmp(label.at, "1)", 2) == 0) ||
           (label.len == 4 && memcmp(label.at, "\u4E00)", 4) == 0);
}

/* 第一款第（三）项 where no paragraph has a number: （三） is of the first. */
static struct node *find_in_first(struct cited *c, struct node *section,
                                  struct span items)
{
    struct span one = labels_one_item(items), rest;
    struct node *found;
    bool whole;

    if (!is_first(one))
        return NULL;
    rest = span_between(one.at + one.len, items.at + items.len);
    found = rest.len ? find_items(c, section, rest, &whole) : NULL;
    return found && whole ? found : NULL;
}

struct node *cited_item(struct cited *c, struct node *section,
                        struct span items, bool *whole)
{
    struct node *found = find_items(c, section, items, whole), *first;

    first = *whole ? NULL : find_in_first(c, section, items);
    *whole |= first != NULL;
    return first ? first : found;
}

struct node *cited_item_around(struct cited *c, const struct xref *x,
                               struct span items, struct node **in)
{
    struct node *list = draft_ancestor(x->node, "blockList", NULL);
    bool whole = false;

    for (; list; list = draft_ancestor(list->parent, "blockList", NULL)) {
        struct node *found = cited_item(c, list, items, &whole);

        if (found && whole) {
            if (in)
                *in = list;
            return found;
        }
    }
    return NULL;
}

struct node *cited_item_of_part(struct cited *c, struct node *part,
                                struct span label)
{
    struct node *body = draft_child(draft_child(part, "doc"), "mainBody");
    bool whole = false;

    for (struct node *n = body ? body->children : NULL;
         n && cited_spend(c, CITED_COMPARISON); n = n->next) {
        struct node *found =
            draft_is(n, "blockList") ? cited_item(c, n, label, &whole) : NULL;

        if (found && whole && found->parent == n)
            return found;
    }
    return NULL;
}

enum { BEFORE_MAX = 8 };

/* "Items a) and b) above" may be of a clause that stands before this one. */
static struct node *home_before(struct cited *c, const struct xref *x,
                                struct node *section)
{
    size_t seen = 0;
    bool whole;

    for (struct node *n = section; n && seen <= BEFORE_MAX; n = n->prev, seen++)
        if (draft_is(n, "section") && cited_item(c, n, x->item, &whole) &&
            whole)
            return n;
    return section;
}

/* "Point 1)" may be of a list around. */
struct node *cited_home(struct cited *c, const struct xref *x)
{
    struct node *section = draft_ancestor(x->node, "section", NULL);
    struct node *annex, *list;

    if (x->here && !x->part.at && section)
        section = home_before(c, x, section);
    if (rule_is(x->rule, "item") && cited_item_around(c, x, x->item, &list))
        return list;
    if (!x->part.at)
        return section ? section : draft_ancestor(x->node, "mainBody", NULL);
    annex = cited_part(c, x);
    return draft_child(draft_child(annex, "doc"), "mainBody");
}
