/* Finds what a reviser needs to know about aligned versions. */
#ifndef CLAUSIER_DIFF_H
#define CLAUSIER_DIFF_H

#include "align.h"

enum diff_code {
    DIFF_MISSING,       /* units of the first version that others lack */
    DIFF_ADDED,         /* units that the first version lacks */
    DIFF_RENUMBERED,
    DIFF_MOVED,
    DIFF_SWAPPED,       /* with a neighbour, or two halves of one thing */
    DIFF_MERGED,        /* fewer units than in the first version */
    DIFF_SPLIT,         /* more */
    DIFF_FACT,          /* a fact that the versions give differently */
    DIFF_CONTRADICTION, /* of a version with itself */
    DIFF_TEXT,          /* other words, in versions in one language */
    DIFF_UNTRANSLATED,  /* the same words, in versions in two */
    DIFF_CODES
};

const char *diff_code_name(enum diff_code code);
const char *diff_level_name(enum clausier_level level);

/* Units of one version, or a part of the text of the first. */
struct diff_place {
    unsigned version;
    unsigned unit, unit_end; /* the one behind; more than one for a run */
    unsigned start, end;     /* bytes of the text of `unit`; equal for none */
    struct span value;       /* canonical, of a fact; may be empty */
};

struct diff {
    char id[11];             /* "d-1f2e3d4c", the same for the same thing */
    enum diff_code code;
    enum clausier_level level; /* CLAUSIER_NOTE stands for info */
    int type;                /* enum fact_type, or FACT_TYPES for none */
    size_t bead, bead_end;   /* the one behind the last of a run */
    struct diff_place *places; /* in order of the versions */
    size_t place_count;
    unsigned lacking;        /* a bit for each version that lacks the fact */
    struct span reason;      /* one sentence without a full stop */
    bool inner;              /* swapped within one bead */
    bool hidden;             /* below the level asked for, or ignored */
};

struct diffs {
    const struct beads *beads;
    bool revision;           /* all versions are in one language */
    struct diff *at;         /* in order of their beads */
    size_t count;
    struct arena arena;
    bool failed;
};

/* Borrows from `beads`. A failure sticks. */
void diffs_find(struct diffs *diffs, const struct beads *beads, bool revision);
void diffs_free(struct diffs *diffs);

/* The text of a place as it stands in its version: the part, or the whole
 * unit. Borrowed. */
struct span diff_text(const struct diffs *diffs,
                      const struct diff_place *place);

/* ---- between the files that find differences --------------------------------- */

/* Opens a record; NULL after a failure. What it returns is good until the
 * next call. */
struct diff *diff_add(struct diffs *diffs, enum diff_code code,
                      enum clausier_level level, size_t bead);
void diff_add_place(struct diffs *diffs, struct diff *diff,
                    struct diff_place place);

/* diff_order.c: what is missing, added, renumbered, moved, merged, split. */
void diff_order(struct diffs *diffs);
/* diff_facts.c: facts that differ between the versions of a bead. */
void diff_facts(struct diffs *diffs);
/* diff_crossed.c: neighbours that have each other's texts. */
void diff_crossed(struct diffs *diffs);
/* diff_untranslated.c: texts that are in one language in versions of two. */
void diff_untranslated(struct diffs *diffs);
/* diff_words.c: words that differ, in versions in one language. */
void diff_words(struct diffs *diffs);
/* diff_self.c: versions that contradict themselves. */
void diff_self(struct diffs *diffs);
/* diff_reason.c: says why, in English. */
void diff_reason(struct buf *out, const struct diffs *diffs,
                 const struct diff *diff);

#endif
