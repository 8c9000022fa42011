/* Finds where the header of a document ends and its body begins. */
#include <string.h>

#include "parser.h"

/* ---- fields, and lists below them ---------------------------------------- */

static bool is_header_line(struct parser *p, struct line *line)
{
    return line->cell || look_has(p, line, KIND_FIELD) ||
           header_is_agenda_item(p, line);
}

/* A subject or those addressed: what a list may belong to. */
static bool takes_list(struct parser *p, struct line *line)
{
    struct finding f;

    return look_find(p, line, KIND_FIELD, NULL, &f) && f.rule->level != 2 &&
           (f.match.at[CAP_LABEL].at || rule_is(f.rule, "addressees")) &&
           !rule_is(f.rule, "reference");
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

enum { FIELD_LINES_MAX = 4 };

/* Index behind the list that stands right below the field that begins in line
 * `at`, if there is one; else of the line behind `at`. */
static size_t list_end(struct parser *p, size_t at)
{
    size_t i = at + 1;

    if (!takes_list(p, &p->lines->at[at]))
        return at + 1;
    while (header_is_close(p, i) && i < at + FIELD_LINES_MAX &&
           !look_classify(p, &p->lines->at[i]))
        i++;
    if (!header_is_close(p, i) || !look_has(p, &p->lines->at[i], KIND_BULLET))
        return at + 1;
    while (header_is_close(p, i) && !ends_list(p, &p->lines->at[i]) &&
           !header_is_text_behind_list(p, &p->lines->at[i]))
        i++;
    return i;
}

/* What a header that is but a title may have below it: where and when. */
static bool is_no_field(struct parser *p, struct line *line)
{
    return !line->cell &&
           (!look_has(p, line, KIND_FIELD) ||
            look_find(p, line, KIND_FIELD, "placeDate", NULL));
}

/* ---- line by line -------------------------------------------------------- */

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
    bool waits;       /* the last line is "to", alone */
    bool addressed;   /* ... or names those below it */
    bool described;   /* fields say what the document has, below its title */
    bool titled;      /* a field says what it is, or what it is about */
    unsigned sentences; /* short ones behind the first text */
    bool text;        /* behind the text that was read no field may stand */
};

/* "Part A – Plenary" of a title, right below its first line in the same cell.
 */
static bool goes_on_in_cell(struct parser *p, const struct header *h,
                            struct line *line)
{
    struct finding f;

    return h->cells && h->in_cell && line->gap == 0 &&
           look_find(p, line, KIND_CLAUSE, "part", &f);
}

/* "Mr Director" above "Tides Office", the first line of an address. */
enum { ADDRESS_WIDTH_MAX = 60 };

static bool is_address(struct parser *p, const struct line *line, bool called)
{
    struct line *next = look_below(p, line);

    return !line->cell && !called && !lines_ends_sentence(line->text) && next &&
           !next->cell && next->gap == 0 && !lines_ends_sentence(next->text) &&
           !lines_ends_in_comma(next->text) &&
           lines_width(next->text) <= ADDRESS_WIDTH_MAX &&
           !look_kinds(p, next,
                       1u << KIND_SALUTATION | 1u << KIND_CLAUSE |
                           1u << KIND_HEADING | 1u << KIND_OPENING);
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

    if ((close && h->addressed) ||
        (h->waits && line->gap == 1 && !line->cell && !called))
        return false;
    return (look_has(p, line, KIND_SALUTATION) && (!boxed || called) &&
            !is_address(p, line, called)) ||
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
        line = look_below(p, line);
        if (line && look_has_label(p, line))
            return false;
    }
    return true;
}

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

/* Below the header's table. */
enum { COLUMNS_MIN = 3, COLUMNS_MANY = 4 };

/* "\u25A1 ..." below a title: the first heading of an outline, where no word
 * tells a field. */
static bool is_outline(struct parser *p, const struct header *h, size_t at)
{
    return p->scanner->grammar->wordless && at && !h->end && !h->fields &&
           look_find(p, &p->lines->at[at], KIND_BULLET, "sign", NULL);
}

