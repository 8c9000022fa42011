/* Takes the header of a document: fields, addressees, titles. */
#include <string.h>

#include "parser.h"

enum { TITLE_WIDTH_MAX = 240, PARAGRAPH_WIDTH_MIN = 100 };

struct node *preface_of(struct parser *p)
{
    if (!p->preface)
        p->preface = draft_add_before(p->draft, p->body, "preface");
    return p->preface;
}

bool preface_is_title(const struct parser *p, const struct line *line)
{
    /* An image alone is no title. */
    return line->text.len && line->text.len < 4 * TITLE_WIDTH_MAX &&
           !lines_is_mark(p->lines, line->text) &&
           !lines_is_rule(line->text) && !lines_has_blank(line->text) &&
           lines_width(line->text) <= TITLE_WIDTH_MAX &&
           !lines_ends_sentence(line->text);
}

/* ---- where the header ends ----------------------------------------------------- */

/* What can only stand behind a header. */
static bool begins_body(struct parser *p, struct line *line)
{
    unsigned kinds = wrap_classify(p, line);
    struct finding finding;
    struct folded folded = { 0 };
    bool begins = false;

    if (kinds & (1u << KIND_SALUTATION))
        return true;
    if (line->cell)
        return false;
    if (kinds & (1u << KIND_OPENING | 1u << KIND_HEADING))
        return true;
    /* A number may begin a date or a title; other labels have words. */
    if (kinds & (1u << KIND_CLAUSE))
        return memchr(line->text.at, '\t', line->text.len) != NULL ||
               line->text.at[0] < '0' || line->text.at[0] > '9' ||
               line->text.at[0] == '1';
    if (!(kinds & (1u << KIND_TOC | 1u << KIND_LONE)))
        return false;
    if (scanner_fold(p->scanner, &folded, line->text, line->folds))
        begins = scanner_is_named(p->scanner, KIND_TOC, "title", &folded,
                                  &finding) ||
                 span_is(line->text, "1") || span_is(line->text, "1.");
    folded_free(&folded);
    return begins;
}

static bool is_header_line(struct parser *p, struct line *line)
{
    return line->cell || wrap_has(p, line, KIND_FIELD);
}

/* The first line of a text that is broken at a fixed width. */
enum { TEXT_WIDTH_MIN = 55, BROKEN_LINES_MAX = 16 };

/* Index behind the paragraph that begins with line `at`, which may be broken
 * into several, if it is a long one; else `at`. */
