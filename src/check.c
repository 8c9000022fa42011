/* Runs the yes and no examples of grammars, and looks for what they lack. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "grammars.h"

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
             kind_name(rule->kind), rule->name, what, other, g->name);
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

    scanner->diag->file = example->file;
    scanner->line = example->number;
    if (!fold(&text, example->text, fold_needed(example->text)))
        return false;
    found = scanner_match(scanner, rule, &text, 0, &finding) == PATTERN_FOUND;
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

static bool calls(struct span pattern, struct span let)
{
    const char *end = pattern.at + pattern.len, *at = pattern.at;

    while (pattern.len && (at = memmem(at, (size_t)(end - at), "(?&", 3))) {
        at += 3;
        if ((size_t)(end - at) > let.len && at[let.len] == ')' &&
            memcmp(at, let.at, let.len) == 0)
            return true;
    }
    return false;
}

/* Whether the source is the grammar's own file. */
static bool is_own(const struct grammar *g, const struct source *source)
{
    const char *path = source ? source->path : "";
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    size_t len = strlen(g->name);

    return strncmp(base, g->name, len) == 0 &&
           (!base[len] || strcmp(base + len, ".grammar") == 0);
}

static bool is_called(const struct grammar *g, const struct let *let)
{
    for (size_t i = 0; i < g->rule_count; i++)
        if (calls(g->rules[i].match, let->name))
            return true;
    for (size_t i = 0; i < g->let_count; i++)
        if (&g->lets[i] != let && calls(g->lets[i].body, let->name))
            return true;
    return false;
}

/* Step over what is no word in a pattern: an escape, a class, a comment. */
static size_t skip_other(struct span pattern, size_t at)
{
    char c = pattern.at[at];

    if (c == '\\')
        return at + 2;
    if (c == '[')
        return pattern_class_end(pattern, at);
    while (c == '#' && at < pattern.len && pattern.at[at] != '\n')
        at++;
    return c == '#' ? at : at + 1;
}

/* Letters from byte `*at` on, which steps behind them. */
static unsigned count_letters(struct span pattern, size_t *at)
{
    unsigned letters = 0;
    int32_t next = (int32_t)*at;
    UChar32 c;

    while (next < (int32_t)pattern.len) {
        U8_NEXT(pattern.at, next, (int32_t)pattern.len, c);
        if (!u_isalpha(c))
            break;
        letters++;
        *at = (size_t)next;
    }
    return letters;
}

/* Shorter pieces may be endings: "report s?". */
enum { WORD_MIN = 3 };

/* Where a space stands between two words, as if it meant one; or NULL. */
static const char *lost_space(struct span pattern)
{
    for (size_t at = 0; at < pattern.len;) {
        unsigned letters = count_letters(pattern, &at);
        size_t space = at;

        while (at < pattern.len && pattern.at[at] == ' ')
            at++;
        if (letters >= WORD_MIN && at > space) {
            size_t word = at;

            if (count_letters(pattern, &word) >= WORD_MIN)
                return pattern.at + space;
        }
        if (at < pattern.len && !letters && at == space)
            at = skip_other(pattern, at);
    }
    return NULL;
}

static void check_spaces(const struct source *source, struct span pattern,
                         struct diag *diag)
{
    const char *at = lost_space(pattern);

    if (at)
        grammar_warn(diag, source, at, "lost-space",
                     "a space in a pattern means nothing; \\h is one that is "
                     "meant", (struct span){ 0 });
}

/* A name that the base does not know may be misspelt. */
static void check_lets(const struct grammar *g, struct diag *diag)
{
    for (size_t i = 0; !g->wordless && i < g->let_count; i++) {
        const struct let *let = &g->lets[i];

        if (!is_own(g, let->source))
            continue;
        if (!is_called(g, let))
            grammar_warn(diag, let->source, let->body.at, "let-unused",
                         "nothing calls the let", let->name);
        check_spaces(let->source, let->body, diag);
    }
}

static bool takes_nothing(const struct rule *rule)
{
    return span_is(rule->match, "(?!)") || span_is(rule->match, "(?! )");
}

static void warn_of_rule(const struct grammar *g, const struct rule *rule,
                         const char *code, const char *what, struct diag *diag)
{
    diag->file = rule->file;
    diag_say(diag, CLAUSIER_WARNING, (struct place){ .line = rule->line }, code,
             "%s %s %s (grammar %s)", kind_name(rule->kind), rule->name, what,
             g->name);
}

/* A base grammar without words has nothing to show. */
static void check_rule(const struct grammar *g, const struct rule *rule,
                       struct diag *diag)
{
    if (g->wordless || takes_nothing(rule))
        return;
    if (!rule->example_count)
        warn_of_rule(g, rule, "no-example", "has no example", diag);
    if (!rule->count &&
        (rule->kind == KIND_CLAUSE || rule->kind == KIND_ITEM))
        warn_of_rule(g, rule, "no-count", "has no count", diag);
    if (rule->bit && rule->pattern.hard)
        grammar_warn(diag, rule->source, rule->match.at, "tried-everywhere",
                     "this is tried at each character, for PCRE2 cannot be "
                     "asked where it may match, in the grammar",
                     span_of(g->name));
    if (is_own(g, rule->source))
        check_spaces(rule->source, rule->match, diag);
}

static int check_grammar(clausier_check_result *out, const struct grammar *g,
                         struct diag *diag)
{
    struct scanner scanner;

    if (!scanner_open(&scanner, g, diag))
        return CLAUSIER_ENOMEM;
    check_lets(g, diag);
    for (size_t i = 0; i < g->rule_count; i++) {
        const struct rule *rule = &g->rules[i];

        out->rules++;
        check_rule(g, rule, diag);
        for (size_t e = 0; e < rule->example_count; e++) {
            out->examples++;
            if (!run_example(&scanner, rule, &rule->examples[e]))
                out->failures++;
        }
    }
    return scanner_close(&scanner) ? CLAUSIER_OK : CLAUSIER_ENOMEM;
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
        result = grammars_compile(set, set->grammars[i], KIND_COUNT, &diag);
        if (result == CLAUSIER_OK)
            result = check_grammar(out, set->grammars[i], &diag);
    }
    return result == CLAUSIER_OK && out->failures ? CLAUSIER_EGRAMMAR : result;
}
