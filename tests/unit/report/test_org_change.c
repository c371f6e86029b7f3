/*
 * test_org_change.c: a unit comes to stand below another: what may be, who is seen by whom then,
 * whom requirements hit, and that earlier days and moments stay as they were.
 */
#include "assignment_test.h"

#include "ct/learn/org_change.h"

#include "ct/base/banned.h"

static int try_move(struct site *s, int64_t unit, int64_t below, const char *on, struct ct_err *err)
{
    return ct_org_move(s->o.store, &s->o.clock, unit, below, ct_sv_c(on), 0, NULL, err);
}

static void move(struct site *s, int64_t unit, int64_t below, const char *on)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_(on, try_move(s, unit, below, on, &err), &err);
}

/* "dcs dcs/a >dcs/b": paths in order, units with one > for each above them. */
static struct ct_sv tree(struct site *s, int64_t as_of)
{
    struct ct_sv all = CT_SV("");
    struct ct_err err = CT_ERR_INIT;
    struct ct_org *orgs;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("list", ct_org_list_as_of(rd.db, &s->o.a, as_of, &orgs, &n, &err), &err);
    for (size_t i = 0; i < n; i++)
        all = ct_arena_printf(&s->o.a, "%.*s%s%.*s%.*s", CT_SV_ARG(all), i ? " " : "",
                              orgs[i].depth, ">>>>>>", CT_SV_ARG(orgs[i].path));
    return all;
}

static void what_may_stand_below_what(void **state)
{
    struct site *s = *state;
    int64_t pd = orgs_add(&s->o, CT_ORG_AGENCY, "pd", NULL);
    int64_t vice = orgs_add(&s->o, CT_ORG_UNIT, "pd/vice", NULL);
    int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);
    const struct {
        const char *name;
        int64_t unit, below;
        const char *on;
        int want;
        const char *what;
    } cases[] = {
        {"an agency", s->dcs, 0, NULL, CT_BAD_INPUT, "org"},
        {"a task force", s->mdt, 0, NULL, CT_BAD_INPUT, "org"},
        {"nothing", 99, 0, NULL, CT_NOT_FOUND, "org"},
        {"below itself", day, day, NULL, CT_BAD_INPUT, "below"},
        {"below what is below it", s->intake, s->night, NULL, CT_BAD_INPUT, "below"},
        {"below a unit of another agency", day, vice, NULL, CT_BAD_INPUT, "below"},
        {"below another agency", day, pd, NULL, CT_BAD_INPUT, "below"},
        {"below a task force", day, s->mdt, NULL, CT_BAD_INPUT, "below"},
        {"below what there is not", day, 99, NULL, CT_BAD_INPUT, "below"},
        {"on no day", day, s->night, "soon", CT_BAD_INPUT, "on"},
        {"where it is already", s->night, s->intake, NULL, CT_OK, ""},
        {"below another unit", day, s->night, "2024-03-01", CT_OK, ""},
        {"that which is to stand below it", s->intake, day, "2024-02-01", CT_BAD_INPUT, "below"},
    };

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name, try_move(s, c->unit, c->below, c->on, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void the_tree_is_that_of_the_day_and_of_the_moment(void **state)
{
    static const struct {
        const char *name, *asked, *want;
    } cases[] = {
        {"before anything was recorded", "2024-01-05", "dcs dcs/day dcs/intake >dcs/night mdt"},
        {"recorded, of a day to come", "2024-01-10", "dcs dcs/day dcs/intake >dcs/night mdt"},
        {"on the day", "2024-02-01", "dcs dcs/day >dcs/night dcs/intake mdt"},
        {"before it was corrected", "2024-02-20", "dcs dcs/day >dcs/night dcs/intake mdt"},
        {"corrected: it was directly below the agency all the time", "2024-03-10",
         "dcs dcs/day dcs/intake dcs/night mdt"},
    };
    struct site *s = *state;
    int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);

    s->o.now = noon("2024-01-08");
    move(s, s->night, day, "2024-02-01");
    s->o.now = noon("2024-03-01");
    move(s, s->night, 0, "2024-02-01");
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, tree(s, noon(c->asked)), ct_sv_c(c->want));
}

/* The last minute of the day before in Chicago is the day itself in UTC. */
static void the_day_is_that_of_the_agency(void **state)
{
    struct site *s = *state;
    int64_t midnight = (int64_t)day_in("2024-02-01") * ORG_DAY + 6 * 3600;

    move(s, s->night, 0, "2024-02-01");
    CT_EQ_SV("the last minute", tree(s, midnight - 60), CT_SV("dcs dcs/intake >dcs/night mdt"));
    CT_EQ_SV("the first one", tree(s, midnight), CT_SV("dcs dcs/intake dcs/night mdt"));
}

static size_t people_of(struct site *s, int64_t viewer, const char *day, const char *unit)
{
    const struct ct_viewer who = {.person = viewer, .now = s->o.now};
    struct ct_scope_wish wish = {.unit = ct_sv_c(unit)};
    struct ct_err err = CT_ERR_INIT;
    struct ct_scope scope = {.n = 0};
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_(day, ct_org_scope(rd.db, &s->o.a, &who, &wish, noon(day), &scope, &err), &err);
    return scope.n;
}

