/* Finds the best path through the table of all pairs of units: one that keeps
 * the order of both versions. */
#include <math.h>
#include <stdlib.h>

#include "pairing.h"

/* What a unit left alone costs; what must speak for a pair that crosses. */
#define GAP 0.45f
#define CROSS 1.8f
#define NEVER (-1e9f)
/* What speaks against a merge of what seems to be there unmerged. */
#define BEHIND_COST 1.7f

/* Below this many pairs all are looked at; above it, those near the path that
 * the anchors show. BACK rows are at hand, for steps of up to three. */
enum { ALL_PAIRS = 250000, REACH = 48, BACK = 4 };

/* For each row the columns that are looked at. `step` says how the best path
 * to a cell ends: the numbers of rows and columns it takes. */
struct table {
    size_t *low, *high;      /* by row from 0 to count: columns low..high */
    size_t *start;           /* of the row in `step` */
    unsigned char *step;
    float *score[BACK];      /* rows of scores, the last ones */
    struct common *common[BACK];
};

static void free_table(struct table *t)
{
    free(t->low);
    free(t->high);
    free(t->start);
    free(t->step);
    for (int i = 0; i < BACK; i++) {
        free(t->score[i]);
        free(t->common[i]);
    }
}

/* Opens the columns near the straight line from one anchor to the next. */
static void open_way(struct table *t, const struct pairing *p,
                     const struct anchor *from, const struct anchor *to)
{
    size_t rows = to->row - from->row, cols = to->col - from->col;
    bool all = rows * cols <= ALL_PAIRS / 64;

    for (size_t i = from->row; i <= to->row; i++) {
        double middle = rows ? (double)from->col + (double)cols *
                                   (double)(i - from->row) / (double)rows
                             : (double)from->col;
        size_t low = all ? from->col : (size_t)middle;
        size_t high = all || !rows ? to->col : (size_t)middle + 1;

        low = low > REACH ? low - REACH : 0;
        high = high + REACH < p->cols.count ? high + REACH : p->cols.count;
        if (low < t->low[i])
            t->low[i] = low;
        if (high > t->high[i])
            t->high[i] = high;
    }
}

/* From any row's columns the next ones must be in reach. */
static void smooth(struct table *t, size_t rows)
{
    for (size_t i = 1; i <= rows; i++) {
        if (t->low[i] < t->low[i - 1])
            t->low[i] = t->low[i - 1];
        if (t->high[i] < t->high[i - 1])
            t->high[i] = t->high[i - 1];
        if (t->low[i] > t->high[i - 1])
            t->low[i] = t->high[i - 1];
    }
}

static bool open_corridor(struct pairing *p, struct table *t)
{
    size_t count;
    struct anchor *anchors = anchor_chain(p, &count);
    struct anchor from = { 0, 0, 0 }, end = { p->rows.count, p->cols.count, 0 };

    for (size_t i = 0; i < count; i++) {
        open_way(t, p, &from, &anchors[i]);
        from = anchors[i];
    }
    open_way(t, p, &from, &end);
    free(anchors);
    t->low[0] = 0;
    t->high[p->rows.count] = p->cols.count;
    smooth(t, p->rows.count);
    return !p->failed;
}

static bool open_table(struct pairing *p, struct table *t, bool exhaustive)
{
    size_t rows = p->rows.count, cols = p->cols.count, cells = 0;

    *t = (struct table){ 0 };
    t->low = malloc((rows + 1) * sizeof *t->low);
    t->high = malloc((rows + 1) * sizeof *t->high);
    t->start = malloc((rows + 1) * sizeof *t->start);
    if (!t->low || !t->high || !t->start)
        return false;
    for (size_t i = 0; i <= rows; i++) {
        bool all = exhaustive || rows * cols <= ALL_PAIRS;

        t->low[i] = all ? 0 : cols;
        t->high[i] = all ? cols : 0;
    }
    if (!exhaustive && rows * cols > ALL_PAIRS && !open_corridor(p, t))
        return false;
    for (size_t i = 0; i <= rows; i++) {
        t->start[i] = cells;
        cells += t->high[i] - t->low[i] + 1;
    }
    t->step = calloc(cells, 1);
    for (int i = 0; i < BACK; i++) {
        t->score[i] = malloc((cols + 1) * sizeof **t->score);
        t->common[i] = malloc((cols + 1) * sizeof **t->common);
        if (!t->score[i] || !t->common[i])
            return false;
    }
    return t->step != NULL;
}

static float score_at(const struct table *t, size_t i, size_t j)
{
    return j >= t->low[i] && j <= t->high[i] ? t->score[i % BACK][j] : NEVER;
}

