/* Finds texts that two versions in two languages have in the same words: one of
 * them is not translated. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "diff.h"

/* The next letter or digit from `*at` on; 0 at the end. */
static UChar32 next_sign(struct span text, int32_t *at)
{
    UChar32 c;

    while (*at < (int32_t)text.len) {
        U8_NEXT(text.at, *at, (int32_t)text.len, c);
        if (c > 0 && u_isalnum(c))
            return c;
    }
    return 0;
}

/* Names, codes and addresses are the same in all languages; sentences are not,
 * whether they have small letters or letters that know no case. */
enum { WORDS_MIN = 5, LETTERS_MIN = 12 };

/* In a language of another script, a few words are enough; but not a name. */
enum { FOREIGN_MIN = 2, FOREIGN_WORDS = 4 };

static bool is_latin(const char *language)
{
    UScriptCode scripts[8] = { USCRIPT_LATIN };
    UErrorCode status = U_ZERO_ERROR;

    uscript_getCode(language, scripts, 8, &status);
    return U_FAILURE(status) || scripts[0] == USCRIPT_LATIN;
}

static bool is_sentence(struct span text, bool foreign)
{
    unsigned words = 0, letters = 0, all = 0;
    UChar32 before = 0, c;

    if (text.len && text.at[0] == '[') /* a work that is named */
        return false;
    for (int32_t i = 0; i < (int32_t)text.len; before = c) {
        U8_NEXT(text.at, i, (int32_t)text.len, c);
        words += u_islower(c) && (before == ' ' || !before);
        all += u_isalpha(c) && c < 0x370 && (before == ' ' || !before);
        letters += u_charType(c) == U_OTHER_LETTER;
    }
    return words >= WORDS_MIN || letters >= LETTERS_MIN ||
           (foreign && words >= FOREIGN_MIN && all >= FOREIGN_WORDS);
}

static bool is_one_language(const struct beads *beads, size_t a, size_t b)
{
    return strcmp(beads->versions[a].units.language,
                  beads->versions[b].units.language) == 0;
}

/* Whether one of them is written with Latin letters and the other is not. */
static bool is_foreign(const struct beads *beads, size_t a, size_t b)
{
    return is_latin(beads->versions[a].units.language) !=
           is_latin(beads->versions[b].units.language);
}

static void add_place(struct diffs *diffs, struct diff *diff, size_t version)
{
    unsigned unit = bead_row(diffs->beads, diff->bead, version)->first;

    diff_add_place(diffs, diff, (struct diff_place){
                                    .version = (unsigned)version,
                                    .unit = unit, .unit_end = unit + 1 });
}

/* Those that have the words of version `a`; whether there are any. */
static bool compare(struct diffs *diffs, size_t bead, size_t a)
{
    const struct beads *beads = diffs->beads;
    const struct unit *x = bead_only(beads, bead, a), *y;
    struct diff *diff = NULL;

    for (size_t b = a + 1; x && b < beads->version_count; b++) {
        y = bead_only(beads, bead, b);
        if (!y || is_one_language(beads, a, b) ||
            !span_same(x->text, y->text, next_sign) ||
            !is_sentence(x->text, is_foreign(beads, a, b)))
            continue;
        if (!diff) {
            diff = diff_add(diffs, DIFF_UNTRANSLATED, CLAUSIER_WARNING, bead);
            if (!diff)
                return true;
            add_place(diffs, diff, a);
        }
        add_place(diffs, diff, b);
    }
    return diff != NULL;
}

void diff_untranslated(struct diffs *diffs)
{
    for (size_t i = 0; i < diffs->beads->count && !diffs->failed; i++)
        for (size_t a = 0; a + 1 < diffs->beads->version_count; a++)
            if (compare(diffs, i, a))
                break;
}