/* What no header holds: a clause, a heading, a table that is not its own. */
static bool ends_header(struct parser *p, const struct header *h, size_t at)
{
    struct line *line = &p->lines->at[at];
    bool apart = line->gap > 1;

    return is_outline(p, h, at) || is_greeting(p, h, line) ||
           header_is_table_caption(p, at) ||
           (header_begins_body(p, line) && !goes_on_in_cell(p, h, line) &&
            !is_awaited(p, at) && !part_is_among_fields(p, line)) ||
           header_begins_programme(p, at) || header_begins_conclusions(p, at) ||
           is_note_behind(p, h, at) ||
           ((h->paragraph != none || (h->end && !h->cells)) &&
            header_begins_table(p, at, COLUMNS_MIN)) ||
           (h->cells && (apart || !h->in_cell) &&
            header_begins_table(
                p, at, apart || h->described ? COLUMNS_MIN : COLUMNS_MANY));
}

/* "Assunto: Marégrafos." in a language whose words are not known. */
static bool is_unknown_field(struct parser *p, struct line *line)
{
    return p->scanner->grammar->wordless && !line->cell &&
           look_has_label(p, line);
}

/* A sentence set apart below the subject of a letter without a salutation, even
 * where it is short. */
static bool is_sentence_apart(struct parser *p, const struct header *h,
                              size_t at)
{
    struct line *line = &p->lines->at[at];

    return h->titled && !h->cells && at >= h->end && line->gap > 0 &&
           !line->cell && lines_width(line->text) > SHORT_WIDTH_MAX &&
           lines_ends_sentence(line->text) && label_begins_high(line->text) &&
           !look_classify(p, line);
}

/* Without fields any sentence is text; behind them it is a long one, or one that
 * its place tells from what a field goes on with. */
static bool begins_text(struct parser *p, const struct header *h, size_t at)
{
    const struct line *line = &p->lines->at[at];

    if (header_begins_list(p, at, !h->end))
        return true;
    if (is_unknown_field(p, &p->lines->at[at]))
        return false;
    if (!h->end)
        return lines_ends_sentence(line->text) && !header_is_stub(line->text);
    return (header_is_long(p, at) &&
            (at > h->end || line->gap > 0 || h->listed)) ||
           header_is_text_alone(line) || header_announces_list(p, at) ||
           is_sentence_apart(p, h, at) ||
           (h->described && header_is_heading_alone(p, at)) ||
           (h->titled && at >= h->end && header_is_first_of_headings(p, at)) ||
           (h->cells ? header_is_text_below(line)
                     : header_is_text_behind_contact(p, h->end, at));
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
    h->text_end = header_is_long(p, at) ? header_long_end(p, at) : at + 1;
    h->sentences = 0;
    h->text |= header_announces_list(p, at) &&
               lines_width(p->lines->at[at].text) > SHORT_WIDTH_MAX;
}

/* Behind two long paragraphs, or a long one and two sentences, whatever short
 * lines stand between them, a table is none of the header; a short sentence
 * goes on with the first one. */
enum { SENTENCES_MAX = 2 };

