/* Finds out what a document is: type, issuer, number and date. */
#include "identify.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "clausier.h"
#include "number.h"

/* ---- what it is called ---------------------------------------------------------- */

static bool name_from_text(struct scanner *scanner, const struct node *node,
                           struct named *named)
{
    struct buf text = { 0 };
    struct span name = draft_content(&text, node);
    bool found = !text.failed && document_named(scanner, name, named);

    scanner->failed |= text.failed;
    buf_free(&text);
    return found;
}

/* A line of a field ends there: "TSB Circular 158" and below it "5/AB". */
static bool name_from(struct scanner *scanner, const struct node *node,
                      struct named *named)
{
    if (!draft_is(node, "container"))
        return name_from_text(scanner, node, named);
    for (const struct node *block = node->children; block; block = block->next)
        if (name_from_text(scanner, block, named))
            return true;
    return false;
}

/* Where documents say what they are, the surest place first. */
enum place_type { PLACE_FIELD, PLACE_CLASS };

static const struct {
    enum place_type type;
    const char *name;
    bool recommendation; /* may say that it is one */
    bool answer;         /* names the question that the text answers */
    bool attached;       /* an annex may say it of the whole */
} places[] = {
    { PLACE_FIELD, "number", false, false, false },
    { PLACE_CLASS, "number", true, false, false },
    { PLACE_FIELD, "type", false, false, false },
    { PLACE_FIELD, "reference", false, false, false },
    { PLACE_CLASS, "reference", false, false, false },
    { PLACE_CLASS, "parent", false, true, true },
    { PLACE_CLASS, "title", true, false, false },
};

/* The number of one of several texts, which stand below each other, is no surer
 * than a title. */
static bool has_class(const struct node *p, const char *name)
{
    bool several = draft_has_class(p, "number") &&
                   draft_is(p->parent, "mainBody");

    return several ? strcmp(name, "title") == 0 : draft_has_class(p, name);
}

static bool is_place(const struct node *node, size_t i)
{
    const char *name = draft_get(node, "name");

    if (places[i].type == PLACE_CLASS)
        return draft_is(node, "p") && has_class(node, places[i].name);
    return draft_is(node, "container") && name &&
           strcmp(name, places[i].name) == 0;
}

static struct node *find_container(struct node *top, const char *name)
{
    for (struct node *n = top; n; n = draft_next(n, top, true)) {
        const char *value = draft_get(n, "name");

        if (draft_is(n, "container") && value && strcmp(value, name) == 0)
            return n;
    }
    return NULL;
}

/* What says of itself that it is a contribution only speaks of the text. */
static bool may_be(const struct named *named, struct node *top, size_t i)
{
    if (strcmp(named->type, "recommendation") == 0)
        return places[i].recommendation &&
               !(strcmp(places[i].name, "title") == 0 &&
                 find_container(top, "type"));
    return !(places[i].answer && strcmp(named->type, "question") == 0);
}

static bool find_name(struct scanner *scanner, struct node *top, size_t i,
                      struct named *named)
{
    for (struct node *n = top; n;
         n = draft_next(n, top, !draft_is(n, "section") &&
                                    (places[i].attached ||
                                     !draft_is(n, "attachments"))))
        if (is_place(n, i) && name_from(scanner, n, named) &&
            may_be(named, top, i))
            return true;
    return false;
}

static bool is_dash(struct span text)
{
    static const char *const dashes[] = { "-", "\u2010", "\u2011", "\u2013",
                                          "\u2014" };
    size_t i = 0;

    while (i < sizeof dashes / sizeof *dashes && !span_is(text, dashes[i]))
        i++;
    return i < sizeof dashes / sizeof *dashes;
}

/* Of "13-10 January", as typed where one reads from right to left, the day
 * that comes first. */
static const char *earlier_end(const struct node *date)
{
    const struct node *gap = date->next, *last = gap ? gap->next : NULL;
    const char *value = draft_get(date, "date");
    const char *other = draft_is(last, "date") ? draft_get(last, "date") : NULL;
    struct span dash = other && !gap->name ? span_trim(gap->text)
                                           : (struct span){ 0 };

    return is_dash(dash) && strcmp(other, value) < 0 ? other : value;
}

static const char *first_date(struct node *top)
{
    for (struct node *n = top; n; n = draft_next(n, top, true))
        if (draft_is(n, "date"))
            return earlier_end(n);
    return NULL;
}

