/* Finds the clause of a tree that a reference cites. */
#include "cited.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "labels.h"

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

struct node *cited_section(struct cited *c, const char *prefix,
                           struct span label, bool partly)
{
    struct node *found;
    size_t start;

    buf_clear(&c->id);
    buf_printf(&c->id, "%ssec_", prefix);
    start = c->id.len;
    cited_write_clause(&c->id, c, label);
    found = ids_find(c->ids, buf_text(&c->id));
    while (partly && !found && shorten(&c->id, start))
        found = ids_find(c->ids, buf_text(&c->id));
    return found;
}

struct node *cited_section_in(struct cited *c, const struct node *around,
                              struct span label)
{
    struct buf prefix = { 0 };
    struct node *found;

    if (around)
        buf_printf(&prefix, "%s__", draft_get(around, "eId"));
    found = cited_section(c, buf_text(&prefix), label, false);
    c->draft->failed |= prefix.failed;
    buf_free(&prefix);
    return found;
}

/* The number of paragraph 2 stands behind that in the margin: "14", a TAB, "2",
 * a TAB and the text. */
static struct node *find_behind_margin(struct cited *c,
                                       const struct node *article,
                                       struct span label)
{
    for (struct node *n = article->children;
         n && cited_spend(c, CITED_COMPARISON); n = n->next) {
        struct node *block =
            draft_is(n, "section") ? draft_child(n, "content") : NULL;
        struct span text;

        if (!block && draft_is(n, "section"))
            block = draft_child(n, "intro");
        text = draft_first_text(draft_child(block, "p"));
        if (text.len > label.len && text.at[label.len] == '\t' &&
            memcmp(text.at, label.at, label.len) == 0)
            return n;
    }
    return NULL;
}

struct node *cited_paragraph(struct cited *c, const struct node *article,
                             struct span label)
{
    struct node *found;

    if (!article || !ids_is_article(article) || !label.len ||
        memchr(label.at, '.', label.len - 1))
        return NULL;
    buf_clear(&c->id);
    buf_printf(&c->id, "%s-", draft_get(article, "eId"));
    cited_write_clause(&c->id, c, label);
    found = ids_find(c->ids, buf_text(&c->id));
    return found && found->parent == article
               ? found
               : find_behind_margin(c, article, label);
}

bool cited_says(struct cited *c, const struct xref *x, const char *kind)
{
    const struct node *whole =
        draft_is(x->node->parent, "mref") ? x->node->parent : x->node;

    /* An entry of contents is cited by no rule. */
    return x->rule && rule_is(x->rule, "clause") &&
           cited_spend(c, CITED_MATCH) &&
           scanner_takes(
               c->scanner, KIND_SAME, kind,
               x->words.len ? x->words : draft_content(&c->text, whole), NULL);
}

/* Of the rules that a letter has annexed, and of the law that a form is to. */
bool cited_is_article_apart(struct cited *c, const struct xref *x)
{
    return c->articled_count == 1 && !x->part.at && !x->main && x->label.len &&
           c->articled != draft_ancestor(x->node, "attachment", NULL) &&
           cited_says(c, x, "article");
}

static bool begins_with_han_numeral(struct span text)
{
    int32_t at = 0;
    UChar32 sign = 0;

    if (text.len)
        U8_NEXT(text.at, at, (int32_t)text.len, sign);
    return u_getNumericValue(sign) != U_NO_NUMERIC_VALUE &&
           u_hasBinaryProperty(sign, UCHAR_IDEOGRAPHIC);
}

/* "Section 2" where clauses are 二、 or II.: such a chapter has no word of its
 * own. */
static struct node *find_wordless(struct cited *c, const char *prefix,
                                  struct span label)
{
    struct node *found;
    struct span num;

