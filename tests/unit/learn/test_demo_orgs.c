/*
 * test_demo_orgs.c: the demonstration's agencies and task force: its manager sees some people by
 * name and enough others as counts, and settling again changes nothing.
 */
#include "org_test.h"

#include "../../../server/learn/demo_priv.h"

#include "ct/base/banned.h"

static int64_t manager_of(struct orgs *o, int64_t *ids)
{
    int64_t manager = 0;

    for (size_t i = 0; i < ct_demo_n_people; i++) {
        ids[i] = orgs_person(o, ct_demo_people[i].local, ct_demo_people[i].roles);
        if (ct_demo_people[i].shown && strcmp(ct_demo_people[i].shown, "manager") == 0)
            manager = ids[i];
    }
    return manager;
}

static void the_manager_leads_a_unit_and_the_task_force(void **state)
{
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t *ids = ct_arena_array(&o->a, int64_t, ct_demo_n_people);
    struct ct_viewer viewer = {.person = manager_of(o, ids)};
    struct ct_scope_wish task_force = {.task_force = CT_SV("alder-mdt")},
                         unit = {.unit = CT_SV("alder-dcs/casework")};
    struct ct_scope scope;
    size_t counted = 0, named_elsewhere = 0;

    CT_OK_("settle", ct_demo_settle(o->store, ids, o->now, &err), &err);
    CT_OK_("again", ct_demo_settle(o->store, ids, o->now, &err), &err);
    CT_AUTO_READER rd = ct_store_reader(o->store);
    CT_OK_("unit", ct_org_scope(rd.db, &o->a, &viewer, &unit, o->now, &scope, &err), &err);
    assert_true(scope.n >= 8);
    for (size_t i = 0; i < scope.n; i++)
        assert_false(scope.people[i].is_counted);
    CT_OK_("task force", ct_org_scope(rd.db, &o->a, &viewer, &task_force, o->now, &scope, &err),
           &err);
    for (size_t i = 0; i < scope.n; i++) {
        const struct ct_scope_person *p = &scope.people[i];
        counted += p->is_counted;
        named_elsewhere += !p->is_counted && !ct_sv_eq_c(p->agency, "alder-dcs");
    }
    assert_true(counted >= 7);
    assert_true(counted < scope.n);
    assert_true(named_elsewhere >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_manager_leads_a_unit_and_the_task_force, orgs_open,
                                        orgs_close),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
