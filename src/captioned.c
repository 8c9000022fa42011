/* Finds the tables whose cells stand one on a line below the caption. */
#include "captioned.h"

#include <string.h>

#include "clausier.h"

/* A cell is no wider, so many lines are a table, and so many of them begin with
 * a number; what is cited of it and the clause around it stand near. */
enum { CELL_WIDTH_MAX = 60, CELLS_MIN = 4, NUMBERS_MIN = 2, ABOVE_MAX = 200 };

struct pass {
    struct lines *lines;
    struct scanner *scanner;
    struct folded folded;
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

/* The number of the clause that the caption on line `i` stands in. */
static bool find_clause(struct pass *p, size_t i, struct number *number)
{
    for (size_t n = 0; i-- > 0 && n < ABOVE_MAX; n++)
        if (!p->lines->at[i].gone && read_clause(p, &p->lines->at[i], number))
            return true;
    return false;
}

/* Whether the clauses go on with the line: with "5.2" or "6" behind "5.1". */
static bool is_next_clause(struct pass *p, const struct line *line,
                           struct number before)
{
    struct number number;

    if (!read_clause(p, line, &number))
        return false;
    if (number_below(&number, &before) && number_last(&number) == 1)
        return true;
    for (; before.depth > 0; before.depth--)
        if (number_follows(&number, &before))
            return true;
    return false;
}

/* "3", "D1.1" and "2 Fixed lines", which would be taken for labels. */
static bool has_number(const struct line *line)
{
    struct span text = line->text;
    size_t at = 0, digits = 0;

    while (at < text.len && at < 3 && text.at[at] >= 'A' && text.at[at] <= 'Z')
        at++;
    for (; at < text.len && (is_digit(text.at[at]) || text.at[at] == '.'); at++)
        digits += text.at[at] != '.';
    return digits && (at == text.len || text.at[at] == ' ');
}

static bool is_cell(struct pass *p, const struct line *line)
{
    return !line->cell && line->text.len && !line->page_break &&
           lines_width(line->text) <= CELL_WIDTH_MAX &&
           !memchr(line->text.at, '\t', line->text.len) &&
           !lines_is_rule(line->text) &&
           !is_named(p, line, KIND_NOTE, NULL, NULL) &&
           !is_named(p, line, KIND_CAPTION, NULL, NULL) &&
           !is_named(p, line, KIND_HEADING, NULL, NULL);
}

/* The line behind the cells that stand from line `from` on; `from` where they
 * are none. */
static size_t cells_end(struct pass *p, size_t from, bool inside,
                        const struct number *clause)
{
    const struct lines *lines = p->lines;
    size_t i = from, numbers = 0;

    while (i < lines->count && lines->at[i].gap <= (i == from) &&
           is_cell(p, &lines->at[i]) &&
           !(inside && is_next_clause(p, &lines->at[i], *clause)))
        numbers += has_number(&lines->at[i++]);
    return i - from >= CELLS_MIN && numbers >= NUMBERS_MIN ? i : from;
}

static size_t take_cells(struct pass *p, size_t caption)
{
    struct number clause = { 0 };
    bool inside = find_clause(p, caption, &clause);
    size_t end = cells_end(p, caption + 1, inside, &clause);

    for (size_t i = caption + 1; i < end; i++) {
        p->lines->at[i].cell = true;
        p->lines->at[i].gap = 1;
    }
    if (end > caption + 1 && end < p->lines->count && !p->lines->at[end].gap)
        p->lines->at[end].gap = 1;
    return end - 1;
}

int captioned_take(struct lines *lines, struct scanner *scanner)
{
    struct pass p = { .lines = lines, .scanner = scanner };

    for (size_t i = 0; i < lines->count; i++)
        if (is_named(&p, &lines->at[i], KIND_CAPTION, "table", NULL))
            i = take_cells(&p, i);
    folded_free(&p.folded);
    return scanner->failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