static struct common common_at(const struct table *t, size_t i, size_t j)
{
    return j >= t->low[i] && j <= t->high[i] ? t->common[i % BACK][j]
                                             : (struct common){ 0, 0 };
}

/* In later rounds only what positively belongs together is paired. */
static float worth(const struct pairing *p, const struct evidence *e)
{
    float sum = evidence_sum(e);

    if (!p->crossing)
        return sum;
    if (e->label < 1 && e->fact < 0.8f && e->text < 1.2f && e->role < 1.5f)
        return NEVER;
    return sum - CROSS;
}

/* Whether one of the units up to `last` that a merge takes in seems to stand by
 * itself, with its number, right behind in the other version. */
enum { BEHIND = 2 };

static bool stands_behind(const struct side *side, size_t last, size_t count,
                          const struct side *other, size_t next)
{
    for (size_t k = last + 2 - count; k <= last; k++) {
        uint64_t path = side->version->units.at[side->unit[k]].path;

        for (size_t i = next; path && i < next + BEHIND && i < other->count; i++)
            if (other->version->units.at[other->unit[i]].path == path)
                return true;
    }
    return false;
}

/* A place in the table, counted from 1, and the best way to it so far. */
struct cell {
    size_t i, j;
    float best;
    unsigned char step; /* the last one: rows << 4 | cols */
};

static void take_step(struct cell *cell, float value, size_t rows, size_t cols)
{
    if (value > cell->best) {
        cell->best = value;
        cell->step = (unsigned char)(rows << 4 | cols);
    }
}

/* Tries to end the path there with `rows` units of the one against `cols` of
 * the other. */
static void try_step(const struct pairing *p, const struct table *t,
                     struct cell *cell, size_t rows, size_t cols)
{
    size_t i = cell->i, j = cell->j;
    struct common common = { 0, 0 };
    struct evidence e;
    float value, row_cost, col_cost;

    if (i < rows || j < cols)
        return;
    value = score_at(t, i - rows, j - cols);
    if (value <= NEVER ||
        !evidence_may_merge(&p->rows, i - 1, rows, &row_cost) ||
        !evidence_may_merge(&p->cols, j - 1, cols, &col_cost))
        return;
    if (stands_behind(&p->rows, i - 1, rows, &p->cols, j) ||
        stands_behind(&p->cols, j - 1, cols, &p->rows, i))
        value -= BEHIND_COST;
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < cols; c++) {
            struct common one = common_at(t, i - r, j - c);

            common.facts += one.facts;
            common.words += one.words;
        }
    e = evidence_weigh(p, i - rows, rows, j - cols, cols, &common);
    take_step(cell, value + (worth(p, &e) - row_cost - col_cost), rows, cols);
}

static void fill_cell(const struct pairing *p, struct table *t, size_t i,
                      size_t j)
{
    static const unsigned char steps[][2] = { { 1, 1 }, { 1, 2 }, { 2, 1 },
                                              { 1, 3 }, { 3, 1 } };
    struct cell cell = { .i = i, .j = j, .best = i || j ? NEVER : 0 };
    float gap = p->crossing ? 0 : GAP;

    if (i && j)
        t->common[i % BACK][j] = evidence_share(p, i - 1, j - 1);
    if (i)
        take_step(&cell, score_at(t, i - 1, j) - gap, 1, 0);
    if (j > t->low[i])
        take_step(&cell, score_at(t, i, j - 1) - gap, 0, 1);
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
        try_step(p, t, &cell, steps[s][0], steps[s][1]);
    t->score[i % BACK][j] = cell.best;
    t->step[t->start[i] + j - t->low[i]] = cell.step;
}

static void trace(struct pairing *p, const struct table *t, struct links *links)
{
    size_t i = p->rows.count, j = p->cols.count;

    while ((i || j) && !p->failed) {
        unsigned char step = t->step[t->start[i] + j - t->low[i]];
        size_t rows = step >> 4, cols = step & 15;

        if (!step)
            break;
        i -= rows;
        j -= cols;
        if (rows && cols)
            evidence_link(p, links, i, rows, j, cols);
    }
}

void path_take(struct pairing *p, struct links *links, bool exhaustive)
{
    struct table table;

    if (!open_table(p, &table, exhaustive))
        p->failed = true;
    for (size_t i = 0; i <= p->rows.count && !p->failed; i++)
        for (size_t j = table.low[i]; j <= table.high[i]; j++)
            fill_cell(p, &table, i, j);
    if (!p->failed)
        trace(p, &table, links);
    free_table(&table);
}
