/* Measures where the time of one conversion goes, stage by stage: bench FILE
 * LANGUAGE. Stages are called as clausier.c calls them. */
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "clausier.h"
#include "files.h"
#include "grammar.h"
#include "identify.h"
#include "ids.h"
#include "mark.h"
#include "parse.h"
#include "residue.h"
#include "text.h"
#include "tree.h"
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

static void run(struct span text, const struct grammar *grammar)
{
    struct diag diag = { 0 };
    struct lines lines = { 0 };
    struct scanner scanner;
    struct tree tree;
    struct xrefs xrefs = { 0 };
    struct ids ids = { 0 };
    struct identity identity;
    char *xml;
    size_t length;

    if (!scanner_open(&scanner, grammar, &diag))
        exit(1);
    tree_open(&tree);
    last = now();
    text_read(&lines, text, NULL, &diag);
    tell("text_read", text.len);
    residue_take(&lines, &scanner);
    tell("residue_take", text.len);
    parse(&tree, &lines, &scanner, NULL, NULL);
    tell("parse", text.len);
    mark_texts(&xrefs, &tree, &scanner);
    tell("mark_texts", text.len);
    identify(&identity, &tree, &scanner, "2021-05-03");
    tell("identify", text.len);
    ids_assign(&ids, &tree, &diag);
    tell("ids_assign", text.len);
    xref_bind(&xrefs, &tree, &ids, &identity, &scanner);
    tell("xref_bind", text.len);
    identify_write(&identity, &tree, grammar, &lines);
    tell("identify_write", text.len);
    clausier_tree_write(&xml, &length, tree.doc);
    tell("clausier_tree_write", text.len);
    clausier_text_free(xml);
    xrefs_free(&xrefs);
    ids_free(&ids);
    scanner_close(&scanner);
    lines_free(&lines);
    xmlFreeDoc(tree.doc);
}

int main(int argc, char **argv)
{
    clausier_load_options options = { .dir = CLAUSIER_TEST_GRAMMARS, .jit = 1 };
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
