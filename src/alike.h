/* Finds the tables whose cells stand one on a line, as converters of pages
 * leave them, by what stands in their columns: rows that are alike. */
#ifndef CLAUSIER_ALIKE_H
#define CLAUSIER_ALIKE_H

#include "grammar.h"
#include "lines.h"

/* What has a caption or numbers was found before. Returns CLAUSIER_OK or
 * CLAUSIER_ENOMEM. */
int alike_take(struct lines *lines, struct scanner *scanner);

#endif
