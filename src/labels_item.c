/* Takes the labels of items out of what a reference names: "b) ii)", "（三）",
 * "②".
 */
#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "labels.h"
#include "number.h"
#include "quote.h"

/* Where the Han numerals or full-width digits before a bracket begin. */
static const char *numeral_start(const char *from, const char *close)
{
    while (close - from >= 3 && (unsigned char)close[-3] > 0xE2 &&
           labels_bytes(close - 3, close, true) == 3)
        close -= 3;
    return close;
}

/* Where the letters or digits before a bracket begin. A letter of another
 * alphabet stands alone; an Arabic one may be drawn long (U+0640) and have a
 * space behind it: "هـ )". */
static const char *label_start(const char *from, const char *close)
{
    const char *at = numeral_start(from, close);
    int32_t len;
    UChar32 c = 0;

    if (at < close)
        return at;

    while (at > from && ((at[-1] >= 'a' && at[-1] <= 'z') || is_digit(at[-1])))
        at--;
    while (at == close && at > from && at[-1] == ' ')
        close = --at;
    if (at == close && at > from && isupper((unsigned char)at[-1]) &&
        (at - 1 == from || !isalnum((unsigned char)at[-2])))
        return at - 1; /* "B)" */
    len = (int32_t)(at - from);
    do {
        if (at != close || len == 0)
            return at;
        U8_PREV(from, 0, len, c);
    } while (c == 0x640);
    return labels_is_other_letter(c) ? from + len : at;
}

enum { WIDE_OPEN = 0xFF08, WIDE_CLOSE = 0xFF09 };

/* With the bracket before it, of either width. */
static const char *with_open(const char *from, const char *start)
{
    int32_t at = (int32_t)(start - from);
    UChar32 c = 0;

    if (at > 0)
        U8_PREV(from, 0, at, c);
    return c == '(' || c == WIDE_OPEN ? from + at : start;
}

/* "b" and ".b", with no bracket behind them. */
static bool is_bare_item(struct span list)
{
    return list.len && list.len <= 2 &&
           islower((unsigned char)list.at[list.len - 1]) &&
           (list.len == 1 || list.at[0] == '.');
}

/* What Russian texts cite as «а» and number а): the length with both quotes. */
static int32_t quoted_letter_length(struct span text)
{
    int32_t at = 0, end = (int32_t)text.len;
    UChar32 c = 0;

    for (unsigned i = 0; i < 3; i++) {
        if (at >= end)
            return 0;
        U8_NEXT(text.at, at, end, c);
        if (i == 1 ? !u_islower(c) : !quote_of(c))
            return 0;
    }
    return at;
}

/* What Arabic texts number '1' and others (i): the length with both quotes. */
static int32_t quoted_length(struct span text)
{
    int32_t at = 0;
    unsigned digits = 0;
    UChar32 c = 0;

    while (at < (int32_t)text.len) {
        bool first = at == 0;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (quote_is_single(c) && !first)
            break;
        digits += u_isdigit(c) != 0;
        if (first ? !quote_is_single(c) : !u_isdigit(c) || digits > 2)
            return 0;
    }
    return digits && quote_is_single(c) ? at : 0;
}

static int32_t any_quoted_length(struct span text)
{
    int32_t length = quoted_length(text);

    return length ? length : quoted_letter_length(text);
}

/* "a) bis": the end of the word behind the bracket, or `at`. */
static int32_t bis_end(struct span list, int32_t at)
{
    size_t from = (size_t)at, to;

    from += from < list.len && list.at[from] == ' ';
    for (to = from; to < list.len && islower((unsigned char)list.at[to]);)
        to++;
    return number_bis(span_between(list.at + from, list.at + to)) ? (int32_t)to
                                                                  : at;
}

struct span labels_one_item(struct span list)
{
    if (is_bare_item(list))
        return (struct span){ list.at + list.len - 1, 1 };
    for (int32_t at = 0; at < (int32_t)list.len;) {
        const char *here = list.at + at, *start = here;
        int32_t quoted =
            any_quoted_length(span_between(here, list.at + list.len));
        UChar32 c;

        U8_NEXT(list.at, at, (int32_t)list.len, c);
        if (c == ')' || c == WIDE_CLOSE) {
            start = with_open(list.at, label_start(list.at, here));
            at = bis_end(list, at);
        } else if (quoted)
            return (struct span){ here, (size_t)quoted };
        else if (!numeral_is_circled(c) && !numeral_is_bracketed_han(c))
            continue;
        return span_between(start, list.at + at);
    }
    return (struct span){ 0 };
}

/* An item, with those in it: "b) ii)". What is between two is no label. */
struct span labels_item(struct span list)
{
    struct span item = { list.at, 0 }, rest = list, one;

    while ((one = labels_one_item(rest)).len) {
        if (!item.len)
            item.at = one.at;
        else if (span_trim(span_between(rest.at, one.at)).len)
            break;
        item.len = (size_t)(one.at + one.len - item.at);
        rest = span_between(one.at + one.len, list.at + list.len);
    }
    return item;
}

struct span labels_letter_alone(struct span list)
{
    const char *end = list.at + list.len, *at = list.at;

    while (at < end) {
        const char *word = at;

        while (at < end && !strchr(" ,", *at))
            at++;
        if (at - word == 1 && strchr("abcdfgh", *word))
            return (struct span){ word, 1 };
        while (at < end && strchr(" ,", *at))
            at++;
    }
    return (struct span){ 0 };
}

struct span labels_item_behind(struct span list, const char *from)
{
    struct span rest = span_between(from, list.at + list.len), item;

    /* "2.1.a and 2.2" */
    if (rest.len > 2 && rest.at[0] == '.' && rest.at[1] >= 'a' &&
        rest.at[1] <= 'h' && strchr(" ,", rest.at[2]))
        return (struct span){ rest.at, 2 };
    item = labels_item(rest);
    if (span_trim(span_between(from, item.at)).len)
        item.len = 0;
    return item;
}
