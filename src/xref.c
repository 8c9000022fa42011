/* Binds the references of a tree to what they name. */
#include "xref.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include "clausier.h"
#include "labels.h"

enum status { DANGLING, PARTIAL, RESOLVED };

/* "PART 2": the rule for references that takes its number, and the label. */
struct chapter {
    struct node *section;
    const struct rule *rule;
    struct span label;
};

struct binder {
    struct draft *draft;
    struct ids *ids;
    struct scanner *scanner;
    const struct identity *self;
    const struct xrefs *xrefs;
    struct named amended;   /* by this document, or without a type */
    struct node *doc;
    struct node **captions; /* in document order */
    struct node **headings; /* without a number: their sections */
    struct chapter *chapters;
    size_t caption_count, heading_count, chapter_count;
    size_t spent;           /* on comparing, so far */
    struct buf id, text;
};

/* More than honest documents need. A text of nothing but captions and
 * references to them, say, would take as many squared. */
enum { SPENT_MAX = 4000000, COMPARISON = 1, MATCH = 8 };

/* Whether a comparison of this cost may be made: references to what stands
 * behind too many others lead nowhere. */
static bool spend(struct binder *b, size_t cost)
{
    if (b->spent >= SPENT_MAX)
        return false;
    b->spent += cost;
    return true;
}

static struct node *ancestor(struct node *node, const char *name)
{
    while (node && !draft_is(node, name))
        node = node->parent;
    return node;
}

/* "att_1__" or "": the part that a node stands in. */
static void add_part(struct buf *out, struct node *node)
{
    struct node *attachment = ancestor(node, "attachment");

    if (attachment)
        buf_printf(out, "%s__", draft_get(attachment, "eId"));
}

/* Cuts the last number off "sec_2-1-3"; false where none is left. */
static bool shorten(struct buf *id, size_t start)
{
    while (id->len > start && id->at[id->len - 1] != '-')
        id->len--;
    if (id->len <= start)
        return false;
    id->at[--id->len] = '\0';
    return id->len > start;
}

/* A label from left to right, however numbers are typed. */
static struct span straight(const struct binder *b, char text[NUMBER_TEXT],
                            struct span label)
{
    return b->scanner->turned ? number_turn(text, label) : label;
}

/* The label of a clause as eIds have it. */
static void write_clause(struct buf *out, const struct binder *b,
                         struct span label)
{
    char text[NUMBER_TEXT];

    number_write_id(out, straight(b, text, label), COUNT_DECIMAL);
}

/* Looks for `prefix` + "sec_" + label, then for the sections above it. */
static struct node *find_section(struct binder *b, const char *prefix,
                                 struct span label, bool partly)
{
    struct node *found;
    size_t start;

    buf_clear(&b->id);
    buf_printf(&b->id, "%ssec_", prefix);
    start = b->id.len;
    write_clause(&b->id, b, label);
    found = ids_find(b->ids, buf_text(&b->id));
    while (partly && !found && shorten(&b->id, start))
        found = ids_find(b->ids, buf_text(&b->id));
    return found;
}

/* 第8节 where clauses are 八、: such a chapter is counted in Han numerals and has
 * no word of its own. */
static struct node *find_han_clause(struct binder *b, const char *prefix,
                                    struct span label)
{
    struct node *found;
    int32_t at = 0;
    UChar32 c = 0;
    struct span num;

    buf_clear(&b->id);
    buf_printf(&b->id, "%schp_", prefix);
    write_clause(&b->id, b, label);
    found = ids_find(b->ids, buf_text(&b->id));
    num = draft_first_text(draft_child(found, "num"));
    if (!num.len)
        return NULL;
    U8_NEXT(num.at, at, (int32_t)num.len, c);
    return u_getNumericValue(c) != U_NO_NUMERIC_VALUE &&
                   u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)
               ? found : NULL;
}

static struct node *attachments_of(const struct binder *b)
{
    return draft_child(b->doc, "attachments");
}

static bool has_label(const struct binder *b, const struct node *doc,
                      struct span label)
{
    struct node *p = draft_child(draft_child(doc, "preface"), "p");
    struct buf want = { 0 }, have = { 0 };
    bool same = false;

    for (; p && !same; p = p->next) {
        struct node *number = draft_child(p, "docNumber");

        if (!draft_first_text(number).len)
            continue;
        buf_clear(&have);
        buf_clear(&want);
        number_write_id(&have, labels_annex(draft_first_text(number)),
                        COUNT_DECIMAL);
        number_write_id(&want, label, COUNT_DECIMAL);
        same = want.len && span_equal(buf_span(&want), buf_span(&have));
    }
    b->draft->failed |= want.failed || have.failed;
    buf_free(&want);
    buf_free(&have);
    return same;
}

