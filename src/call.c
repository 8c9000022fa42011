/* Finds where a text calls a note: a number or sign behind a word. */
#include "call.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "lines.h"
#include "quote.h"

/* The character at byte `at`, a space at the end; steps behind it. */
static UChar32 next_of(struct span text, size_t *at)
{
    int32_t next = (int32_t)*at;
    UChar32 c = ' ';

    if (*at < text.len)
        U8_NEXT(text.at, next, (int32_t)text.len, c);
    *at = (size_t)next;
    return c;
}

/* 个, 年: behind a number, these make it a count or a date. */
static bool is_counter(struct scanner *scanner, struct span text, size_t from,
                       size_t to)
{
    return scanner_takes(scanner, KIND_RESIDUE, "counter",
                         span_between(text.at + from, text.at + to), NULL);
}

/* Whether the number that ends at byte `at` could be a call by what follows. */
bool call_ends(struct scanner *scanner, struct span text, size_t at)
{
    size_t from = at;
    UChar32 c = next_of(text, &at);

    if (c == '.')
        return !u_isalnum(next_of(text, &at));
    return !u_isdigit(c) && !(c < 0x80 && u_isalpha(c)) && c != '-' &&
           c != '/' &&
           !(u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) &&
             is_counter(scanner, text, from, at));
}

enum { WORD_MAX = 40, LATIN_MIN = 3, HAN_MIN = 2, ADDRESS_MAX = 200 };

/* The letters of one kind that end at byte `end`, or the last two Han
 * characters. What is shorter tells nothing. */
struct span call_word(struct span text, size_t end)
{
    int32_t at = (int32_t)end;
    unsigned letters = 0, han = 0;

    while (at > 0 && letters < WORD_MAX && han < HAN_MIN) {
        int32_t was = at;
        bool is_han;
        UChar32 c;

        U8_PREV(text.at, 0, at, c);
        is_han = u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
        if (!u_isalpha(c) || (is_han ? letters : han)) {
            at = was;
            break;
        }
        letters += !is_han;
        han += is_han;
    }
    if (letters < LATIN_MIN && han < HAN_MIN)
        at = (int32_t)end;
    return (struct span){ text.at + at, end - (size_t)at };
}

/* The label in `text`, with the bracket behind it where the note has one. */
struct span call_with_bracket(struct span text, struct span label,
                              struct span mark)
{
    const char *end = label.at + label.len;

    label.len +=
        mark.len > label.len && end < text.at + text.len && *end == ')';
    return label;
}

/* Digits of any script; otherwise a sign. */
bool note_is_numbered(const struct note *note)
{
    return u_isdigit(span_first(note->label));
}

/* A full-width one stands in Chinese texts. */
bool note_opens_square(struct span text)
{
    UChar32 c = span_first(text);

    return c == '[' || c == 0xFF3B;
}

static bool opens_bracket(struct span mark)
{
    UChar32 c = span_first(mark);

    return c == '(' || c == 0xFF08 || note_opens_square(mark);
}

/* "12bis", not 第12条. */
static bool goes_on_with_number(struct span text, struct span word)
{
    return u_isalpha(span_first(word)) && (unsigned char)*word.at < 0x80 &&
           word.at > text.at && is_digit(word.at[-1]);
}

/* "E/2024/7 and Corr.1", "Rule 12bis.1": the end of a symbol or label, in any
 * language. */
static bool follows_symbol(struct span text, size_t at)
{
    struct span word = at ? call_word(text, at - 1) : (struct span){ 0 };

    return word.len && text.at[at - 1] == '.' &&
           (span_is(word, "Corr") || span_is(word, "Add") ||
            span_is(word, "Rev") || goes_on_with_number(text, word));
}

/* "le Directeur général ;1": French has a space there. */
static int32_t before_space(struct span text, int32_t at)
{
    int32_t next = at;
    UChar32 c = 0;

    if (at > 0)
        U8_PREV(text.at, 0, next, c);
    return u_charType(c) == U_SPACE_SEPARATOR ? next : at;
}

/* 正文第2段: what stands behind 第 counts, whatever it counts. */
static bool follows_ordinal_sign(struct span text, size_t at)
{
    static const char sign[] = "\u7B2C";

    return at >= strlen(sign) &&
           memcmp(text.at + at - strlen(sign), sign, strlen(sign)) == 0;
}

/* Whether a number at byte `at` follows what a call can be glued to: a word,
 * or the sign that closes a quotation or a sentence. */
static bool follows_word(struct span text, size_t at)
{
    int32_t before = (int32_t)at;
    int8_t type;
    UChar32 c;

    if (follows_ordinal_sign(text, at))
        return false;
    if (call_word(text, at).len)
        return true;
    if (follows_symbol(text, at))
        return false;
    U8_PREV(text.at, 0, before, c);
    type = u_charType(c);
    if (c == ';')
        before = before_space(text, before);
    return type == U_END_PUNCTUATION || type == U_FINAL_PUNCTUATION ||
           c == '"' ||
           (c == ':' && at + 1 == text.len &&
            call_word(text, (size_t)before).len) || /* "Members:1" */
           (c != ':' && c != '/' &&
            lines_ends_sentence((struct span){ text.at, at }) &&
            (call_word(text, (size_t)before).len ||
             (before > 1 && text.at[before - 1] == ')')));
}

