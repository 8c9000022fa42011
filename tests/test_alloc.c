/* Lets every allocation fail in turn: the library reports it, gives back all it
 * took, and nothing falls over. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <unicode/uclean.h>

#include "clausier.h"
#include "tree.h"
#include "expected.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#endif

#if defined(SANITIZED)

/* AddressSanitizer has an allocator of its own. */
int main(void)
{
    puts("skipped: the sanitizer's allocator cannot be replaced");
    return 77;
}

#else

/* ---- an allocator that fails when it is told ---------------------------------
 *
 * The functions below stand before those of the C library, so libxml2 and PCRE2
 * come through them as well; what those keep in caches of their own was filled
 * before counting begins. ICU, which does not survive every failure of its own,
 * is given memory that never fails. */

#define EVERYWHERE __attribute__((visibility("default")))

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *block);

static bool counting;
static size_t calls, fail_at, refused;

enum { LIVE_MAX = 1 << 16 };
static void *live[LIVE_MAX]; /* an open hash table of what is held */
static size_t live_count;

static size_t slot_of(const void *block)
{
    size_t at = ((uintptr_t)block >> 4) * 0x9E3779B97F4A7C15u >> 48;

    while (live[at % LIVE_MAX] && live[at % LIVE_MAX] != block)
        at++;
    return at % LIVE_MAX;
}

static void *hold(void *block)
{
    if (counting && block) {
        live[slot_of(block)] = block;
        live_count++;
    }
    return block;
}

/* What follows in its run moves up, so that it is found again. */
static void let_go(const void *block)
{
    size_t at = slot_of(block);

    if (!live[at])
        return; /* taken before counting began */
    live[at] = NULL;
    live_count--;
    for (at = (at + 1) % LIVE_MAX; live[at]; at = (at + 1) % LIVE_MAX) {
        void *other = live[at];

        live[at] = NULL;
        live[slot_of(other)] = other;
    }
}

static bool refuses(void)
{
    if (!counting || ++calls != fail_at)
        return false;
    refused++;
    errno = ENOMEM;
    return true;
}

EVERYWHERE void *malloc(size_t size)
{
    return refuses() ? NULL : hold(__libc_malloc(size));
}

EVERYWHERE void *calloc(size_t count, size_t size)
{
    return refuses() ? NULL : hold(__libc_calloc(count, size));
}

EVERYWHERE void *realloc(void *old, size_t size)
{
    void *block;

    if (refuses())
        return NULL;
    if (counting && old)
        let_go(old);
    block = __libc_realloc(old, size);
    return hold(block ? block : size ? old : NULL);
}

EVERYWHERE void free(void *block)
{
    if (block && live_count)
        let_go(block);
    __libc_free(block);
}

static void count_from(size_t n)
{
    memset(live, 0, sizeof live);
    live_count = calls = refused = 0;
    fail_at = n;
    counting = true;
}

/* ---- what is tried ------------------------------------------------------------- */

static const char later[] =
    "Dear Sir/Madam,\n"
    "1\tThe cafe group meets in Geneva on 4 May 2021 at 14:30.\n"
    "2\tSee Recommendation ITU-T A.1 and http://www.example.org/x.\n"
    "a)\tone; or\nb)\tthree.\n"
    "3\tThis is new.\nYours faithfully,\nDirector\nA. Example\n";

static const char text[] =
    "\tSubject:\n\tTides\n\n\n"
    "Dear Sir/Madam,\n"
    "1\tThe cafe\xCC\x81 group[footnoteRef:1] meets in Gene\xCC\x80ve on 3 May "
    "2021 at 14:30 (see clauses 2 to 3 and Annex 1). [1: See clause 2.] \n"
    "2\tSee Recommendation ITU\xE2\x80\x91T A.1 and http://www.example.org/.\n"
    "a)\tone; or\nb)\ttwo.\n"
    "Table 1 \xE2\x80\x93 Dates\n\tA\n\tB\n\n\tC\n\tD\n\n\n"
    "  ---- ----\n  E    F\n       G\n\n  H    I\n  ---- ----\n\n"
    "4\tSee Table 1.\nYours faithfully,\nA. Example\nDirector\nAnnex: 1\n\n"
    "ANNEX 1\n\nRules\n1\tSee clause 9.\n";

