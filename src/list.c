/* Lists and their items: which list takes an item, and what stands between
 * two items. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"
#include "quote.h"

/* The list whose next item follows somewhere below, before anything that ends
 * a list: then what stands between belongs to the item that is open. */
enum { LOOK_AHEAD = 12 };

/* The label, such as "b)", may stand alone, its text on the next line. */
static bool item_number(struct parser *p, struct line *line,
                        const struct rule *rule, struct number *number)
{
    struct finding f;

    return (look_find(p, line, KIND_ITEM, rule->name, &f) ||
            (lines_ends_in(line->text, ")") &&
             look_find(p, line, KIND_LONE, "label", &f))) &&
           scanner_number(p->scanner, rule, f.match.at[CAP_NUM], number);
}

static bool list_goes_on(struct parser *p, const struct frame *list)
{
    size_t seen = 0;

    for (size_t i = p->at + 1; i < p->lines->count && seen < LOOK_AHEAD; i++) {
        struct line *line = &p->lines->at[i];
        struct number number;

        if (line->gone)
            continue;
        if (line->cell || look_has(p, line, KIND_HEADING) ||
            look_has(p, line, KIND_CLOSING))
            return false;
        if (list->number.depth == 0) {
            if (look_has(p, line, KIND_BULLET))
                return true;
            if (seen || look_has(p, line, KIND_CLAUSE))
                return false;
        } else if (item_number(p, line, list->rule, &number)) {
            return number_follows(&number, &list->number);
        } else if (look_has(p, line, KIND_CLAUSE) && !p->before.colon) {
            return false;
        }
        seen++;
    }
    return false;
}

/* How many paragraphs an item that reads like a heading takes: what its elders
 * took, or the first one of them any. */
static unsigned extra_of(const struct frame *list)
{
    return list->model ? list->model : number_last(&list->number) <= 1;
}

/* Whether the line goes on with what the item quotes, which soon ends. */
static bool is_quoted(struct parser *p, const struct frame *item)
{
    unsigned quotes = item->quotes;
    struct line *line = p->line;

    for (unsigned i = 0; line && quotes > 0 && i < LOOK_AHEAD; i++) {
        if (i > 0 && look_kinds(p, line, 1u << KIND_HEADING |
                                             1u << KIND_ITEM |
                                             1u << KIND_BULLET))
            return false;
        quotes = quote_open_behind(line->text, quotes);
        line = look_below(p, line);
    }
    return item->quotes > 0 && quotes == 0;
}

/* Whether the item that is open is not the last of its list. */
bool list_is_open(struct parser *p)
{
    return stack_top(p)->type == FRAME_ITEM &&
           (stack_top(p) - 1)->number.depth > 0 &&
           list_goes_on(p, stack_top(p) - 1);
}

/* Takes paragraph or note: into the open item, or behind its list? Text that
 * follows a bullet stands behind the list, but for what the bullet quotes; a
 * heading-like item takes as many paragraphs as its elders took. */
void list_place(struct parser *p, bool note)
{
    while (stack_top(p)->type == FRAME_ITEM) {
        struct frame *item = stack_top(p), *list = item - 1;
        bool labelled = list->number.depth > 0;

        if ((labelled || note) && list_goes_on(p, list))
            break;
        if (is_quoted(p, item) ||
            (p->before.colon && quote_may_open(p->line->text)))
            break;
        if (labelled && item->bare && !note && item->extra < extra_of(list))
            break;
        stack_pop(p);
        stack_pop(p);
    }
    if (stack_top(p)->type == FRAME_ITEM) {
        stack_top(p)->extra++;
        stack_top(p)->quotes =
            quote_open_behind(p->line->text, stack_top(p)->quotes);
    }
}

