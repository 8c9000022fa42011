/* Finds the lines that only list what a text is made of: contents without
 * pages, an agenda, and the chapters that a sentence names. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"

/* Lines of contents are few and short. */
enum { ENTRIES_MAX = 120, ENTRY_WIDTH_MAX = 200 };

/* How far below it what is listed second may come again. */
enum { AGAIN_MAX = 400 };

/* The chapter that begins on the line. */
static const struct rule *chapter_on(struct parser *p, struct line *line,
                                     struct number *number)
{
    struct finding f;

    return !line->cell && !look_has(p, line, KIND_LONE) &&
                   look_find(p, line, KIND_CLAUSE, NULL, &f) &&
                   f.rule->level == 1 &&
                   scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM],
                                  number)
               ? f.rule
               : NULL;
}

/* Whether the rest of an entry is but the papers on it: "C33/12, C33/60". */
static bool are_papers(struct span text, int32_t at, UChar32 c)
{
    for (; c; c = lines_next_shown(text, &at))
        if (u_isalpha(c) && !u_isupper(c))
            return false;
    return true;
}

/* Whether what is listed comes again on the line: "1 Opening" and "1 Opening";
 * "2 Reports	C33/12" and "2 Reports (Document C33/12)". */
static bool comes_again(struct span listed, struct span text)
{
    int32_t at = 0, in = 0;
    UChar32 next = lines_next_shown(listed, &at),
            c = lines_next_shown(text, &in);

    while (next && next == c) {
        next = lines_next_shown(listed, &at);
        c = lines_next_shown(text, &in);
    }
    return (!next && !c) ||
           (next && (c == '(' || c == 0xFF08) && are_papers(listed, at, next));
}

static bool is_entry(const struct line *line)
{
    return !line->cell && line->text.len && !lines_ends_sentence(line->text) &&
           lines_width(line->text) <= ENTRY_WIDTH_MAX;
}

/* The line that comes again behind short ones, where what it lists begins. */
static struct line *find_again(struct parser *p, struct line *first)
{
    struct line *line = first;

    for (unsigned i = 0; line && i < ENTRIES_MAX && is_entry(line); i++) {
        line = look_below(p, line);
        if (line && i > 0 &&
            span_same(line->text, first->text, lines_next_shown))
            return line;
    }
    return NULL;
}

static void mark_until(struct parser *p, struct line *line,
                       const struct line *end)
{
    for (; line && line != end; line = look_below(p, line))
        line->listed = true;
}

/* A list ends with a sentence, and what leads to a text is no title in it. */
static bool may_go_on(const struct line *line)
{
    return is_entry(line) && !lines_ends_in_colon(line->text);
}

/* Behind the last of the lines that count on from the first; NULL where there
 * is but one. */
static struct line *end_of_chapters(struct parser *p, struct line *first)
{
    struct line *line = first;
    struct number last, number;
    const struct rule *rule = chapter_on(p, first, &last);
    bool more = false;

    if (!rule || look_has(p, first, KIND_ITEM))
        return NULL;
    while (may_go_on(line) && (line = look_below(p, line)) != NULL &&
           line->gap <= 1 && chapter_on(p, line, &number) == rule &&
           number_follows(&number, &last)) {
        last = number;
        more = true;
    }
    return more ? line ? line : p->lines->at + p->lines->count : NULL;
}

/* "The handbook has two chapters:" and below it nothing but their titles. */
static void mark_chapters(struct parser *p, struct line *first)
{
    struct line *end = end_of_chapters(p, first), *again;
    struct number number;

    if (end)
        mark_until(p, first, end);
    else if (chapter_on(p, first, &number) &&
             (again = find_again(p, first)) != NULL)
        again->chapter = true; /* no item of a second list */
}

/* The line that comes again from `from` on. */
static struct line *find_below(struct parser *p, const struct line *listed,
                               struct line *from)
{
    struct line *end = p->lines->at + p->lines->count;

    for (unsigned i = 0; from && from < end && i < AGAIN_MAX; from++, i++)
        if (!from->gone && comes_again(listed->text, from->text))
            return from;
    return NULL;
}

/* Behind the numbered lines from the first on; NULL where they are too many. */
static struct line *end_of_items(struct parser *p, struct line *first)
{
    struct line *line = first;
    struct number number;

    for (unsigned i = 0; line && i < ENTRIES_MAX; i++) {
        line = look_below(p, line);
        if (line && (!is_entry(line) || !label_number(p, line, &number) ||
                     comes_again(first->text, line->text)))
            return line;
    }
    return NULL;
}

/* "1. Opening" and "2. Reports" come again, with text between them: an agenda,
 * whatever it is called. Returns the line behind it, or NULL. */
static struct line *end_of_agenda(struct parser *p, struct line *first)
{
    struct line *second = look_below(p, first), *end, *again, *behind;
    struct number one;

    if (!label_number(p, first, &one) || one.depth != 1 ||
        number_last(&one) != 1 || !second ||
        (end = end_of_items(p, first)) == second ||
        !(again = find_below(p, first, end)) ||
        !(behind = look_below(p, again)) ||
        comes_again(second->text, behind->text) ||
        !find_below(p, second, behind))
        return NULL;
    return end;
}

/* Whether the line says what part it stands for. */
static bool is_labelled(struct parser *p, struct line *line)
{
    return look_kinds(p, line, 1u << KIND_CLAUSE | 1u << KIND_HEADING);
}

