/*
 * org_change_priv.h: what org_change.c, org_close.c and org_undo.c share.
 */
#ifndef CT_LEARN_ORG_CHANGE_PRIV_H
#define CT_LEARN_ORG_CHANGE_PRIV_H

#include "org_priv.h"

#include "ct/learn/org_change.h"
#include "ct/learn/org_tree.h"

/* The org and all others as they stand on a day, by all that is known. CT_BAD_INPUT (what: "on");
 * CT_NOT_FOUND. */
int ct_org_on_day(struct ct_db *db, struct ct_arena *a, int64_t org, struct ct_sv on, int64_t now,
                  struct ct_org_outlook *ret, struct ct_err *err);

/* Whether one is the other or below it, on the outlook's day. */
bool ct_org_stands_below(const struct ct_org_outlook *o, const struct ct_org *it, int64_t above);

/* Fills in what is below the org and open, and who belongs to it on the day or later. */
int ct_org_members_of(struct ct_db *db, struct ct_arena *a, struct ct_org_outlook *o,
                      struct ct_err *err);

/* Where units stand by the parents in a list. */
struct ct_org_tree ct_org_tree_of(struct ct_arena *a, const struct ct_org *orgs, size_t n);

struct ct_org_state {
    int64_t org, now, by;
    bool closes;
    struct ct_sv day, note;
};
int ct_org_state_put(struct ct_db *db, const struct ct_org_state *s, struct ct_err *err);

/* CT_BAD_INPUT (what: "on") if what the org is below is closed on the outlook's day. */
int ct_org_check_above(const struct ct_org_outlook *o, struct ct_err *err);

/* Writer-side: ct_org_undo's work. */
int ct_org_undo_put(struct ct_db *db, struct ct_arena *a, const struct ct_org_undoing *what,
                    int64_t now, struct ct_err *err);

/* Writer-side: what becomes of the requirements of an outlook. */
int ct_org_close_requirements(struct ct_db *db, struct ct_arena *a, const struct ct_org_outlook *o,
                              const struct ct_org_closing *c, int64_t now, struct ct_err *err);

/* Requirements that name one of what closes on the day or later. */
int ct_org_asked_of(struct ct_db *db, struct ct_arena *a, struct ct_org_outlook *o,
                    struct ct_err *err);

#endif
