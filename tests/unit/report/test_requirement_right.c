/*
 * test_requirement_right.c: who may ask something of whom, change it, record something of whom, and
 * what of it somebody is shown.
 */
#include "learn/require_test.h"

#include "ct/report/requirement_right.h"

#include "ct/base/banned.h"

/* Beside require_test.h's: pd with vice and a judge, Vic, there; court of dcs. The task force mdt
 * has Ann of dcs/intake and Vic. */
struct county {
    int64_t court, pd, vice, vic, boss, lead_dcs, lead_intake, lead_night, lead_mdt, lead_none;
};

static int64_t manager(struct site *s, const char *local, unsigned roles)
{
    return orgs_person(&s->o, local, CT_ROLE_MANAGER | roles);
}

static struct county make_county(struct site *s)
{
    struct county c = {.court = orgs_add(&s->o, CT_ORG_UNIT, "dcs/court", NULL),
                       .pd = orgs_add(&s->o, CT_ORG_AGENCY, "pd", NULL),
                       .vice = orgs_add(&s->o, CT_ORG_UNIT, "pd/vice", NULL),
                       .vic = site_person(s, "vic", "Vic Vice", "judge"),
                       .boss = manager(s, "boss", CT_ROLE_ADMIN),
                       .lead_dcs = manager(s, "lead-dcs", 0),
                       .lead_intake = manager(s, "lead-intake", 0),
                       .lead_night = manager(s, "lead-night", 0),
                       .lead_mdt = manager(s, "lead-mdt", 0),
                       .lead_none = manager(s, "lead-none", 0)};

    orgs_tie(&s->o, CT_TIE_MEMBER, c.vic, c.vice, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, c.vic, s->mdt, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->mdt, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, c.lead_mdt, s->dcs, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, c.lead_intake, s->intake, false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, c.lead_dcs, s->dcs, false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, c.lead_intake, s->intake, false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, c.lead_night, s->night, false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, c.lead_mdt, s->mdt, false, NULL);
    return c;
}

static int ask_as(struct site *s, int64_t person, bool is_admin, struct ct_asker *ret,
                  struct ct_err *err)
{
    struct ct_viewer v = {.person = person, .is_admin = is_admin};
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    return ct_asker_read(rd.db, &s->o.a, &v, s->o.now, ret, err);
}

static struct ct_asker asker(struct site *s, int64_t person, bool is_admin)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_asker k;

    CT_OK_("asker", ask_as(s, person, is_admin, &k, &err), &err);
    return k;
}

