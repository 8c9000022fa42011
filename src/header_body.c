/* Tells what begins the body of a document: clauses and headings, lists, tables
 * and programmes, and texts that are no title. */
#include <ctype.h>
#include <string.h>

#include "parser.h"

/* Of the first line of a text that is broken at a fixed width, a paragraph, and
 * a sentence alone. */
enum {
    TEXT_WIDTH_MIN = 55,
    PARAGRAPH_WIDTH_MIN = 100,
    SENTENCE_ALONE_MIN = 60,
    BROKEN_LINES_MAX = 16
};

/* ---- clauses and headings ------------------------------------------------ */

/* A text that one proposal makes up: its mark is the first line. */
static bool is_whole_proposal(struct parser *p, struct line *line)
{
    for (struct line *above = p->lines->at; above < line; above++)
        if (!above->gone && above->text.len)
            return false;
    return proposal_is_only(p, line);
}

/* "1 Scope", not "1211 Geneva 20", nor "12 Castle Street", which no "13"
 * follows. */
enum { NUMBER_MAX = 999, SINGLE_MAX = 9, NEXT_LINES_MAX = 64 };

static bool is_followed(struct parser *p, const struct line *line,
                        unsigned next)
{
    size_t at, from = (size_t)(line - p->lines->at) + 1;

    for (size_t i = from; i < p->lines->count && i < from + NEXT_LINES_MAX; i++)
        if (!p->lines->at[i].cell && p->lines->at[i].text.len &&
            lines_number(p->lines->at[i].text, &at) == next)
            return true;
    return false;
}

static bool may_begin_numbers(struct parser *p, const struct line *line)
{
    size_t at;
    unsigned number = lines_number(line->text, &at);

    /* "0 Actions", and clause 1 behind it. */
    if (line->text.at[0] == '0' && at == 1)
        return is_followed(p, line, 1);
    if (line->text.at[0] != '1' || number > NUMBER_MAX)
        return false;
    return number <= SINGLE_MAX || line->text.at[at] != ' ' ||
           is_followed(p, line, number + 1);
}

/* "Agenda item 12: Cooperation" right below where and when a session was held:
 * what a paper is for, if it is not the first of several such items. */
enum { AGENDA_LINES_MAX = 512 };

bool header_is_agenda_item(struct parser *p, struct line *line)
{
    struct line *above = line > p->lines->at ? look_above(p, line) : line;

    if (line->cell || line->gap > 0 || above == line || above->cell ||
        !look_find(p, line, KIND_HEADING, "agenda", NULL) ||
        !look_find(p, above, KIND_FIELD, "placeDate", NULL))
        return false;
    for (unsigned i = 0; i < AGENDA_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || part_begins(p, line))
            break;
        if (look_find(p, line, KIND_HEADING, "agenda", NULL))
            return false;
    }
    return true;
}

/* "In exercise of the powers conferred on it by Article 22, and" right above
 * "Considering:" or another such line: no title. */
static bool is_recital(struct parser *p, struct line *line)
{
    bool more = lines_ends_in(line->text, ";");
    struct line *next;

    if ((!more && lines_width(line->text) <= TEXT_WIDTH_MIN) ||
        !heading_begins_preamble(p, line->text))
        return false;
    next = look_below(p, line);
    return next && !next->cell &&
           (look_has(p, next, KIND_HEADING) ||
            (more && heading_begins_preamble(p, next->text)));
}

/* What can only stand behind a header. */
bool header_begins_body(struct parser *p, struct line *line)
{
    unsigned kinds = look_classify(p, line);

    if (line->cell)
        return false;
    if (line->day)
        return true;
    if (proposal_begins(p, line) && !is_whole_proposal(p, line))
        return true;
    if (kinds & 1u << KIND_HEADING)
        return !heading_titles_decision(p, line) &&
               !header_is_agenda_item(p, line);
    /* A number may begin a date or a title; other labels have words. */
    if (kinds & (1u << KIND_CLAUSE))
        return !look_find(p, line, KIND_FIELD, "placeDate", NULL) &&
               (memchr(line->text.at, '\t', line->text.len) != NULL ||
                line->text.at[0] < '0' || line->text.at[0] > '9' ||
                may_begin_numbers(p, line));
    return toc_has_title(p, line) || is_recital(p, line) ||
           (kinds & (1u << KIND_LONE) &&
            (line->chapter || span_is(line->text, "1") ||
             span_is(line->text, "1.")));
}

