/* Finds the footnotes that were typed: texts below a drawn line, at the foot of
 * a page, right below their call, or behind all others. */
#include "footnote.h"

#include <unicode/uchar.h>

#include "typed_note.h"

/* How often a text may be copied or looked at, one part with another. */
enum { COPIES_MAX = 8 };

/* ---- texts below a drawn line -------------------------------------------- */

/* Goes through the notes that stand from line `i` on and are called from line
 * `from` up to line `to`, and takes them or not; the line behind them. No two
 * have one mark: above note 1, "1 July 2020." goes on with a text. */
static size_t read_notes(struct notes *p, size_t from, size_t to, size_t i,
                         bool take)
{
    struct span above = { 0 };

    for (unsigned n = 0; n < NOTES_MAX && i < p->lines->count; n++) {
        struct note note;
        struct line *line;
        struct span typed = note_read(p, &p->lines->at[i], &note)
                                ? note_find_any(p, from, to, &note, &line)
                                : (struct span){ 0 };
        size_t end = typed.len ? note_end(p, i, &note) : i;
        struct mark *mark;

        if (!typed.len || (note.alone && end == i + 1) ||
            span_equal(note.mark, above))
            break;
        above = note.mark;
        mark = take ? note_put(p, line, typed, MARK_NOTE) : NULL;
        if (take && !mark)
            break;
        if (mark)
            note_take(p, i, end, &note, mark);
        i = end;
    }
    return i;
}

/* Below a drawn line stand the notes of the page, or of all that stands above
 * it up to the drawn line before. */
static void take_drawn(struct notes *p)
{
    struct lines *lines = p->lines;

    for (size_t i = 0, from = 0; i < lines->count && !p->failed; i++) {
        struct line *line = &lines->at[i];
        size_t end;

        if (line->cell || !lines_is_rule(line->text))
            continue;
        end = read_notes(p, from, i, i + 1, true);
        if (end > i + 1) {
            line->gone = true;
            p->failed |= !lines_aside(lines, "src:footnoteSeparator",
                                      line->text, line->origin);
        }
        from = end;
        i = end - 1;
    }
    lines_compact(lines);
}

/* ---- numbers above their texts ---------------------------------------------- */

/* Programs that read a page column by column write the numbers of its notes one
 * below the other, and below them the texts. */
struct stack {
    size_t begin, texts, end; /* lines: the first number, text, what follows */
    bool even;                /* each text is one line */
};

static bool goes_below(struct notes *p, size_t i, struct number *above)
{
    struct number number;
    struct note note;

    if (!note_read(p, &p->lines->at[i], &note) || !note.alone ||
        !number_read(&number, note.mark, COUNT_DECIMAL, NULL) ||
        !number_follows(&number, above))
        return false;
    *above = number;
    return true;
}

/* The numbers that begin on line `i`, and as many texts up to line `end`. */
static bool find_stack(struct notes *p, size_t i, size_t end, struct stack *s)
{
    const struct line *lines = p->lines->at;
    struct number number;
    size_t count, texts = 0;

    if (!u_isdigit(span_first(lines[i].text)) ||
        !number_read(&number, lines[i].text, COUNT_DECIMAL, NULL))
        return false;
    s->begin = i++;
    while (i < end && lines[i].gap == 0 && goes_below(p, i, &number))
        i++;
    count = i - s->begin;
    s->texts = i;
    for (; i < end && (i == s->texts || lines[i].gap == 0); i++)
        texts += lines_ends_sentence(lines[i].text);
    s->end = i;
    s->even = i - s->texts == count;
    return count > 1 && count < NOTES_MAX && i == end &&
           (s->even ||
            (texts == count && lines_ends_sentence(lines[i - 1].text)));
}

/* Goes through the notes of the stack, which lines `from` on call, and takes
 * them or not; false where one is not called. */
