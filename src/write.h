/* Writes a draft as XML. */
#ifndef CLAUSIER_WRITE_H
#define CLAUSIER_WRITE_H

#include "clausier.h"
#include "draft.h"

/* The bytes that clausier_tree_stream() writes for the tree that is made of
 * the draft. Returns 0, CLAUSIER_EIO where the sink stopped it, or
 * CLAUSIER_ENOMEM. */
int write_draft(const struct draft *draft, clausier_sink *sink, void *user);

#endif
