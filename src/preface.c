/* Takes the header of a document: fields, addressees, titles. */
#include <string.h>
#include <unicode/uchar.h>

#include "parser.h"

struct node *preface_of(struct parser *p)
{
    if (!p->preface)
        p->preface = draft_add_before(p->draft, p->body, "preface");
    return p->preface;
}

static void add_told(struct parser *p, const char *name)
{
    struct node *field = field_add(p, name);

    block_text(p, block_empty(p, field, NULL), p->line->text);
    draft_set_origin(p->draft, field, p->line->origin);
    parse_explain(p, "field", name, NULL);
}

/* A field without a label; "Report of the meeting" may as well be a title. */
static bool is_header_field(struct parser *p, struct line *line)
{
    struct finding f;

    return look_find(p, line, KIND_FIELD, NULL, &f) && !rule_is(f.rule, "type");
}

/* "Original: English", but not "Title", which may stand above a column. */
static bool has_label(struct parser *p, struct line *line)
{
    struct finding f;

    return look_find(p, line, KIND_FIELD, NULL, &f) && f.match.at[CAP_LABEL].at &&
           lines_ends_in_colon(f.match.at[CAP_LABEL]);
}

/* "STUDY PERIOD 2017-2020": only a cover says so. */
static bool is_of_cover(struct parser *p, struct line *line)
{
    return look_find(p, line, KIND_FIELD, "organization", NULL) ||
           look_find(p, line, KIND_FIELD, "period", NULL);
}

/* Cells with text from line `at` to the end of their row; 0 where one of them
 * has the label of a field, or one behind the first is a field: but three
 * columns may have "Title" above one of them, and documents in another. A picture
 * stands in a letterhead. `*next` is set to the first line behind the row. */
enum { COLUMNS_MIN = 3 };

static unsigned plain_cells(struct parser *p, size_t at, size_t *next)
{
    unsigned cells = 0;
    bool plain = true, labels = false;
    size_t i;

    for (i = at; i < p->lines->count && i < at + ROW_LINES_MAX; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (i > at && line->gap > 0)
            break;
        cells += line->cell && line->text.len;
        labels |= is_of_cover(p, line) ||
                  (cells < 2 ? look_has_label(p, line) : has_label(p, line));
        plain &= !lines_is_mark(p->lines, line->text) &&
                 (cells < 2 || !is_header_field(p, line));
    }
    *next = i;
    return !labels && (plain || cells >= COLUMNS_MIN) ? cells : 0;
}

/* Two rows of two cells and more, no field among them, are a table. */
static bool take_table(struct parser *p)
{
    size_t next, end;

    if (p->header.field || !p->line->cell || plain_cells(p, p->at, &next) < 2 ||
        next >= p->lines->count || p->lines->at[next].gap != 1 ||
        !p->lines->at[next].cell || plain_cells(p, next, &end) < 2)
        return false;
    if (!block_is_table(p))
        return false;
    p->header.list = NULL;
    block_table(p, preface_of(p));
    return true;
}

/* "Electronic" and, right below, "mail:" are one label. */
enum { LABEL_WIDTH_MAX = 24 };

static bool is_broken_label(struct parser *p, const struct finding *f)
{
    return f->match.at[CAP_LABEL].at && !f->match.at[CAP_VALUE].len &&
           lines_ends_in_colon(p->line->text) &&
           lines_width(p->line->text) <= LABEL_WIDTH_MAX;
}

/* "TSB Circular" right below "Ref.:", and its number on the next line. */
static bool awaits_number(const struct parser *p)
{
    return p->header.label && !p->header.stacked_count &&
           rule_is(p->header.rule, "reference");
}

/* Whether the line, to which the next one was joined, is one field. */
static bool is_whole_field(struct parser *p, bool other)
{
    struct finding f;

    if (!look_find(p, p->line, KIND_FIELD, NULL, &f))
        return !p->header.field &&
               look_find(p, p->line, KIND_TITLE, "reference", NULL);
    if (p->header.field)
        return rule_is(f.rule, "number") && !f.match.at[CAP_LABEL].at;
    return f.match.at[CAP_LABEL].at ? !other && is_broken_label(p, &f)
                                    : !other || rule_is(f.rule, "number");
}

/* What is one field stands on two lines: the name of a sector, a label, or the
 * kind and the number of a circular, which alone would be a number, too; beside
 * that may stand a date. */
static void join_cell(struct parser *p)
{
    struct line *next = look_next(p, p->at), saved = *p->line, next_saved;
    const char *between;
    bool other;

    if (p->column.len || (p->header.field && !awaits_number(p)) || !next ||
        next->cell || next->gap > 0 ||
        (!p->header.field && look_has(p, p->line, KIND_FIELD)) ||
        look_has(p, p->line, KIND_BULLET) || p->line->text.len > 200 ||
        next->text.len > 200)
        return;
    other = look_has(p, next, KIND_FIELD);
    next_saved = *next;
    between = next->text.len && (unsigned char)*next->text.at >= 0x80
                  ? lines_between(p->line->text, next->text)
                  : " ";
    if (!lines_join(p->lines, p->line, next, between)) {
        p->draft->failed = true;
        return;
    }
    beside_part(p, p->at);
    if (is_whole_field(p, other))
        return;
    p->column.len = 0;
    *p->line = saved;
    *next = next_saved;
}

