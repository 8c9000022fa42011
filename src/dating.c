/* Finds the date of a document: in its header, at its end or in its text. */
#include "dating.h"

#include <stdio.h>
#include <string.h>

#include "clausier.h"
#include "number.h"

/* ---- dates below an element ------------------------------------------------------ */

static bool is_dash(struct span text)
{
    char plain[FOLD_SHORT];
    struct span sign = fold_short(plain, text);

    return span_is(sign, "-") || span_is(sign, "\u2013") ||
           span_is(sign, "\u2014");
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

/* A field, or a line among the values of others. */
static bool is_place_date(const struct node *n)
{
    return draft_is_named(n, "placeDate") || draft_has_class(n, "placeDate");
}

/* The days of a meeting and the date of its document: one day is the date. */
static const char *header_date(struct node *preface)
{
    struct node *first = NULL;

    for (struct node *n = preface; n; n = draft_next(n, preface, true)) {
        if (!is_place_date(n) || !count_dates(n))
            continue;
        if (count_dates(n) == 1)
            return first_date(n);
        first = first ? first : n;
    }
    return first ? first_date(first) : NULL;
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
            number_read(&year, f.match.at[CAP_YEAR], COUNT_DECIMAL, NULL);
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
    for (struct node *n = preface; n; n = draft_next(n, preface, true))
        if (is_place_date(n) && read_month(out, size, scanner, n))
            return out;
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

/* Whether the rule takes the whole of an element. */
static bool takes(struct scanner *scanner, enum kind kind, const char *name,
                  const struct node *p)
{
    struct buf text = { 0 };
    bool takes =
        scanner_takes(scanner, kind, name, draft_content(&text, p), NULL);

    scanner->failed |= text.failed;
    buf_free(&text);
    return takes;
}

/* "Done at Geneva, 3 March 2031". */
static bool says_done(struct scanner *scanner, const struct node *p)
{
    return takes(scanner, KIND_CLOSING, "done", p);
}

static const char *done_date(struct node *doc, struct scanner *scanner)
{
    struct node *p = draft_child(draft_child(doc, "conclusions"), "p");

    for (; p; p = p->next)
        if (draft_is(p, "p") && draft_child(p, "date") && says_done(scanner, p))
            return first_date(p);
    return NULL;
}

/* A notice bears its date at the end, in a line of its own, with a place
 * perhaps. */
static const char *signed_date(struct node *doc, struct scanner *scanner)
{
    struct node *end = draft_child(doc, "conclusions");

    for (struct node *n = end ? end->children : NULL; n; n = n->next)
        if (draft_is(n, "p") && draft_child(n, "date") &&
            takes(scanner, KIND_FIELD, "placeDate", n))
            return first_date(n);
    return NULL;
}

/* `guessed`: no header gives the date; the text has it in passing. `month` is
 * room for what the header says without a day. */
static const char *find_date(const struct named *named, struct node *doc,
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
        date = signed_date(doc, scanner);
    *guessed = !date;
    if (!date)
        date = said;
    if (!date && strcmp(named->type, "recommendation") == 0)
        date = last_approval(doc);
    return date ? date
                : first_date(document_is_letter(named) ? doc
                                                       : first_block(doc));
}

void dating_find(char date[DATE_TEXT], const struct named *named,
                 struct node *doc, struct scanner *scanner, const char *given)
{
    bool guessed = false;
    char month[DATE_TEXT] = "";
    const char *found =
        given ? given : find_date(named, doc, scanner, month, &guessed);
    struct diag *diag = scanner->diag;

    snprintf(date, DATE_TEXT, "%.10s",
             found ? found : CLAUSIER_NO_DATE);
    if (!found)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "no-date",
                 "the text has no date; the tree says "
                 CLAUSIER_NO_DATE " (--date gives one)");
    else if (found == month)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "date-guessed",
                 "the header gives a month; the tree says %s, its first day "
                 "(--date gives another)", date);
    else if (guessed)
        diag_say(diag, CLAUSIER_WARNING, (struct place){ 0 }, "date-guessed",
                 "no header gives the date; the tree says %s, the first date "
                 "in the text (--date gives another)", date);
}
