/* Builds trees, of Akoma Ntoso first of all: the one place that makes libxml2 nodes. */
#include "tree.h"

#include <libxml/dict.h>
#include <stdio.h>
#include <string.h>

#include "clausier.h"

#define XML(text) ((const xmlChar *)(text))

/* Names are few: the tree shares one copy of each. */
static xmlNodePtr new_element(struct tree *tree, xmlNsPtr ns, const char *name)
{
    const xmlChar *shared;
    xmlNodePtr node;

    if (tree->failed)
        return NULL;
    shared = xmlDictLookup(tree->doc->dict, XML(name), -1);
    node = shared ? xmlNewDocNodeEatName(tree->doc, ns,
                                         (xmlChar *)(uintptr_t)shared, NULL)
                  : NULL;
    tree->failed |= !node;
    return node;
}

/* libxml2 hands out a text without its content where memory ran out. */
static xmlNodePtr new_text(struct tree *tree, struct span text)
{
    xmlNodePtr node = xmlNewDocTextLen(tree->doc, XML(text.at), (int)text.len);

    if (node && node->content)
        return node;
    xmlFreeNode(node);
    tree->failed = true;
    return NULL;
}

xmlNodePtr tree_open_as(struct tree *tree, const char *name, const char *ns)
{
    xmlNodePtr root;

    *tree = (struct tree){ 0 };
    tree->doc = xmlNewDoc(XML("1.0"));
    if (tree->doc)
        tree->doc->dict = xmlDictCreate();
    tree->failed = !tree->doc || !tree->doc->dict;
    root = new_element(tree, NULL, name);
    if (!root)
        return NULL;
    xmlDocSetRootElement(tree->doc, root);
    if (!ns)
        return root;
    tree->own = xmlNewNs(root, XML(ns), NULL);
    xmlSetNs(root, tree->own);
    tree->failed = !tree->own || !tree->own->href;
    return root;
}

void tree_open(struct tree *tree)
{
    xmlNodePtr root = tree_open_as(tree, "akomaNtoso", AKN_NS);

    if (tree->failed)
        return;
    tree->src = xmlNewNs(root, XML(CLAUSIER_SOURCE_NS), XML("src"));
    tree->failed = !tree->src || !tree->src->href || !tree->src->prefix;
}

/* Links at the end in constant time; xmlAddChild() would look at more. */
static void append(xmlNodePtr parent, xmlNodePtr node)
{
    node->parent = parent;
    node->prev = parent->last;
    if (parent->last)
        parent->last->next = node;
    else
        parent->children = node;
    parent->last = node;
}

xmlNodePtr tree_add(struct tree *tree, xmlNodePtr parent, const char *name)
{
    xmlNodePtr node = parent ? new_element(tree, tree->own, name) : NULL;

    if (node)
        append(parent, node);
    return node;
}

xmlNodePtr tree_add_source(struct tree *tree, xmlNodePtr parent,
                           const char *name)
{
    xmlNodePtr node = parent ? new_element(tree, tree->src, name) : NULL;

    if (node)
        append(parent, node);
    return node;
}

void tree_insert_before(xmlNodePtr sibling, xmlNodePtr node)
{
    node->parent = sibling->parent;
    node->next = sibling;
    node->prev = sibling->prev;
    if (sibling->prev)
        sibling->prev->next = node;
    else if (sibling->parent)
        sibling->parent->children = node;
    sibling->prev = node;
}

void tree_text(struct tree *tree, xmlNodePtr parent, struct span text)
{
    xmlNodePtr node;

    if (tree->failed || !parent || !text.len)
        return;
    if (parent->last && parent->last->type == XML_TEXT_NODE) {
        tree->failed |=
            xmlTextConcat(parent->last, XML(text.at), (int)text.len) != 0;
        return;
    }
    node = new_text(tree, text);
    if (node)
        append(parent, node);
}

static void set(struct tree *tree, xmlNodePtr node, xmlNsPtr ns,
                const char *name, const char *value)
{
    xmlAttrPtr attribute;

    if (tree->failed || !node)
        return;
    attribute = xmlNewNsProp(node, ns, XML(name), XML(value));
    tree->failed |= !attribute || !attribute->children ||
                    !attribute->children->content;
}

void tree_set(struct tree *tree, xmlNodePtr node, const char *name,
              const char *value)
{
    set(tree, node, NULL, name, value);
}

void tree_set_source(struct tree *tree, xmlNodePtr node, const char *name,
                     const char *value)
{
    set(tree, node, tree->src, name, value);
}

void tree_unset(xmlNodePtr node, const char *name)
{
    xmlAttrPtr attribute = node ? xmlHasNsProp(node, XML(name), NULL) : NULL;

    if (attribute)
        xmlRemoveProp(attribute);
}

