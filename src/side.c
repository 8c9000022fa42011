/* Keeps which units of two versions have no counterpart yet. */
#include <stdlib.h>

#include "pairing.h"

static void take_all(struct side *side)
{
    side->count = side->version->units.count;
    for (size_t i = 0; i < side->count; i++)
        side->unit[i] = (unsigned)i;
}

static bool open_side(struct side *side, const struct version *version)
{
    side->version = version;
    side->unit = malloc((version->units.count + 1) * sizeof *side->unit);
    if (side->unit)
        take_all(side);
    return side->unit != NULL;
}

/* Leaves what has no counterpart yet. */
static void keep_unpaired(struct side *side, const bool *paired)
{
    size_t kept = 0;

    for (size_t i = 0; i < side->count; i++)
        if (!paired[side->unit[i]])
            side->unit[kept++] = side->unit[i];
    side->count = kept;
}

bool sides_drop(struct pairing *p, const struct links *links)
{
    bool *a = calloc(p->a->units.count + 1, sizeof *a);
    bool *b = calloc(p->b->units.count + 1, sizeof *b);

    for (size_t i = 0; a && b && i < links->count; i++) {
        const struct link *l = &links->at[i];

        for (unsigned k = 0; k < l->a_count; k++)
            a[l->a + k] = true;
        for (unsigned k = 0; k < l->b_count; k++)
            b[l->b + k] = true;
    }
    if (a && b) {
        keep_unpaired(&p->rows, a);
        keep_unpaired(&p->cols, b);
    }
    p->failed |= !a || !b;
    free(a);
    free(b);
    return !p->failed;
}

bool sides_open(struct pairing *p)
{
    return open_side(&p->rows, p->a) && open_side(&p->cols, p->b);
}

void sides_take_all(struct pairing *p)
{
    take_all(&p->rows);
    take_all(&p->cols);
}

void sides_free(struct pairing *p)
{
    free(p->rows.unit);
    free(p->cols.unit);
}
