/*
 * test_org_scope.c: who sees whom: each kind of viewer and each kind of person, and what may be
 * wished for.
 */
#include "org_test.h"

#include "ct/base/banned.h"

/* dcs has intake, night below intake, and court; pd has vice. The task force has one of each. */
enum {
    BOSS = 1, /* administrator */
    LEAD_DCS,
    LEAD_INTAKE,
    LEAD_NIGHT,
    LEAD_MDT, /* of the task force, belongs to pd */
    LEAD_NONE,
    IN_INTAKE,
    IN_NIGHT,
    IN_COURT,
    IN_DCS,  /* of the agency, of no unit */
    IN_VICE, /* of the task force, too */
    MDT_INTAKE,
    MDT_COURT,
    FREE, /* of nothing */
    WAS_INTAKE,
    N_FOLK
};

static const char *const folk[N_FOLK] = {
    "",      "boss",  "lead-dcs", "lead-intake", "lead-night", "lead-mdt",  "lead-none", "intake",
    "night", "court", "dcs",      "vice",        "mdt-intake", "mdt-court", "free",      "was"};

static void tie_all(struct orgs *o, const int64_t *org)
{
    enum { DCS, INTAKE, NIGHT, COURT, PD, VICE, MDT };
    static const struct {
        int who, org;
        enum ct_org_tie tie;
    } ties[] = {
        {LEAD_DCS, DCS, CT_TIE_LEAD},       {LEAD_INTAKE, INTAKE, CT_TIE_LEAD},
        {LEAD_NIGHT, NIGHT, CT_TIE_LEAD},   {LEAD_MDT, MDT, CT_TIE_LEAD},
        {LEAD_MDT, PD, CT_TIE_MEMBER},      {IN_INTAKE, INTAKE, CT_TIE_MEMBER},
        {IN_NIGHT, NIGHT, CT_TIE_MEMBER},   {IN_COURT, COURT, CT_TIE_MEMBER},
        {IN_DCS, DCS, CT_TIE_MEMBER},       {IN_VICE, VICE, CT_TIE_MEMBER},
        {IN_VICE, MDT, CT_TIE_MEMBER},      {MDT_INTAKE, INTAKE, CT_TIE_MEMBER},
        {MDT_INTAKE, MDT, CT_TIE_MEMBER},   {MDT_COURT, COURT, CT_TIE_MEMBER},
        {MDT_COURT, MDT, CT_TIE_MEMBER},    {WAS_INTAKE, INTAKE, CT_TIE_MEMBER},
        {LEAD_NONE, INTAKE, CT_TIE_MEMBER},
    };

    CT_EACH (t, ties)
        orgs_tie(o, t->tie, t->who, org[t->org], false, NULL);
    orgs_tie(o, CT_TIE_MEMBER, WAS_INTAKE, org[INTAKE], true, "2024-01-10");
}

static void fill(struct orgs *o, bool shares)
{
    int64_t org[7];

    for (int i = 1; i < N_FOLK; i++)
        CT_EQ_I64(folk[i], orgs_person(o, folk[i], i == BOSS ? CT_ROLE_ADMIN : CT_ROLE_MANAGER), i);
    org[0] = orgs_add(o, CT_ORG_AGENCY, "dcs", NULL);
    org[1] = orgs_add(o, CT_ORG_UNIT, "dcs/intake", NULL);
    org[2] = orgs_add(o, CT_ORG_UNIT, "dcs/night", "dcs/intake");
    org[3] = orgs_add(o, CT_ORG_UNIT, "dcs/court", NULL);
    org[4] = orgs_add(o, CT_ORG_AGENCY, "pd", NULL);
    org[5] = orgs_add(o, CT_ORG_UNIT, "pd/vice", NULL);
    org[6] = orgs_add(o, CT_ORG_TASK_FORCE, "mdt", NULL);
    tie_all(o, org);
    if (shares)
        orgs_tie(o, CT_TIE_SHARING, org[0], org[6], false, "2024-01-05");
}

/* "intake night (vice)": who is seen, by id; in brackets who is only counted. */
static struct ct_sv seen(struct orgs *o, const struct ct_scope *s)
{
    struct ct_sv text = CT_SV("");

    for (size_t i = 0; i < s->n; i++)
        text = ct_arena_printf(&o->a, s->people[i].is_counted ? "%.*s%s(%s)" : "%.*s%s%s",
                               CT_SV_ARG(text), text.n ? " " : "", folk[s->people[i].id]);
    return text;
}

