/* Turns an Akoma Ntoso tree, from whatever program, into the row of its
 * units: what a reader would point at, in reading order. */
#include "unit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "number.h"

enum { NO_PART = INT_MAX };

/* What holds for all that is in an element; one per open element. */
struct frame {
    const xmlNode *node;
    unsigned part, group, level;
    bool attached;       /* in an attachment */
    size_t owner;        /* the frame, this or one around it, that the four
                          * below are of: a clause, an item, a part */
    bool waiting;        /* for the unit that takes the label: its head */
    struct span field, label, key, clause;
    uint64_t path;
    unsigned unnumbered; /* sections without a num so far */
    int head, above;     /* units, or NO_UNIT */
};

struct pass {
    struct units *units;
    struct frame *frames;
    size_t frame_count, frame_size;
    struct buf text;
    unsigned groups;
    const struct numerals *numerals;
};

/* ---- places in the source -------------------------------------------------- */

/* A heading's place is that of its whole section: it ends where the next unit
 * begins. */
static void clamp_places(struct units *u)
{
    for (size_t i = 0; i + 1 < u->count; i++) {
        struct unit *a = &u->at[i], *b = &u->at[i + 1];

        if (b->first_line > a->first_line && b->first_line <= a->last_line)
            a->last_line = b->first_line - 1;
        if (b->first_byte > a->first_byte && b->first_byte < a->last_byte)
            a->last_byte = b->first_byte;
    }
}

static const char *eid_of(const xmlNode *node)
{
    const char *id = NULL;

    for (; node && node->type == XML_ELEMENT_NODE && !id; node = node->parent)
        id = tree_get(node, "eId");
    return id ? id : "";
}

/* ---- units ------------------------------------------------------------------- */

static unsigned code_points(struct span text)
{
    unsigned count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    return count;
}

static struct frame *top_frame(struct pass *p)
{
    return &p->frames[p->frame_count - 1];
}

static struct frame *owner(struct pass *p)
{
    return &p->frames[top_frame(p)->owner];
}

static unsigned add_part(struct pass *p, int kind, struct span name)
{
    struct units *u = p->units;
    struct part *part;

    for (size_t i = 0; i < u->part_count && kind != PART_ANNEX; i++)
        if (u->parts[i].kind == kind)
            return (unsigned)i;
    part = array_push(&u->parts, &u->part_count, sizeof *part);
    u->failed |= part == NULL;
    if (!part)
        return 0;
    *part = (struct part){ kind, arena_copy(&u->arena, name) };
    return (unsigned)(u->part_count - 1);
}

/* What stands in no part, as in a document type without any, is the body. */
static unsigned part_of(struct pass *p, const struct frame *f)
{
    return f->part == NO_PART ? add_part(p, PART_BODY, span_of("body")) : f->part;
}

/* Of a container whose labels are stacked above their values each of these says
 * what it is. */
static struct span field_of(const struct frame *f, const xmlNode *node)
{
    const char *class = tree_get(node, "class");

    return span_is(f->field, "contact") && class && *class ? span_of(class)
                                                           : f->field;
}

static struct unit *push_unit(struct pass *p, const xmlNode *node,
                              enum role role)
{
    struct units *u = p->units;
    struct frame *f = top_frame(p);
    struct unit *unit = array_push(&u->at, &u->count, sizeof *unit);

    if (!unit || u->count > INT32_MAX) {
        u->failed = true;
        return NULL;
    }
    *unit = (struct unit){ .node = node, .eid = eid_of(node), .role = role,
                           .field = field_of(f, node), .clause = f->clause,
                           .part = part_of(p, f), .level = f->level,
                           .group = f->group, .above = owner(p)->head };
    unit_read_place(unit, node);
    return unit;
}

