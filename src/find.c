/* Finds what a person calls a clause in the units of a document. */
#include "find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utf8.h>

#include "labels.h"
#include "nearest.h"
#include "number.h"

static void add(struct finder *f, struct hits *hits, struct hit hit)
{
    f->failed |= !hits_add(hits, hit);
}

/* ---- parts ---------------------------------------------------------------------- */

static bool same_label(struct finder *f, struct span a, struct span b)
{
    const struct numerals *numerals = &f->grammar->numerals;
    struct buf one = { 0 }, other = { 0 };
    bool same;

    number_write_id(&one, labels_annex(span_trim(a), numerals), COUNT_DECIMAL,
                    numerals);
    number_write_id(&other, labels_annex(span_trim(b), numerals), COUNT_DECIMAL,
                    numerals);
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
    const char *is, *want = w->part_rule;

    if (part->kind != PART_ANNEX)
        return false;
    is = tree_get(tree_child(hit_part_element(u, i), "doc"), "name");
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

/* "The annex", where there is no other; or NOWHERE. */
static int only_part(const struct units *u, bool appendix)
{
    int only = NOWHERE;

    for (size_t i = 0; i < u->count; i++) {
        const struct part *part = &u->parts[u->at[i].part];
        const char *is;

        if (part->kind != PART_ANNEX ||
            (i > 0 && u->at[i].part == u->at[i - 1].part))
            continue;
        is = tree_get(tree_child(hit_part_element(u, i), "doc"), "name");
        if ((is && strcmp(is, "appendix") == 0) != appendix)
            continue;
        if (only != NOWHERE)
            return NOWHERE;
        only = (int)u->at[i].part;
    }
    return only;
}

/* The part that is named, as its number, or NOWHERE. A label may say more than
 * a number: "Annex 1 to Resolution 71". */
static int find_part(struct finder *f, const struct wanted *w)
{
    const struct units *u = f->units;

    if (!labels_annex(span_trim(w->part), &f->grammar->numerals).len)
        return only_part(u, strcmp(w->part_rule, "appendix") == 0);
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

/* ---- labels ---------------------------------------------------------------------- */

static bool same_words(struct span a, struct span b)
{
    return a.len == b.len && search_begins(a, b);
}

/* "CHAPTER I" of "CHAPTER I –", "2.1" of "2.1.": without the sign before a
 * text. */
static struct span bare_label(struct span label)
{
    int32_t at = (int32_t)label.len, next = at;
    UChar32 c = 0;

    for (; at > 0; at = next) {
        U8_PREV(label.at, 0, next, c);
        if (c != '.' && c != ':' && c != 0xFF1A && c != ' ' &&
            u_charType(c) != U_DASH_PUNCTUATION)
            break;
    }
    return (struct span){ label.at, (size_t)at };
}

/* The unit of a clause that has the label, or the heading of such an annex. */
static bool is_labelled(const struct unit *unit, struct span words)
{
    if (unit->role == ROLE_LABEL)
        return same_words(unit->text, words);
    return unit->opens && unit->key.len &&
           (same_words(unit->label, words) ||
            (words.len && same_words(bare_label(unit->label), words)));
}

/* ---- clauses --------------------------------------------------------------------- */

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

    unit_put_key(&key, label, &f->grammar->numerals);
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
            *hit = hit_of(f->units, (size_t)item);
            continue;
        }
        add(f, &f->nearest, *hit);
        for (size_t i = hit->first + clause;
             i < hit->end && f->nearest.count < NEAREST_MAX; i++)
            if (u->at[i].opens && u->at[i].key.len && u->at[i].above == owner)
                add(f, &f->nearest, hit_of(f->units, i));
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
            add(f, &f->found, hit_of(f->units, i));
    }
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

        unit_put_key(&key, w->last, &f->grammar->numerals);
        to.key = buf_span(&key);
        to.part = (int)f->units->at[hit.first].part;
        f->failed |= !search_all(f->units, &last, &to);
        if (last.count && last.at[0].first > hit.first) {
            add_range(f, hit, last.at[0]);
        } else {
            f->missing = true;
            f->failed |= !nearest_clauses(f->units, &f->nearest, &to);
        }
        f->failed |= key.failed;
        buf_free(&key);
        free(last.at);
    }
}

