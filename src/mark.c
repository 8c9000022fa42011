/* Finds references, dates, times and links in the texts of a tree. */
#include "mark.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "clausier.h"
#include "labels.h"
#include "number.h"

/* ---- finding ------------------------------------------------------------------- */

enum { PIECE = 16384, DATE_SIZE = 40 };

struct pass {
    struct xrefs *xrefs;
    struct draft *draft;
    struct scanner *scanner;
    struct folded folded;
    struct node *out;      /* the text that is being replaced */
    struct named last_doc; /* of the reference before, where external */
    struct named named_doc; /* the last one that the text named */
    const char *last_end;  /* where that one ended */
    struct span part;      /* annex that the reference names */
    struct span item;      /* items in the clause: "b) ii)" */
    struct span last_item; /* ... and those that end a range */
    struct span last_part; /* ... and the one before */
    struct span named_part; /* the last annex that the text named */
    bool last_is_part;     /* the one before names no clause in it */
    bool doubtful;         /* the document may be this one */
    bool document_first;   /* it was named before what is cited of it */
    size_t names_from;     /* byte from which names are looked for */
    const char *says;      /* what the reference says that the document is */
};

/* Where no words tell what an annex is, those of its heading do. */
static void collect_names(struct pass *p)
{
    struct node *all = draft_child(draft_child(p->draft->root, "doc"),
                                   "attachments");

    if (!p->scanner->grammar->wordless)
        return;
    for (struct node *a = all ? all->children : NULL;
         a && p->xrefs->name_count < NAMES_MAX; a = a->next) {
        struct node *preface = draft_child(draft_child(a, "doc"), "preface");
        struct node *number =
            draft_child(draft_child(preface, "p"), "docNumber");
        struct folded folded = { 0 };
        struct finding f;

        if (number &&
            scanner_fold_text(p->scanner, &folded, draft_first_text(number)) &&
            scanner_is_named(p->scanner, KIND_HEADING, "series", &folded, &f)) {
            p->xrefs->annexes[p->xrefs->name_count] = a;
            p->xrefs->names[p->xrefs->name_count++] =
                name_of(f.match.at[CAP_LABEL], f.match.at[CAP_NUM]);
        }
        folded_free(&folded);
    }
}

static const struct rule *annex_rule(const struct grammar *g)
{
    size_t i = g->first[KIND_REF];

    while (i + 1 < g->first[KIND_REF + 1] && !rule_is(g->by_kind[i], "annex"))
        i++;
    return g->by_kind[i];
}

/* The first name that begins before the finding of `walk`, where there is one,
 * as if a rule had found it. */
static bool find_name(struct pass *p, size_t from, bool found,
                      struct walk *walk, struct finding *f)
{
    struct span text = p->folded.text, name, tail;
    size_t which, start;

    if (from < p->names_from)
        from = p->names_from;
    name = name_find(text, from, p->xrefs->names, p->xrefs->name_count, &which);
    start = name.at ? (size_t)(name.at - text.at) : text.len;
    if (!name.at || (found && start >= walk->at))
        return false;
    *walk = (struct walk){ .at = start, .end = start + name.len };
    p->names_from = walk->end;
    tail = span_trim(p->xrefs->names[which].tail);
    *f = (struct finding){ .rule = annex_rule(p->scanner->grammar) };
    f->match.at[CAP_ALL] = folded_original(&p->folded, start, walk->end);
    f->match.at[CAP_NUM] =
        folded_original(&p->folded, walk->end - tail.len, walk->end);
    return true;
}

static bool next_finding(struct pass *p, struct walk *walk, struct finding *f)
{
    size_t from = walk->at;
    bool found = scanner_next(p->scanner, &p->folded, walk, f);

    return (p->xrefs->name_count && find_name(p, from, found, walk, f)) ||
           found;
}

/* ---- values --------------------------------------------------------------------- */

static unsigned value_of(struct span text)
{
    struct number number;

    return number_read(&number, text, COUNT_DECIMAL, NULL, 0) &&
                   number.depth == 1
               ? number.at[0]
               : 0;
}

static bool write_date(char out[DATE_SIZE], struct pass *p, struct span year,
                       struct span month, struct span day)
{
    unsigned y = value_of(year), d = value_of(day);
    unsigned m = month.at ? grammar_month(p->scanner->grammar, month) : 0;

