/* Shows texts to patterns as readers see them: hyphens, spaces and full-width
 * forms are one, and what has no width is not there. */
#include "fold.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "lines.h"

enum { FOLD_KEEP = -1, FOLD_DROP = -2, FOLD_LETTERS = -3 };

/* Letters that printers join, from U+FB00 on. */
static const char *const joined[] = {
    "ff", "fi", "fl", "ffi", "ffl", "st", "st"
};
enum { JOINED = 0xFB00, JOINED_COUNT = sizeof joined / sizeof *joined };

/* What a pattern sees in place of `c`. */
static UChar32 folds_to(UChar32 c)
{
    if (c == MARK)
        return FOLD_DROP;
    if (c < 0xA0)
        return FOLD_KEEP;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFF01 + '!';
    if (c == 0xA0 || c == 0x3000 || c == 0x202F)
        return ' ';
    if (c == 0x2010 || c == 0x2011 || c == 0x2212)
        return '-';
    if (c == 0xAD || c == 0x61C || c == 0x640 ||
        (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF)
        return FOLD_DROP;
    if (c >= JOINED && c < JOINED + JOINED_COUNT)
        return FOLD_LETTERS;
    return FOLD_KEEP;
}

UChar32 fold_char(UChar32 c)
{
    UChar32 to = folds_to(c);

    return to == FOLD_KEEP || to == FOLD_LETTERS ? c : to == FOLD_DROP ? 0 : to;
}

enum { EN_DASH = 0x2013, EN_DASH_BYTES = 3 };

/* Whether the en dash at byte `at` is the hyphen of a name, as in "ITU–T" and
 * "JCA–HFS"; the one of "Annexes A–D" is none. */
static bool joins_name(struct span text, int32_t at)
{
    int32_t next = at + EN_DASH_BYTES;
    UChar32 before = 0, first = 0, behind = 0;

    if (at)
        U8_PREV(text.at, 0, at, before);
    if (at && u_isupper(before))
        U8_PREV(text.at, 0, at, first);
    if (next < (int32_t)text.len && u_isupper(first))
        U8_NEXT(text.at, next, (int32_t)text.len, behind);
    return u_isupper(behind);
}

bool fold_changes(struct span text, size_t at, UChar32 c)
{
    return c == EN_DASH ? joins_name(text, (int32_t)at)
                        : folds_to(c) != FOLD_KEEP;
}

/* ALEF, LAM: two bytes each, as are the forms of ALEF with signs on it. */
enum {
    ALEF = 0xD8A7,
    LAM = 0xD984,
    WAW = 0xD988,
    FEH = 0xD981,
    COMMA = 0xD88C,
    LETTER = 2
};

static unsigned letter_at(struct span text, int32_t at)
{
    return at + 1 < (int32_t)text.len
               ? (unsigned)(unsigned char)text.at[at] << 8 |
                     (unsigned char)text.at[at + 1]
               : 0;
}

static bool is_alef(unsigned letter)
{
    return letter == ALEF || letter == 0xD8A2 || letter == 0xD8A3 ||
           letter == 0xD8A5;
}

/* Whether a word begins at byte `at`, behind "and" or "so" too. */
static bool begins_word(struct span text, int32_t at)
{
    if (at >= LETTER && (letter_at(text, at - LETTER) == WAW ||
                         letter_at(text, at - LETTER) == FEH))
        at -= LETTER;
    return at < LETTER || letter_at(text, at - LETTER) < 0xD800 ||
           letter_at(text, at - LETTER) == COMMA;
}

/* Whether an ALEF and its LAM, one sign in print, stand the wrong way round
 * behind the article or "for" at byte `at`: programs that read PDF turn them.
 * No word has two such letters in a row, and few have that LAM. */
static bool is_turned(struct span text, int32_t at)
{
    unsigned first = letter_at(text, at);

    return (first == ALEF || first == LAM) &&
           is_alef(letter_at(text, at + LETTER)) &&
           letter_at(text, at + LETTER + LETTER) == LAM &&
           (first == ALEF || begins_word(text, at));
}

/* Whether a character that begins with this byte can fold; inside of one, too,
 * where nothing comes of it. Most bytes of most texts cannot. */
static bool may_fold(char byte)
{
    switch ((unsigned char)byte) {
    case MARK:
    case 0xC2: /* U+00A0, U+00AD */
    case 0xD8: /* U+061C */
    case 0xD9: /* U+0640 */
    case 0xE2: /* U+2010, U+200B, U+2013, ... */
    case 0xE3: /* U+3000 */
    case 0xEF: /* U+FF01, U+FEFF, U+FB00 */ return true;
    default: return false;
    }
}

bool fold_needed(struct span text)
{
    int32_t at = 0, end = (int32_t)text.len;

    while (at < end) {
        int32_t was = at;
        UChar32 c;

        if (!may_fold(text.at[at])) {
            at++;
            continue;
        }
        if (is_turned(text, at))
            return true;
        U8_NEXT(text.at, at, end, c);
        if (fold_changes(text, (size_t)was, c))
            return true;
    }
    return false;
}

void folded_free(struct folded *folded)
{
    free(folded->bytes);
    free(folded->places);
    *folded = (struct folded){ 0 };
}

static bool folded_reserve(struct folded *folded, size_t size)
{
    char *bytes;
    uint32_t *places;

    if (size <= folded->size)
        return true;
    size += size / 2;
    bytes = realloc(folded->bytes, size);
    if (bytes)
        folded->bytes = bytes;
    places = realloc(folded->places, size * sizeof *places);
    if (places)
        folded->places = places;
    if (!bytes || !places) {
        folded_free(folded);
        return false;
    }
    folded->size = size;
    return true;
}

/* Three letters at byte `at` the right way round; each byte keeps its place. */
static size_t fold_turned(struct folded *folded, struct span text, int32_t at,
                          size_t out)
{
    static const int32_t from[] = { 0, 1, 4, 5, 2, 3 };

    for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
        folded->places[out + i] = (uint32_t)at + (uint32_t)i;
        folded->bytes[out + i] = text.at[at + from[i]];
    }
    return out + sizeof from / sizeof *from;
}

