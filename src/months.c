/* Names of the months in a grammar's language, as ICU has them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

#include "fold.h"
#include "grammars.h"

enum { NAME_SIZE = 256 };

/* Empty where the name is too long for one. */
static void lower_utf8(char out[NAME_SIZE], const UChar *text,
                       const char *locale)
{
    UChar lower[NAME_SIZE / 2];
    int32_t len;
    UErrorCode status = U_ZERO_ERROR;

    u_strToLower(lower, NAME_SIZE / 2, text, -1, locale, &status);
    u_strToUTF8(out, NAME_SIZE, &len, lower, -1, &status);
    if (U_FAILURE(status) || len == NAME_SIZE)
        len = 0;
    /* janv. and janv are one. */
    if (len && out[len - 1] == '.')
        len--;
    out[len] = '\0';
}

static const UDateFormatSymbolType month_forms[] = {
    UDAT_MONTHS, UDAT_SHORT_MONTHS, UDAT_STANDALONE_MONTHS,
    UDAT_STANDALONE_SHORT_MONTHS
};

static bool name_months(struct grammar *g)
{
    UErrorCode status = U_ZERO_ERROR;
    UDateFormat *format = udat_open(UDAT_NONE, UDAT_LONG, g->tag, NULL, 0,
                                    NULL, 0, &status);
    bool done = U_SUCCESS(status);

    g->months = calloc(MONTH_NAMES, sizeof *g->months);
    for (int i = 0; done && g->months && i < MONTH_NAMES; i++) {
        UChar name[64];
        char lower[NAME_SIZE] = "";

        udat_getSymbols(format, month_forms[i / MONTHS], i % MONTHS, name, 64,
                        &status);
        if (U_SUCCESS(status))
            lower_utf8(lower, name, g->tag);
        g->months[i] = strdup(lower);
        done = g->months[i] != NULL;
    }
    udat_close(format);
    return done && g->months;
}

static bool seen_before(char *const *names, int i)
{
    for (int k = 0; k < i; k++)
        if (strcmp(names[k], names[i]) == 0)
            return true;
    return names[i][0] == '\0';
}

/* `let month`, unless the grammar has one of its own: what ICU calls the
 * months, longest names first where one begins another. */
int months_let(clausier_grammars *set, struct grammar *g)
{
    struct buf body = { 0 };
    int result = CLAUSIER_ENOMEM;

    if (!name_months(g))
        return CLAUSIER_ENOMEM;
    if (grammar_let(g, SPAN("month")))
        return CLAUSIER_OK;
    buf_puts(&body, "(?i: (?: " NEVER);
    for (int i = 0; i < MONTH_NAMES; i++)
        if (!seen_before(g->months, i) &&
            !strpbrk(g->months[i], "0123456789 "))
            buf_printf(&body, " | \\Q%s\\E", g->months[i]);
    buf_puts(&body, " ) \\b \\.? )");
    if (!body.failed) {
        struct span text = arena_copy(&set->arena, buf_span(&body));

        result = set->arena.failed
                     ? CLAUSIER_ENOMEM
                     : grammar_set_let(g, SPAN("month"), text, NULL);
    }
    buf_free(&body);
    return result;
}

unsigned grammar_month(const struct grammar *grammar, struct span name)
{
    struct number number;
    unsigned month = 0;
    UChar units[128];
    int32_t len;
    UErrorCode status = U_ZERO_ERROR;
    char lower[NAME_SIZE], plain[FOLD_SHORT];

    /* A case that ICU does not list, as in "в мае", is an alias of one it does. */
    name = grammar_alias(grammar, fold_short(plain, name));
    if (number_read(&number, name, COUNT_DECIMAL, NULL))
        return number.depth == 1 && number.at[0] <= MONTHS ? number.at[0] : 0;
    u_strFromUTF8(units, 127, &len, name.at, (int32_t)name.len, &status);
    if (U_FAILURE(status))
        return 0;
    units[len] = 0;
    lower_utf8(lower, units, grammar->tag);
    for (unsigned i = 0; !month && i < MONTH_NAMES; i++)
        if (strcmp(lower, grammar->months[i]) == 0)
            month = i % MONTHS + 1;
    if (!month && number_read(&number, name, COUNT_ROMAN, NULL) &&
        number.at[0] <= MONTHS)
        month = number.at[0]; /* 3.XI.2028 */
    return month;
}
