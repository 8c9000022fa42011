/* clausier check: runs the examples of grammars. */
#include "cmd.h"

#include <stdio.h>

static int check_one(const struct arguments *a, const char *only)
{
    struct listener l = { .arguments = a, .all = true };
    clausier_grammars *grammars;
    clausier_check_result counts;
    int result = load(&grammars, a, &l, only);

    if (result != CLAUSIER_OK)
        return EXIT_TROUBLE;
    result = clausier_grammars_check(&counts, grammars, report, &l);
    clausier_grammars_free(grammars);
    if (!a->quiet)
        printf("%s%s%zu rules, %zu examples, %zu failed\n", only ? only : "",
               only ? ": " : "", counts.rules, counts.examples,
               counts.failures);
    if (result == CLAUSIER_OK)
        return a->strict && l.warnings ? EXIT_FOUND : EXIT_FINE;
    if (result == CLAUSIER_ENOMEM)
        say(a, "%s", clausier_error_text(result));
    return counts.failures ? EXIT_FOUND : EXIT_TROUBLE;
}

int run_check(struct arguments *a)
{
    int status = EXIT_FINE;

    if (a->file_count == 0)
        return check_one(a, a->grammar);
    if (a->grammar) {
        say(a, "check: --grammar and the names of grammars exclude each other%s",
            "");
        return EXIT_TROUBLE;
    }
    for (int i = 0; i < a->file_count; i++) {
        int one = check_one(a, a->files[i]);

        status = one > status ? one : status;
    }
    return status;
}
