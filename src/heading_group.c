/* Which headings without a number come in kinds: those with a word that counts
 * them, and those that hold others. */
#include <string.h>
#include <unicode/uchar.h>

#include "parser.h"

/* "Example 1", alone on its line: the word and the number, or 0. */
enum { COUNTED_WIDTH_MAX = 30 };

static unsigned counted_with(struct span text, struct span *word)
{
    size_t at = text.len, digits;

    while (at > 0 && is_digit(text.at[at - 1]))
        at--;
    *word = span_trim((struct span){ text.at, at });
    if (!word->len || at == text.len || text.len - at > 2 ||
        lines_width(text) > COUNTED_WIDTH_MAX || lines_has_digit(*word) ||
        !u_isalpha(lines_last(*word)) || !label_begins_high(text))
        return 0;
    return lines_number((struct span){ text.at + at, text.len - at }, &digits);
}

/* A colon, or a dash between spaces; NULL where there is none. */
static const char *find_title(struct span text)
{
    static const char *const dashes[] = { " \u2013 ", " \u2014 ", " - " };
    const char *found = memchr(text.at, ':', text.len);

    for (size_t i = 0; i < sizeof dashes / sizeof *dashes && !found; i++)
        found = memmem(text.at, text.len, dashes[i], strlen(dashes[i]));
    return found;
}

/* The same, set apart, with a title behind it: "Example 1: Tides", "Example 1 -
 * Tides" or "Example 2 (Utopia): Waves". */
enum { COUNTED_TITLE_MAX = 160 };

static unsigned counted_on(const struct line *line, struct span *word)
{
    struct span text = line->text;
    const char *colon = find_title(text), *end = colon, *open;

    if (!colon)
        return counted_with(text, word);
    if (line->gap == 0 || lines_ends_sentence(text) ||
        lines_width(text) > COUNTED_TITLE_MAX)
        return 0;
    open = memchr(text.at, '(', (size_t)(colon - text.at));
    if (open && colon[-1] == ')')
        end = open;
    return counted_with(span_trim(span_between(text.at, end)), word);
}

/* Whether "Example 2" comes below "Example 1" and what that says. */
static bool counts_on_below(struct parser *p, struct line *line,
                            struct span word)
{
    struct span other;

    for (unsigned i = 0; i < CLAUSE_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || part_begins(p, line))
            return false;
        if (!line->cell && counted_on(line, &other) == 2 &&
            span_equal(word, other))
            return i > 0;
    }
    return false;
}

bool heading_is_first_counted(struct parser *p, struct line *line)
{
    struct span word;

    return !line->cell && memchr(line->text.at, ':', line->text.len) &&
           counted_on(line, &word) == 1 && !p->scanner->grammar->wordless &&
           counts_on_below(p, line, word);
}

bool heading_is_counted(struct parser *p)
{
    struct span word;
    unsigned number = p->line->cell ? 0 : counted_on(p->line, &word);

    /* "Decision 1" alone is the number of one only above what that decides. */
    if (!number || p->scanner->grammar->wordless ||
        look_classify(p, p->line) & ~(1u << KIND_TITLE) ||
        decision_begins(p, p->line))
        return false;
    if (number != p->part.counted + 1 || !span_equal(word, p->part.word)) {
        if (number != 1 || !counts_on_below(p, p->line, word))
            return false;
    }
    p->part.word = word;
    p->part.counted = number;
    return true;
}

/* A few words that are set apart, and no label of anything. */
static bool is_title_apart(struct parser *p, struct line *line)
{
    return !line->cell && line->gap > 0 &&
           lines_width(line->text) <= LIKE_WIDTH_MAX &&
           !lines_has_comma(line->text) && !lines_has_semicolon(line->text) &&
           !lines_ends_sentence(line->text) &&
           !lines_ends_in_colon(line->text) &&
           !heading_is_label_and_value(line->text) &&
           !lines_is_enclosed(line->text) && !lines_is_rule(line->text) &&
           !lines_is_mark(p->lines, line->text) &&
           label_begins_high(line->text) && !look_has_label(p, line) &&
           !(look_classify(p, line) &
             ~(1u << KIND_FIELD | 1u << KIND_SIGNATURE));
}

