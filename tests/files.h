/* Reads and writes whole files for the tests. */
#ifndef CLAUSIER_TESTS_FILES_H
#define CLAUSIER_TESTS_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* 0-terminated, to be freed; NULL where there is no such file. `length` may be
 * NULL. */
char *file_read(const char *path, size_t *length);
bool file_write(const char *path, const char *text, size_t length);
/* "folder/name" in a buffer that the next call but three uses again. */
const char *file_path(const char *folder, const char *name);
/* Whether the environment asks for expected results to be written anew. */
bool file_updates(void);

#endif
