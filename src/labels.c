/* Takes the labels out of what a reference names: "2.1, 3 to 5", "b) ii)",
 * "8, 17 (Rev. Geneva, 2022) and 23". */
#include "labels.h"

#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "number.h"
#include "numeral.h"

/* ---- clauses ----------------------------------------------------------------- */

/* "А" of a Cyrillic keyboard, where "A" is meant. */
static bool is_latin_capital(const char *at)
{
    int32_t next = 0;
    UChar32 c;

    U8_NEXT(at, next, 2, c);
    return u_isupper(c) && numeral_latin(c);
}

size_t labels_bytes(const char *at, const char *end, bool first)
{
    static const char *const han[] = { "一", "二", "三", "四", "五", "六", "七",
                                       "八", "九", "十", "百", "〇", "甲",
                                       "乙", "丙", "丁", "戊", "己", "庚",
                                       "辛" };
    unsigned char c = (unsigned char)at[0];

    if (is_digit(c) || (c >= 'A' && c <= 'Z') || (c == '.' && !first))
        return 1;
    if (c == 0xD0 && end - at >= 2 && is_latin_capital(at))
        return 2;
    if (c == 0xD9 || c == 0xDB) {
        int32_t next = 0;
        UChar32 digit;

        U8_NEXT(at, next, (int32_t)(end - at), digit);
        return u_charDigitValue(digit) >= 0 ? (size_t)next : 0;
    }
    if (c < 0xE2 || end - at < 3)
        return 0;
    if (c == 0xE2) {
        int32_t next = 0;
        UChar32 sign;

        U8_NEXT(at, next, 3, sign);
        return numeral_roman_sign(sign) ? 3 : 0;
    }
    if (c == 0xEF && (unsigned char)at[1] == 0xBC)
        return ((unsigned char)at[2] >= 0x90 && (unsigned char)at[2] <= 0x99) ||
                       (!first && (unsigned char)at[2] == 0x8E)
                   ? 3
                   : 0;
    for (size_t i = 0; i < sizeof han / sizeof *han; i++)
        if (memcmp(at, han[i], 3) == 0)
            return 3;
    return 0;
}

/* Bytes of "之二" behind a label, or of "条之二". */
static size_t han_bis_bytes(const char *at, const char *end)
{
    size_t word = end - at >= 3 && memcmp(at, "\u6761", 3) == 0 ? 3 : 0;

    at += word;
    return end - at >= 6 && memcmp(at, "\u4E4B", 3) == 0 &&
                   labels_bytes(at + 3, end, true) == 3
               ? word + 6
               : 0;
}

/* Bytes of " bis" behind a label. */
static size_t bis_bytes(const char *at, const char *end)
{
    size_t space = at < end ? span_space(span_between(at, end)) : 0;
    struct span word = { at + space, 0 };

    while (word.at + word.len < end && word.at[word.len] >= 'a' &&
           word.at[word.len] <= 'z')
        word.len++;
    return number_bis(word) ? space + word.len : han_bis_bytes(at, end);
}

/* The letters, digits and dots at the first place from `from` on where a label
 * can begin. */
static struct span next_run(struct span list, const char *from)
{
    const char *end = list.at + list.len;
    struct span run = { from, 0 };
    size_t bytes;

    while (run.at < end && !labels_bytes(run.at, end, true))
        run.at++;
    while (run.at + run.len < end &&
           (bytes = labels_bytes(run.at + run.len, end, run.len == 0)) > 0)
        run.len += bytes;
    while (run.len && run.at[run.len - 1] == '.')
        run.len--;
    return run;
}

/* A number or the name of a letter, as Arabic texts write them out. */
static bool is_spoken(struct span words, const struct numerals *numerals)
{
    return numeral_word(words, COUNT_ROMAN, numerals) ||
           numeral_word(words, COUNT_ALPHA, numerals);
}

static size_t word_bytes(const char *at, const char *end)
{
    const char *space = at < end ? memchr(at, ' ', (size_t)(end - at)) : NULL;

    return (size_t)((space ? space : end) - at);
}

/* The spoken label that begins here, of two words where it is 11 or 12. */
static struct span spoken_at(const char *at, const char *end,
                             const struct numerals *numerals)
{
    size_t one = word_bytes(at, end);
    struct span words = { at, one };

    if (at + one < end)
        words.len += 1 + word_bytes(at + one + 1, end);
    if (!is_spoken(words, numerals))
        words.len = one;
    return is_spoken(words, numerals) ? words : (struct span){ end, 0 };
}

