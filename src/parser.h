/* What the files of the parser share. parse.c runs the loop; stack.c holds what
 * is open; look.c asks what kind of line a line is, width.c where lines were
 * broken, wrap.c joins them; label.c decides what a label is, label_lone.c
 * where it stands alone, chapter.c which letters begin chapters, series.c which
 * words annexes and listed.c what only names them, section_fit.c whether it
 * goes on with the sections that are open; section.c and list.c open what a
 * label belongs to; heading.c, preface.c, addressed.c, part.c,
 * decision.c, proposal.c, conclusion.c, enclosed.c, signature.c and letter.c
 * take what has no label; block.c makes text, tables, contents. */
#ifndef CLAUSIER_PARSER_H
#define CLAUSIER_PARSER_H

#include <unicode/ubrk.h>

#include "grammar.h"
#include "lines.h"
#include "draft.h"

enum { STACK_MAX = 48, LIST_DEPTH_MAX = 12 };

/* Rows of tables are shorter; the limit keeps looks ahead cheap. */
enum { ROW_LINES_MAX = 64 };

enum region { REGION_PREFACE, REGION_BODY, REGION_CONCLUSIONS, REGION_TITLES };

enum frame_type { FRAME_PART, FRAME_SECTION, FRAME_LIST, FRAME_ITEM };

/* An open element. Invariants: frame 0 is the part; sections stand below
 * lists and items; a list holds nothing but items. */
struct frame {
    enum frame_type type;
    struct node *node;
    struct node *blocks;     /* where the paragraphs of a section go */
    const struct rule *rule; /* NULL for a heading that no rule knows */
    struct number number;    /* of the section, of the list's last item */
    struct span label;
    bool firm;               /* a TAB stands behind it */
    unsigned indent;         /* of its first line */
    int level;               /* of a section */
    bool lettered;           /* a chapter that is a paragraph below a heading */
    bool anew;               /* "1", "2" in a clause "3.1" */
    bool clauses;            /* a heading without rule, which clauses follow */
    int holds; /* ... the least level of clauses that stay in it, or 0 */
    bool asked, goes_on; /* of a chapter: whether its next one comes later */
    bool groups;             /* a heading that others stand right below */
    bool definitions;        /* a section with terms and definitions */
    bool bare;               /* an item that reads like a heading */
    bool notes;              /* a list of such notes */
    unsigned extra;          /* paragraphs of an item after the first */
    unsigned quotes; /* quotations that an item has opened, not closed */
    unsigned model;          /* most `extra` of the items of a list so far */
    struct node *first;      /* block made of the line with the label */
    struct origin first_origin;
    struct origin origin;    /* of all that was put in so far */
};

/* What has been read of the enclosure mark: none of it, a mark that says how
 * many there are, one that says what they are, or begins to, or one below which
 * they are listed. */
enum enclosures {
    ENCLOSURES_NONE, ENCLOSURES_COUNTED, ENCLOSURES_SAID, ENCLOSURES_BEGUN,
    ENCLOSURES_LISTED
};

enum { STACKED_MAX = 8, CHAPTERS_MAX = 4 };

/* The last section of a kind that others stand in. */
struct chapter {
    const struct rule *rule;
    struct number number;
};

/* The numbers that those to come may go on from. */
struct numbering {
    struct number clause, article, query;
};

/* What the part that is open has had so far; each begins anew. */
struct open_part {
    struct span label; /* of the attachment: "A", "1"; empty in the body */
    struct numbering last;
    struct chapter chapters[CHAPTERS_MAX];
    bool roster;       /* the part or section lists people */
    bool all_roster;   /* ... and so does all that stands in the part */
    bool decides;      /* it opens or gives reasons as decisions do */
    bool apart;        /* a decision behind the annex of another */
    bool underlined;   /* a line is drawn below its meeting, place and date */
    bool in_chapters;  /* there are headings without rule in them */
    bool anew;         /* some clauses "3.1" have had "1", "2" in them */
    bool bare_seen[2]; /* headings without rule: capitals, others */
    bool in_capitals;  /* others stand in those in capitals */
    struct span word;  /* that such headings are counted with: "Example" */
    unsigned counted;  /* the last of them, or 0 */
    unsigned listed;   /* annexes that may have been named in a list */
    bool spaced;       /* numbers of clauses stand apart from their texts */
    bool headings; /* have numbers of their own beside those of paragraphs */
};

