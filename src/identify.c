/* Finds out what a document is (type, issuer, number, date, language) and
 * writes it into the tree as FRBR metadata. IRIs follow AKN4UN. */
#include "identify.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "clausier.h"

/* ---- naming documents ----------------------------------------------------------- */

/* Copies what an IRI can hold: white space goes, slashes and dashes of all
 * kinds become hyphens. */
static void slug_folded(char *out, size_t size, struct span text, bool lower)
{
    size_t len = 0;

    for (size_t i = 0; i < text.len && len + 1 < size; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (isalnum(c) || c == '.' || c == '-' || c >= 0x80)
            out[len++] = (char)(lower && c < 0x80 ? tolower(c) : c);
        else if (c == '/')
            out[len++] = '-';
        if (c == 0xE2 && text.len - i >= 3 &&
            memcmp(text.at + i, "\u2013", 3) == 0) {
            out[len - 1] = '-';
            i += 2;
        }
    }
    /* Not in the middle of a character. */
    while (len && len + 1 == size && ((unsigned char)out[len - 1] & 0x80))
        len--;
    out[len] = '\0';
}

static void slug(char *out, size_t size, struct span text, bool lower)
{
    struct folded folded = { 0 };

    out[0] = '\0';
    if (fold(&folded, text, true))
        slug_folded(out, size, folded.text, lower);
    folded_free(&folded);
}

/* Outside standards keep their issuer's name; all others are the ITU's. */
static void name_author(char *out, size_t size, const struct grammar *grammar,
                        struct span body, bool outside)
{
    struct folded folded = { 0 };
    char text[40] = "";

    if (fold(&folded, body, true))
        slug(text, sizeof text, grammar_alias(grammar, folded.text), true);
    folded_free(&folded);
    if (!text[0])
        snprintf(out, size, "itu");
    else if (outside || strncmp(text, "itu", 3) == 0)
        snprintf(out, size, "%s", text);
    else
        snprintf(out, size, "itu-%.*s", (int)size - 5, text);
}

bool identify_named(struct scanner *scanner, struct span text,
                    struct named *named)
{
    struct folded folded = { 0 };
    struct finding f, best = { 0 };
    size_t index = 0;

    if (!fold(&folded, text, fold_needed(text)))
        return false;
    /* The document named first is the one that is meant. */
    while (scanner_find(scanner, KIND_DOCUMENT, &index, &folded, 0, &f))
        if (f.match.at[CAP_NUM].at &&
            (!best.rule ||
             f.match.at[CAP_ALL].at < best.match.at[CAP_ALL].at))
            best = f;
    folded_free(&folded);
    if (!best.rule)
        return false;
    slug(named->type, sizeof named->type, span_of(best.rule->name), false);
    slug(named->number, sizeof named->number, best.match.at[CAP_NUM], false);
    name_author(named->author, sizeof named->author, scanner->grammar,
                best.match.at[CAP_BODY],
                rule_is(best.rule, "standard"));
    return true;
}

void identify_iri(struct buf *out, const struct named *named)
{
    buf_printf(out, "/akn/un/doc/%s/%s/%s", named->type, named->author,
               named->number);
}

/* ---- looking for the identity ------------------------------------------------------- */

static bool name_from(struct scanner *scanner, const xmlNode *node,
                      struct named *named)
{
    xmlChar *text = xmlNodeGetContent(node);
    bool found = text && identify_named(scanner, span_of((const char *)text),
                                        named);

    xmlFree(text);
    return found;
}

/* Where documents say what they are, the surest place first. */
enum place_type { PLACE_FIELD, PLACE_CLASS };

static const struct {
    enum place_type type;
    const char *name;
    bool recommendation; /* may say that it is one */
} places[] = {
    { PLACE_CLASS, "number", true },     { PLACE_FIELD, "number", false },
    { PLACE_FIELD, "type", false },      { PLACE_FIELD, "reference", false },
    { PLACE_CLASS, "reference", false },
    { PLACE_CLASS, "parent", false },    { PLACE_CLASS, "title", true },
};

static bool is_place(const xmlNode *node, size_t i)
{
    const char *name = tree_get(node, "name");

    if (places[i].type == PLACE_CLASS)
        return tree_is(node, "p") && tree_has_class(node, places[i].name);
    return tree_is(node, "container") && name &&
           strcmp(name, places[i].name) == 0;
}

