/* Headings that a rule knows, and titles in the text. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"

/* "List of participants": below it names stand, in capitals as well. */
static bool is_roster(struct parser *p, struct span title)
{
    return scanner_takes(p->scanner, KIND_TERMS, "roster", title, NULL);
}

void heading_write(struct parser *p, struct node *parent, const char *name,
                   struct span title)
{
    block_text(p, draft_add(p->draft, parent, name), title);
    if (!is_roster(p, title))
        return;
    p->part.roster = true;
    p->part.all_roster |= strcmp(name, "docTitle") == 0;
}

void heading_add(struct parser *p, const struct rule *rule, int level)
{
    struct frame *frame = section_open(p, rule, level);

    heading_write(p, frame->node, "heading", p->line->text);
    parse_note_ending(p, p->line->text, true);
}

/* In scripts without capitals nothing is written in them, whatever acronyms
 * stand between the words. */
bool heading_is_capitals(struct span text)
{
    unsigned letters = 0;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (u_islower(c) ||
            (u_isalpha(c) && !u_hasBinaryProperty(c, UCHAR_CASED)))
            return false;
        letters += u_isupper(c) != 0;
    }
    return letters > 3;
}

bool heading_is_announced(struct span text)
{
    return lines_ends_in_colon(text) && heading_is_capitals(text);
}

/* What the clauses of terms of reference are called reads as a heading wherever
 * it stands alone on its line. */
bool heading_is_topic(struct parser *p, struct line *line)
{
    const struct folded *text;

    if (!line || line->cell || lines_ends_sentence(line->text) ||
        lines_width(line->text) > BARE_WIDTH_MAX ||
        !label_begins_high(line->text))
        return false;
    text = look_folded(p, line);
    return text &&
           scanner_is_named(p->scanner, KIND_TERMS, "topic", text, NULL);
}

bool heading_is_label_and_value(struct span text)
{
    const char *colon = memchr(text.at, ':', text.len);

    return lines_has_label(text) ||
           (colon && (colon == text.at || !is_digit(colon[-1])));
}

/* Lines of a title between the front matter and the first clause of a part. */
enum { TITLE_LINES_MAX = 4 };

/* The number of what a proposal would suppress, or its title below that. */
static bool is_title_of_proposal(struct parser *p)
{
    const struct frame *frame = stack_top(p);

    if (!p->proposal.depth || p->depth != p->proposal.depth)
        return false;
    return frame->blocks
               ? draft_has_class(frame->blocks->last, "title")
               : look_find(p, p->line, KIND_TITLE, "number", NULL);
}

/* "7 March", a TAB, "Registration". */
static bool is_row_of_tabs(const struct line *line)
{
    return memchr(line->text.at, '\t', line->text.len);
}

/* Clauses were counted below words alone, and count on: no title stands there.
 */
static bool is_among_clauses(struct parser *p)
{
    return p->part.last.clause.depth > 0 && p->part.bare_seen[false] &&
           !p->proposal.depth &&
           (memmem(p->line->text.at, p->line->text.len, "    ", 4) ||
            heading_heads_next(p));
}

/* "Comments", which has no number. */
static bool is_bare_section(const struct node *node)
{
    return draft_is(node, "section") && draft_is(node->children, "heading");
}

/* "Amendments" behind the first paragraph of a letter, or behind what stands
 * below another heading of it: that has its subject above. */
static bool is_in_letter(const struct parser *p)
{
    const struct node *first = p->body->children, *last = p->body->last;

    return draft_has_class(first, "salutation") && last != first &&
           ((draft_is(last, "p") && !draft_has_class(last, "salutation")) ||
            is_bare_section(last)) &&
           !p->proposal.depth;
}

/* Less may be a heading. */
enum { TEXT_WIDTH_MIN = 60 };

/* "Revision of the list" below the salutation, above the first sentence of a
 * letter that says nowhere else what it is about. */
