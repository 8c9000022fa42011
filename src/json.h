/* Puts values into the JSON library's hands and its texts into ours. */
#ifndef CLAUSIER_JSON_H
#define CLAUSIER_JSON_H

#include <jansson.h>

#include "buf.h"

/* NULL where memory ran out; the library takes that on for its containers:
 * setting a NULL value fails. */
json_t *json_of_span(struct span text);
/* A [first, last] pair, null where there is none (0). */
json_t *json_of_lines(unsigned first, unsigned last);
/* Sets a member and takes the value over; a failure sticks in `failed`. */
void json_put(bool *failed, json_t *object, const char *key, json_t *value);
void json_push(bool *failed, json_t *array, json_t *value);
/* Adds the text and a line break; `indent` 0 puts all on one line. A failure
 * sticks in the buffer. */
void json_write(struct buf *out, const json_t *value, unsigned indent);

#endif
