/* Checks that a tree holds the text it was made of. */
#include "conserve.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

/* Code points. */
struct points {
    UChar32 *at;
    size_t count, size;
};

static void add(struct points *points, UChar32 c)
{
    if (points->count == points->size) {
        points->size = points->size ? points->size * 2 : 1024;
        points->at = realloc(points->at, points->size * sizeof *points->at);
        if (!points->at)
            abort();
    }
    points->at[points->count++] = c;
}

/* A byte-order mark is no text, wherever two files were put together. */
static bool is_blank(UChar32 c)
{
    return u_isUWhiteSpace(c) || c == 0xFEFF;
}

/* ---- the text as it was given ------------------------------------------- */

static bool is_break(UChar32 c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* What cannot stand in XML stands as U+FFFD. */
static UChar32 kept(UChar32 c)
{
    bool control = (c >= 0 && c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0);

    return c < 0 || (c & 0xFFFE) == 0xFFFE || (control && !is_break(c))
               ? 0xFFFD
               : c;
}

/* Shapes of Arabic letters stand for the letters. */
static void add_letters(struct points *points, UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    bool shaped = (c >= 0xFB50 && c <= 0xFBB1) ||
                  (c >= 0xFBD3 && c <= 0xFBFF) || (c >= 0xFE80 && c <= 0xFEFC);
    UChar letters[8];
    int32_t at = 0, length = -1;

    if (shaped)
        length = unorm2_getRawDecomposition(unorm2_getNFKDInstance(&status), c,
                                            letters, 8, &status);
    if (length < 0)
        add(points, c);
    while (at < length) {
        U16_NEXT(letters, at, length, c);
        add(points, c);
    }
}

static struct points decode(const char *text, size_t length)
{
    struct points points = { 0 };
    int32_t at = 0;

    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    while (at < (int32_t)length) {
        UChar32 c;

        U8_NEXT(text, at, (int32_t)length, c);
        add_letters(&points, is_break(c) ? c : kept(c));
    }
    return points;
}

static struct points normalize(struct points points)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    int32_t size = (int32_t)points.count * 2 + 1, length = 0;
    UChar *from = malloc((size_t)size * sizeof *from);
    UChar *to = malloc((size_t)size * 3 * sizeof *to);
    struct points out = { 0 };

    for (size_t i = 0; i < points.count; i++)
        U16_APPEND_UNSAFE(from, length, points.at[i]);
    length = unorm2_normalize(nfc, from, length, to, size * 3, &status);
    for (int32_t i = 0; i < length;) {
        UChar32 c;

        U16_NEXT(to, i, length, c);
        add(&out, c);
    }
    free(from);
    free(to);
    free(points.at);
    return out;
}

/* Brackets of a line, by their places; Arabic letters in it. */
struct brackets {
    size_t at[256], count, open;
    bool arabic;
};

static size_t find_brackets(const struct points *points, size_t from,
                            struct brackets *found)
{
    *found = (struct brackets){ .count = 0 };
    for (; from < points->count && !is_break(points->at[from]); from++) {
        UChar32 c = points->at[from];

        found->arabic |= c >= 0x600 && c <= 0x6FF;
        if ((c == '(' || c == ')') && found->count < 256)
            found->at[found->count++] = from;
        found->open += c == '(';
    }
    return from + 1;
}

/* Goes through pairs of different brackets; turns those that begin with ")" if
 * told to. */
static void turn_line(struct points *points, const struct brackets *in,
                      size_t turned[2], bool turn)
{
    if (!in->arabic || in->count != 2 * in->open)
        return;
    for (size_t i = 0; i + 1 < in->count; i++) {
        bool close = points->at[in->at[i]] == ')';

        if (points->at[in->at[i]] == points->at[in->at[i + 1]])
            continue;
        turned[close]++;
        if (close && turn) {
            points->at[in->at[i]] = '(';
            points->at[in->at[i + 1]] = ')';
        }
        i++;
    }
}

/* Brackets that a program has turned everywhere. */
static struct points turn_brackets(struct points points)
{
    size_t turned[2] = { 0, 0 };
    struct brackets found;

    for (size_t i = 0; i < points.count;) {
        i = find_brackets(&points, i, &found);
        turn_line(&points, &found, turned, false);
    }
    if (turned[true] < 3 || turned[true] < 4 * turned[false])
        return points;
    for (size_t i = 0; i < points.count;) {
        i = find_brackets(&points, i, &found);
        turn_line(&points, &found, turned, true);
    }
    return points;
}