    buf_clear(&c->id);
    buf_printf(&c->id, "%schp_", prefix);
    cited_write_chapter(&c->id, c, label);
    found = ids_find(c->ids, buf_text(&c->id));
    num = draft_first_text(draft_child(found, "num"));
    if (num.len >= label.len && memcmp(num.at, label.at, label.len) == 0)
        return found; /* neither 二 nor II is what counts as 貳 */
    return begins_with_han_numeral(num) && !begins_with_han_numeral(label)
               ? found : NULL;
}

/* "Section 2" is 2, or else 二、; 第二节 is 二、, or else 2; 第二条 is an
 * article. */
static struct node *find_exactly(struct cited *c, const struct xref *x,
                                 const char *prefix, struct span label)
{
    bool han = begins_with_han_numeral(label) &&
               !(c->article_count > 0 && cited_says(c, x, "article"));
    struct node *found = han ? find_wordless(c, prefix, label) : NULL, *second;

    if (found || !(found = cited_section(c, prefix, label, false)) ||
        ids_is_article(found) || !c->article_count ||
        !cited_says(c, x, "article"))
        return found;
    /* "1", and "Article 1" below it. */
    buf_puts(&c->id, "_2");
    second = ids_find(c->ids, buf_text(&c->id));
    return second && ids_is_article(second) ? second : found;
}

enum { BESIDE_MAX = 64 };

/* A clause that stands in an unnumbered section of the body or section: in the
 * first that has it, or with `below` in the last before this one. */
static struct node *find_under(struct cited *c, const struct node *parent,
                               struct span label, const struct node *below)
{
    struct node *found = NULL;
    size_t seen = 0;

    for (struct node *n = parent ? parent->children : NULL;
         n && !(found && (!below || n == below)) && seen < BESIDE_MAX &&
         cited_spend(c, CITED_COMPARISON);
         n = n->next) {
        struct node *one;

        below = n == below ? NULL : below;
        if (!draft_is(n, "section") || draft_child(n, "num"))
            continue;
        seen++;
        one = cited_section_in(c, n, label);
        found = one ? one : found;
    }
    return found;
}

/* 第三点 where 三、 counts on in another chapter: 贰 behind 壹. NULL where two have
 * such a clause. */
static struct node *find_counting_on(struct cited *c, struct node *from,
                                     struct span label)
{
    const struct node *body = draft_ancestor(from, "mainBody", NULL);
    struct node *found = NULL;
    size_t seen = 0;

    for (struct node *n = body ? body->children : NULL;
         n && seen < BESIDE_MAX && cited_spend(c, CITED_COMPARISON);
         n = n->next) {
        struct buf prefix = { 0 };
        struct node *one;

        if (!draft_is(n, "section") || !ids_is_chapter(n))
            continue;
        seen++;
        buf_printf(&prefix, "%s__", draft_get(n, "eId"));
        one = find_wordless(c, buf_text(&prefix), label);
        c->draft->failed |= prefix.failed;
        buf_free(&prefix);
        if (one && found)
            return NULL;
        found = one ? one : found;
    }
    return found;
}

/* ... of the citing attachment; what is cited as "above" is the nearest. */
static struct node *find_beside(struct cited *c, struct node *from,
                                struct span label, bool above)
{
    struct node *body = draft_ancestor(from, "mainBody", NULL);

    while (above && from && from->parent != body)
        from = from->parent;
    return find_under(c, body, label, above ? from : NULL);
}

/* Whether the reference speaks of a paragraph, which articles count anew. The
 * article that it names around that has no label of its own. */
static bool says_paragraph(struct cited *c, const struct xref *x)
{
    return x->label.len && cited_says(c, x, "paragraph");
}

/* Whether clauses may be counted anew in the section. */
static bool counts_anew(struct cited *c, const struct xref *x,
                        const struct node *section)
{
    return !draft_child(section, "num") || ids_is_chapter(section) ||
           ids_is_quoting(section) ||
           (ids_is_article(section) && says_paragraph(c, x));
}

/* Prefixes to look in, the citing place's own first: a heading, two sections
 * around that may count anew, an annex, the part, the main body, whose prefix
 * is empty, the heading of its articles, and the annex that the part may be one
 * to. */
