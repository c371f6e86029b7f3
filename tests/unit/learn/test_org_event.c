/*
 * test_org_event.c: joining, leaving and corrections: what a past day's report gave, it gives for
 * ever.
 */
#include "org_test.h"

#include "ct/base/banned.h"

static int64_t day(int n)
{
    return ORG_START + (int64_t)n * ORG_DAY;
}

/* Whether somebody belongs to something as of a moment. */
static bool belongs(struct orgs *o, int64_t as_of)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_bond *bonds;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(o->store);

    CT_OK_("bonds", ct_org_bonds(rd.db, &o->a, CT_TIE_MEMBER, as_of, &bonds, &n, &err), &err);
    return n > 0;
}

static void what_held_follows_from_what_was_known(void **state)
{
    /* Recorded in this order; "0" days are 2024-01-01. */
    static const struct {
        const char *name;
        struct {
            int at; /* day of recording; -1 ends the list */
            const char *on;
            bool ends;
        } rows[5];
        int as_of;
        bool want;
    } cases[] = {
        {"nothing recorded", {{-1, "", 0}}, 5, false},
        {"joined today", {{0, "2024-01-01", false}, {-1, "", 0}}, 0, true},
        {"not yet", {{0, "2024-01-10", false}, {-1, "", 0}}, 5, false},
        {"joined as was planned", {{0, "2024-01-10", false}, {-1, "", 0}}, 9, true},
        {"left", {{0, "2024-01-01", false}, {3, "2024-01-04", true}, {-1, "", 0}}, 5, false},
        {"before leaving",
         {{0, "2024-01-01", false}, {3, "2024-01-04", true}, {-1, "", 0}},
         2,
         true},
        {"rejoined",
         {{0, "2024-01-01", false}, {3, "2024-01-04", true}, {6, "2024-01-07", false}, {-1, "", 0}},
         8,
         true},
        {"between leaving and rejoining",
         {{0, "2024-01-01", false}, {3, "2024-01-04", true}, {6, "2024-01-07", false}, {-1, "", 0}},
         4,
         false},
        {"a leaving recorded late does not change the earlier report",
         {{0, "2024-01-01", false}, {20, "2024-01-06", true}, {-1, "", 0}},
         10,
         true},
        {"and holds once it is known",
         {{0, "2024-01-01", false}, {20, "2024-01-06", true}, {-1, "", 0}},
         20,
         false},
        {"a joining recorded late was not known then",
         {{20, "2024-01-06", false}, {-1, "", 0}},
         10,
         false},
        {"of one day the last recorded row counts",
         {{0, "2024-01-01", false}, {2, "2024-01-03", true}, {4, "2024-01-03", false}, {-1, "", 0}},
         5,
         true},
        {"and before that correction, the first",
         {{0, "2024-01-01", false}, {2, "2024-01-03", true}, {4, "2024-01-03", false}, {-1, "", 0}},
         3,
         false},
    };

    CT_EACH (c, cases) {
        struct orgs *o;
        void *fresh = NULL;
        assert_int_equal(orgs_open(&fresh), 0);
        o = fresh;
        int64_t who = orgs_person(o, "ana", 0), org = orgs_add(o, CT_ORG_AGENCY, "dcs", NULL);
        for (size_t i = 0; c->rows[i].at >= 0; i++) {
            o->now = day(c->rows[i].at);
            assert_true(orgs_tie(o, CT_TIE_MEMBER, who, org, c->rows[i].ends, c->rows[i].on));
        }
        CT_EQ_I64(c->name, belongs(o, day(c->as_of) + 3600), c->want);
        orgs_close(&fresh);
    }
    (void)state;
}

