/* clausier convert: files to Akoma Ntoso. */
#include "cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* DIR/circular.txt becomes OUT/circular.xml. */
static char *target_of(const struct arguments *a, const char *extension,
                       const char *path)
{
    const char *base = strcmp(path, "-") == 0 ? "stdin" : base_of(path);
    const char *dot = strrchr(base, '.');
    size_t len = dot && dot != base ? (size_t)(dot - base) : strlen(base);
    size_t size;
    char *target;

    if (!a->output_dir)
        return strdup(a->output ? a->output : "-");
    size = strlen(a->output_dir) + len + strlen(extension) + sizeof "/.";
    target = malloc(size);
    if (target)
        snprintf(target, size, "%s/%.*s.%s", a->output_dir, (int)len, base,
                 extension);
    return target;
}

static const struct format formats[] = {
    { "xml", "xml", CLAUSIER_DOCUMENT_XML },
    { "json", "json", CLAUSIER_DOCUMENT_JSON },
    { "ndjson", "ndjson", CLAUSIER_DOCUMENT_NDJSON },
    { "text", "txt", CLAUSIER_DOCUMENT_TEXT },
    { "html", "html", CLAUSIER_DOCUMENT_HTML },
};

/* The version that others follow. */
struct master {
    const char *path;
    xmlDocPtr tree; /* NULL for none */
};

struct input {
    const clausier_grammars *grammars;
    const struct master *master;
    struct bytes bytes;
    clausier_options options;
};

static int follow(xmlDocPtr tree, const struct input *in)
{
    const char *files[] = { in->master->path, in->options.file };
    clausier_align_options options = { .files = files,
                                       .report = in->options.report,
                                       .user = in->options.user };

    return clausier_document_follow(tree, in->master->tree, in->grammars,
                                    &options);
}

static int write_converted(const void *what, int format, clausier_sink *sink,
                           void *user)
{
    const struct input *in = what;
    xmlDocPtr tree = NULL;
    int result;

    if (format == CLAUSIER_DOCUMENT_XML && !in->master->tree)
        return clausier_document_stream(in->grammars, in->bytes.at,
                                        in->bytes.length, &in->options, sink,
                                        user);
    result = clausier_document_read(&tree, in->grammars, in->bytes.at,
                                    in->bytes.length, &in->options);
    if (result == CLAUSIER_OK && in->master->tree)
        result = follow(tree, in);
    if (result == CLAUSIER_OK)
        result = clausier_document_export(tree, in->grammars,
                                          (enum clausier_document_format)format,
                                          sink, user);
    xmlFreeDoc(tree);
    return result;
}

