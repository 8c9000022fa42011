/* Aligns versions of a document: every unit of every version in one bead. */
#ifndef CLAUSIER_ALIGN_H
#define CLAUSIER_ALIGN_H

#include "pair.h"

enum order {
    ORDER_OK,
    ORDER_SWAPPED, /* with a neighbour */
    ORDER_INNER,   /* its own halves stand the other way round */
    ORDER_MOVED,
    ORDER_COUNT
};

const char *order_name(enum order order);

/* What the versions say in one place. */
struct bead {
    enum found found;
    float score;
    enum order order;
    size_t crossed; /* a number that all beads of one move share; 0 for none */
};

/* The units of one version in a bead: none, one, or some in a row. */
struct row {
    unsigned first, count;
};

struct beads {
    const struct version *versions; /* borrowed */
    size_t version_count;
    struct bead *at;                /* in reading order */
    size_t count;
    struct row *rows;               /* by bead and version */
    unsigned **bead_of;             /* by version and unit */
};

static inline const struct row *bead_row(const struct beads *beads, size_t bead,
                                         size_t version)
{
    return &beads->rows[bead * beads->version_count + version];
}

/* The first unit of a version in a bead, and the only one; NULL for none. */
const struct unit *bead_first(const struct beads *beads, size_t bead,
                              size_t version);
const struct unit *bead_only(const struct beads *beads, size_t bead,
                             size_t version);
/* The unit that speaks for a bead: of the first version that has one. */
const struct unit *bead_unit(const struct beads *beads, size_t bead);
const struct part *bead_part(const struct beads *beads, size_t bead);
/* "1-1", "2-1", "1-0-1". */
void bead_put_kind(struct buf *out, const struct beads *beads, size_t bead);

/* The same beads, whichever order the versions are given in; their order
 * follows the first. False where memory ran out. */
bool align_versions(struct beads *beads, const struct version *versions,
                    size_t count, bool exhaustive);
void beads_free(struct beads *beads);

#endif
