/* Attachments: their headings and title blocks. */
#include <string.h>
#include <unicode/uchar.h>

#include "parser.h"

/* "Annex 1 - Replace item 3 by the following:" */
static bool is_instruction(struct span title)
{
    return lines_ends_in_colon(title) || lines_ends_sentence(title);
}

bool part_find(struct parser *p, struct line *line, struct finding *f)
{
    const struct folded *text =
        look_has(p, line, KIND_HEADING) ? look_folded(p, line) : NULL;
    size_t index = 0;

    while (text &&
           scanner_find(p->scanner, KIND_HEADING, &index, text, 0, f))
        if (f->rule->level == 0 &&
            (line->series || !series_is_rule(f->rule)))
            return !is_instruction(f->match.at[CAP_TITLE]);
    return false;
}

/* Lines of a cell that stand above another one. */
enum { CELL_LINES_MAX = 8 };

/* Whether the line is of a table that has more cells than this one. */
bool part_is_in_table(struct parser *p, const struct line *line)
{
    size_t at = (size_t)(line - p->lines->at);
    const struct line *next = look_next(p, at), *above = line;

    if (!line->cell)
        return false;
    if (line->gap == 0 || (next && next->cell && next->gap <= 1))
        return true;
    for (unsigned i = 0; line->gap == 1 && i < CELL_LINES_MAX && at > 0; i++) {
        above = &p->lines->at[--at];
        if (above->cell || above->gap > 0)
            return above->cell;
    }
    return false;
}

/* Whether the line is the heading of an annex: the one called `num`, or any
 * where `rule` is NULL. */
bool part_names(struct parser *p, struct line *line, const struct rule *rule,
                struct span num)
{
    struct finding f;

    return part_find(p, line, &f) && !part_is_in_table(p, line) &&
           (!rule || (f.rule == rule && span_equal(f.match.at[CAP_NUM], num)));
}

bool part_is_among_fields(struct parser *p, struct line *line)
{
    struct line *above = line > p->lines->at ? line - 1 : NULL;
    struct finding f, field;

    return above && line->gap == 0 && !line->cell && !above->cell &&
           !above->gone && part_find(p, line, &f) && !f.match.at[CAP_NUM].len &&
           f.match.at[CAP_TITLE].len &&
           heading_is_label_and_value(line->text) &&
           look_find(p, above, KIND_FIELD, NULL, &field) &&
           field.match.at[CAP_LABEL].at && field.match.at[CAP_VALUE].len;
}

bool part_begins(struct parser *p, struct line *line)
{
    return !part_is_among_fields(p, line) &&
           part_names(p, line, NULL, (struct span){ 0 });
}

void part_open(struct parser *p, const struct rule *rule,
                      struct span label)
{
    struct node *attachment;

    p->decided |= p->part.decides || p->proposal.quote;
    stack_pop_to(p, 0);
    field_close(p);
    p->signing.block = NULL;
    p->enclosures = ENCLOSURES_NONE;
    if (!p->attachments)
        p->attachments = draft_add(p->draft, p->doc, "attachments");
    attachment = draft_add(p->draft, p->attachments, "attachment");
    attachment = draft_add(p->draft, attachment, "doc");
    draft_set(p->draft, attachment, "name",
              rule && !series_is_rule(rule) ? rule->name : "annex");
    p->preface = NULL;
    p->body = draft_add(p->draft, attachment, "mainBody");
    if (p->version)
        draft_set(p->draft, p->body, "xml:lang", p->version);
    p->part = (struct open_part){ .label = label };
    stack_push(p, FRAME_PART, p->body);
    p->region = REGION_TITLES;
    p->before = (struct before){ .indent = p->before.indent, .end = true };
}

static void open_document(struct parser *p)
{
    part_open(p, NULL, (struct span){ 0 });
    draft_set(p->draft, p->body->parent, "name", "document");
}

void part_open_version(struct parser *p)
{
    p->version = p->line->version;
    open_document(p);
}

