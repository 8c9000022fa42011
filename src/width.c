/* Finds the width at which the lines of a text were broken, and whether a line
 * was broken there. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "parser.h"

/* Most lines of such a text are a little shorter than one width; a few longer
 * ones were not broken for some reason. */
enum { WIDTH_MAX = 120, WIDTH_SLACK = 14, LINES_MIN = 6, LABEL_WIDTH = 12 };

/* Columns are as wide as they are; behind a label spaces are none. Nor is the
 * row of dots before the page that a line of contents ends in. */
static bool has_columns(struct span text)
{
    return text.len > LABEL_WIDTH &&
           (memmem(text.at + LABEL_WIDTH, text.len - LABEL_WIDTH, "    ", 4) ||
            memmem(text.at + LABEL_WIDTH, text.len - LABEL_WIDTH, "......", 6));
}

static size_t measure_line(const struct line *line)
{
    if (line->text.len > 4 * WIDTH_MAX)
        return WIDTH_MAX + 1;
    return line->cell || has_columns(line->text) ? 0 : lines_width(line->text);
}

/* How many lines have each width, all the longer ones together. */
struct widths {
    size_t all[WIDTH_MAX + 2];
    size_t open[WIDTH_MAX + 2];   /* of those that end no sentence */
    size_t broken[WIDTH_MAX + 2]; /* ... and go on in small letters */
};

/* The last line of a paragraph may be short, and a text whose lines end in full
 * stops is not broken. */
static void count_widths(struct widths *w, const struct parser *p)
{
    for (size_t i = 0; i < p->lines->count; i++) {
        const struct line *line = &p->lines->at[i], *next = line + 1;
        size_t width = measure_line(line);
        bool open = !lines_ends_sentence(line->text);

        width = width > WIDTH_MAX ? WIDTH_MAX + 1 : width;
        w->all[width]++;
        w->open[width] += open;
        w->broken[width] += open && i + 1 < p->lines->count && !next->gap &&
                            !next->cell && u_islower(span_first(next->text));
    }
}

/* Up to a space, or to what lines break before: TSAG of TSAG同意. */
static struct span first_word(const struct line *line)
{
    struct span text = line->text;
    int32_t end = 0, at = 0;
    UChar32 c;

    while (at < (int32_t)text.len) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (c == ' ' || (end > 0 && lines_is_wide(c)))
            break;
        end = at;
    }
    return (struct span){ text.at, (size_t)end };
}

/* How wide the line would be with the first word of the next one. */
static size_t width_with_word(const struct line *line, const struct line *next)
{
    struct span word = first_word(next);
    UChar32 first = span_first(next->text);

    if (lines_is_wide(first)) /* Han breaks anywhere */
        return lines_width(line->text) + 3;
    return lines_width(line->text) + 1 + lines_width(word);
}

/* Letters of a page are not all of one width: where sentences go on in small
 * letters, lines were broken that have fewer of them. Letters without case show
 * less: two lines must agree. */
static void allow_narrow(struct parser *p)
{
    size_t least = p->wrap_width, caseless[2] = { least, least };

    for (size_t i = 1; i < p->lines->count; i++) {
        const struct line *line = &p->lines->at[i - 1], *next = line + 1;
        UChar32 first = span_first(next->text);
        size_t width;

        if (!measure_line(line) || next->cell || next->gap > 0 ||
            lines_ends_sentence(line->text))
            continue;
        width = width_with_word(line, next) - 1;
        if (width + 1 + WIDTH_SLACK <= p->wrap_width)
            continue;
        if (u_islower(first) && width < least)
            least = width;
        if (u_charType(first) != U_OTHER_LETTER || lines_is_wide(first) ||
            width >= caseless[1])
            continue;
        caseless[1] = width < caseless[0] ? caseless[0] : width;
        caseless[0] = width < caseless[0] ? width : caseless[0];
    }
    p->wrap_width = least < caseless[1] ? least : caseless[1];
}

/* The width that most of these lines come close to, and few of all are wider
 * than; 0 where there is none. */
static size_t find_width(const struct widths *w, const size_t *these)
{
    size_t sum = 0, up_to = 0, all = 0, most = 0, found = 0;

    for (size_t width = WIDTH_MIN + 1; width <= WIDTH_MAX + 1; width++)
        all += w->all[width];
    for (size_t width = WIDTH_MIN + 1; width <= WIDTH_MAX; width++) {
        size_t near = 0;

        sum += these[width];
        up_to += w->all[width];
        for (size_t i = width; i + WIDTH_SLACK > width && i > WIDTH_MIN; i--)
            near += these[i];
        if (near > most && near >= LINES_MIN && near * 2 > sum &&
            (all - up_to) * 8 < up_to) {
            most = near;
            found = width;
        }
    }
    return found;
}

/* The width of the widest line; 0 where one is wider than lines are broken at,
 * or all are short. */
enum { WIDEST_MIN = 60, WIDEST_MAX = 110 };

