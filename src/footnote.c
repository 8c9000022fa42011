/* Finds the footnotes that were typed: texts below a drawn line or a table and
 * their calls, and later calls of a footnote that is known. */
#include "footnote.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "call.h"

/* What a page has at most, and how far back a call is looked for. Both keep the
 * pass linear. */
enum { NOTES_MAX = 64, NOTES_SEEN = 64 };

/* How often a text may be copied or looked at, one part with another. */
enum { COPIES_MAX = 8 };

struct pass {
    struct lines *lines;
    struct calls calls;
    struct buf out;
    bool failed;
};

/* Puts the mark of a call in the place of `typed`, a part of the line; NULL
 * where it cannot. Each call copies its line: what no author writes, a long line
 * full of calls, is left as it is when that has cost enough. */
static struct mark *put_mark(struct pass *p, struct line *line,
                             struct span typed, enum mark_type type)
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

/* ---- texts below a drawn line -------------------------------------------- */

static bool read_named(struct pass *p, const struct line *line, const char *rule,
                       struct note *note)
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

static bool read_note(struct pass *p, const struct line *line,
                      struct note *note)
{
    return read_named(p, line, "footnote", note);
}

/* "a) Subject to confirmation." below a table. */
static bool read_lettered(struct pass *p, const struct line *line,
                          struct note *note)
{
    return read_named(p, line, "lettered", note);
}

/* What calls the note in lines `from` to `to` - 1, and its line. */
static struct span find_call(struct pass *p, size_t from, size_t to,
                             const struct note *note, struct line **line)
{
    struct span typed = { 0 };

    for (size_t i = from; i < to && !typed.len; i++) {
        *line = &p->lines->at[i];
        typed = (*line)->text.len ? call_in_text(&p->calls, (*line)->text, note)
                                  : typed;
    }
    return typed;
}

/* The only such number in lines `from` to `to` - 1, and its line. */
static struct span find_behind_number(struct pass *p, size_t from, size_t to,
                                      const struct note *note,
                                      struct line **line)
{
    struct span label = note->label, typed = { 0 };

    for (size_t i = from; i < to && note_is_numbered(note); i++) {
        struct span text = p->lines->at[i].text;
        const char *found = text.at, *end = text.at + text.len;

        for (; text.len && (found = memmem(found, (size_t)(end - found),
                                           label.at, label.len));
             found += label.len) {
            size_t at = (size_t)(found - text.at);

            if (!call_is_behind_number(text, at, at + label.len))
                continue;
            if (typed.len)
                return (struct span){ 0 };
            typed = (struct span){ found, label.len };
            *line = &p->lines->at[i];
        }
    }
    return typed;
}

/* Narrower lines were not broken. */
enum { FULL_WIDTH = 40, NOTE_LINES_MAX = 40 };

/* Whether a note goes on behind its line `last`; its mark may stand alone, with
 * a blank line below it where pages were read column by column. */
static bool goes_on(struct pass *p, const struct line *last,
                    const struct line *next, bool alone)
{
    struct note other;

    if (next->gap > (alone && p->lines->paged) || next->page_break ||
        !next->text.len || lines_is_rule(next->text))
        return false;
    if (next->cell) /* "*	MCC: ..." and, indented, "MNC: ..." */
        return !alone && memchr(last->text.at, '\t', last->text.len) &&
               !lines_ends_sentence(last->text);
    return alone || (lines_width(last->text) >= FULL_WIDTH &&
                     !lines_ends_sentence(last->text) &&
                     !read_note(p, next, &other) &&
                     !read_lettered(p, next, &other));
}

/* The line behind the note at line `i`. */
static size_t note_end(struct pass *p, size_t i, const struct note *note)
{
    const struct line *lines = p->lines->at;
    size_t end = i + 1;

    while (end < p->lines->count && end < i + NOTE_LINES_MAX &&
           goes_on(p, &lines[end - 1], &lines[end],
                   note->alone && end == i + 1))
        end++;
    return end;
}