/* The block before. */
struct before {
    unsigned indent;
    bool colon; /* it ended in a colon */
    bool end;   /* ... or with the end of a sentence, or was a heading */
    bool heading;
    bool address; /* it is that of a site or a mailbox */
    bool value;   /* ... what a label is for: "Rapporteur: Ms A. Example" */
    bool stop;    /* with a full stop */
    bool rule;    /* behind a drawn line, where footnotes may stand */
    const struct line *notes; /* says that notes follow, each with a number */
};

/* The fields of the header. */
struct open_header {
    size_t end;              /* index behind the last line of a table of them */
    bool letterhead;         /* no words tell fields from titles, and there are
                                more lines than a title has */
    struct node *field;      /* the open one */
    const struct rule *rule; /* for it */
    bool has_value;
    struct node *list;
    struct node *label; /* p with a label that waits for its value */
    bool value_empty;   /* ... whose cell is empty */
    bool in_cell;       /* the line being read */
    bool in_box;        /* ... in which a label stands above its text */
    bool person; /* the field is the address of one who gets the letter */
    /* Labels stacked in one cell, whose values come in the same order, with
     * blank lines between the same groups. */
    struct {
        const struct rule *rule;
        bool group;
    } stacked[STACKED_MAX];
    bool stacked_in_cell;
    size_t stacked_count, stacked_filled;
    size_t stacked_further; /* lines that the first one still takes */
    bool stacked_counted;   /* ... and each other one has its line */
};

/* Those who sign. */
struct signing {
    bool done;          /* "Done at Geneva": they stand below */
    bool party;         /* for whom the next one signs stands above */
    struct node *block; /* of the one that is open */
    unsigned count;     /* so far */
    unsigned beside;    /* the first of two side by side, or 0 */
    bool addressed;     /* the last line is of whom a note goes to */
    struct origin origin;
    struct origin last; /* of the last name or office */
    bool in_cell;       /* which stands behind a TAB */
    bool house;         /* which is but the house of an office */
};

struct parser {
    struct lines *lines;
    struct scanner *scanner;
    struct draft *draft;
    struct diag *diag;
    clausier_explain *explain;
    void *explain_user;

    size_t at; /* index of the line being read */
    struct line *line;
    struct span column;    /* behind the part of the line that is being read */
    bool in_column;        /* ... which is that one now */
    unsigned column_at;    /* ... and stands there on the page */
    const struct rule *column_rule; /* of the list that stands there */
    const struct rule *beside_rule; /* of the last field beside it */
    struct folded folded;  /* the line, ready for matching */
    struct folded looked;  /* the other line that was looked at last */
    enum region region;
    size_t preface_end;    /* index behind the header, of an annex perhaps */
    UBreakIterator *words; /* opened when first wanted */
    size_t wrap_width; /* of a text broken at a fixed width, or 0 */
    size_t widest;     /* of its lines, where none is a whole paragraph, or 0 */
    bool wrap_inside;  /* ... as only lines show that end inside a sentence */
    size_t named_looked; /* lines that were looked at for what contents name */

    struct node *doc, *preface, *body, *conclusions, *attachments;
    const char *version;    /* language of the version, where it is not the first */
    struct open_part part;
    bool decided; /* a part before it decides */
    struct frame stack[STACK_MAX];
    size_t depth;
    struct before before;
    struct {
        size_t depth;  /* of the stack with the proposal on top; 0: none */
        bool reasons;  /* are given: what comes next stands outside it */
        bool quote;    /* none, but a decision that a clause quotes */
        bool decides;  /* the part around the quote does */
        bool listed;   /* its clauses end in semicolons, but for the last */
        unsigned marks;        /* quotation marks in it that are open, or 0 */
        bool over;             /* the last of them was closed */
        struct numbering last; /* outside, or inside, of it */
    } proposal;
    size_t last_proposal; /* index of its mark, where those of the document are
                             numbered */

    struct open_header header;
    size_t salutation;    /* index of one that only its look tells; or 0 */
    struct node *caption; /* p that may become the caption of a table */
    struct signing signing;
    enum enclosures enclosures;
    bool enclosed;                  /* their mark has been read */
    bool schedules;                 /* ... which are called so below it */
    bool named;                     /* what it named has begun below it */
    const struct rule *circulation; /* of the list that names who gets copies */
};

