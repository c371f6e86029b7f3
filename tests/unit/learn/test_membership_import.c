/*
 * test_membership_import.c: who belonged where and when, from CSV: what is refused and with which
 * word, where somebody was on a day, and that a second time changes nothing.
 */
#include "import_test.h"

#include "ct/base/banned.h"

#define HEAD "email,employer_id,agency,unit,task_force,from,until\n"

static void settle(struct orgs *o)
{
    int64_t intake, ana;

    orgs_add(o, CT_ORG_AGENCY, "dcs", NULL);
    intake = orgs_add(o, CT_ORG_UNIT, "dcs/intake", NULL);
    orgs_add(o, CT_ORG_UNIT, "dcs/court", NULL);
    orgs_add(o, CT_ORG_TASK_FORCE, "mdt", NULL);
    ana = orgs_person(o, "ana", 0);
    orgs_person(o, "ben", 0);
    orgs_tie(o, CT_TIE_MEMBER, ana, intake, false, "2021-01-01");
    orgs_tie(o, CT_TIE_MEMBER, ana, intake, true, "2022-01-01");
}

static void what_cannot_be_is_told_by_line_and_column(void **state)
{
    static const struct import_case cases[] = {
        {"all is well", HEAD "ana@example.org,,dcs,court,,2020-02-29,2020-12-31\n", ""},
        {"a task force", HEAD "ana@example.org,,,,mdt,2020-02-29,\n", ""},
        {"no column of days", "email,agency\nana@example.org,dcs\n", "1:from"},
        {"nobody", HEAD "eve@example.org,,dcs,,,2020-01-01,\n", "2:email"},
        {"nobody said", HEAD ",,dcs,,,2020-01-01,\n", "2:employer_id"},
        {"a number that nobody has", HEAD ",E9,dcs,,,2020-01-01,\n", "2:employer_id"},
        {"nowhere", HEAD "ana@example.org,,,,,2020-01-01,\n", "2:"},
        {"a unit that is none", HEAD "ana@example.org,,dcs,moon,,2020-01-01,\n", "2:unit"},
        {"a task force that is none", HEAD "ana@example.org,,,,moon,2020-01-01,\n", "2:task_force"},
        {"no day", HEAD "ana@example.org,,dcs,,,,\n", "2:from"},
        {"a day that was not", HEAD "ana@example.org,,dcs,,,2021-02-29,\n", "2:from"},
        {"a day to come", HEAD "ana@example.org,,dcs,,,2024-01-02,\n", "2:from"},
        {"the last day before the first", HEAD "ana@example.org,,dcs,,,2020-01-02,2020-01-01\n",
         "2:until"},
        {"one day", HEAD "ana@example.org,,dcs,,,2020-01-02,2020-01-02\n", ""},
        {"it ended in between", HEAD "ana@example.org,,dcs,intake,,2020-06-01,2022-06-01\n",
         "2:until"},
        {"it ended in between, and would go on", HEAD "ana@example.org,,dcs,intake,,2020-06-01,\n",
         "2:until"},
        {"up to the day on which it ended",
         HEAD "ana@example.org,,dcs,intake,,2020-06-01,2021-12-31\n", ""},
        {"the same twice",
         HEAD "ana@example.org,,dcs,,,2020-01-01,\nana@example.org,,dcs,,,2020-01-01,\n", "3:"},
        {"all that is wrong with a line", HEAD "ana@example.org,,moon,,,x,y\n", "2:agency 2:from"},
    };

    import_refuses(CT_IMPORT_MEMBERSHIPS, settle, cases, sizeof cases / sizeof cases[0]);
    (void)state;
}

/* "dcs/intake; mdt": where somebody was at noon of a day, as it is known now. */
static struct ct_sv places(struct orgs *o, const char *email, const char *day)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org *orgs;
    struct ct_org_event *events;
    struct ct_person p;
    struct ct_sv text = CT_SV("");
    size_t n_orgs, n;
    CT_AUTO_READER rd = ct_store_reader(o->store);

    CT_OK_("person", ct_person_by_email(rd.db, &o->a, ct_sv_c(email), &p, &err), &err);
    CT_OK_("orgs", ct_org_list(rd.db, &o->a, &orgs, &n_orgs, &err), &err);
    CT_OK_("events", ct_org_events(rd.db, &o->a, p.id, &events, &n, &err), &err);
    for (size_t i = 0; i < n_orgs; i++) {
        bool in = false;
        for (size_t e = 0; e < n && ct_sv_cmp(events[e].on, ct_sv_c(day)) <= 0; e++)
            if (events[e].org == orgs[i].id)
                in = !events[e].ends;
        if (in)
            text = ct_arena_printf(&o->a, "%.*s%s%.*s", CT_SV_ARG(text), text.n ? "; " : "",
                                   CT_SV_ARG(orgs[i].path));
    }
    return text;
}

static void people_are_where_the_file_says(void **state)
{
    struct orgs *o = *state;

    settle(o);
    import_expect(o, CT_IMPORT_MEMBERSHIPS, "several at once",
                  HEAD "ben@example.org,,dcs,intake,,2020-01-01,2020-06-30\n"
                       "ben@example.org,,dcs,court,,2020-07-01,\n"
                       "ana@example.org,,dcs,intake,,2020-06-01,2020-12-31\n"
                       "BEN@example.org,,,,mdt,2020-03-01,2020-03-01\n",
                  4, 0, 0);
    static const struct {
        const char *name, *email, *day, *want;
    } cases[] = {
        {"before the first day", "ben@example.org", "2019-12-31", ""},
        {"on the first day", "ben@example.org", "2020-01-01", "dcs/intake"},
        {"in a task force for a day", "ben@example.org", "2020-03-01", "dcs/intake; mdt"},
        {"the day after", "ben@example.org", "2020-03-02", "dcs/intake"},
        {"on the last day", "ben@example.org", "2020-06-30", "dcs/intake"},
        {"in the next unit", "ben@example.org", "2020-07-01", "dcs/court"},
        {"where it goes on", "ben@example.org", "2023-12-31", "dcs/court"},
        {"up to what was recorded before", "ana@example.org", "2020-12-31", "dcs/intake"},
        {"what was recorded before stays", "ana@example.org", "2021-01-01", "dcs/intake"},
        {"and ends as before", "ana@example.org", "2022-01-01", ""},
    };
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, places(o, c->email, c->day), ct_sv_c(c->want));
    import_expect(o, CT_IMPORT_MEMBERSHIPS, "a last day that was not known before",
                  HEAD "ben@example.org,,dcs,court,,2020-07-01,2023-06-30\n", 0, 1, 0);
    CT_EQ_SV("ended", places(o, "ben@example.org", "2023-07-01"), CT_SV(""));
    import_expect(o, CT_IMPORT_MEMBERSHIPS, "the same place twice, of which the second goes on",
                  HEAD "ana@example.org,,dcs,court,,2021-01-01,2021-06-30\n"
                       "ana@example.org,,dcs,court,,2022-01-01,\n",
                  2, 0, 0);
    CT_EQ_SV("between", places(o, "ana@example.org", "2021-07-01"), CT_SV("dcs/intake"));
    CT_EQ_SV("since", places(o, "ana@example.org", "2023-07-01"), CT_SV("dcs/court"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, orgs_open, orgs_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_is_told_by_line_and_column),
        TEST(people_are_where_the_file_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
