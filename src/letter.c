/* Finds salutation and closing formula of a letter whose words no grammar
 * knows: a short line above the text that ends in a comma, and what stands
 * between the last sentence and the annexes. */
#include "parser.h"

enum { FORMULA_WIDTH_MAX = 80, LINE_WIDTH_MAX = 100, LINES_MAX = 8 };

static bool calls_someone(struct span text)
{
    static const char *const ends[] = { ",", "!", "\uFF0C", "\u060C" };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (lines_ends_in(text, ends[i]))
            return true;
    return false;
}

static bool is_salutation(const struct line *line)
{
    return !line->cell && line->gap && calls_someone(line->text) &&
           lines_width(line->text) <= FORMULA_WIDTH_MAX &&
           label_begins_high(line->text);
}

size_t letter_find_text(struct parser *p, size_t end)
{
    size_t at = end;

    while (at > 0 && p->lines->at[at - 1].gone)
        at--;
    if (at < 2 || !is_salutation(&p->lines->at[at - 1]))
        return end;
    p->salutation = at - 1;
    return at - 1;
}

static bool take_salutation(struct parser *p)
{
    if (!p->salutation || p->at != p->salutation)
        return false;
    block_text(p, stack_add_block(p, "salutation"), p->line->text);
    parse_note_ending(p, p->line->text, true);
    parse_explain(p, "salutation", "", NULL);
    return true;
}

/* "(signed)", "Annexes: 2", a name: neither sentence nor label. */
static bool may_follow(struct parser *p, struct line *line)
{
    const unsigned plain = 1u << KIND_FIELD | 1u << KIND_TITLE;

    return !line->cell && line->text.len &&
           lines_width(line->text) <= LINE_WIDTH_MAX &&
           (line->text.at[0] == '(' || !lines_ends_sentence(line->text)) &&
           !(look_classify(p, line) & ~plain);
}

/* Short lines up to the annexes or the end. */
static bool is_closing(struct parser *p)
{
    struct line *line = p->line;
    unsigned lines = 0;

    if (!p->before.end || p->before.heading || p->attachments || !line->gap ||
        lines_width(line->text) > FORMULA_WIDTH_MAX)
        return false;
    while (line && !part_begins(p, line)) {
        if (lines++ == LINES_MAX || !may_follow(p, line))
            return false;
        line = look_below(p, line);
    }
    return lines > 1;
}

static bool take_closing(struct parser *p)
{
    if (!p->salutation || !is_closing(p))
        return false;
    conclusion_open(p);
    parse_explain(p, "closing", "", NULL);
    return true;
}

bool letter_take(struct parser *p)
{
    return take_salutation(p) || take_closing(p);
}
