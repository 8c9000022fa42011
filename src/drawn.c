/* Finds the tables that are drawn with lines of dashes or with bars, or whose
 * columns only spaces or TABs part, and makes cells of these. */
#include "drawn.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

#include "clausier.h"

enum { COLUMNS_MAX = 32, RULER_MIN = 3, HEAD_LINES_MAX = 8 };

/* "------ ---" as columns of a screen, from 0; one without a gap has one. Where
 * a sign parts the columns, a bar or a TAB, there are only so many. */
struct ruler {
    size_t starts[COLUMNS_MAX];
    size_t count;
    char sign; /* or 0 */
};

/* What parts the columns, and the rows. */
enum form {
    FORM_RULED,
    FORM_NUMBERED,
    FORM_BARRED,
    FORM_SPACED,
    FORM_TABBED,
    FORM_TIMED,
    FORM_PLAIN,
    FORMS
};

/* Lines `begin` to `end` - 1; the ruler that parts the columns stands at
 * `ruler`, the rows below it end before `rows_end`. */
struct table {
    enum form form;
    struct ruler columns;
    size_t begin, ruler, rows_end, end;
};

struct pass {
    struct lines *lines;
    struct scanner *scanner;
    struct folded folded;
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

    *ruler = (struct ruler){ .count = 0 };
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

/* Behind each bar of "| Place | Date |" but the last; before and behind each
 * TAB. */
static bool read_signs(struct span text, const struct ruler *ruler,
                       size_t starts[COLUMNS_MAX + 1])
{
    size_t k = 0;

    if (ruler->sign == '\t')
        starts[k++] = 0;
    for (size_t at = 0; at < text.len && k < ruler->count; at++)
        if (text.at[at] == ruler->sign)
            starts[k++] = at + 1;
    starts[ruler->count] = text.len;
    return k == ruler->count;
}

/* Where each cell of a line begins: bytes, the line's length last. False where a
 * text reaches from one column into the next. */
static bool read_columns(struct span text, const struct ruler *ruler,
                         size_t starts[COLUMNS_MAX + 1])
{
    size_t at = 0, column = 0, k = 0;

    if (ruler->sign)
        return read_signs(text, ruler, starts);
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

static struct span cell_of(const struct ruler *ruler, struct span text,
                           const size_t *starts, size_t k)
{
    struct span cell = { text.at + starts[k], starts[k + 1] - starts[k] };

    const char *end = ruler->sign ? memchr(cell.at, ruler->sign, cell.len) : NULL;

    if (end)
        cell.len = (size_t)(end - cell.at);
    return span_trim(cell);
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

    *t = (struct table){ .form = FORM_RULED, .ruler = i };
    return read_ruler(lines->at[i].text, &t->columns) && t->columns.count > 1 &&
           find_head(lines, t, &closes) && find_rows(lines, t, closes);
}

/* ---- numbered rows --------------------------------------------------------- */

enum {
    SPACED_WIDTH_MAX = 240,
    ROWS_MIN = 3,
    NUMBERED_COLUMNS_MIN = 3,
    GAP_AFTER_NUMBER = 2,
    GAP_MIN = 3,
    PAGE_DIGITS_MAX = 3
};

static size_t count_spaces(struct span text, size_t at)
{
    size_t spaces = 0;

    while (at + spaces < text.len && text.at[at + spaces] == ' ')
        spaces++;
    return spaces;
}

/* "12   Tides": the number of a row; 0 where none begins on the line. */
static unsigned row_number(struct span text)
{
    size_t at = count_spaces(text, 0), digits;
    unsigned number = lines_number(
        (struct span){ text.at + at, text.len - at }, &digits);

    at += digits;
    if (at < text.len && strchr(".)", text.at[at]))
        at++;
    return count_spaces(text, at) >= GAP_AFTER_NUMBER ? number : 0;
}

/* Marks the columns of the screen that the text uses; false where it has more
 * than a screen has. */
static bool use_columns(bool used[SPACED_WIDTH_MAX], struct span text)
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

/* A column begins behind spaces that all lines have in the same place. */
static bool find_columns(const bool used[SPACED_WIDTH_MAX], struct ruler *ruler,
                         size_t least, size_t gap)
{
    size_t blank = gap;

    ruler->count = 0;
    for (size_t c = 0; c < SPACED_WIDTH_MAX; c++) {
        if (used[c] && blank >= (ruler->count == 1 ? GAP_AFTER_NUMBER : gap)) {
            if (ruler->count == COLUMNS_MAX)
                return false;
            ruler->starts[ruler->count++] = c;
        }
        blank = used[c] ? 0 : blank + 1;
    }
    return ruler->count >= least;
}

static size_t count_cells(const struct line *line, const struct ruler *ruler)
{
    size_t starts[COLUMNS_MAX + 1], cells = 0;

    if (!read_columns(line->text, ruler, starts))
        return 0;
    for (size_t k = 0; k < ruler->count; k++)
        cells += cell_of(ruler, line->text, starts, k).len > 0;
    return cells;
}

/* "1   Scope      3": contents have a page in the last column. */
static bool ends_in_page(const struct line *line, const struct ruler *ruler)
{
    size_t starts[COLUMNS_MAX + 1];
    struct span last;

    if (!read_columns(line->text, ruler, starts))
        return false;
    last = cell_of(ruler, line->text, starts, ruler->count - 1);
    for (size_t i = 0; i < last.len; i++)
        if (!isdigit((unsigned char)last.at[i]))
            return false;
    return last.len > 0 && last.len <= PAGE_DIGITS_MAX;
}

/* Each row has cells enough, and not all of them are lines of contents. */
static bool are_rows(const struct lines *lines, const struct table *t)
{
    bool pages = t->columns.count == NUMBERED_COLUMNS_MIN;

    for (size_t i = t->ruler; i < t->rows_end; i++) {
        const struct line *line = &lines->at[i];

        if (!row_number(line->text) ||
            count_spaces(line->text, 0) >= t->columns.starts[1])
            continue;
        if (count_cells(line, &t->columns) < NUMBERED_COLUMNS_MIN)
            return false;
        pages &= ends_in_page(line, &t->columns);
    }
    return !pages;
}

/* Rows that count on by one, with what stands below their cells; the line above
 * them is their head, if it has the same columns. Lines before `*next` have been
 * looked at in vain. */
static bool find_numbered(const struct lines *lines, size_t i, struct table *t,
                          size_t *next)
{
    bool used[SPACED_WIDTH_MAX] = { 0 };
    unsigned number = row_number(lines->at[i].text), rows = 1;
    size_t indent = count_spaces(lines->at[i].text, 0), end = i + 1;

    if (i < *next || !number || !use_columns(used, lines->at[i].text))
        return false;
    for (; end < lines->count && lines->at[end].gap == 0; end++) {
        struct span text = lines->at[end].text;

        if (row_number(text) == number + rows)
            rows++;
        else if (count_spaces(text, 0) < indent + GAP_AFTER_NUMBER)
            break;
        if (!use_columns(used, text))
            break;
    }
    *next = end;
    *t = (struct table){ .form = FORM_NUMBERED, .begin = i, .ruler = i,
                         .rows_end = end, .end = end };
    if (rows < ROWS_MIN ||
        !find_columns(used, &t->columns, NUMBERED_COLUMNS_MIN, GAP_MIN) ||
        !are_rows(lines, t))
        return false;
    if (i > 0 && lines->at[i].gap <= 1 &&
        count_cells(&lines->at[i - 1], &t->columns) >= NUMBERED_COLUMNS_MIN)
        t->begin--;
    return true;
}

/* ---- bars -------------------------------------------------------------------- */

enum { BARS_MIN = 3 };

static struct span shown(const struct line *line)
{
    return span_trim(line->text);
}

/* "+----+===+" or "|----|:--:|". */
static bool is_bar_ruler(const struct line *line)
{
    struct span text = shown(line);

    if (text.len < RULER_MIN || !strchr("+|", text.at[0]) ||
        !(memmem(text.at, text.len, "--", 2) || memmem(text.at, text.len, "==", 2)))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("+|-=: ", text.at[i]))
            return false;
    return true;
}

/* The bars of a line that begins and ends with one; else 0. */
static size_t count_bars(const struct line *line)
{
    struct span text = shown(line);
    size_t bars = 0;

    if (!text.len || text.at[0] != '|' || text.at[text.len - 1] != '|')
        return 0;
    for (size_t i = 0; i < text.len; i++)
        bars += text.at[i] == '|';
    return bars;
}

/* Two rows and more that have bars alike, and a drawn line among them. Lines
 * before `*next` have been looked at in vain. */
static bool find_barred(const struct lines *lines, size_t i, struct table *t,
                        size_t *next)
{
    size_t bars = 0, rows = 0, rulers = 0, end = i;
    bool alike = true;

    if (i < *next || (!count_bars(&lines->at[i]) && !is_bar_ruler(&lines->at[i])))
        return false;
    for (; end < lines->count && (end == i || lines->at[end].gap == 0); end++) {
        size_t here = count_bars(&lines->at[end]);
        bool ruler = is_bar_ruler(&lines->at[end]);

        if (!ruler && !here)
            break;
        bars = ruler || bars ? bars : here;
        alike &= ruler || here == bars;
        rulers += ruler;
        rows += !ruler;
    }
    *next = end;
    *t = (struct table){ .form = FORM_BARRED,
                         .columns = { .count = bars - 1, .sign = '|' },
                         .begin = i, .end = end };
    return alike && rulers && rows > 1 && bars >= BARS_MIN &&
           bars <= COLUMNS_MAX;
}

/* ---- what cells say ------------------------------------------------------------ */

static bool has_colon(const struct line *line, const struct ruler *ruler)
{
    size_t starts[COLUMNS_MAX + 1];
    bool colon = false;

    read_columns(line->text, ruler, starts);
    for (size_t k = 0; k < ruler->count; k++)
        colon |= lines_ends_in_colon(cell_of(ruler, line->text, starts, k));
    return colon;
}

/* ---- numbered rows that TABs part ---------------------------------------------- */

static size_t count_tabs(struct span text)
{
    size_t tabs = 0;

    for (size_t at = 0; at < text.len; at++)
        tabs += text.at[at] == '\t';
    return tabs;
}

/* Indented below a row, and no row itself: its last cell goes on. */
static bool goes_on_row(const struct line *line)
{
    struct span text = span_trim(line->text);

    return line->gap == 0 && text.len &&
           (line->text.at[0] == '\t' || line->text.at[0] == ' ') &&
           !count_tabs(text) && lines_width(text) <= SPACED_WIDTH_MAX;
}

/* Clauses and contents may have TABs in them as well: those are long, or say
 * what is to come, these end in pages. `*even` tells whether all rows have all
 * columns. */
static bool are_tabbed_rows(const struct lines *lines, const struct table *t,
                            bool *even)
{
    bool pages = true;

    for (size_t i = t->ruler; i < t->rows_end; i++) {
        const struct line *line = &lines->at[i];

        if (goes_on_row(line))
            continue;
        if (lines_width(line->text) > SPACED_WIDTH_MAX ||
            has_colon(line, &t->columns))
            return false;
        *even &= count_tabs(line->text) + 1 == t->columns.count;
        pages &= ends_in_page(line, &t->columns);
    }
    return !pages;
}

/* The head may leave out the column of the numbers. */
static bool is_tabbed_head(const struct line *line, const struct ruler *columns)
{
    size_t tabs = count_tabs(line->text);

    return !line->cell && tabs > 0 && !lines_row_number(line->text) &&
           (tabs + 1 == columns->count || tabs + 2 == columns->count);
}

/* "2.1" and a TAB, below the row 2. */
static bool is_row_below(struct span text, unsigned number)
{
    size_t at, end;

    if (lines_number(text, &at) != number || at == text.len ||
        text.at[at] != '.')
        return false;
    text = (struct span){ text.at + at + 1, text.len - at - 1 };
    return lines_number(text, &end) && end < text.len && text.at[end] == '\t';
}

/* The rows that count on by one from line `i` on, and, if wanted, those below
 * them: how many; the widest has the columns of the table. */
static size_t read_tabbed(const struct lines *lines, size_t i, bool below,
                          struct table *t)
{
    unsigned number = lines_row_number(lines->at[i].text);
    size_t end = i, rows = 0, columns = 0;

