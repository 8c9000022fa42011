/* How deep a heading stands, by the clauses around it and those that follow. */
#include <string.h>

#include "parser.h"

enum { INNER_LEVEL = 2 };

/* Whether clause 2 follows below clause 1. */
static bool has_second_clause(struct parser *p, struct line *line)
{
    struct number number;

    for (unsigned i = 0; i < CLAUSE_LINES_MAX && line; i++) {
        line = look_below(p, line);
        if (line && label_number(p, line, &number) && number.depth == 1)
            return number.at[0] == 2;
    }
    return false;
}

/* "1 Harbour Street": with only a space behind it the number may be of an
 * address. */
static bool is_first_clause(struct parser *p, struct line *line)
{
    struct number number;

    return label_number(p, line, &number) && number.depth == 1 &&
           number.at[0] == 1 &&
           (!memchr(line->text.at, ' ', line->text.len) ||
            memchr(line->text.at, '\t', line->text.len) ||
            (line->text.len > 1 && line->text.at[1] == '.') ||
            has_second_clause(p, line));
}

/* Of the next line, which may have its text on the one below. */
static bool next_number(struct parser *p, struct number *number)
{
    struct line *next = look_next(p, p->at);

    return label_number(p, next, number) ||
           (next && section_is_lone_number(p, next) &&
            number_read(number, next->text, COUNT_DECIMAL, NULL));
}

/* The clause or article that follows at once goes on with the count of the
 * part: what stands before it is no heading in the one that is open. */
bool heading_heads_next(struct parser *p)
{
    const struct number *article = &p->part.last.article;
    struct number number, last = p->part.last.clause;

    if (last.depth > 1)
        last.depth = 1;
    return next_number(p, &number) && number.depth == 1 &&
           ((last.depth && number_follows(&number, &last)) ||
            (article->depth && number_follows(&number, article)));
}

/* The level of clause 1.3 that follows at once, where 1.2 is open or ends
 * above, or of 1.1 below clause 1; else 0. What stands before it heads clauses
 * in clause 1. */
int heading_next_level(struct parser *p)
{
    struct number number, last = p->part.last.clause;
    bool first;

    if (!last.depth || !next_number(p, &number) || number.depth < 2 ||
        number.depth > last.depth + 1)
        return 0;
    first = number_below(&number, &last) && number_last(&number) == 1;
    if (!first)
        last.depth = number.depth;
    if (!first && !number_follows(&number, &last))
        return 0;
    for (size_t i = p->depth; i-- > proposal_base(p);) {
        const struct frame *frame = &p->stack[i];

        if (frame->type == FRAME_SECTION && frame->rule &&
            frame->rule->kind == KIND_CLAUSE &&
            frame->number.depth == number.depth - first)
            return frame->level + first;
    }
    return 0;
}

/* Clause 1 follows at once, or behind a line in brackets: "Question 2/9 -
 * Tides",
 * "(Continuation of Question 1/9)", "1 Motivation". */
bool heading_heads_first(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    if (next && next->gap == 0 && next->text.len > 1 &&
        next->text.at[0] == '(' && lines_ends_in(next->text, ")"))
        next = look_below(p, next);
    return is_first_clause(p, next);
}

/* How far below a chapter its next one is looked for. */
enum { CHAPTER_LINES_MAX = 1000 };

/* Whether "B." follows below "A." and all that stands in it. */
static bool chapter_goes_on(struct parser *p, const struct frame *frame)
{
    struct line *line = p->line;
    const struct folded *text;
    struct number number;
    struct finding f;

    for (unsigned i = 0; i < CHAPTER_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || part_begins(p, line))
            return false;
        text = !line->cell && look_has(p, line, KIND_CLAUSE)
                   ? look_folded(p, line)
                   : NULL;
        for (size_t index = 0; text && scanner_find(p->scanner, KIND_CLAUSE,
                                                    &index, text, 0, &f);)
            if (f.rule == frame->rule &&
                scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM],
                               &number) &&
                number_follows(&number, &frame->number))
                return true;
    }
    return false;
}

/* The innermost chapter that is open, where it is not the last, or there were
 * such headings in it; not where only the heading is all capitals. */
static struct frame *chapter_around(struct parser *p, bool capitals)
{
    for (size_t i = p->depth; i-- > proposal_base(p);) {
        struct frame *frame = &p->stack[i];
        struct span title;

        if (frame->type != FRAME_SECTION || !section_is_chapter(frame->rule))
            continue;
        title = draft_first_text(draft_child(frame->node, "heading"));
        if (capitals && !heading_is_capitals(title))
            return NULL;
        /* Right below the title of the last one. */
        if (p->before.heading && frame == stack_top(p))
            return frame;
        if (!frame->asked)
            frame->goes_on = chapter_goes_on(p, frame);
        frame->asked = true;
        return frame->goes_on || p->part.in_chapters ? frame : NULL;
    }
    return NULL;
}

/* Whether the count of the clause that is open goes on below the heading and
 * its text: then it divides only what is in that clause, if no heading holds
 * the clause. */
