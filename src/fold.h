/* Shows texts to patterns as readers see them: hyphens, spaces and full-width
 * forms are one, and what has no width is not there. */
#ifndef CLAUSIER_FOLD_H
#define CLAUSIER_FOLD_H

#include <stdint.h>
#include <unicode/umachine.h>

#include "buf.h"

/* A text made ready for matching. All zero is an empty one that owns nothing;
 * one object serves for many texts in turn. */
struct folded {
    struct span text;     /* what patterns see */
    struct span original; /* what it was made from; borrowed */
    const uint32_t *map;  /* byte of text to byte of original; NULL: equal */
    const struct beginning *beginning; /* grammar.h; NULL: not looked at */
    char *bytes;          /* the two below belong to this object */
    uint32_t *places;
    size_t size;
};

/* False where memory ran out; then the object is empty again. `folds` false says
 * that nothing in the text needs it. */
bool fold(struct folded *folded, struct span text, bool folds);
void folded_free(struct folded *folded);
/* What bytes `from` to `to` of the folded text were made from. */
struct span folded_original(const struct folded *text, size_t from, size_t to);
/* What a pattern sees in place of one character; 0 for what is not there. */
UChar32 fold_char(UChar32 c);
/* Whether a pattern sees another thing in place of `c`, the character at byte
 * `at` of the text. */
bool fold_changes(struct span text, size_t at, UChar32 c);
/* A short text as patterns see it, character by character, in `out` where it is
 * another; a longer one as it is. */
enum { FOLD_SHORT = 128 };
struct span fold_short(char out[FOLD_SHORT], struct span text);
/* Whether anything in `text` needs folding. */
bool fold_needed(struct span text);

#endif
