/* Joins the lines that a converter or an editor broke inside a paragraph. A
 * wrong join is worse than a missed one. */
#include <string.h>
#include <unicode/uchar.h>

#include "wrap.h"

#define BIT(kind) (1u << (kind))

/* Lines that are whole: nothing goes on behind them. */
static const unsigned whole_kinds =
    BIT(KIND_HEADING) | BIT(KIND_TOC) | BIT(KIND_SALUTATION) |
    BIT(KIND_OPENING) | BIT(KIND_TITLE) | BIT(KIND_LONE);

/* ---- may the next line go on with this one ------------------------------- */

enum { LABEL_MAX = 40 };

/* A label and one space may as well be a number that a wrap brought to the
 * front; a label and a TAB is one. */
static bool is_firm_start(struct parser *p, struct line *line)
{
    const unsigned loose = BIT(KIND_CLAUSE) | BIT(KIND_ITEM) |
                           BIT(KIND_FIELD) | BIT(KIND_SIGNATURE) |
                           BIT(KIND_ENCLOSURE);
    unsigned firm = ~loose;

    if (p->region == REGION_PREFACE)
        firm |= BIT(KIND_FIELD);
    if (p->region == REGION_CONCLUSIONS)
        firm |= BIT(KIND_ENCLOSURE);
    if (memchr(line->text.at, '\t',
               line->text.len < LABEL_MAX ? line->text.len : LABEL_MAX))
        firm |= BIT(KIND_CLAUSE) | BIT(KIND_ITEM);
    return look_kinds(p, line, firm) != 0;
}

/* A TAB behind a few words, or a symbol far from its text: a term and its
 * explanation, say. */
enum { COLUMN_MAX = 40, SYMBOL_MAX = 10 };

/* "1998-2002年  ...", as the rows of a life begin: wide characters leave a
 * column with two blanks. */
static bool has_years(struct span text, size_t len)
{
    const char *gap = memmem(text.at, len, "  ", 2);

    return gap && gap > text.at && is_digit(*text.at) &&
           (unsigned char)gap[-1] >= 0x80;
}

static bool has_column(const struct line *line)
{
    size_t len = line->text.len < COLUMN_MAX ? line->text.len : COLUMN_MAX;
    const char *space = memchr(line->text.at, ' ', line->text.len);
    size_t symbol = space ? (size_t)(space - line->text.at) : 0;

    return memchr(line->text.at, '\t', len) != NULL ||
           has_years(line->text, len) ||
           (symbol > 0 && symbol <= SYMBOL_MAX && line->text.len - symbol > 3 &&
            memcmp(space, "   ", 3) == 0);
}

/* Where the second column begins, as in "1 July      – Requests"; 0 where there
 * is none. */
enum { COLUMN_GAP = 3 };

static size_t second_column(const struct line *line)
{
    size_t len = line->text.len < COLUMN_MAX ? line->text.len : COLUMN_MAX;
    size_t spaces = 0;

    for (size_t i = 0, width = line->indent; i < len; i++) {
        if (spaces >= COLUMN_GAP && line->text.at[i] != ' ')
            return width;
        spaces = line->text.at[i] == ' ' ? spaces + 1 : 0;
        width += ((unsigned char)line->text.at[i] & 0xC0) != 0x80;
    }
    return 0;
}

/* Rows that no words of columns stand above; behind a label spaces are none. */
static bool are_rows(struct parser *p, const struct gathering *g,
                     struct line *next)
{
    size_t column = second_column(next);

    return column && !g->text.len && column == second_column(g->first) &&
           !wrap_has_label(p, next);
}

/* Two columns of a header, side by side. */
static bool is_of_columns(const struct parser *p, const struct line *line)
{
    struct span columns[2];

    return p->region == REGION_PREFACE && lines_split(line->text, columns);
}

/* "of the" and "resolves": a heading in small letters is a word here. */
static bool is_small_heading(struct parser *p, struct line *line)
{
    return look_has(p, line, KIND_HEADING) && u_islower(span_first(line->text)) &&
           !line->contents && line->gap == 0;
}

/* A date, say, or a number, that makes a field only where it stands for
 * itself. */
static bool is_bare_field(struct parser *p, struct line *line)
{
    struct finding f;

    return line->gap == 0 &&
           (look_classify(p, line) & ~BIT(KIND_TITLE)) == BIT(KIND_FIELD) &&
           look_find(p, line, KIND_FIELD, NULL, &f) &&
           !f.match.at[CAP_LABEL].at;
}

