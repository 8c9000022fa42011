/* Turns lines into a tree of parts, clauses, items and paragraphs: one stack,
 * one loop. */
#include "parse.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"

/* ---- the stack --------------------------------------------------------------- */

static struct frame *top(struct parser *p)
{
    return &p->stack[p->depth - 1];
}

static struct frame *push(struct parser *p, enum frame_type type,
                          xmlNodePtr node)
{
    struct frame *frame = &p->stack[p->depth++];

    *frame = (struct frame){ .type = type, .node = node,
                             .origin = p->line ? p->line->origin
                                               : (struct origin){ 0 } };
    return frame;
}

static void extend(struct origin *origin, struct origin by)
{
    if (by.last > origin->last)
        origin->last = by.last;
    if (by.to > origin->to)
        origin->to = by.to;
}

static bool same_origin(struct origin a, struct origin b)
{
    return a.first == b.first && a.last == b.last;
}

/* Only now is it known how far the element reaches. The block made of its
 * first line says its own place where that is not the element's. */
static void pop(struct parser *p)
{
    struct frame *frame = top(p);

    p->depth--;
    if (frame->type == FRAME_SECTION || frame->type == FRAME_ITEM) {
        tree_set_origin(p->tree, frame->node, frame->origin);
        if (frame->first && !same_origin(frame->origin, frame->first_origin))
            tree_set_origin(p->tree, frame->first, frame->first_origin);
    }
    if (frame->type == FRAME_ITEM && p->depth && frame->extra > top(p)->model)
        top(p)->model = frame->extra;
    if (p->depth)
        extend(&top(p)->origin, frame->origin);
}

static void pop_to(struct parser *p, size_t depth)
{
    while (p->depth > depth)
        pop(p);
}

static void pop_lists(struct parser *p)
{
    while (top(p)->type == FRAME_LIST || top(p)->type == FRAME_ITEM)
        pop(p);
}

/* The element that the next paragraph goes into. */
static xmlNodePtr blocks_of(struct parser *p, struct frame *frame)
{
    if (frame->type == FRAME_PART || frame->type == FRAME_ITEM)
        return frame->node;
    if (!frame->blocks)
        frame->blocks = tree_add(p->tree, frame->node, "content");
    return frame->blocks;
}

/* ---- explaining --------------------------------------------------------------- */

void parse_explain(struct parser *p, const char *kind, const char *name,
                   const struct finding *finding)
{
    const char *names[CAP_COUNT], *values[CAP_COUNT];
    size_t lengths[CAP_COUNT];
    clausier_explanation e = { p->line->origin.first, p->line->origin.last,
                               kind, name, p->line->text.at,
                               p->line->text.len, 0, names, values, lengths };

    if (!p->explain)
        return;
    for (int i = 1; finding && i < CAP_COUNT; i++)
        if (finding->match.at[i].at) {
            names[e.captures] = capture_name((enum capture)i);
            values[e.captures] = finding->match.at[i].at;
            lengths[e.captures++] = finding->match.at[i].len;
        }
    p->explain(p->explain_user, &e);
}

static void say(struct parser *p, const char *code, const char *what,
                struct span label, struct span before)
{
    struct place place = { p->line->origin.first, 1, { NULL, 0 } };

    if (p->line->text.len < 400)
        place.source = p->line->text;
    diag_say(p->diag, CLAUSIER_WARNING, place, code, "\"%.*s\" %s%s%.*s%s",
             (int)label.len, label.at, what, before.len ? " \"" : "",
             (int)before.len, before.at ? before.at : "",
             before.len ? "\"" : "");
}

/* What the next line is told about this one. */
static void note_ending(struct parser *p, struct span text, bool heading)
{
    struct span end = span_trim(text);

    p->after_colon =
        end.len && (end.at[end.len - 1] == ':' ||
                    (end.len >= 3 &&
                     memcmp(end.at + end.len - 3, "\uFF1A", 3) == 0));
    p->after_end = heading || lines_ends_sentence(text);
    p->after_heading = heading;
}

/* ---- paragraphs ---------------------------------------------------------------- */

/* The list whose next item follows somewhere below, before anything that ends
 * a list: then what stands between belongs to the item that is open. */
enum { LOOK_AHEAD = 12 };

static bool item_number(struct parser *p, struct line *line,
                        const struct rule *rule, struct number *number)
{
    struct folded folded = { 0 };
    struct finding f;
    bool found = false;

    if (!wrap_has(p, line, KIND_ITEM) ||
        !fold(&folded, line->text, line->folds))
        return false;
    found = scanner_is_named(p->scanner, KIND_ITEM, rule->name, &folded, &f) &&
            grammar_number(p->scanner->grammar, rule, f.match.at[CAP_NUM],
                           number);
    folded_free(&folded);
    return found;
}

static bool list_goes_on(struct parser *p, const struct frame *list)
{
    size_t seen = 0;

    for (size_t i = p->at + 1; i < p->lines->count && seen < LOOK_AHEAD; i++) {
        struct line *line = &p->lines->at[i];
        struct number number;

        if (line->gone)
            continue;
        if (line->cell || wrap_has(p, line, KIND_HEADING) ||
            wrap_has(p, line, KIND_CLOSING))
            return false;
        if (list->number.depth == 0) {
            if (wrap_has(p, line, KIND_BULLET))
                return true;
            if (seen || wrap_has(p, line, KIND_CLAUSE))
                return false;
        } else if (item_number(p, line, list->rule, &number)) {
            return number_follows(&number, &list->number);
        } else if (wrap_has(p, line, KIND_CLAUSE) && !p->after_colon) {
            return false;
        }
        seen++;
    }
    return false;
}

