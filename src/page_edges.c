/* Finds headers and footers by the pages beside: what these begin or end with
 * alike. */
#include "page_edges.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "numeral.h"

enum { HEADER_MAX = 90 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Bytes, where any number of blanks counts as one: columns are far apart. */
static size_t len_of_words(struct span text)
{
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++)
        len += !is_blank(text.at[i]) || i == 0 || !is_blank(text.at[i - 1]);
    return len;
}

bool page_is_short(const struct line *line)
{
    return !line->cell && line->text.len &&
           len_of_words(line->text) <= HEADER_MAX &&
           !memchr(line->text.at, MARK, line->text.len) &&
           !lines_ends_sentence(line->text);
}

size_t page_digits(struct span text, bool end)
{
    size_t count = 0;

    while (
        count < text.len &&
        u_isdigit((unsigned char)text.at[end ? text.len - 1 - count : count]))
        count++;
    return count;
}

/* Form feeds show where pages begin. A header or footer has this many lines at
 * most, and left and right pages may have their own. */
enum { EDGE_LINES = 3, NEAR_PAGES = 2 };

enum edge { EDGE_HEAD, EDGE_FOOT };

/* What is left of a page: lines first to end - 1. */
struct page {
    size_t first, end;
    bool goes[2]; /* its first and its last line, in this round */
};

struct pages {
    struct page *at;
    size_t count;
};

static bool find_pages(struct pages *pages, const struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct page *page = pages->count ? &pages->at[pages->count - 1] : NULL;

        if (!page || lines->at[i].page_break)
            page = array_push(&pages->at, &pages->count, sizeof *page);
        if (!page)
            return false;
        if (page->end == 0)
            page->first = i;
        page->end = i + 1;
    }
    return true;
}

static struct line *edge_of(const struct lines *lines, struct page *page,
                            enum edge edge)
{
    while (page->first < page->end && lines->at[page->first].gone)
        page->first++;
    while (page->first < page->end && lines->at[page->end - 1].gone)
        page->end--;
    if (page->first == page->end)
        return NULL;
    return &lines->at[edge == EDGE_HEAD ? page->first : page->end - 1];
}

/* A line with the number of its page before or behind it, or the number. */
struct head {
    unsigned number;
    bool sure; /* "3/12", "-3Tides": of a page, whatever stands beside it */
    struct span rest;
};

static unsigned value_of(const char *at, size_t len)
{
    unsigned value = 0;

    for (size_t i = 0; i < len; i++)
        value = value * 10 + (unsigned)(at[i] - '0');
    return value;
}

/* The number of the page at the end, "3" or "3/12", with a blank before it. */
static bool ends_in_page(struct span text, struct head *head)
{
    size_t len = page_digits(text, true), all = 0;

    if (len && len < text.len && text.at[text.len - len - 1] == '/') {
        all = len + 1;
        len = page_digits((struct span){ text.at, text.len - all }, true);
    }
    if (!len || len > PAGE_DIGITS_MAX || len + all >= text.len ||
        !is_blank(text.at[text.len - all - len - 1]))
        return false;
    head->number = value_of(text.at + text.len - all - len, len);
    head->sure = all > 0;
    head->rest = span_trim((struct span){ text.at, text.len - all - len });
    return true;
}

/* ... at the start, a blank or "/12" behind it. */
static bool begins_with_page(struct span text, struct head *head)
{
    size_t len = page_digits(text, false);

    if (!len || len > PAGE_DIGITS_MAX ||
        (len < text.len && !is_blank(text.at[len]) && text.at[len] != '/'))
        return false;
    head->number = value_of(text.at, len);
    head->rest = span_trim((struct span){ text.at + len, text.len - len });
    return true;
}

/* "-2Circular 118" of "- 2 -" above "Circular 118": the second hyphen was taken
 * for one that breaks a word. */
static bool is_glued_to_page(struct span text, struct head *head)
{
    struct span behind = { text.at + 1, text.len - 1 };
    size_t len = text.len && *text.at == '-' ? page_digits(behind, false) : 0;

    if (!len || len > PAGE_DIGITS_MAX || len == behind.len ||
        is_blank(behind.at[len]) || ispunct((unsigned char)behind.at[len]))
        return false;
    head->number = value_of(behind.at, len);
    head->sure = true;
    head->rest = (struct span){ behind.at + len, behind.len - len };
    return true;
}

/* How many letters of small Roman numerals the text begins with, or ends in. */
static size_t numeral_letters(struct span text, bool at_end)
{
    size_t len = 0;

    while (len < text.len &&
           strchr("ivx", text.at[at_end ? text.len - 1 - len : len]))
        len++;
    return len;
}

enum { NUMERAL_LEN_MAX = 6, NUMERAL_GAP_MIN = 3 };

/* "Handbook (06/2031)        iv" or "iv        Handbook (06/2031)": pages
 * before the first chapter. */
static bool has_numeral(struct span text, bool at_end, struct head *head)
{
    size_t len = numeral_letters(text, at_end);
    const char *from = at_end ? text.at : text.at + len;
    struct span beside = { from, text.len - len }, rest = span_trim(beside);
    struct span gap = at_end
                          ? span_between(rest.at + rest.len, from + beside.len)
                          : span_between(from, rest.at);

    if (!len || len > NUMERAL_LEN_MAX || !rest.len ||
        (gap.len < NUMERAL_GAP_MIN && !memchr(gap.at, '\t', gap.len)))
        return false;
    *head = (struct head){
        numeral_roman(at_end ? (struct span){ text.at + text.len - len, len }
                             : (struct span){ text.at, len }),
        true, rest
    };
    return head->number > 0;
}

static struct head read_head(struct span text)
{
    struct head head = { .rest = text }, numeral;

