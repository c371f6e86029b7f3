/*
 * fact.c: what is said of a person, from a day on. What the account itself holds (name, address,
 * whether it is active) follows from the facts of today.
 */
#include "fact_priv.h"
#include "org_priv.h"
#include "person_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql INSERT = {"insert into person_fact(person, field, value, since, at, by)"
                                     " values(:person, :field, :value, :since, :now, :by)"};
static const struct ct_sql LATEST = {
    "select value from person_fact where person = :person and field = :field and since <= :day"
    " order by since desc, at desc, id desc limit 1"};
static const struct ct_sql NOW = {
    "select m.field, m.value, m.since, m.at, b.name as by_name from person_fact m"
    " left join person b on b.id = m.by"
    " where m.person = :person and m.at <= :at and m.since <= :day and not exists"
    " (select 1 from person_fact l where l.person = m.person and l.field = m.field"
    " and l.at <= :at and l.since <= :day"
    " and (l.since, l.at, l.id) > (m.since, m.at, m.id)) order by m.field"};
static const struct ct_sql HISTORY = {
    "select m.field, m.value, m.since, m.at, b.name as by_name from person_fact m"
    " left join person b on b.id = m.by where m.person = :person order by m.at, m.id"};
static const struct ct_sql ACCOUNT = {"select name, email, active from person where id = :person"};
static const struct ct_sql MADE_AT = {
    "select p.created_at from person p where p.id = :person and not exists"
    " (select 1 from person_fact f where f.person = p.id and f.field = :field)"};
static const struct ct_sql SET_NAME = {"update person set name = :value where id = :person"};
static const struct ct_sql SET_EMAIL = {
    "update person set email = :value, email_key = :key where id = :person"};
static const struct ct_sql SET_ACTIVE = {"update person set active = :active where id = :person"};
static const struct ct_sql END_SESSIONS = {"delete from session where person = :person"};

const struct ct_sql *const ct_fact_sql[] = {&INSERT,     &LATEST,       &NOW,      &HISTORY,
                                            &ACCOUNT,    &MADE_AT,      &SET_NAME, &SET_EMAIL,
                                            &SET_ACTIVE, &END_SESSIONS, NULL};

const char *const ct_fact_fields[] = {
    "name",         "last_name",  "first_name", "email",  "employer_id", "supervisor",
    "licence_body", "licence_no", "hired_on",   "active", NULL};

bool ct_fact_is_field(struct ct_sv name)
{
    for (size_t i = 0; ct_fact_fields[i]; i++)
        if (ct_sv_eq_c(name, ct_fact_fields[i]))
            return true;
    return false;
}

static bool is(struct ct_sv field, const char *name)
{
    return ct_sv_eq_c(field, name);
}

static bool is_plain(struct ct_sv s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return ct_sv_utf8(s);
}

int ct_fact_check(struct ct_sv field, struct ct_sv value, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    const char *what = ct_arena_cstr(&a, field);
    bool is_name = is(field, "name") || is(field, "first_name") || is(field, "last_name");
    int max = is_name ? CT_NAME_MAX : CT_FACT_MAX;
    struct ct_person p = {
        .email = value, .name = CT_SV("A"), .discipline = CT_SV("a"), .roles = CT_ROLE_LEARNER};
    struct ct_date day;

    if (!ct_fact_is_field(field))
        return ct_fail(err, CT_BAD_INPUT, what, "nothing of this name is kept of people");
    if (value.n > (size_t)max || !is_plain(value))
        return ct_fail(err, CT_BAD_INPUT, what, "at most %d bytes on one line", max);
    if (is(field, "email"))
        return ct_person_check(&p, err);
    if (is(field, "name") && value.n == 0)
        return ct_fail(err, CT_BAD_INPUT, what, "a name has 1 to %d bytes", CT_NAME_MAX);
    if (is(field, "hired_on") && value.n && !ct_date_parse(value, &day))
        return ct_fail(err, CT_BAD_INPUT, what, CT_DAY_HOW);
    if (is(field, "active") && !is(value, "yes") && !is(value, "no"))
        return ct_fail(err, CT_BAD_INPUT, what, "yes or no is wanted");
    return CT_OK;
}

static int latest(struct ct_db *db, int64_t person, struct ct_sv field, struct ct_sv day,
                  struct ct_arena *a, struct ct_sv *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &LATEST);
    int r;

    ct_bind_i64(&st, ":person", person);
    ct_bind_sv(&st, ":field", field);
    ct_bind_sv(&st, ":day", day);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    *ret = r ? ct_col_dup(&st, "value", a) : CT_SV_NULL;
    return CT_OK;
}

