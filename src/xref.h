/* Binds the references of a tree to what they name. */
#ifndef CLAUSIER_XREF_H
#define CLAUSIER_XREF_H

#include "ids.h"
#include "mark.h"

/* Sets href (from, upTo) and the status of every reference, and links the
 * contents to the sections. */
void xref_bind(struct xrefs *xrefs, struct draft *draft, struct ids *ids,
               const struct identity *self, struct scanner *scanner);

/* The label in the name of an annex: "1" in "l'Annexe 1", and, as Chinese has
 * no space there, all of what counts as it in an eId. */
struct span xref_label(struct span text);

#endif
