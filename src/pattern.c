/* Matches PCRE2 patterns against text as readers see it: hyphens, spaces and
 * full-width forms are one to the pattern, and the places found are places in
 * the author's own text. */
#include "pattern.h"

#include "lines.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utf8.h>

/* Steps after which a match is given up. Honest patterns need some tens per
 * byte of the line's start; the limit only has to stop exponential ones. */
enum { MATCH_LIMIT = 200000, DEPTH_LIMIT = 2000, HEAP_LIMIT_KB = 16384 };
enum { JIT_STACK_MIN = 32 * 1024, JIT_STACK_MAX = 1024 * 1024 };

static const char *const capture_names[CAP_COUNT] = {
    [CAP_NUM] = "num",           [CAP_TEXT] = "text",
    [CAP_TITLE] = "title",       [CAP_LABEL] = "label",
    [CAP_VALUE] = "value",       [CAP_DOC] = "doc",
    [CAP_BODY] = "body",         [CAP_PART] = "part",
    [CAP_ITEM] = "item",         [CAP_REL] = "rel",
    [CAP_SAME] = "same",         [CAP_MAIN] = "main",
    [CAP_FROM] = "from",         [CAP_TO] = "to",
    [CAP_YEAR] = "year",         [CAP_MONTH] = "month",
    [CAP_DAY] = "day",           [CAP_YEAR_TO] = "year_to",
    [CAP_MONTH_TO] = "month_to", [CAP_DAY_TO] = "day_to",
    [CAP_HOUR] = "hour",         [CAP_MINUTE] = "minute",
    [CAP_HOUR_TO] = "hour_to",   [CAP_MINUTE_TO] = "minute_to",
    [CAP_HALF] = "half",
};

const char *capture_name(enum capture capture)
{
    return capture_names[capture] ? capture_names[capture] : "all";
}

static enum capture capture_of(const char *name)
{
    for (int i = 1; i < CAP_COUNT; i++)
        if (strcmp(capture_names[i], name) == 0)
            return (enum capture)i;
    return CAP_ALL;
}

/* A group's name is a capture, or that of a let, which stands behind the
 * pattern as a DEFINE group. */
static bool is_let(struct span source, const char *name)
{
    char define[64];

    snprintf(define, sizeof define, "(?(DEFINE)(?<%s>", name);
    return memmem(source.at, source.len, define, strlen(define)) != NULL;
}

static void map_groups(struct pattern *pattern, struct span source)
{
    PCRE2_SPTR table;
    uint32_t count, size;

    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_NAMETABLE, &table);
    for (uint32_t i = 0; i < count; i++, table += size) {
        unsigned group = (unsigned)table[0] << 8 | table[1];

        const char *name = (const char *)table + 2;
        enum capture capture = capture_of(name);

        if (group < sizeof pattern->capture)
            pattern->capture[group] = (unsigned char)capture;
        if ((capture == CAP_ALL && !is_let(source, name)) ||
            group >= GROUPS_MAX)
            snprintf(pattern->unknown, sizeof pattern->unknown, "%s", name);
    }
}

/* The byte behind a class, which begins at `at`; the text's end where a simple
 * look cannot tell. */
static size_t class_end(struct span source, size_t at)
{
    at += at + 1 < source.len && source.at[at + 1] == '^' ? 2 : 1;
    at += at < source.len && source.at[at] == ']';
    for (; at < source.len && source.at[at] != ']'; at++) {
        if (source.at[at] == '[')
            return source.len;
        at += source.at[at] == '\\';
    }
    return at + 1;
}

/* The byte behind what stands between \Q, which is at `at`, and \E. */
static size_t quote_end(struct span source, size_t at)
{
    const char *end = memmem(source.at + at, source.len - at, "\\E", 2);

    return end ? (size_t)(end - source.at) + 2 : source.len;
}

/* Whether the pattern is one branch, with nothing in it that would need a closer
 * look. */
