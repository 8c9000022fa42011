/* Finds references, dates, times and links in the texts of a tree. */
#include "mark.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "citing.h"
#include "ids.h"
#include "labels.h"
#include "lines.h"
#include "moment.h"
#include "topic.h"

/* ---- finding ------------------------------------------------------------------- */

enum { PIECE = 16384 };

struct pass {
    struct xrefs *xrefs;
    struct scanner *scanner;
    struct folded folded;
    struct inline_place place; /* of the text that is being read */
    struct citing citing;
    size_t names_from; /* byte from which names are looked for */
};

static struct node *attachments_of(const struct pass *p)
{
    struct node *doc = draft_child(p->place.draft->root, "doc");

    return draft_child(doc, "attachments");
}

static const struct rule *annex_rule(const struct pass *p)
{
    return grammar_rule(p->scanner->grammar, KIND_REF, "annex");
}

/* Where no words tell what an annex is, those of its heading do. */
static void collect_names(struct pass *p)
{
    struct node *all = attachments_of(p);

    if (!p->scanner->grammar->wordless || !annex_rule(p))
        return;
    for (struct node *a = all ? all->children : NULL;
         a && p->xrefs->name_count < NAMES_MAX; a = a->next) {
        struct span name = ids_part_name(a);
        struct finding f;

        if (name.at &&
            scanner_takes(p->scanner, KIND_HEADING, "series", name, &f)) {
            p->xrefs->annexes[p->xrefs->name_count] = a;
            p->xrefs->names[p->xrefs->name_count++] =
                name_of(f.match.at[CAP_LABEL], f.match.at[CAP_NUM]);
        }
    }
}

/* What "the annex" can mean: the only one, or the only one without a number. */
static void collect_only(struct pass *p)
{
    struct node *all = attachments_of(p), *bare = NULL;
    size_t parts = 0, annexes = 0, bares = 0, appendices = 0;

    for (struct node *a = all ? all->children : NULL; a; a = a->next) {
        const char *name = draft_get(draft_child(a, "doc"), "name");
        bool annex = name && strcmp(name, "annex") == 0;

        if (name && strcmp(name, "document") == 0) {
            p->xrefs->has_documents = true;
            continue;
        }
        p->xrefs->only_part = parts++ ? NULL : a;
        if (annex)
            p->xrefs->only_annex = annexes++ ? NULL : a;
        else if (name && strcmp(name, "appendix") == 0)
            p->xrefs->only_appendix = appendices++ ? NULL : a;
        if (annex && ids_is_unnumbered(a))
            bare = bares++ ? NULL : a;
    }
    if (bare)
        p->xrefs->only_annex = bare;
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
    *f = (struct finding){ .rule = annex_rule(p) };
    f->match.at[CAP_ALL] = folded_original(&p->folded, start, walk->end);
    f->match.at[CAP_NUM] =
        folded_original(&p->folded, walk->end - tail.len, walk->end);
    return true;
}

/* How far behind its day a date is looked for. */
enum { DATE_MAX = 64 };

/* Whether a date begins with the label and ends behind the list that it is in.
 */
static bool begins_date(struct pass *p, struct span label, const char *list_end)
{
    const struct folded *text = &p->folded;
    const char *end = text->original.at + text->original.len;
    struct span rest = span_between(label.at, end);
    struct finding f;

    if (rest.len > DATE_MAX) {
        rest.len = DATE_MAX;
        while (rest.len && ((unsigned char)rest.at[rest.len] & 0xC0) == 0x80)
            rest.len--;
    }
    return scanner_takes(p->scanner, KIND_DATE, NULL, rest, &f) &&
           f.match.at[CAP_ALL].at == label.at &&
           label.at + f.match.at[CAP_ALL].len > list_end;
}

/* The walk goes on where the finding was made to end. */
static void end_walk(const struct pass *p, struct walk *walk,
                     const struct finding *f)
{
    size_t len = f->match.at[CAP_ALL].len;

    while (walk->end < p->folded.text.len &&
           folded_original(&p->folded, walk->at, walk->end).len < len)
        walk->end++;
    while (folded_original(&p->folded, walk->at, walk->end).len > len)
        walk->end--;
}

/* "clauses 3, 4 and 5 May 2031", "Annex 1, 5-7 May 2031": the days are no
 * labels of the list. */
static void leave_date(struct pass *p, struct walk *walk, struct finding *f)
{
    const struct numerals *numerals = &p->scanner->grammar->numerals;
    struct span *all = &f->match.at[CAP_ALL], list = f->match.at[CAP_NUM];
    struct span last[3] = { 0 }, label = { list.at, 0 }, keep = { 0 };

    if (f->rule->kind != KIND_REF || !list.len || !is_digit(lines_last(list)) ||
        list.at + list.len != all->at + all->len)
        return;
    while ((label =
                labels_next(list, label.at + label.len, LABEL_CLAUSE, numerals))
               .len) {
        last[0] = last[1];
        last[1] = last[2];
        last[2] = label;
    }
    if (last[0].len && begins_date(p, last[1], list.at + list.len))
        keep = last[0];
    else if (last[1].len && begins_date(p, last[2], list.at + list.len))
        keep = last[1];
    if (!keep.len)
        return;
    f->match.at[CAP_NUM] = span_between(list.at, keep.at + keep.len);
    *all = span_between(all->at, keep.at + keep.len);
    end_walk(p, walk, f);
}

/* "Clause 2 of the", and the name that the text gave a document. */
static void take_called(struct pass *p, struct walk *walk, struct finding *f)
{
    if (called_find(&p->citing, f, p->folded.original))
        end_walk(p, walk, f);
}

