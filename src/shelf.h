/* Keeps numbers and addresses under keys. libxml2's tables copy their keys,
 * lose one silently where memory runs out, and stop to grow. */
#ifndef CLAUSIER_SHELF_H
#define CLAUSIER_SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct keyed {
    const char *key; /* NULL: free */
    uintptr_t value;
};

/* Empty where it is all zero. */
struct shelf {
    struct keyed *at;
    size_t room, count; /* the room is 0 or a power of 2 */
};

/* 0 where nothing is kept under the key. */
uintptr_t shelf_get(const struct shelf *shelf, const char *key);
/* Takes the place of what was there. The key stays the caller's, and has to
 * live as long. False where there is no memory; nothing is changed then. */
bool shelf_put(struct shelf *shelf, const char *key, uintptr_t value);
void shelf_free(struct shelf *shelf);

#endif
