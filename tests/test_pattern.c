/* What patterns see of a text, and that what they find is a place in the
 * author's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lines.h"
#include "pattern.h"

/* ---- folding ---------------------------------------------------------------- */

static const struct {
    const char *text, *folded;
} folds[] = {
    { "plain", "plain" },
    { "JCA\u2011SG", "JCA-SG" },         { "JCA\u2010SG", "JCA-SG" },
    { "2.1\u00A0Text", "2.1 Text" },     { "a\u3000b", "a b" },
    { "a\u202Fb", "a b" },               { "（１）", "(1)" },
    { "２．１　文本", "2.1 文本" },      { "事由：", "事由:" },
    { "ab\u00ADc", "abc" },              { "a\u200Bb", "ab" },
    { "a\u202Eb\u202C", "ab" },          { "a\u2066b\u2069", "ab" },
    { "\uFEFFa", "a" },                  { "3–5", "3–5" },
    { "été", "été" },                    { "、。", "、。" },
    { "\u200B", "" },                    { "", "" },
};

static void test_folding(void **state)
{
    struct folded folded = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
        struct span text = span_of(folds[i].text);

        assert_true(fold(&folded, text, true));
        if (!span_is(folded.text, folds[i].folded))
            fail_msg("fold %zu is \"%.*s\"", i, (int)folded.text.len,
                     folded.text.at);
        assert_true(span_equal(folded.original, text));
        assert_int_equal(fold_needed(text),
                         strcmp(folds[i].text, folds[i].folded) != 0);
    }
    folded_free(&folded);
}

/* The map grows, stays inside the text, and maps the end to the end. */
static void test_map(void **state)
{
    struct folded folded = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
        struct span text = span_of(folds[i].text);

        assert_true(fold(&folded, text, true));
        for (size_t at = 0; at < folded.text.len; at++) {
            assert_true(folded.map[at] < text.len);
            assert_true(folded.map[at] < folded.map[at + 1]);
        }
        assert_int_equal(folded.map[folded.text.len], text.len);
    }
    folded_free(&folded);
}

static void test_nothing_to_fold(void **state)
{
    struct folded folded = { 0 };
    struct span text = SPAN("plain");

    (void)state;
    assert_true(fold(&folded, text, false));
    assert_null(folded.map);
    assert_ptr_equal(folded.text.at, text.at);
    folded_free(&folded);
}

static void test_marks_are_seen_by_no_pattern(void **state)
{
    struct folded folded = { 0 };
    static const char text[] = "a\x01\xF3\xB0\x80\x80z"; /* MARK, U+F0000 */

    (void)state;
    assert_true(fold(&folded, SPAN(text), true));
    assert_true(span_is(folded.text, "az"));
    assert_int_equal(folded.map[1], 6);
    folded_free(&folded);
}

/* ---- matching --------------------------------------------------------------- */

struct found {
    enum pattern_result result;
    struct match match;
};

static bool has_machine(void)
{
    uint32_t has = 0;

    pcre2_config(PCRE2_CONFIG_JIT, &has);
    return has != 0;
}

/* As it is matched the first time, or with machine code. */
static struct found find(const char *source, const char *text, bool machine)
{
    struct pattern pattern;
    struct pattern_error error;
    struct matcher matcher;
    struct folded folded = { 0 };
    struct found found;

    if (!pattern_compile(&pattern, span_of(source), false, &error))
        fail_msg("%s: %s", source, error.text);
    assert_true(matcher_open(&matcher));
    assert_true(fold(&folded, span_of(text), true));
    pattern.machine->wait = machine ? 0 : 1;
    found.result = pattern_find(&pattern, &matcher, &folded, 0, &found.match);
    assert_int_equal(pattern.machine->code != NULL, machine && has_machine());
    folded_free(&folded);
    matcher_close(&matcher);
    pattern_free(&pattern);
    return found;
}

static void assert_span(struct span span, const char *text, size_t from,
                        const char *expected)
{
    assert_non_null(span.at);
    assert_int_equal(span.at - text, from);
    if (!span_is(span, expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)span.len, span.at, expected);
}

static void check_places(bool machine)
{
    static const char text[] = "见（２．１）节";
    struct found found = find("\\( (?<num> [\\d.]+ ) \\)", text, machine);

    assert_int_equal(found.result, PATTERN_FOUND);
    assert_span(found.match.at[CAP_ALL], text, 3, "（２．１）");
    assert_span(found.match.at[CAP_NUM], text, 6, "２．１");
    assert_null(found.match.at[CAP_TEXT].at);
}

static void test_places_are_the_authors(void **state)
{
    (void)state;
    check_places(false);
    check_places(true);
}

static void test_what_is_dropped_goes_with_what_is_before(void **state)
{
    static const char text[] = "cla\u00ADuse 2";
    struct found found = find("clause \\h (?<num> \\d )", text, false);

    (void)state;
    assert_int_equal(found.result, PATTERN_FOUND);
    assert_span(found.match.at[CAP_ALL], text, 0, text);
    assert_span(found.match.at[CAP_NUM], text, 9, "2");
}

static void test_no_match(void **state)
{
    (void)state;
    assert_int_equal(find("x", "abc", false).result, PATTERN_NONE);
    assert_int_equal(find("x", "", true).result, PATTERN_NONE);
}

