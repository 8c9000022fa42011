/* Turns bytes in any encoding into lines of NFC text, in letters rather than in
 * shapes of them. */
#include "text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "fold.h"
#include "markdown.h"
#include "mirror.h"

/* ---- which encoding ---------------------------------------------------- */

struct guess {
    const char *name; /* for people and for ICU */
    size_t skip;      /* bytes of a byte-order mark */
};

static const struct {
    const char *bytes;
    size_t len;
    const char *name;
} byte_order_marks[] = {
    { "\xEF\xBB\xBF", 3, "UTF-8" },
    { "\xFF\xFE\0\0", 4, "UTF-32LE" },
    { "\0\0\xFE\xFF", 4, "UTF-32BE" },
    { "\xFF\xFE", 2, "UTF-16LE" },
    { "\xFE\xFF", 2, "UTF-16BE" },
    { "\x84\x31\x95\x33", 4, "gb18030" },
};

/* What files say they are, and what they are. */
static const struct {
    const char *said, *meant;
} renamed[] = {
    { "GB2312", "gb18030" },       { "GBK", "gb18030" },
    { "GB18030", "gb18030" },      { "GB_2312-80", "gb18030" },
    { "EUC-CN", "gb18030" },       { "ISO-8859-1", "windows-1252" },
    { "US-ASCII", "windows-1252" }, { "latin1", "windows-1252" },
};

static const char *meant_by(const char *name)
{
    for (size_t i = 0; i < sizeof renamed / sizeof *renamed; i++)
        if (ucnv_compareNames(name, renamed[i].said) == 0)
            return renamed[i].meant;
    return name;
}

/* Few broken sequences among many whole ones are damage, not another
 * encoding: one in fifty is let through. */
static bool is_utf8(struct span bytes)
{
    size_t whole = 0, broken = 0;
    const char *s = bytes.at;
    int32_t at = 0, len = (int32_t)bytes.len;

    while (at < len) {
        UChar32 c;

        if ((unsigned char)s[at] < 0x80) {
            at++;
            continue;
        }
        U8_NEXT(s, at, len, c);
        if (c < 0)
            broken++;
        else
            whole++;
    }
    return broken == 0 || broken * 50 <= whole;
}

/* Text in UTF-16 has a zero beside every ASCII character; Chinese has few of
 * those, but its line breaks and spaces give it away. */
static const char *plausible_utf16(struct span bytes)
{
    size_t even = 0, odd = 0, len = bytes.len < 4096 ? bytes.len : 4096;

    for (size_t i = 0; i < len; i++)
        if (bytes.at[i] == 0)
            *(i % 2 ? &odd : &even) += 1;
    if (odd > len / 32 && even * 16 < odd)
        return "UTF-16LE";
    if (even > len / 32 && odd * 16 < even)
        return "UTF-16BE";
    return NULL;
}

static const char *detected(struct span bytes)
{
    static const char *const known[] = { "gb18030",      "Big5",
                                         "Shift_JIS",    "EUC-JP",
                                         "EUC-KR",       "KOI8-R",
                                         "windows-1251", "windows-1256",
                                         "windows-1250", "windows-1253",
                                         "windows-1254", "windows-1255",
                                         "ISO-8859-2",   "ISO-8859-5",
                                         "ISO-8859-6",   "ISO-8859-7",
                                         "ISO-8859-8",   "ISO-8859-9" };
    const char *name = NULL, *found = "windows-1252";
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    const UCharsetMatch *match;
    int32_t len = bytes.len < 65536 ? (int32_t)bytes.len : 65536;

    ucsdet_setText(detector, bytes.at, len, &status);
    match = ucsdet_detect(detector, &status);
    if (U_SUCCESS(status) && match)
        name = meant_by(ucsdet_getName(match, &status));
    for (size_t i = 0; name && U_SUCCESS(status) &&
                       i < sizeof known / sizeof *known; i++)
        if (ucnv_compareNames(name, known[i]) == 0)
            found = known[i]; /* the detector's own string dies with it */
    ucsdet_close(detector);
    return found;
}

/* "UTF-16" leaves the byte order to the mark. */
static bool is_same_family(const char *asked, const char *name)
{
    return ucnv_compareNames(asked, name) == 0 ||
           (ucnv_compareNames(asked, "UTF-16") == 0 &&
            strncmp(name, "UTF-16", 6) == 0) ||
           (ucnv_compareNames(asked, "UTF-32") == 0 &&
            strncmp(name, "UTF-32", 6) == 0);
}

