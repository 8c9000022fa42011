/* Finds references, dates, times and links in the texts of a tree. */
#ifndef CLAUSIER_MARK_H
#define CLAUSIER_MARK_H

#include "reference.h"

/* Tree in, tree out: text becomes ref, mref, rref, date, time and a. What a
 * reference says is kept in `xrefs`, to be bound when all have their eIds. */
void mark_texts(struct xrefs *xrefs, struct draft *draft,
                struct scanner *scanner);

#endif
