/* Reads *.grammar files: what is fixed in a grammar, and where. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include "grammars.h"

enum { FILE_MAX = 4 << 20 };

/* ---- places in a file -------------------------------------------------- */

/* The start of a line and its number. */
struct line_start {
    const char *at;
    unsigned number;
};

/* Counts on from a line that is known. */
static void go_to_line(struct line_start *line, const char *at)
{
    const char *end;

    while ((end = memchr(line->at, '\n', (size_t)(at - line->at))) != NULL) {
        line->at = end + 1;
        line->number++;
    }
}

static struct place place_of(const struct source *source,
                             struct line_start line, const char *at)
{
    const char *end = source->text.at + source->text.len, *stop;
    struct span text;

    go_to_line(&line, at);
    stop = memchr(line.at, '\n', (size_t)(end - line.at));
    text = (struct span){ line.at, (size_t)((stop ? stop : end) - line.at) };
    return (struct place){ line.number,
                           diag_column(text, (size_t)(at - line.at)), text };
}

static void say_at(struct diag *diag, enum clausier_level level,
                   const struct source *source, const char *at,
                   const char *code, const char *text, struct span detail)
{
    const char *file = diag->file;

    diag->file = source->path;
    diag_say(diag, level,
             place_of(source, (struct line_start){ source->text.at, 1 }, at),
             code, "%s%s%.*s%s",
             text, detail.len ? " \"" : "", (int)detail.len,
             detail.at ? detail.at : "", detail.len ? "\"" : "");
    diag->file = file;
}

int grammar_fail(struct diag *diag, const struct source *source,
                 const char *at, const char *code, const char *text,
                 struct span detail)
{
    say_at(diag, CLAUSIER_ERROR, source, at, code, text, detail);
    return CLAUSIER_EGRAMMAR;
}

void grammar_warn(struct diag *diag, const struct source *source,
                  const char *at, const char *code, const char *text,
                  struct span detail)
{
    say_at(diag, CLAUSIER_WARNING, source, at, code, text, detail);
}

/* ---- reading a file into rules ----------------------------------------- */

/* The file being read. Lines are taken one by one; a logical line is a line
 * and the more deeply indented ones below it. */
struct reading {
    clausier_grammars *set;
    struct grammar *grammar;
    struct source *source;
    struct diag *diag;
    const char *at, *end;
    struct line_start line; /* of the directive or key that is being read */
    struct rule *rule; /* the one whose keys are being read, or NULL */
};

/* One directive or key: `word rest`, `rest` up to the last continuation. */
struct directive {
    struct span word, rest;
    size_t indent;
};

static const char *line_end(const struct reading *r, const char *at)
{
    const char *stop = memchr(at, '\n', (size_t)(r->end - at));

    return stop ? stop : r->end;
}

static size_t indent_of(const char *at, const char *stop)
{
    const char *c = at;

    while (c < stop && (*c == ' ' || *c == '\t'))
        c++;
    return (size_t)(c - at);
}

static bool is_idle(const char *at, const char *stop)
{
    const char *c = at + indent_of(at, stop);

    return c == stop || *c == '#' || *c == '\r';
}

/* A pattern goes on as long as lines are indented more deeply than its key. */
static const char *directive_end(struct reading *r, const char *stop,
                                 size_t indent)
{
    const char *last = stop, *next = stop < r->end ? stop + 1 : r->end;

    while (next < r->end) {
        const char *end = line_end(r, next);

        if (!is_idle(next, end)) {
            if (indent_of(next, end) <= indent)
                break;
            last = end;
        }
        next = end < r->end ? end + 1 : r->end;
    }
    r->at = last < r->end ? last + 1 : r->end;
    return last;
}

static bool is_pattern_word(struct span word)
{
    return span_is(word, "match") || span_is(word, "let");
}

static bool next_directive(struct reading *r, struct directive *d)
{
    for (; r->at < r->end; r->at = line_end(r, r->at) + 1) {
        const char *stop = line_end(r, r->at), *c = r->at;

        if (is_idle(c, stop))
            continue;
        d->indent = indent_of(c, stop);
        c += d->indent;
        d->word.at = c;
        while (c < stop && *c != ' ' && *c != '\t' && *c != '\r')
            c++;
        d->word.len = (size_t)(c - d->word.at);
        if (is_pattern_word(d->word))
            stop = directive_end(r, stop, d->indent);
        else
            r->at = stop < r->end ? stop + 1 : r->end;
        d->rest = span_trim((struct span){ c, (size_t)(stop - c) });
        return true;
    }
    return false;
}

