/* Finds the annexes of a text whose words no grammar knows. "ANHANG 1" alone on
 * its line may be anything, a chapter, a table; it is an annex where a text
 * above names it, clauses or a signature stand above it, and clauses count from
 * one again below it or one that follows it in a series; or where the word is
 * known. */
#include "name.h"
#include "parser.h"

enum { SERIES_MAX = 16, MEMBERS_MAX = 64, CLAUSES_MIN = 2, TITLES_MAX = 4 };

/* Lines with one word, and labels that follow each other from the first on. */
struct series {
    struct span word;
    struct number last;
    size_t members[MEMBERS_MAX]; /* indices of lines */
    size_t count;
    unsigned clauses;            /* numbered ones above the first */
    bool known;                  /* the word is that for an annex */
    bool restarts;               /* clause 1 stands below the title of one */
    bool broken;                 /* what stands below goes on with the count */
};

struct search {
    struct parser *p;
    struct series series[SERIES_MAX];
    size_t count;
    unsigned clauses; /* so far */
    /* What comes next below a member: the clause, and the article, which has
     * clauses in it that count for themselves. */
    unsigned expected[2];
    unsigned below;    /* lines since the last member */
    bool inside;       /* there was a member */
};

bool series_is_rule(const struct rule *rule)
{
    return rule_is(rule, "series") || rule_is(rule, "schedule");
}

static bool find_shape(struct parser *p, const struct line *line,
                       struct finding *f)
{
    const struct folded *text =
        line->cell || !line->text.len ? NULL : look_folded(p, line);

    return text &&
           scanner_is_named(p->scanner, KIND_HEADING, "series", text, f);
}

/* ---- whether a text names it --------------------------------------------- */

/* In contents, or, where `text` is set, in a sentence. */
static bool is_named_above(const struct parser *p, size_t at,
                           const struct name *name, bool text)
{
    size_t which;

    for (size_t i = 0; i < at; i++) {
        const struct line *line = &p->lines->at[i];

        if (!line->gone && line->text.len > name->word.len + name->tail.len &&
            (!text || lines_ends_sentence(line->text)) &&
            name_find(line->text, 0, name, 1, &which).at)
            return true;
    }
    return false;
}

/* "Enclosures: 2", in the words of the series. */
static bool is_counted_above(const struct parser *p,
                             const struct series *series,
                             const struct name *name)
{
    for (size_t i = 0; i < series->members[0]; i++) {
        const struct line *line = &p->lines->at[i];

        if (!line->gone && line->text.len &&
            name_is_counted(line->text, name->word, series->count))
            return true;
    }
    return false;
}

/* The name or office below a letter. */
static bool is_below_signature(struct parser *p, size_t at)
{
    struct line *line = NULL;

    while (at-- > 0 && !line)
        if (!p->lines->at[at].gone)
            line = &p->lines->at[at];
    return line && !line->cell && preface_is_title(p, line) &&
           !look_has(p, line, KIND_TOC);
}

/* ---- making series ---------------------------------------------------------- */

/* The word, without "No." and the space before the label. */
static struct span word_of(const struct finding *f)
{
    struct span label = f->match.at[CAP_LABEL], num = f->match.at[CAP_NUM];

    return span_trim((struct span){ label.at, (size_t)(num.at - label.at) });
}

static const enum count counts[] = { COUNT_DECIMAL, COUNT_ROMAN, COUNT_ALPHA,
                                     COUNT_HAN };

enum { COUNTS = sizeof counts / sizeof *counts };

static bool goes_on(struct search *s, struct series *series,
                    const struct finding *f, size_t at)
{
    const struct grammar *g = s->p->scanner->grammar;
    struct number number;

    if (series->count == MEMBERS_MAX || !span_equal(series->word, word_of(f)) ||
        !number_read(&number, f->match.at[CAP_NUM], series->last.count,
                     &g->numerals) ||
        !number_follows(&number, &series->last))
        return false;
    series->last = number;
    series->members[series->count++] = at;
    return true;
}

/* The same words again: those before were contents. */
static struct series *place_for(struct search *s, struct span word,
                                enum count count)
{
    for (size_t i = 0; i < s->count; i++)
        if (span_equal(s->series[i].word, word) &&
            s->series[i].last.count == count)
            return &s->series[i];
    if (s->count == SERIES_MAX)
        return NULL;
    s->series[s->count] = (struct series){ .word = word, .clauses = s->clauses };
    return &s->series[s->count++];
}