/* Folding never makes a text longer. */
static size_t fold_bytes(struct folded *folded, struct span text)
{
    int32_t at = 0, end = (int32_t)text.len;
    size_t out = 0;

    while (at < end) {
        int32_t was = at;
        UChar32 c, to;

        if (!may_fold(text.at[at])) {
            folded->places[out] = (uint32_t)at;
            folded->bytes[out++] = text.at[at++];
            continue;
        }
        if (is_turned(text, at)) {
            out = fold_turned(folded, text, at, out);
            at += 3 * LETTER;
            continue;
        }
        U8_NEXT(text.at, at, end, c);
        to = c == EN_DASH && joins_name(text, was) ? '-' : folds_to(c);
        if (c == MARK) /* its index goes with it */
            U8_FWD_1(text.at, at, end);
        if (to == FOLD_KEEP) {
            for (; was < at; was++) {
                folded->places[out] = (uint32_t)was;
                folded->bytes[out++] = text.at[was];
            }
        } else if (to == FOLD_LETTERS) {
            for (const char *s = joined[c - JOINED]; *s; s++) {
                folded->places[out] = (uint32_t)was;
                folded->bytes[out++] = *s;
            }
        } else if (to != FOLD_DROP) {
            folded->places[out] = (uint32_t)was;
            folded->bytes[out++] = (char)to;
        }
    }
    folded->places[out] = (uint32_t)end;
    return out;
}

bool fold(struct folded *folded, struct span text, bool folds)
{
    folded->original = text;
    folded->text = text;
    folded->map = NULL;
    folded->beginning = NULL;
    if (!folds)
        return true;
    if (!folded_reserve(folded, text.len + 1))
        return false;
    folded->text = (struct span){ folded->bytes, fold_bytes(folded, text) };
    folded->map = folded->places;
    return true;
}

struct span folded_original(const struct folded *text, size_t from,
                               size_t to)
{
    if (text->map) {
        /* What is dropped goes with what is before it, or with the first. */
        from = from ? text->map[from] : 0;
        to = text->map[to];
    }
    return (struct span){ text->original.at + from, to - from };
}

struct span fold_short(char out[FOLD_SHORT], struct span text)
{
    int32_t len = 0;

    if (text.len > FOLD_SHORT || !fold_needed(text))
        return text;
    for (int32_t at = 0, end = (int32_t)text.len; at < end;) {
        UChar32 c;

        U8_NEXT(text.at, at, end, c);
        if (c == MARK)
            U8_FWD_1(text.at, at, end);
        c = c < 0 ? 0 : fold_char(c);
        if (c)
            U8_APPEND_UNSAFE(out, len, c);
    }
    return (struct span){ out, (size_t)len };
}
