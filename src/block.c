/* Makes paragraphs with their notes and images, and tables. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "parser.h"

/* ---- text with marks ------------------------------------------------------- */

static void add_note(struct parser *p, struct node *parent, struct mark *mark)
{
    struct node *note, *block;
    char label[16];

    snprintf(label, sizeof label, "%.*s", (int)mark->label.len,
             mark->label.at);
    note = draft_add(p->draft, parent,
                     mark->type == MARK_NOTE ? "authorialNote" : "noteRef");
    draft_set(p->draft, note, "marker", label);
    draft_set(p->draft, note, "placement", "bottom");
    mark->node = note;
    if (mark->type == MARK_NOTE) {
        block = draft_add(p->draft, note, "p");
        draft_set_origin(p->draft, block, mark->origin);
        block_text(p, block, mark->text);
    } else if (note) {
        /* Its eId is not known yet: ids.c makes the href. */
        note->note = p->lines->marks[mark->first].node;
    }
    if (mark->typed.len) {
        struct node *typed = draft_add(p->draft, parent, "sup");

        draft_text(p->draft, typed, mark->typed);
    }
}

static void add_image(struct parser *p, struct node *parent,
                      const struct mark *mark)
{
    struct node *image = draft_add(p->draft, parent, "img");
    struct buf title = { 0 };

    draft_set(p->draft, image, "src", "#image");
    if (mark->label.len) {
        buf_add_span(&title, mark->label);
        draft_set(p->draft, image, "title", buf_text(&title));
        p->draft->failed |= title.failed;
        buf_free(&title);
    }
}

void block_text(struct parser *p, struct node *parent, struct span text)
{
    size_t done = 0, at = 0;

    if (!text.len)
        return;
    while (at < text.len) {
        const char *found = memchr(text.at + at, MARK, text.len - at);
        size_t next;
        struct mark *mark;

        if (!found)
            break;
        at = next = (size_t)(found - text.at);
        mark = lines_mark(p->lines, text, &next);
        draft_text(p->draft, parent,
                   (struct span){ text.at + done, at - done });
        if (mark && mark->type == MARK_IMAGE)
            add_image(p, parent, mark);
        else if (mark)
            add_note(p, parent, mark);
        at = done = mark ? next : at + 1;
    }
    draft_text(p->draft, parent,
               (struct span){ text.at + done, text.len - done });
}

struct node *block_empty(struct parser *p, struct node *parent,
                         const char *class)
{
    struct node *block = draft_add(p->draft, parent, "p");

    if (class)
        draft_set(p->draft, block, "class", class);
    return block;
}

struct node *block_paragraph(struct parser *p, struct node *parent,
                             struct span text, const char *class)
{
    struct node *block = block_empty(p, parent, class);

    block_text(p, block, text);
    return block;
}

/* Label in an inline of its own, the rest as it stands (in `wrapper` where
 * one is given), and what is between as it stands, too. */
void block_labelled(struct parser *p, struct node *block,
                    const struct finding *finding, enum capture rest,
                    const char *wrapper)
{
    struct span label = finding->match.at[CAP_LABEL];
    struct span value = finding->match.at[rest];
    struct node *node;

    if (value.len && label.at >= value.at)
        label = (struct span){ 0 }; /* a part of what it would label */
    if (label.len) {
        node = draft_add(p->draft, block, "inline");
        draft_set(p->draft, node, "name", "label");
        block_text(p, node, label);
    }
    if (!value.len)
        return;
    if (label.len)
        block_text(p, block,
                   (struct span){ label.at + label.len,
                                  (size_t)(value.at - label.at) - label.len });
    block_text(p, wrapper ? draft_add(p->draft, block, wrapper) : block, value);
}

/* The text of an item or clause, which may itself be a note. */
struct node *block_labelled_text(struct parser *p, struct node *parent,
                                 struct span text)
{
    struct finding f;
    bool note = scanner_takes(p->scanner, KIND_NOTE, NULL, text, &f);
    struct node *block = block_empty(p, parent, note ? "note" : NULL);

