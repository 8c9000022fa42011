/* Puts elements in the place of a text. */
#include "inline.h"

struct node *inline_put(struct inline_place *place, const char *name)
{
    return draft_add_before(place->draft, place->text, name);
}

void inline_text(struct inline_place *place, struct node *parent,
                 struct span text)
{
    if (parent)
        draft_part(place->draft, parent, text);
    else
        draft_part_before(place->draft, place->text, text);
}
