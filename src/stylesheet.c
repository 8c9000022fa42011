/* Turns an alignment into what people and translation programs open. */
#include "stylesheet.h"

#include <libxml/parser.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/variables.h>
#include <libxslt/xsltutils.h>

#include "clausier.h"

/* Made of the .xsl, .css and .js files by embed.cmake. */
#include "stylesheets.inc"

#define SHEET(name) .bytes = name, .len = sizeof name - 1
#define TEXT(name) ((const char *)name)

static const struct {
    const unsigned char *bytes;
    int len;
    const char *css; /* of a page, beside what all pages have */
} sheets[STYLESHEET_COUNT] = {
    [STYLESHEET_HTML] = { SHEET(align_html_xsl), .css = TEXT(align_css) },
    [STYLESHEET_TMX] = { SHEET(align_tmx_xsl) },
    [STYLESHEET_XLIFF] = { SHEET(align_xliff_xsl) },
    [STYLESHEET_XLIFF12] = { SHEET(align_xliff12_xsl) },
    [STYLESHEET_DOCUMENT] = { SHEET(document_html_xsl),
                              .css = TEXT(document_css) },
};

/* What libxml2 and libxslt would print. The sheets are our own and have been
 * tried: where one fails, memory has run out, or the tree is no alignment. */
struct trouble {
    bool memory, other;
};

#if LIBXML_VERSION < 21200
static void hear(void *user, xmlErrorPtr error)
#else
static void hear(void *user, const xmlError *error)
#endif
{
    struct trouble *trouble = user;

    trouble->memory |= error->code == XML_ERR_NO_MEMORY;
    trouble->other |= error->level >= XML_ERR_ERROR;
}

__attribute__((format(printf, 2, 3))) static void
hear_text(void *user, const char *format, ...)
{
    struct trouble *trouble = user;

    (void)format;
    trouble->other = true;
}

static int write_out(void *user, const char *bytes, int len)
{
    struct buf *out = user;

    buf_add(out, bytes, (size_t)len);
    return out->failed ? -1 : len;
}

static xsltStylesheetPtr compile(enum stylesheet which)
{
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    xsltStylesheetPtr sheet = NULL;
    xmlDocPtr doc;

    if (!context)
        return NULL;
    doc = xmlCtxtReadMemory(context, (const char *)sheets[which].bytes,
                            sheets[which].len, NULL, NULL,
                            XML_PARSE_NONET | XML_PARSE_NOCDATA);
    xmlFreeParserCtxt(context);
    if (doc)
        sheet = xsltParseStylesheetDoc(doc);
    if (!sheet)
        xmlFreeDoc(doc);
    return sheet;
}

/* Takes every way out of the process: a text in an alignment comes from
 * strangers. */
static bool forbid(xsltSecurityPrefsPtr security,
                   xsltTransformContextPtr context)
{
    static const xsltSecurityOption ways[] = {
        XSLT_SECPREF_READ_FILE,        XSLT_SECPREF_WRITE_FILE,
        XSLT_SECPREF_READ_NETWORK,     XSLT_SECPREF_WRITE_NETWORK,
        XSLT_SECPREF_CREATE_DIRECTORY,
    };

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (xsltSetSecurityPrefs(security, ways[i], xsltSecurityForbid) != 0)
            return false;
    return xsltSetCtxtSecurityPrefs(security, context) == 0;
}

/* What the stylesheet of a page writes into it. */
static bool give(xsltTransformContextPtr context, const char *css)
{
    const char *parameters[] = { "page-css", TEXT(page_css), "css", css,
                                 "script", TEXT(page_js), NULL };

    return !css || xsltQuoteUserParams(context, parameters) == 0;
}

static xmlDocPtr transform(xsltStylesheetPtr sheet, xmlDocPtr doc,
                           const char *css, struct trouble *trouble)
{
    xsltTransformContextPtr context = xsltNewTransformContext(sheet, doc);
    xsltSecurityPrefsPtr security = xsltNewSecurityPrefs();
    xmlDocPtr result = NULL;

    if (context && security && forbid(security, context) &&
        give(context, css)) {
        xsltSetTransformErrorFunc(context, trouble, hear_text);
        result = xsltApplyStylesheetUser(sheet, doc, NULL, NULL, NULL, context);
        trouble->other |= context->state != XSLT_STATE_OK;
    } else {
        trouble->memory = true;
    }
    xsltFreeTransformContext(context);
    xsltFreeSecurityPrefs(security);
    return result;
}

static void serialize(struct buf *out, xmlDocPtr result,
                      xsltStylesheetPtr sheet, struct trouble *trouble)
{
    xmlOutputBufferPtr to = xmlOutputBufferCreateIO(write_out, NULL, out, NULL);

    if (!to) {
        trouble->memory = true;
        return;
    }
    if (xsltSaveResultTo(to, result, sheet) < 0)
        trouble->other = true;
    if (xmlOutputBufferClose(to) < 0)
        trouble->other = true;
}

static void run(struct buf *out, xmlDocPtr doc, enum stylesheet which,
                struct trouble *trouble)
{
    xsltStylesheetPtr sheet = compile(which);
    xmlDocPtr result;

    if (!sheet) {
        trouble->memory = true;
        return;
    }
    result = transform(sheet, doc, sheets[which].css, trouble);
    if (result)
        serialize(out, result, sheet, trouble);
    xmlFreeDoc(result);
    xsltFreeStylesheet(sheet);
}

int stylesheet_apply(struct buf *out, xmlDocPtr doc, enum stylesheet which)
{
    struct trouble trouble = { 0 };
    xmlStructuredErrorFunc callers = xmlStructuredError;
    void *callers_context = xmlStructuredErrorContext;

    if (!doc || which >= STYLESHEET_COUNT)
        return CLAUSIER_EARG;
    xmlSetStructuredErrorFunc(&trouble, hear);
    run(out, doc, which, &trouble);
    xmlSetStructuredErrorFunc(callers_context, callers);
    if (trouble.memory || out->failed)
        return CLAUSIER_ENOMEM;
    return trouble.other ? CLAUSIER_EARG : CLAUSIER_OK;
}
