/* Pairs the units of two versions of a document: a path through the table of
 * all pairs that keeps the order of both, and, for what it leaves, further
 * paths, which may cross it. */
#include "pair.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const found_names[FOUND_COUNT] = {
    [FOUND_NONE] = "none", [FOUND_LABEL] = "label",
    [FOUND_ROLE] = "role", [FOUND_FACT] = "fact",
    [FOUND_TEXT] = "text", [FOUND_POSITION] = "position",
    [FOUND_LENGTH] = "length",
};

const char *found_name(enum found found)
{
    return found_names[found];
}

/* What a unit left alone costs; what must speak for a pair that crosses. */
#define GAP 0.45f
#define CROSS 1.8f
#define MERGE 0.9f
#define NEVER (-1e9f)

/* Below this many pairs all are looked at; above it, those near the path that
 * the anchors show. */
enum { ALL_PAIRS = 250000, REACH = 48, ROUNDS = 6, BACK = 4 };

/* What is looked at: the units of both that have no counterpart yet. */
struct side {
    const struct version *version;
    unsigned *unit;  /* their indices, ascending */
    size_t count;
};

struct pairing {
    const struct version *a, *b;
    enum words words;
    struct keys facts[2], texts[2];
    double ratio;      /* length of b per length of a */
    int *part_of;      /* part of a: the part of b that is the same, or -1 */
    struct side rows, cols;
    int *home[2];      /* by unit: the heading without a number above it */
    int *partner;      /* by unit of a: the one of b; these three are NULL
                        * until headings have their counterparts */
    bool crossing;     /* in a later round */
    bool failed;
};

/* The evidence for one pair, each kind by itself. */
struct evidence {
    float part, label, role, fact, text, length, place;
};

/* What a cell of the table keeps for its neighbours. */
struct cell {
    float shared_facts, shared_words;
};

/* ---- evidence ---------------------------------------------------------------- */

static const struct unit *row_unit(const struct pairing *p, size_t i)
{
    return &p->a->units.at[p->rows.unit[i]];
}

static const struct unit *col_unit(const struct pairing *p, size_t j)
{
    return &p->b->units.at[p->cols.unit[j]];
}

/* There is one of these in a document or annex. */
static bool is_singular(enum role role)
{
    static const bool singular[ROLE_COUNT] = {
        [ROLE_LABEL] = true,          [ROLE_PARENT] = true,
        [ROLE_SALUTATION] = true,     [ROLE_CLOSING] = true,
        [ROLE_SIGNATURE_NAME] = true, [ROLE_SIGNATURE_TITLE] = true,
        [ROLE_ENCLOSURE] = true,
    };

    return singular[role];
}

/* Roles that a careless hand, or another program, may swap for one another. */
static bool is_running(enum role role)
{
    return role == ROLE_PARAGRAPH || role == ROLE_CLAUSE || role == ROLE_ITEM ||
           role == ROLE_NOTE;
}

static float role_evidence(const struct unit *a, const struct unit *b)
{
    if (a->role == ROLE_FIELD && b->role == ROLE_FIELD)
        return span_equal(a->field, b->field) ? 1.8f : -3.0f;
    if (a->role == b->role)
        return is_singular(a->role) ? 2.0f : 0.7f;
    if (is_running(a->role) && is_running(b->role))
        return -0.2f;
    if (is_singular(a->role) || is_singular(b->role))
        return -3.0f;
    return -1.5f;
}

/* Letters of one alphabet do not say what letters of another count, nor what
 * digits do: labels of a kind can contradict, others cannot. */
static unsigned char kind_of(struct span key)
{
    unsigned char first = (unsigned char)key.at[0];

    return first >= 0xC0 ? first : (unsigned char)(first >= 'A');
}