    if (note)
        block_labelled(p, block, &f, CAP_TEXT, NULL);
    else
        block_text(p, block, text);
    return block;
}

/* An item of a list that is no part of the text's structure. */
void block_bullet(struct parser *p, struct node *list,
                  const struct finding *finding)
{
    struct node *item = draft_add(p->draft, list, "item");
    struct node *num = draft_add(p->draft, item, "num");

    draft_set_origin(p->draft, item, p->line->origin);
    block_text(p, num, finding->match.at[CAP_NUM]);
    if (num)
        num->rule = finding->rule; /* "o" is a bullet here, and no letter */
    block_paragraph(p, item, finding->match.at[CAP_TEXT], NULL);
}

/* ---- tables ------------------------------------------------------------------ */

enum { SYMBOL_WIDTH_MAX = 16 };

/* "(a) the report" below "The agenda contains:". */
enum { BRACKET_MAX = 6 };

static bool is_announced_item(struct parser *p, struct line *line)
{
    size_t len = line->text.len < BRACKET_MAX ? line->text.len : BRACKET_MAX;

    return p->before.colon && memchr(line->text.at, ')', len) &&
           look_has(p, line, KIND_ITEM);
}

/* A bullet, or "a)" or "3.1" and a TAB: no cell begins with these. */
static bool has_item_label(struct parser *p, struct line *line)
{
    return line->cell &&
           (look_has(p, line, KIND_BULLET) || is_announced_item(p, line) ||
            (look_kinds(p, line, 1u << KIND_ITEM | 1u << KIND_CLAUSE) &&
             memchr(line->text.at, '\t', line->text.len)));
}

/* The items of a list that is indented by TABs, each with its label: up to a
 * line without a TAB before it there is nothing else. */
static bool is_indented_list(struct parser *p)
{
    for (size_t i = p->at; i < p->lines->count && i < p->at + ROW_LINES_MAX;
         i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (i > p->at && (line->gap > 1 || !line->cell))
            break;
        if (!has_item_label(p, line))
            return false;
    }
    return true;
}

/* "(3)" or "(A-1)" at the end of the line. */
static bool ends_in_number(struct span text)
{
    size_t at = text.len;

    if (!at || text.at[--at] != ')')
        return false;
    while (at > 0 && (isalnum((unsigned char)text.at[at - 1]) ||
                      text.at[at - 1] == '-'))
        at--;
    return at > 0 && text.at[at - 1] == '(' && text.len - at < 8 &&
           isdigit((unsigned char)text.at[text.len - 2]);
}

/* An equation that TABs put into the middle: "E = mc	(1)", or its number alone
 * where it is an object. */
static bool is_equation(const struct line *line)
{
    return line->cell && ends_in_number(line->text) &&
           (line->text.at[0] == '(' ||
            memchr(line->text.at, '=', line->text.len));
}

/* "(1)", "(2)" in a row: the numbers of columns. */
static bool heads_columns(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return next && next->gap == 0 && p->line->text.at[0] == '(' &&
           is_equation(next) && next->text.at[0] == '(';
}

/* "d:	distance", below an equation. */
static bool is_symbol(const struct line *line)
{
    const char *tab = memchr(line->text.at, '\t', line->text.len);
    struct span symbol = { line->text.at,
                           tab ? (size_t)(tab - line->text.at) : 0 };

    return line->cell && tab && lines_width(symbol) <= SYMBOL_WIDTH_MAX &&
           lines_ends_in_colon(symbol);
}

/* Whether line `at` is in the last cell of its row. */
static bool is_last_cell(const struct parser *p, size_t at)
{
    for (size_t i = at; i < p->lines->count && i < at + ROW_LINES_MAX; i++) {
        const struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (i > at && line->gap > 0)
            break;
        if (line->cell)
            return false;
    }
    return true;
}

