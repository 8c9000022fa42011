/* A sink that compares what it takes with what is expected. */
#ifndef CLAUSIER_TESTS_EXPECTED_H
#define CLAUSIER_TESTS_EXPECTED_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct expected {
    const char *text;
    size_t length, taken;
    bool differs;
};

/* Fits clausier_sink; never stops, so that a difference is not an error. */
static inline int expected_take(void *user, const char *bytes, size_t length)
{
    struct expected *e = user;

    e->differs |= length > e->length - e->taken ||
                  memcmp(e->text + e->taken, bytes, length) != 0;
    if (!e->differs)
        e->taken += length;
    return 0;
}

/* Whether all of it came, and no more. */
static inline bool expected_came(const struct expected *e)
{
    return !e->differs && e->taken == e->length;
}

#endif
