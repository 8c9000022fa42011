/* clausier get: one clause of a document, by the name that people give it. */
#include "cmd.h"

#include <stdio.h>
#include <string.h>

static const struct format formats[] = {
    { "text", "txt", CLAUSIER_DOCUMENT_TEXT },
    { "json", "json", CLAUSIER_DOCUMENT_JSON },
    { "ndjson", "ndjson", CLAUSIER_DOCUMENT_NDJSON },
    { "xml", "xml", CLAUSIER_DOCUMENT_XML },
};

static int write_answer(const void *answer, int format, clausier_sink *sink,
                        void *user)
{
    return clausier_answer_write(
        answer, (enum clausier_document_format)format, sink, user);
}

enum { BEGINNING = 48 };

/* The first characters of a text, not cut in the middle of one. */
static int beginning(const char *text)
{
    size_t length = strlen(text);

    if (length <= BEGINNING)
        return (int)length;
    length = BEGINNING;
    while (length && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return (int)length;
}

static void list(const clausier_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int length = beginning(places[i].text);

        fprintf(stderr, "  %-16s %-24s %.*s%s\n", places[i].name,
                places[i].eid, length, places[i].text,
                places[i].text[length] ? "..." : "");
    }
}

static int tell(const struct listener *l, const clausier_answer *answer,
                const char *name, int format)
{
    const struct arguments *a = l->arguments;
    int status = EXIT_FINE;

    if (answer->found_count)
        status = write_result(l, a->output ? a->output : "-", write_answer,
                              answer, format);
    if (answer->guessed && !a->quiet)
        say(a, "not all words of \"%s\" are understood; its numbers lead here",
            name);
    if (answer->other_count && !a->quiet) {
        say(a, "\"%s\" is the name of these, too:", name);
        list(answer->others, answer->other_count);
    }
    if (answer->missing) {
        say(a, answer->nearest_count ? "there is no \"%s\" here; the nearest:"
                                     : "there is no \"%s\" here",
            name);
        list(answer->nearest, answer->nearest_count);
    }
    return status == EXIT_FINE && answer->missing ? EXIT_FOUND : status;
}

int run_get(struct arguments *a)
{
    struct listener l = { .arguments = a };
    const struct format *format =
        choose_format(a, formats, sizeof formats / sizeof *formats);
    clausier_grammars *grammars;
    clausier_answer *answer = NULL;
    xmlDocPtr tree;
    int status = EXIT_TROUBLE, result;

    if (!format)
        return EXIT_TROUBLE;
    if (a->file_count != 2) {
        say(a, "get: a file and the name of a clause are wanted%s", "");
        return EXIT_TROUBLE;
    }
    if (load(&grammars, a, &l, a->grammar) != CLAUSIER_OK)
        return EXIT_TROUBLE;
    tree = read_tree(a, grammars, a->files[0], NULL);
    if (tree) {
        result = clausier_clause_find(&answer, tree, grammars, a->files[1]);
        if (result == CLAUSIER_OK)
            status = tell(&l, answer, a->files[1], format->value);
        else if (result == CLAUSIER_EARG)
            say(a, "get: the name of the clause is empty or too long%s", "");
        else
            say_result(&l, result);
    }
    clausier_answer_free(answer);
    xmlFreeDoc(tree);
    clausier_grammars_free(grammars);
    return status;
}
