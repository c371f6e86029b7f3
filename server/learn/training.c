/*
 * training.c: waivers, training elsewhere and leave: rows that are only added to. A correction
 * names the first row; the last one of them that was recorded up to a moment counts.
 */
#include "requirement_priv.h"
#include "sql_priv.h"

#include "ct/learn/credit.h"
#include "ct/learn/home.h"
#include "ct/learn/training.h"

#include "ct/base/banned.h"

#define COLUMNS                                                                                    \
    "select coalesce(t.corrects, t.id) as id, t.id as row, t.person,"                              \
    " coalesce(t.requirement, 0) as requirement, t.kind, t.on_date, t.until_date, t.reason,"       \
    " t.evidence, t.approved_by, t.minutes, t.credit_type, t.why, t.withdrawn, t.at,"              \
    " b.name as by_name"                                                                           \
    " from training t left join person b on b.id = t.by"
#define LAST                                                                                       \
    " t.at <= :at and t.withdrawn = 0"                                                             \
    " and not exists (select 1 from training l where l.corrects = coalesce(t.corrects, t.id)"      \
    " and l.at <= :at and (l.at, l.id) > (t.at, t.id))"
static const struct ct_sql EVERYBODY = {
    COLUMNS " where" LAST " and (:requirement = 0 or t.requirement = :requirement)"
            " order by t.person, t.on_date, t.id"};
static const struct ct_sql WAITING = {
    COLUMNS " where t.kind = 'outside training' and t.approved_by = '' and" LAST
            " order by t.person, t.on_date, t.id"};
static const struct ct_sql OF_PERSON = {
    COLUMNS " where t.person = :person and" LAST
            " and (:requirement = 0 or t.requirement = :requirement) order by t.on_date, t.id"};
static const struct ct_sql ALL = {
    COLUMNS " where t.person = :person and not exists (select 1 from training l"
            " where l.corrects = coalesce(t.corrects, t.id) and (l.at, l.id) > (t.at, t.id))"
            " and (:requirement = 0 or t.requirement is null or t.requirement = :requirement)"
            " order by t.on_date, t.id"};
static const struct ct_sql ONE = {COLUMNS " where t.id = :id or t.corrects = :id"
                                          " order by t.at desc, t.id desc limit 1"};
static const struct ct_sql HISTORY = {COLUMNS " where t.id = :id or t.corrects = :id"
                                              " order by t.at, t.id"};
static const struct ct_sql INSERT = {
    "insert into training(corrects, person, requirement, kind, on_date, until_date, reason,"
    " evidence, approved_by, minutes, credit_type, why, withdrawn, at, by) values(:corrects,"
    " :person, :requirement, :kind, :on_date, :until_date, :reason, :evidence, :approved_by,"
    " :minutes, :credit_type, :why, :withdrawn, :now, :by)"};
static const struct ct_sql TYPE = {
    "select count(*) as n from credit_rule where type = :type and ends = 0"};

const struct ct_sql *const ct_training_sql[] = {&EVERYBODY, &WAITING, &OF_PERSON, &ALL, &ONE,
                                                &HISTORY,   &INSERT,  &TYPE,      NULL};

static const char *const kinds[] = {[CT_TRAINING_WAIVER] = "waiver",
                                    [CT_TRAINING_CREDIT] = "outside training",
                                    [CT_TRAINING_LEAVE] = "leave"};

const char *ct_training_kind_name(enum ct_training_kind kind)
{
    return kinds[kind];
}

static struct ct_training training_of(struct ct_stmt *st, struct ct_arena *a)
{
    struct ct_training t = {.id = ct_col_i64(st, "id"),
                            .row = ct_col_i64(st, "row"),
                            .person = ct_col_i64(st, "person"),
                            .requirement = ct_col_i64(st, "requirement"),
                            .on = CT_DAY_NONE,
                            .until = CT_DAY_NONE,
                            .reason = ct_col_dup(st, "reason", a),
                            .evidence = ct_col_dup(st, "evidence", a),
                            .approved_by = ct_col_dup(st, "approved_by", a),
                            .minutes = (int)ct_col_i64(st, "minutes"),
                            .credit_type = ct_col_dup(st, "credit_type", a),
                            .why = ct_col_dup(st, "why", a),
                            .withdrawn = ct_col_i64(st, "withdrawn") != 0,
                            .at = ct_col_i64(st, "at"),
                            .by_name = ct_col_dup(st, "by_name", a)};

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (ct_sv_eq_c(ct_col_sv(st, "kind"), kinds[i]))
            t.kind = (enum ct_training_kind)i;
    ct_day_parse(ct_col_sv(st, "on_date"), &t.on);
    ct_day_parse(ct_col_sv(st, "until_date"), &t.until);
    return t;
}

static int read_all(struct ct_stmt *st, struct ct_arena *a, struct ct_training **ret, size_t *ret_n,
                    struct ct_err *err)
{
    struct ct_training *list = NULL;
    size_t n = 0, cap = 0;
    int r;

