/* Tells a label at the start of a line from a number that a break brought
 * there. */
#include <string.h>
#include <unicode/uchar.h>

#include "wrap.h"

bool wrap_has_label(struct parser *p, struct line *line)
{
    return look_kinds(p, line, 1u << KIND_CLAUSE | 1u << KIND_ITEM) != 0;
}

/* Below who meets or signs, in a line of its own. */
enum { SIGNER_WIDTH_MAX = 48 };

static bool is_date_below(struct parser *p, const struct gathering *g,
                          struct line *next)
{
    return g->first == g->last && g->first->gap > 0 &&
           lines_width(g->first->text) <= SIGNER_WIDTH_MAX &&
           conclusion_is_date(p, next);
}

bool wrap_is_count(struct parser *p, const struct gathering *g,
                   struct line *next)
{
    struct span text = next->text, tail = g->tail;
    size_t at, first;
    unsigned value = lines_number(text, &at);

    if (value < 2 || lines_number(g->first->text, &first) + 1 == value ||
        at + 1 >= text.len || text.at[at] != ' ' ||
        !u_isalpha(lines_last(tail)) || !memchr(tail.at, ' ', tail.len) ||
        !u_islower(
            span_first((struct span){ text.at + at + 1, text.len - at - 1 })) ||
        is_date_below(p, g, next))
        return false;
    for (size_t i = 0; i < p->depth; i++)
        if (p->stack[i].number.depth &&
            (unsigned)number_last(&p->stack[i].number) + 1 == value)
            return false;
    return true;
}

/* Whether the number goes on with that of the line that was gathered, or with
 * one that is open, of an item where `item` is its rule, else of a clause. */
static bool is_next_number(struct parser *p, const struct gathering *g,
                           const struct rule *item, const struct number *number)
{
    struct number before;

    if ((item ? label_item(p, g->first, &before) == item
              : label_number(p, g->first, &before)) &&
        number_follows(number, &before))
        return true;
    for (size_t i = 0; i < p->depth; i++) {
        const struct frame *frame = &p->stack[i];

        if (frame->number.depth &&
            (item ? frame->type == FRAME_LIST && frame->rule == item
                  : frame->type == FRAME_SECTION) &&
            number_follows(number, &frame->number))
            return true;
    }
    return false;
}

/* "(ii)" behind "(i)", which the rule for letters takes, too. */
static bool is_next_item(struct parser *p, const struct gathering *g,
                         const struct line *next)
{
    struct folded first = { 0 }, second = { 0 };
    struct finding f, before;
    struct number number, last;
    size_t index = 0;
    bool is = false;

    if (look_fold(p, &first, g->first) && look_fold(p, &second, next))
        while (!is &&
               scanner_find(p->scanner, KIND_ITEM, &index, &second, 0, &f))
            is = (next->chapter || !chapter_is_rule(f.rule)) &&
                 scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM],
                                &number) &&
                 scanner_is_named(p->scanner, KIND_ITEM, f.rule->name, &first,
                                  &before) &&
                 scanner_number(p->scanner, f.rule, before.match.at[CAP_NUM],
                                &last) &&
                 number_follows(&number, &last);
    folded_free(&first);
    folded_free(&second);
    return is;
}

/* "2.1 and 2.2 above" names clauses. */
static bool names_clauses(struct span text)
{
    size_t at = 0;

    while (at < text.len && text.at[at] != ' ' && text.at[at] != '\t')
        at++;
    return at < text.len && !label_begins_high((struct span){
                                text.at + at + 1, text.len - at - 1 });
}

/* "3. policy", "3 - policy": the sign tells the label from a number in the
 * text. */
static bool has_stop(struct span text)
{
    const char *space = memchr(text.at, ' ', text.len);
    size_t rest = space ? (size_t)(text.at + text.len - space) : 0;

    return rest && space > text.at &&
           (space[-1] == '.' || (rest > 3 && memcmp(space, " - ", 3) == 0) ||
            (rest > 5 && memcmp(space, " \u2013 ", 5) == 0));
}

static bool is_first_number(const struct number *number)
{
    return number->depth == 1 && number->at[0] == 1;
}

/* "1. Opening" with "2. Agenda" among the few lines below it. */
enum { SECOND_LINES_MAX = 6 };

static bool is_first_of_several(struct parser *p, struct line *first,
                                const struct number *number)
{
    struct line *line = first;
    struct number second;

    if (!is_first_number(number))
        return false;
    for (unsigned i = 0; i < SECOND_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || line->cell)
            return false;
        if (has_stop(line->text) && label_number(p, line, &second) &&
            number_follows(&second, number))
            return true;
    }
    return false;
}