static size_t find_widest(const struct widths *w)
{
    size_t width = WIDTH_MAX + 1;

    while (width > WIDEST_MIN && !w->all[width])
        width--;
    return width > WIDEST_MIN && width <= WIDEST_MAX ? width : 0;
}

/* How lines stand that no blank line parts from the next one. */
struct pairs {
    size_t widest; /* with what they are set in */
    size_t least;  /* of those that had no room for the next word, with it */
    size_t full, room, apart;
};

static bool are_pair(const struct line *line, const struct line *next)
{
    return !next->gap && !line->cell && !next->cell && line->text.len &&
           next->text.len && measure_line(line) > WIDTH_MIN;
}

static void count_pairs(struct pairs *pairs, const struct parser *p)
{
    const struct line *lines = p->lines->at;

    for (size_t i = 1; i < p->lines->count; i++) {
        pairs->apart += lines[i].gap > 0;
        if (!are_pair(&lines[i - 1], &lines[i]))
            continue;
        for (size_t k = i - 1; k <= i; k++)
            if (lines[k].indent + measure_line(&lines[k]) > pairs->widest)
                pairs->widest = lines[k].indent + measure_line(&lines[k]);
    }
    for (size_t i = 1; i < p->lines->count; i++)
        if (are_pair(&lines[i - 1], &lines[i])) {
            size_t width = width_with_word(&lines[i - 1], &lines[i]);
            bool full = lines[i - 1].indent + width > pairs->widest;

            pairs->full += full;
            pairs->room += !full;
            if (full && width < pairs->least)
                pairs->least = width;
        }
}

/* Where blank lines part paragraphs, and a line stands right below another one
 * only if its first word had no room there, lines were broken, however few. */
enum { PAIRS_MIN = 2, FULL_TO_ROOM = 4 };

static size_t find_filled(const struct parser *p)
{
    struct pairs pairs = { .least = WIDTH_MAX };

    count_pairs(&pairs, p);
    return pairs.widest > WIDEST_MIN && pairs.widest <= WIDEST_MAX &&
                   pairs.full >= PAIRS_MIN &&
                   pairs.room * FULL_TO_ROOM <= pairs.full &&
                   pairs.apart > pairs.full + pairs.room
               ? pairs.least - 1
               : 0;
}

/* Headings and cells among them hide the width of the lines; what goes on in
 * small letters was broken. */
void width_measure(struct parser *p)
{
    struct widths w = { 0 };

    count_widths(&w, p);
    p->widest = find_widest(&w);
    p->wrap_width = find_width(&w, w.open);
    if (!p->wrap_width) {
        p->wrap_width = find_filled(p);
        if (!p->wrap_width)
            p->wrap_width = find_width(&w, w.broken);
        p->wrap_inside = p->wrap_width > 0;
    }
    if (p->wrap_width)
        allow_narrow(p);
    else
        p->wrap_width = p->lines->typed_width;
}

/* Whether a program that fills lines had to break between the two. */
bool width_was_full(const struct parser *p, const struct line *line,
                    const struct line *next)
{
    return p->wrap_width && width_with_word(line, next) > p->wrap_width &&
           !(p->wrap_inside && lines_ends_sentence(line->text));
}

bool width_is_widest(const struct parser *p, const struct line *line,
                     const struct line *next)
{
    return p->widest && lines_width(line->text) >= WIDEST_MIN &&
           width_with_word(line, next) > p->widest;
}

/* Tenths of the widest line. */
enum { WIDE_PART = 9 };

bool width_is_wide(const struct parser *p, const struct line *line,
                   const struct line *next)
{
    return p->widest && lines_width(line->text) >= WIDEST_MIN &&
           10 * width_with_word(line, next) > WIDE_PART * p->widest;
}

size_t width_on_page(struct span text)
{
    enum { NARROW = 3, PLAIN = 5, CAPITAL = 7, BROAD = 8, SQUARE = 10 };

    size_t width = 0;

    for (int32_t at = 0; at < (int32_t)text.len;) {
        UChar32 c;

        U8_NEXT(text.at, at, (int32_t)text.len, c);
        width += c < 0x80 && strchr(" .,;:'!|ijltfrI()[]-/", (char)c) ? NARROW
                 : c < 0x80 && strchr("mwMW", (char)c)                ? BROAD
                 : lines_is_wide(c)                                   ? SQUARE
                 : u_isupper(c)                                       ? CAPITAL
                                                                      : PLAIN;
    }
    return width;
}

/* Letters are not as wide as they are taken for. */
enum { CLOSE = 15, TO = 16 };

bool width_fills(const struct line *line, const struct line *next,
                 size_t widest)
{
    static const struct span space = { " ", 1 };

    return widest && (width_on_page(line->text) + width_on_page(space) +
                      width_on_page(first_word(next))) *
                             TO >=
                         widest * CLOSE;
}

bool width_goes_on(struct parser *p, const struct line *line)
{
    struct line *next = look_below(p, line);

    return next && next->gap == 0 && !next->cell && next->text.len &&
           measure_line(line) && width_was_full(p, line, next);
}
