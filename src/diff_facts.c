/* Finds the facts that the versions of a bead give differently. They are
 * compared as sets: how often one is said does not matter. */
#include <stdlib.h>
#include <string.h>

#include "diff.h"
#include "spelling.h"
#include "target.h"

/* A fact as it is compared: a range is its two ends. */
struct item {
    struct span key;
    enum fact_type family;
    const struct fact *fact;
    bool met;              /* the other version has it, too */
};

struct side {
    size_t version;
    const struct row *row;
    struct item *at;
    size_t count;
};

/* What two spellings stand for one another in, and how often. */
struct habit {
    uint64_t pair;
    size_t count;
};

/* Two versions in all beads. */
struct pass {
    struct diffs *diffs;
    struct targets targets[2];
    struct side sides[2];
    struct buf key;
    struct arena arena;
    struct habit *habits;
    size_t habit_count;
    bool counting;       /* the first time through: only habits are noted */
};

/* ---- items ------------------------------------------------------------------------ */

/* Which of the three a rule takes a word for differs between grammars. */
static enum fact_type family_of(enum fact_type type)
{
    return type == FACT_IDENTIFIER || type == FACT_NAME ? FACT_ACRONYM : type;
}

/* Of these a version that says one more says something else. */
static bool is_hard(enum fact_type family)
{
    return family == FACT_DATE || family == FACT_TIME || family == FACT_URL ||
           family == FACT_EMAIL;
}

/* What the number of a paper ends in, by the language that it is in; 0 where no
 * letter is known. */
static char letter_of(const char *language)
{
    static const char *const letters[] = { "eng E", "fra F", "spa S",
                                           "zho C", "rus R", "ara A" };

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strncmp(letters[i], language, 3) == 0)
            return letters[i][4];
    return 0;
}

/* "TSAG-R5-E" is TSAG-R5-F in French. */
static struct span without_letter(const struct pass *p, const struct side *side,
                                  struct span key)
{
    char letter =
        letter_of(p->diffs->beads->versions[side->version].units.language);

    if (letter && key.len > 2 && key.at[key.len - 1] == letter &&
        key.at[key.len - 2] == '-')
        key.len -= 2;
    return key;
}

static void add_item(struct pass *p, struct side *side, const struct fact *fact,
                     struct span key)
{
    struct item *item = array_push(&side->at, &side->count, sizeof *item);

    p->diffs->failed |= item == NULL;
    if (item)
        *item = (struct item){ key, family_of(fact->type), fact, false };
}

static void add_fact(struct pass *p, struct side *side, int which,
                     const struct fact *fact)
{
    const char *slash = memchr(fact->value.at, '/', fact->value.len);
    size_t before;

    if (fact->type == FACT_REFERENCE) {
        buf_clear(&p->key);
        targets_put(&p->key, &p->targets[which], fact->value);
        add_item(p, side, fact, arena_copy(&p->arena, buf_span(&p->key)));
    } else if (slash && (fact->type == FACT_DATE || fact->type == FACT_TIME)) {
        before = (size_t)(slash - fact->value.at);
        add_item(p, side, fact, (struct span){ fact->value.at, before });
        add_item(p, side, fact, (struct span){ slash + 1,
                                               fact->value.len - before - 1 });
    } else {
        add_item(p, side, fact,
                 fact->type == FACT_IDENTIFIER
                     ? without_letter(p, side, fact->value) : fact->value);
    }
}

