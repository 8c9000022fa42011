/* Finds what the cover of a published text breaks: the second line of a title,
 * and the name of a sector that stands beside a number and a date. */
#include <string.h>

#include "parser.h"

enum {
    COVER_WIDTH_MAX = 120,
    COVER_MAX = 64,
    TITLE_WORDS_MIN = 4,
    SECTOR_LINES_MAX = 4
};

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
    next = look_below(p, line);
    if (next && !next->cell && next->gap == 0 &&
        look_find(p, next, KIND_FIELD, "sector", &f) &&
        !f.match.at[CAP_LABEL].at)
        p->draft->failed |= !lines_join(p->lines, line, next, " ");
}

/* What stands in the left column. */
static struct span left_of(const struct line *line, bool *split)
{
    struct span columns[2];

    *split = lines_split_first(line->text, columns);
    return span_trim(*split ? columns[0] : line->text);
}

/* Lines that have no second column are one. */
static void join_rest(struct parser *p, struct line *rest,
                      const struct line *last)
{
    struct line *next = rest;

    while (next != last && !p->draft->failed) {
        next = look_below(p, rest);
        p->draft->failed |= !lines_join(p->lines, rest, next, " ");
    }
}

/* "TELECOMMUNICATION          (05/2031)", "STANDARDIZATION SECTOR", "OF ITU":
 * the lines of the left column, of which none is the name alone. */
static void mark_sector(struct parser *p, struct line *line)
{
    struct line *next = line, *last = NULL;
    struct buf text = { 0 };
    struct finding f;
    bool split, any = false, columns = false;
    struct span left = left_of(line, &split);

    if (!split || (scanner_takes(p->scanner, KIND_FIELD, NULL, left, &f) &&
                   !rule_is(f.rule, "sector")))
        return;
    buf_add_span(&text, left);
    for (unsigned i = 1; i < SECTOR_LINES_MAX && !text.failed; i++) {
        next = look_below(p, next);
        if (!next || next->cell || next->gap > 0 || !next->text.len)
            break;
        buf_puts(&text, " ");
        buf_add_span(&text, left_of(next, &split));
        any |= split;
        if (scanner_takes(p->scanner, KIND_FIELD, "sector", buf_span(&text),
                          NULL)) {
            last = next;
            columns = any;
        }
    }
    for (next = line; last && next <= last; next++)
        next->sector = true;
    p->draft->failed |= text.failed;
    buf_free(&text);
    if (last && !columns)
        join_rest(p, look_below(p, line), last);
}

/* "R 800" and, right below it, "(C-2021, last amended C-2024)": one number. */
enum { NUMBER_LEN_MAX = 8 };

static void join_number(struct parser *p, struct line *line)
{
    struct line *next = look_below(p, line);
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

/* "The Plenipotentiary Conference of the International Telecommunication Union"
 * and "(Dubai, 2018),": with both it is what opens a resolution, on whatever
 * page that begins. */
enum { OPENING_LINES_MAX = 3, OPENING_WIDTH_MIN = 30 };

static void join_opening(struct parser *p, struct line *line)
{
    struct line *next = line;
    struct buf text = { 0 };
    unsigned count = 1;
    bool opens = false;

    buf_add_span(&text, line->text);
    for (;
         count < OPENING_LINES_MAX && next->text.len &&
         !lines_ends_in_comma(next->text) && !lines_ends_sentence(next->text) &&
         lines_width(next->text) >= OPENING_WIDTH_MIN &&
         lines_width(next->text) <= COVER_WIDTH_MAX;
         count++) {
        next = look_next(p, (size_t)(next - p->lines->at));
        if (!next || next->cell || next->gap > 0)
            break;
        buf_puts(&text, lines_between(buf_span(&text), next->text));
        buf_add_span(&text, next->text);
        if (lines_ends_in_comma(next->text)) {
            opens = scanner_takes(p->scanner, KIND_OPENING, NULL,
                                  buf_span(&text), NULL);
            break;
        }
    }
    for (; opens && count > 0; count--) {
        next = look_next(p, (size_t)(line - p->lines->at));
        p->draft->failed |= !lines_join(p->lines, line, next,
                                        lines_between(line->text, next->text));
    }
    p->draft->failed |= text.failed;
    buf_free(&text);
}

void cover_join(struct parser *p)
{
    for (size_t i = 0; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone || line->cell || !line->text.len)
            continue;
        join_opening(p, line);
        if (i >= COVER_MAX)
            continue;
        join_title(p, line);
        join_number(p, line);
        mark_sector(p, line);
    }
}