/* A bullet alone on its line: its text stands on the next. */
void preface_join_lone(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    if (!look_has(p, p->line, KIND_LONE) || p->line->cell || !next ||
        p->column.len || next->cell ||
        next->gap > (u_isalnum(span_first(p->line->text)) ? 0u : 1u) ||
        look_has(p, next, KIND_LONE) || look_has_label(p, next))
        return;
    if (!lines_join(p->lines, p->line, next, "\t"))
        p->draft->failed = true;
    else
        wrap_gather(p, p->at);
}

/* "Meeting of the group" and below it, in the same cell, where and when: the
 * letter has its own place and date. Below a name its bureau may stand, and
 * below "Director," the house; below those addressed stand the others. */
static bool continues_field(const struct parser *p, const struct finding *f)
{
    return p->header.field && p->header.has_value && p->line->gap == 0 &&
           !p->line->cell && !f->match.at[CAP_LABEL].at &&
           (rule_is(p->header.rule, "addressees")
                ? f->rule == p->header.rule || p->header.person ||
                      lines_ends_in_comma(look_above(p, p->line)->text)
                : (rule_is(p->header.rule, "subject") ||
                   rule_is(p->header.rule, "title") ||
                   rule_is(p->header.rule, "contact")) &&
                      preface_has_field(p, f->rule->name));
}

/* "REPORT 3" and then "Report of the meeting": the second is the title. */
static bool is_title_of_type(const struct parser *p, const struct finding *f)
{
    return rule_is(f->rule, "type") && !p->header.field &&
           preface_has_field(p, "type");
}

/* "Objet" without a colon and below it a sentence: what a report is for, not
 * what it is called. */
static bool is_purpose(struct parser *p, const struct finding *f)
{
    struct line *next = look_next(p, p->at);

    return rule_is(f->rule, "subject") && !f->match.at[CAP_VALUE].len &&
           !lines_ends_in_colon(f->match.at[CAP_LABEL]) && next &&
           next->gap == 0 && !next->cell && lines_ends_sentence(next->text);
}

/* "Objet: Admin" of a paper that has its title says what it is for. */
static void find_aim(struct parser *p, struct finding *f)
{
    struct finding aim;

    if (rule_is(f->rule, "subject") && preface_has_field(p, "title") &&
        look_find(p, p->line, KIND_FIELD, "purpose", &aim))
        *f = aim;
}

/* "Purpose" set apart below the number of a paper, and right below it what that
 * is: the boxes of such a paper, without their lines. */
static bool is_open_box(struct parser *p, const struct line *next)
{
    return p->line->gap > 0 && !p->line->cell && !next->cell &&
           preface_has_field(p, "number") && p->body->parent == p->doc;
}

/* "Summary" in a cell, with its text: that is its own, whatever it would be in
 * another place. */
static bool opens_box(struct parser *p, struct finding *f)
{
    struct line *next = look_next(p, p->at);

    return next && next->gap == 0 &&
           (p->header.in_cell || is_open_box(p, next)) &&
           scanner_is(p->scanner, KIND_BOX, &p->folded, f);
}

/* Empty lines below a label in its cell, and the value in the next cell. */
enum { CELL_GAP_MAX = 3 };

static bool waits_for_cell(const struct parser *p)
{
    return p->header.label && p->header.stacked_in_cell && p->line->cell &&
           p->line->gap <= CELL_GAP_MAX;
}

/* "- Member States", a blank line, "- Sector Members"; or, in a row of its own,
 * behind a cell with nothing in it. */
static bool goes_on_with_list(struct parser *p)
{
    struct line *line = p->line;

    if (line->gap != 1 || !p->header.list ||
        p->header.list != p->header.field->last)
        return false;
    if (line->cell && !line->text.len)
        line = look_next(p, p->at);
    else if (line->cell)
        return false;
    return line && line->cell == p->line->cell &&
           (line == p->line || line->gap == 0) &&
           look_has(p, line, KIND_BULLET);
}

/* The end of a row ends a field that has what it wants, or an empty cell for
 * it. */
static bool ends_field(struct parser *p)
{
    size_t gap = p->line->gap;

    if (goes_on_with_list(p))
        return false;
    if (gap > 0 && p->line->cell && p->header.value_empty)
        return true;
    return (gap > 1 || (gap == 1 && p->header.has_value)) &&
           !(gap <= 1 && p->header.label) && !waits_for_cell(p) &&
           !stacked_wait(p) &&
           !(stacked_begin(p) && look_has_label(p, p->line));
}

/* "Enclosures: 2" among the fields, and "NOTE - The annexes are in another
 * file." in a cell of its own, belong to none of them. */
