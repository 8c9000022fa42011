/* clausier align: versions of a document, pair by pair. */
#include "cmd.h"

static const struct format formats[] = {
    { "tsv", "tsv", CLAUSIER_BEADS_TSV },
};

static int write_alignment(const void *alignment, int format,
                           clausier_sink *sink, void *user)
{
    return clausier_alignment_write(
        alignment, (enum clausier_alignment_format)format, sink, user);
}

int run_align(struct arguments *a)
{
    struct listener l = { .arguments = a };
    const struct format *format =
        choose_format(a, formats, sizeof formats / sizeof *formats);
    clausier_grammars *grammars;
    xmlDocPtr trees[CLAUSIER_VERSIONS_MAX] = { 0 };
    clausier_alignment *al = NULL;
    int status = EXIT_TROUBLE, n = 0, result;

    if (!format)
        return EXIT_TROUBLE;
    if (a->file_count < 2) {
        say(a, "align: two files or more are wanted%s", "");
        return EXIT_TROUBLE;
    }
    if (load(&grammars, a, &l, a->grammar, true) != CLAUSIER_OK)
        return EXIT_TROUBLE;
    while (n < a->file_count && n < CLAUSIER_VERSIONS_MAX &&
           (trees[n] = read_tree(a, grammars, a->files[n])))
        n++;
    if (n == a->file_count) {
        clausier_align_options options = {
            .files = (const char *const *)a->files, .report = report,
            .user = &l
        };

        result = clausier_alignment_make(&al, grammars, trees, (size_t)n,
                                         &options);
        if (result == CLAUSIER_OK)
            status = write_result(a, a->output ? a->output : "-",
                                  write_alignment, al, format->value);
        else
            say(a, "%s", clausier_error_text(result));
    }
    clausier_alignment_free(al);
    for (int i = 0; i < n; i++)
        xmlFreeDoc(trees[i]);
    clausier_grammars_free(grammars);
    return status;
}
