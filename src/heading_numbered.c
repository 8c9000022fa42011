/* Tells headings that count for themselves from paragraphs that are numbered
 * through: "2 Framework", "2.1 Vision", "3 The members share one vision."; or
 * "B. Statistics", "1. Exchange", "4. Data were exchanged." */
#include "parser.h"

enum { TITLE_WIDTH_MAX = 100, TEXT_WIDTH_MIN = 60, TITLES_MAX = 3 };

static bool is_text(struct span text)
{
    return lines_ends_sentence(text) || lines_ends_in_colon(text) ||
           lines_width(text) > TEXT_WIDTH_MIN;
}

static bool is_title(struct span text)
{
    return text.len && !lines_ends_sentence(text) &&
           !lines_ends_in_colon(text) && !lines_ends_in_comma(text) &&
           label_begins_high(text) && lines_width(text) <= TITLE_WIDTH_MAX;
}

/* The number of the clause on the line, and its text. */
static bool find_clause(struct parser *p, struct line *line,
                        struct number *number, struct span *text)
{
    struct finding f;

    if (!line || line->cell || look_has(p, line, KIND_LONE) ||
        !look_find(p, line, KIND_CLAUSE, "point", &f) ||
        !scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], number))
        return false;
    *text = f.match.at[CAP_TEXT];
    return true;
}

/* Whether paragraph `want` comes next, below a few such headings perhaps. */
static bool leads_to(struct parser *p, unsigned want)
{
    struct line *line = p->line;
    struct number number;
    struct span text;

    for (unsigned i = 0; i < TITLES_MAX; i++) {
        line = look_below(p, line);
        if (!find_clause(p, line, &number, &text))
            return false;
        if (number.depth == 1 && number.at[0] == want && is_text(text))
            return true;
        if (!is_title(text))
            return false;
    }
    return false;
}

/* The level of the chapter that is open, or 0. */
static int chapter_level(const struct parser *p)
{
    for (size_t i = p->depth; i-- > proposal_base(p);)
        if (section_is_chapter(p->stack[i].rule))
            return p->stack[i].level;
    return 0;
}

/* Whether the number is one of headings: paragraphs were seen to count for
 * themselves, or are now, as the next one has the same number; or in a chapter
 * it begins anew, or goes on so, while they go on with theirs. */
static bool counts_apart(struct parser *p, const struct number *number,
                         unsigned want)
{
    if (p->part.headings)
        return true;
    if (number->depth > 1)
        return false;
    return number->at[0] == want ? want == 1 && !p->part.last.clause.depth
                                 : number->at[0] == 1 && chapter_level(p);
}

bool heading_take_numbered(struct parser *p)
{
    struct number number, last = p->part.last.clause;
    unsigned want = last.depth ? last.at[0] + 1 : 1;
    struct span text;
    int level;

    if (last.depth > 1 || p->proposal.depth || p->before.colon ||
        !find_clause(p, p->line, &number, &text) || !is_title(text) ||
        !counts_apart(p, &number, want) || !leads_to(p, want))
        return false;
    p->part.headings = true;
    level = chapter_level(p) + (int)number.depth;
    heading_add(p, NULL, level);
    stack_top(p)->holds = level;
    parse_explain(p, "heading", "", NULL);
    return true;
}
