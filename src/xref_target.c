/* Finds where references lead in the document. */
#include "binder.h"

#include <string.h>

#include "labels.h"

/* What the words of the reference say is cited: an "item", a "provision". */
bool xref_says(struct binder *b, const struct xref *x, const char *kind)
{
    return cited_says(&b->cited, x, kind);
}

static bool is_letter_or_paper(struct binder *b)
{
    return document_is_letter(&b->self->named) ||
           strcmp(b->self->named.type, "paper") == 0 ||
           cited_is_report(&b->cited);
}

/* Translators call the clauses of an annex articles, too. */
static bool is_in_same_annex(struct binder *b, const struct xref *x)
{
    const struct node *part = draft_ancestor(x->node, "attachment", NULL);
    enum cited_status status;
    struct node *found =
        part ? cited_find(&b->cited, x, x->label, &status) : NULL;

    return found && status == CITED_RESOLVED &&
           draft_ancestor(found, "attachment", NULL) == part;
}

/* An article, in a text that has none, or not that one: a paper that changes
 * Article 9 of a treaty may cite its Article 11. */
bool xref_is_strange_article(struct binder *b, const struct xref *x)
{
    enum cited_status status;

    return b->cited.article_count
               ? (cited_is_article_apart(&b->cited, x) ||
                  (is_letter_or_paper(b) && xref_says(b, x, "article"))) &&
                     !cited_find(&b->cited, x, x->label, &status)
               : xref_says(b, x, "article");
}

bool xref_holds_text(const struct binder *b)
{
    return b->cited.xrefs->held && !b->cited.xrefs->remarked;
}

/* "Articles 4 to 6" are hardly clauses of a text without any, nor is "Article
 * 4" one of a letter, a paper or a report, unless it has the item that is
 * named. Those of laws have no dots in their numbers. */
bool xref_is_article_apart(struct binder *b, const struct xref *x)
{
    enum cited_status status;

    if (x->here || x->main || !x->label.len ||
        memchr(x->label.at, '.', x->label.len))
        return false;
    if (x->item.at)
        return cited_find(&b->cited, x, x->label, &status) &&
               status == CITED_PARTIAL;
    return x->last.len || draft_is(x->node->parent, "mref") ||
           (is_letter_or_paper(b) && !xref_holds_text(b) &&
            !is_in_same_annex(b, x));
}

/* Whether the words are what the annex around is called: 本办法 in one whose
 * title ends in 管理办法. */
static bool names_own_part(struct binder *b, const struct xref *x)
{
    struct node *part = draft_ancestor(x->node, "attachment", NULL);
    struct node *p =
        draft_child(draft_child(draft_child(part, "doc"), "preface"), "p");
    struct finding f;

    if (!p || !scanner_takes(b->scanner, KIND_SAME, "titled",
                             draft_first_text(x->node), &f))
        return false;
    for (; p; p = p->next) {
        struct span name = f.match.at[CAP_TITLE];
        struct span title = draft_first_text(draft_child(p, "docTitle"));

        if (title.len && memmem(title.at, title.len, name.at, name.len))
            return true;
    }
    return false;
}

/* "These rules" in an annex may be what it holds. */
struct node *xref_find_in_part(struct binder *b, const struct xref *x,
                               struct span label, struct node *otherwise,
                               enum cited_status *status)
{
    struct xref own = *x;
    enum cited_status found_status;
    struct node *found;

    own.main = false;
    found = x->doc ? NULL : cited_find(&b->cited, &own, label, &found_status);
    if (!found || found_status != CITED_RESOLVED)
        return otherwise;
    *status = CITED_RESOLVED;
    return found;
}

static struct node *listed_whole(struct binder *b, const struct xref *x,
                                 struct span label, struct node *otherwise,
                                 enum cited_status *status)
{
    enum cited_status listed_status;
    struct node *listed = cited_listed(&b->cited, x, label, &listed_status);

    if (!listed || listed_status != CITED_RESOLVED)
        return otherwise;
    *status = CITED_RESOLVED;
    return listed;
}

const struct node *xref_article_around(const struct node *found)
{
    while (found && !ids_is_article(found))
        found = draft_ancestor(found->parent, "section", NULL);
    return found;
}

/* "Rule 4" in an annex whose clauses are no rules: one of the main body. */
static struct node *outer_rule(struct binder *b, const struct xref *x,
                               struct span label, struct node *found,
                               enum cited_status *status)
{
    struct xref outer = *x;
    enum cited_status outer_status;
    struct node *rule;

