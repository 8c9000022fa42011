/* Knows what one version says in a bead, as it is compared with what another
 * one says there. */
#ifndef CLAUSIER_SAID_H
#define CLAUSIER_SAID_H

#include "target.h"

/* A fact as it is compared: a range is its two ends. */
struct said {
    struct span key;
    enum fact_type family;
    const struct fact *fact;
    bool met; /* the other version says it, too */
};

struct sayings {
    struct targets targets; /* of the version */
    const struct row *row;  /* its units in the bead */
    struct said *at;        /* sorted, those that are equal side by side */
    size_t count;
    struct buf key;
    struct arena arena; /* for the keys of all beads */
    bool failed;
};

/* False where memory ran out; to be closed in any case. */
bool sayings_open(struct sayings *sayings, const struct beads *beads,
                  size_t version);
void sayings_close(struct sayings *sayings);
const struct version *sayings_version(const struct sayings *sayings);
/* What the version says in a bead, in place of what was there. False where
 * memory ran out. */
bool sayings_fill(struct sayings *sayings, size_t bead);

/* Notes what both say. */
void sayings_meet(struct sayings *a, struct sayings *b);
/* Whether the other version has it in other words, or it matters to none. */
bool sayings_cover(const struct sayings *other, const struct said *said);

/* Whether the other version has the number anywhere, as one of its own. */
bool sayings_say_number(const struct sayings *other, const struct said *said);

bool said_is_equal(const struct said *a, const struct said *b);
/* Of these a version that says one more says something else. */
bool said_is_hard(enum fact_type family);

#endif
