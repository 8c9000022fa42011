/* Finds the tables whose cells stand one on a line below the caption, as
 * converters of pages leave them, and makes a row of each. */
#ifndef CLAUSIER_CAPTIONED_H
#define CLAUSIER_CAPTIONED_H

#include "grammar.h"
#include "lines.h"

/* Page numbers and headers have been taken out. Which cells stand side by side
 * is not known any more; that they are no clauses is. Returns CLAUSIER_OK or
 * CLAUSIER_ENOMEM. */
int captioned_take(struct lines *lines, struct scanner *scanner);

#endif
