/* Joins the lines that a converter or an editor broke inside a paragraph. A
 * wrong join is worse than a missed one. */
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

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

static bool has_column(const struct line *line)
{
    size_t len = line->text.len < COLUMN_MAX ? line->text.len : COLUMN_MAX;
    const char *space = memchr(line->text.at, ' ', line->text.len);
    size_t symbol = space ? (size_t)(space - line->text.at) : 0;

    return memchr(line->text.at, '\t', len) != NULL ||
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
           !look_kinds(p, next, BIT(KIND_CLAUSE) | BIT(KIND_ITEM));
}

/* Two columns of a header, side by side. */
static bool is_of_columns(const struct parser *p, const struct line *line)
{
    struct span columns[2];

    return p->region == REGION_PREFACE && lines_split(line->text, columns);
}

static bool is_label_start(struct parser *p, struct line *line)
{
    return look_kinds(p, line, BIT(KIND_CLAUSE) | BIT(KIND_ITEM)) != 0;
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

enum { TAIL = 512 };

static void set_tail(struct gathering *g)
{
    struct span text = g->text.len ? buf_span(&g->text) : g->first->text;
    size_t from = text.len > TAIL ? text.len - TAIL : 0;

    while (from < text.len && ((unsigned char)text.at[from] & 0xC0) == 0x80)
        from++;
    g->tail = (struct span){ text.at + from, text.len - from };
}

/* A sentence that has begun, and has not come to its end, in a line too long
 * for a heading; what ends in brackets may be one that enumerates. */
enum { SENTENCE_WIDTH = 50 };

static bool is_inside_sentence(const struct parser *p,
                               const struct gathering *g,
                               const struct line *next)
{
    static const char *const commas[] = { "\uFF0C", "\u3002", "\uFF1B",
                                          "\u3001", ", ", "; " };
    enum { WIDE_COMMAS = 3, COMMAS = 6 };
    bool wide = lines_is_wide(lines_last(g->tail));
    /* Titles enumerate, too. */
    bool listed = p->region != REGION_BODY ||
                  u_charType(lines_last(g->tail)) == U_END_PUNCTUATION;

    if ((lines_has_label(g->first->text) && lines_has_label(next->text)) ||
        lines_is_bracketed(next->text))
        return false; /* the time, and below it the place */
    if (lines_ends_sentence(g->tail) || lines_width(g->tail) < SENTENCE_WIDTH)
        return false;
    if (!wide &&
        !(u_isalnum(lines_last(g->tail)) &&
          u_hasBinaryProperty(span_first(next->text), UCHAR_IDEOGRAPHIC)))
        return false;
    for (size_t i = 0; i < (wide && !listed ? COMMAS : WIDE_COMMAS); i++)
        if (memmem(g->tail.at, g->tail.len, commas[i], strlen(commas[i])))
            return true;
    return false;
}

/* "... at 9:30. The" in a line that is neither short nor a whole paragraph: one
 * sentence is over in it, and the next one is not; letters without case show
 * it by a comma, or, in a long line, by a shorter one that ends a sentence. */
enum { BROKEN_WIDTH_MAX = 120, CASELESS_WIDTH = 60 };

static bool has_begun_sentence(const struct parser *p,
                               const struct gathering *g,
                               const struct line *next)
{
    struct span line = g->last->text;
    UChar32 last = lines_last(line);
    size_t width;

    if (p->region != REGION_BODY || !u_isalpha(last) || lines_is_wide(last) ||
        lines_is_wide(span_first(line)))
        return false;
    width = lines_width(line);
    return width >= SENTENCE_WIDTH && width <= BROKEN_WIDTH_MAX &&
           (lines_has_sentence(line) ||
            (u_charType(last) == U_OTHER_LETTER &&
             (memmem(line.at, line.len, "\u060C ", 3) ||
              (width >= CASELESS_WIDTH && lines_width(next->text) < width &&
               lines_ends_sentence(next->text)))));
}

enum { CONTEXT = 8 }; /* code points on each side of a break */

static int32_t to_units(UChar *units, struct span text, bool tail)
{
    int32_t at = tail ? (int32_t)text.len : 0, end = (int32_t)text.len;
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = 0;

    if (tail) {
        U8_BACK_N((const uint8_t *)text.at, 0, at, CONTEXT);
    } else {
        end = 0;
        U8_FWD_N((const uint8_t *)text.at, end, (int32_t)text.len, CONTEXT);
    }
    u_strFromUTF8(units, 2 * CONTEXT, &len, text.at + at, end - at, &status);
    return U_SUCCESS(status) ? len : 0;
}

/* Whether a Chinese word stands across the break: ICU knows the words. Behind
 * a heading of few characters that may be chance, and so it may be before what
 * a text calls itself. */
enum { WORD_WIDTH_MIN = 18 };

static bool is_inside_word(struct parser *p, struct span tail,
                           const struct line *next)
{
    UChar units[4 * CONTEXT];
    UErrorCode status = U_ZERO_ERROR;
    int32_t before, after;

    if (!lines_is_wide(lines_last(tail)) || !lines_is_wide(span_first(next->text)) ||
        lines_width(tail) < WORD_WIDTH_MIN)
        return false;
    if (!p->words)
        p->words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
    before = to_units(units, tail, true);
    after = to_units(units + before, next->text, false);
    ubrk_setText(p->words, units, before + after, &status);
    return U_SUCCESS(status) && before && after &&
           !ubrk_isBoundary(p->words, before) &&
           !scanner_takes(p->scanner, KIND_SAME, "own", next->text, NULL);
}

/* Addresses are of ASCII; of a line in Chinese it is not known where words
 * begin. */
static bool cannot_be_address(struct span text)
{
    UChar32 c = span_first(text);

    return c >= 0x80 && u_isalpha(c) && !lines_is_wide(c);
}

/* "0930 - 1230" or an item below "28 February". */
static bool is_no_year(struct parser *p, struct line *line)
{
    struct span text = line->text;

    if (!text.len || !is_digit(text.at[0]))
        return is_label_start(p, line);
    return text.len < 4 ||
           (memcmp(text.at, "19", 2) != 0 && memcmp(text.at, "20", 2) != 0);
}

/* "1 in all", "A.1 to A.3": a space and a small letter behind it, where a text
 * with a label of its own has a capital or a TAB. */
static bool goes_on_small(struct span text)
{
    const char *space = memchr(text.at, ' ', text.len);

    return space &&
           u_islower(span_first(span_between(space + 1, text.at + text.len)));
}

/* "A.1", "12", "C24/5", "II and", "C is": what may be the number of a document
 * or a place, and is no word. */
static bool may_be_number(struct span text)
{
    static const char joints[] = "-./";
    bool roman = true;
    UChar32 c = 0;
    int32_t at = 0, capitals = 0;

    while (at < (int32_t)text.len) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (!u_isupper(c))
            break;
        roman &= c == 'I' || c == 'V' || c == 'X';
        capitals++;
    }
    return u_isdigit(c) ||
           (capitals && ((roman && !u_isalpha(c)) ||
                         (capitals == 1 && c == ' ' && goes_on_small(text)) ||
                         (c > 0 && c < 0x80 && strchr(joints, (char)c))));
}

