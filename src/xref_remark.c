/* Tells which clauses a letter of comments cites are of the text that it
 * comments on: those that it calls as it calls others which only that has. */
#include "binder.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { HAN_NUMBER = 0x7B2C, SECTION_SIGN = 0xA7 };

static bool goes_into_word(UChar32 c)
{
    return c == SECTION_SIGN || (u_isalpha(c) && c != HAN_NUMBER);
}

/* How the reference calls a clause: by the first letters of a word, by a sign,
 * or by what stands behind the number in Chinese. False for no word. */
static bool read_word(struct remark_word *word, const struct xref *x)
{
    struct span words = cited_words(x);
    size_t count = 0;

    *word = (struct remark_word){ 0 };
    for (int32_t at = 0; at < (int32_t)words.len && count < REMARK_LETTERS;) {
        UChar32 c;

        U8_NEXT(words.at, at, (int32_t)words.len, c);
        if (goes_into_word(c))
            word->letters[count++] = u_foldCase(c, U_FOLD_CASE_DEFAULT);
        else if (count)
            break;
    }
    return count;
}

static struct remark_word *find_word(struct binder *b,
                                     const struct remark_word *word)
{
    for (size_t i = 0; i < b->remark_count; i++)
        if (memcmp(b->remarks[i].letters, word->letters,
                   sizeof word->letters) == 0)
            return &b->remarks[i];
    return NULL;
}

static bool is_plain_clause(const struct binder *b, const struct xref *x)
{
    return rule_is(x->rule, "clause") && x->label.len && !x->part.at &&
           !x->title.at && !x->main && !x->says && !x->quoted &&
           !draft_ancestor(x->node, "attachment", NULL) &&
           (!x->doc || document_is_same(x->doc, b->cited.xrefs->about));
}

static void note_word(struct binder *b, const struct xref *x)
{
    struct remark_word word, *known;
    bool inside = xref_leads_inside(b, x), own = x->here;

    if ((own ? !inside : inside && !x->doc) || !read_word(&word, x))
        return;
    known = find_word(b, &word);
    if (!known && b->remark_count < REMARK_WORDS) {
        known = &b->remarks[b->remark_count++];
        *known = word;
    }
    if (known && own)
        known->ours = true;
    else if (known)
        known->theirs = true;
}

void xref_list_remarks(struct binder *b, const struct xrefs *xrefs)
{
    if (!xrefs->remarked || xrefs->about_several ||
        xref_is_self(b, xrefs->about))
        return;
    for (size_t i = 0;
         i < xrefs->count && cited_spend(&b->cited, CITED_COMPARISON); i++)
        if (is_plain_clause(b, &xrefs->at[i]))
            note_word(b, &xrefs->at[i]);
}

bool xref_is_of_remarks(struct binder *b, const struct xref *x)
{
    struct remark_word word;
    const struct remark_word *known;

    if (!b->remark_count || x->doc || x->here || !is_plain_clause(b, x) ||
        !read_word(&word, x))
        return false;
    known = find_word(b, &word);
    return known && known->theirs && !known->ours;
}
