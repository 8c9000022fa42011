/* Aligns versions of a document: pairs of every two versions are joined, the
 * surest first, into beads that hold units of all. */
#include "align.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const order_names[ORDER_COUNT] = {
    [ORDER_OK] = "ok",
    [ORDER_SWAPPED] = "swapped",
    [ORDER_INNER] = "inner-swapped",
    [ORDER_MOVED] = "moved",
};

const char *order_name(enum order order)
{
    return order_names[order];
}

enum { JOIN_MAX = 3, NEAR = 3 };

/* Sets of units that say the same: a forest over all units of all versions. */
struct forest {
    size_t versions;
    size_t *base;      /* by version: the number of its first unit */
    unsigned *parent;
    struct row *rows;  /* by root and version: what the set holds */
    float *score;      /* by root: of the weakest link, 1 for none */
    unsigned char *found;
};

/* ---- the order in which versions are looked at ---------------------------------- */

struct rank {
    const struct version *version;
    size_t given;
    uint64_t hash;
};

static uint64_t hash_of(const struct units *units)
{
    uint64_t hash = SPAN_HASH;

    for (size_t i = 0; i < units->count; i++)
        hash = span_hash(hash, units->at[i].text);
    return hash;
}

/* By what they are and not by their place on the command line: so the result
 * cannot depend on it. */
static int by_rank(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;
    int order = strcmp(x->version->units.language, y->version->units.language);

    if (order)
        return order;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->given > y->given) - (x->given < y->given);
}

/* ---- joining ---------------------------------------------------------------------- */

static unsigned root_of(struct forest *f, unsigned node)
{
    while (f->parent[node] != node)
        node = f->parent[node] = f->parent[f->parent[node]];
    return node;
}

/* Rows of one version may come together only where they touch. */
static bool rows_fit(struct row a, struct row b, bool joins)
{
    if (!a.count || !b.count)
        return true;
    return joins && a.count + b.count <= JOIN_MAX &&
           (a.first + a.count == b.first || b.first + b.count == a.first);
}

static bool unite(struct forest *f, unsigned a, unsigned b, bool joins,
                  float score, enum found found)
{
    struct row *x, *y;

    a = root_of(f, a);
    b = root_of(f, b);
    if (a == b)
        return true;
    if (b < a) {
        unsigned other = a;

        a = b;
        b = other;
    }
    x = &f->rows[a * f->versions];
    y = &f->rows[b * f->versions];
    for (size_t v = 0; v < f->versions; v++)
        if (!rows_fit(x[v], y[v], joins))
            return false;
    for (size_t v = 0; v < f->versions; v++) {
        if (y[v].count && (!x[v].count || y[v].first < x[v].first))
            x[v].first = y[v].first;
        x[v].count += y[v].count;
    }
    f->parent[b] = a;
    if (f->score[b] < f->score[a]) {
        f->score[a] = f->score[b];
        f->found[a] = f->found[b];
    }
    if (score < f->score[a]) {
        f->score[a] = score;
        f->found[a] = (unsigned char)found;
    }
    return true;
}

/* A link between two versions, by their numbers as given. */
struct tie {
    struct link link;
    size_t a, b;
    bool joins;  /* what it ties may be lines of one thing with what is tied */
    size_t pair; /* of ranks */
};

static int by_score(const void *a, const void *b)
{
    const struct tie *x = a, *y = b;

    if (x->link.score != y->link.score)
        return x->link.score > y->link.score ? -1 : 1;
    if (x->pair != y->pair)
        return x->pair < y->pair ? -1 : 1;
    return (x->link.a > y->link.a) - (x->link.a < y->link.a);
}

/* Three versions may part the lines of a title in three ways. */
static bool may_join(const struct link *l, const struct version *a,
                     const struct version *b)
{
    return l->a_count + l->b_count > 2 ||
           (a->units.at[l->a].role == ROLE_TITLE &&
            b->units.at[l->b].role == ROLE_TITLE);
}

static bool tie_pair(struct tie **ties, size_t *count, const struct rank *a,
                     const struct rank *b, size_t pair, bool exhaustive)
{
    struct links links;
    bool done = pair_versions(&links, a->version, b->version, exhaustive);

    for (size_t i = 0; done && i < links.count; i++) {
        struct tie *tie = array_push(ties, count, sizeof *tie);

        done = tie != NULL;
        if (tie)
            *tie = (struct tie){ links.at[i], a->given, b->given,
                                 may_join(&links.at[i], a->version, b->version),
                                 pair };
    }
    free(links.at);
    return done;
}

