/* Finds the date of a document. */
#ifndef CLAUSIER_DATING_H
#define CLAUSIER_DATING_H

#include "document.h"
#include "draft.h"

enum { DATE_TEXT = 12 };

/* Writes YYYY-MM-DD: `given`, or where that is NULL what the document says of
 * itself. What is guessed, or found nowhere, is reported. */
void dating_find(char date[DATE_TEXT], const struct named *named,
                 struct node *doc, struct scanner *scanner, const char *given);

#endif
