/*
 * test_org_undo.c: taking a closing back: what it ended holds again from the same days on, nobody
 * is taken from where he or she is meanwhile, and what was known before is told as it was.
 */
#include "org_close_test.h"

#include "ct/base/banned.h"

static int try_undo(struct site *s, int64_t org, const char *on, int64_t seen, struct ct_err *err)
{
    const struct ct_org_undoing u = {.org = org, .on = ct_sv_c(on), .seen_people = seen};

    return ct_org_undo(s->o.store, &s->o.clock, &u, err);
}

static void undo(struct site *s, int64_t org)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("undo", try_undo(s, org, NULL, CT_ORG_UNSEEN, &err), &err);
}

static struct ct_org_outlook undo_look(struct site *s, int64_t org)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_outlook o = {.n_with = 0};
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("look", ct_org_undo_outlook(rd.db, &s->o.a, org, CT_SV_NULL, s->o.now, &o, &err), &err);
    return o;
}

static size_t ties(struct site *s, enum ct_org_tie tie, const char *day)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_bond *bonds;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_(day, ct_org_bonds(rd.db, &s->o.a, tie, noon(day), &bonds, &n, &err), &err);
    return n;
}

static void undoing_brings_back_what_the_closing_ended(void **state)
{
    static const struct {
        const char *name, *asked, *want;
    } cases[] = {
        {"known before", "2024-02-20", ""},
        {"from the day on, all that closed with it", "2024-03-02",
         "Ann Marie Ito in dcs/intake; Bob Abel in dcs/night"},
        {"who was to leave, leaves", "2024-05-01", "Ann Marie Ito in dcs/intake"},
        {"who was to come, comes", "2024-06-01", "Ann Marie Ito in dcs/intake; Cy in dcs/night"},
    };
    struct site *s = *state;

    orgs_tie(&s->o, CT_TIE_MEMBER, s->bob, s->night, true, "2024-05-01");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->night, false, "2024-06-01");
    orgs_tie(&s->o, CT_TIE_LEAD, s->cy, s->intake, false, NULL);
    orgs_tie(&s->o, CT_TIE_SHARING, s->dcs, s->mdt, false, NULL);
    s->o.now = noon("2024-02-10");
    shut(s, s->dcs, "2024-02-01", 0, CT_ORG_ASKING_UNSAID);
    s->o.now = noon("2024-03-01");
    struct ct_org_outlook o = undo_look(s, s->dcs);
    CT_EQ_I64("with", o.n_with, 3);
    CT_EQ_I64("people", o.n_people, 3);
    CT_EQ_I64("leads", o.n_leads, 1);
    CT_EQ_I64("agreements", o.n_sharings, 1);
    CT_EQ_I64("nobody stays", o.n_stays, 0);
    undo(s, s->dcs);
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, members(s, c->asked), ct_sv_c(c->want));
    CT_EQ_SV("open from the day on", closed(s, s->night, "2024-03-02"), CT_SV_NULL);
    CT_EQ_SV("closed as was known", closed(s, s->night, "2024-02-20"), CT_SV("2024-02-01"));
    CT_EQ_I64("no leads as was known", ties(s, CT_TIE_LEAD, "2024-02-20"), 0);
    CT_EQ_I64("leads", ties(s, CT_TIE_LEAD, "2024-03-02"), 1);
    CT_EQ_I64("agreements hold", ties(s, CT_TIE_SHARING, "2024-03-02"), 1);
}

static void who_is_elsewhere_meanwhile_stays_there(void **state)
{
    struct site *s = *state;
    int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);
    int64_t late = orgs_add(&s->o, CT_ORG_UNIT, "dcs/late", NULL);

    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->night, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->night, false, NULL);
    s->o.now = noon("2024-02-10");
    shut(s, s->night, "2024-02-01", day, CT_ORG_ASKING_UNSAID);
    s->o.now = noon("2024-02-15");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->bob, late, false, "2024-02-15");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, day, true, "2024-02-15");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->mdt, false, "2024-02-15");
    s->o.now = noon("2024-03-01");
    struct ct_org_outlook o = undo_look(s, s->night);
    CT_EQ_I64("one comes back: a task force is no other place", o.n_people, 1);
    CT_EQ_SV("who", o.members[0].name, CT_SV("Ann Marie Ito"));
    CT_EQ_I64("two stay", o.n_stays, 2);
    CT_EQ_SV("who was put elsewhere", o.stays[0].name, CT_SV("Bob Abel"));
    CT_EQ_I64("where", o.stays[0].org, late);
    CT_EQ_SV("who has left", o.stays[1].name, CT_SV("Cy"));
    undo(s, s->night);
    CT_EQ_SV("behind it", members(s, "2024-03-02"),
             CT_SV("Bob Abel in dcs/day; Ann Marie Ito in dcs/intake; "
                   "Ann Marie Ito in dcs/night; Bob Abel in dcs/late; Ann Marie Ito in mdt"));
}