/* The text block is the head of the clause or item: it takes the label. */
static void take_label(struct pass *p, struct unit *unit, struct frame *f)
{
    unit->opens = f->node;
    unit->label = f->label;
    unit->key = f->key;
    unit->path = f->key.len ? f->path : 0;
    unit->above = f->above;
    unit->group = f->group;
    f->waiting = false;
    f->head = (int)(p->units->count - 1);
    unit_read_place(unit, unit->first_line ? unit->node : f->node);
}

static void fill_text(struct pass *p, struct unit *unit, const xmlNode *node)
{
    struct units *u = p->units;
    size_t first = u->inlined_count;

    u->failed |= !unit_text_read(&p->text, &u->inlined, &u->inlined_count, node);
    /* array_push() may have moved the row. */
    unit = &u->at[u->count - 1];
    unit->text = arena_copy(&u->arena, buf_span(&p->text));
    unit->length = code_points(unit->text);
    unit->inlined = first;
    unit->inlined_count = u->inlined_count - first;
    u->failed |= u->arena.failed;
}

static enum role role_of(struct pass *p, const xmlNode *node)
{
    static const struct {
        const char *class;
        enum role role;
    } classes[] = {
        { "salutation", ROLE_SALUTATION }, { "closing", ROLE_CLOSING },
        { "enclosure", ROLE_ENCLOSURE },   { "label", ROLE_LABEL },
        { "parent", ROLE_PARENT },         { "title", ROLE_TITLE },
        { "caption", ROLE_CAPTION },
    };
    static const struct {
        const char *name;
        enum role role;
    } names[] = {
        { "tocItem", ROLE_TOC },         { "caption", ROLE_CAPTION },
        { "heading", ROLE_HEADING },     { "docTitle", ROLE_TITLE },
        { "subheading", ROLE_HEADING },  { "longTitle", ROLE_TITLE },
        { "role", ROLE_SIGNATURE_TITLE }, { "person", ROLE_SIGNATURE_NAME },
        { "signature", ROLE_SIGNATURE },
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tree_is(node, names[i].name))
            return names[i].role;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (tree_has_class(node, classes[i].class))
            return classes[i].role;
    if (top_frame(p)->field.len)
        return ROLE_FIELD;
    if (owner(p)->waiting)
        return tree_is(owner(p)->node, "item") ? ROLE_ITEM : ROLE_CLAUSE;
    return tree_has_class(node, "note") ? ROLE_NOTE : ROLE_PARAGRAPH;
}

/* The notes that are called in the text are units behind it. */
static void add_notes(struct pass *p, const xmlNode *top)
{
    xmlNodePtr node = top->children;

    while (node) {
        if (unit_text_is_note(node)) {
            struct unit *unit = push_unit(p, node, ROLE_FOOTNOTE);
            const char *marker = tree_get(node, "marker");

            if (!unit)
                return;
            if (marker)
                unit->label = span_of(marker);
            fill_text(p, unit, node);
        }
        node = tree_next(node, top, !unit_text_is_note(node));
    }
}

static void add_unit(struct pass *p, const xmlNode *node, enum role role)
{
    struct unit *unit = push_unit(p, node, role);

    if (!unit)
        return;
    if (owner(p)->waiting)
        take_label(p, unit, owner(p));
    fill_text(p, unit, node);
    add_notes(p, node);
}

enum { SEPARATOR_MAX = 4 };

/* "Annex A - Test set-up" on one line is a label and a title. */
static bool has_title(const xmlNode *node)
{
    for (const xmlNode *n = node->children; n; n = n->next)
        if (n->type == XML_TEXT_NODE &&
            span_trim(span_of((const char *)n->content)).len > SEPARATOR_MAX)
            return false;
    return tree_child(node, "docNumber") && tree_child(node, "docTitle");
}

static void add_block(struct pass *p, const xmlNode *node, enum role role)
{
    if (role == ROLE_LABEL && has_title(node)) {
        add_unit(p, tree_child(node, "docNumber"), ROLE_LABEL);
        add_unit(p, tree_child(node, "docTitle"), ROLE_TITLE);
    } else {
        add_unit(p, node, role);
    }
}

