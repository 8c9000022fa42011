/* Proposals to change another text: the mark of each, what stands below it, and
 * the reasons that are given for it. */
#include <string.h>

#include "parser.h"

static bool find_mark(struct parser *p, struct line *line, struct finding *f)
{
    return look_find(p, line, KIND_TITLE, "proposal", f);
}

/* "MOD" with the number of the proposal or of what it changes; where it stands
 * alone, there is text below it: it is none of a column of such marks. */
bool proposal_begins(struct parser *p, struct line *line)
{
    struct finding f;
    struct line *next;

    if (line->cell || !find_mark(p, line, &f))
        return false;
    if (f.match.at[CAP_NUM].len || f.match.at[CAP_TEXT].len)
        return true;
    next = look_below(p, line);
    return next && next->text.len && !next->cell && !find_mark(p, next, NULL);
}

bool proposal_is_only(struct parser *p, struct line *line)
{
    while ((line = look_below(p, line)) && !part_begins(p, line))
        if (proposal_begins(p, line))
            return false;
    return true;
}

/* ---- beginning and end --------------------------------------------------------- */

size_t proposal_base(const struct parser *p)
{
    return p->proposal.reasons ? 0 : p->proposal.depth;
}

/* The numbers of the text that is to change are not those of the document. */
static void swap_numbers(struct parser *p)
{
    struct numbering last = p->part.last;

    p->part.last = p->proposal.last;
    p->proposal.last = last;
}

void proposal_left(struct parser *p)
{
    if (!p->proposal.reasons)
        swap_numbers(p);
    if (p->proposal.quote)
        p->part.decides = p->proposal.decides;
    memset(&p->proposal, 0, sizeof p->proposal);
}

/* The clause that quotes a decision stays open. */
void proposal_close(struct parser *p)
{
    if (p->proposal.quote) {
        stack_pop_to(p, p->proposal.depth);
        proposal_left(p);
    } else if (p->proposal.depth) {
        stack_pop_to(p, p->proposal.depth - 1);
    }
}

/* Behind the reasons the next heading or clause is the document's own. */
void proposal_close_given(struct parser *p)
{
    if (p->proposal.reasons)
        proposal_close(p);
}

/* ---- what a clause quotes ------------------------------------------------- */

/* The frame of the clause is that of what stands in it, until the clauses of
 * the document go on. */
bool proposal_is_quote(const struct parser *p)
{
    size_t top = p->depth;

    while (top > 1 && p->stack[top - 1].type != FRAME_SECTION)
        top--;
    return !p->proposal.depth && p->before.colon && !p->before.heading &&
           top > 1 && p->stack[top - 1].number.depth;
}

void proposal_open_quote(struct parser *p)
{
    stack_pop_lists(p);
    p->proposal.depth = p->depth;
    p->proposal.quote = true;
    p->proposal.decides = p->part.decides;
    swap_numbers(p);
}

bool proposal_is_division(const struct rule *rule)
{
    return rule_is(rule, "article") || rule_is(rule, "chapter") ||
           rule_is(rule, "division");
}

/* "ARTICLE 9", "APPENDIX 4", "RESOLUTION 12". */
static bool begins_text(struct parser *p, struct line *line)
{
    struct finding f;

    return line && !line->cell &&
           (part_begins(p, line) ||
            look_find(p, line, KIND_TITLE, "number", NULL) ||
            (look_find(p, line, KIND_CLAUSE, NULL, &f) &&
             proposal_is_division(f.rule)));
}

/* A proposal stands beside the one before, in a clause, or below a heading that
 * has no other text; in an article, where what stands below its mark is none
 * itself. */
static void make_place(struct parser *p, struct line *below)
{
    proposal_close(p);
    stack_pop_lists(p);
    while (
        stack_top(p)->type == FRAME_SECTION &&
        (stack_top(p)->number.depth
             ? proposal_is_division(stack_top(p)->rule) && begins_text(p, below)
             : stack_top(p)->blocks != NULL))
        stack_pop(p);
}

