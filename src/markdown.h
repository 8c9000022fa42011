/* Marks of Markdown, which some converters write. */
#ifndef CLAUSIER_MARKDOWN_H
#define CLAUSIER_MARKDOWN_H

#include "lines.h"

/* Takes them out. False where memory ran out. */
bool markdown_undo(struct lines *lines);

#endif