static void take_note(struct pass *p, size_t i, size_t end,
                      const struct note *note, struct mark *mark)
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

static struct span find_note_call(struct pass *p, size_t from, size_t to,
                                  const struct note *note, struct line **line)
{
    struct span typed = find_call(p, from, to, note, line);

    return typed.len ? typed : find_behind_number(p, from, to, note, line);
}

/* Goes through the notes that stand from line `i` on and are called from line
 * `from` up to line `to`, and takes them or not; the line behind them. */
static size_t read_notes(struct pass *p, size_t from, size_t to, size_t i,
                         bool take)
{
    for (unsigned n = 0; n < NOTES_MAX && i < p->lines->count; n++) {
        struct note note;
        struct line *line;
        struct span typed = read_note(p, &p->lines->at[i], &note)
                                ? find_note_call(p, from, to, &note, &line)
                                : (struct span){ 0 };
        struct mark *mark =
            typed.len && take ? put_mark(p, line, typed, MARK_NOTE) : NULL;
        size_t end;

        if (!typed.len || (take && !mark))
            break;
        end = note_end(p, i, &note);
        if (mark)
            take_note(p, i, end, &note, mark);
        i = end;
    }
    return i;
}

/* Below a drawn line stand the notes of the page, or of all that stands above
 * it up to the drawn line before. */
static void take_drawn(struct pass *p)
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

/* How far from its foot the notes of a page begin at most. */
enum { FOOT_LINES = 24 };

/* Whether a line above has the number before that of line `i`: a clause goes
 * with clauses, and a number alone with such. */
static bool follows_clause(struct pass *p, size_t from, size_t i)
{
    struct note note, above;
    struct number number, before;

    if (!read_note(p, &p->lines->at[i], &note) ||
        !number_read(&number, note.mark, COUNT_DECIMAL, NULL, 0))
        return false;
    for (size_t k = from; k < i; k++)
        if (!p->lines->at[k].gone && read_note(p, &p->lines->at[k], &above) &&
            above.alone == note.alone &&
            number_read(&before, above.mark, COUNT_DECIMAL, NULL, 0) &&
            number_follows(&number, &before))
            return true;
    return false;
}

/* Without a drawn line, notes are what the page ends in: lines `from` to `end`
 * - 1. Line `before` begins the page before. */
static void take_foot(struct pass *p, size_t before, size_t from, size_t end)
{
    size_t i = end - from > FOOT_LINES ? end - FOOT_LINES : from + 1;

    while (i < end && read_notes(p, from, i, i, false) != end)
        i++;
    if (i < end && !follows_clause(p, before, i))
        read_notes(p, from, i, i, true);
}

static void take_feet(struct pass *p)
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
static bool is_alone(struct pass *p, size_t i)
{
    const struct line *next = &p->lines->at[i + 1];
    struct note note;

    return i + 1 < p->lines->count && read_note(p, next - 1, &note) &&
           note.alone && note_is_numbered(&note) &&
           note.mark.len == note.label.len && next->gap == 0 && !next->cell &&
           next->text.len;
}

/* "1" and "2" alone above it are the labels of clauses, which lost their TABs. */
static bool follows_alone(struct pass *p, size_t from, size_t i)
{
    struct number number, before;

    if (!number_read(&number, p->lines->at[i].text, COUNT_DECIMAL, NULL, 0))
        return true;
    while (i-- > from)
        if (is_alone(p, i) &&
            number_read(&before, p->lines->at[i].text, COUNT_DECIMAL, NULL, 0) &&
            number_follows(&number, &before))
            return true;
    return false;
}

/* Where no page is known to end, a number alone that is set apart from the text
 * above is a note that it calls. */
static void take_alone(struct pass *p)
{
    for (size_t i = 1, from = 0; i < p->lines->count && !p->failed; i++) {
        size_t end;

        if (p->lines->at[i].gap == 0 || !is_alone(p, i))
            continue;
        if (i - from > ALONE_LINES_MAX)
            from = i - ALONE_LINES_MAX;
        end = read_notes(p, from, i, i, false);
        if (end == i || follows_alone(p, from, i))
            continue;
        read_notes(p, from, i, i, true);
        from = end;
        i = end - 1;
    }
    lines_compact(p->lines);
}