/* A clause whose first text is in a clause below it is a unit of its own. */
static void settle(struct pass *p)
{
    struct frame *f = owner(p);
    struct unit *unit;

    if (!f->waiting)
        return;
    f->waiting = false;
    if (!f->label.len)
        return;
    unit = push_unit(p, f->node,
                     tree_is(f->node, "item") ? ROLE_ITEM : ROLE_CLAUSE);
    if (!unit)
        return;
    take_label(p, unit, f);
    unit->text = (struct span){ "", 0 };
}

static void add_signature(struct pass *p, const xmlNode *signature)
{
    bool whole = true;

    for (const xmlNode *n = signature->children; n; n = n->next)
        whole &= n->type != XML_ELEMENT_NODE;
    if (whole) {
        add_unit(p, signature, ROLE_SIGNATURE);
        return;
    }
    for (const xmlNode *n = signature->children; n; n = n->next) {
        if (n->type == XML_ELEMENT_NODE && !tree_is(n, "br"))
            add_unit(p, n, role_of(p, n) == ROLE_PARAGRAPH ? ROLE_SIGNATURE
                                                            : role_of(p, n));
        else if (n->type == XML_TEXT_NODE &&
                 span_trim(span_of((const char *)n->content)).len) {
            struct unit *unit = push_unit(p, signature, ROLE_SIGNATURE);

            if (!unit)
                return;
            unit->text = span_trim(span_of((const char *)n->content));
            unit->length = code_points(unit->text);
        }
    }
}

/* ---- going through the tree ----------------------------------------------------- */

void unit_put_key(struct buf *out, struct span label,
                  const struct numerals *numerals)
{
    size_t start = out->len;

    number_write_id(out, label,
                    span_has(label, u_isdigit) ? COUNT_DECIMAL : COUNT_CIRCLED,
                    numerals);
    if (out->len == start && span_has(label, u_isalnum))
        number_write_id(out, label, COUNT_ALPHA, numerals);
}

static struct span key_of(struct pass *p, struct span label)
{
    struct buf *out = &p->text;

    buf_clear(out);
    unit_put_key(out, label, p->numerals);
    return out->len ? arena_copy(&p->units->arena, buf_span(out))
                    : (struct span){ "", 0 };
}

/* Whether an eId ends in the key: "sec_2-1" in "2-1". */
static bool id_has(const char *id, struct span key)
{
    size_t length = id ? strlen(id) : 0;

    return key.len && length > key.len && id[length - key.len - 1] == '_' &&
           memcmp(id + length - key.len, key.at, key.len) == 0;
}

/* The Latin letter of the same place. */
static struct span key_of_place(struct pass *p, struct span label)
{
    struct buf *out = &p->text;

    buf_clear(out);
    return number_write_place(out, label, p->numerals)
               ? arena_copy(&p->units->arena, buf_span(out))
               : (struct span){ "", 0 };
}

/* The key of a numbered element: that of its label; where this was typed from
 * right to left, or is a letter of another alphabet, as the eId tells, that of
 * the label turned, or of the letter's place. */
static struct span key_of_numbered(struct pass *p, struct span label,
                                   const char *id)
{
    char text[NUMBER_TEXT];
    struct span key = key_of(p, label), turned;

    if (!id || id_has(id, key))
        return key;
    turned = memchr(label.at, '.', label.len)
                 ? key_of(p, number_turn(text, label))
                 : key_of_place(p, label);
    return id_has(id, turned) ? turned : key;
}

enum { CLAUSE_MAX = 60 };

/* "2.1" says all; "a)" needs the clause it is in. */
static struct span clause_of(struct pass *p, struct span outer,
                             struct span label, struct span key)
{
    struct buf *out = &p->text;

