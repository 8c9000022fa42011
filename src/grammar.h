/* Grammars as they are used: their rules, and which of them takes a text. */
#ifndef CLAUSIER_GRAMMAR_H
#define CLAUSIER_GRAMMAR_H

#include <string.h>

#include "diag.h"
#include "number.h"
#include "pattern.h"

struct line; /* lines.h */

/* What a rule is about. Rules of the kinds from KIND_INLINE on are looked for
 * at each place of a text; where two match at one, the first kind wins. */
enum kind {
    KIND_HEADING, /* annex, appendix, or a heading without a number */
    KIND_CLAUSE,  /* a numbered section */
    KIND_ITEM,    /* a lettered or numbered list item */
    KIND_BULLET,
    KIND_NOTE,
    KIND_TERM,    /* the text of a clause that defines a term */
    KIND_CAPTION, /* of a table or figure */
    KIND_TOC,     /* title and lines of a table of contents */
    KIND_FIELD,   /* a header field */
    KIND_BOX,     /* the label of one in a cell, without a colon */
    KIND_TITLE,   /* lines of a title block, of a document or an annex */
    KIND_SALUTATION,
    KIND_OPENING, /* the body that speaks, before its resolutions */
    KIND_CLOSING,
    KIND_SIGNATURE, /* the office of the one who signs */
    KIND_ENCLOSURE,
    KIND_RESIDUE,      /* what a converter left in the text */
    KIND_LONE,         /* a label alone on its line */
    KIND_UNFINISHED,   /* a line that cannot end a paragraph */
    KIND_CONTINUATION, /* a line that cannot begin one */
    KIND_DETECT,       /* words that give a language away */
    KIND_TONGUE,       /* the same for a language that has no grammar */
    KIND_DOCUMENT,     /* a named document */
    KIND_SAME,         /* between two references to one document */
    KIND_RANGE,        /* between the first and the last of a range */
    KIND_FACT,         /* what is the same in every language */
    KIND_TERMS,        /* what terms of reference are made of */
    KIND_LINK,
    KIND_REF,
    KIND_DATE,
    KIND_TIME,
    KIND_ORGANIZATION,
    KIND_PERSON,
    KIND_COUNT,
    KIND_INLINE = KIND_LINK
};

const char *kind_name(enum kind kind);

struct example {
    struct span text;
    struct span line; /* of the file, for the caret */
    const char *file;
    unsigned number; /* of the line */
    bool yes;
};

struct rule {
    enum kind kind;
    const char *name;
    struct span match; /* the pattern as it stands in its file */
    const struct source *source;
    const char *file; /* where it was named first */
    unsigned line;
    int level; /* depth in the tree of sections; 0 opens an attachment */
    enum count count;
    struct example *examples;
    size_t example_count;
    struct pattern pattern; /* code NULL until compiled */
    unsigned index;         /* in the grammar */
    uint64_t bit;           /* one of a set of inline rules; 0: of other kinds */
};

static inline bool rule_is(const struct rule *rule, const char *name)
{
    return strcmp(rule->name, name) == 0;
}

/* "Chapter II", "Part 2", "Section IV": a heading above the clauses. */
static inline bool rule_is_chapter(const struct rule *rule)
{
    return rule_is(rule, "chapter") || rule_is(rule, "part") ||
           rule_is(rule, "section");
}

/* Whether it finds annexes or appendices. */
static inline bool rule_is_part(const struct rule *rule)
{
    return rule_is(rule, "annex") || rule_is(rule, "appendix");
}

struct alias {
    struct span from, to;
};

/* A character that patterns see as another one of as many bytes. */
struct variant {
    int32_t from, to;
};

struct grammar {
    const char *name;     /* "fr" */
    const char *language; /* "fra", or "und" */
    char tag[12];         /* "fr", for xml:lang */
    bool wordless;        /* has shapes alone, and no words of a language */
    struct let *lets;
    size_t let_count;
    struct rule *rules;
    size_t rule_count;
    struct rule **by_kind; /* rules sorted by kind, in order of the files */
    size_t first[KIND_COUNT + 1];
    struct beginnings *beginnings; /* seen so far, by all threads */
    struct sites *sites;           /* likewise */
    uint64_t apart_ascii, apart;   /* inline rules by what they stand apart from */
    struct numerals numerals;
    struct alias *aliases;
    size_t alias_count;
    struct variant *variants; /* by `from` */
    char script[5];           /* of a text with many of them: "Hant" */
    size_t variant_count;
    char **months; /* names in lower case, 12 wide ones, 12 abbreviated */
    bool compiled;
    _Atomic unsigned texts; /* that asked for it */
};

/* The rules that can take a text by its first characters: of each kind a bit
 * for a rule, the last one for all further rules. */
struct beginning {
    uint64_t characters;
    uint32_t rules[KIND_COUNT];
};

static inline uint32_t beginning_bit(size_t rule)
{
    return (uint32_t)1 << (rule < 31 ? rule : 31);
}

enum { INLINE_RULES_MAX = 63 };

struct beginnings *beginnings_new(void);
void beginnings_free(struct beginnings *beginnings);
/* NULL where nothing is known. */
const struct beginning *beginning_of(const struct grammar *grammar,
                                     struct matcher *matcher,
                                     struct span text);

enum { NO_CHARACTER = 0x1FFFFF };

/* A place in a text: the characters around it, or NO_CHARACTER, and what comes
 * from there on. */
struct site {
    int32_t before, first, second;
    struct span text;
};

struct sites *sites_new(void);
void sites_free(struct sites *sites);
/* The inline rules that may match there, as bits. */
uint64_t site_rules(const struct grammar *grammar, struct matcher *matcher,
                    const struct site *site);