/* ---- texts below a table --------------------------------------------------- */

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

/* "* One", "* Two": a list. */
static bool is_list(struct pass *p, const struct note *note, size_t next)
{
    struct note other;

    return next < p->lines->count && read_note(p, &p->lines->at[next], &other) &&
           span_equal(other.mark, note->mark);
}

/* The notes below the table of lines `from` to `to` - 1 that cells of it call,
 * behind such as "NOTE 1 - ...". */
static void take_below(struct pass *p, size_t from, size_t to)
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
        if (!read_note(p, line, &note)) {
            struct finding f;

            if (!scanner_is(p->calls.scanner, KIND_NOTE, &p->calls.folded, &f))
                break;
            continue;
        }
        end = note_end(p, i, &note);
        typed = find_call(p, from, to, &note, &calling);
        if (!is_table_note(&note, typed) || is_list(p, &note, end))
            break;
        mark = put_mark(p, calling, typed, MARK_NOTE);
        if (!mark)
            break;
        take_note(p, i, end, &note, mark);
    }
}

static struct span find_letter_call(struct pass *p, size_t from, size_t to,
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
static size_t lettered_end(struct pass *p, size_t from, size_t to)
{
    struct line *calling;
    struct note note;
    size_t i = to;

    for (char label = 'a'; label <= 'z' && i < p->lines->count; label++) {
        struct line *line = &p->lines->at[i];

        if (line->gap > (i == to ? TABLE_GAP_MAX : 1) ||
            !read_lettered(p, line, &note))
            break;
        if (*note.label.at != label ||
            !find_letter_call(p, from, to, &note, &calling).len)
            return to;
        i = note_end(p, i, &note);
    }
    return i;
}

static void take_lettered(struct pass *p, size_t from, size_t to)
{
    size_t end = lettered_end(p, from, to);

    for (size_t i = to, next; i < end; i = next) {
        struct line *calling;
        struct note note;
        struct mark *mark;
        struct span typed = { 0 };

        if (read_lettered(p, &p->lines->at[i], &note))
            typed = find_letter_call(p, from, to, &note, &calling);
        mark = typed.len ? put_mark(p, calling, typed, MARK_NOTE) : NULL;
        if (!mark)
            break;
        next = note_end(p, i, &note);
        take_note(p, i, next, &note, mark);
    }
}

static void take_tables(struct pass *p)
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

/* ---- texts right below their call ------------------------------------------ */

enum { STARRED_SEEN = 24 };

/* "* Up to 20 pages." below the paragraph, or the signature, no item of a list.
 */
static void take_starred(struct pass *p, size_t i)
{
    struct line *lines = p->lines->at, *calling;
    struct note note, other;
    struct span typed;
    struct mark *mark;

    if ((read_note(p, &lines[i - 1], &other) && !note_is_numbered(&other)) ||
        !read_note(p, &lines[i], &note) || note.alone ||
        note_is_numbered(&note) || is_list(p, &note, i + 1))
        return;
    typed = find_call(p, i > STARRED_SEEN ? i - STARRED_SEEN : 0, i, &note,
                      &calling);
    if (!call_is_glued(calling->text, typed))
        return;
    mark = put_mark(p, calling, typed, MARK_NOTE);
    if (mark)
        take_note(p, i, note_end(p, i, &note), &note, mark);
}

static void take_stars(struct pass *p)
{
    for (size_t i = 1; i < p->lines->count && !p->failed; i++)
        if (!p->lines->at[i].gone)
            take_starred(p, i);
    lines_compact(p->lines);
}

/* ---- numbered texts that are set apart --------------------------------------- */

/* How far above a run of notes what calls them begins at most, and how far
 * below it clauses would go on. */
enum { RUN_LINES_MAX = 120, NEXT_LINES_MAX = 200 };

/* "2" and a text, where it is the turn of 2; no "2." and no "(2)". */
static bool is_turn(struct pass *p, const struct line *line, unsigned turn,
                    struct note *note)
{
    struct number number;
    const char *behind;

    if (!line->text.len || !is_digit(*line->text.at) ||
        !read_note(p, line, note) || note->alone ||
        note->mark.len != note->label.len)
        return false;
    behind = note->mark.at + note->mark.len;
    return (*behind == ' ' || *behind == '\t') &&
           number_read(&number, note->label, COUNT_DECIMAL, NULL, 0) &&
           number.depth == 1 && number.at[0] == turn;
}

/* The notes from line `i` on, the first of which is `*turn`: each right below
 * the one before, and called in lines `from` to `i` - 1, in their order. Sets
 * `*turn` to the number behind them. The line behind them; `i` where one is not
 * called. */
static size_t read_run(struct pass *p, size_t from, size_t i, unsigned *turn,
                       bool take)
{
    const struct line *lines = p->lines->at;
    size_t at = i, to = i;
    struct note note;

    while (at < p->lines->count && (at == i || lines[at].gap <= 1) &&
           is_turn(p, &lines[at], *turn, &note)) {
        struct line *line = NULL;
        struct span typed = find_note_call(p, from, to, &note, &line);
        struct mark *mark =
            typed.len && take ? put_mark(p, line, typed, MARK_NOTE) : NULL;
        size_t end = note_end(p, at, &note);

        if (!typed.len || (take && !mark))
            return take ? at : i;
        from = (size_t)(line - lines);
        if (mark)
            take_note(p, at, end, &note, mark);
        at = end;
        ++*turn;
    }
    return at;
}

/* Whether number `turn` stands below line `at` and is not called on the way:
 * these are clauses, which go on. "1.1" below the number before tells that,
 * too. */
static bool goes_on_below(struct pass *p, size_t at, unsigned turn)
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
            return !find_note_call(p, at, i, &note, &line).len;
    }
    return false;
}

