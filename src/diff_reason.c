/* Says in a sentence what a difference is. */
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include "diff.h"

enum { QUOTE_MAX = 60, LANGUAGE_MAX = 64 };

/* "French" where no two versions are in one language, else the file. */
static void put_version(struct buf *out, const struct diffs *diffs, size_t v)
{
    const struct version *version = &diffs->beads->versions[v];
    UErrorCode status = U_ZERO_ERROR;
    UChar name[LANGUAGE_MAX];
    char text[3 * LANGUAGE_MAX];
    bool alone = strcmp(version->units.language, "und") != 0;

    for (size_t k = 0; k < diffs->beads->version_count; k++)
        alone &= k == v || strcmp(diffs->beads->versions[k].units.language,
                                  version->units.language) != 0;
    if (alone) {
        uloc_getDisplayLanguage(version->units.language, "en", name, LANGUAGE_MAX,
                                &status);
        u_strToUTF8(text, sizeof text, NULL, name, -1, &status);
    }
    if (alone && U_SUCCESS(status) && status != U_USING_DEFAULT_WARNING)
        buf_puts(out, text);
    else if (version->file[0])
        buf_puts(out, version->file);
    else
        buf_printf(out, "version %zu", v + 1);
}

static void put_versions(struct buf *out, const struct diffs *diffs,
                         unsigned mask, const char *last)
{
    bool any = false;

    for (size_t v = 0; v < diffs->beads->version_count; v++) {
        if (!(mask >> v & 1))
            continue;
        if (any)
            buf_puts(out, mask >> (v + 1) ? ", " : last);
        put_version(out, diffs, v);
        any = true;
    }
}

static unsigned mask_of(const struct diff *d)
{
    unsigned mask = 0;

    for (size_t i = 0; i < d->place_count; i++)
        mask |= 1u << d->places[i].version;
    return mask;
}

/* In quotes, and not more than fits on a line. */
static void put_quote(struct buf *out, struct span text)
{
    size_t len = text.len < QUOTE_MAX ? text.len : QUOTE_MAX;

    while (len < text.len && ((unsigned char)text.at[len] & 0xC0) == 0x80)
        len++;
    buf_putc(out, '"');
    buf_add(out, text.at, len);
    buf_puts(out, len < text.len ? "\u2026\"" : "\"");
}

/* "clause 2 a)", "annex 1", "the field subject", "a paragraph of clause 3". */
static void put_what(struct buf *out, const struct diffs *diffs, size_t bead)
{
    const struct unit *unit = bead_unit(diffs->beads, bead);

    if (unit->role == ROLE_LABEL) {
        buf_add_span(out, bead_part(diffs->beads, bead)->name);
        return;
    }
    if (unit->role == ROLE_FIELD) {
        buf_puts(out, "the field ");
        buf_add_span(out, unit->field);
        return;
    }
    if (unit->key.len) {
        buf_puts(out, unit->role == ROLE_ITEM ? "item " : "clause ");
        buf_add_span(out, unit->clause.len ? unit->clause : unit->label);
        return;
    }
    buf_puts(out, unit->role == ROLE_ENCLOSURE || unit->role == ROLE_ITEM
                      ? "an " : "a ");
    unit_put_role(out, unit);
    if (unit->clause.len) {
        buf_puts(out, " of clause ");
        buf_add_span(out, unit->clause);
    }
}

static void put_gap(struct buf *out, const struct diffs *diffs,
                    const struct diff *d)
{
    unsigned all = (1u << diffs->beads->version_count) - 1;
    unsigned count = d->places[0].unit_end - d->places[0].unit;

    if (count == 1 && bead_unit(diffs->beads, d->bead)->role == ROLE_LABEL)
        buf_puts(out, "the label of ");
    put_what(out, diffs, d->bead);
    if (count == 2)
        buf_puts(out, " and one unit more are");
    else if (count > 2)
        buf_printf(out, " and %u units more are", count - 1);
    else
        buf_puts(out, " is");
    buf_puts(out, d->code == DIFF_MISSING ? " missing from " : " only in ");
    put_versions(out, diffs,
                 d->code == DIFF_MISSING ? all & ~mask_of(d) : mask_of(d),
                 " and ");
}