/* Takes paragraph or note: into the open item, or behind its list? Text that
 * follows a bullet stands behind the list; a heading-like item takes as many
 * paragraphs as its elders took. */
static void place_in_list(struct parser *p, bool note)
{
    while (top(p)->type == FRAME_ITEM) {
        struct frame *item = top(p), *list = item - 1;
        bool labelled = list->number.depth > 0;

        if ((labelled || note) && list_goes_on(p, list))
            break;
        if (labelled && item->bare && !note &&
            item->extra < (list->model ? list->model : 1))
            break;
        pop(p);
        pop(p);
    }
    if (top(p)->type == FRAME_ITEM)
        top(p)->extra++;
}

static xmlNodePtr add_block(struct parser *p, const char *class)
{
    struct frame *frame = top(p);
    xmlNodePtr block = block_empty(p, blocks_of(p, frame), class);

    tree_set_origin(p->tree, block, p->line->origin);
    extend(&frame->origin, p->line->origin);
    return block;
}

static void take_paragraph(struct parser *p)
{
    xmlNodePtr block;

    place_in_list(p, false);
    block = add_block(p, NULL);
    block_text(p, block, p->line->text);
    note_ending(p, p->line->text, false);
    parse_explain(p, "paragraph", "", NULL);
}

static bool take_note(struct parser *p, const struct finding *f)
{
    xmlNodePtr block;

    place_in_list(p, true);
    block = add_block(p, "note");
    block_labelled(p, block, f, CAP_TEXT, NULL);
    note_ending(p, p->line->text, false);
    return true;
}

static bool take_caption(struct parser *p, const struct finding *f)
{
    xmlNodePtr block;

    pop_lists(p);
    block = add_block(p, "caption");
    block_text(p, block, p->line->text);
    if (strcmp(f->rule->name, "table") == 0)
        p->caption = block;
    note_ending(p, p->line->text, true);
    return true;
}

/* The text of an item or clause, which may itself be a note. */
static xmlNodePtr add_labelled_text(struct parser *p, xmlNodePtr parent,
                                    struct span text)
{
    struct folded folded = { 0 };
    struct finding f;
    xmlNodePtr block;
    bool note = fold(&folded, text, fold_needed(text)) &&
                scanner_is(p->scanner, KIND_NOTE, &folded, &f);

    block = block_empty(p, parent, note ? "note" : NULL);
    if (note)
        block_labelled(p, block, &f, CAP_TEXT, NULL);
    else
        block_text(p, block, text);
    folded_free(&folded);
    return block;
}

/* ---- numbered sections ------------------------------------------------------------ */

/* How well a label fits what is open, in rising order. */
enum fit { FIT_NONE, FIT_ODD, FIT_JUMP, FIT_START, FIT_NEXT };

struct candidate {
    struct finding finding;
    struct number number;
    enum fit fit;
    struct span before; /* the label that it was compared with */
};

static bool is_part_prefix(const struct parser *p, const struct number *number)
{
    size_t len = strlen(number->prefix);

    return len == 0 || (len == p->part_label.len &&
                        memcmp(p->part_label.at, number->prefix, len) == 0);
}

/* The first clause of a part, or of an unnumbered section that holds some. */
static enum fit fit_first(const struct parser *p, const struct number *number)
{
    if (!is_part_prefix(p, number))
        return FIT_ODD;
    return number->depth == 1 && number_last(number) <= 1 ? FIT_START
                                                          : FIT_JUMP;
}

static bool same_style(struct span a, struct span b)
{
    return (a.len && a.at[a.len - 1] == '.') ==
           (b.len && b.at[b.len - 1] == '.');
}

static enum fit fit_section(const struct parser *p, const struct finding *f,
                            const struct number *number, struct span *before)
{
    enum fit best = FIT_NONE;
    bool any = false;

    for (size_t i = p->depth; i-- > 0 && best < FIT_START;) {
        const struct frame *frame = &p->stack[i];
        enum fit fit = FIT_NONE;

        if (frame->type != FRAME_SECTION || !frame->number.depth ||
            !frame->rule)
            continue;
        any = true;
        if (frame->rule->kind != KIND_CLAUSE)
            continue;
        if (number_follows(number, &frame->number))
            fit = same_style(frame->label, f->match.at[CAP_NUM]) ? FIT_NEXT
                                                                 : FIT_START;
        else if (number_below(number, &frame->number))
            fit = number_last(number) <= 1 ? FIT_START : FIT_JUMP;
        else if (number_jumps(number, &frame->number))
            fit = FIT_JUMP;
        if (fit > best) {
            best = fit;
            *before = frame->label;
        }
    }
    if (!any)
        return fit_first(p, number);
    return best ? best : FIT_ODD;
}

static int section_level(const struct rule *rule, const struct number *number)
{
    unsigned depth = number->depth ? number->depth : 1;

    return rule->level + (int)depth - 1;
}

/* Above what a section of this level goes into. Headings that no rule knows
 * have a level below all clauses. */
static void pop_to_level(struct parser *p, int level)
{
    pop_lists(p);
    while (top(p)->type == FRAME_SECTION && top(p)->level >= level)
        pop(p);
}

/* A heading that no rule knows takes clauses only where they follow at once,
 * and their siblings then. */
static void pop_bare(struct parser *p)
{
    struct frame *frame = top(p);

    if (frame->type == FRAME_SECTION && !frame->rule && frame->blocks)
        pop(p);
}

