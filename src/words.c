/* Compares two texts in one language word by word: the greedy algorithm of
 * Myers (1986), given up where the texts have too little in common. */
#include "words.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "pattern.h"

enum { EDITS_MAX = 400, GAP_MAX = 2 };

/* ---- reading ------------------------------------------------------------------ */

static uint32_t hash_of(const char *bytes, size_t length)
{
    uint32_t hash = 0x811C9DC5u;

    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x01000193u;
    return hash;
}

static bool is_space(const char *bytes, int32_t from, int32_t to)
{
    UChar32 c;

    U8_NEXT(bytes, from, to, c);
    return c < 0 || u_isUWhiteSpace(c);
}

static unsigned in_text(const struct folded *folded, int32_t at)
{
    return folded->map ? folded->map[at] : (unsigned)at;
}

static bool read_unit(struct words_row *words, const struct units *units,
                      unsigned unit, const struct folded *folded,
                      UBreakIterator *breaks)
{
    const char *bytes = folded->text.at;
    UErrorCode status = U_ZERO_ERROR;
    UText *text = utext_openUTF8(NULL, bytes, (int64_t)folded->text.len,
                                 &status);
    int32_t from, to;

    ubrk_setUText(breaks, text, &status);
    from = U_SUCCESS(status) ? ubrk_first(breaks) : 0;
    for (; U_SUCCESS(status) && (to = ubrk_next(breaks)) != UBRK_DONE;
         from = to) {
        struct word *word;

        if (is_space(bytes, from, to))
            continue;
        word = array_push(&words->at, &words->count, sizeof *word);
        if (!word)
            status = U_MEMORY_ALLOCATION_ERROR;
        else
            *word = (struct word){ hash_of(bytes + from, (size_t)(to - from)),
                                   unit, in_text(folded, from),
                                   in_text(folded, to) };
    }
    utext_close(text);
    (void)units;
    return U_SUCCESS(status);
}

bool words_read(struct words_row *words, const struct units *units,
                const struct row *row, UBreakIterator *breaks)
{
    struct folded folded = { 0 };
    bool done = true;

    for (unsigned k = row->first; k < row->first + row->count && done; k++) {
        struct span text = units->at[k].text;

        if (!text.len)
            continue;
        done = fold(&folded, text, fold_needed(text)) &&
               (!folded.text.len ||
                read_unit(words, units, k, &folded, breaks));
    }
    folded_free(&folded);
    return done;
}

/* ---- comparing ---------------------------------------------------------------- */

struct pass {
    const struct word *a, *b;
    int n, m;
    int *reach;          /* by diagonal: how far along `a` */
    int *history[EDITS_MAX + 1];
    struct changes *changes;
};

static bool add(struct changes *changes, size_t a, size_t a_end, size_t b,
                size_t b_end)
{
    struct change *change = array_push(&changes->at, &changes->count,
                                       sizeof *change);

    if (change)
        *change = (struct change){ a, a_end, b, b_end };
    return change != NULL;
}

enum { UNREACHED = -1 };

/* The better of the two ways to diagonal k: a word of `a` left out, coming
 * from k - 1, or one of `b` put in, from k + 1. Returns where it leads. */
static int step(const struct pass *p, const int *reach, int k, int edits,
                int *from)
{
    int left = k > -edits && reach[k - 1] >= 0 && reach[k - 1] < p->n
                   ? reach[k - 1] + 1
                   : UNREACHED;
    int right = k < edits && reach[k + 1] >= 0 && reach[k + 1] - k <= p->m
                    ? reach[k + 1]
                    : UNREACHED;

    *from = left > right ? k - 1 : k + 1;
    return left > right ? left : right;
}

/* Goes as far as `edits` edits lead, on all diagonals; true at the end. */
static bool go(struct pass *p, int edits)
{
    for (int k = -edits; k <= edits; k += 2) {
        int from, x = edits ? step(p, p->reach, k, edits, &from) : 0;

        while (x >= 0 && x < p->n && x - k < p->m &&
               p->a[x].hash == p->b[x - k].hash)
            x++;
        p->reach[k] = x;
        if (x == p->n && x - k == p->m)
            return true;
    }
    return false;
}

/* The edits from last to first, as changes of one word each. */
static bool trace(struct pass *p, int edits)
{
    int x = p->n, y = p->m;

    for (; edits > 0; edits--) {
        const int *reach = p->history[edits] + edits + 1;
        int k = x - y, from;

        step(p, reach, k, edits, &from);
        x = reach[from];
        y = x - from;
        if (!add(p->changes, (size_t)x, (size_t)x + (from < k), (size_t)y,
                 (size_t)y + (from > k)))
            return false;
    }
    return true;
}

static bool keep(struct pass *p, int edits)
{
    size_t width = 2 * (size_t)edits + 3;

    p->history[edits] = malloc(width * sizeof(int));
    if (p->history[edits])
        memcpy(p->history[edits], p->reach - edits - 1, width * sizeof(int));
    return p->history[edits] != NULL;
}

static bool search(struct pass *p)
{
    int edits = 0;
    bool done = true, found = false;

    for (; done && edits <= EDITS_MAX; edits++) {
        done = keep(p, edits);
        found = done && go(p, edits);
        if (found)
            break;
    }
    if (done && !found)
        return add(p->changes, 0, (size_t)p->n, 0, (size_t)p->m);
    return done && trace(p, edits);
}

static int by_place(const void *a, const void *b)
{
    const struct change *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* Sorts, and joins what is next to one another or nearly so. */
static void join(struct changes *changes)
{
    size_t kept = 0;

    if (changes->count)
        qsort(changes->at, changes->count, sizeof *changes->at, by_place);
    for (size_t i = 0; i < changes->count; i++) {
        struct change *last = kept ? &changes->at[kept - 1] : NULL;
        const struct change *next = &changes->at[i];

        if (last && next->a - last->a_end <= GAP_MAX &&
            next->b - last->b_end <= GAP_MAX) {
            last->a_end = next->a_end;
            last->b_end = next->b_end;
        } else {
            changes->at[kept++] = *next;
        }
    }
    changes->count = kept;
}

bool words_compare(struct changes *changes, const struct words_row *a,
                   const struct words_row *b)
{
    struct pass p = { .changes = changes };
    size_t start = 0, a_end = a->count, b_end = b->count;
    int *room;
    bool done;

    while (start < a_end && start < b_end &&
           a->at[start].hash == b->at[start].hash)
        start++;
    while (a_end > start && b_end > start &&
           a->at[a_end - 1].hash == b->at[b_end - 1].hash) {
        a_end--;
        b_end--;
    }
    if (start == a_end && start == b_end)
        return true;
    p.a = a->count ? a->at + start : NULL; /* there may be no array to point into */
    p.b = b->count ? b->at + start : NULL;
    p.n = (int)(a_end - start);
    p.m = (int)(b_end - start);
    room = calloc(2 * EDITS_MAX + 8, sizeof *room);
    if (!room)
        return false;
    p.reach = room + EDITS_MAX + 3;
    done = search(&p);
    for (int i = 0; i <= EDITS_MAX; i++)
        free(p.history[i]);
    free(room);
    for (size_t i = 0; i < changes->count; i++) {
        changes->at[i].a += start;
        changes->at[i].a_end += start;
        changes->at[i].b += start;
        changes->at[i].b_end += start;
    }
    join(changes);
    return done;
}
