/* What the commands of the program share: arguments, messages, input. */
#ifndef CLAUSIER_CMD_H
#define CLAUSIER_CMD_H

#include <stdbool.h>
#include <sys/types.h>

#include "clausier.h"

enum { EXIT_FINE = 0, EXIT_FOUND = 1, EXIT_TROUBLE = 2 };

enum { CODES_MAX = 64 };

struct arguments {
    const char *output, *output_dir;
    const char *language, *encoding, *date;
    const char *grammar, *grammar_dir;
    const char *format, *level, *ignore, *master;
    bool quiet, strict;
    bool help, version;
    int color; /* 0 no, 1 yes, 2 on a terminal */
    char **files;
    int file_count;
};

/* ---- commands: each returns an exit status ------------------------------ */

int run_convert(struct arguments *a);
int run_get(struct arguments *a);
int run_check(struct arguments *a);
int run_explain(struct arguments *a);
int run_align(struct arguments *a);
int run_diff(struct arguments *a);
int run_tor(struct arguments *a);

/* ---- messages ------------------------------------------------------------ */

/* Who the messages of one file come to. */
struct listener {
    const struct arguments *arguments;
    bool all; /* shows any number of one kind */
    size_t warnings, errors;
    struct {
        char code[32];
        size_t count;
    } codes[CODES_MAX];
};

/* Whether what goes to a file descriptor is to have colour. */
bool use_color(const struct arguments *a, int fd);
/* Says `what` where "%s" stands in the format, once. */
void say(const struct arguments *a, const char *format, const char *what);
void say_file(const struct arguments *a, const char *path, int error);
/* Says what a CLAUSIER_E* code means, unless the listener was told more. */
void say_result(const struct listener *l, int result);
/* Fits clausier_report: `user` is the struct listener. */
void report(void *user, const clausier_message *message);
/* Says how many of each kind were not shown. */
void report_rest(const struct listener *l, const char *file);

/* ---- output --------------------------------------------------------------- */

/* A form of output that -t names; `value` is of the enum of its writer. */
struct format {
    const char *name;
    const char *extension; /* of files in --output-dir */
    int value;
};

/* The format that -t names, or the first; NULL after saying what there is. */
const struct format *choose_format(const struct arguments *a,
                                   const struct format *formats, size_t count);

/* Hands `what`, in a format, to a sink; returns a CLAUSIER_E* code. */
typedef int writer(const void *what, int format, clausier_sink *sink,
                   void *user);

/* Writes an alignment, in a clausier_alignment_format, to where -o says. */
int write_alignment(const struct arguments *a,
                    const clausier_alignment *alignment, int format);

/* Writes to a file ("-": standard output) that appears whole or not at all.
 * Returns an exit status; what went wrong has been said. */
int write_result(const struct listener *l, const char *target, writer *write,
                 const void *what, int format);

/* ---- input --------------------------------------------------------------- */

struct bytes {
    char *at;
    size_t length;
};

/* False after it has been said that there is no file, or standard input twice. */
bool has_files(const struct arguments *a, const char *command);
bool is_folder(const char *path);
bool is_same_file(const char *a, const char *b);
/* What a file is, whatever it is called. */
struct file_id {
    dev_t device;
    ino_t inode;
};
/* False where there is no such file, or it is no regular one. */
bool find_file(struct file_id *id, const char *path);
/* Returns a CLAUSIER_E* code; what went wrong has been said. */
int load(clausier_grammars **out, const struct arguments *a,
         struct listener *l, const char *only);
/* The whole of a file ("-": standard input), to be freed. Returns 0 or the
 * errno value. */
int read_bytes(struct bytes *out, const char *path);
/* The tree of a file that is text or Akoma Ntoso; NULL after what went wrong
 * has been said. The lines of a text are explained to `explain` or nobody. */
xmlDocPtr read_tree(const struct arguments *a,
                    const clausier_grammars *grammars, const char *path,
                    clausier_explain *explain);
/* The files of a command that compares them, aligned. */
struct versions {
    clausier_grammars *grammars;
    xmlDocPtr trees[CLAUSIER_VERSIONS_MAX];
    clausier_alignment *alignment;
};

/* False after what went wrong has been said; then there is nothing to free. */
bool read_versions(struct versions *versions, const struct arguments *a);
void free_versions(struct versions *versions);

clausier_options options_of(const struct arguments *a, struct listener *l,
                            const char *path);

#endif
