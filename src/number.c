/* Turns labels ("2.1", "a)", "(iv)", "第二十三条", "11.2 bis") into values that
 * can be compared. */
#include "number.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { VALUE_MAX = 99999 };

enum count count_of(struct span word)
{
    static const char *const names[COUNT_COUNT] = { "none",  "decimal",
                                                    "alpha", "roman",
                                                    "han",   "circled" };
    int i = 0;

    while (i < COUNT_COUNT && !span_is(word, names[i]))
        i++;
    return (enum count)i;
}

/* ---- single values ----------------------------------------------------- */

static int digit_of(UChar32 c)
{
    if (c >= '0' && c <= '9')
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

static unsigned roman_value(struct span text)
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

static int han_digit(UChar32 c)
{
    static const UChar32 digits[] = { 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                      0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };

    if (c == 0x96F6) /* 零 stands in the middle of 一百零五 */
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
        d = han_digit(c);
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
        if (value > VALUE_MAX || digit > VALUE_MAX)
            return 0;
    }
    return value + digit;
}

static bool is_han_numeral(UChar32 c)
{
    return han_digit(c) >= 0 || han_unit(c) > 0;
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
static unsigned abjad_value(struct span text)
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

/* The ASCII letter of a full-width one; others stay. */
static UChar32 narrow(UChar32 c)
{
    return (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A)
               ? c - 0xFEE0
               : c;
}

static unsigned alpha_value(struct span text, const int32_t *letters,
                            size_t letter_count)
{
    UChar32 c;
    int32_t at = 0;

    if (text.len == 0)
        return 0;
    U8_NEXT(text.at, at, (int32_t)text.len, c);
    c = narrow(c);
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
    return abjad_value(text);
}

static unsigned circled_value(struct span text)
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

bool number_circled(int32_t c)
{
    return (c >= 0x2460 && c <= 0x2473) || (c >= 0x3251 && c <= 0x325F) ||
           (c >= 0x32B1 && c <= 0x32BF);
}

/* ---- whole labels ------------------------------------------------------ */

/* The run of letters and digits in a label: what is left of "(iv)". */
static struct span core(struct span label)
{
    int32_t from = 0, to = (int32_t)label.len, next;
    UChar32 c;

    if (!label.len)
        return label;

    for (; from < to; from = next) {
        next = from;
        U8_NEXT(label.at, next, to, c);
        if (u_isalnum(c) || u_getNumericValue(c) != U_NO_NUMERIC_VALUE)
            break;
    }
    for (; to > from; to = next) {
        next = to;
        U8_PREV(label.at, from, next, c);
        if (u_isalnum(c) || u_getNumericValue(c) != U_NO_NUMERIC_VALUE)
            break;
    }
    return (struct span){ label.at + from, (size_t)(to - from) };
}

/* ---- letters of the other keyboard ---------------------------------------- */

char number_latin(int32_t c)
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

enum { LATIN_MAX = 64 };

/* One character for a Roman number: "Ⅳ", from U+2160. */
enum { ROMAN_SIGN = 0x2160 };
static const char *const roman_signs[] = { "I",  "II",  "III",  "IV",
                                           "V",  "VI",  "VII",  "VIII",
                                           "IX", "X",   "XI",   "XII" };

const char *number_roman_sign(int32_t c)
{
    return c >= ROMAN_SIGN && c < ROMAN_SIGN + 12 ? roman_signs[c - ROMAN_SIGN]
                                                  : NULL;
}

/* A label with Latin capitals for the Cyrillic ones that stand alone in it:
 * "А.1" is A.1, but "Статья 1" is a word and a number. So is "Ⅳ.1" IV.1. */
static struct span latin_label(char out[LATIN_MAX], struct span text)
{
    UChar32 before = 0, c, next;
    size_t len = 0;

    if (2 * text.len > LATIN_MAX)
        return text;
    for (int32_t at = 0, end = (int32_t)text.len; at < end; before = c) {
        int32_t from = at, ahead;

        U8_NEXT(text.at, at, end, c);
        ahead = at;
        next = 0;
        if (at < end)
            U8_NEXT(text.at, ahead, end, next);
        if (number_roman_sign(c)) {
            const char *sign = number_roman_sign(c);

            memcpy(out + len, sign, strlen(sign));
            len += strlen(sign);
        } else if (u_isupper(c) && number_latin(c) && !u_isalpha(before) &&
            !u_isalpha(next)) {
            out[len++] = number_latin(c);
        } else {
            memcpy(out + len, text.at + from, (size_t)(at - from));
            len += (size_t)(at - from);
        }
    }
    return (struct span){ out, len };
}

bool number_read_latin(struct number *number, struct span label,
                       const int32_t *letters, size_t letter_count)
{
    struct span text = core(label);
    int32_t at = 0;
    UChar32 c = 0;
    char latin;

    if (text.len)
        U8_NEXT(text.at, at, (int32_t)text.len, c);
    latin = number_latin(c);
    return latin && (size_t)at == text.len &&
           number_read(number, (struct span){ &latin, 1 }, COUNT_ALPHA,
                       letters, letter_count);
}

/* ---- numbers with dots ---------------------------------------------------- */

static const char *const bis_words[] = { "bis", "ter", "quater", "quinquies",
                                         "sexies" };
enum { BIS_WORDS = sizeof bis_words / sizeof *bis_words };

unsigned number_bis(struct span word)
{
    for (unsigned i = 0; i < BIS_WORDS; i++)
        if (word.len == strlen(bis_words[i]) &&
            strncasecmp(word.at, bis_words[i], word.len) == 0)
            return i + 2;
    return 0;
}

/* "مكرر" behind a number is bis, too. */
static unsigned cut_arabic_bis(struct span *text)
{
    static const char word[] = "\u0645\u0643\u0631\u0631";
    const char *sign = memmem(text->at, text->len, word, sizeof word - 1);

    if (!sign || sign == text->at)
        return 0;
    *text = span_trim((struct span){ text->at, (size_t)(sign - text->at) });
    return 2;
}

/* "之二" behind a number is bis: cuts it off and returns 2, or 0. */
static unsigned cut_han_bis(struct span *text)
{
    const char *sign = memmem(text->at, text->len, "\u4E4B", 3);
    int32_t at = sign ? (int32_t)(sign - text->at) + 3 : 0;
    UChar32 c = 0;
    int value;

    if (sign && at < (int32_t)text->len)
        U8_NEXT(text->at, at, (int32_t)text->len, c);
    value = han_digit(c);
    if (sign == text->at || value < 2 || value > BIS_WORDS + 1)
        return 0;
    text->len = (size_t)(sign - text->at);
    return (unsigned)value;
}

/* "a bis": cuts the letter's bis off and returns 2, or 0. */
static unsigned cut_latin_bis(struct span *text)
{
    for (unsigned i = 0; i < BIS_WORDS; i++) {
        size_t length = strlen(bis_words[i]);
        struct span letter = { text->at, text->len - length };

        if (text->len <= length || number_bis((struct span){
                text->at + letter.len, length }) != i + 2)
            continue;
        letter = span_trim(letter);
        if (letter.len == 1 && u_isalpha((unsigned char)letter.at[0])) {
            *text = letter;
            return i + 2;
        }
    }
    return 0;
}

static unsigned cut_bis(struct span *text, enum count count)
{
    unsigned bis;

    if (!text->len)
        return 0;
    bis = cut_han_bis(text);
    if (!bis)
        bis = cut_arabic_bis(text);
    return !bis && count == COUNT_ALPHA ? cut_latin_bis(text) : bis;
}

static struct span word_at(struct span text, size_t at)
{
    size_t end = at;

    while (end < text.len && ((text.at[end] | 32) >= 'a' &&
                              (text.at[end] | 32) <= 'z'))
        end++;
    return (struct span){ text.at + at, end - at };
}

/* The Latin letters of "第II部分". */
static struct span latin_part(struct span text)
{
    size_t at = 0;

    while (at < text.len && !word_at(text, at).len)
        at++;
    return word_at(text, at);
}

/* "A" in A.2 and "A1" in A1.2 are the annex that the clause belongs to;
 * "Article" and "Art. " are words. The length of the annex, or 0. */
static size_t prefix_length(struct span text, int32_t at, struct span word)
{
    size_t from = (size_t)at, end = from + word.len;

    while (word.len == 1 && end < text.len && text.at[end] >= '0' &&
           text.at[end] <= '9')
        end++;
    return end - from < sizeof ((struct number *)0)->prefix &&
                   end < text.len && text.at[end] == '.' &&
                   !(end + 1 < text.len && text.at[end + 1] == ' ')
               ? end - from
               : 0;
}

/* "Article premier", "TÍTULO TERCERO": the value of such a word, or 0. Those of
 * Spanish end in a vowel or not. */
static unsigned ordinal_value(struct span word)
{
    static const struct {
        const char *stem;
        unsigned value;
    } ordinals[] = {
        { "premier", 1 }, { "primer", 1 }, { "segund", 2 }, { "tercer", 3 },
        { "cuart", 4 }, { "quint", 5 }, { "sext", 6 }, { "septim", 7 },
        { "s\u00E9ptim", 7 }, { "s\u00C9ptim", 7 }, { "octav", 8 },
        { "noven", 9 }, { "decim", 10 }, { "d\u00E9cim", 10 },
        { "d\u00C9cim", 10 },
    };

    for (size_t i = 0; i < sizeof ordinals / sizeof *ordinals; i++) {
        size_t len = strlen(ordinals[i].stem);

        if (word.len >= len && word.len <= len + 1 &&
            strncasecmp(word.at, ordinals[i].stem, len) == 0)
            return ordinals[i].value;
    }
    return 0;
}

/* The number of "Article IV". */
static bool read_last_roman(struct number *number, struct span text)
{
    struct span word = { text.at, 0 };

    if (!text.len)
        return false;
    word.at += text.len;
    while (word.len < text.len && word.at[-1] != ' ') {
        word.at--;
        word.len++;
    }
    number->depth = 1;
    if (word.len < text.len)
        number->at[0] = ordinal_value(word);
    if (word.len < text.len && !number->at[0])
        number->at[0] = roman_value(word);
    return number->at[0] > 0;
}

/* "I.2", "2.1.3", "11.2 bis", "第3条", with digits of any script. */
static bool read_decimal(struct number *number, struct span text)
{
    bool in_number = false;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        struct span word = word_at(text, (size_t)at);
        UChar32 c;
        int digit;

        if (word.len) {
            unsigned bis = number_bis(word);
            size_t prefix = number->depth ? 0 : prefix_length(text, at, word);

            if (prefix) {
                memcpy(number->prefix, word.at, prefix);
                number->prefix[prefix] = '\0';
                word.len = prefix;
            } else if (bis) {
                number->bis = bis;
            } else if (word.len == 1 && number->depth) {
                number->bis = 1u + (unsigned)(word.at[0] | 32) - 'a';
            }
            at += (int32_t)word.len;
            in_number = false;
            continue;
        }
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        digit = digit_of(c);
        if (digit < 0) {
            in_number = false;
            continue;
        }
        if (!in_number) {
            if (number->depth == NUMBER_DEPTH)
                return false;
            number->at[number->depth++] = 0;
            in_number = true;
        }
        number->at[number->depth - 1] =
            number->at[number->depth - 1] * 10 + (unsigned)digit;
        if (number->at[number->depth - 1] > VALUE_MAX)
            return false;
    }
    return number->depth > 0 || read_last_roman(number, text);
}

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

