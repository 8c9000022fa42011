/* Reads what a person calls a clause, by the rules that find references. */
#include "query.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "cited.h"
#include "clausier.h"
#include "labels.h"
#include "mark.h"

enum { INSERTED_MAX = 3 };

/* The words as a paragraph of a small document, with its references. */
struct reading {
    struct draft draft;
    struct xrefs xrefs;
    struct node *p;
};

/* "The annex" is one of a document that has no other, and so is "the
 * appendix". */
static void add_annex(struct draft *draft)
{
    static const char *const names[] = { "annex", "appendix" };
    struct node *all =
        draft_add(draft, draft_add(draft, draft->root, "doc"), "attachments");

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        draft_set(draft,
                  draft_add(draft, draft_add(draft, all, "attachment"), "doc"),
                  "name", names[i]);
}

static void read_words(struct reading *r, struct span words,
                       struct scanner *scanner)
{
    *r = (struct reading){ 0 };
    draft_open(&r->draft);
    r->draft.numerals = &scanner->grammar->numerals;
    r->p = draft_add(&r->draft, r->draft.root, "p");
    draft_text(&r->draft, r->p, words);
    add_annex(&r->draft);
    mark_texts(&r->xrefs, &r->draft, scanner);
}

static void end_reading(struct reading *r)
{
    xrefs_free(&r->xrefs);
    draft_free(&r->draft);
}

/* ---- what the rules left over ------------------------------------------------- */

static size_t count_chars(struct span text, UBool (*is)(UChar32))
{
    size_t count = 0;
    int32_t at = 0;
    UChar32 c;

    while (at < (int32_t)text.len) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        count += c >= 0 && is(c);
    }
    return count;
}

/* A text that is in no reference: dates and times, too, are left over. */
static bool is_left(const struct node *node)
{
    for (; node; node = node->parent)
        if (draft_is(node, "ref") || draft_is(node, "rref") ||
            draft_is(node, "mref"))
            return false;
    return true;
}

/* The first place in what is left over where a label could begin: "a)", or a
 * word with a digit. */
static const char *label_in(struct span text)
{
    const char *end, *at = text.at;

    if (!text.len)
        return NULL;
    end = at + text.len;
    while (at < end) {
        const char *word = at;
        bool label = false;

        while (at < end && !strchr(" \t,;:", *at))
            label |= is_digit(*at) || *at == ')', at++;
        if (label)
            return word;
        if (at < end)
            at++;
    }
    return NULL;
}

/* ---- from references to places -------------------------------------------------- */

static struct span keep(struct query *q, struct span text)
{
    return text.len ? arena_copy(&q->arena, text) : (struct span){ 0 };
}

static bool says(const struct xref *x, const char *rule,
                 struct scanner *scanner)
{
    return rule_is(x->rule, "clause") &&
           (scanner_takes(scanner, KIND_SAME, rule, cited_words(x), NULL) ||
            scanner_takes(scanner, KIND_SAME, rule, x->around, NULL));
}

static void add_wanted(struct query *q, const struct xref *x,
                       struct scanner *scanner)
{
    const struct grammar *grammar = scanner->grammar;
    struct wanted *w = array_push(&q->at, &q->count, sizeof *w);

    q->failed |= !w;
    if (!w)
        return;
    *w = (struct wanted){
        .what = WANT_CLAUSE,
        .rule = x->rule->name,
        .part_rule = x->rule->name,
        .label = keep(q, x->label),
        .last = keep(q, x->last),
        .part = keep(q, x->part),
        .title = keep(q, x->title),
        .called = keep(q, grammar_alias(grammar, x->title)),
        .items = keep(q, x->item),
        .main = x->main,
        .article = says(x, "article", scanner),
        .ruled = says(x, "rule", scanner) || rule_is(x->rule, "query"),
        .doc = x->doc ? *x->doc : (struct named){ .type = "" }
    };
    if (x->part.len && !labels_annex(x->part, &grammar->numerals).len &&
        scanner_takes(scanner, KIND_SAME, "appendix", x->part, NULL))
        w->part_rule = "appendix";
    if (rule_is(x->rule, "table") || rule_is(x->rule, "figure")) {
        w->what = WANT_CAPTION;
    } else if (rule_is_part(x->rule)) {
        w->what = WANT_PART;
        w->part = w->label;
    } else if (rule_is(x->rule, "attached")) {
        w->what = WANT_PART;
        w->part = keep(q, draft_first_text(x->node));
    } else if (!w->label.len && !w->title.len) {
        w->what = WANT_ITEM;
    }
}

