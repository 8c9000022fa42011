/* Writes a document as JSON: the tree of its clauses, or one clause per line. */
#include <libxml/hash.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "hits.h"
#include "json.h"
#include "sink.h"

#define DOCUMENT_FORMAT "urn:x-clausier:document:1"

struct pass {
    const struct extract *extract;
    const struct version *version;
    xmlHashTablePtr ids; /* the elements that references may lead to */
    bool failed;
};

static json_t *text_or_null(struct span text)
{
    return text.len ? json_of_span(text) : json_null();
}

static json_t *value_or_null(const xmlNode *node, const char *attribute)
{
    const char *value = tree_get(node, attribute);

    return text_or_null(value ? span_of(value) : (struct span){ 0 });
}

static const struct unit *unit_at(const struct pass *p, size_t i)
{
    return &p->version->units.at[i];
}

/* ---- what a unit says ------------------------------------------------------- */

/* The value of a label as people write it: "2-1" is 2.1. */
static json_t *number_of(struct pass *p, const struct unit *unit)
{
    struct buf text = { 0 };
    json_t *value;

    buf_add_span(&text, unit->key);
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] == '-')
            text.at[i] = '.';
    p->failed |= text.failed;
    value = text_or_null(buf_span(&text));
    buf_free(&text);
    return value;
}

/* Trees from elsewhere do not say what became of a reference. */
static const char *status_of(const struct pass *p, const xmlNode *ref,
                             const char *target)
{
    static const char *const known[] = { "resolved", "partial", "external",
                                         "dangling" };
    const char *status = tree_get(ref, "status");

    for (size_t i = 0; status && i < sizeof known / sizeof *known; i++)
        if (strcmp(status, known[i]) == 0)
            return status;
    if (target[0] != '#')
        return "external";
    return xmlHashLookup(p->ids, (const xmlChar *)target + 1) ? "resolved"
                                                              : "dangling";
}

static void add_reference(struct pass *p, json_t *list,
                          const struct unit *unit, const struct inlined *in)
{
    static const char *const names[] = { "href", "from", "upTo" };
    const char *last = "";
    json_t *object, *targets;

    if (!tree_is(in->node, "ref") && !tree_is(in->node, "rref"))
        return;
    object = json_object();
    targets = json_array();
    for (int i = 0; i < 3; i++)
        if (tree_get(in->node, names[i])) {
            last = tree_get(in->node, names[i]);
            json_push(&p->failed, targets, json_of_span(span_of(last)));
        }
    json_put(&p->failed, object, "text",
             json_of_span((struct span){ unit->text.at + in->start,
                                         in->end - in->start }));
    json_put(&p->failed, object, "targets", targets);
    json_put(&p->failed, object, "range",
             json_boolean(tree_is(in->node, "rref")));
    json_put(&p->failed, object, "status",
             json_of_span(span_of(status_of(p, in->node, last))));
    json_push(&p->failed, list, object);
}

static void add_references(struct pass *p, json_t *list, size_t i)
{
    const struct unit *unit = unit_at(p, i);

    for (size_t k = 0; k < unit->inlined_count; k++)
        add_reference(p, list, unit,
                      &p->version->units.inlined[unit->inlined + k]);
}

/* References and notes have places of their own; words for numbers are a help
 * for comparing and say little in themselves. */
static void add_facts(struct pass *p, json_t *list, size_t i)
{
    const struct facts *facts = &p->version->facts;

    for (size_t k = facts->first[i]; k < facts->first[i + 1]; k++) {
        const struct fact *fact = &facts->at[k];
        json_t *object;

        if (fact->soft || fact->type == FACT_REFERENCE ||
            fact->type == FACT_FOOTNOTE)
            continue;
        object = json_object();
        json_put(&p->failed, object, "type",
                 json_of_span(span_of(fact_name(fact->type))));
        json_put(&p->failed, object, "value", json_of_span(fact->value));
        json_put(&p->failed, object, "surface", json_of_span(fact->surface));
        json_push(&p->failed, list, object);
    }
}

