/*
 * org_priv.h: what the files about orgs share, and the steps of a job that others run inside
 * theirs.
 */
#ifndef CT_LEARN_ORG_PRIV_H
#define CT_LEARN_ORG_PRIV_H

#include "ct/learn/org.h"

/* Today where `given` is null, else `given` if it is a day. CT_BAD_INPUT (what: "on"). */
int ct_org_day(struct ct_arena *a, struct ct_sv given, int64_t now, struct ct_sv *ret,
               struct ct_err *err);

/* Writer-side: ct_org_record's work, for a day that was checked. */
int ct_org_tie(struct ct_db *db, const struct ct_org_change *c, int64_t now, bool *ret_changed,
               struct ct_err *err);

/* Whether a membership may begin, for who looks before it writes: CT_BAD_INPUT in something closed.
 * What is known to close later ends it then, which ct_org_tie sees to and ct_org_put_tie does not.
 */
int ct_org_look_at_begin(struct ct_db *db, const struct ct_org_change *c, bool *ret_will_close,
                         struct ct_err *err);

/* Writer-side: the row alone, of a tie to a unit or agency that is there and is not so yet. */
int ct_org_put_tie(struct ct_db *db, const struct ct_org_change *c, int64_t now,
                   struct ct_err *err);

/* Whether the tie holds on the change's day, by all that is known now. */
int ct_org_holds(struct ct_db *db, const struct ct_org_change *c, bool *ret, struct ct_err *err);

/* Who belongs where, no more: by person, then org. As of a moment that falls on `day` where it is
 * asked for; null: the day in UTC. */
struct ct_org_member {
    int64_t person, org;
};
int ct_org_members_on(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_sv day,
                      struct ct_org_member **ret, size_t *ret_n, struct ct_err *err);

/* The day since which an org is closed on a day, by all that is known now, "" where it is open; and
 * the first day behind it on which it closes, or "". Each into a buffer of CT_TIME_TEXT. */
int ct_org_closed(struct ct_db *db, int64_t org, struct ct_sv day, char *ret_since, char *ret_next,
                  struct ct_err *err);

/* CT_BAD_INPUT (what: "on") if an org is closed on a day. */
int ct_org_check_open(struct ct_db *db, int64_t org, struct ct_sv day, struct ct_err *err);

/* Sets where units of a list stood, and what was closed, as of a moment and a day; null: the day on
 * which the moment falls where each of them is. */
int ct_org_stand(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_sv day,
                 struct ct_org *all, size_t n, struct ct_err *err);

/* A row of somebody and an org; its texts are copied. */
struct ct_org_bond ct_org_bond_of(struct ct_stmt *st, struct ct_arena *a);

/* A name of an org: CT_OK, or CT_BAD_INPUT (what: "name"). */
int ct_org_check_name(struct ct_sv name, struct ct_err *err);

#endif
