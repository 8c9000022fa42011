/* Reads *.grammar files and finds which rule takes a text. */
#include "grammar.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <threads.h>
#include <unicode/uchar.h>
#include <unicode/udat.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

enum { FILE_MAX = 4 << 20, EXTENDS_MAX = 16, TIRED = 3 };

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
    [KIND_DOCUMENT] = "document",
    [KIND_REF] = "ref",
    [KIND_SAME] = "same",
    [KIND_RANGE] = "range",
    [KIND_DATE] = "date",
    [KIND_TIME] = "time",
    [KIND_LINK] = "link",
    [KIND_ORGANIZATION] = "organization",
    [KIND_PERSON] = "person",
};

const char *kind_name(enum kind kind)
{
    return kind_names[kind];
}

/* A grammar file, whole. */
struct source {
    char *path;
    struct span text;
};

/* A named part of patterns. */
struct let {
    struct span name;
    struct span body;
    const struct source *source; /* NULL: made by the engine */
};

struct clausier_grammars {
    char *dir;
    bool jit;
    struct source **sources;
    size_t source_count;
    struct grammar **grammars; /* in order of their names */
    size_t grammar_count;
    struct grammar *loading[EXTENDS_MAX];
    size_t loading_count;
    struct arena arena;
    mtx_t lock; /* held while a grammar is compiled on first use */
};

/* ---- places in a file -------------------------------------------------- */

static struct place place_of(const struct source *source, const char *at)
{
    const char *start = source->text.at, *end = start + source->text.len;
    const char *line = start, *stop;
    unsigned number = 1;

    for (const char *c = start; c < at; c++)
        if (*c == '\n') {
            number++;
            line = c + 1;
        }
    stop = memchr(line, '\n', (size_t)(end - line));
    if (!stop)
        stop = end;
    return (struct place){
        number,
        diag_column((struct span){ line, (size_t)(stop - line) },
                    (size_t)(at - line)),
        { line, (size_t)(stop - line) }
    };
}

static int fail_at(struct diag *diag, const struct source *source,
                   const char *at, const char *code, const char *text,
                   struct span detail)
{
    const char *file = diag->file;

    diag->file = source->path;
    diag_say(diag, CLAUSIER_ERROR, place_of(source, at), code, "%s%s%.*s%s",
             text, detail.len ? " \"" : "", (int)detail.len,
             detail.at ? detail.at : "", detail.len ? "\"" : "");
    diag->file = file;
    return CLAUSIER_EGRAMMAR;
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
              (i && c >= '0' && c <= '9')))
            return false;
    }
    return text.len > 0 && text.len <= 32;
}

static struct let *find_let(const struct grammar *g, struct span name)
{
    for (size_t i = 0; i < g->let_count; i++)
        if (span_equal(g->lets[i].name, name))
            return &g->lets[i];
    return NULL;
}

static int set_let(struct grammar *g, struct span name, struct span body,
                   const struct source *source)
{
    struct let *let = find_let(g, name);

    if (!let)
        let = array_push(&g->lets, &g->let_count, sizeof *let);
    if (!let)
        return CLAUSIER_ENOMEM;
    *let = (struct let){ name, body, source };
    return CLAUSIER_OK;
}

static int read_let(struct reading *r, struct directive *d)
{
    struct span rest = d->rest, name = take_word(&rest);

    if (!is_name(name))
        return fail_at(r->diag, r->source, d->rest.at, "grammar-syntax",
                       "not a name:", name);
    if (rest.len == 0 || rest.at[0] != '=')
        return fail_at(r->diag, r->source, rest.at ? rest.at : d->word.at,
                       "grammar-syntax", "expected let NAME = PATTERN",
                       (struct span){ 0 });
    rest = span_trim((struct span){ rest.at + 1, rest.len - 1 });
    return set_let(r->grammar, name, rest, r->source);
}