/* "Part II, clause 3" is in that part; "Annex 1, Part II" is the part itself.
 */
static void join_chapter(struct query *q, const struct xref *x)
{
    struct wanted *w;

    if (!q->count && (w = array_push(&q->at, &q->count, sizeof *w)) != NULL)
        *w = (struct wanted){ .what = WANT_CHAPTER,
                              .rule = x->rule->name,
                              .part_rule = x->rule->name,
                              .part = keep(q, x->part) };
    q->failed |= !q->count;
    for (size_t i = 0; i < q->count; i++) {
        w = &q->at[i];
        if (w->what == WANT_PART && !w->last.len && q->count == 1)
            w->what = WANT_CHAPTER;
        if (w->what != WANT_CHAPTER && w->what != WANT_CLAUSE)
            continue;
        w->chapter = keep(q, draft_first_text(x->node));
        w->chapter_label = keep(q, x->label);
    }
}

/* "Paragraph 2 a)" of an article is an item in it, as it were. */
static struct span join_items(struct query *q, const struct wanted *w)
{
    struct buf items = { 0 };
    struct span kept;

    buf_add_span(&items, w->label);
    buf_putc(&items, ' ');
    buf_add_span(&items, w->items);
    kept = keep(q, buf_span(&items));
    q->failed |= items.failed;
    buf_free(&items);
    return kept;
}

/* The reference to what this one says that it stands in; NULL for none. */
static const struct xref *find_around(const struct reading *r,
                                      const struct xref *x)
{
    const struct xrefs *xrefs = &r->xrefs;

    for (size_t k = 0; x->around.len && k < xrefs->count; k++)
        if (span_equal(draft_first_text(xrefs->at[k].node), x->around))
            return &xrefs->at[k];
    return NULL;
}

/* Whether others stand in it. */
static bool is_around(const struct reading *r, const struct xref *x)
{
    for (size_t i = 0; i < r->xrefs.count; i++)
        if (span_equal(draft_first_text(x->node), r->xrefs.at[i].around))
            return true;
    return false;
}

/* "Paragraph 2 of article 4", "article 4, paragraphs 2 and 3". */
static void join_around(struct query *q, const struct reading *r)
{
    size_t left = 0;

    if (q->count != r->xrefs.count)
        return;
    for (size_t i = 0; i < q->count; i++) {
        const struct xref *x = &r->xrefs.at[i], *around = find_around(r, x);
        struct wanted w = q->at[i];

        if (is_around(r, x) || (around && w.last.len))
            continue;
        if (around) {
            w.items = join_items(q, &w);
            w.label = keep(q, around->label);
        }
        q->at[left++] = w;
    }
    q->count = left;
}

/* "annex 1 clause 2", in either order: one place, though two references. */
static void join_part(struct query *q)
{
    struct wanted part = { 0 };
    size_t parts = 0, left = 0;

    for (size_t i = 0; i < q->count; i++)
        if (q->at[i].what == WANT_PART) {
            part = q->at[i];
            parts++;
        }
    if (parts != 1 || parts == q->count || part.last.len)
        return;
    for (size_t i = 0; i < q->count; i++) {
        if (q->at[i].what == WANT_PART)
            continue;
        q->at[left] = q->at[i];
        if (!q->at[left].part.len) {
            q->at[left].part = part.part;
            q->at[left].part_rule = part.part_rule;
        }
        left++;
    }
    q->count = left;
}

/* "Annex 1, 2" is clause 2; the rules, made for texts, see two annexes. */
static void split_list(struct query *q, const struct reading *r)
{
    const struct node *gap =
        r->xrefs.count == 2 ? r->xrefs.at[1].node->prev : NULL;
    struct wanted *w = q->at;

    if (q->count != 2 || w[0].what != WANT_PART || w[1].what != WANT_PART ||
        w[0].last.len || w[1].last.len || !gap || gap->name ||
        count_chars(gap->text, u_isalpha))
        return;
    w[1].what = WANT_CLAUSE;
    w[1].part = w[0].label;
    w[0] = w[1];
    q->count = 1;
}

