/* Turns an alignment into tables: TAB separates, one record per line. */
#ifndef CLAUSIER_TABLE_H
#define CLAUSIER_TABLE_H

#include "alignment.h"

/* False where memory ran out. */
bool table_beads(struct buf *out, const clausier_alignment *alignment);
bool table_differences(struct buf *out, const clausier_alignment *alignment);

#endif
