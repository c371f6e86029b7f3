/*
 * certificate_renew.c: deciding, inside a writer's job, that somebody has earned a certificate
 * anew.
 *
 * What is passed anew are the quizzes and cases; sections, once read, stay read. A certificate that
 * does not end and stands is never made twice.
 */
#include "certificate_priv.h"
#include "completion_priv.h"
#include "sql_priv.h"

#include "ct/course/count.h"

#include "ct/base/banned.h"

#define OF_COURSE                                                                                  \
    " where c.person = :person and c.course = :course and c.module is null"                        \
    " and c.discipline = :discipline"

static const struct ct_sql LAST = {
    "select k.issued_at, coalesce(t.months, 0) as months, coalesce(v.at, 0) as revoked_at"
    " from completion c join certificate k on k.completion = c.id"
    " left join certificate_term t on t.code = k.code"
    " left join certificate_revocation v on v.code = k.code" OF_COURSE
    " order by k.issued_at desc, c.id desc limit 1"};
static const struct ct_sql PASSED = {
    "select distinct a.module from attempt a join attempt_result r on r.attempt = a.id"
    " where a.person = :person and a.course = :course and a.discipline = :discipline"
    " and r.passed = 1 and r.at >= :since"
    " union select a.module from run a join run_result r on r.run = a.id"
    " where a.person = :person and a.course = :course and a.discipline = :discipline"
    " and r.passed = 1 and r.at >= :since"};

const struct ct_sql *const ct_certificate_renew_sql[] = {&LAST, &PASSED, NULL};

static void bind(struct ct_stmt *st, const struct ct_event *e)
{
    ct_bind_i64(st, ":person", e->key.person);
    ct_bind_sv(st, ":course", e->key.course);
    ct_bind_sv(st, ":discipline", e->key.discipline);
}

/* From when on what is passed counts for a new one; -1: it does not, or not yet. */
static int window_of(struct ct_db *db, const struct ct_event *e, int64_t *ret, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    CT_AUTO_HOMES *homes = NULL;
    struct ct_certificate last;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &LAST);

    *ret = -1;
    bind(&st, e);
    if ((r = ct_stmt_step(&st, err)) <= 0)
        return r;
    last = (struct ct_certificate){.issued_at = ct_col_i64(&st, "issued_at"),
                                   .months = (int)ct_col_i64(&st, "months"),
                                   .revoked_at = ct_col_i64(&st, "revoked_at")};
    if ((r = ct_homes_read(db, &a, e->key.person, e->at, &homes, err)) < 0)
        return r;
    ct_certificate_find_days(&last, ct_home_of(homes, e->key.person));
    if (last.revoked_at) {
        *ret = last.revoked_at;
    } else if (last.opens_at && last.opens_at <= e->at) {
        /* What led to the last one does not lead to the next. */
        *ret = last.opens_at > last.issued_at ? last.opens_at : last.issued_at + 1;
    }
    return CT_OK;
}

static bool is_graded(const struct ct_module *m)
{
    return m->kind == CT_MODULE_SCENARIO || m->quiz;
}

int ct_renewal_is_due(struct ct_db *db, const struct ct_event *e, bool *ret, int64_t *ret_since,
                      struct ct_err *err)
{
    size_t wanted = 0, passed = 0;
    int r = window_of(db, e, ret_since, err);

    *ret = false;
    if (r < 0 || *ret_since < 0)
        return r;
    for (size_t i = 0; i < e->course->n_modules; i++)
        wanted +=
            ct_module_counts(e->course->modules[i], e->set) && is_graded(e->course->modules[i]);
    CT_AUTO_STMT st = ct_db_stmt(db, &PASSED);
    bind(&st, e);
    ct_bind_i64(&st, ":since", *ret_since);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        const struct ct_module *m = ct_course_module_by_id(e->course, ct_col_sv(&st, "module"));
        passed += m && ct_module_counts(m, e->set) && is_graded(m);
    }
    if (r < 0)
        return r;
    *ret = wanted > 0 && passed == wanted;
    return CT_OK;
}
