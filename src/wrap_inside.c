/* Whether a break stands inside a sentence or a word, by what the lines hold
 * and how far they reach. */
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "wrap.h"

/* A sentence that has begun, and has not come to its end, in a line too long
 * for a heading; what ends in brackets may be one that enumerates. */
enum { SENTENCE_WIDTH = 50 };

static bool is_inside_sentence(const struct parser *p,
                               const struct gathering *g,
                               const struct line *next)
{
    static const char *const commas[] = { "\uFF0C", "\u3002", "\uFF1B",
                                          "\u3001", ", ",     "; " };
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
 * it by a comma, or, in a long line, by a shorter one that ends a sentence, or
 * the last clause above a heading. */
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
               (lines_ends_sentence(next->text) ||
                lines_ends_in_comma(next->text))))));
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

    if (!lines_is_wide(lines_last(tail)) ||
        !lines_is_wide(span_first(next->text)) ||
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

bool wrap_is_inside(struct parser *p, const struct gathering *g,
                    const struct line *next, const struct edges *edges)
{
    return is_inside_sentence(p, g, next) ||
           (!edges->ends && has_begun_sentence(p, g, next)) ||
           fills_paragraph(p, g, next, edges) ||
           is_last_word(p, g, next, edges) ||
           (!edges->ends && is_inside_word(p, g->tail, next));
}
