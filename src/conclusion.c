/* What follows the text of a letter: closing formula, signature, enclosures. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"

static struct node *conclusions_of(struct parser *p)
{
    if (!p->conclusions)
        p->conclusions = draft_add(p->draft, p->doc, "conclusions");
    return p->conclusions;
}

static struct node *add_conclusion(struct parser *p, const char *class)
{
    struct node *block = block_empty(p, conclusions_of(p), class);

    draft_set_origin(p->draft, block, p->line->origin);
    p->signing.block = NULL;
    p->header.list = NULL;
    return block;
}

void conclusion_open(struct parser *p)
{
    stack_pop_to(p, 1);
    block_text(p, add_conclusion(p, "closing"), p->line->text);
    p->region = REGION_CONCLUSIONS;
}

/* What stands below a signature: enclosures, annexes, or who gets copies. */
static bool ends_signature(struct parser *p, struct line *line)
{
    return look_has(p, line, KIND_ENCLOSURE) ||
           look_has(p, line, KIND_HEADING) ||
           (look_has(p, line, KIND_FIELD) && lines_ends_in_colon(line->text));
}

/* Only those who sign stand below "Done at Geneva", up to the annexes. */
enum { SIGNERS_MAX = 24, SIGNER_WIDTH_MAX = 160 };

static bool is_above_signers(struct parser *p)
{
    struct line *line = look_next_text(p);

    for (unsigned i = 0; line && i < SIGNERS_MAX; i++) {
        if (part_begins(p, line) || ends_signature(p, line))
            return true;
        if (look_has(p, line, KIND_CLAUSE) ||
            lines_width(line->text) > SIGNER_WIDTH_MAX)
            return false;
        line = look_next(p, (size_t)(line - p->lines->at));
    }
    return !line;
}

/* Below a letter or an agreement in an annex: those who sign stand in none of
 * its clauses, and their names are no headings. */
static void close_annexed(struct parser *p)
{
    stack_pop_to(p, 1);
    block_text(p, stack_add_block(p, "closing"), p->line->text);
    p->before.end = true;
    p->before.heading = p->before.colon = false;
    p->part.roster = true;
}

bool conclusion_take_closing(struct parser *p, const struct finding *f)
{
    if (rule_is(f->rule, "done") && !is_above_signers(p))
        return false;
    if (p->attachments || p->body->parent != p->doc) {
        if (!p->line->cell)
            close_annexed(p);
        return !p->line->cell;
    }
    p->signing.done = rule_is(f->rule, "done");
    conclusion_open(p);
    return true;
}

/* The line is of what the node holds, too. */
static void extend_origin(struct parser *p, struct node *node,
                          struct origin *origin)
{
    stack_extend(origin, p->line->origin);
    draft_set_origin(p->draft, node, *origin);
}

static bool is_complete(const struct parser *p)
{
    return p->signing.block && draft_child(p->signing.block, "person") &&
           draft_child(p->signing.block, "role");
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
    behind = look_next(p, (size_t)(next - p->lines->at));
    return !behind || behind->gap > 0 || ends_signature(p, behind);
}

/* "A.B. Example": a name, whatever stands before it; so is what has a dot
 * between its parts, as foreign names do in Chinese. */
static bool has_initial(struct span text)
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