static struct node *add_part_title(struct parser *p, const char *class)
{
    struct node *block = block_empty(p, preface_of(p), class);

    draft_set_origin(p->draft, block, p->line->origin);
    return block;
}

/* The label, what stands behind it in brackets, say, and a title. A grammar
 * may name neither; no text is lost for that. */
static void take_annex(struct parser *p, const struct finding *f, bool open)
{
    struct span label = f->match.at[CAP_LABEL], line = p->line->text;
    struct span title = f->match.at[CAP_TITLE];
    const char *line_end = line.at + line.len, *end;
    struct node *block;

    if (!label.at) {
        label = line;
        title.len = 0;
    }
    end = label.at + label.len;
    if (!title.len || title.at < end)
        title = span_between(line_end, line_end);
    if (!open)
        part_open(p, f->rule, f->match.at[CAP_NUM]);
    p->part.label = f->match.at[CAP_NUM];
    block = add_part_title(p, "label");
    block_text(p, block, span_between(line.at, label.at));
    block_text(p, draft_add(p->draft, block, "docNumber"), label);
    block_text(p, block, span_between(end, title.at));
    if (title.len)
        heading_write(p, block, "docTitle", title);
    block_text(p, block, span_between(title.at + title.len, line_end));
    parse_explain(p, "heading", f->rule->name, f);
}

/* The line that names the parent may stand before the annex's own mark. */
static bool take_parent_first(struct parser *p)
{
    struct finding f, annex;
    struct line *next = look_next(p, p->at);

    if (!next || next->gap > 3 || p->line->cell ||
        !look_find(p, p->line, KIND_TITLE, "parent", &f) ||
        !part_find(p, next, &annex))
        return false;
    part_open(p, annex.rule, (struct span){ 0 });
    block_text(p, add_part_title(p, "parent"), p->line->text);
    parse_explain(p, "title", "parent", &f);
    return true;
}

/* A whole document may stand in the annex, with a header of its own. */
static void take_cover(struct parser *p)
{
    size_t end = header_find_annexed(p);

    if (!end)
        return;
    p->region = REGION_PREFACE;
    p->preface_end = end;
    p->header = (struct open_header){ .end = end };
}

static bool has_label(const struct parser *p)
{
    for (struct node *c = p->preface ? p->preface->children : NULL; c;
         c = c->next)
        if (draft_has_class(c, "label"))
            return true;
    return false;
}

static bool is_change(struct parser *p, struct span text)
{
    return scanner_takes(p->scanner, KIND_SAME, "amending", text, NULL);
}

/* "Replace ...", "In item 4, replace ..." right below: what the line names is
 * changed. */
static bool is_above_change(struct parser *p)
{
    struct line *next = look_next(p, p->at);
    const char *comma;

    if (!next || next->cell || next->gap > 1 || !next->text.len ||
        !(lines_ends_sentence(next->text) || lines_ends_in_colon(next->text)))
        return false;
    comma = memchr(next->text.at, ',', next->text.len);
    return is_change(p, next->text) ||
           (comma &&
            is_change(p, span_between(comma, next->text.at + next->text.len)));
}

/* "Annex 1 (Terms of reference)" among the changes that an annex puts forward:
 * a heading in that. */
static bool take_changed_annex(struct parser *p, const struct finding *f)
{
    if (p->region != REGION_BODY || p->body->parent == p->doc ||
        !p->before.end || f->match.at[CAP_TITLE].len ||
        !lines_ends_in(p->line->text, ")") || !is_above_change(p))
        return false;
    heading_add(p, NULL, 1);
    parse_explain(p, "heading", "", NULL);
    return true;
}

