/* Knows documents by their kinds: those that a text has named, as in "that
 * Circular", and this one, as in "this Resolution". */
#include <string.h>

#include "citing.h"

/* How words call documents of one kind, by the rule that knows them, and the
 * types of these. */
static const struct {
    const char *said, *types[2];
} kinds[NAMED_KINDS] = {
    { "draft", { "recommendation" } }, /* or whatever was named last */
    { "recommendation", { "recommendation" } },
    { "resolution", { "resolution" } },
    { "decision", { "decision" } },
    { "letter", { "letter", "circular" } },
    { "report", { "report", "paper" } }, /* the former, where named */
    { "standard", { "standard" } },
    { "paper",
      { "paper", "report" } }, /* a paper of this text, or any document in it */
};

static bool is_named_draft(struct citing *p, struct span name)
{
    return scanner_takes(p->scanner, KIND_SAME, "draft", name, NULL);
}

/* "Report 5 and TD 7; the annex to that report": of the former. */
static bool keeps_former(const struct citing *p, size_t kind, size_t type)
{
    return type > 0 && strcmp(kinds[kind].said, "report") == 0 &&
           p->kind_text[kind] == p->texts &&
           strcmp(p->of_kind[kind].type, kinds[kind].types[0]) == 0;
}

/* "Circular 12 and its Addendum 1": "the Circular" is still the former. */
static bool adds_to(const struct named *doc, const struct named *last)
{
    return doc->amended && !last->amended && last->type[0] &&
           strcmp(last->type, doc->type) == 0 &&
           strlen(last->number) == doc->amended &&
           memcmp(last->number, doc->number, doc->amended) == 0;
}

void citing_keep_kind(struct citing *p, struct span name,
                      const struct named *doc)
{
    for (size_t i = 0; i < NAMED_KINDS; i++)
        for (size_t k = 0; k < 2 && kinds[i].types[k]; k++)
            if (strcmp(kinds[i].types[k], doc->type) == 0 &&
                !keeps_former(p, i, k) && !adds_to(doc, &p->of_kind[i]) &&
                (strcmp(kinds[i].said, "draft") != 0 ||
                 !p->of_kind[i].type[0] || is_named_draft(p, name))) {
                p->of_kind[i] = *doc;
                p->kind_text[i] = p->texts;
            }
}

enum { TEXTS_MAX = 8 };

const struct named *citing_of_kind(struct citing *p, struct span words,
                                   unsigned above)
{
    static const struct named none = { .type = "" };

    for (size_t i = 0; i < NAMED_KINDS; i++)
        if (citing_joins(p, words, kinds[i].said))
            return p->texts - p->kind_text[i] <= above ? &p->of_kind[i] : &none;
    return NULL;
}

/* "This Recommendation": what the words behind a clause say the document is;
 * NULL where they do not say it. */
static const char *type_said(struct citing *p, struct span words)
{
    static const char *const types[] = { "recommendation", "resolution" };

    for (size_t i = 0; words.at && i < sizeof types / sizeof *types; i++)
        if (citing_joins(p, words, types[i]))
            return types[i];
    /* "The Circular" may be the one that this document answers. */
    return words.at && citing_joins(p, words, "letter") &&
                   !citing_joins(p, words, "present")
               ? "circular"
               : NULL;
}

const char *citing_says(struct citing *p, const struct finding *f)
{
    return f->match.at[CAP_REL].at && !p->part.at &&
                   citing_joins(p, f->match.at[CAP_REL], "annex")
               ? "annex"
               : type_said(p, f->match.at[CAP_MAIN]);
}

const char *citing_holder(struct citing *p, const struct finding *f)
{
    struct span words = f->match.at[CAP_MAIN];

    if (!words.at || !citing_joins(p, words, "outer"))
        return NULL;
    for (size_t i = 0; i < NAMED_KINDS; i++)
        if (citing_joins(p, words, kinds[i].said))
            return kinds[i].said;
    return NULL;
}

bool citing_is_kind(const char *kind, const char *type)
{
    for (size_t i = 0; i < NAMED_KINDS; i++)
        for (size_t k = 0; k < 2 && kinds[i].types[k]; k++)
            if (strcmp(kinds[i].said, kind) == 0 &&
                strcmp(kinds[i].types[k], type) == 0)
                return true;
    return false;
}

/* "That report", which is no annex; 该文件, but not "ce document", which may be
 * this one where the text has named no other. */
bool citing_says_other_kind(struct citing *p, const struct finding *f)
{
    struct span same = f->match.at[CAP_SAME];
    const struct named *last = citing_of_kind(p, same, 0);

    return f->match.at[CAP_MAIN].at
               ? type_said(p, same) || (last && last->type[0])
               : last != NULL;
}

const struct named *citing_named_before(struct citing *p,
                                        const struct finding *f)
{
    static const struct named none = { .type = "" };
    const struct named *last = citing_of_kind(
        p, f->match.at[CAP_SAME], f->match.at[CAP_MAIN].at ? 0 : TEXTS_MAX);
    bool here = citing_of_kind(p, f->match.at[CAP_SAME], 0) == last;
    const char *vague = last && last->type[0] ? "paper" : "draft";

    /* "Its" is not said of several, "of the latter" is. */
    if (!last && p->named_several &&
        f->match.at[CAP_SAME].at == f->match.at[CAP_ALL].at)
        return &none;
    /* "TD 5 quotes Resolution 7; clause 2 of that document": of the paper. */
    if (last && here && strcmp(last->type, "paper") == 0)
        return last;
    return last && !(p->named_doc.type[0] &&
                     citing_joins(p, f->match.at[CAP_SAME], vague))
               ? last
               : &p->named_doc;
}

struct named citing_named_above(struct citing *p, const struct finding *f)
{
    const struct named none = { .type = "" };
    const struct named *above =
        f->match.at[CAP_MAIN].at
            ? citing_of_kind(p, f->match.at[CAP_SAME], TEXTS_MAX)
            : NULL;

    return above && above->type[0] ? citing_doubt(p, above) : none;
}

const struct named *citing_told(struct citing *p, const struct finding *f)
{
    const struct named *last =
        f->match.at[CAP_MAIN].at
            ? citing_of_kind(p, f->match.at[CAP_MAIN], TEXTS_MAX)
            : NULL;

    return last ? citing_keep(p, last) : NULL;
}