static void test_a_name_twice(void **state)
{
    struct found found = find("(?<num> \\d ) x | y (?<num> \\d )", "y7", false);

    (void)state;
    assert_int_equal(found.result, PATTERN_FOUND);
    assert_int_equal(found.match.at[CAP_NUM].len, 1);
    assert_int_equal(found.match.at[CAP_NUM].at[0], '7');
}

static void test_too_many_steps(void **state)
{
    char text[4096];

    (void)state;
    memset(text, 'a', sizeof text - 2);
    strcpy(text + sizeof text - 2, "b");
    for (int machine = 0; machine < 2; machine++)
        assert_int_equal(find("^ (?: a+ )+ $", text, machine).result,
                         PATTERN_LIMIT);
}

static void test_deep_recursion(void **state)
{
    size_t size = 200000;
    char *text = calloc(1, size + 1);

    (void)state;
    memset(text, '[', size);
    for (int machine = 0; machine < 2; machine++)
        assert_int_not_equal(
            find("(?<num> \\[ (?: [^\\[\\]] | (?&num) )* \\] )", text, machine)
                .result,
            PATTERN_FOUND);
    free(text);
}

/* ---- compiling -------------------------------------------------------------- */

static void test_compile_errors(void **state)
{
    struct pattern pattern = { 0 };
    struct pattern_error error;

    (void)state;
    assert_false(pattern_compile(&pattern, SPAN("abc ( def"), false, &error));
    assert_string_not_equal(error.text, "");
    assert_int_equal(error.offset, 9);
    assert_false(pattern_compile(&pattern, SPAN("ab *+? [z-a]"), false,
                                 &error));
    assert_true(error.offset <= 12);
    pattern_free(&pattern);
}

/* A placed pattern is asked about the characters alone, wherever they stand. */
static void test_where_classes_end(void **state)
{
    static const struct {
        const char *pattern;
        size_t end;
    } cases[] = {
        { "[abc]d", 5 },   { "[]a]d", 4 },         { "[^]a]d", 5 },
        { "[\\]a]d", 5 },  { "[[:alpha:]a]d", 12 }, { "[[a]d", 4 },
        { "[a[:b]d", 6 },  { "[abc", 5 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(pattern_class_end(span_of(cases[i].pattern), 0),
                         cases[i].end);
}

static void test_what_may_begin(void **state)
{
    static const struct {
        const char *pattern;
        bool may;
    } cases[] = {
        { "item \\h \\d", true },
        { "clause \\h \\d", false },
        { "(?! ^ ) item", true },
        { "(?<! \\d | \\A ) item", true },
        { "(?! [^a] ) item", false },
        { "(?! (?^x: x ) ) clause", false },
        { "(?<= an \\h ) item", true },
        { "(?<= it ) \\w", true },
        { "(?<= it ) em", false },
        { "(?! it (?<= an \\h it ) ) item", true },
        { "(?! (?<! an \\h ) it ) item", true },
        { "(?! (?! (?<= an \\h ) ) it ) \\w", true },
        { "(?= [\\Q(?<!\\Ei] ) item", true },
        { "(?! a?^ ) item", true },
        { "(?! (?&let) ) it (?(DEFINE)(?<let> (?<= an \\h ) it ))", true },
        { "(?! (?&let) ) ta (?(DEFINE)(?<let> (?<= an \\h ) it ))", false },
        { "(?! (?1) ) it (?(DEFINE)(?<let> (?<= an \\h ) it ))", true },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pattern pattern = { 0 };
        struct pattern_error error;
        struct matcher matcher;

        assert_true(matcher_open(&matcher));
        assert_true(pattern_compile(&pattern, span_of(cases[i].pattern), true,
                                    &error));
        if (pattern_may_begin(&pattern, &matcher, SPAN("it")) != cases[i].may)
            fail_msg("\"%s\" is answered otherwise", cases[i].pattern);
        pattern_free(&pattern);
        matcher_close(&matcher);
    }
}

static void test_capture_names(void **state)
{
    (void)state;
    assert_string_equal(capture_name(CAP_NUM), "num");
    assert_string_equal(capture_name(CAP_TEXT), "text");
    assert_string_equal(capture_name(CAP_HALF), "half");
    for (int i = CAP_NUM; i < CAP_COUNT; i++)
        for (int k = CAP_NUM; k < i; k++)
            assert_string_not_equal(capture_name((enum capture)i),
                                    capture_name((enum capture)k));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folding),
        cmocka_unit_test(test_map),
        cmocka_unit_test(test_nothing_to_fold),
        cmocka_unit_test(test_marks_are_seen_by_no_pattern),
        cmocka_unit_test(test_places_are_the_authors),
        cmocka_unit_test(test_what_is_dropped_goes_with_what_is_before),
        cmocka_unit_test(test_no_match),
        cmocka_unit_test(test_a_name_twice),
        cmocka_unit_test(test_too_many_steps),
        cmocka_unit_test(test_deep_recursion),
        cmocka_unit_test(test_compile_errors),
        cmocka_unit_test(test_where_classes_end),
        cmocka_unit_test(test_what_may_begin),
        cmocka_unit_test(test_capture_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