static void join_tie(struct forest *f, const struct tie *tie)
{
    const struct link *l = &tie->link;
    size_t a = f->base[tie->a] + l->a, b = f->base[tie->b] + l->b;

    if (!unite(f, (unsigned)a, (unsigned)b, tie->joins, l->score, l->found))
        return;
    for (unsigned k = 1; k < l->a_count; k++)
        unite(f, (unsigned)(a + k), (unsigned)b, true, l->score, l->found);
    for (unsigned k = 1; k < l->b_count; k++)
        unite(f, (unsigned)a, (unsigned)(b + k), true, l->score, l->found);
}

static bool tie_all(struct forest *f, const struct version *versions,
                    size_t count, bool exhaustive)
{
    struct rank *ranks = calloc(count, sizeof *ranks);
    struct tie *ties = NULL;
    size_t tie_count = 0, pair = 0;
    bool done = ranks != NULL;

    for (size_t v = 0; done && v < count; v++)
        ranks[v] = (struct rank){ &versions[v], v, hash_of(&versions[v].units) };
    if (done)
        qsort(ranks, count, sizeof *ranks, by_rank);
    for (size_t x = 0; done && x < count; x++)
        for (size_t y = x + 1; done && y < count; y++)
            done = tie_pair(&ties, &tie_count, &ranks[x], &ranks[y], pair++,
                            exhaustive);
    if (tie_count)
        qsort(ties, tie_count, sizeof *ties, by_score);
    for (size_t i = 0; done && i < tie_count; i++)
        join_tie(f, &ties[i]);
    free(ties);
    free(ranks);
    return done;
}

static bool open_forest(struct forest *f, const struct version *versions,
                        size_t count)
{
    size_t total = 0;

    *f = (struct forest){ .versions = count };
    f->base = calloc(count + 1, sizeof *f->base);
    if (!f->base)
        return false;
    for (size_t v = 0; v < count; v++) {
        f->base[v] = total;
        total += versions[v].units.count;
    }
    f->base[count] = total;
    f->parent = malloc((total + 1) * sizeof *f->parent);
    f->rows = calloc(total * count + 1, sizeof *f->rows);
    f->score = malloc((total + 1) * sizeof *f->score);
    f->found = calloc(total + 1, sizeof *f->found);
    if (!f->parent || !f->rows || !f->score || !f->found)
        return false;
    for (size_t v = 0; v < count; v++)
        for (size_t i = f->base[v]; i < f->base[v + 1]; i++) {
            f->parent[i] = (unsigned)i;
            f->score[i] = 1;
            f->rows[i * count + v] = (struct row){ (unsigned)(i - f->base[v]),
                                                   1 };
        }
    return true;
}

static void free_forest(struct forest *f)
{
    free(f->base);
    free(f->parent);
    free(f->rows);
    free(f->score);
    free(f->found);
}

/* ---- reading order ------------------------------------------------------------------ */

enum { NOWHERE = -1 };

/* Sets as a chained list: the first version gives the order, and what it has
 * not stands behind what is before it in the others. Returns the first. */
static int chain_sets(struct forest *f, int *next)
{
    int head = NOWHERE;
    bool *placed = calloc(f->base[f->versions] + 1, sizeof *placed);

    if (!placed)
        return NOWHERE - 1;
    for (size_t v = 0; v < f->versions; v++) {
        int cursor = NOWHERE;

        for (size_t i = f->base[v]; i < f->base[v + 1]; i++) {
            int root = (int)root_of(f, (unsigned)i);

            if (!placed[root]) {
                int *slot = cursor == NOWHERE ? &head : &next[cursor];

                next[root] = *slot;
                *slot = root;
                placed[root] = true;
            }
            cursor = root;
        }
    }
    free(placed);
    return head;
}

static bool write_beads(struct beads *beads, struct forest *f)
{
    size_t total = f->base[f->versions];
    int *next = malloc((total + 1) * sizeof *next);
    int node = next ? chain_sets(f, next) : NOWHERE - 1;
    bool done = node >= NOWHERE;

    for (; done && node != NOWHERE; node = next[node]) {
        struct bead *bead = array_push(&beads->at, &beads->count, sizeof *bead);
        struct row *rows = &f->rows[(size_t)node * f->versions];

        if (!bead) {
            done = false;
            break;
        }
        *bead = (struct bead){ .found = (enum found)f->found[node],
                               .score = f->found[node] ? f->score[node] : 0 };
        for (size_t v = 0; v < f->versions; v++)
            for (unsigned k = 0; k < rows[v].count; k++)
                beads->bead_of[v][rows[v].first + k] =
                    (unsigned)(beads->count - 1);
    }
    beads->rows = calloc(beads->count * f->versions + 1, sizeof *beads->rows);
    done = done && beads->rows;
    for (size_t v = 0; done && v < f->versions; v++)
        for (size_t u = 0; u < f->base[v + 1] - f->base[v]; u++) {
            struct row *row = &beads->rows[beads->bead_of[v][u] * f->versions +
                                           v];

            if (!row->count)
                row->first = (unsigned)u;
            row->count++;
        }
    free(next);
    return done;
}

