/* Finds where the header of a document ends and its body begins. */
#include <ctype.h>
#include <string.h>

#include "parser.h"

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

/* What can only stand behind a header. */
static bool begins_body(struct parser *p, struct line *line)
{
    unsigned kinds = look_classify(p, line);

    if (line->cell)
        return false;
    if (line->day)
        return true;
    if (proposal_begins(p, line) && !is_whole_proposal(p, line))
        return true;
    if (kinds & 1u << KIND_HEADING)
        return !heading_titles_decision(p, line);
    /* A number may begin a date or a title; other labels have words. */
    if (kinds & (1u << KIND_CLAUSE))
        return !look_find(p, line, KIND_FIELD, "placeDate", NULL) &&
               (memchr(line->text.at, '\t', line->text.len) != NULL ||
                line->text.at[0] < '0' || line->text.at[0] > '9' ||
                may_begin_numbers(p, line));
    return toc_has_title(p, line) ||
           (kinds & (1u << KIND_LONE) &&
            (line->chapter || span_is(line->text, "1") ||
             span_is(line->text, "1.")));
}

static bool is_header_line(struct parser *p, struct line *line)
{
    return line->cell || look_has(p, line, KIND_FIELD);
}

bool header_is_labelled(struct parser *p, struct line *line)
{
    struct finding f;

    return look_find(p, line, KIND_FIELD, NULL, &f) && f.match.at[CAP_LABEL].at;
}

/* The first line of a text that is broken at a fixed width. */
enum {
    TEXT_WIDTH_MIN = 55,
    PARAGRAPH_WIDTH_MIN = 100,
    BROKEN_LINES_MAX = 16
};

/* Index behind the paragraph that begins with line `at`, which may be broken
 * into several, if it is a long one; else `at`. */
static size_t long_end(struct parser *p, size_t at)
{
    const struct line *line = &p->lines->at[at];
    size_t width = lines_width(line->text), end = at + 1;

    if (line->cell)
        return at;
    while (width > TEXT_WIDTH_MIN && !lines_ends_sentence(line->text) &&
           end < p->lines->count && end < at + BROKEN_LINES_MAX &&
           p->lines->at[end].gap == 0 && !p->lines->at[end].cell &&
           !header_is_labelled(p, &p->lines->at[end])) {
        line = &p->lines->at[end++];
        width += 1 + lines_width(line->text);
    }
    return lines_ends_sentence(line->text) &&
                   (line->text.len > 1000 || width > PARAGRAPH_WIDTH_MIN)
               ? end
               : at;
}

/* "The meeting agreed:" and a list: no title, though it is short. */
static bool announces_list(struct parser *p, size_t at)
{
    const struct line *line = &p->lines->at[at];
    struct line *next = look_next(p, at);

    return !line->cell && next && !next->cell &&
           lines_ends_in_colon(line->text) &&
           look_kinds(p, next, 1u << KIND_CLAUSE | 1u << KIND_ITEM |
                                   1u << KIND_BULLET | 1u << KIND_LONE);
}

/* "1) Clause 3" and, a few lines below, "2)": no titles, though they are short;
 * but "Subject:" alone above them wants them all. Below `titles` and no fields
 * the first needs no second. */
enum { ITEM_LINES_MAX = 24 };

static bool begins_list(struct parser *p, size_t at, bool titles)
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

/* A topic with its text or its list: of a document that has no other header
 * than a title. */
static bool is_opening_topic(struct parser *p, size_t at)
{
    struct line *next = look_next(p, at);

    return next && heading_is_topic(p, &p->lines->at[at]) &&
           (lines_ends_sentence(next->text) ||
            lines_width(next->text) > TEXT_WIDTH_MIN ||
            width_goes_on(p, next) || look_has(p, next, KIND_BULLET));
}

/* Below the table of a header, and set apart from it. */
enum { SENTENCE_WIDTH_MIN = 30 };

static bool is_text_below(const struct line *line)
{
    return line->gap > 1 && lines_ends_sentence(line->text) &&
           lines_width(line->text) > SENTENCE_WIDTH_MIN;
}

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
 * and not the header's own. */
