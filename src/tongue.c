/* Finds where a text goes on in another language: behind the first version of a
 * document stands a second one, with a header of its own. */
#include "tongue.h"

#include <unicode/uchar.h>

#include "clausier.h"

/* How many bytes are enough to tell a language, and how often that is done. */
enum { PAGE_MAX = 1000, PAGE_MIN = 150, PLACES_MAX = 8, VERSIONS_MAX = 8 };

/* A header has so many fields within so many lines. */
enum { HEADER_LINES = 12, HEADER_FIELDS = 2 };

struct pass {
    struct lines *lines;
    const struct grammar *grammar; /* of the first version */
    clausier_grammars *set;
    struct diag *diag;
    size_t page_len; /* a short text has short pages, of one version each */
    struct buf page;
    int result;
};

static const struct grammar *language_of(struct pass *p, size_t from, size_t to)
{
    struct span sample = lines_sample(&p->page, p->lines, from, to,
                                      p->page_len);

    if (p->page.failed)
        p->result = CLAUSIER_ENOMEM;
    return p->result == CLAUSIER_OK
               ? grammars_evident(p->set, p->grammar, sample, p->diag,
                                  &p->result)
               : NULL;
}

/* Of the page that ends before line `end`. */
static const struct grammar *language_above(struct pass *p, size_t end)
{
    size_t from = end, len = 0;

    while (from > 0 && len < p->page_len)
        len += p->lines->at[--from].text.len + 1;
    return language_of(p, from, end);
}

static bool is_field(struct scanner *scanner, const struct line *line)
{
    return line->text.len &&
           scanner_takes(scanner, KIND_FIELD, NULL, line->text, NULL);
}

/* Whether a header begins at line `i`, with words that are of the other language
 * alone. */
static bool begins_header(struct pass *p, struct scanner *first,
                          struct scanner *other, size_t i)
{
    size_t end = i + HEADER_LINES < p->lines->count ? i + HEADER_LINES
                                                    : p->lines->count;
    unsigned fields = 0;

    if (!is_field(other, &p->lines->at[i]) || is_field(first, &p->lines->at[i]))
        return false;
    for (; i < end; i++)
        fields += is_field(other, &p->lines->at[i]);
    return fields >= HEADER_FIELDS;
}

/* Whether line `i` stands in a cell: those without a TAB go on with one. */
static bool is_in_cell(const struct lines *lines, size_t i)
{
    while (i > 0 && !lines->at[i].cell && lines->at[i].gap == 0)
        i--;
    return lines->at[i].cell;
}

/* "HYDROGRAPHIC CENTRE", set apart above the first field: who sends it, and no
 * short name of who signed the first version. */
enum { HOUSE_WIDTH_MIN = 16, HOUSE_WIDTH_MAX = 100 };

static bool is_house(const struct line *line)
{
    size_t width = lines_width(line->text);

    return !line->cell && line->gap > 0 && width >= HOUSE_WIDTH_MIN &&
           width <= HOUSE_WIDTH_MAX && span_has(line->text, u_isupper) &&
           !span_has(line->text, u_islower) && !span_has(line->text, u_isdigit);
}

/* What stands in the same table as the first field, or is one in any language:
 * the number of the document, a picture. */
static size_t header_start(const struct pass *p, struct scanner *other, size_t i)
{
    const struct lines *lines = p->lines;

    for (unsigned n = 0; n < HEADER_LINES && i > 1; n++, i--)
        if (lines->at[i].gap > 1 || lines->at[i].page_break ||
            (lines->at[i].gap == 0 && lines->at[i].cell &&
             !is_in_cell(lines, i - 1)) ||
            !(is_field(other, &lines->at[i - 1]) || is_in_cell(lines, i - 1)))
            break;
    return i > 1 && is_house(&lines->at[i - 1]) ? i - 1 : i;
}

/* The line at which the version in `language` begins that line `end` ends; or
 * `end`. */
static size_t find_header(struct pass *p, const struct grammar *language,
                          struct scanner *first, struct scanner *other,
                          size_t end)
{
    unsigned places = 0;

    for (size_t i = 1; i < end && places < PLACES_MAX; i++) {
        if (!begins_header(p, first, other, i))
            continue;
        places++;
        if (language_of(p, i, end) != language ||
            language_above(p, i) == language)
            continue;
        return header_start(p, other, i);
    }
    return end;
}

static size_t find_version(struct pass *p, const struct grammar *language,
                           size_t end)
{
    struct scanner first = { 0 }, other = { 0 };
    size_t at = end;
    bool open = scanner_open(&first, p->grammar, p->diag);

    if (open && scanner_open(&other, language, p->diag)) {
        at = find_header(p, language, &first, &other, end);
        open = scanner_close(&other);
    }
    if (!open || !scanner_close(&first))
        p->result = CLAUSIER_ENOMEM;
    return at;
}

static void say_version(struct pass *p, size_t at, const char *tag)
{
    struct place place = { .line = p->lines->at[at].origin.first };

    diag_say(p->diag, CLAUSIER_WARNING, place, "language-second",
             "a version in another language (%s) begins here: it is kept as a "
             "document behind the first, and read better from a file of its own",
             tag);
}

/* No header was found. */
static void say_end(struct pass *p, const char *tag)
{
    diag_say(p->diag, CLAUSIER_WARNING, (struct place){ 0 }, "language-second",
             "the text ends in another language (%s), whose words are not "
             "recognized: versions are read better from files of their own",
             tag);
}

static size_t page_of(const struct lines *lines)
{
    size_t len = 0;

    for (size_t i = 0; i < lines->count && len < 4 * PAGE_MAX; i++)
        len += lines->at[i].text.len;
    return len / 4 < PAGE_MAX ? len / 4 : PAGE_MAX;
}

int tongue_mark(struct lines *lines, const struct grammar *grammar,
                clausier_grammars *set, struct diag *diag)
{
    struct pass p = { .lines = lines,
                      .grammar = grammar,
                      .set = set,
                      .diag = diag,
                      .page_len = page_of(lines) };
    size_t end = lines->count, at;
    const struct grammar *language;

    if (grammar->wordless || p.page_len < PAGE_MIN)
        return CLAUSIER_OK;
    for (unsigned n = 0; n < VERSIONS_MAX; n++) {
        language = language_above(&p, end);
        if (!language || language == grammar)
            break;
        language = grammars_for(set, language->language, diag, &p.result);
        at = language ? find_version(&p, language, end) : end;
        if (p.result != CLAUSIER_OK)
            break;
        if (at == end) {
            say_end(&p, language->tag);
            break;
        }
        say_version(&p, at, language->tag);
        lines->at[at].version = language->tag;
        end = at;
    }
    buf_free(&p.page);
    return p.result;
}
