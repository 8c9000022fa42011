/* Finds what references cite: the clauses, items, annexes, tables and headings
 * of a tree that has its eIds. */
#ifndef CLAUSIER_CITED_H
#define CLAUSIER_CITED_H

#include "ids.h"
#include "number.h"
#include "reference.h"

/* Nothing; only what the cited thing would stand in; the thing. */
enum cited_status { CITED_DANGLING, CITED_PARTIAL, CITED_RESOLVED };

/* What a label was found in, and the rule that took it. */
struct cited_label {
    struct node *node;
    const struct rule *rule;
    struct span label;
};

struct cited {
    struct draft *draft;
    struct ids *ids;
    struct scanner *scanner;
    const struct xrefs *xrefs;
    struct node *doc;
    struct cited_label *captions; /* in document order */
    struct cited_label *chapters; /* sections: "PART 2" */
    struct node **headings;       /* sections without a number */
    struct node **articles;
    struct node *articled; /* attachment with them, or NULL for the main body */
    size_t articled_count; /* parts that have some */
    const struct node *articles_below; /* heading of all in the main body */
    bool articles_spread;              /* there is none, or several */
    size_t caption_count, chapter_count, heading_count, article_count;
    const struct node *here; /* what cites, or NULL */
    struct node *grouped,
        *group; /* an attachment, and the first of its group */
    size_t spent;                 /* on comparing, so far */
    bool typed, report; /* whether it is a report was asked, and is so */
    struct buf id, text;
};

/* Fills in the lists of `cited`, whose first five members are set. */
void cited_list(struct cited *cited);
void cited_free(struct cited *cited);

/* Whether the header calls the document a report. */
bool cited_is_report(struct cited *cited);

/* Where the reference leads, and how far that is what it says. NULL where that
 * is nowhere. */
struct node *cited_find(struct cited *cited, const struct xref *x,
                        struct span label, enum cited_status *status);
/* "Item 2" that leads to no clause: in a list around it, or NULL. */
struct node *cited_listed(struct cited *cited, const struct xref *x,
                          struct span label, enum cited_status *status);

/* Whether the words of a reference to a clause, and of those listed with it,
 * say what is cited: an "item", a "provision". */
bool cited_says(struct cited *cited, const struct xref *x, const char *kind);

/* ---- one kind each; NULL for none ------------------------------------------ */

struct node *cited_clause(struct cited *cited, const struct xref *x,
                          struct span label, enum cited_status *status);
/* ... in the part or section that the reference says it stands in. */
struct node *cited_clause_around(struct cited *cited, const struct xref *x,
                                 struct span label, enum cited_status *status);
/* Whether an article is cited from a part that has none, where one other does:
 * it is looked for in that. */
bool cited_is_article_apart(struct cited *cited, const struct xref *x);
/* The section of this label whose eId begins with `prefix`; `partly` takes one
 * that it would stand in. */
struct node *cited_section(struct cited *cited, const char *prefix,
                           struct span label, bool partly);
/* ... whose eId begins with that of what it is counted in: a section, an
 * attachment, or NULL for the main body. */
struct node *cited_section_in(struct cited *cited, const struct node *around,
                              struct span label);
/* Paragraph 2 of article 3 where it is numbered 3.2, or NULL. */
struct node *cited_paragraph(struct cited *cited, const struct node *article,
                             struct span label);
/* "b) ii)": each item is looked for in the one before. `whole` tells whether
 * all were found; NULL where the first was not. */
struct node *cited_item(struct cited *cited, struct node *section,
                        struct span items, bool *whole);
/* The items, of a list around that has them: the nearest one. `in`, where it is
 * not NULL, is that list. */
struct node *cited_item_around(struct cited *cited, const struct xref *x,
                               struct span items, struct node **in);
/* "Annex 1, point 3", where that is an item of a list below no clause. */
struct node *cited_item_of_part(struct cited *cited, struct node *part,
                                struct span label);
/* What "item b) above" is looked for in: the annex that is named, or what is
 * around. */
struct node *cited_home(struct cited *cited, const struct xref *x);
struct node *cited_chapter(struct cited *cited, const struct xref *x,
                           struct span label);
/* What stands before the article or clause around: "the preceding clause". */
struct node *cited_before(struct cited *cited, const struct xref *x,
                          struct span words);
/* The annex or appendix that a reference to one is to. */
struct node *cited_whole_annex(struct cited *cited, const struct xref *x,
                               struct span label);
struct node *cited_annex(struct cited *cited, const char *name,
                         struct span label);
/* Whether the annex may be one of this document that is not in the text: they
 * are filed elsewhere, or the others are labelled so. */
bool cited_may_lack(struct cited *cited, const struct xref *x);
/* The annex that the reference names, or NULL. */
struct node *cited_part(struct cited *cited, const struct xref *x);
struct node *cited_annex_of(struct cited *cited, struct span clause);
struct node *cited_named_annex(const struct cited *cited, struct span text);
/* What `words`, those of the reference, call it goes before others, then the
 * one in `part`, an attachment or NULL. */
struct node *cited_caption(struct cited *cited, const struct rule *rule,
                           struct span label, struct span words,
                           const struct node *part);
struct node *cited_titled(struct cited *cited, const struct xref *x);
struct node *cited_heading(struct cited *cited, struct span title);
/* What stands behind the annexes and has that title. */
struct node *cited_matter(struct cited *cited, struct span title);
/* The annex of that number, where it has that title. */
struct node *cited_titled_annex(struct cited *cited, struct span num,
                                struct span title);

struct node *cited_attachments(const struct cited *cited);

/* What a reference is called; in a list only the first one has the word, which
 * may have become text. */
struct span cited_words(const struct xref *x);
/* Whether the words have the first letters of the name. */
bool cited_is_called(struct span name, struct span words);

/* Whether the rule is for chapters and parts. */
bool cited_is_chapter(const struct rule *rule);

/* A label from left to right, however numbers are typed. */
struct span cited_straight(const struct cited *cited, char text[NUMBER_TEXT],
                           struct span label);
/* The label of a chapter, of a clause, as eIds have it. */
void cited_write_chapter(struct buf *out, const struct cited *cited,
                         struct span label);
void cited_write_clause(struct buf *out, const struct cited *cited,
                        struct span label);

/* Whether a comparison of this cost may still be made: references to what
 * stands behind too many others lead nowhere. */
enum { CITED_COMPARISON = 1, CITED_MATCH = 8 };
bool cited_spend(struct cited *cited, size_t cost);

#endif