static struct frame *open_section(struct parser *p, const struct rule *rule,
                                  int level)
{
    xmlNodePtr parent, node;
    struct frame *frame;

    pop_to_level(p, level);
    if (rule && rule->kind == KIND_CLAUSE)
        pop_bare(p);
    if (p->depth >= STACK_MAX - 2)
        pop(p);
    parent = top(p)->node;
    if (top(p)->blocks) {
        /* Text before sub-sections is their introduction. */
        tree_rename(p->tree, top(p)->blocks, "intro");
        top(p)->blocks = NULL;
    }
    node = tree_add(p->tree, parent, "section");
    frame = push(p, FRAME_SECTION, node);
    frame->rule = rule;
    frame->level = level;
    return frame;
}

enum { HEADING_WIDTH_MAX = 160 };

/* Whether text behind a number is a heading: it is short, no sentence, and
 * something stands below it. */
static bool is_heading_text(struct parser *p, struct span text)
{
    struct line *next = wrap_next(p, p->at);

    if (p->line->contents && !lines_ends_sentence(text))
        return true;
    if (!next || lines_ends_sentence(text) ||
        text.len > 4 * HEADING_WIDTH_MAX ||
        lines_width(text) > HEADING_WIDTH_MAX)
        return false;
    if (text.at[text.len - 1] == ',')
        return false;
    if (next->cell || wrap_has(p, next, KIND_HEADING))
        return next->cell;
    return true;
}

/* A label with nothing below it but its next sibling is text; what follows
 * decides between heading and text, so the next label is looked at. */
static bool next_is_sibling(struct parser *p, const struct frame *frame)
{
    struct line *next = wrap_next(p, p->at);
    struct folded folded = { 0 };
    struct finding f;
    struct number number;
    bool deeper = false;

    if (!next || !wrap_has(p, next, KIND_CLAUSE))
        return false;
    if (!fold(&folded, next->text, next->folds))
        return false;
    if (scanner_is(p->scanner, KIND_CLAUSE, &folded, &f) &&
        grammar_number(p->scanner->grammar, f.rule, f.match.at[CAP_NUM],
                       &number))
        deeper = number.depth > frame->number.depth;
    folded_free(&folded);
    return !deeper;
}

static bool is_definitions(struct parser *p, struct span title)
{
    struct folded folded = { 0 };
    struct buf text = { 0 };
    struct finding f;
    bool found = false;

    buf_putc(&text, '\t');
    buf_add_span(&text, title);
    if (!text.failed && fold(&folded, buf_span(&text),
                             fold_needed(buf_span(&text))))
        found = scanner_is_named(p->scanner, KIND_HEADING, "definitions",
                                 &folded, &f);
    p->tree->failed |= text.failed;
    folded_free(&folded);
    buf_free(&text);
    return found;
}

static bool in_definitions(const struct parser *p)
{
    for (size_t i = 0; i + 1 < p->depth; i++)
        if (p->stack[i].definitions)
            return true;
    return false;
}

/* "term [source]: what it means". */
static bool add_definition(struct parser *p, struct frame *frame,
                           struct span text)
{
    struct folded folded = { 0 };
    struct finding f;
    xmlNodePtr block;
    struct span term;
    bool found;

    if (!in_definitions(p) || !fold(&folded, text, fold_needed(text)))
        return false;
    found = scanner_is(p->scanner, KIND_TERM, &folded, &f);
    folded_free(&folded);
    if (!found)
        return false;
    term = span_trim(f.match.at[CAP_TITLE]);
    block = block_empty(p, blocks_of(p, frame), "definition");
    block_text(p, tree_add(p->tree, block, "def"), term);
    block_text(p, block,
               (struct span){ term.at + term.len,
                              (size_t)(text.at + text.len -
                                       (term.at + term.len)) });
    frame->first = block;
    return true;
}

static void fill_section(struct parser *p, struct frame *frame,
                         struct span text)
{
    bool heading = text.len && is_heading_text(p, text) &&
                   (p->line->contents || !next_is_sibling(p, frame));

    frame->first_origin = p->line->origin;
    if (!text.len)
        heading = true;
    else if (add_definition(p, frame, text))
        heading = false;
    else if (heading)
        block_text(p, tree_add(p->tree, frame->node, "heading"), text);
    else
        frame->first = add_labelled_text(p, blocks_of(p, frame), text);
    if (heading && text.len)
        frame->definitions = is_definitions(p, text);
    note_ending(p, text, heading);
}

static void add_num(struct parser *p, xmlNodePtr node, struct span label,
                    const struct rule *rule)
{
    xmlNodePtr num = tree_add(p->tree, node, "num");

    block_text(p, num, label);
    if (num)
        num->_private = (void *)(uintptr_t)rule; /* how it counts: ids.c */
}

static void take_section(struct parser *p, const struct candidate *c)
{
    const struct finding *f = &c->finding;
    struct span label = f->match.at[CAP_NUM];
    struct frame *frame;

    if (c->fit == FIT_JUMP && c->before.len)
        say(p, "number-jump", "does not follow", label, c->before);
    else if (c->fit == FIT_JUMP)
        say(p, "number-jump", "is the first number here", label,
            (struct span){ 0 });
    else if (c->fit == FIT_ODD)
        say(p, "number-odd", "fits no number that is open", label,
            (struct span){ 0 });
    frame = open_section(p, f->rule, section_level(f->rule, &c->number));
    frame->number = c->number;
    frame->label = label;
    add_num(p, frame->node, label, f->rule);
    fill_section(p, frame, span_trim(f->match.at[CAP_TEXT]));
    parse_explain(p, "clause", f->rule->name, f);
}

/* ---- lists ------------------------------------------------------------------------- */

static bool same_sign(const struct frame *list, const struct finding *f)
{
    return list->rule == f->rule &&
           (list->number.depth || span_equal(list->label,
                                             f->match.at[CAP_NUM]));
}