static int read_letters(struct reading *r, struct directive *d)
{
    struct span rest = d->rest;

    r->grammar->letter_count = 0;
    for (int32_t at = 0; at < (int32_t)rest.len;) {
        UChar32 c;

        U8_NEXT(rest.at, at, (int32_t)rest.len, c);
        if (c == ' ' || c == '\t')
            continue;
        if (c < 0 || r->grammar->letter_count == 64)
            return fail_at(r->diag, r->source, rest.at, "grammar-syntax",
                           "an alphabet has at most 64 letters",
                           (struct span){ 0 });
        r->grammar->letters[r->grammar->letter_count++] = c;
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
        return fail_at(r->diag, r->source, d->word.at, "grammar-syntax",
                       "expected alias FROM TO", (struct span){ 0 });
    alias = array_push(&r->grammar->aliases, &r->grammar->alias_count,
                       sizeof *alias);
    if (!alias)
        return CLAUSIER_ENOMEM;
    *alias = (struct alias){ from, to };
    return CLAUSIER_OK;
}

static int read_language(struct reading *r, struct directive *d)
{
    char tag[ULOC_LANG_CAPACITY] = "";
    UErrorCode status = U_ZERO_ERROR;

    r->grammar->language = keep(r, d->rest);
    uloc_getLanguage(r->grammar->language, tag, sizeof tag, &status);
    if (d->rest.len != 3 || U_FAILURE(status) || !tag[0])
        return fail_at(r->diag, r->source, d->word.at, "grammar-syntax",
                       "not a language code of three letters:", d->rest);
    snprintf(r->grammar->tag, sizeof r->grammar->tag, "%s", tag);
    return CLAUSIER_OK;
}

static int load(struct grammar **out, clausier_grammars *set,
                struct span name, struct diag *diag);

/* Takes over what the base has; the base stays as it is. */
static int inherit(struct grammar *g, const struct grammar *base)
{
    for (size_t i = 0; i < base->let_count; i++)
        if (set_let(g, base->lets[i].name, base->lets[i].body,
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
        struct rule *rule = array_push(&g->rules, &g->rule_count, sizeof *rule);

        if (!rule)
            return CLAUSIER_ENOMEM;
        *rule = base->rules[i];
        rule->pattern = (struct pattern){ 0 };
        rule->hint = NULL;
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
    memcpy(g->letters, base->letters, sizeof g->letters);
    g->letter_count = base->letter_count;
    return CLAUSIER_OK;
}

static int read_extends(struct reading *r, struct directive *d)
{
    struct grammar *base;
    int result;

    if (r->grammar->rule_count || r->grammar->let_count ||
        r->grammar->letter_count || r->grammar->alias_count)
        return fail_at(r->diag, r->source, d->word.at, "grammar-syntax",
                       "extends must come before all rules",
                       (struct span){ 0 });
    for (size_t i = 0; i < r->set->loading_count; i++)
        if (span_is(d->rest, r->set->loading[i]->name))
            return fail_at(r->diag, r->source, d->rest.at, "extends-loop",
                           "these grammars extend each other:", d->rest);
    if (!is_name(d->rest))
        return fail_at(r->diag, r->source, d->word.at, "grammar-syntax",
                       "expected extends NAME", (struct span){ 0 });
    result = load(&base, r->set, d->rest, r->diag);
    if (result == CLAUSIER_EIO)
        return fail_at(r->diag, r->source, d->rest.at, "extends-missing",
                       "this grammar cannot be read:", d->rest);
    if (result != CLAUSIER_OK)
        return result;
    return inherit(r->grammar, base);
}

static int read_rule(struct reading *r, struct directive *d, enum kind kind)
{
    struct grammar *g = r->grammar;

    if (!is_name(d->rest))
        return fail_at(r->diag, r->source, d->word.at, "grammar-syntax",
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
    r->rule->line = place_of(r->source, d->word.at).line;
    return CLAUSIER_OK;
}

static const struct {
    const char *word;
    int (*read)(struct reading *r, struct directive *d);
} directives[] = {
    { "extends", read_extends },   { "language", read_language },
    { "let", read_let },           { "letters", read_letters },
    { "alias", read_alias },
};

static int read_directive(struct reading *r, struct directive *d)
{
    r->rule = NULL;
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++)
        if (span_is(d->word, directives[i].word))
            return directives[i].read(r, d);
    for (int kind = 0; kind < KIND_COUNT; kind++)
        if (span_is(d->word, kind_names[kind]))
            return read_rule(r, d, (enum kind)kind);
    return fail_at(r->diag, r->source, d->word.at, "unknown-keyword",
                   "unknown keyword", d->word);
}

/* ---- keys of a rule ---------------------------------------------------- */

static int key_match(struct reading *r, struct directive *d)
{
    r->rule->match = d->rest;
    r->rule->source = r->source;
    return CLAUSIER_OK;
}

static int key_near(struct reading *r, struct directive *d)
{
    r->rule->near = d->rest;
    r->rule->near_source = r->source;
    return CLAUSIER_OK;
}

static int key_level(struct reading *r, struct directive *d)
{
    if (d->rest.len != 1 || d->rest.at[0] < '0' || d->rest.at[0] > '9')
        return fail_at(r->diag, r->source, d->word.at, "grammar-syntax",
                       "a level is a digit from 0 to 9", (struct span){ 0 });
    r->rule->level = d->rest.at[0] - '0';
    return CLAUSIER_OK;
}

static int key_count(struct reading *r, struct directive *d)
{
    r->rule->count = count_of(d->rest);
    if (r->rule->count == COUNT_COUNT)
        return fail_at(r->diag, r->source, d->word.at, "grammar-syntax",
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
    struct place place = place_of(r->source, d->word.at);

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
    { "match", key_match }, { "near", key_near }, { "level", key_level }, { "count", key_count },
    { "yes", key_example }, { "no", key_example },
};

static int read_key(struct reading *r, struct directive *d)
{
    if (!r->rule)
        return fail_at(r->diag, r->source, d->word.at, "grammar-syntax",
                       "a key must stand below KIND NAME", (struct span){ 0 });
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (span_is(d->word, keys[i].word))
            return keys[i].read(r, d);
    return fail_at(r->diag, r->source, d->word.at, "unknown-keyword",
                   "unknown key", d->word);
}

static int read_all(struct reading *r)
{
    struct directive d;
    int result = CLAUSIER_OK;

    while (result == CLAUSIER_OK && next_directive(r, &d))
        result = d.indent ? read_key(r, &d) : read_directive(r, &d);
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
    return out->failed ? CLAUSIER_ENOMEM : result;
}

static bool is_valid_utf8(struct span text, size_t *offset)
{
    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        *offset = (size_t)at;
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (c <= 0)
            return false;
    }
    return true;
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
    if (!is_valid_utf8(source->text, &offset))
        return fail_at(diag, source, source->text.at + offset, "not-utf8",
                       "a grammar must be in UTF-8", (struct span){ 0 });
    *out = source;
    return CLAUSIER_OK;
}

static bool has_suffix(const char *text, const char *suffix)
{
    size_t len = strlen(text), end = strlen(suffix);

    return len > end && strcmp(text + len - end, suffix) == 0;
}

/* A grammar is named, and then found in the folder, or given as a path. */
static void path_of(struct buf *path, const clausier_grammars *set,
                    struct span name)
{
    if (memchr(name.at, '/', name.len) ||
        has_suffix(name.at, ".grammar"))
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
    if (has_suffix(name.at, ".grammar"))
        ((char *)(uintptr_t)name.at)[name.len - strlen(".grammar")] = '\0';
    return name.at;
}

static int sort_by_kind(struct grammar *g)
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
    return CLAUSIER_OK;
}

static int check_rules(struct grammar *g, struct diag *diag)
{
    for (size_t i = 0; i < g->rule_count; i++) {
        const struct rule *rule = &g->rules[i];
        const char *file = diag->file;

        if (rule->match.len)
            continue;
        diag->file = rule->file;
        diag_say(diag, CLAUSIER_ERROR, (struct place){ .line = rule->line },
                 "no-match", "the rule %s %s has no pattern",
                 kind_names[rule->kind], rule->name);
        diag->file = file;
        return CLAUSIER_EGRAMMAR;
    }
    return CLAUSIER_OK;
}

static int read_grammar(struct grammar *g, clausier_grammars *set,
                        struct span name, struct diag *diag)
{
    struct buf path = { 0 };
    struct reading r = { .set = set, .grammar = g, .diag = diag };
    int result;

    path_of(&path, set, name);
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
        result = sort_by_kind(g);
    return set->arena.failed ? CLAUSIER_ENOMEM : result;
}

static int load(struct grammar **out, clausier_grammars *set,
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
    snprintf(g->tag, sizeof g->tag, "und");
    set->loading[set->loading_count++] = g;
    result = read_grammar(g, set, name, diag);
    set->loading_count--;
    *out = g;
    return result;
}

/* ---- months ------------------------------------------------------------ */

static char *lower_utf8(const UChar *text, const char *locale)
{
    UChar lower[128];
    char bytes[256];
    int32_t len;
    UErrorCode status = U_ZERO_ERROR;

    u_strToLower(lower, 128, text, -1, locale, &status);
    u_strToUTF8(bytes, sizeof bytes, &len, lower, -1, &status);
    if (U_FAILURE(status) || len == (int32_t)sizeof bytes)
        return strdup("");
    /* janv. and janv are one. */
    if (len && bytes[len - 1] == '.')
        bytes[--len] = '\0';
    return strdup(bytes);
}

enum { MONTHS = 12, MONTH_NAMES = 4 * MONTHS };

static const UDateFormatSymbolType month_forms[] = {
    UDAT_MONTHS, UDAT_SHORT_MONTHS, UDAT_STANDALONE_MONTHS,
    UDAT_STANDALONE_SHORT_MONTHS
};

static bool name_months(struct grammar *g)
{
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format = udat_open(UDAT_NONE, UDAT_LONG, g->tag, NULL, 0,
                                    NULL, 0, &status);
    bool done = U_SUCCESS(status);

    g->months = calloc(MONTH_NAMES, sizeof *g->months);
    for (int i = 0; done && g->months && i < MONTH_NAMES; i++) {
        UChar name[64];

        udat_getSymbols(format, month_forms[i / MONTHS], i % MONTHS, name, 64,
                        &status);
        g->months[i] = U_SUCCESS(status) ? lower_utf8(name, g->tag)
                                         : strdup("");
        done = g->months[i] != NULL;
    }
    udat_close(format);
    return done && g->months;
}

static bool seen_before(char *const *names, int i)
{
    for (int k = 0; k < i; k++)
        if (strcmp(names[k], names[i]) == 0)
            return true;
    return names[i][0] == '\0';
}

/* `let month`, unless the grammar has one of its own: what ICU calls the
 * months, longest names first where one begins another. */
static int let_months(clausier_grammars *set, struct grammar *g)
{
    struct buf body = { 0 };
    int result = CLAUSIER_ENOMEM;

    if (!name_months(g))
        return CLAUSIER_ENOMEM;
    if (find_let(g, SPAN("month")))
        return CLAUSIER_OK;
    buf_puts(&body, "(?i: (?: (?!)");
    for (int i = 0; i < MONTH_NAMES; i++)
        if (!seen_before(g->months, i) &&
            !strpbrk(g->months[i], "0123456789 "))
            buf_printf(&body, " | \\Q%s\\E", g->months[i]);
    buf_puts(&body, " ) \\b \\.? )");
    if (!body.failed) {
        struct span text = arena_copy(&set->arena, buf_span(&body));

        result = set->arena.failed
                     ? CLAUSIER_ENOMEM
                     : set_let(g, SPAN("month"), text, NULL);
    }
    buf_free(&body);
    return result;
}

unsigned grammar_month(const struct grammar *grammar, struct span name)
{
    struct number number;
    unsigned month = 0;
    UChar units[128];
    int32_t len;
    UErrorCode status = U_ZERO_ERROR;
    char *folded;

    if (number_read(&number, name, COUNT_DECIMAL, NULL, 0))
        return number.depth == 1 && number.at[0] <= MONTHS ? number.at[0] : 0;
    u_strFromUTF8(units, 127, &len, name.at, (int32_t)name.len, &status);
    if (U_FAILURE(status))
        return 0;
    units[len] = 0;
    folded = lower_utf8(units, grammar->tag);
    for (unsigned i = 0; folded && !month && i < MONTH_NAMES; i++)
        if (strcmp(folded, grammar->months[i]) == 0)
            month = i % MONTHS + 1;
    free(folded);
    return month;
}

/* ---- compiling --------------------------------------------------------- */

/* A pattern with its lets put in. A let is a group of its own, so options set
 * around it do not reach into it; one that calls itself stays a DEFINE group
 * in front. Put in, PCRE2 sees what a match can begin with. */
struct assembly {
    const struct grammar *grammar;
    struct diag *diag;
    struct buf text;
    struct piece { /* of a source, as it stands in `text` */
        size_t at;
        const char *from;
        const struct source *source;
    } *pieces;
    size_t piece_count;
    const struct let *open[32]; /* the lets that are being put in */
    size_t depth;
    const struct let *defined[8];
    size_t defined_count;
};

enum { PATTERN_MAX = 1 << 18 };

static int add_piece(struct assembly *a, struct span text,
                     const struct source *source)
{
    struct piece *piece =
        array_push(&a->pieces, &a->piece_count, sizeof *piece);

    if (!piece)
        return CLAUSIER_ENOMEM;
    *piece = (struct piece){ a->text.len, text.at, source };
    buf_add_span(&a->text, text);
    return a->text.failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}

static bool is_open_let(const struct assembly *a, const struct let *let)
{
    for (size_t i = 0; i < a->depth; i++)
        if (a->open[i] == let)
            return true;
    return false;
}

/* The next (?&name) at or after `at`; false where there is none. */
static bool next_call(struct span text, size_t at, struct span *call,
                      struct span *name)
{
    for (; at + 3 < text.len; at++) {
        const char *end;

        if (memcmp(text.at + at, "(?&", 3) != 0)
            continue;
        end = memchr(text.at + at, ')', text.len - at);
        if (!end)
            return false;
        *name = (struct span){ text.at + at + 3,
                               (size_t)(end - text.at) - at - 3 };
        *call = (struct span){ text.at + at, name->len + 4 };
        return true;
    }
    return false;
}

/* Whether the let calls itself, at whatever depth below `body`. */
static bool is_recursive(const struct grammar *g, const struct let *let,
                         struct span body, unsigned depth)
{
    struct span call, name;

    for (size_t at = 0; depth < 32 && next_call(body, at, &call, &name);) {
        const struct let *inner = find_let(g, name);

        if (inner == let ||
            (inner && is_recursive(g, let, inner->body, depth + 1)))
            return true;
        at = (size_t)(call.at - body.at) + call.len;
    }
    return false;
}

static int add_text(struct assembly *a, struct span text,
                    const struct source *source);

static int add_define(struct assembly *a, const struct let *let)
{
    for (size_t i = 0; i < a->defined_count; i++)
        if (a->defined[i] == let)
            return CLAUSIER_OK;
    if (a->defined_count == sizeof a->defined / sizeof *a->defined)
        return fail_at(a->diag, let->source, let->body.at, "too-many-lets",
                       "a pattern uses at most 8 lets that call themselves",
                       (struct span){ 0 });
    a->defined[a->defined_count++] = let;
    return CLAUSIER_OK;
}

static int add_let(struct assembly *a, struct span call, struct span name,
                   const struct source *source)
{
    const struct let *let = find_let(a->grammar, name);
    int result;

    if (!let)
        return source ? fail_at(a->diag, source, name.at, "missing-let",
                                "no let of this name:", name)
                      : CLAUSIER_EGRAMMAR;
    if (is_open_let(a, let) ||
        is_recursive(a->grammar, let, let->body, 0)) {
        result = add_define(a, let);
        return result ? result : add_piece(a, call, source);
    }
    if (a->depth == sizeof a->open / sizeof *a->open ||
        a->text.len > PATTERN_MAX)
        return fail_at(a->diag, source ? source : let->source, name.at,
                       "too-many-lets", "the pattern is too large with this let:",
                       name);
    a->open[a->depth++] = let;
    buf_puts(&a->text, "(?^x:");
    result = add_text(a, let->body, let->source);
    buf_puts(&a->text, "\n)"); /* the break ends a comment */
    a->depth--;
    return result;
}

static int add_text(struct assembly *a, struct span text,
                    const struct source *source)
{
    struct span call, name;
    size_t done = 0;
    int result = CLAUSIER_OK;

    while (result == CLAUSIER_OK && next_call(text, done, &call, &name)) {
        size_t at = (size_t)(call.at - text.at);

        result = add_piece(a, (struct span){ text.at + done, at - done },
                           source);
        if (result == CLAUSIER_OK)
            result = add_let(a, call, name, source);
        done = at + call.len;
    }
    if (result == CLAUSIER_OK)
        result = add_piece(a, (struct span){ text.at + done, text.len - done },
                           source);
    return result;
}

/* Behind the pattern: what stands in front of it would hide its start. */
static int assemble(struct assembly *a, struct span match,
                    const struct source *source)
{
    int result = add_text(a, match, source);

    for (size_t i = 0; result == CLAUSIER_OK && i < a->defined_count; i++) {
        const struct let *let = a->defined[i];

        buf_printf(&a->text, "\n(?(DEFINE)(?<%.*s>", (int)let->name.len,
                   let->name.at);
        a->open[a->depth++] = let;
        result = add_text(a, let->body, let->source);
        a->depth--;
        buf_puts(&a->text, "\n))");
    }
    return a->text.failed ? CLAUSIER_ENOMEM : result;
}

static int pattern_failed(struct assembly *a, const struct rule *rule,
                          const struct pattern_error *error)
{
    const struct source *source = rule->source;
    const char *at = rule->match.at;

    if (!error->text[0])
        return CLAUSIER_ENOMEM;
    for (size_t i = 0; i < a->piece_count; i++)
        if (a->pieces[i].at <= error->offset && a->pieces[i].source) {
            source = a->pieces[i].source;
            at = a->pieces[i].from + (error->offset - a->pieces[i].at);
        }
    if (at > source->text.at + source->text.len)
        at = source->text.at + source->text.len;
    return fail_at(a->diag, source, at, "pattern", error->text,
                   (struct span){ 0 });
}

/* Equal hints are one, so that a text is searched once for all rules. */
static int compile_near(clausier_grammars *set, struct grammar *g,
                        struct rule *rule, struct diag *diag)
{
    struct assembly a = { .grammar = g, .diag = diag };
    struct near *near = g->nears;
    struct pattern_error error;
    int result;

    while (near < g->nears + g->near_count &&
           !span_equal(near->source, rule->near))
        near++;
    if (near == g->nears + NEAR_MAX)
        return fail_at(diag, rule->near_source, rule->near.at, "too-many-nears",
                       "a grammar has at most 16 different hints",
                       (struct span){ 0 });
    rule->hint = near;
    if (near < g->nears + g->near_count)
        return CLAUSIER_OK;
    result = assemble(&a, rule->near, rule->near_source);
    if (result == CLAUSIER_OK &&
        !pattern_compile(&near->pattern, buf_span(&a.text), set->jit, &error))
        result = pattern_failed(&a, rule, &error);
    if (result == CLAUSIER_OK) {
        near->source = rule->near;
        near->index = (unsigned)g->near_count++;
    } else {
        rule->hint = NULL;
    }
    free(a.pieces);
    buf_free(&a.text);
    return result;
}

static int compile_rule(clausier_grammars *set, struct grammar *g,
                        struct rule *rule, struct diag *diag)
{
    struct assembly a = { .grammar = g, .diag = diag };
    struct pattern_error error;
    int result;

    if (rule->pattern.code)
        return CLAUSIER_OK;
    if (rule->near.len && !rule->hint) {
        result = compile_near(set, g, rule, diag);
        if (result != CLAUSIER_OK)
            return result;
    }
    result = assemble(&a, rule->match, rule->source);
    if (result == CLAUSIER_OK &&
        !pattern_compile(&rule->pattern, buf_span(&a.text), set->jit, &error))
        result = pattern_failed(&a, rule, &error);
    if (result == CLAUSIER_OK && rule->pattern.unknown[0])
        result = fail_at(diag, rule->source, rule->match.at, "unknown-capture",
                         "no capture has this name:",
                         span_of(rule->pattern.unknown));
    free(a.pieces);
    buf_free(&a.text);
    return result;
}

/* What the rules of a kind can begin with, all together. */
static void unite_starts(struct grammar *g)
{
    memset(g->starts, 0, sizeof g->starts);
    for (size_t i = 0; i < g->rule_count; i++) {
        const struct pattern *pattern = &g->rules[i].pattern;
        unsigned char *starts = g->starts[g->rules[i].kind];

        for (size_t b = 0; b < sizeof pattern->first; b++)
            starts[b] |= pattern->starts ? pattern->first[b] : 0xFF;
    }
}

/* Compiles the rules of one kind, or all for KIND_COUNT. */
static int compile(clausier_grammars *set, struct grammar *g, enum kind kind,
                   struct diag *diag)
{
    int result = CLAUSIER_OK;

    if (g->compiled)
        return CLAUSIER_OK;
    if (!g->months)
        result = let_months(set, g);
    for (size_t i = 0; result == CLAUSIER_OK && i < g->rule_count; i++)
        if (kind == KIND_COUNT || g->rules[i].kind == kind)
            result = compile_rule(set, g, &g->rules[i], diag);
    g->compiled = result == CLAUSIER_OK && kind == KIND_COUNT;
    if (result == CLAUSIER_OK)
        unite_starts(g);
    return result;
}

static int compile_locked(clausier_grammars *set, struct grammar *g,
                          enum kind kind, struct diag *diag)
{
    int result;

    mtx_lock(&set->lock);
    result = compile(set, g, kind, diag);
    mtx_unlock(&set->lock);
    return result;
}

/* ---- sets -------------------------------------------------------------- */

static int by_name(const void *a, const void *b)
{
    return strcmp((*(struct grammar *const *)a)->name,
                  (*(struct grammar *const *)b)->name);
}

static int load_folder(clausier_grammars *set, struct diag *diag)
{
    DIR *dir = opendir(set->dir);
    struct dirent *entry;
    int result = CLAUSIER_OK;

    if (!dir) {
        int reason = errno;

        diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "no-grammars",
                 "the folder of grammars \"%s\" cannot be read: %s", set->dir,
                 strerror(reason));
        return reason == ENOMEM ? CLAUSIER_ENOMEM : CLAUSIER_EIO;
    }
    while (result == CLAUSIER_OK && (entry = readdir(dir)) != NULL) {
        struct span name = span_of(entry->d_name);
        struct grammar *g;

        if (name.at[0] == '.' || !has_suffix(name.at, ".grammar"))
            continue;
        name.len -= strlen(".grammar");
        name = arena_copy(&set->arena, name);
        result = set->arena.failed ? CLAUSIER_ENOMEM
                                   : load(&g, set, name, diag);
    }
    closedir(dir);
    if (result == CLAUSIER_OK && set->grammar_count == 0) {
        diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "no-grammars",
                 "there is no grammar in the folder \"%s\"", set->dir);
        result = CLAUSIER_EIO;
    }
    return result;
}

