/* Parts the lines of a header that are two columns, side by side on the page.
 */
#include <string.h>

#include "parser.h"

/* A field that says what it is: a label with its value, a number, a date. */
static bool names_field(struct parser *p, struct span text, bool label)
{
    struct finding f;

    if (scanner_takes(p->scanner, KIND_FIELD, NULL, text, &f))
        return (label && f.match.at[CAP_LABEL].at) ||
               rule_is(f.rule, "number") || rule_is(f.rule, "placeDate");
    return label && scanner_takes(p->scanner, KIND_BULLET, NULL, text, NULL);
}

enum { LABEL_LEN_MAX = 64 };

/* What stands behind "Contact:", which may be set off as columns are. */
static struct span behind_label(struct span text)
{
    size_t len = text.len < LABEL_LEN_MAX ? text.len : LABEL_LEN_MAX;
    const char *colon = memchr(text.at, ':', len);
    const char *wide = memmem(text.at, len, "\uFF1A", 3);
    size_t skip = colon  ? (size_t)(colon + 1 - text.at)
                  : wide ? (size_t)(wide + 3 - text.at)
                         : 0;

    return span_trim((struct span){ text.at + skip, text.len - skip });
}

static bool is_field(struct parser *p, struct span text)
{
    return scanner_takes(p->scanner, KIND_FIELD, NULL, text, NULL);
}

/* "Tel.: +41 22 730 5111", beside a list that has begun above: what stands in
 * the other column goes on with that. */
static bool stands_beside_list(struct parser *p, const struct line *line)
{
    struct finding f;

    return p->column_rule && !memchr(line->text.at, '\t', line->text.len) &&
           scanner_takes(p->scanner, KIND_FIELD, NULL, line->text, &f) &&
           f.match.at[CAP_LABEL].at && f.rule->level == 2;
}

/* Spaces set columns off; a TAB may as well stand behind what it explains. */
static bool are_columns(struct parser *p, const struct span columns[2],
                        bool tab)
{
    return names_field(p, columns[1], true) ||
           (names_field(p, columns[0], false) && !tab) ||
           (is_field(p, columns[0]) && is_field(p, columns[1]));
}

/* "+41 22 730 5111" and, behind a TAB, the bullet of a list that has its text
 * behind another TAB. */
static bool split_at_bullet(struct parser *p, struct span text,
                            struct span columns[2])
{
    size_t len = text.len < LABEL_LEN_MAX ? text.len : LABEL_LEN_MAX;
    const char *tab = memchr(text.at, '\t', len);

    if (!tab || tab == text.at)
        return false;
    columns[0] = span_trim(span_between(text.at, tab));
    columns[1] = span_trim(span_between(tab, text.at + text.len));
    return scanner_takes(p->scanner, KIND_BULLET, NULL, columns[1], NULL) &&
           !scanner_takes(p->scanner, KIND_BULLET, NULL, text, NULL);
}

/* A line of several labels is short, and is gone through once for each. */
enum { LABELS_LEN_MAX = 320 };

/* "Contact: Ms Beck     Tel: +41 22 730 1111     E-mail: beck@example.int". */
static bool split_at_label(struct parser *p, struct span text,
                           struct span columns[2])
{
    return text.len <= LABELS_LEN_MAX && lines_split_first(text, columns) &&
           is_field(p, columns[0]) && is_field(p, columns[1]) &&
           names_field(p, columns[1], true);
}

/* "Tel.: +41 22 730 5111", as far as the text goes. */
static bool is_number(struct parser *p, struct span text)
{
    struct finding f;

    return scanner_takes(p->scanner, KIND_FIELD, NULL, text, &f) &&
           f.rule->level == 2 && lines_ends_in_colon(f.match.at[CAP_LABEL]) &&
           f.match.at[CAP_VALUE].len;
}

/* "Tel.: +41 22 730 5111 – Fax: +41 22 730 5853", in a line with such a sign:
 * no columns, but two fields as well. */
