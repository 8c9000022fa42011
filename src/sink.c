/* Hands texts to whoever takes them. */
#include "sink.h"

int sink_take(clausier_sink *sink, void *user, struct buf *out)
{
    bool stopped;

    if (out->failed)
        return CLAUSIER_ENOMEM;
    stopped = out->len && sink(user, out->at, out->len) != 0;
    buf_clear(out);
    return stopped ? CLAUSIER_EIO : CLAUSIER_OK;
}