/* Only one grammar is wanted: it alone stays, its bases were taken into it. */
static int load_one(clausier_grammars *set, const char *name,
                    struct diag *diag)
{
    struct grammar *g = NULL;
    int result = load(&g, set, span_of(name), diag);

    if (result == CLAUSIER_EIO)
        diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "no-grammars",
                 "the grammar \"%s\" cannot be read", name);
    for (size_t i = 0; result == CLAUSIER_OK && i < set->grammar_count; i++)
        if (set->grammars[i] == g) {
            set->grammars[i] = set->grammars[0];
            set->grammars[0] = g;
        }
    return result;
}

static void grammar_free(struct grammar *g)
{
    for (size_t i = 0; i < g->near_count; i++)
        pattern_free(&g->nears[i].pattern);
    for (size_t i = 0; i < g->rule_count; i++) {
        pattern_free(&g->rules[i].pattern);
        free(g->rules[i].examples);
    }
    for (int i = 0; g->months && i < MONTH_NAMES; i++)
        free(g->months[i]);
    free(g->months);
    free(g->rules);
    free(g->by_kind);
    free(g->lets);
    free(g->aliases);
    free(g);
}

void clausier_grammars_free(clausier_grammars *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->grammar_count; i++)
        grammar_free(set->grammars[i]);
    for (size_t i = 0; i < set->source_count; i++) {
        free(set->sources[i]->path);
        free((char *)(uintptr_t)set->sources[i]->text.at);
        free(set->sources[i]);
    }
    free(set->grammars);
    free(set->sources);
    free(set->dir);
    arena_free(&set->arena);
    mtx_destroy(&set->lock);
    free(set);
}

