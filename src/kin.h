/* Tells two revisions of a text from two translations of one where nothing says
 * what language either is in. */
#ifndef CLAUSIER_KIN_H
#define CLAUSIER_KIN_H

#include "unit.h"

/* True too where there are too few words to tell, or no memory. */
bool kin_are_revisions(const struct units *a, const struct units *b);

#endif
