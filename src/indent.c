/* Tells what TABs before the text of a line make of it: a cell, or no more than
 * an indented line. */
#include "indent.h"

#include <string.h>
#include <unicode/uchar.h>

struct pass {
    struct lines *lines;
    struct scanner *scanner;
    struct folded *folded;
    bool all; /* whatever begins with a TAB may be an indented line */
};

size_t indent_tabs(struct span line)
{
    struct span text = span_trim(line);
    size_t lead = text.len ? (size_t)(text.at - line.at) : line.len;

    return span_count((struct span){ line.at, lead }, '\t');
}

/* A TAB is as wide as it is on most screens. */
enum { TAB_WIDTH = 8 };

unsigned indent_of(struct span line)
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
           !indent_tabs(next->text);
}

/* Who typed on a machine with a fixed width indented paragraphs with a TAB and
 * put titles into the middle with some: these are no cells. The width, or 0. */
static size_t typed_width(const struct lines *lines)
{
    size_t paragraphs = 0, centred = 0, widest = 0;

    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->at[i];
        struct span text = span_trim(line->text);
        size_t tabs = indent_tabs(line->text), width = lines_width(text);

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
    size_t first;     /* line that begins with a TAB */
    size_t cells;     /* how many do */
    size_t sentences; /* ... and are a paragraph */
    size_t blanks;    /* ... or a label and what is to be filled in */
    size_t prose;     /* ... or a part of a sentence, or behind a label */
    size_t labels;    /* ... or behind a label */
    bool wide;        /* one of these is a long one */
    bool filled;      /* a line below one of them is to be filled in */
    bool colon;       /* the last ends in one: a box of a form may be empty */
    bool chapter;     /* the first is the number of a chapter */
    bool indented;    /* all are of a text that is */
    bool kept;        /* it is a row, or goes on with the table above */
};

enum {
    SENTENCE_WIDTH_MIN = 40,
    WIDE_MIN = 80,
    LABEL_LEN_MAX = 10,
    CHAPTER_LINES_MAX = 3
};

/* "2	Texts" is in no row; a bullet may be of a cell. */
static bool begins_row(const struct line *line)
{
    const char *tab = memchr(line->text.at, '\t', line->text.len);

    return line->gap > 0 ||
           (tab && tab > line->text.at && tab < line->text.at + LABEL_LEN_MAX &&
            (u_isalnum(span_first(line->text)) || *line->text.at == '('));
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
           !indent_tabs(next->text);
}

/* Without the dash behind an Arabic number. */
static struct span without_dash(struct span label)
{
    if (lines_ends_in(label, " -") || lines_ends_in(label, " \u2013"))
        label.len = (size_t)((const char *)memrchr(label.at, ' ', label.len) -
                             label.at);
    return label;
}

/* What stands before the first TAB of a text, and is short: "1.", "(a)", "IV.",
 * "2 -"; empty where nothing is. */
static struct span label_before_tab(struct span text)
{
    const char *tab = memchr(text.at, '\t', text.len);
    struct span label = span_between(text.at, tab ? tab : text.at);

    label = without_dash(label);
    if (label.len >= LABEL_LEN_MAX || lines_ends_in_colon(label) ||
        (label.len && memchr(label.at, ' ', label.len)))
        label.len = 0;
    return label;
}

/* More than one TAB puts a line into the middle; "The Council," begins what
 * the paragraphs below it go on with. A TAB behind a line of contents stands
 * before its page. */
static bool is_prose(struct span line, struct span text)
{
    if (line.at[line.len - 1] == '\t')
        return false;
    return indent_tabs(line) > 1 || label_before_tab(text).len ||
           lines_ends_in_comma(text) ||
           ((lines_ends_sentence(text) || lines_ends_in_semicolon(text) ||
             lines_ends_in_colon(text)) &&
            lines_width(text) >= SENTENCE_WIDTH_MIN);
}

/* "Section 2", and below it the title, or "Agenda item 2: Tides": TABs may put
 * them into the middle. */
static bool is_chapter(struct pass *p, const struct line *line)
{
    struct span text = span_trim(line->text);
    struct finding f;

    return indent_tabs(line->text) &&
           scanner_fold(p->scanner, p->folded, text, line->folds) &&
           (scanner_is_named(p->scanner, KIND_LONE, "chapter", p->folded, &f) ||
            scanner_is_named(p->scanner, KIND_HEADING, "agenda", p->folded, &f));
}

/* Short lines among many paragraphs are headings. */
enum { PARAGRAPHS_MIN = 5 };

