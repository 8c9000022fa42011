/* Finds neighbours whose texts stand in each other's place, though their labels
 * do not: by the facts that each has of the other, by their lengths, or by their
 * words. */
#include <math.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "diff.h"
#include "feature.h"

/* Records of facts that one version lacks, as lists by bead. */
struct lacks {
    size_t *last;  /* by bead: one more than the record; 0 for none */
    size_t *other; /* by record: the one before in the bead */
};

struct pair {
    struct diffs *diffs;
    struct lacks lacks;
    size_t a, b;
    double ratio; /* of their lengths in all */
    enum words words;
    struct keys keys[2];
};

/* ---- the records ------------------------------------------------------------- */

/* Records that are for nothing where texts are crossed: what one version lacks,
 * or, in one language, all that differs. */
static bool is_lack(const struct pair *p, const struct diff *d)
{
    if (p->diffs->revision)
        return (d->code == DIFF_TEXT || d->code == DIFF_FACT) &&
               d->place_count == 2 && d->places[1].version == p->b;
    return d->code == DIFF_FACT && d->place_count == 1 &&
           (d->places[0].version == p->a || d->places[0].version == p->b);
}

static bool list_lacks(struct pair *p)
{
    const struct diffs *diffs = p->diffs;

    p->lacks.last = calloc(diffs->beads->count + 1, sizeof *p->lacks.last);
    p->lacks.other = calloc(diffs->count + 1, sizeof *p->lacks.other);
    if (!p->lacks.last || !p->lacks.other)
        return false;
    for (size_t i = 0; i < diffs->count; i++) {
        size_t *last = &p->lacks.last[diffs->at[i].bead];

        if (is_lack(p, &diffs->at[i])) {
            p->lacks.other[i] = *last;
            *last = i + 1;
        }
    }
    return true;
}

static bool is_same_fact(const struct diff *x, const struct diff *y)
{
    return x->type == y->type &&
           x->places[0].version != y->places[0].version &&
           span_equal(x->places[0].value, y->places[0].value);
}

/* A paragraph with more differences is another one. */
enum { LACKS_MAX = 16 };

/* How many facts the beads have of each other. */
static unsigned count_crossed(const struct pair *p, size_t bead, size_t next)
{
    const struct diff *at = p->diffs->at;
    unsigned count = 0, x = 0;

    for (size_t i = p->lacks.last[bead]; i && x < LACKS_MAX;
         i = p->lacks.other[i - 1], x++) {
        unsigned y = 0;

        for (size_t k = p->lacks.last[next]; k && y < LACKS_MAX;
             k = p->lacks.other[k - 1], y++)
            count += is_same_fact(&at[i - 1], &at[k - 1]);
    }
    return count;
}

/* The record of the swap says it all. */
static void drop_lacks(struct pair *p, size_t bead)
{
    for (size_t i = p->lacks.last[bead]; i; i = p->lacks.other[i - 1])
        p->diffs->at[i - 1].code = DIFF_CODES;
    p->lacks.last[bead] = 0;
}

static void forget_dropped(struct diffs *diffs)
{
    size_t kept = 0;

    for (size_t i = 0; i < diffs->count; i++)
        if (diffs->at[i].code == DIFF_CODES)
            free(diffs->at[i].places);
        else
            diffs->at[kept++] = diffs->at[i];
    diffs->count = kept;
}

/* ---- facts that keep them in place --------------------------------------------- */

static bool share_fact(const struct facts *x, unsigned u, const struct facts *y,
                       unsigned v)
{
    size_t x_end = x->first[u + 1], y_end = y->first[v + 1];

    if (x_end > x->first[u] + LACKS_MAX)
        x_end = x->first[u] + LACKS_MAX;
    if (y_end > y->first[v] + LACKS_MAX)
        y_end = y->first[v] + LACKS_MAX;
    for (size_t i = x->first[u]; i < x_end; i++)
        for (size_t k = y->first[v]; k < y_end; k++)
            if (x->at[i].type == y->at[k].type &&
                span_equal(x->at[i].value, y->at[k].value))
                return true;
    return false;
}

