/*
 * person_priv.h: what the files about people share: rules for their fields, and writer-side steps
 * that run inside another's job.
 */
#ifndef CT_LEARN_PERSON_PRIV_H
#define CT_LEARN_PERSON_PRIV_H

#include "ct/base/secret.h"
#include "ct/learn/person.h"

/* The key of an address: ASCII lower case, which is how addresses are told apart. Into the arena.
 */
struct ct_sv ct_email_key(struct ct_arena *a, struct ct_sv email);

/* CT_OK, or CT_BAD_INPUT naming "email", "name", "discipline" or "roles". */
int ct_person_check(const struct ct_person *p, struct ct_err *err);

/* CT_OK, or CT_BAD_INPUT naming "password". */
int ct_password_check(struct ct_sv password, struct ct_err *err);

/* Writer-side: inserts the person and the first row of the discipline's history. */
int ct_person_insert(struct ct_db *db, struct ct_arena *a, const struct ct_person *p, int64_t now,
                     int64_t *ret_id, struct ct_err *err);

/* Writer-side: stores the hash and ends the person's sessions. */
int ct_person_store_password(struct ct_db *db, int64_t id, const char *hash, struct ct_err *err);

/* Writer-side: ct_person_set_discipline's work. */
int ct_person_put_discipline(struct ct_db *db, int64_t id, struct ct_sv discipline, int64_t now,
                             struct ct_err *err);

#endif
