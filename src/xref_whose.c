/* Tells what text references are about: this one, another that was named, or
 * none, so that they are mere words. */
#include "binder.h"

#include <ctype.h>
#include <string.h>

#include "citing.h"
#include "labels.h"

/* "Resolution 154 (Busan, 2014)" in Resolution 154 (Dubai, 2018) is another
 * text. */
bool xref_is_self(const struct binder *b, const struct named *doc)
{
    const struct named *self = &b->self->named;

    return doc && strcmp(doc->type, self->type) == 0 &&
           (strcmp(doc->author, self->author) == 0 ||
            strcmp(doc->author, "itu") == 0) &&
           strcmp(doc->number, self->number) == 0 &&
           (!doc->edition || !self->edition || doc->edition == self->edition);
}

bool xref_leads_inside(struct binder *b, const struct xref *x)
{
    enum cited_status status;

    return cited_find(&b->cited, x, x->label, &status) &&
           status == CITED_RESOLVED;
}

bool xref_is_whole_inside(struct binder *b, const struct xref *x)
{
    enum cited_status status;

    return xref_leads_inside(b, x) &&
           (!x->last.len || (cited_find(&b->cited, x, x->last, &status) &&
                             status == CITED_RESOLVED));
}

bool xref_is_numbered_part(const struct rule *rule)
{
    static const char *const parts[] = { "clause", "annex", "appendix", "table",
                                         "figure" };
    size_t i = 0;

    while (i < sizeof parts / sizeof *parts && !rule_is(rule, parts[i]))
        i++;
    return i < sizeof parts / sizeof *parts;
}

/* A letter that adds to another may well cite its own clauses. */
static bool is_added_letter(const struct named *self)
{
    return document_is_letter(self) &&
           strncmp(self->number + self->amended, "-corrigendum",
                   strlen("-corrigendum")) != 0;
}

/* "Annex 1", where the only one that this document has is called "Annex". */
static bool is_numbered_otherwise(struct binder *b, const struct xref *x)
{
    return rule_is_part(x->rule) && b->cited.xrefs->only_annex &&
           !cited_annex(&b->cited, x->rule->name, x->label);
}

/* A corrigendum speaks of the clauses, annexes and tables of what it corrects,
 * even where it has their new text. */
bool xref_is_of_amended(struct binder *b, const struct xref *x)
{
    if (!b->amended.type[0] || !x->label.len || x->here ||
        !(xref_is_numbered_part(x->rule) || rule_is(x->rule, "seen")))
        return false;
    /* "Clause 3 of the Circular": what is added to one calls itself an
     * addendum; but "clause 3 b)" that it has will be its own. */
    if (rule_is(x->rule, "clause") &&
        ((x->main && !x->item.at) || !is_added_letter(&b->self->named)))
        return true;
    return !xref_leads_inside(b, x) || is_numbered_otherwise(b, x);
}

/* What a proposal would change has annexes and clauses that are not in the
 * document; and the heading of an annex names itself. */
static bool is_of_other_text(struct binder *b, const struct xref *x)
{
    bool annex = rule_is_part(x->rule);
    struct node *heading =
        annex ? draft_ancestor(x->node, "heading", NULL) : NULL;
    struct node *found;
    enum cited_status status;

    if (x->doc || !(annex || rule_is(x->rule, "clause")) ||
        !(heading || draft_ancestor(x->node, "section", "proposal")))
        return false;
    found = cited_find(&b->cited, x, x->label, &status);
    return found ? heading && heading->parent == found
                 : !xref_is_of_amended(b, x);
}

/* "This Recommendation" in what is none: a text that stands in it, or that it
 * speaks of. */
bool xref_says_other(const struct binder *b, const struct xref *x)
{
    /* A letter may well call itself a circular. */
    if (x->says && strcmp(x->says, "circular") == 0 &&
        document_is_letter(&b->self->named))
        return false;
    return x->says && strcmp(x->says, "annex") != 0 &&
           strcmp(b->self->named.type, "document") != 0 &&
           strcmp(b->self->named.type, x->says) != 0;
}

/* Appendices with digits are mostly the Radio Regulations', which some
 * languages call annexes: "Annex 30" is none of a text that has no annex 29,
 * either. */
static bool is_strange_part(struct binder *b, bool appendix, struct span label)
{
    const char *name = appendix ? "appendix" : "annex";
    struct buf before = { 0 };
    unsigned number;
    bool strange = span_is_digits(label) && (appendix || label.len > 1) &&
                   !cited_annex(&b->cited, name, label);

    if (strange && !appendix) {
        buf_add_span(&before, label);
        number = (unsigned)strtoul(buf_text(&before), NULL, 10);
        buf_clear(&before);
        buf_put_unsigned(&before, number - 1);
        strange = !cited_annex(&b->cited, name, buf_span(&before));
    }
    b->draft->failed |= before.failed;
    buf_free(&before);
    return strange;
}

