/* Any XML is written so that it reads the same again. */
#include <libxml/parser.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clausier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(void *user, const char *message, ...)
{
    (void)user;
    (void)message;
}

static xmlDocPtr parse(const char *xml, size_t length)
{
    return xmlReadMemory(xml, (int)length, NULL, NULL,
                         XML_PARSE_NONET | XML_PARSE_NOERROR |
                             XML_PARSE_NOWARNING);
}

/* White space between elements is the writer's to change. */
static char *text_of(xmlDocPtr tree)
{
    xmlNodePtr root = xmlDocGetRootElement(tree);
    char *text = root ? (char *)xmlNodeGetContent(root) : NULL, *out = text;

    for (const char *in = text; in && *in; in++)
        if (!strchr(" \t\r\n", *in))
            *out++ = *in;
    if (out)
        *out = '\0';
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    xmlDocPtr tree, again;
    char *xml, *before, *after;
    size_t length;

    xmlSetGenericErrorFunc(NULL, ignore);
    tree = parse((const char *)data, size);
    if (!tree)
        return 0;
    before = text_of(tree);
    if (clausier_tree_write(&xml, &length, tree) != CLAUSIER_OK)
        abort();
    again = parse(xml, length);
    after = again ? text_of(again) : NULL;
    if (before && (!after || strcmp(before, after) != 0)) {
        fprintf(stderr, "the text differs: %s\n", xml);
        abort();
    }
    xmlFree(before);
    xmlFree(after);
    xmlFreeDoc(tree);
    xmlFreeDoc(again);
    clausier_text_free(xml);
    return 0;
}
