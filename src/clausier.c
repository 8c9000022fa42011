/* The way of a document through the house, and the rest of the interface. */
#include "clausier.h"

#include <libxml/xmlsave.h>
#include <stdlib.h>
#include <string.h>

#include "akn.h"
#include "diag.h"
#include "grammar.h"
#include "identify.h"
#include "ids.h"
#include "lines.h"
#include "mark.h"
#include "parse.h"
#include "residue.h"
#include "text.h"
#include "tree.h"
#include "xref.h"

/* The words of the first pages tell the language. */
enum { SAMPLE = 3000 };

static struct span sample_of(const struct lines *lines, struct buf *text)
{
    for (size_t i = 0; i < lines->count && text->len < SAMPLE; i++) {
        struct span line = lines->at[i].text;

        if (line.len > SAMPLE) {
            line.len = SAMPLE;
            while (((unsigned char)line.at[line.len] & 0xC0) == 0x80)
                line.len--;
        }
        buf_add_span(text, line);
        buf_putc(text, '\n');
    }
    return buf_span(text);
}

static const struct grammar *choose_grammar(clausier_grammars *set,
                                            const clausier_options *options,
                                            const struct lines *lines,
                                            struct diag *diag, int *result)
{
    const struct grammar *grammar = NULL;
    struct buf sample = { 0 };

    if (options->language)
        return grammars_for(set, options->language, diag, result);
    sample_of(lines, &sample);
    if (sample.failed)
        *result = CLAUSIER_ENOMEM;
    else
        grammar = grammars_detect(set, buf_span(&sample), diag, result);
    buf_free(&sample);
    if (grammar && strcmp(grammar->language, "und") == 0)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 },
                 "language-undetermined",
                 "the text is in none of the languages that there are grammars "
                 "for; only shapes are recognized (--lang names a language)");
    return grammar;
}

/* mainBody may not be empty. */
static void fill_body(struct tree *tree, xmlNodePtr doc)
{
    xmlNodePtr body = tree_child(doc, "mainBody");
    xmlNodePtr all = tree_child(doc, "attachments");

    if (body && !body->children)
        tree_add(tree, body, "p");
    for (xmlNodePtr a = all ? all->children : NULL; a; a = a->next)
        fill_body(tree, tree_child(a, "doc"));
}

static int build(xmlDocPtr *out, struct lines *lines,
                 const struct grammar *grammar, struct diag *diag,
                 const clausier_options *options)
{
    struct scanner scanner;
    struct tree tree;
    struct xrefs xrefs = { 0 };
    struct ids ids = { 0 };
    struct identity identity;

    if (!scanner_open(&scanner, grammar, diag))
        return CLAUSIER_ENOMEM;
    tree_open(&tree);
    tree.failed |= residue_take(lines, &scanner) != CLAUSIER_OK;
    if (!tree.failed)
        parse(&tree, lines, &scanner, options->explain, options->explain_user);
    if (!tree.failed)
        fill_body(&tree, xmlDocGetRootElement(tree.doc)->children);
    mark_texts(&xrefs, &tree, &scanner);
    identify(&identity, &tree, &scanner, options->date);
    ids_assign(&ids, &tree, diag);
    xref_bind(&xrefs, &tree, &ids, &identity, &scanner);
    identify_write(&identity, &tree, grammar, lines);
    xrefs_free(&xrefs);
    ids_free(&ids);
    scanner_close(&scanner);
    if (tree.failed) {
        xmlFreeDoc(tree.doc);
        return CLAUSIER_ENOMEM;
    }
    *out = tree.doc;
    return CLAUSIER_OK;
}

static bool is_date(const char *text)
{
    int good = 0;

    if (strlen(text) != 10)
        return false;
    for (int i = 0; i < 10; i++)
        good += i == 4 || i == 7 ? text[i] == '-'
                                 : text[i] >= '0' && text[i] <= '9';
    return good == 10 && number_is_date((unsigned)atoi(text),
                                        (unsigned)atoi(text + 5),
                                        (unsigned)atoi(text + 8));
}

