/* Turns the name of a clause into the clause: the calls that programs make. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "export.h"
#include "find.h"
#include "grammars.h"

enum { NAME_MAX_BYTES = 1000 };

struct answer {
    clausier_answer open; /* what the caller sees */
    xmlDocPtr tree;
    struct version version;
    struct finder finder;
    struct arena arena;
};

/* ---- asking in every language -------------------------------------------------- */

static int ask(struct query *query, clausier_grammars *set,
               const char *language, struct span words)
{
    struct diag diag = { 0 };
    struct scanner scanner;
    int result = CLAUSIER_OK;
    const struct grammar *grammar = grammars_nearest(set, language, &diag,
                                                     &result);

    if (!grammar)
        return result;
    if (!scanner_open(&scanner, grammar, &diag))
        return CLAUSIER_ENOMEM;
    query_read(query, words, &scanner);
    query->failed |= !scanner_close(&scanner);
    return query->failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
}

/* The language of the document comes first; a reader may use another. */
static int ask_all(struct query *best, clausier_grammars *set,
                   const char *language, struct span words)
{
    int result = ask(best, set, language, words);

    for (size_t i = 0; i < set->grammar_count && result == CLAUSIER_OK &&
                       !(best->count && best->whole && !best->ignored);
         i++) {
        struct query query = { 0 };

        if (strcmp(set->grammars[i]->language, language) == 0)
            continue;
        result = ask(&query, set, set->grammars[i]->name, words);
        if (result == CLAUSIER_OK && query_is_better(&query, best)) {
            struct query worse = *best;

            *best = query;
            query = worse;
        }
        query_free(&query);
    }
    return result;
}

/* Names that say all come first: an eId, a label or heading in full. Then the
 * rules are asked, then what may be part of a name. */
static int find(struct answer *a, clausier_grammars *set, const char *name)
{
    struct span words = span_trim(span_of(name));
    struct finder *f = &a->finder;
    struct query query = { 0 };
    xmlNodePtr root = xmlDocGetRootElement(a->tree);
    struct diag diag = { 0 };
    size_t offset;
    int result = CLAUSIER_OK;

    f->units = &a->version.units;
    f->grammar =
        grammars_nearest(set, a->version.units.language, &diag, &result);
    if (!f->grammar)
        return result;
    f->missing = !span_is_utf8(words, &offset);
    if (f->missing)
        return CLAUSIER_OK;
    if (find_id(f, root, words.at + (*words.at == '#')) ||
        find_label(f, words) || find_chapters(f, words) ||
        find_heading(f, words) || find_note(f, words))
        return f->failed ? CLAUSIER_ENOMEM : CLAUSIER_OK;
    result = ask_all(&query, set, a->version.units.language, words);
    if (result == CLAUSIER_OK && query.count && query.whole) {
        find_query(f, &query);
        a->open.several = query.several;
        a->open.guessed = query.guessed && f->found.count > 0;
    }
    if (result == CLAUSIER_OK && !f->found.count &&
        (find_beginning(f, words) ||
         (!query.count && find_labels(f, words)))) {
        a->open.several = a->open.guessed = 0;
        f->missing = false;
    }
    f->missing |= !f->found.count;
    query_free(&query);
    return result == CLAUSIER_OK && f->failed ? CLAUSIER_ENOMEM : result;
}

/* ---- telling ---------------------------------------------------------------------- */

static const char *name_of(struct answer *a, const struct hit *hit)
{
    const struct units *u = &a->version.units;
    const struct unit *unit = &u->at[hit->first];
    const struct part *part = &u->parts[unit->part];
    bool clause = unit->opens == hit->element && unit->clause.len;
    struct buf name = { 0 };
    struct span copy;

    if (part->kind != PART_BODY)
        buf_add_span(&name, part->name);
    if (clause || part->kind == PART_BODY) {
        if (name.len)
            buf_puts(&name, ", ");
        buf_add_span(&name, clause ? unit->clause : unit->text);
    }
    copy = arena_copy(&a->arena, buf_span(&name));
    a->finder.failed |= name.failed;
    buf_free(&name);
    return copy.at ? copy.at : "";
}

/* An annex is known by its title. */
static const char *text_of(struct answer *a, const struct hit *hit)
{
    const struct units *u = &a->version.units;
    struct span text = u->at[hit->first].text;

    for (size_t i = hit->first; i < hit->end; i++)
        if (u->at[i].role == ROLE_TITLE) {
            text = u->at[i].text;
            break;
        }
    text = arena_copy(&a->arena, text);
    return text.at ? text.at : "";
}