    if (x->doc || x->here || x->part.at || xref_article_around(found) ||
        !b->cited.article_count ||
        !draft_ancestor(x->node, "attachment", NULL) ||
        !xref_says(b, x, "rule"))
        return found;
    outer.main = true;
    rule = cited_find(&b->cited, &outer, label, &outer_status);
    if (!xref_article_around(rule))
        return found;
    *status = outer_status;
    return rule;
}

/* "Paragraph 1 above" or "item 1" in an annex that has a list rather than
 * clauses: what stands there goes before a clause of the main body. */
static struct node *listed_above(struct binder *b, const struct xref *x,
                                 struct span label, struct node *found,
                                 enum cited_status *status)
{
    struct node *part = draft_ancestor(x->node, "attachment", NULL);

    if (x->part.at || x->item.at || x->main || !part || !found ||
        draft_is_in(found, part) ||
        !(x->here || scanner_takes(b->scanner, KIND_SAME, "point",
                                   draft_first_text(x->node), NULL)))
        return found;
    return listed_whole(b, x, label, found, status);
}

/* The chapter that the reference right before names: "chap. I, sect. A". Those
 * with letters stand in those with Roman numbers. */
static struct node *chapter_before(struct binder *b, const struct xref *x)
{
    const struct xref *y = x - 1;
    const struct node *gap = x->node->prev;
    enum cited_status status;

    if (!cited_is_chapter(x->rule) || x->doc || x == b->cited.xrefs->at ||
        x->label.len != 1 || *x->label.at < 'A' || *x->label.at > 'H' ||
        !cited_is_chapter(y->rule) || y->doc || !gap || gap->name ||
        gap->prev != y->node || !span_is(span_trim(gap->text), ","))
        return NULL;
    return cited_find(&b->cited, y, y->label, &status);
}

bool xref_is_in_other_chapter(struct binder *b, const struct xref *x)
{
    const struct node *outer = chapter_before(b, x);
    enum cited_status status;

    return outer &&
           !draft_is_in(xref_find_target(b, x, x->label, &status), outer);
}

/* Chapter A of that one, or `otherwise`. */
static struct node *chapter_in(struct binder *b, struct node *outer,
                               struct span label, struct node *otherwise)
{
    const char *outer_id = draft_get(outer, "eId");
    struct buf id = { 0 };
    struct node *found = NULL;

    if (!outer_id)
        return otherwise;
    buf_printf(&id, "%s__chp_", outer_id);
    cited_write_chapter(&id, &b->cited, label);
    for (struct node *n = outer->children;
         n && !found && cited_spend(&b->cited, CITED_COMPARISON); n = n->next)
        if (draft_is(n, "section") && draft_get(n, "eId") &&
            strcmp(draft_get(n, "eId"), buf_text(&id)) == 0)
            found = n;
    b->draft->failed |= id.failed;
    buf_free(&id);
    return found ? found : otherwise;
}

/* Clauses go before the items of a list around, unless an item is wanted. */
struct node *xref_find_target(struct binder *b, const struct xref *x,
                              struct span label, enum cited_status *status)
{
    struct node *found = !x->item.at && xref_says(b, x, "item")
                             ? cited_listed(&b->cited, x, label, status)
                             : NULL;
    struct node *outer;

    if (!found && x->main && !x->says && names_own_part(b, x))
        found = xref_find_in_part(b, x, label, NULL, status);
    if (!found)
        found = cited_find(&b->cited, x, label, status);
    if (found && (outer = chapter_before(b, x)) != NULL)
        found = chapter_in(b, outer, label, found);
    found = outer_rule(b, x, label, found, status);
    found = listed_above(b, x, label, found, status);
    if (x->main && !x->says && *status != CITED_RESOLVED)
        found = xref_find_in_part(b, x, label, found, status);
    if (!found)
        return cited_listed(&b->cited, x, label, status);
    /* "2 a)" of the list around, where clause 2 has no item a). */
    return x->item.at && *status == CITED_PARTIAL
               ? listed_whole(b, x, label, found, status)
               : found;
}

/* "Appendix II", not "Annex II". */
bool xref_names_appendix(const struct binder *b, struct span part)
{
    struct finding f;

    return scanner_takes(b->scanner, KIND_REF, NULL, part, &f) &&
           rule_is(f.rule, "appendix");
}