static bool begins_table(const struct parser *p, size_t at, unsigned columns)
{
    size_t next, end;
    unsigned first = p->lines->at[at].cell ? row_cells(p, at, &next) : 0,
             second;

    if (first < 2 || next >= p->lines->count || !p->lines->at[next].cell ||
        p->lines->at[next].gap != 1)
        return false;
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
static bool begins_programme(const struct parser *p, size_t i)
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
static bool begins_conclusions(struct parser *p, size_t at)
{
    size_t first, second;

    return p->lines->at[at].cell && row_cells(p, at, &first) == 2 &&
           is_numbered_row(p, first, 1) && row_cells(p, first, &second) &&
           is_numbered_row(p, second, 2);
}

/* Below the header's table. */
enum { COLUMNS_MIN = 3, COLUMNS_MANY = 4 };

/* A programme is titles and tables, and no label among them: its first table
 * begins the body. Any other text ends at `header`. */
static size_t end_before_table(struct parser *p, size_t header)
{
    for (size_t i = 0; i < p->lines->count; i++) {
        if (header_is_labelled(p, &p->lines->at[i]))
            return header;
        if (!p->lines->at[i].cell)
            continue;
        if (i == 0 || !begins_table(p, i, 2))
            return header;
        p->header.end = 0;
        return i;
    }
    return header;
}

/* A subject or those addressed: what a list may belong to. */
static bool takes_list(struct parser *p, struct line *line)
{
    struct finding f;

    return look_find(p, line, KIND_FIELD, NULL, &f) && f.rule->level != 2 &&
           (f.match.at[CAP_LABEL].at || rule_is(f.rule, "addressees")) &&
           !rule_is(f.rule, "reference");
}

/* A sentence right behind the number or the address of a contact, which has one
 * line of its own or stands behind its label. */
static bool is_text_behind_contact(struct parser *p, size_t header, size_t at)
{
    const struct line *line = &p->lines->at[at];
    struct finding f;
    size_t value = header;

    if (!header || !look_find(p, &p->lines->at[header - 1], KIND_FIELD, NULL, &f) ||
        f.rule->level != 2 || !lines_ends_sentence(line->text) ||
        lines_width(line->text) < TEXT_WIDTH_MIN || line->cell)
        return false;
    if (!f.match.at[CAP_VALUE].len)
        value++;
    return at == value;
}

static bool is_close(const struct parser *p, size_t at)
{
    return at < p->lines->count && p->lines->at[at].gap == 0 &&
           !p->lines->at[at].cell;
}

/* What a list is not broken into, however long its items are. */
static bool ends_list(struct parser *p, struct line *line)
{
    return look_kinds(p, line,
                      1u << KIND_SALUTATION | 1u << KIND_OPENING |
                          1u << KIND_HEADING | 1u << KIND_FIELD |
                          1u << KIND_CAPTION) ||
           (look_has(p, line, KIND_CLAUSE) &&
            memchr(line->text.at, '\t', line->text.len));
}

/* A sentence that fills a line of its own: a letter without a salutation. */
static bool is_text_behind_list(struct parser *p, struct line *line)
{
    return !look_has(p, line, KIND_BULLET) &&
           !u_islower(span_first(line->text)) &&
           lines_ends_sentence(line->text) &&
           lines_width(line->text) > PARAGRAPH_WIDTH_MIN;
}

enum { FIELD_LINES_MAX = 4 };

/* Index behind the list that stands right below the field that begins in line
 * `at`, if there is one; else of the line behind `at`. */
static size_t list_end(struct parser *p, size_t at)
{
    size_t i = at + 1;

    if (!takes_list(p, &p->lines->at[at]))
        return at + 1;
    while (is_close(p, i) && i < at + FIELD_LINES_MAX &&
           !look_classify(p, &p->lines->at[i]))
        i++;
    if (!is_close(p, i) || !look_has(p, &p->lines->at[i], KIND_BULLET))
        return at + 1;
    while (is_close(p, i) && !ends_list(p, &p->lines->at[i]) &&
           !is_text_behind_list(p, &p->lines->at[i]))
        i++;
    return i;
}

/* "The group thanks all members and agreed as follows:", set apart from the
 * fields above it. */
enum { SENTENCE_ALONE_MIN = 60 };

static bool is_text_alone(const struct line *line)
{
    return line->gap > 0 && !line->cell &&
           (lines_ends_sentence(line->text) ||
            lines_ends_in_colon(line->text)) &&
           lines_width(line->text) > SENTENCE_ALONE_MIN;
}

/* What a header that is but a title may have below it: where and when. */
static bool is_no_field(struct parser *p, struct line *line)
{
    return !line->cell &&
           (!look_has(p, line, KIND_FIELD) ||
            look_find(p, line, KIND_FIELD, "placeDate", NULL));
}

/* ---- line by line ------------------------------------------------------------- */

static const size_t none = SIZE_MAX;

/* What the lines so far say of the header; places are indices of lines. */
struct header {
    size_t end;       /* behind its last field, and the list there; 0: none */
    size_t paragraph; /* the first text behind that, or `none` */
    size_t text_end;  /* behind the text that is being read */
    size_t topic;     /* the first one below a title alone, or 0 */
    bool cells;       /* fields stand in a table */
    bool in_cell;     /* the last line does */
    bool listed;      /* a list stands behind its last field */
    bool fields;      /* there is more than a place and a date */
    bool addressed;   /* the last line names those below "to", alone above */
    bool described;   /* fields say what the document has, below its title */
    bool titled;      /* a field says what it is, or what it is about */
    unsigned sentences; /* short ones behind the first text */
    bool text;        /* behind the text that was read no field may stand */
};

static bool is_long(struct parser *p, size_t at)
{
    return long_end(p, at) > at;
}

/* "Part A – Plenary" of a title, right below its first line in the same cell.
 */
static bool goes_on_in_cell(struct parser *p, const struct header *h,
                            struct line *line)
{
    struct finding f;

    return h->cells && h->in_cell && line->gap == 0 &&
           look_find(p, line, KIND_CLAUSE, "part", &f);
}

/* The ministers that a circular goes to are addressed as in a letter, and "The
 * Council is invited:" in a box opens no resolution, nor does "Excellence"
 * there greet anybody. */
static bool is_greeting(struct parser *p, const struct header *h,
                        struct line *line)
{
    bool close = line->gap == 0 && !line->cell;
    bool boxed = close && h->described && h->in_cell;
    bool called =
        lines_ends_in_colon(line->text) || lines_ends_in_comma(line->text);

    if (close && h->addressed)
        return false;
    return (look_has(p, line, KIND_SALUTATION) && (!boxed || called)) ||
           (look_has(p, line, KIND_OPENING) && !line->cell && !boxed);
}

/* "NOTE - All documents are listed in TD 1" behind the abstract, and no field
 * below it. */
enum { NOTE_LINES_MAX = 8 };

static bool is_note_behind(struct parser *p, const struct header *h, size_t at)
{
    struct line *line = &p->lines->at[at];

    if (line->cell || !h->described || !look_has(p, line, KIND_NOTE))
        return false;
    for (unsigned i = 0; line && i < NOTE_LINES_MAX; i++) {
        line = look_next(p, (size_t)(line - p->lines->at));
        if (line && header_is_labelled(p, line))
            return false;
    }
    return true;
}

/* What no header holds: a clause, a heading, a table that is not its own. */
/* "TITLE:" and, right below it, "PART I – GENERAL". */
static bool is_awaited(struct parser *p, size_t at)
{
    struct line *line = &p->lines->at[at], *above = line - (at > 0);
    struct finding f;

    return at > 0 && line->gap == 0 && lines_ends_in_colon(above->text) &&
           (look_find(p, above, KIND_FIELD, "title", &f) ||
            look_find(p, above, KIND_FIELD, "subject", &f)) &&
           !f.match.at[CAP_VALUE].len && !look_has(p, line, KIND_TOC);
}

/* "Table 1 – Papers" right above a row: the header has no tables with titles.
 */
static bool is_table_caption(struct parser *p, size_t at)
{
    struct line *line = &p->lines->at[at], *next = look_next(p, at);

    return !line->cell && next && next->cell &&
           look_find(p, line, KIND_CAPTION, "table", NULL);
}

static bool ends_header(struct parser *p, const struct header *h, size_t at)
{
    struct line *line = &p->lines->at[at];
    bool apart = line->gap > 1;

    return is_greeting(p, h, line) || is_table_caption(p, at) ||
           (begins_body(p, line) && !goes_on_in_cell(p, h, line) &&
            !is_awaited(p, at)) ||
           begins_programme(p, at) || begins_conclusions(p, at) ||
           is_note_behind(p, h, at) ||
           ((h->paragraph != none || (h->end && !h->cells)) &&
            begins_table(p, at, COLUMNS_MIN)) ||
           (h->cells && (apart || !h->in_cell) &&
            begins_table(p, at,
                         apart || h->described ? COLUMNS_MIN : COLUMNS_MANY));
}

/* A heading without a number, right above its text. */
static bool is_heading_alone(const struct parser *p, size_t at)
{
    const struct line *line = &p->lines->at[at];

    return line->gap > 0 && !line->cell && line->text.len &&
           !lines_ends_sentence(line->text) &&
           lines_width(line->text) <= PARAGRAPH_WIDTH_MIN && is_close(p, at + 1) &&
           lines_ends_sentence(line[1].text) &&
           lines_width(line[1].text) > SENTENCE_ALONE_MIN;
}

/* "Action required" and below it, in a line of its own, by whom: what boxes of
 * a paper hold is none of its text. */
static bool is_below_box(struct parser *p, size_t at)
{
    const struct folded *above = at > 0 && p->lines->at[at].gap == 0
                                     ? look_folded(p, &p->lines->at[at - 1])
                                     : NULL;
    struct finding f;

    return above && scanner_is(p->scanner, KIND_BOX, above, &f);
}

/* Whether a line that ends no sentence has a sentence of its own right below
 * it.
 */
static bool heads_sentence(struct parser *p, size_t at, size_t width)
{
    struct line *line = &p->lines->at[at];

    return !line->cell && line->text.len && !lines_ends_sentence(line->text) &&
           lines_width(line->text) <= PARAGRAPH_WIDTH_MIN &&
           label_begins_high(line->text) && !look_classify(p, line) &&
           is_close(p, at + 1) && lines_ends_sentence(line[1].text) &&
           lines_width(line[1].text) > width && !is_below_box(p, at + 1);
}

/* "Opening" and its text, "Adoption of the agenda" and its text: the first two
 * headings of a report that has been given its title. */
static bool is_first_of_headings(struct parser *p, const struct header *h,
                                 size_t at)
{
    size_t next;

    if (!h->titled || at < h->end || !heads_sentence(p, at, SENTENCE_ALONE_MIN))
        return false;
    next = is_long(p, at + 1) ? long_end(p, at + 1) : at + 2;
    return next < p->lines->count &&
           heads_sentence(p, next, SENTENCE_WIDTH_MIN);
}

/* "T.C.", "Lisboa, 17 de fevereiro de 2026.": a full stop that ends no sentence,
 * whatever the language. */
enum { STUB_WIDTH_MAX = 8, DATE_WIDTH_MAX = 44, YEAR_END_MAX = 6 };

static bool is_stub(struct span text)
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

/* "Assunto: Marégrafos." in a language whose words are not known. */
static bool is_unknown_field(struct parser *p, struct line *line)
{
    return p->scanner->grammar->wordless && !line->cell &&
           header_is_labelled(p, line);
}

/* Without fields any sentence is text; behind them it is a long one, or one that
 * its place tells from what a field goes on with. */
static bool begins_text(struct parser *p, const struct header *h, size_t at)
{
    const struct line *line = &p->lines->at[at];

    if (begins_list(p, at, !h->end))
        return true;
    if (is_unknown_field(p, &p->lines->at[at]))
        return false;
    if (!h->end)
        return lines_ends_sentence(line->text) && !is_stub(line->text);
    return (is_long(p, at) && (at > h->end || line->gap > 0 || h->listed)) ||
           is_text_alone(line) || announces_list(p, at) ||
           (h->described && is_heading_alone(p, at)) ||
           is_first_of_headings(p, h, at) ||
           (h->cells ? is_text_below(line)
                     : is_text_behind_contact(p, h->end, at));
}

/* "To" without a colon, which has a line of its own. */
static bool is_lone_address(struct parser *p, struct line *line)
{
    struct finding f;

    return look_find(p, line, KIND_FIELD, "addressees", &f) &&
           f.match.at[CAP_LABEL].at && !f.match.at[CAP_VALUE].len &&
           !lines_ends_in_colon(line->text);
}

/* An abstract, say: a title has been given before it; or a report in a row of
 * its own, which is one. */
static bool is_description(struct parser *p, struct line *line)
{
    static const char *const names[] = { "abstract", "action", "references" };

    const struct folded *text = look_folded(p, line);
    struct finding f;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (look_find(p, line, KIND_FIELD, names[i], NULL))
            return true;
    if (line->cell && look_find(p, line, KIND_FIELD, "type", NULL))
        return true;
    return line->cell && text && scanner_is(p->scanner, KIND_BOX, text, &f);
}

static bool is_title_field(struct parser *p, struct line *line)
{
    return look_find(p, line, KIND_FIELD, "type", NULL) ||
           look_find(p, line, KIND_FIELD, "title", NULL) ||
           look_find(p, line, KIND_FIELD, "subject", NULL);
}

static void take_field(struct parser *p, struct header *h, size_t at)
{
    struct line *line = &p->lines->at[at];

    h->end = p->header.end = list_end(p, at);
    h->listed = h->end > at + 1;
    h->cells |= line->cell;
    h->described |= is_description(p, line);
    h->titled |= is_title_field(p, line);
    h->fields |= h->in_cell || !is_no_field(p, line);
    h->paragraph = none;
}

static void take_text(struct parser *p, struct header *h, size_t at)
{
    h->paragraph = at;
    h->text_end = is_long(p, at) ? long_end(p, at) : at + 1;
    h->sentences = 0;
    h->text |= announces_list(p, at) &&
               lines_width(p->lines->at[at].text) > SENTENCE_WIDTH_MIN;
}

/* Behind two long paragraphs, or a long one and two sentences, whatever short
 * lines stand between them, a table is none of the header; a short sentence
 * goes on with the first one. */
enum { SENTENCES_MAX = 2 };

static void go_on_with_text(struct parser *p, struct header *h, size_t at)
{
    const struct line *line = &p->lines->at[at];

    if (at == h->text_end && is_long(p, at)) {
        h->text = true;
    } else if (!line->cell && lines_ends_sentence(line->text) &&
               (at == h->text_end ||
                (lines_width(line->text) > SENTENCE_WIDTH_MIN &&
                 !is_below_box(p, at)))) {
        h->text_end = at + 1;
        h->text |= ++h->sentences == SENTENCES_MAX;
    }
}

/* "SUMMARY OF THE TENTH MEETING" and, right below, "GENEVA, 15-17 MAY 2031", or
 * the group at the end of a broken line: set apart from the fields, or right
 * above the text, both are the title. "Chairman: Mr A. Example" stands below a
 * title, and so does "Venue: Geneva" above all other fields. */
static bool is_end_of_title(struct parser *p, const struct header *h, size_t at)
{
    struct line *line = &p->lines->at[at], *above = line - 1;
    struct line *next = look_next(p, at);
    struct finding f;

    if (!line->cell &&
        (look_find(p, line, KIND_FIELD, "chair", NULL) ||
         (!h->fields && look_find(p, line, KIND_FIELD, "other", NULL))))
        return true;
    return at > h->end && h->fields && !h->in_cell && line->gap == 0 &&
           (above->gap > 0 || (next && begins_body(p, next))) &&
           heading_is_capitals(above->text) &&
           look_find(p, line, KIND_FIELD, NULL, &f) &&
           (rule_is(f.rule, "placeDate") || rule_is(f.rule, "group")) &&
           !f.match.at[CAP_LABEL].at;
}

/* "18 April 2029, Hamburg." behind a text without a header: when one meets
 * again. */
static bool is_date_in_text(struct parser *p, const struct header *h,
                            struct line *line)
{
    return !h->end && h->paragraph != none && !line->cell &&
           lines_ends_sentence(line->text) &&
           look_find(p, line, KIND_FIELD, "placeDate", NULL);
}

static void read_line(struct parser *p, struct header *h, size_t at)
{
    struct line *line = &p->lines->at[at];

    /* A cell goes on to the next blank line. */
    h->in_cell = line->cell || (h->in_cell && line->gap == 0);
    h->addressed = is_lone_address(p, line) ||
                   (h->addressed && line->gap == 0 &&
                    !header_is_labelled(p, line));
    if (h->paragraph != none && at >= h->text_end)
        go_on_with_text(p, h, at);
    if (at < h->text_end)
        return;
    h->text |=
        h->paragraph != none && is_long(p, h->paragraph) && is_long(p, at);
    if (!h->text && (is_header_line(p, line) || h->in_cell) &&
        !is_end_of_title(p, h, at) && !is_date_in_text(p, h, line))
        take_field(p, h, at);
    else if (h->paragraph == none && begins_text(p, h, at))
        take_text(p, h, at);
    if (!h->topic && h->paragraph == none && !h->fields &&
        is_opening_topic(p, at))
        h->topic = at;
}

/* Where a header ends that nothing but its own lines end: at a topic below a
 * title, or at the first text behind the last field. Without clauses and
 * headings nothing tells a title from text. */
static size_t end_of_lines(struct parser *p, const struct header *h, size_t at)
{
    if (h->topic) {
        p->header.end = 0;
        return h->topic;
    }
    if (h->paragraph != none)
        return h->paragraph;
    return at < p->lines->count ? at : end_before_table(p, h->end);
}

/* Index of the first line of the body. The cover of a report ends at its page
 * break; a letter's header at the salutation; others' at the first clause or
 * heading, or at the first paragraph behind the last field; without fields, at
 * the first topic below the title. */
static size_t header_limit(struct parser *p)
{
    struct header h = { .paragraph = none };
    size_t i;

    for (i = 0; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (i < h.end)
            continue;
        if (line->page_break && h.cells && !h.text)
            return i;
        if (ends_header(p, &h, i))
            break;
        /* The letter is over: what follows are no fields of its header. */
        if (h.end && !line->cell && look_has(p, line, KIND_CLOSING))
            return h.paragraph != none ? h.paragraph : h.end;
        read_line(p, &h, i);
    }
    if (i < p->lines->count && look_has(p, &p->lines->at[i], KIND_SALUTATION))
        return i;
    return end_of_lines(p, &h, i);
}

static bool has_only_dates(struct parser *p, size_t end)
{
    if (end < p->lines->count &&
        look_has(p, &p->lines->at[end], KIND_SALUTATION))
        return false;
    for (size_t i = 0; i < p->header.end; i++)
        if (!is_no_field(p, &p->lines->at[i]))
            return false;
    return true;
}

size_t header_find_end(struct parser *p)
{
    size_t end = header_limit(p);

    if (has_only_dates(p, end))
        p->header.end = 0;
    return end;
}

/* ---- a document in an annex ----------------------------------------------------- */

enum { COVER_LINES_MAX = 40 };

/* The field on the line, or in the first of its columns. */
static const struct rule *field_on(struct parser *p, const struct line *line)
{
    const char *tab = memchr(line->text.at, '\t', line->text.len);
    struct span first = line->text;
    struct finding f;

    if (tab && tab > line->text.at)
        first = span_between(line->text.at, tab);
    return scanner_takes(p->scanner, KIND_FIELD, NULL, line->text, &f) ||
                   scanner_takes(p->scanner, KIND_FIELD, NULL, first, &f)
               ? f.rule
               : NULL;
}

/* Who issues it says only a document of its own. */
static bool names_issuer(const struct rule *rule)
{
    return rule_is(rule, "organization") || rule_is(rule, "sector") ||
           rule_is(rule, "period");
}

/* A table whose columns are called "Number" and "Title", without colons. */
static bool begins_labelled_table(struct parser *p, struct line *line)
{
    return begins_table(p, (size_t)(line - p->lines->at), COLUMNS_MIN) &&
           header_is_labelled(p, line);
}

size_t header_find_annexed(struct parser *p)
{
    struct line *line = p->line;
    unsigned issuers = 0, fields = 0;
    bool waits = false; /* "Subject:" alone, and what it is on the next lines */
    size_t end = 0;

    for (unsigned i = 0; i < COVER_LINES_MAX; i++) {
        const struct rule *rule;

        line = look_next(p, (size_t)(line - p->lines->at));
        if (!line || part_begins(p, line) || begins_labelled_table(p, line) ||
            lines_width(line->text) > TEXT_WIDTH_MIN * 4 ||
            (!line->cell &&
             look_kinds(p, line,
                        1u << KIND_CLAUSE | 1u << KIND_HEADING |
                            1u << KIND_SALUTATION | 1u << KIND_OPENING)))
            break;
        rule = line->text.len ? field_on(p, line) : NULL;
        if (!rule && !(waits && line->gap == 0 && line->text.len))
            continue;
        end = (size_t)(line - p->lines->at) + 1;
        waits = rule ? lines_ends_in_colon(line->text)
                     : lines_ends_in_comma(line->text);
        if (!rule)
            continue;
        if (names_issuer(rule))
            issuers++;
        else
            fields++;
    }
    /* The header of a letter goes on to its salutation. */
    if (end && line && !line->cell && look_has(p, line, KIND_SALUTATION))
        end = (size_t)(line - p->lines->at);
    return issuers > 0 && fields > 1 ? end : 0;
}
