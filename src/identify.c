/* Finds out what a document is: type, issuer, number and date. */
#include "identify.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "dating.h"

/* ---- what it is called ---------------------------------------------------------- */

static bool name_from_text(struct scanner *scanner, const struct node *node,
                           struct named *named)
{
    struct buf text = { 0 };
    struct span name = draft_content(&text, node);
    bool found = !text.failed && document_named(scanner, name, named);

    scanner->failed |= text.failed;
    buf_free(&text);
    return found;
}

/* "(created by TSAG, see clause 3 of its Report 9)" below a title. */
static bool is_aside(struct scanner *scanner, const struct node *node)
{
    struct buf text = { 0 };
    bool aside = draft_has_class(node, "title") &&
                 span_first(draft_content(&text, node)) == '(';

    scanner->failed |= text.failed;
    buf_free(&text);
    return aside;
}

/* "Questionnaire on Resolution 76" is none. */
static bool speaks_of(struct scanner *scanner, const struct node *node)
{
    struct buf text = { 0 };
    struct span title = draft_content(&text, node);
    struct finding f;
    bool about =
        draft_has_class(node, "title") &&
        scanner_takes(scanner, KIND_REF, "document", title, &f) &&
        scanner_takes(scanner, KIND_SAME, "about",
                      span_between(title.at, f.match.at[CAP_ALL].at), NULL);

    scanner->failed |= text.failed;
    buf_free(&text);
    return about;
}

/* A line of a field ends there: "TSB Circular 158" and below it "5/AB". */
static bool name_from(struct scanner *scanner, const struct node *node,
                      struct named *named)
{
    if (!draft_is(node, "container"))
        return !is_aside(scanner, node) &&
               name_from_text(scanner, node, named) &&
               !speaks_of(scanner, node);
    for (const struct node *block = node->children; block; block = block->next)
        if (name_from_text(scanner, block, named))
            return true;
    return false;
}

/* Where documents say what they are, the surest place first. */
enum place_type { PLACE_FIELD, PLACE_CLASS };

static const struct {
    enum place_type type;
    const char *name;
    bool recommendation; /* may say that it is one */
    bool answer;         /* names the question that the text answers */
    bool attached;       /* an annex may say it of the whole */
} places[] = {
    { PLACE_FIELD, "number", false, false, false },
    { PLACE_CLASS, "number", true, false, false },
    { PLACE_FIELD, "type", false, false, false },
    { PLACE_CLASS, "reference", false, false, false },
    { PLACE_FIELD, "reference", false, false, false },
    { PLACE_CLASS, "parent", false, true, true },
    { PLACE_CLASS, "title", true, false, false },
};

/* The number of one of several texts, which stand below each other, is no surer
 * than a title. */
static bool has_class(const struct node *p, const char *name)
{
    bool several = draft_has_class(p, "number") &&
                   draft_is(p->parent, "mainBody");

    return several ? strcmp(name, "title") == 0 : draft_has_class(p, name);
}

static bool is_place(const struct node *node, size_t i)
{
    if (places[i].type == PLACE_CLASS)
        return draft_is(node, "p") && has_class(node, places[i].name);
    return draft_is(node, "container") && draft_is_named(node, places[i].name);
}

static struct node *find_container(struct node *top, const char *name)
{
    for (struct node *n = top; n; n = draft_next(n, top, true))
        if (draft_is(n, "container") && draft_is_named(n, name))
            return n;
    return NULL;
}

/* What says of itself that it is a contribution, or has a number of its own,
 * only speaks of the text; a report of "Question 4/13" is no question. */
static bool may_be(const struct named *named, struct node *top, size_t i)
{
    if (strcmp(named->type, "recommendation") == 0)
        return places[i].recommendation &&
               !(strcmp(places[i].name, "title") == 0 &&
                 (find_container(top, "type") ||
                  find_container(top, "number")));
    return !(places[i].answer && strcmp(named->type, "question") == 0) &&
           !document_is_group(named);
}

/* Bytes of "Annex" in "Annex 1", of 附件 in 附件1. */
static size_t word_bytes(struct span name)
{
    bool ascii = name.len && (unsigned char)*name.at < 0x80;
    size_t at = 0;

    while (at < name.len &&
           (ascii ? name.at[at] != ' ' : (unsigned char)name.at[at] >= 0x80))
        at++;
    return at;
}

/* "(Annex 1 to Resolution 12)" below "ANNEX B" says where that was taken from.
 */
