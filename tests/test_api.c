/* Holds the library to what its header promises. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "clausier.h"
#include "expected.h"

static const char text[] = "1\tThe group met on 3 May 2021.\n"
                           "3\tSee clause 9, and\n"
                           "clause 1 above.\n";

static clausier_grammars *grammars;

static int load_grammars(void **state)
{
    clausier_load_options options = { .dir = CLAUSIER_TEST_GRAMMARS };

    (void)state;
    return clausier_grammars_load(&grammars, &options);
}

static int free_grammars(void **state)
{
    (void)state;
    clausier_grammars_free(grammars);
    return 0;
}

static char *convert(const clausier_options *options, size_t *length)
{
    xmlDocPtr tree;
    char *xml;

    assert_int_equal(clausier_document_convert(&tree, grammars, text,
                                               sizeof text - 1, options),
                     CLAUSIER_OK);
    assert_int_equal(clausier_tree_write(&xml, length, tree), CLAUSIER_OK);
    xmlFreeDoc(tree);
    return xml;
}

/* ---- arguments -------------------------------------------------------------- */

static void test_destructors_take_null(void **state)
{
    (void)state;
    clausier_grammars_free(NULL);
    clausier_text_free(NULL);
}

/* What `out` is set to where a call fails must be NULL; before it is not. */
static void *const dirt = (void *)0x1;

static void refuses_load(int result, const clausier_load_options *options)
{
    clausier_grammars *out = dirt;

    assert_int_equal(clausier_grammars_load(&out, options), result);
    assert_null(out);
}

static void test_load_refuses(void **state)
{
    (void)state;
    refuses_load(CLAUSIER_EARG, NULL);
    refuses_load(CLAUSIER_EARG, &(clausier_load_options){ 0 });
    refuses_load(CLAUSIER_EIO, &(clausier_load_options){ .dir = "/no/such" });
    refuses_load(CLAUSIER_EIO,
                 &(clausier_load_options){ .dir = CLAUSIER_TEST_GRAMMARS,
                                           .only = "nobody" });
    assert_int_equal(
        clausier_grammars_load(NULL, &(clausier_load_options){
                                         .dir = CLAUSIER_TEST_GRAMMARS }),
        CLAUSIER_EARG);
}

static void refuses_convert(int result, const clausier_grammars *set,
                            const void *bytes, size_t length,
                            const clausier_options *options)
{
    xmlDocPtr out = dirt;

    assert_int_equal(
        clausier_document_convert(&out, set, bytes, length, options), result);
    assert_null(out);
}

static void test_convert_refuses(void **state)
{
    static const char *const dates[] = { "2012",       "24.05.2012",
                                         "2012-13-01", "2012-02-30",
                                         "2012-00-10", "",
                                         "2012-05-24 " };

    (void)state;
    assert_int_equal(clausier_document_convert(NULL, grammars, "a", 1, NULL),
                     CLAUSIER_EARG);
    refuses_convert(CLAUSIER_EARG, NULL, "a", 1, NULL);
    refuses_convert(CLAUSIER_EARG, grammars, NULL, 1, NULL);
    refuses_convert(CLAUSIER_EARG, grammars, "a", (size_t)1 << 31, NULL);
    refuses_convert(CLAUSIER_EARG, grammars, "a", 1,
                    &(clausier_options){ .language = "nonsense" });
    refuses_convert(CLAUSIER_EARG, grammars, "a", 1,
                    &(clausier_options){ .language = "" });
    refuses_convert(CLAUSIER_EARG, grammars, "a", 1,
                    &(clausier_options){ .encoding = "nonsense" });
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        refuses_convert(CLAUSIER_EARG, grammars, "a", 1,
                        &(clausier_options){ .date = dates[i] });
}

static void test_empty_text_is_a_document(void **state)
{
    xmlDocPtr tree;

    (void)state;
    assert_int_equal(clausier_document_convert(&tree, grammars, NULL, 0, NULL),
                     CLAUSIER_OK);
    assert_non_null(tree);
    xmlFreeDoc(tree);
}

static void test_write_refuses(void **state)
{
    char *out = dirt;
    size_t length = 7;
    xmlDocPtr empty = xmlNewDoc((const xmlChar *)"1.0");

    (void)state;
    assert_int_equal(clausier_tree_write(&out, &length, NULL), CLAUSIER_EARG);
    assert_null(out);
    assert_int_equal(length, 0);
    assert_int_equal(clausier_tree_write(NULL, &length, empty), CLAUSIER_EARG);
    assert_int_equal(clausier_tree_write(&out, NULL, empty), CLAUSIER_EARG);
    assert_int_equal(clausier_tree_write(&out, &length, empty), CLAUSIER_OK);
    clausier_text_free(out);
    xmlFreeDoc(empty);
}

static void test_check_refuses(void **state)
{
    clausier_check_result result;

    (void)state;
    assert_int_equal(clausier_grammars_check(NULL, grammars, NULL, NULL),
                     CLAUSIER_EARG);
    assert_int_equal(clausier_grammars_check(&result, NULL, NULL, NULL),
                     CLAUSIER_EARG);
}