/* "(Signed)" is no name, but "(A. Example)" is one. */
static bool is_aside(struct span text)
{
    return lines_is_enclosed(text) &&
           !has_initial((struct span){ text.at + 1, text.len - 1 });
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
    if (!office && draft_is(last, "role") &&
        (draft_child(p->signing.block, "person") || has_name_apart(p))) {
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
    return add_signer(p, p->signing.count, office);
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
    struct node *block = block_empty(p, conclusions_of(p), NULL);

    p->signing.block = draft_add(p->draft, block, "signature");
    p->signing.count++;
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
    const char *end = text.len && text.at[0] == '(' ? memchr(text.at, ')', text.len)
                                                    : NULL;
    size_t len = end ? (size_t)(end - text.at) + 2 : 0;

    return len && len < text.len && len <= SIGNED_MAX && end[1] == ' ' ? len : 0;
}

/* Two or three short lines in a row: name and office, in either order. */
static void add_signatory(struct parser *p, bool office)
{
    struct span text = p->line->text;
    size_t before = signed_before(text);

    if (begins_signature(p, office))
        open_signature(p);
    else
        extend_signature(p);
    /* "(signed)" is neither name nor office. */
    if (before) {
        block_text(p, p->signing.block, (struct span){ text.at, before });
        text = (struct span){ text.at + before, text.len - before };
    }
    block_text(p, is_aside(text) ? p->signing.block : signatory_node(p, office),
               text);
    p->signing.in_cell = p->line->cell;
    parse_explain(p, "signature", office ? "office" : "name", NULL);
}

/* ---- two who sign side by side ------------------------------------------------- */

static bool is_office(struct parser *p, struct span text)
{
    return scanner_takes(p->scanner, KIND_SIGNATURE, NULL, text, NULL);
}

/* "A. Example    B. Sample", and their offices below: two names, two offices, or
 * an office behind its name. */
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
                   is_aside(columns[i]) ? p->signing.block
                                        : add_signer(p, which, office[i]),
                   columns[i]);
    }
    p->signing.in_cell = p->line->cell;
    parse_explain(p, "signature", office[1] ? "office" : "name", NULL);
}

/* "Head of office          A.B. Example". */
static bool is_office_before_name(struct parser *p, struct span text)
{
    struct span columns[2];

    return lines_split(text, columns) && has_initial(columns[1]) &&
           is_office(p, columns[0]) && !is_office(p, columns[1]);
}

static bool is_contact(struct parser *p)
{
    return memchr(p->line->text.at, '@', p->line->text.len) ||
           header_is_labelled(p, p->line);
}

static bool is_date(struct parser *p, struct line *line)
{
    return !line->cell && look_find(p, line, KIND_FIELD, "placeDate", NULL);
}

/* Behind a signature that has all it wants only another one may follow, or the
 * rest of the office; what is printed at the foot of a letter is neither. */
static bool may_sign(struct parser *p, bool office)
{
    bool closed = p->signing.count && !p->signing.block;

    if (is_contact(p) || is_date(p, p->line))
        return false;
    if (closed || is_complete(p))
        return office || has_office_below(p) ||
               (!closed && p->line->gap == 0 &&
                (!p->line->cell || p->signing.in_cell || p->signing.beside));
    return true;
}

enum { SIGNATORY_WIDTH_MAX = 100, OFFICE_WIDTH_MAX = 160,
       ISSUERS_MAX = 6, ISSUER_WIDTH_MAX = 60,
       ENCLOSURES_MAX = 32, ENCLOSURE_WIDTH_MAX = 200 };

/* ---- to whom copies go --------------------------------------------------------- */

/* "Distribution:" or "Copy:" below the signature, or "To:", where a letter does
 * not begin with it. */
static bool take_circulation(struct parser *p)
{
    struct finding f;

    if (!look_find(p, p->line, KIND_FIELD, NULL, &f) ||
        !f.match.at[CAP_LABEL].at ||
        !(rule_is(f.rule, "copy") || rule_is(f.rule, "distribution") ||
          (rule_is(f.rule, "addressees") && p->signing.count)))
        return false;
    p->circulation = f.rule;
    p->enclosures = ENCLOSURES_NONE;
    block_labelled(p, add_conclusion(p, f.rule->name), &f, CAP_VALUE, NULL);
    parse_explain(p, "field", f.rule->name, &f);
    return true;
}

/* An item of a list in the conclusions. */
static bool take_item(struct parser *p)
{
    struct finding f;

    preface_join_lone(p);
    if (!look_find(p, p->line, KIND_BULLET, NULL, &f) &&
        !look_find(p, p->line, KIND_ITEM, NULL, &f))
        return false;
    if (!p->header.list)
        p->header.list = draft_add(p->draft, conclusions_of(p), "blockList");
    block_bullet(p, p->header.list, &f);
    return true;
}

