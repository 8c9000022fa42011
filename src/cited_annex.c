/* Finds the annexes that references cite, and those that hold what they cite.
 */
#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>

#include "cited.h"
#include "fold.h"
#include "labels.h"

struct node *cited_attachments(const struct cited *c)
{
    return draft_child(c->doc, "attachments");
}

static bool begins_with_digit(struct span id)
{
    return id.len && isdigit((unsigned char)*id.at);
}

enum likeness { SAME_LABEL, SAME_SCRIPT };

/* "Annex 1" has the label "1"; one of the same script is "2". */
static bool is_called(const struct cited *c, struct span name,
                      struct span label, enum likeness likeness)
{
    struct buf want = { 0 }, have = { 0 };
    bool same;

    number_write_id(&have, labels_annex(name, &c->scanner->grammar->numerals),
                    COUNT_DECIMAL, &c->scanner->grammar->numerals);
    number_write_id(&want, label, COUNT_DECIMAL,
                    &c->scanner->grammar->numerals);
    same = likeness == SAME_LABEL ? span_equal(buf_span(&want), buf_span(&have))
                                  : begins_with_digit(buf_span(&want)) ==
                                        begins_with_digit(buf_span(&have));
    same = same && want.len && have.len;
    c->draft->failed |= want.failed || have.failed;
    buf_free(&want);
    buf_free(&have);
    return same;
}

static bool has_label(const struct cited *c, const struct node *doc,
                      struct span label, enum likeness likeness)
{
    struct node *p = draft_child(draft_child(doc, "preface"), "p");
    bool same = false;

    for (; p && !same; p = p->next) {
        struct node *number = draft_child(p, "docNumber");

        same = draft_first_text(number).len &&
               is_called(c, draft_first_text(number), label, likeness);
    }
    return same;
}

static bool is_document(const struct node *attachment)
{
    return draft_is_named(draft_child(attachment, "doc"), "document");
}

/* Several decisions behind each other have annexes of their own: the first
 * attachment of the group that what cites stands in. */
static struct node *group_of(struct cited *c)
{
    struct node *all = cited_attachments(c);
    struct node *here = (struct node *)c->here, *first;

    while (here && !draft_is(here, "attachment"))
        here = here->parent;
    first = here;
    while (first && first != c->grouped && !is_document(first))
        first = first->prev;
    if (first && first == c->grouped)
        first = c->group;
    if (!first)
        first = all ? all->children : NULL;
    if (here) {
        c->grouped = here;
        c->group = first;
    }
    return first;
}

/* ... and whether it has just one that is called so, or no number is given. */
static struct node *annex_in_group(struct cited *c, const char *name,
                                   struct span label)
{
    struct node *first = group_of(c), *found = NULL;

    for (struct node *a = first; a && cited_spend(c, CITED_MATCH);
         a = a->next) {
        struct node *doc = draft_child(a, "doc");

        if (is_document(a) && a != first)
            break;
        if ((name && !draft_is_named(doc, name)) || is_document(a) ||
            (label.len && !has_label(c, doc, label, SAME_LABEL)))
            continue;
        if (label.len || found)
            return label.len ? a : NULL;
        found = a;
    }
    return found;
}

/* The attachment of this label: annexes are named by "Annex 2", appendices by
 * "Appendix I"; `name` NULL takes either. Without a label it is the only one.
 */
struct node *cited_annex(struct cited *c, const char *name, struct span label)
{
    struct node *all = cited_attachments(c), *near = NULL;

    if (c->here && c->xrefs->has_documents)
        near = annex_in_group(c, name, label);
    if (near)
        return near;
    if (!label.len)
        return name && strcmp(name, "annex") == 0 ? c->xrefs->only_annex
               : name || c->xrefs->only_part      ? c->xrefs->only_part
                                                  : c->xrefs->only_annex;
    for (struct node *a = all ? all->children : NULL; a; a = a->next) {
        struct node *doc = draft_child(a, "doc");

        if (!cited_spend(c, CITED_MATCH))
            break;
        if ((!name || draft_is_named(doc, name)) &&
            has_label(c, doc, label, SAME_LABEL))
            return a;
    }
    return NULL;
}

struct node *cited_part(struct cited *c, const struct xref *x)
{
    struct span label = labels_annex(x->part, &c->scanner->grammar->numerals);
    struct node *part = cited_annex(c, NULL, label);

    return label.len ? part : xrefs_only(c->xrefs, c->scanner, x->part, part);
}

bool cited_may_lack(struct cited *c, const struct xref *x)
{
    struct node *all = cited_attachments(c);
    bool lacks = !all && rule_is(x->rule, "annex");

    for (struct node *a = all ? all->children : NULL;
         a && !lacks && cited_spend(c, CITED_MATCH); a = a->next) {
        struct node *doc = draft_child(a, "doc");

        lacks = draft_is_named(doc, x->rule->name) &&
                has_label(c, doc, x->label, SAME_SCRIPT);
    }
    return lacks;
}

