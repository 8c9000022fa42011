/* The way of a document through the house, and the rest of the interface. */
#include "clausier.h"

#include <stdlib.h>
#include <string.h>

#include "akn.h"
#include "alike.h"
#include "captioned.h"
#include "diag.h"
#include "drawn.h"
#include "footnote.h"
#include "grammar.h"
#include "identify.h"
#include "ids.h"
#include "lines.h"
#include "mark.h"
#include "meta.h"
#include "page.h"
#include "parse.h"
#include "residue.h"
#include "text.h"
#include "tongue.h"
#include "write.h"
#include "xref.h"

/* The words of the first pages tell the language. */
enum { SAMPLE = 3000 };

static const struct grammar *choose_grammar(clausier_grammars *set,
                                            const clausier_options *options,
                                            const struct lines *lines,
                                            struct diag *diag, int *result)
{
    const struct grammar *grammar = NULL;
    struct buf sample = { 0 };
    struct span words;

    if (options->language) {
        grammar = grammars_for(set, options->language, diag, result);
        if (grammar && grammar->wordless)
            diag_say(diag, CLAUSIER_NOTE, (struct place){ 0 },
                     "language-wordless",
                     "there is no grammar for the language \"%s\": only shapes "
                     "and dates are recognized", options->language);
        return grammar;
    }
    words = lines_sample(&sample, lines, 0, lines->count, SAMPLE);
    if (sample.failed)
        *result = CLAUSIER_ENOMEM;
    else
        grammar = grammars_detect(set, words, diag, result);
    buf_free(&sample);
    if (grammar && grammar->wordless && !lines->count)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "no-text",
                 "there is no text");
    else if (grammar && grammar->wordless && strcmp(grammar->tag, "und") != 0)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 },
                 "language-wordless",
                 "the text seems to be in a language without a grammar (%s): "
                 "only shapes and dates are recognized",
                 grammar->tag);
    else if (grammar && grammar->wordless)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 },
                 "language-undetermined",
                 "the text is in none of the languages that there are grammars "
                 "for; only shapes are recognized (with --lang, such as de or "
                 "pt, the names of its months, too)");
    return grammar;
}

/* mainBody may not be empty. */
static void fill_body(struct draft *draft, struct node *doc)
{
    struct node *body = draft_child(doc, "mainBody");
    struct node *all = draft_child(doc, "attachments");

    if (body && !body->children)
        draft_add(draft, body, "p");
    for (struct node *a = all ? all->children : NULL; a; a = a->next)
        fill_body(draft, draft_child(a, "doc"));
}

static int build(struct draft *draft, struct lines *lines,
                 const struct grammar *grammar, clausier_grammars *set,
                 struct diag *diag, const clausier_options *options)
{
    struct scanner scanner;
    struct xrefs xrefs = { 0 };
    struct ids ids = { 0 };
    struct identity identity;

    if (!scanner_open(&scanner, grammar, diag))
        return CLAUSIER_ENOMEM;
    if (lines->count)
        scanner_expect(&scanner, lines->at[lines->count - 1].origin.to);
    for (size_t i = 0; grammar->variant_count && i < lines->count; i++)
        scanner_find_variants(&scanner, lines->at[i].text);
    draft->failed |= drawn_take(lines, &scanner) != CLAUSIER_OK ||
                     residue_take(lines, &scanner) != CLAUSIER_OK ||
                     page_take(lines, &scanner) != CLAUSIER_OK ||
                     captioned_take(lines, &scanner) != CLAUSIER_OK ||
                     alike_take(lines, &scanner) != CLAUSIER_OK ||
                     footnote_take(lines, &scanner) != CLAUSIER_OK ||
                     tongue_mark(lines, grammar, set, diag) != CLAUSIER_OK;
    if (!draft->failed)
        parse(draft, lines, &scanner, options->explain, options->explain_user);
    lines_drop(lines);
    if (!draft->failed)
        fill_body(draft, draft->root->children);
    mark_texts(&xrefs, draft, &scanner);
    identify(&identity, draft, &scanner, options->date);
    ids_assign(&ids, draft, diag);
    xref_bind(&xrefs, draft, &ids, &identity, &scanner);
    xrefs_free(&xrefs);
    ids_free(&ids);
    ids_number_references(draft);
    meta_write(&identity, draft, &scanner, lines);
    draft->failed |= !scanner_close(&scanner);
    return draft->failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}

