/* Writes files that appear whole or not at all. */
#include "save.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_all(int fd, const char *text, size_t length)
{
    while (length) {
        ssize_t written = write(fd, text, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        text += written;
        length -= (size_t)written;
    }
    return 0;
}

/* What mkstemp() gives is for the owner alone; the file gets the mode of the
 * one it replaces, or of any new file. */
static void set_mode(int fd, const char *path)
{
    struct stat old;
    mode_t mask = umask(0);

    umask(mask);
    fchmod(fd, stat(path, &old) == 0 ? old.st_mode & 07777 : 0666 & ~mask);
}

static int save_beside(const char *path, const char *text, size_t length)
{
    size_t size = strlen(path) + sizeof ".XXXXXX";
    char *name = malloc(size);
    int fd, error;

    if (!name)
        return ENOMEM;
    snprintf(name, size, "%s.XXXXXX", path);
    fd = mkstemp(name);
    if (fd < 0) {
        error = errno;
        free(name);
        return error;
    }
    error = write_all(fd, text, length);
    set_mode(fd, path);
    if (close(fd) != 0 && !error)
        error = errno;
    if (!error && rename(name, path) != 0)
        error = errno;
    if (error)
        unlink(name);
    free(name);
    return error;
}

/* Devices and pipes are written to, not replaced; so are what links lead to. */
static int save_into(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "we");
    int error;

    if (!file)
        return errno;
    error = write_all(fileno(file), text, length);
    if (fclose(file) != 0 && !error)
        error = errno;
    return error;
}

int save(const char *path, const char *text, size_t length)
{
    struct stat old;
    char *real;
    int error;

    if (strcmp(path, "-") == 0)
        return write_all(STDOUT_FILENO, text, length);
    if (stat(path, &old) == 0 && !S_ISREG(old.st_mode))
        return S_ISDIR(old.st_mode) ? EISDIR : save_into(path, text, length);
    real = realpath(path, NULL);
    error = save_beside(real ? real : path, text, length);
    free(real);
    return error;
}
