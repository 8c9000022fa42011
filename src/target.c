/* Turns references inside a document into what they lead to: a bead. */
#include "target.h"

#include <string.h>

enum { EID_MAX = 256 };

#define ENTRY(unit) ((void *)((uintptr_t)(unit) + 1))

/* The elements around a unit are spoken for by the first unit in them; an
 * attachment by its label, wherever that stands. */
static bool add_unit(struct targets *t, const struct units *units, unsigned u)
{
    const struct unit *unit = &units->at[u];

    for (const xmlNode *node = unit->node;
         node && node->type == XML_ELEMENT_NODE; node = node->parent) {
        const xmlChar *id = (const xmlChar *)tree_get(node, "eId");
        void *entry = id ? xmlHashLookup(t->units, id) : NULL;
        int failed;

        if (!id)
            continue;
        if (!entry)
            failed = xmlHashAddEntry(t->units, id, ENTRY(u));
        else if (unit->role == ROLE_LABEL &&
                 units->at[(uintptr_t)entry - 1].part == unit->part)
            failed = xmlHashUpdateEntry(t->units, id, ENTRY(u), NULL);
        else if (unit->role != ROLE_LABEL)
            return true; /* and so is all that is around it */
        else
            failed = 0;
        if (failed)
            return false;
    }
    return true;
}

bool targets_open(struct targets *t, const struct beads *beads, size_t version)
{
    const struct units *units = &beads->versions[version].units;
    bool done;

    *t = (struct targets){ beads, version,
                           xmlHashCreate((int)(units->count < 100000
                                                   ? units->count + 16
                                                   : 100000)) };
    done = t->units != NULL;
    for (unsigned u = 0; done && u < units->count; u++)
        done = add_unit(t, units, u);
    if (!done)
        targets_close(t);
    return done;
}

void targets_close(struct targets *t)
{
    if (t->units)
        xmlHashFree(t->units, NULL);
    t->units = NULL;
}

static void put_one(struct buf *out, const struct targets *t, struct span href)
{
    char id[EID_MAX];
    void *entry = NULL;

    if (href.len > 1 && href.at[0] == '#' && href.len < sizeof id) {
        memcpy(id, href.at + 1, href.len - 1);
        id[href.len - 1] = '\0';
        entry = xmlHashLookup(t->units, (const xmlChar *)id);
    }
    if (entry)
        buf_printf(out, "bead %u",
                   t->beads->bead_of[t->version][(uintptr_t)entry - 1]);
    else
        buf_add_span(out, href);
}

/* A range has a space between its ends. */
void targets_put(struct buf *out, const struct targets *t, struct span href)
{
    const char *space = href.len ? memchr(href.at, ' ', href.len) : NULL;

    if (!space) {
        put_one(out, t, href);
        return;
    }
    put_one(out, t, (struct span){ href.at, (size_t)(space - href.at) });
    buf_putc(out, ' ');
    href.len -= (size_t)(space + 1 - href.at);
    href.at = space + 1;
    put_one(out, t, href);
}
