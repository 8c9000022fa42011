/* Finds the tables whose columns spaces part: numbered rows, others, rows with
 * their hours. */
#include <ctype.h>
#include <string.h>

#include "drawing.h"

/* ---- numbered rows ------------------------------------------------------- */

/* "12   Tides": the number of a row; 0 where none begins on the line. */
static unsigned row_number(struct span text)
{
    size_t at = span_run(text, 0, ' '), digits;
    unsigned number =
        lines_number((struct span){ text.at + at, text.len - at }, &digits);

    at += digits;
    if (at < text.len && strchr(".)", text.at[at]))
        at++;
    return span_run(text, at, ' ') >= GAP_AFTER_NUMBER ? number : 0;
}

/* Each row has cells enough, and not all of them are lines of contents. */
static bool are_rows(const struct lines *lines, const struct table *t)
{
    bool pages = t->columns.count == NUMBERED_COLUMNS_MIN;

    for (size_t i = t->ruler; i < t->rows_end; i++) {
        const struct line *line = &lines->at[i];

        if (!row_number(line->text) ||
            span_run(line->text, 0, ' ') >= t->columns.starts[1])
            continue;
        if (columns_count_cells(line, &t->columns) < NUMBERED_COLUMNS_MIN)
            return false;
        pages &= columns_end_in_page(line, &t->columns);
    }
    return !pages;
}

/* Rows that count on by one, with what stands below their cells; the line above
 * them is their head, if it has the same columns. Lines before `*next` have
 * been looked at in vain. */
bool spaced_find_numbered(const struct lines *lines, size_t i, struct table *t,
                          size_t *next)
{
    bool used[SPACED_WIDTH_MAX] = { 0 };
    unsigned number = row_number(lines->at[i].text), rows = 1;
    size_t indent = span_run(lines->at[i].text, 0, ' '), end = i + 1;

    if (i < *next || !number || !columns_use(used, lines->at[i].text))
        return false;
    for (; end < lines->count && lines->at[end].gap == 0; end++) {
        struct span text = lines->at[end].text;

        if (row_number(text) == number + rows)
            rows++;
        else if (span_run(text, 0, ' ') < indent + GAP_AFTER_NUMBER)
            break;
        if (!columns_use(used, text))
            break;
    }
    *next = end;
    *t = (struct table){ .form = FORM_NUMBERED,
                         .begin = i,
                         .ruler = i,
                         .rows_end = end,
                         .end = end };
    if (rows < ROWS_MIN ||
        !columns_find(used, &t->columns, NUMBERED_COLUMNS_MIN, GAP_MIN) ||
        !are_rows(lines, t))
        return false;
    if (i > 0 && lines->at[i].gap <= 1 &&
        columns_count_cells(&lines->at[i - 1], &t->columns) >=
            NUMBERED_COLUMNS_MIN)
        t->begin--;
    return true;
}

/* ---- other rows ---------------------------------------------------------- */

/* "Tides     2019     12". */
static bool has_gap(struct span text)
{
    text = span_trim(text);
    return memmem(text.at, text.len, "   ", GAP_MIN) != NULL;
}

static bool has_gap_inside(const struct line *line,
                           const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1];
    bool gap = false;

    columns_read(line->text, columns, starts);
    for (size_t k = 0; k < columns->count; k++)
        gap |= has_gap(columns_cell(columns, line->text, starts, k));
    return gap;
}

/* A table of line `i` alone, if that has columns of spaces. */
static bool begin_wrapped(const struct lines *lines, size_t i, size_t least,
                          size_t gap, bool used[SPACED_WIDTH_MAX],
                          struct table *t)
{
    *t = (struct table){ .form = FORM_SPACED, .begin = i, .end = i + 1 };
    return columns_use(used, lines->at[i].text) &&
           columns_find(used, &t->columns, least, gap);
}

/* Whether each column is still the same one, if wider to the left: a note below
 * the rows may have as many. */
