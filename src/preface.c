/* Takes the header of a document: fields, addressees, titles. */
#include <string.h>
#include <unicode/uchar.h>

#include "parser.h"

enum { TITLE_WIDTH_MAX = 240 };

struct node *preface_of(struct parser *p)
{
    if (!p->preface)
        p->preface = draft_add_before(p->draft, p->body, "preface");
    return p->preface;
}

/* "ISBN", and "978-92-61-34102-9 (PDF)" below it. */
enum { BOOK_DIGITS = 13, BOOK_LEN = 17 };

static bool is_of_book(struct span text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len && i < BOOK_LEN; i++)
        digits += is_digit(text.at[i]);
    return digits == BOOK_DIGITS ||
           (text.len >= 4 && (memcmp(text.at, "ISBN", 4) == 0 ||
                              memcmp(text.at, "ISSN", 4) == 0));
}

bool preface_is_title(const struct parser *p, const struct line *line)
{
    /* An image, a sign or an address alone is no title. */
    return span_has(line->text, u_isalnum) &&
           line->text.len < 4 * TITLE_WIDTH_MAX &&
           !lines_is_mark(p->lines, line->text) && !lines_is_rule(line->text) &&
           !lines_has_blank(line->text) && !lines_is_site(line->text) &&
           !memchr(line->text.at, '@', line->text.len) &&
           !is_of_book(line->text) &&
           lines_width(line->text) <= TITLE_WIDTH_MAX &&
           !lines_ends_sentence(line->text);
}

/* How far above those who are listed it says what they are. */
enum { ANNOUNCED_MAX = 60 };

/* "Present:", which no field is called, and right below it who was. */
bool preface_is_announced(struct parser *p)
{
    struct line *line = p->line;

    for (unsigned i = 0; i < ANNOUNCED_MAX; i++) {
        do {
            if (line->gap > 0 || line->cell || line == p->lines->at)
                return false;
            line--;
        } while (line->gone);
        if (lines_ends_in_colon(line->text))
            return !look_has(p, line, KIND_FIELD);
    }
    return false;
}

/* ---- other lines ------------------------------------------------------------ */

static void add_title_line(struct parser *p)
{
    struct node *block = block_empty(p, preface_of(p), "title");

    heading_write(p, block, "docTitle", p->line->text);
    draft_set_origin(p->draft, block, p->line->origin);
    p->header.list = NULL;
    parse_explain(p, "title", "", NULL);
}

/* More than the header of a letter has: each of its lines may ask for one. */
enum { FIELDS_MAX = 1000 };

static bool has_field(const struct parser *p, const char *name)
{
    const struct node *n = p->preface ? p->preface->children : NULL;

    for (unsigned i = 0; n && i < FIELDS_MAX; n = n->next, i++)
        if (draft_is_named(n, name))
            return true;
    return false;
}

/* "Original: Russian", below it whose paper it is, and then on what. */
static bool is_below_source(const struct node *last)
{
    return ((draft_is(last, "p") && !draft_get(last, "class")) ||
            draft_is_named(last, "source")) &&
           draft_is_named(last->prev, "originalLanguage");
}

/* "Report by the Secretary-General" and, in a row of its own, on what; so below
 * a number, and what is in capitals below the language. */
static bool is_title_row(struct parser *p)
{
    struct node *last = p->preface ? p->preface->last : NULL;
    struct line *next = look_next(p, p->at);

    if (!p->line->cell || p->line->gap != 1 || (next && next->gap == 0))
        return false;
    return draft_is_named(last, "type") ||
           draft_has_class(last, "number") || draft_has_class(last, "title") ||
           draft_has_class(last, "status") ||
           is_below_source(last) ||
           (has_field(p, "originalLanguage") &&
            heading_is_capitals(p->line->text));
}

/* "Agenda item 3" and, below it, on what: whatever fields follow. */
static bool is_below_agenda(const struct parser *p)
{
    const struct node *last = p->preface ? p->preface->last : NULL;

    while (draft_has_class(last, "title"))
        last = last->prev;
    return !p->line->cell && draft_is_named(last, "agendaItem");
}