/* "Article 4", 第四条; no "4", "A.4" or 四、. */
static bool has_word(const struct units *u, const struct hit *hit)
{
    struct span label = u->at[hit->first].label;
    size_t letters = 0;
    UChar32 c = 0;

    for (int32_t at = 0; at < (int32_t)label.len && letters < 2;) {
        bool numeral;

        U8_NEXT(label.at, at, (int32_t)label.len, c);
        numeral = u_getNumericValue(c) != U_NO_NUMERIC_VALUE;
        if (!u_isalpha(c) || numeral)
            break;
        if (u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC))
            return true;
        letters++;
    }
    return letters > 1;
}

/* Where an article is wanted, clause 4 of the letter goes by another name. */
static void keep_articles(const struct units *u, struct hits *hits,
                          bool or_others)
{
    size_t kept = 0;

    for (size_t i = 0; i < hits->count; i++)
        if (has_word(u, &hits->at[i]))
            hits->at[kept++] = hits->at[i];
    if (kept || !or_others)
        hits->count = kept;
}

/* Whether the clause is a chapter with the label: "II." is "chapter II". */
static bool is_chapter(const struct unit *unit, struct span key)
{
    const char *id = unit->opens ? tree_get(unit->opens, "eId") : NULL;
    const char *last = id ? strrchr(id, '_') : NULL;

    return last && last - id >= 3 && memcmp(last - 3, "chp", 3) == 0 &&
           span_equal(span_of(last + 1), key);
}

static bool stands_in(const struct units *u, size_t i, const struct wanted *w)
{
    int above = u->at[i].above;

    while (above != NO_UNIT && !is_labelled(&u->at[above], w->chapter) &&
           !is_chapter(&u->at[above], w->chapter_label))
        above = u->at[above].above;
    return above != NO_UNIT;
}

/* Those in the chapter that is named. */
static void keep_in_chapter(const struct units *u, struct hits *hits,
                            const struct wanted *w)
{
    size_t kept = 0;

    for (size_t i = 0; i < hits->count; i++)
        if (stands_in(u, hits->at[i].first, w))
            hits->at[kept++] = hits->at[i];
    hits->count = kept;
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

    unit_put_key(&key, w->label, &f->grammar->numerals);
    s.key = buf_span(&key);
    f->failed |= !search_clauses(f->units, &hits, &s);
    found = hits.count > 0;
    f->failed |= key.failed;
    buf_free(&key);
    free(hits.at);
    return found;
}

static void find_clause(struct finder *f, const struct wanted *w, int part);

/* "7.2 a)" is paragraph 2 of article 7, where that is so called; false where
 * it is not. */
static bool find_in_article(struct finder *f, const struct wanted *w, int part)
{
    const char *dot =
        w->label.len ? memchr(w->label.at, '.', w->label.len) : NULL;
    struct finder apart = { .units = f->units, .grammar = f->grammar };
    struct wanted article = *w;
    struct buf items = { 0 };
    bool found;

    if (!dot || w->last.len || w->title.len)
        return false;
    article.label = span_between(w->label.at, dot);
    buf_add_span(&items, span_between(dot + 1, w->label.at + w->label.len));
    buf_putc(&items, ' ');
    buf_add_span(&items, w->items);
    article.items = buf_span(&items);
    article.article = true;
    find_clause(&apart, &article, part);
    found = apart.found.count > 0;
    for (size_t i = 0; i < apart.found.count; i++)
        add(f, &f->found, apart.found.at[i]);
    for (size_t i = 0; i < apart.others.count; i++)
        add(f, &f->others, apart.others.at[i]);
    f->failed |= apart.failed || items.failed;
    buf_free(&items);
    find_free(&apart);
    return found;
}

