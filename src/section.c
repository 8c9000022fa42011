/* Numbered sections: where they go, and what their first line is. */
#include <string.h>

#include "parser.h"

bool section_is_query(const struct rule *rule)
{
    return rule && rule_is(rule, "query");
}

bool section_is_article(const struct rule *rule)
{
    return rule && rule_is(rule, "article");
}

bool section_is_chapter(const struct rule *rule)
{
    return rule && rule->kind == KIND_CLAUSE && rule->level == 1;
}

/* The last chapter of the kind in the part; an empty place for a new kind. */
static struct chapter *last_chapter(struct parser *p, const struct rule *rule)
{
    struct chapter *chapter = p->part.chapters;

    while (chapter < p->part.chapters + CHAPTERS_MAX - 1 && chapter->rule &&
           chapter->rule != rule)
        chapter++;
    return chapter;
}

static bool in_article(const struct parser *p, const struct rule *rule)
{
    for (size_t i = proposal_base(p); i < p->depth; i++)
        if (section_is_article(p->stack[i].rule) &&
            p->stack[i].rule->level == rule->level)
            return !section_is_article(rule);
    return false;
}

/* How many chapters a chapter stands in: as many as its elder does, or all
 * that are open; a clause stands in all of them but the first. */
static int chapters_above(const struct parser *p, const struct rule *rule)
{
    int chapters = 0;

    for (size_t i = proposal_base(p); i < p->depth; i++) {
        const struct rule *open = p->stack[i].rule;

        if (open == rule && rule->level == 1)
            return chapters;
        chapters += section_is_chapter(open);
    }
    return chapters && rule->level > 1 ? chapters - 1 : chapters;
}

/* "2.1" below "Question 2", in no clause 2: what is asked is counted on. The
 * level of the question; 0 where there is none. */
static int question_above(const struct parser *p, const struct rule *rule,
                          const struct number *number)
{
    int level = 0;

    if (number->depth < 2 || section_is_article(rule))
        return 0;
    for (size_t i = p->depth; i-- > proposal_base(p);) {
        const struct frame *frame = &p->stack[i];

        if (section_is_query(frame->rule)) {
            if (number_last(&frame->number) != number->at[0])
                return 0;
            level = frame->level;
        } else if (level && frame->rule == rule &&
                   frame->number.at[0] == number->at[0]) {
            return 0;
        }
    }
    return level;
}

static int section_level(const struct parser *p, const struct rule *rule,
                         const struct number *number)
{
    unsigned depth = number->depth ? number->depth : 1;
    int question = question_above(p, rule, number);
    int lettered = section_level_below_letter(p, rule, number);

    if (question)
        return question + (int)depth - 1;
    if (lettered)
        return lettered;
    return rule->level + (int)depth - 1 + chapters_above(p, rule) +
           in_article(p, rule);
}

/* ... of a number on `line`, which is this one or the next. */
static int level_on(struct parser *p, struct line *line,
                    const struct rule *rule, const struct number *number)
{
    int anew = section_level_anew(p, line, rule, number);

    return anew ? anew : section_level(p, rule, number);
}

/* "A.	The following lists were published:", right below a heading without a
 * number: such letters count in it; and those behind them do. The level of the
 * section, or 0. */
enum { LETTERED_WIDTH_MIN = 60 };

static bool is_lettered(const struct finding *f)
{
    struct span text = f->match.at[CAP_TEXT];

    return section_is_chapter(f->rule) &&
           lines_width(text) > LETTERED_WIDTH_MIN &&
           (lines_ends_in_colon(text) || lines_ends_sentence(text));
}

bool section_begins_letters(struct parser *p, struct line *line)
{
    struct finding f;

    return !line->cell && look_find(p, line, KIND_CLAUSE, NULL, &f) &&
           span_first(f.match.at[CAP_NUM]) == 'A' && is_lettered(&f);
}

static int level_below_heading(struct parser *p, const struct finding *f,
                               const struct number *number)
{
    const struct frame *top = stack_top(p);

    for (size_t i = p->depth; i-- > proposal_base(p);)
        if (p->stack[i].rule == f->rule && p->stack[i].type == FRAME_SECTION)
            return p->stack[i].lettered ? p->stack[i].level : 0;
    return is_lettered(f) && number_last(number) == 1 &&
                   top->type == FRAME_SECTION && !top->rule && !top->blocks &&
                   !p->proposal.depth
               ? top->level + 1
               : 0;
}

/* Above what a section of this level goes into. Headings that no rule knows
 * have a level below all clauses. */
static void pop_to_level(struct parser *p, const struct rule *rule, int level)
{
    bool clause = rule && rule->kind == KIND_CLAUSE && rule->level > 1;

    stack_pop_lists(p);
    while (stack_top(p)->type == FRAME_SECTION &&
           p->depth > p->proposal.depth && stack_top(p)->level >= level &&
           !(clause && stack_top(p)->holds && level >= stack_top(p)->holds))
        stack_pop(p);
}