static struct guess guess_encoding(struct span bytes, const char *asked)
{
    const char *name;

    for (size_t i = 0; i < sizeof byte_order_marks / sizeof *byte_order_marks;
         i++) {
        size_t len = byte_order_marks[i].len;

        if (bytes.len >= len &&
            memcmp(bytes.at, byte_order_marks[i].bytes, len) == 0 &&
            (!asked || is_same_family(asked, byte_order_marks[i].name)))
            return (struct guess){ byte_order_marks[i].name, len };
    }
    if (asked)
        return (struct guess){ meant_by(asked), 0 };
    name = plausible_utf16(bytes);
    if (!name)
        name = is_utf8(bytes) ? "UTF-8" : detected(bytes);
    return (struct guess){ name, 0 };
}

/* ---- other encodings to UTF-8 ------------------------------------------ */

/* Where a line break of the converted text stood in the source. */
struct anchor {
    size_t at;         /* byte of the converted text */
    unsigned from, to; /* bytes of the source */
};

struct anchors {
    struct anchor *at;
    size_t count;
};

static bool is_break(UChar32 c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static void count_undecodable(const void *context, UConverterToUnicodeArgs *args,
                              const char *units, int32_t length,
                              UConverterCallbackReason reason,
                              UErrorCode *status)
{
    if (reason <= UCNV_IRREGULAR)
        ++*(size_t *)(uintptr_t)context;
    UCNV_TO_U_CALLBACK_SUBSTITUTE(NULL, args, units, length, reason, status);
}

enum { CHUNK = 4096 };

struct conversion {
    UConverter *converter;
    struct lines *lines;
    struct anchors anchors;
    UChar32 high; /* a high surrogate that ended the last chunk, or 0 */
};

static bool add_unit(struct conversion *c, UChar unit, unsigned source,
                     unsigned next)
{
    UChar32 point = unit;

    if (U16_IS_LEAD(unit)) {
        c->high = unit;
        return true;
    }
    if (U16_IS_TRAIL(unit) && c->high)
        point = U16_GET_SUPPLEMENTARY(c->high, unit);
    c->high = 0;
    if (is_break(point)) {
        struct anchor *anchor =
            array_push(&c->anchors.at, &c->anchors.count, sizeof *anchor);

        if (!anchor)
            return false;
        *anchor = (struct anchor){ c->lines->converted.len, source, next };
    }
    buf_put_code_point(&c->lines->converted, U_IS_SURROGATE(point) ? 0xFFFD
                                                                   : point);
    return !c->lines->converted.failed;
}

static int convert_all(struct conversion *c, struct span bytes, size_t skip)
{
    const char *at = bytes.at + skip, *end = bytes.at + bytes.len;
    UErrorCode status;

    do {
        UChar units[CHUNK], *to = units;
        int32_t offsets[CHUNK];
        unsigned base = (unsigned)(at - bytes.at);
        size_t count;

        status = U_ZERO_ERROR;
        ucnv_toUnicode(c->converter, &to, units + CHUNK, &at, end, offsets,
                       true, &status);
        if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
            return status == U_MEMORY_ALLOCATION_ERROR ? CLAUSIER_ENOMEM
                                                       : CLAUSIER_EINPUT;
        count = (size_t)(to - units);
        for (size_t i = 0; i < count; i++) {
            /* -1 stands for bytes of the chunk before. */
            unsigned from = base + (unsigned)(offsets[i] < 0 ? 0 : offsets[i]);
            unsigned next = i + 1 < count
                                ? base + (unsigned)(offsets[i + 1] < 0
                                                        ? 0
                                                        : offsets[i + 1])
                                : (unsigned)(at - bytes.at);

            if (!add_unit(c, units[i], from, next))
                return CLAUSIER_ENOMEM;
        }
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    return CLAUSIER_OK;
}

static int convert(struct lines *lines, struct anchors *anchors,
                   struct span bytes, struct guess guess)
{
    struct conversion c = { .lines = lines };
    UErrorCode status = U_ZERO_ERROR;
    int result;

    c.converter = ucnv_open(guess.name, &status);
    ucnv_setToUCallBack(c.converter, count_undecodable, &lines->undecodable,
                        NULL, NULL, &status);
    if (U_FAILURE(status)) {
        ucnv_close(c.converter);
        return status == U_MEMORY_ALLOCATION_ERROR ? CLAUSIER_ENOMEM
                                                   : CLAUSIER_EARG;
    }
    result = convert_all(&c, bytes, guess.skip);
    ucnv_close(c.converter);
    *anchors = c.anchors;
    return result;
}

/* ---- UTF-8 to lines ---------------------------------------------------- */

bool text_is_inert(int32_t c)
{
    return c < 0x300 ||                    /* Latin */
           (c >= 0x400 && c <= 0x482) ||   /* Cyrillic */
           (c >= 0x61B && c <= 0x64A) ||   /* Arabic letters ... */
           (c >= 0x660 && c <= 0x66F) ||   /* ... digits */
           c == 0x60C ||                   /* ... comma */
           (c >= 0x4E00 && c <= 0x9FFF) || /* Han */
           (c >= 0x2010 && c <= 0x203E) || /* dashes, quotes, bullets */
           (c >= 0x3001 && c <= 0x3029) || /* CJK punctuation */
           (c >= 0xFF01 && c <= 0xFF5E) || /* full-width forms */
           c == 0x3000 || (c >= 0x25A0 && c <= 0x25FF); /* squares, circles */
}

/* XML 1.0 has no place for these, so they cannot be kept. */
static bool is_forbidden(UChar32 c)
{
    return c < 0 || (c < 0x20 && c != '\t') || (c & 0xFFFE) == 0xFFFE ||
           (c >= 0x7F && c < 0xA0);
}

/* Arabic letters as they look within a word, of programs that read PDF. */
static bool is_shaped(UChar32 c)
{
    return (c >= 0xFB50 && c <= 0xFBB1) || (c >= 0xFBD3 && c <= 0xFBFF) ||
           (c >= 0xFE80 && c <= 0xFEFC);
}

/* An ALEF behind another or behind a LAM that begins a word, as fold.c may turn
 * them. */
static bool may_turn(struct span text, size_t start, size_t at, UChar32 c)
{
    const char *before = text.at + at - 2;

    return c >= 0x622 && c <= 0x627 && at >= start + 2 &&
           (memcmp(before, "\xD8\xA7", 2) == 0 ||
            (memcmp(before, "\xD9\x84", 2) == 0 && at + 4 <= text.len &&
             memcmp(text.at + at + 2, "\xD9\x84", 2) == 0));
}

/* A line as the scan found it. */
struct scan {
    size_t len;   /* without the break */
    size_t next;  /* where the next line begins */
    bool folds, repair, normalize, form_feed, shaped;
};

static size_t break_length(struct span text, size_t at, UChar32 c, size_t len)
{
    return c == '\r' && at + 1 < text.len && text.at[at + 1] == '\n' ? 2 : len;
}

static struct scan scan_line(struct span text, size_t start)
{
    const char *s = text.at;
    int32_t at = (int32_t)start, end = (int32_t)text.len;
    struct scan scan = { 0 };

    while (at < end) {
        int32_t was = at;
        UChar32 c = (unsigned char)s[at];

        if (c >= 0x20 && c < 0x7F) {
            at++;
            continue;
        }
        U8_NEXT(s, at, end, c);
        if (c >= 0x4E00 && c <= 0x9FFF)
            continue;
        if (is_break(c)) {
            scan.form_feed = c == '\f';
            scan.len = (size_t)was - start;
            scan.next = (size_t)was +
                        break_length(text, (size_t)was, c, (size_t)(at - was));
            return scan;
        }
        scan.repair |= is_forbidden(c);
        scan.shaped |= is_shaped(c);
        scan.folds |= c >= 0xA0 && (fold_changes(text, (size_t)was, c) ||
                                    may_turn(text, start, (size_t)was, c));
        scan.normalize |= c >= 0 && !text_is_inert(c);
    }
    scan.len = text.len - start;
    scan.next = text.len;
    return scan;
}

/* What cannot be decoded, or not be written, becomes U+FFFD and is counted. */
static void repair(struct buf *out, struct span text, size_t *count)
{
    int32_t at = 0, end = (int32_t)text.len;

    while (at < end) {
        UChar32 c;

        U8_NEXT(text.at, at, end, c);
        if (is_forbidden(c)) {
            c = 0xFFFD;
            ++*count;
        }
        buf_put_code_point(out, c);
    }
}

/* The letters themselves; both of a ligature. */
static bool unshape(struct buf *text)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
    struct buf out = { 0 };
    int32_t at = 0, end = (int32_t)text->len;

    while (at < end && U_SUCCESS(status)) {
        UChar letters[8];
        UChar32 c;
        int32_t len = -1, next = 0;

        U8_NEXT(text->at, at, end, c);
        if (is_shaped(c))
            len = unorm2_getRawDecomposition(nfkd, c, letters, 8, &status);
        if (len < 0)
            buf_put_code_point(&out, c);
        while (next < len) {
            U16_NEXT(letters, next, len, c);
            buf_put_code_point(&out, c);
        }
    }
    buf_free(text);
    *text = out;
    return U_SUCCESS(status);
}

enum { PIECE = 512 };

/* A part of a text that is put into NFC by itself, in UTF-16: ICU's C interface
 * knows nothing else. */
struct piece {
    UChar units[PIECE];
    int32_t len;
    size_t from, to; /* bytes of the text */
};

/* From byte `from` on, up to a character that what comes before it does not
 * change. Marks that fill a piece no one writes; those are cut, for to sort them
 * takes the square of their number. */
static void take_piece(struct piece *piece, const UNormalizer2 *nfc,
                       struct span text, size_t from)
{
    int32_t at = (int32_t)from, end = (int32_t)text.len, len = 0;

    piece->len = 0;
    piece->from = from;
    while (at < end && len + 2 <= PIECE) {
        int32_t was = at;
        UChar32 c;

        U8_NEXT(text.at, at, end, c);
        if (len > 0 && unorm2_hasBoundaryBefore(nfc, c)) {
            piece->len = len;
            piece->to = (size_t)was;
        }
        U16_APPEND_UNSAFE(piece->units, len, c);
    }
    if (at == end || piece->len == 0) {
        piece->len = len;
        piece->to = (size_t)at;
    }
}

/* A code unit becomes at most three in NFC (Unicode annex 15). */
static bool normalize_piece(struct buf *out, const UNormalizer2 *nfc,
                            const struct piece *piece)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar units[PIECE * 3];
    int32_t len = unorm2_normalize(nfc, piece->units, piece->len, units,
                                   PIECE * 3, &status);

    for (int32_t at = 0; U_SUCCESS(status) && at < len;) {
        UChar32 c;

        U16_NEXT(units, at, len, c);
        buf_put_code_point(out, c);
    }
    return U_SUCCESS(status);
}

