/* Turns the patterns of a grammar into compiled ones, their lets put in. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "grammars.h"

/* A pattern with its lets put in. A let is a group of its own, so options set
 * around it do not reach into it; one that calls itself stays a DEFINE group
 * behind. Put in, PCRE2 sees what a match can begin with. Where the whole would
 * be too large for PCRE2, the long ones stay groups, too, and if need be shorter
 * ones. */
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
    const struct let *defined[128];
    size_t defined_count;
    int shared; /* bytes of lets that stay groups, or 0 for none */
    const struct let *used[64]; /* inner ones first; what is more is left out */
    size_t used_count;
};

enum { PATTERN_MAX = 1 << 19 };

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

/* Whether the let is called, at whatever depth below `body`. Each let on the way
 * is gone through once, however often it is called. */
static bool calls(const struct grammar *g, const struct let *let,
                  struct span body, unsigned depth)
{
    struct span call, name;

    for (size_t at = 0; depth < 32 && next_call(body, at, &call, &name);) {
        struct let *inner = grammar_let(g, name);

        if (inner == let)
            return true;
        if (inner && inner->reached != let) {
            inner->reached = let;
            if (calls(g, let, inner->body, depth + 1))
                return true;
        }
        at = (size_t)(call.at - body.at) + call.len;
    }
    return false;
}

static bool is_recursive(const struct grammar *g, struct let *let)
{
    if (let->recursion == RECURSION_UNKNOWN)
        let->recursion = calls(g, let, let->body, 0) ? RECURSION
                                                     : RECURSION_NONE;
    return let->recursion == RECURSION;
}

enum { SHARED_MAX = 1000, SHARED_MIN = 100, NOT_SHARED = -1 };

static int shared_bytes(const struct grammar *g, struct let *let);

static bool captures(struct span body)
{
    for (size_t at = 0; at + 3 < body.len; at++)
        if (memcmp(body.at + at, "(?<", 3) == 0 &&
            isalpha((unsigned char)body.at[at + 3]))
            return true;
    return false;
}

static int add_up(const struct grammar *g, struct span body)
{
    int bytes = body.len < SHARED_MAX ? (int)body.len : SHARED_MAX;
    struct span call, name;

    if (captures(body))
        return NOT_SHARED;
    for (size_t at = 0; next_call(body, at, &call, &name);) {
        struct let *inner = grammar_let(g, name);
        int more = inner ? shared_bytes(g, inner) : 0;

        if (more == NOT_SHARED)
            return NOT_SHARED;
        bytes = bytes + more < SHARED_MAX ? bytes + more : SHARED_MAX;
        at = (size_t)(call.at - body.at) + call.len;
    }
    return bytes;
}

/* Bytes of the let with its own lets put in, up to SHARED_MAX; NOT_SHARED where
 * it captures: of a group that is called, captures are lost. */
static int shared_bytes(const struct grammar *g, struct let *let)
{
    if (!let->bytes) {
        let->bytes = 1; /* to one that comes back to itself */
        let->bytes = add_up(g, let->body);
    }
    return let->bytes;
}

static bool stays_group(struct assembly *a, struct let *let)
{
    return is_open_let(a, let) || is_recursive(a->grammar, let) ||
           (a->shared && shared_bytes(a->grammar, let) >= a->shared);
}

static int add_text(struct assembly *a, struct span text,
                    const struct source *source);

static int add_define(struct assembly *a, const struct let *let)
{
    for (size_t i = 0; i < a->defined_count; i++)
        if (a->defined[i] == let)
            return CLAUSIER_OK;
    if (a->defined_count == sizeof a->defined / sizeof *a->defined)
        return grammar_fail(a->diag, let->source, let->body.at, "too-many-lets",
                            "a pattern uses at most 128 lets that stay groups",
                            (struct span){ 0 });
    a->defined[a->defined_count++] = let;
    return CLAUSIER_OK;
}