static unsigned count_dates(struct node *top)
{
    unsigned dates = 0;

    for (struct node *n = top; n; n = draft_next(n, top, true))
        dates += draft_is(n, "date");
    return dates;
}

/* The days of a meeting and the date of its document: one day is the date. */
static const char *header_date(struct node *preface)
{
    struct node *first = NULL;

    for (struct node *n = preface->children; n; n = n->next) {
        const char *name = draft_get(n, "name");

        if (!name || strcmp(name, "placeDate") != 0 || !count_dates(n))
            continue;
        if (count_dates(n) == 1)
            return first_date(n);
        first = first ? first : n;
    }
    return first ? first_date(first) : NULL;
}

/* Letters and reports speak of the meeting that they follow. */
static bool is_letter(const struct identity *id)
{
    return strcmp(id->named.type, "circular") == 0 ||
           strcmp(id->named.type, "letter") == 0 ||
           strcmp(id->named.type, "report") == 0;
}

static struct node *first_block(struct node *doc)
{
    struct node *body = draft_child(doc, "mainBody");

    return body ? body->children : NULL;
}

static const char *last_date(struct node *top)
{
    const char *last = NULL;

    for (struct node *n = top; n; n = draft_next(n, top, true))
        if (draft_is(n, "date") &&
            (!last || strcmp(draft_get(n, "date"), last) > 0))
            last = draft_get(n, "date");
    return last;
}

/* The last of the approvals in the history of a Recommendation, which stands
 * before its clauses. */
static const char *last_approval(struct node *doc)
{
    for (struct node *n = doc; n && !draft_is(n, "num");
         n = draft_next(n, doc, !draft_is(n, "item")))
        if (draft_is(n, "table") && count_dates(n))
            return last_date(n);
    return NULL;
}

/* The first day of the month of a year that the field names; false where it
 * names none. */
static bool read_month(char *out, size_t size, struct scanner *scanner,
                       const struct node *field)
{
    const struct grammar *g = scanner->grammar;
    struct folded folded = { 0 };
    struct buf text = { 0 };
    struct finding f;
    struct number year;
    bool found;

    found = scanner_fold_text(scanner, &folded, draft_content(&text, field)) &&
            (scanner_is_named(scanner, KIND_FACT, "date_month", &folded, &f) ||
             scanner_is_named(scanner, KIND_FACT, "date_month_number", &folded,
                              &f)) &&
            grammar_month(g, f.match.at[CAP_MONTH]) &&
            number_read(&year, f.match.at[CAP_YEAR], COUNT_DECIMAL, NULL, 0);
    if (found)
        snprintf(out, size, "%04u-%02u-01", number_last(&year) % 10000,
                 grammar_month(g, f.match.at[CAP_MONTH]) % 100);
    scanner->failed |= text.failed;
    folded_free(&folded);
    buf_free(&text);
    return found;
}

/* Where and when, but without the day: "Geneva, June 2015". */
static const char *header_month(char *out, size_t size, struct scanner *scanner,
                                struct node *preface)
{
    for (struct node *n = preface->children; n; n = n->next) {
        const char *name = draft_get(n, "name");

        if (name && strcmp(name, "placeDate") == 0 &&
            read_month(out, size, scanner, n))
            return out;
    }
    return NULL;
}

static bool same_month(const char *a, const char *b)
{
    return strncmp(a, b, strlen("2000-01-")) == 0;
}

static const char *date_in_month(struct node *top, const char *month)
{
    for (struct node *n = top; n; n = draft_next(n, top, true))
        if (draft_is(n, "date") && same_month(draft_get(n, "date"), month))
            return draft_get(n, "date");
    return NULL;
}

/* The day in the month that the header names: one that stands in the header or
 * is the last of the approvals. Dates of other months are of something else. */
static const char *day_of_month(struct node *doc, struct node *preface,
                                const char *month)
{
    const char *date = date_in_month(preface, month), *approval;

    if (date)
        return date;
    approval = last_approval(doc);
    return approval && same_month(approval, month) ? approval : NULL;
}

/* "Done at Geneva, 3 March 2031". */
static bool says_done(struct scanner *scanner, const struct node *p)
{
    struct buf text = { 0 };
    bool done = scanner_takes(scanner, KIND_CLOSING, "done",
                              draft_content(&text, p), NULL);

    scanner->failed |= text.failed;
    buf_free(&text);
    return done;
}

