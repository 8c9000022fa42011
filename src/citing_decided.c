/* Knows clauses that a meeting dealt with, which are those of the paper that
 * was before it: "TD 12 was introduced. Section 3 was agreed." */
#include "citing.h"

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

const struct named *citing_decided(struct citing *p, const struct finding *f)
{
    const struct named *doc = text_or_paper(p, f);
    const char *here = f->match.at[CAP_ALL].at, *end;

    if (!doc || citing_is_aside(p, here))
        return NULL;
    /* What was cited since may be of another text. */
    end = doc == &p->text && p->text_end > p->paper_end ? p->text_end
                                                        : p->paper_end;
    if (end && p->last_end > end &&
        (!p->last_doc.type[0] || !document_is_same(&p->last_doc, doc)))
        return NULL;
    return says_so(p, f) ? doc : NULL;
}