/* Marks of direction around a sign are not seen. */
static UChar32 next_seen(struct span text, int32_t *at)
{
    UChar32 c = 0;

    do {
        if (*at >= (int32_t)text.len)
            return 0;
        U8_NEXT(text.at, *at, (int32_t)text.len, c);
    } while (u_charType(c) == U_FORMAT_CHAR);
    /* A box, ticked or not. */
    return c == 0x2611 || c == 0x2612 ? 0x2610 : c == 'x' || c == 'X' ? ' ' : c;
}

static bool same_sign(const struct frame *list, const struct finding *f)
{
    return list->rule == f->rule &&
           (list->number.depth ||
            span_same(list->label, f->match.at[CAP_NUM], next_seen));
}

static bool opens_bracket(struct span label)
{
    UChar32 c = span_first(label);

    return c == '(' || c == 0xFF08;
}

/* "(a)" and "a)" are two styles. */
static bool same_brackets(struct span a, struct span b)
{
    return a.len && b.len && opens_bracket(a) == opens_bracket(b) &&
           label_same_style(a, b);
}

bool list_counts(const struct parser *p, enum count count)
{
    for (size_t i = p->depth; i-- > 0 && p->stack[i].type != FRAME_SECTION;)
        if (p->stack[i].type == FRAME_LIST && p->stack[i].rule &&
            p->stack[i].rule->count == count)
            return true;
    return false;
}

bool list_is_outline(const struct parser *p)
{
    bool circled = list_counts(p, COUNT_CIRCLED);

    if (!p->scanner->grammar->wordless || circled)
        return circled && p->scanner->grammar->wordless;
    for (size_t i = p->depth; i-- > 0 && p->stack[i].type != FRAME_SECTION;)
        if (p->stack[i].type == FRAME_LIST && p->stack[i].rule &&
            rule_is(p->stack[i].rule, "sign") &&
            p->stack[i].indent < p->line->indent)
            return true;
    return false;
}

/* "aa)" where no "z)" stands before it: the first of a list below letters. */
static bool is_doubled_first(const struct parser *p, const struct rule *rule,
                             struct span num)
{
    const struct grammar *g = p->scanner->grammar;
    struct number one;
    int32_t at = 0, end;

    if (rule->count != COUNT_ALPHA)
        return false;
    U8_FWD_1(num.at, at, (int32_t)num.len);
    if (opens_bracket(num))
        num = (struct span){ num.at + at, num.len - (size_t)at };
    at = 0;
    U8_FWD_1(num.at, at, (int32_t)num.len);
    end = 2 * at;
    return end < (int32_t)num.len &&
           memcmp(num.at, num.at + at, (size_t)at) == 0 &&
           number_read(&one, (struct span){ num.at, (size_t)at }, COUNT_ALPHA,
                       &g->numerals) &&
           number_last(&one) == 1;
}

/* How far back the list of the section or item before this one may stand. */
enum { STEPS_BACK = 12 };

static bool holds_lists(const struct node *node)
{
    static const char *const names[] = { "section", "intro", "content",
                                         "wrapUp", "blockList", "item" };
    size_t i = 0;

    while (i < sizeof names / sizeof *names && !draft_is(node, names[i]))
        i++;
    return i < sizeof names / sizeof *names;
}

/* The last item that is counted by the rule, on the way from the node to the
 * last of what is in it. */
static const struct node *last_counted(const struct node *node,
                                       const struct rule *rule)
{
    for (unsigned i = 0; node && i < STEPS_BACK; i++) {
        const struct node *num = draft_child(node, "num");

        if (draft_is(node, "item") && num && num->rule == rule)
            return num;
        node = holds_lists(node) ? node->last : node->prev;
    }
    return NULL;
}

/* Whether the item goes on with the one of the label `num`; not where that is
 * NULL. */
static bool follows_label(const struct parser *p, const struct finding *f,
                          const struct number *number, const struct node *num)
{
    struct number before;

    return num && num->rule == f->rule &&
           scanner_number(p->scanner, f->rule, draft_first_text(num),
                          &before) &&
           same_brackets(draft_first_text(num), f->match.at[CAP_NUM]) &&
           number_follows(number, &before);
}

