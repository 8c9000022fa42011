/* Puts elements in the place of a text. */
#ifndef CLAUSIER_INLINE_H
#define CLAUSIER_INLINE_H

#include "draft.h"

/* Elements come before the text until all of it is among them. */
struct inline_place {
    struct draft *draft;
    struct node *text;
    unsigned year, month; /* of the date that was put last */
    const char *date_end; /* ... and where that ended, or NULL */
};

struct node *inline_put(struct inline_place *place, const char *name);
/* A part of the text: at the end of `parent` or, where that is NULL, behind what
 * was put last. */
void inline_text(struct inline_place *place, struct node *parent,
                 struct span text);

#endif
