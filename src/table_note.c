/* Finds the notes below a table that its cells call. */
#include <string.h>

#include "typed_note.h"

enum { TABLE_GAP_MAX = 3 };

/* Index behind the table that begins at line `i`: a cell goes on to the next
 * blank line. */
static size_t table_end(const struct lines *lines, size_t i)
{
    while (i < lines->count && (lines->at[i].cell || lines->at[i].gap == 0))
        i++;
    return i;
}

/* A number alone may be that of a clause; with a bracket it may be an item, but
 * what calls it has the bracket, too. */
static bool is_table_note(const struct note *note, struct span typed)
{
    return typed.len && !note->alone &&
           (!note_is_numbered(note) ? true
                                    : note->mark.len > note->label.len &&
                                          typed.len > note->label.len);
}

/* Where a cell of lines `from` to `to` - 1 calls the note: behind a word, or at
 * its end. */
static struct span find_call(struct notes *p, size_t from, size_t to,
                             const struct note *note, struct line **line)
{
    struct span typed = note_find(p, from, to, note, line);

    for (size_t i = from; i < to && !typed.len; i++) {
        *line = &p->lines->at[i];
        typed = call_by_bracket(&p->calls, (*line)->text, note);
    }
    return typed;
}

/* The notes below the table of lines `from` to `to` - 1 that cells of it call,
 * behind such as "NOTE 1 - ...". */
static void take_below(struct notes *p, size_t from, size_t to)
{
    struct lines *lines = p->lines;
    size_t i = to, end;

    for (unsigned n = 0; n < NOTES_MAX && i < lines->count; n++, i = end) {
        struct line *line = &lines->at[i], *calling;
        struct note note;
        struct span typed;
        struct mark *mark;

        end = i + 1;
        if (line->cell || line->gap > (i == to ? TABLE_GAP_MAX : 1))
            break;
        if (!note_read(p, line, &note)) {
            struct finding f;

            if (!scanner_is(p->calls.scanner, KIND_NOTE, &p->calls.folded, &f))
                break;
            continue;
        }
        end = note_end(p, i, &note);
        typed = find_call(p, from, to, &note, &calling);
        if (!is_table_note(&note, typed) || note_is_listed(p, &note, end))
            break;
        mark = note_put(p, calling, typed, MARK_NOTE);
        if (!mark)
            break;
        note_take(p, i, end, &note, mark);
    }
}

static struct span find_letter_call(struct notes *p, size_t from, size_t to,
                                    const struct note *note, struct line **line)
{
    struct span typed = { 0 };

    for (size_t i = from; i < to && !typed.len; i++) {
        *line = &p->lines->at[i];
        typed = call_by_letter((*line)->text, note->mark);
    }
    return typed;
}

/* The line behind the notes with letters, from "a" on, below the table of lines
 * `from` to `to` - 1; line `to` where cells do not call all of them: those may
 * be a list. */
static size_t lettered_end(struct notes *p, size_t from, size_t to)
{
    struct line *calling;
    struct note note;
    size_t i = to;

    for (char label = 'a'; label <= 'z' && i < p->lines->count; label++) {
        struct line *line = &p->lines->at[i];

        if (line->gap > (i == to ? TABLE_GAP_MAX : 1) ||
            !note_read_lettered(p, line, &note))
            break;
        if (*note.label.at != label ||
            !find_letter_call(p, from, to, &note, &calling).len)
            return to;
        i = note_end(p, i, &note);
    }
    return i;
}

static void take_lettered(struct notes *p, size_t from, size_t to)
{
    size_t end = lettered_end(p, from, to);

    for (size_t i = to, next; i < end; i = next) {
        struct line *calling;
        struct note note;
        struct mark *mark;
        struct span typed = { 0 };

        if (note_read_lettered(p, &p->lines->at[i], &note))
            typed = find_letter_call(p, from, to, &note, &calling);
        mark = typed.len ? note_put(p, calling, typed, MARK_NOTE) : NULL;
        if (!mark)
            break;
        next = note_end(p, i, &note);
        note_take(p, i, next, &note, mark);
    }
}

void table_notes_take(struct notes *p)
{
    struct lines *lines = p->lines;

    for (size_t i = 0; i < lines->count && !p->failed; i++)
        if (lines->at[i].cell) {
            size_t end = table_end(lines, i);

            take_below(p, i, end);
            take_lettered(p, i, end);
            i = end - 1;
        }
    lines_compact(lines);
}
