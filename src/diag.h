/* The one door for messages to people. */
#ifndef CLAUSIER_DIAG_H
#define CLAUSIER_DIAG_H

#include "buf.h"
#include "clausier.h"

/* Where messages go, and what they have in common. */
struct diag {
    clausier_report *report;
    void *user;
    const char *file;
    size_t count[CLAUSIER_ERROR + 1]; /* by level */
};

/* A place in a text: line and column from 1, 0 for none. */
struct place {
    unsigned line, column;
    struct span source; /* the line itself, for the caret */
};

void diag_say(struct diag *diag, enum clausier_level level, struct place place,
              const char *code, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Number of code points before byte `offset` of `text`, plus one. */
unsigned diag_column(struct span text, size_t offset);

#endif