static float label_evidence(const struct unit *a, const struct unit *b)
{
    if (!a->key.len && !b->key.len) {
        if (!a->label.len != !b->label.len)
            return -0.5f;
        return 0;
    }
    if (!a->key.len || !b->key.len)
        return -0.8f;
    if (a->path == b->path)
        return 2.0f;
    if (kind_of(a->key) != kind_of(b->key))
        return 0;
    return span_equal(a->key, b->key) ? 1.2f : -0.7f;
}

static float part_evidence(const struct pairing *p, const struct unit *a,
                           const struct unit *b)
{
    return p->part_of[a->part] == (int)b->part ? 0 : -2.5f;
}

/* Lengths in proportion: for short texts a little more or less means nothing. */
static float length_evidence(const struct pairing *p, double a, double b)
{
    double off = fabs(log((b + 8) / (p->ratio * a + 8)));
    double value = 0.7 - 1.6 * off;

    return (float)(value < -2.5 ? -2.5 : value);
}

static float fact_evidence(float shared, float a, float b)
{
    float alone = (a < b ? a : b) - shared;

    return 1.6f * (shared < 4 ? shared : 4) -
           0.7f * (alone < 0 ? 0 : alone < 3 ? alone : 3);
}

static float text_evidence(const struct pairing *p, float shared, float a,
                           float b)
{
    float dice;

    if (!p->words || a + b <= 0)
        return 0;
    dice = 2 * shared / (a + b);
    return p->words == WORDS_SAME ? 5 * dice - 1 : 4 * dice - 0.5f;
}

/* The first below one that is the same thing is likely the first below the
 * other: what is said of a clause is near its head. */
static float place_evidence(const struct pairing *p, const struct unit *a,
                            const struct unit *b)
{
    const struct unit *above_a = a->above >= 0 ? &p->a->units.at[a->above]
                                               : NULL;
    const struct unit *above_b = b->above >= 0 ? &p->b->units.at[b->above]
                                               : NULL;

    if (a->key.len || b->key.len)
        return 0;
    if (!above_a || !above_b)
        return !above_a && !above_b ? 0.2f : -0.2f;
    if (above_a->path && above_b->path)
        return above_a->path == above_b->path ? 0.8f : -0.6f;
    return 0;
}

/* Whether both stand below headings that have counterparts, but others. */
static bool are_strangers(const struct pairing *p, unsigned a, unsigned b)
{
    int home = p->home[0][a], other = p->home[1][b];

    return home != NO_UNIT && other != NO_UNIT &&
           p->partner[home] != NO_UNIT && p->partner[home] != other;
}

static float home_evidence(const struct pairing *p, unsigned a, unsigned b)
{
    if (!p->partner || p->home[0][a] == NO_UNIT || p->home[1][b] == NO_UNIT)
        return 0;
    return are_strangers(p, a, b) ? -2.5f : 1.4f;
}

static float sum_of(const struct evidence *e)
{
    return e->part + e->label + e->role + e->fact + e->text + e->length +
           e->place;
}

/* A row of units of one version against one unit of the other. */
static struct evidence weigh(const struct pairing *p, size_t i, size_t i_count,
                             size_t j, size_t j_count, const struct cell *cell)
{
    const struct unit *a = row_unit(p, i), *b = col_unit(p, j);
    double a_length = 0, b_length = 0;
    float a_facts = 0, b_facts = 0, a_words = 0, b_words = 0;
    struct evidence e = { .part = part_evidence(p, a, b),
                          .label = label_evidence(a, b),
                          .role = role_evidence(a, b),
                          .place = place_evidence(p, a, b) +
                                   home_evidence(p, p->rows.unit[i],
                                                 p->cols.unit[j]) };

    for (size_t k = i; k < i + i_count; k++) {
        a_length += row_unit(p, k)->length;
        a_facts += p->facts[0].sum[p->rows.unit[k]];
        a_words += p->texts[0].sum[p->rows.unit[k]];
    }
    for (size_t k = j; k < j + j_count; k++) {
        b_length += col_unit(p, k)->length;
        b_facts += p->facts[1].sum[p->cols.unit[k]];
        b_words += p->texts[1].sum[p->cols.unit[k]];
    }
    e.length = length_evidence(p, a_length, b_length);
    e.fact = fact_evidence(cell->shared_facts, a_facts, b_facts);
    e.text = text_evidence(p, cell->shared_words, a_words, b_words);
    return e;
}

