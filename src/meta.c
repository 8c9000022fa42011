/* Writes what a document is into the tree, as FRBR metadata of it and of its
 * annexes. IRIs follow AKN4UN. */
#include "meta.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "number.h"

struct writer {
    const struct identity *id;
    struct draft *draft;
    const char *language; /* fra */
    char expression[200];
    char component[64];   /* "!main", "!annex_1" */
    struct buf value;
};

static struct node *add_value(struct writer *w, struct node *parent,
                              const char *name, const char *attribute,
                              const char *value)
{
    struct node *node = draft_add(w->draft, parent, name);

    draft_set(w->draft, node, attribute, value);
    return node;
}

static void add_iris(struct writer *w, struct node *parent, const char *iri,
                     const char *suffix)
{
    buf_clear(&w->value);
    buf_printf(&w->value, "%s/%s%s", iri, w->component, suffix);
    add_value(w, parent, "FRBRthis", "value", buf_text(&w->value));
    buf_clear(&w->value);
    buf_printf(&w->value, "%s%s", iri, suffix);
    add_value(w, parent, "FRBRuri", "value", buf_text(&w->value));
}

static void add_date(struct writer *w, struct node *parent, const char *name)
{
    struct node *date = add_value(w, parent, "FRBRdate", "date", w->id->date);

    draft_set(w->draft, date, "name", name);
}

static void add_author(struct writer *w, struct node *parent,
                       const char *author)
{
    buf_clear(&w->value);
    buf_printf(&w->value, "#%s", author);
    add_value(w, parent, "FRBRauthor", "href", buf_text(&w->value));
}