static bool is_held(const struct pair *p, size_t bead)
{
    const struct beads *beads = p->diffs->beads;

    return share_fact(&beads->versions[p->a].facts,
                      bead_row(beads, bead, p->a)->first,
                      &beads->versions[p->b].facts,
                      bead_row(beads, bead, p->b)->first);
}

/* ---- lengths ------------------------------------------------------------------- */

/* A text's length says nothing where it is but a word or two. */
enum { LENGTH_MIN = 12 };

static bool measure(struct pair *p)
{
    const struct beads *beads = p->diffs->beads;
    double a = 0, b = 0;

    for (size_t i = 0; i < beads->count; i++) {
        const struct unit *x = bead_only(beads, i, p->a);
        const struct unit *y = bead_only(beads, i, p->b);

        a += x && y ? x->length : 0;
        b += x && y ? y->length : 0;
    }
    p->ratio = a > 0 && b > 0 ? b / a : 1;
    return a > 0 && b > 0;
}

/* How ill the text of one fits that of the other: 0 for well. */
static double misfit(const struct pair *p, size_t bead, size_t other)
{
    const struct beads *beads = p->diffs->beads;
    double x = bead_first(beads, bead, p->a)->length;
    double y = bead_first(beads, other, p->b)->length;

    return fabs(log((y + 1) / (x + 1) / p->ratio));
}

static bool are_long(const struct pair *p, size_t bead)
{
    const struct beads *beads = p->diffs->beads;

    return bead_first(beads, bead, p->a)->length >= LENGTH_MIN * 2 &&
           bead_first(beads, bead, p->b)->length * 2 >= LENGTH_MIN;
}

/* ---- words --------------------------------------------------------------------- */

/* Without the signs at its end, which its place in a list decides. */
static struct span without_end(struct span text)
{
    while (text.len) {
        int32_t at = (int32_t)text.len;
        UChar32 c;

        U8_PREV(text.at, 0, at, c);
        if (!u_ispunct(c))
            break;
        text.len = (size_t)at;
    }
    return text;
}

static bool have_same_text(const struct pair *p, size_t bead, size_t other)
{
    const struct beads *beads = p->diffs->beads;

    return span_equal(without_end(bead_first(beads, bead, p->a)->text),
                      without_end(bead_first(beads, other, p->b)->text));
}

/* Words that begin alike, rare enough to tell units apart. */
#define SHARED_MIN 0.5f

static bool have_like_words(const struct pair *p, size_t bead, size_t other)
{
    const struct beads *beads = p->diffs->beads;

    return keys_shared(&p->keys[0], bead_row(beads, bead, p->a)->first,
                       &p->keys[1], bead_row(beads, other, p->b)->first) >=
           SHARED_MIN;
}

/* Both must speak for it, and nothing against it. */
static bool have_words_crossed(const struct pair *p, size_t x, size_t y)
{
    if (p->words == WORDS_SAME)
        return have_same_text(p, x, y) && have_same_text(p, y, x) &&
               !have_same_text(p, x, x);
    return p->words == WORDS_COGNATE && have_like_words(p, x, y) &&
           have_like_words(p, y, x) && !have_like_words(p, x, x) &&
           !have_like_words(p, y, y) && !is_held(p, x) && !is_held(p, y);
}

/* ---- neighbours ------------------------------------------------------------------ */

static bool is_plain(const struct pair *p, size_t bead)
{
    const struct beads *beads = p->diffs->beads;
    const struct unit *x = bead_only(beads, bead, p->a);
    const struct unit *y = bead_only(beads, bead, p->b);

    return x && y && beads->at[bead].order == ORDER_OK && x->key.len &&
           y->key.len && x->role == y->role;
}