static void set_tail(struct gathering *g)
{
    struct span text = g->text.len ? buf_span(&g->text) : g->first->text;
    size_t from = text.len > WRAP_TAIL ? text.len - WRAP_TAIL : 0;

    while (from < text.len && ((unsigned char)text.at[from] & 0xC0) == 0x80)
        from++;
    g->tail = (struct span){ text.at + from, text.len - from };
}

/* "..., Geneva," and, on a line of its own, the date. */
static bool is_date_behind_comma(struct parser *p, struct span tail,
                                 struct line *next)
{
    return p->region == REGION_PREFACE && tail.len &&
           tail.at[tail.len - 1] == ',' && u_isdigit(span_first(next->text)) &&
           look_find(p, next, KIND_FIELD, "placeDate", NULL);
}

/* Whether a bracket stands open at the end of `tail` that the next line closes,
 * behind its first word or one too long for a label: "(see clause" and
 * "3 above)". */
enum { ITEM_MAX = 5 };

static bool has_open_bracket(struct span tail)
{
    size_t at = tail.len;

    while (at > 0 && tail.at[at - 1] != '(' && tail.at[at - 1] != ')')
        at--;
    return at > 0 && tail.at[at - 1] == '(' && !lines_ends_sentence(tail);
}

static bool closes_bracket(struct span tail, const struct line *next)
{
    struct span text = next->text;
    size_t k = 0;

    if (!has_open_bracket(tail))
        return false;
    while (k < text.len && text.at[k] != '(' && text.at[k] != ')')
        k++;
    return k < text.len && text.at[k] == ')' &&
           (k > ITEM_MAX || memchr(text.at, ' ', k));
}

/* "4)." or "118)" and nothing behind it, where a bracket stands open: it would
 * be a label alone without. */
static bool is_end_of_bracket(struct span tail, const struct line *next)
{
    struct span text = next->text;
    size_t k = 0;

    while (k < text.len && is_digit(text.at[k]))
        k++;
    if (next->gap || !k || k == text.len || text.at[k++] != ')')
        return false;
    return (k == text.len ||
            (k + 1 == text.len && strchr(".,;", text.at[k]))) &&
           has_open_bracket(tail);
}

/* A number to call and an address to write to. */
static bool are_two_contacts(struct span tail, const struct line *next)
{
    return u_isdigit(lines_last(tail)) &&
           memchr(next->text.at, '@', next->text.len) &&
           !memchr(next->text.at, ' ', next->text.len);
}

/* A heading or a line of a title that had to be broken: only a text broken at
 * a fixed width shows that. */
static bool is_long_heading(struct parser *p, const struct gathering *g,
                            struct line *next, struct edges *edges)
{
    if (next->gap > 0 || !width_was_full(p, g->last, next) ||
        look_classify(p, next) != 0)
        return false;
    *edges = wrap_look(p, g, next);
    return !edges->ends;
}

/* All capitals, behind a sentence that is not. */
static bool is_capital_heading(const struct gathering *g,
                               const struct line *next)
{
    return heading_is_capitals(next->text) && !heading_is_capitals(g->tail) &&
           !lines_ends_sentence(next->text);
}

/* "Signature:                    Date:" of a form, as no text is spaced. */
static bool is_of_form(struct span text)
{
    return lines_ends_in_colon(text) && memmem(text.at, text.len, "    ", 4);
}

/* With a label or without. */
static bool is_topic(struct parser *p, struct line *line)
{
    const char *tab = memchr(line->text.at, '\t', line->text.len);
    struct line text = *line;

    if (tab && wrap_has_label(p, line))
        text.text = span_trim((struct span){
            tab, (size_t)(line->text.at + line->text.len - tab) });
    return heading_is_topic(p, &text);
}

/* A sentence in a line of its own, too long to be what did not fit in this one.
 */
static bool is_longer_sentence(const struct line *line, const struct line *next)
{
    return label_begins_high(next->text) && lines_ends_sentence(next->text) &&
           lines_width(next->text) > lines_width(line->text);
}

/* Set in below the text of an item, not below its bullet. */
enum { HANGING_MAX = 8 };

