/* Takes out what converters leave in a text, and keeps what it meant. */
#include "residue.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* A footnote's text stands at the end of the paragraph that calls it, and a
 * later bare call not far behind. Both windows keep the pass linear. */
enum { NOTE_WINDOW = 50, NOTES_SEEN = 64, NOTE_LINES = 20 };

struct pass {
    struct lines *lines;
    struct scanner *scanner;
    struct folded folded;
    struct buf out;
    struct line *line;
    size_t open;      /* first mark that may still wait for its text */
    bool failed;
};

/* ---- what stands in brackets ------------------------------------------- */

static struct mark *new_mark(struct pass *p, enum mark_type type)
{
    struct lines *lines = p->lines;
    size_t index = lines->mark_count;
    struct mark *mark =
        index < MARK_MAX
            ? array_push(&lines->marks, &lines->mark_count, sizeof *mark)
            : NULL;

    if (!mark) {
        p->failed |= index < MARK_MAX;
        return NULL;
    }
    mark->type = type;
    mark->origin = p->line->origin;
    buf_putc(&p->out, MARK);
    buf_put_code_point(&p->out, MARK_BASE + (int32_t)index);
    p->line->folds = true;
    return mark;
}

static bool take_bookmark(struct pass *p, const struct finding *f)
{
    struct span name = span_trim(f->match.at[CAP_LABEL]);

    p->line->contents |= f->match.at[CAP_TITLE].at != NULL;
    p->failed |= !lines_aside(p->lines, "src:bookmark", name, p->line->origin);
    return true;
}

static bool take_image(struct pass *p, const struct finding *f)
{
    struct mark *mark = new_mark(p, MARK_IMAGE);

    if (mark)
        mark->label = span_trim(f->match.at[CAP_LABEL]);
    return mark != NULL;
}

static bool take_call(struct pass *p, const struct finding *f)
{
    struct mark *mark = new_mark(p, MARK_NOTE);

    if (!mark)
        return false;
    mark->label = f->match.at[CAP_LABEL];
    mark->typed = f->match.at[CAP_TEXT];
    return true;
}

/* A text in brackets is a footnote only where a call waits for it. */
static bool take_note(struct pass *p, const struct finding *f)
{
    struct lines *lines = p->lines;

    for (size_t i = lines->mark_count; i-- > p->open;) {
        struct mark *mark = &lines->marks[i];

        if (mark->type != MARK_NOTE || mark->text.at ||
            !span_equal(mark->label, f->match.at[CAP_LABEL]))
            continue;
        mark->text = span_trim(f->match.at[CAP_TEXT]);
        mark->origin = p->line->origin;
        return true;
    }
    return false;
}

static const struct {
    const char *rule;
    bool (*take)(struct pass *p, const struct finding *f);
} handlers[] = {
    { "bookmark", take_bookmark },
    { "image", take_image },
    { "call", take_call },
    { "note", take_note },
};

