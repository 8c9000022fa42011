/* Whether a label fits as that of a section: whether it follows one that is
 * open, begins those below it, or leaves some out. */
#include <string.h>

#include "parser.h"

/* "A.1" in Annex A, "A1.1" in Annex 1, "I.1" in Appendix 一. */
static bool names_part(struct span prefix, struct span label)
{
    struct span behind = { prefix.at + 1, prefix.len - 1 };
    struct number roman, number;

    return span_equal(prefix, label) ||
           (prefix.at[0] == 'A' && span_equal(behind, label)) ||
           (number_read(&roman, prefix, COUNT_ROMAN, NULL) &&
            number_read(&number, label, COUNT_DECIMAL, NULL) &&
            number_last(&roman) == number_last(&number));
}

/* "C" of "PART C". */
static struct span last_word(struct span label)
{
    const char *space = memrchr(label.at, ' ', label.len);

    return space ? span_between(space + 1, label.at + label.len) : label;
}

/* "A.1" stands in Annex A, or below the chapter "A." or "PART A". The label of
 * the annex may be typed in Cyrillic; the prefix is in Latin letters. */
static bool is_part_prefix(const struct parser *p, const struct number *number)
{
    struct span prefix = span_of(number->prefix);
    struct buf label = { 0 };
    bool same;

    if (!prefix.len)
        return true;
    number_write_id(&label, p->part.label, COUNT_DECIMAL, p->draft->numerals);
    same = names_part(prefix, buf_span(&label));
    p->draft->failed |= label.failed;
    buf_free(&label);
    for (size_t i = proposal_base(p); i < p->depth && !same; i++) {
        struct span above = p->stack[i].label;

        if (p->stack[i].type == FRAME_SECTION && above.len)
            above = last_word(above);
        same = p->stack[i].type == FRAME_SECTION &&
               (above.len == prefix.len ||
                (above.len == prefix.len + 1 && above.at[prefix.len] == '.')) &&
               memcmp(above.at, prefix.at, prefix.len) == 0;
    }
    return same;
}

/* "2.1" in "SECTION 2". */
static bool is_first_of_chapter(const struct parser *p,
                                const struct number *number)
{
    for (size_t i = proposal_base(p); i < p->depth; i++)
        if (p->stack[i].rule && p->stack[i].rule->kind == KIND_CLAUSE &&
            number_below(number, &p->stack[i].number) &&
            number_last(number) <= 1)
            return true;
    return false;
}

/* "1.1" below "On the first item" of an agenda. */
static bool is_first_of_item(const struct parser *p,
                             const struct number *number)
{
    const struct frame *top = &p->stack[p->depth - 1];

    return number->depth == 2 && number_last(number) == 1 && top->rule &&
           top->rule->kind == KIND_HEADING && rule_is(top->rule, "agenda");
}

/* The first one in a clause, or behind what ended the one before. */
static enum fit fit_query(const struct parser *p, const struct number *number)
{
    return number_last(number) == 1 ||
                   number_follows(number, &p->part.last.query)
               ? FIT_START
               : FIT_NONE;
}

/* The first clause of a part, of a chapter, or of an unnumbered section that
 * holds some: it may go on from the one before. */
static enum fit fit_first(const struct parser *p, const struct number *number,
                          bool article)
{
    struct number last = article ? p->part.last.article : p->part.last.clause;

    if (p->proposal.depth && !p->proposal.reasons && !last.depth)
        return FIT_START;
    if (!is_part_prefix(p, number))
        return FIT_ODD;
    if (last.depth > number->depth)
        last.depth = number->depth;
    if ((last.depth && number_follows(number, &last)) ||
        is_first_of_chapter(p, number) || is_first_of_item(p, number))
        return FIT_START;
    return number->depth == 1 && number_last(number) <= 1 ? FIT_START
                                                          : FIT_JUMP;
}

/* Chapters in a part count anew, or go on from the part before. */
static bool starts_chapters(const struct parser *p, const struct rule *rule,
                            const struct number *number)
{
    if (number_last(number) == 1)
        return true;
    for (unsigned i = 0; i < CHAPTERS_MAX; i++)
        if (p->part.chapters[i].rule == rule)
            return number_follows(number, &p->part.chapters[i].number);
    return false;
}

/* Whether the part has no chapter of that kind: "Section 401" below "Part 4".
 */
static bool is_new_kind(const struct parser *p, const struct rule *rule)
{
    for (unsigned i = 0; i < CHAPTERS_MAX; i++)
        if (p->part.chapters[i].rule == rule)
            return false;
    return true;
}

