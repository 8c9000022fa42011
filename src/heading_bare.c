/* Whether a line without a number that no rule knows is a heading. */
#include <string.h>
#include <unicode/uchar.h>

#include "parser.h"

/* A few words without a comma between two paragraphs. */
enum { TITLE_TEXT_WIDTH = 50, HAN_TEXT_WIDTH = 28 };

static bool is_title_width(struct span text)
{
    return lines_width(text) <= TITLE_WORDS_WIDTH && !lines_has_comma(text);
}

/* "CONCLUSIONS" behind other headings in capitals, or what stands behind the
 * days of a programme. */
bool heading_is_beside_others(const struct parser *p)
{
    if (p->part.bare_seen[true] && heading_is_capitals(p->line->text))
        return true;
    for (size_t i = p->depth; i-- > 0;)
        if (p->stack[i].type == FRAME_SECTION)
            return p->stack[i].level == DAY_LEVEL;
    return false;
}

/* In an annex, or where there have been clauses before. */
static bool may_count_again(const struct parser *p)
{
    return heading_is_beside_others(p) || p->body->parent != p->doc ||
           p->part.last.clause.depth > 0;
}

/* Clause 1 comes again, and the line announces no list of its own. */
static bool must_count_again(const struct parser *p)
{
    return p->part.last.clause.depth > 0 &&
           number_last(&p->part.last.clause) > 1 && section_is_open(p) &&
           !lines_ends_in_colon(p->line->text);
}

bool heading_is_long_text(struct parser *p, const struct line *line)
{
    size_t least =
        lines_is_wide(span_first(line->text)) && lines_ends_sentence(line->text)
            ? HAN_TEXT_WIDTH
            : TITLE_TEXT_WIDTH;

    return lines_width(line->text) > least || width_goes_on(p, line);
}

/* A wide line whose sentence the next one goes on with, in small letters. */
enum { BROKEN_WIDTH_MIN = 64 };

static bool goes_on_small(struct parser *p, const struct line *line)
{
    const struct line *next = look_below(p, line);

    return lines_width(line->text) >= BROKEN_WIDTH_MIN && !line->cell && next &&
           next->gap == 0 && !next->cell && u_islower(span_first(next->text));
}

/* "The meeting will take place at:", and the address in a table. */
static bool announces_table(struct parser *p, struct line *line)
{
    struct line *next = look_below(p, line);

    return lines_ends_in_colon(line->text) && !line->cell && next && next->cell;
}

/* "The group has these tasks:", and the first of them. */
static bool announces_list(struct parser *p, struct line *line)
{
    struct line *next = look_below(p, line);

    return lines_ends_in_colon(line->text) && !line->cell && next &&
           look_kinds(p, next, 1u << KIND_BULLET | 1u << KIND_ITEM);
}

bool heading_is_text(struct parser *p, struct line *line)
{
    return !(look_classify(p, line) & ~(1u << KIND_SIGNATURE));
}

/* Below a blank line, where other words alone were headings: what is above need
 * not end, as a row does not. */
static bool is_set_apart(const struct parser *p)
{
    return p->line->gap > 0 && p->part.bare_seen[false];
}

/* "Registration, fellowships" or "Getting there: hotels and visas" in an annex
 * where others without a number were headings of clauses; "Contact: 12 34" is
 * what a label says. */
static bool is_like_others(struct parser *p)
{
    struct span text = p->line->text;

    return p->part.bare_seen[false] && p->body->parent != p->doc &&
           p->before.end && !p->line->cell &&
           lines_width(text) <= BARE_WIDTH_MAX && label_begins_high(text) &&
           !lines_ends_in_colon(text) && !lines_ends_in_comma(text) &&
           !lines_has_semicolon(text) && !lines_ends_sentence(text) &&
           !lines_has_digit(text) && !memchr(text.at, '@', text.len) &&
           !look_classify(p, p->line);
}

/* "Fellowships" behind the end of a clause, and the next one right below. */
static bool stands_between_clauses(struct parser *p, struct line *next)
{
    struct line *text =
        section_is_lone_number(p, next) ? look_below(p, next) : next;

    return text && (p->before.end || is_set_apart(p)) && !p->before.heading &&
           !p->before.colon &&
           (next->gap <= p->line->gap || next->page_break) &&
           ((is_title_width(p->line->text) &&
             !heading_is_label_and_value(p->line->text)) ||
            is_like_others(p)) &&
           (lines_ends_sentence(text->text) || heading_is_long_text(p, text)) &&
           (heading_heads_next(p) || heading_next_level(p));
}

/* "Gauges" below "EQUIPMENT", which has no number, and above the next clause.
 */
