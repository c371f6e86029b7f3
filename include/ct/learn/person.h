/*
 * ct/learn/person.h: people, their roles, their discipline, and how they prove who they are.
 *
 * A person has one discipline at a time, by the slug of the curriculum; every change is a row of
 * its own with its moment, so that records keep the discipline of their day. Passwords are Argon2id
 * strings. Jobs (functions that take a writer's `db` inside ct_store_write) are private; these
 * functions hand them over themselves.
 */
#ifndef CT_LEARN_PERSON_H
#define CT_LEARN_PERSON_H

#include "ct/base/clock.h"
#include "ct/store/store.h"

enum ct_role { /* bits; everybody who can sign in is a learner */
               CT_ROLE_LEARNER = 1,
               CT_ROLE_TRAINER = 2,
               CT_ROLE_MANAGER = 4,
               CT_ROLE_ADMIN = 8
};

enum { CT_NAME_MAX = 120, CT_EMAIL_MAX = 254 }; /* bytes; 254: RFC 5321 as erratum 1690 reads it */

struct ct_person {
    int64_t id;
    struct ct_sv email, name, discipline; /* in the arena of the call */
    unsigned roles;
    bool active;
    bool has_password;
    int64_t created_at, signed_in_at; /* Unix seconds; 0: never signed in */
};

/* Reads "learner", "trainer", "manager", "administrator" (comma separated); false for anything
 * else. */
bool ct_roles_parse(struct ct_sv text, unsigned *ret);
struct ct_sv ct_roles_name(struct ct_arena *a,
                           unsigned roles); /* "manager, trainer"; "learner" alone */

/* Adds a person. email, name, discipline (may be null only for managers, trainers and
 * administrators), roles are read from *p. CT_OK with the id; CT_BAD_INPUT (what: "email", "name",
 * "discipline", "roles"); CT_CONFLICT if the e-mail address (any case) is taken. */
int ct_person_add(struct ct_store *s, const struct ct_clock *clock, const struct ct_person *p,
                  int64_t *ret_id, struct ct_err *err);

/* By id, by e-mail address (any case). CT_OK; CT_NOT_FOUND. */
int ct_person_get(struct ct_db *db, struct ct_arena *a, int64_t id, struct ct_person *ret,
                  struct ct_err *err);
int ct_person_by_email(struct ct_db *db, struct ct_arena *a, struct ct_sv email,
                       struct ct_person *ret, struct ct_err *err);

/* Everybody, by name. */
int ct_person_list(struct ct_db *db, struct ct_arena *a, struct ct_person **ret, size_t *ret_n,
                   struct ct_err *err);

/* Whether somebody active with the administrator's role and a password exists. */
int ct_person_has_admin(struct ct_db *db, bool *ret, struct ct_err *err);

/* Disables (or enables) sign-in; ends the person's sessions. Records stay. `by`: who does it; 0:
 * whoever has the machine. CT_NOT_FOUND. */
int ct_person_set_active(struct ct_store *s, const struct ct_clock *clock, int64_t id, bool active,
                         int64_t by, struct ct_err *err);

/* Length rules, then Argon2id; ends the person's sessions. CT_BAD_INPUT (what: "password"). */
int ct_person_set_password(struct ct_store *s, int64_t id, struct ct_sv password,
                           struct ct_err *err);

/* From now on this discipline. Nothing happens if it is the present one. */
int ct_person_set_discipline(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                             struct ct_sv discipline, struct ct_err *err);

struct ct_tenure {
    struct ct_sv discipline;
    int64_t since; /* Unix seconds */
};
int ct_person_disciplines(struct ct_db *db, struct ct_arena *a, int64_t id, struct ct_tenure **ret,
                          size_t *ret_n, struct ct_err *err);

/* One-time links. A link either makes the first administrator (person 0) or lets one person choose
 * a password. Valid for CT_INVITE_SECONDS, stored hashed, gone when used. */
enum { CT_INVITE_SECONDS = 7 * 24 * 3600 };
int ct_invite_make(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                   char *ret_token, struct ct_err *err); /* ret_token[CT_TOKEN_TEXT + 1] */

/* Whom a token invites: *ret_person 0 for the first administrator. CT_NOT_FOUND: unknown, used, too
 * old, of a person who is disabled, or an administrator's link while there is an administrator. */
int ct_invite_find(struct ct_db *db, const struct ct_clock *clock, struct ct_sv token,
                   int64_t *ret_person, struct ct_err *err);

/* Uses it: sets the password; for the first administrator also adds the person (email and name of
 * *p). CT_OK with the person's id; CT_NOT_FOUND; CT_BAD_INPUT; CT_CONFLICT. */
int ct_invite_use(struct ct_store *s, const struct ct_clock *clock, struct ct_sv token,
                  const struct ct_person *p, struct ct_sv password, int64_t *ret_id,
                  struct ct_err *err);

#endif