bool wrap_begins_part(struct parser *p, struct line *next)
{
    struct number number;
    struct finding f;

    if (look_find(p, next, KIND_CLAUSE, "division", &f) ||
        look_find(p, next, KIND_CLAUSE, "article", &f))
        return label_is_set_off(&f) && !lines_ends_sentence(next->text);
    return p->region == REGION_TITLES && !names_clauses(next->text) &&
           label_number(p, next, &number) && is_first_number(&number);
}

bool wrap_counts_on(struct parser *p, const struct gathering *g,
                    struct line *next)
{
    struct number before, number;

    if (names_clauses(next->text) || !label_number(p, next, &number) ||
        (number.depth < 2 && !has_stop(next->text)))
        return false;
    if (!label_number(p, g->first, &before))
        return is_first_of_several(p, next, &number);
    return number_follows(&number, &before) ||
           (number_last(&number) == 1 && number_below(&number, &before));
}

/* "aa)", which follows Latin "z)" as a number. */
enum { DOUBLED_FIRST = 27 };

static bool is_doubled(const struct rule *item, const struct number *number)
{
    return item->count == COUNT_ALPHA && number->depth == 1 &&
           number->at[0] == DOUBLED_FIRST;
}

/* The next line that is set in as far, among the few behind it, where none is
 * set in less. */
enum { SIBLING_LINES_MAX = 8 };

static struct line *find_beside(struct parser *p, const struct line *next)
{
    struct line *line = look_below(p, next);

    for (unsigned i = 0; line && i < SIBLING_LINES_MAX; i++) {
        if (line->cell || line->indent <= next->indent)
            return line->cell || line->indent < next->indent ? NULL : line;
        line = look_below(p, line);
    }
    return NULL;
}

/* "... and asks them," and, set in below it, "i) to meet;" and "ii) to
 * report;".
 */
static bool begins_set_in(struct parser *p, const struct gathering *g,
                          const struct line *next)
{
    struct line *beside =
        next->indent > g->first->indent ? find_beside(p, next) : NULL;
    struct folded first = { 0 };
    struct finding f, other;
    struct number number, second;
    size_t index = 0;
    bool is = false;

    if (beside && look_has(p, beside, KIND_ITEM) && look_fold(p, &first, next))
        while (!is &&
               scanner_find(p->scanner, KIND_ITEM, &index, &first, 0, &f))
            is = scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM],
                                &number) &&
                 is_first_number(&number) &&
                 look_find(p, beside, KIND_ITEM, f.rule->name, &other) &&
                 scanner_number(p->scanner, f.rule, other.match.at[CAP_NUM],
                                &second) &&
                 number_follows(&second, &number);
    folded_free(&first);
    return is;
}

/* "a) the name," and "b) the place": an item, though a comma leaves the
 * sentence open, or "and" where labels go on; and "1. Notes" below "Concerned
 * that ...,". A clause is one behind an address: "www.example.org/", "3. Ask".
 */
bool wrap_begins_next(struct parser *p, const struct gathering *g,
                      struct line *next, const struct edges *edges)
{
    UChar32 last = lines_last(g->tail);
    bool open = edges->url || last == ',' || last == 0xFF0C || last == 0x060C;
    struct number number;
    const struct rule *item;

    if (open && begins_set_in(p, g, next))
        return true;
    if ((!open && !edges->words) ||
        (!edges->url && width_was_full(p, g->last, next)))
        return false;
    item = label_item(p, next, &number);
    if (item &&
        (edges->url || !rule_is(item, "number") || has_stop(next->text)) &&
        (is_next_number(p, g, item, &number) ||
         (open && (is_first_number(&number) || is_doubled(item, &number))) ||
         is_next_item(p, g, next)))
        return true;
    if (!open || !label_number(p, next, &number))
        return false;
    return edges->url ? is_next_number(p, g, NULL, &number)
                      : is_first_number(&number) && has_stop(next->text);
}

bool wrap_ends_in_number(struct parser *p, const struct gathering *g,
                         struct line *next, const struct edges *edges)
{
    struct number number;

    return next->gap == 0 && !edges->ends &&
           (edges->number || width_was_full(p, g->last, next) ||
            width_is_widest(p, g->last, next)) &&
           look_has(p, next, KIND_LONE) && lines_ends_sentence(next->text) &&
           label_number(p, next, &number) &&
           (edges->words ||
            (edges->number && lines_width(g->tail) > WIDTH_MIN) ||
            !is_next_number(p, g, NULL, &number));
}
