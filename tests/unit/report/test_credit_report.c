/*
 * test_credit_report.c: hours as a table: who may be seen, what was asked for, names and moments;
 * rules told in sentences.
 */
#include "learn/credit_test.h"

#include "ct/report/credit_report.h"

#include "ct/base/banned.h"

/* "column=value" of a row, a blank between, of the columns that are asked for. */
static struct ct_sv row_of(struct site *s, const struct ct_report_doc *doc, size_t row,
                           const char *wanted)
{
    struct ct_sv rest = ct_sv_c(wanted), name, all = CT_SV("");

    while (ct_sv_split(&rest, ' ', &name)) {
        size_t c = 0;
        while (c < doc->n_columns && !ct_sv_eq_c(name, doc->columns[c].name))
            c++;
        if (c == doc->n_columns)
            fail_msg("no column %.*s", CT_SV_ARG(name));
        struct ct_sv cell = doc->cells[row * doc->n_columns + c];
        all = ct_arena_printf(&s->o.a, "%.*s%s%.*s", CT_SV_ARG(all), all.n ? " " : "",
                              CT_SV_ARG(cell));
    }
    return all;
}

static struct ct_report_doc report(struct site *s, const char *day,
                                   const struct ct_credit_filter *filter)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_doc doc;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("report", ct_credit_report(rd.db, &s->o.a, noon(day), filter, &doc, &err), &err);
    return doc;
}

static void fill(struct site *s)
{
    struct ct_credit_rule rule = credit_rule("cle", "2024-01-01");

    rule.active_share = 50;
    credit_save_rule(s, rule);
    credit_approve(s, credit_approval("Bar", "2026-01-01", NULL));
    credit_complete(s, s->ann, "core", noon("2026-03-10"), 60, 60);
    credit_complete(s, s->bob, "core", noon("2026-08-11"), 12, 60);
    s->o.now = noon("2026-09-01");
}

static void each_row_says_who_what_when_and_by_whom(void **state)
{
    struct site *s = *state;
    const struct ct_credit_filter all = {.refused = true};

    fill(s);
    struct ct_report_doc doc = report(s, "2026-09-01", &all);
    CT_EQ_I64("rows", doc.n_rows, 4);
    CT_EQ_SV("earned",
             row_of(s, &doc, 1,
                    "last_name agency unit completed_on credit_type credit_hours credit_year "
                    "approval_body approval_state counts status source certificate_code"),
             CT_SV("Ito dcs dcs/intake 2026-03-10 cle 1 2026 Bar Alder yes earned crosstrain "
                   "0000000000000001"));
    CT_EQ_SV("refused", row_of(s, &doc, 3, "first_name credit_hours counts status reason"),
             CT_SV("Bob 0 no not engaged engaged 12 of 60 minutes, and 30 are needed"));
    CT_EQ_SV("a fiscal year", row_of(s, &doc, 2, "credit_type credit_year year_from year_until"),
             CT_SV("in-service 2027 2026-07-01 2027-06-30"));
}

static void only_what_was_asked_for_and_may_be_seen(void **state)
{
    struct site *s = *state;
    struct ct_scope scope = {.is_limited = true};
    struct ct_scope_person people[2];
    const struct {
        const char *name, *day;
        struct ct_credit_filter filter;
        size_t want;
    } cases[] = {
        {"everything that was earned", "2026-09-01", {.person = 0}, 3},
        {"one person's", "2026-09-01", {.person = s->bob}, 1},
        {"of a type", "2026-09-01", {.type = CT_SV("cle")}, 1},
        {"of a credit year", "2026-09-01", {.year = 2027}, 1},
        {"of an earlier day", "2026-05-01", {.person = 0}, 2},
        {"of who may be seen by name", "2026-09-01", {.scope = &scope}, 2},
    };

    fill(s);
    people[0] = (struct ct_scope_person){.id = s->ann};
    people[1] = (struct ct_scope_person){.id = s->bob, .is_counted = true};
    scope.people = people;
    scope.n = 2;
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, report(s, c->day, &c->filter).n_rows, c->want);
}

static void of_a_name_that_is_shared_no_unit_and_no_year_are_told(void **state)
{
    struct site *s = *state;
    struct ct_scope_person ann = {.id = s->ann, .by_task_force = true};
    struct ct_scope scope = {.is_limited = true, .people = &ann, .n = 1};
    const struct ct_credit_filter f = {.scope = &scope, .type = CT_SV("cle")};

    fill(s);
    struct ct_report_doc doc = report(s, "2026-09-01", &f);
    CT_EQ_I64("rows", doc.n_rows, 1);
    CT_EQ_SV("what is covered", row_of(s, &doc, 0, "last_name agency credit_type credit_year"),
             CT_SV("Ito dcs cle 2026"));
    CT_EQ_SV("what is not", row_of(s, &doc, 0, "unit year_from year_until"), CT_SV(""));
}

static void a_rule_is_told_in_sentences(void **state)
{
    struct site *s = *state;
    static const struct ct_sv whom[] = {{"caseworker", 10}, {"nobody-now", 10}};
    const struct {
        const char *name;
        struct ct_credit_rule rule;
        const char *want;
    } cases[] = {
        {"the built-in one", *ct_credit_built_in(),
         "An hour of credit has 60 minutes. The minutes that the modules state count, in steps of "
         "0.25 hours, rounded down. Every completed course counts, once a year. Years are the "
         "fiscal years of the person's agency."},
        {"one with everything",
         {.hour = 50,
          .step = 100,
          .rounding = CT_CREDIT_NEAREST,
          .basis = CT_CREDIT_ACTIVE,
          .needs_approval = true,
          .active_share = 80,
          .min_score = 90,
          .attestation = CT_SV("It was me."),
          .repeats = true,
          .year_max = 1200,
          .year = CT_CREDIT_PERSONAL,
          .disciplines = whom,
          .n_disciplines = 2},
         "An hour of credit has 50 minutes. Active minutes count, at most those that the modules "
         "state, in steps of 1 hour, rounded to the nearest, and never more hours than were "
         "approved. A course counts if it was approved on the day, for caseworkers and Nobody now "
         "(no longer in the curriculum) only. At least 80 percent of the stated minutes must be "
         "active. The quizzes must be "
         "passed with 90 percent. The learner attests: \xe2\x80\x9cIt was me.\xe2\x80\x9d At most "
         "12 hours count a year. Years begin on the day of hire."},
        {"an ended one", {.ends = true}, "Nothing gives credit of this type."},
    };

    CT_EACH (c, cases)
        CT_EQ_SV(c->name, ct_credit_rule_text(&s->o.a, s->cat, &c->rule), ct_sv_c(c->want));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)
        TEST(each_row_says_who_what_when_and_by_whom),
        TEST(only_what_was_asked_for_and_may_be_seen),
        TEST(of_a_name_that_is_shared_no_unit_and_no_year_are_told),
        TEST(a_rule_is_told_in_sentences),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