static bool find_name(struct scanner *scanner, xmlNodePtr top, size_t i,
                      struct named *named)
{
    for (xmlNodePtr n = top; n; n = tree_next(n, top, !tree_is(n, "section")))
        if (is_place(n, i) && name_from(scanner, n, named) &&
            (places[i].recommendation ||
             strcmp(named->type, "recommendation") != 0))
            return true;
    return false;
}

static xmlNodePtr find_container(xmlNodePtr top, const char *name)
{
    for (xmlNodePtr n = top; n; n = tree_next(n, top, true)) {
        const char *value = tree_get(n, "name");

        if (tree_is(n, "container") && value && strcmp(value, name) == 0)
            return n;
    }
    return NULL;
}

static const char *first_date(xmlNodePtr top)
{
    for (xmlNodePtr n = top; n; n = tree_next(n, top, true))
        if (tree_is(n, "date"))
            return tree_get(n, "date");
    return NULL;
}

/* Letters and reports speak of the meeting that they follow. */
static bool is_letter(const struct identity *id)
{
    return strcmp(id->named.type, "circular") == 0 ||
           strcmp(id->named.type, "letter") == 0 ||
           strcmp(id->named.type, "report") == 0;
}

static xmlNodePtr first_block(xmlNodePtr doc)
{
    xmlNodePtr body = tree_child(doc, "mainBody");

    return body ? body->children : NULL;
}

/* `guessed`: no header gives the date; the text has it in passing. */
static const char *find_date(const struct identity *id, xmlNodePtr doc,
                             bool *guessed)
{
    xmlNodePtr preface = tree_child(doc, "preface");
    xmlNodePtr field = preface ? find_container(preface, "placeDate") : NULL;
    const char *date = field ? first_date(field) : NULL;

    if (!date && preface)
        date = first_date(preface);
    *guessed = !date;
    return date ? date : first_date(is_letter(id) ? doc : first_block(doc));
}

static void choose_date(struct identity *id, struct diag *diag,
                        const char *given, xmlNodePtr doc)
{
    bool guessed = false;
    const char *found = given ? given : find_date(id, doc, &guessed);

    snprintf(id->date, sizeof id->date, "%.10s",
             found ? found : CLAUSIER_NO_DATE);
    if (!found)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "no-date",
                 "the text has no date; the tree says "
                 CLAUSIER_NO_DATE " (--date gives one)");
    else if (guessed)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "date-guessed",
                 "no header gives the date; the tree says %s, the first date "
                 "in the text (--date gives another)", id->date);
}

/* "The World ... Assembly (Geneva, 2022)," says who speaks. */
static void name_speaker(struct identity *id, struct scanner *scanner,
                         xmlNodePtr doc)
{
    const struct grammar *g = scanner->grammar;
    xmlNodePtr body = tree_child(doc, "mainBody"), p = tree_child(body, "p");
    struct span best = { 0 };
    xmlChar *text;

    while (p && !(tree_is(p, "p") && tree_has_class(p, "opening")))
        p = p->next;
    text = p ? xmlNodeGetContent(p) : NULL;
    for (size_t i = 0; text && i < g->alias_count; i++)
        if (g->aliases[i].from.len > best.len &&
            memmem(text, strlen((const char *)text), g->aliases[i].from.at,
                   g->aliases[i].from.len))
            best = g->aliases[i].from;
    if (best.len)
        name_author(id->named.author, sizeof id->named.author, g, best, false);
    xmlFree(text);
}

static void name_unnamed(struct identity *id, struct scanner *scanner,
                         xmlNodePtr doc)
{
    xmlNodePtr preface = tree_child(doc, "preface");
    xmlNodePtr group = preface ? find_container(preface, "group") : NULL;
    xmlNodePtr number = preface ? find_container(preface, "number") : NULL;
    xmlChar *text;

    snprintf(id->named.type, sizeof id->named.type, "document");
    snprintf(id->named.author, sizeof id->named.author, "itu");
    snprintf(id->named.number, sizeof id->named.number, "nn");
    if (group && (text = xmlNodeGetContent(group)) != NULL) {
        name_author(id->named.author, sizeof id->named.author,
                    scanner->grammar,
                    span_trim(span_of((const char *)text)), false);
        xmlFree(text);
    }
    if (number && (text = xmlNodeGetContent(number)) != NULL) {
        slug(id->named.number, sizeof id->named.number,
             span_trim(span_of((const char *)text)), false);
        xmlFree(text);
    }
}

