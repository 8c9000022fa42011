/* Any bytes become a tree that can be written and read again, that holds their
 * text, and that is written the same without a tree of libxml2. */
#include <ctype.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <string.h>

#include "conserve.h"
#include "expected.h"
#include "fuzz.h"

static const clausier_grammars *grammars;

/* The check of the text reads marks as their description says and knows no
 * bound on their number or distance: it is left out where footnotes are. */
static int has_footnotes(const char *text, size_t size)
{
    return memmem(text, size, "oteRef", 6) != NULL;
}

static void check_text(const char *text, size_t size, xmlDocPtr tree)
{
    char *wrong = has_footnotes(text, size)
                      ? NULL
                      : conserve_check(text, size, tree);

    if (wrong)
        fail(wrong);
}

/* Behind nothing that can be seen stands a "<": that is not read as a text. */
static bool may_be_xml(const uint8_t *data, size_t size)
{
    size_t at = 0;

    while (at < size && !isgraph(data[at]))
        at++;
    return at < size && data[at] == '<';
}

static void check_stream(const char *xml, size_t length, const uint8_t *data,
                         size_t size, const clausier_options *options)
{
    struct expected expected = { xml, length, 0, false };

    if (may_be_xml(data, size))
        return;
    if (clausier_document_stream(grammars, data, size, options, expected_take,
                                 &expected) != CLAUSIER_OK)
        fail("a text cannot be written without a tree");
    if (!expected_came(&expected))
        fail("a text is written otherwise without a tree");
}

static void check_writing(xmlDocPtr tree, const uint8_t *data, size_t size,
                          const clausier_options *options)
{
    xmlDocPtr again;
    char *xml;
    size_t length;

    if (clausier_tree_write(&xml, &length, tree) != CLAUSIER_OK)
        fail("a tree cannot be written");
    again = xmlReadMemory(xml, (int)length, NULL, NULL,
                          XML_PARSE_HUGE | XML_PARSE_NONET);
    if (!again)
        fail("what was written is no XML");
    xmlFreeDoc(again);
    check_stream(xml, length, data, size, options);
    clausier_text_free(xml);
}

/* What begins like a file of another kind is no text, and is said to be none.
 */
static void note_kind(void *user, const clausier_message *message)
{
    if (strcmp(message->code, "not-text") == 0)
        *(bool *)user = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const languages[] = { "en", "fr", "zh", "ar",
                                             "es", "ru", NULL };
    bool other_kind = false;
    clausier_options options = { .encoding = "UTF-8",
                                 .report = note_kind,
                                 .user = &other_kind };
    const char *text = (const char *)data;
    xmlDocPtr tree;
    int result;

    grammars = load_once();
    options.language = languages[size % 7];
    if (size % 16 == 15)
        options.encoding = NULL;
    result = clausier_document_convert(&tree, grammars, data, size, &options);
    if (result == CLAUSIER_EINPUT && other_kind)
        return 0;
    if (result != CLAUSIER_OK) {
        fprintf(stderr, "a text was refused: ");
        fail(clausier_error_text(result));
    }
    if (options.encoding)
        check_text(text, size, tree);
    check_writing(tree, data, size, &options);
    xmlFreeDoc(tree);
    return 0;
}