/* "4.1" behind "3" and its texts, where no "4" stands: it is in no clause that
 * has another number. */
static void pop_strangers(struct parser *p, const struct rule *rule,
                          const struct number *number)
{
    stack_pop_lists(p);
    while (stack_top(p)->type == FRAME_SECTION && stack_top(p)->rule == rule &&
           p->depth > p->proposal.depth &&
           stack_top(p)->number.depth < number->depth &&
           stack_top(p)->number.at[0] != number->at[0])
        stack_pop(p);
}

/* A heading that no rule knows takes clauses only where they follow at once,
 * and their siblings then. */
static void pop_bare(struct parser *p)
{
    struct frame *frame = stack_top(p);

    if (frame->type == FRAME_SECTION && !frame->rule && frame->blocks &&
        !frame->clauses && p->depth > p->proposal.depth)
        stack_pop(p);
}

struct frame *section_open(struct parser *p, const struct rule *rule,
                                  int level)
{
    struct node *parent, *node;
    struct frame *frame;

    proposal_close_given(p);
    pop_to_level(p, rule, level);
    if (rule && rule->kind == KIND_CLAUSE)
        pop_bare(p);
    if (p->depth >= STACK_MAX - 2)
        stack_pop(p);
    parent = stack_top(p)->node;
    /* Text before sub-sections is their introduction. */
    if (stack_top(p)->blocks && stack_top(p)->blocks->parent == parent)
        draft_rename(stack_top(p)->blocks, "intro");
    stack_top(p)->blocks = NULL;
    node = draft_add(p->draft, parent, "section");
    frame = stack_push(p, FRAME_SECTION, node);
    p->part.roster = p->part.all_roster;
    frame->rule = rule;
    frame->level = level;
    return frame;
}

enum { HEADING_WIDTH_MAX = 160 };

/* "they may be sent by", and a list. */
static bool is_broken_off(struct parser *p, struct span text)
{
    return !heading_is_capitals(text) &&
           scanner_takes(p->scanner, KIND_UNFINISHED, "words", text, NULL);
}

/* "Site: www.example.org" stands above nothing. */
static bool ends_in_address(struct span text)
{
    const char *space = memrchr(text.at, ' ', text.len);
    struct span word = space ? span_between(space + 1, text.at + text.len) : text;

    return lines_has_address(word);
}

/* "... on a secondary basis. (WRC-31)": what stands in brackets behind a
 * sentence is its source. */
enum { SOURCE_LEN_MAX = 40, SENTENCE_WIDTH_MIN = 40 };

static bool ends_in_source(struct span text)
{
    const char *open = memrchr(text.at, '(', text.len);
    struct span before = open ? span_trim(span_between(text.at, open)) : text;

    return open && lines_ends_in(text, ")") &&
           text.at + text.len - open <= SOURCE_LEN_MAX &&
           lines_ends_sentence(before) &&
           lines_width(before) >= SENTENCE_WIDTH_MIN;
}

/* "Tides (Documents 36 and 39(Add.7); DT/23)" without the bracket that it ends
 * in, where that tells numbers. */
static struct span before_papers(struct span text)
{
    size_t at = text.len;
    int open = 0;
    bool digit = false;

    if (!at || text.at[at - 1] != ')')
        return text;
    do {
        at--;
        open += (text.at[at] == ')') - (text.at[at] == '(');
        digit |= is_digit(text.at[at]);
    } while (at && open);
    return digit && !open ? (struct span){ text.at, at } : text;
}

/* Whether text behind a number is a heading: it is short, no sentence, and
 * something stands below it. */
static bool is_heading_text(struct parser *p, struct span text)
{
    struct line *next = look_next(p, p->at);

    if (p->line->contents && !lines_ends_sentence(text))
        return true;
    if (section_is_chapter(stack_top(p)->rule) && heading_is_announced(text))
        return next != NULL;
    if (!next || lines_is_rule(next->text) || lines_ends_sentence(text) ||
        lines_has_blank(text) || ends_in_source(text) ||
        text.len > 4 * HEADING_WIDTH_MAX ||
        lines_width(text) > HEADING_WIDTH_MAX)
        return false;
    if (lines_ends_in_comma(text) || lines_has_semicolon(before_papers(text)) ||
        ends_in_address(text) || is_broken_off(p, text))
        return false;
    if ((!next->cell && look_find(p, next, KIND_CLOSING, "words", NULL)) ||
        conclusion_signs_annex(p, next))
        return false;
    /* What has a summary below it is the title of a text. */
    return next->cell || section_is_chapter(stack_top(p)->rule) ||
           !look_has(p, next, KIND_HEADING) ||
           look_find(p, next, KIND_HEADING, "summary", NULL) ||
           !heading_may_be(p, next);
}

