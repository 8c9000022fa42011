/* Finds the words that differ between versions in one language. */
#include <stdlib.h>
#include <string.h>

#include "diff.h"
#include "target.h"
#include "words.h"

struct pass {
    struct diffs *diffs;
    UBreakIterator *breaks;
    struct targets targets[2];
    struct words_row words[2];
    struct changes changes;
    struct buf keys[2];
    size_t bead, versions[2];
};

/* ---- facts in what has changed ---------------------------------------------------- */

/* From the first word to the last; an empty run has the place it would be
 * put in. */
static struct diff_place place_of(const struct pass *p, int which, size_t from,
                                  size_t to)
{
    const struct words_row *words = &p->words[which];
    struct diff_place place = { .version = (unsigned)p->versions[which] };

    if (from < to) {
        const struct word *first = &words->at[from], *last = &words->at[to - 1];

        place.unit = first->unit;
        place.unit_end = last->unit + 1;
        place.start = first->start;
        place.end = last->unit == first->unit
                        ? last->end
                        : (unsigned)p->diffs->beads->versions[place.version]
                              .units.at[first->unit].text.len;
        return place;
    }
    place.unit = bead_row(p->diffs->beads, p->bead, place.version)->first;
    if (from) {
        place.unit = words->at[from - 1].unit;
        place.start = words->at[from - 1].end;
    }
    place.unit_end = place.unit + 1;
    place.end = place.start;
    return place;
}

/* The first fact of a type that the place touches, or NULL. */
static const struct fact *fact_at(const struct pass *p,
                                  const struct diff_place *place, int type)
{
    const struct facts *facts =
        &p->diffs->beads->versions[place->version].facts;

    for (size_t i = facts->first[place->unit];
         i < facts->first[place->unit + 1]; i++)
        if ((int)facts->at[i].type == type && !facts->at[i].soft &&
            facts->at[i].start < place->end && place->start < facts->at[i].end)
            return &facts->at[i];
    return NULL;
}

static struct span value_of(struct pass *p, int which, const struct fact *fact)
{
    if (fact->type != FACT_REFERENCE)
        return fact->value;
    buf_clear(&p->keys[which]);
    targets_put(&p->keys[which], &p->targets[which], fact->value);
    return buf_span(&p->keys[which]);
}

/* Types in the order in which they tell most. */
static const enum fact_type types[] = {
    FACT_DATE,  FACT_TIME,       FACT_URL,     FACT_EMAIL,
    FACT_REFERENCE, FACT_IDENTIFIER, FACT_ACRONYM, FACT_NAME,
    FACT_NUMBER
};

/* ---- records ---------------------------------------------------------------------- */

/* A reference that follows what was renumbered says what it said. */
static bool is_followed(struct pass *p, const struct diff_place *a,
                        const struct diff_place *b)
{
    const struct fact *x = fact_at(p, a, FACT_REFERENCE);
    const struct fact *y = fact_at(p, b, FACT_REFERENCE);

    return x && y && x->start <= a->start && a->end <= x->end &&
           y->start <= b->start && b->end <= y->end &&
           span_equal(value_of(p, 0, x), value_of(p, 1, y));
}

static void record(struct pass *p, struct diff_place a, struct diff_place b)
{
    int type = FACT_TYPES;
    struct diff *diff;

    if (is_followed(p, &a, &b))
        return;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const struct fact *x = fact_at(p, &a, types[i]);
        const struct fact *y = fact_at(p, &b, types[i]);

        if (!x || !y || span_equal(value_of(p, 0, x), value_of(p, 1, y)))
            continue;
        type = (int)types[i];
        a.value = x->value;
        b.value = y->value;
        break;
    }
    diff = diff_add(p->diffs, type == FACT_TYPES ? DIFF_TEXT : DIFF_FACT,
                    CLAUSIER_WARNING, p->bead);
    if (!diff)
        return;
    diff->type = type;
    diff_add_place(p->diffs, diff, a);
    diff_add_place(p->diffs, diff, b);
}

static void record_changes(struct pass *p)
{
    for (size_t i = 0; i < p->changes.count && !p->diffs->failed; i++) {
        const struct change *c = &p->changes.at[i];

        record(p, place_of(p, 0, c->a, c->a_end),
               place_of(p, 1, c->b, c->b_end));
    }
}

/* ---- references that did not follow ------------------------------------------------- */

