/*
 * test_report_past.c: the completion report of a past day: that it says later what it said then,
 * whatever was recorded since, and what the words of status mean on a day.
 */
#include "learn/fixture.h"

#include "ct/learn/certificate.h"
#include "ct/learn/fact.h"
#include "ct/learn/person.h"
#include "ct/report/report.h"

#include "ct/base/banned.h"

enum { HOUR = 3600, DAY_LONG = 24 * HOUR };

static struct ct_report report_of(struct world *w, int64_t as_of, const char *zone)
{
    struct ct_err err = CT_ERR_INIT;
    const struct ct_viewer machine = {.person = 0};
    struct ct_scope *scope = ct_arena_new(&w->arena, struct ct_scope);
    struct ct_report_filter filter = {.scope = scope, .as_of = as_of, .time_zone = ct_sv_c(zone)};
    struct ct_report report;
    CT_AUTO_READER rd = ct_store_reader(w->store);

    CT_OK_("scope",
           ct_org_scope(rd.db, &w->arena, &machine, &(struct ct_scope_wish){.unit = CT_SV_NULL},
                        as_of ? as_of : w->now, scope, &err),
           &err);
    CT_OK_("report",
           ct_report_completion(rd.db, &w->arena, w->cat, &w->clock, &filter, &report, &err), &err);
    return report;
}

/* Every cell of every view. */
static struct ct_sv text_of(struct world *w, int64_t as_of)
{
    struct ct_report r = report_of(w, as_of, "America/Chicago");
    CT_AUTO_STR text = CT_STR_INIT(1024 * 1024);

    for (enum ct_report_by by = CT_BY_DISCIPLINE_COURSE; by <= CT_BY_TASK_FORCE; by++) {
        struct ct_table t;
        ct_report_table(&w->arena, &r, by, &t);
        for (size_t i = 0; i < t.n_rows * t.n_columns; i++) {
            ct_str_add_sv(&text, t.cells[i]);
            ct_str_add_c(&text, (i + 1) % t.n_columns ? "|" : "\n");
        }
    }
    return ct_arena_dup(&w->arena, ct_str_sv(&text));
}

static const struct ct_report_person *person_in(const struct ct_report *r, int64_t id,
                                                const char *course)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->rows[i].n_members; k++)
            if (r->rows[i].members[k].id == id && ct_sv_eq_c(r->rows[i].course, course))
                return &r->rows[i].members[k];
    return NULL;
}

struct exec {
    const char *sql;
};
static int exec_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    return ct_db_exec(db, ((const struct exec *)arg)->sql, err);
}
static void exec(struct world *w, const char *sql)
{
    struct ct_err err = CT_ERR_INIT;
    struct exec e = {sql};

    CT_OK_(sql, ct_store_write(w->store, exec_run, &e, &err), &err);
}

/* ---- whatever happens ---- */

struct dice {
    uint64_t state;
};

static unsigned roll(struct dice *d, unsigned sides)
{
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(d->state >> 33) % sides;
}

/* A day within a year around now: corrections are often about days long gone. */
static struct ct_sv some_day(struct world *w, struct dice *d, bool to_come)
{
    char text[CT_TIME_TEXT];
    int day = ct_day_of(w->now) - (int)roll(d, 200) + (to_come ? (int)roll(d, 100) : 0);

    return ct_arena_dup(&w->arena, ct_sv_c(ct_day_text(day, text)));
}

static void record_fact(struct world *w, struct dice *d, int64_t person)
{
    static const struct {
        const char *field, *value;
    } facts[] = {{"active", "no"}, {"active", "yes"}, {"name", "Somebody Else"}, {"email", NULL}};
    unsigned i = roll(d, sizeof facts / sizeof facts[0]);
    struct ct_sv value = facts[i].value
                             ? ct_sv_c(facts[i].value)
                             : ct_arena_printf(&w->arena, "p%u@example.org", roll(d, 1000000));

    ct_fact_set(w->store, &w->clock, person, ct_sv_c(facts[i].field), value, some_day(w, d, false),
                0, NULL, NULL);
}

static void record_tie(struct world *w, struct dice *d, int64_t person)
{
    struct ct_org_change c = {.tie = CT_TIE_MEMBER,
                              .org = 1 + roll(d, 5),
                              .who = person,
                              .ends = roll(d, 3) == 0,
                              .on = some_day(w, d, true)};

    CT_OK_("tie", ct_org_record(w->store, &w->clock, &c, NULL, NULL), NULL);
}

