/* Finds references, dates, times and links in the texts of a tree, and binds
 * the references to what they name. */
#ifndef CLAUSIER_XREF_H
#define CLAUSIER_XREF_H

#include "grammar.h"
#include "identify.h"
#include "ids.h"
#include "tree.h"

/* One reference to one place (or one range of places), to be bound. */
struct xref {
    xmlNodePtr node;          /* the ref or rref */
    const struct rule *rule;  /* clause, annex, table, document, ... */
    struct span label, last;  /* "2.1"; `last` ends a range */
    struct span part, item, title;
    bool main;                /* the main body is meant, not the own annex */
    struct named doc;         /* type "" where this document is meant */
};

struct xrefs {
    struct xref *at;
    size_t count;
    struct arena arena;
};

/* Tree in, tree out: text becomes ref, mref, rref, date, time and a. */
void xref_mark(struct xrefs *xrefs, struct tree *tree,
               struct scanner *scanner);
/* Sets href (from, upTo) and the status of every reference, when all have
 * their eIds; links the contents to the sections. */
void xref_bind(struct xrefs *xrefs, struct tree *tree, struct ids *ids,
               const struct identity *self, struct scanner *scanner);
void xrefs_free(struct xrefs *xrefs);

#endif
