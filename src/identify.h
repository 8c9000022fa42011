/* Finds out what a document is: type, issuer, number and date. */
#ifndef CLAUSIER_IDENTIFY_H
#define CLAUSIER_IDENTIFY_H

#include "dating.h"

struct identity {
    struct named named;
    char date[DATE_TEXT]; /* YYYY-MM-DD */
    const char *root;   /* name of the element below akomaNtoso */
    const char *name;   /* its name attribute */
    char work[160];     /* IRI of the Work */
};

/* From the header and titles of the tree. `date` is the caller's, or NULL. */
void identify(struct identity *identity, struct draft *draft,
              struct scanner *scanner, const char *date);

#endif
