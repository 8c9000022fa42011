/* What the files share that pair the units of two versions: pair.c goes round
 * by round, path.c finds the best path of each, anchor.c the way through a
 * large table, settle.c mends what the paths left; parts.c knows which annex is
 * which, vote.c asks what was paired, evidence.c weighs a pair, side.c keeps what
 * has none yet. */
#ifndef CLAUSIER_PAIRING_H
#define CLAUSIER_PAIRING_H

#include "pair.h"

/* What is looked at: the units of both that have no counterpart yet. */
struct side {
    const struct version *version;
    unsigned *unit;  /* their indices, ascending */
    size_t count;
};

struct pairing {
    const struct version *a, *b;
    enum words words;
    struct keys facts[2], texts[2];
    double ratio;      /* length of b per length of a */
    int *part_of;      /* part of a: the part of b that is the same, or -1 */
    struct side rows, cols;
    int *home[2];      /* by unit: the heading without a number above it */
    int *partner;      /* by unit of a: the one of b; these three are NULL
                        * until headings have their counterparts */
    bool crossing;     /* in a later round */
    bool failed;
};

/* The evidence for one pair, each kind by itself. */
struct evidence {
    float part, label, role, fact, text, length, place;
};

/* What two units have in common: the weights of it. */
struct common {
    float facts, words;
};

struct anchor {
    size_t row, col;
    float weight;
};

/* How many links say that a home of one version is that of the other. */
struct vote {
    int a, b;
    unsigned count;
};

/* The vote that has most for a home of one version; NULL where another has as
 * many. */
struct lead {
    const struct vote *vote;
    unsigned most;
};

struct votes {
    struct vote *at;
    size_t count;
    struct lead *a, *b; /* by home */
};

/* side.c */
/* All units of both versions are open; false where memory ran out. */
bool sides_open(struct pairing *p);
void sides_take_all(struct pairing *p);
/* Takes out what has a counterpart; false where memory ran out. */
bool sides_drop(struct pairing *p, const struct links *links);
void sides_free(struct pairing *p);

/* evidence.c */
/* What unit i of the rows and unit j of the columns share. */
struct common evidence_share(const struct pairing *p, size_t i, size_t j);
/* What speaks for units i..i+rows-1 and j..j+cols-1 as a pair, `common` being
 * what they share. */
struct evidence evidence_weigh(const struct pairing *p, size_t i, size_t rows,
                               size_t j, size_t cols,
                               const struct common *common);
float evidence_sum(const struct evidence *evidence);
/* Whether unit a of the one and b of the other stand below headings that have
 * counterparts, but others. */
bool evidence_are_strangers(const struct pairing *p, unsigned a, unsigned b);
/* Whether `count` units of a side up to `last` may be one, at what cost. */
bool evidence_may_merge(const struct side *side, size_t last, size_t count,
                        float *cost);
/* Adds the link of the pair, with its strongest evidence. */
void evidence_link(struct pairing *p, struct links *links, size_t i,
                   size_t rows, size_t j, size_t cols);

/* anchor.c */
/* Pairs of what is once in each version, such as go down and right all the
 * time; to be freed. NULL where there are none or memory ran out. */
struct anchor *anchor_chain(struct pairing *p, size_t *count);

/* path.c */
/* Links what the best path through the table of all pairs pairs. */
void path_take(struct pairing *p, struct links *links, bool exhaustive);

/* parts.c */
/* Finds by name which parts are the same; false where memory ran out. */
bool parts_open(struct pairing *p);
/* Whether what has found its counterpart says that annexes are others. */
bool parts_move(struct pairing *p, const struct links *links);

/* vote.c */
/* Whether more than numbers, looks and places speaks for a link. */
bool vote_is_cast(const struct link *link);
/* Counts what the links of `home`, by unit of each version, say; NO_UNIT has
 * no vote. To be freed in any case; false where memory ran out. */
bool votes_open(struct votes *votes, struct pairing *p,
                const struct links *links, int *const home[2]);
void votes_free(struct votes *votes);
/* Whether both have most votes for each other. */
bool votes_agree(const struct votes *votes, const struct vote *vote);

/* settle.c */
/* Links what is left between neighbours that belong together. */
void settle_neighbours(struct pairing *p, struct links *links);
/* Pairs headings without numbers by what stands below them, and that anew where
 * it was paired with strangers. */
void settle_headings(struct pairing *p, struct links *links);

static inline const struct unit *pairing_row(const struct pairing *p, size_t i)
{
    return &p->a->units.at[p->rows.unit[i]];
}

static inline const struct unit *pairing_col(const struct pairing *p, size_t j)
{
    return &p->b->units.at[p->cols.unit[j]];
}

#endif
