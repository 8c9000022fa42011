/* Takes tables of contents, however their lines were broken. */
#include <stdio.h>
#include <string.h>

#include "parser.h"

enum { TOC_LINES_MIN = 3 };

static bool is_toc_line(struct parser *p, struct line *line,
                        struct finding *finding)
{
    return look_find(p, line, KIND_TOC, "line", finding) ||
           look_find(p, line, KIND_TOC, "page", finding);
}

/* ... or, below the title of the contents, with those of its paragraphs. */
static bool is_titled_toc_line(struct parser *p, struct line *line,
                               struct finding *finding)
{
    return is_toc_line(p, line, finding) ||
           look_find(p, line, KIND_TOC, "paragraphs", finding);
}

static unsigned page_number(struct span digits)
{
    size_t len;

    return lines_number(digits, &len);
}

/* "1 Scope 4", which only below the title of the contents is a line of them:
 * the page, or 0. */
enum { PAGE_DIGITS = 3 };

static unsigned loose_page(const struct line *line)
{
    const char *start = line->text.at, *end = start + line->text.len, *at = end;

    if (line->cell || line->gap > 1)
        return 0;
    while (at > start && is_digit(at[-1]))
        at--;
    if (at == end || end - at > PAGE_DIGITS || at - start < 3 || at[-1] != ' ')
        return 0;
    return page_number(span_between(at, end));
}

static bool is_page(const struct line *line)
{
    if (!line || line->cell || line->gap > 0 || !line->text.len ||
        line->text.len > PAGE_DIGITS)
        return false;
    for (size_t i = 0; i < line->text.len; i++)
        if (line->text.at[i] < '0' || line->text.at[i] > '9')
            return false;
    return true;
}

/* "Annex A" or "A.1" alone on a line. */
static bool is_label_alone(struct parser *p, struct line *line)
{
    struct finding f;

    return look_has(p, line, KIND_LONE) ||
           (look_find(p, line, KIND_HEADING, NULL, &f) && f.rule->level == 0 &&
            !f.match.at[CAP_TITLE].len);
}

/* From .doc files each TAB of a line has become a line break: label, title and
 * page stand on three lines, or on two where there is no label. Behind a label
 * the title may be broken. How many lines, or 0. */
enum { ENTRY_LINES_MAX = 4 };

static size_t entry_lines(struct parser *p, size_t at,
                          struct line *parts[ENTRY_LINES_MAX])
{
    struct line *line = &p->lines->at[at];
    bool label = !line->cell && is_label_alone(p, line);
    size_t least = label ? 3 : 2, most = label ? ENTRY_LINES_MAX : 2;

    parts[0] = line;
    for (size_t i = 1; i < most && !line->cell; i++) {
        parts[i] = look_below(p, parts[i - 1]);
        if (!parts[i] || parts[i]->cell || parts[i]->gap > 0)
            return 0;
        if (is_page(parts[i]))
            return i + 1 < least ? 0 : i + 1;
        if (label && is_label_alone(p, parts[i]))
            return 0;
    }
    return 0;
}

/* Whether the text begins here: below the title of it perhaps, and the label,
 * the title that the contents began with comes again, without a page. */
static bool text_begins(struct parser *p, size_t at, struct span title)
{
    struct line *line = &p->lines->at[at];

    for (unsigned i = 0; i < 3 && line && title.len; i++) {
        struct line *next = look_below(p, line);

        if (!line->cell && span_equal(line->text, title) && !is_page(next))
            return true;
        line = next;
    }
    return false;
}

/* Pages count upwards; where they do not, the number is the label of the first
 * heading of the text. */
static bool join_toc_parts(struct parser *p, size_t at, unsigned page,
                           struct finding *finding)
{
    struct line saved[ENTRY_LINES_MAX], *parts[ENTRY_LINES_MAX];
    size_t count = entry_lines(p, at, parts);
    bool joined = count > 0 && page_number(parts[count - 1]->text) >= page;