static const char *keep(struct reading *r, struct span text)
{
    return arena_copy(&r->set->arena, text).at;
}

/* Cuts the first word off `text`. */
static struct span take_word(struct span *text)
{
    struct span word = *text;
    size_t len = 0;

    while (len < text->len && text->at[len] != ' ' && text->at[len] != '\t')
        len++;
    word.len = len;
    *text = span_trim((struct span){ text->at + len, text->len - len });
    return word;
}

static bool is_name(struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (!(c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              (i && is_digit(c))))
            return false;
    }
    return text.len > 0 && text.len <= 32;
}

static int read_let(struct reading *r, struct directive *d)
{
    struct span rest = d->rest, name = take_word(&rest);

    if (!is_name(name))
        return grammar_fail(r->diag, r->source, d->rest.at, "grammar-syntax",
                       "not a name:", name);
    if (rest.len == 0 || rest.at[0] != '=')
        return grammar_fail(r->diag, r->source, rest.at ? rest.at : d->word.at,
                       "grammar-syntax", "expected let NAME = PATTERN",
                       (struct span){ 0 });
    rest = span_trim((struct span){ rest.at + 1, rest.len - 1 });
    if (rest.len == 0)
        return grammar_fail(r->diag, r->source, name.at, "grammar-syntax",
                            "a let needs a pattern; (?!) never matches:",
                            name);
    return grammar_set_let(r->grammar, name, rest, r->source);
}

static int read_letters(struct reading *r, struct directive *d)
{
    struct numerals *numerals = &r->grammar->numerals;
    struct span rest = d->rest;

    numerals->letter_count = 0;
    for (int32_t at = 0; at < (int32_t)rest.len;) {
        UChar32 c;

        U8_NEXT(rest.at, at, (int32_t)rest.len, c);
        if (c == ' ' || c == '\t')
            continue;
        if (c < 0 || numerals->letter_count == LETTERS_MAX)
            return grammar_fail(r->diag, r->source, rest.at, "grammar-syntax",
                           "there are at most 192 letters",
                           (struct span){ 0 });
        numerals->letters[numerals->letter_count++] = c;
    }
    return CLAUSIER_OK;
}

/* What stands before the next bar. */
static struct span take_alternative(struct span *text)
{
    const char *bar = memchr(text->at, '|', text->len);
    size_t len = bar ? (size_t)(bar - text->at) : text->len;
    struct span first = { text->at, len };

    len += bar != NULL;
    *text = (struct span){ text->at + len, text->len - len };
    return span_trim(first);
}

static int read_numeral(struct reading *r, struct directive *d)
{
    struct span rest = d->rest, count = take_word(&rest),
                value = take_word(&rest);
    struct numeral_word numeral = { .count = count_of(count) };
    struct number number;

    if ((numeral.count != COUNT_DECIMAL && numeral.count != COUNT_ALPHA &&
         numeral.count != COUNT_ROMAN) ||
        !rest.len || !span_is_digits(value) ||
        !number_read(&number, value, COUNT_DECIMAL, NULL))
        return grammar_fail(r->diag, r->source, d->word.at, "grammar-syntax",
                            "expected numeral COUNT VALUE WORD | WORD ...",
                            (struct span){ 0 });
    numeral.value = number.at[0];
    while (rest.len) {
        numeral.word = take_alternative(&rest);
        if (numeral.word.len && !grammar_add_numeral(r->grammar, numeral))
            return CLAUSIER_ENOMEM;
    }
    return CLAUSIER_OK;
}

static int read_alias(struct reading *r, struct directive *d)
{
    struct span from = d->rest, to = d->rest;
    struct alias *alias;

    while (to.len && (memchr(to.at, ' ', to.len) ||
                      memchr(to.at, '\t', to.len)))
        take_word(&to);
    from = span_trim((struct span){ from.at, (size_t)(to.at - from.at) });
    if (!from.len || !to.len)
        return grammar_fail(r->diag, r->source, d->word.at, "grammar-syntax",
                       "expected alias FROM TO", (struct span){ 0 });
    alias = array_push(&r->grammar->aliases, &r->grammar->alias_count,
                       sizeof *alias);
    if (!alias)
        return CLAUSIER_ENOMEM;
    *alias = (struct alias){ from, to };
    return CLAUSIER_OK;
}

