/* Reads one version of a document out of its tree: its units and their facts. */
#ifndef CLAUSIER_ONE_VERSION_H
#define CLAUSIER_ONE_VERSION_H

#include "fact.h"
#include "unit.h"

struct version {
    struct units units;
    struct facts facts;
    bool wordless;       /* no grammar knows the language: shapes alone are read */
    char *file;          /* as the caller named it, or NULL; owned */
};

/* Borrows from `tree`, which must outlive the version. Returns a CLAUSIER_E*
 * code; what there is, is to be freed in any case. */
int version_read(struct version *version, const clausier_grammars *set,
                 xmlDocPtr tree, struct diag *diag);
void version_free(struct version *version);

#endif