    if (!joined)
        return false;
    for (size_t i = 0; i < count; i++)
        saved[i] = *parts[i];
    for (size_t i = 1; i < count && joined; i++)
        joined = lines_join(p->lines, parts[0], parts[i],
                            i == 2 && count == ENTRY_LINES_MAX ? " " : "\t");
    p->draft->failed |= !joined;
    if (joined && is_toc_line(p, parts[0], finding))
        return true;
    for (size_t i = 0; i < count; i++)
        *parts[i] = saved[i];
    return false;
}

/* "II. Reports" and "B. Reports" are no title of the part above. */
static bool has_numeral(struct span text)
{
    size_t len = 0;

    while (len < text.len && len < 5 && strchr("IVX", text.at[len]))
        len++;
    if (!len && text.len && text.at[0] >= 'A' && text.at[0] <= 'Z')
        len = 1;
    return len && len + 1 < text.len && text.at[len] == '.' &&
           text.at[len + 1] == ' ';
}

/* "2.1" alone, as from the columns of a page, and below it, a blank line
 * between perhaps, the line of the contents that it is the label of. */
static bool join_toc_label(struct parser *p, size_t at, struct finding *finding)
{
    struct line *line = &p->lines->at[at], *next = look_next(p, at);
    struct line saved = *line, next_saved;

    if (line->cell || line->gap > 1 || !look_has(p, line, KIND_LONE) || !next ||
        next->cell || next->gap > 1 || has_numeral(next->text) ||
        !(is_toc_line(p, next, finding) || loose_page(next)))
        return false;
    next_saved = *next;
    p->draft->failed |= !lines_join(p->lines, line, next, "\t");
    if (is_toc_line(p, line, finding) || loose_page(line))
        return true;
    *line = saved;
    *next = next_saved;
    return false;
}

static int level_of(struct span num)
{
    int level = 1;

    if (num.len)
        for (size_t i = 0; i + 1 < num.len; i++)
            level += num.at[i] == '.';
    return level;
}

static void add_toc_item(struct parser *p, struct node *toc, struct line *line,
                         const struct finding *finding)
{
    struct node *item = draft_add(p->draft, toc, "tocItem");
    char level[4];

    snprintf(level, sizeof level, "%d",
             level_of(finding->match.at[CAP_NUM]) % 100);
    draft_set(p->draft, item, "level", level);
    draft_set(p->draft, item, "href", "#body"); /* xref.c knows better later */
    draft_set_origin(p->draft, item, line->origin);
    block_text(p, item, line->text);
}

/* How many lines below this one belong to a line of the contents that was
 * broken: one, or some more behind a label. 0 where it was not. */
enum { TOC_PARTS_MAX = 4 };

static size_t toc_parts(struct parser *p, struct line *line,
                        struct line *parts[TOC_PARTS_MAX],
                        struct finding *finding)
{
    bool label = look_kinds(p, line, 1u << KIND_LONE | 1u << KIND_CLAUSE);
    size_t count = 0;

    for (parts[0] = line; count + 1 < TOC_PARTS_MAX && (label || !count);) {
        struct line *next = look_below(p, parts[count]);

        if (!next || next->gap > 0 || next->cell ||
            (count ? look_has(p, next, KIND_LONE) : has_numeral(next->text)))
            return 0;
        parts[++count] = next;
        if (is_toc_line(p, next, finding))
            return count;
    }
    return 0;
}

/* "Page" alone may be the title, where right below it such a line is, broken
 * perhaps, with a page. */
static bool is_page_title(struct parser *p, struct line *line)
{
    struct line *next = look_below(p, line);
    struct line *parts[TOC_PARTS_MAX];
    struct finding finding;

    return next && !line->cell && next->gap < 2 &&
           look_find(p, line, KIND_TOC, "page", NULL) &&
           (is_toc_line(p, next, &finding) ||
            toc_parts(p, next, parts, &finding) > 0);
}

bool toc_has_title(struct parser *p, struct line *line)
{
    return look_find(p, line, KIND_TOC, "title", NULL) ||
           is_page_title(p, line);
}

