/*
 * test_condition.c: reading conditions, effects, variables.
 */
#include "scenario_make.h"

#include "../../../server/course/chips_priv.h"

#include "ct/base/banned.h"

static struct ct_variables some_variables(struct ct_arena *a)
{
    static const char *const texts[] = {"trust = 1 (0 to 3)", "safety = 2 (0 to 3)", "told = no",
                                        "debt = -2 (-5 to 5)"};
    struct ct_variables v = {.n = 0};
    struct ct_chip_fault fault = {NULL, CT_SV_NULL};
    CT_EACH (text, texts)
        assert_true(ct_variable_parse(a, ct_sv_c(*text), &v.items[v.n++], &fault));
    return v;
}

static void chips_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum ct_chip_kind kind;
        const char *rest;
    } cases[] = {
        {"if trust >= 2", CT_CHIP_IF, "trust >= 2"},
        {"If trust >= 2", CT_CHIP_IF, "trust >= 2"},
        {"if: trust >= 2", CT_CHIP_IF, "trust >= 2"},
        {"needs told = yes", CT_CHIP_NEEDS, "told = yes"},
        {"when safety <= 0", CT_CHIP_WHEN, "safety <= 0"},
        {"for: prosecutor, caseworker", CT_CHIP_FOR, "prosecutor, caseworker"},
        {"for prosecutors", CT_CHIP_FOR, "prosecutors"},
        {"once", CT_CHIP_ONCE, ""},
        {"once more", CT_CHIP_UNKNOWN, "more"},
        {"pass", CT_CHIP_PASS, ""},
        {"pass if safety >= 2", CT_CHIP_PASS_IF, "safety >= 2"},
        {"pass: 80%", CT_CHIP_UNKNOWN, "80%"},
        {"fail", CT_CHIP_FAIL, ""},
        {"trust +1", CT_CHIP_EFFECT, "trust +1"},
        {"trust-1", CT_CHIP_EFFECT, "trust-1"},
        {"told = yes", CT_CHIP_EFFECT, "told = yes"},
        {"trust = 1 (0 to 3)", CT_CHIP_VARIABLE, "trust = 1 (0 to 3)"},
        {"failures +1", CT_CHIP_EFFECT, "failures +1"},
        {"iffy", CT_CHIP_UNKNOWN, "iffy"},
        {"trust", CT_CHIP_UNKNOWN, "trust"},
        {"2 + 2", CT_CHIP_UNKNOWN, "2 + 2"},
        {"", CT_CHIP_UNKNOWN, ""},
    };
    CT_EACH (c, cases) {
        struct ct_sv rest;
        CT_EQ_I64(c->text, ct_chip_kind_of(ct_sv_c(c->text), &rest), c->kind);
        CT_EQ_SV(c->text, rest, ct_sv_c(c->rest));
    }
}

/* A condition as this test writes it back: "0>=2&1=1". */
static struct ct_sv write_back(struct ct_arena *a, const struct ct_condition *c)
{
    static const char *const ops[] = {[CT_LT] = "<",  [CT_LE] = "<=", [CT_EQ] = "=",
                                      [CT_NE] = "!=", [CT_GE] = ">=", [CT_GT] = ">"};
    struct ct_sv s = CT_SV("");
    for (size_t i = 0; i < c->n; i++)
        s = ct_arena_printf(a, "%.*s%s%zu%s%d", CT_SV_ARG(s),
                            i == 0   ? ""
                            : c->any ? "|"
                                     : "&",
                            c->tests[i].variable, ops[c->tests[i].op], c->tests[i].value);
    return s;
}

