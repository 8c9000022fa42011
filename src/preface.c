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

bool preface_is_title(const struct parser *p, const struct line *line)
{
    /* An image or a sign alone is no title. */
    return lines_has_word(line->text) && line->text.len < 4 * TITLE_WIDTH_MAX &&
           !lines_is_mark(p->lines, line->text) && !lines_is_rule(line->text) &&
           !lines_has_blank(line->text) &&
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

/* ---- fields ---------------------------------------------------------------- */

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
    struct node *block = p->header.field->children;

    if (block->origin)
        p->header.field->origin = block->origin;
    block->origin = NULL;
}

void preface_close_field(struct parser *p)
{
    if (p->header.field && p->header.stacked_count && !p->header.has_value)
        stacked_take_above(p);
    if (p->header.field && draft_is(p->header.field->children, "p") &&
        !p->header.field->children->next)
        move_origin(p);
    p->header.field = NULL;
    p->header.rule = NULL;
    p->header.list = NULL;
    p->header.label = NULL;
    p->header.stacked_count = p->header.stacked_filled = 0;
    p->header.has_value = p->header.value_empty = p->header.in_box = false;
}

/* Telephone, fax and e-mail of a contact stand in it. */
static bool stands_within(const struct parser *p, const struct rule *rule)
{
    return p->header.field && !p->header.stacked_count &&
           rule->level > p->header.rule->level + 1;
}

static void add_field_block(struct parser *p, const struct finding *f)
{
    struct node *block = block_empty(p, p->header.field, NULL);
    bool value = f->match.at[CAP_VALUE].len > 0;

    block_labelled(p, block, f, CAP_VALUE, wrapper_of(f->rule));
    draft_set_origin(p->draft, block, p->line->origin);
    p->header.list = NULL;
    p->header.has_value |= value;
    p->header.value_empty = false;
    p->header.label = value || !f->match.at[CAP_LABEL].len ? NULL : block;
}

static void open_stack(struct parser *p)
{
    draft_set(p->draft, p->header.field, "name", "contact");
    if (!p->header.stacked_count)
        stacked_push(p, p->header.rule);
}

/* "To:" and its list right below it, or "Subject: Gauges" below a blank line:
 * whatever labels stand above, these have what they want. */
static bool has_its_own(struct parser *p, const struct finding *f)
{
    struct line *next = look_next(p, p->at);

    if (f->match.at[CAP_VALUE].len)
        return p->line->gap > 0 && f->rule->level != 2;
    return next && next->gap == 0 && !next->cell &&
           look_has(p, next, KIND_BULLET);
}

/* "Administrations of Member States" and, right below, the others that a letter
 * goes to: in a cell that is all of it. */
static bool has_others_addressed(struct parser *p, const struct finding *f)
{
    struct line *next = look_next(p, p->at);
    struct finding other;

    return rule_is(f->rule, "addressees") && next && next->gap == 0 &&
           !next->cell &&
           (p->header.in_cell ||
            (look_find(p, next, KIND_FIELD, NULL, &other) &&
             other.rule == f->rule && !other.match.at[CAP_LABEL].at));
}

static struct node *add_container(struct parser *p, const char *name)
{
    struct node *container = draft_add(p->draft, preface_of(p), "container");

    draft_set(p->draft, container, "name", name);
    return container;
}

static void open_container(struct parser *p, const struct rule *rule)
{
    preface_close_field(p);
    p->header.field = add_container(p, rule->name);
    p->header.rule = rule;
}

static void open_field(struct parser *p, const struct finding *f)
{
    if (stacked_begin(p) && !has_its_own(p, f)) {
        open_stack(p);
        stacked_push(p, f->rule);
    } else if (!stands_within(p, f->rule)) {
        open_container(p, f->rule);
        p->header.stacked_in_cell = p->line->cell;
    }
    add_field_block(p, f);
    /* What has no label is one line, and so are a language and a date. */
    if ((!f->match.at[CAP_LABEL].len && !stands_within(p, f->rule) &&
         !has_others_addressed(p, f)) ||
        (p->header.has_value && (rule_is(f->rule, "originalLanguage") ||
                                 rule_is(f->rule, "placeDate"))))
        preface_close_field(p);
}

