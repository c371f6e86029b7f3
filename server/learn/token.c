/*
 * token.c: making, listing and revoking tokens. Finding the one that a request carries is
 * token_find.c.
 */
#include "ct/learn/token.h"

#include "person_priv.h"
#include "sql_priv.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { DAY_SECONDS = 86400 };

static const struct ct_sql MAKER = {"select roles, active from person where id = :person"};
static const struct ct_sql GOOD = {
    "select count(*) as n from token t where t.person = :person and t.expires_at > :now"
    " and not exists (select 1 from token_revocation r where r.token = t.id)"};
static const struct ct_sql INSERT = {
    "insert into token(person, name, scopes, token_hash, created_at, expires_at, by)"
    " values(:person, :name, :scopes, :token_hash, :now, :expires_at, :by)"};
static const struct ct_sql OF_PERSON = {
    "select t.id, t.person, t.name, t.scopes, t.created_at, t.expires_at, p.email,"
    " coalesce(r.at, 0) as revoked_at,"
    " (select max(u.on_date) from token_use u where u.token = t.id) as used_on"
    " from token t join person p on p.id = t.person"
    " left join token_revocation r on r.token = t.id"
    " where t.person = :person order by t.id desc"};
static const struct ct_sql OF_ALL = {
    "select t.id, t.person, t.name, t.scopes, t.created_at, t.expires_at, p.email,"
    " coalesce(r.at, 0) as revoked_at,"
    " (select max(u.on_date) from token_use u where u.token = t.id) as used_on"
    " from token t join person p on p.id = t.person"
    " left join token_revocation r on r.token = t.id order by t.id desc"};
static const struct ct_sql OWNER = {"select person from token where id = :id"};
static const struct ct_sql REVOKE = {
    "insert into token_revocation(token, at, by) values(:token, :now, :by) on conflict do nothing"};

const struct ct_sql *const ct_token_sql[] = {&MAKER,  &GOOD,  &INSERT, &OF_PERSON,
                                             &OF_ALL, &OWNER, &REVOKE, NULL};

static const struct ct_token_scope_info scopes_known[] = {
    {CT_TOKEN_REPORTS_READ, "reports:read", "Read reports", CT_ROLE_MANAGER | CT_ROLE_ADMIN},
};
enum { N_SCOPES = sizeof scopes_known / sizeof scopes_known[0] };

const struct ct_token_scope_info *ct_token_scopes(size_t *ret_n)
{
    *ret_n = N_SCOPES;
    return scopes_known;
}

struct ct_sv ct_token_scope_names(struct ct_arena *a, unsigned scopes)
{
    struct ct_sv names = CT_SV("");

    for (size_t i = 0; i < N_SCOPES; i++)
        if (scopes & scopes_known[i].scope)
            names = ct_arena_printf(a, "%.*s%s%s", CT_SV_ARG(names), names.n ? " " : "",
                                    scopes_known[i].name);
    return names;
}

bool ct_token_scope_parse(struct ct_sv names, unsigned *ret)
{
    struct ct_sv name;
    unsigned scopes = 0;

    while (ct_sv_split(&names, ' ', &name)) {
        unsigned scope = 0;
        for (size_t i = 0; i < N_SCOPES; i++)
            if (ct_sv_eq_c(name, scopes_known[i].name))
                scope = scopes_known[i].scope;
        if (name.n && !scope)
            return false;
        scopes |= scope;
    }
    *ret = scopes;
    return true;
}

const char *ct_token_state_word(enum ct_token_state s)
{
    switch (s) {
    case CT_TOKEN_GOOD:
        return "good";
    case CT_TOKEN_EXPIRED:
        return "expired";
    case CT_TOKEN_REVOKED:
        return "revoked";
    }
    return "";
}

static void bind_by(struct ct_stmt *st, int64_t by)
{
    if (by)
        ct_bind_i64(st, ":by", by);
    else
        ct_bind_null(st, ":by");
}

struct making {
    const struct ct_token_wish *wish;
    struct ct_sv name, scopes;
    int64_t now;
    char hash[CT_HASH_HEX + 1];
};

/* Whether the person may have a token of these scopes today. */
static int check_maker(struct ct_db *db, const struct ct_token_wish *w, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &MAKER);
    int r;

    ct_bind_i64(&st, ":person", w->person);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "person", "there is no such person");
    if (!ct_col_i64(&st, "active"))
        return ct_fail(err, CT_DENIED, "role", "this person may not sign in");
    for (size_t i = 0; i < N_SCOPES; i++)
        if ((w->scopes & scopes_known[i].scope) &&
            !((unsigned)ct_col_i64(&st, "roles") & scopes_known[i].roles))
            return ct_fail(err, CT_DENIED, "role", "%s is for managers and administrators",
                           scopes_known[i].name);
    return CT_OK;
}

