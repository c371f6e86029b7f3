/*
 * test_page_today.c: what a manager has to look at today, of whom he or she may see.
 */
#include "walk.h"

#include "ct/learn/fact.h"
#include "ct/learn/org.h"
#include "ct/learn/requirement.h"
#include "ct/learn/training.h"

#include "ct/base/banned.h"

static int64_t add_org(struct site *s, enum ct_org_kind kind, const char *path)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new o = {.kind = kind, .path = ct_sv_c(path), .name = ct_sv_c(path)};
    int64_t id = 0;

    CT_OK_(path, ct_org_add(s->store, &s->clock, &o, 0, &id, &err), &err);
    return id;
}

static void tie(struct site *s, enum ct_org_tie kind, int64_t who, int64_t org)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_change c = {.tie = kind, .who = who, .org = org, .on = CT_SV("2023-01-01")};

    CT_OK_("tie", ct_org_record(s->store, &s->clock, &c, NULL, &err), &err);
}

static int64_t require(struct site *s, const char *slug, int from, int days, int64_t org)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = {
        .due = {.from = from, .kind = CT_DUE_ASSIGNED, .fixed = CT_DAY_NONE, .days = days},
        .title = ct_sv_c(slug),
        .orgs = &org,
        .n_orgs = 1};
    struct ct_requirement q = {
        .slug = ct_sv_c(slug), .course = CT_SV("basics"), .rules = &rule, .n_rules = 1};
    const struct ct_catalogue *cat = ct_library_hold(s->library, 0);
    int64_t id = 0;
    int r = ct_requirement_add(s->store, &s->clock, cat, &q, 0, &id, &err);

    ct_library_release(s->library, 0);
    CT_OK_(slug, r, &err);
    return id;
}

/* "late 2 Ann; soon 1 Bo": what each list has, and whom it names first. */
static void expect(struct browser *b, const char *target, const char *want)
{
    CT_AUTO_JSON *page = walk_json(b, target);
    const json_t *groups = walk_at(page, "groups"), *group;
    char text[256] = "";
    size_t i, n = 0;

    json_array_foreach((json_t *)groups, i, group)
    {
        const json_t *first = json_array_get(json_object_get(group, "rows"), 0);
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s %lld %s", i ? "; " : "",
                              json_string_value(json_object_get(group, "id")),
                              (long long)walk_int(group, "count"),
                              first ? json_string_value(json_object_get(first, "name")) : "-");
    }
    CT_EQ_STR(target, text, want);
}

static void a_manager_sees_what_there_is_to_do_for_the_own_people(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct ct_err err = CT_ERR_INIT;
    int64_t mo = site_person(s, "mo@example.org", "Mo", "judge", CT_ROLE_MANAGER);
    int64_t ann = site_person(s, "ann@example.org", "Ann <A>", "judge", CT_ROLE_LEARNER);
    int64_t bo = site_person(s, "bo@example.org", "Bo", "judge", CT_ROLE_LEARNER);
    int today = ct_day_of(ct_now(&s->clock));

    browser_sign_in(&b, "mo%40example.org");
    walk_page(&b, "/reports/today", "report-today");
    int64_t dcs = add_org(s, CT_ORG_AGENCY, "dcs"), pd = add_org(s, CT_ORG_AGENCY, "pd");
    tie(s, CT_TIE_LEAD, mo, dcs);
    tie(s, CT_TIE_MEMBER, ann, dcs);
    tie(s, CT_TIE_MEMBER, bo, pd);
    int64_t late = require(s, "late", today - 40, 30, dcs);
    require(s, "soon", today, 30, dcs);
    require(s, "later", today, 31, dcs);
    require(s, "not-mine", today - 40, 30, pd);
    walk_page(&b, "/reports/today", "report-today");
    assert_non_null(strstr(b.body, "Ann &lt;A&gt;"));
    assert_null(strstr(b.body, "bo@example.org"));
    expect(&b, "/reports/today", "late 1 Ann <A>; soon 1 Ann <A>; expiring 0 -; waiting 0 -");
    struct ct_training t = {.person = ann,
                            .requirement = late,
                            .kind = CT_TRAINING_CREDIT,
                            .on = today - 3,
                            .until = CT_DAY_NONE,
                            .reason = CT_SV("academy"),
                            .evidence = CT_SV("certificate")};
    CT_OK_("credit", ct_training_record(s->store, &s->clock, &t, ann, NULL, &err), &err);
    expect(&b, "/reports/today", "late 0 -; soon 1 Ann <A>; expiring 0 -; waiting 1 Ann <A>");
    expect(&b, "/reports/today?agency=dcs",
           "late 0 -; soon 1 Ann <A>; expiring 0 -; waiting 1 Ann <A>");
    CT_EQ_I64("an agency of others", browser_get(&b, "/reports/today?agency=pd"), 403);
    CT_EQ_I64("a filter that there is not", browser_get(&b, "/reports/today?moon=1"), 400);
}

static void who_is_no_manager_does_not_see_it(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    site_person(s, "li@example.org", "Li", "judge", CT_ROLE_LEARNER);
    CT_EQ_I64("nobody is sent to sign in", browser_get(&b, "/reports/today"), 303);
    browser_sign_in(&b, "li%40example.org");
    CT_EQ_I64("a learner may not", browser_get(&b, "/reports/today"), 403);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        TEST(a_manager_sees_what_there_is_to_do_for_the_own_people),
        TEST(who_is_no_manager_does_not_see_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
