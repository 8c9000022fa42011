/* Knows the short names that a text gives to documents: "(hereinafter "the
 * Manual")", and by them what "clause 2 of the Manual" is of. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "citing.h"
#include "ids.h"
#include "quote.h"

void called_keep(struct citing *p, struct span behind, const struct named *doc)
{
    struct finding f;
    struct called *called;

    if (p->called_count == CALLED_MAX || !doc->type[0] ||
        !scanner_takes(p->scanner, KIND_SAME, "called", behind, &f) ||
        !f.match.at[CAP_TITLE].len)
        return;
    called = &p->called[p->called_count++];
    called->name = arena_copy(&p->xrefs->arena, f.match.at[CAP_TITLE]);
    called->doc = *doc;
}

/* Whether the text begins with the name as a word; Chinese has none. */
static bool begins_with(struct span text, struct span name)
{
    UChar32 c = ' ', last = 0;
    int32_t end = (int32_t)name.len, at = end;

    if (!name.len || text.len < name.len ||
        memcmp(text.at, name.at, name.len) != 0)
        return false;
    U8_PREV(name.at, 0, at, last);
    if (text.len > name.len)
        U8_NEXT(text.at, end, (int32_t)text.len, c);
    return !u_isalnum(c) || u_hasBinaryProperty(last, UCHAR_IDEOGRAPHIC);
}

/* The length of the sign that begins or ends a quotation or, in Chinese, a
 * title. */
static size_t quote_length(struct span text)
{
    enum { TITLE_OPENS = 0x300A, TITLE_CLOSES };

    UChar32 c = span_first(text);

    return quote_of(c) || c == TITLE_OPENS || c == TITLE_CLOSES
               ? (size_t)U8_LENGTH(c)
               : 0;
}

static struct span from(struct span text, size_t length)
{
    return span_between(text.at + length, text.at + text.len);
}

/* The length of the name that the text begins with, quoted or not; 0 where it
 * has none that is known, or else `*which` it is. */
static size_t name_length(const struct citing *p, struct span text,
                          size_t *which)
{
    size_t quote = quote_length(text), length;

    for (size_t i = 0; i < p->called_count; i++)
        if (begins_with(from(text, quote), p->called[i].name)) {
            *which = i;
            length = quote + p->called[i].name.len;
            return quote ? length + quote_length(from(text, length)) : length;
        }
    return 0;
}

static bool ends_in(struct span text, struct span name)
{
    return text.len >= name.len &&
           memcmp(text.at + text.len - name.len, name.at, name.len) == 0;
}

/* Whether the title begins with the word, in letters of whatever size. */
static bool begins_alike(struct span title, struct span word)
{
    int32_t at = 0, from = 0;
    UChar32 c = 0, want = 0;

    while (from < (int32_t)word.len && at < (int32_t)title.len) {
        U8_NEXT(word.at, from, (int32_t)word.len, want);
        U8_NEXT(title.at, at, (int32_t)title.len, c);
        if (u_foldCase(c, U_FOLD_CASE_DEFAULT) !=
            u_foldCase(want, U_FOLD_CASE_DEFAULT))
            return false;
    }
    if (from < (int32_t)word.len)
        return false;
    c = ' ';
    if (at < (int32_t)title.len)
        U8_NEXT(title.at, at, (int32_t)title.len, c);
    return !u_isalnum(c);
}

typedef bool title_test(struct span title, struct span name);

static bool is_titled(const struct node *attachment, title_test *test,
                      struct span name)
{
    const struct node *preface =
        draft_child(draft_child(attachment, "doc"), "preface");
    const struct node *n = preface ? preface->children : NULL;

    while (n && !test(draft_first_text(draft_child(n, "docTitle")), name))
        n = n->next;
    return n;
}

/* What the attachment is called whose title ends in the name, as 《办法》 does
 * for 附件2, or begins with it; empty where none or several are. */
static struct span part_titled(const struct citing *p, title_test *test,
                               struct span name)
{
    const struct node *doc = draft_child(p->place->draft->root, "doc"), *a;
    const struct node *all = draft_child(doc, "attachments"), *found = NULL;
    size_t seen = 0;

    for (a = all ? all->children : NULL; a && seen < NAMES_MAX; a = a->next) {
        seen++;
        if (!is_titled(a, test, name))
            continue;
        if (found)
            return (struct span){ 0 };
        found = a;
    }
    return found ? ids_part_name(found) : (struct span){ 0 };
}

enum { WORD_MIN = 4, WORD_MAX = 40 };

/* "Guidelines" with a capital in "clause 2 of the Guidelines.", where nothing
 * goes on with the name; empty for others. */
static struct span whole_name(struct span text)
{
    static const char ends[] = ".,;:)";
    int32_t at = 0, end = 0;
    UChar32 c = 0;

    if (!u_isupper(span_first(text)))
        return (struct span){ 0 };
    while (at < (int32_t)text.len && at < WORD_MAX) {
        U8_NEXT(text.at, at, (int32_t)text.len, c);
        if (!u_isalpha(c))
            break;
        end = at;
    }
    if (end < WORD_MIN || end >= WORD_MAX ||
        ((size_t)end < text.len && !strchr(ends, text.at[end])))
        return (struct span){ 0 };
    return (struct span){ text.at, (size_t)end };
}

bool called_find(struct citing *p, struct finding *f, struct span text)
{
    struct span *all = &f->match.at[CAP_ALL], value = f->match.at[CAP_VALUE];
    struct span behind, name;
    size_t which = 0, length;

    p->called_doc = NULL;
    p->called_part.len = 0;
    if (!rule_is(f->rule, "called"))
        return false;
    behind =
        value.at ? value : span_between(all->at + all->len, text.at + text.len);
    length = name_length(p, behind, &which);
    if (!length && value.at) {
        p->called_part = part_titled(p, ends_in, value);
    } else if (!length) {
        name = whole_name(behind);
        if (name.len)
            p->called_part = part_titled(p, begins_alike, name);
        if (p->called_part.len)
            all->len += name.len;
        return p->called_part.len;
    }
    if (!length || (value.at && length < value.len))
        return false;
    p->called_doc = &p->called[which].doc;
    if (!value.at)
        all->len += length;
    return !value.at;
}
