/* Finds numbered notes that are set apart from the text which calls them. */
#include <stdio.h>
#include <string.h>

#include "typed_note.h"

/* How far above a run of notes what calls them begins at most, and how far
 * below it clauses would go on. */
enum { RUN_LINES_MAX = 120, NEXT_LINES_MAX = 200 };

/* "2" and a text, where it is the turn of 2; no "2." and no "(2)". */
static bool is_turn(struct notes *p, const struct line *line, unsigned turn,
                    struct note *note)
{
    struct number number;
    const char *behind, *end = line->text.at + line->text.len;

    if (!line->text.len || !is_digit(*line->text.at) ||
        !note_read(p, line, note) || note->alone ||
        note->mark.len != note->label.len)
        return false;
    behind = note->mark.at + note->mark.len;
    return span_space(span_between(behind, end)) > 0 &&
           number_read(&number, note->label, COUNT_DECIMAL, NULL) &&
           number.depth == 1 && number.at[0] == turn;
}

/* The notes from line `i` on, the first of which is `*turn`: each right below
 * the one before, and called in lines `from` to `i` - 1, in their order. Sets
 * `*turn` to the number behind them. The line behind them; `i` where one is not
 * called. */
static size_t read_run(struct notes *p, size_t from, size_t i, unsigned *turn,
                       bool take)
{
    const struct line *lines = p->lines->at;
    size_t at = i, to = i;
    struct note note;

    while (at < p->lines->count && (at == i || lines[at].gap <= 1) &&
           is_turn(p, &lines[at], *turn, &note)) {
        struct line *line = NULL;
        struct span typed = note_find_any(p, from, to, &note, &line);
        struct mark *mark =
            typed.len && take ? note_put(p, line, typed, MARK_NOTE) : NULL;
        size_t end = note_end(p, at, &note);

        if (!typed.len || (take && !mark))
            return take ? at : i;
        from = (size_t)(line - lines);
        if (mark)
            note_take(p, at, end, &note, mark);
        at = end;
        ++*turn;
    }
    return at;
}

/* Whether number `turn` stands below line `at` and is not called on the way:
 * these are clauses, which go on. "1.1" below the number before tells that,
 * too. */
static bool goes_on_below(struct notes *p, size_t at, unsigned turn)
{
    size_t end = p->lines->count;
    struct note note;
    char below[16];

    snprintf(below, sizeof below, "%u.1", turn - 1);
    if (end > at + NEXT_LINES_MAX)
        end = at + NEXT_LINES_MAX;
    for (size_t i = at; i < end; i++) {
        struct line *line = &p->lines->at[i];

        if (line->text.len > strlen(below) &&
            memcmp(line->text.at, below, strlen(below)) == 0 && i == at)
            return true;
        if (is_turn(p, line, 1, &note))
            return false;
        if (is_turn(p, line, turn, &note))
            return !note_find_any(p, at, i, &note, &line).len;
    }
    return false;
}

/* What stands right below a heading is its text, and no foot of a page. */
static bool is_below_heading(struct notes *p, size_t i)
{
    while (i > 0 && p->lines->at[i - 1].gone)
        i--;
    return i > 0 && p->lines->at[i - 1].text.len &&
           scanner_reads(p->calls.scanner, &p->calls.folded,
                         &p->lines->at[i - 1], KIND_HEADING, NULL, NULL);
}

/* Below a blank line, at the foot of a page that is not known to end or behind
 * a text, as those of a resolution: they go on from the notes above, or begin
 * again. */
void note_runs_take(struct notes *p)
{
    struct lines *lines = p->lines;
    unsigned next = 1;

    for (size_t i = 1, from = 0; i < lines->count && !p->failed; i++) {
        const struct line *line = &lines->at[i];
        unsigned first, turn;
        struct note note;
        size_t end;

        if (line->gap == 0 || line->gone)
            continue;
        first = turn = is_turn(p, line, next, &note) ? next : 1;
        if (i - from > RUN_LINES_MAX)
            from = i - RUN_LINES_MAX;
        end = read_run(p, from, i, &turn, false);
        if (end == i || is_below_heading(p, i) || goes_on_below(p, end, turn) ||
            ((turn == first + 1 || note_follows(p, from, i)) &&
             !lines_ends_sentence(lines->at[end - 1].text)))
            continue;
        read_run(p, from, i, &first, true);
        next = turn;
        from = end;
        i = end - 1;
    }
    lines_compact(lines);
}
