/* Gives every element of a tree the eId that the OASIS naming convention
 * wants (Akoma Ntoso Naming Convention 1.0, section 5), and finds elements by
 * it. */
#include "ids.h"

#include <stdint.h>
#include <string.h>

#include "fold.h"
#include "grammar.h"

/* What is counted by position within one unit. */
enum counter {
    COUNT_SECTION, /* without a number */
    COUNT_LIST,
    COUNT_ITEM,
    COUNT_P,
    COUNT_TABLE,
    COUNT_TOC,
    COUNT_CONTAINER,
    COUNT_NOTE,
    COUNT_COUNTERS
};

/* An element whose eId is the prefix of what stands in it. */
struct unit {
    struct span id;       /* "sec_1-2"; empty for the main document */
    struct span part;     /* "" or "att_1__": prefix of numbered sections */
    struct span scope;    /* prefix of the sections in it */
    struct span article;  /* the one that it stands in, or empty */
    bool counts_p;        /* its paragraphs have eIds */
    bool section;
    unsigned counts[COUNT_COUNTERS];
};

struct pass {
    struct ids *ids;
    struct draft *draft;
    struct diag *diag;
    struct buf id;
    unsigned attachments;
};

static void walk(struct pass *p, struct node *parent, struct unit *unit);

/* ---- making ids --------------------------------------------------------------- */

static void begin(struct pass *p, struct span prefix, const char *name)
{
    buf_clear(&p->id);
    buf_add_span(&p->id, prefix);
    if (prefix.len && !(prefix.len > 1 && prefix.at[prefix.len - 1] == '_'))
        buf_puts(&p->id, "__");
    buf_puts(&p->id, name);
}

static void add_count(struct pass *p, char before, unsigned count)
{
    buf_putc(&p->id, before);
    buf_put_unsigned(&p->id, count);
}

static struct span finish(struct pass *p, struct node *node)
{
    const char *id;

    p->draft->failed |= p->id.failed;
    id = draft_set(p->draft, node, "eId", buf_text(&p->id));
    return span_of(id ? id : "");
}

static struct span finish_unique(struct pass *p, struct node *node)
{
    struct ids *ids = p->ids;
    struct node *first = ids_find(ids, buf_text(&p->id));
    struct span id;

    if (p->draft->failed || p->id.failed)
        return (struct span){ "", 0 };
    if (first) {
        const char *repeated = draft_get(first, "eId");
        uintptr_t times = shelf_get(&ids->times, repeated);

        times = times ? times + 1 : 2;
        p->draft->failed |= !shelf_put(&ids->times, repeated, times);
        diag_say(p->diag, CLAUSIER_WARNING,
                 (struct place){ .line = draft_line(node) }, "eid-repeated",
                 "there is another \"%s\" before this one; it is given \"_%u\"",
                 repeated, (unsigned)times);
        add_count(p, '_', (unsigned)times);
    }
    id = finish(p, node);
    p->draft->failed |= !shelf_put(&ids->nodes, id.at, (uintptr_t)node);
    return id;
}

/* How a label counts that no rule of ours has read: by its own look. */
static enum count count_of_label(const struct node *num, struct span label)
{
    const struct rule *rule = num->rule;

    if (rule)
        return rule->count;
    for (size_t i = 0; i < label.len; i++)
        if (is_digit(label.at[i]))
            return COUNT_DECIMAL;
    return COUNT_ALPHA;
}

/* "Q1." and "Question 1:" have one name beside clause 1. */
static bool is_query(const struct node *node)
{
    const struct node *num = draft_child(node, "num");

    return num && num->rule && rule_is(num->rule, "query");
}

static struct span behind_letters(struct span label)
{
    while (label.len && (label.at[0] < '0' || label.at[0] > '9')) {
        label.at++;
        label.len--;
    }
    return label;
}

