/* Finds the tables that are drawn with lines of dashes or with bars, or whose
 * columns only spaces or TABs part, and makes cells of these. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "clausier.h"
#include "drawing.h"

enum { HEAD_LINES_MAX = 8 };

/* ---- where a table begins and ends ----------------------------------------- */

/* The head stands on one line, or below a ruler of its own. */
static bool find_head(const struct lines *lines, struct table *t, bool *closes)
{
    size_t i = t->ruler;

    *closes = true;
    while (i > 0 && t->ruler - i < HEAD_LINES_MAX && lines->at[i].gap == 0 &&
           columns_fit(&lines->at[i - 1], &t->columns) &&
           !columns_is_ruler(&lines->at[i - 1]))
        i--;
    t->begin = i;
    if (i == t->ruler)
        return lines->at[i].gap > 0 || i == 0;
    if (i > 0 && lines->at[i].gap == 0 && columns_is_ruler(&lines->at[i - 1])) {
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

    while (i < lines->count && !columns_is_ruler(&lines->at[i]) &&
           columns_fit(&lines->at[i], &t->columns) &&
           (closes || lines->at[i].gap == 0))
        i++;
    t->rows_end = i;
    t->end = i;
    if (i < lines->count && columns_is_ruler(&lines->at[i]) &&
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
    return columns_read_ruler(lines->at[i].text, &t->columns) &&
           t->columns.count > 1 && find_head(lines, t, &closes) &&
           find_rows(lines, t, closes);
}

/* ---- bars -------------------------------------------------------------------- */

enum { BARS_MIN = 3 };

struct span drawn_shown(const struct line *line)
{
    return span_trim(line->text);
}

bool drawn_is_bar_ruler(const struct line *line)
{
    struct span text = drawn_shown(line);

    if (text.len < RULER_MIN || !strchr("+|", text.at[0]) ||
        !(memmem(text.at, text.len, "--", 2) || memmem(text.at, text.len, "==", 2)))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("+|-=: ", text.at[i]))
            return false;
    return true;
}

size_t drawn_count_bars(const struct line *line)
{
    struct span text = drawn_shown(line);

    if (!text.len || text.at[0] != '|' || text.at[text.len - 1] != '|')
        return 0;
    return span_count(text, '|');
}

/* Where the bars of a line stand, in columns of a screen. */
static size_t read_bars(const struct line *line, size_t at[COLUMNS_MAX + 1])
{
    struct span text = drawn_shown(line);
    size_t bars = 0, from = 0;

    for (size_t i = 0, column = 0; i < text.len && bars <= COLUMNS_MAX; i++)
        if (text.at[i] == '|') {
            column += lines_width((struct span){ text.at + from, i - from });
            from = i;
            at[bars++] = column;
        }
    return bars;
}

/* Bars that stand below each other part columns, without a drawn line, too. */
static bool are_below(const struct line *line, const struct line *first)
{
    size_t here[COLUMNS_MAX + 1], there[COLUMNS_MAX + 1];
    size_t bars = read_bars(line, here);

    return bars == read_bars(first, there) &&
           memcmp(here, there, bars * sizeof *here) == 0;
}

struct bars {
    size_t end, bars; /* most of a line */
    size_t rulers, rows;
    bool alike, below;
    bool apart; /* a blank stands before each bar but the first */
};

static bool has_blanks(const struct line *line)
{
    struct span text = drawn_shown(line);

    for (size_t i = 1; i < text.len; i++)
        if (text.at[i] == '|' && text.at[i - 1] != ' ')
            return false;
    return true;
}

/* "+-----+---+", as grids have above and below each row. */
static bool is_grid_ruler(const struct line *line)
{
    return *drawn_shown(line).at == '+';
}

/* Whether a row is one of another table, as no ruler says otherwise: it has
 * more cells or fewer, or others below each other. */
static bool begins_other(const struct bars *all, bool alike,
                         const struct line *line, const struct line *first)
{
    return !alike ||
           (all->below && all->rows > 1 && !(all->apart && has_blanks(line)) &&
            !are_below(line, first));
}

/* The lines with bars from `end` on, which blank lines part all or none.
 * Between the rulers of a grid a row may have fewer bars than others, where its
 * cells are as wide as several; without a ruler such a row is one of another
 * table. */
static struct bars read_barred(const struct lines *lines, size_t i)
{
    struct bars all = { .end = i, .alike = true, .below = true, .apart = true };
    unsigned gap = i + 1 < lines->count && lines->at[i + 1].gap == 1;
    size_t row = 0; /* bars of the lines of one row, or of all rows */
    bool grid = false;

    for (; all.end < lines->count &&
           (all.end == i || lines->at[all.end].gap == gap);
         all.end++) {
        const struct line *line = &lines->at[all.end];
        size_t here = drawn_count_bars(line);
        bool ruler = drawn_is_bar_ruler(line);

        if ((!ruler && !here) ||
            (row && !ruler && !all.rulers &&
             begins_other(&all, here == row, line, &lines->at[i])))
            break;
        grid = grid || (ruler && is_grid_ruler(line));
        if (ruler) {
            row = grid ? 0 : row;
            all.rulers++;
            all.below = false;
            continue;
        }
        all.alike = all.alike && (!row || here == row);
        all.below = all.below && all.alike && are_below(line, &lines->at[i]);
        all.apart = all.apart && has_blanks(line);
        row = here;
        all.bars = here > all.bars ? here : all.bars;
        all.rows++;
    }
    return all;
}

/* Whether a line with bars stands right above, or below what was read. */
static bool is_beside_bars(const struct lines *lines, size_t i, size_t end)
{
    return (i > 0 && lines->at[i].gap <= 1 &&
            drawn_count_bars(&lines->at[i - 1])) ||
           (end < lines->count && lines->at[end].gap <= 1 &&
            drawn_count_bars(&lines->at[end]));
}

/* Two rows and more that have bars alike, and a drawn line among them, or the
 * bars below each other; three, or fewer beside others, with blanks before
 * them. Lines before `*next` have been looked at in vain. */
static bool find_barred(const struct lines *lines, size_t i, struct table *t,
                        size_t *next)
{
    struct bars all;
    bool beside;

    if (i < *next || (!drawn_count_bars(&lines->at[i]) &&
                      !drawn_is_bar_ruler(&lines->at[i])))
        return false;
    all = read_barred(lines, i);
    beside = is_beside_bars(lines, i, all.end);
    *next = all.end;
    *t = (struct table){ .form = FORM_BARRED,
                         .columns = { .count = all.bars - 1, .sign = '|' },
                         .begin = i,
                         .end = all.end };
    t->ruled = all.rulers > 0;
    return all.alike &&
           (all.rulers || (all.below && all.rows > 1) ||
            (all.apart && (all.rows >= ROWS_MIN || beside))) &&
           (all.rows > 1 || beside) && all.bars >= BARS_MIN &&
           all.bars <= COLUMNS_MAX;
}

/* ---- bars and slashes between cells only ------------------------------------- */

enum { ROWLESS_LINES_MAX = 8 };

bool drawn_is_open_ruler(const struct line *line)
{
    struct span text = drawn_shown(line);

    if (text.len < RULER_MIN || text.at[0] != '-' ||
        !memchr(text.at, '|', text.len))
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!strchr("+|-=: ", text.at[i]))
            return false;
    return true;
}

