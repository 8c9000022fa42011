/* Finds the headers and footers of papers of the United Nations, whose
 * letterhead is a table: the symbol, the number of the job, the page. A
 * converter puts those of all pages below it. */
#include <ctype.h>
#include <string.h>
#include <unicode/utf8.h>

#include "page_edges.h"

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

/* "2/14". */
static bool is_page_of(struct span text)
{
    size_t number = page_digits(text, false), all = page_digits(text, true);

    return number && number <= PAGE_DIGITS_MAX && all &&
           all <= PAGE_DIGITS_MAX && number + 1 + all == text.len &&
           text.at[number] == '/';
}

/* "18-12682", "18-12682 (E) 150818", "GE.31-19821 (E)". */
enum { YEAR_DIGITS = 2, JOB_DIGITS_MIN = 5, JOB_LEN_MAX = 40 };

static bool is_job(struct span text)
{
    size_t at = YEAR_DIGITS + 1;

    if (text.len > JOB_LEN_MAX)
        return false;
    if (text.len > 3 && memcmp(text.at, "GE.", 3) == 0)
        text = (struct span){ text.at + 3, text.len - 3 };
    if (text.len <= at || page_digits(text, false) != YEAR_DIGITS ||
        text.at[YEAR_DIGITS] != '-')
        return false;
    while (at < text.len && isdigit((unsigned char)text.at[at]))
        at++;
    return at >= YEAR_DIGITS + 1 + JOB_DIGITS_MIN &&
           (at == text.len || text.at[at] == ' ');
}

/* "*1812682*": the bars that a machine reads. */
static bool is_barred(struct span text)
{
    size_t at = 1;

    while (at < text.len && isdigit((unsigned char)text.at[at]))
        at++;
    return at > JOB_DIGITS_MIN && at + 1 == text.len && *text.at == '*' &&
           text.at[at] == '*';
}

/* Lines without a blank one between them, and what stands in them. */
struct edge_row {
    size_t end, pages, numbers, jobs, symbols, others;
    bool cells; /* it begins with one */
};

static struct edge_row read_row(const struct lines *lines, size_t at,
                                struct span symbol)
{
    struct edge_row row = { .end = at, .cells = lines->at[at].cell };

    while (row.end < lines->count &&
           (row.end == at || lines->at[row.end].gap == 0)) {
        struct span text = beside_image(lines->at[row.end++].text);
        bool is_symbol = span_equal(text, symbol), page = is_page_of(text);
        bool job = is_job(text) || is_barred(text);
        bool number = text.len && text.len <= PAGE_DIGITS_MAX &&
                      page_digits(text, false) == text.len;

        row.symbols += is_symbol;
        row.pages += page;
        row.jobs += job;
        row.numbers += number;
        row.others += text.len && !is_symbol && !page && !job && !number;
    }
    return row;
}

/* Beside the symbol a header has the title at most; the number of a page alone
 * may stand in the next row. */
static bool is_edge(const struct edge_row *row, bool below_edge)
{
    if (row->others)
        return row->cells && row->symbols && row->others == 1;
    return row->symbols || row->jobs || row->pages ||
           (below_edge && row->cells && row->numbers);
}

/* How far below the symbol they stand. */
enum { HEAD_LINES_MAX = 60, TEXT_WIDTH_MIN = 60 };

bool page_take_cells(struct lines *lines, struct span symbol, size_t first)
{
    size_t end = lines->count - first > HEAD_LINES_MAX ? first + HEAD_LINES_MAX
                                                       : lines->count;
    struct edge_row row;
    bool done = true, edge = false;

    if (!symbol.len || !lines->at[first - 1].cell)
        return true;
    for (size_t at = first; done && at < end; at = row.end) {
        const struct line *line = &lines->at[at];

        if (lines_ends_sentence(line->text) &&
            lines_width(line->text) >= TEXT_WIDTH_MIN)
            break;
        row = read_row(lines, at, symbol);
        edge = line->gap > 0 && is_edge(&row, edge);
        for (size_t i = at; done && edge && i < row.end; i++) {
            lines->at[i].gone = true;
            done = lines_aside(lines, "src:pageHeader", lines->at[i].text,
                               lines->at[i].origin);
        }
    }
    return done;
}
