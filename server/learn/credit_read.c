/*
 * credit_read.c: the rows of rules and approvals, as of a moment. Recording them is credit_save.c.
 */
#include "credit_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

#define RULE                                                                                       \
    "select r.id, r.type, r.title, r.source, r.from_date, r.ends, r.hour, r.step, r.rounding,"     \
    " r.basis, r.approval, r.active_share, r.min_score, r.attestation, r.repeats, r.year_max,"     \
    " r.year, r.month, r.at, b.name as by_name"                                                    \
    " from credit_rule r left join person b on b.id = r.by"
static const struct ct_sql RULES = {RULE " where r.at <= :at"
                                         " order by r.type, r.from_date, r.at, r.id"};
static const struct ct_sql RULE_HISTORY = {RULE " where r.type = :type order by r.at, r.id"};
static const struct ct_sql DISCIPLINES = {
    "select discipline from credit_rule_discipline where rule = :rule order by discipline"};

#define APPROVAL                                                                                   \
    "select coalesce(v.corrects, v.id) as id, v.id as row, v.course, v.course_title, v.type,"      \
    " v.state, v.body, v.number, v.hours, v.from_date, v.until_date, v.withdrawn_date, v.note,"    \
    " v.at, b.name as by_name from credit_approval v left join person b on b.id = v.by"
static const struct ct_sql APPROVALS = {
    APPROVAL " where v.at <= :at and not exists (select 1 from credit_approval l"
             " where l.corrects = coalesce(v.corrects, v.id) and l.at <= :at"
             " and (l.at, l.id) > (v.at, v.id))"
             " order by v.course, v.type, coalesce(v.state, ''), v.body, v.from_date, v.id"};
static const struct ct_sql APPROVAL_ONE = {
    APPROVAL " where v.id = :id or v.corrects = :id order by v.at desc, v.id desc limit 1"};
static const struct ct_sql APPROVAL_HISTORY = {
    APPROVAL " where v.id = :id or v.corrects = :id order by v.at, v.id"};

const struct ct_sql *const ct_credit_read_sql[] = {
    &RULES, &RULE_HISTORY, &DISCIPLINES, &APPROVALS, &APPROVAL_ONE, &APPROVAL_HISTORY, NULL};

static int day_of(struct ct_stmt *st, const char *column)
{
    int day = CT_DAY_NONE;

    ct_day_parse(ct_col_sv(st, column), &day);
    return day;
}

static struct ct_credit_rule rule_of(struct ct_stmt *st, struct ct_arena *a)
{
    struct ct_credit_rule rule = {.id = ct_col_i64(st, "id"),
                                  .type = ct_col_dup(st, "type", a),
                                  .title = ct_col_dup(st, "title", a),
                                  .source = ct_col_dup(st, "source", a),
                                  .from = day_of(st, "from_date"),
                                  .ends = ct_col_i64(st, "ends") != 0,
                                  .hour = (int)ct_col_i64(st, "hour"),
                                  .step = (int)ct_col_i64(st, "step"),
                                  .needs_approval = ct_col_i64(st, "approval") != 0,
                                  .active_share = (int)ct_col_i64(st, "active_share"),
                                  .min_score = (int)ct_col_i64(st, "min_score"),
                                  .attestation = ct_col_dup(st, "attestation", a),
                                  .repeats = ct_col_i64(st, "repeats") != 0,
                                  .year_max = (int)ct_col_i64(st, "year_max"),
                                  .month = (int)ct_col_i64(st, "month"),
                                  .at = ct_col_i64(st, "at"),
                                  .by_name = ct_col_dup(st, "by_name", a)};

    ct_credit_rounding_parse(ct_col_sv(st, "rounding"), &rule.rounding);
    ct_credit_basis_parse(ct_col_sv(st, "basis"), &rule.basis);
    ct_credit_year_parse(ct_col_sv(st, "year"), &rule.year);
    return rule;
}