    if (y < 1000 || !number_is_date(y, m, d))
        return false;
    snprintf(out, DATE_SIZE, "%04u-%02u-%02u", y, m, d);
    return true;
}

static bool write_time(char out[DATE_SIZE], unsigned hour, struct span minute)
{
    unsigned m = minute.len ? value_of(minute) : 0;

    if (hour > 24 || m > 59 || (hour == 24 && m))
        return false;
    snprintf(out, DATE_SIZE, "%02u:%02u:00", hour % 24, m);
    return true;
}

static unsigned after_noon(unsigned hour)
{
    return hour < 12 ? hour + 12 : hour;
}

/* ---- making elements ---------------------------------------------------------------- */

static struct node *put(struct pass *p, const char *name)
{
    return draft_add_before(p->draft, p->out, name);
}

/* At the end of `parent`, or before the text that is being replaced. */
static void put_text(struct pass *p, struct node *parent, struct span text)
{
    if (parent)
        draft_part(p->draft, parent, text);
    else
        draft_part_before(p->draft, p->out, text);
}

static struct span between(const char *from, const char *to)
{
    return (struct span){ from, (size_t)(to - from) };
}

/* "date" with the attribute "date", "time" likewise. */
static void put_value(struct pass *p, const char *name, const char *value,
                      struct span text)
{
    struct node *node = put(p, name);

    draft_set(p->draft, node, name, value);
    put_text(p, node, text);
}

/* Both ends of a range, with what stands around and between them. */
static void put_range(struct pass *p, const struct match *m, const char *name,
                      const char *first, const char *last)
{
    struct span all = m->at[CAP_ALL], from = m->at[CAP_FROM];
    struct span to = m->at[CAP_TO];

    put_text(p, NULL, between(all.at, from.at));
    put_value(p, name, first, from);
    put_text(p, NULL, between(from.at + from.len, to.at));
    put_value(p, name, last, to);
    put_text(p, NULL, between(to.at + to.len, all.at + all.len));
}

static bool put_date(struct pass *p, const struct match *m)
{
    char first[DATE_SIZE], last[DATE_SIZE];

    if (!m->at[CAP_TO].at) {
        if (!write_date(first, p, m->at[CAP_YEAR], m->at[CAP_MONTH],
                        m->at[CAP_DAY]))
            return false;
        put_value(p, "date", first, m->at[CAP_ALL]);
        return true;
    }
    /* What a range does not say twice holds for both its ends. */
    if (!write_date(first, p,
                    m->at[CAP_YEAR].at ? m->at[CAP_YEAR] : m->at[CAP_YEAR_TO],
                    m->at[CAP_MONTH].at ? m->at[CAP_MONTH]
                                        : m->at[CAP_MONTH_TO],
                    m->at[CAP_DAY]) ||
        !write_date(last, p,
                    m->at[CAP_YEAR_TO].at ? m->at[CAP_YEAR_TO]
                                          : m->at[CAP_YEAR],
                    m->at[CAP_MONTH_TO].at ? m->at[CAP_MONTH_TO]
                                           : m->at[CAP_MONTH],
                    m->at[CAP_DAY_TO]))
        return false;
    put_range(p, m, "date", first, last);
    return true;
}

static bool put_time(struct pass *p, const struct match *m)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    unsigned hour = value_of(m->at[CAP_HOUR]);
    unsigned hour_to = value_of(m->at[CAP_HOUR_TO]);
    bool half = m->at[CAP_HALF].len > 0;

    if (!m->at[CAP_TO].at) {
        if (!write_time(first, half ? after_noon(hour) : hour,
                        m->at[CAP_MINUTE]))
            return false;
        put_value(p, "time", first, m->at[CAP_ALL]);
        return true;
    }
    /* "2 to 5 p.m.", but "9 to 5 p.m." begins in the morning. */
    if (!write_time(first, half && hour < hour_to ? after_noon(hour) : hour,
                    m->at[CAP_MINUTE]) ||
        !write_time(last, half ? after_noon(hour_to) : hour_to,
                    m->at[CAP_MINUTE_TO]))
        return false;
    put_range(p, m, "time", first, last);
    return true;
}

/* An IRI may hold letters of all scripts, but none of these. */
static void put_escaped(struct buf *out, struct span text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c <= ' ' || strchr("<>\"{}|\\^`[]", c))
            buf_printf(out, "%%%02X", c);
        else
            buf_putc(out, (char)c);
    }
}

