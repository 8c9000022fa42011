/* Tells the headings of attachments from lines that only list or announce them.
 */
#include <string.h>
#include <unicode/uchar.h>

#include "parser.h"
#include "spelling.h"

/* Whether the mark of the enclosures names the annex: "Encl.: Annex 1 ...". */
static bool mark_names_annex(struct parser *p, struct line *line,
                             const struct finding *annex)
{
    struct folded value = { 0 };
    struct finding f;
    size_t index = 0;
    bool found = false;

    if (look_find(p, line, KIND_ENCLOSURE, NULL, &f) &&
        scanner_fold_text(p->scanner, &value, f.match.at[CAP_VALUE]))
        while (!found &&
               scanner_find(p->scanner, KIND_HEADING, &index, &value, 0, &f))
            found = f.rule == annex->rule &&
                    span_equal(f.match.at[CAP_NUM], annex->match.at[CAP_NUM]);
    folded_free(&value);
    return found;
}

/* "Annex" of "Annex 1". */
static struct span word_of(const struct line *line, const struct finding *f)
{
    return f->match.at[CAP_NUM].len
               ? span_between(line->text.at, f->match.at[CAP_NUM].at)
               : (struct span){ 0 };
}

/* Behind Annex 1 and its like the first attachment of another has the same
 * number, and is not the same. */
static bool is_same_annex(struct parser *p, struct line *line,
                          const struct finding *f)
{
    struct finding other;

    return part_find(p, line, &other) && other.rule == f->rule &&
           span_equal(other.match.at[CAP_NUM], f->match.at[CAP_NUM]) &&
           spelling_is_same(word_of(line, &other), word_of(p->line, f)) &&
           !part_is_in_table(p, line);
}

static bool comes_later(struct parser *p, const struct finding *f)
{
    for (size_t i = p->at + 1; i < p->lines->count; i++)
        if (!p->lines->at[i].gone && is_same_annex(p, &p->lines->at[i], f))
            return true;
    return false;
}

/* "Annex 1" or "Annex", where a mark says "Annex: Form". */
static bool comes_numbered(struct parser *p, const struct finding *f)
{
    struct finding other;

    for (size_t i = p->at + 1; i < p->lines->count; i++)
        if (!p->lines->at[i].gone && part_find(p, &p->lines->at[i], &other) &&
            other.rule == f->rule && !part_is_in_table(p, &p->lines->at[i]))
            return true;
    return false;
}

enum { LISTED_MAX = 32 };

static bool was_listed(struct parser *p, const struct finding *f)
{
    size_t first = p->at > LISTED_MAX ? p->at - LISTED_MAX : 0;

    for (size_t i = p->at; i-- > first;)
        if (!p->lines->at[i].gone &&
            (part_names(p, &p->lines->at[i], f->rule, f->match.at[CAP_NUM]) ||
             mark_names_annex(p, &p->lines->at[i], f)))
            return true;
    return false;
}

/* "1. Draft agenda" in the list of what is enclosed, above "Annex 1: Draft
 * agenda". */
static bool was_titled(struct parser *p, struct span title)
{
    size_t first = p->at > LISTED_MAX ? p->at - LISTED_MAX : 0;

    title = span_trim(title);
    for (size_t i = p->at; title.len && i-- > first;) {
        struct span text = span_trim(p->lines->at[i].text);

        if (!p->lines->at[i].gone && text.len >= title.len &&
            !memcmp(text.at + text.len - title.len, title.at, title.len))
            return true;
    }
    return false;
}

static bool is_behind_annex(struct parser *p)
{
    for (size_t i = p->at; i-- > 0;)
        if (!p->lines->at[i].gone)
            return part_begins(p, &p->lines->at[i]);
    return false;
}

/* What stands in a text has parts and annexes: "Chapter 3 Repairs", "Annex A
 * Forms". Each looks through all that follows, and few are listed. */
enum { CONTENTS_MAX = 32, CONTENTS_WIDTH_MAX = 60 };

static bool is_among_contents(struct parser *p)
{
    const struct line *above = look_above(p, p->line);

    return !lines_ends_sentence(above->text) && !p->before.heading &&
           above != p->line && !above->cell &&
           lines_width(above->text) <= CONTENTS_WIDTH_MAX &&
           p->part.listed++ < CONTENTS_MAX;
}

