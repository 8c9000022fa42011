/* Holds what the library believes about characters against ICU, which knows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "text.h"

static const UNormalizer2 *nfc;

/* Whether a text of such characters alone is in NFC whatever their order: each
 * is in NFC by itself and combines with nothing before it. (ICU's own "inert"
 * says no to every letter that an accent could follow; but accents are not
 * claimed, and one in a line is enough to have it normalized.) */
static bool stays(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[2];
    int32_t length = 0;

    if (U_IS_SURROGATE(c))
        return false;
    U16_APPEND_UNSAFE(units, length, c);
    return unorm2_isInert(nfc, c) ||
           (unorm2_hasBoundaryBefore(nfc, c) &&
            unorm2_quickCheck(nfc, units, length, &status) == UNORM_YES);
}

static void test_claimed_characters_stay(void **state)
{
    size_t claimed = 0, wrong = 0;

    (void)state;
    for (UChar32 c = 0; c <= 0x10FFFF; c++) {
        claimed += text_is_inert(c);
        if (text_is_inert(c) && !stays(c)) {
            print_error("U+%04X changes\n", (unsigned)c);
            wrong++;
        }
    }
    assert_true(claimed > 20000);
    assert_int_equal(wrong, 0);
}

/* Letters of alphabets compose with marks behind them, which are not claimed;
 * what else is claimed is inert in ICU's strict sense. */
static void test_claimed_characters_are_inert(void **state)
{
    (void)state;
    for (UChar32 c = 0x700; c <= 0x10FFFF; c++)
        if (text_is_inert(c) && !unorm2_isInert(nfc, c))
            fail_msg("U+%04X is not inert to ICU", (unsigned)c);
    assert_false(text_is_inert(0x301));
    assert_false(text_is_inert(0x1161));
    assert_false(text_is_inert(0x3099));
    assert_false(text_is_inert(0x212B));
    assert_false(text_is_inert(0xF900));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_claimed_characters_stay),
        cmocka_unit_test(test_claimed_characters_are_inert),
    };
    UErrorCode status = U_ZERO_ERROR;

    nfc = unorm2_getNFCInstance(&status);
    return U_SUCCESS(status) ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
