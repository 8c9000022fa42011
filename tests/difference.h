/* Shows where two texts differ, line by line. */
#ifndef CLAUSIER_TESTS_DIFFERENCE_H
#define CLAUSIER_TESTS_DIFFERENCE_H

/* Prints to standard error what diff -u would say; nothing where they are
 * equal. */
void difference_print(const char *name, const char *expected,
                      const char *actual);

#endif