static size_t long_end(const struct parser *p, size_t at)
{
    const struct line *line = &p->lines->at[at];
    size_t width = lines_width(line->text), end = at + 1;

    if (line->cell)
        return at;
    while (width > TEXT_WIDTH_MIN && !lines_ends_sentence(line->text) &&
           end < p->lines->count && end < at + BROKEN_LINES_MAX &&
           p->lines->at[end].gap == 0 && !p->lines->at[end].cell) {
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
    struct line *next = wrap_next(p, at);

    return !line->cell && next && !next->cell &&
           lines_ends_in_colon(line->text) &&
           wrap_kinds(p, next, 1u << KIND_CLAUSE | 1u << KIND_ITEM |
                                   1u << KIND_BULLET);
}

/* A topic with its text or its list: of a document that has no other header
 * than a title. */
static bool is_opening_topic(struct parser *p, size_t at)
{
    struct line *next = wrap_next(p, at);

    return next && heading_is_topic(p, &p->lines->at[at]) &&
           (lines_ends_sentence(next->text) ||
            lines_width(next->text) > TEXT_WIDTH_MIN ||
            wrap_has(p, next, KIND_BULLET));
}

/* Below the table of a header, and set apart from it. */
enum { SENTENCE_WIDTH_MIN = 30 };

static bool is_text_below(const struct line *line)
{
    return line->gap > 1 && lines_ends_sentence(line->text) &&
           lines_width(line->text) > SENTENCE_WIDTH_MIN;
}

static bool is_labelled(struct parser *p, struct line *line)
{
    struct folded folded = { 0 };
    struct finding f;
    bool labelled;

    if (!wrap_has(p, line, KIND_FIELD))
        return false;
    labelled = scanner_fold(p->scanner, &folded, line->text, line->folds) &&
               scanner_is(p->scanner, KIND_FIELD, &folded, &f) &&
               f.match.at[CAP_LABEL].at;
    folded_free(&folded);
    return labelled;
}

/* A field without a label; "Report of the meeting" may as well be a title. */
static bool is_header_field(struct parser *p, struct line *line)
{
    struct folded folded = { 0 };
    struct finding f;
    bool found;

    if (!wrap_has(p, line, KIND_FIELD))
        return false;
    found = scanner_fold(p->scanner, &folded, line->text, line->folds) &&
            scanner_is(p->scanner, KIND_FIELD, &folded, &f) &&
            !rule_is(f.rule, "type");
    folded_free(&folded);
    return found;
}

/* A row of a header is shorter; the limit keeps the look ahead cheap. */
enum { ROW_LINES_MAX = 64 };

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

/* Below the header's table. */
enum { COLUMNS_MIN = 3, COLUMNS_MANY = 4 };

/* A programme is titles and tables, and no label among them: its first table
 * begins the body. Any other text ends at `header`. */
static size_t end_before_table(struct parser *p, size_t header)
{
    for (size_t i = 0; i < p->lines->count; i++) {
        if (is_labelled(p, &p->lines->at[i]))
            return header;
        if (!p->lines->at[i].cell)
            continue;
        if (i == 0 || !begins_table(p, i, 2))
            return header;
        p->header_end = 0;
        return i;
    }
    return header;
}

/* Index of the first line of the body. The cover of a report ends at its page
 * break; a letter's header at the salutation; others' at the first clause or
 * heading, or at the first paragraph behind the last field; without fields, at
 * the first topic below the title. */
static size_t header_limit(struct parser *p)
{
    struct lines *lines = p->lines;
    size_t i, paragraph = SIZE_MAX, end = 0, header = 0, topic = 0;
    bool cells = false, in_cell = false, text = false;

    for (i = 0; i < lines->count; i++) {
        struct line *line = &lines->at[i];
        bool is_long = i >= end && long_end(p, i) > i;

        if (line->page_break && cells && i >= header && !text)
            return i;
        if (begins_body(p, line) ||
            (cells && (line->gap > 1 || !in_cell) &&
             begins_table(p, i, line->gap > 1 ? COLUMNS_MIN : COLUMNS_MANY)))
            break;
        /* A cell goes on to the next blank line. */
        in_cell = line->cell || (in_cell && line->gap == 0);
        /* Behind two paragraphs a table is none of the header. */
        text |= paragraph != SIZE_MAX && i == end && is_long;
        if (i < end)
            continue;
        if (!text && (is_header_line(p, line) || in_cell)) {
            header = p->header_end = i + 1;
            cells |= line->cell;
            paragraph = SIZE_MAX;
        } else if (paragraph == SIZE_MAX &&
                   (header ? (is_long && (i > header || line->gap > 0)) ||
                                 (cells && is_text_below(line)) ||
                                 announces_list(p, i)
                           : lines_ends_sentence(line->text))) {
            paragraph = i;
            end = is_long ? long_end(p, i) : i + 1;
        }
        if (!topic && !header && paragraph == SIZE_MAX &&
            is_opening_topic(p, i))
            topic = i;
    }
    if (i < lines->count && wrap_has(p, &lines->at[i], KIND_SALUTATION))
        return i;
    if (topic) {
        p->header_end = 0;
        return topic;
    }
    if (paragraph != SIZE_MAX)
        return paragraph;
    /* Without clauses and headings nothing tells a title from text. */
    return i < lines->count ? i : end_before_table(p, header);
}

static bool is_place_and_date(struct parser *p, struct line *line)
{
    struct folded folded = { 0 };
    struct finding f;
    bool found = scanner_fold(p->scanner, &folded, line->text, line->folds) &&
                 scanner_is_named(p->scanner, KIND_FIELD, "placeDate", &folded,
                                  &f);

    folded_free(&folded);
    return found;
}

/* A title with where and when below it: of a header it has nothing else. */
static bool has_only_dates(struct parser *p, size_t end)
{
    if (end < p->lines->count &&
        wrap_has(p, &p->lines->at[end], KIND_SALUTATION))
        return false;
    for (size_t i = 0; i < p->header_end; i++) {
        struct line *line = &p->lines->at[i];

        if (line->cell || (wrap_has(p, line, KIND_FIELD) &&
                           !is_place_and_date(p, line)))
            return false;
    }
    return true;
}

size_t preface_end(struct parser *p)
{
    size_t end = header_limit(p);

    if (has_only_dates(p, end))
        p->header_end = 0;
    return end;
}

/* ---- fields ------------------------------------------------------------------------ */

static const struct {
    const char *field, *element;
} wrappers[] = {
    { "subject", "docTitle" }, { "title", "docTitle" },
    { "number", "docNumber" }, { "type", "docType" },
};

static const char *wrapper_of(const struct rule *rule)
{
    for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++)
        if (strcmp(rule->name, wrappers[i].field) == 0)
            return wrappers[i].element;
    return NULL;
}

