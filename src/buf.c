/* Spans of borrowed text, a growable text, and an arena that owns many. */
#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

struct span span_of(const char *text)
{
    return (struct span){ text, text ? strlen(text) : 0 };
}

bool span_is(struct span a, const char *text)
{
    return span_equal(a, span_of(text));
}

int32_t span_first(struct span text)
{
    UChar32 c = 0;
    int32_t at = 0;

    if (text.len)
        U8_NEXT(text.at, at, (int32_t)text.len, c);
    return c;
}

bool span_has(struct span text, UBool (*is)(UChar32))
{
    bool found = false;

    for (int32_t at = 0; at < (int32_t)text.len && !found;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        found = c >= 0 && is(c);
    }
    return found;
}

bool span_same(struct span a, struct span b, span_reader *next)
{
    int32_t i = 0, k = 0, sign;

    do {
        sign = next(a, &i);
        if (sign != next(b, &k))
            return false;
    } while (sign);
    return true;
}

bool span_is_digits(struct span text)
{
    size_t i = 0;

    while (i < text.len && is_digit(text.at[i]))
        i++;
    return text.len && i == text.len;
}

size_t span_count(struct span text, char byte)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += text.at[i] == byte;
    return count;
}

size_t span_run(struct span text, size_t at, char byte)
{
    size_t count = 0;

    while (at + count < text.len && text.at[at + count] == byte)
        count++;
    return count;
}

bool span_is_utf8(struct span text, size_t *offset)
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

static bool is_space(UChar32 c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') ||
           (c > ' ' && u_isUWhiteSpace(c));
}

size_t span_space(struct span text)
{
    int32_t at = 0, next = 0;
    UChar32 c;

    for (; next < (int32_t)text.len; at = next) {
        U8_NEXT(text.at, next, (int32_t)text.len, c);
        if (!is_space(c))
            break;
    }
    return (size_t)at;
}

struct span span_trim(struct span text)
{
    int32_t from = 0, to = (int32_t)text.len, next;
    UChar32 c;

    if (!text.len)
        return text;
    for (; from < to; from = next) {
        next = from;
        U8_NEXT(text.at, next, to, c);
        if (!is_space(c))
            break;
    }
    for (; to > from; to = next) {
        next = to;
        U8_PREV(text.at, from, next, c);
        if (!is_space(c))
            break;
    }
    return (struct span){ text.at + from, (size_t)(to - from) };
}

size_t span_space_at_end(struct span text)
{
    int32_t at = (int32_t)text.len;
    UChar32 c = 0;

    if (at)
        U8_PREV(text.at, 0, at, c);
    return is_space(c) ? text.len - (size_t)at : 0;
}

struct span span_plain_end(struct span text, char *to, size_t size)
{
    static const char space[] = "\u00A0", narrow[] = "\u202F";
    size_t from = text.len > size ? text.len - size : 0, len = 0;

    while (from < text.len && U8_IS_TRAIL(text.at[from]))
        from++;
    while (from < text.len) {
        struct span rest = { text.at + from, text.len - from };
        size_t wide = rest.len >= 2 && memcmp(rest.at, space, 2) == 0    ? 2
                      : rest.len >= 3 && memcmp(rest.at, narrow, 3) == 0 ? 3
                                                                         : 0;

        to[len++] = wide ? ' ' : *rest.at;
        from += wide ? wide : 1;
    }
    return (struct span){ to, len };
}

bool buf_reserve(struct buf *buf, size_t more)
{
    size_t need = buf->len + more + 1, size = buf->size ? buf->size : 64;
    char *grown;

    if (buf->failed)
        return false;
    if (need <= buf->size)
        return true;
    while (size < need)
        size *= 2;
    grown = realloc(buf->at, size);
    if (!grown) {
        buf->failed = true;
        return false;
    }
    buf->at = grown;
    buf->size = size;
    return true;
}

void buf_add_span(struct buf *buf, struct span text)
{
    buf_add(buf, text.at, text.len);
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_put_code_point(struct buf *buf, int32_t c)
{
    char bytes[U8_MAX_LENGTH];
    int32_t len = 0;

    U8_APPEND_UNSAFE(bytes, len, c);
    buf_add(buf, bytes, (size_t)len);
}

char *digits_before(char *end, unsigned value)
{
    do
        *--end = (char)('0' + value % 10);
    while (value /= 10);
    return end;
}

void buf_put_unsigned(struct buf *buf, unsigned value)
{
    char digits[DIGITS_MAX], *end = digits + sizeof digits;
    char *at = digits_before(end, value);

    buf_add(buf, at, (size_t)(end - at));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
    va_list args, again;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    if (len > 0 && buf_reserve(buf, (size_t)len)) {
        vsnprintf(buf->at + buf->len, (size_t)len + 1, format, again);
        buf->len += (size_t)len;
    }
    va_end(again);
    va_end(args);
}

void buf_clear(struct buf *buf)
{
    buf->len = 0;
    if (buf->at)
        buf->at[0] = '\0';
}

void buf_free(struct buf *buf)
{
    free(buf->at);
    *buf = (struct buf){ 0 };
}

struct span buf_span(const struct buf *buf)
{
    return (struct span){ buf->at, buf->len };
}

const char *buf_text(const struct buf *buf)
{
    return buf->at ? buf->at : "";
}

struct arena_block {
    struct arena_block *next;
    size_t used, size;
    _Alignas(void *) char bytes[];
};

enum { ARENA_BLOCK = 64 * 1024 };

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = _Alignof(void *); /* nothing needs more */
    struct arena_block *block = arena->blocks;
    void *out;

    size = (size + align - 1) / align * align;
    if (!block || block->size - block->used < size) {
        size_t room = size > ARENA_BLOCK ? size : ARENA_BLOCK;

        block = arena->failed ? NULL : malloc(sizeof *block + room);
        if (!block) {
            arena->failed = true;
            return NULL;
        }
        *block = (struct arena_block){ arena->blocks, 0, room };
        arena->blocks = block;
    }
    out = block->bytes + block->used;
    block->used += size;
    return out;
}

struct span arena_copy(struct arena *arena, struct span text)
{
    char *copy = arena_alloc(arena, text.len + 1);

    if (!copy)
        return (struct span){ "", 0 };
    if (text.len)
        memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return (struct span){ copy, text.len };
}

void arena_free(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *next = arena->blocks->next;

        free(arena->blocks);
        arena->blocks = next;
    }
    arena->failed = false;
}

void *array_push(void *items, size_t *count, size_t size)
{
    char **array = items, *slot;

    /* Full exactly when the count is 0 or a power of two of at least 8. */
    if (*count == 0 || (*count >= 8 && (*count & (*count - 1)) == 0)) {
        char *grown = realloc(*array, (*count ? *count * 2 : 8) * size);

        if (!grown)
            return NULL;
        *array = grown;
    }
    slot = *array + *count * size;
    memset(slot, 0, size);
    ++*count;
    return slot;
}
