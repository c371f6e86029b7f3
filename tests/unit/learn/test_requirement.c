/*
 * test_requirement.c: recording, changing and ending what is required, refusing what makes no
 * sense, and telling it in a sentence.
 */
#include "credit_test.h"

#include "ct/base/banned.h"

static const int64_t ONE[] = {1};
static const struct ct_sv WORKERS[] = {{"caseworker", 10}, {"judge", 5}};
static const struct ct_sv POETS[] = {{"poet", 4}};
#define NO_FIXED .fixed = CT_DAY_NONE

static void what_makes_no_sense_is_refused(void **state)
{
    struct site *s = *state;
    static const struct {
        const char *name, *slug, *course;
        struct ct_requirement_rule rule;
        const char *what;
    } cases[] = {
        {"on nobody", "a", "core", {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}}, "whom"},
        {"on everybody and some",
         "a",
         "core",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED},
          .everybody = true,
          .people = ONE,
          .n_people = 1},
         "whom"},
        {"a discipline that nobody knows",
         "a",
         "core",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .disciplines = POETS, .n_disciplines = 1},
         "discipline"},
        {"a course that is not there",
         "a",
         "poetry",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true},
         "course"},
        {"a short name with blanks",
         "a b",
         "core",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true},
         "slug"},
        {"no short name",
         "",
         "core",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true},
         "slug"},
        {"a title of two lines",
         "a",
         "core",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true, .title = {"a\nb", 3}},
         "title"},
        {"a fixed day without a day",
         "a",
         "core",
         {.due = {.kind = CT_DUE_FIXED, NO_FIXED}, .everybody = true},
         "due"},
        {"a day without being fixed",
         "a",
         "core",
         {.due = {.kind = CT_DUE_HIRED, .fixed = 20000}, .everybody = true},
         "due"},
        {"no first day",
         "a",
         "core",
         {.due = {.from = CT_DAY_NONE, .kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true},
         "from"},
        {"negative days",
         "a",
         "core",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED, .days = -1}, .everybody = true},
         "days"},
        {"months without end",
         "a",
         "core",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED, .every = 241}, .everybody = true},
         "every"},
        {"a year that begins with no month",
         "a",
         "core",
         {.due = {.kind = CT_DUE_YEAR, NO_FIXED}, .everybody = true},
         "month"},
        {"a month of no year",
         "a",
         "core",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED, .month = 7}, .everybody = true},
         "month"},
        {"every year and every month",
         "a",
         "core",
         {.due = {.kind = CT_DUE_YEAR, NO_FIXED, .month = 7, .every = 1}, .everybody = true},
         "every"},
        {"a window longer than its year",
         "a",
         "core",
         {.due = {.kind = CT_DUE_YEAR, NO_FIXED, .month = 7, .window = 365}, .everybody = true},
         "window"},
        {"from the old expiry without a window",
         "a",
         "core",
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED, .every = 12, .from_expiry = true},
          .everybody = true},
         "early"},
        {"a grace longer than a year",
         "a",
         "core",
         {.due = {.kind = CT_DUE_YEAR, NO_FIXED, .month = 7, .grace = 365}, .everybody = true},
         "grace"},
    };

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_requirement_rule rule = c->rule;
        int64_t id;
        CT_EQ_I64(c->name, site_try(s, c->slug, c->course, &rule, &id, &err), CT_BAD_INPUT);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void kinds_ask_for_what_they_have(void **state)
{
    struct site *s = *state;
    static const struct {
        const char *name;
        struct ct_requirement of;
        struct ct_requirement_rule rule;
        const char *what;
    } cases[] = {
        {"no hours at all",
         {.kind = CT_REQUIREMENT_HOURS},
         {.due = {.kind = CT_DUE_YEAR, NO_FIXED, .month = 1}, .everybody = true},
         "minutes"},
        {"more hours than a year of work has",
         {.kind = CT_REQUIREMENT_HOURS},
         {.due = {.kind = CT_DUE_YEAR, NO_FIXED, .month = 1},
          .everybody = true,
          .minutes = CT_REQUIREMENT_MINUTES_MAX + 1},
         "minutes"},
        {"hours of no year",
         {.kind = CT_REQUIREMENT_HOURS},
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true, .minutes = 60},
         "due"},
        {"hours in a window",
         {.kind = CT_REQUIREMENT_HOURS},
         {.due = {.kind = CT_DUE_PERSONAL, NO_FIXED, .window = 30},
          .everybody = true,
          .minutes = 60},
         "window"},
        {"credit of a name that is none",
         {.kind = CT_REQUIREMENT_HOURS, .credit_type = {"C L E", 5}},
         {.due = {.kind = CT_DUE_PERSONAL, NO_FIXED}, .everybody = true, .minutes = 60},
         "credit_type"},
        {"a course of hours",
         {.course = {"core", 4}},
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true, .minutes = 60},
         "minutes"},
        {"a course from chairs",
         {.course = {"core", 4}},
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true, .chairs = 1},
         "chairs"},
        {"a scenario that is a lesson",
         {.kind = CT_REQUIREMENT_SCENARIO, .course = {"core", 4}, .module = {"victims", 7}},
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true, .chairs = 1},
         "module"},
        {"a scenario from no chair",
         {.kind = CT_REQUIREMENT_SCENARIO, .course = {"core", 4}, .module = {"motel", 5}},
         {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .everybody = true},
         "chairs"},
        {"a personal year with a month",
         {.course = {"core", 4}},
         {.due = {.kind = CT_DUE_PERSONAL, NO_FIXED, .month = 3}, .everybody = true},
         "month"},
        {"a personal year and every month",
         {.course = {"core", 4}},
         {.due = {.kind = CT_DUE_PERSONAL, NO_FIXED, .every = 3}, .everybody = true},
         "every"},
    };

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_requirement_rule rule = c->rule;
        struct ct_requirement q = c->of;
        int64_t id;
        q.slug = CT_SV("a");
        q.rules = &rule;
        q.n_rules = 1;
        CT_EQ_I64(c->name, ct_requirement_add(s->o.store, &s->o.clock, s->cat, &q, 0, &id, &err),
                  CT_BAD_INPUT);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void what_is_not_there_is_not_found(void **state)
{
    struct site *s = *state;
    static const int64_t nobody[] = {999};
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = {
        .due = {.kind = CT_DUE_ASSIGNED, NO_FIXED}, .people = nobody, .n_people = 1};
    struct ct_requirement *all;
    size_t n;
    int64_t id;

    CT_EQ_I64("a person", site_try(s, "a", "core", &rule, &id, &err), CT_NOT_FOUND);
    ct_err_clear(&err);
    rule.title = CT_SV("T");
    CT_EQ_I64("a requirement",
              ct_requirement_change(s->o.store, &s->o.clock, s->cat, 7, &rule, 0, 0, &err),
              CT_NOT_FOUND);
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("list", ct_requirement_list(rd.db, &s->o.a, INT64_MAX, &all, &n, &err), &err);
    CT_EQ_I64("nothing was recorded", n, 0);
}

