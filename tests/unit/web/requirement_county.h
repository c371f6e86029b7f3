/*
 * requirement_county.h: a county for the tests of the pages about requirements: dcs with intake, pd
 * with vice, and the task force mdt of both. Pat is in intake and mdt, Sam in intake, Vic in vice
 * and mdt. Lee leads intake, Tia (of dcs) mdt; Ada is an administrator.
 */
#ifndef CT_TEST_REQUIREMENT_COUNTY_H
#define CT_TEST_REQUIREMENT_COUNTY_H

#include "walk.h"

#include "ct/learn/requirement.h"
#include "ct/learn/training.h"

struct county {
    int64_t dcs, intake, pd, vice, mdt;
    int64_t pat, sam, vic, lee, tia, ada;
};

static inline int64_t county_org(struct site *s, enum ct_org_kind kind, const char *path)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new o = {.kind = kind, .path = ct_sv_c(path), .name = ct_sv_c(path)};
    int64_t id = 0;

    CT_OK_(path, ct_org_add(s->store, &s->clock, &o, 0, &id, &err), &err);
    return id;
}

static inline void county_tie(struct site *s, enum ct_org_tie what, int64_t who, int64_t org,
                              bool ends)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_change c = {.tie = what, .who = who, .org = org, .ends = ends};

    CT_OK_("tie", ct_org_record(s->store, &s->clock, &c, NULL, &err), &err);
}

static inline struct county county_make(struct site *s)
{
    struct county c = {.pat = site_person(s, "pat@example.org", "Pat <P>", "prosecutor", 1),
                       .sam = site_person(s, "sam@example.org", "Sam", "judge", 1),
                       .vic = site_person(s, "vic@example.org", "Vic", "prosecutor", 1),
                       .lee = site_person(s, "lee@example.org", "Lee", "judge", 1),
                       .tia = site_person(s, "tia@example.org", "Tia", "judge", 1),
                       .ada = site_person(s, "ada@example.org", "Ada", "judge", 9)};

    c.dcs = county_org(s, CT_ORG_AGENCY, "dcs");
    c.intake = county_org(s, CT_ORG_UNIT, "dcs/intake");
    c.pd = county_org(s, CT_ORG_AGENCY, "pd");
    c.vice = county_org(s, CT_ORG_UNIT, "pd/vice");
    c.mdt = county_org(s, CT_ORG_TASK_FORCE, "mdt");
    county_tie(s, CT_TIE_MEMBER, c.pat, c.intake, false);
    county_tie(s, CT_TIE_MEMBER, c.sam, c.intake, false);
    county_tie(s, CT_TIE_MEMBER, c.vic, c.vice, false);
    county_tie(s, CT_TIE_MEMBER, c.pat, c.mdt, false);
    county_tie(s, CT_TIE_MEMBER, c.vic, c.mdt, false);
    county_tie(s, CT_TIE_MEMBER, c.tia, c.dcs, false);
    county_tie(s, CT_TIE_LEAD, c.lee, c.intake, false);
    county_tie(s, CT_TIE_LEAD, c.tia, c.mdt, false);
    return c;
}

/* A requirement of the course "basics" of one org, from a day on, thirty days after the assignment.
 */
static inline int64_t county_require(struct site *s, const char *slug, int from, int64_t org)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_requirement_rule rule = {
        .due = {.from = from, .kind = CT_DUE_ASSIGNED, .fixed = CT_DAY_NONE, .days = 30},
        .title = ct_sv_c(slug),
        .orgs = &org,
        .n_orgs = 1};
    struct ct_requirement q = {
        .slug = ct_sv_c(slug), .course = CT_SV("basics"), .rules = &rule, .n_rules = 1};
    const struct ct_catalogue *cat = ct_library_hold(s->library, 0);
    int64_t id = 0;
    int r = ct_requirement_add(s->store, &s->clock, cat, &q, 0, &id, &err);

    ct_library_release(s->library, 0);
    CT_OK_(slug, r, &err);
    return id;
}

/* Signed in as one of them. */
static inline void county_enter(struct browser *b, const char *who)
{
    char email[64];

    snprintf(email, sizeof email, "%s%%40example.org", who);
    browser_sign_in(b, email);
}

/* Posts as JSON would be answered, and gives the model. New reference. */
static inline json_t *county_post_json(struct browser *b, const char *target, const char *fields,
                                       int status)
{
    struct ct_err err = CT_ERR_INIT;
    json_t *model = NULL;

    b->accept = "application/json";
    CT_EQ_I64(target, browser_post(b, target, fields), status);
    b->accept = NULL;
    CT_OK_(target, ct_json_parse(ct_sv_c(b->body), CT_REPORT_MAX, &model, &err), &err);
    return model;
}

#endif