/* "Annex 1" where the only one is called "Annex"; what it cites by this name
 * itself is another. */
static struct node *unnumbered_annex(const struct cited *c,
                                     const struct xref *x, struct span label)
{
    struct node *annex = span_is(label, "1") ? c->xrefs->only_annex : NULL;

    return ids_is_unnumbered(annex) && !draft_is_in(x->node, annex) ? annex
                                                                    : NULL;
}

/* The annex that a clause with its letter or number is of: "A" in A.2.1, "2" in
 * A2.3.1. */
struct node *cited_annex_of(struct cited *c, struct span typed)
{
    char text[NUMBER_TEXT];
    struct span label = cited_straight(c, text, typed);
    struct span letters = labels_letters(label), number = { label.at + 1, 0 };
    struct node *found = letters.len ? cited_annex(c, NULL, letters) : NULL;

    if (found || letters.len != 1 || letters.at[0] != 'A')
        return found;
    while (number.at + number.len < label.at + label.len &&
           u_isdigit((unsigned char)number.at[number.len]))
        number.len++;
    return number.len ? cited_annex(c, "annex", number) : NULL;
}

/* The annex whose name the text begins with, where no words tell annexes. */
struct node *cited_named_annex(const struct cited *c, struct span text)
{
    for (size_t i = 0; i < c->xrefs->name_count; i++)
        if (name_begins(text, &c->xrefs->names[i]))
            return c->xrefs->annexes[i];
    return NULL;
}

/* An annex of the text that a proposal puts forward is a heading in it. */
static bool heads_annex(struct cited *c, const struct node *heading,
                        const char *name, struct span label)
{
    struct folded folded = { 0 };
    struct finding f;
    size_t index = 0;
    bool found = false;

    if (scanner_fold_text(c->scanner, &folded,
                          draft_content(&c->text, heading)))
        while (!found &&
               scanner_find(c->scanner, KIND_HEADING, &index, &folded, 0, &f))
            found = f.rule->level == 0 && rule_is(f.rule, name) &&
                    is_called(c, f.match.at[CAP_LABEL], label, SAME_LABEL);
    folded_free(&folded);
    return found;
}

static struct node *proposed_annex(struct cited *c, const struct xref *x,
                                   struct span label)
{
    struct node *n = draft_ancestor(x->node, "section", "proposal");

    for (n = n ? n->children : NULL; n && cited_spend(c, CITED_MATCH);
         n = n->next) {
        struct node *heading = draft_child(n, "heading");

        if (draft_is(n, "section") && heading && !draft_child(n, "num") &&
            cited_spend(c, CITED_MATCH) &&
            heads_annex(c, heading, x->rule->name, label))
            return n;
    }
    return NULL;
}

/* What stands before the label: "Attachment" of "Attachment 1 to this Annex".
 */
static struct span words_before(struct span words, struct span label)
{
    for (size_t at = 1; label.len && at + label.len <= words.len; at++)
        if (!isalnum((unsigned char)words.at[at - 1]) &&
            memcmp(words.at + at, label.at, label.len) == 0)
            return (struct span){ words.at, at };
    return words;
}

static bool is_so_called(struct cited *c, const struct xref *x, struct node *a,
                         struct span words, struct span label)
{
    struct node *doc = draft_child(a, "doc");

    return draft_is_named(doc, x->rule->name) &&
           cited_is_called(ids_part_name(a), words) &&
           has_label(c, doc, label, SAME_LABEL);
}

/* Each annex may have an Attachment 1, which stands behind it. */
static struct node *annex_behind(struct cited *c, const struct xref *x,
                                 struct span words, struct span label)
{
    struct node *a = draft_ancestor(x->node, "attachment", NULL);

    if (!a || cited_is_called(ids_part_name(a), words))
        return NULL;
    while ((a = a->next) != NULL && !is_document(a) &&
           cited_is_called(ids_part_name(a), words) &&
           cited_spend(c, CITED_MATCH))
        if (is_so_called(c, x, a, words, label))
            return a;
    return NULL;
}

/* 附文1 rather than 附件1, where the document has both. */
static struct node *annex_called(struct cited *c, const struct xref *x,
                                 struct span label)
{
    struct node *first = cited_annex(c, x->rule->name, label), *behind;
    struct span words = words_before(cited_words(x), label);

    if (first && (behind = annex_behind(c, x, words, label)) != NULL)
        return behind;
    if (!first || cited_is_called(ids_part_name(first), words))
        return first;
    for (struct node *a = first->next; a && cited_spend(c, CITED_MATCH);
         a = a->next)
        if (is_so_called(c, x, a, words, label))
            return a;
    return first;
}

struct node *cited_whole_annex(struct cited *c, const struct xref *x,
                               struct span label)
{
    struct node *found = cited_named_annex(c, draft_first_text(x->node));

    if (!found)
        found = proposed_annex(c, x, label);
    if (!found)
        found = annex_called(c, x, label);
    if (!found && rule_is(x->rule, "annex"))
        found = unnumbered_annex(c, x, label);
    return found;
}
