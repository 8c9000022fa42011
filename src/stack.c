/* The elements that are open while a text is read. */

#include "parser.h"

struct frame *stack_top(struct parser *p)
{
    return &p->stack[p->depth - 1];
}

struct frame *stack_push(struct parser *p, enum frame_type type,
                         struct node *node)
{
    struct frame *frame = &p->stack[p->depth++];

    *frame = (struct frame){ .type = type, .node = node,
                             .indent = p->line ? p->line->indent : 0,
                             .origin = p->line ? p->line->origin
                                               : (struct origin){ 0 } };
    return frame;
}

void stack_extend(struct origin *origin, struct origin by)
{
    if (by.last > origin->last)
        origin->last = by.last;
    if (by.to > origin->to)
        origin->to = by.to;
}

static bool same_origin(struct origin a, struct origin b)
{
    return a.first == b.first && a.last == b.last;
}

/* Only now is it known how far the element reaches. The block made of its
 * first line says its own place where that is not the element's. */
void stack_pop(struct parser *p)
{
    struct frame *frame = stack_top(p);

    p->depth--;
    if (frame->type == FRAME_SECTION || frame->type == FRAME_ITEM) {
        draft_set_origin(p->draft, frame->node, frame->origin);
        if (frame->first && !same_origin(frame->origin, frame->first_origin))
            draft_set_origin(p->draft, frame->first, frame->first_origin);
    }
    if (frame->type == FRAME_ITEM && p->depth && frame->extra > stack_top(p)->model)
        stack_top(p)->model = frame->extra;
    if (p->depth)
        stack_extend(&stack_top(p)->origin, frame->origin);
    if (p->depth < p->proposal.depth)
        proposal_left(p);
}

void stack_pop_to(struct parser *p, size_t depth)
{
    while (p->depth > depth)
        stack_pop(p);
}

void stack_pop_lists(struct parser *p)
{
    while (stack_top(p)->type == FRAME_LIST || stack_top(p)->type == FRAME_ITEM)
        stack_pop(p);
}

void stack_pop_sections(struct parser *p)
{
    proposal_close_given(p);
    stack_pop_to(p, p->proposal.depth ? p->proposal.depth : 1);
}

/* The element that the next paragraph goes into. */
struct node *stack_blocks(struct parser *p, struct frame *frame)
{
    if (frame->type == FRAME_PART || frame->type == FRAME_ITEM)
        return frame->node;
    if (!frame->blocks) {
        struct node *place = frame->node;

        /* Behind its sub-sections, text can only stand in a further one. */
        if (place && draft_is(place->last, "section")) {
            place = draft_add(p->draft, place, "section");
            if (p->line)
                draft_set_origin(p->draft, place, p->line->origin);
        }
        frame->blocks = draft_add(p->draft, place, "content");
    }
    return frame->blocks;
}

struct node *stack_add_block(struct parser *p, const char *class)
{
    struct frame *frame = stack_top(p);
    struct node *block = block_empty(p, stack_blocks(p, frame), class);

    draft_set_origin(p->draft, block, p->line->origin);
    stack_extend(&frame->origin, p->line->origin);
    return block;
}
