/*
 * test_credit.c: the arithmetic of credit: the golden table of credit_examples.h; hours as text;
 * which rule holds on a day.
 */
#include "ct_test.h"

#include "credit_examples.h"

#include "ct/base/banned.h"

static int day_of(struct ct_sv text)
{
    int day = CT_DAY_NONE;

    if (text.n && !ct_day_parse(text, &day))
        fail_msg("%.*s is no day", CT_SV_ARG(text));
    return day;
}

static const struct ct_credit_rule *rule_named(const char *name)
{
    CT_EACH (r, golden_rules)
        if (strcmp(r->name, name) == 0)
            return &r->rule;
    if (*name)
        fail_msg("no rule '%s'", name);
    return NULL;
}

static bool approval_named(const char *name, struct ct_credit_approval *ret)
{
    CT_EACH (v, golden_approvals)
        if (strcmp(v->name, name) == 0) {
            *ret = (struct ct_credit_approval){.hundredths = v->hundredths,
                                               .from = day_of(ct_sv_c(v->from)),
                                               .until = day_of(ct_sv_c(v->until)),
                                               .withdrawn = day_of(ct_sv_c(v->withdrawn))};
            return true;
        }
    if (*name)
        fail_msg("no approval '%s'", name);
    return false;
}

static int number_of(struct ct_sv text)
{
    int64_t n = 0;

    if (!ct_sv_i64(text, &n))
        fail_msg("%.*s is no number", CT_SV_ARG(text));
    return (int)n;
}

/* "2026-03-10 60/45" */
static struct ct_credit_work work_of(const char *done, const char *more)
{
    struct ct_sv rest = ct_sv_c(more), word, day, stated, active = ct_sv_c(done);
    struct ct_credit_work w = {.score = -1, .hired = CT_DAY_NONE};

    ct_sv_split(&active, ' ', &day);
    ct_sv_split(&active, '/', &stated);
    w.on = day_of(day);
    w.stated = number_of(stated);
    w.active = number_of(active);
    while (ct_sv_split(&rest, ' ', &word)) {
        struct ct_sv value = word, name;
        ct_sv_split(&value, '=', &name);
        w.attested |= ct_sv_eq_c(name, "attested");
        w.revoked |= ct_sv_eq_c(name, "revoked");
        w.repeated |= ct_sv_eq_c(name, "repeated");
        w.elsewhere |= ct_sv_eq_c(name, "elsewhere");
        if (ct_sv_eq_c(name, "score"))
            w.score = number_of(value);
        if (ct_sv_eq_c(name, "earned"))
            w.earned = number_of(value);
        if (ct_sv_eq_c(name, "month"))
            w.fiscal_month = number_of(value);
        if (ct_sv_eq_c(name, "hired"))
            w.hired = day_of(value);
        if (ct_sv_eq_c(name, "as"))
            w.discipline = value;
    }
    return w;
}

static struct ct_sv told(struct ct_arena *a, const struct ct_credit_rule *rule,
                         const struct ct_credit_approval *approval, const struct ct_credit_work *w,
                         const struct ct_credit_result *r)
{
    struct ct_sv hours = ct_credit_hours(a, r->hundredths);
    struct ct_sv why = ct_credit_why_text(a, rule, approval, w, r);
    char from[CT_TIME_TEXT], until[CT_TIME_TEXT];

    if (r->why == CT_CREDIT_EARNED)
        return ct_arena_printf(a, "%.*s %d %s..%s%s%.*s", CT_SV_ARG(hours), r->year.year,
                               ct_day_text(r->year.from, from), ct_day_text(r->year.until, until),
                               why.n ? " " : "", CT_SV_ARG(why));
    if (r->hundredths)
        return ct_arena_printf(a, "%s: %.*s (%.*s)", ct_credit_why_name(r->why), CT_SV_ARG(why),
                               CT_SV_ARG(hours));
    return ct_arena_printf(a, "%s: %.*s", ct_credit_why_name(r->why), CT_SV_ARG(why));
}

static void the_golden_table(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    size_t n = 0;

    (void)state;
    CT_EACH (c, golden) {
        const struct ct_credit_rule *rule = rule_named(c->rule);
        struct ct_credit_approval approval;
        bool is_approved = approval_named(c->approval, &approval);
        struct ct_credit_work work = work_of(c->done, c->more);
        struct ct_credit_result r = ct_credit_of(rule, is_approved ? &approval : NULL, &work);
        CT_EQ_SV(c->name, told(&a, rule, &approval, &work, &r), ct_sv_c(c->want));
        n++;
    }
    assert_true(n >= 30);
}

static void the_rule_of_the_day_of_completion_holds(void **state)
{
    static const struct {
        const char *name, *type, *day;
        int hour; /* 0: none holds */
    } cases[] = {
        {"before the first", "cle", "2025-12-31", 0},
        {"on its first day", "cle", "2026-01-01", 60},
        {"the last day before a change", "cle", "2026-06-30", 60},
        {"the day of the change", "cle", "2026-07-01", 50},
        {"another type", "ce", "2026-07-01", 0},
        {"in-service is built in", CT_CREDIT_IN_SERVICE, "1990-01-01", 60},
        {"until a rule takes its place", CT_CREDIT_IN_SERVICE, "2026-07-01", 50},
    };
    const struct ct_credit_rule rules[] = {
        {.type = CT_SV("cle"), .from = day_of(CT_SV("2026-01-01")), .hour = 60},
        {.type = CT_SV("cle"), .from = day_of(CT_SV("2026-07-01")), .hour = 50},
        {.type = CT_SV(CT_CREDIT_IN_SERVICE), .from = day_of(CT_SV("2026-07-01")), .hour = 50},
    };

    (void)state;
    CT_EACH (c, cases) {
        const struct ct_credit_rule *rule =
            ct_credit_rule_on(rules, 3, ct_sv_c(c->type), day_of(ct_sv_c(c->day)));
        CT_EQ_I64(c->name, rule ? rule->hour : 0, c->hour);
    }
}

static void hours_are_read_as_they_are_written(void **state)
{
    static const struct {
        const char *name, *text;
        int want; /* -1: refused */
        const char *back;
    } cases[] = {
        {"whole", "2", 200, "2 hours"},
        {"one", " 1.0 ", 100, "1 hour"},
        {"a half", "1.5", 150, "1.5 hours"},
        {"hundredths", "0.05", 5, "0.05 hours"},
        {"three decimals", "1.255", -1, ""},
        {"a comma", "1,5", -1, ""},
        {"a sign", "-1", -1, ""},
        {"a plus behind the point", "1.+5", -1, ""},
        {"a point alone", "1.", -1, ""},
        {"nothing before the point", ".5", -1, ""},
        {"nothing", "", -1, ""},
        {"words", "two", -1, ""},
        {"too long", "12345678", -1, ""},
    };
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    (void)state;
    CT_EACH (c, cases) {
        int hundredths = -1;
        CT_EQ_I64(c->name, ct_credit_hours_parse(ct_sv_c(c->text), &hundredths), c->want >= 0);
        CT_EQ_I64(c->name, hundredths, c->want);
        if (c->want >= 0)
            CT_EQ_SV(c->name, ct_credit_time(&a, hundredths), ct_sv_c(c->back));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_golden_table),
        cmocka_unit_test(the_rule_of_the_day_of_completion_holds),
        cmocka_unit_test(hours_are_read_as_they_are_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
