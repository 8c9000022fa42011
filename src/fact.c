/* Finds in units what is the same in every language: dates, times, numbers,
 * identifiers, addresses, names, references. */
#include "fact.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include "number.h"
#include "shout.h"

static const char *const type_names[FACT_TYPES] = {
    [FACT_DATE] = "date",       [FACT_TIME] = "time",
    [FACT_NUMBER] = "number",   [FACT_IDENTIFIER] = "identifier",
    [FACT_ACRONYM] = "acronym", [FACT_URL] = "url",
    [FACT_EMAIL] = "email",     [FACT_NAME] = "name",
    [FACT_REFERENCE] = "reference", [FACT_FOOTNOTE] = "footnote",
};

const char *fact_name(enum fact_type type)
{
    return type_names[type];
}

struct pass {
    struct facts *facts;
    const struct units *units;
    struct scanner *scanner;
    struct folded folded;
    struct buf value;
    unsigned unit;
    bool shouts; /* its headings are in capitals */
};

static struct fact *add(struct pass *p, enum fact_type type, unsigned start,
                        unsigned end)
{
    struct facts *f = p->facts;
    struct fact *fact = array_push(&f->at, &f->count, sizeof *fact);
    struct span text = p->units->at[p->unit].text;

    f->failed |= fact == NULL;
    if (!fact)
        return NULL;
    fact->type = type;
    fact->unit = p->unit;
    fact->start = start;
    fact->end = end;
    fact->surface = (struct span){ text.at + start, end - start };
    fact->value = arena_copy(&f->arena, buf_span(&p->value));
    f->failed |= f->arena.failed || p->value.failed;
    return fact;
}

/* ---- what the tree has typed ------------------------------------------------ */

/* Whether a segment of a URL names a language: that of the version, or one that
 * its other versions come in. */
static bool is_language(const struct pass *p, struct span segment)
{
    static const char *const united[] = { "ar", "en", "es", "fr", "ru", "zh" };
    size_t len = strcspn(p->units->tag, "-");

    if (len && len == segment.len &&
        strncasecmp(segment.at, p->units->tag, len) == 0)
        return true;
    for (size_t i = 0; i < sizeof united / sizeof *united; i++)
        if (segment.len == 2 && strncasecmp(segment.at, united[i], 2) == 0)
            return true;
    return false;
}

static struct span segment_at(struct span url, size_t at)
{
    const char *end = memchr(url.at + at, '/', url.len - at);

    return (struct span){ url.at + at,
                          end ? (size_t)(end - url.at) - at : url.len - at };
}

/* "http://host/fr/page" is the page that "http://host/zh/page" is, and a version
 * may send its readers to the page in another language. */
static void put_url(struct pass *p, struct span url)
{
    while (url.len && url.at[url.len - 1] == '/')
        url.len--;
    for (size_t i = 0; i < url.len; i++) {
        struct span segment = { NULL, 0 };

        buf_putc(&p->value, url.at[i]);
        if (url.at[i] == '/' && i + 1 < url.len)
            segment = segment_at(url, i + 1);
        if (segment.len && is_language(p, segment)) {
            buf_putc(&p->value, '*');
            i += segment.len;
        }
    }
}

static void put_lower(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_putc(out, text.at[i] >= 'A' && text.at[i] <= 'Z'
                          ? (char)(text.at[i] + 32)
                          : text.at[i]);
}

/* The length of "/2023-03-14" at the beginning, or 0. */
static size_t date_length(struct span text)
{
    static const char shape[] = "/dddd-dd-dd";
    size_t len = sizeof shape - 1;

    for (size_t i = 0; i < len; i++)
        if (i >= text.len || (shape[i] == 'd' ? !u_isdigit((unsigned char)text.at[i])
                                              : text.at[i] != shape[i]))
            return 0;
    return len == text.len || text.at[len] == '/' ? len : 0;
}

/* A reference to the document itself is as one from elsewhere, without the date:
 * where that is wrong it is one difference, and not one per reference. */
static void put_work(struct pass *p, struct span work)
{
    for (size_t i = 0, dated; i < work.len; i += dated ? dated : 1) {
        dated = date_length((struct span){ work.at + i, work.len - i });
        if (!dated)
            buf_putc(&p->value, work.at[i]);
    }
}

