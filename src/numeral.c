/* Turns the signs of one number into its value: digits of any script, Roman,
 * Han and Arabic numerals, letters of an alphabet, words. */
#include "numeral.h"

#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

int numeral_digit(int32_t c)
{
    if (is_digit(c))
        return c - '0';
    return c < 0x80 ? -1 : u_charDigitValue(c);
}

static unsigned roman_digit(UChar32 c)
{
    switch (u_tolower(c)) {
    case 'i': return 1;
    case 'v': return 5;
    case 'x': return 10;
    case 'l': return 50;
    case 'c': return 100;
    case 'd': return 500;
    case 'm': return 1000;
    default: return 0;
    }
}

unsigned numeral_roman(struct span text)
{
    unsigned value = 0, before = 0;

    for (size_t i = text.len; i-- > 0;) {
        unsigned digit = roman_digit((unsigned char)text.at[i]);

        if (!digit || value > 4999)
            return 0;
        value += digit < before ? -digit : digit;
        before = digit > before ? digit : before;
    }
    return value > 4999 ? 0 : value;
}

/* 壹, 贰, 叁 are 一, 二, 三 as accounts and outlines write them. */
static int formal_digit(UChar32 c)
{
    switch (c) {
    case 0x58F9: return 1;
    case 0x8D30: case 0x8CB3: return 2;
    case 0x53C1: case 0x53C2: case 0x53C3: return 3;
    case 0x8086: return 4;
    case 0x4F0D: return 5;
    case 0x9646: case 0x9678: return 6;
    case 0x67D2: return 7;
    case 0x634C: return 8;
    case 0x7396: return 9;
    default: return -1;
    }
}

int numeral_han_digit(int32_t c)
{
    static const UChar32 digits[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                      0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };

    if (c == 0x96F6 || c == 0x25CB) /* 零 stands in the middle of 一百零五 */
        return 0;
    for (int i = 0; i < 10; i++)
        if (digits[i] == c)
            return i;
    return formal_digit(c);
}

/* What a digit is multiplied by, or 0. */
static unsigned han_unit(UChar32 c)
{
    return c == 0x5341 || c == 0x62FE ? 10
           : c == 0x767E              ? 100
           : c == 0x5343              ? 1000
                                      : 0;
}

/* 二十三 is 2 x 10 + 3; a unit without a digit before it counts once. */
static unsigned han_value(struct span text)
{
    unsigned value = 0, digit = 0;
    bool pending = false;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;
        int d;
        unsigned unit;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        d = numeral_han_digit(c);
        unit = han_unit(c);
        if (d >= 0) {
            digit = pending ? digit * 10 + (unsigned)d : (unsigned)d;
            pending = true;
        } else if (unit) {
            value += (pending ? digit : 1) * unit;
            pending = false;
            digit = 0;
        } else {
            return 0;
        }
        if (value > NUMERAL_MAX || digit > NUMERAL_MAX)
            return 0;
    }
    return value + digit;
}

static bool is_han_numeral(UChar32 c)
{
    return numeral_han_digit(c) >= 0 || han_unit(c) > 0;
}

/* The letters up to the next bar: a language may write labels in the letters
 * of several scripts, and each of its alphabets counts from one. */
static size_t alphabet_length(const int32_t *letters, size_t letter_count)
{
    size_t length = 0;

    while (length < letter_count && letters[length] != '|')
        length++;
    return length;
}

/* Arabic letters count in their old order; alef is written in several ways, and
 * a kashida (U+0640) only draws an initial form. */
unsigned numeral_abjad(struct span text)
{
    static const UChar32 letters[] = {
        0x627, 0x628, 0x62C, 0x62F, 0x647, 0x648, 0x632, 0x62D, 0x637, 0x64A,
        0x643, 0x644, 0x645, 0x646, 0x633, 0x639, 0x641, 0x635, 0x642, 0x631,
        0x634, 0x62A, 0x62B, 0x62E, 0x630, 0x636, 0x638, 0x63A
    };
    UChar32 c, rest = 0x640;
    int32_t at = 0;

    if (!text.len)
        return 0;
    U8_NEXT(text.at, at, (int32_t)text.len, c);
    while (at < (int32_t)text.len && rest == 0x640)
        U8_NEXT(text.at, at, (int32_t)text.len, rest);
    if (rest != 0x640)
        return 0;
    if (c == 0x622 || c == 0x623 || c == 0x625)
        c = 0x627;
    for (unsigned i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i] == c)
            return i + 1;
    return 0;
}

/* Kana that count items stand at every other place, ｱ to ｿ at every one. */
static int32_t usual_kana(int32_t c)
{
    return c < 0xFF76 ? 0x30A2 + 2 * (c - 0xFF71) : 0x30AB + 2 * (c - 0xFF76);
}

int32_t numeral_narrow(int32_t c)
{
    if (c >= 0xFF71 && c <= 0xFF7F)
        return usual_kana(c);
    return (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A)
               ? c - 0xFEE0
               : c;
}

unsigned numeral_alpha(struct span text, const struct numerals *numerals)
{
    const int32_t *letters = numerals ? numerals->letters : NULL;
    size_t letter_count = numerals ? numerals->letter_count : 0;
    unsigned value = numeral_word(text, COUNT_ALPHA, numerals);
    UChar32 c;
    int32_t at = 0;

    if (text.len == 0 || value)
        return value;
    U8_NEXT(text.at, at, (int32_t)text.len, c);
    c = numeral_narrow(c);
    for (size_t start = 0; start < letter_count;) {
        size_t length = alphabet_length(letters + start, letter_count - start);

        for (size_t i = 0; i < length; i++)
            if (u_tolower(c) == u_tolower(letters[start + i])) {
                /* aa) follows z): the same letter again counts on. */
                size_t again = (text.len - 1) / (size_t)at;

                return again > 3 ? 0 : (unsigned)(i + 1 + again * length);
            }
        start += length + 1;
    }
    return numeral_abjad(text);
}

