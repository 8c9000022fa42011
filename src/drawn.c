/* Finds the tables that are drawn with lines of dashes and makes cells of their
 * columns. */
#include "drawn.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "clausier.h"

enum { COLUMNS_MAX = 32, RULER_MIN = 3, HEAD_LINES_MAX = 8 };

/* "------ ---" as columns of a screen, from 0; one without a gap has one. */
struct ruler {
    size_t starts[COLUMNS_MAX];
    size_t count;
};

/* Lines `begin` to `end` - 1; the ruler that parts the columns stands at
 * `ruler`, the rows below it end before `rows_end`. */
struct table {
    struct ruler columns;
    size_t begin, ruler, rows_end, end;
};

struct pass {
    struct lines *lines;
    struct line *out; /* the lines with cells, if there are any */
    size_t count;
    unsigned gap;     /* before the next row */
    struct buf text;  /* of a cell */
    bool failed;
};

/* ---- rulers -------------------------------------------------------------- */

static bool read_ruler(struct span text, struct ruler *ruler)
{
    size_t at = 0;

    ruler->count = 0;
    while (at < text.len) {
        size_t from = at;
        char dash = text.at[at];

        if (dash == ' ') {
            at++;
            continue;
        }
        while (at < text.len && text.at[at] == dash)
            at++;
        if ((dash != '-' && dash != '=') || at - from < RULER_MIN ||
            ruler->count == COLUMNS_MAX)
            return false;
        ruler->starts[ruler->count++] = from;
    }
    return ruler->count > 0;
}

static bool is_ruler(const struct line *line)
{
    struct ruler ruler;

    return read_ruler(line->text, &ruler);
}

/* ---- columns ------------------------------------------------------------- */

/* Where each cell of a line begins: bytes, the line's length last. False where a
 * text reaches from one column into the next. */
static bool read_columns(struct span text, const struct ruler *ruler,
                         size_t starts[COLUMNS_MAX + 1])
{
    size_t at = 0, column = 0, k = 0;

    for (; k < ruler->count; k++) {
        while (at < text.len && column < ruler->starts[k]) {
            size_t from = at;

            U8_FWD_1(text.at, at, text.len);
            column += lines_width((struct span){ text.at + from, at - from });
        }
        if (column > ruler->starts[k] ||
            (at > 0 && at < text.len && text.at[at - 1] != ' '))
            return false;
        starts[k] = at;
    }
    starts[k] = text.len;
    return !span_trim((struct span){ text.at, starts[0] }).len &&
           !memchr(text.at, '\t', text.len);
}

static struct span cell_of(struct span text, const size_t *starts, size_t k)
{
    return span_trim((struct span){ text.at + starts[k],
                                    starts[k + 1] - starts[k] });
}

static bool fits(const struct line *line, const struct ruler *ruler)
{
    size_t starts[COLUMNS_MAX + 1];

    return read_columns(line->text, ruler, starts);
}

/* ---- where a table begins and ends ----------------------------------------- */

/* The head stands on one line, or below a ruler of its own. */
static bool find_head(const struct lines *lines, struct table *t, bool *closes)
{
    size_t i = t->ruler;

    *closes = true;
    while (i > 0 && t->ruler - i < HEAD_LINES_MAX && lines->at[i].gap == 0 &&
           fits(&lines->at[i - 1], &t->columns) && !is_ruler(&lines->at[i - 1]))
        i--;
    t->begin = i;
    if (i == t->ruler)
        return lines->at[i].gap > 0 || i == 0;
    if (i > 0 && lines->at[i].gap == 0 && is_ruler(&lines->at[i - 1])) {
        t->begin--;
        return true;
    }
    *closes = false;
    return t->ruler - i == 1 && (lines->at[i].gap > 0 || i == 0);
}

/* The rows go on to the next ruler; those below a head without a ruler of its
 * own, to the next blank line. */
static bool find_rows(const struct lines *lines, struct table *t, bool closes)
{
    size_t i = t->ruler + 1;

    while (i < lines->count && !is_ruler(&lines->at[i]) &&
           fits(&lines->at[i], &t->columns) && (closes || lines->at[i].gap == 0))
        i++;
    t->rows_end = i;
    t->end = i;
    if (i < lines->count && is_ruler(&lines->at[i]) &&
        (closes || lines->at[i].gap == 0))
        t->end++;
    else if (closes || (i < lines->count && lines->at[i].gap == 0))
        return false;
    return t->rows_end > t->ruler + 1;
}

static bool find_table(const struct lines *lines, size_t i, struct table *t)
{
    bool closes;

    t->ruler = i;
    return read_ruler(lines->at[i].text, &t->columns) && t->columns.count > 1 &&
           find_head(lines, t, &closes) && find_rows(lines, t, closes);
}

/* ---- cells --------------------------------------------------------------- */

static void put_line(struct pass *p, struct line line)
{
    struct line *slot = array_push(&p->out, &p->count, sizeof *slot);

    p->failed |= !slot;
    if (slot)
        *slot = line;
}

