/* Finds what is near to a clause or a part that a document does not have. */
#include "nearest.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "number.h"

enum { SIBLINGS_MAX = 4, NUMBER_LIMIT = 100000000 };

static size_t parent_length(struct span key)
{
    while (key.len && key.at[key.len - 1] != '-')
        key.len--;
    return key.len;
}

static unsigned long last_number(struct span key)
{
    unsigned long value = 0;

    for (size_t i = parent_length(key);
         i < key.len && is_digit(key.at[i]) && value < NUMBER_LIMIT; i++)
        value = value * 10 + (unsigned long)(key.at[i] - '0');
    return value;
}

static bool is_sibling(const struct unit *unit, struct span key, int part)
{
    size_t parent = parent_length(key);

    if (unit->key.len > parent && key.len > parent &&
        !u_isdigit((unsigned char)unit->key.at[parent]) !=
            !u_isdigit((unsigned char)key.at[parent]))
        return false;
    return unit->opens && !tree_is(unit->opens, "item") && unit->key.len &&
           (part == NOWHERE || (int)unit->part == part) &&
           parent_length(unit->key) == parent && unit->key.len > parent &&
           memcmp(unit->key.at, key.at, parent) == 0;
}

/* How far a number is from the one that is missing. */
static unsigned long distance(const struct unit *unit, struct span key)
{
    unsigned long a = last_number(unit->key), b = last_number(key);

    return a > b ? a - b : b - a;
}

static bool add_siblings(const struct units *u, struct hits *nearest,
                         struct span key, int part)
{
    bool added = true;
    int best[SIBLINGS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < u->count; i++) {
        size_t at;

        if (!is_sibling(&u->at[i], key, part))
            continue;
        for (at = count; at > 0 && distance(&u->at[i], key) <
                                       distance(&u->at[best[at - 1]], key);
             at--)
            if (at < SIBLINGS_MAX)
                best[at] = best[at - 1];
        if (at < SIBLINGS_MAX)
            best[at] = (int)i;
        count += count < SIBLINGS_MAX;
    }
    for (size_t i = 0; i < u->count; i++)
        for (size_t k = 0; k < count; k++)
            if (best[k] == (int)i)
                added &= hits_add(nearest, hit_of(u, i));
    return added;
}

bool nearest_parts(const struct units *u, struct hits *nearest)
{
    bool added = true;

    for (size_t i = 0; i < u->count && nearest->count < NEAREST_MAX; i++)
        if (u->parts[u->at[i].part].kind == PART_ANNEX &&
            (i == 0 || u->at[i].part != u->at[i - 1].part))
            added &= hits_add(nearest, hit_of_part(u, i));
    return added;
}

bool nearest_clauses(const struct units *u, struct hits *nearest,
                     const struct search *wanted)
{
    struct search s = { .key = wanted->key, .part = NOWHERE };
    bool added;

    if (!s.key.len)
        return true;
    added = search_all(u, nearest, &s);
    s.part = wanted->part;
    for (size_t len = parent_length(s.key); len > 1;
         len = parent_length(s.key)) {
        struct hits above = { 0 };

        s.key.len = len - 1;
        added &= search_all(u, &above, &s);
        if (above.count)
            added &= hits_add(nearest, above.at[0]);
        free(above.at);
        if (above.count)
            break;
    }
    return add_siblings(u, nearest, wanted->key, wanted->part) && added;
}