static struct cell share(const struct pairing *p, size_t i, size_t j)
{
    unsigned a = p->rows.unit[i], b = p->cols.unit[j];

    return (struct cell){
        keys_shared(&p->facts[0], a, &p->facts[1], b),
        p->words ? keys_shared(&p->texts[0], a, &p->texts[1], b) : 0
    };
}

/* Whether `second` may be what `first` goes on with: a title on two lines, a
 * paragraph that another version has not divided. */
static bool may_join(const struct unit *first, const struct unit *second)
{
    if (first->part != second->part || second > first + 3 ||
        is_singular(first->role) || is_singular(second->role))
        return false;
    if (first->role == ROLE_HEADING || second->role == ROLE_HEADING ||
        first->role == ROLE_ROW || second->role == ROLE_ROW ||
        first->role == ROLE_TOC || second->role == ROLE_TOC)
        return false;
    if (first->role == ROLE_FIELD || second->role == ROLE_FIELD)
        return first->role == second->role &&
               span_equal(first->field, second->field) && !second->label.len;
    if (first->role == ROLE_TITLE || second->role == ROLE_TITLE)
        return first->role == second->role;
    return is_running(first->role) && is_running(second->role);
}

/* A second label speaks against one thing; two lines of a title for it. */
static float merge_cost(const struct unit *first, const struct unit *second)
{
    if (first->role == ROLE_TITLE)
        return 0.1f;
    return second->key.len ? MERGE + 0.6f : MERGE;
}

/* ---- anchors: the way through a large table -------------------------------------- */

struct anchor {
    size_t row, col;
    float weight;
};

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
static size_t chain_anchors(struct pairing *p, struct anchor *anchors,
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

/* ---- the table ---------------------------------------------------------------------- */

/* For each row the columns that are looked at. `step` says how the best path
 * to a cell ends: the numbers of rows and columns it takes. */
struct table {
    size_t *low, *high;      /* by row from 0 to count: columns low..high */
    size_t *start;           /* of the row in `step` */
    unsigned char *step;
    float *score[BACK];      /* rows of scores, the last ones */
    struct cell *cell[BACK];
};

static void free_table(struct table *t)
{
    free(t->low);
    free(t->high);
    free(t->start);
    free(t->step);
    for (int i = 0; i < BACK; i++) {
        free(t->score[i]);
        free(t->cell[i]);
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
    struct anchor *anchors = find_anchors(p, &count);
    struct anchor from = { 0, 0, 0 }, end = { p->rows.count, p->cols.count, 0 };

    if (count)
        count = chain_anchors(p, anchors, count);
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
        t->cell[i] = malloc((cols + 1) * sizeof **t->cell);
        if (!t->score[i] || !t->cell[i])
            return false;
    }
    return t->step != NULL;
}

static float score_at(const struct table *t, size_t i, size_t j)
{
    return j >= t->low[i] && j <= t->high[i] ? t->score[i % BACK][j] : NEVER;
}

static struct cell cell_at(const struct table *t, size_t i, size_t j)
{
    return j >= t->low[i] && j <= t->high[i] ? t->cell[i % BACK][j]
                                             : (struct cell){ 0, 0 };
}

/* In later rounds only what positively belongs together is paired. */
static float worth(const struct pairing *p, const struct evidence *e)
{
    float sum = sum_of(e);

    if (!p->crossing)
        return sum;
    if (e->label < 1 && e->fact < 0.8f && e->text < 1.2f && e->role < 1.5f)
        return NEVER;
    return sum - CROSS;
}

/* Whether units i-count+1..i (rows or columns) may be one. */
static bool may_merge(const struct side *side, size_t last, size_t count,
                      float *cost)
{
    const struct unit *units = side->version->units.at;

    *cost = 0;
    if (last + 1 < count)
        return false;
    for (size_t k = last + 2 - count; k <= last; k++) {
        const struct unit *first = &units[side->unit[k - 1]];
        const struct unit *second = &units[side->unit[k]];

        if (side->unit[k] != side->unit[k - 1] + 1 || !may_join(first, second))
            return false;
        *cost += merge_cost(first, second);
    }
    return true;
}

/* Tries to end the path to (i, j), counted from 1, with `rows` units of the
 * one against `cols` of the other. */
static void try_step(const struct pairing *p, struct table *t, size_t i,
                     size_t j, size_t rows, size_t cols, float *best,
                     unsigned char *step)
{
    struct cell cell = { 0, 0 };
    struct evidence e;
    float value, row_cost, col_cost;

    if (i < rows || j < cols)
        return;
    value = score_at(t, i - rows, j - cols);
    if (value <= NEVER || !may_merge(&p->rows, i - 1, rows, &row_cost) ||
        !may_merge(&p->cols, j - 1, cols, &col_cost))
        return;
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < cols; c++) {
            struct cell one = cell_at(t, i - r, j - c);

            cell.shared_facts += one.shared_facts;
            cell.shared_words += one.shared_words;
        }
    e = weigh(p, i - rows, rows, j - cols, cols, &cell);
    value += worth(p, &e) - row_cost - col_cost;
    if (value > *best) {
        *best = value;
        *step = (unsigned char)(rows << 4 | cols);
    }
}