/* "General" above "Tides 3" and "Fees 4", right below the title of contents. */
static bool is_above_loose(struct parser *p, struct line *line)
{
    struct line *first = look_below(p, line),
                *second = first ? look_below(p, first) : NULL;

    return second && !line->cell && line->text.len && line->gap < 2 &&
           first->gap == 0 && second->gap == 0 &&
           !lines_ends_sentence(line->text) && loose_page(first) &&
           loose_page(second) >= loose_page(first);
}

/* Contents have a title, or are at least so many lines with page numbers, of
 * which none goes back. */
static bool is_toc(struct parser *p, size_t least)
{
    struct finding finding;
    unsigned page = 0, number;
    size_t lines = 0;

    if (is_page_title(p, p->line))
        return true;
    if (look_find(p, p->line, KIND_TOC, "title", NULL)) {
        struct line *next = look_next(p, p->at);

        return next &&
               (p->line->listed || is_titled_toc_line(p, next, &finding) ||
                loose_page(next) || is_above_loose(p, next) ||
                join_toc_parts(p, (size_t)(next - p->lines->at), 1, &finding) ||
                join_toc_label(p, (size_t)(next - p->lines->at), &finding));
    }
    for (size_t i = p->at; i < p->lines->count && lines < least; i++) {
        if (p->lines->at[i].gone)
            continue;
        if (!is_toc_line(p, &p->lines->at[i], &finding))
            return false;
        number = page_number(finding.match.at[CAP_VALUE]);
        if (least > 1 && number && number < page)
            return false;
        page = number;
        lines++;
    }
    return lines == least;
}

/* A line of the contents that was broken. */
static bool join_toc_line(struct parser *p, size_t at, struct finding *finding)
{
    struct line *line = &p->lines->at[at], *parts[TOC_PARTS_MAX];
    struct line saved[TOC_PARTS_MAX];
    size_t count;

    if (line->gap > 0 || (count = toc_parts(p, line, parts, finding)) == 0)
        return false;
    for (size_t i = 0; i <= count; i++)
        saved[i] = *parts[i];
    for (size_t i = 1; i <= count && !p->draft->failed; i++)
        p->draft->failed = !lines_join(p->lines, line, parts[i], " ");
    if (!p->draft->failed && is_toc_line(p, line, finding))
        return true;
    for (size_t i = 0; i <= count; i++)
        *parts[i] = saved[i];
    return false;
}

/* A line without a label, or a part, which has no page: "PART TWO". */
static bool is_above_entries(struct parser *p, struct line *line)
{
    unsigned kinds = look_classify(p, line);
    struct finding f;

    return kinds == 0 || (!(kinds & 1u << KIND_ITEM) &&
                          look_find(p, line, KIND_CLAUSE, NULL, &f) &&
                          f.rule->level == 1);
}

/* A line without a page above the lines that it is the title of. */
static bool heads_toc_lines(struct parser *p, size_t at, unsigned page)
{
    struct line *line = &p->lines->at[at], *next = look_next(p, at);
    struct line *parts[ENTRY_LINES_MAX];
    struct finding finding;
    size_t count;

    return next && next->gap == 0 && !line->cell && line->gap < 2 &&
           is_above_entries(p, line) &&
           (!lines_ends_sentence(line->text) ||
            lines_ends_in_colon(line->text)) &&
           (is_titled_toc_line(p, next, &finding) ||
            (loose_page(next) >= page && label_begins_high(next->text)) ||
            ((count = entry_lines(p, (size_t)(next - p->lines->at), parts)) &&
             page_number(parts[count - 1]->text) >= page));
}

/* Whether the line is the heading of that line of the contents. A chapter may
 * stand above that, and is no annex. */
static bool is_entry(struct parser *p, struct line *line,
                     const struct finding *entry, bool *clause)
{
    struct finding f;

    *clause = look_find(p, line, KIND_CLAUSE, NULL, &f) && f.rule->level > 1;
    return *clause &&
           span_equal(f.match.at[CAP_NUM], entry->match.at[CAP_NUM]) &&
           span_equal(span_trim(f.match.at[CAP_TEXT]),
                      span_trim(entry->match.at[CAP_TITLE]));
}

