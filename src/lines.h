/* The lines of a document on their way from the decoder to the parser. */
#ifndef CLAUSIER_LINES_H
#define CLAUSIER_LINES_H

#include "buf.h"

/* Stands in a line's text where something stood that is not text, followed by
 * the index of its struct mark as the code point MARK_BASE + index. Control
 * characters of the input never reach a line, so marks cannot be forged. */
enum { MARK = '\x01', MARK_BASE = 0xF0000, MARK_MAX = 0x1FFFE };

/* Source lines and bytes that something came from. */
struct origin {
    unsigned first, last; /* lines, from 1 */
    unsigned from, to;    /* bytes, from 0; `to` is the first not included */
};

struct line {
    struct span text; /* NFC, no line break, no white space at the end */
    struct origin origin;
    unsigned gap;    /* blank lines before it */
    unsigned indent; /* columns that it was set in by */
    bool cell;       /* began with TAB: the start of a table cell */
    bool indented;   /* ... which only indents it */
    bool page_break; /* a page header or footer was taken out before it */
    bool chapter;    /* a letter and a title, in a run of such lines; or below
                        the mark of a proposal, where the number of a provision
                        stands */
    bool day;        /* of a programme: hours stand below it */
    bool sector;     /* a piece of the name of one, in a column of a cover */
    bool listed;     /* names what a text is made of, and is no part of it */
    bool series;     /* a word and a label, in a run that begins annexes */
    const char *version; /* language of a further version that begins here */
    bool contents;       /* a table of contents points at it (_Toc bookmark), or
                          * what stands below tells that it is a heading */
    bool folds;      /* has characters that fold.c folds */
    uint32_t asked;  /* bit 1 << kind for each kind that was looked for */
    uint32_t kinds;  /* ... and for each kind of rule that takes it */
    bool gone;       /* taken out, or joined to an earlier line */
};

enum mark_type { MARK_NOTE, MARK_NOTE_AGAIN, MARK_IMAGE };

/* What a MARK in a text stands for. */
struct mark {
    enum mark_type type;
    struct span label; /* number of the footnote, description of the image */
    struct span typed; /* the number as the author typed it after the call */
    struct span text;  /* of the footnote; stands at its first call only */
    struct span word;  /* before the call */
    unsigned called;   /* line of the call; `origin` is that of the text */
    size_t first;      /* for MARK_NOTE_AGAIN: index of the first call */
    struct origin origin;
    void *node;        /* the element made of it */
};

/* What was taken out of the flow and is kept as metadata. */
struct aside {
    const char *name; /* of the element: "src:pageHeader", "src:bookmark" */
    struct span text;
    struct origin origin;
};

struct lines {
    struct line *at;
    size_t count;
    struct mark *marks;
    size_t mark_count;
    struct aside *asides;
    size_t aside_count;
    const char *encoding; /* what the bytes were taken for; static storage */
    size_t undecodable;   /* characters replaced by U+FFFD */
    bool paged;           /* form feeds parted its pages */
    size_t typed_width;   /* of a text that was typed on a machine, or 0 */
    struct buf converted; /* the whole text, where the input was not UTF-8 */
    struct arena arena;   /* owns every text that the input does not */
};

struct line *lines_push(struct lines *lines);
/* Removes the lines that are gone; gaps before them go to the next one. */
void lines_compact(struct lines *lines);
bool lines_aside(struct lines *lines, const char *name, struct span text,
                 struct origin origin);
/* A mark of the line, which is written to what the line's text is put together
 * in; NULL where there are too many or memory ran out. */
struct mark *lines_add_mark(struct lines *lines, struct line *line,
                            struct buf *out, enum mark_type type);
/* Decodes the mark at byte `*at` of `text` and steps behind it; NULL where
 * there is none. */
struct mark *lines_mark(const struct lines *lines, struct span text,
                        size_t *at);
/* Whether a mark is all there is: a picture. */
bool lines_is_mark(const struct lines *lines, struct span text);
/* One line made of two, the second's text after `between`; false where memory
 * ran out. */
bool lines_join(struct lines *lines, struct line *first, struct line *second,
                const char *between);
/* Whether the text ends in a full stop, colon, semicolon or the like, closing
 * quotes and brackets left aside. */
bool lines_ends_sentence(struct span text);
/* "...; and" before the last item of a list. */
bool lines_announce_item(struct span text);
/* Whether one ends inside and another begins behind it: "at 9.30. The". */
bool lines_has_sentence(struct span text);
/* Whether `sign` is its last, spaces and marks of direction left aside. */
bool lines_ends_in(struct span text, const char *sign);
bool lines_ends_in_colon(struct span text);
bool lines_ends_in_semicolon(struct span text);
bool lines_has_comma(struct span text);
/* "SG12; WHO": what is counted up. */
bool lines_has_semicolon(struct span text);
bool lines_begins_with_colon(struct span text);
/* ... a comma of any script. */
bool lines_ends_in_comma(struct span text);
/* "www.example.org/tides", with nothing beside it; or also "tides@example.org".
 */
bool lines_is_site(struct span text);
bool lines_is_address(struct span text);
/* The last character; 0 where there is none. */
int32_t lines_last(struct span text);
/* The next code point that is no space of any width; 0 at the end. */
int32_t lines_next_shown(struct span text, int32_t *at);
/* Whether it is written without spaces between words. */
bool lines_is_wide(int32_t c);
/* Whether a few Han and a colon stand before other text: "时间：". */
bool lines_has_label(struct span text);
/* "（1998-2003-2012年）". */
bool lines_is_bracketed(struct span text);
/* ... in brackets of any kind. */
bool lines_is_enclosed(struct span text);
/* A word that was broken ends in it on the first of its lines. */
enum { SOFT_HYPHEN = 0xAD };
/* What parts the words of two lines that are one: a space, or nothing. */
const char *lines_between(struct span first, struct span second);
/* Columns that a terminal would need: Han characters count twice. */
size_t lines_width(struct span text);
/* Whether the text is drawn only: "_____", "* * *". */
bool lines_is_rule(struct span text);
/* ". . .", "[...]", alone on its line: something was left out there. */
bool lines_is_omission(struct span text);
/* Parts a line of two columns; false where there are more or fewer. */
bool lines_split(struct span text, struct span columns[2]);
/* Parts a line behind the first of its columns, however many there are. */
bool lines_split_first(struct span text, struct span columns[2]);
/* Parts a line before the last of its columns. */
bool lines_split_last(struct span text, struct span columns[2]);
/* Whether it has a blank to fill in: "Name: ______", "Yes □". */
bool lines_has_blank(struct span text);
bool lines_has_digit(struct span text);
/* "A84/VR/7", or "GE.31-50888": what a document is called, or its printing. */
bool lines_is_symbol(struct span text);
/* An e-mail address or a URL, whole or broken. */
bool lines_has_address(struct span text);
/* The number that the text begins with, of at most four digits; `*len` is set to
 * how many they are. */
unsigned lines_number(struct span text, size_t *len);
/* The same where a TAB stands behind it; else 0. */
unsigned lines_row_number(struct span text);
/* "9.30", "9 h 30", "0930-1045" before anything else. */
bool lines_begins_with_hours(struct span text);
/* The first of lines `from` to `to` - 1, each with a line end, up to about `max`
 * bytes; no character is cut, and runs of blanks and signs are one. They stand
 * in `out`, alone. */
struct span lines_sample(struct buf *out, const struct lines *lines,
                         size_t from, size_t to, size_t max);
/* Gives back the lines; what was taken out of the flow stays. */
void lines_drop(struct lines *lines);
void lines_free(struct lines *lines);

#endif
