/*
 * test_org_close.c: closing with all that is below: whom it hits is told before, nobody is in it
 * behind the day, requirements end or move, and earlier days and moments stay as they were.
 */
#include "org_close_test.h"

#include "ct/learn/invitation.h"

#include "ct/base/banned.h"

static void what_may_be_closed(void **state)
{
    struct site *s = *state;
    int64_t pd = orgs_add(&s->o, CT_ORG_AGENCY, "pd", NULL);
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");
    const struct {
        const char *name;
        int64_t org;
        const char *on;
        int64_t to;
        enum ct_org_asking asking;
        int64_t seen_people, seen_asked;
        int want;
        const char *what;
    } cases[] = {
        {"nothing", 99, NULL, 0, 0, -1, -1, CT_NOT_FOUND, "org"},
        {"on no day", s->night, "soon", 0, 0, -1, -1, CT_BAD_INPUT, "on"},
        {"people to what there is not", s->night, NULL, 99, 0, -1, -1, CT_BAD_INPUT, "to"},
        {"people of a unit to a task force", s->night, NULL, s->mdt, 0, -1, -1, CT_BAD_INPUT, "to"},
        {"people of a task force to a unit", s->mdt, NULL, s->night, 0, -1, -1, CT_BAD_INPUT, "to"},
        {"people to itself", s->night, NULL, s->night, 0, -1, -1, CT_BAD_INPUT, "to"},
        {"people to what closes with it", s->intake, NULL, s->night, 1, -1, -1, CT_BAD_INPUT, "to"},
        {"requirements unsaid", s->intake, NULL, 0, 0, -1, -1, CT_BAD_INPUT, "requirements"},
        {"requirements to nowhere", s->intake, NULL, 0, CT_ORG_ASKING_MOVES, -1, -1, CT_BAD_INPUT,
         "requirements"},
        {"other people than were seen", s->night, NULL, 0, 0, 7, 0, CT_CONFLICT, "seen"},
        {"other requirements than were seen", s->intake, NULL, 0, 1, 2, 0, CT_CONFLICT, "seen"},
        {"what was seen", s->night, NULL, 0, 0, 1, 0, CT_OK, ""},
        {"again", s->night, NULL, 0, 0, -1, -1, CT_BAD_INPUT, "on"},
        {"again, later", s->night, "2025-01-01", 0, 0, -1, -1, CT_BAD_INPUT, "on"},
        {"people to a closed one", s->intake, NULL, s->night, 1, -1, -1, CT_BAD_INPUT, "to"},
        {"a task force without people", s->mdt, NULL, 0, 0, 0, 0, CT_OK, ""},
        {"people to another agency", s->intake, NULL, pd, CT_ORG_ASKING_MOVES, 1, 1, CT_OK, ""},
    };

    rule.orgs = &s->intake;
    site_require(s, "a", rule);
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_org_closing k = {.org = c->org,
                                   .on = ct_sv_c(c->on),
                                   .to = c->to,
                                   .asking = c->asking,
                                   .seen_people = c->seen_people,
                                   .seen_asked = c->seen_asked};
        CT_EQ_I64(c->name, try_close(s, k, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void nobody_is_in_it_from_the_day_on(void **state)
{
    static const struct {
        const char *name, *asked, *want;
    } cases[] = {
        {"before", "2024-01-31", "Ann Marie Ito in dcs/intake; Bob Abel in dcs/night"},
        {"from the day on, with what is below it", "2024-02-01", ""},
        {"also who was to come later", "2024-04-02", ""},
    };
    struct site *s = *state;

    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->night, false, "2024-04-01");
    shut(s, s->intake, "2024-02-01", 0, CT_ORG_ASKING_UNSAID);
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, members(s, c->asked), ct_sv_c(c->want));
    CT_EQ_SV("open before", closed(s, s->intake, "2024-01-31"), CT_SV_NULL);
    CT_EQ_SV("closed", closed(s, s->intake, "2024-02-01"), CT_SV("2024-02-01"));
    CT_EQ_SV("with what is below", closed(s, s->night, "2024-03-01"), CT_SV("2024-02-01"));
}

static void nobody_is_put_into_it(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_change c = {.tie = CT_TIE_MEMBER, .who = s->cy, .org = s->night};
    struct ct_invitation in = {.org = s->night, .discipline = CT_SV("judge"), .uses = 1};
    struct ct_requirement_rule rule = yearly(s, "2024-02-01");
    char token[CT_TOKEN_TEXT + 1], other[CT_TOKEN_TEXT + 1];
    int64_t id;

    CT_OK_("a link", ct_invitation_make(s->o.store, &s->o.clock, &in, 90, 0, token, &err), &err);
    shut(s, s->night, "2024-02-01", 0, CT_ORG_ASKING_UNSAID);
    c.on = CT_SV("2024-02-01");
    CT_EQ_I64("on the day", ct_org_record(s->o.store, &s->o.clock, &c, NULL, &err), CT_BAD_INPUT);
    CT_EQ_STR("the day", err.what, "on");
    c.tie = CT_TIE_LEAD;
    CT_EQ_I64("to lead it", ct_org_record(s->o.store, &s->o.clock, &c, NULL, NULL), CT_BAD_INPUT);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->night, false, "2024-01-15");
    CT_EQ_SV("who comes before", members(s, "2024-01-20"),
             CT_SV("Ann Marie Ito in dcs/intake; Bob Abel in dcs/night; Cy in dcs/night"));
    CT_EQ_SV("leaves with it", members(s, "2024-02-01"), CT_SV("Ann Marie Ito in dcs/intake"));
    rule.orgs = &s->night;
    CT_EQ_I64("a requirement", site_try(s, "late", "core", &rule, &id, NULL), CT_BAD_INPUT);
    s->o.now = noon("2024-02-02");
    CT_EQ_I64("another link", ct_invitation_make(s->o.store, &s->o.clock, &in, 9, 0, other, NULL),
              CT_BAD_INPUT);
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_EQ_I64("the link works no more",
              ct_invitation_find(rd.db, &s->o.a, &s->o.clock, ct_sv_c(token), &in, NULL),
              CT_NOT_FOUND);
}

