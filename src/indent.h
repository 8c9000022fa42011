/* Tells what TABs before the text of a line make of it: a cell, or no more than
 * an indented line. */
#ifndef CLAUSIER_INDENT_H
#define CLAUSIER_INDENT_H

#include "grammar.h"
#include "lines.h"

/* The TABs before the text of the line. */
size_t indent_tabs(struct span line);

/* How far its text is from the margin, in columns; a TAB is eight. */
unsigned indent_of(struct span line);

/* Marks the lines that are cells, and leaves out the white space around the
 * text of all. Residues have been taken out. */
void indent_take(struct lines *lines, struct scanner *scanner,
                 struct folded *folded);

#endif
