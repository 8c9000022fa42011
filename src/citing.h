/* Knows what references of a text have named so far, and by that of which
 * document and annex the next one is. */
#ifndef CLAUSIER_CITING_H
#define CLAUSIER_CITING_H

#include "reference.h"

/* What "that Circular" may be: documents of one kind, however they are called. */
enum { NAMED_KINDS = 8 };

/* A document that the text calls by a short name. */
enum { CALLED_MAX = 8 };

struct called {
    struct span name;
    struct named doc;
};

/* What the references of a text so far have to say for those that come next. */
struct citing {
    struct xrefs *xrefs;
    struct scanner *scanner;
    struct inline_place *place;
    struct named last_doc;  /* of the reference before, where external */
    struct named named_doc; /* the last one that the text named */
    struct named of_kind[NAMED_KINDS]; /* ... of each kind */
    unsigned kind_text[NAMED_KINDS];   /* ... and the number of that text */
    unsigned texts;         /* gone through so far */
    struct named text;      /* ... and the last whose clauses are cited */
    const char *text_end;   /* where it was spoken of last; NULL for nowhere */
    bool several_texts;     /* the sentence names another one, too */
    struct named paper;     /* the last paper that was named */
    const char *paper_end;  /* ... where it was; NULL for nowhere */
    bool several_papers;    /* the sentence names another one, too */
    bool text_aside;        /* it was named in a bracket */
    const char *last_end;   /* where that one ended */
    const char *document_at; /* where the last document began; or NULL */
    struct span part;       /* annex that the reference names */
    struct span outer;      /* item that those stand in: "b)" */
    struct span item;       /* items in the clause: "b) ii)" */
    struct span last_item;  /* ... and those that end a range */
    struct span last_part;  /* ... and the one before */
    struct span last_annex; /* that the one before is, of whatever text */
    struct span
        last_caption;       /* that the table before is of, as is said before */
    struct span last_around; /* "Article 4", "Part 1": the one before */
    bool around_article;     /* ... is the former */
    struct cited_last {
        struct span label, item, part, title;
        struct span first, num,
            all; /* of several labels, the list, the words */
        struct named doc;
        unsigned doubt;
    } clause;               /* the last one that the text cited */
    struct cited_stray {
        struct span num, all;
        bool again; /* it was cited before, as one of that */
        bool doubt; /* it may be one of the text that this annex is to */
    } stray;        /* the last clause of a text without a name */
    enum {
        ASTRAY_NO,
        ASTRAY_LATER,
        ASTRAY_SAME
    } astray;               /* it is one more of those; or the same */
    struct span named_part; /* the last annex that the text named */
    const char *part_end;   /* ... where it did so */
    struct named part_doc;  /* ... and the document that it is of */
    unsigned part_doubt;    /* ... or may be */
    bool last_is_part;      /* the one before names no clause in it */
    unsigned doubt;         /* the document may be this one; or 0 */
    bool apart;             /* ... which is not named right before */
    bool bare;              /* it has the code alone of a Recommendation */
    bool beside;            /* it is, as in "Recommendation A.1 (Annex B)" */
    bool counts_on;         /* it is one more of those that `clause` is of */
    bool decided;           /* a meeting decided on it */
    bool in_bracket;        /* "(Annex A and Annex B)": the latter is, too */
    bool named_several;     /* the last reference named several documents */
    unsigned last_doubt;    /* ... that of the reference before */
    unsigned doubts;        /* so far */
    bool last_is_document;  /* ... and that named nothing else */
    bool last_ends_in_document; /* its last words name one */
    bool document_first;    /* it was named before what is cited of it */
    bool document_leads;    /* ... in the same reference */
    bool document_trails;   /* it was named behind its clause */
    struct topic *topic;    /* what passages around are about; or NULL */
    struct topic *headed;   /* ... as a bracket in their headings says */
    struct topic *amended;  /* ... what they change; or NULL */
    const struct node *amended_in; /* a text which says so of what it named */
    struct remark {
        struct topic *topics;     /* what remarks are about; or NULL */
        const struct topic *last; /* ... of the last one */
        const struct node *text;  /* which names `doc`, or several */
        struct named doc;
        bool several;
    } remark;
    struct called called[CALLED_MAX];
    size_t called_count;
    const struct named *called_doc; /* that the reference names so, or NULL */
    struct span called_part;        /* ... or the annex that it does */
    const char *list_end;   /* of a list of places that may say of what; or NULL */
    size_t list_from;       /* ... its first reference */
    struct span list_kind;  /* ... and what the last is called: "section" */
    bool list_clauses;      /* ... none of them an annex or a table */
    const char *says;       /* what the reference says that the document is */
    bool quoted;            /* by an instruction to change a text */
    const char *holder;     /* "the report" that an annex is to; or NULL */
    bool dealt;             /* "whose" says what it is of, or a remark does */
    bool last_dealt;        /* ... that of the reference before */
    const char *unclear_end; /* of what is cited of a text without a name */
    const char *law_end; /* of what no clause of ours is cited with; or NULL */
};

