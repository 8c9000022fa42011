/* Finds out what a document is (type, issuer, number, date, language) and
 * writes it into the tree as FRBR metadata. */
#ifndef CLAUSIER_IDENTIFY_H
#define CLAUSIER_IDENTIFY_H

#include "grammar.h"
#include "draft.h"

/* A named document as a reference sees it. */
struct named {
    char type[24];    /* name of the grammar rule: "circular" */
    char author[40];  /* "itu-tsb" */
    char number[40];  /* "282", "A.1", "282-corrigendum-1" */
    size_t amended;   /* length of the number of what is amended, or 0 */
};

struct identity {
    struct named named;
    char date[12];      /* YYYY-MM-DD */
    const char *root;   /* name of the element below akomaNtoso */
    const char *name;   /* its name attribute */
    char work[160];     /* IRI of the Work */
};

/* What the text names, by the grammar's `document` rules; false for nothing
 * that a rule knows. */
bool identify_named(struct scanner *scanner, struct span text,
                    struct named *named);
/* The IRI of a document that another one names, without a date. */
void identify_iri(struct buf *out, const struct named *named);
/* From the header and titles of the tree. `date` is the caller's, or NULL. */
void identify(struct identity *identity, struct draft *draft,
              struct scanner *scanner, const char *date);
/* Writes the meta of the document and of its attachments. */
void identify_write(const struct identity *identity, struct draft *draft,
                    const struct grammar *grammar, const struct lines *lines);

#endif
