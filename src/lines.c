/* The lines of a document on their way from the decoder to the parser. */
#include "lines.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

struct line *lines_push(struct lines *lines)
{
    return array_push(&lines->at, &lines->count, sizeof *lines->at);
}

bool lines_join(struct lines *lines, struct line *first, struct line *second,
                const char *between)
{
    size_t gap = strlen(between), len = first->text.len + gap + second->text.len;
    char *text = arena_alloc(&lines->arena, len + 1);

    if (!text)
        return false;
    memcpy(text, first->text.at, first->text.len);
    memcpy(text + first->text.len, between, gap);
    memcpy(text + first->text.len + gap, second->text.at, second->text.len);
    text[len] = '\0';
    first->text = (struct span){ text, len };
    first->origin.last = second->origin.last;
    first->origin.to = second->origin.to;
    first->asked = first->kinds = 0;
    first->folds |= second->folds;
    first->contents |= second->contents;
    second->gone = true;
    return true;
}

void lines_compact(struct lines *lines)
{
    size_t kept = 0;
    unsigned gap = 0;
    bool page_break = false;

    for (size_t i = 0; i < lines->count; i++) {
        struct line *line = &lines->at[i];

        gap += line->gap;
        page_break |= line->page_break;
        if (line->gone)
            continue;
        line->gap = gap;
        line->page_break = page_break;
        gap = 0;
        page_break = false;
        lines->at[kept++] = *line;
    }
    lines->count = kept;
}

bool lines_aside(struct lines *lines, const char *name, struct span text,
                 struct origin origin)
{
    struct aside *aside =
        array_push(&lines->asides, &lines->aside_count, sizeof *aside);

    if (!aside)
        return false;
    *aside = (struct aside){ name, text, origin };
    return true;
}

struct mark *lines_add_mark(struct lines *lines, struct line *line,
                            struct buf *out, enum mark_type type)
{
    size_t index = lines->mark_count;
    struct mark *mark =
        index < MARK_MAX
            ? array_push(&lines->marks, &lines->mark_count, sizeof *mark)
            : NULL;

    if (!mark) {
        lines->arena.failed |= index < MARK_MAX;
        return NULL;
    }
    mark->type = type;
    mark->origin = line->origin;
    mark->called = line->origin.first;
    buf_putc(out, MARK);
    buf_put_code_point(out, MARK_BASE + (int32_t)index);
    line->folds = true;
    return mark;
}

struct mark *lines_mark(const struct lines *lines, struct span text,
                        size_t *at)
{
    int32_t next = (int32_t)*at + 1;
    UChar32 c;

    if (*at >= text.len || text.at[*at] != MARK)
        return NULL;
    U8_NEXT(text.at, next, (int32_t)text.len, c);
    if (c < MARK_BASE || (size_t)(c - MARK_BASE) >= lines->mark_count)
        return NULL;
    *at = (size_t)next;
    return &lines->marks[c - MARK_BASE];
}

bool lines_is_mark(const struct lines *lines, struct span text)
{
    size_t at = 0;

    return lines_mark(lines, text, &at) && at == text.len;
}

static bool is_closing(UChar32 c)
{
    int8_t type = u_charType(c);

    return c == '"' || c == '\'' || type == U_END_PUNCTUATION ||
           type == U_FINAL_PUNCTUATION || type == U_SPACE_SEPARATOR ||
           type == U_FORMAT_CHAR;
}

static bool is_final(UChar32 c)
{
    return c == ';' || c == ':' || c == 0xFF1B || c == 0xFF1A || c == 0x2026 ||
           c == 0x61B || u_hasBinaryProperty(c, UCHAR_S_TERM);
}

/* Letters of a unit of time or page behind a number: "45 мин.", "4.45 p.m.". */
enum { UNIT_MAX = 5 };

