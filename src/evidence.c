/* Weighs what speaks for two units, of one version each, as a pair. */
#include <math.h>

#include "pairing.h"

/* What it costs to take two units of one version for one. */
#define MERGE 0.9f
/* ... and two bullets, which one version may have as one. */
#define MERGE_BULLETS 0.75f
/* What speaks for it where they are two lines of a courtesy. */
#define COURTESY 1.2f

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

/* Lengths in proportion: for short texts a little more or less means nothing,
 * nor does much where there is but one that it can be. */
static float length_evidence(const struct pairing *p, double a, double b,
                             bool alone)
{
    double off = fabs(log((b + 8) / (p->ratio * a + 8)));
    double value = 0.7 - 1.6 * off, least = alone ? -0.2 : -2.5;

    return (float)(value < least ? least : value);
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

bool evidence_are_strangers(const struct pairing *p, unsigned a, unsigned b)
{
    int home = p->home[0][a], other = p->home[1][b];

    return home != NO_UNIT && other != NO_UNIT &&
           p->partner[home] != NO_UNIT && p->partner[home] != other;
}

static float home_evidence(const struct pairing *p, unsigned a, unsigned b)
{
    if (!p->partner || p->home[0][a] == NO_UNIT || p->home[1][b] == NO_UNIT)
        return 0;
    return evidence_are_strangers(p, a, b) ? -2.5f : 1.4f;
}

float evidence_sum(const struct evidence *e)
{
    return e->part + e->label + e->role + e->fact + e->text + e->length +
           e->place;
}

struct evidence evidence_weigh(const struct pairing *p, size_t i, size_t rows,
                               size_t j, size_t cols,
                               const struct common *common)
{
    const struct unit *a = pairing_row(p, i), *b = pairing_col(p, j);
    double a_length = 0, b_length = 0;
    float a_facts = 0, b_facts = 0, a_words = 0, b_words = 0;
    struct evidence e = { .part = part_evidence(p, a, b),
                          .label = label_evidence(a, b),
                          .role = role_evidence(a, b),
                          .place = place_evidence(p, a, b) +
                                   home_evidence(p, p->rows.unit[i],
                                                 p->cols.unit[j]) };

    for (size_t k = i; k < i + rows; k++) {
        a_length += pairing_row(p, k)->length;
        a_facts += p->facts[0].sum[p->rows.unit[k]];
        a_words += p->texts[0].sum[p->rows.unit[k]];
    }
    for (size_t k = j; k < j + cols; k++) {
        b_length += pairing_col(p, k)->length;
        b_facts += p->facts[1].sum[p->cols.unit[k]];
        b_words += p->texts[1].sum[p->cols.unit[k]];
    }
    e.length = length_evidence(p, a_length, b_length,
                               a->role == b->role && is_singular(a->role));
    e.fact = fact_evidence(common->facts, a_facts, b_facts);
    e.text = text_evidence(p, common->words, a_words, b_words);
    return e;
}

struct common evidence_share(const struct pairing *p, size_t i, size_t j)
{
    unsigned a = p->rows.unit[i], b = p->cols.unit[j];

    return (struct common){
        keys_shared(&p->facts[0], a, &p->facts[1], b),
        p->words ? keys_shared(&p->texts[0], a, &p->texts[1], b) : 0
    };
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

void evidence_link(struct pairing *p, struct links *links, size_t i,
                   size_t rows, size_t j, size_t cols)
{
    struct link *link = array_push(&links->at, &links->count, sizeof *link);
    struct common all = { 0, 0 };
    struct evidence e;

    p->failed |= link == NULL;
    if (!link)
        return;
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < cols; c++) {
            struct common one = evidence_share(p, i + r, j + c);

            all.facts += one.facts;
            all.words += one.words;
        }
    e = evidence_weigh(p, i, rows, j, cols, &all);
    *link = (struct link){ p->rows.unit[i], p->cols.unit[j], (unsigned)rows,
                           (unsigned)cols, strongest(&e),
                           1 / (1 + expf(0.5f - evidence_sum(&e))) };
}

/* What one language says in a line and another in two: "Уважаемая госпожа," and
 * "уважаемый господин,". */
static bool is_courtesy(const struct unit *first, const struct unit *second)
{
    return first->role == second->role && (first->role == ROLE_SALUTATION ||
                                           first->role == ROLE_CLOSING);
}

/* Whether `second` may be what `first` goes on with: a title on two lines, a
 * paragraph that another version has not divided. */
static bool may_join(const struct unit *first, const struct unit *second)
{
    if (first->part != second->part || second > first + 3)
        return false;
    if (is_singular(first->role) || is_singular(second->role))
        return is_courtesy(first, second);
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

/* A second label speaks against one thing; two lines of a title or of a courtesy
 * for it. */
static float merge_cost(const struct unit *first, const struct unit *second)
{
    if (is_courtesy(first, second))
        return -COURTESY;
    if (first->role == ROLE_TITLE)
        return 0.1f;
    if (second->key.len)
        return MERGE + 0.6f;
    return first->role == ROLE_ITEM && second->role == ROLE_ITEM ? MERGE_BULLETS
                                                                 : MERGE;
}

bool evidence_may_merge(const struct side *side, size_t last, size_t count,
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
