/* Decides what a label at the start of a line is: the number of a clause, the
 * letter of an item, or a number in a text. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"

bool label_same_style(struct span a, struct span b)
{
    return (a.len && a.at[a.len - 1] == '.') ==
           (b.len && b.at[b.len - 1] == '.');
}

static bool shows_nothing(struct span text)
{
    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (!u_isUWhiteSpace(c) && u_charType(c) != U_FORMAT_CHAR)
            return false;
    }
    return true;
}

/* With a dash between the label and the text, which is of neither. */
static struct span shown_label(const struct finding *f)
{
    struct span num = f->match.at[CAP_NUM], text = f->match.at[CAP_TEXT];
    const char *end = num.at + num.len;

    if (!text.at || text.at < end ||
        shows_nothing((struct span){ end, (size_t)(text.at - end) }))
        return num;
    return span_trim((struct span){ num.at, (size_t)(text.at - num.at) });
}

/* Marks of direction before the text go with it. */
struct span label_text(const struct finding *f)
{
    struct span num = f->match.at[CAP_NUM], text = f->match.at[CAP_TEXT];
    const char *end = num.at + num.len;
    int32_t at, next;
    UChar32 c;

    if (!text.at || text.at < end)
        return span_trim(text);
    for (at = next = (int32_t)(text.at - end); at > 0; at = next) {
        U8_PREV(end, 0, next, c);
        if (u_charType(c) != U_FORMAT_CHAR)
            break;
    }
    return span_trim((struct span){ end + at, (size_t)(text.at - end - at) +
                                                  text.len });
}

void label_add_num(struct parser *p, struct node *node,
                   const struct finding *f)
{
    struct node *num = draft_add(p->draft, node, "num");

    block_text(p, num, shown_label(f));
    if (num)
        num->rule = f->rule; /* how it counts: ids.c */
}

/* So many spaces are what a program made of a TAB, as is one of Han width. */
enum { GAP_AS_TAB = 4 };

bool label_is_firm(const struct finding *f)
{
    struct span num = f->match.at[CAP_NUM];
    const char *text = f->match.at[CAP_TEXT].at, *end;

    if (!num.len)
        return false;
    end = num.at + num.len;
    return !text || memchr(end, '\t', (size_t)(text - end)) != NULL ||
           memmem(end, (size_t)(text - end), "\u3000", 3) ||
           span_run(span_between(end, text), 0, ' ') >= GAP_AS_TAB;
}

/* "2-я Исследовательская комиссия": an ordinal that Russian texts write so, and
 * a name. */
enum { ORDINAL_DIGITS_MAX = 3, ORDINAL_ENDING_MAX = 3 };

static bool begins_with_ordinal(struct span text)
{
    size_t digits;
    int32_t at, end = (int32_t)text.len;
    unsigned letters = 0;
    UChar32 c = 0;

    lines_number(text, &digits);
    at = (int32_t)digits + 1;
    if (!digits || digits > ORDINAL_DIGITS_MAX || at >= end ||
        text.at[digits] != '-')
        return false;
    for (; at < end && letters <= ORDINAL_ENDING_MAX; letters++) {
        U8_NEXT(text.at, at, end, c);
        if (c < 0x80 || !u_islower(c))
            break;
    }
    if (!letters || letters > ORDINAL_ENDING_MAX || c != ' ' || at >= end)
        return false;
    U8_NEXT(text.at, at, end, c);
    return u_isupper(c);
}

bool label_begins_high(struct span text)
{
    UChar32 c = span_first(text);

    return u_isdigit(c) ? begins_with_ordinal(text) : !u_islower(c);
}

/* "1.2 Quality" behind "1.1 Safety", or below "1 Topics"; "Article 1". */
static bool must_come(const struct candidate *c)
{
    char first = c->finding.match.at[CAP_NUM].at[0];
    bool word = first < '0' || first > '9';

    return label_begins_high(c->finding.match.at[CAP_TEXT]) &&
           (c->fit == FIT_NEXT ||
            (c->fit == FIT_START && (c->number.depth > 1 || word)));
}

/* How far a number may jump, and how high the first one may be, if only a space
 * stands behind it. */