static void revoke_some(struct world *w, struct dice *d)
{
    const struct ct_certificate_filter all = {.max = 0};
    struct ct_certificate *list;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(w->store);

    CT_OK_("list", ct_certificate_list(rd.db, &w->arena, &all, &list, &n, NULL), NULL);
    if (n)
        ct_certificate_revoke(w->store, &w->clock, list[roll(d, (unsigned)n)].code,
                              CT_SV("a mistake"), 0, NULL);
}

static void learn(struct world *w, struct dice *d, int64_t person)
{
    switch (roll(d, 5)) {
    case 0:
        do_section(w, person, "victims", roll(d, 2) ? "opening" : "practice");
        break;
    case 1:
        do_quiz(w, person, "victims", roll(d, 2) ? ALL_RIGHT : HALF);
        break;
    case 2:
        do_run(w, person, "caseworker");
        break;
    case 3:
        do_core(w, person);
        break;
    default:
        do_quiz(w, person, "feelings", "q.how=Well");
        break;
    }
}

static void change_discipline(struct world *w, struct dice *d, int64_t person)
{
    static const char *const some[] = {"prosecutor", "caseworker", "advocate", "judge"};

    w->discipline[person] = some[roll(d, 4)];
    CT_OK_(
        "discipline",
        ct_person_set_discipline(w->store, &w->clock, person, ct_sv_c(w->discipline[person]), NULL),
        NULL);
}

static void something_happens(struct world *w, struct dice *d)
{
    int64_t person = 1 + roll(d, 4);

    w->now += 1 + roll(d, 2 * DAY_LONG);
    switch (roll(d, 8)) {
    case 0:
        record_fact(w, d, person);
        break;
    case 1:
        record_tie(w, d, person);
        break;
    case 2:
        change_discipline(w, d, person);
        break;
    case 3:
        revoke_some(w, d);
        break;
    default:
        learn(w, d, person);
        break;
    }
}

static void add_orgs(struct world *w)
{
    static const struct ct_org_new orgs[] = {
        {.kind = CT_ORG_AGENCY, .path = {"dcs", 3}, .name = {"DCS", 3}},
        {.kind = CT_ORG_UNIT, .path = {"dcs/intake", 10}, .name = {"Intake", 6}},
        {.kind = CT_ORG_UNIT,
         .path = {"dcs/night", 9},
         .name = {"Night", 5},
         .below = {"dcs/intake", 10}},
        {.kind = CT_ORG_AGENCY, .path = {"pd", 2}, .name = {"PD", 2}},
        {.kind = CT_ORG_TASK_FORCE, .path = {"mdt", 3}, .name = {"MDT", 3}}};
    int64_t id;

    for (size_t i = 0; i < sizeof orgs / sizeof orgs[0]; i++)
        CT_OK_("org", ct_org_add(w->store, &w->clock, &orgs[i], 0, &id, NULL), NULL);
}

static void the_past_stays_what_it_was(void **state)
{
    enum { MOMENTS = 8, STEPS = 15 };

    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct dice d = {seed};
        struct ct_sv said[MOMENTS];
        int64_t moments[MOMENTS];
        void *opened = NULL;
        assert_int_equal(world_open(&opened), 0);
        struct world *w = opened;
        add_orgs(w);
        for (size_t m = 0; m < MOMENTS; m++) {
            for (size_t i = 0; i < STEPS; i++)
                something_happens(w, &d);
            moments[m] = w->now++;
            said[m] = text_of(w, moments[m]);
        }
        for (size_t m = 0; m < MOMENTS; m++)
            CT_EQ_SV("as it was", text_of(w, moments[m]), said[m]);
        assert_false(ct_sv_eq(said[0], said[MOMENTS - 1]));
        world_close(&opened);
    }
}

/* ---- one moment or another ---- */

