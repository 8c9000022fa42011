/* Binds the references of a tree to what they name. */
#include "xref.h"

#include <stdio.h>
#include <string.h>
#include <unicode/uloc.h>

#include "binder.h"
#include "citing.h"
#include "clausier.h"
#include "labels.h"

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

/* The part that the reference names: "annex_2", "appendix_II". */
static void write_part(struct buf *out, const struct binder *b,
                       const struct xref *x)
{
    const struct numerals *numerals = &b->scanner->grammar->numerals;
    struct span label = labels_annex(x->part, numerals);
    /* What is added to the Radio Regulations is an appendix. */
    bool appendix = xref_names_appendix(b, x->part) ||
                    (x->doc && document_is_treaty(x->doc));

    label = label.len ? label : span_of("1");
    buf_puts(out, appendix ? "appendix_" : "annex_");
    number_write_part(out, label, appendix, numerals);
}

static void write_target(struct binder *b, struct buf *out,
                         const struct xref *x, struct span label,
                         enum cited_status *worst)
{
    enum cited_status status;
    struct node *target = xref_find_target(b, x, label, &status);
    struct node *part = draft_ancestor(x->node, "attachment", NULL);
    const char *id = target ? draft_get(target, "eId") : NULL;
    bool clause;

    if (!id)
        status = CITED_DANGLING;
    *worst = status < *worst ? status : *worst;
    buf_putc(out, '#');
    if (id) {
        buf_puts(out, id);
        return;
    }
    say_dangling(b, x, label);
    clause = rule_is(x->rule, "clause") || rule_is(x->rule, "seen") ||
             rule_is(x->rule, "operative");
    if (x->part.at) {
        write_part(out, b, x);
        buf_puts(out, "__");
    } else if (clause && part && !x->main) { /* that the reference stands in */
        buf_printf(out, "%s__", draft_get(part, "eId"));
    }
    buf_printf(out, "%s_",
               clause                      ? "sec"
               : cited_is_chapter(x->rule) ? "chp"
                                           : x->rule->name);
    if (label.len && cited_is_chapter(x->rule))
        cited_write_chapter(out, &b->cited, label);
    else if (label.len)
        cited_write_clause(out, &b->cited, label);
    else
        buf_puts(out, "nn");
}

