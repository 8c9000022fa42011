/* Turns an Akoma Ntoso tree, from whatever program, into the row of its
 * units: what a reader would point at, in reading order. */
#ifndef CLAUSIER_UNIT_H
#define CLAUSIER_UNIT_H

#include "clausier.h"
#include "tree.h"
#include "unit_text.h"

/* What a unit is in its document. Order is of no meaning. */
enum role {
    ROLE_PARAGRAPH,
    ROLE_CLAUSE, /* a clause without a heading: label and first paragraph */
    ROLE_HEADING,
    ROLE_ITEM,
    ROLE_NOTE,
    ROLE_FOOTNOTE,
    ROLE_ROW, /* of a table: its cells, joined by TAB */
    ROLE_CAPTION,
    ROLE_TOC,
    ROLE_FIELD, /* of the header; `field` names it */
    ROLE_LABEL, /* of an annex: "ANNEX 1" */
    ROLE_PARENT,
    ROLE_TITLE,
    ROLE_SALUTATION,
    ROLE_CLOSING,
    ROLE_SIGNATURE_NAME,
    ROLE_SIGNATURE_TITLE,
    ROLE_SIGNATURE, /* what else stands in one */
    ROLE_ENCLOSURE,
    ROLE_COUNT
};

/* The parts of a document: preface, body, conclusions, one per attachment. */
enum { PART_PREFACE, PART_BODY, PART_CONCLUSIONS, PART_ANNEX };

struct numerals;

struct part {
    int kind;         /* PART_* */
    struct span name; /* "preface", "annex 1" */
};

enum { NO_UNIT = -1 };

struct unit {
    const xmlNode *node;   /* the element that holds the text */
    const xmlNode *opens;  /* the clause or item that it is the first unit of,
                            * or NULL */
    const char *eid;       /* of the nearest element that has one, or "" */
    enum role role;
    struct span field;     /* "subject"; empty but for ROLE_FIELD */
    struct span label;     /* as typed: "1.1", "a)", "•"; may be empty */
    struct span key;       /* the label's value: "1-1", "a"; empty for none */
    struct span clause;    /* as people say it: "1.1", "2 a)"; may be empty */
    uint64_t path;         /* hash of part and keys; 0 where there is no key */
    struct span text;      /* white space made one space, notes left out */
    unsigned part;         /* in struct units */
    unsigned level;        /* depth below numbered things */
    int above;             /* the unit of the clause or item it is in */
    unsigned group;        /* by number: the list, field or section it is in */
    unsigned first_line, last_line; /* of the source; 0 for none */
    size_t first_byte, last_byte;   /* the last is the one behind */
    unsigned length;       /* of the text, in code points */
    size_t inlined, inlined_count;  /* in struct units */
};

struct units {
    struct unit *at;
    size_t count;
    struct part *parts;
    size_t part_count;
    struct inlined *inlined;
    size_t inlined_count;
    char language[12];     /* ISO 639-2: "fra"; "und" for none */
    char tag[36];          /* BCP 47: "fr" */
    const char *work;      /* IRI of the Work, or "" */
    bool marked;           /* clausier wrote the tree: its inlines are typed */
    struct arena arena;
    bool failed;
};

/* "item", "field-subject". */
void unit_put_role(struct buf *out, const struct unit *unit);

/* Adds the value of a label, which shows in itself how it counts: "2-1", "a". */
void unit_put_key(struct buf *out, struct span label,
                  const struct numerals *numerals);
/* Sets the lines and bytes that `node`, or what it stands in, comes from. */
void unit_read_place(struct unit *unit, const xmlNode *node);

/* Whether `unit` stands in the clause that `clause` is the first unit of. */
bool units_is_in(const struct units *units, size_t unit, size_t clause);
/* The first unit of one part in a row with `unit`, and the one behind the last. */
size_t units_part_start(const struct units *units, size_t unit);
size_t units_part_end(const struct units *units, size_t unit);

/* What the document says of itself, its language above all; then its units,
 * whose labels may be words of `numerals`. Both borrow from `doc`, which must
 * outlive the units. A failure sticks. */
void units_identify(struct units *units, xmlDocPtr doc);
void units_read(struct units *units, xmlDocPtr doc,
                const struct numerals *numerals);
void units_free(struct units *units);

#endif
