/* Knows which text an instruction such as "in clause 2, replace" changes. */
#include <unicode/utf8.h>

#include "lines.h"
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

/* "Recommendation A.1 is amended as follows:", "Changes to Recommendation A.1". */
void amending_note(struct citing *p, struct span text)
{
    struct node *scope;

    if (!p->text_end || p->several_texts || !(scope = scope_of(p, text)) ||
        !says(p, "amended", text))
        return;
    topic_push(&p->amended, p, &p->text, scope);
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