static int look(struct orgs *o, int viewer, const struct ct_scope_wish *wish, int64_t as_of,
                struct ct_scope *ret, struct ct_err *err)
{
    struct ct_viewer v = {.person = viewer, .is_admin = viewer == BOSS};
    CT_AUTO_READER rd = ct_store_reader(o->store);

    return ct_org_scope(rd.db, &o->a, &v, wish, as_of, ret, err);
}

#define DAY(n) (ORG_START + (n) * (int64_t)ORG_DAY)

static void each_sees_whom_it_should(void **state)
{
    static const struct {
        const char *name;
        int viewer;
        bool shares;
        const char *agency, *unit, *task_force;
        int day, want;
        bool is_limited;
        const char *people; /* or what is wrong */
    } cases[] = {
        {"an administrator: everybody", BOSS, false, NULL, NULL, NULL, 20, CT_OK, false,
         "lead-mdt lead-none intake night court dcs vice mdt-intake mdt-court"},
        {"whoever has the machine: an agency", 0, false, "pd", NULL, NULL, 20, CT_OK, true,
         "lead-mdt vice"},
        {"an administrator: a unit and below", BOSS, false, NULL, "dcs/intake", NULL, 20, CT_OK,
         true, "lead-none intake night mdt-intake"},
        {"an administrator: a task force, all by name", BOSS, false, NULL, NULL, "mdt", 20, CT_OK,
         true, "vice mdt-intake mdt-court"},
        {"an administrator: what is not there", BOSS, false, "nowhere", NULL, NULL, 20,
         CT_BAD_INPUT, false, "agency"},
        {"an agency's lead: all of it", LEAD_DCS, false, NULL, NULL, NULL, 20, CT_OK, true,
         "lead-none intake night court dcs mdt-intake mdt-court"},
        {"an agency's lead: one of its units", LEAD_DCS, false, NULL, "dcs/court", NULL, 20, CT_OK,
         true, "court mdt-court"},
        {"an agency's lead: another agency", LEAD_DCS, false, "pd", NULL, NULL, 20, CT_DENIED,
         false, "agency"},
        {"an agency's lead: an agency that is not there", LEAD_DCS, false, "nowhere", NULL, NULL,
         20, CT_DENIED, false, "agency"},
        {"an agency's lead: a task force led by another", LEAD_DCS, false, NULL, NULL, "mdt", 20,
         CT_DENIED, false, "task_force"},
        {"a unit's lead: it and all below", LEAD_INTAKE, false, NULL, NULL, NULL, 20, CT_OK, true,
         "lead-none intake night mdt-intake"},
        {"a unit's lead: a unit beside it", LEAD_INTAKE, false, NULL, "dcs/court", NULL, 20,
         CT_DENIED, false, "unit"},
        {"a unit's lead: the agency, as far as it is led", LEAD_INTAKE, false, "dcs", NULL, NULL,
         20, CT_OK, true, "lead-none intake night mdt-intake"},
        {"the lead of a unit below: not what is above", LEAD_NIGHT, false, NULL, NULL, NULL, 20,
         CT_OK, true, "night"},
        {"the lead of a unit below: the unit above", LEAD_NIGHT, false, NULL, "dcs/intake", NULL,
         20, CT_DENIED, false, "unit"},
        {"who left is seen in the past", LEAD_INTAKE, false, NULL, NULL, NULL, 5, CT_OK, true,
         "lead-none intake night mdt-intake was"},
        {"a task force's lead: the own agency by name, others counted", LEAD_MDT, false, NULL, NULL,
         "mdt", 20, CT_OK, true, "vice (mdt-intake) (mdt-court)"},
        {"a task force's lead: that, too, when nothing is wished for", LEAD_MDT, false, NULL, NULL,
         NULL, 20, CT_OK, true, "vice (mdt-intake) (mdt-court)"},
        {"a task force's lead: by name where it was agreed", LEAD_MDT, true, NULL, NULL, "mdt", 20,
         CT_OK, true, "vice mdt-intake mdt-court"},
        {"a task force's lead: not before it was agreed", LEAD_MDT, true, NULL, NULL, "mdt", 3,
         CT_OK, true, "vice (mdt-intake) (mdt-court)"},
        {"a task force's lead: nobody is counted within an agency", LEAD_MDT, false, "pd", NULL,
         "mdt", 20, CT_OK, true, "vice"},
        {"a task force's lead: another agency", LEAD_MDT, false, "dcs", NULL, "mdt", 20, CT_DENIED,
         false, "agency"},
        {"a task force's lead: a unit of the own agency", LEAD_MDT, false, NULL, "pd/vice", NULL,
         20, CT_DENIED, false, "unit"},
        {"who leads nothing", LEAD_NONE, false, NULL, NULL, NULL, 20, CT_DENIED, false, "leads"},
        {"who belongs and leads nothing, whatever is wished for", LEAD_NONE, false, NULL,
         "dcs/intake", NULL, 20, CT_DENIED, false, "leads"},
    };

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_scope scope;
        struct ct_scope_wish wish = {.agency = ct_sv_c(c->agency),
                                     .unit = ct_sv_c(c->unit),
                                     .task_force = ct_sv_c(c->task_force)};
        void *fresh = NULL;
        assert_int_equal(orgs_open(&fresh), 0);
        struct orgs *o = fresh;
        fill(o, c->shares);
        CT_EQ_I64(c->name, look(o, c->viewer, &wish, DAY(c->day), &scope, &err), c->want);
        if (c->want == CT_OK) {
            CT_EQ_SV(c->name, seen(o, &scope), ct_sv_c(c->people));
            CT_EQ_I64(c->name, scope.is_limited, c->is_limited);
        } else {
            CT_EQ_STR(c->name, err.what, c->people);
        }
        orgs_close(&fresh);
    }
    (void)state;
}