static bool is_of_other(struct scanner *scanner, const struct node *node)
{
    struct span name = draft_first_text(
        draft_child(draft_child(node->parent, "p"), "docNumber"));
    struct buf text = { 0 };
    struct span words = draft_content(&text, node);
    size_t skip = words.len && *words.at == '(' ? 1
                  : words.len > 3 && memcmp(words.at, "（", 3) == 0
                      ? strlen("（")
                      : 0;
    size_t same = 0;

    words = (struct span){ words.at + skip, words.len - skip };
    while (same < name.len && same < words.len &&
           tolower((unsigned char)name.at[same]) ==
               tolower((unsigned char)words.at[same]))
        same++;
    scanner->failed |= text.failed;
    buf_free(&text);
    return name.len && same < name.len && same >= word_bytes(name);
}

static bool find_name(struct scanner *scanner, struct node *top, size_t i,
                      struct named *named)
{
    for (struct node *n = top; n;
         n = draft_next(n, top, !draft_is(n, "section") &&
                                    (places[i].attached ||
                                     !draft_is(n, "attachments"))))
        if (is_place(n, i) &&
            !(places[i].attached && is_of_other(scanner, n)) &&
            name_from(scanner, n, named) && may_be(named, top, i))
            return true;
    return false;
}

/* Other aliases stand for signs and numbers; that a text is the Union's need
 * not be said. */
static bool is_body(struct span name)
{
    return name.len > 1 && isupper((unsigned char)name.at[0]) &&
           !span_is(name, "ITU");
}

/* No letter that goes on with it stands beside it: "ВТО" is not in "ВТОРОЙ". */
static bool is_word(struct span text, struct span word)
{
    int32_t at = (int32_t)(word.at - text.at), end = at + (int32_t)word.len;
    UChar32 before = 0, after = 0;

    if (at)
        U8_PREV(text.at, 0, at, before);
    if (end < (int32_t)text.len)
        U8_NEXT(text.at, end, (int32_t)text.len, after);
    return !u_isUUppercase(before) && !u_isULowercase(before) &&
           !u_isUUppercase(after) && !u_isULowercase(after);
}

static bool has_word(struct span text, struct span word)
{
    const char *at = memmem(text.at, text.len, word.at, word.len);

    return at && is_word(text, (struct span){ at, word.len });
}

/* The longest name of a body that the node's text has before a bracket, where
 * it says when and where it met. */
static struct span named_body(struct scanner *scanner, const struct node *node)
{
    const struct grammar *g = scanner->grammar;
    struct span best = { 0 }, words;
    struct buf text = { 0 };

    words = draft_content(&text, node);
    for (size_t i = 0; i < words.len; i++)
        if (words.at[i] == '(')
            words.len = i;
    for (size_t i = 0; words.len && i < g->alias_count; i++)
        if (g->aliases[i].from.len > best.len && is_body(g->aliases[i].to) &&
            has_word(words, g->aliases[i].from))
            best = g->aliases[i].from;
    if (!best.len && words.len && document_body(g, words).at != words.at)
        best = document_body(g, words);
    scanner->failed |= text.failed;
    buf_free(&text);
    return best;
}

static struct span house_of(struct scanner *scanner, const struct node *node)
{
    struct span body = named_body(scanner, node);

    return body.len &&
                   scanner_takes(scanner, KIND_SAME, "house",
                                 document_body(scanner->grammar, body), NULL)
               ? body
               : (struct span){ 0 };
}

static bool name_house(struct identity *id, struct scanner *scanner,
                       struct span word)
{
    bool house = scanner_takes(scanner, KIND_SAME, "house",
                               document_body(scanner->grammar, word), NULL);

    if (house)
        document_author(id->named.author, sizeof id->named.author, scanner,
                        word, true);
    return house;
}

/* "MSC.1/Circ.1460" is of the house that its first word stands for, and so is
 * "C. PCT 1698" by its second. */
static bool name_by_series(struct identity *id, struct scanner *scanner)
{
    const char *number = id->named.number;
    const char *dot = strchr(number, '.');
    struct span series =
        dot ? span_between(number, dot + 1) : (struct span){ 0 };

    if (dot == number + 1) {
        const char *end = dot + 1;
        while (isupper((unsigned char)*end))
            end++;
        series = span_between(dot + 1, end);
    }
    return series.len > 1 &&
           name_house(id, scanner, grammar_alias(scanner->grammar, series));
}

/* "To: All WMO Members" go the letters of that house. */
static bool name_by_members(struct identity *id, struct scanner *scanner,
                            const struct node *field)
{
    struct buf text = { 0 };
    struct span words = { 0 };
    bool done = false;

    if (field && field->children)
        words = draft_content(&text, field->children);
    if (words.len && scanner_takes(scanner, KIND_SAME, "members", words, NULL))
        for (size_t i = 0, end; i < words.len && !done; i = end + 1) {
            for (end = i;
                 end < words.len && isupper((unsigned char)words.at[end]);)
                end++;
            done =
                end > i + 1 &&
                name_house(id, scanner, (struct span){ words.at + i, end - i });
        }
    scanner->failed |= text.failed;
    buf_free(&text);
    return done;
}

