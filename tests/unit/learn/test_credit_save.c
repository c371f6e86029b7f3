/*
 * test_credit_save.c: recording rules, approvals and attestations: what is refused and at which
 * field, and that two who record at once notice one another.
 */
#include "credit_test.h"

#include "ct/base/banned.h"

static void what_is_wrong_with_a_rule_is_told_at_its_field(void **state)
{
    struct site *s = *state;
    static const struct ct_sv odd[] = {{"No Slug", 7}};
    const struct ct_credit_rule good = credit_rule("cle", "2026-01-01");
    struct ct_credit_rule bad[16];
    static const char *const what[] = {"type",  "title",  "source", "from",        "hour",
                                       "step",  "active", "score",  "attestation", "maximum",
                                       "month", "month",  "basis",  "discipline",  "title"};

    for (size_t i = 0; i < sizeof what / sizeof what[0]; i++)
        bad[i] = good;
    bad[0].type = CT_SV("CLE");
    bad[1].title = CT_SV("  ");
    bad[2].source = CT_SV("");
    bad[3].from = CT_DAY_NONE;
    bad[4].hour = 45;
    bad[5].step = 0;
    bad[6].active_share = 101;
    bad[7].min_score = -1;
    bad[8].attestation = CT_SV("a\nb");
    bad[9].year_max = CT_CREDIT_YEAR_MAX + 1;
    bad[10].month = 13;
    bad[11].month = 7; /* of a calendar year */
    bad[12].basis = CT_CREDIT_APPROVED;
    bad[12].needs_approval = false;
    bad[13].disciplines = odd;
    bad[13].n_disciplines = 1;
    bad[14].title = CT_SV("\xff");
    for (size_t i = 0; i < sizeof what / sizeof what[0]; i++) {
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(what[i], ct_credit_rule_save(s->o.store, &s->o.clock, &bad[i], 0, 0, NULL, &err),
                  CT_BAD_INPUT);
        CT_EQ_STR(what[i], err.what, what[i]);
    }
}

static void what_is_wrong_with_an_approval_is_told_at_its_field(void **state)
{
    struct site *s = *state;
    const struct ct_credit_approval good = credit_approval("Bar", "2026-01-01", "2026-12-31");
    struct ct_credit_approval bad[12];
    static const char *const what[] = {"course", "type",  "body", "number", "hours",    "hours",
                                       "from",   "until", "note", "state",  "withdrawn"};

    credit_save_rule(s, credit_rule("cle", "2024-01-01"));
    for (size_t i = 0; i < sizeof what / sizeof what[0]; i++)
        bad[i] = good;
    bad[0].course = CT_SV("");
    bad[1].type = CT_SV("ce");
    bad[2].body = CT_SV(" ");
    bad[3].number = CT_SV("");
    bad[4].hundredths = 0;
    bad[5].hundredths = CT_CREDIT_HOURS_MAX + 1;
    bad[6].from = CT_DAY_NONE;
    bad[7].until = day_in("2025-12-31");
    bad[8].note = CT_SV("a\tb");
    bad[9].state = CT_SV("a\nb");
    bad[10].withdrawn = day_in("2026-02-01");
    for (size_t i = 0; i < sizeof what / sizeof what[0]; i++) {
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(what[i], ct_credit_approval_save(s->o.store, &s->o.clock, &bad[i], 0, NULL, &err),
                  CT_BAD_INPUT);
        CT_EQ_STR(what[i], err.what, what[i]);
    }
}

static void approvals_of_one_body_do_not_overlap(void **state)
{
    struct site *s = *state;
    struct ct_credit_approval v = credit_approval("Bar", "2026-01-01", "2026-12-31");
    struct ct_err err = CT_ERR_INIT;

    credit_save_rule(s, credit_rule("cle", "2024-01-01"));
    v.id = credit_approve(s, v);
    struct ct_credit_approval last_day = credit_approval("Bar", "2026-12-31", NULL);
    CT_EQ_I64("its last day",
              ct_credit_approval_save(s->o.store, &s->o.clock, &last_day, 0, NULL, &err),
              CT_CONFLICT);
    CT_EQ_STR("at the field", err.what, "from");
    credit_approve(s, credit_approval("Bar", "2027-01-01", NULL));
    credit_approve(s, credit_approval("Other", "2026-12-31", NULL));
    v.number = CT_SV("A-2");
    credit_approve(s, v); /* a correction does not stand in its own way */
    v.withdrawn = day_in("2026-06-01");
    v.note = CT_SV("the body took it back");
    credit_approve(s, v);
    credit_approve(s, credit_approval("Bar", "2026-06-01", "2026-12-31"));
}

