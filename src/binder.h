/* What the files share that bind references. */
#ifndef CLAUSIER_BINDER_H
#define CLAUSIER_BINDER_H

#include "cited.h"
#include "identify.h"

/* A word that clauses are called by in a letter of comments. */
enum { REMARK_LETTERS = 4, REMARK_WORDS = 8 };

struct remark_word {
    int32_t letters[REMARK_LETTERS];
    bool ours, theirs; /* which clauses are called so */
};

struct binder {
    struct draft *draft;
    struct scanner *scanner;
    const struct identity *self;
    struct named amended; /* by this document, or without a type */
    struct cited cited;
    const struct named **adopted; /* by a body that the text says */
    size_t adopted_count;
    const char *sector; /* of all Recommendations that say theirs, or NULL */
    struct remark_word remarks[REMARK_WORDS];
    size_t remark_count;
    const struct xref *strange; /* the last that was of another text's annex */
    const struct xref
        *recalled_by;             /* the last one that was of the text which */
    const struct named *recalled; /* ... had been cited so before */
    const struct node *agenda;  /* the last list of items of an agenda */
    bool of_union;              /* it is a text of the ITU */
};

/* ---- xref_target.c --------------------------------------------------------------- */

/* Where a label of the reference leads, or NULL; items of a list around, too.
 */
struct node *xref_find_target(struct binder *binder, const struct xref *x,
                              struct span label, enum cited_status *status);
/* "These rules" in an annex may be what it holds; or `otherwise`. */
struct node *xref_find_in_part(struct binder *binder, const struct xref *x,
                               struct span label, struct node *otherwise,
                               enum cited_status *status);
/* "Chap. I, sect. A", where that chapter has none. */
bool xref_is_in_other_chapter(struct binder *binder, const struct xref *x);
/* What the words of the reference say is cited: an "item", a "provision". */
bool xref_says(struct binder *binder, const struct xref *x, const char *kind);
/* An article, in a text that has none; and whether it is hardly a clause. */
bool xref_is_strange_article(struct binder *binder, const struct xref *x);
bool xref_is_article_apart(struct binder *binder, const struct xref *x);
/* A report whose main body is the draft of a text. */
bool xref_holds_text(const struct binder *binder);
/* The article that a place is in, or is; or NULL. */
const struct node *xref_article_around(const struct node *found);
/* "Appendix II", not "Annex II". */
bool xref_names_appendix(const struct binder *binder, struct span part);

/* ---- xref_adopter.c -------------------------------------------------------------- */

void xref_list_adopted(struct binder *binder, const struct xrefs *xrefs);
void xref_free_adopted(struct binder *binder);
/* Of a Recommendation, resolution, Question or letter that does not say it, or
 * NULL. */
const char *xref_adopter(const struct binder *binder, const struct named *doc);

/* ---- xref_union.c --------------------------------------------------------------- */

void xref_find_union(struct binder *binder, const struct xrefs *xrefs);
/* Of a constitution or convention whose house is not known. */
bool xref_is_strange_treaty(const struct binder *binder, const struct xref *x);
/* "Q.5055" in what is of another house, "C220" in what is no paper. */
bool xref_is_strange_code(const struct binder *binder, const struct xref *x);
/* Whether its own words do, rather than those of what is cited beside it. */
bool xref_names_treaty(const struct xref *x);
/* Of a treaty, or NULL. */
const char *xref_treaty_author(const struct binder *binder,
                               const struct named *doc);
/* Before the number of an article of one, or of a paragraph: these are counted
 * through all of its articles, in the margin. */
const char *xref_treaty_place(struct binder *binder, const struct xref *x);

/* ---- xref_remark.c --------------------------------------------------------------- */

void xref_list_remarks(struct binder *binder, const struct xrefs *xrefs);
/* A clause of the text that is commented on, though there is one here. */
bool xref_is_of_remarks(struct binder *binder, const struct xref *x);

/* ---- xref_whose.c ----------------------------------------------------------------- */

bool xref_is_self(const struct binder *binder, const struct named *doc);
/* Whether this document has all that is cited. */
bool xref_leads_inside(struct binder *binder, const struct xref *x);
/* ... to the end of a range. */
bool xref_is_whole_inside(struct binder *binder, const struct xref *x);
/* A clause, an annex, a table: what a document counts. */
bool xref_is_numbered_part(const struct rule *rule);
/* "Attachment 1" is none of a text that calls its own "Annex": whether the
 * words have the first letters of what it is called. */
bool xref_is_called_alike(const struct node *annex, struct span words);
/* Those that divide a label: none of them ends it. */
size_t xref_count_dots(struct span label);
/* Of the text that this one corrects. */
bool xref_is_of_amended(struct binder *binder, const struct xref *x);
/* "This Recommendation" in what is none; and whether that was named before. */
bool xref_says_other(const struct binder *binder, const struct xref *x);
bool xref_is_told(struct binder *binder, const struct xref *x);
/* Of none that is known, and leading nowhere: words. */
bool xref_is_mere_words(struct binder *binder, const struct xref *x);
/* What is cited together is of one document: this one where it has all of it,
 * or else the one that was named. Returns how many they are. */
size_t xref_settle_doubt(struct binder *binder, struct xref *first,
                         size_t most);

/* ---- xref_other.c ----------------------------------------------------------------- */

/* Of the text that what is around speaks of, or the whole document. */
bool xref_is_of_topic(struct binder *binder, const struct xref *x);
bool xref_is_of_about(struct binder *binder, const struct xref *x);
bool xref_is_of_headed(struct binder *binder, const struct xref *x);
/* The other text that had the same place cited before, where this one has none;
 * or NULL. */
const struct named *xref_recalled(struct binder *binder, const struct xref *x);
/* The Resolution that such clauses of were cited before; or NULL. */
const struct named *xref_goes_by(struct binder *binder, const struct xref *x);
bool xref_is_annexed(struct binder *binder, const struct xref *x);

#endif
