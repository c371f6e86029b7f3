/*
 * ct/learn/session.h: who is signed in.
 *
 * The browser holds a random token; the database its BLAKE2b hash. A session ends after
 * CT_SESSION_IDLE without use or CT_SESSION_AGE at the latest. Each worker keeps the sessions it
 * has seen; a counter that the writer raises whenever a session or a person's rights change makes
 * all workers look again. So the usual request asks neither database nor lock.
 */
#ifndef CT_LEARN_SESSION_H
#define CT_LEARN_SESSION_H

#include "ct/base/secret.h"
#include "ct/learn/person.h"

#include <semaphore.h>
#include <stdatomic.h>

enum { CT_SESSION_IDLE = 8 * 3600, CT_SESSION_AGE = 30 * 24 * 3600 }; /* seconds */

struct ct_session {
    char token_hash[CT_HASH_HEX + 1];
    char
        csrf[CT_HASH_HEX + 1]; /* goes into every form; made from the token, so it needs no table */
    int64_t person;
    unsigned roles;
    int64_t expires_at;
    char name[CT_NAME_MAX + 1];
    char email[CT_EMAIL_MAX + 1];
    char discipline[65]; /* slug; "" for none */
};

/* Verifying a password takes 64 MiB for a moment, so only so many are verified at once; the others
 * wait. */
enum { CT_VERIFYING_MAX = 4 };

struct ct_sessions { /* one for the whole program */
    struct ct_store *store;
    const struct ct_clock *clock;
    _Atomic uint64_t generation; /* raised when any session or right changed */
    sem_t verifying;             /* places that are free */
};

enum { CT_SESSION_CACHE = 16 };
struct ct_session_cache { /* one a worker; zeroed to begin with */
    uint64_t generation;
    size_t next;
    struct ct_session items[CT_SESSION_CACHE];
};

void ct_sessions_init(struct ct_sessions *ss, struct ct_store *store, const struct ct_clock *clock);

/* Something about people or sessions changed: everybody looks again. ct_person_* that change rights
 * are followed by this in web; other processes' changes (the command line) are seen within
 * CT_SESSION_RECHECK seconds, after which a cached session is looked up again. */
enum { CT_SESSION_RECHECK = 5 };
void ct_sessions_changed(struct ct_sessions *ss);

/* Checks address and password; after 10 failures within 15 minutes for an address, refuses that
 * address for the rest of them. CT_OK with a token (ret_token[CT_TOKEN_TEXT + 1]) for the cookie;
 * CT_DENIED for any wrong pair, disabled person or too many tries, in the same time and words. */
int ct_session_open(struct ct_sessions *ss, struct ct_sv email, struct ct_sv password,
                    char *ret_token, struct ct_err *err);

/* Opens one without a password, for who has just used an invitation. */
int ct_session_open_for(struct ct_sessions *ss, int64_t person, char *ret_token,
                        struct ct_err *err);

/* The session of a token, by cache or database; borrowed from the cache until the next call with
 * it. NULL if there is none (or it has expired, or the person is disabled). */
const struct ct_session *ct_session_find(struct ct_sessions *ss, struct ct_session_cache *cache,
                                         struct ct_sv token);

/* Ends it; unknown tokens are fine. */
int ct_session_close(struct ct_sessions *ss, struct ct_sv token, struct ct_err *err);

/* A form token for somebody who is not signed in: bound to a random value in a cookie. */
const char *ct_csrf_of(struct ct_sv secret, char *buf); /* buf[CT_HASH_HEX + 1]; returns buf */

#endif