static bool read_stack(struct notes *p, size_t from, const struct stack *s,
                       bool take)
{
    struct line *lines = p->lines->at;

    for (size_t i = s->begin, text = s->texts, end; i < s->texts; i++) {
        struct note note;
        struct line *line;
        struct span typed = note_read(p, &lines[i], &note)
                                ? note_find_any(p, from, s->begin, &note, &line)
                                : (struct span){ 0 };
        struct mark *mark;

        if (!typed.len)
            return false;
        if (!take)
            continue;
        for (end = text + 1;
             !s->even && !lines_ends_sentence(lines[end - 1].text);)
            end++;
        mark = note_put(p, line, typed, MARK_NOTE);
        if (!mark)
            return false;
        note_take(p, text, end, &note, mark);
        lines[i].gone = true;
        p->failed |= !lines_aside(p->lines, "src:footnoteNumber", lines[i].text,
                                  lines[i].origin);
        text = end;
    }
    return true;
}

static bool take_stack(struct notes *p, size_t from, size_t i, size_t end)
{
    struct stack s;

    return find_stack(p, i, end, &s) && read_stack(p, from, &s, false) &&
           read_stack(p, from, &s, true);
}

/* ---- the foot of a page ------------------------------------------------------- */

/* How far from its foot the notes of a page begin at most. */
enum { FOOT_LINES = 24 };

/* Without a drawn line, notes are what the page ends in: lines `from` to `end`
 * - 1. Line `before` begins the page before. */
static void take_foot(struct notes *p, size_t before, size_t from, size_t end)
{
    size_t i = end - from > FOOT_LINES ? end - FOOT_LINES : from + 1;

    while (i < end && read_notes(p, from, i, i, false) != end) {
        if (take_stack(p, from, i, end))
            return;
        i++;
    }
    if (i < end && !note_follows(p, before, i))
        read_notes(p, from, i, i, true);
}

static void take_feet(struct notes *p)
{
    struct lines *lines = p->lines;
    size_t from = 0, before = 0;

    for (size_t i = 1; i < lines->count && !p->failed; i++)
        if (lines->at[i].page_break) {
            take_foot(p, before, from, i);
            before = from;
            from = i;
        }
    if (lines->paged && !p->failed)
        take_foot(p, before, from, lines->count);
    lines_compact(lines);
}

/* ---- numbers alone --------------------------------------------------------------- */

/* How far above it the page of such a note begins at most. */
enum { ALONE_LINES_MAX = 80 };

/* "2" alone, and its text on the next line. */
static bool is_alone(struct notes *p, size_t i)
{
    const struct line *next = &p->lines->at[i + 1];
    struct note note;

    return i + 1 < p->lines->count && note_read(p, next - 1, &note) &&
           note.alone && note_is_numbered(&note) &&
           note.mark.len == note.label.len && next->gap == 0 && !next->cell &&
           next->text.len;
}

/* "1" and "2" alone above it are the labels of clauses, which lost their TABs. */
static bool follows_alone(struct notes *p, size_t from, size_t i)
{
    struct number number, before;

    if (!number_read(&number, p->lines->at[i].text, COUNT_DECIMAL, NULL))
        return true;
    while (i-- > from)
        if (is_alone(p, i) &&
            number_read(&before, p->lines->at[i].text, COUNT_DECIMAL, NULL) &&
            number_follows(&number, &before))
            return true;
    return false;
}

/* Whether a blank line, or nothing, stands behind line `end` - 1. */
static bool ends_apart(const struct notes *p, size_t end)
{
    return end >= p->lines->count || p->lines->at[end].gap > 0;
}

/* Where no page is known to end, a number alone is a note that the text above
 * calls, if it is set apart from that, or what follows is from the notes. */
static void take_alone(struct notes *p)
{
    for (size_t i = 1, from = 0; i < p->lines->count && !p->failed; i++) {
        size_t end;

        if (!u_isdigit(span_first(p->lines->at[i].text)) || !is_alone(p, i))
            continue;
        if (i - from > ALONE_LINES_MAX)
            from = i - ALONE_LINES_MAX;
        end = read_notes(p, from, i, i, false);
        if (end == i || follows_alone(p, from, i) ||
            !(p->lines->at[i].gap > 0 || ends_apart(p, end)))
            continue;
        read_notes(p, from, i, i, true);
        from = end;
        i = end - 1;
    }
    lines_compact(p->lines);
}

