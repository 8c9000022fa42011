/* Tells what looks as no heading does, and what is something else that is as
 * short. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"
#include "quote.h"

/* The sign, and the two of the Symbol font, as converters leave them. */
static bool is_copyright(UChar32 c)
{
    return c == 0xA9 || c == 0xF0D3 || c == 0xF0E3;
}

/* "| Station |---| Sea |", of a figure. */
static bool is_drawn(UChar32 c)
{
    return c == '|' || c == '+';
}

/* "ITU  2013", whose sign was lost. */
static bool is_name_and_year(struct span text)
{
    const char *space = memchr(text.at, ' ', text.len);
    struct span name = text, year;

    if (!space || space - text.at > 8 || text.len > 24)
        return false;
    name.len = (size_t)(space - text.at);
    year = span_trim(span_between(space, text.at + text.len));
    return year.len == 4 && year.at[0] >= '1' && year.at[0] <= '2' &&
           u_isdigit((unsigned char)year.at[3]) && u_isupper(lines_last(name));
}

/* Without spaces a few characters are one. */
enum { WORD_WIDTH_MAX = 12 };

static bool is_one_word(struct span text)
{
    return !memchr(text.at, ' ', text.len) &&
           (!lines_is_wide(lines_last(text)) ||
            lines_width(text) <= WORD_WIDTH_MAX);
}

/* "2.2 Texts agreed", "NONE", and the next clause: the word is the text. So it
 * is below "Parent group", which has no number. */
static bool is_word_of_clause(struct parser *p, struct line *next)
{
    const struct frame *frame = stack_top(p);

    return p->before.heading && frame->type == FRAME_SECTION &&
           is_one_word(p->line->text) &&
           (frame->label.len
                ? look_has(p, next, KIND_CLAUSE) &&
                      !section_is_chapter(frame->rule) &&
                      heading_next_level(p) <= frame->level
                : heading_is_topic(p, next) && !heading_is_topic(p, p->line));
}

/* "A. EXAMPLE": of chapters with such letters there are more than one. */
static bool is_name(const struct line *line)
{
    int32_t at = 0;
    UChar32 c;

    U8_NEXT(line->text.at, at, (int32_t)line->text.len, c);
    return u_isupper(c) && !line->chapter && line->text.len > (size_t)at + 1 &&
           line->text.at[at] == '.' && line->text.at[at + 1] == ' ';
}

/* "The following candidate:" and, alone on its line, "Ms Ada Example". */
static bool is_named_person(struct parser *p)
{
    struct span text = p->line->text;
    struct finding f;

    return p->before.colon && !p->before.heading &&
           scanner_takes(p->scanner, KIND_FACT, "name", text, &f) &&
           f.match.at[CAP_ALL].len == text.len;
}

enum { SHORT_FORM_MAX = 12 };

/* "PORT CITY" in an address: between short lines that nothing sets apart, or
 * above "Tel.: 12 34". */
enum { CITY_WIDTH_MAX = 24 };

static bool is_in_address(struct parser *p, struct line *next)
{
    return !p->before.end && !p->before.heading && p->line->gap == 0 &&
           lines_width(p->line->text) <= CITY_WIDTH_MAX && next->gap == 0 &&
           !next->cell && lines_width(next->text) < TITLE_WORDS_WIDTH &&
           !lines_ends_sentence(next->text) &&
           (!look_classify(p, next) ||
            (look_has_label(p, next) && lines_has_digit(next->text)));
}

/* "GW" above "Gateway" and the next of a list of abbreviations, where each TAB
 * has become a line break. */
static bool is_short_form(struct span text)
{
    bool capitals = false;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (u_islower(c) || c == ' ')
            return false;
        capitals |= u_isupper(c);
    }
    return capitals && lines_width(text) <= SHORT_FORM_MAX;
}

static bool is_abbreviation(struct parser *p, struct line *next)
{
    struct line *behind = look_below(p, next);

    return is_short_form(p->line->text) && next->gap == 0 &&
           !is_short_form(next->text) && behind && behind->gap == 0 &&
           is_short_form(behind->text);
}

/* "ISBN" and, right below it, what that is. */
enum { BOOK_DIGITS_MIN = 8 };