/* ---- what stands in another order ------------------------------------------------------ */

struct run {
    size_t *bead;      /* those that both versions have, in the order of one */
    unsigned *place;   /* where they stand in the other */
    bool *kept;        /* on the longest way that keeps the order */
    size_t count;
};

static size_t weight_of(const struct beads *beads, size_t bead, size_t version)
{
    const struct row *row = bead_row(beads, bead, version);
    size_t weight = 1;

    for (unsigned k = 0; k < row->count; k++)
        weight += beads->versions[version].units.at[row->first + k].length;
    return weight;
}

/* Of all ways through that keep the order, the one that has most text. */
static bool keep_order(const struct beads *beads, struct run *run,
                       size_t version, size_t places)
{
    size_t *best = calloc(places + 2, sizeof *best);
    int *last = malloc((places + 2) * sizeof *last);
    int *before = malloc((run->count + 1) * sizeof *before);
    size_t top_weight = 0;
    int top = NOWHERE;
    bool done = best && last && before;

    for (size_t i = 0; done && i < run->count; i++) {
        size_t weight = 0;

        before[i] = NOWHERE;
        for (size_t c = run->place[i]; c > 0; c &= c - 1)
            if (best[c] > weight) {
                weight = best[c];
                before[i] = last[c];
            }
        weight += weight_of(beads, run->bead[i], version);
        for (size_t c = run->place[i] + 1; c <= places + 1; c += c & -c)
            if (weight > best[c]) {
                best[c] = weight;
                last[c] = (int)i;
            }
        if (weight > top_weight) {
            top_weight = weight;
            top = (int)i;
        }
    }
    for (; done && top != NOWHERE; top = before[top])
        run->kept[top] = true;
    free(best);
    free(last);
    free(before);
    return done;
}

/* How many of the neighbours stand on the other side of it. */
static size_t crossings(const struct run *run, size_t i, size_t *neighbour)
{
    size_t count = 0;

    for (size_t k = i > NEAR ? i - NEAR - 1 : 0;
         k < run->count && k <= i + NEAR + 1; k++)
        if (k != i && (k < i) != (run->place[k] < run->place[i])) {
            count++;
            *neighbour = k;
        }
    return count;
}

/* What is out of order by one place has changed places with a neighbour; what
 * is further away, or more than one, has moved. */
static void name_orders(struct beads *beads, const struct run *run,
                        size_t *moves)
{
    for (size_t i = 0, end; i < run->count; i = end) {
        size_t neighbour = i;

        end = i + 1;
        if (run->kept[i])
            continue;
        while (end < run->count && !run->kept[end] &&
               run->place[end] > run->place[end - 1] &&
               run->place[end] - run->place[end - 1] <= NEAR)
            end++;
        ++*moves;
        if (end == i + 1 && crossings(run, i, &neighbour) == 1) {
            beads->at[run->bead[neighbour]].order = ORDER_SWAPPED;
            beads->at[run->bead[neighbour]].crossed = *moves;
        }
        for (size_t k = i; k < end; k++) {
            struct bead *bead = &beads->at[run->bead[k]];

            bead->order = neighbour != i ? ORDER_SWAPPED : ORDER_MOVED;
            bead->crossed = *moves;
        }
    }
}

static bool find_orders(struct beads *beads, size_t a, size_t b, size_t *moves)
{
    const struct units *units = &beads->versions[a].units;
    struct run run = { 0 };
    bool done;

    run.bead = malloc((units->count + 1) * sizeof *run.bead);
    run.place = malloc((units->count + 1) * sizeof *run.place);
    run.kept = calloc(units->count + 1, sizeof *run.kept);
    done = run.bead && run.place && run.kept;
    for (size_t u = 0; done && u < units->count; u++) {
        size_t bead = beads->bead_of[a][u];
        const struct row *other = bead_row(beads, bead, b);

        if (bead_row(beads, bead, a)->first == u && other->count) {
            run.bead[run.count] = bead;
            run.place[run.count++] = other->first;
        }
    }
    done = done &&
           keep_order(beads, &run, a, beads->versions[b].units.count);
    if (done)
        name_orders(beads, &run, moves);
    free(run.bead);
    free(run.place);
    free(run.kept);
    return done;
}

/* ---- halves the other way round ----------------------------------------------------------- */

/* Where a fact stands in the text of a row, from 0 to 1; `turned` reads the
 * last unit of the row first. */
