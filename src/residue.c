/* Takes out what converters leave in a text, and keeps what it meant. */
#include "residue.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "indent.h"

/* A footnote's text stands at the end of the paragraph that calls it. The
 * window, and the most bytes that a residue has, keep the pass linear. */
enum { NOTE_WINDOW = 50, NOTE_LINES = 20, RESIDUE_MAX = 1 << 14 };

/* Bookmarks, images, and so on: see handlers. The first SMALL ones may stand in
 * the text of a note. */
enum { SMALL = 2, HANDLERS = 5 };

struct pass {
    struct lines *lines;
    struct scanner *scanner;
    const struct rule *rules[HANDLERS]; /* of the handlers; NULL: none */
    struct folded folded;
    struct buf out;
    struct buf note; /* the text of a note, without them */
    struct line *line;
    size_t open;      /* first mark that may still wait for its text */
    bool failed;
};

/* ---- what stands in the text -------------------------------------------- */

static bool take_bookmark(struct pass *p, const struct finding *f)
{
    struct span name = span_trim(f->match.at[CAP_LABEL]);

    p->line->contents |= f->match.at[CAP_TITLE].at != NULL;
    p->failed |= !lines_aside(p->lines, "src:bookmark", name, p->line->origin);
    return true;
}

/* ` PAGEREF _Toc1234 \\h `, which a word processor keeps beside what it shows. */
static bool take_field(struct pass *p, const struct finding *f)
{
    p->failed |= !lines_aside(p->lines, "src:fieldCode", f->match.at[CAP_LABEL],
                              p->line->origin);
    return true;
}

static bool take_image(struct pass *p, const struct finding *f)
{
    struct mark *mark = lines_add_mark(p->lines, p->line, &p->out, MARK_IMAGE);

    if (mark)
        mark->label = span_trim(f->match.at[CAP_LABEL]);
    return mark != NULL;
}

static bool take_call(struct pass *p, const struct finding *f)
{
    struct mark *mark = lines_add_mark(p->lines, p->line, &p->out, MARK_NOTE);

    if (!mark)
        return false;
    mark->label = f->match.at[CAP_LABEL];
    mark->typed = f->match.at[CAP_TEXT];
    return true;
}

static struct span without_residues(struct pass *p, struct span text);

/* A text in brackets is a footnote only where a call waits for it. */
static bool take_note(struct pass *p, const struct finding *f)
{
    struct lines *lines = p->lines;
    struct span text;

    for (size_t i = lines->mark_count; i-- > p->open;) {
        struct mark *mark = &lines->marks[i];

        if (mark->type != MARK_NOTE || mark->text.at ||
            !span_equal(mark->label, f->match.at[CAP_LABEL]))
            continue;
        mark->origin = p->line->origin;
        /* An image in it has a mark of its own, and marks may move. */
        text = without_residues(p, f->match.at[CAP_TEXT]);
        lines->marks[i].text = text;
        return true;
    }
    return false;
}

static const struct {
    const char *rule;
    bool (*take)(struct pass *p, const struct finding *f);
} handlers[HANDLERS] = {
    { "bookmark", take_bookmark }, { "image", take_image },
    { "field", take_field },       { "call", take_call },
    { "note", take_note },
};

/* The text up to where what begins at byte `at` must have ended. */
static struct folded up_to_end(const struct pass *p, size_t at)
{
    struct folded text = p->folded;
    const uint8_t *bytes = (const uint8_t *)text.text.at;
    int32_t end = (int32_t)at + RESIDUE_MAX;

    if (text.text.len - at > RESIDUE_MAX) {
        U8_SET_CP_START(bytes, 0, end);
        text.text.len = (size_t)end;
    }
    return text;
}

/* The end of what the first `kinds` handlers take at byte `at` of the line, or
 * 0. */
static size_t take_at(struct pass *p, size_t at, size_t kinds)
{
    const struct folded text = up_to_end(p, at);
    struct finding f;

    for (size_t i = 0; i < kinds; i++)
        if (p->rules[i] &&
            scanner_match(p->scanner, p->rules[i], &text, at, &f) ==
                PATTERN_FOUND &&
            f.match.at[CAP_ALL].at == p->line->text.at + at &&
            handlers[i].take(p, &f)) {
            /* Kept as it is for messages; the tree shows it again. */
            struct span all = f.match.at[CAP_ALL];

            return (size_t)(all.at + all.len - p->line->text.at);
        }
    return 0;
}

