/*
 * ct/learn/order.h: files that were asked for and are made behind the reply, because they take
 * longer than a reader should wait for a page: who asked for what, how far it is, what became of
 * it. Knows no HTTP and makes no file: that is ct/web/files.h.
 *
 * An order lives in the database, so that it outlives the program: one that was being made when the
 * program ended is told as failed, and can be asked for again. What was asked is kept as its
 * address; the rights are those of the person at the moment at which it is made.
 */
#ifndef CT_LEARN_ORDER_H
#define CT_LEARN_ORDER_H

#include "ct/base/clock.h"
#include "ct/learn/session.h"
#include "ct/store/store.h"

enum ct_order_state {
    CT_ORDER_WAITING,
    CT_ORDER_MAKING,
    CT_ORDER_READY,
    CT_ORDER_FAILED,
    CT_ORDER_CANCELLED,
    CT_ORDER_EXPIRED /* it was ready; the file is deleted */
};
const char *ct_order_state_name(enum ct_order_state s); /* "waiting", "making", ... */

enum {
    CT_ORDERS_OPEN_MAX = 10,     /* of one person, that wait or are being made */
    CT_ORDERS_SHOWN = 50,        /* the newest, in a list */
    CT_ORDER_KEPT = 24 * 60 * 60 /* seconds that a file is kept */
};

/* Why an order failed that the end of the program met. */
#define CT_ORDER_STOPPED "the server was stopped in the middle of it"

struct ct_order {
    int64_t id, person;
    struct ct_sv target; /* the address that was asked for, with its query */
    struct ct_sv site;   /* where: "https://example.org"; "" if that was not said */
    enum ct_order_state state;
    int64_t done, total;  /* steps; total 0: not known yet */
    int64_t asked_at;     /* Unix seconds, as below */
    int64_t changed_at;   /* since when it is in this state */
    int64_t expires_at;   /* 0: there is no file */
    int64_t size;         /* bytes; 0: there is no file */
    struct ct_sv name;    /* of the file, when it is ready; else null */
    struct ct_sv type;    /* its media type; likewise */
    struct ct_sv problem; /* why it failed, a sentence without its full stop; else null */
    int64_t import_job;   /* what is imported (import_job.h); 0: a file is asked for */
    bool imports;         /* and not only looked at */
    struct ct_sv sight;   /* what the person might see when it was made (ct_org_sight); or "" */
};

/* Asks for a file. Who asks for the same while it waits or is being made gets that one. CT_CONFLICT
 * (what: "orders") for more than CT_ORDERS_OPEN_MAX at once. */
int ct_order_add(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                 struct ct_sv target, struct ct_sv site, int64_t *ret_id, struct ct_err *err);

/* The same for a file that was sent: to look at it, or to import it. */
int ct_order_add_import(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                        int64_t import_job, bool imports, int64_t *ret_id, struct ct_err *err);

/* The last order of an import. CT_NOT_FOUND without a word where there is none. */
int ct_order_of_import(struct ct_db *db, struct ct_arena *a, int64_t import_job,
                       struct ct_order *ret, struct ct_err *err);

/* One of a person's own; CT_NOT_FOUND also for somebody else's. */
int ct_order_get(struct ct_db *db, struct ct_arena *a, int64_t id, int64_t person,
                 struct ct_order *ret, struct ct_err *err);

/* A person's newest CT_ORDERS_SHOWN, newest first; without imports. */
int ct_order_list(struct ct_db *db, struct ct_arena *a, int64_t person, struct ct_order **ret,
                  size_t *ret_n, struct ct_err *err);

/* Calls it off. CT_NOT_FOUND; CT_CONFLICT (what: "order") for one that has ended. */
int ct_order_cancel(struct ct_store *s, const struct ct_clock *clock, int64_t id, int64_t person,
                    struct ct_err *err);

/* ---- for who makes the files ---- */

/* Takes the one that has waited longest: it is being made from now on. CT_OK; CT_NOT_FOUND when
 * none waits, without a word in *err. */
int ct_order_take(struct ct_store *s, const struct ct_clock *clock, struct ct_arena *a,
                  struct ct_order *ret, struct ct_err *err);

/* Says how far it is. CT_CONFLICT (what: "order") if it was cancelled: give it up. */
int ct_order_tell(struct ct_store *s, int64_t id, int64_t done, int64_t total, struct ct_err *err);

/* It is ready; size, name, type and sight of *o say what was made. CT_CONFLICT if it was cancelled.
 */
int ct_order_ready(struct ct_store *s, const struct ct_clock *clock, const struct ct_order *o,
                   struct ct_err *err);

/* It came to nothing. One that was cancelled stays so. */
int ct_order_failed(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                    struct ct_sv problem, struct ct_err *err);

/* At the start of a program: what was being made when the last one ended has failed. */
int ct_order_recover(struct ct_store *s, const struct ct_clock *clock, struct ct_err *err);

/* Marks those as expired whose time is over: at most 100, their ids; their files are to be deleted.
 */
int ct_order_expire(struct ct_store *s, const struct ct_clock *clock, struct ct_arena *a,
                    int64_t **ret_ids, size_t *ret_n, struct ct_err *err);

/* Its file is deleted before its day is over. */
int ct_order_withdraw(struct ct_store *s, const struct ct_clock *clock, int64_t id,
                      struct ct_sv problem, struct ct_err *err);

/* Whether there is a file, or will be, under an id: what is in the folder beside is left over. */
int ct_order_is_kept(struct ct_db *db, int64_t id, bool *ret, struct ct_err *err);

/* The person of an order as somebody who is signed in, with the rights of this moment. CT_DENIED
 * (what: "person") for who may not sign in any more. */
int ct_order_session(struct ct_db *db, int64_t person, struct ct_session *ret, struct ct_err *err);

#endif
