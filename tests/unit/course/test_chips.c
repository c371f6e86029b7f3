/*
 * Chips: folding, what is a settings line, the readers of values.
 */
#include "course/course_test.h"

#include "../../../server/course/chips_priv.h"

#include <math.h>

#include "ct/base/banned.h"

static void words_characters_become_plain_ones(void **state)
{
    static const struct {
        const char *name, *text, *want;
    } cases[] = {
        {"plain stays", "points: 2", "points: 2"},
        {"no-break space",
         "points:\xc2\xa0"
         "2",
         "points: 2"},
        {"narrow no-break space", "1\xe2\x80\xaf%", "1 %"},
        {"curly quotes", "\xe2\x80\x9cx\xe2\x80\x9d \xe2\x80\x98y\xe2\x80\x99", "\"x\" 'y'"},
        {"at least", "trust \xe2\x89\xa5 2", "trust >= 2"},
        {"at most", "trust \xe2\x89\xa4 2", "trust <= 2"},
        {"not equal", "a \xe2\x89\xa0 b", "a != b"},
        {"plus or minus", "72 \xc2\xb1 2", "72 +/- 2"},
        {"en dash and minus",
         "70\xe2\x80\x93"
         "74 \xe2\x88\x92"
         "1",
         "70-74 -1"},
        {"a zero-width space goes", "po\xe2\x80\x8bints", "points"},
        {"letters stay", "Reflexi\xc3\xb3n", "Reflexi\xc3\xb3n"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    (void)state;
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, ct_fold(&a, ct_sv_c(c->text)), ct_sv_c(c->want));
}

static void only_code_makes_a_settings_line(void **state)
{
    static const struct {
        const char *name, *md;
        bool want;
        size_t n;
    } cases[] = {
        {"one", "`a: 1`", true, 1},
        {"two with a blank", "`a: 1` `b`", true, 2},
        {"commas", "`a: 1`, `b`,`c`", true, 3},
        {"two lines", "`a: 1`\n`b`", true, 2},
        {"a hard break", "`a: 1`  \n`b`", true, 2},
        {"a no-break space", "`a: 1`\xc2\xa0`b`", true, 2},
        {"a word makes it text", "`a: 1` and `b`", false, 2},
        {"emphasis", "`a: 1` *b*", false, 1},
        {"no code", "a: 1", false, 0},
        {"in a heading", "# `a: 1`", false, 1},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_MD *md = NULL;
        struct ct_err err = CT_ERR_INIT;
        size_t n;
        CT_OK_(c->name, ct_md_parse(ct_sv_c(c->md), 1, false, &md, NULL, &err), &err);
        CT_EQ_I64(c->name, ct_chips_only(ct_md_first(ct_md_root(md))), c->want);
        ct_chips_in(&a, ct_md_first(ct_md_root(md)), &n);
        CT_EQ_I64(c->name, n, c->n);
    }
}

static void a_chip_is_split_at_its_first_colon(void **state)
{
    static const struct {
        const char *name, *md, *key, *value;
    } cases[] = {
        {"key and value", "`Points : 2 `", "points", "2"},
        {"a word alone", "`Survey`", "survey", ""},
        {"a colon in the value", "`accept: 9:30`", "accept", "9:30"},
        {"no value", "`accept:`", "accept", ""},
    };
    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_AUTO_MD *md = NULL;
        struct ct_err err = CT_ERR_INIT;
        CT_OK_(c->name, ct_md_parse(ct_sv_c(c->md), 7, false, &md, NULL, &err), &err);
        struct ct_chip chip = ct_chip_of(&a, ct_md_first(ct_md_first(ct_md_root(md))));
        CT_EQ_SV(c->name, chip.key, ct_sv_c(c->key));
        CT_EQ_SV(c->name, chip.value, ct_sv_c(c->value));
        CT_EQ_I64(c->name, chip.line, 7);
    }
}

