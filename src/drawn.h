/* Finds the tables that are drawn with lines of dashes, as pandoc writes them,
 * or whose numbered rows only spaces part, and makes cells of their columns. */
#ifndef CLAUSIER_DRAWN_H
#define CLAUSIER_DRAWN_H

#include "grammar.h"
#include "lines.h"

/* The lines have just been read. What draws a table goes to the metadata. A
 * table whose columns do not all begin where its rulers say stays as it is.
 * Returns CLAUSIER_OK or CLAUSIER_ENOMEM. */
int drawn_take(struct lines *lines, struct scanner *scanner);

#endif