static void two_who_record_at_once_notice(void **state)
{
    struct site *s = *state;
    struct ct_credit_rule rule = credit_rule("cle", "2026-01-01");
    struct ct_credit_approval v = credit_approval("Bar", "2026-01-01", NULL);
    struct ct_err err = CT_ERR_INIT;
    int64_t first = credit_save_rule(s, rule);

    credit_save_rule(s, rule);
    CT_EQ_I64("the rule", ct_credit_rule_save(s->o.store, &s->o.clock, &rule, first, 0, NULL, &err),
              CT_CONFLICT);
    v.id = credit_approve(s, v);
    v.row = v.id;
    credit_approve(s, v);
    err = (struct ct_err)CT_ERR_INIT;
    CT_EQ_I64("the approval", ct_credit_approval_save(s->o.store, &s->o.clock, &v, 0, NULL, &err),
              CT_CONFLICT);
    CT_EQ_STR("what", err.what, "id");
    v.id = 77;
    err = (struct ct_err)CT_ERR_INIT;
    CT_EQ_I64("none", ct_credit_approval_save(s->o.store, &s->o.clock, &v, 0, NULL, &err),
              CT_NOT_FOUND);
}

static void an_ended_rule_and_one_that_never_was(void **state)
{
    struct site *s = *state;
    struct ct_credit_rule end = {.type = CT_SV("cle"), .from = day_in("2026-06-01"), .ends = true};
    struct ct_err err = CT_ERR_INIT;
    struct ct_credit_rule *all;
    size_t n;

    CT_EQ_I64("nothing to end",
              ct_credit_rule_save(s->o.store, &s->o.clock, &end, 0, 0, NULL, &err), CT_BAD_INPUT);
    credit_save_rule(s, credit_rule("cle", "2026-01-01"));
    credit_save_rule(s, end);
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("history", ct_credit_rule_history(rd.db, &s->o.a, CT_SV("cle"), &all, &n, &err), &err);
    CT_EQ_I64("rows", n, 2);
    CT_EQ_I64("ends", all[1].ends, true);
    CT_EQ_SV("keeps its name", all[1].title, CT_SV("Legal education"));
}

static void an_attestation_is_recorded_once_with_its_text(void **state)
{
    struct site *s = *state;
    struct ct_credit_rule rule = credit_rule("cle", "2024-01-01");
    struct ct_err err = CT_ERR_INIT;
    bool is_new = false;

    credit_save_rule(s, credit_rule("ce", "2024-01-01"));
    rule.attestation = CT_SV("I attest that I took this course myself.");
    credit_save_rule(s, rule);
    credit_approve(s, credit_approval("Bar", "2026-01-01", NULL));
    credit_complete(s, s->ann, "core", noon("2026-03-10"), 60, 60);
    s->o.now = noon("2026-03-11");
    CT_EQ_SV("waits", credit_told(s, s->ann, s->o.now, true),
             CT_SV("2026-03-10 in-service 1 2026  *\n2026-03-10 cle not attested 2026 Bar A-1"));
    CT_EQ_I64("somebody else's",
              ct_credit_attest(s->o.store, &s->o.clock, s->bob, 1, CT_SV("cle"), NULL, &err),
              CT_NOT_FOUND);
    err = (struct ct_err)CT_ERR_INIT;
    CT_EQ_I64("where nothing is asked",
              ct_credit_attest(s->o.store, &s->o.clock, s->ann, 1, CT_SV("ce"), NULL, &err),
              CT_BAD_INPUT);
    err = (struct ct_err)CT_ERR_INIT;
    CT_OK_("attest",
           ct_credit_attest(s->o.store, &s->o.clock, s->ann, 1, CT_SV("cle"), &is_new, &err), &err);
    CT_EQ_I64("recorded", is_new, true);
    CT_OK_("again",
           ct_credit_attest(s->o.store, &s->o.clock, s->ann, 1, CT_SV("cle"), &is_new, &err), &err);
    CT_EQ_I64("once", is_new, false);
    CT_EQ_SV("counts", credit_told(s, s->ann, s->o.now, false),
             CT_SV("2026-03-10 in-service 1 2026  *\n2026-03-10 cle 1 2026 Bar A-1*"));
    CT_EQ_SV("not the day before", credit_told(s, s->ann, noon("2026-03-10"), false),
             CT_SV("2026-03-10 in-service 1 2026  *"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)
        TEST(what_is_wrong_with_a_rule_is_told_at_its_field),
        TEST(what_is_wrong_with_an_approval_is_told_at_its_field),
        TEST(approvals_of_one_body_do_not_overlap),
        TEST(two_who_record_at_once_notice),
        TEST(an_ended_rule_and_one_that_never_was),
        TEST(an_attestation_is_recorded_once_with_its_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