/* "14-16" and "April 2031", "14-16" and "de abril de 2031" */
enum { PREPOSITION_MAX = 3 };

static bool begins_with_month(struct parser *p, const struct line *next)
{
    struct span text = next->text;
    struct finding f;

    return text.len < TAIL && u_isalpha(span_first(text)) &&
           scanner_takes(p->scanner, KIND_FACT, "date_month", text, &f) &&
           f.match.at[CAP_ALL].at <= text.at + PREPOSITION_MAX;
}

/* "FINAL CLAUSES" above "Article 5 - Amendments". */
static bool is_title_alone(struct parser *p, struct span tail,
                           struct line *next)
{
    return u_isalpha(span_first(next->text)) && heading_is_capitals(tail) &&
           !heading_is_capitals(next->text) && is_label_start(p, next);
}

/* "4 Next steps" above "2031 is a leap year.", all of a sentence, whose first
 * word had room beside the heading: no number of a text that was broken there.
 */
static bool is_below_heading(struct parser *p, const struct gathering *g,
                             const struct line *next)
{
    const char *space = memchr(next->text.at, ' ', next->text.len);
    struct span word =
        span_between(next->text.at, space ? space : next->text.at);

    return u_isdigit(span_first(next->text)) && g->first == g->last &&
           lines_ends_sentence(next->text) &&
           lines_width(g->tail) + 1 + lines_width(word) <=
               lines_width(next->text) &&
           look_has(p, g->first, KIND_CLAUSE);
}

