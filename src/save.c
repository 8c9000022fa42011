/* Writes files that appear whole or not at all. */
#include "save.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int save_bytes(void *user, const char *bytes, size_t length)
{
    struct save *save = user;

    while (length && !save->error) {
        ssize_t written = write(save->fd, bytes, length);

        if (written < 0 && errno != EINTR)
            save->error = errno;
        if (written < 0)
            continue;
        bytes += written;
        length -= (size_t)written;
    }
    return save->error;
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

static void open_beside(struct save *save)
{
    size_t size = strlen(save->target) + sizeof ".XXXXXX";

    save->name = malloc(size);
    if (!save->name) {
        save->error = ENOMEM;
        return;
    }
    snprintf(save->name, size, "%s.XXXXXX", save->target);
    save->fd = mkstemp(save->name);
    if (save->fd < 0) {
        save->error = errno;
        free(save->name);
        save->name = NULL;
    }
}

/* Devices and pipes are written to, not replaced; so are what links lead to. */
void save_open(struct save *save, const char *path)
{
    struct stat old;

    *save = (struct save){ .fd = -1 };
    if (strcmp(path, "-") == 0) {
        save->fd = STDOUT_FILENO;
        return;
    }
    if (stat(path, &old) == 0 && !S_ISREG(old.st_mode)) {
        save->fd = open(path, O_WRONLY | O_CLOEXEC);
        save->error = save->fd < 0 ? errno : 0;
        return;
    }
    save->target = realpath(path, NULL);
    if (!save->target)
        save->target = strdup(path);
    if (save->target)
        open_beside(save);
    else
        save->error = ENOMEM;
}

int save_close(struct save *save, int keep)
{
    if (save->name && save->fd >= 0)
        set_mode(save->fd, save->target);
    if (save->fd > STDOUT_FILENO && close(save->fd) != 0 && !save->error)
        save->error = errno;
    if (save->name && keep && !save->error &&
        rename(save->name, save->target) != 0)
        save->error = errno;
    if (save->name && (!keep || save->error))
        unlink(save->name);
    free(save->name);
    free(save->target);
    return save->error;
}
