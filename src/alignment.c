/* Versions in, alignment out: the calls that programs make. */
#include "alignment.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

#include "alignment_xml.h"
#include "kin.h"
#include "records.h"
#include "report.h"
#include "sink.h"
#include "stylesheet.h"
#include "table.h"

/* "zh" and "zh-Hant" are one language, and two versions: all words differ. */
static bool are_of_one_script(const struct units *a, const struct units *b)
{
    char script[2][ULOC_SCRIPT_CAPACITY] = { "", "" };
    const struct units *units[] = { a, b };

    for (int i = 0; i < 2; i++) {
        char full[ULOC_FULLNAME_CAPACITY];
        UErrorCode status = U_ZERO_ERROR;

        uloc_addLikelySubtags(units[i]->tag, full, sizeof full, &status);
        if (U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING)
            uloc_getScript(full, script[i], sizeof script[i], &status);
        if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
            return true;
    }
    return strcmp(script[0], script[1]) == 0;
}

static bool is_revision(const struct version *versions, size_t count)
{
    const struct units *first = &versions[0].units;

    for (size_t v = 1; v < count; v++)
        if (strcmp(versions[v].units.language, first->language) != 0 ||
            !are_of_one_script(first, &versions[v].units) ||
            (strcmp(first->language, "und") == 0 &&
             !kin_are_revisions(first, &versions[v].units)))
            return false;
    return true;
}

enum { SMALL = 8, LITTLE = 3 };

/* How many units of a version have found something in the first one. */
static size_t count_paired(const struct beads *beads, size_t version)
{
    size_t count = 0;

    for (size_t i = 0; i < beads->count; i++)
        if (bead_row(beads, i, 0)->count)
            count += bead_row(beads, i, version)->count;
    return count;
}

/* Who gives a wrong file sees hundreds of differences, and not why. */
static void warn_of_strangers(const clausier_alignment *a, struct diag *diag)
{
    size_t first = a->versions[0].units.count;

    for (size_t v = 1; v < a->count; v++) {
        size_t units = a->versions[v].units.count;
        size_t fewer = units < first ? units : first;

        if (fewer < SMALL || count_paired(&a->beads, v) > fewer / LITTLE)
            continue;
        diag->file = a->versions[v].file;
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "unlike",
                 "hardly anything goes with %s: are they versions of one "
                 "document?", a->versions[0].file);
    }
}

static int fill(clausier_alignment *a, const clausier_grammars *set,
                const xmlDocPtr *trees, const clausier_align_options *options)
{
    struct diag diag = { options->report, options->user, NULL, { 0 } };
    int result = CLAUSIER_OK;

    for (size_t v = 0; v < a->count && result == CLAUSIER_OK; v++) {
        const char *file = options->files ? options->files[v] : "";

        a->versions[v].file = strdup(file ? file : "");
        diag.file = file;
        result = a->versions[v].file ? version_read(&a->versions[v], set,
                                                    trees[v], &diag)
                                     : CLAUSIER_ENOMEM;
    }
    if (result != CLAUSIER_OK)
        return result;
    a->revision = is_revision(a->versions, a->count);
    if (!align_versions(&a->beads, a->versions, a->count, options->exhaustive))
        return CLAUSIER_ENOMEM;
    warn_of_strangers(a, &diag);
    diffs_find(&a->diffs, &a->beads, a->revision);
    return a->diffs.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}

int clausier_alignment_make(clausier_alignment **out,
                            const clausier_grammars *grammars,
                            const xmlDocPtr *trees, size_t count,
                            const clausier_align_options *options)
{
    static const clausier_align_options defaults;
    clausier_alignment *a;
    int result;

    if (!out)
        return CLAUSIER_EARG;
    *out = NULL;
    if (!grammars || !trees || count < 2 || count > CLAUSIER_VERSIONS_MAX)
        return CLAUSIER_EARG;
    for (size_t v = 0; v < count; v++)
        if (!trees[v])
            return CLAUSIER_EARG;
    a = calloc(1, sizeof *a);
    if (!a)
        return CLAUSIER_ENOMEM;
    a->count = count;
    a->versions = calloc(count, sizeof *a->versions);
    result = a->versions ? fill(a, grammars, trees,
                                options ? options : &defaults)
                         : CLAUSIER_ENOMEM;
    if (result != CLAUSIER_OK) {
        clausier_alignment_free(a);
        return result;
    }
    *out = a;
    return CLAUSIER_OK;
}