static const char *done_date(struct node *doc, struct scanner *scanner)
{
    struct node *p = draft_child(draft_child(doc, "conclusions"), "p");

    for (; p; p = p->next)
        if (draft_is(p, "p") && draft_child(p, "date") && says_done(scanner, p))
            return first_date(p);
    return NULL;
}

/* A notice bears its date at the end, in a line of its own. */
static const char *signed_date(struct node *doc)
{
    struct node *end = draft_child(doc, "conclusions");

    for (struct node *n = end ? end->children : NULL; n; n = n->next)
        if (draft_is(n, "p") && draft_is(n->children, "date") &&
            !n->children->next)
            return draft_get(n->children, "date");
    return NULL;
}

enum { DATE_TEXT = 12 };

/* `guessed`: no header gives the date; the text has it in passing. `month` is
 * room for what the header says without a day. */
static const char *find_date(const struct identity *id, struct node *doc,
                             struct scanner *scanner, char month[DATE_TEXT],
                             bool *guessed)
{
    struct node *preface = draft_child(doc, "preface");
    const char *date = preface ? header_date(preface) : NULL, *said = NULL;

    if (!date && preface)
        said = header_month(month, DATE_TEXT, scanner, preface);
    if (!date && !said)
        date = done_date(doc, scanner);
    if (!date && preface)
        date = said ? day_of_month(doc, preface, said) : first_date(preface);
    if (!date)
        date = signed_date(doc);
    *guessed = !date;
    if (!date)
        date = said;
    if (!date && strcmp(id->named.type, "recommendation") == 0)
        date = last_approval(doc);
    return date ? date : first_date(is_letter(id) ? doc : first_block(doc));
}

static void choose_date(struct identity *id, struct scanner *scanner,
                        const char *given, struct node *doc)
{
    bool guessed = false;
    char month[DATE_TEXT] = "";
    const char *found =
        given ? given : find_date(id, doc, scanner, month, &guessed);
    struct diag *diag = scanner->diag;

    snprintf(id->date, sizeof id->date, "%.10s",
             found ? found : CLAUSIER_NO_DATE);
    if (!found)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "no-date",
                 "the text has no date; the tree says "
                 CLAUSIER_NO_DATE " (--date gives one)");
    else if (found == month)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "date-guessed",
                 "the header gives a month; the tree says %s, its first day "
                 "(--date gives another)", id->date);
    else if (guessed)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "date-guessed",
                 "no header gives the date; the tree says %s, the first date "
                 "in the text (--date gives another)", id->date);
}

/* Other aliases stand for signs and numbers; that a text is the Union's need
 * not be said. */
static bool is_body(struct span name)
{
    return name.len > 1 && isupper((unsigned char)name.at[0]) &&
           !span_is(name, "ITU");
}

/* The longest name of a body that the node's text has before a bracket, where
 * it says when and where it met. */
static struct span named_body(struct scanner *scanner, const struct node *node)
{
    const struct grammar *g = scanner->grammar;
    struct span best = { 0 }, words;
    struct buf text = { 0 };

    words = draft_content(&text, node);
    for (size_t i = 0; i < words.len; i++)
        if (words.at[i] == '(')
            words.len = i;
    for (size_t i = 0; words.len && i < g->alias_count; i++)
        if (g->aliases[i].from.len > best.len && is_body(g->aliases[i].to) &&
            memmem(words.at, words.len, g->aliases[i].from.at,
                   g->aliases[i].from.len))
            best = g->aliases[i].from;
    if (!best.len && words.len && document_body(g, words).at != words.at)
        best = document_body(g, words);
    scanner->failed |= text.failed;
    buf_free(&text);
    return best;
}

static struct node *find_opening(struct node *parent)
{
    struct node *p = draft_child(parent, "p");

    while (p && !(draft_is(p, "p") && draft_has_class(p, "opening")))
        p = p->next;
    return p;
}

/* Of the text, or of the first that a proposal is to change. */
static struct node *opening_of(struct node *body)
{
    struct node *p = find_opening(body);

    for (struct node *n = body; n && !p; n = draft_next(n, body, true))
        if (draft_has_class(n, "proposal"))
            p = find_opening(draft_child(n, "intro"));
    return p;
}

