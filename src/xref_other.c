/* Finds the other text that a reference is of, where its own words do not say
 * it: the one that a heading, a title, the lines around or a reference before
 * it name. */
#include "binder.h"

#include <ctype.h>
#include <string.h>

#include "labels.h"

static unsigned first_line(struct node *annex)
{
    struct node *n = annex;

    while (n && !n->origin)
        n = draft_next(n, annex, true);
    return n ? n->origin->first : 0;
}

/* "Annex 1 of the Recommendation" in an annex to a letter about it: that of the
 * letter which stands before is none of those. */
static bool is_of_letter(const struct binder *b, const struct xref *x,
                         struct node *part)
{
    return xref_says_other(b, x) && part &&
           first_line(part) < draft_line(x->node);
}

/* Sections 1 and 2 of a letter with the summaries of two Recommendations are no
 * clauses "of this Recommendation", of which the heading says that it is one.
 */
static bool is_apart_from_topic(const struct binder *b, const struct xref *x,
                                const struct node *found)
{
    return x->says && xref_says_other(b, x) &&
           draft_is(x->around_topic, "section") &&
           (found == x->around_topic || !draft_is_in(found, x->around_topic));
}

/* In what stands below the heading "Recommendation A.1": a place which is not
 * in this document, or not in the annex that speaks of that text. */
bool xref_is_of_topic(struct binder *b, const struct xref *x)
{
    struct node *part = draft_ancestor(x->node, "attachment", NULL);
    struct node *found, *home, *own;
    enum cited_status status, own_status;

    if (!x->topic || !x->label.len || x->here || xref_is_self(b, x->topic) ||
        !xref_is_numbered_part(x->rule) ||
        (x->says ? strcmp(x->says, x->topic->type) != 0 : x->main))
        return false;
    found = cited_find(&b->cited, x, x->label, &status);
    if (found && is_apart_from_topic(b, x, found))
        return true;
    /* The text that stands in the annex, rather than clauses of the letter. */
    own = x->says && !x->part.at
              ? xref_find_in_part(b, x, x->label, NULL, &own_status)
              : NULL;
    if (own && draft_ancestor(own, "attachment", NULL) == part)
        return false;
    if (!found)
        return true;
    home = draft_ancestor(found, "attachment", NULL);
    /* "Annex A.6" is a clause of one, too. */
    if (rule_is_part(x->rule) ||
        (status == CITED_RESOLVED &&
         (x->part.at || (home && xref_is_called_alike(home, cited_words(x))))))
        return part && (home == part || is_of_letter(b, x, home));
    return status != CITED_RESOLVED || home != part;
}

/* What leads nowhere below "Measures (Document C27/5)"; and section 2, where
 * the words before it are about that. */
bool xref_is_of_headed(struct binder *b, const struct xref *x)
{
    enum cited_status status;

    return x->headed && x->label.len && !x->here && !x->main &&
           xref_is_numbered_part(x->rule) && !xref_is_self(b, x->headed) &&
           (x->spoken || !cited_find(&b->cited, x, x->label, &status) ||
            status != CITED_RESOLVED);
}

static bool begins_alike(struct span a, struct span b)
{
    const char *dot = a.len ? memchr(a.at, '.', a.len) : NULL;
    size_t length = dot ? (size_t)(dot - a.at) : a.len;

    return length && b.len >= length && memcmp(a.at, b.at, length) == 0 &&
           (b.len == length || b.at[length] == '.');
}

static bool is_bare_clause(const struct xref *x)
{
    return !x->doc && !x->here && !x->main && !x->part.at &&
           rule_is(x->rule, "clause") && xref_count_dots(x->label) > 0;
}

enum { AMONG_MAX = 8 };

/* "§ 4.2 was put in brackets; § 4.3 was deleted": where this document has no
 * clause 4.3, its own 4.2 is not meant, either. */
static bool is_among_strange(struct binder *b, const struct xref *x)
{
    const struct xrefs *xrefs = b->cited.xrefs;
    const struct node *p = draft_ancestor(x->node, "p", NULL);
    const struct xref *first, *end = xrefs->at + xrefs->count;

    if (!p || !is_bare_clause(x))
        return false;
    first = x - xrefs->at > AMONG_MAX ? x - AMONG_MAX : xrefs->at;
    if (end - x > AMONG_MAX)
        end = x + AMONG_MAX;
    for (const struct xref *y = first;
         y < end && cited_spend(&b->cited, CITED_COMPARISON); y++)
        if (y != x && is_bare_clause(y) && begins_alike(x->label, y->label) &&
            draft_ancestor(y->node, "p", NULL) == p && !xref_leads_inside(b, y))
            return true;
    return false;
}

/* What leads nowhere in a paper or a letter about one text is of that text. */
bool xref_is_of_about(struct binder *b, const struct xref *x)
{
    const struct named *about = b->cited.xrefs->about;
    enum cited_status status;

    return about && !b->cited.xrefs->about_several && x->label.len &&
           !x->here && !x->main && xref_is_numbered_part(x->rule) &&
           !xref_is_self(b, about) &&
           (document_is_letter(&b->self->named) ||
            !document_has_clauses(&b->self->named)) &&
           (!cited_find(&b->cited, x, x->label, &status) ||
            status != CITED_RESOLVED || is_among_strange(b, x));
}