static bool is_hanging(const struct gathering *g, const struct line *next)
{
    return next->indent > g->first->indent &&
           next->indent <= g->first->indent + HANGING_MAX;
}

/* An item of a header that had to be broken, or goes on with what ends as items
 * do. */
static bool is_broken_item(struct parser *p, const struct gathering *g,
                           struct line *next)
{
    UChar32 last = lines_last(g->tail);

    return p->region == REGION_PREFACE && look_has(p, g->first, KIND_BULLET) &&
           (lines_width(g->last->text) > WIDTH_MIN || is_hanging(g, next) ||
            lines_ends_in_semicolon(next->text)) &&
           !u_ispunct(last) && !is_longer_sentence(g->last, next) &&
           look_classify(p, next) == 0;
}

/* "Subject:     Draft Rules of the Radio" and, below "Draft", "Regulations
 * Board": a value that fills its line goes on where it began. */
enum { FULL_LINE_MIN = 76 };

static bool is_broken_value(struct parser *p, const struct gathering *g,
                            struct line *next)
{
    const struct line *first = g->first;
    struct span before, value;
    struct finding f;

    if (p->region != REGION_PREFACE || !next->indent ||
        first->indent + lines_width(g->last->text) < FULL_LINE_MIN ||
        lines_ends_sentence(g->tail) || look_classify(p, next) ||
        !look_find(p, g->first, KIND_FIELD, NULL, &f) ||
        !f.match.at[CAP_LABEL].at)
        return false;
    value = f.match.at[CAP_VALUE];
    before = span_between(first->text.at, value.at);
    return value.len && !memchr(before.at, '\t', before.len) &&
           next->indent == first->indent + lines_width(before);
}

/* A clause or an item of which a line is as wide as any of the text: too long
 * for a heading, where no paragraph is longer. No heading in Chinese has a
 * comma in it. */
static bool is_broken_clause(struct parser *p, const struct gathering *g,
                             struct line *next)
{
    return p->region == REGION_BODY &&
           (!u_isupper(span_first(next->text)) ||
            (is_hanging(g, next) && u_isalnum(lines_last(g->tail)))) &&
           width_is_widest(p, g->last, next) &&
           (look_kinds(p, g->first,
                       BIT(KIND_CLAUSE) | BIT(KIND_ITEM) | BIT(KIND_BULLET)) ||
            memmem(g->last->text.at, g->last->text.len, "\uFF0C", 3)) &&
           look_classify(p, next) == 0;
}

/* The first line of a clause that has no heading, as the one above has none:
 * what is printed is not as wide in letters everywhere. */
static bool is_broken_paragraph(struct parser *p, const struct gathering *g,
                                struct line *next)
{
    return p->region == REGION_BODY && g->last == g->first &&
           u_isalnum(lines_last(g->tail)) && width_is_wide(p, g->last, next) &&
           look_has(p, g->first, KIND_CLAUSE) && section_goes_on(p, g->first) &&
           look_classify(p, next) == 0;
}

/* "Corrigendum 1 to" and below it the number of what it changes. */
static bool is_amendment(struct parser *p, const struct gathering *g,
                         struct line *next, struct edges *edges)
{
    if (p->region != REGION_PREFACE ||
        (next->cell && !scanner_takes(p->scanner, KIND_DOCUMENT, "amendment",
                                      g->tail, NULL)) ||
        !is_bare_field(p, next))
        return false;
    *edges = wrap_look(p, g, next);
    return edges->words;
}

/* "... as given in TD 11," and below it "Annex 1", the end of the sentence or
 * of the item: no annex begins behind a comma. */
static bool is_annex_behind_comma(struct parser *p, const struct gathering *g,
                                  struct line *next)
{
    return p->region == REGION_BODY && next->gap == 0 &&
           lines_ends_in_comma(g->tail) && lines_width(g->tail) > WIDTH_MIN &&
           part_begins(p, next) && !part_begins(p, g->first);
}

/* "... were considered to amend", which fills the page, and below it "Annex 3 -
 * Weather, and were sent", with the rest of the sentence below that. */
static bool is_annex_inside(struct parser *p, const struct gathering *g,
                            struct line *next, const struct edges *edges)
{
    const struct line *rest;

