/* The program: reads its arguments, runs one command, sets the exit status. */
#include "cmd.h"

#include <errno.h>
#include <getopt.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <string.h>

enum { OPT_DIR = 256, OPT_LANG, OPT_ENCODING, OPT_DATE, OPT_GRAMMAR,
       OPT_GRAMMAR_DIR, OPT_COLOR, OPT_VERSION, OPT_STRICT, OPT_LEVEL,
       OPT_IGNORE, OPT_MASTER };

/* Which commands an option is for. */
enum { CONVERT = 1, ALIGN = 2, CHECK = 4, EXPLAIN = 8, DIFF = 16,
       TOR = 32, GET = 64,
       WRITING = CONVERT | ALIGN | DIFF | TOR | GET, READING = WRITING | EXPLAIN,
       ALL = READING | CHECK };

static const struct known_option {
    const char *name;
    int short_name; /* or a number from OPT_DIR on */
    int has_argument;
    unsigned commands;
    const char *usage, *help; /* "\n" begins another line of help */
} known_options[] = {
    { "to", 't', required_argument, WRITING, "-t, --to FORMAT",
      "the form of the output (see above)" },
    { "output", 'o', required_argument, WRITING, "-o, --output FILE",
      "write to FILE (- is standard output)" },
    { "output-dir", OPT_DIR, required_argument, CONVERT,
      "    --output-dir DIR", "write DIR/NAME.xml (.json, ...) for each NAME.txt" },
    { "lang", OPT_LANG, required_argument, READING, "    --lang LANG",
      "language of the text, such as fr or fra;\n"
      "found from the text otherwise" },
    { "encoding", OPT_ENCODING, required_argument, READING,
      "    --encoding NAME",
      "character encoding; found from the bytes otherwise" },
    { "date", OPT_DATE, required_argument, READING, "    --date DATE",
      "date of the document, YYYY-MM-DD" },
    { "grammar", OPT_GRAMMAR, required_argument, ALL,
      "    --grammar NAME", "use this grammar only: a name or a file" },
    { "grammar-dir", OPT_GRAMMAR_DIR, required_argument, ALL,
      "    --grammar-dir DIR", "where the grammars are" },
    { "level", OPT_LEVEL, required_argument, DIFF, "    --level LEVEL",
      "leave out what matters less: info, warning (the\n"
      "default) or error" },
    { "ignore", OPT_IGNORE, required_argument, DIFF, "    --ignore FILE",
      "leave out the differences whose ids FILE lists" },
    { "master", OPT_MASTER, required_argument, CONVERT, "    --master FILE",
      "the version whose eIds become the wIds of the others" },
    { "strict", OPT_STRICT, no_argument, CONVERT | CHECK, "    --strict",
      "exit status 1 where there was a warning" },
    { "quiet", 'q', no_argument, ALL, "-q, --quiet", "errors only" },
    { "color", OPT_COLOR, optional_argument, ALL, "    --color[=WHEN]",
      "always, never or auto" },
    { "help", 'h', no_argument, ALL, "-h, --help", "this text" },
    { "version", OPT_VERSION, no_argument, ALL, "    --version",
      "version and licence" },
};

enum { OPTIONS = sizeof known_options / sizeof *known_options };

