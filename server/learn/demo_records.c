/*
 * demo_records.c: what else Alder County asks of its people, and what is recorded beside what they
 * completed: a task force's requirement, hours of in-service training, a waiver, outside training
 * that waits and some that was approved, leave.
 */
#include "demo_priv.h"

#include "ct/learn/requirement.h"
#include "ct/learn/training.h"

#include "ct/base/banned.h"

enum { DAY = 86400, FISCAL_MONTH = 7, HOUR = 60 };

struct county {
    struct ct_store *store;
    const struct ct_catalogue *cat;
    struct ct_arena *arena;
    int64_t now, today;
    struct ct_clock clock;
    int64_t core, mdt, dcs; /* the requirement of everybody; orgs; 0: there is none */
};

static int64_t county_now(void *arg)
{
    return ((const struct county *)arg)->now;
}

static int find_all(struct county *c, struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(c->store);
    struct ct_requirement *all, *core;
    struct ct_org *orgs;
    const struct ct_org *mdt, *dcs;
    size_t n, n_orgs;
    int r;

    if ((r = ct_requirement_list(rd.db, c->arena, INT64_MAX, &all, &n, err)) < 0 ||
        (r = ct_org_list(rd.db, c->arena, &orgs, &n_orgs, err)) < 0)
        return r;
    core = ct_requirement_find(all, n, CT_SV("core-yearly"));
    mdt = ct_org_find(orgs, n_orgs, CT_ORG_TASK_FORCE, CT_SV("alder-mdt"));
    dcs = ct_org_find(orgs, n_orgs, CT_ORG_AGENCY, CT_SV("alder-dcs"));
    c->core = core ? core->id : 0;
    c->mdt = mdt ? mdt->id : 0;
    c->dcs = dcs ? dcs->id : 0;
    return CT_OK;
}

/* Nobody is 0. */
static int64_t person(const struct county *c, const char *local)
{
    CT_AUTO_READER rd = ct_store_reader(c->store);
    struct ct_err none = CT_ERR_INIT;
    struct ct_person p;
    int r = ct_person_by_email(rd.db, c->arena, ct_arena_printf(c->arena, "%s@example.org", local),
                               &p, &none);

    return r == CT_OK ? p.id : 0;
}

static bool first_scenario(const struct ct_catalogue *cat, struct ct_requirement *q)
{
    for (size_t i = 0; i < cat->n_courses; i++)
        for (size_t k = 0; k < cat->courses[i].n_modules; k++)
            if (cat->courses[i].modules[k]->kind == CT_MODULE_SCENARIO) {
                q->course = cat->courses[i].slug;
                q->module = cat->courses[i].modules[k]->id;
                return true;
            }
    return false;
}

/* *ret_new is false if it was there of an earlier run. */
static int add(struct county *c, struct ct_requirement *q, int days_ago, const char *by,
               int64_t *ret, bool *ret_new, struct ct_err *err)
{
    struct ct_err there = CT_ERR_INIT;
    int r;

    c->now = c->today - (int64_t)days_ago * DAY;
    q->rules[0].due.from = ct_day_of(c->now);
    q->n_rules = 1;
    r = ct_requirement_add(c->store, &c->clock, c->cat, q, person(c, by), ret, &there);
    *ret_new = r == CT_OK;
    if (r == CT_OK || r == CT_CONFLICT)
        return CT_OK;
    return ct_fail(err, r, there.what, "%s", there.text);
}

/* The task force plays a case together. */
static int ask_task_force(struct county *c, struct ct_err *err)
{
    struct ct_requirement_rule rule = {
        .due = {.kind = CT_DUE_ASSIGNED, .fixed = CT_DAY_NONE, .days = 75},
        .title = CT_SV("Task force: a case from two chairs"),
        .orgs = &c->mdt,
        .n_orgs = 1,
        .chairs = 2};
    struct ct_requirement q = {
        .kind = CT_REQUIREMENT_SCENARIO, .slug = CT_SV("task-force-two-chairs"), .rules = &rule};
    int64_t id;
    bool is_new;

    if (c->mdt == 0 || !first_scenario(c->cat, &q))
        return CT_OK;
    return add(c, &q, 60, "miriam.castaneda", &id, &is_new, err);
}