/* A field of one p says its place itself. */
static void move_origin(struct parser *p)
{
    struct node *block = p->field->children;

    if (block->origin)
        p->field->origin = block->origin;
    block->origin = NULL;
}

void preface_close_field(struct parser *p)
{
    if (p->field && draft_is(p->field->children, "p") &&
        !p->field->children->next)
        move_origin(p);
    p->field = NULL;
    p->field_rule = NULL;
    p->field_list = NULL;
    p->label_block = NULL;
    p->stacked_count = p->stacked_filled = 0;
    p->field_has_value = p->value_empty = false;
}

/* Telephone, fax and e-mail of a contact stand in it. */
static bool stands_within(const struct parser *p, const struct rule *rule)
{
    return p->field && !p->stacked_count &&
           rule->level > p->field_rule->level + 1;
}

/* Empty lines between labels of one cell, beside those of the next. */
enum { STACK_GAP_MAX = 8 };

/* Labels stacked in one cell, their values in the next: they share one
 * container, since no text is moved, and a value says what it is. */
static bool is_stacked(const struct parser *p)
{
    return p->field && p->label_block && !p->field_has_value &&
           !p->line->cell && p->line->gap <= STACK_GAP_MAX;
}

bool preface_awaits_value(const struct parser *p)
{
    return p->stacked_filled < p->stacked_count;
}

/* Whether a label can have the value: numbers are dialled, and an address has
 * its sign. */
static bool fits_label(const struct rule *rule, struct span value)
{
    if (rule_is(rule, "telephone") || rule_is(rule, "fax"))
        return value.len && strchr("+(0123456789", value.at[0]);
    if (rule_is(rule, "reference"))
        return value.len && value.at[0] != '+';
    return !rule_is(rule, "email") || memchr(value.at, '@', value.len);
}

/* The first label from `at` on that can have the value; `at` where none can. */
static size_t next_fitting(const struct parser *p, size_t at)
{
    for (size_t i = at; i < p->stacked_count; i++)
        if (fits_label(p->stacked[i].rule, p->line->text))
            return i;
    return at;
}

static void stack_label(struct parser *p, const struct rule *rule)
{
    if (p->stacked_count == STACKED_MAX)
        return;
    p->stacked[p->stacked_count].rule = rule;
    p->stacked[p->stacked_count++].group = p->line->gap > 0;
}

/* A number to call is no second line of a reference. */
static bool wants_number(const struct parser *p, const struct rule *rule)
{
    return p->line->text.at[0] == '+' &&
           (rule_is(rule, "telephone") || rule_is(rule, "fax"));
}

static size_t next_group(const struct parser *p, size_t at)
{
    while (at < p->stacked_count && !p->stacked[at].group)
        at++;
    return at;
}

/* A blank line leads to the next group, if there is one; in a group the last
 * label takes all lines that are left, and any label those that the next one
 * cannot have. */
static const struct rule *stacked_rule(struct parser *p)
{
    size_t next = p->stacked_filled;

    if (p->field_has_value && p->line->gap > 0 &&
        next_group(p, 1) < p->stacked_count)
        next = next_group(p, next);
    else if (p->field_has_value && next > 0 && next < p->stacked_count &&
             p->stacked[next].group &&
             !wants_number(p, p->stacked[next].rule))
        next--;
    if (next == p->stacked_count)
        next--;
    else if (p->field_has_value && p->stacked_filled > 0 &&
             !fits_label(p->stacked[next].rule, p->line->text))
        next = p->stacked_filled - 1;
    else
        next = next_fitting(p, next);
    p->stacked_filled = next + 1;
    return p->stacked[next].rule;
}

