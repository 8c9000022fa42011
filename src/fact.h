/* Finds in units what is the same in every language: dates, times, numbers,
 * identifiers, addresses, names, references. */
#ifndef CLAUSIER_FACT_H
#define CLAUSIER_FACT_H

#include "grammar.h"
#include "unit.h"

enum fact_type {
    FACT_DATE,       /* "2012-05-09", a range "2012-01-10/2012-01-13" */
    FACT_TIME,       /* "14:30", "14:30/17:30" */
    FACT_NUMBER,     /* "3", "3.5", "2.2.3" */
    FACT_IDENTIFIER, /* "TSAG-TD12", "IMT-2020" */
    FACT_ACRONYM,    /* "ITU-T", aliases resolved */
    FACT_URL,
    FACT_EMAIL,
    FACT_NAME,
    FACT_REFERENCE,  /* the href: "#sec_2-1", an IRI */
    FACT_FOOTNOTE,   /* the marker */
    FACT_TYPES
};

const char *fact_name(enum fact_type type);

struct fact {
    enum fact_type type;
    struct span value;    /* canonical */
    struct span surface;  /* as typed; borrowed from the unit's text */
    unsigned unit;
    unsigned start, end;  /* bytes of the unit's text */
    bool soft;            /* a word for a number: it may confirm a fact of the
                           * other side and wants no confirmation itself */
    bool alias;           /* the value came out of an alias */
    bool loose;           /* of a reference that leads less far than it says */
};

/* The facts of all units in their order. */
struct facts {
    struct fact *at;
    size_t count;
    size_t *first;        /* by unit, and one more: where its facts begin */
    struct arena arena;
    bool failed;
};

/* `scanner` is of the grammar of the units' language. Borrows from `units`.
 * A failure sticks. */
void facts_read(struct facts *facts, const struct units *units,
                struct scanner *scanner);
void facts_free(struct facts *facts);

#endif