/* Below a blank line, at the foot of a page that is not known to end or behind
 * a text, as those of a resolution: they go on from the notes above, or begin
 * again. */
static void take_runs(struct pass *p)
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
        if (end == i || goes_on_below(p, end, turn) ||
            ((turn == first + 1 || follows_clause(p, from, i)) &&
             !lines_ends_sentence(lines->at[end - 1].text)))
            continue;
        read_run(p, from, i, &first, true);
        next = turn;
        from = end;
        i = end - 1;
    }
    lines_compact(lines);
}

/* ---- texts behind all others ---------------------------------------------- */

/* "[2]", where it is the turn of 2. */
static bool is_end_note(const struct note *note, unsigned turn)
{
    struct number number;

    return note_opens_square(note->mark) && !note->alone &&
           number_read(&number, note->label, COUNT_DECIMAL, NULL, 0) &&
           number.depth == 1 && number.at[0] == turn;
}

/* Goes through the notes from line `to` to the end, which are called above in
 * their order, and takes them or not; false where something else stands there. */
static bool read_end(struct pass *p, size_t to, bool take)
{
    size_t from = 0, i = to;

    for (unsigned turn = 1; i < p->lines->count; turn++) {
        struct note note;
        struct line *line = NULL;
        struct span typed;
        struct mark *mark;
        size_t end;

        if (!read_note(p, &p->lines->at[i], &note) || !is_end_note(&note, turn))
            return false;
        typed = find_call(p, from, to, &note, &line);
        if (!call_is_close(line->text, typed) ||
            line->text.len > p->calls.budget)
            return false;
        p->calls.budget -= line->text.len;
        end = note_end(p, i, &note);
        mark = take ? put_mark(p, line, typed, MARK_NOTE) : NULL;
        if (take && !mark)
            return false;
        if (mark)
            take_note(p, i, end, &note, mark);
        from = (size_t)(line - p->lines->at);
        i = end;
    }
    return true;
}

