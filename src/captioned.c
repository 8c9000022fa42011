/* Finds the tables whose cells stand one on a line: below the caption, with the
 * numbers of their rows, or in rows that are alike. */
#include "captioned.h"

#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>

#include "clausier.h"

/* A cell is no wider, or is no sentence in a text that was not broken into
 * lines; so many lines are a table, and so many of them begin with a number;
 * what is cited of it and the clause around it stand near. */
enum {
    CELL_WIDTH_MAX = 60,
    PHRASE_WIDTH_MAX = 120,
    BROKEN_WIDTH_MAX = 160,
    CELLS_MIN = 4,
    NUMBERS_MIN = 2,
    ABOVE_MAX = 200
};

struct pass {
    struct lines *lines;
    struct scanner *scanner;
    struct folded folded;
    bool whole; /* the paragraphs of the text were not broken into lines */
};

static bool is_named(struct pass *p, const struct line *line, enum kind kind,
                     const char *rule, struct finding *f)
{
    return !line->cell && line->text.len &&
           scanner_reads(p->scanner, &p->folded, line, kind, rule, f);
}

/* "2.1" of a clause, with a text behind it. */
static bool read_clause(struct pass *p, const struct line *line,
                        struct number *number)
{
    struct finding f;

    return is_named(p, line, KIND_CLAUSE, "point", &f) &&
           scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], number);
}

/* "2.1" alone, as from the columns of a page. */
static bool read_lone(struct pass *p, const struct line *line,
                      struct number *number)
{
    struct finding f;

    return is_named(p, line, KIND_LONE, NULL, &f) &&
           number_read(number, f.match.at[CAP_NUM], COUNT_DECIMAL, NULL, 0);
}

/* The number of the clause that the caption on line `i` stands in. */
static bool find_clause(struct pass *p, size_t i, struct number *number)
{
    for (size_t n = 0; i-- > 0 && n < ABOVE_MAX; n++)
        if (!p->lines->at[i].gone && read_clause(p, &p->lines->at[i], number))
            return true;
    return false;
}

/* Whether the clauses go on with the number: with "5.2" or "6" behind "5.1". */
static bool goes_on(const struct number *number, struct number before)
{
    if (number_below(number, &before) && number_last(number) == 1)
        return true;
    for (; before.depth > 0; before.depth--)
        if (number_follows(number, &before))
            return true;
    return false;
}

static bool is_next_clause(struct pass *p, const struct line *line,
                           const struct number *before)
{
    struct number number;

    return read_clause(p, line, &number) && goes_on(&number, *before);
}

/* "TSAG-TD12", which would be taken for a heading. */
enum { SIGN_MAX = 16 };

static bool is_sign(struct span text)
{
    bool digit = false;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c >= 0x80 || islower(c) || c == ' ')
            return false;
        digit |= is_digit(c);
    }
    return digit && text.len <= SIGN_MAX && isupper((unsigned char)*text.at);
}

/* "3", "D1.1" and "2 Fixed lines", which would be taken for labels. */
static bool has_number(const struct line *line)
{
    struct span text = line->text;
    size_t at = 0, digits = 0;

    if (is_sign(text))
        return true;

    while (at < text.len && at < 3 && text.at[at] >= 'A' && text.at[at] <= 'Z')
        at++;
    for (; at < text.len && (is_digit(text.at[at]) || text.at[at] == '.'); at++)
        digits += text.at[at] != '.';
    return digits && (at == text.len || text.at[at] == ' ');
}

static bool is_cell(struct pass *p, const struct line *line)
{
    return !line->cell && line->text.len && !line->page_break &&
           lines_width(line->text) <=
               (p->whole && !lines_ends_sentence(line->text)
                    ? PHRASE_WIDTH_MAX
                    : CELL_WIDTH_MAX) &&
           !memchr(line->text.at, '\t', line->text.len) &&
           !lines_is_rule(line->text) &&
           !is_named(p, line, KIND_NOTE, NULL, NULL) &&
           !is_named(p, line, KIND_CAPTION, NULL, NULL) &&
           !is_named(p, line, KIND_HEADING, NULL, NULL);
}

/* Columns that were written one below the other have blank lines between their
 * cells, so that no blank line tells where the table ends: a sentence does, and
 * a number alone that goes on with one above, with a text right below it or
 * below its heading. */
