/* Makes elements of references, and keeps what each of them cites. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "citing.h"
#include "labels.h"
#include "topic.h"

/* ---- what is cited --------------------------------------------------------------------- */

static bool is_range(struct citing *p, struct span gap)
{
    return scanner_takes(p->scanner, KIND_RANGE, NULL, gap, NULL);
}

/* "/5" of "Questions 1, 2 and 3/5", for those that say no group. */
static struct span shared_end(struct span list, struct span number)
{
    const char *end = list.at + list.len, *stroke = end;

    while (stroke > list.at && is_digit(stroke[-1]))
        stroke--;
    if (stroke == list.at || stroke == end || *--stroke != '/' ||
        stroke == list.at || !is_digit(stroke[-1]))
        return (struct span){ 0 };
    for (size_t i = 0; i < number.len; i++)
        if (!is_digit(number.at[i]))
            return (struct span){ 0 };
    return span_between(stroke, end);
}

/* "Resolutions 8, 17 and 23 of WTSA" names three documents: each is what it
 * would be alone, as in "Resolutions 17 of WTSA". */
static bool name_listed(struct citing *p, const struct finding *f,
                        struct span number, struct named *named)
{
    struct span all = f->match.at[CAP_DOC], list = f->match.at[CAP_NUM];
    struct buf alone = { 0 };
    bool found;

    buf_add_span(&alone, span_between(all.at, list.at));
    buf_add_span(&alone, number);
    buf_add_span(&alone, shared_end(list, number));
    buf_add_span(&alone, span_between(list.at + list.len, all.at + all.len));
    found = document_named(p->scanner, buf_span(&alone), named);
    if (found)
        named->ours = document_is_adopted(named) && citing_is_ours(p, f);
    p->place->draft->failed |= alone.failed;
    buf_free(&alone);
    return found;
}

/* How far the numbers of papers of one series are alike: "RAG29-" of
 * "RAG29-11", "C" of "C215". */
static size_t series_length(const char *number)
{
    size_t len = strlen(number);

    while (len && is_digit(number[len - 1]))
        len--;
    return len;
}

/* "28/5" behind "RPM-CIS28/3" is RPM-CIS28/5. */
static void complete_number(struct named *doc, const struct named *before)
{
    const char *dash = strchr(doc->number, '-');
    size_t head = dash ? (size_t)(dash + 1 - doc->number) : 0;
    size_t len = series_length(before->number);
    char whole[sizeof doc->number + sizeof before->number];

    if (!is_digit(*doc->number) || strcmp(doc->type, "paper") != 0 ||
        head < 2 || !is_digit(dash[1]))
        return;
    if (len <= head || is_digit(before->number[len - head - 1]) ||
        memcmp(before->number + len - head, doc->number, head) != 0)
        return;
    snprintf(whole, sizeof whole, "%.*s%s", (int)(len - head), before->number,
             doc->number);
    if (strlen(whole) < sizeof doc->number)
        strcpy(doc->number, whole);
}

/* With the bracket behind the number of a document: "17 (Rev. Geneva, 2022)". */
static const char *label_end(const struct finding *f, struct span label)
{
    const char *end = label.at + label.len;

    return citing_several(f) ? labels_revision(f->match.at[CAP_NUM], end) : end;
}

/* With the item behind it: "2.1 a)" in "2.1 a) and 2.2". */
static const char *cited_end(const struct finding *f, const struct citation *t,
                             size_t i)
{
    struct span item = t->items[i];

    return item.len ? item.at + item.len : label_end(f, t->labels[i]);
}

static enum label_kind label_kind(const struct finding *f)
{
    if (citing_several(f))
        return f->match.at[CAP_BODY].at ? LABEL_REVISION : LABEL_DOCUMENT;
    return citing_caption(f->rule) ? LABEL_CAPTION : LABEL_CLAUSE;
}

/* "Section II.B" is one place. */
static bool is_nested_chapter(const struct finding *f)
{
    struct span num = f->match.at[CAP_NUM];

    return rule_is(f->rule, "section") && num.len &&
           memchr(num.at, '.', num.len);
}

