/* Finds what a person calls a clause in the units of a document. */
#include "find.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include "labels.h"
#include "number.h"

enum { OTHERS_MAX = 8, SIBLINGS_MAX = 4, ITEMS_MAX = 12,
       NUMBER_LIMIT = 100000000, NOWHERE = -1 };

const xmlNode *find_part_element(const struct units *units, size_t unit)
{
    static const char *const names[][3] = {
        [PART_PREFACE] = { "preface", "coverPage" },
        [PART_BODY] = { "mainBody", "body" },
        [PART_CONCLUSIONS] = { "conclusions" },
        [PART_ANNEX] = { "attachment", "component" },
    };
    int kind = units->parts[units->at[unit].part].kind;

    for (const xmlNode *n = units->at[unit].node;
         n && n->type == XML_ELEMENT_NODE; n = n->parent)
        for (int i = 0; names[kind][i]; i++)
            if (tree_is(n, names[kind][i]))
                return n;
    return NULL;
}

/* ---- hits --------------------------------------------------------------------- */

static bool has(const struct hits *hits, const xmlNode *element)
{
    for (size_t i = 0; i < hits->count; i++)
        if (hits->at[i].element == element)
            return true;
    return false;
}

static void add(struct finder *f, struct hits *hits, struct hit hit)
{
    struct hit *one;

    if (!hit.element || has(hits, hit.element))
        return;
    one = array_push(&hits->at, &hits->count, sizeof *one);
    f->failed |= !one;
    if (one)
        *one = hit;
}

static struct hit hit_of(const struct finder *f, size_t clause)
{
    struct hit hit = { f->units->at[clause].opens, clause, clause + 1 };

    while (hit.end < f->units->count && units_is_in(f->units, hit.end, clause))
        hit.end++;
    return hit;
}

static struct hit hit_of_part(const struct finder *f, size_t unit)
{
    const struct units *u = f->units;

    return (struct hit){ find_part_element(u, unit), units_part_start(u, unit),
                         units_part_end(u, unit) };
}

static bool is_inside(const xmlNode *node, const xmlNode *element)
{
    while (node && node != element)
        node = node->parent;
    return node != NULL;
}

/* Words in a unit stand for the unit. */
static struct hit hit_of_element(const struct finder *f, const xmlNode *element)
{
    const struct units *u = f->units;
    struct hit hit = { element, 0, 0 };

    while (hit.first < u->count && !is_inside(u->at[hit.first].node, element))
        hit.first++;
    for (hit.end = hit.first;
         hit.end < u->count && is_inside(u->at[hit.end].node, element);)
        hit.end++;
    for (size_t i = 0; hit.first == u->count && i < u->count; i++)
        if (is_inside(element, u->at[i].node))
            return (struct hit){ element, i, i + 1 };
    return hit.first < hit.end ? hit : (struct hit){ 0 };
}

/* ---- parts ---------------------------------------------------------------------- */

static bool same_label(struct finder *f, struct span a, struct span b)
{
    struct buf one = { 0 }, other = { 0 };
    bool same;

    number_write_id(&one, labels_annex(span_trim(a)), COUNT_DECIMAL);
    number_write_id(&other, labels_annex(span_trim(b)), COUNT_DECIMAL);
    f->failed |= one.failed || other.failed;
    same = one.len && one.len == other.len &&
           strncasecmp(one.at, other.at, one.len) == 0;
    buf_free(&one);
    buf_free(&other);
    return same;
}

/* Whether unit `i` begins the part that is named, by its label or by the name
 * that it has in the metadata; an annex is no appendix. */
static bool is_part(struct finder *f, size_t i, const struct wanted *w,
                    bool by_name)
{
    const struct units *u = f->units;
    const struct part *part = &u->parts[u->at[i].part];
    const char *is, *want = w->rule;

    if (part->kind != PART_ANNEX)
        return false;
    is = tree_get(tree_child(find_part_element(u, i), "doc"), "name");
    if (is && (strcmp(is, "annex") == 0 || strcmp(is, "appendix") == 0) &&
        (strcmp(want, "annex") == 0 || strcmp(want, "appendix") == 0) &&
        strcmp(is, want) != 0)
        return false;
    for (size_t k = i;
         !by_name && k < u->count && u->at[k].part == u->at[i].part; k++)
        if (u->at[k].role == ROLE_LABEL)
            return same_label(f, u->at[k].text, w->part);
    return same_label(f, part->name, w->part);
}