/* The attachment of this label: annexes are named by "Annex 2", appendices by
 * "Appendix I"; `name` NULL takes either. */
static struct node *find_attachment(struct binder *b, const char *name,
                                    struct span label)
{
    struct node *all = attachments_of(b);

    for (struct node *a = all ? all->children : NULL; a; a = a->next) {
        struct node *doc = draft_child(a, "doc");
        const char *is = draft_get(doc, "name");

        if (!spend(b, COMPARISON))
            break;
        if ((!name || (is && strcmp(is, name) == 0)) &&
            has_label(b, doc, label))
            return a;
    }
    return NULL;
}

/* The annex that a clause with its letter or number is of: "A" in A.2.1, "2" in
 * A2.3.1. */
static struct node *attachment_of(struct binder *b, struct span typed)
{
    char text[NUMBER_TEXT];
    struct span label = straight(b, text, typed);
    struct span letters = labels_letters(label), number = { label.at + 1, 0 };
    struct node *found =
        letters.len ? find_attachment(b, NULL, letters) : NULL;

    if (found || letters.len != 1 || letters.at[0] != 'A')
        return found;
    while (number.at + number.len < label.at + label.len &&
           u_isdigit((unsigned char)number.at[number.len]))
        number.len++;
    return number.len ? find_attachment(b, "annex", number) : NULL;
}

static bool begins_with(struct binder *b, const struct node *heading,
                        struct span title)
{
    struct span have = draft_content(&b->text, heading);

    return have.len >= title.len &&
           strncasecmp(have.at, title.at, title.len) == 0;
}

/* What the rule that takes a heading sees as its title: words such as "and"
 * before it belong to no reference. */
static bool is_titled(struct binder *b, const struct node *heading,
                      struct span title)
{
    struct folded folded = { 0 };
    struct finding f;
    bool same;

    if (begins_with(b, heading, title))
        return true;
    same = scanner_fold_text(b->scanner, &folded,
                             draft_content(&b->text, heading)) &&
           scanner_is(b->scanner, KIND_HEADING, &folded, &f) &&
           f.match.at[CAP_TITLE].len >= title.len &&
           strncasecmp(f.match.at[CAP_TITLE].at, title.at, title.len) == 0;
    folded_free(&folded);
    return same;
}

static struct node *titled_in(struct binder *b, struct node *parent,
                              struct span title)
{
    for (struct node *n = parent->children; n && spend(b, COMPARISON);
         n = n->next)
        if (draft_is(n, "section") && draft_child(n, "heading") &&
            !draft_child(n, "num") && spend(b, MATCH) &&
            is_titled(b, draft_child(n, "heading"), title))
            return n;
    return NULL;
}

/* The section that an unnumbered heading such as "resolves" opens, the nearest
 * one around first: a text that is proposed stands in a section of its own. */
static struct node *find_titled(struct binder *b, struct node *from,
                                struct span title)
{
    struct node *found = NULL;

    while (from && !found && !draft_is(from, "mainBody")) {
        from = from->parent;
        if (draft_is(from, "section") || draft_is(from, "mainBody"))
            found = titled_in(b, from, title);
    }
    return found;
}

/* 第二款 may be "2." or 二、. */
static enum count item_count(struct span label)
{
    for (int32_t at = 0; at < (int32_t)label.len;) {
        UChar32 c;

        U8_NEXT(label.at, at, (int32_t)label.len, c);
        if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC))
            return COUNT_HAN;
    }
    return COUNT_ALPHA;
}

/* What a label is compared by; `alike` takes "с" for the Latin letter that it
 * looks like. */
static void write_item(struct buf *out, struct span label, bool alike)
{
    int32_t at = 0;
    UChar32 c = 0;

    buf_clear(out);
    number_write_id(out, label, item_count(label));
    if (!alike || out->len != 2)
        return;
    U8_NEXT(out->at, at, 2, c);
    if (number_latin(c)) {
        out->len = 0;
        buf_putc(out, number_latin(c));
    }
}

static struct node *find_item_like(struct binder *b, struct node *top,
                                   struct span item, bool alike)
{
    struct buf have = { 0 }, want = { 0 };
    struct node *found = NULL;

