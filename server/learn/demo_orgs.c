/*
 * demo_orgs.c: where the people of Alder County work: two agencies with units, three small ones,
 * and a task force across them. Its lead, the manager who is offered for signing in, leads the
 * caseworkers, too, and is shown the names of those agencies that agreed to it: not the District
 * Attorney's.
 */
#include "demo_priv.h"

#include "ct/learn/org.h"

#include "ct/base/banned.h"

enum { DAY = 24 * 3600, COUNTY_DAYS = 100 /* ago it was set up */ };

enum { DCS, CASEWORK, INTAKE, ONGOING, DA, TRIALS, VICTIMS, SHERIFF, CASA, CLINIC, MDT, N_ORGS };

static const struct {
    enum ct_org_kind kind;
    const char *path, *name, *below;
} orgs[N_ORGS] = {
    [DCS] = {CT_ORG_AGENCY, "alder-dcs", "Alder County Children’s Services", NULL},
    [CASEWORK] = {CT_ORG_UNIT, "alder-dcs/casework", "Casework", NULL},
    [INTAKE] = {CT_ORG_UNIT, "alder-dcs/intake", "Intake", "alder-dcs/casework"},
    [ONGOING] = {CT_ORG_UNIT, "alder-dcs/ongoing", "Ongoing services", "alder-dcs/casework"},
    [DA] = {CT_ORG_AGENCY, "alder-da", "Alder County District Attorney", NULL},
    [TRIALS] = {CT_ORG_UNIT, "alder-da/child-victims", "Child victims unit", NULL},
    [VICTIMS] = {CT_ORG_UNIT, "alder-da/victim-services", "Victim services", NULL},
    [SHERIFF] = {CT_ORG_AGENCY, "alder-sheriff", "Alder County Sheriff", NULL},
    [CASA] = {CT_ORG_AGENCY, "alder-casa", "CASA of Alder County", NULL},
    [CLINIC] = {CT_ORG_AGENCY, "alder-clinic", "Alder Children’s Clinic", NULL},
    [MDT] = {CT_ORG_TASK_FORCE, "alder-mdt", "Alder County Task Force on Child Trafficking", NULL},
};

/* Who is offered as the manager leads; the others work where their discipline does. */
struct post {
    int org; /* N_ORGS: none */
    bool in_task_force, leads;
};

static struct post post_of(const struct ct_demo_person *p, size_t nth)
{
    struct post post = {.org = N_ORGS};
    const char *d = p->discipline ? p->discipline : "";

    if (strcmp(d, "caseworker") == 0)
        post = (struct post){nth % 2 ? INTAKE : ONGOING, nth % 2 == 0, false};
    if (strcmp(d, "prosecutor") == 0)
        post = (struct post){TRIALS, true, false};
    if (strcmp(d, "advocate") == 0)
        post = (struct post){VICTIMS, nth % 2 == 0, false};
    if (strcmp(d, "law-enforcement") == 0)
        post = (struct post){SHERIFF, true, false};
    if (strcmp(d, "guardian") == 0)
        post = (struct post){CASA, true, false};
    if (strcmp(d, "health") == 0)
        post = (struct post){CLINIC, true, false};
    if (p->shown && strcmp(p->shown, "manager") == 0)
        post = (struct post){CASEWORK, true, true};
    return post;
}

struct county {
    struct ct_store *store;
    struct ct_clock clock;
    int64_t now;
    int64_t ids[N_ORGS];
};

static int64_t county_now(void *arg)
{
    return ((const struct county *)arg)->now;
}

static int found(struct county *c, struct ct_err *err)
{
    for (int i = 0; i < N_ORGS; i++) {
        struct ct_org_new o = {.kind = orgs[i].kind,
                               .path = ct_sv_c(orgs[i].path),
                               .name = ct_sv_c(orgs[i].name),
                               .below = ct_sv_c(orgs[i].below),
                               .time_zone = CT_SV("America/Chicago"),
                               .fiscal_month = 7};
        int r = ct_org_add(c->store, &c->clock, &o, 0, &c->ids[i], err);
        if (r < 0)
            return r;
    }
    return CT_OK;
}

static int tie(struct county *c, enum ct_org_tie what, int64_t person, int org, bool ends,
               struct ct_err *err)
{
    struct ct_org_change change = {.tie = what, .who = person, .org = c->ids[org], .ends = ends};

    return ct_org_record(c->store, &c->clock, &change, NULL, err);
}

/* The agencies that agreed to have their people named to the lead of the task force. */
static int share(struct county *c, struct ct_err *err)
{
    static const int agreed[] = {SHERIFF, CASA, CLINIC};
    int r = CT_OK;

    for (size_t i = 0; i < sizeof agreed / sizeof agreed[0] && r == CT_OK; i++) {
        struct ct_org_change change = {
            .tie = CT_TIE_SHARING,
            .who = c->ids[agreed[i]],
            .org = c->ids[MDT],
            .note = CT_SV("Agreement of the task force on training records, section 4")};
        r = ct_org_record(c->store, &c->clock, &change, NULL, err);
    }
    return r;
}

static int settle(struct county *c, const struct ct_demo_person *p, int64_t id, struct post post,
                  struct ct_err *err)
{
    int r = CT_OK;

    if (post.org < N_ORGS)
        r = tie(c, CT_TIE_MEMBER, id, post.org, false, err);
    if (r == CT_OK && post.in_task_force)
        r = tie(c, CT_TIE_MEMBER, id, MDT, false, err);
    if (r == CT_OK && post.leads)
        r = tie(c, CT_TIE_LEAD, id, post.org, false, err);
    if (r == CT_OK && post.leads)
        r = tie(c, CT_TIE_LEAD, id, MDT, false, err);
    if (r < 0 || !p->left || post.org == N_ORGS)
        return r;
    c->now += (int64_t)p->days * DAY / 2;
    return tie(c, CT_TIE_MEMBER, id, post.org, true, err);
}

int ct_demo_settle(struct ct_store *s, const int64_t *people, int64_t today, struct ct_err *err)
{
    struct county c = {.store = s, .now = today - (int64_t)COUNTY_DAYS * DAY};
    struct ct_err there = CT_ERR_INIT;
    size_t nth = 0;

    c.clock = (struct ct_clock){county_now, &c};
    int r = found(&c, &there);
    if (r == CT_CONFLICT) /* of an earlier run */
        return CT_OK;
    if (r < 0)
        return ct_fail(err, r, there.what, "%s", there.text);
    r = share(&c, err);
    for (size_t i = 0; i < ct_demo_n_people && r == CT_OK; i++) {
        const struct ct_demo_person *p = &ct_demo_people[i];
        c.now = today - (int64_t)(p->days < COUNTY_DAYS ? p->days : COUNTY_DAYS) * DAY;
        r = settle(&c, p, people[i], post_of(p, nth++), err);
    }
    return r;
}
