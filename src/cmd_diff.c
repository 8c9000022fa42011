/* clausier diff: what differs between versions of a document. */
#include "cmd.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct format formats[] = {
    { "text", "txt", CLAUSIER_DIFFERENCES_TEXT },
    { "jsonl", "jsonl", CLAUSIER_DIFFERENCES_JSON },
    { "tsv", "tsv", CLAUSIER_DIFFERENCES_TSV },
    { "html", "html", CLAUSIER_ALIGNMENT_HTML },
};

static bool choose_level(const struct arguments *a, enum clausier_level *level)
{
    static const char *const names[] = { [CLAUSIER_NOTE] = "info",
                                         [CLAUSIER_WARNING] = "warning",
                                         [CLAUSIER_ERROR] = "error" };

    *level = CLAUSIER_WARNING;
    for (int i = CLAUSIER_NOTE; a->level && i <= CLAUSIER_ERROR; i++)
        if (strcmp(a->level, names[i]) == 0) {
            *level = (enum clausier_level)i;
            return true;
        }
    if (a->level)
        say(a, "--level is info, warning or error, not \"%s\"", a->level);
    return !a->level;
}

/* ---- the file of --ignore ------------------------------------------------------ */

/* An id in each line; what stands behind it, or behind #, is for people. */
static void ignore_line(struct listener *l, clausier_alignment *alignment,
                        char *line, unsigned number)
{
    char text[128];
    clausier_message message = { CLAUSIER_WARNING, l->arguments->ignore, number,
                                 1, "ignore-unused", text, NULL };
    char *id = line + strspn(line, " \t");

    id[strcspn(id, " \t#\r")] = '\0';
    if (!*id || clausier_alignment_ignore(alignment, id))
        return;
    snprintf(text, sizeof text, "no difference has the id \"%.20s\"", id);
    report(l, &message);
}

static bool ignore_listed(struct listener *l, clausier_alignment *alignment)
{
    const char *path = l->arguments->ignore;
    struct bytes bytes = { 0 };
    int error = path ? read_bytes(&bytes, path) : 0;
    char *line, *end, *stop;

    if (error) {
        say_file(l->arguments, path, error);
        return false;
    }
    if (!bytes.at)
        return true;
    end = bytes.at + bytes.length;
    line = bytes.at;
    for (unsigned number = 1; line < end; line = stop + 1, number++) {
        stop = memchr(line, '\n', (size_t)(end - line));
        if (!stop)
            stop = end;
        *stop = '\0';
        ignore_line(l, alignment, line, number);
    }
    free(bytes.at);
    return true;
}

/* ---- the command ---------------------------------------------------------------- */

static int write_differences(const struct arguments *a,
                             const clausier_alignment *alignment, int format)
{
    bool to_terminal = !a->output || strcmp(a->output, "-") == 0;

    if (format == CLAUSIER_DIFFERENCES_TEXT && to_terminal &&
        use_color(a, STDOUT_FILENO))
        format = CLAUSIER_DIFFERENCES_COLOR;
    if (write_alignment(a, alignment, format) != EXIT_FINE)
        return EXIT_TROUBLE;
    return clausier_alignment_differences(alignment) ? EXIT_FOUND : EXIT_FINE;
}

int run_diff(struct arguments *a)
{
    struct listener l = { .arguments = a };
    const struct format *format =
        choose_format(a, formats, sizeof formats / sizeof *formats);
    enum clausier_level level;
    struct versions versions;
    int status = EXIT_TROUBLE;

    if (!format || !choose_level(a, &level) || !read_versions(&versions, a))
        return EXIT_TROUBLE;
    if (ignore_listed(&l, versions.alignment)) {
        clausier_alignment_limit(versions.alignment, level);
        status = write_differences(a, versions.alignment, format->value);
    }
    report_rest(&l, a->ignore);
    free_versions(&versions);
    return status;
}
