/* Turns labels ("2.1", "a)", "(iv)", "第二十三条", "11.2 bis") into values that
 * can be compared. */
#include "number.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "fold.h"
#include "quote.h"

enum count count_of(struct span word)
{
    static const char *const names[COUNT_COUNT] = {
        "none", "decimal", "alpha", "roman", "han", "circled", "iroha"
    };
    int i = 0;

    while (i < COUNT_COUNT && !span_is(word, names[i]))
        i++;
    return (enum count)i;
}

/* ---- whole labels ------------------------------------------------------ */

/* "ARTICLE 4" of "ARTICLE 4 (CV)", where the letters say which of several texts
 * it is of; but all of "Article (3)" and "1 (a)". */
static struct span without_text(struct span label)
{
    int32_t to = (int32_t)label.len, letters = 0;
    UChar32 c = 0;

    if (to > 0)
        U8_PREV(label.at, 0, to, c);
    if (c != ')' && c != 0xFF09)
        return label;
    while (to > 0) {
        U8_PREV(label.at, 0, to, c);
        if (!u_isalpha(c) || u_islower(c))
            break;
        letters++;
    }
    return letters && to > 0 && (c == '(' || c == 0xFF08)
               ? span_trim((struct span){ label.at, (size_t)to })
               : label;
}

/* The run of letters and digits in a label: what is left of "(iv)". */
static struct span core(struct span label)
{
    int32_t from = 0, to, next;
    UChar32 c;

    if (!label.len)
        return label;
    label = without_text(label);
    to = (int32_t)label.len;

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

enum { LATIN_MAX = 64 };

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
        if (numeral_roman_sign(c)) {
            const char *sign = numeral_roman_sign(c);

            memcpy(out + len, sign, strlen(sign));
            len += strlen(sign);
        } else if (u_isupper(c) && numeral_latin(c) && !u_isalpha(before) &&
                   !u_isalpha(next)) {
            out[len++] = numeral_latin(c);
        } else {
            memcpy(out + len, text.at + from, (size_t)(at - from));
            len += (size_t)(at - from);
        }
    }
    return (struct span){ out, len };
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

/* The sign before the number of a bis in Chinese, Japanese and Korean. */
static const char *find_sign_of_bis(struct span text)
{
    static const char *const signs[] = { "\u4E4B", "\u306E", "\uC758" };
    const char *sign = NULL;

    for (size_t i = 0; i < sizeof signs / sizeof *signs && !sign; i++)
        sign = memmem(text.at, text.len, signs[i], 3);
    return sign;
}

/* "之二" behind a number is bis: cuts it off and returns 2, or 0. */
static unsigned cut_han_bis(struct span *text)
{
    const char *sign = find_sign_of_bis(*text);
    int32_t at = sign ? (int32_t)(sign - text->at) + 3 : 0;
    UChar32 c = 0;
    int value;

    if (sign && at < (int32_t)text->len)
        U8_NEXT(text->at, at, (int32_t)text->len, c);
    value = u_isdigit(c) ? numeral_digit(c) : numeral_han_digit(c);
    if (sign == text->at || value < 2 || value > BIS_WORDS + 1)
        return 0;
    text->len = (size_t)(sign - text->at);
    return (unsigned)value;
}

/* "a bis", "a) bis": cuts the letter's bis off and returns 2, or 0. */
static unsigned cut_latin_bis(struct span *text)
{
    for (unsigned i = 0; i < BIS_WORDS; i++) {
        size_t length = strlen(bis_words[i]);
        struct span letter = { text->at, text->len - length };

        if (text->len <= length || number_bis((struct span){
                text->at + letter.len, length }) != i + 2)
            continue;
        letter = span_trim(letter);
        if (letter.len == 2 && letter.at[1] == ')')
            letter.len = 1;
        if (letter.len == 1 && u_isalpha((unsigned char)letter.at[0])) {
            *text = letter;
            return i + 2;
        }
    }
    return 0;
}

/* "\u0111" stands between d and e, where other languages have d bis. */
static unsigned cut_bar(struct span *text)
{
    if (!span_is(*text, "\u0111") && !span_is(*text, "\u0110"))
        return 0;
    *text = span_of("d");
    return 2;
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

    while (word.len == 1 && end < text.len && is_digit(text.at[end]))
        end++;
    return end - from < sizeof ((struct number *)0)->prefix &&
                   end < text.len && text.at[end] == '.' &&
                   !(end + 1 < text.len && text.at[end + 1] == ' ')
               ? end - from
               : 0;
}

