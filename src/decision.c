/* Decisions that stand in a text: the titles above each, its opening, and which
 * clauses are its own. */
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"
#include "quote.h"

/* Lines of a title above the opening. */
enum { TITLE_LINES_MAX = 4 };

/* "The Board," alone on its line, and below it what it decides or gives as its
 * reasons. */
bool decision_opens(struct parser *p, struct line *line)
{
    struct line *next = look_below(p, line);

    if (!next || next->cell || line->cell || !look_has(p, line, KIND_OPENING))
        return false;
    return look_has(p, next, KIND_HEADING) ||
           (lines_ends_in_comma(line->text) && label_begins_high(next->text)) ||
           (lines_ends_in_comma(line->text) &&
            look_kinds(p, next, 1u << KIND_CLAUSE | 1u << KIND_ITEM));
}

/* The opening below the line, where nothing but titles stands between them; or
 * NULL. */
static struct line *opening_below(struct parser *p, struct line *line)
{
    for (unsigned i = 0; i < TITLE_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || line->cell || !preface_is_title(p, line))
            return NULL;
        if (look_has(p, line, KIND_OPENING))
            return line;
    }
    return NULL;
}

bool decision_begins(struct parser *p, struct line *line)
{
    return !line->cell && look_find(p, line, KIND_TITLE, "number", NULL) &&
           opening_below(p, line);
}

/* ---- quotation marks ---------------------------------------------------------- */

static bool is_quoted(const struct line *line)
{
    return line->text.len && !u_isalnum(span_first(line->text)) &&
           quote_open_behind(line->text, 0) > 0;
}

void decision_read_marks(struct parser *p)
{
    if (p->proposal.over) {
        proposal_close(p);
        stack_pop(p);
    }
    if (p->proposal.marks) {
        p->proposal.marks = quote_open_behind(p->line->text, p->proposal.marks);
        p->proposal.over = !p->proposal.marks;
    }
}

/* ---- where it goes ---------------------------------------------------------- */

/* Below the heading of a section, with nothing between them; or in a clause of
 * a text that does not decide itself. */
bool decision_has_place(struct parser *p)
{
    size_t top = p->depth;

    if (p->proposal.depth || !decision_opens(p, p->line))
        return false;
    while (top > 1 && p->stack[top - 1].type != FRAME_SECTION)
        top--;
    return top > 1 && ((p->before.heading && top == p->depth) ||
                       (p->stack[top - 1].number.depth && !p->part.decides));
}

/* Those of a quote that are between its heading and its opening. */
static bool goes_on_with_title(struct parser *p)
{
    const struct frame *frame = stack_top(p);

    return p->proposal.quote && p->depth == p->proposal.depth &&
           !frame->number.depth &&
           (!frame->blocks || draft_has_class(frame->blocks->last, "title") ||
            draft_has_class(frame->blocks->last, "status"));
}

/* Closes the decision before; what a clause quotes stays in it. */
static void leave_decision(struct parser *p)
{
    if (p->proposal.quote && p->stack[p->proposal.depth - 1].number.depth) {
        stack_pop_to(p, p->proposal.depth);
        p->part.last = (struct numbering){ 0 };
    } else if (p->proposal.quote) {
        proposal_close(p);
        stack_pop(p);
    } else if (p->part.decides) {
        stack_pop_to(p, 1);
    }
    stack_pop_lists(p);
}

/* Behind the annex of a decision the next one is no part of that. */
static bool stands_apart(const struct parser *p)
{
    return p->body->parent != p->doc &&
           (p->part.apart || (!p->part.decides && p->decided));
}

/* Neither a decision nor a clause stands above it: the text is that decision. */
static bool is_whole_text(const struct parser *p)
{
    return p->body->parent == p->doc && !p->part.decides &&
           !p->proposal.depth && !p->part.last.clause.depth;
}

static void take_number(struct parser *p)
{
    stack_pop_to(p, 1);
    heading_write(p, stack_add_block(p, "number"), "docNumber", p->line->text);
    p->before.end = true;
    parse_explain(p, "title", "number", NULL);
}

static bool has_label(struct parser *p, struct line *line)
{
    return look_kinds(p, line,
                      1u << KIND_CLAUSE | 1u << KIND_ITEM | 1u << KIND_BULLET);
}

/* ---- articles that a clause quotes --------------------------------------- */

enum { QUOTE_LINES_MAX = 24 };

/* Whether the marks that the line opens are closed in one below. */
static bool marks_end(struct parser *p)
{
    struct line *line = p->line;
    unsigned open = quote_open_behind(line->text, 0);

    for (unsigned i = 0; open && i < QUOTE_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || line->cell || part_begins(p, line))
            return false;
        open = quote_open_behind(line->text, open);
    }
    return !open && line != p->line;
}

