/* The tree of a document while it is read: small nodes that an arena owns, with
 * the names of Akoma Ntoso. */
#include "draft.h"

#include <string.h>

#include "tree.h"

/* ---- making nodes ---------------------------------------------------------- */

static struct node *new_node(struct draft *draft, size_t size)
{
    struct node *node = draft->failed ? NULL : arena_alloc(&draft->arena, size);

    draft->failed |= !node;
    if (node)
        memset(node, 0, size);
    return node;
}

static struct node *new_element(struct draft *draft, const char *name)
{
    struct node *node = new_node(draft, sizeof *node);

    if (node)
        node->name = name;
    return node;
}

static struct node *new_text(struct draft *draft, struct span text)
{
    struct node *node = new_node(draft, offsetof(struct node, attributes));

    if (node)
        node->text = text;
    return node;
}

void draft_open(struct draft *draft)
{
    *draft = (struct draft){ 0 };
    draft->root = new_element(draft, "akomaNtoso");
}

void draft_free(struct draft *draft)
{
    arena_free(&draft->arena);
    *draft = (struct draft){ 0 };
}

void draft_append(struct node *parent, struct node *node)
{
    node->parent = parent;
    node->next = NULL;
    node->prev = parent->last;
    if (parent->last)
        parent->last->next = node;
    else
        parent->children = node;
    parent->last = node;
}

void draft_insert_before(struct node *sibling, struct node *node)
{
    node->parent = sibling->parent;
    node->next = sibling;
    node->prev = sibling->prev;
    if (sibling->prev)
        sibling->prev->next = node;
    else
        sibling->parent->children = node;
    sibling->prev = node;
}

void draft_unlink(struct node *node)
{
    if (node->prev)
        node->prev->next = node->next;
    else
        node->parent->children = node->next;
    if (node->next)
        node->next->prev = node->prev;
    else
        node->parent->last = node->prev;
    node->parent = node->prev = node->next = NULL;
}

struct node *draft_add(struct draft *draft, struct node *parent,
                       const char *name)
{
    struct node *node = parent ? new_element(draft, name) : NULL;

    if (node)
        draft_append(parent, node);
    return node;
}

struct node *draft_add_before(struct draft *draft, struct node *sibling,
                              const char *name)
{
    struct node *node = sibling ? new_element(draft, name) : NULL;

    if (node)
        draft_insert_before(sibling, node);
    return node;
}

void draft_rename(struct node *node, const char *name)
{
    if (node)
        node->name = name;
}

/* ---- texts ------------------------------------------------------------------- */

/* Appends to a text, which may be done again and again: the one that was last
 * appended to has room for more. */
static void join_text(struct draft *draft, struct node *node, struct span more)
{
    struct growing *g = &draft->growing;
    size_t len = node->text.len + more.len;

    if (g->node != node || g->room < len) {
        size_t room = g->node == node ? 2 * len : len;
        char *at = arena_alloc(&draft->arena, room);

        draft->failed |= !at;
        if (!at)
            return;
        memcpy(at, node->text.at, node->text.len);
        *g = (struct growing){ node, at, room };
    }
    memcpy(g->at + node->text.len, more.at, more.len);
    node->text = (struct span){ g->at, len };
}

void draft_text(struct draft *draft, struct node *parent, struct span text)
{
    if (draft->failed || !parent || !text.len)
        return;
    if (parent->last && !parent->last->name) {
        join_text(draft, parent->last, text);
        return;
    }
    text = arena_copy(&draft->arena, text);
    draft->failed |= draft->arena.failed;
    draft_part(draft, parent, text);
}

void draft_part(struct draft *draft, struct node *parent, struct span text)
{
    struct node *node = parent && text.len ? new_text(draft, text) : NULL;

    if (node)
        draft_append(parent, node);
}

void draft_part_before(struct draft *draft, struct node *sibling,
                       struct span text)
{
    struct node *node = sibling && text.len ? new_text(draft, text) : NULL;

    if (node)
        draft_insert_before(sibling, node);
}

struct span draft_first_text(const struct node *node)
{
    const struct node *text = node && node->name ? node->children : NULL;

    while (text && text->name && strcmp(text->name, "img") == 0)
        text = text->next;
    return text && !text->name ? text->text : (struct span){ "", 0 };
}

struct span draft_content(struct buf *out, const struct node *node)
{
    struct node *n = (struct node *)(uintptr_t)node;

    buf_clear(out);
    for (; n; n = draft_next(n, node, true))
        if (!n->name)
            buf_add_span(out, n->text);
    return (struct span){ buf_text(out), out->len };
}

/* ---- attributes -------------------------------------------------------------- */

const char *draft_set(struct draft *draft, struct node *node, const char *name,
                      const char *value)
{
    struct attribute **at = node ? &node->attributes : NULL;

    if (draft->failed || !node)
        return NULL;
    while (*at && strcmp((*at)->name, name) != 0)
        at = &(*at)->next;
    if (!*at) {
        *at = arena_alloc(&draft->arena, sizeof **at);
        if (*at)
            **at = (struct attribute){ .name = name };
    }
    if (*at)
        (*at)->value = arena_copy(&draft->arena, span_of(value)).at;
    draft->failed |= draft->arena.failed;
    return *at ? (*at)->value : NULL;
}

void draft_unset(struct node *node, const char *name)
{
    struct attribute **at = node ? &node->attributes : NULL;

    while (at && *at && strcmp((*at)->name, name) != 0)
        at = &(*at)->next;
    if (at && *at)
        *at = (*at)->next;
}

