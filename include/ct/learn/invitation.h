/*
 * ct/learn/invitation.h: links by which several people join by themselves: whoever opens one gives
 * name, address and password and becomes a learner of its discipline, in its agency or unit.
 *
 * A link is good for a number of people and days. It is stored as a hash; that it was used or taken
 * back are rows of their own.
 */
#ifndef CT_LEARN_INVITATION_H
#define CT_LEARN_INVITATION_H

#include "ct/learn/person.h"

enum { CT_INVITATION_USES_MAX = 1000, CT_INVITATION_DAYS_MAX = 90 };

struct ct_invitation {
    int64_t id;
    int64_t org; /* an agency or a unit; 0: none */
    struct ct_sv discipline;
    int64_t uses, used; /* for how many people, and how many joined */
    int64_t made_at, expires_at;
    bool is_revoked;
    struct ct_sv by_name; /* who made it */
};

/* Whether somebody can still join by it. */
bool ct_invitation_is_open(const struct ct_invitation *in, int64_t now);

/* Makes one of org, discipline, uses, for `days`. CT_BAD_INPUT (what: "discipline", "uses",
 * "days"); CT_NOT_FOUND for an org that is not there. ret_token[CT_TOKEN_TEXT + 1]. */
int ct_invitation_make(struct ct_store *s, const struct ct_clock *clock,
                       const struct ct_invitation *in, int64_t days, int64_t by, char *ret_token,
                       struct ct_err *err);

/* All of them, the latest first. */
int ct_invitation_list(struct ct_db *db, struct ct_arena *a, struct ct_invitation **ret,
                       size_t *ret_n, struct ct_err *err);

/* Takes it back; a second time changes nothing. CT_NOT_FOUND. */
int ct_invitation_revoke(struct ct_store *s, const struct ct_clock *clock, int64_t id, int64_t by,
                         struct ct_err *err);

/* The invitation of a token. CT_NOT_FOUND: unknown, used up, too old or taken back, in the same
 * words. */
int ct_invitation_find(struct ct_db *db, struct ct_arena *a, const struct ct_clock *clock,
                       struct ct_sv token, struct ct_invitation *ret, struct ct_err *err);

/* Adds the person (email and name of *p) and their password. CT_OK with the id; CT_NOT_FOUND as
 * above; CT_BAD_INPUT; CT_CONFLICT for an address that somebody has. */
int ct_invitation_use(struct ct_store *s, const struct ct_clock *clock, struct ct_sv token,
                      const struct ct_person *p, struct ct_sv password, int64_t *ret_id,
                      struct ct_err *err);

#endif