/* A text of a script that has no capitals. */
static bool is_caseless(struct span text)
{
    return u_charType(span_first(text)) == U_OTHER_LETTER;
}

/* "Original: English", whose paper it is, and, set apart from that and from the
 * fields below it, on what: in capitals, if the script has them. */
static bool is_paper_title(struct parser *p)
{
    const struct node *last = p->preface ? p->preface->last : NULL;
    struct line *next = look_next(p, p->at);

    return !p->line->cell && p->line->gap > 0 && next && !next->cell &&
           next->gap > 0 && look_has_label(p, next) &&
           (heading_is_capitals(p->line->text)
                ? is_below_source(last) ||
                      draft_is_named(last, "originalLanguage")
                : is_caseless(p->line->text) && is_below_source(last));
}

/* "Report by the Secretary-General", below it on what, and then "Purpose". */
static bool is_above_box(struct parser *p)
{
    const struct node *last = p->preface ? p->preface->last : NULL;
    struct line *next = look_next(p, p->at);
    const struct folded *text =
        next && !next->cell && next->gap > 0 ? look_folded(p, next) : NULL;
    struct finding f;

    return !p->line->cell && text && has_field(p, "number") &&
           (draft_is_named(last, "type") || draft_is_named(last, "source") ||
            draft_has_class(last, "title")) &&
           scanner_is(p->scanner, KIND_BOX, text, &f);
}

/* "时间：" and when, below a title. */
static bool is_labelled(const struct parser *p)
{
    return p->preface && p->preface->last && lines_has_label(p->line->text);
}

/* Whether fields with labels stand below the line. */
static bool heads_labels(struct parser *p, const struct line *line)
{
    struct line *next = look_below(p, line);

    return next && !next->cell && look_has_label(p, next);
}

/* "United States of Utopia" and "Changes of the rules", the last two rows of a
 * header: no other row is left for who wrote it. */
enum { AUTHOR_WIDTH_MAX = 60 };

static bool is_last_but_one(struct parser *p, struct line *next)
{
    const struct folded *text = look_folded(p, next);
    const struct line *behind = next;
    struct finding f;

    if (!text || scanner_is(p->scanner, KIND_BOX, text, &f) ||
        heading_is_capitals(p->line->text))
        return false;
    while ((behind = look_below(p, behind)) && behind->cell &&
           behind->gap <= 1 && !behind->text.len)
        ;
    return (!behind || !behind->cell || behind->gap > 1) &&
           lines_width(p->line->text) <= AUTHOR_WIDTH_MAX &&
           label_begins_high(p->line->text) &&
           !lines_has_digit(p->line->text) &&
           !memchr(p->line->text.at, ':', p->line->text.len) &&
           !lines_ends_sentence(p->line->text);
}

/* "Director, Radiocommunication Bureau", above the title of a paper, which is
 * in capitals or a row of its own: whose it is. So is "Utopia", where both say
 * so, or there are no capitals to say it. */
static bool is_author(struct parser *p)
{
    struct line *next = look_next(p, p->at);
    bool rows = next && p->line->cell && p->line->gap == 1 && next->cell &&
                next->gap == 1;
    bool capitals = next && heading_is_capitals(next->text);
    bool caseless =
        next && is_caseless(p->line->text) && is_caseless(next->text);
    bool below =
        p->preface && draft_is_named(p->preface->last, "originalLanguage");

    bool apart = below && !p->line->cell && p->line->gap > 0 && next &&
                 next->gap > 0 && !next->cell && heads_labels(p, next);

    bool pair = rows && below && is_last_but_one(p, next);

    return (rows || capitals || (caseless && below)) &&
           has_field(p, "originalLanguage") && !has_field(p, "source") &&
           !draft_has_class(p->preface->last, "title") &&
           (pair || look_has(p, p->line, KIND_SIGNATURE) ||
            ((rows || apart) && capitals &&
             !heading_is_capitals(p->line->text)) ||
            ((rows || apart) && caseless)) &&
           !(look_classify(p, next) & ~(1u << KIND_FIELD)) &&
           preface_is_title(p, next);
}