/* "(a)" and "a)" are two styles. */
static bool same_brackets(struct span a, struct span b)
{
    return a.len && b.len && (a.at[0] == '(') == (b.at[0] == '(') &&
           same_style(a, b);
}

static enum fit fit_item(const struct parser *p, const struct finding *f,
                         const struct number *number, struct span *before)
{
    bool open = false, bare = strcmp(f->rule->name, "number") == 0;
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
    if (number_last(number) == 1)
        return bare && !p->after_colon ? FIT_NONE : FIT_START;
    if (bare && best == FIT_NONE)
        return FIT_NONE;
    return open && best ? best : FIT_ODD;
}

/* The list that takes the item: one that is open, or a new one in the open
 * item, or behind the lists that are open. */
static bool find_list(struct parser *p, const struct finding *f, enum fit fit)
{
    for (size_t i = p->depth; i-- > 0 && p->stack[i].type != FRAME_SECTION;) {
        const struct frame *list = &p->stack[i];

        if (list->type != FRAME_LIST || !same_sign(list, f))
            continue;
        if (list->number.depth &&
            !same_brackets(list->label, f->match.at[CAP_NUM]))
            continue;
        if (fit == FIT_START && p->after_colon && list->number.depth)
            return false;
        pop_to(p, i + 1);
        if (fit != FIT_START || !list->number.depth)
            return true;
        pop(p); /* it begins again: another list */
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

static void open_item(struct parser *p, const struct finding *f,
                      const struct number *number, enum fit fit)
{
    struct span label = f->match.at[CAP_NUM], text = f->match.at[CAP_TEXT];
    struct frame *list, *item;

    if (!find_list(p, f, fit)) {
        if (open_lists(p) >= LIST_DEPTH_MAX || p->depth >= STACK_MAX - 3) {
            say(p, "too-deep", "stands deeper than lists can be kept; it is "
                "taken for an item of the list above it", label,
                (struct span){ 0 });
            pop(p);
        } else {
            struct frame *frame = top(p);

            push(p, FRAME_LIST,
                 tree_add(p->tree, blocks_of(p, frame), "blockList"));
        }
    }
    list = top(p);
    list->rule = f->rule;
    list->number = *number;
    list->label = label;
    item = push(p, FRAME_ITEM, tree_add(p->tree, list->node, "item"));
    add_num(p, item->node, label, f->rule);
    item->first = add_labelled_text(p, item->node, span_trim(text));
    item->first_origin = p->line->origin;
    item->bare = !lines_ends_sentence(text) && text.len < 400;
    note_ending(p, text, false);
}

static void take_item(struct parser *p, const struct candidate *c)
{
    const struct finding *f = &c->finding;

    if (c->fit == FIT_JUMP)
        say(p, "number-jump", "does not follow", f->match.at[CAP_NUM],
            c->before);
    else if (c->fit == FIT_ODD)
        say(p, "number-odd", "begins no list and goes on with none",
            f->match.at[CAP_NUM], (struct span){ 0 });
    open_item(p, f, &c->number, c->fit);
    parse_explain(p, "item", f->rule->name, f);
}

static bool take_bullet(struct parser *p, const struct finding *f)
{
    struct number none = { 0 };

    open_item(p, f, &none, FIT_NEXT);
    return true;
}

/* ---- which label is it -------------------------------------------------------------- */

static bool is_firm(const struct finding *f)
{
    const char *end = f->match.at[CAP_NUM].at + f->match.at[CAP_NUM].len;
    const char *text = f->match.at[CAP_TEXT].at;

    return !text || memchr(end, '\t', (size_t)(text - end)) != NULL;
}

static bool begins_high(struct span text)
{
    UChar32 c = 0;
    int32_t at = 0;

    if (text.len)
        U8_NEXT(text.at, at, (int32_t)text.len, c);
    return !u_islower(c) && !u_isdigit(c);
}

/* A number and a space may be a number in a text: it counts only where it is
 * the one that must come, and a line can begin. */
static bool is_acceptable(const struct parser *p, const struct candidate *c)
{
    const struct finding *f = &c->finding;
    bool clause = f->rule->kind == KIND_CLAUSE;

    if (c->fit == FIT_NONE)
        return false;
    if (is_firm(f))
        return true;
    if (!clause && c->fit >= FIT_JUMP)
        return true;
    if (c->fit >= FIT_START)
        return p->after_end || p->line->gap > 0 || p->depth == 1;
    return c->fit == FIT_JUMP && (p->after_end || p->line->gap > 0) &&
           begins_high(f->match.at[CAP_TEXT]) && number_last(&c->number) < 200;
}

static void consider(struct parser *p, enum kind kind, struct candidate *best)
{
    size_t index = 0;
    struct candidate c;

    while (scanner_find(p->scanner, kind, &index, &p->folded, 0, &c.finding)) {
        c.before = (struct span){ 0 };
        if (!grammar_number(p->scanner->grammar, c.finding.rule,
                            c.finding.match.at[CAP_NUM], &c.number))
            continue;
        c.fit = kind == KIND_CLAUSE
                    ? fit_section(p, &c.finding, &c.number, &c.before)
                    : fit_item(p, &c.finding, &c.number, &c.before);
        if (c.fit > best->fit && is_acceptable(p, &c))
            *best = c;
    }
}

static bool take_label(struct parser *p)
{
    struct candidate best = { .fit = FIT_NONE };

    if (wrap_has(p, p->line, KIND_CLAUSE))
        consider(p, KIND_CLAUSE, &best);
    if (wrap_has(p, p->line, KIND_ITEM))
        consider(p, KIND_ITEM, &best);
    if (best.fit == FIT_NONE)
        return false;
    if (best.finding.rule->kind == KIND_CLAUSE)
        take_section(p, &best);
    else
        take_item(p, &best);
    return true;
}

/* From .doc files every TAB has become a line break: the label stands alone
 * and its text on the next line. Joined, they must fit. */
static bool take_lone_label(struct parser *p)
{
    struct line *next = wrap_next(p, p->at), saved = *p->line, next_saved;

    if (!wrap_has(p, p->line, KIND_LONE) || p->line->cell || !next ||
        next->cell || next->gap > 0 || !next->text.len ||
        (wrap_classify(p, next) &
         (1u << KIND_LONE | 1u << KIND_CLAUSE | 1u << KIND_ITEM |
          1u << KIND_BULLET)))
        return false;
    next_saved = *next;
    if (!lines_join(p->lines, p->line, next, "\t")) {
        p->tree->failed = true;
        return false;
    }
    wrap_gather(p, p->at);
    if (take_label(p))
        return true;
    if (wrap_has(p, p->line, KIND_BULLET)) {
        struct finding f;

        if (scanner_is(p->scanner, KIND_BULLET, &p->folded, &f))
            return take_bullet(p, &f);
    }
    *p->line = saved;
    *next = next_saved;
    wrap_gather(p, p->at);
    return false;
}

/* ---- headings without a number ------------------------------------------------------- */

static void add_heading(struct parser *p, const struct rule *rule, int level)
{
    struct frame *frame = open_section(p, rule, level);

    block_text(p, tree_add(p->tree, frame->node, "heading"), p->line->text);
    note_ending(p, p->line->text, true);
}

static bool is_capitals(struct span text)
{
    unsigned letters = 0;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (u_islower(c) || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC))
            return false;
        letters += u_isupper(c) != 0;
    }
    return letters > 3;
}