/* ---- texts right below their call ------------------------------------------ */

enum { STARRED_SEEN = 24 };

/* "* Up to 20 pages." below the paragraph, or the signature, no item of a list.
 */
static void take_starred(struct notes *p, size_t i)
{
    struct line *lines = p->lines->at, *calling;
    struct note note, other;
    struct span typed;
    struct mark *mark;
    size_t from = 0;

    if ((note_read(p, &lines[i - 1], &other) && !note_is_numbered(&other)) ||
        !note_read(p, &lines[i], &note) || note.alone ||
        note_is_numbered(&note) || note_is_listed(p, &note, i + 1))
        return;
    /* What stands at the very end may be called anywhere. */
    if (i > STARRED_SEEN && note_end(p, i, &note) < p->lines->count)
        from = i - STARRED_SEEN;
    typed = note_find(p, from, i, &note, &calling);
    if (!call_is_glued(calling->text, typed))
        return;
    mark = note_put(p, calling, typed, MARK_NOTE);
    if (mark)
        note_take(p, i, note_end(p, i, &note), &note, mark);
}

static void take_stars(struct notes *p)
{
    for (size_t i = 1; i < p->lines->count && !p->failed; i++)
        if (!p->lines->at[i].gone)
            take_starred(p, i);
    lines_compact(p->lines);
}

/* ---- texts behind all others ---------------------------------------------- */

/* "[2]", where it is the turn of 2. */
static bool is_end_note(const struct note *note, unsigned turn)
{
    struct number number;

    return note_opens_square(note->mark) && !note->alone &&
           number_read(&number, note->label, COUNT_DECIMAL, NULL) &&
           number.depth == 1 && number.at[0] == turn;
}

/* Goes through the notes from line `to` to the end, which are called above in
 * their order, and takes them or not; false where something else stands there. */
static bool read_end(struct notes *p, size_t to, bool take)
{
    size_t from = 0, i = to;

    for (unsigned turn = 1; i < p->lines->count; turn++) {
        struct note note;
        struct line *line = NULL;
        struct span typed;
        struct mark *mark;
        size_t end;

        if (!note_read(p, &p->lines->at[i], &note) || !is_end_note(&note, turn))
            return false;
        typed = note_find(p, from, to, &note, &line);
        if (!call_is_close(line->text, typed) ||
            line->text.len > p->calls.budget)
            return false;
        p->calls.budget -= line->text.len;
        end = note_end(p, i, &note);
        mark = take ? note_put(p, line, typed, MARK_NOTE) : NULL;
        if (take && !mark)
            return false;
        if (mark)
            note_take(p, i, end, &note, mark);
        from = (size_t)(line - p->lines->at);
        i = end;
    }
    return true;
}

/* Converters put the notes of a whole text behind it. */
static void take_end(struct notes *p)
{
    size_t i = p->lines->count;
    struct note note;

    while (i-- > 1)
        if (p->lines->at[i].gap > 0 &&
            note_opens_square(p->lines->at[i].text) &&
            note_read(p, &p->lines->at[i], &note) && is_end_note(&note, 1))
            break;
    if (i > 0 && i < p->lines->count && read_end(p, i, false))
        read_end(p, i, true);
    lines_compact(p->lines);
}

static size_t budget_of(const struct lines *lines)
{
    size_t budget = 0;

    for (size_t i = 0; i < lines->count; i++)
        budget += COPIES_MAX * lines->at[i].text.len;
    return budget;
}

int footnote_take(struct lines *lines, struct scanner *scanner)
{
    struct notes p = { .lines = lines,
                       .calls = { .scanner = scanner,
                                  .budget = budget_of(lines) } };

    table_notes_take(&p);
    take_drawn(&p);
    take_feet(&p);
    take_alone(&p);
    note_runs_take(&p);
    take_stars(&p);
    take_end(&p);
    recalls_take(&p);
    folded_free(&p.calls.folded);
    p.failed |= p.out.failed | lines->arena.failed;
    buf_free(&p.out);
    return p.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