static void managers_ask_within_what_they_lead(void **state)
{
    enum { BOSS, DCS, INTAKE, NIGHT, MDT, MACHINE };
    static const struct {
        const char *name;
        int who;
        bool everybody;
        const char *orgs, *disciplines, *people; /* letters: see below */
        const char *want;                        /* what is wrong; NULL: nothing */
    } cases[] = {
        {"an administrator asks everybody", BOSS, true, "", "", "", NULL},
        {"an administrator asks a discipline anywhere", BOSS, false, "", "j", "", NULL},
        {"an administrator asks any agency and person", BOSS, false, "p", "", "v", NULL},
        {"whoever has the machine asks everybody", MACHINE, true, "", "", "", NULL},
        {"an agency's lead asks the agency", DCS, false, "d", "", "", NULL},
        {"an agency's lead asks its units", DCS, false, "inc", "", "", NULL},
        {"an agency's lead asks a discipline in it", DCS, false, "d", "cj", "", NULL},
        {"an agency's lead asks people in it", DCS, false, "", "", "ab", NULL},
        {"an agency's lead does not ask everybody", DCS, true, "", "", "", "everybody"},
        {"an agency's lead does not ask another agency", DCS, false, "p", "", "", "orgs"},
        {"nor one of its units", DCS, false, "v", "", "", "orgs"},
        {"nor both together", DCS, false, "dp", "", "", "orgs"},
        {"nor a task force that another leads", DCS, false, "m", "", "", "orgs"},
        {"nor a discipline wherever it is", DCS, false, "", "c", "", "disciplines"},
        {"nor that beside a person", DCS, false, "", "c", "a", "disciplines"},
        {"nor somebody of another agency", DCS, false, "", "", "v", "people"},
        {"nor that beside the own agency", DCS, false, "d", "", "v", "people"},
        {"nor an org that there is not", DCS, false, "x", "", "", "orgs"},
        {"nor a person who does not exist", DCS, false, "", "", "x", "people"},
        {"a unit's lead asks it and what is below", INTAKE, false, "in", "", "", NULL},
        {"a unit's lead does not ask the agency", INTAKE, false, "d", "", "", "orgs"},
        {"nor a unit beside it", INTAKE, false, "c", "", "", "orgs"},
        {"a unit's lead asks people below", INTAKE, false, "", "", "b", NULL},
        {"the lead of a unit below does not ask the unit above", NIGHT, false, "i", "", "", "orgs"},
        {"nor its people", NIGHT, false, "", "", "a", "people"},
        {"a task force's lead asks the task force", MDT, false, "m", "", "", NULL},
        {"and a discipline in it", MDT, false, "m", "j", "", NULL},
        {"and who is named to him or her", MDT, false, "", "", "a", NULL},
        {"a task force's lead does not ask by name who is only counted", MDT, false, "", "", "v",
         "people"},
        {"nor the own agency, which another leads", MDT, false, "d", "", "", "orgs"},
        {"nor another agency", MDT, false, "p", "", "", "orgs"},
        {"nobody at all is no matter of rights", NIGHT, false, "", "", "", NULL},
    };
    struct site *s = *state;
    struct county c = make_county(s);
    const int64_t viewers[] = {c.boss, c.lead_dcs, c.lead_intake, c.lead_night, c.lead_mdt, 0};

    CT_EACH (one, cases) {
        struct ct_asker k = asker(s, viewers[one->who], one->who == BOSS);
        struct ct_err err = CT_ERR_INIT;
        int64_t orgs[4], people[4];
        struct ct_sv disciplines[4];
        struct ct_requirement_rule rule = {.everybody = one->everybody,
                                           .orgs = orgs,
                                           .people = people,
                                           .disciplines = disciplines};
        for (const char *p = one->orgs; *p; p++)
            orgs[rule.n_orgs++] = *p == 'd'   ? s->dcs
                                  : *p == 'i' ? s->intake
                                  : *p == 'n' ? s->night
                                  : *p == 'm' ? s->mdt
                                  : *p == 'c' ? c.court
                                  : *p == 'p' ? c.pd
                                  : *p == 'v' ? c.vice
                                              : 99999;
        for (const char *p = one->people; *p; p++)
            people[rule.n_people++] = *p == 'a'   ? s->ann
                                      : *p == 'b' ? s->bob
                                      : *p == 'v' ? c.vic
                                                  : 99999;
        for (const char *p = one->disciplines; *p; p++)
            disciplines[rule.n_disciplines++] = *p == 'c' ? CT_SV("caseworker") : CT_SV("judge");
        int r = ct_asker_may_ask(&k, &rule, &err);
        CT_EQ_I64(one->name, r, one->want ? CT_DENIED : CT_OK);
        CT_EQ_STR(one->name, one->want ? err.what : "", one->want ? one->want : "");
    }
}

static void who_leads_nothing_asks_nothing(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    struct ct_err err = CT_ERR_INIT;
    struct ct_asker k;

    CT_EQ_I64("nothing", ask_as(s, c.lead_none, false, &k, &err), CT_DENIED);
    CT_EQ_STR("nothing", err.what, "leads");
}

/* One rule that asks an org from a day on. */
static struct ct_requirement_rule asks(const int64_t *org, int from, bool ends)
{
    return (struct ct_requirement_rule){
        .due = {.from = from}, .orgs = org, .n_orgs = 1, .ends = ends};
}

