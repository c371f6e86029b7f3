/*
 * test_demo_require.c: the demonstration's county asks its people for a course, once.
 */
#include "learn/require_test.h"

#include "ct/report/assignment.h"

#include "../../../server/learn/demo_priv.h"

#include "ct/base/banned.h"

static void the_people_of_the_agencies_are_asked_once(void **state)
{
    struct site *s = *state;
    struct ct_assignment_filter f = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments r;
    struct ct_err err = CT_ERR_INIT;
    int64_t today = noon("2024-03-10");

    CT_OK_("ask", ct_demo_require(s->o.store, s->cat, &s->o.a, today, &err), &err);
    CT_OK_("more", ct_demo_record(s->o.store, s->cat, &s->o.a, today, &err), &err);
    CT_OK_("again", ct_demo_require(s->o.store, s->cat, &s->o.a, today + ORG_DAY, &err), &err);
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    f.current = true;
    CT_OK_("report", ct_assignments(rd.db, &s->o.a, today, &f, &r, &err), &err);
    CT_EQ_I64("asked once", r.n_requirements, 1);
    CT_EQ_I64("who is in an agency", r.n, 2);
    CT_EQ_I64("long enough ago for some to be late", r.by_status[CT_DUE_OVERDUE], 2);
}

static void without_an_agency_nobody_is_asked(void **state)
{
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_catalogue *cat = make_catalogue(&o->a, "1");
    struct ct_requirement *all;
    size_t n;

    CT_OK_("ask", ct_demo_require(o->store, cat, &o->a, o->now, &err), &err);
    CT_AUTO_READER rd = ct_store_reader(o->store);
    CT_OK_("list", ct_requirement_list(rd.db, &o->a, INT64_MAX, &all, &n, &err), &err);
    CT_EQ_I64("nothing", n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_people_of_the_agencies_are_asked_once, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(without_an_agency_nobody_is_asked, orgs_open, orgs_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