enum { CITATION_MAX = 48 };

/* What one reference names: labels and, where they are those of documents, the
 * documents. */
struct citation {
    struct span labels[CITATION_MAX];
    struct span
        items[CITATION_MAX]; /* "2.1 a) and 2.2": right behind a label */
    struct named docs[CITATION_MAX];
    size_t count;
};

/* What comes next stands in another text. */
void citing_begin(struct citing *citing);

/* reference.c: "(clause 2, item 1)": what the bracket around ends in is none of
 * an item. False where there is no such bracket. */
bool citing_leave_bracket(struct citing *citing, struct finding *finding);

/* citing_part.c: whether the words are "that clause", and the text cited one.
 */
bool citing_of_last_clause(struct citing *citing,
                           const struct finding *finding);

/* Whether the labels are those of documents: "Resolutions 8 and 17". */
bool citing_several(const struct finding *finding);
/* Whether the rule is one of tables or figures. */
bool citing_caption(const struct rule *rule);

/* citing_document.c: of which document the reference is. Whether it may as well
 * be of another, and is none, therefore. */
struct named citing_document(struct citing *citing, const struct finding *finding);
bool citing_is_beside(struct citing *citing, const struct finding *finding);

/* citing_part.c: of which annex it is, or may be. */
struct span citing_part(struct citing *citing, const struct finding *finding);
struct span citing_near(const struct citing *p, const struct finding *f);
bool citing_last_part(struct citing *citing, const struct finding *finding);
/* "Article 5 (3) thereof": of an annex that the sentence named before. */
bool citing_of_part_near(struct citing *citing, const struct finding *finding);
/* The part or article that the reference says the clause stands in. */
struct span citing_around(struct citing *citing, const struct finding *finding);

/* citing_kind.c: "the report" in an annex may be what that is annexed to: the
 * kind of it, or NULL. Whether that kind has documents of this type. */
const char *citing_holder(struct citing *citing, const struct finding *finding);
bool citing_is_kind(const char *kind, const char *type);
/* What the reference says that this document, or the annex around, is: "annex",
 * "recommendation"; NULL where it does not say it. */
const char *citing_says(struct citing *citing, const struct finding *finding);
/* The last text named before of the kind that the words say: "the Resolution",
 * where this document is none. NULL where they do not say it. */
const struct named *citing_told(struct citing *citing,
                                const struct finding *finding);

/* unclear.c: whether it is not known what is meant, so that the words stay
 * words. */
bool citing_is_unclear(struct citing *citing, const struct finding *finding,
                       const struct named *doc);

/* What the text of a block, which ends here, says of the passage that it heads
 * or leads to: that this changes another text. */
void amending_note(struct citing *citing, struct span text);
/* The text that is changed, where the reference stands in an instruction to do
 * so; or NULL. */
const struct named *amending_text(struct citing *citing,
                                  const struct finding *finding);
/* Whether it stands in one, whatever that changes. */
bool amending_is(struct citing *citing, const struct finding *finding);
/* ... and the words around it say that this is a text that has no name. */
bool amending_unknown(struct citing *citing, const struct finding *finding);

/* ... or in words that it quotes, which is noted: those are of what it changes,
 * or of nothing that is known. */
const struct named *amending_quoted(struct citing *citing,
                                    const struct finding *finding);

/* The same for remarks on another text: a reference to a document, the end of a
 * text, and what a remark that begins with the reference is about, or NULL. */
void remark_note(struct citing *citing, const struct finding *finding,
                 const struct named *doc);
void remark_end(struct citing *citing, struct span text);
/* What leads to all clauses of a letter says that these are about a text. */
void remark_reply(struct citing *citing, const struct node *block);
const struct named *remark_text(struct citing *citing,
                                const struct finding *finding);

/* called.c: keeps the short name that the text behind a reference to a document
 * gives it. */
void called_keep(struct citing *citing, struct span behind,
                 const struct named *doc);
/* The document or annex that a finding of the rule "called" names so. True
 * where the finding goes on in the text with that name: it then ends behind it.
 */
bool called_find(struct citing *citing, struct finding *finding,
                 struct span text);

/* Kept as long as the references are; NULL for this document. */
const struct named *citing_keep(struct citing *citing, const struct named *doc);

/* Notes what is cited, for those that come next; where elements were made of it,
 * they are those from `from` on. */
void citing_note(struct citing *citing, const struct finding *finding,
                 const struct citation *citation, const struct named *doc);
void citing_note_put(struct citing *citing, const struct finding *finding,
                     const struct citation *citation, const struct named *doc,
                     size_t from);

/* ---- between the files that tell what is cited -------------------------------- */

/* Whether what stands between two references makes the one behind belong to
 * what is before, as the rule of that name knows it. */