/* One of those named below it. */
static bool take_receiver(struct parser *p)
{
    if (!p->circulation)
        return false;
    if (take_item(p)) {
        /* It is in the list. */
    } else if (p->line->gap == 0 && !p->header.list &&
               !lines_is_rule(p->line->text)) {
        block_text(p, add_conclusion(p, p->circulation->name), p->line->text);
    } else {
        return false;
    }
    parse_explain(p, "field", p->circulation->name, NULL);
    return true;
}

/* "The Secretary:    The Chairman:", above their names. */
static bool heads_two(struct parser *p)
{
    struct line *next = look_next(p, p->at);
    struct span columns[2] = { p->line->text };

    if (p->line->cell && next && next->cell && next->gap == 0)
        columns[1] = next->text;
    else if (p->line->cell || !lines_split(p->line->text, columns))
        return false;
    for (size_t i = 0; i < 2; i++)
        if (!lines_ends_in_colon(columns[i]) || !is_office(p, columns[i]))
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
    bool named = has_initial(p->line->text);

    *office = !named;
    if (!is_signer_line(p->line) || is_contact(p) || is_complete(p))
        return false;
    if (p->signing.block)
        return p->line->gap == 0;
    return named ? p->line->gap > 0
                 : p->line->gap > 0 && next && next->gap == 0 &&
                       is_signer_line(next) && has_initial(next->text);
}

static bool is_signatory(struct parser *p, bool *office)
{
    *office = look_has(p, p->line, KIND_SIGNATURE);
    return !lines_is_mark(p->lines, p->line->text) &&
           (!lines_ends_sentence(p->line->text) || heads_two(p)) &&
           lines_width(p->line->text) <=
               (*office ? OFFICE_WIDTH_MAX : SIGNATORY_WIDTH_MAX) &&
           may_sign(p, *office);
}

/* A further line of two columns belongs to the same two. */
static bool take_columns(struct parser *p)
{
    struct span columns[2];
    bool office[2], any;

    if (!lines_split(p->line->text, columns) || !is_signatory(p, &any))
        return false;
    for (unsigned i = 0; i < 2; i++)
        office[i] =
            is_office(p, columns[i]) || (p->signing.beside && is_complete(p) &&
                                         !lines_is_enclosed(columns[i]));
    if ((office[0] && !office[1] && !has_initial(columns[1])) ||
        (office[0] == office[1] && p->signing.block && !p->signing.beside))
        return false;
    add_columns(p, columns, office);
    return true;
}

/* "2", "2件": they are counted, not named. */
static bool is_count(const struct finding *f)
{
    return f->match.at[CAP_NUM].len > 0;
}

/* "Tides Office" and below it the date, at the end of the text: where bodies
 * issue notices, nobody signs by name. */
static bool ends_in_date(struct parser *p, struct line *line)
{
    for (unsigned i = 0; line && i < ISSUERS_MAX; i++) {
        struct line *next = look_next(p, (size_t)(line - p->lines->at));

        if (line->cell || !line->text.len || lines_ends_sentence(line->text) ||
            lines_ends_in_colon(line->text) ||
            lines_width(line->text) > ISSUER_WIDTH_MAX)
            return false;
        if (is_date(p, line))
            return i > 0 &&
                   (!next || lines_is_rule(next->text) ||
                    lines_is_enclosed(next->text) || ends_signature(p, next));
        if (look_classify(p, line) & ~(1u << KIND_SIGNATURE))
            return false;
        line = next;
    }
    return false;
}

static bool has_comma(struct span text)
{
    return memchr(text.at, ',', text.len) ||
           memmem(text.at, text.len, "\uFF0C", 3) ||
           memmem(text.at, text.len, "\u060C", 2);
}