/* Where line `number` (from 1) begins and ends; page headers are few. */
static bool find_line(const struct points *points, unsigned number,
                      size_t *from, size_t *to)
{
    size_t i = 0;

    for (unsigned line = 1; line < number; line++) {
        while (i < points->count && !is_break(points->at[i]))
            i++;
        i += i + 1 < points->count && points->at[i] == '\r' &&
             points->at[i + 1] == '\n';
        if (++i >= points->count)
            return false;
    }
    *from = i;
    while (i < points->count && !is_break(points->at[i]))
        i++;
    *to = i;
    return true;
}

/* ---- marks of converters ------------------------------------------------ */

/* A footnote: where in the flow it is called, and its text. */
struct note {
    size_t call;
    long label;
    size_t from, to;
    bool told;
};

struct flow {
    const struct points *in;
    struct points out;
    struct note *notes;
    size_t note_count;
};

/* The byte behind `word` where it stands at `at`, or 0. */
static size_t after(const struct points *points, size_t at, const char *word)
{
    for (; *word; word++, at++)
        if (at >= points->count || points->at[at] != (unsigned char)*word)
            return 0;
    return at;
}

static size_t digits(const struct points *points, size_t at, long *value)
{
    size_t from = at;

    for (*value = 0; at < points->count && points->at[at] >= '0' &&
                     points->at[at] <= '9' && at < from + 4; at++)
        *value = *value * 10 + points->at[at] - '0';
    return at > from ? at : 0;
}

/* "[bookmark: NAME]", "[image: WORDS]", on one line; on several in a note,
 * whose lines are joined. */
static size_t skip_mark(const struct points *in, size_t at, bool note)
{
    size_t end = after(in, at, "[bookmark:");

    if (!end)
        end = after(in, at, "[image:");
    if (!end)
        return 0;
    while (end < in->count && in->at[end] != ']')
        if (is_break(in->at[end++]) && !note)
            return 0;
    return end < in->count ? end + 1 : 0;
}

/* "[footnoteRef:1]"; a number that the author typed behind it is text. */
static size_t skip_call(struct flow *flow, size_t at)
{
    const struct points *in = flow->in;
    size_t end = after(in, at, "[footnoteRef:");
    long label;

    if (!end)
        end = after(in, at, "[endnoteRef:");
    while (end && end < in->count && in->at[end] == ' ')
        end++;
    end = end ? digits(in, end, &label) : 0;
    if (!end || end >= in->count || in->at[end] != ']')
        return 0;
    flow->notes = realloc(flow->notes,
                          (flow->note_count + 1) * sizeof *flow->notes);
    if (!flow->notes)
        abort();
    flow->notes[flow->note_count++] =
        (struct note){ .call = flow->out.count, .label = label };
    return end + 1;
}

static size_t closing_bracket(const struct points *in, size_t at)
{
    int depth = 1;

    for (; at < in->count; at++) {
        depth += in->at[at] == '[' ? 1 : in->at[at] == ']' ? -1 : 0;
        if (depth == 0)
            return at;
    }
    return 0;
}

/* "[1: text]", where footnote 1 was called and has no text yet. */
static size_t skip_note(struct flow *flow, size_t at)
{
    const struct points *in = flow->in;
    long label;
    size_t from = digits(in, at + 1, &label), to;

    if (!from || from >= in->count || in->at[from] != ':')
        return 0;
    to = closing_bracket(in, from + 1);
    for (size_t i = flow->note_count; to && i-- > 0;) {
        struct note *note = &flow->notes[i];

        if (note->label == label && !note->told) {
            *note = (struct note){ note->call, label, from + 1, to, true };
            return to + 1;
        }
    }
    return 0;
}

static void run(struct flow *flow, size_t from, size_t to)
{
    const struct points *in = flow->in;

    for (size_t at = from; at < to;) {
        size_t end = 0;

        if (in->at[at] == '[')
            end = skip_mark(in, at, false);
        if (!end && in->at[at] == '[')
            end = skip_call(flow, at);
        if (!end && in->at[at] == '[')
            end = skip_note(flow, at);
        if (!end && !is_blank(in->at[at]))
            add(&flow->out, in->at[at]);
        at = end ? end : at + 1;
    }
}

/* The text without marks, each note at its call. */
static struct points flow_text(const struct points *in)
{
    struct flow flow = { .in = in };
    struct points text = { 0 };
    size_t at = 0;

    run(&flow, 0, in->count);
    for (size_t i = 0; i < flow.note_count; i++) {
        const struct note *note = &flow.notes[i];

        while (at < note->call)
            add(&text, flow.out.at[at++]);
        for (size_t k = note->from; k < note->to;) {
            size_t end = in->at[k] == '[' ? skip_mark(in, k, true) : 0;

            if (!end && !is_blank(in->at[k]))
                add(&text, in->at[k]);
            k = end ? end : k + 1;
        }
    }
    while (at < flow.out.count)
        add(&text, flow.out.at[at++]);
    free(flow.out.at);
    free(flow.notes);
    return text;
}