bool section_is_lone_number(struct parser *p, struct line *line)
{
    if (line->cell || !look_has(p, line, KIND_LONE))
        return false;
    for (size_t i = 0; i < line->text.len; i++)
        if (line->text.at[i] != '.' &&
            (line->text.at[i] < '0' || line->text.at[i] > '9'))
            return false;
    return true;
}

/* "220 V" behind "5. POWER": a label only where it is the one that comes next. */
enum { NUMBER_MAX = 200 };

static bool may_be_sibling(const struct number *number,
                           const struct number *last)
{
    return number_last(number) < NUMBER_MAX || number_follows(number, last);
}

/* "1 EUR = 4,93" below "6 Currency". */
static bool is_rate(const struct finding *f)
{
    struct span text = f->match.at[CAP_TEXT];
    const char *space = text.len ? memchr(text.at, ' ', text.len) : NULL;

    return !label_is_set_off(f) && !label_is_firm(f) && space &&
           text.at + text.len - space > 3 && memcmp(space, " = ", 3) == 0;
}

/* A label with nothing below it but its next sibling is text; what follows
 * decides between heading and text, so the next label is looked at. */
static bool next_is_sibling(struct parser *p, const struct frame *frame)
{
    struct line *next = look_next(p, p->at);
    struct finding f;
    struct number number;

    if (!next)
        return false;
    if (section_is_lone_number(p, next) &&
        number_read(&number, next->text, COUNT_DECIMAL, NULL))
        return frame->rule->level > 1 && !section_is_article(frame->rule) &&
               section_level(p, frame->rule, &number) <= frame->level;
    if (!look_find(p, next, KIND_CLAUSE, NULL, &f))
        return section_is_lone_number(p, next);
    if (is_rate(&f))
        return false;
    return !scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], &number) ||
           (level_on(p, next, f.rule, &number) <= frame->level &&
            may_be_sibling(&number, &frame->number) &&
            !(f.rule != frame->rule && number_last(&number) == 1 &&
              look_has(p, next, KIND_ITEM)));
}

static bool is_definitions(struct parser *p, struct span title)
{
    struct buf text = { 0 };
    bool found;

    buf_putc(&text, '\t');
    buf_add_span(&text, title);
    found = !text.failed && scanner_takes(p->scanner, KIND_HEADING,
                                          "definitions", buf_span(&text), NULL);
    p->draft->failed |= text.failed;
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
    struct finding f;
    struct node *block;
    struct span term;

    if (!in_definitions(p) ||
        !scanner_takes(p->scanner, KIND_TERM, NULL, text, &f))
        return false;
    term = span_trim(f.match.at[CAP_TITLE]);
    block = block_empty(p, stack_blocks(p, frame), "definition");
    block_text(p, draft_add(p->draft, block, "def"), term);
    block_text(p, block,
               (struct span){ term.at + term.len,
                              (size_t)(text.at + text.len -
                                       (term.at + term.len)) });
    frame->first = block;
    return true;
}

/* "(\uBAA9\uC801) ...": the title of a Korean article, which it is taken from.
 */
enum { ARTICLE_TITLE_MAX = 160 };

static struct span cut_title(struct parser *p, struct frame *frame,
                             struct span text)
{
    const char *end =
        text.len && text.at[0] == '(' ? memchr(text.at, ')', text.len) : NULL;
    size_t len = end ? (size_t)(end + 1 - text.at) : 0;

    if (!len || len > ARTICLE_TITLE_MAX || !section_is_article(frame->rule) ||
        !memmem(frame->label.at, frame->label.len, "\uC870", 3))
        return text;
    heading_write(p, frame->node, "heading", (struct span){ text.at, len });
    return span_trim((struct span){ text.at + len, text.len - len });
}

static void fill_section(struct parser *p, struct frame *frame,
                         struct span text)
{
    bool heading = text.len && !section_is_query(frame->rule) &&
                   is_heading_text(p, text) &&
                   (p->line->contents || !next_is_sibling(p, frame));

    frame->first_origin = p->line->origin;
    if (!text.len)
        heading = true;
    else if (add_definition(p, frame, text))
        heading = false;
    else if (heading)
        heading_write(p, frame->node, "heading", text);
    else if (!list_take_first(p, text))
        frame->first = block_labelled_text(p, stack_blocks(p, frame), text);
    if (heading && text.len)
        frame->definitions = is_definitions(p, text);
    parse_note_ending(p, text, heading);
}

/* How far below the first paragraph of an article the second is looked for. */
enum { SECOND_LINES_MAX = 32 };