static struct ct_requirement *listed(struct site *s, int64_t as_of, size_t *ret_n)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement *all;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("list", ct_requirement_list(rd.db, &s->o.a, as_of, &all, ret_n, &err), &err);
    return all;
}

static void rules_hold_from_their_day_and_nothing_is_overwritten(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = yearly(s, "2024-01-01"), *rules;
    int64_t id = site_require(s, "yearly", rule), other;
    struct ct_requirement *all;
    size_t n;

    CT_EQ_I64("the name is taken", site_try(s, "yearly", "core", &rule, &other, &err), CT_CONFLICT);
    ct_err_clear(&err);
    s->o.now += ORG_DAY;
    rule.title = CT_SV("Later");
    rule.due.from = day_in("2024-06-01");
    CT_OK_("change", ct_requirement_change(s->o.store, &s->o.clock, s->cat, id, &rule, 1, 0, &err),
           &err);
    CT_EQ_I64("somebody was faster",
              ct_requirement_change(s->o.store, &s->o.clock, s->cat, id, &rule, 1, 0, &err),
              CT_CONFLICT);
    CT_EQ_STR("says so", err.what, "requirement");
    ct_err_clear(&err);
    s->o.now += ORG_DAY;
    rule.title = CT_SV("Mended");
    CT_OK_("mend",
           ct_requirement_change(s->o.store, &s->o.clock, s->cat, id, &rule, 2, s->ann, &err),
           &err);
    rule = (struct ct_requirement_rule){.ends = true, .due = {.from = day_in("2024-12-31")}};
    CT_OK_("end", ct_requirement_change(s->o.store, &s->o.clock, s->cat, id, &rule, 0, 0, &err),
           &err);
    all = listed(s, s->o.now, &n);
    CT_EQ_I64("one", n, 1);
    CT_EQ_I64("one rule a day", all[0].n_rules, 3);
    CT_EQ_SV("the last of a day", all[0].rules[1].title, CT_SV("Mended"));
    CT_EQ_SV("who", all[0].rules[1].by_name, CT_SV("Ann Marie Ito"));
    CT_EQ_SV("of the first", all[0].rules[0].title, CT_SV("The core course"));
    assert_null(ct_requirement_on(&all[0], day_in("2023-12-31")));
    assert_ptr_equal(ct_requirement_on(&all[0], day_in("2024-06-01")), &all[0].rules[1]);
    assert_true(ct_requirement_on(&all[0], day_in("2025-01-01"))->ends);
    assert_ptr_equal(ct_requirement_asking(&all[0], day_in("2025-01-01")), &all[0].rules[1]);
    assert_ptr_equal(ct_requirement_asking(&all[0], day_in("2020-01-01")), &all[0].rules[0]);
    all = listed(s, ORG_START + ORG_DAY, &n);
    CT_EQ_I64("as it was", all[0].n_rules, 2);
    CT_EQ_SV("as it was called", all[0].rules[1].title, CT_SV("Later"));
    listed(s, ORG_START - 1, &n);
    CT_EQ_I64("before", n, 0);
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("history", ct_requirement_history(rd.db, &s->o.a, id, &rules, &n, &err), &err);
    CT_EQ_I64("all that was recorded", n, 4);
}