static bool is_indented(const struct row *row)
{
    return row->cells &&
           (row->prose == row->cells ||
            (row->cells >= PARAGRAPHS_MIN && 3 * row->prose >= 2 * row->cells));
}

static struct row measure_row(struct pass *p, size_t at)
{
    const struct lines *lines = p->lines;
    struct row row = { .end = at,
                       .first = at,
                       .chapter = is_chapter(p, &lines->at[at]) };

    while (row.end < lines->count &&
           (row.end == at || !begins_row(&lines->at[row.end]))) {
        struct span line = lines->at[row.end].text, text = span_trim(line);
        bool cell = text.len && indent_tabs(line) > 0;
        bool sentence = cell && lines_ends_sentence(text) &&
                        !is_label_above(lines, row.end);
        size_t width = sentence ? lines_width(text) : 0;

        if (cell && !row.cells)
            row.first = row.end;
        row.end++;
        row.cells += cell;
        row.blanks += cell && is_to_fill(text);
        row.colon = cell ? lines_ends_in_colon(text) : row.colon;
        row.filled |= !cell && row.cells && is_to_fill(text);
        row.prose += cell && is_prose(line, text);
        row.labels += cell && label_before_tab(text).len;
        row.sentences += width >= SENTENCE_WIDTH_MIN;
        row.wide |= width >= WIDE_MIN;
    }
    row.indented = lines->at[at].indented || (p->all && is_indented(&row));
    return row;
}

static bool is_row(const struct row *row)
{
    return !row->indented && row->blanks < row->cells &&
           (row->cells > 1 || row->sentences < row->cells);
}

/* A question behind its number, and what is answered in the cell beside: two
 * such rows are no paragraphs. */
enum { COLUMNS_MAX_ALIKE = 4 };

static bool are_alike(const struct row *row, const struct row *other)
{
    return row->cells > 1 && row->cells <= COLUMNS_MAX_ALIKE &&
           row->cells == other->cells && row->labels < row->cells &&
           row->labels == other->labels;
}

static bool is_form(const struct row *row)
{
    return row->cells && row->cells == row->blanks;
}

/* Whether lines that need not be a row stand in a table: lines of a form below
 * one, and the paragraph above or between such lines. */
static bool is_in_table(const struct row *before, const struct row *row,
                        const struct row *next)
{
    return is_row(before) ||
           (before->kept && (is_form(row) || row->filled || row->colon ||
                             (is_form(before) && is_form(next))));
}

/* The number that a label "1." is, or 0. */
static unsigned paragraph_number(struct span label)
{
    size_t at;
    unsigned number = lines_number(label, &at);

    at += number && at < label.len && strchr(".)", label.at[at]);
    return at == label.len ? number : 0;
}

/* Lines of a row that are looked at. */
enum { ROW_LINES_MAX = 32 };

/* How many lines from line `at` on have a TAB before them, up to the next blank
 * one. */
static size_t count_cells(const struct lines *lines, size_t at)
{
    size_t cells = indent_tabs(lines->at[at].text) > 0, end = at + 1;

    for (; end < lines->count && end - at < ROW_LINES_MAX &&
           lines->at[end].gap == 0;
         end++)
        cells += indent_tabs(lines->at[end].text) > 0;
    return cells;
}

/* "1)	Aims" and, in the cell beside it, what they are, below a row of as many
 * cells. */
static bool is_numbered_row(const struct lines *lines, size_t at)
{
    size_t above = at, n = 0;

    if (!at || lines->at[at].gap != 1)
        return false;
    do
        above--;
    while (above > 0 && lines->at[above].gap == 0 && n++ < ROW_LINES_MAX);
    return indent_tabs(lines->at[above].text) && count_cells(lines, at) > 1 &&
           count_cells(lines, at) == count_cells(lines, above);
}

/* Papers of the United Nations have a TAB before each paragraph, or each
 * heading: two numbered ones that follow one another tell them, and "I." and
 * "II.". */
static bool is_all_indented(const struct lines *lines)
{
    unsigned last = 0, follow = 0;
    bool first = false;

    for (size_t i = 0; i < lines->count && follow < 2; i++) {
        struct span line = lines->at[i].text;
        struct span label = label_before_tab(span_trim(line));
        unsigned number = paragraph_number(label);

        if (!label.len || !indent_tabs(line) || is_numbered_row(lines, i))
            continue;
        if (first && span_is(label, "II."))
            return true;
        first |= span_is(label, "I.");
        follow += number && number == last + 1;
        last = number ? number : last;
    }
    return follow > 1;
}

/* Rows that one blank line parts, each of one cell or of paragraphs, most of
 * them and two of the long ones sentences: a letter whose paragraphs somebody
 * indented. */
