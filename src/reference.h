/* Makes elements of references, and keeps what each of them cites. */
#ifndef CLAUSIER_REFERENCE_H
#define CLAUSIER_REFERENCE_H

#include "document.h"
#include "grammar.h"
#include "inline.h"
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
    bool here;                /* "above", "of this annex": this document is */
    bool its;                 /* of the annex named before, or mere words */
    const char *says;         /* "recommendation": what the text calls itself */
    const struct named *doc;  /* NULL where this document is meant */
    const struct named *topic; /* what the text around is about, or NULL */
    const struct named *last_doc; /* of a range of documents */
    unsigned doubt;               /* whether it is: one number for those that
                                   * are cited together; 0 for none */
};

struct xrefs {
    struct xref *at;
    size_t count;
    struct name names[NAMES_MAX]; /* of annexes that no words tell to be some */
    struct node *annexes[NAMES_MAX]; /* ... and their attachments */
    size_t name_count;
    struct node *only_part;  /* the attachment, where there is no other */
    struct node *only_annex; /* ... called an annex */
    struct arena arena;
};

void xrefs_free(struct xrefs *xrefs);

/* What "that Circular" may be: documents of one kind, however they are called. */
enum { NAMED_KINDS = 5 };

/* What the references of a text so far have to say for those that come next. */
struct citing {
    struct xrefs *xrefs;
    struct scanner *scanner;
    struct inline_place *place;
    struct named last_doc;  /* of the reference before, where external */
    struct named named_doc; /* the last one that the text named */
    struct named of_kind[NAMED_KINDS]; /* ... of each kind */
    struct named text;      /* ... and the last whose clauses are cited */
    const char *text_end;   /* where it was spoken of last; NULL for nowhere */
    bool several_texts;     /* the sentence names another one, too */
    const char *last_end;   /* where that one ended */
    struct span part;       /* annex that the reference names */
    struct span outer;      /* item that those stand in: "b)" */
    struct span item;       /* items in the clause: "b) ii)" */
    struct span last_item;  /* ... and those that end a range */
    struct span last_part;  /* ... and the one before */
    struct span last_annex; /* that the one before is, of whatever text */
    struct span named_part; /* the last annex that the text named */
    struct named part_doc;  /* ... and the document that it is of */
    bool last_is_part;      /* the one before names no clause in it */
    unsigned doubt;         /* the document may be this one; or 0 */
    unsigned last_doubt;    /* ... that of the reference before */
    unsigned doubts;        /* so far */
    bool document_first;    /* it was named before what is cited of it */
    const struct named *topic; /* of a heading around: "Recommendation A.1" */
    struct node *topic_scope;  /* ... and what it is the heading of */
    const char *list_end;   /* of a list of places that may say of what; or NULL */
    size_t list_from;       /* ... its first reference */
    struct span list_kind;  /* ... and what the last is called: "section" */
    bool list_clauses;      /* ... none of them an annex or a table */
    const char *says;       /* what the reference says that the document is */
};

/* What comes next stands in another text. */
void reference_begin(struct citing *citing);
/* A ref, an rref, or an mref with several. False where it names nothing. */
bool reference_put(struct citing *citing, const struct finding *finding);

#endif