enum { PREFIXES = 7 };

static void add_prefix(struct buf prefixes[], size_t *count,
                       const struct node *node)
{
    buf_printf(&prefixes[(*count)++], "%s__", draft_get(node, "eId"));
}

/* An appendix right behind an annex may be one to that. */
static bool is_below_annex(const struct node *own)
{
    return own && own->prev &&
           draft_is_named(draft_child(own, "doc"), "appendix") &&
           draft_is_named(draft_child(own->prev, "doc"), "annex");
}

/* Whether clauses count on through the headings above them: the name of the one
 * that stands in the section does not begin with that of the section. */
static bool counts_through(const struct node *section,
                           const struct node *clause)
{
    const char *above = draft_get(section, "eId");
    const char *id = draft_get(clause, "eId");

    return clause != section && draft_child(clause, "num") && above && id &&
           strncmp(id, above, strlen(above)) != 0;
}

/* "Article 3 of this decision", said above or behind the heading "Decides:". */
static void add_articles_below(const struct cited *c, struct buf prefixes[],
                               size_t *count)
{
    if (c->articles_below && !c->articles_spread)
        add_prefix(prefixes, count, c->articles_below);
}

/* Their number; `titled` is the section under the heading that the reference
 * names, where alone it is looked for, or NULL, and `attachment` the annex that
 * it leads to. */
static size_t list_prefixes(struct cited *c, struct buf prefixes[PREFIXES],
                            const struct xref *x, struct node *titled,
                            const struct node *attachment)
{
    struct node *own =
        x->main ? NULL : draft_ancestor(x->node, "attachment", NULL);
    struct node *scope, *inner;
    size_t count = 0;

    if (titled || x->part.at) {
        if (titled || attachment)
            add_prefix(prefixes, &count, titled ? titled : attachment);
        return count;
    }
    if (cited_is_article_apart(c, x)) {
        if (c->articled)
            add_prefix(prefixes, &count, c->articled);
        else
            add_articles_below(c, prefixes, &count);
        return c->articled ? count : count + 1;
    }
    inner = scope = x->main ? NULL : draft_ancestor(x->node, "section", NULL);
    for (; scope && count < 2;
         scope = draft_ancestor(scope->parent, "section", NULL)) {
        if (counts_anew(c, x, scope) && !counts_through(scope, inner))
            add_prefix(prefixes, &count, scope);
        inner = scope;
    }
    if (attachment)
        add_prefix(prefixes, &count, attachment);
    if (own)
        add_prefix(prefixes, &count, own);
    /* "Paragraph 3 of this annex" is of no other part. */
    if (own && x->says && strcmp(x->says, "annex") == 0)
        return count;
    count++;
    if (c->articles_below && cited_says(c, x, "article"))
        add_articles_below(c, prefixes, &count);
    /* What the main body lacks, the annex before an appendix may have. */
    if (is_below_annex(own))
        add_prefix(prefixes, &count, own->prev);
    return count;
}

/* Where a clause is looked for. */
struct places {
    struct buf prefixes[PREFIXES];
    size_t count;
    struct node *titled, *attachment;
};

/* What makes an eId unlike the one that the number of the clause alone would
 * give, as in "sec_2_2" of a second clause 2; empty for none. `from` is where
 * the number begins in it. */
static struct span repeated_end(struct cited *c, const struct node *clause,
                                const char **from)
{
    const char *id = draft_get(clause, "eId");
    const char *last = id ? strstr(id, "sec_") : NULL, *next, *end;

    while (last && (next = strstr(last + 1, "__sec_")) != NULL)
        last = next + 2;
    if (!last)
        return (struct span){ 0 };
    *from = last + strlen("sec_");
    buf_clear(&c->id);
    cited_write_clause(&c->id, c, draft_first_text(draft_child(clause, "num")));
    if (!c->id.len || strncmp(*from, buf_text(&c->id), c->id.len) != 0)
        return (struct span){ 0 };
    end = *from + c->id.len;
    return end[0] == '_' && is_digit(end[1]) ? span_of(end)
                                             : (struct span){ 0 };
}

