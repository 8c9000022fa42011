/* Finds which document a text names, and makes its IRI, as AKN4UN has them. */
#include "document.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "numeral.h"

/* "А.7", typed on a Cyrillic keyboard, is A.7: the Latin letter for the two
 * bytes before a dot, or 0. */
static char latin_series(struct span text, size_t at)
{
    int32_t next = (int32_t)at;
    UChar32 c;

    if (at + 2 >= text.len || text.at[at + 2] != '.')
        return '\0';
    U8_NEXT(text.at, next, (int32_t)text.len, c);
    return (size_t)next == at + 2 ? numeral_latin(c) : '\0';
}

/* Copies what an IRI can hold: white space goes, slashes and dashes of all
 * kinds become hyphens, and so does a bracket that opens between digits or
 * letters: "A.1142(31)" is not A.114231. */
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
        else if (c == '/' || (c == '(' && len && i + 1 < text.len &&
                              isalnum((unsigned char)text.at[i + 1])))
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
bool document_slug(char *out, size_t size, struct span text, bool lower)
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
struct span document_body(const struct grammar *g, struct span name)
{
    struct folded folded = { 0 };
    struct span called = name;

    if (fold(&folded, name, fold_needed(name)))
        for (size_t i = 0; i < g->alias_count && called.at == name.at; i++)
            if (same_letters(g->aliases[i].from, folded.text))
                called = g->aliases[i].to;
    folded_free(&folded);
    return called;
}