/* "II.A and II.B": words between them have no capitals. */
static void list_nested(struct citation *t, struct span list,
                        const struct named *doc)
{
    const char *at = list.at, *end = list.at + list.len;

    while (at < end && t->count < CITATION_MAX) {
        const char *from;

        while (at < end && !strchr("IVX", *at))
            at++;
        from = at;
        while (at < end && strchr("IVXABCDEFGH.", *at))
            at++;
        if (at == from)
            break;
        t->docs[t->count] = *doc;
        t->items[t->count].len = 0;
        t->labels[t->count++] = span_between(from, at);
    }
}

/* False where one of several documents cannot be named. */
static bool find_cited(struct citation *t, struct citing *p,
                         const struct finding *f, const struct named *doc)
{
    struct span list = f->match.at[CAP_NUM], label;
    bool several = citing_several(f), found = true;
    enum label_kind kind = label_kind(f);
    const char *at = list.at;

    t->count = 0;
    if (is_nested_chapter(f)) {
        list_nested(t, list, doc);
        return true;
    }
    while (found && list.len && t->count < CITATION_MAX &&
           (label = labels_next(list, at, kind, &p->scanner->grammar->numerals))
               .len) {
        t->docs[t->count] = *doc;
        t->labels[t->count] = label;
        at = label.at + label.len;
        t->items[t->count] = kind == LABEL_CLAUSE ? labels_item_behind(list, at)
                                                  : (struct span){ 0 };
        if (t->items[t->count].len)
            at = cited_end(f, t, t->count);
        if (several) {
            at = labels_revision(list, at);
            found = name_listed(p, f, span_between(label.at, at),
                                &t->docs[t->count]);
            if (found && t->count)
                complete_number(&t->docs[t->count], &t->docs[t->count - 1]);
        }
        t->count++;
    }
    return found;
}

enum item_kind { ITEM_NUMBER, ITEM_ROMAN, ITEM_LETTER };

static enum item_kind kind_of_item(struct span item)
{
    size_t from = 0, to;

    while (from < item.len && item.at[from] == '(')
        from++;
    if (from < item.len && item.at[from] >= '0' && item.at[from] <= '9')
        return ITEM_NUMBER;
    for (to = from; to < item.len && memchr("ivx", item.at[to], 3);)
        to++;
    return to > from && (to == item.len || item.at[to] == ')') ? ITEM_ROMAN
                                                               : ITEM_LETTER;
}

/* The items of the clause, and the one that they stand in: behind "paragraph 3
 * a)", "item b) of that paragraph" stands beside that. */
static void take_items(struct citing *p, const struct finding *f)
{
    bool two = f->match.at[CAP_INNER].at != NULL;

    p->item = f->match.at[two ? CAP_INNER : CAP_ITEM];
    p->outer = two ? f->match.at[CAP_ITEM] : (struct span){ 0 };
    if (citing_of_last_clause(p, f) &&
        !(p->item.len && p->clause.item.len &&
          kind_of_item(p->item) == kind_of_item(p->clause.item)))
        p->outer = p->clause.item;
}

/* ---- elements --------------------------------------------------------------------------- */

static struct span keep(struct citing *p, struct span text)
{
    if (!text.at)
        return text;
    return arena_copy(&p->xrefs->arena, text);
}

/* "Item ii) of clause 2 b)" is "b) ii)", and "item b) of paragraph 2" is "2) b)". */
static struct span keep_item(struct citing *p, struct span item)
{
    struct buf whole = { 0 };
    struct span kept;

    if (!item.at || !p->outer.at)
        return keep(p, item);
    buf_add_span(&whole, p->outer);
    if (!labels_one_item(p->outer).len)
        buf_putc(&whole, ')');
    buf_putc(&whole, ' ');
    buf_add_span(&whole, item);
    kept = keep(p, buf_span(&whole));
    p->place->draft->failed |= whole.failed;
    buf_free(&whole);
    return kept;
}

/* One place or one range, with the text that shows it. */
struct shown {
    struct span label, last, text;
    const struct named *doc;
};

