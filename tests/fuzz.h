/* How targets begin and end that need the grammars. */
#ifndef CLAUSIER_TESTS_FUZZ_H
#define CLAUSIER_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "clausier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    abort();
}

/* Loaded once for all inputs, and never given back. */
static inline const clausier_grammars *load_once(void)
{
    static clausier_grammars *grammars;
    clausier_load_options options = { .dir = CLAUSIER_TEST_GRAMMARS };

    if (!grammars && clausier_grammars_load(&grammars, &options) != CLAUSIER_OK)
        fail("the grammars cannot be loaded");
    return grammars;
}

#endif
