/* Finds the tables whose cells stand one on a line, as converters of pages
 * leave them: below the caption, where each makes a row, or in rows that are
 * told by their numbers. */
#ifndef CLAUSIER_CAPTIONED_H
#define CLAUSIER_CAPTIONED_H

#include "grammar.h"
#include "lines.h"

/* Page numbers and headers have been taken out. Below a caption it is not known
 * any more which cells stood side by side; that they are no clauses is. Returns
 * CLAUSIER_OK or CLAUSIER_ENOMEM. */
int captioned_take(struct lines *lines, struct scanner *scanner);

#endif
