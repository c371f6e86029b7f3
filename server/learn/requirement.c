/*
 * requirement.c: reading requirements with their rules. Recording them is requirement_save.c, how
 * they are told requirement_text.c.
 */
#include "requirement_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql ALL = {"select q.id, q.slug, q.kind, q.course, q.course_title,"
                                  " q.module, q.module_title, q.credit_type from requirement q"
                                  " where q.at <= :at order by q.slug"};
static const struct ct_sql KIND = {"select kind from requirement where id = :requirement"};
/* Who recorded a rule bears the name of the day that is asked for; in its history that of now. */
#define NAME_THEN                                                                                  \
    "coalesce((select f.value from person_fact f where f.person = v.by and f.field = 'name'"       \
    " and f.at <= :at and f.since <= :day order by f.since desc, f.at desc, f.id desc limit 1),"   \
    " b.name)"
#define RULE(name)                                                                                 \
    "select v.id, v.requirement, v.from_date, v.ends, v.everybody, v.title, v.kind, v.fixed_date," \
    " v.days, v.month, v.every, v.window, v.from_expiry, v.grace, v.minutes, v.chairs, v.at," name \
    " as by_name"                                                                                  \
    " from requirement_rule v left join person b on b.id = v.by where v.requirement = "            \
    ":requirement"
static const struct ct_sql RULES = {
    RULE(NAME_THEN) " and v.at <= :at order by v.from_date, v.at, v.id"};
static const struct ct_sql HISTORY = {RULE("b.name") " order by v.at, v.id"};
static const struct ct_sql NEWEST = {
    "select max(id) as id from requirement_rule where requirement = :requirement"};
static const struct ct_sql TARGETS = {
    "select org, discipline, person from requirement_target where rule = :rule order by id"};

const struct ct_sql *const ct_requirement_sql[] = {&ALL,    &KIND,    &RULES, &HISTORY,
                                                   &NEWEST, &TARGETS, NULL};

static const char *const kinds[] = {
    [CT_DUE_FIXED] = "fixed",           [CT_DUE_HIRED] = "hired", [CT_DUE_ASSIGNED] = "assigned",
    [CT_DUE_DISCIPLINE] = "discipline", [CT_DUE_YEAR] = "year",   [CT_DUE_PERSONAL] = "personal"};
static const char *const wants[] = {[CT_REQUIREMENT_COURSE] = "course",
                                    [CT_REQUIREMENT_HOURS] = "hours",
                                    [CT_REQUIREMENT_SCENARIO] = "scenario"};

const char *ct_due_kind_name(enum ct_due_kind kind)
{
    return kinds[kind];
}

bool ct_due_kind_parse(struct ct_sv name, enum ct_due_kind *ret)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (ct_sv_eq_c(name, kinds[i])) {
            *ret = (enum ct_due_kind)i;
            return true;
        }
    return false;
}

const char *ct_requirement_kind_name(enum ct_requirement_kind kind)
{
    return wants[kind];
}

bool ct_requirement_kind_parse(struct ct_sv name, enum ct_requirement_kind *ret)
{
    for (size_t i = 0; i < CT_REQUIREMENT_KINDS; i++)
        if (ct_sv_eq_c(name, wants[i])) {
            *ret = (enum ct_requirement_kind)i;
            return true;
        }
    return false;
}

static int day_of(struct ct_stmt *st, const char *column)
{
    int day = CT_DAY_NONE;

    ct_day_parse(ct_col_sv(st, column), &day);
    return day;
}

static struct ct_requirement_rule rule_of(struct ct_stmt *st, struct ct_arena *a)
{
    struct ct_requirement_rule rule = {.id = ct_col_i64(st, "id"),
                                       .due = {.from = day_of(st, "from_date"),
                                               .fixed = day_of(st, "fixed_date"),
                                               .days = (int)ct_col_i64(st, "days"),
                                               .month = (int)ct_col_i64(st, "month"),
                                               .every = (int)ct_col_i64(st, "every"),
                                               .window = (int)ct_col_i64(st, "window"),
                                               .from_expiry = ct_col_i64(st, "from_expiry") != 0,
                                               .grace = (int)ct_col_i64(st, "grace")},
                                       .ends = ct_col_i64(st, "ends") != 0,
                                       .everybody = ct_col_i64(st, "everybody") != 0,
                                       .title = ct_col_dup(st, "title", a),
                                       .minutes = (int)ct_col_i64(st, "minutes"),
                                       .chairs = (int)ct_col_i64(st, "chairs"),
                                       .at = ct_col_i64(st, "at"),
                                       .by_name = ct_col_dup(st, "by_name", a)};

    ct_due_kind_parse(ct_col_sv(st, "kind"), &rule.due.kind);
    rule.due.quota = rule.minutes;
    rule.due.chairs = rule.chairs;
    return rule;
}