/* Says some of it otherwise, and gives terms of reference. */
static const char french[] =
    "Madame, Monsieur,\n"
    "1\tLe groupe se r\xC3\xA9unit \xC3\xA0 Gen\xC3\xA8ve le 4 mai 2021 "
    "(voir l'Annexe 1).\n3\tVoir la Recommandation UIT-T A.1.\n"
    "ANNEXE 1\nMandat du Groupe sp\xC3\xA9" "cialis\xC3\xA9 sur les "
    "mar\xC3\xA9" "es (FG-TIDE)\n1\tObjectifs\na)\tun;\nb)\tdeux.\n"
    "2\tR\xC3\xA9unions\nLa liste de diffusion est tide@example.org.\n";

static clausier_grammars *grammars;
static char folder[] = "/tmp/clausier-XXXXXX";
static xmlDocPtr finished, revised, other;
static char *streamed_text;
static struct expected streamed; /* what `text` is written as */
static clausier_alignment *alignment;

static int convert(void)
{
    clausier_options options = { .language = "en" };
    xmlDocPtr tree = (void *)1;
    int result = clausier_document_convert(&tree, grammars, text,
                                           sizeof text - 1, &options);

    if (result != CLAUSIER_OK && tree)
        return -100; /* out must be NULL then */
    xmlFreeDoc(tree);
    return result;
}

/* Nothing may be missing where nothing is reported. */
static int stream(void)
{
    clausier_options options = { .language = "en" };
    struct expected came = streamed;
    int result = clausier_document_stream(grammars, text, sizeof text - 1,
                                          &options, expected_take, &came);

    return result == CLAUSIER_OK && !expected_came(&came) ? -100 : result;
}

static int convert_utf16(void)
{
    static const char bytes[] = "\xFF\xFE" "1\0\t\0T\0i\0d\0e\0s\0\n\0" "2\0\t\0A\0";
    clausier_options options = { .language = "en" };
    xmlDocPtr tree = NULL;
    int result = clausier_document_convert(&tree, grammars, bytes,
                                           sizeof bytes - 1, &options);

    xmlFreeDoc(tree);
    return result;
}

static int load(void)
{
    clausier_load_options options = { .dir = folder };
    clausier_grammars *set = (void *)1;
    int result = clausier_grammars_load(&set, &options);
    clausier_check_result counts;

    if (result != CLAUSIER_OK)
        return set ? -100 : result;
    result = clausier_grammars_check(&counts, set, NULL, NULL);
    clausier_grammars_free(set);
    return result;
}

static int write_tree(void)
{
    char *out = (void *)1;
    size_t length;
    bool was_counting = counting;
    xmlDocPtr copy;
    int result;

    counting = false;
    copy = xmlCopyDoc(finished, 1);
    counting = was_counting;
    result = clausier_tree_write(&out, &length, copy);
    xmlFreeDoc(copy);
    if (result != CLAUSIER_OK)
        return out ? -100 : result;
    clausier_text_free(out);
    return CLAUSIER_OK;
}

static const xmlDocPtr *pair(void)
{
    static xmlDocPtr trees[2];

    trees[0] = finished;
    trees[1] = revised;
    return trees;
}

static int align(void)
{
    clausier_alignment *made = (void *)1;
    int result = clausier_alignment_make(&made, grammars, pair(), 2, NULL);

    if (result != CLAUSIER_OK && made)
        return -100;
    clausier_alignment_free(made);
    return result;
}

static int drop(void *user, const char *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return 0;
}

/* libxslt does not survive every failure: what its stylesheets make is left
 * out. */
static int write_alignment(void)
{
    return clausier_alignment_write(alignment, CLAUSIER_ALIGNMENT_XML, drop,
                                    NULL);
}