/* The value in the cell behind a label goes into the label's own p. */
static void fill_label(struct parser *p)
{
    const char *wrapper = wrapper_of(p->header.rule);
    struct origin origin = p->line->origin;
    const struct origin *before = p->header.label->origin;

    draft_text(p->draft, p->header.label, SPAN(" "));
    block_text(p,
               wrapper ? draft_add(p->draft, p->header.label, wrapper)
                       : p->header.label,
               p->line->text);
    if (before) {
        origin.first = before->first;
        origin.from = before->from;
    }
    draft_set_origin(p->draft, p->header.label, origin);
    p->header.label = NULL;
    p->header.has_value = true;
}

static void add_bullet(struct parser *p, struct node *parent,
                       const struct finding *f)
{
    if (!p->header.list || p->header.list->parent != parent)
        p->header.list = draft_add(p->draft, parent, "blockList");
    block_bullet(p, p->header.list, f);
    p->header.has_value = true;
    p->header.label = NULL;
}

/* How far above a list its label may stand. */
enum { FIELDS_BETWEEN_MAX = 8 };

/* "Copy:" in a cell of its own, below those addressed, with other fields
 * between it and the list. */
static bool awaits_copies(const struct parser *p)
{
    const struct node *n = p->preface ? p->preface->last : NULL;
    const struct node *copy = NULL;

    for (unsigned i = 0; n && i < FIELDS_BETWEEN_MAX; i++, n = n->prev)
        if (draft_is_named(n, "copy"))
            copy = n;
        else if (copy && draft_is_named(n, "addressees"))
            return !copy->children->next &&
                   draft_child(copy->children, "inline") ==
                       copy->children->last;
    return false;
}

/* A list without a label says itself what it is: "To Administrations ...". */
static void open_list_field(struct parser *p, const struct finding *bullet)
{
    struct finding f;
    bool copies;

    if (!scanner_takes(p->scanner, KIND_FIELD, NULL, bullet->match.at[CAP_TEXT],
                       &f) ||
        f.match.at[CAP_LABEL].at)
        return;
    copies = rule_is(f.rule, "addressees") && awaits_copies(p);
    open_container(p, f.rule);
    if (copies)
        draft_set(p->draft, p->header.field, "name", "copy");
}

/* A reference, a telephone: what a list does not belong to. */
static bool is_one_line(const struct rule *rule)
{
    return rule->level == 2 || rule_is(rule, "reference");
}