    write_item(&want, item, alike);
    for (struct node *n = draft_next(top, top, true);
         n && !found && spend(b, COMPARISON);
         n = draft_next(n, top, !draft_is(n, "section"))) {
        /* The paragraphs of an article are sections. */
        bool counts = draft_is(n, "item") ||
                      (draft_is(n, "section") && n->parent == top);
        struct node *num = counts ? draft_child(n, "num") : NULL;

        if (!draft_first_text(num).len)
            continue;
        write_item(&have, draft_first_text(num), alike);
        if (span_equal(buf_span(&have), buf_span(&want)))
            found = n;
    }
    b->draft->failed |= have.failed || want.failed;
    buf_free(&have);
    buf_free(&want);
    return found;
}

static struct node *find_one_item(struct binder *b, struct node *top,
                                  struct span item)
{
    struct node *found = find_item_like(b, top, item, false);

    return found ? found : find_item_like(b, top, item, true);
}

/* "b) ii)": each item is looked for in the one before. `whole` tells whether
 * all were found; NULL where the first was not. */
static struct node *find_item(struct binder *b, struct node *section,
                              struct span items, bool *whole)
{
    struct node *found = NULL, *next = section;

    *whole = true;
    while (items.len && next) {
        const char *end = memchr(items.at, ')', items.len);
        size_t len = end ? (size_t)(end + 1 - items.at) : items.len;

        next = find_one_item(b, next,
                             span_trim((struct span){ items.at, len }));
        *whole &= next != NULL;
        found = next ? next : found;
        items = (struct span){ items.at + len, items.len - len };
    }
    return found;
}

/* A clause that stands in an unnumbered section of the body or section. */
enum { BESIDE_MAX = 64 };

static struct node *find_under(struct binder *b, const struct node *parent,
                               struct span label)
{
    struct node *found = NULL;
    size_t seen = 0;

    for (struct node *n = parent ? parent->children : NULL;
         n && !found && seen < BESIDE_MAX && spend(b, COMPARISON);
         n = n->next) {
        struct buf prefix = { 0 };

        if (!draft_is(n, "section") || draft_child(n, "num"))
            continue;
        seen++;
        buf_printf(&prefix, "%s__", draft_get(n, "eId"));
        found = find_section(b, buf_text(&prefix), label, false);
        b->draft->failed |= prefix.failed;
        buf_free(&prefix);
    }
    return found;
}

/* ... of the citing attachment. */
static struct node *find_beside(struct binder *b, struct node *from,
                                struct span label)
{
    return find_under(b, ancestor(from, "mainBody"), label);
}

/* Prefixes to look in, the citing place's own first: a heading, two sections
 * around that may count anew, an annex, the part, and the main body, whose
 * prefix is empty. */
enum { PREFIXES = 6 };

static void add_prefix(struct buf prefixes[], size_t *count,
                       const struct node *node)
{
    buf_printf(&prefixes[(*count)++], "%s__", draft_get(node, "eId"));
}

/* Their number; `titled` is the section under the heading that the reference
 * names, or NULL, and `attachment` the annex that it leads to. */
static size_t list_prefixes(struct buf prefixes[PREFIXES],
                            const struct xref *x, struct node *titled,
                            const struct node *attachment)
{
    size_t count = 0;

    if (x->part.at) {
        if (attachment)
            add_prefix(prefixes, &count, attachment);
        return count;
    }
    if (titled)
        add_prefix(prefixes, &count, titled);
    for (struct node *scope = x->main ? NULL : ancestor(x->node, "section");
         scope && count < 2; scope = ancestor(scope->parent, "section"))
        if (!draft_child(scope, "num") || ids_is_chapter(scope))
            add_prefix(prefixes, &count, scope);
    if (attachment)
        add_prefix(prefixes, &count, attachment);
    if (!x->main)
        add_part(&prefixes[count], x->node);
    return count + (prefixes[count].len > 0) + 1;
}

static struct node *find_clause(struct binder *b, const struct xref *x,
                                struct span label, enum status *status)
{
    struct buf prefixes[PREFIXES] = { { 0 } };
    size_t count;
    struct node *titled = NULL, *attachment, *found = NULL;