static bool normalize(struct buf *text)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    struct buf out = { 0 };
    struct piece piece = { .to = 0 };
    bool done = U_SUCCESS(status);

    while (done && piece.to < text->len) {
        take_piece(&piece, nfc, buf_span(text), piece.to);
        if (unorm2_quickCheck(nfc, piece.units, piece.len, &status) ==
            UNORM_YES)
            buf_add(&out, text->at + piece.from, piece.to - piece.from);
        else
            done = normalize_piece(&out, nfc, &piece);
    }
    buf_free(text);
    *text = out;
    return done && U_SUCCESS(status);
}

static bool clean(struct lines *lines, struct line *line,
                  const struct scan *scan)
{
    struct buf text = { 0 };
    bool done = true;

    if (!scan->repair && !scan->normalize && !scan->shaped)
        return true;
    if (scan->repair)
        repair(&text, line->text, &lines->undecodable);
    else
        buf_add_span(&text, line->text);
    if (!text.failed && scan->shaped)
        done = unshape(&text);
    if (done && !text.failed && scan->normalize)
        done = normalize(&text);
    if (done && !text.failed)
        line->text = arena_copy(&lines->arena, buf_span(&text));
    done = done && !text.failed && !lines->arena.failed;
    buf_free(&text);
    return done;
}

