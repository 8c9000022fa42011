/* What the files share that join lines. */
#ifndef CLAUSIER_WRAP_H
#define CLAUSIER_WRAP_H

#include "parser.h"

/* A paragraph as far as it has been gathered. Only its last line and the end
 * of its text count for what may follow, so that long ones cost no more. */
struct gathering {
    struct line *first;
    struct line *last; /* as it stands in the source */
    struct buf text;   /* set when there is more than one line */
    size_t widest;     /* of its lines but the last, or 0; see width_on_page */
    struct span tail;  /* end of the text */
};

struct edges {
    bool unfinished;   /* the line cannot end a paragraph */
    bool url;          /* ... because it ends inside an address */
    bool words;        /* ... because of its last word */
    bool days;         /* ... and the next has their month */
    bool number;       /* the line ends in what a number goes with */
    bool continuation; /* the next cannot begin one */
    bool always;       /* ... not even behind a full stop */
    bool ends;         /* the line ends a sentence */
};

/* Bytes at the end of a text that say how it may go on. */
enum { WRAP_TAIL = 512 };

/* wrap_edges.c */
struct edges wrap_look(struct parser *p, const struct gathering *g,
                       struct line *next);

/* wrap_inside.c */
/* Whether one sentence or word stands on both sides of the break. */
bool wrap_is_inside(struct parser *p, const struct gathering *g,
                    const struct line *next, const struct edges *edges);

/* wrap_apart.c */
/* Whether the next line is another row, paragraph or blank of what is filled
 * in, enumerated or announced. */
bool wrap_stands_apart(struct parser *p, const struct gathering *g,
                       struct line *next);
/* Of a list of days, the next one. */
bool wrap_is_next_day(struct parser *p, const struct gathering *g,
                      const struct line *next);
/* Whether a name stands below an office, an office below a name, or a name
 * below a formula. */
bool wrap_is_signature(struct parser *p, const struct gathering *g,
                       struct line *next);
/* A few words without an end: behind a full stop they are a heading. */
bool wrap_stands_alone(const struct line *next);

/* wrap_label.c */
bool wrap_has_label(struct parser *p, struct line *line);
/* "at least" and "12 countries", behind more than one word: a number that does
 * not go on with any that is open, and no new sentence behind it. */
bool wrap_is_count(struct parser *p, const struct gathering *g,
                   struct line *next);
/* "PART I - General", "Article 1 - Scope", or clause 1 below the title of an
 * annex, however wide that is. */
bool wrap_begins_part(struct parser *p, struct line *next);
/* "6.1" behind "6", "6.2" behind "6.1", "4. Texts" behind "3. Rules", and
 * "1. Opening" above "2. Agenda": no number in a text is that by chance. */
bool wrap_counts_on(struct parser *p, const struct gathering *g,
                    struct line *next);
/* Whether a label begins the next line, though the sentence is open. */
bool wrap_begins_next(struct parser *p, const struct gathering *g,
                      struct line *next, const struct edges *edges);
/* "as listed in clause" and, on a line of its own, "2.2.": the number ends the
 * sentence. */
bool wrap_ends_in_number(struct parser *p, const struct gathering *g,
                         struct line *next, const struct edges *edges);

#endif
