/* Tells which references are left as words, since it is not known what they
 * cite. */
#include "citing.h"

#include <string.h>
#include <unicode/utf8.h>

#include "labels.h"

enum { ANTECEDENT_MAX = 400, NOUN_MAX = 80, STEM_MIN = 5, STEM_MAX = 10 };

/* The last word of "cette décision", without its ending and its first letter,
 * which may be a capital. */
static struct span noun_stem(struct span words)
{
    struct span stem = span_trim(words);
    size_t at = stem.len;

    while (at && stem.at[at - 1] != ' ')
        at--;
    stem = span_between(stem.at + at, stem.at + stem.len);
    at = stem.len ? 1 : 0;
    while (at < stem.len && U8_IS_TRAIL(stem.at[at]))
        at++;
    stem = span_between(stem.at + at, stem.at + stem.len);
    if (stem.len > STEM_MAX)
        for (stem.len = STEM_MAX; U8_IS_TRAIL(stem.at[stem.len]);)
            stem.len--;
    return stem;
}

/* Whether a word that goes on here is followed by one with a digit, with no
 * more than capitals between: "C 112/3". */
static bool leads_to_number(struct span rest)
{
    size_t at = 0, from;

    while (at < rest.len && rest.at[at] != ' ')
        at++;
    while (at < rest.len && rest.at[at] == ' ')
        at++;
    from = at;
    while (at < rest.len && rest.at[at] >= 'A' && rest.at[at] <= 'Z')
        at++;
    if (at > from && at < rest.len && rest.at[at] == ' ')
        at++;
    while (at < rest.len && rest.at[at] != ' ' && !is_digit(rest.at[at]))
        at++;
    return at < rest.len && is_digit(rest.at[at]);
}

/* "By its decision XI/Dec.5 ... paragraph 3 of this decision": "this" says the
 * one that stands before, whose symbol no rule knows. */
static bool is_of_symbol_before(const struct citing *p, const struct finding *f,
                                struct span words)
{
    char noun[NOUN_MAX], antecedent[ANTECEDENT_MAX];
    struct span stem = noun_stem(span_plain_end(words, noun, sizeof noun));
    struct span before =
        span_between(p->place->text->text.at, f->match.at[CAP_ALL].at);
    const char *here, *from, *found;

    if (stem.len < STEM_MIN)
        return false;
    before = span_plain_end(before, antecedent, sizeof antecedent);
    from = before.at;
    here = before.at + before.len;
    while ((found = memmem(from, (size_t)(here - from), stem.at, stem.len))) {
        from = found + stem.len;
        if (leads_to_number(span_between(from, here)))
            return true;
    }
    return false;
}

/* "The present report, in particular its paragraph 2". */
static bool is_of_this_text(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span before = span_between(p->place->text->text.at, here);

    return f->match.at[CAP_SAME].at == here && rule_is(f->rule, "clause") &&
           scanner_takes(p->scanner, KIND_SAME, "ours",
                         citing_joint_at_end(before), NULL);
}

/* "That report", and none was named, so that it could only be this one where
 * the rule says so; "[ETSI EG 1]", and no rule names it. */
static bool is_of_unnamed(struct citing *p, const struct finding *f,
                          const struct named *doc)
{
    if (doc->type[0])
        return p->doubt && f->match.at[CAP_MAIN].at &&
               f->match.at[CAP_SAME].at && !p->last_doc.type[0] &&
               is_of_symbol_before(p, f, f->match.at[CAP_SAME]);
    if (!f->match.at[CAP_SAME].at || citing_of_last_clause(p, f) ||
        citing_of_named_part(p, f) || citing_last_part(p, f))
        return f->match.at[CAP_DOC].at && !rule_is(f->rule, "document");
    return f->match.at[CAP_MAIN].at
               ? is_of_symbol_before(p, f, f->match.at[CAP_SAME])
               : !is_of_this_text(p, f);
}

/* The "é" of "Rév.". */
static bool is_in_accented(const char *from, const char *at)
{
    return (unsigned char)at[-1] == 0xC3 ||
           (at - from > 1 && (unsigned char)at[-2] == 0xC3);
}

/* Where the signs before `end` begin that a symbol is made of: no letters of a
 * script that stands close to it. */
