/* Knows of which text a reference is that names none, by the words which stand
 * before it: "your clause 2", "that decision says in paragraph 1". */
#include <unicode/utf8.h>

#include "citing.h"

static struct span words_before(const struct citing *p, const struct finding *f)
{
    return citing_joint_at_end(
        span_between(p->place->text->text.at, f->match.at[CAP_ALL].at));
}

bool citing_is_yours(struct citing *p, const struct finding *f)
{
    return (citing_names_alone(f) || citing_caption(f->rule)) &&
           scanner_takes(p->scanner, KIND_SAME, "yours", words_before(p, f),
                         NULL);
}

bool citing_is_latter(struct citing *p, const struct finding *f)
{
    return (citing_names_alone(f) || citing_caption(f->rule)) &&
           scanner_takes(p->scanner, KIND_SAME, "latter", words_before(p, f),
                         NULL);
}

struct span citing_its_annex(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span before = words_before(p, f), gap;
    struct finding annex;

    if (!rule_is(f->rule, "clause") || !citing_names_alone(f) ||
        !p->last_doc.type[0] || !p->last_end || here <= p->last_end)
        return (struct span){ 0 };
    gap = span_between(p->last_end, here);
    return citing_goes_on_near(gap) &&
                   (scanner_takes(p->scanner, KIND_SAME, "its_annex", before,
                                  &annex) ||
                    (gap.len <= before.len &&
                     scanner_takes(p->scanner, KIND_SAME, "annex_alone", gap,
                                   &annex)))
               ? annex.match.at[CAP_ALL]
               : (struct span){ 0 };
}

struct span citing_subject(struct citing *p, const struct finding *f)
{
    struct finding subject;

    return citing_names_alone(f) &&
                   scanner_takes(p->scanner, KIND_SAME, "subject",
                                 words_before(p, f), &subject)
               ? subject.match.at[CAP_TITLE]
               : (struct span){ 0 };
}

enum { SPOKEN_MAX = 240 };

/* "The Chair introduced the document. Section 2 is new." */
bool citing_is_spoken(struct citing *p, const struct finding *f)
{
    const char *here = f->match.at[CAP_ALL].at;
    struct span before = span_between(p->place->text->text.at, here);
    size_t from = before.len > SPOKEN_MAX ? before.len - SPOKEN_MAX : 0;

    while (from < before.len && U8_IS_TRAIL(before.at[from]))
        from++;
    return rule_is(f->rule, "clause") && citing_names_alone(f) &&
           !citing_is_aside(p, here) &&
           scanner_takes(p->scanner, KIND_SAME, "spoken",
                         span_between(before.at + from, here), NULL);
}