/* Whether nothing is glued to what ends at byte `end`. */
static bool ends_word(struct span text, size_t end)
{
    return end >= text.len ||
           span_space((struct span){ text.at + end, text.len - end });
}

/* "The note by the Secretary-General,1" with nothing glued behind. */
static bool follows_comma(struct span text, size_t at, size_t end)
{
    struct span before = { text.at, at };
    int32_t comma = (int32_t)at;
    UChar32 c;

    U8_BACK_1((const uint8_t *)text.at, 0, comma);
    U8_GET((const uint8_t *)text.at, 0, comma, (int32_t)text.len, c);
    return (lines_ends_in_comma(before) || c == 0x60C) &&
           call_word(text, (size_t)comma).len && ends_word(text, end);
}

/* "tsg2@example.org", "www.example.org/tides2". */
static bool is_in_address(struct span text, size_t at, size_t end)
{
    size_t from = at;

    while (from > 0 && at - from < ADDRESS_MAX &&
           !strchr(" \t(<", text.at[from - 1]))
        from--;
    return (end < text.len && text.at[end] == '@') ||
           lines_has_address((struct span){ text.at + from, at - from });
}

/* An item that Arabic texts label so: ’1‘. */
static bool is_quoted(struct span text, size_t at, size_t end)
{
    int32_t before = (int32_t)at;
    UChar32 c = 0;

    U8_PREV(text.at, 0, before, c);
    return quote_is_single(c) && quote_is_single(span_first((struct span){
                                     text.at + end, text.len - end }));
}

/* 修订版1 */
static bool follows_amendment(struct scanner *scanner, struct span text,
                              size_t at)
{
    struct span word = call_word(text, at);

    return word.len &&
           !(u_isalpha((unsigned char)*word.at) &&
             (unsigned char)*word.at < 0x80) &&
           scanner_takes(scanner, KIND_RESIDUE, "amended", word, NULL);
}

static bool is_number_call(struct scanner *scanner, struct span text, size_t at,
                           size_t end)
{
    if (is_quoted(text, at, end) || follows_amendment(scanner, text, at))
        return false;
    return note_opens_square((struct span){ text.at + at, text.len - at }) ||
           (!is_digit(text.at[at - 1]) && call_ends(scanner, text, end) &&
            !is_in_address(text, at, end) &&
            (follows_word(text, at) || follows_comma(text, at, end)));
}

/* "**" is another sign than "*", and "2 * 3" is a product. */
static bool is_sign_call(struct span text, size_t at, struct span label)
{
    struct span rest = { text.at + at + label.len, text.len - at - label.len };

    return (at < label.len ||
            memcmp(text.at + at - label.len, label.at, label.len) != 0) &&
           (rest.len < label.len ||
            memcmp(rest.at, label.at, label.len) != 0) &&
           (text.at[at - 1] != ' ' || !u_isdigit(span_first(span_trim(rest))));
}

/* Bytes before and behind a number in which a reference is looked for. */
enum { REFERENCE_BEFORE = 80, REFERENCE_BEHIND = 40 };

static struct span around(struct span text, struct span number)
{
    const uint8_t *bytes = (const uint8_t *)text.at;
    int32_t from = (int32_t)(number.at - text.at), to;

    to = from + (int32_t)number.len + REFERENCE_BEHIND;
    from = from > REFERENCE_BEFORE ? from - REFERENCE_BEFORE : 0;
    to = to < (int32_t)text.len ? to : (int32_t)text.len;
    U8_SET_CP_START(bytes, 0, from);
    if (to < (int32_t)text.len)
        U8_SET_CP_START(bytes, 0, to);
    return (struct span){ text.at + from, (size_t)(to - from) };
}

/* Whether the number is of a reference: "附件1". */
static bool is_of_reference(struct calls *calls, struct span text,
                            struct span number)
{
    const struct grammar *g = calls->scanner->grammar;
    struct span near = around(text, number);
    struct finding f;
    size_t start;

    if (near.len > calls->budget ||
        !scanner_fold_text(calls->scanner, &calls->folded, near))
        return true;
    calls->budget -= near.len;
    for (size_t i = g->first[KIND_REF]; i < g->first[KIND_REF + 1]; i++)
        for (start = 0;
             scanner_match(calls->scanner, g->by_kind[i], &calls->folded, start,
                           &f) == PATTERN_FOUND;
             start = pattern_end(&calls->scanner->matcher)) {
            struct span all = f.match.at[CAP_ALL];

            if (all.at > number.at || !all.len)
                break;
            if (all.at + all.len > number.at)
                return true;
        }
    return false;
}

