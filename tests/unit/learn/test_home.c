/*
 * test_home.c: on which day a moment is for whom: around midnight, the year's end and moves between
 * zones west and east of UTC.
 */
#include "home_test.h"

#include "ct/base/banned.h"

static void a_moment_has_the_day_of_the_home(void **state)
{
    static const char to_west[] = "tok+2026-01-01 tok-2027-01-01 lax+2027-01-01";
    static const char to_east[] = "lax+2026-01-01 lax-2027-01-01 tok+2027-01-01";
    static const char with_gap[] = "dcs+2026-01-01 dcs-2026-06-01 tok+2026-09-01";
    static const struct {
        const char *name, *rows, *at, *day, *zone, *agency;
    } cases[] = {
        {"nobody's, where agencies differ", "", "2027-01-01 05:30", "2027-01-01", "UTC", NULL},
        {"the last minute west of UTC", "dcs+2026-01-01", "2027-01-01 05:59", "2026-12-31",
         "America/Chicago", "dcs"},
        {"midnight west of UTC", "dcs+2026-01-01", "2027-01-01 06:00", "2027-01-01",
         "America/Chicago", "dcs"},
        {"the last minute east of UTC", "tok+2026-01-01", "2026-12-31 14:59", "2026-12-31",
         "Asia/Tokyo", "tok"},
        {"midnight east of UTC", "tok+2026-01-01", "2026-12-31 15:00", "2027-01-01", "Asia/Tokyo",
         "tok"},
        {"in summer time at the year's end", "akl+2026-01-01", "2026-12-31 11:00", "2027-01-01",
         "Pacific/Auckland", "akl"},
        {"before the first membership, west", "dcs+2027-03-01", "2027-01-01 05:59", "2026-12-31",
         "America/Chicago", "dcs"},
        {"before the first membership, east", "tok+2027-03-01", "2026-12-31 15:00", "2027-01-01",
         "Asia/Tokyo", "tok"},
        {"of several that come, the first", "lax+2027-03-01 dcs+2027-04-01", "2027-01-01 07:59",
         "2026-12-31", "America/Los_Angeles", "lax"},
        {"after the last membership", "dcs+2026-01-01 dcs-2026-06-01", "2027-01-01 05:59",
         "2026-12-31", "America/Chicago", "dcs"},
        {"between two", with_gap, "2026-07-02 04:59", "2026-07-01", "America/Chicago", "dcs"},
        {"and the next one", with_gap, "2026-09-01 15:00", "2026-09-02", "Asia/Tokyo", "tok"},
        {"in a unit", "dcs/intake+2026-01-01", "2027-01-01 05:59", "2026-12-31", "America/Chicago",
         "dcs"},
        {"a task force is no home", "mdt+2026-01-01", "2027-01-01 05:59", "2027-01-01", "UTC",
         NULL},
        {"of two at once the first by path", "tok+2026-01-01 dcs+2026-01-01", "2027-01-01 05:59",
         "2026-12-31", "America/Chicago", "dcs"},
        {"until it ends", "tok+2026-01-01 dcs+2026-01-01 dcs-2026-12-31", "2026-12-31 15:00",
         "2027-01-01", "Asia/Tokyo", "tok"},
        {"moved west: the last day", to_west, "2026-12-31 14:59", "2026-12-31", "Asia/Tokyo",
         "tok"},
        {"moved west: until the day begins there", to_west, "2027-01-01 07:59", "2027-01-01",
         "Asia/Tokyo", "lax"},
        {"moved west: arrived", to_west, "2027-01-02 07:59", "2027-01-01", "America/Los_Angeles",
         "lax"},
        {"moved east: the last day", to_east, "2026-12-31 15:00", "2026-12-31",
         "America/Los_Angeles", "lax"},
        {"moved east: arrived", to_east, "2027-01-01 08:00", "2027-01-01", "Asia/Tokyo", "tok"},
        {"what was before stays there", to_east, "2026-06-02 06:59", "2026-06-01",
         "America/Los_Angeles", "lax"},
    };
    struct site *s = *state;
    char day[CT_TIME_TEXT];

    add_agencies(s);
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_AUTO_HOMES *one = NULL, *all = NULL;
        int64_t person =
            site_person(s, ct_arena_printf(&s->o.a, "p%d", (int)(c - cases)).p, "P", "caseworker");
        int64_t at = moment(s, c->at);
        belong(s, person, c->rows);
        CT_AUTO_READER rd = ct_store_reader(s->o.store);
        CT_OK_(c->name, ct_homes_read(rd.db, &s->o.a, person, s->o.now, &one, &err), &err);
        CT_OK_(c->name, ct_homes_read(rd.db, &s->o.a, 0, s->o.now, &all, &err), &err);
        const struct ct_home *home = ct_home_of(one, person);
        CT_EQ_STR(c->name, ct_day_text(ct_home_day(home, at), day), c->day);
        CT_EQ_I64(c->name, ct_home_day(ct_home_of(all, person), at), ct_home_day(home, at));
        CT_EQ_SV(c->name, ct_home_zone(home, at), ct_sv_c(c->zone));
        const struct ct_org *agency = ct_home_agency(home, ct_home_day(home, at));
        CT_EQ_SV(c->name, agency ? agency->path : CT_SV_NULL, ct_sv_c(c->agency));
        int64_t end = ct_home_day_end(home, ct_home_day(home, at));
        assert_true(end >= at);
        CT_EQ_I64("the end is on the day", ct_home_day(home, end), ct_home_day(home, at));
        assert_true(ct_home_day(home, end + 1) > ct_home_day(home, at));
    }
}

static void nobody_s_day_is_that_of_the_only_zone(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_HOMES *homes = NULL;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    CT_OK_("homes", ct_homes_read(rd.db, &s->o.a, s->cy, s->o.now, &homes, &err), &err);
    CT_EQ_SV("all agencies are in Chicago", ct_home_zone(ct_home_of(homes, s->cy), s->o.now),
             CT_SV("America/Chicago"));
    CT_EQ_I64("so is the day",
              ct_home_day(ct_home_of(homes, s->cy), noon("2027-01-01") - 16 * 3600),
              day_in("2026-12-31"));
}

static void what_is_recorded_later_moves_no_day_of_before(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_HOMES *before = NULL, *after = NULL;
    int64_t at = moment(s, "2024-01-05 03:00"), then = s->o.now + 30 * ORG_DAY;

    add_agencies(s);
    s->o.now += 60 * ORG_DAY;
    belong(s, s->cy, "tok+2024-01-01");
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("as known then", ct_homes_read(rd.db, &s->o.a, s->cy, then, &before, &err), &err);
    CT_OK_("as known now", ct_homes_read(rd.db, &s->o.a, s->cy, s->o.now, &after, &err), &err);
    CT_EQ_SV("in UTC", ct_home_zone(ct_home_of(before, s->cy), at), CT_SV("UTC"));
    CT_EQ_SV("in Tokyo", ct_home_zone(ct_home_of(after, s->cy), at), CT_SV("Asia/Tokyo"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(a_moment_has_the_day_of_the_home),
        T(nobody_s_day_is_that_of_the_only_zone),
        T(what_is_recorded_later_moves_no_day_of_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
