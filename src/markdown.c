/* Takes out the marks that a converter to Markdown has written: asterisks
 * around what is emphasized, backslashes before signs, number signs before
 * headings, angles before what is quoted, carets in calls of footnotes. */
#include "markdown.h"

#include <ctype.h>
#include <string.h>

static bool is_letter(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Bytes of "## " before a heading. */
enum { HASHES_MAX = 6 };

static size_t hash_bytes(struct span text)
{
    size_t at = span_run(text, 0, '#');

    return at > 0 && at <= HASHES_MAX && at + 1 < text.len &&
                   text.at[at] == ' ' &&
                   (is_letter(text.at[at + 1]) || text.at[at + 1] == '*')
               ? at + 1
               : 0;
}

static bool is_escape(struct span text, size_t at)
{
    return text.at[at] == '\\' &&
           (at + 1 == text.len || ispunct((unsigned char)text.at[at + 1]));
}

/* "**Annex 1**", all of a line. */
static bool is_strong(struct span text)
{
    size_t first = span_run(text, 0, '*');

    return first >= 2 && first <= 3 && text.len > 2 * first &&
           is_letter(text.at[first]) && lines_ends_in(text, "**") &&
           memchr(text.at + first, '*', text.len - first) ==
               text.at + text.len - first;
}

/* "* * *" parts texts. */
static bool has_letter(struct span text)
{
    size_t at = 0;

    while (at < text.len && !is_letter(text.at[at]))
        at++;
    return at < text.len;
}

/* A star right before a word or right behind one; "2 * 3" has blanks, and "2*3"
 * is a product. */
static bool is_beside_word(struct span text, size_t at, size_t stars)
{
    char before = at > 0 ? text.at[at - 1] : ' ';
    char behind = at + stars < text.len ? text.at[at + stars] : ' ';

    return !(before == ' ' && behind == ' ') &&
           !(is_digit(before) && is_digit(behind));
}

/* The marks of a paragraph, which part it where they are even. */
struct marks {
    size_t strong, plain;
};

static void count_marks(struct span text, struct marks *marks)
{
    size_t stars;

    for (size_t at = 0; at < text.len; at += stars ? stars : 1) {
        if (is_escape(text, at)) {
            stars = 2;
            continue;
        }
        stars = span_run(text, at, '*');
        if (stars && is_beside_word(text, at, stars)) {
            marks->strong += stars > 1;
            marks->plain += stars % 2;
        }
    }
}

/* "|          | **CA/99** |" */
static bool has_strong_cell(struct span text)
{
    const char *end = text.at + text.len, *bar;
    bool strong = false;

    if (!text.len || *text.at != '|')
        return false;
    for (const char *at = text.at + 1; at < end && !strong; at = bar + 1) {
        bar = memchr(at, '|', (size_t)(end - at));
        if (!bar)
            break;
        strong = is_strong(span_trim(span_between(at, bar)));
    }
    return strong;
}

/* In any other text few lines look so, and escapes alone may be of paths. */
enum { STRONG_MIN = 2, MARKED_MIN = 3 };

static bool are_marked(const struct lines *lines)
{
    static const char *const escapes[] = { "\\[", "\\_", "\\-", "\\*", "\\." };

    size_t strong = 0, escaped = 0;

    for (size_t i = 0; i < lines->count; i++) {
        struct span text = lines->at[i].text;
        struct marks marks = { 0 };
        bool escape = false;

        for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++)
            escape |= memmem(text.at, text.len, escapes[k], 2) != NULL;
        count_marks(text, &marks);
        strong += is_strong(text) || hash_bytes(text) || has_strong_cell(text);
        escaped += escape || (marks.strong > 1 && marks.strong % 2 == 0);
    }
    return strong >= STRONG_MIN && strong + escaped >= MARKED_MIN;
}

/* The end of "<https://example.org>", or 0. */
enum { LINK_MAX = 2000 };

static size_t link_end(struct span text, size_t at)
{
    size_t most = text.len - at < LINK_MAX ? text.len - at : LINK_MAX;
    const char *end = memchr(text.at + at, '>', most);
    struct span link = { text.at + at + 1,
                         end ? (size_t)(end - text.at) - at - 1 : 0 };

    return link.len && !memchr(link.at, ' ', link.len) &&
                   (memchr(link.at, '@', link.len) ||
                    memmem(link.at, link.len, "://", 3))
               ? (size_t)(end - text.at)
               : 0;
}