/* One letter, of any alphabet. */
static bool is_letter(struct span text)
{
    int32_t at = 0;
    UChar32 c = 0;

    if (text.len)
        U8_NEXT(text.at, at, (int32_t)text.len, c);
    return (size_t)at == text.len && c < 0x2E80 && u_isalpha(c);
}

/* Cuts the first label off. */
static struct span cut_label(struct span *text)
{
    const char *end = text->at + text->len, *at = text->at;
    struct span label;

    while (at < end && !strchr(" \t,;:", *at))
        at++;
    label = (struct span){ text->at, (size_t)(at - text->at) };
    *text = (struct span){ at, (size_t)(end - at) };
    return label;
}

/* "b", "б", "b ii", "b 1": letters that can only be labels where one is wanted,
 * and what they number. */
static bool is_letters(struct span text)
{
    bool letters = false;

    for (text = span_trim(text); text.len; text = span_trim(text)) {
        struct span word = cut_label(&text);

        letters = is_letter(word) ||
                  (word.len > 1 && word.len < 5 &&
                   strspn(word.at, "ivx") >= word.len) ||
                  (letters && word.len < 3 && span_is_digits(word));
        if (!letters)
            break;
    }
    return letters;
}

/* "Annex 1.4" is clause 4 of Annex 1, "Annex A.2" clause A.2 of Annex A. */
static struct span join_label(struct query *q, const struct reading *r,
                              struct span part, struct span label)
{
    struct buf joined = { 0 };
    struct span kept;

    part = labels_annex(part, r->draft.numerals);
    if (part.len && !u_isdigit((unsigned char)part.at[0])) {
        buf_add_span(&joined, part);
        buf_putc(&joined, '.');
    }
    buf_add_span(&joined, label);
    kept = keep(q, buf_span(&joined));
    q->failed |= joined.failed;
    buf_free(&joined);
    return kept;
}

/* What follows the clause and is no reference in itself, such as the "4)" of
 * "I.2 4)", names an item in it; behind an annex, a clause of it. */
static void take_items(struct query *q, const struct reading *r)
{
    const struct node *last = r->p->last;
    struct wanted *w = q->count ? &q->at[q->count - 1] : NULL;
    const char *from;
    struct span text;
    bool dotted;

    if (!w || w->items.len || w->last.len || !last ||
        (w->what != WANT_CLAUSE && w->what != WANT_PART) || last->name ||
        !last->prev)
        return;
    text = last->text;
    from = is_letters(text) ? text.at : label_in(text);
    if (!from || count_chars((struct span){ text.at, (size_t)(from - text.at) },
                             u_isalpha))
        return;
    dotted = *from == '.';
    from += dotted;
    text = (struct span){ from, (size_t)(text.at + text.len - from) };
    if (w->what == WANT_PART && label_in(text) && *from != '(' &&
        u_isdigit((unsigned char)*from)) {
        struct span label = cut_label(&text);

        w->what = WANT_CLAUSE;
        w->label = dotted ? join_label(q, r, w->part, label) : keep(q, label);
    }
    w->items = keep(q, text);
    q->taken = true;
}

enum { ANNEX_WORD_MAX = 40 };

/* "annex" or "appendix" for the word that the names of a language call those
 * by, in letters as headings have them; or NULL. */
static const char *part_word(struct span word, struct scanner *scanner)
{
    static const char *const rules[] = { "annex", "appendix" };
    char capitals[ANNEX_WORD_MAX + U8_MAX_LENGTH];
    int32_t length = 0;
    struct finding f;

    if (!word.len || word.len >= ANNEX_WORD_MAX)
        return NULL;
    for (int32_t at = 0; at < (int32_t)word.len;) {
        UChar32 c;

        U8_NEXT(word.at, at, (int32_t)word.len, c);
        if (c < 0 || length >= ANNEX_WORD_MAX)
            return NULL;
        U8_APPEND_UNSAFE(capitals, length, u_toupper(c));
    }
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (scanner_takes(scanner, KIND_HEADING, rules[i],
                          (struct span){ capitals, (size_t)length }, &f) &&
            !f.match.at[CAP_NUM].len)
            return rules[i];
    return NULL;
}

