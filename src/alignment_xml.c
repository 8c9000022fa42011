/* Turns an alignment into XML that stylesheets make other things of. */
#include "alignment_xml.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "tree.h"

/* A part of a unit's text that a difference speaks of. */
struct place_in_text {
    unsigned version, unit;
    unsigned start, end; /* bytes of the unit's text, not empty */
    size_t diff;
};

/* A bead that a difference speaks of. */
struct note {
    size_t bead, diff;
    bool marked; /* in the text of a unit of the bead */
};

struct writer {
    const clausier_alignment *a;
    struct tree tree;
    struct buf text;              /* of one attribute or node at a time */
    struct place_in_text *places; /* by version, unit, start */
    size_t place_count;
    struct note *notes;           /* by bead and difference */
    size_t note_count, note;      /* `note`: the first not written yet */
    bool failed;
};

/* ---- text ------------------------------------------------------------------ */

/* File names are any bytes, XML and HTML have no place for control characters
 * and for code points that are none. */
static bool is_text(int32_t c)
{
    return c >= ' ' ? (c < 0x7F || c > 0x9F) && !U_IS_UNICODE_NONCHAR(c)
                    : c == '\t' || c == '\n';
}

static void put_clean(struct buf *out, struct span text)
{
    int32_t at = 0, from, c;

    while (at < (int32_t)text.len) {
        from = at;
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (is_text(c))
            buf_add(out, text.at + from, (size_t)(at - from));
        else
            buf_puts(out, "\uFFFD");
    }
}

static void set(struct writer *w, xmlNodePtr node, const char *name,
                struct span value)
{
    buf_clear(&w->text);
    put_clean(&w->text, value);
    tree_set(&w->tree, node, name, buf_text(&w->text));
}

static void set_number(struct writer *w, xmlNodePtr node, const char *name,
                       size_t value)
{
    buf_clear(&w->text);
    buf_printf(&w->text, "%zu", value);
    tree_set(&w->tree, node, name, buf_text(&w->text));
}

static void add_text(struct writer *w, xmlNodePtr node, struct span text)
{
    buf_clear(&w->text);
    put_clean(&w->text, text);
    tree_text(&w->tree, node, buf_span(&w->text));
}

/* ---- where differences are -------------------------------------------------- */

static void note_bead(struct writer *w, size_t bead, size_t diff, bool marked)
{
    struct note *note = array_push(&w->notes, &w->note_count, sizeof *note);

    if (note)
        *note = (struct note){ bead, diff, marked };
    w->failed |= !note;
}

static void note_place(struct writer *w, const struct diff_place *p,
                       size_t diff)
{
    struct place_in_text *place;
    bool marked = p->start < p->end;

    for (unsigned u = p->unit; u < p->unit_end; u++)
        note_bead(w, w->a->beads.bead_of[p->version][u], diff, marked);
    if (!marked)
        return;
    place = array_push(&w->places, &w->place_count, sizeof *place);
    if (place)
        *place = (struct place_in_text){ p->version, p->unit, p->start, p->end,
                                         diff };
    w->failed |= !place;
}

static int by_place(const void *a, const void *b)
{
    const struct place_in_text *x = a, *y = b;

    if (x->version != y->version)
        return x->version < y->version ? -1 : 1;
    if (x->unit != y->unit)
        return x->unit < y->unit ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->diff > y->diff) - (x->diff < y->diff);
}

static int by_bead(const void *a, const void *b)
{
    const struct note *x = a, *y = b;

    if (x->bead != y->bead)
        return x->bead < y->bead ? -1 : 1;
    return (x->diff > y->diff) - (x->diff < y->diff);
}

static void find_places(struct writer *w)
{
    const struct diffs *diffs = &w->a->diffs;

    for (size_t d = 0; d < diffs->count && !w->failed; d++) {
        if (diffs->at[d].hidden)
            continue;
        for (size_t b = diffs->at[d].bead; b < diffs->at[d].bead_end; b++)
            note_bead(w, b, d, false);
        for (size_t i = 0; i < diffs->at[d].place_count; i++)
            note_place(w, &diffs->at[d].places[i], d);
    }
    if (w->failed)
        return;
    if (w->place_count)
        qsort(w->places, w->place_count, sizeof *w->places, by_place);
    if (w->note_count)
        qsort(w->notes, w->note_count, sizeof *w->notes, by_bead);
}

