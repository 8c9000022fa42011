/* Pairs the units of two versions of a document: a path through the table of
 * all pairs that keeps the order of both, and, for what it leaves, further
 * paths, which may cross it. */
#include <stdlib.h>

#include "pairing.h"

enum { ROUNDS = 6 };

static const char *const found_names[FOUND_COUNT] = {
    [FOUND_NONE] = "none", [FOUND_LABEL] = "label",
    [FOUND_ROLE] = "role", [FOUND_FACT] = "fact",
    [FOUND_TEXT] = "text", [FOUND_POSITION] = "position",
    [FOUND_LENGTH] = "length",
};

const char *found_name(enum found found)
{
    return found_names[found];
}

/* How much longer the one is: from the parts that both have. */
static double length_ratio(const struct pairing *p)
{
    double a = 60, b = 60;
    bool *both = calloc(p->b->units.part_count + 1, sizeof *both);

    for (size_t i = 0; both && i < p->a->units.count; i++) {
        int part = p->part_of[p->a->units.at[i].part];

        if (part >= 0) {
            a += p->a->units.at[i].length;
            both[part] = true;
        }
    }
    for (size_t i = 0; both && i < p->b->units.count; i++)
        if (both[p->b->units.at[i].part])
            b += p->b->units.at[i].length;
    free(both);
    return b / a < 0.1 ? 0.1 : b / a > 10 ? 10 : b / a;
}

static int by_place(const void *a, const void *b)
{
    const struct link *x = a, *y = b;

    return (x->a > y->a) - (x->a < y->a);
}

/* Round by round, until nothing more goes together. */
static void pair_all(struct pairing *p, struct links *links, bool exhaustive)
{
    links->count = 0;
    sides_take_all(p);
    p->ratio = length_ratio(p);
    for (int round = 0; round < ROUNDS && !p->failed; round++) {
        size_t before = links->count;

        p->crossing = round > 0;
        if (!p->rows.count || !p->cols.count)
            break;
        path_take(p, links, exhaustive);
        if (p->failed || (round && links->count == before) ||
            !sides_drop(p, links))
            break;
    }
    settle_neighbours(p, links);
    if (!p->failed)
        settle_headings(p, links);
}

bool pair_versions(struct links *links, const struct version *a,
                   const struct version *b, bool exhaustive)
{
    struct pairing p = { .a = a, .b = b };
    const struct version *const both[2] = { a, b };

    *links = (struct links){ 0 };
    p.words = words_of(&a->units, &b->units);
    p.failed = !keys_of_facts(p.facts, both) ||
               !keys_of_words(p.texts, both, p.words) ||
               !sides_open(&p) ||
               !parts_open(&p);
    if (!p.failed)
        pair_all(&p, links, exhaustive);
    if (!p.failed && parts_move(&p, links))
        pair_all(&p, links, exhaustive);
    for (int v = 0; v < 2; v++) {
        keys_free(&p.facts[v]);
        keys_free(&p.texts[v]);
    }
    sides_free(&p);
    free(p.part_of);
    if (p.failed) {
        free(links->at);
        *links = (struct links){ 0 };
        return false;
    }
    if (links->count)
        qsort(links->at, links->count, sizeof *links->at, by_place);
    return true;
}
