/* Writes what a command makes: in the format that is asked for, to the file
 * that is asked for, whole or not at all. */
#include "cmd.h"

#include <stdio.h>
#include <string.h>

#include "save.h"

const struct format *choose_format(const struct arguments *a,
                                   const struct format *formats, size_t count)
{
    char names[256] = "";
    size_t len = 0;

    for (size_t i = 0; i < count; i++)
        if (!a->format || strcmp(a->format, formats[i].name) == 0)
            return &formats[i];
    for (size_t i = 0; i < count && len < sizeof names; i++)
        len += (size_t)snprintf(names + len, sizeof names - len, "%s%s",
                                i ? ", " : "", formats[i].name);
    say(a, "there is no format \"%s\" here", a->format);
    say(a, "-t takes: %s", names);
    return NULL;
}

/* Whether what is written leaves the files alone that were read. For a folder of
 * targets that is known before the first is written. */
static bool spares_files(const struct arguments *a, const char *target)
{
    const char *lost = a->master && is_same_file(a->master, target) ? a->master
                                                                    : NULL;

    for (int i = 0; i < a->file_count && !a->output_dir && !lost; i++)
        if (is_same_file(a->files[i], target))
            lost = a->files[i];
    if (lost)
        say(a, "%s would be written over", lost);
    return !lost;
}

int write_result(const struct listener *l, const char *target, writer *write,
                 const void *what, int format)
{
    const struct arguments *a = l->arguments;
    struct save file;
    int result = CLAUSIER_EIO, error;

    if (!spares_files(a, target))
        return EXIT_TROUBLE;
    save_open(&file, target);
    if (!file.error)
        result = write(what, format, save_bytes, &file);
    error = save_close(&file, result == CLAUSIER_OK);
    if (error)
        say_file(a, strcmp(target, "-") == 0 ? "standard output" : target, error);
    else if (result != CLAUSIER_OK)
        say_result(l, result);
    return error || result != CLAUSIER_OK ? EXIT_TROUBLE : EXIT_FINE;
}

static int write_format(const void *alignment, int format, clausier_sink *sink,
                        void *user)
{
    return clausier_alignment_write(
        alignment, (enum clausier_alignment_format)format, sink, user);
}

int write_alignment(const struct arguments *a,
                    const clausier_alignment *alignment, int format)
{
    const struct listener l = { .arguments = a };

    return write_result(&l, a->output ? a->output : "-", write_format,
                        alignment, format);
}