void tree_set_lang(struct tree *tree, xmlNodePtr node, const char *tag)
{
    xmlNsPtr xml;

    if (tree->failed || !node)
        return;
    xml = xmlSearchNs(tree->doc, node, XML("xml"));
    if (xml)
        set(tree, node, xml, "lang", tag);
    else
        tree->failed = true;
}

/* ---- copying ------------------------------------------------------------ */

/* The namespace of this name that the root declares; made where there is none,
 * with the prefix that it had if that is free. */
static xmlNsPtr copied_ns(struct tree *tree, const xmlNs *ns)
{
    xmlNodePtr root = xmlDocGetRootElement(tree->doc);
    char prefix[16];
    unsigned count = 0;
    xmlNsPtr made;

    if (strcmp((const char *)ns->href, (const char *)XML_XML_NAMESPACE) == 0)
        return xmlSearchNs(tree->doc, root, XML("xml"));
    for (xmlNsPtr n = root->nsDef; n; n = n->next, count++)
        if (n->href && xmlStrEqual(n->href, ns->href))
            return n;
    made = ns->prefix ? xmlNewNs(root, ns->href, ns->prefix) : NULL;
    if (!made) {
        snprintf(prefix, sizeof prefix, "ns%u", count);
        made = xmlNewNs(root, ns->href, XML(prefix));
    }
    tree->failed |= !made || !made->href || !made->prefix;
    return made;
}

static void copy_attributes(struct tree *tree, xmlNodePtr copy,
                            const xmlNode *node)
{
    for (const xmlAttr *a = node->properties; a && !tree->failed; a = a->next) {
        xmlNsPtr ns = a->ns ? copied_ns(tree, a->ns) : NULL;
        const char *value = a->children ? (const char *)a->children->content
                                        : NULL;

        set(tree, copy, ns && ns->prefix ? ns : NULL, (const char *)a->name,
            value ? value : "");
    }
}

static void copy_inside(struct tree *tree, xmlNodePtr copy, const xmlNode *node)
{
    copy_attributes(tree, copy, node);
    for (const xmlNode *n = node->children; n; n = n->next)
        tree_copy(tree, copy, n);
}

void tree_copy(struct tree *tree, xmlNodePtr parent, const xmlNode *node)
{
    xmlNodePtr copy;

    if (tree->failed)
        return;
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        tree_text(tree, parent, span_of((const char *)node->content));
    if (node->type != XML_ELEMENT_NODE)
        return;
    if (parent)
        copy = tree_add(tree, parent, (const char *)node->name);
    else
        copy = tree_open_as(tree, (const char *)node->name,
                            node->ns ? (const char *)node->ns->href : AKN_NS);
    if (!copy || tree->failed)
        return;
    if (node->ns && tree->own)
        xmlSetNs(copy, copied_ns(tree, node->ns));
    copy_inside(tree, copy, node);
}

xmlDocPtr tree_copy_plain(xmlDocPtr doc)
{
    const xmlNode *root = xmlDocGetRootElement(doc);
    struct tree tree;
    xmlNodePtr copy = tree_open_as(&tree, (const char *)root->name, NULL);

    if (copy)
        copy_inside(&tree, copy, root);
    if (!tree.failed)
        return tree.doc;
    xmlFreeDoc(tree.doc);
    return NULL;
}

/* ---- questions --------------------------------------------------------- */

bool tree_is(const xmlNode *node, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE &&
           node->name[0] == (unsigned char)name[0] &&
           strcmp((const char *)node->name, name) == 0;
}

bool tree_is_any(const xmlNode *node, const char *const *names)
{
    while (*names && !tree_is(node, *names))
        names++;
    return *names != NULL;
}

xmlNodePtr tree_child(const xmlNode *node, const char *name)
{
    xmlNodePtr child = node ? node->children : NULL;

    while (child && !tree_is(child, name))
        child = child->next;
    return child;
}

xmlNodePtr tree_first(xmlNodePtr root, const char *name, const char *parent)
{
    xmlNodePtr node = root;

    while (node && !(tree_is(node, name) &&
                     (!parent || tree_is(node->parent, parent))))
        node = tree_next(node, root, !tree_is(node, "attachments"));
    return node;
}

const char *tree_get(const xmlNode *node, const char *name)
{
    for (const xmlAttr *a = node ? node->properties : NULL; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0)
            return a->children ? (const char *)a->children->content : NULL;
    return NULL;
}

bool tree_has_class(const xmlNode *node, const char *class)
{
    const char *value = tree_get(node, "class");

    return value && strcmp(value, class) == 0;
}

xmlNodePtr tree_next(xmlNodePtr node, const xmlNode *top, bool deeper)
{
    if (deeper && node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}
