/*
 * requirement_save.c: recording requirements and their rules. What can be asked is
 * requirement_check.c.
 */
#include "org_priv.h"
#include "requirement_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql INSERT = {"insert into requirement(slug, kind, course, course_title,"
                                     " module, module_title, credit_type, at, by) values(:slug,"
                                     " :kind, :course, :course_title, :module, :module_title,"
                                     " :credit_type, :now, :by)"};
static const struct ct_sql INSERT_RULE = {
    "insert into requirement_rule(requirement, from_date, ends, everybody, title, kind, fixed_date,"
    " days, month, every, window, from_expiry, grace, minutes, chairs, at, by) values(:requirement,"
    " :from_date, :ends, :everybody, :title, :kind, :fixed_date, :days, :month, :every, :window,"
    " :from_expiry, :grace, :minutes, :chairs, :now, :by)"};
static const struct ct_sql INSERT_END = {
    "insert into requirement_rule(requirement, from_date, ends, everybody, title, kind, fixed_date,"
    " days, month, every, window, from_expiry, grace, minutes, chairs, at, by) select requirement,"
    " :from_date, 1, everybody, title, kind, fixed_date, days, month, every, window, from_expiry,"
    " grace, minutes, chairs, :now, :by from requirement_rule where id = :newest"};
static const struct ct_sql INSERT_TARGET = {
    "insert into requirement_target(rule, org, discipline, person)"
    " values(:rule, :org, :discipline, :person)"};

const struct ct_sql *const ct_requirement_save_sql[] = {&INSERT, &INSERT_RULE, &INSERT_END,
                                                        &INSERT_TARGET, NULL};

static bool is_slug(struct ct_sv s)
{
    bool fine = s.n > 0 && s.n <= CT_REQUIREMENT_SLUG_MAX && s.p[0] != '-' && s.p[s.n - 1] != '-';

    for (size_t i = 0; fine && i < s.n; i++)
        fine =
            (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-';
    return fine;
}

struct saving {
    const struct ct_catalogue *cat;           /* of a change */
    const struct ct_requirement *requirement; /* of a new one */
    struct ct_requirement_rule rule;
    int64_t id, newest, now, by;
};

static void bind_id(struct ct_stmt *st, const char *name, int64_t id)
{
    if (id)
        ct_bind_i64(st, name, id);
    else
        ct_bind_null(st, name);
}

/* Nobody is in what is closed, so nothing is asked of it. */
static int check_open(struct ct_db *db, const struct ct_requirement_rule *rule, struct ct_err *err)
{
    struct ct_err why = CT_ERR_INIT;
    char from[CT_TIME_TEXT];
    int r = CT_OK;

    ct_day_text(rule->due.from, from);
    for (size_t i = 0; i < rule->n_orgs && r == CT_OK; i++)
        r = ct_org_check_open(db, rule->orgs[i], ct_sv_c(from), &why);
    return r == CT_BAD_INPUT ? ct_fail(err, r, "whom",
                                       "one of these agencies, units or task forces is closed on "
                                       "the day from which it is to hold")
           : r < 0           ? ct_fail(err, r, why.what, "%s", why.text)
                             : CT_OK;
}

static int insert_target(struct ct_db *db, int64_t rule, int64_t org, struct ct_sv discipline,
                         int64_t person, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_TARGET);
    int r;

    ct_bind_i64(&st, ":rule", rule);
    bind_id(&st, ":org", org);
    ct_bind_sv(&st, ":discipline", discipline);
    bind_id(&st, ":person", person);
    r = ct_stmt_run(&st, NULL);
    return r == CT_NOT_FOUND ? ct_fail(err, r, "whom", "there is no such agency, unit or person")
           : r < 0           ? ct_fail(err, r, "sql", "a target could not be recorded")
                             : CT_OK;
}

static int insert_targets(struct ct_db *db, const struct saving *s, int64_t rule,
                          struct ct_err *err)
{
    const struct ct_requirement_rule *v = &s->rule;
    int r = CT_OK;

    for (size_t i = 0; i < v->n_orgs && r == CT_OK; i++)
        r = insert_target(db, rule, v->orgs[i], CT_SV_NULL, 0, err);
    for (size_t i = 0; i < v->n_disciplines && r == CT_OK; i++)
        r = insert_target(db, rule, 0, v->disciplines[i], 0, err);
    for (size_t i = 0; i < v->n_people && r == CT_OK; i++)
        r = insert_target(db, rule, 0, CT_SV_NULL, v->people[i], err);
    return r;
}

static int insert_rule(struct ct_db *db, const struct saving *s, struct ct_err *err)
{
    const struct ct_due_rule *d = &s->rule.due;
    char from[CT_TIME_TEXT], fixed[CT_TIME_TEXT];
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_RULE);
        ct_bind_i64(&st, ":requirement", s->id);
        ct_bind_c(&st, ":from_date", ct_day_text(d->from, from));
        ct_bind_i64(&st, ":ends", 0);
        ct_bind_i64(&st, ":everybody", s->rule.everybody);
        ct_bind_sv(&st, ":title", s->rule.title);
        ct_bind_c(&st, ":kind", ct_due_kind_name(d->kind));
        ct_bind_c(&st, ":fixed_date",
                  d->kind == CT_DUE_FIXED ? ct_day_text(d->fixed, fixed) : NULL);
        ct_bind_i64(&st, ":days", d->days);
        ct_bind_i64(&st, ":month", d->month);
        ct_bind_i64(&st, ":every", d->every);
        ct_bind_i64(&st, ":window", d->window);
        ct_bind_i64(&st, ":from_expiry", d->from_expiry);
        ct_bind_i64(&st, ":grace", d->grace);
        ct_bind_i64(&st, ":minutes", s->rule.minutes);
        ct_bind_i64(&st, ":chairs", s->rule.chairs);
        ct_bind_i64(&st, ":now", s->now);
        bind_id(&st, ":by", s->by);
        r = ct_stmt_run(&st, err);
    }
    return r < 0 ? r : insert_targets(db, s, ct_db_last_id(db), err);
}