static int convert_file(const struct arguments *a,
                        const struct format *format,
                        const clausier_grammars *grammars,
                        const struct master *master, const char *path)
{
    struct listener l = { .arguments = a };
    struct input in = { grammars, master, { 0 }, options_of(a, &l, path) };
    char *target = target_of(a, format->extension, path);
    int error = read_bytes(&in.bytes, path), status = EXIT_TROUBLE;

    if (error) {
        say_file(a, path, error);
        free(target);
        return EXIT_TROUBLE;
    }
    if (target)
        status = write_result(&l, target, write_converted, &in, format->value);
    else
        say(a, "%s", clausier_error_text(CLAUSIER_ENOMEM));
    report_rest(&l, path);
    free(in.bytes.at);
    free(target);
    if (status == EXIT_FINE && a->strict && l.warnings)
        return EXIT_FOUND;
    return status;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* An input, and what it is whatever it is called. */
struct source {
    struct file_id id;
    const char *path;
};

static int by_id(const void *a, const void *b)
{
    const struct source *one = a, *other = b;

    if (one->id.device != other->id.device)
        return one->id.device < other->id.device ? -1 : 1;
    return one->id.inode < other->id.inode ? -1
                                           : one->id.inode > other->id.inode;
}

/* An outline of circular.txt, beside it, would take its place. */
static bool sources_stay(const struct arguments *a, char *const *targets)
{
    size_t count = 0;
    struct source *sources = calloc((size_t)a->file_count + 1, sizeof *sources);
    const struct source *lost = NULL;

    for (int i = 0; sources && i < a->file_count; i++)
        if (find_file(&sources[count].id, a->files[i]))
            sources[count++].path = a->files[i];
    if (sources && a->master && find_file(&sources[count].id, a->master))
        sources[count++].path = a->master;
    if (count)
        qsort(sources, count, sizeof *sources, by_id);
    for (int i = 0; count && i < a->file_count && !lost; i++) {
        struct source target = { .path = targets[i] };

        if (find_file(&target.id, targets[i]))
            lost = bsearch(&target, sources, count, sizeof *sources, by_id);
    }
    if (lost)
        say(a, "%s would be written over", lost->path);
    free(sources);
    return !lost;
}

/* Two files of one name would become one. */
static bool targets_differ(const struct arguments *a, char **targets)
{
    size_t count = (size_t)a->file_count;

    qsort(targets, count, sizeof *targets, by_text);
    for (size_t i = 1; i < count; i++)
        if (strcmp(targets[i - 1], targets[i]) == 0) {
            say(a, "two inputs would both become %s", targets[i]);
            return false;
        }
    return true;
}

/* Whether a folder can take what is written. */
static bool check_targets(const struct arguments *a,
                          const struct format *format)
{
    size_t count = (size_t)a->file_count;
    char **targets = a->output_dir ? calloc(count, sizeof *targets) : NULL;
    bool good = true, complete = targets != NULL;

    for (size_t i = 0; targets && i < count; i++)
        complete &= (targets[i] = target_of(a, format->extension,
                                            a->files[i])) != NULL;
    if (complete)
        good = sources_stay(a, targets) && targets_differ(a, targets);
    for (size_t i = 0; targets && i < count; i++)
        free(targets[i]);
    free(targets);
    return good;
}

static int convert_files(const struct arguments *a, const struct format *format,
                         const clausier_grammars *grammars,
                         const struct master *master)
{
    int status = EXIT_FINE;

    for (int i = 0; i < a->file_count; i++) {
        int one = convert_file(a, format, grammars, master, a->files[i]);

        status = one > status ? one : status;
    }
    return status;
}

static bool make_folder(const struct arguments *a)
{
    int error = 0;

    if (mkdir(a->output_dir, 0777) != 0 && errno != EEXIST)
        error = errno;
    else if (!is_folder(a->output_dir))
        error = ENOTDIR;
    if (error)
        say_file(a, a->output_dir, error);
    return !error;
}

static const char *what_is_wrong(const struct arguments *a,
                                 const struct format *format)
{
    if (a->file_count > 1 && !a->output_dir)
        return "several files need --output-dir";
    if (a->output && a->output_dir)
        return "-o and --output-dir exclude each other";
    if (a->master && format->value != CLAUSIER_DOCUMENT_XML)
        return "--master is for the format xml, where alone wIds are written";
    if (a->master && strcmp(a->master, "-") == 0)
        return "--master takes a file, not standard input";
    return NULL;
}

/* Its language and encoding are its own, not those of the files. */
static bool read_master(struct master *master, const struct arguments *a,
                        const clausier_grammars *grammars)
{
    struct arguments own = *a;

    *master = (struct master){ .path = a->master };
    if (!a->master)
        return true;
    own.language = own.encoding = NULL;
    master->tree = read_tree(&own, grammars, a->master, NULL);
    return master->tree != NULL;
}

int run_convert(struct arguments *a)
{
    struct listener l = { .arguments = a };
    const struct format *format =
        choose_format(a, formats, sizeof formats / sizeof *formats);
    bool given = format && has_files(a, "convert");
    const char *wrong = given ? what_is_wrong(a, format) : NULL;
    clausier_grammars *grammars;
    struct master master;
    int status = EXIT_TROUBLE;

    if (wrong)
        say(a, "convert: %s", wrong);
    if (!given || wrong || (a->output_dir && !make_folder(a)) ||
        !check_targets(a, format) ||
        load(&grammars, a, &l, a->grammar) != CLAUSIER_OK)
        return EXIT_TROUBLE;
    if (read_master(&master, a, grammars))
        status = convert_files(a, format, grammars, &master);
    xmlFreeDoc(master.tree);
    clausier_grammars_free(grammars);
    return status;
}