static bool was_changed(const struct pass *p, int which,
                        const struct fact *fact)
{
    for (size_t i = 0; i < p->changes.count; i++) {
        const struct change *c = &p->changes.at[i];
        struct diff_place place = which ? place_of(p, 1, c->b, c->b_end)
                                        : place_of(p, 0, c->a, c->a_end);

        if (place.unit == fact->unit && place.start < fact->end &&
            fact->start < place.end)
            return true;
    }
    return false;
}

static const struct fact *next_reference(const struct pass *p, int which,
                                         size_t *at)
{
    const struct row *row = bead_row(p->diffs->beads, p->bead,
                                     p->versions[which]);
    const struct facts *facts =
        &p->diffs->beads->versions[p->versions[which]].facts;

    for (; *at < facts->first[row->first + row->count]; ++*at)
        if (facts->at[*at].type == FACT_REFERENCE &&
            !was_changed(p, which, &facts->at[*at]))
            return &facts->at[(*at)++];
    return NULL;
}

static struct diff_place fact_place(const struct pass *p, int which,
                                    const struct fact *fact)
{
    return (struct diff_place){ .version = (unsigned)p->versions[which],
                                .unit = fact->unit,
                                .unit_end = fact->unit + 1,
                                .start = fact->start,
                                .end = fact->end,
                                .value = fact->value };
}

enum { CHANGES_MAX = 200 };

/* The words are the same, and what they lead to is another clause now. */
static void find_stale(struct pass *p)
{
    const struct beads *beads = p->diffs->beads;
    size_t i = beads->versions[p->versions[0]]
                   .facts.first[bead_row(beads, p->bead, p->versions[0])->first];
    size_t k = beads->versions[p->versions[1]]
                   .facts.first[bead_row(beads, p->bead, p->versions[1])->first];
    const struct fact *a, *b;

    while (p->changes.count <= CHANGES_MAX &&
           (a = next_reference(p, 0, &i)) && (b = next_reference(p, 1, &k))) {
        struct diff *diff;

        if (!span_equal(a->surface, b->surface) ||
            span_equal(value_of(p, 0, a), value_of(p, 1, b)))
            continue;
        diff = diff_add(p->diffs, DIFF_FACT, CLAUSIER_WARNING, p->bead);
        if (!diff)
            return;
        diff->type = FACT_REFERENCE;
        diff_add_place(p->diffs, diff, fact_place(p, 0, a));
        diff_add_place(p->diffs, diff, fact_place(p, 1, b));
    }
}

/* ---- the whole ------------------------------------------------------------------------ */

static void compare_bead(struct pass *p)
{
    const struct beads *beads = p->diffs->beads;
    bool done = true;

    p->changes.count = 0;
    for (int k = 0; k < 2; k++) {
        const struct row *row = bead_row(beads, p->bead, p->versions[k]);

        if (!row->count)
            return;
        p->words[k].count = 0;
        done = done && words_read(&p->words[k],
                                  &beads->versions[p->versions[k]].units, row,
                                  p->breaks);
    }
    done = done && words_compare(&p->changes, &p->words[0], &p->words[1]);
    p->diffs->failed |= !done;
    record_changes(p);
    find_stale(p);
}

static void compare_versions(struct diffs *diffs, UBreakIterator *breaks,
                             size_t version)
{
    struct pass p = { .diffs = diffs, .breaks = breaks,
                      .versions = { 0, version } };

    if (targets_open(&p.targets[0], diffs->beads, 0) &&
        targets_open(&p.targets[1], diffs->beads, version))
        for (p.bead = 0; p.bead < diffs->beads->count && !diffs->failed;
             p.bead++)
            compare_bead(&p);
    else
        diffs->failed = true;
    for (int k = 0; k < 2; k++) {
        diffs->failed |= p.keys[k].failed;
        targets_close(&p.targets[k]);
        free(p.words[k].at);
        buf_free(&p.keys[k]);
    }
    free(p.changes.at);
}

void diff_words(struct diffs *diffs)
{
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *breaks = ubrk_open(
        UBRK_WORD, diffs->beads->versions[0].units.tag, NULL, 0, &status);

    if (U_FAILURE(status)) {
        diffs->failed = true;
        return;
    }
    for (size_t v = 1; v < diffs->beads->version_count; v++)
        compare_versions(diffs, breaks, v);
    ubrk_close(breaks);
}
