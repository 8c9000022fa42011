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

const struct named *citing_decided(struct citing *p, const struct finding *f)
{
    const struct named *paper = citing_paper_near(p, f);
    const char *here = f->match.at[CAP_ALL].at;

    /* What was cited since may be of another text. */
    if (!paper || (p->text_end && p->text_end > p->paper_end) ||
        (p->last_end && p->last_end > p->paper_end &&
         (!p->last_doc.type[0] || !document_is_same(&p->last_doc, paper))) ||
        citing_is_aside(p, here))
        return NULL;
    return says_so(p, f) ? paper : NULL;
}
