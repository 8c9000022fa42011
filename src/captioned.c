/* Finds the tables whose cells stand one on a line: below the caption, or with
 * the numbers of their rows. */
#include "captioned.h"

#include <ctype.h>
#include <string.h>

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
           number_read(number, f.match.at[CAP_NUM], COUNT_DECIMAL, NULL);
}

/* The number of the clause that the caption on line `i` stands in. */
static bool find_clause(struct pass *p, size_t i, struct number *number)
{
    for (size_t n = 0; i-- > 0 && n < ABOVE_MAX; n++)
        if (!p->lines->at[i].gone && read_clause(p, &p->lines->at[i], number))
            return true;
    return false;
}

static bool is_next_clause(struct pass *p, const struct line *line,
                           const struct number *before)
{
    struct number number;

    return read_clause(p, line, &number) && number_goes_on(&number, before);
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
    for (; at < text.len && (is_digit(text.at[at]) || text.at[at] == '.' ||
                             (digits && text.at[at] == '/'));
         at++)
        digits += is_digit(text.at[at]);
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
            number_goes_on(&number, &above))
            return true;
    return false;
}

/* Where cells stand. */
struct cells {
    size_t first;
    struct number clause, above;
    bool inside;      /* a clause, `clause` */
    bool looked, any; /* for the number above, alone or not: `above` */
};

static bool find_above(struct pass *p, struct cells *cells)
{
    const struct line *at = p->lines->at;
    size_t i = cells->looked ? 0 : cells->first - 1;

    cells->looked = true;
    for (size_t n = 0; !cells->any && i-- > 0 && n < ABOVE_MAX; n++)
        cells->any = !at[i].gone && !at[i].cell &&
                     (read_clause(p, &at[i], &cells->above) ||
                      read_lone(p, &at[i], &cells->above));
    return cells->any;
}

/* Whether the number before it stands near above among the cells. */
static bool counts_rows(struct pass *p, size_t from, size_t to,
                        const struct number *number)
{
    struct number before;

    if (from + ABOVE_MAX < to)
        from = to - ABOVE_MAX;
    for (; from < to; from++)
        if (is_digit(p->lines->at[from].text.at[0]) &&
            read_lone(p, &p->lines->at[from], &before) &&
            number_follows(number, &before))
            return true;
    return false;
}

/* From .doc files the number of the next clause stands alone as well. It goes
 * on with the one above, has a text or its own first clause near below, and is
 * no number of a row. */
static bool is_lone_clause(struct pass *p, struct cells *cells, size_t i)
{
    const struct lines *lines = p->lines;
    struct number number, below;

    return is_digit(lines->at[i].text.at[0]) &&
           read_lone(p, &lines->at[i], &number) &&
           (is_text(p, i + 1) || is_text(p, i + 2) ||
            (i + 2 < lines->count && read_lone(p, &lines->at[i + 2], &below) &&
             number_below(&below, &number))) &&
           !counts_rows(p, cells->first, i, &number) && find_above(p, cells) &&
           number_goes_on(&number, &cells->above);
}

/* The line behind the cells; the first of them where they are none. */
static size_t cells_end(struct pass *p, struct cells *cells, bool loose)
{
    const struct lines *lines = p->lines;
    size_t i = cells->first, numbers = 0;

    while (i < lines->count &&
           lines->at[i].gap <= (loose || i == cells->first) &&
           is_cell(p, &lines->at[i]) &&
           !(loose ? ends_loose(p, cells->first - 1, i)
                   : is_lone_clause(p, cells, i)) &&
           !(cells->inside && is_next_clause(p, &lines->at[i], &cells->clause)))
        numbers += has_number(&lines->at[i++]);
    return i - cells->first >= CELLS_MIN && numbers >= NUMBERS_MIN
               ? i
               : cells->first;
}

/* What a cell is made of. */
enum made { MADE_SIGN, MADE_WORDS, MADE_NUMBER, MADE_BOTH };

static enum made cell_made(struct span text)
{
    bool digit = false, letter = false;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        digit |= is_digit(text.at[i]);
        letter |= isalpha(c) || c >= 0x80;
    }
    /* a dash is no ASCII */
    return digit ? letter ? MADE_BOTH : MADE_NUMBER
           : text.len > 3 || !letter || isalpha((unsigned char)*text.at)
               ? MADE_WORDS
               : MADE_SIGN;
}

/* Whether rows of `count` cells have below their head, which has no number,
 * cells that are made alike in each column, and numbers in one of them. */
enum { COLUMNS_MAX = 8, BODY_ROWS_MIN = 2 };

static bool are_rows(const struct line *cells, size_t all, size_t count)
{
    bool number = false;

    if (all % count || all / count <= BODY_ROWS_MIN)
        return false;
    for (size_t i = 0; i < all; i++) {
        enum made made = cell_made(cells[i].text);
        enum made first = cell_made(cells[count + i % count].text);

        if (i < count
                ? made != MADE_WORDS
                : made != first && made != MADE_SIGN && first != MADE_SIGN)
            return false;
        number |= made == MADE_NUMBER || made == MADE_BOTH;
    }
    return number;
}

/* How many cells a row has, where they tell. */
static size_t count_columns(const struct line *cells, size_t all)
{
    for (size_t count = 2; count <= COLUMNS_MAX; count++)
        if (are_rows(cells, all, count))
            return count;
    return 1;
}

/* "TABLE 1" alone has its title below it where rows follow only from there. */
static bool is_title(struct pass *p, size_t at, size_t end)
{
    const struct line *lines = p->lines->at;
    struct finding f;

    return end > at + CELLS_MIN && lines[at].gap == 0 &&
           is_named(p, &lines[at - 1], KIND_CAPTION, "table", &f) &&
           !f.match.at[CAP_TITLE].len &&
           count_columns(&lines[at], end - at) == 1 &&
           count_columns(&lines[at + 1], end - at - 1) > 1;
}

static size_t take_cells(struct pass *p, size_t caption)
{
    struct cells cells = { .first = caption + 1 };
    bool loose = is_loose(p, caption + 1);
    size_t first = caption + 1, end;
    size_t count;

    cells.inside = find_clause(p, caption, &cells.clause);
    end = cells_end(p, &cells, loose);
    first += !loose && is_title(p, first, end);
    count = loose ? 1 : count_columns(&p->lines->at[first], end - first);

    for (size_t i = first; i < end; i++) {
        if (loose && !p->lines->at[i].gap)
            continue; /* the cell goes on */
        p->lines->at[i].cell = true;
        p->lines->at[i].gap = (i - first) % count == 0;
    }
    if (end > first && end < p->lines->count && !p->lines->at[end].gap)
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
        lines->at[k].gap = (k + count - i) % count == 0;
    }
    if (end < lines->count && !lines->at[end].gap)
        lines->at[end].gap = 1;
    return end;
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
    folded_free(&p.folded);
    return scanner->failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
