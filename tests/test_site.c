/* An inline rule is tried only where the characters of a place let it match:
 * here all are tried at all places of the corpus, and none may match elsewhere. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/utf8.h>

#include "clausier.h"
#include "files.h"
#include "grammar.h"

struct tally {
    size_t tried, found, missed;
};

static int32_t next_character(struct span text, int32_t *at)
{
    int32_t c = NO_CHARACTER;

    if (*at < (int32_t)text.len)
        U8_NEXT(text.at, *at, (int32_t)text.len, c);
    return c;
}

static void try_rules(struct scanner *scanner, const struct folded *line,
                      size_t at, uint64_t may, struct tally *tally)
{
    const struct grammar *g = scanner->grammar;
    struct match match;

    for (size_t i = g->first[KIND_INLINE]; i < g->rule_count; i++) {
        const struct rule *rule = g->by_kind[i];

        tally->tried++;
        if (pattern_find(&rule->pattern, &scanner->matcher, line, at, &match) !=
            PATTERN_FOUND)
            continue;
        tally->found++;
        if (!(may & rule->bit)) {
            print_error("%s %s matches \"%.*s\"\n", kind_name(rule->kind),
                        rule->name, (int)match.at[CAP_ALL].len,
                        match.at[CAP_ALL].at);
            tally->missed++;
        }
    }
}

static void try_line(struct scanner *scanner, struct span text,
                     struct tally *tally)
{
    struct folded line = { 0 };
    struct site site = { .before = NO_CHARACTER };
    int32_t at = 0, next = 0;

    assert_true(fold(&line, text, true));
    site.first = next_character(line.text, &next);
    while (at < (int32_t)line.text.len) {
        int32_t behind = next;

        site.second = next_character(line.text, &behind);
        site.text = (struct span){ line.text.at + at, line.text.len - (size_t)at };
        try_rules(scanner, &line, (size_t)at,
                  site_rules(scanner->grammar, &scanner->matcher, &site),
                  tally);
        site.before = site.first;
        site.first = site.second;
        at = next;
        next = behind;
    }
    folded_free(&line);
}

static void try_file(const struct grammar *grammar, const char *path,
                     struct tally *tally)
{
    struct diag diag = { 0 };
    struct scanner scanner;
    char *text = file_read(path, NULL), *line = text;

    assert_non_null(text);
    assert_true(scanner_open(&scanner, grammar, &diag));
    while (*line) {
        size_t length = strcspn(line, "\n");

        try_line(&scanner, (struct span){ line, length }, tally);
        line += length + (line[length] == '\n');
    }
    scanner_close(&scanner);
    free(text);
}

/* Every grammar reads every text: its rules see characters that they were not
 * written for. */
static void test_no_match_is_left_out(void **state)
{
    static const char *const languages[] = { "ar", "en", "es",
                                             "fr", "ru", "zh" };
    clausier_load_options options = { .dir = CLAUSIER_TEST_GRAMMARS };
    clausier_grammars *grammars;
    glob_t corpus;

    (void)state;
    assert_int_equal(clausier_grammars_load(&grammars, &options), CLAUSIER_OK);
    assert_int_equal(glob(CLAUSIER_TEST_CORPUS "/*/*.txt", 0, NULL, &corpus), 0);
    for (size_t l = 0; l < sizeof languages / sizeof *languages; l++) {
        struct diag diag = { 0 };
        struct tally tally = { 0 };
        int result;
        const struct grammar *grammar =
            grammars_for(grammars, languages[l], &diag, &result);

        assert_non_null(grammar);
        for (size_t i = 0; i < corpus.gl_pathc; i++)
            try_file(grammar, corpus.gl_pathv[i], &tally);
        print_message("%s: %zu tries, %zu matches, %zu left out\n",
                      languages[l], tally.tried, tally.found, tally.missed);
        assert_true(tally.found > 100);
        assert_int_equal(tally.missed, 0);
    }
    globfree(&corpus);
    clausier_grammars_free(grammars);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_match_is_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
