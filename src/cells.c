/* Makes cells of the columns of tables. */
#include <stdlib.h>
#include <string.h>

#include "drawing.h"

void cells_put_line(struct drawing *p, struct line line)
{
    struct line *slot = array_push(&p->out, &p->count, sizeof *slot);

    p->failed |= !slot;
    if (slot)
        *slot = line;
}

/* The part of a line that stands in a column, as a line. */
static struct line part_of(const struct line *line,
                           const struct columns *columns, size_t column)
{
    size_t starts[COLUMNS_MAX + 1];
    struct line part = *line;

    columns_read(line->text, columns, starts);
    part.text = columns_cell(columns, line->text, starts, column);
    /* The text is that of the source unless it was decoded or normalized. */
    if (line->text.len == line->origin.to - line->origin.from) {
        part.origin.from += (unsigned)(part.text.at - line->text.at);
        part.origin.to = part.origin.from + (unsigned)part.text.len;
    }
    return part;
}

/* "– ITU-T Sector Members;" below "– Member States;", and what stands below a
 * line without text: paragraphs of a cell. */
static bool begins_paragraph(const struct drawing *p,
                             const struct columns *columns, size_t i,
                             struct span above, struct span text)
{
    static const char *const bullets[] = { "- ", "\u2013 ", "\u2022 ", "* " };

    if (columns_count_cells(&p->lines->at[i - 1], columns) == 0)
        return true;
    if (!lines_ends_sentence(above) && !lines_ends_in_comma(above))
        return false;
    for (size_t k = 0; k < sizeof bullets / sizeof *bullets; k++)
        if (text.len > strlen(bullets[k]) &&
            memcmp(text.at, bullets[k], strlen(bullets[k])) == 0)
            return true;
    return false;
}

/* The text that was put together, as a line. */
static void put_text(struct drawing *p, struct line line)
{
    if (p->text.len > line.text.len)
        line.text = arena_copy(&p->lines->arena, buf_span(&p->text));
    cells_put_line(p, line);
}

/* A column of lines `from` to `to` - 1. */
static void put_cell(struct drawing *p, const struct columns *columns,
                     size_t column, size_t from, size_t to)
{
    struct line cell = part_of(&p->lines->at[from], columns, column);

    cell.cell = true;
    cell.gap = p->gap;
    p->gap = 0;
    buf_clear(&p->text);
    buf_add_span(&p->text, cell.text);
    for (size_t i = from + 1; i < to; i++) {
        struct line part = part_of(&p->lines->at[i], columns, column);

        if (!part.text.len)
            continue;
        if (p->text.len &&
            begins_paragraph(p, columns, i, buf_span(&p->text), part.text)) {
            put_text(p, cell);
            cell = part;
            cell.cell = false;
            cell.gap = 0;
            buf_clear(&p->text);
        } else if (p->text.len) {
            buf_puts(&p->text, lines_between(buf_span(&p->text), part.text));
        }
        buf_add_span(&p->text, part.text);
        cell.origin.last = part.origin.last;
        cell.origin.to = part.origin.to;
    }
    put_text(p, cell);
}

static void put_row(struct drawing *p, const struct columns *columns,
                    size_t from, size_t to)
{
    for (size_t k = 0; k < columns->count; k++)
        put_cell(p, columns, k, from, to);
    p->gap = 1;
}

/* Whether no line of a row adds to a cell before the last that has text: only
 * then is the text of its cells in the order of the lines. */
static bool in_order(const struct drawing *p, const struct columns *columns,
                     size_t from, size_t to)
{
    size_t starts[COLUMNS_MAX + 1], last = 0;

    for (size_t i = from; i < to; i++) {
        struct span text = p->lines->at[i].text;

        columns_read(text, columns, starts);
        for (size_t k = 0; k < columns->count; k++) {
            if (!columns_cell(columns, text, starts, k).len)
                continue;
            if (k < last)
                return false;
            last = k;
        }
    }
    return true;
}

/* A row whose cells cannot be put together without moving text is as many rows
 * as it has lines. */
static void put_rows(struct drawing *p, const struct columns *columns,
                     size_t from, size_t to)
{
    bool whole = in_order(p, columns, from, to);

    for (size_t i = from; i < to && !whole; i++)
        put_row(p, columns, i, i + 1);
    if (whole && from < to)
        put_row(p, columns, from, to);
}

static bool has_gaps(const struct lines *lines, size_t from, size_t to)
{
    while (from < to && lines->at[from].gap == 0)
        from++;
    return from < to;
}