/* The part that is named, as its number, or NOWHERE. A label may say more than
 * a number: "Annex 1 to Resolution 71". */
static int find_part(struct finder *f, const struct wanted *w)
{
    const struct units *u = f->units;

    for (int by_name = 0; by_name <= 1; by_name++)
        for (size_t i = 0; i < u->count; i++)
            if ((i == 0 || u->at[i].part != u->at[i - 1].part) &&
                is_part(f, i, w, by_name))
                return (int)u->at[i].part;
    return NOWHERE;
}

static size_t first_of_part(const struct units *units, int part)
{
    size_t i = 0;

    while (i < units->count && (int)units->at[i].part != part)
        i++;
    return i;
}

/* ---- clauses --------------------------------------------------------------------- */

static bool begins_with(struct span text, struct span title)
{
    int32_t a = 0, b = 0;

    while (b < (int32_t)title.len) {
        UChar32 c, d;

        if (a >= (int32_t)text.len)
            return false;
        U8_NEXT(text.at, a, (int32_t)text.len, c);
        U8_NEXT(title.at, b, (int32_t)title.len, d);
        if (u_foldCase(c, U_FOLD_CASE_DEFAULT) !=
            u_foldCase(d, U_FOLD_CASE_DEFAULT))
            return false;
    }
    return true;
}

/* Where "and" is one letter of the word behind it, as in Arabic, a title may be
 * said without it. */
static struct span without_joint(struct span text)
{
    int32_t at = 0;
    UChar32 c = 0;

    if (text.len)
        U8_NEXT(text.at, at, (int32_t)text.len, c);
    return c >= 0x590 && c < 0x1000 && u_isalpha(c)
               ? (struct span){ text.at + at, text.len - (size_t)at }
               : text;
}

struct search {
    struct span key; /* of the label */
    struct span title, called;
    const struct grammar *grammar; /* of the document */
    int part;                      /* or NOWHERE for all */
    bool items;                    /* items are wanted, not clauses */
    bool whole; /* the title is a whole heading, not its beginning */
};

/* "Resolves" is what a document in French calls "décide", with or without a
 * comma behind it. */
static bool is_called(struct span text, const struct search *s)
{
    static const char *const ends[] = { ",", ":", "\u060C", "\uFF0C",
                                        "\uFF1A" };

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (text.len > strlen(ends[i]) &&
            memcmp(text.at + text.len - strlen(ends[i]), ends[i],
                   strlen(ends[i])) == 0)
            text.len -= strlen(ends[i]);
    return span_equal(grammar_alias(s->grammar, text), s->called) ||
           span_equal(grammar_alias(s->grammar, without_joint(text)),
                      s->called);
}

static bool is_titled(const struct unit *unit, const struct search *s)
{
    struct span text = unit->text;

    if (!unit->opens || unit->role != ROLE_HEADING || unit->key.len)
        return false;
    if (s->whole)
        return (text.len == s->title.len && begins_with(text, s->title)) ||
               is_called(text, s);
    return begins_with(text, s->title) ||
           begins_with(without_joint(text), s->title);
}

/* "resolves 2" stands below the heading "resolves". */
static bool is_below_title(const struct units *units, size_t i,
                           const struct search *s)
{
    int above = units->at[i].above;

    while (above != NO_UNIT && !is_titled(&units->at[above], s))
        above = units->at[above].above;
    return above != NO_UNIT;
}

static bool fits(const struct units *units, size_t i, const struct search *s)
{
    const struct unit *unit = &units->at[i];

    if (!unit->opens || (s->part != NOWHERE && (int)unit->part != s->part) ||
        tree_is(unit->opens, "item") != s->items)
        return false;
    if (!s->key.len)
        return is_titled(unit, s);
    return span_equal(unit->key, s->key) &&
           (!s->title.len || is_below_title(units, i, s));
}

/* The main body comes first, then the parts as they stand. */
static void search_all(struct finder *f, struct hits *hits,
                       const struct search *s)
{
    const struct units *u = f->units;

    for (int main = 1; main >= 0; main--)
        for (size_t i = 0; i < u->count && hits->count <= OTHERS_MAX; i++)
            if ((u->parts[u->at[i].part].kind == PART_BODY) == main &&
                fits(u, i, s))
                add(f, hits, hit_of(f, i));
}