/* "A." below "II.": chapters of one kind may hold those of another. */
static bool is_other_chapter(const struct rule *outer, const struct rule *inner)
{
    return section_is_chapter(outer) && section_is_chapter(inner) &&
           outer != inner;
}

/* Japanese texts give the first paragraph of an article no number, and the
 * others one with wide digits. */
enum { WIDE_NOUGHT = 0xFF10, WIDE_NINE = 0xFF19 };

static bool is_second_wide(const struct frame *article, const struct finding *f,
                           const struct number *number)
{
    UChar32 c = span_first(f->match.at[CAP_NUM]);

    return c >= WIDE_NOUGHT && c <= WIDE_NINE && number->depth == 1 &&
           number_last(number) == 2 && article->blocks;
}

/* A paragraph in the article that is open. */
static enum fit fit_paragraph(const struct parser *p,
                              const struct frame *article,
                              const struct finding *f,
                              const struct number *number)
{
    if (number_below(number, &article->number))
        return number_last(number) <= 1 ? FIT_START : FIT_JUMP;
    if (is_second_wide(article, f, number))
        return FIT_START;
    /* Provisions may be counted through all articles. */
    return number->depth == 1 && (number_last(number) == 1 ||
                                  number_follows(number, &p->part.last.clause))
               ? FIT_START
               : FIT_JUMP;
}

/* "2" behind "1.2", where no "1" stands above: a heading without a number may.
 */
static bool follows_parent(const struct number *number,
                           const struct frame *frame)
{
    struct number parent = frame->number;

    if (number->depth >= parent.depth)
        return false;
    parent.depth = number->depth;
    return number_follows(number, &parent);
}

/* "4.1" behind "3", or "5.1" behind "4.2", where no "4" and no "5" stand. */
static bool begins_parent(const struct number *number,
                          const struct frame *frame)
{
    struct number parent = *number, before = frame->number;

    if (number->depth < 2 || number_last(number) != 1 ||
        before.depth < number->depth - 1)
        return false;
    parent.depth = before.depth = number->depth - 1;
    return number_follows(&parent, &before);
}

size_t section_heading_left(const struct parser *p, const struct rule *rule,
                            const struct number *number)
{
    bool counted = false;

    if (number->depth != 1 || number->at[0] != 1)
        return 0;
    for (size_t i = p->depth; i-- > proposal_base(p);) {
        const struct frame *frame = &p->stack[i];

        if (frame->type != FRAME_SECTION)
            continue;
        if (!frame->number.depth)
            return counted ? i : 0;
        if (rule_is(frame->rule, "article") && !rule_is(rule, "article"))
            return 0;
        counted = frame->number.depth == 1 && frame->number.at[0] > 1 &&
                  !section_is_chapter(frame->rule);
    }
    return 0;
}

int section_level_below_letter(const struct parser *p, const struct rule *rule,
                               const struct number *number)
{
    bool begun = number->depth == 1 && number_last(number) == 1;

    if (number->prefix[0] || section_is_chapter(rule) ||
        section_is_article(rule) || section_is_query(rule))
        return 0;
    for (size_t i = p->depth; i-- > proposal_base(p);) {
        const struct frame *frame = &p->stack[i];

        if (frame->type != FRAME_SECTION || !frame->rule ||
            !frame->number.depth || frame->rule->level != rule->level ||
            section_is_article(frame->rule))
            continue;
        if (frame->number.prefix[0])
            return begun ? frame->level + (int)number->depth : 0;
        begun = true;
    }
    return 0;
}

/* "3.2" where "3.1" is open. */
static bool follows_open(const struct parser *p, const struct number *number)
{
    for (size_t i = p->depth; i-- > proposal_base(p);)
        if (p->stack[i].type == FRAME_SECTION &&
            p->stack[i].number.depth == number->depth &&
            number_follows(number, &p->stack[i].number))
            return true;
    return false;
}

/* "1", "2", "3", and then "3.2", no "3.1": they are in the "3.1" before, and
 * those behind a later one are in that. "1. the place," goes on with a text. */
static bool counts_anew(struct parser *p, struct line *line,
                        const struct rule *rule, struct number last)
{
    struct number next;
    struct finding f;

    if (!look_find(p, line, KIND_CLAUSE, rule->name, &f) ||
        !label_begins_high(f.match.at[CAP_TEXT]))
        return false;
    for (unsigned i = 0; i < CLAUSE_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || part_begins(p, line))
            return p->part.anew && number_last(&last) > 1;
        if (line->cell || !look_find(p, line, KIND_CLAUSE, NULL, &f) ||
            f.rule->level != rule->level || section_is_article(f.rule) ||
            !scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], &next))
            continue;
        if (next.depth > 1)
            return number_last(&last) > 1 && follows_open(p, &next);
        if (number_follows(&next, &last))
            last = next;
    }
    return false;
}

