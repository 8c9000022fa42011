/* What follows the text of a letter: closing formula, copies, enclosures; and
 * whether such a thing begins. */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"

struct node *conclusion_element(struct parser *p)
{
    if (!p->conclusions)
        p->conclusions = draft_add(p->draft, p->doc, "conclusions");
    return p->conclusions;
}

static struct node *add_conclusion(struct parser *p, const char *class)
{
    struct node *block = block_empty(p, conclusion_element(p), class);

    draft_set_origin(p->draft, block, p->line->origin);
    p->signing.block = NULL;
    p->header.list = NULL;
    return block;
}

bool conclusion_is_date(struct parser *p, struct line *line)
{
    return !line->cell && look_find(p, line, KIND_FIELD, "placeDate", NULL);
}

void conclusion_open(struct parser *p)
{
    stack_pop_to(p, 1);
    block_text(p, add_conclusion(p, "closing"), p->line->text);
    p->region = REGION_CONCLUSIONS;
}

/* Only those who sign stand below "Done at Geneva", up to the annexes. */
enum { SIGNERS_MAX = 64, SIGNER_WIDTH_MAX = 160 };

static bool is_above_signers(struct parser *p)
{
    struct line *line = look_next_text(p);
    bool parties = false; /* "For Utopia:" */

    for (unsigned i = 0; line && i < SIGNERS_MAX; i++) {
        if (series_mark_schedule(p, line) || part_begins(p, line) ||
            signature_ends(p, line) ||
            (parties && enclosed_begins_text(p, line)))
            return true;
        parties |= lines_ends_in_colon(line->text);
        if (look_has(p, line, KIND_CLAUSE) ||
            lines_width(line->text) > SIGNER_WIDTH_MAX)
            return false;
        line = look_below(p, line);
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
    bool agreed = rule_is(f->rule, "done") || rule_is(f->rule, "witness");

    if (agreed && !is_above_signers(p))
        return false;
    if (p->attachments || p->body->parent != p->doc) {
        if (!p->line->cell)
            close_annexed(p);
        return !p->line->cell;
    }
    p->signing.done = agreed;
    conclusion_open(p);
    return true;
}

enum {
    ISSUERS_MAX = 6,
    ISSUER_WIDTH_MAX = 60,
    ENCLOSURES_MAX = 32,
    ENCLOSURE_WIDTH_MAX = 200
};

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
        p->header.list =
            draft_add(p->draft, conclusion_element(p), "blockList");
    p->signing.block = NULL; /* it stands above the list */
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
        p->circulation = p->line->gap > 0 ? NULL : p->circulation;
        return false;
    }
    parse_explain(p, "field", p->circulation->name, NULL);
    return true;
}

/* "2", "2件": they are counted, not named. */
static bool is_count(const struct finding *f)
{
    return f->match.at[CAP_NUM].len > 0;
}

static bool is_short(const struct line *line)
{
    return !line->cell && line->text.len && !lines_ends_sentence(line->text) &&
           !lines_ends_in_colon(line->text) &&
           lines_width(line->text) <= ISSUER_WIDTH_MAX;
}

static bool is_end(struct parser *p, struct line *next)
{
    return !next || lines_is_rule(next->text) ||
           lines_is_enclosed(next->text) || signature_ends(p, next);
}

/* "Tides Office" and below it the date, at the end of the text: where bodies
 * issue notices, nobody signs by name. In Chinese the date of a meeting stands
 * above its number. */
static bool ends_in_date(struct parser *p, struct line *line)
{
    for (unsigned i = 0; line && i < ISSUERS_MAX; i++) {
        struct line *next = look_below(p, line);

        if (!is_short(line))
            return false;
        if (conclusion_is_date(p, line))
            return i > 0 ? is_end(p, next)
                         : next && next->gap == 0 && is_short(next) &&
                               lines_is_wide(span_first(next->text)) &&
                               !look_classify(p, next) &&
                               is_end(p, look_below(p, next));
        if (look_classify(p, line) & ~(1u << KIND_SIGNATURE))
            return false;
        line = next;
    }
    return false;
}

/* "Geneva, 5 March 2031" alone at the end of a note, which nobody signs. */
static bool is_dated(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return conclusion_is_date(p, p->line) && lines_has_comma(p->line->text) &&
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
        line = look_below(p, line);
    }
    return false;
}

/* Short lines up to a drawn line, the annexes or the end; or a blank line or a
 * label. */
static bool is_list(struct parser *p, struct line *line, bool to_gap)
{
    for (unsigned i = 0; i < ENCLOSURES_MAX; i++) {
        if (!line || lines_is_rule(line->text) || part_begins(p, line) ||
            (to_gap && (line->gap > 0 || look_has_label(p, line))))
            return true;
        if (line->cell || line->gap > 0 || !line->text.len ||
            lines_ends_sentence(line->text) ||
            lines_width(line->text) > ENCLOSURE_WIDTH_MAX ||
            (look_classify(p, line) & (1u << KIND_HEADING | 1u << KIND_NOTE |
                                       1u << KIND_CAPTION)))
            return false;
        line = look_below(p, line);
    }
    return false;
}

