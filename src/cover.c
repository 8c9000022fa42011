/* Finds what the cover of a published text breaks: the second line of a title,
 * and the name of a sector that stands beside a number and a date. */
#include <string.h>

#include "parser.h"

enum { COVER_MAX = 64, TITLE_WORDS_MIN = 4, SECTOR_LINES_MAX = 4 };

/* "Working methods for the groups of the ITU". */
static bool ends_in_union(struct span text)
{
    size_t words = 1;

    for (size_t i = 0; i < text.len; i++)
        words += text.at[i] == ' ';
    return words >= TITLE_WORDS_MIN &&
           (lines_ends_in(text, " ITU") || lines_ends_in(text, "UIT")) &&
           !memmem(text.at, text.len, "  ", 2) && !heading_is_capitals(text);
}

/* ... and, right below it, the sector: all that is the title. */
static void join_title(struct parser *p, struct line *line)
{
    struct line *next;
    struct finding f;

    if (!ends_in_union(line->text) || look_classify(p, line))
        return;
    next = look_next(p, (size_t)(line - p->lines->at));
    if (next && !next->cell && next->gap == 0 &&
        look_find(p, next, KIND_FIELD, "sector", &f) &&
        !f.match.at[CAP_LABEL].at)
        p->draft->failed |= !lines_join(p->lines, line, next, " ");
}

/* "TELECOMMUNICATION          (05/2031)", "STANDARDIZATION SECTOR", "OF ITU":
 * the lines of the left column, of which none is the name alone. */
static void mark_sector(struct parser *p, struct line *line)
{
    struct span columns[2], next_columns[2];
    struct line *next = line, *last = NULL;
    struct buf text = { 0 };
    struct finding f;

    if (!lines_split(line->text, columns) ||
        (scanner_takes(p->scanner, KIND_FIELD, NULL, columns[0], &f) &&
         !rule_is(f.rule, "sector")))
        return;
    buf_add_span(&text, span_trim(columns[0]));
    for (unsigned i = 1; i < SECTOR_LINES_MAX && !text.failed; i++) {
        next = look_next(p, (size_t)(next - p->lines->at));
        if (!next || next->cell || next->gap > 0 || !next->text.len ||
            lines_split_first(next->text, next_columns))
            break;
        buf_puts(&text, " ");
        buf_add_span(&text, next->text);
        if (scanner_takes(p->scanner, KIND_FIELD, "sector", buf_span(&text),
                          NULL))
            last = next;
    }
    if (last) {
        struct line *rest = look_next(p, (size_t)(line - p->lines->at));

        line->sector = rest->sector = true;
        for (next = rest; next != last && !text.failed;) {
            next = look_next(p, (size_t)(rest - p->lines->at));
            text.failed |= !lines_join(p->lines, rest, next, " ");
        }
    }
    p->draft->failed |= text.failed;
    buf_free(&text);
}

/* "R 800" and, right below it, "(C-2021, last amended C-2024)": one number. */
enum { NUMBER_LEN_MAX = 8 };

static void join_number(struct parser *p, struct line *line)
{
    struct line *next = look_next(p, (size_t)(line - p->lines->at));
    struct buf text = { 0 };

    if (line->text.len > NUMBER_LEN_MAX || !next || next->cell ||
        next->gap > 0 || !lines_is_enclosed(next->text))
        return;
    buf_add_span(&text, line->text);
    buf_puts(&text, " ");
    buf_add_span(&text, next->text);
    if (!text.failed &&
        scanner_takes(p->scanner, KIND_TITLE, "number", buf_span(&text), NULL))
        text.failed |= !lines_join(p->lines, line, next, " ");
    p->draft->failed |= text.failed;
    buf_free(&text);
}

void cover_join(struct parser *p)
{
    for (size_t i = 0; i < p->lines->count && i < COVER_MAX; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone || line->cell || !line->text.len)
            continue;
        join_title(p, line);
        join_number(p, line);
        mark_sector(p, line);
    }
}