static void who_was_there_is_told_of_the_day(void **state)
{
    struct world *w = *state;
    int64_t first = w->now, then = first + 10 * DAY_LONG;

    do_core(w, BEN);
    w->now = first + 20 * DAY_LONG;
    exec(w, "insert into person_discipline values(2, 'prosecutor', 1701728000)");
    exec(w, "update person set discipline = 'prosecutor' where id = 2");
    CT_OK_("leaves",
           ct_fact_set(w->store, &w->clock, CARA, CT_SV("active"), CT_SV("no"), CT_SV_NULL, 0, NULL,
                       NULL),
           NULL);
    do_section(w, CARA, "victims", "opening");
    do_section(w, ANNA, "victims", "opening");
    struct ct_report r = report_of(w, then, "UTC");
    const struct ct_report_person *ben = person_in(&r, BEN, "core");
    CT_EQ_I64("past", r.is_past, true);
    CT_EQ_SV("as a caseworker", ben->discipline, CT_SV("caseworker"));
    CT_EQ_I64("completed", ben->status, CT_DUE_COMPLETED);
    CT_EQ_I64("Anna had not begun", person_in(&r, ANNA, "core")->status, CT_DUE_NOT_STARTED);
    r = report_of(w, 0, "UTC");
    CT_EQ_I64("now", r.is_past, false);
    CT_EQ_SV("as a prosecutor", person_in(&r, BEN, "core")->discipline, CT_SV("prosecutor"));
    CT_EQ_I64("Anna has", person_in(&r, ANNA, "core")->status, CT_DUE_IN_PROGRESS);
    assert_null(person_in(&r, CARA, "core"));
    r = report_of(w, first - 1, "UTC");
    CT_EQ_I64("before all", person_in(&r, BEN, "core")->status, CT_DUE_NOT_STARTED);
}

/* It is 22:13:20 in UTC, and 16:13:20 in Chicago, where all agencies are. */
static void active_time_is_that_up_to_the_moment(void **state)
{
    const struct ct_org_new west = {.kind = CT_ORG_AGENCY,
                                    .path = CT_SV("west"),
                                    .name = CT_SV("West"),
                                    .time_zone = CT_SV("America/Chicago")};
    static const struct {
        const char *name;
        int64_t as_of;
        int minutes;
        const char *last;
    } cases[] = {
        {"begun, in a quarter that is not over", 1700000000 + 299, 1, "2023-11-14"},
        {"at the end of the day in UTC", 1700006399, 5, "2023-11-14"},
        {"in the evening", 1700006400 + HOUR - 1, 15, "2023-11-14"},
        {"at the end of the day where people are", 1700006400 + 6 * HOUR - 1, 25, "2023-11-14"},
        {"a second before one o'clock", 1700006400 + 7 * HOUR - 1, 25, "2023-11-14"},
        {"now", 0, 35, "2023-11-15"},
    };
    static const int64_t events[] = {1700000300, 1700006400, 1700006400 + 5 * HOUR,
                                     1700006400 + 7 * HOUR}; /* 16:18, 18:00, 23:00, 1:00 there */
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    char day[CT_TIME_TEXT];
    int64_t id;

    CT_OK_("org", ct_org_add(w->store, &w->clock, &west, 0, &id, &err), &err);
    do_section(w, BEN, "victims", "opening");
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        w->now = events[i];
        do_section(w, BEN, "victims", i % 2 ? "opening" : "practice");
    }
    CT_EACH (c, cases) {
        struct ct_report r = report_of(w, c->as_of, "UTC");
        const struct ct_report_person *p = person_in(&r, BEN, "core");
        CT_EQ_I64(c->name, p->minutes, c->minutes);
        CT_EQ_STR(c->name, ct_day_text(p->last_on, day), c->last);
        CT_EQ_STR("begun", ct_day_text(p->started_on, day), "2023-11-14");
    }
}