bool xref_is_called_alike(const struct node *annex, struct span words)
{
    return cited_is_called(ids_part_name(annex), words);
}

static bool has_letter(struct span text)
{
    size_t i = 0;

    while (i < text.len && !isalpha((unsigned char)text.at[i]) &&
           (unsigned char)text.at[i] < 0x80)
        i++;
    return i < text.len;
}

/* "Annex 3" of a convention, in a letter that calls its own "Attachment A". */
static bool is_called_otherwise(struct binder *b, const struct xref *x)
{
    struct node *all = cited_attachments(&b->cited);
    struct span words = cited_words(x);
    bool others = false;

    if (!rule_is(x->rule, "annex") || !has_letter(words) ||
        cited_annex(&b->cited, x->rule->name, x->label))
        return false;
    for (struct node *a = all ? all->children : NULL; a; a = a->next) {
        if (!cited_spend(&b->cited, CITED_COMPARISON) ||
            !draft_is_named(draft_child(a, "doc"), "annex"))
            return false;
        if (xref_is_called_alike(a, words))
            return false;
        others = true;
    }
    return others;
}

/* "Annex 4" of a regulation, in a report that counts its own in Roman numbers
 * or letters, or in its only annex. */
static bool is_counted_otherwise(struct binder *b, const struct xref *x)
{
    struct node *all = cited_attachments(&b->cited);
    struct node *first = all ? draft_child(all, "attachment") : NULL;

    return rule_is(x->rule, "annex") && span_is_digits(x->label) && first &&
           (first->next || draft_is_in(x->node, first)) &&
           !cited_whole_annex(&b->cited, x, x->label) &&
           !b->cited.xrefs->about && !cited_may_lack(&b->cited, x);
}

static bool is_of_strange_part(struct binder *b, const struct xref *x)
{
    if (rule_is_part(x->rule))
        return (rule_is(x->rule, "appendix") || !x->topic) &&
               (is_strange_part(b, rule_is(x->rule, "appendix"), x->label) ||
                is_called_otherwise(b, x) ||
                (!x->headed && is_counted_otherwise(b, x)));
    return x->part.at && rule_is(x->rule, "clause") && !x->topic &&
           is_strange_part(
               b, xref_names_appendix(b, x->part),
               labels_annex(x->part, &b->scanner->grammar->numerals));
}

/* ... and so is "paragraph 3" in "Annex 2, paragraph 3", unless there is one
 * text that this one is about. */
static bool is_strange(struct binder *b, const struct xref *x)
{
    if (x->doc)
        return false;
    if (is_of_strange_part(b, x)) {
        b->strange = x;
        return true;
    }
    return b->strange && b->strange == x - 1 && x->part.len &&
           !b->cited.xrefs->about && rule_is(x->rule, "clause") &&
           rule_is_part(b->strange->rule) &&
           span_equal(b->strange->label, x->part);
}

/* "§ 4.1.12bis" in a letter that has no such clause is one of a law. */
static bool is_of_law(struct binder *b, const struct xref *x)
{
    return !x->doc && !x->here && !x->part.at && x->label.len &&
           rule_is(x->rule, "clause") &&
           islower((unsigned char)x->label.at[x->label.len - 1]) &&
           document_is_letter(&b->self->named) && !xref_leads_inside(b, x);
}

/* No letter or report has clauses of a Recommendation but in its annexes and
 * proposals; nor is the body of a text that has annexes one. */
static bool is_of_none(const struct binder *b, const struct xref *x)
{
    if (!x->says || draft_ancestor(x->node, "attachment", NULL) ||
        draft_ancestor(x->node, "section", "proposal"))
        return false;
    return xref_says_other(b, x)
               ? !x->told && document_is_letter(&b->self->named)
               : strcmp(x->says, "annex") == 0 && cited_attachments(&b->cited);
}

/* 第9项 in a report may be one of the agenda, and so may "point 9" where an
 * agenda is spoken of. */
static bool may_be_on_agenda(struct binder *b, const struct xref *x)
{
    return !x->doc && !x->here && !x->main && !x->part.at &&
           (x->tabled ||
            (xref_says(b, x, "item") && (document_is_letter(&b->self->named) ||
                                         cited_is_report(&b->cited))));
}