void draft_extend_origin(struct draft *draft, struct node *node,
                         struct origin more)
{
    struct origin origin = more;

    if (node && node->origin) {
        origin = *node->origin;
        origin.last = more.last;
        origin.to = more.to;
    }
    draft_set_origin(draft, node, origin);
}

void draft_set_origin(struct draft *draft, struct node *node,
                      struct origin origin)
{
    struct origin *kept = draft->failed || !node
                              ? NULL
                              : arena_alloc(&draft->arena, sizeof *kept);

    if (!kept) {
        draft->failed |= draft->arena.failed;
        return;
    }
    *kept = origin;
    node->origin = kept;
}

static void take_origin(const struct origin *origin, draft_taker *take,
                        void *user)
{
    char text[2 * DIGITS_MAX + 2], *end = text + sizeof text - 1, *at;

    *end = '\0';
    at = digits_before(end, origin->last);
    if (origin->last > origin->first) {
        *--at = '-';
        at = digits_before(at, origin->first);
    }
    take(user, "src:lines", at);
    at = digits_before(end, origin->to);
    *--at = '-';
    take(user, "src:bytes", digits_before(at, origin->from));
}

/* The place stands before the eId. */
void draft_attributes(const struct node *node, draft_taker *take, void *user)
{
    const struct origin *origin = node->origin;

    for (const struct attribute *a = node->attributes; a; a = a->next) {
        if (origin && strcmp(a->name, "eId") == 0) {
            take_origin(origin, take, user);
            origin = NULL;
        }
        take(user, a->name, a->value);
    }
    if (origin)
        take_origin(origin, take, user);
}

/* ---- questions --------------------------------------------------------------- */

bool draft_is(const struct node *node, const char *name)
{
    return node && node->name && node->name[0] == name[0] &&
           strcmp(node->name, name) == 0;
}

/* These stand before all else: where there is none, much may stand. */
static bool leads(const char *name)
{
    return name && (strcmp(name, "num") == 0 || strcmp(name, "heading") == 0);
}

struct node *draft_child(const struct node *node, const char *name)
{
    struct node *child = node && node->name ? node->children : NULL;
    bool leading = leads(name);

    while (child && !draft_is(child, name))
        child = leading && !leads(child->name) ? NULL : child->next;
    return child;
}

const char *draft_get(const struct node *node, const char *name)
{
    const struct attribute *a = node && node->name ? node->attributes : NULL;

    while (a && strcmp(a->name, name) != 0)
        a = a->next;
    return a ? a->value : NULL;
}

bool draft_has_class(const struct node *node, const char *class)
{
    const char *value = draft_get(node, "class");

    return value && strcmp(value, class) == 0;
}

bool draft_is_named(const struct node *node, const char *name)
{
    const char *value = draft_get(node, "name");

    return value && strcmp(value, name) == 0;
}

bool draft_is_in(const struct node *node, const struct node *around)
{
    do
        node = node->parent;
    while (node && node != around);
    return node;
}

struct node *draft_ancestor(struct node *node, const char *name,
                            const char *class)
{
    while (node && !(draft_is(node, name) &&
                     (!class || draft_has_class(node, class))))
        node = node->parent;
    return node;
}

unsigned draft_line(const struct node *node)
{
    while (node && !(node->name && node->origin))
        node = node->parent;
    return node ? node->origin->first : 0;
}

struct node *draft_next(struct node *node, const struct node *top, bool deeper)
{
    if (deeper && node->name && node->children)
        return node->children;
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

/* ---- a tree of libxml2 ------------------------------------------------------- */

/* "status" for "src:status"; NULL for another prefix or none. */
static const char *without(const char *prefix, const char *name)
{
    size_t len = strlen(prefix);

    return strncmp(name, prefix, len) == 0 ? name + len : NULL;
}

struct copy {
    struct tree tree;
    xmlNodePtr node;
};

static void copy_attribute(void *user, const char *name, const char *value)
{
    struct copy *copy = user;
    const char *local = without("src:", name);

    if (local)
        tree_set_source(&copy->tree, copy->node, local, value);
    else if (strcmp(name, "xml:lang") == 0)
        tree_set_lang(&copy->tree, copy->node, value);
    else
        tree_set(&copy->tree, copy->node, name, value);
}

static void copy_children(struct copy *copy, xmlNodePtr parent,
                          const struct node *from)
{
    for (const struct node *n = from->children; n && !copy->tree.failed;
         n = n->next) {
        const char *local = n->name ? without("src:", n->name) : NULL;
        xmlNodePtr node;

        if (!n->name) {
            tree_text(&copy->tree, parent, n->text);
            continue;
        }
        node = local ? tree_add_source(&copy->tree, parent, local)
                     : tree_add(&copy->tree, parent, n->name);
        copy->node = node;
        if (node)
            draft_attributes(n, copy_attribute, copy);
        copy_children(copy, node, n);
    }
}

xmlDocPtr draft_tree(const struct draft *draft)
{
    struct copy copy = { .node = NULL };

    if (draft->failed)
        return NULL;
    tree_open(&copy.tree);
    if (!copy.tree.failed)
        copy_children(&copy, xmlDocGetRootElement(copy.tree.doc), draft->root);
    if (!copy.tree.failed)
        return copy.tree.doc;
    xmlFreeDoc(copy.tree.doc);
    return NULL;
}