static int follow(void)
{
    struct tree copy = { 0 };
    int result = CLAUSIER_ENOMEM;

    tree_copy(&copy, NULL, xmlDocGetRootElement(other));
    if (!copy.failed)
        result = clausier_document_follow(copy.doc, finished, grammars, NULL);
    xmlFreeDoc(copy.doc);
    return result;
}

static int align_languages(void)
{
    const xmlDocPtr trees[] = { finished, other };
    clausier_alignment *made = (void *)1;
    int result = clausier_alignment_make(&made, grammars, trees, 2, NULL);

    if (result != CLAUSIER_OK)
        return made ? -100 : result;
    for (int format = CLAUSIER_BEADS_TSV;
         format <= CLAUSIER_DIFFERENCES_TSV && result == CLAUSIER_OK; format++)
        result = clausier_alignment_write(
            made, (enum clausier_alignment_format)format, drop, NULL);
    clausier_alignment_free(made);
    return result;
}

static int extract(void)
{
    const xmlDocPtr trees[] = { finished, other };
    clausier_terms *terms = (void *)1;
    int result = clausier_terms_extract(&terms, grammars, trees, 2, NULL);

    if (result != CLAUSIER_OK)
        return terms ? -100 : result;
    for (int format = CLAUSIER_TERMS_JSON;
         format <= CLAUSIER_TERMS_MARKDOWN && result == CLAUSIER_OK; format++)
        result = clausier_terms_write(
            terms, (enum clausier_terms_format)format, drop, NULL);
    clausier_terms_free(terms);
    return result;
}

static int export_as(enum clausier_document_format format)
{
    return clausier_document_export(finished, grammars, format, drop, NULL);
}

static int export_json(void)
{
    return export_as(CLAUSIER_DOCUMENT_JSON);
}

static int export_ndjson(void)
{
    return export_as(CLAUSIER_DOCUMENT_NDJSON);
}

static int export_text(void)
{
    return export_as(CLAUSIER_DOCUMENT_TEXT);
}

static int get_as(const char *name, enum clausier_document_format format)
{
    clausier_answer *answer = (void *)1;
    int result = clausier_clause_find(&answer, finished, grammars, name);

    if (result != CLAUSIER_OK)
        return answer ? -100 : result;
    if (answer->found_count)
        result = clausier_answer_write(answer, format, drop, NULL);
    else if (!answer->missing || !answer->nearest_count)
        result = -101;
    clausier_answer_free(answer);
    return result;
}

static int get_json(void)
{
    return get_as("clauses 1 to 2", CLAUSIER_DOCUMENT_JSON);
}

static int get_xml(void)
{
    return get_as("clauses 1 to 2", CLAUSIER_DOCUMENT_XML);
}

static int get_nearest(void)
{
    return get_as("clause 3", CLAUSIER_DOCUMENT_TEXT);
}

/* ---- running ------------------------------------------------------------------- */

enum outcome { DONE, REPORTED, NOT_NEEDED, LEAKED, WRONG, CRASHED, OUTCOMES };

static const char *const outcome_names[OUTCOMES] = {
    "done", "reported", "not needed", "blocks are lost", "wrong result",
    "crashed"
};

/* `also` is a code besides CLAUSIER_ENOMEM that may be meant: a file that
 * cannot be opened for want of memory. */
static enum outcome fail_one(int (*try)(void), size_t n, int also)
{
    int result;

    count_from(n);
    result = try();
    xmlResetLastError();
    counting = false;
    if (result != CLAUSIER_OK && result != CLAUSIER_ENOMEM && result != also)
        return WRONG;
    if (live_count)
        return LEAKED;
    if (!refused)
        return result == CLAUSIER_OK ? DONE : WRONG;
    /* A cache or machine code may be done without. */
    return result == CLAUSIER_OK ? NOT_NEEDED : REPORTED;
}

/* In a process of its own, so that a crash is one finding among others. */
static enum outcome fail_apart(int (*try)(void), size_t n, int also)
{
    static const int fatal[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL };
    pid_t child = fork();
    int status;

