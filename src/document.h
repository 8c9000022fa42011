/* Finds which document a text names, and makes its IRI, as AKN4UN has them. */
#ifndef CLAUSIER_DOCUMENT_H
#define CLAUSIER_DOCUMENT_H

#include "grammar.h"

/* A named document as a reference sees it. */
struct named {
    char type[24];    /* name of the grammar rule: "circular" */
    char author[40];  /* "itu-tsb" */
    char number[40];  /* "282", "A.1", "282-corrigendum-1" */
    size_t amended;   /* length of the number of what is amended, or 0 */
    unsigned edition; /* the year in brackets behind the number, or 0 */
    bool ours; /* of the body whose text this is, which it names "this" */
};

/* What the text names, by the grammar's `document` rules; false for nothing
 * that a rule knows. */
bool document_named(struct scanner *scanner, struct span text,
                    struct named *named);
/* The IRI of a document that another one names, without a date. */
void document_iri(struct buf *out, const struct named *named);

/* Whether both name one document. */
bool document_is_same(const struct named *a, const struct named *b);
/* Whether it is one that some body adopts. */
bool document_is_adopted(const struct named *named);
/* "Question 4/13" is the group that studies it, more than a text. */
bool document_is_group(const struct named *named);
/* Letters and reports speak of the meeting that they follow. */
bool document_is_letter(const struct named *named);
/* Whether it is a text whose clauses others cite, and no paper or question. */
/* A Recommendation whose code alone tells its Sector, and that it is no clause.
 */
bool document_is_of_series(const struct named *named);
/* A founding text, which has a name and no number. */
bool document_is_treaty(const struct named *named);
/* "C220": one of three digits, which nothing else is called in a paper. */
bool document_is_contribution(const struct named *named);
bool document_has_clauses(const struct named *named);

/* Copies what an IRI can hold of a text. False where memory ran out; then `out`
 * is empty. */
bool document_slug(char *out, size_t size, struct span text, bool lower);
/* What the body is called everywhere, or `name` itself. */
struct span document_body(const struct grammar *grammar, struct span name);
/* "itu-tsb" for what a text calls the body; `outside` where it is none of the
 * ITU's. */
void document_author(char *out, size_t size, struct scanner *scanner,
                     struct span body, bool outside);
/* Makes of a document what changes it, as the rule `amendment` found it. */
void document_amend(struct scanner *scanner, struct named *named,
                    const struct finding *change);

#endif