/* Of another text it is not known where "resolves 1 to 3" or "items a) to c)"
 * stand: both ends are one place. */
static bool ends_alike(const struct citing *p, const struct finding *f,
                       const struct shown *shown)
{
    return shown->doc && shown->doc->type[0] && !p->doubt &&
           (f->match.at[CAP_TITLE].at || !shown->last.len);
}

/* "Article 7 of the Protocol by three of them, and Article 5 by two", unless
 * it is "(see Article 5)". */
static bool is_behind_law(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap;

    if (!p->law_end || here < p->law_end || !citing_names_alone(f))
        return false;
    gap = span_between(p->law_end, here);
    return citing_goes_on_next(gap) &&
           !citing_joins(p, citing_joint_at_end(gap), "aside");
}

/* The annex was named before a comma that parts sentences, or a bracket; or it
 * says where something else is: "agreed under section 2 in Annex B". */
static bool is_joined(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span part = f->match.at[CAP_PART], num = f->match.at[CAP_NUM], gap;

    if (part.at && num.at && part.at > num.at)
        return citing_joins(p, span_between(num.at + num.len, part.at),
                            "inside");
    if (!p->part.len || part.at || !p->last_end || here < p->last_end)
        return false;
    gap = span_between(p->last_end, here);
    return citing_parts_sentences(gap) || span_is(span_trim(gap), "(");
}

static struct xref *add_xref(struct citing *p, struct node *parent,
                             const struct finding *f, const struct shown *shown)
{
    struct xref *x = array_push(&p->xrefs->at, &p->xrefs->count, sizeof *x);
    const struct span none = { 0 };
    bool range =
        (shown->last.len || p->last_item.len) && !ends_alike(p, f, shown);
    const char *name = range ? "rref" : "ref";

    if (!x) {
        p->place->draft->failed = true;
        return NULL;
    }
    x->node = parent ? draft_add(p->place->draft, parent, name)
                     : inline_put(p->place, name);
    x->rule = f->rule;
    x->label = keep(p, shown->label);
    x->last = keep(p, range ? shown->last : none);
    x->part = keep(p, p->part);
    x->joined = is_joined(p, f);
    x->near = keep(p, citing_near(p, f));
    x->around = keep(p, citing_around(p, f));
    x->item = keep_item(p, p->item);
    x->last_item = keep_item(p, range ? p->last_item : none);
    x->title = keep(p, p->counts_on ? p->clause.title : f->match.at[CAP_TITLE]);
    x->main = f->match.at[CAP_MAIN].at != NULL;
    x->here = f->match.at[CAP_REL].at != NULL;
    x->its = citing_last_part(p, f) || citing_of_part_near(p, f);
    x->says = p->says;
    x->holder = p->holder;
    x->doc = citing_keep(p, shown->doc);
    x->told = p->says ? citing_told(p, f) : NULL;
    x->topic = topic_around(p);
    x->around_topic = p->topic ? p->topic->scope : NULL;
    x->headed = x->near.len || p->part.len ? NULL : citing_paper_near(p, f);
    if (x->headed)
        x->headed_part = keep(p, citing_paper_part(p, f));
    else
        x->headed = topic_headed(p);
    x->spoken = x->headed && citing_is_spoken(p, f);
    x->doubt = p->doubt;
    x->apart = p->apart;
    x->beside = p->beside;
    x->quoted = p->quoted;
    x->changed = !x->doc && amending_is(p, f);
    x->unknown =
        !x->doc && (p->astray == ASTRAY_SAME || amending_unknown(p, f));
    x->told_so = !x->doc && citing_names_alone(f) && citing_is_quoted(p, f);
    x->whose = !x->doc && citing_is_whose(p, f);
    x->law = p->astray || is_behind_law(p, f);
    x->tabled = !x->doc && citing_is_tabled(p, f);
    x->bare = p->bare;
    inline_text(p->place, x->node, shown->text);
    return x;
}

/* "b) and c)", "b and c". */
static struct span first_item(struct span list)
{
    struct span item = labels_item(list);

