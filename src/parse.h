/* Turns lines into a tree of parts, clauses, items and paragraphs. */
#ifndef CLAUSIER_PARSE_H
#define CLAUSIER_PARSE_H

#include "grammar.h"
#include "lines.h"
#include "draft.h"

/* Fills an open tree from lines without residues. What goes wrong with memory
 * sticks in `tree`. The root's child is called "doc"; it has no meta and no
 * eIds yet. */
void parse(struct draft *draft, struct lines *lines, struct scanner *scanner,
           clausier_explain *explain, void *explain_user);

#endif
