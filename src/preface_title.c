/* Tells which lines of a header are titles, and whose a paper is, by what
 * stands around them. */
#include <string.h>
#include <unicode/uchar.h>

#include "parser.h"

enum { TITLE_WIDTH_MAX = 240 };

/* "ISBN", and "978-92-61-34102-9 (PDF)" below it. */
enum { BOOK_DIGITS = 13, BOOK_LEN = 17 };

static bool is_of_book(struct span text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len && i < BOOK_LEN; i++)
        digits += is_digit(text.at[i]);
    return digits == BOOK_DIGITS ||
           (text.len >= 4 && (memcmp(text.at, "ISBN", 4) == 0 ||
                              memcmp(text.at, "ISSN", 4) == 0));
}

bool preface_is_title(const struct parser *p, const struct line *line)
{
    /* An image, a sign or an address alone is no title. */
    return span_has(line->text, u_isalnum) &&
           line->text.len < 4 * TITLE_WIDTH_MAX &&
           !lines_is_mark(p->lines, line->text) && !lines_is_rule(line->text) &&
           !lines_has_blank(line->text) && !lines_is_site(line->text) &&
           !memchr(line->text.at, '@', line->text.len) &&
           !is_of_book(line->text) &&
           lines_width(line->text) <= TITLE_WIDTH_MAX &&
           !lines_ends_sentence(line->text);
}

/* How far above those who are listed it says what they are. */
enum { ANNOUNCED_MAX = 60 };

/* "Present:", which no field is called, and right below it who was. */
bool preface_is_announced(struct parser *p)
{
    struct line *line = p->line;

    for (unsigned i = 0; i < ANNOUNCED_MAX; i++) {
        do {
            if (line->gap > 0 || line->cell || line == p->lines->at)
                return false;
            line--;
        } while (line->gone);
        if (lines_ends_in_colon(line->text))
            return !look_has(p, line, KIND_FIELD);
    }
    return false;
}

void preface_add_title_line(struct parser *p)
{
    struct node *block = block_empty(p, preface_of(p), "title");

    heading_write(p, block, "docTitle", p->line->text);
    draft_set_origin(p->draft, block, p->line->origin);
    p->header.list = NULL;
    parse_explain(p, "title", "", NULL);
}

/* More than the header of a letter has: each of its lines may ask for one. */
enum { FIELDS_MAX = 1000 };

bool preface_has_field(const struct parser *p, const char *name)
{
    const struct node *n = p->preface ? p->preface->children : NULL;

    for (unsigned i = 0; n && i < FIELDS_MAX; n = n->next, i++)
        if (draft_is_named(n, name))
            return true;
    return false;
}

/* "Original: Russian", below it whose paper it is, and then on what. */
static bool is_below_source(const struct node *last)
{
    return ((draft_is(last, "p") && !draft_get(last, "class")) ||
            draft_is_named(last, "source")) &&
           draft_is_named(last->prev, "originalLanguage");
}

/* "Report by the Secretary-General" and, in a row of its own, on what; so below
 * a number, and what is in capitals below the language. */
static bool is_title_row(struct parser *p)
{
    struct node *last = p->preface ? p->preface->last : NULL;
    struct line *next = look_next(p, p->at);

    if (!p->line->cell || p->line->gap != 1 || (next && next->gap == 0))
        return false;
    return draft_is_named(last, "type") || draft_has_class(last, "number") ||
           draft_has_class(last, "title") || draft_has_class(last, "status") ||
           is_below_source(last) ||
           (preface_has_field(p, "originalLanguage") &&
            heading_is_capitals(p->line->text));
}

/* "Agenda item 3" and, below it, on what: whatever fields follow. */
static bool is_below_agenda(const struct parser *p)
{
    const struct node *last = p->preface ? p->preface->last : NULL;

    while (draft_has_class(last, "title"))
        last = last->prev;
    return !p->line->cell && draft_is_named(last, "agendaItem");
}

