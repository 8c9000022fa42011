/* Finds the way through a large table: pairs of units that share what is once
 * in each version. */
#include <stdlib.h>

#include "pairing.h"

struct seen {
    uint64_t hash;
    size_t place;
    float weight;
};

static int by_seen(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

static int by_anchor(const void *a, const void *b)
{
    const struct anchor *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->col > y->col) - (x->col < y->col);
}

/* All keys of a side, its labels among them. */
static struct seen *see(const struct pairing *p, int v, size_t *count)
{
    const struct side *side = v ? &p->cols : &p->rows;
    struct seen *seen = NULL;

    *count = 0;
    for (size_t i = 0; i < side->count; i++) {
        const struct unit *unit = &side->version->units.at[side->unit[i]];
        const struct keys *rows[] = { &p->facts[v], &p->texts[v] };

        for (int k = 0; k < 2; k++)
            for (size_t at = rows[k]->first[side->unit[i]];
                 at < rows[k]->first[side->unit[i] + 1]; at++) {
                struct seen *one = array_push(&seen, count, sizeof *one);

                if (!one)
                    goto fail;
                *one = (struct seen){ rows[k]->at[at].hash + (unsigned)k, i,
                                      rows[k]->at[at].weight };
            }
        if (unit->path) {
            struct seen *one = array_push(&seen, count, sizeof *one);

            if (!one)
                goto fail;
            *one = (struct seen){ unit->path, i, 1.5f };
        }
    }
    if (*count)
        qsort(seen, *count, sizeof *seen, by_seen);
    return seen;
fail:
    free(seen);
    *count = 0;
    return NULL;
}

static bool is_once(const struct seen *seen, size_t count, size_t i)
{
    return (i == 0 || seen[i - 1].hash != seen[i].hash) &&
           (i + 1 == count || seen[i + 1].hash != seen[i].hash);
}

/* What is once in each ties two units. */
static struct anchor *find_anchors(struct pairing *p, size_t *count)
{
    size_t a_count, b_count, merged = 0;
    struct seen *a = see(p, 0, &a_count), *b = see(p, 1, &b_count);
    struct anchor *anchors = NULL;

    *count = 0;
    for (size_t i = 0, j = 0; i < a_count && j < b_count;) {
        if (a[i].hash == b[j].hash && is_once(a, a_count, i) &&
            is_once(b, b_count, j)) {
            struct anchor *one = array_push(&anchors, count, sizeof *one);

            p->failed |= one == NULL;
            if (one)
                *one = (struct anchor){ a[i].place, b[j].place, a[i].weight };
        }
        if (a[i].hash <= b[j].hash)
            i++;
        else
            j++;
    }
    free(a);
    free(b);
    if (*count)
        qsort(anchors, *count, sizeof *anchors, by_anchor);
    for (size_t i = 0; i < *count; i++) {
        if (merged && anchors[merged - 1].row == anchors[i].row &&
            anchors[merged - 1].col == anchors[i].col)
            anchors[merged - 1].weight += anchors[i].weight;
        else
            anchors[merged++] = anchors[i];
    }
    *count = merged;
    return anchors;
}

/* The heaviest chain of anchors that goes down and right all the time: a
 * Fenwick tree over the columns holds the best chain that ends before each. */
static size_t keep_chain(struct pairing *p, struct anchor *anchors,
                         size_t count)
{
    size_t cols = p->cols.count + 1, kept = 0;
    float *best = calloc(cols + 1, sizeof *best);
    int *last = malloc((cols + 1) * sizeof *last);
    int *before = malloc((count + 1) * sizeof *before);
    float *weight = malloc((count + 1) * sizeof *weight);
    bool *keep = calloc(count + 1, sizeof *keep);
    int top = -1;
    float top_weight = 0;

    if (!best || !last || !before || !weight || !keep) {
        p->failed = true;
        goto done;
    }
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && anchors[end].row == anchors[i].row; end++) {
            weight[end] = 0;
            before[end] = -1;
            for (size_t c = anchors[end].col; c > 0; c &= c - 1)
                if (best[c] > weight[end]) {
                    weight[end] = best[c];
                    before[end] = last[c];
                }
            weight[end] += anchors[end].weight;
        }
        for (size_t k = i; k < end; k++) {
            for (size_t c = anchors[k].col + 1; c <= cols; c += c & -c)
                if (weight[k] > best[c]) {
                    best[c] = weight[k];
                    last[c] = (int)k;
                }
            if (weight[k] > top_weight) {
                top_weight = weight[k];
                top = (int)k;
            }
        }
    }
    for (; top >= 0; top = before[top])
        keep[top] = true;
    for (size_t i = 0; i < count; i++)
        if (keep[i])
            anchors[kept++] = anchors[i];
done:
    free(best);
    free(last);
    free(before);
    free(weight);
    free(keep);
    return kept;
}

struct anchor *anchor_chain(struct pairing *p, size_t *count)
{
    struct anchor *anchors = find_anchors(p, count);

    if (*count)
        *count = keep_chain(p, anchors, *count);
    return anchors;
}
