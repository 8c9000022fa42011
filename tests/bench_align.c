/* Measures how long two versions take to be aligned and compared, without the
 * reading of the texts: bench_align FILE FILE [exhaustive]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "alignment.h"
#include "files.h"

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The most that the process has held so far, in MB. */
static double peak(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static xmlDocPtr read_version(const clausier_grammars *grammars,
                              const char *path)
{
    size_t length;
    char *bytes = file_read(path, &length);
    xmlDocPtr tree = NULL;

    if (!bytes || clausier_document_read(&tree, grammars, bytes, length,
                                         NULL) != CLAUSIER_OK) {
        fprintf(stderr, "%s cannot be read\n", path);
        exit(1);
    }
    free(bytes);
    return tree;
}

int main(int argc, char **argv)
{
    clausier_load_options load = { .dir = CLAUSIER_TEST_GRAMMARS };
    clausier_align_options options = { .exhaustive = argc > 3 };
    clausier_grammars *grammars;
    clausier_alignment *alignment;
    xmlDocPtr trees[2];
    double begin, held;

    if (argc < 3 || clausier_grammars_load(&grammars, &load) != CLAUSIER_OK)
        return 1;
    for (int i = 0; i < 2; i++)
        trees[i] = read_version(grammars, argv[i + 1]);
    held = peak();
    begin = now();
    if (clausier_alignment_make(&alignment, grammars, trees, 2, &options) !=
        CLAUSIER_OK)
        return 1;
    printf("  %6zu x %6zu units%s %9.4f s %8.1f MB more than the trees\n",
           alignment->versions[0].units.count,
           alignment->versions[1].units.count,
           options.exhaustive ? ", each with each" : "", now() - begin,
           peak() - held);
    clausier_alignment_free(alignment);
    for (int i = 0; i < 2; i++)
        xmlFreeDoc(trees[i]);
    clausier_grammars_free(grammars);
    return 0;
}
