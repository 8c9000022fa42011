/* What the files of the parser share: parse.c runs the loop, wrap.c joins
 * broken lines, preface.c takes header fields, block.c makes paragraphs,
 * tables and contents. */
#ifndef CLAUSIER_PARSER_H
#define CLAUSIER_PARSER_H

#include <unicode/ubrk.h>

#include "grammar.h"
#include "lines.h"
#include "tree.h"

enum { STACK_MAX = 48, LIST_DEPTH_MAX = 12 };

enum region { REGION_PREFACE, REGION_BODY, REGION_CONCLUSIONS, REGION_TITLES };

enum frame_type { FRAME_PART, FRAME_SECTION, FRAME_LIST, FRAME_ITEM };

/* An open element. Invariants: frame 0 is the part; sections stand below
 * lists and items; a list holds nothing but items. */
struct frame {
    enum frame_type type;
    xmlNodePtr node;
    xmlNodePtr blocks;       /* where the paragraphs of a section go */
    const struct rule *rule; /* NULL for a heading that no rule knows */
    struct number number;    /* of the section, of the list's last item */
    struct span label;
    int level;               /* of a section */
    bool definitions;        /* a section with terms and definitions */
    bool bare;               /* an item that reads like a heading */
    unsigned extra;          /* paragraphs of an item after the first */
    unsigned model;          /* most `extra` of the items of a list so far */
    xmlNodePtr first;        /* block made of the line with the label */
    struct origin first_origin;
    struct origin origin;    /* of all that was put in so far */
};

struct parser {
    struct lines *lines;
    struct scanner *scanner;
    struct tree *tree;
    struct diag *diag;
    clausier_explain *explain;
    void *explain_user;

    size_t at; /* index of the line being read */
    struct line *line;
    struct folded folded;
    enum region region;
    UBreakIterator *words; /* opened when first wanted */
    size_t wrap_width; /* of a text broken at a fixed width, or 0 */

    xmlNodePtr doc, preface, body, conclusions, attachments;
    struct span part_label; /* of the attachment: "A", "1"; empty in the body */
    struct frame stack[STACK_MAX];
    size_t depth;
    bool after_colon;  /* the block before ended in a colon */
    bool after_end;    /* ... or with the end of a sentence, or was a heading */
    bool after_heading;
    bool bare_seen[2]; /* headings of the part without rule: capitals, others */

    size_t header_end;       /* index behind the last line of a header table */
    xmlNodePtr field;        /* open header field */
    const struct rule *field_rule;
    bool field_has_value;
    xmlNodePtr field_list;
    xmlNodePtr label_block;  /* p with a label that waits for its value */
    xmlNodePtr caption;      /* p that may become the caption of a table */
    xmlNodePtr signature;    /* open signature */
    struct origin signature_origin;
    bool after_enclosure;
};

/* wrap.c */
unsigned wrap_classify(struct parser *p, struct line *line);
bool wrap_has(struct parser *p, struct line *line, enum kind kind);
void wrap_measure(struct parser *p);
/* Joins to line `at` the lines that go on with it, and puts the result into
 * p->line and p->folded. */
void wrap_gather(struct parser *p, size_t at);
/* The next line after `at` that is still there, or NULL. */
struct line *wrap_next(struct parser *p, size_t at);

/* block.c */
xmlNodePtr block_paragraph(struct parser *p, xmlNodePtr parent,
                           struct span text, const char *class);
/* The same without its text. */
xmlNodePtr block_empty(struct parser *p, xmlNodePtr parent, const char *class);
void block_text(struct parser *p, xmlNodePtr parent, struct span text);
void block_labelled(struct parser *p, xmlNodePtr block,
                    const struct finding *finding, enum capture rest,
                    const char *wrapper);
/* Takes the table or the contents that begin at the current line; moves p->at
 * to the last line taken. */
bool block_is_table(const struct parser *p);
void block_table(struct parser *p, xmlNodePtr parent);
/* `titled` says that a heading has announced the contents. */
bool block_toc(struct parser *p, xmlNodePtr parent, bool titled);

/* preface.c */
size_t preface_end(struct parser *p);
void preface_line(struct parser *p);
void preface_close_field(struct parser *p);
xmlNodePtr preface_of(struct parser *p);
bool preface_is_title(const struct parser *p, const struct line *line);

/* parse.c */
void parse_explain(struct parser *p, const char *kind, const char *name,
                   const struct finding *finding);

#endif
