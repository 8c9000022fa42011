/* Binds the references of a tree to what they name. */
#ifndef CLAUSIER_XREF_H
#define CLAUSIER_XREF_H

#include "identify.h"
#include "ids.h"
#include "reference.h"

/* Sets href (from, upTo) and the status of every reference, and links the
 * contents to the sections. */
void xref_bind(struct xrefs *xrefs, struct draft *draft, struct ids *ids,
               const struct identity *self, struct scanner *scanner);

#endif
