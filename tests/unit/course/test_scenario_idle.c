/*
 * test_scenario_idle.c: variables, choices and effects that a scenario has for nothing, and near
 * ones that it does use.
 */
#include "course_test.h"

#include "ct/base/banned.h"

#define START  "## Start\n\nText.\n\n"
#define GO     "- [Go](#ending-end)\n"
#define ENDING "\n## Ending: End\n\n`pass`\n"

static void what_has_no_use_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *name, *variables, *choices, *want;
    } cases[] = {
        {"a number never moved", "`x = 0 (0 to 3)`", "", "W70:3"},
        {"a number at the upper end", "`x = 3 (0 to 3)`", "", "W70:3"},
        {"a number between the ends", "`x = 1 (0 to 3)`", "", ""},
        {"a number moved", "`x = 0 (0 to 3)`", "- [Up](#start) `x +1`\n", ""},
        {"a flag never raised", "`told = no`", "", "W70:3"},
        {"a flag raised", "`told = no`", "- [Tell](#start) `told = yes`\n", ""},
        {"a flag raised by a chair", "`told = no`",
         "- [Tell](#start) `for: judge` `told = yes`\n\n> **For advocates:** A.\n", ""},
        {"a flag raised by a choice that is never open", "`told = no`",
         "- [Tell](#start) `if told = yes` `told = yes`\n", "W70:3 W72:10"},
        {"moved against its end", "`x = 3 (0 to 3)`", "- [Up](#start) `x +1`\n", "W70:3 W75:10"},
        {"moved against an end that it leaves", "`x = 3 (0 to 3)`",
         "- [Up](#start) `x +1`\n- [Down](#start) `x -1`\n", ""},
        {"set to what it is", "`x = 1 (0 to 3)`", "- [Same](#start) `x = 1`\n", "W75:10"},
        {"set to what it may not be", "`x = 1 (0 to 3)`",
         "- [Same](#start) `x = 1`\n- [Up](#start) `x +1`\n", ""},
        {"moved there and back", "`x = 1 (0 to 3)`", "- [Both](#start) `x +1` `x -1`\n", ""},
        {"greyed for ever", "`x = 1 (0 to 3)`", "- [Up](#start) `needs x >= 2` `x +1`\n", "W72:10"},
        {"greyed at first", "`x = 1 (0 to 3)`",
         "- [Up](#start) `needs x >= 2`\n- [More](#start) `x +1`\n", ""},
        {"hidden from a chair, open to another", "`x = 1 (0 to 3)`",
         "- [Up](#start) `for: judge` `x +1`\n- [On](#start) `for: advocate` `if x >= 2`\n",
         "W72:11"},
        {"of a chair that does not sit here", "`x = 1 (0 to 3)`",
         "- [Up](#start) `if x >= 2` `for: judge`\n", "W72:10"},
        {"in a scene that is never reached", "`x = 1 (0 to 3)`",
         "\n## Attic\n\nA.\n\n- [Up](#start) `if x >= 2` `x +1`\n", "W61:11"},
    };
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv source = ct_arena_printf(&a, "# Scenario: S\n\n%s\n\n" START GO "%s" ENDING,
                                              c->variables, c->choices);
        struct parsed p;
        test_parse(&p, source, "05-case.md", "en", false);
        CT_EQ_SV(c->name, test_codes(&p.arena, &p.problems), ct_sv_c(c->want));
        test_release(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_no_use_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
