/* Reads one text in many encodings: the lines are the same in all of them, and
 * their places are places in the bytes that were given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/ucnv.h>

#include "clausier.h"
#include "text.h"

/* ---- bytes in an encoding ----------------------------------------------- */

struct bytes {
    char at[8192];
    size_t len;
};

static void add(struct bytes *bytes, const char *more, size_t len)
{
    assert_true(bytes->len + len <= sizeof bytes->at);
    memcpy(bytes->at + bytes->len, more, len);
    bytes->len += len;
}

/* Every converter is opened anew: some write a byte-order mark at first. */
static void add_encoded(struct bytes *bytes, const char *encoding,
                        const char *utf8)
{
    char out[4096];
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = ucnv_convert(encoding, "UTF-8", out, sizeof out, utf8,
                               (int32_t)strlen(utf8), &status);

    assert_true(U_SUCCESS(status));
    add(bytes, out, (size_t)len);
}

static void read_as(struct lines *lines, const struct bytes *bytes,
                    const char *encoding)
{
    struct diag diag = { 0 };

    memset(lines, 0, sizeof *lines);
    assert_int_equal(text_read(lines, (struct span){ bytes->at, bytes->len },
                               encoding, &diag),
                     CLAUSIER_OK);
}

static void assert_line(const struct lines *lines, size_t index,
                        const char *text)
{
    assert_true(index < lines->count);
    if (!span_is(lines->at[index].text, text))
        fail_msg("line %zu is \"%.*s\", not \"%s\"", index,
                 (int)lines->at[index].text.len, lines->at[index].text.at,
                 text);
}

/* ---- one text in every encoding ------------------------------------------ */

struct sample {
    const char *encoding; /* ICU's name */
    const char *mark;     /* byte-order mark */
    size_t mark_len;
    const char *asked; /* what the reader is told; NULL: nothing */
    const char *const *text;
};

static const char *const french[] = {
    "1\tL’été dernier, à Genève, le groupe a été créé.",
    "2\tIl a été décidé de publier le rapport à l’automne.", "3\tÀ bientôt.",
    NULL
};
static const char *const chinese[] = {
    "1\t顾问组上个月商定了以下各项工作，并请各研究组予以配合。",
    "2\t会议于二零一二年五月在日内瓦召开，可进行远程与会。",
    "3\t各研究组将继续开展工作。", NULL
};
static const char *const mixed[] = { "1\tLe groupe (電信) a siégé à Genève.",
                                     "2\tПриветствие и été.",
                                     "3\t\U0001F30A marée", NULL };

static const struct sample samples[] = {
    { "UTF-8", "", 0, NULL, mixed },
    { "UTF-8", "\xEF\xBB\xBF", 3, NULL, mixed },
    { "UTF-8", "\xEF\xBB\xBF", 3, "UTF-8", mixed },
    { "UTF-16LE", "\xFF\xFE", 2, NULL, mixed },
    { "UTF-16BE", "\xFE\xFF", 2, NULL, mixed },
    { "UTF-16LE", "", 0, NULL, french },
    { "UTF-16BE", "", 0, NULL, french },
    { "UTF-16LE", "", 0, "UTF-16LE", chinese },
    { "UTF-16BE", "", 0, "UTF-16BE", chinese },
    { "UTF-16LE", "\xFF\xFE", 2, "UTF-16", mixed },
    { "UTF-16LE", "\xFF\xFE", 2, NULL, chinese },
    { "UTF-32LE", "\xFF\xFE\0\0", 4, NULL, mixed },
    { "gb18030", "", 0, NULL, chinese },
    { "gb18030", "", 0, "GB2312", chinese },
    { "GBK", "", 0, "GBK", chinese },
    { "gb18030", "", 0, "gb18030", mixed },
    { "windows-1252", "", 0, NULL, french },
    { "windows-1252", "", 0, "ISO-8859-1", french },
    { "windows-1252", "", 0, "windows-1252", french },
};

static const char *const breaks[] = { "\n", "\r\n", "\r" };

/* Encodes the lines and notes where each begins and ends. */
static void encode(struct bytes *bytes, const struct sample *s,
                   const char *line_break, size_t (*places)[2])
{
    bytes->len = 0;
    add(bytes, s->mark, s->mark_len);
    for (size_t i = 0; s->text[i]; i++) {
        places[i][0] = bytes->len;
        add_encoded(bytes, s->encoding, s->text[i]);
        places[i][1] = bytes->len;
        add_encoded(bytes, s->encoding, line_break);
    }
}

