/* What the files that load grammars share: grammar_file.c reads one
 * file, grammar.c keeps what it has, assemble.c compiles its patterns, grammars.c
 * keeps the set, check.c runs the examples. */
#ifndef CLAUSIER_GRAMMARS_H
#define CLAUSIER_GRAMMARS_H

#include <threads.h>

#include "grammar.h"

enum { EXTENDS_MAX = 16 };

/* A grammar file, whole. */
struct source {
    char *path;
    struct span text;
};

/* A named part of patterns. */
struct let {
    struct span name;
    struct span body;
    const struct source *source; /* NULL: made by the engine */
    enum { RECURSION_UNKNOWN, RECURSION_NONE, RECURSION } recursion;
    const struct let *reached; /* whose calls were last looked for in it */
    int bytes; /* with its lets put in, once that was asked; see assemble.c */
};

/* What a let without words, (?!), becomes: at that, PCRE2 would no longer see
 * what a match of the alternatives beside it can begin with. */
#define NEVER "(?:\\x00(?!))"

struct clausier_grammars {
    char *dir;
    struct source **sources;
    size_t source_count;
    struct grammar **grammars; /* in order of their names */
    size_t grammar_count;
    struct grammar **wordless; /* for languages without one, as asked for */
    size_t wordless_count;
    struct grammar *loading[EXTENDS_MAX];
    size_t loading_count;
    struct arena arena;
    mtx_t lock; /* held while a grammar is compiled on first use */
};

/* grammar_file.c */
/* Reads the grammar and those that it extends into the set; one that is there
 * already is taken as it is. `*out` may be set on failure, too. */
int grammar_load(struct grammar **out, clausier_grammars *set,
                 struct span name, struct diag *diag);
/* A grammar is named, and then found in the folder, or given as a path. */
void grammar_path(struct buf *path, const clausier_grammars *set,
                  struct span name);
/* Whether `name` ends in `suffix` and is more than that. */
bool grammar_has_suffix(const char *name, const char *suffix);
/* Says what is wrong at a place of a file; `detail` is shown in quotes. Returns
 * CLAUSIER_EGRAMMAR. */
int grammar_fail(struct diag *diag, const struct source *source,
                 const char *at, const char *code, const char *text,
                 struct span detail);
/* The same for what does no harm. */
void grammar_warn(struct diag *diag, const struct source *source,
                  const char *at, const char *code, const char *text,
                  struct span detail);

/* grammar.c */
struct let *grammar_let(const struct grammar *grammar, struct span name);
int grammar_set_let(struct grammar *grammar, struct span name,
                    struct span body, const struct source *source);
/* Keeps them in the order of their code points; false without memory. */
bool grammar_add_variant(struct grammar *grammar, int32_t from, int32_t to);
bool grammar_add_numeral(struct grammar *grammar, struct numeral_word word);
/* Takes over what the base has but the names of its months, which the engine
 * gives each language; the base stays as it is. */
int grammar_inherit(struct grammar *grammar, const struct grammar *base);
/* Sorts the rules by kind, once all are there. */
int grammar_sort(struct grammar *grammar);
/* The base, as the grammar of another language; NULL without memory. */
struct grammar *grammar_borrow(const struct grammar *base,
                               const char *language, const char *tag);
void grammar_free(struct grammar *grammar);

/* assemble.c */
/* Compiles the rules of one kind, or all for KIND_COUNT, that are not yet. */
int assemble_grammar(clausier_grammars *set, struct grammar *grammar,
                     enum kind kind, struct diag *diag);

/* grammars.c */
/* assemble_grammar() under the set's lock. */
int grammars_compile(clausier_grammars *set, struct grammar *grammar,
                     enum kind kind, struct diag *diag);

/* months.c */
enum { MONTHS = 12, MONTH_NAMES = 4 * MONTHS };
/* Fills grammar->months and, where there is none, `let month`. */
int months_let(clausier_grammars *set, struct grammar *grammar);

#endif
