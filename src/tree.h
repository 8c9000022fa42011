/* Builds trees, of Akoma Ntoso first of all: the one place that makes libxml2 nodes. */
#ifndef CLAUSIER_TREE_H
#define CLAUSIER_TREE_H

#include <libxml/tree.h>

#include "buf.h"

#define AKN_NS "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

/* A tree being built. A failure sticks: later calls return NULL or do
 * nothing, and the one who wants the tree looks at `failed` once. */
struct tree {
    xmlDocPtr doc;
    xmlNsPtr own; /* of the elements, AKN_NS for one */
    xmlNsPtr src; /* NULL outside of Akoma Ntoso */
    bool failed;
};

void tree_open(struct tree *tree);
/* A tree in another vocabulary, or for NULL in no namespace; returns its root,
 * NULL after a failure. */
xmlNodePtr tree_open_as(struct tree *tree, const char *name, const char *ns);
/* An element at the end of `parent`. */
xmlNodePtr tree_add(struct tree *tree, xmlNodePtr parent, const char *name);
xmlNodePtr tree_add_source(struct tree *tree, xmlNodePtr parent,
                           const char *name);
/* Links `node` before `sibling`; texts beside it are not merged. */
void tree_insert_before(xmlNodePtr sibling, xmlNodePtr node);
void tree_text(struct tree *tree, xmlNodePtr parent, struct span text);
/* Attributes without a namespace, and in CLAUSIER_SOURCE_NS. */
void tree_set(struct tree *tree, xmlNodePtr node, const char *name,
              const char *value);
void tree_set_source(struct tree *tree, xmlNodePtr node, const char *name,
                     const char *value);
void tree_unset(xmlNodePtr node, const char *name);
void tree_set_lang(struct tree *tree, xmlNodePtr node, const char *tag);

/* Copies elements and texts of another tree, of whatever namespaces, to the end
 * of `parent`; for NULL the copy is the root, and opens the tree. As deep as
 * elements nest. */
void tree_copy(struct tree *tree, xmlNodePtr parent, const xmlNode *node);
/* A copy whose elements are in no namespace, for who knows them by their names
 * alone; the caller's. NULL where memory ran out. */
xmlDocPtr tree_copy_plain(xmlDocPtr doc);

/* Questions that any stage may ask of any tree. */
bool tree_is(const xmlNode *node, const char *name);
/* One of the names, the last of which is NULL. */
bool tree_is_any(const xmlNode *node, const char *const *names);
xmlNodePtr tree_child(const xmlNode *node, const char *name);
/* The first element below `root` that is named so, attachments left out; where
 * `parent` is not NULL, in one of that name. */
xmlNodePtr tree_first(xmlNodePtr root, const char *name, const char *parent);
/* Borrowed; NULL where the attribute is missing or not plain. */
const char *tree_get(const xmlNode *node, const char *name);
bool tree_has_class(const xmlNode *node, const char *class);
/* The next node in document order after `node`, below `top`; `deeper` false
 * leaves out what is below `node`. */
xmlNodePtr tree_next(xmlNodePtr node, const xmlNode *top, bool deeper);

#endif
