/* Reads and writes whole files for the tests. */
#include "files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *file_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    long size;

    if (length)
        *length = 0;
    if (!file)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0) {
        rewind(file);
        text = calloc(1, (size_t)size + 1);
        if (text && fread(text, 1, (size_t)size, file) != (size_t)size) {
            free(text);
            text = NULL;
        }
        if (text && length)
            *length = (size_t)size;
    }
    fclose(file);
    return text;
}

bool file_write(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "wb");
    bool written;

    if (!file)
        return false;
    written = fwrite(text, 1, length, file) == length;
    return fclose(file) == 0 && written;
}

const char *file_path(const char *folder, const char *name)
{
    static char paths[4][4096];
    static unsigned next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

bool file_updates(void)
{
    const char *update = getenv("UPDATE");

    return update && strcmp(update, "1") == 0;
}
