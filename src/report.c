/* Writes differences for a person: by clause, with what each version says. */
#include "report.h"

#include <string.h>

/* So much of a text is quoted, in code points, and so many units. */
enum { QUOTE_MAX = 72, BEFORE_MAX = 30, UNITS_MAX = 4 };

struct writer {
    struct buf *out;
    const clausier_alignment *alignment;
    bool color;
};

static const char *const level_colors[] = { [CLAUSIER_NOTE] = "36",
                                            [CLAUSIER_WARNING] = "35",
                                            [CLAUSIER_ERROR] = "31" };

static void put_colored(struct writer *w, const char *color, struct span text)
{
    if (w->color && text.len)
        buf_printf(w->out, "\033[1;%sm", color);
    buf_add_span(w->out, text);
    if (w->color && text.len)
        buf_puts(w->out, "\033[0m");
}

/* ---- quotes ------------------------------------------------------------------------ */

static bool is_inside(const char *at)
{
    return ((unsigned char)*at & 0xC0) == 0x80;
}

/* The byte that many code points from `from`, or the end. */
static size_t forward(struct span text, size_t from, unsigned count)
{
    while (count && from < text.len) {
        do
            from++;
        while (from < text.len && is_inside(text.at + from));
        count--;
    }
    return from;
}

static size_t back(struct span text, size_t from, unsigned count)
{
    while (count && from > 0) {
        do
            from--;
        while (from > 0 && is_inside(text.at + from));
        count--;
    }
    return from;
}

/* What surrounds the place, which is marked where there is colour. */
static void put_quote(struct writer *w, struct span text, size_t start,
                      size_t end)
{
    size_t from = back(text, start, BEFORE_MAX);
    size_t to = forward(text, from, QUOTE_MAX);

    if (to < end)
        to = end - start > 4 * QUOTE_MAX ? forward(text, start, QUOTE_MAX)
                                         : end;
    if (end > to)
        end = to;
    buf_puts(w->out, from ? "\u2026" : "");
    buf_add(w->out, text.at + from, start - from);
    put_colored(w, "4", (struct span){ text.at + start, end - start });
    buf_add(w->out, text.at + end, to - end);
    buf_puts(w->out, to < text.len ? "\u2026\n" : "\n");
}

static void put_place(struct writer *w, const struct version *version,
                      const struct unit *unit)
{
    buf_puts(w->out, "    ");
    buf_puts(w->out, version->file[0] ? version->file : version->units.tag);
    if (unit->first_line)
        buf_printf(w->out, ":%u", unit->first_line);
    else if (unit->eid[0])
        buf_printf(w->out, "#%s", unit->eid);
    buf_puts(w->out, ": ");
    if (unit->label.len) {
        buf_add_span(w->out, unit->label);
        buf_putc(w->out, ' ');
    }
}

static void quote_place(struct writer *w, const struct diff_place *place)
{
    const struct version *version = &w->alignment->versions[place->version];
    unsigned end = place->unit_end;

    if (end - place->unit > UNITS_MAX)
        end = place->unit + UNITS_MAX - 1;
    for (unsigned u = place->unit; u < end; u++) {
        bool part = u == place->unit && place->start < place->end;

        put_place(w, version, &version->units.at[u]);
        put_quote(w, version->units.at[u].text, part ? place->start : 0,
                  part ? place->end : 0);
    }
    if (end < place->unit_end)
        buf_printf(w->out, "    (and %u more)\n", place->unit_end - end);
}

/* ---- records by clause --------------------------------------------------------------- */

/* "annex 1, clause 2"; "preface, field-subject". */
static void put_where(struct buf *out, const struct beads *beads, size_t bead)
{
    const struct unit *unit = bead_unit(beads, bead);

    buf_add_span(out, bead_part(beads, bead)->name);
    buf_puts(out, ", ");
    if (unit->role == ROLE_FIELD) {
        buf_add_span(out, unit->field);
    } else if (unit->clause.len) {
        buf_puts(out, "clause ");
        buf_add_span(out, unit->clause);
    } else {
        unit_put_role(out, unit);
    }
}

static void put_heading(struct writer *w, struct buf *last, size_t bead)
{
    struct buf where = { 0 };

    put_where(&where, &w->alignment->beads, bead);
    w->out->failed |= where.failed || last->failed;
    if (!span_equal(buf_span(&where), buf_span(last))) {
        if (last->len)
            buf_putc(w->out, '\n');
        put_colored(w, "1", buf_span(&where));
        buf_putc(w->out, '\n');
        buf_clear(last);
        buf_add_span(last, buf_span(&where));
    }
    buf_free(&where);
}

static void put_record(struct writer *w, const struct diff *d)
{
    buf_puts(w->out, "  ");
    put_colored(w, level_colors[d->level], span_of(diff_level_name(d->level)));
    buf_puts(w->out, ": ");
    buf_add_span(w->out, d->reason);
    buf_printf(w->out, " [%s %s]\n", diff_code_name(d->code), d->id);
    for (size_t i = 0; i < d->place_count; i++)
        quote_place(w, &d->places[i]);
}

static void put_counts(struct writer *w, const size_t *counts, size_t all)
{
    const char *between = "";

    buf_printf(w->out, "\n%zu difference%s: ", all, all == 1 ? "" : "s");
    for (int level = CLAUSIER_ERROR; level >= CLAUSIER_NOTE; level--) {
        if (!counts[level])
            continue;
        buf_printf(w->out, "%s%zu %s%s", between, counts[level],
                   diff_level_name((enum clausier_level)level),
                   counts[level] > 1 && level != CLAUSIER_NOTE ? "s" : "");
        between = ", ";
    }
    buf_putc(w->out, '\n');
}

static bool write_all(struct writer *w)
{
    const struct diffs *diffs = &w->alignment->diffs;
    size_t counts[CLAUSIER_ERROR + 1] = { 0 }, all = 0;
    struct buf last = { 0 };

    for (size_t i = 0; i < diffs->count && !w->out->failed; i++) {
        const struct diff *d = &diffs->at[i];

        if (d->hidden)
            continue;
        put_heading(w, &last, d->bead);
        put_record(w, d);
        counts[d->level]++;
        all++;
    }
    if (all)
        put_counts(w, counts, all);
    buf_free(&last);
    return !w->out->failed;
}

bool report_write(struct buf *out, const clausier_alignment *alignment)
{
    return write_all(&(struct writer){ out, alignment, false });
}

bool report_write_color(struct buf *out, const clausier_alignment *alignment)
{
    return write_all(&(struct writer){ out, alignment, true });
}