static const struct command {
    const char *name;
    unsigned bit;
    int (*run)(struct arguments *a);
    const char *brief, *usage, *help;
    const char *status; /* what its exit status says */
} commands[] = {
    { "convert", CONVERT, run_convert,
      "write documents as Akoma Ntoso, JSON, text or a page",
      "convert [OPTION]... FILE...",
      "Reads the structure of each FILE (- is standard input), a text or Akoma\n"
      "Ntoso, and writes it to standard output, to the file of -o, or, for several\n"
      "files, to files of the same name in the folder of --output-dir. FORMAT is\n"
      "xml (Akoma Ntoso; the default), json (the tree of clauses), ndjson (one\n"
      "clause per line), text (an outline for reading) or html (a page).\n",
      "0 done; 1 warnings (with --strict); 2 something could not be done." },
    { "get", GET, run_get,
      "print the clause that a name leads to",
      "get [OPTION]... FILE NAME",
      "Prints the clause of FILE that NAME names as people do (2.1.1, \"annex 1\n"
      "clause 2\", \"I.2 4)\", \"clauses 2 to 4\", in any language that there is a\n"
      "grammar for), by its eId or by its heading. Where there is none, the nearest\n"
      "that there are are listed. FORMAT is text (the default), json, ndjson or\n"
      "xml.\n",
      "0 done; 1 there is no such clause; 2 something could not be done." },
    { "align", ALIGN, run_align,
      "pair the versions of a document unit by unit",
      "align [OPTION]... FILE FILE...",
      "Pairs two or more versions of a document unit by unit: translations, or\n"
      "revisions in one language. FORMAT is tsv (a bead per line; the default),\n"
      "xml (all that is known, with the differences), tmx (TMX 1.4b), xliff\n"
      "(XLIFF 2.1, of two versions), xliff12 (XLIFF 1.2) or html (the versions\n"
      "side by side).\n",
      "0 done; 2 something could not be done." },
    { "diff", DIFF, run_diff,
      "say what differs between versions of a document",
      "diff [OPTION]... FILE FILE...",
      "Says what differs between versions of a document: translations, or\n"
      "revisions in one language. FORMAT is text (for people; the default),\n"
      "jsonl, tsv or html. Each difference has an id that stays; --ignore takes a\n"
      "list of them, one to a line, # before remarks.\n",
      "0 no differences; 1 differences; 2 something could not be done." },
    { "tor", TOR, run_tor,
      "find terms of reference and write them as records",
      "tor [OPTION]... FILE...",
      "Finds the terms of reference of groups and writes them as records; the\n"
      "language versions of one document make one record. FORMAT is json (the\n"
      "default), ndjson, xml, csv or markdown.\n",
      "0 done; 1 there are none; 2 something could not be done." },
    { "check", CHECK, run_check,
      "run the examples that stand in grammars",
      "check [OPTION]... [GRAMMAR]...",
      "Runs the yes and no examples of the grammars: all of the folder, or the\n"
      "ones named (a name such as fr, or the path of a file).\n",
      "0 all came out as written; 1 some did not, or warnings\n"
      "(with --strict); 2 a grammar is wrong." },
    { "explain", EXPLAIN, run_explain,
      "show which rule took which line",
      "explain [OPTION]... FILE...",
      "Shows for each line of FILE which rule took it and what was captured.\n",
      "0 done; 2 something could not be done." },
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void show_option(const struct known_option *option)
{
    const char *line = option->help, *end;

    printf("  %-22s", option->usage);
    while ((end = strchr(line, '\n')) != NULL) {
        printf("%.*s\n%24s", (int)(end - line), line, "");
        line = end + 1;
    }
    printf("%s\n", line);
}

static void show_options(unsigned which)
{
    printf("Options:\n");
    for (int i = 0; i < OPTIONS; i++)
        if (known_options[i].commands & which)
            show_option(&known_options[i]);
}

static void show_help(const struct command *command)
{
    if (command) {
        printf("Usage: clausier %s\n\n%s\n", command->usage, command->help);
        show_options(command->bit);
        printf("\nExit status: %s\n", command->status);
        return;
    }
    printf("Usage: clausier COMMAND [OPTION]... [FILE]...\n\n"
           "Reads the structure out of circulars and meeting reports in several\n"
           "languages and writes it down.\n\nCommands:\n");
    for (int i = 0; i < COMMANDS; i++)
        printf("  %-8s %s\n", commands[i].name, commands[i].brief);
    printf("\n\"clausier COMMAND --help\" tells more, and clausier(1) all.\n"
           "\nExamples:\n"
           "  clausier convert circular.txt -o circular.xml\n"
           "  clausier convert --output-dir out *.txt\n"
           "  clausier explain --lang fr circular.txt\n");
}

static void show_version(void)
{
    printf("clausier %s\nISC licence; no warranty.\n", clausier_version());
}

static bool set_color(struct arguments *a, const char *when)
{
    static const char *const words[] = { "never", "always", "auto" };

    for (int i = 0; i < 3; i++)
        if (!when || strcmp(when, words[i]) == 0) {
            a->color = when ? i : 1;
            return true;
        }
    say(a, "--color is always, never or auto, not \"%s\"", when);
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
    case 't': a->format = optarg; break;
    case OPT_LEVEL: a->level = optarg; break;
    case OPT_IGNORE: a->ignore = optarg; break;
    case OPT_MASTER: a->master = optarg; break;
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

/* An option that a command has no use for would be lost without a word. */
static bool options_fit(struct arguments *a, const struct command *command,
                        const bool *given)
{
    char what[64];

    for (int i = 0; i < OPTIONS; i++)
        if (given[i] && !(known_options[i].commands & command->bit)) {
            snprintf(what, sizeof what, "%s takes no --%s", command->name,
                     known_options[i].name);
            say(a, "%s", what);
            return false;
        }
    return true;
}

static int run(struct arguments *a, const char *name, const bool *given)
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
    if (!command || !options_fit(a, command, given))
        return try_help(command);
    return command->run(a);
}

static void options_of_getopt(struct option *options)
{
    for (int i = 0; i < OPTIONS; i++)
        options[i] = (struct option){ known_options[i].name,
                                      known_options[i].has_argument, NULL,
                                      known_options[i].short_name };
    options[OPTIONS] = (struct option){ 0 };
}

static void note_given(bool *given, int option)
{
    for (int i = 0; i < OPTIONS; i++)
        given[i] |= known_options[i].short_name == option;
}

/* What one document gave back the next one takes. To give it to the system in
 * between, and to ask for it again, is a sixth of a folder's time. */
static void keep_memory(void)
{
#ifdef M_TRIM_THRESHOLD
    enum { KEPT = 32 * 1024 * 1024 };

    mallopt(M_TRIM_THRESHOLD, KEPT);
    mallopt(M_MMAP_THRESHOLD, KEPT);
#endif
}

/* getopt moves what is no option behind the options: the command comes first
 * there, wherever it stood. */
int main(int argc, char **argv)
{
    static char program[] = "clausier";
    struct arguments a = { .color = 2 };
    struct option options[OPTIONS + 1];
    bool given[OPTIONS] = { false };
    int option, status;
    const char *name;

    keep_memory();
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ); /* a message is written as a whole */
    options_of_getopt(options);
    if (argc > 0)
        argv[0] = program; /* getopt says who speaks, as say() does */
    while ((option = getopt_long(argc, argv, "t:o:qh", options, NULL)) != -1) {
        if (!take_option(&a, option))
            return try_help(argc > 1 ? find_command(argv[1]) : NULL);
        note_given(given, option);
    }
    name = optind < argc ? argv[optind++] : NULL;
    if (name && strcmp(name, "help") == 0) {
        a.help = true;
        name = optind < argc ? argv[optind++] : NULL;
    }
    a.files = argv + optind;
    a.file_count = argc - optind;
    status = run(&a, name, given);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        say_file(&a, "standard output", errno ? errno : EIO);
        status = EXIT_TROUBLE;
    }
    return status;
}
