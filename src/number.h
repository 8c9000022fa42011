/* Turns labels ("2.1", "a)", "(iv)", "第二十三条", "11.2 bis") into values that
 * can be compared. */
#ifndef CLAUSIER_NUMBER_H
#define CLAUSIER_NUMBER_H

#include "numeral.h"

/* The word for it in grammars, or COUNT_COUNT for no such word. */
enum count count_of(struct span word);

enum { NUMBER_DEPTH = 12 };

/* The value of a label. `at[0]` is the outermost number: 2.1.3 is {2, 1, 3}.
 * A leading letter, as in I.2 or A.1, stands in `letter` (a code point, or 0)
 * and is not counted in `depth`. */
struct number {
    enum count count;
    unsigned depth;
    unsigned at[NUMBER_DEPTH];
    unsigned bis;      /* 0; 2 for bis, 3 for ter, ... */
    char prefix[8];    /* "I" in I.2: the annex a clause belongs to */
};

/* Reads the value out of `label`, whatever stands around it. `numerals` may be
 * NULL; Arabic letters that are not in it count in the abjad order. False where
 * the label has no such value. */
bool number_read(struct number *number, struct span label, enum count count,
                 const struct numerals *numerals);

/* The same for a letter of COUNT_ALPHA that looks like a Latin one: "с)" typed
 * for "c)". */
bool number_read_latin(struct number *number, struct span label,
                       const struct numerals *numerals);

/* 2 for "bis", 3 for "ter", ...; 0 for another word. */
unsigned number_bis(struct span word);

/* Whether both have the same parent, and the last value of `next` is one
 * more than that of `number` (or the same with a later bis). */
bool number_follows(const struct number *next, const struct number *number);
/* Whether both have the same parent and `next` is greater. */
bool number_jumps(const struct number *next, const struct number *number);
/* Whether `child` is one level below `parent`; its last value is not looked
 * at. */
bool number_below(const struct number *child, const struct number *parent);
/* Whether it is the next one, on whatever level: "5.1.1", "5.2" and "6" behind
 * "5.1". */
bool number_goes_on(const struct number *next, const struct number *number);
unsigned number_last(const struct number *number);

/* Whether there is such a day in the Gregorian calendar. */
bool number_is_date(unsigned year, unsigned month, unsigned day);

/* Adds the label in the form that eIds use: no final punctuation, inner dots
 * as hyphens, case kept, other digits and Han numerals as ASCII digits, Arabic
 * letters as the Latin ones of the same place, words as what they stand for. */
void number_write_id(struct buf *out, struct span label, enum count count,
                     const struct numerals *numerals);

/* Whether its letter is Cyrillic and looks like no Latin one: б. */
bool number_is_cyrillic(struct span label);
/* Adds the Latin letter of the same place: "b" for б; false where it has none.
 */
bool number_write_place(struct buf *out, struct span label,
                        const struct numerals *numerals);

/* The same for a chapter: what Chinese texts number 一 others number I. */
void number_write_chapter(struct buf *out, struct span label, enum count count,
                          const struct numerals *numerals);
/* The same for an appendix, which is as a chapter, or an annex: "Annex I" and
 * "Annex 1" are 附件一 both. */
void number_write_part(struct buf *out, struct span label, bool appendix,
                       const struct numerals *numerals);

enum { NUMBER_TEXT = 64 };

/* "2.1" for "1.2", as it may be typed where one reads from right to left: the
 * label with its parts the other way round, in `out`. Other labels stay. */
struct span number_turn(char out[NUMBER_TEXT], struct span label);

#endif