void identify(struct identity *id, struct tree *tree, struct scanner *scanner,
              const char *date)
{
    xmlNodePtr doc = tree->failed
                         ? NULL
                         : tree_child(xmlDocGetRootElement(tree->doc), "doc");
    bool named = false;

    *id = (struct identity){ .root = "doc", .name = "document" };
    if (!doc)
        return;
    for (size_t i = 0; i < sizeof places / sizeof *places && !named; i++)
        named = find_name(scanner, doc, i, &id->named);
    if (!named)
        name_unnamed(id, scanner, doc);
    if (strcmp(id->named.author, "itu") == 0)
        name_speaker(id, scanner, doc);
    if (strcmp(id->named.type, "circular") == 0)
        id->name = "circular";
    if (strcmp(id->named.type, "report") == 0) {
        id->root = "debateReport";
        id->name = "meetingReport";
    }
    choose_date(id, scanner->diag, date, doc);
    if (strcmp(id->root, "doc") == 0)
        snprintf(id->work, sizeof id->work, "/akn/un/doc/%s/%s/%s/%s",
                 id->named.type, id->named.author, id->date,
                 id->named.number);
    else
        snprintf(id->work, sizeof id->work, "/akn/un/%s/%s/%s/%s/%s", id->root,
                 id->name, id->named.author, id->date, id->named.number);
}

/* ---- writing it ------------------------------------------------------------------------- */

struct writer {
    const struct identity *id;
    struct tree *tree;
    const char *language; /* fra */
    char expression[200];
    char component[64];   /* "!main", "!annex_1" */
    struct buf value;
};

static xmlNodePtr add_value(struct writer *w, xmlNodePtr parent,
                            const char *name, const char *attribute,
                            const char *value)
{
    xmlNodePtr node = tree_add(w->tree, parent, name);

    tree_set(w->tree, node, attribute, value);
    return node;
}

static void add_iris(struct writer *w, xmlNodePtr parent, const char *iri,
                     const char *suffix)
{
    buf_clear(&w->value);
    buf_printf(&w->value, "%s/%s%s", iri, w->component, suffix);
    add_value(w, parent, "FRBRthis", "value", buf_text(&w->value));
    buf_clear(&w->value);
    buf_printf(&w->value, "%s%s", iri, suffix);
    add_value(w, parent, "FRBRuri", "value", buf_text(&w->value));
}

static void add_date(struct writer *w, xmlNodePtr parent, const char *name)
{
    xmlNodePtr date = add_value(w, parent, "FRBRdate", "date", w->id->date);

    tree_set(w->tree, date, "name", name);
}

static void add_author(struct writer *w, xmlNodePtr parent, const char *author)
{
    buf_clear(&w->value);
    buf_printf(&w->value, "#%s", author);
    add_value(w, parent, "FRBRauthor", "href", buf_text(&w->value));
}

static void add_identification(struct writer *w, xmlNodePtr meta, bool main)
{
    const struct identity *id = w->id;
    xmlNodePtr all = add_value(w, meta, "identification", "source",
                               "#clausier");
    xmlNodePtr work = tree_add(w->tree, all, "FRBRWork");
    xmlNodePtr expression = tree_add(w->tree, all, "FRBRExpression");
    xmlNodePtr manifestation = tree_add(w->tree, all, "FRBRManifestation");

    add_iris(w, work, id->work, "");
    add_date(w, work, "generation");
    add_author(w, work, id->named.author);
    add_value(w, work, "FRBRcountry", "value", "un");
    if (main && strcmp(id->named.number, "nn") != 0)
        add_value(w, work, "FRBRnumber", "value", id->named.number);
    add_iris(w, expression, w->expression, "");
    add_date(w, expression, "generation");
    add_author(w, expression, id->named.author);
    add_value(w, expression, "FRBRlanguage", "language", w->language);
    add_iris(w, manifestation, w->expression, ".xml");
    add_date(w, manifestation, "markup");
    add_author(w, manifestation, "clausier");
}

static void show_author(char *out, size_t size, const char *author)
{
    size_t i = 0;

    for (; author[i] && i + 1 < size; i++)
        out[i] = author[i] == '-' ? ' ' : (char)toupper((unsigned char)author[i]);
    out[i] = '\0';
    /* ITU-T is written with its hyphen. */
    if (i == 5 && out[3] == ' ')
        out[3] = '-';
}