static struct edges look_at_edges(struct parser *p, const struct gathering *g,
                                  struct line *next)
{
    struct span tail = g->tail;
    struct edges e = { .ends = lines_ends_sentence(tail) };
    struct folded folded = { 0 };
    struct finding finding;

    if (!scanner_fold_text(p->scanner, &folded, tail)) {
        p->draft->failed = true;
    } else {
        /* Behind a full stop only an address may go on; that of an
         * abbreviation is none. */
        e.ends &= !scanner_is_named(p->scanner, KIND_UNFINISHED,
                                    "abbreviation", &folded, &finding) &&
                  (lines_last(tail) != ';' ||
                   !scanner_is_named(p->scanner, KIND_UNFINISHED, "bracket",
                                     &folded, &finding));
        e.unfinished = e.ends ? scanner_is_named(p->scanner, KIND_UNFINISHED,
                                                 "url", &folded, &finding)
                              : scanner_is(p->scanner, KIND_UNFINISHED,
                                           &folded, &finding);
        e.url = e.unfinished && rule_is(finding.rule, "url");
        if (e.url && cannot_be_address(next->text))
            e.url = e.unfinished = false;
        e.days = e.unfinished && rule_is(finding.rule, "date") &&
                 finding.match.at[CAP_DAY].at;
        if (e.unfinished && rule_is(finding.rule, "date") &&
            (e.days ? !begins_with_month(p, next) : is_no_year(p, next)))
            e.days = e.unfinished = false;
        if (e.unfinished && rule_is(finding.rule, "reference") &&
            (!may_be_number(next->text) ||
             (g->first == g->last && is_label_start(p, next) &&
              !goes_on_small(next->text))))
            e.unfinished = false; /* "2 Documents" and "2.1" below it */
        e.unfinished &= !is_title_alone(p, tail, next);
        e.words = e.unfinished && rule_is(finding.rule, "words");
        e.ends &= !e.url;
    }
    if (look_fold(p, &folded, next)) {
        e.continuation = scanner_is(p->scanner, KIND_CONTINUATION, &folded,
                                    &finding);
        e.always = e.continuation && finding.rule->level == 0;
        if (e.continuation && !e.always && is_below_heading(p, g, next))
            e.continuation = false;
    }
    folded_free(&folded);
    return e;
}

/* "...; and" before the last item of a list. */
static bool announces_item(struct span tail)
{
    while (tail.len && tail.at[tail.len - 1] != ' ' &&
           !lines_ends_in_semicolon(tail))
        tail.len--;
    return lines_ends_in_semicolon(span_trim(tail));
}

/* "x = 2y" and, behind a TAB, the number of the formula. */
static bool is_formula(struct span tail)
{
    size_t at = tail.len;

    if (!at || tail.at[at - 1] != ')')
        return false;
    while (at > 0 && tail.at[at - 1] != '(')
        at--;
    return at > 1 && tail.len - at < 8 && tail.at[at - 2] == '\t';
}

