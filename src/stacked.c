/* Gives values to labels that are stacked: "Tel.:" and "Fax:" in one cell, and
 * their numbers, in the same order, in the next. */
#include <string.h>

#include "parser.h"

/* Empty lines between labels of one cell, beside those of the next. */
enum { STACK_GAP_MAX = 8 };

/* Labels stacked in one cell, their values in the next: they share one
 * container, since no text is moved, and a value says what it is. */
bool stacked_begin(const struct parser *p)
{
    return p->field && p->label_block && !p->field_has_value &&
           !p->line->cell && p->line->gap <= STACK_GAP_MAX;
}

bool stacked_wait(const struct parser *p)
{
    return p->stacked_filled < p->stacked_count;
}

/* Whether a label can have the value: numbers are dialled, and an address has
 * its sign. */
static bool fits_label(const struct rule *rule, struct span value)
{
    if (rule_is(rule, "telephone") || rule_is(rule, "fax"))
        return value.len && strchr("+(0123456789", value.at[0]);
    if (rule_is(rule, "reference"))
        return value.len && value.at[0] != '+';
    return !rule_is(rule, "email") || memchr(value.at, '@', value.len);
}

/* The first label from `at` on that can have the value; `at` where none can. */
static size_t next_fitting(const struct parser *p, size_t at)
{
    for (size_t i = at; i < p->stacked_count; i++)
        if (fits_label(p->stacked[i].rule, p->line->text))
            return i;
    return at;
}

void stacked_push(struct parser *p, const struct rule *rule)
{
    if (p->stacked_count == STACKED_MAX)
        return;
    p->stacked[p->stacked_count].rule = rule;
    p->stacked[p->stacked_count++].group = p->line->gap > 0;
}

/* A number to call is no second line of a reference. */
static bool wants_number(const struct parser *p, const struct rule *rule)
{
    return p->line->text.at[0] == '+' &&
           (rule_is(rule, "telephone") || rule_is(rule, "fax"));
}

static size_t next_group(const struct parser *p, size_t at)
{
    while (at < p->stacked_count && !p->stacked[at].group)
        at++;
    return at;
}

/* A blank line leads to the next group, if there is one; in a group the last
 * label takes all lines that are left, and any label those that the next one
 * cannot have. */
const struct rule *stacked_take(struct parser *p)
{
    size_t next = p->stacked_filled;

    if (p->field_has_value && p->line->gap > 0 &&
        next_group(p, 1) < p->stacked_count)
        next = next_group(p, next);
    else if (p->field_has_value && next > 0 && next < p->stacked_count &&
             p->stacked[next].group &&
             !wants_number(p, p->stacked[next].rule))
        next--;
    if (next == p->stacked_count)
        next--;
    else if (p->field_has_value && p->stacked_filled > 0 &&
             !fits_label(p->stacked[next].rule, p->line->text))
        next = p->stacked_filled - 1;
    else
        next = next_fitting(p, next);
    p->stacked_filled = next + 1;
    return p->stacked[next].rule;
}
