/*
 * test_fact.c: what is said of people, from when on, and that the account keeps in step with it.
 */
#include "org_test.h"

#include "ct/learn/fact.h"

#include "ct/base/banned.h"

static bool set(struct orgs *o, int64_t who, const char *field, const char *value, const char *on)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;

    CT_OK_(field,
           ct_fact_set(o->store, &o->clock, who, ct_sv_c(field), ct_sv_c(value), ct_sv_c(on), 0,
                       &changed, &err),
           &err);
    return changed;
}

static struct ct_person person(struct orgs *o, int64_t id)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_person p = {.id = 0};
    CT_AUTO_READER rd = ct_store_reader(o->store);

    CT_OK_("person", ct_person_get(rd.db, &o->a, id, &p, &err), &err);
    return p;
}

static struct ct_sv value_at(struct orgs *o, int64_t who, const char *field, int days)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_fact *facts;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(o->store);

    CT_OK_("facts",
           ct_fact_now(rd.db, &o->a, who, ORG_START + (int64_t)days * ORG_DAY, &facts, &n, &err),
           &err);
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq_c(facts[i].field, field))
            return facts[i].value;
    return CT_SV("none");
}

static void values_are_checked(void **state)
{
    static const struct {
        const char *name, *field, *value, *since;
        int want;
        const char *what;
    } cases[] = {
        {"a field that is none", "shoe_size", "44", NULL, CT_BAD_INPUT, "shoe_size"},
        {"a day of hire", "hired_on", "2020-02-29", NULL, CT_OK, ""},
        {"a day that was not", "hired_on", "2021-02-29", NULL, CT_BAD_INPUT, "hired_on"},
        {"a since that is none", "employer_id", "E1", "yesterday", CT_BAD_INPUT, "since"},
        {"a name of tomorrow", "name", "A", "2024-01-02", CT_BAD_INPUT, "since"},
        {"a number of tomorrow", "employer_id", "E7", "2024-01-02", CT_OK, ""},
        {"no name", "name", " ", NULL, CT_BAD_INPUT, "name"},
        {"a line break", "licence_no", "a\nb", NULL, CT_BAD_INPUT, "licence_no"},
        {"Latin-1", "supervisor", "Jos\xe9", NULL, CT_BAD_INPUT, "supervisor"},
        {"maybe active", "active", "maybe", NULL, CT_BAD_INPUT, "active"},
        {"no address", "email", "nobody", NULL, CT_BAD_INPUT, "email"},
        {"somebody's address", "email", "BEN@example.org", NULL, CT_CONFLICT, "email"},
        {"right to left", "last_name", "\xd7\x9b\xd7\x94\xd7\x9f", NULL, CT_OK, ""},
    };
    struct orgs *o = *state;
    int64_t ana = orgs_person(o, "ana", 0);

    orgs_person(o, "ben", 0);
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name,
                  ct_fact_set(o->store, &o->clock, ana, ct_sv_c(c->field), ct_sv_c(c->value),
                              ct_sv_c(c->since), 0, NULL, &err),
                  c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
    CT_EQ_I64(
        "nobody",
        ct_fact_set(o->store, &o->clock, 99, CT_SV("name"), CT_SV("A"), CT_SV_NULL, 0, NULL, NULL),
        CT_NOT_FOUND);
}

static void the_account_keeps_in_step(void **state)
{
    struct orgs *o = *state;
    int64_t ana = orgs_person(o, "ana", 0);

    assert_true(set(o, ana, "first_name", "Ana", NULL));
    CT_EQ_SV("one name", person(o, ana).name, CT_SV("Ana"));
    assert_true(set(o, ana, "last_name", "Núñez", NULL));
    CT_EQ_SV("both", person(o, ana).name, CT_SV("Ana Núñez"));
    assert_false(set(o, ana, "last_name", "Núñez", NULL));
    assert_true(set(o, ana, "name", "Dr. Ana Núñez", NULL));
    CT_EQ_SV("the whole name", person(o, ana).name, CT_SV("Dr. Ana Núñez"));
    assert_true(set(o, ana, "email", "Ana.Nunez@example.org", NULL));
    CT_EQ_SV("address", person(o, ana).email, CT_SV("Ana.Nunez@example.org"));
    assert_false(set(o, ana, "active", "yes", NULL));
    assert_true(set(o, ana, "active", "no", NULL));
    assert_false(person(o, ana).active);
    assert_true(set(o, ana, "active", "yes", NULL));
    assert_true(person(o, ana).active);
}

static void a_past_day_keeps_what_was_known(void **state)
{
    struct orgs *o = *state;
    int64_t ana = orgs_person(o, "ana", 0);

    set(o, ana, "employer_id", "E1", NULL);
    o->now = ORG_START + 10 * ORG_DAY;
    set(o, ana, "employer_id", "E2", "2024-01-03");
    CT_EQ_SV("as it was known on the fifth", value_at(o, ana, "employer_id", 4), CT_SV("E1"));
    CT_EQ_SV("as it is known since", value_at(o, ana, "employer_id", 10), CT_SV("E2"));
    set(o, ana, "employer_id", "", NULL);
    CT_EQ_SV("taken back", value_at(o, ana, "employer_id", 11), CT_SV(""));
}

static void former_names_and_addresses_are_kept(void **state)
{
    struct orgs *o = *state;
    int64_t ana = orgs_person(o, "ana", 0), ben = orgs_person(o, "ben", 0);

    o->now = ORG_START + 10 * ORG_DAY;
    set(o, ana, "email", "a.nunez@example.org", NULL);
    set(o, ana, "last_name",
        "N\xc3\xba\xc3\xb1"
        "ez",
        NULL);
    set(o, ben, "name", "Benjamin", "2023-06-01");
    CT_EQ_SV("the address before", value_at(o, ana, "email", 9), CT_SV("ana@example.org"));
    CT_EQ_SV("the address since", value_at(o, ana, "email", 10), CT_SV("a.nunez@example.org"));
    CT_EQ_SV("the name before", value_at(o, ana, "name", 9), CT_SV("ana"));
    CT_EQ_SV("the name since", value_at(o, ana, "name", 10),
             CT_SV("N\xc3\xba\xc3\xb1"
                   "ez"));
    CT_EQ_SV("as it was known then", value_at(o, ben, "name", 9), CT_SV("ben"));
    CT_EQ_SV("that holds from before the account", person(o, ben).name, CT_SV("Benjamin"));
    set(o, ana, "email", "ana@example.org", NULL);
    CT_EQ_SV("back again", person(o, ana).email, CT_SV("ana@example.org"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, orgs_open, orgs_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_are_checked),
        TEST(the_account_keeps_in_step),
        TEST(a_past_day_keeps_what_was_known),
        TEST(former_names_and_addresses_are_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