static void what_is_so_is_not_recorded_again(void **state)
{
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t who = orgs_person(o, "ana", 0), org = orgs_add(o, CT_ORG_AGENCY, "dcs", NULL);
    struct ct_org_event *events;
    size_t n;

    assert_false(orgs_tie(o, CT_TIE_MEMBER, who, org, true, NULL));
    assert_true(orgs_tie(o, CT_TIE_MEMBER, who, org, false, NULL));
    assert_false(orgs_tie(o, CT_TIE_MEMBER, who, org, false, NULL));
    o->now = day(4);
    assert_false(orgs_tie(o, CT_TIE_MEMBER, who, org, false, NULL));
    assert_true(orgs_tie(o, CT_TIE_MEMBER, who, org, true, NULL));
    CT_AUTO_READER rd = ct_store_reader(o->store);
    CT_OK_("events", ct_org_events(rd.db, &o->a, who, &events, &n, &err), &err);
    CT_EQ_I64("two rows", n, 2);
    CT_EQ_SV("first day", events[0].on, CT_SV("2024-01-01"));
    assert_false(events[0].ends);
    CT_EQ_SV("last day", events[1].on, CT_SV("2024-01-05"));
    assert_true(events[1].ends);
}

static void a_wrong_change_is_refused(void **state)
{
    static const struct {
        const char *name;
        enum ct_org_tie tie;
        int who, org; /* 1: ana or dcs; 2: mdt; 9: nobody */
        const char *on, *note;
        int want;
        const char *what;
    } cases[] = {
        {"a day that is none", CT_TIE_MEMBER, 1, 1, "2024-02-30", "", CT_BAD_INPUT, "on"},
        {"nobody", CT_TIE_MEMBER, 9, 1, NULL, "", CT_NOT_FOUND, ""},
        {"nowhere", CT_TIE_LEAD, 1, 9, NULL, "", CT_NOT_FOUND, "org"},
        {"sharing without a word", CT_TIE_SHARING, 1, 2, NULL, " ", CT_BAD_INPUT, "note"},
        {"sharing with an agency", CT_TIE_SHARING, 1, 1, NULL, "x", CT_BAD_INPUT, "org"},
        {"sharing by a task force", CT_TIE_SHARING, 2, 2, NULL, "x", CT_BAD_INPUT, "org"},
        {"sharing", CT_TIE_SHARING, 1, 2, NULL, "MOU of March, with the clerk", CT_OK, ""},
    };
    struct orgs *o = *state;
    int64_t who = orgs_person(o, "ana", 0), dcs = orgs_add(o, CT_ORG_AGENCY, "dcs", NULL),
            mdt = orgs_add(o, CT_ORG_TASK_FORCE, "mdt", NULL);

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        bool shares = c->tie == CT_TIE_SHARING;
        struct ct_org_change change = {.tie = c->tie,
                                       .who = c->who == 9   ? 999
                                              : c->who == 2 ? mdt
                                              : shares      ? dcs
                                                            : who,
                                       .org = c->org == 9   ? 999
                                              : c->org == 2 ? mdt
                                                            : dcs,
                                       .on = ct_sv_c(c->on),
                                       .note = ct_sv_c(c->note)};
        CT_EQ_I64(c->name, ct_org_record(o->store, &o->clock, &change, NULL, &err), c->want);
        if (*c->what)
            CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void who_leads_is_a_manager(void **state)
{
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t who = orgs_person(o, "ana", 0), org = orgs_add(o, CT_ORG_AGENCY, "dcs", NULL);
    struct ct_person p;

    orgs_tie(o, CT_TIE_LEAD, who, org, false, NULL);
    CT_AUTO_READER rd = ct_store_reader(o->store);
    CT_OK_("person", ct_person_get(rd.db, &o->a, who, &p, &err), &err);
    CT_EQ_I64("roles", p.roles, CT_ROLE_LEARNER | CT_ROLE_MANAGER);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, orgs_open, orgs_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_held_follows_from_what_was_known),
        TEST(what_is_so_is_not_recorded_again),
        TEST(a_wrong_change_is_refused),
        TEST(who_leads_is_a_manager),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
