/* Writes records of terms of reference for people and programs. */
#include "terms_write.h"

#include <string.h>

#include "tree.h"

#define TERMS_NS "urn:x-clausier:terms:1"

static struct span string_of(const json_t *value)
{
    return (struct span){ json_string_value(value), json_string_length(value) };
}

static const json_t *get(const json_t *object, const char *key)
{
    return json_object_get(object, key);
}

/* ---- JSON ------------------------------------------------------------------------ */

bool terms_write_json(struct buf *out, const json_t *records)
{
    json_write(out, records, 2);
    return !out->failed;
}

bool terms_write_ndjson(struct buf *out, const json_t *records)
{
    size_t i;
    json_t *record;

    json_array_foreach(records, i, record)
        json_write(out, record, 0);
    return !out->failed;
}

/* ---- XML: a member is an element, a language an attribute -------------------------- */

/* What one member of a list is called. */
static const char *singular(const char *key)
{
    static const struct {
        const char *many, *one;
    } names[] = {
        { "sources", "source" }, { "fields", "field" },  { "facts", "fact" },
        { "notes", "note" },     { "items", "item" },    { "eIds", "eId" },
        { "lines", "line" },     { "objectives", "objective" },
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].many, key) == 0)
            return names[i].one;
    return key;
}

static bool has_languages(const char *key)
{
    static const char *const keys[] = { "name", "heading", "text", "surface",
                                        "label" };

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

static void add_value(struct tree *tree, xmlNodePtr parent, const char *key,
                      json_t *value);

static void add_members(struct tree *tree, xmlNodePtr parent, json_t *object)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
        add_value(tree, parent, key, value);
}

static void add_languages(struct tree *tree, xmlNodePtr parent, const char *key,
                          json_t *map)
{
    const char *language;
    json_t *text;

    json_object_foreach(map, language, text) {
        xmlNodePtr node = tree_add(tree, parent, key);

        tree_set_lang(tree, node, language);
        tree_text(tree, node, string_of(text));
    }
}

static void add_value(struct tree *tree, xmlNodePtr parent, const char *key,
                      json_t *value)
{
    size_t i;
    json_t *one;

    if (json_is_null(value))
        return;
    if (json_is_array(value)) {
        json_array_foreach(value, i, one)
            add_value(tree, parent, singular(key), one);
    } else if (json_is_object(value) && has_languages(key)) {
        add_languages(tree, parent, key, value);
    } else if (json_is_object(value)) {
        add_members(tree, tree_add(tree, parent, key), value);
    } else if (json_is_integer(value)) {
        char number[24];

        snprintf(number, sizeof number, "%lld",
                 (long long)json_integer_value(value));
        tree_text(tree, tree_add(tree, parent, key), span_of(number));
    } else {
        tree_text(tree, tree_add(tree, parent, key), string_of(value));
    }
}

bool terms_write_xml(struct buf *out, const json_t *records)
{
    struct tree tree;
    xmlNodePtr root = tree_open_as(&tree, "termsOfReference", TERMS_NS);
    xmlChar *text = NULL;
    int length = 0;
    size_t i;
    json_t *record;

    json_array_foreach(records, i, record)
        add_members(&tree, tree_add(&tree, root, "record"), record);
    if (!tree.failed)
        xmlDocDumpFormatMemoryEnc(tree.doc, &text, &length, "UTF-8", 1);
    if (text)
        buf_add(out, text, (size_t)length);
    out->failed |= !text;
    xmlFree(text);
    xmlFreeDoc(tree.doc);
    return !out->failed;
}

/* ---- CSV: RFC 4180, one row per thing that is said and language --------------------- */

/* What a spreadsheet would take for a formula begins with an apostrophe, which
 * it shows as text. */
static void put_cell(struct buf *out, struct span text)
{
    buf_putc(out, '"');
    if (text.len && strchr("=+-@\t\r", text.at[0]))
        buf_putc(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            buf_putc(out, '"');
        buf_putc(out, text.at[i]);
    }
    buf_putc(out, '"');
}

static void put_joined(struct buf *out, const json_t *list, const char *member)
{
    struct buf cell = { 0 };
    size_t i;
    json_t *one;

    json_array_foreach(list, i, one) {
        if (i)
            buf_puts(&cell, "; ");
        buf_add_span(&cell, string_of(member ? get(one, member) : one));
    }
    put_cell(out, buf_span(&cell));
    out->failed |= cell.failed;
    buf_free(&cell);
}

/* What all rows of a record begin with. */
static void put_group(struct buf *out, const json_t *record)
{
    const json_t *group = get(record, "group");

    put_cell(out, string_of(get(json_array_get(get(record, "sources"), 0),
                                "document")));
    buf_putc(out, ',');
    put_cell(out, string_of(get(group, "acronym")));
    buf_putc(out, ',');
}

static void put_rows(struct buf *out, const json_t *record, const char *topic,
                     struct span number, const json_t *thing,
                     const char *text_key)
{
    const char *language;
    json_t *text, *texts = json_object_get(thing, text_key);

    json_object_foreach(texts, language, text) {
        put_group(out, record);
        put_cell(out, span_of(topic));
        buf_putc(out, ',');
        put_cell(out, number);
        buf_putc(out, ',');
        put_cell(out, span_of(language));
        buf_putc(out, ',');
        put_cell(out, string_of(get(get(thing, "heading"), language)));
        buf_putc(out, ',');
        put_cell(out, string_of(text));
        buf_putc(out, ',');
        put_joined(out, get(thing, "eIds"), NULL);
        buf_putc(out, ',');
        put_joined(out, get(thing, "facts"), "value");
        buf_puts(out, "\r\n");
    }
}