static void reopening_as_of_the_day_of_closing_undoes_it(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;

    s->o.now = noon("2024-02-10");
    shut(s, s->night, "2024-02-01", 0, CT_ORG_ASKING_UNSAID);
    s->o.now = noon("2024-02-20");
    CT_OK_("a later day first",
           ct_org_reopen(s->o.store, &s->o.clock, s->night, CT_SV_NULL, 0, &err), &err);
    CT_EQ_SV("brings nobody back", members(s, "2024-02-21"), CT_SV("Ann Marie Ito in dcs/intake"));
    s->o.now = noon("2024-03-01");
    CT_OK_("the very day",
           ct_org_reopen(s->o.store, &s->o.clock, s->night, CT_SV("2024-02-01"), 0, &err), &err);
    CT_EQ_SV("brings them back", members(s, "2024-03-02"),
             CT_SV("Ann Marie Ito in dcs/intake; Bob Abel in dcs/night"));
    CT_EQ_SV("as was known between", members(s, "2024-02-25"),
             CT_SV("Ann Marie Ito in dcs/intake"));
}

static void each_closing_is_undone_by_itself(void **state)
{
    struct site *s = *state;
    int64_t day = orgs_add(&s->o, CT_ORG_UNIT, "dcs/day", NULL);

    orgs_tie(&s->o, CT_TIE_MEMBER, s->bob, day, false, NULL);
    s->o.now = noon("2024-02-01");
    shut(s, day, NULL, 0, CT_ORG_ASKING_UNSAID);
    s->o.now = noon("2024-02-02");
    shut(s, s->night, NULL, 0, CT_ORG_ASKING_UNSAID);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->night, false, "2024-01-20");
    s->o.now = noon("2024-02-03");
    undo(s, day);
    CT_EQ_SV("the one", members(s, "2024-02-04"),
             CT_SV("Bob Abel in dcs/day; Ann Marie Ito in dcs/intake"));
    s->o.now = noon("2024-02-05");
    undo(s, s->night);
    CT_EQ_SV("the other, with who came meanwhile for days before", members(s, "2024-02-06"),
             CT_SV("Bob Abel in dcs/day; Ann Marie Ito in dcs/intake; Bob Abel in dcs/night; "
                   "Cy in dcs/night"));
    s->o.now = noon("2024-02-07");
    shut(s, s->night, NULL, 0, CT_ORG_ASKING_UNSAID);
    s->o.now = noon("2024-02-08");
    undo(s, s->night);
    CT_EQ_SV("closed and undone again", members(s, "2024-02-09"),
             CT_SV("Bob Abel in dcs/day; Ann Marie Ito in dcs/intake; Bob Abel in dcs/night; "
                   "Cy in dcs/night"));
}

static void a_closing_to_come_is_undone_too(void **state)
{
    struct site *s = *state;

    shut(s, s->night, "2024-04-01", 0, CT_ORG_ASKING_UNSAID);
    s->o.now = noon("2024-02-01");
    undo(s, s->night);
    CT_EQ_SV("they stay", members(s, "2024-04-01"),
             CT_SV("Ann Marie Ito in dcs/intake; Bob Abel in dcs/night"));
}

static void requirements_stay_as_the_closing_left_them(void **state)
{
    struct site *s = *state;
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");

    rule.orgs = &s->night;
    site_require(s, "a", rule);
    s->o.now = noon("2024-02-01");
    shut(s, s->night, NULL, 0, CT_ORG_ASKING_ENDS);
    s->o.now = noon("2024-03-01");
    struct ct_org_outlook o = undo_look(s, s->night);
    CT_EQ_I64("are named", o.n_asked, 1);
    CT_EQ_SV("which", o.asked[0].requirement->slug, CT_SV("a"));
    undo(s, s->night);
    expect(s, "still ended", "2024-03-02", "bob 2024-01-31 withdrawn *");
}

static void what_cannot_be_undone(void **state)
{
    struct site *s = *state;

    shut(s, s->intake, "2024-02-01", 0, CT_ORG_ASKING_UNSAID);
    const struct {
        const char *name;
        int64_t org;
        const char *on;
        int64_t seen;
        int want;
        const char *what;
    } cases[] = {
        {"nothing", 99, NULL, -1, CT_NOT_FOUND, "org"},
        {"what is open", s->mdt, NULL, -1, CT_BAD_INPUT, "on"},
        {"no day", s->intake, "soon", -1, CT_BAD_INPUT, "on"},
        {"another day", s->intake, "2024-02-02", -1, CT_BAD_INPUT, "on"},
        {"what is below what is closed", s->night, NULL, -1, CT_BAD_INPUT, "on"},
        {"others than were shown", s->intake, NULL, 1, CT_CONFLICT, "seen"},
        {"what was shown", s->intake, NULL, 2, CT_OK, ""},
        {"again", s->intake, NULL, -1, CT_BAD_INPUT, "on"},
    };
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name, try_undo(s, c->org, c->on, c->seen, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(undoing_brings_back_what_the_closing_ended),
        TEST(who_is_elsewhere_meanwhile_stays_there),
        TEST(reopening_as_of_the_day_of_closing_undoes_it),
        TEST(each_closing_is_undone_by_itself),
        TEST(a_closing_to_come_is_undone_too),
        TEST(requirements_stay_as_the_closing_left_them),
        TEST(what_cannot_be_undone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