    for (; end < lines->count && (end == i || lines->at[end].gap == 0); end++) {
        struct span text = lines->at[end].text;
        size_t cells = count_tabs(text) + 1;

        if (end > i && lines_row_number(text) == number + 1)
            number++;
        else if (end > i && goes_on_row(&lines->at[end]))
            continue;
        else if (end > i && !(below && is_row_below(text, number)))
            break;
        columns = cells > columns ? cells : columns;
        rows++;
    }
    *t = (struct table){ .form = FORM_TABBED,
                         .columns = { .count = columns, .sign = '\t' },
                         .begin = i, .ruler = i, .rows_end = end, .end = end };
    return rows;
}

/* Where the rows are not all alike, the head above them must say how many
 * columns there are. */
static bool are_tabbed(const struct lines *lines, size_t i, struct table *t,
                       bool below)
{
    bool even = !below, head;
    size_t rows = read_tabbed(lines, i, below, t);

    if (rows < ROWS_MIN || t->columns.count < NUMBERED_COLUMNS_MIN ||
        t->columns.count > COLUMNS_MAX || !are_tabbed_rows(lines, t, &even))
        return false;
    head = i > 0 && lines->at[i].gap <= 1 &&
           is_tabbed_head(&lines->at[i - 1], &t->columns);
    if (!even &&
        !(head && count_tabs(lines->at[i - 1].text) + 1 == t->columns.count))
        return false;
    t->begin -= head;
    return true;
}

/* Numbered rows. Lines before `*next` have been looked at in vain. */
static bool find_tabbed(const struct lines *lines, size_t i, struct table *t,
                        size_t *next)
{
    if (i < *next || !lines_row_number(lines->at[i].text))
        return false;
    if (are_tabbed(lines, i, t, true) || are_tabbed(lines, i, t, false))
        return true;
    *next = t->end;
    return false;
}

/* ---- items with their hours ---------------------------------------------------- */

/* "09:30-09:45", "9 h 30": digits and what stands in hours. */
static bool is_hours(struct span text)
{
    unsigned digits = 0, signs = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (isdigit(c))
            digits++;
        else if (i > 0 && isdigit((unsigned char)text.at[i - 1]) &&
                 (c == ':' || c == '.' || c == 'h'))
            signs++;
        else if (c != ' ' && c != '-' && c != 'h' && c < 0x80)
            return false;
    }
    return signs > 0 && digits >= 3 && digits <= 8;
}

