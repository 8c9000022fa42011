/* Turns units and facts into what an aligner compares: weighted keys. */
#ifndef CLAUSIER_FEATURE_H
#define CLAUSIER_FEATURE_H

#include "version.h"

struct key {
    uint64_t hash;
    float weight;
};

/* A row of keys per unit, sorted by hash, each once. */
struct keys {
    struct key *at;
    size_t count;
    size_t *first;  /* by unit, and one more */
    float *sum;     /* of the weights, by unit */
};

/* How the words of two versions can be compared. */
enum words {
    WORDS_NONE,    /* scripts differ */
    WORDS_COGNATE, /* two languages in Latin script: beginnings of words */
    WORDS_SAME     /* one language */
};

enum words words_of(const struct units *a, const struct units *b);

/* What two versions share is rare or common in both of them together: the
 * weights of a row are for this pair. False where memory ran out. */
bool keys_of_facts(struct keys out[2], const struct version *const pair[2]);
bool keys_of_words(struct keys out[2], const struct version *const pair[2],
                   enum words words);
void keys_free(struct keys *keys);

/* The weight of what unit `i` of one and unit `j` of the other share. */
float keys_shared(const struct keys *a, size_t i, const struct keys *b,
                  size_t j);

#endif
