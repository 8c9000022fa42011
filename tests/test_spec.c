/* Converts every case of the folder spec, validates what comes out and compares
 * it with the tree written below the case. UPDATE=1 writes the trees that come
 * out into the files instead.
 *
 *     === title [lang=fr] [date=2012-05-24] [places] [name]
 *     the text
 *     ---
 *     the tree, without metadata but the name of the document where that is
 *     asked for; without places unless asked for
 */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/relaxng.h>

#include "clausier.h"
#include "conserve.h"
#include "difference.h"
#include "files.h"

static clausier_grammars *grammars;
static xmlRelaxNGPtr schema;

struct text {
    const char *at;
    size_t length;
};

struct test_case {
    struct text title, input, expected;
};

/* ---- specification files ------------------------------------------------ */

static const char *line_after(const char *line)
{
    line += strcspn(line, "\n");
    return *line ? line + 1 : line;
}

static bool is_bar(const char *line)
{
    return strncmp(line, "---", 3) == 0 && (line[3] == '\n' || !line[3]);
}

static bool is_title(const char *line)
{
    return strncmp(line, "=== ", 4) == 0;
}

/* The lines from `*at` to the next one that `ends` or a title; `*at` is set to
 * that one. */
static struct text take_lines(const char **at, bool (*ends)(const char *))
{
    struct text text = { *at, 0 };

    while (**at && !ends(*at) && !is_title(*at))
        *at = line_after(*at);
    text.length = (size_t)(*at - text.at);
    return text;
}

/* False at the end of the file. */
static bool take_case(const char **at, struct test_case *c)
{
    if (!is_title(*at))
        return false;
    c->title = (struct text){ *at + 4, strcspn(*at + 4, "\n") };
    *at = line_after(*at);
    c->input = take_lines(at, is_bar);
    if (is_bar(*at))
        *at = line_after(*at);
    c->expected = take_lines(at, is_title);
    return true;
}

/* "fr" where the title has "lang=fr", "" where it ends in the word itself;
 * NULL where it has no such option. */
static const char *option(const struct test_case *c, const char *name,
                          char *value, size_t size)
{
    char title[512], *word, *rest = title;
    size_t length = strlen(name);

    snprintf(title, sizeof title, "%.*s", (int)c->title.length, c->title.at);
    while ((word = strsep(&rest, " ")))
        if (strncmp(word, name, length) == 0 &&
            (word[length] == '=' || (!word[length] && !rest))) {
            snprintf(value, size, "%s", word + length + (word[length] == '='));
            return value;
        }
    return NULL;
}

/* ---- trees as text ------------------------------------------------------ */

static void drop_places(xmlNodePtr node)
{
    xmlAttrPtr next;

    for (xmlAttrPtr a = node->properties; a; a = next) {
        const char *name = (const char *)a->name;

        next = a->next;
        if (a->ns && (strcmp(name, "lines") == 0 ||
                      strcmp(name, "bytes") == 0 || strcmp(name, "lang") == 0))
            xmlRemoveProp(a);
    }
}

static void strip(xmlNodePtr node, bool places)
{
    xmlNodePtr next;

    for (; node; node = next) {
        next = node->next;
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (strcmp((const char *)node->name, "meta") == 0) {
            xmlUnlinkNode(node);
            xmlFreeNode(node);
            continue;
        }
        if (!places)
            drop_places(node);
        strip(node->children, places);
    }
}

/* The first element called `name` from the node on, in it and behind it. */
static xmlNodePtr find_element(xmlNodePtr node, const char *name)
{
    xmlNodePtr found = NULL;

    for (; node && !found; node = node->next)
        found = strcmp((const char *)node->name, name) == 0
                    ? node
                    : find_element(node->children, name);
    return found;
}

/* The IRI that the metadata give to the expression, and a line break. */
static void cat_name(xmlBufferPtr buffer, xmlNodePtr doc)
{
    xmlNodePtr uri = find_element(
        find_element(doc->children, "FRBRExpression")->children, "FRBRuri");
    xmlChar *value = xmlGetProp(uri, (const xmlChar *)"value");

    xmlBufferCat(buffer, value);
    xmlBufferCat(buffer, (const xmlChar *)"\n");
    xmlFree(value);
}

/* What stands beside the metadata, one part below the other. */
static char *tree_lines(xmlDocPtr tree, bool places, bool name)
{
    xmlNodePtr doc = xmlDocGetRootElement(tree)->children;
    xmlBufferPtr buffer = xmlBufferCreate();
    char *written, *text;
    size_t length;

    /* Writing marks where white space matters. */
    assert_int_equal(clausier_tree_write(&written, &length, tree), 0);
    clausier_text_free(written);
    if (name)
        cat_name(buffer, doc);
    strip(doc, places);
    for (xmlNodePtr part = doc->children; part; part = part->next) {
        xmlNodeDump(buffer, tree, part, 0, 1);
        xmlBufferCat(buffer, (const xmlChar *)"\n");
    }
    text = strdup((const char *)xmlBufferContent(buffer));
    xmlBufferFree(buffer);
    return text;
}

static size_t lost; /* cases whose tree does not hold their text */

