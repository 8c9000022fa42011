/* Searches the units of a document for clauses with a label or a title. */
#include "search.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

bool search_begins(struct span text, struct span title)
{
    int32_t a = 0, b = 0;

    while (b < (int32_t)title.len) {
        UChar32 c, d;

        if (a >= (int32_t)text.len)
            return false;
        U8_NEXT(text.at, a, (int32_t)text.len, c);
        U8_NEXT(title.at, b, (int32_t)title.len, d);
        if (u_foldCase(c, U_FOLD_CASE_DEFAULT) !=
            u_foldCase(d, U_FOLD_CASE_DEFAULT))
            return false;
    }
    return true;
}

/* Where "and" is one letter of the word behind it, as in Arabic, a title may be
 * said without it. */
static struct span without_joint(struct span text)
{
    int32_t at = 0;
    UChar32 c = 0;

    if (text.len)
        U8_NEXT(text.at, at, (int32_t)text.len, c);
    return c >= 0x590 && c < 0x1000 && u_isalpha(c)
               ? (struct span){ text.at + at, text.len - (size_t)at }
               : text;
}

/* "Resolves" is what a document in French calls "décide", with or without a
 * comma behind it. */
static bool is_called(struct span text, const struct search *s)
{
    static const char *const ends[] = { ",", ":", "\u060C", "\uFF0C",
                                        "\uFF1A" };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text.len > strlen(ends[i]) &&
            memcmp(text.at + text.len - strlen(ends[i]), ends[i],
                   strlen(ends[i])) == 0)
            text.len -= strlen(ends[i]);
    return span_equal(grammar_alias(s->grammar, text), s->called) ||
           span_equal(grammar_alias(s->grammar, without_joint(text)),
                      s->called);
}

static bool is_titled(const struct unit *unit, const struct search *s)
{
    struct span text = unit->text;

    if (!unit->opens || unit->role != ROLE_HEADING || unit->key.len)
        return false;
    if (s->whole)
        return (text.len == s->title.len && search_begins(text, s->title)) ||
               is_called(text, s);
    return search_begins(text, s->title) ||
           search_begins(without_joint(text), s->title);
}

/* "resolves 2" stands below the heading "resolves". */
static bool is_below_title(const struct units *units, size_t i,
                           const struct search *s)
{
    int above = units->at[i].above;

    while (above != NO_UNIT && !is_titled(&units->at[above], s))
        above = units->at[above].above;
    return above != NO_UNIT;
}

static bool fits(const struct units *units, size_t i, const struct search *s)
{
    const struct unit *unit = &units->at[i];

    if (!unit->opens || (s->part != NOWHERE && (int)unit->part != s->part) ||
        tree_is(unit->opens, "item") != s->items)
        return false;
    if (!s->key.len)
        return is_titled(unit, s);
    return span_equal(unit->key, s->key) &&
           (!s->title.len || is_below_title(units, i, s));
}

bool search_all(const struct units *u, struct hits *hits,
                const struct search *s)
{
    bool added = true;

    for (int main = 1; main >= 0; main--)
        for (size_t i = 0; i < u->count && hits->count <= SEARCH_MAX; i++)
            if ((u->parts[u->at[i].part].kind == PART_BODY) == main &&
                fits(u, i, s))
                added &= hits_add(hits, hit_of(u, i));
    return added;
}

bool search_clauses(const struct units *u, struct hits *hits, struct search *s)
{
    bool added = true;

    for (int items = 0; items <= (s->key.len > 0) && !hits->count; items++)
        for (int whole = s->title.len > 0; whole >= 0 && !hits->count;
             whole--) {
            s->items = items;
            s->whole = whole;
            added &= search_all(u, hits, s);
        }
    return added;
}
