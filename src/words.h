/* Compares two texts in one language word by word. */
#ifndef CLAUSIER_WORDS_H
#define CLAUSIER_WORDS_H

#include <unicode/ubrk.h>

#include "align.h"

/* A word, a number or a mark; white space is none. */
struct word {
    uint32_t hash;       /* of the word as patterns see it */
    unsigned unit;
    unsigned start, end; /* bytes of the unit's text */
};

struct words_row {
    struct word *at;
    size_t count;
};

/* Words [a, a_end) of one stand for [b, b_end) of the other. */
struct change {
    size_t a, a_end, b, b_end;
};

struct changes {
    struct change *at;
    size_t count;
};

/* Adds the words of the units of a row. `breaks` is a word iterator, whose
 * text is left set. False where memory ran out. */
bool words_read(struct words_row *words, const struct units *units,
                const struct row *row, UBreakIterator *breaks);
/* What is to be changed in `a` to get `b`, in order; little that is equal
 * between two changes does not part them. Time is bounded by the lengths times
 * a constant. */
bool words_compare(struct changes *changes, const struct words_row *a,
                   const struct words_row *b);

#endif
