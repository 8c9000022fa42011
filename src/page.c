/* Takes page numbers, headers and footers out of the flow of a text. */
#include "page.h"

#include <string.h>
#include <unicode/uchar.h>

#include "page_edges.h"

struct pass {
    struct lines *lines;
    struct scanner *scanner;
    struct folded folded;
    bool marked; /* a number of another page was found */
    bool failed;
};

/* ---- known by their looks --------------------------------------------------- */

enum { NUMBER_MAX = 90, FOOTER_MAX = 400 };

static bool is_residue(struct pass *p, const struct line *line,
                       const char *rule, struct finding *f)
{
    return line->text.len && line->text.len <= FOOTER_MAX &&
           scanner_reads(p->scanner, &p->folded, line, KIND_RESIDUE, rule, f);
}

static bool is_page_mark(struct pass *p, const struct line *line)
{
    struct finding f;

    return !line->cell && line->text.len <= NUMBER_MAX &&
           is_residue(p, line, "page", &f);
}

static bool has_sign(struct span text, const char *sign)
{
    return memmem(text.at, text.len, sign, strlen(sign));
}

/* What stands at the foot of a page, and a sign that tells which few lines are
 * to be looked at. */
static const struct {
    const char *rule, *sign;
} feet[] = {
    { "footer", "\u2022" },
    { "path", "\\" },
};

static bool is_footer(struct pass *p, const struct line *line)
{
    struct finding f;

    for (size_t i = 0; i < sizeof feet / sizeof *feet; i++)
        if (has_sign(line->text, feet[i].sign) &&
            is_residue(p, line, feet[i].rule, &f))
            return true;
    return false;
}

/* With a date, or far from the number of the page. */
static bool may_run(struct span text)
{
    return has_sign(text, "(") || has_sign(text, "   ") || has_sign(text, "\t");
}

/* "Rec. ITU-T A.7 (09/2029)  3": the lines of a list look so, too, but no two
 * of them name the same text. */
static void take_running(struct pass *p)
{
    struct line *before = NULL;
    struct span name = { 0 };
    struct finding f;

    for (size_t i = 0; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (!may_run(line->text) || !is_residue(p, line, "running", &f))
            continue;
        if (before && span_equal(f.match.at[CAP_TEXT], name))
            before->gone = line->gone = true;
        before = line;
        name = f.match.at[CAP_TEXT];
    }
}

/* ---- the address of the house below a letter ------------------------------------- */

/* In a letterhead above the text the address may belong to the header. */
enum { ADDRESS_LINES_MIN = 3, ADDRESS_LINES_MAX = 24, TEXT_WIDTH_MIN = 60 };

/* The lines from `at` on that are such an address, or 0. */
static size_t count_address(struct pass *p, size_t at)
{
    size_t count = 0, signs = 0;
    struct finding f;

    for (; at < p->lines->count && count < ADDRESS_LINES_MAX; at++, count++) {
        const struct line *line = &p->lines->at[at];

        if ((count && line->gap > 1) || !is_residue(p, line, "address", &f))
            break;
        signs += is_residue(p, line, "house", &f);
    }
    return count >= ADDRESS_LINES_MIN && signs > 1 ? count : 0;
}