size_t drawn_count_signs(const struct columns *columns, struct span text)
{
    size_t signs = 0;

    for (size_t at = 0; at < text.len; at++)
        signs += columns_part_at(columns, text, at);
    return signs;
}

/* What stands before the first sign, and what behind it. */
static struct span first_of(const struct columns *columns, struct span text,
                            struct span *behind)
{
    size_t at = 0;

    while (at < text.len && !columns_part_at(columns, text, at))
        at++;
    *behind =
        at < text.len
            ? span_trim((struct span){ text.at + at + 1, text.len - at - 1 })
            : (struct span){ 0 };
    return span_trim((struct span){ text.at, at });
}

/* "Fax: / +41 22 730 5853": a label and its value. */
static bool is_labelled_row(const struct columns *columns, struct span text)
{
    struct span behind;

    return lines_ends_in_colon(first_of(columns, text, &behind));
}

static bool begins_with_dash(struct span text)
{
    return (text.len > 2 && memcmp(text.at, "- ", 2) == 0) ||
           (text.len > 4 && memcmp(text.at, "\u2013 ", 4) == 0);
}

/* "TSB/XY / - To all members;" below "Ref.: / TSB Circular 118". */
static bool is_listed_row(const struct columns *columns, struct span text)
{
    struct span behind;

    first_of(columns, text, &behind);
    return begins_with_dash(behind);
}