static bool is_one_branch(struct span source)
{
    int depth = 0;
    size_t at = 0;

    while (at < source.len) {
        char c = source.at[at], next = at + 1 < source.len ? source.at[at + 1]
                                                           : '\0';

        if (c == '#' || (c == '(' && next == '*') ||
            (c == '\\' && next == 'c') ||
            (c == '|' && depth == 0))
            return false;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        at = c == '[' ? class_end(source, at)
             : c == '\\' && next == 'Q' ? quote_end(source, at)
                                        : at + (c == '\\' ? 2 : 1);
    }
    return depth == 0 && at == source.len;
}

/* What a match begins with PCRE2 only tells of a pattern without "^": that
 * stands in the options then. */
static pcre2_code *compile_anchored(struct span source, uint32_t options)
{
    PCRE2_SIZE offset;
    int code;

    return source.len && source.at[0] == '^' && is_one_branch(source)
               ? pcre2_compile((PCRE2_SPTR)source.at + 1, source.len - 1,
                               options | PCRE2_ANCHORED, &code, &offset, NULL)
               : NULL;
}

/* Ways to ask for what is before a match that are left alone. */
static bool is_hard_to_ask(struct span source)
{
    static const char *const ways[] = { "(*", "\\B", "\\G", "\\(?<=", "[(?<=" };

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (memmem(source.at, source.len, ways[i], strlen(ways[i])))
            return true;
    return false;
}

/* Whether a placed pattern may match can be asked of the pattern itself, but
 * for what it wants to see before: "(?<=" becomes a group that need not match. */
static void compile_asked(struct pattern *pattern, struct span source,
                          uint32_t options)
{
    static const char behind[] = "(?<=";
    struct buf relaxed = { 0 };
    const char *at = source.at, *end = at + source.len, *found;
    PCRE2_SIZE offset;
    int error;

    while ((found = memmem(at, (size_t)(end - at), behind, strlen(behind)))) {
        buf_add(&relaxed, at, (size_t)(found - at));
        buf_puts(&relaxed, "(?:|");
        at = found + strlen(behind);
    }
    buf_add(&relaxed, at, (size_t)(end - at));
    if (at > source.at && !relaxed.failed)
        pattern->asked = pcre2_compile((PCRE2_SPTR)relaxed.at, relaxed.len,
                                       options, &error, &offset, NULL);
    pattern->hard = at > source.at && !pattern->asked;
    buf_free(&relaxed);
}

static bool begins_with(struct span *text, const char *words)
{
    size_t len = strlen(words);

    if (text->len < len || memcmp(text->at, words, len) != 0)
        return false;
    *text = span_trim((struct span){ text->at + len, text->len - len });
    return true;
}

/* The rest of a simple class. */
static bool skip_class(struct span *text)
{
    while (text->len && text->at[0] != ']' && text->at[0] != '\\' &&
           text->at[0] != '[') {
        text->at++;
        text->len--;
    }
    return begins_with(text, "]");
}

/* What the pattern must not stand behind, where that is the first it says. */
static enum pattern_apart find_apart(struct span source)
{
    struct span text = span_trim(source);
    enum pattern_apart apart = APART_NONE;

    if (!is_one_branch(source) || !begins_with(&text, "(?<!"))
        return APART_NONE;
    if (begins_with(&text, "\\p{L}"))
        apart = APART_LETTERS;
    else if (begins_with(&text, "[A-Za-z") && skip_class(&text))
        apart = APART_ASCII;
    return begins_with(&text, ")") ? apart : APART_NONE;
}

static bool may_begin_with(const struct pattern *pattern, char byte)
{
    unsigned char first = (unsigned char)byte;

    return (pattern->first[first / 8] & 1u << first % 8) != 0;
}

