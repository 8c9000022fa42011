/* Takes out what converters leave in a text, and keeps what it meant. */
#ifndef CLAUSIER_RESIDUE_H
#define CLAUSIER_RESIDUE_H

#include "grammar.h"
#include "lines.h"

/* Turns bookmarks, images, footnotes and cell marks of the lines into marks,
 * flags and asides. Returns 0 or CLAUSIER_ENOMEM. */
int residue_take(struct lines *lines, struct scanner *scanner);

#endif