    return item.len ? item : labels_letter_alone(list);
}

/* Takes the first item out of `rest`, and the one that ends its range. */
static struct span next_items(struct citing *p, struct span *rest,
                              struct span *last)
{
    const char *end = rest->at + rest->len;
    struct span item = first_item(*rest), next;

    *last = (struct span){ 0 };
    if (!item.len)
        return item;
    *rest = span_between(item.at + item.len, end);
    next = first_item(*rest);
    if (next.len && is_range(p, span_between(rest->at, next.at))) {
        *last = next;
        *rest = span_between(next.at + next.len, end);
    }
    return item;
}

/* "items a) and c) to e) of clause 2": each is a place of its own. False where
 * the reference names one item or none. They begin at `done`, where they are
 * the last of a list below `parent`. */
static bool put_items(struct citing *p, const struct finding *f,
                      struct shown one, struct node *parent, const char *done)
{
    struct span all = f->match.at[CAP_ALL], rest = p->item;
    struct span item = next_items(p, &rest, &p->last_item);
    bool first = true;

    if (!item.len || (!rest.len && !p->last_item.len))
        return false;
    while (item.len) {
        const char *to = rest.at;

        if (!first_item(rest).len)
            to = all.at + all.len;
        else if (!parent)
            parent = inline_put(p->place, "mref");
        if (!first) {
            inline_text(p->place, parent, span_between(done, item.at));
            done = item.at;
        }
        first = false;
        p->item = item;
        one.text = span_between(done, to);
        add_xref(p, parent, f, &one);
        done = to;
        item = next_items(p, &rest, &p->last_item);
    }
    return true;
}

/* "1 and 3 a)": the item is of the clause before it. "Item a) of 1 and 3": of
 * both. */
static struct span item_of(const struct citation *t, size_t i,
                           struct span named)
{
    bool behind = named.at > t->labels[t->count - 1].at;

    return t->items[i].len || (behind && i + 1 < t->count) ? t->items[i]
                                                           : named;
}

/* "clauses 1, 3 to 5 and 7": an mref with what is between left as text. One
 * place alone, or one range alone, needs no mref. */
static void put_list(struct citing *p, const struct finding *f,
                     const struct citation *t)
{
    struct span all = f->match.at[CAP_ALL], named = p->item;
    const struct span *labels = t->labels;
    struct node *parent = NULL;
    const char *done = all.at;

    for (size_t i = 0; i < t->count; i++) {
        struct shown one = { .label = labels[i], .doc = &t->docs[i] };
        const char *end = cited_end(f, t, i);
        struct xref *x;

        p->item = item_of(t, i, named);
        p->last_item = (struct span){ 0 };
        if (i + 1 < t->count && is_range(p, span_between(end, labels[i + 1].at))) {
            one.last = labels[++i];
            end = cited_end(f, t, i);
            p->last_item = item_of(t, i, named);
        }
        if (i + 1 == t->count)
            end = all.at + all.len;
        else if (!parent)
            parent = inline_put(p->place, "mref");
        if (done > all.at) { /* not the first: its label words are its own */
            inline_text(p->place, parent, span_between(done, one.label.at));
            done = one.label.at;
        }
        one.text = span_between(done, end);
        if (parent && i + 1 == t->count && !one.last.len &&
            p->item.at > one.label.at && put_items(p, f, one, parent, done))
            return;
        x = add_xref(p, parent, f, &one);
        if (x && one.last.len && citing_several(f))
            x->last_doc = citing_keep(p, &t->docs[i]);
        done = end;
    }
}

/* The elements of the reference; false where it names nothing. */
static bool put_cited(struct citing *p, const struct finding *f,
                        const struct citation *t, const struct named *doc)
{
    struct shown one = { .text = f->match.at[CAP_ALL], .doc = doc };

    if (t->count)
        one.label = t->labels[0];
    else if (citing_of_last_clause(p, f))
        one.label = p->clause.label;
    if (t->count < 2 && p->item.at &&
        put_items(p, f, one, NULL, f->match.at[CAP_ALL].at))
        return true;
    if (t->count) {
        put_list(p, f, t);
        return true;
    }
    if (!p->item.at && !rule_is(f->rule, "attached") &&
        !rule_is(f->rule, "before") &&
        !(rule_is(f->rule, "document") && doc->type[0]))
        return false;
    add_xref(p, NULL, f, &one);
    return true;
}

