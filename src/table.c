/* Turns an alignment into tables: TAB separates, one record per line. */
#include "table.h"

/* TAB and line breaks would be columns and lines. */
static void put_cell(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_putc(out, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
}

static void put_head(struct buf *out, const char *columns,
                     const char *of_version, size_t versions)
{
    buf_puts(out, columns);
    for (size_t v = 1; v <= versions; v++)
        for (const char *c = of_version; *c; c++)
            if (*c == '#')
                buf_printf(out, "%zu", v);
            else
                buf_putc(out, *c);
    buf_putc(out, '\n');
}

static void put_lines(struct buf *out, const struct unit *unit)
{
    if (unit->first_line)
        buf_printf(out, "%u", unit->first_line);
    if (unit->first_line < unit->last_line)
        buf_printf(out, "-%u", unit->last_line);
}

static void put_places(struct buf *out, const struct version *version,
                       const struct row *row)
{
    const struct unit *units = version->units.at; /* NULL where it has none */
    unsigned end = row->first + row->count;

    buf_putc(out, '\t');
    for (unsigned i = row->first; i < end; i++) {
        if (i > row->first)
            buf_putc(out, ',');
        put_lines(out, &units[i]);
    }
    buf_putc(out, '\t');
    for (unsigned i = row->first; i < end; i++) {
        if (i > row->first)
            buf_putc(out, ' ');
        put_cell(out, span_of(units[i].eid));
    }
}

static void put_units(struct buf *out, const struct version *version,
                      const struct row *row)
{
    const struct unit *units = version->units.at;
    unsigned end = row->first + row->count;

    put_places(out, version, row);
    buf_putc(out, '\t');
    for (unsigned i = row->first; i < end; i++) {
        if (i > row->first)
            buf_putc(out, ' ');
        if (units[i].label.len) {
            put_cell(out, units[i].label);
            buf_putc(out, ' ');
        }
        put_cell(out, units[i].text);
    }
}

static void put_bead(struct buf *out, const clausier_alignment *a, size_t i)
{
    const struct beads *beads = &a->beads;
    const struct unit *unit = bead_unit(beads, i);
    const struct bead *bead = &beads->at[i];

    buf_printf(out, "%zu\t", i + 1);
    bead_put_kind(out, beads, i);
    buf_printf(out, "\t%s\t%s\t%.2f\t", order_name(bead->order),
               found_name(bead->found), (double)bead->score);
    put_cell(out, bead_part(beads, i)->name);
    buf_putc(out, '\t');
    put_cell(out, unit->clause);
    buf_putc(out, '\t');
    unit_put_role(out, unit);
    for (size_t v = 0; v < a->count; v++)
        put_units(out, &a->versions[v], bead_row(beads, i, v));
    buf_putc(out, '\n');
}

bool table_beads(struct buf *out, const clausier_alignment *a)
{
    put_head(out, "bead\tkind\torder\tfound\tscore\tpart\tclause\trole",
             "\tlines_#\teid_#\ttext_#", a->count);
    for (size_t i = 0; i < a->beads.count; i++)
        put_bead(out, a, i);
    return !out->failed;
}

/* ---- differences ------------------------------------------------------------------ */

/* A version that contradicts itself has two places; both go into its cells. */
static void put_version(struct buf *out, const clausier_alignment *a,
                        const struct diff *d, size_t version)
{
    struct buf cells[3] = { { 0 } };
    const char *between = "";

    for (size_t i = 0; i < d->place_count; i++) {
        const struct diff_place *place = &d->places[i];
        const struct row row = { place->unit, place->unit_end - place->unit };

        if (place->version != version)
            continue;
        for (int k = 0; k < 3; k++)
            buf_puts(&cells[k], between);
        put_places(&cells[0], &a->versions[version], &row);
        put_cell(&cells[1], place->value);
        put_cell(&cells[2], diff_text(&a->diffs, place));
        between = " | ";
    }
    if (!*between)
        buf_puts(&cells[0], "\t\t");
    for (int k = 0; k < 3; k++) {
        buf_puts(out, k ? "\t" : "");
        buf_add_span(out, buf_span(&cells[k]));
        out->failed |= cells[k].failed;
        buf_free(&cells[k]);
    }
}

static void put_difference(struct buf *out, const clausier_alignment *a,
                           const struct diff *d)
{
    const struct unit *unit = bead_unit(&a->beads, d->bead);

    buf_printf(out, "%s\t%s\t%s\t%s\t", d->id, diff_level_name(d->level),
               diff_code_name(d->code),
               d->type < FACT_TYPES ? fact_name((enum fact_type)d->type) : "");
    put_cell(out, bead_part(&a->beads, d->bead)->name);
    buf_putc(out, '\t');
    put_cell(out, unit->clause);
    buf_putc(out, '\t');
    unit_put_role(out, unit);
    buf_putc(out, '\t');
    put_cell(out, d->reason);
    for (size_t v = 0; v < a->count; v++)
        put_version(out, a, d, v);
    buf_putc(out, '\n');
}

bool table_differences(struct buf *out, const clausier_alignment *a)
{
    put_head(out, "id\tlevel\tcode\ttype\tpart\tclause\trole\treason",
             "\tlines_#\teid_#\tvalue_#\ttext_#", a->count);
    for (size_t i = 0; i < a->diffs.count; i++)
        if (!a->diffs.at[i].hidden)
            put_difference(out, a, &a->diffs.at[i]);
    return !out->failed;
}