/* "B1.", the first question of part B: "Q1." has the letter of its word. */
static bool has_letter_of_part(struct span label)
{
    return label.len > 1 && label.at[0] >= 'A' && label.at[0] <= 'H' &&
           is_digit(label.at[1]);
}

/* Whether the letters of the list are Cyrillic: that of the item, or of the
 * second one where this looks like a Latin letter. */
static bool is_cyrillic(const struct node *item)
{
    const struct node *second = draft_child(item->parent, "item");

    second = second ? second->next : NULL;
    return number_is_cyrillic(draft_first_text(draft_child(item, "num"))) ||
           (second &&
            number_is_cyrillic(draft_first_text(draft_child(second, "num"))));
}

/* Adds "_" and the number of the element's `num`; false where it has none. */
static bool add_number(struct pass *p, const struct node *node)
{
    const struct node *num = draft_child(node, "num");
    struct span label = draft_first_text(num);
    size_t before = p->id.len;
    enum count count;
    char text[NUMBER_TEXT];

    if (!label.len)
        return false;
    if (is_query(node) && !has_letter_of_part(label))
        label = behind_letters(label);
    count = count_of_label(num, label);
    if (count == COUNT_NONE)
        return false;
    buf_putc(&p->id, '_');
    if (p->draft->turned && count == COUNT_DECIMAL)
        label = number_turn(text, label);
    if (draft_is(node, "section") && ids_is_chapter(node))
        number_write_chapter(&p->id, label, count, p->draft->numerals);
    else if (!(count == COUNT_ALPHA && draft_is(node, "item") &&
               is_cyrillic(node) &&
               number_write_place(&p->id, label, p->draft->numerals)))
        number_write_id(&p->id, label, count, p->draft->numerals);
    if (p->id.len == before + 1)
        p->id.len = before;
    return p->id.len > before;
}

/* ---- one kind of element after the other ------------------------------------------ */

static void counted(struct pass *p, struct node *node, struct unit *unit,
                    enum counter counter, const char *name, bool inner)
{
    struct unit own = { 0 };

    begin(p, unit->id, name);
    add_count(p, '_', ++unit->counts[counter]);
    own.id = finish(p, node);
    own.part = own.scope = unit->part;
    own.counts_p = counter == COUNT_CONTAINER;
    walk(p, node, inner ? &own : unit);
}

static void do_list(struct pass *p, struct node *node, struct unit *unit)
{
    counted(p, node, unit, COUNT_LIST, "list", true);
}

static void do_table(struct pass *p, struct node *node, struct unit *unit)
{
    counted(p, node, unit, COUNT_TABLE, "table", true);
}

static void do_toc(struct pass *p, struct node *node, struct unit *unit)
{
    counted(p, node, unit, COUNT_TOC, "toc", true);
}

static void do_container(struct pass *p, struct node *node, struct unit *unit)
{
    counted(p, node, unit, COUNT_CONTAINER, "container", true);
}

static void do_note(struct pass *p, struct node *node, struct unit *unit)
{
    counted(p, node, unit, COUNT_NOTE, "authorialNote", true);
}

/* Those of them that turn out to be words go later: only what is left is
 * counted. */
static void do_reference(struct pass *p, struct node *node, struct unit *unit)
{
    begin(p, unit->id, node->name);
    finish(p, node);
    walk(p, node, unit);
}

static void do_p(struct pass *p, struct node *node, struct unit *unit)
{
    if (unit->counts_p || draft_has_class(node, "caption"))
        counted(p, node, unit, COUNT_P, "p", false);
    else
        walk(p, node, unit);
}

struct span ids_part_name(const struct node *attachment)
{
    struct node *preface =
        draft_child(draft_child(attachment, "doc"), "preface");

    return draft_first_text(
        draft_child(draft_child(preface, "p"), "docNumber"));
}

