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

static const struct {
    const unsigned char *bytes;
    int len;
} sheets[STYLESHEET_COUNT] = {
    [STYLESHEET_HTML] = { align_html_xsl, sizeof align_html_xsl - 1 },
    [STYLESHEET_TMX] = { align_tmx_xsl, sizeof align_tmx_xsl - 1 },
    [STYLESHEET_XLIFF] = { align_xliff_xsl, sizeof align_xliff_xsl - 1 },
    [STYLESHEET_XLIFF12] = { align_xliff12_xsl, sizeof align_xliff12_xsl - 1 },
    [STYLESHEET_DOCUMENT] = { document_html_xsl, sizeof document_html_xsl - 1 },
};

/* What a stylesheet for pages writes into them. */
static const char *const parameters[] = {
    "css", (const char *)page_css, "script", (const char *)page_js, NULL
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

static xmlDocPtr transform(xsltStylesheetPtr sheet, xmlDocPtr doc,
                           struct trouble *trouble)
{
    xsltTransformContextPtr context = xsltNewTransformContext(sheet, doc);
    xsltSecurityPrefsPtr security = xsltNewSecurityPrefs();
    xmlDocPtr result = NULL;

    if (context && security && forbid(security, context) &&
        xsltQuoteUserParams(context, (const char **)(uintptr_t)parameters) ==
            0) {
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
    result = transform(sheet, doc, trouble);
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
