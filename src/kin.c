/* Tells two revisions of a text from two translations of one where nothing says
 * what language either is in: revisions have their words in common. */
#include "kin.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "spelling.h"

/* Names and codes are the same in all languages, short words in many. */
enum { WORD_MIN = 4 };

/* More than this of a text says no more about it. */
enum { WORDS_MAX = 20000, FEW = 12, SHARED_MIN = 3 };

struct words {
    uint64_t at[WORDS_MAX];
    size_t count;
};

static bool is_word(struct span word)
{
    UChar32 c = span_first(word);

    return word.len >= WORD_MIN &&
           (u_islower(c) || u_charType(c) == U_OTHER_LETTER);
}

static void gather(struct words *words, const struct units *units)
{
    struct span word;

    words->count = 0;
    for (size_t i = 0; i < units->count; i++)
        for (size_t at = 0; words->count < WORDS_MAX &&
                            spelling_next(units->at[i].text, &at, &word);)
            if (is_word(word))
                words->at[words->count++] = span_hash(SPAN_HASH, word);
}

static int by_hash(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static size_t count_shared(const struct words *a, const struct words *b)
{
    size_t shared = 0;

    for (size_t i = 0; i < b->count; i++)
        shared +=
            bsearch(&b->at[i], a->at, a->count, sizeof *a->at, by_hash) != NULL;
    return shared;
}

bool kin_are_revisions(const struct units *a, const struct units *b)
{
    struct words *words = malloc(2 * sizeof *words);
    bool are = true;

    if (!words)
        return true;
    gather(&words[0], a);
    gather(&words[1], b);
    qsort(words[0].at, words[0].count, sizeof *words[0].at, by_hash);
    if (words[0].count >= FEW && words[1].count >= FEW)
        are = count_shared(&words[0], &words[1]) * SHARED_MIN >= words[1].count;
    free(words);
    return are;
}
