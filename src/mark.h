/* Finds references, dates, times and links in the texts of a tree. */
#ifndef CLAUSIER_MARK_H
#define CLAUSIER_MARK_H

#include "document.h"
#include "draft.h"
#include "grammar.h"
#include "name.h"

/* One reference to one place (or one range of places), to be bound. */
struct xref {
    struct node *node;        /* the ref or rref */
    const struct rule *rule;  /* clause, annex, table, document, ... */
    struct span label, last;  /* "2.1"; `last` ends a range */
    struct span part, title;
    struct span around;       /* "Part 1", which the clause stands in */
    struct span item, last_item; /* "b) ii)"; those of a range: "a) to c)" */
    bool main;                /* the main body is meant, not the own annex */
    const char *says;         /* "recommendation": what the text calls itself */
    const struct named *doc;  /* NULL where this document is meant */
    const struct named *last_doc; /* of a range of documents */
    bool doubtful;            /* ... as it is where it has such a clause */
};

struct xrefs {
    struct xref *at;
    size_t count;
    struct name names[NAMES_MAX]; /* of annexes that no words tell to be some */
    struct node *annexes[NAMES_MAX]; /* ... and their attachments */
    size_t name_count;
    struct arena arena;
};

/* Tree in, tree out: text becomes ref, mref, rref, date, time and a. What a
 * reference says is kept in `xrefs`, to be bound when all have their eIds. */
void mark_texts(struct xrefs *xrefs, struct draft *draft,
                struct scanner *scanner);
void xrefs_free(struct xrefs *xrefs);

#endif