static bool is_unit(struct span text, int32_t at)
{
    unsigned letters = 0;
    UChar32 c = 0;

    while (at > 0 && letters <= UNIT_MAX) {
        U8_PREV(text.at, 0, at, c);
        if (!u_islower(c) && c != '.')
            break;
        letters++;
    }
    if (letters && u_charType(c) == U_SPACE_SEPARATOR && at > 0)
        U8_PREV(text.at, 0, at, c);
    return letters && letters <= UNIT_MAX && u_isdigit(c);
}

/* A small letter, or one that is doubled, before the stop at `at`: "2022 г.",
 * "2019–2022 гг.", "12 p."; a capital only behind a number: "2022 Г.". */
static bool is_short_word(struct span text, int32_t at)
{
    UChar32 letter = 0, c = 0;

    if (at > 0)
        U8_PREV(text.at, 0, at, letter);
    if (!u_isalpha(letter) || at == 0)
        return false;
    U8_PREV(text.at, 0, at, c);
    if (c == letter && at > 0)
        U8_PREV(text.at, 0, at, c);
    if (!u_islower(letter) && u_charType(c) == U_SPACE_SEPARATOR && at > 0)
        U8_PREV(text.at, 0, at, c);
    return u_isdigit(c) ||
           (u_islower(letter) && u_charType(c) == U_SPACE_SEPARATOR);
}

/* Bytes of a "[...]" that waits for a number: "Draft Decision [...]". */
static int32_t blank_at_end(struct span text)
{
    static const char *const blanks[] = { "[...]", "[\u2026]" };

    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (lines_ends_in(text, blanks[i]) &&
            text.at[text.len - 1] == ']')
            return (int32_t)strlen(blanks[i]);
    return 0;
}

/* Bytes of a call that ends the text: "agreed.[12]". */
static int32_t call_at_end(struct span text)
{
    size_t at = text.len;

    if (at < 3 || text.at[at - 1] != ']')
        return 0;
    for (at--; at > 0 && u_isdigit((unsigned char)text.at[at - 1]);)
        at--;
    return at > 0 && at + 1 < text.len && text.at[at - 1] == '['
               ? (int32_t)(text.len - at + 1)
               : 0;
}

/* In brackets, as in "(Женева, 2022 г.)", the stop of a short word ends no
 * sentence. */
bool lines_ends_sentence(struct span text)
{
    int32_t at = (int32_t)text.len - blank_at_end(text) - call_at_end(text);
    bool bracket = false;
    UChar32 c;

    while (at > 0 && text.at[at - 1] == '*') /* the call of a note */
        at--;
    while (at > 0) {
        U8_PREV(text.at, 0, at, c);
        if (c >= MARK_BASE || c == MARK || is_closing(c)) {
            bracket |= u_charType(c) == U_END_PUNCTUATION;
            continue;
        }
        return is_final(c) &&
               !(bracket && c == '.' &&
                 (is_short_word(text, at) || is_unit(text, at)));
    }
    return false;
}

/* A shorter word is an abbreviation sooner than the last of a sentence, unless
 * it is a unit: "9.30 Uhr." */
enum { LAST_WORD_MIN = 4, LAST_UNIT_MIN = 2 };

bool lines_has_sentence(struct span text)
{
    unsigned letters = 0; /* of the word */
    bool stop = false, space = false, unit = false;
    UChar32 c, before = 0;

    for (int32_t at = 0; at < (int32_t)text.len; before = c) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (space && c != ' ' && u_isalpha(c) && !u_islower(c))
            return true;
        space = c == ' ' && (stop || space);
        stop = c == '.' && u_isalpha(before) && !u_isupper(before) &&
               letters >= (unit ? LAST_UNIT_MIN : LAST_WORD_MIN);
        if (c == ' ')
            unit = u_isdigit(before);
        letters = u_isalpha(c) ? letters + 1 : 0;
    }
    return false;
}

bool lines_ends_in(struct span text, const char *sign)
{
    size_t len = strlen(sign);

    for (int32_t at = (int32_t)text.len, next = at; at > 0; at = next) {
        UChar32 c;

        U8_PREV(text.at, 0, next, c);
        if (c != ' ' && c != '\t' && u_charType(c) != U_FORMAT_CHAR)
            return (size_t)at >= len &&
                   memcmp(text.at + at - len, sign, len) == 0;
    }
    return false;
}