/* ---- versions ----------------------------------------------------------------- */

/* A tag that any reader takes: trees of other programs may say anything. */
static const char *language_tag(const struct units *units)
{
    size_t run = 0;

    for (const char *c = units->tag; *c; c++) {
        run = *c == '-' ? 0 : run + 1;
        if ((*c == '-' && (c == units->tag || c[-1] == '-')) || run > 8 ||
            !(*c == '-' || (isascii((unsigned char)*c) &&
                            isalnum((unsigned char)*c))))
            return "und";
    }
    return run && isalpha((unsigned char)units->tag[0]) ? units->tag : "und";
}

static void set_language_name(struct writer *w, xmlNodePtr node,
                              const char *tag)
{
    enum { SIZE = 64 };
    UErrorCode status = U_ZERO_ERROR;
    UChar name[SIZE];
    char text[3 * SIZE];

    uloc_getDisplayLanguage(tag, "en", name, SIZE, &status);
    u_strToUTF8(text, sizeof text, NULL, name, -1, &status);
    if (U_SUCCESS(status) && strcmp(tag, "und") != 0)
        tree_set(&w->tree, node, "name", text);
}

/* What a reader would call the document: its title, or its subject. */
static struct span title_of(const struct units *units)
{
    struct span title = { 0 };

    for (size_t u = 0; u < units->count; u++) {
        const struct unit *unit = &units->at[u];

        if (units->parts[unit->part].kind != PART_PREFACE)
            break;
        if (unit->role == ROLE_TITLE)
            return unit->text;
        if (unit->role == ROLE_FIELD && span_is(unit->field, "subject") &&
            !title.len)
            title = unit->text;
    }
    return title;
}

static void add_version(struct writer *w, xmlNodePtr root, size_t v)
{
    const struct version *version = &w->a->versions[v];
    const char *tag = language_tag(&version->units);
    xmlNodePtr node = tree_add(&w->tree, root, "version");
    struct span title = title_of(&version->units);

    set_number(w, node, "n", v + 1);
    set(w, node, "file", span_of(version->file));
    set(w, node, "language", span_of(version->units.language));
    tree_set_lang(&w->tree, node, tag);
    tree_set(&w->tree, node, "dir", uloc_isRightToLeft(tag) ? "rtl" : "ltr");
    set_language_name(w, node, tag);
    if (version->units.work[0])
        set(w, node, "work", span_of(version->units.work));
    if (title.len)
        set(w, node, "title", title);
}

/* ---- beads -------------------------------------------------------------------- */

static void set_range(struct writer *w, xmlNodePtr node, const char *name,
                      size_t first, size_t last)
{
    buf_clear(&w->text);
    buf_printf(&w->text, first < last ? "%zu-%zu" : "%zu", first, last);
    tree_set(&w->tree, node, name, buf_text(&w->text));
}

static void set_lines(struct writer *w, xmlNodePtr node,
                      const struct unit *first, const struct unit *last)
{
    if (first->first_line)
        set_range(w, node, "lines", first->first_line, last->last_line);
}

/* Opens a mark for the differences that cover byte `at`, and says where it
 * ends; NULL where no difference does. */
static xmlNodePtr add_mark(struct writer *w, xmlNodePtr unit, unsigned at,
                           unsigned *end, const struct place_in_text *places,
                           size_t count)
{
    const struct diffs *diffs = &w->a->diffs;
    enum clausier_level level = CLAUSIER_NOTE;
    size_t last = SIZE_MAX;
    xmlNodePtr mark;

    buf_clear(&w->text);
    for (size_t i = 0; i < count; i++) {
        if (places[i].start > at) {
            *end = places[i].start < *end ? places[i].start : *end;
            break;
        }
        if (places[i].end <= at)
            continue;
        *end = places[i].end < *end ? places[i].end : *end;
        if (places[i].diff == last)
            continue;
        last = places[i].diff;
        if (w->text.len)
            buf_putc(&w->text, ' ');
        buf_puts(&w->text, diffs->at[last].id);
        if (diffs->at[last].level > level)
            level = diffs->at[last].level;
    }
    if (!w->text.len)
        return NULL;
    mark = tree_add(&w->tree, unit, "mark");
    tree_set(&w->tree, mark, "difference", buf_text(&w->text));
    tree_set(&w->tree, mark, "level", diff_level_name(level));
    return mark;
}