static bool put_link(struct pass *p, const struct rule *rule,
                     const struct match *m)
{
    struct buf href = { 0 };
    struct span value = m->at[CAP_VALUE];
    struct node *node = put(p, "a");

    if (rule_is(rule, "email"))
        buf_puts(&href, "mailto:");
    else if (value.len > 4 && memcmp(value.at, "www.", 4) == 0)
        buf_puts(&href, "http://");
    put_escaped(&href, value);
    draft_set(p->draft, node, "href", buf_text(&href));
    put_text(p, node, m->at[CAP_ALL]);
    p->draft->failed |= href.failed;
    buf_free(&href);
    return true;
}

static bool put_named(struct pass *p, const char *name, const struct match *m)
{
    struct node *node = put(p, name);
    struct buf to = { 0 };
    struct span all = m->at[CAP_ALL];

    buf_putc(&to, '#');
    for (size_t i = 0; i < all.len; i++)
        buf_putc(&to, all.at[i] == ' ' ? '-' : all.at[i]);
    draft_set(p->draft, node, "refersTo", buf_text(&to));
    put_text(p, node, all);
    p->draft->failed |= to.failed;
    buf_free(&to);
    return true;
}

/* ---- references --------------------------------------------------------------------- */

static bool is_range(struct pass *p, struct span gap)
{
    struct folded folded = { 0 };
    struct finding f;
    bool range = scanner_fold_text(p->scanner, &folded, gap) &&
                 scanner_is(p->scanner, KIND_RANGE, &folded, &f);

    folded_free(&folded);
    return range;
}

/* What is between two references and makes the one behind belong to what is
 * before: "and", "in particular" (the rule "document"), "(see" ("bracket"). */
static bool is_joining(struct pass *p, struct span gap, const char *rule)
{
    struct folded folded = { 0 };
    struct finding f;
    bool same = gap.len < 80 && scanner_fold_text(p->scanner, &folded, gap) &&
                scanner_is_named(p->scanner, KIND_SAME, rule, &folded, &f);

    folded_free(&folded);
    return same;
}

static bool follows_document(struct pass *p, const char *here, const char *rule)
{
    return p->last_end && p->last_doc.type[0] && here >= p->last_end &&
           is_joining(p, between(p->last_end, here), rule);
}

static bool is_part(const struct rule *rule)
{
    return rule_is(rule, "annex") || rule_is(rule, "appendix");
}

/* "Decision 5, Annex 2", "Decision 5 (Annex 2)": of the decision, unless there is
 * one here; so is "Annex 2" behind "Decision 5, clause 3, and". */
static bool is_part_behind(struct pass *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap;

    if (!is_part(f->rule) || !p->last_end || !p->last_doc.type[0] ||
        here < p->last_end)
        return false;
    gap = span_trim(between(p->last_end, here));
    return span_is(gap, ",") || span_is(gap, "(") ||
           (p->document_first && follows_document(p, here, "document"));
}

/* "This Recommendation": what the words behind a clause say the document is;
 * NULL where they do not say it. */
static const char *type_said(struct pass *p, struct span words)
{
    static const char *const types[] = { "recommendation", "resolution" };

    for (size_t i = 0; words.at && i < sizeof types / sizeof *types; i++)
        if (is_joining(p, words, types[i]))
            return types[i];
    return NULL;
}

/* ---- documents ----------------------------------------------------------------------- */

/* "Resolutions 8, 17 and 23 of WTSA" names three documents: each is what it
 * would be alone, as in "Resolutions 17 of WTSA". */
static bool name_listed(struct pass *p, const struct finding *f,
                        struct span number, struct named *named)
{
    struct span all = f->match.at[CAP_DOC], list = f->match.at[CAP_NUM];
    struct buf alone = { 0 };
    bool found;

    buf_add_span(&alone, between(all.at, list.at));
    buf_add_span(&alone, number);
    buf_add_span(&alone, between(list.at + list.len, all.at + all.len));
    found = document_named(p->scanner, buf_span(&alone), named);
    p->draft->failed |= alone.failed;
    buf_free(&alone);
    return found;
}