/* Whether a note's bracket opens in the line and closes in a later one. */
static bool is_open_note(const struct line *line)
{
    int depth = 0;

    for (size_t i = 0; i < line->text.len; i++)
        depth += line->text.at[i] == '[' ? 1 : line->text.at[i] == ']' ? -1 : 0;
    return depth > 0;
}

/* What stands between two lines of a note: nothing within an address. */
static const char *between_lines(struct pass *p, const struct line *line,
                                 const struct line *next)
{
    return scanner_reads(p->scanner, &p->folded, line, KIND_UNFINISHED, "url",
                         NULL)
               ? ""
               : lines_between(line->text, next->text);
}

static bool close_note(struct pass *p, size_t index)
{
    struct line *line = &p->lines->at[index];
    bool joined = false;

    for (size_t i = 1; i < NOTE_LINES && index + i < p->lines->count &&
                       is_open_note(line); i++) {
        struct line *next = &p->lines->at[index + i];

        p->failed |= !lines_join(p->lines, line, next,
                                 between_lines(p, line, next));
        joined = true;
    }
    return joined;
}

static bool waits_for_note(const struct pass *p)
{
    for (size_t i = p->open; i < p->lines->mark_count; i++)
        if (p->lines->marks[i].type == MARK_NOTE && !p->lines->marks[i].text.at)
            return true;
    return false;
}

/* Whether there may be codes of fields: they have switches or addresses. */
static bool has_codes(struct span text)
{
    return memchr(text.at, '\\', text.len) ||
           memmem(text.at, text.len, "HYPERLINK", 9);
}

/* What a converter puts in brackets begins with a word or number; the code of a
 * field is words in capitals behind a blank. */
static bool may_begin(struct span text, size_t at, bool codes)
{
    char c = text.at[at], next = at + 1 < text.len ? text.at[at + 1] : ' ';

    if (c == '[')
        return u_isalnum((unsigned char)next);
    return codes && (c == ' ' ? next >= 'A' && next <= 'Z'
                              : c >= 'A' && c <= 'Z' &&
                                    (at == 0 || text.at[at - 1] == '\t'));
}

/* Writes a part of the line without what the first `kinds` handlers take, if
 * they take anything. Residues are rare: the text between them is copied whole.
 */
static bool take_out(struct pass *p, struct span text, size_t kinds, bool codes)
{
    size_t from = (size_t)(text.at - p->line->text.at), at = 0, done = 0;

    buf_clear(&p->out);
    while (!p->failed && at < text.len) {
        size_t end = 0;

        if (may_begin(text, at, codes)) {
            buf_add(&p->out, text.at + done, at - done);
            done = at;
            end = take_at(p, from + at, kinds);
        }
        done = end ? end - from : done;
        at = end ? end - from : at + 1;
    }
    if (done == 0 && p->out.len == 0)
        return false;
    buf_add(&p->out, text.at + done, text.len - done);
    return true;
}

/* The text of a note, a part of the line that is being written. */
static struct span without_residues(struct pass *p, struct span text)
{
    struct buf line = p->out;

    p->out = p->note;
    if (take_out(p, text, SMALL, false))
        text = arena_copy(&p->lines->arena, buf_span(&p->out));
    p->note = p->out;
    p->out = line;
    return span_trim(text);
}

static void take_residues(struct pass *p)
{
    struct span text = p->line->text;
    bool codes = has_codes(text);

    p->scanner->line = p->line->origin.first;
    if (!codes && !memchr(text.at, '[', text.len))
        return;
    /* Full-width brackets fold to these, but residues never use them: what is
     * looked for starts at a real one, so the text need not be folded. */
    scanner_fold(p->scanner, &p->folded, text, false);
    if (take_out(p, text, HANDLERS, codes))
        p->line->text = arena_copy(&p->lines->arena, buf_span(&p->out));
}

/* ---- rows of tables -------------------------------------------------------- */

/* Lines of a row, which are looked at. */
enum { ROW_LINES_MAX = 64 };

/* Whether a row of the table begins on the line; two blank lines stand between
 * tables, but also behind a note. */
static bool begins_row(const struct line *line)
{
    return line->gap > 0 && line->gap < 3 && line->cell;
}