static json_t *source_of(struct pass *p, const struct unit *place)
{
    json_t *object;

    if (!place->first_line)
        return json_null();
    object = json_object();
    json_put(&p->failed, object, "lines",
             json_of_lines(place->first_line, place->last_line));
    json_put(&p->failed, object, "bytes",
             json_pack("[I,I]", (json_int_t)place->first_byte,
                       (json_int_t)place->last_byte));
    return object;
}

/* A clause comes from all that is in it. */
static json_t *source_of_clause(struct pass *p, const struct unit *unit)
{
    struct unit place = { 0 };

    unit_read_place(&place, unit->opens);
    return source_of(p, place.first_line ? &place : unit);
}

static json_t *kind_of(struct pass *p, const struct unit *unit)
{
    struct buf text = { 0 };
    json_t *value;

    if (unit->role == ROLE_FIELD)
        buf_puts(&text, "field");
    else if (unit->role == ROLE_CLAUSE || unit->role == ROLE_ITEM)
        buf_puts(&text, tree_has_class(unit->node, "note") ? "note"
                                                           : "paragraph");
    else
        unit_put_role(&text, unit);
    p->failed |= text.failed;
    value = json_of_span(buf_span(&text));
    buf_free(&text);
    return value;
}

/* ---- nodes -------------------------------------------------------------------- */

static void put_found(struct pass *p, json_t *object, size_t i)
{
    json_t *references = json_array(), *facts = json_array();

    add_references(p, references, i);
    add_facts(p, facts, i);
    json_put(&p->failed, object, "references", references);
    json_put(&p->failed, object, "facts", facts);
}

static json_t *text_of(struct pass *p, const struct unit *unit)
{
    struct buf text = { 0 };
    json_t *value;

    export_put_text(&text, unit);
    p->failed |= text.failed;
    value = json_of_span(buf_span(&text));
    buf_free(&text);
    return value;
}

/* What holds text and no clauses: a paragraph, a row, a field. */
static json_t *block_of(struct pass *p, size_t i)
{
    const struct unit *unit = unit_at(p, i);
    json_t *object = json_object();

    json_put(&p->failed, object, "kind", kind_of(p, unit));
    if (unit->field.len)
        json_put(&p->failed, object, "name", json_of_span(unit->field));
    json_put(&p->failed, object, "eId", text_or_null(span_of(unit->eid)));
    if (unit->role == ROLE_FOOTNOTE)
        json_put(&p->failed, object, "label", text_or_null(unit->label));
    json_put(&p->failed, object, "text", text_of(p, unit));
    put_found(p, object, i);
    json_put(&p->failed, object, "source", source_of(p, unit));
    return object;
}

static bool is_heading(const struct unit *unit)
{
    return unit->opens && unit->role == ROLE_HEADING;
}

/* The name of a clause: what it is, its eId, label and heading. */
static void put_name(struct pass *p, json_t *object, const struct unit *unit)
{
    json_put(&p->failed, object, "kind",
             json_of_span(span_of((const char *)unit->opens->name)));
    json_put(&p->failed, object, "eId", value_or_null(unit->opens, "eId"));
    json_put(&p->failed, object, "label", text_or_null(unit->label));
    json_put(&p->failed, object, "number", number_of(p, unit));
    json_put(&p->failed, object, "heading",
             is_heading(unit) ? json_of_span(unit->text) : json_null());
}

static size_t add_node(struct pass *p, json_t *list, size_t i);

/* As deep as elements nest, which whoever read the tree has bounded. */
static json_t *clause_of(struct pass *p, size_t i, size_t *end)
{
    const struct unit *unit = unit_at(p, i);
    json_t *object = json_object(), *content = json_array();
    size_t next = i + 1;

    put_name(p, object, unit);
    if (is_heading(unit))
        put_found(p, object, i);
    else if (unit->text.len)
        json_push(&p->failed, content, block_of(p, i));
    while (next < p->extract->end && !p->failed &&
           units_is_in(&p->version->units, next, i))
        next = add_node(p, content, next);
    json_put(&p->failed, object, "source", source_of_clause(p, unit));
    json_put(&p->failed, object, "content", content);
    *end = next;
    return object;
}

