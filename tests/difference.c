/* Shows where two texts differ, line by line. */
#include "difference.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 3, TABLE_MAX = 16000000 };

struct rows {
    const char **at;
    size_t count;
};

static size_t row_length(const char *row)
{
    return strcspn(row, "\n");
}

static bool same(const char *a, const char *b)
{
    size_t length = row_length(a);

    return length == row_length(b) && memcmp(a, b, length) == 0;
}

static struct rows split(const char *text)
{
    struct rows rows = { calloc(strlen(text) + 1, sizeof *rows.at), 0 };

    while (rows.at && *text) {
        rows.at[rows.count++] = text;
        text += row_length(text);
        text += *text == '\n';
    }
    return rows;
}

static void print(char sign, const char *row)
{
    fprintf(stderr, "%c%.*s\n", sign, (int)row_length(row), row);
}

/* table[i * (m + 1) + k]: length of the longest common part of a from i on
 * and b from k on. */
static unsigned *common(const char **a, size_t n, const char **b, size_t m)
{
    unsigned *table = n * m <= TABLE_MAX
                          ? calloc((n + 1) * (m + 1), sizeof *table)
                          : NULL;

    for (size_t i = n; table && i-- > 0;)
        for (size_t k = m; k-- > 0;) {
            unsigned *cell = &table[i * (m + 1) + k];
            unsigned down = cell[m + 1], right = cell[1];

            *cell = same(a[i], b[k]) ? cell[m + 2] + 1
                                     : down > right ? down : right;
        }
    return table;
}

/* The middles of both texts; without a table all of one, then all of the
 * other. */
static void print_middle(const char **a, size_t n, const char **b, size_t m)
{
    unsigned *table = common(a, n, b, m);
    size_t i = 0, k = 0;

    while (i < n || k < m) {
        const unsigned *cell = table ? &table[i * (m + 1) + k] : NULL;

        if (cell && i < n && k < m && same(a[i], b[k])) {
            print(' ', a[i++]);
            k++;
        } else if (i < n && (k == m || !cell || cell[m + 1] >= cell[1])) {
            print('-', a[i++]);
        } else {
            print('+', b[k++]);
        }
    }
    free(table);
}

void difference_print(const char *name, const char *expected,
                      const char *actual)
{
    struct rows a = split(expected), b = split(actual);
    size_t head = 0, tail = 0;

    if (strcmp(expected, actual) == 0 || !a.at || !b.at)
        goto end;
    while (head < a.count && head < b.count && same(a.at[head], b.at[head]))
        head++;
    while (tail < a.count - head && tail < b.count - head &&
           same(a.at[a.count - 1 - tail], b.at[b.count - 1 - tail]))
        tail++;
    fprintf(stderr, "--- %s: expected\n+++ %s: what came out\n@@ %zu @@\n",
            name, name, head + 1);
    for (size_t i = head > CONTEXT ? head - CONTEXT : 0; i < head; i++)
        print(' ', a.at[i]);
    print_middle(a.at + head, a.count - head - tail, b.at + head,
                 b.count - head - tail);
    for (size_t i = a.count - tail; i < a.count - tail + CONTEXT && i < a.count;
         i++)
        print(' ', a.at[i]);
end:
    free(a.at);
    free(b.at);
}
