/* Knows clauses that count on from those of another text: "sections 2 and 3 of
 * TD 5 were kept; section 4 was not". */
#include <string.h>

#include "citing.h"
#include "number.h"

enum { NEXT_MAX = 300, STEM_LETTERS = 4 };

static bool is_letter(char c)
{
    return (unsigned char)c >= 0x80 || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
}

/* The word right before the number, without its first letter, which may be a
 * capital, and its ending: "Sections" and "section" are the same, "§§" and "§"
 * are. Empty where the word stands behind, as in Chinese. */
static struct span stem_of(struct span all, struct span num)
{
    const char *end = num.at, *at;

    while (end > all.at && !is_letter(end[-1]))
        end--;
    at = end;
    while (at > all.at && is_letter(at[-1]))
        at--;
    if (at == end || (unsigned char)*at >= 0xE0) /* 第 */
        return (struct span){ 0 };
    if ((unsigned char)*at == 0xC2)
        return (struct span){ at, 2 }; /* a sign */
    at += (unsigned char)*at >= 0x80 ? 2 : 1;
    return at < end ? span_between(at, end) : (struct span){ 0 };
}

/* 段: what stands behind the last number. */
static struct span tail_of(struct span all, struct span num)
{
    const char *at = all.at + all.len;

    while (at > num.at && (unsigned char)at[-1] >= 0x80)
        at--;
    return span_between(at, all.at + all.len);
}

static bool begins_alike(struct span a, struct span b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    size_t most =
        len && (unsigned char)*a.at >= 0x80 ? 2 * STEM_LETTERS : STEM_LETTERS;

    len = len < most ? len : most;
    return len > 1 && memcmp(a.at, b.at, len) == 0;
}

static bool is_called_alike(const struct finding *f, struct span last_all,
                            struct span last_num)
{
    struct span all = f->match.at[CAP_ALL], num = f->match.at[CAP_NUM];
    struct span stem = stem_of(all, num), other = stem_of(last_all, last_num);

    if (stem.len || other.len)
        return begins_alike(stem, other);
    stem = tail_of(all, num);
    return stem.len && span_equal(stem, tail_of(last_all, last_num));
}

/* "3.1" of "3.1 and 3.2". */
static struct span first_label(struct span list)
{
    size_t len = 0;

    while (len < list.len && (is_digit(list.at[len]) || list.at[len] == '.'))
        len++;
    return (struct span){ list.at, len };
}

/* "4" behind "2", "3.2" behind "3.1": no "4.2" behind "3". */
static bool is_no_earlier(struct span label, struct span first)
{
    struct number a, b;

    if (label.len > first.len && label.at[first.len] == '.' &&
        memcmp(label.at, first.at, first.len) == 0)
        return true; /* "3.2" behind "3" */
    return label.len && number_read(&a, label, COUNT_DECIMAL, NULL) &&
           number_read(&b, first, COUNT_DECIMAL, NULL) &&
           (span_equal(label, first) || number_jumps(&a, &b));
}

static const char *end_of(const struct cited_last *last)
{
    return last->all.at + last->all.len;
}

bool citing_counts_on(struct citing *p, const struct finding *f)
{
    const struct cited_last *last = &p->clause;
    const char *here = f->match.at[CAP_ALL].at;
    struct span gap, num = f->match.at[CAP_NUM];

    if (!last->doc.type[0] || (last->doubt && !last->title.len) ||
        !last->first.len || !num.len || !rule_is(f->rule, "clause") ||
        !citing_names_alone(f) || here < end_of(last) ||
        here - end_of(last) > NEXT_MAX)
        return false;
    /* Another text that was named meanwhile has clauses as well. */
    if (p->last_end != end_of(last) && p->last_doc.type[0] &&
        !document_is_same(&p->last_doc, &last->doc))
        return false;
    gap = span_between(end_of(last), here);
    return citing_is_in_next(gap) && is_called_alike(f, last->all, last->num) &&
           is_no_earlier(first_label(num), last->first) &&
           !citing_joins(p, citing_joint_at_end(gap), "aside");
}

/* "Section 3 of the Guidelines asks for it; section 4 does not": of those, even
 * where there is such a one here that the words do not tell from it. */
int citing_goes_astray(struct citing *p, const struct finding *f)
{
    const struct cited_stray *stray = &p->stray;
    struct span num = f->match.at[CAP_NUM], label = first_label(num), gap;
    const char *here = f->match.at[CAP_ALL].at, *end;

    if (!stray->all.at || !num.len || !rule_is(f->rule, "clause") ||
        !citing_names_alone(f))
        return ASTRAY_NO;
    end = stray->all.at + stray->all.len;
    if (here < end || here - end > NEXT_MAX ||
        (p->last_end > end && p->last_doc.type[0]))
        return ASTRAY_NO;
    gap = span_between(end, here);
    if (!citing_is_in_next(gap) ||
        !is_called_alike(f, stray->all, stray->num) ||
        !is_no_earlier(label, first_label(stray->num)) ||
        citing_joins(p, citing_joint_at_end(gap), "aside"))
        return ASTRAY_NO;
    if (!span_equal(label, first_label(stray->num)))
        return stray->again && citing_joins(p, gap, "list") ? ASTRAY_SAME
                                                            : ASTRAY_LATER;
    if (stray->doubt)
        return ASTRAY_LATER;
    /* "Section 3 of the lease and section 3": the sentence tells them apart. */
    return citing_goes_on_near(gap) ? ASTRAY_NO : ASTRAY_SAME;
}

void citing_note_stray(struct citing *p, const struct finding *f)
{
    p->stray = (struct cited_stray){ .num = f->match.at[CAP_NUM],
                                     .all = f->match.at[CAP_ALL],
                                     .again = p->astray == ASTRAY_SAME,
                                     .doubt = p->holder };
}
