/* Takes labels that stand alone on their lines, as those of .doc files do whose
 * TABs have become line breaks. */
#include <string.h>
#include <unicode/uchar.h>

#include "parser.h"

/* Below "CHAPTER 1" and a blank line its title stands, a few words. */
enum { CHAPTER_WIDTH_MAX = 80 };

static bool titles_chapter(struct parser *p, struct line *next)
{
    return look_find(p, p->line, KIND_LONE, "chapter", NULL) &&
           look_classify(p, next) == 0 && label_begins_high(next->text) &&
           !lines_ends_sentence(next->text) &&
           lines_width(next->text) <= CHAPTER_WIDTH_MAX;
}

/* "2.1", "a)" or "–" and a blank line: no number of a page stands there. A
 * number alone may be one, unless those of the pages are known. */
static bool is_clear_label(const struct parser *p)
{
    return !span_is_digits(p->line->text) || p->lines->paged;
}

/* How far below "1", set apart from its text, "2" is looked for: pages are
 * longer. */
enum { SPACED_LINES_MAX = 12 };

static unsigned spaced_number(struct parser *p, struct line *line)
{
    const struct line *next = look_below(p, line);
    struct number number;

    return !line->cell && line->gap > 0 && line->text.len <= 2 &&
                   span_is_digits(line->text) && next && !next->cell &&
                   next->gap == 1 && label_begins_high(next->text) &&
                   label_number(p, line, &number)
               ? number_last(&number)
               : 0;
}

/* "1", a blank line, "Opening", a blank line, "2", and so on: clauses whose
 * numbers stand apart from their texts, the next of which is not far. */
static bool is_spaced_label(struct parser *p)
{
    unsigned number = spaced_number(p, p->line), last = 0;
    struct line *line = p->line;

    if (p->part.last.clause.depth)
        last = p->part.last.clause.at[0];
    if (!number || number != last + 1)
        return false;
    for (unsigned i = 0; !p->part.spaced && line && i < SPACED_LINES_MAX; i++) {
        line = look_below(p, line);
        p->part.spaced = line && spaced_number(p, line) == number + 1;
    }
    return p->part.spaced;
}

/* Undoes what joined `next` and the lines behind it to the current one. */
static void part_lines(struct parser *p, const struct line *saved,
                       struct line *next, const struct line *next_saved)
{
    const struct line *end = p->lines->at + p->lines->count;
    unsigned last = p->line->origin.last;

    *p->line = *saved;
    *next = *next_saved;
    while (++next < end && next->origin.last <= last)
        next->gone = false;
    wrap_gather(p, p->at);
}

/* "Part 1: General" below a dash, in a list of what the parts are. */
static bool names_part_in_list(struct parser *p, struct line *line)
{
    return !u_isalnum(span_first(p->line->text)) &&
           (p->before.colon || stack_top(p)->type == FRAME_ITEM) &&
           look_find(p, line, KIND_CLAUSE, "division", NULL);
}

/* Whether the line has a label of its own. Below "b)", "10 or more" is a text.
 */
static bool has_label(struct parser *p, struct line *line)
{
    unsigned kinds = look_kinds(p, line,
                                1u << KIND_LONE | 1u << KIND_BULLET |
                                    1u << KIND_CLAUSE | 1u << KIND_ITEM);

    if (kinds == 1u << KIND_CLAUSE && names_part_in_list(p, line))
        return false;
    if (kinds & (1u << KIND_LONE | 1u << KIND_BULLET) ||
        !lines_ends_in(p->line->text, ")") ||
        !u_isdigit(span_first(line->text)))
        return kinds;
    return kinds && memchr(line->text.at, '\t', line->text.len);
}

/* From .doc files every TAB has become a line break: the label stands alone
 * and its text on the next line, as the title of a chapter may; from pages, a
 * blank line may stand between. Joined, they must fit. */
bool label_take_lone(struct parser *p)
{
    struct line *next = look_next(p, p->at), saved = *p->line, next_saved;
    unsigned gap = next && (titles_chapter(p, next) || is_clear_label(p) ||
                            is_spaced_label(p))
                       ? 1
                       : 0;
    /* Below the mark of a page. */
    bool parted = next && next->page_break && titles_chapter(p, next);
    struct finding f;

    if (!look_has(p, p->line, KIND_LONE) || p->line->cell || !next ||
        next->cell || (next->gap > gap && !parted) || !next->text.len ||
        (p->line->chapter && look_has(p, next, KIND_HEADING)) ||
        decision_begins(p, next) || proposal_begins(p, next) ||
        span_is_digits(next->text) || has_label(p, next))
        return false;
    next_saved = *next;
    if (!lines_join(p->lines, p->line, next, "\t")) {
        p->draft->failed = true;
        return false;
    }
    wrap_gather(p, p->at);
    if (label_take(p))
        return true;
    if (look_find(p, p->line, KIND_BULLET, NULL, &f))
        return list_take_bullet(p, &f);
    part_lines(p, &saved, next, &next_saved);
    return false;
}
