/* Finds the tables whose columns TABs part: numbered rows, rows with their
 * hours, others. */
#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>

#include "drawing.h"

/* ---- numbered rows ------------------------------------------------------- */

bool tabbed_goes_on(const struct line *line)
{
    struct span text = span_trim(line->text);

    return line->gap == 0 && text.len &&
           (line->text.at[0] == '\t' || line->text.at[0] == ' ') &&
           !columns_count_tabs(text) && lines_width(text) <= SPACED_WIDTH_MAX;
}

/* No clause that contents name has a number as high as a year. */
enum { CLAUSE_NUMBER_MAX = 999 };

/* Clauses and contents may have TABs in them as well: those are long, or say
 * what is to come, these end in pages. `*full` tells how many rows have all
 * columns. */
static bool are_tabbed_rows(const struct lines *lines, const struct table *t,
                            size_t *full)
{
    bool pages = true;

    *full = 0;

    for (size_t i = t->ruler; i < t->rows_end; i++) {
        const struct line *line = &lines->at[i];

        if (tabbed_goes_on(line))
            continue;
        if (lines_width(line->text) > SPACED_WIDTH_MAX ||
            columns_have_colon(line, &t->columns))
            return false;
        *full += columns_count_tabs(line->text) + 1 == t->columns.count;
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
        else if (end > i && tabbed_goes_on(&lines->at[end]))
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
 * columns there are; if it leaves out that of the numbers, most rows have all
 * that is left. */
static bool are_tabbed(const struct lines *lines, size_t i, struct table *t,
                       bool below)
{
    bool head, whole;
    size_t rows = read_tabbed(lines, i, below, t), full;

    head = i > 0 && lines->at[i].gap <= 1 &&
           is_tabbed_head(&lines->at[i - 1], &t->columns);
    whole = head &&
            columns_count_tabs(lines->at[i - 1].text) + 1 == t->columns.count;
    if (rows + whole < ROWS_MIN || t->columns.count < NUMBERED_COLUMNS_MIN ||
        t->columns.count > COLUMNS_MAX || !are_tabbed_rows(lines, t, &full) ||
        ((below || full < rows) && !whole && (!head || full * 2 <= rows)))
        return false;
    t->begin -= head;
    return true;
}

/* Numbered rows. Lines before `*next` have been looked at in vain. */
bool tabbed_find_numbered(const struct lines *lines, size_t i, struct table *t,
                          size_t *next)
{
    if (i < *next || !lines_row_number(lines->at[i].text))
        return false;
    if (are_tabbed(lines, i, t, true) || are_tabbed(lines, i, t, false))
        return true;
    *next = t->end;
    return false;
}

/* ---- rows with their hours ----------------------------------------------- */

/* "09:30-10:00", a TAB, and what is then. */
static bool begins_with_hours(struct span text)
{
    const char *tab = text.len ? memchr(text.at, '\t', text.len) : NULL;

    return tab && parted_is_when(span_trim(span_between(text.at, tab))) &&
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
           parted_is_hours(
               span_trim(span_between(tab + 1, text.at + text.len)));
}

static bool is_led(const struct line *line)
{
    return line->text.len && *line->text.at == '\t';
}

/* Two such rows and more, a blank line between them perhaps; behind a TAB alone
 * stands more of what is then. */
bool tabbed_find_timed(const struct lines *lines, size_t i, struct table *t,
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

/* ---- other rows ---------------------------------------------------------- */

/* No TAB before it makes the line a cell. */
static bool is_row_of(const struct line *line, size_t tabs)
{
    return !line->cell && line->text.len && line->text.at[0] != '\t' &&
           columns_count_tabs(line->text) == tabs &&
           lines_width(line->text) <= SPACED_WIDTH_MAX;
}

/* The mark of a proposal, what it changes behind it, is a label as well. */
static bool is_labelled(struct drawing *p, const struct line *line)
{
    static const enum kind labels[] = { KIND_CLAUSE, KIND_ITEM, KIND_BULLET,
                                        KIND_NOTE };
    struct finding f;

    if (!scanner_fold(p->scanner, &p->folded, line->text, line->folds) ||
        (scanner_is_named(p->scanner, KIND_TITLE, "proposal", &p->folded, &f) &&
         f.match.at[CAP_TEXT].len))
        return true;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (scanner_is_named(p->scanner, labels[i], NULL, &p->folded, &f) &&
            !rule_is(f.rule, "paragraph_letter")) /* "K. Marsh" */
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

enum { YEAR_DIGITS = 4 };

/* "K. Marsh", "2029" and "9 h 30 - 10 h 45" in the first cell look like labels
 * only. */
static bool is_mere_text(struct span text)
{
    const char *tab = memchr(text.at, '\t', text.len);
    struct span first = span_between(text.at, tab ? tab : text.at);
    size_t digits = 0;

    while (digits < first.len && isdigit((unsigned char)first.at[digits]))
        digits++;
    return (digits == YEAR_DIGITS && digits == first.len) ||
           parted_is_when(first) ||
           (first.len > 2 && isupper((unsigned char)first.at[0]) &&
            first.at[1] == '.' && first.at[2] == ' ');
}

/* "Action", "Owner", "Status" and one row that begins with a code, "17/2", with
 * nothing right below. */
static bool are_head_and_row(const struct lines *lines, const struct table *t)
{
    struct span head = lines->at[t->begin].text, row;
    const char *tab;

    if (t->end != t->begin + 2 || lines_has_digit(head) ||
        (t->end < lines->count && lines->at[t->end].gap == 0))
        return false;
    row = lines->at[t->begin + 1].text;
    tab = memchr(row.at, '\t', row.len);
    row = tab ? span_between(row.at, tab) : row;
    return lines_has_digit(row) && !memchr(row.at, ' ', row.len);
}

/* No caption has to say that these are rows: three and more, or a head and one,
 * each with a text in each of three columns and more, which are no clauses,
 * fields or contents.
 */
static bool are_plain_rows(struct drawing *p, const struct table *t)
{
    bool pages = true;

    if (t->columns.count < NUMBERED_COLUMNS_MIN ||
        (t->end - t->begin < ROWS_MIN && !are_head_and_row(p->lines, t)))
        return false;
    for (size_t i = t->begin; i < t->end; i++) {
        const struct line *line = &p->lines->at[i];

        if (!columns_are_full(line, &t->columns) ||
            columns_have_colon(line, &t->columns) ||
            (is_labelled(p, line) && !is_mere_text(line->text) &&
             !is_below_head(p, t, i)))
            return false;
        pages &= columns_end_in_page(line, &t->columns);
    }
    return !pages;
}

/* "10 000", "12,5%": the number that the digits make, without what parts them;
 * 0 for no amount. `plain` tells whether there are digits only. */
static unsigned amount_of(struct span cell, bool *plain)
{
    unsigned amount = 0;

    *plain = true;
    for (size_t i = 0; i < cell.len; i++)
        if (isdigit((unsigned char)cell.at[i]))
            amount = amount * 10 % 1000000000 + (unsigned)(cell.at[i] - '0');
        else if (i > 0 && strchr(" .,%", cell.at[i]))
            *plain = false;
        else
            return 0;
    return amount;
}

/* "Member", a TAB and "Shares", and below that two amounts and more, each
 * behind a name. Contents are alike, but no page goes back. */
static bool are_amounts(struct drawing *p, const struct table *t)
{
    unsigned last = 0;
    bool back = false;

    if (t->columns.count != 2 || t->end - t->begin < ROWS_MIN ||
        lines_has_digit(p->lines->at[t->begin].text))
        return false;
    for (size_t i = t->begin; i < t->end; i++) {
        const struct line *line = &p->lines->at[i];
        const char *tab = memchr(line->text.at, '\t', line->text.len);
        struct span cell =
            span_trim(span_between(tab, line->text.at + line->text.len));
        unsigned amount;
        bool plain;

        if (is_labelled(p, line))
            return false;
        if (i == t->begin)
            continue;
        amount = amount_of(cell, &plain);
        if (!amount)
            return false;
        back |= !plain || amount < last;
        last = amount;
    }
    return back;
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

/* "1", a TAB and a text, above lines with a TAB that have no such label. */
static bool is_clause_above(struct drawing *p, size_t i)
{
    const struct lines *lines = p->lines;

    return clause_number(lines->at[i].text) && i + 1 < lines->count &&
           !clause_number(lines->at[i + 1].text) &&
           is_labelled(p, &lines->at[i]);
}

/* Rows with numbers that go on in a row with fewer columns are not for here. */
static bool is_next_row(const struct lines *lines, size_t i)
{
    unsigned number = lines_row_number(lines->at[i - 1].text);

    return number && lines->at[i].gap == 0 &&
           lines_row_number(lines->at[i].text) == number + 1;
}

/* Each cell says something: "7 March", a dash, "Registration" is a line. */
static bool have_words(const struct line *line, const struct columns *columns)
{
    size_t starts[COLUMNS_MAX + 1];

    if (!columns_read(line->text, columns, starts))
        return false;
    for (size_t k = 0; k < columns->count; k++)
        if (!span_has(columns_cell(columns, line->text, starts, k), u_isalnum))
            return false;
    return true;
}

/* Just two rows, of three columns and more that are all filled: no clause, and
 * no line of contents. */
static bool are_two_rows(struct drawing *p, const struct table *t)
{
    const struct line *row = &p->lines->at[t->begin];

    if (t->end != t->begin + 2 || t->columns.count < NUMBERED_COLUMNS_MIN)
        return false;
    for (unsigned i = 0; i < 2; i++)
        if (!have_words(&row[i], &t->columns) ||
            columns_have_colon(&row[i], &t->columns) ||
            columns_end_in_page(&row[i], &t->columns) ||
            is_labelled(p, &row[i]))
            return false;
    return true;
}

/* Two rows and more of as many columns, which blank lines part all or none.
 * Lines before `*next` have been looked at in vain. */
bool tabbed_find_plain(struct drawing *p, size_t i, struct table *t,
                       size_t *next)
{
    const struct lines *lines = p->lines;
    size_t tabs = columns_count_tabs(lines->at[i].text), end = i;
    unsigned gap = i + 1 < lines->count && lines->at[i + 1].gap == 1;

    if (i < *next || !tabs || tabs >= COLUMNS_MAX)
        return false;
    /* The clause that a table stands in is no row of it. */
    if (tabs == 1 && is_clause_above(p, i))
        return false;
    while (end < lines->count && (end == i || lines->at[end].gap == gap) &&
           is_row_of(&lines->at[end], tabs))
        end++;
    *next = end > i ? end : i + 1;
    /* The last of lines set apart may be the head of rows that are not. */
    if (gap && end > i + 1 && end < lines->count && lines->at[end].gap == 0)
        *next = end - 1;
    *t = (struct table){ .form = FORM_PLAIN,
                         .columns = { .count = tabs + 1, .sign = '\t' },
                         .begin = i,
                         .end = end };
    t->end = before_clause(lines, t);
    return end > i + 1 && !(end < lines->count && is_next_row(lines, end)) &&
           (parted_is_below_caption(p, i) || are_plain_rows(p, t) ||
            parted_are_dated(p, t) ||
            (t->end == t->begin + 2 && parted_are_headed(p, t, t->begin + 1)) ||
            are_amounts(p, t) || are_two_rows(p, t) ||
            (!columns_end_in_page(&lines->at[i + 1], &t->columns) &&
             parted_are_subjects(lines, t)));
}

/* ---- uneven rows --------------------------------------------------------- */

struct rows {
    size_t count, cells; /* of the last */
    size_t led;          /* with a TAB before them */
    size_t wide;         /* with three columns and more */
    bool even, pages;
    bool whole; /* no cell is empty */
};

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
    /* The TABs behind the text stand before cells to be filled in. */
    columns.count = columns_count_tabs(line->text) + !is_led(line);
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
    bool captioned = parted_is_below_caption(p, i);

    for (; i < lines->count && (!rows.count || lines->at[i].gap == gap) &&
           is_uneven_row(p, &lines->at[i], captioned);
         i++) {
        const struct line *line = &lines->at[i];
        const struct columns columns = { .count =
                                             columns_count_tabs(line->text) + 1,
                                         .sign = '\t' };

        rows.even &= !rows.count || columns.count == rows.cells;
        rows.whole &= columns_are_full(line, &columns);
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
bool tabbed_find_uneven(struct drawing *p, size_t i, struct table *t,
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
    return parted_is_below_caption(p, i) ||
           (t->led && rows.even && !rows.pages && i > 0 &&
            p->lines->at[i].gap == 0 &&
            lines_ends_in_colon(p->lines->at[i - 1].text)) ||
           (rows.count >= ROWS_MIN && 2 * rows.wide > rows.count &&
            !rows.pages);
}
