/* Pairs the units of two versions of a document. */
#ifndef CLAUSIER_PAIR_H
#define CLAUSIER_PAIR_H

#include "feature.h"

/* By what two units were found to belong together: the strongest evidence. */
enum found {
    FOUND_NONE, /* a unit without a counterpart */
    FOUND_LABEL,
    FOUND_ROLE,
    FOUND_FACT,
    FOUND_TEXT,
    FOUND_POSITION,
    FOUND_LENGTH,
    FOUND_COUNT
};

const char *found_name(enum found found);

/* Units a..a+a_count-1 of one version say what b..b+b_count-1 of the other
 * do. Never 0 of either; never more than one of both. */
struct link {
    unsigned a, b;
    unsigned a_count, b_count;
    enum found found;
    float score; /* 0 to 1 */
};

struct links {
    struct link *at;
    size_t count;
};

/* Links by their place in the first version. `exhaustive` compares every unit
 * with every other, which takes time and memory in proportion to their product;
 * otherwise both are near linear. False where memory ran out. */
bool pair_versions(struct links *links, const struct version *a,
                   const struct version *b, bool exhaustive);

#endif
