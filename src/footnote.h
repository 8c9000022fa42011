/* Finds the footnotes that were typed: texts below a drawn line and their
 * calls, and later calls of a footnote that is known. */
#ifndef CLAUSIER_FOOTNOTE_H
#define CLAUSIER_FOOTNOTE_H

#include "grammar.h"
#include "lines.h"

/* Puts a mark where each footnote is called and takes its text out of the
 * lines. Page headers are gone already. Returns 0 or CLAUSIER_ENOMEM. */
int footnote_take(struct lines *lines, struct scanner *scanner);

#endif