/* Returns the unit behind. */
static size_t add_node(struct pass *p, json_t *list, size_t i)
{
    size_t end = i + 1;

    json_push(&p->failed, list,
              unit_at(p, i)->opens ? clause_of(p, i, &end) : block_of(p, i));
    return end;
}

/* ---- the document ---------------------------------------------------------------- */

/* "#itu-tsb" is shown as the references of the meta say. */
static json_t *author_of(xmlNodePtr root)
{
    const xmlNode *author = tree_first(root, "FRBRauthor", "FRBRWork");
    const char *href = tree_get(author, "href");
    const xmlNode *all = tree_first(root, "references", "meta");

    for (const xmlNode *n = all && href && href[0] == '#' ? all->children : NULL;
         n; n = n->next) {
        const char *id = tree_get(n, "eId");

        if (id && strcmp(id, href + 1) == 0 && tree_get(n, "showAs"))
            return value_or_null(n, "showAs");
    }
    return value_or_null(author, "href");
}

/* "Meeting of the group," and "Geneva, 5 May 2024" below it: all of what `name`
 * says in a field. */
static json_t *named_in(struct pass *p, const xmlNode *field, const char *name)
{
    struct buf whole = { 0 }, line = { 0 };
    struct inlined *inlined = NULL;
    size_t count = 0;
    json_t *value;

    for (const xmlNode *n = field; n; n = n->next) {
        xmlNodePtr named = tree_child(n, name);

        if (!named)
            continue;
        p->failed |= !unit_text_read(&line, &inlined, &count, named);
        if (whole.len && line.len)
            buf_putc(&whole, ' ');
        buf_add_span(&whole, span_trim(buf_span(&line)));
    }
    p->failed |= whole.failed;
    value = json_of_span(buf_span(&whole));
    buf_free(&whole);
    buf_free(&line);
    free(inlined);
    return value;
}

/* The title of a part, or the first one of the document. "Report of the
 * Chairman for 2012 to 2015" is type and title. */
static json_t *title_of(struct pass *p, size_t first, size_t end,
                        enum role role)
{
    const xmlNode *type = NULL;

    for (size_t i = first; i < end; i++) {
        const struct unit *unit = unit_at(p, i);

        if (unit->role == role)
            return json_of_span(unit->text);
        if (role != ROLE_TITLE || unit->role != ROLE_FIELD)
            continue;
        if (tree_child(unit->node, "docTitle"))
            return named_in(p, unit->node, "docTitle");
        if (!type && tree_child(unit->node, "docType"))
            type = unit->node;
    }
    return type ? named_in(p, type, "docType") : json_null();
}

static json_t *metadata_of(struct pass *p)
{
    const struct units *units = &p->version->units;
    xmlNodePtr root = xmlDocGetRootElement(p->extract->tree), doc;
    json_t *object = json_object();
    const char *date = tree_get(tree_first(root, "FRBRdate", "FRBRWork"),
                                "date");
    size_t first = 0;

    for (doc = root ? root->children : NULL;
         doc && doc->type != XML_ELEMENT_NODE; doc = doc->next)
        ;
    while (first < units->count &&
           units->parts[units->at[first].part].kind != PART_ANNEX)
        first++;
    json_put(&p->failed, object, "document",
             text_or_null(span_of(units->work)));
    json_put(&p->failed, object, "expression",
             value_or_null(tree_first(root, "FRBRuri", "FRBRExpression"),
                           "value"));
    json_put(&p->failed, object, "language",
             json_of_span(span_of(units->language)));
    json_put(&p->failed, object, "type", value_or_null(doc, "name"));
    json_put(&p->failed, object, "number",
             value_or_null(tree_first(root, "FRBRnumber", "FRBRWork"),
                           "value"));
    json_put(&p->failed, object, "date",
             date && strcmp(date, CLAUSIER_NO_DATE) != 0
                 ? json_of_span(span_of(date))
                 : json_null());
    json_put(&p->failed, object, "author", author_of(root));
    json_put(&p->failed, object, "title", title_of(p, 0, first, ROLE_TITLE));
    return object;
}

