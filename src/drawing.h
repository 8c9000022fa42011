/* What the files share that find drawn tables: drawn.c those with lines of
 * dashes or bars, tabbed.c and spaced.c those whose columns only TABs or spaces
 * part, which parted.c tells by what their rows hold; columns.c knows where
 * columns stand, cells.c makes cells of them. */
#ifndef CLAUSIER_DRAWING_H
#define CLAUSIER_DRAWING_H

#include "drawn.h"

enum { COLUMNS_MAX = 32, RULER_MIN = 3 };

enum {
    SPACED_WIDTH_MAX = 240, /* of a screen */
    ROWS_MIN = 3,
    NUMBERED_COLUMNS_MIN = 3,
    SUBJECT_COLUMNS = 2, /* "Subjects" and "Documents" */
    DATED_COLUMNS = 2,   /* "Date" and "Action" */
    GAP_AFTER_NUMBER = 2,
    GAP_MIN = 3
};

/* "------ ---" as columns of a screen, from 0; one without a gap has one. Where
 * a sign parts the columns, a bar or a TAB, there are only so many. */
struct columns {
    size_t starts[COLUMNS_MAX];
    size_t count;
    char sign; /* or 0 */
    bool open; /* the sign stands between cells only, with blanks around it */
};

/* What parts the columns, and the rows. */
enum form {
    FORM_RULED,
    FORM_NUMBERED,
    FORM_BARRED,
    FORM_OPEN,
    FORM_SLASHED,
    FORM_SPACED,
    FORM_TABBED,
    FORM_TIMED,
    FORM_PROGRAMME,
    FORM_PLAIN,
    FORM_UNEVEN,
    FORMS
};

/* Lines `begin` to `end` - 1; the ruler that parts the columns stands at
 * `ruler`, the rows below it end before `rows_end`. */
struct table {
    enum form form;
    struct columns columns;
    size_t begin, ruler, rows_end, end;
    bool ruled; /* drawn lines part the rows that bars part into cells */
    bool led;   /* the TAB before each row parts nothing */
    bool goes_on; /* lines below go on with the last cell */
};

struct drawing {
    struct lines *lines;
    struct scanner *scanner;
    struct folded folded;
    struct line *out; /* the lines with cells, if there are any */
    size_t count;
    unsigned gap;    /* before the next row */
    size_t run_end;  /* of lines whose columns spaces part, as far as read */
    unsigned run_tries; /* to begin a table in that run */
    struct buf text; /* of a cell */
    bool failed;
};

/* ---- columns.c ----------------------------------------------------------------- */

/* "------ ---"; false where the text is something else. */
bool columns_read_ruler(struct span text, struct columns *columns);
bool columns_is_ruler(const struct line *line);
/* Where each cell of a line begins: bytes, the line's length last. False where
 * a text reaches from one column into the next. */
bool columns_read(struct span text, const struct columns *columns,
                  size_t starts[COLUMNS_MAX + 1]);
/* The text in column `k` of a line that was read. */
struct span columns_cell(const struct columns *columns, struct span text,
                         const size_t *starts, size_t k);
bool columns_fit(const struct line *line, const struct columns *columns);

/* Marks the columns of the screen that the text uses; false where it has more
 * than a screen has. */
bool columns_use(bool used[SPACED_WIDTH_MAX], struct span text);
/* A column begins behind `gap` spaces that all lines have in the same place.
 * False where there are fewer than `least`. */
bool columns_find(const bool used[SPACED_WIDTH_MAX], struct columns *columns,
                  size_t least, size_t gap);

size_t columns_count_cells(const struct line *line,
                           const struct columns *columns);
/* Whether the line has a text in each of the columns. */
bool columns_are_full(const struct line *line, const struct columns *columns);
/* ... or marks in some of them, behind the first: "Access     X         X". */
bool columns_are_marked(const struct line *line, const struct columns *columns);
/* "1   Scope      3": contents have a page in the last column. */
bool columns_end_in_page(const struct line *line,
                         const struct columns *columns);
bool columns_have_colon(const struct line *line, const struct columns *columns);
size_t columns_count_tabs(struct span text);
/* Whether the sign that parts the columns stands there. */
bool columns_part_at(const struct columns *columns, struct span text,
                     size_t at);

/* ---- drawn.c ---------------------------------------------------------------------- */

struct span drawn_shown(const struct line *line);
/* "+----+===+" or "|----|:--:|". */
bool drawn_is_bar_ruler(const struct line *line);
/* The bars of a line that begins and ends with one; else 0. */
size_t drawn_count_bars(const struct line *line);
/* "---|---", below a head without bars at its ends. */
bool drawn_is_open_ruler(const struct line *line);
size_t drawn_count_signs(const struct columns *columns, struct span text);

/* ---- tabbed.c, spaced.c: tables that begin at line `i` -------------------------------- */

/* Lines before `*next` have been looked at in vain. */
bool tabbed_find_numbered(const struct lines *lines, size_t i, struct table *t,
                          size_t *next);
bool tabbed_find_timed(const struct lines *lines, size_t i, struct table *t,
                       size_t *next);
bool tabbed_find_plain(struct drawing *p, size_t i, struct table *t,
                       size_t *next);
bool tabbed_find_uneven(struct drawing *p, size_t i, struct table *t,
                        size_t *next);

/* Indented below a row, and no row itself: its last cell goes on. */
bool tabbed_goes_on(const struct line *line);

bool spaced_find_numbered(const struct lines *lines, size_t i, struct table *t,
                          size_t *next);
bool spaced_find_plain(struct drawing *p, size_t i, struct table *t,
                       size_t *next);
bool spaced_find_programme(const struct lines *lines, size_t i, struct table *t,
                           size_t *next);

/* ---- parted.c ---------------------------------------------------------------------- */

/* "09:30-09:45", "9 h 30", "9.30". */
bool parted_is_hours(struct span text);
/* ... which is no number of a clause. */
bool parted_is_when(struct span text);
/* Whether rows of two columns are numbered subjects and their documents; they
 * end where the numbers do not go on. */
bool parted_are_subjects(const struct lines *lines, struct table *t);
/* "1 April 2031" and "Opening", or the other way round: two days and more, and
 * what is then, below "Date" and "Action" perhaps. */
bool parted_are_dated(struct drawing *p, const struct table *t);
/* "Group", "Meeting" and "Opening" above one row, on line `only`, with a day or
 * hours in it. */
bool parted_are_headed(struct drawing *p, const struct table *t, size_t only);
/* Whether a line that ends in a colon leads to whole rows, whose first cells
 * are no labels of items. */
bool parted_are_announced(const struct lines *lines, const struct table *t);
/* Whether the first lines of a text name two houses side by side, or one in two
 * languages: no field is among them. */
bool parted_is_letterhead(struct drawing *p, const struct table *t);
/* Whether the caption of a table stands above line `i`. */
bool parted_is_below_caption(struct drawing *p, size_t i);

/* ---- cells.c ------------------------------------------------------------------------- */

/* Puts out the lines from `done` on that stand above the table, and its cells.
 */
void cells_take(struct drawing *p, const struct table *t, size_t done);
void cells_put_line(struct drawing *p, struct line line);

#endif