enum { JUMP_MAX = 200, FIRST_MAX = 20, SET_OFF_MAX = 1000 };

static bool in_article(const struct parser *p)
{
    for (size_t i = p->depth; i-- > 0;)
        if (p->stack[i].type == FRAME_SECTION && p->stack[i].rule &&
            rule_is(p->stack[i].rule, "article"))
            return true;
    return false;
}

/* "69", a TAB, "1" and a TAB in an article that is given alone, and "70" below
 * it. */
static bool is_provision(struct parser *p, const struct candidate *c)
{
    const struct line *next = look_next(p, p->at);

    return in_article(p) && next &&
           lines_row_number(next->text) == number_last(&c->number) + 1;
}

/* "71", a TAB, "9", a TAB and "mobile": a number that goes on with none, in a
 * row of columns. */
static bool is_row(struct parser *p, const struct candidate *c)
{
    struct span text = c->finding.match.at[CAP_TEXT];

    return c->finding.rule->kind == KIND_CLAUSE && c->fit <= FIT_JUMP &&
           !c->before.len && c->number.depth == 1 && text.len &&
           memchr(text.at, '\t', text.len) && !is_provision(p, c);
}

enum { LARGE_MIN = 100 };

/* "854", "853" and "848": the last bulletins with such lists, beginning with the
 * newest. */
static bool counts_down(const struct parser *p, const struct candidate *c)
{
    const struct line *line = p->line, *end = p->lines->at + p->lines->count;
    unsigned number = number_last(&c->number), next, before;

    if (c->number.depth != 1 || number < LARGE_MIN)
        return false;
    next = line + 1 < end && line[1].gap == 0 ? lines_row_number(line[1].text) : 0;
    before = line > p->lines->at && line->gap == 0
                 ? lines_row_number(line[-1].text) : 0;
    return (next >= LARGE_MIN && next < number) || before > number;
}

/* Of a text that is given from there on: its word says that it is no number. */
static bool is_article(const struct candidate *c)
{
    return rule_is(c->finding.rule, "article");
}

/* "Article 21" alone behind "Article 4", in extracts. */
static bool is_article_alone(const struct parser *p, const struct candidate *c)
{
    return c->fit == FIT_JUMP && is_article(c) && p->line->gap > 0 &&
           !c->finding.match.at[CAP_TEXT].len &&
           u_isalpha(span_first(c->finding.match.at[CAP_NUM]));
}

/* 第三十条 and behind it "1.": no year or amount, as behind "Article 30". */
static bool is_above_paragraph(const struct candidate *c)
{
    return is_article(c) &&
           lines_is_wide(lines_last(c->finding.match.at[CAP_NUM])) &&
           span_first(c->finding.match.at[CAP_TEXT]) == '1';
}

/* Words alone end without a full stop. */
static bool is_below_keywords(const struct parser *p)
{
    const struct frame *top = &p->stack[p->depth - 1];

    return top->type == FRAME_SECTION && top->rule &&
           top->rule->kind == KIND_HEADING && rule_is(top->rule, "keywords");
}

bool label_is_set_off(const struct finding *f)
{
    struct span num = f->match.at[CAP_NUM];
    const char *text = f->match.at[CAP_TEXT].at;
    struct span sign = text ? span_trim(span_between(num.at + num.len, text))
                            : (struct span){ 0 };

    return sign.len && u_isalpha(span_first(num)) &&
           span_has(num, u_isUWhiteSpace) &&
           (span_is(sign, ":") ||
            u_charType(span_first(sign)) == U_DASH_PUNCTUATION);
}

/* Numbers of that size are none of a text that is given whole. */
static unsigned jump_max(const struct candidate *c)
{
    if (label_is_set_off(&c->finding))
        return SET_OFF_MAX;
    return c->before.len || is_article(c) ? JUMP_MAX : FIRST_MAX;
}

/* A number and a space may be a number in a text: it counts only where it is
 * the one that must come, and a line can begin. */
