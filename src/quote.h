/* Quotation marks. Single ones are apostrophes as well, and quote labels alone.
 */
#ifndef CLAUSIER_QUOTE_H
#define CLAUSIER_QUOTE_H

#include "buf.h"

enum quote {
    QUOTE_NONE,
    QUOTE_OPENS,
    QUOTE_CLOSES,
    QUOTE_STRAIGHT /* opens and closes by turns */
};

/* Of double marks. */
enum quote quote_of(int32_t c);
/* Whether the text begins with one that opens, or is straight. */
bool quote_may_open(struct span text);
/* How many are open behind the text, where `open` were before it. */
unsigned quote_open_behind(struct span text, unsigned open);
bool quote_is_single(int32_t c);

#endif