static bool next_finding(struct pass *p, struct walk *walk, struct finding *f)
{
    size_t from = walk->at;
    bool found = scanner_next(p->scanner, &p->folded, walk, f);

    if (found)
        leave_date(p, walk, f);
    if (found && citing_leave_bracket(&p->citing, f))
        end_walk(p, walk, f);
    if (found)
        take_called(p, walk, f);
    return (p->xrefs->name_count && find_name(p, from, found, walk, f)) ||
           found;
}

/* ---- making elements ---------------------------------------------------------------- */

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

/* Takes "HTTP" before "://" off, and puts it in small letters. */
static void put_scheme(struct buf *out, struct span *address)
{
    const char *sign = memmem(address->at, address->len, "://", 3);
    const char *end = address->at + address->len;

    for (; sign && address->at < sign; address->at++)
        buf_putc(out, (char)tolower((unsigned char)*address->at));
    address->len = (size_t)(end - address->at);
}

/* "tsb＠example.int" has an address in ASCII. */
static bool put_link(struct pass *p, const struct rule *rule,
                     const struct match *m)
{
    struct buf href = { 0 };
    struct folded value = { 0 };
    struct node *node = inline_put(&p->place, "a");

    if (!scanner_fold_text(p->scanner, &value, m->at[CAP_VALUE]))
        return false;
    if (rule_is(rule, "email"))
        buf_puts(&href, "mailto:");
    else if (value.text.len > 4 && strncasecmp(value.text.at, "www.", 4) == 0)
        buf_puts(&href, "http://");
    else
        put_scheme(&href, &value.text);
    put_escaped(&href, value.text);
    folded_free(&value);
    draft_set(p->place.draft, node, "href", buf_text(&href));
    inline_text(&p->place, node, m->at[CAP_ALL]);
    p->place.draft->failed |= href.failed;
    buf_free(&href);
    return true;
}

static bool put_named(struct pass *p, const char *name, const struct match *m)
{
    struct node *node = inline_put(&p->place, name);
    struct buf to = { 0 };
    struct span all = m->at[CAP_ALL];

    buf_putc(&to, '#');
    for (size_t i = 0; i < all.len; i++)
        buf_putc(&to, all.at[i] == ' ' ? '-' : all.at[i]);
    draft_set(p->place.draft, node, "refersTo", buf_text(&to));
    inline_text(&p->place, node, all);
    p->place.draft->failed |= to.failed;
    buf_free(&to);
    return true;
}

static bool put_finding(struct pass *p, const struct finding *f)
{
    switch (f->rule->kind) {
    case KIND_LINK:
        return put_link(p, f->rule, &f->match);
    case KIND_REF:
        return reference_put(&p->citing, f);
    case KIND_DATE:
        return moment_put_date(&p->place, p->scanner->grammar, &f->match);
    case KIND_TIME:
        return moment_put_time(&p->place, p->scanner->grammar, &f->match);
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
    citing_begin(&p->citing);
    p->names_from = 0;
    scanner_fold_text(p->scanner, &p->folded, text);
    return !p->place.draft->failed;
}

/* Takes back what was put before the text since `before` was the last. */
static void take_back(struct pass *p, const struct node *before)
{
    while (p->place.text->prev != before)
        draft_unlink(p->place.text->prev);
}

/* Puts the piece before the text, with its findings as elements. False where it is
 * the `whole` text and nothing was found in it: it can stay as it is. */
static bool mark_piece(struct pass *p, struct span text, bool whole)
{
    const char *done = text.at;
    struct walk walk = { 0 };
    struct finding f;
    bool found = !whole;

    while (!p->place.draft->failed && next_finding(p, &walk, &f)) {
        struct span all = f.match.at[CAP_ALL];
        struct node *before = p->place.text->prev;

        found = true;
        inline_text(&p->place, NULL, span_between(done, all.at));
        if (put_finding(p, &f)) {
            done = all.at + all.len;
            walk.at = walk.end;
            walk.tried = 0;
        } else {
            take_back(p, before); /* not a date after all, say */
        }
    }
    if (found)
        inline_text(&p->place, NULL, span_between(done, text.at + text.len));
    return found;
}

static void mark_text(struct pass *p, struct node *node)
{
    struct span text = node->text;

    p->place.text = node;
    p->place.date_end = NULL;
    while (text.len && !p->place.draft->failed) {
        size_t end = piece_end(text);

        struct span piece = { text.at, end };
        bool found =
            look_at(p, piece) && mark_piece(p, piece, end == node->text.len);

        topic_end(&p->citing, piece);
        if (!found)
            return;
        text = (struct span){ text.at + end, text.len - end };
    }
    draft_unlink(node);
}

static bool is_marked(const struct node *node)
{
    static const char *const names[] = { "p", "heading", "docTitle",
                                         "caption" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (draft_is(node, names[i]))
            return !draft_has_class(node, "number") &&
                   !draft_has_class(node, "tocTitle");
    return false;
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
    struct pass p = { .xrefs = xrefs,
                      .scanner = scanner,
                      .place = { .draft = draft } };
    struct node *root = draft->root;

    if (draft->failed)
        return;
    p.citing = (struct citing){ .xrefs = xrefs,
                                .scanner = scanner,
                                .place = &p.place };
    collect_names(&p);
    collect_only(&p);
    scanner->line = 0; /* messages from here on know no line */
    for (struct node *node = root; node && !draft->failed;
         node = draft_next(node, root, true))
        if (is_marked(node))
            mark_children(&p, node);
    draft->failed |= xrefs->arena.failed;
    folded_free(&p.folded);
}