static const clausier_place *places_of(struct answer *a, struct hits *hits)
{
    clausier_place *places =
        arena_alloc(&a->arena, (hits->count + 1) * sizeof *places);

    for (size_t i = 0; places && i < hits->count; i++) {
        const char *id = tree_get(hits->at[i].element, "eId");

        places[i] = (clausier_place){ name_of(a, &hits->at[i]), id ? id : "",
                                      text_of(a, &hits->at[i]),
                                      hits->at[i].element };
    }
    return places;
}

static bool tell(struct answer *a)
{
    struct finder *f = &a->finder;

    a->open.found = places_of(a, &f->found);
    a->open.found_count = f->found.count;
    a->open.others = places_of(a, &f->others);
    a->open.other_count = a->open.several ? 0 : f->others.count;
    a->open.nearest = places_of(a, &f->nearest);
    a->open.nearest_count = f->nearest.count;
    a->open.missing = f->missing;
    return !a->arena.failed && !f->failed;
}

/* ---- calls ------------------------------------------------------------------------- */

int clausier_clause_find(clausier_answer **out, xmlDocPtr tree,
                         const clausier_grammars *grammars, const char *name)
{
    struct diag diag = { 0 };
    struct answer *a;
    int result;

    if (!out)
        return CLAUSIER_EARG;
    *out = NULL;
    if (!tree || !grammars || !name || strlen(name) > NAME_MAX_BYTES ||
        !span_trim(span_of(name)).len)
        return CLAUSIER_EARG;
    a = calloc(1, sizeof *a);
    if (!a)
        return CLAUSIER_ENOMEM;
    a->tree = tree;
    result = version_read(&a->version, grammars, tree, &diag);
    /* Grammars are compiled on first use, under a lock of their own. */
    if (result == CLAUSIER_OK)
        result = find(a, (clausier_grammars *)(uintptr_t)grammars, name);
    if (result == CLAUSIER_OK && !tell(a))
        result = CLAUSIER_ENOMEM;
    if (result == CLAUSIER_OK)
        *out = &a->open;
    else
        clausier_answer_free(&a->open);
    return result;
}

void clausier_answer_free(clausier_answer *answer)
{
    struct answer *a = (struct answer *)answer;

    if (!a)
        return;
    find_free(&a->finder);
    version_free(&a->version);
    arena_free(&a->arena);
    free(a);
}

/* The elements alone, with the namespaces that they need. */
static int write_xml(const struct answer *a, clausier_sink *sink, void *user)
{
    const struct hits *hits = &a->finder.found;
    struct tree tree = { 0 };
    xmlNodePtr root = NULL;
    int result;

    if (a->open.several)
        root = tree_open_as(&tree, "portionBody", AKN_NS);
    for (size_t i = 0; i < hits->count; i++)
        tree_copy(&tree, root, hits->at[i].element);
    result = tree.failed ? CLAUSIER_ENOMEM
                         : clausier_tree_stream(tree.doc, sink, user);
    xmlFreeDoc(tree.doc);
    return result;
}

static int write_each(const struct extract *extract, const struct hits *hits,
                      int (*write)(const struct extract *))
{
    struct extract one = *extract;
    int result = CLAUSIER_OK;

    for (size_t i = 0; i < hits->count && result == CLAUSIER_OK; i++) {
        one.first = hits->at[i].first;
        one.end = hits->at[i].end;
        result = write(&one);
    }
    return result;
}

int clausier_answer_write(const clausier_answer *answer,
                          enum clausier_document_format format,
                          clausier_sink *sink, void *user)
{
    const struct answer *a = (const struct answer *)answer;
    struct extract extract;

    if (!a || !sink || !a->finder.found.count)
        return CLAUSIER_EARG;
    extract = (struct extract){ &a->version, a->tree, 0, 0, sink, user };
    switch (format) {
    case CLAUSIER_DOCUMENT_XML:
        return write_xml(a, sink, user);
    case CLAUSIER_DOCUMENT_JSON:
        return export_places_json(&extract, &a->finder.found, a->open.several);
    case CLAUSIER_DOCUMENT_NDJSON:
        return write_each(&extract, &a->finder.found, export_ndjson);
    case CLAUSIER_DOCUMENT_TEXT:
        return write_each(&extract, &a->finder.found, export_text);
    default:
        return CLAUSIER_EARG;
    }
}
