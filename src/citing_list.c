/* Finds lists of places that end in the document they are all of: "section 2
 * and clause 3.4 of Recommendation A.7". */
#include <string.h>

#include "citing.h"
#include "labels.h"

/* The words that say what kind of place is cited, and nothing that says of
 * what: none in "2.1 and Figure 1 of Recommendation A.7". */
static struct span bare_words(const struct finding *f)
{
    static const enum capture whose[] = { CAP_DOC,   CAP_REL,  CAP_PART,
                                          CAP_MAIN,  CAP_SAME, CAP_TITLE,
                                          CAP_AROUND };
    const struct span none = { 0 };
    const char *from = f->match.at[CAP_ALL].at, *to = f->match.at[CAP_NUM].at;

    for (size_t i = 0; i < sizeof whose / sizeof *whose; i++)
        if (f->match.at[whose[i]].at)
            return none;
    return to > from || (to && rule_is(f->rule, "seen"))
               ? span_between(from, to)
               : none;
}

/* "... and Annex 5 of that Resolution" says so as well. */
static bool ends_list(struct citing *p, const struct finding *f)
{
    const char *num = f->match.at[CAP_NUM].at;

    return p->list_end && num &&
           (f->match.at[CAP_DOC].at > num || f->match.at[CAP_SAME].at > num) &&
           !f->match.at[CAP_PART].at &&
           citing_joins(p, span_between(p->list_end, f->match.at[CAP_ALL].at),
                        "list");
}

/* "Section 3, § 3.8.2 of Resolution 1": the latter stands in the former. */
static bool is_inside(struct span outer, struct span num)
{
    return outer.len && num.len > outer.len && num.at[outer.len] == '.' &&
           memcmp(num.at, outer.at, outer.len) == 0;
}

/* Whether clauses and what goes by another name are listed, without a comma or
 * by "as well as": who means one of this document and one of another does not
 * do so. An annex may well be of this one. */
static bool is_sure(struct citing *p, const struct finding *f, size_t end)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap = span_between(p->list_end, here);
    struct span kind = span_between(here, f->match.at[CAP_NUM].at);

    if (end > p->list_from && !span_equal(kind, p->list_kind) &&
        is_inside(p->xrefs->at[end - 1].label, f->match.at[CAP_NUM]) &&
        span_is(span_trim(gap), ","))
        return true;
    return p->list_clauses && !span_equal(kind, p->list_kind) &&
           (!memchr(gap.at, ',', gap.len) || citing_joins(p, gap, "also"));
}

/* What names its document behind its own number says for those listed before it
 * what they are of: surely, or where this document does not have them all. */
static void name_list(struct citing *p, const struct finding *f,
                      const struct named *doc, size_t end)
{
    const struct named *kept;
    bool sure;

    if (!doc->type[0] || !ends_list(p, f) || !(kept = citing_keep(p, doc)))
        return;
    sure = is_sure(p, f, end);
    if (!sure && !f->match.at[CAP_DOC].at)
        return;
    p->doubts += !sure;
    for (size_t i = p->list_from; i < end; i++) {
        if (!sure && p->xrefs->at[i].doc && !p->xrefs->at[i].doubt)
            continue; /* a meeting decided on it */
        p->xrefs->at[i].doc = kept;
        p->xrefs->at[i].doubt = sure ? 0 : p->doubts;
    }
    /* More clauses of the text may come next. */
    if (sure && p->list_clauses)
        p->clause.doc = *doc;
}

/* "Point 1 or point 2 of Annex 2": both are of the annex. */
static void name_part(struct citing *p, const struct finding *f, size_t end)
{
    struct span num = f->match.at[CAP_NUM], part = f->match.at[CAP_PART];
    struct span all = f->match.at[CAP_ALL], gap;

    if (!p->list_end || !num.at || part.at < num.at || !p->part.len ||
        !p->list_clauses || p->list_end > all.at ||
        !span_equal(span_between(all.at, num.at), p->list_kind))
        return;
    gap = span_between(p->list_end, all.at);
    if (memchr(gap.at, ',', gap.len) || !citing_joins(p, gap, "list"))
        return;
    part = arena_copy(&p->xrefs->arena, p->part);
    for (size_t i = p->list_from; i < end; i++)
        p->xrefs->at[i].part = part;
}

/* The list that the next one may end. `from` is the first of its references. */
static void note_list(struct citing *p, const struct finding *f,
                      const struct named *doc, size_t from)
{
    struct span all = f->match.at[CAP_ALL], kind = bare_words(f);
    bool clause = rule_is(f->rule, "clause") || rule_is(f->rule, "seen");

    if (!kind.at || (doc->type[0] && !p->doubt && !p->decided) ||
        !(clause || rule_is_part(f->rule) || citing_caption(f->rule))) {
        p->list_end = NULL;
        return;
    }
    if (!p->list_end || p->list_end > all.at ||
        !citing_joins(p, span_between(p->list_end, all.at), "list")) {
        p->list_from = from;
        p->list_clauses = true;
    }
    /* "Annex A.3 and clause 9 of [X.1311]": that of an annex may be ours. */
    p->list_clauses &= clause && !labels_letters(f->match.at[CAP_NUM]).len;
    p->list_kind = kind;
    p->list_end = all.at + all.len;
}

void citing_note_list(struct citing *p, const struct finding *f,
                      const struct named *doc, size_t from)
{
    name_list(p, f, doc, from);
    if (!doc->type[0])
        name_part(p, f, from);
    note_list(p, f, doc, from);
}