static const char *word_before(const char *from, const char *end)
{
    const char *at = end;

    while (at > from && (unsigned char)at[-1] > ' ' &&
           ((unsigned char)at[-1] < 0x7F || is_in_accented(from, at)))
        at--;
    return at;
}

/* Takes a comma or a bracket off the end; false where there is none. */
static bool cut_joint(struct span *text)
{
    static const char *const signs[] = { ",",      "\u060C", "\uFF0C", "(",
                                         "\uFF08", ")",      "\uFF09" };

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t len = strlen(signs[i]);

        if (text->len > len &&
            memcmp(text->at + text->len - len, signs[i], len) == 0) {
            text->len -= len;
            return true;
        }
    }
    return false;
}

/* "decision III/8, annex, paragraph 2": takes the word off the end. */
static void cut_annex(const struct citing *p, struct span *text)
{
    struct finding annex;

    if (scanner_takes(p->scanner, KIND_SAME, "annex_behind",
                      citing_joint_at_end(*text), &annex))
        text->len = (size_t)(annex.match.at[CAP_ALL].at - text->at);
}

/* "E/2024/7", "F.1105", "FAL.14(46)", "70/1", "5/CP.27". */
static bool is_symbol(const char *at, const char *end)
{
    bool capital = false, digit = false, dot = false;
    size_t slashes = 0;

    while (at < end && (*at == '(' || *at == '['))
        at++;
    for (const char *c = at; c < end; c++) {
        capital |= *c >= 'A' && *c <= 'Z';
        digit |= is_digit(*c);
        dot |= *c == '.';
        slashes += *c == '/';
    }
    if (at == end || !digit)
        return false;
    if (is_digit(*at))
        return slashes == 1 && (!dot || capital);
    return *at >= 'A' && *at <= 'Z' && capital && (dot || slashes);
}

/* "C14": the number of a paper, whoever hands it out. */
enum { PAPER_LETTERS_MAX = 4, PAPER_DIGITS_MIN = 2 };

static bool is_paper(const char *at, const char *end)
{
    const char *from, *digits;

    while (at < end && (*at == '(' || *at == '['))
        at++;
    from = at;
    while (at < end && *at >= 'A' && *at <= 'Z')
        at++;
    digits = at;
    while (at < end && is_digit(*at))
        at++;
    return at == end && digits > from && digits - from <= PAPER_LETTERS_MAX &&
           at - digits >= PAPER_DIGITS_MIN;
}

/* "N 1023", "No. 1160": a number, no year, behind a word with a capital; behind
 * capitals alone fewer digits will do: "IFRS 15". */
enum { SERIAL_DIGITS_MIN = 3, HOUSE_LETTERS_MIN = 3 };

static bool is_house(const char *word, const char *end)
{
    const char *at = word;

    while (at < end && *at >= 'A' && *at <= 'Z')
        at++;
    return at == end && end - word >= HOUSE_LETTERS_MIN;
}

static bool is_serial(const char *from, const char *end)
{
    const char *at = word_before(from, end), *word;
    bool year =
        end - at == 4 && (memcmp(at, "19", 2) == 0 || memcmp(at, "20", 2) == 0);

    for (const char *c = at; c < end; c++)
        if (!is_digit(*c))
            return false;
    if (at == end || year || at == from || at[-1] != ' ')
        return false;
    word = word_before(from, at - 1);
    while (word < at && *word == '(')
        word++;
    return end - at < SERIAL_DIGITS_MIN ? is_house(word, at - 1)
                                        : *word >= 'A' && *word <= 'Z';
}

/* "NIST SP 800-63B": numbers with hyphens behind capitals. */
static bool is_hyphened(const char *from, const char *end)
{
    const char *at = word_before(from, end), *word;
    bool hyphen = false;

    for (const char *c = at; c < end; c++) {
        if (!is_digit(*c) && *c != '-' && !(*c >= 'A' && *c <= 'Z'))
            return false;
        hyphen |= *c == '-';
    }
    if (!hyphen || at == from || at[-1] != ' ' || !is_digit(*at))
        return false;
    word = word_before(from, at - 1);
    for (const char *c = word; c < at - 1; c++)
        if (*c < 'A' || *c > 'Z')
            return false;
    return at - 1 - word > 1;
}