    if (!begins_with_page(text, &head) && !is_glued_to_page(text, &head) &&
        !ends_in_page(text, &head) &&
        (has_numeral(text, false, &numeral) ||
         has_numeral(text, true, &numeral)))
        return numeral;
    return head;
}

/* The number of the page, which is known, glued to what stands below it. */
static bool has_own_number(struct lines *lines, struct pages *pages, size_t i)
{
    const struct line *line = edge_of(lines, &pages->at[i], EDGE_HEAD);
    struct head head;

    return line && page_is_short(line) && is_glued_to_page(line->text, &head) &&
           head.number == i + 1;
}

/* Whether both have the same words, however far apart these stand. */
static bool same_words(struct span a, struct span b)
{
    size_t i = 0, k = 0;

    while (i < a.len && k < b.len && a.at[i] == b.at[k])
        if (is_blank(a.at[i])) {
            while (i < a.len && is_blank(a.at[i]))
                i++;
            while (k < b.len && is_blank(b.at[k]))
                k++;
        } else {
            i++;
            k++;
        }
    return i == a.len && k == b.len;
}

/* "ANNEX 1" and "ANNEX 2" on two pages are no headers: what stands beside a
 * page number has a number of its own, as that of the document, or is nothing.
 */
static bool are_alike(struct span a, struct span b, size_t distance)
{
    struct head first = read_head(a), second = read_head(b);

    if (same_words(a, b))
        return first.rest.len > 0;
    return same_words(first.rest, second.rest) &&
           first.number + distance == second.number &&
           (!first.rest.len || first.sure || lines_has_digit(first.rest));
}

static bool is_alike(struct lines *lines, struct pages *pages, size_t a,
                     size_t b, enum edge edge)
{
    struct line *first = edge_of(lines, &pages->at[a], edge);
    struct line *second = edge_of(lines, &pages->at[b], edge);

    return first && second && page_is_short(first) && page_is_short(second) &&
           are_alike(first->text, second->text, b - a);
}

/* What pages near one another begin or end with; true where there was any. */
static bool take_edges(struct lines *lines, struct pages *pages, enum edge edge)
{
    bool any = false;

    for (size_t i = 0; i < pages->count; i++)
        pages->at[i].goes[edge] =
            edge == EDGE_HEAD && has_own_number(lines, pages, i);
    for (size_t b = 1; b < pages->count; b++)
        for (size_t a = b > NEAR_PAGES ? b - NEAR_PAGES : 0; a < b; a++)
            if (is_alike(lines, pages, a, b, edge))
                pages->at[a].goes[edge] = pages->at[b].goes[edge] = true;
    for (size_t i = 0; i < pages->count; i++)
        if (pages->at[i].goes[edge]) {
            edge_of(lines, &pages->at[i], edge)->gone = true;
            any = true;
        }
    return any;
}

/* ---- without form feeds ------------------------------------------------------- */

/* How far apart the numbers of two pages stand, and how wide what parts them
 * from the title beside them. */
enum { APART_MIN = 10, APART_MAX = 200, PARTING_MIN = 3, TITLE_MIN = 4 };

/* A title that runs through the pages, and the number of one of them. */
struct running {
    struct line *line;
    struct head head;
    bool right; /* the number stands behind it */
};

/* "TD 117 (GEN/5)        3" or "4        TD 117 (GEN/5)", set apart. */
static bool read_running(const struct lines *lines, size_t i,
                         struct running *running)
{
    struct line *line = &lines->at[i];
    struct span text = line->text;
    bool apart =
        line->gap > 0 || (i + 1 < lines->count && lines->at[i + 1].gap > 0);
    const char *from, *end;

    if (!apart || line->gone || !text.len ||
        (!is_digit(*text.at) && !is_digit(text.at[text.len - 1])) ||
        !page_is_short(line))
        return false;
    *running = (struct running){ .line = line };
    running->right = !begins_with_page(text, &running->head);
    if (running->right && !ends_in_page(text, &running->head))
        return false;
    from = running->right ? running->head.rest.at + running->head.rest.len
                          : text.at + page_digits(text, false);
    end = running->right ? text.at + text.len : running->head.rest.at;
    return running->head.rest.len >= TITLE_MIN &&
           u_isalpha(span_first(running->head.rest)) &&
           (memchr(from, '\t', (size_t)(end - from)) ||
            span_run(span_between(from, end), 0, ' ') >= PARTING_MIN);
}

/* On the page before: not both have their number on the left, where that of a
 * clause stands. */
static bool goes_on(const struct running *before, const struct running *now)
{
    ptrdiff_t lines = before->line ? now->line - before->line : 0;

    return lines >= APART_MIN && lines <= APART_MAX &&
           (before->right || now->right) &&
           now->head.number == before->head.number + 1 &&
           same_words(before->head.rest, now->head.rest);
}

/* Left pages may have a title of their own: two are kept. */
static void take_titles(struct lines *lines)
{
    struct running before[2] = { { 0 } }, now;

    for (size_t i = 0; i < lines->count; i++) {
        if (!read_running(lines, i, &now))
            continue;
        for (size_t k = 0; k < 2; k++)
            if (goes_on(&before[k], &now))
                before[k].line->gone = now.line->gone = true;
        before[1] = before[0];
        before[0] = now;
    }
}

bool page_find_edges(struct lines *lines)
{
    struct pages pages = { 0 };
    bool done = find_pages(&pages, lines);

    lines->paged = pages.count > 1;
    for (int edge = EDGE_HEAD; done && edge <= EDGE_FOOT; edge++)
        for (int i = 0; i < EDGE_LINES; i++)
            if (!take_edges(lines, &pages, (enum edge)edge))
                break;
    if (!lines->paged)
        take_titles(lines);
    free(pages.at);
    return done;
}
