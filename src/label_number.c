/* What number the label of a line has, and in which direction numbers are
 * typed. */
#include "parser.h"

bool label_number(struct parser *p, struct line *line, struct number *number)
{
    struct finding f;

    if (!line)
        return false;
    if (look_find(p, line, KIND_LONE, NULL, &f))
        return number_read(number, f.match.at[CAP_NUM], COUNT_DECIMAL, NULL);
    return look_find(p, line, KIND_CLAUSE, NULL, &f) &&
           scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM], number);
}

/* No clauses are as many. */
enum { CLAUSE_NUMBER_MAX = 999 };

bool label_is_of_house(struct parser *p, struct line *line)
{
    struct number number;

    return label_number(p, line, &number) && number.depth == 1 &&
           number_last(&number) > CLAUSE_NUMBER_MAX;
}

const struct rule *label_item(struct parser *p, struct line *line,
                              struct number *number)
{
    struct finding f;

    return !line->cell && look_find(p, line, KIND_ITEM, NULL, &f) &&
                   scanner_number(p->scanner, f.rule, f.match.at[CAP_NUM],
                                  number)
               ? f.rule
               : NULL;
}

/* Where one reads from right to left, the first clause below 2 may be typed
 * "1.2": more often than not the last part goes with the clause above. So it is
 * where no label tells. */
bool label_are_turned(struct parser *p)
{
    unsigned above = 0;
    int turned = 0;

    for (size_t i = 0; i < p->lines->count; i++) {
        struct line *line = &p->lines->at[i];
        struct number number = { 0 };

        if (line->gone || line->cell || !label_number(p, line, &number))
            continue;
        if (number.depth == 1 && number.bis)
            turned++; /* "1.A" */
        else if (number.depth == 1)
            above = number.at[0];
        else if (number.depth)
            turned += (number_last(&number) == above) - (number.at[0] == above);
    }
    return turned >= 0;
}