static void fill_cell(const struct pairing *p, struct table *t, size_t i,
                      size_t j)
{
    static const unsigned char steps[][2] = { { 1, 1 }, { 1, 2 }, { 2, 1 },
                                              { 1, 3 }, { 3, 1 } };
    float gap = p->crossing ? 0 : GAP, best = NEVER, value;
    unsigned char step = 0;

    if (i && j)
        t->cell[i % BACK][j] = share(p, i - 1, j - 1);
    if (!i && !j)
        best = 0;
    if (i && (value = score_at(t, i - 1, j) - gap) > best) {
        best = value;
        step = 1 << 4;
    }
    if (j > t->low[i] && (value = score_at(t, i, j - 1) - gap) > best) {
        best = value;
        step = 1;
    }
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
        try_step(p, t, i, j, steps[s][0], steps[s][1], &best, &step);
    t->score[i % BACK][j] = best;
    t->step[t->start[i] + j - t->low[i]] = step;
}

static enum found strongest(const struct evidence *e)
{
    const struct {
        float value;
        enum found found;
    } kinds[] = { { e->label, FOUND_LABEL },
                  { e->role - 0.8f, FOUND_ROLE },
                  { e->fact, FOUND_FACT },
                  { e->text, FOUND_TEXT },
                  { e->place, FOUND_POSITION },
                  { e->length, FOUND_LENGTH } };
    size_t best = 0;

    for (size_t i = 1; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].value > kinds[best].value)
            best = i;
    return kinds[best].value > 0 ? kinds[best].found : FOUND_POSITION;
}

static void add_link(struct pairing *p, struct links *links, size_t i,
                     size_t rows, size_t j, size_t cols)
{
    struct link *link = array_push(&links->at, &links->count, sizeof *link);
    struct cell cell = { 0, 0 };
    struct evidence e;

    p->failed |= link == NULL;
    if (!link)
        return;
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < cols; c++) {
            struct cell one = share(p, i + r, j + c);

            cell.shared_facts += one.shared_facts;
            cell.shared_words += one.shared_words;
        }
    e = weigh(p, i, rows, j, cols, &cell);
    *link = (struct link){ p->rows.unit[i], p->cols.unit[j], (unsigned)rows,
                           (unsigned)cols, strongest(&e),
                           1 / (1 + expf(0.5f - sum_of(&e))) };
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
            add_link(p, links, i, rows, j, cols);
    }
}

