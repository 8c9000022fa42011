/* Keeps numbers and addresses under keys. */
#include "shelf.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_MIN = 64 };

/* Where the slots lie in memory is no document's to know: it cannot hold keys
 * that all come to one place. */
static size_t first_place(const struct shelf *shelf, const char *key)
{
    uint64_t hash = (uintptr_t)shelf->at;

    for (; *key; key++) {
        hash = (hash ^ (unsigned char)*key) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return (size_t)hash & (shelf->room - 1);
}

/* The one that has the key, or the free one that is to have it. */
static struct keyed *find(const struct shelf *shelf, const char *key)
{
    size_t place = first_place(shelf, key);

    while (shelf->at[place].key && strcmp(shelf->at[place].key, key) != 0)
        place = (place + 1) & (shelf->room - 1);
    return &shelf->at[place];
}

/* Some are always free. */
static bool is_full(const struct shelf *shelf)
{
    return shelf->count >= shelf->room - shelf->room / 4;
}

static bool grow(struct shelf *shelf)
{
    struct shelf larger = { .room = shelf->room ? 2 * shelf->room : ROOM_MIN,
                            .count = shelf->count };

    larger.at = calloc(larger.room, sizeof *larger.at);
    if (!larger.at)
        return false;
    for (size_t i = 0; i < shelf->room; i++)
        if (shelf->at[i].key)
            *find(&larger, shelf->at[i].key) = shelf->at[i];
    free(shelf->at);
    *shelf = larger;
    return true;
}

uintptr_t shelf_get(const struct shelf *shelf, const char *key)
{
    return shelf->room ? find(shelf, key)->value : 0;
}

bool shelf_put(struct shelf *shelf, const char *key, uintptr_t value)
{
    struct keyed *keyed;

    if (is_full(shelf) && !grow(shelf))
        return false;
    keyed = find(shelf, key);
    shelf->count += !keyed->key;
    *keyed = (struct keyed){ key, value };
    return true;
}

void shelf_free(struct shelf *shelf)
{
    free(shelf->at);
    *shelf = (struct shelf){ 0 };
}
