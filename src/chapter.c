/* Finds the chapters whose letter or numeral no TAB or no dot sets off from the
 * title: "A. Background", "A	Question 3", or "A." with the title on the next
 * line; points, "Item 1: Opening"; and days of a programme. One such line may
 * as well begin with a name, or a sentence; a run of them does not. */
#include <string.h>
#include <unicode/uchar.h>

#include "parser.h"

/* A run that goes on: its first line until the second comes, its last number,
 * and whether a sentence, or below a numeral a clause, stands below that. */
struct run {
    const struct rule *rule;
    size_t first;
    struct number last;
    bool text; /* ... or, below a numeral, clauses, items or a table */
    bool bare; /* the first line has no title */
};

enum { RUNS = 2, TITLE_WIDTH_MAX = 100, BELOW_MAX = 4 };

static bool is_open(const struct rule *rule)
{
    return rule_is(rule, "open_letter") || rule_is(rule, "open_numeral");
}

/* （一）培训: a title only above a clause that goes on with the count. */
static bool is_bracket(const struct rule *rule)
{
    return rule_is(rule, "open_bracket");
}

bool chapter_is_rule(const struct rule *rule)
{
    return is_open(rule) || is_bracket(rule) ||
           rule_is(rule, "paragraph_letter") ||
           rule_is(rule, "paragraph_numeral") || rule_is(rule, "provision") ||
           rule_is(rule, "margin") || rule_is(rule, "topic");
}

/* A letter or numeral alone has its title on the next line. */
enum { ALONE_MAX = 6 };

static void find_title(struct parser *p, const struct line *line,
                       struct finding *f)
{
    struct line *next = look_below(p, line);

    f->match.at[CAP_TEXT] = next && !next->cell && next->gap <= 1 &&
                                    label_begins_high(next->text)
                                ? next->text
                                : (struct span){ 0 };
}

static bool find_label(struct parser *p, const struct line *line,
                       struct finding *f, size_t *index)
{
    const struct folded *text =
        line->cell || !line->text.len ? NULL : look_folded(p, line);
    bool alone = line->text.len <= ALONE_MAX;

    while (text && scanner_find(p->scanner, alone ? KIND_LONE : KIND_CLAUSE,
                                index, text, 0, f)) {
        if (!is_open(f->rule))
            continue;
        if (alone)
            find_title(p, line, f);
        return f->match.at[CAP_TEXT].len > 0;
    }
    return false;
}

/* "A.1", which is "1.A" from right to left. */
static bool is_first_below(struct span label, struct span text)
{
    if (text.len <= label.len + 2)
        return false;
    return (memcmp(text.at, label.at, label.len) == 0 &&
            memcmp(text.at + label.len, ".1", 2) == 0) ||
           (memcmp(text.at, "1.", 2) == 0 &&
            memcmp(text.at + 2, label.at, label.len) == 0);
}

/* Whether clauses with its number stand below a chapter. */
static bool is_numbered_below(struct parser *p, size_t at, struct span label)
{
    struct line *line = &p->lines->at[at];

    for (size_t i = 0; i < BELOW_MAX && (line = look_next(p, at)); i++) {
        at = (size_t)(line - p->lines->at);
        if (!line->cell && is_first_below(label, line->text))
            return true;
    }
    return false;
}

/* Whether the next line has the label that comes next: a list. */
static bool is_followed(struct parser *p, size_t at, const struct number *number)
{
    struct line *next = look_next(p, at);
    struct number other;
    struct finding f;
    size_t index = 0;

    while (next && find_label(p, next, &f, &index))
        if (grammar_number(p->scanner->grammar, f.rule, f.match.at[CAP_NUM],
                           &other) &&
            number_follows(&other, number))
            return true;
    return !next;
}

static void mark_as(struct line *line, enum kind kind)
{
    line->chapter = true;
    line->asked |= 1u << kind;
    line->kinds |= 1u << kind;
}

/* Whatever their rules find there. */
static void mark_not(struct line *line, unsigned kinds)
{
    line->asked |= kinds;
    line->kinds &= ~kinds;
}

static void mark(struct line *line)
{
    mark_as(line, line->text.len <= ALONE_MAX ? KIND_LONE : KIND_CLAUSE);
}

static bool is_before_tab(const struct line *line, struct span label)
{
    const char *end = label.at + label.len;

    return end < line->text.at + line->text.len && *end == '\t';
}

