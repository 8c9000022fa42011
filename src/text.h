/* Turns bytes in any encoding into lines of NFC text. */
#ifndef CLAUSIER_TEXT_H
#define CLAUSIER_TEXT_H

#include "diag.h"
#include "lines.h"

/* Fills `lines` (all zero before). Lines borrow from `bytes` where nothing had
 * to be changed, so `bytes` must outlive them. `encoding` is ICU's name for
 * the encoding or NULL to find it. Returns 0 or a CLAUSIER_E* code. */
int text_read(struct lines *lines, struct span bytes, const char *encoding,
              struct diag *diag);

/* True where normalization to NFC can neither change `c` nor what stands
 * beside it. Exact for the blocks it knows, false for all others. */
bool text_is_inert(int32_t c);

#endif