static bool is_acceptable(struct parser *p, const struct candidate *c)
{
    const struct finding *f = &c->finding;
    bool clause = f->rule->kind == KIND_CLAUSE;

    if (c->fit == FIT_NONE)
        return false;
    /* "X.500	Overview": a Recommendation in a list of them. */
    if (c->fit == FIT_ODD && clause && c->number.prefix[0] &&
        number_last(&c->number) > 1)
        return false;
    /* "1401	List of codes": a number of a bulletin. */
    if (c->fit <= FIT_JUMP && clause &&
        (number_last(&c->number) > 999 || counts_down(p, c)))
        return false;
    /* A footnote that somebody typed. */
    if (p->before.rule && c->fit == FIT_ODD)
        return false;
    if (label_is_firm(f))
        return !is_row(p, c);
    if (!clause && c->fit >= FIT_JUMP)
        return true;
    if (c->fit >= FIT_START)
        return p->before.end || p->line->gap > 0 || p->depth == 1 ||
               must_come(c) || is_below_keywords(p);
    if (is_article_alone(p, c))
        return true;
    return c->fit == FIT_JUMP && (p->before.end || p->line->gap > 0) &&
           ((u_isalpha(span_first(f->match.at[CAP_TEXT])) &&
             label_begins_high(f->match.at[CAP_TEXT])) ||
            is_above_paragraph(c)) &&
           (!c->before.len ||
            label_same_style(c->before, f->match.at[CAP_NUM])) &&
           number_last(&c->number) < jump_max(c);
}

static bool has_chapter(const struct parser *p)
{
    for (size_t i = proposal_base(p); i < p->depth; i++)
        if (section_is_chapter(p->stack[i].rule))
            return true;
    return false;
}

static bool begins_low(struct span text)
{
    return u_islower(span_first(text));
}

/* A run of numbers behind which they begin again was no run of clauses; those
 * of questions are counted apart. */
static bool begins_again(struct parser *p)
{
    struct number number = { 0 };
    struct finding f;
    unsigned want = 2;

    for (struct line *line = look_next(p, p->at); line;
         line = look_below(p, line)) {
        if (!look_find(p, line, KIND_CLAUSE, NULL, &f) ||
            !scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM],
                            &number) ||
            number.depth != 1 || number_last(&number) != want++)
            break;
        number.depth = 0;
    }
    return want > 2 && number.depth == 1 && number_last(&number) == 1 &&
           !rule_is(f.rule, "query");
}

/* "Tasks", "The group shall:", "1. ...", "2. ...", "Meetings": the numbers are
 * of one heading among others that have none. */
static bool ends_at_topic(struct parser *p)
{
    const struct frame *section = stack_top(p);
    struct line *line = p->line;

    if (section->type != FRAME_SECTION || section->rule)
        return false;
    while (line && look_has(p, line, KIND_CLAUSE))
        line = look_below(p, line);
    return line && heading_is_topic(p, line);
}

/* "Agenda:", "1. ...", "2. ...", and below them "On the first item". */
enum { AGENDA_MAX = 60 };

static bool ends_at_agenda(struct parser *p)
{
    struct line *line = p->line;

    for (unsigned i = 0; line && i < AGENDA_MAX; i++) {
        if (!look_has(p, line, KIND_CLAUSE))
            return look_find(p, line, KIND_HEADING, "agenda", NULL);
        line = look_below(p, line);
    }
    return false;
}

/* A notice goes on in "一、" behind "is told as follows:". */
static bool is_han(const struct candidate *c)
{
    return c->finding.rule->count == COUNT_HAN;
}

/* The numbered section around, or NULL. */
static const struct frame *section_around(const struct parser *p)
{
    for (size_t i = p->depth; i-- > 0;)
        if (p->stack[i].type == FRAME_SECTION && p->stack[i].label.len)
            return &p->stack[i];
    return NULL;
}

/* Set in like the item that is open, or deeper than the text with a colon above,
 * and the clause around it is not. */
static bool is_set_in(struct parser *p)
{
    const struct frame *top = stack_top(p), *section = section_around(p);
    unsigned indent = p->line->indent;

    return top->type != FRAME_ITEM
               ? p->before.colon && !p->before.heading &&
                     indent > p->before.indent
               : section && indent == top->indent && indent > section->indent;
}

/* "2 Shared" right below "1 Fixed", in the clause "1<TAB>Bands": a space stands
 * behind numbers of the list, and a TAB behind those of clauses. */