static void people_are_put_elsewhere_on_the_same_days(void **state)
{
    static const struct {
        const char *name, *asked, *want;
    } cases[] = {
        {"before", "2024-01-31",
         "Cy in dcs/day; Ann Marie Ito in dcs/intake; Bob Abel in dcs/night"},
        {"on the day", "2024-02-01",
         "Bob Abel in dcs/day; Cy in dcs/day; Ann Marie Ito in dcs/intake"},
        {"who was to leave, leaves", "2024-03-01", "Cy in dcs/day; Ann Marie Ito in dcs/intake"},
        {"who was to come, comes; who was there before stays", "2024-04-01",
         "Ann Marie Ito in dcs/day; Cy in dcs/day; Ann Marie Ito in dcs/intake"},
    };
    struct site *s = *state;
    int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);

    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, day, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->bob, s->night, true, "2024-03-01");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->night, false, "2024-04-01");
    shut(s, s->night, "2024-02-01", day, CT_ORG_ASKING_UNSAID);
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, members(s, c->asked), ct_sv_c(c->want));
}

static void requirements_end_or_move(void **state)
{
    static const struct {
        const char *name;
        enum ct_org_asking asking;
        bool names_others, names_people;
        const char *before, *behind;
    } cases[] = {
        {"they end", CT_ORG_ASKING_ENDS, false, false, "bob 2024-01-31 not started",
         "bob 2024-01-31 withdrawn *"},
        {"they move", CT_ORG_ASKING_MOVES, false, false, "bob 2024-01-31 not started",
         "bob 2024-01-31 overdue"},
        {"they go on with the others", CT_ORG_ASKING_ENDS, true, false,
         "bob 2024-01-31 not started; ann 2024-01-31 not started",
         "bob 2024-01-31 withdrawn *; ann 2024-01-31 overdue"},
        {"they go on with whom they name", CT_ORG_ASKING_ENDS, false, true,
         "bob 2024-01-31 not started; cy 2024-01-31 not started",
         "bob 2024-01-31 withdrawn *; cy 2024-01-31 overdue"},
    };

    (void)state;
    CT_EACH (c, cases) {
        void *fresh;
        assert_int_equal(site_open(&fresh), 0);
        struct site *s = fresh;
        int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);
        const int64_t orgs[] = {s->night, s->intake};
        static const struct ct_sv caseworkers[] = {{"caseworker", 10}};
        struct ct_requirement_rule rule = yearly(s, "2024-01-01");
        if (c->names_others) /* moved away first, so that they are not one tree */
            CT_OK_("move",
                   ct_org_move(s->o.store, &s->o.clock, s->night, 0, CT_SV_NULL, 0, NULL, NULL),
                   (&(struct ct_err)CT_ERR_INIT));
        rule.orgs = orgs;
        rule.n_orgs = c->names_others ? 2 : 1;
        rule.people = &s->cy;
        rule.n_people = c->names_people;
        rule.disciplines = caseworkers;
        rule.n_disciplines = 1;
        site_require(s, "a", rule);
        s->o.now = noon("2024-01-10");
        shut(s, s->night, "2024-02-01", day, c->asking);
        expect(s, c->name, "2024-01-20", c->before);
        expect(s, c->name, "2024-02-10", c->behind);
        site_close(&fresh);
    }
}

static void rules_of_later_days_end_too(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");
    int64_t id;

    rule.orgs = &s->night;
    id = site_require(s, "a", rule);
    rule.due.from = day_in("2024-06-01");
    rule.title = CT_SV("Later");
    CT_OK_("later", ct_requirement_change(s->o.store, &s->o.clock, s->cat, id, &rule, 0, 0, &err),
           &err);
    shut(s, s->night, "2024-02-01", 0, CT_ORG_ASKING_ENDS);
    struct ct_requirement *list;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("list", ct_requirement_list(rd.db, &s->o.a, INT64_MAX, &list, &n, &err), &err);
    assert_true(ct_requirement_on(&list[0], day_in("2024-02-01"))->ends);
    assert_true(ct_requirement_on(&list[0], day_in("2024-06-01"))->ends);
    assert_false(ct_requirement_on(&list[0], day_in("2024-01-31"))->ends);
}

