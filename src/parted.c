/* Tells by what rows hold that they are those of a table, whether TABs or
 * spaces part its columns. */
#include <ctype.h>
#include <string.h>

#include "drawing.h"

/* ---- hours --------------------------------------------------------------- */

/* 上午9:30至下午5:30 has five characters beside its digits. */
enum { WIDE_BYTES_MAX = 18 };

/* "09:30-09:45", "9 h 30": digits and what stands in hours, rather than a
 * sentence that cites a clause in Chinese. */
bool parted_is_hours(struct span text)
{
    unsigned digits = 0, signs = 0, wide = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (isdigit(c))
            digits++;
        else if ((c == 'h' && digits) ||
                 ((c == ':' || c == '.') && i > 0 &&
                  isdigit((unsigned char)text.at[i - 1])))
            signs++;
        else if (c >= 0x80)
            wide++;
        else if (c != ' ' && c != '-' && c != 'h')
            return false;
    }
    return wide <= WIDE_BYTES_MAX && signs > 0 && digits >= 3 && digits <= 8;
}

/* What no number of a clause looks like: "09:30", "9 h 30", "9.30 - 10.00". */
bool parted_is_when(struct span text)
{
    bool sign = false;

    for (size_t i = 0; i < text.len && !sign; i++)
        sign = strchr(":h-", text.at[i]) || (unsigned char)text.at[i] >= 0x80;
    return sign && parted_is_hours(text);
}

/* ---- subjects and their documents ---------------------------------------- */

enum { DOCUMENT_WIDTH_MAX = 30 };

/* "Subjects" and "Documents", and below that "1 Tides" and "C31/12", up to
 * where the numbers do not go on. */
bool parted_are_subjects(const struct lines *lines, struct table *t)
{
    size_t starts[COLUMNS_MAX + 1], digits;
    unsigned number = 0;

    if (t->columns.count != SUBJECT_COLUMNS ||
        lines_has_digit(lines->at[t->begin].text))
        return false;
    for (size_t i = t->begin; i < t->end; i++) {
        struct span text = span_trim(lines->at[i].text), last;

        if (!columns_are_full(&lines->at[i], &t->columns))
            continue;
        columns_read(lines->at[i].text, &t->columns, starts);
        last = columns_cell(&t->columns, lines->at[i].text, starts, 1);
        if (lines_width(last) > DOCUMENT_WIDTH_MAX ||
            lines_ends_sentence(last) ||
            (i > t->begin && (lines_number(text, &digits) != number + 1 ||
                              text.at[digits] != ' '))) {
            t->end = i;
            break;
        }
        number += i > t->begin;
    }
    return number + 1 >= ROWS_MIN;
}

/* ---- days ---------------------------------------------------------------- */

enum { DAY_WIDTH_MAX = 60 };

/* "25-29 October 2031" without its first day, "4 May 2031 (17:00)" without what
 * is in brackets. */
static struct span last_day(struct span text)
{
    const char *open =
        lines_ends_in(text, ")") ? memrchr(text.at, '(', text.len) : NULL;
    size_t at = 0;

    if (open)
        text = span_trim(span_between(text.at, open));
    while (at < text.len && isdigit((unsigned char)text.at[at]))
        at++;
    if (!at || at >= text.len)
        return text;
    if (text.at[at] == '-' && at <= 2)
        at++;
    else if (text.len > at + 3 && memcmp(text.at + at, "\u2013", 3) == 0)
        at += 3;
    else
        return text;
    return (struct span){ text.at + at, text.len - at };
}

/* A day, or the hours of one where these do not come first. */
static bool is_day(struct drawing *p, struct span text, bool hours)
{
    if (!lines_has_digit(text) || lines_width(text) > DAY_WIDTH_MAX)
        return false;
    return scanner_is_day(p->scanner, text) ||
           scanner_is_day(p->scanner, last_day(text)) ||
           (hours && parted_is_when(text));
}

/* Whether column `k` of all whole rows holds days, below a head perhaps. Where
 * days come first, the other cell may be any text. */
