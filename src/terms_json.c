/* Makes records of terms of reference: one per group, whatever the number of
 * language versions. The record is the JSON of terms.schema.json. */
#include "terms_json.h"

#include <stdlib.h>
#include <string.h>

/* One document while its records are made. Failures stick. */
struct pass {
    const struct units *units;
    const struct facts *facts;
    const struct grammar *grammar;
    const char *file;
    bool failed;
};

static const char *language_of(const struct pass *p)
{
    return p->units->tag[0] ? p->units->tag : "und";
}

/* {"fr": text} */
static json_t *in_language(struct pass *p, struct span text)
{
    json_t *map = json_object();

    json_put(&p->failed, map, language_of(p), json_of_span(text));
    return map;
}

/* ---- facts --------------------------------------------------------------------- */

static json_t *find_fact(json_t *facts, json_t *type, json_t *value)
{
    size_t i;
    json_t *fact;

    json_array_foreach(facts, i, fact)
        if (json_equal(json_object_get(fact, "type"), type) &&
            json_equal(json_object_get(fact, "value"), value))
            return fact;
    return NULL;
}

/* Each once, however often it is said. */
static void add_fact(struct pass *p, json_t *facts, const struct fact *f)
{
    json_t *fact = json_object();

    json_put(&p->failed, fact, "type",
             json_of_span(span_of(fact_name(f->type))));
    json_put(&p->failed, fact, "value", json_of_span(f->value));
    json_put(&p->failed, fact, "surface", in_language(p, f->surface));
    if (find_fact(facts, json_object_get(fact, "type"),
                  json_object_get(fact, "value")))
        json_decref(fact);
    else
        json_push(&p->failed, facts, fact);
}

static json_t *facts_of(struct pass *p, unsigned unit, unsigned end)
{
    json_t *facts = json_array();

    for (size_t i = p->facts->first[unit]; i < p->facts->first[end]; i++)
        if (!p->facts->at[i].soft || p->facts->at[i].alias)
            add_fact(p, facts, &p->facts->at[i]);
    return facts;
}

/* ---- texts ----------------------------------------------------------------------- */

static bool is_note(const struct unit *unit)
{
    return unit->role == ROLE_NOTE || tree_has_class(unit->node, "note");
}

static void put_unit(struct buf *out, const struct unit *unit)
{
    if (out->len)
        buf_putc(out, '\n');
    if (unit->label.len) {
        buf_add_span(out, unit->label);
        buf_putc(out, ' ');
    }
    buf_add_span(out, unit->text);
}

static json_t *text_of(struct pass *p, unsigned unit, unsigned end)
{
    struct buf text = { 0 };
    json_t *map;

    for (; unit < end; unit++)
        put_unit(&text, &p->units->at[unit]);
    map = in_language(p, buf_span(&text));
    p->failed |= text.failed;
    buf_free(&text);
    return map;
}

static void add_eid(struct pass *p, json_t *eids, const char *eid)
{
    size_t i;
    json_t *known;

    json_array_foreach(eids, i, known)
        if (strcmp(json_string_value(known), eid) == 0)
            return;
    if (*eid)
        json_push(&p->failed, eids, json_of_span(span_of(eid)));
}

static json_t *eids_of(struct pass *p, int heading, unsigned unit, unsigned end)
{
    json_t *eids = json_array();

    if (heading != NO_HEADING)
        add_eid(p, eids, p->units->at[heading].eid);
    for (; unit < end; unit++)
        add_eid(p, eids, p->units->at[unit].eid);
    return eids;
}

/* ---- objectives ---------------------------------------------------------------------- */

/* {label, eIds, text, facts}; `position` counts from 1 where there is no
 * number to go by. */
static json_t *item_of(struct pass *p, unsigned u, size_t position)
{
    const struct unit *unit = &p->units->at[u];
    json_t *item = json_object();

    json_put(&p->failed, item, "position", json_integer((json_int_t)position));
    if (unit->key.len)
        json_put(&p->failed, item, "number", json_of_span(unit->key));
    json_put(&p->failed, item, "label", in_language(p, unit->label));
    json_put(&p->failed, item, "eIds", eids_of(p, NO_HEADING, u, u + 1));
    json_put(&p->failed, item, "text", in_language(p, unit->text));
    json_put(&p->failed, item, "facts", facts_of(p, u, u + 1));
    return item;
}

static bool has_items(const struct pass *p, const struct topic_run *run)
{
    for (unsigned u = run->unit; u < run->end; u++)
        if (p->units->at[u].role == ROLE_ITEM)
            return true;
    return false;
}

/* What is an objective: the items, else the paragraphs. */
static bool is_objective(const struct unit *unit, bool items)
{
    return items ? unit->role == ROLE_ITEM
                 : unit->role == ROLE_PARAGRAPH || unit->role == ROLE_CLAUSE;
}

