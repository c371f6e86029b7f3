/*
 * require_test.h: an agency with people, units and a curriculum, for the tests of requirements,
 * training and assignments. The clock stands at 2024-01-01 until a test moves it.
 */
#ifndef CT_TEST_LEARN_REQUIRE_TEST_H
#define CT_TEST_LEARN_REQUIRE_TEST_H

#include "curriculum.h"
#include "org_test.h"

#include "ct/learn/fact.h"
#include "ct/learn/requirement.h"
#include "ct/learn/training.h"

struct site {
    struct orgs o;
    struct ct_catalogue *cat;
    int64_t dcs, intake, night, mdt; /* orgs */
    int64_t ann, bob, cy;            /* caseworkers of intake, of night below it, a judge */
};

static inline int day_in(const char *text)
{
    int day = CT_DAY_NONE;

    if (text && !ct_day_parse(ct_sv_c(text), &day))
        fail_msg("%s is no day", text);
    return day;
}

/* Noon in Chicago of a day. */
static inline int64_t noon(const char *text)
{
    return (int64_t)day_in(text) * ORG_DAY + 18 * 3600;
}

static inline int64_t site_person(struct site *s, const char *local, const char *name,
                                  const char *discipline)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_person p = {.email = ct_arena_printf(&s->o.a, "%s@example.org", local),
                          .name = ct_sv_c(name),
                          .discipline = ct_sv_c(discipline),
                          .roles = CT_ROLE_LEARNER};
    int64_t id = 0;

    CT_OK_(local, ct_person_add(s->o.store, &s->o.clock, &p, &id, &err), &err);
    return id;
}

static inline void site_fill(struct site *s)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new dcs = {.kind = CT_ORG_AGENCY,
                             .path = CT_SV("dcs"),
                             .name = CT_SV("North County CPS"),
                             .time_zone = CT_SV("America/Chicago"),
                             .fiscal_month = 7};

    CT_OK_("agency", ct_org_add(s->o.store, &s->o.clock, &dcs, 0, &s->dcs, &err), &err);
    s->intake = orgs_add(&s->o, CT_ORG_UNIT, "dcs/intake", NULL);
    s->night = orgs_add(&s->o, CT_ORG_UNIT, "dcs/night", "dcs/intake");
    s->mdt = orgs_add(&s->o, CT_ORG_TASK_FORCE, "mdt", NULL);
    s->ann = site_person(s, "ann", "Ann Marie Ito", "caseworker");
    s->bob = site_person(s, "bob", "Bob Abel", "caseworker");
    s->cy = site_person(s, "cy", "Cy", "judge");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->intake, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->bob, s->night, false, NULL);
}

static inline int site_open(void **state)
{
    struct site *s = calloc(1, sizeof *s);
    void *orgs = NULL;

    if (!s || orgs_open(&orgs) < 0)
        return -1;
    s->o = *(struct orgs *)orgs;
    free(orgs);
    s->o.clock.arg = &s->o.now;
    s->cat = make_catalogue(&s->o.a, "1");
    site_fill(s);
    *state = s;
    return 0;
}

static inline int site_close(void **state)
{
    struct site *s = *state;

    ct_store_close(s->o.store);
    ct_arena_release(&s->o.a);
    ct_temp_remove(&s->o.temp);
    free(s);
    return 0;
}

struct site_sql {
    const char *sql;
};
static inline int site_exec_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    return ct_db_exec(db, ((struct site_sql *)arg)->sql, err);
}
static inline void site_exec(struct site *s, const char *sql)
{
    struct ct_err err = CT_ERR_INIT;
    struct site_sql job = {sql};

    CT_OK_(sql, ct_store_write(s->o.store, site_exec_job, &job, &err), &err);
}

/* Somebody completes the course "core" at noon of a day. */
static inline void site_complete(struct site *s, int64_t person, const char *day)
{
    site_exec(s, ct_arena_printf(
                     &s->o.a,
                     "insert into completion(person, course, course_title, discipline, revision,"
                     " score, minutes, at) values(%lld, 'core', 'Core', 'caseworker',"
                     " '%064d', 90, 60, %lld)",
                     (long long)person, 7, (long long)noon(day))
                     .p);
}

/* All people of dcs: thirty days after coming under it, again every year. */
static inline struct ct_requirement_rule yearly(struct site *s, const char *from)
{
    int64_t *org = ct_arena_array(&s->o.a, int64_t, 1);

    *org = s->dcs;
    return (struct ct_requirement_rule){.due = {.from = day_in(from),
                                                .kind = CT_DUE_ASSIGNED,
                                                .fixed = CT_DAY_NONE,
                                                .days = 30,
                                                .every = 12},
                                        .orgs = org,
                                        .n_orgs = 1};
}

static inline int site_try(struct site *s, const char *slug, const char *course,
                           struct ct_requirement_rule *rule, int64_t *ret_id, struct ct_err *err)
{
    struct ct_requirement q = {
        .slug = ct_sv_c(slug), .course = ct_sv_c(course), .rules = rule, .n_rules = 1};

    return ct_requirement_add(s->o.store, &s->o.clock, s->cat, &q, 0, ret_id, err);
}

static inline int64_t site_require(struct site *s, const char *slug,
                                   struct ct_requirement_rule rule)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = 0;

    CT_OK_(slug, site_try(s, slug, "core", &rule, &id, &err), &err);
    return id;
}

#endif