enum { REPEATED_MAX = 4 };

/* The last clause of the label before the citing one, where the label is
 * repeated; NULL for none. `from` is where the number begins in the eId. */
static struct node *last_repeated(struct cited *c, const struct node *clause,
                                  const char *from, struct span label)
{
    struct node *found = NULL, *one;
    int k = 2;

    do {
        buf_clear(&c->id);
        buf_add_span(&c->id, span_between(draft_get(clause, "eId"), from));
        cited_write_clause(&c->id, c, label);
        buf_printf(&c->id, "_%d", k);
        one = ids_find(c->ids, buf_text(&c->id));
        if (one && draft_line(one) < draft_line(clause))
            found = one;
    } while (one && ++k <= REPEATED_MAX);
    return found;
}

/* "Paragraph 1" in the second clause 2 is the second one, too, and so it is in
 * clause 3 that goes on from there. */
static struct node *find_repeated(struct cited *c, const struct xref *x,
                                  struct span label)
{
    const struct node *clause = x->main || x->part.at || x->title.at
                                    ? NULL
                                    : draft_ancestor(x->node, "section", NULL);
    const char *from = NULL;
    struct span end;

    while (clause && !draft_child(clause, "num"))
        clause = draft_ancestor(clause->parent, "section", NULL);
    end = clause ? repeated_end(c, clause, &from) : (struct span){ 0 };
    if (!end.len)
        return from ? last_repeated(c, clause, from, label) : NULL;
    buf_clear(&c->id);
    buf_add_span(&c->id, span_between(draft_get(clause, "eId"), from));
    cited_write_clause(&c->id, c, label);
    buf_add_span(&c->id, end);
    return ids_find(c->ids, buf_text(&c->id));
}

/* Whether the number may be one that is counted through all articles, and not
 * that of a paragraph of one of them. */
static bool may_be_provision(struct cited *c, const struct xref *x,
                             struct span label)
{
    return c->article_count > 0 && !x->doc && !x->part.at && !x->around.at &&
           (x->here ||
            (label.len > 1 && !memchr(label.at, '.', label.len) &&
             is_digit(label.at[1])) ||
            cited_says(c, x, "provision"));
}

/* "No. 70 above" in article 5, which stands in the margin of article 4: the
 * only one that there is. */
static struct node *find_provision(struct cited *c, struct span label)
{
    struct node *found = NULL;

    for (size_t i = 0; i < c->article_count && cited_spend(c, CITED_COMPARISON);
         i++) {
        struct node *one = cited_section_in(c, c->articles[i], label);

        if (one && found)
            return NULL;
        found = one ? one : found;
    }
    return found;
}

/* "Paragraph 2 of this article", in one whose paragraphs are 3.1 and 3.2. */
static struct node *find_in_article(struct cited *c, const struct xref *x,
                                    struct span label)
{
    const struct node *own = x->main || x->part.at || x->title.at
                                 ? NULL
                                 : draft_ancestor(x->node, "section", NULL);
    struct node *found;

    while (own && !ids_is_article(own))
        own = draft_ancestor(own->parent, "section", NULL);
    found = cited_paragraph(c, own, label);
    return found && says_paragraph(c, x) ? found : NULL;
}

static struct node *find_whole(struct cited *c, const struct xref *x,
                               struct span label, const struct places *in)
{
    struct node *found = find_repeated(c, x, label), *around = NULL;

