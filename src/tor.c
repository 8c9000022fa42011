/* Trees in, records of terms of reference out: the calls that programs make. */
#include <stdint.h>
#include <stdlib.h>

#include "grammars.h"
#include "sink.h"
#include "terms_json.h"
#include "terms_write.h"
#include "version.h"

struct clausier_terms {
    json_t *records;
};

/* A document that only speaks of terms of reference is told apart from one
 * that never does. */
static void tell_mention(struct diag *diag, const struct terms_list *list,
                         const struct units *units)
{
    const struct unit *unit;

    if (list->count)
        return;
    if (list->mention == NO_UNIT) {
        diag_say(diag, CLAUSIER_NOTE, (struct place){ 0 }, "no-terms",
                 "there are no terms of reference here");
        return;
    }
    unit = &units->at[list->mention];
    diag_say(diag, CLAUSIER_NOTE, (struct place){ .line = unit->first_line },
             "no-terms", "this speaks of terms of reference, but gives those "
             "of no group: \"%.*s%s%.*s\"", (int)unit->label.len,
             unit->label.at ? unit->label.at : "", unit->label.len ? " " : "",
             (int)unit->text.len, unit->text.at);
}

static int add_terms(clausier_terms *terms, const struct version *version,
                     const struct grammar *grammar, struct diag *diag)
{
    struct terms_list list = { 0 };
    struct scanner scanner;
    bool done;

    if (!scanner_open(&scanner, grammar, diag))
        return CLAUSIER_ENOMEM;
    terms_find(&list, &version->units, &version->facts, &scanner);
    list.failed |= !scanner_close(&scanner);
    done = !list.failed &&
           terms_json_add(terms->records, &list, &version->units,
                          &version->facts, grammar, diag->file);
    if (done)
        tell_mention(diag, &list, &version->units);
    terms_free(&list);
    return done ? CLAUSIER_OK : CLAUSIER_ENOMEM;
}

static int read_tree(clausier_terms *terms, const clausier_grammars *grammars,
                     xmlDocPtr tree, struct diag *diag)
{
    struct version version = { 0 };
    const struct grammar *grammar = NULL;
    int result = version_read(&version, grammars, tree, diag);

    if (result == CLAUSIER_OK)
        grammar = grammars_nearest((clausier_grammars *)(uintptr_t)grammars,
                                   version.units.language, diag, &result);
    if (grammar)
        result = add_terms(terms, &version, grammar, diag);
    version_free(&version);
    return result;
}

int clausier_terms_extract(clausier_terms **out,
                           const clausier_grammars *grammars,
                           const xmlDocPtr *trees, size_t count,
                           const clausier_terms_options *options)
{
    static const clausier_terms_options defaults;
    struct diag diag = { 0 };
    int result = CLAUSIER_OK;

    if (!out)
        return CLAUSIER_EARG;
    *out = NULL;
    if (!grammars || !trees || !count)
        return CLAUSIER_EARG;
    if (!options)
        options = &defaults;
    diag = (struct diag){ options->report, options->user, NULL, { 0 } };
    *out = calloc(1, sizeof **out);
    if (*out)
        (*out)->records = json_array();
    if (!*out || !(*out)->records)
        result = CLAUSIER_ENOMEM;
    for (size_t i = 0; i < count && result == CLAUSIER_OK; i++) {
        diag.file = options->files && options->files[i] ? options->files[i] : "";
        result = trees[i] ? read_tree(*out, grammars, trees[i], &diag)
                          : CLAUSIER_EARG;
    }
    if (result != CLAUSIER_OK) {
        clausier_terms_free(*out);
        *out = NULL;
    }
    return result;
}

void clausier_terms_free(clausier_terms *terms)
{
    if (!terms)
        return;
    json_decref(terms->records);
    free(terms);
}

size_t clausier_terms_count(const clausier_terms *terms)
{
    return terms ? json_array_size(terms->records) : 0;
}

int clausier_terms_write(const clausier_terms *terms,
                         enum clausier_terms_format format, clausier_sink *sink,
                         void *user)
{
    static bool (*const writers[])(struct buf *, const json_t *) = {
        [CLAUSIER_TERMS_JSON] = terms_write_json,
        [CLAUSIER_TERMS_NDJSON] = terms_write_ndjson,
        [CLAUSIER_TERMS_XML] = terms_write_xml,
        [CLAUSIER_TERMS_CSV] = terms_write_csv,
        [CLAUSIER_TERMS_MARKDOWN] = terms_write_markdown,
    };
    struct buf out = { 0 };
    int result;

    if (!terms || !sink || (size_t)format >= sizeof writers / sizeof *writers)
        return CLAUSIER_EARG;
    result = writers[format](&out, terms->records)
                 ? sink_take(sink, user, &out) : CLAUSIER_ENOMEM;
    buf_free(&out);
    return result;
}