    if (x->title.at && !(titled = find_titled(b, x->node, x->title))) {
        *status = DANGLING;
        return NULL;
    }
    attachment = x->part.at ? find_attachment(b, NULL, labels_annex(x->part))
                            : attachment_of(b, label);
    count = list_prefixes(prefixes, x, titled, attachment);
    *status = RESOLVED;
    for (size_t i = 0; i < count && !found; i++) {
        found = find_section(b, buf_text(&prefixes[i]), label, false);
        if (!found && !x->main && !x->part.at && i + 1 < count)
            found = find_beside(b, x->node, label);
    }
    for (size_t i = 0; i < count && !found; i++)
        found = find_han_clause(b, buf_text(&prefixes[i]), label);
    if (!found && attachment)
        found = find_beside(
            b, draft_child(draft_child(attachment, "doc"), "mainBody"), label);
    /* A proposal that the section makes below. */
    if (!found && !x->main && !x->part.at)
        found = find_under(b, ancestor(x->node, "section"), label);
    for (size_t i = 0; i < count && !found; i++) {
        *status = PARTIAL;
        found = find_section(b, buf_text(&prefixes[i]), label, true);
    }
    if (!found && attachment) {
        *status = PARTIAL;
        found = attachment;
    }
    if (!found)
        *status = DANGLING;
    for (size_t i = 0; i < PREFIXES; i++) {
        b->draft->failed |= prefixes[i].failed;
        buf_free(&prefixes[i]);
    }
    return found;
}

/* ---- chapters ----------------------------------------------------------------- */

static void keep_chapter(struct binder *b, struct node *section)
{
    struct node *num = draft_child(section, "num");
    struct folded folded = { 0 };
    struct finding f;
    struct chapter *slot;

    if (!num || !num->rule || num->rule->level != 1)
        return;
    if (scanner_fold_text(b->scanner, &folded, draft_first_text(num)) &&
        scanner_is(b->scanner, KIND_REF, &folded, &f) &&
        f.match.at[CAP_NUM].len) {
        slot = array_push(&b->chapters, &b->chapter_count, sizeof *slot);
        b->draft->failed |= !slot;
        if (slot)
            *slot = (struct chapter){ section, f.rule, f.match.at[CAP_NUM] };
    }
    folded_free(&folded);
}

/* The value of a label with one number, as "2", "II" or "二"; 0 for others. */
static unsigned value_of(struct span label)
{
    static const enum count counts[] = { COUNT_DECIMAL, COUNT_ROMAN,
                                         COUNT_HAN };
    struct number number;

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (number_read(&number, label, counts[i], NULL, 0) &&
            number.depth == 1 && !number.prefix[0])
            return number.at[0];
    return 0;
}

/* The chapter of this kind and number in an attachment, or in the main body;
 * that of the part which the reference stands in goes before others. */
static struct node *chapter_in(struct binder *b, const struct xref *x,
                               unsigned value, const struct node *attachment)
{
    struct node *first = NULL;

    for (size_t i = 0; i < b->chapter_count && spend(b, COMPARISON); i++) {
        const struct chapter *c = &b->chapters[i];
        struct node *around = x->node;

        if (c->rule != x->rule || value_of(c->label) != value ||
            ancestor(c->section, "attachment") != attachment)
            continue;
        while (around && around != c->section->parent)
            around = around->parent;
        if (around && draft_is(around, "section"))
            return c->section;
        first = first ? first : c->section;
    }
    return first;
}

static struct node *find_chapter(struct binder *b, const struct xref *x,
                                 struct span label)
{
    unsigned value = b->chapter_count ? value_of(label) : 0;
    struct node *own = x->main ? NULL : ancestor(x->node, "attachment");
    struct node *found;

    if (!value || x->title.at)
        return NULL;
    if (x->part.at) {
        own = find_attachment(b, NULL, labels_annex(x->part));
        return own ? chapter_in(b, x, value, own) : NULL;
    }
    found = chapter_in(b, x, value, own);
    return found || !own ? found : chapter_in(b, x, value, NULL);
}

static bool names_chapter(const struct rule *rule)
{
    return rule_is(rule, "chapter") || rule_is(rule, "part");
}

/* ---- targets ------------------------------------------------------------------ */

static struct node *find_caption(struct binder *b, const struct xref *x,
                                 struct span label)
{
    for (size_t i = 0; i < b->caption_count && spend(b, MATCH); i++) {
        struct node *n = b->captions[i];
        struct folded folded = { 0 };
        struct finding f;
        bool found;

        /* Behind the label, a title may stand on a line of its own. */
        found = scanner_fold_text(b->scanner, &folded, draft_first_text(n)) &&
                scanner_is_named(b->scanner, KIND_CAPTION, x->rule->name,
                                 &folded, &f) &&
                span_equal(f.match.at[CAP_NUM], label);
        folded_free(&folded);
        if (found)
            return draft_is(n, "caption") ? n->parent : n;
    }
    return NULL;
}