    while (label.len && label.at[label.len - 1] == '.')
        label.len--;
    if (!key.len)
        return outer;
    if (!outer.len || memchr(key.at, '-', key.len) ||
        outer.len + label.len > CLAUSE_MAX)
        return label;
    buf_clear(out);
    buf_add_span(out, outer);
    buf_putc(out, ' ');
    buf_add_span(out, label);
    return arena_copy(&p->units->arena, buf_span(out));
}

static void begin_part(struct pass *p, struct frame *f)
{
    f->owner = p->frame_count - 1;
    f->head = f->above = NO_UNIT;
    f->waiting = false;
}

/* "annex 1", from the component that FRBRthis names; else by its place. */
static void enter_attachment(struct pass *p, struct frame *f)
{
    const xmlNode *meta = tree_child(tree_child(f->node, "doc"), "meta");
    const char *this = tree_get(
        tree_child(tree_child(tree_child(meta, "identification"), "FRBRWork"),
                   "FRBRthis"),
        "value");
    const char *name = this ? strrchr(this, '!') : NULL;
    char text[80];

    if (name && strcmp(name, "!main") != 0)
        snprintf(text, sizeof text, "%s", name + 1);
    else
        snprintf(text, sizeof text, "annex %zu", p->units->part_count);
    for (char *c = text; *c; c++)
        if (*c == '_')
            *c = ' ';
    f->part = add_part(p, PART_ANNEX, span_of(text));
    f->attached = true;
    f->level = 0;
    begin_part(p, f);
    f->clause = f->field = (struct span){ "", 0 };
    f->path = span_hash_whole(0, span_of(text));
}

static void enter_part(struct pass *p, struct frame *f)
{
    static const struct {
        const char *element;
        int kind;
        const char *name;
    } parts[] = {
        { "preface", PART_PREFACE, "preface" },
        { "coverPage", PART_PREFACE, "preface" },
        { "conclusions", PART_CONCLUSIONS, "conclusions" },
        { "mainBody", PART_BODY, "body" },
        { "body", PART_BODY, "body" },
    };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (tree_is(f->node, parts[i].element) && !f->attached) {
            f->part = add_part(p, parts[i].kind, span_of(parts[i].name));
            f->path = span_hash_whole(0, span_of(parts[i].name));
            begin_part(p, f);
        }
}

static struct span text_of(const xmlNode *node)
{
    const xmlNode *text = node ? node->children : NULL;

    return text && text->type == XML_TEXT_NODE
               ? span_trim(span_of((const char *)text->content))
               : (struct span){ "", 0 };
}

static void enter_numbered(struct pass *p, struct frame *f,
                           struct frame *outer, const xmlNode *num)
{
    char place[24];

    f->owner = p->frame_count - 1;
    f->label = text_of(num);
    f->key = key_of_numbered(p, f->label,
                             num ? tree_get(num->parent, "eId") : NULL);
    f->clause = clause_of(p, outer->clause, f->label, f->key);
    f->above = outer->head;
    f->head = NO_UNIT;
    f->waiting = true;
    f->level = outer->level + 1;
    f->unnumbered = 0;
    if (!f->key.len)
        snprintf(place, sizeof place, "?%u", ++outer->unnumbered);
    f->path = span_hash_whole(outer->path, f->key.len ? f->key : span_of(place));
}

static bool push_frame(struct pass *p, const xmlNode *node)
{
    struct frame *f;

    if (p->frame_count == p->frame_size) {
        size_t size = p->frame_size ? p->frame_size * 2 : 32;
        struct frame *grown = realloc(p->frames, size * sizeof *grown);

        if (!grown) {
            p->units->failed = true;
            return false;
        }
        p->frames = grown;
        p->frame_size = size;
    }
    f = &p->frames[p->frame_count++];
    if (p->frame_count == 1)
        *f = (struct frame){ .part = NO_PART, .head = NO_UNIT, .above = NO_UNIT };
    else
        *f = f[-1];
    f->node = node;
    f->waiting = false;
    return true;
}