static void find_clause(struct finder *f, const struct wanted *w, int part)
{
    struct search s = search_for(f, w, part);
    struct hits hits = { 0 };
    struct buf key = { 0 };

    unit_put_key(&key, w->label, &f->grammar->numerals);
    s.key = buf_span(&key);
    f->failed |= !search_clauses(f->units, &hits, &s);
    if (w->article || w->ruled)
        keep_articles(f->units, &hits, w->ruled);
    if (w->chapter.len)
        keep_in_chapter(f->units, &hits, w);
    if (hits.count) {
        take(f, w, &hits, &s);
    } else if (!find_in_article(f, w, part)) {
        f->missing = true;
        s.items = false;
        f->failed |= !nearest_clauses(f->units, &f->nearest, &s);
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
        unit_put_key(&key, unit->label, &f->grammar->numerals);
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

static void find_caption(struct finder *f, const struct wanted *w, int part)
{
    const struct units *u = f->units;

    for (size_t i = 0; i < u->count; i++) {
        struct span text = u->at[i].text;
        const xmlNode *node = u->at[i].node;
        size_t from = 0;

        if (u->at[i].role != ROLE_CAPTION ||
            (part != NOWHERE && (int)u->at[i].part != part))
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
                hit_of_element(f->units,
                               tree_is(node, "caption") ? node->parent : node));
            return;
        }
        add(f, &f->nearest, hit_of_element(f->units, node));
    }
    f->missing = true;
}

static void find_chapter(struct finder *f, const struct wanted *w, int part)
{
    const struct units *u = f->units;

    for (int by_key = 0; by_key <= 1 && !f->found.count; by_key++)
        for (size_t i = 0; i < u->count; i++)
            if ((part == NOWHERE || (int)u->at[i].part == part) &&
                (by_key ? is_chapter(&u->at[i], w->chapter_label)
                        : u->at[i].opens && is_labelled(&u->at[i], w->chapter)))
                add(f, f->found.count ? &f->others : &f->found, hit_of(u, i));
    f->missing |= !f->found.count;
}

/* "Annex 2.2" is clause 2.2 of the only annex, which has no number 2. The label
 * is written to `text`; false where it is not so. */
static bool is_in_only_annex(struct finder *f, struct wanted *w, char *text)
{
    struct span part = labels_annex(span_trim(w->part), &f->grammar->numerals);
    int only = only_part(f->units, false);

    if (only == NOWHERE || w->what != WANT_CLAUSE || w->last.len ||
        !span_is_digits(part) || !w->label.len ||
        part.len + w->label.len + 2 > NUMBER_TEXT)
        return false;
    snprintf(text, NUMBER_TEXT, "%.*s.%.*s", (int)part.len, part.at,
             (int)w->label.len, w->label.at);
    w->label = span_of(text);
    return has_clause(f, w, only);
}

static bool find_labels_in(struct finder *f, struct span words, int part);

static void find_one(struct finder *f, const struct wanted *w)
{
    char text[NUMBER_TEXT];
    struct wanted joined = *w;
    int part = NOWHERE;

    if (w->doc.type[0] && !is_self(f, &w->doc)) {
        f->missing = true;
        return;
    }
    if (w->part.len) {
        part = find_part(f, w);
        if (part == NOWHERE && is_in_only_annex(f, &joined, text)) {
            w = &joined;
            part = only_part(f->units, false);
        }
        if (part == NOWHERE) {
            f->missing = true;
            f->failed |= !nearest_parts(f->units, &f->nearest);
            return;
        }
    } else if (w->main) {
        for (size_t i = 0; i < f->units->part_count; i++)
            if (f->units->parts[i].kind == PART_BODY)
                part = (int)i;
    }
    if (w->what == WANT_PART) {
        struct hit hit = hit_of_part(f->units, first_of_part(f->units, part));

        if (go_into(f, &hit, w->items))
            add(f, &f->found, hit);
        else
            f->missing = true;
    } else if (w->what == WANT_CAPTION) {
        find_caption(f, w, part);
    } else if (w->what == WANT_CHAPTER) {
        find_chapter(f, w, part);
    } else if (w->what == WANT_ITEM) {
        f->missing |= !find_labels_in(f, w->items, part);
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
            add(f, &f->found, hit_of_element(f->units, n));
        if (f->found.count)
            return true;
    }
    return false;
}

