/*
 * test_drawings.c: a picture is drawn once, and what is kept has bounds.
 */
#include "ct_test.h"

#include "ct/course/module.h"
#include "ct/web/drawings.h"

#include <stdio.h>

#include "ct/base/banned.h"

static const char source[] = "# Scenario: A call\n\nIt rings.\n\n## First\n\nWhat now?\n\n"
                             "- [Answer](#ending-good)\n\n## Ending: Good\n\n`pass`\n";

static void picture_of(struct ct_arena *a, const char *text, struct ct_scenario_picture *ret)
{
    struct ct_disciplines disciplines;
    struct ct_module_context ctx = {.disciplines = &disciplines};
    struct ct_problems problems = {.arena = a};
    struct ct_err err = CT_ERR_INIT;
    struct ct_module *m;

    ct_disciplines_default(&disciplines);
    CT_OK_("parse",
           ct_module_parse(a, ct_sv_c(text), CT_SV("01-call.md"), &ctx, &problems, &m, &err), &err);
    CT_EQ_I64("errors", problems.n_errors, 0);
    CT_OK_("picture", ct_scenario_picture(a, m->scenario, CT_DISC_ALL, ret, &err), &err);
}

static struct ct_sv draw(struct ct_drawings *d, struct ct_arena *a, const char *key,
                         const struct ct_scenario_picture *p, const char *prefix)
{
    CT_AUTO_STR out = CT_STR_INIT(1024 * 1024);
    struct ct_err err = CT_ERR_INIT;
    char full[CT_HASH_HEX + 1];

    ct_hash_hex(ct_sv_c(key), full);
    CT_OK_(key, ct_drawings_get(d, full, p, ct_sv_c(prefix), &out, &err), &err);
    return ct_arena_dup(a, ct_str_sv(&out));
}

static void the_same_key_gives_what_was_drawn(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_drawings *d = ct_drawings_new();
    struct ct_scenario_picture p;

    (void)state;
    picture_of(&a, source, &p);
    struct ct_sv first = draw(d, &a, "one", &p, "#");
    assert_true(ct_sv_search(first, CT_SV("href=\"#first\"")) != SIZE_MAX);
    /* Another prefix under the old key: it was not drawn anew. */
    CT_EQ_SV("kept", draw(d, &a, "one", &p, "?scene="), first);
    struct ct_sv other = draw(d, &a, "two", &p, "?scene=");
    assert_true(ct_sv_search(other, CT_SV("href=\"?scene=first\"")) != SIZE_MAX);
    ct_drawings_free(d);
}

static void the_oldest_goes_first(void **state)
{
    enum { MANY = 64 };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_drawings *d = ct_drawings_new();
    struct ct_scenario_picture p;
    char key[16];

    (void)state;
    picture_of(&a, source, &p);
    draw(d, &a, "first", &p, "#");
    for (int i = 0; i < MANY; i++) {
        snprintf(key, sizeof key, "%d", i);
        draw(d, &a, key, &p, "#");
    }
    struct ct_sv last = draw(d, &a, "63", &p, "?kept=");
    assert_true(ct_sv_search(last, CT_SV("?kept=")) == SIZE_MAX);
    struct ct_sv anew = draw(d, &a, "first", &p, "?anew=");
    assert_true(ct_sv_search(anew, CT_SV("?anew=")) != SIZE_MAX);
    ct_drawings_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_key_gives_what_was_drawn),
        cmocka_unit_test(the_oldest_goes_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