static void conditions(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        const char *want; /* or the code */
    } cases[] = {
        {"plain", "trust >= 2", "0>=2"},
        {"without blanks", "trust>=2", "0>=2"},
        {"all signs",
         "trust < 1 and trust <= 1 and trust = 1 and trust == 1 and trust != 1 and "
         "trust <> 1 and trust > 1 and trust >= 1",
         "0<1&0<=1&0=1&0=1&0!=1&0!=1&0>1&0>=1"},
        {"signs of Word", "trust ≥ 2 or safety ≤ 1 or safety ≠ 3", "0>=2|1<=1|1!=3"},
        {"no-break spaces",
         "trust\xc2\xa0>=\xc2\xa0"
         "2",
         "0>=2"},
        {"minus of Word", "debt = –3 or debt = −4", "3=-3|3=-4"},
        {"flags", "told = yes or told != no", "2=1|2!=0"},
        {"capitals", "Trust >= 2 AND Told = Yes", "0>=2&2=1"},
        {"and mixed with or", "trust >= 2 and safety >= 1 or told = yes", "E54"},
        {"mixing is said before misspelling", "trusst >= 2 and safety >= 1 or told = yes", "E54"},
        {"undeclared", "courage >= 2", "E52"},
        {"a flag without a value", "told", "E55"},
        {"a flag as a number", "told = 1", "E55"},
        {"a flag in an order", "told >= yes", "E55"},
        {"a number as a flag", "trust = yes", "E55"},
        {"no number", "trust >= ", "E55"},
        {"turned round", "2 <= trust", "E55"},
        {"no sign", "trust 2", "E55"},
        {"sign that is none", "trust => 2", "E55"},
        {"comma for and", "trust >= 2, safety >= 1", "E55"},
        {"and at the end", "trust >= 2 and", "E55"},
        {"and at the start", "and trust >= 2", "E55"},
        {"fractions", "trust >= 1.5", "E55"},
        {"variables on both sides", "trust >= safety", "E55"},
        {"empty", "", "E55"},
        {"above the range", "trust >= 4", "E53"},
        {"below the range", "debt > -6", "E53"},
        {"a number too large for anything", "trust >= 99999999999999999999", "E55"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_variables v = some_variables(&a);
    CT_EACH (c, cases) {
        struct ct_chip_fault fault = {NULL, CT_SV_NULL};
        const struct ct_condition *got =
            ct_condition_parse(&a, &v, ct_fold(&a, ct_sv_c(c->text)), &fault);
        CT_EQ_SV(c->name, got != NULL ? write_back(&a, got) : ct_sv_c(fault.code),
                 ct_sv_c(c->want));
        assert_true(got != NULL || fault.text.n > 0);
    }
}

static void effects(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        const char *want; /* or the code */
    } cases[] = {
        {"more", "trust +1", "0+1"},
        {"less", "trust -1", "0-1"},
        {"minus of Word", "trust –1", "0-1"},
        {"blanks anywhere", " trust + 1 ", "0+1"},
        {"no blanks", "trust-2", "0-2"},
        {"set", "trust = 3", "0=3"},
        {"set below nought", "debt = -5", "3=-5"},
        {"flag", "told = yes", "2=1"},
        {"flag back", "told = no", "2=0"},
        {"set above the range", "trust = 4", "E53"},
        {"more than the whole range", "trust +4", "E53"},
        {"less than the whole range", "debt -11", "E53"},
        {"the whole range", "debt -10", "3-10"},
        {"undeclared", "courage +1", "E52"},
        {"flag as a number", "told +1", "E55"},
        {"number as a flag", "trust = yes", "E55"},
        {"no number", "trust +", "E55"},
        {"two at once", "trust +1 safety +1", "E55"},
        {"programmer's way", "trust += 1", "E55"},
        {"no change", "trust", "E55"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_variables v = some_variables(&a);
    CT_EACH (c, cases) {
        struct ct_effect e = {.variable = 0};
        struct ct_chip_fault fault = {NULL, CT_SV_NULL};
        bool read = ct_effect_parse(&a, &v, ct_fold(&a, ct_sv_c(c->text)), &e, &fault);
        struct ct_sv got = !read   ? ct_sv_c(fault.code)
                           : e.set ? ct_arena_printf(&a, "%zu=%d", e.variable, e.value)
                                   : ct_arena_printf(&a, "%zu%+d", e.variable, e.value);
        CT_EQ_SV(c->name, got, ct_sv_c(c->want));
    }
}

static void variables(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        const char *want; /* name start low high, or the code */
    } cases[] = {
        {"number", "trust = 1 (0 to 3)", "trust 1 0 3"},
        {"range with a dash", "trust = 1 (0–3)", "trust 1 0 3"},
        {"range with dots", "trust = 1 (0..3)", "trust 1 0 3"},
        {"below nought", "debt = −2 (−5 to 5)", "debt -2 -5 5"},
        {"flag down", "told = no", "told 0 0 1"},
        {"flag up", "told = yes", "told 1 0 1"},
        {"name with hyphen", "self-trust = 1 (0 to 3)", "self-trust 1 0 3"},
        {"name with accent", "presión = 1 (0 to 3)", "presión 1 0 3"},
        {"no range", "trust = 1", "E55"},
        {"no start", "trust (0 to 3)", "E55"},
        {"two words", "her trust = 1 (0 to 3)", "E55"},
        {"range not closed", "trust = 1 (0 to 3", "E55"},
        {"words behind", "trust = 1 (0 to 3) points", "E55"},
        {"word of the language", "needs = 1 (0 to 3)", "E55"},
        {"start outside", "trust = 4 (0 to 3)", "E53"},
        {"range turned round", "trust = 1 (3 to 0)", "E53"},
        {"range of one", "trust = 1 (1 to 1)", "E53"},
        {"too large", "trust = 1 (0 to 1000001)", "E55"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_EACH (c, cases) {
        struct ct_variable v;
        struct ct_chip_fault fault = {NULL, CT_SV_NULL};
        bool read = ct_variable_parse(&a, ct_fold(&a, ct_sv_c(c->text)), &v, &fault);
        CT_EQ_SV(
            c->name,
            read ? ct_arena_printf(&a, "%.*s %d %d %d", CT_SV_ARG(v.name), v.start, v.low, v.high)
                 : ct_sv_c(fault.code),
            ct_sv_c(c->want));
    }
}

static void faults_say_how_to_mend_them(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *says;
    } cases[] = {
        {"near name", "trusst >= 2", "did you mean `trust`?"},
        {"far name", "courage >= 2", "there are `trust`, `safety`, `told`, `debt`"},
        {"range", "trust >= 4", "runs from 0 to 3"},
        {"forms", "trust", "write `trust >= 2` or `told = yes`"},
        {"flag", "told >= yes", "`told` is a flag: compare it with `= yes` or `= no`"},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_variables v = some_variables(&a);
    CT_EACH (c, cases) {
        struct ct_chip_fault fault = {NULL, CT_SV_NULL};
        assert_null(ct_condition_parse(&a, &v, ct_sv_c(c->text), &fault));
        if (ct_sv_search(fault.text, ct_sv_c(c->says)) == SIZE_MAX)
            CT_EQ_SV(c->name, fault.text, ct_sv_c(c->says));
    }
    struct ct_variables none = {.n = 0};
    struct ct_chip_fault fault = {NULL, CT_SV_NULL};
    assert_null(ct_condition_parse(&a, &none, CT_SV("trust >= 2"), &fault));
    assert_true(ct_sv_search(fault.text, CT_SV("`trust = 0 (0 to 3)`")) != SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chips_are_told_apart),
        cmocka_unit_test(conditions),
        cmocka_unit_test(effects),
        cmocka_unit_test(variables),
        cmocka_unit_test(faults_say_how_to_mend_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