    if (p->region != REGION_BODY || next->gap > 0 || edges->ends ||
        !width_is_wide(p, g->last, next) || !part_begins(p, next) ||
        part_begins(p, g->first) || lines_ends_sentence(next->text))
        return false;
    rest = look_below(p, next);
    return rest && rest->gap == 0 && !rest->cell &&
           (u_islower(span_first(rest->text)) ||
            lines_ends_sentence(rest->text)) &&
           width_is_wide(p, next, rest);
}

/* What stands in the second column does not go on in the first. */
static bool is_beside(const struct parser *p, const struct line *next)
{
    return p->in_column && p->region == REGION_PREFACE &&
           next->indent < p->column_at;
}

/* "(to be returned to tides@example.org)" below a title is none itself. */
static bool is_below_title(const struct parser *p, const struct gathering *g,
                           const struct line *next)
{
    return p->region == REGION_TITLES && preface_is_title(p, g->first) &&
           memchr(next->text.at, '@', next->text.len);
}

/* Lines that nothing makes one, whatever they say. */
static bool are_apart(struct parser *p, const struct gathering *g,
                      struct line *next)
{
    return p->column.len || is_beside(p, next) || next->version ||
           !next->text.len || lines_is_rule(next->text) ||
           !g->first->text.len || lines_is_omission(next->text) ||
           lines_is_omission(g->first->text) ||
           (next->gap > 0 && !next->page_break) || has_column(next) ||
           is_below_title(p, g, next) || is_of_columns(p, next) ||
           are_rows(p, g, next);
}

/* What looks as if it began something may go on with a name, a date or the rest
 * of a heading. */
static bool goes_on_firmly(struct parser *p, const struct gathering *g,
                           struct line *next, const struct edges *edges)
{
    return (edges->words && is_small_heading(p, next)) ||
           (edges->words && next->gap == 0 &&
            look_classify(p, next) == BIT(KIND_TITLE)) ||
           (next->gap == 0 && is_date_behind_comma(p, g->tail, next)) ||
           is_annex_behind_comma(p, g, next) ||
           is_annex_inside(p, g, next, edges) ||
           (edges->unfinished && !edges->url &&
            (edges->words || edges->days ||
             u_isdigit(span_first(next->text))) &&
            is_bare_field(p, next));
}

/* A site alone, or a mailbox below a short line of a letterhead: but a word
 * alone may be where the mailbox begins. */
enum { LETTERHEAD_WIDTH_MAX = 40 };

static bool is_site_below(const struct parser *p, struct span tail,
                          const struct line *next)
{
    return p->region == REGION_PREFACE &&
           (lines_is_site(next->text) ||
            (lines_is_address(next->text) && memchr(tail.at, ' ', tail.len) &&
             lines_width(tail) <= LETTERHEAD_WIDTH_MAX));
}

/* Of two lines of a text, one right below the other. */
static bool goes_on_below(struct parser *p, const struct gathering *g,
                          struct line *next, const struct edges *edges)
{
    if (wrap_has_label(p, next) &&
        (lines_announce_item(g->tail) || wrap_begins_next(p, g, next, edges)))
        return false;
    if (edges->unfinished || edges->always || closes_bracket(g->tail, next))
        return true;
    if (wrap_has_label(p, next))
        return !edges->ends && !wrap_begins_part(p, next) &&
               !wrap_counts_on(p, g, next) &&
               (width_was_full(p, g->last, next) || wrap_is_count(p, g, next));
    if (are_two_contacts(g->tail, next) || is_site_below(p, g->tail, next) ||
        wrap_is_next_day(p, g, next))
        return false;
    if (edges->continuation &&
        !edges->ends) /* below "Mailing list", an address */
        return g->text.len || !lines_is_address(next->text) ||
               !is_topic(p, g->first);
    if (width_was_full(p, g->last, next) &&
        !(edges->ends && (wrap_stands_alone(next) || is_of_form(next->text) ||
                          is_capital_heading(g, next))))
        return true;
    if (is_broken_item(p, g, next) || is_broken_value(p, g, next) ||
        (!edges->ends &&
         (is_broken_clause(p, g, next) || is_broken_paragraph(p, g, next))))
        return true;
    return look_classify(p, next) == 0 && wrap_is_inside(p, g, next, edges);
}

static bool goes_on(struct parser *p, const struct gathering *g,
                    struct line *next, struct edges *edges)
{
    struct line *line = g->first;

