/* Turns references inside a document into what they lead to: a bead. */
#ifndef CLAUSIER_TARGET_H
#define CLAUSIER_TARGET_H

#include <libxml/hash.h>

#include "align.h"

/* For one version: by eId the unit that speaks for the element. */
struct targets {
    const struct beads *beads;
    size_t version;
    xmlHashTablePtr units;
};

/* False where memory ran out. */
bool targets_open(struct targets *targets, const struct beads *beads,
                  size_t version);
void targets_close(struct targets *targets);

/* Adds what is the same in all versions where the references lead to the same
 * place: "bead 12" for "#sec_2", an IRI as it is. */
void targets_put(struct buf *out, const struct targets *targets,
                 struct span href);

#endif