static void begin(struct search *s, const struct finding *f, size_t at)
{
    const struct grammar *g = s->p->scanner->grammar;
    struct span num = f->match.at[CAP_NUM];

    for (size_t i = 0; i < COUNTS; i++) {
        struct number number;
        struct series *series;

        if (!number_read(&number, num, counts[i], &g->numerals) ||
            number.depth != 1 || number.at[0] != 1 ||
            !(series = place_for(s, word_of(f), counts[i])))
            continue;
        series->last = number;
        series->members[0] = at;
        series->count = 1;
        series->known = f->match.at[CAP_MAIN].at != NULL;
        series->restarts = series->broken = false;
        return;
    }
}

static void add_member(struct search *s, const struct finding *f, size_t at)
{
    const struct line *line = &s->p->lines->at[at];
    bool known = false;

    if (!line->gap && !line->page_break)
        return;
    s->inside = true;
    s->expected[0] = s->expected[1] = 1;
    s->below = 0;
    for (size_t i = 0; i < s->count && !known; i++)
        known = goes_on(s, &s->series[i], f, at);
    if (!known)
        begin(s, f, at);
}

/* The series whose member stands above the clause. */
static struct series *open_series(struct search *s)
{
    struct series *open = NULL;

    for (size_t i = 0; i < s->count; i++) {
        struct series *other = &s->series[i];

        if (!open || open->members[open->count - 1] <
                         other->members[other->count - 1])
            open = other;
    }
    return open;
}

static void add_clause(struct search *s, const struct number *number,
                       bool article)
{
    struct series *open = s->inside ? open_series(s) : NULL;
    unsigned value = number->at[0], *expected = &s->expected[article];

    s->clauses++;
    if (!open)
        return;
    if (value == 1 && *expected == 1 && s->below <= TITLES_MAX)
        open->restarts = true;
    if (value + (number->bis > 0) != *expected && value != 1)
        open->broken = true;
    *expected = value + 1;
}

/* "Anlage 1: Form" and right below it "Anlage 2: Map", or nothing: a list of
 * what is enclosed. */
static bool is_listed(const struct search *s, const struct series *series)
{
    size_t at = series->members[series->count - 1];
    struct line *next = look_next(s->p, at);
    struct finding f;

    return !next || (next->gap == 0 && find_shape(s->p, next, &f) &&
                     span_equal(word_of(&f), series->word));
}

static bool is_series(const struct search *s, const struct series *series)
{
    size_t first = series->members[0];
    bool clauses = series->clauses >= CLAUSES_MIN;
    struct finding f;
    struct name name;

    if (series->known && !series->broken && !is_listed(s, series))
        return true;
    if (!series->restarts || series->broken ||
        !(clauses || is_below_signature(s->p, first)) ||
        !find_shape(s->p, &s->p->lines->at[first], &f))
        return false;
    name = name_of(f.match.at[CAP_LABEL], f.match.at[CAP_NUM]);
    return is_named_above(s->p, first, &name, !clauses) ||
           is_counted_above(s->p, series, &name);
}

static void mark(struct line *line)
{
    line->series = true;
    line->asked |= 1u << KIND_HEADING;
    line->kinds |= 1u << KIND_HEADING;
}

bool series_is_schedule(struct parser *p, const struct line *line)
{
    const struct folded *text =
        line->cell || !line->text.len ? NULL : look_folded(p, line);
    struct finding f;

    return text &&
           scanner_is_named(p->scanner, KIND_HEADING, "schedule", text, &f);
}

bool series_mark_schedule(struct parser *p, struct line *line)
{
    if (!series_is_schedule(p, line))
        return false;
    mark(line);
    return true;
}

void series_mark_enclosed(struct parser *p, struct span label)
{
    if (p->schedules ||
        !scanner_takes(p->scanner, KIND_HEADING, "schedule", label, NULL))
        return;
    p->schedules = true;
    for (size_t i = p->at + 1; i < p->lines->count; i++)
        if (!p->lines->at[i].gone && p->lines->at[i].gap > 0)
            series_mark_schedule(p, &p->lines->at[i]);
}

void series_mark(struct parser *p)
{
    struct search s = { .p = p };
    struct number number;
    struct finding f;

    for (size_t i = 0; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone || line->cell)
            continue;
        s.below++;
        if (find_shape(p, line, &f))
            add_member(&s, &f, i);
        else if (!look_has(p, line, KIND_TOC) &&
                 label_number(p, line, &number) && number.depth == 1)
            add_clause(&s, &number,
                       look_find(p, line, KIND_CLAUSE, "article", NULL));
    }
    for (size_t i = 0; i < s.count; i++)
        if (is_series(&s, &s.series[i]))
            for (size_t m = 0; m < s.series[i].count; m++)
                mark(&p->lines->at[s.series[i].members[m]]);
}