/* 第Ⅳ章 */
static unsigned sign_value(struct span text)
{
    const char *sign = NULL;

    for (int32_t at = 0; !sign && at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        sign = number_roman_sign(c);
    }
    return sign ? roman_value(span_of(sign)) : 0;
}

static bool read_value(struct number *number, struct span text,
                       const int32_t *letters, size_t letter_count)
{
    unsigned value = 0;
    char latin[LATIN_MAX];

    switch (number->count) {
    case COUNT_NONE:
    case COUNT_COUNT:
        return number->count == COUNT_NONE;
    case COUNT_DECIMAL:
        return read_decimal(number, latin_label(latin, text));
    case COUNT_ALPHA:
        value = alpha_value(text, letters, letter_count);
        break;
    case COUNT_ROMAN:
        value = roman_value(text);
        break;
    case COUNT_HAN:
        value = han_value(han_part(text));
        if (!value && read_decimal(number, text))
            return true;
        if (!value)
            value = roman_value(latin_part(text));
        if (!value)
            value = sign_value(text);
        break;
    case COUNT_CIRCLED:
        value = circled_value(text);
        break;
    }
    number->depth = 1;
    number->at[0] = value;
    return value > 0;
}

bool number_read(struct number *number, struct span label, enum count count,
                 const int32_t *letters, size_t letter_count)
{
    struct span text = core(label);
    unsigned bis = cut_bis(&text, count);
    bool read;

    *number = (struct number){ .count = count };
    read = read_value(number, text, letters, letter_count);
    if (bis)
        number->bis = bis;
    return read;
}