enum { SITE_MAX = 12 };

/* "WMO" of "www.wmo.int" or "office@wmo.int": where the letters go on behind
 * byte `at`. */
static size_t read_site(char name[SITE_MAX], struct span text, size_t at)
{
    size_t len = 0;

    while (at + len < text.len && len < SITE_MAX - 1 &&
           isalpha((unsigned char)text.at[at + len])) {
        name[len] = (char)toupper((unsigned char)text.at[at + len]);
        len++;
    }
    name[len] = '\0';
    return at + len < text.len && text.at[at + len] == '.' ? len : 0;
}

/* The first site or mailbox of a house in the text; of the Union's, that it is
 * the Union's. */
static bool name_by_text(struct identity *id, struct scanner *scanner,
                         struct span words)
{
    char name[SITE_MAX];
    bool done = false;

    for (size_t i = 0; i + 4 < words.len && !done; i++) {
        size_t at = words.at[i] == '@'                 ? i + 1
                    : !memcmp(words.at + i, "www.", 4) ? i + 4
                                                       : 0;

        if (at && read_site(name, words, at))
            done = strcmp(name, "ITU") == 0 ||
                   name_house(id, scanner, span_of(name));
    }
    return done;
}

/* Whose letter it is, by its header; those who get it have sites as well. */
static void name_by_site(struct identity *id, struct scanner *scanner,
                         const struct node *preface)
{
    bool done = false;

    for (struct node *n = preface->children; n && !done; n = n->next) {
        struct buf text = { 0 };

        if (!draft_is_named(n, "addressees") && !draft_is_named(n, "copy"))
            done = name_by_text(id, scanner, draft_content(&text, n));
        scanner->failed |= text.failed;
        buf_free(&text);
    }
}

static struct node *find_opening(struct node *parent)
{
    struct node *p = draft_child(parent, "p");

    while (p && !(draft_is(p, "p") && draft_has_class(p, "opening")))
        p = p->next;
    return p;
}

/* Of the text, or of the first that a proposal is to change. */
static struct node *opening_of(struct node *body)
{
    struct node *p = find_opening(body);

    for (struct node *n = body; n && !p; n = draft_next(n, body, true))
        if (draft_has_class(n, "proposal"))
            p = find_opening(draft_child(n, "intro"));
    return p;
}

/* What greets somebody is one, however it is called. */
static bool is_letter(const struct identity *id, const struct node *body)
{
    const struct node *p = draft_child(body, "p");

    return document_is_letter(&id->named) ||
           (strcmp(id->named.type, "document") == 0 &&
            draft_has_class(p, "salutation"));
}

/* "The World ... Assembly (Geneva, 2022)," says who speaks; so does the bureau
 * in the letterhead of a circular, and that of any paper another house; where
 * no letterhead says it, those who get a letter, or its site. */
static void name_speaker(struct identity *id, struct scanner *scanner,
                         struct node *doc)
{
    struct node *preface = draft_child(doc, "preface");
    struct node *p = opening_of(draft_child(doc, "mainBody"));
    struct span body;

    if (!p && preface && is_letter(id, draft_child(doc, "mainBody")))
        p = find_container(preface, "sector");
    body = named_body(scanner, p);
    if (!body.len && preface)
        body = house_of(scanner, find_container(preface, "organization"));
    if (body.len)
        document_author(id->named.author, sizeof id->named.author, scanner, body,
                    false);
    else if (preface && !p && is_letter(id, draft_child(doc, "mainBody")) &&
             !find_container(preface, "organization") &&
             !name_by_series(id, scanner) &&
             !name_by_members(id, scanner,
                              find_container(preface, "addressees")))
        name_by_site(id, scanner, preface);
}

/* "BDT/RO ASP/DM/017": words of capitals, with strokes between them. */
enum { SYMBOL_LEN_MAX = 40 };

static bool is_symbol(struct span value)
{
    bool stroke = false;

    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];

        if (c >= 0x80 || islower(c) || c == '\t')
            return false;
        stroke |= c == '/';
    }
    return stroke && value.len <= SYMBOL_LEN_MAX;
}

/* "Ref.: CL-21/51": one word with a number in it, or a symbol. */
static struct span reference_number(const struct node *field)
{
    const struct node *block = field ? field->children : NULL;
    const struct node *last = block ? block->last : NULL;
    struct span value = last && !last->name ? span_trim(last->text)
                                            : (struct span){ 0 };
    bool digit = false;