static void add_field_block(struct parser *p, const struct finding *f)
{
    struct node *block = block_empty(p, p->field, NULL);
    bool value = f->match.at[CAP_VALUE].len > 0;

    block_labelled(p, block, f, CAP_VALUE, wrapper_of(f->rule));
    draft_set_origin(p->draft, block, p->line->origin);
    p->field_list = NULL;
    p->field_has_value |= value;
    p->value_empty = false;
    p->label_block = value || !f->match.at[CAP_LABEL].len ? NULL : block;
}

static void open_field(struct parser *p, const struct finding *f)
{
    if (is_stacked(p)) {
        draft_set(p->draft, p->field, "name", "contact");
        if (!p->stacked_count)
            stack_label(p, p->field_rule);
        stack_label(p, f->rule);
    } else if (!stands_within(p, f->rule)) {
        preface_close_field(p);
        p->field = draft_add(p->draft, preface_of(p), "container");
        draft_set(p->draft, p->field, "name", f->rule->name);
        p->field_rule = f->rule;
        p->stacked_in_cell = p->line->cell;
    }
    add_field_block(p, f);
    /* What has no label is one line, and so is a language. */
    if ((!f->match.at[CAP_LABEL].len && !stands_within(p, f->rule)) ||
        (p->field_has_value && rule_is(f->rule, "originalLanguage")))
        preface_close_field(p);
}

/* The value in the cell behind a label goes into the label's own p. */
static void fill_label(struct parser *p)
{
    const char *wrapper = wrapper_of(p->field_rule);
    struct origin origin = p->line->origin;
    const struct origin *before = p->label_block->origin;

    draft_text(p->draft, p->label_block, SPAN(" "));
    block_text(p,
               wrapper ? draft_add(p->draft, p->label_block, wrapper)
                       : p->label_block,
               p->line->text);
    if (before) {
        origin.first = before->first;
        origin.from = before->from;
    }
    draft_set_origin(p->draft, p->label_block, origin);
    p->label_block = NULL;
    p->field_has_value = true;
}

static void add_bullet(struct parser *p, struct node *parent,
                       const struct finding *f)
{
    if (!p->field_list || p->field_list->parent != parent)
        p->field_list = draft_add(p->draft, parent, "blockList");
    block_bullet(p, p->field_list, f);
    p->field_has_value = true;
    p->label_block = NULL;
}

/* A list without a label says itself what it is: "To Administrations ...". */
static void open_list_field(struct parser *p, const struct finding *bullet)
{
    struct folded text = { 0 };
    struct finding f;
    struct span value = bullet->match.at[CAP_TEXT];

    if (!scanner_fold_text(p->scanner, &text, value))
        p->draft->failed = true;
    else if (scanner_is(p->scanner, KIND_FIELD, &text, &f) &&
             !f.match.at[CAP_LABEL].at) {
        preface_close_field(p);
        p->field = draft_add(p->draft, preface_of(p), "container");
        draft_set(p->draft, p->field, "name", f.rule->name);
        p->field_rule = f.rule;
    }
    folded_free(&text);
}

/* A reference, a telephone: what a list does not belong to. */
static bool is_one_line(const struct rule *rule)
{
    return rule->level == 2 || rule_is(rule, "reference");
}

static void take_bullet(struct parser *p, const struct finding *f)
{
    if (!p->field || (is_one_line(p->field_rule) && p->field_has_value))
        open_list_field(p, f);
    add_bullet(p, p->field ? p->field : preface_of(p), f);
    parse_explain(p, "field", p->field_rule ? p->field_rule->name : "list", f);
}

/* ---- other lines -------------------------------------------------------------------- */

static void add_title_line(struct parser *p)
{
    struct node *block = block_empty(p, preface_of(p), "title");

    block_text(p, draft_add(p->draft, block, "docTitle"), p->line->text);
    draft_set_origin(p->draft, block, p->line->origin);
    p->field_list = NULL;
    parse_explain(p, "title", "", NULL);
}

