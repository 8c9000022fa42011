/* Makes elements of dates and times. */
#include "moment.h"

#include <stdio.h>

#include "number.h"

enum { DATE_SIZE = 40 };

static unsigned value_of(struct span text)
{
    struct number number;

    return number_read(&number, text, COUNT_DECIMAL, NULL, 0) &&
                   number.depth == 1
               ? number.at[0]
               : 0;
}

static bool write_date(char out[DATE_SIZE], const struct grammar *grammar,
                       struct span year, struct span month, struct span day)
{
    unsigned y = value_of(year), d = value_of(day);
    unsigned m = month.at ? grammar_month(grammar, month) : 0;

    if (y < 1000 || !number_is_date(y, m, d))
        return false;
    snprintf(out, DATE_SIZE, "%04u-%02u-%02u", y, m, d);
    return true;
}

static bool write_time(char out[DATE_SIZE], unsigned hour, struct span minute)
{
    unsigned m = minute.len ? value_of(minute) : 0;

    if (hour > 24 || m > 59 || (hour == 24 && m))
        return false;
    snprintf(out, DATE_SIZE, "%02u:%02u:00", hour % 24, m);
    return true;
}

static unsigned after_noon(unsigned hour)
{
    return hour < 12 ? hour + 12 : hour;
}

/* "date" with the attribute "date", "time" likewise. */
static void put_value(struct inline_place *place, const char *name,
                      const char *value, struct span text)
{
    struct node *node = inline_put(place, name);

    draft_set(place->draft, node, name, value);
    inline_text(place, node, text);
}

/* Both ends of a range, with what stands around and between them. */
static void put_range(struct inline_place *place, const struct match *m,
                      const char *name, const char *first, const char *last)
{
    struct span all = m->at[CAP_ALL], from = m->at[CAP_FROM];
    struct span to = m->at[CAP_TO];

    inline_text(place, NULL, span_between(all.at, from.at));
    put_value(place, name, first, from);
    inline_text(place, NULL, span_between(from.at + from.len, to.at));
    put_value(place, name, last, to);
    inline_text(place, NULL, span_between(to.at + to.len, all.at + all.len));
}

bool moment_put_date(struct inline_place *place, const struct grammar *grammar,
                     const struct match *m)
{
    char first[DATE_SIZE], last[DATE_SIZE];

    if (!m->at[CAP_TO].at) {
        if (!write_date(first, grammar, m->at[CAP_YEAR], m->at[CAP_MONTH],
                        m->at[CAP_DAY]))
            return false;
        put_value(place, "date", first, m->at[CAP_ALL]);
        return true;
    }
    /* What a range does not say twice holds for both its ends. */
    if (!write_date(first, grammar,
                    m->at[CAP_YEAR].at ? m->at[CAP_YEAR] : m->at[CAP_YEAR_TO],
                    m->at[CAP_MONTH].at ? m->at[CAP_MONTH]
                                        : m->at[CAP_MONTH_TO],
                    m->at[CAP_DAY]) ||
        !write_date(last, grammar,
                    m->at[CAP_YEAR_TO].at ? m->at[CAP_YEAR_TO]
                                          : m->at[CAP_YEAR],
                    m->at[CAP_MONTH_TO].at ? m->at[CAP_MONTH_TO]
                                           : m->at[CAP_MONTH],
                    m->at[CAP_DAY_TO]))
        return false;
    put_range(place, m, "date", first, last);
    return true;
}

bool moment_put_time(struct inline_place *place, const struct match *m)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    unsigned hour = value_of(m->at[CAP_HOUR]);
    unsigned hour_to = value_of(m->at[CAP_HOUR_TO]);
    bool half = m->at[CAP_HALF].len > 0;

    if (!m->at[CAP_TO].at) {
        if (!write_time(first, half ? after_noon(hour) : hour,
                        m->at[CAP_MINUTE]))
            return false;
        put_value(place, "time", first, m->at[CAP_ALL]);
        return true;
    }
    /* "2 to 5 p.m.", but "9 to 5 p.m." begins in the morning. */
    if (!write_time(first, half && hour < hour_to ? after_noon(hour) : hour,
                    m->at[CAP_MINUTE]) ||
        !write_time(last, half ? after_noon(hour_to) : hour_to,
                    m->at[CAP_MINUTE_TO]))
        return false;
    put_range(place, m, "time", first, last);
    return true;
}