/* All units in a row that are of the part of the first. */
static size_t add_part(struct pass *p, json_t *list, size_t first)
{
    static const char *const kinds[] = { "preface", "body", "conclusions",
                                         "annex" };
    const struct units *units = &p->version->units;
    const struct part *part = &units->parts[units->at[first].part];
    const xmlNode *element = hit_part_element(units, first);
    const char *name = tree_get(tree_child(element, "doc"), "name");
    json_t *object = json_object(), *content = json_array();
    size_t end = units_part_end(units, first);

    json_put(&p->failed, object, "part", json_of_span(part->name));
    json_put(&p->failed, object, "kind",
             json_of_span(span_of(name ? name : kinds[part->kind])));
    json_put(&p->failed, object, "eId", value_or_null(element, "eId"));
    json_put(&p->failed, object, "label",
             title_of(p, first, end, ROLE_LABEL));
    json_put(&p->failed, object, "title",
             part->kind == PART_ANNEX ? title_of(p, first, end, ROLE_TITLE)
                                      : json_null());
    for (size_t i = first; i < end && !p->failed;)
        i = add_node(p, content, i);
    json_put(&p->failed, object, "content", content);
    json_push(&p->failed, list, object);
    return end;
}

static json_t *document_of(struct pass *p)
{
    json_t *object = json_object(), *parts = json_array();

    json_put(&p->failed, object, "format", json_string(DOCUMENT_FORMAT));
    json_put(&p->failed, object, "metadata", metadata_of(p));
    for (size_t i = 0; i < p->version->units.count && !p->failed;)
        i = add_part(p, parts, i);
    json_put(&p->failed, object, "parts", parts);
    return object;
}

/* ---- one clause per line ---------------------------------------------------------- */

static void add_ancestors(struct pass *p, json_t *list, int i)
{
    for (; i != NO_UNIT && !p->failed;
         i = unit_at(p, (size_t)i)->above) {
        const struct unit *unit = unit_at(p, (size_t)i);
        json_t *object = json_object();

        json_put(&p->failed, object, "eId", value_or_null(unit->opens, "eId"));
        json_put(&p->failed, object, "label", text_or_null(unit->label));
        p->failed |= json_array_insert_new(list, 0, object) != 0;
    }
}

/* What the clause says itself: the clauses in it have lines of their own. */
static void put_own(struct pass *p, json_t *object, size_t i)
{
    const struct units *units = &p->version->units;
    json_t *references = json_array(), *facts = json_array();
    struct buf text = { 0 };
    bool clause = units->at[i].opens != NULL;

    for (size_t k = i; k < p->extract->end; k++) {
        const struct unit *unit = &units->at[k];

        if (k > i && (!clause || !units_is_in(units, k, i)))
            break;
        if (k > i && (unit->opens || unit->above != (int)i))
            continue;
        add_references(p, references, k);
        add_facts(p, facts, k);
        if (k == i && is_heading(unit))
            continue;
        if (text.len && unit->text.len)
            buf_putc(&text, '\n');
        export_put_text(&text, unit);
    }
    p->failed |= text.failed;
    json_put(&p->failed, object, "text", json_of_span(buf_span(&text)));
    json_put(&p->failed, object, "references", references);
    json_put(&p->failed, object, "facts", facts);
    buf_free(&text);
}

static json_t *record_of(struct pass *p, size_t i)
{
    const struct units *units = &p->version->units;
    const struct unit *unit = &units->at[i];
    json_t *object = json_object(), *ancestors = json_array();

    json_put(&p->failed, object, "document",
             text_or_null(span_of(units->work)));
    json_put(&p->failed, object, "language",
             json_of_span(span_of(units->language)));
    json_put(&p->failed, object, "part",
             json_of_span(units->parts[unit->part].name));
    if (unit->opens) {
        put_name(p, object, unit);
    } else {
        json_put(&p->failed, object, "kind", kind_of(p, unit));
        json_put(&p->failed, object, "eId", text_or_null(span_of(unit->eid)));
        json_put(&p->failed, object, "label", text_or_null(unit->label));
        json_put(&p->failed, object, "number", json_null());
        json_put(&p->failed, object, "heading", json_null());
    }
    if (unit->field.len)
        json_put(&p->failed, object, "name", json_of_span(unit->field));
    add_ancestors(p, ancestors, unit->above);
    json_put(&p->failed, object, "ancestors", ancestors);
    put_own(p, object, i);
    json_put(&p->failed, object, "source",
             unit->opens ? source_of_clause(p, unit) : source_of(p, unit));
    return object;
}