static bool names_several(const struct finding *f)
{
    struct span doc = f->match.at[CAP_DOC], list = f->match.at[CAP_NUM];

    return rule_is(f->rule, "document") && list.at && list.at >= doc.at &&
           list.at + list.len <= doc.at + doc.len;
}

/* The document that a reference is to: the one it names; with no word such as
 * "above", the one that the reference just before it named. */
static struct named document_of(struct pass *p, const struct finding *f)
{
    struct named named = { .type = "" };
    const char *here = f->match.at[CAP_ALL].at;

    p->doubtful = false;
    if (f->match.at[CAP_DOC].at) {
        if (!names_several(f) &&
            document_named(p->scanner, f->match.at[CAP_DOC], &named))
            p->named_doc = named;
        return named;
    }
    /* "Its" may as well be that of an annex which stands between. */
    if (f->match.at[CAP_SAME].at)
        return p->last_is_part && !type_said(p, f->match.at[CAP_SAME])
                   ? named
                   : p->named_doc;
    if (f->match.at[CAP_REL].at || f->match.at[CAP_PART].at ||
        f->match.at[CAP_MAIN].at)
        return named;
    /* "Resolution 44, in particular resolves 3" */
    if (f->match.at[CAP_TITLE].at)
        return follows_document(p, here, "document") ? p->last_doc : named;
    p->doubtful = is_part_behind(p, f);
    if (p->doubtful)
        return p->last_doc;
    if (!rule_is(f->rule, "clause"))
        return named;
    p->doubtful = follows_document(p, here, "bracket");
    return p->doubtful || follows_document(p, here, "document") ? p->last_doc
                                                              : named;
}

/* "clause 2 of this annex" in the main body, where the text named one before. */
static bool is_of_named_part(struct pass *p, const struct finding *f)
{
    return p->named_part.len && f->match.at[CAP_REL].at &&
           is_joining(p, f->match.at[CAP_REL], "annex") &&
           !draft_ancestor(p->out->parent, "attachment", NULL);
}

/* The annex that a clause is cited from: the one it names, or the one named
 * just before it, as in "Annex 1, clause 2". */
static struct span part_of(struct pass *p, const struct finding *f)
{
    const struct span none = { 0 };
    struct span gap;

    if (f->match.at[CAP_PART].at)
        return f->match.at[CAP_PART];
    if (is_of_named_part(p, f))
        return p->named_part;
    if (!p->last_part.len || !rule_is(f->rule, "clause") ||
        f->match.at[CAP_DOC].at || f->match.at[CAP_REL].at ||
        f->match.at[CAP_MAIN].at || f->match.at[CAP_SAME].at ||
        !p->last_end || f->match.at[CAP_ALL].at < p->last_end)
        return none;
    gap = span_trim(between(p->last_end, f->match.at[CAP_ALL].at));
    if (p->last_is_part)
        return span_is(gap, ",") || span_is(gap, "\uFF0C") ||
                       span_is(gap, "\u060C")
                   ? p->last_part
                   : none;
    return !memchr(gap.at, ',', gap.len) && is_joining(p, gap, "document")
               ? p->last_part
               : none;
}

static struct span keep(struct pass *p, struct span text)
{
    if (!text.at)
        return text;
    return arena_copy(&p->xrefs->arena, text);
}

/* Most references are to the document itself. */
static const struct named *keep_named(struct pass *p, const struct named *doc)
{
    struct named *kept = NULL;

    if (doc->type[0])
        kept = arena_alloc(&p->xrefs->arena, sizeof *kept);
    if (kept)
        *kept = *doc;
    return kept;
}

/* One place or one range, with the text that shows it. */
static struct xref *add_xref(struct pass *p, struct node *parent,
                             const struct finding *f, struct span label,
                             struct span last, struct span text,
                             const struct named *doc)
{
    struct xref *x = array_push(&p->xrefs->at, &p->xrefs->count, sizeof *x);
    const char *name = last.len || p->last_item.len ? "rref" : "ref";

    if (!x) {
        p->draft->failed = true;
        return NULL;
    }
    x->node = parent ? draft_add(p->draft, parent, name) : put(p, name);
    x->rule = f->rule;
    x->label = keep(p, label);
    x->last = keep(p, last);
    x->part = keep(p, p->part);
    x->around = keep(p, f->match.at[CAP_AROUND]);
    x->item = keep(p, p->item);
    x->last_item = keep(p, p->last_item);
    x->title = keep(p, f->match.at[CAP_TITLE]);
    x->main = f->match.at[CAP_MAIN].at != NULL;
    x->says = p->says;
    x->doc = keep_named(p, doc);
    x->doubtful = p->doubtful;
    put_text(p, x->node, text);
    return x;
}

