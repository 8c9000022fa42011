/* Matches patterns against folded text; the places found are places in the
 * author's own text. */
#include "pattern.h"

#include <stdatomic.h>
#include <string.h>

/* Steps after which a match is given up. Honest patterns need some tens per
 * byte of the line's start; the limit only has to stop exponential ones. */
enum { MATCH_LIMIT = 200000, DEPTH_LIMIT = 2000, HEAP_LIMIT_KB = 16384 };
enum { JIT_STACK_MIN = 32 * 1024, JIT_STACK_MAX = 1024 * 1024 };

bool matcher_open(struct matcher *matcher)
{
    *matcher = (struct matcher){ .haste = 1 };
    matcher->data = pcre2_match_data_create(GROUPS_MAX, NULL);
    matcher->context = pcre2_match_context_create(NULL);
    if (!matcher->data || !matcher->context) {
        matcher_close(matcher);
        return false;
    }
    pcre2_set_match_limit(matcher->context, MATCH_LIMIT);
    pcre2_set_depth_limit(matcher->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(matcher->context, HEAP_LIMIT_KB);
    return true;
}

void matcher_close(struct matcher *matcher)
{
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    *matcher = (struct matcher){ 0 };
}

static void fill(struct match *match, const struct pattern *pattern,
                 const struct folded *text, const PCRE2_SIZE *ovector,
                 int groups)
{
    memset(match, 0, sizeof *match);
    match->at[CAP_ALL] = folded_original(text, ovector[0], ovector[1]);
    for (int i = 1; i < groups && i < (int)sizeof pattern->capture; i++) {
        unsigned capture = pattern->capture[i];

        if (capture && ovector[2 * i] != PCRE2_UNSET)
            match->at[capture] =
                folded_original(text, ovector[2 * i], ovector[2 * i + 1]);
    }
}

/* Machine code is slow to make and large, and most patterns are hardly used. The
 * thread that comes to the number makes it, of a copy, since others may match
 * with the code meanwhile. Where it cannot be made the interpreter does the
 * same. */
static const pcre2_code *machine_code(struct machine *machine,
                                      const struct matcher *matcher,
                                      const pcre2_code *code)
{
    pcre2_code *copy = atomic_load_explicit(&machine->code,
                                            memory_order_acquire);

    if (copy || atomic_load_explicit(&machine->made, memory_order_relaxed) ||
        atomic_fetch_sub(&machine->wait, matcher->haste) > 0 ||
        atomic_exchange(&machine->made, true))
        return copy;
    copy = pcre2_code_copy(code);
    if (copy && pcre2_jit_compile(copy, PCRE2_JIT_COMPLETE) != 0) {
        pcre2_code_free(copy);
        copy = NULL;
    }
    atomic_store_explicit(&machine->code, copy, memory_order_release);
    return copy;
}

/* Hardly a match needs more than the machine's own stack; the one that does
 * gets one, and it is kept. */
static int match_with_stack(const struct pattern *pattern,
                            struct matcher *matcher, struct span text,
                            size_t start)
{
    const pcre2_code *code =
        machine_code(pattern->machine, matcher, pattern->code);
    int groups = PCRE2_ERROR_JIT_STACKLIMIT;

    for (int i = 0; i < 2 && groups == PCRE2_ERROR_JIT_STACKLIMIT; i++) {
        if (i > 0 && !matcher->stack) {
            matcher->stack =
                pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
            pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
        }
        /* Most matches take less time than the checks before them. */
        groups = code ? pcre2_jit_match(code, (PCRE2_SPTR)text.at, text.len,
                                        start, 0, matcher->data,
                                        matcher->context)
                      : pcre2_match(pattern->code, (PCRE2_SPTR)text.at,
                                    text.len, start, PCRE2_NO_UTF_CHECK,
                                    matcher->data, matcher->context);
    }
    return groups;
}

static bool may_begin_with(const struct pattern *pattern, char byte)
{
    unsigned char first = (unsigned char)byte;

    return (pattern->first[first / 8] & 1u << first % 8) != 0;
}

enum pattern_result pattern_find(const struct pattern *pattern,
                                 struct matcher *matcher,
                                 const struct folded *text, size_t start,
                                 struct match *match)
{
    const PCRE2_SIZE *ovector;
    int groups;

    if (pattern->starts &&
        (start > 0 || (text->text.len &&
                       !may_begin_with(pattern, text->text.at[0]))))
        return PATTERN_NONE;
    groups = match_with_stack(pattern, matcher, text->text, start);

    if (groups == PCRE2_ERROR_NOMATCH)
        return PATTERN_NONE;
    if (groups == PCRE2_ERROR_NOMEMORY ||
        (groups == PCRE2_ERROR_JIT_STACKLIMIT && !matcher->stack))
        return PATTERN_FAILED;
    if (groups < 0)
        return PATTERN_LIMIT;
    ovector = pcre2_get_ovector_pointer(matcher->data);
    /* \K can put the start behind the end; such a match is no place. */
    if (ovector[0] > ovector[1])
        return PATTERN_NONE;
    fill(match, pattern, text, ovector, groups ? groups : GROUPS_MAX);
    return PATTERN_FOUND;
}

/* In this mode PCRE2 says that there is no match only where it need not see
 * what comes behind the characters. */
bool pattern_may_begin(const struct pattern *pattern, struct matcher *matcher,
                       struct span characters)
{
    const pcre2_code *code = pattern->asked ? pattern->asked : pattern->code;

    if (!may_begin_with(pattern, characters.at[0]))
        return false;
    if (pattern->placed && pattern->hard)
        return true;
    return pcre2_match(code, (PCRE2_SPTR)characters.at, characters.len, 0,
                       PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD, matcher->data,
                       matcher->context) != PCRE2_ERROR_NOMATCH;
}

size_t pattern_end(const struct matcher *matcher)
{
    return pcre2_get_ovector_pointer(matcher->data)[1];
}
