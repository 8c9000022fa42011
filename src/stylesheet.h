/* Turns an alignment into what people and translation programs open. */
#ifndef CLAUSIER_STYLESHEET_H
#define CLAUSIER_STYLESHEET_H

#include <libxml/tree.h>

#include "buf.h"

enum stylesheet {
    STYLESHEET_HTML,    /* the versions side by side, for people */
    STYLESHEET_TMX,     /* TMX 1.4b */
    STYLESHEET_XLIFF,   /* XLIFF 2.1 */
    STYLESHEET_XLIFF12, /* XLIFF 1.2 */
    STYLESHEET_DOCUMENT, /* one document, for people */
    STYLESHEET_COUNT
};

/* Adds to `out` what the stylesheet makes of an alignment (namespace
 * urn:x-clausier:alignment:1), as UTF-8. Returns 0, CLAUSIER_EARG (no such
 * stylesheet, or a tree that it cannot use) or CLAUSIER_ENOMEM; then what
 * stands in `out` is of no use. `doc` stays the caller's; what it says is not
 * changed. Nothing is read or written beside the two. */
int stylesheet_apply(struct buf *out, xmlDocPtr doc, enum stylesheet which);

#endif