/* The number begins each of the rows. */
static void put_numbered(struct drawing *p, const struct table *t)
{
    size_t starts[COLUMNS_MAX + 1], to;
    struct lines *lines = p->lines;

    if (t->begin < t->ruler)
        put_rows(p, &t->columns, t->begin, t->ruler);
    for (size_t from = t->ruler; from < t->rows_end; from = to) {
        for (to = from + 1; to < t->rows_end; to++) {
            struct span text = lines->at[to].text;

            columns_read(text, &t->columns, starts);
            if (columns_cell(&t->columns, text, starts, 0).len)
                break;
        }
        put_rows(p, &t->columns, from, to);
    }
}

/* What was drawn on a line. */
static void put_aside(struct drawing *p, const struct line *line,
                      struct span drawn)
{
    p->failed |= !lines_aside(p->lines, "src:tableRule", drawn, line->origin);
}

static struct span signs_of(struct drawing *p, char sign, size_t count)
{
    buf_clear(&p->text);
    while (count-- > 0)
        buf_putc(&p->text, sign);
    return arena_copy(&p->lines->arena, buf_span(&p->text));
}

/* Where nothing is drawn between rows: whether a line goes on with the row that
 * began at line `from`. */
typedef bool goes_on_fn(const struct lines *lines,
                        const struct columns *columns, size_t from, size_t i);

static void put_undrawn(struct drawing *p, const struct table *t,
                        goes_on_fn *goes_on)
{
    for (size_t from = t->begin, to; from < t->end; from = to) {
        for (to = from + 1; to < t->end; to++)
            if (!goes_on(p->lines, &t->columns, from, to))
                break;
        put_rows(p, &t->columns, from, to);
    }
}

/* Each cell begins at the top of its row. */
static bool is_below_top(const struct lines *lines,
                         const struct columns *columns, size_t from, size_t i)
{
    size_t top[COLUMNS_MAX + 1], here[COLUMNS_MAX + 1];
    struct span first = lines->at[from].text, text = lines->at[i].text;

    columns_read(first, columns, top);
    columns_read(text, columns, here);
    if (columns_cell(columns, text, here, 0).len)
        return false;
    for (size_t k = 1; k < columns->count; k++)
        if (columns_cell(columns, text, here, k).len &&
            !columns_cell(columns, first, top, k).len)
            return false;
    return true;
}

/* A row of a grid may have fewer cells than others. */
static void put_barred_row(struct drawing *p, const struct table *t,
                           size_t from, size_t to)
{
    struct columns row = t->columns;

    if (from == to)
        return;
    row.count = drawn_count_bars(&p->lines->at[from]) - 1;
    put_rows(p, &row, from, to);
}

/* A ruler begins each of the rows, or what stands in their columns. */
static void put_barred(struct drawing *p, const struct table *t)
{
    struct lines *lines = p->lines;
    size_t from = t->begin;

    for (size_t i = t->begin; i < t->end; i++) {
        const struct line *line = &lines->at[i];
        bool ruler = drawn_is_bar_ruler(line);

        put_aside(p, line,
                  ruler ? drawn_shown(line)
                        : signs_of(p, '|', drawn_count_bars(line)));
        if (!ruler)
            continue;
        put_barred_row(p, t, from, i);
        from = i + 1;
    }
    if (t->ruled)
        put_barred_row(p, t, from, t->end);
    else
        put_undrawn(p, t, is_below_top);
}

/* An empty cell, before those of the line. */
static void put_none(struct drawing *p, struct line line)
{
    line.text.len = 0;
    line.origin.to = line.origin.from;
    line.cell = true;
    line.gap = p->gap;
    cells_put_line(p, line);
    p->gap = 0;
}

/* Each line is a row, or goes on with the last cell. Above numbers the head has
 * an empty cell, where it has none. */
static void put_open(struct drawing *p, const struct table *t)
{
    struct columns row = t->columns;

    for (size_t i = t->begin; i < t->end; i++) {
        struct line *line = &p->lines->at[i];
        bool ruler = row.sign == '|' && drawn_is_open_ruler(line);
        size_t signs = drawn_count_signs(&row, line->text);

        row.count = signs + 1;
        if (ruler || signs)
            put_aside(p, line,
                      ruler ? drawn_shown(line) : signs_of(p, row.sign, signs));
        if (i == t->begin && t->ruler > i)
            put_none(p, *line);
        if (!ruler && signs)
            put_row(p, &row, i, i + 1);
        else if (!ruler)
            cells_put_line(p, *line);
    }
}

static void put_lines(struct drawing *p, const struct table *t)
{
    for (size_t i = t->begin; i < t->end; i++)
        put_row(p, &t->columns, i, i + 1);
}

/* A line with a text in each column begins each of the rows. */
static bool lacks_cells(const struct lines *lines,
                        const struct columns *columns, size_t from, size_t i)
{
    (void)from;
    return !columns_are_full(&lines->at[i], columns) &&
           !columns_are_marked(&lines->at[i], columns);
}

static void put_spaced(struct drawing *p, const struct table *t)
{
    put_undrawn(p, t, lacks_cells);
}