static struct ct_sv sentence_of(struct site *s, const struct ct_requirement *q,
                                const struct ct_requirement_rule *rule)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv got = CT_SV_NULL;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("sentence", ct_requirement_sentence(rd.db, &s->o.a, s->cat, q, rule, &got, &err), &err);
    return got;
}

static void hours_and_scenarios_are_kept_as_recorded(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule hours = {.due = {.kind = CT_DUE_PERSONAL, NO_FIXED},
                                        .everybody = true,
                                        .minutes = 750},
                               play = {.due = {.kind = CT_DUE_ASSIGNED, NO_FIXED, .days = 30},
                                       .everybody = true,
                                       .chairs = 2};
    struct ct_requirement q = {.kind = CT_REQUIREMENT_HOURS,
                               .slug = CT_SV("hours"),
                               .credit_type = CT_SV("cle"),
                               .rules = &hours,
                               .n_rules = 1};
    struct ct_requirement *all;
    int64_t id;
    size_t n;

    CT_EQ_I64("a credit that there is not",
              ct_requirement_add(s->o.store, &s->o.clock, s->cat, &q, 0, &id, &err), CT_BAD_INPUT);
    CT_EQ_STR("says so", err.what, "credit_type");
    ct_err_clear(&err);
    credit_save_rule(s, credit_rule("cle", "2024-01-01"));
    CT_OK_("hours", ct_requirement_add(s->o.store, &s->o.clock, s->cat, &q, 0, &id, &err), &err);
    hours.minutes = 60;
    hours.due.from = day_in("2024-06-01");
    hours.title = CT_SV("One hour");
    CT_OK_("less", ct_requirement_change(s->o.store, &s->o.clock, s->cat, id, &hours, 0, 0, &err),
           &err);
    hours.minutes = 0;
    CT_EQ_I64("no hours",
              ct_requirement_change(s->o.store, &s->o.clock, s->cat, id, &hours, 0, 0, &err),
              CT_BAD_INPUT);
    ct_err_clear(&err);
    q = (struct ct_requirement){.kind = CT_REQUIREMENT_SCENARIO,
                                .slug = CT_SV("play"),
                                .course = CT_SV("core"),
                                .module = CT_SV("motel"),
                                .rules = &play,
                                .n_rules = 1};
    CT_OK_("play", ct_requirement_add(s->o.store, &s->o.clock, s->cat, &q, 0, &id, &err), &err);
    all = listed(s, s->o.now, &n);
    CT_EQ_I64("two", n, 2);
    CT_EQ_I64("hours", all[0].kind, CT_REQUIREMENT_HOURS);
    CT_EQ_SV("of a credit", all[0].credit_type, CT_SV("cle"));
    assert_true(all[0].course.p == NULL && all[0].course_title.p == NULL);
    CT_EQ_I64("minutes", all[0].rules[0].minutes, 750);
    CT_EQ_I64("as the arithmetic wants them", all[0].rules[0].due.quota, 750);
    CT_EQ_SV("called", all[0].rules[0].title, CT_SV("12.5 hours of training a year"));
    CT_EQ_I64("later", all[0].rules[1].minutes, 60);
    CT_EQ_I64("a personal year", all[0].rules[1].due.kind, CT_DUE_PERSONAL);
    CT_EQ_I64("scenario", all[1].kind, CT_REQUIREMENT_SCENARIO);
    CT_EQ_SV("which", all[1].module, CT_SV("motel"));
    CT_EQ_SV("called as the scenario", all[1].rules[0].title, all[1].module_title);
    CT_EQ_I64("chairs", all[1].rules[0].due.chairs, 2);
}

