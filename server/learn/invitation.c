/*
 * invitation.c: links by which several people join by themselves. Links of one person are invite.c.
 */
#include "ct/learn/invitation.h"

#include "org_priv.h"
#include "person_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

enum { DAY = 24 * 3600 };

static const struct ct_sql INSERT = {
    "insert into invitation(token_hash, org, discipline, uses, made_at, expires_at, by)"
    " values(:token_hash, :org, :discipline, :uses, :now, :expires_at, :by)"};
static const struct ct_sql INSERT_USE = {
    "insert into invitation_use(invitation, person, at) values(:invitation, :person, :now)"};
static const struct ct_sql INSERT_END = {
    "insert into invitation_end(invitation, at, by) values(:invitation, :now, :by)"
    " on conflict do nothing"};
#define COLUMNS                                                                                    \
    "select i.id, i.org, i.discipline, i.uses, i.made_at, i.expires_at, b.name as by_name,"        \
    " (select count(*) from invitation_use u where u.invitation = i.id) as used,"                  \
    " exists (select 1 from invitation_end e where e.invitation = i.id) as revoked"                \
    " from invitation i left join person b on b.id = i.by"
static const struct ct_sql BY_TOKEN = {COLUMNS " where i.token_hash = :token_hash"};
static const struct ct_sql ALL = {COLUMNS " order by i.id desc"};

const struct ct_sql *const ct_invitation_sql[] = {&INSERT,   &INSERT_USE, &INSERT_END,
                                                  &BY_TOKEN, &ALL,        NULL};

bool ct_invitation_is_open(const struct ct_invitation *in, int64_t now)
{
    return !in->is_revoked && in->used < in->uses && in->expires_at > now;
}

static void bind_or_null(struct ct_stmt *st, const char *name, int64_t id)
{
    if (id)
        ct_bind_i64(st, name, id);
    else
        ct_bind_null(st, name);
}

struct making {
    const struct ct_invitation *what;
    int64_t now, days, by;
    char hash[CT_HASH_HEX + 1];
};

/* Nobody joins what is closed today. */
static int check_place(struct ct_db *db, int64_t org, int64_t now, struct ct_err *err)
{
    struct ct_err why = CT_ERR_INIT;
    char today[CT_TIME_TEXT];
    int r = org ? ct_org_check_open(db, org, ct_sv_c(ct_time_date(now, today)), &why) : CT_OK;

    return r < 0 ? ct_fail(err, r, r == CT_BAD_INPUT ? "org" : why.what, "%s", why.text) : CT_OK;
}

static int make_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct making *m = arg;
    int r = check_place(db, m->what->org, m->now, err);

    if (r < 0)
        return r;
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);
    ct_bind_c(&st, ":token_hash", m->hash);
    bind_or_null(&st, ":org", m->what->org);
    ct_bind_sv(&st, ":discipline", m->what->discipline);
    ct_bind_i64(&st, ":uses", m->what->uses);
    ct_bind_i64(&st, ":now", m->now);
    ct_bind_i64(&st, ":expires_at", m->now + m->days * DAY);
    bind_or_null(&st, ":by", m->by);
    return ct_stmt_run(&st, err);
}

int ct_invitation_make(struct ct_store *s, const struct ct_clock *clock,
                       const struct ct_invitation *in, int64_t days, int64_t by, char *ret_token,
                       struct ct_err *err)
{
    struct making m = {.what = in, .now = ct_now(clock), .days = days, .by = by};

    if (in->discipline.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "discipline", "a learner has a discipline");
    if (in->uses < 1 || in->uses > CT_INVITATION_USES_MAX)
        return ct_fail(err, CT_BAD_INPUT, "uses", "for 1 to %d people", CT_INVITATION_USES_MAX);
    if (days < 1 || days > CT_INVITATION_DAYS_MAX)
        return ct_fail(err, CT_BAD_INPUT, "days", "for 1 to %d days", CT_INVITATION_DAYS_MAX);
    ct_random_token(ret_token);
    ct_hash_hex(ct_sv_c(ret_token), m.hash);
    return ct_store_write(s, make_job, &m, err);
}