/* A text of a script that has no capitals. */
static bool is_caseless(struct span text)
{
    return u_charType(span_first(text)) == U_OTHER_LETTER;
}

/* "Original: English", whose paper it is, and, set apart from that and from the
 * fields below it, on what: in capitals, if the script has them. */
static bool is_paper_title(struct parser *p)
{
    const struct node *last = p->preface ? p->preface->last : NULL;
    struct line *next = look_next(p, p->at);

    return !p->line->cell && p->line->gap > 0 && next && !next->cell &&
           next->gap > 0 && look_has_label(p, next) &&
           (heading_is_capitals(p->line->text)
                ? is_below_source(last) ||
                      draft_is_named(last, "originalLanguage")
                : is_caseless(p->line->text) && is_below_source(last));
}

/* "Report by the Secretary-General", below it on what, and then "Purpose". */
static bool is_above_box(struct parser *p)
{
    const struct node *last = p->preface ? p->preface->last : NULL;
    struct line *next = look_next(p, p->at);
    const struct folded *text =
        next && !next->cell && next->gap > 0 ? look_folded(p, next) : NULL;
    struct finding f;

    return !p->line->cell && text && preface_has_field(p, "number") &&
           (draft_is_named(last, "type") || draft_is_named(last, "source") ||
            draft_has_class(last, "title")) &&
           scanner_is(p->scanner, KIND_BOX, text, &f);
}

/* "时间：" and when, below a title. */
static bool is_labelled(const struct parser *p)
{
    return p->preface && p->preface->last && lines_has_label(p->line->text);
}

/* Whether fields with labels stand below the line. */
static bool heads_labels(struct parser *p, const struct line *line)
{
    struct line *next = look_below(p, line);

    return next && !next->cell && look_has_label(p, next);
}

/* "United States of Utopia" and "Changes of the rules", the last two rows of a
 * header: no other row is left for who wrote it. */
enum { AUTHOR_WIDTH_MAX = 60 };

static bool is_last_but_one(struct parser *p, struct line *next)
{
    const struct folded *text = look_folded(p, next);
    const struct line *behind = next;
    struct finding f;

    if (!text || scanner_is(p->scanner, KIND_BOX, text, &f) ||
        heading_is_capitals(p->line->text))
        return false;
    while ((behind = look_below(p, behind)) && behind->cell &&
           behind->gap <= 1 && !behind->text.len)
        ;
    return (!behind || !behind->cell || behind->gap > 1) &&
           lines_width(p->line->text) <= AUTHOR_WIDTH_MAX &&
           label_begins_high(p->line->text) &&
           !lines_has_digit(p->line->text) &&
           !memchr(p->line->text.at, ':', p->line->text.len) &&
           !lines_ends_sentence(p->line->text);
}

/* "Director, Radiocommunication Bureau", above the title of a paper, which is
 * in capitals or a row of its own: whose it is. So is "Utopia", where both say
 * so, or there are no capitals to say it. */
bool preface_is_author(struct parser *p)
{
    struct line *next = look_next(p, p->at);
    bool rows = next && p->line->cell && p->line->gap == 1 && next->cell &&
                next->gap == 1;
    bool capitals = next && heading_is_capitals(next->text);
    bool caseless =
        next && is_caseless(p->line->text) && is_caseless(next->text);
    bool below =
        p->preface && draft_is_named(p->preface->last, "originalLanguage");

    bool apart = below && !p->line->cell && p->line->gap > 0 && next &&
                 next->gap > 0 && !next->cell && heads_labels(p, next);

    bool pair = rows && below && is_last_but_one(p, next);

    return (rows || capitals || (caseless && below)) &&
           preface_has_field(p, "originalLanguage") &&
           !preface_has_field(p, "source") &&
           !draft_has_class(p->preface->last, "title") &&
           (pair || look_has(p, p->line, KIND_SIGNATURE) ||
            ((rows || apart) && capitals &&
             !heading_is_capitals(p->line->text)) ||
            ((rows || apart) && caseless)) &&
           !(look_classify(p, next) & ~(1u << KIND_FIELD)) &&
           preface_is_title(p, next);
}