static bool find_labels_in(struct finder *f, struct span words, int part)
{
    struct wanted w = { .what = WANT_CLAUSE, .rule = "", .part_rule = "" };
    struct search s = { .part = part };
    struct hits hits = { 0 };
    struct buf key = { 0 };

    w.items = words;
    w.label = next_token(&w.items);
    unit_put_key(&key, w.label, &f->grammar->numerals);
    s.key = buf_span(&key);
    if (s.key.len)
        f->failed |= !search_clauses(f->units, &hits, &s);
    if (hits.count)
        take(f, &w, &hits, &s);
    f->failed |= key.failed;
    buf_free(&key);
    free(hits.at);
    return f->found.count > 0;
}

bool find_labels(struct finder *f, struct span words)
{
    return find_labels_in(f, words, NOWHERE);
}

bool find_label(struct finder *f, struct span words)
{
    const struct units *u = f->units;
    struct hits hits = { 0 };

    for (int main = 1; main >= 0; main--)
        for (size_t i = 0; i < u->count && hits.count <= SEARCH_MAX; i++)
            if ((u->parts[u->at[i].part].kind == PART_BODY) == main &&
                is_labelled(&u->at[i], words))
                add(f, &hits,
                    u->at[i].role == ROLE_LABEL ? hit_of_part(f->units, i)
                                                : hit_of(f->units, i));
    for (size_t i = 0; i < hits.count; i++)
        add(f, i ? &f->others : &f->found, hits.at[i]);
    free(hits.at);
    return f->found.count > 0;
}

/* "III.A", "III, A": the eId that chapter A of chapter III has, or all that it
 * ends in. False where the words name no such thing. */
static bool put_chapters(struct buf *out, struct span words)
{
    size_t count = 0;
    bool letters = words.len && u_isalpha((unsigned char)*words.at);

    for (size_t at = 0; letters && at < words.len; count++) {
        size_t from = at;

        while (at < words.len && u_isalnum((unsigned char)words.at[at]))
            at++;
        letters = at > from && at - from < 6;
        buf_puts(out, count ? "__chp_" : "chp_");
        buf_add(out, words.at + from, at - from);
        while (at < words.len && strchr("., ", words.at[at]))
            at++;
    }
    return letters && count > 1 && !out->failed;
}

bool find_chapters(struct finder *f, struct span words)
{
    const struct units *u = f->units;
    struct buf path = { 0 };
    bool chapters = put_chapters(&path, words);

    for (size_t i = 0; chapters && i < u->count; i++) {
        const char *id =
            u->at[i].opens ? tree_get(u->at[i].opens, "eId") : NULL;
        size_t len = id ? strlen(id) : 0;

        if (len < path.len || strcmp(id + len - path.len, buf_text(&path)) != 0)
            continue;
        if (len == path.len || id[len - path.len - 1] == '_')
            add(f, f->found.count ? &f->others : &f->found, hit_of(u, i));
    }
    f->failed |= path.failed;
    buf_free(&path);
    return f->found.count > 0;
}

static bool begins_with_words(struct span text, struct span words)
{
    return search_begins(text, words) &&
           (text.len == words.len ||
            !u_isalnum((unsigned char)text.at[words.len]));
}

/* "Note 1", as the note begins. */
bool find_note(struct finder *f, struct span words)
{
    const struct units *u = f->units;

    for (size_t i = 0; i < u->count; i++)
        if (u->at[i].role == ROLE_NOTE &&
            begins_with_words(u->at[i].text, words))
            add(f, f->found.count ? &f->others : &f->found,
                hit_of_element(u, u->at[i].node));
    return f->found.count > 0;
}

/* Labels that follow the words of a heading: "invites Member States 3". */
static void find_below(struct finder *f, size_t heading, struct span rest)
{
    struct finder apart = { .units = f->units, .grammar = f->grammar };
    struct hit hit = hit_of(f->units, heading);

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
            add(f, f->found.count ? &f->others : &f->found,
                hit_of(f->units, i));
        else if (words.len > text.len && words.at[text.len] == ' ' &&
                 search_begins(words, text))
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
            search_begins(u->at[i].text, words))
            add(f, f->found.count ? &f->others : &f->found,
                hit_of(f->units, i));
    return f->found.count > 0;
}

void find_free(struct finder *f)
{
    free(f->found.at);
    free(f->others.at);
    free(f->nearest.at);
    f->found = f->others = f->nearest = (struct hits){ 0 };
}
