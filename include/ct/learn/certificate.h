/*
 * ct/learn/certificate.h: certificates: by whom, about what, what they are worth today.
 *
 * A certificate is made by the job that records a completed course (completion_priv.h) and never
 * changes. Rows beside it say what happened since: its person bears another name, an administrator
 * revoked it, a newer one was issued. What it is worth is computed from these as of a moment. How
 * long it counts is what the course said on the day of issue, and is kept with it: a later change
 * of course.md makes no certificate shorter or longer.
 */
#ifndef CT_LEARN_CERTIFICATE_H
#define CT_LEARN_CERTIFICATE_H

#include "ct/learn/credit.h"

enum { CT_CODE_MAX = 64, CT_REASON_MAX = 500 }; /* bytes; of a code as typed, of a reason */

struct ct_certificate {
    struct ct_sv code;
    struct ct_sv name;        /* that the person has now */
    struct ct_sv issued_name; /* that it was issued to */
    struct ct_sv course, course_title, discipline, discipline_name, revision;
    struct ct_sv email; /* of the account */
    int64_t person, completion;
    int minutes; /* credited: the modules' stated minutes; hours are minutes / 60 */
    int score;   /* -1: nothing was graded */
    int64_t issued_at;
    int months; /* that it counts from its day of issue; 0: it does not expire */
    /* Days are those of the person (home.h), as it is known now; year 0: there is none. */
    struct ct_date issued_on;
    struct ct_date expires_on;  /* the last day on which it counts; year 0: it does not expire */
    int64_t opens_at, ended_at; /* the first moment of the window, the last that it counts; 0 */
    struct ct_sv superseded_by; /* code of the newest one of the same person, course and discipline
                                   that is not revoked; null: none */
    int64_t superseded_at;
    struct ct_date superseded_on;
    int64_t revoked_at; /* 0: it is not */
    struct ct_date revoked_on;
    struct ct_sv revoke_reason, revoked_by; /* by: null: whoever had the machine */
    /* What ct_certificate_credit reads; none before. */
    const struct ct_credit *credit; /* hours of credit that it bears, by the recorded rules */
    size_t n_credit;
    const struct ct_credit *asked; /* what would be borne, too, if its holder attested */
    size_t n_asked;
    const struct ct_credit *refused; /* what is not, and why not */
    size_t n_refused;
    int64_t reissued_at; /* since when it bears these; 0: since it was issued */
    struct ct_date reissued_on;
};

/* One word each, the first that applies from below: a revoked one is nothing else. */
enum ct_certificate_status {
    CT_CERTIFICATE_VALID,
    CT_CERTIFICATE_EXPIRED,    /* the day after expires_on has begun where the person is */
    CT_CERTIFICATE_SUPERSEDED, /* a newer one was issued */
    CT_CERTIFICATE_REVOKED
};
enum ct_certificate_status ct_certificate_status(const struct ct_certificate *c, int64_t as_of);
const char *ct_certificate_status_name(enum ct_certificate_status s); /* "valid", "expired", ... */

/* The day on which a certificate issued on a day, for so many months, counts for the last time: the
 * same day of the month, or the last day of a shorter one. Year 0 for no months. */
struct ct_date ct_certificate_expiry(struct ct_date issued_on, int months);

/* Months before its end. */
enum { CT_CERTIFICATE_WINDOW_MONTHS = 3 };
/* From this day on the course may be passed again for a new certificate: three months before it
 * expires, and not before it was issued. Asks issued_on and expires_on. Year 0: it does not expire.
 */
struct ct_date ct_certificate_window(const struct ct_certificate *c);

/* By code (case and dashes ignored). CT_NOT_FOUND, by one way whatever is wrong with the code. */
int ct_certificate_get(struct ct_db *db, struct ct_arena *a, struct ct_sv code,
                       struct ct_certificate *ret, struct ct_err *err);

/* The names under which it was issued before, newest first, without the present one. For its holder
 * and administrators: others are not told a former name. */
struct ct_certificate_name {
    struct ct_sv name;
    int64_t until; /* when the next one was recorded */
};
int ct_certificate_names(struct ct_db *db, struct ct_arena *a, const struct ct_certificate *c,
                         struct ct_certificate_name **ret, size_t *ret_n, struct ct_err *err);

/* The credit that a certificate bears as of a moment. It follows from rules, approvals and
 * attestations (credit.h): one that is recorded after the day of issue reissues the certificate,
 * under the same code. Hours of in-service training stand on it only where a rule for them is
 * recorded: its training time says them already. */
int ct_certificate_credit(struct ct_db *db, struct ct_arena *a, struct ct_certificate *c,
                          int64_t as_of, struct ct_err *err);

/* How the certificate was issued and reissued up to a moment, newest first, at least once: what it
 * bore from when on. For its holder and administrators. */
struct ct_certificate_issue {
    int64_t at;
    const struct ct_credit *credit;
    size_t n_credit;
};
int ct_certificate_issues(struct ct_db *db, struct ct_arena *a, const struct ct_certificate *c,
                          int64_t as_of, struct ct_certificate_issue **ret, size_t *ret_n,
                          struct ct_err *err);

struct ct_certificate_filter {
    struct ct_sv email;  /* any case; null: everybody's */
    struct ct_sv course; /* by its address; null: all */
    struct ct_sv text;   /* part of a name, an address or a code; null: all */
    size_t max;          /* at most so many; 0: all */
};

/* Newest first. */
int ct_certificate_list(struct ct_db *db, struct ct_arena *a,
                        const struct ct_certificate_filter *filter, struct ct_certificate **ret,
                        size_t *ret_n, struct ct_err *err);

/* Revokes it, for good. `by`: who does it; 0: whoever has the machine. CT_NOT_FOUND; CT_BAD_INPUT
 * (what: "reason") without a reason; CT_CONFLICT if it is revoked already. */
int ct_certificate_revoke(struct ct_store *s, const struct ct_clock *clock, struct ct_sv code,
                          struct ct_sv reason, int64_t by, struct ct_err *err);

/* The name that all of the person's certificates bear from now on, under their codes, and new ones.
 * Nothing happens if it is the present one. CT_NOT_FOUND; CT_BAD_INPUT (what: "name"). */
int ct_certificate_set_name(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                            struct ct_sv name, int64_t by, struct ct_err *err);

/* "ABCD-EFGH-JKMN-PQRS", as people read codes aloud. */
struct ct_sv ct_certificate_dashed(struct ct_arena *a, struct ct_sv code);

/* "2.5": minutes as hours, to a tenth. */
struct ct_sv ct_certificate_hours(struct ct_arena *a, int minutes);
struct ct_sv ct_certificate_time(struct ct_arena *a, int minutes); /* "2.5 hours", "1 hour" */

#endif