static void hours_are_said_as_people_say_them(void **state)
{
    static const struct {
        int minutes;
        const char *want;
    } cases[] = {
        {60, "1 hour"},     {720, "12 hours"}, {90, "1.5 hours"}, {75, "1.25 hours"},
        {45, "45 minutes"}, {1, "1 minute"},   {66, "1.1 hours"}, {100, "1 hour and 40 minutes"}};
    struct site *s = *state;

    CT_EACH (c, cases)
        CT_EQ_SV(c->want, ct_requirement_hours(&s->o.a, c->minutes), ct_sv_c(c->want));
}

static void a_rule_is_told_in_a_sentence(void **state)
{
    struct site *s = *state;
    const int64_t orgs[] = {s->dcs, s->mdt}, people[] = {s->ann, s->bob, s->cy},
                  many[] = {s->ann, s->bob, s->cy, s->ann, s->bob, s->cy};
    const struct {
        const char *name;
        struct ct_requirement_rule rule;
        const char *want;
    } cases[] = {
        {"as in the manual",
         {.orgs = orgs,
          .n_orgs = 1,
          .disciplines = WORKERS,
          .n_disciplines = 1,
          .due = {.kind = CT_DUE_HIRED, NO_FIXED, .days = 30, .every = 12, .grace = 14}},
         "All caseworkers of North County CPS complete “Core” within 30 days of being hired, and "
         "again every 12 months; 14 days of grace."},
        {"one person, one day",
         {.people = people,
          .n_people = 1,
          .due = {.kind = CT_DUE_ASSIGNED, NO_FIXED, .days = 1, .grace = 1}},
         "Ann Marie Ito completes “Core” within 1 day of coming under this; 1 day of grace."},
        {"places, disciplines and people",
         {.orgs = orgs,
          .n_orgs = 2,
          .disciplines = WORKERS,
          .n_disciplines = 2,
          .people = people,
          .n_people = 3,
          .due = {.kind = CT_DUE_DISCIPLINE, NO_FIXED, .days = 60}},
         "All caseworkers and judges of North County CPS or mdt, and Ann Marie Ito, Bob Abel and "
         "Cy "
         "complete “Core” within 60 days of each change of discipline."},
        {"many people",
         {.people = many, .n_people = 6, .due = {.kind = CT_DUE_FIXED, .fixed = 20999, .days = 30}},
         "6 named people complete “Core” by 30 June 2027, or 30 days after coming under this, if "
         "that is later."},
        {"a calendar year",
         {.everybody = true, .due = {.kind = CT_DUE_YEAR, NO_FIXED, .month = 1}},
         "All people complete “Core” every calendar year, by 31 December."},
        {"a fiscal year",
         {.everybody = true, .due = {.kind = CT_DUE_YEAR, NO_FIXED, .month = 3, .window = 90}},
         "All people complete “Core” every fiscal year, by 28 February; completing counts from 90 "
         "days before the day."},
        {"renewal from the old expiry",
         {.orgs = orgs,
          .n_orgs = 1,
          .due = {.kind = CT_DUE_ASSIGNED,
                  NO_FIXED,
                  .days = 30,
                  .every = 1,
                  .window = 7,
                  .from_expiry = true}},
         "All people of North County CPS complete “Core” within 30 days of coming under this, and "
         "again every 1 month; a renewal counts from 7 days before the day, and extends from the "
         "day by which it was due."},
    };

    CT_EACH (c, cases) {
        struct ct_requirement q = {.course_title = CT_SV("Core")};
        CT_EQ_SV(c->name, sentence_of(s, &q, &c->rule), ct_sv_c(c->want));
    }
}

