/*
 * attempt_save.c: keeping the answers of an open attempt, and closing it with a grade.
 */
#include "attempt_priv.h"
#include "sql_priv.h"

#include "ct/base/banned.h"

static const struct ct_sql IS_SUBMITTED = {
    "select count(*) as n from attempt_result where attempt = :attempt"};
static const struct ct_sql LATEST = {
    "select answer from attempt_answer where attempt = :attempt and question = :question"
    " order by id desc limit 1"};
static const struct ct_sql ANSWER = {"insert into attempt_answer(attempt, question, answer, at)"
                                     " values(:attempt, :question, :answer, :at)"};
static const struct ct_sql GRADE = {"insert into attempt_grade(attempt, question, share, points)"
                                    " values(:attempt, :question, :share, :points)"};
static const struct ct_sql RESULT = {"insert into attempt_result(attempt, score, passed, at)"
                                     " values(:attempt, :score, :passed, :at)"};
/* If it is better than all before it. */
static const struct ct_sql BEST = {
    "insert into attempt_best(person, course, module, discipline, score, at)"
    " select a.person, a.course, a.module, a.discipline, :score, :at from attempt a"
    " where a.id = :attempt and not exists (select 1 from attempt_best b"
    " where b.person = a.person and b.course = a.course and b.module = a.module"
    " and b.discipline = a.discipline and b.score >= :score and b.at <= :at)"};

const struct ct_sql *const ct_attempt_save_sql[] = {&IS_SUBMITTED, &LATEST, &ANSWER, &GRADE,
                                                    &RESULT,       &BEST,   NULL};

struct save_job {
    const struct ct_attempt *at;
    struct ct_event event;
    struct ct_sv *given; /* per question: the answer as JSON; null: not in the form */
    bool submit;
    size_t saved;
};

static bool form_has(const struct ct_form *form, const struct ct_question *q)
{
    for (size_t f = 0; f < form->n; f++)
        if (ct_answer_owns(q, form->fields[f].name))
            return true;
    return false;
}

static int read_form(struct ct_arena *a, const struct ct_attempt *at, const struct ct_form *form,
                     struct ct_sv *given, struct ct_err *err)
{
    int r = ct_fields_belong(at->questions, at->n, form, a, err);

    for (size_t i = 0; r == CT_OK && i < at->n; i++) {
        struct ct_answer answer;
        if (!form_has(form, at->questions[i]))
            continue;
        if ((r = ct_answer_read(a, at->questions[i], at->seed, form, &answer, err)) < 0)
            return r;
        CT_AUTO_JSON *json = ct_answer_json(&answer);
        r = ct_json_keep(a, json, &given[i], err);
    }
    return r;
}

static int check_open(struct ct_db *db, const struct ct_attempt *at, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &IS_SUBMITTED);

    ct_bind_i64(&st, ":attempt", at->id);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (ct_col_i64(&st, "n"))
        return ct_fail(err, CT_CONFLICT, "attempt", "this attempt was submitted already");
    return CT_OK;
}

/* Whether an answer differs from the latest one; "not answered" does not differ from none at all.
 */
static int differs(struct ct_db *db, const struct ct_attempt *at, size_t i, struct ct_sv given,
                   bool *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &LATEST);

    ct_bind_i64(&st, ":attempt", at->id);
    ct_bind_sv(&st, ":question", at->questions[i]->id);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    *ret = !ct_sv_eq(given, r ? ct_col_sv(&st, "answer") : CT_SV("[]"));
    return CT_OK;
}

static int save_answers(struct ct_db *db, struct save_job *job, struct ct_err *err)
{
    for (size_t i = 0; i < job->at->n; i++) {
        bool changed;
        if (!job->given[i].p)
            continue;
        int r = differs(db, job->at, i, job->given[i], &changed, err);
        if (r < 0)
            return r;
        if (!changed)
            continue;
        CT_AUTO_STMT st = ct_db_stmt(db, &ANSWER);
        ct_bind_i64(&st, ":attempt", job->at->id);
        ct_bind_sv(&st, ":question", job->at->questions[i]->id);
        ct_bind_sv(&st, ":answer", job->given[i]);
        ct_bind_i64(&st, ":at", job->event.at);
        if ((r = ct_stmt_run(&st, err)) < 0)
            return r;
        job->saved++;
    }
    return CT_OK;
}