bool part_take(struct parser *p)
{
    struct finding f;
    bool open;

    if (part_is_in_table(p, p->line) || part_is_among_fields(p, p->line))
        return false;
    if (part_find(p, p->line, &f)) {
        if (part_is_mark(p, &f) || part_names_no_text(p, &f))
            return false;
        if (proposal_take_annex(p, &f) || take_changed_annex(p, &f))
            return true;
        if (part_is_listed(p, &f)) {
            if (p->region == REGION_CONCLUSIONS)
                p->enclosures = ENCLOSURES_LISTED;
            return false;
        }
        open = p->region == REGION_TITLES && !has_label(p);
        take_annex(p, &f, open);
        take_cover(p);
        return true;
    }
    return p->region != REGION_TITLES && take_parent_first(p);
}

static bool has_title(const struct parser *p)
{
    for (struct node *c = p->preface ? p->preface->children : NULL; c;
         c = c->next)
        if (draft_child(c, "docTitle"))
            return true;
    return false;
}

/* Besides "Approved by the order of the Minister", which is none, though it
 * stands above one. */
static bool has_plain_title(const struct parser *p)
{
    for (struct node *c = p->preface ? p->preface->children : NULL; c;
         c = c->next) {
        struct span title = draft_first_text(draft_child(c, "docTitle"));

        if (title.len && !heading_is_capitals(title) &&
            !scanner_takes(p->scanner, KIND_HEADING, "schedule", title, NULL))
            return true;
    }
    return false;
}

/* A title block is short, and a text stands below it. */
enum { TITLES_MAX = 6 };

/* "Geneva, 3-7 May 2031", in brackets perhaps. */
static bool is_place_and_date(struct parser *p, const struct line *line)
{
    struct span text = line->text;

    if (text.len > 2 && text.at[0] == '(' && lines_ends_in(text, ")"))
        text = (struct span){ text.at + 1, text.len - 2 };
    return scanner_takes(p->scanner, KIND_FIELD, "placeDate", text, NULL);
}

/* "Meeting of the group, Geneva, 3-7 May 2031". */
static bool ends_in_place_and_date(struct parser *p, const struct line *line)
{
    struct span text = line->text;
    const char *comma;

    while ((comma = memchr(text.at, ',', text.len)) != NULL) {
        text = span_between(comma + 1, text.at + text.len);
        if (scanner_takes(p->scanner, KIND_FIELD, "placeDate", span_trim(text),
                          NULL))
            return true;
    }
    return false;
}

/* "Meeting of the group" below "Draft agenda", and below it where and when, or
 * behind it, with the agenda behind that: all of it is the title. */
static bool leads_to_date(struct parser *p)
{
    struct line *line = p->line, *next;

    for (unsigned i = 0; line && i < TITLES_MAX; i++) {
        next = look_below(p, line);
        if (line->cell || !preface_is_title(p, line))
            return false;
        if (is_place_and_date(p, line) || ends_in_place_and_date(p, line))
            return next && (next->cell ||
                            look_kinds(p, next, 1u << KIND_CLAUSE |
                                                    1u << KIND_NOTE));
        line = next;
    }
    return false;
}

/* "(to be returned before 2 May 2031)", set apart below the title of a form. */
static bool is_of_form(struct parser *p)
{
    struct span text = p->line->text;

    return p->line->gap > 0 && lines_is_enclosed(text) && text.at[0] == '(' &&
           u_islower(span_first((struct span){ text.at + 1, text.len - 1 })) &&
           lines_has_digit(text) && has_title(p) &&
           !look_has(p, p->line, KIND_TITLE);
}

/* "Contacts", right below the mark of an annex, and a table or a clause below
 * it. */
static bool is_title_like_label(struct parser *p)
{
    struct line *next = look_below(p, p->line);

    return !has_title(p) && !lines_has_label(p->line->text) &&
           !lines_ends_in_colon(p->line->text) && next &&
           (next->cell || look_has(p, next, KIND_CLAUSE));
}

/* A row of two columns, an address, "Subject: ..." or the hours of a programme.
 */