    if (are_apart(p, g, next))
        return false;
    /* A cell is whole, and of values that wait for their labels each has its
     * line. */
    if (next->cell || stacked_wait(p))
        return is_amendment(p, g, next, edges);
    if (lines_last(g->tail) == SOFT_HYPHEN) {
        *edges = wrap_look(p, g, next);
        return true;
    }
    if (look_kinds(p, line, whole_kinds))
        return is_long_heading(p, g, next, edges);
    *edges = wrap_look(p, g, next);
    if (edges->always && p->region == REGION_BODY &&
        look_classify(p, next) == BIT(KIND_TITLE))
        return true; /* "(see Report 5)": no parent document in a text */
    if (wrap_ends_in_number(p, g, next, edges) ||
        is_end_of_bracket(g->tail, next))
        return true;
    if (is_firm_start(p, next))
        return goes_on_firmly(p, g, next, edges);
    if (wrap_stands_apart(p, g, next))
        return false;
    /* "Yours faithfully," ends in a comma, and a name or "(Signed)" follows. */
    if (look_has(p, line, KIND_CLOSING))
        return edges->continuation && !lines_is_enclosed(next->text);
    if (look_has(p, line, KIND_SIGNATURE) && lines_is_enclosed(next->text))
        return false;
    if (wrap_is_signature(p, g, next))
        return false;
    if (next->gap > 0)
        return edges->unfinished || (!edges->ends && edges->continuation);
    return goes_on_below(p, g, next, edges);
}

static struct span last_word_of(struct span text)
{
    struct span word = { text.at + text.len, 0 };

    while (word.len < text.len && word.at[-1] != ' ') {
        word.at--;
        word.len++;
    }
    return word;
}

/* "jca@lists." and "example.org", or one word and "hfs@example.org". */
static bool is_broken_address(struct span tail, const struct line *next,
                              const struct edges *edges)
{
    struct span before = last_word_of(tail), after = next->text;
    const char *space = memchr(after.at, ' ', after.len);

    if (space)
        after.len = (size_t)(space - after.at);
    if ((edges->always || after.at[0] == '.') && lines_has_address(before))
        return true;
    return before.len == tail.len && u_isalpha(span_first(before)) &&
           memchr(after.at, '@', after.len) &&
           !memchr(before.at, '@', before.len);
}

/* Words are parted by a space, broken addresses by none. */
static const char *between(struct span tail, const struct line *next,
                           const struct edges *edges)
{
    UChar32 before = lines_last(tail), after = span_first(next->text);

    if (edges->url || is_broken_address(tail, next, edges) || before == '@' ||
        after == '@' || u_charType(after) == U_END_PUNCTUATION)
        return "";
    if ((before == '-' || before == 0x2010 || before == 0x2011) &&
        edges->unfinished && !lines_ends_in(tail, " -"))
        return "";
    return lines_between(tail, next->text);
}

/* Takes `next` into the paragraph. */
static void take(struct parser *p, struct gathering *g, struct line *next,
                 const struct edges *edges)
{
    struct line *first = g->first;

    if (!g->text.len)
        buf_add_span(&g->text, first->text);
    buf_puts(&g->text, between(g->tail, next, edges));
    buf_add_span(&g->text, next->text);
    p->draft->failed |= g->text.failed;
    if (width_on_page(g->last->text) > g->widest)
        g->widest = width_on_page(g->last->text);
    first->origin.last = next->origin.last;
    first->origin.to = next->origin.to;
    first->folds |= next->folds;
    first->contents |= next->contents;
    next->gone = true;
    g->last = next;
    set_tail(g);
}

void wrap_gather(struct parser *p, size_t at)
{
    struct gathering g = { .first = &p->lines->at[at],
                           .last = &p->lines->at[at] };
    struct line *next;
    struct edges edges;

    set_tail(&g);
    while (!p->draft->failed && (next = look_next(p, at)) != NULL &&
           goes_on(p, &g, next, &edges)) {
        take(p, &g, next, &edges);
        at = (size_t)(next - p->lines->at);
    }
    if (g.text.len) {
        g.first->text = arena_copy(&p->lines->arena, buf_span(&g.text));
        g.first->asked = g.first->kinds = 0;
    }
    p->draft->failed |= p->lines->arena.failed;
    buf_free(&g.text);
    p->line = g.first;
    p->scanner->line = p->line->origin.first;
    look_fold(p, &p->folded, p->line);
}