/* "（三）" behind "（一）" and "（二）" of the chapter before: items may be counted on
 * through what they stand in. */
static bool counts_on(const struct parser *p, const struct finding *f,
                      const struct number *number)
{
    const struct node *node = p->stack[p->depth - 1].node, *num = NULL;

    for (unsigned i = 0; node && !num && i < STEPS_BACK; i++) {
        node = node->prev;
        num = node ? last_counted(node, f->rule) : NULL;
    }
    return follows_label(p, f, number, num);
}

/* "c)" behind the table that "b)" leads to. */
static bool goes_on_behind_table(const struct parser *p,
                                 const struct finding *f,
                                 const struct number *number)
{
    const struct frame *top = &p->stack[p->depth - 1];
    const struct node *last = (top->blocks ? top->blocks : top->node)->last;

    return draft_is(last, "table") && draft_is(last->prev, "blockList") &&
           follows_label(p, f, number, draft_child(last->prev->last, "num"));
}

/* "Notices give", "1. the place,": the sentence goes on. */
static bool goes_on_in_words(const struct parser *p, const struct finding *f)
{
    struct span text = f->match.at[CAP_TEXT];

    return !p->before.end && !p->before.heading &&
           u_islower(span_first(text)) &&
           (lines_ends_in_comma(text) || lines_ends_in(text, ";"));
}

enum fit list_fit(const struct parser *p, const struct finding *f,
                         const struct number *number, struct span *before)
{
    bool open = false, bare = rule_is(f->rule, "number");
    bool below = list_counts(p, COUNT_HAN) || list_is_outline(p);
    enum fit best = FIT_NONE;

    for (size_t i = p->depth; i-- > 0 && p->stack[i].type != FRAME_SECTION;) {
        const struct frame *list = &p->stack[i];
        enum fit fit = FIT_NONE;

        if (list->type != FRAME_LIST || !list->rule ||
            list->rule != f->rule ||
            !same_brackets(list->label, f->match.at[CAP_NUM]))
            continue;
        open = true;
        if (number_follows(number, &list->number))
            fit = FIT_NEXT;
        else if (number_jumps(number, &list->number))
            fit = FIT_JUMP;
        if (fit > best) {
            best = fit;
            *before = list->label;
        }
    }
    if (best == FIT_NEXT)
        return best;
    if (number_last(number) == 1 ||
        is_doubled_first(p, f->rule, f->match.at[CAP_NUM]))
        return bare && !p->before.colon && !below && !goes_on_in_words(p, f)
                   ? FIT_NONE
                   : FIT_START;
    if (bare && best == FIT_NONE)
        return FIT_NONE;
    if (!open && (f->rule->count != COUNT_ALPHA || p->part.decides) &&
        counts_on(p, f, number))
        return FIT_NEXT;
    if (!open && goes_on_behind_table(p, f, number))
        return FIT_NEXT;
    return open && best ? best : FIT_ODD;
}

/* So many spaces and more set an item in below another. */
enum { DEEPER_MIN = 2 };

/* Whether the line is set in deeper than the items of the list. */
static bool is_deeper(const struct parser *p, const struct frame *list)
{
    return p->line->indent >= list->indent + DEEPER_MIN;
}

/* Whether the item goes on with another list around this one. */
static bool goes_on_around(const struct parser *p, size_t list,
                           const struct finding *f, const struct number *number)
{
    const struct frame *at = p->stack;
    bool counted = at[list].number.depth > 0;

    while (list-- > 0 && at[list].type != FRAME_SECTION)
        if (at[list].type == FRAME_LIST && same_sign(&at[list], f) &&
            (!counted || (same_brackets(at[list].label, f->match.at[CAP_NUM]) &&
                          number_follows(number, &at[list].number))))
            return true;
    return false;
}