static int read_fold(struct reading *r, struct directive *d)
{
    struct span pair;

    while ((pair = take_word(&d->rest)).len) {
        int32_t at = 0, end = (int32_t)pair.len;
        UChar32 from, to = -1;

        U8_NEXT(pair.at, at, end, from);
        if (at < end)
            U8_NEXT(pair.at, at, end, to);
        if (from < 0 || to < 0 || at != end || U8_LENGTH(from) != U8_LENGTH(to))
            return grammar_fail(r->diag, r->source, pair.at, "grammar-syntax",
                           "expected two characters of one length", pair);
        if (!grammar_add_variant(r->grammar, from, to))
            return CLAUSIER_ENOMEM;
    }
    return CLAUSIER_OK;
}

static int read_script(struct reading *r, struct directive *d)
{
    if (d->rest.len != sizeof r->grammar->script - 1)
        return grammar_fail(
            r->diag, r->source, d->rest.len ? d->rest.at : d->word.at,
            "grammar-syntax", "not a script code of four letters:", d->rest);
    memcpy(r->grammar->script, d->rest.at, d->rest.len);
    return CLAUSIER_OK;
}

static int read_language(struct reading *r, struct directive *d)
{
    char tag[ULOC_LANG_CAPACITY] = "";
    UErrorCode status = U_ZERO_ERROR;

    if (r->grammar->tag[0] && !r->grammar->wordless)
        return grammar_fail(r->diag, r->source, d->word.at, "grammar-syntax",
                       "a grammar has one language", (struct span){ 0 });
    r->grammar->language = keep(r, d->rest);
    uloc_getLanguage(r->grammar->language, tag, sizeof tag, &status);
    if (d->rest.len != 3 || U_FAILURE(status) || !tag[0])
        return grammar_fail(r->diag, r->source,
                       d->rest.len ? d->rest.at : d->word.at, "grammar-syntax",
                       "not a language code of three letters:", d->rest);
    snprintf(r->grammar->tag, sizeof r->grammar->tag, "%s", tag);
    r->grammar->wordless = strcmp(tag, "und") == 0;
    return CLAUSIER_OK;
}

static int read_extends(struct reading *r, struct directive *d)
{
    struct grammar *base;
    int result;

    if (r->grammar->rule_count || r->grammar->let_count ||
        r->grammar->numerals.letter_count || r->grammar->numerals.word_count ||
        r->grammar->alias_count || r->grammar->variant_count)
        return grammar_fail(r->diag, r->source, d->word.at, "grammar-syntax",
                       "extends must come before all rules",
                       (struct span){ 0 });
    for (size_t i = 0; i < r->set->loading_count; i++)
        if (span_is(d->rest, r->set->loading[i]->name))
            return grammar_fail(r->diag, r->source, d->rest.at, "extends-loop",
                           "these grammars extend each other:", d->rest);
    if (!is_name(d->rest))
        return grammar_fail(r->diag, r->source, d->word.at, "grammar-syntax",
                       "expected extends NAME", (struct span){ 0 });
    result = grammar_load(&base, r->set, d->rest, r->diag);
    if (result == CLAUSIER_EIO)
        return grammar_fail(r->diag, r->source, d->rest.at, "extends-missing",
                       "this grammar cannot be read:", d->rest);
    if (result != CLAUSIER_OK)
        return result;
    return grammar_inherit(r->grammar, base);
}

static int read_rule(struct reading *r, struct directive *d, enum kind kind)
{
    struct grammar *g = r->grammar;

    if (!is_name(d->rest))
        return grammar_fail(r->diag, r->source, d->word.at, "grammar-syntax",
                       "expected KIND NAME", (struct span){ 0 });
    for (size_t i = 0; i < g->rule_count; i++)
        if (g->rules[i].kind == kind && span_is(d->rest, g->rules[i].name)) {
            r->rule = &g->rules[i];
            return CLAUSIER_OK;
        }
    r->rule = array_push(&g->rules, &g->rule_count, sizeof *r->rule);
    if (!r->rule)
        return CLAUSIER_ENOMEM;
    r->rule->kind = kind;
    r->rule->name = keep(r, d->rest);
    r->rule->level = 1;
    r->rule->file = r->source->path;
    r->rule->line = r->line.number;
    return CLAUSIER_OK;
}

static const struct {
    const char *word;
    int (*read)(struct reading *r, struct directive *d);
} directives[] = {
    { "extends", read_extends }, { "language", read_language },
    { "let", read_let },         { "letters", read_letters },
    { "numeral", read_numeral }, { "alias", read_alias },
    { "fold", read_fold },       { "script", read_script },
};

static int read_directive(struct reading *r, struct directive *d)
{
    r->rule = NULL;
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (span_is(d->word, directives[i].word))
            return directives[i].read(r, d);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (span_is(d->word, kind_name((enum kind)kind)))
            return read_rule(r, d, (enum kind)kind);
    return grammar_fail(r->diag, r->source, d->word.at, "unknown-keyword",
                   "unknown keyword", d->word);
}

