/* Binds the references of a tree to what they name. */
#include "xref.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include "cited.h"
#include "clausier.h"
#include "labels.h"

struct binder {
    struct draft *draft;
    struct scanner *scanner;
    const struct identity *self;
    struct named amended; /* by this document, or without a type */
    struct cited cited;
};

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

/* What the words of the reference say is cited: an "item", a "provision". */
static bool says_kind(struct binder *b, const struct xref *x, const char *kind)
{
    return cited_says(&b->cited, x, kind);
}

/* An article, in a text that has none. */
static bool says_strange_article(struct binder *b, const struct xref *x)
{
    return !b->cited.article_count && says_kind(b, x, "article");
}

/* "Articles 4 to 6" are hardly clauses of a text without any, nor is "Article
 * 4" one of a letter or a report. Those of laws have no dots in their numbers.
 */
static bool is_article_apart(const struct binder *b, const struct xref *x)
{
    return !x->here && !x->main && !x->item.at && x->label.len &&
           !memchr(x->label.at, '.', x->label.len) &&
           (x->last.len || draft_is(x->node->parent, "mref") ||
            document_is_letter(&b->self->named));
}

/* Whether the words are what the annex around is called: 本办法 in one whose title
 * ends in 管理办法. */
static bool names_own_part(struct binder *b, const struct xref *x)
{
    struct node *part = draft_ancestor(x->node, "attachment", NULL);
    struct node *p = draft_child(
        draft_child(draft_child(part, "doc"), "preface"), "p");
    struct finding f;

    if (!p || !scanner_takes(b->scanner, KIND_SAME, "titled",
                             draft_first_text(x->node), &f))
        return false;
    for (; p; p = p->next) {
        struct span name = f.match.at[CAP_TITLE];
        struct span title = draft_first_text(draft_child(p, "docTitle"));

        if (title.len && memmem(title.at, title.len, name.at, name.len))
            return true;
    }
    return false;
}

/* "These rules" in an annex may be what it holds. */
static struct node *find_in_part(struct binder *b, const struct xref *x,
                                 struct span label, struct node *otherwise,
                                 enum cited_status *status)
{
    struct xref own = *x;
    enum cited_status found_status;
    struct node *found;

    own.main = false;
    found = x->doc ? NULL : cited_find(&b->cited, &own, label, &found_status);
    if (!found || found_status != CITED_RESOLVED)
        return otherwise;
    *status = CITED_RESOLVED;
    return found;
}

/* Clauses go before the items of a list around, unless an item is wanted. */
static struct node *find_target(struct binder *b, const struct xref *x,
                                struct span label, enum cited_status *status)
{
    struct node *found = !x->item.at && says_kind(b, x, "item")
                             ? cited_listed(&b->cited, x, label, status)
                             : NULL;

    if (!found && x->main && !x->says && names_own_part(b, x))
        found = find_in_part(b, x, label, NULL, status);
    if (!found)
        found = cited_find(&b->cited, x, label, status);
    if (x->main && !x->says && *status != CITED_RESOLVED)
        found = find_in_part(b, x, label, found, status);
    return found ? found : cited_listed(&b->cited, x, label, status);
}

/* "Appendix II", not "Annex II". */
static bool names_appendix(const struct binder *b, struct span part)
{
    struct finding f;

    return scanner_takes(b->scanner, KIND_REF, NULL, part, &f) &&
           rule_is(f.rule, "appendix");
}

/* The part that the reference names: "annex_2", "appendix_II". */
static void write_part(struct buf *out, const struct binder *b,
                       const struct xref *x)
{
    struct span label = labels_annex(x->part);

    buf_puts(out, names_appendix(b, x->part) ? "appendix_" : "annex_");
    number_write_id(out, label.len ? label : span_of("1"), COUNT_DECIMAL);
}