enum { PROPOSAL_LEVEL = 41 }; /* below any other section that is open */

static void open_proposal(struct parser *p, struct span heading,
                          struct line *below)
{
    struct frame *frame;

    make_place(p, below);
    frame = section_open(p, NULL, PROPOSAL_LEVEL);
    draft_set(p->draft, frame->node, "class", "proposal");
    block_text(p, draft_add(p->draft, frame->node, "heading"), heading);
    p->proposal.depth = p->depth;
    swap_numbers(p);
    p->region = REGION_BODY;
    p->part.decides = false;
    p->before.end = true;
    p->before.colon = p->before.heading = false;
}

/* ---- the mark -------------------------------------------------------------------- */

/* The number stands on the line below the mark, or above it. */
enum { NUMBER_LENGTH_MAX = 60 };

static bool may_number(const struct line *line)
{
    return !line->cell && line->text.len &&
           line->text.len <= NUMBER_LENGTH_MAX &&
           memchr(line->text.at, '/', line->text.len);
}

static void join_number(struct parser *p)
{
    struct line *next = look_next(p, p->at), saved = *p->line, next_saved;
    struct finding f;

    if (!next || next->gap > 0 || p->line->cell || next->cell ||
        !(may_number(p->line) ? find_mark(p, next, NULL)
                              : may_number(next) && find_mark(p, p->line, NULL)))
        return;
    next_saved = *next;
    if (!lines_join(p->lines, p->line, next, "\t")) {
        p->draft->failed = true;
        return;
    }
    if (!find_mark(p, p->line, &f) || f.match.at[CAP_TEXT].len) {
        *p->line = saved;
        *next = next_saved;
    }
}

/* What stands behind the mark is a line of its own. */
static void leave_rest(struct parser *p, struct span rest)
{
    p->line->text = rest;
    p->line->asked = p->line->kinds = 0;
    p->at--;
}

/* The number below the mark, "81A" say, is the label of a clause. */
static void mark_label(struct line *line)
{
    if (!line || line->cell)
        return;
    line->chapter = true;
    line->asked = line->kinds = 0;
}

/* Index of the last mark. */
static size_t find_last(struct parser *p)
{
    size_t i = p->lines->count;

    while (--i > p->at)
        if (!p->lines->at[i].gone && proposal_begins(p, &p->lines->at[i]))
            return i;
    return p->at;
}

bool proposal_take(struct parser *p)
{
    struct finding f;
    struct span rest, heading;
    struct line *below;

    join_number(p);
    if (!proposal_begins(p, p->line) || !find_mark(p, p->line, &f))
        return false;
    rest = f.match.at[CAP_TEXT];
    heading = p->line->text;
    if (rest.len) {
        heading.len = (size_t)(rest.at - heading.at);
        leave_rest(p, rest);
    }
    below = rest.len ? p->line : look_next(p, p->at);
    mark_label(below);
    open_proposal(p, span_trim(heading), below);
    if (f.match.at[CAP_NUM].len && !p->last_proposal)
        p->last_proposal = find_last(p);
    parse_explain(p, "title", "proposal", &f);
    return true;
}

/* ---- what stands in it -------------------------------------------------------------- */

/* "Reasons: ...", the last that stands in a proposal. */
bool proposal_take_reasons(struct parser *p, const struct finding *f)
{
    struct span text = span_trim(f->match.at[CAP_TEXT]);
    struct frame *frame;

    if (!p->proposal.depth || p->proposal.reasons)
        return false;
    stack_pop_to(p, p->proposal.depth);
    frame = section_open(p, f->rule, f->rule->level);
    block_text(p, draft_add(p->draft, frame->node, "heading"),
               span_trim(f->match.at[CAP_LABEL]));
    if (text.len)
        block_text(p, block_empty(p, stack_blocks(p, frame), NULL), text);
    swap_numbers(p);
    p->proposal.reasons = true;
    parse_note_ending(p, p->line->text, !text.len);
    parse_explain(p, "heading", f->rule->name, f);
    return true;
}