static bool stands_below_capitals(struct parser *p)
{
    const struct frame *frame = stack_top(p);

    return p->before.heading && frame->type == FRAME_SECTION &&
           !frame->label.len && p->part.bare_seen[true] &&
           is_title_width(p->line->text) && heading_heads_next(p);
}

/* "Action required" behind the summary of a paper, or "References" below a
 * drawn line, where no box is around it. */
bool heading_is_word_of_box(struct parser *p)
{
    const struct folded *text;
    struct finding f;

    if (!(p->before.end || p->before.rule) || p->part.last.clause.depth > 0 ||
        p->line->cell || p->body->parent != p->doc ||
        stack_top(p)->type != FRAME_SECTION)
        return false;
    text = look_folded(p, p->line);
    return text && scanner_is(p->scanner, KIND_BOX, text, &f);
}

/* "Deadline: 3 May 2031" below what is to be done by then. */
static bool is_labelled_value(struct parser *p)
{
    struct finding f;

    return look_find(p, p->line, KIND_FIELD, NULL, &f) &&
           f.match.at[CAP_LABEL].at && f.match.at[CAP_VALUE].len;
}

/* Whether the clause before has such a title right below its own. */
static bool has_titled_elder(const struct frame *frame)
{
    const struct node *elder = frame->node->prev;
    const struct node *title =
        draft_is(elder, "section") ? draft_child(elder, "section") : NULL;

    return title && !draft_child(title, "num");
}

/* A sentence that is longer than the title above it. */
static bool is_whole_sentence(const struct line *title, const struct line *line)
{
    return lines_ends_sentence(line->text) &&
           lines_width(line->text) > lines_width(title->text);
}

/* "Tide gauges" right below "4.1 Projects", and above a text; where the clause
 * before has one, this may be short. */
static bool stands_below_number(struct parser *p, struct line *next)
{
    const struct frame *frame = stack_top(p);

    return p->before.heading && frame->type == FRAME_SECTION &&
           frame->label.len && is_title_width(p->line->text) &&
           next->gap == 0 && heading_is_text(p, next) &&
           (heading_is_long_text(p, next) ||
            (has_titled_elder(frame) && is_whole_sentence(p->line, next))) &&
           label_begins_high(next->text) && !look_classify(p, p->line) &&
           !heading_is_label_and_value(p->line->text);
}

/* "Timetable" among such headings, nearer to the rows below it than to the text
 * above: "May 31, 2031        Comments are received". */
static bool heads_rows(const struct parser *p, const struct line *next)
{
    const char *columns = memmem(next->text.at, next->text.len, "    ", 4);

    return is_set_apart(p) && p->before.end && next->gap < p->line->gap &&
           !next->cell && is_title_width(p->line->text) &&
           !heading_is_label_and_value(p->line->text) && columns &&
           lines_has_digit(span_between(next->text.at, columns));
}

/* "Document C31/2: Tides" right below "2 Reports", and above 2.1. */
static bool stands_above_first(struct parser *p)
{
    const struct frame *frame = stack_top(p);

    return p->before.heading && frame->type == FRAME_SECTION &&
           frame->label.len && !section_is_chapter(frame->rule) &&
           !lines_has_comma(p->line->text) &&
           !lines_ends_in_colon(p->line->text) && heading_next_level(p);
}

/* "Question 1/1 - Tides" below "PART I: Questions", and above clause 1. */
static bool stands_below_chapter(struct parser *p)
{
    const struct frame *frame = stack_top(p);

    return p->before.heading && frame->type == FRAME_SECTION &&
           section_is_chapter(frame->rule) &&
           draft_child(frame->node, "heading") &&
           !heading_is_label_and_value(p->line->text) && heading_heads_first(p);
}

/* A few words above a text, where other words alone were headings: set apart
 * from what is above and not from below, or between two sentences; an address
 * alone on its line ends one. */
static bool is_like_those_before(struct parser *p, struct line *next)
{
    if (next->gap > 0 || lines_width(p->line->text) > LIKE_WIDTH_MAX ||
        lines_has_comma(p->line->text))
        return false;
    return p->line->gap > 0 ||
           ((p->before.end || p->before.address) && !p->before.heading &&
            !next->cell && !heading_is_label_and_value(p->line->text) &&
            (lines_ends_sentence(next->text) || announces_list(p, next)) &&
            !look_classify(p, p->line) && heading_is_text(p, next));
}

/* Whether a heading without a number is open in the clause. */
static bool is_beside_bare(const struct parser *p)
{
    for (size_t i = p->depth; i-- > 0;)
        if (p->stack[i].type == FRAME_SECTION)
            return !p->stack[i].rule && p->stack[i].level == BARE_LEVEL;
    return false;
}