static void write_target(struct binder *b, struct buf *out,
                         const struct xref *x, struct span label,
                         enum cited_status *worst)
{
    enum cited_status status;
    struct node *target = find_target(b, x, label, &status);
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
    clause = rule_is(x->rule, "clause") || rule_is(x->rule, "operative");
    if (x->part.at) {
        write_part(out, b, x);
        buf_puts(out, "__");
    } else if (clause && part && !x->main) { /* that the reference stands in */
        buf_printf(out, "%s__", draft_get(part, "eId"));
    }
    buf_printf(out, "%s_", clause ? "sec" : x->rule->name);
    if (label.len)
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

static void write_outside(struct buf *out, const struct binder *b,
                          const struct xref *x, const struct named *doc,
                          struct span label)
{
    document_iri(out, doc);
    if (rule_is(x->rule, "document"))
        return;
    if (x->title.at) { /* below which heading the number stands is not known */
        buf_puts(out, "/!main");
        return;
    }
    if (rule_is_part(x->rule)) {
        buf_printf(out, "/!%s_", x->rule->name);
        number_write_id(out, label, COUNT_DECIMAL);
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
        number_write_id(out, label, COUNT_DECIMAL);
        return;
    }
    buf_puts(out, cited_is_chapter(x->rule) ? "#chp_" : "#sec_");
    cited_write_clause(out, &b->cited, label);
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

/* "Resolution 154 (Busan, 2014)" in Resolution 154 (Dubai, 2018) is another
 * text. */
static bool is_self(const struct binder *b, const struct named *doc)
{
    const struct named *self = &b->self->named;

    return doc && strcmp(doc->type, self->type) == 0 &&
           (strcmp(doc->author, self->author) == 0 ||
            strcmp(doc->author, "itu") == 0) &&
           strcmp(doc->number, self->number) == 0 &&
           (!doc->edition || !self->edition || doc->edition == self->edition);
}

static bool is_all_digits(struct span label)
{
    size_t i = 0;

    while (i < label.len && u_isdigit((unsigned char)label.at[i]))
        i++;
    return label.len && i == label.len;
}

static bool leads_inside(struct binder *b, const struct xref *x)
{
    enum cited_status status;

    return cited_find(&b->cited, x, x->label, &status) &&
           status == CITED_RESOLVED;
}

static bool is_numbered_part(const struct rule *rule)
{
    static const char *const parts[] = { "clause", "annex", "appendix", "table",
                                         "figure" };
    size_t i = 0;

    while (i < sizeof parts / sizeof *parts && !rule_is(rule, parts[i]))
        i++;
    return i < sizeof parts / sizeof *parts;
}

/* A letter that adds to another may well cite its own clauses. */
static bool is_added_letter(const struct named *self)
{
    return document_is_letter(self) &&
           strncmp(self->number + self->amended, "-corrigendum",
                   strlen("-corrigendum")) != 0;
}

/* A corrigendum speaks of the clauses, annexes and tables of what it corrects,
 * even where it has their new text. */
static bool leads_to_amended(struct binder *b, const struct xref *x)
{
    if (!b->amended.type[0] || !x->label.len || x->here ||
        !is_numbered_part(x->rule))
        return false;
    return (rule_is(x->rule, "clause") && !is_added_letter(&b->self->named)) ||
           !leads_inside(b, x);
}

/* What a proposal would change has annexes and clauses that are not in the
 * document; and the heading of an annex names itself. */
static bool is_of_other_text(struct binder *b, const struct xref *x)
{
    bool annex = rule_is_part(x->rule);
    struct node *heading = annex ? draft_ancestor(x->node, "heading", NULL)
                                 : NULL;
    struct node *found;
    enum cited_status status;

    if (x->doc || !(annex || rule_is(x->rule, "clause")) ||
        !(heading || draft_ancestor(x->node, "section", "proposal")))
        return false;
    found = cited_find(&b->cited, x, x->label, &status);
    return found ? heading && heading->parent == found
                 : !leads_to_amended(b, x);
}

/* "This Recommendation" in what is none: a text that stands in it, or that it
 * speaks of. */
static bool says_other(const struct binder *b, const struct xref *x)
{
    return x->says && strcmp(x->says, "annex") != 0 &&
           strcmp(b->self->named.type, "document") != 0 &&
           strcmp(b->self->named.type, x->says) != 0;
}

/* Appendices with digits are mostly the Radio Regulations', which some
 * languages call annexes: "Annex 30" is none of a text that has no annex 29,
 * either. */
static bool is_strange_part(struct binder *b, bool appendix, struct span label)
{
    const char *name = appendix ? "appendix" : "annex";
    struct buf before = { 0 };
    unsigned number;
    bool strange = is_all_digits(label) && (appendix || label.len > 1) &&
                   !cited_annex(&b->cited, name, label);

    if (strange && !appendix) {
        buf_add_span(&before, label);
        number = (unsigned)strtoul(buf_text(&before), NULL, 10);
        buf_clear(&before);
        buf_put_unsigned(&before, number - 1);
        strange = !cited_annex(&b->cited, name, buf_span(&before));
    }
    b->draft->failed |= before.failed;
    buf_free(&before);
    return strange;
}

static bool is_of_strange_part(struct binder *b, const struct xref *x)
{
    if (rule_is_part(x->rule))
        return (rule_is(x->rule, "appendix") || !x->topic) &&
               is_strange_part(b, rule_is(x->rule, "appendix"), x->label);
    return x->part.at && rule_is(x->rule, "clause") && !x->topic &&
           is_strange_part(b, names_appendix(b, x->part),
                           labels_annex(x->part));
}

/* "§ 4.1.12bis" in a letter that has no such clause is one of a law. */
static bool is_of_law(struct binder *b, const struct xref *x)
{
    return !x->doc && !x->here && !x->part.at && x->label.len &&
           rule_is(x->rule, "clause") &&
           islower((unsigned char)x->label.at[x->label.len - 1]) &&
           document_is_letter(&b->self->named) && !leads_inside(b, x);
}

/* No letter or report has clauses of a Recommendation but in its annexes and
 * proposals; nor is the body of a text that has annexes one. */
static bool is_of_none(const struct binder *b, const struct xref *x)
{
    if (!x->says || draft_ancestor(x->node, "attachment", NULL) ||
        draft_ancestor(x->node, "section", "proposal"))
        return false;
    return says_other(b, x)
               ? !x->told && document_is_letter(&b->self->named)
               : strcmp(x->says, "annex") == 0 && cited_attachments(&b->cited);
}

/* 第9项 in a report may be one of the agenda. */
static bool is_agenda_item(struct binder *b, const struct xref *x)
{
    return !x->doc && !x->here && !x->main && !x->part.at &&
           document_is_letter(&b->self->named) && says_kind(b, x, "item");
}

/* "The Resolution" in what is none, unless the annex around has such a place:
 * the one that was named before. */
static bool is_told(struct binder *b, const struct xref *x)
{
    struct xref own = *x;

    own.main = false;
    return x->told && x->label.len && says_other(b, x) &&
           !is_self(b, x->told) &&
           !(draft_ancestor(x->node, "attachment", NULL) &&
             leads_inside(b, &own));
}

/* Words such as "invite 3", "Part 90" or "item b) above" that lead nowhere are
 * words: the element goes, its text stays. So is any sign in a language without
 * a grammar: no word says what law "§ 90" is of. */
static bool is_mere_words(struct binder *b, const struct xref *x)
{
    struct node *home;
    enum cited_status status;
    bool whole;

    if (is_of_none(b, x) || (x->its && !x->doc && !leads_inside(b, x)))
        return true;
    if (rule_is(x->rule, "before") || rule_is(x->rule, "agenda"))
        return !leads_inside(b, x) ||
               (x->last.len && !cited_find(&b->cited, x, x->last, &status));
    if (!x->label.len && !x->title.at && x->item.at) {
        home = cited_home(&b->cited, x);
        return !home || !cited_item(&b->cited, home, x->item, &whole);
    }
    if (cited_is_chapter(x->rule))
        return (!x->doc || is_self(b, x->doc)) &&
               !cited_chapter(&b->cited, x, x->label);
    if ((!x->doc && is_of_strange_part(b, x)) || is_of_law(b, x))
        return true;
    if (!x->doc && says_kind(b, x, "provision"))
        return !find_target(b, x, x->label, &status) ||
               status != CITED_RESOLVED;
    if (is_agenda_item(b, x))
        return !find_target(b, x, x->label, &status);
    if (!x->doc && says_strange_article(b, x))
        return is_article_apart(b, x) || !find_target(b, x, x->label, &status);
    if (b->scanner->grammar->wordless || rule_is(x->rule, "item") ||
        rule_is(x->rule, "seen"))
        return !x->doc && !leads_inside(b, x);
    if (x->around.at && !x->doc)
        return !cited_clause_around(&b->cited, x, x->label, &status);
    return is_of_other_text(b, x) ||
           (x->title.at && !x->doc && !is_told(b, x) &&
            !cited_titled(&b->cited, x));
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
static unsigned first_line(struct node *annex)
{
    struct node *n = annex;

    while (n && !n->origin)
        n = draft_next(n, annex, true);
    return n ? n->origin->first : 0;
}

/* "Annex 1 of the Recommendation" in an annex to a letter about it: that of the
 * letter which stands before is none of those. */
static bool is_of_letter(const struct binder *b, const struct xref *x,
                         struct node *part)
{
    return says_other(b, x) && part && first_line(part) < draft_line(x->node);
}

/* In what stands below the heading "Recommendation A.1": a place which is not in
 * this document, or not in the annex that speaks of that text. */
static bool is_of_topic(struct binder *b, const struct xref *x)
{
    struct node *part = draft_ancestor(x->node, "attachment", NULL);
    struct node *found, *home;
    enum cited_status status;

    if (!x->topic || !x->label.len || x->here || is_self(b, x->topic) ||
        !is_numbered_part(x->rule) ||
        (x->says ? strcmp(x->says, x->topic->type) != 0 : x->main))
        return false;
    if (x->says && !x->part.at && find_in_part(b, x, x->label, NULL, &status))
        return false; /* the text that stands in the annex */
    found = cited_find(&b->cited, x, x->label, &status);
    if (!found)
        return true;
    home = draft_ancestor(found, "attachment", NULL);
    if (rule_is_part(x->rule) ||
        (x->part.at && status == CITED_RESOLVED))
        return part && (home == part || is_of_letter(b, x, home));
    return status != CITED_RESOLVED || home != part;
}

/* What leads nowhere in a paper or a letter about one text is of that text. */
static bool is_of_about(struct binder *b, const struct xref *x)
{
    const struct named *about = b->cited.xrefs->about;
    enum cited_status status;

    return about && !b->cited.xrefs->about_several && x->label.len &&
           !x->here && !x->main && is_numbered_part(x->rule) &&
           !is_self(b, about) &&
           (document_is_letter(&b->self->named) ||
            !document_has_clauses(&b->self->named)) &&
           (!cited_find(&b->cited, x, x->label, &status) ||
            status != CITED_RESOLVED);
}

static void bind_to(struct binder *b, const struct xref *x,
                    const struct named *doc)
{
    struct xref outside = *x;

    outside.doc = doc;
    bind_outside(b, &outside);
}

/* "Draft new Recommendation A.1 (Annex B)", where that text is annexed here. */
static bool is_annexed(struct binder *b, const struct xref *x)
{
    const struct xrefs *xrefs = b->cited.xrefs;
    const struct node *annex;
    size_t i = 0;

    if (!x->beside || !x->doc || !rule_is_part(x->rule) || !x->label.len ||
        !(annex = cited_annex(&b->cited, x->rule->name, x->label)))
        return false;
    while (i < xrefs->annexed_count && xrefs->annexed[i].attachment != annex &&
           cited_spend(&b->cited, CITED_COMPARISON))
        i++;
    return i < xrefs->annexed_count &&
           strcmp(xrefs->annexed[i].doc->type, x->doc->type) == 0 &&
           strcmp(xrefs->annexed[i].doc->number, x->doc->number) == 0;
}

static void bind_one(struct binder *b, const struct xref *x)
{
    bool self = is_self(b, x->doc);

    if (is_mere_words(b, x)) {
        dissolve_reference(x->node);
        return;
    }
    if (self && leads_to_amended(b, x)) {
        bind_to(b, x, &b->amended);
    } else if (self && !rule_is(x->rule, "document")) {
        struct xref inside = *x; /* its main body, wherever this stands */

        inside.main = true;
        bind_inside(b, &inside);
    } else if (self && !x->last_doc) {
        draft_set(b->draft, x->node, "href", b->self->work);
        draft_set(b->draft, x->node, "src:status", "resolved");
    } else if (x->doc && !is_annexed(b, x)) {
        bind_outside(b, x);
    } else if (is_of_topic(b, x)) {
        bind_to(b, x, x->topic);
    } else if (is_told(b, x)) {
        bind_to(b, x, x->told);
    } else if (is_of_about(b, x)) {
        bind_to(b, x, b->cited.xrefs->about);
    } else if (says_other(b, x)) {
        struct xref inside = *x;

        inside.main = false;
        bind_inside(b, &inside);
    } else if (leads_to_amended(b, x)) {
        bind_to(b, x, &b->amended);
    } else {
        bind_inside(b, x);
    }
}

/* ---- contents --------------------------------------------------------------- */

static struct node *toc_target(struct binder *b, struct node *item,
                               struct span num, struct span title)
{
    struct xref x = { .node = item };
    struct folded folded = { 0 };
    struct finding f;
    enum cited_status status;
    struct node *found = cited_named_annex(&b->cited, title);
    size_t index = 0;

    if (found)
        return found;
    if (num.at)
        return cited_clause(&b->cited, &x, num, &status);
    if (!scanner_fold_text(b->scanner, &folded, title))
        return NULL;
    while (!found && scanner_find(b->scanner, KIND_HEADING, &index, &folded, 0,
                                  &f))
        if (f.rule->level == 0)
            found = cited_annex(&b->cited, f.rule->name, f.match.at[CAP_NUM]);
    if (!found && scanner_is(b->scanner, KIND_CAPTION, &folded, &f))
        found = cited_caption(&b->cited, f.rule, f.match.at[CAP_NUM], NULL);
    if (!found && scanner_is(b->scanner, KIND_REF, &folded, &f) &&
        f.match.at[CAP_ALL].at == title.at) {
        x.rule = f.rule;
        found = rule_is_part(f.rule)
                    ? cited_annex(&b->cited, f.rule->name, f.match.at[CAP_NUM])
                    : cited_chapter(&b->cited, &x, f.match.at[CAP_NUM]);
    }
    folded_free(&folded);
    return found ? found : cited_heading(&b->cited, title);
}

/* What a line of the contents stands for, with or without a page. */
static struct node *find_entry(struct binder *b, struct node *item,
                               const struct folded *text)
{
    struct finding f;
    struct node *found = NULL;
    bool clause;

    if (scanner_is_named(b->scanner, KIND_TOC, "line", text, &f))
        return toc_target(b, item, f.match.at[CAP_NUM],
                          f.match.at[CAP_TITLE]);
    clause = scanner_is(b->scanner, KIND_CLAUSE, text, &f);
    if (!clause || f.rule->level == 1)
        found = toc_target(b, item, (struct span){ 0 }, text->original);
    return found || !clause
               ? found
               : toc_target(b, item, f.match.at[CAP_NUM], f.match.at[CAP_TEXT]);
}

static void bind_contents(struct binder *b)
{
    struct node *doc = b->cited.doc;
    struct buf line = { 0 }, href = { 0 };

    for (struct node *n = doc; n && !b->draft->failed;
         n = draft_next(n, doc, true)) {
        struct folded folded = { 0 };
        struct node *target;

        if (!draft_is(n, "tocItem"))
            continue;
        if (scanner_fold(b->scanner, &folded, draft_content(&line, n), true) &&
            (target = find_entry(b, n, &folded)) != NULL &&
            draft_get(target, "eId")) {
            buf_clear(&href);
            buf_printf(&href, "#%s", draft_get(target, "eId"));
            draft_set(b->draft, n, "href", buf_text(&href));
        }
        folded_free(&folded);
    }
    b->draft->failed |= line.failed || href.failed;
    buf_free(&line);
    buf_free(&href);
}

/* Whether what is cited is missing, rather than of another text: a table of a
 * Recommendation, an annex that is filed elsewhere. */
static bool may_lack(struct binder *b, const struct xref *x)
{
    return rule_is_part(x->rule) ? cited_may_lack(&b->cited, x)
                             : !rule_is(x->rule, "clause") &&
                                   strcmp(b->self->named.type,
                                          "recommendation") == 0;
}

enum { WORD_BEGINNING = 4 };

/* "Attachment 1" is none of a text that calls its own "Annex": whether the words
 * have the first letters of what it is called. */
static bool is_called_alike(const struct node *annex, struct span words)
{
    struct node *p =
        draft_child(draft_child(draft_child(annex, "doc"), "preface"), "p");
    struct span name = draft_first_text(draft_child(p, "docNumber"));
    UChar32 want[WORD_BEGINNING];
    size_t count = 0, same = 0;
    UChar32 c;

    for (int32_t at = 0; at < (int32_t)name.len && count < WORD_BEGINNING;) {
        U8_NEXT(name.at, at, (int32_t)name.len, c);
        if (!u_isalpha(c) || (count == 2 && u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC)))
            break;
        want[count++] = u_foldCase(c, U_FOLD_CASE_DEFAULT);
    }
    for (int32_t from = 0; from < (int32_t)words.len && same < count;) {
        int32_t at = from;

        same = 0;
        while (same < count && at < (int32_t)words.len) {
            U8_NEXT(words.at, at, (int32_t)words.len, c);
            if (u_foldCase(c, U_FOLD_CASE_DEFAULT) != want[same])
                break;
            same++;
        }
        U8_FWD_1(words.at, from, (int32_t)words.len);
    }
    return same == count;
}

/* Whether this document may be meant: it has such a place, or lacks it. What an
 * annex to a letter says of a text is not about the letter. */
static bool may_be_inside(struct binder *b, const struct xref *x)
{
    struct node *part = draft_ancestor(x->node, "attachment", NULL), *found;
    enum cited_status status;

    if (x->apart && may_lack(b, x))
        return true;
    found = cited_find(&b->cited, x, x->label, &status);
    if (found && x->beside && draft_is(found, "attachment") &&
        !is_called_alike(found, draft_first_text(x->node)))
        return false;
    return found && status == CITED_RESOLVED &&
           !(x->apart && part && rule_is(x->rule, "clause") &&
             document_is_letter(&b->self->named) &&
             draft_ancestor(found, "attachment", NULL) != part);
}

/* What is cited together is of one document: this one where it has all of it,
 * or else the one that was named. Returns how many they are. */
static size_t settle_doubt(struct binder *b, struct xref *first, size_t most)
{
    bool inside = first->doubt;
    size_t count = 0;

    do
        inside = inside && may_be_inside(b, &first[count]);
    while (++count < most && first->doubt &&
           first[count].doubt == first->doubt);
    for (size_t i = 0; inside && i < count; i++)
        first[i].doc = NULL;
    return count;
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
    for (size_t i = 0; i < xrefs->count && !draft->failed; i++)
        turn_range(&b, &xrefs->at[i]);
    for (size_t i = 0; i < xrefs->count && !draft->failed;)
        i += settle_doubt(&b, &xrefs->at[i], xrefs->count - i);
    for (size_t i = 0; i < xrefs->count && !draft->failed; i++)
        bind_one(&b, &xrefs->at[i]);
    bind_contents(&b);
    cited_free(&b.cited);
}