/* What the account itself says of a field that it holds; null for any other. */
static int of_account(struct ct_db *db, int64_t person, struct ct_sv field, struct ct_arena *a,
                      struct ct_sv *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ACCOUNT);
    int r;

    ct_bind_i64(&st, ":person", person);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "person", "nobody of that name");
    *ret = is(field, "name")     ? ct_col_dup(&st, "name", a)
           : is(field, "email")  ? ct_col_dup(&st, "email", a)
           : is(field, "active") ? (ct_col_i64(&st, "active") ? CT_SV("yes") : CT_SV("no"))
                                 : CT_SV_NULL;
    return CT_OK;
}

int ct_fact_same(struct ct_db *db, const struct ct_fact_change *c, bool *ret, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv known, account;
    int r;

    if ((r = latest(db, c->person, c->field, c->since, &a, &known, err)) < 0 ||
        (r = of_account(db, c->person, c->field, &a, &account, err)) < 0)
        return r;
    /* What nobody ever said is what the account says, or nothing. */
    *ret = known.p ? ct_sv_eq(known, c->value) && (!account.p || ct_sv_eq(account, c->value))
                   : ct_sv_eq(account.p ? account : CT_SV(""), c->value);
    return CT_OK;
}

int ct_fact_insert(struct ct_db *db, const struct ct_fact_change *c, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);

    ct_bind_i64(&st, ":person", c->person);
    ct_bind_sv(&st, ":field", c->field);
    ct_bind_sv(&st, ":value", c->value.p ? c->value : CT_SV(""));
    ct_bind_sv(&st, ":since", c->since);
    ct_bind_i64(&st, ":now", c->now);
    if (c->by)
        ct_bind_i64(&st, ":by", c->by);
    else
        ct_bind_null(&st, ":by");
    return ct_stmt_run(&st, err);
}

/* Before the account's name or address is another for the first time: the one that it was made
 * with, as of then, so that a report of a past day does not show a name of later. */
static int keep_first(struct ct_db *db, const struct ct_fact_change *c, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_fact_change first = *c;
    char day[CT_TIME_TEXT];
    int r;

    if (!is(c->field, "name") && !is(c->field, "email"))
        return CT_OK;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &MADE_AT);
        ct_bind_i64(&st, ":person", c->person);
        ct_bind_sv(&st, ":field", c->field);
        if ((r = ct_stmt_step(&st, err)) <= 0)
            return r;
        first.now = ct_col_i64(&st, "created_at");
    }
    /* Of a change that holds from an earlier day on it is from that day, and overtaken by it. */
    if (ct_sv_cmp(ct_sv_c(ct_time_date(first.now, day)), c->since) < 0)
        first.since = ct_sv_c(day);
    first.by = 0;
    if ((r = of_account(db, c->person, c->field, &a, &first.value, err)) < 0)
        return r;
    return ct_fact_insert(db, &first, err);
}

static int set_name(struct ct_db *db, int64_t person, struct ct_sv name, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &SET_NAME);

    ct_bind_sv(&st, ":value", name);
    ct_bind_i64(&st, ":person", person);
    return ct_stmt_run(&st, err);
}

static int set_email(struct ct_db *db, int64_t person, struct ct_sv email, struct ct_arena *a,
                     struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &SET_EMAIL);
    struct ct_err inner = CT_ERR_INIT;

    ct_bind_sv(&st, ":value", email);
    ct_bind_sv(&st, ":key", ct_email_key(a, email));
    ct_bind_i64(&st, ":person", person);
    int r = ct_stmt_run(&st, &inner);
    if (r == CT_CONFLICT)
        return ct_fail(err, r, "email", "somebody has this e-mail address already");
    return r < 0 ? ct_fail(err, inner.code, inner.what, "%s", inner.text) : CT_OK;
}

static int set_active(struct ct_db *db, int64_t person, bool active, struct ct_err *err)
{
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &SET_ACTIVE);
        ct_bind_i64(&st, ":active", active);
        ct_bind_i64(&st, ":person", person);
        r = ct_stmt_run(&st, err);
    }
    if (r < 0 || active)
        return r;
    CT_AUTO_STMT end = ct_db_stmt(db, &END_SESSIONS);
    ct_bind_i64(&end, ":person", person);
    return ct_stmt_run(&end, err);
}

/* The account's name of first and last name, as they are known today. */
static int join_names(struct ct_db *db, const struct ct_fact_change *c, struct ct_sv today,
                      struct ct_arena *a, struct ct_err *err)
{
    struct ct_fact_change name = *c;
    struct ct_sv first, last;
    bool same;
    int r;

    if ((r = latest(db, c->person, CT_SV("first_name"), today, a, &first, err)) < 0 ||
        (r = latest(db, c->person, CT_SV("last_name"), today, a, &last, err)) < 0)
        return r;
    name.field = CT_SV("name");
    name.value = ct_sv_trim(ct_arena_printf(a, "%.*s %.*s", CT_SV_ARG(first), CT_SV_ARG(last)));
    if (name.value.n == 0)
        return CT_OK;
    if ((r = ct_fact_check(name.field, name.value, err)) < 0 ||
        (r = ct_fact_same(db, &name, &same, err)) < 0 || same)
        return r;
    if ((r = keep_first(db, &name, err)) < 0 || (r = ct_fact_insert(db, &name, err)) < 0)
        return r;
    return set_name(db, c->person, name.value, err);
}