static int read_disciplines(struct ct_db *db, struct ct_arena *a, struct ct_credit_rule *rule,
                            struct ct_err *err)
{
    struct ct_sv *list = NULL;
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &DISCIPLINES);

    ct_bind_i64(&st, ":rule", rule->id);
    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(a, list, rule->n_disciplines, cap, ct_col_dup(&st, "discipline", a));
    rule->disciplines = list;
    return r;
}

/* `one_a_day`: of several of a type and day the last one only. */
static int read_rules(struct ct_db *db, struct ct_arena *a, struct ct_stmt *st, bool one_a_day,
                      struct ct_credit_rule **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_credit_rule *list = NULL;
    size_t n = 0, cap = 0;
    int r;

    while ((r = ct_stmt_step(st, err)) > 0) {
        struct ct_credit_rule rule = rule_of(st, a);
        if (one_a_day && n && list[n - 1].from == rule.from &&
            ct_sv_eq(list[n - 1].type, rule.type))
            list[n - 1] = rule;
        else
            CT_ARENA_PUSH(a, list, n, cap, rule);
    }
    for (size_t i = 0; i < n && r >= 0; i++)
        r = read_disciplines(db, a, &list[i], err);
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

int ct_credit_rules(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                    struct ct_credit_rule **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &RULES);

    ct_bind_i64(&st, ":at", as_of);
    return read_rules(db, a, &st, true, ret, ret_n, err);
}

int ct_credit_rule_history(struct ct_db *db, struct ct_arena *a, struct ct_sv type,
                           struct ct_credit_rule **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &RULE_HISTORY);

    ct_bind_sv(&st, ":type", type);
    return read_rules(db, a, &st, false, ret, ret_n, err);
}

static struct ct_credit_approval approval_of(struct ct_stmt *st, struct ct_arena *a)
{
    return (struct ct_credit_approval){.id = ct_col_i64(st, "id"),
                                       .row = ct_col_i64(st, "row"),
                                       .course = ct_col_dup(st, "course", a),
                                       .course_title = ct_col_dup(st, "course_title", a),
                                       .type = ct_col_dup(st, "type", a),
                                       .state = ct_col_dup(st, "state", a),
                                       .body = ct_col_dup(st, "body", a),
                                       .number = ct_col_dup(st, "number", a),
                                       .hundredths = (int)ct_col_i64(st, "hours"),
                                       .from = day_of(st, "from_date"),
                                       .until = day_of(st, "until_date"),
                                       .withdrawn = day_of(st, "withdrawn_date"),
                                       .note = ct_col_dup(st, "note", a),
                                       .at = ct_col_i64(st, "at"),
                                       .by_name = ct_col_dup(st, "by_name", a)};
}

static int read_approvals(struct ct_arena *a, struct ct_stmt *st, struct ct_credit_approval **ret,
                          size_t *ret_n, struct ct_err *err)
{
    struct ct_credit_approval *list = NULL;
    size_t n = 0, cap = 0;
    int r;

    while ((r = ct_stmt_step(st, err)) > 0)
        CT_ARENA_PUSH(a, list, n, cap, approval_of(st, a));
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

int ct_credit_approvals(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                        struct ct_credit_approval **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &APPROVALS);

    ct_bind_i64(&st, ":at", as_of);
    return read_approvals(a, &st, ret, ret_n, err);
}

int ct_credit_approval_get(struct ct_db *db, struct ct_arena *a, int64_t id,
                           struct ct_credit_approval *ret, struct ct_err *err)
{
    struct ct_credit_approval *list;
    size_t n;
    CT_AUTO_STMT st = ct_db_stmt(db, &APPROVAL_ONE);
    int r;

    ct_bind_i64(&st, ":id", id);
    if ((r = read_approvals(a, &st, &list, &n, err)) < 0)
        return r;
    if (n == 0 || list[0].id != id)
        return ct_fail(err, CT_NOT_FOUND, "id", "there is no approval of this number");
    *ret = list[0];
    return CT_OK;
}

int ct_credit_approval_history(struct ct_db *db, struct ct_arena *a, int64_t id,
                               struct ct_credit_approval **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &APPROVAL_HISTORY);

    ct_bind_i64(&st, ":id", id);
    return read_approvals(a, &st, ret, ret_n, err);
}