static void sight_follows_the_unit_and_past_reports_keep_the_tree(void **state)
{
    struct site *s = *state;
    int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);
    int64_t old = orgs_person(&s->o, "old", CT_ROLE_MANAGER);
    int64_t new = orgs_person(&s->o, "new", CT_ROLE_MANAGER);

    orgs_tie(&s->o, CT_TIE_LEAD, old, s->intake, false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, new, day, false, NULL);
    s->o.now = noon("2024-01-20");
    CT_EQ_I64("before: who leads what is above it", people_of(s, old, "2024-01-20", NULL), 2);
    CT_EQ_I64("before: who leads another", people_of(s, new, "2024-01-20", NULL), 0);
    move(s, s->night, day, "2024-02-01");
    CT_EQ_I64("until the day", people_of(s, old, "2024-01-20", NULL), 2);
    s->o.now = noon("2024-02-10");
    CT_EQ_I64("from the day on they are gone", people_of(s, old, "2024-02-10", NULL), 1);
    CT_EQ_I64("and seen by the other", people_of(s, new, "2024-02-10", NULL), 1);
    CT_EQ_I64("also of a day before, which stood elsewhere", people_of(s, new, "2024-01-20", NULL),
              1);
    CT_EQ_I64("where the old tree counts them", people_of(s, 0, "2024-01-20", "dcs/intake"), 2);
    CT_EQ_I64("and the new one does not", people_of(s, 0, "2024-02-10", "dcs/intake"), 1);
    CT_EQ_I64("but there", people_of(s, 0, "2024-02-10", "dcs/day"), 1);
}

static void requirements_are_on_a_unit_from_the_day_on(void **state)
{
    struct site *s = *state;
    int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);
    struct ct_requirement_rule of_intake = yearly(s, "2024-01-01"), of_day = of_intake;

    of_intake.orgs = &s->intake;
    of_day.orgs = &day;
    site_require(s, "a", of_intake);
    site_require(s, "b", of_day);
    s->o.now = noon("2024-01-08");
    move(s, s->night, day, "2024-02-01");
    expect(s, "until then", "2024-01-10", "bob 2024-01-31 not started; ann 2024-01-31 not started");
    expect(s, "from then on", "2024-02-10",
           "bob 2024-01-31 withdrawn *; ann 2024-01-31 overdue; bob 2024-03-02 not started");
    move(s, s->night, s->intake, "2024-02-01");
    expect(s, "what was known before it was taken back", "2024-01-07",
           "bob 2024-01-31 not started; ann 2024-01-31 not started");
    expect(s, "taken back", "2024-02-10", "bob 2024-01-31 overdue; ann 2024-01-31 overdue");
}

static void whom_moving_hits_is_told_before(void **state)
{
    struct site *s = *state;
    int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);
    int64_t boss = orgs_person(&s->o, "boss", 0), old = orgs_person(&s->o, "old", 0);
    int64_t new = orgs_person(&s->o, "new", 0);
    struct ct_requirement_rule of_intake = yearly(s, "2024-01-01");
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_outlook o = {.n_with = 0};

    orgs_tie(&s->o, CT_TIE_LEAD, boss, s->dcs, false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, old, s->intake, false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, new, day, false, NULL);
    of_intake.orgs = &s->intake;
    site_require(s, "a", of_intake);
    site_require(s, "all", yearly(s, "2024-01-01"));
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("outlook",
           ct_org_move_outlook(rd.db, &s->o.a, s->night, day, CT_SV_NULL, s->o.now, &o, &err),
           &err);
    CT_EQ_I64("people", o.n_people, 1);
    CT_EQ_I64("who sees them no more, who does now", o.n_leads, 2);
    for (size_t i = 0; i < o.n_leads; i++)
        CT_EQ_I64("which", o.lead_begins[i], o.leads[i].who == new);
    CT_EQ_I64("what is required no more", o.n_asked, 1);
    CT_EQ_SV("is that of the unit above", o.asked[0].requirement->slug, CT_SV("a"));
    assert_false(o.asked[0].begins);
}

static void what_was_recorded_is_told(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_past *list;
    size_t n;

    move(s, s->night, 0, "2024-02-01");
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("pasts", ct_org_pasts(rd.db, &s->o.a, s->o.now, &list, &n, &err), &err);
    CT_EQ_I64("one", n, 1);
    CT_EQ_I64("moved", list[0].what, CT_ORG_MOVED);
    CT_EQ_I64("below the agency", list[0].below, 0);
    CT_EQ_SV("from", list[0].on, CT_SV("2024-02-01"));
    CT_OK_("before", ct_org_pasts(rd.db, &s->o.a, s->o.now - 1, &list, &n, &err), &err);
    CT_EQ_I64("nothing yet", n, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_may_stand_below_what),
        TEST(the_tree_is_that_of_the_day_and_of_the_moment),
        TEST(the_day_is_that_of_the_agency),
        TEST(sight_follows_the_unit_and_past_reports_keep_the_tree),
        TEST(requirements_are_on_a_unit_from_the_day_on),
        TEST(whom_moving_hits_is_told_before),
        TEST(what_was_recorded_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