static bool is_spaced_otherwise(struct parser *p, const struct candidate *c)
{
    const struct frame *top = stack_top(p), *section = section_around(p);

    return top->type == FRAME_ITEM && section && section->firm &&
           !top[-1].firm && !label_is_firm(&c->finding) && p->line->gap == 0 &&
           number_follows(&c->number, &top[-1].number);
}

bool label_begins_notes(const struct parser *p)
{
    const struct line *above = look_above(p, p->line);

    return above != p->line && above == p->before.notes;
}

/* "1 Provisional." below "Notes:", or right below such a note. */
static bool is_note(struct parser *p, const struct candidate *c)
{
    const struct frame *top = stack_top(p);

    return label_begins_notes(p)
               ? number_last(&c->number) == 1
               : top->type == FRAME_ITEM && top[-1].notes &&
                     p->line->gap == 0 &&
                     number_follows(&c->number, &top[-1].number);
}

/* "a return ticket, or", whatever the word is. */
enum { LAST_WORD_MAX = 6 };

static bool ends_in_or(struct span text)
{
    size_t from = text.len > LAST_WORD_MAX ? text.len - LAST_WORD_MAX : 0;
    const char *end = text.at + text.len;
    const char *comma = memrchr(text.at + from, ',', text.len - from);

    return comma && comma + 2 < end && comma[1] == ' ' &&
           !memchr(comma + 2, ' ', (size_t)(end - comma - 2)) &&
           !lines_ends_sentence(text);
}

/* "First: the meeting considers:", and below it "1- Reports": what has a text
 * for a title holds no clauses. */
static bool is_below_text(struct parser *p)
{
    return p->before.colon && !p->before.heading &&
           section_is_chapter(stack_top(p)->rule);
}

/* How far below a list of phrases the clause that would go on with its numbers
 * is looked for. */
enum { PHRASES_MAX = 30, GOES_ON_MAX = 200 };

/* "I invite you to name:", "1. A chairman", "2. Two experts" in a letter, whose
 * text goes on without numbers. */
static bool is_list_of_phrases(struct parser *p, const struct candidate *c)
{
    struct line *line = p->line;
    struct number number;
    unsigned want = 2;

    if (!draft_has_class(p->body->children, "salutation") ||
        number_last(&c->number) != 1 || lines_ends_sentence(line->text))
        return false;
    while (want < PHRASES_MAX && (line = look_below(p, line)) &&
           label_number(p, line, &number) && number.depth == 1 &&
           number_last(&number) == want && !lines_ends_sentence(line->text))
        want++;
    if (want == 2 || !line || line->cell || line->gap == 0 ||
        look_has(p, line, KIND_CLAUSE))
        return false;
    for (unsigned i = 0; line && i < GOES_ON_MAX && !part_begins(p, line);
         i++) {
        if (label_number(p, line, &number) && number.depth == 1 &&
            number_last(&number) == want)
            return false;
        line = look_below(p, line);
    }
    return true;
}

/* "２", the second paragraph of an article in Japanese, behind the items of the
 * first. */
static bool is_wide_second(const struct parser *p, const struct candidate *c)
{
    UChar32 first = span_first(c->finding.match.at[CAP_NUM]);

    return u_isdigit(first) && first >= 0xFF10 &&
           number_last(&c->number) == 2 && in_article(p);
}

/* "1." below the paragraph ② of an article in Korean, or below "□ Agenda". */
static bool is_in_outline(const struct parser *p)
{
    return list_is_outline(p) &&
           (in_article(p) || !list_counts(p, COUNT_CIRCLED));
}

/* What may be an item as well is one behind a colon: a clause there would end
 * the list that is open, or begin chapters among clauses. */