/* "Section 3" is clause 3, or else a chapter that is called so. */
static struct node *find_numbered(struct binder *b, const struct xref *x,
                                  struct span label, enum status *status)
{
    struct node *found = names_chapter(x->rule)
                             ? NULL
                             : find_clause(b, x, label, status);
    struct node *chapter = found && *status == RESOLVED
                               ? NULL
                               : find_chapter(b, x, label);

    if (chapter)
        *status = RESOLVED;
    return chapter ? chapter : found;
}

/* The "Part 1" or "section 7" that the clause is said to stand in. */
static struct node *find_around(struct binder *b, const struct xref *x)
{
    struct xref around = { .node = x->node, .main = x->main };
    struct folded folded = { 0 };
    struct finding f;
    enum status status = DANGLING;
    struct node *found = NULL;

    if (scanner_fold_text(b->scanner, &folded, x->around) &&
        scanner_is(b->scanner, KIND_REF, &folded, &f) &&
        (rule_is(f.rule, "clause") || names_chapter(f.rule))) {
        around.rule = f.rule;
        found = find_numbered(b, &around, f.match.at[CAP_NUM], &status);
    }
    folded_free(&folded);
    return status == RESOLVED ? found : NULL;
}

static bool is_below(const struct node *node, const struct node *above)
{
    do
        node = node->parent;
    while (node && node != above);
    return node;
}

/* Clauses of a part may be counted anew, or through all parts. */
static struct node *find_clause_around(struct binder *b, const struct xref *x,
                                       struct span label, enum status *status)
{
    struct node *around = find_around(b, x), *found = NULL;
    struct buf prefix = { 0 };

    if (around) {
        buf_printf(&prefix, "%s__", draft_get(around, "eId"));
        *status = RESOLVED;
        found = find_section(b, buf_text(&prefix), label, false);
        if (!found)
            found = find_clause(b, x, label, status);
    }
    b->draft->failed |= prefix.failed;
    buf_free(&prefix);
    return found && *status == RESOLVED && is_below(found, around) ? found : NULL;
}

/* The annex whose name the text begins with, where no words tell annexes. */
static struct node *named_attachment(const struct binder *b, struct span text)
{
    for (size_t i = 0; i < b->xrefs->name_count; i++)
        if (name_begins(text, &b->xrefs->names[i]))
            return b->xrefs->annexes[i];
    return NULL;
}

/* Where the reference leads, and how far that is what it says. */
static struct node *find_target(struct binder *b, const struct xref *x,
                                struct span label, enum status *status)
{
    struct node *found, *item;
    bool whole;

    *status = RESOLVED;
    if (rule_is(x->rule, "annex") || rule_is(x->rule, "appendix")) {
        found = named_attachment(b, draft_first_text(x->node));
        if (!found)
            found = find_attachment(b, x->rule->name, label);
    } else if (rule_is(x->rule, "table") || rule_is(x->rule, "figure")) {
        found = find_caption(b, x, label);
    } else if (!label.len && x->title.at) {
        found = find_titled(b, x->node, x->title);
    } else if (!label.len && x->item.at) { /* "item b) above" */
        found = ancestor(x->node, "section");
    } else if (x->around.at) {
        found = find_clause_around(b, x, label, status);
    } else {
        found = find_numbered(b, x, label, status);
    }
    if (!found) {
        *status = DANGLING;
        return NULL;
    }
    if (x->item.at) {
        item = find_item(b, found, x->item, &whole);
        if (!whole && *status == RESOLVED)
            *status = PARTIAL;
        found = item ? item : found;
    }
    return found;
}

static const char *const status_names[] = { "dangling", "partial",
                                            "resolved" };

static void say_dangling(struct binder *b, const struct xref *x,
                         struct span label)
{
    diag_say(b->scanner->diag, CLAUSIER_WARNING,
             (struct place){ .line = draft_line(x->node) }, "ref-dangling",
             "there is no %s %.*s in this document", x->rule->name,
             (int)label.len, label.at ? label.at : "");
}

static void write_target(struct binder *b, struct buf *out,
                         const struct xref *x, struct span label,
                         enum status *worst)
{
    enum status status;
    struct node *target = find_target(b, x, label, &status);
    const char *id = target ? draft_get(target, "eId") : NULL;

    if (!id)
        status = DANGLING;
    *worst = status < *worst ? status : *worst;
    buf_putc(out, '#');
    if (id) {
        buf_puts(out, id);
        return;
    }
    say_dangling(b, x, label);
    if (rule_is(x->rule, "clause") || rule_is(x->rule, "operative")) {
        add_part(out, x->node);
        buf_puts(out, "sec_");
    } else {
        buf_printf(out, "%s_", x->rule->name);
    }
    if (label.len)
        write_clause(out, b, label);
    else
        buf_puts(out, "nn");
}