/* ---- writing ------------------------------------------------------------------------ */

static bool read_ids(struct pass *p)
{
    xmlNodePtr root = xmlDocGetRootElement(p->extract->tree);

    p->ids = xmlHashCreate(256);
    for (xmlNodePtr n = p->ids ? root : NULL; n; n = tree_next(n, root, true)) {
        const xmlChar *id = n->type == XML_ELEMENT_NODE
                                ? (const xmlChar *)tree_get(n, "eId")
                                : NULL;

        if (id && !xmlHashLookup(p->ids, id) &&
            xmlHashAddEntry(p->ids, id, n) != 0)
            return false;
    }
    return p->ids != NULL;
}

static int write_value(struct pass *p, json_t *value, unsigned indent)
{
    struct buf out = { 0 };
    int result;

    if (!p->failed)
        json_write(&out, value, indent);
    json_decref(value);
    out.failed |= p->failed;
    result = sink_take(p->extract->sink, p->extract->user, &out);
    buf_free(&out);
    return result;
}

enum { INDENT = 2 };

static int write_document(struct pass *p)
{
    return write_value(p, document_of(p), INDENT);
}

static int write_records(struct pass *p)
{
    const struct units *units = &p->version->units;
    int result = CLAUSIER_OK;

    for (size_t i = p->extract->first;
         i < p->extract->end && result == CLAUSIER_OK; i++)
        if (units->at[i].opens ||
            units->at[i].above < (int)p->extract->first)
            result = write_value(p, record_of(p, i), 0);
    return result;
}

static int with_ids(const struct extract *extract, int (*write)(struct pass *))
{
    struct pass p = { .extract = extract, .version = extract->version };
    int result = read_ids(&p) ? write(&p) : CLAUSIER_ENOMEM;

    xmlHashFree(p.ids, NULL);
    return result;
}

int export_json(const struct extract *extract)
{
    return with_ids(extract, write_document);
}

/* A place that is neither a clause nor a block: an annex, a header. */
static json_t *wrapped(struct pass *p, const xmlNode *element, json_t *content)
{
    size_t first = p->extract->first, end = p->extract->end;
    struct unit place = { 0 };
    json_t *object = json_object();

    unit_read_place(&place, element);
    json_put(&p->failed, object, "kind",
             json_of_span(span_of((const char *)element->name)));
    json_put(&p->failed, object, "eId", value_or_null(element, "eId"));
    json_put(&p->failed, object, "label", title_of(p, first, end, ROLE_LABEL));
    json_put(&p->failed, object, "number", json_null());
    json_put(&p->failed, object, "heading",
             title_of(p, first, end, ROLE_TITLE));
    json_put(&p->failed, object, "source", source_of(p, &place));
    json_put(&p->failed, object, "content", json_incref(content));
    return object;
}

static json_t *place_of(struct pass *p, const xmlNode *element)
{
    json_t *list = json_array(), *place;

    for (size_t i = p->extract->first; i < p->extract->end && !p->failed;)
        i = add_node(p, list, i);
    if (json_array_size(list) == 1)
        place = json_incref(json_array_get(list, 0));
    else
        place = wrapped(p, element, list);
    json_decref(list);
    return place;
}

int export_places_json(const struct extract *extract, const struct hits *places,
                       bool several)
{
    struct extract one = *extract;
    struct pass p = { .extract = &one, .version = extract->version };
    json_t *list = json_array(), *value;
    int result;

    p.failed = !read_ids(&p);
    for (size_t i = 0; i < places->count && !p.failed; i++) {
        one.first = places->at[i].first;
        one.end = places->at[i].end;
        json_push(&p.failed, list, place_of(&p, places->at[i].element));
    }
    value = several ? json_incref(list)
                    : json_incref(json_array_get(list, 0));
    json_decref(list);
    result = write_value(&p, value, INDENT);
    xmlHashFree(p.ids, NULL);
    return result;
}

int export_ndjson(const struct extract *extract)
{
    return with_ids(extract, write_records);
}
