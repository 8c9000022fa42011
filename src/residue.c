/* Takes out what converters leave in a text, and keeps what it meant. */
#include "residue.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

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

/* ---- cells ------------------------------------------------------------- */

/* The TABs before the text of the line. */
static size_t count_tabs(struct span line, struct span text)
{
    size_t lead = text.len ? (size_t)(text.at - line.at) : line.len;

    return span_count((struct span){ line.at, lead }, '\t');
}

/* A TAB is as wide as it is on most screens. */
enum { TAB_WIDTH = 8 };

static unsigned count_indent(struct span line)
{
    unsigned indent = 0;

    for (size_t i = 0;
         i < line.len && (line.at[i] == ' ' || line.at[i] == '\t'); i++)
        indent += line.at[i] == '\t' ? TAB_WIDTH : 1;
    return indent;
}

enum { TYPED_WIDTH_MAX = 90, PARAGRAPH_WIDTH_MIN = 50 };

/* An indented first line, below a blank one, that was broken where it was
 * full. */
static bool is_typed_paragraph(const struct line *line, const struct line *next)
{
    return line->gap > 0 && next->gap == 0 &&
           lines_width(span_trim(line->text)) >= PARAGRAPH_WIDTH_MIN &&
           !count_tabs(next->text, span_trim(next->text));
}

/* Who typed on a machine with a fixed width indented paragraphs with a TAB and
 * put titles into the middle with some: these are no cells. The width, or 0. */
static size_t typed_width(const struct lines *lines)
{
    size_t paragraphs = 0, centred = 0, widest = 0;

    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->at[i];
        struct span text = span_trim(line->text);
        size_t tabs = count_tabs(line->text, text), width = lines_width(text);

        if (width > TYPED_WIDTH_MAX)
            return 0;
        widest = width > widest ? width : widest;
        centred += tabs > 1 && text.len;
        paragraphs += tabs == 1 && i + 1 < lines->count &&
                      is_typed_paragraph(line, line + 1);
    }
    return paragraphs > 1 && centred > 1 ? widest : 0;
}

/* Lines without a blank one between them: a row, if they are of a table. */
struct row {
    size_t end;
    size_t cells;     /* lines that begin with a TAB */
    size_t sentences; /* ... and are a paragraph */
    size_t blanks;    /* ... or a label and what is to be filled in */
    bool wide;        /* one of these is a long one */
    bool chapter;     /* the first is the number of a chapter */
    bool kept;        /* it is a row, or goes on with the table above */
};

enum { SENTENCE_WIDTH_MIN = 40, WIDE_MIN = 80, LABEL_LEN_MAX = 10,
       CHAPTER_LINES_MAX = 3 };

/* "2	Texts" is in no row. */
static bool begins_row(const struct line *line)
{
    const char *tab = memchr(line->text.at, '\t', line->text.len);

    return line->gap > 0 || (tab && tab > line->text.at &&
                             tab < line->text.at + LABEL_LEN_MAX);
}

/* "Name: ______", "in person [ ]". */
static bool is_to_fill(struct span text)
{
    return u_isalpha(span_first(text)) &&
           (lines_has_blank(text) || lines_ends_in(text, "[ ]") ||
            lines_ends_in(text, "|_|"));
}

/* "Scope (in one paragraph):" with its text below it: a label in its cell. */
static bool is_label_above(const struct lines *lines, size_t at)
{
    const struct line *next = &lines->at[at + 1];

    return lines_ends_in_colon(span_trim(lines->at[at].text)) &&
           at + 1 < lines->count && !begins_row(next) &&
           !count_tabs(next->text, span_trim(next->text));
}

/* "Section 2", and below it the title: TABs may put both into the middle. */
static bool is_chapter(struct pass *p, const struct line *line)
{
    struct span text = span_trim(line->text);
    struct finding f;

    return count_tabs(line->text, text) &&
           scanner_fold(p->scanner, &p->folded, text, line->folds) &&
           scanner_is_named(p->scanner, KIND_LONE, "chapter", &p->folded, &f);
}