static bool has_days(struct drawing *p, const struct table *t, size_t k)
{
    size_t days = 0, starts[COLUMNS_MAX + 1];

    for (size_t i = t->begin; i < t->end; i++) {
        const struct line *line = &p->lines->at[i];
        struct span text = line->text;

        if (!t->columns.sign && !columns_are_full(line, &t->columns))
            continue;
        if ((k > 0 || !t->columns.sign) &&
            columns_have_colon(line, &t->columns))
            return false;
        if (columns_read(text, &t->columns, starts) &&
            is_day(p, span_trim(columns_cell(&t->columns, text, starts, k)),
                   k > 0))
            days++;
        else if (i > t->begin || lines_has_digit(text))
            return false;
    }
    return days > 1;
}

bool parted_are_dated(struct drawing *p, const struct table *t)
{
    return t->columns.count == DATED_COLUMNS &&
           (has_days(p, t, 0) || has_days(p, t, 1));
}

bool parted_are_headed(struct drawing *p, const struct table *t, size_t only)
{
    const struct line *head = &p->lines->at[t->begin];
    const struct line *row = &p->lines->at[only];
    size_t starts[COLUMNS_MAX + 1];

    if (t->columns.count < NUMBERED_COLUMNS_MIN ||
        lines_has_digit(head->text) || columns_have_colon(head, &t->columns) ||
        columns_have_colon(row, &t->columns) ||
        !columns_are_full(head, &t->columns) ||
        !columns_read(row->text, &t->columns, starts))
        return false;
    for (size_t k = 1; k < t->columns.count; k++)
        if (is_day(p, span_trim(columns_cell(&t->columns, row->text, starts, k)),
                   true))
            return true;
    return false;
}

/* ---- what a colon leads to ----------------------------------------------- */

enum { LABEL_WIDTH_MAX = 3 };

bool parted_are_announced(const struct lines *lines, const struct table *t)
{
    size_t starts[COLUMNS_MAX + 1];

    if (t->begin == 0 || lines->at[t->begin].gap > 1 ||
        !lines_ends_in_colon(lines->at[t->begin - 1].text) ||
        (t->end < lines->count && lines->at[t->end].gap == 0))
        return false;
    for (size_t i = t->begin; i < t->end; i++) {
        struct span text = lines->at[i].text;

        if (!columns_are_full(&lines->at[i], &t->columns) ||
            !columns_read(text, &t->columns, starts) ||
            lines_width(span_trim(
                columns_cell(&t->columns, text, starts, 0))) <= LABEL_WIDTH_MAX)
            return false;
    }
    return true;
}

/* ---- letterheads --------------------------------------------------------- */

bool parted_is_letterhead(struct drawing *p, const struct table *t)
{
    const struct lines *lines = p->lines;
    size_t starts[COLUMNS_MAX + 1];

    if (t->begin > 0 || t->end < 2 || t->end == lines->count ||
        lines->at[t->end].gap == 0)
        return false;
    for (size_t i = t->begin; i < t->end; i++) {
        struct span text = lines->at[i].text;

        if (!columns_are_full(&lines->at[i], &t->columns) ||
            !columns_read(text, &t->columns, starts))
            return false;
        for (size_t k = 0; k < t->columns.count; k++)
            if (scanner_takes(
                    p->scanner, KIND_FIELD, NULL,
                    span_trim(columns_cell(&t->columns, text, starts, k)),
                    NULL))
                return false;
    }
    return true;
}

/* ---- the caption above --------------------------------------------------- */

/* In the middle of its line, perhaps. */
static bool is_caption(struct drawing *p, const struct line *line)
{
    struct line bare = *line;

    bare.text = span_trim(line->text);
    return !line->cell && bare.text.len &&
           scanner_reads(p->scanner, &p->folded, &bare, KIND_CAPTION, "table",
                         NULL);
}

/* On the line above, or the one above that, where the title has its own. */
bool parted_is_below_caption(struct drawing *p, size_t i)
{
    const struct line *at = p->lines->at;

    return i > 0 && at[i].gap <= 1 &&
           (is_caption(p, &at[i - 1]) ||
            (i > 1 && at[i - 1].gap <= 1 &&
             !columns_count_tabs(at[i - 1].text) && is_caption(p, &at[i - 2])));
}