int clausier_grammars_load(clausier_grammars **out,
                           const clausier_load_options *options)
{
    clausier_grammars *set;
    struct diag diag = { 0 };
    int result;

    if (!out)
        return CLAUSIER_EARG;
    *out = NULL;
    if (!options || !options->dir)
        return CLAUSIER_EARG;
    diag.report = options->report;
    diag.user = options->user;
    set = calloc(1, sizeof *set);
    if (!set || mtx_init(&set->lock, mtx_plain) != thrd_success) {
        free(set);
        return CLAUSIER_ENOMEM;
    }
    set->jit = options->jit != 0;
    set->dir = strdup(options->dir);
    if (!set->dir)
        result = CLAUSIER_ENOMEM;
    else if (options->only)
        result = load_one(set, options->only, &diag);
    else
        result = load_folder(set, &diag);
    if (result == CLAUSIER_OK && options->only) {
        /* The bases have served; what is left is the one that was asked for. */
        while (set->grammar_count > 1)
            grammar_free(set->grammars[--set->grammar_count]);
    } else if (result == CLAUSIER_OK) {
        qsort(set->grammars, set->grammar_count, sizeof *set->grammars,
              by_name);
    }
    if (result != CLAUSIER_OK) {
        clausier_grammars_free(set);
        return result;
    }
    *out = set;
    return CLAUSIER_OK;
}

