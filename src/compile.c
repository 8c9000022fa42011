/* Compiles patterns, and finds out what can be known of their matches
 * beforehand. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pattern.h"

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
    [CAP_HALF] = "half",         [CAP_AROUND] = "around",
    [CAP_INNER] = "inner",
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

size_t pattern_class_end(struct span source, size_t at)
{
    at += at + 1 < source.len && source.at[at + 1] == '^' ? 2 : 1;
    at += at < source.len && source.at[at] == ']';
    while (at < source.len && source.at[at] != ']') {
        struct span rest = { source.at + at, source.len - at };
        const char *end = rest.len > 1 && memcmp(rest.at, "[:", 2) == 0
                              ? memmem(rest.at, rest.len, ":]", 2)
                              : NULL;

        at += end ? (size_t)(end + 2 - rest.at) : rest.at[0] == '\\' ? 2 : 1;
    }
    return at + 1;
}

/* The byte behind what stands between \Q, which is at `at`, and \E. */
static size_t quote_end(struct span source, size_t at)
{
    const char *end = memmem(source.at + at, source.len - at, "\\E", 2);

    return end ? (size_t)(end - source.at) + 2 : source.len;
}

/* The byte behind a character, a class, or what else is one at `at`. */
static size_t element_end(struct span source, size_t at)
{
    char c = source.at[at],
         next = at + 1 < source.len ? source.at[at + 1] : '\0';
    size_t end = c == '['                   ? pattern_class_end(source, at)
                 : c == '\\' && next == 'Q' ? quote_end(source, at)
                                            : at + (c == '\\' ? 2 : 1);

    return end < source.len ? end : source.len;
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
        at = element_end(source, at);
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

static bool begins_with(struct span *text, const char *words)
{
    size_t len = strlen(words);

    if (text->len < len || memcmp(text->at, words, len) != 0)
        return false;
    *text = span_trim((struct span){ text->at + len, text->len - len });
    return true;
}

/* A way through a pattern, by what stands outside classes. */
struct way {
    struct span source;
    size_t at, end;   /* of what is looked at */
    uint64_t denying; /* the open groups, the innermost lowest: 1 for "(?!" */
    unsigned depth;
};

enum { DEPTH_MAX = 64 };

static struct span ahead(const struct way *way)
{
    return (struct span){ way->source.at + way->at, way->source.len - way->at };
}

/* Nothing but itself, and there are many. */
static bool is_plain(char c)
{
    return c != '(' && c != ')' && c != '[' && c != '\\' && c != '^' &&
           c != '#';
}

static bool go_on(struct way *way)
{
    struct span text = ahead(way);
    char was = way->end ? *text.at : '\0';

    if (was == '(' && way->depth++ < DEPTH_MAX)
        way->denying = way->denying << 1 | (begins_with(&text, "(?!") ||
                                            begins_with(&text, "(?<!"));
    else if (was == ')' && way->depth)
        way->denying >>= --way->depth < DEPTH_MAX;
    if (way->depth > DEPTH_MAX || (way->at = way->end) >= way->source.len)
        return false;
    way->end = element_end(way->source, way->at);
    while (is_plain(way->source.at[way->at]) && way->end < way->source.len &&
           is_plain(way->source.at[way->end]))
        way->end++;
    return true;
}

/* Whether a match of what is looked at lets the whole pattern not match. */
static bool is_denied(const struct way *way)
{
    return __builtin_popcountll(way->denying) & 1;
}

/* "(?! ^ )": the pattern is asked at the start of a text, where that fails. An
 * option "(?^" is none. What a comment holds is not known. */
static bool denies_start(struct span source)
{
    struct way way = { .source = source };

    while (go_on(&way)) {
        struct span text = ahead(&way);

        if (*text.at == '#' ||
            (is_denied(&way) &&
             ((*text.at == '^' && memcmp(text.at - 2, "(?", 2) != 0) ||
              (*text.at == '\\' && begins_with(&text, "\\A")))))
            return true;
    }
    return way.depth > DEPTH_MAX;
}

/* "(?1)", "(?-1)": a group that is called by its number. */
static bool calls_number(struct span source)
{
    for (size_t i = 0; i + 3 < source.len; i++)
        if (memcmp(source.at + i, "(?", 2) == 0 &&
            (is_digit(source.at[i + 2]) ||
             (strchr("+-", source.at[i + 2]) && is_digit(source.at[i + 3]))))
            return true;
    return false;
}

/* Ways to ask for what is before a match, and to call what may do so, that are
 * left alone. */
static bool is_hard_to_ask(struct span source)
{
    static const char *const ways[] = { "(*",  "\\B",  "\\G",  "(?(?",
                                        "(?R", "(?P>", "\\g<", "\\g'" };

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (memmem(source.at, source.len, ways[i], strlen(ways[i])))
            return true;
    return calls_number(source) || denies_start(source);
}

/* What stands for a look behind the start, which a text that begins there does
 * not show, in place of its first `*len` bytes: it finds what it wants to see,
 * and where that would be denied does not; nor does a group that is called
 * there, which may look behind. NULL: the pattern says it already. */
static const char *unseen(const struct way *way, size_t *len)
{
    struct span text = ahead(way), call = text;
    bool denied = is_denied(way);

    *len = strlen("(?<=");
    if (*text.at != '(')
        return NULL;
    if (begins_with(&text, "(?<="))
        return denied ? "(?!|" : "(?=|";
    if (denied && begins_with(&text, "(?<!"))
        return "(?<!|";
    if (!denied || !begins_with(&text, "(?&"))
        return NULL;
    for (*len = 0; *len < call.len && call.at[*len] != ')';)
        ++*len;
    return "(?!";
}

/* Whether a placed pattern may match can be asked of the pattern itself, but
 * for what it wants to see before. */
static void compile_asked(struct pattern *pattern, struct span source,
                          uint32_t options)
{
    struct way way = { .source = source };
    struct buf asked = { 0 };
    size_t copied = 0, len;
    PCRE2_SIZE offset;
    int error;

    while (go_on(&way)) {
        const char *instead = unseen(&way, &len);

        if (!instead)
            continue;
        buf_add(&asked, source.at + copied, way.at - copied);
        buf_puts(&asked, instead);
        copied = way.at + len;
    }
    buf_add(&asked, source.at + copied, source.len - copied);
    if (copied && !asked.failed)
        pattern->asked = pcre2_compile((PCRE2_SPTR)asked.at, asked.len, options,
                                       &error, &offset, NULL);
    pattern->hard = copied && !pattern->asked;
    buf_free(&asked);
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

    if (!begins_with(&text, "(?<!") || !is_one_branch(source))
        return APART_NONE;
    if (begins_with(&text, "\\p{L}"))
        apart = APART_LETTERS;
    else if (begins_with(&text, "[A-Za-z") && skip_class(&text))
        apart = APART_ASCII;
    return begins_with(&text, ")") ? apart : APART_NONE;
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

/* Machine code takes the time of some hundred matches, and ten times the memory
 * of the pattern: a single text has to be long to be worth that, the longer the
 * more code has to be made. */
static struct machine *machine_new(const pcre2_code *code)
{
    enum { USES_MIN = 512, BYTES_PER_USE = 2 };

    struct machine *machine = calloc(1, sizeof *machine);
    size_t bytes = 0;

    pcre2_pattern_info(code, PCRE2_INFO_SIZE, &bytes);
    if (machine)
        machine->wait = USES_MIN + (int)(bytes / BYTES_PER_USE);
    return machine;
}

bool pattern_compile(struct pattern *pattern, struct span source, bool placed,
                     struct pattern_error *error)
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
    if (!(pattern->machine = machine_new(pattern->code))) {
        pattern_free(pattern);
        return false;
    }
    map_groups(pattern, source);
    find_first_bytes(pattern, source);
    if (placed) {
        pattern->apart = find_apart(source);
        compile_asked(pattern, source, options);
        pattern->hard |= is_hard_to_ask(source);
    }
    return true;
}

void pattern_free(struct pattern *pattern)
{
    pcre2_code_free(pattern->code);
    pcre2_code_free(pattern->asked);
    if (pattern->machine)
        pcre2_code_free(pattern->machine->code);
    free(pattern->machine);
    *pattern = (struct pattern){ 0 };
}