/* "Geneva, 5 March 2031" alone at the end of a note, which nobody signs. */
static bool is_dated(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return is_date(p, p->line) && has_comma(p->line->text) &&
           !lines_ends_sentence(p->line->text) &&
           (!next || lines_is_rule(next->text) || part_begins(p, next) ||
            look_has(p, next, KIND_ENCLOSURE));
}

/* Whether such an end follows, behind a list of enclosures perhaps. */
bool conclusion_is_below(struct parser *p)
{
    struct line *line = look_next(p, p->at);

    for (unsigned i = 0; line && i < ENCLOSURES_MAX; i++) {
        if (lines_ends_sentence(line->text) ||
            (line->cell && !look_has(p, line, KIND_ITEM)))
            return false;
        if (ends_in_date(p, line))
            return true;
        line = look_next(p, (size_t)(line - p->lines->at));
    }
    return false;
}

/* Short lines up to a drawn line, the annexes or the end; or a blank line or a
 * label. */
static bool is_list(struct parser *p, struct line *line, bool to_gap)
{
    for (unsigned i = 0; i < ENCLOSURES_MAX; i++) {
        if (!line || lines_is_rule(line->text) || part_begins(p, line) ||
            (to_gap && (line->gap > 0 || header_is_labelled(p, line))))
            return true;
        if (line->cell || line->gap > 0 || !line->text.len ||
            lines_ends_sentence(line->text) ||
            lines_width(line->text) > ENCLOSURE_WIDTH_MAX ||
            (look_classify(p, line) & (1u << KIND_HEADING | 1u << KIND_NOTE |
                                       1u << KIND_CAPTION)))
            return false;
        line = look_next(p, (size_t)(line - p->lines->at));
    }
    return false;
}

/* What follows the mark of the enclosures without a blank line, if that does
 * not only count them. */
static bool is_enclosure(struct parser *p)
{
    return p->enclosures && !lines_is_rule(p->line->text) &&
           (part_begins(p, p->line) ||
            (p->enclosures != ENCLOSURES_COUNTED && p->line->gap == 0));
}

/* "1. Titles of the texts" behind the mark itself. */
static bool begins_count(struct span text)
{
    return text.len > 1 && text.at[0] == '1' && !is_digit(text.at[1]);
}

static void take_enclosure(struct parser *p, const struct finding *f)
{
    struct span value = f->match.at[CAP_VALUE];

    block_labelled(p, add_conclusion(p, "enclosure"), f, CAP_VALUE, NULL);
    p->circulation = NULL;
    p->enclosed = true;
    p->enclosures = !value.len            ? ENCLOSURES_LISTED
                    : is_count(f)         ? ENCLOSURES_COUNTED
                    : begins_count(value) ? ENCLOSURES_BEGUN
                                          : ENCLOSURES_SAID;
    parse_explain(p, "enclosure", f->rule->name, f);
}

/* Two bullets and more below a blank line. */
static bool is_list_apart(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return p->line->gap == 1 && look_has(p, p->line, KIND_BULLET) && next &&
           next->gap == 0 && look_has(p, next, KIND_BULLET);
}

/* "1. Titles of the texts", right behind the mark that counts the annexes or
 * begins a list of them; bullets may be set apart from a count. */
static bool is_numbered_enclosure(struct parser *p)
{
    return (p->line->gap == 0 && p->enclosures == ENCLOSURES_LISTED) ||
           (p->enclosures == ENCLOSURES_COUNTED &&
            (p->line->gap == 0 || is_list_apart(p)) &&
            is_list(p, p->line, true));
}

/* Who issues the notice, below the enclosures and above the date. */
static bool is_issuer(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return ends_in_date(p, p->line) &&
           (p->line->gap > 0 || (next && is_date(p, next)));
}

/* Several who sign side by side, each with office and name. */
static bool take_signers(struct parser *p)
{
    if (!p->signing.done || p->signing.count || !block_is_table(p))
        return false;
    block_table(p, conclusions_of(p));
    return true;
}

