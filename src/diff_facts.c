/* Finds the facts that the versions of a bead give differently. They are
 * compared as sets: how often one is said does not matter. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include "diff.h"
#include "number.h"
#include "said.h"
#include "spelling.h"

/* What two spellings stand for one another in, and how often. */
struct habit {
    uint64_t pair;
    size_t count;
};

/* Two versions in all beads. */
struct pass {
    struct diffs *diffs;
    struct sayings sides[2];
    struct habit *habits;
    size_t habit_count;
    bool counting;       /* the first time through: only habits are noted */
};

/* ---- records -------------------------------------------------------------------------- */

static struct diff_place place_of(const struct sayings *side,
                                  const struct said *item)
{
    return (struct diff_place){ .version = (unsigned)side->targets.version,
                                .unit = item->fact->unit,
                                .unit_end = item->fact->unit + 1,
                                .start = item->fact->start,
                                .end = item->fact->end,
                                .value = item->fact->value };
}

/* The record of the same fact of the first version, from an earlier pair. */
static struct diff *find_record(struct diffs *diffs, size_t bead,
                                const struct diff_place *place, int type)
{
    for (size_t i = diffs->count; i-- > 0;) {
        struct diff *d = &diffs->at[i];

        if (d->code == DIFF_FACT && d->bead == bead && d->type == type &&
            !d->lacking && d->places[0].version == place->version &&
            d->places[0].unit == place->unit &&
            d->places[0].start == place->start)
            return d;
        if (diffs->count - i > 64)
            break;
    }
    return NULL;
}

/* Its page numbers are those of each version's own print. */
static enum clausier_level level_in(const struct pass *p, size_t bead,
                                    enum clausier_level level)
{
    return bead_unit(p->diffs->beads, bead)->role == ROLE_TOC ? CLAUSIER_NOTE
                                                              : level;
}

static void record(struct pass *p, size_t bead, enum clausier_level level,
                   const struct said *a, const struct said *b)
{
    struct diff_place place = place_of(&p->sides[0], a);
    int type = (int)a->fact->type;
    struct diff *diff = find_record(p->diffs, bead, &place, type);

    if (!diff) {
        diff = diff_add(p->diffs, DIFF_FACT, level_in(p, bead, level), bead);
        if (!diff)
            return;
        diff->type = type;
        diff_add_place(p->diffs, diff, place);
    }
    diff_add_place(p->diffs, diff, place_of(&p->sides[1], b));
}

/* The record of what another version lacks as well, or of the same fact in
 * another version, from an earlier pair; where `joins`, the place is new. */
static struct diff *find_lack(struct diffs *diffs, const struct diff *like,
                              const struct diff_place *place, bool *joins)
{
    for (size_t i = diffs->count; i-- > 0 && diffs->count - i <= 64;) {
        struct diff *d = &diffs->at[i];
        const struct diff_place *first = d->places;

        if (d->code != DIFF_FACT || d->bead != like->bead || !d->lacking ||
            d->type != like->type || d->level != like->level)
            continue;
        *joins = first->version != place->version;
        if (!*joins && first->unit == place->unit &&
            first->start == place->start)
            return d;
        if (*joins && d->lacking == like->lacking &&
            d->places[d->place_count - 1].version < place->version &&
            span_equal(first->value, place->value))
            return d;
    }
    *joins = true;
    return NULL;
}

/* What one side says, and the other does not. */
static void record_lack(struct pass *p, size_t bead, enum clausier_level level,
                        const struct said *item, int which)
{
    const struct diff_place place = place_of(&p->sides[which], item);
    const struct diff like = {
        .level = level_in(p, bead, level),
        .type = (int)item->fact->type,
        .bead = bead,
        .lacking = 1u << p->sides[!which].targets.version,
    };
    bool joins;
    struct diff *diff = find_lack(p->diffs, &like, &place, &joins);

    if (!diff)
        diff = diff_add(p->diffs, DIFF_FACT, like.level, bead);
    if (!diff)
        return;
    diff->type = like.type;
    diff->lacking |= like.lacking;
    if (joins)
        diff_add_place(p->diffs, diff, place);
}

/* ---- what is left on both sides ----------------------------------------------------- */

/* The next byte that is no digit, or 0; the next digit, or 0. */
static int32_t next_letter(struct span text, int32_t *at)
{
    while (*at < (int32_t)text.len && is_digit(text.at[*at]))
        ++*at;
    return *at < (int32_t)text.len ? text.at[(*at)++] : 0;
}

static int32_t next_digit(struct span text, int32_t *at)
{
    while (*at < (int32_t)text.len && !is_digit(text.at[*at]))
        ++*at;
    return *at < (int32_t)text.len ? text.at[(*at)++] : 0;
}

