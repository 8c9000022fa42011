/* clausier align: versions of a document, pair by pair. */
#include "cmd.h"

#include <stdlib.h>

#include "save.h"

static const struct {
    const char *name;
    enum clausier_alignment_format format;
} formats[] = {
    { "tsv", CLAUSIER_BEADS_TSV },
};

static int write_out(const struct arguments *a, const clausier_alignment *al,
                     enum clausier_alignment_format format)
{
    struct save save;
    const char *path = a->output ? a->output : "-";
    int result, error;

    save_open(&save, path);
    result = clausier_alignment_write(al, format, save_bytes, &save);
    error = save_close(&save, result == CLAUSIER_OK);
    if (error)
        say_file(a, path, error);
    else if (result != CLAUSIER_OK)
        say(a, "%s", clausier_error_text(result));
    return error || result ? EXIT_TROUBLE : EXIT_FINE;
}

int run_align(struct arguments *a)
{
    struct listener l = { .arguments = a };
    clausier_grammars *grammars;
    xmlDocPtr trees[CLAUSIER_VERSIONS_MAX] = { 0 };
    clausier_alignment *al = NULL;
    int status = EXIT_TROUBLE, n = 0, result;

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
            status = write_out(a, al, formats[0].format);
        else
            say(a, "%s", clausier_error_text(result));
    }
    clausier_alignment_free(al);
    for (int i = 0; i < n; i++)
        xmlFreeDoc(trees[i]);
    clausier_grammars_free(grammars);
    return status;
}
