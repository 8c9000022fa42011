/* Turns an alignment into tables: TAB separates, one record per line. */
#include "table.h"

/* TAB and line breaks would be columns and lines. */
static void put_cell(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_putc(out, (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i]);
}

static void put_head(struct buf *out, size_t versions)
{
    buf_puts(out, "bead\tkind\torder\tfound\tscore\tpart\tclause\trole");
    for (size_t v = 1; v <= versions; v++)
        buf_printf(out, "\tlines_%zu\teid_%zu\ttext_%zu", v, v, v);
    buf_putc(out, '\n');
}

static void put_lines(struct buf *out, const struct unit *unit)
{
    if (unit->first_line)
        buf_printf(out, "%u", unit->first_line);
    if (unit->first_line < unit->last_line)
        buf_printf(out, "-%u", unit->last_line);
}

static void put_units(struct buf *out, const struct version *version,
                      const struct row *row)
{
    const struct unit *units = &version->units.at[row->first];

    buf_putc(out, '\t');
    for (unsigned k = 0; k < row->count; k++) {
        if (k)
            buf_putc(out, ',');
        put_lines(out, &units[k]);
    }
    buf_putc(out, '\t');
    for (unsigned k = 0; k < row->count; k++) {
        if (k)
            buf_putc(out, ' ');
        put_cell(out, span_of(units[k].eid));
    }
    buf_putc(out, '\t');
    for (unsigned k = 0; k < row->count; k++) {
        if (k)
            buf_putc(out, ' ');
        if (units[k].label.len) {
            put_cell(out, units[k].label);
            buf_putc(out, ' ');
        }
        put_cell(out, units[k].text);
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
    put_head(out, a->count);
    for (size_t i = 0; i < a->beads.count; i++)
        put_bead(out, a, i);
    return !out->failed;
}
