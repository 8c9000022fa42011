/* Writes files that appear whole or not at all. */
#ifndef CLAUSIER_SAVE_H
#define CLAUSIER_SAVE_H

#include <stddef.h>

/* Writes `text` to `path`, or to standard output for "-". Returns 0, or an
 * errno value; then the file is as it was. */
int save(const char *path, const char *text, size_t length);

#endif
