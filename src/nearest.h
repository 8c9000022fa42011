/* Finds what is near to a clause or a part that a document does not have. */
#ifndef CLAUSIER_NEAREST_H
#define CLAUSIER_NEAREST_H

#include "search.h"

/* So many places are told of at most. */
enum { NEAREST_MAX = 12 };

/* Adds the same number elsewhere, the clauses around it and those beside it, or
 * the annexes; false without memory. */
bool nearest_clauses(const struct units *units, struct hits *nearest,
                     const struct search *wanted);
bool nearest_parts(const struct units *units, struct hits *nearest);

#endif
