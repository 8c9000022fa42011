/* Keeps what a grammar has, and takes what one that it extends has. */
#include "grammar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grammars.h"

/* What a rule is called in a grammar file. */
static const char *const kind_names[KIND_COUNT] = {
    [KIND_HEADING] = "heading",
    [KIND_CLAUSE] = "clause",
    [KIND_ITEM] = "item",
    [KIND_BULLET] = "bullet",
    [KIND_NOTE] = "note",
    [KIND_TERM] = "term",
    [KIND_CAPTION] = "caption",
    [KIND_TOC] = "toc",
    [KIND_FIELD] = "field",
    [KIND_BOX] = "box",
    [KIND_TITLE] = "title",
    [KIND_SALUTATION] = "salutation",
    [KIND_OPENING] = "opening",
    [KIND_CLOSING] = "closing",
    [KIND_SIGNATURE] = "signature",
    [KIND_ENCLOSURE] = "enclosure",
    [KIND_RESIDUE] = "residue",
    [KIND_LONE] = "lone",
    [KIND_UNFINISHED] = "unfinished",
    [KIND_CONTINUATION] = "continuation",
    [KIND_DETECT] = "detect",
    [KIND_TONGUE] = "tongue",
    [KIND_DOCUMENT] = "document",
    [KIND_REF] = "ref",
    [KIND_SAME] = "same",
    [KIND_RANGE] = "range",
    [KIND_DATE] = "date",
    [KIND_TIME] = "time",
    [KIND_LINK] = "link",
    [KIND_ORGANIZATION] = "organization",
    [KIND_PERSON] = "person",
    [KIND_FACT] = "fact",
    [KIND_TERMS] = "terms",
};

const char *kind_name(enum kind kind)
{
    return kind_names[kind];
}

struct let *grammar_let(const struct grammar *g, struct span name)
{
    for (size_t i = 0; i < g->let_count; i++)
        if (span_equal(g->lets[i].name, name))
            return &g->lets[i];
    return NULL;
}

int grammar_set_let(struct grammar *g, struct span name, struct span body,
                   const struct source *source)
{
    struct let *let = grammar_let(g, name);

    if (!let)
        let = array_push(&g->lets, &g->let_count, sizeof *let);
    if (!let)
        return CLAUSIER_ENOMEM;
    *let = (struct let){ .name = name, .body = body, .source = source };
    return CLAUSIER_OK;
}

bool grammar_add_variant(struct grammar *g, int32_t from, int32_t to)
{
    size_t at;

    if (!array_push(&g->variants, &g->variant_count, sizeof *g->variants))
        return false;
    for (at = g->variant_count - 1; at > 0 && g->variants[at - 1].from > from;
         at--)
        g->variants[at] = g->variants[at - 1];
    g->variants[at] = (struct variant){ from, to };
    return true;
}

bool grammar_add_numeral(struct grammar *g, struct numeral_word word)
{
    struct numeral_word *added =
        array_push(&g->numerals.words, &g->numerals.word_count, sizeof *added);

    if (added)
        *added = word;
    return added;
}