/* A topic with its text or its list: of a document that has no other header
 * than a title. */
bool header_is_opening_topic(struct parser *p, size_t at)
{
    struct line *next = look_next(p, at);

    return next && !look_has(p, next, KIND_OPENING) &&
           heading_is_topic(p, &p->lines->at[at]) &&
           (lines_ends_sentence(next->text) ||
            lines_width(next->text) > TEXT_WIDTH_MIN ||
            width_goes_on(p, next) || look_has(p, next, KIND_BULLET));
}

/* ---- lists --------------------------------------------------------------- */

/* "The meeting agreed:" and a list: no title, though it is short. */
bool header_announces_list(struct parser *p, size_t at)
{
    const struct line *line = &p->lines->at[at];
    struct line *next = look_next(p, at);

    return !line->cell && next && !next->cell &&
           lines_ends_in_colon(line->text) &&
           look_kinds(p, next,
                      1u << KIND_CLAUSE | 1u << KIND_ITEM | 1u << KIND_BULLET |
                          1u << KIND_LONE);
}

/* "1) Clause 3" and, a few lines below, "2)": no titles, though they are short;
 * but "Subject:" alone above them wants them all. Below `titles` and no fields
 * the first needs no second. */
enum { ITEM_LINES_MAX = 24 };

bool header_begins_list(struct parser *p, size_t at, bool titles)
{
    struct number first, next;
    const struct rule *rule = label_item(p, &p->lines->at[at], &first);

    if (!rule || first.depth != 1 || number_last(&first) != 1 ||
        (at && lines_ends_in_colon(p->lines->at[at - 1].text)))
        return false;
    if (titles && rule_is(rule, "decimal"))
        return true;
    for (size_t i = at + 1; i < p->lines->count && i < at + ITEM_LINES_MAX; i++)
        if (label_item(p, &p->lines->at[i], &next) == rule)
            return number_follows(&next, &first);
    return false;
}

/* ---- tables -------------------------------------------------------------- */

/* Cells with text in the row that begins at line `at`; 0 where one is a label.
 * `*next` is set to the first line behind the row. */
static unsigned row_cells(const struct parser *p, size_t at, size_t *next)
{
    unsigned cells = 0;
    bool label = false;
    size_t i;

    for (i = at; i < p->lines->count && i < at + ROW_LINES_MAX; i++) {
        const struct line *line = &p->lines->at[i];

        if (i > at && line->gap > 0)
            break;
        cells += line->cell && line->text.len;
        label |= lines_ends_in_colon(line->text);
    }
    *next = i;
    return label ? 0 : cells;
}

/* Two rows without labels, one of them of `columns` cells at least: a table,
 * and not the header's own. Its title may stand in a row above them, where it
 * is set apart. */
bool header_begins_table(const struct parser *p, size_t at, unsigned columns)
{
    size_t next, end;
    unsigned first = p->lines->at[at].cell ? row_cells(p, at, &next) : 0,
             second;

    if (first < 1 || next >= p->lines->count || !p->lines->at[next].cell ||
        p->lines->at[next].gap != 1)
        return false;
    if (first < 2)
        return p->lines->at[at].gap > 1 &&
               header_begins_table(p, next, columns);
    second = row_cells(p, next, &end);
    return second >= 2 && (first >= columns || second >= columns);
}

/* "08:30 – 09:30", "9.30", in a cell. */
enum { HOUR_WIDTH_MAX = 24 };

static bool is_hour(struct span text)
{
    size_t at = 0;

    while (at < 2 && at < text.len && isdigit((unsigned char)text.at[at]))
        at++;
    return at && at + 2 < text.len && strchr(":.hH", text.at[at]) &&
           isdigit((unsigned char)text.at[at + 1]) &&
           isdigit((unsigned char)text.at[at + 2]) &&
           lines_width(text) <= HOUR_WIDTH_MAX;
}

/* A row that begins with an hour, or the day above it: the hours of a programme
 * are none of the header. */