/* Blank lines become the gap before the next line; a line with nothing but a
 * TAB is an empty cell. */
static bool add_line(struct lines *lines, struct span text, size_t start,
                     const struct scan *scan, unsigned number, unsigned *gap)
{
    struct span raw = { text.at + start, scan->len };
    struct line *line;

    if (span_trim(raw).len == 0 && !memchr(raw.at, '\t', raw.len)) {
        ++*gap;
        return true;
    }
    line = lines_push(lines);
    if (!line)
        return false;
    line->text = raw;
    line->origin = (struct origin){ number, number, (unsigned)start,
                                    (unsigned)(start + scan->len) };
    line->gap = *gap;
    line->folds = scan->folds || scan->shaped;
    *gap = 0;
    return clean(lines, line, scan);
}

/* Puts the places of the source where those of the converted text were. */
static void restore_origins(struct lines *lines, const struct anchors *anchors,
                            size_t skip, size_t size)
{
    size_t a = 0;
    unsigned from = (unsigned)skip;

    for (size_t i = 0; i < lines->count; i++) {
        struct origin *origin = &lines->at[i].origin;

        for (; a < anchors->count && anchors->at[a].at < origin->from; a++)
            from = anchors->at[a].to;
        origin->from = from;
        origin->to = a < anchors->count ? anchors->at[a].from : (unsigned)size;
    }
}

