/* Takes the labels out of what a reference names: "2.1, 3 to 5", "b) ii)",
 * "8, 17 (Rev. Geneva, 2022) and 23". */
#ifndef CLAUSIER_LABELS_H
#define CLAUSIER_LABELS_H

#include "numeral.h"

enum label_kind {
    LABEL_CLAUSE,   /* "2.1", "11 bis", "A", "IV": of clauses and annexes */
    LABEL_CAPTION,  /* "7-1" */
    LABEL_DOCUMENT, /* "3/13", "TD 12", "BT.500-14" */
    LABEL_REVISION  /* "1-5": of a text and of its revision */
};

/* Bytes of the character at `at` if it can stand in a label: digits (full-width
 * and Arabic ones, too), capitals, dots behind them, Han and Roman numerals;
 * else 0. */
size_t labels_bytes(const char *at, const char *end, bool first);
/* One letter that is neither ASCII nor of a script without an alphabet. */
bool labels_is_other_letter(int32_t c);
/* The first of "b, c and d": one letter of the first of the alphabet that
 * stands alone, but none that is a word; empty for none. */
struct span labels_letter_alone(struct span list);
/* The first label at or behind `from`, a place in `list`; empty where there is
 * none. */
struct span labels_next(struct span list, const char *from,
                        enum label_kind kind, const struct numerals *numerals);
/* Behind the bracket or the revision that follows at `from`: "(Rev. Geneva,
 * 2022)", "Rev.1"; or `from`. */
const char *labels_revision(struct span list, const char *from);
/* The first label of an item in `list`: "b)", "（三）", "②". */
struct span labels_one_item(struct span list);
/* ... with the items in it: "b) ii)". */
struct span labels_item(struct span list);
/* ... that follows right at `from`, a place in `list`: "a)" in "2.1 a) and 3".
 */
struct span labels_item_behind(struct span list, const char *from);

/* The label in the name of an annex: "1" in "l'Annexe 1", and, as Chinese has
 * no space there, all of what counts as it in an eId. Empty in "l'annexe". */
struct span labels_annex(struct span name, const struct numerals *numerals);
/* The letters that the label of an annex's clause begins with: "A" in A.2.1. */
struct span labels_letters(struct span label);

#endif
