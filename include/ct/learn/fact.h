/*
 * ct/learn/fact.h: what is said of a person beside the account: names, numbers, supervisor,
 * licence.
 *
 * Each is a row with the day from which it holds and the moment at which it was recorded, as in
 * org.h. The account's own name, address and whether it is active are kept in step by the same job,
 * and what they were before their first change is kept as of the day on which the account was made.
 */
#ifndef CT_LEARN_FACT_H
#define CT_LEARN_FACT_H

#include "ct/base/clock.h"
#include "ct/store/store.h"

enum { CT_FACT_MAX = 254 }; /* bytes of a value; of a name CT_NAME_MAX */

/* "name", "last_name", "first_name", "email", "employer_id", "supervisor", "licence_body",
 * "licence_no", "hired_on", "active" ("yes", "no"). NULL behind the last. */
extern const char *const ct_fact_fields[];
bool ct_fact_is_field(struct ct_sv name);

struct ct_fact {
    struct ct_sv field, value;   /* value "": taken back */
    struct ct_sv since, by_name; /* the day; who recorded it, null: whoever had the machine */
    int64_t at;
};

/* Whether a value can be recorded: CT_OK; CT_BAD_INPUT (what: the field). */
int ct_fact_check(struct ct_sv field, struct ct_sv value, struct ct_err *err);

/* Records it. *ret_changed (may be NULL) is false, and nothing was recorded, if that is what is
 * known of that day already. A new first or last name makes the account's name of both; a person
 * who is made inactive is signed out. `since`: null: today; what the account holds is not said
 * of days to come. CT_BAD_INPUT (what: the field,
 * "since"); CT_NOT_FOUND; CT_CONFLICT for an address that somebody else has. */
int ct_fact_set(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                struct ct_sv field, struct ct_sv value, struct ct_sv since, int64_t by,
                bool *ret_changed, struct ct_err *err);

/* What holds as of a moment, of one person, by field. */
int ct_fact_now(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                struct ct_fact **ret, size_t *ret_n, struct ct_err *err);

/* Everything that was ever recorded, by moment. */
int ct_fact_history(struct ct_db *db, struct ct_arena *a, int64_t person, struct ct_fact **ret,
                    size_t *ret_n, struct ct_err *err);

#endif