/* With the bracket behind the number of a document: "17 (Rev. Geneva, 2022)". */
static const char *label_end(const struct finding *f, struct span label)
{
    const char *end = label.at + label.len;

    return names_several(f) ? labels_bracket(f->match.at[CAP_NUM], end) : end;
}

enum { LABELS_MAX = 48 };

/* What a reference names: labels and, where they are those of documents, the
 * documents. */
struct cited {
    struct span labels[LABELS_MAX];
    struct named docs[LABELS_MAX];
    size_t count;
};

static bool names_caption(const struct rule *rule)
{
    return rule_is(rule, "table") || rule_is(rule, "figure");
}

static const char *said_type(struct pass *p, const struct finding *f)
{
    return f->match.at[CAP_REL].at && !p->part.at &&
                   is_joining(p, f->match.at[CAP_REL], "annex")
               ? "annex"
               : type_said(p, f->match.at[CAP_MAIN]);
}

static enum label_kind label_kind(const struct finding *f)
{
    if (names_several(f))
        return f->match.at[CAP_BODY].at ? LABEL_REVISION : LABEL_DOCUMENT;
    return names_caption(f->rule) ? LABEL_CAPTION : LABEL_CLAUSE;
}

/* False where one of several documents cannot be named. */
static bool find_cited(struct cited *t, struct pass *p,
                         const struct finding *f, const struct named *doc)
{
    struct span list = f->match.at[CAP_NUM], label;
    bool several = names_several(f), found = true;
    enum label_kind kind = label_kind(f);
    const char *at = list.at;

    t->count = 0;
    while (found && list.len && t->count < LABELS_MAX &&
           (label = labels_next(list, at, kind)).len) {
        t->docs[t->count] = *doc;
        t->labels[t->count] = label;
        at = label.at + label.len;
        if (several) {
            at = labels_bracket(list, at);
            found = name_listed(p, f, between(label.at, at),
                                &t->docs[t->count]);
        }
        t->count++;
    }
    return found;
}

/* "clauses 1, 3 to 5 and 7": an mref with what is between left as text. One
 * place alone, or one range alone, needs no mref. */
static void put_list(struct pass *p, const struct finding *f,
                     const struct cited *t)
{
    struct span all = f->match.at[CAP_ALL], named = p->item;
    const struct span *labels = t->labels;
    struct node *parent = NULL;
    const char *done = all.at;

    for (size_t i = 0; i < t->count; i++) {
        const char *end;
        struct span last = { 0 };
        struct span label = labels[i];
        const struct named *doc = &t->docs[i];
        struct xref *x;

        p->item = named;
        end = label_end(f, label);
        if (i + 1 < t->count && is_range(p, between(end, labels[i + 1].at))) {
            last = labels[++i];
            end = label_end(f, last);
        }
        /* "1 and 3 a)": the item is of the clause before it. */
        if (i + 1 < t->count && named.at > labels[t->count - 1].at)
            p->item = (struct span){ 0 };
        if (i + 1 == t->count)
            end = all.at + all.len;
        else if (!parent)
            parent = put(p, "mref");
        if (done > all.at) { /* not the first: its label words are its own */
            put_text(p, parent, between(done, label.at));
            done = label.at;
        }
        x = add_xref(p, parent, f, label, last, between(done, end), doc);
        if (x && last.len && names_several(f))
            x->last_doc = keep_named(p, &t->docs[i]);
        done = end;
    }
}

/* Takes the first item out of `rest`, and the one that ends its range. */
static struct span next_items(struct pass *p, struct span *rest,
                              struct span *last)
{
    const char *end = rest->at + rest->len;
    struct span item = labels_item(*rest), next;

    *last = (struct span){ 0 };
    if (!item.len)
        return item;
    *rest = between(item.at + item.len, end);
    next = labels_item(*rest);
    if (next.len && is_range(p, between(rest->at, next.at))) {
        *last = next;
        *rest = between(next.at + next.len, end);
    }
    return item;
}