bool lines_ends_in_colon(struct span text)
{
    return lines_ends_in(text, ":") || lines_ends_in(text, "\uFF1A");
}

bool lines_ends_in_semicolon(struct span text)
{
    return lines_ends_in(text, ";") || lines_ends_in(text, "\uFF1B") ||
           lines_ends_in(text, "\u061B");
}

bool lines_has_comma(struct span text)
{
    return text.len > 0 &&
           (memchr(text.at, ',', text.len) ||
            memmem(text.at, text.len, "\uFF0C", 3) ||
            memmem(text.at, text.len, "\u060C", 2));
}

bool lines_has_semicolon(struct span text)
{
    return text.len > 0 && (memchr(text.at, ';', text.len) ||
                            memmem(text.at, text.len, "\uFF1B", 3) ||
                            memmem(text.at, text.len, "\u061B", 2));
}

bool lines_begins_with_colon(struct span text)
{
    UChar32 c = span_first(text);

    return c == ':' || c == 0xFF1A;
}

static bool has(struct span text, const char *what)
{
    return memmem(text.at, text.len, what, strlen(what)) != NULL;
}

bool lines_is_site(struct span text)
{
    return text.len && !memchr(text.at, ' ', text.len) &&
           (has(text, "://") || has(text, "www."));
}

bool lines_is_address(struct span text)
{
    return lines_is_site(text) ||
           (text.len && !memchr(text.at, ' ', text.len) &&
            memchr(text.at, '@', text.len));
}

int32_t lines_last(struct span text)
{
    UChar32 c = 0;
    int32_t at = (int32_t)text.len;

    if (at)
        U8_PREV(text.at, 0, at, c);
    return c;
}

bool lines_ends_in_comma(struct span text)
{
    int32_t at = (int32_t)text.len;
    UChar32 last = MARK;

    /* What calls a note behind it is not seen. */
    while (at > 0 && (last >= MARK_BASE || last == MARK))
        U8_PREV(text.at, 0, at, last);
    return last == ',' || last == 0xFF0C || last == 0x3001 || last == 0x060C;
}

bool lines_is_wide(int32_t c)
{
    bool hangul = c >= 0xAC00 && c < 0xD7B0; /* its words are parted by spaces */

    return (c >= 0x2E80 && c < 0xFF61 && !hangul) ||
           (c >= 0x20000 && c < 0x40000);
}

enum { HAN_LABEL_MAX = 10 };

bool lines_has_label(struct span text)
{
    int32_t at = 0, count = 0;
    UChar32 c = 0;

    while (count <= HAN_LABEL_MAX && at < (int32_t)text.len) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (!u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC))
            break;
        count++;
    }
    return count > 1 && (c == ':' || c == 0xFF1A) && at < (int32_t)text.len;
}

bool lines_is_bracketed(struct span text)
{
    return span_first(text) == 0xFF08 && lines_last(text) == 0xFF09;
}

bool lines_is_enclosed(struct span text)
{
    return (text.len > 2 && text.at[0] == '(' && lines_ends_in(text, ")")) ||
           (text.len > 2 && text.at[0] == '[' && lines_ends_in(text, "]")) ||
           (text.len > 2 && text.at[0] == '{' && lines_ends_in(text, "}")) ||
           (text.len > 6 && lines_is_bracketed(text));
}

const char *lines_between(struct span first, struct span second)
{
    return lines_last(first) == SOFT_HYPHEN ||
                   lines_is_wide(lines_last(first)) ||
                   lines_is_wide(span_first(second))
               ? ""
               : " ";
}

size_t lines_width(struct span text)
{
    size_t width = 0;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c = (unsigned char)text.at[at];

        if (c < 0x80) {
            at++;
            width++;
            continue;
        }
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        width += c >= 0x2E80 && c < 0xFF61 ? 2 : 1;
    }
    return width;
}