unsigned numeral_circled(struct span text)
{
    UChar32 c;
    int32_t at = 0;
    double value;

    if (text.len == 0)
        return 0;
    U8_NEXT(text.at, at, (int32_t)text.len, c);
    if (at < (int32_t)text.len) /* 十一 is not the 10 of its first character */
        return 0;
    value = u_getNumericValue(c);
    return value >= 1 && value <= 50 ? (unsigned)value : 0;
}

unsigned numeral_iroha(struct span text)
{
    static const char order[] = "\u30A4\u30ED\u30CF\u30CB\u30DB\u30D8"
                                "\u30C8\u30C1\u30EA\u30CC\u30EB\u30F2";
    const char *kana =
        text.len == 3 ? memmem(order, sizeof order - 1, text.at, 3) : NULL;

    return kana && (kana - order) % 3 == 0 ? (unsigned)(kana - order) / 3 + 1
                                           : 0;
}

bool numeral_is_bracketed_han(int32_t c)
{
    return c >= 0x3220 && c <= 0x3229;
}

bool numeral_is_circled(int32_t c)
{
    return (c >= 0x2460 && c <= 0x2487) || (c >= 0x3251 && c <= 0x325F) ||
           (c >= 0x32B1 && c <= 0x32BF);
}

/* The first run of Han numerals. */
static struct span han_part(struct span text)
{
    int32_t from = -1, to = 0;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        int32_t was = at;
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (!is_han_numeral(c)) {
            if (from >= 0)
                break;
            continue;
        }
        if (from < 0)
            from = was;
        to = at;
    }
    if (from < 0)
        return (struct span){ text.at, 0 };
    return (struct span){ text.at + from, (size_t)(to - from) };
}

unsigned numeral_han(struct span text)
{
    return han_value(han_part(text));
}

/* 附件乙: the place of the heavenly stem that the label ends in, or 0. */
unsigned numeral_stem(struct span text)
{
    static const UChar32 stems[] = { 0x7532, 0x4E59, 0x4E19, 0x4E01, 0x620A,
                                     0x5DF1, 0x5E9A, 0x8F9B, 0x58EC, 0x7678 };
    int32_t at = (int32_t)text.len;
    unsigned i = 0;
    UChar32 c;

    if (!text.len)
        return 0;
    U8_PREV(text.at, 0, at, c);
    while (i < 10 && stems[i] != c)
        i++;
    return i < 10 ? i + 1 : 0;
}

/* One character for a Roman number: "Ⅳ", from U+2160. */
enum { ROMAN_SIGN = 0x2160 };
static const char *const roman_signs[] = { "I",  "II",  "III",  "IV",
                                           "V",  "VI",  "VII",  "VIII",
                                           "IX", "X",   "XI",   "XII" };

const char *numeral_roman_sign(int32_t c)
{
    return c >= ROMAN_SIGN && c < ROMAN_SIGN + 12 ? roman_signs[c - ROMAN_SIGN]
                                                  : NULL;
}

/* 第Ⅳ章 */
unsigned numeral_of_sign(struct span text)
{
    const char *sign = NULL;

    for (int32_t at = 0; !sign && at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        sign = numeral_roman_sign(c);
    }
    return sign ? numeral_roman(span_of(sign)) : 0;
}

/* Whether both are the same but for the case of their letters: as many bytes.
 */
static bool same_word(struct span a, struct span b)
{
    int32_t i = 0, k = 0, end = (int32_t)a.len;
    UChar32 c, d;

    if (a.len != b.len)
        return false;
    while (i < end && k < end) {
        U8_NEXT(a.at, i, end, c);
        U8_NEXT(b.at, k, end, d);
        if (u_tolower(c) != u_tolower(d))
            return false;
    }
    return i == k;
}

unsigned numeral_word(struct span word, enum count count,
                      const struct numerals *numerals)
{
    for (size_t i = 0; numerals && i < numerals->word_count; i++)
        if (numerals->words[i].count == count &&
            same_word(numerals->words[i].word, word))
            return numerals->words[i].value;
    return 0;
}

char numeral_latin(int32_t c)
{
    static const struct {
        int32_t cyrillic;
        char latin;
    } alike[] = {
        { 0x0410, 'A' }, { 0x0412, 'B' }, { 0x0415, 'E' }, { 0x041A, 'K' },
        { 0x041C, 'M' }, { 0x041D, 'H' }, { 0x041E, 'O' }, { 0x0420, 'P' },
        { 0x0421, 'C' }, { 0x0422, 'T' }, { 0x0423, 'Y' }, { 0x0425, 'X' },
        { 0x0406, 'I' }, { 0x0430, 'a' }, { 0x0435, 'e' }, { 0x043E, 'o' },
        { 0x0440, 'p' }, { 0x0441, 'c' }, { 0x0443, 'y' }, { 0x0445, 'x' },
        { 0x0456, 'i' },
    };

    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (alike[i].cyrillic == c)
            return alike[i].latin;
    return '\0';
}

void numeral_write_roman(struct buf *out, unsigned value)
{
    static const char *const ones[] = { "", "i", "ii", "iii", "iv",
                                        "v", "vi", "vii", "viii", "ix" };

    for (; value >= 10; value -= 10)
        buf_putc(out, 'x');
    buf_puts(out, ones[value]);
}