/* What stands before the number and a space, as in "Artículo 3" and "Art. 3",
 * is left out. */
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

/* The letter of "PART A" and "第A部分", which stands behind a word or before
 * Han characters. */
static struct span lettered(struct span text, enum count count)
{
    int32_t at = (int32_t)text.len;
    UChar32 last = 0;
    struct span part;

    if (count != COUNT_ALPHA || !text.len)
        return text;
    U8_PREV(text.at, 0, at, last);
    part = u_hasBinaryProperty(last, UCHAR_IDEOGRAPHIC) ? latin_part(text)
                                                        : without_word(text);
    return part.len ? part : text;
}

bool number_read_latin(struct number *number, struct span label,
                       const struct numerals *numerals)
{
    char plain[FOLD_SHORT];
    struct span text = lettered(core(fold_short(plain, label)), COUNT_ALPHA);
    int32_t at = 0;
    UChar32 c = 0;
    char latin;

    if (text.len)
        U8_NEXT(text.at, at, (int32_t)text.len, c);
    latin = numeral_latin(c);
    return latin && (size_t)at == text.len &&
           number_read(number, (struct span){ &latin, 1 }, COUNT_ALPHA,
                       numerals);
}

/* The value of "PREMIÈRE PARTIE", or 0. */
static unsigned first_ordinal(struct span text, const struct numerals *numerals)
{
    const char *space = memchr(text.at, ' ', text.len);

    return space ? numeral_word(span_between(text.at, space), COUNT_DECIMAL,
                                numerals)
                 : 0;
}

static unsigned read_roman(struct span text, const struct numerals *numerals)
{
    unsigned value = numeral_word(text, COUNT_ROMAN, numerals);

    return value ? value : numeral_roman(text);
}

/* The number of "Article IV", which its last word is, and of those in words. */
static bool read_last_word(struct number *number, struct span text,
                           const struct numerals *numerals)
{
    struct span word = { text.at, 0 };

    if (!text.len)
        return false;
    number->at[0] = first_ordinal(text, numerals);
    word.at += text.len;
    while (word.len < text.len && word.at[-1] != ' ') {
        word.at--;
        word.len++;
    }
    number->depth = 1;
    if (!number->at[0])
        number->at[0] = numeral_word(word, COUNT_DECIMAL, numerals);
    if (word.len < text.len && !number->at[0]) /* المادة الثانية عشرة */
        number->at[0] =
            numeral_word(without_word(text), COUNT_DECIMAL, numerals);
    if (word.len < text.len && !number->at[0])
        number->at[0] = read_roman(word, numerals);
    return number->at[0] > 0;
}

/* "I.2", "2.1.3", "11.2 bis", "第3条", with digits of any script. */
static bool read_decimal(struct number *number, struct span text,
                         const struct numerals *numerals)
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
        digit = numeral_digit(c);
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
        if (number->at[number->depth - 1] > NUMERAL_MAX)
            return false;
    }
    return number->depth > 0 || read_last_word(number, text, numerals);
}

static bool read_value(struct number *number, struct span text,
                       const struct numerals *numerals)
{
    unsigned value = 0;
    char latin[LATIN_MAX];

    switch (number->count) {
    case COUNT_NONE:
    case COUNT_COUNT:
        return number->count == COUNT_NONE;
    case COUNT_DECIMAL:
        return read_decimal(number, latin_label(latin, text), numerals);
    case COUNT_ALPHA: value = numeral_alpha(text, numerals); break;
    case COUNT_ROMAN:
        value = read_roman(latin_label(latin, text), numerals);
        break;
    case COUNT_HAN:
        value = numeral_han(text);
        if (!value && read_decimal(number, text, numerals))
            return true;
        if (!value)
            value = numeral_roman(latin_part(text));
        if (!value)
            value = numeral_of_sign(text);
        break;
    case COUNT_CIRCLED:
        value = numeral_circled(text);
        break;
    case COUNT_IROHA: value = numeral_iroha(text); break;
    }
    number->depth = 1;
    number->at[0] = value;
    return value > 0;
}