/* "3.1", a TAB, its title, documents perhaps, and behind the last TAB when. */
static bool is_timed_row(const struct line *line)
{
    struct span text = line->text;
    const char *tab = text.len ? memrchr(text.at, '\t', text.len) : NULL;
    size_t at = 0;

    while (at < text.len && (isdigit((unsigned char)text.at[at]) ||
                             (at > 0 && text.at[at] == '.')))
        at++;
    return tab && at > 0 && text.at[at] == '\t' && tab > text.at + at &&
           count_tabs(text) < COLUMNS_MAX &&
           is_hours(span_trim(span_between(tab + 1, text.at + text.len)));
}

/* Two such rows and more, a blank line between them perhaps. */
static bool find_timed(const struct lines *lines, size_t i, struct table *t,
                       size_t *next)
{
    size_t end = i;

    if (i < *next || !is_timed_row(&lines->at[i]))
        return false;
    while (end < lines->count && (end == i || lines->at[end].gap <= 1) &&
           is_timed_row(&lines->at[end]))
        end++;
    *next = end;
    *t = (struct table){ .form = FORM_TIMED, .begin = i, .end = end };
    return end - i > 1;
}

/* ---- other rows that TABs part ------------------------------------------------- */

static bool is_caption(struct pass *p, const struct line *line)
{
    return !line->cell && line->text.len &&
           scanner_reads(p->scanner, &p->folded, line, KIND_CAPTION, "table",
                         NULL);
}

