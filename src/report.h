/* Writes differences for a person: by clause, with what each version says. */
#ifndef CLAUSIER_REPORT_H
#define CLAUSIER_REPORT_H

#include "alignment.h"

/* False where memory ran out. */
bool report_write(struct buf *out, const clausier_alignment *alignment);
/* The same, with colour for a terminal. */
bool report_write_color(struct buf *out, const clausier_alignment *alignment);

#endif