static bool is_above_digits(const struct line *line, const struct line *next)
{
    unsigned digits = 0;

    if (next->gap > 0 || !is_short_form(line->text) ||
        !u_isdigit(span_first(next->text)))
        return false;
    for (size_t i = 0; i < next->text.len && digits < BOOK_DIGITS_MIN; i++)
        digits += is_digit(next->text.at[i]);
    return digits == BOOK_DIGITS_MIN;
}

/* What somebody said, on several lines. */
static bool opens_quote(struct span text)
{
    return quote_of(span_first(text)) == QUOTE_OPENS &&
           quote_open_behind(text, 0) > 0;
}

/* "HARBOUR HOTEL    800 2010    95": numbers in columns are a row. */
static bool has_columns_of_numbers(struct span text)
{
    return lines_has_digit(text) && memmem(text.at, text.len, "   ", 3);
}

/* "Class A       Harbours" above "Class B       Estuaries": two rows. */
static bool is_row_above_row(struct parser *p, struct line *next)
{
    return memmem(p->line->text.at, p->line->text.len, "   ", 3) &&
           memmem(next->text.at, next->text.len, "   ", 3) &&
           !heading_is_capitals(p->line->text) && !look_has(p, next, KIND_TOC);
}

/* "LAGOS, 3-5 MAY 2031" and "SUMMARY" below: where and when, in a title. */
static bool is_date_in_title(struct parser *p, struct line *next)
{
    return heading_is_capitals(next->text) &&
           look_find(p, p->line, KIND_FIELD, "placeDate", NULL);
}

/* "... at 9:30. The" goes on. */
static bool is_text_inside(struct span text)
{
    return lines_width(text) > BARE_WIDTH_MAX / 2 && lines_has_sentence(text);
}

/* "Chairman: A. Marsh". */
static bool names_office(struct parser *p)
{
    return memchr(p->line->text.at, ':', p->line->text.len) &&
           !lines_ends_in_colon(p->line->text) &&
           look_has(p, p->line, KIND_SIGNATURE);
}

/* "C = (a + 2b) mod 10". */
static bool is_formula(struct span text)
{
    return memmem(text.at, text.len, " = ", 3);
}

/* Whether the line looks as no heading does. */
bool heading_looks_otherwise(struct parser *p)
{
    struct span text = p->line->text;

    return span_count(p->line->text, '\t') > 1 || /* a row */
           p->line->cell || lines_ends_sentence(text) || lines_is_rule(text) ||
           lines_has_blank(text) || lines_is_mark(p->lines, text) ||
           is_drawn(span_first(text)) || is_copyright(span_first(text)) ||
           (lines_is_enclosed(text) && !heading_is_bracket(p)) ||
           lines_is_symbol(text) || memmem(text.at, text.len, "://", 3) ||
           is_name_and_year(text) || !label_begins_high(text) ||
           !span_has(text, u_isalnum) || lines_ends_in_comma(text) ||
           opens_quote(text) || (p->before.colon && quote_may_open(text)) ||
           is_text_inside(text);
}

/* Whether it is something else that is as short. */
bool heading_is_something_else(struct parser *p, struct line *next)
{
    return is_word_of_clause(p, next) || is_name(p->line) ||
           is_named_person(p) || is_formula(p->line->text) || names_office(p) ||
           has_columns_of_numbers(p->line->text) || is_date_in_title(p, next) ||
           is_row_above_row(p, next) ||
           (!p->line->contents && lines_has_semicolon(p->line->text));
}

/* "DOCUMENT: N 7163" right below a heading: what is on that. */
static bool is_labelled_number(const struct line *line)
{
    const char *colon = memchr(line->text.at, ':', line->text.len);
    const char *end = line->text.at + line->text.len;

    return line->gap == 0 && colon &&
           !memchr(line->text.at, ' ', (size_t)(colon - line->text.at)) &&
           lines_has_digit(span_between(colon, end));
}

bool heading_is_else_in_capitals(struct parser *p, struct line *next)
{
    return is_in_address(p, next) || is_abbreviation(p, next) ||
           is_above_digits(p->line, next) || is_labelled_number(p->line);
}