static bool are_same(const struct columns *before, const struct columns *now)
{
    for (size_t k = 0; k < before->count; k++)
        if (before->starts[k] < now->starts[k] ||
            (k + 1 < now->count && before->starts[k] >= now->starts[k + 1]))
            return false;
    return true;
}

/* "10:00 - 10:30" in the first column. */
static bool begins_with_hours(const struct line *line,
                              const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1];

    return columns_read(line->text, columns, starts) &&
           parted_is_when(columns_cell(columns, line->text, starts, 0));
}

/* Takes one more line, if that leaves the columns as many as they are. Below a
 * blank line, as pages have them between rows, only a whole row goes on; in a
 * programme, any that begins with its hours. */
static bool go_on_wrapped(const struct lines *lines, size_t least, size_t gap,
                          bool used[SPACED_WIDTH_MAX], struct table *t,
                          bool timed)
{
    bool more[SPACED_WIDTH_MAX];
    struct columns columns = { 0 };

    if (t->end >= lines->count || lines->at[t->end].gap > 1 ||
        columns_is_ruler(&lines->at[t->end]))
        return false;
    memcpy(more, used, sizeof more);
    if (!columns_use(more, lines->at[t->end].text) ||
        !columns_find(more, &columns, least, gap) ||
        columns.count != t->columns.count || !are_same(&t->columns, &columns) ||
        (lines->at[t->end].gap > 0 &&
         !(timed && begins_with_hours(&lines->at[t->end], &columns)) &&
         (columns.count < NUMBERED_COLUMNS_MIN ||
          !columns_are_full(&lines->at[t->end], &columns))))
        return false;
    memcpy(used, more, sizeof more);
    t->columns = columns;
    t->end++;
    return true;
}

/* The lines from `i` on that have columns of spaces as the first one has; false
 * where that has too few. Each line may only narrow the blanks between them. */
static bool read_wrapped(const struct lines *lines, size_t i, size_t least,
                         size_t gap, struct table *t)
{
    bool used[SPACED_WIDTH_MAX] = { 0 };

    if (!begin_wrapped(lines, i, least, gap, used, t))
        return false;
    while (go_on_wrapped(lines, least, gap, used, t, false))
        ;
    return true;
}

/* Whether each text of the line begins where its column does. */
static bool begin_in_columns(struct span text, const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1];

    if (!columns_read(text, columns, starts))
        return false;
    for (size_t k = 0; k < columns->count; k++)
        if (columns_cell(columns, text, starts, k).len &&
            text.at[starts[k]] == ' ')
            return false;
    return true;
}

/* Whole rows, the first line one of them, and lines that go on with cells of
 * the row above; what goes on with a first cell only and is the last may be a
 * text below. */
static size_t count_wrapped(const struct lines *lines, struct table *t,
                            bool captioned)
{
    size_t rows = 0, keep = t->begin, starts[COLUMNS_MAX + 1];
    /* Contents have no more than a number, a title and a page. */
    bool pages = !captioned && t->columns.count <= NUMBERED_COLUMNS_MIN;

    for (size_t i = t->begin; i < t->end; i++) {
        const struct line *line = &lines->at[i];
        bool whole = columns_are_full(line, &t->columns) ||
                     (captioned && columns_are_marked(line, &t->columns));

        if (columns_have_colon(line, &t->columns) ||
            has_gap_inside(line, &t->columns) ||
            !(whole || begin_in_columns(line->text, &t->columns)))
            break;
        rows += whole;
        pages &=
            !whole || i == t->begin || columns_end_in_page(line, &t->columns);
        columns_read(line->text, &t->columns, starts);
        if (whole || !columns_cell(&t->columns, line->text, starts, 0).len ||
            columns_count_cells(line, &t->columns) > 1)
            keep = i + 1;
    }
    t->end = keep;
    return pages ? 0 : rows;
}

