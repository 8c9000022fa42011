/* Keeps places of a document: elements, and the units in each of them. */
#include "hits.h"

const xmlNode *hit_part_element(const struct units *units, size_t unit)
{
    static const char *const names[][3] = {
        [PART_PREFACE] = { "preface", "coverPage" },
        [PART_BODY] = { "mainBody", "body" },
        [PART_CONCLUSIONS] = { "conclusions" },
        [PART_ANNEX] = { "attachment", "component" },
    };
    int kind = units->parts[units->at[unit].part].kind;

    for (const xmlNode *n = units->at[unit].node;
         n && n->type == XML_ELEMENT_NODE; n = n->parent)
        for (int i = 0; names[kind][i]; i++)
            if (tree_is(n, names[kind][i]))
                return n;
    return NULL;
}

static bool has(const struct hits *hits, const xmlNode *element)
{
    for (size_t i = 0; i < hits->count; i++)
        if (hits->at[i].element == element)
            return true;
    return false;
}

bool hits_add(struct hits *hits, struct hit hit)
{
    struct hit *one;

    if (!hit.element || has(hits, hit.element))
        return true;
    one = array_push(&hits->at, &hits->count, sizeof *one);
    if (one)
        *one = hit;
    return one;
}

struct hit hit_of(const struct units *u, size_t clause)
{
    struct hit hit = { u->at[clause].opens, clause, clause + 1 };

    while (hit.end < u->count && units_is_in(u, hit.end, clause))
        hit.end++;
    return hit;
}

struct hit hit_of_part(const struct units *u, size_t unit)
{
    return (struct hit){ hit_part_element(u, unit), units_part_start(u, unit),
                         units_part_end(u, unit) };
}

static bool is_inside(const xmlNode *node, const xmlNode *element)
{
    while (node && node != element)
        node = node->parent;
    return node != NULL;
}

struct hit hit_of_element(const struct units *u, const xmlNode *element)
{
    struct hit hit = { element, 0, 0 };

    while (hit.first < u->count && !is_inside(u->at[hit.first].node, element))
        hit.first++;
    for (hit.end = hit.first;
         hit.end < u->count && is_inside(u->at[hit.end].node, element);)
        hit.end++;
    for (size_t i = 0; hit.first == u->count && i < u->count; i++)
        if (is_inside(element, u->at[i].node))
            return (struct hit){ element, i, i + 1 };
    return hit.first < hit.end ? hit : (struct hit){ 0 };
}