static void pair_round(struct pairing *p, struct links *links, bool exhaustive)
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

/* ---- the whole -------------------------------------------------------------------------- */

static void take_all(struct side *side)
{
    side->count = side->version->units.count;
    for (size_t i = 0; i < side->count; i++)
        side->unit[i] = (unsigned)i;
}

static bool open_side(struct side *side, const struct version *version)
{
    side->version = version;
    side->unit = malloc((version->units.count + 1) * sizeof *side->unit);
    if (side->unit)
        take_all(side);
    return side->unit != NULL;
}

/* Leaves what has no counterpart yet. */
static void keep_unpaired(struct side *side, const bool *paired)
{
    size_t kept = 0;

    for (size_t i = 0; i < side->count; i++)
        if (!paired[side->unit[i]])
            side->unit[kept++] = side->unit[i];
    side->count = kept;
}

static bool drop_paired(struct pairing *p, const struct links *links)
{
    bool *a = calloc(p->a->units.count + 1, sizeof *a);
    bool *b = calloc(p->b->units.count + 1, sizeof *b);

    for (size_t i = 0; a && b && i < links->count; i++) {
        const struct link *l = &links->at[i];

        for (unsigned k = 0; k < l->a_count; k++)
            a[l->a + k] = true;
        for (unsigned k = 0; k < l->b_count; k++)
            b[l->b + k] = true;
    }
    if (a && b) {
        keep_unpaired(&p->rows, a);
        keep_unpaired(&p->cols, b);
    }
    p->failed |= !a || !b;
    free(a);
    free(b);
    return !p->failed;
}

/* By name; what is left by its kind, in order. */
static bool match_parts(struct pairing *p)
{
    const struct units *a = &p->a->units, *b = &p->b->units;
    bool *taken = calloc(b->part_count + 1, sizeof *taken);

    p->part_of = malloc((a->part_count + 1) * sizeof *p->part_of);
    if (!taken || !p->part_of) {
        free(taken);
        return false;
    }
    for (int by_name = 1; by_name >= 0; by_name--)
        for (size_t i = 0; i < a->part_count; i++) {
            if (by_name)
                p->part_of[i] = -1;
            for (size_t j = 0; j < b->part_count && p->part_of[i] < 0; j++)
                if (!taken[j] && a->parts[i].kind == b->parts[j].kind &&
                    (!by_name || span_equal(a->parts[i].name, b->parts[j].name))) {
                    p->part_of[i] = (int)j;
                    taken[j] = true;
                }
        }
    free(taken);
    return true;
}

/* How much longer the one is: from the parts that both have. */
static double length_ratio(const struct pairing *p)
{
    double a = 60, b = 60;
    bool *both = calloc(p->b->units.part_count + 1, sizeof *both);

    for (size_t i = 0; both && i < p->a->units.count; i++) {
        int part = p->part_of[p->a->units.at[i].part];

        if (part >= 0) {
            a += p->a->units.at[i].length;
            both[part] = true;
        }
    }
    for (size_t i = 0; both && i < p->b->units.count; i++)
        if (both[p->b->units.at[i].part])
            b += p->b->units.at[i].length;
    free(both);
    return b / a < 0.1 ? 0.1 : b / a > 10 ? 10 : b / a;
}

/* ---- what is left between neighbours that belong together -------------------------- */

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

