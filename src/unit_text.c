/* Reads the text of an element: white space collapsed, cells apart, and notes left
 * to themselves. */
#include "unit_text.h"

#include "tree.h"

static void add_collapsed(struct buf *out, const char *text)
{
    for (; *text; text++) {
        bool space = *text == ' ' || *text == '\n' || *text == '\t' ||
                     *text == '\r';

        if (!space)
            buf_putc(out, *text);
        else if (out->len && out->at[out->len - 1] != ' ' &&
                 out->at[out->len - 1] != '\t')
            buf_putc(out, ' ');
    }
}

static void trim_end(struct buf *out, size_t start)
{
    while (out->len > start && out->at[out->len - 1] == ' ')
        out->len--;
}

/* Elements that end a word though no white space says so. */
static void separate(struct buf *out, const xmlNode *node)
{
    static const char *const cells[] = { "td", "th", NULL };
    static const char *const blocks[] = { "p", "br", "eol", "li", "block",
                                          "item", NULL };

    if (!out->len)
        return;
    if (tree_is_any(node, cells)) {
        trim_end(out, 0);
        buf_putc(out, '\t');
    } else if (tree_is_any(node, blocks)) {
        add_collapsed(out, " ");
    }
}

bool unit_text_is_note(const xmlNode *node)
{
    return tree_is(node, "authorialNote");
}

static bool is_call(const xmlNode *node)
{
    return unit_text_is_note(node) || tree_is(node, "noteRef");
}

/* The typed mark behind a call is the call once more. */
static bool is_typed_mark(const xmlNode *node)
{
    const xmlNode *before = node->prev;

    return tree_is(node, "sup") && before && is_call(before);
}

static bool is_typed(const xmlNode *node)
{
    static const char *const names[] = { "date", "time",   "a",
                                         "ref",  "rref",   "noteRef",
                                         "authorialNote",  "person",
                                         "organization", "location", NULL };

    return tree_is_any(node, names);
}

/* ---- going through it ---------------------------------------------------------- */

struct reading {
    struct buf *text;
    struct inlined **inlined;
    size_t *count, first; /* of those in this text */
    bool failed;
};

static void begin_typed(struct reading *r, const xmlNode *node)
{
    struct inlined *one = array_push(r->inlined, r->count, sizeof *one);

    r->failed |= one == NULL;
    if (one)
        *one = (struct inlined){ node, (unsigned)r->text->len,
                                 (unsigned)r->text->len };
}

/* Typed elements do not nest in practice: one that ends is among the last. */
enum { NEST_MAX = 8 };

static void end_typed(struct reading *r, const xmlNode *node)
{
    for (size_t i = *r->count; i-- > r->first && *r->count - i <= NEST_MAX + 1;)
        if ((*r->inlined)[i].node == node) {
            (*r->inlined)[i].end = (unsigned)r->text->len;
            return;
        }
}

static void add_node(struct reading *r, const xmlNode *node)
{
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
        add_collapsed(r->text, (const char *)node->content);
    else
        separate(r->text, node);
    if (tree_is(node, "img") && tree_get(node, "title"))
        add_collapsed(r->text, tree_get(node, "title"));
    if (is_typed(node))
        begin_typed(r, node);
}

/* The node behind `node` and what is in it; NULL at the end of `top`. */
static const xmlNode *leave(struct reading *r, const xmlNode *node,
                            const xmlNode *top)
{
    for (; node != top; node = node->parent) {
        end_typed(r, node);
        if (node->next)
            return node->next;
    }
    return NULL;
}

bool unit_text_read(struct buf *text, struct inlined **inlined, size_t *count,
                    const xmlNode *top)
{
    struct reading r = { text, inlined, count, *count, false };
    const xmlNode *node = top->children;

    buf_clear(text);
    while (node) {
        add_node(&r, node);
        node = node->type == XML_ELEMENT_NODE && node->children &&
                       !unit_text_is_note(node) && !is_typed_mark(node)
                   ? node->children
                   : leave(&r, node, top);
    }
    trim_end(text, 0);
    return !r.failed && !text->failed;
}
