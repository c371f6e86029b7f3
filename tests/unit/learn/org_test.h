/*
 * org_test.h: a database with people and two agencies, for the tests of who belongs where and who
 * sees whom.
 */
#ifndef CT_TEST_LEARN_ORG_TEST_H
#define CT_TEST_LEARN_ORG_TEST_H

#include "ct_temp.h"
#include "ct_test.h"

#include "ct/base/secret.h"
#include "ct/learn/org.h"
#include "ct/learn/person.h"

enum { ORG_DAY = 24 * 3600, ORG_START = 1704067200 /* 2024-01-01 */ };

struct orgs {
    struct ct_temp temp;
    struct ct_store *store;
    struct ct_arena a;
    int64_t now;
    struct ct_clock clock;
};

static inline int orgs_open(void **state)
{
    struct orgs *o = calloc(1, sizeof *o);

    if (!o || ct_secret_init(NULL) < 0)
        return -1;
    ct_temp_make(&o->temp);
    o->store = ct_temp_store(&o->temp);
    o->now = ORG_START;
    o->clock = (struct ct_clock){ct_fixed_now, &o->now};
    *state = o;
    return 0;
}

static inline int orgs_close(void **state)
{
    struct orgs *o = *state;

    ct_store_close(o->store);
    ct_arena_release(&o->a);
    ct_temp_remove(&o->temp);
    free(o);
    return 0;
}

static inline int64_t orgs_person(struct orgs *o, const char *local, unsigned roles)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_person p = {.email = ct_arena_printf(&o->a, "%s@example.org", local),
                          .name = ct_sv_c(local),
                          .discipline = CT_SV("judge"),
                          .roles = CT_ROLE_LEARNER | roles};
    int64_t id = 0;

    CT_OK_(local, ct_person_add(o->store, &o->clock, &p, &id, &err), &err);
    return id;
}

static inline int64_t orgs_add(struct orgs *o, enum ct_org_kind kind, const char *path,
                               const char *below)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new what = {
        .kind = kind, .path = ct_sv_c(path), .name = ct_sv_c(path), .below = ct_sv_c(below)};
    int64_t id = 0;

    CT_OK_(path, ct_org_add(o->store, &o->clock, &what, 0, &id, &err), &err);
    return id;
}

/* Records a tie; `on` NULL: today. */
static inline bool orgs_tie(struct orgs *o, enum ct_org_tie tie, int64_t who, int64_t org,
                            bool ends, const char *on)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_change c = {.tie = tie,
                              .who = who,
                              .org = org,
                              .ends = ends,
                              .on = ct_sv_c(on),
                              .note = CT_SV("agreed")};
    bool changed = false;

    CT_OK_("record", ct_org_record(o->store, &o->clock, &c, &changed, &err), &err);
    return changed;
}

#endif