static bool is_subject(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return draft_has_class(p->body->last, "salutation") &&
           p->body->parent == p->doc && p->line->gap > 0 && !p->line->cell &&
           next && next->gap > 0 && !next->cell &&
           (lines_width(next->text) > lines_width(p->line->text) ||
            look_has(p, next, KIND_CLAUSE)) &&
           (lines_ends_sentence(next->text) ||
            lines_width(next->text) > TEXT_WIDTH_MIN) &&
           lines_width(p->line->text) > SHORT_WIDTH_MAX &&
           label_begins_high(p->line->text) && preface_is_title(p, p->line) &&
           !lines_ends_in_comma(p->line->text) &&
           !lines_ends_in_colon(p->line->text) && !look_classify(p, p->line) &&
           !preface_has_title(p);
}

/* "Subject: Approval of Recommendations" below the salutation, where letters
 * had it once. */
bool heading_take_subject(struct parser *p)
{
    struct finding f;

    if (!draft_has_class(p->body->last, "salutation") ||
        p->body->parent != p->doc || p->line->cell ||
        !look_find(p, p->line, KIND_FIELD, "subject", &f) ||
        !f.match.at[CAP_LABEL].len || !f.match.at[CAP_VALUE].len ||
        preface_has_title(p))
        return false;
    block_labelled(p, stack_add_block(p, "title"), &f, CAP_VALUE, "docTitle");
    p->before.end = true;
    parse_explain(p, "title", "subject", &f);
    return true;
}

/* Whether the body began with a heading that no rule knows, and text stands
 * below such a one: behind a foreword or a summary the title of the text may
 * come, behind "Results of the meeting" none does. */
enum { FIRST_BLOCKS_MAX = 64 };

static bool is_behind_headings(struct parser *p)
{
    const struct frame *top = stack_top(p);
    struct node *n = p->body->children;

    if (top->type != FRAME_SECTION || top->rule || !top->blocks ||
        p->proposal.depth)
        return false;
    for (unsigned i = 0; n && !draft_is(n, "section"); i++)
        n = i < FIRST_BLOCKS_MAX ? n->next : NULL;
    return n &&
           !scanner_takes(p->scanner, KIND_HEADING, NULL,
                          draft_first_text(draft_child(n, "heading")), NULL);
}

bool heading_is_title(struct parser *p)
{
    bool topic = heading_is_topic(p, p->line);
    size_t lines = 0;

    if (is_in_letter(p))
        return false;
    if (is_subject(p))
        return true;
    if ((p->part.bare_seen[false] || p->scanner->grammar->wordless) &&
        !p->proposal.depth && heading_is_label_and_value(p->line->text))
        return false;
    if (p->line->contents || p->line->day || proposal_is_begun(p) ||
        (lines_is_symbol(p->line->text) && !p->proposal.depth) ||
        is_row_of_tabs(p->line) || heading_is_word_of_box(p) ||
        is_among_clauses(p) || heading_is_bracket(p) ||
        (heading_is_beside_others(p) && heading_heads_first(p)))
        return false;
    if ((p->body->parent != p->doc && !p->proposal.depth) ||
        p->before.heading || p->before.colon ||
        (!p->before.end && p->depth > 1 && !p->line->gap) ||
        !preface_is_title(p, p->line) ||
        (!p->proposal.depth && preface_is_announced(p)))
        return false;
    if (section_is_open(p) || lines_ends_in_comma(p->line->text) ||
        heading_begins_preamble(p, p->line->text) ||
        (stack_top(p)->type == FRAME_SECTION &&
         u_islower(span_first(p->line->text))))
        return false;
    if (is_behind_headings(p))
        return false;
    for (size_t i = p->at; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (i > p->at && proposal_begins(p, line))
            break;
        if (i > p->at && section_begins_letters(p, line))
            return false;
        if (i > p->at && ((!topic && heading_is_topic(p, line)) ||
                          look_has(p, line, KIND_CLAUSE) ||
                          look_has(p, line, KIND_HEADING) ||
                          look_has(p, line, KIND_OPENING) ||
                          look_has(p, line, KIND_TOC)))
            return true;
        if (lines++ == TITLE_LINES_MAX || line->cell ||
            is_row_of_tabs(line) || !preface_is_title(p, line) ||
            look_classify(p, line) &
                ~(1u << KIND_FIELD | 1u << KIND_TITLE | 1u << KIND_SIGNATURE))
            return false;
    }
    return is_title_of_proposal(p);
}

