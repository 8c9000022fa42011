/* The name of an annex, as its heading has it and as texts call it: "ANHANG 1"
 * is "Anhang 1" there, and "ДОДАТОК 1" "у додатку 1". */
#ifndef CLAUSIER_NAME_H
#define CLAUSIER_NAME_H

#include "buf.h"

/* In two: "Załącznik" and " nr 1". Borrowed from the heading. */
struct name {
    struct span word, tail;
};

/* `num` ends `label`. */
struct name name_of(struct span label, struct span num);
enum { NAMES_MAX = 64 };

/* Where one of at most NAMES_MAX names stands first from byte `from` of the text
 * on, and `*which` it is; `at` NULL where none does. */
struct span name_find(struct span text, size_t from, const struct name *names,
                      size_t count, size_t *which);
/* "Anhänge: 2", where the word is "ANHANG". */
bool name_is_counted(struct span text, struct span word, size_t count);
bool name_begins(struct span text, const struct name *name);

#endif