void lines_drop(struct lines *lines)
{
    free(lines->at);
    lines->at = NULL;
    lines->count = 0;
}

void lines_free(struct lines *lines)
{
    lines_drop(lines);
    free(lines->marks);
    free(lines->asides);
    buf_free(&lines->converted);
    arena_free(&lines->arena);
    *lines = (struct lines){ 0 };
}

enum { COLUMN_GAP_MIN = 3 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Bytes of the white space at `at`, if it parts two columns; else 0. */
static size_t column_gap(struct span text, size_t at)
{
    size_t end = at;
    bool tab = false;

    while (end < text.len && is_blank(text.at[end]))
        tab |= text.at[end++] == '\t';
    return tab || end - at >= COLUMN_GAP_MIN ? end - at : 0;
}

/* Bytes of "–" and the spaces behind it, which part no columns. */
static size_t bullet_length(struct span text)
{
    static const char *const signs[] = { "-", "\u2013", "\u2014", "\u2022",
                                         "\u00B7" };
    size_t len = 0;

    for (size_t i = 0; i < sizeof signs / sizeof *signs && !len; i++)
        if (text.len > strlen(signs[i]) &&
            memcmp(text.at, signs[i], strlen(signs[i])) == 0)
            len = strlen(signs[i]);
    while (len && len < text.len && text.at[len] == ' ')
        len++;
    return len;
}

bool lines_split_first(struct span text, struct span columns[2])
{
    size_t at = 0, gap = 0;

    while (at < text.len && !(gap = column_gap(text, at)))
        at++;
    columns[0] = (struct span){ text.at, at };
    columns[1] = (struct span){ text.at + at + gap, text.len - at - gap };
    return columns[0].len && columns[1].len;
}

bool lines_split(struct span text, struct span columns[2])
{
    if (!lines_split_first(text, columns))
        return false;
    for (size_t at = bullet_length(columns[1]); at < columns[1].len; at++)
        if (column_gap(columns[1], at))
            return false;
    return true;
}

bool lines_split_last(struct span text, struct span columns[2])
{
    size_t at = text.len, gap = 0;

    while (at > 0 && !gap)
        gap = is_blank(text.at[--at]) && (at == 0 || !is_blank(text.at[at - 1]))
                  ? column_gap(text, at)
                  : 0;
    columns[0] = (struct span){ text.at, at };
    columns[1] = (struct span){ text.at + at + gap, text.len - at - gap };
    return at > 0 && gap && columns[1].len;
}

enum { LAST_WORD_MAX = 24 };

bool lines_announce_item(struct span text)
{
    size_t least = text.len > LAST_WORD_MAX ? text.len - LAST_WORD_MAX : 0;

    while (text.len > least && text.at[text.len - 1] != ' ' &&
           !lines_ends_in_semicolon(text))
        text.len--;
    return lines_ends_in_semicolon(span_trim(text));
}

bool lines_has_blank(struct span text)
{
    static const char *const blanks[] = { "___", "....", "\u2026\u2026",
                                          "\u25A1" };

    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (memmem(text.at, text.len, blanks[i], strlen(blanks[i])))
            return true;
    return false;
}

bool lines_has_digit(struct span text)
{
    size_t i = 0;

    while (i < text.len && !isdigit((unsigned char)text.at[i]))
        i++;
    return i < text.len;
}

bool lines_is_symbol(struct span text)
{
    enum { JOB_DIGITS = 5 };

    size_t digits = 0;

    while (digits < text.len && is_digit(text.at[text.len - 1 - digits]))
        digits++;
    return (memchr(text.at, '/', text.len) || digits >= JOB_DIGITS) &&
           lines_has_digit(text) && !memchr(text.at, ' ', text.len) &&
           !lines_is_wide(lines_last(text));
}

bool lines_has_address(struct span text)
{
    return memchr(text.at, '@', text.len) || memmem(text.at, text.len, "://", 3) ||
           memmem(text.at, text.len, "www.", 4);
}

enum { NUMBER_DIGITS_MAX = 4 };

unsigned lines_number(struct span text, size_t *len)
{
    unsigned number = 0;
    size_t at = 0;

    while (at < text.len && at < NUMBER_DIGITS_MAX &&
           isdigit((unsigned char)text.at[at]))
        number = number * 10 + (unsigned)(text.at[at++] - '0');
    *len = at;
    return number;
}

unsigned lines_row_number(struct span text)
{
    size_t at;
    unsigned number = lines_number(text, &at);

    return at < text.len && text.at[at] == '\t' ? number : 0;
}

static size_t skip_digits(struct span text, size_t at)
{
    while (at < text.len && is_digit(text.at[at]))
        at++;
    return at;
}

static size_t skip_space(struct span text, size_t at)
{
    return at < text.len && text.at[at] == ' ' ? at + 1 : at;
}

bool lines_begins_with_hours(struct span text)
{
    static const char dash[] = "\u2013";
    size_t at = skip_digits(text, 0), sign = skip_space(text, at), minutes;

    if (at == 4) /* behind the first of them a dash */
        return sign < text.len &&
               (text.at[sign] == '-' || (text.len - sign > sizeof dash &&
                                         memcmp(text.at + sign, dash, 3) == 0));
    if (at == 0 || at > 2 || sign >= text.len || !strchr(":.hH", text.at[sign]))
        return false;
    minutes = skip_space(text, sign + 1);
    return skip_digits(text, minutes) == minutes + 2;
}

/* Its first bytes, at most `max`; no character is cut. */
static struct span start_of(struct span text, size_t max)
{
    if (text.len > max) {
        text.len = max;
        while (text.len && ((unsigned char)text.at[text.len] & 0xC0) == 0x80)
            text.len--;
    }
    return text;
}

/* What a table is drawn with says nothing: a run of one sign or blank counts
 * once. */
static void add_words(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (i == 0 || text.at[i] != text.at[i - 1] ||
            (unsigned char)text.at[i] >= 0x80 || isalnum((unsigned char)text.at[i]))
            buf_putc(out, text.at[i]);
}

struct span lines_sample(struct buf *out, const struct lines *lines,
                         size_t from, size_t to, size_t max)
{
    buf_clear(out);
    for (size_t i = from; i < to && out->len < max; i++) {
        add_words(out, start_of(lines->at[i].text, max));
        buf_putc(out, '\n');
    }
    return buf_span(out);
}

/* Dashes, box drawings and the full-width low line draw lines, too. */
static bool draws_line(UChar32 c)
{
    return (c < 0x80 && strchr("_-=*", (int)c)) ||
           (c >= 0x2012 && c <= 0x2015) || (c >= 0x2500 && c <= 0x2501) ||
           c == 0xFF3F;
}

bool lines_is_rule(struct span text)
{
    size_t drawn = 0;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (c == ' ' || c == '\t')
            continue;
        if (c <= 0 || !draws_line(c))
            return false;
        drawn++;
    }
    return drawn > 2;
}

enum { OMITTED_DOTS = 3, OMITTED_DOTS_MAX = 6 };

bool lines_is_omission(struct span text)
{
    unsigned dots = 0;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (c == '.')
            dots++;
        else if (c == 0x2026)
            dots += OMITTED_DOTS;
        else if (c <= 0 || !(c == ' ' || (c < 0x80 && strchr("[]()", (int)c))))
            return false;
        if (dots > OMITTED_DOTS_MAX)
            return false;
    }
    return dots >= OMITTED_DOTS;
}

int32_t lines_next_shown(struct span text, int32_t *at)
{
    UChar32 c = 0;

    while (*at < (int32_t)text.len) {
        U8_NEXT(text.at, *at, (int32_t)text.len, c);
        if (!u_isUWhiteSpace(c))
            return c;
    }
    return 0;
}
