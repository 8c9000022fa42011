/* Finds the headings whose words references cite. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "cited.h"
#include "fold.h"
#include "labels.h"

/* The next character as patterns see it, in lower case; 0 at the end. */
static UChar32 next_seen(struct span text, int32_t *at)
{
    UChar32 c;

    while (*at < (int32_t)text.len) {
        U8_NEXT(text.at, *at, (int32_t)text.len, c);
        if (c > 0 && (c = fold_char(c)) > 0)
            return u_foldCase(c, U_FOLD_CASE_DEFAULT);
    }
    return 0;
}

static bool is_title(struct span text, struct span title)
{
    int32_t i = 0, k = 0;
    UChar32 c;

    while ((c = next_seen(title, &i)) != 0)
        if (next_seen(text, &k) != c)
            return false;
    return true;
}

/* 责成主任 in 做出决议，责成主任. */
static bool ends_in_title(struct span have, struct span title)
{
    static const char comma[] = "\uFF0C";
    size_t before = have.len - title.len;

    return have.len > title.len + strlen(comma) &&
           memcmp(have.at + before - strlen(comma), comma, strlen(comma)) ==
               0 &&
           memcmp(have.at + before, title.at, title.len) == 0;
}

static bool begins_with(struct cited *c, const struct node *heading,
                        struct span title)
{
    return is_title(draft_content(&c->text, heading), title);
}

/* What the rule that takes a heading sees as its title: words such as "and"
 * before it belong to no reference. `whole` tells whether that is all of it. */
static bool is_titled(struct cited *c, const struct node *heading,
                      struct span title, bool *whole)
{
    struct span all = draft_content(&c->text, heading), said = all;
    struct finding f;

    if (scanner_takes(c->scanner, KIND_HEADING, NULL, all, &f) &&
        f.match.at[CAP_TITLE].len)
        said = f.match.at[CAP_TITLE];
    *whole = said.len == title.len;
    return is_title(all, title) || is_title(said, title) ||
           ends_in_title(said, title);
}

/* Whether the clause or item that the reference names stands in the section. */
static bool has_cited(struct cited *c, const struct xref *x,
                      struct node *section)
{
    bool whole = true;

    if (!x->label.len)
        return !x->item.at ||
               (cited_item(c, section, x->item, &whole) && whole);
    return cited_section_in(c, section, x->label) ||
           (cited_item(c, section, x->label, &whole) && whole);
}

/* How well the section answers to the title that the reference names; 0 where
 * it does not. */
static unsigned answers(struct cited *c, const struct xref *x,
                        struct node *section)
{
    struct node *heading = draft_child(section, "heading");
    bool whole;

    if (!draft_is(section, "section") || !heading ||
        draft_child(section, "num") || !cited_spend(c, CITED_MATCH) ||
        !is_titled(c, heading, x->title, &whole))
        return 0;
    return 1 + whole + 2 * has_cited(c, x, section);
}

/* Of several with one title the last before the reference that has what is
 * cited: a resolution may note twice, and a paper may hold two resolutions. */
static struct node *titled_in(struct cited *c, struct node *parent,
                              const struct xref *x)
{
    struct node *found = NULL, *here = x->node;
    unsigned best = 0;

    while (here && here->parent != parent)
        here = here->parent;
    for (struct node *n = parent ? parent->children : NULL;
         n && cited_spend(c, CITED_COMPARISON); n = n->next) {
        unsigned well = answers(c, x, n);

        if (well > best || (well && well == best && here)) {
            found = n;
            best = well;
        }
        here = n == here ? NULL : here;
    }
    return found;
}

/* The section that an unnumbered heading such as "resolves" opens: in the annex
 * that the reference names, or the nearest one around first, for a text that is
 * proposed stands in a section of its own. */
struct node *cited_titled(struct cited *c, const struct xref *x)
{
    struct node *from = x->node, *found = NULL;

    if (x->part.at) {
        from = cited_part(c, x);
        from = draft_child(draft_child(from, "doc"), "mainBody");
        return titled_in(c, from, x);
    }
    while (from && !found && !draft_is(from, "mainBody")) {
        from = from->parent;
        if (draft_is(from, "section") || draft_is(from, "mainBody"))
            found = titled_in(c, from, x);
    }
    /* An annex cites what its resolution resolves. */
    return found ? found : titled_in(c, draft_child(c->doc, "mainBody"), x);
}

struct node *cited_titled_annex(struct cited *c, struct span num,
                                struct span title)
{
    struct node *annex = cited_annex(c, "annex", num);
    struct node *preface = draft_child(draft_child(annex, "doc"), "preface");

    for (struct node *n = preface ? preface->children : NULL;
         n && title.len && cited_spend(c, CITED_COMPARISON); n = n->next)
        if (draft_has_class(n, "title"))
            return begins_with(c, n, title) ? annex : NULL;
    return NULL;
}

/* Matter behind the annexes: a bibliography, say. */
enum { MATTER_MAX = 4 };

struct node *cited_matter(struct cited *c, struct span title)
{
    struct node *all = draft_child(c->doc, "attachments");
    struct node *part = all ? all->last : NULL;

    for (unsigned i = 0; title.len && part && i < MATTER_MAX;
         i++, part = part->prev) {
        struct node *doc = draft_child(part, "doc");
        struct node *preface = draft_child(doc, "preface");

        if (!draft_is_named(doc, "document"))
            return NULL;
        if (preface && draft_has_class(preface->children, "title") &&
            begins_with(c, preface->children, title))
            return part;
    }
    return NULL;
}

struct node *cited_heading(struct cited *c, struct span title)
{
    for (size_t i = 0;
         title.len && i < c->heading_count && cited_spend(c, CITED_COMPARISON);
         i++)
        if (begins_with(c, draft_child(c->headings[i], "heading"), title))
            return c->headings[i];
    return NULL;
}