/* "(Source: Doc. 5/12)" behind a TAB, below what it is the source of. */
static bool is_remark(const struct line *line)
{
    return line->cell && line->gap == 0 && line->text.len &&
           line->text.at[0] == '(' && lines_ends_in(line->text, ")");
}

/* Behind the contents the annexes may be listed with numbers, but without
 * pages, up to the first heading of the text. Index of that, or 0. */
enum { LISTED_LINES_MAX = 64, LISTED_WIDTH_MAX = 300 };

static size_t listed_end(struct parser *p, size_t from,
                         const struct finding *first)
{
    bool numbered = false, clause;

    for (size_t i = from; i < p->lines->count && i < from + LISTED_LINES_MAX;
         i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (is_entry(p, line, first, &clause))
            return numbered ? i : 0;
        if ((line->cell && !(numbered && is_remark(line))) ||
            lines_width(line->text) > LISTED_WIDTH_MAX ||
            (!clause && lines_ends_sentence(line->text)))
            return 0;
        numbered |= clause;
    }
    return 0;
}

static void add_toc_title(struct parser *p, struct node *parent,
                          const struct finding *finding)
{
    struct node *title = block_paragraph(p, parent, p->line->text, "tocTitle");

    draft_set_origin(p->draft, title, p->line->origin);
    parse_explain(p, "toc", "title", finding);
}

/* What contents name, in their order. */
enum {
    NAMED_MAX = 256,
    NAMED_LINES_MAX = 3000,
    NAMED_APART_MAX = 4,
    NAMED_LOOKS = 4
};

struct named {
    struct span titles[NAMED_MAX];
    size_t count;
};

static void add_named(struct named *named, const struct finding *f)
{
    struct span title = f->match.at[CAP_TITLE];

    if (title.len && named->count < NAMED_MAX)
        named->titles[named->count++] = title;
}

/* The first of the titles from `from` on that the line is, a few of which may
 * not come; else `count`. */
static size_t find_named(const struct named *named, size_t from,
                         const struct line *line)
{
    for (size_t i = from; i < named->count && i < from + NAMED_APART_MAX; i++)
        if (span_same(line->text, named->titles[i], lines_next_shown))
            return i;
    return named->count;
}

/* What the contents name is a heading where it comes behind them, or a chapter;
 * what has a number is one anyway. However many contents there are, the lines
 * of the text are looked through a few times. */
static void mark_named(struct parser *p, const struct named *named)
{
    struct line *line = look_next(p, p->at);
    size_t from = 0;

    for (unsigned i = 0; i < NAMED_LINES_MAX && line && from < named->count &&
                         p->named_looked < NAMED_LOOKS * p->lines->count;
         i++, p->named_looked++) {
        size_t at = line->cell ? named->count : find_named(named, from, line);

        if (at < named->count) {
            from = at + 1;
            if (!chapter_mark_named(p, line) &&
                !look_kinds(p, line, 1u << KIND_CLAUSE | 1u << KIND_HEADING))
                line->contents = true;
        }
        line = look_below(p, line);
    }
}

/* Contents that are being read. */
struct contents {
    struct node *parent, *toc; /* `toc` NULL before the first line of them */
    struct named named;
    struct finding first; /* line of them with a number */
    struct span title;    /* of their first line */
    size_t end;           /* index behind what is listed without pages, or 0 */
    unsigned page;        /* the last one that was named */
    bool titled;
};

static void add_line(struct parser *p, struct contents *c, struct line *line,
                     const struct finding *finding)
{
    if (!c->toc)
        c->toc = draft_add(p->draft, c->parent, "toc");
    add_toc_item(p, c->toc, line, finding);
    add_named(&c->named, finding);
    p->line = line;
    parse_explain(p, "toc", "line", finding);
}

