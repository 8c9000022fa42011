/* Finds what is missing, added, renumbered, moved, merged or split. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "diff.h"
#include "number.h"

static struct diff_place place_of(const struct beads *beads, size_t bead,
                                  size_t version)
{
    const struct row *row = bead_row(beads, bead, version);

    return (struct diff_place){ .version = (unsigned)version,
                                .unit = row->first,
                                .unit_end = row->first + row->count };
}

/* A place for each version that has something in the beads from `bead` on. */
static void add_places(struct diffs *diffs, struct diff *diff)
{
    const struct beads *beads = diffs->beads;

    for (size_t v = 0; diff && v < beads->version_count; v++) {
        struct diff_place all = { .unit_end = 0 };

        for (size_t i = diff->bead; i < diff->bead_end; i++) {
            struct diff_place one = place_of(beads, i, v);

            if (one.unit == one.unit_end)
                continue;
            if (!all.unit_end) {
                all = one;
                continue;
            }
            all.unit = one.unit < all.unit ? one.unit : all.unit;
            all.unit_end = one.unit_end > all.unit_end ? one.unit_end
                                                       : all.unit_end;
        }
        if (all.unit_end)
            diff_add_place(diffs, diff, all);
    }
}

/* ---- missing and added ----------------------------------------------------------- */

/* The versions that have something there, as bits. */
static unsigned who(const struct beads *beads, size_t bead)
{
    unsigned mask = 0;

    for (size_t v = 0; v < beads->version_count; v++)
        if (bead_row(beads, bead, v)->count)
            mask |= 1u << v;
    return mask;
}

/* What stands together and is missing together is one record: a field of the
 * header, or what follows one another in a text. */
static bool is_one_gap(const struct beads *beads, size_t a, size_t b)
{
    const struct unit *x = bead_unit(beads, a), *y = bead_unit(beads, b);

    if (x->part != y->part || x->role == ROLE_ENCLOSURE ||
        (x->role == ROLE_FIELD) != (y->role == ROLE_FIELD) ||
        (x->role == ROLE_FIELD && !span_equal(x->field, y->field)))
        return false;
    for (size_t v = 0; v < beads->version_count; v++) {
        const struct row *p = bead_row(beads, a, v), *q = bead_row(beads, b, v);

        if (p->count && p->first + p->count != q->first)
            return false;
    }
    return true;
}

static bool ends_in_colon(struct span text)
{
    static const struct span colons[] = { { ":", 1 }, { "\uFF1A", 3 } };

    for (size_t i = 0; i < 2; i++)
        if (text.len >= colons[i].len &&
            memcmp(text.at + text.len - colons[i].len, colons[i].at,
                   colons[i].len) == 0)
            return true;
    return false;
}

static bool is_line(struct span text)
{
    size_t i = 0;

    while (i < text.len && text.at[i] == '_')
        i++;
    return i == text.len;
}

enum { LANGUAGE_MAX = 48 };

/* Whether the text is the name of the language, as `in` has it. */
static bool is_name_of(struct span text, const char *language, const char *in)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar name[LANGUAGE_MAX], said[LANGUAGE_MAX];

    if (text.len >= LANGUAGE_MAX)
        return false;
    uloc_getDisplayLanguage(language, in, name, LANGUAGE_MAX, &status);
    u_strFromUTF8(said, LANGUAGE_MAX, NULL, text.at, (int32_t)text.len,
                  &status);
    return U_SUCCESS(status) &&
           u_strcasecmp(name, said, U_FOLD_CASE_DEFAULT) == 0;
}

/* "Français", or "French": what a version other than the original says of
 * itself. */
static bool is_own_language(const struct diffs *diffs, size_t bead)
{
    const struct beads *beads = diffs->beads;
    struct span text = bead_unit(beads, bead)->text;
    const char *language;
    size_t v = 0;

    while (!bead_row(beads, bead, v)->count)
        v++;
    language = beads->versions[v].units.language;
    return is_name_of(text, language, "en") ||
           is_name_of(text, language, language);
}

/* A table of contents is made again by whoever prints the document; a line, or
 * the label of a field that is not filled in, says nothing. */