enum { OWN_LINES_MAX = 8 };

/* Whether a text stands below the annex, and not just the headings of what the
 * next proposal is to change. */
static bool has_text(struct parser *p)
{
    struct line *line = p->line;

    for (unsigned i = 0; i < OWN_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || proposal_begins(p, line))
            return false;
        if (line->cell || lines_ends_sentence(line->text) ||
            (look_kinds(p, line, 1u << KIND_CLAUSE | 1u << KIND_ITEM |
                                     1u << KIND_BULLET) &&
             !begins_text(p, line)))
            return true;
    }
    return false;
}

/* "ANNEX 1 TO DRAFT NEW RESOLUTION [X]". */
static bool names_parent(const struct parser *p, const struct finding *f)
{
    return f->match.at[CAP_LABEL].len + f->match.at[CAP_TITLE].len <
           p->line->text.len;
}

/* Where a document makes numbered proposals, annexes in them are those of the
 * texts that are to change; and so are those between them, up to the last, but
 * for one that has a text. In an annex of its own, such an annex says so. */
bool proposal_take_annex(struct parser *p, const struct finding *f)
{
    bool inside = p->proposal.depth && !p->proposal.reasons;

    if (!p->last_proposal || p->region != REGION_BODY)
        return false;
    if (p->body->parent != p->doc
            ? !inside || f->match.at[CAP_TITLE].len || !names_parent(p, f)
            : !inside && (p->at >= p->last_proposal || has_text(p)))
        return false;
    heading_add(p, NULL, 0); /* above its chapters */
    stack_top(p)->clauses = true;
    parse_explain(p, "heading", "", NULL);
    return true;
}

/* An article among those that proposals stand in, but not the one that stands
 * directly below a mark. */
static bool is_next_division(struct parser *p)
{
    struct finding f;

    if (p->line->chapter || !look_find(p, p->line, KIND_CLAUSE, NULL, &f))
        return false;
    for (size_t i = 0; i + 1 < p->proposal.depth; i++)
        if (proposal_is_division(f.rule) && p->stack[i].rule == f.rule)
            return true;
    return false;
}

/* Behind the full stop of a decision whose clauses ended in semicolons. */
static bool quote_is_over(const struct parser *p)
{
    return p->proposal.listed && p->before.stop;
}

/* Whether the clause on the line goes on from the one around the proposals, or
 * from the one that quotes, or from those around that. */
static bool is_next_outside(struct parser *p)
{
    size_t last = p->proposal.depth - (p->proposal.quote ? 1 : 2);
    size_t first = p->proposal.quote ? 0 : last;
    struct number number;

    if (!label_number(p, p->line, &number) ||
        (p->part.last.clause.depth && !quote_is_over(p) &&
         number_follows(&number, &p->part.last.clause)))
        return false;
    for (size_t i = first; i <= last; i++)
        if (p->stack[i].type == FRAME_SECTION && p->stack[i].number.depth &&
            number_follows(&number, &p->stack[i].number))
            return true;
    return false;
}

/* "4. Conclusion" behind the proposals in clause 3, though no reasons are
 * given. */
void proposal_leave_for_clause(struct parser *p)
{
    if (p->proposal.depth > 1 && !p->proposal.reasons &&
        look_has(p, p->line, KIND_CLAUSE) &&
        ((!p->proposal.quote && is_next_division(p)) || is_next_outside(p)))
        proposal_close(p);
}

/* Behind sections of its own there is no title of a section. */
bool proposal_is_begun(const struct parser *p)
{
    return p->proposal.depth && !p->proposal.reasons &&
           draft_child(p->stack[p->proposal.depth - 1].node, "section");
}