enum { BARE_LEVEL = 40, BARE_WIDTH_MAX = 80 };

static bool is_open_clause(const struct parser *p)
{
    for (size_t i = 0; i < p->depth; i++)
        if (p->stack[i].type == FRAME_SECTION && p->stack[i].number.depth)
            return true;
    return false;
}

static bool is_first_clause(struct parser *p, struct line *line)
{
    struct folded folded = { 0 };
    struct finding f;
    struct number number;
    bool first;

    if (!line || !wrap_has(p, line, KIND_CLAUSE) ||
        !fold(&folded, line->text, line->folds))
        return false;
    first = scanner_is(p->scanner, KIND_CLAUSE, &folded, &f) &&
            grammar_number(p->scanner->grammar, f.rule, f.match.at[CAP_NUM],
                           &number) &&
            number.depth == 1 && number.at[0] == 1;
    folded_free(&folded);
    return first;
}

/* A heading without number or rule stands in the clause that is open, or
 * beside those of its look that came before any clause. It takes clauses only
 * where they follow at once. */
static void add_bare_heading(struct parser *p)
{
    bool capitals = is_capitals(p->line->text);
    int level = BARE_LEVEL;

    if (!is_open_clause(p) || p->bare_seen[capitals] ||
        is_first_clause(p, wrap_next(p, p->at))) {
        level = 1;
        p->bare_seen[capitals] = true;
    }
    add_heading(p, NULL, level);
    parse_explain(p, "heading", "", NULL);
}

/* A few words without a comma between two paragraphs. */
enum { TITLE_WORDS_WIDTH = 36 };

static bool is_title_width(struct span text)
{
    return lines_width(text) <= TITLE_WORDS_WIDTH &&
           !memchr(text.at, ',', text.len) &&
           !memmem(text.at, text.len, "\uFF0C", 3);
}

/* A short line without a number is a heading where the contents say so, where
 * it is all capitals, or where it stands apart; and where text follows. */
static bool is_bare_heading(struct parser *p)
{
    struct line *next = wrap_next(p, p->at);

    if (!next || p->line->cell || lines_ends_sentence(p->line->text) ||
        p->line->text.len > 4 * BARE_WIDTH_MAX ||
        lines_width(p->line->text) > BARE_WIDTH_MAX ||
        !begins_high(p->line->text) || next->gap > 1 ||
        p->line->text.at[p->line->text.len - 1] == ',')
        return false;
    if (p->line->contents || is_capitals(p->line->text))
        return true;
    if (p->after_end && !p->after_heading && p->body->parent != p->doc &&
        is_first_clause(p, next))
        return true;
    if (!p->after_end || !lines_ends_sentence(next->text))
        return false;
    return p->line->gap > 0 || next->gap > 0 ||
           (!p->after_heading && is_title_width(p->line->text) &&
            lines_width(next->text) > 2 * TITLE_WORDS_WIDTH &&
            !wrap_classify(p, next));
}

/* Lines of a title between the front matter and the first clause of a part. */
enum { TITLE_LINES_MAX = 4 };

static bool is_title_line(struct parser *p)
{
    size_t lines = 0;

    if (p->body->parent != p->doc || p->after_heading ||
        (!p->after_end && p->depth > 1 && !p->line->gap) ||
        !preface_is_title(p, p->line))
        return false;
    if (is_open_clause(p))
        return false;
    for (size_t i = p->at; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (i > p->at && (wrap_has(p, line, KIND_CLAUSE) ||
                          wrap_has(p, line, KIND_HEADING) ||
                          wrap_has(p, line, KIND_OPENING) ||
                          wrap_has(p, line, KIND_TOC)))
            return true;
        if (lines++ == TITLE_LINES_MAX || line->cell ||
            !preface_is_title(p, line) || wrap_classify(p, line) &
                ~(1u << KIND_FIELD | 1u << KIND_TITLE | 1u << KIND_SIGNATURE))
            return false;
    }
    return false;
}

