/* Converts the corpus, compares it with the trees that stand beside it, and
 * checks what must hold for any document. UPDATE=1 writes the trees. */
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
#include <libxml/hash.h>

#include "clausier.h"
#include "conserve.h"
#include "difference.h"
#include "expected.h"
#include "files.h"

static clausier_grammars *grammars;
static glob_t corpus, seeds;

/* ---- documents ---------------------------------------------------------- */

struct document {
    const char *path;
    char *text;
    size_t length;
    xmlDocPtr tree;
};

static void open_document(struct document *d, const char *path)
{
    clausier_options options = { .file = path };

    d->path = path;
    d->text = file_read(path, &d->length);
    assert_non_null(d->text);
    assert_int_equal(clausier_document_convert(&d->tree, grammars, d->text,
                                               d->length, &options),
                     0);
}

static void close_document(struct document *d)
{
    xmlFreeDoc(d->tree);
    free(d->text);
}

/* How many of the files `holds` is false for. */
static size_t count_failures(const glob_t *files,
                             bool (*holds)(struct document *d))
{
    size_t failures = 0;

    for (size_t i = 0; i < files->gl_pathc; i++) {
        struct document d;

        open_document(&d, files->gl_pathv[i]);
        failures += !holds(&d);
        close_document(&d);
    }
    return failures;
}

static void check_all(bool (*holds)(struct document *d))
{
    assert_true(corpus.gl_pathc > 0);
    if (seeds.gl_pathc == 0)
        print_message("../shared/seeds is absent: the corpus alone is read\n");
    assert_int_equal(count_failures(&corpus, holds) +
                         count_failures(&seeds, holds),
                     0);
}

static xmlNodePtr next_node(xmlNodePtr node)
{
    if (node->children)
        return node->children;
    while (node && !node->next)
        node = node->parent;
    return node && node->type != XML_DOCUMENT_NODE ? node->next : NULL;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0;
}

/* ---- golden trees ------------------------------------------------------- */

static char *golden_path(const char *path)
{
    char *golden = strdup(path);

    strcpy(golden + strlen(golden) - 3, "xml");
    return golden;
}

static bool is_golden(struct document *d)
{
    char *path = golden_path(d->path), *text, *golden;
    size_t length;
    bool same;

    assert_int_equal(clausier_tree_write(&text, &length, d->tree), 0);
    if (file_updates())
        assert_true(file_write(path, text, length));
    golden = file_read(path, NULL);
    same = golden && strcmp(golden, text) == 0;
    if (!golden)
        print_error("%s is missing; UPDATE=1 writes it\n", path);
    else if (!same)
        difference_print(path, golden, text);
    clausier_text_free(text);
    free(golden);
    free(path);
    return same;
}

static void test_golden(void **state)
{
    (void)state;
    assert_true(corpus.gl_pathc > 0);
    assert_int_equal(count_failures(&corpus, is_golden), 0);
}

/* ---- what holds for every tree ------------------------------------------ */

/* The same bytes come out where no tree is handed out. */
static bool streams_alike(struct document *d)
{
    clausier_options options = { .file = d->path };
    struct expected expected = { 0 };
    char *text;
    bool same;

    assert_int_equal(clausier_tree_write(&text, &expected.length, d->tree), 0);
    expected.text = text;
    same = clausier_document_stream(grammars, d->text, d->length, &options,
                                    expected_take, &expected) == 0 &&
           expected_came(&expected);
    if (!same)
        print_error("%s is written otherwise without a tree\n", d->path);
    clausier_text_free(text);
    return same;
}

static void test_streams_alike(void **state)
{
    (void)state;
    check_all(streams_alike);
}

static bool is_whole(struct document *d)
{
    char *wrong = conserve_check(d->text, d->length, d->tree);
    bool whole = !wrong;

    if (wrong)
        print_error("%s: %s\n", d->path, wrong);
    free(wrong);
    return whole;
}

static void test_text_is_conserved(void **state)
{
    (void)state;
    check_all(is_whole);
}

static xmlHashTablePtr all_ids(const struct document *d, bool *unique)
{
    xmlHashTablePtr ids = xmlHashCreate(256);

    *unique = true;
    for (xmlNodePtr n = xmlDocGetRootElement(d->tree); n; n = next_node(n)) {
        xmlChar *id = n->type == XML_ELEMENT_NODE
                          ? xmlGetNoNsProp(n, (const xmlChar *)"eId")
                          : NULL;

        if (id && xmlHashAddEntry(ids, id, n) != 0) {
            print_error("%s: two elements have the eId %s\n", d->path, id);
            *unique = false;
        }
        xmlFree(id);
    }
    return ids;
}