    while ((r = ct_stmt_step(st, err)) > 0)
        CT_ARENA_PUSH(a, list, n, cap, training_of(st, a));
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

int ct_training_list(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t requirement,
                     int64_t as_of, struct ct_training **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, person ? &OF_PERSON : &EVERYBODY);

    if (person)
        ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":requirement", requirement);
    ct_bind_i64(&st, ":at", as_of);
    return read_all(&st, a, ret, ret_n, err);
}

int ct_training_waiting(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                        struct ct_training **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &WAITING);

    ct_bind_i64(&st, ":at", as_of);
    return read_all(&st, a, ret, ret_n, err);
}

int ct_training_all(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t requirement,
                    struct ct_training **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ALL);

    ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":requirement", requirement);
    return read_all(&st, a, ret, ret_n, err);
}

int ct_training_get(struct ct_db *db, struct ct_arena *a, int64_t id, struct ct_training *ret,
                    struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ONE);
    int r;

    ct_bind_i64(&st, ":id", id);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    struct ct_training t = r ? training_of(&st, a) : (struct ct_training){.id = -1};
    if (t.id != id)
        return ct_fail(err, CT_NOT_FOUND, "id", "nothing is recorded under this number");
    *ret = t;
    return CT_OK;
}

int ct_training_history(struct ct_db *db, struct ct_arena *a, int64_t id, struct ct_training **ret,
                        size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &HISTORY);

    ct_bind_i64(&st, ":id", id);
    return read_all(&st, a, ret, ret_n, err);
}

static int check_text(struct ct_sv s, const char *what, struct ct_err *err)
{
    if (s.n > CT_TRAINING_TEXT_MAX || !ct_sv_utf8(s))
        return ct_fail(err, CT_BAD_INPUT, what, "at most %d bytes", CT_TRAINING_TEXT_MAX);
    return CT_OK;
}

/* `today`: where the person is. */
static int check(const struct ct_training *t, int today, struct ct_err *err)
{
    int r;

    if ((r = check_text(t->reason, "reason", err)) < 0 ||
        (r = check_text(t->evidence, "evidence", err)) < 0 ||
        (r = check_text(t->approved_by, "approved_by", err)) < 0 ||
        (r = check_text(t->why, "why", err)) < 0)
        return r;
    if (t->reason.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "reason", "say why");
    if (t->withdrawn)
        return CT_OK;
    if (t->on == CT_DAY_NONE)
        return ct_fail(err, CT_BAD_INPUT, "on", CT_DAY_HOW);
    if (t->until != CT_DAY_NONE && t->until < t->on)
        return ct_fail(err, CT_BAD_INPUT, "until", "the last day is before the first");
    if (t->minutes < 0 || t->minutes > CT_TRAINING_MINUTES_MAX)
        return ct_fail(err, CT_BAD_INPUT, "minutes", "0 to %d minutes", CT_TRAINING_MINUTES_MAX);
    if (t->kind != CT_TRAINING_CREDIT && (t->minutes || t->credit_type.n))
        return ct_fail(err, CT_BAD_INPUT, t->minutes ? "minutes" : "credit_type",
                       "only training elsewhere has hours");
    if (t->credit_type.n && !t->minutes)
        return ct_fail(err, CT_BAD_INPUT, "minutes", "say how long it took: credit is in hours");
    if (t->kind == CT_TRAINING_CREDIT && t->until != CT_DAY_NONE)
        return ct_fail(err, CT_BAD_INPUT, "until", "training elsewhere has one day");
    if (t->kind == CT_TRAINING_CREDIT && t->evidence.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "evidence", "say what shows it, and where that is");
    if (t->kind == CT_TRAINING_CREDIT && t->on > today)
        return ct_fail(err, CT_BAD_INPUT, "on", CT_DAY_TO_COME);
    if (t->kind == CT_TRAINING_WAIVER && t->approved_by.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "approved_by", "a waiver says who approved it");
    return CT_OK;
}

/* Of a type that nobody recorded no hours could be counted. */
int ct_credit_type_check(struct ct_db *db, struct ct_sv type, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &TYPE);
    int r;

    if (type.n == 0 || ct_sv_eq_c(type, CT_CREDIT_IN_SERVICE))
        return CT_OK;
    ct_bind_sv(&st, ":type", type);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    return ct_col_i64(&st, "n")
               ? CT_OK
               : ct_fail(err, CT_BAD_INPUT, "credit_type", "there is no type of credit '%.*s'",
                         CT_SV_ARG(ct_sv_sub(type, 0, CT_CREDIT_TYPE_MAX)));
}

/* Outside training for a requirement of hours counts by its hours. */
static int check_hours(struct ct_db *db, const struct ct_training *t, struct ct_err *err)
{
    enum ct_requirement_kind kind = CT_REQUIREMENT_COURSE;
    struct ct_err fault = CT_ERR_INIT;

    if (t->kind == CT_TRAINING_CREDIT && t->minutes == 0 && t->requirement == 0)
        return ct_fail(err, CT_BAD_INPUT, "minutes",
                       "say how long it took: without a requirement only its hours count");
    if (t->kind == CT_TRAINING_CREDIT && t->minutes == 0 &&
        ct_requirement_kind(db, t->requirement, &kind, &fault) < 0 && fault.code != CT_NOT_FOUND)
        return ct_fail(err, fault.code, fault.what, "%s", fault.text);
    if (kind == CT_REQUIREMENT_HOURS)
        return ct_fail(err, CT_BAD_INPUT, "minutes",
                       "say how long it took: this requirement asks for hours");
    return CT_OK;
}

