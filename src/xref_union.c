/* Tells whose founding text a reference is to: "the Convention" is the ITU's in
 * a text of the ITU, and may be anyone's elsewhere. */
#include "binder.h"

#include <string.h>

static bool is_treaty(const struct named *doc)
{
    return doc && document_is_treaty(doc);
}

/* "RR", "ITR": no other house has one. */
static bool is_of_union_alone(const struct named *doc)
{
    return strcmp(doc->number, "RR") == 0 || strcmp(doc->number, "ITR") == 0;
}

/* What cites texts of the ITU's bodies, or its regulations, is of the ITU,
 * unless it says whose it is. */
void xref_find_union(struct binder *b, const struct xrefs *xrefs)
{
    const char *self = b->self->named.author;

    b->of_union = strncmp(self, "itu-", 4) == 0;
    for (size_t i = 0; i < xrefs->count && strcmp(self, "itu") == 0; i++) {
        const struct named *doc = xrefs->at[i].doc;

        b->of_union |= doc && !xrefs->at[i].bare &&
                       (strncmp(doc->author, "itu-", 4) == 0 ||
                        (is_treaty(doc) && is_of_union_alone(doc)));
    }
}

/* A house has one constitution; which convention a text is about that is not
 * the ITU's, it may not say. No treaty has an "Appendix I". */
bool xref_is_strange_treaty(const struct binder *b, const struct xref *x)
{
    const char *self = b->self->named.author;

    if (is_treaty(x->doc) && rule_is_part(x->rule) && x->label.len &&
        !is_digit(*x->label.at))
        return true;
    return is_treaty(x->doc) && !is_of_union_alone(x->doc) && !b->of_union &&
           (strcmp(x->doc->number, "constitution") != 0 ||
            strcmp(self, "itu") == 0 || strncmp(self, "un-", 3) == 0);
}

static bool is_paper(const struct named *self)
{
    return strcmp(self->type, "paper") == 0 ||
           strcmp(self->type, "report") == 0;
}

bool xref_is_strange_code(const struct binder *b, const struct xref *x)
{
    return x->bare && (!b->of_union || (document_is_contribution(x->doc) &&
                                        !is_paper(&b->self->named)));
}

const char *xref_treaty_author(const struct binder *b, const struct named *doc)
{
    if (!is_treaty(doc))
        return NULL;
    return b->of_union || is_of_union_alone(doc) ? "itu"
                                                 : b->self->named.author;
}

bool xref_names_treaty(const struct xref *x)
{
    return rule_is(x->rule, "article") || rule_is(x->rule, "provision");
}

const char *xref_treaty_place(struct binder *b, const struct xref *x)
{
    return rule_is(x->rule, "article") ||
                   (rule_is(x->rule, "clause") && xref_says(b, x, "article"))
               ? "#art_"
               : "#para_";
}
