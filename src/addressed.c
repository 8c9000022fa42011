/* Finds the address of the one person that a letter goes to: between its date
 * and its text, as it shows in the window of the envelope. */
#include "parser.h"

enum { ADDRESS_LINES_MIN = 3, ADDRESS_LINES_MAX = 10, ADDRESS_WIDTH_MAX = 70 };

/* A name, an office, a street: all of its line, and no label of anything. */
static bool is_of_address(struct parser *p, struct line *line)
{
    struct finding f;

    return !line->cell && preface_is_title(p, line) &&
           lines_width(line->text) <= ADDRESS_WIDTH_MAX &&
           !lines_ends_in_colon(line->text) &&
           !look_kinds(p, line, 1u << KIND_BULLET | 1u << KIND_SALUTATION) &&
           !(look_find(p, line, KIND_FIELD, NULL, &f) &&
             f.match.at[CAP_LABEL].at);
}

bool addressed_is_person(struct parser *p, const struct line *line)
{
    const struct folded *text = line->text.len ? look_folded(p, line) : NULL;

    return text &&
           scanner_is_named(p->scanner, KIND_TERMS, "addressed", text, NULL);
}

/* "Mr A. Example", and right below it lines up to the next blank one. */
bool addressed_begins(struct parser *p)
{
    struct line *line = p->line;
    unsigned count = 0;

    if (line->gap == 0 || line->cell || p->header.in_cell ||
        !addressed_is_person(p, line))
        return false;
    do {
        if (count++ == ADDRESS_LINES_MAX || !is_of_address(p, line))
            return false;
        line = look_below(p, line);
    } while (line && line->gap == 0);
    return line && count >= ADDRESS_LINES_MIN;
}