    if (child == 0) {
        alarm(10);
        for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
            signal(fatal[i], SIG_DFL); /* cmocka would go on */
        _exit(fail_one(try, n, also));
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        return WRONG;
    return WIFEXITED(status) ? (enum outcome)WEXITSTATUS(status) : CRASHED;
}

/* Then something is wrong that no allocation changes. */
enum { FAULTS_MAX = 1000 };

/* Fails the first allocation, then the second, until nothing fails any more.
 * With FAIL_AT=n in the environment only the n-th, and here (for gdb). */
static void fail_each(const char *name, int (*try)(void), int also)
{
    size_t counts[OUTCOMES] = { 0 }, n = 0;
    const char *only = getenv("FAIL_AT");
    enum outcome outcome;

    if (only) {
        outcome = fail_one(try, strtoul(only, NULL, 10), also);
        print_message("%s: %s\n", name, outcome_names[outcome]);
        return;
    }
    do {
        outcome = fail_apart(try, ++n, also);
        counts[outcome]++;
        if (outcome > NOT_NEEDED && counts[outcome] <= 10)
            print_error("%s: allocation %zu fails: %s\n", name, n,
                        outcome_names[outcome]);
    } while (outcome != DONE && counts[LEAKED] + counts[WRONG] < FAULTS_MAX);
    print_message("%s: %zu allocations, %zu reported, %zu not needed, "
                  "%zu leaks, %zu wrong, %zu crashes\n",
                  name, n - 1, counts[REPORTED], counts[NOT_NEEDED],
                  counts[LEAKED], counts[WRONG], counts[CRASHED]);
    assert_true(n > 1);
    assert_int_equal(counts[LEAKED] + counts[WRONG] + counts[CRASHED], 0);
}

static void test_convert(void **state)
{
    (void)state;
    fail_each("convert", convert, CLAUSIER_ENOMEM);
}

static void test_stream(void **state)
{
    (void)state;
    fail_each("stream", stream, CLAUSIER_ENOMEM);
}

static void test_convert_utf16(void **state)
{
    (void)state;
    fail_each("convert UTF-16", convert_utf16, CLAUSIER_ENOMEM);
}

static void test_load_and_check(void **state)
{
    (void)state;
    fail_each("load and check", load, CLAUSIER_EIO);
}

static void test_write(void **state)
{
    (void)state;
    fail_each("write", write_tree, CLAUSIER_ENOMEM);
}

static void test_align(void **state)
{
    (void)state;
    fail_each("align", align, CLAUSIER_ENOMEM);
}

static void test_write_alignment(void **state)
{
    (void)state;
    fail_each("write an alignment", write_alignment, CLAUSIER_ENOMEM);
}

static void test_follow(void **state)
{
    (void)state;
    fail_each("follow", follow, CLAUSIER_ENOMEM);
}

static void test_align_languages(void **state)
{
    (void)state;
    fail_each("align languages", align_languages, CLAUSIER_ENOMEM);
}

static void test_terms(void **state)
{
    (void)state;
    fail_each("terms of reference", extract, CLAUSIER_ENOMEM);
}

static void test_export(void **state)
{
    (void)state;
    fail_each("export JSON", export_json, CLAUSIER_ENOMEM);
    fail_each("export JSON Lines", export_ndjson, CLAUSIER_ENOMEM);
    fail_each("export text", export_text, CLAUSIER_ENOMEM);
}

static void test_get(void **state)
{
    (void)state;
    fail_each("get JSON", get_json, CLAUSIER_ENOMEM);
    fail_each("get XML", get_xml, CLAUSIER_ENOMEM);
    fail_each("get the nearest", get_nearest, CLAUSIER_ENOMEM);
}

/* ---- set up --------------------------------------------------------------------- */

static void write_grammar(const char *name, const char *grammar)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(grammar, file);
    fclose(file);
}

static void *icu_malloc(const void *context, size_t size)
{
    (void)context;
    return __libc_malloc(size);
}