/* ---- what is none ----------------------------------------------------------------------- */

/* "§ 1", a TAB and the text. */
static bool is_sign_label(struct span words, struct span text)
{
    return words.len > 2 && memcmp(words.at, "\u00A7", 2) == 0 &&
           words.len < text.len && words.at[words.len] == '\t';
}

/* "Table 1" at the start of a caption is the table's name, and "PART 1" at that
 * of a heading the chapter's. */
static bool is_own_label(const struct citing *p, const struct finding *f)
{
    const struct node *block = p->place->text->parent;
    bool own =
        citing_caption(f->rule)
            ? draft_is(block, "caption") || draft_has_class(block, "caption")
            : rule_is_chapter(f->rule) && draft_is(block, "heading");
    struct span words = f->match.at[CAP_ALL], text = p->place->text->text;

    /* Behind a colon, where a converter put one. */
    if (own && text.len > 2 && *text.at == ':')
        return words.at == text.at + 2;
    return (own || is_sign_label(words, text)) && words.at == text.at;
}

/* "Question 4/13: Tides" is the title of it, and so is what heads the text that
 * it names. */
static bool is_own_title(const struct citing *p, const struct finding *f,
                         const struct named *doc)
{
    static const char *const signs[] = { ":", " \u2013", " -", "\uFF1A" };
    const struct node *block = p->place->text->parent;
    struct span text = p->place->text->text, rest = f->match.at[CAP_ALL];
    bool title = draft_is(block, "heading") || draft_is(block, "docTitle");

    if (!document_is_group(doc) || rest.at != text.at)
        return false;
    rest = span_between(rest.at + rest.len, text.at + text.len);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        title |= rest.len >= strlen(signs[i]) &&
                 memcmp(rest.at, signs[i], strlen(signs[i])) == 0;
    return title;
}

enum { BRACKET_NEAR = 200 };

/* Whether the bracket at `close` may be that of an item: "b)", "ii)", but not
 * "2.1)" or "2016)", nor the second one of "b))". */
static bool ends_label(const char *from, const char *close)
{
    const char *at = close;

    while (at > from && close - at < 5 && !strchr("(.)", at[-1]) &&
           !span_space_at_end(span_between(from, at)))
        at--;
    return span_space_at_end(span_between(from, at)) &&
           !(close - at == 4 && is_digit(*at));
}

/* Whether a bracket that stands near may still be open here. */
static bool is_in_bracket(const struct citing *p, const char *here)
{
    const char *from = p->place->text->text.at, *at = here;
    int open = 0;

    while (at > from && here - at < BRACKET_NEAR && open <= 0) {
        at--;
        open += (*at == '(') - (*at == ')' && !ends_label(from, at));
    }
    return open > 0;
}

/* Whether another bracket closes behind the place, and none opens before. */
static bool closes_behind(const struct citing *p, const char *at)
{
    const char *end = p->place->text->text.at + p->place->text->text.len;

    if (end - at > BRACKET_NEAR)
        end = at + BRACKET_NEAR;
    while (at < end && *at != '(' && *at != ')')
        at++;
    return at < end && *at == ')';
}

bool citing_leave_bracket(struct citing *p, struct finding *f)
{
    struct span *all = &f->match.at[CAP_ALL];
    struct span *item =
        &f->match.at[f->match.at[CAP_INNER].len ? CAP_INNER : CAP_ITEM];
    const char *end = all->at + all->len;

    if (f->rule->kind != KIND_REF || !f->match.at[CAP_NUM].at ||
        item->len < 2 || item->at <= f->match.at[CAP_NUM].at ||
        item->at + item->len != end || end[-1] != ')' ||
        memchr(item->at, '(', item->len) ||
        memchr(item->at, ')', item->len - 1) || closes_behind(p, end) ||
        !is_in_bracket(p, all->at))
        return false;
    item->len--;
    all->len--;
    return true;
}