static int add_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct saving *s = arg;
    const struct ct_requirement *q = s->requirement;
    struct ct_err inner = CT_ERR_INIT;
    int r = ct_credit_type_check(db, q->credit_type, err);

    if (r < 0 || (r = check_open(db, &s->rule, err)) < 0)
        return r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);
        ct_bind_sv(&st, ":slug", q->slug);
        ct_bind_c(&st, ":kind", ct_requirement_kind_name(q->kind));
        ct_bind_sv(&st, ":course", q->course);
        ct_bind_sv(&st, ":course_title", q->course_title);
        ct_bind_sv(&st, ":module", q->module);
        ct_bind_sv(&st, ":module_title", q->module_title);
        ct_bind_sv(&st, ":credit_type", q->credit_type);
        ct_bind_i64(&st, ":now", s->now);
        bind_id(&st, ":by", s->by);
        r = ct_stmt_run(&st, &inner);
    }
    if (r == CT_CONFLICT)
        return ct_fail(err, r, "slug", "there is a requirement of this short name already");
    if (r < 0)
        return ct_fail(err, inner.code, inner.what, "%s", inner.text);
    s->id = ct_db_last_id(db);
    return insert_rule(db, s, err);
}

int ct_requirement_add(struct ct_store *s, const struct ct_clock *clock,
                       const struct ct_catalogue *cat, const struct ct_requirement *q, int64_t by,
                       int64_t *ret_id, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_requirement copy = *q;
    struct saving saving = {
        .requirement = &copy, .rule = q->rules[0], .now = ct_now(clock), .by = by};
    int r;

    if (!is_slug(q->slug))
        return ct_fail(err, CT_BAD_INPUT, "slug",
                       "a short name has only a-z, 0-9 and -, as in cps-yearly");
    if (ct_sv_eq_c(q->slug, "new"))
        return ct_fail(err, CT_BAD_INPUT, "slug", "“new” is the address of another page");
    if ((r = ct_requirement_name(cat, &copy, err)) < 0)
        return r;
    saving.rule.title = ct_sv_trim(saving.rule.title);
    if (saving.rule.title.n == 0)
        saving.rule.title = ct_requirement_title(&a, &copy, &saving.rule);
    if ((r = ct_requirement_check(cat, &copy, &saving.rule, err)) < 0 ||
        (r = ct_store_write(s, add_job, &saving, err)) < 0)
        return r;
    *ret_id = saving.id;
    return CT_OK;
}

static int insert_end(struct ct_db *db, const struct saving *s, int64_t newest, struct ct_err *err)
{
    char from[CT_TIME_TEXT];
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_END);

    ct_bind_i64(&st, ":newest", newest);
    ct_bind_c(&st, ":from_date", ct_day_text(s->rule.due.from, from));
    ct_bind_i64(&st, ":now", s->now);
    bind_id(&st, ":by", s->by);
    return ct_stmt_run(&st, err);
}

int ct_requirement_put(struct ct_db *db, int64_t requirement,
                       const struct ct_requirement_rule *rule, int64_t now, int64_t by,
                       struct ct_err *err)
{
    const struct saving s = {.rule = *rule, .id = requirement, .now = now, .by = by};
    int64_t newest;
    int r;

    if (!rule->ends)
        return insert_rule(db, &s, err);
    r = ct_requirement_newest(db, requirement, &newest, err);
    return r < 0 ? r : insert_end(db, &s, newest, err);
}

static int change_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct saving *s = arg;
    struct ct_requirement q = {.id = s->id};
    int64_t newest;
    int r;

    if ((r = ct_requirement_kind(db, s->id, &q.kind, err)) < 0 ||
        (r = ct_requirement_history(db, &a, s->id, &q.rules, &q.n_rules, err)) < 0 ||
        (r = ct_requirement_newest(db, s->id, &newest, err)) < 0 ||
        (!s->rule.ends && ((r = ct_requirement_check(s->cat, &q, &s->rule, err)) < 0 ||
                           (r = check_open(db, &s->rule, err)) < 0)))
        return r;
    if (s->newest && s->newest != newest)
        return ct_fail(err, CT_CONFLICT, "requirement",
                       "somebody changed this requirement meanwhile; look at it again");
    return s->rule.ends ? insert_end(db, s, newest, err) : insert_rule(db, s, err);
}

int ct_requirement_change(struct ct_store *s, const struct ct_clock *clock,
                          const struct ct_catalogue *cat, int64_t requirement,
                          const struct ct_requirement_rule *rule, int64_t newest, int64_t by,
                          struct ct_err *err)
{
    struct saving saving = {.cat = cat,
                            .rule = *rule,
                            .id = requirement,
                            .newest = newest,
                            .now = ct_now(clock),
                            .by = by};

    saving.rule.title = ct_sv_trim(rule->title);
    if (rule->ends && rule->due.from == CT_DAY_NONE)
        return ct_fail(err, CT_BAD_INPUT, "from", "the day on which it ends is missing");
    return ct_store_write(s, change_job, &saving, err);
}
