/* Knows clauses that a meeting dealt with, which are those of the paper that
 * was before it: "TD 12 was introduced. Section 3 was agreed." */
#include <string.h>

#include "citing.h"
#include "topic.h"

/* "Section 3 was agreed", "agreed to delete section 3". */
static bool says_so(struct citing *p, const struct finding *f)
{
    const char *from = p->place->text->text.at;
    struct span before = span_between(from, f->match.at[CAP_ALL].at);

    return scanner_takes(p->scanner, KIND_SAME, "decided",
                         citing_text_behind(p, f), NULL) ||
           scanner_takes(p->scanner, KIND_SAME, "agreed",
                         citing_joint_at_end(before), NULL);
}

/* "The draft revision of Resolution 1 in TD 12": the clauses are those of the
 * resolution. */
static const struct named *text_or_paper(struct citing *p,
                                         const struct finding *f)
{
    if (citing_text_near(p, f->match.at[CAP_ALL].at, 1))
        return p->several_texts || !citing_names_alone(f) ||
                       document_is_letter(&p->text)
                   ? NULL
                   : &p->text;
    return citing_paper_near(p, f);
}

/* "The Chair introduced TD 12", "TD 12 was introduced": what comes next tells
 * of it. */
static bool is_introduced(struct citing *p, const char *here)
{
    struct span text = p->place->text->text, before, behind;

    if (!p->document_at || p->document_at > p->paper_end)
        return false;
    before = citing_joint_at_end(span_between(text.at, p->document_at));
    behind = span_between(p->paper_end, here);
    return scanner_takes(p->scanner, KIND_SAME, "introduces", before, NULL) ||
           scanner_takes(p->scanner, KIND_SAME, "introduced", behind, NULL);
}

/* "... considered Document 5. It noted that section 2": of what was considered.
 */
static bool is_noted(struct citing *p, const char *here)
{
    return scanner_takes(p->scanner, KIND_SAME, "noted",
                         span_between(p->paper_end, here), NULL);
}

enum { LEAD_MAX = 14 };

/* "TD 12 was introduced; see section 2": of this text. */
static bool is_to_be_seen(struct citing *p, const char *here)
{
    return citing_joins(
        p, citing_joint_at_end(span_between(p->paper_end, here)), "aside");
}

/* No more than an article or "in" stands between the end of a sentence and it.
 */
static bool begins_sentence(const struct citing *p, const char *here)
{
    const char *from = p->place->text->text.at, *at = here;

    for (; at - from > 2 && here - at < LEAD_MAX; at--) {
        size_t space = span_space_at_end(span_between(from, at));
        char end = space && at - from > (ptrdiff_t)space
                       ? at[-1 - (ptrdiff_t)space]
                       : 0;

        if (end == '.' || end == ';' || memcmp(at - 3, "\u3002", 3) == 0)
            return true;
    }
    return false;
}

const struct named *citing_decided(struct citing *p, const struct finding *f)
{
    const struct named *doc = text_or_paper(p, f);
    const char *here = f->match.at[CAP_ALL].at, *end;

    if (citing_is_aside(p, here))
        return NULL;
    /* Below "Recommendation A.1" a contribution proposes to change that. */
    if (doc && doc != &p->text && topic_around(p))
        return citing_names_alone(f) && says_so(p, f) ? topic_around(p) : NULL;
    /* "It was agreed to keep section 2", below "The plan (TD 12)". */
    if (!doc)
        return !(p->last_end && p->last_doc.type[0]) && citing_names_alone(f) &&
                       says_so(p, f)
                   ? topic_headed(p)
                   : NULL;
    /* What was cited since may be of another text. */
    end = doc == &p->text && p->text_end > p->paper_end ? p->text_end
                                                        : p->paper_end;
    if (end && p->last_end > end &&
        (!p->last_doc.type[0] || !document_is_same(&p->last_doc, doc)))
        return NULL;
    if (says_so(p, f))
        return doc;
    return doc != &p->text && (is_noted(p, here) || (begins_sentence(p, here) &&
                                                     !is_to_be_seen(p, here) &&
                                                     is_introduced(p, here)))
               ? doc
               : NULL;
}
