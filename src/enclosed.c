/* Finds annexes without a heading behind the signature of a letter: by what the
 * list of the enclosures calls them, by titles above clauses, by forms. */
#include "parser.h"

/* How far below the title of an annex without a heading its clauses begin, and
 * below the header of one that is a document. */
enum { TITLED_LINES_MAX = 12, HEADER_LINES_MAX = 40 };

/* The clause next below the line; NULL where there is none near, or an annex
 * before. */
static struct line *clause_below(struct parser *p, const struct line *from,
                                 size_t lines)
{
    size_t at = (size_t)(from - p->lines->at), end = at + lines;

    if (end > p->lines->count)
        end = p->lines->count;
    for (size_t i = at + 1; i < end; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone || line->cell)
            continue;
        if (part_begins(p, line))
            return NULL;
        if (look_has(p, line, KIND_CLAUSE))
            return line;
    }
    return NULL;
}

/* "CHAPTER I", "Part A": as one of the rules for them reads it. */
static bool is_first_chapter(struct parser *p, const struct line *line)
{
    const struct folded *text = look_folded(p, line);
    struct number number;
    struct finding f;
    size_t index = 0;

    while (text && scanner_find(p->scanner, KIND_CLAUSE, &index, text, 0, &f))
        if (section_is_chapter(f.rule) && !chapter_is_rule(f.rule) &&
            scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], &number) &&
            number_last(&number) == 1)
            return true;
    return false;
}

/* Whether clauses begin to count on the line: "1.1" with "1.2" below it, or
 * "CHAPTER I" with "1". A single number may be a note. */
static bool begins_clauses(struct parser *p, struct line *line)
{
    struct line *below =
        line->gap > 0 ? clause_below(p, line, TITLED_LINES_MAX) : NULL;
    struct number first, second;

    if (!below || !label_number(p, below, &second))
        return false;
    return (label_number(p, line, &first) && number_last(&first) == 1 &&
            number_follows(&second, &first)) ||
           (second.depth == 1 && number_last(&second) == 1 &&
            is_first_chapter(p, line));
}

/* Lines without an end of a sentence, up to clauses that begin to count. */
static bool is_titled_text(struct parser *p)
{
    struct line *line = p->line,
                *clause = clause_below(p, line, TITLED_LINES_MAX);

    if (!p->signing.count || !clause || !begins_clauses(p, clause))
        return false;
    for (; line && line != clause; line = look_below(p, line))
        if (line->cell || lines_ends_sentence(line->text) ||
            lines_ends_in_colon(line->text) ||
            look_classify(p, line) & ~(1u << KIND_HEADING | 1u << KIND_TITLE))
            return false;
    return true;
}

/* "QUESTIONNAIRE", behind the mark of the enclosures and set apart, with
 * clauses or parts below it; the title of a text that a letter goes before; or
 * "APPROVED" above what was approved so.
 */
static bool is_titled_enclosure(struct parser *p)
{
    if (p->line->cell || !p->line->gap || look_has(p, p->line, KIND_FIELD))
        return false;
    if (p->signing.count && series_is_schedule(p, p->line))
        return true;
    return p->enclosed && heading_is_capitals(p->line->text)
               ? clause_below(p, p->line, TITLED_LINES_MAX) != NULL
               : is_titled_text(p);
}

/* "PARTIAL REVISION OF THE RULES" behind those who sign final acts, and below
 * it "ARTICLE 5" or "CHAPTER II": no name of a person. */
enum { TITLE_WORDS_MIN = 3, TITLE_LINES_MAX = 3 };

bool enclosed_begins_text(struct parser *p, struct line *line)
{
    struct finding f;
    size_t words = 1;

    if (line->cell || line->gap == 0 || !heading_is_capitals(line->text) ||
        lines_ends_in_colon(line->text))
        return false;
    for (size_t i = 0; i < line->text.len; i++)
        words += line->text.at[i] == ' ';
    for (unsigned i = 0; words >= TITLE_WORDS_MIN && i < TITLE_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || line->cell)
            return false;
        if (look_find(p, line, KIND_CLAUSE, NULL, &f))
            return rule_is(f.rule, "article") || section_is_chapter(f.rule);
        if (!heading_is_capitals(line->text))
            return false;
    }
    return false;
}

