/* Turns units and facts into what an aligner compares: weighted keys. */
#include "feature.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

enum { WORD_MAX = 32, COGNATE_LETTERS = 5 };

static uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t length)
{
    uint64_t hash = span_hash(SPAN_HASH ^ (seed * 0x9E3779B97F4A7C15u),
                              (struct span){ bytes, length });

    return hash ^ hash >> 29;
}

static int by_hash(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    return (x->hash > y->hash) - (x->hash < y->hash);
}

static void add_key(struct keys *keys, bool *failed, uint64_t hash,
                    float weight)
{
    struct key *key = array_push(&keys->at, &keys->count, sizeof *key);

    *failed |= key == NULL;
    if (key)
        *key = (struct key){ hash, weight };
}

static bool open_rows(struct keys *keys, size_t units)
{
    *keys = (struct keys){ 0 };
    keys->first = calloc(units + 1, sizeof *keys->first);
    keys->sum = calloc(units + 1, sizeof *keys->sum);
    return keys->first && keys->sum;
}

/* Sorts the row that began at `start` and takes out what is in it twice. */
static void close_row(struct keys *keys, size_t start)
{
    size_t kept = start;

    if (keys->count - start > 1)
        qsort(keys->at + start, keys->count - start, sizeof *keys->at, by_hash);
    for (size_t i = start; i < keys->count; i++)
        if (kept == start || keys->at[kept - 1].hash != keys->at[i].hash)
            keys->at[kept++] = keys->at[i];
    /* array_push() allows it: it finds room for twice the count, at least. */
    keys->count = kept;
}

/* ---- weights --------------------------------------------------------------- */

/* What is in few units of both says more than what is in many. */
static bool weigh(struct keys pair[2], const size_t units[2])
{
    size_t total = pair[0].count + pair[1].count, at = 0;
    double all = (double)(units[0] + units[1]) + 1;
    struct key *rows = malloc((total + 1) * sizeof *rows);

    if (!rows)
        return false;
    for (int v = 0; v < 2; v++) {
        if (pair[v].count)
            memcpy(rows + at, pair[v].at, pair[v].count * sizeof *rows);
        at += pair[v].count;
    }
    qsort(rows, total, sizeof *rows, by_hash);
    for (size_t i = 0, end; i < total; i = end) {
        for (end = i; end < total && rows[end].hash == rows[i].hash; end++)
            ;
        /* A key in one unit of each has the whole weight. */
        rows[i].weight = (float)(log(all / (double)(end - i)) / log(all / 2));
        if (rows[i].weight > 1)
            rows[i].weight = 1;
        for (size_t k = i + 1; k < end; k++)
            rows[k].weight = rows[i].weight;
    }
    for (int v = 0; v < 2; v++)
        for (size_t u = 0; u < units[v]; u++)
            for (size_t k = pair[v].first[u]; k < pair[v].first[u + 1]; k++) {
                const struct key *found = bsearch(&pair[v].at[k], rows, total,
                                                  sizeof *rows, by_hash);

                pair[v].at[k].weight *= found->weight;
                pair[v].sum[u] += pair[v].at[k].weight;
            }
    free(rows);
    return true;
}

/* ---- facts -------------------------------------------------------------------- */

static const float type_weights[FACT_TYPES] = {
    [FACT_DATE] = 1.5f,      [FACT_TIME] = 1.2f,    [FACT_NUMBER] = 0.8f,
    [FACT_IDENTIFIER] = 1.2f, [FACT_ACRONYM] = 0.8f, [FACT_URL] = 1.5f,
    [FACT_EMAIL] = 1.5f,     [FACT_NAME] = 1.0f,    [FACT_REFERENCE] = 1.0f,
    [FACT_FOOTNOTE] = 0.5f,
};

/* Names that only one language marks as such meet as words: an acronym or
 * identifier is one thing, whichever rule found it. */
static enum fact_type family(enum fact_type type)
{
    return type == FACT_IDENTIFIER || type == FACT_NAME ? FACT_ACRONYM : type;
}

bool keys_of_facts(struct keys out[2], const struct version *const pair[2])
{
    size_t units[2];
    bool failed = false;

    for (int v = 0; v < 2; v++) {
        const struct facts *facts = &pair[v]->facts;

        units[v] = pair[v]->units.count;
        failed |= !open_rows(&out[v], units[v]);
        for (size_t u = 0; u < units[v] && !failed; u++) {
            out[v].first[u] = out[v].count;
            for (size_t i = facts->first[u]; i < facts->first[u + 1]; i++) {
                const struct fact *f = &facts->at[i];

                add_key(&out[v], &failed,
                        hash_bytes(family(f->type), f->value.at, f->value.len),
                        type_weights[f->type]);
            }
            if (!failed)
                close_row(&out[v], out[v].first[u]);
            out[v].first[u + 1] = out[v].count;
        }
    }
    return !failed && weigh(out, units);
}

