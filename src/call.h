/* Finds where a text calls a note: a number or sign behind a word. */
#ifndef CLAUSIER_CALL_H
#define CLAUSIER_CALL_H

#include "grammar.h"

/* A line that may be a footnote: "1) All seas." */
struct note {
    struct span mark;  /* "1)" */
    struct span label; /* "1" */
    bool alone;        /* its text stands on the next line */
};

/* Digits of any script; otherwise a sign. */
bool note_is_numbered(const struct note *note);
/* "[1]", in Chinese of full width. */
bool note_opens_square(struct span mark);

/* What is needed to tell calls from references. */
struct calls {
    struct scanner *scanner;
    struct folded folded;
    size_t budget; /* bytes that may yet be looked at again, or copied */
};

/* Where the text calls the note: the mark, or its number alone; empty where it
 * does not. */
struct span call_in_text(struct calls *calls, struct span text,
                         const struct note *note);
/* The same of a note with a letter, which the text of a cell ends in. */
struct span call_by_letter(struct span text, struct span mark);
struct span call_by_bracket(struct calls *calls, struct span text,
                            const struct note *note);
/* Whether the number stands behind another one that it cannot belong to. */
bool call_is_behind_number(struct calls *calls, struct span text,
                           struct span typed);
/* Whether a space parts the number from the word that it is behind, and it is
 * of no reference. */
bool call_is_behind_space(struct calls *calls, struct span text,
                          struct span typed);

/* Whether what follows the number that ends at byte `at` lets it be a call. */
bool call_ends(struct scanner *scanner, struct span text, size_t at);
/* The letters that end at byte `end`, up to 40 of a word, or two Han
 * characters; empty where they are too few to be what a call stands behind. */
struct span call_word(struct span text, size_t end);
/* The label in `text`, with the bracket behind it where the mark has one. */
struct span call_with_bracket(struct span text, struct span label,
                              struct span mark);
/* Whether no space parts the call from a word before; from anything before. */
bool call_is_glued(struct span text, struct span typed);
bool call_is_close(struct span text, struct span typed);

#endif
