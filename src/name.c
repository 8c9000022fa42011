/* Finds the name of an annex in a text: its word may have another case there, no
 * accents, and another ending. */
#include "name.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "fold.h"
#include "lines.h"

struct name name_of(struct span label, struct span num)
{
    const char *end = label.at;

    while (end < num.at && !span_space(span_between(end, num.at)))
        end++;
    if (end == num.at && num.at > label.at && num.at[-1] == '-')
        end--;

    return (struct name){
        { label.at, (size_t)(end - label.at) },
        { end, (size_t)(num.at + num.len - end) },
    };
}

static UChar32 next_of(struct span text, int32_t *at)
{
    UChar32 c = 0;

    if (*at < (int32_t)text.len)
        U8_NEXT(text.at, *at, (int32_t)text.len, c);
    return c > 0x80 && fold_char(c) == ' ' ? ' ' : c;
}

static bool is_hangul(UChar32 c)
{
    return c >= 0xAC00 && c <= 0xD7A3;
}

/* Small, and without its accent, which capitals may do without. */
static UChar32 plain(UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar parts[8];
    int32_t at = 0, length;

    if (c < 0x80)
        return u_tolower(c);
    if (is_hangul(c))
        return c;
    length = unorm2_getDecomposition(unorm2_getNFDInstance(&status), c, parts,
                                     8, &status);
    if (U_SUCCESS(status) && length > 0)
        U16_NEXT(parts, at, length, c);
    return u_tolower(c);
}

static bool is_letter(UChar32 c)
{
    return u_isalpha(c) || u_charType(c) == U_NON_SPACING_MARK ||
           u_charType(c) == U_COMBINING_SPACING_MARK;
}

/* The byte behind the tail that stands at `at`, or 0. */
static int32_t tail_end(struct span text, int32_t at, struct span tail)
{
    UChar32 last = 0, next;
    int32_t end;

    for (int32_t in = 0; in < (int32_t)tail.len;) {
        last = next_of(tail, &in);
        if (next_of(text, &at) != last)
            return 0;
        while (last == ' ' && at < (int32_t)text.len && text.at[at] == ' ')
            at++;
    }
    end = at;
    next = next_of(text, &at);
    return (u_isdigit(last) ? !u_isdigit(next)
                            : !u_isalpha(next) || lines_is_wide(next))
               ? end
               : 0;
}

/* Steps over the half of the word, if it stands at `*at`: behind it there may
 * be other letters. Han, kana and Hangul have no endings. */
static bool skip_half(struct span text, int32_t *at, struct span word)
{
    UChar32 first = span_first(word);
    int32_t parts = lines_is_wide(first) || is_hangul(first) ? 1 : 2;

    for (int32_t in = 0; in * parts < (int32_t)word.len;)
        if (plain(next_of(text, at)) != plain(next_of(word, &in)))
            return false;
    return true;
}

/* The byte behind the name that stands at `at`, or 0. */
static int32_t name_end(struct span text, int32_t at, const struct name *name)
{
    int32_t end = 0;

    if (!skip_half(text, &at, name->word))
        return 0;
    do {
        end = tail_end(text, at, name->tail);
    } while (!end && is_letter(next_of(text, &at)));
    return end;
}

/* The first of the names that stands at `at`; `*end` is the byte behind it. */
static size_t which_at(struct span text, int32_t at, const struct name *names,
                       const UChar32 *firsts, size_t count, int32_t *end)
{
    int32_t next = at;
    UChar32 first = plain(next_of(text, &next));
    size_t i = 0;

    while (i < count && (firsts[i] != first ||
                         (*end = name_end(text, at, &names[i])) == 0))
        i++;
    return i;
}

struct span name_find(struct span text, size_t from, const struct name *names,
                      size_t count, size_t *which)
{
    UChar32 before = 0, firsts[NAMES_MAX];
    int32_t end;

    for (size_t i = 0; i < count; i++) {
        int32_t at = 0;

        firsts[i] = plain(next_of(names[i].word, &at));
    }
    for (int32_t at = (int32_t)from; at < (int32_t)text.len;) {
        if ((!is_letter(before) || lines_is_wide(before)) &&
            (*which = which_at(text, at, names, firsts, count, &end)) < count)
            return (struct span){ text.at + at, (size_t)(end - at) };
        before = next_of(text, &at);
    }
    return (struct span){ 0 };
}

bool name_begins(struct span text, const struct name *name)
{
    return text.len && name_end(text, 0, name) > 0;
}

bool name_is_counted(struct span text, struct span word, size_t count)
{
    int32_t at = 0;
    UChar32 c;
    size_t value = 0;

    if (!skip_half(text, &at, word))
        return false;
    while (is_letter(c = next_of(text, &at)))
        ;
    while (c == ' ' || c == ':' || c == 0xFF1A)
        c = next_of(text, &at);
    for (; u_isdigit(c) && value < NAMES_MAX; c = next_of(text, &at))
        value = value * 10 + (size_t)u_charDigitValue(c);
    return value == count && c == 0;
}
