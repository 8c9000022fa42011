/* Finds whose a resolution, a Question, a letter, a circular or a
 * Recommendation is that a text names by its number alone: the one body, or the
 * one Sector, that it says elsewhere. */
#include "binder.h"

#include <stdlib.h>
#include <string.h>

/* Papers are no such texts: who cites TD 5 of another group has one, too. */
static bool is_numbered(const struct named *doc)
{
    return doc &&
           (document_is_adopted(doc) || strcmp(doc->type, "question") == 0 ||
            strcmp(doc->type, "letter") == 0 ||
            strcmp(doc->type, "circular") == 0);
}

/* "Resolution 45 of this Assembly" is of whose text this is. */
static const char *adopter_said(const struct binder *b, const struct named *doc)
{
    return doc->ours && strcmp(doc->author, "itu") == 0 ? b->self->named.author
                                                        : doc->author;
}

static bool says_adopter(const struct binder *b, const struct named *doc)
{
    return is_numbered(doc) && strcmp(adopter_said(b, doc), "itu") != 0;
}

static int by_number(const void *a, const void *b)
{
    const struct named *x = *(const struct named *const *)a;
    const struct named *y = *(const struct named *const *)b;
    int order = strcmp(x->type, y->type);

    return order ? order : strcmp(x->number, y->number);
}

/* One of each number that has but one body. */
static void keep_one_each(struct binder *b)
{
    size_t kept = 0;

    for (size_t i = 0, next; i < b->adopted_count; i = next) {
        bool one = true;

        for (next = i + 1; next < b->adopted_count &&
                           by_number(&b->adopted[i], &b->adopted[next]) == 0;
             next++)
            one &= strcmp(adopter_said(b, b->adopted[i]),
                          adopter_said(b, b->adopted[next])) == 0;
        if (one)
            b->adopted[kept++] = b->adopted[i];
    }
    b->adopted_count = kept;
}

static bool is_recommendation(const struct named *doc)
{
    return doc && strcmp(doc->type, "recommendation") == 0;
}

/* The one Sector whose Recommendations the text cites. Two of them have a
 * series P: "P.862" beside "ITU-T P.340" is of the same one. */
static const char *only_sector(const struct xrefs *xrefs)
{
    const char *only = NULL;

    for (size_t i = 0; i < xrefs->count; i++) {
        const struct named *doc = xrefs->at[i].doc;

        if (!is_recommendation(doc) || strncmp(doc->author, "itu-", 4) != 0)
            continue;
        if (only && strcmp(only, doc->author) != 0)
            return NULL;
        only = doc->author;
    }
    return only;
}

void xref_list_adopted(struct binder *b, const struct xrefs *xrefs)
{
    size_t count = 0;

    b->sector = only_sector(xrefs);
    for (size_t i = 0; i < xrefs->count; i++)
        count += says_adopter(b, xrefs->at[i].doc);
    if (!count)
        return;
    b->adopted = malloc(count * sizeof *b->adopted);
    if (!b->adopted) {
        b->draft->failed = true;
        return;
    }
    for (size_t i = 0; i < xrefs->count; i++)
        if (says_adopter(b, xrefs->at[i].doc))
            b->adopted[b->adopted_count++] = xrefs->at[i].doc;
    qsort(b->adopted, b->adopted_count, sizeof *b->adopted, by_number);
    keep_one_each(b);
}

void xref_free_adopted(struct binder *b)
{
    free(b->adopted);
}

/* What an assembly is asked to change is its own: "Resolution 20" in a paper of
 * one. The Council's have numbers that those have not reached. */
enum { ASSEMBLY_NUMBER_MAX = 3 };

static const char *adopter_around(const struct binder *b,
                                  const struct named *doc)
{
    static const char *const assemblies[] = { "itu-wtsa", "itu-wtdc", "itu-wrc",
                                              "itu-pp" };
    const struct named *self = &b->self->named;
    size_t digits = strspn(doc->number, "0123456789");

    if (strcmp(doc->type, "resolution") != 0 ||
        strcmp(self->type, "paper") != 0 || doc->number[digits] ||
        digits > ASSEMBLY_NUMBER_MAX)
        return NULL;
    for (size_t i = 0; i < sizeof assemblies / sizeof *assemblies; i++)
        if (strcmp(self->author, assemblies[i]) == 0)
            return assemblies[i];
    return NULL;
}

const char *xref_adopter(const struct binder *b, const struct named *doc)
{
    const struct named *const *found;

    if (is_recommendation(doc))
        return strcmp(doc->author, "itu") == 0 ? b->sector : NULL;
    if (is_numbered(doc) && doc->ours)
        return adopter_said(b, doc);
    if (!is_numbered(doc) || says_adopter(b, doc))
        return NULL;
    found = b->adopted_count ? bsearch(&doc, b->adopted, b->adopted_count,
                                       sizeof *b->adopted, by_number)
                             : NULL;
    return found ? adopter_said(b, *found) : adopter_around(b, doc);
}
