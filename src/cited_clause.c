/* Finds the clause of a tree that a reference cites. */
#include "cited.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "labels.h"

/* Cuts the last number off "sec_2-1-3"; false where none is left. */
static bool shorten(struct buf *id, size_t start)
{
    while (id->len > start && id->at[id->len - 1] != '-')
        id->len--;
    if (id->len <= start)
        return false;
    id->at[--id->len] = '\0';
    return id->len > start;
}

struct node *cited_section(struct cited *c, const char *prefix,
                           struct span label, bool partly)
{
    struct node *found;
    size_t start;

    buf_clear(&c->id);
    buf_printf(&c->id, "%ssec_", prefix);
    start = c->id.len;
    cited_write_clause(&c->id, c, label);
    found = ids_find(c->ids, buf_text(&c->id));
    while (partly && !found && shorten(&c->id, start))
        found = ids_find(c->ids, buf_text(&c->id));
    return found;
}

/* 第8节 where clauses are 八、: such a chapter is counted in Han numerals and has
 * no word of its own. */
static struct node *find_han_clause(struct cited *c, const char *prefix,
                                    struct span label)
{
    struct node *found;
    int32_t at = 0;
    UChar32 sign = 0;
    struct span num;

    buf_clear(&c->id);
    buf_printf(&c->id, "%schp_", prefix);
    cited_write_clause(&c->id, c, label);
    found = ids_find(c->ids, buf_text(&c->id));
    num = draft_first_text(draft_child(found, "num"));
    if (!num.len)
        return NULL;
    U8_NEXT(num.at, at, (int32_t)num.len, sign);
    return u_getNumericValue(sign) != U_NO_NUMERIC_VALUE &&
                   u_hasBinaryProperty(sign, UCHAR_IDEOGRAPHIC)
               ? found : NULL;
}

/* A clause that stands in an unnumbered section of the body or section. */
enum { BESIDE_MAX = 64 };

static struct node *find_under(struct cited *c, const struct node *parent,
                               struct span label)
{
    struct node *found = NULL;
    size_t seen = 0;

    for (struct node *n = parent ? parent->children : NULL;
         n && !found && seen < BESIDE_MAX && cited_spend(c, CITED_COMPARISON);
         n = n->next) {
        struct buf prefix = { 0 };

        if (!draft_is(n, "section") || draft_child(n, "num"))
            continue;
        seen++;
        buf_printf(&prefix, "%s__", draft_get(n, "eId"));
        found = cited_section(c, buf_text(&prefix), label, false);
        c->draft->failed |= prefix.failed;
        buf_free(&prefix);
    }
    return found;
}

/* ... of the citing attachment. */
static struct node *find_beside(struct cited *c, struct node *from,
                                struct span label)
{
    return find_under(c, draft_ancestor(from, "mainBody", NULL), label);
}

/* Prefixes to look in, the citing place's own first: a heading, two sections
 * around that may count anew, an annex, the part, and the main body, whose
 * prefix is empty. */
enum { PREFIXES = 6 };

static void add_prefix(struct buf prefixes[], size_t *count,
                       const struct node *node)
{
    buf_printf(&prefixes[(*count)++], "%s__", draft_get(node, "eId"));
}

/* Their number; `titled` is the section under the heading that the reference
 * names, where alone it is looked for, or NULL, and `attachment` the annex that
 * it leads to. */
static size_t list_prefixes(struct buf prefixes[PREFIXES],
                            const struct xref *x, struct node *titled,
                            const struct node *attachment)
{
    struct node *own =
        x->main ? NULL : draft_ancestor(x->node, "attachment", NULL);
    struct node *scope;
    size_t count = 0;

    if (x->part.at) {
        if (attachment)
            add_prefix(prefixes, &count, attachment);
        return count;
    }
    if (titled) {
        add_prefix(prefixes, &count, titled);
        return count;
    }
    scope = x->main ? NULL : draft_ancestor(x->node, "section", NULL);
    for (; scope && count < 2;
         scope = draft_ancestor(scope->parent, "section", NULL))
        if (!draft_child(scope, "num") || ids_is_chapter(scope))
            add_prefix(prefixes, &count, scope);
    if (attachment)
        add_prefix(prefixes, &count, attachment);
    if (own)
        add_prefix(prefixes, &count, own);
    return count + 1;
}

struct node *cited_clause(struct cited *c, const struct xref *x,
                          struct span label, enum cited_status *status)
{
    struct buf prefixes[PREFIXES] = { { 0 } };
    size_t count;
    struct node *titled = NULL, *attachment, *found = NULL;

    if (x->title.at && !(titled = cited_titled(c, x->node, x->title))) {
        *status = CITED_DANGLING;
        return NULL;
    }
    attachment = x->part.at ? cited_annex(c, NULL, labels_annex(x->part))
                            : cited_annex_of(c, label);
    count = list_prefixes(prefixes, x, titled, attachment);
    *status = CITED_RESOLVED;
    for (size_t i = 0; i < count && !found; i++) {
        found = cited_section(c, buf_text(&prefixes[i]), label, false);
        if (!found && !x->main && !x->part.at && i + 1 < count)
            found = find_beside(c, x->node, label);
    }
    for (size_t i = 0; i < count && !found; i++)
        found = find_han_clause(c, buf_text(&prefixes[i]), label);
    if (!found && attachment)
        found = find_beside(
            c, draft_child(draft_child(attachment, "doc"), "mainBody"), label);
    /* A proposal that the section makes below. */
    if (!found && !x->main && !x->part.at && !titled)
        found = find_under(c, draft_ancestor(x->node, "section", NULL), label);
    for (size_t i = 0; i < count && !found; i++) {
        *status = CITED_PARTIAL;
        found = cited_section(c, buf_text(&prefixes[i]), label, true);
    }
    if (!found && (attachment || titled)) {
        *status = CITED_PARTIAL;
        found = titled ? titled : attachment;
    }
    if (!found)
        *status = CITED_DANGLING;
    for (size_t i = 0; i < PREFIXES; i++) {
        c->draft->failed |= prefixes[i].failed;
        buf_free(&prefixes[i]);
    }
    return found;
}