/* The text, cut where a difference begins or ends. */
static void add_marked(struct writer *w, xmlNodePtr node, struct span text,
                       const struct place_in_text *places, size_t count)
{
    unsigned at = 0, end;

    while (at < text.len && !w->tree.failed) {
        xmlNodePtr mark;

        while (count && places->end <= at) {
            places++;
            count--;
        }
        end = (unsigned)text.len;
        mark = add_mark(w, node, at, &end, places, count);
        add_text(w, mark ? mark : node,
                 (struct span){ text.at + at, end - at });
        at = end;
    }
}

/* The places in the text of one unit. */
static const struct place_in_text *places_of(const struct writer *w, unsigned v,
                                             unsigned u, size_t *count)
{
    const struct place_in_text wanted = { .version = v, .unit = u };
    size_t low = 0, high = w->place_count, end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (by_place(&w->places[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < w->place_count && w->places[end].version == v &&
                    w->places[end].unit == u;)
        end++;
    *count = end - low;
    return &w->places[low];
}

static void set_role(struct writer *w, xmlNodePtr node, const struct unit *unit)
{
    struct buf role = { 0 };

    unit_put_role(&role, unit);
    set(w, node, "role", buf_span(&role));
    w->failed |= role.failed;
    buf_free(&role);
}

static void add_unit(struct writer *w, xmlNodePtr bead, unsigned v, unsigned u)
{
    const struct unit *unit = &w->a->versions[v].units.at[u];
    xmlNodePtr node = tree_add(&w->tree, bead, "unit");
    const struct place_in_text *places;
    size_t count = 0;

    set_number(w, node, "version", v + 1);
    set(w, node, "eId", span_of(unit->eid));
    set_role(w, node, unit);
    set(w, node, "label", unit->label);
    set_lines(w, node, unit, unit);
    if (unit->last_byte > unit->first_byte)
        set_range(w, node, "bytes", unit->first_byte, unit->last_byte);
    places = w->place_count ? places_of(w, v, u, &count) : NULL;
    add_marked(w, node, unit->text, places, count);
}

static void set_place(struct writer *w, xmlNodePtr node, size_t bead)
{
    const struct unit *unit = bead_unit(&w->a->beads, bead);

    set(w, node, "part", bead_part(&w->a->beads, bead)->name);
    if (unit->clause.len)
        set(w, node, "clause", unit->clause);
}

static void add_notes(struct writer *w, xmlNodePtr node, size_t bead)
{
    const struct diffs *diffs = &w->a->diffs;

    while (w->note < w->note_count && w->notes[w->note].bead == bead) {
        const struct note *first = &w->notes[w->note];
        xmlNodePtr note = tree_add(&w->tree, node, "note");
        bool marked = false;

        for (; w->note < w->note_count && w->notes[w->note].bead == bead &&
               w->notes[w->note].diff == first->diff; w->note++)
            marked |= w->notes[w->note].marked;
        tree_set(&w->tree, note, "difference", diffs->at[first->diff].id);
        if (marked)
            tree_set(&w->tree, note, "marked", "yes");
    }
}

static void add_bead(struct writer *w, xmlNodePtr root, size_t i)
{
    const struct beads *beads = &w->a->beads;
    const struct bead *bead = &beads->at[i];
    const struct unit *unit = bead_unit(beads, i);
    xmlNodePtr node = tree_add(&w->tree, root, "bead");

    set_number(w, node, "n", i + 1);
    buf_clear(&w->text);
    bead_put_kind(&w->text, beads, i);
    tree_set(&w->tree, node, "kind", buf_text(&w->text));
    tree_set(&w->tree, node, "found", found_name(bead->found));
    buf_clear(&w->text);
    buf_printf(&w->text, "%.2f", (double)bead->score);
    tree_set(&w->tree, node, "score", buf_text(&w->text));
    tree_set(&w->tree, node, "order", order_name(bead->order));
    if (bead->crossed)
        set_number(w, node, "crossed", bead->crossed);
    set_place(w, node, i);
    set_number(w, node, "depth", unit->level);
    set_role(w, node, unit);
    for (unsigned v = 0; v < w->a->count; v++)
        for (unsigned k = 0; k < bead_row(beads, i, v)->count; k++)
            add_unit(w, node, v, bead_row(beads, i, v)->first + k);
    add_notes(w, node, i);
}

/* ---- differences --------------------------------------------------------------- */

/* The type of localization quality issue that ITS 2.0 (appendix C) has for a
 * difference. */
static const char *issue_of(const struct diff *d)
{
    static const char *const by_code[DIFF_CODES] = {
        [DIFF_MISSING] = "omission",
        [DIFF_ADDED] = "addition",
        [DIFF_RENUMBERED] = "numbers",
        [DIFF_CONTRADICTION] = "inconsistency",
    };

    if (d->code == DIFF_FACT)
        return d->type == FACT_NUMBER ? "numbers" : "inconsistent-entities";
    return by_code[d->code] ? by_code[d->code] : "other";
}

static void add_place(struct writer *w, xmlNodePtr parent,
                      const struct diff_place *place)
{
    const struct unit *units = w->a->versions[place->version].units.at;
    xmlNodePtr node = tree_add(&w->tree, parent, "place");

    set_number(w, node, "version", place->version + 1);
    set_number(w, node, "bead",
               w->a->beads.bead_of[place->version][place->unit] + 1);
    set(w, node, "eId", span_of(units[place->unit].eid));
    set_lines(w, node, &units[place->unit], &units[place->unit_end - 1]);
    if (place->unit_end - place->unit > 1)
        set_number(w, node, "units", place->unit_end - place->unit);
    if (place->value.len)
        set(w, node, "value", place->value);
    add_text(w, node, diff_text(&w->a->diffs, place));
}

static void add_difference(struct writer *w, xmlNodePtr root,
                           const struct diff *d)
{
    xmlNodePtr node = tree_add(&w->tree, root, "difference");

    tree_set(&w->tree, node, "id", d->id);
    tree_set(&w->tree, node, "code", diff_code_name(d->code));
    tree_set(&w->tree, node, "level", diff_level_name(d->level));
    tree_set(&w->tree, node, "issue", issue_of(d));
    if (d->type != FACT_TYPES)
        tree_set(&w->tree, node, "type", fact_name((enum fact_type)d->type));
    set_number(w, node, "bead", d->bead + 1);
    if (d->bead_end > d->bead + 1)
        set_number(w, node, "last", d->bead_end);
    set_place(w, node, d->bead);
    for (size_t i = 0; i < d->place_count; i++)
        add_place(w, node, &d->places[i]);
    add_text(w, tree_add(&w->tree, node, "reason"), d->reason);
}

xmlDocPtr alignment_xml(const clausier_alignment *a)
{
    struct writer w = { .a = a };
    xmlNodePtr root = tree_open_as(&w.tree, "alignment", ALIGNMENT_NS);

    find_places(&w);
    tree_set(&w.tree, root, "generator", "clausier " CLAUSIER_VERSION);
    tree_set(&w.tree, root, "kind", a->revision ? "revision" : "translation");
    for (size_t v = 0; v < a->count; v++)
        add_version(&w, root, v);
    for (size_t i = 0; i < a->beads.count && !w.tree.failed; i++)
        add_bead(&w, root, i);
    for (size_t d = 0; d < a->diffs.count && !w.tree.failed; d++)
        if (!a->diffs.at[d].hidden)
            add_difference(&w, root, &a->diffs.at[d]);
    w.failed |= w.tree.failed || w.text.failed;
    buf_free(&w.text);
    free(w.places);
    free(w.notes);
    if (!w.failed)
        return w.tree.doc;
    xmlFreeDoc(w.tree.doc);
    return NULL;
}