static struct grammar *base_of(const clausier_grammars *set)
{
    for (size_t i = 0; i < set->grammar_count; i++)
        if (strcmp(set->grammars[i]->language, "und") == 0)
            return set->grammars[i];
    return set->grammars[0];
}

const struct grammar *grammars_for(clausier_grammars *set,
                                   const char *language, struct diag *diag,
                                   int *result)
{
    char tag[ULOC_LANG_CAPACITY] = "";
    UErrorCode status = U_ZERO_ERROR;

    uloc_getLanguage(language, tag, sizeof tag, &status);
    for (size_t i = 0; U_SUCCESS(status) && i < set->grammar_count; i++) {
        struct grammar *g = set->grammars[i];

        if (strcmp(g->tag, tag) != 0 && strcmp(g->language, language) != 0 &&
            strcmp(g->name, language) != 0)
            continue;
        *result = compile_locked(set, g, KIND_COUNT, diag);
        return *result == CLAUSIER_OK ? g : NULL;
    }
    diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "language-unknown",
             "there is no grammar for the language \"%s\"", language);
    *result = CLAUSIER_EARG;
    return NULL;
}

/* Bytes of the sample that the grammar's words cover. */
static int evidence(size_t *bytes, const struct grammar *g, struct span sample,
                    struct diag *diag)
{
    struct scanner scanner;
    struct folded folded = { 0 };
    struct finding finding;
    int result = CLAUSIER_OK;