static int by_key(const void *a, const void *b)
{
    const struct item *x = a, *y = b;
    size_t len = x->key.len < y->key.len ? x->key.len : y->key.len;
    int order;

    if (x->family != y->family)
        return x->family < y->family ? -1 : 1;
    order = len ? memcmp(x->key.at, y->key.at, len) : 0;
    if (order || x->key.len != y->key.len)
        return order ? order : x->key.len < y->key.len ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

static bool is_equal(const struct item *a, const struct item *b)
{
    return a->family == b->family && span_equal(a->key, b->key);
}

static void fill_side(struct pass *p, int which, size_t bead, size_t version)
{
    struct side *side = &p->sides[which];
    const struct facts *facts = &p->diffs->beads->versions[version].facts;
    const struct row *row = bead_row(p->diffs->beads, bead, version);

    side->version = version;
    side->row = row;
    side->count = 0;
    for (size_t i = facts->first[row->first];
         i < facts->first[row->first + row->count]; i++)
        add_fact(p, side, which, &facts->at[i]);
    if (side->count)
        qsort(side->at, side->count, sizeof *side->at, by_key);
}

static void meet(struct side *a, struct side *b)
{
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        if (is_equal(&a->at[i], &b->at[k])) {
            size_t first = i;

            for (; i < a->count && is_equal(&a->at[i], &b->at[k]); i++)
                a->at[i].met = true;
            for (; k < b->count && is_equal(&b->at[k], &a->at[first]); k++)
                b->at[k].met = true;
        } else if (by_key(&a->at[i], &b->at[k]) < 0) {
            i++;
        } else {
            k++;
        }
    }
}

/* ---- what is covered ----------------------------------------------------------------- */

/* "JCA" is in "JCA-IoT", 13 in "SG13", a month in each of its days. */
static bool is_in_date(const struct side *other, const struct item *item)
{
    for (size_t i = 0; i < other->count; i++)
        if (other->at[i].family == FACT_DATE &&
            item->key.len < other->at[i].key.len &&
            memcmp(item->key.at, other->at[i].key.at, item->key.len) == 0)
            return true;
    return false;
}

static bool is_in_texts(const struct pass *p, const struct side *other,
                        struct span value)
{
    const struct version *v = &p->diffs->beads->versions[other->version];

    for (unsigned k = 0; k < other->row->count; k++)
        if (spelling_has_words(v->units.at[other->row->first + k].text, value))
            return true;
    return false;
}

/* Whether bytes of a unit are those of a date, a time or an address. */
static bool is_in_hard(const struct facts *facts, unsigned unit, size_t start,
                       size_t end)
{
    for (size_t i = facts->first[unit]; i < facts->first[unit + 1]; i++)
        if (is_hard(facts->at[i].type) && facts->at[i].start < end &&
            start < facts->at[i].end)
            return true;
    return false;
}

/* A number may stand in a label, or in what is a reference over there; the 5 of
 * a fifth of May is no other 5. */
static bool is_number_in_texts(const struct pass *p, const struct side *other,
                               struct span number)
{
    const struct version *v = &p->diffs->beads->versions[other->version];

    for (unsigned k = 0; k < other->row->count; k++) {
        unsigned unit = other->row->first + k;
        size_t at = 0;

        while (spelling_next_number(v->units.at[unit].text, &at, number))
            if (!is_in_hard(&v->facts, unit, at - number.len, at))
                return true;
    }
    return false;
}

static bool is_number_in_values(const struct side *other,
                                const struct item *item)
{
    for (size_t i = 0; i < other->count; i++) {
        size_t at = 0;

        if (!is_hard(other->at[i].family) &&
            other->at[i].family != FACT_REFERENCE &&
            spelling_next_number(other->at[i].key, &at, item->key))
            return true;
    }
    return false;
}

static bool is_in_values(const struct side *other, const struct item *item)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct item *o = &other->at[i];

        if (!is_hard(o->family) && o->family != FACT_REFERENCE &&
            spelling_has_words(o->key, item->key))
            return true;
    }
    return false;
}

/* "resolves 2 thereof" may be known to lead into another document, and where
 * in it may not. */
static bool is_open(struct span key, struct span exact)
{
    static const char tail[] = "/!main";
    size_t len = sizeof tail - 1;

    return key.len > len && exact.len > key.len &&
           memcmp(key.at + key.len - len, tail, len) == 0 &&
           memcmp(key.at, exact.at, key.len) == 0 && exact.at[key.len] == '#';
}

