/*
 * test_site.c: a site's name stays with its records, and no other site has it.
 */
#include "org_test.h"

#include "ct/learn/site.h"

#include "ct/base/banned.h"

static struct ct_sv name_of(struct ct_store *store, struct ct_arena *a)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv uid = CT_SV_NULL;
    CT_AUTO_READER rd = ct_store_reader(store);

    CT_OK_("uid", ct_site_uid(rd.db, a, &uid, &err), &err);
    return uid;
}

static void a_name_stays_when_the_database_is_opened_again(void **state)
{
    struct orgs *o = *state;
    struct ct_sv before = name_of(o->store, &o->a);

    CT_EQ_I64("characters", before.n, CT_SITE_UID);
    for (size_t i = 0; i < before.n; i++)
        assert_true((before.p[i] >= '0' && before.p[i] <= '9') ||
                    (before.p[i] >= 'A' && before.p[i] <= 'Z'));
    ct_store_close(o->store);
    o->store = ct_temp_store(&o->temp);
    CT_EQ_SV("again", name_of(o->store, &o->a), before);
}

static void two_sites_have_two_names(void **state)
{
    struct orgs *o = *state;
    struct ct_temp temp;
    struct ct_store *other;

    ct_temp_make(&temp);
    other = ct_temp_store(&temp);
    assert_false(ct_sv_eq(name_of(o->store, &o->a), name_of(other, &o->a)));
    ct_store_close(other);
    ct_temp_remove(&temp);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, orgs_open, orgs_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_stays_when_the_database_is_opened_again),
        TEST(two_sites_have_two_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
