/* Finds later calls of the footnotes that are known. */
#include <string.h>
#include <unicode/uchar.h>

#include "typed_note.h"

/* How far back a call is looked for; it keeps the search linear. */
enum { NOTES_SEEN = 64 };

static bool is_han(struct span word)
{
    return word.len && (unsigned char)word.at[0] >= 0xE3;
}

/* Finds the first call of note `label`, one with the word before it if that is
 * of Han characters: a number behind those is more often a number. */
static bool first_call(const struct notes *p, const struct line *line,
                       struct span label, struct span word, size_t *first)
{
    size_t seen = 0;

    for (size_t i = p->lines->mark_count; i-- > 0 && seen < NOTES_SEEN;
         seen++) {
        const struct mark *mark = &p->lines->marks[i];

        if (mark->type == MARK_NOTE && mark->text.len &&
            span_equal(mark->label, label) &&
            mark->called < line->origin.first &&
            (!is_han(word) || span_equal(mark->word, word))) {
            *first = i;
            return true;
        }
    }
    return false;
}

/* A number of one or two digits glued to a word, where a note of that number
 * has been called before. */
static void take_calls(struct notes *p, struct line *line)
{
    for (size_t at = 1; at < line->text.len && !p->failed; at++) {
        struct span text = line->text, label = { text.at + at, 1 };
        struct span word, typed;
        struct mark *mark;
        size_t first;

        if (!is_digit(text.at[at]) || is_digit(text.at[at - 1]) ||
            text.at[at - 1] == ' ')
            continue;
        if (at + 1 < text.len && is_digit(text.at[at + 1]))
            label.len++;
        if (!call_ends(p->calls.scanner, text, at + label.len))
            continue;
        word = call_word(text, at);
        if (!word.len || span_has(word, u_isupper) ||
            !first_call(p, line, label, word, &first))
            continue;
        typed = call_with_bracket(text, label, p->lines->marks[first].typed);
        mark = note_put(p, line, typed, MARK_NOTE_AGAIN);
        if (mark) {
            mark->first = first;
            mark->label = label;
        }
    }
}

/* Notes the word that each note is called behind. */
static void note_words(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct span text = lines->at[i].text;
        const char *found = text.len ? memchr(text.at, MARK, text.len) : NULL;

        while (found) {
            size_t at = (size_t)(found - text.at), next = at;
            struct mark *mark = lines_mark(lines, text, &next);

            if (mark && mark->type == MARK_NOTE)
                mark->word = call_word(text, at);
            found = memchr(found + 1, MARK, text.len - at - 1);
        }
    }
}

static bool has_notes(const struct lines *lines)
{
    for (size_t i = 0; i < lines->mark_count; i++)
        if (lines->marks[i].type == MARK_NOTE && lines->marks[i].text.len)
            return true;
    return false;
}

void recalls_take(struct notes *p)
{
    if (!has_notes(p->lines))
        return;
    note_words(p->lines);
    for (size_t i = 0; i < p->lines->count && !p->failed; i++)
        take_calls(p, &p->lines->at[i]);
}
