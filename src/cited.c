/* Finds what references cite. */
#include "cited.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* More than honest documents need. A text of nothing but captions and
 * references to them, say, would take as many squared. */
enum { SPENT_MAX = 4000000 };

bool cited_spend(struct cited *c, size_t cost)
{
    if (c->spent >= SPENT_MAX)
        return false;
    c->spent += cost;
    return true;
}

static const struct numerals *numerals_of(const struct cited *c)
{
    return &c->scanner->grammar->numerals;
}

struct span cited_straight(const struct cited *c, char text[NUMBER_TEXT],
                           struct span label)
{
    return c->scanner->turned ? number_turn(text, label) : label;
}

void cited_write_clause(struct buf *out, const struct cited *c,
                        struct span label)
{
    char text[NUMBER_TEXT];

    number_write_id(out, cited_straight(c, text, label), COUNT_DECIMAL,
                    numerals_of(c));
}

void cited_write_chapter(struct buf *out, const struct cited *c,
                         struct span label)
{
    char text[NUMBER_TEXT];

    number_write_chapter(out, cited_straight(c, text, label), COUNT_DECIMAL,
                         numerals_of(c));
}

/* ---- agendas and questionnaires ----------------------------------------------- */

/* Whether an element of this name tells that the document or attachment is of
 * the kind that the rule knows. */
static bool is_told(struct cited *c, const struct node *doc, const char *name,
                    const char *kind)
{
    struct node *preface = draft_child(doc, "preface");

    for (struct node *n = preface; n && cited_spend(c, CITED_COMPARISON);
         n = draft_next(n, preface, true))
        if (draft_is(n, name) &&
            scanner_takes(c->scanner, KIND_SAME, kind,
                          span_trim(draft_content(&c->text, n)), NULL))
            return true;
    return false;
}

/* Whether the title is that of an agenda, or of another such kind. */
static bool is_titled(struct cited *c, const struct node *doc, const char *kind)
{
    return is_told(c, doc, "docTitle", kind);
}

bool cited_is_report(struct cited *c)
{
    if (!c->typed)
        c->report = is_told(c, c->doc, "docType", "report");
    c->typed = true;
    return c->report;
}

static struct node *agenda_item(struct cited *c, const char *prefix,
                                const struct node *doc, struct span label)
{
    struct node *found;
    bool whole;

    if (!is_titled(c, doc, "agenda"))
        return NULL;
    found = cited_section(c, prefix, label, false);
    if (!found)
        found = cited_item(c, draft_child(doc, "mainBody"), label, &whole);
    return found;
}

/* "Agenda item 5", where the agenda is annexed, or the whole document is one.
 */
static struct node *find_agenda_item(struct cited *c, struct span label)
{
    struct node *all = cited_attachments(c), *found = NULL;

    for (struct node *a = all ? all->children : NULL;
         a && !found && cited_spend(c, CITED_MATCH); a = a->next) {
        struct buf prefix = { 0 };

        buf_printf(&prefix, "%s__", draft_get(a, "eId"));
        found = agenda_item(c, buf_text(&prefix), draft_child(a, "doc"), label);
        c->draft->failed |= prefix.failed;
        buf_free(&prefix);
    }
    return found ? found : agenda_item(c, "", c->doc, label);
}

static struct node *question_in(struct cited *c, const struct node *attachment,
                                struct span label)
{
    return attachment &&
                   is_titled(c, draft_child(attachment, "doc"), "questionnaire")
               ? cited_section_in(c, attachment, label)
               : NULL;
}

/* "Question 3" is clause 3 of a questionnaire: of the one around, of the one
 * that is named, or of the only one that is annexed and has such a clause. */
static struct node *find_question(struct cited *c, const struct xref *x,
                                  struct span label)
{
    struct node *all = cited_attachments(c), *found = NULL;
    const struct node *own = x->part.at
                                 ? cited_part(c, x)
                                 : draft_ancestor(x->node, "attachment", NULL);

    if (!rule_is(x->rule, "query") || x->title.at)
        return NULL;
    found = question_in(c, own, label);
    if (found || x->part.at)
        return found;
    for (struct node *a = all ? all->children : NULL;
         a && cited_spend(c, CITED_MATCH); a = a->next) {
        struct node *one = a != own ? question_in(c, a, label) : NULL;

        if (one && found)
            return NULL;
        found = one ? one : found;
    }
    return found;
}

