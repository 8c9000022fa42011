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
    return p->header.field && p->header.label && !p->header.has_value &&
           !p->line->cell && p->line->gap <= STACK_GAP_MAX;
}

bool stacked_wait(const struct parser *p)
{
    return p->header.stacked_filled < p->header.stacked_count;
}

static bool wants_date(const struct rule *rule)
{
    return !rule_is(rule, "reference") && !rule_is(rule, "telephone") &&
           !rule_is(rule, "fax") && !rule_is(rule, "email") &&
           !rule_is(rule, "contact");
}

bool stacked_wants_date(const struct parser *p)
{
    bool wants = !p->header.stacked_count && wants_date(p->header.rule);

    for (size_t i = 0; i < p->header.stacked_count; i++)
        wants |= wants_date(p->header.stacked[i].rule);
    return wants;
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
    for (size_t i = at; i < p->header.stacked_count; i++)
        if (fits_label(p->header.stacked[i].rule, p->line->text))
            return i;
    return at;
}

void stacked_push(struct parser *p, const struct rule *rule)
{
    if (p->header.stacked_count == STACKED_MAX)
        return;
    p->header.stacked[p->header.stacked_count].rule = rule;
    p->header.stacked[p->header.stacked_count++].group = p->line->gap > 0;
}

/* A number to call is no second line of a reference. */
static bool wants_number(const struct parser *p, const struct rule *rule)
{
    return p->line->text.at[0] == '+' &&
           (rule_is(rule, "telephone") || rule_is(rule, "fax"));
}

static size_t next_group(const struct parser *p, size_t at)
{
    while (at < p->header.stacked_count && !p->header.stacked[at].group)
        at++;
    return at;
}

/* "TSB Circular 208", "TSB Events/MA", "A. Example", a number and a mailbox
 * beside "Ref:", "Contact:", "Tel:" and "E-mail:": how many lines more than
 * labels there are, if the reference can have these and each other label the
 * value that is left for it. */
enum { FURTHER_MAX = 2 };

static size_t count_further(struct parser *p)
{
    const struct line *values[STACKED_MAX + FURTHER_MAX], *line = p->line;
    size_t labels = p->header.stacked_count, count = 0, further;

    if (labels < 2 || !rule_is(p->header.stacked[0].rule, "reference"))
        return 0;
    do {
        if (count == labels + FURTHER_MAX)
            return 0;
        values[count++] = line;
        line = look_below(p, line);
    } while (line && line->gap == 0 && !line->cell);
    if (count <= labels)
        return 0;
    further = count - labels;
    for (size_t i = 1; i < count; i++) {
        size_t label = i <= further ? 0 : i - further;
        struct span value = values[i]->text;
        bool other = memchr(value.at, '@', value.len) || *value.at == '+';

        if (!value.len || !fits_label(p->header.stacked[label].rule, value) ||
            (other &&
             (label == 0 || rule_is(p->header.stacked[label].rule, "contact"))))
            return 0;
    }
    return further;
}

/* A blank line leads to the next group, if there is one; in a group the last
 * label takes all lines that are left, and any label those that the next one
 * cannot have. */
const struct rule *stacked_take(struct parser *p)
{
    size_t next = p->header.stacked_filled;

    if (next == 0) {
        p->header.stacked_further = count_further(p);
        p->header.stacked_counted = p->header.stacked_further > 0;
    } else if (p->header.stacked_counted) {
        if (p->header.stacked_further > 0) {
            p->header.stacked_further--;
            return p->header.stacked[0].rule;
        }
        p->header.stacked_filled++;
        return p->header.stacked[next].rule;
    }
    if (p->header.has_value && p->line->gap > 0 &&
        next_group(p, 1) < p->header.stacked_count)
        next = next_group(p, next);
    else if (p->header.has_value && next > 0 &&
             next < p->header.stacked_count && p->header.stacked[next].group &&
             fits_label(p->header.stacked[next - 1].rule, p->line->text) &&
             !wants_number(p, p->header.stacked[next].rule))
        next--;
    if (next == p->header.stacked_count)
        next--;
    else if (p->header.has_value && p->header.stacked_filled > 0 &&
             !fits_label(p->header.stacked[next].rule, p->line->text))
        next = p->header.stacked_filled - 1;
    else
        next = next_fitting(p, next);
    p->header.stacked_filled = next + 1;
    return p->header.stacked[next].rule;
}

const struct rule *stacked_take_beside(struct parser *p, struct span value)
{
    size_t last = p->header.stacked_count;

    if (last < 2 || p->header.has_value || !value.len ||
        fits_label(p->header.stacked[last - 1].rule, value) ||
        !fits_label(p->header.stacked[0].rule, value))
        return NULL;
    p->header.stacked_filled = 1;
    return p->header.stacked[0].rule;
}

/* Whether the block above the labels can be the value of the one. */
static bool can_be_value(const struct rule *rule, const struct node *node)
{
    if (rule_is(rule, "reference") && draft_is_named(node, "number"))
        return true;
    return draft_is(node, "p") && !draft_get(node, "class") &&
           fits_label(rule, draft_first_text(node));
}

static void make_field(struct parser *p, const struct rule *rule,
                       struct node *block)
{
    struct node *field = draft_add_before(p->draft, block, "container");

    if (!field)
        return;
    draft_set(p->draft, field, "name", rule->name);
    draft_unlink(block);
    draft_append(field, block);
    field->origin = block->origin;
    block->origin = NULL;
}

void stacked_take_above(struct parser *p)
{
    struct node *first = p->header.field, *next;

    for (size_t i = p->header.stacked_count; i-- > 0; first = first->prev)
        if (!first->prev ||
            !can_be_value(p->header.stacked[i].rule, first->prev))
            return;
    for (size_t i = 0; i < p->header.stacked_count; i++, first = next) {
        next = first->next;
        if (draft_is(first, "p"))
            make_field(p, p->header.stacked[i].rule, first);
    }
}