/* Contents without pages, which listed.c found: up to the last line of them. */
static void add_listed(struct parser *p, struct contents *c)
{
    struct line *line;

    while ((line = look_next(p, p->at)) != NULL && line->listed) {
        struct finding finding;

        if (!look_find(p, line, KIND_CLAUSE, NULL, &finding))
            finding = (struct finding){ .match.at[CAP_TITLE] = line->text };
        p->at = (size_t)(line - p->lines->at);
        add_line(p, c, line, &finding);
    }
    mark_named(p, &c->named);
}

/* Whether the line is one of the contents, or begins several that make one. */
static bool reads_as_line(struct parser *p, const struct contents *c, size_t at,
                          struct finding *finding)
{
    struct line *line = &p->lines->at[at];

    return is_toc_line(p, line, finding) || join_toc_line(p, at, finding) ||
           (c->titled && ((!text_begins(p, at, c->title) &&
                           join_toc_parts(p, at, c->page, finding)) ||
                          (join_toc_label(p, at, finding) &&
                           is_toc_line(p, line, finding)) ||
                          look_find(p, line, KIND_TOC, "paragraphs", finding)));
}

/* Whether another line stands among them all the same: its page is set apart
 * otherwise, it heads others, or annexes are listed from it on. */
static bool stands_among(struct parser *p, struct contents *c, size_t at)
{
    unsigned loose = c->titled ? loose_page(&p->lines->at[at]) : 0;
    bool heads = c->titled && !text_begins(p, at, c->title) &&
                 heads_toc_lines(p, at, c->page);

    if (c->titled && loose >= c->page)
        c->page = loose;
    else if (c->first.rule && !heads)
        c->end = listed_end(p, at, &c->first);
    return c->titled && (at < c->end || loose >= c->page || heads);
}

/* "Tides 3" names what comes below, as lines of contents do by their rules. */
static void name_loose(const struct contents *c, const struct line *line,
                       struct finding *finding)
{
    struct span title = line->text;

    if (!c->titled || !loose_page(line))
        return;
    while (is_digit(title.at[title.len - 1]))
        title.len--;
    finding->match.at[CAP_TITLE] = span_trim(title);
}

/* Takes the lines from `from` on; returns the index behind the last one, which
 * is `from` where the first belongs to no contents after all. */
static size_t take_lines(struct parser *p, struct contents *c, size_t from)
{
    size_t end = from;

    for (size_t i = from; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];
        struct finding finding = { 0 };
        unsigned page;

        if (line->gone)
            continue;
        if (!c->toc && c->titled &&
            look_find(p, line, KIND_TOC, "page", &finding)) {
            p->line = line;
            add_toc_title(p, c->parent, &finding);
            end = i + 1;
            continue;
        }
        if (i >= c->end && !reads_as_line(p, c, i, &finding)) {
            finding = (struct finding){ 0 };
            if (!stands_among(p, c, i))
                break;
            name_loose(c, line, &finding);
        }
        page = page_number(finding.match.at[CAP_VALUE]);
        c->page = page ? page : c->page;
        if (!c->first.rule && finding.match.at[CAP_NUM].len)
            c->first = finding;
        if (!c->title.len)
            c->title = finding.match.at[CAP_TITLE];
        add_line(p, c, line, &finding);
        end = i + 1;
    }
    return end;
}

bool toc_take(struct parser *p, struct node *parent, bool titled)
{
    struct contents c = { .parent = parent, .page = 1 };
    struct finding finding;
    size_t from = p->at, end;

    if (!is_toc(p, titled ? 1 : TOC_LINES_MIN))
        return false;
    c.titled = titled || is_page_title(p, p->line);
    if (look_find(p, p->line, KIND_TOC, "title", &finding)) {
        add_toc_title(p, parent, &finding);
        if (p->line->listed) {
            add_listed(p, &c);
            return true;
        }
        from++;
        c.titled = true;
    }
    end = take_lines(p, &c, from);
    if (end == p->at)
        return false;
    p->at = end - 1;
    mark_named(p, &c.named);
    return true;
}
