/* The tree of a document while it is read: small nodes that an arena owns, with
 * the names of Akoma Ntoso. A tree of libxml2 is made of it for whoever wants
 * one; nothing else needs a tenth of the memory that one takes. */
#ifndef CLAUSIER_DRAFT_H
#define CLAUSIER_DRAFT_H

#include <libxml/tree.h>

#include "lines.h"

struct numerals;
struct rule;

struct attribute {
    struct attribute *next;
    const char *name; /* "class"; with the prefix: "src:status" */
    const char *value;
};

/* An element or a text. Names are in static storage and carry the prefix where
 * they are not of Akoma Ntoso: "src:pageHeader". */
struct node {
    const char *name; /* NULL: a text */
    struct node *parent, *prev, *next;
    union {
        struct span text; /* of a text; 0-terminated only by chance */
        struct {
            struct node *children, *last;
        };
    };
    /* A text ends here: what follows is there for elements alone. */
    struct attribute *attributes;
    const struct origin *origin; /* or NULL */
    union {
        const struct rule *rule; /* of a num: how it counts, or NULL */
        struct node *note;       /* of a noteRef */
    };
};

/* A text that was appended to, and the room that it has. */
struct growing {
    const struct node *node;
    char *at;
    size_t room;
};

/* A failure sticks: later calls return NULL or do nothing, and the one who
 * wants the tree looks at `failed` once. NULL stands for any node that could
 * not be made. */
struct draft {
    struct node *root; /* akomaNtoso */
    struct arena arena;
    struct growing growing;
    bool failed;
    bool turned; /* numbers are typed from right to left */
    const struct numerals *numerals; /* of its language, or NULL */
};

void draft_open(struct draft *draft);
void draft_free(struct draft *draft);

/* An element at the end of `parent`; before `sibling`. */
struct node *draft_add(struct draft *draft, struct node *parent,
                       const char *name);
struct node *draft_add_before(struct draft *draft, struct node *sibling,
                              const char *name);
/* A copy of `text` at the end of `parent`, of its last text if it ends in one. */
void draft_text(struct draft *draft, struct node *parent, struct span text);
/* A part of a text that is already in the draft: it is not copied. */
void draft_part(struct draft *draft, struct node *parent, struct span text);
void draft_part_before(struct draft *draft, struct node *sibling,
                       struct span text);
/* Takes `node` out of the tree; puts it at the end of `parent`, or before
 * `sibling`. */
void draft_unlink(struct node *node);
void draft_append(struct node *parent, struct node *node);
void draft_insert_before(struct node *sibling, struct node *node);

void draft_rename(struct node *node, const char *name);

/* Sets or replaces an attribute; returns the copy that is kept of `value`. */
const char *draft_set(struct draft *draft, struct node *node, const char *name,
                      const char *value);
void draft_unset(struct node *node, const char *name);
/* The place in the source: src:lines="12-14" src:bytes="1203-1544". */
void draft_set_origin(struct draft *draft, struct node *node,
                      struct origin origin);
/* ... as far as what goes on with it. */
void draft_extend_origin(struct draft *draft, struct node *node,
                         struct origin more);

bool draft_is(const struct node *node, const char *name);
struct node *draft_child(const struct node *node, const char *name);
/* Borrowed; NULL where the attribute is missing. */
const char *draft_get(const struct node *node, const char *name);
bool draft_has_class(const struct node *node, const char *class);
/* Whether the attribute `name` says so: a field, or the kind of a document. */
bool draft_is_named(const struct node *node, const char *name);
/* Whether the node stands in `around`, at any depth. */
bool draft_is_in(const struct node *node, const struct node *around);
/* The nearest element of this name, and class unless that is NULL: `node` or
 * one around it. */
struct node *draft_ancestor(struct node *node, const char *name,
                            const char *class);
/* The text that `node` begins with, behind an image or not, or an empty one. */
struct span draft_first_text(const struct node *node);
/* All text in `node`, in place of what stands in `out`. */
struct span draft_content(struct buf *out, const struct node *node);
/* The source line of the nearest element that says one; 0 for none. */
unsigned draft_line(const struct node *node);
/* The next node in document order after `node`, below `top`; `deeper` false
 * leaves out what is below `node`. */
struct node *draft_next(struct node *node, const struct node *top, bool deeper);

/* Hands over the attributes in the order in which they are written. */
typedef void draft_taker(void *user, const char *name, const char *value);
void draft_attributes(const struct node *node, draft_taker *take, void *user);

/* A tree of libxml2, the caller's; NULL where memory ran out. */
xmlDocPtr draft_tree(const struct draft *draft);

#endif