/* "And" is written as one word with what follows it. */
static struct span next_spoken(struct span list, const char *from,
                               const struct numerals *numerals)
{
    static const char and[] = "\u0648";
    const char *end = list.at + list.len;
    struct span label = { end, 0 };

    while (from < end && !label.len) {
        size_t len = word_bytes(from, end);

        label = spoken_at(from, end, numerals);
        if (!label.len && len > strlen(and) &&
            memcmp(from, and, strlen(and)) == 0)
            label = spoken_at(from + strlen(and), end, numerals);
        from += len + (from + len < end);
    }
    return label;
}

static struct span next_clause(struct span list, const char *from,
                               const struct numerals *numerals)
{
    struct span label = { list.at, list.len };

    /* "deuxième" of "deuxième partie", "Two" of "Part Two". */
    if (from == list.at && numeral_word(list, COUNT_DECIMAL, numerals))
        return label;
    label = next_run(list, from);
    if (!label.len)
        return next_spoken(list, from, numerals);
    label.len += bis_bytes(label.at + label.len, list.at + list.len);
    return label;
}

/* ---- documents and captions -------------------------------------------------- */

static size_t bytes_of_any(const char *at, const char *end,
                           const char *const *signs)
{
    for (; *signs; signs++)
        if ((size_t)(end - at) > strlen(*signs) &&
            memcmp(at, *signs, strlen(*signs)) == 0)
            return strlen(*signs);
    return 0;
}

/* Digits of any script: of what a label can hold, only those and some Cyrillic
 * capitals are not ASCII. */
static bool has_digit(struct span text)
{
    size_t i = 0;

    while (i < text.len && !isdigit((unsigned char)text.at[i]) &&
           (unsigned char)text.at[i] < 0xD9)
        i++;
    return i < text.len;
}

/* "2/4" of "RRB26-2/4". */
static bool leads_to_slash(const char *at, const char *end)
{
    while (at < end && isdigit((unsigned char)*at))
        at++;
    return at < end && *at == '/';
}

static size_t hyphen_bytes(const char *at, const char *end)
{
    static const char *const hyphens[] = { "-", "\u2010", "\u2011", "\u2212",
                                           NULL };

    return bytes_of_any(at, end, hyphens);
}

bool labels_is_other_letter(int32_t c)
{
    return c >= 0x80 && (c < 0x2E80 || c >= 0xFF00) && u_isalpha(c);
}

/* Whether a revision begins there, which is none of the number: "Rev.1",
 * "Rév.1"; "Y.9982" is a twin. */
static bool is_word(const char *at, const char *end)
{
    const char *from = at;
    int32_t next = 0;
    UChar32 c = 0;

    while (at < end && isalpha((unsigned char)*at))
        at++;
    if (at > from + 1 && end - at > 1 && *at == '.')
        return isdigit((unsigned char)at[1]) || at[1] == ' ';
    if (at < end)
        U8_NEXT(at, next, (int32_t)(end - at), c);
    return labels_is_other_letter(c);
}

/* Whether the capitals at `at` are those that the number begins with: of "C20"
 * and "C25" one is the first and one the last. */
static bool begins_alike(struct span number, const char *at, const char *end)
{
    size_t i = 0;

    while (i < number.len && at + i < end && isupper((unsigned char)at[i]) &&
           at[i] == number.at[i])
        i++;
    return i > 0 && i < number.len && at + i < end &&
           !isupper((unsigned char)number.at[i]) &&
           !isupper((unsigned char)at[i]);
}

/* Bytes of the sign behind the beginning of a number that joins it to what
 * follows: "3/13", "TD 12", "C-215", "ITU-T A.1", "BT.500-14", "C24/55-E",
 * "TDAG-25/7", "SG2-C12", "TD12-R1", but neither "1-5" nor "A.1-A.5" nor
 * "C20-C25". */
static size_t joint_bytes(struct span number, const char *end)
{
    static const char *const spaces[] = { " ", "\u00A0", NULL };
    const char *at = number.at + number.len;
    bool complete = has_digit(number);
    bool slash = memchr(number.at, '/', number.len) != NULL;
    size_t bytes = hyphen_bytes(at, end);
    unsigned char next = bytes ? (unsigned char)at[bytes] : 0;

    if (at + 1 < end && *at == '/')
        return isalnum((unsigned char)at[1]) && !is_word(at + 1, end) ? 1 : 0;
    if (bytes &&
        (isdigit(next)
             ? slash || memchr(number.at, '.', number.len) ||
                   span_is(number, "C") || leads_to_slash(at + bytes, end)
             : isupper(next) &&
                   (slash || !begins_alike(number, at + bytes, end))))
        return bytes;
    bytes = complete ? 0 : bytes_of_any(at, end, spaces);
    return bytes && isalnum((unsigned char)at[bytes]) ? bytes : 0;
}