/* Converters put the notes of a whole text behind it. */
static void take_end(struct pass *p)
{
    size_t i = p->lines->count;
    struct note note;

    while (i-- > 1)
        if (p->lines->at[i].gap > 0 &&
            note_opens_square(p->lines->at[i].text) &&
            read_note(p, &p->lines->at[i], &note) && is_end_note(&note, 1))
            break;
    if (i > 0 && i < p->lines->count && read_end(p, i, false))
        read_end(p, i, true);
    lines_compact(p->lines);
}

/* ---- later calls ---------------------------------------------------------- */

static bool has_capital(struct span word)
{
    for (int32_t at = 0; at < (int32_t)word.len;) {
        UChar32 c;

        U8_NEXT(word.at, at, (int32_t)word.len, c);
        if (u_isupper(c))
            return true;
    }
    return false;
}

static bool is_han(struct span word)
{
    return word.len && (unsigned char)word.at[0] >= 0xE3;
}

/* Finds the first call of note `label`, one with the word before it if that is of
 * Han characters: a number behind those is more often a number. */
static bool first_call(const struct pass *p, const struct line *line,
                       struct span label, struct span word, size_t *first)
{
    size_t seen = 0;

    for (size_t i = p->lines->mark_count; i-- > 0 && seen < NOTES_SEEN; seen++) {
        const struct mark *mark = &p->lines->marks[i];

        if (mark->type == MARK_NOTE && mark->text.len &&
            span_equal(mark->label, label) &&
            mark->called < line->origin.first &&
            (!is_han(word) || span_equal(mark->word, word))) {
            *first = i;
            return true;
        }
    }
    return false;
}

/* A number of one or two digits glued to a word, where a note of that number
 * has been called before. */
static void take_calls(struct pass *p, struct line *line)
{
    for (size_t at = 1; at < line->text.len && !p->failed; at++) {
        struct span text = line->text, label = { text.at + at, 1 };
        struct span word, typed;
        struct mark *mark;
        size_t first;

        if (!is_digit(text.at[at]) || is_digit(text.at[at - 1]) ||
            text.at[at - 1] == ' ')
            continue;
        if (at + 1 < text.len && is_digit(text.at[at + 1]))
            label.len++;
        if (!call_ends(text, at + label.len))
            continue;
        word = call_word(text, at);
        if (!word.len || has_capital(word) ||
            !first_call(p, line, label, word, &first))
            continue;
        typed = call_with_bracket(text, label, p->lines->marks[first].typed);
        mark = put_mark(p, line, typed, MARK_NOTE_AGAIN);
        if (mark) {
            mark->first = first;
            mark->label = label;
        }
    }
}

/* Notes the word that each note is called behind. */
static void note_words(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct span text = lines->at[i].text;
        const char *found = text.len ? memchr(text.at, MARK, text.len) : NULL;

        while (found) {
            size_t at = (size_t)(found - text.at), next = at;
            struct mark *mark = lines_mark(lines, text, &next);

            if (mark && mark->type == MARK_NOTE)
                mark->word = call_word(text, at);
            found = memchr(found + 1, MARK, text.len - at - 1);
        }
    }
}

static bool has_notes(const struct lines *lines)
{
    for (size_t i = 0; i < lines->mark_count; i++)
        if (lines->marks[i].type == MARK_NOTE && lines->marks[i].text.len)
            return true;
    return false;
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
    struct pass p = { .lines = lines,
                      .calls = { .scanner = scanner,
                                 .budget = budget_of(lines) } };

    take_tables(&p);
    take_drawn(&p);
    take_feet(&p);
    take_alone(&p);
    take_runs(&p);
    take_stars(&p);
    take_end(&p);
    if (has_notes(lines)) {
        note_words(lines);
        for (size_t i = 0; i < lines->count && !p.failed; i++)
            take_calls(&p, &lines->at[i]);
    }
    folded_free(&p.calls.folded);
    p.failed |= p.out.failed | lines->arena.failed;
    buf_free(&p.out);
    return p.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
