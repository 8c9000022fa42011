/* Those who sign: names and offices, one below the other or side by side. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"

enum { OFFICE_WIDTH_MAX = 160 };

bool signature_ends(struct parser *p, struct line *line)
{
    struct finding f;

    return look_has(p, line, KIND_ENCLOSURE) ||
           look_has(p, line, KIND_HEADING) ||
           (line->gap > 0 && look_has(p, line, KIND_NOTE)) ||
           (look_find(p, line, KIND_FIELD, NULL, &f) &&
            (lines_ends_in_colon(line->text) ||
             ((rule_is(f.rule, "copy") || rule_is(f.rule, "distribution")) &&
              f.match.at[CAP_LABEL].at)));
}

/* The line is of what the node holds, too. */
static void extend_origin(struct parser *p, struct node *node,
                          struct origin *origin)
{
    stack_extend(origin, p->line->origin);
    draft_set_origin(p->draft, node, *origin);
}

/* More than sign side by side or one below the other: each line may ask. */
enum { SIGNERS_MAX = 64 };

/* Whether the block that is open has a person, or a role. */
static bool has_signer(const struct parser *p, const char *name)
{
    const struct node *n = p->signing.block ? p->signing.block->children : NULL;

    for (unsigned i = 0; n && i < SIGNERS_MAX; n = n->next, i++)
        if (draft_is(n, name))
            return true;
    return false;
}

static bool is_complete(const struct parser *p)
{
    return has_signer(p, "person") && has_signer(p, "role");
}

/* Name or office of one of those who sign. */
static struct node *add_signer(struct parser *p, unsigned which, bool office)
{
    struct node *node =
        draft_add(p->draft, p->signing.block, office ? "role" : "person");
    char to[40], number[16] = "";

    if (which > 1)
        snprintf(number, sizeof number, "-%u", which);
    snprintf(to, sizeof to, "#signatory%s%s", number, office ? "-role" : "");
    draft_set(p->draft, node, "refersTo", to);
    p->signing.last = p->line->origin;
    draft_set_origin(p->draft, node, p->signing.last);
    return node;
}

/* "Director" and below it "Tides Office" are one office, where a name stands
 * apart from them, below a blank line. */
static bool has_name_apart(struct parser *p)
{
    struct line *next = look_next(p, p->at), *behind;

    if (p->line->gap > 0 || !next || !next->gap || next->cell ||
        lines_ends_sentence(next->text) || lines_has_digit(next->text) ||
        look_classify(p, next) || lines_is_rule(next->text))
        return false;
    behind = look_below(p, next);
    return !behind || behind->gap > 0 || signature_ends(p, behind);
}

/* "A.B. Example": a name, whatever stands before it; so is what has a dot
 * between its parts, as foreign names do in Chinese. */
bool signature_has_initial(struct span text)
{
    UChar32 c, before = ' ';

    if (memmem(text.at, text.len, "\u00B7", 2))
        return true;
    for (int32_t at = 0; at < (int32_t)text.len;) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (u_isupper(c) && before == ' ' && at < (int32_t)text.len &&
            text.at[at] == '.')
            return true;
        before = c;
    }
    return false;
}

bool signature_is_aside(struct span text)
{
    return lines_is_enclosed(text) &&
           !signature_has_initial((struct span){ text.at + 1, text.len - 1 });
}

static bool is_house(struct parser *p, struct line *line)
{
    return look_find(p, line, KIND_FIELD, "sector", NULL) ||
           look_find(p, line, KIND_FIELD, "group", NULL) ||
           look_find(p, line, KIND_FIELD, "organization", NULL);
}

/* "Standardization Bureau" between a name and "Director", right below one
 * another: the office begins with the house. */
static bool is_house_of_office(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return p->line->gap == 0 && !p->line->cell && !p->signing.beside &&
           has_signer(p, "person") && !has_signer(p, "role") && next &&
           next->gap == 0 && !next->cell && look_has(p, next, KIND_SIGNATURE) &&
           is_house(p, p->line);
}

/* Right below one name, without a letter that says it is another one: what
 * those words are is not known. In scripts without spaces names are as short.
 */
static bool is_below_name(struct parser *p, struct span text)
{
    return has_signer(p, "person") && !has_signer(p, "role") &&
           p->line->gap == 0 && !p->line->cell &&
           !signature_has_initial(text) && memchr(text.at, ' ', text.len);
}