bool header_begins_programme(const struct parser *p, size_t i)
{
    const struct line *at = p->lines->at, *end = at + p->lines->count,
                      *line = at + i;

    if (line->cell && line + 1 < end && line[1].cell && line[1].gap == 1)
        line++;
    return line->cell && line + 1 < end && line[1].cell && line[1].gap == 0 &&
           is_hour(line->text);
}

/* Row `n` of what is counted from the top. */
static bool is_numbered_row(struct parser *p, size_t at, unsigned n)
{
    struct number number;

    return at < p->lines->count && p->lines->at[at].cell &&
           p->lines->at[at].gap == 1 &&
           label_number(p, &p->lines->at[at], &number) && number.depth == 1 &&
           number_last(&number) == n;
}

/* "Subject", "Conclusions", and below them rows from 1 on: what a meeting came
 * to, and no field of its header. */
bool header_begins_conclusions(struct parser *p, size_t at)
{
    size_t first, second;

    return p->lines->at[at].cell && row_cells(p, at, &first) == 2 &&
           is_numbered_row(p, first, 1) && row_cells(p, first, &second) &&
           is_numbered_row(p, second, 2);
}

/* "Table 1 – Papers" right above a row: the header has no tables with titles.
 */
bool header_is_table_caption(struct parser *p, size_t at)
{
    struct line *line = &p->lines->at[at], *next = look_next(p, at);

    return !line->cell && next && next->cell &&
           look_find(p, line, KIND_CAPTION, "table", NULL);
}

/* ---- texts --------------------------------------------------------------- */

bool header_is_close(const struct parser *p, size_t at)
{
    return at < p->lines->count && p->lines->at[at].gap == 0 &&
           !p->lines->at[at].cell;
}

/* Index behind the paragraph that begins with line `at`, which may be broken
 * into several, if it is a long one; else `at`. */
size_t header_long_end(struct parser *p, size_t at)
{
    const struct line *line = &p->lines->at[at];
    size_t width = lines_width(line->text), end = at + 1;

    if (line->cell)
        return at;
    while (width > TEXT_WIDTH_MIN && !lines_ends_sentence(line->text) &&
           end < p->lines->count && end < at + BROKEN_LINES_MAX &&
           p->lines->at[end].gap == 0 && !p->lines->at[end].cell &&
           !look_has_label(p, &p->lines->at[end])) {
        line = &p->lines->at[end++];
        width += 1 + lines_width(line->text);
    }
    return lines_ends_sentence(line->text) &&
                   (line->text.len > 1000 || width > PARAGRAPH_WIDTH_MIN)
               ? end
               : at;
}

bool header_is_long(struct parser *p, size_t at)
{
    return header_long_end(p, at) > at;
}

/* Below the table of a header, and set apart from it. */
bool header_is_text_below(const struct line *line)
{
    return line->gap > 1 && lines_ends_sentence(line->text) &&
           lines_width(line->text) > SHORT_WIDTH_MAX;
}

/* "The group thanks all members and agreed as follows:", set apart from the
 * fields above it. */
bool header_is_text_alone(const struct line *line)
{
    return line->gap > 0 && !line->cell &&
           (lines_ends_sentence(line->text) ||
            lines_ends_in_colon(line->text)) &&
           lines_width(line->text) > SENTENCE_ALONE_MIN;
}

/* A sentence right behind the number or the address of a contact, which has one
 * line of its own or stands behind its label. */
bool header_is_text_behind_contact(struct parser *p, size_t header, size_t at)
{
    const struct line *line = &p->lines->at[at];
    struct finding f;
    size_t value = header;

    if (!header ||
        !look_find(p, &p->lines->at[header - 1], KIND_FIELD, NULL, &f) ||
        f.rule->level != 2 || !lines_ends_sentence(line->text) ||
        lines_width(line->text) < TEXT_WIDTH_MIN || line->cell)
        return false;
    if (!f.match.at[CAP_VALUE].len)
        value++;
    return at == value;
}

/* A sentence that fills a line of its own: a letter without a salutation. */
bool header_is_text_behind_list(struct parser *p, struct line *line)
{
    return !look_has(p, line, KIND_BULLET) &&
           !u_islower(span_first(line->text)) &&
           lines_ends_sentence(line->text) &&
           lines_width(line->text) > PARAGRAPH_WIDTH_MIN;
}