/* "“Article 9". */
static bool names_article(struct parser *p, struct finding *f)
{
    struct line inside = *p->line;
    int32_t mark = 0;

    U8_FWD_1(inside.text.at, mark, (int32_t)inside.text.len);
    inside.text.at += mark;
    inside.text.len -= (size_t)mark;
    inside.text = span_trim(inside.text);
    inside.asked = inside.kinds = 0;
    inside.chapter = true;
    return look_find(p, &inside, KIND_CLAUSE, NULL, f) &&
           proposal_is_division(f->rule);
}

/* Its title stands right below it. */
static void join_title(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    if (next->gap > 0 || next->cell || has_label(p, next) ||
        !preface_is_title(p, next) || lines_ends_in_colon(next->text))
        return;
    p->draft->failed |= !lines_join(p->lines, p->line, next, "\t");
}

enum { DECISION_LEVEL = 39 }; /* below all clauses */

/* What stands in it has its own numbers, until its marks are closed. In an item
 * there is no place for it, where the list goes on. */
bool decision_take_article(struct parser *p)
{
    struct frame *frame;
    struct node *heading;
    struct finding f;
    struct span num, text;
    bool sentence;

    if (p->line->cell || !is_quoted(p->line) || !proposal_is_quote(p) ||
        list_is_open(p) || !marks_end(p) || !names_article(p, &f))
        return false;
    if (!f.match.at[CAP_TEXT].len)
        join_title(p);
    if (!names_article(p, &f))
        return false;
    num = f.match.at[CAP_NUM];
    text = f.match.at[CAP_TEXT];
    stack_pop_lists(p);
    frame = section_open(p, NULL, DECISION_LEVEL);
    heading = draft_add(p->draft, frame->node, "heading");
    sentence = text.len && lines_ends_sentence(text);
    block_text(p, draft_add(p->draft, heading, "docNumber"),
               span_trim(span_between(p->line->text.at,
                                      sentence ? text.at : num.at + num.len)));
    if (sentence)
        block_text(p, block_empty(p, stack_blocks(p, frame), NULL), text);
    else if (text.len)
        block_text(p, heading,
                   span_between(num.at + num.len, text.at + text.len));
    proposal_open_quote(p);
    p->proposal.marks = quote_open_behind(p->line->text, 0);
    p->proposal.over = !p->proposal.marks;
    p->before.end = true;
    p->before.colon = p->before.heading = false;
    parse_explain(p, "title", "quoted", NULL);
    return true;
}

static void open_decision(struct parser *p)
{
    bool number = decision_begins(p, p->line);
    bool quoted = !p->proposal.depth && is_quoted(p->line);
    bool has_place =
        section_is_open(p) || (quoted && stack_top(p)->type == FRAME_SECTION);
    struct frame *frame = section_open(p, NULL, has_place ? DECISION_LEVEL : 1);
    struct node *heading = draft_add(p->draft, frame->node, "heading");

    block_text(p, number ? draft_add(p->draft, heading, "docNumber") : heading,
               p->line->text);
    if (!p->proposal.depth) {
        proposal_open_quote(p);
        if (quoted)
            p->proposal.marks = quote_open_behind(p->line->text, 0);
    }
    p->part.decides = true;
    parse_note_ending(p, p->line->text, true);
    parse_explain(p, "title", "decision", NULL);
}

/* Whether the line may be a title above the opening of a decision. */
static bool is_title(struct parser *p)
{
    return !p->line->cell && preface_is_title(p, p->line) &&
           !lines_ends_in_colon(p->line->text) &&
           !lines_ends_in_comma(p->line->text) &&
           !(p->proposal.depth && !p->proposal.quote) &&
           !look_has(p, p->line, KIND_OPENING);
}

/* "31st plenary meeting" and "5 May 2031" are of the decision above; and so is
 * what stands above the number of the next. */
static bool ends_above(struct parser *p, struct line *opening)
{
    for (struct line *line = p->line; line && line != opening;
         line = look_below(p, line))
        if (look_find(p, line, KIND_FIELD, "placeDate", NULL) ||
            decision_begins(p, line))
            return true;
    return false;
}

/* A number tells, or that decisions stand above it. */
static bool begins_next(struct parser *p, struct line *opening)
{
    return decision_begins(p, p->line) ||
           ((p->part.decides || p->proposal.quote || p->part.apart) &&
            (p->before.end || p->line->gap > 0) &&
            !lines_is_enclosed(p->line->text) &&
            !lines_is_symbol(p->line->text) && decision_opens(p, opening) &&
            !ends_above(p, opening));
}

bool decision_take_title(struct parser *p)
{
    struct line *opening = is_title(p) ? opening_below(p, p->line) : NULL;
    bool quoted;

    if (!opening)
        return false;
    if (goes_on_with_title(p)) {
        heading_take_title(p);
        return true;
    }
    if (!begins_next(p, opening))
        return false;
    quoted = is_quoted(p->line) && !p->proposal.depth;
    if (!quoted && is_whole_text(p)) {
        take_number(p);
        return true;
    }
    if (!quoted && stands_apart(p)) {
        part_open_decision(p);
        return true;
    }
    if (quoted)
        stack_pop_lists(p);
    else
        leave_decision(p);
    if (has_label(p, p->line))
        return false;
    open_decision(p);
    return true;
}
