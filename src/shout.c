/* Tells what of a text is in capitals as a whole: there an acronym looks like
 * any other word. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "shout.h"

struct cases {
    unsigned upper, lower;
};

/* Letters that have no capitals, as Han and Arabic, count as small ones. */
static struct cases count_cases(struct span text)
{
    struct cases n = { 0, 0 };

    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        n.upper += u_isupper(c);
        n.lower += u_isalpha(c) && !u_isupper(c);
    }
    return n;
}

enum { SHOUT = 12, SHOUT_HEAD = 8, SHOUT_LABEL = 2, SHOUT_WORDS = 2 };

static bool shouts(struct cases n)
{
    return n.upper > SHOUT && n.upper > 2 * n.lower;
}

/* One of more than a word, or two words that are long for acronyms. */
bool shout_has_headings(const struct units *units)
{
    unsigned words = 0;

    for (size_t i = 0; i < units->count; i++) {
        const struct unit *unit = &units->at[i];
        struct span text = unit->text;
        struct cases n;

        if (unit->role != ROLE_HEADING || !text.len)
            continue;
        n = count_cases(text);
        if (memchr(text.at, ' ', text.len) && shouts(n))
            return true;
        words += !n.lower && n.upper >= SHOUT_HEAD;
    }
    return words >= SHOUT_WORDS;
}

/* "OPTIONAL PROTOCOL on disputes": the bytes of the words in capitals that a
 * title begins with, where they are more than one and long. */
static size_t capital_head(struct span text)
{
    size_t end = 0, at = 0;
    unsigned words = 0;
    struct cases n = { 0, 0 };

    while (at < text.len) {
        const char *space = memchr(text.at + at, ' ', text.len - at);
        size_t to = space ? (size_t)(space - text.at) : text.len;
        struct cases word = count_cases((struct span){ text.at + at, to - at });

        if (word.lower || !word.upper)
            break;
        n.upper += word.upper;
        words++;
        end = to;
        at = to + 1;
    }
    return words >= SHOUT_WORDS && n.upper > SHOUT ? end : 0;
}

/* All of it where most letters are, as with "SCOPE" among other headings in
 * capitals; or a head that its text goes on behind, "DOCUMENT SUBMISSION:
 * Documents should be …"; that of a field may be one short word. */
size_t shout_of(const struct unit *unit, bool headings)
{
    struct span text = unit->text;
    const char *colon = text.len ? memchr(text.at, ':', text.len) : NULL;
    size_t head = colon ? (size_t)(colon - text.at) : 0;
    struct cases all = count_cases(text);
    struct cases first = count_cases((struct span){ text.at, head });

    if (unit->role == ROLE_LABEL || shouts(all) ||
        (headings && unit->role == ROLE_HEADING && !all.lower))
        return text.len;
    if (unit->role == ROLE_TITLE && capital_head(text))
        return capital_head(text);
    return !first.lower && first.upper > (unit->role == ROLE_FIELD ? SHOUT_LABEL
                                                                   : SHOUT_HEAD)
               ? head
               : 0;
}