/* "Name: ______" and below it what else is to be filled in. */
static bool is_filled_in(struct span tail, const struct line *next)
{
    return ((lines_ends_in(tail, "____") || lines_ends_in(tail, "....") ||
             lines_ends_in(tail, "\u2026\u2026")) &&
            label_begins_high(next->text)) ||
           (lines_has_blank(tail) && lines_has_blank(next->text));
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

static bool closes_bracket(struct span tail, const struct line *next)
{
    struct span text = next->text;
    size_t at = tail.len, k = 0;

    while (at > 0 && tail.at[at - 1] != '(' && tail.at[at - 1] != ')')
        at--;
    if (at == 0 || tail.at[at - 1] != '(' || lines_ends_sentence(tail))
        return false;
    while (k < text.len && text.at[k] != '(' && text.at[k] != ')')
        k++;
    return k < text.len && text.at[k] == ')' &&
           (k > ITEM_MAX || memchr(text.at, ' ', k));
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
    *edges = look_at_edges(p, g, next);
    return !edges->ends;
}

/* A few words without an end: behind a full stop they are a heading. */
static bool stands_alone(const struct line *next)
{
    return !lines_ends_sentence(next->text) &&
           lines_width(next->text) <= WIDTH_MIN;
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

    if (tab && is_label_start(p, line))
        text.text = span_trim((struct span){
            tab, (size_t)(line->text.at + line->text.len - tab) });
    return heading_is_topic(p, &text);
}

/* "The Director," and the name below it, with nothing behind. */
static bool is_office_and_name(struct parser *p, const struct gathering *g,
                               struct line *next)
{
    struct line *behind = look_next(p, (size_t)(next - p->lines->at));

    return !g->text.len && lines_last(g->tail) == ',' &&
           look_has(p, g->first, KIND_SIGNATURE) &&
           lines_width(g->tail) < LABEL_MAX && stands_alone(next) &&
           label_begins_high(next->text) && (!behind || behind->gap > 0);
}

/* "A. Example" and below it "for the Secretary-General". */
static bool is_name_and_office(struct parser *p, const struct gathering *g,
                               struct line *next)
{
    return p->region == REGION_CONCLUSIONS && !g->text.len &&
           lines_width(g->tail) < LABEL_MAX &&
           look_has(p, next, KIND_SIGNATURE) &&
           !look_has(p, g->first, KIND_SIGNATURE);
}

/* "Atenciosamente," and a name, in a language whose words are not known. */
enum { FORMULA_WIDTH = 32 };

static bool is_formula_and_name(const struct parser *p, const struct gathering *g,
                                const struct line *next)
{
    return p->scanner->grammar->wordless && !g->text.len &&
           lines_last(g->tail) == ',' && lines_width(g->tail) < FORMULA_WIDTH &&
           label_begins_high(g->tail) && label_begins_high(next->text) &&
           lines_width(next->text) < LABEL_MAX && !lines_ends_sentence(next->text);
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

/* An item of a header that had to be broken. */
static bool is_broken_item(struct parser *p, const struct gathering *g,
                           struct line *next)
{
    UChar32 last = lines_last(g->tail);

    return p->region == REGION_PREFACE && look_has(p, g->first, KIND_BULLET) &&
           (lines_width(g->last->text) > WIDTH_MIN || is_hanging(g, next)) &&
           !u_ispunct(last) && !is_longer_sentence(g->last, next) &&
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
    *edges = look_at_edges(p, g, next);
    return edges->words;
}

/* "Recalling its decision," and below it "Noting the report,": each paragraph of
 * a preamble ends in a comma. */
static bool is_next_of_preamble(struct parser *p, const struct gathering *g,
                                const struct line *next)
{
    return lines_ends_in_comma(g->tail) &&
           heading_begins_preamble(p, next->text) &&
           (heading_begins_preamble(p, g->first->text) ||
            lines_ends_in(next->text, "\uFF0C"));
}

/* "... the following goals:" and below it "Goal 1 – Tides". */
static bool is_announced(const struct parser *p, struct span tail,
                         const struct line *next)
{
    return p->region == REGION_BODY && lines_ends_in_colon(tail) &&
           label_begins_high(next->text);
}

/* "by mail: a@b.example" and below it "by fax: 12 34": each has a line of its
 * own, the first one below a line that ends in a colon. */
enum { MEANS_MAX = 32 };

static bool has_means(struct span text)
{
    const char *colon =
        memmem(text.at, text.len < MEANS_MAX ? text.len : MEANS_MAX, ": ", 2);

    return colon && colon > text.at && !lines_ends_in_colon(text) &&
           u_islower(span_first(text));
}

static bool are_means(const struct gathering *g, const struct line *next)
{
    return has_means(next->text) &&
           (lines_ends_in_colon(g->tail) ||
            (g->first == g->last && has_means(g->first->text)));
}

/* "– Utopia," and below it "said that they agreed.", where lines are not
 * broken: the sentence around the list goes on. */
enum { SHORT_ITEM_MAX = 40 };

static bool is_behind_list(struct parser *p, const struct gathering *g,
                           struct line *next)
{
    return !p->wrap_width && p->region == REGION_BODY && g->first == g->last &&
           look_kinds(p, g->first, 1u << KIND_BULLET | 1u << KIND_ITEM) &&
           lines_ends_in_comma(g->tail) &&
           lines_width(g->tail) < SHORT_ITEM_MAX &&
           !look_has(p, g->first, KIND_CLAUSE) && !is_label_start(p, next) &&
           u_islower(span_first(next->text)) && lines_ends_sentence(next->text);
}

/* "... of the Regional" and "Vice Chairs": no end of a sentence, in a paragraph
 * whose lines were broken before, and as wide as they are. */
static bool fills_paragraph(struct parser *p, const struct gathering *g,
                            const struct line *next, const struct edges *edges)
{
    bool is_of_field = p->region == REGION_PREFACE && !g->first->cell &&
                       look_has(p, g->first, KIND_FIELD);

    return (p->region == REGION_BODY || is_of_field) && g->text.len &&
           !edges->ends && lines_width(g->last->text) > WIDTH_MIN &&
           width_fills(g->last, next, g->widest);
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

/* "... of these new ITU-T" and below it "Recommendations.": the last word of a
 * sentence, which had no room. */
enum { FULL_WIDTH_MIN = 60, WORD_LEN_MAX = 40 };

static bool is_last_word(const struct parser *p, const struct gathering *g,
                         const struct line *next, const struct edges *edges)
{
    return p->region == REGION_BODY && !edges->ends &&
           lines_width(g->last->text) > FULL_WIDTH_MIN &&
           next->text.len <= WORD_LEN_MAX && lines_ends_in(next->text, ".") &&
           u_isalpha(span_first(next->text)) &&
           !memchr(next->text.at, ' ', next->text.len);
}

static bool goes_on(struct parser *p, const struct gathering *g,
                    struct line *next, struct edges *edges)
{
    struct line *line = g->first;

    if (p->column.len || next->version || !next->text.len ||
        lines_is_rule(next->text) || !line->text.len ||
        (next->gap > 0 && !next->page_break) || has_column(next) ||
        is_of_columns(p, next) || are_rows(p, g, next))
        return false;
    /* A cell is whole, and of values that wait for their labels each has its
     * line. */
    if (next->cell || stacked_wait(p))
        return is_amendment(p, g, next, edges);
    if (look_kinds(p, line, whole_kinds))
        return is_long_heading(p, g, next, edges);
    *edges = look_at_edges(p, g, next);
    if (edges->always && p->region == REGION_BODY &&
        look_classify(p, next) == BIT(KIND_TITLE))
        return true; /* "(see Report 5)": no parent document in a text */
    if (wrap_ends_in_number(p, g, next, edges))
        return true;
    if (is_firm_start(p, next))
        return (edges->words && is_small_heading(p, next)) ||
               (edges->words && next->gap == 0 &&
                look_classify(p, next) == BIT(KIND_TITLE)) ||
               (next->gap == 0 && is_date_behind_comma(p, g->tail, next)) ||
               is_annex_behind_comma(p, g, next) ||
               (edges->unfinished && !edges->url &&
                (edges->words || edges->days ||
                 u_isdigit(span_first(next->text))) &&
                is_bare_field(p, next));
    if (is_formula(g->tail) || is_filled_in(g->tail, next) ||
        is_next_of_preamble(p, g, next) || is_announced(p, g->tail, next) ||
        (are_means(g, next) && !width_was_full(p, g->last, next)) ||
        is_behind_list(p, g, next))
        return false;
    /* "Yours faithfully," ends in a comma, and a name or "(Signed)" follows. */
    if (look_has(p, line, KIND_CLOSING))
        return edges->continuation && !lines_is_enclosed(next->text);
    if (is_office_and_name(p, g, next) || is_name_and_office(p, g, next) ||
        is_formula_and_name(p, g, next))
        return false;
    if (next->gap > 0)
        return edges->unfinished || (!edges->ends && edges->continuation);
    if (is_label_start(p, next) &&
        (announces_item(g->tail) || wrap_begins_next(p, g, next, edges)))
        return false;
    if (edges->unfinished || edges->always || closes_bracket(g->tail, next))
        return true;
    if (is_label_start(p, next))
        return !edges->ends && !wrap_counts_on(p, g, next) &&
               (width_was_full(p, g->last, next) || wrap_is_count(p, g, next));
    if (are_two_contacts(g->tail, next) ||
        (p->region == REGION_PREFACE && lines_is_site(next->text)))
        return false;
    if (edges->continuation && !edges->ends) /* below "Mailing list", an address */
        return g->text.len || !lines_is_address(next->text) ||
               !is_topic(p, line);
    if (width_was_full(p, g->last, next) &&
        !(edges->ends && (stands_alone(next) || is_of_form(next->text) ||
                          is_capital_heading(g, next))))
        return true;
    if (is_broken_item(p, g, next))
        return true;
    return look_classify(p, next) == 0 &&
           (is_inside_sentence(p, g, next) ||
            (!edges->ends && has_begun_sentence(p, g, next)) ||
            fills_paragraph(p, g, next, edges) ||
            is_last_word(p, g, next, edges) ||
            (!edges->ends && is_inside_word(p, g->tail, next)));
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