static void find_first_bytes(struct pattern *pattern, struct span source)
{
    uint32_t all = 0, type = 0, unit = 0, last = 0, wanted = 0;
    const uint8_t *bits = NULL;

    pcre2_pattern_info(pattern->code, PCRE2_INFO_ALLOPTIONS, &all);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_FIRSTCODETYPE, &type);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_FIRSTCODEUNIT, &unit);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_FIRSTBITMAP, &bits);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_LASTCODETYPE, &last);
    pcre2_pattern_info(pattern->code, PCRE2_INFO_LASTCODEUNIT, &wanted);
    if (last && wanted < 0x80 && !isalpha((int)wanted))
        pattern->wanted = (char)wanted;
    /* "\G" is anchored, too, but where the search begins. */
    pattern->starts = !pattern->placed && all & PCRE2_ANCHORED &&
                      source.at[0] == '^';
    if (type == 1 && unit < 0x80 && !isalpha((int)unit))
        pattern->first[unit / 8] = (unsigned char)(1u << unit % 8);
    else if (type != 1 && bits)
        memcpy(pattern->first, bits, sizeof pattern->first);
    else
        memset(pattern->first, 0xFF, sizeof pattern->first);
}

bool pattern_compile(struct pattern *pattern, struct span source, bool placed,
                     bool jit, struct pattern_error *error)
{
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_EXTENDED |
                             PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C |
                             (placed ? PCRE2_ANCHORED : 0);
    int code;

    memset(pattern, 0, sizeof *pattern);
    error->text[0] = '\0';
    error->large = false;
    pattern->placed = placed;
    if (!placed)
        pattern->code = compile_anchored(source, options);
    if (!pattern->code)
        pattern->code = pcre2_compile((PCRE2_SPTR)source.at, source.len,
                                      options, &code, &error->offset, NULL);
    if (!pattern->code) {
        error->large = code == PCRE2_ERROR_PATTERN_TOO_LARGE;
        if (code != PCRE2_ERROR_NOMEMORY && code != 121 /* no heap */)
            pcre2_get_error_message(code, (PCRE2_UCHAR *)error->text,
                                    sizeof error->text);
        return false;
    }
    map_groups(pattern, source);
    find_first_bytes(pattern, source);
    pattern->apart = find_apart(source);
    if (placed)
        compile_asked(pattern, source, options);
    pattern->hard |= is_hard_to_ask(source);
    /* Where machine code cannot be made the interpreter does the same. */
    pattern->jit = jit && pcre2_jit_compile(pattern->code,
                                            PCRE2_JIT_COMPLETE) == 0;
    return true;
}

void pattern_free(struct pattern *pattern)
{
    pcre2_code_free(pattern->code);
    pcre2_code_free(pattern->asked);
    pattern->code = pattern->asked = NULL;
}

/* ---- folding ----------------------------------------------------------- */

enum { FOLD_KEEP = -1, FOLD_DROP = -2 };