static void put_href(struct pass *p, struct span href)
{
    size_t work = strlen(p->units->work);

    if (work && href.len >= work && memcmp(href.at, p->units->work, work) == 0 &&
        (href.len == work || href.at[work] == '/' || href.at[work] == '#')) {
        put_work(p, (struct span){ href.at, work });
        href = (struct span){ href.at + work, href.len - work };
    }
    buf_add_span(&p->value, href);
}

static bool add_link(struct pass *p, const struct inlined *in)
{
    struct span href = span_of(tree_get(in->node, "href")
                                   ? tree_get(in->node, "href")
                                   : "");

    if (href.len > 7 && memcmp(href.at, "mailto:", 7) == 0) {
        struct span text = p->units->at[p->unit].text;

        /* The text, not the escaped form in the attribute. */
        put_lower(&p->value, (struct span){ text.at + in->start,
                                            in->end - in->start });
        return add(p, FACT_EMAIL, in->start, in->end);
    }
    if (!href.len || href.at[0] == '#')
        return false;
    put_url(p, href);
    return add(p, FACT_URL, in->start, in->end);
}

static bool put_value(struct pass *p, const struct inlined *in,
                      const char *name, size_t most)
{
    const char *value = tree_get(in->node, name);

    if (!value || !*value)
        return false;
    buf_add(&p->value, value, strlen(value) < most ? strlen(value) : most);
    return true;
}

static bool is_range_word(struct pass *p, struct span gap)
{
    struct folded folded = { 0 };
    struct finding finding;
    bool range = gap.len && gap.len < 24 && fold(&folded, gap, fold_needed(gap)) &&
                 scanner_is(p->scanner, KIND_RANGE, &folded, &finding);

    folded_free(&folded);
    return range;
}

/* Where one reads from right to left, "13-10" is how "10-13" is typed. */
static bool is_turned(struct pass *p, const struct fact *last, struct span gap)
{
    return uloc_isRightToLeft(p->units->tag) &&
           strcmp(last->value.at, buf_text(&p->value)) > 0 &&
           (memchr(gap.at, '-', gap.len) ||
            memmem(gap.at, gap.len, "\u2013", strlen("\u2013")));
}

/* Two days with "to" between them are one range. */
static bool join_range(struct pass *p, enum fact_type type,
                       const struct inlined *in)
{
    struct facts *f = p->facts;
    struct fact *last = f->count ? &f->at[f->count - 1] : NULL;
    struct span text = p->units->at[p->unit].text;
    struct buf value = { 0 };
    struct span gap;
    bool turned;

    if (!last || last->type != type || last->unit != p->unit ||
        last->end >= in->start || memchr(last->value.at, '/', last->value.len))
        return false;
    gap = (struct span){ text.at + last->end, in->start - last->end };
    if (!is_range_word(p, gap))
        return false;
    turned = is_turned(p, last, gap);
    buf_add_span(&value, turned ? buf_span(&p->value) : last->value);
    buf_putc(&value, '/');
    buf_add_span(&value, turned ? last->value : buf_span(&p->value));
    last->value = arena_copy(&f->arena, buf_span(&value));
    f->failed |= value.failed || f->arena.failed;
    buf_free(&value);
    last->end = in->end;
    last->surface.len = in->end - last->start;
    return true;
}

static struct span next_digits(struct span text, size_t at)
{
    size_t end;

    while (at < text.len && !is_digit(text.at[at]))
        at++;
    for (end = at; end < text.len && is_digit(text.at[end]); end++)
        ;
    return (struct span){ text.at + at, end - at };
}

static bool has_digits(struct span text, struct span wanted)
{
    struct span digits = next_digits(text, 0);

    while (digits.len && !span_equal(digits, wanted))
        digits = next_digits(text, (size_t)(digits.at + digits.len - text.at));
    return digits.len > 0;
}

/* What a reference says beside its target: "(Rev. Dubai, 2018)", "Rev.1". */
static void add_further_numbers(struct pass *p, struct span surface,
                                struct span value)
{
    const char *text = p->units->at[p->unit].text.at;
    size_t at = 0;

    for (struct span digits; at < surface.len;) {
        digits = next_digits(surface, at);
        if (!digits.len)
            return;
        at = (size_t)(digits.at + digits.len - surface.at);
        if (has_digits(value, digits))
            continue;
        buf_clear(&p->value);
        buf_add_span(&p->value, digits);
        add(p, FACT_NUMBER, (unsigned)(digits.at - text),
            (unsigned)(digits.at + digits.len - text));
    }
}