/* What is wrong with the lines of a sample, or NULL. */
static const char *compare(const struct lines *lines, const struct sample *s,
                           size_t (*places)[2])
{
    size_t i;

    for (i = 0; s->text[i]; i++) {
        const struct line *line = &lines->at[i];

        if (i >= lines->count)
            return "a line is missing";
        if (!span_is(line->text, s->text[i]))
            return "a line reads otherwise";
        if (line->origin.from != places[i][0] ||
            line->origin.to != places[i][1])
            return "a line has other bytes";
        if (line->origin.first != i + 1)
            return "a line has another number";
    }
    if (lines->count != i)
        return "there is a line too many";
    return lines->undecodable ? "characters count as undecodable" : NULL;
}

static void test_all_encodings(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        for (size_t b = 0; b < sizeof breaks / sizeof *breaks; b++) {
            struct bytes bytes;
            struct lines lines;
            size_t places[8][2];
            const char *what;

            encode(&bytes, &samples[i], breaks[b], places);
            read_as(&lines, &bytes, samples[i].asked);
            what = compare(&lines, &samples[i], places);
            if (what)
                print_error("sample %zu (%s, told %s, break %zu): %s\n", i,
                            samples[i].encoding,
                            samples[i].asked ? samples[i].asked : "nothing", b,
                            what);
            wrong += what != NULL;
            lines_free(&lines);
        }
    assert_int_equal(wrong, 0);
}

/* ---- line breaks ---------------------------------------------------------- */

static void test_unicode_breaks(void **state)
{
    static const char text[] = "a\u2028b\u2029c\xC2\x85" "d\re\vf";
    static const char letters[] = "abcdef";
    struct bytes bytes = { .len = 0 };
    struct lines lines;

    (void)state;
    add(&bytes, text, sizeof text - 1);
    read_as(&lines, &bytes, NULL);
    assert_int_equal(lines.count, 6);
    for (size_t i = 0; i < 6; i++) {
        const struct origin *origin = &lines.at[i].origin;

        assert_int_equal(origin->to - origin->from, 1);
        assert_int_equal(text[origin->from], letters[i]);
    }
    lines_free(&lines);
}

static void test_blank_lines_are_gaps(void **state)
{
    struct bytes bytes = { .len = 0 };
    struct lines lines;

    (void)state;
    add(&bytes, "\n\na\n \n\nb", 8);
    read_as(&lines, &bytes, NULL);
    assert_int_equal(lines.count, 2);
    assert_int_equal(lines.at[0].gap, 2);
    assert_int_equal(lines.at[0].origin.first, 3);
    assert_int_equal(lines.at[1].gap, 2);
    assert_int_equal(lines.at[1].origin.first, 6);
    assert_int_equal(lines.at[1].origin.from, 7);
    lines_free(&lines);
}

static void test_nothing(void **state)
{
    struct bytes bytes = { .len = 0 };
    struct lines lines;

    (void)state;
    read_as(&lines, &bytes, NULL);
    assert_int_equal(lines.count, 0);
    lines_free(&lines);
    add(&bytes, "\xEF\xBB\xBF", 3);
    read_as(&lines, &bytes, NULL);
    assert_int_equal(lines.count, 0);
    lines_free(&lines);
}

/* ---- what is not as it should be ------------------------------------------ */

static void read_text(struct lines *lines, const char *text, size_t len)
{
    struct diag diag = { 0 };

    memset(lines, 0, sizeof *lines);
    assert_int_equal(text_read(lines, (struct span){ text, len }, "UTF-8",
                               &diag),
                     CLAUSIER_OK);
}

static void test_decomposed_letters(void **state)
{
    struct lines lines;
    static const char text[] = "Gene\u0300ve e\u0301te\u0301\nfin";

    (void)state;
    read_text(&lines, text, sizeof text - 1);
    assert_line(&lines, 0, "Genève été");
    assert_int_equal(lines.at[0].origin.to, strchr(text, '\n') - text);
    assert_line(&lines, 1, "fin");
    assert_int_equal(lines.undecodable, 0);
    lines_free(&lines);
}