static int read_targets(struct ct_db *db, struct ct_arena *a, struct ct_requirement_rule *rule,
                        struct ct_err *err)
{
    int64_t *orgs = NULL, *people = NULL;
    struct ct_sv *disciplines = NULL;
    size_t cap_orgs = 0, cap_people = 0, cap_disciplines = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &TARGETS);

    ct_bind_i64(&st, ":rule", rule->id);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        if (!ct_col_null(&st, "org"))
            CT_ARENA_PUSH(a, orgs, rule->n_orgs, cap_orgs, ct_col_i64(&st, "org"));
        else if (!ct_col_null(&st, "person"))
            CT_ARENA_PUSH(a, people, rule->n_people, cap_people, ct_col_i64(&st, "person"));
        else
            CT_ARENA_PUSH(a, disciplines, rule->n_disciplines, cap_disciplines,
                          ct_col_dup(&st, "discipline", a));
    }
    rule->orgs = orgs;
    rule->people = people;
    rule->disciplines = disciplines;
    return r;
}

/* `one_a_day`: of several of a day the last one only. */
static int read_rules(struct ct_db *db, struct ct_arena *a, struct ct_stmt *st, bool one_a_day,
                      struct ct_requirement_rule **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_requirement_rule *rules = NULL;
    size_t n = 0, cap = 0;
    int r;

    while ((r = ct_stmt_step(st, err)) > 0) {
        struct ct_requirement_rule rule = rule_of(st, a);
        if (one_a_day && n && rules[n - 1].due.from == rule.due.from)
            rules[n - 1] = rule;
        else
            CT_ARENA_PUSH(a, rules, n, cap, rule);
    }
    for (size_t i = 0; i < n && r >= 0; i++)
        r = read_targets(db, a, &rules[i], err);
    *ret = rules;
    *ret_n = n;
    return r;
}

int ct_requirement_list(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                        struct ct_requirement **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_requirement *list = NULL;
    size_t n = 0, cap = 0;
    char day[CT_TIME_TEXT];
    int r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &ALL);
        ct_bind_i64(&st, ":at", as_of);
        while ((r = ct_stmt_step(&st, err)) > 0) {
            struct ct_requirement q = {.id = ct_col_i64(&st, "id"),
                                       .slug = ct_col_dup(&st, "slug", a),
                                       .course = ct_col_dup(&st, "course", a),
                                       .course_title = ct_col_dup(&st, "course_title", a),
                                       .module = ct_col_dup(&st, "module", a),
                                       .module_title = ct_col_dup(&st, "module_title", a),
                                       .credit_type = ct_col_dup(&st, "credit_type", a)};
            ct_requirement_kind_parse(ct_col_sv(&st, "kind"), &q.kind);
            CT_ARENA_PUSH(a, list, n, cap, q);
        }
    }
    for (size_t i = 0; i < n && r >= 0; i++) {
        CT_AUTO_STMT st = ct_db_stmt(db, &RULES);
        ct_bind_i64(&st, ":requirement", list[i].id);
        ct_bind_i64(&st, ":at", as_of);
        ct_bind_c(&st, ":day", ct_time_date(as_of, day));
        r = read_rules(db, a, &st, true, &list[i].rules, &list[i].n_rules, err);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

struct ct_requirement *ct_requirement_find(struct ct_requirement *all, size_t n, struct ct_sv slug)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(all[i].slug, slug))
            return &all[i];
    return NULL;
}

int ct_requirement_history(struct ct_db *db, struct ct_arena *a, int64_t requirement,
                           struct ct_requirement_rule **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &HISTORY);
    int r;

    ct_bind_i64(&st, ":requirement", requirement);
    r = read_rules(db, a, &st, false, ret, ret_n, err);
    return r < 0 ? r : CT_OK;
}

int ct_requirement_kind(struct ct_db *db, int64_t requirement, enum ct_requirement_kind *ret,
                        struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &KIND);
    int r;

    ct_bind_i64(&st, ":requirement", requirement);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0 || !ct_requirement_kind_parse(ct_col_sv(&st, "kind"), ret))
        return ct_fail(err, CT_NOT_FOUND, "requirement", "there is no such requirement");
    return CT_OK;
}

int ct_requirement_newest(struct ct_db *db, int64_t requirement, int64_t *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &NEWEST);
    int r;

    ct_bind_i64(&st, ":requirement", requirement);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    *ret = r ? ct_col_i64(&st, "id") : 0;
    return CT_OK;
}

const struct ct_requirement_rule *ct_requirement_on(const struct ct_requirement *q, int day)
{
    const struct ct_requirement_rule *rule = NULL;

    for (size_t i = 0; i < q->n_rules && q->rules[i].due.from <= day; i++)
        rule = &q->rules[i];
    return rule;
}

const struct ct_requirement_rule *ct_requirement_asking(const struct ct_requirement *q, int day)
{
    const struct ct_requirement_rule *rule = &q->rules[0];

    for (size_t i = 0; i < q->n_rules && (q->rules[i].due.from <= day || rule->ends); i++)
        if (!q->rules[i].ends)
            rule = &q->rules[i];
    return rule;
}