/* Behind name and office, a further line goes on with the office: where two
 * sign side by side, with that of the first, or behind a TAB of the second. */
static struct node *signatory_node(struct parser *p, bool office)
{
    struct node *last = p->signing.block ? p->signing.block->last : NULL;

    /* Behind a space, but not behind "(signed)". */
    if (last && !last->name && span_is(last->text, " "))
        last = last->prev;
    if (p->signing.beside)
        return add_signer(p,
                          p->line->cell ? p->signing.count : p->signing.beside,
                          office || is_complete(p));
    if ((!office || p->signing.house) && draft_is(last, "role") &&
        (has_signer(p, "person") || has_name_apart(p))) {
        if (p->signing.block->last != last) {
            /* The space goes into the office, too. */
            draft_unlink(p->signing.block->last);
            draft_text(p->draft, last, SPAN(" "));
        }
        extend_origin(p, last, &p->signing.last);
        return last;
    }
    if (!office && is_complete(p))
        return p->signing.block;
    return add_signer(p, p->signing.count,
                      office || is_below_name(p, p->line->text));
}

/* A name with an office below it. */
static bool has_office_below(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return next && next->gap == 0 && look_has(p, next, KIND_SIGNATURE);
}

/* Another one signs: in the order of the first. */
static bool begins_signature(struct parser *p, bool office)
{
    return !p->signing.block ||
           (is_complete(p) &&
            (office ? draft_is(p->signing.block->children, "role") &&
                          p->line->gap > 0
                    : has_office_below(p)));
}

static void open_signature(struct parser *p)
{
    struct node *block = block_empty(p, conclusion_element(p), NULL);

    p->header.list = NULL; /* it stands above the block */
    p->signing.block = draft_add(p->draft, block, "signature");
    p->signing.count++;
    p->signing.party = false;
    p->signing.beside = 0;
    p->signing.origin = p->line->origin;
    draft_set_origin(p->draft, block, p->line->origin);
}

static void extend_signature(struct parser *p)
{
    draft_text(p->draft, p->signing.block, SPAN(" "));
    extend_origin(p, p->signing.block->parent, &p->signing.origin);
}

/* The bytes of "(Signed) " before a name. */
enum { SIGNED_MAX = 24 };

static size_t signed_before(struct span text)
{
    const char *end =
        text.len && text.at[0] == '(' ? memchr(text.at, ')', text.len) : NULL;
    size_t len = end ? (size_t)(end - text.at) + 2 : 0;

    return len && len < text.len && len <= SIGNED_MAX && end[1] == ' ' ? len
                                                                       : 0;
}

/* Two or three short lines in a row: name and office, in either order. */
static void add_signatory(struct parser *p, bool office)
{
    struct span text = p->line->text;
    size_t before = signed_before(text);
    bool house = !office && is_house_of_office(p);

    if (begins_signature(p, office))
        open_signature(p);
    else
        extend_signature(p);
    /* "(signed)" is neither name nor office. */
    if (before) {
        block_text(p, p->signing.block, (struct span){ text.at, before });
        text = (struct span){ text.at + before, text.len - before };
    }
    block_text(p,
               signature_is_aside(text) ? p->signing.block
                                        : signatory_node(p, office || house),
               text);
    p->signing.house = house;
    p->signing.in_cell = p->line->cell;
    parse_explain(p, "signature", office ? "office" : "name", NULL);
}

/* ---- two who sign side by side ------------------------------------------------- */

bool signature_is_office(struct parser *p, struct span text)
{
    return scanner_takes(p->scanner, KIND_SIGNATURE, NULL, text, NULL);
}

/* "A. Example    B. Sample", and their offices below: two names, two offices,
 * or an office behind its name. */
static void add_columns(struct parser *p, const struct span columns[2],
                        const bool office[2])
{
    bool pair = office[0] == office[1];

    if (p->signing.block && (pair || !is_complete(p)))
        extend_signature(p);
    else
        open_signature(p);
    if (pair && !p->signing.beside)
        p->signing.beside = p->signing.count++;
    for (unsigned i = 0; i < 2; i++) {
        unsigned which =
            p->signing.beside && i == 0 ? p->signing.beside : p->signing.count;

        if (i > 0)
            draft_text(p->draft, p->signing.block, SPAN("\t"));
        block_text(p,
                   signature_is_aside(columns[i])
                       ? p->signing.block
                       : add_signer(p, which, office[i]),
                   columns[i]);
    }
    p->signing.in_cell = p->line->cell;
    parse_explain(p, "signature", office[1] ? "office" : "name", NULL);
}