/* ---- the text of the tree ----------------------------------------------- */

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE &&
           strcmp((const char *)node->name, name) == 0;
}

/* The node behind `node` in the tree below `top`. */
static xmlNodePtr step(xmlNodePtr node, xmlNodePtr top, bool deeper)
{
    if (deeper && node->children)
        return node->children;
    while (node != top && !node->next)
        node = node->parent;
    return node != top ? node->next : NULL;
}

static void add_text(struct points *points, const xmlChar *text)
{
    const char *s = (const char *)text;
    int32_t length = s ? (int32_t)strlen(s) : 0;

    for (int32_t at = 0; at < length;) {
        UChar32 c;

        U8_NEXT(s, at, length, c);
        if (!is_blank(c))
            add(points, c);
    }
}

/* Stands in `_private` of a footnote whose lines have been taken. */
static char taken[1];

/* The text of the tree below `top`, but for metadata and what was taken. */
static void add_tree_text(struct points *points, xmlNodePtr top)
{
    bool deeper;

    for (xmlNodePtr n = top; n; n = step(n, top, deeper)) {
        deeper = !is_named(n, "meta") && n->_private != taken;
        if (n->type == XML_TEXT_NODE)
            add_text(points, n->content);
    }
}

/* ---- lines that stand elsewhere in the tree ------------------------------ */

/* The lines that an attribute names, as places in the text. */
static bool find_lines(const struct points *points, const xmlChar *lines,
                       size_t *from, size_t *to)
{
    char *end = NULL;
    unsigned first = lines ? (unsigned)strtoul((char *)lines, &end, 10) : 0;
    unsigned last = first && *end == '-'
                        ? (unsigned)strtoul(end + 1, NULL, 10)
                        : first;
    size_t begin;

    if (!first || !find_line(points, first, from, to))
        return false;
    return last == first || find_line(points, last, &begin, to);
}

/* What `node` says of the lines that it was made of; the caller's, or NULL. */
static xmlChar *lines_of(xmlNodePtr node)
{
    xmlChar *lines = xmlGetNoNsProp(node, (const xmlChar *)"lines");

    return lines ? lines
                 : xmlGetNsProp(node, (const xmlChar *)"lines",
                                (const xmlChar *)"urn:x-clausier:source:1");
}

/* Blanks out the lines that `node` says it was made of; false where they read
 * otherwise. */
static bool take_lines(struct points *points, xmlNodePtr node)
{
    xmlChar *lines = lines_of(node);
    struct points told = { 0 };
    size_t from = 0, to = 0, k = 0;
    bool same;

    same = find_lines(points, lines, &from, &to);
    add_tree_text(&told, node);
    for (size_t i = from; same && i < to;) {
        size_t mark = points->at[i] == '[' ? skip_mark(points, i, false) : 0;

        if (mark) {
            i = mark;
            continue;
        }
        if (!is_blank(points->at[i]))
            same = k < told.count && told.at[k++] == points->at[i];
        i++;
    }
    same = same && k == told.count;
    for (size_t i = from; same && i < to; i++)
        if (!is_break(points->at[i]))
            points->at[i] = ' ';
    free(told.at);
    xmlFree(lines);
    return same;
}

/* The place behind what is told, where it begins at `at`, blanks left aside; or
 * 0. */
static size_t behind(const struct points *points, size_t at, size_t to,
                     const struct points *told)
{
    for (size_t k = 0; k < told->count; at++)
        if (at >= to || (!is_blank(points->at[at]) &&
                         points->at[at] != told->at[k++]))
            return 0;
    return at;
}

/* Blanks out the code of a field, or what stood in one column, in the lines that
 * it says it was in. */
static bool take_code(struct points *points, xmlNodePtr node)
{
    xmlChar *lines = lines_of(node);
    struct points told = { 0 };
    size_t from = 0, to = 0, end = 0;

    add_tree_text(&told, node);
    if (find_lines(points, lines, &from, &to))
        while (from < to && !(end = behind(points, from, to, &told)))
            from++;
    for (; from < end; from++)
        if (!is_break(points->at[from]))
            points->at[from] = ' ';
    free(told.at);
    xmlFree(lines);
    return end > 0;
}

/* A slash with no blanks around it parts no cells. */
static bool is_sign(const struct points *points, size_t i, UChar32 sign)
{
    return points->at[i] == sign &&
           (sign != '/' ||
            ((i == 0 || points->at[i - 1] <= ' ') &&
             (i + 1 == points->count || points->at[i + 1] <= ' ')));
}

