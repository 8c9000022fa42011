/* Finds the headers and footers that stand in cells, as in papers of the United
 * Nations: the symbol, the number of the job, the page. */
#include <ctype.h>
#include <string.h>
#include <unicode/utf8.h>

#include "page_edges.h"

/* "2/14". */
static bool is_page(struct span text)
{
    size_t number = page_digits(text, false), all = page_digits(text, true);

    return number && number <= PAGE_DIGITS_MAX && all &&
           all <= PAGE_DIGITS_MAX && number + 1 + all == text.len &&
           text.at[number] == '/';
}

/* "18-12682", "18-12682 (E) 150818". */
enum { YEAR_DIGITS = 2, JOB_DIGITS_MIN = 5, JOB_LEN_MAX = 40 };

static bool is_job(struct span text)
{
    size_t at = YEAR_DIGITS + 1;

    if (text.len > JOB_LEN_MAX || page_digits(text, false) != YEAR_DIGITS ||
        text.len <= at || text.at[YEAR_DIGITS] != '-')
        return false;
    while (at < text.len && isdigit((unsigned char)text.at[at]))
        at++;
    return at >= YEAR_DIGITS + 1 + JOB_DIGITS_MIN &&
           (at == text.len || text.at[at] == ' ');
}

/* What stands beside an image, and is no more than blank if nothing does. */
static struct span beside_image(struct span text)
{
    int32_t at = 0;

    while ((size_t)at < text.len) {
        int32_t next = at;
        UChar32 c;

        U8_NEXT(text.at, next, (int32_t)text.len, c);
        if (c != MARK && c < MARK_BASE)
            break;
        at = next;
    }
    return span_trim((struct span){ text.at + at, text.len - (size_t)at });
}

/* "*1812682*" below the number of the job: the bars that a machine reads. */
static bool is_barred(const struct line *line)
{
    return !line->cell && line->gap == 0 && line->text.len > 2 &&
           *line->text.at == '*' && lines_last(line->text) == '*' &&
           isdigit((unsigned char)line->text.at[1]);
}

/* Cells without a blank line between them, and what stands in them. */
struct cells {
    size_t end, pages, jobs, symbols, others;
};

static struct cells read_cells(const struct lines *lines, size_t at,
                               struct span symbol)
{
    struct cells cells = { .end = at };

    while (cells.end < lines->count &&
           (lines->at[cells.end].cell ||
            (cells.jobs && is_barred(&lines->at[cells.end]))) &&
           (cells.end == at || lines->at[cells.end].gap == 0)) {
        const struct line *line = &lines->at[cells.end++];
        struct span text = beside_image(line->text);

        if (!line->cell)
            continue;
        cells.pages += is_page(text);
        cells.jobs += is_job(text);
        cells.symbols += symbol.len && span_equal(text, symbol);
        cells.others += text.len && !is_page(text) && !is_job(text) &&
                        !(symbol.len && span_equal(text, symbol));
    }
    return cells;
}

/* Beside the symbol a header has the title at most. `top`: nothing but cells
 * stands above, and a table of papers does not come so soon. */
static bool is_edge(const struct cells *cells, bool top)
{
    if (!cells->others && cells->pages)
        return cells->jobs || cells->symbols || top;
    return top && (cells->others ? cells->symbols && cells->others == 1
                                 : cells->jobs || cells->symbols);
}

bool page_take_cells(struct lines *lines, struct span symbol, size_t first)
{
    bool done = true;
    struct cells cells;
    bool top = true;

    for (size_t at = first;
         at<lines->count; at = cells.end> at ? cells.end : at + 1) {
        top = top && (lines->at[at].cell || lines->at[at].gap == 0);
        cells = read_cells(lines, at, symbol);
        if (cells.end > at && lines->at[at].gap > 0 && is_edge(&cells, top))
            for (size_t i = at; done && i < cells.end; i++) {
                lines->at[i].gone = true;
                done = lines_aside(lines, "src:pageHeader", lines->at[i].text,
                                   lines->at[i].origin);
            }
    }
    return done;
}