static bool split_at_number(struct parser *p, struct span text,
                            struct span columns[2])
{
    const char *colon = memchr(text.at, ':', text.len);
    const char *end = text.at + text.len;

    if (text.len > LABELS_LEN_MAX || !colon ||
        !memchr(colon + 1, ':', (size_t)(end - colon) - 1) ||
        !is_number(p, text))
        return false;
    for (const char *at = colon + 1; at < end; at++) {
        if (at[-1] != ' ' || *at == ' ' || is_digit(*at))
            continue;
        columns[0] = span_trim(span_between(text.at, at));
        columns[1] = span_between(at, end);
        if (lines_has_digit(columns[0]) && is_number(p, columns[1]))
            return true;
    }
    return false;
}

static bool split_line(struct parser *p, const struct line *line,
                       struct span columns[2])
{
    struct span behind = behind_label(line->text);

    if (split_at_bullet(p, behind, columns))
        return true;
    return !line->cell &&
           (lines_split(behind, columns) || lines_split(line->text, columns) ||
            split_at_label(p, line->text, columns) ||
            (lines_split_last(line->text, columns) &&
             names_field(p, columns[1], false)) ||
            split_at_number(p, line->text, columns));
}

/* "Date      3 May 2031": a label without a colon, and its value. */
static bool is_labelled_date(struct parser *p, const struct line *line)
{
    struct finding f;

    return scanner_takes(p->scanner, KIND_FIELD, "placeDate", line->text, &f) &&
           f.match.at[CAP_LABEL].at;
}

/* Where on the page a column stands that spaces set off; 0 where a TAB does. */
static unsigned place_of(const struct line *line, const char *column)
{
    struct span before = span_between(line->text.at, column);

    return memchr(before.at, '\t', before.len)
               ? 0
               : line->indent + (unsigned)lines_width(before);
}

void beside_part(struct parser *p, size_t at)
{
    struct line *line = &p->lines->at[at];
    struct span columns[2];

    if (!split_line(p, line, columns) || is_labelled_date(p, line))
        return;
    columns[0].len = (size_t)(columns[0].at + columns[0].len - line->text.at);
    columns[0].at = line->text.at;
    if (lines_ends_in_colon(columns[0]) ||
        (!line->sector &&
         !are_columns(p, columns,
                      memchr(line->text.at, '\t', line->text.len) != NULL) &&
         !stands_beside_list(p, line)))
        return;
    p->column_at = place_of(line, columns[1].at);
    line->text = columns[0];
    line->asked = line->kinds = 0;
    p->column = columns[1];
}

/* "To:" alone above the second column, and in that, beside other fields, the
 * list of those addressed. */
bool beside_is_head(struct parser *p)
{
    struct line *next = look_next(p, p->at);
    struct span columns[2];

    return p->header.label && !p->header.has_value && p->line->indent > 0 &&
           !p->line->cell && next && !next->cell && next->gap <= 1 &&
           split_line(p, next, columns) &&
           place_of(next, columns[1].at) == p->line->indent;
}

void beside_take_head(struct parser *p)
{
    p->column_rule = p->header.rule;
    field_close(p);
}

/* The second line of a reference, beside the list that began beside the first:
 * a code of who wrote the letter. */
bool beside_goes_on(const struct parser *p)
{
    return p->column.len && !p->header.field && p->column_rule &&
           p->beside_rule && rule_is(p->beside_rule, "reference");
}

/* A label at the end of a line takes no value of the first column; the list
 * below it goes on beside other fields. */
void beside_leave(struct parser *p)
{
    bool waits = p->header.label && !p->header.has_value;
    struct line *next = look_next(p, p->at);

    p->in_column = false;
    if (waits || (p->header.field && p->header.list))
        p->column_rule = p->header.rule;
    if (waits && !(next && look_has(p, next, KIND_BULLET)))
        field_close(p);
}
