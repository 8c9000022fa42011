/* Finds the tables whose cells stand one on a line, without a caption and
 * without numbers, by rows that are alike. */
#include "alike.h"

#include <ctype.h>
#include <string.h>
#include <unicode/uchar.h>

#include "clausier.h"

struct pass {
    struct lines *lines;
    struct scanner *scanner;
    struct folded folded; /* the line that is looked at */
    size_t blocks_end;    /* of those that have been looked at in vain */
};

/* What a cell holds by its looks. */
enum look { LOOK_WORDS, LOOK_NUMBER, LOOK_SIGN, LOOK_DATE };

/* Columns, rows below the head, those of two columns, and widths. */
enum {
    COLUMNS_MIN = 2,
    COLUMNS_MAX = 6,
    ALIKE_MIN = 2,
    ALIKE_PAIRS_MIN = 3,
    HEAD_WIDTH_MAX = 40,
    LOOK_WIDTH_MAX = 30,
    CODE_WIDTH_MAX = 16,
    WORD_WIDTH_MAX = 5,
    CELL_WIDTH_MAX = 60
};

/* "May 2031", "2031年5月". */
static bool ends_in_date(struct span text)
{
    size_t n = text.len;
    const char *at = text.at;

    if (lines_ends_in(text, "\u6708") || lines_ends_in(text, "\u65E5"))
        return is_digit(*at);
    return n > 6 && at[n - 5] == ' ' &&
           (memcmp(at + n - 4, "19", 2) == 0 ||
            memcmp(at + n - 4, "20", 2) == 0) &&
           is_digit(at[n - 2]) && is_digit(at[n - 1]);
}

/* "V.25 bis". */
static bool begins_series(struct span text)
{
    size_t at = 0;

    while (at < text.len && isupper((unsigned char)text.at[at]))
        at++;
    return at > 0 && at + 1 < text.len && text.at[at] == '.' &&
           is_digit(text.at[at + 1]) && text.len <= CODE_WIDTH_MAX;
}

/* "€120", "120 €", without the sign of the money. */
static struct span amount_in(struct span text)
{
    static const char *const signs[] = { "\u20AC", "\u00A3", "\u00A5", "\uFFE5",
                                         "$" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t len = strlen(signs[i]);

        if (text.len > len && !memcmp(text.at, signs[i], len))
            return span_trim((struct span){ text.at + len, text.len - len });
        if (lines_ends_in(text, signs[i]))
            return span_trim((struct span){ text.at, text.len - len });
    }
    return text;
}

/* "12 400", "8%", "€90"; "TD 55", "Q.9901", "2030-Q2". */
static enum look look_of(struct span text)
{
    bool digit = false, capital = false, other = false;

    text = amount_in(text);

    if (lines_width(text) > LOOK_WIDTH_MAX)
        return LOOK_WORDS;
    if (ends_in_date(text))
        return LOOK_DATE;
    if (begins_series(text))
        return LOOK_SIGN;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        digit |= is_digit(c);
        capital |= isupper(c) != 0;
        other |= c >= 0x80 || islower(c) || c == ':';
    }
    if (!digit || other || text.len > CODE_WIDTH_MAX)
        return LOOK_WORDS;
    return capital ? LOOK_SIGN : LOOK_NUMBER;
}

/* Lines `from` to `to` that may be cells, one right below the other. */
struct cells {
    size_t from, to;
};

/* "Doc.", "No.": ends no sentence. */
static bool is_short_word(struct span text)
{
    return lines_ends_in(text, ".") && lines_width(text) <= WORD_WIDTH_MAX &&
           !memchr(text.at, ' ', text.len) && isalpha((unsigned char)*text.at);
}

static bool may_be_cell(const struct line *line)
{
    return !line->cell && !line->gone && line->text.len && !line->page_break &&
           lines_width(line->text) <= CELL_WIDTH_MAX &&
           !memchr(line->text.at, '\t', line->text.len) &&
           (!lines_ends_sentence(line->text) || is_short_word(line->text)) &&
           !lines_ends_in_comma(line->text);
}

