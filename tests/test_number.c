/* Labels and their values: what they are, how they follow one another, how they
 * stand in eIds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "number.h"

#define WORD(literal)                                                          \
    {                                                                          \
        literal, sizeof literal - 1                                            \
    }

static struct numeral_word words[] = {
    { WORD("premier"), COUNT_DECIMAL, 1 },
    { WORD("deuxième"), COUNT_DECIMAL, 2 },
    { WORD("two"), COUNT_DECIMAL, 2 },
    { WORD("باء"), COUNT_ALPHA, 2 },
    { WORD("الرابع"), COUNT_ROMAN, 4 },
    { WORD("ثاني عشر"), COUNT_ROMAN, 12 },
};

static const struct numerals latin = {
    .letters = { 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i',
                 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r',
                 's', 't', 'u', 'v', 'w', 'x', 'y', 'z' },
    .letter_count = 26,
    .words = words,
    .word_count = sizeof words / sizeof *words,
};

static bool read(struct number *number, const char *label, enum count count)
{
    return number_read(number, span_of(label), count, &latin);
}

static struct number value(const char *label, enum count count)
{
    struct number number;

    if (!read(&number, label, count))
        fail_msg("\"%s\" has no value", label);
    return number;
}

/* ---- single values -------------------------------------------------------- */

static const struct {
    const char *label;
    enum count count;
    unsigned value; /* 0: none */
} singles[] = {
    { "1", COUNT_DECIMAL, 1 },
    { "12.", COUNT_DECIMAL, 12 },
    { "(3)", COUNT_DECIMAL, 3 },
    { "007", COUNT_DECIMAL, 7 },
    { "99999", COUNT_DECIMAL, 99999 },
    { "100000", COUNT_DECIMAL, 0 },
    { "4294967297", COUNT_DECIMAL, 0 },
    { "١٢", COUNT_DECIMAL, 12 },
    { "１２", COUNT_DECIMAL, 12 },
    { "第3条", COUNT_DECIMAL, 3 },
    { "", COUNT_DECIMAL, 0 },
    { "–", COUNT_DECIMAL, 0 },
    { "a)", COUNT_ALPHA, 1 },
    { "(z)", COUNT_ALPHA, 26 },
    { "aa)", COUNT_ALPHA, 27 },
    { "bb)", COUNT_ALPHA, 28 },
    { "C.", COUNT_ALPHA, 3 },
    { "1)", COUNT_ALPHA, 0 },
    { "PART C", COUNT_ALPHA, 3 },
    { "第B部分", COUNT_ALPHA, 2 },
    { "الجزء باء", COUNT_ALPHA, 2 },
    { "Part Two", COUNT_DECIMAL, 2 },
    { "Article premier", COUNT_DECIMAL, 1 },
    { "Article second", COUNT_DECIMAL, 0 },
    { "DEUXIÈME PARTIE", COUNT_DECIMAL, 2 },
    { "الجزء الرابع", COUNT_DECIMAL, 4 },
    { "ثاني عشر", COUNT_ROMAN, 12 },
    { "باء", COUNT_ROMAN, 0 },
    { "aaaaaaaa)", COUNT_ALPHA, 0 },
    { ")", COUNT_ALPHA, 0 },
    { "i)", COUNT_ROMAN, 1 },
    { "(iv)", COUNT_ROMAN, 4 },
    { "ix.", COUNT_ROMAN, 9 },
    { "XIV", COUNT_ROMAN, 14 },
    { "mcmxcix", COUNT_ROMAN, 1999 },
    { "abc", COUNT_ROMAN, 0 },
    { "mmmmmmmmmmmmmmmm", COUNT_ROMAN, 0 },
    { "", COUNT_ROMAN, 0 },
    { "一", COUNT_HAN, 1 },
    { "十", COUNT_HAN, 10 },
    { "十二", COUNT_HAN, 12 },
    { "二十", COUNT_HAN, 20 },
    { "第二十三条", COUNT_HAN, 23 },
    { "（三）", COUNT_HAN, 3 },
    { "一百零五", COUNT_HAN, 105 },
    { "一百二十", COUNT_HAN, 120 },
    { "二〇二二", COUNT_HAN, 2022 },
    { "第4条", COUNT_HAN, 4 },
    { "条", COUNT_HAN, 0 },
    { "①", COUNT_CIRCLED, 1 },
    { "⑳", COUNT_CIRCLED, 20 },
    { "㈡", COUNT_CIRCLED, 2 },
    { "x", COUNT_CIRCLED, 0 },
    { "十一", COUNT_CIRCLED, 0 },
};