/* How well a label fits what is open, in rising order. */
enum fit { FIT_NONE, FIT_ODD, FIT_JUMP, FIT_START, FIT_NEXT };

/* A rule that could take the line, and its label. */
struct candidate {
    struct finding finding;
    struct number number;
    enum fit fit;
    struct span before; /* the label that it was compared with */
};

/* stack.c */
struct frame *stack_top(struct parser *p);
struct frame *stack_push(struct parser *p, enum frame_type type,
                         struct node *node);
void stack_pop(struct parser *p);
void stack_pop_to(struct parser *p, size_t depth);
void stack_pop_lists(struct parser *p);
/* Closes all but the part, or the proposal in it. */
void stack_pop_sections(struct parser *p);
void stack_extend(struct origin *origin, struct origin by);
/* The element that the next paragraph of the frame goes into. */
struct node *stack_blocks(struct parser *p, struct frame *frame);
/* An empty p for the current line in what is open. */
struct node *stack_add_block(struct parser *p, const char *class);

/* look.c */
/* The kinds of rules that take the line, as bits 1 << kind: of those that are
 * asked for, or all. */
unsigned look_kinds(struct parser *p, struct line *line, unsigned among);
unsigned look_classify(struct parser *p, struct line *line);
bool look_has(struct parser *p, struct line *line, enum kind kind);
/* What the first rule of the kind finds in the line, or the one with the name
 * where that is not NULL. `finding` may be NULL. */
bool look_find(struct parser *p, struct line *line, enum kind kind,
               const char *name, struct finding *finding);
/* Whether the line has the label of a field. */
bool look_has_label(struct parser *p, struct line *line);
/* The line as patterns see it, until another one is asked about; NULL where
 * memory ran out. */
const struct folded *look_folded(struct parser *p, const struct line *line);
/* The same in `folded`; false where memory ran out. */
bool look_fold(struct parser *p, struct folded *folded,
               const struct line *line);
/* The next line after `at` that is still there, or NULL. */
struct line *look_next(struct parser *p, size_t at);
/* The one below a line, or NULL. */
struct line *look_below(struct parser *p, const struct line *line);
/* The line that is shown above this one; this one where there is none. */
struct line *look_above(const struct parser *p, struct line *line);
/* The next one behind the current line, drawn lines left aside. */
struct line *look_next_text(struct parser *p);

/* width.c */
/* No text is broken at fewer columns. */
enum { WIDTH_MIN = 40 };

/* Sets p->wrap_width and p->widest. */
void width_measure(struct parser *p);
/* Whether a program that fills lines had to break between the two. */
bool width_was_full(const struct parser *p, const struct line *line,
                    const struct line *next);
/* Whether no line of the text is as wide as this one with the first word of the
 * next. */
bool width_is_widest(const struct parser *p, const struct line *line,
                     const struct line *next);
/* Or hardly any. */
bool width_is_wide(const struct parser *p, const struct line *line,
                   const struct line *next);
/* About how wide the text is in a font whose letters differ in width: in tenths
 * of the height of its letters. */
size_t width_on_page(struct span text);
/* Whether the line would be wider with the first word of the next one than the
 * `widest` of those that the paragraph has so far, or close to it. */
bool width_fills(const struct line *line, const struct line *next,
                 size_t widest);
/* Whether the paragraph on the line goes on for that reason. */
bool width_goes_on(struct parser *p, const struct line *line);

/* wrap.c */
/* Joins to line `at` the lines that go on with it, and puts the result into
 * p->line and p->folded. */
void wrap_gather(struct parser *p, size_t at);

/* label.c */
/* The section or item that the line's label opens; false where it is none. */
bool label_take(struct parser *p);
/* Whether a TAB or nothing stands behind the label: no number in a text. */
bool label_is_firm(const struct finding *finding);
/* "Section 401: Copies": a word before the number, and a sign behind it, as no
 * text has them. */
bool label_is_set_off(const struct finding *finding);
/* Whether a text can begin a sentence: no small letter, no digit. */
bool label_begins_high(struct span text);
/* Whether the line stands right below "Notes:". */
bool label_begins_notes(const struct parser *p);
/* "1." and "1" are two styles. */
bool label_same_style(struct span a, struct span b);
/* What stands behind the label. */
struct span label_text(const struct finding *finding);
/* The num of a section or item. */
void label_add_num(struct parser *p, struct node *node,
                   const struct finding *finding);