/* On the line above, or the one above that, where the title has its own. */
static bool is_below_caption(struct pass *p, size_t i)
{
    const struct line *at = p->lines->at;

    return i > 0 && at[i].gap <= 1 &&
           (is_caption(p, &at[i - 1]) ||
            (i > 1 && at[i - 1].gap <= 1 && !count_tabs(at[i - 1].text) &&
             is_caption(p, &at[i - 2])));
}

/* No TAB before it makes the line a cell. */
static bool is_row_of(const struct line *line, size_t tabs)
{
    return !line->cell && line->text.len && line->text.at[0] != '\t' &&
           count_tabs(line->text) == tabs &&
           lines_width(line->text) <= SPACED_WIDTH_MAX;
}

static bool is_labelled(struct pass *p, const struct line *line)
{
    static const enum kind labels[] = { KIND_CLAUSE, KIND_ITEM, KIND_BULLET,
                                        KIND_NOTE };

    if (!scanner_fold(p->scanner, &p->folded, line->text, line->folds))
        return true;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (scanner_is_named(p->scanner, labels[i], NULL, &p->folded, NULL))
            return true;
    return false;
}

/* No caption has to say that these are rows: three and more, each with a text
 * in each of three columns and more, which are no clauses, fields or contents.
 */
static bool are_plain_rows(struct pass *p, const struct table *t)
{
    bool pages = true;

    if (t->end - t->begin < ROWS_MIN || t->columns.count < NUMBERED_COLUMNS_MIN)
        return false;
    for (size_t i = t->begin; i < t->end; i++) {
        const struct line *line = &p->lines->at[i];

        if (count_cells(line, &t->columns) < t->columns.count ||
            has_colon(line, &t->columns) || is_labelled(p, line))
            return false;
        pages &= ends_in_page(line, &t->columns);
    }
    return !pages;
}

