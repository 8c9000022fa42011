/* How near two spellings are: tells a slip of the pen from another word. */
#ifndef CLAUSIER_SPELLING_H
#define CLAUSIER_SPELLING_H

#include "buf.h"

/* One letter or digit more, less or other, or two neighbours the other way
 * round; never true for texts under three bytes, over 200, or equal ones. */
bool spelling_is_near(struct span a, struct span b);
/* Two neighbours the other way round. */
bool spelling_is_turned(struct span a, struct span b);
/* The same letters and digits, whatever stands between them, in either case. */
bool spelling_is_same(struct span a, struct span b);

/* The next run of letters and digits of Latin script and its neighbours (all
 * that is not Han) from byte *at on; false at the end. */
bool spelling_next(struct span text, size_t *at, struct span *word);
/* Whether every such run of `value` stands in `text` too. */
bool spelling_has_words(struct span text, struct span value);
/* Whether every one does, or is near to one, and at least one is not the
 * same: then that one of `text` is in `*found`. */
bool spelling_has_slip(struct span text, struct span value, struct span *found);
/* Finds `number` in `text` from byte *at on as a number of its own, not as a part
 * of a longer one or of a word: 1.1 is not in 1.12, 3.1.1 or D1.1. *at goes
 * behind it. */
bool spelling_next_number(struct span text, size_t *at, struct span number);
/* Whether every number of `value` stands in `text`, whatever is around it; true
 * where `text` has digits that are not ASCII. */
bool spelling_has_numbers(struct span text, struct span value);

/* Whether two references cite the same numbers, or one of them some that the
 * other does, whatever the order and the words around them: "item b) of clause
 * 2", "第2 b)节", "Annex C". */
bool spelling_cites_alike(struct span a, struct span b);

#endif