/* A text below all else, a note perhaps. */
static void add_remark(struct parser *p)
{
    struct finding f;

    if (look_find(p, p->line, KIND_NOTE, NULL, &f)) {
        block_labelled(p, add_conclusion(p, "note"), &f, CAP_TEXT, NULL);
        parse_explain(p, "note", f.rule->name, &f);
    } else {
        block_text(p, add_conclusion(p, NULL), p->line->text);
        parse_explain(p, "paragraph", "", NULL);
    }
}

void conclusion_line(struct parser *p)
{
    struct finding f;
    bool office, listed;

    if (take_signers(p) || !p->line->text.len)
        return;
    if (take_circulation(p) || take_receiver(p))
        return;
    if (p->enclosures && is_issuer(p))
        p->enclosures = ENCLOSURES_NONE;
    listed = look_kinds(p, p->line, 1u << KIND_CLAUSE | 1u << KIND_ITEM |
                                        1u << KIND_BULLET) &&
             is_numbered_enclosure(p);
    if (listed)
        p->enclosures = ENCLOSURES_LISTED;
    /* The formula may stand on two lines. */
    if (look_find(p, p->line, KIND_CLOSING, NULL, &f) &&
        (!p->signing.count || rule_is(f.rule, "done"))) {
        block_text(p, add_conclusion(p, "closing"), p->line->text);
        parse_explain(p, "closing", f.rule->name, &f);
        return;
    }
    if (look_find(p, p->line, KIND_ENCLOSURE, NULL, &f)) {
        take_enclosure(p, &f);
    } else if (p->enclosures == ENCLOSURES_LISTED &&
               (listed || p->line->gap == 0) && take_item(p)) {
        parse_explain(p, "enclosure", "", NULL);
    } else if (is_enclosure(p)) {
        if (look_has(p, p->line, KIND_HEADING))
            p->enclosures = ENCLOSURES_LISTED;
        block_text(p, add_conclusion(p, "enclosure"), p->line->text);
        parse_explain(p, "enclosure", "", NULL);
    } else if (!p->enclosures && !p->circulation && take_columns(p)) {
        p->enclosures = ENCLOSURES_NONE;
    } else if (!p->enclosures && !p->circulation &&
               (p->salutation ? is_plain_signatory(p, &office)
                              : is_signatory(p, &office))) {
        add_signatory(p, office);
    } else {
        if (p->enclosures != ENCLOSURES_COUNTED)
            p->enclosures = ENCLOSURES_NONE;
        add_remark(p);
    }
}

/* How far below the title of an annex without a heading its clauses begin. */
enum { TITLED_LINES_MAX = 12 };

/* "QUESTIONNAIRE", behind the mark of the enclosures and set apart, with
 * clauses or parts below it. */
static bool is_titled_enclosure(struct parser *p)
{
    size_t end = p->at + TITLED_LINES_MAX;

    if (!p->enclosed || p->line->cell || !p->line->gap ||
        !heading_is_capitals(p->line->text) || look_has(p, p->line, KIND_FIELD))
        return false;
    if (end > p->lines->count)
        end = p->lines->count;
    for (size_t i = p->at + 1; i < end; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone || line->cell)
            continue;
        if (part_begins(p, line))
            return false;
        if (look_has(p, line, KIND_CLAUSE))
            return true;
    }
    return false;
}

static void open_unmarked(struct parser *p, struct span begin,
                          enum region region)
{
    parse_warn(p, "annex-unmarked",
               "stands behind the signature: taken for an annex "
               "without a heading",
               begin, (struct span){ 0 });
    part_open(p, NULL, (struct span){ 0 });
    p->region = region;
}

/* Clauses behind the signature are an annex whose heading is missing, and so is
 * what has a title behind the enclosures. */