    *bytes = 0;
    if (!scanner_open(&scanner, g, diag))
        return CLAUSIER_ENOMEM;
    if (!fold(&folded, sample, true))
        result = CLAUSIER_ENOMEM;
    for (size_t at = 0; result == CLAUSIER_OK && at < folded.text.len;) {
        size_t index = 0;

        if (!scanner_find(&scanner, KIND_DETECT, &index, &folded, at,
                          &finding))
            break;
        *bytes += finding.match.at[CAP_ALL].len;
        at = pattern_end(&scanner.matcher) > at
                 ? pattern_end(&scanner.matcher)
                 : at + 1;
        while (at < folded.text.len &&
               ((unsigned char)folded.text.at[at] & 0xC0) == 0x80)
            at++;
    }
    folded_free(&folded);
    scanner_close(&scanner);
    return result;
}

const struct grammar *grammars_detect(clausier_grammars *set,
                                      struct span sample, struct diag *diag,
                                      int *result)
{
    struct grammar *best = base_of(set);
    size_t most = 0;

    *result = CLAUSIER_OK;
    for (size_t i = 0; *result == CLAUSIER_OK && set->grammar_count > 1 &&
                       i < set->grammar_count; i++) {
        struct grammar *g = set->grammars[i];
        size_t bytes;

        if (strcmp(g->language, "und") == 0)
            continue;
        *result = compile_locked(set, g, KIND_DETECT, diag);
        if (*result == CLAUSIER_OK)
            *result = evidence(&bytes, g, sample, diag);
        if (*result == CLAUSIER_OK && bytes > most) {
            most = bytes;
            best = g;
        }
    }
    if (*result == CLAUSIER_OK)
        *result = compile_locked(set, best, KIND_COUNT, diag);
    return *result == CLAUSIER_OK ? best : NULL;
}

