/* How near two spellings are: tells a slip of the pen from another word. */
#include "spelling.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { NEAR_MIN = 3, NEAR_MAX = 200, SLIP_MIN = 4 };

static size_t common_start(struct span a, struct span b)
{
    size_t i = 0;

    while (i < a.len && i < b.len && a.at[i] == b.at[i])
        i++;
    return i;
}

static bool same_rest(struct span a, size_t i, struct span b, size_t k)
{
    return i <= a.len && k <= b.len && a.len - i == b.len - k &&
           memcmp(a.at + i, b.at + k, a.len - i) == 0;
}

static bool is_fit(struct span a, struct span b)
{
    return a.len >= NEAR_MIN && b.len >= NEAR_MIN && a.len <= NEAR_MAX &&
           b.len <= NEAR_MAX;
}

bool spelling_is_turned(struct span a, struct span b)
{
    size_t i = common_start(a, b);

    return is_fit(a, b) && i + 1 < a.len && i + 1 < b.len &&
           a.at[i] == b.at[i + 1] && a.at[i + 1] == b.at[i] &&
           same_rest(a, i + 2, b, i + 2);
}

bool spelling_is_near(struct span a, struct span b)
{
    size_t i = common_start(a, b);

    if (!is_fit(a, b) || span_equal(a, b))
        return false;
    return same_rest(a, i + 1, b, i + 1) || same_rest(a, i + 1, b, i) ||
           same_rest(a, i, b, i + 1) || spelling_is_turned(a, b);
}

/* The next letter or digit in lower case, 0 at the end. */
static UChar32 next_letter(struct span text, int32_t *at)
{
    UChar32 c;

    while (*at < (int32_t)text.len) {
        U8_NEXT(text.at, *at, (int32_t)text.len, c);
        if (c > 0 && u_isalnum(c))
            return u_foldCase(c, U_FOLD_CASE_DEFAULT);
    }
    return 0;
}

bool spelling_is_same(struct span a, struct span b)
{
    return span_same(a, b, next_letter);
}

static bool is_word_char(UChar32 c)
{
    return c > 0 && u_isalnum(c) && !u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
}

bool spelling_next(struct span text, size_t *at, struct span *word)
{
    int32_t i = (int32_t)*at, start = -1, end = (int32_t)text.len;

    while (i < end) {
        int32_t was = i;
        UChar32 c;

        U8_NEXT(text.at, i, end, c);
        if (is_word_char(c)) {
            if (start < 0)
                start = was;
        } else if (start >= 0) {
            i = was;
            break;
        }
    }
    *at = (size_t)i;
    if (start < 0)
        return false;
    *word = (struct span){ text.at + start, (size_t)(i - start) };
    return true;
}

static bool has_word(struct span text, struct span wanted)
{
    struct span word;

    for (size_t at = 0; spelling_next(text, &at, &word);)
        if (span_equal(word, wanted))
            return true;
    return false;
}

bool spelling_has_words(struct span text, struct span value)
{
    struct span word;
    bool any = false;

    for (size_t at = 0; spelling_next(value, &at, &word); any = true)
        if (!has_word(text, word))
            return false;
    return any;
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool next_number(struct span text, size_t *at, struct span *number)
{
    size_t start, end;

    for (start = *at; start < text.len && !is_digit(text.at[start]); start++)
        ;
    for (end = start; end < text.len && is_digit(text.at[end]); end++)
        ;
    *at = end;
    *number = (struct span){ text.at + start, end - start };
    return end > start;
}

static bool has_number(struct span text, struct span wanted)
{
    struct span number;

    for (size_t at = 0; next_number(text, &at, &number);)
        if (span_equal(number, wanted))
            return true;
    return false;
}

static bool is_inner_sign(char c)
{
    return c == '.' || c == ',' || c == '/';
}

static bool goes_on(struct span text, size_t end)
{
    return end < text.len &&
           (is_digit(text.at[end]) ||
            (end + 1 < text.len && is_inner_sign(text.at[end]) &&
             is_digit(text.at[end + 1])));
}

static bool began_before(struct span text, size_t start)
{
    return start && (is_digit(text.at[start - 1]) || is_letter(text.at[start - 1]) ||
                     (start > 1 && is_inner_sign(text.at[start - 1]) &&
                      is_digit(text.at[start - 2])));
}

bool spelling_next_number(struct span text, size_t *at, struct span number)
{
    while (number.len && *at < text.len) {
        const char *hit = memmem(text.at + *at, text.len - *at, number.at,
                                 number.len);
        size_t start;

        if (!hit)
            break;
        start = (size_t)(hit - text.at);
        *at = start + number.len;
        if (!began_before(text, start) && !goes_on(text, *at))
            return true;
        *at = start + 1;
    }
    return false;
}

static bool has_other_digits(struct span text)
{
    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (c >= 0x80 && u_isdigit(c))
            return true;
    }
    return false;
}

bool spelling_has_numbers(struct span text, struct span value)
{
    struct span number;

    for (size_t at = 0; next_number(value, &at, &number);)
        if (!has_number(text, number))
            return has_other_digits(text);
    return true;
}

static bool find_slip(struct span text, struct span wanted, struct span *found)
{
    for (size_t at = 0; spelling_next(text, &at, found);)
        if (found->len >= SLIP_MIN && spelling_is_near(*found, wanted))
            return true;
    return false;
}

bool spelling_has_slip(struct span text, struct span value, struct span *found)
{
    struct span word;
    bool slip = false;

    for (size_t at = 0; spelling_next(value, &at, &word);) {
        if (has_word(text, word))
            continue;
        if (slip || !find_slip(text, word, found))
            return false;
        slip = true;
    }
    return slip;
}

/* ---- what a reference cites ----------------------------------------------------- */

enum { CITED_MAX = 12 };

struct cited {
    struct span at[CITED_MAX];
    size_t count;
};

/* Numbers with their dots, letters before a bracket, and the one of an annex. */
static size_t cited_length(struct span text, size_t at)
{
    size_t end = at;

    if (is_digit(text.at[at])) {
        while (end < text.len && (is_digit(text.at[end]) || text.at[end] == '.'))
            end++;
        while (text.at[end - 1] == '.')
            end--;
        return end - at;
    }
    while (end < text.len && is_letter(text.at[end]))
        end++;
    if (end == text.len ? end == at + 1 && text.at[at] <= 'Z'
                        : text.at[end] == ')')
        return end - at;
    return 0;
}

static int by_text(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    return memcmp(x->at, y->at, x->len);
}

static struct cited read_cited(struct span text)
{
    struct cited cited = { .count = 0 };

    for (size_t i = 0; i < text.len && cited.count < CITED_MAX;) {
        size_t len = cited_length(text, i);

        if (len)
            cited.at[cited.count++] = (struct span){ text.at + i, len };
        i += len ? len : 1;
        while (!len && i < text.len && is_letter(text.at[i]) &&
               is_letter(text.at[i - 1]))
            i++;
    }
    qsort(cited.at, cited.count, sizeof *cited.at, by_text);
    return cited;
}

bool spelling_cites_alike(struct span a, struct span b)
{
    struct cited x = read_cited(a), y = read_cited(b);
    const struct cited *few = x.count < y.count ? &x : &y;
    const struct cited *many = few == &x ? &y : &x;
    size_t found = 0;

    for (size_t i = 0; found < few->count && i < many->count; i++)
        found += span_equal(few->at[found], many->at[i]);
    return few->count && found == few->count;
}