/* Twelve hours in every fiscal year. */
static int ask_hours(struct county *c, int64_t *ret, bool *ret_new, struct ct_err *err)
{
    static const struct ct_sv caseworkers[] = {{"caseworker", 10}};
    struct ct_requirement_rule rule = {
        .due = {.kind = CT_DUE_YEAR, .fixed = CT_DAY_NONE, .month = FISCAL_MONTH},
        .title = CT_SV("In-service training: 12 hours a year"),
        .orgs = &c->dcs,
        .n_orgs = 1,
        .disciplines = caseworkers,
        .n_disciplines = 1,
        .minutes = 12 * HOUR};
    struct ct_requirement q = {
        .kind = CT_REQUIREMENT_HOURS, .slug = CT_SV("in-service-hours"), .rules = &rule};

    *ret_new = false;
    if (c->dcs == 0 || ct_discipline_find(&c->cat->disciplines, caseworkers[0]) < 0)
        return CT_OK;
    return add(c, &q, 80, "ruth.achterberg", ret, ret_new, err);
}

static int record(struct county *c, const char *local, const char *by, int days_ago,
                  struct ct_training *t, struct ct_err *err)
{
    t->person = person(c, local);
    c->now = c->today - (int64_t)days_ago * DAY;
    return t->person == 0 ? CT_OK
                          : ct_training_record(c->store, &c->clock, t, person(c, by), NULL, err);
}

static int record_all(struct county *c, int64_t hours, struct ct_err *err)
{
    int today = ct_day_of(c->today), r;
    struct ct_training waiver = {
        .kind = CT_TRAINING_WAIVER,
        .requirement = c->core,
        .on = today - 10,
        .until = today + 80,
        .reason = CT_SV("Taught this course for the State until May; takes it anew next year"),
        .approved_by = CT_SV("Ruth Achterberg, memo of the director")};
    struct ct_training waiting = {
        .kind = CT_TRAINING_CREDIT,
        .requirement = c->core,
        .on = today - 6,
        .until = CT_DAY_NONE,
        .reason = CT_SV("State academy: two days on trafficking of children"),
        .evidence = CT_SV("Certificate of attendance, in my personnel file"),
        .minutes = 12 * HOUR};
    struct ct_training observed = {.kind = CT_TRAINING_CREDIT,
                                   .requirement = hours,
                                   .on = today - 15,
                                   .until = CT_DAY_NONE,
                                   .reason = CT_SV("Court observation: dependency calendar"),
                                   .evidence = CT_SV("Slip signed by the clerk"),
                                   .approved_by = CT_SV("Miriam Castañeda"),
                                   .minutes = 6 * HOUR};
    struct ct_training leave = {.kind = CT_TRAINING_LEAVE,
                                .on = today - 12,
                                .until = today + 30,
                                .reason = CT_SV("Family leave")};

    if ((r = record(c, "ebony.marshall", "ruth.achterberg", 10, &waiver, err)) < 0 ||
        (r = record(c, "carl.jensen", "carl.jensen", 5, &waiting, err)) < 0 ||
        (r = record(c, "hannah.goldberg", "miriam.castaneda", 14, &observed, err)) < 0)
        return r;
    return record(c, "nguyen.hoa", "miriam.castaneda", 13, &leave, err);
}

int ct_demo_record(struct ct_store *s, const struct ct_catalogue *cat, struct ct_arena *a,
                   int64_t today, struct ct_err *err)
{
    struct county c = {.store = s, .cat = cat, .arena = a, .today = today};
    int64_t hours;
    bool is_new;
    int r;

    c.clock = (struct ct_clock){county_now, &c};
    if ((r = find_all(&c, err)) < 0 || c.core == 0 || (r = ask_task_force(&c, err)) < 0 ||
        (r = ask_hours(&c, &hours, &is_new, err)) < 0)
        return r;
    return is_new ? record_all(&c, hours, err) : CT_OK;
}