    if (!found)
        found = find_in_article(c, x, label);
    if (x->here && !x->item.at && draft_is_in(x->node, found))
        found = NULL;
    for (size_t i = 0; i < in->count && !found; i++) {
        found = find_exactly(c, x, buf_text(&in->prefixes[i]), label);
        if (!found && !x->main && !x->part.at && i + 1 < in->count)
            found = find_beside(c, x->node, label, x->here);
        /* Clause 3 is not the "clause 3 above" that it names. */
        if (x->here && !x->item.at && draft_is_in(x->node, found)) {
            around = around ? around : found;
            found = NULL;
        }
    }
    for (size_t i = 0; i < in->count && !found; i++)
        found = find_wordless(c, buf_text(&in->prefixes[i]), label);
    if (!found && !x->part.at && begins_with_han_numeral(label))
        found = find_counting_on(c, x->node, label);
    if (!found && in->attachment)
        found = find_beside(
            c, draft_child(draft_child(in->attachment, "doc"), "mainBody"),
            label, false);
    /* Below the subject of a letter, which stands behind the salutation. */
    if (!found && x->main && !x->part.at)
        found = find_under(
            c, draft_child(draft_child(c->draft->root, "doc"), "mainBody"),
            label, NULL);
    /* Clause 2 below "Background", cited below "Comments". */
    if (!found && !x->main && !x->part.at && !in->titled && in->count == 1 &&
        draft_ancestor(x->node, "section", NULL))
        found = find_beside(c, x->node, label, x->here);
    /* A proposal that the section makes below. */
    if (!found && !x->main && !x->part.at && !in->titled)
        found = find_under(c, draft_ancestor(x->node, "section", NULL), label,
                           NULL);
    if (!found && may_be_provision(c, x, label))
        found = find_provision(c, label);
    return found ? found : around;
}

/* "5" of "Article 5" and "5." */
static struct span bare_number(const struct node *section)
{
    struct span num = draft_first_text(draft_child(section, "num"));

    while (num.len && num.at[num.len - 1] == '.')
        num.len--;
    while (ids_is_article(section) && num.len && !is_digit(*num.at))
        num = span_between(num.at + 1, num.at + num.len);
    return num;
}

/* Whether a label goes on from the one to the other behind a dot: to a
 * paragraph of an article, or to the item ".1". */
static bool is_behind_dot(const struct node *above, const struct node *item)
{
    return ids_is_article(above)
               ? draft_is(item, "section")
               : draft_is(item, "item") &&
                     span_first(draft_first_text(draft_child(item, "num"))) ==
                         '.';
}

/* "Article 5.1", "paragraph 3.1.2", where clause 3 has the items ".1" and ".2",
 * and the first of them ".1" and ".2": goes into them from `found`. `whole`
 * tells whether all were found. */
static struct node *find_dotted(struct cited *c, struct node *found,
                                struct span label, bool *whole)
{
    struct span num = bare_number(found);
    const char *end = label.at + label.len, *at, *dot;

    *whole = false;
    if (!num.len || num.len >= label.len || label.at[num.len] != '.' ||
        memcmp(num.at, label.at, num.len) != 0)
        return found;
    for (at = label.at + num.len; at < end; at = dot) {
        struct node *item;

        dot = memchr(at + 1, '.', (size_t)(end - at - 1));
        dot = dot ? dot : end;
        item = cited_item(c, found,
                          span_between(at + ids_is_article(found), dot), whole);
        *whole = *whole && is_behind_dot(found, item);
        if (!*whole)
            return found;
        found = item;
    }
    return found;
}

/* The deepest that there is of what the label names; `whole` tells whether that
 * is all of it. */
static struct node *find_partly(struct cited *c, const struct xref *x,
                                struct span label, const struct places *in,
                                bool *whole)
{
    struct node *found = NULL;

    for (size_t i = 0; i < in->count; i++) {
        struct node *one =
            cited_section(c, buf_text(&in->prefixes[i]), label, true);

        one =
            draft_is(one, "section") ? find_dotted(c, one, label, whole) : one;
        if (*whole)
            return one;
        found = found ? found : one;
    }
    if (found || in->titled)
        return found ? found : in->titled;
    /* A2.3 need not be of annex 2. */
    return x->part.at || (in->attachment &&
                          in->attachment ==
                              cited_annex(c, NULL, labels_letters(label)))
               ? in->attachment
               : NULL;
}