static void a_certificate_that_ends_gives_the_word(void **state)
{
    /* Issued on 2023-11-14 for 12 months; it may be renewed from 2024-08-14 on. */
    static const struct {
        const char *name, *day;
        enum ct_due_status want;
        size_t expiring, expired;
        int percent, percent_now;
    } cases[] = {
        {"on the day", "2023-11-14", CT_DUE_COMPLETED, 0, 0, 100, 100},
        {"the day before it may be renewed", "2024-08-13", CT_DUE_COMPLETED, 0, 0, 100, 100},
        {"from then on", "2024-08-14", CT_DUE_EXPIRING, 1, 0, 100, 100},
        {"through its last day", "2024-11-14", CT_DUE_EXPIRING, 1, 0, 100, 100},
        {"and no longer", "2024-11-15", CT_DUE_EXPIRED, 0, 1, 100, 0},
    };
    struct world *w = *state;

    do_core(w, BEN);
    exec(w, "insert into certificate_term select code, 12 from certificate where true"
            " on conflict do update set months = 12");
    w->now += 500 * (int64_t)DAY_LONG;
    CT_EACH (c, cases) {
        int day;
        assert_true(ct_day_parse(ct_sv_c(c->day), &day));
        struct ct_report r = report_of(w, ((int64_t)day + 1) * DAY_LONG - 1, "UTC");
        const struct ct_report_person *p = person_in(&r, BEN, "core");
        CT_EQ_I64(c->name, p->status, c->want);
        CT_EQ_I64(c->name, p->expires_on, ct_date_day((struct ct_date){2024, 11, 14}));
        for (size_t i = 0; i < r.n; i++)
            if (ct_sv_eq_c(r.rows[i].discipline, "caseworker")) {
                CT_EQ_I64(c->name, r.rows[i].expiring, c->expiring);
                CT_EQ_I64(c->name, r.rows[i].expired, c->expired);
                CT_EQ_I64("completed all the same", r.rows[i].completed, 1);
                CT_EQ_I64(c->name, r.rows[i].percent, c->percent);
                CT_EQ_I64(c->name, r.rows[i].percent_now, c->percent_now);
            }
    }
}

/* Of who is in an agency; of who is in none those of all agencies' zone. */
static void days_are_those_of_the_person(void **state)
{
    const struct ct_org_new tokyo = {.kind = CT_ORG_AGENCY,
                                     .path = CT_SV("tok"),
                                     .name = CT_SV("Tokyo"),
                                     .time_zone = CT_SV("Asia/Tokyo")},
                            west = {.kind = CT_ORG_AGENCY,
                                    .path = CT_SV("west"),
                                    .name = CT_SV("West"),
                                    .time_zone = CT_SV("America/Chicago")};
    struct ct_org_change joins = {.tie = CT_TIE_MEMBER, .on = CT_SV("2023-11-01")};
    struct world *w = *state; /* it is 22:13:20 in UTC */
    struct ct_err err = CT_ERR_INIT;
    int64_t id;

    do_core(w, BEN);
    CT_OK_("org", ct_org_add(w->store, &w->clock, &tokyo, 0, &joins.org, &err), &err);
    struct ct_report r = report_of(w, 0, "America/Chicago");
    CT_EQ_I64("the next day in the only zone", person_in(&r, BEN, "core")->completed_on,
              ct_date_day((struct ct_date){2023, 11, 15}));
    CT_EQ_I64("the report's own is as asked", r.day, ct_date_day((struct ct_date){2023, 11, 14}));
    CT_EQ_SV("said", r.time_zone, CT_SV("Asia/Tokyo"));
    CT_OK_("org", ct_org_add(w->store, &w->clock, &west, 0, &id, &err), &err);
    r = report_of(w, 0, "UTC");
    CT_EQ_I64("of two zones none", person_in(&r, BEN, "core")->completed_on,
              ct_date_day((struct ct_date){2023, 11, 14}));
    joins.who = BEN;
    CT_OK_("joins", ct_org_record(w->store, &w->clock, &joins, NULL, &err), &err);
    r = report_of(w, 0, "UTC");
    CT_EQ_I64("of the agency", person_in(&r, BEN, "core")->completed_on,
              ct_date_day((struct ct_date){2023, 11, 15}));
    CT_EQ_SV("they differ", r.time_zone, CT_SV("That of each person's agency"));
}