/* The end of the residue that begins at byte `at` of the text, or 0. */
static size_t take_at(struct pass *p, size_t at)
{
    size_t index = 0;
    struct finding f;

    while (scanner_find(p->scanner, KIND_RESIDUE, &index, &p->folded, at, &f))
        for (size_t i = 0; i < sizeof handlers / sizeof *handlers; i++)
            if (strcmp(handlers[i].rule, f.rule->name) == 0 &&
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

static bool close_note(struct pass *p, size_t index)
{
    struct line *line = &p->lines->at[index];
    bool joined = false;

    for (size_t i = 1; i < NOTE_LINES && index + i < p->lines->count &&
                       is_open_note(line); i++) {
        p->failed |= !lines_join(p->lines, line, &p->lines->at[index + i], " ");
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

/* Brackets are rare: the text between them is copied whole. */
static void take_brackets(struct pass *p)
{
    struct span text = p->line->text;
    size_t at = 0, done = 0;

    buf_clear(&p->out);
    p->scanner->line = p->line->origin.first;
    if (!memchr(text.at, '[', text.len))
        return;
    /* Full-width brackets fold to these, but residues never use them: what is
     * looked for starts at a real one, so the text need not be folded. */
    scanner_fold(p->scanner, &p->folded, text, false);
    while (!p->failed && at < text.len) {
        const char *bracket = memchr(text.at + at, '[', text.len - at);
        size_t end;

        if (!bracket)
            break;
        at = (size_t)(bracket - text.at);
        buf_add(&p->out, text.at + done, at - done);
        done = at;
        /* What a converter puts in brackets begins with a word or number. */
        end = at + 1 < text.len && u_isalnum((unsigned char)text.at[at + 1])
                  ? take_at(p, at)
                  : 0;
        if (end)
            done = end;
        at = end > at ? end : at + 1;
    }
    if (done == 0 && p->out.len == 0)
        return;
    buf_add(&p->out, text.at + done, text.len - done);
    p->line->text = arena_copy(&p->lines->arena, buf_span(&p->out));
}

/* ---- cells ------------------------------------------------------------- */

/* Leading white space with a TAB in it marks a table cell. */
static void take_cell(struct line *line)
{
    struct span text = span_trim(line->text);
    size_t lead = text.len ? (size_t)(text.at - line->text.at)
                           : line->text.len;

    line->cell = line->cell || memchr(line->text.at, '\t', lead) != NULL;
    line->text = text;
}

/* ---- page headers ------------------------------------------------------ */

enum { HEADER_MAX = 90 };

static bool is_page_mark(struct pass *p, const struct line *line)
{
    struct finding f;

    if (line->cell || line->text.len > HEADER_MAX || !line->text.len ||
        !scanner_fold(p->scanner, &p->folded, line->text, line->folds))
        return false;
    return scanner_is_named(p->scanner, KIND_RESIDUE, "page", &p->folded, &f);
}

static bool is_short(const struct line *line)
{
    return !line->cell && line->text.len && line->text.len <= HEADER_MAX &&
           !memchr(line->text.at, MARK, line->text.len) &&
           !lines_ends_sentence(line->text);
}

static void take_aside(struct pass *p, struct line *line)
{
    line->gone = true;
    line->page_break = true;
    p->failed |=
        !lines_aside(p->lines, "src:pageHeader", line->text, line->origin);
}

/* A text that has appeared as a page header is one wherever it comes again
 * beside a page number. Headers are few and alike: a short list will do. */
static bool is_known_header(const struct lines *lines, struct span text)
{
    size_t seen = 0;

    for (size_t i = lines->aside_count; i-- > 0 && seen < 16;)
        if (strcmp(lines->asides[i].name, "src:pageHeader") == 0) {
            if (span_equal(lines->asides[i].text, text))
                return true;
            seen++;
        }
    return false;
}

static bool is_document_number(struct pass *p, const struct line *line)
{
    struct finding f;

    if (!scanner_fold(p->scanner, &p->folded, line->text, line->folds))
        return false;
    return scanner_is_named(p->scanner, KIND_FIELD, "number", &p->folded, &f) ||
           scanner_is_named(p->scanner, KIND_TITLE, "number", &p->folded, &f);
}

/* Beside a page number stands the document's number or short title. It is
 * known by its look, by standing alone there, or by having stood there
 * before. */
static void take_page(struct pass *p, size_t i)
{
    struct lines *lines = p->lines;
    struct line *line = &lines->at[i];
    struct line *next = i + 1 < lines->count ? &lines->at[i + 1] : NULL;
    struct line *before = i > 0 ? &lines->at[i - 1] : NULL;
    bool alone = i + 2 >= lines->count || lines->at[i + 2].gap > 0;

    take_aside(p, line);
    if (next && next->gap == 0 && is_short(next) &&
        !lines_ends_sentence(next->text) && !is_page_mark(p, next) &&
        (alone || is_document_number(p, next) ||
         is_known_header(lines, next->text)))
        take_aside(p, next);
    else if (before && !before->gone && line->gap == 0 && is_short(before) &&
             is_known_header(lines, before->text))
        take_aside(p, before);
}

/* ---- later calls of a footnote ----------------------------------------- */

/* Behind a number, these make it a count, a date or an ordinal. */
static bool is_counter(UChar32 c)
{
    static const char counters[] = "个年月日号名次位项条款节章时点分种份家人周期"
                                   "倍元米";

    for (int32_t at = 0; c > 0x2E80 && at < (int32_t)sizeof counters - 1;) {
        UChar32 counter;

        U8_NEXT(counters, at, (int32_t)sizeof counters - 1, counter);
        if (counter == c)
            return true;
    }
    return false;
}

/* Whether the number that ends at byte `at` could be a call by what follows. */
static bool ends_call(struct span text, size_t at)
{
    int32_t next = (int32_t)at;
    UChar32 c = ' ';

    if (at < text.len)
        U8_NEXT(text.at, next, (int32_t)text.len, c);
    return !u_isdigit(c) && !(c < 0x80 && u_isalpha(c)) && c != '.' &&
           c != '-' && c != '/' && !is_counter(c);
}

/* The word that ends at byte `end`: letters of one kind, Latin ones in lower
 * case, or the last two Han characters. What is shorter tells nothing. */
static struct span word_before(struct span text, size_t end)
{
    int32_t at = (int32_t)end;
    unsigned letters = 0, han = 0;

    while (at > 0 && letters < 40 && han < 2) {
        int32_t was = at;
        UChar32 c;

        U8_PREV(text.at, 0, at, c);
        if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC) && !letters)
            han++;
        else if (u_isalpha(c) && !han)
            letters++;
        if (!u_isalpha(c) || u_isupper(c) || (letters && han)) {
            at = u_isupper(c) ? (int32_t)end : was;
            break;
        }
    }
    if (letters < 3 && han < 2)
        at = (int32_t)end;
    return (struct span){ text.at + at, end - (size_t)at };
}

static bool is_han(struct span word)
{
    return word.len && (unsigned char)word.at[0] >= 0xE3;
}

/* The first call of note `label`, one with the word before it if that is of
 * Han characters: a number behind those is more often a number. */
static const struct mark *first_call(const struct pass *p, struct span label,
                                     struct span word)
{
    size_t seen = 0;

    for (size_t i = p->lines->mark_count; i-- > 0 && seen < NOTES_SEEN; seen++) {
        const struct mark *mark = &p->lines->marks[i];

        if (mark->type == MARK_NOTE && mark->text.len &&
            span_equal(mark->label, label) &&
            mark->origin.last < p->line->origin.first &&
            (!is_han(word) || span_equal(mark->word, word)))
            return mark;
    }
    return NULL;
}

static void mark_call(struct pass *p, size_t first, struct span label)
{
    struct span text = p->line->text;
    size_t at = (size_t)(label.at - text.at);
    struct mark *mark;

    buf_clear(&p->out);
    buf_add(&p->out, text.at, at);
    mark = new_mark(p, MARK_NOTE_AGAIN);
    if (!mark)
        return;
    mark->first = first;
    mark->label = mark->typed = p->lines->marks[first].label;
    buf_add(&p->out, text.at + at + label.len, text.len - at - label.len);
    p->line->text = arena_copy(&p->lines->arena, buf_span(&p->out));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A number of one or two digits glued to a word, where a note of that number
 * has been called before. */
static void take_calls(struct pass *p, struct line *line)
{
    p->line = line;
    for (size_t at = 1; at < line->text.len && !p->failed; at++) {
        struct span text = line->text, label = { text.at + at, 1 }, word;
        const struct mark *mark;

        if (!is_digit(text.at[at]) || is_digit(text.at[at - 1]) ||
            text.at[at - 1] == ' ')
            continue;
        if (at + 1 < text.len && is_digit(text.at[at + 1]))
            label.len++;
        if (!ends_call(text, at + label.len))
            continue;
        word = word_before(text, at);
        mark = word.len ? first_call(p, label, word) : NULL;
        if (mark)
            mark_call(p, (size_t)(mark - p->lines->marks), label);
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
                mark->word = word_before(text, at);
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

/* ---- the pass ---------------------------------------------------------- */

static void take_line(struct pass *p, size_t i)
{
    p->line = &p->lines->at[i];
    if (p->line->gone)
        return;
    take_cell(p->line);
    if (p->lines->mark_count > p->open + NOTE_WINDOW)
        p->open = p->lines->mark_count - NOTE_WINDOW;
    take_brackets(p);
    if (waits_for_note(p) && close_note(p, i))
        take_brackets(p);
    take_cell(p->line);
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

    for (size_t i = 0; i < lines->count && !p.failed; i++)
        take_line(&p, i);
    for (size_t i = 0; i < lines->count && !p.failed; i++)
        if (!lines->at[i].gone && is_page_mark(&p, &lines->at[i]))
            take_page(&p, i);
    lines_compact(lines);
    if (!p.failed && has_notes(lines)) {
        note_words(lines);
        for (size_t i = 0; i < lines->count && !p.failed; i++)
            take_calls(&p, &lines->at[i]);
    }
    say_missing(&p);
    folded_free(&p.folded);
    p.failed |= p.out.failed | lines->arena.failed;
    buf_free(&p.out);
    return p.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