static void take_title_line(struct parser *p)
{
    xmlNodePtr block;

    pop_to(p, 1);
    block = add_block(p, "title");
    block_text(p, tree_add(p->tree, block, "docTitle"), p->line->text);
    p->after_end = true;
    parse_explain(p, "title", "", NULL);
}

/* ---- parts ------------------------------------------------------------------------------ */

/* Between two annexes of one line each there is nothing: that is a list of
 * them. */
static bool is_annex_list(struct parser *p)
{
    struct line *next = wrap_next(p, p->at);
    struct folded folded = { 0 };
    struct finding f;
    bool another = false;

    if (p->after_enclosure && p->line->gap == 0)
        return true;
    if (next && next->gap == 0 && wrap_has(p, next, KIND_HEADING) &&
        fold(&folded, next->text, next->folds))
        another = scanner_is(p->scanner, KIND_HEADING, &folded, &f) &&
                  f.rule->level == 0;
    folded_free(&folded);
    return another;
}

static void open_part(struct parser *p, const struct rule *rule,
                      struct span label)
{
    xmlNodePtr attachment;

    pop_to(p, 0);
    preface_close_field(p);
    p->signature = NULL;
    p->after_enclosure = false;
    if (!p->attachments)
        p->attachments = tree_add(p->tree, p->doc, "attachments");
    attachment = tree_add(p->tree, p->attachments, "attachment");
    attachment = tree_add(p->tree, attachment, "doc");
    tree_set(p->tree, attachment, "name", rule ? rule->name : "annex");
    p->preface = NULL;
    p->body = tree_add(p->tree, attachment, "mainBody");
    p->part_label = label;
    push(p, FRAME_PART, p->body);
    p->region = REGION_TITLES;
    p->bare_seen[0] = p->bare_seen[1] = false;
    p->after_end = true;
    p->after_colon = false;
    p->after_heading = false;
}

static xmlNodePtr add_part_title(struct parser *p, const char *class)
{
    xmlNodePtr block = block_empty(p, preface_of(p), class);

    tree_set_origin(p->tree, block, p->line->origin);
    return block;
}

static void take_annex(struct parser *p, const struct finding *f, bool open)
{
    struct span label = f->match.at[CAP_LABEL], all = f->match.at[CAP_ALL];
    struct span title = f->match.at[CAP_TITLE];
    xmlNodePtr block;

    if (!open)
        open_part(p, f->rule, f->match.at[CAP_NUM]);
    p->part_label = f->match.at[CAP_NUM];
    block = add_part_title(p, "label");
    block_text(p, tree_add(p->tree, block, "docNumber"), label);
    if (title.len) {
        block_text(p, block,
                   (struct span){ label.at + label.len,
                                  (size_t)(title.at - label.at) - label.len });
        block_text(p, tree_add(p->tree, block, "docTitle"), title);
    }
    (void)all;
    parse_explain(p, "heading", f->rule->name, f);
}

static bool find_annex(struct parser *p, struct line *line,
                       const struct folded *text, struct finding *f)
{
    size_t index = 0;

    if (!wrap_has(p, line, KIND_HEADING))
        return false;
    while (scanner_find(p->scanner, KIND_HEADING, &index, text, 0, f))
        if (f->rule->level == 0)
            return true;
    return false;
}

/* The line that names the parent may stand before the annex's own mark. */
static bool take_parent_first(struct parser *p)
{
    struct folded folded = { 0 };
    struct finding f, annex;
    struct line *next = wrap_next(p, p->at);
    bool found = false;

    if (!next || next->gap > 3 || !wrap_has(p, p->line, KIND_TITLE) ||
        !scanner_is_named(p->scanner, KIND_TITLE, "parent", &p->folded, &f))
        return false;
    if (fold(&folded, next->text, next->folds) &&
        find_annex(p, next, &folded, &annex)) {
        open_part(p, annex.rule, (struct span){ 0 });
        block_text(p, add_part_title(p, "parent"), p->line->text);
        parse_explain(p, "title", "parent", &f);
        found = true;
    }
    folded_free(&folded);
    return found;
}

static bool has_label(const struct parser *p)
{
    for (xmlNodePtr c = p->preface ? p->preface->children : NULL; c;
         c = c->next) {
        const char *class = tree_get(c, "class");

        if (class && strcmp(class, "label") == 0)
            return true;
    }
    return false;
}

static bool take_part(struct parser *p)
{
    struct finding f;
    bool open;

    if (p->line->cell)
        return false;
    if (find_annex(p, p->line, &p->folded, &f)) {
        if (is_annex_list(p))
            return false;
        open = p->region == REGION_TITLES && !has_label(p);
        take_annex(p, &f, open);
        return true;
    }
    return p->region != REGION_TITLES && take_parent_first(p);
}

/* ---- headings and titles by rule ------------------------------------------------------------ */

static bool take_heading(struct parser *p)
{
    size_t index = 0;
    struct finding f;

    if (p->line->cell || !wrap_has(p, p->line, KIND_HEADING))
        return false;
    while (scanner_find(p->scanner, KIND_HEADING, &index, &p->folded, 0, &f))
        if (f.rule->level > 0) {
            add_heading(p, f.rule, f.rule->level);
            parse_explain(p, "heading", f.rule->name, &f);
            return true;
        }
    return false;
}

/* The salutation and the like: a p with a class, whole. */
static bool take_class(struct parser *p, const struct finding *f)
{
    xmlNodePtr block;

    pop_to(p, 1);
    block = add_block(p, kind_name(f->rule->kind));
    block_text(p, block, p->line->text);
    note_ending(p, p->line->text, true);
    return true;
}

