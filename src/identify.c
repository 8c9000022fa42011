/* Finds out what a document is (type, issuer, number, date, language) and
 * writes it into the tree as FRBR metadata. IRIs follow AKN4UN. */
#include "identify.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "clausier.h"
#include "number.h"

/* ---- naming documents ----------------------------------------------------------- */

/* "А.7", typed on a Cyrillic keyboard, is A.7: the Latin letter for the two
 * bytes before a dot, or 0. */
static char latin_series(struct span text, size_t at)
{
    int32_t next = (int32_t)at;
    UChar32 c;

    if (at + 2 >= text.len || text.at[at + 2] != '.')
        return '\0';
    U8_NEXT(text.at, next, (int32_t)text.len, c);
    return (size_t)next == at + 2 ? number_latin(c) : '\0';
}

/* Copies what an IRI can hold: white space goes, slashes and dashes of all
 * kinds become hyphens. */
static void slug_folded(char *out, size_t size, struct span text, bool lower)
{
    int32_t len = 0;

    for (size_t i = 0; i < text.len && (size_t)len + 1 < size; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c >= 0x80 && latin_series(text, i)) {
            out[len++] = latin_series(text, i++);
            continue;
        }

        if (isalnum(c) || c == '.' || c == '-' || c >= 0x80)
            out[len++] = (char)(lower && c < 0x80 ? tolower(c) : c);
        else if (c == '/')
            out[len++] = '-';
        if (c == 0xE2 && text.len - i >= 3 &&
            memcmp(text.at + i, "\u2013", 3) == 0) {
            out[len - 1] = '-';
            i += 2;
        }
    }
    U8_TRUNCATE_IF_INCOMPLETE(out, 0, len);
    out[len] = '\0';
}

/* False where memory ran out; then `out` is empty. */
static bool slug(char *out, size_t size, struct span text, bool lower)
{
    struct folded folded = { 0 };
    bool done = fold(&folded, text, fold_needed(text));

    out[0] = '\0';
    if (done)
        slug_folded(out, size, folded.text, lower);
    folded_free(&folded);
    return done;
}

static bool same_letters(struct span a, struct span b)
{
    int32_t i = 0, k = 0;
    UChar32 c = 0, d = 0;

    while (i < (int32_t)a.len && k < (int32_t)b.len && c == d) {
        U8_NEXT(a.at, i, (int32_t)a.len, c);
        U8_NEXT(b.at, k, (int32_t)b.len, d);
        c = u_foldCase(c, U_FOLD_CASE_DEFAULT);
        d = u_foldCase(d, U_FOLD_CASE_DEFAULT);
    }
    return c == d && i == (int32_t)a.len && k == (int32_t)b.len;
}

/* What a body is called everywhere; letterheads write it in capitals. */
static struct span known_body(const struct grammar *g, struct span name)
{
    for (size_t i = 0; i < g->alias_count; i++)
        if (same_letters(g->aliases[i].from, name))
            return g->aliases[i].to;
    return name;
}

