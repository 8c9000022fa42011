/* Mends what paths leave: units between neighbours that belong together, and
 * headings without numbers, whose clauses are numbered alike. */
#include <stdlib.h>

#include "pairing.h"

/* ---- between neighbours that belong together ------------------------------ */

/* The unit of the other version that stands where one ends (+1) or begins
 * (-1), by the links of the neighbour on that side; or NO_UNIT. */
static int *neighbours_of(const struct pairing *p, const struct links *links,
                          int side)
{
    size_t count = p->a->units.count;
    int *beside = malloc((count + 1) * sizeof *beside);

    for (size_t i = 0; beside && i <= count; i++)
        beside[i] = NO_UNIT;
    for (size_t i = 0; beside && i < links->count; i++) {
        const struct link *l = &links->at[i];

        if (side > 0)
            beside[l->a + l->a_count] = (int)(l->b + l->b_count);
        else if (l->a > 0)
            beside[l->a - 1] = (int)l->b - 1;
    }
    return beside;
}

static int *partners_of(const struct pairing *p, const struct links *links)
{
    int *partner = malloc((p->a->units.count + 1) * sizeof *partner);

    for (size_t i = 0; partner && i < p->a->units.count; i++)
        partner[i] = NO_UNIT;
    for (size_t i = 0; partner && i < links->count; i++)
        partner[links->at[i].a] = (int)links->at[i].b;
    return partner;
}