/* Where one reads from right to left, "5-3" is how "3-5" is typed. */
static void turn_range(const struct binder *b, struct xref *x)
{
    struct number first, last;
    struct span label;

    if (!x->last.len || !uloc_isRightToLeft(b->scanner->grammar->tag) ||
        !number_read(&first, x->label, COUNT_DECIMAL, NULL) ||
        !number_read(&last, x->last, COUNT_DECIMAL, NULL) ||
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

/* Whether it is neither in the main body nor in the annex that cites it. */
static bool is_of_some_annex(const struct xref *x, struct node *found)
{
    struct node *part = draft_ancestor(found, "attachment", NULL);

    return part && part != draft_ancestor(x->node, "attachment", NULL);
}

/* Whether the reference leads to no such clause, and `near`, which is of the
 * annex that the sentence named before, to a clause. */
static bool is_in_near_annex(struct binder *b, const struct xref *x,
                             struct xref *near)
{
    enum cited_status status;
    struct node *found;

    if (!x->near.len)
        return false;
    found = cited_find(&b->cited, x, x->label, &status);
    if (found && status == CITED_RESOLVED &&
        !(citing_caption(x->rule) && is_of_some_annex(x, found)))
        return false;
    *near = *x;
    near->part = x->near;
    return cited_find(&b->cited, near, x->label, &status) &&
           status == CITED_RESOLVED;
}

/* 见附件3，第4.2段: `alone` is of the main body, which has such a clause, where
 * the annex does not. */
static bool is_not_of_part(struct binder *b, const struct xref *x,
                           struct xref *alone)
{
    enum cited_status status;

    if (!x->joined || !rule_is(x->rule, "clause") ||
        !cited_part(&b->cited, x) ||
        (cited_find(&b->cited, x, x->label, &status) &&
         status == CITED_RESOLVED))
        return false;
    *alone = *x;
    alone->part.len = 0;
    alone->part.at = NULL;
    return cited_find(&b->cited, alone, x->label, &status) &&
           status == CITED_RESOLVED;
}

static void bind_inside(struct binder *b, const struct xref *x)
{
    enum cited_status status = CITED_RESOLVED;
    struct buf href = { 0 };

    write_target(b, &href, x, x->label, &status);
    draft_set(b->draft, x->node, ends_range(x) ? "from" : "href",
              buf_text(&href));
    if (ends_range(x)) {
        struct xref end = *x;

        end.item = x->last_item;
        buf_clear(&href);
        write_target(b, &href, &end, x->last.len ? x->last : x->label,
                     &status);
        draft_set(b->draft, x->node, "upTo", buf_text(&href));
    }
    draft_set(b->draft, x->node, "src:status", status_names[status]);
    b->draft->failed |= href.failed;
    buf_free(&href);
}

/* What a text cites, and says elsewhere whose it is. The circulars that one
 * with a plain number calls by theirs are of who issues it. What a paper of
 * another house cites, and never says that, is that house's, but for CITEL's:
 * its own texts bear its name. */
static struct named issued(const struct binder *b, const struct named *doc)
{
    const char *self = b->self->named.author;
    const char *treaty = xref_treaty_author(b, doc);
    const char *adopter = treaty ? treaty : xref_adopter(b, doc);
    struct named named = *doc;

    if (adopter)
        snprintf(named.author, sizeof named.author, "%s", adopter);
    else if (strcmp(named.author, "itu") == 0 &&
             strcmp(named.type, "circular") == 0 &&
             strcmp(b->self->named.type, "circular") == 0 &&
             is_digit(*b->self->named.number))
        snprintf(named.author, sizeof named.author, "%s", self);
    else if (strcmp(named.author, "itu") == 0 && strncmp(self, "itu", 3) != 0 &&
             strncmp(self, "un-", 3) != 0 && strncmp(self, "citel", 5) != 0 &&
             strcmp(named.type, "recommendation") != 0)
        snprintf(named.author, sizeof named.author, "%s", self);
    return named;
}

static void write_outside(struct buf *out, struct binder *b,
                          const struct xref *x, const struct named *doc,
                          struct span label)
{
    const struct numerals *numerals = &b->scanner->grammar->numerals;
    const struct named named = issued(b, doc);

    document_iri(out, &named);
    if (rule_is(x->rule, "document"))
        return;
    if (x->title.at) { /* below which heading the number stands is not known */
        buf_puts(out, "/!main");
        return;
    }
    if (rule_is_part(x->rule)) {
        buf_printf(out, "/!%s_", x->rule->name);
        number_write_part(out, label, rule_is(x->rule, "appendix"), numerals);
        return;
    }
    if (x->part.at) {
        buf_puts(out, "/!");
        write_part(out, b, x);
    } else {
        buf_puts(out, "/!main");
    }
    if (rule_is(x->rule, "table") || rule_is(x->rule, "figure")) {
        buf_printf(out, "#%s_", x->rule->name);
        number_write_id(out, label, COUNT_DECIMAL, numerals);
        return;
    }
    if (cited_is_chapter(x->rule)) {
        buf_puts(out, "#chp_");
        cited_write_chapter(out, &b->cited, label);
    } else {
        buf_puts(out,
                 document_is_treaty(doc) ? xref_treaty_place(b, x) : "#sec_");
        cited_write_clause(out, &b->cited, label);
    }
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

/* The line that an annex begins on. */
static void bind_to(struct binder *b, const struct xref *x,
                    const struct named *doc)
{
    struct xref outside = *x;

    outside.doc = doc;
    bind_outside(b, &outside);
}

/* "In paragraph 4, the words ... are deleted": of the text that an annex
 * changes, rather than of the main body. */
static bool is_changed_elsewhere(struct binder *b, const struct xref *x)
{
    struct node *part = draft_ancestor(x->node, "attachment", NULL);
    enum cited_status status;

    if (!x->changed)
        return false;
    if (!xref_is_whole_inside(b, x))
        return true;
    return part && rule_is(x->rule, "clause") &&
           !draft_ancestor(cited_find(&b->cited, x, x->label, &status),
                           "attachment", NULL);
}

static void bind_one(struct binder *b, struct xref *x)
{
    bool strange = xref_is_strange_treaty(b, x), self;
    const struct named *recalled;
    struct xref near, alone;

    b->cited.here = x->node;
    if (strange)
        x->doc = NULL;
    self = xref_is_self(b, x->doc);
    if (x->unknown || xref_is_strange_code(b, x) ||
        (strange && xref_names_treaty(x)) || xref_is_mere_words(b, x)) {
        dissolve_reference(x->node);
        return;
    }
    if (self && xref_is_of_amended(b, x)) {
        bind_to(b, x, &b->amended);
    } else if (self && !rule_is(x->rule, "document")) {
        struct xref inside = *x; /* its main body, wherever this stands */

        inside.main = true;
        bind_inside(b, &inside);
    } else if (self && !x->last_doc) {
        draft_set(b->draft, x->node, "href", b->self->work);
        draft_set(b->draft, x->node, "src:status", "resolved");
    } else if (x->doc && !xref_is_annexed(b, x)) {
        bind_outside(b, x);
    } else if (is_in_near_annex(b, x, &near)) {
        bind_inside(b, &near);
    } else if (is_not_of_part(b, x, &alone)) {
        bind_inside(b, &alone);
    } else if (xref_is_of_topic(b, x)) {
        bind_to(b, x, x->topic);
    } else if (xref_is_told(b, x)) {
        bind_to(b, x, x->told);
    } else if ((recalled = xref_goes_by(b, x)) != NULL) {
        bind_to(b, x, recalled);
    } else if (xref_is_of_remarks(b, x) || xref_is_of_about(b, x)) {
        bind_to(b, x, b->cited.xrefs->about);
    } else if ((recalled = xref_recalled(b, x)) != NULL) {
        bind_to(b, x, recalled);
        b->recalled = recalled;
        b->recalled_by = x;
    } else if (xref_is_of_headed(b, x)) {
        struct xref inside = *x;

        if (x->headed_part.len)
            inside.part = x->headed_part;
        bind_to(b, &inside, x->headed);
    } else if (xref_says_other(b, x)) {
        struct xref inside = *x;

        inside.main = false;
        bind_inside(b, &inside);
    } else if (xref_is_of_amended(b, x)) {
        bind_to(b, x, &b->amended);
    } else if (x->quoted || is_changed_elsewhere(b, x)) {
        dissolve_reference(x->node);
    } else {
        bind_inside(b, x);
    }
}

/* ---- contents --------------------------------------------------------------- */

/* Where a label of the contents comes that they began with, a list of annexes
 * begins, or a chapter has that counts anew. */
struct contents {
    const struct node *toc;
    const struct node *chapter; /* the last one, or NULL */
    struct buf first; /* label */
    bool again;
};

static void count_entry(struct contents *c, const struct node *item,
                        struct span num)
{
    if (c->toc != item->parent) {
        c->toc = item->parent;
        c->chapter = NULL;
        c->again = false;
        buf_clear(&c->first);
    }
    if (!num.len)
        return;
    c->again |= span_equal(num, buf_span(&c->first));
    if (!c->first.len)
        buf_add_span(&c->first, num);
}

static struct node *toc_target(struct binder *b, struct contents *c,
                               struct node *item, struct span num,
                               struct span title)
{
    struct xref x = { .node = item };
    struct folded folded = { 0 };
    struct finding f;
    enum cited_status status;
    struct node *found = cited_named_annex(&b->cited, title);
    size_t index = 0;

    count_entry(c, item, num);
    if (!found && num.at && c->chapter)
        found = cited_section_in(&b->cited, c->chapter, num);
    if (found)
        return found;
    if (num.at && c->again)
        return cited_titled_annex(&b->cited, num, title);
    if (num.at)
        return cited_clause(&b->cited, &x, num, &status);
    if (!scanner_fold_text(b->scanner, &folded, title))
        return NULL;
    while (!found && scanner_find(b->scanner, KIND_HEADING, &index, &folded, 0,
                                  &f))
        if (f.rule->level == 0)
            found = cited_annex(&b->cited, f.rule->name, f.match.at[CAP_NUM]);
    if (!found && scanner_is(b->scanner, KIND_CAPTION, &folded, &f))
        found =
            cited_caption(&b->cited, f.rule, f.match.at[CAP_NUM], title, NULL);
    if (!found && scanner_is(b->scanner, KIND_REF, &folded, &f) &&
        f.match.at[CAP_ALL].at == title.at) {
        x.rule = f.rule;
        found = rule_is_part(f.rule)
                    ? cited_annex(&b->cited, f.rule->name, f.match.at[CAP_NUM])
                    : cited_chapter(&b->cited, &x, f.match.at[CAP_NUM]);
    }
    folded_free(&folded);
    if (!found)
        found = cited_matter(&b->cited, title);
    return found ? found : cited_heading(&b->cited, title);
}

/* "II. Reports ..... 4": chapters are not labelled as clauses are. */
static struct node *find_chapter(struct binder *b, struct contents *c,
                                 struct node *item, struct span title)
{
    struct folded folded = { 0 };
    struct finding f;
    struct node *found = NULL;

    if (scanner_fold_text(b->scanner, &folded, title) &&
        scanner_is(b->scanner, KIND_CLAUSE, &folded, &f) &&
        f.rule->level == 1)
        found = toc_target(b, c, item, f.match.at[CAP_NUM],
                           f.match.at[CAP_TEXT]);
    folded_free(&folded);
    return found;
}

/* What a line of the contents stands for, with or without a page. */
static struct node *find_entry(struct binder *b, struct contents *c,
                               struct node *item, const struct folded *text)
{
    struct finding f;
    struct node *found = NULL;
    bool clause;

    if (scanner_is_named(b->scanner, KIND_TOC, "line", text, &f)) {
        found = toc_target(b, c, item, f.match.at[CAP_NUM],
                           f.match.at[CAP_TITLE]);
        return found || f.match.at[CAP_NUM].len
                   ? found
                   : find_chapter(b, c, item, f.match.at[CAP_TITLE]);
    }
    clause = scanner_is(b->scanner, KIND_CLAUSE, text, &f);
    if (!clause || f.rule->level == 1)
        found = toc_target(b, c, item, (struct span){ 0 }, text->original);
    return found || !clause ? found
                            : toc_target(b, c, item, f.match.at[CAP_NUM],
                                         f.match.at[CAP_TEXT]);
}

static void note_chapter(struct contents *c, const struct node *target)
{
    if (!draft_is(target, "section") || !ids_is_chapter(target))
        return;
    c->chapter = target;
    c->again = false;
    buf_clear(&c->first);
}

static void bind_contents(struct binder *b)
{
    struct node *doc = b->cited.doc;
    struct buf line = { 0 }, href = { 0 };
    struct contents contents = { 0 };

    b->cited.here = NULL;
    for (struct node *n = doc; n && !b->draft->failed;
         n = draft_next(n, doc, true)) {
        struct folded folded = { 0 };
        struct node *target;

        if (!draft_is(n, "tocItem"))
            continue;
        if (scanner_fold(b->scanner, &folded, draft_content(&line, n), true) &&
            (target = find_entry(b, &contents, n, &folded)) != NULL &&
            draft_get(target, "eId")) {
            note_chapter(&contents, target);
            buf_clear(&href);
            buf_printf(&href, "#%s", draft_get(target, "eId"));
            draft_set(b->draft, n, "href", buf_text(&href));
        }
        folded_free(&folded);
    }
    b->draft->failed |= line.failed || href.failed || contents.first.failed;
    buf_free(&contents.first);
    buf_free(&line);
    buf_free(&href);
}

void xref_bind(struct xrefs *xrefs, struct draft *draft, struct ids *ids,
               const struct identity *self, struct scanner *scanner)
{
    struct binder b = { .draft = draft, .scanner = scanner, .self = self };

    if (draft->failed)
        return;
    b.cited = (struct cited){ .draft = draft, .ids = ids, .scanner = scanner,
                              .xrefs = xrefs, .doc = draft->root->children };
    /* What is added to a paper of a conference is a text of its own. */
    if (self->named.amended && strcmp(self->named.type, "paper") != 0) {
        b.amended = self->named;
        b.amended.number[self->named.amended] = '\0';
    }
    cited_list(&b.cited);
    xref_list_adopted(&b, xrefs);
    xref_find_union(&b, xrefs);
    for (size_t i = 0; i < xrefs->count && !draft->failed; i++)
        turn_range(&b, &xrefs->at[i]);
    for (size_t i = 0; i < xrefs->count && !draft->failed;)
        i += xref_settle_doubt(&b, &xrefs->at[i], xrefs->count - i);
    xref_list_remarks(&b, xrefs);
    for (size_t i = 0; i < xrefs->count && !draft->failed; i++)
        bind_one(&b, &xrefs->at[i]);
    bind_contents(&b);
    xref_free_adopted(&b);
    cited_free(&b.cited);
}
