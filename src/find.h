/* Finds what a person calls a clause in the units of a document. */
#ifndef CLAUSIER_FIND_H
#define CLAUSIER_FIND_H

#include "grammar.h"
#include "hits.h"
#include "query.h"

struct finder {
    const struct units *units;
    const struct grammar *grammar; /* of its language */
    struct hits found;
    struct hits others;  /* what goes by the same name in other places */
    struct hits nearest; /* where a name leads nowhere */
    bool missing;        /* one does */
    bool turned;         /* the name may have 1.2 for clause 2.1 */
    bool failed;
};

/* The places of a query; what cannot be found has others near to it. */
void find_query(struct finder *finder, const struct query *query);
/* The element of an eId; a label as it is typed; the value of one, or of some,
 * one in another ("2 a"); a heading, or labels below one; the beginning of a
 * heading. False where there is none. */
bool find_id(struct finder *finder, xmlNodePtr root, const char *id);
bool find_label(struct finder *finder, struct span words);
bool find_labels(struct finder *finder, struct span words);
/* "III.A": a chapter in a chapter. */
bool find_chapters(struct finder *finder, struct span words);
bool find_heading(struct finder *finder, struct span words);
bool find_note(struct finder *finder, struct span words);
bool find_beginning(struct finder *finder, struct span words);
void find_free(struct finder *finder);

#endif