bool citing_joins(struct citing *citing, struct span gap, const char *rule);
/* ... where the reference before is to another document. */
bool citing_follows_document(struct citing *citing, const char *here,
                             const char *rule);
/* The end of a text, and what stands behind the reference, as much of each as
 * may join two. */
struct span citing_joint_at_end(struct span text);
/* Whether the text says that its own body adopted what is named. */
bool citing_is_ours(struct citing *citing, const struct finding *finding);
struct span citing_text_behind(const struct citing *citing,
                               const struct finding *finding);
/* Whether it is one of the signs that stand between a document and what is
 * cited of it: a comma, or any. */
enum { COMMAS = 3, JOINTS = 5 };
bool citing_is_joint(struct span gap, size_t count);
/* Whether it begins with a comma that parts sentences in Chinese; and whether
 * it is so short, and in one sentence, that what is named before is meant
 * behind. */
bool citing_parts_sentences(struct span gap);
bool citing_goes_on_near(struct span gap);
/* ... or in the next sentence. */
bool citing_goes_on_next(struct span gap);
/* Whether it ends in the sentence that it begins in, or the next. */
bool citing_is_in_next(struct span gap);
/* Whether the last text was named in this sentence or as many before. */
bool citing_text_near(const struct citing *citing, const char *here,
                      unsigned sentences);
/* "(see Circular 5)": it only says where something else is told. */
bool citing_is_aside(const struct citing *citing, const char *here);
/* The one paper that was named in this sentence or the one before, which what
 * leads nowhere may be of; or NULL. */
const struct named *citing_paper_near(struct citing *citing,
                                      const struct finding *finding);
/* ... and the annex of it that the sentence named, for a clause. */
struct span citing_paper_part(const struct citing *citing,
                              const struct finding *finding);
/* Whether no word says what the clause or annex is of. */
bool citing_names_alone(const struct finding *finding);
/* The same of a chapter. */
bool citing_names_chapter(const struct finding *finding);
/* amending.c: whether it stands in a quotation. */
bool citing_is_quoted(const struct citing *citing,
                      const struct finding *finding);
/* citing_said.c: "your clause 2", which is of the text that is answered; "that
 * decision says in clause 2": the words for the text. */
bool citing_is_yours(struct citing *citing, const struct finding *finding);
struct span citing_subject(struct citing *citing,
                           const struct finding *finding);
/* "In the latter, clause 2": of the document that was named last. */
bool citing_is_spoken(struct citing *citing, const struct finding *finding);
bool citing_is_latter(struct citing *citing, const struct finding *finding);
/* "Resolution 5, and its annex, clause 2": the words for the annex. */
struct span citing_its_annex(struct citing *citing,
                             const struct finding *finding);
/* "..., whose clause 2": of something that is no reference. */
bool citing_is_whose(struct citing *citing, const struct finding *finding);

/* Whether it may cite an item of an agenda that the text speaks of near it. */
bool citing_is_tabled(struct citing *citing, const struct finding *finding);

/* Of this document where it has such a clause, or else of the other. */
struct named citing_doubt(struct citing *citing, const struct named *doc);

/* citing_part.c: whether it is of an annex that the text named before. Whether
 * the reference before is of an annex of this document. */
bool citing_of_named_part(struct citing *citing, const struct finding *finding);
bool citing_last_is_of_part(const struct citing *citing);

/* citing_kind.c: the last one of the kind that the words say, in this text or
 * `above` of those before it; NULL where they say none, of no type where none
 * was named. */
const struct named *citing_of_kind(struct citing *citing, struct span words,
                                   unsigned above);
void citing_keep_kind(struct citing *citing, struct span name,
                      const struct named *doc);
/* "That Circular" is the last circular that was named, "that document" the last
 * document of this text or else the last paper. What may be this one, as well,
 * is another only where it was named in this text. */
const struct named *citing_named_before(struct citing *citing,
                                        const struct finding *finding);
/* "This document" may be what a text above named, where this one has no such
 * place. */
struct named citing_named_above(struct citing *citing,
                                const struct finding *finding);
/* Whether "that report" can be no annex. */
bool citing_says_other_kind(struct citing *citing,
                            const struct finding *finding);

/* citing_decided.c: the paper before a meeting, which a clause that it decides
 * on is of; or NULL. */
const struct named *citing_decided(struct citing *citing,
                                   const struct finding *finding);

/* citing_next.c: whether a clause is one more of the text that those before
 * were of: "sections 2 and 3 of TD 5 were kept; section 4 was not". */
bool citing_counts_on(struct citing *citing, const struct finding *finding);
/* Whether the clause is one more of a text without a name, of which `stray` is
 * one, and the keeping of that. */
int citing_goes_astray(struct citing *citing, const struct finding *finding);
void citing_note_stray(struct citing *citing, const struct finding *finding);

/* citing_list.c: ends or goes on with a list; the references from `from` on are
 * this one's. */
void citing_note_list(struct citing *citing, const struct finding *finding,
                      const struct named *doc, size_t from);

#endif