/* "The World ... Assembly (Geneva, 2022)," says who speaks; so does the bureau
 * in the letterhead of a circular. */
static void name_speaker(struct identity *id, struct scanner *scanner,
                         struct node *doc)
{
    struct node *preface = draft_child(doc, "preface");
    struct node *p = opening_of(draft_child(doc, "mainBody"));
    struct span body;

    if (!p && preface && is_letter(id))
        p = find_container(preface, "sector");
    body = named_body(scanner, p);
    if (body.len)
        document_author(id->named.author, sizeof id->named.author, scanner, body,
                    false);
}

/* "Ref.: CL-21/51": one word with a number in it. */
static struct span reference_number(const struct node *field)
{
    const struct node *block = field ? field->children : NULL;
    const struct node *last = block ? block->last : NULL;
    struct span value = last && !last->name ? span_trim(last->text)
                                            : (struct span){ 0 };
    bool digit = false;

    for (size_t i = 0; i < value.len; i++) {
        if (value.at[i] == ' ' || value.at[i] == '\t')
            return (struct span){ 0 };
        digit |= isdigit((unsigned char)value.at[i]) != 0;
    }
    return digit ? value : (struct span){ 0 };
}

/* "Corrigendum 1" on a line of its own, above or below the name of what it
 * changes. */
static void name_amendment(struct identity *id, struct scanner *scanner,
                           struct node *doc)
{
    struct node *p = draft_child(draft_child(doc, "preface"), "p");
    struct finding f;

    while (p && !(draft_is(p, "p") && draft_has_class(p, "amendment")))
        p = p->next;
    if (p && !id->named.amended &&
        scanner_takes(scanner, KIND_DOCUMENT, "amendment", draft_first_text(p),
                      &f))
        document_amend(scanner, &id->named, &f);
}

static void name_unnamed(struct identity *id, struct scanner *scanner,
                         struct node *doc)
{
    struct node *preface = draft_child(doc, "preface");
    struct node *group = preface ? find_container(preface, "group") : NULL;
    struct node *number = preface ? find_container(preface, "number") : NULL;
    struct node *reference =
        preface && !number ? find_container(preface, "reference") : NULL;
    struct span value = reference_number(reference);
    struct buf text = { 0 };

    snprintf(id->named.type, sizeof id->named.type, "document");
    snprintf(id->named.author, sizeof id->named.author, "itu");
    snprintf(id->named.number, sizeof id->named.number, "nn");
    if (group)
        document_author(id->named.author, sizeof id->named.author, scanner,
                    span_trim(draft_content(&text, group)), false);
    if (number)
        scanner->failed |=
            !document_slug(id->named.number, sizeof id->named.number,
                  span_trim(draft_content(&text, number)), false);
    if (value.len)
        scanner->failed |= !document_slug(id->named.number, sizeof id->named.number,
                                 value, false);
    scanner->failed |= text.failed;
    buf_free(&text);
}

void identify(struct identity *id, struct draft *draft, struct scanner *scanner,
              const char *date)
{
    struct node *doc = draft->failed ? NULL : draft_child(draft->root, "doc");
    bool named = false;

    *id = (struct identity){ .root = "doc", .name = "document" };
    if (!doc)
        return;
    for (size_t i = 0; i < sizeof places / sizeof *places && !named; i++)
        named = find_name(scanner, doc, i, &id->named);
    if (named)
        name_amendment(id, scanner, doc);
    else
        name_unnamed(id, scanner, doc);
    if (strcmp(id->named.author, "itu") == 0)
        name_speaker(id, scanner, doc);
    if (strcmp(id->named.type, "circular") == 0)
        id->name = "circular";
    if (strcmp(id->named.type, "report") == 0) {
        id->root = "debateReport";
        id->name = "meetingReport";
    }
    choose_date(id, scanner, date, doc);
    if (strcmp(id->root, "doc") == 0)
        snprintf(id->work, sizeof id->work, "/akn/un/doc/%s/%s/%s/%s",
                 id->named.type, id->named.author, id->date,
                 id->named.number);
    else
        snprintf(id->work, sizeof id->work, "/akn/un/%s/%s/%s/%s/%s", id->root,
                 id->name, id->named.author, id->date, id->named.number);
}