/* "3 Other business" behind "2" and "2.1", in which sentences are numbered 1
 * and 2. */
static bool goes_on_outside(const struct parser *p, size_t inner,
                            const struct line *line,
                            const struct number *number)
{
    if (lines_ends_sentence(line->text) ||
        draft_child(p->stack[inner].node, "heading"))
        return false;
    for (size_t i = inner; i-- > proposal_base(p);)
        if (p->stack[i].type == FRAME_SECTION && !p->stack[i].anew &&
            number_follows(number, &p->stack[i].number))
            return true;
    return false;
}

int section_level_anew(struct parser *p, struct line *line,
                       const struct rule *rule, const struct number *number)
{
    if (number->depth != 1 || number->prefix[0] || section_is_chapter(rule) ||
        section_is_article(rule) || section_is_query(rule))
        return 0;
    for (size_t i = p->depth; i-- > proposal_base(p);) {
        const struct frame *frame = &p->stack[i];

        if (frame->type != FRAME_SECTION)
            continue;
        if (frame->anew && number_follows(number, &frame->number))
            return goes_on_outside(p, i, line, number) ? 0 : frame->level;
        if (!frame->anew)
            return number_last(number) == 1 && frame->number.depth > 1 &&
                           frame->rule && frame->rule->level == rule->level &&
                           counts_anew(p, line, rule, *number)
                       ? frame->level + 1
                       : 0;
    }
    return 0;
}

/* "1.2" below a heading that stands between it and "1.1". */
static bool goes_on_below_heading(const struct parser *p,
                                  const struct number *number)
{
    const struct frame *top = &p->stack[p->depth - 1];
    struct number last = p->part.last.clause;

    if (last.depth < number->depth || !top->holds || top->rule)
        return false;
    last.depth = number->depth;
    return number_follows(number, &last);
}

enum fit section_fit(const struct parser *p, const struct finding *f,
                     const struct number *number, struct span *before)
{
    bool any = false, article = section_is_article(f->rule), parent = false;
    enum fit best = FIT_NONE;

    for (size_t i = p->depth; i-- > proposal_base(p) && best < FIT_START;) {
        const struct frame *frame = &p->stack[i];
        enum fit fit = FIT_NONE;

        /* Chapters count for themselves. */
        if (frame->type != FRAME_SECTION || !frame->number.depth ||
            !frame->rule || frame->rule->level != f->rule->level)
            continue;
        any = true;
        if (frame->rule->kind != KIND_CLAUSE ||
            (article && !section_is_article(frame->rule)))
            continue;
        if (!article && section_is_article(frame->rule))
            return best ? best : fit_paragraph(p, frame, f, number);
        if (is_other_chapter(frame->rule, f->rule)) {
            if (starts_chapters(p, f->rule, number) && best < FIT_START)
                best = FIT_START;
            else if (best < FIT_JUMP && label_is_set_off(f) &&
                     is_new_kind(p, f->rule))
                best = FIT_JUMP;
            continue;
        }
        if (number_follows(number, &frame->number))
            fit = label_same_style(frame->label, f->match.at[CAP_NUM])
                      ? FIT_NEXT
                      : FIT_START;
        else if (number_below(number, &frame->number))
            fit = number_last(number) <= 1 ? FIT_START : FIT_JUMP;
        else if (number_jumps(number, &frame->number))
            fit = FIT_JUMP;
        parent |= follows_parent(number, frame) || begins_parent(number, frame);
        if (fit > best) {
            best = fit;
            *before = frame->label;
        }
    }
    if (parent && best < FIT_START)
        return FIT_START;
    if (section_is_query(f->rule))
        return best ? best : fit_query(p, number);
    if (rule_is(f->rule, "topic") && !best) /* some points of an agenda */
        return FIT_START;
    if (!any)
        return fit_first(p, number, article);
    if (!best && section_level_below_letter(p, f->rule, number))
        return FIT_START;
    if (!best && p->line->gap > 0 && section_heading_left(p, f->rule, number))
        return FIT_START;
    if (best == FIT_JUMP && goes_on_below_heading(p, number))
        return FIT_START;
    return best ? best : FIT_ODD;
}