static void who_changes_a_requirement_may_ask_all_that_it_asks(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    struct ct_asker dcs = asker(s, c.lead_dcs, false), intake = asker(s, c.lead_intake, false),
                    boss = asker(s, c.boss, true);
    struct ct_requirement_rule rules[] = {asks(&s->intake, 10, false), asks(&s->dcs, 20, false),
                                          asks(&s->night, 30, false), asks(&s->dcs, 40, true)};
    const struct {
        const char *name;
        const struct ct_asker *who;
        size_t n; /* so many of the rules */
        int from, want;
    } cases[] = {
        {"its own unit", &intake, 1, 15, CT_OK},
        {"before it holds", &intake, 1, 5, CT_OK},
        {"what will be the agency's", &intake, 2, 15, CT_DENIED},
        {"what is the agency's", &intake, 2, 25, CT_DENIED},
        {"what the agency asks is its lead's", &dcs, 2, 15, CT_OK},
        {"a day on which it is the unit's again", &intake, 3, 35, CT_OK},
        {"a past day on which it was the agency's", &intake, 3, 25, CT_DENIED},
        {"ended: by what it asked last", &intake, 4, 45, CT_OK},
        {"an administrator changes all", &boss, 4, 5, CT_OK},
    };

    CT_EACH (one, cases) {
        struct ct_requirement q = {.rules = rules, .n_rules = one->n};
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(one->name, ct_asker_may_change(one->who, &q, one->from, &err), one->want);
        CT_EQ_STR(one->name, one->want < 0 ? err.what : "", one->want < 0 ? "requirement" : "");
    }
}

static void things_are_recorded_of_whom_one_sees_by_name(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    const struct {
        const char *name;
        int64_t who, of;
        bool is_admin;
        enum ct_training_kind kind;
        bool approves;
        int want;
        const int64_t *org; /* that is asked for what is waived */
    } cases[] = {
        {"a waiver of the own people", c.lead_intake, s->ann, false, CT_TRAINING_WAIVER, true,
         CT_OK, NULL},
        {"leave of who is in a unit below", c.lead_intake, s->bob, false, CT_TRAINING_LEAVE, false,
         CT_OK, NULL},
        {"outside training, approved", c.lead_mdt, s->ann, false, CT_TRAINING_CREDIT, true, CT_OK,
         NULL},
        {"no leave of whom one knows by a task force", c.lead_mdt, s->ann, false, CT_TRAINING_LEAVE,
         false, CT_DENIED, NULL},
        {"no waiver of what their agency asks", c.lead_mdt, s->ann, false, CT_TRAINING_WAIVER, true,
         CT_DENIED, &s->dcs},
        {"nor one for nothing", c.lead_mdt, s->ann, false, CT_TRAINING_WAIVER, true, CT_DENIED,
         NULL},
        {"but one of what the task force asks", c.lead_mdt, s->ann, false, CT_TRAINING_WAIVER, true,
         CT_OK, &s->mdt},
        {"who is only counted", c.lead_mdt, c.vic, false, CT_TRAINING_CREDIT, true, CT_DENIED,
         NULL},
        {"another agency's", c.lead_dcs, c.vic, false, CT_TRAINING_WAIVER, true, CT_DENIED, NULL},
        {"who does not exist", c.lead_dcs, 99999, false, CT_TRAINING_WAIVER, true, CT_DENIED, NULL},
        {"an administrator, of anybody", c.boss, c.vic, true, CT_TRAINING_WAIVER, true, CT_OK,
         NULL},
        {"the own outside training, which waits", c.lead_intake, c.lead_intake, false,
         CT_TRAINING_CREDIT, false, CT_OK, NULL},
        {"not approving the own", c.lead_intake, c.lead_intake, false, CT_TRAINING_CREDIT, true,
         CT_DENIED, NULL},
        {"not waiving the own", c.lead_intake, c.lead_intake, false, CT_TRAINING_WAIVER, true,
         CT_DENIED, NULL},
        {"nor the own leave", c.lead_intake, c.lead_intake, false, CT_TRAINING_LEAVE, false,
         CT_DENIED, NULL},
        {"not even an administrator", c.boss, c.boss, true, CT_TRAINING_CREDIT, true, CT_DENIED,
         NULL},
    };

    CT_EACH (one, cases) {
        struct ct_asker k = asker(s, one->who, one->is_admin);
        struct ct_err err = CT_ERR_INIT;
        struct ct_requirement_rule rule = {.orgs = one->org, .n_orgs = 1};
        const struct ct_requirement q = {.rules = &rule, .n_rules = 1};
        const struct ct_asker_record record = {.kind = one->kind,
                                               .of = one->org ? &q : NULL,
                                               .day = 19723,
                                               .person = one->of,
                                               .approves = one->approves};
        CT_EQ_I64(one->name, ct_asker_may_record(&k, &record, &err), one->want);
    }
}