/* ... and stands with the items of that. */
static bool is_shallower(const struct parser *p, size_t list,
                         const struct finding *f, const struct number *number)
{
    return p->line->indent + DEEPER_MIN <= p->stack[list].indent &&
           goes_on_around(p, list, f, number);
}

/* "; and", of few bytes in any language. */
enum { AND_LEN_MAX = 24 };

static bool ends_in_and(struct parser *p, struct span text)
{
    size_t len = text.len < AND_LEN_MAX ? text.len : AND_LEN_MAX;
    const char *end = text.at + text.len, *sign;

    sign = len ? memrchr(end - len, ';', len) : NULL;
    return sign && scanner_takes(p->scanner, KIND_SAME, "list",
                                 span_between(sign + 1, end), NULL);
}

/* Whether the last item of the list is the one that the "and" before it says it
 * is: no further one belongs there. */
static bool has_last(struct parser *p, const struct frame *list)
{
    const struct node *item = list->node ? list->node->last : NULL;
    const struct node *text = item ? item->prev : NULL;

    while (text && text->name)
        text = text->last;
    return text && ends_in_and(p, text->text);
}

/* "aa)" below "b)", whatever ends the text of that. */
enum { LETTERS = 26 };

static bool is_doubled_below(const struct parser *p, const struct frame *list,
                             const struct finding *f)
{
    return list->rule == f->rule && list->number.depth &&
           number_last(&list->number) < LETTERS &&
           is_doubled_first(p, f->rule, f->match.at[CAP_NUM]);
}

/* The list that takes the item: one that is open, or a new one in the open
 * item, or behind the lists that are open. */
static bool find_list(struct parser *p, const struct finding *f,
                      const struct number *number, enum fit fit)
{
    for (size_t i = p->depth; i-- > 0 && p->stack[i].type != FRAME_SECTION;) {
        const struct frame *list = &p->stack[i];

        if (list->type != FRAME_LIST || !same_sign(list, f))
            continue;
        if (list->number.depth &&
            (!same_brackets(list->label, f->match.at[CAP_NUM]) ||
             (fit == FIT_NEXT && !number_follows(number, &list->number))))
            continue;
        if (is_shallower(p, i, f, number) ||
            (list->number.depth && fit == FIT_NEXT &&
             goes_on_around(p, i, f, number) && has_last(p, list)))
            continue;
        /* Pages may be set in as a whole. */
        if (!list->number.depth && !p->line->page_break && is_deeper(p, list)) {
            while (p->depth > i + 2 && !is_deeper(p, stack_top(p) - 1))
                stack_pop_to(p, p->depth - 2);
            return false;
        }
        if (fit == FIT_START && list->number.depth && p->before.colon)
            return false;
        if (fit == FIT_START && list->number.depth && !p->line->page_break &&
            is_deeper(p, list)) {
            stack_pop_to(p, i + 2);
            return false;
        }
        if (is_doubled_below(p, list, f)) {
            stack_pop_to(p, i + 2);
            return false;
        }
        stack_pop_to(p, i + 1);
        if (fit != FIT_START || !list->number.depth)
            return true;
        stack_pop(p); /* it begins again: another list */
        return false;
    }
    return false;
}

static unsigned open_lists(const struct parser *p)
{
    unsigned lists = 0;

    for (size_t i = 0; i < p->depth; i++)
        lists += p->stack[i].type == FRAME_LIST;
    return lists;
}

/* "b) i) the first": a list that begins in an item, but none in that. */
enum inside { INSIDE_TEXT, INSIDE_LIST };

static bool take_first(struct parser *p, struct span text,
                       const struct rule *around, enum inside inside);

static void list_open_item(struct parser *p, const struct finding *f,
                           const struct number *number, enum fit fit,
                           enum inside inside)
{
    struct span label = f->match.at[CAP_NUM], text = f->match.at[CAP_TEXT];
    struct frame *list, *item;