/* ---- regions --------------------------------------------------------------------------------- */

static xmlNodePtr conclusions_of(struct parser *p)
{
    if (!p->conclusions)
        p->conclusions = tree_add(p->tree, p->doc, "conclusions");
    return p->conclusions;
}

static xmlNodePtr add_conclusion(struct parser *p, const char *class)
{
    xmlNodePtr block = block_empty(p, conclusions_of(p), class);

    tree_set_origin(p->tree, block, p->line->origin);
    p->signature = NULL;
    return block;
}

static bool take_closing(struct parser *p, const struct finding *f)
{
    if (p->attachments || p->body->parent != p->doc)
        return false;
    pop_to(p, 1);
    block_text(p, add_conclusion(p, "closing"), p->line->text);
    p->region = REGION_CONCLUSIONS;
    (void)f;
    return true;
}

/* Behind name and office, a further line goes on with the office. */
static xmlNodePtr signatory_node(struct parser *p, bool office)
{
    xmlNodePtr last = p->signature ? p->signature->last : NULL, node;

    while (last && last->type == XML_TEXT_NODE)
        last = last->prev;
    if (!office && tree_is(last, "role") && tree_child(p->signature, "person")) {
        if (p->signature->last != last) {
            /* The space goes into the office, too. */
            xmlNodePtr space = p->signature->last;

            xmlUnlinkNode(space);
            xmlFreeNode(space);
            tree_text(p->tree, last, SPAN(" "));
        }
        return last;
    }
    node = tree_add(p->tree, p->signature, office ? "role" : "person");
    tree_set(p->tree, node, "refersTo",
             office ? "#signatory-role" : "#signatory");
    return node;
}

/* Two or three short lines in a row: name and office, in either order. */
static void add_signatory(struct parser *p, bool office)
{
    xmlNodePtr block, node;

    if (!p->signature) {
        block = block_empty(p, conclusions_of(p), NULL);
        p->signature = tree_add(p->tree, block, "signature");
        p->signature_origin = p->line->origin;
        tree_set_origin(p->tree, block, p->line->origin);
    } else {
        tree_text(p->tree, p->signature, SPAN(" "));
        block = p->signature->parent;
        xmlUnsetNsProp(block, p->tree->src, (const xmlChar *)"lines");
        xmlUnsetNsProp(block, p->tree->src, (const xmlChar *)"bytes");
        extend(&p->signature_origin, p->line->origin);
        tree_set_origin(p->tree, block, p->signature_origin);
    }
    node = signatory_node(p, office);
    block_text(p, node, p->line->text);
    parse_explain(p, "signature", office ? "office" : "name", NULL);
}

enum { SIGNATORY_WIDTH_MAX = 100 };

static void conclusion_line(struct parser *p)
{
    struct finding f;

    if (!p->line->text.len)
        return;
    if (scanner_is(p->scanner, KIND_ENCLOSURE, &p->folded, &f)) {
        block_labelled(p, add_conclusion(p, "enclosure"), &f, CAP_VALUE, NULL);
        p->after_enclosure = true;
        parse_explain(p, "enclosure", f.rule->name, &f);
    } else if (p->after_enclosure && p->line->gap == 0) {
        block_text(p, add_conclusion(p, "enclosure"), p->line->text);
        parse_explain(p, "enclosure", "", NULL);
    } else if (!p->after_enclosure && !lines_ends_sentence(p->line->text) &&
               lines_width(p->line->text) <= SIGNATORY_WIDTH_MAX) {
        add_signatory(p, scanner_is(p->scanner, KIND_SIGNATURE, &p->folded,
                                    &f));
    } else {
        p->after_enclosure = false;
        block_text(p, add_conclusion(p, NULL), p->line->text);
        parse_explain(p, "paragraph", "", NULL);
    }
}

/* Clauses behind the signature are an annex whose heading is missing. */
static bool take_unmarked_part(struct parser *p)
{
    struct finding f;

    if (p->line->cell || !wrap_has(p, p->line, KIND_CLAUSE) ||
        !scanner_is(p->scanner, KIND_CLAUSE, &p->folded, &f) || !is_firm(&f))
        return false;
    say(p, "annex-unmarked", "stands behind the signature: taken for an annex "
        "without a heading", f.match.at[CAP_NUM], (struct span){ 0 });
    open_part(p, NULL, (struct span){ 0 });
    p->region = REGION_BODY;
    return true;
}

/* Short lines, an office among them, up to an enclosure, an annex or the end:
 * a signature without a closing formula. */
enum { SIGNATURE_LINES_MAX = 6 };

static bool is_signature(struct parser *p)
{
    size_t lines = 0;
    bool office = false;

    if (p->attachments || p->body->parent != p->doc || p->line->cell ||
        !p->after_end || p->after_heading)
        return false;
    for (size_t i = p->at; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (lines && (wrap_has(p, line, KIND_ENCLOSURE) || line->gap > 1 ||
                      wrap_has(p, line, KIND_HEADING)))
            return office;
        if (lines++ == SIGNATURE_LINES_MAX || line->cell || !line->text.len ||
            lines_ends_sentence(line->text) ||
            lines_width(line->text) > SIGNATORY_WIDTH_MAX ||
            (wrap_classify(p, line) &
             ~(1u << KIND_SIGNATURE | 1u << KIND_FIELD)))
            return false;
        office |= wrap_has(p, line, KIND_SIGNATURE);
    }
    return office && lines > 1;
}

static bool take_signature(struct parser *p)
{
    if (!is_signature(p))
        return false;
    pop_to(p, 1);
    p->region = REGION_CONCLUSIONS;
    conclusion_line(p);
    return true;
}