static void a_day_means_its_end(void **state)
{
    static const struct {
        const char *name, *day, *agency, *unit;
        int want;
        int64_t as_of;
        const char *zone;
    } cases[] = {
        {"now", NULL, NULL, NULL, CT_OK, 1700000000, "UTC"},
        {"its end where an agency is", "2023-11-10", "dcs", NULL, CT_OK, 1699682399,
         "America/Chicago"},
        {"its end where a unit is", "2023-11-10", NULL, "dcs/intake", CT_OK, 1699682399,
         "America/Chicago"},
        {"in UTC where agencies differ", "2023-11-10", NULL, NULL, CT_OK, 1699660799, "UTC"},
        {"today: no later than now", "2023-11-14", "dcs", NULL, CT_OK, 1700000000,
         "America/Chicago"},
        {"tomorrow is still to come", "2023-11-15", "dcs", NULL, CT_BAD_INPUT, 0, NULL},
        {"no day", "last week", NULL, NULL, CT_BAD_INPUT, 0, NULL},
        {"an agency that is not there tells nothing", "2023-11-10", "nowhere", NULL, CT_OK,
         1699660799, "UTC"},
    };
    static const struct ct_org_new orgs[] = {
        {.kind = CT_ORG_AGENCY,
         .path = {"dcs", 3},
         .name = {"DCS", 3},
         .time_zone = {"America/Chicago", 15}},
        {.kind = CT_ORG_AGENCY, .path = {"pd", 2}, .name = {"PD", 2}, .time_zone = {"UTC", 3}}};
    struct world *w = *state;
    int64_t id;

    for (size_t i = 0; i < 2; i++)
        CT_OK_("org", ct_org_add(w->store, &w->clock, &orgs[i], 0, &id, NULL), NULL);
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_report_moment at;
        struct ct_scope_wish wish = {.agency = ct_sv_c(c->agency), .unit = ct_sv_c(c->unit)};
        CT_AUTO_READER rd = ct_store_reader(w->store);
        CT_EQ_I64(c->name,
                  ct_report_moment(rd.db, &w->arena, &w->clock, ct_sv_c(c->day), &wish, &at, &err),
                  c->want);
        if (c->want < 0) {
            CT_EQ_STR(c->name, err.what, "as_of");
            continue;
        }
        CT_EQ_I64(c->name, at.as_of, c->as_of);
        CT_EQ_SV(c->name, at.time_zone, ct_sv_c(c->zone));
    }
}

/* A day was that of the agencies that were there; one that joins later, elsewhere, and a new name
 * change nothing of it. */
static void an_agency_that_comes_later_moves_no_day(void **state)
{
    const struct ct_org_new dcs = {.kind = CT_ORG_AGENCY,
                                   .path = CT_SV("dcs"),
                                   .name = CT_SV("DCS"),
                                   .time_zone = CT_SV("America/Chicago")},
                            far = {.kind = CT_ORG_AGENCY,
                                   .path = CT_SV("far"),
                                   .name = CT_SV("Far"),
                                   .time_zone = CT_SV("Asia/Tokyo")};
    struct ct_scope_wish all = {.agency = CT_SV_NULL};
    struct world *w = *state;
    struct ct_report_moment before, after;
    struct ct_org *orgs;
    struct ct_err err = CT_ERR_INIT;
    int64_t id, other;
    size_t n;

    CT_OK_("org", ct_org_add(w->store, &w->clock, &dcs, 0, &id, NULL), NULL);
    w->now += 3 * 86400;
    {
        CT_AUTO_READER rd = ct_store_reader(w->store);
        CT_OK_(
            "day",
            ct_report_moment(rd.db, &w->arena, &w->clock, CT_SV("2023-11-15"), &all, &before, &err),
            &err);
    }
    CT_OK_("org", ct_org_add(w->store, &w->clock, &far, 0, &other, NULL), NULL);
    CT_OK_("name", ct_org_rename(w->store, &w->clock, id, CT_SV("New"), 0, NULL), NULL);
    CT_AUTO_READER rd = ct_store_reader(w->store);
    CT_OK_("day",
           ct_report_moment(rd.db, &w->arena, &w->clock, CT_SV("2023-11-15"), &all, &after, &err),
           &err);
    CT_EQ_SV("the zone that it had", after.time_zone, CT_SV("America/Chicago"));
    CT_EQ_I64("the moment that it meant", after.as_of, before.as_of);
    CT_OK_("list", ct_org_list_as_of(rd.db, &w->arena, after.as_of, &orgs, &n, &err), &err);
    CT_EQ_SV("the name that it had", orgs[0].name, CT_SV("DCS"));
    CT_EQ_SV("what came later has its first", orgs[1].name, CT_SV("Far"));
    CT_OK_("list", ct_org_list(rd.db, &w->arena, &orgs, &n, &err), &err);
    CT_EQ_SV("and now the new one", orgs[0].name, CT_SV("New"));
    CT_OK_("now", ct_report_moment(rd.db, &w->arena, &w->clock, CT_SV_NULL, &all, &after, &err),
           &err);
    CT_EQ_SV("today they differ", after.time_zone, CT_SV("UTC"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_past_stays_what_it_was),
        T(who_was_there_is_told_of_the_day),
        T(a_certificate_that_ends_gives_the_word),
        T(days_are_those_of_the_person),
        T(a_day_means_its_end),
        T(an_agency_that_comes_later_moves_no_day),
        T(active_time_is_that_up_to_the_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
