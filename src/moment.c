/* Makes elements of dates and times. */
#include "moment.h"

#include <stdio.h>

#include "number.h"
#include "numeral.h"

enum { DATE_SIZE = 40 };

/* In digits of any script, or in Han numerals. */
static unsigned value_of(struct span text)
{
    struct number number;

    return number_read(&number, text, COUNT_DECIMAL, NULL) && number.depth == 1
               ? number.at[0]
               : numeral_han(text);
}

/* What one date says, or one end of a range. */
struct parts {
    struct span year, month, day;
};

/* The two parts of one range, or a date and one that goes on with it, say no
 * year twice: 2012年5月3日（星期四）、4日. */
enum { GAP_MAX = 24 };

static bool goes_on(const struct inline_place *place, const struct match *m)
{
    struct span all = m->at[CAP_ALL], gap;

    if (!place->date_end || place->date_end >= all.at)
        /* the other end of this range, or nothing before */
        return place->date_end && place->date_end == all.at + all.len;
    gap = span_between(place->date_end, all.at);
    for (size_t i = 0; i < gap.len && i < GAP_MAX; i++)
        if (is_digit(gap.at[i]))
            return false;
    return gap.len <= GAP_MAX;
}

/* A year of an era counts from the one that its alias names: 民國101年. */
static unsigned year_of(const struct grammar *grammar, const struct match *m,
                        struct span year)
{
    unsigned value = value_of(grammar_alias(grammar, year));
    struct span era = m->at[CAP_LABEL];

    return value && era.at ? value + value_of(grammar_alias(grammar, era))
                           : value;
}

static bool write_date(char out[DATE_SIZE], struct inline_place *place,
                       const struct grammar *grammar, const struct match *match,
                       struct parts parts)
{
    bool more = !parts.year.at && goes_on(place, match);
    unsigned y = more ? place->year : year_of(grammar, match, parts.year);
    unsigned m = parts.month.at ? grammar_month(grammar, parts.month)
                 : more         ? place->month
                                : 0;
    unsigned d = value_of(parts.day);

    if (parts.month.at && !m)
        m = value_of(parts.month);
    if (y < 1000 || !number_is_date(y, m, d))
        return false;
    snprintf(out, DATE_SIZE, "%04u-%02u-%02u", y, m, d);
    place->year = y;
    place->month = m;
    place->date_end = match->at[CAP_ALL].at + match->at[CAP_ALL].len;
    return true;
}

/* Hours and minutes may be words, of which an alias tells how many: 九点半. */
static bool write_time(char out[DATE_SIZE], const struct grammar *grammar,
                       unsigned hour, struct span minute)
{
    unsigned m = minute.len ? value_of(grammar_alias(grammar, minute)) : 0;

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

/* What a range does not say twice holds for both its ends. */
static struct span either(struct span a, struct span b)
{
    return a.at ? a : b;
}

bool moment_put_date(struct inline_place *place, const struct grammar *grammar,
                     const struct match *m)
{
    const struct parts from = { either(m->at[CAP_YEAR], m->at[CAP_YEAR_TO]),
                                either(m->at[CAP_MONTH], m->at[CAP_MONTH_TO]),
                                m->at[CAP_DAY] };
    const struct parts to = { either(m->at[CAP_YEAR_TO], m->at[CAP_YEAR]),
                              either(m->at[CAP_MONTH_TO], m->at[CAP_MONTH]),
                              m->at[CAP_DAY_TO] };
    char first[DATE_SIZE], last[DATE_SIZE];

    if (!m->at[CAP_TO].at) {
        if (!write_date(first, place, grammar, m, from))
            return false;
        put_value(place, "date", first, m->at[CAP_ALL]);
        return true;
    }
    if (!write_date(first, place, grammar, m, from) ||
        !write_date(last, place, grammar, m, to))
        return false;
    put_range(place, m, "date", first, last);
    return true;
}

/* 上午11时至1时: what begins with a word for the morning or for noon goes on to
 * the afternoon, where the hours count anew. */
static bool is_over_noon(const struct match *m, unsigned hour, unsigned hour_to)
{
    struct span from = m->at[CAP_FROM];

    return from.len && !is_digit(*from.at) && hour_to < hour && hour <= 12;
}

bool moment_put_time(struct inline_place *place, const struct grammar *grammar,
                     const struct match *m)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    unsigned hour = value_of(grammar_alias(grammar, m->at[CAP_HOUR]));
    unsigned hour_to = value_of(m->at[CAP_HOUR_TO]);
    bool half = m->at[CAP_HALF].len > 0;
    bool over_noon = is_over_noon(m, hour, hour_to);

    if (!m->at[CAP_TO].at) {
        if (!write_time(first, grammar, half ? after_noon(hour) : hour,
                        m->at[CAP_MINUTE]))
            return false;
        put_value(place, "time", first, m->at[CAP_ALL]);
        return true;
    }
    /* "2 to 5 p.m.", but "9 to 5 p.m." begins in the morning. */
    if (!write_time(first, grammar,
                    half && hour < hour_to ? after_noon(hour) : hour,
                    m->at[CAP_MINUTE]) ||
        !write_time(last, grammar,
                    half || over_noon ? after_noon(hour_to) : hour_to,
                    m->at[CAP_MINUTE_TO]))
        return false;
    put_range(place, m, "time", first, last);
    return true;
}