static const struct unit *unit_at(const struct diffs *diffs,
                                  const struct diff_place *place, bool last)
{
    const struct units *units = &diffs->beads->versions[place->version].units;

    return &units->at[last ? place->unit_end - 1 : place->unit];
}

/* The label of the last unit in the run that counts as the first does. */
static const struct unit *last_labelled(const struct diffs *diffs,
                                        const struct diff_place *place)
{
    const struct unit *first = unit_at(diffs, place, false), *last = first;
    const struct units *units = &diffs->beads->versions[place->version].units;

    for (unsigned u = place->unit; u < place->unit_end; u++)
        if (units->at[u].key.len && units->at[u].level == first->level)
            last = &units->at[u];
    return last;
}

static void put_labels(struct buf *out, const struct diffs *diffs,
                       const struct diff_place *place)
{
    const struct unit *first = unit_at(diffs, place, false);
    const struct unit *last = last_labelled(diffs, place);

    if (!first->label.len && first->role != ROLE_LABEL) {
        buf_puts(out, "without a number");
        return;
    }
    if (!first->label.len) {
        buf_add_span(out, diffs->beads->versions[place->version]
                              .units.parts[first->part].name);
        return;
    }
    buf_add_span(out, first->label);
    if (last != first) {
        buf_puts(out, "\u2013");
        buf_add_span(out, last->label);
    }
}

static void put_renumbered(struct buf *out, const struct diffs *diffs,
                           const struct diff *d)
{
    bool many = last_labelled(diffs, &d->places[0]) !=
                unit_at(diffs, &d->places[0], false);

    put_labels(out, diffs, &d->places[0]);
    buf_puts(out, " in ");
    put_version(out, diffs, d->places[0].version);
    buf_puts(out, many ? " are " : " is ");
    put_labels(out, diffs, &d->places[1]);
    buf_puts(out, " in ");
    put_version(out, diffs, d->places[1].version);
}

/* Of the versions that have both, those in which the beads at the ends of the
 * record stand the other way round. */
static unsigned turned_in(const struct diffs *diffs, const struct diff *d)
{
    const struct beads *beads = diffs->beads;
    bool first = bead_row(beads, d->bead, 0)->first <
                 bead_row(beads, d->bead_end - 1, 0)->first;
    unsigned mask = 0;

    for (size_t v = 1; v < beads->version_count; v++) {
        const struct row *a = bead_row(beads, d->bead, v);
        const struct row *b = bead_row(beads, d->bead_end - 1, v);

        if (a->count && b->count && (a->first < b->first) != first)
            mask |= 1u << v;
    }
    return mask;
}

static void put_order(struct buf *out, const struct diffs *diffs,
                      const struct diff *d)
{
    unsigned turned = d->code == DIFF_SWAPPED && !d->inner ? turned_in(diffs, d)
                                                           : 0;

    put_what(out, diffs, d->bead);
    if (d->inner)
        buf_puts(out, " has its parts the other way round in ");
    else if (d->code == DIFF_SWAPPED) {
        buf_puts(out, " and ");
        put_what(out, diffs, d->bead_end - 1);
        buf_puts(out, " stand the other way round in ");
    } else {
        if (d->bead_end - d->bead > 1)
            buf_printf(out, " and what follows, %zu in all,",
                       d->bead_end - d->bead);
        buf_puts(out, " stands elsewhere in ");
    }
    put_versions(out, diffs, turned ? turned : mask_of(d) & ~1u, " and ");
}

