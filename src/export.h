/* The forms of a document, or of one clause of it, that programs and people
 * take. */
#ifndef CLAUSIER_EXPORT_H
#define CLAUSIER_EXPORT_H

#include "hits.h"
#include "version.h"

/* What is to be written: the units [first, end) of a version. */
struct extract {
    const struct version *version;
    xmlDocPtr tree;
    size_t first, end;
    clausier_sink *sink;
    void *user;
};

/* Each returns 0, CLAUSIER_EIO where the sink stopped it, or CLAUSIER_ENOMEM. */

/* export_json.c */
int export_json(const struct extract *extract);
/* Places with all that is in them: an object, or an array for several. */
int export_places_json(const struct extract *extract, const struct hits *places,
                       bool several);
int export_ndjson(const struct extract *extract);

/* export_text.c */
int export_text(const struct extract *extract);

/* Adds the text of a unit; what stands between the label and the title of an
 * annex on one line is of neither, and goes with the label. */
void export_put_text(struct buf *out, const struct unit *unit);

#endif
