/* Makes records of terms of reference: one per group, whatever the number of
 * language versions. The record is the JSON of terms.schema.json. */
#ifndef CLAUSIER_TERMS_JSON_H
#define CLAUSIER_TERMS_JSON_H

#include "json.h"
#include "terms.h"

/* Adds the terms of one document to the array `records`, each to the record
 * of the same terms in another language where there is one. False where memory
 * ran out. */
bool terms_json_add(json_t *records, const struct terms_list *list,
                    const struct units *units, const struct facts *facts,
                    const struct grammar *grammar, const char *file);

#endif