/* The account says what holds today, whatever day the change is about. */
static int keep_in_step(struct ct_db *db, const struct ct_fact_change *c, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv today, value;
    int r;

    if ((r = ct_org_day(&a, CT_SV_NULL, c->now, &today, err)) < 0 ||
        (r = latest(db, c->person, c->field, today, &a, &value, err)) < 0 || !value.p)
        return r;
    if (is(c->field, "first_name") || is(c->field, "last_name"))
        return join_names(db, c, today, &a, err);
    if (is(c->field, "name"))
        return set_name(db, c->person, value, err);
    if (is(c->field, "email"))
        return set_email(db, c->person, value, &a, err);
    if (is(c->field, "active"))
        return set_active(db, c->person, is(value, "yes"), err);
    return CT_OK;
}

int ct_fact_put(struct ct_db *db, const struct ct_fact_change *c, bool *ret_changed,
                struct ct_err *err)
{
    bool same;
    int r = ct_fact_same(db, c, &same, err);

    *ret_changed = false;
    if (r < 0 || same)
        return r;
    if ((r = keep_first(db, c, err)) < 0 || (r = ct_fact_insert(db, c, err)) < 0 ||
        (r = keep_in_step(db, c, err)) < 0)
        return r;
    *ret_changed = true;
    return CT_OK;
}

/* Nothing changes an account when a day comes, so what it holds is not said of days to come. */
static int check_future(const struct ct_fact_change *c, struct ct_err *err)
{
    static const char *const of_account[] = {"name", "first_name", "last_name", "email", "active"};
    char today[CT_TIME_TEXT];

    if (ct_sv_cmp(c->since, ct_sv_c(ct_time_date(c->now, today))) <= 0)
        return CT_OK;
    for (size_t i = 0; i < sizeof of_account / sizeof of_account[0]; i++)
        if (is(c->field, of_account[i]))
            return ct_fail(err, CT_BAD_INPUT, "since", "this can hold from today on, or earlier");
    return CT_OK;
}

struct setting {
    struct ct_fact_change change;
    bool changed;
};

static int set_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct setting *set = arg;

    return ct_fact_put(db, &set->change, &set->changed, err);
}

int ct_fact_set(struct ct_store *s, const struct ct_clock *clock, int64_t person,
                struct ct_sv field, struct ct_sv value, struct ct_sv since, int64_t by,
                bool *ret_changed, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct setting set = {.change = {.person = person,
                                     .now = ct_now(clock),
                                     .by = by,
                                     .field = field,
                                     .value = ct_sv_trim(value)}};
    struct ct_date day;
    int r = ct_fact_check(field, set.change.value, err);

    if (r < 0)
        return r;
    if (since.n && !ct_date_parse(since, &day))
        return ct_fail(err, CT_BAD_INPUT, "since", CT_DAY_HOW);
    if ((r = ct_org_day(&a, since, set.change.now, &set.change.since, err)) < 0 ||
        (r = check_future(&set.change, err)) < 0 || (r = ct_store_write(s, set_job, &set, err)) < 0)
        return r;
    if (ret_changed)
        *ret_changed = set.changed;
    return CT_OK;
}

static int read_facts(struct ct_stmt *st, struct ct_arena *a, struct ct_fact **ret, size_t *ret_n,
                      struct ct_err *err)
{
    struct ct_fact *list = NULL;
    size_t n = 0, cap = 0;
    int r;

    while ((r = ct_stmt_step(st, err)) > 0) {
        struct ct_fact f = {.field = ct_col_dup(st, "field", a),
                            .value = ct_col_dup(st, "value", a),
                            .since = ct_col_dup(st, "since", a),
                            .by_name = ct_col_dup(st, "by_name", a),
                            .at = ct_col_i64(st, "at")};
        CT_ARENA_PUSH(a, list, n, cap, f);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

int ct_fact_now(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                struct ct_fact **ret, size_t *ret_n, struct ct_err *err)
{
    char day[CT_TIME_TEXT];
    CT_AUTO_STMT st = ct_db_stmt(db, &NOW);

    ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":at", as_of);
    ct_bind_c(&st, ":day", ct_time_date(as_of, day));
    return read_facts(&st, a, ret, ret_n, err);
}

int ct_fact_history(struct ct_db *db, struct ct_arena *a, int64_t person, struct ct_fact **ret,
                    size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &HISTORY);

    ct_bind_i64(&st, ":person", person);
    return read_facts(&st, a, ret, ret_n, err);
}
