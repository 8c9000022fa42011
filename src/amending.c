/* Knows which text an instruction such as "in clause 2, replace" changes. */
#include <string.h>
#include <unicode/utf8.h>

#include "lines.h"
#include "quote.h"
#include "topic.h"

static bool says(struct citing *p, const char *rule, struct span text)
{
    return scanner_takes(p->scanner, KIND_SAME, rule, text, NULL);
}

/* ---- which text is changed ------------------------------------------------------ */

/* A heading is one for its section or, where nothing stands below it, for those
 * beside it, the title of a document or an annex for all of that; a line that
 * ends in a colon leads to all that follows beside it. NULL for a text that is
 * neither. */
static struct node *scope_of(const struct citing *p, struct span text)
{
    struct node *block = p->place->text->parent, *part;

    if (draft_is(block, "heading"))
        return block->next ? block->parent : block->parent->parent;
    if (draft_is(block, "docTitle")) {
        part = draft_ancestor(block, "attachment", NULL);
        return part ? part : p->place->draft->root;
    }
    if (!draft_is(block, "p") || !lines_ends_in_colon(span_trim(text)))
        return NULL;
    return topic_holder(block);
}

/* "Recommendation A.1 is amended as follows:", "Changes to Recommendation A.1".
 * "Decision No. 7/2030" is a text, too, but none with a name. */
void amending_note(struct citing *p, struct span text)
{
    const struct named unknown = { .type = "" };
    struct node *scope;

    if ((p->text_end && p->several_texts) || !(scope = scope_of(p, text)) ||
        !says(p, "amended", text) ||
        (!p->text_end && !says(p, "numbered", text)))
        return;
    topic_push(&p->amended, p,
               p->text_end ? topic_of_letter(p, &p->text) : &unknown, scope);
    if (p->xrefs->about)
        remark_reply(p, p->place->text->parent);
}

/* ---- what is done to it ------------------------------------------------------------ */

enum { BEHIND_MAX = 160, BEFORE_MAX = 80 };

/* As much as an instruction takes, of whole characters. */
static struct span behind(const struct citing *p, struct span all)
{
    struct span text = p->place->text->text;
    struct span rest = span_between(all.at + all.len, text.at + text.len);
    int32_t len = (int32_t)rest.len;

    if (len > BEHIND_MAX) {
        len = BEHIND_MAX;
        U8_SET_CP_START((const uint8_t *)rest.at, 0, len);
    }
    return (struct span){ rest.at, (size_t)len };
}

static struct span before(const struct citing *p, struct span all)
{
    const char *from = p->place->text->text.at;
    int32_t at = (int32_t)(all.at - from);

    if (at > BEFORE_MAX) {
        at -= BEFORE_MAX;
        U8_SET_CP_START((const uint8_t *)from, 0, at);
        from += at;
    }
    return span_between(from, all.at);
}

/* "In clause 2, replace", "Delete clause 2". */
static bool is_instruction(struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL];

    return says(p, "amending", behind(p, all)) ||
           says(p, "amend", before(p, all));
}

bool amending_is(struct citing *p, const struct finding *f)
{
    return (citing_names_alone(f) || citing_caption(f->rule)) &&
           is_instruction(p, f);
}

/* "The Board amended Decision 7/2030. In paragraph 1, ..." */
static bool is_amended_before(struct citing *p, const struct finding *f)
{
    struct span words = before(p, f->match.at[CAP_ALL]);

    return !p->text_end && says(p, "amended", words) &&
           says(p, "numbered", words);
}

bool amending_unknown(struct citing *p, const struct finding *f)
{
    const struct topic *amended = topic_at(&p->amended, p->place->text);

    return !f->match.at[CAP_DOC].at && !f->match.at[CAP_MAIN].at &&
           !f->match.at[CAP_PART].at && !f->match.at[CAP_SAME].at &&
           (amended ? !amended->doc : is_amended_before(p, f)) &&
           is_instruction(p, f);
}

