/* Parts the boxes that a form has side by side on one line, each with its
 * answer. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"

/* Bytes of the box that the text begins with; 0 where it does not. */
static size_t box_len(struct span text)
{
    static const UChar32 boxes[] = { 0x2610, 0x2611, 0x2612, 0x25A1,
                                     0x25CB, 0x25EF, 0x2751, 0x2752,
                                     0x274F, 0x2750, 0x2B1C, 0x2B58 };
    int32_t at = 0;
    UChar32 c;

    if (!text.len)
        return 0;
    if (text.at[0] == '[')
        return text.len >= 3 && strchr(" xX", text.at[1]) && text.at[2] == ']'
                   ? 3
                   : 0;
    U8_NEXT(text.at, at, (int32_t)text.len, c);
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
        if (c == boxes[i])
            return (size_t)at;
    return 0;
}

static int bracket(UChar32 c)
{
    switch (u_charType(c)) {
    case U_START_PUNCTUATION: return c == '(' || c == 0xFF08;
    case U_END_PUNCTUATION: return c == ')' || c == 0xFF09 ? -1 : 0;
    default: return 0;
    }
}

/* The first box behind a space, with an answer behind it; one in brackets is
 * of what the answer says. */
static struct span next_box(struct span text)
{
    bool space = false;
    int32_t at = 0;
    int depth = 0;
    UChar32 c;

    while (at < (int32_t)text.len) {
        struct span rest = { text.at + at, text.len - (size_t)at };
        size_t len = space && depth <= 0 ? box_len(rest) : 0;

        if (len &&
            span_trim((struct span){ rest.at + len, rest.len - len }).len)
            return (struct span){ rest.at, len };
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        space = u_isUWhiteSpace(c);
        depth += bracket(c);
    }
    return (struct span){ 0 };
}

bool boxes_part(struct finding *box, struct finding *next)
{
    struct span text = box->match.at[CAP_TEXT], sign;

    if (!box_len(box->match.at[CAP_NUM]))
        return false;
    sign = next_box(text);
    if (!sign.len || sign.at == text.at)
        return false;
    *next = *box;
    box->match.at[CAP_TEXT] = span_trim(span_between(text.at, sign.at));
    next->match.at[CAP_NUM] = sign;
    next->match.at[CAP_TEXT] =
        span_trim(span_between(sign.at + sign.len, text.at + text.len));
    return true;
}