enum { NAMED_MAX = 32 };

/* Whether an annex has begun so: what comes again may stand above each page. */
static bool has_begun(const struct parser *p, struct span title)
{
    const struct node *part = p->attachments ? p->attachments->last : NULL;

    for (unsigned i = 0; part && i < NAMED_MAX; i++, part = part->prev) {
        const struct node *text = part;

        while (text && text->name)
            text = text->children;
        if (text && span_equal(text->text, title))
            return true;
    }
    return false;
}

/* "Information Sheet", which the list of the enclosures above has named. */
static bool is_named_enclosure(struct parser *p)
{
    const struct node *n = p->conclusions ? p->conclusions->last : NULL;

    if (!p->enclosed || p->line->cell || !p->line->gap || !p->line->text.len)
        return false;
    for (unsigned i = 0; n && i < NAMED_MAX; i++, n = n->prev)
        if (draft_has_class(n, "enclosure") &&
            span_equal(draft_first_text(n), p->line->text))
            return look_next(p, p->at) && !has_begun(p, p->line->text);
    return false;
}

/* "NOMINATION FORM", and below it what is to be filled in. */
enum { FORM_LINES_MAX = 4 };

static bool is_form(struct parser *p)
{
    const struct line *line = p->line;
    const struct folded *text =
        p->signing.count && !line->cell && line->text.len &&
                (line->gap > 0 || heading_is_capitals(line->text))
            ? look_folded(p, p->line)
            : NULL;

    if (!text || !scanner_is_named(p->scanner, KIND_TERMS, "form", text, NULL))
        return false;
    for (unsigned i = 0; i < FORM_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || line->cell || lines_has_blank(line->text) ||
            lines_ends_in_colon(line->text))
            return line != NULL;
    }
    return false;
}

/* The header of an enclosed document, in cells, above its clauses. */
static bool is_enclosed_header(struct parser *p)
{
    struct line *clause = p->enclosed && p->line->cell && block_is_table(p)
                              ? clause_below(p, p->line, HEADER_LINES_MAX)
                              : NULL;

    return clause && begins_clauses(p, clause);
}

static void open_unmarked(struct parser *p, struct span begin,
                          enum region region)
{
    parse_warn(p, "annex-unmarked",
               "stands behind the signature: taken for an annex "
               "without a heading",
               begin, (struct span){ 0 });
    part_open(p, NULL, (struct span){ 0 });
    p->region = region;
}

bool enclosed_take_named(struct parser *p)
{
    if (!is_named_enclosure(p))
        return false;
    open_unmarked(p, p->line->text, REGION_TITLES);
    p->named = true;
    return true;
}

/* Clauses behind the signature are an annex whose heading is missing, and so is
 * what has a title behind the enclosures. */
bool enclosed_take(struct parser *p)
{
    struct finding f;

    if (enclosed_take_named(p))
        return true;
    if (is_titled_enclosure(p) || is_form(p) ||
        (p->signing.done && enclosed_begins_text(p, p->line))) {
        open_unmarked(p, p->line->text, REGION_TITLES);
        return true;
    }
    if (is_enclosed_header(p)) {
        open_unmarked(p, p->line->text, REGION_BODY);
        return true;
    }
    if (p->line->cell || !look_find(p, p->line, KIND_CLAUSE, NULL, &f) ||
        (!label_is_firm(&f) && !begins_clauses(p, p->line)) ||
        conclusion_is_enclosure(p) ||
        (p->enclosures == ENCLOSURES_BEGUN && p->line->gap == 0))
        return false;
    open_unmarked(p, f.match.at[CAP_NUM], REGION_BODY);
    return true;
}