/* Whether this paragraph has said already that the text is changed. */
static bool is_near(struct citing *p, const char *here)
{
    if (!p->text_end || here < p->text_end || p->several_texts)
        return false;
    if (p->amended_in != p->place->text &&
        says(p, "amended", span_between(p->text_end, here)))
        p->amended_in = p->place->text;
    return p->amended_in == p->place->text;
}

const struct named *amending_text(struct citing *p, const struct finding *f)
{
    bool near = is_near(p, f->match.at[CAP_ALL].at);
    const struct topic *amended = topic_at(&p->amended, p->place->text);

    if (!(near || amended) || !is_instruction(p, f))
        return NULL;
    return near ? &p->text : amended->doc;
}

/* ---- what it quotes ------------------------------------------------------------ */

enum { QUOTED_MAX = 240, BETWEEN_MAX = 24, COUNTED_MAX = 4096 };

/* The first byte of any sign of a quotation, which few other characters have: a
 * long text is gone through before each of its references. */
static bool begins_quote(char byte)
{
    return byte == '"' || byte == '\xC2' || byte == '\xE2' || byte == '\xE3';
}

/* Where the quotation begins that the place stands in, or NULL. Straight signs
 * open and close by turns, from the first of the paragraph on. */
static const char *quotation_around(const struct citing *p, const char *here)
{
    const char *from = p->place->text->text.at, *found = NULL, *straight = NULL;
    struct span text;

    if (here - from > COUNTED_MAX)
        from = here - COUNTED_MAX;
    text = span_between(from, here);
    for (int32_t at = 0; at < (int32_t)text.len;) {
        int32_t was = at;
        enum quote quote;
        UChar32 c;

        if (!begins_quote(text.at[at])) {
            at++;
            continue;
        }
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        quote = quote_of(c);
        if (quote == QUOTE_STRAIGHT)
            straight = straight ? NULL : text.at + was;
        else if (quote != QUOTE_NONE)
            found = quote == QUOTE_OPENS ? text.at + was : NULL;
    }
    found = found ? found : straight;
    return found && here - found <= QUOTED_MAX ? found : NULL;
}

/* The quotation before one that begins here, with no more than a word between:
 * where it begins, or NULL. */
static const char *quotation_before(const struct citing *p, const char *here)
{
    struct span text = span_between(p->place->text->text.at, here);

    for (int32_t at = (int32_t)text.len;
         at > 0 && (int32_t)text.len - at < BETWEEN_MAX;) {
        enum quote quote;
        UChar32 c;

        U8_PREV(text.at, 0, at, c);
        quote = quote_of(c);
        if (quote == QUOTE_STRAIGHT || quote == QUOTE_CLOSES)
            return quotation_around(p, text.at + at);
    }
    return NULL;
}

bool citing_is_quoted(const struct citing *p, const struct finding *f)
{
    return quotation_around(p, f->match.at[CAP_ALL].at);
}

/* "Replace "in paragraph 2" by "in paragraphs 2 and 3"". */
static bool is_quoted(struct citing *p, const struct finding *f)
{
    const char *from = quotation_around(p, f->match.at[CAP_ALL].at);

    for (unsigned quoted = 0; from && quoted < 2; quoted++) {
        struct span words = before(p, (struct span){ from, 0 });

        if (says(p, "amending", words) || says(p, "amend", words))
            return true;
        from = quotation_before(p, from);
    }
    return false;
}

const struct named *amending_quoted(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    const struct topic *amended;

    p->quoted = is_quoted(p, f);
    if (!p->quoted || says(p, "provision", f->match.at[CAP_ALL]))
        return NULL;
    if (p->text_end && here >= p->text_end && !p->several_texts &&
        !document_is_letter(&p->text))
        return &p->text;
    amended = topic_at(&p->amended, p->place->text);
    return amended ? amended->doc : NULL;
}