static void a_unit_that_was_lost_is_asked_no_more(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    struct ct_requirement_rule rule = asks(&s->night, 0, false);
    struct ct_asker before = asker(s, c.lead_intake, false), after;
    struct ct_err err = CT_ERR_INIT;

    CT_EQ_I64("while it was led", ct_asker_may_ask(&before, &rule, &err), CT_OK);
    orgs_tie(&s->o, CT_TIE_LEAD, c.lead_intake, c.court, false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, c.lead_intake, s->intake, true, NULL);
    after = asker(s, c.lead_intake, false);
    CT_EQ_I64("and no more", ct_asker_may_ask(&after, &rule, &err), CT_DENIED);
}

static struct ct_sv told(struct site *s, const struct ct_asker *k, struct ct_requirement_rule rule)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv text = CT_SV_NULL;
    struct ct_requirement q = {.course_title = CT_SV("Core")};
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    rule.due = (struct ct_due_rule){.kind = CT_DUE_ASSIGNED, .days = 30};
    rule = ct_asker_told(k, &s->o.a, &rule);
    CT_OK_("sentence", ct_requirement_sentence(rd.db, &s->o.a, s->cat, &q, &rule, &text, &err),
           &err);
    return text;
}

static void nobody_is_told_of_whom_one_may_not_know(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    struct ct_asker boss = asker(s, c.boss, true), night = asker(s, c.lead_night, false);
    int64_t orgs[] = {s->night, c.pd, c.vice}, people[] = {s->bob, c.vic};
    struct ct_requirement_rule all = {.orgs = orgs, .n_orgs = 3, .people = people, .n_people = 2},
                               others = {
                                   .orgs = &c.pd, .n_orgs = 1, .people = &c.vic, .n_people = 1};

    CT_EQ_SV("an administrator is told all", told(s, &boss, all),
             CT_SV("All people of dcs/night (North County CPS), pd or pd/vice (pd), and Bob Abel "
                   "and Vic Vice complete “Core” within 30 days of coming under this."));
    CT_EQ_SV("a lead of the own", told(s, &night, all),
             CT_SV("All people of dcs/night (North County CPS) or 2 other places, and Bob Abel and "
                   "1 other person complete “Core” within 30 days of coming under this."));
    CT_EQ_SV("and nothing of others", told(s, &night, others),
             CT_SV("All people of 1 place, and 1 named person complete “Core” within 30 days of "
                   "coming under this."));
}

/* "core 2 1 change": the slug, whom it hits, who of them is not named, what may be done. */
static struct ct_sv sights(struct site *s, const struct ct_asker *k, const char *slug)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv text = CT_SV("");
    struct ct_sights seen;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    int r = ct_sights_read(rd.db, &s->o.a, k, s->o.now, ct_sv_c(slug), &seen, &err);

    if (r < 0)
        return ct_arena_dup(&s->o.a, ct_sv_c(err.what));
    for (size_t i = 0; i < seen.n; i++)
        text =
            ct_arena_printf(&s->o.a, "%.*s%s%.*s %zu %zu %s", CT_SV_ARG(text), text.n ? "; " : "",
                            CT_SV_ARG(seen.items[i].requirement->slug), seen.items[i].people,
                            seen.items[i].unnamed, seen.items[i].may_change ? "change" : "look");
    return text;
}

/* More of the other agency in the task force, and in others. */
static void join_judges(struct site *s, const struct county *c, const int64_t *others,
                        size_t n_others, int n)
{
    for (int i = 0; i < n; i++) {
        struct ct_sv local = ct_arena_printf(&s->o.a, "judge%d", i);
        int64_t id = site_person(s, local.p, "Secret Name", "judge");
        orgs_tie(&s->o, CT_TIE_MEMBER, id, c->vice, false, NULL);
        orgs_tie(&s->o, CT_TIE_MEMBER, id, s->mdt, false, NULL);
        for (size_t k = 0; k < n_others; k++)
            orgs_tie(&s->o, CT_TIE_MEMBER, id, others[k], false, NULL);
    }
}