/* "1 Subject:" and below it, in capitals, what that is. */
static bool is_value_of_clause(struct parser *p)
{
    const struct frame *frame = stack_top(p);

    return p->before.colon && !p->before.heading &&
           frame->type == FRAME_SECTION && frame->label.len && frame->blocks &&
           frame->first == frame->blocks->last &&
           is_title_width(look_above(p, p->line)->text);
}

/* The second of several terms of reference may have a long name, with clause 1
 * below it; and what is all capitals, above the next clause. */
enum { LONG_WIDTH_MAX = 160 };

static bool has_heading_width(struct parser *p)
{
    struct span text = p->line->text;

    if (text.len > 4 * LONG_WIDTH_MAX)
        return false;
    return lines_width(text) <= BARE_WIDTH_MAX ||
           (lines_width(text) <= LONG_WIDTH_MAX && p->line->gap > 0 &&
            !p->before.heading &&
            ((must_count_again(p) && heading_heads_first(p)) ||
             (heading_is_capitals(text) && heading_heads_next(p))));
}

/* "3. Two experts", a blank line, "Requirements": items that are no sentences
 * have come to their end. */
static bool is_behind_phrases(struct parser *p)
{
    return stack_top(p)->type == FRAME_ITEM && !p->before.colon &&
           p->line->gap > 0 && is_title_width(p->line->text) &&
           !heading_is_label_and_value(p->line->text) &&
           !look_classify(p, p->line);
}

enum { QUESTION_WIDTH_MAX = 60 };

/* "Who may apply?" in a letter, and below it the answer: in a form it would be
 * a question. */
static bool is_answered(struct parser *p, struct line *next)
{
    return draft_has_class(p->body->children, "salutation") &&
           p->body->parent == p->doc && !section_is_open(p) && !p->line->cell &&
           p->line->gap > 0 && p->before.end &&
           lines_last(p->line->text) == '?' && next && !next->cell &&
           next->gap <= 1 && label_begins_high(p->line->text) &&
           lines_width(p->line->text) <= QUESTION_WIDTH_MAX &&
           (lines_ends_in_colon(next->text) || lines_ends_in(next->text, ".") ||
            lines_width(next->text) > QUESTION_WIDTH_MAX ||
            look_has(p, next, KIND_CLAUSE)) &&
           !look_has(p, next, KIND_CLOSING) && !look_classify(p, p->line);
}

/* "\uFF08\u76EE\u7684\uFF09" above the article of which it is the title, as
 * Japanese texts have it. */
enum { ARTICLE_LINES_MAX = 64 };

/* Whether the article behind this one has such a title, too, or there is none:
 * it would stand in the section of this one's. */
static bool is_titled_behind(struct parser *p, struct line *article)
{
    bool titled = false;

    for (unsigned i = 0; i < ARTICLE_LINES_MAX; i++) {
        article = look_below(p, article);
        if (!article || part_begins(p, article))
            break;
        if (look_find(p, article, KIND_CLAUSE, "article", NULL))
            return titled;
        titled = lines_is_bracketed(article->text);
    }
    return true;
}

bool heading_is_bracket(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return lines_is_bracketed(p->line->text) && next && next->gap == 0 &&
           is_title_width(p->line->text) &&
           look_find(p, next, KIND_CLAUSE, "article", NULL) &&
           is_titled_behind(p, next);
}

/* "Elections" above "Rule 3", which has no title of its own: in the chapter
 * that is open, or behind the end of the rule before. */
static bool heads_article(struct parser *p, struct line *next)
{
    const struct frame *frame = stack_top(p);
    struct number number;
    struct finding f;

    return p->line->gap > 0 && is_title_width(p->line->text) &&
           (p->before.heading ? frame->type == FRAME_SECTION &&
                                    section_is_chapter(frame->rule)
                              : p->before.end) &&
           !heading_is_label_and_value(p->line->text) &&
           heading_is_text(p, p->line) &&
           look_find(p, next, KIND_CLAUSE, "article", &f) &&
           !f.match.at[CAP_TEXT].len &&
           (heading_heads_next(p) ||
            (label_number(p, next, &number) && number_last(&number) == 1));
}

/* Right below the heading of a group. */
static bool stands_below_group(struct parser *p)
{
    return p->before.heading && stack_top(p)->type == FRAME_SECTION &&
           stack_top(p)->groups && p->line->gap > 0;
}

/* "Agenda": where its words say it. */
static bool is_heading_by_words(struct parser *p, struct line *next)
{
    return heading_is_word_of_box(p) || stands_below_group(p) ||
           ((p->before.end || p->line->gap > 0 || p->part.bare_seen[false] ||
             look_has(p, next, KIND_BULLET)) &&
            heading_is_topic(p, p->line) && !heading_is_topic(p, next));
}

