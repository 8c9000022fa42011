/* Looks at the words on both sides of a break. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "wrap.h"

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
        return wrap_has_label(p, line);
    return text.len < 4 ||
           (memcmp(text.at, "19", 2) != 0 && memcmp(text.at, "20", 2) != 0);
}

/* "1 in all", "A.1 to A.3", "9000 § 4": a space and a small letter or a section
 * behind it, where a text with a label of its own has a capital or a TAB. */
static bool goes_on_small(struct span text)
{
    const char *space = memchr(text.at, ' ', text.len);
    UChar32 c =
        space ? span_first(span_between(space + 1, text.at + text.len)) : 0;

    return u_islower(c) || c == 0xA7;
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

    return text.len < WRAP_TAIL && u_isalpha(span_first(text)) &&
           scanner_takes(p->scanner, KIND_FACT, "date_month", text, &f) &&
           f.match.at[CAP_ALL].at <= text.at + PREPOSITION_MAX;
}

/* "FINAL CLAUSES" above "Article 5 - Amendments". */
static bool is_title_alone(struct parser *p, struct span tail,
                           struct line *next)
{
    return u_isalpha(span_first(next->text)) && heading_is_capitals(tail) &&
           !heading_is_capitals(next->text) && wrap_has_label(p, next);
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

struct edges wrap_look(struct parser *p, const struct gathering *g,
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
        e.ends &= !scanner_is_named(p->scanner, KIND_UNFINISHED, "abbreviation",
                                    &folded, &finding) &&
                  (lines_last(tail) != ';' ||
                   !scanner_is_named(p->scanner, KIND_UNFINISHED, "bracket",
                                     &folded, &finding));
        e.unfinished =
            e.ends ? scanner_is_named(p->scanner, KIND_UNFINISHED, "url",
                                      &folded, &finding)
                   : scanner_is(p->scanner, KIND_UNFINISHED, &folded, &finding);
        e.url = e.unfinished && rule_is(finding.rule, "url");
        if (e.url && cannot_be_address(next->text))
            e.url = e.unfinished = false;
        e.days = e.unfinished && rule_is(finding.rule, "date") &&
                 finding.match.at[CAP_DAY].at;
        if (e.unfinished && rule_is(finding.rule, "date") &&
            (e.days ? !begins_with_month(p, next) : is_no_year(p, next)))
            e.days = e.unfinished = false;
        e.number = e.unfinished && rule_is(finding.rule, "reference");
        if (e.number && (!may_be_number(next->text) ||
                         (g->first == g->last && wrap_has_label(p, next) &&
                          !goes_on_small(next->text))))
            e.unfinished = false; /* "2 Documents" and "2.1" below it */
        e.unfinished &= !is_title_alone(p, tail, next);
        e.words = e.unfinished && rule_is(finding.rule, "words");
        e.ends &= !e.url;
    }
    if (look_fold(p, &folded, next)) {
        e.continuation =
            scanner_is(p->scanner, KIND_CONTINUATION, &folded, &finding);
        e.always = e.continuation && finding.rule->level == 0;
        if (e.continuation && !e.always && is_below_heading(p, g, next))
            e.continuation = false;
    }
    folded_free(&folded);
    return e;
}