/* Whether the cell that line `at` would go on with has a label itself. */
static bool is_numbered_cell(struct parser *p, size_t at)
{
    for (size_t i = at; i-- > 0 && i + ROW_LINES_MAX > at;)
        if (!p->lines->at[i].gone && p->lines->at[i].cell)
            return look_has(p, &p->lines->at[i], KIND_CLAUSE);
    return true;
}

/* "2.1" goes on with the clauses; "2" may count the lines of a cell. */
static bool goes_on(struct parser *p, size_t at, enum fit fit,
                    const struct number *number)
{
    if (number->depth > 1 || is_last_cell(p, at))
        return fit >= FIT_START;
    return fit == FIT_NEXT && !is_numbered_cell(p, at);
}

/* Where no blank line ends the row, the next clause or annex does: "2.1" may
 * stand in a cell only where it does not go on with the clauses around. */
static bool begins_clause(struct parser *p, size_t at)
{
    struct line *line = &p->lines->at[at];
    struct span before = { 0 };
    struct finding f;
    struct number number;

    if (line->cell || p->region != REGION_BODY)
        return false;
    if (look_has(p, line, KIND_HEADING))
        return part_begins(p, line);
    return look_find(p, line, KIND_CLAUSE, NULL, &f) && label_is_firm(&f) &&
           section_is_open(p) &&
           scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], &number) &&
           goes_on(p, at, section_fit(p, &f, &number, &before), &number);
}

/* Whether the line is the next item of a list that is open. */
static bool goes_on_list(struct parser *p, struct line *line)
{
    const struct folded *text = NULL;
    struct span before = { 0 };
    struct number number;
    struct finding f;
    size_t index = 0;

    if (!line->cell && stack_top(p)->type == FRAME_ITEM &&
        look_has(p, line, KIND_ITEM))
        text = look_folded(p, line);
    while (text && scanner_find(p->scanner, KIND_ITEM, &index, text, 0, &f))
        if (grammar_number(p->scanner->grammar, f.rule, f.match.at[CAP_NUM],
                           &number) &&
            list_fit(p, &f, &number, &before) == FIT_NEXT)
            return true;
    return false;
}

enum { SENTENCE_WIDTH_MIN = 60 };

/* Whether a paragraph without a TAB stands among the lines from here on, and
 * neither the end of a table below them nor a row of one: TABs indent some of
 * these lines. */
static bool is_text_with_indents(struct parser *p)
{
    bool text = false;

    for (size_t i = p->at + 1;
         i < p->lines->count && i < p->at + ROW_LINES_MAX; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (line->gap > 0 || begins_clause(p, i))
            return text && line->gap <= 1 && !line->cell;
        text |= !line->cell && lines_ends_sentence(line->text) &&
                lines_width(line->text) >= SENTENCE_WIDTH_MIN;
    }
    return false;
}

/* A cell begins with a TAB and goes on until the next one; a blank line ends
 * the row, one more the table. A single line with a TAB before it is an
 * indented paragraph. */
bool block_is_table(struct parser *p)
{
    size_t cells = 0;

    if (!p->line->cell || is_indented_list(p) ||
        (p->region == REGION_BODY &&
         ((is_equation(p->line) && !heads_columns(p)) || is_symbol(p->line) ||
          is_text_with_indents(p))))
        return false;
    for (size_t i = p->at; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        /* No cell holds the caption of a table, or goes on with a list. */
        if (i > p->at && (line->gap > 1 || (line->gap == 1 && !line->cell) ||
                          (!line->cell && look_has(p, line, KIND_CAPTION)) ||
                          goes_on_list(p, line)))
            break;
        cells += line->cell;
        if (cells > 1)
            return true;
    }
    return false;
}

static bool ends_table(struct parser *p, size_t at, bool in_row)
{
    const struct line *line = &p->lines->at[at];

    if (line->gap > 1 || line->version)
        return true;
    return !line->cell &&
           (line->gap == 1 || !in_row || begins_clause(p, at));
}