static bool is_form(const struct diffs *diffs, size_t bead)
{
    const struct unit *unit = bead_unit(diffs->beads, bead);

    return unit->role == ROLE_TOC || is_line(unit->text) ||
           (unit->role == ROLE_FIELD && ends_in_colon(unit->text)) ||
           is_own_language(diffs, bead);
}

static enum clausier_level gap_level(const struct diffs *diffs, size_t bead,
                                     size_t end)
{
    enum clausier_level level = CLAUSIER_NOTE;

    for (; bead < end; bead++) {
        const struct unit *unit = bead_unit(diffs->beads, bead);

        if (unit->key.len && !diffs->revision)
            return CLAUSIER_ERROR;
        if (!is_form(diffs, bead))
            level = CLAUSIER_WARNING;
    }
    return level;
}

static void find_gaps(struct diffs *diffs)
{
    const struct beads *beads = diffs->beads;
    unsigned all = (1u << beads->version_count) - 1;

    for (size_t i = 0, end; i < beads->count && !diffs->failed; i = end) {
        unsigned mask = who(beads, i);
        struct diff *diff;

        end = i + 1;
        if (mask == all)
            continue;
        while (end < beads->count && who(beads, end) == mask &&
               is_one_gap(beads, end - 1, end))
            end++;
        diff = diff_add(diffs, mask & 1 ? DIFF_MISSING : DIFF_ADDED,
                        gap_level(diffs, i, end), i);
        if (diff)
            diff->bead_end = end;
        add_places(diffs, diff);
    }
}

/* ---- renumbered -------------------------------------------------------------------- */

static struct span last_of(struct span key)
{
    for (size_t i = key.len; i > 0; i--)
        if (key.at[i - 1] == '-')
            return (struct span){ key.at + i, key.len - i };
    return key;
}

static size_t depth_of(struct span key)
{
    return 1 + span_count(key, '-');
}

enum { NO_VALUE = -1, VALUE_DIGITS = 8 };

/* 3 for "3" and for "c". */
static int value_of(struct span last)
{
    int value = 0;

    if (last.len == 1 && (last.at[0] | 32) >= 'a' && (last.at[0] | 32) <= 'z')
        return (last.at[0] | 32) - 'a' + 1;
    if (!last.len || last.len > VALUE_DIGITS)
        return NO_VALUE;
    for (size_t i = 0; i < last.len; i++) {
        if (last.at[i] < '0' || last.at[i] > '9')
            return NO_VALUE;
        value = value * 10 + last.at[i] - '0';
    }
    return value;
}

/* 3 for "iii". */
static int roman_of(struct span last)
{
    struct number number;

    return number_read(&number, last, COUNT_ROMAN, NULL)
               ? (int)number_last(&number)
               : NO_VALUE;
}

static bool is_as_roman(struct span roman, struct span other)
{
    int value = roman_of(roman);

    return value != NO_VALUE && value == value_of(other);
}

/* "c)" and "в)": letters of one alphabet do not say what letters of another
 * count. Where they stand has made them a pair. */
static bool are_of_two_alphabets(struct span x, struct span y)
{
    bool latin = value_of(x) != NO_VALUE;
    struct span other = latin ? y : x;

    return latin != (value_of(y) != NO_VALUE) && other.len == 2 &&
           (unsigned char)other.at[0] >= 0xC3 &&
           (unsigned char)(latin ? x : y).at[0] >= 'A';
}

/* "c)" and "3)" count alike, as do "iii)" and "3)", and "2.1" and "1" below 2. */
static bool is_same_number(struct span a, struct span b)
{
    struct span x = last_of(a), y = last_of(b);
    int value = value_of(x);

    if (depth_of(a) == depth_of(b) && depth_of(a) > 1)
        return span_equal(a, b);
    return span_equal(x, y) || (value != NO_VALUE && value == value_of(y)) ||
           is_as_roman(x, y) || is_as_roman(y, x) || are_of_two_alphabets(x, y);
}

/* A run of clauses that all count so many more, or fewer. */
struct shift {
    size_t bead, bead_end; /* equal: none is open */
    unsigned level;
    int by;
};

