/* clausier align: versions of a document, unit by unit. */
#include "cmd.h"

static const struct format formats[] = {
    { "tsv", "tsv", CLAUSIER_BEADS_TSV },
    { "xml", "xml", CLAUSIER_ALIGNMENT_XML },
    { "tmx", "tmx", CLAUSIER_ALIGNMENT_TMX },
    { "xliff", "xlf", CLAUSIER_ALIGNMENT_XLIFF },
    { "xliff12", "xlf", CLAUSIER_ALIGNMENT_XLIFF12 },
    { "html", "html", CLAUSIER_ALIGNMENT_HTML },
};

int run_align(struct arguments *a)
{
    const struct format *format =
        choose_format(a, formats, sizeof formats / sizeof *formats);
    struct versions versions;
    int status = EXIT_TROUBLE;

    if (format && format->value == CLAUSIER_ALIGNMENT_XLIFF &&
        a->file_count > 2) {
        say(a, "XLIFF 2.1 holds two versions, not more; %s hold them all",
            "xliff12, tmx and html");
        return EXIT_TROUBLE;
    }
    if (format && read_versions(&versions, a)) {
        status = write_alignment(a, versions.alignment, format->value);
        free_versions(&versions);
    }
    return status;
}
