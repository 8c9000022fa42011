/* Opens and fills the fields of a header. */
#include <string.h>

#include "parser.h"

static const struct {
    const char *field, *element;
} wrappers[] = {
    { "subject", "docTitle" },
    { "title", "docTitle" },
    { "number", "docNumber" },
    { "type", "docType" },
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

void field_close(struct parser *p)
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
    p->header.stacked_counted = false;
    p->header.has_value = p->header.value_empty = p->header.in_box = false;
    p->header.person = false;
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

/* Behind the last of stacked labels stands the value of the first, a TAB before
 * it perhaps: "Tel.:", "Fax:", "E-mail: +41 22 730 5111". */
static bool add_label_of_stack(struct parser *p, const struct finding *f)
{
    struct span value = f->match.at[CAP_VALUE];
    struct finding label = *f;
    const struct rule *rule = stacked_take_beside(p, value);

    if (!rule)
        return false;
    label.match.at[CAP_VALUE].len = 0;
    add_field_block(p, &label);
    p->header.label = NULL;
    p->header.has_value = true;
    block_text(p, block_empty(p, p->header.field, rule->name), value);
    draft_set_origin(p->draft, p->header.field->last, p->line->origin);
    return true;
}

/* "To:" and below it "For action:" are both those addressed. */
static void open_stack(struct parser *p, const struct rule *rule)
{
    if (rule != p->header.rule)
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
 * goes to: in a cell that is all of it, and so it is behind a semicolon. */
static bool has_others_addressed(struct parser *p, const struct finding *f)
{
    struct line *next = look_next(p, p->at);
    struct finding other;

    return rule_is(f->rule, "addressees") && next && next->gap == 0 &&
           !next->cell &&
           (p->header.in_cell || p->header.person ||
            lines_ends_in_semicolon(p->line->text) ||
            (look_find(p, next, KIND_FIELD, NULL, &other) &&
             other.rule == f->rule && !other.match.at[CAP_LABEL].at));
}

/* "The Director" or "Mr Director", above the office and the address that the
 * letter goes to. */
static bool names_person(struct parser *p, const struct finding *f)
{
    return rule_is(f->rule, "addressees") && !f->match.at[CAP_LABEL].at &&
           look_kinds(p, p->line, 1u << KIND_SIGNATURE | 1u << KIND_SALUTATION);
}

struct node *field_add(struct parser *p, const char *name)
{
    struct node *container = draft_add(p->draft, preface_of(p), "container");

    draft_set(p->draft, container, "name", name);
    return container;
}

static void open_container(struct parser *p, const struct rule *rule)
{
    field_close(p);
    p->header.field = field_add(p, rule->name);
    p->header.rule = rule;
}

void field_open(struct parser *p, const struct finding *f)
{
    if (stacked_begin(p) && !has_its_own(p, f)) {
        open_stack(p, f->rule);
        stacked_push(p, f->rule);
    } else if (!stands_within(p, f->rule)) {
        open_container(p, f->rule);
        p->header.stacked_in_cell = p->line->cell;
    }
    if (add_label_of_stack(p, f))
        return;
    add_field_block(p, f);
    p->header.person = names_person(p, f);
    /* What has no label is one line, and so are a language and a date. */
    if ((!f->match.at[CAP_LABEL].len && !stands_within(p, f->rule) &&
         !has_others_addressed(p, f)) ||
        (p->header.has_value && (rule_is(f->rule, "originalLanguage") ||
                                 rule_is(f->rule, "placeDate"))))
        field_close(p);
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
    /* "To:", and on the next line a person: an address may follow. */
    p->header.person |= rule_is(p->header.rule, "addressees") &&
                        addressed_is_person(p, p->line);
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

/* "- To Administrations of Member States;" below "Contact:" and its numbers. */
static bool begins_addressees(struct parser *p, const struct finding *bullet)
{
    struct finding f;

    return rule_is(p->header.rule, "contact") && p->header.has_value &&
           !p->header.list &&
           scanner_takes(p->scanner, KIND_FIELD, NULL,
                         bullet->match.at[CAP_TEXT], &f) &&
           rule_is(f.rule, "addressees") && !f.match.at[CAP_LABEL].at;
}

/* "Subject: Study Group 5" and, set apart below it, the list of what is done
 * there. */
static bool reopen_subject(struct parser *p, const struct finding *bullet)
{
    const struct rule *rule =
        grammar_rule(p->scanner->grammar, KIND_FIELD, "subject");
    struct node *last = p->preface ? p->preface->last : NULL;

    if (p->header.field || !rule || !draft_is(last, "container") ||
        !draft_is_named(last, "subject") ||
        scanner_takes(p->scanner, KIND_FIELD, NULL, bullet->match.at[CAP_TEXT],
                      NULL))
        return false;
    p->header.field = last;
    p->header.rule = rule;
    p->header.has_value = true;
    return true;
}

void field_take_bullet(struct parser *p, const struct finding *f)
{
    if (p->in_column && p->column_rule && p->header.rule != p->column_rule)
        open_container(p, p->column_rule);
    else if (!reopen_subject(p, f) &&
             (!p->header.field || begins_addressees(p, f) ||
              (is_one_line(p->header.rule) && p->header.has_value)))
        open_list_field(p, f);
    add_bullet(p, p->header.field ? p->header.field : preface_of(p), f);
    parse_explain(p, "field", p->header.rule ? p->header.rule->name : "list",
                  f);
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

bool field_is_date_between(struct parser *p, struct finding *f)
{
    return (stacked_wait(p) || stacked_begin(p)) && !stacked_wants_date(p) &&
           look_find(p, p->line, KIND_FIELD, NULL, f) &&
           rule_is(f->rule, "placeDate") && !f->match.at[CAP_LABEL].at;
}

void field_add_date_between(struct parser *p, const struct finding *f)
{
    struct node *label = p->header.label;
    bool had_value = p->header.has_value;

    open_stack(p, f->rule);
    add_value_line(p, f->rule, f->rule->name);
    p->header.label = label;
    p->header.has_value = had_value;
    parse_explain(p, "field", f->rule->name, f);
}

void field_add_beside(struct parser *p)
{
    open_container(p, p->beside_rule);
    add_value_line(p, p->beside_rule, NULL);
    parse_explain(p, "field", p->beside_rule->name, NULL);
}

/* The item of a list in the second column that a line goes on with which has
 * nothing before that column: the end of what it says, set in behind the sign.
 */
static struct node *item_beside(const struct parser *p)
{
    const struct node *list = p->header.list;

    return list && list == p->header.field->last && p->column_at > 0 &&
                   p->line->gap == 0 && !p->line->cell && !p->column.len &&
                   p->line->indent > p->column_at && !p->in_column
               ? draft_child(list->last, "p")
               : NULL;
}

void field_open_address(struct parser *p)
{
    const struct rule *rule =
        grammar_rule(p->scanner->grammar, KIND_FIELD, "addressees");

    if (!rule)
        return;
    open_container(p, rule);
    p->header.person = true;
    add_value_line(p, rule, NULL);
    parse_explain(p, "field", rule->name, NULL);
}

void field_add_value(struct parser *p)
{
    struct node *beside;

    if (p->in_column && p->column_rule && p->header.rule != p->column_rule &&
        p->header.rule->level == 2 && p->header.has_value)
        open_container(p, p->column_rule);
    beside = item_beside(p);
    if (beside) {
        draft_text(p->draft, beside, SPAN(" "));
        block_text(p, beside, p->line->text);
        draft_extend_origin(p->draft, beside->parent, p->line->origin);
    } else if (stacked_wait(p)) {
        const struct rule *rule = stacked_take(p);

        add_value_line(p, rule, rule->name);
    } else if (p->header.label) {
        fill_label(p);
    } else {
        add_value_line(p, p->header.rule, NULL);
    }
    parse_explain(p, "field", p->header.rule->name, NULL);
    if (rule_is(p->header.rule, "placeDate")) /* which is one line */
        field_close(p);
}

void field_open_box(struct parser *p, const struct finding *f)
{
    field_close(p);
    field_open(p, f);
    p->header.in_box = true;
    parse_explain(p, "box", f->rule->name, f);
}