/* What stands before the first slash of rows. */
enum slashed { SLASHED_NOT, SLASHED_LABELS, SLASHED_DAYS, SLASHED_NUMBERS };
enum { SLASHED_WIDTH_MAX = 160 };

/* "| | |", of a form. */
static bool is_empty_row(struct span text)
{
    size_t i = 0;

    while (i < text.len && strchr("| ", text.at[i]))
        i++;
    return i == text.len;
}

/* "2 / Ebb", "2.1 / Flood": the number of a row. */
static bool read_row(const struct columns *columns, const struct line *line,
                     struct number *number)
{
    struct span behind, first = first_of(columns, line->text, &behind);

    for (size_t i = 0; i < first.len; i++)
        if (!is_digit(first.at[i]) && (i == 0 || first.at[i] != '.'))
            return false;
    return first.len && behind.len && !line->cell &&
           number_read(number, first, COUNT_DECIMAL, NULL);
}

/* "1 / Flood", or what goes on with the row before. */
static bool goes_on_with_rows(const struct columns *columns,
                              const struct line *first, const struct line *line)
{
    struct number number, before;

    return read_row(columns, line, &number) &&
           (line == first ? number.depth == 1 && number_last(&number) == 1
                          : read_row(columns, line - 1, &before) &&
                                number_goes_on(&number, &before));
}

/* "Subjects / Documents" above rows that count from 1 on: the last of several
 * cells may be left out. */
static bool heads_numbers(const struct lines *lines, const struct table *t)
{
    const struct line *line = &lines->at[t->begin];
    struct number number;

    return t->columns.sign == '/' && t->begin + 2 < lines->count &&
           line[1].gap == 0 && line[2].gap == 0 &&
           !read_row(&t->columns, line, &number) &&
           goes_on_with_rows(&t->columns, &line[1], &line[1]) &&
           goes_on_with_rows(&t->columns, &line[1], &line[2]);
}

/* Whether the line is one more row: as many cells as the first has, or any
 * where a ruler or labels say that these are rows. */
static bool is_open_row(const struct line *head, const struct line *line,
                        const struct table *t, enum slashed slashed)
{
    size_t signs = drawn_count_signs(&t->columns, line->text);

    if (!signs || signs >= COLUMNS_MAX || line->cell ||
        (drawn_count_bars(line) && !is_empty_row(line->text)) ||
        (t->columns.sign == '|' && signs != span_count(line->text, '|')))
        return false;
    if (slashed == SLASHED_DAYS)
        return u_isdigit(span_first(line->text)) &&
               is_listed_row(&t->columns, line->text);
    if (slashed == SLASHED_NUMBERS)
        return line == head || goes_on_with_rows(&t->columns, head + 1, line);
    if (slashed == SLASHED_LABELS)
        return is_labelled_row(&t->columns, line->text) ||
               (t->columns.sign == '/' && t->end > t->begin &&
                is_listed_row(&t->columns, line->text));
    return t->ruled || signs + 1 == t->columns.count;
}

/* The rows from line `i` on: how many. Where a ruler has said that these are
 * rows, a line without a bar between two of them goes on with a cell, and so
 * does one more item of what is due on a day. */
static size_t read_open(const struct lines *lines, size_t i, struct table *t,
                        enum slashed slashed)
{
    size_t rows = 0;

    for (size_t at = i;
         at < lines->count && (at == i || lines->at[at].gap == 0) &&
         at - t->end <= (t->ruled ? ROWLESS_LINES_MAX : 0);
         at++) {
        const struct line *line = &lines->at[at];
        bool ruler =
            at > i && t->columns.sign == '|' && drawn_is_open_ruler(line);
        bool row = !ruler && is_open_row(&lines->at[i], line, t, slashed);

        t->ruled |= ruler;
        rows += row;
        if (ruler || row ||
            (slashed == SLASHED_DAYS && begins_with_dash(line->text)))
            t->end = at + 1;
    }
    return rows;
}