static struct ct_invitation row_of(struct ct_stmt *st, struct ct_arena *a)
{
    return (struct ct_invitation){.id = ct_col_i64(st, "id"),
                                  .org = ct_col_i64(st, "org"),
                                  .discipline = ct_col_dup(st, "discipline", a),
                                  .uses = ct_col_i64(st, "uses"),
                                  .used = ct_col_i64(st, "used"),
                                  .made_at = ct_col_i64(st, "made_at"),
                                  .expires_at = ct_col_i64(st, "expires_at"),
                                  .is_revoked = ct_col_i64(st, "revoked") != 0,
                                  .by_name = ct_col_dup(st, "by_name", a)};
}

int ct_invitation_list(struct ct_db *db, struct ct_arena *a, struct ct_invitation **ret,
                       size_t *ret_n, struct ct_err *err)
{
    struct ct_invitation *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &ALL);

    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(a, list, n, cap, row_of(&st, a));
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

struct ending {
    int64_t id, now, by;
};

static int end_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct ending *e = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_END);

    ct_bind_i64(&st, ":invitation", e->id);
    ct_bind_i64(&st, ":now", e->now);
    bind_or_null(&st, ":by", e->by);
    return ct_stmt_run(&st, err);
}

int ct_invitation_revoke(struct ct_store *s, const struct ct_clock *clock, int64_t id, int64_t by,
                         struct ct_err *err)
{
    struct ending e = {id, ct_now(clock), by};

    return ct_store_write(s, end_job, &e, err);
}

static int find(struct ct_db *db, struct ct_arena *a, int64_t now, const char *hash,
                struct ct_invitation *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &BY_TOKEN);
    struct ct_invitation in = {.id = 0};
    int r;

    ct_bind_c(&st, ":token_hash", hash);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r > 0)
        in = row_of(&st, a);
    if (r > 0 && (r = check_place(db, in.org, now, NULL)) < 0 && r != CT_BAD_INPUT)
        return ct_fail(err, r, "sql", "where the link leads could not be read");
    if (r == CT_BAD_INPUT || !ct_invitation_is_open(&in, now))
        return ct_fail(err, CT_NOT_FOUND, "token", "this link does not work any more");
    *ret = in;
    return CT_OK;
}

int ct_invitation_find(struct ct_db *db, struct ct_arena *a, const struct ct_clock *clock,
                       struct ct_sv token, struct ct_invitation *ret, struct ct_err *err)
{
    char hash[CT_HASH_HEX + 1];

    return find(db, a, ct_now(clock), ct_hash_hex(token, hash), ret, err);
}

struct joining {
    char hash[CT_HASH_HEX + 1], password[CT_PASSWORD_HASH];
    const struct ct_person *who;
    int64_t now, id;
};

static int note_use(struct ct_db *db, int64_t invitation, const struct joining *j,
                    struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_USE);

    ct_bind_i64(&st, ":invitation", invitation);
    ct_bind_i64(&st, ":person", j->id);
    ct_bind_i64(&st, ":now", j->now);
    return ct_stmt_run(&st, err);
}

/* The link is looked at again here, where nobody else uses its last place meanwhile. */
static int join_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct joining *j = arg;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_person p = *j->who;
    struct ct_invitation in;
    struct ct_org_change place = {.tie = CT_TIE_MEMBER};
    bool changed;
    int r = find(db, &a, j->now, j->hash, &in, err);

    if (r < 0)
        return r;
    p.roles = CT_ROLE_LEARNER;
    p.discipline = in.discipline;
    if ((r = ct_person_check(&p, err)) < 0 ||
        (r = ct_person_insert(db, &a, &p, j->now, &j->id, err)) < 0 ||
        (r = note_use(db, in.id, j, err)) < 0 ||
        (r = ct_person_store_password(db, j->id, j->password, err)) < 0 || in.org == 0)
        return r;
    place.org = in.org;
    place.who = j->id;
    if ((r = ct_org_day(&a, CT_SV_NULL, j->now, &place.on, err)) < 0)
        return r;
    return ct_org_tie(db, &place, j->now, &changed, err);
}

int ct_invitation_use(struct ct_store *s, const struct ct_clock *clock, struct ct_sv token,
                      const struct ct_person *p, struct ct_sv password, int64_t *ret_id,
                      struct ct_err *err)
{
    struct joining j = {.who = p, .now = ct_now(clock)};
    int r;

    ct_hash_hex(token, j.hash);
    if ((r = ct_password_check(password, err)) < 0 ||
        (r = ct_password_hash(password, j.password, err)) < 0 ||
        (r = ct_store_write(s, join_job, &j, err)) < 0)
        return r;
    *ret_id = j.id;
    return CT_OK;
}
