/* Any bytes are a grammar or are refused as one; a text is read with what was
 * not refused. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clausier.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[] = "/tmp/clausier-fuzz-XXXXXX";
static char path[64];

static void remove_folder(void)
{
    unlink(path);
    rmdir(folder);
}

static void make_folder(void)
{
    if (!mkdtemp(folder))
        abort();
    snprintf(path, sizeof path, "%s/a.grammar", folder);
    atexit(remove_folder);
}

static void write_grammar(const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");

    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
        abort();
}

static void hear(void *user, const clausier_message *m)
{
    if (!m->code || !m->text || (m->column && !m->line))
        abort();
    *(int *)user += m->level == CLAUSIER_ERROR;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char text[] = "1\tText 2\na)\ttext\n2.1\tText, see 1.\n";
    int errors = 0;
    clausier_load_options options = { .dir = folder, .report = hear,
                                      .user = &errors };
    clausier_grammars *grammars;
    clausier_check_result counts;
    xmlDocPtr tree;

    if (!path[0])
        make_folder();
    write_grammar(data, size);
    if (clausier_grammars_load(&grammars, &options) != CLAUSIER_OK) {
        if (!errors)
            abort(); /* refused, and nobody is told why */
        return 0;
    }
    clausier_grammars_check(&counts, grammars, hear, &errors);
    if (clausier_document_convert(&tree, grammars, text, sizeof text - 1,
                                  NULL) == CLAUSIER_OK)
        xmlFreeDoc(tree);
    clausier_grammars_free(grammars);
    return 0;
}