int clausier_document_convert(xmlDocPtr *out, const clausier_grammars *grammars,
                              const void *bytes, size_t length,
                              const clausier_options *options)
{
    static const clausier_options defaults;
    struct lines lines = { 0 };
    struct diag diag = { 0 };
    const struct grammar *grammar;
    int result;

    if (!out)
        return CLAUSIER_EARG;
    *out = NULL;
    if (!options)
        options = &defaults;
    if (!grammars || (!bytes && length))
        return CLAUSIER_EARG;
    diag = (struct diag){ options->report, options->user, options->file, { 0 } };
    if (options->date && !is_date(options->date)) {
        diag_say(&diag, CLAUSIER_ERROR, (struct place){ 0 }, "date-invalid",
                 "\"%s\" is not a date of the form YYYY-MM-DD",
                 options->date);
        return CLAUSIER_EARG;
    }
    result = text_read(&lines, (struct span){ bytes, length },
                       options->encoding, &diag);
    /* Grammars are compiled on first use, under a lock of their own. */
    if (result == CLAUSIER_OK) {
        grammar = choose_grammar((clausier_grammars *)(uintptr_t)grammars,
                                 options, &lines, &diag, &result);
        if (grammar)
            result = build(out, &lines, grammar, &diag, options);
    }
    lines_free(&lines);
    return result;
}

int clausier_document_read(xmlDocPtr *out, const clausier_grammars *grammars,
                           const void *bytes, size_t length,
                           const clausier_options *options)
{
    struct span text = { bytes, length };
    struct diag diag = { 0 };

    if (!out)
        return CLAUSIER_EARG;
    *out = NULL;
    if (!bytes || length > INT32_MAX || !akn_is(text))
        return clausier_document_convert(out, grammars, bytes, length, options);
    if (options)
        diag = (struct diag){ options->report, options->user, options->file,
                              { 0 } };
    return akn_read(out, text, &diag);
}

/* White space between elements that hold text would be text. libxml2 indents
 * no element with a text among its children, be it an empty one. */
static bool keep_together(xmlDocPtr tree)
{
    static const char *const inlines[] = { "p",         "heading",  "num",
                                           "docTitle",  "docNumber", "docType",
                                           "signature", "caption",  "tocItem",
                                           "ref",       "mref",     "rref",
                                           "unit" };
    xmlNodePtr root = xmlDocGetRootElement(tree);

    for (xmlNodePtr n = root; n; n = tree_next(n, root, true))
        for (size_t i = 0; i < sizeof inlines / sizeof *inlines; i++) {
            xmlNodePtr text;

            if (!n->children || n->children->type == XML_TEXT_NODE ||
                !tree_is(n, inlines[i]))
                continue;
            text = xmlNewDocText(tree, (const xmlChar *)"");
            if (!text)
                return false;
            tree_insert_before(n->children, text);
        }
    return true;
}

/* What libxml2 hands on. An error is kept here: libxml2 would print it. */
struct stream {
    clausier_sink *sink;
    void *user;
    bool stopped;
};

static int stream_write(void *context, const char *bytes, int length)
{
    struct stream *stream = context;

    if (length > 0 && !stream->stopped)
        stream->stopped =
            stream->sink(stream->user, bytes, (size_t)length) != 0;
    return length;
}

int clausier_tree_stream(xmlDocPtr tree, clausier_sink *sink, void *user)
{
    struct stream stream = { sink, user, false };
    xmlSaveCtxtPtr context;
    long saved;

    if (!tree || !sink)
        return CLAUSIER_EARG;
    if (!keep_together(tree))
        return CLAUSIER_ENOMEM;
    context = xmlSaveToIO(stream_write, NULL, &stream, "UTF-8",
                          XML_SAVE_FORMAT);
    if (!context)
        return CLAUSIER_ENOMEM;
    saved = xmlSaveDoc(context, tree);
    if (xmlSaveClose(context) < 0 || saved < 0)
        return CLAUSIER_ENOMEM;
    return stream.stopped ? CLAUSIER_EIO : CLAUSIER_OK;
}

static int add_bytes(void *user, const char *bytes, size_t length)
{
    struct buf *text = user;

    buf_add(text, bytes, length);
    return text->failed;
}

int clausier_tree_write(char **out, size_t *length, xmlDocPtr tree)
{
    struct buf text = { 0 };
    int result;

    if (!out || !length)
        return CLAUSIER_EARG;
    *out = NULL;
    *length = 0;
    result = clausier_tree_stream(tree, add_bytes, &text);
    if (result != CLAUSIER_OK) {
        buf_free(&text);
        return result == CLAUSIER_EIO ? CLAUSIER_ENOMEM : result;
    }
    *out = text.at;
    *length = text.len;
    return CLAUSIER_OK;
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