static void take_bullet(struct parser *p, const struct finding *f)
{
    if (p->in_column && p->column_rule && p->header.rule != p->column_rule)
        open_container(p, p->column_rule);
    else if (!p->header.field ||
             (is_one_line(p->header.rule) && p->header.has_value))
        open_list_field(p, f);
    add_bullet(p, p->header.field ? p->header.field : preface_of(p), f);
    parse_explain(p, "field", p->header.rule ? p->header.rule->name : "list",
                  f);
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

static bool has_field(const struct parser *p, const char *name)
{
    for (struct node *n = p->preface ? p->preface->children : NULL; n;
         n = n->next)
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

/* "时间：" and when, below a title. */
static bool is_labelled(const struct parser *p)
{
    return p->preface && p->preface->last && lines_has_label(p->line->text);
}

/* A text of a script that has no capitals. */
static bool is_caseless(struct span text)
{
    return u_charType(span_first(text)) == U_OTHER_LETTER;
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

    return (rows || capitals) && has_field(p, "originalLanguage") &&
           !has_field(p, "source") &&
           !draft_has_class(p->preface->last, "title") &&
           (look_has(p, p->line, KIND_SIGNATURE) ||
            (rows && capitals && !heading_is_capitals(p->line->text)) ||
            (rows && caseless)) &&
           !(look_classify(p, next) & ~(1u << KIND_FIELD)) &&
           preface_is_title(p, next);
}

static void add_author(struct parser *p)
{
    struct node *field = add_container(p, "source");

    block_text(p, block_empty(p, field, NULL), p->line->text);
    draft_set_origin(p->draft, field, p->line->origin);
    parse_explain(p, "field", "source", NULL);
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
        !preface_is_announced(p) &&
        (p->at >= p->header.end || is_title_row(p) || is_below_agenda(p))) {
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

/* A line of its own: what `rule` wants, in the element that it has. */
static void add_value_line(struct parser *p, const struct rule *rule,
                           const char *class)
{
    const char *wrapper = wrapper_of(rule);
    struct node *block = block_empty(p, p->header.field, class);

    block_text(p, wrapper ? draft_add(p->draft, block, wrapper) : block,
               p->line->text);
    draft_set_origin(p->draft, block, p->line->origin);
    p->header.list = NULL;
    p->header.label = NULL;
    p->header.has_value = true;
}

/* Where and when, between stacked labels and their values: it is of none of
 * them. */
static bool is_date_between(struct parser *p, struct finding *f)
{
    return (stacked_wait(p) || stacked_begin(p)) && !stacked_wants_date(p) &&
           look_find(p, p->line, KIND_FIELD, NULL, f) &&
           rule_is(f->rule, "placeDate") && !f->match.at[CAP_LABEL].at;
}

static void add_date_between(struct parser *p, const struct finding *f)
{
    struct node *label = p->header.label;
    bool had_value = p->header.has_value;

    open_stack(p);
    add_value_line(p, f->rule, f->rule->name);
    p->header.label = label;
    p->header.has_value = had_value;
    parse_explain(p, "field", f->rule->name, f);
}

static void add_value(struct parser *p)
{
    if (stacked_wait(p)) {
        const struct rule *rule = stacked_take(p);

        add_value_line(p, rule, rule->name);
    } else if (p->header.label) {
        fill_label(p);
    } else {
        add_value_line(p, p->header.rule, NULL);
    }
    parse_explain(p, "field", p->header.rule->name, NULL);
    if (rule_is(p->header.rule, "placeDate")) /* which is one line */
        preface_close_field(p);
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
                  (cells < 2 ? header_is_labelled(p, line) : has_label(p, line));
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

/* What is one field stands on two lines: the name of a sector, or the kind and
 * the number of a circular, which alone would be a number, too. */
static void join_cell(struct parser *p)
{
    struct line *next = look_next(p, p->at), saved = *p->line, next_saved;
    struct finding f;
    bool other;

    if (p->column.len || p->header.field || !next || next->cell ||
        next->gap > 0 || look_has(p, p->line, KIND_FIELD) ||
        look_has(p, p->line, KIND_BULLET) || p->line->text.len > 200 ||
        next->text.len > 200)
        return;
    other = look_has(p, next, KIND_FIELD);
    next_saved = *next;
    if (!lines_join(p->lines, p->line, next, " ")) {
        p->draft->failed = true;
        return;
    }
    if ((look_find(p, p->line, KIND_FIELD, NULL, &f) &&
         !f.match.at[CAP_LABEL].at && (!other || rule_is(f.rule, "number"))) ||
        look_find(p, p->line, KIND_TITLE, "reference", NULL))
        return;
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
        look_has(p, next, KIND_LONE) ||
        header_is_labelled(p, next))
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
                ? f->rule == p->header.rule
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

/* "Summary" in a cell, with its text: that is its own, whatever it would be in
 * another place. */
static bool opens_box(struct parser *p, struct finding *f)
{
    struct line *next = look_next(p, p->at);

    return p->header.in_cell && next && next->gap == 0 &&
           scanner_is(p->scanner, KIND_BOX, &p->folded, f);
}

static void open_box(struct parser *p, const struct finding *f)
{
    preface_close_field(p);
    open_field(p, f);
    p->header.in_box = true;
    parse_explain(p, "box", f->rule->name, f);
}

/* Empty lines below a label in its cell, and the value in the next cell. */
enum { CELL_GAP_MAX = 3 };

static bool waits_for_cell(const struct parser *p)
{
    return p->header.label && p->header.stacked_in_cell && p->line->cell &&
           p->line->gap <= CELL_GAP_MAX;
}

/* The end of a row ends a field that has what it wants, or an empty cell for
 * it. */
static bool ends_field(struct parser *p)
{
    size_t gap = p->line->gap;

    if (gap > 0 && p->line->cell && p->header.value_empty)
        return true;
    return (gap > 1 || (gap == 1 && p->header.has_value)) &&
           !(gap <= 1 && p->header.label) && !waits_for_cell(p) &&
           !stacked_wait(p) &&
           !(stacked_begin(p) && header_is_labelled(p, p->line));
}

/* ---- two columns on a page ------------------------------------------------------ */

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

/* Spaces set columns off; a TAB may as well stand behind what it explains. */
static bool are_columns(struct parser *p, const struct span columns[2],
                        bool tab)
{
    return names_field(p, columns[1], true) ||
           (names_field(p, columns[0], false) && !tab) ||
           (is_field(p, columns[0]) && is_field(p, columns[1]));
}

void preface_part_columns(struct parser *p, size_t at)
{
    struct line *line = &p->lines->at[at];
    struct span columns[2];

    if (line->cell ||
        !(lines_split(behind_label(line->text), columns) ||
          lines_split(line->text, columns) ||
          (lines_split_last(line->text, columns) &&
           names_field(p, columns[1], false))))
        return;
    columns[0].len = (size_t)(columns[0].at + columns[0].len - line->text.at);
    columns[0].at = line->text.at;
    if (lines_ends_in_colon(columns[0]) ||
        !are_columns(p, columns,
                     memchr(line->text.at, '\t', line->text.len) != NULL))
        return;
    line->text = columns[0];
    line->asked = line->kinds = 0;
    p->column = columns[1];
}

/* A label at the end of a line takes no value of the first column; the list
 * below it goes on beside other fields. */
void preface_leave_column(struct parser *p)
{
    bool waits = p->header.label && !p->header.has_value;
    struct line *next = look_next(p, p->at);

    p->in_column = false;
    if (waits || (p->header.field && p->header.list))
        p->column_rule = p->header.rule;
    if (waits && !(next && look_has(p, next, KIND_BULLET)))
        preface_close_field(p);
}

/* "Enclosures: 2" among the fields belongs to none of them. */
static bool take_enclosure(struct parser *p)
{
    struct finding f;
    struct node *block;

    if (p->header.label || p->header.in_box ||
        !look_find(p, p->line, KIND_ENCLOSURE, NULL, &f))
        return false;
    preface_close_field(p);
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

static bool waits_for_question(const struct parser *p)
{
    return p->header.field && p->header.label &&
           rule_is(p->header.rule, "question");
}

/* "Place: Utopia" and below it "Present:", which no field is called. */
static bool is_label_of_none(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return p->header.has_value && !p->header.label && !p->header.in_box &&
           !p->header.in_cell && lines_ends_in_colon(p->line->text) &&
           !look_has(p, p->line, KIND_FIELD) &&
           !(next && look_has(p, next, KIND_BULLET));
}

void preface_line(struct parser *p)
{
    struct finding f;

    p->header.in_cell =
        p->line->cell || (p->header.in_cell && p->line->gap == 0);
    if (p->header.field && (ends_field(p) || is_label_of_none(p) ||
                            ((p->header.in_box || p->header.has_value) &&
                             lines_is_rule(p->line->text))))
        preface_close_field(p);
    if (!p->line->text.len) {
        p->header.value_empty |= p->line->cell && p->header.label;
        return;
    }
    if (take_table(p))
        return;
    preface_join_lone(p);
    join_cell(p);
    if (is_date_between(p, &f)) {
        add_date_between(p, &f);
        return;
    }
    /* A label that waits takes any value, even one that says what it is; but a
     * reference is no date, and a group no question. */
    if (waits_for_question(p) &&
        look_find(p, p->line, KIND_FIELD, "group", NULL))
        preface_close_field(p);
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
        open_field(p, &f);
        if (is_agenda_number(&f))
            preface_close_field(p);
        parse_explain(p, "field", f.rule->name, &f);
    } else if (opens_box(p, &f)) {
        open_box(p, &f);
    } else if (look_find(p, p->line, KIND_BULLET, NULL, &f)) {
        take_bullet(p, &f);
    } else if (take_enclosure(p)) {
        return;
    } else if (p->header.field) {
        add_value(p);
    } else if (is_author(p)) {
        add_author(p);
    } else {
        add_title(p);
    }
}
