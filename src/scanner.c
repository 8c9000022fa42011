/* Finds which rule of a grammar takes a text. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "grammar.h"
#include "lines.h"

enum { TIRED = 3 };

/* Machine code is soon paid for where one grammar reads many texts, or a long
 * one; a single text is to be read in little memory. */
enum { MANY_TEXTS = 4, HASTE = 40, LONG_TEXT = 1 << 20 };

bool scanner_open(struct scanner *scanner, const struct grammar *grammar,
                  struct diag *diag)
{
    *scanner = (struct scanner){ .grammar = grammar, .diag = diag };
    scanner->tired = calloc(grammar->rule_count + 1, 1);
    if (scanner->tired && matcher_open(&scanner->matcher)) {
        if (grammar->texts > MANY_TEXTS)
            scanner->matcher.haste = HASTE;
        return true;
    }
    free(scanner->tired);
    return false;
}

bool scanner_close(struct scanner *scanner)
{
    matcher_close(&scanner->matcher);
    free(scanner->tired);
    scanner->tired = NULL;
    return !scanner->failed;
}

void scanner_expect(struct scanner *scanner, size_t bytes)
{
    size_t haste = 1 + 2 * (bytes / LONG_TEXT);

    if (haste > HASTE)
        haste = HASTE;
    if ((int)haste > scanner->matcher.haste)
        scanner->matcher.haste = (int)haste;
}

void scanner_find_variants(struct scanner *scanner, struct span text)
{
    /* Most grammars have none. */
    int32_t at = 0,
            end = scanner->grammar->variant_count ? (int32_t)text.len : 0;

    while (at < end) {
        UChar32 c;

        U8_NEXT(text.at, at, end, c);
        scanner->variants += grammar_variant(scanner->grammar, c) != c;
        scanner->ideographs += u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
    }
}

/* A name in the other script makes none of the text: one in so many does. */
enum { IDEOGRAPHS_PER_VARIANT = 12 };

const char *scanner_script(const struct scanner *scanner)
{
    return scanner->variants > scanner->ideographs / IDEOGRAPHS_PER_VARIANT
               ? scanner->grammar->script
               : "";
}

/* They have as many bytes, so that no place moves. */
static void see_variants(const struct grammar *grammar, char *bytes, size_t len)
{
    for (int32_t at = 0, end = (int32_t)len; at < end;) {
        int32_t was = at;
        UChar32 c, to;

        U8_NEXT(bytes, at, end, c);
        to = grammar_variant(grammar, c);
        if (to != c)
            U8_APPEND_UNSAFE((uint8_t *)bytes, was, to);
    }
}

static bool fold_all(const struct scanner *scanner, struct folded *folded,
                     struct span text, bool folds)
{
    if (!fold(folded, text, folds || scanner->variants))
        return false;
    if (scanner->variants)
        see_variants(scanner->grammar, folded->bytes, folded->text.len);
    return true;
}

bool scanner_fold(struct scanner *scanner, struct folded *folded,
                  struct span text, bool folds)
{
    bool done = fold_all(scanner, folded, text, folds);

    if (done)
        folded->beginning = beginning_of(scanner->grammar, &scanner->matcher,
                                         folded->text);
    scanner->failed |= !done;
    return done;
}

bool scanner_fold_text(struct scanner *scanner, struct folded *folded,
                       struct span text)
{
    bool done = fold_all(scanner, folded, text, fold_needed(text));

    scanner->failed |= !done;
    return done;
}

/* A rule that runs into the limit again and again is left out for the rest of
 * the document: what it costs is bounded, and the reader is told. */
static void limit_reached(struct scanner *scanner, const struct rule *rule)
{
    unsigned char *tired = &scanner->tired[rule->index];

    ++*tired;
    diag_say(scanner->diag, CLAUSIER_WARNING,
             (struct place){ .line = scanner->line }, "match-limit",
             "the rule %s %s (%s:%u) needs too many steps for this line%s",
             kind_name(rule->kind), rule->name, rule->file, rule->line,
             *tired == TIRED ? "; it is left out from here on" : "");
}

static enum pattern_result match(struct scanner *scanner,
                                 const struct rule *rule,
                                 const struct folded *text, size_t start,
                                 struct finding *finding)
{
    enum pattern_result result;

    if (scanner->tired[rule->index] >= TIRED)
        return PATTERN_NONE;
    result = pattern_find(&rule->pattern, &scanner->matcher, text, start,
                          &finding->match);
    if (result == PATTERN_LIMIT)
        limit_reached(scanner, rule);
    scanner->failed |= result == PATTERN_FAILED;
    finding->rule = rule;
    return result;
}

/* Goes on to where rules may match, and returns them as bits; 0 at the end. */
static uint64_t seek(struct scanner *scanner, const struct folded *text,
                     struct walk *walk)
{
    const char *bytes = text->text.at;
    int32_t end = (int32_t)text->text.len, at = (int32_t)walk->at, next = at;
    struct site site = { .before = NO_CHARACTER };
    uint64_t rules = 0;

    if (at >= end)
        return 0;
    if (at > 0)
        U8_PREV(bytes, 0, at, site.before);
    at = next;
    U8_NEXT(bytes, next, end, site.first);
    for (;;) {
        int32_t behind = next;

        site.second = NO_CHARACTER;
        if (next < end)
            U8_NEXT(bytes, behind, end, site.second);
        site.text = (struct span){ bytes + at, (size_t)(end - at) };
        rules = site_rules(scanner->grammar, &scanner->matcher, &site);
        if (rules || next >= end)
            break;
        site.before = site.first;
        site.first = site.second;
        at = next;
        next = behind;
    }
    if ((size_t)at > walk->at)
        walk->tried = 0;
    walk->at = (size_t)at;
    return rules;
}