/* A few words that may be a heading, among other such lines. */
static bool is_like_heading(struct parser *p, struct line *line)
{
    return !line->cell && lines_width(line->text) <= LIKE_WIDTH_MAX &&
           !lines_has_comma(line->text) && !lines_ends_sentence(line->text) &&
           !heading_is_label_and_value(line->text) &&
           label_begins_high(line->text) && look_classify(p, line) == 0;
}

/* "Updates" between a sentence and "Group 11", below which stands what that has
 * done, where other words alone were headings. */
static bool heads_heading(struct parser *p, struct line *next)
{
    const struct line *text = look_below(p, next);

    if (!p->part.bare_seen[false] || !p->before.stop || p->line->gap > 0 ||
        next->gap > 0 || !text || text->gap > 0 || text->cell ||
        !lines_ends_sentence(text->text) || !is_like_heading(p, p->line) ||
        !is_like_heading(p, next))
        return false;
    next->contents = true;
    return true;
}

/* "Assignment of codes (TAC)" above "(Recommendation Q.7)", among other
 * headings: what that is done under. */
static bool is_above_parent(struct parser *p, struct line *next)
{
    return p->line->gap > 0 && !p->before.colon &&
           (p->part.bare_seen[false] || p->part.bare_seen[true]) &&
           lines_width(p->line->text) <= LIKE_WIDTH_MAX &&
           lines_is_enclosed(next->text) &&
           look_find(p, next, KIND_TITLE, "parent", NULL);
}

/* Where the clauses, rows or headings say it that it stands between. */
static bool is_heading_by_place(struct parser *p, struct line *next)
{
    return (!p->before.heading && heading_heads_first(p) &&
            ((p->before.end && may_count_again(p)) || must_count_again(p))) ||
           stands_between_clauses(p, next) || stands_above_first(p) ||
           stands_below_chapter(p) || stands_below_capitals(p) ||
           heads_article(p, next) || heading_is_bracket(p) ||
           heads_rows(p, next) || is_above_parent(p, next) ||
           heads_heading(p, next) ||
           (p->line->gap > 0 && !p->before.colon &&
            section_begins_letters(p, next));
}

/* Where it stands apart from the text above and nearer to that below. */
static bool is_heading_by_text(struct parser *p, struct line *next)
{
    struct span text = p->line->text;

    if ((!lines_ends_sentence(next->text) && !width_goes_on(p, next) &&
         !goes_on_small(p, next) && !announces_table(p, next) &&
         !announces_list(p, next)) ||
        next->gap > p->line->gap || lines_has_blank(next->text))
        return false;
    if (((p->part.bare_seen[false] || is_beside_bare(p)) &&
         is_like_those_before(p, next)) ||
        stands_below_number(p, next))
        return true;
    if (!p->before.end && !p->before.value && !is_behind_phrases(p))
        return false;
    return (p->line->gap > 0 && !is_labelled_value(p) &&
            !memmem(text.at, text.len, "\uFF0C", 3)) ||
           (!p->before.heading && is_title_width(text) &&
            (heading_is_long_text(p, next) || announces_table(p, next)) &&
            heading_is_text(p, next) && !is_labelled_value(p));
}

/* "KEY DEADLINES:", set apart above the next clause. */
static bool announces_clauses(struct parser *p, struct line *next)
{
    struct span text = p->line->text;

    return next && !next->cell && !p->line->cell && p->line->gap > 0 &&
           heading_is_announced(text) && lines_width(text) <= BARE_WIDTH_MAX &&
           section_is_open(p) && p->before.end && heading_heads_next(p);
}

/* A short line without a number is a heading where the contents say so, where
 * it is all capitals, or where it stands apart; and where text follows. */
bool heading_is_bare(struct parser *p)
{
    struct line *next = look_next(p, p->at);
    /* Some converters set headings apart from their texts, too. */
    unsigned gap = p->line->gap && heading_is_capitals(p->line->text) ? 2 : 1;

    if (p->line->day || is_answered(p, next) || announces_clauses(p, next))
        return true;
    if (!next || (next->gap > gap && !next->page_break) ||
        heading_looks_otherwise(p) || !has_heading_width(p) ||
        is_value_of_clause(p) || heading_is_something_else(p, next))
        return false;
    if (heading_is_counted(p) || p->line->contents ||
        (heading_is_capitals(p->line->text) && !p->part.roster &&
         !heading_is_else_in_capitals(p, next)))
        return true;
    return is_heading_by_words(p, next) || is_heading_by_place(p, next) ||
           is_heading_by_text(p, next);
}
