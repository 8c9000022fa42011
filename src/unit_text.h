/* Reads the text of an element: white space collapsed, cells apart, and notes left
 * to themselves. */
#ifndef CLAUSIER_UNIT_TEXT_H
#define CLAUSIER_UNIT_TEXT_H

#include <libxml/tree.h>

#include "buf.h"

/* An element inside a unit that gives its words a type: date, time, a, ref. */
struct inlined {
    const xmlNode *node;
    unsigned start, end; /* bytes of the unit's text */
};

/* What is below `top`, in place of what `text` held; its typed elements are
 * appended to the list. False where memory ran out. */
bool unit_text_read(struct buf *text, struct inlined **inlined, size_t *count,
                    const xmlNode *top);
bool unit_text_is_note(const xmlNode *node);

#endif