static void hours_and_scenarios_are_told_in_a_sentence(void **state)
{
    struct site *s = *state;
    const int64_t orgs[] = {s->dcs}, people[] = {s->ann};
    const struct {
        const char *name;
        struct ct_requirement_rule rule;
        const char *want;
        struct ct_requirement of;
    } cases[] = {
        {"hours in a calendar year",
         {.orgs = orgs,
          .n_orgs = 1,
          .minutes = 720,
          .due = {.kind = CT_DUE_YEAR, NO_FIXED, .month = 1, .grace = 31}},
         "All people of North County CPS earn 12 hours of training every calendar year, by 31 "
         "December; who begins in the second quarter 9 hours, in the third 6 hours, in the fourth "
         "3 hours; 31 days of grace.",
         {.kind = CT_REQUIREMENT_HOURS}},
        {"hours of one person's own year, of a credit",
         {.people = people,
          .n_people = 1,
          .minutes = 150,
          .due = {.kind = CT_DUE_PERSONAL, NO_FIXED}},
         "Ann Marie Ito earns 2.5 hours of “cle” credit every year from the day of being hired (of "
         "coming under this, where that day is not known); who begins in the second quarter 2 "
         "hours, in the third 1.25 hours, in the fourth 45 minutes.",
         {.kind = CT_REQUIREMENT_HOURS, .credit_type = CT_SV("cle")}},
        {"a scenario from chairs",
         {.orgs = orgs,
          .n_orgs = 1,
          .chairs = 2,
          .due = {.kind = CT_DUE_ASSIGNED, NO_FIXED, .days = 30}},
         "All people of North County CPS play “Maya” with a good ending from 2 different chairs "
         "within 30 days of coming under this.",
         {.kind = CT_REQUIREMENT_SCENARIO, .module_title = CT_SV("Maya")}},
    };

    CT_EACH (c, cases)
        CT_EQ_SV(c->name, sentence_of(s, &c->of, &c->rule), ct_sv_c(c->want));
}

/* People may hold a discipline that the curriculum has dropped. */
static void a_discipline_that_was_dropped_may_stay_and_not_come(void **state)
{
    struct site *s = *state;
    struct ct_sv moons[] = {CT_SV("astronomer")};
    struct ct_requirement_rule before = yearly(s, "2024-01-01"), after = yearly(s, "2024-02-01");
    struct ct_requirement old = {.id = 7, .rules = &before, .n_rules = 1};
    struct ct_requirement fresh = {.rules = &after, .n_rules = 1};
    struct ct_err err = CT_ERR_INIT;

    before.title = after.title = CT_SV("T");
    after.disciplines = moons;
    after.n_disciplines = 1;
    CT_EQ_I64("where it was not named", ct_requirement_check(s->cat, &old, &after, &err),
              CT_BAD_INPUT);
    CT_EQ_STR("where it was not named", err.what, "discipline");
    ct_err_clear(&err);
    CT_EQ_I64("of a new one", ct_requirement_check(s->cat, &fresh, &after, &err), CT_BAD_INPUT);
    ct_err_clear(&err);
    before.disciplines = moons;
    before.n_disciplines = 1;
    CT_OK_("where it was", ct_requirement_check(s->cat, &old, &after, &err), &err);
}

static void new_is_no_short_name(void **state)
{
    struct site *s = *state;
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");
    struct ct_err err = CT_ERR_INIT;
    int64_t id;

    CT_EQ_I64("new", site_try(s, "new", "core", &rule, &id, &err), CT_BAD_INPUT);
    CT_EQ_STR("new", err.what, "slug");
    ct_err_clear(&err);
    CT_OK_("newer", site_try(s, "newer", "core", &rule, &id, &err), &err);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(what_makes_no_sense_is_refused),
        T(kinds_ask_for_what_they_have),
        T(what_is_not_there_is_not_found),
        T(hours_and_scenarios_are_kept_as_recorded),
        T(hours_are_said_as_people_say_them),
        T(rules_hold_from_their_day_and_nothing_is_overwritten),
        T(a_rule_is_told_in_a_sentence),
        T(hours_and_scenarios_are_told_in_a_sentence),
        T(a_discipline_that_was_dropped_may_stay_and_not_come),
        T(new_is_no_short_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