/* Whether it leads nowhere, or does so like others in its list. */
static bool is_agenda_item(struct binder *b, const struct xref *x)
{
    const struct xref *end = b->cited.xrefs->at + b->cited.xrefs->count;
    const struct node *list = x->node->parent;
    enum cited_status status;

    if (!may_be_on_agenda(b, x))
        return false;
    if (list == b->agenda || !xref_find_target(b, x, x->label, &status) ||
        (x->tabled && !x->item.at && status == CITED_PARTIAL))
        return true;
    if (!draft_is(list, "mref"))
        return false;
    for (const struct xref *y = x; y < end && y->node->parent == list &&
                                   cited_spend(&b->cited, CITED_COMPARISON);
         y++)
        if (!xref_find_target(b, y, y->label, &status)) {
            b->agenda = list;
            return true;
        }
    return false;
}

/* "Annex 2 of the Recommendation" in Annex 1 to a letter, which counts its own
 * annexes: none of these. */
static bool is_of_series(const struct binder *b, const struct xref *x,
                         const struct node *part)
{
    while (part && part->name)
        part = part->children; /* down to its label */
    return part && rule_is_part(x->rule) && is_digit(*x->label.at) &&
           document_is_letter(&b->self->named) && lines_has_digit(part->text);
}

/* "The Resolution" in what is none, unless the annex around has such a place:
 * the one that was named before. What does not say what it is may be one. */
bool xref_is_told(struct binder *b, const struct xref *x)
{
    struct xref own = *x;
    bool plain = strcmp(b->self->named.type, "document") == 0;
    const struct node *part = draft_ancestor(x->node, "attachment", NULL);

    if (plain && !part && x->says && strcmp(x->says, "circular") == 0)
        return x->told && x->told->type[0] && x->label.len;
    own.main = false;
    if (x->says && xref_holds_text(b) &&
        strcmp(b->cited.xrefs->held->type, x->says) == 0 &&
        xref_leads_inside(b, &own))
        return false;
    /* "The Circular" in a letter is its own where it has such a clause. */
    plain |= x->says && strcmp(x->says, "circular") == 0 &&
             strcmp(b->self->named.type, "letter") == 0 && !part &&
             !xref_leads_inside(b, &own);
    return x->told && x->told->type[0] && x->label.len &&
           (plain || xref_says_other(b, x)) && !xref_is_self(b, x->told) &&
           !((plain || part) && !is_of_series(b, x, part) &&
             xref_leads_inside(b, &own));
}

/* "Clause 2 of the report" in an annex to what is none, or has no such clause.
 */
static bool is_of_outer_text(struct binder *b, const struct xref *x)
{
    bool report =
        strcmp(x->holder, "report") == 0 &&
        (draft_is(b->cited.doc, "debateReport") || cited_is_report(&b->cited));

    return !(report || citing_is_kind(x->holder, b->self->named.type)) ||
           !xref_leads_inside(b, x);
}

/* "Article VI": the number of an article, of this text if it has such ones. */
static bool is_roman(struct span label)
{
    size_t i = 0;

    while (i < label.len && strchr("IVXLC", label.at[i]))
        i++;
    return i > 0 && i == label.len;
}

/* "Rule 3", of a text whose articles are called so. */
static bool is_rule_here(struct binder *b, const struct xref *x)
{
    enum cited_status status;
    const struct node *found =
        xref_article_around(xref_find_target(b, x, x->label, &status));

    return found && cited_is_called(draft_first_text(draft_child(found, "num")),
                                    cited_words(x));
}

size_t xref_count_dots(struct span label)
{
    return span_count((struct span){ label.at, label.len - (label.len > 0) },
                      '.');
}

/* "Paragraph 5.2.1.30" of a regulation, where clause 5 is not even divided. */
static bool is_far_deeper(struct binder *b, const struct xref *x)
{
    enum cited_status status;
    struct node *found;

    if (xref_count_dots(x->label) < 2 || x->doc || x->here || x->main ||
        x->topic || x->part.at || !rule_is(x->rule, "clause"))
        return false;
    found = cited_find(&b->cited, x, x->label, &status);
    return found && status == CITED_PARTIAL && draft_is(found, "section") &&
           !draft_child(found, "section") &&
           !xref_count_dots(draft_first_text(draft_child(found, "num")));
}

/* Words such as "invite 3", "Part 90" or "item b) above" that lead nowhere are
 * words: the element goes, its text stays. So is any sign in a language without
 * a grammar: no word says what law "§ 90" is of. */