static bool has_field(const struct parser *p, const char *name)
{
    for (struct node *n = p->preface ? p->preface->children : NULL; n;
         n = n->next) {
        const char *known = draft_get(n, "name");

        if (known && strcmp(known, name) == 0)
            return true;
    }
    return false;
}

/* "Report by the Secretary-General" and, in a row of its own, on what; so below
 * a number, and what is in capitals below the language. */
static bool is_title_row(struct parser *p)
{
    struct node *last = p->preface ? p->preface->last : NULL;
    const char *name = draft_get(last, "name");
    struct line *next = wrap_next(p, p->at);

    if (!p->line->cell || p->line->gap != 1 || (next && next->gap == 0))
        return false;
    return (name && strcmp(name, "type") == 0) ||
           draft_has_class(last, "number") || draft_has_class(last, "title") ||
           (has_field(p, "originalLanguage") &&
            heading_is_capitals(p->line->text));
}

static void add_title(struct parser *p)
{
    struct finding f;
    bool number = scanner_is_named(p->scanner, KIND_TITLE, "number",
                                   &p->folded, &f);
    bool other = !number && scanner_is(p->scanner, KIND_TITLE, &p->folded, &f);
    struct node *block;

    /* Between fields a short line is a stray one. */
    if (!number && !other && !p->letterhead && preface_is_title(p, p->line) &&
        (p->at >= p->header_end || is_title_row(p))) {
        add_title_line(p);
        return;
    }
    block = block_empty(p, preface_of(p), number  ? "number"
                                          : other ? f.rule->name
                                                  : NULL);
    block_text(p, number ? draft_add(p->draft, block, "docNumber") : block,
               p->line->text);
    draft_set_origin(p->draft, block, p->line->origin);
    p->field_list = NULL;
    parse_explain(p, number || other ? "title" : "paragraph",
                  number || other ? f.rule->name : "", NULL);
}

/* A line of its own: what `rule` wants, in the element that it has. */
static void add_value_line(struct parser *p, const struct rule *rule,
                           const char *class)
{
    const char *wrapper = wrapper_of(rule);
    struct node *block = block_empty(p, p->field, class);

    block_text(p, wrapper ? draft_add(p->draft, block, wrapper) : block,
               p->line->text);
    draft_set_origin(p->draft, block, p->line->origin);
    p->field_list = NULL;
    p->label_block = NULL;
    p->field_has_value = true;
}

static void add_value(struct parser *p)
{
    if (preface_awaits_value(p)) {
        const struct rule *rule = stacked_rule(p);

        add_value_line(p, rule, rule->name);
    } else if (p->label_block) {
        fill_label(p);
    } else {
        add_value_line(p, p->field_rule, NULL);
    }
    parse_explain(p, "field", p->field_rule->name, NULL);
}

/* Cells with text from line `at` to the end of their row; 0 where one of them
 * has the label of a field, or one behind the first is a field. `*next` is set
 * to the first line behind the row. */
static unsigned plain_cells(struct parser *p, size_t at, size_t *next)
{
    unsigned cells = 0;
    bool plain = true;
    size_t i;

    for (i = at; i < p->lines->count && i < at + ROW_LINES_MAX; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (i > at && line->gap > 0)
            break;
        cells += line->cell && line->text.len;
        plain &= !(is_labelled(p, line) ||
                   (cells > 1 && is_header_field(p, line)));
    }
    *next = i;
    return plain ? cells : 0;
}

/* Two rows of two cells and more, no field among them, are a table. */
static bool take_table(struct parser *p)
{
    size_t next, end;

    if (p->field || !p->line->cell || plain_cells(p, p->at, &next) < 2 ||
        next >= p->lines->count || p->lines->at[next].gap != 1 ||
        !p->lines->at[next].cell || plain_cells(p, next, &end) < 2)
        return false;
    if (!block_is_table(p))
        return false;
    p->field_list = NULL;
    block_table(p, preface_of(p));
    return true;
}

/* What is one field stands on two lines: the name of a sector, or the kind and
 * the number of a circular, which alone would be a number, too. */
