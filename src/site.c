/* Tells by the characters around a place in a text which inline rules may match
 * there. Few may at most places, and the same characters come again and again:
 * PCRE2 is asked once, and what it says is kept. */
#include <stdatomic.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "grammar.h"

enum { SLOTS = 16384, SLOT_SHIFT = 50, PROBES = 8, CHARACTER_BITS = 21,
       ASCII = 0x80 };

/* A mark makes no key and no known set of rules 0. */
static const uint64_t mark = (uint64_t)1 << 63, key_taken = 1;

struct slot {
    _Atomic uint64_t key; /* of two characters; 0: free, 1: being filled */
    _Atomic uint64_t rules;
};

/* By the two characters that a match begins with. Filled by whichever thread
 * comes first; nothing is ever taken out. */
struct sites {
    _Atomic uint64_t ascii[ASCII][ASCII]; /* rules and the mark, or 0 */
    struct slot at[SLOTS];
};

struct sites *sites_new(void)
{
    return calloc(1, sizeof(struct sites));
}

void sites_free(struct sites *sites)
{
    free(sites);
}

static uint64_t all_rules(const struct grammar *g)
{
    size_t count = g->rule_count - g->first[KIND_INLINE];

    return count ? ~(uint64_t)0 >> (64 - count) : 0;
}

/* Of the rules that `may`, those that match nothing here are left out. */
static uint64_t ask(const struct grammar *g, struct matcher *matcher,
                    int32_t first, int32_t second, uint64_t may)
{
    char text[2 * U8_MAX_LENGTH];
    size_t len = 0;
    uint64_t rules = 0;

    U8_APPEND_UNSAFE(text, len, first);
    if (second != NO_CHARACTER)
        U8_APPEND_UNSAFE(text, len, second);
    for (size_t i = g->first[KIND_INLINE]; i < g->rule_count; i++) {
        const struct rule *rule = g->by_kind[i];

        if (may & rule->bit && pattern_may_begin(&rule->pattern, matcher,
                                                 (struct span){ text, len }))
            rules |= rule->bit;
    }
    return rules;
}

/* By the first character alone where `second` is NO_CHARACTER. */
static uint64_t look_up(const struct grammar *g, struct matcher *matcher,
                        int32_t first, int32_t second)
{
    uint64_t key = mark | (uint64_t)first << CHARACTER_BITS | (uint64_t)second;
    uint64_t was = 0, rules = all_rules(g);
    size_t at = (key * 0x9E3779B97F4A7C15u) >> SLOT_SHIFT;
    struct slot *slot = NULL;

    for (int i = 0; i < PROBES; i++, at = (at + 1) % SLOTS) {
        slot = &g->sites->at[at];
        was = atomic_load_explicit(&slot->key, memory_order_acquire);
        if (was == key)
            return atomic_load_explicit(&slot->rules, memory_order_relaxed);
        if (!was)
            break;
    }
    if (second != NO_CHARACTER)
        rules = look_up(g, matcher, first, NO_CHARACTER);
    if (!rules || was)
        return rules;
    rules = ask(g, matcher, first, second, rules);
    if (atomic_compare_exchange_strong(&slot->key, &was, key_taken)) {
        atomic_store_explicit(&slot->rules, rules, memory_order_relaxed);
        atomic_store_explicit(&slot->key, key, memory_order_release);
    }
    return rules;
}

static uint64_t ahead(const struct grammar *g, struct matcher *matcher,
                      int32_t first, int32_t second)
{
    _Atomic uint64_t *kept;
    uint64_t rules;

    if (first >= ASCII || second >= ASCII)
        return look_up(g, matcher, first, second);
    kept = &g->sites->ascii[first][second];
    rules = atomic_load_explicit(kept, memory_order_relaxed);
    if (!rules) {
        rules = look_up(g, matcher, first, NO_CHARACTER);
        rules = mark | ask(g, matcher, first, second, rules);
        atomic_store_explicit(kept, rules, memory_order_relaxed);
    }
    return rules & ~mark;
}

static bool is_ascii_letter(int32_t c)
{
    return (uint32_t)(c | 0x20) - 'a' < 26;
}

/* Those of the rules that may match behind the character. */
static uint64_t behind(const struct grammar *g, int32_t before, uint64_t rules)
{
    if (is_ascii_letter(before))
        return rules & ~(g->apart_ascii | g->apart);
    return before >= ASCII && before != NO_CHARACTER && rules & g->apart &&
                   u_isalpha(before)
               ? rules & ~g->apart
               : rules;
}

uint64_t site_rules(const struct grammar *g, struct matcher *matcher,
                    const struct site *site)
{
    uint64_t rules = g->sites ? ahead(g, matcher, site->first, site->second)
                              : all_rules(g);

    return rules ? behind(g, site->before, rules) : 0;
}
