/* Names the clauses of a version as its master does, the version that its
 * numbers are to follow: Akoma Ntoso's wId. */
#include "clausier.h"

#include <libxml/hash.h>
#include <string.h>

#include "alignment.h"

/* ---- what goes with what ------------------------------------------------- */

static const char *id_around(const xmlNode *node, const char *name)
{
    while (node && !tree_is(node, name))
        node = node->parent;
    return tree_get(node, "eId");
}

static bool is_first_child(const xmlNode *node)
{
    while (node->prev && node->prev->type != XML_ELEMENT_NODE)
        node = node->prev;
    return !node->prev;
}

/* The eId of the clause, item, annex, table or note that the unit is the head
 * of; NULL where it is none, or that has no eId. */
static const char *id_of(const struct unit *unit)
{
    if (unit->opens)
        return tree_get(unit->opens, "eId");
    if (unit->role == ROLE_FOOTNOTE)
        return tree_get(unit->node, "eId");
    if (unit->role == ROLE_LABEL)
        return id_around(unit->node, "attachment");
    if (tree_is(unit->node->parent, "table") && is_first_child(unit->node))
        return tree_get(unit->node->parent, "eId");
    return NULL;
}

enum { MASTER, VERSION };

/* From the eIds of the version to those of the master, which are borrowed;
 * NULL where memory ran out. What two clauses of one of them say in one has no
 * one name. */
static xmlHashTablePtr match_ids(const struct beads *beads)
{
    xmlHashTablePtr ids = xmlHashCreate(64);

    for (size_t i = 0; ids && i < beads->count; i++) {
        const struct unit *theirs = bead_only(beads, i, MASTER);
        const struct unit *ours = bead_only(beads, i, VERSION);
        const char *from = ours ? id_of(ours) : NULL;
        const char *to = theirs ? id_of(theirs) : NULL;

        if (!from || !to || xmlHashLookup(ids, BAD_CAST from))
            continue;
        if (xmlHashAddEntry(ids, BAD_CAST from, (void *)(uintptr_t)to) != 0) {
            xmlHashFree(ids, NULL);
            return NULL;
        }
    }
    return ids;
}

/* ---- writing it down ------------------------------------------------------- */

/* An element that is named alike in both needs no second name. */
static void name_element(struct tree *tree, xmlNodePtr node, xmlHashTablePtr ids)
{
    const char *id = tree_get(node, "eId");
    const char *name = id ? xmlHashLookup(ids, BAD_CAST id) : NULL;

    tree_unset(node, "wId");
    if (name && strcmp(name, id) != 0)
        tree_set(tree, node, "wId", name);
}

static void name_master(struct tree *tree, xmlNodePtr expression,
                        const char *iri)
{
    xmlNodePtr language = tree_child(expression, "FRBRlanguage");
    xmlNodePtr master = tree_child(expression, "FRBRmasterExpression");

    if (!master && language) {
        tree->own = expression->ns;
        master = tree_add(tree, expression, "FRBRmasterExpression");
        if (!master)
            return;
        xmlUnlinkNode(master);
        tree_insert_before(language, master);
    }
    tree_unset(master, "href");
    tree_unset(master, "showAs");
    tree_set(tree, master, "href", iri);
    tree_set(tree, master, "showAs", iri);
}

static const char *iri_of(xmlDocPtr doc)
{
    return tree_get(tree_first(xmlDocGetRootElement(doc), "FRBRuri",
                               "FRBRExpression"), "value");
}

static bool name_all(xmlDocPtr doc, const char *iri, xmlHashTablePtr ids)
{
    struct tree tree = { .doc = doc };
    xmlNodePtr root = xmlDocGetRootElement(doc);

    for (xmlNodePtr n = root; n; n = tree_next(n, root, true)) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        name_element(&tree, n, ids);
        if (iri && tree_is(n, "FRBRExpression"))
            name_master(&tree, n, iri);
    }
    return !tree.failed;
}

int clausier_document_follow(xmlDocPtr tree, xmlDocPtr master,
                             const clausier_grammars *grammars,
                             const clausier_align_options *options)
{
    const xmlDocPtr trees[] = { [MASTER] = master, [VERSION] = tree };
    clausier_alignment *alignment;
    int result = clausier_alignment_make(&alignment, grammars, trees, 2, options);
    const char *iri, *own;
    xmlHashTablePtr ids;

    if (result != CLAUSIER_OK)
        return result;
    iri = iri_of(master);
    own = iri_of(tree);
    /* No document follows itself. */
    if (iri && own && strcmp(iri, own) == 0)
        iri = NULL;
    ids = match_ids(&alignment->beads);
    if (!ids || !name_all(tree, iri, ids))
        result = CLAUSIER_ENOMEM;
    xmlHashFree(ids, NULL);
    clausier_alignment_free(alignment);
    return result;
}
