/* Tells by the characters around a place in a text which inline rules may match
 * there. Few may at most places, and the same characters come again and again:
 * PCRE2 is asked once, and what it says is kept. */
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "grammar.h"

enum { SLOTS = 16384, SLOT_SHIFT = 50, PROBES = 8, ASCII = 0x80 };
enum { FEW_BYTES = 4, MOST_BYTES = 2 * sizeof(uint64_t) };

static const uint64_t mark = (uint64_t)1 << 63; /* makes no set of rules 0 */
static const uint64_t key_taken = ~(uint64_t)0; /* no text in UTF-8 */
static const uint64_t spread = 0x9E3779B97F4A7C15u;

struct slot {
    _Atomic uint64_t key; /* the first bytes; 0: free */
    uint64_t more;        /* those behind them, written before the key is */
    _Atomic uint64_t rules;
};

/* By what a match begins with: two characters, and where these leave rules, as
 * many as four bytes have room for, which many words share, then more of them.
 * Filled by whichever thread comes first; nothing is ever taken out. */
struct sites {
    _Atomic uint64_t ascii[ASCII][ASCII]; /* rules and the mark, or 0 */
    struct slot at[2][SLOTS]; /* the second for more than a word's bytes: there
                               * is no end of such beginnings */
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
                    struct span text, uint64_t may)
{
    uint64_t rules = 0;

    for (; may; may &= may - 1) {
        size_t i = g->first[KIND_INLINE] + (size_t)__builtin_ctzll(may);

        if (pattern_may_begin(&g->by_kind[i]->pattern, matcher, text))
            rules |= g->by_kind[i]->bit;
    }
    return rules;
}

/* Those of the rules that `may`, which are those of a shorter text that this one
 * begins with; all of them where there is no room to keep what PCRE2 says. */
static uint64_t look_up(const struct grammar *g, struct matcher *matcher,
                        struct span text, uint64_t may)
{
    uint64_t key[2] = { 0 }, was = 0, rules;
    struct slot *slots = g->sites->at[text.len > sizeof *key], *slot = NULL;
    size_t at;

    memcpy(key, text.at, text.len);
    at = ((key[0] ^ key[1] * spread) * spread) >> SLOT_SHIFT;
    for (int i = 0; i < PROBES; i++, at = (at + 1) % SLOTS) {
        slot = &slots[at];
        was = atomic_load_explicit(&slot->key, memory_order_acquire);
        if (was == key[0] && key[0] && slot->more == key[1])
            return atomic_load_explicit(&slot->rules, memory_order_relaxed);
        if (!was)
            break;
    }
    if (was || !key[0])
        return may;
    rules = ask(g, matcher, text, may);
    if (atomic_compare_exchange_strong(&slot->key, &was, key_taken)) {
        slot->more = key[1];
        atomic_store_explicit(&slot->rules, rules, memory_order_relaxed);
        atomic_store_explicit(&slot->key, key[0], memory_order_release);
    }
    return rules;
}

/* The first characters of a text, as many as `bytes` have room for. */
static struct span beginning(struct span text, size_t bytes)
{
    if (text.len <= bytes)
        return text;
    while (bytes && U8_IS_TRAIL((uint8_t)text.at[bytes]))
        bytes--;
    return (struct span){ text.at, bytes };
}

static struct span two_characters(const struct site *site)
{
    size_t len = (size_t)U8_LENGTH(site->first);

    if (site->second != NO_CHARACTER)
        len += (size_t)U8_LENGTH(site->second);
    return (struct span){ site->text.at, len };
}

/* By the two characters. */
static uint64_t ahead(const struct grammar *g, struct matcher *matcher,
                      const struct site *site, struct span two)
{
    struct span one = { site->text.at, (size_t)U8_LENGTH(site->first) };
    _Atomic uint64_t *kept;
    uint64_t rules;

    if (site->first >= ASCII || site->second >= ASCII) {
        rules = look_up(g, matcher, one, all_rules(g));
        return rules ? look_up(g, matcher, two, rules) : 0;
    }
    kept = &g->sites->ascii[site->first][site->second];
    rules = atomic_load_explicit(kept, memory_order_relaxed);
    if (!rules) {
        rules = look_up(g, matcher, one, all_rules(g));
        rules = mark | ask(g, matcher, two, rules);
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

/* No part of the two characters is asked about again: what would be kept for it
 * then holds for these two alone. */
uint64_t site_rules(const struct grammar *g, struct matcher *matcher,
                    const struct site *site)
{
    struct span two = two_characters(site);
    uint64_t rules;

    if (!g->sites)
        return behind(g, site->before, all_rules(g));
    rules = ahead(g, matcher, site, two);
    for (size_t bytes = FEW_BYTES;
         bytes <= MOST_BYTES && behind(g, site->before, rules); bytes *= 2) {
        struct span text = beginning(site->text, bytes);

        if (text.len > two.len)
            rules = look_up(g, matcher, text, rules);
    }
    return behind(g, site->before, rules);
}
