/* Writes a document as an outline that people read in a terminal: labels hang
 * before their texts, what is in a clause is set in under it. */
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "export.h"
#include "lines.h"
#include "sink.h"

enum { WIDTH = 80, STEP = 4, DEPTH_MAX = 8, NARROWEST = 24,
       FIRST_IDEOGRAPHIC = 0x2E80 };

struct pass {
    const struct extract *extract;
    const struct units *units;
    UBreakIterator *breaks;
    struct buf text, line, out;
    bool failed;
};

static struct span part_of(struct span text, int32_t from, int32_t to)
{
    return (struct span){ text.at + from, (size_t)(to - from) };
}

static size_t width_of(struct span text)
{
    return lines_width(text);
}

/* Ends the line that is being filled. */
static void end_line(struct pass *p)
{
    while (p->line.len && p->line.at[p->line.len - 1] == ' ')
        p->line.len--;
    buf_add_span(&p->out, buf_span(&p->line));
    buf_putc(&p->out, '\n');
    buf_clear(&p->line);
}

static void put_spaces(struct buf *out, size_t count)
{
    while (count-- > 0)
        buf_putc(out, ' ');
}

/* Whether a line may end here. ICU would part "ITU-T" and addresses, too. */
static bool is_gap(struct span word)
{
    int32_t at = (int32_t)word.len;
    UChar32 c;

    U8_PREV(word.at, 0, at, c);
    return u_isUWhiteSpace(c) || c >= FIRST_IDEOGRAPHIC;
}

/* Fills lines with the text, broken where its script allows; `left` is where
 * the next line begins. */
static void fill(struct pass *p, struct span text, size_t left)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *utext = utext_openUTF8(NULL, text.at, (int64_t)text.len, &status);
    size_t right = left + NARROWEST > WIDTH ? left + NARROWEST : WIDTH;
    size_t width = width_of(buf_span(&p->line));
    int32_t from, to, next;

    ubrk_setUText(p->breaks, utext, &status);
    from = U_SUCCESS(status) ? ubrk_first(p->breaks) : 0;
    for (; U_SUCCESS(status) && (to = ubrk_next(p->breaks)) != UBRK_DONE;
         from = to) {
        struct span word;
        size_t wide;

        while (!is_gap(part_of(text, from, to)) &&
               (next = ubrk_next(p->breaks)) != UBRK_DONE)
            to = next;
        word = part_of(text, from, to);
        wide = width_of(span_trim(word));
        if (width > left && width + wide > right) {
            end_line(p);
            put_spaces(&p->line, left);
            width = left;
        }
        buf_add_span(&p->line, word);
        width += width_of(word);
    }
    utext_close(utext);
    p->failed |= U_FAILURE(status);
}

/* Cells are parted by a bar. */
static void fill_row(struct pass *p, struct span text, size_t left)
{
    const char *tab;

    while (text.len && (tab = memchr(text.at, '\t', text.len)) != NULL) {
        struct span cell = { text.at, (size_t)(tab - text.at) };

        if (cell.len)
            fill(p, cell, left);
        buf_puts(&p->line, " | ");
        text = (struct span){ tab + 1, text.len - cell.len - 1 };
    }
    if (text.len)
        fill(p, text, left);
}

static size_t depth_of(const struct pass *p, const struct unit *unit)
{
    size_t depth = 0;

    for (int i = unit->above; i != NO_UNIT && depth < DEPTH_MAX &&
                              i >= (int)p->extract->first;
         i = p->units->at[i].above)
        depth++;
    return depth;
}

static bool is_signature(const struct unit *unit)
{
    return unit->role == ROLE_SIGNATURE_NAME ||
           unit->role == ROLE_SIGNATURE_TITLE || unit->role == ROLE_SIGNATURE;
}

/* An empty line before what begins something. */
static bool is_apart(const struct unit *unit, const struct unit *before,
                     size_t depth)
{
    if (!before)
        return false;
    if (unit->part != before->part || unit->role == ROLE_HEADING)
        return true;
    if (unit->field.len)
        return !span_equal(unit->field, before->field);
    if (depth > 0 || (is_signature(unit) && is_signature(before)))
        return false;
    if (unit->opens)
        return !tree_is(unit->opens, "item") || !before->opens;
    return unit->role != before->role;
}

static void put_label(struct pass *p, const struct unit *unit)
{
    if (unit->role == ROLE_FOOTNOTE) {
        buf_putc(&p->line, '[');
        buf_add_span(&p->line, unit->label);
        buf_puts(&p->line, "] ");
        return;
    }
    buf_add_span(&p->line, unit->label);
    if (unit->label.len)
        buf_puts(&p->line, "  ");
}

static void put_unit(struct pass *p, size_t i)
{
    const struct unit *unit = &p->units->at[i];
    const struct unit *before = i > p->extract->first ? unit - 1 : NULL;
    size_t depth = depth_of(p, unit), left = depth * STEP, width;

    if (before && unit->part != before->part &&
        p->units->parts[unit->part].kind == PART_ANNEX)
        buf_puts(&p->out, "\n----------------------------------------\n");
    if (is_apart(unit, before, depth))
        buf_putc(&p->out, '\n');
    put_spaces(&p->line, left);
    put_label(p, unit);
    if (unit->label.len && unit->role != ROLE_FOOTNOTE) {
        left += STEP;
        width = width_of(buf_span(&p->line));
        put_spaces(&p->line, left > width ? left - width : 0);
        if (width > left && width <= left + STEP)
            left = width;
    }
    buf_clear(&p->text);
    export_put_text(&p->text, unit);
    if (unit->role == ROLE_ROW)
        fill_row(p, buf_span(&p->text), left);
    else
        fill(p, buf_span(&p->text), left);
    end_line(p);
}

static int write_units(struct pass *p)
{
    int result = CLAUSIER_OK;

    for (size_t i = p->extract->first;
         i < p->extract->end && result == CLAUSIER_OK; i++) {
        put_unit(p, i);
        p->out.failed |= p->text.failed || p->line.failed || p->failed;
        result = sink_take(p->extract->sink, p->extract->user, &p->out);
    }
    return result;
}

int export_text(const struct extract *extract)
{
    struct pass p = { .extract = extract, .units = &extract->version->units };
    UErrorCode status = U_ZERO_ERROR;
    int result = CLAUSIER_ENOMEM;

    p.breaks = ubrk_open(UBRK_LINE, p.units->tag, NULL, 0, &status);
    if (U_SUCCESS(status))
        result = write_units(&p);
    ubrk_close(p.breaks);
    buf_free(&p.text);
    buf_free(&p.line);
    buf_free(&p.out);
    return result;
}
