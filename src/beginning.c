/* Tells by the first characters of a text which rules cannot take it. Texts
 * begin alike: what was found once is kept for all that follow. */
#include <stdatomic.h>
#include <stdlib.h>
#include <unicode/utf8.h>

#include "grammar.h"

enum { SLOTS = 1024, PROBES = 8, CHARACTERS = 2 };

/* Filled by whichever thread comes first; nothing is ever taken out. */
struct beginnings {
    _Atomic(struct beginning *) at[SLOTS];
};

struct beginnings *beginnings_new(void)
{
    return calloc(1, sizeof(struct beginnings));
}

void beginnings_free(struct beginnings *all)
{
    for (size_t i = 0; all && i < SLOTS; i++)
        free(all->at[i]);
    free(all);
}

static bool may_take(const struct rule *rule, struct matcher *matcher,
                     struct span characters)
{
    return !rule->pattern.starts ||
           pattern_may_begin(&rule->pattern, matcher, characters);
}

/* Of the rules that the characters but the last leave over; NULL: of all. */
static struct beginning *make(const struct grammar *g, struct matcher *matcher,
                              struct span characters, uint64_t key,
                              const struct beginning *shorter)
{
    struct beginning *b = calloc(1, sizeof *b);

    if (!b)
        return NULL;
    b->characters = key;
    for (int kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = g->first[kind]; i < g->first[kind + 1]; i++) {
            uint32_t bit = beginning_bit(i - g->first[kind]);

            if ((!shorter || shorter->rules[kind] & bit) &&
                may_take(g->by_kind[i], matcher, characters))
                b->rules[kind] |= bit;
        }
    return b;
}

/* By the first `count` characters. */
static const struct beginning *find(const struct grammar *g,
                                    struct matcher *matcher, struct span text,
                                    int count)
{
    const struct beginning *shorter;
    struct beginning *b = NULL, *made;
    int32_t len = 0;
    uint64_t key = 0;
    size_t slot;

    U8_FWD_N(text.at, len, (int32_t)text.len, count);
    memcpy(&key, text.at, (size_t)len);
    slot = (key * 0x9E3779B97F4A7C15u) >> 54;
    for (int i = 0; i < PROBES; i++, slot = (slot + 1) % SLOTS) {
        b = atomic_load(&g->beginnings->at[slot]);
        if (!b || b->characters == key)
            break;
    }
    if (b && b->characters == key)
        return b;
    shorter = count > 1 ? find(g, matcher, text, count - 1) : NULL;
    made = b ? NULL : make(g, matcher, (struct span){ text.at, (size_t)len },
                           key, shorter);
    if (made && atomic_compare_exchange_strong(&g->beginnings->at[slot], &b,
                                               made))
        return made;
    free(made);
    return shorter;
}

const struct beginning *beginning_of(const struct grammar *g,
                                     struct matcher *matcher, struct span text)
{
    return g->beginnings && text.len ? find(g, matcher, text, CHARACTERS)
                                     : NULL;
}
