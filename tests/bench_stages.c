/* Measures where the time of one conversion goes, stage by stage: bench FILE
 * LANGUAGE. Stages are called as clausier.c calls them. */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clausier.h"
#include "files.h"
#include "drawn.h"
#include "footnote.h"
#include "grammar.h"
#include "identify.h"
#include "ids.h"
#include "mark.h"
#include "meta.h"
#include "page.h"
#include "parse.h"
#include "residue.h"
#include "text.h"
#include "write.h"
#include "xref.h"

static double last;

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The time since the stage before. */
static void tell(const char *stage, size_t bytes)
{
    double time = now() - last;

    printf("  %-20s %8.3f s %9.1f MB/s\n", stage, time,
           (double)bytes / 1e6 / time);
    last = now();
}

static int drop(void *user, const char *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return 0;
}

static void run(struct span text, const struct grammar *grammar)
{
    struct diag diag = { 0 };
    struct lines lines = { 0 };
    struct scanner scanner;
    struct draft draft;
    struct xrefs xrefs = { 0 };
    struct ids ids = { 0 };
    struct identity identity;

    if (!scanner_open(&scanner, grammar, &diag))
        exit(1);
    draft_open(&draft);
    last = now();
    text_read(&lines, text, NULL, &diag);
    tell("text_read", text.len);
    drawn_take(&lines, &scanner);
    tell("drawn_take", text.len);
    residue_take(&lines, &scanner);
    tell("residue_take", text.len);
    page_take(&lines, &scanner);
    tell("page_take", text.len);
    footnote_take(&lines, &scanner);
    tell("footnote_take", text.len);
    parse(&draft, &lines, &scanner, NULL, NULL);
    tell("parse", text.len);
    mark_texts(&xrefs, &draft, &scanner);
    tell("mark_texts", text.len);
    identify(&identity, &draft, &scanner, "2021-05-03");
    tell("identify", text.len);
    ids_assign(&ids, &draft, &diag);
    tell("ids_assign", text.len);
    xref_bind(&xrefs, &draft, &ids, &identity, &scanner);
    tell("xref_bind", text.len);
    meta_write(&identity, &draft, &scanner, &lines);
    tell("meta_write", text.len);
    write_draft(&draft, drop, NULL);
    tell("write_draft", text.len);
    xrefs_free(&xrefs);
    ids_free(&ids);
    scanner_close(&scanner);
    lines_free(&lines);
    draft_free(&draft);
}

int main(int argc, char **argv)
{
    clausier_load_options options = { .dir = CLAUSIER_TEST_GRAMMARS };
    struct diag diag = { 0 };
    clausier_grammars *grammars;
    const struct grammar *grammar;
    size_t length;
    char *text = argc == 3 ? file_read(argv[1], &length) : NULL;
    int result = 0;

    if (!text || clausier_grammars_load(&grammars, &options) != CLAUSIER_OK)
        return 1;
    xmlInitParser();
    grammar = grammars_for(grammars, argv[2], &diag, &result);
    if (!grammar)
        return 1;
    run((struct span){ text, length }, grammar);
    clausier_grammars_free(grammars);
    free(text);
    return 0;
}