static bool is_loose(const struct pass *p, size_t from)
{
    const struct line *at = p->lines->at;

    return p->lines->paged && from + 1 < p->lines->count && at[from].gap <= 1 &&
           at[from + 1].gap == 1;
}

static bool is_text(struct pass *p, size_t i)
{
    return i < p->lines->count &&
           (!is_cell(p, &p->lines->at[i]) ||
            lines_ends_sentence(p->lines->at[i].text));
}

static bool ends_loose(struct pass *p, size_t caption, size_t i)
{
    const struct line *at = p->lines->at;
    size_t least = caption > ABOVE_MAX ? caption - ABOVE_MAX : 0;
    struct number number, above;

    if (lines_ends_in(at[i].text, "."))
        return true;
    if (!read_lone(p, &at[i], &number) ||
        !(is_text(p, i + 1) || is_text(p, i + 2)))
        return false;
    while (caption-- > least)
        if (!at[caption].cell &&
            (read_clause(p, &at[caption], &above) ||
             read_lone(p, &at[caption], &above)) &&
            goes_on(&number, above))
            return true;
    return false;
}

/* The line behind the cells that stand from line `from` on; `from` where they
 * are none. */
static size_t cells_end(struct pass *p, size_t from, bool loose, bool inside,
                        const struct number *clause)
{
    const struct lines *lines = p->lines;
    size_t i = from, numbers = 0;

    while (i < lines->count && lines->at[i].gap <= (loose || i == from) &&
           is_cell(p, &lines->at[i]) &&
           !(loose && ends_loose(p, from - 1, i)) &&
           !(inside && is_next_clause(p, &lines->at[i], clause)))
        numbers += has_number(&lines->at[i++]);
    return i - from >= CELLS_MIN && numbers >= NUMBERS_MIN ? i : from;
}

static size_t take_cells(struct pass *p, size_t caption)
{
    struct number clause = { 0 };
    bool inside = find_clause(p, caption, &clause);
    bool loose = is_loose(p, caption + 1);
    size_t end = cells_end(p, caption + 1, loose, inside, &clause);

    for (size_t i = caption + 1; i < end; i++) {
        if (loose && !p->lines->at[i].gap)
            continue; /* the cell goes on */
        p->lines->at[i].cell = true;
        p->lines->at[i].gap = 1;
    }
    if (end > caption + 1 && end < p->lines->count && !p->lines->at[end].gap)
        p->lines->at[end].gap = 1;
    return end - 1;
}

static bool is_whole(const struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        if (lines->at[i].text.len > BROKEN_WIDTH_MAX &&
            lines_width(lines->at[i].text) > BROKEN_WIDTH_MAX)
            return true;
    return false;
}

/* ---- numbered rows below a head --------------------------------------------------- */

/* "No." heads the numbers; a row has so many cells, and a table so many rows.
 */
enum { SIGN_WIDTH_MAX = 4, ROW_MIN = 3, ROW_MAX = 8, ROWS_MIN = 3 };

/* Whether the whole line is this number. */
static bool is_number(const struct line *line, unsigned number)
{
    size_t len;

    return !line->cell && line->text.len &&
           lines_number(line->text, &len) == number && len == line->text.len;
}

static bool is_short_cell(struct pass *p, const struct line *line, unsigned gap)
{
    return line->gap <= gap && lines_width(line->text) <= CELL_WIDTH_MAX &&
           is_cell(p, line) && !lines_ends_in(line->text, ";") &&
           (!lines_ends_sentence(line->text) ||
            lines_width(line->text) <= SIGN_WIDTH_MAX);
}

/* The rows of `count` cells each that begin with "1" on line `i`. */
static size_t count_rows(struct pass *p, size_t i, size_t count, unsigned gap)
{
    const struct lines *lines = p->lines;
    size_t rows = 0;

    while (i + count <= lines->count &&
           is_number(&lines->at[i], (unsigned)rows + 1)) {
        for (size_t k = 0; k < count; k++)
            if (!is_short_cell(p, &lines->at[i + k], gap))
                return rows;
        rows++;
        i += count;
    }
    return rows;
}