static double place_in(const struct version *version, const struct row *row,
                       const struct fact *fact, bool turned)
{
    size_t before = 0, all = 0, last;

    for (unsigned k = 0; k < row->count; k++) {
        size_t length = version->units.at[row->first + k].text.len;

        if (row->first + k < fact->unit)
            before += length;
        all += length;
    }
    last = version->units.at[row->first + row->count - 1].text.len;
    if (turned)
        before = fact->unit == row->first + row->count - 1 ? 0 : before + last;
    return (double)(before + fact->end) / (double)(all ? all : 1);
}

/* One slip of the pen apart: "JAC" and "JCA". */
static bool is_like(struct span a, struct span b)
{
    size_t differ = 0;

    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        differ += a.at[i] != b.at[i];
    return differ == 0 || (differ <= 2 && a.len > 3);
}

static bool is_turned(const struct version *many, const struct row *row,
                      const struct version *one, const struct row *other)
{
    const struct facts *f = &many->facts, *g = &one->facts;
    double straight = 0, turned = 0;
    size_t shared = 0;

    for (size_t i = f->first[row->first];
         i < f->first[row->first + row->count]; i++)
        for (size_t k = g->first[other->first];
             k < g->first[other->first + other->count]; k++)
            if (f->at[i].type == g->at[k].type &&
                is_like(f->at[i].value, g->at[k].value)) {
                double place = place_in(one, other, &g->at[k], false);

                straight += fabs(place_in(many, row, &f->at[i], false) - place);
                turned += fabs(place_in(many, row, &f->at[i], true) - place);
                shared++;
                break;
            }
    return shared && (straight - turned) / (double)shared > 0.02;
}

static void find_turned(struct beads *beads, size_t a, size_t b)
{
    for (size_t i = 0; i < beads->count; i++) {
        const struct row *x = bead_row(beads, i, a), *y = bead_row(beads, i, b);
        const struct version *v = beads->versions;

        if (beads->at[i].order != ORDER_OK || !x->count || !y->count)
            continue;
        if ((x->count > 1 && y->count == 1 && is_turned(&v[a], x, &v[b], y)) ||
            (y->count > 1 && x->count == 1 && is_turned(&v[b], y, &v[a], x)))
            beads->at[i].order = ORDER_INNER;
    }
}

/* ---- what is said of a bead ------------------------------------------------------------------- */

static size_t speaker(const struct beads *beads, size_t bead)
{
    size_t v = 0;

    while (v + 1 < beads->version_count && !bead_row(beads, bead, v)->count)
        v++;
    return v;
}

const struct unit *bead_first(const struct beads *beads, size_t bead,
                              size_t version)
{
    const struct row *row = bead_row(beads, bead, version);

    return row->count ? &beads->versions[version].units.at[row->first] : NULL;
}

const struct unit *bead_only(const struct beads *beads, size_t bead,
                             size_t version)
{
    return bead_row(beads, bead, version)->count == 1
               ? bead_first(beads, bead, version)
               : NULL;
}

const struct unit *bead_unit(const struct beads *beads, size_t bead)
{
    return bead_first(beads, bead, speaker(beads, bead));
}

const struct part *bead_part(const struct beads *beads, size_t bead)
{
    return &beads->versions[speaker(beads, bead)]
                .units.parts[bead_unit(beads, bead)->part];
}

void bead_put_kind(struct buf *out, const struct beads *beads, size_t bead)
{
    for (size_t v = 0; v < beads->version_count; v++)
        buf_printf(out, v ? "-%u" : "%u", bead_row(beads, bead, v)->count);
}

/* ---- the whole --------------------------------------------------------------------------------- */

static bool open_beads(struct beads *beads, const struct version *versions,
                       size_t count)
{
    *beads = (struct beads){ .versions = versions, .version_count = count };
    beads->bead_of = calloc(count + 1, sizeof *beads->bead_of);
    for (size_t v = 0; beads->bead_of && v < count; v++) {
        beads->bead_of[v] = calloc(versions[v].units.count + 1,
                                   sizeof **beads->bead_of);
        if (!beads->bead_of[v])
            return false;
    }
    return beads->bead_of != NULL;
}

bool align_versions(struct beads *beads, const struct version *versions,
                    size_t count, bool exhaustive)
{
    struct forest forest = { 0 };
    size_t moves = 0;
    bool done = open_beads(beads, versions, count) &&
                open_forest(&forest, versions, count) &&
                tie_all(&forest, versions, count, exhaustive) &&
                write_beads(beads, &forest);

    free_forest(&forest);
    for (size_t b = 1; done && b < count; b++) {
        done = find_orders(beads, 0, b, &moves);
        if (done)
            find_turned(beads, 0, b);
    }
    if (!done)
        beads_free(beads);
    return done;
}

void beads_free(struct beads *beads)
{
    for (size_t v = 0; beads->bead_of && v < beads->version_count; v++)
        free(beads->bead_of[v]);
    free(beads->bead_of);
    free(beads->at);
    free(beads->rows);
    *beads = (struct beads){ 0 };
}