/* "THE BOARD OF THE AGENCY" above "DECIDES:": who decides, and on nothing. */
static bool is_who_decides(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return next && !next->cell && p->part.decides &&
           heading_is_capitals(p->line->text) &&
           look_find(p, next, KIND_HEADING, "operative", NULL);
}

void heading_take_title(struct parser *p)
{
    bool status = look_find(p, p->line, KIND_TITLE, "status", NULL);
    bool opening = is_who_decides(p);
    struct node *block;

    stack_pop_sections(p);
    block = stack_add_block(p, opening  ? "opening"
                               : status ? "status"
                                        : "title");
    if (status || opening)
        block_text(p, block, p->line->text);
    else
        heading_write(p, block, "docTitle", p->line->text);
    p->before.end = true;
    parse_explain(p, opening ? "opening" : "title", status ? "status" : "",
                  NULL);
}

/* "Members are invited:" announces a list, unless it is a text that decides. */
bool heading_may_be(const struct parser *p, const struct line *line)
{
    return p->part.decides || !lines_ends_in_colon(line->text);
}

bool heading_titles_decision(struct parser *p, struct line *line)
{
    struct line *above = look_above(p, line);

    if (!look_find(p, line, KIND_HEADING, "operative", NULL))
        return false;
    if (above == line || !look_find(p, above, KIND_TITLE, "number", NULL))
        return false;
    for (unsigned i = 0; line && i < TITLE_LINES_MAX; i++) {
        line = look_below(p, line);
        if (line && look_has(p, line, KIND_OPENING))
            return true;
    }
    return false;
}

static bool is_of_decision(const struct rule *rule)
{
    return rule_is(rule, "preamble") || rule_is(rule, "operative");
}

/* "Background" between clauses 2 and 3, or right above the first one: a heading
 * like any other there. */
static bool is_counted_through(struct parser *p, const struct rule *rule)
{
    return rule_is(rule, "introduction") &&
           !lines_ends_in_colon(p->line->text) &&
           (heading_heads_first(p) ||
            (section_is_open(p) &&
             (heading_heads_next(p) || heading_next_level(p))));
}

/* "Member States" among participants, and below it who they are. */
enum { GROUP_LEVEL = 1 };

static bool take_group(struct parser *p)
{
    const struct folded *text =
        p->part.roster && p->region != REGION_CONCLUSIONS && !p->line->cell
            ? look_folded(p, p->line)
            : NULL;

    if (!text ||
        !scanner_is_named(p->scanner, KIND_TERMS, "roster_group", text, NULL))
        return false;
    heading_add(p, NULL, section_is_open(p) ? BARE_LEVEL : GROUP_LEVEL);
    p->part.roster = true;
    parse_explain(p, "heading", "", NULL);
    return true;
}

/* "Annex 1 to Chapter 2": it stands in that, as other chapters may follow, and
 * holds clauses that count anew. */
static bool take_chapter_annex(struct parser *p)
{
    const struct folded *text;
    size_t i = p->depth;
    int level;

    while (i > 0 && !section_is_chapter(p->stack[i - 1].rule))
        i--;
    text = i > 0 && !p->line->cell ? look_folded(p, p->line) : NULL;
    if (!text ||
        !scanner_is_named(p->scanner, KIND_TERMS, "chapter_annex", text, NULL))
        return false;
    level = p->stack[i - 1].level + 1;
    heading_add(p, NULL, level);
    stack_top(p)->clauses = true;
    stack_top(p)->holds = level;
    parse_explain(p, "heading", "", NULL);
    return true;
}

/* "Noting with appreciation the report," above another such line, or the first
 * number of what is resolved: all of it is said there, and nothing below. */
enum { SAID_WORDS_MIN = 4 };

