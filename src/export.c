/* Turns a tree, or one clause of it, into the forms that programs and people
 * take: the calls that programs make. */
#include "export.h"

#include <stdint.h>
#include <string.h>

#include "sink.h"
#include "stylesheet.h"

void export_put_text(struct buf *out, const struct unit *unit)
{
    const xmlNode *next = unit->role == ROLE_LABEL ? unit->node->next : NULL;
    struct span mark = { 0 };

    if (next && next->type == XML_TEXT_NODE &&
        tree_is(unit->node, "docNumber"))
        mark = span_trim(span_of((const char *)next->content));
    buf_add_span(out, unit->text);
    if (mark.len)
        buf_putc(out, ' ');
    buf_add_span(out, mark);
}

static int write_html(xmlDocPtr tree, clausier_sink *sink, void *user)
{
    struct buf out = { 0 };
    xmlDocPtr plain = tree_copy_plain(tree);
    int result = CLAUSIER_ENOMEM;

    if (plain)
        result = stylesheet_apply(&out, plain, STYLESHEET_DOCUMENT);
    xmlFreeDoc(plain);
    if (result == CLAUSIER_OK)
        result = sink_take(sink, user, &out);
    buf_free(&out);
    return result;
}

int clausier_document_export(xmlDocPtr tree, const clausier_grammars *grammars,
                             enum clausier_document_format format,
                             clausier_sink *sink, void *user)
{
    static int (*const writers[])(const struct extract *) = {
        [CLAUSIER_DOCUMENT_JSON] = export_json,
        [CLAUSIER_DOCUMENT_NDJSON] = export_ndjson,
        [CLAUSIER_DOCUMENT_TEXT] = export_text,
    };
    struct version version = { 0 };
    struct diag diag = { 0 };
    struct extract extract = { &version, tree, 0, 0, sink, user };
    int result;

    if (!tree || !xmlDocGetRootElement(tree) || !grammars || !sink)
        return CLAUSIER_EARG;
    if (format == CLAUSIER_DOCUMENT_XML)
        return clausier_tree_stream(tree, sink, user);
    if (format == CLAUSIER_DOCUMENT_HTML)
        return write_html(tree, sink, user);
    if ((size_t)format >= sizeof writers / sizeof *writers)
        return CLAUSIER_EARG;
    result = version_read(&version, grammars, tree, &diag);
    extract.end = version.units.count;
    if (result == CLAUSIER_OK)
        result = writers[format](&extract);
    version_free(&version);
    return result;
}
