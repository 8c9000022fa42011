/* Knows which text the remarks are about that begin with a place in it, as
 * "Clause 3: no comment" does below "Comments on Recommendation A.1". */
#include "lines.h"
#include "topic.h"

/* The one document that the text names; several are none. The letter that asks
 * for remarks on a text is none that they are about. */
static void note_document(struct citing *p, const struct named *doc)
{
    const struct node *text = p->place->text;
    bool first = p->remark.text != text;

    if (!first && document_is_letter(doc))
        return;
    if (first || document_is_letter(&p->remark.doc)) {
        p->remark.doc = *doc;
        p->remark.several = false;
    } else {
        p->remark.several |= !document_is_same(&p->remark.doc, doc);
    }
    p->remark.text = text;
}

/* "Comments on draft Recommendation A.1" above a section: annexes below are of
 * that text, too. */
static void note_heading(struct citing *p, const struct finding *f,
                         const struct named *doc)
{
    struct node *text = p->place->text, *heading = text->parent;
    struct span before =
        span_trim(span_between(text->text.at, f->match.at[CAP_ALL].at));

    if (!draft_is(heading, "heading") || !rule_is(f->rule, "document") ||
        !scanner_takes(p->scanner, KIND_SAME, "remarks", before, NULL))
        return;
    p->remark.last =
        topic_push(&p->remark.topics, p, doc,
                   heading->next ? heading->parent : heading->parent->parent);
}

void remark_note(struct citing *p, const struct finding *f,
                 const struct named *doc)
{
    if (!doc->type[0])
        return;
    note_document(p, doc);
    note_heading(p, f, doc);
}

/* "Our comments on draft Recommendation A.1 are as follows:" above all clauses
 * of a letter, which is about that text, then. */
void remark_reply(struct citing *p, const struct node *block)
{
    const struct node *body = block->parent;

    if (!draft_is(body, "mainBody") ||
        draft_ancestor(block->parent, "attachment", NULL) ||
        !draft_is(block->next, "section"))
        return;
    if (!p->xrefs->about && document_has_clauses(&p->remark.doc))
        p->xrefs->about = citing_keep(p, &p->remark.doc);
    p->xrefs->remarked = p->xrefs->about;
}

/* "TD 12 was introduced. The following comments were made:" */
void remark_end(struct citing *p, struct span text)
{
    struct node *block = p->place->text->parent;

    if (p->remark.text != p->place->text || p->remark.several ||
        !draft_is(block, "p") || !lines_ends_in_colon(span_trim(text)) ||
        !scanner_takes(p->scanner, KIND_SAME, "remarks", text, NULL))
        return;
    topic_push(&p->remark.topics, p, topic_of_letter(p, &p->remark.doc),
               topic_holder(block));
    remark_reply(p, block);
}

/* Whether the paragraph begins with the reference, and goes on with what is
 * said of the place. */
static bool heads_remark(const struct citing *p, struct span words)
{
    const struct node *text = p->place->text;
    struct span rest =
        span_between(words.at + words.len, text->text.at + text->text.len);

    return draft_is(text->parent, "p") && !text->prev &&
           words.at == text->text.at &&
           lines_begins_with_colon(span_trim(rest));
}

/* An annex may as well be one of this document, where no clause was spoken of
 * before. */
const struct named *remark_text(struct citing *p, const struct finding *f)
{
    const struct topic *topic = topic_at(&p->remark.topics, p->place->text);

    if (!topic || !heads_remark(p, f->match.at[CAP_ALL]))
        return NULL;
    if (!rule_is(f->rule, "clause") && topic != p->remark.last)
        return NULL;
    p->remark.last = topic;
    return topic->doc;
}