static bool says_all(struct parser *p)
{
    struct line *next = look_next(p, p->at);
    struct span text = p->line->text;
    struct number number;

    return next && !next->cell && lines_ends_in_comma(text) &&
           span_count(text, ' ') + 1 >= SAID_WORDS_MIN &&
           (look_find(p, next, KIND_HEADING, "preamble", NULL) ||
            (label_number(p, next, &number) && number.depth == 1 &&
             number_last(&number) == 1));
}

/* What the heading above, "Draft new Recommendation" and a paper, will be
 * called. */
bool heading_is_titled_below(struct parser *p)
{
    const struct frame *frame = stack_top(p);

    return p->before.heading && frame->type == FRAME_SECTION && frame->rule &&
           frame->rule->kind == KIND_HEADING && rule_is(frame->rule, "drafted");
}

bool heading_take(struct parser *p)
{
    size_t index = 0;
    struct finding f;

    if (take_group(p) || take_chapter_annex(p))
        return true;
    if (p->line->cell || !look_has(p, p->line, KIND_HEADING))
        return false;
    while (scanner_find(p->scanner, KIND_HEADING, &index, &p->folded, 0, &f)) {
        if (rule_is(f.rule, "reasons"))
            return proposal_take_reasons(p, &f);
        if (heading_titles_decision(p, p->line)) {
            heading_take_title(p);
            return true;
        }
        if (rule_is(f.rule, "preamble") && says_all(p))
            return false;
        if (f.rule->level > 0 && (!rule_is(f.rule, "operative") ||
                                  heading_may_be(p, p->line))) {
            if (rule_is(f.rule, "introduction"))
                proposal_close(p);
            if (is_counted_through(p, f.rule)) {
                heading_add_bare(p, false);
                return true;
            }
            if (is_of_decision(f.rule) && proposal_is_quote(p))
                proposal_open_quote(p);
            heading_add(p, f.rule, heading_level_beside(p, f.rule));
            p->part.decides |= rule_is(f.rule, "preamble");
            parse_explain(p, "heading", f.rule->name, &f);
            return true;
        }
    }
    return false;
}

/* Of a text without spaces, the first characters that may be such a word. */
enum { PREAMBLE_HAN_MAX = 6 };

/* The first word, or of a script without capitals the first two, which alone
 * may be of any text. */
static struct span first_words(struct span text)
{
    const char *end = memchr(text.at, ' ', text.len);
    bool two = end && !u_isupper(span_first(text));

    if (two)
        end = memchr(end + 1, ' ', text.len - (size_t)(end + 1 - text.at));
    return end && !(two && u_islower(span_first(text)))
               ? span_between(text.at, end)
               : (struct span){ text.at, 0 };
}

/* "taking into account" in small letters: so many words may be one. */
enum { PREAMBLE_WORDS_MAX = 3 };

static bool begins_small(struct parser *p, struct span text)
{
    const char *end = text.at, *last = text.at + text.len;

    for (unsigned i = 0; i < PREAMBLE_WORDS_MAX && end < last; i++) {
        end = memchr(end + 1, ' ', (size_t)(last - end - 1));
        if (!end)
            return false;
        if (scanner_takes(p->scanner, KIND_HEADING, "preamble",
                          span_between(text.at, end), NULL))
            return true;
    }
    return false;
}

bool heading_begins_preamble(struct parser *p, struct span text)
{
    int32_t len = 0;

    if (!p->wrap_width && u_islower(span_first(text)))
        return begins_small(p, text);
    if (!lines_is_wide(span_first(text))) {
        struct span words = first_words(text);

        return (words.len && scanner_takes(p->scanner, KIND_HEADING, "preamble",
                                           words, NULL)) ||
               begins_small(p, text);
    }
    for (unsigned i = 0; i < PREAMBLE_HAN_MAX && len < (int32_t)text.len; i++) {
        U8_FWD_1(text.at, len, (int32_t)text.len);
        if (scanner_takes(p->scanner, KIND_HEADING, "preamble",
                          (struct span){ text.at, (size_t)len }, NULL))
            return true;
    }
    return false;
}