/* The hyphen in "Table 7-1" and "Resolution ITU-R 1-5" is none of a range. */
static size_t caption_joint_bytes(struct span number, const char *end)
{
    const char *at = number.at + number.len;
    size_t bytes = hyphen_bytes(at, end);

    return bytes && at + bytes < end && isalnum((unsigned char)at[bytes])
               ? bytes
               : 0;
}

typedef size_t joint_reader(struct span number, const char *end);

/* The run that begins at `number`, with those that are joined to it. */
static struct span join_runs(struct span list, struct span number,
                             joint_reader *joint)
{
    const char *end = list.at + list.len;
    size_t bytes;

    while (number.len && (bytes = joint(number, end)) > 0) {
        struct span more = next_run(list, number.at + number.len + bytes);

        if (more.at != number.at + number.len + bytes)
            break;
        number.len += bytes + more.len;
    }
    return number;
}

/* The rest of the name of a draft that has no number yet: "-locks" behind
 * "Y.GATE". */
static size_t tail_bytes(struct span number, const char *end)
{
    const char *at = number.at + number.len;
    size_t bytes = hyphen_bytes(at, end);

    if (!bytes || at + bytes + 1 >= end || !isalpha((unsigned char)at[bytes]))
        return 0;
    while (at + bytes < end &&
           (isalnum((unsigned char)at[bytes]) || at[bytes] == '_'))
        bytes++;
    return bytes;
}

/* "12-15", "C20-C25": a range; "1-7" may be the seventh revision of one. */
static bool ends_range(struct span list, struct span run)
{
    return run.len > 1 && run.at - list.at > 1 && run.at[-1] == '-' &&
           isdigit((unsigned char)run.at[-2]);
}

static bool is_small(const char *at, const char *end)
{
    int32_t next = 0;
    UChar32 c = 0;

    if (at < end)
        U8_NEXT(at, next, (int32_t)(end - at), c);
    return u_islower(c);
}

/* "TD 12" in "TD 12Rev.1": the capital is of a word. */
static struct span without_word(struct span list, struct span number)
{
    const char *end = number.at + number.len;

    if (number.len > 2 && isupper((unsigned char)end[-1]) &&
        isdigit((unsigned char)end[-2]) && is_small(end, list.at + list.len))
        number.len--;
    return number;
}

/* "V.25 bis", unlike "Circular 12 bis". */
static struct span with_bis(struct span list, struct span number)
{
    const char *end = number.at + number.len;

    if (number.len && memchr(number.at, '.', number.len) &&
        isdigit((unsigned char)end[-1]))
        number.len += bis_bytes(end, list.at + list.len);
    return number;
}

/* A number has a digit or a dot, and does not begin behind a hyphen or dot:
 * neither "МС" nor "T" in a name of a sector is one, nor what "Rev.1" ends in. */
static struct span next_number(struct span list, const char *from,
                               joint_reader *joint)
{
    struct span run = next_run(list, from), number;

    for (;;) {
        bool inner = run.len && run.at > list.at &&
                     (run.at[-1] == '-' || run.at[-1] == '.') &&
                     !ends_range(list, run);

        number = inner ? run : join_runs(list, run, joint);
        if (!run.len || (!inner && has_digit(number)))
            return with_bis(list, without_word(list, number));
        if (!inner && memchr(number.at, '.', number.len)) {
            number.len += tail_bytes(number, list.at + list.len);
            return number;
        }
        run = next_run(list, run.at + run.len);
    }
}

/* "Figure 3.1a". */
static struct span with_letter(struct span list, struct span number)
{
    const char *at = number.at + number.len, *end = list.at + list.len;

    if (number.len && at < end && *at >= 'a' && *at <= 'z' &&
        (at + 1 == end || !isalpha((unsigned char)at[1])))
        number.len++;
    return number;
}

/* ---- all --------------------------------------------------------------------- */

struct span labels_next(struct span list, const char *from,
                        enum label_kind kind, const struct numerals *numerals)
{
    switch (kind) {
    case LABEL_DOCUMENT:
        return next_number(list, from, joint_bytes);
    case LABEL_CAPTION:
        return with_letter(list, next_number(list, from, caption_joint_bytes));
    case LABEL_REVISION:
        return next_number(list, from, caption_joint_bytes);
    default: return next_clause(list, from, numerals);
    }
}

enum { REVISION_WORD_MIN = 3 };

/* Behind "Rev.1", "-Rev. 2" at `from`, or `from`. */
static const char *revision_end(struct span list, const char *from)
{
    const char *end = list.at + list.len, *at = from, *word, *digits;

    at += at < end && strchr("-/ ", *at);
    for (word = at; at < end && (at == word ? isupper((unsigned char)*at)
                                            : is_small(at, end));)
        at += (unsigned char)*at < 0xC0 ? 1 : 2;
    if (at - word < REVISION_WORD_MIN)
        return from;
    at += at < end && *at == '.';
    at += at < end && *at == ' ';
    for (digits = at; at < end && is_digit(*at);)
        at++;
    return at > digits ? at : from;
}