/* Wherever a long line is cut to put it into NFC, no letter loses its accent. */
static void test_long_decomposed_lines(void **state)
{
    (void)state;
    for (size_t before = 0; before < 8; before++) {
        struct bytes bytes = { .len = 0 };
        struct lines lines;
        char expected[4096] = "xxxxxxxx";

        add(&bytes, expected, before);
        expected[before] = '\0';
        for (int i = 0; i < 500; i++) {
            add(&bytes, "e\xCC\x81\xCC\xA3 ", i % 3 ? 5 : 6);
            strcat(expected, i % 3 ? "\xE1\xBA\xB9\xCC\x81"
                                   : "\xE1\xBA\xB9\xCC\x81 ");
        }
        read_as(&lines, &bytes, "UTF-8");
        assert_line(&lines, 0, expected);
        lines_free(&lines);
    }
}

static void test_invalid_bytes(void **state)
{
    struct lines lines;

    (void)state;
    read_text(&lines, "a\xFF" "b\nc\xC3\nd\xED\xA0\x80", 11);
    assert_line(&lines, 0, "a\uFFFDb");
    assert_line(&lines, 1, "c\uFFFD");
    assert_int_equal(lines.at[1].origin.from, 4);
    assert_int_equal(lines.at[1].origin.to, 6);
    assert_int_equal(lines.at[2].origin.from, 7);
    assert_true(lines.undecodable >= 3);
    lines_free(&lines);
}

static void test_nul_and_controls(void **state)
{
    struct lines lines;

    (void)state;
    read_text(&lines, "a\0b\nc\x01" "d\x1B\ne\uFFFFf", 14);
    assert_line(&lines, 0, "a\uFFFDb");
    assert_line(&lines, 1, "c\uFFFDd\uFFFD");
    assert_line(&lines, 2, "e\uFFFDf");
    assert_int_equal(lines.undecodable, 4);
    lines_free(&lines);
}

static void test_bidi_controls_stay(void **state)
{
    static const char text[] = "a\u202Eb\u2066c\u200F d";
    struct lines lines;

    (void)state;
    read_text(&lines, text, sizeof text - 1);
    assert_line(&lines, 0, text);
    assert_true(lines.at[0].folds);
    lines_free(&lines);
}

/* Few broken bytes are damage; the text is UTF-8 all the same. */
static void test_damaged_utf8(void **state)
{
    struct bytes bytes = { .len = 0 };
    struct lines lines;

    (void)state;
    for (int i = 0; i < 100; i++)
        add(&bytes, "é", 2);
    add(&bytes, "\xE9", 1);
    read_as(&lines, &bytes, NULL);
    assert_string_equal(lines.encoding, "UTF-8");
    assert_int_equal(lines.undecodable, 1);
    lines_free(&lines);
}

static void test_unknown_encoding(void **state)
{
    struct lines lines = { 0 };
    struct diag diag = { 0 };

    (void)state;
    assert_int_equal(text_read(&lines, SPAN("a"), "nonsense", &diag),
                     CLAUSIER_EARG);
    lines_free(&lines);
}

/* The places that stand in the tree, for a text that was not UTF-8. */
static void test_places_in_the_tree(void **state)
{
    clausier_load_options load = { .dir = CLAUSIER_TEST_GRAMMARS };
    clausier_options options = { .language = "fr", .encoding = "UTF-16LE" };
    clausier_grammars *grammars;
    struct bytes bytes = { .len = 0 };
    xmlDocPtr tree;
    char *text;
    size_t length;

    (void)state;
    add_encoded(&bytes, "UTF-16LE", "1\tÉté\n2\tAutomne\n");
    assert_int_equal(clausier_grammars_load(&grammars, &load), 0);
    assert_int_equal(clausier_document_convert(&tree, grammars, bytes.at,
                                               bytes.len, &options),
                     0);
    assert_int_equal(clausier_tree_write(&text, &length, tree), 0);
    assert_non_null(strstr(text, "src:lines=\"1\" src:bytes=\"0-10\""));
    assert_non_null(strstr(text, "src:lines=\"2\" src:bytes=\"12-30\""));
    clausier_text_free(text);
    xmlFreeDoc(tree);
    clausier_grammars_free(grammars);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_encodings),
        cmocka_unit_test(test_unicode_breaks),
        cmocka_unit_test(test_blank_lines_are_gaps),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_decomposed_letters),
        cmocka_unit_test(test_long_decomposed_lines),
        cmocka_unit_test(test_invalid_bytes),
        cmocka_unit_test(test_nul_and_controls),
        cmocka_unit_test(test_bidi_controls_stay),
        cmocka_unit_test(test_damaged_utf8),
        cmocka_unit_test(test_unknown_encoding),
        cmocka_unit_test(test_places_in_the_tree),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
