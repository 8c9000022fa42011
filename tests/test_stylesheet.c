/* Applies every stylesheet to alignments from files, to trees that are none,
 * and with callers who listen for errors themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>

#include "clausier.h"
#include "files.h"
#include "stylesheet.h"

static xmlDocPtr read_alignment(const char *name)
{
    size_t length;
    char *bytes =
        file_read(file_path(CLAUSIER_TEST_DATA "/alignment", name), &length);
    xmlDocPtr doc;

    assert_non_null(bytes);
    doc = xmlReadMemory(bytes, (int)length, name, NULL, XML_PARSE_NONET);
    free(bytes);
    assert_non_null(doc);
    return doc;
}

static char *dump(xmlDocPtr doc)
{
    xmlChar *bytes = NULL;
    int length = 0;

    xmlDocDumpMemoryEnc(doc, &bytes, &length, "UTF-8");
    assert_non_null(bytes);
    return (char *)bytes;
}

static void test_twice_the_same(void **state)
{
    xmlDocPtr doc = read_alignment("pair.xml");
    char *before = dump(doc), *after;

    (void)state;
    for (int which = 0; which < STYLESHEET_COUNT; which++) {
        struct buf first = { 0 }, second = { 0 };

        assert_int_equal(stylesheet_apply(&first, doc, which), CLAUSIER_OK);
        assert_int_equal(stylesheet_apply(&second, doc, which), CLAUSIER_OK);
        assert_true(first.len > 0);
        assert_true(span_equal(buf_span(&first), buf_span(&second)));
        buf_free(&first);
        buf_free(&second);
    }
    after = dump(doc);
    assert_string_equal(before, after);
    xmlFree(before);
    xmlFree(after);
    xmlFreeDoc(doc);
}

static void test_adds_to_what_is_there(void **state)
{
    xmlDocPtr doc = read_alignment("pair.xml");
    struct buf out = { 0 };

    (void)state;
    buf_puts(&out, "before");
    assert_int_equal(stylesheet_apply(&out, doc, STYLESHEET_TMX), CLAUSIER_OK);
    assert_memory_equal(out.at, "before<?xml", 11);
    buf_free(&out);
    xmlFreeDoc(doc);
}

static void test_refuses(void **state)
{
    xmlDocPtr doc = read_alignment("pair.xml");
    struct buf out = { 0 };

    (void)state;
    assert_int_equal(stylesheet_apply(&out, NULL, STYLESHEET_TMX),
                     CLAUSIER_EARG);
    assert_int_equal(stylesheet_apply(&out, doc, STYLESHEET_COUNT),
                     CLAUSIER_EARG);
    assert_int_equal(out.len, 0);
    xmlFreeDoc(doc);
}

static int heard;

#if LIBXML_VERSION < 21200
static void hear(void *user, xmlErrorPtr error)
#else
static void hear(void *user, const xmlError *error)
#endif
{
    (void)error;
    ++*(int *)user;
}

static void test_gives_back_the_callers_listener(void **state)
{
    xmlDocPtr doc = read_alignment("pair.xml");
    struct buf out = { 0 };

    (void)state;
    heard = 0;
    xmlSetStructuredErrorFunc(&heard, hear);
    assert_int_equal(stylesheet_apply(&out, doc, STYLESHEET_TMX), CLAUSIER_OK);
    assert_int_equal(heard, 0);
    assert_null(xmlReadMemory("<a", 2, NULL, NULL, 0));
    xmlSetStructuredErrorFunc(NULL, NULL);
    assert_true(heard > 0);
    buf_free(&out);
    xmlFreeDoc(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_twice_the_same),
        cmocka_unit_test(test_adds_to_what_is_there),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_gives_back_the_callers_listener),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
