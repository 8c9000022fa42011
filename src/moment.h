/* Makes elements of dates and times. */
#ifndef CLAUSIER_MOMENT_H
#define CLAUSIER_MOMENT_H

#include "grammar.h"
#include "inline.h"

/* One, or both ends of a range. False where there is no such date or time; then
 * nothing is put. */
bool moment_put_date(struct inline_place *place, const struct grammar *grammar,
                     const struct match *match);
bool moment_put_time(struct inline_place *place, const struct grammar *grammar,
                     const struct match *match);

#endif
