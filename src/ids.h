/* Gives every element of a tree the eId that the OASIS naming convention
 * wants, and finds elements by it. */
#ifndef CLAUSIER_IDS_H
#define CLAUSIER_IDS_H

#include "diag.h"
#include "draft.h"
#include "shelf.h"

/* Elements by eId: sections, items, attachments, tables. */
struct ids {
    struct shelf nodes;
    struct shelf times; /* that one which is repeated has been asked for */
};

/* Numbers are read from `num`; where the parser left in num->rule the rule
 * that took it, the label is read as that rule counts. A failure sticks
 * in `tree`. Two of one eId get _2, _3, ... and a warning. */
void ids_assign(struct ids *ids, struct draft *draft, struct diag *diag);
/* References have an eId without their number until then. */
void ids_number_references(struct draft *draft);
/* A section whose number is one of a chapter: its clauses may count anew. */
bool ids_is_chapter(const struct node *section);
/* ... of an article: its paragraphs do. */
bool ids_is_article(const struct node *section);
/* ... of a clause that quotes a decision: the clauses of that do. */
bool ids_is_quoting(const struct node *section);
/* What the attachment is called: "ANNEX 1". Whether that is no more than
 * "ANNEX". */
struct span ids_part_name(const struct node *attachment);
bool ids_is_unnumbered(const struct node *attachment);
struct node *ids_find(const struct ids *ids, const char *id);
void ids_free(struct ids *ids);

#endif
