/* Knows what one version says in a bead, and whether another one says it
 * otherwise. */
#include "said.h"

#include <stdlib.h>
#include <string.h>

#include "spelling.h"

const struct version *sayings_version(const struct sayings *sayings)
{
    return &sayings->targets.beads->versions[sayings->targets.version];
}

/* Which of the three a rule takes a word for differs between grammars. */
static enum fact_type family_of(enum fact_type type)
{
    return type == FACT_IDENTIFIER || type == FACT_NAME ? FACT_ACRONYM : type;
}

bool said_is_hard(enum fact_type family)
{
    return family == FACT_DATE || family == FACT_TIME || family == FACT_URL ||
           family == FACT_EMAIL;
}

/* What the number of a paper ends in, by the language that it is in; 0 where no
 * letter is known. */
static char letter_of(const char *language)
{
    static const char *const letters[] = { "eng E", "fra F", "spa S",
                                           "zho C", "rus R", "ara A" };

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strncmp(letters[i], language, 3) == 0)
            return letters[i][4];
    return 0;
}

/* "TSAG-R5-E" is TSAG-R5-F in French. */
static struct span without_letter(const struct sayings *sayings,
                                  struct span key)
{
    char letter = letter_of(sayings_version(sayings)->units.language);

    if (letter && key.len > 2 && key.at[key.len - 1] == letter &&
        key.at[key.len - 2] == '-')
        key.len -= 2;
    return key;
}

static void add(struct sayings *sayings, const struct fact *fact,
                struct span key)
{
    struct said *said = array_push(&sayings->at, &sayings->count, sizeof *said);

    sayings->failed |= said == NULL;
    if (said)
        *said = (struct said){ key, family_of(fact->type), fact, false };
}

static void add_fact(struct sayings *sayings, const struct fact *fact)
{
    const char *slash = memchr(fact->value.at, '/', fact->value.len);
    size_t before;

    if (fact->type == FACT_REFERENCE) {
        buf_clear(&sayings->key);
        targets_put(&sayings->key, &sayings->targets, fact->value);
        add(sayings, fact,
            arena_copy(&sayings->arena, buf_span(&sayings->key)));
    } else if (slash && (fact->type == FACT_DATE || fact->type == FACT_TIME)) {
        before = (size_t)(slash - fact->value.at);
        add(sayings, fact, (struct span){ fact->value.at, before });
        add(sayings, fact,
            (struct span){ slash + 1, fact->value.len - before - 1 });
    } else {
        add(sayings, fact,
            fact->type == FACT_IDENTIFIER ? without_letter(sayings, fact->value)
                                          : fact->value);
    }
}

static int by_key(const void *a, const void *b)
{
    const struct said *x = a, *y = b;
    size_t len = x->key.len < y->key.len ? x->key.len : y->key.len;
    int order;

    if (x->family != y->family)
        return x->family < y->family ? -1 : 1;
    order = len ? memcmp(x->key.at, y->key.at, len) : 0;
    if (order || x->key.len != y->key.len)
        return order ? order : x->key.len < y->key.len ? -1 : 1;
    return (x->fact > y->fact) - (x->fact < y->fact);
}

bool said_is_equal(const struct said *a, const struct said *b)
{
    return a->family == b->family && span_equal(a->key, b->key);
}

bool sayings_open(struct sayings *sayings, const struct beads *beads,
                  size_t version)
{
    *sayings = (struct sayings){ .row = NULL };
    return targets_open(&sayings->targets, beads, version);
}

void sayings_close(struct sayings *sayings)
{
    targets_close(&sayings->targets);
    free(sayings->at);
    buf_free(&sayings->key);
    arena_free(&sayings->arena);
}

bool sayings_fill(struct sayings *sayings, size_t bead)
{
    const struct facts *facts = &sayings_version(sayings)->facts;
    const struct row *row =
        bead_row(sayings->targets.beads, bead, sayings->targets.version);

    sayings->row = row;
    sayings->count = 0;
    for (size_t i = facts->first[row->first];
         i < facts->first[row->first + row->count]; i++)
        add_fact(sayings, &facts->at[i]);
    if (sayings->count)
        qsort(sayings->at, sayings->count, sizeof *sayings->at, by_key);
    return !sayings->failed && !sayings->key.failed && !sayings->arena.failed;
}