static bool has_second(struct parser *p, const struct finding *first,
                       const struct number *number)
{
    struct line *line = p->line;
    struct number second;
    struct finding f;

    for (unsigned i = 0; i < SECOND_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || part_begins(p, line) ||
            look_find(p, line, KIND_CLAUSE, "article", NULL))
            return false;
        if (look_find(p, line, KIND_CLAUSE, first->rule->name, &f) &&
            scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], &second) &&
            second.depth == 1)
            return number_follows(&second, number);
    }
    return false;
}

/* "1." behind "Article 3", with "2." further down: the first paragraph of the
 * article, which has no title then. */
static bool take_first_paragraph(struct parser *p, struct span text)
{
    struct folded folded = { 0 };
    struct number number;
    struct finding f;
    struct frame *frame;
    size_t index = 0;
    bool found = false;

    if (span_first(text) != '1' ||
        !scanner_fold_text(p->scanner, &folded, text)) {
        folded_free(&folded);
        return false;
    }
    while (!found &&
           scanner_find(p->scanner, KIND_CLAUSE, &index, &folded, 0, &f))
        found =
            f.rule->level > 1 && !section_is_article(f.rule) &&
            f.match.at[CAP_TEXT].len &&
            scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], &number) &&
            number.depth == 1 && number_last(&number) == 1 &&
            has_second(p, &f, &number);
    folded_free(&folded);
    if (!found)
        return false;
    frame = section_open(p, f.rule, section_level(p, f.rule, &number));
    frame->number = number;
    p->part.last.clause = number;
    frame->label = f.match.at[CAP_NUM];
    label_add_num(p, frame->node, &f);
    fill_section(p, frame, label_text(&f));
    return true;
}

/* Letters may leave the first paragraph without a number. */
static bool is_second_paragraph(const struct parser *p,
                                const struct number *number)
{
    const struct node *first = p->body->children;

    return number->depth == 1 && number_last(number) == 2 &&
           draft_has_class(first, "salutation") && first->next &&
           first->next == p->body->last;
}

void section_take(struct parser *p, const struct candidate *c)
{
    const struct finding *f = &c->finding;
    struct span label = f->match.at[CAP_NUM];
    int lettered = level_below_heading(p, f, &c->number);
    int anew = section_level_anew(p, p->line, f->rule, &c->number);
    struct frame *frame;

    if (c->fit == FIT_JUMP && c->before.len)
        parse_warn(p, "number-jump", "does not follow", label, c->before);
    else if (c->fit == FIT_JUMP && !is_second_paragraph(p, &c->number))
        parse_warn(p, "number-jump", "is the first number here", label,
            (struct span){ 0 });
    else if (c->fit == FIT_ODD && !anew)
        parse_warn(p, "number-odd", "fits no number that is open", label,
            (struct span){ 0 });
    if (c->number.depth > 1)
        pop_strangers(p, f->rule, &c->number);
    for (size_t heading = section_heading_left(p, f->rule, &c->number);
         heading && p->depth > heading;)
        stack_pop(p);
    frame = section_open(p, f->rule,
                         lettered ? lettered
                         : anew   ? anew
                                  : section_level(p, f->rule, &c->number));
    frame->lettered = lettered > 0;
    frame->anew = anew > 0;
    p->part.anew |= frame->anew;
    frame->number = c->number;
    if (section_is_article(f->rule))
        p->part.last.article = c->number;
    else if (section_is_query(f->rule))
        p->part.last.query = c->number;
    else if (f->rule->level > 1)
        p->part.last.clause = c->number;
    else
        *last_chapter(p, f->rule) = (struct chapter){ f->rule, c->number };
    frame->label = label;
    frame->firm = label_is_firm(f);
    label_add_num(p, frame->node, f);
    if (!section_is_article(f->rule) || !take_first_paragraph(p, label_text(f)))
        fill_section(p, frame, cut_title(p, frame, label_text(f)));
    parse_explain(p, "clause", f->rule->name, f);
}

bool section_is_open(const struct parser *p)
{
    for (size_t i = proposal_base(p); i < p->depth; i++)
        if (p->stack[i].type == FRAME_SECTION && p->stack[i].number.depth)
            return true;
    return false;
}

bool section_goes_on(struct parser *p, struct line *line)
{
    const struct frame *frame = NULL;
    struct number number;

    for (size_t i = p->depth; i > proposal_base(p) && !frame; i--)
        if (p->stack[i - 1].type == FRAME_SECTION &&
            p->stack[i - 1].number.depth)
            frame = &p->stack[i - 1];
    if (!frame || !label_number(p, line, &number) ||
        !number_follows(&number, &frame->number))
        return false;
    for (const struct node *n = frame->node->children; n; n = n->next)
        if (draft_is(n, "heading"))
            return false;
    return true;
}