static void test_single_values(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        struct number number;
        bool has = read(&number, singles[i].label, singles[i].count);

        if (has != (singles[i].value > 0) ||
            (has && number_last(&number) != singles[i].value))
            fail_msg("\"%s\" is %u, not %u", singles[i].label,
                     has ? number_last(&number) : 0, singles[i].value);
    }
}

static void test_parts_of_a_decimal(void **state)
{
    struct number number = value("2.1.13", COUNT_DECIMAL);

    (void)state;
    assert_int_equal(number.depth, 3);
    assert_int_equal(number.at[0], 2);
    assert_int_equal(number.at[1], 1);
    assert_int_equal(number.at[2], 13);
    assert_int_equal(number.bis, 0);
    assert_string_equal(number.prefix, "");
}

static void test_bis_and_prefix(void **state)
{
    struct number number = value("11.2 bis", COUNT_DECIMAL);

    (void)state;
    assert_int_equal(number.depth, 2);
    assert_int_equal(number.bis, 2);
    assert_int_equal(value("3ter", COUNT_DECIMAL).bis, 3);
    number = value("I.2", COUNT_DECIMAL);
    assert_string_equal(number.prefix, "I");
    assert_int_equal(number.depth, 1);
    assert_int_equal(number.at[0], 2);
}

static void test_depth_has_a_limit(void **state)
{
    struct number number;

    (void)state;
    assert_true(read(&number, "1.2.3.4.5.6.7.8.9.10.11.12", COUNT_DECIMAL));
    assert_int_equal(number.depth, NUMBER_DEPTH);
    assert_false(read(&number, "1.2.3.4.5.6.7.8.9.10.11.12.13",
                      COUNT_DECIMAL));
}

static void test_bullets_have_no_value(void **state)
{
    struct number number;

    (void)state;
    assert_true(read(&number, "•", COUNT_NONE));
    assert_int_equal(number.depth, 0);
    assert_int_equal(number_last(&number), 0);
}

static void test_words_for_counting(void **state)
{
    (void)state;
    assert_int_equal(count_of(SPAN("none")), COUNT_NONE);
    assert_int_equal(count_of(SPAN("decimal")), COUNT_DECIMAL);
    assert_int_equal(count_of(SPAN("alpha")), COUNT_ALPHA);
    assert_int_equal(count_of(SPAN("roman")), COUNT_ROMAN);
    assert_int_equal(count_of(SPAN("han")), COUNT_HAN);
    assert_int_equal(count_of(SPAN("circled")), COUNT_CIRCLED);
    assert_int_equal(count_of(SPAN("octal")), COUNT_COUNT);
}

static void test_alphabets_count_from_one(void **state)
{
    static const struct numerals two = { .letters = { 'a', 'b', 'c', '|', 0x430,
                                                      0x431, 0x432 },
                                         .letter_count = 7 };
    static const struct {
        const char *label;
        unsigned value;
    } labels[] = { { "c)", 3 }, { "cc)", 6 }, { "а)", 1 }, { "В)", 3 },
                   { "вв)", 6 }, { "|)", 0 }, { "г)", 0 } };

    (void)state;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        struct number number;

        number_read(&number, span_of(labels[i].label), COUNT_ALPHA, &two);
        assert_int_equal(number_last(&number), labels[i].value);
    }
}

/* ---- order ------------------------------------------------------------------ */