static void close_shift(struct diffs *diffs, struct shift *s, size_t version)
{
    const struct beads *beads = diffs->beads;
    struct diff *diff;

    if (s->bead == s->bead_end)
        return;
    diff = diff_add(diffs, DIFF_RENUMBERED,
                    diffs->revision ? CLAUSIER_WARNING : CLAUSIER_ERROR,
                    s->bead);
    if (diff) {
        diff->bead_end = s->bead_end;
        for (size_t k = 0; k < 2; k++) {
            size_t v = k * version;
            struct diff_place place = place_of(beads, s->bead, v);

            place.unit_end = place_of(beads, s->bead_end - 1, v).unit_end;
            if (place.unit_end <= place.unit)
                place.unit_end = place.unit + 1;
            place.value = beads->versions[v].units.at[place.unit].key;
            diff_add_place(diffs, diff, place);
        }
    }
    s->bead_end = s->bead;
}

/* The label of a part, which is cut off its name: "I" of "annex I". */
static struct span cut_label(struct span name, struct span *rest)
{
    size_t at = name.len;

    while (at > 0 && name.at[at - 1] != ' ')
        at--;
    *rest = (struct span){ name.at, at };
    return (struct span){ name.at + at, name.len - at };
}

/* The label of an annex has no key: its part's name says the same. */
static bool is_other_annex(const struct beads *beads, const struct unit *a,
                           const struct unit *b, size_t version)
{
    struct span x, y, of_x, of_y;

    if (a->role != ROLE_LABEL || b->role != ROLE_LABEL)
        return false;
    x = cut_label(beads->versions[0].units.parts[a->part].name, &of_x);
    y = cut_label(beads->versions[version].units.parts[b->part].name, &of_y);
    return !span_equal(of_x, of_y) ||
           (!span_equal(x, y) && !is_as_roman(x, y) && !is_as_roman(y, x));
}

static bool may_be_numbered(const struct unit *unit)
{
    return unit->role == ROLE_CLAUSE || unit->role == ROLE_ITEM ||
           unit->role == ROLE_HEADING || unit->role == ROLE_PARAGRAPH;
}

/* A clause that is but a paragraph over there, or an item with a bullet. */
static void look_for_number(struct diffs *diffs, size_t bead, size_t version)
{
    const struct unit *a = bead_only(diffs->beads, bead, 0);
    const struct unit *b = bead_only(diffs->beads, bead, version);
    struct diff *diff;

    if (!a || !b || !a->key.len == !b->key.len || !may_be_numbered(a) ||
        !may_be_numbered(b))
        return;
    diff = diff_add(diffs, DIFF_RENUMBERED, CLAUSIER_WARNING, bead);
    for (size_t k = 0; diff && k < 2; k++) {
        struct diff_place place = place_of(diffs->beads, bead, k * version);

        place.value = (k ? b : a)->key;
        diff_add_place(diffs, diff, place);
    }
}

static void look_at_number(struct diffs *diffs, struct shift *s, size_t bead,
                           size_t version)
{
    const struct beads *beads = diffs->beads;
    const struct unit *a = bead_first(beads, bead, 0);
    const struct unit *b = bead_first(beads, bead, version);
    bool open = s->bead != s->bead_end, same;
    int by;

    if (!a || !b)
        return;
    if (is_other_annex(beads, a, b, version)) {
        close_shift(diffs, s, version);
        *s = (struct shift){ bead, bead + 1, 0, 0 };
        close_shift(diffs, s, version);
        return;
    }
    if (!a->key.len || !b->key.len || beads->at[bead].crossed)
        return;
    same = is_same_number(a->key, b->key);
    by = value_of(last_of(b->key)) - value_of(last_of(a->key));
    if (open && (a->level > s->level ? (by == 0) : (!same && by == s->by))) {
        if (!same)
            s->bead_end = bead + 1;
        return;
    }
    if (same && open && a->level > s->level)
        return;
    close_shift(diffs, s, version);
    if (!same)
        *s = (struct shift){ bead, bead + 1, a->level, by };
}