/* "items a) and c) to e) of clause 2": each is a place of its own. False where
 * the reference names one item or none. */
static bool put_items(struct pass *p, const struct finding *f,
                      struct span label, const struct named *doc)
{
    struct span all = f->match.at[CAP_ALL], rest = f->match.at[CAP_ITEM];
    struct span item = next_items(p, &rest, &p->last_item);
    const char *done = all.at;
    struct node *parent = NULL;

    if (!item.len || (!rest.len && !p->last_item.len))
        return false;
    while (item.len) {
        const char *to = rest.at;

        if (!labels_item(rest).len)
            to = all.at + all.len;
        else if (!parent)
            parent = put(p, "mref");
        if (done > all.at) {
            put_text(p, parent, between(done, item.at));
            done = item.at;
        }
        p->item = item;
        add_xref(p, parent, f, label, (struct span){ 0 }, between(done, to),
                 doc);
        done = to;
        item = next_items(p, &rest, &p->last_item);
    }
    return true;
}

/* "§ 1", a TAB and the text. */
static bool is_sign_label(struct span words, struct span text)
{
    return words.len > 2 && memcmp(words.at, "\u00A7", 2) == 0 &&
           words.len < text.len && words.at[words.len] == '\t';
}

/* "Table 1" at the start of a caption is the table's name, and "PART 1" at that
 * of a heading the chapter's. */
static bool is_own_label(const struct pass *p, const struct finding *f)
{
    const struct node *block = p->out->parent;
    bool own = names_caption(f->rule)
                   ? draft_is(block, "caption") ||
                         draft_has_class(block, "caption")
                   : (rule_is(f->rule, "chapter") ||
                      rule_is(f->rule, "part")) &&
                         draft_is(block, "heading");
    struct span words = f->match.at[CAP_ALL], text = p->out->text;

    return (own || is_sign_label(words, text)) && words.at == text.at;
}

/* The elements of the reference; false where it names nothing. */
static bool put_cited(struct pass *p, const struct finding *f,
                        const struct cited *t, const struct named *doc)
{
    const struct span none = { 0 };

    if (t->count < 2 && p->item.at &&
        put_items(p, f, t->count ? t->labels[0] : none, doc))
        return true;
    if (t->count) {
        put_list(p, f, t);
        return true;
    }
    if (!p->item.at && !(rule_is(f->rule, "document") && doc->type[0]))
        return false;
    add_xref(p, NULL, f, none, none, f->match.at[CAP_ALL], doc);
    return true;
}

/* "That report", and none was named, so that it could only be this one where
 * the rule says so; "[ETSI EG 1]", and no rule names it. */
static bool is_of_unnamed(const struct finding *f, const struct named *doc)
{
    return !doc->type[0] &&
           ((f->match.at[CAP_SAME].at && !f->match.at[CAP_MAIN].at) ||
            (f->match.at[CAP_DOC].at && !rule_is(f->rule, "document")));
}

static bool put_ref(struct pass *p, const struct finding *f)
{
    struct named doc = document_of(p, f);
    struct cited t;
    struct span all = f->match.at[CAP_ALL];

    if (rule_is(f->rule, "foreign") || is_of_unnamed(f, &doc)) {
        put_text(p, NULL, all);
        return true;
    }
    if (is_own_label(p, f) || !find_cited(&t, p, f, &doc))
        return false;
    p->part = part_of(p, f);
    p->item = f->match.at[CAP_ITEM];
    p->says = doc.type[0] ? NULL : said_type(p, f);
    if (!put_cited(p, f, &t, &doc))
        return false;
    if (names_several(f))
        doc = p->named_doc = t.docs[t.count - 1];
    p->last_doc = doc;
    p->document_first = !f->match.at[CAP_DOC].at ||
                        (f->match.at[CAP_DOC].at == all.at &&
                         f->match.at[CAP_DOC].len < all.len);
    p->last_is_part = is_part(f->rule) && t.count == 1 && !doc.type[0];
    if (p->last_is_part)
        p->named_part = t.labels[0];
    /* "clause 2 of Annex 1 and clause 3": the latter is not of the annex. */
    p->last_part = p->last_is_part ? t.labels[0]
                   : t.count && p->part.at < t.labels[0].at
                       ? p->part
                       : (struct span){ 0 };
    p->last_end = all.at + all.len;
    return true;
}