/* "Recommendation X, clause 2" may be one reference or two; what the versions
 * both cite a clause of they both name. */
static bool is_named(const struct item *o, const struct item *item)
{
    static const char inner[] = "/!main#";

    return o->met && o->key.len > item->key.len + sizeof inner - 1 &&
           memcmp(o->key.at, item->key.at, item->key.len) == 0 &&
           memcmp(o->key.at + item->key.len, inner, sizeof inner - 1) == 0;
}

/* The name of a document in three: "/akn/un/doc/resolution/", "itu-wtsa", "/44". */
static bool cut_body(struct span key, struct span *body)
{
    static const char head[] = "/akn/un/doc/";
    size_t at = sizeof head - 1;
    const char *type, *end;

    if (key.len <= at || memcmp(key.at, head, at) != 0)
        return false;
    type = memchr(key.at + at, '/', key.len - at);
    end = type ? memchr(type + 1, '/', key.len - (size_t)(type + 1 - key.at))
               : NULL;
    if (!end)
        return false;
    *body = (struct span){ type + 1, (size_t)(end - type - 1) };
    return true;
}

/* "Resolution 44" and "WTSA Resolution 44": the one does not say whose it is. */
static bool is_of_unsaid_body(struct span a, struct span b)
{
    struct span x, y;
    size_t head, tail;

    if (!cut_body(a, &x) || !cut_body(b, &y) ||
        (!span_is(x, "itu") && !span_is(y, "itu")))
        return false;
    head = (size_t)(x.at - a.at);
    tail = a.len - head - x.len;
    return head == (size_t)(y.at - b.at) && tail == b.len - head - y.len &&
           memcmp(a.at, b.at, head) == 0 &&
           memcmp(x.at + x.len, y.at + y.len, tail) == 0;
}

/* "#att_1", and "#annex_2" where there is none: not what stands in one. */
static bool leads_to_annex(struct span href)
{
    static const char *const marks[] = { "#att_", "#annex_", "#appendix_" };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (href.len > strlen(marks[i]) &&
            memcmp(href.at, marks[i], strlen(marks[i])) == 0)
            return !memmem(href.at, href.len, "__", 2);
    return false;
}

/* Numbers alike do not make "clause 2" of "Annex 2". */
static bool cite_alike(const struct fact *a, const struct fact *b)
{
    return leads_to_annex(a->value) == leads_to_annex(b->value) &&
           spelling_cites_alike(a->surface, b->surface);
}

/* Who dropped or renumbered a clause has not changed what refers to it: a
 * reference agrees that says the same number, or that leads to the same
 * place. */
static bool has_reference(const struct side *other, const struct item *item)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct item *o = &other->at[i];

        if (o->family == FACT_REFERENCE &&
            (span_equal(o->fact->value, item->fact->value) ||
             is_named(o, item) || is_of_unsaid_body(o->key, item->key) ||
             (((o->fact->loose && !o->met) || item->fact->loose) &&
              cite_alike(o->fact, item->fact)) ||
             (!o->met &&
              (is_open(o->key, item->key) || is_open(item->key, o->key)))))
            return true;
    }
    return false;
}

static const char *skip_to_digit(const char *at, const char *end)
{
    while (at < end && !is_digit(*at))
        at++;
    return at;
}

/* "09:30" and "9.30": the same digits. */
static bool has_digits_of(struct span a, struct span b)
{
    const char *x = a.at, *x_end = a.at + a.len, *y = b.at,
               *y_end = b.at + b.len;

    if (a.len && *x == '0')
        x++;
    if (b.len && *y == '0')
        y++;
    for (;; x++, y++) {
        x = skip_to_digit(x, x_end);
        y = skip_to_digit(y, y_end);
        if (x == x_end || y == y_end)
            return x == x_end && y == y_end;
        if (*x != *y)
            return false;
    }
}

