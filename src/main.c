/* The program: reads its arguments, runs one command, sets the exit status. */
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clausier.h"
#include "save.h"

enum { EXIT_FINE = 0, EXIT_FOUND = 1, EXIT_TROUBLE = 2 };

/* Patterns become machine code where there is enough to read to pay for it. */
enum { JIT_BYTES = 200000, SAME_CODE_MAX = 20, CODES_MAX = 64 };

struct arguments {
    const char *output, *output_dir;
    const char *language, *encoding, *date;
    const char *grammar, *grammar_dir;
    bool quiet, strict;
    bool help, version;
    int color; /* 0 no, 1 yes, 2 on a terminal */
    char **files;
    int file_count;
};

/* ---- messages --------------------------------------------------------------- */

/* Who the messages of one file come to. */
struct listener {
    const struct arguments *arguments;
    size_t warnings;
    struct {
        char code[32];
        size_t count;
    } codes[CODES_MAX];
};

static bool use_color(const struct arguments *a)
{
    return a->color == 1 || (a->color == 2 && isatty(STDERR_FILENO));
}

static void say(const struct arguments *a, const char *format, const char *what)
{
    fprintf(stderr, use_color(a) ? "\033[1mclausier:\033[0m " : "clausier: ");
    fprintf(stderr, format, what);
    fputc('\n', stderr);
}

/* How often this code has come before; a thousand warnings of one kind hide
 * the one of another. */
static size_t count_code(struct listener *l, const char *code)
{
    size_t i = 0;

    while (i < CODES_MAX - 1 && l->codes[i].code[0] &&
           strcmp(l->codes[i].code, code) != 0)
        i++;
    if (!l->codes[i].code[0])
        snprintf(l->codes[i].code, sizeof l->codes[i].code, "%s", code);
    return l->codes[i].count++;
}

static void show_place(const clausier_message *m)
{
    fprintf(stderr, "%s", m->file ? m->file : "clausier");
    if (m->line)
        fprintf(stderr, ":%u", m->line);
    if (m->line && m->column)
        fprintf(stderr, ":%u", m->column);
    fprintf(stderr, ": ");
}

/* The caret stands below the column; TABs are kept so that it does. */
static void show_caret(const clausier_message *m)
{
    unsigned column = 1;

    if (!m->source || !m->column)
        return;
    fprintf(stderr, "    %s\n    ", m->source);
    for (const char *c = m->source; *c && column < m->column; c++)
        if (((unsigned char)*c & 0xC0) != 0x80) {
            fputc(*c == '\t' ? '\t' : ' ', stderr);
            column++;
        }
    fprintf(stderr, "^\n");
}

static void report(void *user, const clausier_message *m)
{
    static const char *const names[] = { "note", "warning", "error" };
    static const char *const colors[] = { "36", "35", "31" };
    struct listener *l = user;

    l->warnings += m->level == CLAUSIER_WARNING;
    if (m->level != CLAUSIER_ERROR &&
        (l->arguments->quiet || count_code(l, m->code) >= SAME_CODE_MAX))
        return;
    show_place(m);
    if (use_color(l->arguments))
        fprintf(stderr, "\033[1;%sm%s:\033[0m ", colors[m->level],
                names[m->level]);
    else
        fprintf(stderr, "%s: ", names[m->level]);
    fprintf(stderr, "%s [%s]\n", m->text, m->code);
    show_caret(m);
}

static void report_rest(const struct listener *l, const char *file)
{
    if (l->arguments->quiet)
        return;
    for (size_t i = 0; i < CODES_MAX; i++)
        if (l->codes[i].count > SAME_CODE_MAX)
            fprintf(stderr, "%s: note: %zu more of [%s]\n",
                    file ? file : "clausier",
                    l->codes[i].count - SAME_CODE_MAX, l->codes[i].code);
}

/* ---- grammars ------------------------------------------------------------------ */

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
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

static int load(clausier_grammars **out, const struct arguments *a,
                struct listener *l, const char *only, bool jit)
{
    char path[4096];
    clausier_load_options options = { .only = only, .jit = jit,
                                      .report = report, .user = l };
    int result;