/* "WP.5 (2032) No. 4" is one as well. */
static bool is_counted(const char *from, const char *end)
{
    static const char *const signs[] = { "No. ", "no. ", "N° ",
                                         "n° ",  "Nº ",  "№ " };
    const char *at = word_before(from, end);

    for (const char *c = at; c < end; c++)
        if (!is_digit(*c))
            return false;
    for (size_t i = 0; at < end && i < sizeof signs / sizeof *signs; i++)
        if ((size_t)(at - from) >= strlen(signs[i]) &&
            memcmp(at - strlen(signs[i]), signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

enum { YEAR_LENGTH = 6, WORD_MAX = 16 };

/* "CM(2004)60": a year in brackets stands in the symbol. */
static bool has_year(const char *at, const char *end)
{
    const char *open = memchr(at, '(', (size_t)(end - at));

    return open && open - at > 1 && end - open > YEAR_LENGTH &&
           (memcmp(open, "(19", 3) == 0 || memcmp(open, "(20", 3) == 0) &&
           is_digit(open[3]) && is_digit(open[4]) && open[5] == ')' &&
           is_digit(open[6]);
}

/* The end of what stands before a word without digits, "revised" or "révisé";
 * or `end`. */
static const char *before_word(const char *from, const char *end)
{
    const char *at = end;

    while (at > from && at[-1] != ' ' && !is_digit(at[-1]) &&
           end - at < WORD_MAX)
        at--;
    return at > from && at < end && at[-1] == ' ' ? at - 1 : end;
}

static bool is_dated_symbol(const char *from, const char *end)
{
    const char *last = before_word(from, end);

    return has_year(word_before(from, end), end) ||
           (last < end && has_year(word_before(from, last), last));
}

/* "https://www.itu.int/tides": what is cited behind it stands there. */
static bool is_address(const char *at, const char *end)
{
    static const char sign[] = "://", web[] = "www.";

    while (at < end && *at == '(')
        at++;
    return memmem(at, (size_t)(end - at), sign, strlen(sign)) ||
           ((size_t)(end - at) > strlen(web) &&
            memcmp(at, web, strlen(web)) == 0);
}

/* "draft-tide-profile-07", as the IETF names what it drafts, and
 * "REC-tides-20310502", as the W3C does. */
static bool is_internet_draft(const char *at, const char *end)
{
    static const char *const names[] = { "draft-", "REC-" };

    while (at < end && (*at == '(' || *at == '['))
        at++;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if ((size_t)(end - at) > strlen(names[i]) &&
            memcmp(at, names[i], strlen(names[i])) == 0 && is_digit(end[-1]))
            return true;
    return false;
}

/* A chapter, table or figure, and not of what. */
static bool names_other_place(const struct finding *f)
{
    return citing_names_chapter(f) ||
           (citing_caption(f->rule) && !f->match.at[CAP_DOC].at &&
            !f->match.at[CAP_PART].at && !f->match.at[CAP_SAME].at);
}

/* "F.1105, clause 2": of a text that no rule names. */
enum { SYMBOL_BEFORE_MAX = 400 };

static bool follows_symbol(const struct citing *p, const struct finding *f)
{
    char plain[SYMBOL_BEFORE_MAX];
    const char *from = p->place->text->text.at, *end, *word;
    struct span before = span_trim(span_between(from, f->match.at[CAP_ALL].at));

    if (!(citing_names_alone(f) || names_other_place(f)) || !cut_joint(&before))
        return false;
    cut_joint(&before); /* "(E/2024/7), paragraph 2" */
    cut_annex(p, &before);
    before = span_trim(before);
    end = before.at + before.len;
    if (end > from && end[-1] == ')')
        end--;
    if (end == p->last_end)
        return false;
    before = span_plain_end(span_between(from, end), plain, sizeof plain);
    from = before.at;
    end = from + before.len;
    word = word_before(from, end);
    return (is_symbol(word, end) || is_paper(word, end) ||
            is_address(word, end) || is_dated_symbol(from, end) ||
            is_internet_draft(word, end) || is_serial(from, end) ||
            is_counted(from, end) || is_hyphened(from, end));
}

/* "F.1105 (clause 2 and table 1)". Annexes may be ours. */
static bool goes_on_with_symbol(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    bool place = names_other_place(f) ||
                 (citing_names_alone(f) && !rule_is_part(f->rule));

    return place && p->unclear_end && here >= p->unclear_end &&
           citing_joins(p, span_between(p->unclear_end, here), "list");
}

enum { TITLE_MAX = 100 };

/* "Resolution 1, § 2; Common Policy, § 3": of what stands between, which no
 * rule names. */
static bool follows_title(const struct citing *p, const struct finding *f)
{
    const char *from = p->place->text->text.at, *at;
    struct span before = span_trim(span_between(from, f->match.at[CAP_ALL].at));
    struct span title;

    if (!citing_names_alone(f) || !before.len ||
        before.at[before.len - 1] != ',')
        return false;
    at = before.at + --before.len;
    while (at > from && before.at + before.len - at < TITLE_MAX &&
           at[-1] != ',' && at[-1] != ';')
        at--;
    title = span_trim(span_between(at, before.at + before.len));
    if (at == from || at[-1] != ';' || title.at == at || p->last_end > at)
        return false;
    at = title.at - 1;
    return (at[1] >= 'A' && at[1] <= 'Z') || (unsigned char)at[1] == 0xC3;
}

static bool is_of_symbol(struct citing *p, const struct finding *f)
{
    if (!follows_symbol(p, f) && !follows_title(p, f) &&
        !goes_on_with_symbol(p, f))
        return false;
    p->unclear_end = f->match.at[CAP_ALL].at + f->match.at[CAP_ALL].len;
    return true;
}

/* "The annex" where there are several or none, or in it. */
static bool is_no_annex(struct citing *p, const struct finding *f)
{
    struct node *text = p->place->text, *only;

    if (!rule_is(f->rule, "attached"))
        return false;
    only = xrefs_only(p->xrefs, p->scanner, f->match.at[CAP_ALL],
                      p->xrefs->only_annex);
    return !only || draft_ancestor(text, "attachment", NULL) == only ||
           draft_ancestor(text, "section", "proposal");
}

/* "Clause 2 of the annex" where there are several. */
static bool is_of_no_annex(const struct citing *p, const struct named *doc)
{
    const struct xrefs *xrefs = p->xrefs;

    return p->part.at && !doc->type[0] &&
           !labels_annex(p->part, &p->scanner->grammar->numerals).len &&
           !xrefs_only(xrefs, p->scanner, p->part,
                       xrefs->only_part ? xrefs->only_part : xrefs->only_annex);
}

/* "Clause 2 of the report", where nothing is annexed to one. */
static bool is_of_no_outer(struct citing *p, const struct finding *f)
{
    return f->match.at[CAP_MAIN].at && citing_holder(p, f) &&
           !draft_ancestor(p->place->text, "attachment", NULL);
}

/* "Your clause 2", "decision XI/5 ...; that decision says in paragraph 1". */
static bool is_said_to_be_of_unnamed(struct citing *p, const struct finding *f)
{
    struct span words;

    if (citing_is_yours(p, f))
        return true;
    words = citing_subject(p, f);
    return words.len && is_of_symbol_before(p, f, words);
}

/* The heading "Coordination (item 2)" of a report: an item of the agenda. */
static bool is_on_agenda(struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL], text = p->place->text->text;
    const char *end = all.at + all.len;

    return draft_is(p->place->text->parent, "heading") && all.at > text.at &&
           all.at[-1] == '(' && end < text.at + text.len && *end == ')' &&
           rule_is(f->rule, "clause") && citing_names_alone(f) &&
           citing_joins(p, all, "point");
}

bool citing_is_unclear(struct citing *p, const struct finding *f,
                       const struct named *doc)
{
    return rule_is(f->rule, "foreign") || is_of_unnamed(p, f, doc) ||
           (!doc->type[0] &&
            (is_said_to_be_of_unnamed(p, f) || is_on_agenda(p, f))) ||
           ((!doc->type[0] || p->apart) && is_of_symbol(p, f)) ||
           is_of_no_annex(p, doc) || is_no_annex(p, f) || is_of_no_outer(p, f);
}
