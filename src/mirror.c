/* Turns brackets back: in ")see clause 2(" of an Arabic text a program has
 * taken the sign that it saw for the one that is written. */
#include "mirror.h"

#include <string.h>

/* A bracket and the next one on its line. */
struct pair {
    size_t from, to;
    bool turned;
};

/* The next pair from byte *at on, which goes behind it; what has no partner, as
 * the bracket of a label, is passed over. */
static bool next_pair(struct span text, size_t *at, struct pair *pair)
{
    size_t first = *at, second;

    while (first < text.len && text.at[first] != '(' && text.at[first] != ')')
        first++;
    for (second = first + 1; second < text.len; second++)
        if (text.at[second] == '(' || text.at[second] == ')') {
            if (text.at[second] != text.at[first])
                break;
            first = second;
        }
    if (second >= text.len)
        return false;
    *pair = (struct pair){ first, second, text.at[first] == ')' };
    *at = second + 1;
    return true;
}

/* U+0600 to U+06FF. */
static bool has_arabic(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0xD8 &&
            (unsigned char)text.at[i] <= 0xDB)
            return true;
    return false;
}

/* A bracket alone, as in "أ )", makes a wrong pair with the one behind it. */
static bool is_even(struct span text)
{
    size_t open = span_count(text, '(');

    return open && open == span_count(text, ')');
}

enum { TURNED_MIN = 3, TURNED_TIMES = 4 };

static bool are_turned(const struct lines *lines)
{
    size_t turned = 0, straight = 0;

    for (size_t i = 0; i < lines->count; i++) {
        struct span text = lines->at[i].text;
        struct pair pair;
        size_t at = 0;

        if (!is_even(text) || !has_arabic(text))
            continue;
        while (next_pair(text, &at, &pair)) {
            turned += pair.turned;
            straight += !pair.turned;
        }
    }
    return turned >= TURNED_MIN && turned >= TURNED_TIMES * straight;
}

bool mirror_undo(struct lines *lines)
{
    if (!are_turned(lines))
        return true;
    for (size_t i = 0; i < lines->count; i++) {
        struct span *text = &lines->at[i].text;
        struct buf copy = { 0 };
        struct pair pair;
        size_t at = 0;

        if (!is_even(*text) || !has_arabic(*text))
            continue;
        buf_add_span(&copy, *text);
        while (!copy.failed && next_pair(*text, &at, &pair))
            if (pair.turned) {
                copy.at[pair.from] = '(';
                copy.at[pair.to] = ')';
            }
        lines->arena.failed |= copy.failed;
        if (!copy.failed)
            *text = arena_copy(&lines->arena, buf_span(&copy));
        buf_free(&copy);
        if (lines->arena.failed)
            return false;
    }
    return true;
}
