/* The grammars of a folder: loads them, and finds the one for a text. */
#include "grammars.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "lines.h"

int grammars_compile(clausier_grammars *set, struct grammar *g,
                          enum kind kind, struct diag *diag)
{
    int result;

    mtx_lock(&set->lock);
    result = assemble_grammar(set, g, kind, diag);
    g->texts += kind == KIND_COUNT || kind == KIND_TONGUE;
    mtx_unlock(&set->lock);
    return result;
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(struct grammar *const *)a)->name,
                  (*(struct grammar *const *)b)->name);
}

static int load_folder(clausier_grammars *set, struct diag *diag)
{
    DIR *dir = opendir(set->dir);
    struct dirent *entry;
    int result = CLAUSIER_OK;

    if (!dir) {
        int reason = errno;

        diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "no-grammars",
                 "the folder of grammars \"%s\" cannot be read: %s", set->dir,
                 strerror(reason));
        return reason == ENOMEM ? CLAUSIER_ENOMEM : CLAUSIER_EIO;
    }
    while (result == CLAUSIER_OK && (entry = readdir(dir)) != NULL) {
        struct span name = span_of(entry->d_name);
        struct grammar *g;

        if (name.at[0] == '.' || !grammar_has_suffix(name.at, ".grammar"))
            continue;
        name.len -= strlen(".grammar");
        name = arena_copy(&set->arena, name);
        result = set->arena.failed ? CLAUSIER_ENOMEM
                                   : grammar_load(&g, set, name, diag);
    }
    closedir(dir);
    if (result == CLAUSIER_OK && set->grammar_count == 0) {
        diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "no-grammars",
                 "there is no grammar in the folder \"%s\"", set->dir);
        result = CLAUSIER_EIO;
    }
    return result;
}

static int say_unreadable(const clausier_grammars *set, const char *name,
                          int reason, struct diag *diag)
{
    struct buf path = { 0 };

    grammar_path(&path, set, span_of(name));
    if (!path.failed)
        diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "no-grammars",
                 "the grammar \"%s\" cannot be read: %s", buf_text(&path),
                 reason ? strerror(reason) : "it is too large");
    buf_free(&path);
    return path.failed ? CLAUSIER_ENOMEM : CLAUSIER_EIO;
}

/* Only one grammar is wanted: it alone stays, its bases were taken into it. */
static int load_one(clausier_grammars *set, const char *name,
                    struct diag *diag)
{
    struct grammar *g = NULL;
    int result;

    errno = 0;
    result = grammar_load(&g, set, span_of(name), diag);
    if (result == CLAUSIER_EIO)
        result = say_unreadable(set, name, errno, diag);
    for (size_t i = 0; result == CLAUSIER_OK && i < set->grammar_count; i++)
        if (set->grammars[i] == g) {
            set->grammars[i] = set->grammars[0];
            set->grammars[0] = g;
        }
    return result;
}

void clausier_grammars_free(clausier_grammars *set)
{
    if (!set)
        return;
    for (size_t i = 0; i < set->grammar_count; i++)
        grammar_free(set->grammars[i]);
    for (size_t i = 0; i < set->wordless_count; i++)
        grammar_free(set->wordless[i]);
    for (size_t i = 0; i < set->source_count; i++) {
        free(set->sources[i]->path);
        free((char *)(uintptr_t)set->sources[i]->text.at);
        free(set->sources[i]);
    }
    free(set->grammars);
    free(set->wordless);
    free(set->sources);
    free(set->dir);
    arena_free(&set->arena);
    mtx_destroy(&set->lock);
    free(set);
}

int clausier_grammars_load(clausier_grammars **out,
                           const clausier_load_options *options)
{
    clausier_grammars *set;
    struct diag diag = { 0 };
    int result;

    if (!out)
        return CLAUSIER_EARG;
    *out = NULL;
    if (!options || !options->dir)
        return CLAUSIER_EARG;
    diag.report = options->report;
    diag.user = options->user;
    set = calloc(1, sizeof *set);
    if (!set || mtx_init(&set->lock, mtx_plain) != thrd_success) {
        free(set);
        return CLAUSIER_ENOMEM;
    }
    set->dir = strdup(options->dir);
    if (!set->dir)
        result = CLAUSIER_ENOMEM;
    else if (options->only)
        result = load_one(set, options->only, &diag);
    else
        result = load_folder(set, &diag);
    if (result == CLAUSIER_OK && options->only) {
        /* The bases have served; what is left is the one that was asked for. */
        while (set->grammar_count > 1)
            grammar_free(set->grammars[--set->grammar_count]);
    } else if (result == CLAUSIER_OK) {
        qsort(set->grammars, set->grammar_count, sizeof *set->grammars,
              by_name);
    }
    if (result != CLAUSIER_OK) {
        clausier_grammars_free(set);
        return result;
    }
    *out = set;
    return CLAUSIER_OK;
}