static void find_shifts(struct diffs *diffs, size_t version)
{
    const struct beads *beads = diffs->beads;
    struct shift s = { 0 };
    const struct part *part = NULL;

    for (size_t i = 0; i < beads->count && !diffs->failed; i++) {
        if (bead_part(beads, i) != part)
            close_shift(diffs, &s, version);
        part = bead_part(beads, i);
        look_at_number(diffs, &s, i, version);
        look_for_number(diffs, i, version);
    }
    close_shift(diffs, &s, version);
}

/* ---- moved and swapped ---------------------------------------------------------------- */

struct crossing {
    size_t move, bead;
};

static int by_move(const void *a, const void *b)
{
    const struct crossing *x = a, *y = b;

    if (x->move != y->move)
        return x->move < y->move ? -1 : 1;
    return (x->bead > y->bead) - (x->bead < y->bead);
}

static struct crossing *list_crossings(const struct beads *beads, size_t *count)
{
    struct crossing *list = malloc((beads->count + 1) * sizeof *list);

    *count = 0;
    for (size_t i = 0; list && i < beads->count; i++)
        if (beads->at[i].crossed)
            list[(*count)++] = (struct crossing){ beads->at[i].crossed, i };
    if (*count)
        qsort(list, *count, sizeof *list, by_move);
    return list;
}

/* Letterheads are laid out to the taste of each office. */
static enum clausier_level move_level(const struct beads *beads, size_t bead)
{
    return bead_unit(beads, bead)->role == ROLE_FIELD ? CLAUSIER_NOTE
                                                       : CLAUSIER_WARNING;
}

static void find_moves(struct diffs *diffs)
{
    const struct beads *beads = diffs->beads;
    size_t count;
    struct crossing *list = list_crossings(beads, &count);

    diffs->failed |= list == NULL;
    for (size_t i = 0, end; i < count; i = end) {
        enum order order = beads->at[list[i].bead].order;
        struct diff *diff;

        for (end = i; end < count && list[end].move == list[i].move; end++)
            ;
        diff = diff_add(diffs,
                        order == ORDER_MOVED ? DIFF_MOVED : DIFF_SWAPPED,
                        move_level(beads, list[i].bead), list[i].bead);
        if (diff)
            diff->bead_end = list[end - 1].bead + 1;
        add_places(diffs, diff);
    }
    free(list);
    for (size_t i = 0; i < beads->count; i++)
        if (beads->at[i].order == ORDER_INNER) {
            struct diff *diff = diff_add(diffs, DIFF_SWAPPED, CLAUSIER_WARNING,
                                         i);

            if (diff)
                diff->inner = true;
            add_places(diffs, diff);
        }
}

/* ---- merged and split -------------------------------------------------------------------- */

static enum clausier_level join_level(const struct diffs *diffs, size_t bead)
{
    const struct beads *beads = diffs->beads;

    if (bead_unit(beads, bead)->role == ROLE_TITLE)
        return CLAUSIER_NOTE;
    for (size_t v = 0; v < beads->version_count; v++) {
        const struct row *row = bead_row(beads, bead, v);

        for (unsigned k = 1; k < row->count; k++)
            if (beads->versions[v].units.at[row->first + k].label.len)
                return CLAUSIER_WARNING;
    }
    return CLAUSIER_NOTE;
}

static void find_joins(struct diffs *diffs)
{
    const struct beads *beads = diffs->beads;

    for (size_t i = 0; i < beads->count && !diffs->failed; i++) {
        unsigned first = bead_row(beads, i, 0)->count, other = first;

        if (beads->at[i].order == ORDER_INNER || !first)
            continue;
        for (size_t v = 1; v < beads->version_count && other == first; v++)
            if (bead_row(beads, i, v)->count)
                other = bead_row(beads, i, v)->count;
        if (other != first)
            add_places(diffs,
                       diff_add(diffs, other < first ? DIFF_MERGED : DIFF_SPLIT,
                                join_level(diffs, i), i));
    }
}

void diff_order(struct diffs *diffs)
{
    find_gaps(diffs);
    for (size_t v = 1; v < diffs->beads->version_count; v++)
        find_shifts(diffs, v);
    find_moves(diffs);
    find_joins(diffs);
}