void sayings_meet(struct sayings *a, struct sayings *b)
{
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        if (said_is_equal(&a->at[i], &b->at[k])) {
            size_t first = i;

            for (; i < a->count && said_is_equal(&a->at[i], &b->at[k]); i++)
                a->at[i].met = true;
            for (; k < b->count && said_is_equal(&b->at[k], &a->at[first]); k++)
                b->at[k].met = true;
        } else if (by_key(&a->at[i], &b->at[k]) < 0) {
            i++;
        } else {
            k++;
        }
    }
}

/* "JCA" is in "JCA-IoT", 13 in "SG13", a month in each of its days. */
static bool is_in_date(const struct sayings *other, const struct said *item)
{
    for (size_t i = 0; i < other->count; i++)
        if (other->at[i].family == FACT_DATE &&
            item->key.len < other->at[i].key.len &&
            memcmp(item->key.at, other->at[i].key.at, item->key.len) == 0)
            return true;
    return false;
}

static bool is_in_texts(const struct sayings *other, struct span value)
{
    const struct version *v = sayings_version(other);

    for (unsigned k = 0; k < other->row->count; k++)
        if (spelling_has_words(v->units.at[other->row->first + k].text, value))
            return true;
    return false;
}

/* Whether bytes of a unit are those of a date, a time or an address. */
static bool is_in_hard(const struct facts *facts, unsigned unit, size_t start,
                       size_t end)
{
    for (size_t i = facts->first[unit]; i < facts->first[unit + 1]; i++)
        if (said_is_hard(facts->at[i].type) && facts->at[i].start < end &&
            start < facts->at[i].end)
            return true;
    return false;
}

/* A number may stand in a label, or in what is a reference over there; the 5 of
 * a fifth of May is no other 5. */
static bool is_number_in_texts(const struct sayings *other, struct span number)
{
    const struct version *v = sayings_version(other);

    for (unsigned k = 0; k < other->row->count; k++) {
        unsigned unit = other->row->first + k;
        size_t at = 0;

        while (spelling_next_number(v->units.at[unit].text, &at, number))
            if (!is_in_hard(&v->facts, unit, at - number.len, at))
                return true;
    }
    return false;
}

static bool is_number_in_values(const struct sayings *other,
                                const struct said *item)
{
    for (size_t i = 0; i < other->count; i++) {
        size_t at = 0;

        if (!said_is_hard(other->at[i].family) &&
            other->at[i].family != FACT_REFERENCE &&
            spelling_next_number(other->at[i].key, &at, item->key))
            return true;
    }
    return false;
}

static bool is_in_values(const struct sayings *other, const struct said *item)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct said *o = &other->at[i];

        if (!said_is_hard(o->family) && o->family != FACT_REFERENCE &&
            spelling_has_words(o->key, item->key))
            return true;
    }
    return false;
}

/* "resolves 2 thereof" may be known to lead into another document, and where
 * in it may not. */
static bool is_open(struct span key, struct span exact)
{
    static const char tail[] = "/!main";
    size_t len = sizeof tail - 1;

    return key.len > len && exact.len > key.len &&
           memcmp(key.at + key.len - len, tail, len) == 0 &&
           memcmp(key.at, exact.at, key.len) == 0 && exact.at[key.len] == '#';
}

/* "Recommendation X, clause 2" may be one reference or two; what the versions
 * both cite a clause of they both name. */
static bool is_named(const struct said *o, const struct said *item)
{
    static const char inner[] = "/!main#";

    return o->met && o->key.len > item->key.len + sizeof inner - 1 &&
           memcmp(o->key.at, item->key.at, item->key.len) == 0 &&
           memcmp(o->key.at + item->key.len, inner, sizeof inner - 1) == 0;
}

/* The name of a document in three: "/akn/un/doc/resolution/", "itu-wtsa",
 * "/44". */
static bool cut_body(struct span key, struct span *body)
{
    static const char head[] = "/akn/un/doc/";
    size_t at = sizeof head - 1;
    const char *type, *end;

    if (key.len <= at || memcmp(key.at, head, at) != 0)
        return false;
    type = memchr(key.at + at, '/', key.len - at);
    end = type ? memchr(type + 1, '/', key.len - (size_t)(type + 1 - key.at))
               : NULL;
    if (!end)
        return false;
    *body = (struct span){ type + 1, (size_t)(end - type - 1) };
    return true;
}