/* What is numbered as a list may be called a clause all the same. */
static void search_clauses(struct finder *f, struct hits *hits,
                           struct search *s)
{
    for (int items = 0; items <= (s->key.len > 0) && !hits->count; items++)
        for (int whole = s->title.len > 0; whole >= 0 && !hits->count;
             whole--) {
            s->items = items;
            s->whole = whole;
            search_all(f, hits, s);
        }
}

static struct span next_token(struct span *list)
{
    const char *end, *at = list->at;
    struct span token;

    if (!list->len)
        return (struct span){ 0 };
    end = at + list->len;
    while (at < end && strchr(" \t,;:.()[]/", *at))
        at++;
    token.at = at;
    while (at < end && !strchr(" \t,;:()[]/", *at))
        at++;
    token.len = (size_t)(at - token.at);
    *list = (struct span){ at, (size_t)(end - at) };
    return token;
}

/* The item of this label in units [from, to) that is least deep. */
static int find_item(struct finder *f, size_t from, size_t to,
                     struct span label)
{
    struct buf key = { 0 };
    int best = NOWHERE;

    unit_put_key(&key, label);
    for (size_t i = from; i < to; i++) {
        const struct unit *unit = &f->units->at[i];

        if (unit->opens && span_equal(unit->key, buf_span(&key)) &&
            (best == NOWHERE || unit->level < f->units->at[best].level))
            best = (int)i;
    }
    f->failed |= key.failed;
    buf_free(&key);
    return best;
}

/* Goes into the items that are named, one in another. False where one is not
 * there: then those that are near are kept. */
static bool go_into(struct finder *f, struct hit *hit, struct span items)
{
    const struct units *u = f->units;
    struct span token;

    while ((token = next_token(&items)).len) {
        bool clause = u->at[hit->first].opens == hit->element;
        int owner = clause ? (int)hit->first : NO_UNIT;
        int item = find_item(f, hit->first + clause, hit->end, token);

        if (item != NOWHERE) {
            *hit = hit_of(f, (size_t)item);
            continue;
        }
        add(f, &f->nearest, *hit);
        for (size_t i = hit->first + clause;
             i < hit->end && f->nearest.count < ITEMS_MAX; i++)
            if (u->at[i].opens && u->at[i].key.len && u->at[i].above == owner)
                add(f, &f->nearest, hit_of(f, i));
        return false;
    }
    return true;
}

/* All that stand beside one another from the first to the last. */
static void add_range(struct finder *f, struct hit first, struct hit last)
{
    const struct units *u = f->units;

    for (size_t i = first.first; i <= last.first; i++) {
        bool beside = u->at[i].above == u->at[first.first].above;

        if (u->at[i].opens && u->at[i].part == u->at[first.first].part &&
            (beside || (i == last.first &&
                        !units_is_in(u, i,
                                     f->found.at[f->found.count - 1].first))))
            add(f, &f->found, hit_of(f, i));
    }
}

/* ---- what is near --------------------------------------------------------------------- */

static size_t parent_length(struct span key)
{
    while (key.len && key.at[key.len - 1] != '-')
        key.len--;
    return key.len;
}

static unsigned long last_number(struct span key)
{
    unsigned long value = 0;

    for (size_t i = parent_length(key);
         i < key.len && is_digit(key.at[i]) && value < NUMBER_LIMIT; i++)
        value = value * 10 + (unsigned long)(key.at[i] - '0');
    return value;
}

static bool is_sibling(const struct unit *unit, struct span key, int part)
{
    size_t parent = parent_length(key);

    if (unit->key.len > parent && key.len > parent &&
        !u_isdigit((unsigned char)unit->key.at[parent]) !=
            !u_isdigit((unsigned char)key.at[parent]))
        return false;
    return unit->opens && !tree_is(unit->opens, "item") && unit->key.len &&
           (part == NOWHERE || (int)unit->part == part) &&
           parent_length(unit->key) == parent && unit->key.len > parent &&
           memcmp(unit->key.at, key.at, parent) == 0;
}