static void go_on_with_text(struct parser *p, struct header *h, size_t at)
{
    const struct line *line = &p->lines->at[at];

    if (at == h->text_end && header_is_long(p, at)) {
        h->text = true;
    } else if (!line->cell && lines_ends_sentence(line->text) &&
               (at == h->text_end ||
                (lines_width(line->text) > SHORT_WIDTH_MAX &&
                 !header_is_below_box(p, at)))) {
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
           (above->gap > 0 || (next && header_begins_body(p, next))) &&
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

/* So far behind a text no field is of the header: whom to ask stands at the end
 * of many a page. */
enum { TEXT_LINES_MAX = 12 };

static void read_line(struct parser *p, struct header *h, size_t at)
{
    struct line *line = &p->lines->at[at];

    /* A cell goes on to the next blank line. */
    h->in_cell = line->cell || (h->in_cell && line->gap == 0);
    h->waits = is_lone_address(p, line);
    h->addressed = h->waits ||
                   (h->addressed && line->gap == 0 && !look_has_label(p, line));
    if (h->paragraph != none && at >= h->text_end)
        go_on_with_text(p, h, at);
    if (at < h->text_end)
        return;
    h->text |= h->paragraph != none &&
               (at - h->paragraph > TEXT_LINES_MAX ||
                (header_is_long(p, h->paragraph) && header_is_long(p, at)));
    if (!h->text && (is_header_line(p, line) || h->in_cell) &&
        !is_end_of_title(p, h, at) && !is_date_in_text(p, h, line))
        take_field(p, h, at);
    else if (h->paragraph == none && begins_text(p, h, at))
        take_text(p, h, at);
    if (!h->topic && h->paragraph == none && !h->fields &&
        header_is_opening_topic(p, at))
        h->topic = at;
}

/* A programme is titles and tables, and no label among them: its first table
 * begins the body. Any other text ends at `header`. */
static size_t end_before_table(struct parser *p, size_t header)
{
    for (size_t i = 0; i < p->lines->count; i++) {
        if (look_has_label(p, &p->lines->at[i]))
            return header;
        if (!p->lines->at[i].cell)
            continue;
        if (i == 0 || !header_begins_table(p, i, 2))
            return header;
        p->header.end = 0;
        return i;
    }
    return header;
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

        if (i < h.end || line->gone)
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

/* "The Minister," and "in accordance with clause 4," above "ORDERS:": who
 * decides and why, in lines that end in commas, is of the text. The line where
 * that begins. Above "Have agreed as follows:" one of them is long. */
enum { REASONS_MAX = 40, REASON_WIDTH_MIN = 24, PARTIES_WIDTH_MIN = 60 };

static size_t find_reasons(struct parser *p, size_t end)
{
    size_t first = end, at = end, least = PARTIES_WIDTH_MIN;
    bool wide = false;

    if (end == p->lines->count)
        return end;
    if (look_find(p, &p->lines->at[end], KIND_HEADING, "operative", NULL))
        least = REASON_WIDTH_MIN;
    else if (!lines_ends_in_colon(p->lines->at[end].text))
        return end;
    for (unsigned i = 0; i < REASONS_MAX && at > p->header.end + 1; i++) {
        const struct line *line = &p->lines->at[--at];

        if (line->gone)
            continue;
        if (line->cell || !lines_ends_in_comma(line->text))
            break;
        first = at;
        wide |= lines_width(line->text) >= least;
    }
    return wide ? first : end;
}

size_t header_find_end(struct parser *p)
{
    size_t end;

    cover_join(p);
    end = header_limit(p);

    if (has_only_dates(p, end))
        p->header.end = 0;
    end = find_reasons(p, end);
    /* Above the first article or text its heading stands, as others do below.
     */
    if (end > p->header.end && end < p->lines->count &&
        (header_is_first_of_chapters(p, end - 1) ||
         header_is_first_of_bare(p, end - 1) ||
         heading_is_first_counted(p, &p->lines->at[end - 1])))
        p->lines->at[--end].contents = true;
    return end;
}

/* ---- a document in an annex ---------------------------------------------- */

enum { COVER_LINES_MAX = 40, COVER_WIDTH_MAX = 220 };

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
    return header_begins_table(p, (size_t)(line - p->lines->at), COLUMNS_MIN) &&
           look_has_label(p, line);
}

size_t header_find_annexed(struct parser *p)
{
    struct line *line = p->line;
    unsigned issuers = 0, fields = 0;
    bool waits = false; /* "Subject:" alone, and what it is on the next lines */
    bool letter;
    size_t end = 0;

    for (unsigned i = 0; i < COVER_LINES_MAX; i++) {
        const struct rule *rule;

        line = look_below(p, line);
        if (!line || part_begins(p, line) || begins_labelled_table(p, line) ||
            lines_width(line->text) > COVER_WIDTH_MAX ||
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
    /* The header of a letter goes on to its salutation, and need not say who
     * sends it. */
    letter = end && line && !line->cell && look_has(p, line, KIND_SALUTATION);
    if (letter)
        end = (size_t)(line - p->lines->at);
    return (issuers > 0 || letter) && fields > 1 ? end : 0;
}
