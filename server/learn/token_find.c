/*
 * token_find.c: whose a token is that a request carries, and what became of those that were none.
 *
 * It is looked up by its hash, so the time that takes tells nothing about the tokens there are.
 */
#include "ct/learn/token.h"

#include "sql_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { REMOTE_MAX = 63 };

static const struct ct_sql FIND = {
    "select t.id, t.person, t.scopes, t.expires_at, p.active, p.roles, p.name, p.email,"
    " p.discipline, r.token is not null as revoked,"
    " (select max(u.on_date) from token_use u where u.token = t.id) as used_on"
    " from token t join person p on p.id = t.person"
    " left join token_revocation r on r.token = t.id where t.token_hash = :token_hash"};
static const struct ct_sql USED = {
    "insert into token_use(token, on_date) values(:token, :on_date) on conflict do nothing"};
static const struct ct_sql FAILURES = {
    "select count(*) as n from token_failure where remote = :remote and at > :since"};
static const struct ct_sql FAILED = {"insert into token_failure(remote, at) values(:remote, :now)"};
static const struct ct_sql FORGET = {"delete from token_failure where at <= :since"};

const struct ct_sql *const ct_token_find_sql[] = {&FIND, &USED, &FAILURES, &FAILED, &FORGET, NULL};

struct use {
    int64_t token;
    char on_date[CT_TIME_TEXT];
};

static int use_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct use *u = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &USED);

    ct_bind_i64(&st, ":token", u->token);
    ct_bind_c(&st, ":on_date", u->on_date);
    return ct_stmt_run(&st, err);
}

struct failure {
    char remote[REMOTE_MAX + 1];
    int64_t now;
};

static int failure_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct failure *f = arg;
    CT_AUTO_STMT forget = ct_db_stmt(db, &FORGET);
    CT_AUTO_STMT st = ct_db_stmt(db, &FAILED);
    int r;

    ct_bind_i64(&forget, ":since", f->now - CT_TOKEN_FAILURES_WINDOW);
    if ((r = ct_stmt_run(&forget, err)) < 0)
        return r;
    ct_bind_c(&st, ":remote", f->remote);
    ct_bind_i64(&st, ":now", f->now);
    return ct_stmt_run(&st, err);
}

static void copy_text(char *to, size_t size, struct ct_sv from)
{
    snprintf(to, size, "%.*s", CT_SV_ARG(from));
}

/* CT_OK; CT_NOT_FOUND for whatever is not good. */
static int look_up(struct ct_store *s, int64_t now, const char *hash, struct ct_session *ret,
                   unsigned *ret_scopes, struct ct_err *err)
{
    CT_AUTO_READER rd = ct_store_reader(s);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, &FIND);
    struct use use = {.token = 0};
    int r;

    ct_bind_c(&st, ":token_hash", hash);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0 || !ct_col_i64(&st, "active") || ct_col_i64(&st, "revoked") ||
        ct_col_i64(&st, "expires_at") <= now ||
        !ct_token_scope_parse(ct_col_sv(&st, "scopes"), ret_scopes))
        return CT_NOT_FOUND;
    *ret = (struct ct_session){.person = ct_col_i64(&st, "person"),
                               .roles = (unsigned)ct_col_i64(&st, "roles"),
                               .expires_at = now};
    copy_text(ret->name, sizeof ret->name, ct_col_sv(&st, "name"));
    copy_text(ret->email, sizeof ret->email, ct_col_sv(&st, "email"));
    copy_text(ret->discipline, sizeof ret->discipline, ct_col_sv(&st, "discipline"));
    ct_time_date(now, use.on_date);
    if (!ct_sv_eq_c(ct_col_sv(&st, "used_on"), use.on_date)) {
        use.token = ct_col_i64(&st, "id");
        ct_store_write_behind(s, use_job, &use, sizeof use);
    }
    return CT_OK;
}

/* How many from there were refused of late. A database that does not answer refuses as well. */
static int64_t failures_of(struct ct_store *s, const struct failure *f)
{
    CT_AUTO_READER rd = ct_store_reader(s);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, &FAILURES);

    ct_bind_c(&st, ":remote", f->remote);
    ct_bind_i64(&st, ":since", f->now - CT_TOKEN_FAILURES_WINDOW);
    return ct_stmt_step(&st, NULL) > 0 ? ct_col_i64(&st, "n") : CT_TOKEN_FAILURES_MAX;
}

int ct_token_find(struct ct_store *s, const struct ct_clock *clock, struct ct_sv text,
                  struct ct_sv remote, struct ct_session *ret, unsigned *ret_scopes,
                  struct ct_err *err)
{
    struct failure f = {.now = ct_now(clock)};
    char hash[CT_HASH_HEX + 1];
    int r = CT_NOT_FOUND;

    if (text.n == CT_BEARER_TEXT && ct_sv_starts(text, CT_SV(CT_TOKEN_PREFIX)))
        r = look_up(s, f.now, ct_hash_hex(text, hash), ret, ret_scopes, err);
    if (r != CT_NOT_FOUND)
        return r;
    copy_text(f.remote, sizeof f.remote, remote);
    if (failures_of(s, &f) >= CT_TOKEN_FAILURES_MAX)
        return ct_fail(err, CT_CONFLICT, "token",
                       "too many tokens were refused; try again in a quarter of an hour");
    ct_store_write_behind(s, failure_job, &f, sizeof f);
    return ct_fail(err, CT_DENIED, "token",
                   "the token is unknown, expired or revoked, or its person may not sign in");
}