bool ids_is_unnumbered(const struct node *attachment)
{
    struct span name = ids_part_name(attachment);

    return name.len && !memchr(name.at, ' ', name.len) &&
           !is_digit(name.at[name.len - 1]);
}

/* Chapters have numbers of their own above those of the clauses. */
bool ids_is_chapter(const struct node *node)
{
    const struct node *num = draft_child(node, "num");
    const struct rule *rule = num ? num->rule : NULL;

    return rule && rule->level == 1;
}

bool ids_is_article(const struct node *node)
{
    const struct node *num = draft_child(node, "num");
    const struct rule *rule = num ? num->rule : NULL;

    return rule && rule_is(rule, "article");
}

/* "2", but not "2.1", begins anew in each article. */
static bool is_paragraph(const struct node *node, const struct unit *unit)
{
    char plain[FOLD_SHORT];
    struct span label =
        fold_short(plain, draft_first_text(draft_child(node, "num")));
    const char *dot = label.len ? memchr(label.at, '.', label.len) : NULL;

    return unit->article.len && !ids_is_article(node) &&
           (!dot || dot + 1 == label.at + label.len);
}

/* The number of what the section stands in comes first in that, if it has one:
 * the body of a text has none among all of its sections. */
static const struct node *number_around(const struct node *section)
{
    const struct node *first = section->parent->children;

    return draft_is(first, "num") ? first : NULL;
}

/* The first clause or article below a heading, and its number. */
static const struct node *first_below(const struct node *section,
                                      struct number *number)
{
    const struct node *inner = draft_child(section, "section"), *num;

    while (inner && !draft_child(inner, "num") &&
           !draft_has_class(inner, "proposal"))
        inner = draft_child(inner, "section");
    num = draft_child(inner, "num");
    return num && number_read(number, draft_first_text(num),
                              num->rule ? num->rule->count : COUNT_DECIMAL,
                              NULL)
               ? inner
               : NULL;
}

static const struct node *next_section(const struct node *node)
{
    do
        node = node->next;
    while (node && !draft_is(node, "section"));
    return node;
}

/* The first clause or article of a chapter, or below a heading without number.
 */
static const struct node *first_inside(const struct node *section,
                                       struct number *number)
{
    while (section && ids_is_chapter(section) &&
           ids_is_chapter(draft_child(section, "section")))
        section = draft_child(section, "section");
    return draft_child(section, "num") && !ids_is_chapter(section)
               ? NULL
               : first_below(section, number);
}

/* Clauses and articles that are counted through headings and chapters begin
 * below the first of these; a heading may lead to chapters, and have none. */
enum { EMPTY_MAX = 4 };

static bool counts_through(const struct node *section,
                           const struct node *article)
{
    const struct node *next = next_section(section), *other;
    struct number number;

    for (unsigned i = 0; next && i < EMPTY_MAX && !draft_child(next, "num") &&
                         !draft_child(next, "section");
         i++)
        next = next_section(next);
    other = next ? first_inside(next, &number) : NULL;
    return other && ids_is_article(article) == ids_is_article(other) &&
           number.at[0] > 1;
}

/* Below a heading between clause 2 and clause 3, or 1.2 and 1.3. */
static bool goes_on(const struct node *section)
{
    const struct node *inner, *around = number_around(section);
    struct number number, outer;

    inner = first_below(section, &number);
    if (!inner)
        return false;
    return number.at[0] > 1 || counts_through(section, inner) ||
           ((number_last(&number) > 1 || number.depth > 1) && around &&
            number_read(&outer, draft_first_text(around), COUNT_DECIMAL,
                        NULL) &&
            outer.at[0] == number.at[0]);
}

/* A chapter whose clauses are counted again, as those of a questionnaire are. */
static bool begins_again(struct pass *p, const struct node *chapter,
                         const struct unit *unit)
{
    const struct node *first = draft_child(chapter, "section");

    while (first && ids_is_chapter(first))
        first = draft_child(first, "section");
    if (!first || ids_is_article(first))
        return false;
    begin(p, unit->scope, "sec");
    return add_number(p, first) && ids_find(p->ids, buf_text(&p->id));
}