/* "Annex, paragraph 2" is of the only annex: a text would say which it is. So
 * its letters count as left over: "Annex 1.2" is rather clause 2 of Annex 1. */
static void take_annex(struct query *q, const struct reading *r,
                       struct scanner *scanner)
{
    const struct node *first = r->p->children;
    struct span text, word;
    const char *rule;

    if (!first || first->name || !q->count || q->at[0].part.len ||
        q->at[0].what == WANT_PART)
        return;
    text = span_trim(first->text);
    word = cut_label(&text);
    if (!(rule = part_word(word, scanner)))
        return;
    for (size_t i = 0; i < q->count; i++) {
        q->at[i].part = keep(q, word);
        q->at[i].part_rule = rule;
    }
}

/* "Item b of paragraph 5": the one letter that stands alone before it. */
static void take_item_before(struct query *q, const struct reading *r)
{
    const struct node *first = r->p->children;
    struct span text, letter = { 0 };

    if (!first || first->name || q->count != 1 || q->at[0].items.len ||
        q->at[0].what != WANT_CLAUSE || q->at[0].last.len)
        return;
    for (text = span_trim(first->text); text.len; text = span_trim(text)) {
        struct span word = cut_label(&text);

        if (word.len == 1 && u_isalpha((unsigned char)*word.at)) {
            if (letter.len)
                return;
            letter = word;
        } else if (!word.len) {
            return;
        }
    }
    if (letter.len && letter.at > first->text.at) {
        q->at[0].items = keep(q, letter);
        q->named = count_chars(first->text, u_isalpha);
    }
}

static void read_left(struct query *q, const struct reading *r)
{
    bool items = q->taken;

    for (struct node *n = r->p; n; n = draft_next(n, r->p, true)) {
        if (n->name || !is_left(n))
            continue;
        if (n == r->p->last && items)
            continue;
        q->ignored += count_chars(n->text, u_isalpha);
        if (count_chars(n->text, u_isdigit))
            q->whole = false;
    }
    q->ignored -= q->named;
}

static void fill(struct query *q, const struct reading *r,
                 struct scanner *scanner)
{
    const struct xref *chapter = NULL;

    q->whole = true;
    for (size_t i = 0; i < r->xrefs.count && !q->failed; i++)
        if (rule_is_chapter(r->xrefs.at[i].rule))
            chapter = &r->xrefs.at[i];
        else if (!rule_is(r->xrefs.at[i].rule, "document"))
            add_wanted(q, &r->xrefs.at[i], scanner);
    join_around(q, r);
    split_list(q, r);
    join_part(q);
    if (chapter && !q->failed)
        join_chapter(q, chapter);
    take_items(q, r);
    take_annex(q, r, scanner);
    take_item_before(q, r);
    read_left(q, r);
    for (size_t i = 0; i < q->count; i++)
        q->several |= q->at[i].last.len > 0;
    q->several |= q->count > 1;
    q->failed |= r->draft.failed || q->arena.failed;
}

/* Puts the sign for "clause", which every language knows, before the first
 * label that no rule took: "2.1", "annex 1, 2.1". False where there is none. */
static bool insert_sign(struct buf *out, const struct reading *r)
{
    bool inserted = false;

    for (struct node *n = r->p; n; n = draft_next(n, r->p, true)) {
        struct span text = !n->name ? n->text : (struct span){ 0 };
        const char *label = text.len && !inserted && is_left(n)
                                ? label_in(text)
                                : NULL;

        if (label) {
            buf_add(out, text.at, (size_t)(label - text.at));
            buf_puts(out, "§ ");
            text = (struct span){ label,
                                  (size_t)(text.at + text.len - label) };
            inserted = true;
        }
        buf_add_span(out, text);
    }
    return inserted && !out->failed;
}

void query_free(struct query *q)
{
    free(q->at);
    arena_free(&q->arena);
    *q = (struct query){ 0 };
}