/* ---- using a grammar --------------------------------------------------- */

bool scanner_open(struct scanner *scanner, const struct grammar *grammar,
                  struct diag *diag)
{
    *scanner = (struct scanner){ .grammar = grammar, .diag = diag };
    scanner->tired = calloc(grammar->rule_count + 1, 1);
    if (scanner->tired && matcher_open(&scanner->matcher))
        return true;
    free(scanner->tired);
    return false;
}

void scanner_close(struct scanner *scanner)
{
    matcher_close(&scanner->matcher);
    free(scanner->tired);
    scanner->tired = NULL;
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
             kind_names[rule->kind], rule->name, rule->file, rule->line,
             *tired == TIRED ? "; it is left out from here on" : "");
}

void scanner_new_text(struct scanner *scanner)
{
    scanner->near_known = 0;
}

bool scanner_may_match(struct scanner *scanner, const struct rule *rule,
                       const struct folded *text)
{
    struct match match;
    unsigned bit;

    if (!rule->hint)
        return true;
    bit = 1u << rule->hint->index;
    if (!(scanner->near_known & bit)) {
        scanner->near_known |= bit;
        scanner->near_found &= ~bit;
        if (pattern_find(&rule->hint->pattern, &scanner->matcher, text, 0,
                         &match) != PATTERN_NONE)
            scanner->near_found |= bit;
    }
    return (scanner->near_found & bit) != 0;
}