/* "끝." ends the text of a letter in Korean, and its list of enclosures. */
enum { ORDER_LEN_MAX = 400 };

static bool says_end(struct parser *p, const struct line *line)
{
    return line->text.len <= ORDER_LEN_MAX &&
           scanner_takes(p->scanner, KIND_SAME, "ended", line->text, NULL);
}

/* Whether the list that begins here ends so. */
static bool is_list_to_end(struct parser *p)
{
    struct line *line = p->line;

    for (unsigned i = 0; line && i < ENCLOSURES_MAX; i++) {
        if (line->cell || (i > 0 && line->gap > 0))
            return false;
        if (says_end(p, line))
            return true;
        line = look_below(p, line);
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
    series_mark_enclosed(p, f->match.at[CAP_LABEL]);
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
bool conclusion_is_enclosure(struct parser *p)
{
    return (p->enclosures == ENCLOSURES_LISTED &&
            (p->line->gap == 0 ||
             (p->line->gap == 1 && begins_count(p->line->text) &&
              is_list(p, look_next(p, p->at), true)))) ||
           (p->enclosures == ENCLOSURES_COUNTED &&
            (p->line->gap == 0 || is_list_apart(p)) &&
            is_list(p, p->line, true));
}

/* Who issues the notice, below the enclosures and above the date. */
static bool is_issuer(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return ends_in_date(p, p->line) &&
           (p->line->gap > 0 || (next && conclusion_is_date(p, next)));
}

/* Several who sign side by side, each with office and name. */
static bool take_signers(struct parser *p)
{
    if (!p->signing.done || p->signing.count || !block_is_table(p))
        return false;
    block_table(p, conclusion_element(p));
    return true;
}

/* One of two bullets and more: to whom the letter goes, without a word that
 * says so. */
static bool is_in_list(struct parser *p)
{
    struct line *next = look_next(p, p->at);

    return look_has(p, p->line, KIND_BULLET) &&
           (p->header.list || (next && look_has(p, next, KIND_BULLET)));
}

/* A text below all else, a note perhaps. */
static void add_remark(struct parser *p)
{
    struct finding f;

    if (is_in_list(p) && take_item(p)) {
        parse_explain(p, "paragraph", "", NULL);
    } else if (look_find(p, p->line, KIND_NOTE, NULL, &f)) {
        block_labelled(p, add_conclusion(p, "note"), &f, CAP_TEXT, NULL);
        parse_explain(p, "note", f.rule->name, &f);
    } else {
        block_text(p, add_conclusion(p, NULL), p->line->text);
        parse_explain(p, "paragraph", "", NULL);
    }
}

/* "The Director," set apart below the mark of the enclosures, where nobody has
 * signed above it. */
static bool is_signed_behind(struct parser *p)
{
    return p->line->gap > 0 && !p->signing.count &&
           p->enclosures != ENCLOSURES_LISTED &&
           look_has(p, p->line, KIND_SIGNATURE);
}

void conclusion_line(struct parser *p)
{
    struct finding f;
    bool listed;

    if (take_signers(p) || !p->line->text.len)
        return;
    if (take_circulation(p) || take_receiver(p))
        return;
    if (p->enclosures && (is_issuer(p) || is_signed_behind(p)))
        p->enclosures = ENCLOSURES_NONE;
    listed =
        look_kinds(p, p->line,
                   1u << KIND_CLAUSE | 1u << KIND_ITEM | 1u << KIND_BULLET) &&
        conclusion_is_enclosure(p);
    if (listed)
        p->enclosures = ENCLOSURES_LISTED;
    /* The formula may stand on two lines. */
    if (look_find(p, p->line, KIND_CLOSING, NULL, &f) &&
        (!p->signing.count || !rule_is(f.rule, "words"))) {
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
    } else if ((!p->enclosures ||
                signature_puts_office_first(p, p->line->text)) &&
               !p->circulation && signature_take(p)) {
        /* It is in the signature. */
    } else {
        if (p->enclosures != ENCLOSURES_COUNTED)
            p->enclosures = ENCLOSURES_NONE;
        add_remark(p);
    }
}

/* Short lines, an office among them, up to an enclosure, an annex or the end:
 * a signature without a closing formula. */
enum { SIGNATURE_LINES_MAX = 6, CELLS_BESIDE_MAX = 2 };

/* "General Secretary" below a blank line: what is above need not end. */
static bool is_office_apart(struct parser *p)
{
    return p->line->gap > 0 && !p->line->cell &&
           look_has(p, p->line, KIND_SIGNATURE);
}

/* Below the last sentence, or whom to ask: "联系人：王某". */
static bool is_below_text(const struct parser *p)
{
    return p->before.end || p->before.address ||
           (p->before.value && p->line->gap > 0);
}

/* "2031-07-04   Vote closes": a row of a timetable, and no name. */
static bool is_dated_line(struct parser *p, struct line *line)
{
    return is_digit(line->text.at[0]) && !look_has(p, line, KIND_SIGNATURE) &&
           !conclusion_is_date(p, line);
}

/* "1320 Harbour Road, Utopia 22201" set apart, at the foot of a letter. */
enum { HOUSE_WIDTH_MAX = 80 };

static bool is_house(struct parser *p, struct line *line)
{
    return !line->cell && lines_has_digit(line->text) &&
           lines_has_comma(line->text) &&
           lines_width(line->text) <= HOUSE_WIDTH_MAX &&
           (!look_classify(p, line) || label_is_of_house(p, line));
}

/* What the lines of a signature may be. Below an office "\u062C. ..." begins
 * with an initial, and is no item. */
static unsigned signature_kinds(const struct line *line, bool office)
{
    UChar32 first = span_first(line->text);
    int32_t dot = U8_LENGTH(first);
    bool initial = office && u_charType(first) == U_OTHER_LETTER &&
                   (int32_t)line->text.len > dot && line->text.at[dot] == '.';

    return 1u << KIND_SIGNATURE | 1u << KIND_FIELD |
           (initial ? 1u << KIND_ITEM : 0);
}

/* "Let it be published and filed.", and a name alone below it. */
enum { NAME_WIDTH_MIN = 6, NAME_WIDTH_MAX = 40 };

static bool is_name_below_order(struct parser *p)
{
    const struct line *line = p->line, *next = look_next(p, p->at);
    struct span order = look_above(p, p->line)->text;

    return order.len <= ORDER_LEN_MAX && !line->cell && line->gap > 0 &&
           p->before.end && (!next || next->gap > 0) &&
           lines_width(line->text) >= NAME_WIDTH_MIN &&
           lines_width(line->text) <= NAME_WIDTH_MAX &&
           memchr(line->text.at, ' ', line->text.len) &&
           label_begins_high(line->text) && !lines_has_digit(line->text) &&
           !lines_ends_sentence(line->text) &&
           scanner_takes(p->scanner, KIND_SAME, "ordered", order, NULL);
}

/* Cells need more than a gap behind them: they may be any table. Further lines
 * of a cell stand right below it, and nothing may stand beside it: but
 * "(signed)" says what the cell is, and there is room for a hand below it. */
static bool is_signature(struct parser *p)
{
    size_t lines = 0;
    bool office = false, cells = p->line->cell;
    bool marked = cells && signature_is_aside(p->line->text);

    if (p->attachments || p->body->parent != p->doc || !p->body->children ||
        !(is_below_text(p) || is_office_apart(p)) || p->before.heading)
        return false;
    if (ends_in_date(p, p->line) || is_dated(p) || is_name_below_order(p) ||
        (look_has(p, p->line, KIND_SIGNATURE) &&
         says_end(p, look_above(p, p->line))))
        return true;
    for (size_t i = p->at; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];

        if (line->gone || (cells && !lines && i - p->at < CELLS_BESIDE_MAX &&
                           line->cell && !line->text.len))
            continue;
        if (lines > 1 && office && line->gap > 0 && series_is_schedule(p, line))
            return true;
        if (lines && signature_ends(p, line))
            return office &&
                   (lines > 1 || signature_puts_office_first(p, p->line->text));
        if (lines && (line->gap > 1 || (marked && line->cell)))
            return office && (!cells || marked);
        if (lines > 1 && office && !cells && line->gap > 0 && is_house(p, line))
            return true;
        if (lines++ == SIGNATURE_LINES_MAX ||
            (line->cell != cells &&
             (line->cell || (line->gap > 0 && !(marked && lines == 2)))) ||
            !line->text.len || lines_ends_sentence(line->text) ||
            signature_width(line->text) > SIGNATORY_WIDTH_MAX ||
            (!office && is_dated_line(p, line)) ||
            (look_classify(p, line) & ~signature_kinds(line, office)))
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

/* "Head of Division        A. N. Example" below the mark and its list, or the
 * formula that stands above such. */
static bool is_signed_below(struct parser *p)
{
    struct line *line = look_next(p, p->at);

    for (unsigned i = 0; line && i < ENCLOSURES_MAX; i++) {
        if (line->cell || part_begins(p, line))
            return false;
        if (line->gap > 0)
            return look_find(p, line, KIND_CLOSING, "words", NULL) ||
                   signature_puts_office_first(p, line->text);
        line = look_below(p, line);
    }
    return false;
}

/* The mark of a text that nobody signs: the annexes follow at once, a list of
 * them with nothing behind it, or nothing does; or that of a notice, whose
 * annexes may be named one by one; or that of a letter, above who signs. */
static bool is_last_mark(struct parser *p)
{
    struct line *next = look_next_text(p);
    bool mark = look_has(p, p->line, KIND_ENCLOSURE);

    /* Few lines are either, and what is below takes longer to see. */
    if (!mark && !part_begins(p, p->line))
        return false;
    return conclusion_is_below(p) ||
           (mark &&
            (!next || part_begins(p, next) || is_list_to_end(p) ||
             is_signed_below(p) ||
             (lines_ends_in_colon(p->line->text) && is_list(p, next, false))));
}

/* "Nơi nhận:" and a list, with nothing behind it but who signs: copies go
 * there, though nothing has closed the text. */
static bool is_circulation_below(struct parser *p)
{
    struct line *line = look_next_text(p);
    struct finding f;

    if (!lines_ends_in_colon(p->line->text) || p->line->gap == 0 ||
        !look_find(p, p->line, KIND_FIELD, NULL, &f) ||
        !(rule_is(f.rule, "distribution") || rule_is(f.rule, "copy")) ||
        !line || line->gap > 0 || !look_has(p, line, KIND_BULLET))
        return false;
    for (unsigned i = 0; line && i < ENCLOSURES_MAX; i++) {
        if (line->cell || (line->gap > 0 && !look_has(p, line, KIND_BULLET)))
            return part_begins(p, line) || look_has(p, line, KIND_SIGNATURE);
        line = look_below(p, line);
    }
    return !line;
}

bool conclusion_take_enclosure(struct parser *p)
{
    bool circulation;

    if (p->attachments || p->body->parent != p->doc || p->line->cell)
        return false;
    circulation = is_circulation_below(p);
    if (!circulation && !is_last_mark(p))
        return false;
    stack_pop_to(p, 1);
    p->region = REGION_CONCLUSIONS;
    if (!circulation && !look_has(p, p->line, KIND_ENCLOSURE))
        p->enclosures = ENCLOSURES_LISTED;
    conclusion_line(p);
    return true;
}

/* "Chairman, Study Group 6" and, right below, "A. EXAMPLE". */
static bool is_office_and_name(struct parser *p, struct line *first,
                               const struct line *name)
{
    return lines_width(first->text) <= SIGNATORY_WIDTH_MAX &&
           lines_width(name->text) <= NAME_WIDTH_MAX &&
           signature_is_office(p, first->text) &&
           !lines_has_digit(name->text) && signature_has_initial(name->text);
}

/* Or the name and then the office, where an annex ends: they stand in none of
 * its clauses. */
enum { OFFICE_LINES_MAX = 3 };

bool conclusion_signs_annex(struct parser *p, struct line *first)
{
    struct line *line = look_below(p, first);
    unsigned lines = 0;

    if (!p->attachments || first->gap == 0 || !first->text.len ||
        lines_ends_sentence(first->text) || !line || line->gap > 0 ||
        line->cell != first->cell ||
        look_kinds(p, first, ~(1u << KIND_SIGNATURE | 1u << KIND_FIELD)) ||
        !(is_office_and_name(p, first, line) ||
          (lines_width(first->text) <= NAME_WIDTH_MAX &&
           !lines_has_digit(first->text) && look_has(p, line, KIND_SIGNATURE))))
        return false;
    while (line && line->gap == 0 && lines++ < OFFICE_LINES_MAX &&
           !lines_ends_sentence(line->text))
        line = look_below(p, line);
    return !line || (line->gap > 0 && part_begins(p, line));
}

static void take_signed_annex(struct parser *p)
{
    stack_pop_to(p, 1);
    block_text(p, stack_add_block(p, NULL), p->line->text);
    p->before.end = true;
    p->before.heading = p->before.colon = false;
    parse_explain(p, "signature", "", NULL);
}

/* Those who sign minutes. */
static bool begins_signers(struct parser *p)
{
    return !p->attachments && p->body->parent == p->doc && p->before.end &&
           !p->before.heading && signature_heads_two(p) && is_above_signers(p);
}

bool conclusion_take_signature(struct parser *p)
{
    bool signers = begins_signers(p);

    if (p->depth > 1 && conclusion_signs_annex(p, p->line)) {
        take_signed_annex(p);
        return true;
    }
    if (!signers && !is_signature(p) && !is_enclosure_count(p))
        return false;
    p->signing.done |= signers && p->line->cell;
    stack_pop_to(p, 1);
    p->region = REGION_CONCLUSIONS;
    conclusion_line(p);
    return true;
}