/* Where "1" stands alone on line `i`: how many cells a row has, or 0. Its head
 * has as many, and is set apart from what stands above. */
static size_t find_row(struct pass *p, size_t i, size_t done, unsigned *gap)
{
    const struct lines *lines = p->lines;

    *gap = lines->at[i].gap;
    for (size_t count = ROW_MIN; count <= ROW_MAX && count + done <= i;
         count++) {
        const struct line *head = &lines->at[i - count];
        size_t k = 1;

        if (lines_width(head->text) > SIGN_WIDTH_MAX || !is_cell(p, head) ||
            lines_has_digit(head->text))
            continue;
        while (k < count && is_short_cell(p, head + k, *gap))
            k++;
        if (k == count && count_rows(p, i, count, *gap) >= ROWS_MIN)
            return count;
    }
    return 0;
}

/* Line behind the table whose first number stands on line `i`, or `i`. */
static size_t take_numbered(struct pass *p, size_t i, size_t done)
{
    struct lines *lines = p->lines;
    unsigned gap = 0;
    size_t count = is_number(&lines->at[i], 1) && lines->at[i].gap <= 1
                       ? find_row(p, i, done, &gap)
                       : 0;
    size_t end;

    if (!count)
        return i;
    end = i + count * count_rows(p, i, count, gap);
    for (size_t k = i - count; k < end; k++) {
        lines->at[k].cell = true;
        lines->at[k].gap = (k - i) % count == 0 || k + count == i;
    }
    if (end < lines->count && !lines->at[end].gap)
        lines->at[end].gap = 1;
    return end;
}

/* ---- rows that are alike ------------------------------------------------------------ */

/* What a cell holds by its looks. */
enum look { LOOK_WORDS, LOOK_NUMBER, LOOK_SIGN, LOOK_DATE };

/* Columns, rows below the head, those of two columns, and widths. */
enum {
    COLUMNS_MIN = 2,
    COLUMNS_MAX = 6,
    ALIKE_MIN = 2,
    ALIKE_PAIRS_MIN = 3,
    HEAD_WIDTH_MAX = 40,
    LOOK_WIDTH_MAX = 30,
    CODE_WIDTH_MAX = 16
};

/* "May 2031", "2031年5月". */
static bool ends_in_date(struct span text)
{
    size_t n = text.len;
    const char *at = text.at;

    if (lines_ends_in(text, "\u6708") || lines_ends_in(text, "\u65E5"))
        return is_digit(*at);
    return n > 6 && at[n - 5] == ' ' &&
           (memcmp(at + n - 4, "19", 2) == 0 ||
            memcmp(at + n - 4, "20", 2) == 0) &&
           is_digit(at[n - 2]) && is_digit(at[n - 1]);
}

/* "12 400", "8%"; "TD 55", "Q.9901", "2030-Q2". */
static enum look look_of(struct span text)
{
    bool digit = false, capital = false, other = false;

    if (lines_width(text) > LOOK_WIDTH_MAX)
        return LOOK_WORDS;
    if (ends_in_date(text))
        return LOOK_DATE;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        digit |= is_digit(c);
        capital |= isupper(c) != 0;
        other |= c >= 0x80 || islower(c) || c == ':';
    }
    if (!digit || other || text.len > CODE_WIDTH_MAX)
        return LOOK_WORDS;
    return capital ? LOOK_SIGN : LOOK_NUMBER;
}

/* Lines `from` to `to` that may be cells, one right below the other. */
struct cells {
    size_t from, to;
};

static bool may_be_cell(const struct line *line)
{
    return !line->cell && !line->gone && line->text.len && !line->page_break &&
           lines_width(line->text) <= CELL_WIDTH_MAX &&
           !memchr(line->text.at, '\t', line->text.len) &&
           !lines_ends_sentence(line->text) && !lines_ends_in_comma(line->text);
}

static bool has_look(const struct pass *p, size_t i, enum look look)
{
    return look_of(p->lines->at[i].text) == look;
}

/* Whether the row on line `at` holds what the columns do that are known. */
static bool is_alike(const struct pass *p, size_t at, const enum look *looks,
                     size_t count)
{
    size_t k = 0;

    while (k < count && (!looks[k] || has_look(p, at + k, looks[k])))
        k++;
    return k == count;
}