    options.dir = a->grammar_dir ? a->grammar_dir
                                 : find_grammars(path, sizeof path);
    result = clausier_grammars_load(out, &options);
    if (result == CLAUSIER_ENOMEM)
        say(a, "%s", clausier_error_text(result));
    return result;
}

/* ---- files ---------------------------------------------------------------------- */

struct bytes {
    char *at;
    size_t length;
};

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

static int read_bytes(struct bytes *out, const char *path)
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

static void say_file(const struct arguments *a, const char *path, int error)
{
    if (use_color(a))
        fprintf(stderr, "%s: \033[1;31merror:\033[0m %s [io]\n", path,
                strerror(error));
    else
        fprintf(stderr, "%s: error: %s [io]\n", path, strerror(error));
}

static size_t total_size(const struct arguments *a)
{
    size_t total = 0;
    struct stat info;

    for (int i = 0; i < a->file_count; i++)
        if (stat(a->files[i], &info) == 0 && info.st_size > 0)
            total += (size_t)info.st_size;
    return total;
}

/* ---- convert ----------------------------------------------------------------------- */

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

/* DIR/circular.txt becomes OUT/circular.xml. */
static char *target_of(const struct arguments *a, const char *path)
{
    const char *base = strcmp(path, "-") == 0 ? "stdin" : base_of(path);
    const char *dot = strrchr(base, '.');
    size_t len = dot && dot != base ? (size_t)(dot - base) : strlen(base);
    size_t size;
    char *target;

    if (!a->output_dir)
        return strdup(a->output ? a->output : "-");
    size = strlen(a->output_dir) + len + sizeof "/.xml";
    target = malloc(size);
    if (target)
        snprintf(target, size, "%s/%.*s.xml", a->output_dir, (int)len, base);
    return target;
}

static clausier_options options_of(const struct arguments *a,
                                   struct listener *l, const char *path)
{
    return (clausier_options){ .file = path, .language = a->language,
                               .encoding = a->encoding, .date = a->date,
                               .report = report, .user = l };
}

static int write_tree(const struct arguments *a, xmlDocPtr tree,
                      const char *target)
{
    struct save file;
    int result = CLAUSIER_EIO, error;

    save_open(&file, target);
    if (!file.error)
        result = clausier_tree_stream(tree, save_bytes, &file);
    error = save_close(&file, result == CLAUSIER_OK);
    if (error)
        say_file(a, target, error);
    else if (result != CLAUSIER_OK)
        say(a, "%s", clausier_error_text(result));
    return error || result != CLAUSIER_OK ? EXIT_TROUBLE : EXIT_FINE;
}