/* Two rows and more of as many columns. Lines before `*next` have been looked
 * at in vain. */
static bool find_plain(struct pass *p, size_t i, struct table *t, size_t *next)
{
    const struct lines *lines = p->lines;
    size_t tabs = count_tabs(lines->at[i].text), end = i;

    if (i < *next || !tabs || tabs >= COLUMNS_MAX)
        return false;
    while (end < lines->count && (end == i || lines->at[end].gap == 0) &&
           is_row_of(&lines->at[end], tabs))
        end++;
    *next = end > i ? end : i + 1;
    *t = (struct table){ .form = FORM_PLAIN,
                         .columns = { .count = tabs + 1, .sign = '\t' },
                         .begin = i,
                         .end = end };
    return end > i + 1 && (is_below_caption(p, i) || are_plain_rows(p, t));
}

/* ---- rows that spaces part ------------------------------------------------------ */

/* "Tides     2019     12". */
static bool has_gap(struct span text)
{
    text = span_trim(text);
    return memmem(text.at, text.len, "   ", GAP_MIN) != NULL;
}

static bool has_gap_inside(const struct line *line, const struct ruler *ruler)
{
    size_t starts[COLUMNS_MAX + 1];
    bool gap = false;

    read_columns(line->text, ruler, starts);
    for (size_t k = 0; k < ruler->count; k++)
        gap |= has_gap(cell_of(ruler, line->text, starts, k));
    return gap;
}

/* Each row has a text in each column, and none of them says what is to come, as
 * the fields of a header do. */