/* "b)" or "iv)", behind no letter. */
static bool has_item_letter(struct span text)
{
    size_t run = 0;

    for (size_t i = 0; i < text.len; i++) {
        bool roman = run && strchr("ivx", text.at[i - 1]);

        if (run && text.at[i] == ')')
            return true;
        if (text.at[i] >= 'a' && text.at[i] <= 'z' &&
            (run ? roman && strchr("ivx", text.at[i])
                 : !i || (unsigned char)text.at[i - 1] >= 0x80 ||
                       !isalnum((unsigned char)text.at[i - 1])))
            run++;
        else
            run = 0;
    }
    return false;
}

/* "The annex", where others have "attached". */
static bool has_no_label(struct span surface)
{
    if (has_item_letter(surface))
        return false;

    for (int32_t at = 0; at < (int32_t)surface.len;) {
        UChar32 c, next = ' ';
        int32_t behind;

        U8_NEXT(surface.at, at, (int32_t)surface.len, c);
        behind = at;
        if (behind < (int32_t)surface.len)
            U8_NEXT(surface.at, behind, (int32_t)surface.len, next);
        if (u_getNumericValue(c) != U_NO_NUMERIC_VALUE ||
            (u_isupper(c) && !u_isalpha(next)))
            return false;
    }
    return true;
}

static void add_reference(struct pass *p, const struct inlined *in)
{
    const char *status = tree_get(in->node, "status");
    struct fact *fact = add(p, FACT_REFERENCE, in->start, in->end);

    if (!fact)
        return;
    fact->loose = status && (strcmp(status, "partial") == 0 ||
                             strcmp(status, "dangling") == 0);
    fact->soft = has_no_label(fact->surface);
    add_further_numbers(p, fact->surface, fact->value);
}

static void add_typed(struct pass *p, const struct inlined *in)
{
    static const struct {
        const char *element, *attribute;
        size_t most;
        enum fact_type type;
    } kinds[] = {
        { "date", "date", 10, FACT_DATE },
        { "time", "time", 5, FACT_TIME },
        { "noteRef", "marker", 16, FACT_FOOTNOTE },
        { "authorialNote", "marker", 16, FACT_FOOTNOTE },
    };

    buf_clear(&p->value);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (tree_is(in->node, kinds[i].element) &&
            put_value(p, in, kinds[i].attribute, kinds[i].most)) {
            if (!join_range(p, kinds[i].type, in))
                add(p, kinds[i].type, in->start, in->end);
            return;
        }
    if (tree_is(in->node, "a")) {
        add_link(p, in);
    } else if (tree_is(in->node, "ref") && tree_get(in->node, "href")) {
        put_href(p, span_of(tree_get(in->node, "href")));
        add_reference(p, in);
    } else if (tree_is(in->node, "rref") && tree_get(in->node, "from") &&
               tree_get(in->node, "upTo")) {
        put_href(p, span_of(tree_get(in->node, "from")));
        buf_putc(&p->value, ' ');
        put_href(p, span_of(tree_get(in->node, "upTo")));
        add_reference(p, in);
    }
}

/* ---- what the grammar finds in the rest --------------------------------------- */

static bool is_taken(const struct pass *p, size_t first, unsigned start,
                     unsigned end)
{
    for (size_t i = first; i < p->facts->count; i++)
        if (p->facts->at[i].start < end && start < p->facts->at[i].end)
            return true;
    return false;
}

/* Three digits, and no more. */
static bool is_group(struct span text, int32_t at)
{
    int32_t end = at;

    while (end < (int32_t)text.len && is_digit(text.at[end]))
        end++;
    return end == at + 3;
}

/* "1.200", "1.200.000,50": its dots part thousands, where a comma is the
 * decimal sign. */
static bool are_thousands(struct span text)
{
    const char *comma = memchr(text.at, ',', text.len);
    struct span whole = comma ? span_between(text.at, comma) : text;
    size_t at = 0;

    while (at < whole.len && is_digit(whole.at[at]))
        at++;
    if (!at || at > 3 || at == whole.len || whole.at[0] == '0')
        return false;
    while (at < whole.len && whole.at[at] == '.' &&
           is_group(whole, (int32_t)at + 1))
        at += 4;
    return at == whole.len;
}

/* "1 000", "1,000" and "1000" are one number; so are "3,5" and "3.5" where
 * the language's grammar says that a comma is its decimal sign. There "2.200"
 * are thousands, and "2.200 millones" thousands of millions. */