static bool has_unique_ids(struct document *d)
{
    bool unique;

    xmlHashFree(all_ids(d, &unique), NULL);
    return unique;
}

static void test_ids_are_unique(void **state)
{
    (void)state;
    check_all(has_unique_ids);
}

/* Whether the attribute, where it is there, names an eId or another document. */
static bool leads_somewhere(xmlNodePtr node, const char *name,
                            xmlHashTablePtr ids)
{
    xmlChar *target = xmlGetNoNsProp(node, (const xmlChar *)name);
    bool leads = !target || target[0] != '#' || xmlHashLookup(ids, target + 1);

    if (!leads)
        print_error("%s: %s leads nowhere\n", node->name, target);
    xmlFree(target);
    return leads;
}

static bool is_bound(xmlNodePtr node)
{
    xmlChar *status = xmlGetNsProp(node, (const xmlChar *)"status",
                                   (const xmlChar *)CLAUSIER_SOURCE_NS);
    bool bound = status && (strcmp((char *)status, "resolved") == 0 ||
                            strcmp((char *)status, "partial") == 0);

    xmlFree(status);
    return bound || is_named(node, "noteRef");
}

static bool has_bound_references(struct document *d)
{
    static const char *const names[] = { "href", "from", "upTo" };
    bool unique, bound = true;
    xmlHashTablePtr ids = all_ids(d, &unique);

    for (xmlNodePtr n = xmlDocGetRootElement(d->tree); n; n = next_node(n))
        for (size_t i = 0; i < 3 && n->type == XML_ELEMENT_NODE; i++)
            if (is_bound(n) && !leads_somewhere(n, names[i], ids)) {
                print_error("in %s\n", d->path);
                bound = false;
            }
    xmlHashFree(ids, NULL);
    return bound;
}

static void test_references_lead_somewhere(void **state)
{
    (void)state;
    check_all(has_bound_references);
}

/* ---- what the languages of one document have in common ------------------ */

/* Full-width digits and stops are digits and stops; final stops are none. */
static void print_label(FILE *out, const char *label)
{
    size_t length = strlen(label);

    while (length && label[length - 1] == '.')
        length--;
    for (size_t i = 0; i < length; i++)
        if (i + 2 < length && strncmp(label + i, "\xEF\xBC", 2) == 0) {
            fputc(label[i + 2] - '\x80' + ' ', out);
            i += 2;
        } else {
            fputc(label[i], out);
        }
}

/* "section 2.1", one line for each section and attachment; item labels may
 * differ from language to language, numbers of sections may not. */
static char *outline(const struct document *d)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    for (xmlNodePtr n = xmlDocGetRootElement(d->tree); n; n = next_node(n)) {
        xmlNodePtr num = n->children;

        if (is_named(n, "attachment"))
            fprintf(out, "attachment\n");
        if (!is_named(n, "section"))
            continue;
        while (num && num->type != XML_ELEMENT_NODE)
            num = num->next;
        if (num && is_named(num, "num")) {
            xmlChar *label = xmlNodeGetContent(num);

            fprintf(out, "section ");
            print_label(out, (char *)label);
            fputc('\n', out);
            xmlFree(label);
        } else {
            fprintf(out, "section without a number\n");
        }
    }
    fclose(out);
    return text;
}

static bool has_outline_of_english(struct document *d)
{
    const char *language = strrchr(d->path, '/') + 1;
    char path[4096], *own, *english;
    struct document master;
    bool same;

    snprintf(path, sizeof path, "%.*sen.txt", (int)(language - d->path),
             d->path);
    open_document(&master, path);
    own = outline(d);
    english = outline(&master);
    same = strcmp(own, english) == 0;
    if (!same)
        difference_print(d->path, english, own);
    free(own);
    free(english);
    close_document(&master);
    return same;
}

static void test_languages_have_one_outline(void **state)
{
    (void)state;
    assert_true(corpus.gl_pathc > 0);
    assert_int_equal(count_failures(&corpus, has_outline_of_english), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_streams_alike),
        cmocka_unit_test(test_text_is_conserved),
        cmocka_unit_test(test_ids_are_unique),
        cmocka_unit_test(test_references_lead_somewhere),
        cmocka_unit_test(test_languages_have_one_outline),
    };
    clausier_load_options options = { .dir = CLAUSIER_TEST_GRAMMARS };
    int failed;

    if (clausier_grammars_load(&grammars, &options) != 0)
        return 1;
    glob(CLAUSIER_TEST_CORPUS "/*/*.txt", 0, NULL, &corpus);
    glob(CLAUSIER_TEST_SHARED "/seeds/*.txt", 0, NULL, &seeds);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    globfree(&corpus);
    globfree(&seeds);
    clausier_grammars_free(grammars);
    return failed;
}