static bool is_date(const char *text)
{
    int good = 0;

    if (strlen(text) != 10)
        return false;
    for (int i = 0; i < 10; i++)
        good += i == 4 || i == 7 ? text[i] == '-' : is_digit(text[i]);
    return good == 10 && number_is_date((unsigned)atoi(text),
                                        (unsigned)atoi(text + 5),
                                        (unsigned)atoi(text + 8));
}

/* The way of a text up to the tree; `draft` is open, and stays so. */
static int read_text(struct draft *draft, const clausier_grammars *grammars,
                     struct span text, const clausier_options *options)
{
    struct lines lines = { 0 };
    struct diag diag = { options->report, options->user, options->file, { 0 } };
    const struct grammar *grammar;
    clausier_grammars *set;
    int result;

    if (options->date && !is_date(options->date)) {
        diag_say(&diag, CLAUSIER_ERROR, (struct place){ 0 }, "date-invalid",
                 "\"%s\" is not a date of the form YYYY-MM-DD",
                 options->date);
        return CLAUSIER_EARG;
    }
    result = text_read(&lines, text, options->encoding, &diag);
    /* Grammars are compiled on first use, under a lock of their own. */
    if (result == CLAUSIER_OK) {
        set = (clausier_grammars *)(uintptr_t)grammars;
        grammar = choose_grammar(set, options, &lines, &diag, &result);
        if (grammar)
            result = build(draft, &lines, grammar, set, &diag, options);
    }
    lines_free(&lines);
    return result;
}

static const clausier_options defaults;

int clausier_document_convert(xmlDocPtr *out, const clausier_grammars *grammars,
                              const void *bytes, size_t length,
                              const clausier_options *options)
{
    struct draft draft;
    int result;

    if (!out)
        return CLAUSIER_EARG;
    *out = NULL;
    if (!grammars || (!bytes && length))
        return CLAUSIER_EARG;
    draft_open(&draft);
    result = read_text(&draft, grammars, (struct span){ bytes, length },
                       options ? options : &defaults);
    if (result == CLAUSIER_OK) {
        *out = draft_tree(&draft);
        result = *out ? CLAUSIER_OK : CLAUSIER_ENOMEM;
    }
    draft_free(&draft);
    return result;
}

static bool is_xml(const void *bytes, size_t length)
{
    return bytes && length <= INT32_MAX &&
           akn_is((struct span){ bytes, length });
}

int clausier_document_read(xmlDocPtr *out, const clausier_grammars *grammars,
                           const void *bytes, size_t length,
                           const clausier_options *options)
{
    struct diag diag = { 0 };

    if (!out)
        return CLAUSIER_EARG;
    *out = NULL;
    if (!is_xml(bytes, length))
        return clausier_document_convert(out, grammars, bytes, length, options);
    if (options)
        diag = (struct diag){
            options->report, options->user, options->file, { 0 }
        };
    return akn_read(out, (struct span){ bytes, length }, &diag);
}

int clausier_document_stream(const clausier_grammars *grammars,
                             const void *bytes, size_t length,
                             const clausier_options *options,
                             clausier_sink *sink, void *user)
{
    struct draft draft;
    xmlDocPtr tree = NULL;
    int result;

    if (!grammars || (!bytes && length) || !sink)
        return CLAUSIER_EARG;
    if (is_xml(bytes, length)) {
        result =
            clausier_document_read(&tree, grammars, bytes, length, options);
        if (result == CLAUSIER_OK)
            result = clausier_tree_stream(tree, sink, user);
        xmlFreeDoc(tree);
        return result;
    }
    draft_open(&draft);
    result = read_text(&draft, grammars, (struct span){ bytes, length },
                       options ? options : &defaults);
    if (result == CLAUSIER_OK)
        result = write_draft(&draft, sink, user);
    draft_free(&draft);
    return result;
}

void clausier_text_free(char *text)
{
    free(text);
}

const char *clausier_error_text(int code)
{
    switch (code) {
    case CLAUSIER_OK: return "no error";
    case CLAUSIER_ENOMEM: return "memory ran out";
    case CLAUSIER_EARG: return "an argument makes no sense";
    case CLAUSIER_EIO: return "a file could not be read or written";
    case CLAUSIER_EGRAMMAR: return "a grammar is wrong";
    case CLAUSIER_EINPUT: return "the input cannot be read as text";
    default: return "unknown error";
    }
}

const char *clausier_version(void)
{
    return CLAUSIER_VERSION;
}