static bool is_done(const struct query *q)
{
    return q->failed || (q->count && q->whole);
}

bool query_is_better(const struct query *a, const struct query *b)
{
    if (!b->count || !a->count)
        return a->count > 0 && !b->count;
    if (a->whole != b->whole)
        return a->whole;
    return a->ignored < b->ignored;
}

static UBool is_right_to_left(UChar32 c)
{
    UCharDirection direction = u_charDirection(c);

    return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

static void read_as_is(struct query *q, struct span words,
                       struct scanner *scanner)
{
    struct buf text = { 0 };
    int i;

    *q = (struct query){ 0 };
    buf_add_span(&text, words);
    for (i = 0; i <= INSERTED_MAX && !is_done(q); i++) {
        struct reading r;
        struct buf next = { 0 };
        bool again;

        query_free(q);
        read_words(&r, buf_span(&text), scanner);
        q->failed = r.draft.failed || text.failed;
        if (!q->failed)
            fill(q, &r, scanner);
        again = !is_done(q) && insert_sign(&next, &r);
        q->failed |= next.failed;
        end_reading(&r);
        buf_free(&text);
        text = next;
        if (!again)
            break;
    }
    buf_free(&text);
    q->guessed = i > 0 && q->ignored > 0;
    q->turned = count_chars(words, is_right_to_left) > 0;
}

/* Rules see no annex in "Annex 1.4"; they do in "Annex 1 § 4". */
static bool split_label(struct buf *out, struct span words)
{
    const char *label = label_in(words);
    const char *end = words.at + words.len;
    const char *dot = label ? memchr(label, '.', (size_t)(end - label)) : NULL;

    if (!dot || dot == label || dot + 1 == end ||
        !u_isdigit((unsigned char)dot[1]))
        return false;
    buf_add(out, words.at, (size_t)(dot - words.at));
    buf_puts(out, " § ");
    buf_add(out, dot + 1, (size_t)(end - dot - 1));
    return true;
}

/* "annex b item 2)" is "annex B, item 2" in texts. False where it says so. */
static bool respell(struct buf *out, struct span words, struct scanner *scanner)
{
    struct span rest = span_trim(words), word, label;
    bool lower;

    word = cut_label(&rest);
    if (!part_word(word, scanner) || !rest.len || *rest.at != ' ')
        return false;
    rest = span_trim(rest);
    label = cut_label(&rest);
    lower = label.len == 1 && *label.at >= 'a' && *label.at <= 'z';
    if (!label.len || !rest.len || *rest.at != ' ')
        return false;
    rest = span_trim(rest);
    if (rest.len > 1 && rest.at[rest.len - 1] == ')' &&
        u_isalpha((unsigned char)*rest.at) && !memchr(rest.at, '(', rest.len))
        rest.len--;
    buf_add_span(out, word);
    buf_putc(out, ' ');
    if (lower)
        buf_putc(out, (char)(*label.at - 'a' + 'A'));
    else
        buf_add_span(out, label);
    buf_puts(out, u_isalpha((unsigned char)*rest.at) ? ", " : " ");
    buf_add_span(out, rest);
    return !out->failed;
}

/* Reads the words as `text` has them, too, and takes what is better, or as
 * good where they are `rather` spelled so. */
static void read_again(struct query *q, struct buf *text, bool rather,
                       struct scanner *scanner)
{
    struct query other;

    read_as_is(&other, buf_span(text), scanner);
    if (!other.failed && other.count && other.at[0].part.len &&
        (query_is_better(&other, q) || (rather && other.whole))) {
        struct query worse = *q;

        *q = other;
        other = worse;
    }
    q->failed |= other.failed || text->failed;
    query_free(&other);
    buf_clear(text);
}

void query_read(struct query *q, struct span words, struct scanner *scanner)
{
    struct buf text = { 0 };

    read_as_is(q, words, scanner);
    if (!q->failed && respell(&text, words, scanner))
        read_again(q, &text, true, scanner);
    if (!q->failed && !(q->count && q->whole && !q->ignored) &&
        split_label(&text, words))
        read_again(q, &text, false, scanner);
    buf_free(&text);
}
