/*
 * test_credit_list.c: what people earned as of a moment: approvals that are recorded late,
 * corrected and withdrawn, rules that change, several bodies, hours of any training.
 */
#include "credit_test.h"

#include "ct/base/banned.h"

static void at(struct site *s, const char *day)
{
    s->o.now = noon(day);
}

static void a_late_approval_gives_credit_from_when_it_is_known(void **state)
{
    struct site *s = *state;

    credit_save_rule(s, credit_rule("cle", "2024-01-01"));
    credit_complete(s, s->ann, "core", noon("2026-03-10"), 70, 80);
    at(s, "2026-05-01");
    int64_t id = credit_approve(s, credit_approval("Bar", "2026-01-01", "2026-12-31"));
    at(s, "2026-06-01");
    struct ct_credit_approval v = credit_approval("Bar", "2026-01-01", "2026-12-31");
    v.id = id;
    v.hundredths = 100;
    v.number = CT_SV("A-2");
    credit_approve(s, v);
    at(s, "2026-07-01");
    v.withdrawn = day_in("2026-01-01");
    v.note = CT_SV("given in error");
    credit_approve(s, v);

    const char *service = "2026-03-10 in-service 1.25 2026  *";
    CT_EQ_SV("before it is known", credit_told(s, s->ann, noon("2026-04-30"), true),
             ct_sv_c(service));
    CT_EQ_SV("known", credit_told(s, s->ann, noon("2026-05-01"), false),
             ct_arena_printf(&s->o.a, "%s\n2026-03-10 cle 1.25 2026 Bar A-1*", service));
    CT_EQ_SV("corrected", credit_told(s, s->ann, noon("2026-06-30"), false),
             ct_arena_printf(&s->o.a, "%s\n2026-03-10 cle 1 2026 Bar A-2*", service));
    CT_EQ_SV(
        "withdrawn", credit_told(s, s->ann, noon("2026-07-01"), true),
        ct_arena_printf(&s->o.a, "%s\n2026-03-10 cle approval withdrawn 2026 Bar A-2", service));
    CT_EQ_SV("asked again of an earlier day", credit_told(s, s->ann, noon("2026-05-01"), false),
             ct_arena_printf(&s->o.a, "%s\n2026-03-10 cle 1.25 2026 Bar A-1*", service));
}

static void a_changed_rule_holds_for_what_is_completed_from_its_day_on(void **state)
{
    struct site *s = *state;
    struct ct_credit_rule rule = credit_rule("ce", "2024-01-01");

    rule.needs_approval = false;
    credit_save_rule(s, rule);
    rule.from = day_in("2026-07-01");
    rule.hour = 50;
    credit_save_rule(s, rule);
    rule.from = day_in("2027-01-01");
    rule.ends = true;
    credit_save_rule(s, rule);
    credit_complete(s, s->ann, "a", noon("2026-06-30"), 50, 50);
    credit_complete(s, s->ann, "b", noon("2026-07-01"), 50, 50);
    credit_complete(s, s->ann, "c", noon("2027-01-01"), 50, 50);
    CT_EQ_SV("each by the rule of its day", credit_told(s, s->ann, noon("2027-02-01"), false),
             CT_SV("2026-06-30 in-service 0.75 2026  *\n"
                   "2026-06-30 ce 0.75 2026  *\n"
                   "2026-07-01 in-service 0.75 2027  *\n"
                   "2026-07-01 ce 1 2026  *\n"
                   "2027-01-01 in-service 0.75 2027  *"));
}

static void hours_by_several_bodies_count_once(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_credit_approval birch = credit_approval("Birch Bar", "2026-01-01", NULL);

    birch.hundredths = 50;
    credit_save_rule(s, credit_rule("cle", "2024-01-01"));
    credit_approve(s, birch);
    credit_approve(s, credit_approval("Alder Bar", "2026-01-01", NULL));
    credit_complete(s, s->ann, "core", noon("2026-03-10"), 60, 60);
    CT_EQ_SV("the most", credit_told(s, s->ann, noon("2026-04-01"), false),
             CT_SV("2026-03-10 in-service 1 2026  *\n"
                   "2026-03-10 cle 1 2026 Alder Bar A-1*\n"
                   "2026-03-10 cle 0.5 2026 Birch Bar A-1"));
    at(s, "2026-03-20");
    CT_OK_("licence",
           ct_fact_set(s->o.store, &s->o.clock, s->ann, CT_SV("licence_body"), CT_SV("Birch Bar"),
                       CT_SV_NULL, 0, NULL, &err),
           &err);
    CT_EQ_SV("those of the licence", credit_told(s, s->ann, noon("2026-04-01"), false),
             CT_SV("2026-03-10 in-service 1 2026  *\n"
                   "2026-03-10 cle 1 2026 Alder Bar A-1\n"
                   "2026-03-10 cle 0.5 2026 Birch Bar A-1*"));
}

