/* Reads Akoma Ntoso that any program wrote. */
#ifndef CLAUSIER_AKN_H
#define CLAUSIER_AKN_H

#include <libxml/tree.h>

#include "diag.h"

/* Whether the bytes are XML and no text. */
bool akn_is(struct span bytes);
/* Returns 0, CLAUSIER_EINPUT or CLAUSIER_ENOMEM; *out is the caller's. */
int akn_read(xmlDocPtr *out, struct span bytes, struct diag *diag);

#endif
