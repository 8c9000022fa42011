/* clausier tor: terms of reference, as records. */
#include "cmd.h"

#include <stdlib.h>

static const struct format formats[] = {
    { "json", "json", CLAUSIER_TERMS_JSON },
    { "ndjson", "ndjson", CLAUSIER_TERMS_NDJSON },
    { "xml", "xml", CLAUSIER_TERMS_XML },
    { "csv", "csv", CLAUSIER_TERMS_CSV },
    { "markdown", "md", CLAUSIER_TERMS_MARKDOWN },
};

static int write_terms(const void *terms, int format, clausier_sink *sink,
                       void *user)
{
    return clausier_terms_write(terms, (enum clausier_terms_format)format, sink,
                                user);
}

static int extract(struct arguments *a, const struct format *format,
                   const clausier_grammars *grammars, const xmlDocPtr *trees)
{
    struct listener l = { .arguments = a };
    clausier_terms_options options = {
        .files = (const char *const *)a->files, .report = report, .user = &l
    };
    clausier_terms *terms;
    int result = clausier_terms_extract(&terms, grammars, trees,
                                        (size_t)a->file_count, &options);
    int status;

    if (result != CLAUSIER_OK) {
        say_result(&l, result);
        return EXIT_TROUBLE;
    }
    status = write_result(&l, a->output ? a->output : "-", write_terms, terms,
                          format->value);
    if (status == EXIT_FINE && !clausier_terms_count(terms))
        status = EXIT_FOUND;
    clausier_terms_free(terms);
    return status;
}

int run_tor(struct arguments *a)
{
    struct listener l = { .arguments = a };
    const struct format *format =
        choose_format(a, formats, sizeof formats / sizeof *formats);
    clausier_grammars *grammars;
    xmlDocPtr *trees;
    int status = EXIT_TROUBLE, n = 0;

    if (!format || !has_files(a, "tor"))
        return EXIT_TROUBLE;
    if (load(&grammars, a, &l, a->grammar) != CLAUSIER_OK)
        return EXIT_TROUBLE;
    trees = calloc((size_t)a->file_count, sizeof(xmlDocPtr));
    if (!trees)
        say(a, "%s", clausier_error_text(CLAUSIER_ENOMEM));
    while (trees && n < a->file_count &&
           (trees[n] = read_tree(a, grammars, a->files[n], NULL)))
        n++;
    if (trees && n == a->file_count)
        status = extract(a, format, grammars, trees);
    while (n > 0)
        xmlFreeDoc(trees[--n]);
    free(trees);
    clausier_grammars_free(grammars);
    return status;
}