static int split(struct lines *lines, struct span text, size_t start)
{
    unsigned number = 1, gap = 0;
    bool page_break = false;

    while (start < text.len) {
        struct scan scan = scan_line(text, start);
        size_t count = lines->count;

        if (!add_line(lines, text, start, &scan, number++, &gap))
            return CLAUSIER_ENOMEM;
        if (lines->count > count && page_break) {
            lines->at[count].page_break = true;
            page_break = false;
        }
        page_break |= scan.form_feed;
        start = scan.next;
    }
    return CLAUSIER_OK;
}

static int read_as(struct lines *lines, struct span bytes, struct guess guess)
{
    struct anchors anchors = { 0 };
    int result = CLAUSIER_OK;

    if (strcmp(guess.name, "UTF-8") == 0)
        return split(lines, bytes, guess.skip);
    result = convert(lines, &anchors, bytes, guess);
    if (result == CLAUSIER_OK && lines->converted.len > INT_MAX)
        result = CLAUSIER_EARG;
    if (result == CLAUSIER_OK)
        result = split(lines, buf_span(&lines->converted), 0);
    if (result == CLAUSIER_OK)
        restore_origins(lines, &anchors, guess.skip, bytes.len);
    free(anchors.at);
    return result;
}

/* Files that people take for text. */
static const struct {
    const char *bytes;
    size_t len;
    const char *what;
} not_text[] = {
    { "PK\x03\x04", 4, "a ZIP archive, such as a .docx file" },
    { "\xD0\xCF\x11\xE0", 4, "an old office file, such as a .doc" },
    { "%PDF-", 5, "a PDF" },
    { "{\\rtf", 5, "an RTF file" },
    { "\x1F\x8B", 2, "a compressed file" },
    { "\x89PNG", 4, "an image" },
    { "\xFF\xD8\xFF", 3, "an image" },
    { "GIF8", 4, "an image" },
    { "<!doctype html", 14, "an HTML page" },
    { "<html", 5, "an HTML page" },
};

static bool is_text(struct span bytes, struct diag *diag)
{
    if (bytes.len >= 3 && memcmp(bytes.at, "\xEF\xBB\xBF", 3) == 0)
        bytes = (struct span){ bytes.at + 3, bytes.len - 3 };
    bytes = span_trim(bytes);
    for (size_t i = 0; i < sizeof not_text / sizeof *not_text; i++)
        if (bytes.len >= not_text[i].len &&
            strncasecmp(bytes.at, not_text[i].bytes, not_text[i].len) == 0) {
            diag_say(diag, CLAUSIER_ERROR, (struct place){ 0 }, "not-text",
                     "this is %s; its text must be taken out first",
                     not_text[i].what);
            return false;
        }
    return true;
}

int text_read(struct lines *lines, struct span bytes, const char *encoding,
              struct diag *diag)
{
    const struct place nowhere = { 0 };
    struct guess guess;
    int result;

    if (bytes.len > INT_MAX) {
        diag_say(diag, CLAUSIER_ERROR, nowhere, "too-long",
                 "the text has more than 2^31 bytes");
        return CLAUSIER_EARG;
    }
    if (!encoding && !is_text(bytes, diag))
        return CLAUSIER_EINPUT;
    guess = guess_encoding(bytes, encoding);
    lines->encoding = guess.name;
    result = read_as(lines, bytes, guess);
    if (result == CLAUSIER_EARG)
        diag_say(diag, CLAUSIER_ERROR, nowhere, "encoding-unknown",
                 "no encoding of the name \"%s\" is known", guess.name);
    if (result == CLAUSIER_OK && (!mirror_undo(lines) || !markdown_undo(lines)))
        result = CLAUSIER_ENOMEM;
    if (result != CLAUSIER_OK)
        return result;
    if (strcmp(guess.name, "UTF-8") != 0 && !encoding)
        diag_say(diag, CLAUSIER_NOTE, nowhere, "encoding-guessed",
                 "the text was taken for %s", guess.name);
    if (lines->undecodable)
        diag_say(diag, CLAUSIER_WARNING, nowhere, "undecodable",
                 "not decoded as %s, or without a place in XML, and now U+FFFD: "
                 "%zu in all", guess.name, lines->undecodable);
    return CLAUSIER_OK;
}
