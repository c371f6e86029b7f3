/*
 * Disciplines: sets as people write them, suggestions, names.
 */
#include "course/course_test.h"

#include "ct/base/banned.h"

enum { P = 1, C = 2, A = 4, LE = 8, JJ = 16, HEALTH = 512 };

static void sets_are_read_as_people_write_them(void **state)
{
    static const struct {
        const char *name, *text;
        bool known;
        unsigned set;
        const char *unknown;
    } cases[] = {
        {"a plural", "prosecutors", true, P, ""},
        {"a slug", "law-enforcement", true, LE, ""},
        {"a name with a blank", "Law Enforcement", true, LE, ""},
        {"any case", "PROSECUTORS", true, P, ""},
        {"and", "caseworkers and advocates", true, C | A, ""},
        {"commas", "prosecutor, caseworker,advocate", true, P | C | A, ""},
        {"a comma before and", "prosecutors, caseworkers, and advocates", true, P | C | A, ""},
        {"the Spanish and", "prosecutor y advocate", true, P | A, ""},
        {"an ampersand", "prosecutors & judges", true, P | 1024, ""},
        {"twice is once", "prosecutors and prosecutors", true, P, ""},
        {"an unknown part is named", "prosecutors and firefighters", false, P, "firefighters"},
        {"the first unknown part", "clowns, prosecutors, jesters", false, P, "clowns"},
        {"nothing is no set", "", false, 0, ""},
        {"only commas", ", ,", false, 0, ""},
        {"a part within a word is none", "prosecutorship", false, 0, "prosecutorship"},
    };
    struct ct_disciplines d;
    (void)state;
    ct_disciplines_default(&d);
    CT_EACH (c, cases) {
        ct_disc_set set;
        struct ct_sv unknown;
        CT_EQ_I64(c->name, ct_discipline_set_parse(&d, ct_sv_c(c->text), &set, &unknown), c->known);
        CT_EQ_I64(c->name, set, c->set);
        CT_EQ_SV(c->name, unknown, ct_sv_c(c->unknown));
    }
}

static void a_plural_may_hold_the_word_and(void **state)
{
    struct ct_disciplines d = {.n = 2};
    ct_disc_set set;
    struct ct_sv unknown;
    (void)state;
    d.items[0] = (struct ct_discipline){CT_SV("health"), CT_SV("Health"),
                                        CT_SV("health and mental health professionals")};
    d.items[1] = (struct ct_discipline){CT_SV("judge"), CT_SV("Judge"), CT_SV("judges")};
    assert_true(ct_discipline_set_parse(
        &d, CT_SV("health and mental health professionals and judges"), &set, &unknown));
    CT_EQ_I64("both", set, 3);
}

static void misspelt_words_have_a_suggestion(void **state)
{
    static const struct {
        const char *name, *text, *want;
    } cases[] = {
        {"one letter", "prosecuters", "prosecutors"},
        {"a missing letter", "caseworkrs", "caseworkers"},
        {"a slug leads to the plural", "advocat", "advocates"},
        {"nothing near", "example", ""},
        {"too short to be sure", "jug", ""},
        {"the empty text", "", ""},
    };
    struct ct_disciplines d;
    (void)state;
    ct_disciplines_default(&d);
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, ct_discipline_suggest(&d, ct_sv_c(c->text)), ct_sv_c(c->want));
}

static void a_set_has_a_name(void **state)
{
    static const struct {
        const char *name;
        ct_disc_set set;
        const char *want;
    } cases[] = {
        {"one", P, "prosecutors"},
        {"two", C | A, "caseworkers and advocates"},
        {"three", P | C | A, "prosecutors, caseworkers and advocates"},
        {"all that are known", 0x7ff, "everybody"},
        {"all", CT_DISC_ALL, "everybody"},
        {"none", CT_DISC_NONE, ""},
        {"bits beyond the list are nobody", 0x80000000u | P, "prosecutors"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_disciplines d;
    (void)state;
    ct_disciplines_default(&d);
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, ct_discipline_set_name(&a, &d, c->set), ct_sv_c(c->want));
}

static void one_is_found_by_its_slug_only(void **state)
{
    struct ct_disciplines d;
    (void)state;
    ct_disciplines_default(&d);
    CT_EQ_I64("slug", ct_discipline_find(&d, CT_SV("law-enforcement")), 3);
    CT_EQ_I64("plural", ct_discipline_find(&d, CT_SV("prosecutors")), -1);
    CT_EQ_I64("bit", ct_discipline_bit(&d, CT_SV("health")), HEALTH);
    CT_EQ_I64("no bit", ct_discipline_bit(&d, CT_SV("x")), 0);
    CT_EQ_I64("ours", d.n, 11);
}

static void one_that_is_gone_keeps_its_last_name(void **state)
{
    static const struct ct_discipline former[] = {
        {{"usher", 5}, {"Court usher", 11}, {"court ushers", 12}}};
    static const struct {
        const char *name, *slug, *want;
        bool was;
    } cases[] = {
        {"one that is there", "judge", "Judge", true},
        {"one that was there", "usher", "Court usher (no longer in the curriculum)", true},
        {"one of which nothing is known", "night-watch",
         "Night watch (no longer in the curriculum)", false},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_disciplines d;
    (void)state;
    ct_disciplines_default(&d);
    d.former = former;
    d.n_former = 1;
    CT_EACH (c, cases) {
        CT_EQ_SV(c->name, ct_discipline_called(&a, &d, ct_sv_c(c->slug)), ct_sv_c(c->want));
        CT_EQ_I64(c->name, ct_discipline_was(&d, ct_sv_c(c->slug)), c->was);
        bool there = ct_discipline_find(&d, ct_sv_c(c->slug)) >= 0;
        CT_EQ_SV(c->name, ct_discipline_many(&a, &d, ct_sv_c(c->slug)),
                 ct_sv_c(there ? "judges" : c->want));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_are_read_as_people_write_them),
        cmocka_unit_test(a_plural_may_hold_the_word_and),
        cmocka_unit_test(misspelt_words_have_a_suggestion),
        cmocka_unit_test(a_set_has_a_name),
        cmocka_unit_test(one_is_found_by_its_slug_only),
        cmocka_unit_test(one_that_is_gone_keeps_its_last_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