/* How far a number is from the one that is missing. */
static unsigned long distance(const struct unit *unit, struct span key)
{
    unsigned long a = last_number(unit->key), b = last_number(key);

    return a > b ? a - b : b - a;
}

static void add_siblings(struct finder *f, struct span key, int part)
{
    const struct units *u = f->units;
    int best[SIBLINGS_MAX];
    size_t count = 0;

    for (size_t i = 0; i < u->count; i++) {
        size_t at;

        if (!is_sibling(&u->at[i], key, part))
            continue;
        for (at = count; at > 0 && distance(&u->at[i], key) <
                                       distance(&u->at[best[at - 1]], key);
             at--)
            if (at < SIBLINGS_MAX)
                best[at] = best[at - 1];
        if (at < SIBLINGS_MAX)
            best[at] = (int)i;
        count += count < SIBLINGS_MAX;
    }
    for (size_t i = 0; i < u->count; i++)
        for (size_t k = 0; k < count; k++)
            if (best[k] == (int)i)
                add(f, &f->nearest, hit_of(f, i));
}

static void add_parts(struct finder *f)
{
    const struct units *u = f->units;

    for (size_t i = 0; i < u->count && f->nearest.count < ITEMS_MAX; i++)
        if (u->parts[u->at[i].part].kind == PART_ANNEX &&
            (i == 0 || u->at[i].part != u->at[i - 1].part))
            add(f, &f->nearest, hit_of_part(f, i));
}

/* The same number elsewhere, the clauses around it, those beside it. */
static void add_nearest(struct finder *f, const struct search *wanted)
{
    struct search s = { .key = wanted->key, .part = NOWHERE };

    if (!s.key.len)
        return;
    search_all(f, &f->nearest, &s);
    s.part = wanted->part;
    for (size_t len = parent_length(s.key); len > 1;
         len = parent_length(s.key)) {
        struct hits above = { 0 };

        s.key.len = len - 1;
        search_all(f, &above, &s);
        if (above.count)
            add(f, &f->nearest, above.at[0]);
        free(above.at);
        if (above.count)
            break;
    }
    add_siblings(f, wanted->key, wanted->part);
}

/* ---- one name ----------------------------------------------------------------------------- */

/* "/akn/un/doc/circular/itu-tsb/2012-01-10/282" is circular 282 of the TSB. */
static bool is_self(struct finder *f, const struct named *doc)
{
    struct buf iri = { 0 };
    const char *work = f->units->work, *slash, *number;
    bool same = false;

    document_iri(&iri, doc);
    f->failed |= iri.failed;
    slash = iri.failed ? NULL : strrchr(iri.at, '/');
    number = strrchr(work, '/');
    if (slash && number)
        same = strncmp(work, iri.at, (size_t)(slash + 1 - iri.at)) == 0 &&
               strcmp(number, slash) == 0;
    buf_free(&iri);
    return same;
}

static void take(struct finder *f, const struct wanted *w, struct hits *hits,
                 const struct search *s)
{
    struct hit hit = hits->at[0];

    if (!go_into(f, &hit, w->items)) {
        f->missing = true;
        return;
    }
    add(f, &f->found, hit);
    for (size_t i = 1; i < hits->count && !w->last.len; i++) {
        struct finder apart = { .units = f->units, .grammar = f->grammar };
        struct hit other = hits->at[i];

        if (go_into(&apart, &other, w->items))
            add(f, &f->others, other);
        f->failed |= apart.failed;
        find_free(&apart);
    }
    if (w->last.len) {
        struct search to = *s;
        struct hits last = { 0 };
        struct buf key = { 0 };

        unit_put_key(&key, w->last);
        to.key = buf_span(&key);
        to.part = (int)f->units->at[hit.first].part;
        search_all(f, &last, &to);
        if (last.count && last.at[0].first > hit.first) {
            add_range(f, hit, last.at[0]);
        } else {
            f->missing = true;
            add_nearest(f, &to);
        }
        f->failed |= key.failed;
        buf_free(&key);
        free(last.at);
    }
}

static struct search search_for(const struct finder *f, const struct wanted *w,
                                int part)
{
    return (struct search){ .title = w->title,
                            .called = w->called,
                            .grammar = f->grammar,
                            .part = part };
}