static int by_unit(const void *a, const void *b)
{
    const unsigned *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static bool is_heading_or_paragraph(const struct unit *unit)
{
    return unit->role == ROLE_HEADING || unit->role == ROLE_PARAGRAPH;
}

/* A heading goes with what stands below it, whatever its words, and whether or
 * not it was known for one; a paragraph with what stands before or behind it,
 * where nothing speaks against it. */
static bool may_adopt(const struct pairing *p, size_t i, size_t j, int side)
{
    const struct unit *a = pairing_row(p, i), *b = pairing_col(p, j);
    struct common common;
    struct evidence e;

    if (p->part_of[a->part] != (int)b->part || !is_heading_or_paragraph(a) ||
        !is_heading_or_paragraph(b))
        return false;
    if (a->role == ROLE_HEADING && b->role == ROLE_HEADING)
        return side < 0;
    if (a->key.len || b->key.len || (a->role != b->role && side > 0))
        return false;
    common = evidence_share(p, i, j);
    e = evidence_weigh(p, i, 1, j, 1, &common);
    return e.length > 0 && e.fact >= 0 && e.text >= 0;
}

/* From the side that the neighbours are on, so that one takes the next
 * along. */
static void adopt(struct pairing *p, struct links *links, int side)
{
    int *beside = neighbours_of(p, links, side);

    p->failed |= !beside;
    for (size_t k = 0; k < p->rows.count && !p->failed; k++) {
        size_t i = side > 0 ? k : p->rows.count - 1 - k;
        unsigned u = p->rows.unit[i], wanted, *found;
        size_t j;

        if (beside[u] < 0)
            continue;
        wanted = (unsigned)beside[u];
        found = bsearch(&wanted, p->cols.unit, p->cols.count, sizeof wanted,
                        by_unit);
        j = found ? (size_t)(found - p->cols.unit) : 0;
        if (!found || !may_adopt(p, i, j, side))
            continue;
        evidence_link(p, links, i, 1, j, 1);
        if (side > 0)
            beside[u + 1] = (int)wanted + 1;
        else if (u > 0)
            beside[u - 1] = (int)wanted - 1;
    }
    free(beside);
}

static bool are_siblings(const struct unit *x, const struct unit *y)
{
    return x->part == y->part && x->group == y->group && x->level == y->level &&
           x->role == y->role && !x->label.len == !y->label.len;
}

/* The open unit of the other version that would have changed places with one,
 * the first of which has a counterpart; NULL for none. */
static unsigned *changed_place(const struct pairing *p, unsigned open,
                               unsigned next, int partner)
{
    unsigned wanted = (unsigned)partner + (next - open);
    const struct unit *a = p->a->units.at, *b = p->b->units.at;

    if (partner < 0 || next >= p->a->units.count ||
        wanted >= p->b->units.count || !a[open].label.len ||
        !are_siblings(&a[open], &a[next]) ||
        !are_siblings(&b[wanted], &b[partner]) ||
        a[open].role != b[wanted].role)
        return NULL;
    return bsearch(&wanted, p->cols.unit, p->cols.count, sizeof wanted, by_unit);
}

/* Of two neighbours in a list, the one that is left has changed places with the
 * one that stands on the other side. */
static void cross(struct pairing *p, struct links *links)
{
    int *partner = partners_of(p, links);
    int last = NO_UNIT; /* what was taken */

    p->failed |= !partner;
    for (size_t k = 0; k < p->rows.count && !p->failed; k++)
        for (int side = -1; side <= 1; side += 2) {
            unsigned u = p->rows.unit[k], next = u + (unsigned)side, *found;
            struct common common = { 0, 0 };
            size_t j;

            if (next >= p->a->units.count ||
                !(found = changed_place(p, u, next, partner[next])))
                continue;
            j = (size_t)(found - p->cols.unit);
            if ((int)*found == last ||
                evidence_weigh(p, k, 1, j, 1, &common).length < 0)
                continue;
            last = (int)*found;
            evidence_link(p, links, k, 1, j, 1);
            break;
        }
    free(partner);
}

void settle_neighbours(struct pairing *p, struct links *links)
{
    for (int side = -1; side <= 1 && !p->failed; side += 2)
        if (p->rows.count && p->cols.count) {
            adopt(p, links, side);
            sides_drop(p, links);
        }
    if (p->rows.count && p->cols.count && !p->failed) {
        cross(p, links);
        sides_drop(p, links);
    }
}

/* ---- below headings without numbers --------------------------------------- */

/* Two of these number what is below them alike: only when the headings have
 * found each other is it known which "2" is which. */
static int *homes_of(const struct units *units)
{
    int *home = malloc((units->count + 1) * sizeof *home);

    for (size_t i = 0; home && i < units->count; i++) {
        int above = units->at[i].above;

        home[i] = above == NO_UNIT ? NO_UNIT
                  : units->at[above].role == ROLE_HEADING &&
                          !units->at[above].key.len
                      ? above
                      : home[above];
    }
    return home;
}

/* Whether both headings lead to each other, and are not linked yet. */
static bool is_lead(const struct pairing *p, const struct votes *votes,
                    const struct vote *vote)
{
    return vote && votes_agree(votes, vote) && p->partner[vote->a] != vote->b;
}

/* Takes the links away that one of the counterparts has with another unit. */
static void unlink_headings(struct pairing *p, struct links *links,
                            const struct votes *votes)
{
    size_t kept = 0;

    for (size_t i = 0; i < links->count; i++) {
        const struct link *l = &links->at[i];

        if (is_lead(p, votes, votes->a[l->a].vote) ||
            is_lead(p, votes, votes->b[l->b].vote))
            p->partner[l->a] = NO_UNIT;
        else
            links->at[kept++] = *l;
    }
    links->count = kept;
}

/* Headings go with what is said below them: those that most witnesses name
 * are counterparts, whatever their own looks were taken to say. */
static void pair_headings(struct pairing *p, struct links *links)
{
    struct votes votes;

    if (votes_open(&votes, p, links, p->home)) {
        unlink_headings(p, links, &votes);
        for (size_t i = 0; i < votes.count && !p->failed; i++) {
            const struct vote *vote = &votes.at[i];

            if (!is_lead(p, &votes, vote))
                continue;
            evidence_link(p, links, (size_t)vote->a, 1, (size_t)vote->b, 1);
            p->partner[vote->a] = vote->b;
        }
    }
    votes_free(&votes);
}

/* Undoes links of strangers that only numbers and looks speak for. */
static bool part_strangers(const struct pairing *p, struct links *links)
{
    size_t kept = 0, count = links->count;

    for (size_t i = 0; i < count; i++) {
        const struct link *l = &links->at[i];

        if (vote_is_cast(l) || !evidence_are_strangers(p, l->a, l->b))
            links->at[kept++] = *l;
    }
    links->count = kept;
    return kept < count;
}

void settle_headings(struct pairing *p, struct links *links)
{
    p->partner = partners_of(p, links);
    p->home[0] = homes_of(&p->a->units);
    p->home[1] = homes_of(&p->b->units);
    p->failed |= !p->partner || !p->home[0] || !p->home[1];
    if (!p->failed) {
        sides_take_all(p);
        pair_headings(p, links);
    }
    if (!p->failed && part_strangers(p, links) && sides_drop(p, links)) {
        p->crossing = true;
        path_take(p, links, false);
    }
    free(p->partner);
    free(p->home[0]);
    free(p->home[1]);
    p->partner = NULL;
}