bool conclusion_take_unmarked(struct parser *p)
{
    struct finding f;

    if (is_titled_enclosure(p)) {
        open_unmarked(p, p->line->text, REGION_TITLES);
        return true;
    }
    if (p->line->cell || !look_find(p, p->line, KIND_CLAUSE, NULL, &f) ||
        !label_is_firm(&f) || is_numbered_enclosure(p) ||
        (p->enclosures == ENCLOSURES_BEGUN && p->line->gap == 0))
        return false;
    open_unmarked(p, f.match.at[CAP_NUM], REGION_BODY);
    return true;
}

/* Short lines, an office among them, up to an enclosure, an annex or the end:
 * a signature without a closing formula. */
enum { SIGNATURE_LINES_MAX = 6 };

/* Cells need more than a gap behind them: they may be any table. Further lines of
 * a cell stand right below it. */
static bool is_signature(struct parser *p)
{
    size_t lines = 0;
    bool office = false, cells = p->line->cell;

    if (p->attachments || p->body->parent != p->doc ||
        !(p->before.end || p->before.address) || p->before.heading)
        return false;
    if (ends_in_date(p, p->line) || is_dated(p))
        return true;
    for (size_t i = p->at; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone)
            continue;
        if (lines && ends_signature(p, line))
            return office &&
                   (lines > 1 || is_office_before_name(p, p->line->text));
        if (lines && line->gap > 1)
            return office && !cells;
        if (lines++ == SIGNATURE_LINES_MAX ||
            (line->cell != cells && (line->cell || line->gap > 0)) ||
            !line->text.len ||
            lines_ends_sentence(line->text) ||
            lines_width(line->text) > SIGNATORY_WIDTH_MAX ||
            (look_classify(p, line) &
             ~(1u << KIND_SIGNATURE | 1u << KIND_FIELD)))
            return false;
        office |= look_has(p, line, KIND_SIGNATURE);
    }
    return office && lines > 1;
}

/* "Annexes: 2": with a number and nothing else it needs no signature, but it
 * stands below the text. */
enum { TEXT_WIDTH_MIN = 60 };

static bool is_enclosure_count(struct parser *p)
{
    struct line *next = look_next_text(p);
    struct finding f;

    if (next && lines_ends_sentence(next->text) &&
        lines_width(next->text) > TEXT_WIDTH_MIN)
        return false;
    return !p->attachments && p->body->parent == p->doc && !p->line->cell &&
           look_find(p, p->line, KIND_ENCLOSURE, NULL, &f) &&
           is_count(&f);
}

/* The mark of a text that nobody signs: the annexes follow at once, a list of
 * them with nothing behind it, or nothing does; or that of a notice, whose
 * annexes may be named one by one. */
static bool is_last_mark(struct parser *p)
{
    struct line *next = look_next_text(p);
    bool mark = look_has(p, p->line, KIND_ENCLOSURE);

    /* Few lines are either, and what is below takes longer to see. */
    if (!mark && !part_begins(p, p->line))
        return false;
    return conclusion_is_below(p) ||
           (mark && (!next || part_begins(p, next) ||
                     (lines_ends_in_colon(p->line->text) &&
                      is_list(p, next, false))));
}

bool conclusion_take_enclosure(struct parser *p)
{
    if (p->attachments || p->body->parent != p->doc || p->line->cell ||
        !is_last_mark(p))
        return false;
    stack_pop_to(p, 1);
    p->region = REGION_CONCLUSIONS;
    if (!look_has(p, p->line, KIND_ENCLOSURE))
        p->enclosures = ENCLOSURES_LISTED;
    conclusion_line(p);
    return true;
}

/* Those who sign minutes. */
static bool begins_signers(struct parser *p)
{
    return !p->attachments && p->body->parent == p->doc && p->before.end &&
           !p->before.heading && heads_two(p) && is_above_signers(p);
}

bool conclusion_take_signature(struct parser *p)
{
    bool signers = begins_signers(p);

    if (!signers && !is_signature(p) && !is_enclosure_count(p))
        return false;
    p->signing.done |= signers && p->line->cell;
    stack_pop_to(p, 1);
    p->region = REGION_CONCLUSIONS;
    conclusion_line(p);
    return true;
}