/* Whether a plain bead has a plain one beside it there. */
static bool are_neighbours(const struct pair *p, size_t bead, size_t other)
{
    const struct beads *beads = p->diffs->beads;
    const size_t versions[] = { p->a, p->b };

    if (!is_plain(p, other))
        return false;
    for (size_t i = 0; i < 2; i++) {
        const struct unit *x = bead_first(beads, bead, versions[i]);
        const struct unit *y = bead_first(beads, other, versions[i]);

        if (x->part != y->part || x->group != y->group ||
            x->role != y->role || x->level != y->level)
            return false;
    }
    return true;
}

/* Lengths alone must leave no doubt. */
static bool are_crossed(const struct pair *p, size_t bead)
{
    unsigned facts = count_crossed(p, bead, bead + 1);
    double straight = misfit(p, bead, bead) + misfit(p, bead + 1, bead + 1);
    double crossed = misfit(p, bead, bead + 1) + misfit(p, bead + 1, bead);

    if (facts)
        return crossed < straight + (facts > 1 ? 0.5 : 0.2);
    return straight > 1.6 && crossed < 0.5 && are_long(p, bead) &&
           are_long(p, bead + 1) && !is_held(p, bead) && !is_held(p, bead + 1);
}

/* The next one beside the bead, which is plain, behind what stands below it; 0 for none near. */
enum { BELOW_MAX = 24 };

static size_t next_beside(const struct pair *p, size_t bead)
{
    for (size_t i = bead + 1;
         i < p->diffs->beads->count && i <= bead + BELOW_MAX; i++)
        if (are_neighbours(p, bead, i))
            return i;
    return 0;
}

static void record(struct pair *p, size_t bead, size_t other)
{
    const struct beads *beads = p->diffs->beads;
    const size_t versions[] = { p->a, p->b };
    struct diff *diff =
        diff_add(p->diffs, DIFF_SWAPPED, CLAUSIER_WARNING, bead);

    if (!diff)
        return;
    diff->bead_end = other + 1;
    for (size_t i = 0; i < 2; i++)
        diff_add_place(
            p->diffs, diff,
            (struct diff_place){
                .version = (unsigned)versions[i],
                .unit = bead_row(beads, bead, versions[i])->first,
                .unit_end = bead_row(beads, other, versions[i])->first + 1 });
}

static bool stand_crossed(const struct pair *p, size_t bead, size_t other)
{
    return (other == bead + 1 && !p->diffs->revision && are_crossed(p, bead)) ||
           have_words_crossed(p, bead, other);
}

static bool open_pair(struct pair *p)
{
    const struct version *versions = p->diffs->beads->versions;
    const struct version *both[] = { &versions[p->a], &versions[p->b] };

    p->words = words_of(&both[0]->units, &both[1]->units);
    return list_lacks(p) &&
           (p->words != WORDS_COGNATE ||
            keys_of_words(p->keys, both, p->words));
}

static void compare(struct diffs *diffs, size_t a, size_t b)
{
    struct pair p = { .diffs = diffs, .a = a, .b = b };
    bool open = open_pair(&p);

    if (open && measure(&p))
        for (size_t i = 0, next; i + 1 < diffs->beads->count; i++)
            if (is_plain(&p, i) && (next = next_beside(&p, i)) &&
                stand_crossed(&p, i, next)) {
                drop_lacks(&p, i);
                drop_lacks(&p, next);
                record(&p, i, next);
                i = next;
            }
    diffs->failed |= !open;
    keys_free(&p.keys[0]);
    keys_free(&p.keys[1]);
    free(p.lacks.last);
    free(p.lacks.other);
    forget_dropped(diffs);
}

void diff_crossed(struct diffs *diffs)
{
    for (size_t v = 1; v < diffs->beads->version_count && !diffs->failed; v++)
        compare(diffs, 0, v);
}
