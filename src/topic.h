/* Knows what passages of a document are about, where that is a text with a
 * name. */
#ifndef CLAUSIER_TOPIC_H
#define CLAUSIER_TOPIC_H

#include "citing.h"

/* A passage and what it is about: that of a heading around,
 * "Recommendation A.1", or of the words before a list. */
struct topic {
    const struct named *doc;
    const struct node *scope; /* all that stands in it */
    struct topic *outer;      /* of a passage around, or one before */
};

/* What a paragraph stands in: a section, and not the part of it for texts. */
struct node *topic_holder(const struct node *block);
/* Opens a passage in those of `*topics`; NULL where memory ran out. */
const struct topic *topic_push(struct topic **topics, struct citing *citing,
                               const struct named *doc,
                               const struct node *scope);
/* The innermost one that a text is in, or NULL; those behind it are left. */
const struct topic *topic_at(struct topic **topics, const struct node *text);

/* A reference in a heading, or in the title of a paper. */
void topic_note(struct citing *citing, const struct finding *finding,
                const struct citation *citation, const struct named *doc);
/* A text begins, or has ended, where a list of what it says may follow. */
void topic_begin(struct citing *citing);
void topic_end(struct citing *citing, struct span text);
/* The text that this document is about, where it names the letter that sent it;
 * any other as it is. */
const struct named *topic_of_letter(const struct citing *citing,
                                    const struct named *doc);
/* What the text around is about; NULL for nothing that has a name. */
const struct named *topic_around(struct citing *citing);
/* The one paper that the heading names in a bracket: what leads nowhere is of
 * that. */
const struct named *topic_headed(struct citing *citing);

#endif
