/* Takes page numbers, headers and footers out of the flow of a text. */
#ifndef CLAUSIER_PAGE_H
#define CLAUSIER_PAGE_H

#include "grammar.h"
#include "lines.h"

/* Makes asides of them; the line behind has a page break. What converters left
 * has been taken out already. Returns 0 or CLAUSIER_ENOMEM. */
int page_take(struct lines *lines, struct scanner *scanner);

#endif