/* label_lone.c */
/* As label_take() for a label alone on its line and its text on the next. */
bool label_take_lone(struct parser *p);

/* label_number.c */
/* The number of the clause that begins on the line; it may stand alone there.
 */
bool label_number(struct parser *p, struct line *line, struct number *number);
/* "1320 Harbour Road", in an address: its number is that of no clause. */
bool label_is_of_house(struct parser *p, struct line *line);
/* The number of the item that begins on the line, and the rule for it; or
 * NULL. */
const struct rule *label_item(struct parser *p, struct line *line,
                              struct number *number);
/* Whether the text types "1.2" for the first clause below clause 2. */
bool label_are_turned(struct parser *p);

/* chapter.c */
/* Marks the lines that begin such a chapter. */
void chapter_mark(struct parser *p);
bool chapter_mark_named(struct parser *p, struct line *line);
/* Whether the rule takes marked lines only. */
bool chapter_is_rule(const struct rule *rule);

/* series.c */
/* Marks the lines that begin an annex, where no words tell. */
void series_mark(struct parser *p);
/* The same for "SCHEDULE", if the line is that: behind those who sign it is an
 * annex. */
bool series_mark_schedule(struct parser *p, struct line *line);
bool series_is_schedule(struct parser *p, const struct line *line);
/* ... and for all below the list of what is enclosed, if its label is the word.
 */
void series_mark_enclosed(struct parser *p, struct span label);
/* Whether the rule takes marked lines only. */
bool series_is_rule(const struct rule *rule);

/* letter.c */
/* Index of the salutation, where one stands above the body that begins at
 * `end`; else `end`. */
size_t letter_find_text(struct parser *p, size_t end);
bool letter_take(struct parser *p);

/* listed.c */
/* Marks the lines that are no structure, but name some; false where there are
 * none. */
bool listed_mark(struct parser *p);

/* section_fit.c */
enum fit section_fit(const struct parser *p, const struct finding *finding,
                     const struct number *number, struct span *before);
/* The level of "1" below "A.1", where it counts anew; or 0. */
int section_level_below_letter(const struct parser *parser,
                               const struct rule *rule,
                               const struct number *number);
/* The level of "1" on `line` below "3.1", where "3.2" comes further down, and
 * of what counts on from it; or 0. */
int section_level_anew(struct parser *p, struct line *line,
                       const struct rule *rule, const struct number *number);
/* Index of the heading without a number whose clauses have come to 2 at least,
 * where the number is 1 again: it is at an end; 0 where none is, or in an
 * article that counts its paragraphs. */
size_t section_heading_left(const struct parser *p, const struct rule *rule,
                            const struct number *number);

/* section.c */
void section_take(struct parser *p, const struct candidate *candidate);
struct frame *section_open(struct parser *p, const struct rule *rule,
                           int level);
/* "2.1" alone, with its text on the next line. */
bool section_is_lone_number(struct parser *p, struct line *line);
/* "A.	The lists below were published:", a chapter that is but a paragraph. */
bool section_begins_letters(struct parser *p, struct line *line);
/* Whether the rule takes chapters, whose number stands above those of clauses.
 */
bool section_is_chapter(const struct rule *rule);
/* The questions of a form count for themselves, whatever clauses they stand in.
 */
bool section_is_query(const struct rule *rule);
/* Articles count for themselves, and the paragraphs of each one, too. */
bool section_is_article(const struct rule *rule);
/* Whether a numbered section is open. */
bool section_is_open(const struct parser *p);
/* Whether the line has the number that follows that of the last clause, which
 * is a paragraph without a heading. */
bool section_goes_on(struct parser *p, struct line *line);

/* list.c */
enum fit list_fit(const struct parser *p, const struct finding *finding,
                  const struct number *number, struct span *before);
/* Whether the item that is open is not the last of its list. */
bool list_is_open(struct parser *p);
/* Whether a list that is counted so is open: （一）, say, and "1." below it. */
bool list_counts(const struct parser *p, enum count count);
/* In a language without a grammar: a list that goes by circled numbers, or by
 * signs that stand further out, may have numbers below it. */
bool list_is_outline(const struct parser *p);
void list_take_item(struct parser *p, const struct candidate *candidate);
/* "(1)" behind the number of a clause, where "(2)" follows further down. */
bool list_take_first(struct parser *p, struct span text);
bool list_take_bullet(struct parser *p, const struct finding *finding);
/* "☐ Yes  ☐ No": cuts off what stands behind the first answer, `next`; false
 * where nothing does. */