/* Cells of the row that begins on line `i` or above it, up to line `i`. */
static size_t cells_above(const struct lines *lines, size_t i)
{
    size_t cells = lines->at[i].cell;

    for (size_t n = 0; i > 0 && lines->at[i].gap == 0 && n < ROW_LINES_MAX; n++)
        cells += lines->at[--i].cell;
    return cells;
}

/* Cells from line `i` on to the end of the row; moves `i` behind that. */
static size_t cells_below(const struct lines *lines, size_t *i)
{
    size_t cells = lines->at[*i].cell;

    for (size_t n = 0;
         ++*i < lines->count && lines->at[*i].gap == 0 && n < ROW_LINES_MAX;
         n++)
        cells += lines->at[*i].cell;
    return cells;
}

/* The most cells that a row near line `i` has. */
static size_t most_cells(const struct lines *lines, size_t i)
{
    size_t most = 0, end = i + 1, from = i;

    while (from > 0 && i - from < ROW_LINES_MAX &&
           (lines->at[from].gap == 0 || begins_row(&lines->at[from])) &&
           lines->at[from - 1].text.len + lines->at[from - 1].cell) {
        size_t cells = cells_above(lines, --from);

        most = cells > most ? cells : most;
    }
    while (end < lines->count && end - i < ROW_LINES_MAX &&
           begins_row(&lines->at[end])) {
        size_t cells = cells_below(lines, &end);

        most = cells > most ? cells : most;
    }
    return most;
}

/* The text of a footnote ends in a blank line, which ends no row that has fewer
 * cells than others have, and no table behind one that has as many. */
static void mend_row(struct lines *lines, size_t i)
{
    struct line *next = i + 1 < lines->count ? &lines->at[i + 1] : NULL;
    size_t cells, most, end = i + 1;

    if (!lines->at[i].cell || !next || !begins_row(next))
        return;
    cells = cells_above(lines, i);
    most = most_cells(lines, i);
    if (next->gap == 1 && cells < most
            ? cells + cells_below(lines, &end) <= most
            : next->gap == 2 && cells == most)
        next->gap--;
}

static void mend_rows(struct lines *lines)
{
    for (size_t i = 0, line = 0; i < lines->mark_count; i++) {
        const struct mark *mark = &lines->marks[i];

        if (mark->type != MARK_NOTE || !mark->text.len)
            continue;
        while (line < lines->count &&
               lines->at[line].origin.to < mark->origin.to)
            line++;
        if (line < lines->count)
            mend_row(lines, line);
    }
}

/* ---- the pass ---------------------------------------------------------- */

static void take_line(struct pass *p, size_t i)
{
    p->line = &p->lines->at[i];
    if (p->line->gone)
        return;
    p->line->indent = indent_of(p->line->text);
    if (p->lines->mark_count > p->open + NOTE_WINDOW)
        p->open = p->lines->mark_count - NOTE_WINDOW;
    take_residues(p);
    if (waits_for_note(p) && close_note(p, i))
        take_residues(p);
    if (!p->line->cell && !span_trim(p->line->text).len &&
        !indent_tabs(p->line->text)) {
        p->line->gone = true; /* a paragraph with nothing but a bookmark */
        p->line->gap++;
    }
}

/* A note whose text never came is an empty one. */
static void say_missing(struct pass *p)
{
    for (size_t i = 0; i < p->lines->mark_count; i++) {
        const struct mark *mark = &p->lines->marks[i];

        if (mark->type == MARK_NOTE && !mark->text.len)
            diag_say(p->scanner->diag, CLAUSIER_WARNING,
                     (struct place){ .line = mark->origin.first },
                     "note-missing", "footnote %.*s has no text",
                     (int)mark->label.len, mark->label.at);
    }
}

int residue_take(struct lines *lines, struct scanner *scanner)
{
    struct pass p = { .lines = lines, .scanner = scanner };

    for (size_t i = 0; i < HANDLERS; i++)
        p.rules[i] =
            grammar_rule(scanner->grammar, KIND_RESIDUE, handlers[i].rule);
    for (size_t i = 0; i < lines->count && !p.failed; i++)
        take_line(&p, i);
    lines_compact(lines);
    say_missing(&p);
    indent_take(lines, scanner, &p.folded);
    mend_rows(lines);
    folded_free(&p.folded);
    p.failed |= p.out.failed | lines->arena.failed;
    p.failed |= p.note.failed;
    buf_free(&p.note);
    buf_free(&p.out);
    return p.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
