/* Tells quotation marks of several languages, and counts those left open. */
#include "quote.h"

#include <unicode/utf8.h>

enum quote quote_of(int32_t c)
{
    switch (c) {
    case '"': return QUOTE_STRAIGHT;
    case 0xAB:   /* « */
    case 0x201C: /* “ */
    case 0x201E: /* „ */
    case 0x300C: /* 「 */ return QUOTE_OPENS;
    case 0xBB:
    case 0x201D:
    case 0x300D: return QUOTE_CLOSES;
    default: return QUOTE_NONE;
    }
}

bool quote_may_open(struct span text)
{
    enum quote quote = quote_of(span_first(text));

    return quote == QUOTE_OPENS || quote == QUOTE_STRAIGHT;
}

unsigned quote_open_behind(struct span text, unsigned open)
{
    for (int32_t at = 0; at < (int32_t)text.len;) {
        enum quote quote;
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        quote = quote_of(c);
        if (quote == QUOTE_OPENS || (quote == QUOTE_STRAIGHT && !open))
            open++;
        else if (quote != QUOTE_NONE && open)
            open--;
    }
    return open;
}

bool quote_is_single(int32_t c)
{
    return c == '\'' || c == 0x2018 || c == 0x2019;
}
