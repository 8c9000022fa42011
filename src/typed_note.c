/* Reads the notes that were typed, finds what calls them, and takes them out of
 * the lines. */
#include "typed_note.h"

#include <string.h>

static bool read_named(struct notes *p, const struct line *line,
                       const char *rule, struct note *note)
{
    struct finding f;

    if (line->cell || !line->text.len ||
        !scanner_reads(p->calls.scanner, &p->calls.folded, line, KIND_RESIDUE,
                       rule, &f))
        return false;
    note->mark = f.match.at[CAP_NUM];
    note->label = f.match.at[CAP_LABEL];
    note->alone = !f.match.at[CAP_TEXT].at;
    /* Another grammar may not say what the mark is. */
    return note->mark.len > 0 && note->label.len > 0;
}

bool note_read(struct notes *p, const struct line *line, struct note *note)
{
    return read_named(p, line, "footnote", note);
}

bool note_read_lettered(struct notes *p, const struct line *line,
                        struct note *note)
{
    return read_named(p, line, "lettered", note);
}

bool note_is_listed(struct notes *p, const struct note *note, size_t next)
{
    struct note other;

    return next < p->lines->count &&
           note_read(p, &p->lines->at[next], &other) &&
           span_equal(other.mark, note->mark);
}

bool note_follows(struct notes *p, size_t from, size_t i)
{
    struct note note, above;
    struct number number, before;

    if (!note_read(p, &p->lines->at[i], &note) ||
        !number_read(&number, note.mark, COUNT_DECIMAL, NULL))
        return false;
    for (size_t k = from; k < i; k++)
        if (!p->lines->at[k].gone && note_read(p, &p->lines->at[k], &above) &&
            above.alone == note.alone &&
            number_read(&before, above.mark, COUNT_DECIMAL, NULL) &&
            number_follows(&number, &before))
            return true;
    return false;
}

struct span note_find(struct notes *p, size_t from, size_t to,
                      const struct note *note, struct line **line)
{
    struct span typed = { 0 };

    for (size_t i = from; i < to && !typed.len; i++) {
        *line = &p->lines->at[i];
        if ((*line)->text.len && !(*line)->gone)
            typed = call_in_text(&p->calls, (*line)->text, note);
    }
    return typed;
}

typedef bool is_call(struct calls *calls, struct span text, struct span typed);

/* The only such number in lines `from` to `to` - 1, and its line. */
static struct span find_only(struct notes *p, size_t from, size_t to,
                             const struct note *note, is_call *is,
                             struct line **line)
{
    struct span label = note->label, typed = { 0 };

    for (size_t i = from; i < to && note_is_numbered(note); i++) {
        struct span text = p->lines->at[i].text;
        const char *found = text.at, *end = text.at + text.len;

        if (p->lines->at[i].gone)
            continue;
        for (; text.len && (found = memmem(found, (size_t)(end - found),
                                           label.at, label.len));
             found += label.len) {
            if (!is(&p->calls, text, (struct span){ found, label.len }))
                continue;
            if (typed.len)
                return (struct span){ 0 };
            typed = (struct span){ found, label.len };
            *line = &p->lines->at[i];
        }
    }
    return typed;
}

struct span note_find_any(struct notes *p, size_t from, size_t to,
                          const struct note *note, struct line **line)
{
    struct span typed = note_find(p, from, to, note, line);

    if (!typed.len)
        typed = find_only(p, from, to, note, call_is_behind_number, line);
    /* Programs that part a note from its number part its call, too. */
    if (!typed.len && note->alone && p->lines->paged)
        typed = find_only(p, from, to, note, call_is_behind_space, line);
    return typed;
}

struct mark *note_put(struct notes *p, struct line *line, struct span typed,
                      enum mark_type type)
{
    struct span text = line->text;
    size_t at = (size_t)(typed.at - text.at);
    struct mark *mark;

    if (text.len > p->calls.budget)
        return NULL;
    p->calls.budget -= text.len;
    buf_clear(&p->out);
    buf_add(&p->out, text.at, at);
    mark = lines_add_mark(p->lines, line, &p->out, type);
    if (!mark)
        return NULL;
    buf_add(&p->out, text.at + at + typed.len, text.len - at - typed.len);
    mark->typed = typed;
    line->text = arena_copy(&p->lines->arena, buf_span(&p->out));
    return mark;
}

/* Narrower lines were not broken. */
enum { FULL_WIDTH = 40, NOTE_LINES_MAX = 40 };

/* Whether a note goes on behind its line `last`; its mark may stand alone, with
 * a blank line below it where pages were read column by column. */
static bool goes_on(struct notes *p, const struct line *last,
                    const struct line *next, bool alone)
{
    struct note other;

    if (next->gap > (alone && p->lines->paged) || next->page_break ||
        !next->text.len || lines_is_rule(next->text))
        return false;
    if (next->cell) /* "*	MCC: ..." and, indented, "MNC: ..." */
        return !alone && memchr(last->text.at, '\t', last->text.len) &&
               !lines_ends_sentence(last->text);
    if (alone)
        return !note_read(p, next, &other) || !other.alone;
    return lines_width(last->text) >= FULL_WIDTH &&
           !lines_ends_sentence(last->text) && !note_read(p, next, &other) &&
           !note_read_lettered(p, next, &other);
}

size_t note_end(struct notes *p, size_t i, const struct note *note)
{
    const struct line *lines = p->lines->at;
    size_t end = i + 1;

    while (
        end < p->lines->count && end < i + NOTE_LINES_MAX &&
        goes_on(p, &lines[end - 1], &lines[end], note->alone && end == i + 1))
        end++;
    return end;
}

void note_take(struct notes *p, size_t i, size_t end, const struct note *note,
               struct mark *mark)
{
    struct line *line = &p->lines->at[i];

    for (size_t k = i + 1; k < end; k++) {
        struct line *next = &p->lines->at[k];

        p->failed |= !lines_join(p->lines, line, next,
                                 lines_between(line->text, next->text));
    }
    mark->label = note->label;
    mark->text = line->text;
    mark->origin = line->origin;
    line->gone = true;
}