static struct grammar *base_of(const clausier_grammars *set)
{
    for (size_t i = 0; i < set->grammar_count; i++)
        if (set->grammars[i]->wordless)
            return set->grammars[i];
    return set->grammars[0];
}

/* By "fr", "fra" or "fr-CA". */
static struct grammar *find_language(clausier_grammars *set,
                                     const char *language)
{
    char tag[ULOC_LANG_CAPACITY] = "";
    UErrorCode status = U_ZERO_ERROR;

    uloc_getLanguage(language, tag, sizeof tag, &status);
    for (size_t i = 0; U_SUCCESS(status) && i < set->grammar_count; i++) {
        struct grammar *g = set->grammars[i];

        if (strcmp(g->tag, tag) == 0 || strcmp(g->language, language) == 0 ||
            strcmp(g->name, language) == 0)
            return g;
    }
    return NULL;
}

static struct grammar *add_wordless(clausier_grammars *set, const char *language,
                                    const char *tag)
{
    struct grammar **slot, *g = NULL;
    struct grammar *base = base_of(set);

    for (size_t i = 0; i < set->wordless_count; i++)
        if (strcmp(set->wordless[i]->tag, tag) == 0)
            return set->wordless[i];
    slot = array_push(&set->wordless, &set->wordless_count, sizeof *slot);
    if (slot && !(*slot = g = grammar_borrow(base, language, tag)))
        set->wordless_count--;
    return g;
}

/* A language that has no grammar, but names of its months: the base grammar,
 * made its own on first use. NULL where there is no such language or base. */
static struct grammar *find_wordless(clausier_grammars *set,
                                     const char *language, int *result)
{
    char tag[ULOC_LANG_CAPACITY] = "";
    const char *known = uloc_getISO3Language(language);
    UErrorCode status = U_ZERO_ERROR;
    struct grammar *g;

    uloc_getLanguage(language, tag, sizeof tag, &status);
    if (U_FAILURE(status) || !known[0] || strlen(tag) > 3 ||
        !base_of(set)->wordless)
        return NULL;
    mtx_lock(&set->lock);
    g = add_wordless(set, known, tag);
    mtx_unlock(&set->lock);
    if (!g)
        *result = CLAUSIER_ENOMEM;
    return g;
}

const struct grammar *grammars_for(clausier_grammars *set,
                                   const char *language, struct diag *diag,
                                   int *result)
{
    struct grammar *g = find_language(set, language);

    *result = CLAUSIER_OK;
    if (!g)
        g = find_wordless(set, language, result);
    if (!g && *result == CLAUSIER_OK) {
        diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "language-unknown",
                 "there is no language, and no grammar, \"%s\"", language);
        *result = CLAUSIER_EARG;
    }
    if (g)
        *result = grammars_compile(set, g, KIND_COUNT, diag);
    return *result == CLAUSIER_OK ? g : NULL;
}

const struct grammar *grammars_nearest(clausier_grammars *set,
                                       const char *language, struct diag *diag,
                                       int *result)
{
    struct grammar *g = find_language(set, language);

    *result = CLAUSIER_OK;
    if (!g)
        g = find_wordless(set, language, result);
    if (!g && *result == CLAUSIER_OK)
        g = base_of(set);
    if (g)
        *result = grammars_compile(set, g, KIND_COUNT, diag);
    return *result == CLAUSIER_OK ? g : NULL;
}

/* One word that comes again and again tells no language. */
enum { WORDS_MIN = 4 };

/* Bytes of the sample that the words of a language cover, and their weight:
 * what stands first counts twice and what stands last nothing, for an annex may
 * be in another language, and so may a second version behind the first. */
struct evidence {
    size_t bytes, weight;
    struct span words[WORDS_MIN]; /* the first ones that are not alike */
    size_t word_count;
};

/* One of the words of the rule, or of all of the grammar that tell its
 * language. */
static bool find_word(struct scanner *scanner, const struct rule *rule,
                      const struct folded *sample, size_t at,
                      struct finding *finding)
{
    size_t index = 0;

    return rule ? scanner_match(scanner, rule, sample, at, finding) ==
                      PATTERN_FOUND
                : scanner_find(scanner, KIND_DETECT, &index, sample, at,
                               finding);
}