static int check_number(struct ct_db *db, const struct making *m, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &GOOD);
    int r;

    ct_bind_i64(&st, ":person", m->wish->person);
    ct_bind_i64(&st, ":now", m->now);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    return ct_col_i64(&st, "n") < CT_TOKENS_MAX
               ? CT_OK
               : ct_fail(err, CT_CONFLICT, "token",
                         "there are %d tokens already; revoke one that is not used any more",
                         CT_TOKENS_MAX);
}

static int make_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct making *m = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);
    int r;

    if ((r = check_maker(db, m->wish, err)) < 0 || (r = check_number(db, m, err)) < 0)
        return r;
    ct_bind_i64(&st, ":person", m->wish->person);
    ct_bind_sv(&st, ":name", m->name);
    ct_bind_sv(&st, ":scopes", m->scopes);
    ct_bind_c(&st, ":token_hash", m->hash);
    ct_bind_i64(&st, ":now", m->now);
    ct_bind_i64(&st, ":expires_at", m->now + m->wish->days * DAY_SECONDS);
    bind_by(&st, m->wish->by);
    return ct_stmt_run(&st, err);
}

static int check_wish(const struct making *m, struct ct_err *err)
{
    size_t letters = ct_sv_runes(m->name);

    if (letters == 0)
        return ct_fail(err, CT_BAD_INPUT, "name", "say what the token is for");
    if (letters > CT_TOKEN_NAME_MAX || !ct_sv_utf8(m->name))
        return ct_fail(err, CT_BAD_INPUT, "name", "at most %d characters", CT_TOKEN_NAME_MAX);
    if (m->wish->scopes == 0 || (m->wish->scopes & ~(unsigned)CT_TOKEN_SCOPES_ALL))
        return ct_fail(err, CT_BAD_INPUT, "scope", "say what the token may be used for");
    if (m->wish->days < 1 || m->wish->days > CT_TOKEN_DAYS_MAX)
        return ct_fail(err, CT_BAD_INPUT, "days", "a whole number from 1 to %d is wanted",
                       CT_TOKEN_DAYS_MAX);
    return CT_OK;
}

int ct_token_make(struct ct_store *s, const struct ct_clock *clock, const struct ct_token_wish *w,
                  char *ret_text, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct making m = {.wish = w,
                       .name = ct_sv_trim(w->name),
                       .scopes = ct_token_scope_names(&a, w->scopes),
                       .now = ct_now(clock)};
    char random[CT_TOKEN_TEXT + 1], text[CT_BEARER_TEXT + 1];
    int r = check_wish(&m, err);

    if (r < 0)
        return r;
    snprintf(text, sizeof text, CT_TOKEN_PREFIX "%s", ct_random_token(random));
    ct_hash_hex(ct_sv_c(text), m.hash);
    if ((r = ct_store_write(s, make_job, &m, err)) < 0)
        return r;
    memcpy(ret_text, text, sizeof text);
    return CT_OK;
}

static enum ct_token_state state_of(const struct ct_token *t, int64_t now)
{
    if (t->revoked_at)
        return CT_TOKEN_REVOKED;
    return t->expires_at <= now ? CT_TOKEN_EXPIRED : CT_TOKEN_GOOD;
}

int ct_token_list(struct ct_db *db, struct ct_arena *a, const struct ct_clock *clock,
                  int64_t person, struct ct_token **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, person ? &OF_PERSON : &OF_ALL);
    struct ct_token *list = NULL;
    size_t n = 0, cap = 0;
    int r;

    if (person)
        ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_token t = {.id = ct_col_i64(&st, "id"),
                             .person = ct_col_i64(&st, "person"),
                             .name = ct_col_dup(&st, "name", a),
                             .scopes = ct_col_dup(&st, "scopes", a),
                             .email = ct_col_dup(&st, "email", a),
                             .created_at = ct_col_i64(&st, "created_at"),
                             .expires_at = ct_col_i64(&st, "expires_at"),
                             .revoked_at = ct_col_i64(&st, "revoked_at"),
                             .used_on = ct_col_dup(&st, "used_on", a)};
        t.state = state_of(&t, ct_now(clock));
        CT_ARENA_PUSH(a, list, n, cap, t);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

struct revoking {
    int64_t id, person, by, now;
};

static int revoke_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct revoking *v = arg;
    CT_AUTO_STMT owner = ct_db_stmt(db, &OWNER);
    CT_AUTO_STMT st = ct_db_stmt(db, &REVOKE);
    int r;

    ct_bind_i64(&owner, ":id", v->id);
    if ((r = ct_stmt_step(&owner, err)) < 0)
        return r;
    if (r == 0 || (v->person && ct_col_i64(&owner, "person") != v->person))
        return ct_fail(err, CT_NOT_FOUND, "token", "there is no such token");
    ct_bind_i64(&st, ":token", v->id);
    ct_bind_i64(&st, ":now", v->now);
    bind_by(&st, v->by);
    return ct_stmt_run(&st, err);
}

int ct_token_revoke(struct ct_store *s, const struct ct_clock *clock, int64_t id, int64_t person,
                    int64_t by, struct ct_err *err)
{
    struct revoking v = {id, person, by, ct_now(clock)};

    return ct_store_write(s, revoke_job, &v, err);
}
