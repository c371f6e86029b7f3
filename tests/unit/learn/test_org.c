/*
 * test_org.c: agencies, units as a tree, task forces: what may be added, and in which order they
 * are told.
 */
#include "org_test.h"

#include "ct/base/banned.h"

static void what_is_added_is_checked(void **state)
{
    static const struct {
        const char *name;
        enum ct_org_kind kind;
        const char *path, *title, *zone, *below;
        int month, want;
        const char *what;
    } cases[] = {
        {"an agency", CT_ORG_AGENCY, "dcs", "DCS", "America/Chicago", NULL, 7, CT_OK, ""},
        {"the same again", CT_ORG_AGENCY, "dcs", "DCS", NULL, NULL, 0, CT_CONFLICT, "path"},
        {"a task force of the same name", CT_ORG_TASK_FORCE, "dcs", "T", NULL, NULL, 0, CT_OK, ""},
        {"a time zone that is none", CT_ORG_AGENCY, "a", "A", "Mars/Base", NULL, 0, CT_BAD_INPUT,
         "time_zone"},
        {"a time zone that leads elsewhere", CT_ORG_AGENCY, "a", "A", "../../etc/passwd", NULL, 0,
         CT_BAD_INPUT, "time_zone"},
        {"a folder of time zones", CT_ORG_AGENCY, "a", "A", "America", NULL, 0, CT_BAD_INPUT,
         "time_zone"},
        {"a thirteenth month", CT_ORG_AGENCY, "a", "A", NULL, NULL, 13, CT_BAD_INPUT,
         "fiscal_month"},
        {"capitals in the short name", CT_ORG_AGENCY, "Dcs", "A", NULL, NULL, 0, CT_BAD_INPUT,
         "path"},
        {"a blank name", CT_ORG_AGENCY, "b", "  ", NULL, NULL, 0, CT_BAD_INPUT, "name"},
        {"a unit", CT_ORG_UNIT, "dcs/intake", "Intake", NULL, NULL, 0, CT_OK, ""},
        {"a unit below it", CT_ORG_UNIT, "dcs/night", "Night", NULL, "dcs/intake", 0, CT_OK, ""},
        {"a unit below one that is not there", CT_ORG_UNIT, "dcs/day", "Day", NULL, "dcs/x", 0,
         CT_BAD_INPUT, "below"},
        {"a unit of nowhere", CT_ORG_UNIT, "pd/day", "Day", NULL, NULL, 0, CT_NOT_FOUND, "agency"},
        {"a unit without its agency", CT_ORG_UNIT, "day", "Day", NULL, NULL, 0, CT_BAD_INPUT,
         "path"},
    };
    struct orgs *o = *state;

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_org_new what = {.kind = c->kind,
                                  .path = ct_sv_c(c->path),
                                  .name = ct_sv_c(c->title),
                                  .below = ct_sv_c(c->below),
                                  .time_zone = ct_sv_c(c->zone),
                                  .fiscal_month = c->month};
        int64_t id;
        CT_EQ_I64(c->name, ct_org_add(o->store, &o->clock, &what, 0, &id, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void units_follow_what_is_above_them(void **state)
{
    static const struct {
        const char *name;
        int depth;
    } want[] = {{"dcs", 0}, {"dcs/b", 0}, {"dcs/a", 1}, {"dcs/c", 0}, {"pd", 0}, {"mdt", 0}};
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org *all;
    size_t n;

    orgs_add(o, CT_ORG_TASK_FORCE, "mdt", NULL);
    orgs_add(o, CT_ORG_AGENCY, "pd", NULL);
    orgs_add(o, CT_ORG_AGENCY, "dcs", NULL);
    orgs_add(o, CT_ORG_UNIT, "dcs/b", NULL);
    orgs_add(o, CT_ORG_UNIT, "dcs/a", "dcs/b");
    orgs_add(o, CT_ORG_UNIT, "dcs/c", NULL);
    CT_AUTO_READER rd = ct_store_reader(o->store);
    CT_OK_("list", ct_org_list(rd.db, &o->a, &all, &n, &err), &err);
    CT_EQ_I64("all", n, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < n; i++) {
        CT_EQ_SV(want[i].name, all[i].path, ct_sv_c(want[i].name));
        CT_EQ_I64(want[i].name, all[i].depth, want[i].depth);
    }
    CT_EQ_SV("a zone where none was named", all[0].time_zone, CT_SV("UTC"));
    CT_EQ_I64("a fiscal year where none was named", all[0].fiscal_month, 1);
}

static void a_new_name_leaves_the_path(void **state)
{
    struct orgs *o = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t id = orgs_add(o, CT_ORG_AGENCY, "dcs", NULL);
    struct ct_org *all;
    size_t n;

    CT_OK_("rename", ct_org_rename(o->store, &o->clock, id, CT_SV(" Kinder & Co "), 0, &err), &err);
    CT_EQ_I64("to nothing", ct_org_rename(o->store, &o->clock, id, CT_SV(""), 0, NULL),
              CT_BAD_INPUT);
    CT_EQ_I64("of nobody", ct_org_rename(o->store, &o->clock, 99, CT_SV("x"), 0, NULL),
              CT_NOT_FOUND);
    CT_AUTO_READER rd = ct_store_reader(o->store);
    CT_OK_("list", ct_org_list(rd.db, &o->a, &all, &n, &err), &err);
    CT_EQ_SV("name", all[0].name, CT_SV("Kinder & Co"));
    CT_EQ_SV("path", all[0].path, CT_SV("dcs"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, orgs_open, orgs_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_added_is_checked),
        TEST(units_follow_what_is_above_them),
        TEST(a_new_name_leaves_the_path),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