static bool is_latin(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

/* "Commission d'études 13" is SG13 in all languages. */
static bool put_study_group(char *out, size_t size, struct scanner *scanner,
                            struct span body)
{
    struct finding f;

    if (!scanner_takes(scanner, KIND_SAME, "study_group", body, &f))
        return false;
    snprintf(out, size, "itu-sg%.*s", (int)f.match.at[CAP_NUM].len,
             f.match.at[CAP_NUM].at);
    return true;
}

/* Outside standards and texts of the United Nations keep their issuer's name,
 * and so do those of its other houses; all others are the ITU's. A body whose
 * name is not known in Latin letters goes unnamed. */
void document_author(char *out, size_t size, struct scanner *scanner,
                        struct span body, bool outside)
{
    struct folded folded = { 0 };
    struct span name = { 0 };
    char text[40] = "";

    if (body.len && put_study_group(out, size, scanner, body))
        return;
    if (scanner_fold_text(scanner, &folded, body)) {
        name = document_body(scanner->grammar, folded.text);
        outside |= scanner_takes(scanner, KIND_SAME, "house", name, NULL);
        scanner->failed |= !document_slug(text, sizeof text, name, true);
    }
    folded_free(&folded);
    if (!text[0] || !is_latin(text))
        snprintf(out, size, "itu");
    else if (outside || strncmp(text, "itu", 3) == 0 ||
             strncmp(text, "un-", 3) == 0)
        snprintf(out, size, "%s", text);
    else
        snprintf(out, size, "itu-%.*s", (int)size - 5, text);
}

/* "Corrigendum 1 to TSB Circular 248" is another document: its number is
 * 248-corrigendum-1. */
void document_amend(struct scanner *scanner, struct named *named,
                          const struct finding *change)
{
    size_t len = strlen(named->number);
    struct span word =
        grammar_alias(scanner->grammar, change->match.at[CAP_LABEL]);
    char kind[24], number[8];

    scanner->failed |=
        !document_slug(kind, sizeof kind, word, true) ||
        !document_slug(number, sizeof number, change->match.at[CAP_NUM], false);
    snprintf(named->number + len, sizeof named->number - len, "-%s-%s", kind,
             number);
    named->amended = len;
}

enum { YEAR_LENGTH = 5 };

/* 2031 in "/2031", or 0. */
static unsigned read_year(struct span text)
{
    bool year = text.len >= YEAR_LENGTH && text.at[0] == '/' &&
                (memcmp(text.at + 1, "19", 2) == 0 ||
                 memcmp(text.at + 1, "20", 2) == 0) &&
                is_digit(text.at[3]) && is_digit(text.at[4]) &&
                (text.len == YEAR_LENGTH || !is_digit(text.at[YEAR_LENGTH]));

    return year ? (unsigned)strtoul(text.at + 1, NULL, 10) : 0;
}

/* 2014 in " (Rev. Busan, 2014)" or "号决议（2014年". */
enum { BEFORE_EDITION = 24, EDITION_LENGTH = 60 };

static unsigned read_edition(struct span text)
{
    size_t open = 0, digits = 0;

    for (size_t i = 0; i < text.len && i < open + EDITION_LENGTH; i++) {
        bool wide = i + 3 <= text.len && memcmp(text.at + i, "\uFF08", 3) == 0;

        digits = is_digit(text.at[i]) ? digits + 1 : 0;
        if (!open) {
            if (digits || i == BEFORE_EDITION)
                return 0;
            open = text.at[i] == '(' || wide ? i + 1 : 0;
        } else if (text.at[i] == ')') {
            return 0;
        } else if (digits == 4 &&
                   (i + 1 == text.len || !is_digit(text.at[i + 1]))) {
            return (unsigned)strtoul(text.at + i - 3, NULL, 10);
        }
    }
    return 0;
}

/* The sector whose series a Recommendation is in, where no other has it:
 * "G.709" can only be ITU-T's, "BT.500" only ITU-R's. */
static const char *sector_of_series(const struct named *named)
{
    static const char *const radio[] = { "BO", "BR", "BS", "BT",  "RA", "RS",
                                         "SA", "SF", "SM", "SNG", "TF" };
    size_t len = strcspn(named->number, ".");

    if (strcmp(named->type, "recommendation") != 0 || !named->number[len])
        return NULL;
    if (len == 1)
        return strchr("ABCDEGHIJKLNOQRTUXYZ", named->number[0]) ? "itu-t"
                                                                : NULL;
    for (size_t i = 0; i < sizeof radio / sizeof *radio; i++)
        if (strlen(radio[i]) == len &&
            memcmp(radio[i], named->number, len) == 0)
            return "itu-r";
    return NULL;
}

enum { SERIES_DIGITS_MIN = 3 };

bool document_is_of_series(const struct named *named)
{
    const char *dot = strchr(named->number, '.');

    return dot && strspn(dot + 1, "0123456789") >= SERIES_DIGITS_MIN &&
           sector_of_series(named);
}

bool document_is_treaty(const struct named *named)
{
    return strcmp(named->type, "treaty") == 0;
}

bool document_is_contribution(const struct named *named)
{
    size_t len = strlen(named->number);

    return strcmp(named->type, "paper") == 0 && len == 1 + SERIES_DIGITS_MIN &&
           named->number[0] == 'C' &&
           strspn(named->number + 1, "0123456789") == len - 1;
}

static bool is_letter_byte(char c)
{
    return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* "5-CE9" of a letter in French is 5-SG9 in all languages: what has an alias
 * right before digits, unless it tells the house, as in "MSC 104/5/3". */
static void name_groups(char *number, size_t size, const struct grammar *g,
                        struct span house)
{
    char text[sizeof((struct named *)0)->number];
    size_t len = 0;

    for (const char *at = number; *at;) {
        struct span word = { at, 0 }, called;

        while (is_letter_byte(at[word.len]))
            word.len++;
        called = word;
        if (word.len && (at == number || at[-1] == '-') &&
            !span_equal(grammar_alias(g, word), grammar_alias(g, house)) &&
            (is_digit(at[word.len]) ||
             (at[word.len] == '-' && is_digit(at[word.len + 1]))))
            called = document_body(g, word);
        if (!word.len)
            called.len = word.len = 1;
        if (len + called.len >= size || len + called.len >= sizeof text)
            return;
        memcpy(text + len, called.at, called.len);
        len += called.len;
        at += word.len;
    }
    memcpy(number, text, len);
    number[len] = '\0';
}

/* A letter of a series that was typed on a Cyrillic keyboard is the Latin one.
 */
static struct span latin_letter(struct span label, char *latin)
{
    *latin = label.len == 2 ? numeral_latin(span_first(label)) : '\0';
    return *latin ? (struct span){ latin, 1 } : label;
}

/* "A.Suppl. 4" and "A.Sup.4" are A.Sup4, as series A calls its supplement. */
static void name_supplement(char *number)
{
    char *sup = strstr(number, ".Sup"), *digits;

    if (!sup)
        return;
    sup += strlen(".Sup");
    digits = strncmp(sup, "pl", 2) == 0 ? sup + 2 : sup;
    digits += *digits == '.';
    if (is_digit(*digits))
        memmove(sup, digits, strlen(digits) + 1);
}

/* What its house calls a text that has a name instead. */
static struct span named_number(const struct grammar *g,
                                const struct finding *f)
{
    struct span num = f->match.at[CAP_NUM];

    return rule_is(f->rule, "treaty") ? document_body(g, num) : num;
}

/* "TDs 12" has the number TD12, "Contribution 81" C81, and the fourth supplement
 * to series A A.Sup4. False where memory ran out. */
static bool number_slug(struct named *named, const struct grammar *g,
                        const struct finding *f)
{
    size_t len;
    char latin;

    if (!document_slug(
            named->number, sizeof named->number,
            latin_letter(grammar_alias(g, f->match.at[CAP_LABEL]), &latin),
            false))
        return false;
    len = strlen(named->number);
    if (rule_is(f->rule, "supplement")) {
        snprintf(named->number + len, sizeof named->number - len, ".Sup");
        len = strlen(named->number);
    }
    if (!document_slug(named->number + len, sizeof named->number - len,
                       named_number(g, f), false))
        return false;
    name_supplement(named->number);
    if (!rule_is(f->rule, "standard"))
        name_groups(named->number, sizeof named->number, g,
                    f->match.at[CAP_BODY]);
    return true;
}

/* "NCSR 18/22/Add.1": what is added is no part of the number. */
static void leave_change(struct finding *best, const struct finding *change)
{
    struct span *num = &best->match.at[CAP_NUM];
    const char *at = change->match.at[CAP_ALL].at;

    if (change->rule && at > num->at && at < num->at + num->len)
        num->len = (size_t)(at - num->at) - (at[-1] == '/');
}

enum { CHANGES_MAX = 3 };

/* Changes to a document, in the order in which they were made. */
struct changes {
    struct finding at[CHANGES_MAX];
    size_t count;
};

/* "Addendum 3 to Document 65(Add.22)": what stands in front of the document
 * changes all that it names, so that it comes last. */
static bool is_made_before(const struct finding *a, const struct finding *b,
                           const char *document)
{
    const char *one = a->match.at[CAP_ALL].at, *other = b->match.at[CAP_ALL].at;

    if ((one < document) != (other < document))
        return one >= document;
    return one < document ? one > other : one < other;
}

static void order_changes(struct changes *changes, const char *number)
{
    for (size_t i = 1; i < changes->count; i++)
        for (size_t k = i; k > 0 && is_made_before(&changes->at[k],
                                                   &changes->at[k - 1], number);
             k--) {
            struct finding other = changes->at[k];

            changes->at[k] = changes->at[k - 1];
            changes->at[k - 1] = other;
        }
}

/* The one that was found, and those behind it. */
static void keep_changes(struct changes *changes, struct scanner *scanner,
                         struct span text, struct finding change)
{
    bool found = true;

    while (found && changes->count < CHANGES_MAX) {
        struct span all = change.match.at[CAP_ALL];

        changes->at[changes->count++] = change;
        found = scanner_takes(
            scanner, KIND_DOCUMENT, "amendment",
            span_between(all.at + all.len, text.at + text.len), &change);
    }
}

bool document_named(struct scanner *scanner, struct span text,
                    struct named *named)
{
    struct folded folded = { 0 };
    struct finding f, best = { 0 };
    struct changes changes = { .count = 0 };
    struct span behind;
    const char *sector;
    const char *type;
    size_t index = 0;

    if (!scanner_fold_text(scanner, &folded, text))
        return false;
    /* The document named first is the one that is meant. */
    while (scanner_find(scanner, KIND_DOCUMENT, &index, &folded, 0, &f))
        if (rule_is(f.rule, "amendment"))
            keep_changes(&changes, scanner, text, f);
        else if (f.match.at[CAP_NUM].at &&
                 (!best.rule ||
                  f.match.at[CAP_ALL].at < best.match.at[CAP_ALL].at))
            best = f;
    folded_free(&folded);
    if (!best.rule)
        return false;
    /* Arabic has one word for a supplement and an addendum. */
    order_changes(&changes, best.match.at[CAP_NUM].at);
    if (changes.count && rule_is(best.rule, "supplement") &&
        changes.at[0].match.at[CAP_ALL].at <
            best.match.at[CAP_NUM].at + best.match.at[CAP_NUM].len &&
        changes.at[0].match.at[CAP_ALL].at >= best.match.at[CAP_ALL].at)
        changes.count = 0;
    for (size_t i = 0; i < changes.count; i++)
        leave_change(&best, &changes.at[i]);
    type = rule_is(best.rule, "supplement") ? "recommendation"
                                            : best.rule->name;
    scanner->failed |= !document_slug(named->type, sizeof named->type,
                                      span_of(type), false) ||
                       !number_slug(named, scanner->grammar, &best);
    named->amended = 0;
    named->ours = false;
    behind.at = best.match.at[CAP_NUM].at + best.match.at[CAP_NUM].len;
    behind.len = (size_t)(text.at + text.len - behind.at);
    named->edition = read_year(behind);
    if (!named->edition)
        named->edition = read_edition(behind);
    for (size_t i = 0; i < changes.count; i++)
        document_amend(scanner, named, &changes.at[i]);
    document_author(named->author, sizeof named->author, scanner,
                best.match.at[CAP_BODY], rule_is(best.rule, "standard"));
    sector = strcmp(named->author, "itu") == 0 ? sector_of_series(named) : NULL;
    if (sector)
        strcpy(named->author, sector);
    return true;
}

static bool is_typed(const struct named *named, const char *const types[],
                     size_t count)
{
    size_t i = 0;

    while (i < count && strcmp(named->type, types[i]) != 0)
        i++;
    return i < count;
}

bool document_is_same(const struct named *a, const struct named *b)
{
    return strcmp(a->type, b->type) == 0 && strcmp(a->number, b->number) == 0;
}

bool document_is_adopted(const struct named *named)
{
    return strcmp(named->type, "resolution") == 0 ||
           strcmp(named->type, "decision") == 0;
}

bool document_is_group(const struct named *named)
{
    return strcmp(named->type, "question") == 0 &&
           strcmp(named->author, "itu") == 0;
}

bool document_is_letter(const struct named *named)
{
    static const char *const types[] = { "circular", "letter", "report" };

    return is_typed(named, types, sizeof types / sizeof *types);
}

bool document_has_clauses(const struct named *named)
{
    static const char *const types[] = { "recommendation", "resolution",
                                         "decision", "opinion", "report",
                                         "standard", "circular", "letter" };

    return is_typed(named, types, sizeof types / sizeof *types);
}

void document_iri(struct buf *out, const struct named *named)
{
    buf_printf(out, "/akn/un/doc/%s/%s/%s", named->type, named->author,
               named->number);
}