/* ---- tables and figures ----------------------------------------------------- */

static bool read_caption(struct number *number, struct span label)
{
    return number_read(number, label,
                       is_digit(*label.at) ? COUNT_DECIMAL : COUNT_HAN, NULL);
}

/* 表一 is 表1, and "Table A-1" is not. */
static bool is_same_caption(struct span one, struct span other)
{
    struct number number, wanted;

    if (span_equal(one, other))
        return true;
    return one.len && other.len && is_digit(*one.at) != is_digit(*other.at) &&
           ((is_digit(*one.at) ? *other.at : *one.at) & 0x80) &&
           read_caption(&number, one) && read_caption(&wanted, other) &&
           number.depth == 1 && wanted.depth == 1 && !*number.prefix &&
           !*wanted.prefix && number_last(&number) == number_last(&wanted);
}

/* "附表1" is not "表1"; "tableaux 1" may be "TABLEAU 1". */
static bool begin_alike(struct span one, struct span other)
{
    UChar32 a, b;
    size_t at = 0, to = 0;

    if (!one.len || !other.len)
        return false;
    U8_NEXT(one.at, at, one.len, a);
    U8_NEXT(other.at, to, other.len, b);
    return u_tolower(a) == u_tolower(b);
}

/* The best is called so, in the part; else what is called so, what is in the
 * part, and any. */
struct node *cited_caption(struct cited *c, const struct rule *rule,
                           struct span label, struct span words,
                           const struct node *part)
{
    struct node *best[4] = { NULL };
    int k = 0;

    for (size_t i = 0;
         !best[0] && i < c->caption_count && cited_spend(c, CITED_COMPARISON);
         i++) {
        const struct cited_label *one = &c->captions[i];
        struct node *found = draft_is(one->node, "caption")
                                 ? one->node->parent
                                 : one->node;

        if (!rule_is(one->rule, rule->name) ||
            !is_same_caption(one->label, label))
            continue;
        k = 2 * !begin_alike(draft_first_text(one->node), words) +
            (draft_ancestor(found, "attachment", NULL) != part);
        best[k] = best[k] ? best[k] : found;
    }
    for (k = 0; k < 3 && !best[k];)
        k++;
    return best[k];
}

/* "Table 1 of Annex 2" is in no other. */
static struct node *find_captioned(struct cited *c, const struct xref *x,
                                   struct span label,
                                   enum cited_status *status)
{
    struct node *part = x->part.at ? cited_part(c, x)
                        : x->main  ? NULL
                                  : draft_ancestor(x->node, "attachment", NULL);
    struct span words =
        x->part.at ? (struct span){ 0 } : draft_first_text(x->node);
    struct node *found = cited_caption(c, x->rule, label, words, part);

    if (!x->part.at ||
        (found && draft_ancestor(found, "attachment", NULL) == part))
        return found;
    *status = CITED_PARTIAL;
    return part;
}

/* ---- words -------------------------------------------------------------------- */

struct span cited_words(const struct xref *x)
{
    const struct node *list = x->node->parent;

    if (!draft_is(list, "mref"))
        return draft_first_text(x->node);
    return list->children->name ? draft_first_text(list->children)
                                : draft_first_text(list);
}

enum { WORD_BEGINNING = 4, HAN_WORD = 2 };

static bool is_han(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
}