static void note_word(struct evidence *e, struct span word)
{
    for (size_t i = 0; i < e->word_count; i++)
        if (span_equal(e->words[i], word))
            return;
    if (e->word_count < WORDS_MIN)
        e->words[e->word_count++] = word;
}

static struct evidence gather_evidence(struct scanner *scanner,
                                       const struct rule *rule,
                                       const struct folded *sample)
{
    struct evidence e = { 0 };
    struct finding finding;
    struct span text = sample->text;

    for (size_t at = 0;
         at < text.len && find_word(scanner, rule, sample, at, &finding);) {
        size_t covered = finding.match.at[CAP_ALL].len;

        note_word(&e, finding.match.at[CAP_ALL]);
        e.bytes += covered;
        e.weight += 2 * covered * (text.len - at) / text.len;
        at = pattern_end(&scanner->matcher) > at
                 ? pattern_end(&scanner->matcher)
                 : at + 1;
        while (at < text.len && ((unsigned char)text.at[at] & 0xC0) == 0x80)
            at++;
    }
    return e;
}

static int find_evidence(struct evidence *e, const struct grammar *g,
                         const struct folded *sample, struct diag *diag)
{
    struct scanner scanner;
    struct finding finding;

    *e = (struct evidence){ 0 };
    if (!scanner_open(&scanner, g, diag))
        return CLAUSIER_ENOMEM;
    if (!scanner_is_named(&scanner, KIND_DETECT, "other", sample, &finding))
        *e = gather_evidence(&scanner, NULL, sample);
    return scanner_close(&scanner) ? CLAUSIER_OK : CLAUSIER_ENOMEM;
}

/* Bytes that words are made of: the lines of a form are in no language. */
static size_t letters_of(struct span text)
{
    size_t letters = 0;

    for (size_t i = 0; i < text.len; i++)
        letters += (unsigned char)text.at[i] >= 0x80 || text.at[i] == ' ' ||
                   ((text.at[i] | 32) >= 'a' && (text.at[i] | 32) <= 'z');
    return letters;
}

/* Bytes of the letters that are of the same script as the first one of a word,
 * those of Han all being words. */
static size_t bytes_of_script(const struct evidence *e, struct span text)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar32 first = span_first(e->words[0]), c;
    UScriptCode script = uscript_getScript(first, &status);
    size_t bytes = 0;

    if (lines_is_wide(first))
        return e->bytes;
    for (int32_t at = 0, from = 0; (size_t)at < text.len; from = at) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (c > 0 && uscript_getScript(c, &status) == script)
            bytes += (size_t)(at - from);
    }
    return bytes;
}

/* Letters other than Latin cover most of a text that is in them, and little of
 * one that has names in them, as a letterhead may in all languages. */
enum { SCRIPT_PART = 4 };

static size_t weight_of(const struct evidence *e, struct span sample,
                        size_t letters)
{
    bool other = e->word_count &&
                 (unsigned char)e->words[0].at[0] >= 0xC8; /* no Latin-1 */

    return other && bytes_of_script(e, sample) < letters / SCRIPT_PART
               ? e->weight / SCRIPT_PART / 2
               : e->weight;
}

/* The grammar whose words cover most of a sample. */
struct likely {
    struct grammar *grammar;
    size_t bytes, weight; /* of what they cover */
    bool clear;   /* no other comes near */
};

/* Less than a hundredth is a title or a name in another language. */
static struct likely most_evident(clausier_grammars *set, struct span sample,
                                  struct diag *diag, int *result)
{
    struct likely likely = { .grammar = base_of(set) };
    struct folded folded = { 0 };
    size_t letters = letters_of(sample), least = letters / 100, most = least,
           second = least;

    if (!fold(&folded, sample, fold_needed(sample)))
        *result = CLAUSIER_ENOMEM;
    for (size_t i = 0; *result == CLAUSIER_OK && i < set->grammar_count; i++) {
        struct grammar *g = set->grammars[i];
        struct evidence e = { 0 };
        size_t weight;

        if (g->wordless)
            continue;
        *result = grammars_compile(set, g, KIND_DETECT, diag);
        if (*result == CLAUSIER_OK)
            *result = find_evidence(&e, g, &folded, diag);
        weight = weight_of(&e, sample, letters);
        if (e.bytes > least && (weight > most || likely.grammar->wordless)) {
            second = most;
            most = weight;
            likely.grammar = g;
            likely.bytes = e.bytes;
            likely.weight = weight;
        } else if (weight > second) {
            second = weight;
        }
    }
    likely.clear = most > 4 * second;
    folded_free(&folded);
    return likely;
}