/* "1.1" below "1.0" is no clause that this one quotes. */
static bool is_below_nought(const struct number *inner,
                            const struct number *outer)
{
    return outer->depth == 2 && outer->at[1] == 0 && inner->depth == 2 &&
           inner->at[0] == outer->at[0];
}

/* A clause that quotes a decision, whose clauses count for themselves. */
bool ids_is_quoting(const struct node *node)
{
    struct node *first = draft_child(node, "section");
    const struct node *num = draft_child(node, "num");
    const struct node *inner = draft_child(first, "num");
    struct number number, own;

    return num && inner && num->rule && inner->rule && num->rule->level > 1 &&
           num->rule->level == inner->rule->level && !ids_is_article(node) &&
           number_read(&own, draft_first_text(num), num->rule->count, NULL) &&
           number_read(&number, draft_first_text(inner), inner->rule->count,
                       NULL) &&
           number.depth <= own.depth && !is_below_nought(&number, &own);
}

/* A decimal number does not restart inside a part, so it stands alone; inside
 * a section without a number, in an article, in a chapter that begins again, or
 * in a clause that quotes, it may restart, and that one is its prefix. */
static void do_section(struct pass *p, struct node *node, struct unit *unit)
{
    struct unit own = { .part = unit->part, .scope = unit->scope,
                        .article = unit->article, .section = true };

    if (ids_is_chapter(node) && draft_is(node->parent, "section") &&
        ids_is_chapter(node->parent))
        begin(p, unit->id, "chp");
    else
        begin(p, is_paragraph(node, unit) ? unit->article : unit->scope,
              ids_is_chapter(node) ? "chp" : is_query(node) ? "sec_q" : "sec");
    if (!add_number(p, node)) {
        begin(p, unit->section ? unit->id : unit->scope, "sec_nn");
        add_count(p, '-', ++unit->counts[COUNT_SECTION]);
        own.id = finish_unique(p, node);
        if (!goes_on(node)) {
            own.scope = own.id;
            if (draft_has_class(node, "proposal")) /* a text of its own */
                own.article = (struct span){ 0 };
        }
    } else {
        own.id = finish_unique(p, node);
        if ((ids_is_chapter(node) && begins_again(p, node, unit)) ||
            ids_is_quoting(node))
            own.scope = own.id;
    }
    if (ids_is_article(node))
        own.article = own.id;
    walk(p, node, &own);
}

static void do_item(struct pass *p, struct node *node, struct unit *unit)
{
    struct unit own = { .part = unit->part, .scope = unit->scope };

    unit->counts[COUNT_ITEM]++;
    begin(p, unit->id, "item");
    if (!add_number(p, node))
        add_count(p, '_', unit->counts[COUNT_ITEM]);
    own.id = finish_unique(p, node);
    walk(p, node, &own);
}

/* content, intro, wrapUp: a name of their own, but not a level. */
static void do_wrapper(struct pass *p, struct node *node, struct unit *unit)
{
    begin(p, unit->id, node->name);
    finish(p, node);
    walk(p, node, unit);
}

static void do_area(struct pass *p, struct node *node, struct unit *unit)
{
    bool body = draft_is(node, "mainBody");
    struct unit own = { .part = unit->part, .scope = unit->part };

    begin(p, unit->part, body ? "body" : node->name);
    own.id = finish_unique(p, node);
    own.counts_p = !draft_is(node, "conclusions");
    walk(p, node, &own);
}