/* Blanks out the bars or slashes of the line that parted its cells; false where
 * it has more or fewer. */
static bool take_signs(struct points *points, xmlNodePtr node, UChar32 sign,
                       size_t signs)
{
    xmlChar *lines = lines_of(node);
    size_t from = 0, to = 0;

    if (find_lines(points, lines, &from, &to))
        for (; from < to; from++)
            if (is_sign(points, from, sign)) {
                points->at[from] = ' ';
                signs--;
            }
    xmlFree(lines);
    return signs == 0;
}

/* A line that was drawn, or the bars or slashes of one that was not. */
static bool take_drawn(struct points *points, xmlNodePtr node)
{
    xmlChar *text = xmlNodeGetContent(node);
    char sign = (char)*text;
    size_t signs = strspn((const char *)text, sign == '/' ? "/" : "|");
    bool all = signs == strlen((const char *)text);

    xmlFree(text);
    return all ? take_signs(points, node, sign, signs)
               : take_lines(points, node);
}

/* A footnote that was typed stood on lines of its own, and stands at its call
 * now; of another one the lines hold more than its text. */
static void take_note(struct points *points, xmlNodePtr note)
{
    if (note->children && take_lines(points, note->children))
        note->_private = taken;
}

/* What stands inside goes first: a footnote may call another one. */
static bool take_all(struct points *points, xmlNodePtr node)
{
    for (xmlNodePtr n = node->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && !take_all(points, n))
            return false;
    if (is_named(node, "authorialNote"))
        take_note(points, node);
    if (is_named(node, "fieldCode"))
        return take_code(points, node);
    if (is_named(node, "tableRule"))
        return take_drawn(points, node);
    /* Of what stands in columns each is told. */
    if (is_named(node, "pageHeader"))
        return take_lines(points, node) || take_code(points, node);
    return !(is_named(node, "footnoteSeparator") ||
             is_named(node, "footnoteNumber")) ||
           take_lines(points, node);
}

/* ---- comparing ---------------------------------------------------------- */

static void show(char **out, const struct points *points, size_t at)
{
    size_t from = at > 20 ? at - 20 : 0;

    for (size_t i = from; i < at + 20 && i < points->count; i++) {
        uint8_t bytes[4];
        int32_t length = 0;

        U8_APPEND_UNSAFE(bytes, length, points->at[i]);
        memcpy(*out, bytes, (size_t)length);
        *out += length;
    }
}

static char *describe(const struct points *given, const struct points *kept_,
                      size_t at)
{
    char *text = malloc(1024), *end = text;

    if (!text)
        abort();
    end += sprintf(end, "text differs at character %zu: given \"", at);
    show(&end, given, at);
    end += sprintf(end, "\", in the tree \"");
    show(&end, kept_, at);
    sprintf(end, "\"");
    return text;
}

/* Whether marks of Markdown were taken out. */
static bool has_emphasis(xmlNodePtr node)
{
    for (xmlNodePtr n = node->children; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE &&
            (is_named(n, "emphasis") || has_emphasis(n)))
            return true;
    return false;
}

/* Such marks are not compared. */
static void drop_marks(struct points *points)
{
    size_t kept = 0;

    for (size_t i = 0; i < points->count; i++)
        if (points->at[i] >= 0x80 || !strchr("*\\#<>", (int)points->at[i]))
            points->at[kept++] = points->at[i];
    points->count = kept;
}

/* "[^1]" is "[1]" in the tree, and its note is looked for as it stands there.
 */
static void drop_carets(struct points *points)
{
    for (size_t i = 1; i < points->count; i++)
        if (points->at[i] == '^' && points->at[i - 1] == '[')
            points->at[i] = ' ';
}

char *conserve_check(const char *text, size_t length, xmlDocPtr tree)
{
    struct points points = turn_brackets(normalize(decode(text, length)));
    struct points given, held = { 0 };
    char *wrong = NULL;
    bool marked = has_emphasis(xmlDocGetRootElement(tree));
    size_t i = 0;

    if (marked)
        drop_carets(&points);
    if (!take_all(&points, xmlDocGetRootElement(tree))) {
        free(points.at);
        return strdup("a page header, drawn line or field is not what it says it was");
    }
    given = flow_text(&points);
    add_tree_text(&held, xmlDocGetRootElement(tree));
    if (marked) {
        drop_marks(&given);
        drop_marks(&held);
    }
    while (i < given.count && i < held.count && given.at[i] == held.at[i])
        i++;
    if (i < given.count || i < held.count)
        wrong = describe(&given, &held, i);
    free(points.at);
    free(given.at);
    free(held.at);
    return wrong;
}