/* A table of `count` columns, the last row of which begins on line `at`: the
 * line on which its head does, or `at`. */
static size_t find_head(const struct pass *p, const struct cells *run,
                        size_t at, size_t count)
{
    const struct line *lines = p->lines->at;
    enum look looks[COLUMNS_MAX];
    size_t rows = 1, alike = 0, first = at;

    if (at < run->from + 2 * count)
        return at;
    for (size_t k = 0; k < count; k++) {
        looks[k] = look_of(lines[at + k].text);
        if (!has_look(p, at - count + k, looks[k]))
            looks[k] = LOOK_WORDS;
        alike += looks[k] != LOOK_WORDS;
    }
    /* "1", "Scope" and "2" are clauses or contents. */
    if (!alike || looks[0] == LOOK_NUMBER)
        return at;
    while (first >= run->from + count &&
           is_alike(p, first - count, looks, count)) {
        first -= count;
        rows++;
    }
    if (rows < (count > 2 ? ALIKE_MIN : ALIKE_PAIRS_MIN) ||
        first < run->from + count || (count == 2 && first - count != run->from))
        return at;
    for (size_t k = 0; k < count; k++) {
        struct span text = lines[first - count + k].text;

        if (look_of(text) != LOOK_WORDS || is_digit(*text.at) ||
            lines_width(text) > HEAD_WIDTH_MAX)
            return at;
    }
    return first - count;
}

/* "2 Programme" is sooner the heading behind a table. */
static bool is_clause(struct pass *p, const struct line *line)
{
    struct finding f;

    return is_named(p, line, KIND_CLAUSE, "point", &f) &&
           u_isupper(span_first(f.match.at[CAP_TEXT]));
}

/* The lines that are cells by their words, too, from `from` on. */
static struct cells true_cells(struct pass *p, size_t from, size_t to)
{
    struct cells run = { from, from };

    while (run.to < to && is_cell(p, &p->lines->at[run.to]) &&
           !is_clause(p, &p->lines->at[run.to]) &&
           !is_named(p, &p->lines->at[run.to], KIND_TOC, NULL, NULL) &&
           !is_named(p, &p->lines->at[run.to], KIND_BULLET, NULL, NULL))
        run.to++;
    return run;
}

static void take_rows(struct pass *p, size_t head, size_t end, size_t count)
{
    struct line *lines = p->lines->at;

    for (size_t i = head; i < end; i++) {
        lines[i].cell = true;
        lines[i].gap = (i - head) % count == 0;
    }
    if (end < p->lines->count && !lines[end].gap)
        lines[end].gap = 1;
}

/* Where the last cell is known, each number of columns tells where the last row
 * begins. */
static void take_alike(struct pass *p, size_t from, size_t to)
{
    while (from < to) {
        struct cells run = true_cells(p, from, to);

        for (size_t count = COLUMNS_MIN;
             count <= COLUMNS_MAX && run.to - run.from >= 3 * count; count++) {
            size_t last = run.to - count,
                   head = find_head(p, &run, last, count);

            if (head == last)
                continue;
            take_rows(p, head, run.to, count);
            break;
        }
        from = run.to + 1;
    }
}

static void take_all_alike(struct pass *p)
{
    struct lines *lines = p->lines;

    for (size_t i = 0, end; i < lines->count; i = end) {
        size_t looks = 0;

        for (end = i; end < lines->count && may_be_cell(&lines->at[end]) &&
                      (end == i || !lines->at[end].gap);
             end++)
            looks += !has_look(p, end, LOOK_WORDS);
        if (looks >= ALIKE_MIN)
            take_alike(p, i, end);
        end += end == i;
    }
}

int captioned_take(struct lines *lines, struct scanner *scanner)
{
    struct pass p = { .lines = lines,
                      .scanner = scanner,
                      .whole = is_whole(lines) };

    for (size_t i = 0, done = 0, end; i < lines->count; i++) {
        end = take_numbered(&p, i, done);
        if (end > i)
            i = (done = end) - 1;
    }
    for (size_t i = 0; i < lines->count; i++)
        if (is_named(&p, &lines->at[i], KIND_CAPTION, "table", NULL))
            i = take_cells(&p, i);
    take_all_alike(&p);
    folded_free(&p.folded);
    return scanner->failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
