/* Knows where the columns of a drawn table stand, and what its rows have in
 * them. */
#include <ctype.h>
#include <string.h>
#include <unicode/utf8.h>

#include "drawing.h"

enum { PAGE_DIGITS_MAX = 3 };

bool columns_read_ruler(struct span text, struct columns *columns)
{
    size_t at = 0;

    *columns = (struct columns){ .count = 0 };
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
            columns->count == COLUMNS_MAX)
            return false;
        columns->starts[columns->count++] = from;
    }
    return columns->count > 0;
}

bool columns_is_ruler(const struct line *line)
{
    struct columns ruler;

    return columns_read_ruler(line->text, &ruler);
}

/* From column `k` on the line has none: their cells are empty. */
static bool end_early(struct span text, const struct columns *columns, size_t k,
                      size_t starts[COLUMNS_MAX + 1])
{
    bool early = k < columns->count;

    for (; k <= columns->count; k++)
        starts[k] = text.len;
    return early;
}

bool columns_part_at(const struct columns *columns, struct span text, size_t at)
{
    if (text.at[at] != columns->sign)
        return false;
    return !columns->open || ((at == 0 || text.at[at - 1] == ' ') &&
                              (at + 1 == text.len || text.at[at + 1] == ' '));
}

/* Behind each bar of "| Place | Date |" but the last; before and behind each
 * TAB, or bar of "Place | Date". */
static bool read_signs(struct span text, const struct columns *columns,
                       size_t starts[COLUMNS_MAX + 1])
{
    size_t k = 0;

    if (columns->sign == '\t' || columns->open)
        starts[k++] = 0;
    for (size_t at = 0; at < text.len && k < columns->count; at++)
        if (columns_part_at(columns, text, at))
            starts[k++] = at + 1;
    return !end_early(text, columns, k, starts);
}

bool columns_read(struct span text, const struct columns *columns,
                  size_t starts[COLUMNS_MAX + 1])
{
    size_t at = 0, column = 0, k = 0;

    if (columns->sign)
        return read_signs(text, columns, starts);
    for (; k < columns->count; k++) {
        while (at < text.len && column < columns->starts[k]) {
            size_t from = at;

            U8_FWD_1(text.at, at, text.len);
            column += lines_width((struct span){ text.at + from, at - from });
        }
        if (column > columns->starts[k] ||
            (at > 0 && at < text.len && text.at[at - 1] != ' '))
            return !end_early(text, columns, k, starts);
        starts[k] = at;
    }
    starts[k] = text.len;
    return !span_trim((struct span){ text.at, starts[0] }).len &&
           !memchr(text.at, '\t', text.len);
}

struct span columns_cell(const struct columns *columns, struct span text,
                         const size_t *starts, size_t k)
{
    size_t end = columns->sign ? starts[k] : starts[k + 1];

    while (end < starts[k + 1] && !columns_part_at(columns, text, end))
        end++;
    return span_trim(span_between(text.at + starts[k], text.at + end));
}

bool columns_fit(const struct line *line, const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1];

    return columns_read(line->text, columns, starts);
}

bool columns_use(bool used[SPACED_WIDTH_MAX], struct span text)
{
    size_t column = 0;

    if (memchr(text.at, '\t', text.len))
        return false;
    for (size_t at = 0; at < text.len;) {
        size_t from = at, width;

        U8_FWD_1(text.at, at, text.len);
        width = lines_width((struct span){ text.at + from, at - from });
        if (column + width > SPACED_WIDTH_MAX)
            return false;
        if (text.at[from] != ' ')
            memset(used + column, true, width);
        column += width;
    }
    return true;
}

bool columns_find(const bool used[SPACED_WIDTH_MAX], struct columns *columns,
                  size_t least, size_t gap)
{
    size_t blank = gap;

    columns->count = 0;
    for (size_t c = 0; c < SPACED_WIDTH_MAX; c++) {
        if (used[c] &&
            blank >= (columns->count == 1 ? GAP_AFTER_NUMBER : gap)) {
            if (columns->count == COLUMNS_MAX)
                return false;
            columns->starts[columns->count++] = c;
        }
        blank = used[c] ? 0 : blank + 1;
    }
    return columns->count >= least;
}

size_t columns_count_cells(const struct line *line,
                           const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1], cells = 0;

    if (!columns_read(line->text, columns, starts))
        return 0;
    for (size_t k = 0; k < columns->count; k++)
        cells += columns_cell(columns, line->text, starts, k).len > 0;
    return cells;
}

bool columns_are_full(const struct line *line, const struct columns *columns)
{
    return columns_count_cells(line, columns) == columns->count;
}

bool columns_are_marked(const struct line *line, const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1], marks = 0;

    if (!columns_read(line->text, columns, starts) ||
        !columns_cell(columns, line->text, starts, 0).len)
        return false;
    for (size_t k = 1; k < columns->count; k++) {
        struct span cell = columns_cell(columns, line->text, starts, k);

        if (lines_width(cell) > 1)
            return false;
        marks += cell.len > 0;
    }
    return marks > 0;
}

/* "PAGEREF _Toc1234 \\h 3": the code of a field that tells the page is still
 * there. */
static struct span without_code(struct span cell)
{
    static const char code[] = "PAGEREF ";
    const char *space;

    cell = span_trim(cell);
    if (cell.len < sizeof code || memcmp(cell.at, code, sizeof code - 1) != 0)
        return cell;
    space = memrchr(cell.at, ' ', cell.len);
    return span_between(space + 1, cell.at + cell.len);
}

bool columns_end_in_page(const struct line *line, const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1];
    struct span last;

    if (!columns_read(line->text, columns, starts))
        return false;
    last = without_code(
        columns_cell(columns, line->text, starts, columns->count - 1));
    for (size_t i = 0; i < last.len; i++)
        if (!isdigit((unsigned char)last.at[i]))
            return false;
    return last.len > 0 && last.len <= PAGE_DIGITS_MAX;
}

bool columns_have_colon(const struct line *line, const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1];
    bool colon = false;

    columns_read(line->text, columns, starts);
    for (size_t k = 0; k < columns->count; k++)
        colon |=
            lines_ends_in_colon(columns_cell(columns, line->text, starts, k));
    return colon;
}

size_t columns_count_tabs(struct span text)
{
    return span_count(text, '\t');
}
