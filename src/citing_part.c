/* Knows of which annex, article or clause a reference is, by what it says and
 * by those that the text has named so far. */
#include <string.h>

#include "citing.h"

/* ---- those that were named before ---------------------------------------------- */

/* "Items a) and b) of that clause". */
bool citing_of_last_clause(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME];

    return p->clause.label.len && same.at && !f->match.at[CAP_NUM].at &&
           citing_joins(p, same, "clause");
}

/* "Section 2 of the Annex, and article 5 (3) thereof": of the annex that the
 * sentence named, where it named no document. */
bool citing_of_part_near(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME];
    const char *here = f->match.at[CAP_ALL].at;

    return p->named_part.len && same.at && same.at > f->match.at[CAP_NUM].at &&
           !p->part_doc.type[0] && !p->named_doc.type[0] &&
           here >= p->part_end &&
           citing_goes_on_near(span_between(p->part_end, here)) &&
           !citing_of_kind(p, same, 0);
}

/* "Clause 2 of that annex", where the text named one before; so is "clause 2 of
 * this annex" in the main body. */
bool citing_of_named_part(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME], rel = f->match.at[CAP_REL];

    return p->named_part.len &&
           ((same.at && citing_joins(p, same, "annex")) ||
            citing_of_part_near(p, f) ||
            (rel.at && citing_joins(p, rel, "annex") &&
             !draft_ancestor(p->place->text->parent, "attachment", NULL)));
}

/* 附件1第1节, behind which 其中 means the annex, too. */
bool citing_last_is_of_part(const struct citing *p)
{
    return p->last_is_part || (p->last_part.len && !p->last_doc.type[0]);
}

/* "Annex 1, in particular clauses 2 and 3 thereof", "Annex 1 (see ...". */
bool citing_last_part(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap;

    if (!f->match.at[CAP_SAME].at || !citing_last_is_of_part(p) ||
        !p->last_end || here < p->last_end)
        return false;
    gap = span_between(p->last_end, here);
    return citing_joins(p, gap, "document") || citing_joins(p, gap, "bracket");
}

/* ---- the annex ----------------------------------------------------------------- */

/* "Annex 1, clause 2, of this Circular": what is said behind the clause is of
 * the annex, too. */
static bool is_told_behind(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at, *num = f->match.at[CAP_NUM].at;
    struct span gap;

    if (!rule_is(f->rule, "clause") || !num || !p->last_annex.len ||
        p->last_doc.type[0] || !p->last_end || here < p->last_end ||
        (f->match.at[CAP_DOC].at < num && f->match.at[CAP_MAIN].at < num))
        return false;
    gap = span_trim(span_between(p->last_end, here));
    return citing_is_joint(gap, COMMAS);
}

/* 附件2表1, 附件2的表1和表2: behind its annex a caption stands without a space.
 */
static struct span caption_part(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap;

    if (!p->last_end || here < p->last_end)
        return (struct span){ 0 };
    gap = span_between(p->last_end, here);
    if (!gap.len || citing_joins(p, gap, "whose"))
        return p->last_annex;
    /* "Decision 5, Annex 2, Table 3" */
    if (p->part_doc.type[0] && p->part_end == p->last_end &&
        citing_is_joint(span_trim(gap), COMMAS))
        return p->last_annex;
    return p->last_caption.len && citing_joins(p, gap, "list")
               ? p->last_caption
               : (struct span){ 0 };
}

/* The annex that a clause is cited from: the one it names, or the one named
 * just before it, as in "Annex 1, clause 2", "Annex 1, Part II, clause 2" and
 * 附件1第2部分.
 */
struct span citing_part(struct citing *p, const struct finding *f)
{
    const struct span none = { 0 };
    struct span gap;

    if (f->match.at[CAP_PART].at)
        return f->match.at[CAP_PART];
    if (p->called_part.len)
        return p->called_part;
    if (citing_of_last_clause(p, f) || p->counts_on)
        return p->clause.part;
    if (citing_caption(f->rule))
        return citing_of_named_part(p, f) ? p->named_part : caption_part(p, f);
    if (citing_its_annex(p, f).len)
        return citing_its_annex(p, f);
    if (citing_of_named_part(p, f))
        return p->named_part;
    if (citing_last_part(p, f) || is_told_behind(p, f))
        return p->last_part;
    if (!p->last_part.len ||
        !(rule_is(f->rule, "clause") || rule_is(f->rule, "seen") ||
          rule_is_chapter(f->rule)) ||
        f->match.at[CAP_DOC].at || f->match.at[CAP_REL].at ||
        f->match.at[CAP_MAIN].at || f->match.at[CAP_SAME].at || !p->last_end ||
        f->match.at[CAP_ALL].at < p->last_end)
        return none;
    gap = span_trim(span_between(p->last_end, f->match.at[CAP_ALL].at));
    if (p->last_doc.type[0] && citing_parts_sentences(gap))
        return none;
    if (p->last_annex.len)
        return !gap.len || citing_is_joint(gap, JOINTS) ||
                       citing_joins(p, gap, "whose")
                   ? p->last_part
                   : none;
    return !memchr(gap.at, ',', gap.len) && citing_joins(p, gap, "document")
               ? p->last_part
               : none;
}

enum { PART_NEAR = 400 };

/* "Annex 2 has the practical information, with a list of hotels (section 3)",
 * "clause 2 of Annex 2 (see the footnote to section 3)": where the document has
 * no such clause, it is one of the annex that was named before in the same
 * sentence, or in one not far before. So is "table 2", rather than that of an
 * annex which was not. */
struct span citing_near(const struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    bool alone = !f->match.at[CAP_DOC].at && !f->match.at[CAP_REL].at &&
                 !f->match.at[CAP_MAIN].at && !f->match.at[CAP_SAME].at &&
                 !p->part.at;

    if (!alone || !(rule_is(f->rule, "clause") || citing_caption(f->rule)))
        return (struct span){ 0 };
    if (p->last_part.len && !p->last_doc.type[0] && p->last_end &&
        here >= p->last_end &&
        citing_goes_on_near(span_between(p->last_end, here)))
        return p->last_part;
    return p->named_part.len && !p->part_doc.type[0] && here >= p->part_end &&
                   (citing_goes_on_near(span_between(p->part_end, here)) ||
                    (rule_is(f->rule, "clause") &&
                     here - p->part_end < PART_NEAR))
               ? p->named_part
               : (struct span){ 0 };
}

/* ---- the article or part ------------------------------------------------------- */

/* "Article 4, paragraphs 2 and 3", "Article 4 (par. 2)", "Article 4 par. 2",
 * "Part 1, clause 2": those of no other. */
struct span citing_around(struct citing *p, const struct finding *f)
{
    struct span all = f->match.at[CAP_ALL], gap;

    if (!p->last_around.len || !p->last_end || all.at < p->last_end ||
        !rule_is(f->rule, "clause") || !citing_names_alone(f))
        return f->match.at[CAP_AROUND];
    gap = span_trim(span_between(p->last_end, all.at));
    if (p->around_article ? (gap.len && !citing_is_joint(gap, JOINTS)) ||
                                !citing_joins(p, all, "paragraph")
                          : !citing_is_joint(gap, COMMAS))
        return f->match.at[CAP_AROUND];
    return p->last_around;
}