/* Where one reads from right to left, "5-3" is how "3-5" is typed. */
static void turn_range(const struct binder *b, struct xref *x)
{
    struct number first, last;
    struct span label;

    if (!x->last.len || !uloc_isRightToLeft(b->scanner->grammar->tag) ||
        !number_read(&first, x->label, COUNT_DECIMAL, NULL, 0) ||
        !number_read(&last, x->last, COUNT_DECIMAL, NULL, 0) ||
        !number_jumps(&first, &last))
        return;
    label = x->label;
    x->label = x->last;
    x->last = label;
}

/* "2 to 4", "a) to c)". */
static bool ends_range(const struct xref *x)
{
    return x->last.len || x->last_item.len;
}

static void bind_inside(struct binder *b, const struct xref *x)
{
    enum status status = RESOLVED;
    struct buf href = { 0 };

    write_target(b, &href, x, x->label, &status);
    draft_set(b->draft, x->node, ends_range(x) ? "from" : "href",
              buf_text(&href));
    if (ends_range(x)) {
        struct xref end = *x;

        end.item = x->last_item.len ? x->last_item : x->item;
        buf_clear(&href);
        write_target(b, &href, &end, x->last.len ? x->last : x->label,
                     &status);
        draft_set(b->draft, x->node, "upTo", buf_text(&href));
    }
    draft_set(b->draft, x->node, "src:status", status_names[status]);
    b->draft->failed |= href.failed;
    buf_free(&href);
}

static void write_outside(struct buf *out, const struct binder *b,
                          const struct xref *x, const struct named *doc,
                          struct span label)
{
    identify_iri(out, doc);
    if (rule_is(x->rule, "document"))
        return;
    if (x->title.at) { /* below which heading the number stands is not known */
        buf_puts(out, "/!main");
        return;
    }
    if (rule_is(x->rule, "table") || rule_is(x->rule, "figure")) {
        buf_printf(out, "/!main#%s_", x->rule->name);
        number_write_id(out, label, COUNT_DECIMAL);
        return;
    }
    if (!rule_is(x->rule, "clause") && !names_chapter(x->rule)) {
        buf_printf(out, "/!%s_", x->rule->name);
        number_write_id(out, label, COUNT_DECIMAL);
        return;
    }
    if (x->part.at) {
        buf_puts(out, "/!annex_");
        number_write_id(out, labels_annex(x->part), COUNT_DECIMAL);
    } else {
        buf_puts(out, "/!main");
    }
    buf_puts(out, names_chapter(x->rule) ? "#chp_" : "#sec_");
    write_clause(out, b, label);
}

static void bind_outside(struct binder *b, const struct xref *x)
{
    struct buf href = { 0 };

    write_outside(&href, b, x, x->doc, x->label);
    draft_set(b->draft, x->node, ends_range(x) ? "from" : "href",
              buf_text(&href));
    if (ends_range(x)) {
        buf_clear(&href);
        write_outside(&href, b, x, x->last_doc ? x->last_doc : x->doc,
                      x->last.len ? x->last : x->label);
        draft_set(b->draft, x->node, "upTo", buf_text(&href));
    }
    draft_set(b->draft, x->node, "src:status", "external");
    b->draft->failed |= href.failed;
    buf_free(&href);
}

static bool is_self(const struct binder *b, const struct named *doc)
{
    return doc && strcmp(doc->type, b->self->named.type) == 0 &&
           (strcmp(doc->author, b->self->named.author) == 0 ||
            strcmp(doc->author, "itu") == 0) &&
           strcmp(doc->number, b->self->named.number) == 0;
}

static bool is_all_digits(struct span label)
{
    size_t i = 0;

    while (i < label.len && u_isdigit((unsigned char)label.at[i]))
        i++;
    return label.len && i == label.len;
}

static bool is_within(struct node *node, const char *name, const char *class)
{
    while (node && !(draft_is(node, name) &&
                     (!class || draft_has_class(node, class))))
        node = node->parent;
    return node;
}

/* What a proposal would change has annexes and clauses that are not in the
 * document; and the heading of an annex names itself. */
static bool is_of_other_text(struct binder *b, const struct xref *x)
{
    bool annex = rule_is(x->rule, "annex") || rule_is(x->rule, "appendix");
    enum status status;

    return !x->doc && (annex || rule_is(x->rule, "clause")) &&
           (is_within(x->node, "section", "proposal") ||
            (annex && is_within(x->node, "heading", NULL))) &&
           !find_target(b, x, x->label, &status);
}