bool boxes_part(struct finding *box, struct finding *next);
/* Closes the lists that the paragraph or note to come does not belong to. */
void list_place(struct parser *p, bool note);

/* heading.c */
/* Whether the line is the title of what stands in the heading above it. */
bool heading_is_titled_below(struct parser *p);
bool heading_take(struct parser *p);
/* The title of a part or the heading of a section: all headings below it, and
 * what there cannot be one, depend on it. */
void heading_write(struct parser *p, struct node *parent, const char *name,
                   struct span title);
/* Whether an actor's task, such as "Members are invited", may be a heading. */
bool heading_may_be(const struct parser *p, const struct line *line);
void heading_add(struct parser *p, const struct rule *rule, int level);
bool heading_is_capitals(struct span text);
/* "BACKGROUND:": behind a numeral a title, for all its colon. */
bool heading_is_announced(struct span text);
bool heading_is_topic(struct parser *p, struct line *line);
/* "Chairman: Ms A. Example", but not "Programme 1: Tides". */
bool heading_is_label_and_value(struct span text);
/* Whether the first word is one of a preamble: "Recalling". */
bool heading_begins_preamble(struct parser *p, struct span text);
/* "Authorizing the group to act" below the number of a resolution, and its
 * opening not far below: its title. */
bool heading_titles_decision(struct parser *p, struct line *line);
/* The subject that a letter gives below its salutation. */
bool heading_take_subject(struct parser *p);
bool heading_is_title(struct parser *p);
void heading_take_title(struct parser *p);

/* heading_level.c */
/* How far below a heading its clauses are looked for. */
enum { CLAUSE_LINES_MAX = 64 };
/* Levels of headings that no rule knows: in a clause, and of a day. */
enum { BARE_LEVEL = 40, DAY_LEVEL = 42 };
/* `groups`: others stand right below it. */
void heading_add_bare(struct parser *p, bool groups);
/* The level of a heading that a rule knows. */
int heading_level_beside(struct parser *p, const struct rule *rule);
/* Whether clause 1 follows the line at once; or the one that goes on with the
 * count. */
bool heading_heads_first(struct parser *p);
/* A title in brackets right above its article. */
bool heading_is_bracket(struct parser *p);
bool heading_heads_next(struct parser *p);
/* The level of the clause in a clause that follows at once, or 0. */
int heading_next_level(struct parser *p);

/* heading_numbered.c */
/* A heading with a number that is none of the paragraphs'. */
bool heading_take_numbered(struct parser *p);

/* heading_bare.c */
enum { BARE_WIDTH_MAX = 80, LIKE_WIDTH_MAX = 64, TITLE_WORDS_WIDTH = 44 };
bool heading_is_bare(struct parser *p);
/* Text as any other: "The Chairman welcomed them." begins as a signature does.
 */
bool heading_is_text(struct parser *p, struct line *line);
/* The first line of a paragraph, as it stands before its lines are joined; what
 * Han characters say takes less of it. */
bool heading_is_long_text(struct parser *p, const struct line *line);
/* Whether it stands beside headings in capitals, or below a day. */
bool heading_is_beside_others(const struct parser *p);
bool heading_is_word_of_box(struct parser *p);

/* heading_otherwise.c */
/* Whether the line looks as no heading does. */
bool heading_looks_otherwise(struct parser *p);
/* Whether it is something else that is as short; or that is in capitals. */
bool heading_is_something_else(struct parser *p, struct line *next);
bool heading_is_else_in_capitals(struct parser *p, struct line *next);

/* heading_group.c */
/* A few words set apart, and below them a paragraph. */
bool heading_heads_paragraph(struct parser *p, struct line *line);
/* One of two bare headings in a row: the first, which holds the other. */
bool heading_is_group(struct parser *p);
/* "Example 1", where "Example 2" follows further down, or that one. */
bool heading_is_counted(struct parser *p);
/* "Example 1: Tides", above "Example 2: Waves" further down. */
bool heading_is_first_counted(struct parser *p, struct line *line);

/* decision.c */
/* Whether another decision begins with its number on the line. */
bool decision_begins(struct parser *p, struct line *line);
/* Whether the line is the opening of one. */
bool decision_opens(struct parser *p, struct line *line);
/* Whether the opening on the line stands below the heading of a section, or in
 * a clause, where the decision goes. */
