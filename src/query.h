/* Reads what a person calls a clause, by the rules that find references. */
#ifndef CLAUSIER_QUERY_H
#define CLAUSIER_QUERY_H

#include "document.h"
#include "grammar.h"

/* One place, or all from `label` to `last`. Empty spans name nothing. */
struct wanted {
    enum {
        WANT_CLAUSE,  /* `label`, in the part and below the title */
        WANT_PART,    /* the annex or appendix of the part */
        WANT_CAPTION, /* the table or figure `label` */
        WANT_CHAPTER, /* the chapter or part that is named */
        WANT_ITEM     /* an item, wherever it is */
    } what;
    const char *rule;        /* of the grammar: "annex", "table" */
    const char *part_rule;   /* ... and of what names the part */
    struct span label, last; /* "2.1" */
    struct span part;        /* "Annex 1", or its label alone */
    struct span title;       /* "resolves", "décide" */
    struct span called;      /* ... as its alias has it for all languages */
    struct span chapter;     /* "Part II": it is that, or stands in it, */
    struct span chapter_label; /* ... and "II" */
    struct span items;       /* "a) ii)", "4)" */
    bool main;               /* the main body is meant */
    bool article;            /* what it names is called so */
    bool ruled; /* ... a rule or a question, which may be as good as that */
    struct named doc;        /* type "" where this document is meant */
};

/* Never longer than the words. */
struct query {
    struct wanted *at;
    size_t count;
    bool several;     /* the words name a range, or more than one place */
    bool whole;       /* no number in the words is left over */
    bool turned;      /* one who reads from right to left may say 1.2 for 2.1 */
    bool taken;       /* what follows the last reference is part of it */
    size_t named; /* letters before the first one that are part of it, too */
    size_t ignored;   /* letters in the words that no rule took */
    bool guessed;     /* ... before a number that none of them took either */
    struct arena arena;
    bool failed;
};

/* `scanner` is of the language of the words, which need not be that of the
 * document. A failure sticks. */
void query_read(struct query *query, struct span words,
                struct scanner *scanner);
/* A reading that leaves no number over is better, then one that leaves fewer
 * letters. */
bool query_is_better(const struct query *a, const struct query *b);
void query_free(struct query *query);

#endif
