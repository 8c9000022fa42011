/* What the program tells a person: messages on standard error. */
#include "cmd.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unistd.h>

enum { SAME_CODE_MAX = 20 };

bool use_color(const struct arguments *a, int fd)
{
    return a->color == 1 || (a->color == 2 && isatty(fd));
}

/* A line break in the name of a file would make two messages of one, and what
 * moves the cursor of a terminal hide one. */
static void put(const char *text)
{
    for (; *text; text++)
        putc(iscntrl((unsigned char)*text) && *text != '\t' ? '?' : *text,
             stderr);
}

void say(const struct arguments *a, const char *format, const char *what)
{
    const char *place = strstr(format, "%s");

    fprintf(stderr, use_color(a, STDERR_FILENO) ? "\033[1mclausier:\033[0m " : "clausier: ");
    fprintf(stderr, "%.*s", (int)(place - format), format);
    put(what);
    fprintf(stderr, "%s\n", place + strlen("%s"));
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
    put(m->file ? m->file : "clausier");
    if (m->line)
        fprintf(stderr, ":%u", m->line);
    if (m->line && m->column)
        fprintf(stderr, ":%u", m->column);
    fprintf(stderr, ": ");
}

/* What is as wide as a character: a TAB for a TAB, an ideographic space for what
 * takes two columns, nothing for what stands above or below another. */
static const char *blank_for(UChar32 c)
{
    int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);

    if (c == '\t')
        return "\t";
    if (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK))
        return "";
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? "\u3000" : " ";
}

/* The caret stands below the column. */
static void show_caret(const clausier_message *m)
{
    int32_t at = 0;

    if (!m->source || !m->column)
        return;
    fputs("    ", stderr);
    put(m->source);
    fputs("\n    ", stderr);
    for (unsigned column = 1; m->source[at] && column < m->column; column++) {
        UChar32 c;

        U8_NEXT(m->source, at, -1, c);
        fputs(blank_for(c), stderr);
    }
    fprintf(stderr, "^\n");
}

void report(void *user, const clausier_message *m)
{
    static const char *const names[] = { "note", "warning", "error" };
    static const char *const colors[] = { "36", "35", "31" };
    struct listener *l = user;

    l->warnings += m->level == CLAUSIER_WARNING;
    l->errors += m->level == CLAUSIER_ERROR;
    if (m->level != CLAUSIER_ERROR &&
        (l->arguments->quiet ||
         (!l->all && count_code(l, m->code) >= SAME_CODE_MAX)))
        return;
    show_place(m);
    if (use_color(l->arguments, STDERR_FILENO))
        fprintf(stderr, "\033[1;%sm%s:\033[0m ", colors[m->level],
                names[m->level]);
    else
        fprintf(stderr, "%s: ", names[m->level]);
    put(m->text);
    fprintf(stderr, " [%s]\n", m->code);
    show_caret(m);
}

void report_rest(const struct listener *l, const char *file)
{
    if (l->arguments->quiet)
        return;
    for (size_t i = 0; i < CODES_MAX; i++)
        if (l->codes[i].count > SAME_CODE_MAX) {
            put(file ? file : "clausier");
            fprintf(stderr, ": note: %zu more of [%s]\n",
                    l->codes[i].count - SAME_CODE_MAX, l->codes[i].code);
        }
}

void say_file(const struct arguments *a, const char *path, int error)
{
    put(*path ? path : "\"\""); /* an empty argument */
    fprintf(stderr,
            use_color(a, STDERR_FILENO) ? ": \033[1;31merror:\033[0m %s [io]\n"
                                        : ": error: %s [io]\n",
            strerror(error));
}

void say_result(const struct listener *l, int result)
{
    if (!l->errors || result == CLAUSIER_ENOMEM)
        say(l->arguments, "%s", clausier_error_text(result));
}