static void put_number(struct pass *p, struct span text, bool scaled)
{
    bool decimal = span_is(grammar_alias(p->scanner->grammar, SPAN(",")), ".");
    bool grouped = decimal && (scaled || are_thousands(text));
    int32_t at = 0;

    while (at < (int32_t)text.len) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (u_charDigitValue(c) >= 0)
            buf_putc(&p->value, (char)('0' + u_charDigitValue(c)));
        else if (c == ',' && decimal)
            buf_putc(&p->value, '.');
        else if ((c == '.' && !(grouped && is_group(text, at))) || c == '/' ||
                 c == 0x066B)
            buf_putc(&p->value, '.');
    }
}

static bool is_plain_number(const char *text)
{
    return *text && text[strspn(text, "0123456789.")] == '\0' &&
           strchr(text, '.') == strrchr(text, '.');
}

/* "3,5 millions", "350万": the word is an alias of what it multiplies by. */
static void scale(struct pass *p, struct span word)
{
    struct span by = grammar_alias(p->scanner->grammar, word);
    char text[32];
    double value;

    if (!by.len || by.len >= sizeof text || !is_plain_number(buf_text(&p->value)))
        return;
    memcpy(text, by.at, by.len);
    text[by.len] = '\0';
    if (!is_plain_number(text))
        return;
    value = strtod(buf_text(&p->value), NULL) * strtod(text, NULL);
    buf_clear(&p->value);
    if (value >= 1 && value < 1e15 && value == (double)(uint64_t)value)
        buf_printf(&p->value, "%.0f", value);
    else
        buf_printf(&p->value, "%.10g", value);
}

/* Hyphens and spaces of all kinds are as good as one another. */
static void put_folded(struct pass *p, struct span text)
{
    struct folded folded = { 0 };

    if (fold(&folded, text, fold_needed(text)))
        buf_add_span(&p->value, folded.text);
    else
        p->facts->failed = true;
    folded_free(&folded);
}

/* Adds the alias of a word, or of what stands before its first hyphen: "UIT-T"
 * and "GCNT-TD12" both. False where it has none and stands there as it is. */
static bool put_alias(struct buf *out, const struct grammar *g,
                      struct span word)
{
    const char *dash = word.len ? memchr(word.at, '-', word.len) : NULL;
    struct span head = word, to = grammar_alias(g, word);

    if (to.at == word.at && dash) {
        head.len = (size_t)(dash - word.at);
        to = grammar_alias(g, head);
    }
    buf_add_span(out, to);
    buf_add(out, word.at + head.len, word.len - head.len);
    return to.at != head.at;
}

/* In "ISO/CEI" each of the two has its own. */
static bool resolve_alias(struct pass *p)
{
    const struct grammar *g = p->scanner->grammar;
    struct span rest = buf_span(&p->value);
    bool whole = grammar_alias(g, rest).at != rest.at, found = false;
    struct buf out = { 0 };

    while (rest.len) {
        const char *slash = whole ? NULL : memchr(rest.at, '/', rest.len);
        size_t len = slash ? (size_t)(slash - rest.at) : rest.len;

        found |= put_alias(&out, g, (struct span){ rest.at, len });
        if (slash)
            buf_putc(&out, '/');
        len += slash != NULL;
        rest = (struct span){ rest.at + len, rest.len - len };
    }
    if (found) {
        buf_clear(&p->value);
        buf_add_span(&p->value, buf_span(&out));
    }
    p->facts->failed |= out.failed;
    buf_free(&out);
    return found;
}

/* The name of a rule begins with the type of fact: "number_word". */
static enum fact_type type_of(const struct rule *rule)
{
    size_t len = strcspn(rule->name, "_");

    for (int i = 0; i < FACT_TYPES; i++)
        if (strlen(type_names[i]) == len &&
            memcmp(type_names[i], rule->name, len) == 0)
            return (enum fact_type)i;
    return FACT_TYPES;
}

/* A month of a year, which Akoma Ntoso has no element for: "2012-05". */
static bool put_month(struct pass *p, const struct match *m)
{
    unsigned month = grammar_month(p->scanner->grammar, m->at[CAP_MONTH]);
    unsigned year = 0;

    for (size_t i = 0; i < m->at[CAP_YEAR].len; i++)
        if (is_digit(m->at[CAP_YEAR].at[i]))
            year = year * 10 + (unsigned)(m->at[CAP_YEAR].at[i] - '0');
    if (!month || !year || year > 9999)
        return false;
    buf_printf(&p->value, "%04u-%02u", year, month);
    return true;
}