/* "This Recommendation" in what is none: a text that stands in it, or that it
 * speaks of. */
static bool says_other(const struct binder *b, const struct xref *x)
{
    return x->says && strcmp(x->says, "annex") != 0 &&
           strcmp(b->self->named.type, "document") != 0 &&
           strcmp(b->self->named.type, x->says) != 0;
}

static bool is_letter_or_report(const struct binder *b)
{
    static const char *const types[] = { "circular", "letter", "report" };
    size_t i = 0;

    while (i < sizeof types / sizeof *types &&
           strcmp(b->self->named.type, types[i]) != 0)
        i++;
    return i < sizeof types / sizeof *types;
}

/* No letter or report has clauses of a Recommendation but in its annexes and
 * proposals; nor is the body of a text that has annexes one. */
static bool is_of_none(const struct binder *b, const struct xref *x)
{
    if (!x->says || is_within(x->node, "attachment", NULL) ||
        is_within(x->node, "section", "proposal"))
        return false;
    return says_other(b, x)
               ? is_letter_or_report(b)
               : strcmp(x->says, "annex") == 0 && attachments_of(b);
}

/* Words such as "invite 3", "Part 90" or "item b) above" that lead nowhere are
 * words: the element goes, its text stays. */
static bool is_mere_words(struct binder *b, const struct xref *x)
{
    struct node *section = ancestor(x->node, "section");
    enum status status;
    bool whole;

    if (is_of_none(b, x))
        return true;
    if (!x->label.len && !x->title.at && x->item.at)
        return !section || !find_item(b, section, x->item, &whole);
    if (names_chapter(x->rule))
        return (!x->doc || is_self(b, x->doc)) &&
               !find_chapter(b, x, x->label);
    /* Those with digits are mostly the Radio Regulations'. */
    if (rule_is(x->rule, "appendix") && !x->doc &&
        is_all_digits(x->label))
        return !find_attachment(b, "appendix", x->label);
    if (x->around.at && !x->doc)
        return !find_clause_around(b, x, x->label, &status);
    return is_of_other_text(b, x) ||
           (rule_is(x->rule, "operative") && !x->doc &&
            !find_titled(b, x->node, x->title));
}

static void dissolve(struct node *node)
{
    while (node->children) {
        struct node *child = node->children;

        draft_unlink(child);
        draft_insert_before(node, child);
    }
    draft_unlink(node);
}

/* A list with no reference left in it goes with the last. */
static void dissolve_reference(struct node *node)
{
    struct node *list = draft_is(node->parent, "mref") ? node->parent : NULL;

    dissolve(node);
    if (list && !draft_child(list, "ref") && !draft_child(list, "rref"))
        dissolve(list);
}

static bool leads_inside(struct binder *b, const struct xref *x)
{
    enum status status;

    return find_target(b, x, x->label, &status) && status == RESOLVED;
}

/* A corrigendum speaks of the clauses and annexes of what it corrects. */
static bool leads_to_amended(struct binder *b, const struct xref *x)
{
    return b->amended.type[0] &&
           (rule_is(x->rule, "clause") || rule_is(x->rule, "annex") ||
            rule_is(x->rule, "appendix")) &&
           x->label.len && !leads_inside(b, x);
}

static void bind_one(struct binder *b, const struct xref *x)
{
    bool self = is_self(b, x->doc);

    if (is_mere_words(b, x)) {
        dissolve_reference(x->node);
        return;
    }

    if (x->doubtful && leads_inside(b, x)) {
        struct xref inside = *x;

        inside.doc = NULL;
        bind_inside(b, &inside);
    } else if (self && !rule_is(x->rule, "document")) {
        struct xref inside = *x; /* its main body, wherever this stands */

        inside.main = true;
        bind_inside(b, &inside);
    } else if (self && !x->last_doc) {
        draft_set(b->draft, x->node, "href", b->self->work);
        draft_set(b->draft, x->node, "src:status", "resolved");
    } else if (x->doc) {
        bind_outside(b, x);
    } else if (says_other(b, x)) {
        struct xref inside = *x;

        inside.main = false;
        bind_inside(b, &inside);
    } else if (leads_to_amended(b, x)) {
        struct xref outside = *x;

        outside.doc = &b->amended;
        bind_outside(b, &outside);
    } else {
        bind_inside(b, x);
    }
}

