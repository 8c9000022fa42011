/* The program: reads its arguments, runs one command, sets the exit status. */
#include "cmd.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

static const struct command {
    const char *name;
    int (*run)(struct arguments *a);
    const char *usage, *help;
} commands[] = {
    { "convert", run_convert, "convert [OPTION]... FILE...",
      "Reads the structure of each FILE (- is standard input) and writes it as\n"
      "Akoma Ntoso XML: to standard output, to the file of -o, or, for several\n"
      "files, to files of the same name in the folder of --output-dir.\n" },
    { "align", run_align, "align [OPTION]... FILE FILE...",
      "Pairs two or more versions of a document unit by unit.\n" },
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