/* "Point 2) applies" is no point 2: what nothing has opened closes the item's
 * number. "(see item 2)" is no item "2)", nor "(see item a)" one "a)". */
static bool is_bracket_amiss(const struct citing *p, const struct finding *f)
{
    struct span num = f->match.at[CAP_NUM], all = f->match.at[CAP_ALL];
    struct span item = f->match.at[CAP_ITEM], text = p->place->text->text;
    const char *end = all.at + all.len;
    bool closes = end < text.at + text.len && *end == ')';

    if (!num.at && item.at && item.at + item.len == end && *item.at != '(')
        return !closes && is_in_bracket(p, all.at);
    return rule_is(f->rule, "clause") && num.at && num.at + num.len == end &&
           closes && !is_in_bracket(p, all.at);
}

enum { NAMED_BEFORE = 256 };

static bool is_alike(const struct named *one, const struct named *doc)
{
    size_t len = series_length(doc->number);

    if (strcmp(one->type, doc->type) != 0)
        return false;
    return strcmp(doc->type, "paper") == 0
               ? series_length(one->number) == len &&
                     memcmp(one->number, doc->number, len) == 0
               : strcmp(one->number, doc->number) == 0;
}

/* "A.8, clause 4.4", where "Recommendation ITU-T A.8" stands before; "RAG29/11"
 * and "C-215" behind other papers of their series. */
static bool is_named_before(const struct citing *p, const struct named *doc)
{
    size_t count = p->xrefs->count;

    for (size_t i = 0; i < count && i < NAMED_BEFORE; i++) {
        const struct named *one = p->xrefs->at[count - 1 - i].doc;

        if (one && is_alike(one, doc))
            return true;
    }
    return false;
}

bool reference_put(struct citing *p, const struct finding *f)
{
    struct named doc = citing_document(p, f);
    size_t from = p->xrefs->count;
    struct citation t;

    p->bare = rule_is(f->rule, "document") && f->match.at[CAP_VALUE].at &&
              !is_named_before(p, &doc);
    if (p->bare && !document_is_of_series(&doc) &&
        !document_is_contribution(&doc))
        return false;
    if (rule_is(f->rule, "called") && !p->called_doc && !p->called_part.len) {
        p->holder = NULL;
        citing_note_stray(p, f);
        return false;
    }
    if (is_own_label(p, f) || is_own_title(p, f, &doc) ||
        citing_is_beside(p, f) || is_bracket_amiss(p, f) ||
        !find_cited(&t, p, f, &doc))
        return false;
    p->part = citing_part(p, f);
    if (citing_is_unclear(p, f, &doc)) {
        inline_text(p->place, NULL, f->match.at[CAP_ALL]);
        if (rule_is(f->rule, "foreign"))
            p->law_end = f->match.at[CAP_ALL].at + f->match.at[CAP_ALL].len;
        if (rule_is(f->rule, "attached"))
            citing_note(p, f, &t, &doc);
        return true;
    }
    take_items(p, f);
    p->says = doc.type[0] && !p->doubt ? NULL : citing_says(p, f);
    p->holder = citing_holder(p, f);
    if (!put_cited(p, f, &t, &doc))
        return false;
    if (citing_several(f))
        doc = p->named_doc = t.docs[t.count - 1];
    citing_note_put(p, f, &t, &doc, from);
    return true;
}

struct node *xrefs_only(const struct xrefs *xrefs, struct scanner *scanner,
                        struct span words, struct node *otherwise)
{
    return scanner_takes(scanner, KIND_SAME, "appendix", words, NULL)
               ? xrefs->only_appendix
               : otherwise;
}

void xrefs_free(struct xrefs *xrefs)
{
    free(xrefs->at);
    free(xrefs->annexed);
    arena_free(&xrefs->arena);
    *xrefs = (struct xrefs){ 0 };
}