static void put_joined(struct buf *out, const struct diffs *diffs,
                       const struct diff *d)
{
    put_what(out, diffs, d->bead);
    buf_puts(out, " is ");
    for (size_t i = 0; i < d->place_count; i++) {
        unsigned count = d->places[i].unit_end - d->places[i].unit;

        if (i)
            buf_puts(out, i + 1 < d->place_count ? ", " : " and ");
        buf_printf(out, count == 1 ? "one unit in " : "%u units in ", count);
        put_version(out, diffs, d->places[i].version);
    }
}

static void put_value(struct buf *out, const struct diffs *diffs,
                      const struct diff *d, const struct diff_place *place)
{
    if (d->type == FACT_REFERENCE || !place->value.len)
        put_quote(out, diff_text(diffs, place));
    else
        buf_add_span(out, place->value);
}

static void put_fact(struct buf *out, const struct diffs *diffs,
                     const struct diff *d)
{
    buf_printf(out, "the %s ", fact_name((enum fact_type)d->type));
    if (d->lacking) {
        put_value(out, diffs, d, &d->places[0]);
        buf_puts(out, " is in ");
        put_versions(out, diffs, mask_of(d), " and ");
        buf_puts(out, " and not in ");
        put_versions(out, diffs, d->lacking, " or ");
        return;
    }
    for (size_t i = 0; i < d->place_count; i++) {
        if (i)
            buf_puts(out, i + 1 < d->place_count ? ", " : " and ");
        else
            buf_puts(out, "is ");
        put_value(out, diffs, d, &d->places[i]);
        buf_puts(out, " in ");
        put_version(out, diffs, d->places[i].version);
    }
    if (d->type == FACT_REFERENCE && d->place_count == 2 &&
        span_equal(diff_text(diffs, &d->places[0]),
                   diff_text(diffs, &d->places[1])))
        buf_puts(out, ", which is another place there");
}

static void put_self(struct buf *out, const struct diffs *diffs,
                     const struct diff *d)
{
    put_version(out, diffs, d->places[0].version);
    buf_printf(out, " has the %s ", fact_name((enum fact_type)d->type));
    put_quote(out, diff_text(diffs, &d->places[0]));
    buf_puts(out, " and ");
    put_quote(out, diff_text(diffs, &d->places[1]));
    buf_puts(out, ", which look like one");
}

static void put_text(struct buf *out, const struct diffs *diffs,
                     const struct diff *d)
{
    const struct diff_place *a = &d->places[0], *b = &d->places[1];

    if (a->start == a->end) {
        put_quote(out, diff_text(diffs, b));
        buf_puts(out, " is new in ");
        put_version(out, diffs, b->version);
        return;
    }
    put_quote(out, diff_text(diffs, a));
    if (b->start < b->end) {
        buf_puts(out, " is ");
        put_quote(out, diff_text(diffs, b));
        buf_puts(out, " in ");
    } else {
        buf_puts(out, " is not in ");
    }
    put_version(out, diffs, b->version);
}

static void put_untranslated(struct buf *out, const struct diffs *diffs,
                             const struct diff *d)
{
    put_what(out, diffs, d->bead);
    buf_puts(out, " has the same words in ");
    put_versions(out, diffs, mask_of(d), " and ");
}

void diff_reason(struct buf *out, const struct diffs *diffs,
                 const struct diff *d)
{
    static void (*const writers[DIFF_CODES])(
        struct buf *, const struct diffs *, const struct diff *) = {
        [DIFF_MISSING] = put_gap,       [DIFF_ADDED] = put_gap,
        [DIFF_RENUMBERED] = put_renumbered,
        [DIFF_MOVED] = put_order,       [DIFF_SWAPPED] = put_order,
        [DIFF_MERGED] = put_joined,     [DIFF_SPLIT] = put_joined,
        [DIFF_FACT] = put_fact,         [DIFF_CONTRADICTION] = put_self,
        [DIFF_TEXT] = put_text,
        [DIFF_UNTRANSLATED] = put_untranslated,
    };

    if (d->place_count)
        writers[d->code](out, diffs, d);
}