bool decision_has_place(struct parser *p);
/* The title of a decision behind others, or in a text that quotes some. */
bool decision_take_title(struct parser *p);
/* An article in quotation marks, which a clause is to put into another text. */
bool decision_take_article(struct parser *p);
/* Reads the quotation marks of the line; closes a decision that they ended
 * above. */
void decision_read_marks(struct parser *p);

/* proposal.c */
/* Whether the line is the mark of a proposal. */
bool proposal_begins(struct parser *p, struct line *line);
/* Whether no other one follows in the part. */
bool proposal_is_only(struct parser *p, struct line *line);
bool proposal_take(struct parser *p);
bool proposal_take_reasons(struct parser *p, const struct finding *finding);
/* Index of the first frame whose numbers those of the next clause may go on
 * from. */
size_t proposal_base(const struct parser *p);
void proposal_close(struct parser *p);
/* ... if the reasons for it were given. */
void proposal_close_given(struct parser *p);
/* Whether a decision that begins here is one that the clause quotes, which
 * ended in a colon; from there on its clauses stand in that one. */
bool proposal_is_quote(const struct parser *p);
/* Whether it names an article or a chapter. */
bool proposal_is_division(const struct rule *rule);
void proposal_open_quote(struct parser *p);
/* ... if the clause on the line goes on from the one around it. */
void proposal_leave_for_clause(struct parser *p);
/* Its frame was popped. */
void proposal_left(struct parser *p);
/* The annex on the line is one of the text that is to change. */
bool proposal_take_annex(struct parser *p, const struct finding *f);
/* Whether it has sections already, behind which no title may stand. */
bool proposal_is_begun(const struct parser *p);

/* cover.c */
/* Joins the lines of a title that a cover breaks, and marks those of a name. */
void cover_join(struct parser *p);

/* back.c */
/* The bibliography or the list of series behind the annexes begins. */
bool back_take(struct parser *p);

/* part_listed.c */
/* Whether it is in a list of what is enclosed, or of what a text has; the mark
 * that begins such a list; or a mark with no text to attach. */
bool part_is_listed(struct parser *p, const struct finding *finding);
bool part_is_mark(struct parser *p, const struct finding *finding);
bool part_names_no_text(struct parser *p, const struct finding *finding);

/* part.c */
bool part_take(struct parser *p);
/* The heading of an annex, in a table perhaps. */
bool part_find(struct parser *p, struct line *line, struct finding *finding);
bool part_is_in_table(struct parser *p, const struct line *line);
/* ... of the one called `num`, or of any where `rule` is NULL, and in none. */
bool part_names(struct parser *p, struct line *line, const struct rule *rule,
                struct span num);
/* Whether the line is the heading of an annex. */
bool part_begins(struct parser *p, struct line *line);
/* "Attachment: Form" right below "Reference: Circular 17" of a header. */
bool part_is_among_fields(struct parser *p, struct line *line);
bool part_take_title(struct parser *p);
/* A further version of the document begins. */
void part_open_version(struct parser *p);
/* A decision that is of its own, behind the annex of the one before, begins
 * with its title on the line. */
void part_open_decision(struct parser *p);
/* What stands behind the annexes, and is none, begins with its title on the
 * line. */
void part_open_matter(struct parser *p);
void part_open(struct parser *p, const struct rule *rule, struct span label);

/* signature.c */
enum { SIGNATORY_WIDTH_MAX = 100 };

/* Whether what stands below a signature begins there: enclosures, annexes, or
 * who gets copies. */
bool signature_ends(struct parser *p, struct line *line);
/* "The Secretary:    The Chairman:", above their names. */
bool signature_heads_two(struct parser *p);
/* "A.B. Example". */
bool signature_has_initial(struct span text);
bool signature_is_office(struct parser *p, struct span text);
/* "Head of office          A.B. Example". */
bool signature_puts_office_first(struct parser *p, struct span text);
/* How wide it is without the gap between the two. */
size_t signature_width(struct span text);

/* "(Signed)" is no name, but "(A. Example)" is one. */
bool signature_is_aside(struct span text);

/* The line as names and offices of those who sign, if it is. */
bool signature_take(struct parser *p);

