/* Lines that stand apart, though the one before them does not end a sentence:
 * what is filled in, lists and preambles, names below offices. */
#include <string.h>
#include <unicode/uchar.h>

#include "wrap.h"

enum { NAME_WIDTH = 40 };

/* "x = 2y" and, behind a TAB, the number of the formula. */
static bool is_formula(struct span tail)
{
    size_t at = tail.len;

    if (!at || tail.at[at - 1] != ')')
        return false;
    while (at > 0 && tail.at[at - 1] != '(')
        at--;
    return at > 1 && tail.len - at < 8 && tail.at[at - 2] == '\t';
}

/* "Name: ______" and below it what else is to be filled in. */
static bool is_filled_in(struct span tail, const struct line *next)
{
    return ((lines_ends_in(tail, "____") || lines_ends_in(tail, "....") ||
             lines_ends_in(tail, "\u2026\u2026")) &&
            label_begins_high(next->text)) ||
           (lines_has_blank(tail) && lines_has_blank(next->text));
}

/* "\u2026,", "\u2026\uFF0C", "\u2026\u061B" where no capital tells what begins.
 */
static bool ends_for_itself(struct span text)
{
    return lines_ends_in(text, "\uFF0C") || lines_ends_in(text, "\u060C") ||
           lines_ends_in(text, "\u061B");
}

/* "Recalling its decision," and below it "Noting the report,": each paragraph
 * of a preamble ends in a comma. Behind the last stands "Have agreed:". */
static bool is_next_of_preamble(struct parser *p, const struct gathering *g,
                                const struct line *next)
{
    bool inside;

    if (!lines_ends_in_comma(g->tail))
        return false;
    inside = heading_begins_preamble(p, g->first->text);
    return (inside && !p->wrap_width && lines_ends_in_colon(next->text)) ||
           ((inside || ends_for_itself(next->text) ||
             (!p->wrap_width && lines_ends_in_comma(next->text))) &&
            heading_begins_preamble(p, next->text));
}

/* "... the following goals:" and below it "Goal 1 – Tides". */
static bool is_announced(const struct parser *p, struct span tail,
                         const struct line *next)
{
    return p->region == REGION_BODY && lines_ends_in_colon(tail) &&
           label_begins_high(next->text);
}

/* "by mail: a@b.example" and below it "by fax: 12 34": each has a line of its
 * own, the first one below a line that ends in a colon. */
enum { MEANS_MAX = 32 };

static bool has_means(struct span text)
{
    const char *colon =
        memmem(text.at, text.len < MEANS_MAX ? text.len : MEANS_MAX, ": ", 2);

    return colon && colon > text.at && !lines_ends_in_colon(text) &&
           u_islower(span_first(text));
}

static bool are_means(const struct gathering *g, const struct line *next)
{
    return has_means(next->text) &&
           (lines_ends_in_colon(g->tail) ||
            (g->first == g->last && has_means(g->first->text)));
}

/* "– Utopia," and below it "said that they agreed.", where lines are not
 * broken: the sentence around the list goes on. */
enum { SHORT_ITEM_MAX = 40 };

static bool is_behind_list(struct parser *p, const struct gathering *g,
                           struct line *next)
{
    return !p->wrap_width && p->region == REGION_BODY && g->first == g->last &&
           look_kinds(p, g->first, 1u << KIND_BULLET | 1u << KIND_ITEM) &&
           lines_ends_in_comma(g->tail) &&
           lines_width(g->tail) < SHORT_ITEM_MAX &&
           !look_has(p, g->first, KIND_CLAUSE) && !wrap_has_label(p, next) &&
           u_islower(span_first(next->text)) && lines_ends_sentence(next->text);
}

bool wrap_stands_apart(struct parser *p, const struct gathering *g,
                       struct line *next)
{
    return is_formula(g->tail) || is_filled_in(g->tail, next) ||
           is_next_of_preamble(p, g, next) || is_announced(p, g->tail, next) ||
           (are_means(g, next) && !width_was_full(p, g->last, next)) ||
           is_behind_list(p, g, next);
}

/* ---- names and offices ------------------------------------------------------------- */

bool wrap_stands_alone(const struct line *next)
{
    return !lines_ends_sentence(next->text) &&
           lines_width(next->text) <= WIDTH_MIN;
}

/* "The Director," and the name below it, with nothing behind. */
static bool is_office_and_name(struct parser *p, const struct gathering *g,
                               struct line *next)
{
    struct line *behind = look_below(p, next);

    return !g->text.len && lines_last(g->tail) == ',' &&
           look_has(p, g->first, KIND_SIGNATURE) &&
           lines_width(g->tail) < NAME_WIDTH && wrap_stands_alone(next) &&
           label_begins_high(next->text) && (!behind || behind->gap > 0);
}

/* "A. Example" and below it "for the Secretary-General". */
static bool is_name_and_office(struct parser *p, const struct gathering *g,
                               struct line *next)
{
    return p->region == REGION_CONCLUSIONS && !g->text.len &&
           lines_width(g->tail) < NAME_WIDTH &&
           look_has(p, next, KIND_SIGNATURE) &&
           !look_has(p, g->first, KIND_SIGNATURE);
}

/* "Atenciosamente," and a name, in a language whose words are not known. */
enum { FORMULA_WIDTH = 32 };

static bool is_formula_and_name(const struct parser *p,
                                const struct gathering *g,
                                const struct line *next)
{
    return p->scanner->grammar->wordless && !g->text.len &&
           lines_last(g->tail) == ',' && lines_width(g->tail) < FORMULA_WIDTH &&
           label_begins_high(g->tail) && label_begins_high(next->text) &&
           lines_width(next->text) < NAME_WIDTH &&
           !lines_ends_sentence(next->text);
}

/* "4 May 2031", below it "- Send documents" and below that the next day: of a
 * list of days, whose cells stand one below the other, each has its line. */
enum { DAY_WIDTH = 40 };

static bool is_day_alone(struct parser *p, const struct line *line)
{
    return line && line->text.len && lines_width(line->text) <= DAY_WIDTH &&
           scanner_is_day(p->scanner, line->text);
}

bool wrap_is_next_day(struct parser *p, const struct gathering *g,
                      const struct line *next)
{
    struct line *below = look_below(p, next);

    return look_has(p, g->first, KIND_BULLET) && below &&
           look_has(p, below, KIND_BULLET) && is_day_alone(p, next) &&
           is_day_alone(p, look_above(p, g->first));
}

bool wrap_is_signature(struct parser *p, const struct gathering *g,
                       struct line *next)
{
    return is_office_and_name(p, g, next) || is_name_and_office(p, g, next) ||
           is_formula_and_name(p, g, next);
}