/* "Annex 2", "Form of reply" and below it "To:": the title of the annex. */
static bool is_title_of_annex(const struct parser *p)
{
    const struct node *above = p->preface ? p->preface->last : NULL;

    return p->body->parent != p->doc && !p->line->cell &&
           (draft_has_class(above, "label") ||
            draft_has_class(above, "parent") ||
            draft_has_class(above, "title"));
}

void preface_add_title(struct parser *p)
{
    struct finding f;
    bool number = look_find(p, p->line, KIND_TITLE, "number", &f);
    bool other = !number && look_find(p, p->line, KIND_TITLE, NULL, &f);
    struct node *block;

    /* Between fields a short line is a stray one. */
    if (!number && !other && !p->header.letterhead &&
        preface_is_title(p, p->line) && !is_labelled(p) &&
        !memmem(p->line->text.at, p->line->text.len, "    ", 4) &&
        !preface_is_announced(p) &&
        (p->at >= p->header.end || is_title_row(p) || is_below_agenda(p) ||
         is_above_box(p) || is_paper_title(p) || is_title_of_annex(p))) {
        preface_add_title_line(p);
        return;
    }
    block = block_empty(p, preface_of(p),
                        number  ? "number"
                        : other ? f.rule->name
                                : NULL);
    block_text(p, number ? draft_add(p->draft, block, "docNumber") : block,
               p->line->text);
    draft_set_origin(p->draft, block, p->line->origin);
    p->header.list = NULL;
    parse_explain(p, number || other ? "title" : "paragraph",
                  number || other ? f.rule->name : "", NULL);
}

/* ---- a title that only its place tells --------------------------------------- */

enum { TITLE_WIDTH_MIN = 30 };

static bool may_be_title(const struct node *block)
{
    struct span text = draft_first_text(block);

    return draft_is(block, "p") && !draft_get(block, "class") &&
           lines_width(text) >= TITLE_WIDTH_MIN && label_begins_high(text) &&
           !lines_ends_sentence(text) && !lines_ends_in_colon(text) &&
           !memchr(text.at, '@', text.len) &&
           !memmem(text.at, text.len, "   ", 3);
}

bool preface_has_title(const struct parser *p)
{
    const struct node *n = p->preface ? p->preface->children : NULL;

    for (unsigned i = 0; n && i < FIELDS_MAX; n = n->next, i++)
        if (draft_has_class(n, "title") || draft_is_named(n, "title") ||
            draft_is_named(n, "subject") || draft_is_named(n, "type"))
            return true;
    return false;
}

/* "TSB Circular 77" and, right below or above it, what that letter is about. */
static struct node *title_of_letter(const struct parser *p)
{
    for (struct node *n = p->preface->children; n; n = n->next)
        if (may_be_title(n) && (draft_is_named(n->prev, "number") ||
                                draft_is_named(n->next, "number")))
            return n;
    return NULL;
}

/* "Final report" and, right below it, on what, where nothing else tells. */
static struct node *title_below_type(const struct parser *p)
{
    struct node *found = NULL;

    for (struct node *n = p->preface->children; n; n = n->next) {
        if (draft_has_class(n, "title") || draft_is_named(n, "title") ||
            draft_is_named(n, "subject"))
            return NULL;
        if (!found && draft_is_named(n->prev, "type") && may_be_title(n))
            found = n;
    }
    return found;
}

void preface_find_title(struct parser *p)
{
    struct node *found = NULL, *title, *first;

    if (p->body->parent != p->doc || !p->preface)
        return;
    if (!preface_is_letter(p))
        found = title_below_type(p);
    else if (!preface_has_title(p))
        found = title_of_letter(p);
    if (!found)
        return;
    title = draft_add(p->draft, found, "docTitle");
    while (title && (first = found->children) != title) {
        draft_unlink(first);
        draft_append(title, first);
    }
    draft_set(p->draft, found, "class", "title");
}