static bool is_latin(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

/* Outside standards keep their issuer's name; all others are the ITU's. A body
 * whose name is not known in Latin letters goes unnamed. */
static void name_author(char *out, size_t size, struct scanner *scanner,
                        struct span body, bool outside)
{
    struct folded folded = { 0 };
    char text[40] = "";

    if (scanner_fold_text(scanner, &folded, body))
        scanner->failed |=
            !slug(text, sizeof text,
                  known_body(scanner->grammar, folded.text), true);
    folded_free(&folded);
    if (!text[0] || !is_latin(text))
        snprintf(out, size, "itu");
    else if (outside || strncmp(text, "itu", 3) == 0)
        snprintf(out, size, "%s", text);
    else
        snprintf(out, size, "itu-%.*s", (int)size - 5, text);
}

/* "Corrigendum 1 to TSB Circular 248" is another document: its number is
 * 248-corrigendum-1. */
static void add_amendment(struct scanner *scanner, struct named *named,
                          const struct finding *change)
{
    size_t len = strlen(named->number);
    struct span word =
        grammar_alias(scanner->grammar, change->match.at[CAP_LABEL]);
    char kind[24], number[8];

    scanner->failed |=
        !slug(kind, sizeof kind, word, true) ||
        !slug(number, sizeof number, change->match.at[CAP_NUM], false);
    snprintf(named->number + len, sizeof named->number - len, "-%s-%s", kind,
             number);
    named->amended = len;
}

bool identify_named(struct scanner *scanner, struct span text,
                    struct named *named)
{
    struct folded folded = { 0 };
    struct finding f, best = { 0 }, change = { 0 };
    size_t index = 0;

    if (!scanner_fold_text(scanner, &folded, text))
        return false;
    /* The document named first is the one that is meant. */
    while (scanner_find(scanner, KIND_DOCUMENT, &index, &folded, 0, &f))
        if (rule_is(f.rule, "amendment"))
            change = f;
        else if (f.match.at[CAP_NUM].at &&
                 (!best.rule ||
                  f.match.at[CAP_ALL].at < best.match.at[CAP_ALL].at))
            best = f;
    folded_free(&folded);
    if (!best.rule)
        return false;
    scanner->failed |= !slug(named->type, sizeof named->type,
                             span_of(best.rule->name), false) ||
                       !slug(named->number, sizeof named->number,
                             best.match.at[CAP_NUM], false);
    named->amended = 0;
    if (change.rule)
        add_amendment(scanner, named, &change);
    name_author(named->author, sizeof named->author, scanner,
                best.match.at[CAP_BODY], rule_is(best.rule, "standard"));
    return true;
}

void identify_iri(struct buf *out, const struct named *named)
{
    buf_printf(out, "/akn/un/doc/%s/%s/%s", named->type, named->author,
               named->number);
}

/* ---- looking for the identity ------------------------------------------------------- */

static bool name_from_text(struct scanner *scanner, const struct node *node,
                           struct named *named)
{
    struct buf text = { 0 };
    struct span name = draft_content(&text, node);
    bool found = !text.failed && identify_named(scanner, name, named);

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

static bool is_place(const struct node *node, size_t i)
{
    const char *name = draft_get(node, "name");

    if (places[i].type == PLACE_CLASS)
        return draft_is(node, "p") && draft_has_class(node, places[i].name);
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

/* Of "13-10 January", as typed where one reads from right to left, the day
 * that comes first. */
static const char *earlier_end(const struct node *date)
{
    const struct node *gap = date->next, *last = gap ? gap->next : NULL;
    const char *value = draft_get(date, "date");
    const char *other = draft_is(last, "date") ? draft_get(last, "date") : NULL;
    struct span dash = other && !gap->name ? span_trim(gap->text)
                                           : (struct span){ 0 };

    return (span_is(dash, "-") || span_is(dash, "\u2013")) &&
                   strcmp(other, value) < 0
               ? other
               : value;
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
    const char *date = preface ? header_date(preface) : NULL;

    if (!date && preface)
        date = first_date(preface);
    if (!date)
        date = signed_date(doc);
    *guessed = !date;
    if (!date && preface)
        date = header_month(month, DATE_TEXT, scanner, preface);
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
    if (!best.len && words.len && known_body(g, words).at != words.at)
        best = known_body(g, words);
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
        name_author(id->named.author, sizeof id->named.author, scanner, body,
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
    struct folded folded = { 0 };
    struct finding f;

    while (p && !(draft_is(p, "p") && draft_has_class(p, "amendment")))
        p = p->next;
    if (p && !id->named.amended &&
        scanner_fold_text(scanner, &folded, draft_first_text(p)) &&
        scanner_is_named(scanner, KIND_DOCUMENT, "amendment", &folded, &f))
        add_amendment(scanner, &id->named, &f);
    folded_free(&folded);
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
        name_author(id->named.author, sizeof id->named.author, scanner,
                    span_trim(draft_content(&text, group)), false);
    if (number)
        scanner->failed |=
            !slug(id->named.number, sizeof id->named.number,
                  span_trim(draft_content(&text, number)), false);
    if (value.len)
        scanner->failed |= !slug(id->named.number, sizeof id->named.number,
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

/* ---- writing it ------------------------------------------------------------------------- */

struct writer {
    const struct identity *id;
    struct draft *draft;
    const char *language; /* fra */
    char expression[200];
    char component[64];   /* "!main", "!annex_1" */
    struct buf value;
};

static struct node *add_value(struct writer *w, struct node *parent,
                              const char *name, const char *attribute,
                              const char *value)
{
    struct node *node = draft_add(w->draft, parent, name);

    draft_set(w->draft, node, attribute, value);
    return node;
}

static void add_iris(struct writer *w, struct node *parent, const char *iri,
                     const char *suffix)
{
    buf_clear(&w->value);
    buf_printf(&w->value, "%s/%s%s", iri, w->component, suffix);
    add_value(w, parent, "FRBRthis", "value", buf_text(&w->value));
    buf_clear(&w->value);
    buf_printf(&w->value, "%s%s", iri, suffix);
    add_value(w, parent, "FRBRuri", "value", buf_text(&w->value));
}

static void add_date(struct writer *w, struct node *parent, const char *name)
{
    struct node *date = add_value(w, parent, "FRBRdate", "date", w->id->date);

    draft_set(w->draft, date, "name", name);
}

static void add_author(struct writer *w, struct node *parent,
                       const char *author)
{
    buf_clear(&w->value);
    buf_printf(&w->value, "#%s", author);
    add_value(w, parent, "FRBRauthor", "href", buf_text(&w->value));
}

static void add_identification(struct writer *w, struct node *meta, bool main)
{
    const struct identity *id = w->id;
    struct node *all =
        add_value(w, meta, "identification", "source", "#clausier");
    struct node *work = draft_add(w->draft, all, "FRBRWork");
    struct node *expression = draft_add(w->draft, all, "FRBRExpression");
    struct node *manifestation = draft_add(w->draft, all, "FRBRManifestation");

    add_iris(w, work, id->work, "");
    add_date(w, work, "generation");
    add_author(w, work, id->named.author);
    add_value(w, work, "FRBRcountry", "value", "un");
    if (main && strcmp(id->named.number, "nn") != 0)
        add_value(w, work, "FRBRnumber", "value", id->named.number);
    add_iris(w, expression, w->expression, "");
    add_date(w, expression, "generation");
    add_author(w, expression, id->named.author);
    add_value(w, expression, "FRBRlanguage", "language", w->language);
    add_iris(w, manifestation, w->expression, ".xml");
    add_date(w, manifestation, "markup");
    add_author(w, manifestation, "clausier");
}

static void show_author(char *out, size_t size, const char *author)
{
    size_t i = 0;

    for (; author[i] && i + 1 < size; i++)
        out[i] = author[i] == '-' ? ' ' : (char)toupper((unsigned char)author[i]);
    out[i] = '\0';
    /* ITU-T is written with its hyphen. */
    if (i == 5 && out[3] == ' ')
        out[3] = '-';
}

static void add_references(struct writer *w, struct node *meta)
{
    const char *author = w->id->named.author;
    struct node *list = add_value(w, meta, "references", "source", "#clausier");
    struct node *node = add_value(w, list, "TLCOrganization", "eId", author);
    char shown[40];

    buf_clear(&w->value);
    buf_printf(&w->value, "/akn/ontology/organization/un/%s", author);
    draft_set(w->draft, node, "href", buf_text(&w->value));
    show_author(shown, sizeof shown, author);
    draft_set(w->draft, node, "showAs", shown);
    node = add_value(w, list, "TLCProcess", "eId", "clausier");
    draft_set(w->draft, node, "href", "/akn/ontology/process/un/clausier");
    draft_set(w->draft, node, "showAs", "clausier");
}

/* What was taken out of the flow of the text. */
static void add_asides(struct writer *w, struct node *meta,
                       const struct lines *lines)
{
    struct node *all;

    if (!lines->aside_count)
        return;
    all = add_value(w, meta, "proprietary", "source", "#clausier");
    for (size_t i = 0; i < lines->aside_count; i++) {
        const struct aside *aside = &lines->asides[i];
        struct node *node = draft_add(w->draft, all, aside->name);

        draft_set_origin(w->draft, node, aside->origin);
        draft_text(w->draft, node, aside->text);
    }
}

static struct node *add_meta(struct writer *w, struct node *doc)
{
    struct node *meta =
        doc ? draft_add_before(w->draft, doc->children, "meta") : NULL;

    add_identification(w, meta, strcmp(w->component, "!main") == 0);
    return meta;
}

static bool ends_in_han(struct span label)
{
    int32_t at = (int32_t)label.len;
    UChar32 c = 0;

    if (at)
        U8_PREV(label.at, 0, at, c);
    return u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
}

/* A label in other letters and digits, as other languages have it: 附件一 is
 * Annex 1, but 附录一 is Appendix I. */
static void write_foreign(struct writer *w, char *out, size_t size,
                          struct span label, bool appendix)
{
    struct buf id = { 0 };
    struct number number;

    if (appendix && ends_in_han(label) &&
        number_read(&number, label, COUNT_HAN, NULL, 0) && number.at[0] < 40) {
        number_write_roman(&id, number.at[0]);
        for (size_t i = 0; i < id.len; i++)
            id.at[i] = (char)toupper((unsigned char)id.at[i]);
    } else {
        number_write_id(&id, label, COUNT_DECIMAL);
    }
    if (!id.failed)
        snprintf(out, size, "%s", buf_text(&id));
    w->draft->failed |= id.failed;
    buf_free(&id);
}

/* "!annex_1": the label where the annex has one, else its position. */
static void name_component(struct writer *w, const struct node *doc, unsigned n)
{
    const char *name = draft_get(doc, "name");
    struct span label = { "", 0 };
    char number[24] = "";
    size_t at;

    for (struct node *p = draft_child(draft_child(doc, "preface"), "p"); p;
         p = p->next)
        if (draft_has_class(p, "label") && draft_first_text(p->children).len)
            label = draft_first_text(p->children);
    at = label.len;
    while (at > 0 && isalnum((unsigned char)label.at[at - 1]))
        at--;
    /* The word itself is no label. */
    if (at > 0)
        w->draft->failed |=
            !slug(number, sizeof number,
                  (struct span){ label.at + at, label.len - at }, false);
    if (!number[0] && at > 0)
        write_foreign(w, number, sizeof number, label,
                      name && strcmp(name, "appendix") == 0);
    if (!number[0] || strlen(number) > 6)
        snprintf(number, sizeof number, "%u", n);
    snprintf(w->component, sizeof w->component, "!%s_%s", name ? name : "annex",
             number);
}

/* What an annex is called has been the name of one before it: annexes may have
 * annexes. The window keeps this linear. */
enum { NAMED_WINDOW = 32 };

static void name_apart(struct writer *w, unsigned n,
                       char (*names)[sizeof w->component])
{
    size_t len = strlen(w->component);

    for (unsigned i = 0; i < n - 1 && i < NAMED_WINDOW; i++)
        if (strcmp(names[i], w->component) == 0) {
            snprintf(w->component + len, sizeof w->component - len, "_%u", n);
            break;
        }
    memcpy(names[(n - 1) % NAMED_WINDOW], w->component, sizeof w->component);
}

static void write_attachments(struct writer *w, struct node *doc)
{
    struct node *all = draft_child(doc, "attachments");
    char names[NAMED_WINDOW][sizeof w->component];
    unsigned n = 0;

    for (struct node *a = all ? all->children : NULL; a; a = a->next) {
        struct node *inner = draft_child(a, "doc");

        name_component(w, inner, ++n);
        name_apart(w, n, names);
        add_meta(w, inner);
    }
}

static void set_languages(struct draft *draft, struct node *doc,
                          const char *tag)
{
    static const char *const areas[] = { "preface", "mainBody",
                                         "conclusions" };

    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++)
        draft_set(draft, draft_child(doc, areas[i]), "xml:lang", tag);
}

void identify_write(const struct identity *id, struct draft *draft,
                    const struct grammar *grammar, const struct lines *lines)
{
    struct writer w = { .id = id,
                        .draft = draft,
                        .language = grammar->language,
                        .component = "!main" };
    struct node *doc = draft->failed ? NULL : draft_child(draft->root, "doc");
    struct node *all, *meta;

    if (!doc)
        return;
    snprintf(w.expression, sizeof w.expression, "%s/%s@%s", id->work,
             grammar->language, id->date);
    draft_rename(doc, id->root);
    draft_set(draft, doc, "name", id->name);
    meta = add_meta(&w, doc);
    add_references(&w, meta);
    add_asides(&w, meta, lines);
    set_languages(draft, doc, grammar->tag);
    write_attachments(&w, doc);
    all = draft_child(doc, "attachments");
    for (struct node *a = all ? all->children : NULL; a; a = a->next)
        set_languages(draft, draft_child(a, "doc"), grammar->tag);
    draft->failed |= w.value.failed;
    buf_free(&w.value);
}