/* "Annex 1: Addition of a rule;" in the text of a letter. */
static bool is_listed_in_text(struct parser *p, const struct finding *f)
{
    if (p->region != REGION_BODY || p->attachments ||
        !f->match.at[CAP_TITLE].len)
        return false;
    if (p->line->gap == 0 && is_behind_annex(p))
        return !was_listed(p, f);
    return (p->before.colon || lines_ends_in(p->line->text, ";") ||
            is_among_contents(p)) &&
           comes_later(p, f);
}

/* "ANNEX 1" behind a list of what is enclosed, with its title and text below:
 * the annex itself, if none comes later that is called so. */
static bool is_bare_annex(struct parser *p, const struct finding *f,
                          struct line *next)
{
    return !f->match.at[CAP_TITLE].len && next && !part_begins(p, next) &&
           !comes_later(p, f);
}

/* "Annex" below the signature and, below that, "[Annex follows]" or "Annex 1".
 */
static bool is_announced(struct parser *p, const struct finding *f,
                         struct line *next)
{
    struct finding other;

    if (f->match.at[CAP_NUM].len || f->match.at[CAP_TITLE].len || !next)
        return false;
    return (lines_is_enclosed(next->text) && next->text.at[0] == '[' &&
            comes_later(p, f)) ||
           (part_find(p, next, &other) && other.match.at[CAP_NUM].len);
}

/* Between two annexes of one line each there is nothing: that is a list of
 * them. So is what stands right behind the enclosure mark, if the mark says
 * nothing itself or the annex comes later, up to the first that is named
 * again; behind a signature what has its title with it and comes later; and
 * what a text lists. */
bool part_is_listed(struct parser *p, const struct finding *f)
{
    struct line *next = look_next(p, p->at);

    if (p->enclosures == ENCLOSURES_LISTED && p->line->gap == 0)
        return !was_listed(p, f) && !was_titled(p, f->match.at[CAP_TITLE]) &&
               !is_bare_annex(p, f, next);
    if (p->enclosures && p->line->gap == 0 && comes_later(p, f))
        return true;
    if (p->region == REGION_CONCLUSIONS && f->match.at[CAP_TITLE].len &&
        comes_later(p, f))
        return true;
    if (p->region == REGION_CONCLUSIONS && is_announced(p, f, next))
        return true;
    return (next && part_begins(p, next) &&
            (next->gap == 0 || (p->line->gap == 0 && is_behind_annex(p)))) ||
           is_listed_in_text(p, f);
}

/* Whether the line below says who gets the letter, as no annex begins. */
static bool is_above_copies(struct parser *p)
{
    struct line *next = look_next(p, p->at);
    struct finding f;

    return next && (look_find(p, next, KIND_FIELD, "copy", &f) ||
                    look_find(p, next, KIND_FIELD, "distribution", &f));
}

static UChar32 next_folded(struct span text, int32_t *at)
{
    UChar32 c = lines_next_shown(text, at);

    return c ? u_foldCase(c, U_FOLD_CASE_DEFAULT) : 0;
}

/* "Annex: questionnaire" and, set apart below it, "QUESTIONNAIRE". */
static bool is_titled_below(struct parser *p, const struct finding *f)
{
    struct line *next = look_next(p, p->at);

    return next && next->gap > 0 &&
           span_same(span_trim(f->match.at[CAP_TITLE]), next->text,
                     next_folded);
}

/* "Annex: List of texts" below the signature, where an annex comes later, its
 * title does or copies are named, or above it, is the enclosure mark. */
bool part_is_mark(struct parser *p, const struct finding *f)
{
    return !p->enclosures && !p->attachments && f->match.at[CAP_TITLE].len &&
           !f->match.at[CAP_NUM].len && look_has(p, p->line, KIND_ENCLOSURE) &&
           (conclusion_is_below(p) ||
            (p->region == REGION_CONCLUSIONS &&
             (comes_numbered(p, f) || is_above_copies(p) ||
              is_titled_below(p, f))));
}

/* "Attachment: TD 12" at the end, before the next of several decisions, or
 * before the attachment itself: there is no text to attach. */
bool part_names_no_text(struct parser *p, const struct finding *f)
{
    struct line *next = look_next(p, p->at);

    return !f->match.at[CAP_NUM].len && f->match.at[CAP_TITLE].len &&
           look_has(p, p->line, KIND_ENCLOSURE) &&
           (!look_next_text(p) ||
            (next && (decision_begins(p, next) || part_begins(p, next))));
}
