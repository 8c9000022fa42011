/* Trees in, records of terms of reference out: the calls that programs make. */
#include <stdlib.h>
#include <string.h>

#include "grammars.h"
#include "terms_json.h"
#include "terms_write.h"

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

static int read_tree(clausier_terms *terms, clausier_grammars *set,
                     xmlDocPtr tree, const char *file, struct diag *diag)
{
    struct units units;
    struct facts facts = { 0 };
    struct terms_list list = { 0 };
    struct scanner scanner;
    const struct grammar *grammar;
    int result = CLAUSIER_ENOMEM;

    diag->file = file;
    units_read(&units, tree);
    grammar = units.failed ? NULL : grammars_nearest(set, units.language, diag,
                                                     &result);
    if (grammar && scanner_open(&scanner, grammar, diag)) {
        facts_read(&facts, &units, &scanner);
        if (!facts.failed)
            terms_find(&list, &units, &facts, &scanner);
        scanner_close(&scanner);
        result = facts.failed || list.failed ||
                         !terms_json_add(terms->records, &list, &units, &facts,
                                         grammar, file)
                     ? CLAUSIER_ENOMEM : CLAUSIER_OK;
        if (result == CLAUSIER_OK)
            tell_mention(diag, &list, &units);
    } else if (grammar) {
        result = CLAUSIER_ENOMEM;
    }
    terms_free(&list);
    facts_free(&facts);
    units_free(&units);
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
    /* Grammars are compiled on first use, under a lock of their own. */
    for (size_t i = 0; i < count && result == CLAUSIER_OK; i++)
        result = trees[i] ? read_tree(*out,
                                      (clausier_grammars *)(uintptr_t)grammars,
                                      trees[i],
                                      options->files && options->files[i]
                                          ? options->files[i] : "", &diag)
                          : CLAUSIER_EARG;
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
    if (!writers[format](&out, terms->records))
        result = CLAUSIER_ENOMEM;
    else
        result = out.len && sink(user, out.at, out.len) ? CLAUSIER_EIO
                                                        : CLAUSIER_OK;
    buf_free(&out);
    return result;
}