static const struct {
    const char *first, *second;
    enum count count;
    bool follows, jumps, below; /* what the second is to the first */
} pairs[] = {
    { "1", "2", COUNT_DECIMAL, true, true, false },
    { "1", "3", COUNT_DECIMAL, false, true, false },
    { "3", "1", COUNT_DECIMAL, false, false, false },
    { "2", "2", COUNT_DECIMAL, false, false, false },
    { "2", "2 bis", COUNT_DECIMAL, true, false, false },
    { "2 bis", "2 ter", COUNT_DECIMAL, true, false, false },
    { "2 bis", "3", COUNT_DECIMAL, true, true, false },
    { "2", "3 bis", COUNT_DECIMAL, false, true, false },
    { "2", "2.1", COUNT_DECIMAL, false, false, true },
    { "2", "2.7", COUNT_DECIMAL, false, false, true },
    { "2", "3.1", COUNT_DECIMAL, false, false, false },
    { "2.1", "2.2", COUNT_DECIMAL, true, true, false },
    { "2.9", "2.10", COUNT_DECIMAL, true, true, false },
    { "2.1", "3.2", COUNT_DECIMAL, false, false, false },
    { "2.1", "3", COUNT_DECIMAL, false, false, false },
    { "I.1", "I.2", COUNT_DECIMAL, true, true, false },
    { "А.1", "A.2", COUNT_DECIMAL, true, true, false },
    { "I.1", "II.2", COUNT_DECIMAL, false, false, false },
    { "a", "b", COUNT_ALPHA, true, true, false },
    { "z", "aa", COUNT_ALPHA, true, true, false },
    { "iv", "v", COUNT_ROMAN, true, true, false },
    { "九", "十", COUNT_HAN, true, true, false },
    { "⑨", "⑩", COUNT_CIRCLED, true, true, false },
    { "•", "•", COUNT_NONE, false, false, false },
};

static void test_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct number a = value(pairs[i].first, pairs[i].count);
        struct number b = value(pairs[i].second, pairs[i].count);

        if (number_follows(&b, &a) != pairs[i].follows ||
            number_jumps(&b, &a) != pairs[i].jumps ||
            (a.depth && number_below(&b, &a) != pairs[i].below))
            fail_msg("\"%s\" after \"%s\" is not what it should be",
                     pairs[i].second, pairs[i].first);
    }
}

/* ---- eIds ------------------------------------------------------------------- */

static const struct {
    const char *label;
    enum count count;
    const char *id;
} ids[] = {
    { "2.1.1", COUNT_DECIMAL, "2-1-1" },
    { "2.1.", COUNT_DECIMAL, "2-1" },
    { "1.", COUNT_DECIMAL, "1" },
    { "a)", COUNT_ALPHA, "a" },
    { "(iv)", COUNT_ROMAN, "iv" },
    { "I.1", COUNT_DECIMAL, "I-1" },
    { "11.2 bis", COUNT_DECIMAL, "11-2bis" },
    { "第三条", COUNT_HAN, "3" },
    { "第二十三条", COUNT_HAN, "23" },
    { "第3条", COUNT_DECIMAL, "3" },
    { "２．１", COUNT_DECIMAL, "2-1" },
    { "٢.١", COUNT_DECIMAL, "2-1" },
    { "（一）", COUNT_HAN, "1" },
    { "③", COUNT_CIRCLED, "3" },
    { "B)", COUNT_ALPHA, "B" },
    { "Article 3", COUNT_DECIMAL, "3" },
    { "Artículo 3", COUNT_DECIMAL, "3" },
    { "CAPÍTULO II", COUNT_DECIMAL, "II" },
    { "Статья 2 bis", COUNT_DECIMAL, "2bis" },
    { "А.2", COUNT_DECIMAL, "A-2" },
    { "В", COUNT_DECIMAL, "B" },
    { "Article premier", COUNT_DECIMAL, "1" },
    { "DEUXIÈME PARTIE", COUNT_DECIMAL, "2" },
    { "الرابع", COUNT_ROMAN, "IV" },
    { "باء", COUNT_ALPHA, "B" },
};

static void test_ids(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        struct buf id = { 0 };

        number_write_id(&id, span_of(ids[i].label), ids[i].count, &latin);
        assert_string_equal(buf_text(&id), ids[i].id);
        buf_free(&id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single_values),
        cmocka_unit_test(test_parts_of_a_decimal),
        cmocka_unit_test(test_bis_and_prefix),
        cmocka_unit_test(test_depth_has_a_limit),
        cmocka_unit_test(test_bullets_have_no_value),
        cmocka_unit_test(test_words_for_counting),
        cmocka_unit_test(test_alphabets_count_from_one),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_ids),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