/* The part of a line that stands in a column, as a line. */
static struct line part_of(const struct line *line, const struct ruler *ruler,
                           size_t column)
{
    size_t starts[COLUMNS_MAX + 1];
    struct line part = *line;

    read_columns(line->text, ruler, starts);
    part.text = cell_of(line->text, starts, column);
    /* The text is that of the source unless it was decoded or normalized. */
    if (line->text.len == line->origin.to - line->origin.from) {
        part.origin.from += (unsigned)(part.text.at - line->text.at);
        part.origin.to = part.origin.from + (unsigned)part.text.len;
    }
    return part;
}

/* A column of lines `from` to `to` - 1. */
static void put_cell(struct pass *p, const struct ruler *ruler, size_t column,
                     size_t from, size_t to)
{
    struct line cell = part_of(&p->lines->at[from], ruler, column);

    buf_clear(&p->text);
    buf_add_span(&p->text, cell.text);
    for (size_t i = from + 1; i < to; i++) {
        struct line part = part_of(&p->lines->at[i], ruler, column);

        if (!part.text.len)
            continue;
        if (p->text.len)
            buf_puts(&p->text, lines_between(buf_span(&p->text), part.text));
        buf_add_span(&p->text, part.text);
        cell.origin.last = part.origin.last;
        cell.origin.to = part.origin.to;
    }
    if (p->text.len > cell.text.len)
        cell.text = arena_copy(&p->lines->arena, buf_span(&p->text));
    cell.cell = true;
    cell.gap = p->gap;
    p->gap = 0;
    put_line(p, cell);
}

static void put_row(struct pass *p, const struct ruler *ruler, size_t from,
                    size_t to)
{
    for (size_t k = 0; k < ruler->count; k++)
        put_cell(p, ruler, k, from, to);
    p->gap = 1;
}

/* Whether no line of a row adds to a cell before the last that has text: only
 * then is the text of its cells in the order of the lines. */
static bool in_order(const struct pass *p, const struct ruler *ruler,
                     size_t from, size_t to)
{
    size_t starts[COLUMNS_MAX + 1], last = 0;

    for (size_t i = from; i < to; i++) {
        struct span text = p->lines->at[i].text;
        size_t first = ruler->count;

        read_columns(text, ruler, starts);
        for (size_t k = ruler->count; k-- > 0;)
            if (cell_of(text, starts, k).len)
                first = k;
        if (first < last)
            return false;
        for (size_t k = 0; k < ruler->count; k++)
            if (cell_of(text, starts, k).len)
                last = k;
    }
    return true;
}

/* A row whose cells cannot be put together without moving text is as many rows
 * as it has lines. */
static void put_rows(struct pass *p, const struct ruler *ruler, size_t from,
                     size_t to)
{
    bool whole = in_order(p, ruler, from, to);

    for (size_t i = from; i < to && !whole; i++)
        put_row(p, ruler, i, i + 1);
    if (whole && from < to)
        put_row(p, ruler, from, to);
}

static bool has_gaps(const struct lines *lines, size_t from, size_t to)
{
    while (from < to && lines->at[from].gap == 0)
        from++;
    return from < to;
}

static void put_table(struct pass *p, const struct table *t)
{
    struct lines *lines = p->lines;
    size_t head = t->begin + is_ruler(&lines->at[t->begin]), from, to;
    bool gaps = has_gaps(lines, t->ruler + 2, t->rows_end);

    p->gap = lines->at[t->begin].gap ? lines->at[t->begin].gap : 1;
    for (size_t i = t->begin; i < t->end; i++)
        if (is_ruler(&lines->at[i]))
            p->failed |= !lines_aside(lines, "src:tableRule",
                                      span_trim(lines->at[i].text),
                                      lines->at[i].origin);
    if (head < t->ruler)
        put_rows(p, &t->columns, head, t->ruler);
    for (from = t->ruler + 1; from < t->rows_end; from = to) {
        to = from + 1;
        while (gaps && to < t->rows_end && lines->at[to].gap == 0)
            to++;
        put_rows(p, &t->columns, from, to);
    }
}

/* ---- the pass ------------------------------------------------------------ */

static void take_table(struct pass *p, const struct table *t, size_t done)
{
    const struct lines *lines = p->lines;

    for (size_t i = done; i < t->begin; i++)
        put_line(p, lines->at[i]);
    put_table(p, t);
}

/* `done` is the line behind the last that was taken. */
int drawn_take(struct lines *lines)
{
    struct pass p = { .lines = lines };
    struct table table;
    size_t done = 0;

    for (size_t i = 0; i < lines->count && !p.failed; i++)
        if (find_table(lines, i, &table) && table.begin >= done) {
            take_table(&p, &table, done);
            i = table.end - 1;
            done = table.end;
            if (done < lines->count && lines->at[done].gap == 0)
                lines->at[done].gap = 1;
        }
    for (size_t i = done; i < lines->count && done && !p.failed; i++)
        put_line(&p, lines->at[i]);
    if (done && !p.failed) {
        free(lines->at);
        lines->at = p.out;
        lines->count = p.count;
        p.out = NULL;
    }
    free(p.out);
    p.failed |= p.text.failed;
    buf_free(&p.text);
    return p.failed || lines->arena.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