    for (size_t i = 0; i < value.len; i++) {
        if ((value.at[i] == ' ' || value.at[i] == '\t') && !is_symbol(value))
            return (struct span){ 0 };
        digit |= isdigit((unsigned char)value.at[i]) != 0;
    }
    return digit ? value : (struct span){ 0 };
}

/* "Corrigendum 1" on a line of its own, above or below the name of what it
 * changes, or below that in its field. */
static bool may_name_amendment(const struct node *n)
{
    return draft_is(n, "p") && (draft_has_class(n, "amendment") ||
                                draft_is_named(n->parent, "reference"));
}

static void name_amendment(struct identity *id, struct scanner *scanner,
                           struct node *doc)
{
    struct node *preface = draft_child(doc, "preface");
    struct finding f;

    for (struct node *n = preface; n && !id->named.amended;
         n = draft_next(n, preface, true))
        if (may_name_amendment(n) &&
            scanner_takes(scanner, KIND_TITLE, "amendment", draft_first_text(n),
                          NULL) &&
            scanner_takes(scanner, KIND_DOCUMENT, "amendment",
                          draft_first_text(n), &f))
            document_amend(scanner, &id->named, &f);
}

static void name_unnamed(struct identity *id, struct scanner *scanner,
                         struct node *doc)
{
    struct node *preface = draft_child(doc, "preface");
    struct node *group = preface ? find_container(preface, "group") : NULL;
    struct node *number = preface ? find_container(preface, "number") : NULL;
    struct node *reference =
        preface && !number ? find_container(preface, "reference") : NULL;
    struct span value = reference_number(reference);
    struct buf text = { 0 };

    snprintf(id->named.type, sizeof id->named.type, "document");
    snprintf(id->named.author, sizeof id->named.author, "itu");
    snprintf(id->named.number, sizeof id->named.number, "nn");
    if (group)
        document_author(id->named.author, sizeof id->named.author, scanner,
                    span_trim(draft_content(&text, group)), false);
    if (number)
        scanner->failed |=
            !document_slug(id->named.number, sizeof id->named.number,
                  span_trim(draft_content(&text, number)), false);
    if (value.len)
        scanner->failed |= !document_slug(id->named.number, sizeof id->named.number,
                                 value, false);
    scanner->failed |= text.failed;
    buf_free(&text);
}

static bool is_minutes(struct scanner *scanner, const struct node *title)
{
    struct buf text = { 0 };
    bool is = scanner_takes(scanner, KIND_SAME, "minutes",
                            span_trim(draft_content(&text, title)), NULL);

    scanner->failed |= text.failed;
    buf_free(&text);
    return is;
}

/* A paper whose title, or type, says that it is the report of a meeting. It may
 * be the subject of a letter, too. */
static bool reports_meeting(struct scanner *scanner, struct node *doc)
{
    struct node *preface = draft_child(doc, "preface");

    for (struct node *n = preface; n; n = draft_next(n, preface, true))
        if ((draft_is(n, "docTitle") || draft_is(n, "docType")) &&
            !draft_is_named(n->parent->parent, "subject") &&
            is_minutes(scanner, n))
            return true;
    return false;
}

static void call_minutes(struct identity *id)
{
    id->root = "debateReport";
    id->name = "meetingReport";
}

/* Others cite a paper by its number, whatever it reports. */
static bool is_cited_as_paper(const struct identity *id)
{
    return strcmp(id->named.type, "paper") == 0;
}

void identify(struct identity *id, struct draft *draft, struct scanner *scanner,
              const char *date)
{
    struct node *doc = draft->failed ? NULL : draft_child(draft->root, "doc");
    bool named = false;

    *id = (struct identity){ .root = "doc", .name = "document" };
    if (!doc)
        return;
    for (size_t i = 0; i < sizeof places / sizeof *places && !named; i++)
        named = find_name(scanner, doc, i, &id->named);
    if (named)
        name_amendment(id, scanner, doc);
    else
        name_unnamed(id, scanner, doc);
    if (strcmp(id->named.author, "itu") == 0)
        name_speaker(id, scanner, doc);
    if (strcmp(id->named.type, "circular") == 0)
        id->name = "circular";
    if (strcmp(id->named.type, "report") == 0 ||
        ((is_cited_as_paper(id) || strcmp(id->named.type, "document") == 0) &&
         reports_meeting(scanner, doc)))
        call_minutes(id);
    dating_find(id->date, &id->named, doc, scanner, date);
    if (strcmp(id->root, "doc") == 0 || is_cited_as_paper(id))
        snprintf(id->work, sizeof id->work, "/akn/un/doc/%s/%s/%s/%s",
                 id->named.type, id->named.author, id->date,
                 id->named.number);
    else
        snprintf(id->work, sizeof id->work, "/akn/un/%s/%s/%s/%s/%s", id->root,
                 id->name, id->named.author, id->date, id->named.number);
}