static bool has_look(const struct pass *p, size_t i, enum look look)
{
    return look_of(p->lines->at[i].text) == look;
}

/* "TSAG" in a column of "WP 5B". */
static bool is_code(struct span text)
{
    size_t at = 0;

    while (at < text.len && isupper((unsigned char)text.at[at]))
        at++;
    return text.len > 1 && at == text.len && text.len <= WORD_WIDTH_MAX;
}

/* Whether the row on line `at` holds what the columns do that are known. */
static bool is_alike(const struct pass *p, size_t at, const enum look *looks,
                     size_t count)
{
    size_t k = 0;

    while (k < count &&
           (!looks[k] || has_look(p, at + k, looks[k]) ||
            (looks[k] == LOOK_SIGN && is_code(p->lines->at[at + k].text))))
        k++;
    return k == count;
}

/* A table of `count` columns, the last row of which begins on line `at`: the
 * line on which its head does, or `at`. */
static size_t find_head(const struct pass *p, const struct cells *run,
                        size_t at, size_t count)
{
    const struct line *lines = p->lines->at;
    enum look looks[COLUMNS_MAX];
    size_t rows = 1, alike = 0, first = at;

    if (at < run->from + 2 * count)
        return at;
    for (size_t k = 0; k < count; k++) {
        looks[k] = look_of(lines[at + k].text);
        if (!has_look(p, at - count + k, looks[k]))
            looks[k] = LOOK_WORDS;
        alike += looks[k] != LOOK_WORDS;
    }
    /* "1", "Scope" and "2" are clauses or contents. */
    if (!alike || looks[0] == LOOK_NUMBER)
        return at;
    while (first >= run->from + count &&
           is_alike(p, first - count, looks, count)) {
        first -= count;
        rows++;
    }
    if (rows < (count > 2 ? ALIKE_MIN : ALIKE_PAIRS_MIN) ||
        first < run->from + count || (count == 2 && first - count != run->from))
        return at;
    for (size_t k = 0; k < count; k++) {
        struct span text = lines[first - count + k].text;

        if (look_of(text) != LOOK_WORDS || is_digit(*text.at) ||
            lines_width(text) > HEAD_WIDTH_MAX)
            return at;
    }
    return first - count;
}

/* "2 Programme" is sooner the heading behind a table. */
static bool is_clause(struct pass *p)
{
    struct finding f;

    return scanner_is_named(p->scanner, KIND_CLAUSE, "point", &p->folded, &f) &&
           u_isupper(span_first(f.match.at[CAP_TEXT]));
}

/* Whether the words of the line say that it is something else. */
static bool is_other(struct pass *p, const struct line *line)
{
    static const enum kind kinds[] = { KIND_NOTE, KIND_CAPTION, KIND_HEADING,
                                       KIND_TOC, KIND_BULLET };
    struct finding f;

    if (lines_is_rule(line->text) ||
        !scanner_fold(p->scanner, &p->folded, line->text, line->folds))
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (scanner_is(p->scanner, kinds[i], &p->folded, &f))
            return true;
    return is_clause(p);
}

/* The lines that are cells by their words, too, from `from` on. */
static struct cells true_cells(struct pass *p, size_t from, size_t to)
{
    struct cells run = { from, from };

    while (run.to < to && !is_other(p, &p->lines->at[run.to]))
        run.to++;
    return run;
}

static void take_rows(struct pass *p, size_t head, size_t end, size_t count)
{
    struct line *lines = p->lines->at;

    for (size_t i = head; i < end; i++) {
        lines[i].cell = true;
        lines[i].gap = (i - head) % count == 0;
    }
    if (end < p->lines->count && !lines[end].gap)
        lines[end].gap = 1;
}

/* Where the last cell is known, each number of columns tells where the last row
 * begins. */
