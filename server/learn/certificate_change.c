/*
 * certificate_change.c: what is recorded beside certificates after they were issued: that one is
 * revoked, that its person bears another name. Rows are only added.
 */
#include "certificate_priv.h"
#include "person_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql EXISTS = {"select count(*) as n from certificate where code = :code"};
static const struct ct_sql REVOKE = {"insert into certificate_revocation(code, reason, at, by)"
                                     " values(:code, :reason, :at, :by)"};
static const struct ct_sql PRESENT = {
    "select coalesce((select name from certificate_name where person = :person"
    " order by id desc limit 1), name) as name, (select count(*) from certificate_name"
    " where person = :person) as n from person where id = :person"};
static const struct ct_sql NAME = {"insert into certificate_name(person, name, at, by)"
                                   " values(:person, :name, :at, :by)"};

const struct ct_sql *const ct_certificate_change_sql[] = {&EXISTS, &REVOKE, &PRESENT, &NAME, NULL};

struct change {
    struct ct_sv code, text; /* text: the reason, or the name */
    int64_t person, at, by;
};

static void bind_by(struct ct_stmt *st, int64_t by)
{
    if (by)
        ct_bind_i64(st, ":by", by);
    else
        ct_bind_null(st, ":by");
}

static int revoke_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    struct ct_err inner = CT_ERR_INIT;
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &EXISTS);
        ct_bind_sv(&st, ":code", c->code);
        if ((r = ct_stmt_step(&st, err)) < 0)
            return r;
        if (ct_col_i64(&st, "n") == 0)
            return ct_fail(err, CT_NOT_FOUND, "code", "no certificate has this code");
    }
    CT_AUTO_STMT st = ct_db_stmt(db, &REVOKE);
    ct_bind_sv(&st, ":code", c->code);
    ct_bind_sv(&st, ":reason", c->text);
    ct_bind_i64(&st, ":at", c->at);
    bind_by(&st, c->by);
    r = ct_stmt_run(&st, &inner);
    if (r == CT_CONFLICT)
        return ct_fail(err, r, "code", "this certificate is revoked already");
    return r < 0 ? ct_fail(err, inner.code, inner.what, "%s", inner.text) : CT_OK;
}

static bool is_line(struct ct_sv s, size_t max)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return s.n > 0 && s.n <= max && ct_sv_utf8(s);
}

int ct_certificate_revoke(struct ct_store *s, const struct ct_clock *clock, struct ct_sv code,
                          struct ct_sv reason, int64_t by, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct change c = {.code = ct_certificate_code(&a, code),
                       .text = ct_sv_trim(reason),
                       .at = ct_now(clock),
                       .by = by};

    if (!is_line(c.text, CT_REASON_MAX))
        return ct_fail(err, CT_BAD_INPUT, "reason", "a reason is one line of 1 to %d bytes",
                       CT_REASON_MAX);
    return ct_store_write(s, revoke_job, &c, err);
}

int ct_certificate_put_name(struct ct_db *db, int64_t person, struct ct_sv name, int64_t now,
                            int64_t by, bool apply, bool *ret_changed, struct ct_err *err)
{
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &PRESENT);
        ct_bind_i64(&st, ":person", person);
        if ((r = ct_stmt_step(&st, err)) < 0)
            return r;
        if (r == 0)
            return ct_fail(err, CT_NOT_FOUND, "person", "nobody of that name");
        /* The account's name may change by itself; a name that was recorded stays. */
        *ret_changed = ct_col_i64(&st, "n") == 0 || !ct_sv_eq(ct_col_sv(&st, "name"), name);
    }
    if (!apply || !*ret_changed)
        return CT_OK;
    CT_AUTO_STMT st = ct_db_stmt(db, &NAME);
    ct_bind_i64(&st, ":person", person);
    ct_bind_sv(&st, ":name", name);
    ct_bind_i64(&st, ":at", now);
    bind_by(&st, by);
    return ct_stmt_run(&st, err);
}

static int name_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct change *c = arg;
    bool changed;

    return ct_certificate_put_name(db, c->person, c->text, c->at, c->by, true, &changed, err);
}

int ct_certificate_set_name(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                            struct ct_sv name, int64_t by, struct ct_err *err)
{
    struct change c = {.text = ct_sv_trim(name), .person = person, .at = ct_now(clock), .by = by};

    if (!is_line(c.text, CT_NAME_MAX))
        return ct_fail(err, CT_BAD_INPUT, "name", "a name has 1 to %d bytes", CT_NAME_MAX);
    return ct_store_write(s, name_job, &c, err);
}