static void add_references(struct writer *w, xmlNodePtr meta)
{
    const char *author = w->id->named.author;
    xmlNodePtr list = add_value(w, meta, "references", "source", "#clausier");
    xmlNodePtr node = add_value(w, list, "TLCOrganization", "eId", author);
    char shown[40];

    buf_clear(&w->value);
    buf_printf(&w->value, "/akn/ontology/organization/un/%s", author);
    tree_set(w->tree, node, "href", buf_text(&w->value));
    show_author(shown, sizeof shown, author);
    tree_set(w->tree, node, "showAs", shown);
    node = add_value(w, list, "TLCProcess", "eId", "clausier");
    tree_set(w->tree, node, "href", "/akn/ontology/process/un/clausier");
    tree_set(w->tree, node, "showAs", "clausier");
}

/* What was taken out of the flow of the text. */
static void add_asides(struct writer *w, xmlNodePtr meta,
                       const struct lines *lines)
{
    xmlNodePtr all;

    if (!lines->aside_count)
        return;
    all = add_value(w, meta, "proprietary", "source", "#clausier");
    for (size_t i = 0; i < lines->aside_count; i++) {
        const struct aside *aside = &lines->asides[i];
        xmlNodePtr node = tree_add_source(w->tree, all, aside->name);

        tree_set_origin(w->tree, node, aside->origin);
        tree_text(w->tree, node, aside->text);
    }
}

static xmlNodePtr add_meta(struct writer *w, xmlNodePtr doc)
{
    xmlNodePtr meta = doc ? tree_add_before(w->tree, doc->children, "meta")
                          : NULL;

    add_identification(w, meta, strcmp(w->component, "!main") == 0);
    return meta;
}

/* "!annex_1": the label where the annex has one, else its position. */
static void name_component(struct writer *w, const xmlNode *doc, unsigned n)
{
    const char *name = tree_get(doc, "name");
    struct span label = { "", 0 };
    char number[24] = "";

    for (xmlNodePtr p = tree_child(tree_child(doc, "preface"), "p"); p;
         p = p->next)
        if (tree_has_class(p, "label") && p->children && p->children->children &&
            p->children->children->content)
            label = span_of((const char *)p->children->children->content);
    for (size_t i = label.len; i > 0 && isalnum((unsigned char)label.at[i - 1]) &&
                               label.len - i < sizeof number; i--)
        slug(number, sizeof number,
             (struct span){ label.at + i - 1, label.len - i + 1 }, false);
    if (!number[0] || strlen(number) > 6)
        snprintf(number, sizeof number, "%u", n);
    snprintf(w->component, sizeof w->component, "!%s_%s", name ? name : "annex",
             number);
}

static void write_attachments(struct writer *w, xmlNodePtr doc)
{
    xmlNodePtr all = tree_child(doc, "attachments");
    unsigned n = 0;

    for (xmlNodePtr a = all ? all->children : NULL; a; a = a->next) {
        xmlNodePtr inner = tree_child(a, "doc");

        name_component(w, inner, ++n);
        add_meta(w, inner);
    }
}

static void set_languages(struct tree *tree, xmlNodePtr doc, const char *tag)
{
    static const char *const areas[] = { "preface", "mainBody",
                                         "conclusions" };

    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        tree_set_lang(tree, tree_child(doc, areas[i]), tag);
}

void identify_write(const struct identity *id, struct tree *tree,
                    const struct grammar *grammar, const struct lines *lines)
{
    struct writer w = { .id = id, .tree = tree, .language = grammar->language,
                        .component = "!main" };
    xmlNodePtr doc = tree->failed
                         ? NULL
                         : tree_child(xmlDocGetRootElement(tree->doc), "doc");
    xmlNodePtr all, meta;

    if (!doc)
        return;
    snprintf(w.expression, sizeof w.expression, "%s/%s@%s", id->work,
             grammar->language, id->date);
    tree_rename(tree, doc, id->root);
    tree_set(tree, doc, "name", id->name);
    meta = add_meta(&w, doc);
    add_references(&w, meta);
    add_asides(&w, meta, lines);
    set_languages(tree, doc, grammar->tag);
    write_attachments(&w, doc);
    all = tree_child(doc, "attachments");
    for (xmlNodePtr a = all ? all->children : NULL; a; a = a->next)
        set_languages(tree, tree_child(a, "doc"), grammar->tag);
    tree->failed |= w.value.failed;
    buf_free(&w.value);
}