static void take_alike(struct pass *p, size_t from, size_t to, size_t least)
{
    while (from < to) {
        struct cells run = true_cells(p, from, to);

        for (size_t count = least;
             count <= COLUMNS_MAX && run.to - run.from >= 3 * count; count++) {
            size_t last = run.to - count,
                   head = find_head(p, &run, last, count);

            if (head == last)
                continue;
            take_rows(p, head, run.to, count);
            break;
        }
        from = run.to + 1;
    }
}

/* ---- rows that blank lines part ------------------------------------------- */

/* The lines that may be cells from line `i` on, up to a blank line or one that
 * is none. */
static size_t count_block(const struct pass *p, size_t i)
{
    size_t end = i;

    while (end < p->lines->count && end - i <= COLUMNS_MAX &&
           may_be_cell(&p->lines->at[end]) &&
           (end == i || !p->lines->at[end].gap))
        end++;
    return end - i;
}

/* Whether a column of the rows below the head holds what looks alike, and no
 * number begins them. */
static bool has_alike_column(const struct pass *p, size_t first, size_t end,
                             size_t count)
{
    for (size_t k = 0; k < count; k++) {
        enum look look = look_of(p->lines->at[first + k].text);
        size_t i = first + k;

        while (look != LOOK_WORDS && i < end && has_look(p, i, look))
            i += count;
        if (look != LOOK_WORDS && i >= end)
            return k > 0 || look != LOOK_NUMBER;
    }
    return false;
}

static bool is_head(const struct pass *p, size_t at, size_t count)
{
    for (size_t i = at; i < at + count; i++) {
        struct span text = p->lines->at[i].text;

        if (look_of(text) != LOOK_WORDS || is_digit(*text.at) ||
            lines_ends_in_colon(text) || lines_width(text) > HEAD_WIDTH_MAX)
            return false;
    }
    return true;
}

/* A title may stand right above the head: its block has more lines than those
 * of the rows, of three columns and more. */
static size_t find_block(const struct pass *p, size_t i, size_t *count)
{
    size_t below;

    *count = count_block(p, i);
    below = i + *count < p->lines->count ? count_block(p, i + *count) : 0;
    if (below <= COLUMNS_MIN || below >= *count)
        return i;
    i += *count - below;
    *count = below;
    return i;
}

/* The end of three blocks and more of as many lines, the first one a head; or
 * `i` where there are none. */
static size_t take_blocks(struct pass *p, size_t i)
{
    size_t count = 0, begin = i < p->blocks_end ? i : find_block(p, i, &count);
    size_t end = begin + count;

    if (count < COLUMNS_MIN || count > COLUMNS_MAX)
        return i;
    while (end < p->lines->count && p->lines->at[end].gap == 1 &&
           count_block(p, end) == count)
        end += count;
    p->blocks_end = end;
    if (end < begin + (1 + ALIKE_MIN) * count || !is_head(p, begin, count) ||
        !has_alike_column(p, begin + count, end, count) ||
        true_cells(p, begin, end).to < end)
        return i;
    take_rows(p, begin, end, count);
    return end;
}

int alike_take(struct lines *lines, struct scanner *scanner)
{
    struct pass p = { .lines = lines, .scanner = scanner };

    for (size_t i = 0, end; i < lines->count; i = end) {
        size_t looks = 0;
        unsigned gap;

        end = take_blocks(&p, i);
        if (end > i)
            continue;
        /* A blank line may stand between all of them. */
        gap = i + 1 < lines->count && lines->at[i + 1].gap == 1;
        for (end = i; end < lines->count && may_be_cell(&lines->at[end]) &&
                      (end == i || lines->at[end].gap == gap);
             end++)
            looks += !has_look(&p, end, LOOK_WORDS);
        if (looks >= ALIKE_MIN)
            take_alike(&p, i, end, COLUMNS_MIN + gap);
        /* The last one may be the first of lines right below each other. */
        end -= gap && end > i + 1 && end < lines->count && !lines->at[end].gap;
        end += end == i;
    }
    folded_free(&p.folded);
    return scanner->failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}