static void ranges_have_five_forms(void **state)
{
    static const struct {
        const char *name, *text;
        bool want;
        double low, high;
    } cases[] = {
        {"a number", "72", true, 72, 72},
        {"a decimal", "-1.5", true, -1.5, -1.5},
        {"thousands", "1,234,567", true, 1234567, 1234567},
        {"tolerance", "72 +/- 2", true, 70, 74},
        {"the sign of Word", "72 \xc2\xb1 2", true, 70, 74},
        {"without blanks", "72+/-2", true, 70, 74},
        {"percent", "200 +/- 5%", true, 190, 210},
        {"percent of a negative number", "-200 +/- 5 %", true, -210, -190},
        {"from to", "70 to 74", true, 70, 74},
        {"Spanish from to", "70 a 74", true, 70, 74},
        {"a dash",
         "70\xe2\x80\x93"
         "74",
         true, 70, 74},
        {"negative from to", "-4 to -2", true, -4, -2},
        {"at least", "\xe2\x89\xa5 70", true, 70, HUGE_VAL},
        {"at most", "<= 70", true, -HUGE_VAL, 70},
        {"backwards", "74 to 70", false, 0, 0},
        {"a unit is no number", "72 hours", false, 0, 0},
        {"a negative tolerance", "72 +/- -2", false, 0, 0},
        {"a decimal comma", "1,5", false, 0, 0},
        {"groups of four", "1,2345", false, 0, 0},
        {"nothing", "", false, 0, 0},
        {"hexadecimal", "0x48", false, 0, 0},
        {"only a sign", "+/-", false, 0, 0},
        {"a dash alone", "-", false, 0, 0},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    (void)state;
    CT_EACH (c, cases) {
        double low = 0, high = 0;
        CT_EQ_I64(c->name, ct_chip_range(&a, ct_sv_c(c->text), &low, &high), c->want);
        if (low < c->low || low > c->low || high < c->high || high > c->high)
            fail_msg("%s: %g..%g", c->name, low, high);
    }
}

static void times_and_parts_are_read_with_their_units(void **state)
{
    static const struct {
        const char *name, *text;
        int64_t seconds; /* -1: refused */
        int months, percent;
    } cases[] = {
        {"an hour", "1 hour", 3600, -1, -1},
        {"minutes", "30 minutes", 1800, -1, -1},
        {"days", "2 days", 172800, -1, -1},
        {"Spanish days",
         "2 d\xc3\xad"
         "as",
         172800, -1, -1},
        {"without a blank", "90min", 5400, -1, -1},
        {"months", "12 months", -1, 12, -1},
        {"years", "2 years", -1, 24, -1},
        {"a percentage", "80%", -1, -1, 80},
        {"a number is a percentage", "80", -1, -1, 80},
        {"over a hundred", "101%", -1, -1, -1},
        {"no unit that is known", "3 fortnights", -1, -1, -1},
        {"too many", "999999999 days", -1, -1, -1},
        {"negative", "-1 days", -1, -1, -1},
        {"nothing", "", -1, -1, -1},
    };
    (void)state;
    CT_EACH (c, cases) {
        int64_t seconds = -1;
        int months = -1, percent = -1;
        ct_chip_seconds(ct_sv_c(c->text), &seconds);
        ct_chip_months(ct_sv_c(c->text), &months);
        ct_chip_percent(ct_sv_c(c->text), &percent);
        CT_EQ_I64(c->name, seconds, c->seconds);
        CT_EQ_I64(c->name, months, c->months);
        CT_EQ_I64(c->name, percent, c->percent);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_characters_become_plain_ones),
        cmocka_unit_test(only_code_makes_a_settings_line),
        cmocka_unit_test(a_chip_is_split_at_its_first_colon),
        cmocka_unit_test(ranges_have_five_forms),
        cmocka_unit_test(times_and_parts_are_read_with_their_units),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
