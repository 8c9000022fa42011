/* Reads one version of a document out of its tree: its units and their facts. */
#include "version.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int version_read(struct version *version, const clausier_grammars *set,
                 xmlDocPtr tree, struct diag *diag)
{
    const struct grammar *grammar;
    struct scanner scanner;
    int result = CLAUSIER_OK;

    units_identify(&version->units, tree);
    /* Grammars are compiled on first use, under a lock of their own. */
    grammar = grammars_nearest((clausier_grammars *)(uintptr_t)set,
                               version->units.language, diag, &result);
    if (!grammar)
        return result;
    version->wordless = grammar->wordless;
    units_read(&version->units, tree, &grammar->numerals);
    if (version->units.failed)
        return CLAUSIER_ENOMEM;
    if (!scanner_open(&scanner, grammar, diag))
        return CLAUSIER_ENOMEM;
    facts_read(&version->facts, &version->units, &scanner);
    version->facts.failed |= !scanner_close(&scanner);
    return version->facts.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}

void version_free(struct version *version)
{
    facts_free(&version->facts);
    units_free(&version->units);
    free(version->file);
}