void clausier_alignment_free(clausier_alignment *a)
{
    if (!a)
        return;
    diffs_free(&a->diffs);
    beads_free(&a->beads);
    for (size_t v = 0; a->versions && v < a->count; v++)
        version_free(&a->versions[v]);
    free(a->versions);
    free(a);
}

void clausier_alignment_limit(clausier_alignment *a, enum clausier_level level)
{
    for (size_t i = 0; a && i < a->diffs.count; i++)
        a->diffs.at[i].hidden |= a->diffs.at[i].level < level;
}

int clausier_alignment_ignore(clausier_alignment *a, const char *id)
{
    int found = 0;

    for (size_t i = 0; a && id && i < a->diffs.count; i++)
        if (strcmp(a->diffs.at[i].id, id) == 0)
            found = a->diffs.at[i].hidden = true;
    return found;
}

size_t clausier_alignment_differences(const clausier_alignment *a)
{
    size_t count = 0;

    for (size_t i = 0; a && i < a->diffs.count; i++)
        count += !a->diffs.at[i].hidden;
    return count;
}

/* ---- writing ---------------------------------------------------------------- */

/* A format is a text, or XML, or what a stylesheet makes of that. */
enum { PLAIN_XML = -1 };

static const struct {
    bool (*write)(struct buf *out, const clausier_alignment *a);
    int stylesheet; /* or PLAIN_XML; where there is no `write` */
    size_t versions_max;
} formats[] = {
    [CLAUSIER_BEADS_TSV] = { .write = table_beads },
    [CLAUSIER_DIFFERENCES_TEXT] = { .write = report_write },
    [CLAUSIER_DIFFERENCES_COLOR] = { .write = report_write_color },
    [CLAUSIER_DIFFERENCES_JSON] = { .write = records_write },
    [CLAUSIER_DIFFERENCES_TSV] = { .write = table_differences },
    [CLAUSIER_ALIGNMENT_XML] = { .stylesheet = PLAIN_XML },
    [CLAUSIER_ALIGNMENT_TMX] = { .stylesheet = STYLESHEET_TMX },
    [CLAUSIER_ALIGNMENT_XLIFF] = { .stylesheet = STYLESHEET_XLIFF,
                                   .versions_max = 2 },
    [CLAUSIER_ALIGNMENT_XLIFF12] = { .stylesheet = STYLESHEET_XLIFF12 },
    [CLAUSIER_ALIGNMENT_HTML] = { .stylesheet = STYLESHEET_HTML },
};

static int write_xml(const clausier_alignment *a, int stylesheet,
                     clausier_sink *sink, void *user)
{
    xmlDocPtr doc = alignment_xml(a);
    struct buf out = { 0 };
    int result;

    if (!doc)
        return CLAUSIER_ENOMEM;
    if (stylesheet == PLAIN_XML) {
        result = clausier_tree_stream(doc, sink, user);
    } else {
        result = stylesheet_apply(&out, doc, (enum stylesheet)stylesheet);
        if (result == CLAUSIER_OK)
            result = sink_take(sink, user, &out);
    }
    buf_free(&out);
    xmlFreeDoc(doc);
    return result;
}

static int write_text(const clausier_alignment *a,
                      bool (*write)(struct buf *, const clausier_alignment *),
                      clausier_sink *sink, void *user)
{
    struct buf out = { 0 };
    int result = write(&out, a) ? sink_take(sink, user, &out)
                                : CLAUSIER_ENOMEM;

    buf_free(&out);
    return result;
}

int clausier_alignment_write(const clausier_alignment *a,
                             enum clausier_alignment_format format,
                             clausier_sink *sink, void *user)
{
    if (!a || !sink || (size_t)format >= sizeof formats / sizeof *formats)
        return CLAUSIER_EARG;
    if (formats[format].versions_max && a->count > formats[format].versions_max)
        return CLAUSIER_EARG;
    if (formats[format].write)
        return write_text(a, formats[format].write, sink, user);
    return write_xml(a, formats[format].stylesheet, sink, user);
}