static bool has_clause(struct finder *f, const struct wanted *w, int part)
{
    struct search s = search_for(f, w, part);
    struct hits hits = { 0 };
    struct buf key = { 0 };
    bool found;

    unit_put_key(&key, w->label);
    s.key = buf_span(&key);
    search_clauses(f, &hits, &s);
    found = hits.count > 0;
    f->failed |= key.failed;
    buf_free(&key);
    free(hits.at);
    return found;
}

static void find_clause(struct finder *f, const struct wanted *w, int part)
{
    struct search s = search_for(f, w, part);
    struct hits hits = { 0 };
    struct buf key = { 0 };

    unit_put_key(&key, w->label);
    s.key = buf_span(&key);
    search_clauses(f, &hits, &s);
    if (hits.count) {
        take(f, w, &hits, &s);
    } else {
        f->missing = true;
        s.items = false;
        add_nearest(f, &s);
    }
    f->failed |= key.failed;
    buf_free(&key);
    free(hits.at);
}

/* Whether the document has labels that are typed from right to left. */
static bool has_turned(struct finder *f)
{
    struct buf key = { 0 };
    bool turned = false;

    for (size_t i = 0; i < f->units->count && !turned; i++) {
        const struct unit *unit = &f->units->at[i];

        if (!unit->label.len || !unit->key.len ||
            !memchr(unit->key.at, '-', unit->key.len))
            continue;
        buf_clear(&key);
        unit_put_key(&key, unit->label);
        turned = !span_equal(buf_span(&key), unit->key);
    }
    f->failed |= key.failed;
    buf_free(&key);
    return turned;
}

/* Where one reads from right to left clause 2.1 may be called 1.2: in a name in
 * such a language, first of all where the document does, and in other names for
 * a document in one. */
static void find_either(struct finder *f, const struct wanted *w, int part)
{
    char texts[2][NUMBER_TEXT];
    struct wanted turned = *w;
    const struct wanted *first = w, *second = &turned;

    turned.label = number_turn(texts[0], w->label);
    turned.last = number_turn(texts[1], w->last);
    if (f->turned && has_turned(f)) {
        first = &turned;
        second = w;
    } else if (!f->turned && !uloc_isRightToLeft(f->units->tag)) {
        second = w;
    }
    if (first != second && !has_clause(f, first, part) &&
        has_clause(f, second, part))
        first = second;
    find_clause(f, first, part);
}

static void find_caption(struct finder *f, const struct wanted *w)
{
    const struct units *u = f->units;

    for (size_t i = 0; i < u->count; i++) {
        struct span text = u->at[i].text;
        const xmlNode *node = u->at[i].node;
        size_t from = 0;

        if (u->at[i].role != ROLE_CAPTION)
            continue;
        /* The label is the first word with a digit. */
        while (from < text.len && !u_isdigit((unsigned char)text.at[from]))
            from++;
        while (from > 0 && text.at[from - 1] > ' ' &&
               (unsigned char)text.at[from - 1] < 0x80)
            from--;
        if (text.len - from >= w->label.len &&
            memcmp(text.at + from, w->label.at, w->label.len) == 0 &&
            !(text.len - from > w->label.len &&
              u_isalnum((unsigned char)text.at[from + w->label.len])) &&
            tree_is(node, "caption") == (strcmp(w->rule, "table") == 0)) {
            add(f, &f->found,
                hit_of_element(f, tree_is(node, "caption") ? node->parent
                                                            : node));
            return;
        }
        add(f, &f->nearest, hit_of_element(f, node));
    }
    f->missing = true;
}

static void find_one(struct finder *f, const struct wanted *w)
{
    int part = NOWHERE;

    if (w->doc.type[0] && !is_self(f, &w->doc)) {
        f->missing = true;
        return;
    }
    if (w->part.len) {
        part = find_part(f, w);
        if (part == NOWHERE) {
            f->missing = true;
            add_parts(f);
            return;
        }
    } else if (w->main) {
        for (size_t i = 0; i < f->units->part_count; i++)
            if (f->units->parts[i].kind == PART_BODY)
                part = (int)i;
    }
    if (w->what == WANT_PART) {
        struct hit hit = hit_of_part(f, first_of_part(f->units, part));

        if (go_into(f, &hit, w->items))
            add(f, &f->found, hit);
        else
            f->missing = true;
    } else if (w->what == WANT_CAPTION) {
        find_caption(f, w);
    } else if (w->what == WANT_ITEM) {
        f->missing |= !find_labels(f, w->items);
    } else {
        find_either(f, w, part);
    }
}

