/* clausier explain: which rule takes which line. */
#include "cmd.h"

#include <stdio.h>

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
    xmlDocPtr tree = read_tree(a, grammars, path, explain);

    xmlFreeDoc(tree);
    return tree ? EXIT_FINE : EXIT_TROUBLE;
}

int run_explain(struct arguments *a)
{
    struct listener l = { .arguments = a };
    clausier_grammars *grammars;
    int status = EXIT_FINE;

    if (!has_files(a, "explain"))
        return EXIT_TROUBLE;
    if (load(&grammars, a, &l, a->grammar) != CLAUSIER_OK)
        return EXIT_TROUBLE;
    for (int i = 0; i < a->file_count; i++) {
        int one = explain_file(a, grammars, a->files[i]);

        status = one > status ? one : status;
    }
    clausier_grammars_free(grammars);
    return status;
}