/* A paragraph of more than a few words; as it stands here its lines may not be
 * joined yet. */
static bool is_paragraph(struct parser *p, struct line *line)
{
    struct line *next = look_below(p, line);

    return !line->cell && label_begins_high(line->text) &&
           heading_is_text(p, line) && heading_is_long_text(p, line) &&
           (lines_ends_sentence(line->text) ||
            (next && !next->cell && next->gap == 0));
}

/* "Working Party 1", a blank line, "Review of the plan", and below that a
 * paragraph. */
static bool is_group_at(struct parser *p, struct line *line)
{
    struct line *next, *text;

    if (!is_title_apart(p, line))
        return false;
    next = look_below(p, line);
    if (!next || !is_title_apart(p, next) || next->gap > 2 ||
        heading_is_capitals(next->text) > heading_is_capitals(line->text))
        return false;
    text = look_below(p, next);
    return text && text->gap <= next->gap && is_paragraph(p, text);
}

bool heading_heads_paragraph(struct parser *p, struct line *line)
{
    struct line *next;

    if (!is_title_apart(p, line))
        return false;
    next = look_below(p, line);
    return next && next->gap > 0 && next->gap <= line->gap &&
           is_paragraph(p, next);
}

static bool group_comes_again(struct parser *p)
{
    struct line *line = p->line;

    for (unsigned i = 0; i < CLAUSE_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || part_begins(p, line))
            return false;
        if (i > 1 && is_group_at(p, line))
            return true;
    }
    return false;
}

/* Whether no section with a number is open but chapters. */
static bool is_outside_clauses(const struct parser *p)
{
    for (size_t i = proposal_base(p); i < p->depth; i++)
        if (p->stack[i].type == FRAME_SECTION && p->stack[i].number.depth &&
            !section_is_chapter(p->stack[i].rule))
            return false;
    return true;
}

static bool is_in_group(const struct parser *p)
{
    for (size_t i = proposal_base(p); i < p->depth; i++)
        if (p->stack[i].groups)
            return true;
    return false;
}

/* "Working Party 2" behind what stands below "Working Party 1", and clauses
 * count below it. */
static bool is_next_group(struct parser *p)
{
    for (size_t i = proposal_base(p); i < p->depth; i++) {
        struct span title, word = p->line->text;
        const char *space;

        if (!p->stack[i].groups)
            continue;
        title = draft_first_text(draft_child(p->stack[i].node, "heading"));
        space = memchr(word.at, ' ', word.len);
        return space && (size_t)(space - word.at) < title.len &&
               memcmp(title.at, word.at, (size_t)(space + 1 - word.at)) == 0 &&
               is_title_apart(p, p->line) && heading_heads_first(p);
    }
    return false;
}

/* A list that is set in ends where the text goes back to its margin. */
enum { SET_IN_MIN = 4 };

/* Where other words alone were headings, or two come like this again. What
 * stands above has come to its end, as a row of columns has, or is the title of
 * a chapter. */
bool heading_is_group(struct parser *p)
{
    const struct line *before = look_above(p, p->line);
    struct span above = before->text;
    const struct frame *top = stack_top(p);

    return !p->part.roster &&
           (!p->before.heading ||
            (top->type == FRAME_SECTION && section_is_chapter(top->rule))) &&
           !p->before.colon &&
           (p->before.end || memmem(above.at, above.len, "   ", 3) ||
            before->indent > p->line->indent + SET_IN_MIN) &&
           is_outside_clauses(p) &&
           (is_next_group(p) || (is_group_at(p, p->line) &&
                                 (p->part.bare_seen[false] || is_in_group(p) ||
                                  group_comes_again(p))));
}