/* conclusion.c */
/* The conclusions of the document, made where there are none. */
struct node *conclusion_element(struct parser *p);
bool conclusion_is_date(struct parser *p, struct line *line);
void conclusion_line(struct parser *p);
/* Begins with a line that only its place tells. */
void conclusion_open(struct parser *p);
bool conclusion_take_closing(struct parser *p, const struct finding *finding);
/* Whether the line is the name of the one who signs an annex, at its end. */
bool conclusion_signs_annex(struct parser *p, struct line *line);
bool conclusion_take_signature(struct parser *p);
bool conclusion_is_below(struct parser *p);
bool conclusion_take_enclosure(struct parser *p);
/* Whether the line is one of the list that the mark of the enclosures begins,
 * or counts: "1. Titles of the texts". */
bool conclusion_is_enclosure(struct parser *p);

/* enclosed.c */
/* Begins an annex whose heading is missing. */
/* Whether another text begins behind those who sign. */
bool enclosed_begins_text(struct parser *p, struct line *line);
bool enclosed_take(struct parser *p);
/* ... the next enclosure that the list of them has named. */
bool enclosed_take_named(struct parser *p);

/* header.c */
/* Index of the first line of the body; sets p->header_end. */
size_t header_find_end(struct parser *p);
/* The same for a document that stands in the annex whose mark is on the current
 * line; 0 where none has a header of its own there. */
size_t header_find_annexed(struct parser *p);

/* header_body.c */
/* A sentence that is no wider may go on with the one before. */
enum { SHORT_WIDTH_MAX = 30 };
/* Whether the line says which item of an agenda a paper is for. */
bool header_is_agenda_item(struct parser *p, struct line *line);
/* Whether the line is one that can only stand behind a header: a clause, a
 * heading, contents. */
bool header_begins_body(struct parser *p, struct line *line);
/* A topic with its text or its list. */
bool header_is_opening_topic(struct parser *p, size_t at);
/* "The meeting agreed:" and a list. */
bool header_announces_list(struct parser *p, size_t at);
/* "1) Clause 3" and, a few lines below, "2)"; below `titles` alone the first
 * needs no second. */
bool header_begins_list(struct parser *p, size_t at, bool titles);
/* Two rows without labels, one of them of `columns` cells at least. */
bool header_begins_table(const struct parser *p, size_t at, unsigned columns);
/* A row that begins with an hour, or the day above it. */
bool header_begins_programme(const struct parser *p, size_t at);
/* "Subject", "Conclusions", and below them rows from 1 on. */
bool header_begins_conclusions(struct parser *p, size_t at);
bool header_is_table_caption(struct parser *p, size_t at);
/* Whether the line stands right below the one before; no cell does. */
bool header_is_close(const struct parser *p, size_t at);
/* Index behind the paragraph that begins with line `at`, if it is a long one;
 * else `at`. */
size_t header_long_end(struct parser *p, size_t at);
bool header_is_long(struct parser *p, size_t at);
/* A sentence that its place tells from what a field goes on with: below the
 * table of the header, set apart, behind a contact where the header ends at
 * `header`, behind a list of those addressed. */
bool header_is_text_below(const struct line *line);
bool header_is_text_alone(const struct line *line);
bool header_is_text_behind_contact(struct parser *p, size_t header, size_t at);
bool header_is_text_behind_list(struct parser *p, struct line *line);
/* A heading without a number, right above its text; or the first of two. */
bool header_is_heading_alone(const struct parser *p, size_t at);
bool header_is_first_of_headings(struct parser *p, size_t at);
bool header_is_first_of_bare(struct parser *p, size_t at);
/* "MEMBERSHIP" right above an article, and another such line above a later one.
 */
bool header_is_first_of_chapters(struct parser *p, size_t at);
/* "Action required" stands above, and by whom on the line. */
bool header_is_below_box(struct parser *p, size_t at);
/* A full stop that ends no sentence, whatever the language. */
bool header_is_stub(struct span text);

/* stacked.c */
/* Whether the label on the line stands below one that has no value yet. */
bool stacked_begin(const struct parser *p);
void stacked_push(struct parser *p, const struct rule *rule);
/* Whether stacked labels wait for their values, a line each. */
bool stacked_wait(const struct parser *p);
/* Whether one of the labels, or of the one that is open, may have a date. */
bool stacked_wants_date(const struct parser *p);
/* The label that the current line is a value of. */
const struct rule *stacked_take(struct parser *p);
/* The label above to which the value behind the last one belongs, which cannot
 * have it; NULL where it is its own. */