static void test_check_counts(void **state)
{
    clausier_check_result result;

    (void)state;
    assert_int_equal(clausier_grammars_check(&result, grammars, NULL, NULL),
                     CLAUSIER_OK);
    assert_true(result.rules > 100);
    assert_true(result.examples > result.rules);
    assert_int_equal(result.failures, 0);
}

static void test_error_texts(void **state)
{
    (void)state;
    for (int code = CLAUSIER_EINPUT; code <= CLAUSIER_OK; code++)
        for (int other = CLAUSIER_EINPUT; other < code; other++)
            assert_string_not_equal(clausier_error_text(code),
                                    clausier_error_text(other));
    assert_non_null(clausier_error_text(12345));
    assert_string_equal(clausier_version(), CLAUSIER_VERSION);
}

/* ---- languages -------------------------------------------------------------- */

static void test_languages_by_any_name(void **state)
{
    static const char *const names[] = { "fr", "fra", "fr-CH", "FR" };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        clausier_options options = { .language = names[i] };
        size_t length;
        char *xml = convert(&options, &length);

        assert_non_null(strstr(xml, "<FRBRlanguage language=\"fra\"/>"));
        clausier_text_free(xml);
    }
}

/* ---- messages --------------------------------------------------------------- */

struct heard {
    size_t count, jumps, danglings;
    bool complete; /* every message had all that it must have */
};

static void hear(void *user, const clausier_message *m)
{
    struct heard *heard = user;

    heard->count++;
    heard->complete = heard->complete && m->code && m->text &&
                      strcmp(m->file, "text") == 0 &&
                      m->text[strlen(m->text) - 1] != '.' &&
                      (m->line || !m->column) && (!m->column || m->source);
    if (strcmp(m->code, "number-jump") == 0) {
        heard->jumps++;
        assert_int_equal(m->level, CLAUSIER_WARNING);
        assert_int_equal(m->line, 2);
        assert_int_equal(m->column, 1);
        assert_memory_equal(m->source, "3\tSee", 5);
    }
    if (strcmp(m->code, "ref-dangling") == 0) {
        heard->danglings++;
        assert_int_equal(m->level, CLAUSIER_WARNING);
        assert_int_equal(m->line, 2);
    }
}

static void test_report(void **state)
{
    struct heard heard = { .complete = true };
    clausier_options options = { .file = "text", .language = "en",
                                 .date = "2021-05-04",
                                 .report = hear, .user = &heard };
    size_t length;

    (void)state;
    clausier_text_free(convert(&options, &length));
    assert_int_equal(heard.jumps, 1);
    assert_int_equal(heard.danglings, 1);
    assert_int_equal(heard.count, 2);
    assert_true(heard.complete);
}

static void hear_error(void *user, const clausier_message *m)
{
    if (m->level == CLAUSIER_ERROR)
        strncpy(user, m->code, 31);
}

static void test_failures_are_reported(void **state)
{
    char code[32] = "";
    xmlDocPtr tree;
    clausier_options options = { .language = "nonsense", .report = hear_error,
                                 .user = code };
    clausier_load_options load = { .dir = "/no/such", .report = hear_error,
                                   .user = code };
    clausier_grammars *none;

    (void)state;
    clausier_document_convert(&tree, grammars, "a", 1, &options);
    assert_string_equal(code, "language-unknown");
    options = (clausier_options){ .encoding = "nonsense", .report = hear_error,
                                  .user = code };
    clausier_document_convert(&tree, grammars, "a", 1, &options);
    assert_string_equal(code, "encoding-unknown");
    clausier_grammars_load(&none, &load);
    assert_string_equal(code, "no-grammars");
}

/* ---- explanations ------------------------------------------------------------ */

struct explained {
    size_t clauses;
    unsigned lines;
};

static void listen(void *user, const clausier_explanation *e)
{
    struct explained *seen = user;

    seen->lines += e->last_line - e->first_line + 1;
    if (strcmp(e->kind, "clause") != 0)
        return;
    seen->clauses++;
    assert_string_equal(e->rule, "point");
    assert_string_equal(e->names[0], "num");
    assert_int_equal(e->lengths[0], 1);
    assert_memory_equal(e->values[0], e->text, 1);
}

static void test_explain(void **state)
{
    struct explained seen = { 0 };
    clausier_options options = { .language = "en", .explain = listen,
                                 .explain_user = &seen };
    size_t length;

    (void)state;
    clausier_text_free(convert(&options, &length));
    assert_int_equal(seen.clauses, 2);
    assert_int_equal(seen.lines, 3);
}

/* ---- the same from call to call and thread to thread -------------------------- */

static void test_same_bytes_each_time(void **state)
{
    clausier_options options = { .language = "en" };
    size_t one_length, other_length;
    char *one = convert(&options, &one_length);
    char *other = convert(&options, &other_length);

    (void)state;
    assert_int_equal(one_length, other_length);
    assert_int_equal(strlen(one), one_length);
    assert_memory_equal(one, other, one_length);
    clausier_text_free(one);
    clausier_text_free(other);
}

