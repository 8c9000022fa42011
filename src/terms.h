/* Finds terms of reference in the units of a document: where they begin and
 * end, whose they are, and which units say what. */
#ifndef CLAUSIER_TERMS_H
#define CLAUSIER_TERMS_H

#include "fact.h"

/* What a part of them is about; OTHER keeps what no rule knows. */
enum topic {
    TOPIC_OTHER,
    TOPIC_SCOPE,
    TOPIC_OBJECTIVES,
    TOPIC_LEADERSHIP,
    TOPIC_PARTICIPATION,
    TOPIC_SUPPORT,
    TOPIC_MEETINGS,
    TOPIC_DELIVERABLES,
    TOPIC_REVIEW,
    TOPIC_LIFETIME,
    TOPIC_PARENT,
    TOPIC_MAILING_LIST,
    TOPIC_WEB_PAGE,
    TOPIC_CONTACT,
    TOPIC_COUNT
};

/* "scope", "mailing_list": also the names of the rules. */
const char *topic_name(enum topic topic);

enum { NO_HEADING = -1 };

/* A heading and the units below it. */
struct topic_run {
    enum topic topic;
    int heading;        /* a unit, or NO_HEADING */
    unsigned unit, end; /* the one behind the last */
};

/* What a sentence tells, wherever it stands. */
struct saying {
    int unit; /* NO_UNIT where nothing does */
    struct span value;
};

struct terms {
    unsigned unit, end;    /* of the units: where they are */
    const char *eid;       /* of the attachment or section, "" for a document */
    struct span name;      /* of the group; may be empty */
    struct span acronym;   /* may be empty */
    const char *kind;      /* "focus_group", or NULL */
    struct saying parent;  /* the group above */
    struct saying mailing_list, web_page;
    struct topic_run *runs;
    size_t run_count;
};

struct terms_list {
    struct terms *at;
    size_t count;
    int mention;           /* a unit that only speaks of some, or NO_UNIT */
    bool failed;
};

/* Borrows from `units` and `facts`; `scanner` is of their language. A failure
 * sticks. */
void terms_find(struct terms_list *list, const struct units *units,
                const struct facts *facts, struct scanner *scanner);
void terms_free(struct terms_list *list);

#endif
