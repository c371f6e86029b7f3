/*
 * invite.c: one-time links, by which the first administrator is made and people choose a password.
 */
#include "person_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql INSERT = {
    "insert into invite(token_hash, person, expires_at) values(:token_hash, :person, :expires_at)"};
static const struct ct_sql FIND = {
    "select i.person, i.expires_at, coalesce(p.active, 1) as active from invite i"
    " left join person p on p.id = i.person where i.token_hash = :token_hash"};
static const struct ct_sql USE = {"delete from invite where token_hash = :token_hash"};
/* A new link of a kind makes the older ones of that kind worthless. */
static const struct ct_sql DROP_OLDER = {
    "delete from invite where coalesce(person, 0) = :person or expires_at < :now"};

const struct ct_sql *const ct_invite_sql[] = {&INSERT, &FIND, &USE, &DROP_OLDER, NULL};

struct invite {
    char hash[CT_HASH_HEX + 1];
    int64_t person, now;
    const struct ct_person *admin;
    const char *password_hash;
};

static int make_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct invite *in = arg;
    CT_AUTO_STMT drop = ct_db_stmt(db, &DROP_OLDER);
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);
    int r;

    ct_bind_i64(&drop, ":person", in->person);
    ct_bind_i64(&drop, ":now", in->now);
    if ((r = ct_stmt_run(&drop, err)) < 0)
        return r;
    ct_bind_c(&st, ":token_hash", in->hash);
    if (in->person)
        ct_bind_i64(&st, ":person", in->person);
    else
        ct_bind_null(&st, ":person");
    ct_bind_i64(&st, ":expires_at", in->now + CT_INVITE_SECONDS);
    return ct_stmt_run(&st, err);
}

int ct_invite_make(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                   char *ret_token, struct ct_err *err)
{
    struct invite in = {.person = person, .now = ct_now(clock)};

    ct_random_token(ret_token);
    ct_hash_hex(ct_sv_c(ret_token), in.hash);
    return ct_store_write(s, make_job, &in, err);
}

static int find(struct ct_db *db, int64_t now, const char *hash, int64_t *ret_person,
                struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &FIND);
    bool has_admin = false;
    int r;

    ct_bind_c(&st, ":token_hash", hash);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0 || ct_col_i64(&st, "expires_at") < now)
        return ct_fail(err, CT_NOT_FOUND, "token", "this link was used or is too old");
    if (!ct_col_i64(&st, "active"))
        return ct_fail(err, CT_NOT_FOUND, "token", "this link is of somebody who may not sign in");
    *ret_person = ct_col_i64(&st, "person");
    if (*ret_person == 0 && (r = ct_person_has_admin(db, &has_admin, err)) < 0)
        return r;
    return has_admin ? ct_fail(err, CT_NOT_FOUND, "token", "there is an administrator already")
                     : CT_OK;
}

int ct_invite_find(struct ct_db *db, const struct ct_clock *clock, struct ct_sv token,
                   int64_t *ret_person, struct ct_err *err)
{
    char hash[CT_HASH_HEX + 1];

    return find(db, ct_now(clock), ct_hash_hex(token, hash), ret_person, err);
}

static int use_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct invite *in = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &USE);
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    int r = find(db, in->now, in->hash, &in->person, err);

    if (r < 0)
        return r;
    if (in->person == 0) {
        if ((r = ct_person_check(in->admin, err)) < 0 ||
            (r = ct_person_insert(db, &a, in->admin, in->now, &in->person, err)) < 0)
            return r;
    }
    ct_bind_c(&st, ":token_hash", in->hash);
    if ((r = ct_stmt_run(&st, err)) < 0)
        return r;
    return ct_person_store_password(db, in->person, in->password_hash, err);
}

int ct_invite_use(struct ct_store *s, const struct ct_clock *clock, struct ct_sv token,
                  const struct ct_person *p, struct ct_sv password, int64_t *ret_id,
                  struct ct_err *err)
{
    char hash[CT_PASSWORD_HASH];
    struct ct_person admin = *p;
    struct invite in = {.now = ct_now(clock), .admin = &admin, .password_hash = hash};
    int r;

    admin.roles = CT_ROLE_LEARNER | CT_ROLE_MANAGER | CT_ROLE_ADMIN;
    ct_hash_hex(token, in.hash);
    if ((r = ct_password_check(password, err)) < 0 ||
        (r = ct_password_hash(password, hash, err)) < 0 ||
        (r = ct_store_write(s, use_job, &in, err)) < 0)
        return r;
    *ret_id = in.person;
    return CT_OK;
}
