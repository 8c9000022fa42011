/* Any two trees are aligned, each of their units once; a tree does not differ
 * from itself; what it says of terms of reference can be written. */
#include <string.h>

#include "alignment.h"
#include "fuzz.h"

static const clausier_grammars *grammars;

/* Every unit is in the one bead that it is said to be in. */
static void check_beads(const clausier_alignment *a)
{
    for (size_t v = 0; v < a->count; v++) {
        size_t units = a->versions[v].units.count, found = 0;

        for (size_t i = 0; i < a->beads.count; i++) {
            const struct row *row = bead_row(&a->beads, i, v);

            for (unsigned k = 0; k < row->count; k++)
                if (row->first + k >= units ||
                    a->beads.bead_of[v][row->first + k] != i)
                    fail("a unit is in a bead that is not its own");
            found += row->count;
        }
        if (found != units)
            fail("a unit is in no bead, or in several");
    }
}

static int swallow(void *user, const char *bytes, size_t length)
{
    size_t *total = user;

    (void)bytes;
    *total += length;
    return 0;
}

static void check_pair(xmlDocPtr a, xmlDocPtr b)
{
    const xmlDocPtr trees[] = { a, b };
    clausier_alignment *alignment;
    size_t total = 0;

    if (clausier_alignment_make(&alignment, grammars, trees, 2, NULL) !=
        CLAUSIER_OK)
        fail("two trees cannot be aligned");
    check_beads(alignment);
    if (a == b && clausier_alignment_differences(alignment))
        fail("a tree differs from itself");
    for (int format = CLAUSIER_BEADS_TSV; format <= CLAUSIER_DIFFERENCES_TSV;
         format++)
        if (clausier_alignment_write(alignment,
                                     (enum clausier_alignment_format)format,
                                     swallow, &total) != CLAUSIER_OK)
            fail("an alignment cannot be written");
    clausier_alignment_free(alignment);
}

static void check_terms(xmlDocPtr tree)
{
    clausier_terms *terms;
    size_t total = 0;

    if (clausier_terms_extract(&terms, grammars, &tree, 1, NULL) != CLAUSIER_OK)
        fail("terms of reference cannot be looked for");
    for (int format = CLAUSIER_TERMS_JSON; format <= CLAUSIER_TERMS_MARKDOWN;
         format++)
        if (clausier_terms_write(terms, (enum clausier_terms_format)format,
                                 swallow, &total) != CLAUSIER_OK)
            fail("terms of reference cannot be written");
    clausier_terms_free(terms);
}

static xmlDocPtr parse(const char *xml, size_t length)
{
    xmlDocPtr tree = NULL;

    if (length && strncmp(xml, "<?xml", 5) == 0)
        clausier_document_read(&tree, grammars, xml, length, NULL);
    return tree;
}

/* The second tree begins at the second XML declaration; without one, the
 * first is compared with itself. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *second = size > 5 ? memmem(text + 5, size - 5, "<?xml", 5)
                                  : NULL;
    size_t length = second ? (size_t)(second - text) : size;
    xmlDocPtr a, b;

    grammars = load_once();
    if (size < 5)
        return 0;
    a = parse(text, length);
    b = second ? parse(second, size - length) : NULL;
    if (a) {
        check_pair(a, a);
        check_terms(a);
    }
    if (a && b)
        check_pair(a, b);
    xmlFreeDoc(a);
    xmlFreeDoc(b);
    return 0;
}
