/* Reads what a command works on: grammars, and the bytes of files. */
#include "cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

bool find_file(struct file_id *id, const char *path)
{
    struct stat info;

    if (stat(path, &info) != 0 || !S_ISREG(info.st_mode))
        return false;
    id->device = info.st_dev;
    id->inode = info.st_ino;
    return true;
}

bool is_same_file(const char *a, const char *b)
{
    struct file_id one, other;

    return find_file(&one, a) && find_file(&other, b) &&
           one.device == other.device && one.inode == other.inode;
}

/* Beside the program, wherever it was installed to; else where it was built. */
static const char *find_grammars(char *path, size_t size)
{
    ssize_t len = readlink("/proc/self/exe", path, size - 1);
    char *slash;

    if (len > 0) {
        path[len] = '\0';
        slash = strrchr(path, '/');
        if (slash) {
            snprintf(slash + 1, size - (size_t)(slash + 1 - path), "%s",
                     CLAUSIER_GRAMMARS_RELATIVE);
            if (is_folder(path))
                return path;
        }
    }
    return CLAUSIER_GRAMMARS_SOURCE;
}

int load(clausier_grammars **out, const struct arguments *a,
         struct listener *l, const char *only)
{
    char path[4096];
    clausier_load_options options = { .only = only, .report = report, .user = l };
    int result;

    options.dir = a->grammar_dir ? a->grammar_dir
                                 : find_grammars(path, sizeof path);
    result = clausier_grammars_load(out, &options);
    if (result == CLAUSIER_ENOMEM)
        say_result(l, result);
    return result;
}

static int read_stream(struct bytes *out, FILE *file)
{
    size_t size = 0, got;

    *out = (struct bytes){ NULL, 0 };
    do {
        if (out->length == size) {
            char *grown = realloc(out->at, size = size ? size * 2 : 1 << 16);

            if (!grown) {
                free(out->at);
                return ENOMEM;
            }
            out->at = grown;
        }
        got = fread(out->at + out->length, 1, size - out->length, file);
        out->length += got;
    } while (got);
    if (!ferror(file))
        return 0;
    free(out->at);
    return errno ? errno : EIO;
}

/* A file of known size is read into that much memory and no more. */
static int read_sized(struct bytes *out, FILE *file, size_t size)
{
    out->at = malloc(size + 1);
    if (!out->at)
        return ENOMEM;
    out->length = fread(out->at, 1, size, file);
    if (!ferror(file))
        return 0;
    free(out->at);
    return errno ? errno : EIO;
}

int read_bytes(struct bytes *out, const char *path)
{
    FILE *file;
    struct stat info;
    int error;

    if (strcmp(path, "-") == 0)
        return read_stream(out, stdin);
    file = fopen(path, "rbe");
    if (!file)
        return errno;
    errno = 0;
    if (fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode))
        error = EISDIR;
    else if (S_ISREG(info.st_mode) && info.st_size > 0)
        error = read_sized(out, file, (size_t)info.st_size);
    else
        error = read_stream(out, file);
    fclose(file);
    return error;
}

clausier_options options_of(const struct arguments *a, struct listener *l,
                            const char *path)
{
    return (clausier_options){ .file = path, .language = a->language,
                               .encoding = a->encoding, .date = a->date,
                               .report = report, .user = l };
}

xmlDocPtr read_tree(const struct arguments *a,
                    const clausier_grammars *grammars, const char *path,
                    clausier_explain *explain)
{
    struct listener l = { .arguments = a };
    clausier_options options = options_of(a, &l, path);
    struct bytes bytes = { 0 };
    xmlDocPtr tree = NULL;
    int error = read_bytes(&bytes, path), result;

    if (error) {
        say_file(a, path, error);
        return NULL;
    }
    options.explain = explain;
    result = clausier_document_read(&tree, grammars, bytes.at, bytes.length,
                                    &options);
    free(bytes.at);
    report_rest(&l, path);
    if (result != CLAUSIER_OK)
        say_result(&l, result);
    return tree;
}

/* Standard input is empty the second time. */
static bool gives_twice(const struct arguments *a)
{
    int count = 0;

    for (int i = 0; i < a->file_count; i++)
        count += strcmp(a->files[i], "-") == 0;
    if (count > 1)
        say(a, "standard input can be one of the files only%s", "");
    return count > 1;
}

bool has_files(const struct arguments *a, const char *command)
{
    if (a->file_count == 0)
        say(a, "%s: no file given (- is standard input)", command);
    return a->file_count > 0 && !gives_twice(a);
}

static bool load_versions(struct versions *v, const struct arguments *a,
                          struct listener *l)
{
    if (a->file_count < 2 || a->file_count > CLAUSIER_VERSIONS_MAX) {
        char text[64];

        snprintf(text, sizeof text, "two files or more are wanted, %d at most",
                 CLAUSIER_VERSIONS_MAX);
        say(a, "%s", text);
        return false;
    }
    if (gives_twice(a) ||
        load(&v->grammars, a, l, a->grammar) != CLAUSIER_OK)
        return false;
    for (int i = 0; i < a->file_count; i++)
        if (!(v->trees[i] = read_tree(a, v->grammars, a->files[i], NULL)))
            return false;
    return true;
}

bool read_versions(struct versions *v, const struct arguments *a)
{
    struct listener l = { .arguments = a };
    clausier_align_options options = {
        .files = (const char *const *)a->files, .report = report, .user = &l
    };
    int result = CLAUSIER_OK;

    *v = (struct versions){ 0 };
    if (load_versions(v, a, &l)) {
        result = clausier_alignment_make(&v->alignment, v->grammars, v->trees,
                                         (size_t)a->file_count, &options);
        if (result != CLAUSIER_OK)
            say_result(&l, result);
    }
    if (!v->alignment)
        free_versions(v);
    return v->alignment != NULL;
}

void free_versions(struct versions *v)
{
    clausier_alignment_free(v->alignment);
    for (size_t i = 0; i < CLAUSIER_VERSIONS_MAX; i++)
        xmlFreeDoc(v->trees[i]);
    clausier_grammars_free(v->grammars);
    *v = (struct versions){ 0 };
}