enum pattern_result scanner_match(struct scanner *scanner,
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
    finding->rule = rule;
    return result;
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
    unsigned char first = text->text.len ? (unsigned char)text->text.at[0] : 0;

    if (text->text.len && !(g->starts[kind][first / 8] & 1u << first % 8))
        return false;
    while (*index < count) {
        const struct rule *rule = g->by_kind[g->first[kind] + (*index)++];
        const struct pattern *pattern = &rule->pattern;

        if (pattern->starts && text->text.len &&
            !(pattern->first[first / 8] & 1u << first % 8))
            continue;
        if (find_rule(scanner, rule, text, start, finding))
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
    const struct grammar *g = scanner->grammar;

    for (size_t i = g->first[kind]; i < g->first[kind + 1]; i++)
        if (strcmp(g->by_kind[i]->name, name) == 0)
            return find_rule(scanner, g->by_kind[i], text, 0, finding);
    return false;
}

bool grammar_number(const struct grammar *grammar, const struct rule *rule,
                    struct span label, struct number *number)
{
    return number_read(number, label, rule->count, grammar->letters,
                       grammar->letter_count);
}

struct span grammar_alias(const struct grammar *grammar, struct span name)
{
    for (size_t i = 0; i < grammar->alias_count; i++)
        if (span_equal(grammar->aliases[i].from, name))
            return grammar->aliases[i].to;
    return name;
}

/* ---- checking ---------------------------------------------------------- */

static void example_failed(struct diag *diag, const struct example *example,
                           const struct grammar *g, const struct rule *rule,
                           const char *code, const char *what,
                           const char *other)
{
    struct place place = { example->number,
                           diag_column(example->line,
                                       (size_t)(strcspn(example->line.at,
                                                        "yn"))),
                           example->line };

    diag->file = example->file;
    diag_say(diag, CLAUSIER_ERROR, place, code, "%s %s%s%s (grammar %s)",
             kind_names[rule->kind], rule->name, what, other, g->name);
}

/* The rule before this one, of its kind, that would take the text. Rules that
 * count settle it among themselves by what fits. */
static const struct rule *earlier(struct scanner *scanner,
                                  const struct rule *rule,
                                  const struct folded *text)
{
    size_t index = 0;
    struct finding finding;

    while (scanner_find(scanner, rule->kind, &index, text, 0, &finding)) {
        if (finding.rule == rule)
            break;
        if (!finding.rule->count || !rule->count)
            return finding.rule;
    }
    return NULL;
}

static bool run_example(struct scanner *scanner, const struct rule *rule,
                        const struct example *example)
{
    struct folded text = { 0 };
    struct finding finding;
    const struct rule *first = NULL;
    bool found, anywhere = rule->kind >= KIND_DETECT;

    if (!fold(&text, example->text, fold_needed(example->text)))
        return false;
    found = find_rule(scanner, rule, &text, 0, &finding);
    scanner_new_text(scanner);
    if (found && !scanner_may_match(scanner, rule, &text))
        found = false; /* the hint in `near` would keep it from being tried */
    if (found && example->yes && !anywhere)
        first = earlier(scanner, rule, &text);
    if (found != example->yes)
        example_failed(scanner->diag, example, scanner->grammar, rule,
                       "example-failed",
                       found ? " takes what is an example against it"
                             : " does not take its own example", "");
    else if (first)
        example_failed(scanner->diag, example, scanner->grammar, rule,
                       "example-hidden", " is hidden by the earlier rule ",
                       first->name);
    folded_free(&text);
    return found == example->yes && !first;
}

static int check_grammar(clausier_check_result *out, const struct grammar *g,
                         struct diag *diag)
{
    struct scanner scanner;

    if (!scanner_open(&scanner, g, diag))
        return CLAUSIER_ENOMEM;
    for (size_t i = 0; i < g->rule_count; i++) {
        const struct rule *rule = &g->rules[i];

        out->rules++;
        /* A base grammar without words has nothing to show. */
        if (!rule->example_count && strcmp(g->language, "und") != 0) {
            diag->file = rule->file;
            diag_say(diag, CLAUSIER_WARNING,
                     (struct place){ .line = rule->line }, "no-example",
                     "%s %s has no example (grammar %s)",
                     kind_names[rule->kind], rule->name, g->name);
        }
        for (size_t e = 0; e < rule->example_count; e++) {
            out->examples++;
            if (!run_example(&scanner, rule, &rule->examples[e]))
                out->failures++;
        }
    }
    scanner_close(&scanner);
    return CLAUSIER_OK;
}

int clausier_grammars_check(clausier_check_result *out,
                            const clausier_grammars *grammars,
                            clausier_report *report, void *user)
{
    struct diag diag = { .report = report, .user = user };
    clausier_grammars *set = (clausier_grammars *)(uintptr_t)grammars;
    int result = CLAUSIER_OK;

    if (!out || !grammars)
        return CLAUSIER_EARG;
    *out = (clausier_check_result){ 0 };
    for (size_t i = 0; result == CLAUSIER_OK && i < set->grammar_count; i++) {
        result = compile_locked(set, set->grammars[i], KIND_COUNT, &diag);
        if (result == CLAUSIER_OK)
            result = check_grammar(out, set->grammars[i], &diag);
    }
    return result == CLAUSIER_OK && out->failures ? CLAUSIER_EGRAMMAR : result;
}