static void check_text(const struct test_case *c, xmlDocPtr tree)
{
    char *wrong = conserve_check(c->input.at, c->input.length, tree);

    if (wrong)
        print_error("%.*s: %s\n", (int)c->title.length, c->title.at, wrong);
    lost += wrong != NULL;
    free(wrong);
}

/* ---- validation --------------------------------------------------------- */

static xmlRelaxNGPtr load_schema(const char *path)
{
    xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(path);
    xmlRelaxNGPtr loaded = xmlRelaxNGParse(parser);

    xmlRelaxNGFreeParserCtxt(parser);
    return loaded;
}

static size_t invalid; /* cases whose tree the schema does not allow */

/* As it is read again: a tree in memory may hide what was written. */
static void check_validity(const struct test_case *c, xmlDocPtr tree)
{
    xmlRelaxNGValidCtxtPtr context = xmlRelaxNGNewValidCtxt(schema);
    char *xml;
    size_t length;
    xmlDocPtr again;

    assert_int_equal(clausier_tree_write(&xml, &length, tree), 0);
    again = xmlReadMemory(xml, (int)length, "spec", NULL, XML_PARSE_NONET);
    assert_non_null(again);
    if (xmlRelaxNGValidateDoc(context, again) != 0) {
        print_error("%.*s: not valid\n", (int)c->title.length, c->title.at);
        invalid++;
    }
    xmlFreeDoc(again);
    clausier_text_free(xml);
    xmlRelaxNGFreeValidCtxt(context);
}

static char *convert(const struct test_case *c)
{
    char language[16], date[16], flag[8];
    clausier_options options = {
        .file = "spec",
        .language = option(c, "lang", language, sizeof language),
        .date = option(c, "date", date, sizeof date),
    };
    xmlDocPtr tree;
    char *text;

    assert_int_equal(clausier_document_convert(&tree, grammars, c->input.at,
                                               c->input.length, &options),
                     0);
    check_text(c, tree);
    check_validity(c, tree);
    text = tree_lines(tree, option(c, "places", flag, sizeof flag) != NULL,
                      option(c, "name", flag, sizeof flag) != NULL);
    xmlFreeDoc(tree);
    return text;
}

/* ---- running ------------------------------------------------------------ */

static bool run_case(const struct test_case *c, const char *actual)
{
    char *expected = strndup(c->expected.at, c->expected.length);
    char title[512];
    size_t length = strlen(expected);
    bool same;

    /* One blank line stands between two cases. */
    if (length > 1 && strcmp(expected + length - 2, "\n\n") == 0)
        expected[length - 1] = '\0';
    same = strcmp(expected, actual) == 0;
    snprintf(title, sizeof title, "%.*s", (int)c->title.length, c->title.at);
    if (!same)
        difference_print(title, expected, actual);
    free(expected);
    return same;
}

static void write_case(FILE *out, const struct test_case *c,
                       const char *actual, bool first)
{
    fprintf(out, "%s=== %.*s\n%.*s---\n%s", first ? "" : "\n",
            (int)c->title.length, c->title.at, (int)c->input.length,
            c->input.at, actual);
}

static void run_file(void **state)
{
    const char *path = *state;
    char *text = file_read(path, NULL), *updated = NULL;
    const char *at = text;
    size_t size, count = 0, failures = 0;
    FILE *out = open_memstream(&updated, &size);
    struct text head = take_lines(&at, is_title);
    struct test_case c;

    lost = invalid = 0;
    assert_non_null(text);
    assert_non_null(out);
    fprintf(out, "%.*s", (int)head.length, head.at);
    for (; take_case(&at, &c); count++) {
        char *actual = convert(&c);

        if (!file_updates())
            failures += !run_case(&c, actual);
        write_case(out, &c, actual, count == 0);
        free(actual);
    }
    fclose(out);
    if (file_updates())
        assert_true(file_write(path, updated, size));
    free(updated);
    free(text);
    print_message("%zu of %zu cases of %s\n", count - failures, count, path);
    assert_true(count > 0);
    assert_int_equal(failures, 0);
    assert_int_equal(lost, 0);
    assert_int_equal(invalid, 0);
}

int main(void)
{
    clausier_load_options options = { .dir = CLAUSIER_TEST_GRAMMARS };
    const char *only = getenv("SPEC"); /* one file instead of all */
    char pattern[4096];
    struct CMUnitTest *tests;
    glob_t files;
    int failed;

    snprintf(pattern, sizeof pattern, "%s/spec/%s.txt", CLAUSIER_TEST_DATA,
             only ? only : "*");
    if (glob(pattern, 0, NULL, &files) != 0 ||
        clausier_grammars_load(&grammars, &options) != 0 ||
        !(schema = load_schema(CLAUSIER_TEST_DATA "/../src/clausier.rng")))
        return 1;
    tests = calloc(files.gl_pathc, sizeof *tests);
    for (size_t i = 0; i < files.gl_pathc; i++)
        tests[i] = (struct CMUnitTest){ strrchr(files.gl_pathv[i], '/') + 1,
                                        run_file, NULL, NULL,
                                        files.gl_pathv[i] };
    failed = _cmocka_run_group_tests("spec", tests, files.gl_pathc, NULL, NULL);
    free(tests);
    globfree(&files);
    xmlRelaxNGFree(schema);
    clausier_grammars_free(grammars);
    return failed;
}