/* A heading without a number, right above its text. */
bool header_is_heading_alone(const struct parser *p, size_t at)
{
    const struct line *line = &p->lines->at[at];

    return line->gap > 0 && !line->cell && line->text.len &&
           !lines_ends_sentence(line->text) &&
           lines_width(line->text) <= PARAGRAPH_WIDTH_MIN &&
           header_is_close(p, at + 1) && lines_ends_sentence(line[1].text) &&
           lines_width(line[1].text) > SENTENCE_ALONE_MIN;
}

/* "Action required" and below it, in a line of its own, by whom: what boxes of
 * a paper hold is none of its text. */
bool header_is_below_box(struct parser *p, size_t at)
{
    const struct folded *above = at > 0 && p->lines->at[at].gap == 0
                                     ? look_folded(p, &p->lines->at[at - 1])
                                     : NULL;
    struct finding f;

    return above && scanner_is(p->scanner, KIND_BOX, above, &f);
}

/* Whether a line that ends no sentence has one of its own right below it. */
static bool heads_sentence(struct parser *p, size_t at, size_t width)
{
    struct line *line = &p->lines->at[at];

    return !line->cell && line->text.len && !lines_ends_sentence(line->text) &&
           lines_width(line->text) <= PARAGRAPH_WIDTH_MIN &&
           label_begins_high(line->text) && !look_classify(p, line) &&
           header_is_close(p, at + 1) && lines_ends_sentence(line[1].text) &&
           lines_width(line[1].text) > width && !header_is_below_box(p, at + 1);
}

/* "Opening" and its text, "Adoption of the agenda" and its text: the first two
 * headings of a report. */
bool header_is_first_of_headings(struct parser *p, size_t at)
{
    size_t next;

    if (!heads_sentence(p, at, SENTENCE_ALONE_MIN))
        return false;
    next = header_is_long(p, at + 1) ? header_long_end(p, at + 1) : at + 2;
    return next < p->lines->count && heads_sentence(p, next, SHORT_WIDTH_MAX);
}

/* How far below the first article a heading that holds others is looked for. */
enum { HEADED_LINES_MAX = 200 };

/* "SESSIONS" set apart, and an article right below it. */
static bool heads_article(struct parser *p, size_t at)
{
    struct line *line = &p->lines->at[at], *next = look_next(p, at);
    struct finding f;

    return line->gap > 0 && !line->gone && !line->cell && next && !next->cell &&
           heading_is_capitals(line->text) && !look_classify(p, line) &&
           look_find(p, next, KIND_CLAUSE, "article", &f);
}

bool header_is_first_of_chapters(struct parser *p, size_t at)
{
    size_t end = at + HEADED_LINES_MAX;

    if (!at || !heads_article(p, at))
        return false;
    for (size_t i = at + 2; i < p->lines->count && i < end; i++)
        if (heads_article(p, i))
            return true;
    return false;
}

/* "Opening" below "Report of the group" and "(Geneva, 3 May 2031)", which end
 * the title, and another such heading further down. */
bool header_is_first_of_bare(struct parser *p, size_t at)
{
    size_t end = at + HEADED_LINES_MAX;
    const struct line *above = at > 1 ? &p->lines->at[at - 1] : NULL;

    if (!above || above->cell || !lines_is_enclosed(above->text) ||
        !lines_has_digit(above->text) ||
        !heading_heads_paragraph(p, &p->lines->at[at]))
        return false;
    for (size_t i = at + 2; i < p->lines->count && i < end; i++)
        if (heading_heads_paragraph(p, &p->lines->at[i]))
            return true;
    return false;
}

/* "T.C.", "Lisboa, 17 de fevereiro de 2026.": a full stop that ends no
 * sentence, whatever the language. */
enum { STUB_WIDTH_MAX = 8, DATE_WIDTH_MAX = 44, YEAR_END_MAX = 6 };

bool header_is_stub(struct span text)
{
    size_t width = lines_width(text), at = text.len;
    unsigned digits = 0;

    while (at > 0 && text.len - at < YEAR_END_MAX &&
           !isdigit((unsigned char)text.at[at - 1]))
        at--;
    while (at > 0 && isdigit((unsigned char)text.at[at - 1])) {
        at--;
        digits++;
    }
    return width <= STUB_WIDTH_MAX || (width <= DATE_WIDTH_MAX && digits == 4);
}