static int by_unit(const void *a, const void *b)
{
    const unsigned *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* A heading goes with what stands below it, whatever its words; a paragraph
 * with what stands before or behind it, where nothing speaks against it. */
static bool may_adopt(const struct pairing *p, size_t i, size_t j, int side)
{
    const struct unit *a = row_unit(p, i), *b = col_unit(p, j);
    struct cell cell;
    struct evidence e;

    if (a->role != b->role || p->part_of[a->part] != (int)b->part)
        return false;
    if (a->role == ROLE_HEADING)
        return side < 0;
    if (a->role != ROLE_PARAGRAPH || a->key.len || b->key.len)
        return false;
    cell = share(p, i, j);
    e = weigh(p, i, 1, j, 1, &cell);
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
        add_link(p, links, i, 1, j, 1);
        if (side > 0)
            beside[u + 1] = (int)wanted + 1;
        else if (u > 0)
            beside[u - 1] = (int)wanted - 1;
    }
    free(beside);
}

static void adopt_left(struct pairing *p, struct links *links)
{
    for (int side = -1; side <= 1 && !p->failed; side += 2)
        if (p->rows.count && p->cols.count) {
            adopt(p, links, side);
            drop_paired(p, links);
        }
}

/* ---- below headings without numbers ------------------------------------------------ */

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

static int *partners_of(const struct pairing *p, const struct links *links)
{
    int *partner = malloc((p->a->units.count + 1) * sizeof *partner);

    for (size_t i = 0; partner && i < p->a->units.count; i++)
        partner[i] = NO_UNIT;
    for (size_t i = 0; partner && i < links->count; i++)
        partner[links->at[i].a] = (int)links->at[i].b;
    return partner;
}

/* Whether more than numbers, looks and places speaks for a link. */
static bool is_witness(const struct link *l)
{
    return l->found == FOUND_FACT || l->found == FOUND_TEXT;
}

struct vote {
    int a, b; /* headings, of one version each */
    unsigned count;
};

static int by_headings(const void *x, const void *y)
{
    const struct vote *v = x, *w = y;

    return v->a != w->a ? (v->a > w->a) - (v->a < w->a)
                        : (v->b > w->b) - (v->b < w->b);
}

/* What witnesses below two headings say of these. */
static struct vote *collect_votes(struct pairing *p, const struct links *links,
                                  size_t *count)
{
    struct vote *votes = NULL;
    size_t merged = 0;

    *count = 0;
    for (size_t i = 0; i < links->count && !p->failed; i++) {
        const struct link *l = &links->at[i];
        int a = p->home[0][l->a], b = p->home[1][l->b];
        struct vote *vote;

        if (a == NO_UNIT || b == NO_UNIT || !is_witness(l))
            continue;
        vote = array_push(&votes, count, sizeof *vote);
        p->failed |= vote == NULL;
        if (vote)
            *vote = (struct vote){ a, b, 1 };
    }
    if (*count)
        qsort(votes, *count, sizeof *votes, by_headings);
    for (size_t i = 0; i < *count; i++) {
        if (merged && by_headings(&votes[merged - 1], &votes[i]) == 0)
            votes[merged - 1].count++;
        else
            votes[merged++] = votes[i];
    }
    *count = merged;
    return votes;
}

/* The vote that has most for its heading of one version; NULL where another
 * has as many. */
struct lead {
    const struct vote *vote;
    unsigned most;
};

static void count_vote(struct lead *lead, const struct vote *vote)
{
    if (vote->count > lead->most)
        *lead = (struct lead){ vote, vote->count };
    else if (vote->count == lead->most)
        lead->vote = NULL;
}

/* Whether both headings lead to each other, and are not linked yet. */
static bool is_lead(const struct pairing *p, const struct lead *a,
                    const struct lead *b, const struct vote *vote)
{
    return vote && a[vote->a].vote == vote && b[vote->b].vote == vote &&
           p->partner[vote->a] != vote->b;
}

/* Takes the links away that one of the counterparts has with another unit. */
static void unlink_headings(struct pairing *p, struct links *links,
                            const struct lead *a, const struct lead *b)
{
    size_t kept = 0;

    for (size_t i = 0; i < links->count; i++) {
        const struct link *l = &links->at[i];

        if (is_lead(p, a, b, a[l->a].vote) || is_lead(p, a, b, b[l->b].vote))
            p->partner[l->a] = NO_UNIT;
        else
            links->at[kept++] = *l;
    }
    links->count = kept;
}