/* "VI.", where the chapters before it are not given: nothing else looks so. */
static bool is_long_numeral(const struct rule *rule, struct span label)
{
    return rule_is(rule, "open_numeral") && label.len > 2 &&
           lines_ends_in(label, ".");
}

/* `bare`: clauses were numbered before, so that a run does not begin. */
static void add_to_run(struct parser *p, struct run *run, size_t at,
                       const struct finding *f, bool bare)
{
    struct span label = f->match.at[CAP_NUM], text = f->match.at[CAP_TEXT];
    struct number number;

    if ((lines_ends_sentence(text) && !heading_is_announced(text)) ||
        lines_width(text) > TITLE_WIDTH_MAX ||
        !grammar_number(p->scanner->grammar, f->rule, label, &number) ||
        is_followed(p, at, &number))
        return;
    /* A capital alone is a name sooner than a numeral is; not in Chinese, and
     * not before a TAB. */
    if (!strchr(".)", label.at[label.len - 1]) &&
        rule_is(f->rule, "open_letter") &&
        !is_before_tab(&p->lines->at[at], label) &&
        !u_hasBinaryProperty(span_first(text), UCHAR_IDEOGRAPHIC)) {
        if (is_numbered_below(p, at, label))
            mark(&p->lines->at[at]);
    } else if (run->rule && run->text && number_follows(&number, &run->last)) {
        mark(&p->lines->at[run->first]);
        mark(&p->lines->at[at]);
        run->last = number;
        run->text = false;
    } else if ((number_last(&number) == 1 || is_long_numeral(f->rule, label)) &&
               !bare) {
        *run = (struct run){ f->rule, at, number, false, false };
    }
}

/* "Item 1" alone above "The report was adopted.", which is no title. */
static bool is_bare_point(struct parser *p, const struct line *line)
{
    struct line *next = look_below(p, line);

    return next && !next->cell && next->text.len &&
           !look_find(p, next, KIND_LONE, NULL, NULL);
}

/* "Item 1: Opening", or "Item 1" alone above "Opening". */
static bool find_point(struct parser *p, const struct line *line,
                       struct finding *f, bool *bare)
{
    const struct folded *text =
        line->cell || !line->text.len ? NULL : look_folded(p, line);

    *bare = false;
    if (!text || !scanner_is_named(p->scanner, KIND_LONE, "topic", text, f))
        return text &&
               scanner_is_named(p->scanner, KIND_CLAUSE, "topic", text, f);
    find_title(p, line, f);
    *bare = !f->match.at[CAP_TEXT].len ||
            lines_width(f->match.at[CAP_TEXT]) > TITLE_WIDTH_MAX ||
            lines_ends_sentence(f->match.at[CAP_TEXT]);
    return !*bare || is_bare_point(p, line);
}

/* One without a title does not take the next line for it. */
static void mark_point(struct line *line, const struct rule *rule, bool bare)
{
    mark_as(line, bare ? KIND_CLAUSE : rule->kind);
    if (bare)
        mark_not(line, 1u << KIND_LONE);
}

/* "Item 2: Reports" below "Item 1: Opening". */
static void add_point(struct parser *p, struct run *run, size_t at)
{
    struct line *line = &p->lines->at[at];
    struct number number;
    struct finding f;
    bool bare;

    if (!find_point(p, line, &f, &bare) ||
        !grammar_number(p->scanner->grammar, f.rule, f.match.at[CAP_NUM],
                        &number))
        return;
    if (run->rule == f.rule && number_follows(&number, &run->last)) {
        mark_point(&p->lines->at[run->first], f.rule, run->bare);
        mark_point(line, f.rule, bare);
    }
    *run = (struct run){ f.rule, at, number, false, bare };
}

/* "II. Reports" that contents name needs no run. */
bool chapter_mark_named(struct parser *p, struct line *line)
{
    struct finding f;
    size_t index = 0;

    if (!find_label(p, line, &f, &index))
        return false;
    mark(line);
    return true;
}

enum { DAY_WIDTH_MAX = 50 };

/* "Monday, 26 February 2031", or "Day 1 – " before that, and below it the hours
 * of what happens. */