static bool is_no_title(struct parser *p)
{
    struct span text = p->line->text;

    return memchr(text.at, '\t', text.len) || memchr(text.at, '@', text.len) ||
           memmem(text.at, text.len, "    ", 4) ||
           memmem(text.at, text.len, "://", 3) ||
           (has_plain_title(p) && is_digit(text.at[0]) && !leads_to_date(p)) ||
           (has_plain_title(p) && lines_has_label(text)) ||
           (look_has_label(p, p->line) && !is_title_like_label(p)) ||
           is_of_form(p);
}

/* Nothing but short lines up to the next part, or more than a title has: a list
 * of names, say. */
static bool is_list_of_lines(struct parser *p)
{
    struct line *line = p->line;

    for (unsigned i = 0; line && i < TITLES_MAX; i++) {
        if (line->text.len &&
            (part_begins(p, line) || lines_is_rule(line->text)))
            return true;
        if (line->cell || !preface_is_title(p, line) ||
            (look_classify(p, line) &
             ~(1u << KIND_FIELD | 1u << KIND_SIGNATURE | 1u << KIND_TITLE)))
            return false;
        line = look_below(p, line);
    }
    return true;
}

/* Below its title a resolution begins: all lines up to there are titles. */

static bool leads_to_opening(struct parser *p)
{
    struct line *line = p->line;

    for (unsigned i = 0; line && i < TITLES_MAX; i++) {
        if (look_has(p, line, KIND_OPENING))
            return true;
        if (line->cell || !preface_is_title(p, line))
            return false;
        line = look_below(p, line);
    }
    return false;
}

/* "Abbreviations" right below "Appendix I" is the title, unless it heads one
 * piece among others: another such heading, or clauses behind its text. */
static bool is_only_heading(struct parser *p)
{
    struct line *line = p->line;
    struct finding f;
    bool text = false;

    if (has_title(p) || !look_find(p, line, KIND_HEADING, NULL, &f) ||
        f.rule->level != 2)
        return false;
    while ((line = look_below(p, line)) &&
           !(line->text.len && part_begins(p, line))) {
        unsigned kinds =
            look_kinds(p, line, 1u << KIND_HEADING | 1u << KIND_CLAUSE);

        if (kinds & 1u << KIND_HEADING || heading_is_topic(p, line))
            return false;
        if (kinds)
            return !text;
        text = true;
    }
    return text;
}

/* How wide the first heading is at most, and how far below it the next one is
 * looked for. */
enum { FIRST_WIDTH_MAX = 24, HEAD_WIDTH_MAX = 44, HEAD_LINES_MAX = 64 };
enum { TEXT_WIDTH_MIN = 50 };

/* A few words above a clause or a text. */
static bool is_head(struct parser *p, struct line *line)
{
    struct line *next = look_below(p, line);

    return next && !next->cell && next->gap <= 1 && !line->cell &&
           preface_is_title(p, line) && label_begins_high(line->text) &&
           lines_width(line->text) <= HEAD_WIDTH_MAX &&
           !lines_has_comma(line->text) && !lines_ends_in_colon(line->text) &&
           !lines_has_digit(line->text) &&
           !(look_classify(p, line) &
             ~(1u << KIND_FIELD | 1u << KIND_SIGNATURE)) &&
           (look_has(p, next, KIND_CLAUSE) ||
            lines_width(next->text) > TEXT_WIDTH_MIN ||
            (line->gap > 0 && lines_ends_sentence(next->text)));
}

/* "General" below the title, and further down "Fees" behind a sentence. */
static bool is_first_of_heads(struct parser *p)
{
    struct line *line = p->line;
    bool end = false;

    if (lines_width(line->text) > FIRST_WIDTH_MAX || !is_head(p, line))
        return false;
    for (unsigned i = 0; i < HEAD_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || part_begins(p, line))
            return false;
        if (end && is_head(p, line))
            return true;
        end = lines_ends_sentence(line->text);
    }
    return false;
}

/* Right below the meeting that an annex is of: where and when. */
static bool is_date_of_meeting(struct parser *p, struct line *line)
{
    return line->gap == 0 && !line->cell && has_title(p) &&
           is_place_and_date(p, line);
}