struct table {
    struct node *node, *row, *cell, *list;
    struct number number; /* of the last item of the list, if it has any */
    struct origin origin;
};

static void close_row(struct parser *p, struct table *t)
{
    if (t->row)
        draft_set_origin(p->draft, t->row, t->origin);
    t->row = NULL;
}

static bool take_cell_bullet(struct parser *p, struct table *t)
{
    struct finding f, next;
    bool more;

    if (!look_find(p, p->line, KIND_BULLET, NULL, &next))
        return false;
    if (!t->list || t->number.depth)
        t->list = draft_add(p->draft, t->cell, "blockList");
    t->number.depth = 0;
    do {
        f = next;
        more = boxes_part(&f, &next);
        block_bullet(p, t->list, &f);
    } while (more);
    return true;
}

/* "a) ..." or "1. ..." on a line, with its text. */
static bool read_cell_item(struct parser *p, struct line *line,
                           struct finding *f, struct number *number)
{
    return (look_find(p, line, KIND_ITEM, NULL, f) ||
            look_find(p, line, KIND_CLAUSE, "point", f)) &&
           f->match.at[CAP_TEXT].len &&
           scanner_number(p->scanner, f->rule, f->match.at[CAP_NUM], number) &&
           number->depth == 1;
}

/* Two items and more in a cell, which count on from the first. */
static bool take_cell_item(struct parser *p, struct table *t, size_t at)
{
    struct line *next = look_next(p, at);
    struct finding f, other;
    struct number number, following;

    if (!read_cell_item(p, p->line, &f, &number))
        return false;
    if (!t->list || !t->number.depth || !number_follows(&number, &t->number)) {
        if (number_last(&number) != 1 || !next || next->cell || next->gap > 0 ||
            !read_cell_item(p, next, &other, &following) ||
            !number_follows(&following, &number))
            return false;
        t->list = draft_add(p->draft, t->cell, "blockList");
    }
    t->number = number;
    block_bullet(p, t->list, &f);
    return true;
}

static void take_cell_line(struct parser *p, struct table *t, size_t at)
{
    struct line *line = &p->lines->at[at];

    if (!t->row || line->gap > 0) {
        close_row(p, t);
        t->row = draft_add(p->draft, t->node, "tr");
        t->origin = line->origin;
    }
    if (line->cell || !t->cell) {
        t->cell = draft_add(p->draft, t->row, "td");
        t->list = NULL;
    }
    wrap_gather(p, at);
    t->origin.last = line->origin.last;
    t->origin.to = line->origin.to;
    if (!take_cell_bullet(p, t) && !take_cell_item(p, t, at) &&
        (line->text.len || line->cell)) {
        block_paragraph(p, t->cell, line->text, NULL);
        t->list = NULL;
    }
    parse_explain(p, "table", "cell", NULL);
}

void block_table(struct parser *p, struct node *parent)
{
    struct table t = { 0 };
    struct origin origin = p->line->origin;
    size_t i, last = p->at;

    t.node = draft_add(p->draft, parent, "table");
    if (p->caption && t.node && p->caption == t.node->prev) {
        /* A caption is the table's first child, not a paragraph. */
        draft_unlink(p->caption);
        draft_append(t.node, p->caption);
        draft_rename(p->caption, "caption");
        draft_unset(p->caption, "class");
    }
    p->caption = NULL;
    for (i = p->at; i < p->lines->count; i++) {
        if (p->lines->at[i].gone)
            continue;
        if (i > p->at && ends_table(p, i, t.row != NULL))
            break;
        take_cell_line(p, &t, i);
        last = i;
    }
    close_row(p, &t);
    origin.last = p->lines->at[last].origin.last;
    origin.to = p->lines->at[last].origin.to;
    draft_set_origin(p->draft, t.node, origin);
    p->at = last;
    p->line = &p->lines->at[last];
}