/* "Resolution 44" and "WTSA Resolution 44": the one does not say whose it is.
 */
static bool is_of_unsaid_body(struct span a, struct span b)
{
    struct span x, y;
    size_t head, tail;

    if (!cut_body(a, &x) || !cut_body(b, &y) ||
        (!span_is(x, "itu") && !span_is(y, "itu")))
        return false;
    head = (size_t)(x.at - a.at);
    tail = a.len - head - x.len;
    return head == (size_t)(y.at - b.at) && tail == b.len - head - y.len &&
           memcmp(a.at, b.at, head) == 0 &&
           memcmp(x.at + x.len, y.at + y.len, tail) == 0;
}

/* "#att_1", and "#annex_2" where there is none: not what stands in one. */
static bool leads_to_annex(struct span href)
{
    static const char *const marks[] = { "#att_", "#annex_", "#appendix_" };

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (href.len > strlen(marks[i]) &&
            memcmp(href.at, marks[i], strlen(marks[i])) == 0)
            return !memmem(href.at, href.len, "__", 2);
    return false;
}

/* Numbers alike do not make "clause 2" of "Annex 2". */
static bool cite_alike(const struct fact *a, const struct fact *b)
{
    return leads_to_annex(a->value) == leads_to_annex(b->value) &&
           spelling_cites_alike(a->surface, b->surface);
}

/* Who dropped or renumbered a clause has not changed what refers to it: a
 * reference agrees that says the same number, or that leads to the same
 * place. */
static bool has_reference(const struct sayings *other, const struct said *item)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct said *o = &other->at[i];

        if (o->family == FACT_REFERENCE &&
            (span_equal(o->fact->value, item->fact->value) ||
             is_named(o, item) || is_of_unsaid_body(o->key, item->key) ||
             (((o->fact->loose && !o->met) || item->fact->loose) &&
              cite_alike(o->fact, item->fact)) ||
             (!o->met &&
              (is_open(o->key, item->key) || is_open(item->key, o->key)))))
            return true;
    }
    return false;
}

static const char *skip_to_digit(const char *at, const char *end)
{
    while (at < end && !is_digit(*at))
        at++;
    return at;
}

/* "09:30" and "9.30": the same digits. */
static bool has_digits_of(struct span a, struct span b)
{
    const char *x = a.at, *x_end = a.at + a.len, *y = b.at,
               *y_end = b.at + b.len;

    if (a.len && *x == '0')
        x++;
    if (b.len && *y == '0')
        y++;
    for (;; x++, y++) {
        x = skip_to_digit(x, x_end);
        y = skip_to_digit(y, y_end);
        if (x == x_end || y == y_end)
            return x == x_end && y == y_end;
        if (*x != *y)
            return false;
    }
}

/* A time that no words tell from a number, alone in a cell, say. */
static bool is_in_times(const struct sayings *other, const struct said *item)
{
    enum fact_type family = item->family == FACT_TIME ? FACT_NUMBER : FACT_TIME;

    for (size_t i = 0; i < other->count; i++)
        if (other->at[i].family == family &&
            has_digits_of(other->at[i].key, item->key))
            return true;
    return false;
}

bool sayings_say_number(const struct sayings *other, const struct said *item)
{
    return is_number_in_texts(other, item->fact->surface) ||
           is_number_in_texts(other, item->key) ||
           is_number_in_values(other, item);
}

bool sayings_cover(const struct sayings *other, const struct said *item)
{
    if (item->fact->soft || item->family == FACT_FOOTNOTE)
        return true;
    if ((item->family == FACT_TIME || item->family == FACT_NUMBER) &&
        is_in_times(other, item))
        return true;
    if (item->family == FACT_DATE)
        return is_in_date(other, item);
    if (item->family == FACT_REFERENCE)
        return has_reference(other, item);
    if (said_is_hard(item->family))
        return false;
    if (item->family == FACT_NUMBER)
        return sayings_say_number(other, item);
    return is_in_texts(other, item->fact->surface) ||
           is_in_texts(other, item->key) || is_in_values(other, item);
}