static int save_grades(struct ct_db *db, const struct ct_attempt *at, const struct ct_grade *grades,
                       struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &GRADE);

    for (size_t i = 0; i < at->n; i++) {
        if (!grades[i].graded)
            continue;
        ct_bind_i64(&st, ":attempt", at->id);
        ct_bind_sv(&st, ":question", at->questions[i]->id);
        ct_bind_double(&st, ":share", grades[i].share);
        ct_bind_i64(&st, ":points", at->questions[i]->points);
        int r = ct_stmt_run(&st, err);
        if (r < 0)
            return r;
        ct_stmt_reset(&st);
    }
    return CT_OK;
}

static int save_best(struct ct_db *db, const struct save_job *job, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &BEST);

    ct_bind_i64(&st, ":attempt", job->at->id);
    ct_bind_i64(&st, ":score", job->event.score);
    ct_bind_i64(&st, ":at", job->event.at);
    return ct_stmt_run(&st, err);
}

/* Grades all that is stored by now, not only what this form brought. */
static int submit(struct ct_db *db, struct save_job *job, struct ct_err *err)
{
    const struct ct_attempt *at = job->at;
    struct ct_arena *a = job->event.arena;
    struct ct_answer *answers = ct_arena_array(a, struct ct_answer, at->n);
    struct ct_grade *grades = ct_arena_array(a, struct ct_grade, at->n);

    int r = ct_attempt_answers(db, a, at, answers, err);
    if (r < 0)
        return r;
    job->event.score = ct_attempt_grade(a, at, answers, grades);
    job->event.passed = job->event.score >= at->pass_mark;
    if ((r = save_grades(db, at, grades, err)) < 0)
        return r;
    CT_AUTO_STMT st = ct_db_stmt(db, &RESULT);
    ct_bind_i64(&st, ":attempt", at->id);
    ct_bind_i64(&st, ":score", job->event.score);
    ct_bind_i64(&st, ":passed", job->event.passed);
    ct_bind_i64(&st, ":at", job->event.at);
    if ((r = ct_stmt_run(&st, err)) < 0 || (r = save_best(db, job, err)) < 0)
        return r;
    return ct_completion_check(db, &job->event, err);
}

static int save_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct save_job *job = arg;
    int r;

    job->saved = 0;
    if ((r = check_open(db, job->at, err)) < 0 || (r = save_answers(db, job, err)) < 0 ||
        (r = ct_activity_touch(db, &job->event.key, job->event.at, err)) < 0)
        return r;
    return job->submit ? submit(db, job, err) : CT_OK;
}

int ct_attempt_save(const struct ct_desk *d, const struct ct_attempt *at,
                    const struct ct_form *form, bool submit_too, size_t *ret_saved,
                    struct ct_err *err)
{
    struct save_job job = {
        .at = at,
        .event = ct_event_of(d, at->course, at->module),
        .given = ct_arena_array(d->arena, struct ct_sv, at->n),
        .submit = submit_too,
    };

    if (at->submitted_at)
        return ct_fail(err, CT_CONFLICT, "attempt", "this attempt was submitted already");
    if (!ct_sv_eq(at->discipline, job.event.key.discipline))
        return ct_fail(err, CT_CONFLICT, "discipline", "this attempt was begun as %.*s",
                       CT_SV_ARG(at->discipline));
    int r = read_form(d->arena, at, form, job.given, err);
    if (r < 0 || (r = ct_store_write(d->store, save_run, &job, err)) < 0)
        return r;
    *ret_saved = job.saved;
    return CT_OK;
}