/* Where an item stands inside of another, in the list of items of that. */
static json_t *list_for(struct pass *p, const struct topic_run *run, unsigned u,
                        json_t *objectives, json_t **made)
{
    int above = p->units->at[u].above;
    json_t *outer, *inner;

    if (above < (int)run->unit || above >= (int)u || !made[above - run->unit])
        return objectives;
    outer = made[above - run->unit];
    inner = json_object_get(outer, "items");
    if (!inner) {
        inner = json_array();
        json_put(&p->failed, outer, "items", inner);
    }
    return inner;
}

static void add_objectives(struct pass *p, json_t *record,
                           const struct topic_run *run)
{
    json_t *objectives = json_object_get(record, "objectives");
    json_t *notes = json_object_get(record, "notes");
    bool items = has_items(p, run);
    json_t **made = run->end > run->unit
                        ? calloc(run->end - run->unit, sizeof *made) : NULL;

    p->failed |= run->end > run->unit && !made;
    for (unsigned u = run->unit; u < run->end && !p->failed; u++) {
        const struct unit *unit = &p->units->at[u];
        json_t *list = is_note(unit) ? notes : objectives;

        if (!is_note(unit) && !is_objective(unit, items))
            continue;
        if (list == objectives)
            list = list_for(p, run, u, objectives, made);
        made[u - run->unit] = item_of(p, u, json_array_size(list) + 1);
        json_push(&p->failed, list, made[u - run->unit]);
    }
    free(made);
}

/* ---- the record ------------------------------------------------------------------------ */

static json_t *source_of(struct pass *p, const struct terms *t)
{
    const struct unit *unit = &p->units->at[t->unit];
    const struct part *part = &p->units->parts[unit->part];
    json_t *source = json_object();

    json_put(&p->failed, source, "language",
             json_of_span(span_of(language_of(p))));
    json_put(&p->failed, source, "file", json_of_span(span_of(p->file)));
    json_put(&p->failed, source, "document",
             json_of_span(span_of(p->units->work)));
    json_put(&p->failed, source, "part",
             *t->eid ? json_of_span(part->name) : json_of_span(SPAN("document")));
    json_put(&p->failed, source, "clause", json_of_span(unit->clause));
    json_put(&p->failed, source, "eId", json_of_span(span_of(t->eid)));
    json_put(&p->failed, source, "lines",
             json_of_lines(unit->first_line,
                           p->units->at[t->end - 1].last_line));
    return source;
}

/* A value that a sentence gives, with the sentence. */
static json_t *saying_of(struct pass *p, const struct saying *s)
{
    unsigned u = (unsigned)s->unit;
    struct span alias = grammar_alias(p->grammar, s->value);
    json_t *object = json_object();

    if (alias.at != s->value.at)
        json_put(&p->failed, object, "value", json_of_span(alias));
    else
        json_put(&p->failed, object, "value", json_of_span(s->value));
    json_put(&p->failed, object, "surface", in_language(p, s->value));
    json_put(&p->failed, object, "eIds", eids_of(p, NO_HEADING, u, u + 1));
    json_put(&p->failed, object, "text",
             in_language(p, p->units->at[u].text));
    return object;
}

static json_t *group_of(struct pass *p, const struct terms *t)
{
    json_t *group = json_object();

    json_put(&p->failed, group, "name", in_language(p, t->name));
    json_put(&p->failed, group, "acronym",
             t->acronym.len ? json_of_span(t->acronym) : json_null());
    json_put(&p->failed, group, "kind",
             t->kind ? json_of_span(span_of(t->kind)) : json_null());
    json_put(&p->failed, group, "parent",
             t->parent.unit == NO_UNIT ? json_null()
                                       : saying_of(p, &t->parent));
    return group;
}

static json_t *field_of(struct pass *p, const struct topic_run *run)
{
    json_t *field = json_object();
    unsigned first = run->heading == NO_HEADING ? run->unit
                                                : (unsigned)run->heading;

    json_put(&p->failed, field, "topic",
             json_of_span(span_of(topic_name(run->topic))));
    json_put(&p->failed, field, "heading",
             run->heading == NO_HEADING
                 ? json_null()
                 : in_language(p, p->units->at[run->heading].text));
    json_put(&p->failed, field, "eIds",
             eids_of(p, run->heading, run->unit, run->end));
    json_put(&p->failed, field, "text", text_of(p, run->unit, run->end));
    json_put(&p->failed, field, "facts", facts_of(p, first, run->end));
    return field;
}