/* ---- keys of a rule ---------------------------------------------------- */

static int key_match(struct reading *r, struct directive *d)
{
    r->rule->match = d->rest;
    r->rule->source = r->source;
    return CLAUSIER_OK;
}

static int key_level(struct reading *r, struct directive *d)
{
    if (d->rest.len != 1 || d->rest.at[0] < '0' || d->rest.at[0] > '9')
        return grammar_fail(r->diag, r->source, d->word.at, "grammar-syntax",
                       "a level is a digit from 0 to 9", (struct span){ 0 });
    r->rule->level = d->rest.at[0] - '0';
    return CLAUSIER_OK;
}

static int key_count(struct reading *r, struct directive *d)
{
    r->rule->count = count_of(d->rest);
    if (r->rule->count == COUNT_COUNT)
        return grammar_fail(r->diag, r->source, d->rest.at, "grammar-syntax",
                       "labels do not count like this:", d->rest);
    return CLAUSIER_OK;
}

/* In examples, ⇥ stands for a TAB: one that an editor cannot swallow. */
static struct span example_text(struct reading *r, struct span rest)
{
    char *copy = arena_alloc(&r->set->arena, rest.len + 1);
    size_t len = 0;

    if (!copy)
        return (struct span){ "", 0 };
    for (size_t i = 0; i < rest.len; i++) {
        if (rest.len - i >= 3 && memcmp(rest.at + i, "\u21E5", 3) == 0) {
            copy[len++] = '\t';
            i += 2;
        } else {
            copy[len++] = rest.at[i];
        }
    }
    copy[len] = '\0';
    return (struct span){ copy, len };
}

static int key_example(struct reading *r, struct directive *d)
{
    struct example *example = array_push(
        &r->rule->examples, &r->rule->example_count, sizeof *example);
    struct place place = place_of(r->source, r->line, d->word.at);

    if (!example)
        return CLAUSIER_ENOMEM;
    *example = (struct example){ example_text(r, d->rest), place.source,
                                 r->source->path, place.line,
                                 span_is(d->word, "yes") };
    return CLAUSIER_OK;
}

static const struct {
    const char *word;
    int (*read)(struct reading *r, struct directive *d);
} keys[] = {
    { "match", key_match }, { "level", key_level }, { "count", key_count },
    { "yes", key_example }, { "no", key_example },
};

static int read_key(struct reading *r, struct directive *d)
{
    if (!r->rule)
        return grammar_fail(r->diag, r->source, d->word.at, "grammar-syntax",
                       "a key must stand below KIND NAME", (struct span){ 0 });
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (span_is(d->word, keys[i].word))
            return keys[i].read(r, d);
    return grammar_fail(r->diag, r->source, d->word.at, "unknown-keyword",
                   "unknown key", d->word);
}

static int read_all(struct reading *r)
{
    struct directive d;
    int result = CLAUSIER_OK;

    r->line = (struct line_start){ r->source->text.at, 1 };
    while (result == CLAUSIER_OK && next_directive(r, &d)) {
        go_to_line(&r->line, d.word.at);
        result = d.indent ? read_key(r, &d) : read_directive(r, &d);
    }
    return result;
}

/* ---- files ------------------------------------------------------------- */

static int read_file(struct buf *out, const char *path)
{
    FILE *file = fopen(path, "rbe");
    char chunk[16384];
    size_t len;
    int result = CLAUSIER_OK;

    if (!file)
        return errno == ENOMEM ? CLAUSIER_ENOMEM : CLAUSIER_EIO;
    while ((len = fread(chunk, 1, sizeof chunk, file)) > 0 &&
           out->len <= FILE_MAX)
        buf_add(out, chunk, len);
    if (ferror(file) || out->len > FILE_MAX)
        result = CLAUSIER_EIO;
    fclose(file);
    buf_add(out, "", 0); /* an empty file is a text, too */
    return out->failed ? CLAUSIER_ENOMEM : result;
}

static int open_source(struct source **out, clausier_grammars *set,
                       const char *path, struct diag *diag)
{
    struct source **slot, *source = calloc(1, sizeof *source);
    struct buf text = { 0 };
    size_t offset;
    int result;

    slot = source ? array_push(&set->sources, &set->source_count, sizeof *slot)
                  : NULL;
    if (!slot) {
        free(source);
        return CLAUSIER_ENOMEM;
    }
    *slot = source;
    source->path = strdup(path);
    result = source->path ? read_file(&text, path) : CLAUSIER_ENOMEM;
    source->text = buf_span(&text); /* owned by the source from here on */
    if (result != CLAUSIER_OK)
        return result;
    if (!span_is_utf8(source->text, &offset))
        return grammar_fail(diag, source, source->text.at + offset, "not-utf8",
                       "a grammar must be in UTF-8", (struct span){ 0 });
    *out = source;
    return CLAUSIER_OK;
}

