/* Finds the tables whose columns only spaces or TABs part. */
#include <ctype.h>
#include <string.h>
#include <unicode/utf8.h>

#include "drawing.h"

/* ---- numbered rows --------------------------------------------------------- */

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
    unsigned number =
        lines_number((struct span){ text.at + at, text.len - at }, &digits);

    at += digits;
    if (at < text.len && strchr(".)", text.at[at]))
        at++;
    return count_spaces(text, at) >= GAP_AFTER_NUMBER ? number : 0;
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
        if (columns_count_cells(line, &t->columns) < NUMBERED_COLUMNS_MIN)
            return false;
        pages &= columns_end_in_page(line, &t->columns);
    }
    return !pages;
}

/* Rows that count on by one, with what stands below their cells; the line above
 * them is their head, if it has the same columns. Lines before `*next` have
 * been looked at in vain. */
bool parted_find_numbered(const struct lines *lines, size_t i, struct table *t,
                          size_t *next)
{
    bool used[SPACED_WIDTH_MAX] = { 0 };
    unsigned number = row_number(lines->at[i].text), rows = 1;
    size_t indent = count_spaces(lines->at[i].text, 0), end = i + 1;

    if (i < *next || !number || !columns_use(used, lines->at[i].text))
        return false;
    for (; end < lines->count && lines->at[end].gap == 0; end++) {
        struct span text = lines->at[end].text;

        if (row_number(text) == number + rows)
            rows++;
        else if (count_spaces(text, 0) < indent + GAP_AFTER_NUMBER)
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

/* ---- numbered rows that TABs part ---------------------------------------------- */

bool parted_goes_on(const struct line *line)
{
    struct span text = span_trim(line->text);

    return line->gap == 0 && text.len &&
           (line->text.at[0] == '\t' || line->text.at[0] == ' ') &&
           !columns_count_tabs(text) && lines_width(text) <= SPACED_WIDTH_MAX;
}

/* No clause that contents name has a number as high as a year. */
enum { CLAUSE_NUMBER_MAX = 999 };

/* Clauses and contents may have TABs in them as well: those are long, or say
 * what is to come, these end in pages. `*even` tells whether all rows have all
 * columns. */
static bool are_tabbed_rows(const struct lines *lines, const struct table *t,
                            bool *even)
{
    bool pages = true;

    for (size_t i = t->ruler; i < t->rows_end; i++) {
        const struct line *line = &lines->at[i];

        if (parted_goes_on(line))
            continue;
        if (lines_width(line->text) > SPACED_WIDTH_MAX ||
            columns_have_colon(line, &t->columns))
            return false;
        *even &= columns_count_tabs(line->text) + 1 == t->columns.count;
        pages &= columns_end_in_page(line, &t->columns) &&
                 lines_row_number(line->text) <= CLAUSE_NUMBER_MAX;
    }
    return !pages;
}

/* "5.3" and a TAB. */
static bool begins_with_clause(struct span text)
{
    size_t at = 0;

    lines_number(text, &at);
    return at > 0 && at + 1 < text.len && text.at[at] == '.' &&
           isdigit((unsigned char)text.at[at + 1]);
}

/* The head may leave out the column of the numbers. */
static bool is_tabbed_head(const struct line *line,
                           const struct columns *columns)
{
    size_t tabs = columns_count_tabs(line->text);

    return !line->cell && tabs > 0 && !lines_row_number(line->text) &&
           !begins_with_clause(line->text) &&
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

/* How far above a table the clause that it stands in begins at most. */
enum { CLAUSE_LINES_MAX = 40 };

/* "3" or "3.", and a TAB. */
static unsigned clause_number(struct span text)
{
    size_t at;
    unsigned number = lines_number(text, &at);

    at += number && at < text.len && text.at[at] == '.';
    return at < text.len && text.at[at] == '\t' ? number : 0;
}

/* "3" and a TAB below the rows 1 and 2, where the table stands in clause 2: the
 * next clause, if it has no more cells. */
static bool is_next_clause(const struct lines *lines, size_t table, size_t i)
{
    struct span text = lines->at[i].text;
    size_t least = table > CLAUSE_LINES_MAX ? table - CLAUSE_LINES_MAX : 0;
    unsigned number = clause_number(text), above;

    if (columns_count_tabs(text) != 1 ||
        (i + 1 < lines->count &&
         clause_number(lines->at[i + 1].text) == number + 1))
        return false;
    while (table-- > least) {
        above = clause_number(lines->at[table].text);
        if (above)
            return above + 1 == number &&
                   columns_count_tabs(lines->at[table].text) == 1;
    }
    return false;
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
        size_t cells = columns_count_tabs(text) + 1;

        if (end > i && lines_row_number(text) == number + 1 &&
            !(columns > 2 && is_next_clause(lines, i, end)))
            number++;
        else if (end > i && parted_goes_on(&lines->at[end]))
            continue;
        else if (end > i && !(below && is_row_below(text, number)))
            break;
        columns = cells > columns ? cells : columns;
        rows++;
    }
    *t = (struct table){ .form = FORM_TABBED,
                         .columns = { .count = columns, .sign = '\t' },
                         .begin = i,
                         .ruler = i,
                         .rows_end = end,
                         .end = end };
    return rows;
}

/* Where the rows are not all alike, the head above them must say how many
 * columns there are. */
static bool are_tabbed(const struct lines *lines, size_t i, struct table *t,
                       bool below)
{
    bool even = !below, head, whole;
    size_t rows = read_tabbed(lines, i, below, t);

    head = i > 0 && lines->at[i].gap <= 1 &&
           is_tabbed_head(&lines->at[i - 1], &t->columns);
    whole = head &&
            columns_count_tabs(lines->at[i - 1].text) + 1 == t->columns.count;
    if (rows + whole < ROWS_MIN || t->columns.count < NUMBERED_COLUMNS_MIN ||
        t->columns.count > COLUMNS_MAX || !are_tabbed_rows(lines, t, &even) ||
        (!even && !whole))
        return false;
    t->begin -= head;
    return true;
}

/* Numbered rows. Lines before `*next` have been looked at in vain. */
bool parted_find_tabbed(const struct lines *lines, size_t i, struct table *t,
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
        else if ((c == 'h' && digits) ||
                 ((c == ':' || c == '.') && i > 0 &&
                  isdigit((unsigned char)text.at[i - 1])))
            signs++;
        else if (c != ' ' && c != '-' && c != 'h' && c < 0x80)
            return false;
    }
    return signs > 0 && digits >= 3 && digits <= 8;
}

/* What no number of a clause looks like: "09:30", "9 h 30", "9.30 - 10.00". */
static bool is_when(struct span text)
{
    bool sign = false;

    for (size_t i = 0; i < text.len && !sign; i++)
        sign = strchr(":h-", text.at[i]) || (unsigned char)text.at[i] >= 0x80;
    return sign && is_hours(text);
}

/* "09:30-10:00", a TAB, and what is then. */
static bool begins_with_hours(struct span text)
{
    const char *tab = text.len ? memchr(text.at, '\t', text.len) : NULL;

    return tab && is_when(span_trim(span_between(text.at, tab))) &&
           columns_count_tabs(text) < COLUMNS_MAX;
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
           columns_count_tabs(text) < COLUMNS_MAX &&
           is_hours(span_trim(span_between(tab + 1, text.at + text.len)));
}

static bool is_led(const struct line *line)
{
    return line->text.len && *line->text.at == '\t';
}

/* Two such rows and more, a blank line between them perhaps; behind a TAB alone
 * stands more of what is then. */
bool parted_find_timed(const struct lines *lines, size_t i, struct table *t,
                       size_t *next)
{
    size_t end = i, rows = 0;
    bool first = begins_with_hours(lines->at[i].text);

    if (i < *next || !(first || is_timed_row(&lines->at[i])))
        return false;
    for (; end < lines->count && (end == i || lines->at[end].gap <= 1); end++)
        if (first ? begins_with_hours(lines->at[end].text)
                  : is_timed_row(&lines->at[end]))
            rows++;
        else if (!first || !lines->at[end].text.len ||
                 !is_led(&lines->at[end]) || lines->at[end].gap > 0)
            break;
    *next = end;
    *t = (struct table){ .form = FORM_TIMED, .begin = i, .end = end };
    return rows > 1;
}

/* ---- numbered subjects and their documents ----------------------------------------- */

enum { SUBJECT_COLUMNS = 2, DOCUMENT_WIDTH_MAX = 30 };

/* "Subjects" and "Documents", and below that "1 Tides" and "C31/12", up to
 * where the numbers do not go on. */
static bool are_subjects(const struct lines *lines, struct table *t)
{
    size_t starts[COLUMNS_MAX + 1], digits;
    unsigned number = 0;

    if (t->columns.count != SUBJECT_COLUMNS ||
        lines_has_digit(lines->at[t->begin].text))
        return false;
    for (size_t i = t->begin; i < t->end; i++) {
        struct span text = span_trim(lines->at[i].text), last;

        if (!parted_is_whole_row(&lines->at[i], &t->columns))
            continue;
        columns_read(lines->at[i].text, &t->columns, starts);
        last = columns_cell(&t->columns, lines->at[i].text, starts, 1);
        if (lines_width(last) > DOCUMENT_WIDTH_MAX ||
            lines_ends_sentence(last) ||
            (i > t->begin && (lines_number(text, &digits) != number + 1 ||
                              text.at[digits] != ' '))) {
            t->end = i;
            break;
        }
        number += i > t->begin;
    }
    return number + 1 >= ROWS_MIN;
}

/* ---- other rows that TABs part ------------------------------------------------- */

/* In the middle of its line, perhaps. */
static bool is_caption(struct drawing *p, const struct line *line)
{
    struct line bare = *line;

    bare.text = span_trim(line->text);
    return !line->cell && bare.text.len &&
           scanner_reads(p->scanner, &p->folded, &bare, KIND_CAPTION, "table",
                         NULL);
}

/* On the line above, or the one above that, where the title has its own. */
static bool is_below_caption(struct drawing *p, size_t i)
{
    const struct line *at = p->lines->at;

    return i > 0 && at[i].gap <= 1 &&
           (is_caption(p, &at[i - 1]) ||
            (i > 1 && at[i - 1].gap <= 1 &&
             !columns_count_tabs(at[i - 1].text) && is_caption(p, &at[i - 2])));
}

/* No TAB before it makes the line a cell. */
static bool is_row_of(const struct line *line, size_t tabs)
{
    return !line->cell && line->text.len && line->text.at[0] != '\t' &&
           columns_count_tabs(line->text) == tabs &&
           lines_width(line->text) <= SPACED_WIDTH_MAX;
}

static bool is_labelled(struct drawing *p, const struct line *line)
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

/* "1.1", a TAB, "WP 1", a TAB and "Utopia", below a head of as many columns: no
 * clause, though it has the number of one. */
static bool is_below_head(struct drawing *p, const struct table *t, size_t i)
{
    const struct line *line = &p->lines->at[i];

    return i > t->begin && u_isdigit(span_first(line->text)) &&
           !lines_ends_sentence(line->text) &&
           !lines_has_digit(p->lines->at[t->begin].text) &&
           !is_labelled(p, &p->lines->at[t->begin]);
}

/* No caption has to say that these are rows: three and more, each with a text
 * in each of three columns and more, which are no clauses, fields or contents.
 */
static bool are_plain_rows(struct drawing *p, const struct table *t)
{
    bool pages = true;

    if (t->end - t->begin < ROWS_MIN || t->columns.count < NUMBERED_COLUMNS_MIN)
        return false;
    for (size_t i = t->begin; i < t->end; i++) {
        const struct line *line = &p->lines->at[i];

        if (columns_count_cells(line, &t->columns) < t->columns.count ||
            columns_have_colon(line, &t->columns) ||
            (is_labelled(p, line) && !is_below_head(p, t, i)))
            return false;
        pages &= columns_end_in_page(line, &t->columns);
    }
    return !pages;
}

/* "1 April 2031", a TAB and "Opening": two days and more, and what is then,
 * below "Date" and "Action" perhaps. */
static bool are_dated(struct drawing *p, const struct table *t)
{
    size_t days = 0;

    if (t->columns.count != 2)
        return false;
    for (size_t i = t->begin; i < t->end; i++) {
        struct span text = p->lines->at[i].text, first = text;
        const char *tab = memchr(text.at, '\t', text.len);

        if (tab)
            first = span_trim(span_between(text.at, tab));
        if (lines_has_digit(first) && scanner_is_day(p->scanner, first))
            days++;
        else if (i > t->begin || lines_has_digit(text))
            return false;
    }
    return days > 1;
}

/* Where the clause begins that follows the one with the table in it, if its
 * rows have no numbers. */
static size_t before_clause(const struct lines *lines, const struct table *t)
{
    size_t i = t->begin + 2;

    if (t->columns.count != 2 || i > t->end ||
        clause_number(lines->at[t->begin + 1].text))
        return t->end;
    while (i < t->end && !(clause_number(lines->at[i].text) &&
                           is_next_clause(lines, t->begin, i)))
        i++;
    return i;
}

/* Two rows and more of as many columns, which blank lines part all or none.
 * Lines before `*next` have been looked at in vain. */
bool parted_find_plain(struct drawing *p, size_t i, struct table *t,
                       size_t *next)
{
    const struct lines *lines = p->lines;
    size_t tabs = columns_count_tabs(lines->at[i].text), end = i;
    unsigned gap = i + 1 < lines->count && lines->at[i + 1].gap == 1;

    if (i < *next || !tabs || tabs >= COLUMNS_MAX)
        return false;
    while (end < lines->count && (end == i || lines->at[end].gap == gap) &&
           is_row_of(&lines->at[end], tabs))
        end++;
    *next = end > i ? end : i + 1;
    *t = (struct table){ .form = FORM_PLAIN,
                         .columns = { .count = tabs + 1, .sign = '\t' },
                         .begin = i,
                         .end = end };
    t->end = before_clause(lines, t);
    return end > i + 1 &&
           (is_below_caption(p, i) || are_plain_rows(p, t) || are_dated(p, t) ||
            (!columns_end_in_page(&lines->at[i + 1], &t->columns) &&
             are_subjects(lines, t)));
}

/* ---- uneven rows that TABs part --------------------------------------------------- */

enum { YEAR_DIGITS = 4 };

struct rows {
    size_t count, cells; /* of the last */
    size_t led;          /* with a TAB before them */
    size_t wide;         /* with three columns and more */
    bool even, pages;
    bool whole; /* no cell is empty */
};

/* "K. Marsh", "2029" and "9 h 30 - 10 h 45" in the first cell look like labels
 * only. */
static bool is_mere_text(struct span text)
{
    const char *tab = memchr(text.at, '\t', text.len);
    struct span first = span_between(text.at, tab ? tab : text.at);
    size_t digits = 0;

    while (digits < first.len && isdigit((unsigned char)first.at[digits]))
        digits++;
    return (digits == YEAR_DIGITS && digits == first.len) || is_when(first) ||
           (first.len > 2 && isupper((unsigned char)first.at[0]) &&
            first.at[1] == '.' && first.at[2] == ' ');
}

/* "G" before "gain", behind a TAB: no chapter begins so. */
static bool is_symbol(struct span text)
{
    return text.len > 1 && isupper((unsigned char)text.at[0]) &&
           text.at[1] == '\t';
}

/* What was found in brackets before a text may hide a label; below a caption no
 * clause has TABs enough for three columns. */
static bool is_uneven_row(struct drawing *p, const struct line *line,
                          bool captioned)
{
    struct line bare = *line;
    struct columns columns = { .sign = '\t' };

    bare.text = span_trim(line->text);
    columns.count = columns_count_tabs(bare.text) + 1;
    return columns.count > 1 && columns.count < COLUMNS_MAX &&
           *bare.text.at != '[' && lines_width(bare.text) <= SPACED_WIDTH_MAX &&
           !columns_have_colon(&bare, &columns) &&
           (is_mere_text(bare.text) || (is_led(line) && is_symbol(bare.text)) ||
            (captioned && columns.count >= NUMBERED_COLUMNS_MIN) ||
            !is_labelled(p, &bare));
}

/* The rows from line `i` on, which blank lines part all or none. */
static struct rows read_uneven(struct drawing *p, size_t i)
{
    const struct lines *lines = p->lines;
    struct rows rows = { .even = true, .whole = true, .pages = true };
    unsigned gap = i + 1 < lines->count && lines->at[i + 1].gap == 1;
    bool captioned = is_below_caption(p, i);

    for (; i < lines->count && (!rows.count || lines->at[i].gap == gap) &&
           is_uneven_row(p, &lines->at[i], captioned);
         i++) {
        const struct line *line = &lines->at[i];
        const struct columns columns = { .count =
                                             columns_count_tabs(line->text) + 1,
                                         .sign = '\t' };

        rows.even &= !rows.count || columns.count == rows.cells;
        rows.whole &= columns_count_cells(line, &columns) == columns.count;
        rows.led += is_led(line);
        rows.wide += columns.count >= NUMBERED_COLUMNS_MIN;
        rows.pages &= !rows.count || columns_end_in_page(line, &columns);
        rows.cells = columns.count;
        rows.count++;
    }
    return rows;
}

/* Below a caption two such rows; without one three, most of which have three
 * columns and more. A TAB before one of them stands behind an empty cell, TABs
 * before all do not. Even rows are not for here. Lines before `*next` have been
 * looked at in vain. */
bool parted_find_uneven(struct drawing *p, size_t i, struct table *t,
                        size_t *next)
{
    struct rows rows;

    if (i < *next || !columns_count_tabs(p->lines->at[i].text))
        return false;
    rows = read_uneven(p, i);
    *next = i + rows.count + !rows.count;
    *t = (struct table){ .form = FORM_UNEVEN,
                         .columns = { .sign = '\t' },
                         .begin = i,
                         .end = i + rows.count };
    t->led = rows.led == rows.count;
    if (rows.count < 2 || (rows.even && rows.whole && !rows.led))
        return false;
    return is_below_caption(p, i) ||
           (t->led && rows.even && !rows.pages && i > 0 &&
            p->lines->at[i].gap == 0 &&
            lines_ends_in_colon(p->lines->at[i - 1].text)) ||
           (rows.count >= ROWS_MIN && 2 * rows.wide > rows.count &&
            !rows.pages);
}

/* ---- rows that spaces part ------------------------------------------------------ */

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

/* Takes one more line, if that leaves the columns as many as they are. */
static bool go_on_wrapped(const struct lines *lines, size_t least, size_t gap,
                          bool used[SPACED_WIDTH_MAX], struct table *t)
{
    bool more[SPACED_WIDTH_MAX];
    struct columns columns = { 0 };

    if (t->end >= lines->count || lines->at[t->end].gap > 0 ||
        columns_is_ruler(&lines->at[t->end]))
        return false;
    memcpy(more, used, sizeof more);
    if (!columns_use(more, lines->at[t->end].text) ||
        !columns_find(more, &columns, least, gap) ||
        columns.count != t->columns.count || !are_same(&t->columns, &columns))
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
    while (go_on_wrapped(lines, least, gap, used, t))
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

bool parted_is_whole_row(const struct line *line, const struct columns *columns)
{
    return columns_count_cells(line, columns) == columns->count;
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
        bool whole = parted_is_whole_row(line, &t->columns);

        if (columns_have_colon(line, &t->columns) ||
            has_gap_inside(line, &t->columns) ||
            !(whole || begin_in_columns(line->text, &t->columns)))
            break;
        rows += whole;
        pages &=
            !whole || i == t->begin || columns_end_in_page(line, &t->columns);
        columns_read(line->text, &t->columns, starts);
        if (whole || !columns_cell(&t->columns, line->text, starts, 0).len)
            keep = i + 1;
    }
    t->end = keep;
    return pages ? 0 : rows;
}

static bool read_rows(struct drawing *p, size_t i, struct table *t,
                      size_t least, bool captioned)
{
    const struct lines *lines = p->lines;

    if (!read_wrapped(lines, i, least, captioned ? GAP_MIN - 1 : GAP_MIN, t))
        return false;
    if (p->run_end < t->end)
        p->run_end = t->end;
    return parted_is_whole_row(&lines->at[i], &t->columns) &&
           count_wrapped(lines, t, captioned) >=
               (size_t)(captioned ? ROWS_MIN - 1 : ROWS_MIN);
}

/* Three rows and more of three columns and more, or fewer below a caption. The
 * first line of a run may be no row, so that the next ones are tried as well,
 * but not all of a long run, since each reads all that follow. */
enum { RUN_TRIES_MAX = 40 };

bool parted_find_spaced(struct drawing *p, size_t i, struct table *t,
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
    captioned = is_below_caption(p, i);
    first = i == 0 || lines->at[i].gap > 0 || !has_gap(lines->at[i - 1].text);
    if (read_rows(p, i, t, captioned ? 2 : NUMBERED_COLUMNS_MIN, captioned))
        return true;
    *next = first ? i + 1 : t->end;
    return !captioned && read_rows(p, i, t, SUBJECT_COLUMNS, false) &&
           are_subjects(lines, t);
}

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
    return !when.len || is_when(when);
}

/* "08:30 - 09:30     Registration": rows that begin with the hours, two and
 * more, and what stands below them in the other columns. Lines before `*next`
 * have been looked at in vain. */
bool parted_find_programme(const struct lines *lines, size_t i, struct table *t,
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
    } while (
        go_on_wrapped(lines, SUBJECT_COLUMNS, GAP_MIN - 1, used, &longer) &&
        is_in_programme(lines, &longer, &more));
    t->form = FORM_PROGRAMME;
    *next = t->end;
    return rows > 1;
}
