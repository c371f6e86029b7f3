/*
 * ct/learn/token.h: tokens by which a program reads in the name of a person: `Authorization:
 * Bearer`.
 *
 * A manager or administrator makes one with a name, scopes (what it may be used for) and a time
 * after which it ends, is shown it once, and can revoke it. The database holds its BLAKE2b hash. A
 * token may never do more than its person may at that moment: who is disabled, or is no manager any
 * more, takes the token's rights with them. Nothing about a token is changed: revoking is a row of
 * its own, and so is each day on which it was used.
 *
 * Refused tokens are counted by the address that they come from. After CT_TOKEN_FAILURES_MAX within
 * a quarter of an hour the others from there are answered without being noted. A good token is
 * taken all the same: nobody guesses 256 bits, and behind a proxy all have one address.
 */
#ifndef CT_LEARN_TOKEN_H
#define CT_LEARN_TOKEN_H

#include "ct/learn/session.h"

/* What a token may be used for. Others will follow: each is a row of token.c's list. */
enum ct_token_scope {                           /* bits */
                      CT_TOKEN_REPORTS_READ = 1 /* "reports:read" */
};
enum { CT_TOKEN_SCOPES_ALL = CT_TOKEN_REPORTS_READ };

#define CT_TOKEN_PREFIX "ctr_" /* by which people and scanners of leaked secrets know one */
enum {
    CT_BEARER_TEXT = 4 + CT_TOKEN_TEXT, /* characters of a token */
    CT_TOKEN_DAYS = 90,                 /* unless said otherwise */
    CT_TOKEN_DAYS_MAX = 366,
    CT_TOKEN_NAME_MAX = 60, /* characters */
    CT_TOKENS_MAX = 20,     /* of one person, that are good at once */
    CT_TOKEN_FAILURES_MAX = 10,
    CT_TOKEN_FAILURES_WINDOW = 15 * 60 /* seconds */
};

struct ct_token_scope_info {
    unsigned scope;
    const char *name;    /* "reports:read" */
    const char *meaning; /* for people: "Read reports" */
    unsigned roles;      /* the person needs one of these */
};
const struct ct_token_scope_info *ct_token_scopes(size_t *ret_n);

/* Names of scopes with a blank between; "" for none. Reading is false for a name that is none. */
struct ct_sv ct_token_scope_names(struct ct_arena *a, unsigned scopes);
bool ct_token_scope_parse(struct ct_sv names, unsigned *ret);

struct ct_token_wish {
    int64_t person;
    struct ct_sv name; /* what it is for: "Dashboard of the county" */
    unsigned scopes;
    int64_t days; /* until it ends */
    int64_t by;   /* who makes it; 0: whoever has the machine */
};

/* Makes one: ret_text[CT_BEARER_TEXT + 1] is the only place where it will ever stand. CT_OK;
 * CT_BAD_INPUT (what: "name", "scope", "days"); CT_NOT_FOUND for no such person; CT_DENIED (what:
 * "role") for a person who is disabled or has not the role that a scope needs; CT_CONFLICT (what:
 * "token") for one too many. */
int ct_token_make(struct ct_store *s, const struct ct_clock *clock, const struct ct_token_wish *w,
                  char *ret_text, struct ct_err *err);

enum ct_token_state { CT_TOKEN_GOOD, CT_TOKEN_EXPIRED, CT_TOKEN_REVOKED };
const char *ct_token_state_word(enum ct_token_state s); /* "good", "expired", "revoked" */

struct ct_token {
    int64_t id, person;
    struct ct_sv name, scopes, email; /* of the person */
    enum ct_token_state state;
    int64_t created_at, expires_at, revoked_at; /* 0: not */
    struct ct_sv used_on;                       /* the last day; null: never */
};

/* Those of a person, of all for 0; newest first. CT_OK; CT_INTERNAL. */
int ct_token_list(struct ct_db *db, struct ct_arena *a, const struct ct_clock *clock,
                  int64_t person, struct ct_token **ret, size_t *ret_n, struct ct_err *err);

/* Ends it at once. `person`: whose it has to be; 0: anybody's. Again is fine. CT_NOT_FOUND. */
int ct_token_revoke(struct ct_store *s, const struct ct_clock *clock, int64_t id, int64_t person,
                    int64_t by, struct ct_err *err);

/* Whose a token is, with the rights of this moment: *ret as of somebody who is signed in, without a
 * form token; *ret_scopes. Notes the day, and a refusal by `remote`, behind the reply. CT_OK;
 * CT_DENIED (what: "token") for one that is unknown, expired, revoked or of somebody who is
 * disabled, in the same words; CT_CONFLICT (what: "token") for one of them after too many;
 * CT_INTERNAL. */
int ct_token_find(struct ct_store *s, const struct ct_clock *clock, struct ct_sv text,
                  struct ct_sv remote, struct ct_session *ret, unsigned *ret_scopes,
                  struct ct_err *err);

#endif