static void *icu_realloc(const void *context, void *old, size_t size)
{
    (void)context;
    return __libc_realloc(old, size);
}

static void icu_free(const void *context, void *block)
{
    (void)context;
    __libc_free(block);
}

static void ignore(void *user, const char *message, ...)
{
    (void)user;
    (void)message;
}

static int try_all(void)
{
    return convert() | stream() | convert_utf16() | load() | write_tree() |
           align() | write_alignment() | align_languages() | follow() |
           extract() | export_json() | export_ndjson() | export_text() |
           get_json() | get_xml() | get_nearest();
}

static bool set_streamed(void)
{
    xmlDocPtr copy = xmlCopyDoc(finished, 1);
    int result = clausier_tree_write(&streamed_text, &streamed.length, copy);

    streamed.text = streamed_text;
    xmlFreeDoc(copy);
    return result == CLAUSIER_OK;
}

/* More matches than a small pattern needs to get machine code. */
enum { ROUNDS = 100 };

/* Everything runs before anything fails, so often that nothing is kept any more:
 * libxml2 and ICU fill caches, and patterns get machine code. */
static int set_up(void **state)
{
    clausier_load_options options = { .dir = CLAUSIER_TEST_GRAMMARS };
    clausier_options convert_options = { .language = "en" };
    clausier_options other_options = { .language = "fr" };
    UErrorCode status = U_ZERO_ERROR;
    int failed = 0;

    (void)state;
    u_setMemoryFunctions(NULL, icu_malloc, icu_realloc, icu_free, &status);
    assert_true(U_SUCCESS(status));
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, ignore);
    assert_non_null(mkdtemp(folder));
    write_grammar("base.grammar",
                  "letters a b c\n"
                  "let digit = \\d\n"
                  "clause point\n    level   2\n    count   decimal\n"
                  "    match   ^ (?<num> (?&digit)+ ) \\h (?<text> .* ) $\n"
                  "    yes     1 Text\n    no      Text\n");
    write_grammar("en.grammar",
                  "# words\nextends base\nlanguage eng\nalias UIT ITU\n"
                  "let digit = \\d | x\n"
                  "clause point\n    yes     x Text\n"
                  "detect words\n    match   \\b the \\b\n    yes     the\n");
    if (clausier_grammars_load(&grammars, &options) != CLAUSIER_OK ||
        clausier_document_convert(&finished, grammars, text, sizeof text - 1,
                                  &convert_options) != CLAUSIER_OK ||
        clausier_document_convert(&revised, grammars, later, sizeof later - 1,
                                  &convert_options) != CLAUSIER_OK ||
        clausier_document_convert(&other, grammars, french, sizeof french - 1,
                                  &other_options) != CLAUSIER_OK ||
        clausier_alignment_make(&alignment, grammars, pair(), 2, NULL) !=
            CLAUSIER_OK ||
        !set_streamed())
        return 1;
    for (int i = 0; i < ROUNDS; i++)
        failed |= try_all();
    return failed;
}

static int tear_down(void **state)
{
    char path[256];

    (void)state;
    snprintf(path, sizeof path, "%s/base.grammar", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/en.grammar", folder);
    unlink(path);
    rmdir(folder);
    clausier_alignment_free(alignment);
    clausier_text_free(streamed_text);
    xmlFreeDoc(revised);
    xmlFreeDoc(finished);
    xmlFreeDoc(other);
    clausier_grammars_free(grammars);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_convert),
        cmocka_unit_test(test_stream),
        cmocka_unit_test(test_convert_utf16),
        cmocka_unit_test(test_load_and_check),
        cmocka_unit_test(test_write),
        cmocka_unit_test(test_align),
        cmocka_unit_test(test_write_alignment),
        cmocka_unit_test(test_follow),
        cmocka_unit_test(test_align_languages),
        cmocka_unit_test(test_terms),
        cmocka_unit_test(test_export),
        cmocka_unit_test(test_get),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}

#endif