static bool is_day(struct parser *p, size_t at)
{
    const struct line *line = &p->lines->at[at], *next = look_next(p, at);

    if (line->cell || !line->text.len || !next || next->gap > 1 ||
        !lines_begins_with_hours(next->text) ||
        lines_width(line->text) > DAY_WIDTH_MAX)
        return false;
    return scanner_is_day(p->scanner, line->text);
}

/* "9.30" below a day is no label. */
static void mark_day(struct parser *p, struct line *line)
{
    line->day = true;
    while ((line = look_below(p, line)) && lines_begins_with_hours(line->text))
        mark_not(line, 1u << KIND_CLAUSE | 1u << KIND_ITEM | 1u << KIND_LONE);
}

/* A second day tells that the first one heads its hours as well; a clause
 * between them ends that. */
static void add_day(struct parser *p, struct line **first, size_t at,
                    bool in_cell)
{
    struct line *line = &p->lines->at[at];

    if (is_day(p, at)) {
        if (*first && !(*first)->day)
            mark_day(p, *first);
        if (*first)
            mark_day(p, line);
        *first = line;
    } else if (!in_cell && !lines_begins_with_hours(line->text) &&
               look_has(p, line, KIND_CLAUSE)) {
        *first = NULL;
    }
}

/* "CHAPTER 2 Reports", 二、报告: the title of a chapter that needs no run. */
static bool heads_chapter(struct parser *p, const struct line *line)
{
    struct finding f;
    size_t index = 0;

    if (lines_ends_sentence(line->text))
        return false;
    while (scanner_find(p->scanner, KIND_CLAUSE, &index, look_folded(p, line), 0,
                        &f))
        if (f.rule->level == 1 && !is_open(f.rule) && !is_bracket(f.rule))
            return true;
    return false;
}

/* "PART ONE" holds chapters, and clauses only below those. */
static bool heads_part(struct parser *p, struct line *line)
{
    struct finding f;

    return !line->cell && look_find(p, line, KIND_CLAUSE, "division", &f) &&
           !lines_ends_sentence(line->text);
}

/* Whether the line may have a numeral: directly below "II. Reports" a run of
 * letters may begin, whatever was numbered before. */
static bool add_line(struct parser *p, struct run runs[RUNS], size_t at,
                     bool bare, bool below)
{
    struct finding f;
    size_t index = 0;
    bool numeral = false;

    while (find_label(p, &p->lines->at[at], &f, &index)) {
        bool is = rule_is(f.rule, "open_numeral");

        add_to_run(p, &runs[is], at, &f, bare && (is || !below));
        numeral |= is;
    }
    return numeral;
}

/* ---- paragraphs of articles ---------------------------------------------------- */

/* "A. The Union has ..." right below "Article 1" and its title, "B. ..."
 * further down: the first, until the second comes, and the last number. */
enum { PARAGRAPH_ABOVE_MAX = 3, PARAGRAPH_WIDTH_MIN = 60 };

struct lettered {
    const char *rule;
    struct line *first;
    struct number last;
    unsigned lines; /* since the article began; 0 outside of any */
    bool colon;     /* at the end of the last line that is none of them */
};

static void mark_paragraph(struct line *line)
{
    mark_as(line, KIND_ITEM);
    mark_not(line, 1u << KIND_CLAUSE);
}

static bool is_numeral(const struct lettered *l)
{
    return strcmp(l->rule, "paragraph_numeral") == 0;
}

/* Those with numerals are items: "I. Name;". */
static bool is_paragraph(struct parser *p, const struct lettered *l,
                         const struct line *line, struct number *number)
{
    const struct folded *text =
        line->cell || !line->text.len ? NULL : look_folded(p, line);
    struct finding f;

    return text &&
           (is_numeral(l)
                ? l->first || l->colon
                : lines_ends_sentence(line->text) ||
                      lines_ends_in_colon(line->text) ||
                      lines_width(line->text) >= PARAGRAPH_WIDTH_MIN) &&
           scanner_is_named(p->scanner, KIND_ITEM, l->rule, text, &f) &&
           scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], number);
}

/* Outside of articles they stand right below a colon, nothing between them. */
static void add_below_colon(struct parser *p, struct lettered *l,
                            struct line *line)
{
    struct number number;

    if (!line->text.len && !line->cell)
        return;
    if (!is_paragraph(p, l, line, &number)) {
        l->first = NULL;
    } else if (l->first && number_follows(&number, &l->last)) {
        mark_paragraph(l->first);
        mark_paragraph(line);
        l->last = number;
    } else {
        l->first = number_last(&number) == 1 && l->colon ? line : NULL;
        l->last = number;
    }
    l->colon = !line->cell && lines_ends_in_colon(line->text);
}