    if (!find_list(p, f, number, fit)) {
        if (open_lists(p) >= LIST_DEPTH_MAX || p->depth >= STACK_MAX - 3) {
            parse_warn(p, "too-deep", "stands deeper than lists can be kept; it is "
                "taken for an item of the list above it", label,
                (struct span){ 0 });
            stack_pop(p);
        } else {
            struct frame *frame = stack_top(p);

            stack_push(
                p, FRAME_LIST,
                draft_add(p->draft, stack_blocks(p, frame), "blockList"));
            stack_top(p)->notes = label_begins_notes(p);
        }
    }
    list = stack_top(p);
    list->rule = f->rule;
    list->number = *number;
    list->label = label;
    list->firm = label_is_firm(f);
    item = stack_push(p, FRAME_ITEM, draft_add(p->draft, list->node, "item"));
    label_add_num(p, item->node, f);
    item->first_origin = p->line->origin;
    item->bare = !lines_ends_sentence(text) && text.len < 400;
    item->quotes = quote_open_behind(text, 0);
    if (inside == INSIDE_LIST && take_first(p, text, f->rule, INSIDE_TEXT))
        return;
    item->first = block_labelled_text(p, item->node, label_text(f));
    parse_note_ending(p, text, false);
}

void list_take_item(struct parser *p, const struct candidate *c)
{
    const struct finding *f = &c->finding;

    if (c->fit == FIT_JUMP)
        parse_warn(p, "number-jump", "does not follow", f->match.at[CAP_NUM],
            c->before);
    else if (c->fit == FIT_ODD)
        parse_warn(p, "number-odd", "begins no list and goes on with none",
            f->match.at[CAP_NUM], (struct span){ 0 });
    list_open_item(p, f, &c->number, c->fit, INSIDE_LIST);
    parse_explain(p, "item", f->rule->name, f);
}

/* How far below a first item the second one is looked for. */
enum { SECOND_LINES_MAX = 24 };

static bool has_second(struct parser *p, const struct finding *first,
                       const struct number *number)
{
    struct line *line = p->line;
    struct number second;
    struct finding f;

    for (unsigned i = 0; i < SECOND_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line ||
            (look_has(p, line, KIND_CLAUSE) && !look_has(p, line, KIND_ITEM)))
            return false;
        if (look_find(p, line, KIND_ITEM, first->rule->name, &f) &&
            scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], &second) &&
            same_brackets(first->match.at[CAP_NUM], f.match.at[CAP_NUM]))
            return number_follows(&second, number);
    }
    return false;
}

static bool has_bracket(struct span label)
{
    return memchr(label.at, ')', label.len) || lines_ends_in(label, "\uFF09");
}

/* Where labels of one kind stand side by side, the second is no list. */
static bool take_first(struct parser *p, struct span text,
                       const struct rule *around, enum inside inside)
{
    struct folded folded = { 0 };
    struct number number;
    struct finding f;
    size_t index = 0;
    bool taken = false;

    if (scanner_fold_text(p->scanner, &folded, text))
        while (!taken &&
               scanner_find(p->scanner, KIND_ITEM, &index, &folded, 0, &f))
            taken = f.rule != around &&
                    (has_bracket(f.match.at[CAP_NUM]) ||
                     f.rule->count == COUNT_CIRCLED) &&
                    scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM],
                                   &number) &&
                    number_last(&number) == 1 && has_second(p, &f, &number);
    folded_free(&folded);
    if (taken)
        list_open_item(p, &f, &number, FIT_START, inside);
    return taken;
}

bool list_take_first(struct parser *p, struct span text)
{
    return take_first(p, text, NULL, INSIDE_LIST);
}

bool list_take_bullet(struct parser *p, const struct finding *f)
{
    struct finding item, next = *f;
    struct number none = { 0 };
    bool more;

    do {
        item = next;
        more = boxes_part(&item, &next);
        list_open_item(p, &item, &none, FIT_NEXT, INSIDE_TEXT);
    } while (more);
    return true;
}