enum { RECALLED_MAX = 64 };

static bool cites_same(const struct xref *x, const struct xref *other)
{
    return x->rule == other->rule && !other->part.at && !other->title.at &&
           span_equal(x->label, other->label);
}

/* "See § 2" in an annex is not the "§ 2 of Document C5/4" of the main body: of
 * these there are many, unlike "§ 8.2". */
static bool is_far(const struct xref *x, const struct xref *other)
{
    return !memchr(x->label.at, '.', x->label.len) &&
           rule_is(x->rule, "clause") &&
           draft_ancestor(x->node, "attachment", NULL) !=
               draft_ancestor(other->node, "attachment", NULL);
}

/* "§ 10.3.5" behind "§ 10.2.2 of Resolution 1", in a text that has no such
 * clause 10. */
static bool cites_same_chapter(struct binder *b, const struct xref *x,
                               const struct xref *other)
{
    const char *dot = memchr(x->label.at, '.', x->label.len);
    size_t len = dot ? (size_t)(dot + 1 - x->label.at) : 0;
    enum cited_status status;

    return len > 1 && rule_is(x->rule, "clause") && x->rule == other->rule &&
           !other->part.at && other->label.len > len &&
           is_digit(x->label.at[len]) && isalnum((unsigned char)*x->label.at) &&
           memcmp(x->label.at, other->label.at, len) == 0 &&
           !cited_find(&b->cited, x, x->label, &status);
}

/* "Annex 3", unlike "§ 8.2", is of many: not of a text that another one was
 * cited behind in the same paragraph. */
static bool tells_apart(const struct xref *x, const struct xref *other)
{
    return memchr(x->label.at, '.', x->label.len) ||
           !document_has_clauses(other->doc) ||
           draft_ancestor(x->node, "p", NULL) !=
               draft_ancestor(other->node, "p", NULL);
}

/* The document that the reference names, or means by "the Resolution". */
static const struct named *named_by(struct binder *b, const struct xref *x)
{
    return x->doc ? x->doc : x->told && xref_is_told(b, x) ? x->told : NULL;
}

/* "§ 8.2 of Recommendation A.1 was read. It was agreed to keep § 8.2." */
const struct named *xref_recalled(struct binder *b, const struct xref *x)
{
    const struct xref *first = b->cited.xrefs->at, *y = x;
    const struct named *only = NULL;
    size_t seen = 0;

    /* "Annex 2, Table 3" */
    if (b->recalled && b->recalled_by == x - 1 && !x->doc && x->near.len &&
        span_equal(x->near, b->recalled_by->label) && !xref_leads_inside(b, x))
        return b->recalled;
    if (x->doc || x->here || x->main || x->part.at || !x->label.len ||
        !xref_is_numbered_part(x->rule) || xref_leads_inside(b, x))
        return NULL;
    while (y > first && seen++ < RECALLED_MAX &&
           cited_spend(&b->cited, CITED_COMPARISON)) {
        const struct named *doc = named_by(b, --y);

        if (!doc || xref_is_self(b, doc))
            continue;
        /* What the paragraph cites of one text alone may be cited again. */
        if (only && !document_is_same(only, doc))
            return NULL;
        if ((cites_same(x, y) && !is_far(x, y)) || cites_same_chapter(b, x, y))
            return doc;
        if (y->doc && !tells_apart(x, y))
            only = doc;
    }
    return NULL;
}

/* "Clause 9.4 of Resolution 1 ... (see clause 9.5.2)" in a letter about a
 * Recommendation: of the Resolution that it goes by. */
const struct named *xref_goes_by(struct binder *b, const struct xref *x)
{
    const struct xref *first = b->cited.xrefs->at, *y = x;
    const struct named *about = b->cited.xrefs->about;
    size_t seen = 0;

    if (!about || b->cited.xrefs->remarked || x->doc || x->part.at ||
        !rule_is(x->rule, "clause") || xref_count_dots(x->label) < 1 ||
        strcmp(about->type, "resolution") == 0 || !xref_is_of_about(b, x))
        return NULL;
    while (y > first && seen++ < RECALLED_MAX &&
           cited_spend(&b->cited, CITED_COMPARISON)) {
        y--;
        if (y->doc && rule_is(y->rule, "clause") && !y->part.at &&
            !document_is_same(y->doc, about) &&
            begins_alike(x->label, y->label))
            return strcmp(y->doc->type, "resolution") == 0 ? y->doc : NULL;
    }
    return NULL;
}

/* "Draft new Recommendation A.1 (Annex B)", where that text is annexed here. */
bool xref_is_annexed(struct binder *b, const struct xref *x)
{
    const struct xrefs *xrefs = b->cited.xrefs;
    const struct node *annex;
    size_t i = 0;

    if (!x->beside || !x->doc || !rule_is_part(x->rule) || !x->label.len ||
        !(annex = cited_annex(&b->cited, x->rule->name, x->label)))
        return false;
    while (i < xrefs->annexed_count && xrefs->annexed[i].attachment != annex &&
           cited_spend(&b->cited, CITED_COMPARISON))
        i++;
    return i < xrefs->annexed_count &&
           strcmp(xrefs->annexed[i].doc->type, x->doc->type) == 0 &&
           strcmp(xrefs->annexed[i].doc->number, x->doc->number) == 0;
}