void find_query(struct finder *f, const struct query *query)
{
    f->turned = query->turned;
    for (size_t i = 0; i < query->count && !f->failed; i++)
        find_one(f, &query->at[i]);
}

/* ---- other names ------------------------------------------------------------------------------ */

bool find_id(struct finder *f, xmlNodePtr root, const char *id)
{
    for (xmlNodePtr n = root; n; n = tree_next(n, root, true)) {
        const char *is = n->type == XML_ELEMENT_NODE ? tree_get(n, "eId")
                                                     : NULL;

        if (is && strcmp(is, id) == 0)
            add(f, &f->found, hit_of_element(f, n));
        if (f->found.count)
            return true;
    }
    return false;
}

bool find_labels(struct finder *f, struct span words)
{
    struct wanted w = { .what = WANT_CLAUSE, .rule = "" };
    struct search s = { .part = NOWHERE };
    struct hits hits = { 0 };
    struct buf key = { 0 };

    w.items = words;
    w.label = next_token(&w.items);
    unit_put_key(&key, w.label);
    s.key = buf_span(&key);
    if (s.key.len)
        search_clauses(f, &hits, &s);
    if (hits.count)
        take(f, &w, &hits, &s);
    f->failed |= key.failed;
    buf_free(&key);
    free(hits.at);
    return f->found.count > 0;
}

static bool same_words(struct span a, struct span b)
{
    return a.len == b.len && begins_with(a, b);
}

/* The unit of a clause that has the label, or the heading of such an annex. */
static bool is_labelled(const struct unit *unit, struct span words)
{
    if (unit->role == ROLE_LABEL)
        return same_words(unit->text, words);
    return unit->opens && unit->key.len && same_words(unit->label, words);
}

bool find_label(struct finder *f, struct span words)
{
    const struct units *u = f->units;
    struct hits hits = { 0 };

    for (int main = 1; main >= 0; main--)
        for (size_t i = 0; i < u->count && hits.count <= OTHERS_MAX; i++)
            if ((u->parts[u->at[i].part].kind == PART_BODY) == main &&
                is_labelled(&u->at[i], words))
                add(f, &hits,
                    u->at[i].role == ROLE_LABEL ? hit_of_part(f, i)
                                                : hit_of(f, i));
    for (size_t i = 0; i < hits.count; i++)
        add(f, i ? &f->others : &f->found, hits.at[i]);
    free(hits.at);
    return f->found.count > 0;
}

/* Labels that follow the words of a heading: "invites Member States 3". */
static void find_below(struct finder *f, size_t heading, struct span rest)
{
    struct finder apart = { .units = f->units };
    struct hit hit = hit_of(f, heading);

    if (go_into(&apart, &hit, rest))
        add(f, f->found.count ? &f->others : &f->found, hit);
    f->failed |= apart.failed;
    find_free(&apart);
}

bool find_heading(struct finder *f, struct span words)
{
    const struct units *u = f->units;

    for (size_t i = 0; i < u->count; i++) {
        const struct unit *unit = &u->at[i];
        struct span text = unit->text;

        if (!unit->opens || unit->role != ROLE_HEADING || !text.len)
            continue;
        if (same_words(text, words))
            add(f, f->found.count ? &f->others : &f->found, hit_of(f, i));
        else if (words.len > text.len && words.at[text.len] == ' ' &&
                 begins_with(words, text))
            find_below(f, i, (struct span){ words.at + text.len,
                                            words.len - text.len });
    }
    return f->found.count > 0;
}

bool find_beginning(struct finder *f, struct span words)
{
    const struct units *u = f->units;

    for (size_t i = 0; i < u->count; i++)
        if (u->at[i].opens && u->at[i].role == ROLE_HEADING &&
            begins_with(u->at[i].text, words))
            add(f, f->found.count ? &f->others : &f->found, hit_of(f, i));
    return f->found.count > 0;
}

void find_free(struct finder *f)
{
    free(f->found.at);
    free(f->others.at);
    free(f->nearest.at);
    f->found = f->others = f->nearest = (struct hits){ 0 };
}
