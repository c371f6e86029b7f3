/*
 * record.c: reading all rows about one person's work in one discipline. What they mean is
 * progress.c.
 */
#include "record_priv.h"
#include "sql_priv.h"

#include "ct/learn/tally.h"

#include "ct/base/banned.h"

#define OF_PERSON                                                                                  \
    " where person = :person and discipline = :discipline"                                         \
    " and (:course is null or course = :course)"

static const struct ct_sql OPENED = {
    "select course, module, section from section_opened" OF_PERSON};
static const struct ct_sql DONE = {"select course, module, section from section_done" OF_PERSON};
static const struct ct_sql ATTEMPTS = {
    "select a.id, a.course, a.module, a.discipline = :discipline as own,"
    " r.attempt is not null as submitted, r.score, r.passed from attempt a"
    " left join attempt_result r on r.attempt = a.id"
    " where a.person = :person and (:course is null or a.course = :course) order by a.id"};
static const struct ct_sql OPEN_RUNS = {
    "select a.id, a.course, a.module from run a left join run_result r on r.run = a.id" OF_PERSON
    " and r.run is null order by a.id"};
static const struct ct_sql COMPLETIONS = {
    "select c.course, c.module, c.at, k.code, coalesce(e.version, '1') as version"
    " from completion c left join certificate k on k.completion = c.id"
    " left join edition e on e.hash = c.revision" OF_PERSON " order by c.id"};
static const struct ct_sql UPDATES = {
    "select course, module, coalesce(e.version, '1') as version from update_read u"
    " left join edition e on e.hash = u.revision" OF_PERSON};
static const struct ct_sql ACTIVITIES = {"select course, module, last_at from activity" OF_PERSON};

const struct ct_sql *const ct_record_sql[] = {&OPENED,      &DONE,    &ATTEMPTS,   &OPEN_RUNS,
                                              &COMPLETIONS, &UPDATES, &ACTIVITIES, NULL};

static void bind_person(struct ct_stmt *st, const struct ct_desk *d, struct ct_sv course)
{
    ct_bind_i64(st, ":person", d->who.person);
    ct_bind_sv(st, ":discipline", ct_slug_kept(d->who.discipline));
    ct_bind_sv(st, ":course", course);
}

static int load_sections(const struct ct_desk *d, const struct ct_sql *sql, struct ct_sv course,
                         struct ct_record_section **ret, size_t *ret_n, struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, sql);

    bind_person(&st, d, course);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_record_section row = {ct_col_dup(&st, "course", d->arena),
                                        ct_col_dup(&st, "module", d->arena),
                                        ct_col_dup(&st, "section", d->arena)};
        CT_ARENA_PUSH(d->arena, *ret, *ret_n, cap, row);
    }
    return r;
}

static int load_attempts(const struct ct_desk *d, struct ct_sv course, struct ct_record *ret,
                         struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &ATTEMPTS);

    bind_person(&st, d, course);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_record_attempt row = {
            .id = ct_col_i64(&st, "id"),
            .course = ct_col_dup(&st, "course", d->arena),
            .module = ct_col_dup(&st, "module", d->arena),
            .own = ct_col_i64(&st, "own") != 0,
            .submitted = ct_col_i64(&st, "submitted") != 0,
            .score = (int)ct_col_i64(&st, "score"),
            .passed = ct_col_i64(&st, "passed") != 0,
        };
        CT_ARENA_PUSH(d->arena, ret->attempts, ret->n_attempts, cap, row);
    }
    return r;
}

static int load_open_runs(const struct ct_desk *d, struct ct_sv course, struct ct_record *ret,
                          struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &OPEN_RUNS);

    bind_person(&st, d, course);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_record_run row = {ct_col_i64(&st, "id"), ct_col_dup(&st, "course", d->arena),
                                    ct_col_dup(&st, "module", d->arena)};
        CT_ARENA_PUSH(d->arena, ret->open_runs, ret->n_open_runs, cap, row);
    }
    return r;
}

static int load_completions(const struct ct_desk *d, struct ct_sv course, struct ct_record *ret,
                            struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &COMPLETIONS);

    bind_person(&st, d, course);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_record_completion row = {ct_col_dup(&st, "course", d->arena),
                                           ct_col_dup(&st, "module", d->arena),
                                           ct_col_i64(&st, "at"), ct_col_dup(&st, "code", d->arena),
                                           ct_col_dup(&st, "version", d->arena)};
        CT_ARENA_PUSH(d->arena, ret->completions, ret->n_completions, cap, row);
    }
    return r;
}

static int load_updates(const struct ct_desk *d, struct ct_sv course, struct ct_record *ret,
                        struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &UPDATES);

    bind_person(&st, d, course);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_record_update row = {ct_col_dup(&st, "course", d->arena),
                                       ct_col_dup(&st, "module", d->arena),
                                       ct_col_dup(&st, "version", d->arena)};
        CT_ARENA_PUSH(d->arena, ret->updates, ret->n_updates, cap, row);
    }
    return r;
}

static int load_activities(const struct ct_desk *d, struct ct_sv course, struct ct_record *ret,
                           struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &ACTIVITIES);

    bind_person(&st, d, course);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_record_activity row = {ct_col_dup(&st, "course", d->arena),
                                         ct_col_dup(&st, "module", d->arena),
                                         ct_col_i64(&st, "last_at")};
        CT_ARENA_PUSH(d->arena, ret->activities, ret->n_activities, cap, row);
    }
    return r;
}

int ct_record_load(const struct ct_desk *d, struct ct_sv course, struct ct_record *ret,
                   struct ct_err *err)
{
    struct ct_record rec = {0};
    int r;

    if ((r = load_sections(d, &OPENED, course, &rec.opened, &rec.n_opened, err)) < 0 ||
        (r = load_sections(d, &DONE, course, &rec.done, &rec.n_done, err)) < 0 ||
        (r = load_attempts(d, course, &rec, err)) < 0 ||
        (r = load_open_runs(d, course, &rec, err)) < 0 ||
        (r = load_completions(d, course, &rec, err)) < 0 ||
        /* who completed nothing has no update of it to read */
        (rec.n_completions > 0 && (r = load_updates(d, course, &rec, err)) < 0) ||
        (r = load_activities(d, course, &rec, err)) < 0)
        return r;
    *ret = rec;
    return CT_OK;
}