static void add_paragraph(struct parser *p, struct lettered *l, size_t at)
{
    struct line *line = &p->lines->at[at];
    struct number number;

    if (!line->cell && look_find(p, line, KIND_CLAUSE, "article", NULL)) {
        *l = (struct lettered){ .rule = l->rule,
                                .lines = 1,
                                .colon = lines_ends_in_colon(line->text) };
        return;
    }
    if (!l->lines && is_numeral(l)) {
        add_below_colon(p, l, line);
        return;
    }
    if (!l->lines || !is_paragraph(p, l, line, &number)) {
        l->lines += l->lines > 0;
        l->colon = lines_ends_in_colon(line->text);
        return;
    }
    if (number_last(&number) == 1 && l->lines <= PARAGRAPH_ABOVE_MAX) {
        l->first = line;
        l->last = number;
    } else if (l->first && number_follows(&number, &l->last)) {
        mark_paragraph(l->first);
        mark_paragraph(line);
        l->last = number;
    }
    l->lines++;
}

/* ---- chapters among clauses --------------------------------------------------- */

/* "I. Context", "A. Background" and "3. ..." behind clause 2: titles that
 * clauses count through. Those that wait for the clause, and the last of each
 * kind. */
enum { WAITING_MAX = 3, KINDS_MAX = 4 };

struct among {
    struct chapter_label {
        size_t at;
        const struct rule *rule;
        struct number number;
    } waiting[WAITING_MAX], last[KINDS_MAX];
    size_t waiting_count, last_count;
    unsigned clause; /* the last one */
    bool ended;      /* the line above ends a sentence, or is such a title */
};

/* The first of its kind, or the next, or the first below one of another kind.
 */
static bool is_in_turn(const struct among *a, const struct chapter_label *label)
{
    bool first = number_last(&label->number) == 1;

    for (size_t i = 0; i < a->last_count; i++)
        if (a->last[i].rule == label->rule)
            return number_follows(&label->number, &a->last[i].number) ||
                   (first && a->waiting_count);
    return first;
}

/* A title: it does not go on, as an item of a list does. */
static bool is_title(struct span text)
{
    static const char *const signs[] = {
        ";", ":", ",", "\uFF1B", "\uFF1A", "\uFF0C", "\u061B", "\u060C"
    };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (lines_ends_in(text, signs[i]))
            return false;
    return !lines_ends_sentence(text) && lines_width(text) <= TITLE_WIDTH_MAX;
}

static bool wait_for_clause(struct parser *p, struct among *a, size_t at)
{
    const struct line *line = &p->lines->at[at];
    struct chapter_label label = { .at = at };
    struct finding f;
    size_t index = 0;

    if (!a->ended || !a->clause || a->waiting_count == WAITING_MAX ||
        !is_title(line->text))
        return false;
    while (scanner_find(p->scanner, KIND_CLAUSE, &index, look_folded(p, line),
                        0, &f)) {
        label.rule = f.rule;
        if (f.rule->level != 1 || f.rule->count == COUNT_DECIMAL ||
            !label_begins_high(f.match.at[CAP_TEXT]) ||
            !scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM],
                            &label.number) ||
            !is_in_turn(a, &label))
            continue;
        a->waiting[a->waiting_count++] = label;
        return true;
    }
    return false;
}

/* One that may as well be a name is a chapter where the next one comes. */
static void keep_last(struct parser *p, struct among *a,
                      const struct chapter_label *label)
{
    bool held = is_open(label->rule);
    size_t i = 0;

    while (i < a->last_count && a->last[i].rule != label->rule)
        i++;
    if (held && i < a->last_count &&
        number_follows(&label->number, &a->last[i].number)) {
        mark(&p->lines->at[a->last[i].at]);
        held = false;
    }
    if (!held)
        mark(&p->lines->at[label->at]);
    if (i == KINDS_MAX)
        return;
    a->last[i] = *label;
    a->last_count += i == a->last_count;
}

/* "I. Introduction" and "1." right below, behind clause 2: what comes before
 * the first chapter has a count of its own. */
static bool begins_anew(const struct chapter_label *label, unsigned clause)
{
    return clause == 1 && label->rule->count == COUNT_ROMAN &&
           number_last(&label->number) == 1;
}