static const struct {
    enum kind kind;
    bool (*take)(struct parser *p, const struct finding *finding);
} body_kinds[] = {
    { KIND_SALUTATION, take_class }, { KIND_OPENING, take_class },
    { KIND_CLOSING, take_closing },  { KIND_CAPTION, take_caption },
    { KIND_NOTE, take_note },        { KIND_BULLET, take_bullet },
};

static bool take_by_kind(struct parser *p)
{
    struct finding f;

    for (size_t i = 0; i < sizeof body_kinds / sizeof *body_kinds; i++)
        if (wrap_has(p, p->line, body_kinds[i].kind) &&
            scanner_is(p->scanner, body_kinds[i].kind, &p->folded, &f) &&
            body_kinds[i].take(p, &f)) {
            parse_explain(p, kind_name(body_kinds[i].kind), f.rule->name, &f);
            return true;
        }
    return false;
}

static bool take_toc(struct parser *p)
{
    struct frame *frame = top(p);
    bool lists = p->after_heading && frame->rule &&
                 frame->rule->kind == KIND_HEADING &&
                 strcmp(frame->rule->name, "lists") == 0;

    if (!wrap_has(p, p->line, KIND_TOC))
        return false;
    if (!block_toc(p, lists ? blocks_of(p, frame) : p->body, lists))
        return false;
    if (lists)
        extend(&frame->origin, p->line->origin);
    else
        pop_to(p, 1);
    p->after_end = true;
    p->after_heading = false;
    return true;
}

static bool take_table(struct parser *p)
{
    if (!block_is_table(p))
        return false;
    place_in_list(p, false);
    block_table(p, blocks_of(p, top(p)));
    extend(&top(p)->origin, p->line->origin);
    p->after_end = true;
    p->after_heading = p->after_colon = false;
    return true;
}

static void body_line(struct parser *p)
{
    xmlNodePtr caption = p->caption;

    if (take_table(p))
        return;
    if (!p->line->text.len)
        return;
    p->caption = NULL;
    if (take_toc(p) || take_heading(p) || take_by_kind(p) || take_label(p) ||
        take_lone_label(p) || take_signature(p))
        return;
    if (is_title_line(p)) {
        take_title_line(p);
    } else if (is_bare_heading(p)) {
        add_bare_heading(p);
    } else {
        take_paragraph(p);
    }
    (void)caption;
}

static bool has_plain_title(const struct parser *p)
{
    for (xmlNodePtr c = p->preface ? p->preface->children : NULL; c;
         c = c->next) {
        xmlNodePtr title = tree_child(c, "docTitle");

        if (title && title->children && title->children->content &&
            !is_capitals(span_of((const char *)title->children->content)))
            return true;
    }
    return false;
}

/* The title block of an attachment: parent, status, titles. */
static bool titles_line(struct parser *p)
{
    struct finding f;
    unsigned kinds = wrap_classify(p, p->line);

    if (!p->line->text.len)
        return true;
    if (wrap_has(p, p->line, KIND_TITLE) &&
        scanner_is(p->scanner, KIND_TITLE, &p->folded, &f)) {
        block_text(p, add_part_title(p, f.rule->name), p->line->text);
        parse_explain(p, "title", f.rule->name, &f);
        return true;
    }
    if (p->line->cell || !preface_is_title(p, p->line) ||
        (kinds & ~(1u << KIND_FIELD | 1u << KIND_SIGNATURE)))
        return false;
    if (has_plain_title(p) && is_capitals(p->line->text))
        return false; /* the first heading, by its look */
    block_text(p, tree_add(p->tree, add_part_title(p, "title"), "docTitle"),
               p->line->text);
    parse_explain(p, "title", "", NULL);
    return true;
}

static void take_line(struct parser *p)
{
    if (p->region == REGION_PREFACE) {
        preface_line(p);
        return;
    }
    if (take_part(p))
        return;
    if (p->region == REGION_CONCLUSIONS) {
        if (!take_unmarked_part(p)) {
            conclusion_line(p);
            return;
        }
    }
    if (p->region == REGION_TITLES) {
        if (titles_line(p))
            return;
        p->region = REGION_BODY;
    }
    body_line(p);
}

static void open_body(struct parser *p)
{
    preface_close_field(p);
    p->region = REGION_BODY;
    p->after_end = true;
}

static void open_document(struct parser *p)
{
    xmlNodePtr root = p->tree->failed ? NULL
                                      : xmlDocGetRootElement(p->tree->doc);

    p->doc = tree_add(p->tree, root, "doc");
    p->body = tree_add(p->tree, p->doc, "mainBody");
    push(p, FRAME_PART, p->body);
    p->region = REGION_PREFACE;
}

void parse(struct tree *tree, struct lines *lines, struct scanner *scanner,
           clausier_explain *explain, void *explain_user)
{
    struct parser p = { .lines = lines, .scanner = scanner, .tree = tree,
                        .diag = scanner->diag, .explain = explain,
                        .explain_user = explain_user };
    size_t end;

    open_document(&p);
    wrap_measure(&p);
    p.region = REGION_BODY; /* where labels at line starts count as such */
    end = preface_end(&p);
    p.region = REGION_PREFACE;
    for (p.at = 0; p.at < lines->count && !tree->failed; p.at++) {
        if (p.at == end)
            open_body(&p);
        if (p.region == REGION_PREFACE && p.at > end)
            open_body(&p);
        if (lines->at[p.at].gone)
            continue;
        wrap_gather(&p, p.at);
        take_line(&p);
    }
    if (p.depth)
        pop_to(&p, 0);
    if (p.words)
        ubrk_close(p.words);
    folded_free(&p.folded);
}
