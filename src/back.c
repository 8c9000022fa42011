/* What stands behind the last annex of a Recommendation and belongs to none:
 * its bibliography, and the series inside the back cover. */
#include <string.h>

#include "parser.h"

/* "[b-ITU-T X.800]": only the bibliography of the whole text marks its entries
 * so. */
static bool is_entry(const struct line *line)
{
    enum { MARK_BYTES = 5 };
    char plain[FOLD_SHORT];
    struct span text = line && line->text.len > MARK_BYTES
                           ? (struct span){ line->text.at, MARK_BYTES }
                           : (struct span){ 0 };

    text = text.len ? fold_short(plain, text) : text;
    return text.len >= 3 && memcmp(text.at, "[b-", 3) == 0;
}

/* An annex may have a bibliography of its own. */
static bool is_of_all(struct parser *p)
{
    return p->line->contents || is_entry(look_next(p, p->at));
}

bool back_take(struct parser *p)
{
    struct finding f;

    if (!p->attachments || p->region != REGION_BODY || p->line->cell ||
        p->proposal.depth || !look_find(p, p->line, KIND_HEADING, NULL, &f))
        return false;
    if (!rule_is(f.rule, "series_list") &&
        !(rule_is(f.rule, "bibliography") && is_of_all(p)))
        return false;
    part_open_matter(p);
    parse_explain(p, "heading", f.rule->name, &f);
    return true;
}
