/* Writes trees as XML: those of libxml2, and drafts, which come out as the same
 * bytes. */
#include "write.h"

#include <libxml/xmlsave.h>
#include <string.h>

#include "sink.h"
#include "tree.h"

/* White space between elements that hold text would be text: these are written
 * without any, even where no text stands in them. */
static const char *const inlines[] = { "p",         "heading",   "num",
                                       "docTitle",  "docNumber", "docType",
                                       "signature", "caption",   "tocItem",
                                       "ref",       "mref",      "rref",
                                       "unit" };

enum { INLINES = sizeof inlines / sizeof *inlines };

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

/* ---- trees of libxml2 -------------------------------------------------------- */

/* libxml2 indents no element with a text among its children, be it an empty
 * one. */
static bool keep_together(xmlDocPtr tree)
{
    xmlNodePtr root = xmlDocGetRootElement(tree);

    for (xmlNodePtr n = root; n; n = tree_next(n, root, true))
        for (size_t i = 0; i < INLINES; i++) {
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

int clausier_tree_stream(xmlDocPtr tree, clausier_sink *sink, void *user)
{
    struct stream stream = { sink, user, false };
    xmlSaveCtxtPtr context;
    long saved;

    if (!tree || !sink)
        return CLAUSIER_EARG;
    if (!keep_together(tree))
        return CLAUSIER_ENOMEM;
    context =
        xmlSaveToIO(stream_write, NULL, &stream, "UTF-8", XML_SAVE_FORMAT);
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

/* ---- drafts ------------------------------------------------------------------ */

/* The text writer of libxml2 goes on, and loses memory, where an allocation
 * fails: the little of XML that a draft needs is written here. */
struct writer {
    clausier_sink *sink;
    void *user;
    struct buf out;
    int result;
};

enum { CHUNK = 32 * 1024 };

static void flush(struct writer *w)
{
    if (w->result == CLAUSIER_OK)
        w->result = sink_take(w->sink, w->user, &w->out);
}

/* What stands for `c`, or NULL where it stands for itself. */
static const char *escape(char c, bool attribute)
{
    switch (c) {
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '&': return "&amp;";
    case '\r': return "&#13;";
    case '"': return attribute ? "&quot;" : NULL;
    case '\n': return attribute ? "&#10;" : NULL;
    case '\t': return attribute ? "&#9;" : NULL;
    default: return NULL;
    }
}

static void put_escaped(struct buf *out, struct span text, bool attribute)
{
    size_t done = 0;

    for (size_t i = 0; i < text.len; i++) {
        const char *instead = escape(text.at[i], attribute);

        if (!instead)
            continue;
        buf_add(out, text.at + done, i - done);
        buf_puts(out, instead);
        done = i + 1;
    }
    buf_add(out, text.at + done, text.len - done);
}

static void put_attribute(void *user, const char *name, const char *value)
{
    struct buf *out = user;

    buf_putc(out, ' ');
    buf_puts(out, name);
    buf_puts(out, "=\"");
    put_escaped(out, span_of(value), true);
    buf_putc(out, '"');
}

static bool holds_text(const struct node *node)
{
    for (const struct node *n = node->children; n; n = n->next)
        if (!n->name)
            return true;
    for (size_t i = 0; i < INLINES; i++)
        if (draft_is(node, inlines[i]))
            return true;
    return false;
}

static void put_line_break(struct buf *out, unsigned level)
{
    buf_putc(out, '\n');
    while (level--)
        buf_puts(out, "  ");
}

static void put_start(struct buf *out, const struct node *node, unsigned level)
{
    buf_putc(out, '<');
    buf_puts(out, node->name);
    if (level == 0) {
        put_attribute(out, "xmlns", AKN_NS);
        put_attribute(out, "xmlns:src", CLAUSIER_SOURCE_NS);
    }
    draft_attributes(node, put_attribute, out);
    buf_puts(out, node->children ? ">" : "/>");
}

/* `tight`: without white space, since what is around holds text. */
static void write_element(struct writer *w, const struct node *node,
                          unsigned level, bool tight)
{
    put_start(&w->out, node, level);
    tight |= holds_text(node);
    for (const struct node *n = node->children; n && w->result == CLAUSIER_OK;
         n = n->next) {
        if (!n->name) {
            put_escaped(&w->out, n->text, false);
            continue;
        }
        if (!tight)
            put_line_break(&w->out, level + 1);
        write_element(w, n, level + 1, tight);
    }
    if (node->children) {
        if (!tight)
            put_line_break(&w->out, level);
        buf_puts(&w->out, "</");
        buf_puts(&w->out, node->name);
        buf_putc(&w->out, '>');
    }
    if (w->out.len > CHUNK)
        flush(w);
}

int write_draft(const struct draft *draft, clausier_sink *sink, void *user)
{
    struct writer w = { sink, user, { 0 }, CLAUSIER_OK };

    buf_puts(&w.out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write_element(&w, draft->root, 0, false);
    buf_putc(&w.out, '\n');
    flush(&w);
    buf_free(&w.out);
    return w.result;
}