bool cited_is_called(struct span name, struct span words)
{
    UChar32 want[WORD_BEGINNING];
    size_t count = 0, same = 0;
    UChar32 c;

    for (int32_t at = 0; at < (int32_t)name.len && count < WORD_BEGINNING;) {
        U8_NEXT(name.at, at, (int32_t)name.len, c);
        if (!u_isalpha(c) ||
            (count && is_han(want[0]) && (count == HAN_WORD || !is_han(c))))
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

/* ---- all -------------------------------------------------------------------- */

/* "Section II of Annex 1", where that has no such heading: the annex that the
 * words name. */
static struct node *part_of_chapter(struct cited *c, const struct xref *x)
{
    struct span words = draft_first_text(x->node);

    return cited_is_chapter(x->rule) && x->part.len && words.len &&
                   memmem(words.at, words.len, x->part.at, x->part.len)
               ? cited_part(c, x)
               : NULL;
}

/* "Section 3" where articles are counted through sections. */
static bool is_called_so(const struct xref *x, const struct node *chapter)
{
    struct span num = draft_first_text(draft_child(chapter, "num"));

    return num.len && u_isalpha((unsigned char)*num.at) &&
           cited_is_called(num, x->words.len ? x->words : cited_words(x));
}

/* "Section 3 above" in what a proposal quotes, which has a chapter that is
 * called so. */
static bool is_quoted_chapter(const struct xref *x, const struct node *chapter,
                              const struct node *clause)
{
    const struct node *quoted = draft_ancestor(x->node, "section", "proposal");

    return quoted && !draft_is_in(clause, quoted) &&
           draft_is_in(chapter, quoted);
}

/* "Section 3" is clause 3, or else a chapter that is called so. */
static struct node *find_numbered(struct cited *c, const struct xref *x,
                                  struct span label, enum cited_status *status)
{
    struct node *found = cited_is_chapter(x->rule)
                             ? NULL
                             : cited_clause(c, x, label, status);
    bool whole = found && *status == CITED_RESOLVED;
    struct node *chapter = cited_chapter(c, x, label);

    if (chapter && whole &&
        !(is_called_so(x, chapter) &&
          (ids_is_article(found) || is_quoted_chapter(x, chapter, found))))
        chapter = NULL;
    if (!chapter && !found)
        chapter = find_question(c, x, label);
    if (chapter) {
        *status = CITED_RESOLVED;
    } else if (!found && (found = part_of_chapter(c, x)) != NULL) {
        *status = CITED_PARTIAL;
    }
    return chapter ? chapter : found;
}

/* What stands below no clause of an annex may be an item of a list there. */
static struct node *find_numbered_or_listed(struct cited *c,
                                            const struct xref *x,
                                            struct span label,
                                            enum cited_status *status)
{
    struct node *found = find_numbered(c, x, label, status);
    struct node *item =
        x->part.at && *status == CITED_PARTIAL && draft_is(found, "attachment")
            ? cited_item_of_part(c, found, label)
            : NULL;

    if (item)
        *status = CITED_RESOLVED;
    return item ? item : found;
}

/* 本条 */
static struct node *own_article(struct node *node)
{
    while (node && !ids_is_article(node))
        node = draft_ancestor(node->parent, "section", NULL);
    return node;
}

/* The "Part 1" or "section 7" that the clause is said to stand in. */
static struct node *find_around(struct cited *c, const struct xref *x)
{
    struct xref around = {
        .node = x->node, .words = x->around, .part = x->part, .main = x->main
    };
    struct finding f;
    enum cited_status status = CITED_DANGLING;
    struct node *found = NULL;

    if (!scanner_takes(c->scanner, KIND_REF, NULL, x->around, &f))
        return own_article(draft_ancestor(x->node, "section", NULL));
    if (rule_is(f.rule, "before"))
        return cited_before(c, x, x->around);
    if (rule_is(f.rule, "clause") || rule_is(f.rule, "seen") ||
        cited_is_chapter(f.rule)) {
        around.rule = f.rule;
        around.label = f.match.at[CAP_NUM];
        found = find_numbered(c, &around, f.match.at[CAP_NUM], &status);
    }
    return status == CITED_RESOLVED ? found : NULL;
}

/* Clauses of a part may be counted anew, or through all parts. */
struct node *cited_clause_around(struct cited *c, const struct xref *x,
                                 struct span label, enum cited_status *status)
{
    struct node *around = find_around(c, x), *found = NULL;

    if (around) {
        *status = CITED_RESOLVED;
        found = cited_paragraph(c, around, label);
        if (!found)
            found = cited_section_in(c, around, label);
        if (!found)
            found = cited_clause(c, x, label, status);
        /* From Part B, where clauses are counted anew, one of Part A. */
        if (!found || !draft_is_in(found, around))
            found = cited_section_in(
                c, draft_ancestor(around, "attachment", NULL), label);
    }
    return found && *status == CITED_RESOLVED && draft_is_in(found, around)
               ? found
               : NULL;
}

/* （一）, below 一、 */
static bool in_brackets(struct span label)
{
    enum { WIDE_BRACKET = 0xFF08 };

    UChar32 first = span_first(label);

    return first == '(' || first == WIDE_BRACKET;
}

/* 第三条第二款 is the second paragraph of the article, and no item （二）,
 * which is a 项. In traditional characters 第三條第二項 is that paragraph, and
 * no item 二、, which is a 款. */
static bool is_other_unit(const struct xref *x, const struct node *item)
{
    static const char article[] = "\u689D";

    struct span words = span_trim(cited_words(x));
    struct span num = draft_first_text(draft_child(item, "num"));

    if (!draft_is(item, "item") || in_brackets(x->item))
        return false;
    return in_brackets(num)
               ? lines_ends_in(words, "\u6B3E")
               : lines_ends_in(words, "\u9805") &&
                     memmem(words.at, words.len, article, sizeof article - 1);
}

/* The items that the reference names in what was found. */
static struct node *item_below(struct cited *c, const struct xref *x,
                               struct node *found, enum cited_status *status)
{
    struct node *item;
    bool whole;

    if (!x->item.at)
        return found;
    item = cited_item(c, found, x->item, &whole);
    if (item && is_other_unit(x, item)) {
        item = NULL;
        whole = false;
    }
    /* A text without clauses is no part that the item could be of. */
    if (!item && draft_is(found, "mainBody"))
        *status = CITED_DANGLING;
    else if (!whole && *status == CITED_RESOLVED)
        *status = CITED_PARTIAL;
    return item ? item : *status == CITED_DANGLING ? NULL : found;
}

struct node *cited_find(struct cited *c, const struct xref *x,
                        struct span label, enum cited_status *status)
{
    struct node *item =
        rule_is(x->rule, "item") ? cited_item_around(c, x, label, NULL) : NULL;
    struct node *found;

    *status = CITED_RESOLVED;
    if (rule_is_part(x->rule)) {
        found = cited_whole_annex(c, x, label);
    } else if (rule_is(x->rule, "attached")) {
        found = xrefs_only(c->xrefs, c->scanner, draft_first_text(x->node),
                           c->xrefs->only_annex);
    } else if (rule_is(x->rule, "agenda")) {
        found = find_agenda_item(c, label);
    } else if (rule_is(x->rule, "before")) {
        found = cited_before(c, x, draft_content(&c->text, x->node));
    } else if (item) {
        found = item;
    } else if (rule_is(x->rule, "table") || rule_is(x->rule, "figure")) {
        found = find_captioned(c, x, label, status);
    } else if (!label.len && x->title.at) {
        found = cited_titled(c, x);
    } else if (!label.len && x->item.at) { /* "item b) above" */
        found = cited_home(c, x);
    } else if (x->around.at) {
        found = cited_clause_around(c, x, label, status);
    } else {
        found = find_numbered_or_listed(c, x, label, status);
    }
    if (!found)
        *status = CITED_DANGLING;
    return found ? item_below(c, x, found, status) : NULL;
}

struct node *cited_listed(struct cited *c, const struct xref *x,
                          struct span label, enum cited_status *status)
{
    struct node *found = rule_is(x->rule, "clause") && label.len &&
                                 !x->part.at && !x->main && !x->title.at
                             ? cited_item_around(c, x, label, NULL)
                             : NULL;

    if (!found)
        return NULL;
    *status = CITED_RESOLVED;
    return item_below(c, x, found, status);
}

/* ---- lists ------------------------------------------------------------------ */

static void keep_section(struct cited *c, struct node ***list, size_t *count,
                         struct node *section)
{
    struct node **slot = array_push(list, count, sizeof *slot);

    c->draft->failed |= !slot;
    if (slot)
        *slot = section;
}

static void keep_slot(struct cited *c, struct cited_label **list, size_t *count,
                      struct cited_label what)
{
    struct cited_label *slot = array_push(list, count, sizeof *slot);

    c->draft->failed |= !slot;
    if (slot)
        *slot = what;
}

/* Where the node's first text has a label by a rule of this kind. Behind it, a
 * title may stand on a line of its own. */
static void keep_label(struct cited *c, struct cited_label **list,
                       size_t *count, struct cited_label what, enum kind kind,
                       const char *rule)
{
    struct finding f;

    if (scanner_takes(c->scanner, kind, rule, what.label, &f) &&
        f.match.at[CAP_NUM].len)
        keep_slot(
            c, list, count,
            (struct cited_label){ what.node, f.rule, f.match.at[CAP_NUM] });
}

/* "Table A.1" of "Table A.1 – ", where the title begins with a reference. */
static struct span bare_caption(struct span text)
{
    static const char *const signs[] = {
        " ", ":", ".", "-", "\u2013", "\u2014", "\u3000", "\uFF1A"
    };

    for (size_t i = 0; i < sizeof signs / sizeof *signs;) {
        size_t len = strlen(signs[i]);

        if (text.len > len &&
            memcmp(text.at + text.len - len, signs[i], len) == 0) {
            text.len -= len;
            i = 0;
        } else {
            i++;
        }
    }
    return text;
}

static void keep_caption(struct cited *c, struct node *caption)
{
    struct cited_label what = { caption, NULL, draft_first_text(caption) };
    size_t before = c->caption_count;

    keep_label(c, &c->captions, &c->caption_count, what, KIND_CAPTION, NULL);
    what.label = bare_caption(what.label);
    if (c->caption_count == before)
        keep_label(c, &c->captions, &c->caption_count, what, KIND_CAPTION,
                   NULL);
}

/* "附表1" is cited as a table, though it may be an annex. */
static void keep_schedule(struct cited *c, struct node *label)
{
    const struct cited_label what = {
        draft_ancestor(label, "attachment", NULL), NULL,
        draft_first_text(draft_child(label, "docNumber"))
    };

    if (what.node && what.label.len)
        keep_label(c, &c->captions, &c->caption_count, what, KIND_CAPTION,
                   "table");
}

/* "Decides:", below which articles are counted. */
static const struct node *heading_of_articles(const struct node *article)
{
    const struct node *above = draft_ancestor(article->parent, "section", NULL);

    return above && !draft_child(above, "num") ? above : NULL;
}

static void keep_article(struct cited *c, struct node *section)
{
    struct node *part = draft_ancestor(section, "attachment", NULL);
    const struct node *above = part ? NULL : heading_of_articles(section);

    if (!part) {
        c->articles_spread |=
            !above || (c->articles_below && c->articles_below != above);
        c->articles_below = above;
    }
    c->articled_count += !c->articled_count || part != c->articled;
    c->articled = part;
    keep_section(c, &c->articles, &c->article_count, section);
}

/* "PART 2" as references call it, and "II."; "Article 2" is no chapter. */
static void keep_chapter(struct cited *c, struct node *section)
{
    struct node *num = draft_child(section, "num");
    const struct cited_label what = { section, NULL, draft_first_text(num) };

    if (!num || !num->rule)
        return;
    if (ids_is_article(section))
        keep_article(c, section);
    if (num->rule->level == 1 &&
        (num->rule->count == COUNT_ROMAN || num->rule->count == COUNT_ALPHA ||
         (num->rule->count == COUNT_HAN && !in_brackets(what.label))))
        keep_slot(c, &c->chapters, &c->chapter_count,
                  (struct cited_label){ section, NULL, what.label });
    if (num->rule->level == 1 || rule_is(num->rule, "query"))
        keep_label(c, &c->chapters, &c->chapter_count, what, KIND_REF,
                   rule_is(num->rule, "query") ? "query" : NULL);
}

void cited_list(struct cited *c)
{
    for (struct node *n = c->doc; n && !c->draft->failed;
         n = draft_next(n, c->doc, true)) {
        if (draft_is(n, "caption") || draft_has_class(n, "caption"))
            keep_caption(c, n);
        if (draft_has_class(n, "label"))
            keep_schedule(c, n);
        if (draft_is(n, "section") && !draft_child(n, "num") &&
            draft_child(n, "heading"))
            keep_section(c, &c->headings, &c->heading_count, n);
        if (draft_is(n, "section"))
            keep_chapter(c, n);
    }
}

void cited_free(struct cited *c)
{
    c->draft->failed |= c->id.failed || c->text.failed;
    buf_free(&c->id);
    buf_free(&c->text);
    free(c->captions);
    free(c->headings);
    free(c->articles);
    free(c->chapters);
}