struct block {
    size_t begin, rows, prose, sentences;
    bool table;
};

static void end_block(struct pass *p, const struct block *block, size_t end)
{
    if (block->table || block->sentences < 2 ||
        3 * block->prose < 2 * block->rows)
        return;
    p->all = true;
    for (size_t i = block->begin; i < end; i++)
        p->lines->at[i].indented = true;
}

static void find_blocks(struct pass *p)
{
    const struct lines *lines = p->lines;
    struct block block = { 0 };
    struct row row;

    for (size_t at = 0; at < lines->count; at = row.end) {
        row = measure_row(p, at);
        if (!row.cells || lines->at[at].gap != 1) {
            end_block(p, &block, at);
            block = (struct block){ .begin = at };
        }
        block.rows += row.cells > 0;
        block.prose += is_indented(&row);
        block.sentences += is_indented(&row) && row.wide ? row.sentences : 0;
        block.table |= row.cells > 1 && !is_indented(&row);
    }
    end_block(p, &block, lines->count);
}

/* "Table 1" and what it is called, in front of its first row: how many lines,
 * by the cells of the second. */
enum { CAPTION_LINES_MAX = 2 };

static size_t count_caption(struct pass *p, const struct row *row,
                            const struct row *next)
{
    const struct lines *lines = p->lines;
    const struct line *first = &lines->at[row->first];
    struct span text = span_trim(first->text);
    size_t count = row->cells - next->cells;

    if (next->cells < 2 || row->cells <= next->cells ||
        count > CAPTION_LINES_MAX || row->end - row->first != row->cells ||
        lines->at[row->end].gap != 1)
        return 0;
    return scanner_fold(p->scanner, p->folded, text, first->folds) &&
                   scanner_is_named(p->scanner, KIND_CAPTION, "table",
                                    p->folded, NULL)
               ? count
               : 0;
}

/* Where all is indented a TAB parts paragraphs as a blank line does. */
static void indent_lines(struct lines *lines, const struct row *row, size_t at)
{
    for (size_t i = at; i < row->end; i++) {
        struct line *line = &lines->at[i];

        line->indented = true;
        line->gap += row->indented && line->gap == 0 &&
                     indent_tabs(line->text) &&
                     !label_before_tab(span_trim(line->text)).len;
    }
}

/* Whole paragraphs with a TAB before each are no cells, nor are the lines of a
 * form, unless there are rows of a table above or below them; nor is what heads
 * a chapter, unless the next such line does; nor a caption. */
static void find_indents(struct pass *p)
{
    struct lines *lines = p->lines;
    struct row before = { 0 }, row = { 0 }, next;

    p->all = is_all_indented(lines);
    find_blocks(p);
    if (lines->count)
        row = measure_row(p, 0);
    for (size_t at = 0; at < lines->count; at = row.end, row = next) {
        bool last = row.end >= lines->count, near = lines->at[at].gap == 1;

        next = last ? (struct row){ .end = row.end } : measure_row(p, row.end);
        row.indented &=
            !(near && are_alike(&row, &before)) &&
            !(!last && lines->at[row.end].gap == 1 && are_alike(&row, &next));
        if ((row.chapter && row.end - at <= CHAPTER_LINES_MAX &&
             !before.chapter && !next.chapter) ||
            row.indented ||
            (((row.wide && row.cells == row.sentences) || is_form(&row)) &&
             !(near && is_in_table(&before, &row, &next)) &&
             !(!last && lines->at[row.end].gap == 1 && is_row(&next))))
            indent_lines(lines, &row, at);
        else
            row.kept = row.cells && (is_row(&row) || (near && before.kept));
        for (size_t i = count_caption(p, &row, &next); i > 0; i--)
            lines->at[row.first + i - 1].indented = true;
        /* "1.	One fellowship" right below a row is of its last cell. */
        if (row.cells || lines->at[at].gap || !before.kept)
            before = row;
    }
}

/* Leading white space with a TAB in it marks a table cell. */
static void take_cell(struct lines *lines, struct line *line)
{
    line->cell |=
        !lines->typed_width && !line->indented && indent_tabs(line->text) > 0;
    line->text = span_trim(line->text);
}

void indent_take(struct lines *lines, struct scanner *scanner,
                 struct folded *folded)
{
    struct pass p = { .lines = lines, .scanner = scanner, .folded = folded };

    lines->typed_width = typed_width(lines);
    find_indents(&p);
    for (size_t i = 0; i < lines->count; i++)
        take_cell(lines, &lines->at[i]);
}