/* Bytes of the "[^" of "[^1]", which calls a footnote, or 0. */
enum { CALL_MAX = 16 };

static size_t call_bytes(struct span text, size_t at)
{
    size_t end = at + 2;

    if (text.len < at + 4 || memcmp(text.at + at, "[^", 2) != 0)
        return 0;
    while (end < text.len && end - at < CALL_MAX && is_letter(text.at[end]))
        end++;
    return end > at + 2 && end < text.len && text.at[end] == ']' ? 2 : 0;
}

/* "> > Text", and ">" alone for a blank line between its paragraphs. */
static void undo_quote(struct line *line)
{
    struct span text = line->text;

    while (text.len && *text.at == '>' && (text.len == 1 || text.at[1] == ' '))
        text = span_trim((struct span){ text.at + 1, text.len - 1 });
    line->gap += !text.len && line->text.len;
    line->gone |= !text.len && line->text.len;
    line->text = text;
}

/* What is left of a line. Columns that spaces part stay where they are. */
static void add_plain(struct buf *out, struct span text,
                      const struct marks *marks)
{
    size_t debt = 0, close = 0;

    for (size_t at = 0; at < text.len;) {
        size_t stars = span_run(text, at, '*');
        size_t call = call_bytes(text, at);

        if (call) {
            buf_putc(out, '[');
            debt++;
            at += call;
        } else if (is_escape(text, at)) {
            if (at + 1 < text.len)
                buf_putc(out, text.at[at + 1]);
            debt++;
            at += 2;
        } else if (stars && is_beside_word(text, at, stars) &&
                   (stars == 1 || marks->strong % 2 == 0) &&
                   (stars % 2 == 0 || marks->plain % 2 == 0)) {
            debt += stars;
            at += stars;
        } else if ((text.at[at] == '<' && (close = link_end(text, at)) > 0) ||
                   (text.at[at] == '>' && at == close && close > 0)) {
            debt++;
            at++;
        } else if (stars) {
            buf_add_span(out, (struct span){ text.at + at, stars });
            at += stars;
        } else {
            for (; text.at[at] == ' ' && at + 1 < text.len &&
                   text.at[at + 1] == ' ' && debt > 0;
                 debt--)
                buf_putc(out, ' ');
            buf_putc(out, text.at[at++]);
        }
    }
}

static bool undo_line(struct lines *lines, struct line *line,
                      const struct marks *marks, struct buf *out)
{
    size_t hashes = line->cell ? 0 : hash_bytes(line->text);
    struct span text = { line->text.at + hashes, line->text.len - hashes };

    buf_clear(out);
    if (!has_letter(text) && !memchr(text.at, '\\', text.len))
        return true;
    add_plain(out, text, marks);
    if (out->failed)
        return false;
    text = buf_span(out);
    while (text.len && text.at[text.len - 1] == ' ')
        text.len--; /* what stands before it may part columns */
    line->contents |= hashes > 0;
    line->gone |= !text.len && !line->cell;
    if (!span_equal(text, line->text))
        line->text = arena_copy(&lines->arena, text);
    return !lines->arena.failed;
}

bool markdown_undo(struct lines *lines)
{
    static const struct span signs = { "*", 1 };

    struct buf out = { 0 };
    bool done = true;

    if (!are_marked(lines))
        return true;
    for (size_t i = 0; i < lines->count; i++)
        if (!lines->at[i].cell)
            undo_quote(&lines->at[i]);
    for (size_t from = 0, to; done && from < lines->count; from = to) {
        struct marks marks = { 0 };

        for (to = from;
             to < lines->count && (to == from || lines->at[to].gap == 0); to++)
            count_marks(lines->at[to].text, &marks);
        for (size_t i = from; done && i < to; i++)
            done = undo_line(lines, &lines->at[i], &marks, &out);
    }
    done =
        done && lines_aside(lines, "src:emphasis", signs, lines->at[0].origin);
    buf_free(&out);
    lines_compact(lines);
    return done;
}