static void each_sees_the_requirements_of_the_own_people(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    struct ct_requirement_rule rule = yearly(s, "2023-12-01"), vice = rule, mdt = rule, none = rule;
    struct ct_asker boss = asker(s, c.boss, true), dcs = asker(s, c.lead_dcs, false),
                    night = asker(s, c.lead_night, false), force = asker(s, c.lead_mdt, false);

    vice.orgs = &c.vice;
    mdt.orgs = &s->mdt;
    none.orgs = &c.court;
    s->o.now = noon("2024-01-02");
    site_require(s, "all-dcs", rule);
    site_require(s, "all-mdt", mdt);
    site_require(s, "all-vice", vice);
    site_require(s, "empty-court", none);
    CT_EQ_SV("an administrator", sights(s, &boss, NULL),
             CT_SV("all-dcs 4 0 change; all-mdt 2 0 change; all-vice 1 0 change; empty-court 0 0 "
                   "change"));
    CT_EQ_SV("an agency's lead: also what others ask of it, and what hits nobody yet",
             sights(s, &dcs, NULL),
             CT_SV("all-dcs 4 0 change; all-mdt 1 0 look; empty-court 0 0 change"));
    CT_EQ_SV("a unit's lead: of the own people", sights(s, &night, NULL),
             CT_SV("all-dcs 1 0 look"));
    CT_EQ_SV("a task force's lead: one alone of others is in no number", sights(s, &force, NULL),
             CT_SV("all-dcs 1 0 look; all-mdt 1 0 change"));
    join_judges(s, &c, NULL, 0, 4);
    force = asker(s, c.lead_mdt, false);
    CT_EQ_SV("five of a discipline are counted, but not in their agency's", sights(s, &force, NULL),
             CT_SV("all-dcs 1 0 look; all-mdt 6 5 change"));
    CT_EQ_SV("one that hits none of the own", sights(s, &night, "all-vice"), CT_SV("requirement"));
    CT_EQ_SV("one that there is not", sights(s, &night, "moon"), CT_SV("requirement"));
    CT_EQ_SV("one alone", sights(s, &night, "all-dcs"), CT_SV("all-dcs 1 0 look"));
}

/* Alone among few, and among so many others that people are read one by one. */
static void who_is_in_several_task_forces_is_counted_once(void **state)
{
    enum { OTHERS = 120 };
    struct site *s = *state;
    struct county c = make_county(s);
    struct ct_requirement_rule mdt = yearly(s, "2023-12-01");
    const int64_t others[] = {orgs_add(&s->o, CT_ORG_TASK_FORCE, "second", NULL),
                              orgs_add(&s->o, CT_ORG_TASK_FORCE, "third", NULL)};
    struct ct_asker force;

    mdt.orgs = &s->mdt;
    s->o.now = noon("2024-01-02");
    site_require(s, "all-mdt", mdt);
    orgs_tie(&s->o, CT_TIE_LEAD, c.lead_mdt, others[0], false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, c.lead_mdt, others[1], false, NULL);
    join_judges(s, &c, others, 2, 3);
    force = asker(s, c.lead_mdt, false);
    CT_EQ_SV("four are too few to be counted", sights(s, &force, NULL),
             CT_SV("all-mdt 1 0 change"));
    for (int i = 0; i < OTHERS; i++)
        site_person(s, ct_arena_printf(&s->o.a, "other%d", i).p, "Some Body", "advocate");
    force = asker(s, c.lead_mdt, false);
    CT_EQ_SV("they still are", sights(s, &force, NULL), CT_SV("all-mdt 1 0 change"));
    orgs_tie(&s->o, CT_TIE_MEMBER, site_person(s, "fifth", "Secret Name", "judge"), c.vice, false,
             NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, site_person(s, "sixth", "Secret Name", "judge"), s->mdt, false,
             NULL);
    force = asker(s, c.lead_mdt, false);
    CT_EQ_SV("five are five", sights(s, &force, NULL), CT_SV("all-mdt 6 5 change"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(managers_ask_within_what_they_lead),
        TEST(who_leads_nothing_asks_nothing),
        TEST(who_changes_a_requirement_may_ask_all_that_it_asks),
        TEST(things_are_recorded_of_whom_one_sees_by_name),
        TEST(a_unit_that_was_lost_is_asked_no_more),
        TEST(nobody_is_told_of_whom_one_may_not_know),
        TEST(each_sees_the_requirements_of_the_own_people),
        TEST(who_is_in_several_task_forces_is_counted_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