static void do_attachment(struct pass *p, struct node *node, struct unit *unit)
{
    struct unit own = { 0 };
    struct buf part = { 0 };

    (void)unit;
    begin(p, (struct span){ "", 0 }, "att");
    add_count(p, '_', ++p->attachments);
    own.id = finish_unique(p, node);
    buf_add_span(&part, own.id);
    buf_puts(&part, "__");
    p->draft->failed |= part.failed;
    own.part = own.scope = arena_copy(&p->draft->arena, buf_span(&part));
    buf_free(&part);
    walk(p, node, &own);
}

static void do_nothing(struct pass *p, struct node *node, struct unit *unit)
{
    (void)p;
    (void)node;
    (void)unit;
}

static const struct {
    const char *name;
    void (*assign)(struct pass *p, struct node *node, struct unit *unit);
} elements[] = {
    { "p", do_p },
    { "section", do_section },
    { "content", do_wrapper },
    { "item", do_item },
    { "ref", do_reference },
    { "num", do_nothing },
    { "blockList", do_list },
    { "intro", do_wrapper },
    { "wrapUp", do_wrapper },
    { "table", do_table },
    { "toc", do_toc },
    { "container", do_container },
    { "authorialNote", do_note },
    { "rref", do_reference },
    { "mref", do_reference },
    { "preface", do_area },
    { "mainBody", do_area },
    { "conclusions", do_area },
    { "attachment", do_attachment },
    { "meta", do_nothing },
};

static void walk(struct pass *p, struct node *parent, struct unit *unit)
{
    for (struct node *node = parent->children; node && !p->draft->failed;
         node = node->next) {
        size_t i = 0;

        if (!node->name)
            continue;
        while (i < sizeof elements / sizeof *elements &&
               !draft_is(node, elements[i].name))
            i++;
        if (i < sizeof elements / sizeof *elements)
            elements[i].assign(p, node, unit);
        else
            walk(p, node, unit);
    }
}

/* A repeated call of a note points at the note, whose eId is known only now. */
static void link_note_refs(struct pass *p, struct node *root)
{
    for (struct node *node = root; node && !p->draft->failed;
         node = draft_next(node, root, true)) {
        const char *id;

        if (!draft_is(node, "noteRef") || !node->note)
            continue;
        id = draft_get(node->note, "eId");
        buf_clear(&p->id);
        buf_printf(&p->id, "#%s", id ? id : "");
        draft_set(p->draft, node, "href", buf_text(&p->id));
    }
}

void ids_assign(struct ids *ids, struct draft *draft, struct diag *diag)
{
    struct pass p = { .ids = ids, .draft = draft, .diag = diag };
    struct unit unit = { .id = { "", 0 }, .part = { "", 0 },
                         .scope = { "", 0 } };
    struct node *root;

    if (draft->failed)
        return;
    root = draft->root;
    walk(&p, root, &unit);
    link_note_refs(&p, root);
    buf_free(&p.id);
}

static bool is_reference(const struct node *node)
{
    return draft_is(node, "ref") || draft_is(node, "rref") ||
           draft_is(node, "mref");
}

/* Counts under the eId that they all have, which no other element can. */
void ids_number_references(struct draft *draft)
{
    struct shelf counts = { 0 };
    struct buf id = { 0 };

    for (struct node *node = draft->root; node && !draft->failed;
         node = draft_next(node, draft->root, true)) {
        const char *all = is_reference(node) ? draft_get(node, "eId") : NULL;
        uintptr_t count;

        if (!all)
            continue;
        count = shelf_get(&counts, all) + 1;
        draft->failed |= !shelf_put(&counts, all, count);
        buf_clear(&id);
        buf_printf(&id, "%s_%u", all, (unsigned)count);
        draft->failed |= id.failed;
        draft_set(draft, node, "eId", buf_text(&id));
    }
    buf_free(&id);
    shelf_free(&counts);
}

struct node *ids_find(const struct ids *ids, const char *id)
{
    return (struct node *)shelf_get(&ids->nodes, id);
}

void ids_free(struct ids *ids)
{
    shelf_free(&ids->nodes);
    shelf_free(&ids->times);
}