/* ---- using a grammar on one document ----------------------------------- */

/* A rule and what it matched. */
struct finding {
    const struct rule *rule;
    struct match match;
};

/* Scratch for one document and one grammar. */
struct scanner {
    const struct grammar *grammar;
    struct matcher matcher;
    struct diag *diag;
    unsigned line;         /* of the source, for messages */
    unsigned char *tired;  /* by rule: how often its limit was reached */
    bool failed;           /* memory ran out; sticks */
    bool turned;           /* numbers are typed from right to left */
    size_t variants;       /* characters of the document seen as others */
    size_t ideographs;     /* ... and all of its Han characters */
};

bool scanner_open(struct scanner *scanner, const struct grammar *grammar,
                  struct diag *diag);
/* False where memory ran out on the way: what was found is not all. */
bool scanner_close(struct scanner *scanner);

/* Says how many bytes will be looked at: many are worth machine code sooner. */
void scanner_expect(struct scanner *scanner, size_t bytes);
/* Looks for characters of the text that the grammar sees as others. */
void scanner_find_variants(struct scanner *scanner, struct span text);
/* The script that those characters are of, or "" for the usual one. */
const char *scanner_script(const struct scanner *scanner);
/* Makes a text ready for matching; false, and `failed`, where memory ran out.
 * `folds` false says that nothing in the text needs folding; the second finds
 * that out. */
bool scanner_fold(struct scanner *scanner, struct folded *folded,
                  struct span text, bool folds);
bool scanner_fold_text(struct scanner *scanner, struct folded *folded,
                       struct span text);

/* The first rule of `kind` at or after `*index` (0 for the first) in the
 * order of the grammar that matches anywhere from byte `start` on; `*index`
 * is set so that the next call goes on behind it. */
bool scanner_find(struct scanner *scanner, enum kind kind, size_t *index,
                  const struct folded *text, size_t start,
                  struct finding *finding);
/* One rule. The limits hold here too. */
enum pattern_result scanner_match(struct scanner *scanner,
                                  const struct rule *rule,
                                  const struct folded *text, size_t start,
                                  struct finding *finding);
/* Where inline rules are looked for in a text: all zero at its start. Rules are
 * bits. */
struct walk {
    size_t at;       /* byte of the folded text */
    size_t end;      /* of the match just found */
    uint64_t tried;  /* there */
    uint64_t wanted; /* those whose wanted byte was looked for, */
    uint64_t absent; /* and those for which it is not there */
};

/* The next match of an inline rule that was not tried: the walk then stands at
 * it. */
bool scanner_next(struct scanner *scanner, const struct folded *text,
                  struct walk *walk, struct finding *finding);
/* As the first, from the first rule. */
bool scanner_is(struct scanner *scanner, enum kind kind,
                const struct folded *text, struct finding *finding);
/* Whether rule `name` of `kind` matches, or any where that is NULL; `finding`
 * may be NULL. */
bool scanner_is_named(struct scanner *scanner, enum kind kind,
                      const char *name, const struct folded *text,
                      struct finding *finding);
/* The same of a text that is not ready for matching. */
bool scanner_takes(struct scanner *scanner, enum kind kind, const char *name,
                   struct span text, struct finding *finding);

/* Whether the text is a date, or one behind the name of its day or "Day 1 –".
 */
bool scanner_is_day(struct scanner *scanner, struct span text);

/* `scanner_takes` of a line, made ready in `folded`. */
bool scanner_reads(struct scanner *scanner, struct folded *folded,
                   const struct line *line, enum kind kind, const char *name,
                   struct finding *finding);

/* The value of a label that `rule` found, as numbers are typed in the text. */
bool scanner_number(const struct scanner *scanner, const struct rule *rule,
                    struct span label, struct number *number);

/* The rule of that kind and name, or NULL. */
const struct rule *grammar_rule(const struct grammar *grammar, enum kind kind,
                                const char *name);
/* The number in a label, read the way the rule counts. */
bool grammar_number(const struct grammar *grammar, const struct rule *rule,
                    struct span label, struct number *number);
/* What patterns see for the character: mostly itself. */
int32_t grammar_variant(const struct grammar *grammar, int32_t c);
/* 1 to 12, or 0: a month's name or number in the grammar's language. */
unsigned grammar_month(const struct grammar *grammar, struct span name);
/* What `name` is an alias of, or `name` itself. */
struct span grammar_alias(const struct grammar *grammar, struct span name);

/* ---- sets of grammars (clausier_grammars of the API) ------------------- */

/* The grammar for "fr" or "fra", compiled, or the base grammar with the months
 * of a language that has none; NULL with *result set to a CLAUSIER_E* code. */
const struct grammar *grammars_for(clausier_grammars *set,
                                   const char *language, struct diag *diag,
                                   int *result);
/* The same, or the base grammar for what is no language. */
const struct grammar *grammars_nearest(clausier_grammars *set,
                                       const char *language, struct diag *diag,
                                       int *result);
/* The grammar whose words the text has most of, compiled; the base grammar
 * where no language's words are in it. */
const struct grammar *grammars_detect(clausier_grammars *set,
                                      struct span sample, struct diag *diag,
                                      int *result);

/* The grammar whose words the text clearly has most of, ready to tell languages
 * and no more, or NULL where there is a doubt. The likely one, which is compiled,
 * is asked first. */
const struct grammar *grammars_evident(clausier_grammars *set,
                                       const struct grammar *likely,
                                       struct span sample, struct diag *diag,
                                       int *result);

#endif