static uint64_t hash_letters(uint64_t hash, struct span text)
{
    int32_t at = 0;
    char letter;

    do {
        letter = (char)next_letter(text, &at);
        hash = span_hash_whole(hash, (struct span){ &letter, 1 });
    } while (letter);
    return hash;
}

/* "Q1/9" and "C1/9" are the pair that "Q2/9" and "C2/9" are. */
static uint64_t hash_pair(const struct said *a, const struct said *b)
{
    if (span_same(a->key, b->key, next_digit))
        return hash_letters(hash_letters(SPAN_HASH, a->key), b->key);
    return span_hash_whole(span_hash_whole(SPAN_HASH, a->key), b->key);
}

static int by_pair(const void *a, const void *b)
{
    const struct habit *x = a, *y = b;

    return (x->pair > y->pair) - (x->pair < y->pair);
}

static void note_habit(struct pass *p, const struct said *a,
                       const struct said *b)
{
    struct habit *habit = array_push(&p->habits, &p->habit_count,
                                     sizeof *habit);

    p->diffs->failed |= habit == NULL;
    if (habit)
        *habit = (struct habit){ hash_pair(a, b), 1 };
}

static void count_habits(struct pass *p)
{
    size_t kept = 0;

    if (p->habit_count)
        qsort(p->habits, p->habit_count, sizeof *p->habits, by_pair);
    for (size_t i = 0; i < p->habit_count; i++) {
        if (kept && p->habits[kept - 1].pair == p->habits[i].pair)
            p->habits[kept - 1].count++;
        else
            p->habits[kept++] = p->habits[i];
    }
    p->habit_count = kept;
}

/* What is said so twice, and never otherwise, is how it is translated. */
static bool is_habit(const struct pass *p, const struct said *a,
                     const struct said *b)
{
    const struct habit wanted = { hash_pair(a, b), 0 };
    const struct habit *found =
        p->habit_count ? bsearch(&wanted, p->habits, p->habit_count,
                                 sizeof *p->habits, by_pair)
                       : NULL;

    return found && found->count > 1;
}

/* "D1" and "D2", "SG16" and "SG9": the same but for their numbers. */
static bool is_numbered_alike(struct span a, struct span b)
{
    size_t i = 0, k = 0;
    bool digits = false, letters = false;

    while (i < a.len && k < b.len) {
        bool digit = is_digit(a.at[i]);

        if (digit != is_digit(b.at[k]) || (!digit && a.at[i] != b.at[k]))
            return false;
        digits |= digit;
        letters |= !digit;
        for (i++, k++; digit && i < a.len && is_digit(a.at[i]); i++)
            ;
        while (digit && k < b.len && is_digit(b.at[k]))
            k++;
    }
    return i == a.len && k == b.len && digits && letters;
}

/* What a proposal does is said alike in all languages. */
static bool is_mark(struct span key)
{
    static const char *const marks[] = { "ADD", "MOD", "NOC", "SUP" };
    size_t i = 0;

    while (i < sizeof marks / sizeof *marks && !span_is(key, marks[i]))
        i++;
    return i < sizeof marks / sizeof *marks;
}

/* How well two facts fit that are not equal: 0 not at all. */
static unsigned fitness(const struct said *a, const struct said *b)
{
    bool near = spelling_is_near(a->key, b->key);

    if (a->family != b->family)
        return 0;
    switch (a->family) {
    case FACT_DATE:
    case FACT_TIME:
    case FACT_NUMBER:
    case FACT_URL:
    case FACT_EMAIL:
    case FACT_REFERENCE:
        return near ? 3 : 2;
    default:
        if (is_numbered_alike(a->key, b->key) ||
            (is_mark(a->key) && is_mark(b->key)))
            return 2;
        return near || spelling_has_slip(a->key, b->key, &(struct span){ 0 })
                   ? 3 : 0;
    }
}

/* A paragraph of the size of a book is not looked at in all its words. */
enum { LEFT_MAX = 64, LOOKS_MAX = 512, TIMES_MAX = 4096 };

struct left {
    const struct said *at[LEFT_MAX];
    size_t count;
};

static int by_start(const void *a, const void *b)
{
    const struct said *x = *(const struct said *const *)a;
    const struct said *y = *(const struct said *const *)b;

    return (x->fact > y->fact) - (x->fact < y->fact);
}

/* That an annex has another number is told of its label. */
static bool is_in_label(const struct sayings *side, const struct said *item)
{
    return item->family == FACT_NUMBER &&
           sayings_version(side)->units.at[item->fact->unit].role == ROLE_LABEL;
}