/* Where the line calls the note: the mark, or its number alone. */
struct span call_in_text(struct calls *calls, struct span text,
                         const struct note *note)
{
    bool number = note_is_numbered(note);
    struct span label = opens_bracket(note->mark) ? note->mark : note->label;

    for (size_t at = 1; at + label.len <= text.len; at++) {
        const char *found =
            memmem(text.at + at, text.len - at, label.at, label.len);
        struct span typed;

        if (!found)
            break;
        at = (size_t)(found - text.at);
        typed = call_with_bracket(text, (struct span){ found, label.len },
                                  note->mark);
        if (number ? is_number_call(calls->scanner, text, at, at + typed.len) &&
                         !is_of_reference(calls, text, typed)
                   : is_sign_call(text, at, label))
            return typed;
    }
    return (struct span){ 0 };
}

/* "A75/20": a symbol, whose last number ends at byte `end`. */
static bool is_symbol(struct span text, size_t digits, size_t end)
{
    bool capital = false;

    if (digits == end || digits == 0 || text.at[digits - 1] != '/')
        return false;
    while (digits > 0 && !strchr(" (\t", text.at[digits - 1])) {
        capital |= text.at[digits - 1] >= 'A' && text.at[digits - 1] <= 'Z';
        digits--;
    }
    return capital;
}

/* "... in 2016.2", "... in TD78.2", "... in A75/20.2": the number of the note
 * stands behind that of a year or of a paper, where the sentence ends. No such
 * number has decimals. */
bool call_is_behind_number(struct calls *calls, struct span text,
                           struct span typed)
{
    size_t at = (size_t)(typed.at - text.at), end = at + typed.len;
    size_t digits = at - 1, letters;
    UChar32 behind;

    (void)calls; /* nothing but what stands around it is asked */
    if (at < 2 || text.at[at - 1] != '.')
        return false;
    while (digits > 0 && is_digit(text.at[digits - 1]))
        digits--;
    letters = digits;
    while (letters > 0 && text.at[letters - 1] >= 'A' &&
           text.at[letters - 1] <= 'Z')
        letters--;
    if (letters > 0 && !strchr(" -(/", text.at[letters - 1]))
        return false;
    if (!ends_word(text, end))
        return false;
    behind = end < text.len ? span_first(span_trim((struct span){
                                  text.at + end, text.len - end }))
                            : 'A';
    if (u_islower(behind))
        return false;
    if (letters < digits)
        return digits - letters > 1 && at - 1 > digits;
    return is_symbol(text, digits, at - 1) ||
           (at - 1 - digits == 4 && (memcmp(text.at + digits, "19", 2) == 0 ||
                                     memcmp(text.at + digits, "20", 2) == 0));
}

/* "gauges 1 (FG-TIDE)", as programs write what is raised above its line: behind
 * a word that is no name, as that of "Group 1" may be. */
bool call_is_behind_space(struct calls *calls, struct span text,
                          struct span typed)
{
    size_t at = (size_t)(typed.at - text.at), end = at + typed.len;
    struct span word = at > 1 && text.at[at - 1] == ' '
                           ? call_word(text, at - 1)
                           : (struct span){ 0 };

    return word.len && !u_isupper(span_first(word)) && ends_word(text, end) &&
           call_ends(calls->scanner, text, end) &&
           !is_of_reference(calls, text, typed);
}

/* "Placea)": a letter calls a note where the text of a cell ends in it. */
struct span call_by_letter(struct span text, struct span mark)
{
    size_t at = text.len - mark.len;

    if (text.len <= mark.len || text.at[at - 1] == '(' ||
        memcmp(text.at + at, mark.at, mark.len) != 0)
        return (struct span){ 0 };
    return (struct span){ text.at + at, mark.len };
}

/* "95 (1)": a number in brackets calls a note where the text of a cell ends in
 * it, behind a number, too. */
struct span call_by_bracket(struct calls *calls, struct span text,
                            const struct note *note)
{
    struct span typed = opens_bracket(note->mark) && note_is_numbered(note)
                            ? call_by_letter(text, note->mark)
                            : (struct span){ 0 };

    return typed.len && !is_of_reference(calls, text, typed)
               ? typed
               : (struct span){ 0 };
}

/* "texts* of the group": a sign that no space parts from the word before; or,
 * where nothing follows it, from what ends that: "texts.*", "M.1-2*". */
bool call_is_glued(struct span text, struct span typed)
{
    int32_t before = (int32_t)(typed.at - text.at);
    UChar32 c;

    if (!typed.len || before == 0)
        return false;
    U8_PREV(text.at, 0, before, c);
    return u_isalpha(c) || u_charType(c) == U_END_PUNCTUATION ||
           (typed.at + typed.len == text.at + text.len &&
            (c == '.' || u_isdigit(c)));
}

/* "texts.[2]": a source is cited behind a space. */
bool call_is_close(struct span text, struct span typed)
{
    return typed.len && typed.at > text.at &&
           !u_isUWhiteSpace((unsigned char)typed.at[-1]);
}