/* What a pattern sees in place of `c`. */
static UChar32 folds_to(UChar32 c)
{
    if (c == MARK)
        return FOLD_DROP;
    if (c < 0xA0)
        return FOLD_KEEP;
    if (c >= 0xFF01 && c <= 0xFF5E)
        return c - 0xFF01 + '!';
    if (c == 0xA0 || c == 0x3000 || c == 0x202F)
        return ' ';
    if (c == 0x2010 || c == 0x2011)
        return '-';
    if (c == 0xAD || c == 0x61C || c == 0x640 ||
        (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
        (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF)
        return FOLD_DROP;
    return FOLD_KEEP;
}

/* Whether a character that begins with this byte can fold; inside of one, too,
 * where nothing comes of it. Most bytes of most texts cannot. */
static bool may_fold(char byte)
{
    switch ((unsigned char)byte) {
    case MARK:
    case 0xC2: /* U+00A0, U+00AD */
    case 0xD8: /* U+061C */
    case 0xD9: /* U+0640 */
    case 0xE2: /* U+2010, U+200B, ... */
    case 0xE3: /* U+3000 */
    case 0xEF: /* U+FF01, U+FEFF */
        return true;
    default: return false;
    }
}

bool fold_needed(struct span text)
{
    int32_t at = 0, end = (int32_t)text.len;

    while (at < end) {
        UChar32 c;

        if (!may_fold(text.at[at])) {
            at++;
            continue;
        }
        U8_NEXT(text.at, at, end, c);
        if (folds_to(c) != FOLD_KEEP)
            return true;
    }
    return false;
}

void folded_free(struct folded *folded)
{
    free(folded->bytes);
    free(folded->places);
    *folded = (struct folded){ 0 };
}

static bool folded_reserve(struct folded *folded, size_t size)
{
    char *bytes;
    uint32_t *places;

    if (size <= folded->size)
        return true;
    size += size / 2;
    bytes = realloc(folded->bytes, size);
    if (bytes)
        folded->bytes = bytes;
    places = realloc(folded->places, size * sizeof *places);
    if (places)
        folded->places = places;
    if (!bytes || !places) {
        folded_free(folded);
        return false;
    }
    folded->size = size;
    return true;
}

/* Folding never makes a text longer. */
static size_t fold_bytes(struct folded *folded, struct span text)
{
    int32_t at = 0, end = (int32_t)text.len;
    size_t out = 0;

    while (at < end) {
        int32_t was = at;
        UChar32 c, to;

        if (!may_fold(text.at[at])) {
            folded->places[out] = (uint32_t)at;
            folded->bytes[out++] = text.at[at++];
            continue;
        }
        U8_NEXT(text.at, at, end, c);
        to = folds_to(c);
        if (c == MARK) /* its index goes with it */
            U8_FWD_1(text.at, at, end);
        if (to == FOLD_KEEP) {
            for (; was < at; was++) {
                folded->places[out] = (uint32_t)was;
                folded->bytes[out++] = text.at[was];
            }
        } else if (to != FOLD_DROP) {
            folded->places[out] = (uint32_t)was;
            folded->bytes[out++] = (char)to;
        }
    }
    folded->places[out] = (uint32_t)end;
    return out;
}

bool fold(struct folded *folded, struct span text, bool folds)
{
    folded->original = text;
    folded->text = text;
    folded->map = NULL;
    folded->beginning = NULL;
    if (!folds)
        return true;
    if (!folded_reserve(folded, text.len + 1))
        return false;
    folded->text = (struct span){ folded->bytes, fold_bytes(folded, text) };
    folded->map = folded->places;
    return true;
}

struct span folded_original(const struct folded *text, size_t from,
                               size_t to)
{
    if (text->map) {
        /* What is dropped goes with what is before it, or with the first. */
        from = from ? text->map[from] : 0;
        to = text->map[to];
    }
    return (struct span){ text->original.at + from, to - from };
}

/* ---- matching ---------------------------------------------------------- */

bool matcher_open(struct matcher *matcher)
{
    *matcher = (struct matcher){ 0 };
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

/* Hardly a match needs more than the machine's own stack; the one that does
 * gets one, and it is kept. */
static int match_with_stack(const struct pattern *pattern,
                            struct matcher *matcher, struct span text,
                            size_t start)
{
    int groups = PCRE2_ERROR_JIT_STACKLIMIT;

    for (int i = 0; i < 2 && groups == PCRE2_ERROR_JIT_STACKLIMIT; i++) {
        if (i > 0 && !matcher->stack) {
            matcher->stack =
                pcre2_jit_stack_create(JIT_STACK_MIN, JIT_STACK_MAX, NULL);
            pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
        }
        /* Most matches take less time than the checks before them. */
        groups = pattern->jit
                     ? pcre2_jit_match(pattern->code, (PCRE2_SPTR)text.at,
                                       text.len, start, 0, matcher->data,
                                       matcher->context)
                     : pcre2_match(pattern->code, (PCRE2_SPTR)text.at, text.len,
                                   start, PCRE2_NO_UTF_CHECK, matcher->data,
                                   matcher->context);
    }
    return groups;
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

size_t pattern_start(const struct matcher *matcher)
{
    return pcre2_get_ovector_pointer(matcher->data)[0];
}

size_t pattern_end(const struct matcher *matcher)
{
    return pcre2_get_ovector_pointer(matcher->data)[1];
}
