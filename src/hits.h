/* Keeps places of a document: elements, and the units in each of them. */
#ifndef CLAUSIER_HITS_H
#define CLAUSIER_HITS_H

#include "unit.h"

/* A place: an element and the units in it. */
struct hit {
    const xmlNode *element;
    size_t first, end;
};

struct hits {
    struct hit *at;
    size_t count;
};

/* Adds a place that has an element and is not there; false without memory. */
bool hits_add(struct hits *hits, struct hit hit);

/* The place of a clause, and that of the part that a unit is in. */
struct hit hit_of(const struct units *units, size_t clause);
struct hit hit_of_part(const struct units *units, size_t unit);
/* That of an element; words in a unit stand for the unit. */
struct hit hit_of_element(const struct units *units, const xmlNode *element);
/* The element of the part that a unit is in, or NULL. */
const xmlNode *hit_part_element(const struct units *units, size_t unit);

#endif