static bool take_between(struct parser *p, enum kind kind, const char *name,
                         enum capture text)
{
    struct finding f;
    struct node *block;

    if (p->header.label || p->header.in_box ||
        !look_find(p, p->line, kind, NULL, &f))
        return false;
    field_close(p);
    block = block_empty(p, preface_of(p), name);
    block_labelled(p, block, &f, text, NULL);
    draft_set_origin(p->draft, block, p->line->origin);
    parse_explain(p, name, f.rule->name, &f);
    return true;
}

/* "Agenda item: PL 3.1": all of it, and what stands below is something else. */
enum { AGENDA_NUMBER_MAX = 24 };

static bool is_agenda_number(const struct finding *f)
{
    struct span value = f->match.at[CAP_VALUE];
    UChar32 end = lines_last(value);

    return rule_is(f->rule, "agendaItem") && f->match.at[CAP_LABEL].at &&
           value.len && value.len <= AGENDA_NUMBER_MAX &&
           (u_isdigit(end) || end == ')' || end == 0xFF09);
}

static bool waits_for_question(const struct parser *p)
{
    return p->header.field && p->header.label &&
           rule_is(p->header.rule, "question");
}

/* "Release:         4", in a column of labels. */
enum { LABEL_LEN_MAX = 24, FAR_MIN = 3 };

static bool has_far_value(struct span text)
{
    size_t len = text.len < LABEL_LEN_MAX ? text.len : LABEL_LEN_MAX;
    const char *colon = memchr(text.at, ':', len);
    size_t left = colon ? (size_t)(text.at + text.len - colon) : 0;

    return left > FAR_MIN && u_isupper(span_first(text)) &&
           memcmp(colon, ":   ", FAR_MIN + 1) == 0;
}

/* "Place: Utopia" and below it "Present:", which no field is called. */
static bool is_label_of_none(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    if (!p->header.has_value || p->header.label || p->header.in_box ||
        p->header.in_cell || look_has(p, p->line, KIND_FIELD))
        return false;
    return has_far_value(p->line->text) ||
           (lines_ends_in_colon(p->line->text) &&
            !(next && look_has(p, next, KIND_BULLET)));
}

void preface_line(struct parser *p)
{
    struct finding f;

    p->header.in_cell =
        p->line->cell || (p->header.in_cell && p->line->gap == 0);
    if (p->header.field && (ends_field(p) || is_label_of_none(p) ||
                            ((p->header.in_box || p->header.has_value) &&
                             lines_is_rule(p->line->text))))
        field_close(p);
    if (!p->line->text.len) {
        p->header.value_empty |= p->line->cell && p->header.label;
        return;
    }
    if (take_table(p))
        return;
    preface_join_lone(p);
    join_cell(p);
    if (field_is_date_between(p, &f)) {
        field_add_date_between(p, &f);
        return;
    }
    /* A label that waits takes any value, even one that says what it is; but a
     * reference is no date, and a group no question. */
    if (waits_for_question(p) &&
        look_find(p, p->line, KIND_FIELD, "group", NULL))
        field_close(p);
    if (look_find(p, p->line, KIND_FIELD, NULL, &f) && !is_purpose(p, &f) &&
        ((rule_is(f.rule, "placeDate") && p->header.field &&
          rule_is(p->header.rule, "reference")) ||
         (!p->header.label && !p->header.in_box && !stacked_wait(p) &&
          !continues_field(p, &f)) ||
         f.match.at[CAP_LABEL].at)) {
        if (is_title_of_type(p, &f)) {
            preface_add_title_line(p);
            return;
        }
        find_aim(p, &f);
        field_open(p, &f);
        if (is_agenda_number(&f))
            field_close(p);
        else if (beside_is_head(p))
            beside_take_head(p);
        parse_explain(p, "field", f.rule->name, &f);
    } else if (opens_box(p, &f)) {
        field_open_box(p, &f);
    } else if (look_find(p, p->line, KIND_BULLET, NULL, &f)) {
        field_take_bullet(p, &f);
    } else if (take_between(p, KIND_ENCLOSURE, "enclosure", CAP_VALUE)) {
        return;
    } else if (p->line->sector && !p->in_column) {
        field_close(p);
        add_told(p, "sector");
    } else if (header_is_agenda_item(p, p->line)) {
        field_close(p);
        add_told(p, "agendaItem");
    } else if (p->line->cell && take_between(p, KIND_NOTE, "note", CAP_TEXT)) {
        return;
    } else if (p->header.field) {
        field_add_value(p);
    } else if (beside_goes_on(p)) {
        field_add_beside(p);
    } else if (preface_is_author(p)) {
        add_told(p, "source");
    } else if (p->body->parent == p->doc && preface_is_letter(p) &&
               addressed_begins(p)) {
        field_open_address(p);
    } else {
        preface_add_title(p);
    }
}

bool preface_is_letter(struct parser *p)
{
    return p->preface_end < p->lines->count &&
           look_has(p, &p->lines->at[p->preface_end], KIND_SALUTATION);
}
