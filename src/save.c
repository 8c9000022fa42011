/* Writes files that appear whole or not at all. */
#include "save.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
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

/* What ends the program in the middle of a file takes the half of it along. A
 * handler has no other way to know the file: one is written at a time. */
static _Atomic(const char *) unfinished;

static void take_away(int signal)
{
    const char *name = atomic_load(&unfinished);

    if (name)
        unlink(name);
    raise(signal); /* which ends the program: a handler works once */
}

static const int endings[] = { SIGHUP,  SIGINT,  SIGQUIT, SIGPIPE,
                               SIGTERM, SIGXCPU, SIGXFSZ };

enum { ENDINGS = sizeof endings / sizeof *endings };

/* What the caller wants ignored, as nohup(1) does, stays so. */
static void catch_endings(void)
{
    struct sigaction ours = { .sa_handler = take_away,
                              .sa_flags = (int)SA_RESETHAND | SA_NODEFER };
    struct sigaction old;

    for (int i = 0; i < ENDINGS; i++)
        if (sigaction(endings[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(endings[i], &ours, NULL);
}

/* Between the file and its name being known nothing may come. */
static void make_file(struct save *save)
{
    sigset_t held, before;

    catch_endings();
    sigemptyset(&held);
    for (int i = 0; i < ENDINGS; i++)
        sigaddset(&held, endings[i]);
    sigprocmask(SIG_BLOCK, &held, &before);
    save->fd = mkstemp(save->name);
    if (save->fd < 0)
        save->error = errno;
    else
        atomic_store(&unfinished, save->name);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* The name has nothing of the target's, which may be as long as names can be.
 */
static void open_beside(struct save *save)
{
    static const char name[] = ".clausier.XXXXXX";
    const char *slash = strrchr(save->target, '/');
    size_t folder = slash ? (size_t)(slash + 1 - save->target) : 0;

    save->name = malloc(folder + sizeof name);
    if (!save->name) {
        save->error = ENOMEM;
        return;
    }
    memcpy(save->name, save->target, folder);
    memcpy(save->name + folder, name, sizeof name);
    make_file(save);
    if (save->error) {
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
    atomic_store(&unfinished, NULL);
    free(save->name);
    free(save->target);
    return save->error;
}