static bool reads_from_right(const struct sayings *side)
{
    return uloc_isRightToLeft(sayings_version(side)->units.tag);
}

/* "7.2", which is "2.7" where one reads from right to left. */
static bool is_said_turned(const struct pass *p, int which,
                           const struct said *item)
{
    char text[NUMBER_TEXT];
    struct said turned = *item;

    if (item->family != FACT_NUMBER || reads_from_right(&p->sides[0]) ==
                                           reads_from_right(&p->sides[1]))
        return false;
    turned.key = number_turn(text, item->key);
    return !span_equal(turned.key, item->key) &&
           sayings_say_number(&p->sides[!which], &turned);
}

/* What the other side has not, each once, in reading order. */
static void list_left(const struct pass *p, struct left *left, int which)
{
    const struct sayings *side = &p->sides[which];
    size_t looks = 0;

    left->count = 0;
    for (size_t i = 0; i < side->count && left->count < LEFT_MAX; i++) {
        const struct said *item = &side->at[i];

        if (item->met || (i && said_is_equal(item, item - 1)))
            continue;
        if (looks++ == LOOKS_MAX)
            break;
        if (is_in_label(side, item) ||
            sayings_cover(&p->sides[!which], item) ||
            is_said_turned(p, which, item))
            continue;
        left->at[left->count++] = item;
    }
    qsort(left->at, left->count, sizeof *left->at, by_start);
}

/* "WTSA-16", where the other version has the name in full: "of 2016". */
static bool is_year_in_short(const struct said *code, const struct said *year)
{
    struct span surface = code->fact->surface;

    return code->family == FACT_NUMBER && year->family == FACT_NUMBER &&
           code->key.len == 2 && year->key.len == 4 &&
           (year->key.at[0] == '1' || year->key.at[0] == '2') &&
           memcmp(code->key.at, year->key.at + 2, 2) == 0 &&
           code->fact->start > 1 && surface.at[-1] == '-' &&
           (u_isupper((unsigned char)surface.at[-2]) ||
            U8_IS_TRAIL(surface.at[-2]));
}

static void drop_years_in_short(struct left *codes, struct left *years)
{
    for (size_t i = 0; i < codes->count; i++)
        for (size_t k = 0; k < years->count && codes->at[i]; k++)
            if (years->at[k] && is_year_in_short(codes->at[i], years->at[k]))
                codes->at[i] = years->at[k] = NULL;
}

static void pair_left(struct pass *p, size_t bead, struct left *a,
                      struct left *b)
{
    drop_years_in_short(a, b);
    drop_years_in_short(b, a);
    for (unsigned wanted = 3; wanted >= 2; wanted--)
        for (size_t i = 0; i < a->count; i++)
            for (size_t k = 0; k < b->count && a->at[i]; k++) {
                if (!b->at[k] || fitness(a->at[i], b->at[k]) != wanted)
                    continue;
                if (p->counting)
                    note_habit(p, a->at[i], b->at[k]);
                else
                    record(p, bead,
                           a->at[i]->family == FACT_ACRONYM &&
                                   is_habit(p, a->at[i], b->at[k])
                               ? CLAUSIER_NOTE : CLAUSIER_ERROR,
                           a->at[i], b->at[k]);
                a->at[i] = b->at[k] = NULL;
            }
}

/* ---- what is left on one side ------------------------------------------------------------ */

static size_t times(const struct sayings *side, const struct said *like)
{
    size_t count = 0;

    for (size_t i = 0; i < side->count; i++)
        count += said_is_equal(&side->at[i], like);
    return count;
}

/* A fact that the other side says more often: one of them was written as
 * what is left here. */
static const struct said *find_surplus(const struct sayings *side,
                                       const struct sayings *other,
                                       const struct said *item)
{
    for (size_t i = 0; i < other->count && other->count <= TIMES_MAX &&
                       side->count <= TIMES_MAX; i++) {
        const struct said *o = &other->at[i];

        if (o->met && (!i || !said_is_equal(o, o - 1)) && !o->fact->soft &&
            fitness(item, o) && times(other, o) > times(side, o))
            return o;
    }
    return NULL;
}

static bool has_slip(const struct sayings *other, const struct said *item)
{
    const struct version *v = sayings_version(other);
    struct span found;

    if (item->family != FACT_ACRONYM)
        return false;
    for (unsigned k = 0; k < other->row->count; k++)
        /* The word in small letters, as in an address, is no slip. */
        if (spelling_has_slip(v->units.at[other->row->first + k].text,
                              item->fact->surface, &found) &&
            !spelling_is_same(found, item->fact->surface))
            return true;
    return false;
}

