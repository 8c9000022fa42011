/* What pages begin and end with. */
#ifndef CLAUSIER_PAGE_EDGES_H
#define CLAUSIER_PAGE_EDGES_H

#include "lines.h"

enum { PAGE_DIGITS_MAX = 4 };

/* How many digits the text ends in, or begins with. */
size_t page_digits(struct span text, bool end);
/* Not in a cell, nor a sentence, and no longer than a header. */
bool page_is_short(const struct line *line);
/* Where form feeds part pages, marks as gone what several begin or end with
 * alike, and tells the lines that they are paged. False where memory ran
 * out. */
bool page_find_edges(struct lines *lines);
/* Makes asides of those that a converter puts below a letterhead of cells, from
 * line `first` on, below the symbol of the document, if it has one. No page
 * begins behind them. False where memory ran out. */
bool page_take_cells(struct lines *lines, struct span symbol, size_t first);

#endif
