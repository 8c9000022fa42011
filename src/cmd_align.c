/* clausier align: versions of a document, unit by unit. */
#include "cmd.h"

static const struct format formats[] = {
    { "tsv", "tsv", CLAUSIER_BEADS_TSV },
};

int run_align(struct arguments *a)
{
    const struct format *format =
        choose_format(a, formats, sizeof formats / sizeof *formats);
    struct versions versions;
    int status = EXIT_TROUBLE;

    if (format && read_versions(&versions, a)) {
        status = write_alignment(a, versions.alignment, format->value);
        free_versions(&versions);
    }
    return status;
}
