/* PCRE2 patterns: compile.c makes them, pattern.c matches them against folded
 * text. The places found are places in the author's own text. */
#ifndef CLAUSIER_PATTERN_H
#define CLAUSIER_PATTERN_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "fold.h"

/* The closed set of names that a pattern may give to its groups. */
enum capture {
    CAP_ALL, /* the whole match; not a name */
    CAP_NUM, /* label of a clause, item, annex; list of labels in references */
    CAP_TEXT,
    CAP_TITLE,
    CAP_LABEL,
    CAP_VALUE,
    CAP_DOC,  /* a document that a reference names */
    CAP_BODY, /* the organization that issued a document */
    CAP_PART, /* annex or appendix that a reference names */
    CAP_AROUND, /* chapter or section that a reference to a clause names */
    CAP_ITEM, /* list item that a reference names */
    CAP_INNER, /* ... and the one in it */
    CAP_REL,  /* a word such as "above": the reference is to this document */
    CAP_SAME, /* a word such as "its": the document named before */
    CAP_MAIN, /* a phrase such as "of this Recommendation": the main body */
    CAP_FROM,
    CAP_TO,
    CAP_YEAR,
    CAP_MONTH,
    CAP_DAY,
    CAP_YEAR_TO,
    CAP_MONTH_TO,
    CAP_DAY_TO,
    CAP_HOUR,
    CAP_MINUTE,
    CAP_HOUR_TO,
    CAP_MINUTE_TO,
    CAP_HALF, /* present when the hour is after noon */
    CAP_COUNT
};

const char *capture_name(enum capture capture);

enum { GROUPS_MAX = 192 };

/* What no match of a pattern stands right behind. */
enum pattern_apart { APART_NONE, APART_ASCII /* letters */, APART_LETTERS };

struct pattern {
    pcre2_code *code;
    unsigned char capture[GROUPS_MAX]; /* group number to enum capture, 0 for none */
    char unknown[33];          /* a group name that is no capture, or "" */
    struct machine *machine;   /* shared by all threads */
    bool starts;               /* every match is at the text's start */
    bool placed;               /* every match is where the search begins */
    enum pattern_apart apart;
    bool hard;                 /* to ask whether it may match */
    pcre2_code *asked;         /* whether it may, instead of `code`; or NULL */
    unsigned char first[32];   /* bytes that a match can begin with, as bits */
    char wanted;               /* a byte without which there is no match, or 0 */
};

/* Where a pattern went wrong: PCRE2's message, byte of the source. */
struct pattern_error {
    char text[160];
    size_t offset;
    bool large; /* too large, and nothing else */
};

/* Compiles; false with `error` filled in (its text empty where memory ran
 * out). A `placed` pattern matches where a search begins and nowhere else. */
bool pattern_compile(struct pattern *pattern, struct span source, bool placed,
                     struct pattern_error *error);
void pattern_free(struct pattern *pattern);
/* The byte behind a class, whose "[" is at byte `at`; behind the text where the
 * class has no end. */
size_t pattern_class_end(struct span source, size_t at);

struct machine {
    _Atomic int wait;  /* matches until it is made */
    _Atomic bool made; /* or could not be */
    _Atomic(pcre2_code *) code;
};

/* Scratch for matching, one per thread. */
struct matcher {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    int haste; /* as how many a match counts until machine code is made */
};

bool matcher_open(struct matcher *matcher);
void matcher_close(struct matcher *matcher);

struct match {
    struct span at[CAP_COUNT]; /* places in the original; `at` NULL: not set */
};

enum pattern_result {
    PATTERN_NONE,
    PATTERN_FOUND,
    PATTERN_LIMIT,
    PATTERN_FAILED /* memory ran out */
};

/* The first match at or after byte `start` of the folded text. PATTERN_LIMIT:
 * the match was given up because it took too many steps. */
enum pattern_result pattern_find(const struct pattern *pattern,
                                 struct matcher *matcher,
                                 const struct folded *text, size_t start,
                                 struct match *match);
/* Whether a pattern that `starts` or is placed may match where these characters
 * stand. */
bool pattern_may_begin(const struct pattern *pattern, struct matcher *matcher,
                       struct span characters);
/* The byte of the folded text behind the match just found. */
size_t pattern_end(const struct matcher *matcher);

#endif
