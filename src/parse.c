/* Turns lines into a tree of parts, clauses, items and paragraphs: one stack,
 * one loop. */
#include "parse.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uloc.h>

#include "parser.h"

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

void parse_warn(struct parser *p, const char *code, const char *what,
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
void parse_note_ending(struct parser *p, struct span text, bool heading)
{
    p->before.indent = p->line ? p->line->indent : 0;
    p->before.colon = lines_ends_in_colon(text);
    p->before.end =
        heading || lines_ends_sentence(text) || lines_has_blank(text) ||
        lines_announce_item(text);
    p->before.heading = heading;
    p->before.address = lines_is_address(text);
    p->before.value = heading_is_label_and_value(text) && !p->before.colon;
    p->before.stop = lines_ends_in(text, ".") || lines_ends_in(text, "\u3002");
    p->proposal.listed |= p->proposal.quote && !heading && !p->before.stop &&
                          (p->before.end || lines_ends_in_comma(text));
}

/* ---- lines of the body ----------------------------------------------------- */

static void take_paragraph(struct parser *p)
{
    struct node *block;

    list_place(p, false);
    block = stack_add_block(p, NULL);
    block_text(p, block, p->line->text);
    parse_note_ending(p, p->line->text, false);
    parse_explain(p, "paragraph", "", NULL);
}

static bool take_note(struct parser *p, const struct finding *f)
{
    struct node *block;

    list_place(p, true);
    block = stack_add_block(p, "note");
    block_labelled(p, block, f, CAP_TEXT, NULL);
    parse_note_ending(p, p->line->text, false);
    if (rule_is(f->rule, "list"))
        p->before.notes = p->line;
    return true;
}

enum { CAPTION_WIDTH_MAX = 100 };

/* "FIGURE 1" alone, and below it in small letters what it shows, where the
 * picture was left out. */
static bool is_figure_without_picture(const struct parser *p,
                                      const struct finding *f,
                                      const struct line *title)
{
    return rule_is(f->rule, "figure") && heading_is_capitals(p->line->text) &&
           label_begins_high(title->text) && !heading_is_capitals(title->text);
}

/* "(in thousands of francs)" right below the title of a table. */
static bool is_unit(const struct finding *f, const struct line *line)
{
    return rule_is(f->rule, "table") && line->gap == 0 &&
           lines_is_enclosed(line->text);
}

/* "Table 1", its title, and the table; or a figure and its picture. */
static struct line *caption_title(struct parser *p, const struct finding *f)
{
    struct line *next = look_next(p, p->at), *shown;

    if (!next || (f->match.at[CAP_TITLE].len && !is_unit(f, next)) ||
        next->gap > 1 || next->cell || !next->text.len ||
        lines_is_mark(p->lines, next->text) ||
        lines_ends_sentence(next->text) ||
        lines_width(next->text) > CAPTION_WIDTH_MAX ||
        (look_classify(p, next) & ~(1u << KIND_FIELD | 1u << KIND_TITLE)))
        return NULL;
    if (is_figure_without_picture(p, f, next))
        return next;
    shown = look_below(p, next);
    return shown && (rule_is(f->rule, "table")
                         ? shown->cell
                         : lines_is_mark(p->lines, shown->text))
               ? next
               : NULL;
}

static bool take_caption(struct parser *p, const struct finding *f)
{
    struct line *title = caption_title(p, f);
    struct node *block;

    stack_pop_lists(p);
    block = stack_add_block(p, "caption");
    block_text(p, block, p->line->text);
    if (title) {
        draft_add(p->draft, block, "br");
        block_text(p, block, (struct span){ " ", 1 });
        block_text(p, block, title->text);
        title->gone = true;
        stack_extend(&p->line->origin, title->origin);
        stack_extend(&stack_top(p)->origin, title->origin);
        draft_set_origin(p->draft, block, p->line->origin);
    }
    /* What a colon stands before is the caption of the table above. */
    if (rule_is(f->rule, "table") && *p->line->text.at != ':')
        p->caption = block;
    parse_note_ending(p, p->line->text, true);
    return true;
}

/* Inside a clause "The group:" is a sentence that a list goes on with, if no
 * preamble follows. */
static bool is_sentence(struct parser *p, const struct finding *f)
{
    struct line *next = look_next(p, p->at);

    return f->rule->kind == KIND_OPENING && section_is_open(p) &&
           !(next && look_has(p, next, KIND_HEADING)) &&
           !decision_opens(p, p->line);
}

/* The salutation and the like: a p with a class, whole. */
static bool take_class(struct parser *p, const struct finding *f)
{
    struct node *block;

    if (is_sentence(p, f) ||
        (rule_is(f->rule, "addressed") && p->body->children) ||
        (f->rule->kind == KIND_OPENING && proposal_is_begun(p)))
        return false;
    if (f->rule->kind == KIND_OPENING &&
        (proposal_is_quote(p) || decision_has_place(p)))
        proposal_open_quote(p);
    else if (f->rule->kind == KIND_OPENING)
        stack_pop_sections(p);
    else
        stack_pop_to(p, 1); /* no proposal goes on behind a salutation */
    block = stack_add_block(p, kind_name(f->rule->kind));
    block_text(p, block, p->line->text);
    parse_note_ending(p, p->line->text, true);
    p->before.colon = false; /* what it ends in announces no list */
    p->part.decides |= f->rule->kind == KIND_OPENING;
    return true;
}

static const struct {
    enum kind kind;
    bool (*take)(struct parser *p, const struct finding *finding);
} body_kinds[] = {
    { KIND_SALUTATION, take_class }, { KIND_OPENING, take_class },
    { KIND_CLOSING, conclusion_take_closing },  { KIND_CAPTION, take_caption },
    { KIND_NOTE, take_note },        { KIND_BULLET, list_take_bullet },
};

static bool take_by_kind(struct parser *p)
{
    struct finding f;

    for (size_t i = 0; i < sizeof body_kinds / sizeof *body_kinds; i++)
        if (look_find(p, p->line, body_kinds[i].kind, NULL, &f) &&
            body_kinds[i].take(p, &f)) {
            parse_explain(p, kind_name(body_kinds[i].kind), f.rule->name, &f);
            return true;
        }
    return false;
}

static bool take_toc(struct parser *p)
{
    struct frame *frame = stack_top(p);
    bool lists = p->before.heading && frame->rule &&
                 frame->rule->kind == KIND_HEADING &&
                 rule_is(frame->rule, "lists");

    if (!look_has(p, p->line, KIND_TOC))
        return false;
    if (!toc_take(p, lists ? stack_blocks(p, frame) : p->body, lists))
        return false;
    if (lists)
        stack_extend(&frame->origin, p->line->origin);
    else
        stack_pop_to(p, 1);
    p->before.end = true;
    p->before.heading = false;
    return true;
}

/* "16 May": a number and a space are no label in a cell. */
static bool begins_with_count(struct span text)
{
    size_t at = 0;

    while (at < text.len && is_digit(text.at[at]))
        at++;
    return at && at < text.len && text.at[at] == ' ';
}

/* Items that somebody indented with a TAB. */
static bool is_indented_item(struct parser *p)
{
    const unsigned labels = 1u << KIND_ITEM | 1u << KIND_BULLET;
    struct line *next = look_next(p, p->at);

    return p->line->cell && p->line->gap == 0 &&
           (p->before.colon || stack_top(p)->type == FRAME_ITEM) &&
           (look_classify(p, p->line) & labels) &&
           !begins_with_count(p->line->text) &&
           !(next && next->cell && !(look_classify(p, next) & labels));
}

static bool take_table(struct parser *p)
{
    if (is_indented_item(p) || !block_is_table(p))
        return false;
    list_place(p, false);
    block_table(p, stack_blocks(p, stack_top(p)));
    stack_extend(&stack_top(p)->origin, p->line->origin);
    p->before.end = true;
    p->before.heading = p->before.colon = false;
    return true;
}

/* The closing formula in the first cell of a row: name and office stand below
 * it. */
static bool take_closing_cell(struct parser *p)
{
    struct finding f;

    return p->line->cell && look_find(p, p->line, KIND_CLOSING, NULL, &f) &&
           conclusion_take_closing(p, &f);
}

static void body_line(struct parser *p)
{
    if (take_closing_cell(p)) {
        parse_explain(p, "closing", "words", NULL);
        return;
    }
    if ((p->line->cell && conclusion_take_signature(p)) || take_table(p))
        return;
    if (!p->line->text.len)
        return;
    p->caption = NULL;
    if (lines_is_rule(p->line->text)) {
        take_paragraph(p);
        p->before.rule = true;
        return;
    }
    if (decision_take_title(p) || decision_take_article(p) || letter_take(p) ||
        heading_take_subject(p) || take_toc(p) || heading_take(p) ||
        take_by_kind(p) || heading_take_numbered(p) || label_take(p) ||
        label_take_lone(p) || conclusion_take_enclosure(p) ||
        conclusion_take_signature(p))
        return;
    if (heading_is_titled_below(p)) {
        take_paragraph(p);
    } else if (heading_is_group(p)) {
        heading_add_bare(p, true);
    } else if (heading_is_title(p)) {
        heading_take_title(p);
    } else if (heading_is_bare(p)) {
        heading_add_bare(p, false);
    } else {
        take_paragraph(p);
    }
}

static void take_line(struct parser *p)
{
    decision_read_marks(p);
    if (p->line->version && !p->in_column)
        part_open_version(p);
    if (p->region == REGION_PREFACE) {
        preface_line(p);
        return;
    }
    if (p->line->listed && p->region == REGION_BODY) {
        if (take_toc(p))
            return;
        take_paragraph(p);
        p->before.end = true;
        return;
    }
    if (part_take(p) || back_take(p))
        return;
    if (p->region == REGION_CONCLUSIONS) {
        if (!enclosed_take(p)) {
            conclusion_line(p);
            return;
        }
    } else if (p->named) {
        enclosed_take_named(p);
    }
    if (proposal_take(p))
        return;
    if (p->region == REGION_TITLES) {
        if (part_take_title(p))
            return;
        p->region = REGION_BODY;
    }
    body_line(p);
}

/* What stood beside the line that was read is the next one. */
static void take_column(struct parser *p)
{
    p->line->text = p->column;
    p->line->gap = 0;
    p->line->asked = p->line->kinds = 0;
    p->column.len = 0;
    p->in_column = true;
    if (p->header.field)
        p->beside_rule = p->header.rule;
    p->at--;
}

/* Lines of a title where no words tell what it is. */
enum { TITLE_LINES_MAX = 3 };

static void open_body(struct parser *p)
{
    field_close(p);
    preface_find_title(p);
    p->region = REGION_BODY;
    p->before.end = true;
}

static void open_document(struct parser *p)
{
    struct node *root = p->draft->failed ? NULL : p->draft->root;

    p->doc = draft_add(p->draft, root, "doc");
    p->body = draft_add(p->draft, p->doc, "mainBody");
    stack_push(p, FRAME_PART, p->body);
    p->region = REGION_PREFACE;
}

/* A label is text alone: an image in it, or the note that it calls, stands
 * before what follows it. */
static void clear_label(struct node *num)
{
    struct node *to = draft_next(num, num->parent, false), *first, *next;

    while (to && !draft_is(to, "p") && !draft_is(to, "heading"))
        to = draft_next(to, num->parent, true);
    first = to ? to->children : NULL;
    for (struct node *n = num->children; n && to; n = next) {
        next = n->next;
        if (!n->name)
            continue;
        draft_unlink(n);
        if (first)
            draft_insert_before(first, n);
        else
            draft_append(to, n);
    }
}

static void clear_labels(struct node *top)
{
    for (struct node *n = top; n; n = draft_next(n, top, true))
        if (draft_is(n, "num"))
            clear_label(n);
}

/* The number in the second column may be broken: "PLENARY MEETING", a TAB and
 * "Addendum 3 to", with "Document 65-E" below. */
static void gather_line(struct parser *p)
{
    const struct line *line = &p->lines->at[p->at];
    const char *alone = line->text.at;

    if (p->region == REGION_PREFACE)
        beside_part(p, p->at);
    wrap_gather(p, p->at);
    if (p->region == REGION_PREFACE && !p->column.len && line->text.at != alone)
        beside_part(p, p->at);
}

void parse(struct draft *draft, struct lines *lines, struct scanner *scanner,
           clausier_explain *explain, void *explain_user)
{
    struct parser p = { .lines = lines,
                        .scanner = scanner,
                        .draft = draft,
                        .diag = scanner->diag,
                        .explain = explain,
                        .explain_user = explain_user };

    draft->numerals = &scanner->grammar->numerals;
    open_document(&p);
    width_measure(&p);
    if (scanner->grammar->wordless)
        series_mark(&p);
    chapter_mark(&p);
    /* What is listed has begun the runs of those below it. */
    if (listed_mark(&p))
        chapter_mark(&p);
    p.region = REGION_BODY; /* where labels at line starts count as such */
    if (uloc_isRightToLeft(scanner->grammar->tag))
        scanner->turned = draft->turned = label_are_turned(&p);
    p.preface_end = header_find_end(&p);
    if (scanner->grammar->wordless)
        p.preface_end = letter_find_text(&p, p.preface_end);
    p.header.letterhead =
        p.preface_end > TITLE_LINES_MAX && scanner->grammar->wordless;
    p.region = REGION_PREFACE;
    for (p.at = 0; p.at < lines->count && !draft->failed; p.at++) {
        if (p.at == p.preface_end)
            open_body(&p);
        if (p.region == REGION_PREFACE && p.at > p.preface_end)
            open_body(&p);
        if (lines->at[p.at].gone)
            continue;
        gather_line(&p);
        take_line(&p);
        if (p.column.len)
            take_column(&p);
        else if (p.in_column)
            beside_leave(&p);
    }
    if (p.depth)
        stack_pop_to(&p, 0);
    if (lines->mark_count)
        clear_labels(draft->root);
    if (p.words)
        ubrk_close(p.words);
    folded_free(&p.folded);
    folded_free(&p.looked);
}
