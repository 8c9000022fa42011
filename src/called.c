/* Knows the short names that a text gives to documents: "(hereinafter "the
 * Manual")", and by them what "clause 2 of the Manual" is of. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "citing.h"

void called_keep(struct citing *p, struct span behind, const struct named *doc)
{
    struct finding f;
    struct called *called;

    if (p->called_count == CALLED_MAX || !doc->type[0] ||
        !scanner_takes(p->scanner, KIND_SAME, "called", behind, &f) ||
        !f.match.at[CAP_TITLE].len)
        return;
    called = &p->called[p->called_count++];
    called->name = arena_copy(&p->xrefs->arena, f.match.at[CAP_TITLE]);
    called->doc = *doc;
}

/* Whether the text begins with the name as a word; Chinese has none. */
static bool begins_with(struct span text, struct span name)
{
    UChar32 c = ' ', last = 0;
    int32_t end = (int32_t)name.len, at = end;

    if (!name.len || text.len < name.len ||
        memcmp(text.at, name.at, name.len) != 0)
        return false;
    U8_PREV(name.at, 0, at, last);
    if (text.len > name.len)
        U8_NEXT(text.at, end, (int32_t)text.len, c);
    return !u_isalnum(c) || u_hasBinaryProperty(last, UCHAR_IDEOGRAPHIC);
}

/* The length of the sign that begins or ends a quotation. */
static size_t quote_length(struct span text)
{
    static const char *const signs[] = { "\"",     "\u201C", "\u201D", "\u00AB",
                                         "\u00BB", "\u300A", "\u300B" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (text.len >= strlen(signs[i]) &&
            memcmp(text.at, signs[i], strlen(signs[i])) == 0)
            return strlen(signs[i]);
    return 0;
}

static struct span from(struct span text, size_t length)
{
    return span_between(text.at + length, text.at + text.len);
}

/* The length of the name that the text begins with, quoted or not; 0 where it
 * has none that is known, or else `*which` it is. */
static size_t name_length(const struct citing *p, struct span text,
                          size_t *which)
{
    size_t quote = quote_length(text), length;

    for (size_t i = 0; i < p->called_count; i++)
        if (begins_with(from(text, quote), p->called[i].name)) {
            *which = i;
            length = quote + p->called[i].name.len;
            return quote ? length + quote_length(from(text, length)) : length;
        }
    return 0;
}

bool called_find(struct citing *p, struct finding *f, struct span text)
{
    struct span *all = &f->match.at[CAP_ALL], value = f->match.at[CAP_VALUE];
    size_t which = 0, length;

    p->called_doc = NULL;
    if (!rule_is(f->rule, "called"))
        return false;
    length = name_length(
        p,
        value.at ? value : span_between(all->at + all->len, text.at + text.len),
        &which);
    if (!length || (value.at && length < value.len))
        return false;
    p->called_doc = &p->called[which].doc;
    if (!value.at)
        all->len += length;
    return !value.at;
}