bool number_read(struct number *number, struct span label, enum count count,
                 const struct numerals *numerals)
{
    char plain[FOLD_SHORT];
    struct span text = core(fold_short(plain, label));
    unsigned bis = cut_bis(&text, count);
    bool read;

    if (!bis && count == COUNT_ALPHA)
        bis = cut_bar(&text);
    *number = (struct number){ .count = count };
    read = read_value(number, lettered(text, count), numerals);
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

bool number_goes_on(const struct number *next, const struct number *number)
{
    struct number before = *number;

    if (number_below(next, number) && number_last(next) == 1)
        return true;
    for (; before.depth > 0; before.depth--)
        if (number_follows(next, &before))
            return true;
    return false;
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

/* "er" of "1er" and "st" of "1st" say no more than the number does. */
static bool is_ordinal_ending(struct span text, int32_t at)
{
    size_t left = text.len - (size_t)at;

    return at > 0 && left >= 2 && is_digit(text.at[at - 1]) &&
           (memcmp(text.at + at, "er", 2) == 0 ||
            memcmp(text.at + at, "st", 2) == 0) &&
           (left == 2 || !isalnum((unsigned char)text.at[at + 2]));
}

static void write_decimal_id(struct buf *out, struct span text,
                             const struct numerals *numerals)
{
    unsigned word = numeral_word(text, COUNT_DECIMAL, numerals);
    bool written = false, pending = false;

    if (word) {
        buf_put_unsigned(out, word);
        return;
    }
    for (int32_t at = 0; at < (int32_t)text.len;) {
        unsigned bis = written ? number_bis(word_at(text, (size_t)at)) : 0;
        UChar32 c;
        int digit;

        if (bis) {
            buf_puts(out, bis_words[bis - 2]);
            at += (int32_t)strlen(bis_words[bis - 2]);
            continue;
        }
        if (is_ordinal_ending(text, at)) {
            at += 2;
            continue;
        }
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        digit = numeral_digit(c);
        if (digit >= 0 || (c < 0x80 && u_isalnum(c))) {
            if (pending && written)
                buf_putc(out, '-');
            pending = false;
            written = true;
            buf_putc(out, digit >= 0 ? (char)('0' + digit) : (char)c);
        } else if (c == '.' || c == 0xFF0E ||
                   (c == '-' && !number_bis(word_at(text, (size_t)at)))) {
            pending = true;
        }
    }
}

/* Behind z the letter is doubled. */
static void write_place(struct buf *out, unsigned value)
{
    for (unsigned i = 0; value && i <= (value - 1) / 26; i++)
        buf_putc(out, (char)('a' + (value - 1) % 26));
}

/* One item has one eId in all languages: the letter of the same place. A
 * Cyrillic "а" was typed for the Latin one. */
static void write_alpha_id(struct buf *out, struct span text)
{
    unsigned value = numeral_abjad(text), stem = numeral_stem(text);
    UChar32 first = span_first(text), letter = numeral_narrow(first);
    char latin = text.len == 2 ? numeral_latin(first) : '\0';

    if (latin || (letter != first && letter < 0x80))
        buf_putc(out, latin ? latin : (char)letter);
    else if (stem)
        buf_put_unsigned(out, stem);
    else if (!value)
        buf_add_span(out, text);
    write_place(out, value);
}

bool number_is_cyrillic(struct span label)
{
    UChar32 first = label.len ? span_first(core(label)) : 0;

    return first >= 0x400 && first < 0x530 && !numeral_latin(first);
}

bool number_write_place(struct buf *out, struct span label,
                        const struct numerals *numerals)
{
    struct number number = { 0 };

    if (!number_read(&number, label, COUNT_ALPHA, numerals) || number.bis)
        return false;
    write_place(out, number_last(&number));
    return true;
}

/* Numbers that are written in Roman numerals. */
enum { ROMAN_MAX = 40 };

static void write_capital_roman(struct buf *out, unsigned value)
{
    size_t from = out->len;

    numeral_write_roman(out, value);
    for (size_t i = from; i < out->len; i++)
        out->at[i] = (char)toupper((unsigned char)out->at[i]);
}

/* What other languages number "I." and "A.", Arabic texts may spell out. */
static bool write_spoken_id(struct buf *out, struct span text, enum count count,
                            const struct numerals *numerals)
{
    unsigned letter = count == COUNT_ALPHA || count == COUNT_DECIMAL
                          ? numeral_word(text, COUNT_ALPHA, numerals)
                          : 0;
    /* The first article is no "firstly", though the words may be alike. */
    unsigned roman =
        count == COUNT_DECIMAL && numeral_word(text, COUNT_DECIMAL, numerals)
            ? 0
            : numeral_word(text, COUNT_ROMAN, numerals);

    if (letter)
        buf_putc(out, (char)('A' + letter - 1));
    write_capital_roman(out, roman);
    return letter || roman;
}

void number_write_id(struct buf *out, struct span label, enum count count,
                     const struct numerals *numerals)
{
    char plain[FOLD_SHORT], latin[LATIN_MAX];
    struct span text = core(fold_short(plain, label));
    struct number number = { 0 };
    unsigned value = 0, bis = cut_bis(&text, count);
    UChar32 first;

    text = lettered(text, count);
    first = span_first(text);

    if (count == COUNT_HAN)
        value = numeral_han(text);
    else if (count == COUNT_CIRCLED && !numeral_is_bracketed_han(first))
        value = numeral_circled(text);
    if (value)
        buf_put_unsigned(out, value);
    /* What other languages number i), Arabic texts number ‘1’. */
    else if (count == COUNT_DECIMAL && quote_is_single(span_first(label)) &&
             read_decimal(&number, text, NULL) && number.at[0] < ROMAN_MAX)
        numeral_write_roman(out, number.at[0]);
    else if (count == COUNT_IROHA)
        buf_add_span(out, text);
    else if (numeral_is_bracketed_han(first))
        numeral_write_roman(out, numeral_circled(text));
    else if (write_spoken_id(out, text, count, numerals))
        ;
    else if (count == COUNT_ROMAN)
        write_alpha_id(out, latin_label(latin, text));
    else if (count == COUNT_ALPHA)
        write_alpha_id(out, text);
    else if (((value = numeral_han(text)) != 0 ||
              (value = numeral_stem(text)) != 0) &&
             !memchr(text.at, '.', text.len))
        buf_put_unsigned(out, value);
    else if ((value = text.len ? first_ordinal(text, numerals) : 0) != 0)
        buf_put_unsigned(out, value);
    else
        write_decimal_id(out, without_word(latin_label(latin, text)), numerals);
    if (bis)
        buf_add_span(out, span_of(bis_words[bis - 2]));
}

/* The value of a label in Han numerals alone, or 0. */
static unsigned han_of(struct span label)
{
    for (size_t i = 0; i < label.len; i++)
        if (is_digit(label.at[i]))
            return 0;
    return numeral_han(core(label));
}

/* The value of a label in words of another script than ours, or 0. */
static unsigned spoken_of(struct span label, const struct numerals *numerals)
{
    struct number number;

    for (size_t i = 0; i < label.len; i++)
        if (isalnum((unsigned char)label.at[i]))
            return 0;
    return number_read(&number, label, COUNT_DECIMAL, numerals) &&
                   !number.bis && !span_has(label, u_isdigit)
               ? number.at[0]
               : 0;
}

void number_write_chapter(struct buf *out, struct span label, enum count count,
                          const struct numerals *numerals)
{
    unsigned value = han_of(label);

    if (!value)
        value = spoken_of(label, numerals);
    if (value && value < ROMAN_MAX)
        write_capital_roman(out, value);
    else
        number_write_id(out, label, count, numerals);
}

static bool is_capital_roman(struct span text)
{
    size_t i = 0;

    while (i < text.len && strchr("IVX", text.at[i]))
        i++;
    return text.len && i == text.len;
}

void number_write_part(struct buf *out, struct span label, bool appendix,
                       const struct numerals *numerals)
{
    struct span text = core(label);

    if (appendix)
        number_write_chapter(out, label, COUNT_DECIMAL, numerals);
    else if (is_capital_roman(text))
        buf_put_unsigned(out, numeral_roman(text));
    else
        number_write_id(out, label, COUNT_DECIMAL, numerals);
}

static bool is_dot(UChar32 c)
{
    return c == '.' || c == '-';
}

/* Digits of any script and Latin letters with dots or hyphens between them, no
 * words. */
static bool is_dotted(struct span text)
{
    bool dots = false;
    UChar32 c;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (!u_isdigit(c) && !is_dot(c) && (c >= 0x80 || !u_isalpha(c)))
            return false;
        dots |= is_dot(c);
    }
    return dots;
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
        if (i && !is_dot(text.at[i - 1]))
            continue;
        if (len)
            out[len++] = '.';
        memcpy(out + len, text.at + i, end - i);
        len += end - i;
        end = i ? i - 1 : 0;
    }
    return (struct span){ out, len };
}
