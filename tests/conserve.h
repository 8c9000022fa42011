/* Checks that a tree holds the text it was made of, all of it and in order.
 * Knows the conventions of the input from their description alone and calls
 * nothing of the library. */
#ifndef CLAUSIER_TESTS_CONSERVE_H
#define CLAUSIER_TESTS_CONSERVE_H

#include <libxml/tree.h>
#include <stddef.h>

/* White space and the marks of converters are left out; the text of a footnote
 * stands at its call; page headers, the lines that are drawn above footnotes
 * and numbers that stand apart from these are in the tree's metadata. NULL
 * where all is well, else what is wrong, to be freed. `text` is UTF-8. */
char *conserve_check(const char *text, size_t length, xmlDocPtr tree);

#endif
