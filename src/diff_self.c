/* Finds versions that contradict themselves: two e-mail addresses or acronyms
 * that are one, but for a slip of the pen. */
#include <stdlib.h>
#include <string.h>

#include "diff.h"
#include "spelling.h"

/* One spelling of a version. */
struct saying {
    const struct fact *fact; /* the first of them */
    struct span value;
    size_t count;
};

struct sayings {
    struct saying *at;
    size_t count;
};

/* There are few acronyms and addresses in a document; what has more is no
 * document that anyone revises. */
enum { SAYINGS_MAX = 2000 };

static int by_value(const void *a, const void *b)
{
    const struct saying *x = a, *y = b;
    size_t len = x->value.len < y->value.len ? x->value.len : y->value.len;
    int order = len ? memcmp(x->value.at, y->value.at, len) : 0;

    if (order || x->value.len != y->value.len)
        return order ? order : x->value.len < y->value.len ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

static void list_sayings(struct diffs *diffs, struct sayings *list,
                         size_t version, enum fact_type type)
{
    const struct facts *facts = &diffs->beads->versions[version].facts;
    size_t kept = 0;

    *list = (struct sayings){ 0 };
    for (size_t i = 0; i < facts->count; i++) {
        struct saying *one;

        if (facts->at[i].type != type || facts->at[i].soft)
            continue;
        one = array_push(&list->at, &list->count, sizeof *one);
        diffs->failed |= one == NULL;
        if (!one)
            return;
        *one = (struct saying){ &facts->at[i], facts->at[i].value, 1 };
    }
    if (list->count)
        qsort(list->at, list->count, sizeof *list->at, by_value);
    for (size_t i = 0; i < list->count; i++) {
        if (kept && span_equal(list->at[kept - 1].value, list->at[i].value))
            list->at[kept - 1].count++;
        else
            list->at[kept++] = list->at[i];
    }
    list->count = kept;
}

static struct span host_of(struct span email)
{
    const char *at = email.len ? memchr(email.at, '@', email.len) : NULL;
    size_t user = at ? (size_t)(at - email.at) : email.len;

    return (struct span){ email.at + user, email.len - user };
}

static bool has_digit_apart(struct span a, struct span b)
{
    size_t i = 0;

    while (i < a.len && i < b.len && a.at[i] == b.at[i])
        i++;
    return (i < a.len && is_digit(a.at[i])) || (i < b.len && is_digit(b.at[i]));
}

/* "sg13@" and "sg15@" are two addresses; "tsb-sgn@" and "tsbsgn@" one. */
static bool is_one_address(const struct saying *a, const struct saying *b)
{
    if (!span_equal(host_of(a->value), host_of(b->value)))
        return false;
    return spelling_is_same(a->value, b->value) ||
           (spelling_is_near(a->value, b->value) &&
            !has_digit_apart(a->value, b->value));
}

/* One of them is the rule and the other the slip. */
static bool is_one_acronym(const struct saying *a, const struct saying *b)
{
    size_t more = a->count > b->count ? a->count : b->count;
    size_t less = a->count > b->count ? b->count : a->count;

    return more >= 3 * less && spelling_is_turned(a->value, b->value);
}

/* Whether a difference in a bead says it already. */
static bool is_told(const struct diffs *diffs, size_t version,
                    const struct saying *saying)
{
    for (size_t i = 0; i < diffs->count; i++) {
        const struct diff *d = &diffs->at[i];

        for (size_t k = 0; d->code == DIFF_FACT && k < d->place_count; k++)
            if (d->places[k].version == version &&
                span_equal(d->places[k].value, saying->value))
                return true;
    }
    return false;
}

/* A revision is not blamed for what stood there before. */
static bool is_old(const struct diffs *diffs, size_t version,
                   const struct saying *a, const struct saying *b)
{
    const struct facts *facts = &diffs->beads->versions[0].facts;
    bool has_a = false, has_b = false;

    if (!diffs->revision)
        return false;
    for (size_t i = 0; i < facts->count && version; i++) {
        has_a |= span_equal(facts->at[i].value, a->value);
        has_b |= span_equal(facts->at[i].value, b->value);
    }
    return !version || (has_a && has_b);
}

static struct diff_place place_of(size_t version, const struct fact *fact)
{
    return (struct diff_place){ .version = (unsigned)version,
                                .unit = fact->unit,
                                .unit_end = fact->unit + 1,
                                .start = fact->start,
                                .end = fact->end,
                                .value = fact->value };
}

static void record(struct diffs *diffs, size_t version, const struct saying *a,
                   const struct saying *b)
{
    const struct fact *first = a->fact < b->fact ? a->fact : b->fact;
    const struct fact *second = first == a->fact ? b->fact : a->fact;
    struct diff *diff;

    if (is_told(diffs, version, a) || is_told(diffs, version, b) ||
        is_old(diffs, version, a, b))
        return;
    diff = diff_add(diffs, DIFF_CONTRADICTION, CLAUSIER_WARNING,
                    diffs->beads->bead_of[version][second->unit]);
    if (!diff)
        return;
    diff->type = (int)first->type;
    diff_add_place(diffs, diff, place_of(version, first));
    diff_add_place(diffs, diff, place_of(version, second));
}

static void find_slips(struct diffs *diffs, size_t version, enum fact_type type,
                       bool (*is_one)(const struct saying *,
                                      const struct saying *))
{
    struct sayings list;

    list_sayings(diffs, &list, version, type);
    for (size_t i = 0; i < list.count && list.count <= SAYINGS_MAX; i++)
        for (size_t k = i + 1; k < list.count && !diffs->failed; k++)
            if (is_one(&list.at[i], &list.at[k]))
                record(diffs, version, &list.at[i], &list.at[k]);
    free(list.at);
}

void diff_self(struct diffs *diffs)
{
    for (size_t v = 0; v < diffs->beads->version_count && !diffs->failed; v++) {
        find_slips(diffs, v, FACT_EMAIL, is_one_address);
        find_slips(diffs, v, FACT_ACRONYM, is_one_acronym);
    }
}