static void add_identification(struct writer *w, struct node *meta, bool main)
{
    const struct identity *id = w->id;
    struct node *all =
        add_value(w, meta, "identification", "source", "#clausier");
    struct node *work = draft_add(w->draft, all, "FRBRWork");
    struct node *expression = draft_add(w->draft, all, "FRBRExpression");
    struct node *manifestation = draft_add(w->draft, all, "FRBRManifestation");

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

static void add_references(struct writer *w, struct node *meta)
{
    const char *author = w->id->named.author;
    struct node *list = add_value(w, meta, "references", "source", "#clausier");
    struct node *node = add_value(w, list, "TLCOrganization", "eId", author);
    char shown[40];

    buf_clear(&w->value);
    buf_printf(&w->value, "/akn/ontology/organization/un/%s", author);
    draft_set(w->draft, node, "href", buf_text(&w->value));
    show_author(shown, sizeof shown, author);
    draft_set(w->draft, node, "showAs", shown);
    node = add_value(w, list, "TLCProcess", "eId", "clausier");
    draft_set(w->draft, node, "href", "/akn/ontology/process/un/clausier");
    draft_set(w->draft, node, "showAs", "clausier");
}

/* What a mark stands for, as converters write it. */
static void add_mark(struct writer *w, struct node *node,
                     const struct mark *mark)
{
    bool image = mark->type == MARK_IMAGE;
    struct span text = image ? mark->label : mark->text;

    draft_text(w->draft, node, mark->typed);
    if (!image && !text.len)
        return;
    draft_text(w->draft, node, span_of("["));
    draft_text(w->draft, node, image ? span_of("image") : mark->label);
    draft_text(w->draft, node, span_of(": "));
    draft_text(w->draft, node, text);
    draft_text(w->draft, node, span_of("]"));
}

/* An image or the call of a note may stand beside the number of a page. */
static void add_aside(struct writer *w, struct node *node,
                      const struct lines *lines, struct span text)
{
    size_t at = 0, done = 0;

    for (; at < text.len; at++) {
        size_t next = at;
        const struct mark *mark = lines_mark(lines, text, &next);

        if (!mark)
            continue;
        draft_text(w->draft, node, span_between(text.at + done, text.at + at));
        add_mark(w, node, mark);
        done = next;
        at = next - 1;
    }
    draft_text(w->draft, node, span_between(text.at + done, text.at + at));
}

/* What was taken out of the flow of the text. */
static void add_asides(struct writer *w, struct node *meta,
                       const struct lines *lines)
{
    struct node *all;

    if (!lines->aside_count)
        return;
    all = add_value(w, meta, "proprietary", "source", "#clausier");
    for (size_t i = 0; i < lines->aside_count; i++) {
        const struct aside *aside = &lines->asides[i];
        struct node *node = draft_add(w->draft, all, aside->name);

        draft_set_origin(w->draft, node, aside->origin);
        add_aside(w, node, lines, aside->text);
    }
}

static struct node *add_meta(struct writer *w, struct node *doc)
{
    struct node *meta =
        doc ? draft_add_before(w->draft, doc->children, "meta") : NULL;

    add_identification(w, meta, strcmp(w->component, "!main") == 0);
    return meta;
}

/* Whether what follows byte `at` is the rest of a word: "ndice" in "Apéndice".
 */
static bool is_in_word(struct span text, size_t at)
{
    int32_t end = (int32_t)at;
    UChar32 c = 0;

    if (at > 0)
        U8_PREV(text.at, 0, end, c);
    return u_isalpha(c) && !u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
}

/* What an annex is called, as all languages have it; nothing for a word alone.
 */
static void write_label(struct writer *w, char *out, size_t size,
                        struct span label, bool appendix, unsigned n)
{
    struct buf id = { 0 };
    size_t at = label.len;

    while (at > 0 && isalnum((unsigned char)label.at[at - 1]))
        at--;
    if (at < label.len && is_in_word(label, at))
        at = 0;
    if (at > 0 && at < label.len)
        label = (struct span){ label.at + at, label.len - at };
    /* The ninth of lettered ones is no first one. */
    if (at > 0)
        number_write_part(&id, label,
                          appendix || (n == 9 && span_is(label, "I")),
                          w->draft->numerals);
    if (!id.failed)
        snprintf(out, size, "%s", buf_text(&id));
    w->draft->failed |= id.failed;
    buf_free(&id);
}

/* "!annex_1": the label where the annex has one, else its position. */
static void name_component(struct writer *w, const struct node *doc, unsigned n)
{
    const char *name = draft_get(doc, "name");
    struct span label = { "", 0 };
    char number[24] = "";

    for (struct node *p = draft_child(draft_child(doc, "preface"), "p"); p;
         p = p->next) {
        /* The text that it is annexed to may be named before it. */
        struct node *called = draft_child(p, "docNumber");

        if (!called)
            called = p->children;
        if (draft_has_class(p, "label") && draft_first_text(called).len)
            label = draft_first_text(called);
    }
    write_label(w, number, sizeof number, label,
                name && strcmp(name, "appendix") == 0, n);
    if (!number[0] || strlen(number) > 6)
        snprintf(number, sizeof number, "%u", n);
    snprintf(w->component, sizeof w->component, "!%s_%s", name ? name : "annex",
             number);
}

/* What an annex is called has been the name of one before it: annexes may have
 * annexes. The window keeps this linear. */
enum { NAMED_WINDOW = 32 };

static void name_apart(struct writer *w, unsigned n,
                       char (*names)[sizeof w->component])
{
    size_t len = strlen(w->component);

    for (unsigned i = 0; i < n - 1 && i < NAMED_WINDOW; i++)
        if (strcmp(names[i], w->component) == 0) {
            snprintf(w->component + len, sizeof w->component - len, "_%u", n);
            break;
        }
    memcpy(names[(n - 1) % NAMED_WINDOW], w->component, sizeof w->component);
}

static void write_attachments(struct writer *w, struct node *doc)
{
    struct node *all = draft_child(doc, "attachments");
    char names[NAMED_WINDOW][sizeof w->component];
    unsigned n = 0;

    for (struct node *a = all ? all->children : NULL; a; a = a->next) {
        struct node *inner = draft_child(a, "doc");

        name_component(w, inner, ++n);
        name_apart(w, n, names);
        add_meta(w, inner);
    }
}

/* A further version has its own. */
static void set_languages(struct draft *draft, struct node *doc,
                          const char *tag)
{
    static const char *const areas[] = { "preface", "mainBody",
                                         "conclusions" };
    const char *own = draft_get(draft_child(doc, "mainBody"), "xml:lang");

    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        draft_set(draft, draft_child(doc, areas[i]), "xml:lang", own ? own : tag);
}

void meta_write(const struct identity *id, struct draft *draft,
                const struct scanner *scanner, const struct lines *lines)
{
    const struct grammar *grammar = scanner->grammar;
    const char *script = scanner_script(scanner);
    char tag[sizeof grammar->tag + sizeof grammar->script];
    struct writer w = { .id = id,
                        .draft = draft,
                        .language = grammar->language,
                        .component = "!main" };
    struct node *doc = draft->failed ? NULL : draft_child(draft->root, "doc");
    struct node *all, *meta;

    if (!doc)
        return;
    snprintf(w.expression, sizeof w.expression, "%s/%s@%s", id->work,
             grammar->language, id->date);
    snprintf(tag, sizeof tag, "%s%s%s", grammar->tag, *script ? "-" : "",
             script);
    draft_rename(doc, id->root);
    draft_set(draft, doc, "name", id->name);
    meta = add_meta(&w, doc);
    add_references(&w, meta);
    add_asides(&w, meta, lines);
    set_languages(draft, doc, tag);
    write_attachments(&w, doc);
    all = draft_child(doc, "attachments");
    for (struct node *a = all ? all->children : NULL; a; a = a->next)
        set_languages(draft, draft_child(a, "doc"), tag);
    draft->failed |= w.value.failed;
    buf_free(&w.value);
}
