/* Lets what has found its counterpart say which part, or which heading, of one
 * version is which of the other: that which it stands in. */
#include <stdlib.h>

#include "pairing.h"

bool vote_is_cast(const struct link *l)
{
    return l->found == FOUND_FACT || l->found == FOUND_TEXT;
}

static int by_homes(const void *x, const void *y)
{
    const struct vote *v = x, *w = y;

    return v->a != w->a ? (v->a > w->a) - (v->a < w->a)
                        : (v->b > w->b) - (v->b < w->b);
}

/* One vote of each pair of homes, with its count. */
static void merge(struct votes *votes)
{
    size_t merged = 0;

    if (votes->count)
        qsort(votes->at, votes->count, sizeof *votes->at, by_homes);
    for (size_t i = 0; i < votes->count; i++) {
        if (merged && by_homes(&votes->at[merged - 1], &votes->at[i]) == 0)
            votes->at[merged - 1].count++;
        else
            votes->at[merged++] = votes->at[i];
    }
    votes->count = merged;
}

static void collect(struct votes *votes, struct pairing *p,
                    const struct links *links, int *const home[2])
{
    for (size_t i = 0; i < links->count && !p->failed; i++) {
        const struct link *l = &links->at[i];
        int a = home[0][l->a], b = home[1][l->b];
        struct vote *vote;

        if (a == NO_UNIT || b == NO_UNIT || !vote_is_cast(l))
            continue;
        vote = array_push(&votes->at, &votes->count, sizeof *vote);
        p->failed |= vote == NULL;
        if (vote)
            *vote = (struct vote){ a, b, 1 };
    }
    merge(votes);
}

static void count_vote(struct lead *lead, const struct vote *vote)
{
    if (vote->count > lead->most)
        *lead = (struct lead){ vote, vote->count };
    else if (vote->count == lead->most)
        lead->vote = NULL;
}

bool votes_open(struct votes *votes, struct pairing *p,
                const struct links *links, int *const home[2])
{
    *votes = (struct votes){
        .a = calloc(p->a->units.count + 1, sizeof *votes->a),
        .b = calloc(p->b->units.count + 1, sizeof *votes->b)
    };
    p->failed |= !votes->a || !votes->b;
    collect(votes, p, links, home);
    for (size_t i = 0; i < votes->count && !p->failed; i++) {
        count_vote(&votes->a[votes->at[i].a], &votes->at[i]);
        count_vote(&votes->b[votes->at[i].b], &votes->at[i]);
    }
    return !p->failed;
}

void votes_free(struct votes *votes)
{
    free(votes->at);
    free(votes->a);
    free(votes->b);
}

bool votes_agree(const struct votes *votes, const struct vote *vote)
{
    return votes->a[vote->a].vote == vote && votes->b[vote->b].vote == vote;
}