/* A text in a language has more of its words than this part. */
enum { WORDS_PART = 20 };

/* The code of the language without a grammar whose words cover more than
 * `least` bytes, weigh twice what those of the likely grammar do, and cover
 * much more than those of a cousin; NULL where there is none. */
static const char *likely_tongue(const struct grammar *base,
                                 const struct folded *sample, size_t least,
                                 const struct likely *likely, struct diag *diag,
                                 int *result)
{
    size_t most = least, second = 0;
    const char *tongue = NULL;
    struct scanner scanner;

    if (!scanner_open(&scanner, base, diag)) {
        *result = CLAUSIER_ENOMEM;
        return NULL;
    }
    for (size_t i = base->first[KIND_TONGUE]; i < base->first[KIND_TONGUE + 1];
         i++) {
        struct evidence e = gather_evidence(&scanner, base->by_kind[i], sample);

        if (e.bytes > most && e.word_count == WORDS_MIN &&
            e.weight > 2 * likely->weight) {
            second = tongue ? most : second;
            most = e.bytes;
            tongue = base->by_kind[i]->name;
        } else if (e.bytes > second) {
            second = e.bytes;
        }
    }
    if (!scanner_close(&scanner))
        *result = CLAUSIER_ENOMEM;
    return most > second + second / 2 ? tongue : NULL;
}

/* The base grammar, made that of a language that has none: where its words are
 * many more than those of the grammar that is the likely one. */
static struct grammar *find_tongue(clausier_grammars *set, struct span sample,
                                   const struct likely *likely,
                                   struct diag *diag, int *result)
{
    struct grammar *base = base_of(set), *g = NULL;
    size_t least = letters_of(sample) / WORDS_PART;
    struct folded folded = { 0 };
    const char *tongue = NULL;

    /* A German letter may quote English, or have an English annex. */
    if (likely->bytes > 2 * least || !base->wordless)
        return likely->grammar;
    *result = grammars_compile(set, base, KIND_TONGUE, diag);
    if (*result == CLAUSIER_OK && !fold(&folded, sample, fold_needed(sample)))
        *result = CLAUSIER_ENOMEM;
    if (*result == CLAUSIER_OK)
        tongue = likely_tongue(base, &folded, least, likely, diag, result);
    if (*result == CLAUSIER_OK && tongue)
        g = find_wordless(set, tongue, result);
    folded_free(&folded);
    return g ? g : likely->grammar;
}

/* Where a page does not leave a doubt, the rest of the sample is not read. */
enum { PAGE = 1000 };

const struct grammar *grammars_detect(clausier_grammars *set,
                                      struct span sample, struct diag *diag,
                                      int *result)
{
    struct span page = { sample.at, sample.len < PAGE ? sample.len : PAGE };
    struct likely likely = { base_of(set), 0, 0, set->grammar_count == 1 };

    *result = CLAUSIER_OK;
    while (page.len < sample.len &&
           ((unsigned char)page.at[page.len] & 0xC0) == 0x80)
        page.len++;
    if (!likely.clear)
        likely = most_evident(set, page, diag, result);
    if (!likely.clear && page.len < sample.len)
        likely = most_evident(set, sample, diag, result);
    else
        sample = page;
    if (*result == CLAUSIER_OK && set->grammar_count > 1)
        likely.grammar = find_tongue(set, sample, &likely, diag, result);
    if (*result == CLAUSIER_OK)
        *result = grammars_compile(set, likely.grammar, KIND_COUNT, diag);
    return *result == CLAUSIER_OK ? likely.grammar : NULL;
}

static bool is_in(const struct grammar *g, struct span sample,
                  struct diag *diag, int *result)
{
    struct folded folded = { 0 };
    struct evidence e = { 0 };

    *result = fold(&folded, sample, fold_needed(sample))
                  ? find_evidence(&e, g, &folded, diag)
                  : CLAUSIER_ENOMEM;
    folded_free(&folded);
    return e.bytes > letters_of(sample) / WORDS_PART;
}

const struct grammar *grammars_evident(clausier_grammars *set,
                                       const struct grammar *likely,
                                       struct span sample, struct diag *diag,
                                       int *result)
{
    struct likely best;

    if (is_in(likely, sample, diag, result))
        return likely;
    if (*result != CLAUSIER_OK)
        return NULL;
    best = most_evident(set, sample, diag, result);
    return *result == CLAUSIER_OK && best.clear && !best.grammar->wordless
               ? best.grammar
               : NULL;
}