static bool is_item_rather(struct parser *p, const struct candidate *c)
{
    if (look_has(p, p->line, KIND_ITEM) && c->number.depth == 1 &&
        (is_set_in(p) || is_spaced_otherwise(p, c) || is_note(p, c)))
        return true;
    if (!look_has(p, p->line, KIND_ITEM) || c->fit != FIT_START ||
        (p->line->chapter && c->finding.rule->level == 1))
        return false;
    if (c->number.depth == 1 &&
        ((list_counts(p, COUNT_HAN) && !is_wide_second(p, c)) ||
         is_in_outline(p) || is_below_text(p)))
        return true;
    if (p->before.colon && !p->before.heading && !section_is_open(p) &&
        c->number.depth == 1 &&
        (lines_ends_in_semicolon(c->finding.match.at[CAP_TEXT]) ||
         ends_in_or(c->finding.match.at[CAP_TEXT]) || begins_again(p) ||
         ends_at_topic(p) || ends_at_agenda(p) || is_list_of_phrases(p, c)))
        return true;
    if (c->finding.rule->level == 1)
        return has_chapter(p)
                   ? p->before.colon
                   : section_is_open(p) || (p->before.colon && !is_han(c));
    /* "resolves to:" heads what is resolved. */
    return p->before.colon && !(p->before.heading && p->part.decides) &&
           c->number.depth == 1 &&
           (stack_top(p)->type == FRAME_ITEM ||
            begins_low(c->finding.match.at[CAP_TEXT]));
}

/* "1.0 ITU-T A.1" below "History", where the table has lost its rows. */
static bool is_edition(struct parser *p, const struct candidate *c)
{
    const struct frame *top = stack_top(p);

    return c->number.depth == 2 &&
           top->type == FRAME_SECTION && top->rule &&
           top->rule->kind == KIND_HEADING && rule_is(top->rule, "history");
}

/* A number that does not fit, in a list that goes on behind it, and is not that
 * of an item below: of what an amendment adds to another text. */
static bool is_quoted(struct parser *p, const struct candidate *c)
{
    return (c->fit == FIT_JUMP || c->fit == FIT_ODD) && list_is_open(p) &&
           c->number.at[0] != number_last(&(stack_top(p) - 1)->number);
}

/* "с)" behind "b)", "Часть В" behind "Часть А" were typed on a Cyrillic
 * keyboard: as a Latin letter it is the one that must come. */
static void consider_latin(struct parser *p, struct candidate *c)
{
    const struct grammar *g = p->scanner->grammar;
    struct candidate other = *c;

    if (c->finding.rule->count != COUNT_ALPHA || c->fit == FIT_NEXT ||
        !number_read_latin(&other.number, c->finding.match.at[CAP_NUM],
                           &g->numerals))
        return;
    other.fit =
        other.finding.rule->kind == KIND_CLAUSE
            ? section_fit(p, &other.finding, &other.number, &other.before)
            : list_fit(p, &other.finding, &other.number, &other.before);
    if (other.fit == FIT_NEXT)
        *c = other;
}

/* "Section 4: no comment." is a remark on another text, and no chapter;
 * "First:" names no section. */
static bool is_remark(const struct candidate *c)
{
    struct span num = c->finding.match.at[CAP_NUM];
    struct span text = c->finding.match.at[CAP_TEXT];
    struct span gap = span_between(num.at + num.len, text.at);

    return section_is_chapter(c->finding.rule) &&
           c->number.count != COUNT_ALPHA &&
           c->finding.rule->count != COUNT_ROMAN &&
           lines_begins_with_colon(span_trim(gap)) &&
           (lines_ends_in(text, ".") || lines_ends_in(text, "\u3002"));
}

/* How far below "1.0" its first clause is looked for. */
enum { BELOW_NOUGHT_MAX = 12 };

/* "1.0 Checklist" above "1.1", and "2.0" behind that: a clause of one number,
 * as some forms count them. */
static void drop_nought(struct parser *p, struct candidate *c)
{
    struct line *line = p->line;
    struct number below;
    bool drops = false;

    if (c->number.depth != 2 || c->number.at[1] != 0 || c->number.prefix[0])
        return;
    for (size_t i = 0; i < p->depth && !drops; i++)
        drops = p->stack[i].type == FRAME_SECTION &&
                p->stack[i].number.depth == 1 &&
                lines_ends_in(p->stack[i].label, ".0");
    for (unsigned i = 0; i < BELOW_NOUGHT_MAX && line && !drops; i++) {
        line = look_below(p, line);
        drops = line && label_number(p, line, &below) && below.depth == 2 &&
                below.at[0] == c->number.at[0] && below.at[1] == 1;
    }
    if (drops)
        c->number.depth = 1;
}