const struct rule *stacked_take_beside(struct parser *p, struct span value);

/* The values of labels that have none below them may stand above them, in the
 * same order, a block each. */
void stacked_take_above(struct parser *p);

/* beside.c */
/* Where line `at` is two columns, side by side on the page: leaves the first in
 * the line and the second in p->column. */
void beside_part(struct parser *p, size_t at);
/* Whether the label on the line heads the second column of those below; then it
 * gets no value of the first. */
bool beside_is_head(struct parser *p);
void beside_take_head(struct parser *p);
/* The second column of a line was read. */
void beside_leave(struct parser *p);
/* Whether the line goes on with the reference that the list began beside. */
bool beside_goes_on(const struct parser *p);

/* field.c */
struct node *field_add(struct parser *p, const char *name);
/* Opens the field that the line begins, or adds it to the one that it belongs
 * to. */
void field_open(struct parser *p, const struct finding *finding);
/* The same where a cell has the label, and its text below. */
void field_open_box(struct parser *p, const struct finding *finding);
void field_close(struct parser *p);
/* Opens the field that is the address of a person. */
void field_open_address(struct parser *p);
/* An item of the list that the open field is, or opens one. */
void field_take_bullet(struct parser *p, const struct finding *finding);
/* The line is a value of the field, or of the label that waits for one. */
void field_add_value(struct parser *p);
/* The line goes on with the field that the second column stood beside. */
void field_add_beside(struct parser *p);
/* Where and when, between stacked labels and their values: it is of none of
 * them. */
bool field_is_date_between(struct parser *p, struct finding *finding);
void field_add_date_between(struct parser *p, const struct finding *finding);

/* addressed.c */
/* Whether the line names a person, as addresses do. */
bool addressed_is_person(struct parser *p, const struct line *line);
/* Whether the line is the first of the address of a person. */
bool addressed_begins(struct parser *p);

/* preface.c */
void preface_line(struct parser *p);
struct node *preface_of(struct parser *p);
/* A bullet alone on its line gets the text on the next. */
void preface_join_lone(struct parser *p);
/* Whether the text below the header begins with a salutation. */
bool preface_is_letter(struct parser *p);

/* preface_title.c */
bool preface_has_field(const struct parser *p, const char *name);
bool preface_is_title(const struct parser *p, const struct line *line);
/* Whether the header says what the document is about, or is. */
bool preface_has_title(const struct parser *p);
/* Whether a line above it ends in a colon, and there is no blank line between.
 */
bool preface_is_announced(struct parser *p);
/* "Director, Radiocommunication Bureau", above the title of a paper. */
bool preface_is_author(struct parser *p);
/* The current line, as a title or as what else it is. */
void preface_add_title_line(struct parser *p);
void preface_add_title(struct parser *p);
/* Where a header has no title of its own: makes the line beside its number
 * one. */
void preface_find_title(struct parser *p);

/* block.c */
struct node *block_paragraph(struct parser *p, struct node *parent,
                             struct span text, const char *class);
/* The text of an item or clause, which may itself be a note. */
struct node *block_labelled_text(struct parser *p, struct node *parent,
                                 struct span text);
/* A paragraph without its text. */
struct node *block_empty(struct parser *p, struct node *parent,
                         const char *class);
void block_text(struct parser *p, struct node *parent, struct span text);
void block_bullet(struct parser *p, struct node *list,
                  const struct finding *finding);
void block_labelled(struct parser *p, struct node *block,
                    const struct finding *finding, enum capture rest,
                    const char *wrapper);
/* Takes the table that begins at the current line; moves p->at to the last line
 * taken. */
bool block_is_table(struct parser *p);
void block_table(struct parser *p, struct node *parent);

/* toc.c */
/* Takes the contents that begin at the current line, if they do, in the same
 * way. `titled` says that a heading has announced them. */
bool toc_take(struct parser *p, struct node *parent, bool titled);
/* Whether the line is the title of contents. */
bool toc_has_title(struct parser *p, struct line *line);

/* parse.c */
void parse_explain(struct parser *p, const char *kind, const char *name,
                   const struct finding *finding);
/* A warning about the current line: the label, what is wrong with it, and the
 * label that it was compared with, or an empty one. */
void parse_warn(struct parser *p, const char *code, const char *what,
                struct span label, struct span before);
/* What the next line is told about this one. */
void parse_note_ending(struct parser *p, struct span text, bool heading);

#endif