bool number_is_date(unsigned year, unsigned month, unsigned day)
{
    static const unsigned char days[] = { 31, 29, 31, 30, 31, 30,
                                          31, 31, 30, 31, 30, 31 };
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 &&
           day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || leap);
}

unsigned number_last(const struct number *number)
{
    return number->depth ? number->at[number->depth - 1] : 0;
}

static bool same_parent(const struct number *a, const struct number *b)
{
    return a->depth == b->depth && strcmp(a->prefix, b->prefix) == 0 &&
           memcmp(a->at, b->at, (a->depth - 1) * sizeof a->at[0]) == 0;
}

bool number_follows(const struct number *next, const struct number *number)
{
    unsigned a = number_last(next), b = number_last(number);

    if (!next->depth || !same_parent(next, number))
        return false;
    return a == b ? next->bis > number->bis : a == b + 1 && !next->bis;
}

bool number_jumps(const struct number *next, const struct number *number)
{
    return next->depth && same_parent(next, number) &&
           number_last(next) > number_last(number);
}

bool number_below(const struct number *child, const struct number *parent)
{
    return child->depth == parent->depth + 1 &&
           strcmp(child->prefix, parent->prefix) == 0 &&
           memcmp(child->at, parent->at,
                  parent->depth * sizeof parent->at[0]) == 0;
}