static void test_writing_twice(void **state)
{
    xmlDocPtr tree;
    char *one, *other;
    size_t length;

    (void)state;
    assert_int_equal(clausier_document_convert(&tree, grammars, text,
                                               sizeof text - 1, NULL),
                     CLAUSIER_OK);
    assert_int_equal(clausier_tree_write(&one, &length, tree), CLAUSIER_OK);
    assert_int_equal(clausier_tree_write(&other, &length, tree), CLAUSIER_OK);
    assert_string_equal(one, other);
    clausier_text_free(one);
    clausier_text_free(other);
    xmlFreeDoc(tree);
}

static int stop(void *user, const char *bytes, size_t length)
{
    (void)bytes;
    (void)length;
    ++*(int *)user;
    return 1;
}

static void test_stream_refuses(void **state)
{
    const clausier_options no_date = { .date = "yesterday" };
    int calls = 0;

    (void)state;
    assert_int_equal(
        clausier_document_stream(NULL, text, 1, NULL, stop, &calls),
        CLAUSIER_EARG);
    assert_int_equal(
        clausier_document_stream(grammars, NULL, 1, NULL, stop, &calls),
        CLAUSIER_EARG);
    assert_int_equal(
        clausier_document_stream(grammars, text, 1, NULL, NULL, NULL),
        CLAUSIER_EARG);
    assert_int_equal(
        clausier_document_stream(grammars, text, 1, &no_date, stop, &calls),
        CLAUSIER_EARG);
    assert_int_equal(calls, 0);
    assert_int_equal(clausier_document_stream(grammars, text, sizeof text - 1,
                                              NULL, stop, &calls),
                     CLAUSIER_EIO);
    assert_int_equal(calls, 1);
}

/* Of Akoma Ntoso as of text. */
static void test_stream_takes_both(void **state)
{
    struct expected expected = { 0 };
    size_t length;
    char *xml = convert(NULL, &length);

    (void)state;
    expected = (struct expected){ xml, length, 0, false };
    assert_int_equal(clausier_document_stream(grammars, text, sizeof text - 1,
                                              NULL, expected_take, &expected),
                     CLAUSIER_OK);
    assert_true(expected_came(&expected));
    expected.taken = 0;
    assert_int_equal(clausier_document_stream(grammars, xml, length, NULL,
                                              expected_take, &expected),
                     CLAUSIER_OK);
    assert_true(expected_came(&expected));
    clausier_text_free(xml);
}

enum { THREADS = 4, ROUNDS = 20 };

/* cmocka's assertions are for the main thread only. */
static void *convert_often(void *user)
{
    static char unread[] = "a conversion failed";
    static char unwritten[] = "a tree was not written";
    static char other[] = "a tree differs";
    const char *expected = user;

    for (int i = 0; i < ROUNDS; i++) {
        clausier_options options = { .language = "en" };
        xmlDocPtr tree;
        char *xml;
        size_t length;
        bool same;

        if (clausier_document_convert(&tree, grammars, text, sizeof text - 1,
                                      &options) != CLAUSIER_OK)
            return unread;
        if (clausier_tree_write(&xml, &length, tree) != CLAUSIER_OK)
            return unwritten;
        same = strcmp(xml, expected) == 0;
        clausier_text_free(xml);
        xmlFreeDoc(tree);
        if (!same)
            return other;
    }
    return NULL;
}

/* The grammars are fresh, so that the threads meet at their first use. */
static void test_threads_share_grammars(void **state)
{
    clausier_options options = { .language = "en" };
    size_t length;
    char *expected = convert(&options, &length);
    pthread_t threads[THREADS];

    free_grammars(state);
    assert_int_equal(load_grammars(state), 0);
    xmlInitParser();
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, convert_often, expected), 0);
    for (int i = 0; i < THREADS; i++) {
        void *wrong;

        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        if (wrong)
            fail_msg("%s", (const char *)wrong);
    }
    clausier_text_free(expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_destructors_take_null),
        cmocka_unit_test(test_load_refuses),
        cmocka_unit_test(test_convert_refuses),
        cmocka_unit_test(test_empty_text_is_a_document),
        cmocka_unit_test(test_write_refuses),
        cmocka_unit_test(test_check_refuses),
        cmocka_unit_test(test_check_counts),
        cmocka_unit_test(test_error_texts),
        cmocka_unit_test(test_languages_by_any_name),
        cmocka_unit_test(test_report),
        cmocka_unit_test(test_failures_are_reported),
        cmocka_unit_test(test_explain),
        cmocka_unit_test(test_same_bytes_each_time),
        cmocka_unit_test(test_writing_twice),
        cmocka_unit_test(test_stream_refuses),
        cmocka_unit_test(test_stream_takes_both),
        cmocka_unit_test(test_threads_share_grammars),
    };

    return cmocka_run_group_tests(tests, load_grammars, free_grammars);
}