static void a_year_is_filled_in_the_order_of_days(void **state)
{
    struct site *s = *state;
    struct ct_credit_rule rule = credit_rule("casa", "2024-01-01");

    rule.needs_approval = false;
    rule.year_max = 200;
    credit_save_rule(s, rule);
    credit_complete(s, s->ann, "a", noon("2026-02-10"), 75, 75);
    credit_complete(s, s->ann, "a", noon("2026-03-10"), 150, 75);
    credit_complete(s, s->ann, "b", noon("2026-04-10"), 75, 75);
    credit_complete(s, s->ann, "c", noon("2026-05-10"), 75, 75);
    credit_complete(s, s->ann, "c", noon("2027-01-10"), 150, 75);
    CT_EQ_SV("the third is cut, the fourth does not count, the next year begins anew",
             credit_told(s, s->ann, noon("2027-02-01"), true),
             CT_SV("2026-02-10 in-service 1.25 2026  *\n"
                   "2026-02-10 casa 1.25 2026  *\n"
                   "2026-03-10 in-service counted already 2026  \n"
                   "2026-03-10 casa counted already 2026  \n"
                   "2026-04-10 in-service 1.25 2026  *\n"
                   "2026-04-10 casa 0.75 2026  *\n"
                   "2026-05-10 in-service 1.25 2026  *\n"
                   "2026-05-10 casa year is full 2026  \n"
                   "2027-01-10 in-service 1.25 2027  *\n"
                   "2027-01-10 casa 1.25 2027  *"));
}

static void the_day_is_that_of_the_agency(void **state)
{
    struct site *s = *state;

    /* Two in the morning of January 1 in Greenwich is the evening before in Chicago, where all
     * agencies are; Cy, who is in none, has the day of that zone and the calendar's year. */
    credit_complete(s, s->ann, "core", noon("2027-01-01") - 16 * 3600, 60, 60);
    credit_complete(s, s->cy, "core", noon("2027-01-01") - 16 * 3600, 60, 60);
    CT_EQ_SV("in the agency, whose fiscal year begins in July",
             credit_told(s, s->ann, noon("2027-02-01"), false),
             CT_SV("2026-12-31 in-service 1 2027  *"));
    CT_EQ_SV("in none", credit_told(s, s->cy, noon("2027-02-01"), false),
             CT_SV("2026-12-31 in-service 1 2026  *"));
}

static void minutes_of_a_renewal_are_those_since(void **state)
{
    struct site *s = *state;
    struct ct_credit_rule rule = credit_rule("ce", "2024-01-01");

    rule.needs_approval = false;
    rule.basis = CT_CREDIT_ACTIVE;
    credit_save_rule(s, rule);
    credit_complete(s, s->ann, "core", noon("2025-03-10"), 60, 60);
    credit_complete(s, s->ann, "core", noon("2026-03-10"), 90, 60);
    CT_EQ_SV("thirty minutes", credit_told(s, s->ann, noon("2026-04-01"), false),
             CT_SV("2025-03-10 in-service 1 2025  *\n"
                   "2025-03-10 ce 1 2025  *\n"
                   "2026-03-10 in-service 1 2026  *\n"
                   "2026-03-10 ce 0.5 2026  *"));
}

static void a_revoked_certificate_gives_none_from_then_on(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;

    credit_complete(s, s->ann, "core", noon("2026-03-10"), 60, 60);
    at(s, "2026-04-01");
    CT_OK_("revoke",
           ct_certificate_revoke(s->o.store, &s->o.clock, CT_SV("0000000000000001"),
                                 CT_SV("a mistake"), 0, &err),
           &err);
    CT_EQ_SV("before", credit_told(s, s->ann, noon("2026-03-31"), true),
             CT_SV("2026-03-10 in-service 1 2026  *"));
    CT_EQ_SV("after", credit_told(s, s->ann, noon("2026-04-01"), true),
             CT_SV("2026-03-10 in-service certificate revoked 2026  "));
}