int grammar_inherit(struct grammar *g, const struct grammar *base)
{
    for (size_t i = 0; i < base->let_count; i++)
        if (base->lets[i].source &&
            grammar_set_let(g, base->lets[i].name, base->lets[i].body,
                            base->lets[i].source) != CLAUSIER_OK)
            return CLAUSIER_ENOMEM;
    for (size_t i = 0; i < base->alias_count; i++) {
        struct alias *alias =
            array_push(&g->aliases, &g->alias_count, sizeof *alias);

        if (!alias)
            return CLAUSIER_ENOMEM;
        *alias = base->aliases[i];
    }
    for (size_t i = 0; i < base->rule_count; i++) {
        struct rule *rule;

        /* A text that is read by these words is in the language of the grammar.
         */
        if (base->rules[i].kind == KIND_TONGUE)
            continue;
        rule = array_push(&g->rules, &g->rule_count, sizeof *rule);
        if (!rule)
            return CLAUSIER_ENOMEM;
        *rule = base->rules[i];
        rule->pattern = (struct pattern){ 0 };
        rule->examples = NULL;
        rule->example_count = 0;
        for (size_t e = 0; e < base->rules[i].example_count; e++) {
            struct example *example = array_push(
                &rule->examples, &rule->example_count, sizeof *example);

            if (!example)
                return CLAUSIER_ENOMEM;
            *example = base->rules[i].examples[e];
        }
    }
    memcpy(g->script, base->script, sizeof g->script);
    for (size_t i = 0; i < base->variant_count; i++)
        if (!grammar_add_variant(g, base->variants[i].from, base->variants[i].to))
            return CLAUSIER_ENOMEM;
    for (size_t i = 0; i < base->numerals.word_count; i++)
        if (!grammar_add_numeral(g, base->numerals.words[i]))
            return CLAUSIER_ENOMEM;
    memcpy(g->numerals.letters, base->numerals.letters,
           sizeof g->numerals.letters);
    g->numerals.letter_count = base->numerals.letter_count;
    return CLAUSIER_OK;
}

int grammar_sort(struct grammar *g)
{
    size_t count = 0;

    g->by_kind = malloc((g->rule_count + 1) * sizeof *g->by_kind);
    if (!g->by_kind)
        return CLAUSIER_ENOMEM;
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        g->first[kind] = count;
        for (size_t i = 0; i < g->rule_count; i++)
            if ((int)g->rules[i].kind == kind) {
                g->rules[i].index = (unsigned)i;
                g->by_kind[count++] = &g->rules[i];
            }
    }
    g->first[KIND_COUNT] = count;
    for (size_t i = g->first[KIND_INLINE]; i < count; i++)
        g->by_kind[i]->bit = (uint64_t)1 << (i - g->first[KIND_INLINE]);
    return CLAUSIER_OK;
}

struct grammar *grammar_borrow(const struct grammar *base,
                               const char *language, const char *tag)
{
    struct grammar *g = calloc(1, sizeof *g);

    if (!g)
        return NULL;
    g->name = base->name;
    g->language = language;
    snprintf(g->tag, sizeof g->tag, "%s", tag);
    g->wordless = true;
    if (grammar_inherit(g, base) == CLAUSIER_OK && grammar_sort(g) == CLAUSIER_OK)
        return g;
    grammar_free(g);
    return NULL;
}

/* ---- what a grammar knows ------------------------------------------------ */

const struct rule *grammar_rule(const struct grammar *grammar, enum kind kind,
                                const char *name)
{
    for (size_t i = grammar->first[kind]; i < grammar->first[kind + 1]; i++)
        if (rule_is(grammar->by_kind[i], name))
            return grammar->by_kind[i];
    return NULL;
}

bool grammar_number(const struct grammar *grammar, const struct rule *rule,
                    struct span label, struct number *number)
{
    return number_read(number, label, rule->count, &grammar->numerals);
}

struct span grammar_alias(const struct grammar *grammar, struct span name)
{
    for (size_t i = 0; i < grammar->alias_count; i++)
        if (span_equal(grammar->aliases[i].from, name))
            return grammar->aliases[i].to;
    return name;
}

int32_t grammar_variant(const struct grammar *grammar, int32_t c)
{
    size_t low = 0, high = grammar->variant_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (grammar->variants[middle].from == c)
            return grammar->variants[middle].to;
        if (grammar->variants[middle].from < c)
            low = middle + 1;
        else
            high = middle;
    }
    return c;
}

void grammar_free(struct grammar *g)
{
    for (size_t i = 0; i < g->rule_count; i++) {
        pattern_free(&g->rules[i].pattern);
        free(g->rules[i].examples);
    }
    for (int i = 0; g->months && i < MONTH_NAMES; i++)
        free(g->months[i]);
    free(g->months);
    free(g->rules);
    free(g->by_kind);
    beginnings_free(g->beginnings);
    sites_free(g->sites);
    free(g->lets);
    free(g->aliases);
    free(g->variants);
    free(g->numerals.words);
    free(g);
}