/* "Ref.: / TSB Circular 118", or "4 May 2031 / - Send documents". */
static enum slashed slashed_by(struct drawing *p, const struct table *t,
                               struct span text)
{
    struct span behind, first = first_of(&t->columns, text, &behind);

    if (lines_ends_in_colon(first))
        return SLASHED_LABELS;
    return t->columns.sign == '/' && u_isdigit(span_first(first)) &&
                   begins_with_dash(behind) && scanner_is_day(p->scanner, first)
               ? SLASHED_DAYS
               : SLASHED_NOT;
}

/* Three rows and more of as many cells, two of three cells, of labels and
 * values, of days and what is due, with numbers below a head, or with a ruler
 * below the first; slashes stand in texts as well, so that these must part
 * three cells, or a label and its value. Lines before `*next` have been looked
 * at in vain. */
static bool find_open(struct drawing *p, size_t i, char sign, struct table *t,
                      size_t *next)
{
    const struct lines *lines = p->lines;
    struct span text = lines->at[i].text;
    enum slashed slashed;
    size_t rows;

    if (i < *next || !text.len || !memchr(text.at, sign, text.len))
        return false;
    *t = (struct table){ .form = FORM_OPEN,
                         .columns = { .sign = sign, .open = true },
                         .begin = i,
                         .end = i };
    t->columns.count = drawn_count_signs(&t->columns, text) + 1;
    slashed =
        heads_numbers(lines, t) ? SLASHED_NUMBERS : slashed_by(p, t, text);
    rows = read_open(lines, i, t, slashed);
    *next = t->end > i ? t->end : i + 1;
    t->goes_on = slashed == SLASHED_LABELS && sign == '/';
    if (slashed == SLASHED_NUMBERS &&
        drawn_count_signs(&t->columns, lines->at[i + 1].text) >=
            t->columns.count)
        t->ruler = i + 1;
    if (rows < 2)
        return t->goes_on && rows && t->columns.count == 2 &&
               lines_width(text) <= SLASHED_WIDTH_MAX;
    return slashed || t->ruled ||
           (rows >= ROWS_MIN &&
            (sign == '|' || t->columns.count >= NUMBERED_COLUMNS_MIN)) ||
           (sign == '|' && t->columns.count >= NUMBERED_COLUMNS_MIN);
}

/* ---- the pass ------------------------------------------------------------ */

static bool find_any(struct drawing *p, size_t i, struct table *t,
                     size_t next[FORMS])
{
    const struct lines *lines = p->lines;

    return find_table(lines, i, t) ||
           tabbed_find_uneven(p, i, t, &next[FORM_UNEVEN]) ||
           tabbed_find_plain(p, i, t, &next[FORM_PLAIN]) ||
           spaced_find_numbered(lines, i, t, &next[FORM_NUMBERED]) ||
           find_barred(lines, i, t, &next[FORM_BARRED]) ||
           find_open(p, i, '|', t, &next[FORM_OPEN]) ||
           find_open(p, i, '/', t, &next[FORM_SLASHED]) ||
           spaced_find_programme(lines, i, t, &next[FORM_PROGRAMME]) ||
           spaced_find_plain(p, i, t, &next[FORM_SPACED]) ||
           tabbed_find_numbered(lines, i, t, &next[FORM_TABBED]) ||
           tabbed_find_timed(lines, i, t, &next[FORM_TIMED]);
}

/* `done` is the line behind the last that was taken. */
int drawn_take(struct lines *lines, struct scanner *scanner)
{
    struct drawing p = { .lines = lines, .scanner = scanner };
    struct table table;
    size_t done = 0, next[FORMS] = { 0 };

    for (size_t i = 0; i < lines->count && !p.failed; i++)
        if (find_any(&p, i, &table, next) && table.begin >= done) {
            cells_take(&p, &table, done);
            i = table.end - 1;
            done = table.end;
            if (done < lines->count && lines->at[done].gap == 0 &&
                !table.goes_on)
                lines->at[done].gap = 1;
        }
    for (size_t i = done; i < lines->count && done && !p.failed; i++)
        cells_put_line(&p, lines->at[i]);
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
