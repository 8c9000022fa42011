/* Asks what kind of line a line is: which rules take it. Answers are kept. */
#include "parser.h"

/* The kinds of rules that take a line of their own. */
static const enum kind line_kinds[] = {
    KIND_HEADING, KIND_CLAUSE,     KIND_ITEM,     KIND_BULLET,
    KIND_NOTE,    KIND_CAPTION,    KIND_TOC,      KIND_FIELD,
    KIND_TITLE,   KIND_SALUTATION, KIND_OPENING,  KIND_CLOSING,
    KIND_LONE,    KIND_ENCLOSURE,  KIND_SIGNATURE,
};

bool look_fold(struct parser *p, struct folded *folded,
               const struct line *line)
{
    if (scanner_fold(p->scanner, folded, line->text, line->folds))
        return true;
    p->draft->failed = true;
    return false;
}

static bool is_of(const struct folded *folded, const struct line *line)
{
    return folded->original.at == line->text.at &&
           folded->original.len == line->text.len;
}

/* The current line is at hand, and of the others the one that was looked at
 * last. */
const struct folded *look_folded(struct parser *p, const struct line *line)
{
    if (is_of(&p->folded, line))
        return &p->folded;
    return is_of(&p->looked, line) || look_fold(p, &p->looked, line)
               ? &p->looked
               : NULL;
}

/* Whether a rule of the kind takes the line, besides those that count in a run
 * only, which the line is not in. */
static bool has_kind(struct parser *p, const struct line *line,
                     const struct folded *text, enum kind kind)
{
    struct finding f;
    size_t index = 0;

    while (scanner_find(p->scanner, kind, &index, text, 0, &f))
        if ((line->chapter || !chapter_is_rule(f.rule)) &&
            (line->series || !series_is_rule(f.rule)))
            return true;
    return false;
}

/* Most kinds of most lines are never asked for. A line may hold less than what
 * a rule of its kind wants to see: headings that the parser asks for by their
 * text begin with a TAB in the rule. */
unsigned look_kinds(struct parser *p, struct line *line, unsigned among)
{
    unsigned unknown = among & ~line->asked;
    const struct folded *text = NULL;

    line->asked |= unknown;
    if (unknown && line->text.len)
        text = look_folded(p, line);
    for (size_t i = 0; text && i < sizeof line_kinds / sizeof *line_kinds; i++)
        if (unknown & 1u << line_kinds[i]) {
            p->scanner->line = line->origin.first;
            if (has_kind(p, line, text, line_kinds[i]))
                line->kinds |= 1u << line_kinds[i];
        }
    return line->kinds & among;
}

unsigned look_classify(struct parser *p, struct line *line)
{
    return look_kinds(p, line, ~0u);
}

bool look_has(struct parser *p, struct line *line, enum kind kind)
{
    return look_kinds(p, line, 1u << kind) != 0;
}

bool look_find(struct parser *p, struct line *line, enum kind kind,
               const char *name, struct finding *finding)
{
    const struct folded *text =
        look_has(p, line, kind) ? look_folded(p, line) : NULL;

    return text && scanner_is_named(p->scanner, kind, name, text, finding);
}

bool look_has_label(struct parser *p, struct line *line)
{
    struct finding f;

    return look_find(p, line, KIND_FIELD, NULL, &f) && f.match.at[CAP_LABEL].at;
}

struct line *look_next(struct parser *p, size_t at)
{
    while (++at < p->lines->count)
        if (!p->lines->at[at].gone)
            return &p->lines->at[at];
    return NULL;
}

struct line *look_below(struct parser *p, const struct line *line)
{
    return look_next(p, (size_t)(line - p->lines->at));
}

struct line *look_above(const struct parser *p, struct line *line)
{
    struct line *above = line;

    while (above > p->lines->at && (--above)->gone)
        ;
    return above->gone ? line : above;
}

struct line *look_next_text(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    while (next && lines_is_rule(next->text))
        next = look_below(p, next);
    return next;
}
