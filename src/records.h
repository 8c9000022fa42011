/* Writes differences as JSON Lines: one record per line, for programs. */
#ifndef CLAUSIER_RECORDS_H
#define CLAUSIER_RECORDS_H

#include "alignment.h"

/* False where memory ran out. */
bool records_write(struct buf *out, const clausier_alignment *alignment);

#endif