static bool put_finding(struct pass *p, const struct finding *f)
{
    switch (f->rule->kind) {
    case KIND_LINK:
        return put_link(p, f->rule, &f->match);
    case KIND_REF:
        return put_ref(p, f);
    case KIND_DATE:
        return put_date(p, &f->match);
    case KIND_TIME:
        return put_time(p, &f->match);
    case KIND_ORGANIZATION:
        return put_named(p, "organization", &f->match);
    case KIND_PERSON:
        return put_named(p, "person", &f->match);
    default:
        return false;
    }
}

/* ---- going through the texts ---------------------------------------------------------- */

/* The text up to the end of a sentence or word near PIECE bytes: what a
 * pattern costs is bounded by what it can see. */
static size_t piece_end(struct span text)
{
    size_t end = PIECE;

    if (text.len <= PIECE)
        return text.len;
    while (end > PIECE / 2 && text.at[end] != ' ')
        end--;
    if (end == PIECE / 2)
        end = PIECE;
    while (end < text.len && ((unsigned char)text.at[end] & 0xC0) == 0x80)
        end++;
    return end;
}

/* Makes the text ready for a search; false where memory ran out. */
static bool look_at(struct pass *p, struct span text)
{
    p->last_end = NULL;
    p->named_doc.type[0] = '\0';
    p->named_part.len = 0;
    p->names_from = 0;
    scanner_fold_text(p->scanner, &p->folded, text);
    return !p->draft->failed;
}

/* Takes back what was put before `out` since `before` was the last. */
static void take_back(struct pass *p, const struct node *before)
{
    while (p->out->prev != before) {
        draft_unlink(p->out->prev);
    }
}

/* Puts the piece before `out`, with its findings as elements. False where it is
 * the `whole` text and nothing was found in it: it can stay as it is. */
static bool mark_piece(struct pass *p, struct span text, bool whole)
{
    const char *done = text.at;
    struct walk walk = { 0 };
    struct finding f;
    bool found = !whole;

    while (!p->draft->failed &&
           next_finding(p, &walk, &f)) {
        struct span all = f.match.at[CAP_ALL];
        struct node *before = p->out->prev;

        found = true;
        put_text(p, NULL, between(done, all.at));
        if (put_finding(p, &f)) {
            done = all.at + all.len;
            walk.at = walk.end;
            walk.tried = 0;
        } else {
            take_back(p, before); /* not a date after all, say */
        }
    }
    if (found)
        put_text(p, NULL, between(done, text.at + text.len));
    return found;
}

static void mark_text(struct pass *p, struct node *node)
{
    struct span text = node->text;

    p->out = node;
    while (text.len && !p->draft->failed) {
        size_t end = piece_end(text);

        if (!look_at(p, (struct span){ text.at, end }) ||
            !mark_piece(p, (struct span){ text.at, end },
                        end == node->text.len))
            return;
        text = (struct span){ text.at + end, text.len - end };
    }
    draft_unlink(node);
}

static const char *const marked[] = { "p", "heading", "docTitle", "caption" };

static bool is_marked(const struct node *node)
{
    size_t i = 0;

    while (i < sizeof marked / sizeof *marked && !draft_is(node, marked[i]))
        i++;
    if (i == sizeof marked / sizeof *marked)
        return false;
    return !draft_has_class(node, "number") &&
           !draft_has_class(node, "tocTitle");
}

static void mark_children(struct pass *p, struct node *block)
{
    for (struct node *child = block->children, *next; child; child = next) {
        next = child->next;
        if (!child->name)
            mark_text(p, child);
    }
}

void mark_texts(struct xrefs *xrefs, struct draft *draft,
                struct scanner *scanner)
{
    struct pass p = { .xrefs = xrefs, .draft = draft, .scanner = scanner };
    struct node *root, *node;

    if (draft->failed)
        return;
    collect_names(&p);
    scanner->line = 0; /* messages from here on know no line */
    root = draft->root;
    for (node = root; node && !draft->failed;
         node = draft_next(node, root, true)) {
        if (is_marked(node))
            mark_children(&p, node);
    }
    draft->failed |= xrefs->arena.failed;
    folded_free(&p.folded);
}

void xrefs_free(struct xrefs *xrefs)
{
    free(xrefs->at);
    arena_free(&xrefs->arena);
    *xrefs = (struct xrefs){ 0 };
}