/* Headings go with what is said below them: those that most witnesses name
 * are counterparts, whatever their own looks were taken to say. */
static void settle_headings(struct pairing *p, struct links *links)
{
    size_t count;
    struct vote *votes = collect_votes(p, links, &count);
    struct lead *a = calloc(p->a->units.count + 1, sizeof *a);
    struct lead *b = calloc(p->b->units.count + 1, sizeof *b);

    p->failed |= !a || !b;
    for (size_t i = 0; i < count && !p->failed; i++) {
        count_vote(&a[votes[i].a], &votes[i]);
        count_vote(&b[votes[i].b], &votes[i]);
    }
    if (!p->failed)
        unlink_headings(p, links, a, b);
    for (size_t i = 0; i < count && !p->failed; i++)
        if (is_lead(p, a, b, &votes[i])) {
            add_link(p, links, (size_t)votes[i].a, 1, (size_t)votes[i].b, 1);
            p->partner[votes[i].a] = votes[i].b;
        }
    free(votes);
    free(a);
    free(b);
}

/* Undoes links of strangers that only numbers and looks speak for. */
static bool part_strangers(const struct pairing *p, struct links *links)
{
    size_t kept = 0, count = links->count;

    for (size_t i = 0; i < count; i++) {
        const struct link *l = &links->at[i];

        if (is_witness(l) || !are_strangers(p, l->a, l->b))
            links->at[kept++] = *l;
    }
    links->count = kept;
    return kept < count;
}

static void bring_home(struct pairing *p, struct links *links)
{
    p->partner = partners_of(p, links);
    p->home[0] = homes_of(&p->a->units);
    p->home[1] = homes_of(&p->b->units);
    p->failed |= !p->partner || !p->home[0] || !p->home[1];
    if (!p->failed) {
        take_all(&p->rows);
        take_all(&p->cols);
        settle_headings(p, links);
    }
    if (!p->failed && part_strangers(p, links) && drop_paired(p, links)) {
        p->crossing = true;
        pair_round(p, links, false);
    }
    free(p->partner);
    free(p->home[0]);
    free(p->home[1]);
    p->partner = NULL;
}

/* ---- both versions --------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
    const struct link *x = a, *y = b;

    return (x->a > y->a) - (x->a < y->a);
}

bool pair_versions(struct links *links, const struct version *a,
                   const struct version *b, bool exhaustive)
{
    struct pairing p = { .a = a, .b = b };
    const struct version *const both[2] = { a, b };

    *links = (struct links){ 0 };
    p.words = words_of(&a->units, &b->units);
    p.failed = !keys_of_facts(p.facts, both) ||
               !keys_of_words(p.texts, both, p.words) ||
               !open_side(&p.rows, a) || !open_side(&p.cols, b) ||
               !match_parts(&p);
    if (!p.failed)
        p.ratio = length_ratio(&p);
    for (int round = 0; round < ROUNDS && !p.failed; round++) {
        size_t before = links->count;

        p.crossing = round > 0;
        if (!p.rows.count || !p.cols.count)
            break;
        pair_round(&p, links, exhaustive);
        if (p.failed || (round && links->count == before) ||
            !drop_paired(&p, links))
            break;
    }
    adopt_left(&p, links);
    if (!p.failed)
        bring_home(&p, links);
    for (int v = 0; v < 2; v++) {
        keys_free(&p.facts[v]);
        keys_free(&p.texts[v]);
    }
    free(p.rows.unit);
    free(p.cols.unit);
    free(p.part_of);
    if (p.failed) {
        free(links->at);
        *links = (struct links){ 0 };
        return false;
    }
    if (links->count)
        qsort(links->at, links->count, sizeof *links->at, by_place);
    return true;
}