/* ---- contents --------------------------------------------------------------------------------- */

static struct node *heading_like(struct binder *b, struct span title)
{
    for (size_t i = 0; title.len && i < b->heading_count &&
                       spend(b, COMPARISON); i++)
        if (begins_with(b, draft_child(b->headings[i], "heading"), title))
            return b->headings[i];
    return NULL;
}

static struct node *toc_target(struct binder *b, struct node *item,
                               const struct finding *line)
{
    struct span num = line->match.at[CAP_NUM];
    struct span title = line->match.at[CAP_TITLE];
    struct xref x = { .node = item };
    struct folded folded = { 0 };
    struct finding f;
    enum status status;
    struct node *found = named_attachment(b, title);
    size_t index = 0;

    if (found)
        return found;
    if (num.at)
        return find_clause(b, &x, num, &status);
    if (!scanner_fold_text(b->scanner, &folded, title))
        return NULL;
    while (!found && scanner_find(b->scanner, KIND_HEADING, &index, &folded, 0,
                                  &f))
        if (f.rule->level == 0)
            found = find_attachment(b, f.rule->name, f.match.at[CAP_NUM]);
    if (!found && scanner_is(b->scanner, KIND_CAPTION, &folded, &f)) {
        x.rule = f.rule;
        found = find_caption(b, &x, f.match.at[CAP_NUM]);
    }
    if (!found && scanner_is(b->scanner, KIND_REF, &folded, &f) &&
        f.match.at[CAP_ALL].at == title.at) {
        x.rule = f.rule;
        found = rule_is(f.rule, "annex") || rule_is(f.rule, "appendix")
                    ? find_attachment(b, f.rule->name, f.match.at[CAP_NUM])
                    : find_chapter(b, &x, f.match.at[CAP_NUM]);
    }
    folded_free(&folded);
    return found ? found : heading_like(b, title);
}

static void bind_contents(struct binder *b)
{
    struct buf line = { 0 };

    for (struct node *n = b->doc; n && !b->draft->failed;
         n = draft_next(n, b->doc, true)) {
        struct folded folded = { 0 };
        struct finding f;
        struct node *target;

        if (!draft_is(n, "tocItem"))
            continue;
        if (scanner_fold(b->scanner, &folded, draft_content(&line, n), true) &&
            scanner_is_named(b->scanner, KIND_TOC, "line", &folded, &f) &&
            (target = toc_target(b, n, &f)) != NULL &&
            draft_get(target, "eId")) {
            buf_clear(&b->id);
            buf_printf(&b->id, "#%s", draft_get(target, "eId"));
            draft_set(b->draft, n, "href", buf_text(&b->id));
        }
        folded_free(&folded);
    }
    b->draft->failed |= line.failed;
    buf_free(&line);
}

static void keep(struct binder *b, struct node ***nodes, size_t *count,
                 struct node *node)
{
    struct node **slot = array_push(nodes, count, sizeof *slot);

    b->draft->failed |= !slot;
    if (slot)
        *slot = node;
}

static void list_targets(struct binder *b)
{
    for (struct node *n = b->doc; n && !b->draft->failed;
         n = draft_next(n, b->doc, true)) {
        if (draft_is(n, "caption") || draft_has_class(n, "caption"))
            keep(b, &b->captions, &b->caption_count, n);
        if (draft_is(n, "section") && !draft_child(n, "num") &&
            draft_child(n, "heading"))
            keep(b, &b->headings, &b->heading_count, n);
        if (draft_is(n, "section"))
            keep_chapter(b, n);
    }
}

void xref_bind(struct xrefs *xrefs, struct draft *draft, struct ids *ids,
               const struct identity *self, struct scanner *scanner)
{
    struct binder b = {
        .draft = draft, .ids = ids, .scanner = scanner, .self = self,
        .xrefs = xrefs
    };

    if (draft->failed)
        return;
    b.doc = draft->root->children;
    /* What is added to a paper of a conference is a text of its own. */
    if (self->named.amended && strcmp(self->named.type, "paper") != 0) {
        b.amended = self->named;
        b.amended.number[self->named.amended] = '\0';
    }
    list_targets(&b);
    for (size_t i = 0; i < xrefs->count && !draft->failed; i++) {
        turn_range(&b, &xrefs->at[i]);
        bind_one(&b, &xrefs->at[i]);
    }
    bind_contents(&b);
    draft->failed |= b.id.failed || b.text.failed;
    buf_free(&b.id);
    free(b.captions);
    free(b.headings);
    free(b.chapters);
    buf_free(&b.text);
}
