/* Brackets that programs turned where they read PDF from right to left. */
#ifndef CLAUSIER_MIRROR_H
#define CLAUSIER_MIRROR_H

#include "lines.h"

/* Turns them back. False where memory ran out. */
bool mirror_undo(struct lines *lines);

#endif