/* A head and one row below a blank line, whose cells go on below them. */
static bool are_head_and_row(struct drawing *p, const struct table *t)
{
    const struct lines *lines = p->lines;
    size_t row = t->begin + 1;

    while (row < t->end && !columns_are_full(&lines->at[row], &t->columns))
        row++;
    return row < t->end && lines->at[row].gap == 1 &&
           parted_are_headed(p, t, row);
}

static bool read_rows(struct drawing *p, size_t i, struct table *t,
                      size_t least, bool captioned)
{
    const struct lines *lines = p->lines;
    size_t rows;

    if (!read_wrapped(lines, i, least, captioned ? GAP_MIN - 1 : GAP_MIN, t))
        return false;
    if (p->run_end < t->end)
        p->run_end = t->end;
    if (!columns_are_full(&lines->at[i], &t->columns))
        return false;
    rows = count_wrapped(lines, t, captioned);
    return rows >= (size_t)(captioned ? ROWS_MIN - 1 : ROWS_MIN) ||
           (rows == 2 && are_head_and_row(p, t));
}

/* Three rows and more of three columns and more, or fewer below a caption. The
 * first line of a run may be no row, so that the next ones are tried as well,
 * but not all of a long run, since each reads all that follow. */
enum { RUN_TRIES_MAX = 40 };

bool spaced_find_plain(struct drawing *p, size_t i, struct table *t,
                       size_t *next)
{
    const struct lines *lines = p->lines;
    bool captioned, first;

    if (i < *next || !has_gap(lines->at[i].text))
        return false;
    p->run_tries = i < p->run_end ? p->run_tries + 1 : 0;
    if (p->run_tries > RUN_TRIES_MAX) {
        *next = p->run_end;
        return false;
    }
    if (i == 0 && read_wrapped(lines, i, SUBJECT_COLUMNS, GAP_MIN, t) &&
        parted_is_letterhead(p, t))
        return true;
    captioned = parted_is_below_caption(p, i);
    first = i == 0 || lines->at[i].gap > 0 || !has_gap(lines->at[i - 1].text);
    if (read_rows(p, i, t, captioned ? 2 : NUMBERED_COLUMNS_MIN, captioned))
        return true;
    *next = first ? i + 1 : t->end;
    return !captioned && read_rows(p, i, t, SUBJECT_COLUMNS, false) &&
           (parted_are_dated(p, t) || parted_are_announced(lines, t) ||
            parted_are_subjects(lines, t));
}

/* ---- rows with their hours ----------------------------------------------- */

/* Whether the last line of the table begins with hours, or goes on below them:
 * `*rows` counts the former. */
static bool is_in_programme(const struct lines *lines, const struct table *t,
                            size_t *rows)
{
    size_t starts[COLUMNS_MAX + 1];
    struct span text = lines->at[t->end - 1].text, when;

    if (!columns_read(text, &t->columns, starts))
        return false;
    when = columns_cell(&t->columns, text, starts, 0);
    *rows += when.len > 0;
    return !when.len || parted_is_when(when);
}

/* "08:30 - 09:30     Registration": rows that begin with the hours, two and
 * more, and what stands below them in the other columns. Lines before `*next`
 * have been looked at in vain. */
bool spaced_find_programme(const struct lines *lines, size_t i, struct table *t,
                           size_t *next)
{
    bool used[SPACED_WIDTH_MAX] = { 0 };
    struct span text = span_trim(lines->at[i].text);
    struct table longer;
    size_t rows = 0, more;

    if (i < *next || !text.len || !isdigit((unsigned char)*text.at) ||
        !has_gap(text) ||
        !begin_wrapped(lines, i, SUBJECT_COLUMNS, GAP_MIN - 1, used, &longer) ||
        !is_in_programme(lines, &longer, &rows))
        return false;
    more = rows;
    do {
        *t = longer;
        rows = more;
    } while (go_on_wrapped(lines, SUBJECT_COLUMNS, GAP_MIN - 1, used, &longer,
                           true) &&
             is_in_programme(lines, &longer, &more));
    t->form = FORM_PROGRAMME;
    *next = t->end;
    return rows > 1;
}