static void a_refusal_does_not_tell_what_exists(void **state)
{
    struct orgs *o = *state;
    struct ct_err there = CT_ERR_INIT, not_there = CT_ERR_INIT;
    struct ct_scope scope;

    fill(o, false);
    look(o, LEAD_NIGHT, &(struct ct_scope_wish){.unit = CT_SV("pd/vice")}, DAY(20), &scope, &there);
    look(o, LEAD_NIGHT, &(struct ct_scope_wish){.unit = CT_SV("pd/moon")}, DAY(20), &scope,
         &not_there);
    CT_EQ_STR("the same words", there.text, not_there.text);
}

static void a_lost_unit_is_lost_at_once(void **state)
{
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_scope_wish wish = {.unit = CT_SV("dcs/intake")};
    struct ct_scope scope;
    struct ct_org *all;
    size_t n;

    fill(o, false);
    CT_OK_("before", look(o, LEAD_INTAKE, &wish, DAY(20), &scope, &err), &err);
    {
        CT_AUTO_READER rd = ct_store_reader(o->store);
        CT_OK_("orgs", ct_org_list(rd.db, &o->a, &all, &n, &err), &err);
    }
    int64_t intake = ct_org_find(all, n, CT_ORG_UNIT, CT_SV("dcs/intake"))->id;
    orgs_tie(o, CT_TIE_LEAD, LEAD_INTAKE, ct_org_find(all, n, CT_ORG_UNIT, CT_SV("dcs/court"))->id,
             false, NULL);
    o->now = DAY(20);
    orgs_tie(o, CT_TIE_LEAD, LEAD_INTAKE, intake, true, NULL);
    CT_EQ_I64("after", look(o, LEAD_INTAKE, &wish, DAY(20), &scope, &err), CT_DENIED);
    CT_EQ_STR("says what", err.what, "unit");
    CT_OK_("what is left",
           look(o, LEAD_INTAKE, &(struct ct_scope_wish){.unit = CT_SV_NULL}, DAY(20), &scope, NULL),
           NULL);
    CT_EQ_SV("what is left", seen(o, &scope), CT_SV("court mdt-court"));
}

/* A past day is told to who may see such people today. */
static void a_past_day_is_asked_by_the_rights_of_today(void **state)
{
    static const struct {
        const char *name;
        int viewer, day, now;
        const char *task_force, *people; /* NULL: refused */
    } cases[] = {
        {"who came to lead later sees the days before", LEAD_NIGHT, 5, 20, NULL,
         "lead-none intake night mdt-intake was"},
        {"who led then, and does no more, is refused", LEAD_INTAKE, 5, 20, NULL, NULL},
        {"who led then sees it as long as he does", LEAD_INTAKE, 5, 11, NULL,
         "lead-none intake night mdt-intake was"},
        {"names that were shared later are told of days before", LEAD_MDT, 3, 10, "mdt",
         "vice mdt-intake mdt-court"},
        {"names that are shared no more are not told of days before", LEAD_MDT, 8, 20, "mdt",
         "vice (mdt-intake) (mdt-court)"},
    };
    struct orgs *o = *state;
    struct ct_org *all;
    size_t n;

    fill(o, true);
    {
        CT_AUTO_READER rd = ct_store_reader(o->store);
        CT_OK_("orgs", ct_org_list(rd.db, &o->a, &all, &n, NULL), NULL);
    }
    int64_t intake = ct_org_find(all, n, CT_ORG_UNIT, CT_SV("dcs/intake"))->id;
    orgs_tie(o, CT_TIE_LEAD, LEAD_NIGHT, intake, false, "2024-01-13");
    orgs_tie(o, CT_TIE_LEAD, LEAD_INTAKE, intake, true, "2024-01-13");
    orgs_tie(o, CT_TIE_SHARING, ct_org_find(all, n, CT_ORG_AGENCY, CT_SV("dcs"))->id,
             ct_org_find(all, n, CT_ORG_TASK_FORCE, CT_SV("mdt"))->id, true, "2024-01-13");
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_viewer v = {.person = c->viewer, .now = DAY(c->now)};
        struct ct_scope_wish wish = {.task_force = ct_sv_c(c->task_force)};
        struct ct_scope scope;
        CT_AUTO_READER rd = ct_store_reader(o->store);
        CT_EQ_I64(c->name, ct_org_scope(rd.db, &o->a, &v, &wish, DAY(c->day), &scope, &err),
                  c->people ? CT_OK : CT_DENIED);
        if (c->people)
            CT_EQ_SV(c->name, seen(o, &scope), ct_sv_c(c->people));
    }
}

