/* Hands texts to whoever takes them. */
#ifndef CLAUSIER_SINK_H
#define CLAUSIER_SINK_H

#include "buf.h"
#include "clausier.h"

/* Hands on what stands in `out`, and empties it. Returns 0, CLAUSIER_EIO where
 * the sink stopped it, or CLAUSIER_ENOMEM where the text is not whole. */
int sink_take(clausier_sink *sink, void *user, struct buf *out);

#endif