/* The line that is drawn below that; what stands below it is the title. */
static bool take_underline(struct parser *p)
{
    if (p->line->gap > 0 || p->line->cell || !lines_is_rule(p->line->text) ||
        !is_date_of_meeting(p, look_above(p, p->line)))
        return false;
    block_text(p, add_part_title(p, NULL), p->line->text);
    p->part.underlined = true;
    parse_explain(p, "title", "", NULL);
    return true;
}

/* A short line at the margin, set apart below a title in the middle of the
 * page.
 */
enum { MIDDLE_MIN = 10, MARGIN_MAX = 2 };

static bool is_at_margin(struct parser *p)
{
    const struct line *above = look_above(p, p->line);

    return p->line->gap > 0 && p->line->indent <= MARGIN_MAX &&
           lines_width(p->line->text) <= TEXT_WIDTH_MIN && !above->cell &&
           above->indent >= MIDDLE_MIN && has_title(p);
}

/* "Rules concerning" above "ARTICLE 9": the title goes on. */
static bool is_title_unfinished(const struct parser *p)
{
    const struct node *last = p->preface ? p->preface->last : NULL;
    struct span title = draft_first_text(draft_child(last, "docTitle"));

    return draft_has_class(last, "title") && title.len && !p->line->cell &&
           p->line->gap <= 1 &&
           scanner_takes(p->scanner, KIND_UNFINISHED, "words", title, NULL);
}

/* The title block of an attachment: parent, status, titles. */
bool part_take_title(struct parser *p)
{
    struct node *block;
    struct finding f;
    unsigned kinds = look_classify(p, p->line);

    if (!p->line->text.len) /* nothing, or the first cell of a table */
        return !(p->line->cell && block_is_table(p));
    /* Of the decision above nothing is left but its number. */
    if (p->part.apart && has_title(p) && decision_begins(p, p->line)) {
        part_open_decision(p);
        return true;
    }
    if (look_find(p, p->line, KIND_TITLE, NULL, &f)) {
        block = add_part_title(p, f.rule->name);
        if (rule_is(f.rule, "number"))
            block = draft_add(p->draft, block, "docNumber");
        block_text(p, block, p->line->text);
        parse_explain(p, "title", f.rule->name, &f);
        return true;
    }
    if (take_underline(p))
        return true;
    if (kinds & 1u << KIND_HEADING && is_only_heading(p))
        kinds &= ~(1u << KIND_HEADING);
    if (preface_is_title(p, p->line) && is_title_unfinished(p)) {
        preface_add_title_line(p);
        return true;
    }
    if (p->line->cell || !preface_is_title(p, p->line) || is_no_title(p) ||
        (kinds & ~(1u << KIND_FIELD | 1u << KIND_SIGNATURE)))
        return false;
    if (p->line->day || (has_title(p) && is_above_change(p)) ||
        is_at_margin(p) ||
        (has_title(p) && !p->part.underlined &&
         !is_date_of_meeting(p, p->line) && is_list_of_lines(p)))
        return false;
    /* The first heading, by its words, its look or the contents. */
    if (has_plain_title(p) && !leads_to_opening(p) && !leads_to_date(p) &&
        (p->line->contents || heading_is_capitals(p->line->text) ||
         heading_is_topic(p, p->line) || heading_is_counted(p) ||
         is_first_of_heads(p)))
        return false;
    p->part.underlined = false;
    heading_write(p, add_part_title(p, "title"), "docTitle", p->line->text);
    parse_explain(p, "title", "", NULL);
    return true;
}

void part_open_matter(struct parser *p)
{
    open_document(p);
    heading_write(p, add_part_title(p, "title"), "docTitle", p->line->text);
    p->region = REGION_BODY;
}

void part_open_decision(struct parser *p)
{
    open_document(p);
    p->part.apart = true;
    if (part_take_title(p))
        return;
    heading_write(p, add_part_title(p, "title"), "docTitle", p->line->text);
    parse_explain(p, "title", "", NULL);
}