static bool are_spaced_rows(const struct lines *lines, const struct table *t,
                            bool captioned)
{
    bool pages = !captioned;

    for (size_t i = t->begin; i < t->end; i++) {
        const struct line *line = &lines->at[i];

        if (count_cells(line, &t->columns) < t->columns.count ||
            has_colon(line, &t->columns) || has_gap_inside(line, &t->columns))
            return false;
        pages &= i == t->begin || ends_in_page(line, &t->columns);
    }
    return !pages;
}

/* Rows that have a text in each of their columns: three and more of three and
 * more, or fewer below a caption; no contents. The first line of a run may be
 * no row, so that the second is tried as well. */
static bool find_spaced(struct pass *p, size_t i, struct table *t, size_t *next)
{
    const struct lines *lines = p->lines;
    bool used[SPACED_WIDTH_MAX] = { 0 }, captioned, first;
    size_t end = i;

    if (i < *next || !has_gap(lines->at[i].text))
        return false;
    while (end < lines->count && (end == i || lines->at[end].gap == 0) &&
           has_gap(lines->at[end].text) &&
           use_columns(used, lines->at[end].text))
        end++;
    first = i == 0 || lines->at[i].gap > 0 || !has_gap(lines->at[i - 1].text);
    *next = end > i && !first ? end : i + 1;
    *t = (struct table){ .form = FORM_SPACED, .begin = i, .end = end };
    captioned = is_below_caption(p, i);
    return end - i >= (captioned ? ROWS_MIN - 1 : ROWS_MIN) &&
           find_columns(used, &t->columns, captioned ? 2 : NUMBERED_COLUMNS_MIN,
                        captioned ? GAP_MIN - 1 : GAP_MIN) &&
           are_spaced_rows(lines, t, captioned) &&
           (first ||
            count_cells(&lines->at[i - 1], &t->columns) < NUMBERED_COLUMNS_MIN);
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
    part.text = cell_of(ruler, line->text, starts, column);
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

        read_columns(text, ruler, starts);
        for (size_t k = 0; k < ruler->count; k++) {
            if (!cell_of(ruler, text, starts, k).len)
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

/* The number begins each of the rows. */
static void put_numbered(struct pass *p, const struct table *t)
{
    size_t starts[COLUMNS_MAX + 1], to;
    struct lines *lines = p->lines;

    if (t->begin < t->ruler)
        put_rows(p, &t->columns, t->begin, t->ruler);
    for (size_t from = t->ruler; from < t->rows_end; from = to) {
        for (to = from + 1; to < t->rows_end; to++) {
            struct span text = lines->at[to].text;

            read_columns(text, &t->columns, starts);
            if (cell_of(&t->columns, text, starts, 0).len)
                break;
        }
        put_rows(p, &t->columns, from, to);
    }
}

/* What was drawn on a line. */
static void put_aside(struct pass *p, const struct line *line, struct span drawn)
{
    p->failed |= !lines_aside(p->lines, "src:tableRule", drawn, line->origin);
}

static struct span bars_of(struct pass *p, size_t count)
{
    buf_clear(&p->text);
    while (count-- > 0)
        buf_putc(&p->text, '|');
    return arena_copy(&p->lines->arena, buf_span(&p->text));
}

/* A ruler or the first column begins each of the rows. */
static void put_barred(struct pass *p, const struct table *t)
{
    struct lines *lines = p->lines;
    struct span bars = bars_of(p, t->columns.count + 1);
    size_t from = t->begin;

    for (size_t i = t->begin; i < t->end; i++) {
        bool ruler = is_bar_ruler(&lines->at[i]);

        put_aside(p, &lines->at[i], ruler ? shown(&lines->at[i]) : bars);
        if (!ruler)
            continue;
        put_rows(p, &t->columns, from, i);
        from = i + 1;
    }
    put_rows(p, &t->columns, from, t->end);
}

static void put_lines(struct pass *p, const struct table *t)
{
    for (size_t i = t->begin; i < t->end; i++)
        put_row(p, &t->columns, i, i + 1);
}

static void go_on_with_row(struct pass *p, struct line line)
{
    struct line *cell = p->count ? &p->out[p->count - 1] : NULL;

    line.text = span_trim(line.text);
    p->failed |= !cell || !lines_join(p->lines, cell, &line,
                                      lines_between(cell->text, line.text));
}

/* Above the numbers the head has an empty cell, where it has none. */
static void put_tabbed(struct pass *p, const struct table *t)
{
    struct ruler head = t->columns;
    struct line none;

    if (t->begin < t->ruler) {
        none = p->lines->at[t->begin];
        head.count = count_tabs(none.text) + 1;
        none.text.len = 0;
        none.origin.to = none.origin.from;
        none.cell = true;
        none.gap = p->gap;
        if (head.count < t->columns.count) {
            put_line(p, none);
            p->gap = 0;
        }
        put_row(p, &head, t->begin, t->ruler);
    }
    for (size_t i = t->ruler; i < t->rows_end; i++) {
        head.count = count_tabs(p->lines->at[i].text) + 1;
        if (i > t->ruler && goes_on_row(&p->lines->at[i]))
            go_on_with_row(p, p->lines->at[i]);
        else
            put_row(p, &head, i, i + 1);
    }
}

static void put_timed(struct pass *p, const struct table *t)
{
    struct ruler ruler = { .sign = '\t' };

    for (size_t i = t->begin; i < t->end; i++) {
        ruler.count = count_tabs(p->lines->at[i].text) + 1;
        put_row(p, &ruler, i, i + 1);
    }
}

static void put_table(struct pass *p, const struct table *t)
{
    struct lines *lines = p->lines;
    size_t head = t->begin + is_ruler(&lines->at[t->begin]), from, to;
    bool gaps = has_gaps(lines, t->ruler + 2, t->rows_end);

    for (size_t i = t->begin; i < t->end; i++)
        if (is_ruler(&lines->at[i]))
            put_aside(p, &lines->at[i], shown(&lines->at[i]));
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
    static void (*const put[FORMS])(struct pass * p, const struct table *t) = {
        [FORM_RULED] = put_table,   [FORM_NUMBERED] = put_numbered,
        [FORM_BARRED] = put_barred, [FORM_SPACED] = put_lines,
        [FORM_TABBED] = put_tabbed, [FORM_TIMED] = put_timed,
        [FORM_PLAIN] = put_lines,
    };
    unsigned least = done && done == t->begin ? 2 : 1;

    for (size_t i = done; i < t->begin; i++)
        put_line(p, p->lines->at[i]);
    /* One blank line parts rows, and more of them tables. */
    p->gap = p->lines->at[t->begin].gap;
    if (p->gap < least)
        p->gap = least;
    put[t->form](p, t);
}

static bool find_any(struct pass *p, size_t i, struct table *t,
                     size_t next[FORMS])
{
    const struct lines *lines = p->lines;

    return find_table(lines, i, t) || find_plain(p, i, t, &next[FORM_PLAIN]) ||
           find_numbered(lines, i, t, &next[FORM_NUMBERED]) ||
           find_barred(lines, i, t, &next[FORM_BARRED]) ||
           find_spaced(p, i, t, &next[FORM_SPACED]) ||
           find_tabbed(lines, i, t, &next[FORM_TABBED]) ||
           find_timed(lines, i, t, &next[FORM_TIMED]);
}

/* `done` is the line behind the last that was taken. */
int drawn_take(struct lines *lines, struct scanner *scanner)
{
    struct pass p = { .lines = lines, .scanner = scanner };
    struct table table;
    size_t done = 0, next[FORMS] = { 0 };

    for (size_t i = 0; i < lines->count && !p.failed; i++)
        if (find_any(&p, i, &table, next) && table.begin >= done) {
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
    folded_free(&p.folded);
    return p.failed || lines->arena.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
