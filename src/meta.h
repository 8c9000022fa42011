/* Writes what a document is into the tree, as FRBR metadata of it and of its
 * annexes. */
#ifndef CLAUSIER_META_H
#define CLAUSIER_META_H

#include "identify.h"

void meta_write(const struct identity *identity, struct draft *draft,
                const struct scanner *scanner, const struct lines *lines);

#endif
