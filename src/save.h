/* Writes files that appear whole or not at all. */
#ifndef CLAUSIER_SAVE_H
#define CLAUSIER_SAVE_H

#include <stddef.h>

/* A file being written. The first error sticks in `error`, an errno value. */
struct save {
    int fd;
    int error;
    char *name;   /* of the file beside the target, NULL where there is none */
    char *target;
};

/* Begins to write to `path`, or to standard output for "-". */
void save_open(struct save *save, const char *path);
/* Fits clausier_sink: `user` is the struct save. */
int save_bytes(void *user, const char *bytes, size_t length);
/* Puts the file in its place, or, after an error or with `keep` 0, takes it
 * away, and the target is as it was. Returns 0 or the errno value. */
int save_close(struct save *save, int keep);

#endif