/* A clause that goes on with the count was waited for. */
static void meet_clause(struct parser *p, struct among *a, unsigned clause)
{
    for (size_t i = 0; i < a->waiting_count; i++)
        if (clause == a->clause + 1 || begins_anew(&a->waiting[i], clause))
            keep_last(p, a, &a->waiting[i]);
    a->waiting_count = 0;
    if (clause == a->clause + 1 || clause == 1)
        a->clause = clause;
}

static void mark_among(struct parser *p)
{
    struct among a = { .clause = 0 };

    for (size_t i = 0; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];
        struct number number;

        if (line->gone || line->listed || !line->text.len)
            continue;
        if (part_begins(p, line) || look_has(p, line, KIND_CLOSING))
            a = (struct among){ .clause = 0 };
        else if (!line->cell && wait_for_clause(p, &a, i))
            continue;
        else if (!line->cell && label_number(p, line, &number) &&
                 number.count == COUNT_DECIMAL && number.depth == 1)
            meet_clause(p, &a, number_last(&number));
        else
            a.waiting_count = 0;
        a.ended = lines_ends_sentence(line->text) ||
                  (!line->cell && look_has(p, line, KIND_CLAUSE) &&
                   heads_chapter(p, line));
    }
}

/* Whether the line has a number; the day of "9 May 2031" is none. */
static bool is_numbered(struct parser *p, struct line *line, bool bare)
{
    return !line->cell && (bare || !label_is_of_house(p, line)) &&
           look_kinds(p, line, 1u << KIND_CLAUSE | 1u << KIND_LONE) &&
           (bare || !look_find(p, line, KIND_FIELD, "placeDate", NULL));
}

/* "1) Objective": below a numeral that is as good as a clause. */
static bool is_in_list(struct parser *p, struct line *line)
{
    return !line->cell && line->text.len &&
           look_kinds(p, line, 1u << KIND_ITEM | 1u << KIND_BULLET);
}

/* Below the second of such letters a table is as good as a sentence. */
static bool is_begun(const struct run *run)
{
    return run->rule && number_last(&run->last) > 1;
}

/* "20 2031 – Notices, Part A", at the head of a page, above the first sentence:
 * no clause has such a number there. */
enum { PAGE_NUMBER_MIN = 10 };

static bool is_of_page(struct parser *p, struct line *line)
{
    struct number number;

    return label_number(p, line, &number) && number.count == COUNT_DECIMAL &&
           number.depth == 1 && number_last(&number) >= PAGE_NUMBER_MIN;
}

void chapter_mark(struct parser *p)
{
    struct run runs[RUNS] = { { 0 } }, points = { 0 };
    struct lettered lettered = { .rule = "paragraph_letter" },
                    numerals = { .rule = "paragraph_numeral" };
    bool bare = false, lone = false, below = false, numbered, listed;
    bool in_cell = false, begun = false;
    struct line *day = NULL;

    mark_among(p);

    for (size_t i = 0; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone || line->listed)
            continue;
        numbered = false;
        listed = false;
        add_point(p, &points, i);
        in_cell = line->cell || (in_cell && line->gap == 0);
        add_day(p, &day, i, in_cell);
        add_paragraph(p, &lettered, i);
        add_paragraph(p, &numerals, i);
        if (part_begins(p, line) || look_has(p, line, KIND_CLOSING) ||
            (line->gap > 0 && series_is_schedule(p, line))) {
            memset(runs, 0, sizeof runs);
            bare = false;
            day = NULL;
        } else if ((numbered = is_numbered(p, line, bare))) {
            bare = !heads_part(p, line) && (begun || !is_of_page(p, line));
            below = below || heads_chapter(p, line);
        } else if (!lone) {
            below = add_line(p, runs, i, bare, below) ||
                    (below && !line->text.len);
            listed = !below && is_in_list(p, line);
        }
        /* What stands below a label alone on its line is its text. */
        lone = !line->cell && look_has(p, line, KIND_LONE);
        begun |= lines_ends_sentence(line->text);
        for (size_t r = 0; r < RUNS; r++)
            runs[r].text |= lines_ends_sentence(line->text) ||
                            heading_is_label_and_value(line->text) ||
                            (r && (numbered || listed)) ||
                            (line->cell && (r || is_begun(&runs[r])));
    }
}