struct recording {
    struct ct_training t;
    int64_t now, by, id;
};

static int insert(struct ct_db *db, struct recording *rec, int64_t corrects, struct ct_err *err)
{
    const struct ct_training *t = &rec->t;
    struct ct_err inner = CT_ERR_INIT;
    char on[CT_TIME_TEXT], until[CT_TIME_TEXT];
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);

    ct_bind_null(&st, ":corrects");
    if (corrects)
        ct_bind_i64(&st, ":corrects", corrects);
    ct_bind_i64(&st, ":person", t->person);
    ct_bind_null(&st, ":requirement");
    if (t->requirement)
        ct_bind_i64(&st, ":requirement", t->requirement);
    ct_bind_c(&st, ":kind", kinds[t->kind]);
    ct_bind_c(&st, ":on_date", ct_day_text(t->on, on));
    ct_bind_c(&st, ":until_date", t->until == CT_DAY_NONE ? NULL : ct_day_text(t->until, until));
    ct_bind_sv(&st, ":reason", t->reason.p ? t->reason : CT_SV(""));
    ct_bind_sv(&st, ":evidence", t->evidence.p ? t->evidence : CT_SV(""));
    ct_bind_sv(&st, ":approved_by", t->approved_by.p ? t->approved_by : CT_SV(""));
    ct_bind_i64(&st, ":minutes", t->minutes);
    ct_bind_sv(&st, ":credit_type", t->credit_type.n ? t->credit_type : CT_SV_NULL);
    ct_bind_sv(&st, ":why", t->why.p ? t->why : CT_SV(""));
    ct_bind_i64(&st, ":withdrawn", t->withdrawn);
    ct_bind_i64(&st, ":now", rec->now);
    ct_bind_null(&st, ":by");
    if (rec->by)
        ct_bind_i64(&st, ":by", rec->by);
    int r = ct_stmt_run(&st, &inner);
    if (r == CT_NOT_FOUND)
        return ct_fail(err, r, "person", "there is no such person or requirement");
    return r < 0 ? ct_fail(err, inner.code, inner.what, "%s", inner.text) : CT_OK;
}

static int today_of(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t now, int *ret,
                    struct ct_err *err)
{
    CT_AUTO_HOMES *homes = NULL;
    int r = ct_homes_read(db, a, person, now, &homes, err);

    if (r < 0)
        return r;
    *ret = ct_home_day(ct_home_of(homes, person), now);
    return CT_OK;
}

static int record_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct recording *rec = arg;
    struct ct_training before;
    int64_t id = rec->t.id;
    int today, r;

    if (id) {
        if ((r = ct_training_get(db, &a, id, &before, err)) < 0)
            return r;
        if (rec->t.row && rec->t.row != before.row)
            return ct_fail(err, CT_CONFLICT, "id",
                           "somebody corrected this meanwhile; look at it again");
        rec->t.person = before.person;
        rec->t.requirement = before.requirement;
        rec->t.kind = before.kind;
        if (rec->t.withdrawn) {
            rec->t.on = before.on;
            rec->t.until = before.until;
            rec->t.evidence = before.evidence;
            rec->t.approved_by = before.approved_by;
            rec->t.minutes = before.minutes;
            rec->t.credit_type = before.credit_type;
        }
    }
    if ((r = today_of(db, &a, rec->t.person, rec->now, &today, err)) < 0 ||
        (r = check(&rec->t, today, err)) < 0 ||
        (!rec->t.withdrawn && ((r = ct_credit_type_check(db, rec->t.credit_type, err)) < 0 ||
                               (r = check_hours(db, &rec->t, err)) < 0)))
        return r;
    if (rec->by && rec->by == rec->t.person && rec->t.approved_by.n)
        return ct_fail(err, CT_BAD_INPUT, "approved_by",
                       "nobody approves what is recorded of themselves");
    if ((r = insert(db, rec, id, err)) < 0)
        return r;
    rec->id = id ? id : ct_db_last_id(db);
    return CT_OK;
}

int ct_training_record(struct ct_store *s, const struct ct_clock *clock,
                       const struct ct_training *t, int64_t by, int64_t *ret_id, struct ct_err *err)
{
    struct recording rec = {.t = *t, .now = ct_now(clock), .by = by};
    int r;

    rec.t.reason = ct_sv_trim(t->reason);
    rec.t.evidence = ct_sv_trim(t->evidence);
    rec.t.approved_by = ct_sv_trim(t->approved_by);
    rec.t.credit_type = ct_sv_trim(t->credit_type);
    rec.t.why = t->id ? ct_sv_trim(t->why) : CT_SV_NULL;
    if ((r = ct_store_write(s, record_job, &rec, err)) < 0)
        return r;
    if (ret_id)
        *ret_id = rec.id;
    return CT_OK;
}
