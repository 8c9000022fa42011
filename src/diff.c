/* Finds what a reviser needs to know about aligned versions: runs the finders
 * and keeps their records. */
#include "diff.h"

#include <stdlib.h>
#include <string.h>

static const char *const code_names[DIFF_CODES] = {
    [DIFF_MISSING] = "missing",       [DIFF_ADDED] = "added",
    [DIFF_RENUMBERED] = "renumbered", [DIFF_MOVED] = "moved",
    [DIFF_SWAPPED] = "swapped",       [DIFF_MERGED] = "merged",
    [DIFF_SPLIT] = "split",           [DIFF_FACT] = "fact",
    [DIFF_CONTRADICTION] = "contradiction",
    [DIFF_TEXT] = "text",
    [DIFF_UNTRANSLATED] = "untranslated",
};

const char *diff_code_name(enum diff_code code)
{
    return code_names[code];
}

const char *diff_level_name(enum clausier_level level)
{
    static const char *const names[] = { [CLAUSIER_NOTE] = "info",
                                         [CLAUSIER_WARNING] = "warning",
                                         [CLAUSIER_ERROR] = "error" };

    return names[level];
}

struct diff *diff_add(struct diffs *diffs, enum diff_code code,
                      enum clausier_level level, size_t bead)
{
    struct diff *diff;

    if (diffs->failed)
        return NULL;
    diff = array_push(&diffs->at, &diffs->count, sizeof *diff);
    diffs->failed |= diff == NULL;
    if (diff)
        *diff = (struct diff){ .code = code, .level = level,
                               .type = FACT_TYPES, .bead = bead,
                               .bead_end = bead + 1 };
    return diff;
}

/* Kept in order of the versions; there are few. */
void diff_add_place(struct diffs *diffs, struct diff *diff,
                    struct diff_place place)
{
    struct diff_place *added;
    size_t i;

    if (!diff)
        return;
    added = array_push(&diff->places, &diff->place_count, sizeof *added);
    diffs->failed |= added == NULL;
    if (!added)
        return;
    for (i = diff->place_count - 1;
         i > 0 && diff->places[i - 1].version > place.version; i--)
        diff->places[i] = diff->places[i - 1];
    diff->places[i] = place;
}

struct span diff_text(const struct diffs *diffs,
                      const struct diff_place *place)
{
    const struct unit *unit =
        &diffs->beads->versions[place->version].units.at[place->unit];

    if (place->start < place->end)
        return (struct span){ unit->text.at + place->start,
                              place->end - place->start };
    return unit->text;
}

/* ---- ids ------------------------------------------------------------------------ */

static uint32_t mix(uint32_t hash, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 0x01000193u;
    return (hash ^ 0xFFu) * 0x01000193u;
}

/* What a difference is and where it stands, in words that stay when lines are
 * added above it. */
static uint32_t identity(const struct diffs *diffs, const struct diff *d)
{
    uint32_t hash = 0x811C9DC5u;

    hash = mix(hash, span_of(code_names[d->code]));
    hash = mix(hash, (struct span){ (const char *)&d->type, d->type < 255 });
    hash = mix(hash, bead_part(diffs->beads, d->bead)->name);
    hash = mix(hash, bead_unit(diffs->beads, d->bead)->clause);
    for (size_t i = 0; i < d->place_count; i++) {
        const struct version *v = &diffs->beads->versions[d->places[i].version];

        hash = mix(hash, span_of(v->units.language));
        hash = mix(hash, d->places[i].value);
        hash = mix(hash, diff_text(diffs, &d->places[i]));
    }
    return hash;
}

struct known {
    uint32_t id;
    size_t diff;
};

static int by_id(const void *a, const void *b)
{
    const struct known *x = a, *y = b;

    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->diff > y->diff) - (x->diff < y->diff);
}

/* Equal ones are told apart by their order: each is at least one more than
 * the one before. */
static void name_all(struct diffs *diffs)
{
    static const char digits[] = "0123456789abcdef";
    struct known *known = malloc((diffs->count + 1) * sizeof *known);

    diffs->failed |= !known;
    if (!known)
        return;
    for (size_t i = 0; i < diffs->count; i++)
        known[i] = (struct known){ identity(diffs, &diffs->at[i]), i };
    qsort(known, diffs->count, sizeof *known, by_id);
    for (size_t i = 0; i < diffs->count; i++) {
        char *id = diffs->at[known[i].diff].id;

        if (i && known[i].id <= known[i - 1].id)
            known[i].id = known[i - 1].id + 1;
        id[0] = 'd';
        id[1] = '-';
        for (int k = 0; k < 8; k++)
            id[2 + k] = digits[known[i].id >> (28 - 4 * k) & 15];
    }
    free(known);
}

/* ---- the whole -------------------------------------------------------------------- */

static int by_bead(const void *a, const void *b)
{
    const struct diff *x = a, *y = b;
    const struct diff_place *p = x->places, *q = y->places;

    if (x->bead != y->bead)
        return x->bead < y->bead ? -1 : 1;
    if (x->code != y->code)
        return x->code < y->code ? -1 : 1;
    if (!p || !q || p->version != q->version)
        return p && q ? (p->version > q->version) - (p->version < q->version)
                      : !p - !q;
    if (p->unit != q->unit)
        return p->unit < q->unit ? -1 : 1;
    if (p->start != q->start)
        return p->start < q->start ? -1 : 1;
    return x->type - y->type;
}

static void give_reasons(struct diffs *diffs)
{
    struct buf reason = { 0 };

    for (size_t i = 0; i < diffs->count; i++) {
        buf_clear(&reason);
        diff_reason(&reason, diffs, &diffs->at[i]);
        diffs->at[i].reason = arena_copy(&diffs->arena, buf_span(&reason));
    }
    diffs->failed |= reason.failed || diffs->arena.failed;
    buf_free(&reason);
}

void diffs_find(struct diffs *diffs, const struct beads *beads, bool revision)
{
    *diffs = (struct diffs){ .beads = beads, .revision = revision };
    diff_order(diffs);
    diff_facts(diffs);
    if (revision)
        diff_words(diffs);
    diff_crossed(diffs);
    diff_untranslated(diffs);
    diff_self(diffs);
    if (diffs->failed || !diffs->count)
        return;
    qsort(diffs->at, diffs->count, sizeof *diffs->at, by_bead);
    name_all(diffs);
    give_reasons(diffs);
}

void diffs_free(struct diffs *diffs)
{
    for (size_t i = 0; i < diffs->count; i++)
        free(diffs->at[i].places);
    free(diffs->at);
    arena_free(&diffs->arena);
    *diffs = (struct diffs){ 0 };
}