static json_t *record_of(struct pass *p, const struct terms *t)
{
    json_t *record = json_object(), *sources = json_array();
    json_t *fields = json_array();

    json_push(&p->failed, sources, source_of(p, t));
    json_put(&p->failed, record, "group", group_of(p, t));
    json_put(&p->failed, record, "sources", sources);
    json_put(&p->failed, record, "mailingList",
             t->mailing_list.unit == NO_UNIT ? json_null()
                                             : saying_of(p, &t->mailing_list));
    json_put(&p->failed, record, "webPage",
             t->web_page.unit == NO_UNIT ? json_null()
                                         : saying_of(p, &t->web_page));
    json_put(&p->failed, record, "objectives", json_array());
    json_put(&p->failed, record, "notes", json_array());
    for (size_t i = 0; i < t->run_count && !p->failed; i++) {
        json_push(&p->failed, fields, field_of(p, &t->runs[i]));
        if (t->runs[i].topic == TOPIC_OBJECTIVES)
            add_objectives(p, record, &t->runs[i]);
    }
    json_put(&p->failed, record, "fields", fields);
    return record;
}

/* ---- language versions in one record -------------------------------------------------- */

static void merge(bool *failed, json_t *into, json_t *from);

/* What both say of one thing: a field of one topic and place, an objective of
 * one position. */
static json_t *counterpart(json_t *list, json_t *of, size_t index)
{
    json_t *topic = json_object_get(of, "topic"), *one;
    json_t *eid = json_array_get(json_object_get(of, "eIds"), 0);
    size_t i;

    if (!topic)
        return json_object_get(of, "type") ? find_fact(list,
                                                 json_object_get(of, "type"),
                                                 json_object_get(of, "value"))
                                           : json_array_get(list, index);
    json_array_foreach(list, i, one)
        if (json_equal(json_object_get(one, "topic"), topic) && eid &&
            json_equal(json_array_get(json_object_get(one, "eIds"), 0), eid))
            return one;
    one = json_array_get(list, index);
    return one && json_equal(json_object_get(one, "topic"), topic) ? one : NULL;
}

static void merge_list(bool *failed, json_t *into, json_t *from)
{
    size_t i, k;
    json_t *one, *other, *known;

    json_array_foreach(from, i, one) {
        if (json_is_string(one)) {
            bool there = false;

            json_array_foreach(into, k, known)
                there |= json_equal(known, one);
            if (!there && json_array_append(into, one) != 0)
                *failed = true;
            continue;
        }
        other = json_object_get(one, "language") ? NULL
                                                 : counterpart(into, one, i);
        if (other)
            merge(failed, other, one);
        else if (json_array_append(into, one) != 0)
            *failed = true;
    }
}

/* What the first has stays; languages, items and values that it lacks come. */
static void merge(bool *failed, json_t *into, json_t *from)
{
    const char *key;
    json_t *value;

    json_object_foreach(from, key, value) {
        json_t *known = json_object_get(into, key);

        if (json_is_object(known) && json_is_object(value))
            merge(failed, known, value);
        else if (json_is_array(known) && json_is_array(value) &&
                 strcmp(key, "lines") != 0)
            merge_list(failed, known, value);
        else if ((!known || json_is_null(known)) &&
                 json_object_set(into, key, value) != 0)
            *failed = true;
    }
}

static json_t *source_at(json_t *record, size_t i)
{
    return json_array_get(json_object_get(record, "sources"), i);
}

/* A record never holds two texts in one language. */
static bool has_language(json_t *record, json_t *source)
{
    json_t *one;
    size_t i;

    json_array_foreach(json_object_get(record, "sources"), i, one)
        if (json_equal(json_object_get(one, "language"),
                       json_object_get(source, "language")))
            return true;
    return false;
}

/* The same place of the same document, or the same group. */
static bool is_same(json_t *record, json_t *other)
{
    json_t *a = source_at(record, 0), *b = source_at(other, 0);
    json_t *acronym = json_object_get(json_object_get(record, "group"),
                                      "acronym");
    const char *document = json_string_value(json_object_get(a, "document"));

    if (has_language(record, b))
        return false;
    return (document && *document &&
            json_equal(json_object_get(a, "document"),
                       json_object_get(b, "document")) &&
            json_equal(json_object_get(a, "eId"), json_object_get(b, "eId"))) ||
           (json_is_string(acronym) &&
            json_equal(acronym, json_object_get(json_object_get(other, "group"),
                                                "acronym")));
}

static void add_record(struct pass *p, json_t *records, json_t *record)
{
    json_t *known;
    size_t i;

    json_array_foreach(records, i, known)
        if (!p->failed && is_same(known, record)) {
            merge(&p->failed, known, record);
            json_decref(record);
            return;
        }
    json_push(&p->failed, records, record);
}

bool terms_json_add(json_t *records, const struct terms_list *list,
                    const struct units *units, const struct facts *facts,
                    const struct grammar *grammar, const char *file)
{
    struct pass p = { units, facts, grammar, file, false };

    for (size_t i = 0; i < list->count && !p.failed; i++)
        add_record(&p, records, record_of(&p, &list->at[i]));
    return !p.failed;
}