static struct row measure_row(struct pass *p, size_t at)
{
    const struct lines *lines = p->lines;
    struct row row = { .end = at, .chapter = is_chapter(p, &lines->at[at]) };

    while (row.end < lines->count &&
           (row.end == at || !begins_row(&lines->at[row.end]))) {
        struct span line = lines->at[row.end].text, text = span_trim(line);
        bool cell = text.len && count_tabs(line, text) > 0;
        bool sentence = cell && lines_ends_sentence(text) &&
                        !is_label_above(lines, row.end);
        size_t width = sentence ? lines_width(text) : 0;

        row.end++;
        row.cells += cell;
        row.blanks += cell && is_to_fill(text);
        row.sentences += width >= SENTENCE_WIDTH_MIN;
        row.wide |= width >= WIDE_MIN;
    }
    return row;
}

static bool is_row(const struct row *row)
{
    return row->blanks < row->cells &&
           (row->cells > 1 || row->sentences < row->cells);
}

static bool is_form(const struct row *row)
{
    return row->cells && row->cells == row->blanks;
}

/* Whether lines that need not be a row stand in a table: lines of a form below
 * one, and the paragraph between two such lines. */
static bool is_in_table(const struct row *before, const struct row *row,
                        const struct row *next)
{
    return is_row(before) ||
           (before->kept &&
            (is_form(row) || (is_form(before) && is_form(next))));
}

/* Whole paragraphs with a TAB before each are no cells, nor are the lines of a
 * form, unless there are rows of a table above or below them; nor is what heads a
 * chapter, unless the next such line does. */
static void find_indents(struct pass *p)
{
    struct lines *lines = p->lines;
    struct row before = { 0 }, row = { 0 }, next;

    if (lines->count)
        row = measure_row(p, 0);
    for (size_t at = 0; at < lines->count; at = row.end, row = next) {
        bool last = row.end >= lines->count, near = lines->at[at].gap == 1;

        next = last ? (struct row){ .end = row.end }
                    : measure_row(p, row.end);
        if ((row.chapter && row.end - at <= CHAPTER_LINES_MAX &&
             !before.chapter && !next.chapter) ||
            (((row.wide && row.cells == row.sentences) || is_form(&row)) &&
             !(near && is_in_table(&before, &row, &next)) &&
             !(!last && lines->at[row.end].gap == 1 && is_row(&next))))
            for (size_t i = at; i < row.end; i++)
                lines->at[i].indented = true;
        else
            row.kept = row.cells && (is_row(&row) || (near && before.kept));
        before = row;
    }
}

/* Leading white space with a TAB in it marks a table cell. */
static void take_cell(struct pass *p, struct line *line)
{
    struct span text = span_trim(line->text);

    line->cell |= !p->lines->typed_width && !line->indented &&
                  count_tabs(line->text, text) > 0;
    line->text = text;
}

/* ---- the pass ---------------------------------------------------------- */

static void take_line(struct pass *p, size_t i)
{
    p->line = &p->lines->at[i];
    if (p->line->gone)
        return;
    p->line->indent = count_indent(p->line->text);
    take_cell(p, p->line);
    if (p->lines->mark_count > p->open + NOTE_WINDOW)
        p->open = p->lines->mark_count - NOTE_WINDOW;
    take_residues(p);
    if (waits_for_note(p) && close_note(p, i))
        take_residues(p);
    take_cell(p, p->line);
    if (!p->line->text.len && !p->line->cell) {
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
        p.rules[i] = grammar_rule(scanner->grammar, KIND_RESIDUE,
                                  handlers[i].rule);
    lines->typed_width = typed_width(lines);
    find_indents(&p);
    for (size_t i = 0; i < lines->count && !p.failed; i++)
        take_line(&p, i);
    lines_compact(lines);
    say_missing(&p);
    folded_free(&p.folded);
    p.failed |= p.out.failed | lines->arena.failed;
    p.failed |= p.note.failed;
    buf_free(&p.note);
    buf_free(&p.out);
    return p.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