bool xref_is_mere_words(struct binder *b, const struct xref *x)
{
    struct node *home;
    enum cited_status status;
    bool whole;

    if (x->holder)
        return is_of_outer_text(b, x);
    if (is_of_none(b, x) ||
        ((x->its || x->whose || (x->told_so && !b->cited.xrefs->remarked)) &&
         !x->doc && !xref_leads_inside(b, x)))
        return true;
    /* "Article 4.05" above what changes that. */
    if (!x->doc && rule_is(x->rule, "clause") &&
        draft_ancestor(x->node, "heading", NULL) &&
        cited_find(&b->cited, x, x->label, &status) && status == CITED_PARTIAL)
        return true;
    if (x->law && !x->doc && xref_is_numbered_part(x->rule) &&
        !xref_is_whole_inside(b, x))
        return true;
    if (rule_is(x->rule, "before") || rule_is(x->rule, "agenda"))
        return !xref_leads_inside(b, x) ||
               (x->last.len && !cited_find(&b->cited, x, x->last, &status));
    if (!x->label.len && !x->title.at && x->item.at) {
        home = cited_home(&b->cited, x);
        return !home || !cited_item(&b->cited, home, x->item, &whole);
    }
    if (cited_is_chapter(x->rule))
        return (!x->doc || xref_is_self(b, x->doc)) &&
               (!cited_find(&b->cited, x, x->label, &status) ||
                xref_is_in_other_chapter(b, x));
    if (is_strange(b, x) || is_of_law(b, x))
        return true;
    if (!x->doc && rule_is(x->rule, "called"))
        return !cited_find(&b->cited, x, x->label, &status);
    if (!x->doc && xref_says(b, x, "provision"))
        return !xref_find_target(b, x, x->label, &status) ||
               status != CITED_RESOLVED;
    if (!x->doc && xref_says(b, x, "rule"))
        return !is_rule_here(b, x);
    if (is_agenda_item(b, x) || is_far_deeper(b, x))
        return true;
    if (!x->doc && rule_is(x->rule, "clause") && is_roman(x->label))
        return !xref_find_target(b, x, x->label, &status);
    if (!x->doc && !xref_is_of_remarks(b, x) && xref_is_strange_article(b, x))
        return x->law || xref_is_article_apart(b, x) ||
               !xref_find_target(b, x, x->label, &status) ||
               (status == CITED_PARTIAL && !x->item.at);
    if (b->scanner->grammar->wordless || rule_is(x->rule, "item") ||
        rule_is(x->rule, "seen"))
        return !x->doc && !xref_leads_inside(b, x);
    if (x->around.at && !x->doc)
        return !cited_clause_around(&b->cited, x, x->label, &status);
    return is_of_other_text(b, x) ||
           (x->title.at && !x->doc && !xref_is_told(b, x) &&
            !cited_titled(&b->cited, x));
}

/* ---- doubts ------------------------------------------------------------------ */

/* Whether what is cited is missing, rather than of another text: a table of a
 * Recommendation, an annex that is filed elsewhere. */
static bool may_lack(struct binder *b, const struct xref *x)
{
    return rule_is_part(x->rule)
               ? cited_may_lack(&b->cited, x)
               : !rule_is(x->rule, "clause") &&
                     strcmp(b->self->named.type, "recommendation") == 0;
}

/* Whether this document may be meant: it has such a place, or lacks it. What an
 * annex to a letter says of a text is not about the letter. */
static bool may_be_inside(struct binder *b, const struct xref *x)
{
    struct node *part = draft_ancestor(x->node, "attachment", NULL), *found;
    enum cited_status status;

    if (x->apart && may_lack(b, x))
        return true;
    found = cited_find(&b->cited, x, x->label, &status);
    if (found && x->beside && draft_is(found, "attachment") &&
        !xref_is_called_alike(found, draft_first_text(x->node)))
        return false;
    return found && status == CITED_RESOLVED &&
           (!x->last.len || xref_is_whole_inside(b, x)) &&
           !(x->apart && part && rule_is(x->rule, "clause") &&
             document_is_letter(&b->self->named) &&
             draft_ancestor(found, "attachment", NULL) != part);
}

/* What is cited together is of one document: this one where it has all of it,
 * or else the one that was named. Returns how many they are. */
size_t xref_settle_doubt(struct binder *b, struct xref *first, size_t most)
{
    bool inside = first->doubt;
    size_t count = 0;

    do
        inside = inside && may_be_inside(b, &first[count]);
    while (++count < most && first->doubt &&
           first[count].doubt == first->doubt);
    for (size_t i = 0; inside && i < count; i++)
        first[i].doc = NULL;
    return count;
}
