/* What the files behind clausier_alignment share. */
#ifndef CLAUSIER_ALIGNMENT_H
#define CLAUSIER_ALIGNMENT_H

#include "diff.h"

struct clausier_alignment {
    struct version *versions;
    size_t count;
    struct beads beads;
    struct diffs diffs;
    bool revision; /* all versions are in one language */
};

#endif
