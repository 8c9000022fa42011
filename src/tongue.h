/* Where a text goes on in another language. */
#ifndef CLAUSIER_TONGUE_H
#define CLAUSIER_TONGUE_H

#include "grammar.h"
#include "lines.h"

/* Marks the lines at which the headers of further versions begin, behind a
 * first one in the language of `grammar`; returns a CLAUSIER_E* code. */
int tongue_mark(struct lines *lines, const struct grammar *grammar,
                clausier_grammars *set, struct diag *diag);

#endif
