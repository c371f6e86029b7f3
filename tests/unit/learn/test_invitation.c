/*
 * test_invitation.c: links by which people join: for how many, for how long, and into what.
 */
#include "org_test.h"

#include "ct/learn/invitation.h"

#include "ct/base/banned.h"

#define WORDS CT_SV("three good words")

static int make(struct orgs *o, int64_t org, int uses, int days, char *token)
{
    struct ct_invitation in = {.org = org, .discipline = CT_SV("judge"), .uses = uses};
    struct ct_err err = CT_ERR_INIT;

    return ct_invitation_make(o->store, &o->clock, &in, days, 0, token, &err);
}

static int join(struct orgs *o, const char *token, const char *email, int64_t *ret)
{
    struct ct_person p = {.email = ct_sv_c(email), .name = CT_SV("Somebody")};

    return ct_invitation_use(o->store, &o->clock, ct_sv_c(token), &p, WORDS, ret, NULL);
}

static int find(struct orgs *o, const char *token, struct ct_invitation *ret)
{
    CT_AUTO_READER rd = ct_store_reader(o->store);

    return ct_invitation_find(rd.db, &o->a, &o->clock, ct_sv_c(token), ret, NULL);
}

static void limits_are_kept(void **state)
{
    static const struct {
        const char *name;
        int uses, days, want;
    } cases[] = {
        {"for one person and a day", 1, 1, CT_OK},
        {"for nobody", 0, 1, CT_BAD_INPUT},
        {"for too many", CT_INVITATION_USES_MAX + 1, 1, CT_BAD_INPUT},
        {"for no day", 1, 0, CT_BAD_INPUT},
        {"for too long", 1, CT_INVITATION_DAYS_MAX + 1, CT_BAD_INPUT},
        {"the most", CT_INVITATION_USES_MAX, CT_INVITATION_DAYS_MAX, CT_OK},
    };
    char token[CT_TOKEN_TEXT + 1];

    CT_EACH (c, cases)
        CT_EQ_I64(c->name, make(*state, 0, c->uses, c->days, token), c->want);
    CT_EQ_I64("into nothing", make(*state, 99, 1, 1, token), CT_NOT_FOUND);
}

static void whoever_joins_is_a_learner_there(void **state)
{
    struct orgs *o = *state;
    char token[CT_TOKEN_TEXT + 1];
    int64_t org, id = 0;
    struct ct_org_bond *bonds;
    struct ct_person p;
    size_t n;

    orgs_add(o, CT_ORG_AGENCY, "dcs", NULL);
    org = orgs_add(o, CT_ORG_UNIT, "dcs/intake", NULL);
    CT_OK_("make", make(o, org, 2, 7, token), NULL);
    CT_OK_("join", join(o, token, "a@x.org", &id), NULL);
    CT_AUTO_READER rd = ct_store_reader(o->store);
    CT_OK_("person", ct_person_get(rd.db, &o->a, id, &p, NULL), NULL);
    CT_EQ_SV("discipline", p.discipline, CT_SV("judge"));
    CT_EQ_I64("roles", p.roles, CT_ROLE_LEARNER);
    assert_true(p.has_password);
    CT_OK_("bonds", ct_org_bonds(rd.db, &o->a, CT_TIE_MEMBER, o->now, &bonds, &n, NULL), NULL);
    CT_EQ_I64("one", n, 1);
    CT_EQ_I64("where", bonds[0].org, org);
    CT_EQ_I64("who", bonds[0].who, id);
}

static void a_link_ends(void **state)
{
    struct orgs *o = *state;
    char used_up[CT_TOKEN_TEXT + 1], old[CT_TOKEN_TEXT + 1], back[CT_TOKEN_TEXT + 1];
    struct ct_invitation in, *all;
    struct ct_err err = CT_ERR_INIT;
    int64_t id;
    size_t n;

    make(o, 0, 2, 7, used_up);
    make(o, 0, 2, 1, old);
    make(o, 0, 2, 7, back);
    CT_OK_("first", join(o, used_up, "a@x.org", &id), NULL);
    CT_EQ_I64("an address that is taken", join(o, used_up, "A@x.org", &id), CT_CONFLICT);
    CT_OK_("that took no place", find(o, used_up, &in), NULL);
    CT_EQ_I64("one joined", in.used, 1);
    CT_OK_("second", join(o, used_up, "b@x.org", &id), NULL);
    CT_EQ_I64("used up", join(o, used_up, "c@x.org", &id), CT_NOT_FOUND);
    CT_OK_("taken back", ct_invitation_revoke(o->store, &o->clock, 3, 0, &err), &err);
    CT_OK_("again", ct_invitation_revoke(o->store, &o->clock, 3, 0, &err), &err);
    CT_EQ_I64("not there", ct_invitation_revoke(o->store, &o->clock, 9, 0, NULL), CT_NOT_FOUND);
    CT_EQ_I64("of no use", join(o, back, "d@x.org", &id), CT_NOT_FOUND);
    CT_OK_("still good", find(o, old, &in), NULL);
    o->now += ORG_DAY;
    CT_EQ_I64("too old", join(o, old, "e@x.org", &id), CT_NOT_FOUND);
    CT_EQ_I64("unknown", find(o, "nonsense", &in), CT_NOT_FOUND);
    CT_AUTO_READER rd = ct_store_reader(o->store);
    CT_OK_("list", ct_invitation_list(rd.db, &o->a, &all, &n, &err), &err);
    CT_EQ_I64("all of them", n, 3);
    assert_true(all[0].is_revoked);
    CT_EQ_I64("used", all[2].used, 2);
}

static void a_weak_password_takes_no_place(void **state)
{
    struct orgs *o = *state;
    struct ct_person p = {.email = CT_SV("a@x.org"), .name = CT_SV("A")};
    struct ct_err err = CT_ERR_INIT;
    char token[CT_TOKEN_TEXT + 1];
    struct ct_invitation in;
    int64_t id;

    make(o, 0, 1, 1, token);
    CT_EQ_I64("short",
              ct_invitation_use(o->store, &o->clock, ct_sv_c(token), &p, CT_SV("short"), &id, &err),
              CT_BAD_INPUT);
    CT_EQ_STR("says which field", err.what, "password");
    CT_OK_("still open", find(o, token, &in), NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, orgs_open, orgs_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(limits_are_kept),
        TEST(whoever_joins_is_a_learner_there),
        TEST(a_link_ends),
        TEST(a_weak_password_takes_no_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