static bool is_inside_clause(struct parser *p)
{
    struct number number, last = p->part.last.clause;
    struct line *line = p->line;

    if (!last.depth)
        return false;
    for (size_t i = proposal_base(p); i < p->depth; i++) {
        if (p->stack[i].type != FRAME_SECTION ||
            p->stack[i].level >= BARE_LEVEL)
            continue;
        if (p->stack[i].rule && p->stack[i].rule->kind == KIND_CLAUSE)
            break;
        return false;
    }
    last.depth = 1;
    for (unsigned i = 0; i < CLAUSE_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || part_begins(p, line))
            return false;
        if (label_number(p, line, &number) && number.depth == 1)
            return i > 0 && number_follows(&number, &last);
    }
    return false;
}

/* "Any other business". */
static bool is_closing_topic(struct parser *p)
{
    const struct folded *text = look_folded(p, p->line);

    return text && scanner_is_named(p->scanner, KIND_TERMS, "closing_topic",
                                    text, NULL);
}

/* Below a heading in capitals, which no clause parts from it, others stand in
 * that, where one came right below such a heading: their level, or 0. So do
 * they below one that is no more than others. */
static int level_below_capitals(struct parser *p)
{
    if (heading_is_capitals(p->line->text))
        return 0;
    for (size_t i = p->depth; i-- > proposal_base(p);) {
        const struct frame *frame = &p->stack[i];

        if (frame->type != FRAME_SECTION)
            continue;
        if (frame->number.depth)
            return 0;
        if (frame->groups)
            return is_closing_topic(p) ? 0 : frame->level + 1;
        if (heading_is_capitals(
                draft_first_text(draft_child(frame->node, "heading")))) {
            p->part.in_capitals |= p->before.heading && frame == stack_top(p);
            return p->part.in_capitals && frame->level < BARE_LEVEL
                       ? frame->level + 1
                       : 0;
        }
    }
    return 0;
}

/* Below "Conclusions" in the last chapter: the level of that, or what it is
 * elsewhere. */
static int level_in_chapter(struct parser *p)
{
    const struct frame *above = NULL;

    for (size_t i = p->depth; i-- > proposal_base(p);) {
        const struct frame *frame = &p->stack[i];

        if (frame->type != FRAME_SECTION)
            continue;
        if (above)
            return section_is_chapter(frame->rule) ? above->level : BARE_LEVEL;
        if (!frame->rule || !rule_is(frame->rule, "introduction"))
            break;
        above = frame;
    }
    return BARE_LEVEL;
}

/* A heading without number or rule stands in the clause that is open, in the
 * chapter, or beside those of its look that came before any clause. It takes
 * clauses only where they follow at once. */
void heading_add_bare(struct parser *p, bool groups)
{
    bool capitals = heading_is_capitals(p->line->text);
    int level;

    bool clauses = heading_heads_first(p);
    const struct frame *chapter = chapter_around(p, capitals);
    const struct frame *top = stack_top(p);
    int below = heading_next_level(p);
    int inner = groups ? 0 : level_below_capitals(p);

    if (p->line->day) {
        heading_add(p, NULL, DAY_LEVEL);
        return;
    }
    while (top->type == FRAME_LIST || top->type == FRAME_ITEM)
        top--;

    if (below) {
        level = below;
    } else if (inner) {
        level = inner;
    } else if (chapter && (top == chapter || !top->number.depth || clauses ||
                           heading_heads_next(p))) {
        level = chapter->level + 1;
        p->part.in_chapters = true;
    } else if (!section_is_open(p) || clauses || heading_heads_next(p) ||
               (p->part.bare_seen[capitals] &&
                (capitals || !is_inside_clause(p)))) {
        level = 1;
        p->part.bare_seen[capitals] = true;
    } else {
        level = level_in_chapter(p);
    }
    heading_add(p, NULL, level);
    stack_top(p)->clauses = clauses || below;
    stack_top(p)->groups = groups;
    if (inner && level == inner)
        stack_top(p)->holds = INNER_LEVEL;
    else if (below || (chapter && level == chapter->level + 1))
        stack_top(p)->holds = level;
    parse_explain(p, "heading", "", NULL);
}

/* A heading that no rule knows, or one that was put beside it. */
static bool stands_higher(const struct frame *frame)
{
    return !frame->rule || (frame->rule->kind == KIND_HEADING &&
                            frame->level < frame->rule->level);
}

/* Behind a heading that no rule knows, such as "Scope" in small letters, the
 * others of the front matter stand beside it. */
int heading_level_beside(struct parser *p, const struct rule *rule)
{
    int level = rule->level, inner = level_below_capitals(p);

    if (inner)
        return inner;
    /* Each of the texts that are numbered has its own summary, and so has what
     * is discussed: "Discussion:". */
    if (section_is_open(p) &&
        (rule_is(rule, "summary") || rule_is(rule, "keywords") ||
         (rule_is(rule, "introduction") &&
          (lines_ends_in_colon(p->line->text) || is_inside_clause(p)))))
        return BARE_LEVEL;
    for (size_t i = p->depth; i-- > 0;)
        if (p->stack[i].type == FRAME_SECTION)
            return stands_higher(&p->stack[i]) && p->stack[i].level < level &&
                           !p->part.bare_seen[true]
                       ? p->stack[i].level
                       : level;
    return level;
}