static void training_elsewhere_counts_when_it_is_approved(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_training t = {.kind = CT_TRAINING_CREDIT,
                            .person = s->ann,
                            .requirement = site_require(s, "yearly", yearly(s, "2024-01-01")),
                            .on = day_in("2026-02-10"),
                            .until = CT_DAY_NONE,
                            .reason = CT_SV("court observation"),
                            .evidence = CT_SV("letter"),
                            .minutes = 100,
                            .credit_type = CT_SV("cle")};

    at(s, "2026-02-11");
    CT_EQ_I64("a type that nobody recorded",
              ct_training_record(s->o.store, &s->o.clock, &t, 0, &t.id, &err), CT_BAD_INPUT);
    CT_EQ_STR("what", err.what, "credit_type");
    credit_save_rule(s, credit_rule("cle", "2024-01-01"));
    err = (struct ct_err)CT_ERR_INIT;
    CT_OK_("record", ct_training_record(s->o.store, &s->o.clock, &t, 0, &t.id, &err), &err);
    credit_complete(s, s->ann, "core", noon("2026-01-10"), 60, 60);
    credit_complete(s, s->ann, "other", noon("2026-03-10"), 60, 60);
    at(s, "2026-04-01");
    CT_EQ_SV("waiting", credit_told(s, s->ann, noon("2026-03-01"), false),
             CT_SV("2026-01-10 in-service 1 2026  *"));
    t.approved_by = CT_SV("Rosa");
    CT_OK_("approve", ct_training_record(s->o.store, &s->o.clock, &t, 0, NULL, &err), &err);
    CT_EQ_SV("approved, in the order of days", credit_told(s, s->ann, noon("2026-05-01"), false),
             CT_SV("2026-01-10 in-service 1 2026  *\n"
                   "2026-02-10 in-service 1.5 2026  *\n"
                   "2026-02-10 cle 1.5 2026  *\n"
                   "2026-03-10 in-service 1 2026  *"));
}

static void everybody_s_list_is_everyone_s_lists(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_credit *list;
    size_t n;

    credit_save_rule(s, credit_rule("cle", "2024-01-01"));
    credit_approve(s, credit_approval("Bar", "2026-01-01", NULL));
    credit_complete(s, s->cy, "core", noon("2026-03-10"), 60, 60);
    credit_complete(s, s->ann, "core", noon("2026-03-11"), 60, 60);
    credit_complete(s, s->ann, "other", noon("2026-03-01"), 60, 45);
    struct ct_sv ann = credit_told(s, s->ann, noon("2026-05-01"), true);
    struct ct_sv cy = credit_told(s, s->cy, noon("2026-05-01"), true);
    CT_EQ_SV("together", credit_told(s, 0, noon("2026-05-01"), true),
             ct_arena_printf(&s->o.a, "%.*s\n%.*s", CT_SV_ARG(ann), CT_SV_ARG(cy)));
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("list", ct_credit_list(rd.db, &s->o.a, 0, noon("2026-05-01"), &list, &n, &err), &err);
    CT_EQ_I64(
        "in-service",
        ct_credit_sum(list, n, s->ann, CT_SV_NULL, day_in("2026-03-01"), day_in("2026-03-11")),
        175);
    CT_EQ_I64(
        "of a type",
        ct_credit_sum(list, n, s->ann, CT_SV("cle"), day_in("2026-03-01"), day_in("2026-03-11")),
        100);
    CT_EQ_I64(
        "not of the day after",
        ct_credit_sum(list, n, s->ann, CT_SV_NULL, day_in("2026-03-02"), day_in("2026-03-10")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)
        TEST(a_late_approval_gives_credit_from_when_it_is_known),
        TEST(a_changed_rule_holds_for_what_is_completed_from_its_day_on),
        TEST(hours_by_several_bodies_count_once),
        TEST(a_year_is_filled_in_the_order_of_days),
        TEST(the_day_is_that_of_the_agency),
        TEST(minutes_of_a_renewal_are_those_since),
        TEST(a_revoked_certificate_gives_none_from_then_on),
        TEST(training_elsewhere_counts_when_it_is_approved),
        TEST(everybody_s_list_is_everyone_s_lists),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