static int add_let(struct assembly *a, struct span call, struct span name,
                   const struct source *source)
{
    struct let *let = grammar_let(a->grammar, name);
    int result;

    if (!let)
        return source ? grammar_fail(a->diag, source, name.at, "missing-let",
                                "no let of this name:", name)
                      : CLAUSIER_EGRAMMAR;
    if (stays_group(a, let)) {
        result = add_define(a, let);
        return result ? result : add_piece(a, call, source);
    }
    if (a->depth == sizeof a->open / sizeof *a->open ||
        a->text.len > PATTERN_MAX)
        return grammar_fail(a->diag, source ? source : let->source, name.at,
                       "too-many-lets", "the pattern is too large with this let:",
                       name);
    if (span_is(let->body, "(?!)")) {
        buf_puts(&a->text, NEVER);
        return CLAUSIER_OK;
    }
    a->open[a->depth++] = let;
    buf_puts(&a->text, "(?^x:");
    result = add_text(a, let->body, let->source);
    buf_puts(&a->text, "\n)"); /* the break ends a comment */
    a->depth--;
    if (a->used_count < sizeof a->used / sizeof *a->used)
        a->used[a->used_count++] = let;
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

/* Says an error at its place in the source of the piece that it is in. */
static int fail_in_piece(const struct assembly *a,
                         const struct pattern_error *error)
{
    const struct piece *in = NULL;
    const char *at, *end;

    for (size_t i = 0; i < a->piece_count; i++)
        if (a->pieces[i].at <= error->offset && a->pieces[i].source)
            in = &a->pieces[i];
    if (!in)
        return CLAUSIER_EGRAMMAR;
    at = in->from + (error->offset - in->at);
    end = in->source->text.at + in->source->text.len;
    return grammar_fail(a->diag, in->source, at < end ? at : end, "pattern",
                        error->text, (struct span){ 0 });
}

/* A let that is wrong by itself is to blame, not the pattern that it is in. */
static bool blame_let(const struct assembly *whole, const struct let *let,
                      int *result)
{
    struct assembly a = { .grammar = whole->grammar, .diag = whole->diag };
    struct pattern pattern = { 0 };
    struct pattern_error error;
    bool wrong = false;

    if (let->source && add_text(&a, let->body, let->source) == CLAUSIER_OK &&
        !a.text.failed && !a.defined_count &&
        !pattern_compile(&pattern, buf_span(&a.text), false, &error) &&
        error.text[0]) {
        *result = fail_in_piece(&a, &error);
        wrong = true;
    }
    pattern_free(&pattern);
    free(a.pieces);
    buf_free(&a.text);
    return wrong;
}

static int pattern_failed(struct assembly *a, const struct pattern_error *error)
{
    int result;

    if (!error->text[0])
        return CLAUSIER_ENOMEM;
    for (size_t i = 0; i < a->used_count; i++)
        if (blame_let(a, a->used[i], &result))
            return result;
    return fail_in_piece(a, error);
}

static void forget(struct assembly *a)
{
    free(a->pieces);
    buf_free(&a->text);
    *a = (struct assembly){ .grammar = a->grammar, .diag = a->diag };
}

/* PCRE2 finds out late that a pattern is too large: one whose text is as long
 * as this has never been small enough. */
enum { LARGE_TEXT = 56000 };

static int assemble_pattern(struct assembly *a, const struct rule *rule,
                            struct pattern *pattern)
{
    struct pattern_error error;
    int result = assemble(a, rule->match, rule->source);
    int shared = a->shared ? a->shared / 3 : SHARED_MAX;
    bool last = shared < SHARED_MIN;

    if (result != CLAUSIER_OK)
        return result;
    if (last || a->text.len < LARGE_TEXT) {
        if (pattern_compile(pattern, buf_span(&a->text), rule->bit != 0,
                            &error))
            return CLAUSIER_OK;
        if (last || !error.large)
            return pattern_failed(a, &error);
    }
    forget(a);
    a->shared = shared;
    return assemble_pattern(a, rule, pattern);
}

/* What the program asks of every match of a kind. */
static const struct {
    enum kind kind;
    enum capture capture;
} required[] = {
    { KIND_CLAUSE, CAP_NUM },  { KIND_CLAUSE, CAP_TEXT },
    { KIND_ITEM, CAP_NUM },    { KIND_ITEM, CAP_TEXT },
    { KIND_BULLET, CAP_NUM },  { KIND_BULLET, CAP_TEXT },
    { KIND_NOTE, CAP_TEXT },   { KIND_TERM, CAP_TITLE },
    { KIND_FIELD, CAP_VALUE }, { KIND_DATE, CAP_DAY },
    { KIND_TIME, CAP_HOUR },   { KIND_LINK, CAP_VALUE },
    { KIND_DOCUMENT, CAP_NUM },
};

static bool has_capture(const struct pattern *pattern, enum capture capture)
{
    for (size_t i = 0; i < sizeof pattern->capture; i++)
        if (pattern->capture[i] == capture)
            return true;
    return false;
}

static int check_captures(const struct rule *rule, struct diag *diag)
{
    for (size_t i = 0; i < sizeof required / sizeof *required; i++)
        if (required[i].kind == rule->kind &&
            !has_capture(&rule->pattern, required[i].capture))
            return grammar_fail(diag, rule->source, rule->match.at,
                                "missing-capture",
                                "a rule of this kind must capture",
                                span_of(capture_name(required[i].capture)));
    return CLAUSIER_OK;
}

static int unknown_capture(const struct rule *rule, struct diag *diag)
{
    struct span name = span_of(rule->pattern.unknown);
    const char *at = memmem(rule->match.at, rule->match.len, name.at, name.len);

    return grammar_fail(diag, rule->source, at ? at : rule->match.at,
                        "unknown-capture", "no capture has this name:", name);
}

static int compile_rule(struct grammar *g, struct rule *rule,
                        struct diag *diag)
{
    struct assembly a = { .grammar = g, .diag = diag };
    int result;

    if (rule->pattern.code)
        return CLAUSIER_OK;
    result = assemble_pattern(&a, rule, &rule->pattern);
    if (result == CLAUSIER_OK && rule->pattern.unknown[0])
        result = unknown_capture(rule, diag);
    if (result == CLAUSIER_OK)
        result = check_captures(rule, diag);
    forget(&a);
    return result;
}

static void find_apart(struct grammar *g)
{
    for (size_t i = g->first[KIND_INLINE]; i < g->rule_count; i++) {
        const struct rule *rule = g->by_kind[i];

        if (rule->pattern.apart == APART_ASCII)
            g->apart_ascii |= rule->bit;
        else if (rule->pattern.apart == APART_LETTERS)
            g->apart |= rule->bit;
    }
}

int assemble_grammar(clausier_grammars *set, struct grammar *g, enum kind kind,
                   struct diag *diag)
{
    int result = CLAUSIER_OK;

    if (g->compiled)
        return CLAUSIER_OK;
    if (!g->months)
        result = months_let(set, g);
    for (size_t i = 0; result == CLAUSIER_OK && i < g->rule_count; i++)
        if (kind == KIND_COUNT || g->rules[i].kind == kind)
            result = compile_rule(g, &g->rules[i], diag);
    g->compiled = result == CLAUSIER_OK && kind == KIND_COUNT;
    if (g->compiled) {
        g->beginnings = beginnings_new();
        g->sites = sites_new();
        find_apart(g);
    }
    return result;
}
