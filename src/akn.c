/* Reads Akoma Ntoso that any program wrote. */
#include "akn.h"

#include <libxml/parser.h>
#include <string.h>

#include "tree.h"

static bool begins(struct span bytes, const char *with)
{
    return bytes.len > strlen(with) &&
           memcmp(bytes.at, with, strlen(with)) == 0;
}

/* "<akomaNtoso" under any prefix: "<an:akomaNtoso". */
static bool begins_prefixed(struct span bytes)
{
    enum { PREFIX_MAX = 64 };
    size_t at = 1, most = bytes.len < PREFIX_MAX ? bytes.len : PREFIX_MAX;

    while (at < most && !strchr(": \t\r\n<>/&=\"'", bytes.at[at]))
        at++;
    return at > 1 && at < most && bytes.at[0] == '<' && bytes.at[at] == ':' &&
           begins((struct span){ bytes.at + at, bytes.len - at },
                  ":akomaNtoso");
}

bool akn_is(struct span bytes)
{
    static const char *const starts[] = { "<?xml", "<!--", "<akomaNtoso",
                                          "<!DOCTYPE akomaNtoso" };

    if (begins(bytes, "\xEF\xBB\xBF"))
        bytes = (struct span){ bytes.at + 3, bytes.len - 3 };
    bytes = span_trim(bytes);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins(bytes, starts[i]))
            return true;
    return begins_prefixed(bytes);
}

/* What libxml2 would print, told through the one door. */
struct complaint {
    struct diag *diag;
    bool memory;
};

static void complain(void *user, const xmlError *error)
{
    struct complaint *c = user;
    struct place place = { 0 };
    struct span text = { 0 };

    c->memory |= error->code == XML_ERR_NO_MEMORY;
    if (c->diag->count[CLAUSIER_ERROR] || error->level < XML_ERR_ERROR)
        return;
    if (error->line > 0)
        place = (struct place){ .line = (unsigned)error->line,
                                .column = (unsigned)error->int2 };
    if (error->message)
        text = span_trim(span_of(error->message));
    diag_say(c->diag, CLAUSIER_ERROR, place, "xml-malformed", "%.*s",
             (int)text.len, text.at ? text.at : "");
}

#if LIBXML_VERSION < 21200
static void complain_old(void *user, xmlErrorPtr error)
{
    complain(user, error);
}
#define COMPLAIN complain_old
#else
#define COMPLAIN complain
#endif

static int refuse(struct diag *diag, unsigned line, const char *code,
                  const char *text)
{
    diag_say(diag, CLAUSIER_ERROR, (struct place){ .line = line }, code, "%s",
             text);
    return CLAUSIER_EINPUT;
}

/* The namespace has had several versions; the names stayed. */
static int check(xmlDocPtr doc, struct diag *diag)
{
    xmlNodePtr root = xmlDocGetRootElement(doc);

    if (doc->intSubset || doc->extSubset)
        return refuse(diag, 1, "xml-doctype",
                      "a document type declaration is not accepted");
    if (!root || strcmp((const char *)root->name, "akomaNtoso") != 0)
        return refuse(diag, root ? root->line : 0, "not-akoma-ntoso",
                      "the root element is not akomaNtoso");
    return CLAUSIER_OK;
}

int akn_read(xmlDocPtr *out, struct span bytes, struct diag *diag)
{
    struct complaint complaint = { .diag = diag };
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    xmlStructuredErrorFunc callers = xmlStructuredError;
    void *callers_context = xmlStructuredErrorContext;
    xmlDocPtr doc;
    int result;

    if (!context)
        return CLAUSIER_ENOMEM;
    xmlSetStructuredErrorFunc(&complaint, COMPLAIN);
    doc = xmlCtxtReadMemory(context, bytes.at, (int)bytes.len, NULL, NULL,
                            XML_PARSE_NONET | XML_PARSE_NOCDATA |
                                XML_PARSE_BIG_LINES);
    xmlSetStructuredErrorFunc(callers_context, callers);
    xmlFreeParserCtxt(context);
    if (!doc && complaint.memory)
        return CLAUSIER_ENOMEM;
    if (!doc)
        return diag->count[CLAUSIER_ERROR]
                   ? CLAUSIER_EINPUT
                   : refuse(diag, 0, "xml-malformed", "the XML is broken");
    result = check(doc, diag);
    if (result != CLAUSIER_OK)
        xmlFreeDoc(doc);
    else
        *out = doc;
    return result;
}