/* "Article 3.1" in rules that are annexed to what has a clause 3.1. */
static struct node *find_in_own_article(struct cited *c, struct span label,
                                        const struct places *in)
{
    struct node *found;
    bool whole = false;

    if (!c->article_count || in->count < 2 || !label.len ||
        !memchr(label.at, '.', label.len))
        return NULL;
    found = cited_section(c, buf_text(&in->prefixes[0]), label, true);
    if (!draft_is(found, "section") || !ids_is_article(found))
        return NULL;
    found = find_dotted(c, found, label, &whole);
    return whole ? found : NULL;
}

/* "Annex 3, clause I.1", where Appendix I is one to the annex. */
static struct node *find_in_appendix(struct cited *c, const struct xref *x,
                                     struct span label)
{
    struct node *appendix = x->part.at ? cited_annex_of(c, label) : NULL;
    const char *name = draft_get(draft_child(appendix, "doc"), "name");
    struct buf prefix = { 0 };
    struct node *found = NULL;

    if (name && strcmp(name, "appendix") == 0) {
        add_prefix(&prefix, &(size_t){ 0 }, appendix);
        found = find_exactly(c, x, buf_text(&prefix), label);
    }
    c->draft->failed |= prefix.failed;
    buf_free(&prefix);
    return found;
}

/* Whether clauses stand in it; true as well where that takes too long to tell. */
static bool has_sections(struct cited *c, const struct node *body)
{
    for (const struct node *n = body->children; n; n = n->next)
        if (draft_is(n, "section") || !cited_spend(c, CITED_COMPARISON))
            return true;
    return false;
}

/* "Paragraph 2 below", where remarks are counted and clauses are not. */
static struct node *find_listed(struct cited *c, const struct xref *x,
                                struct span label)
{
    struct node *body = draft_ancestor(x->node, "mainBody", NULL), *found;
    bool whole = false;

    if (!x->here || x->part.at || x->title.at || !label.len ||
        !span_is_digits(label) || !body || has_sections(c, body))
        return NULL;
    found = cited_item(c, body, label, &whole);
    return whole ? found : NULL;
}

/* "Questions A.1 to A.3" in a letter, whose annexed form has parts A and B: the
 * only annex with such a clause. Numbers without letters may be of any text. */
static struct node *find_annexed(struct cited *c, const struct xref *x,
                                 struct span label)
{
    struct node *all = cited_attachments(c), *found = NULL;

    if (x->part.at || x->title.at || !labels_letters(label).len ||
        draft_ancestor(x->node, "attachment", NULL))
        return NULL;
    for (struct node *a = all ? all->children : NULL;
         a && cited_spend(c, CITED_COMPARISON); a = a->next) {
        struct node *one = cited_section_in(c, a, label);

        if (one && found)
            return NULL;
        found = one ? one : found;
    }
    return found;
}

struct node *cited_clause(struct cited *c, const struct xref *x,
                          struct span label, enum cited_status *status)
{
    struct places in = { .count = 0 };
    struct node *found;

    if (x->title.at && !(in.titled = cited_titled(c, x))) {
        *status = CITED_DANGLING;
        return NULL;
    }
    in.attachment = x->part.at ? cited_part(c, x) : cited_annex_of(c, label);
    in.count = list_prefixes(c, in.prefixes, x, in.titled, in.attachment);
    found = find_in_own_article(c, label, &in);
    if (!found)
        found = find_whole(c, x, label, &in);
    if (!found)
        found = find_in_appendix(c, x, label);
    if (!found)
        found = find_annexed(c, x, label);
    if (!found)
        found = find_listed(c, x, label);
    *status = CITED_RESOLVED;
    if (!found) {
        bool whole = false;

        found = find_partly(c, x, label, &in, &whole);
        *status = whole   ? CITED_RESOLVED
                  : found ? CITED_PARTIAL
                          : CITED_DANGLING;
    }
    for (size_t i = 0; i < PREFIXES; i++) {
        c->draft->failed |= in.prefixes[i].failed;
        buf_free(&in.prefixes[i]);
    }
    return found;
}
