/* Writes records of terms of reference for people and programs. */
#ifndef CLAUSIER_TERMS_WRITE_H
#define CLAUSIER_TERMS_WRITE_H

#include "json.h"

/* All of `records`, an array as terms_json_add() makes it. False where memory
 * ran out. */
bool terms_write_json(struct buf *out, const json_t *records);
bool terms_write_ndjson(struct buf *out, const json_t *records);
bool terms_write_xml(struct buf *out, const json_t *records);
bool terms_write_csv(struct buf *out, const json_t *records);
bool terms_write_markdown(struct buf *out, const json_t *records);

#endif