/* ---- eIds -------------------------------------------------------------- */

/* What stands before the number and a space, as in "Artículo 3" and "Art. 3", is
 * left out. */
static struct span without_word(struct span text)
{
    int32_t word = 0, next = 0;
    size_t at;
    UChar32 c;

    while (next < (int32_t)text.len) {
        U8_NEXT(text.at, next, (int32_t)text.len, c);
        if (!u_isalpha(c))
            break;
        word = next;
    }
    if (word && word + 1 < (int32_t)text.len && text.at[word] == '.' &&
        text.at[word + 1] == ' ')
        word++;
    at = (size_t)word;
    while (at < text.len && text.at[at] == ' ')
        at++;
    return word && at > (size_t)word
               ? (struct span){ text.at + at, text.len - at }
               : text;
}

static void write_decimal_id(struct buf *out, struct span text)
{
    bool written = false, pending = false;

    if (ordinal_value(text)) {
        buf_printf(out, "%u", ordinal_value(text));
        return;
    }
    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;
        int digit;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        digit = digit_of(c);
        if (digit >= 0 || (c < 0x80 && u_isalnum(c))) {
            if (pending && written)
                buf_putc(out, '-');
            pending = false;
            written = true;
            buf_putc(out, digit >= 0 ? (char)('0' + digit) : (char)c);
        } else if (c == '.' || c == '-' || c == 0xFF0E) {
            pending = true;
        }
    }
}

/* One item has one eId in all languages: the letter of the same place, and
 * behind z it is doubled. A Cyrillic "а" was typed for the Latin one. */
static void write_alpha_id(struct buf *out, struct span text)
{
    unsigned value = abjad_value(text);
    UChar32 first = span_first(text), letter = narrow(first);
    char latin = text.len == 2 ? number_latin(first) : '\0';

    if (latin || letter != first)
        buf_putc(out, latin ? latin : (char)letter);
    else if (!value)
        buf_add_span(out, text);
    for (unsigned i = 0; value && i <= (value - 1) / 26; i++)
        buf_putc(out, (char)('a' + (value - 1) % 26));
}

/* What other languages number i), Arabic texts number ‘1’. */
static bool is_quoted(struct span label)
{
    UChar32 first = span_first(label);

    return first == 0x2018 || first == 0x2019 || first == '\'';
}

void number_write_roman(struct buf *out, unsigned value)
{
    static const char *const ones[] = { "", "i", "ii", "iii", "iv",
                                        "v", "vi", "vii", "viii", "ix" };

    for (; value >= 10; value -= 10)
        buf_putc(out, 'x');
    buf_puts(out, ones[value]);
}

void number_write_id(struct buf *out, struct span label, enum count count)
{
    struct span text = core(label);
    struct number number = { 0 };
    unsigned value = 0, bis = cut_bis(&text, count);
    char latin[LATIN_MAX];
    if (count == COUNT_HAN)
        value = han_value(han_part(text));
    else if (count == COUNT_CIRCLED)
        value = circled_value(text);
    if (value)
        buf_put_unsigned(out, value);
    else if (count == COUNT_DECIMAL && is_quoted(label) &&
             read_decimal(&number, text) && number.at[0] < 40)
        number_write_roman(out, number.at[0]);
    else if (count == COUNT_ALPHA || count == COUNT_ROMAN)
        write_alpha_id(out, text);
    else if ((value = han_value(han_part(text))) != 0 &&
             !memchr(text.at, '.', text.len))
        buf_put_unsigned(out, value);
    else
        write_decimal_id(out, without_word(latin_label(latin, text)));
    if (bis)
        buf_add_span(out, span_of(bis_words[bis - 2]));
}

/* Digits of any script and Latin letters with dots between them, no words. */
static bool is_dotted(struct span text)
{
    UChar32 c;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (!u_isdigit(c) && c != '.' && (c >= 0x80 || !u_isalpha(c)))
            return false;
    }
    return text.len && memchr(text.at, '.', text.len);
}

struct span number_turn(char out[NUMBER_TEXT], struct span label)
{
    struct span text = core(label);
    size_t end = text.len, len = 0;

    /* Who types "A.2" turns nothing: from right to left that is "2.A". */
    if (text.len > NUMBER_TEXT || !is_dotted(text) ||
        isalpha((unsigned char)text.at[0]))
        return label;
    for (size_t i = text.len; i-- > 0;) {
        if (i && text.at[i - 1] != '.')
            continue;
        if (len)
            out[len++] = '.';
        memcpy(out + len, text.at + i, end - i);
        len += end - i;
        end = i ? i - 1 : 0;
    }
    return (struct span){ out, len };
}