/* Whether the line stands above those contents, too. */
static bool stands_above(struct parser *p, const struct line *line,
                         const struct line *contents)
{
    size_t at = (size_t)(contents - p->lines->at);
    const struct line *first = contents - (at < AGAIN_MAX ? at : AGAIN_MAX);

    while (contents-- > first)
        if (!contents->gone &&
            span_same(contents->text, line->text, lines_next_shown))
            return true;
    return false;
}

/* Behind the last line that names its part the title of the text may come again.
 */
enum { UNNAMED_MAX = 8 };

static struct line *end_of_contents(struct parser *p, const struct line *title,
                                    struct line *first, struct line *again)
{
    struct line *unnamed[UNNAMED_MAX];
    size_t count = 0;

    for (struct line *line = first; line != again; line = look_below(p, line))
        if (is_labelled(p, line))
            count = 0;
        else if (count < UNNAMED_MAX)
            unnamed[count++] = line;
    for (size_t i = 0; i < count; i++)
        if (stands_above(p, unnamed[i], title))
            return unnamed[i];
    return again;
}

/* The contents are all that there is: of a text that stands elsewhere. */
enum { LABELLED_MIN = 3, ALL_LINES_MAX = 600 };

static bool is_all(struct parser *p, struct line *line)
{
    unsigned labelled = 0;

    if (p->lines->at + p->lines->count - line > ALL_LINES_MAX)
        return false;
    while (line) {
        if (!is_entry(line) || lines_ends_in_colon(line->text))
            return false;
        labelled += is_labelled(p, line);
        line = look_below(p, line);
    }
    return labelled >= LABELLED_MIN;
}

/* The number of a text before its title: "Resolution 22" of "Resolution 22 –
 * Working methods". */
static struct span number_before_title(struct span text)
{
    static const char *const signs[] = {
        "\t", " – ", " — ", " - ", ": ", "："
    };

    struct span number = { text.at, text.len };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *sign =
            memmem(text.at, number.len, signs[i], strlen(signs[i]));

        if (sign)
            number.len = (size_t)(sign - text.at);
    }
    return number.len < text.len ? number : (struct span){ 0 };
}

static bool names_text(struct parser *p, const struct line *line)
{
    struct span number =
        is_entry(line) ? number_before_title(line->text) : (struct span){ 0 };
    struct folded folded = { 0 };
    bool named =
        number.len && scanner_fold_text(p->scanner, &folded, number) &&
        scanner_is_named(p->scanner, KIND_TITLE, "number", &folded, NULL);

    folded_free(&folded);
    return named;
}

/* Whether the line is the number, in capitals or not, a year behind it perhaps.
 */
static bool is_number_of(struct span text, struct span number)
{
    int32_t at = 0, in = 0;
    UChar32 want = lines_next_shown(number, &in),
            c = lines_next_shown(text, &at);

    while (want && c && u_tolower(c) == u_tolower(want)) {
        want = lines_next_shown(number, &in);
        c = lines_next_shown(text, &at);
    }
    return !want && (!c || c == '(' || c == 0xFF08);
}

static bool text_comes(struct parser *p, struct span number, struct line *from)
{
    struct line *line = from;

    for (unsigned i = 0; line && i < AGAIN_MAX; i++) {
        if (is_number_of(line->text, number) && decision_begins(p, line))
            return true;
        line = look_below(p, line);
    }
    return false;
}

/* Below those whose kind is known there may be others that bear a number. */
static bool names_other(const struct line *line)
{
    return is_entry(line) && line->gap == 0 &&
           lines_has_digit(number_before_title(line->text));
}

/* Resolutions are named in contents by their numbers, which come again without
 * their titles: one of those at least. Behind the last line, or NULL. */
enum { TEXTS_MIN = 2 };

static struct line *end_of_texts(struct parser *p, struct line *first)
{
    struct line *line = first, *entry = first;
    unsigned texts = 0;

    while (line && texts < ENTRIES_MAX && (texts == 0 || line->gap <= 1) &&
           (names_text(p, line) || (texts >= TEXTS_MIN && names_other(line)))) {
        texts++;
        line = look_below(p, line);
    }
    for (unsigned i = 0; texts >= TEXTS_MIN && line && i < texts; i++) {
        if (text_comes(p, number_before_title(entry->text), line))
            return line;
        entry = look_below(p, entry);
    }
    return NULL;
}

/* Contents whose first line names no part, as "INTRODUCTION" does not, are such
 * where the second line comes again as well. */
static void mark_contents(struct parser *p, struct line *title,
                          struct line *first)
{
    struct line *again = find_again(p, first);
    struct line *second = look_below(p, first), *texts = NULL;

    if (!again && (is_all(p, first) || (texts = end_of_texts(p, first)))) {
        title->listed = true;
        mark_until(p, first, texts);
        return;
    }
    if (!again || (!is_labelled(p, first) &&
                   (second == again || !span_has(first->text, u_isalpha) ||
                    !find_below(p, second, again + 1))))
        return;
    title->listed = true;
    mark_until(p, first, end_of_contents(p, title, first, again));
}

bool listed_mark(struct parser *p)
{
    bool any = false;

    for (size_t i = 0; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i], *first, *again;

        if (line->gone || line->cell || line->listed ||
            !(first = look_next(p, i)) || first->cell)
            continue;
        if (lines_ends_in_colon(line->text))
            mark_chapters(p, first);
        else if (look_find(p, line, KIND_TOC, "title", NULL))
            mark_contents(p, line, first);
        else if (is_entry(line) && (again = end_of_agenda(p, first)))
            mark_until(p, first, again);
        any |= line->listed || first->listed;
    }
    return any;
}