static void join_cell(struct parser *p)
{
    struct line *next = wrap_next(p, p->at), saved = *p->line, next_saved;
    struct finding f;
    bool other;

    if (p->field || !next || next->cell || next->gap > 0 ||
        wrap_has(p, p->line, KIND_FIELD) || wrap_has(p, p->line, KIND_BULLET) ||
        p->line->text.len > 200 || next->text.len > 200)
        return;
    other = wrap_has(p, next, KIND_FIELD);
    next_saved = *next;
    if (!lines_join(p->lines, p->line, next, " ")) {
        p->draft->failed = true;
        return;
    }
    if (scanner_fold(p->scanner, &p->folded, p->line->text, p->line->folds) &&
        ((scanner_is(p->scanner, KIND_FIELD, &p->folded, &f) &&
          !f.match.at[CAP_LABEL].at && (!other || rule_is(f.rule, "number"))) ||
         scanner_is_named(p->scanner, KIND_TITLE, "reference", &p->folded, &f)))
        return;
    *p->line = saved;
    *next = next_saved;
    scanner_fold(p->scanner, &p->folded, p->line->text, p->line->folds);
}

/* A bullet alone on its line: its text stands on the next. */
void preface_join_lone(struct parser *p)
{
    struct line *next = wrap_next(p, p->at);

    if (!wrap_has(p, p->line, KIND_LONE) || p->line->cell || !next ||
        next->cell || next->gap > 0 || wrap_has(p, next, KIND_LONE) ||
        is_labelled(p, next))
        return;
    if (!lines_join(p->lines, p->line, next, "\t"))
        p->draft->failed = true;
    else
        wrap_gather(p, p->at);
}

/* "Meeting of the group" and below it, in the same cell, where and when: the
 * letter has its own place and date. */
static bool continues_title(const struct parser *p, const struct finding *f)
{
    return p->field && p->field_has_value && p->line->gap == 0 &&
           !p->line->cell && !f->match.at[CAP_LABEL].at &&
           (rule_is(p->field_rule, "subject") ||
            rule_is(p->field_rule, "title")) &&
           has_field(p, f->rule->name);
}

/* "REPORT 3" and then "Report of the meeting": the second is the title. */
static bool is_title_of_type(const struct parser *p, const struct finding *f)
{
    return rule_is(f->rule, "type") && !p->field && has_field(p, "type");
}

/* Empty lines below a label in its cell, and the value in the next cell. */
enum { CELL_GAP_MAX = 3 };

static bool waits_for_cell(const struct parser *p)
{
    return p->label_block && p->stacked_in_cell && p->line->cell &&
           p->line->gap <= CELL_GAP_MAX;
}

/* The end of a row ends a field that has what it wants, or an empty cell for
 * it. */
static bool ends_field(struct parser *p)
{
    size_t gap = p->line->gap;

    if (gap > 0 && p->line->cell && p->value_empty)
        return true;
    return (gap > 1 || (gap == 1 && p->field_has_value)) &&
           !(gap <= 1 && p->label_block) && !waits_for_cell(p) &&
           !preface_awaits_value(p) &&
           !(is_stacked(p) && is_labelled(p, p->line));
}

void preface_line(struct parser *p)
{
    struct finding f;

    if (p->field && ends_field(p))
        preface_close_field(p);
    if (!p->line->text.len) {
        p->value_empty |= p->line->cell && p->label_block;
        return;
    }
    if (take_table(p))
        return;
    preface_join_lone(p);
    join_cell(p);
    /* A label that waits takes any value, even one that says what it is; but a
     * reference is no date. */
    if (scanner_is(p->scanner, KIND_FIELD, &p->folded, &f) &&
        ((rule_is(f.rule, "placeDate") && p->field &&
          rule_is(p->field_rule, "reference")) ||
         (!p->label_block && !preface_awaits_value(p) &&
          !continues_title(p, &f)) ||
         f.match.at[CAP_LABEL].at)) {
        if (is_title_of_type(p, &f)) {
            add_title_line(p);
            return;
        }
        open_field(p, &f);
        parse_explain(p, "field", f.rule->name, &f);
    } else if (scanner_is(p->scanner, KIND_BULLET, &p->folded, &f)) {
        take_bullet(p, &f);
    } else if (p->field) {
        add_value(p);
    } else {
        add_title(p);
    }
}