static void go_on(const struct folded *text, struct walk *walk)
{
    U8_FWD_1(text->text.at, walk->at, text->text.len);
    walk->tried = 0;
}

/* Whether a byte that the rule cannot do without is still to come: looked for
 * once in a text. */
static bool is_wanted_there(const struct folded *text, struct walk *walk,
                            const struct rule *rule)
{
    if (rule->pattern.wanted && !(walk->wanted & rule->bit)) {
        walk->wanted |= rule->bit;
        if (!memchr(text->text.at + walk->at, rule->pattern.wanted,
                    text->text.len - walk->at))
            walk->absent |= rule->bit;
    }
    return !(walk->absent & rule->bit);
}

bool scanner_next(struct scanner *scanner, const struct folded *text,
                  struct walk *walk, struct finding *finding)
{
    const struct grammar *g = scanner->grammar;
    uint64_t may;

    for (; (may = seek(scanner, text, walk)) != 0; go_on(text, walk))
        for (may &= ~walk->tried; may; may &= may - 1) {
            const struct rule *rule =
                g->by_kind[g->first[KIND_INLINE] + (size_t)__builtin_ctzll(may)];

            walk->tried |= rule->bit;
            if (!is_wanted_there(text, walk, rule) ||
                match(scanner, rule, text, walk->at, finding) != PATTERN_FOUND)
                continue;
            walk->end = pattern_end(&scanner->matcher);
            if (walk->end > walk->at)
                return true;
        }
    return false;
}

/* An inline rule is tried at each place. */
static enum pattern_result find_inline(struct scanner *scanner,
                                       const struct rule *rule,
                                       const struct folded *text, size_t start,
                                       struct finding *finding)
{
    enum pattern_result result = PATTERN_NONE;
    struct walk walk = { .at = start };
    uint64_t may;

    for (; result == PATTERN_NONE && (may = seek(scanner, text, &walk)) != 0;
         go_on(text, &walk))
        if (may & rule->bit)
            result = match(scanner, rule, text, walk.at, finding);
    return result;
}

enum pattern_result scanner_match(struct scanner *scanner,
                                  const struct rule *rule,
                                  const struct folded *text, size_t start,
                                  struct finding *finding)
{
    return rule->bit ? find_inline(scanner, rule, text, start, finding)
                     : match(scanner, rule, text, start, finding);
}

static bool find_rule(struct scanner *scanner, const struct rule *rule,
                      const struct folded *text, size_t start,
                      struct finding *finding)
{
    return scanner_match(scanner, rule, text, start, finding) ==
           PATTERN_FOUND;
}

bool scanner_find(struct scanner *scanner, enum kind kind, size_t *index,
                  const struct folded *text, size_t start,
                  struct finding *finding)
{
    const struct grammar *g = scanner->grammar;
    size_t count = g->first[kind + 1] - g->first[kind];
    uint32_t may = text->beginning ? text->beginning->rules[kind] : ~0u;

    while (may && *index < count) {
        size_t i = (*index)++;

        if (may & beginning_bit(i) &&
            find_rule(scanner, g->by_kind[g->first[kind] + i], text, start,
                      finding))
            return true;
    }
    return false;
}

bool scanner_is(struct scanner *scanner, enum kind kind,
                const struct folded *text, struct finding *finding)
{
    size_t index = 0;

    return scanner_find(scanner, kind, &index, text, 0, finding);
}

bool scanner_is_named(struct scanner *scanner, enum kind kind,
                      const char *name, const struct folded *text,
                      struct finding *finding)
{
    const struct rule *rule;
    struct finding unwanted = { 0 };

    if (!finding)
        finding = &unwanted;
    if (!name)
        return scanner_is(scanner, kind, text, finding);
    rule = grammar_rule(scanner->grammar, kind, name);
    return rule && find_rule(scanner, rule, text, 0, finding);
}

bool scanner_takes(struct scanner *scanner, enum kind kind, const char *name,
                   struct span text, struct finding *finding)
{
    struct folded folded = { 0 };
    bool taken = scanner_fold_text(scanner, &folded, text) &&
                 scanner_is_named(scanner, kind, name, &folded, finding);

    folded_free(&folded);
    return taken;
}

static bool is_date(struct scanner *scanner, struct span text)
{
    struct finding f;

    return scanner_takes(scanner, KIND_FIELD, "placeDate", text, &f) &&
           !f.match.at[CAP_LABEL].at;
}

enum { WEEKDAY_MAX = 24 };

bool scanner_is_day(struct scanner *scanner, struct span text)
{
    if (is_date(scanner, text))
        return true;
    for (size_t i = 1; i < text.len && i <= WEEKDAY_MAX; i++) {
        struct span rest = { text.at + i, text.len - i };

        if (rest.at[-1] == ' ' && *rest.at >= '0' && *rest.at <= '9' &&
            is_date(scanner, rest))
            return true;
    }
    return false;
}

bool scanner_reads(struct scanner *scanner, struct folded *folded,
                   const struct line *line, enum kind kind, const char *name,
                   struct finding *finding)
{
    return scanner_fold(scanner, folded, line->text, line->folds) &&
           scanner_is_named(scanner, kind, name, folded, finding);
}

bool scanner_number(const struct scanner *scanner, const struct rule *rule,
                    struct span label, struct number *number)
{
    char text[NUMBER_TEXT];

    if (scanner->turned && rule->count == COUNT_DECIMAL)
        label = number_turn(text, label);
    return grammar_number(scanner->grammar, rule, label, number);
}
