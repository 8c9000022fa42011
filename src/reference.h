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
    struct span near;         /* annex that the sentence named before */
    struct span around;       /* "Part 1", which the clause stands in */
    struct span words;        /* ... and what it is called, not the node */
    struct span item, last_item; /* "b) ii)"; those of a range: "a) to c)" */
    bool main;                /* the main body is meant, not the own annex */
    bool here;                /* "above", "of this annex": this document is */
    bool its;                 /* of the annex named before, or mere words */
    const char *says;         /* "recommendation": what the text calls itself */
    const char *holder; /* "report": what an annex says this document is */
    const struct named *doc;  /* NULL where this document is meant */
    const struct named *told; /* what `says` means, unless this is one, or NULL */
    const struct named *topic; /* what the text around is about, or NULL */
    const struct node *around_topic; /* all of that text, or NULL */
    const struct named *headed;   /* the paper named near, or by the heading */
    struct span headed_part;      /* ... and the annex of it */
    bool spoken; /* ... which "the document" before the reference means */
    const struct named *last_doc; /* of a range of documents */
    unsigned doubt;               /* whether it is: one number for those that
                                   * are cited together; 0 for none */
    bool apart;                   /* it was not named right before */
    bool beside; /* it was, and is not said to be what this is of */
    bool changed; /* by an instruction: it leads somewhere, or is words */
    bool unknown; /* ... of a text that has no name: it is words */
    bool quoted;  /* in one: it is of what that changes, or words */
    bool joined;  /* the part was named before a comma that parts sentences */
    bool told_so; /* in a quotation: it leads somewhere, or is words */
    bool whose;   /* "whose clause 2", and it is not known of what */
    bool law;     /* behind what is cited of a text of law in this sentence */
    bool bare;    /* "Q.5055": a Recommendation, where the text is of the ITU */
    bool tabled;  /* near what is said of an agenda: an item of that, maybe */
};

/* An annex, and the text that its title begins with. */
struct annexed {
    const struct node *attachment;
    const struct named *doc;
};

struct xrefs {
    struct xref *at;
    size_t count;
    struct name names[NAMES_MAX]; /* of annexes that no words tell to be some */
    struct node *annexes[NAMES_MAX]; /* ... and their attachments */
    size_t name_count;
    struct node *only_part;  /* the attachment, where there is no other */
    bool
        has_documents; /* among the attachments: decisions with their annexes */
    struct node *only_annex; /* ... called an annex */
    struct node *only_appendix; /* ... or an appendix */
    struct annexed *annexed;
    size_t annexed_count;
    const struct named *about; /* the one text that the title names, or NULL */
    const struct node *about_text; /* ... the last one that names one so */
    bool about_answered;           /* ... and that is what the letter answers */
    bool about_several;        /* it names more */
    bool remarked;             /* ... and says that this comments on it */
    const struct named *held;  /* the draft that the main body is, or NULL */
    struct arena arena;
};

void xrefs_free(struct xrefs *xrefs);

/* "The appendix", where there is no other; what else the words may mean
 * without a label is `otherwise`. */
struct node *xrefs_only(const struct xrefs *xrefs, struct scanner *scanner,
                        struct span words, struct node *otherwise);

struct citing;

/* A ref, an rref, or an mref with several. False where it names nothing. */
bool reference_put(struct citing *citing, const struct finding *finding);

#endif
