/* The row of units, as others ask for it: what they are, where they stand, and
 * what the document says of itself. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>

#include "unit.h"

static const char *const role_names[ROLE_COUNT] = {
    [ROLE_PARAGRAPH] = "paragraph",
    [ROLE_CLAUSE] = "clause",
    [ROLE_HEADING] = "heading",
    [ROLE_ITEM] = "item",
    [ROLE_NOTE] = "note",
    [ROLE_FOOTNOTE] = "footnote",
    [ROLE_ROW] = "row",
    [ROLE_CAPTION] = "caption",
    [ROLE_TOC] = "toc",
    [ROLE_FIELD] = "field",
    [ROLE_LABEL] = "label",
    [ROLE_PARENT] = "parent",
    [ROLE_TITLE] = "title",
    [ROLE_SALUTATION] = "salutation",
    [ROLE_CLOSING] = "closing",
    [ROLE_SIGNATURE_NAME] = "signature-name",
    [ROLE_SIGNATURE_TITLE] = "signature-title",
    [ROLE_SIGNATURE] = "signature",
    [ROLE_ENCLOSURE] = "enclosure",
};

void unit_put_role(struct buf *out, const struct unit *unit)
{
    buf_puts(out, role_names[unit->role]);
    if (unit->field.len) {
        buf_putc(out, '-');
        buf_add_span(out, unit->field);
    }
}

static bool read_range(const xmlNode *node, const char *name, size_t *from,
                       size_t *to)
{
    const char *value = tree_get(node, name);
    char *end;

    if (!value)
        return false;
    *from = strtoul(value, &end, 10);
    *to = *end == '-' ? strtoul(end + 1, NULL, 10) : *from;
    return true;
}

void unit_read_place(struct unit *unit, const xmlNode *node)
{
    size_t from, to;

    while (node && node->type == XML_ELEMENT_NODE && !tree_get(node, "lines"))
        node = node->parent;
    if (!node || node->type != XML_ELEMENT_NODE ||
        !read_range(node, "lines", &from, &to))
        return;
    unit->first_line = (unsigned)from;
    unit->last_line = (unsigned)to;
    if (read_range(node, "bytes", &from, &to)) {
        unit->first_byte = from;
        unit->last_byte = to;
    }
}

/* ---- what the document says of itself --------------------------------------------- */

static void read_identity(struct units *u, const xmlNode *root)
{
    xmlNodePtr node = root->children;
    UErrorCode status = U_ZERO_ERROR;
    bool language = false;

    for (; node; node = tree_next(node, root, !tree_is(node, "attachments"))) {
        const char *value = tree_get(node, "language");

        if (tree_is(node, "FRBRlanguage") && value && !language) {
            snprintf(u->language, sizeof u->language, "%s", value);
            language = true;
        } else if (tree_is(node, "FRBRuri") && !u->work[0] &&
                   tree_is(node->parent, "FRBRWork") &&
                   tree_get(node, "value")) {
            u->work = tree_get(node, "value");
        } else if (!u->tag[0] && tree_get(node, "lang")) {
            snprintf(u->tag, sizeof u->tag, "%s", tree_get(node, "lang"));
        }
    }
    if (!u->tag[0]) /* "eng" is "en" in BCP 47 */
        uloc_toLanguageTag(u->language, u->tag, sizeof u->tag, false, &status);
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
        u->tag[0] = '\0';
    for (const xmlNs *ns = root->nsDef; ns; ns = ns->next)
        u->marked |= strcmp((const char *)ns->href, CLAUSIER_SOURCE_NS) == 0;
}

void units_identify(struct units *units, xmlDocPtr doc)
{
    const xmlNode *root = xmlDocGetRootElement(doc);

    *units = (struct units){ .language = "und", .work = "" };
    if (root)
        read_identity(units, root);
}

/* ---- what stands in what --------------------------------------------------------- */

bool units_is_in(const struct units *units, size_t unit, size_t clause)
{
    int above = units->at[unit].above;

    while (above != NO_UNIT && (size_t)above > clause)
        above = units->at[above].above;
    return above != NO_UNIT && (size_t)above == clause;
}

size_t units_part_start(const struct units *units, size_t unit)
{
    while (unit > 0 && units->at[unit - 1].part == units->at[unit].part)
        unit--;
    return unit;
}

size_t units_part_end(const struct units *units, size_t unit)
{
    unsigned part = units->at[unit].part;

    while (unit < units->count && units->at[unit].part == part)
        unit++;
    return unit;
}

void units_free(struct units *units)
{
    free(units->at);
    free(units->parts);
    free(units->inlined);
    arena_free(&units->arena);
    *units = (struct units){ 0 };
}