/* A time that no words tell from a number, alone in a cell, say. */
static bool is_in_times(const struct side *other, const struct item *item)
{
    enum fact_type family = item->family == FACT_TIME ? FACT_NUMBER : FACT_TIME;

    for (size_t i = 0; i < other->count; i++)
        if (other->at[i].family == family &&
            has_digits_of(other->at[i].key, item->key))
            return true;
    return false;
}

static bool is_covered(const struct pass *p, const struct side *other,
                       const struct item *item)
{
    if (item->fact->soft || item->family == FACT_FOOTNOTE)
        return true;
    if ((item->family == FACT_TIME || item->family == FACT_NUMBER) &&
        is_in_times(other, item))
        return true;
    if (item->family == FACT_DATE)
        return is_in_date(other, item);
    if (item->family == FACT_REFERENCE)
        return has_reference(other, item);
    if (is_hard(item->family))
        return false;
    if (item->family == FACT_NUMBER)
        return is_number_in_texts(p, other, item->fact->surface) ||
               is_number_in_texts(p, other, item->key) ||
               is_number_in_values(other, item);
    return is_in_texts(p, other, item->fact->surface) ||
           is_in_texts(p, other, item->key) || is_in_values(other, item);
}

/* ---- records -------------------------------------------------------------------------- */

static struct diff_place place_of(const struct side *side,
                                  const struct item *item)
{
    return (struct diff_place){ .version = (unsigned)side->version,
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
            d->places[0].version == place->version &&
            d->places[0].unit == place->unit &&
            d->places[0].start == place->start)
            return d;
        if (diffs->count - i > 64)
            break;
    }
    return NULL;
}

static void record(struct pass *p, size_t bead, enum clausier_level level,
                   const struct item *a, const struct item *b)
{
    struct diff_place place = a ? place_of(&p->sides[0], a)
                                : place_of(&p->sides[1], b);
    int type = (int)(a ? a : b)->fact->type;
    struct diff *diff = a && b ? find_record(p->diffs, bead, &place, type)
                               : NULL;

    /* Its page numbers are those of each version's own print. */
    if (bead_unit(p->diffs->beads, bead)->role == ROLE_TOC)
        level = CLAUSIER_NOTE;
    if (!diff) {
        diff = diff_add(p->diffs, DIFF_FACT, level, bead);
        if (!diff)
            return;
        diff->type = type;
        diff_add_place(p->diffs, diff, place);
    }
    if (a && b)
        diff_add_place(p->diffs, diff, place_of(&p->sides[1], b));
}

/* ---- what is left on both sides ----------------------------------------------------- */

static uint64_t hash_pair(const struct item *a, const struct item *b)
{
    return span_hash_whole(span_hash_whole(SPAN_HASH, a->key), b->key);
}

static int by_pair(const void *a, const void *b)
{
    const struct habit *x = a, *y = b;

    return (x->pair > y->pair) - (x->pair < y->pair);
}

static void note_habit(struct pass *p, const struct item *a,
                       const struct item *b)
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
static bool is_habit(const struct pass *p, const struct item *a,
                     const struct item *b)
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
static unsigned fitness(const struct item *a, const struct item *b)
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
    const struct item *at[LEFT_MAX];
    size_t count;
};

/* What the other side has not, each once, in reading order. */
static int by_start(const void *a, const void *b)
{
    const struct item *x = *(const struct item *const *)a;
    const struct item *y = *(const struct item *const *)b;

    return (x->fact > y->fact) - (x->fact < y->fact);
}

/* That an annex has another number is told of its label. */
static bool is_in_label(const struct pass *p, const struct side *side,
                        const struct item *item)
{
    const struct units *units =
        &p->diffs->beads->versions[side->version].units;

    return item->family == FACT_NUMBER &&
           units->at[item->fact->unit].role == ROLE_LABEL;
}