/* The end of March 31 in Chicago is April 1 in UTC. */
static void a_day_is_that_of_the_place(void **state)
{
    enum { MIDNIGHT_IN_CHICAGO = ORG_START + 91 * ORG_DAY + 5 * 3600 - 1 }; /* 2024-04-01 */
    struct orgs *o = *state;
    struct ct_scope_wish wish = {.unit = CT_SV("dcs/intake"), .day = CT_SV("2024-03-31")};
    struct ct_scope scope;

    fill(o, false);
    struct ct_org *all;
    size_t n;
    {
        CT_AUTO_READER rd = ct_store_reader(o->store);
        CT_OK_("orgs", ct_org_list(rd.db, &o->a, &all, &n, NULL), NULL);
    }
    orgs_tie(o, CT_TIE_MEMBER, IN_INTAKE, ct_org_find(all, n, CT_ORG_UNIT, CT_SV("dcs/intake"))->id,
             true, "2024-04-01");
    CT_OK_("there", look(o, BOSS, &wish, MIDNIGHT_IN_CHICAGO, &scope, NULL), NULL);
    CT_EQ_SV("still there", seen(o, &scope), CT_SV("lead-none intake night mdt-intake"));
    wish.day = CT_SV_NULL;
    CT_OK_("in UTC", look(o, BOSS, &wish, MIDNIGHT_IN_CHICAGO, &scope, NULL), NULL);
    CT_EQ_SV("gone", seen(o, &scope), CT_SV("lead-none night mdt-intake"));
}

static void without_agencies_managers_see_everybody(void **state)
{
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_scope scope;

    orgs_person(o, "mo", CT_ROLE_MANAGER);
    orgs_add(o, CT_ORG_TASK_FORCE, "mdt", NULL);
    CT_OK_("scope", look(o, 1, &(struct ct_scope_wish){.unit = CT_SV_NULL}, DAY(1), &scope, &err),
           &err);
    assert_false(scope.is_limited);
}

static void where_somebody_belongs_is_told_as_far_as_it_may(void **state)
{
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_scope scope;

    fill(o, true);
    CT_OK_("boss",
           look(o, BOSS, &(struct ct_scope_wish){.unit = CT_SV_NULL}, DAY(20), &scope, &err), &err);
    const struct ct_scope_person *p = ct_scope_find(&scope, MDT_COURT);
    CT_EQ_SV("agency", p->agency, CT_SV("dcs"));
    CT_EQ_SV("unit", p->unit, CT_SV("dcs/court"));
    CT_EQ_SV("task forces", p->task_forces, CT_SV("mdt"));
    assert_null(ct_scope_find(&scope, FREE));
    CT_OK_("task force's lead",
           look(o, LEAD_MDT, &(struct ct_scope_wish){.unit = CT_SV_NULL}, DAY(20), &scope, &err),
           &err);
    p = ct_scope_find(&scope, MDT_COURT);
    CT_EQ_SV("agency", p->agency, CT_SV("dcs"));
    CT_EQ_SV("not the unit", p->unit, CT_SV(""));
    CT_EQ_I64("may choose the own agency and the task force", scope.n_choices, 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, orgs_open, orgs_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_sees_whom_it_should),
        TEST(a_refusal_does_not_tell_what_exists),
        TEST(a_lost_unit_is_lost_at_once),
        TEST(a_past_day_is_asked_by_the_rights_of_today),
        TEST(a_day_is_that_of_the_place),
        TEST(without_agencies_managers_see_everybody),
        TEST(where_somebody_belongs_is_told_as_far_as_it_may),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
