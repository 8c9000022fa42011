/* Searches the units of a document for clauses with a label or a title. */
#ifndef CLAUSIER_SEARCH_H
#define CLAUSIER_SEARCH_H

#include "grammar.h"
#include "hits.h"

/* No part, or any; and one place more than so many of one search are kept. */
enum { NOWHERE = -1, SEARCH_MAX = 8 };

struct search {
    struct span key; /* of the label */
    struct span title, called;
    const struct grammar *grammar; /* of the document */
    int part;                      /* or NOWHERE for all */
    bool items;                    /* items are wanted, not clauses */
    bool whole; /* the title is a whole heading, not its beginning */
};

/* Adds what fits, the main body first, then the parts as they stand; false
 * without memory. */
bool search_all(const struct units *units, struct hits *hits,
                const struct search *search);
/* ... whole headings first, and items where there is no clause: what is
 * numbered as a list may be called a clause all the same. */
bool search_clauses(const struct units *units, struct hits *hits,
                    struct search *search);

/* Whether the text begins with the title, in capitals or not. */
bool search_begins(struct span text, struct span title);

#endif
