/* Finds which part of one version is which of the other: by their names, and
 * where an annex was put in or left out, by what stands in them. */
#include <stdlib.h>
#include <string.h>

#include "pairing.h"

enum { NO_PART = -1, WITNESSES = 2 };

/* A part that has no counterpart yet; its name where that is to count. */
struct open_part {
    int kind;
    struct span name;
    int index;
};

static int by_name(const struct open_part *x, const struct open_part *y)
{
    size_t a = x->name.len, b = y->name.len;
    int order = x->kind - y->kind;

    if (!order && a && b)
        order = memcmp(x->name.at, y->name.at, a < b ? a : b);
    return order ? order : (a > b) - (a < b);
}

static int by_name_and_place(const void *a, const void *b)
{
    const struct open_part *x = a, *y = b;
    int order = by_name(x, y);

    return order ? order : x->index - y->index;
}

/* The parts that are not closed; NULL where memory ran out. */
static struct open_part *list_open(const struct units *units, const bool *closed,
                                   bool named, size_t *count)
{
    struct open_part *open = malloc((units->part_count + 1) * sizeof *open);

    *count = 0;
    for (size_t i = 0; open && i < units->part_count; i++)
        if (!closed[i])
            open[(*count)++] = (struct open_part){
                units->parts[i].kind,
                named ? units->parts[i].name : (struct span){ "", 0 }, (int)i
            };
    if (*count)
        qsort(open, *count, sizeof *open, by_name_and_place);
    return open;
}

/* Closes what goes together: by kind and name, or in order of each kind. */
static void join(struct pairing *p, bool *const closed[2], bool named)
{
    size_t a_count, b_count, i = 0, j = 0;
    struct open_part *a = list_open(&p->a->units, closed[0], named, &a_count);
    struct open_part *b = list_open(&p->b->units, closed[1], named, &b_count);

    p->failed |= !a || !b;
    while (!p->failed && i < a_count && j < b_count) {
        int order = by_name(&a[i], &b[j]);

        if (order == 0) {
            p->part_of[a[i].index] = b[j].index;
            closed[0][a[i].index] = closed[1][b[j].index] = true;
        }
        i += order <= 0;
        j += order >= 0;
    }
    free(a);
    free(b);
}

/* What has no counterpart yet: by name, and what is left by its kind. */
static void match(struct pairing *p)
{
    size_t count = p->a->units.part_count;
    bool *closed[2] = { calloc(count + 1, sizeof(bool)),
                        calloc(p->b->units.part_count + 1, sizeof(bool)) };

    p->failed |= !closed[0] || !closed[1];
    for (size_t i = 0; i < count && !p->failed; i++)
        if (p->part_of[i] != NO_PART)
            closed[0][i] = closed[1][p->part_of[i]] = true;
    for (int named = 1; named >= 0 && !p->failed; named--)
        join(p, closed, named);
    free(closed[0]);
    free(closed[1]);
}

bool parts_open(struct pairing *p)
{
    size_t count = p->a->units.part_count;

    p->part_of = malloc((count + 1) * sizeof *p->part_of);
    p->failed |= !p->part_of;
    for (size_t i = 0; i < count && p->part_of; i++)
        p->part_of[i] = NO_PART;
    if (!p->failed)
        match(p);
    return !p->failed;
}

/* By unit, the annex that it stands in. */
static int *annexes_of(const struct units *units)
{
    int *annex = malloc((units->count + 1) * sizeof *annex);

    for (size_t i = 0; annex && i < units->count; i++) {
        unsigned part = units->at[i].part;

        annex[i] = units->parts[part].kind == PART_ANNEX ? (int)part : NO_UNIT;
    }
    return annex;
}

/* One witness may err. */
static bool is_led(const struct votes *votes, const struct vote *vote)
{
    return vote && vote->count >= WITNESSES && votes_agree(votes, vote);
}

/* Whether votes lead some annex elsewhere; it and what stood there are free. */
static bool free_parts(struct pairing *p, const struct votes *votes)
{
    bool moved = false;

    for (size_t i = 0; i < p->a->units.part_count; i++) {
        int other = p->part_of[i];

        if (!is_led(votes, votes->a[i].vote) &&
            (other == NO_PART || !is_led(votes, votes->b[other].vote)))
            continue;
        moved |= is_led(votes, votes->a[i].vote) &&
                 votes->a[i].vote->b != other;
        p->part_of[i] = NO_PART;
    }
    return moved;
}

bool parts_move(struct pairing *p, const struct links *links)
{
    int *annex[2] = { annexes_of(&p->a->units), annexes_of(&p->b->units) };
    struct votes votes = { 0 };
    bool moved = false;

    p->failed |= !annex[0] || !annex[1];
    if (!p->failed && votes_open(&votes, p, links, annex)) {
        moved = free_parts(p, &votes);
        for (size_t i = 0; i < votes.count; i++)
            if (is_led(&votes, &votes.at[i]))
                p->part_of[votes.at[i].a] = votes.at[i].b;
        match(p);
    }
    votes_free(&votes);
    free(annex[0]);
    free(annex[1]);
    return moved && !p->failed;
}