static void put_items(struct buf *out, const json_t *record, const char *topic,
                      const json_t *items)
{
    size_t i;
    json_t *item;

    json_array_foreach(items, i, item) {
        char number[24];

        snprintf(number, sizeof number, "%zu", i + 1);
        put_rows(out, record, topic,
                 get(item, "number") ? string_of(get(item, "number"))
                                     : span_of(number), item, "text");
        put_items(out, record, topic, get(item, "items"));
    }
}

static void put_record(struct buf *out, const json_t *record)
{
    const json_t *group = get(record, "group");
    const struct span none = { "", 0 };
    size_t i;
    json_t *field;

    put_rows(out, record, "group", none, group, "name");
    put_rows(out, record, "parent_group", none, get(group, "parent"), "surface");
    put_rows(out, record, "mailing_list", none, get(record, "mailingList"),
             "surface");
    put_rows(out, record, "web_page", none, get(record, "webPage"), "surface");
    json_array_foreach(get(record, "fields"), i, field)
        put_rows(out, record, json_string_value(get(field, "topic")), none,
                 field, "text");
    put_items(out, record, "objective", get(record, "objectives"));
    put_items(out, record, "note", get(record, "notes"));
}

bool terms_write_csv(struct buf *out, const json_t *records)
{
    size_t i;
    json_t *record;

    buf_puts(out, "document,acronym,topic,number,language,heading,text,eIds,"
                  "facts\r\n");
    json_array_foreach(records, i, record)
        put_record(out, record);
    return !out->failed;
}

/* ---- Markdown ------------------------------------------------------------------------- */

/* What Markdown would take for its own is escaped; lines stay. */
static void put_escaped(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\\`*_{}[]<>#|&~", text.at[i]) && text.at[i])
            buf_putc(out, '\\');
        if ((i == 0 || text.at[i - 1] == '\n') && strchr("+-", text.at[i]) &&
            text.at[i])
            buf_putc(out, '\\');
        if (text.at[i] == '\n')
            buf_puts(out, "  ");
        buf_putc(out, text.at[i]);
    }
}

static void put_all_languages(struct buf *out, const char *before,
                              const json_t *map, const char *between)
{
    const char *language;
    json_t *text;
    bool any = false;

    json_object_foreach((json_t *)(uintptr_t)map, language, text) {
        buf_puts(out, any ? between : before);
        put_escaped(out, string_of(text));
        any = true;
    }
    if (any)
        buf_puts(out, "\n");
}

static void put_list(struct buf *out, const json_t *items, unsigned depth)
{
    size_t i;
    json_t *item;

    json_array_foreach(items, i, item) {
        const char *language;
        json_t *text;
        size_t k = 0;

        json_object_foreach(json_object_get(item, "text"), language, text) {
            buf_printf(out, "%*s%s", (int)(4 * depth), "",
                       k ? "    " : "");
            if (!k++)
                buf_printf(out, "%zu.  ", i + 1);
            buf_printf(out, "(%s) ", language);
            put_escaped(out, string_of(text));
            buf_puts(out, "\n\n");
        }
        put_list(out, get(item, "items"), depth + 1);
    }
}

static void put_line(struct buf *out, const char *name, struct span value)
{
    if (!value.len)
        return;
    buf_printf(out, "- %s: ", name);
    put_escaped(out, value);
    buf_putc(out, '\n');
}

static void put_field(struct buf *out, const json_t *field)
{
    const char *language;
    json_t *text;

    buf_puts(out, "\n### ");
    if (json_is_object(get(field, "heading")))
        put_all_languages(out, "", get(field, "heading"), " / ");
    else
        buf_printf(out, "(%s)\n", json_string_value(get(field, "topic")));
    json_object_foreach(json_object_get(field, "text"), language, text) {
        buf_printf(out, "\n(%s) ", language);
        put_escaped(out, string_of(text));
        buf_putc(out, '\n');
    }
}

static void put_markdown(struct buf *out, const json_t *record)
{
    const json_t *group = get(record, "group");
    size_t i;
    json_t *field;

    put_all_languages(out, "# ", get(group, "name"), " / ");
    buf_putc(out, '\n');
    put_line(out, "Acronym", string_of(get(group, "acronym")));
    put_line(out, "Kind", string_of(get(group, "kind")));
    put_line(out, "Parent group", string_of(get(get(group, "parent"), "value")));
    put_line(out, "Mailing list",
             string_of(get(get(record, "mailingList"), "value")));
    put_line(out, "Web page", string_of(get(get(record, "webPage"), "value")));
    if (json_array_size(get(record, "objectives")))
        buf_puts(out, "\n## Objectives\n\n");
    put_list(out, get(record, "objectives"), 0);
    if (json_array_size(get(record, "notes")))
        buf_puts(out, "\n## Notes\n\n");
    put_list(out, get(record, "notes"), 0);
    buf_puts(out, "\n## Text\n");
    json_array_foreach(get(record, "fields"), i, field)
        put_field(out, field);
    buf_putc(out, '\n');
}

bool terms_write_markdown(struct buf *out, const json_t *records)
{
    size_t i;
    json_t *record;

    json_array_foreach(records, i, record)
        put_markdown(out, record);
    return !out->failed;
}