static int convert_file(const struct arguments *a,
                        const clausier_grammars *grammars, const char *path)
{
    struct listener l = { .arguments = a };
    clausier_options options = options_of(a, &l, path);
    struct bytes bytes = { 0 };
    xmlDocPtr tree = NULL;
    char *target = target_of(a, path);
    int error = read_bytes(&bytes, path), status = EXIT_TROUBLE, result;

    if (error) {
        say_file(a, path, error);
        free(target);
        return EXIT_TROUBLE;
    }
    result = clausier_document_convert(&tree, grammars, bytes.at, bytes.length,
                                       &options);
    report_rest(&l, path);
    free(bytes.at);
    if (result == CLAUSIER_OK && target)
        status = write_tree(a, tree, target);
    else
        say(a, "%s", clausier_error_text(result ? result : CLAUSIER_ENOMEM));
    xmlFreeDoc(tree);
    free(target);
    if (status == EXIT_FINE && a->strict && l.warnings)
        return EXIT_FOUND;
    return status;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Two files of one name would become one. */
static bool targets_differ(const struct arguments *a)
{
    size_t count = (size_t)a->file_count;
    char **targets = a->output_dir ? calloc(count, sizeof *targets) : NULL;
    bool differ = true, complete = targets != NULL;

    for (size_t i = 0; targets && i < count; i++)
        complete &= (targets[i] = target_of(a, a->files[i])) != NULL;
    if (complete)
        qsort(targets, count, sizeof *targets, by_text);
    for (size_t i = 1; complete && i < count && differ; i++)
        if (strcmp(targets[i - 1], targets[i]) == 0) {
            say(a, "two inputs would both become %s", targets[i]);
            differ = false;
        }
    for (size_t i = 0; targets && i < count; i++)
        free(targets[i]);
    free(targets);
    return differ;
}

static int run_convert(struct arguments *a)
{
    struct listener l = { .arguments = a };
    clausier_grammars *grammars;
    int status = EXIT_FINE;

    if (a->file_count == 0) {
        say(a, "convert: no file given (- is standard input)%s", "");
        return EXIT_TROUBLE;
    }
    if (a->file_count > 1 && !a->output_dir) {
        say(a, "convert: several files need --output-dir%s", "");
        return EXIT_TROUBLE;
    }
    if (a->output && a->output_dir) {
        say(a, "convert: -o and --output-dir exclude each other%s", "");
        return EXIT_TROUBLE;
    }
    if (a->output_dir && mkdir(a->output_dir, 0777) != 0 && errno != EEXIST) {
        say_file(a, a->output_dir, errno);
        return EXIT_TROUBLE;
    }
    if (a->output_dir && !is_folder(a->output_dir)) {
        say_file(a, a->output_dir, ENOTDIR);
        return EXIT_TROUBLE;
    }
    if (!targets_differ(a) ||
        load(&grammars, a, &l, a->grammar, total_size(a) > JIT_BYTES) !=
            CLAUSIER_OK)
        return EXIT_TROUBLE;
    for (int i = 0; i < a->file_count; i++) {
        int one = convert_file(a, grammars, a->files[i]);

        status = one > status ? one : status;
    }
    clausier_grammars_free(grammars);
    return status;
}

/* ---- explain ------------------------------------------------------------------------- */

/* A capture or line on one row: TABs are shown, long ones cut. */
static void show_text(const char *text, size_t length)
{
    enum { SHOWN = 100 };
    size_t end = length < SHOWN ? length : SHOWN;

    while (end < length && ((unsigned char)text[end] & 0xC0) == 0x80)
        end++;
    for (size_t i = 0; i < end; i++) {
        unsigned char c = (unsigned char)text[i];

        if (c == '\t')
            fputs("\u21E5", stdout);
        else if (c >= ' ')
            putchar(c);
        else /* a footnote or image; the index behind it shows nothing */
            fputs("\u2020", stdout);
        if (c == 1)
            i += 4;
    }
    if (end < length)
        fputs("\u2026", stdout);
}

static void explain(void *user, const clausier_explanation *e)
{
    (void)user;
    if (e->first_line == e->last_line)
        printf("%u", e->first_line);
    else
        printf("%u-%u", e->first_line, e->last_line);
    printf("\t%s%s%s\t", e->kind, e->rule[0] ? " " : "", e->rule);
    show_text(e->text, e->text_length);
    putchar('\n');
    for (size_t i = 0; i < e->captures; i++) {
        printf("\t\t%s = ", e->names[i]);
        show_text(e->values[i], e->lengths[i]);
        putchar('\n');
    }
}

static int explain_file(const struct arguments *a,
                        const clausier_grammars *grammars, const char *path)
{
    struct listener l = { .arguments = a };
    clausier_options options = options_of(a, &l, path);
    struct bytes bytes = { 0 };
    xmlDocPtr tree = NULL;
    int error = read_bytes(&bytes, path), result;

    if (error) {
        say_file(a, path, error);
        return EXIT_TROUBLE;
    }
    options.explain = explain;
    result = clausier_document_convert(&tree, grammars, bytes.at, bytes.length,
                                       &options);
    free(bytes.at);
    xmlFreeDoc(tree);
    report_rest(&l, path);
    if (result == CLAUSIER_OK)
        return EXIT_FINE;
    say(a, "%s", clausier_error_text(result));
    return EXIT_TROUBLE;
}

static int run_explain(struct arguments *a)
{
    struct listener l = { .arguments = a };
    clausier_grammars *grammars;
    int status = EXIT_FINE;

    if (a->file_count == 0) {
        say(a, "explain: no file given (- is standard input)%s", "");
        return EXIT_TROUBLE;
    }
    if (load(&grammars, a, &l, a->grammar, false) != CLAUSIER_OK)
        return EXIT_TROUBLE;
    for (int i = 0; i < a->file_count; i++) {
        int one = explain_file(a, grammars, a->files[i]);

        status = one > status ? one : status;
    }
    clausier_grammars_free(grammars);
    return status;
}

/* ---- check ----------------------------------------------------------------------------- */

static int check_one(const struct arguments *a, const char *only)
{
    struct listener l = { .arguments = a };
    clausier_grammars *grammars;
    clausier_check_result counts;
    int result = load(&grammars, a, &l, only, false);

    if (result != CLAUSIER_OK)
        return EXIT_TROUBLE;
    result = clausier_grammars_check(&counts, grammars, report, &l);
    report_rest(&l, NULL);
    clausier_grammars_free(grammars);
    if (!a->quiet)
        printf("%s%s%zu rules, %zu examples, %zu failed\n", only ? only : "",
               only ? ": " : "", counts.rules, counts.examples,
               counts.failures);
    if (result == CLAUSIER_OK)
        return a->strict && l.warnings ? EXIT_FOUND : EXIT_FINE;
    if (result == CLAUSIER_ENOMEM)
        say(a, "%s", clausier_error_text(result));
    return counts.failures ? EXIT_FOUND : EXIT_TROUBLE;
}

static int run_check(struct arguments *a)
{
    int status = EXIT_FINE;

    if (a->file_count == 0)
        return check_one(a, a->grammar);
    for (int i = 0; i < a->file_count; i++) {
        int one = check_one(a, a->files[i]);

        status = one > status ? one : status;
    }
    return status;
}

/* ---- arguments --------------------------------------------------------------------------- */

static const struct command {
    const char *name;
    int (*run)(struct arguments *a);
    const char *usage, *help;
} commands[] = {
    { "convert", run_convert, "convert [OPTION]... FILE...",
      "Reads the structure of each FILE (- is standard input) and writes it as\n"
      "Akoma Ntoso XML: to standard output, to the file of -o, or, for several\n"
      "files, to files of the same name in the folder of --output-dir.\n" },
    { "check", run_check, "check [OPTION]... [GRAMMAR]...",
      "Runs the yes and no examples of the grammars: all of the folder, or the\n"
      "ones named (a name such as fr, or the path of a file).\n" },
    { "explain", run_explain, "explain [OPTION]... FILE...",
      "Shows for each line of FILE which rule took it and what was captured.\n" },
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static const char option_help[] =
    "Options:\n"
    "  -o, --output FILE     write to FILE (- is standard output)\n"
    "      --output-dir DIR  write DIR/NAME.xml for each NAME.txt\n"
    "      --lang LANG       language of the text, such as fr or fra;\n"
    "                        found from the text otherwise\n"
    "      --encoding NAME   character encoding; found from the bytes otherwise\n"
    "      --date DATE       date of the document, YYYY-MM-DD\n"
    "      --grammar NAME    use this grammar only: a name or a file\n"
    "      --grammar-dir DIR where the grammars are\n"
    "      --strict          exit status 1 where there was a warning\n"
    "  -q, --quiet           errors only\n"
    "      --color[=WHEN]    always, never or auto\n"
    "  -h, --help            this text\n"
    "      --version         version and licence\n"
    "\n"
    "Exit status: 0 done; 1 warnings (with --strict) or failing examples;\n"
    "2 something could not be done.\n";

static void show_help(const struct command *command)
{
    if (command) {
        printf("Usage: clausier %s\n\n%s\n%s", command->usage, command->help,
               option_help);
        return;
    }
    printf("Usage: clausier COMMAND [OPTION]... [FILE]...\n\n"
           "Reads the structure out of circulars and meeting reports in several\n"
           "languages and writes it down.\n\nCommands:\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-8s %s\n", commands[i].name, commands[i].usage);
    printf("\n\"clausier COMMAND --help\" tells more, and clausier(1) all.\n"
           "\nExamples:\n"
           "  clausier convert circular.txt -o circular.xml\n"
           "  clausier convert --output-dir out *.txt\n"
           "  clausier explain --lang fr circular.txt\n\n%s", option_help);
}

static void show_version(void)
{
    printf("clausier %s\nISC licence; no warranty.\n", clausier_version());
}

enum { OPT_DIR = 256, OPT_LANG, OPT_ENCODING, OPT_DATE, OPT_GRAMMAR,
       OPT_GRAMMAR_DIR, OPT_COLOR, OPT_VERSION, OPT_STRICT };

static const struct option long_options[] = {
    { "output", required_argument, NULL, 'o' },
    { "output-dir", required_argument, NULL, OPT_DIR },
    { "lang", required_argument, NULL, OPT_LANG },
    { "encoding", required_argument, NULL, OPT_ENCODING },
    { "date", required_argument, NULL, OPT_DATE },
    { "grammar", required_argument, NULL, OPT_GRAMMAR },
    { "grammar-dir", required_argument, NULL, OPT_GRAMMAR_DIR },
    { "strict", no_argument, NULL, OPT_STRICT },
    { "quiet", no_argument, NULL, 'q' },
    { "color", optional_argument, NULL, OPT_COLOR },
    { "help", no_argument, NULL, 'h' },
    { "version", no_argument, NULL, OPT_VERSION },
    { NULL, 0, NULL, 0 },
};

static bool set_color(struct arguments *a, const char *when)
{
    static const char *const words[] = { "never", "always", "auto" };

    for (int i = 0; i < 3; i++)
        if (!when || strcmp(when, words[i]) == 0) {
            a->color = when ? i : 1;
            return true;
        }
    say(a, "--color is always, never or auto, not %s", when);
    return false;
}

static bool take_option(struct arguments *a, int option)
{
    switch (option) {
    case 'o': a->output = optarg; break;
    case OPT_DIR: a->output_dir = optarg; break;
    case OPT_LANG: a->language = optarg; break;
    case OPT_ENCODING: a->encoding = optarg; break;
    case OPT_DATE: a->date = optarg; break;
    case OPT_GRAMMAR: a->grammar = optarg; break;
    case OPT_GRAMMAR_DIR: a->grammar_dir = optarg; break;
    case OPT_STRICT: a->strict = true; break;
    case 'q': a->quiet = true; break;
    case OPT_COLOR: return set_color(a, optarg);
    case 'h': a->help = true; break;
    case OPT_VERSION: a->version = true; break;
    default: return false; /* getopt has said what is wrong */
    }
    return true;
}

static const struct command *find_command(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int try_help(const struct command *command)
{
    fprintf(stderr, "Try \"clausier %s%s--help\".\n",
            command ? command->name : "", command ? " " : "");
    return EXIT_TROUBLE;
}

static int run(struct arguments *a, const char *name)
{
    const struct command *command = name ? find_command(name) : NULL;

    if (a->version) {
        show_version();
        return EXIT_FINE;
    }
    if (a->help && (command || !name)) {
        show_help(command);
        return EXIT_FINE;
    }
    if (!name)
        say(a, "no command given%s", "");
    else if (!command)
        say(a, "there is no command \"%s\"", name);
    return command ? command->run(a) : try_help(NULL);
}

/* getopt moves what is no option behind the options: the command comes first
 * there, wherever it stood. */
int main(int argc, char **argv)
{
    struct arguments a = { .color = 2 };
    int option, status;
    const char *name;

    while ((option = getopt_long(argc, argv, "o:qh", long_options, NULL)) !=
           -1)
        if (!take_option(&a, option))
            return try_help(argc > 1 ? find_command(argv[1]) : NULL);
    name = optind < argc ? argv[optind++] : NULL;
    if (name && strcmp(name, "help") == 0) {
        a.help = true;
        name = optind < argc ? argv[optind++] : NULL;
    }
    a.files = argv + optind;
    a.file_count = argc - optind;
    status = run(&a, name);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        say_file(&a, "standard output", errno ? errno : EIO);
        status = EXIT_TROUBLE;
    }
    return status;
}