size_t signature_width(struct span text)
{
    struct span columns[2];

    return lines_split(text, columns)
               ? lines_width(columns[0]) + lines_width(columns[1])
               : lines_width(text);
}

bool signature_puts_office_first(struct parser *p, struct span text)
{
    struct span columns[2];

    return lines_split(text, columns) && signature_has_initial(columns[1]) &&
           signature_is_office(p, columns[0]) &&
           !signature_is_office(p, columns[1]);
}

static bool is_contact_line(struct parser *p, struct line *line)
{
    return memchr(line->text.at, '@', line->text.len) ||
           look_has_label(p, line);
}

static bool is_contact(struct parser *p)
{
    return is_contact_line(p, p->line);
}

/* "General Secretariat" above "Place des Nations" and "1211 Geneva 20": whom a
 * note goes to. */
enum { ADDRESS_LINES_MAX = 6 };

static bool is_address(struct parser *p, struct line *line)
{
    for (unsigned i = 0; i < ADDRESS_LINES_MAX; i++) {
        line = look_below(p, line);
        if (!line || line->gap > 0 || line->cell ||
            look_has(p, line, KIND_SIGNATURE))
            return false;
        if (lines_has_digit(line->text))
            return i > 0 && !conclusion_is_date(p, line) &&
                   !look_has_label(p, line);
    }
    return false;
}

/* Behind a signature that has all it wants only another one may follow, or the
 * rest of the office; what is printed at the foot of a letter is neither. */
static bool may_sign(struct parser *p, bool office)
{
    bool closed =
        p->signing.count && !p->signing.block && !p->signing.party;

    if (is_contact(p) || conclusion_is_date(p, p->line))
        return false;
    /* No name has a digit: "7 Harbour Street" at the foot of a letter. */
    if (!office && !p->signing.block && lines_has_digit(p->line->text))
        return false;
    p->signing.addressed = p->line->gap == 0
                               ? p->signing.addressed
                               : !office && !has_signer(p, "person") &&
                                     !has_signer(p, "role") &&
                                     is_address(p, p->line);
    if (p->signing.addressed)
        return false;
    if (closed || is_complete(p))
        return office || has_office_below(p) ||
               (!closed && p->line->gap == 0 &&
                (!p->line->cell || p->signing.in_cell || p->signing.beside));
    return true;
}

bool signature_heads_two(struct parser *p)
{
    struct line *next = look_next(p, p->at);
    struct span columns[2] = { p->line->text };

    if (p->line->cell && next && next->cell && next->gap == 0)
        columns[1] = next->text;
    else if (p->line->cell || !lines_split(p->line->text, columns))
        return false;
    for (size_t i = 0; i < 2; i++)
        if (!lines_ends_in_colon(columns[i]) ||
            !signature_is_office(p, columns[i]))
            return false;
    return true;
}

static bool is_signer_line(const struct line *line)
{
    return !line->cell && line->text.len && !lines_ends_sentence(line->text) &&
           !lines_ends_in_colon(line->text) &&
           lines_width(line->text) <= SIGNATORY_WIDTH_MAX;
}

/* In a language whose words are not known a name is told by its initial, and
 * the line right above or below it is the office. */
static bool is_plain_signatory(struct parser *p, bool *office)
{
    struct line *next = look_next(p, p->at);
    bool named = signature_has_initial(p->line->text);

    *office = !named;
    if (!is_signer_line(p->line) || is_contact(p) || is_complete(p))
        return false;
    if (p->signing.block)
        return p->line->gap == 0;
    return named
               ? p->line->gap > 0
               : p->line->gap > 0 && next && next->gap == 0 &&
                     is_signer_line(next) && signature_has_initial(next->text);
}