/* What is grouped when it is missing: a list, a table, a field, a section. */
static bool is_group(const xmlNode *node)
{
    static const char *const names[] = { "blockList", "ul",      "ol",
                                         "table",     "toc",     "container",
                                         "signature", "preface", "content",
                                         "intro",     "wrapUp",  "mainBody",
                                         "conclusions", NULL };

    return tree_is_any(node, names);
}

static void enter(struct pass *p, const xmlNode *node)
{
    const xmlNode *num = tree_child(node, "num");
    struct frame *f;

    if (num || (tree_child(node, "heading") && p->frame_count))
        settle(p);
    if (!push_frame(p, node))
        return;
    f = top_frame(p);
    if (tree_is(node, "container") && !f->attached && tree_get(node, "name"))
        f->field = span_of(tree_get(node, "name"));
    if (is_group(node) &&
        !(f->field.len && !tree_is(node, "container"))) /* a field is whole */
        f->group = ++p->groups;
    if (tree_is(node, "attachment") || tree_is(node, "component"))
        enter_attachment(p, f);
    else
        enter_part(p, f);
    if (p->frame_count > 1 && (num || tree_child(node, "heading")))
        enter_numbered(p, f, &p->frames[f[-1].owner], num);
}

static void leave(struct pass *p, const xmlNode *node)
{
    if (!p->frame_count || top_frame(p)->node != node)
        return;
    if (top_frame(p)->owner == p->frame_count - 1)
        settle(p);
    p->frame_count--;
}

static bool holds_text(const xmlNode *node)
{
    static const char *const blocks[] = { "p",        "heading", "subheading",
                                          "tocItem",  "caption", "longTitle",
                                          NULL };

    if (tree_is_any(node, blocks))
        return true;
    for (const xmlNode *n = node->children; n; n = n->next)
        if (n->type == XML_TEXT_NODE &&
            span_trim(span_of((const char *)n->content)).len)
            return true;
    return false;
}

static bool is_blank(struct pass *p, const xmlNode *node)
{
    struct units *u = p->units;
    size_t before = u->inlined_count;

    u->failed |= !unit_text_read(&p->text, &u->inlined, &u->inlined_count, node);
    u->inlined_count = before;
    return !p->text.len;
}

/* Makes units of `node`; false where they are to be made of what is in it. */
static bool take(struct pass *p, const xmlNode *node)
{
    static const char *const left[] = { "meta", "num", "proprietary", NULL };

    if (node->type != XML_ELEMENT_NODE || tree_is_any(node, left))
        return true;
    if (tree_is(node, "tr")) {
        if (!is_blank(p, node))
            add_unit(p, node, ROLE_ROW);
        return true;
    }
    if (!holds_text(node))
        return false;
    for (const xmlNode *n = node->children; n; n = n->next)
        if (tree_is(n, "signature")) {
            add_signature(p, n);
            return true;
        }
    if (tree_is(node, "signature"))
        add_signature(p, node);
    else if (!is_blank(p, node) || owner(p)->waiting)
        add_block(p, node, role_of(p, node));
    return true;
}

static void walk(struct pass *p, const xmlNode *root)
{
    const xmlNode *node = root->children;

    enter(p, root);
    while (node && !p->units->failed) {
        bool done = take(p, node);

        if (!done)
            enter(p, node);
        if (!done && node->children) {
            node = node->children;
            continue;
        }
        if (!done)
            leave(p, node);
        while (node != root && !node->next) {
            node = node->parent;
            if (node != root)
                leave(p, node);
        }
        node = node == root ? NULL : node->next;
    }
}

void units_read(struct units *units, xmlDocPtr doc,
                const struct numerals *numerals)
{
    struct pass p = { .units = units, .numerals = numerals };
    const xmlNode *root = xmlDocGetRootElement(doc);

    if (!root)
        return;
    walk(&p, root);
    clamp_places(units);
    units->failed |= units->arena.failed || p.text.failed;
    free(p.frames);
    buf_free(&p.text);
}