/* ---- words --------------------------------------------------------------------- */

static bool is_latin_tag(const char *tag)
{
    static const char *const others[] = { "zh", "ja", "ko", "ar", "he", "ru",
                                          "el", "th", "hi", "fa", "uk", "bg",
                                          "sr", "ur", "ka", "hy" };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strncmp(tag, others[i], 2) == 0)
            return false;
    return true;
}

enum words words_of(const struct units *a, const struct units *b)
{
    if (strcmp(a->language, b->language) == 0)
        return WORDS_SAME;
    return is_latin_tag(a->tag) && is_latin_tag(b->tag) ? WORDS_COGNATE
                                                        : WORDS_NONE;
}

/* The letter without its accents, in lower case. */
static UChar32 base_letter(const UNormalizer2 *nfd, UChar32 c)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar parts[8];

    if (c >= 0x80 && nfd &&
        unorm2_getDecomposition(nfd, c, parts, 8, &status) > 0 &&
        U_SUCCESS(status) && !U16_IS_SURROGATE(parts[0]))
        c = parts[0];
    return u_foldCase(c, U_FOLD_CASE_DEFAULT);
}

/* Words of letters and digits; of scripts without spaces, pairs of
 * characters. */
struct words_pass {
    struct keys *keys;
    bool failed;
    enum words words;
    const UNormalizer2 *nfd;
    UChar32 word[WORD_MAX];
    size_t length;
    UChar32 before; /* the ideograph before this one, or 0 */
};

static void end_word(struct words_pass *w)
{
    size_t length = w->length;

    w->length = 0;
    if (w->words == WORDS_COGNATE) {
        if (length < COGNATE_LETTERS)
            return;
        length = COGNATE_LETTERS;
    }
    if (length)
        add_key(w->keys, &w->failed,
                hash_bytes(99, w->word, length * sizeof *w->word),
                length < 4 ? 0.4f : 1.0f);
}

static void take_char(struct words_pass *w, UChar32 c)
{
    bool ideograph = c > 0x2E7F && u_isalpha(c) &&
                     u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);

    if (ideograph) {
        UChar32 both[2] = { w->before, c };

        end_word(w);
        if (w->before && w->words == WORDS_SAME)
            add_key(w->keys, &w->failed, hash_bytes(98, both, sizeof both), 1);
        w->before = c;
        return;
    }
    w->before = 0;
    if (!u_isalnum(c))
        end_word(w);
    else if (w->length < WORD_MAX)
        w->word[w->length++] = base_letter(w->nfd, c);
}

bool keys_of_words(struct keys out[2], const struct version *const pair[2],
                   enum words words)
{
    UErrorCode status = U_ZERO_ERROR;
    struct words_pass w = { .words = words,
                            .nfd = unorm2_getNFDInstance(&status) };
    size_t units[2];

    for (int v = 0; v < 2; v++) {
        w.keys = &out[v];
        units[v] = pair[v]->units.count;
        w.failed |= !open_rows(&out[v], units[v]);
        for (size_t u = 0; u < units[v] && !w.failed; u++) {
            struct span text = pair[v]->units.at[u].text;

            out[v].first[u] = out[v].count;
            for (int32_t at = 0; words && at < (int32_t)text.len;) {
                UChar32 c;

                U8_NEXT(text.at, at, (int32_t)text.len, c);
                take_char(&w, c < 0 ? ' ' : c);
            }
            end_word(&w);
            w.before = 0;
            if (!w.failed)
                close_row(&out[v], out[v].first[u]);
            out[v].first[u + 1] = out[v].count;
        }
    }
    return !w.failed && weigh(out, units);
}

void keys_free(struct keys *keys)
{
    free(keys->at);
    free(keys->first);
    free(keys->sum);
    *keys = (struct keys){ 0 };
}

float keys_shared(const struct keys *a, size_t i, const struct keys *b,
                  size_t j)
{
    size_t x = a->first[i], y = b->first[j];
    float shared = 0;

    while (x < a->first[i + 1] && y < b->first[j + 1]) {
        if (a->at[x].hash == b->at[y].hash) {
            shared += a->at[x].weight;
            x++;
            y++;
        } else if (a->at[x].hash < b->at[y].hash) {
            x++;
        } else {
            y++;
        }
    }
    return shared;
}
