/* What is written in capitals, which are full of what would be acronyms
 * elsewhere. */
#ifndef CLAUSIER_SHOUT_H
#define CLAUSIER_SHOUT_H

#include <stdbool.h>

#include "unit.h"

/* Whether headings of these units are in capitals, one of them with several
 * words. */
bool shout_has_headings(const struct units *units);
/* How much of the unit is: all of it or a head; `headings`: as said above. */
size_t shout_of(const struct unit *unit, bool headings);

#endif