/* Where no grammar knows the words, a date may well be there, in words. */
static bool is_wordless(const struct sayings *side)
{
    return sayings_version(side)->wordless;
}

/* A form of reference that no rule knows still has its numbers: where the other
 * side has them nowhere, it cites something else or nothing. */
static bool cites_other_number(const struct sayings *other,
                               const struct said *item)
{
    const struct version *v = sayings_version(other);

    if (item->family != FACT_REFERENCE)
        return false;
    for (unsigned k = 0; k < other->row->count; k++)
        if (spelling_has_numbers(v->units.at[other->row->first + k].text,
                                 item->fact->surface))
            return false;
    return true;
}

/* The one number of more than one that a side says in words and the other does
 * not say at all; NULL where it says none, or more. */
static const struct said *find_spoken(const struct sayings *side)
{
    const struct said *found = NULL;

    for (size_t i = 0; i < side->count; i++) {
        const struct said *item = &side->at[i];

        if (item->family != FACT_NUMBER || !item->fact->soft || item->met ||
            !is_digit(item->key.at[0]) || span_is(item->key, "1") ||
            (found && said_is_equal(found, item)))
            continue;
        if (found)
            return NULL;
        found = item;
    }
    return found;
}

/* "six weeks" and "eight weeks" in words: where each side says one such number
 * that the other has nowhere, they say another. */
static void tell_spoken(struct pass *p, size_t bead)
{
    const struct said *a = find_spoken(&p->sides[0]);
    const struct said *b = find_spoken(&p->sides[1]);

    if (a && b && !sayings_say_number(&p->sides[1], a) &&
        !sayings_say_number(&p->sides[0], b))
        record(p, bead, CLAUSIER_WARNING, a, b);
}

static void tell_left(struct pass *p, size_t bead, const struct left *left,
                      int which)
{
    const struct sayings *across = &p->sides[!which];

    for (size_t i = 0; i < left->count; i++) {
        const struct said *item = left->at[i], *other;
        enum clausier_level level;

        if (!item)
            continue;
        other = find_surplus(&p->sides[which], across, item);
        level = (said_is_hard(item->family) && !is_wordless(across)) || other ||
                        has_slip(across, item) ||
                        cites_other_number(across, item)
                    ? CLAUSIER_WARNING : CLAUSIER_NOTE;
        if (!other)
            record_lack(p, bead, level, item, which);
        else if (which == 0)
            record(p, bead, level, item, other);
        else
            record(p, bead, level, other, item);
    }
}

/* ---- the whole ---------------------------------------------------------------------------- */

static void compare(struct pass *p, size_t bead, size_t a, size_t b)
{
    struct left left[2];

    if (!bead_row(p->diffs->beads, bead, a)->count ||
        !bead_row(p->diffs->beads, bead, b)->count)
        return;
    if (!sayings_fill(&p->sides[0], bead) ||
        !sayings_fill(&p->sides[1], bead)) {
        p->diffs->failed = true;
        return;
    }
    sayings_meet(&p->sides[0], &p->sides[1]);
    list_left(p, &left[0], 0);
    list_left(p, &left[1], 1);
    pair_left(p, bead, &left[0], &left[1]);
    if (p->counting)
        return;
    tell_left(p, bead, &left[0], 0);
    tell_left(p, bead, &left[1], 1);
    tell_spoken(p, bead);
}

static void compare_all(struct pass *p, size_t a, size_t b)
{
    for (int round = 0; round < 2; round++) {
        p->counting = round == 0;
        for (size_t i = 0; i < p->diffs->beads->count && !p->diffs->failed;
             i++) {
            /* Every pair that has a version in common with an earlier one
             * would say the same again. */
            size_t first = 0;

            while (first < a && !bead_row(p->diffs->beads, i, first)->count)
                first++;
            if (first == a)
                compare(p, i, a, b);
        }
        if (p->counting)
            count_habits(p);
    }
}

static void compare_pair(struct diffs *diffs, size_t a, size_t b)
{
    struct pass p = { .diffs = diffs };

    if (sayings_open(&p.sides[0], diffs->beads, a) &&
        sayings_open(&p.sides[1], diffs->beads, b))
        compare_all(&p, a, b);
    else
        diffs->failed = true;
    sayings_close(&p.sides[0]);
    sayings_close(&p.sides[1]);
    free(p.habits);
}

void diff_facts(struct diffs *diffs)
{
    /* In one language the words are compared, which says all of this. */
    for (size_t a = 0; a < diffs->beads->version_count && !diffs->revision; a++)
        for (size_t b = a + 1; b < diffs->beads->version_count; b++)
            compare_pair(diffs, a, b);
}