static void take_addresses(struct pass *p)
{
    bool text = false;
    struct finding f;

    for (size_t i = 0; i < p->lines->count; i++) {
        const struct line *line = &p->lines->at[i];

        text = text || (lines_ends_sentence(line->text) &&
                        lines_width(line->text) >= TEXT_WIDTH_MIN);
        if (text && is_residue(p, line, "square", &f))
            for (size_t n = count_address(p, i); n > 0; n--)
                p->lines->at[i + n - 1].gone = true;
    }
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

static bool is_named(struct pass *p, const struct line *line, enum kind kind,
                     const char *rule)
{
    return scanner_reads(p->scanner, &p->folded, line, kind, rule, NULL);
}

static bool is_of(struct pass *p, const struct line *line, enum kind kind)
{
    return is_named(p, line, kind, "number");
}

static bool is_document_number(struct pass *p, const struct line *line)
{
    return is_of(p, line, KIND_FIELD) || is_of(p, line, KIND_TITLE);
}

/* The number of the document that stands on its first page is no header. */
enum { COVER_LINES_MIN = 6 };

/* "ANNEX 1" below the number of its first page begins the annex. */
static bool is_annex(struct pass *p, const struct line *line)
{
    return scanner_reads(p->scanner, &p->folded, line, KIND_HEADING, "annex",
                         NULL) ||
           scanner_is_named(p->scanner, KIND_HEADING, "appendix", &p->folded,
                            NULL);
}

/* Whether the line below page number `i` stands below the next one as well. */
enum { PAGE_LINES_MAX = 200 };

static bool comes_again(struct pass *p, size_t i)
{
    const struct line *at = p->lines->at;
    size_t end = p->lines->count - 1, k = i + 2;

    if (end > i + PAGE_LINES_MAX)
        end = i + PAGE_LINES_MAX;
    while (k < end && !is_page_mark(p, &at[k]))
        k++;
    return k < end && at[k + 1].gap == 0 &&
           span_equal(at[i + 1].text, at[k + 1].text);
}

/* Whether the line below page number `i` is a header: known by its look, by
 * standing alone there, or by standing there before or again. Below a blank line
 * it may as well be a title. */
static bool is_header_below(struct pass *p, size_t i)
{
    struct lines *lines = p->lines;
    struct line *next = i + 1 < lines->count ? &lines->at[i + 1] : NULL;
    bool alone = i + 2 >= lines->count || lines->at[i + 2].gap > 0;

    if (!next || next->gone || next->gap > 1 || !page_is_short(next) ||
        is_page_mark(p, next))
        return false;
    if (next->gap == 1)
        return alone && (is_known_header(lines, next->text) ||
                         (i > COVER_LINES_MIN && is_of(p, next, KIND_FIELD)));
    return is_known_header(lines, next->text) || is_document_number(p, next) ||
           is_named(p, next, KIND_RESIDUE, "path") ||
           ((alone || comes_again(p, i)) && !is_annex(p, next));
}

/* Above a page number: what stood beside one before, or the number of the
 * document. */
static bool is_header_above(struct pass *p, size_t i)
{
    struct line *line = &p->lines->at[i], *above = line - 1;

    if (i == 0 || above->gone || !page_is_short(above))
        return false;
    return (line->gap == 0 && is_known_header(p->lines, above->text)) ||
           (line->gap <= 1 && above->gap > 0 && i > COVER_LINES_MIN &&
            is_of(p, above, KIND_FIELD));
}

/* The name of the house at the foot of a letter's first page. */
static bool is_house_above(struct pass *p, size_t i)
{
    struct line *above = &p->lines->at[i - (i > 0)];

    return i > COVER_LINES_MIN && !above->gone &&
           p->lines->at[i].gap <= (above->gap > 0) && page_is_short(above) &&
           is_named(p, above, KIND_FIELD, "organization");
}

/* "12 Quay Street     Tel.: +1 555 0119     tides@example.int", one of the
 * lines of an address at the foot of a letter's first page. */
enum { FOOT_LINES_MAX = 5 };

static bool is_of_foot(const struct line *line)
{
    return !line->cell && !line->gone && line->text.len &&
           line->text.len <= FOOTER_MAX && !lines_ends_sentence(line->text);
}

static bool has_address(struct span text, bool columns)
{
    static const char *const signs[] = { "@", "www.", " +" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (has_sign(text, signs[i]))
            return !columns || has_sign(text, "   ") || has_sign(text, "\t");
    return false;
}

/* How many such lines stand above line `i`, two of which say so, set apart from
 * the text by `gap` blank lines. */
static size_t count_foot(const struct pass *p, size_t i, unsigned gap,
                         bool columns)
{
    const struct line *line = &p->lines->at[i];
    size_t count = 0, signs = 0;

    while (count < FOOT_LINES_MAX && count < i &&
           (count ? line[-(ptrdiff_t)count].gap == 0
                  : line->gap > 0 || !columns) &&
           is_of_foot(&line[-(ptrdiff_t)count - 1]))
        signs += has_address(line[-(ptrdiff_t)++count].text, columns);
    return i >= COVER_LINES_MIN + count && signs > 1 &&
                   line[-(ptrdiff_t)count].gap >= gap
               ? count
               : 0;
}

static void take_foot(struct pass *p, size_t i)
{
    for (size_t count = count_foot(p, i, 2, true); count > 0; count--)
        take_aside(p, &p->lines->at[i - count]);
}

/* Beside a page number stands the document's number or short title. */
static void take_number(struct pass *p, size_t i)
{
    struct lines *lines = p->lines;
    struct line *line = &lines->at[i];

    take_aside(p, line);
    if (is_header_below(p, i))
        take_aside(p, line + 1);
    else if (is_header_above(p, i))
        take_aside(p, line - 1);
    if (is_house_above(p, i))
        take_aside(p, line - 1);
    else
        take_foot(p, i);
}

/* ---- the number of the document above each page ----------------------------------- */

/* "2." alone on the line right below line `i`. */
static bool is_bare_number(const struct pass *p, size_t i)
{
    const struct line *next =
        i + 1 < p->lines->count ? &p->lines->at[i + 1] : NULL;
    size_t len = next ? page_digits(next->text, false) : 0;

    return len && len <= PAGE_DIGITS_MAX && next->gap == 0 && !next->cell &&
           (len == next->text.len ||
            (len + 1 == next->text.len && next->text.at[len] == '.'));
}

/* Alone on its line, behind the end of a text or above the number of a page. */
static bool is_above_page(struct pass *p, size_t i)
{
    const struct line *line = &p->lines->at[i];

    return line->gap > 0 || is_bare_number(p, i) ||
           lines_ends_sentence(line[-1].text) ||
           lines_ends_in(line[-1].text, "]") ||
           (i + 1 < p->lines->count && is_page_mark(p, line + 1));
}

/* "WO/PBC/12/3" in the header is the document's own number, and what stands
 * above the pages that follow. */
enum { SYMBOL_LINES_MAX = 12 };

static bool may_be_symbol(struct span text)
{
    return has_sign(text, "/") || has_sign(text, "C. ");
}

/* "/..." says that the text goes on on the next page. */
static bool is_going_on(const struct line *line)
{
    return span_is(line->text, "/...") || span_is(line->text, "/\u2026");
}

/* The number of the page right below the symbol, and the foot of the page
 * before. */
static void take_beside_symbol(struct pass *p, size_t i)
{
    struct line *at = p->lines->at;
    size_t foot = 0;

    if (is_bare_number(p, i)) {
        take_aside(p, &at[i + 1]);
        foot = count_foot(p, i, 1, false);
    }
    if (i > foot && is_going_on(&at[i - foot - 1]))
        take_aside(p, &at[i - foot - 1]);
    for (; foot > 0; foot--)
        take_aside(p, &at[i - foot]);
}

/* The symbol in the header, and the line below it. */
static struct span find_symbol(struct pass *p, size_t *below)
{
    struct finding f;

    for (*below = 0; *below < p->lines->count && *below < SYMBOL_LINES_MAX;) {
        const struct line *line = &p->lines->at[(*below)++];

        if (may_be_symbol(line->text) && is_residue(p, line, "symbol", &f))
            return f.match.at[CAP_TEXT];
    }
    return (struct span){ 0 };
}

static void take_symbols(struct pass *p, struct span own, size_t below)
{
    for (size_t i = below; i < p->lines->count && !p->failed; i++) {
        struct line *line = &p->lines->at[i];

        if (own.len && !line->gone && !line->cell &&
            span_equal(line->text, own) && is_above_page(p, i)) {
            take_aside(p, line);
            take_beside_symbol(p, i);
        }
    }
}

/* "2." alone on the first line of a page. */
static bool is_number_of_page(const struct line *line)
{
    size_t len;

    return lines_number(line->text, &len) > 1 && len <= PAGE_DIGITS_MAX &&
           (len == line->text.len ||
            (len + 1 == line->text.len && line->text.at[len] == '.'));
}

/* "/..." above a page break, without the symbol of the text below it: the
 * number of the page may stand there. */
static void take_going_on(struct pass *p)
{
    struct line *at = p->lines->at;

    for (size_t i = 1; i < p->lines->count && !p->failed; i++) {
        if (!at[i].page_break || at[i - 1].gone || !is_going_on(&at[i - 1]))
            continue;
        take_aside(p, &at[i - 1]);
        if (!at[i].gone && is_number_of_page(&at[i]))
            take_aside(p, &at[i]);
    }
}

/* ---- its short number above the title --------------------------------------------- */

/* The number of a page, alone on its line; 0 where there is none. */
static unsigned page_alone(const struct line *line)
{
    size_t len;
    unsigned number = lines_number(line->text, &len);

    return len == line->text.len && !line->cell && !line->gone ? number : 0;
}

/* "Res. 38" and "1" above "RESOLUTION 38", in either order: which of the first
 * two lines is the name, or -1. */
static int find_name(struct pass *p)
{
    const struct line *at = p->lines->at;
    int name = p->lines->count > 2 && page_alone(&at[0]) ? 1 : 0;

    return p->lines->count > 2 && page_alone(&at[1 - name]) == 1 &&
                   at[1].gap == 0 && page_is_short(&at[name]) &&
                   page_is_short(&at[2]) && is_of(p, &at[name], KIND_TITLE) &&
                   is_of(p, &at[2], KIND_TITLE)
               ? name
               : -1;
}

/* The first page bears its number below the name of the text, or above it: the
 * name comes again beside the number of each page that follows. */
static void take_named(struct pass *p)
{
    struct line *at = p->lines->at;
    int name = find_name(p);
    struct span text = name >= 0 ? at[name].text : (struct span){ 0 };
    unsigned page = 1;

    for (size_t i = 0; name >= 0 && i < p->lines->count; i++) {
        if (at[i].gone || at[i].cell || !span_equal(at[i].text, text))
            continue;
        for (int side = -1; side <= 1; side += 2)
            if ((side < 0 ? i > 0 : i + 1 < p->lines->count) &&
                page_alone(&at[i + (size_t)side]) == page) {
                take_aside(p, &at[i]);
                take_aside(p, &at[i + (size_t)side]);
                page++;
                break;
            }
    }
}

/* ---- the pass ------------------------------------------------------------------ */

/* A date below the place where the text is kept. */
static bool is_saved(struct pass *p, const struct line *line)
{
    struct finding f;

    return line > p->lines->at && line[-1].gone && line->gap == 0 &&
           is_residue(p, line, "saved", &f);
}

/* "3 of 9" may be said of anything, where no other page has a number. */
static bool is_only_mark(struct pass *p, const struct line *line)
{
    const struct lines *lines = p->lines;

    if (!is_digit(line->text.at[0]) || !is_digit(lines_last(line->text)))
        return false;
    for (size_t i = 0; i < lines->count && !p->marked; i++)
        p->marked = &lines->at[i] != line && is_page_mark(p, &lines->at[i]);
    return !p->marked;
}

int page_take(struct lines *lines, struct scanner *scanner)
{
    struct pass p = { .lines = lines, .scanner = scanner };
    size_t below;
    struct span symbol = find_symbol(&p, &below);

    /* Above the address of the house the number of the first page may stand. */
    for (size_t i = 0; i < lines->count; i++)
        lines->at[i].gone |=
            is_footer(&p, &lines->at[i]) || is_saved(&p, &lines->at[i]);
    take_running(&p);
    take_addresses(&p);
    p.failed |= !page_find_edges(lines);
    for (size_t i = 0; i < lines->count && !p.failed; i++)
        if (lines->at[i].gone)
            take_aside(&p, &lines->at[i]);
    p.failed |= !page_take_cells(lines, symbol, below);
    take_symbols(&p, symbol, below);
    take_going_on(&p);
    take_named(&p);
    for (size_t i = 0; i < lines->count && !p.failed; i++)
        if (!lines->at[i].gone && is_page_mark(&p, &lines->at[i]) &&
            !is_only_mark(&p, &lines->at[i]))
            take_number(&p, i);
    lines_compact(lines);
    folded_free(&p.folded);
    return p.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