static void whom_it_hits_is_told_before(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_outlook o = {.n_with = 0};
    int64_t pd = orgs_add(&s->o, CT_ORG_AGENCY, "pd", NULL);
    const struct ct_org_closing c = {.org = s->dcs, .on = CT_SV("2024-02-01")};

    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->night, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->night, false, "2024-04-01");
    orgs_tie(&s->o, CT_TIE_LEAD, s->cy, s->intake, false, NULL);
    orgs_tie(&s->o, CT_TIE_SHARING, s->dcs, s->mdt, false, NULL);
    orgs_tie(&s->o, CT_TIE_SHARING, pd, s->mdt, false, NULL);
    site_require(s, "a", yearly(s, "2024-01-01"));
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("outlook", ct_org_close_outlook(rd.db, &s->o.a, &c, s->o.now, &o, &err), &err);
    CT_EQ_I64("with its units", o.n_with, 3);
    CT_EQ_I64("each person once", o.n_people, 3);
    CT_EQ_I64("who belongs to two is there twice", o.n_members, 4);
    CT_EQ_I64("who leads", o.n_leads, 1);
    CT_EQ_I64("its agreement", o.n_sharings, 1);
    CT_EQ_I64("requirements", o.n_asked, 1);
    assert_false(o.asked[0].asks_others);
}

static void what_is_to_come_below_it_goes_elsewhere_first(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_closing c = {.org = s->intake, .seen_people = -1, .seen_asked = -1};
    int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);

    CT_OK_("move",
           ct_org_move(s->o.store, &s->o.clock, day, s->night, CT_SV("2024-05-01"), 0, NULL, &err),
           &err);
    CT_EQ_I64("close", try_close(s, c, &err), CT_BAD_INPUT);
    CT_EQ_STR("says from which day", err.what, "on");
    assert_non_null(strstr(err.text, "2024-05-01"));
}

static void it_is_open_again_from_a_day_on(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;

    CT_EQ_I64("what is open", ct_org_reopen(s->o.store, &s->o.clock, s->night, CT_SV_NULL, 0, &err),
              CT_BAD_INPUT);
    shut(s, s->intake, "2024-02-01", 0, CT_ORG_ASKING_UNSAID);
    s->o.now = noon("2024-03-01");
    CT_EQ_I64("below what is closed",
              ct_org_reopen(s->o.store, &s->o.clock, s->night, CT_SV_NULL, 0, NULL), CT_BAD_INPUT);
    err = (struct ct_err)CT_ERR_INIT;
    CT_OK_("reopen", ct_org_reopen(s->o.store, &s->o.clock, s->intake, CT_SV_NULL, 0, &err), &err);
    CT_OK_("below", ct_org_reopen(s->o.store, &s->o.clock, s->night, CT_SV_NULL, 0, &err), &err);
    CT_EQ_SV("closed in between", closed(s, s->intake, "2024-02-20"), CT_SV("2024-02-01"));
    CT_EQ_SV("open", closed(s, s->intake, "2024-03-01"), CT_SV_NULL);
    CT_EQ_SV("nobody came back", members(s, "2024-03-01"), CT_SV(""));
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->intake, false, NULL);
    CT_EQ_SV("who is put there again", members(s, "2024-03-01"),
             CT_SV("Ann Marie Ito in dcs/intake"));
}

static void a_correction_changes_no_earlier_answer(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;

    s->o.now = noon("2024-02-10");
    shut(s, s->night, "2024-02-01", 0, CT_ORG_ASKING_UNSAID);
    s->o.now = noon("2024-03-10");
    CT_OK_("a mistake",
           ct_org_reopen(s->o.store, &s->o.clock, s->night, CT_SV("2024-02-01"), 0, &err), &err);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->bob, s->night, false, "2024-02-01");
    CT_EQ_SV("asked of before it was recorded", closed(s, s->night, "2024-02-05"), CT_SV_NULL);
    CT_EQ_SV("what was known then", closed(s, s->night, "2024-02-20"), CT_SV("2024-02-01"));
    CT_EQ_SV("members known then", members(s, "2024-02-20"), CT_SV("Ann Marie Ito in dcs/intake"));
    CT_EQ_SV("what is known now", closed(s, s->night, "2024-03-10"), CT_SV_NULL);
    CT_EQ_SV("members known now", members(s, "2024-03-10"),
             CT_SV("Ann Marie Ito in dcs/intake; Bob Abel in dcs/night"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_may_be_closed),
        TEST(nobody_is_in_it_from_the_day_on),
        TEST(nobody_is_put_into_it),
        TEST(people_are_put_elsewhere_on_the_same_days),
        cmocka_unit_test(requirements_end_or_move),
        TEST(rules_of_later_days_end_too),
        TEST(whom_it_hits_is_told_before),
        TEST(what_is_to_come_below_it_goes_elsewhere_first),
        TEST(it_is_open_again_from_a_day_on),
        TEST(a_correction_changes_no_earlier_answer),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