/* How far below "ARTICLE 3" of a text that is changed the next article of the
 * own text is looked for. */
enum { CHANGED_MAX = 64 };

static const struct frame *open_article(const struct parser *p)
{
    for (size_t i = p->depth; i-- > proposal_base(p);)
        if (p->stack[i].type == FRAME_SECTION && p->stack[i].rule &&
            rule_is(p->stack[i].rule, "article"))
            return &p->stack[i];
    return NULL;
}

/* "ARTICLE 3" below "Article 2", with "Article 3" further down: of the text
 * that is changed. */
static bool is_changed_article(struct parser *p, const struct candidate *c)
{
    const struct frame *own = is_article(c) ? open_article(p) : NULL;
    struct line *line = p->line;
    struct number number;
    struct finding f;

    if (!own || heading_is_capitals(own->label) ||
        !heading_is_capitals(c->finding.match.at[CAP_NUM]))
        return false;
    for (unsigned i = 0; i < CHANGED_MAX; i++) {
        line = look_below(p, line);
        if (!line || part_begins(p, line))
            return false;
        if (look_find(p, line, KIND_CLAUSE, "article", &f) &&
            !heading_is_capitals(f.match.at[CAP_NUM]) &&
            scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], &number))
            return number_follows(&number, &own->number);
    }
    return false;
}

static void consider(struct parser *p, enum kind kind, struct candidate *best)
{
    size_t index = 0;
    struct candidate c;

    while (scanner_find(p->scanner, kind, &index, &p->folded, 0, &c.finding)) {
        c.before = (struct span){ 0 };
        if (!scanner_number(p->scanner, c.finding.rule,
                            c.finding.match.at[CAP_NUM], &c.number))
            continue;
        if (kind == KIND_CLAUSE)
            drop_nought(p, &c);
        c.fit = kind == KIND_CLAUSE
                    ? section_fit(p, &c.finding, &c.number, &c.before)
                    : list_fit(p, &c.finding, &c.number, &c.before);
        if (kind == KIND_CLAUSE &&
            (is_item_rather(p, &c) || is_quoted(p, &c) || is_edition(p, &c) ||
             is_remark(&c) || is_changed_article(p, &c)))
            continue;
        consider_latin(p, &c);
        if (c.fit > best->fit && is_acceptable(p, &c))
            *best = c;
    }
}

/* "1.1" below the item "1." of a list, where no clause has that number. */
static bool is_below_item(const struct parser *p, struct candidate *c)
{
    if (c->finding.rule->kind != KIND_CLAUSE || c->number.depth < 2 ||
        (c->fit != FIT_ODD && p->part.last.clause.depth))
        return false;
    for (size_t i = p->depth; i-- > 0 && p->stack[i].type != FRAME_SECTION;) {
        const struct frame *list = &p->stack[i];

        if (list->type != FRAME_LIST || !list->rule ||
            list->rule->count != COUNT_DECIMAL || !list->number.depth)
            continue;
        if (list->rule == c->finding.rule &&
            number_follows(&c->number, &list->number))
            c->fit = FIT_NEXT;
        else if (number_below(&c->number, &list->number) &&
                 number_last(&c->number) == 1)
            c->fit = FIT_START;
        else
            continue;
        return true;
    }
    return false;
}

bool label_take(struct parser *p)
{
    struct candidate best = { .fit = FIT_NONE };

    proposal_leave_for_clause(p);
    if (look_has(p, p->line, KIND_LONE) &&
        look_has(p, p->line, KIND_CLAUSE) && label_take_lone(p))
        return true;
    if (look_has(p, p->line, KIND_CLAUSE))
        consider(p, KIND_CLAUSE, &best);
    if (look_has(p, p->line, KIND_ITEM))
        consider(p, KIND_ITEM, &best);
    if (best.fit == FIT_NONE)
        return false;
    p->before.rule = false;
    if (best.finding.rule->kind == KIND_CLAUSE && !is_below_item(p, &best))
        section_take(p, &best);
    else
        list_take_item(p, &best);
    return true;
}
