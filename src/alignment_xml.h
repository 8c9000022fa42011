/* Turns an alignment into XML that stylesheets make other things of. */
#ifndef CLAUSIER_ALIGNMENT_XML_H
#define CLAUSIER_ALIGNMENT_XML_H

#include <libxml/tree.h>

#include "alignment.h"

#define ALIGNMENT_NS "urn:x-clausier:alignment:1"

/* The caller's: xmlFreeDoc(). NULL where memory ran out. src/alignment.rng
 * describes it. */
xmlDocPtr alignment_xml(const clausier_alignment *a);

#endif