bool grammar_has_suffix(const char *text, const char *suffix)
{
    size_t len = strlen(text), end = strlen(suffix);

    return len > end && strcmp(text + len - end, suffix) == 0;
}

void grammar_path(struct buf *path, const clausier_grammars *set,
                  struct span name)
{
    if (memchr(name.at, '/', name.len) ||
        grammar_has_suffix(name.at, ".grammar"))
        buf_add_span(path, name);
    else
        buf_printf(path, "%s/%.*s.grammar", set->dir, (int)name.len, name.at);
}

static const char *name_of(clausier_grammars *set, struct span name)
{
    const char *slash = NULL;

    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] == '/')
            slash = name.at + i + 1;
    if (slash)
        name = (struct span){ slash, name.len - (size_t)(slash - name.at) };
    name = arena_copy(&set->arena, name);
    if (grammar_has_suffix(name.at, ".grammar"))
        ((char *)(uintptr_t)name.at)[name.len - strlen(".grammar")] = '\0';
    return name.at;
}

static int rule_fails(const struct rule *rule, struct diag *diag,
                      const char *code, const char *what)
{
    const char *file = diag->file;

    diag->file = rule->file;
    diag_say(diag, CLAUSIER_ERROR, (struct place){ .line = rule->line }, code,
             "the rule %s %s %s", kind_name(rule->kind), rule->name, what);
    diag->file = file;
    return CLAUSIER_EGRAMMAR;
}

static int check_rules(struct grammar *g, struct diag *diag)
{
    size_t within = 0;

    for (size_t i = 0; i < g->rule_count; i++) {
        const struct rule *rule = &g->rules[i];

        if (!rule->match.len)
            return rule_fails(rule, diag, "no-match",
                              "has no pattern, nor has one of its name in what "
                              "the grammar extends");
        within += rule->kind >= KIND_INLINE;
        if (within > INLINE_RULES_MAX)
            return rule_fails(rule, diag, "too-many-rules",
                              "is one within texts too many");
    }
    return CLAUSIER_OK;
}

static int read_grammar(struct grammar *g, clausier_grammars *set,
                        struct span name, struct diag *diag)
{
    struct buf path = { 0 };
    struct reading r = { .set = set, .grammar = g, .diag = diag };
    int result;

    grammar_path(&path, set, name);
    result = path.failed ? CLAUSIER_ENOMEM
                         : open_source(&r.source, set, buf_text(&path), diag);
    buf_free(&path);
    if (result != CLAUSIER_OK)
        return result;
    r.at = r.source->text.at;
    r.end = r.at + r.source->text.len;
    if (r.source->text.len >= 3 && memcmp(r.at, "\xEF\xBB\xBF", 3) == 0)
        r.at += 3;
    result = r.source->text.len ? read_all(&r) : CLAUSIER_OK;
    if (result == CLAUSIER_OK)
        result = check_rules(g, diag);
    if (result == CLAUSIER_OK)
        result = grammar_sort(g);
    return set->arena.failed ? CLAUSIER_ENOMEM : result;
}

int grammar_load(struct grammar **out, clausier_grammars *set,
                 struct span name, struct diag *diag)
{
    const char *base = name_of(set, name);
    struct grammar **slot, *g;
    int result;

    for (size_t i = 0; i < set->grammar_count; i++)
        if (strcmp(set->grammars[i]->name, base) == 0) {
            *out = set->grammars[i];
            return CLAUSIER_OK;
        }
    if (set->arena.failed)
        return CLAUSIER_ENOMEM;
    if (set->loading_count == EXTENDS_MAX) {
        diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "extends-loop",
                 "grammars extend each other more than %d deep",
                 (int)EXTENDS_MAX);
        return CLAUSIER_EGRAMMAR;
    }
    g = calloc(1, sizeof *g);
    slot = g ? array_push(&set->grammars, &set->grammar_count, sizeof *slot)
             : NULL;
    if (!slot) {
        free(g);
        return CLAUSIER_ENOMEM;
    }
    *slot = g;
    g->name = base;
    g->language = "und";
    g->wordless = true;
    snprintf(g->tag, sizeof g->tag, "und");
    set->loading[set->loading_count++] = g;
    result = read_grammar(g, set, name, diag);
    set->loading_count--;
    *out = g;
    return result;
}