static void add_told(struct parser *p, const char *name)
{
    struct node *field = field_add(p, name);

    block_text(p, block_empty(p, field, NULL), p->line->text);
    draft_set_origin(p->draft, field, p->line->origin);
    parse_explain(p, "field", name, NULL);
}

static void add_title(struct parser *p)
{
    struct finding f;
    bool number = look_find(p, p->line, KIND_TITLE, "number", &f);
    bool other = !number && look_find(p, p->line, KIND_TITLE, NULL, &f);
    struct node *block;

    /* Between fields a short line is a stray one. */
    if (!number && !other && !p->header.letterhead &&
        preface_is_title(p, p->line) && !is_labelled(p) &&
        !memmem(p->line->text.at, p->line->text.len, "    ", 4) &&
        !preface_is_announced(p) &&
        (p->at >= p->header.end || is_title_row(p) || is_below_agenda(p) ||
         is_above_box(p) || is_paper_title(p))) {
        add_title_line(p);
        return;
    }
    block = block_empty(p, preface_of(p), number  ? "number"
                                          : other ? f.rule->name
                                                  : NULL);
    block_text(p, number ? draft_add(p->draft, block, "docNumber") : block,
               p->line->text);
    draft_set_origin(p->draft, block, p->line->origin);
    p->header.list = NULL;
    parse_explain(p, number || other ? "title" : "paragraph",
                  number || other ? f.rule->name : "", NULL);
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
 * letter has its own place and date. Below a name its bureau may stand; below
 * those addressed stand the others. */
static bool continues_field(const struct parser *p, const struct finding *f)
{
    return p->header.field && p->header.has_value && p->line->gap == 0 &&
           !p->line->cell && !f->match.at[CAP_LABEL].at &&
           (rule_is(p->header.rule, "addressees")
                ? f->rule == p->header.rule || p->header.person
                : (rule_is(p->header.rule, "subject") ||
                   rule_is(p->header.rule, "title") ||
                   rule_is(p->header.rule, "contact")) &&
                      has_field(p, f->rule->name));
}

/* "REPORT 3" and then "Report of the meeting": the second is the title. */
static bool is_title_of_type(const struct parser *p, const struct finding *f)
{
    return rule_is(f->rule, "type") && !p->header.field && has_field(p, "type");
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

    if (rule_is(f->rule, "subject") && has_field(p, "title") &&
        look_find(p, p->line, KIND_FIELD, "purpose", &aim))
        *f = aim;
}

/* "Purpose" set apart below the number of a paper, and right below it what that
 * is: the boxes of such a paper, without their lines. */
static bool is_open_box(struct parser *p, const struct line *next)
{
    return p->line->gap > 0 && !p->line->cell && !next->cell &&
           has_field(p, "number") && p->body->parent == p->doc;
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

/* "- Member States", a blank line, "- Sector Members". */
static bool goes_on_with_list(struct parser *p)
{
    return p->line->gap == 1 && !p->line->cell && p->header.list &&
           p->header.list == p->header.field->last &&
           look_has(p, p->line, KIND_BULLET);
}

/* The end of a row ends a field that has what it wants, or an empty cell for
 * it. */
static bool ends_field(struct parser *p)
{
    size_t gap = p->line->gap;

    if (gap > 0 && p->line->cell && p->header.value_empty)
        return true;
    if (goes_on_with_list(p))
        return false;
    return (gap > 1 || (gap == 1 && p->header.has_value)) &&
           !(gap <= 1 && p->header.label) && !waits_for_cell(p) &&
           !stacked_wait(p) &&
           !(stacked_begin(p) && look_has_label(p, p->line));
}

/* "Enclosures: 2" among the fields belongs to none of them. */
static bool take_enclosure(struct parser *p)
{
    struct finding f;
    struct node *block;

    if (p->header.label || p->header.in_box ||
        !look_find(p, p->line, KIND_ENCLOSURE, NULL, &f))
        return false;
    field_close(p);
    block = block_empty(p, preface_of(p), "enclosure");
    block_labelled(p, block, &f, CAP_VALUE, NULL);
    draft_set_origin(p->draft, block, p->line->origin);
    parse_explain(p, "enclosure", f.rule->name, &f);
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

/* "NOTE - The annexes are in another file." in a cell of its own belongs to no
 * field. */
static bool take_note(struct parser *p)
{
    struct finding f;
    struct node *block;

    if (!p->line->cell || p->header.label || p->header.in_box ||
        !look_find(p, p->line, KIND_NOTE, NULL, &f))
        return false;
    field_close(p);
    block = block_empty(p, preface_of(p), "note");
    block_labelled(p, block, &f, CAP_TEXT, NULL);
    draft_set_origin(p->draft, block, p->line->origin);
    parse_explain(p, "note", f.rule->name, &f);
    return true;
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
            add_title_line(p);
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
    } else if (take_enclosure(p)) {
        return;
    } else if (p->line->sector && !p->in_column) {
        field_close(p);
        add_told(p, "sector");
    } else if (header_is_agenda_item(p, p->line)) {
        field_close(p);
        add_told(p, "agendaItem");
    } else if (take_note(p)) {
        return;
    } else if (p->header.field) {
        field_add_value(p);
    } else if (beside_goes_on(p)) {
        field_add_beside(p);
    } else if (is_author(p)) {
        add_told(p, "source");
    } else if (p->body->parent == p->doc && preface_is_letter(p) &&
               addressed_begins(p)) {
        field_open_address(p);
    } else {
        add_title(p);
    }
}

/* ---- a title that only its place tells ---------------------------------------- */

enum { TITLE_WIDTH_MIN = 30 };

static bool may_be_title(const struct node *block)
{
    struct span text = draft_first_text(block);

    return draft_is(block, "p") && !draft_get(block, "class") &&
           lines_width(text) >= TITLE_WIDTH_MIN && label_begins_high(text) &&
           !lines_ends_sentence(text) && !lines_ends_in_colon(text) &&
           !memchr(text.at, '@', text.len) &&
           !memmem(text.at, text.len, "   ", 3);
}

bool preface_has_title(const struct parser *p)
{
    const struct node *n = p->preface ? p->preface->children : NULL;

    for (unsigned i = 0; n && i < FIELDS_MAX; n = n->next, i++)
        if (draft_has_class(n, "title") || draft_is_named(n, "title") ||
            draft_is_named(n, "subject") || draft_is_named(n, "type"))
            return true;
    return false;
}

bool preface_is_letter(struct parser *p)
{
    return p->preface_end < p->lines->count &&
           look_has(p, &p->lines->at[p->preface_end], KIND_SALUTATION);
}

/* "TSB Circular 77" and, right below or above it, what that letter is about. */
static struct node *title_of_letter(const struct parser *p)
{
    for (struct node *n = p->preface->children; n; n = n->next)
        if (may_be_title(n) && (draft_is_named(n->prev, "number") ||
                                draft_is_named(n->next, "number")))
            return n;
    return NULL;
}

/* "Final report" and, right below it, on what, where nothing else tells. */
static struct node *title_below_type(const struct parser *p)
{
    struct node *found = NULL;

    for (struct node *n = p->preface->children; n; n = n->next) {
        if (draft_has_class(n, "title") || draft_is_named(n, "title") ||
            draft_is_named(n, "subject"))
            return NULL;
        if (!found && draft_is_named(n->prev, "type") && may_be_title(n))
            found = n;
    }
    return found;
}

void preface_find_title(struct parser *p)
{
    struct node *found = NULL, *title, *first;

    if (p->body->parent != p->doc || !p->preface)
        return;
    if (!preface_is_letter(p))
        found = title_below_type(p);
    else if (!preface_has_title(p))
        found = title_of_letter(p);
    if (!found)
        return;
    title = draft_add(p->draft, found, "docTitle");
    while (title && (first = found->children) != title) {
        draft_unlink(first);
        draft_append(title, first);
    }
    draft_set(p->draft, found, "class", "title");
}
