/* Spans of borrowed text, a growable text, and an arena that owns many. */
#ifndef CLAUSIER_BUF_H
#define CLAUSIER_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Borrowed bytes; `at` may be NULL only where `len` is 0. */
struct span {
    const char *at;
    size_t len;
};

#define SPAN(literal) ((struct span){ (literal), sizeof(literal) - 1 })

struct span span_of(const char *text);

static inline struct span span_between(const char *from, const char *to)
{
    return (struct span){ from, (size_t)(to - from) };
}

static inline bool span_equal(struct span a, struct span b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* One of ASCII, whatever the locale. */
static inline bool is_digit(int32_t c)
{
    return c >= '0' && c <= '9';
}

/* FNV-1a: what the bytes make of a hash, which begins as SPAN_HASH. */
#define SPAN_HASH 0xCBF29CE484222325u

static inline uint64_t span_hash(uint64_t hash, struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * 0x100000001B3u;
    return hash;
}

/* The same with an end that no UTF-8 has: "a" and "bc" are not "ab" and "c". */
static inline uint64_t span_hash_whole(uint64_t hash, struct span text)
{
    return span_hash(span_hash(hash, text), (struct span){ "\xFF", 1 });
}

bool span_is(struct span a, const char *text);
/* The code point that the text begins with; 0 where it is empty. */
int32_t span_first(struct span text);
/* Whether any character is such a one; `is` is a test of ICU. */
bool span_has(struct span text, signed char (*is)(int32_t));
/* Steps behind the next sign that counts, from byte `*at` on, and tells what it
 * counts as; 0 at the end. */
typedef int32_t span_reader(struct span text, int32_t *at);
/* Whether the signs that count are the same in both. */
bool span_same(struct span a, struct span b, span_reader *next);
/* How often the byte stands in the text. */
size_t span_count(struct span text, char byte);
/* ... and how often in a row from byte `at` on. */
size_t span_run(struct span text, size_t at, char byte);
/* Whether it is digits of ASCII and nothing else, at least one. */
bool span_is_digits(struct span text);
/* Bytes of the white space that it begins with; 0 where there is none. */
size_t span_space(struct span text);
/* Without the white space (any that Unicode knows) at both ends. */
struct span span_trim(struct span text);
/* Bytes of the one white space that it ends in; 0 where there is none. */
size_t span_space_at_end(struct span text);
/* The last characters of the text that have room in `to`, with blanks for
 * spaces that do not break. */
struct span span_plain_end(struct span text, char *to, size_t size);
/* Whether it is UTF-8, without a NUL; `*offset` is where it is not. */
bool span_is_utf8(struct span text, size_t *offset);

/* Writes the digits of a number before `end`, as many as it has; returns the
 * first. */
enum { DIGITS_MAX = 10 };

char *digits_before(char *end, unsigned value);

/* A growable text. A failed growth sticks: all later additions do nothing and
 * `failed` tells the one who asks at the end. `at` is always 0-terminated
 * once anything has been added. */
struct buf {
    char *at;
    size_t len, size;
    bool failed;
};

/* Makes room for as many bytes and a final 0; false after a failure. */
bool buf_reserve(struct buf *buf, size_t more);

static inline void buf_add(struct buf *buf, const void *bytes, size_t len)
{
    if (len >= buf->size - buf->len && !buf_reserve(buf, len))
        return;
    if (len)
        memcpy(buf->at + buf->len, bytes, len);
    buf->len += len;
    buf->at[buf->len] = '\0';
}

static inline void buf_putc(struct buf *buf, char c)
{
    buf_add(buf, &c, 1);
}

void buf_add_span(struct buf *buf, struct span text);
void buf_puts(struct buf *buf, const char *text);
void buf_put_code_point(struct buf *buf, int32_t c);
void buf_put_unsigned(struct buf *buf, unsigned value);
void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *buf);
void buf_free(struct buf *buf);
struct span buf_span(const struct buf *buf);
/* 0-terminated, never NULL, borrowed. */
const char *buf_text(const struct buf *buf);

/* Memory that is given back all at once. A failed allocation sticks. */
struct arena {
    struct arena_block *blocks;
    bool failed;
};

void *arena_alloc(struct arena *arena, size_t size);
/* A 0-terminated copy; an empty span where memory ran out. */
struct span arena_copy(struct arena *arena, struct span text);
void arena_free(struct arena *arena);

/* An array that grows: makes room for one more element of `size` bytes and
 * returns its address (zeroed), or NULL. `*items` and `*count` are updated;
 * capacities are powers of two, so they need no field of their own. */
void *array_push(void *items, size_t *count, size_t size);

#endif