static void go_on_with_row(struct drawing *p, struct line line)
{
    struct line *cell = p->count ? &p->out[p->count - 1] : NULL;

    line.text = span_trim(line.text);
    p->failed |= !cell || !lines_join(p->lines, cell, &line,
                                      lines_between(cell->text, line.text));
}

/* Above the numbers the head has an empty cell, where it has none. */
static void put_tabbed(struct drawing *p, const struct table *t)
{
    struct columns head = t->columns;

    if (t->begin < t->ruler) {
        head.count = columns_count_tabs(p->lines->at[t->begin].text) + 1;
        if (head.count < t->columns.count)
            put_none(p, p->lines->at[t->begin]);
        put_row(p, &head, t->begin, t->ruler);
    }
    for (size_t i = t->ruler; i < t->rows_end; i++) {
        head.count = columns_count_tabs(p->lines->at[i].text) + 1;
        if (i > t->ruler && tabbed_goes_on(&p->lines->at[i]))
            go_on_with_row(p, p->lines->at[i]);
        else
            put_row(p, &head, i, i + 1);
    }
}

/* A further paragraph of the last cell. */
static void put_below(struct drawing *p, struct line line)
{
    line.text = span_trim(line.text);
    line.cell = false;
    line.gap = 0;
    cells_put_line(p, line);
}

/* Whether the line has a text in its last column only, with a sign or number
 * before it perhaps. */
static bool is_of_last_cell(const struct line *line,
                            const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1];

    columns_read(line->text, columns, starts);
    for (size_t k = 0; k + 1 < columns->count; k++)
        if (columns_cell(columns, line->text, starts, k).len)
            return false;
    return true;
}

/* Below its first line, what happens in an hour has lines of its own. */
static void put_programme(struct drawing *p, const struct table *t)
{
    const struct lines *lines = p->lines;

    for (size_t from = t->begin, to; from < t->end; from = to) {
        bool last = true;

        for (to = from + 1;
             to < t->end && is_below_top(lines, &t->columns, from, to); to++)
            last &= is_of_last_cell(&lines->at[to], &t->columns);
        put_rows(p, &t->columns, from, last ? from + 1 : to);
        for (size_t i = from + 1; last && i < to; i++)
            put_below(p, lines->at[i]);
    }
}

/* Without the TAB before it. */
static void unlead(struct line *line)
{
    bool same = line->text.len == line->origin.to - line->origin.from;

    line->text = (struct span){ line->text.at + 1, line->text.len - 1 };
    line->origin.from += same;
}

static void put_timed(struct drawing *p, const struct table *t)
{
    struct columns ruler = { .sign = '\t' };

    for (size_t i = t->begin; i < t->end; i++) {
        if (t->form == FORM_TIMED && *p->lines->at[i].text.at == '\t') {
            put_below(p, p->lines->at[i]);
            continue;
        }
        if (t->led)
            unlead(&p->lines->at[i]);
        ruler.count = columns_count_tabs(p->lines->at[i].text) + 1;
        put_row(p, &ruler, i, i + 1);
    }
}

static void put_table(struct drawing *p, const struct table *t)
{
    struct lines *lines = p->lines;
    size_t head = t->begin + columns_is_ruler(&lines->at[t->begin]), from, to;
    bool gaps = has_gaps(lines, t->ruler + 2, t->rows_end);

    for (size_t i = t->begin; i < t->end; i++)
        if (columns_is_ruler(&lines->at[i]))
            put_aside(p, &lines->at[i], drawn_shown(&lines->at[i]));
    if (head < t->ruler)
        put_rows(p, &t->columns, head, t->ruler);
    for (from = t->ruler + 1; from < t->rows_end; from = to) {
        to = from + 1;
        while (gaps && to < t->rows_end && lines->at[to].gap == 0)
            to++;
        put_rows(p, &t->columns, from, to);
    }
}

void cells_take(struct drawing *p, const struct table *t, size_t done)
{
    static void (*const put[FORMS])(struct drawing * p,
                                    const struct table *t) = {
        [FORM_RULED] = put_table,         [FORM_NUMBERED] = put_numbered,
        [FORM_BARRED] = put_barred,       [FORM_SPACED] = put_spaced,
        [FORM_TABBED] = put_tabbed,       [FORM_TIMED] = put_timed,
        [FORM_PROGRAMME] = put_programme, [FORM_PLAIN] = put_lines,
        [FORM_UNEVEN] = put_timed,        [FORM_OPEN] = put_open,
    };
    unsigned least = done && done == t->begin ? 2 : 1;

    for (size_t i = done; i < t->begin; i++)
        cells_put_line(p, p->lines->at[i]);
    /* One blank line parts rows, and more of them tables. */
    p->gap = p->lines->at[t->begin].gap;
    if (p->gap < least)
        p->gap = least;
    put[t->form](p, t);
}