static bool is_signatory(struct parser *p, bool *office)
{
    *office = look_has(p, p->line, KIND_SIGNATURE);
    return !lines_is_mark(p->lines, p->line->text) &&
           (!lines_ends_sentence(p->line->text) || signature_heads_two(p)) &&
           signature_width(p->line->text) <=
               (*office ? OFFICE_WIDTH_MAX : SIGNATORY_WIDTH_MAX) &&
           may_sign(p, *office);
}

/* What stands below two names is no further name, unless its letters say so. */
static bool is_below_names(struct parser *p, struct span text)
{
    return p->signing.beside && !lines_is_enclosed(text) &&
           (is_complete(p) || (p->line->gap == 0 && has_signer(p, "person") &&
                               !signature_has_initial(text)));
}

static bool says_party(struct parser *p, struct span text)
{
    return p->signing.done &&
           scanner_takes(p->scanner, KIND_SAME, "party", text, NULL);
}

/* A further line of two columns belongs to the same two. For whom they sign is
 * no name. */
static bool take_columns(struct parser *p)
{
    struct span columns[2];
    bool office[2], any;

    if (lines_split(p->line->text, columns) && says_party(p, columns[0]))
        return false;
    if (!lines_split(p->line->text, columns) || !is_signatory(p, &any))
        return false;
    for (unsigned i = 0; i < 2; i++)
        office[i] =
            signature_is_office(p, columns[i]) || is_below_names(p, columns[i]);
    if ((office[0] && !office[1] && !signature_has_initial(columns[1])) ||
        (office[0] == office[1] && p->signing.block && !p->signing.beside))
        return false;
    add_columns(p, columns, office);
    return true;
}

/* Whether words tell the office, in the line or right below it. */
static bool tells_office(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return look_has(p, p->line, KIND_SIGNATURE) ||
           (next && !next->cell && next->gap == 0 &&
            look_has(p, next, KIND_SIGNATURE));
}

/* "For the Harbour Union", above "(signed)" or a name and an office, or any
 * name below a colon: for whom one signs below "Done at Geneva". */
static bool is_party(struct parser *p)
{
    struct line *next = look_next(p, p->at), *behind;

    if (!p->line->cell && next && says_party(p, p->line->text))
        return true;
    /* "For the Government" and below it "of Utopia", above an initial. */
    if (p->signing.party && !p->signing.block && !p->line->cell &&
        p->line->gap == 0 && next && next->gap > 0 &&
        signature_has_initial(next->text) &&
        !signature_has_initial(p->line->text))
        return true;
    if (!p->signing.done || p->line->cell || !next || next->cell ||
        signature_has_initial(p->line->text) ||
        look_has(p, p->line, KIND_SIGNATURE) ||
        look_has(p, next, KIND_SIGNATURE))
        return false;
    behind = look_below(p, next);
    return signature_is_aside(next->text) ||
           (lines_ends_in_colon(p->line->text) && is_signer_line(next) &&
            !look_has_label(p, next)) ||
           (signature_has_initial(next->text) && behind && !behind->cell &&
            look_has(p, behind, KIND_SIGNATURE));
}

/* "[seal]" or "(signed)", or both, above what names nobody. */
enum { MARKS_MAX = 4 };

static bool is_mark_alone(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    if (p->signing.block || !signature_is_aside(p->line->text))
        return false;
    for (unsigned i = 1;
         i < MARKS_MAX && next && !next->cell && signature_is_aside(next->text);
         i++)
        next = look_below(p, next);
    return !next || signature_ends(p, next) || look_has(p, next, KIND_BULLET) ||
           !(next->cell || is_signer_line(next)) ||
           signature_is_aside(next->text) || is_contact_line(p, next) ||
           conclusion_is_date(p, next) || is_address(p, next);
}

bool signature_take(struct parser *p)
{
    bool office;

    /* What stands below for whom one signs need not name who does. */
    if (is_mark_alone(p) ||
        (!p->signing.block && lines_is_rule(p->line->text)) ||
        (p->signing.party && signature_is_aside(p->line->text)))
        return false;
    if (take_columns(p))
        return true;
    if (is_party(p)) {
        p->signing.block = NULL;
        p->signing.party = true;
        return false;
    }
    if (p->salutation && !tells_office(p) ? !is_plain_signatory(p, &office)
                                          : !is_signatory(p, &office))
        return false;
    add_signatory(p, office);
    return true;
}