static void list_left(const struct pass *p, struct left *left, int which)
{
    const struct side *side = &p->sides[which];

    size_t looks = 0;

    left->count = 0;
    for (size_t i = 0; i < side->count && left->count < LEFT_MAX; i++) {
        const struct item *item = &side->at[i];

        if (item->met || (i && is_equal(item, item - 1)))
            continue;
        if (looks++ == LOOKS_MAX)
            break;
        if (is_in_label(p, side, item) ||
            is_covered(p, &p->sides[!which], item))
            continue;
        left->at[left->count++] = item;
    }
    qsort(left->at, left->count, sizeof *left->at, by_start);
}

static void pair_left(struct pass *p, size_t bead, struct left *a,
                      struct left *b)
{
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

static size_t times(const struct side *side, const struct item *like)
{
    size_t count = 0;

    for (size_t i = 0; i < side->count; i++)
        count += is_equal(&side->at[i], like);
    return count;
}

/* A fact that the other side says more often: one of them was written as
 * what is left here. */
static const struct item *find_surplus(const struct side *side,
                                       const struct side *other,
                                       const struct item *item)
{
    for (size_t i = 0; i < other->count && other->count <= TIMES_MAX &&
                       side->count <= TIMES_MAX; i++) {
        const struct item *o = &other->at[i];

        if (o->met && (!i || !is_equal(o, o - 1)) && !o->fact->soft &&
            fitness(item, o) && times(other, o) > times(side, o))
            return o;
    }
    return NULL;
}

static bool has_slip(const struct pass *p, const struct side *other,
                     const struct item *item)
{
    const struct version *v = &p->diffs->beads->versions[other->version];
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
static bool is_wordless(const struct pass *p, int which)
{
    return p->diffs->beads->versions[p->sides[which].version].wordless;
}

/* A form of reference that no rule knows still has its numbers: where the other
 * side has them nowhere, it cites something else or nothing. */
static bool cites_other_number(const struct pass *p, int which,
                               const struct item *item)
{
    const struct side *other = &p->sides[!which];
    const struct version *v = &p->diffs->beads->versions[other->version];

    if (item->family != FACT_REFERENCE)
        return false;
    for (unsigned k = 0; k < other->row->count; k++)
        if (spelling_has_numbers(v->units.at[other->row->first + k].text,
                                 item->fact->surface))
            return false;
    return true;
}

static void tell_left(struct pass *p, size_t bead, const struct left *left,
                      int which)
{
    for (size_t i = 0; i < left->count; i++) {
        const struct item *item = left->at[i], *other;
        enum clausier_level level;

        if (!item)
            continue;
        other = find_surplus(&p->sides[which], &p->sides[!which], item);
        level = (is_hard(item->family) && !is_wordless(p, !which)) || other ||
                        has_slip(p, &p->sides[!which], item) ||
                        cites_other_number(p, which, item)
                    ? CLAUSIER_WARNING : CLAUSIER_NOTE;
        if (which == 0)
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
    fill_side(p, 0, bead, a);
    fill_side(p, 1, bead, b);
    if (p->diffs->failed)
        return;
    meet(&p->sides[0], &p->sides[1]);
    list_left(p, &left[0], 0);
    list_left(p, &left[1], 1);
    pair_left(p, bead, &left[0], &left[1]);
    if (p->counting)
        return;
    tell_left(p, bead, &left[0], 0);
    tell_left(p, bead, &left[1], 1);
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

    if (targets_open(&p.targets[0], diffs->beads, a) &&
        targets_open(&p.targets[1], diffs->beads, b))
        compare_all(&p, a, b);
    else
        diffs->failed = true;
    diffs->failed |= p.key.failed || p.arena.failed;
    for (int k = 0; k < 2; k++) {
        targets_close(&p.targets[k]);
        free(p.sides[k].at);
    }
    free(p.habits);
    arena_free(&p.arena);
    buf_free(&p.key);
}

void diff_facts(struct diffs *diffs)
{
    /* In one language the words are compared, which says all of this. */
    for (size_t a = 0; a < diffs->beads->version_count && !diffs->revision; a++)
        for (size_t b = a + 1; b < diffs->beads->version_count; b++)
            compare_pair(diffs, a, b);
}