/* 第1305号（2009年）: the word for a number stands before the bracket. */
static const char *number_word_end(const char *at, const char *end)
{
    static const char word[] = "\u53F7";

    return end - at > 3 && memcmp(at, word, 3) == 0 &&
                   (at[3] == '(' ||
                    (end - at > 6 && memcmp(at + 3, "\uFF08", 3) == 0))
               ? at + 3
               : at;
}

const char *labels_revision(struct span list, const char *from)
{
    const char *end = list.at + list.len, *close;
    const char *at = from < end && *from == ' ' ? from + 1 : from;

    at = number_word_end(at, end);
    if (at < end && *at == '(')
        close = memchr(at, ')', (size_t)(end - at));
    else if (end - at > 6 && memcmp(at, "\uFF08", 3) == 0)
        close = memmem(at, (size_t)(end - at), "\uFF09", 3);
    else
        close = NULL;
    return close ? close + (*close == ')' ? 1 : 3) : revision_end(list, from);
}

/* ---- annexes ------------------------------------------------------------------ */

/* Bytes of a Cyrillic capital that ends at byte `end`, stands alone and looks
 * like a Latin one: "А" in "Приложение А"; 0 where there is none. */
static size_t lone_cyrillic(struct span text, size_t end)
{
    int32_t at = (int32_t)end;
    UChar32 c, before = ' ';

    U8_PREV(text.at, 0, at, c);
    if (end - (size_t)at != 2 || !u_isupper(c) || !numeral_latin(c))
        return 0;
    if (at > 0) {
        int32_t from = at;

        U8_PREV(text.at, 0, from, before);
    }
    return u_isalpha(before) ? 0 : 2;
}

static bool is_label_sign(UChar32 c)
{
    return c < 0x80 || numeral_roman_sign(c) ||
           u_getNumericValue(c) != U_NO_NUMERIC_VALUE;
}

/* The last word, or two, where that is a spoken label: المرفق الثاني. */
static struct span spoken_tail(struct span text,
                               const struct numerals *numerals)
{
    size_t from = text.len;

    for (unsigned words = 0; from > 0 && words < 2; words++) {
        while (from > 0 && text.at[from - 1] != ' ')
            from--;
        if (is_spoken(span_between(text.at + from, text.at + text.len),
                      numerals))
            return span_between(text.at + from, text.at + text.len);
        from -= from > 0;
    }
    return (struct span){ text.at + text.len, 0 };
}

/* The last word: "1" in "l'Annexe 1"; empty where it is none. Chinese has no
 * space before it, and its words do not count in an eId. */
struct span labels_annex(struct span text, const struct numerals *numerals)
{
    int32_t end = (int32_t)text.len, from = end, next = end;
    bool label = false, small = false;

    while (next > 0) {
        UChar32 c;

        U8_PREV(text.at, 0, next, c);
        if (from == end && (u_charType(c) == U_FORMAT_CHAR || c == ')')) {
            from = end = next; /* a mark of direction or a bracket behind it */
            continue;
        }
        if (!(c < 0x80 ? u_isalnum(c)
                       : u_isdigit(c) || numeral_roman_sign(c) || c >= 0x3000))
            break;
        from = next;
        label |= is_label_sign(c);
        small |= c < 0x80 && u_islower(c);
    }
    label |= numeral_stem((struct span){ text.at + from, (size_t)(end - from) });
    if ((!label || small) && from + 1 < end)
        from = end; /* "the annex" */
    if (from && from == end)
        from -= (int32_t)lone_cyrillic(text, (size_t)from);
    if (from == end)
        return spoken_tail((struct span){ text.at, (size_t)end }, numerals);
    return (struct span){ text.at + from, (size_t)(end - from) };
}

/* The letters that a clause of an annex begins with: "A" in A.2.1. */
struct span labels_letters(struct span label)
{
    struct span letters = { label.at, 0 };

    while (letters.len < label.len && label.at[letters.len] >= 'A' &&
           label.at[letters.len] <= 'Z')
        letters.len++;
    if (!letters.len && label.len > 2 && label.at[2] == '.')
        letters.len = lone_cyrillic(label, 2);
    if (!letters.len && label.len > 3 && label.at[3] == '.') {
        int32_t at = 0;
        UChar32 c;

        U8_NEXT(label.at, at, (int32_t)label.len, c);
        letters.len = numeral_roman_sign(c) ? (size_t)at : 0;
    }
    return letters;
}
