/* Notes that were typed: a mark, a text, and a call of it elsewhere.
 * typed_note.c reads and takes them; footnote.c, table_note.c and note_run.c
 * know where they stand, recall.c finds what calls them again. */
#ifndef CLAUSIER_TYPED_NOTE_H
#define CLAUSIER_TYPED_NOTE_H

#include "call.h"
#include "lines.h"

/* What stands in one place at most: it keeps the search for calls linear. */
enum { NOTES_MAX = 64 };

struct notes {
    struct lines *lines;
    struct calls calls;
    struct buf out;
    bool failed;
};

/* Whether the line may be a note: "1) All seas." */
bool note_read(struct notes *p, const struct line *line, struct note *note);
/* The same of "a) Subject to confirmation." below a table. */
bool note_read_lettered(struct notes *p, const struct line *line,
                        struct note *note);
/* Whether line `next` has the same mark: "* One", "* Two" are a list. */
bool note_is_listed(struct notes *p, const struct note *note, size_t next);
/* Whether a line from `from` on has the number before that of line `i`: a
 * clause goes with clauses, and a number alone with such. */
bool note_follows(struct notes *p, size_t from, size_t i);

/* What calls the note in lines `from` to `to` - 1, and its line; empty where
 * nothing does. */
struct span note_find(struct notes *p, size_t from, size_t to,
                      const struct note *note, struct line **line);
/* The same; where nothing else does, the only such number behind another or
 * behind a space. */
struct span note_find_any(struct notes *p, size_t from, size_t to,
                          const struct note *note, struct line **line);

/* Puts the mark of a call in the place of `typed`, a part of the line; NULL
 * where it cannot. Each call copies its line: what no author writes, a long
 * line full of calls, is left as it is when that has cost enough. */
struct mark *note_put(struct notes *p, struct line *line, struct span typed,
                      enum mark_type type);
/* The line behind the note at line `i`. */
size_t note_end(struct notes *p, size_t i, const struct note *note);
/* Takes lines `i` to `end` - 1 out, as the text of the mark. */
void note_take(struct notes *p, size_t i, size_t end, const struct note *note,
               struct mark *mark);

/* The notes below tables that their cells call. */
void table_notes_take(struct notes *p);
/* Numbered notes that a blank line parts from the text which calls them. */
void note_runs_take(struct notes *p);
/* Calls of notes that were called before. */
void recalls_take(struct notes *p);

#endif