static bool put_finding(struct pass *p, const struct rule *rule,
                        enum fact_type type, const struct match *m, bool *alias)
{
    struct span value = m->at[CAP_VALUE].at ? m->at[CAP_VALUE] : m->at[CAP_ALL];

    buf_clear(&p->value);
    *alias = false;
    if (type == FACT_DATE)
        return put_month(p, m);
    if (type == FACT_NUMBER && !strstr(rule->name, "_word")) {
        put_number(p, value, m->at[CAP_LABEL].len > 0);
        if (m->at[CAP_LABEL].at)
            scale(p, m->at[CAP_LABEL]);
        return p->value.len > 0;
    }
    if (strstr(rule->name, "_word")) /* it may begin a sentence */
        put_lower(&p->value, value);
    else
        put_folded(p, value);
    *alias = resolve_alias(p);
    return p->value.len > 0;
}

static void find_with(struct pass *p, const struct rule *rule, size_t first)
{
    enum fact_type type = type_of(rule);
    struct span text = p->units->at[p->unit].text;
    struct finding f;
    size_t at = 0, shout = 0;

    if (type == FACT_ACRONYM)
        shout = shout_of(&p->units->at[p->unit], p->shouts);
    if (type == FACT_TYPES || (shout && shout == text.len))
        return;
    while (at < p->folded.text.len &&
           scanner_match(p->scanner, rule, &p->folded, at, &f) ==
               PATTERN_FOUND) {
        struct span whole = f.match.at[CAP_ALL];
        unsigned start = (unsigned)(whole.at - text.at);
        unsigned end = start + (unsigned)whole.len;
        size_t next = pattern_end(&p->scanner->matcher);
        bool alias;
        struct fact *fact;

        at = next > at ? next : at + 1;
        if (!whole.len || start < shout || is_taken(p, first, start, end) ||
            !put_finding(p, rule, type, &f.match, &alias))
            continue;
        if (f.match.at[CAP_VALUE].at && !f.match.at[CAP_LABEL].at) {
            start = (unsigned)(f.match.at[CAP_VALUE].at - text.at);
            end = start + (unsigned)f.match.at[CAP_VALUE].len;
        }
        fact = add(p, type, start, end);
        if (!fact)
            return;
        fact->soft = strstr(rule->name, "_word") != NULL;
        fact->alias = alias;
    }
}

static void read_unit(struct pass *p)
{
    const struct unit *unit = &p->units->at[p->unit];
    const struct grammar *g = p->scanner->grammar;
    size_t first = p->facts->count;

    for (size_t i = 0; i < unit->inlined_count; i++)
        add_typed(p, &p->units->inlined[unit->inlined + i]);
    if (!unit->text.len)
        return;
    p->scanner->line = unit->first_line;
    if (!fold(&p->folded, unit->text, fold_needed(unit->text))) {
        p->facts->failed = true;
        return;
    }
    for (size_t i = g->first[KIND_FACT]; i < g->first[KIND_FACT + 1]; i++)
        find_with(p, g->by_kind[i], first);
}

static int by_place(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;

    return (x->start > y->start) - (x->start < y->start);
}

void facts_read(struct facts *facts, const struct units *units,
                struct scanner *scanner)
{
    struct pass p = { .facts = facts,
                      .units = units,
                      .scanner = scanner,
                      .shouts = shout_has_headings(units) };

    *facts = (struct facts){ 0 };
    facts->first = calloc(units->count + 1, sizeof *facts->first);
    facts->failed = facts->first == NULL || units->failed;
    for (size_t i = 0; i < units->count && !facts->failed; i++) {
        p.unit = (unsigned)i;
        facts->first[i] = facts->count;
        read_unit(&p);
        if (!facts->failed && facts->count > facts->first[i])
            qsort(facts->at + facts->first[i], facts->count - facts->first[i],
                  sizeof *facts->at, by_place);
        facts->first[i + 1] = facts->count;
    }
    scanner->line = 0;
    folded_free(&p.folded);
    buf_free(&p.value);
}

void facts_free(struct facts *facts)
{
    free(facts->at);
    free(facts->first);
    arena_free(&facts->arena);
    *facts = (struct facts){ 0 };
}
