/*
 * attempt.c: beginning and reading tries of a quiz. Saving and submitting answers is
 * attempt_save.c.
 */
#include "attempt_priv.h"
#include "sql_priv.h"

#include "ct/learn/library.h"

#include "ct/base/banned.h"

static const struct ct_sql TRIES = {
    "select a.id, r.attempt is not null as submitted, r.score, r.passed, r.at from attempt a"
    " left join attempt_result r on r.attempt = a.id"
    " where a.person = :person and a.course = :course and a.module = :module"
    " and a.discipline = :discipline order by a.id desc"};
static const struct ct_sql BEGIN = {
    "insert into attempt(person, course, module, discipline, revision, seed, pass_mark, started_at)"
    " values(:person, :course, :module, :discipline, :revision, :seed, :pass_mark, :at)"};
static const struct ct_sql GET = {
    "select a.discipline, a.revision, a.seed, a.pass_mark, a.started_at, r.attempt is not null as"
    " submitted, r.score, r.passed, r.at from attempt a"
    " left join attempt_result r on r.attempt = a.id"
    " where a.id = :id and a.person = :person and a.course = :course and a.module = :module"};
static const struct ct_sql ANSWERS = {"select question, answer from attempt_answer where id in"
                                      " (select max(id) from attempt_answer"
                                      "  where attempt = :attempt group by question)"};
static const struct ct_sql EVER_PASSED = {
    "select count(*) as n from attempt a join attempt_result r on r.attempt = a.id"
    " where a.person = :person and a.course = :course and a.module = :module"
    " and a.discipline = :discipline and r.passed = 1"};

const struct ct_sql *const ct_attempt_sql[] = {&TRIES, &BEGIN, &GET, &ANSWERS, &EVER_PASSED, NULL};

static int read_tries(struct ct_db *db, struct ct_arena *a, const struct ct_key *key,
                      const struct ct_module *m, int64_t now, struct ct_tries *ret,
                      struct ct_err *err)
{
    struct ct_tries tries = {.left = -1, .best = -1};
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &TRIES);

    ct_key_bind(&st, key);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_try one = {ct_col_i64(&st, "id"), ct_col_i64(&st, "at"),
                             (int)ct_col_i64(&st, "score"), ct_col_i64(&st, "passed") != 0};
        if (!ct_col_i64(&st, "submitted")) {
            tries.open = one.id;
            continue;
        }
        CT_ARENA_PUSH(a, tries.list, tries.n, cap, one);
        tries.passed = tries.passed || one.passed;
        if (one.score > tries.best)
            tries.best = one.score;
    }
    if (r < 0)
        return r;
    tries.used = (int)tries.n;
    if (m->attempts > 0)
        tries.left = tries.used < m->attempts ? m->attempts - tries.used : 0;
    if (m->quiz && tries.n && tries.list[0].submitted_at + m->quiz->wait > now)
        tries.wait_until = tries.list[0].submitted_at + m->quiz->wait;
    *ret = tries;
    return CT_OK;
}

int ct_attempt_tries(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                     struct ct_tries *ret, struct ct_err *err)
{
    struct ct_key key = ct_key_of(d, c, m);

    return read_tries(d->db, d->arena, &key, m, ct_now(d->clock), ret, err);
}

struct begin_job {
    struct ct_key key;
    const struct ct_module *module;
    struct ct_arena *arena;
    int64_t seed, at, id;
    int pass_mark;
};

static int insert_attempt(struct ct_db *db, struct begin_job *job, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &BEGIN);

    ct_key_bind(&st, &job->key);
    ct_bind_c(&st, ":revision", job->module->revision);
    ct_bind_i64(&st, ":seed", job->seed);
    ct_bind_i64(&st, ":pass_mark", job->pass_mark);
    ct_bind_i64(&st, ":at", job->at);
    int r = ct_stmt_run(&st, err);
    job->id = ct_db_last_id(db);
    return r;
}

/* Looks at the tries in the writer, so that two that begin at once get the same one. */
static int begin_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct begin_job *job = arg;
    struct ct_tries tries;
    char until[CT_TIME_TEXT];

    int r = read_tries(db, job->arena, &job->key, job->module, job->at, &tries, err);
    if (r < 0)
        return r;
    if (tries.open) {
        job->id = tries.open;
        return CT_OK;
    }
    if (tries.left == 0)
        return ct_fail(err, CT_CONFLICT, "attempt", "no try is left");
    if (tries.wait_until)
        return ct_fail(err, CT_CONFLICT, "attempt", "the next try may begin at %s",
                       ct_time_iso(tries.wait_until, until));
    if ((r = insert_attempt(db, job, err)) < 0)
        return r;
    return ct_activity_touch(db, &job->key, job->at, err);
}

int ct_attempt_begin(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                     int64_t *ret_id, struct ct_err *err)
{
    struct begin_job job = {.key = ct_key_of(d, c, m),
                            .module = m,
                            .arena = d->arena,
                            .at = ct_now(d->clock),
                            .pass_mark = ct_course_pass_mark(c, m)};

    if (!m->quiz)
        return ct_fail(err, CT_NOT_FOUND, "quiz", "this module has no quiz");
    ct_random_bytes(&job.seed, sizeof job.seed);
    job.seed &= INT64_MAX;
    int r = ct_store_write(d->store, begin_run, &job, err);
    if (r < 0)
        return r;
    *ret_id = job.id;
    return CT_OK;
}

static size_t question_index(const struct ct_attempt *at, struct ct_sv id)
{
    for (size_t i = 0; i < at->n; i++)
        if (ct_sv_eq(at->questions[i]->id, id))
            return i;
    return SIZE_MAX;
}

int ct_attempt_answers(struct ct_db *db, struct ct_arena *a, const struct ct_attempt *at,
                       struct ct_answer *answers, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &ANSWERS);

    for (size_t i = 0; i < at->n; i++)
        answers[i] = (struct ct_answer){NULL, 0};
    ct_bind_i64(&st, ":attempt", at->id);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        CT_AUTO_JSON *json = NULL;
        size_t i = question_index(at, ct_col_sv(&st, "question"));
        if (i == SIZE_MAX)
            continue;
        if ((r = ct_json_kept(ct_col_sv(&st, "answer"), &json, err)) < 0)
            return r;
        if (ct_answer_from_json(a, at->questions[i], json, &answers[i], NULL) < 0)
            return ct_fail(err, CT_INTERNAL, "attempt_answer", "stored answer to %.*s does not fit",
                           CT_SV_ARG(at->questions[i]->id));
    }
    return r;
}

int ct_attempt_grade(struct ct_arena *a, const struct ct_attempt *at,
                     const struct ct_answer *answers, struct ct_grade *grades)
{
    double got = 0;
    int points = 0;

    for (size_t i = 0; i < at->n; i++) {
        ct_question_grade(a, at->questions[i], &answers[i], &grades[i]);
        if (!grades[i].graded)
            continue;
        got += grades[i].share * at->questions[i]->points;
        points += at->questions[i]->points;
    }
    /* A share such as 2/3 has no exact double: three of them must still be two. */
    return points == 0 ? 100 : (int)(100 * got / points + 1e-9);
}

static int ever_passed(const struct ct_desk *d, const struct ct_attempt *at, bool *ret,
                       struct ct_err *err)
{
    struct ct_key key = {d->who.person, at->course->slug, at->module->id, at->discipline};
    CT_AUTO_STMT st = ct_db_stmt(d->db, &EVER_PASSED);

    ct_key_bind(&st, &key);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    *ret = ct_col_i64(&st, "n") > 0;
    return CT_OK;
}

/* The row of the attempt, without its text. */
static int read_row(const struct ct_desk *d, const struct ct_course *c, struct ct_sv module_id,
                    int64_t id, struct ct_attempt *at, struct ct_sv *ret_revision,
                    struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(d->db, &GET);

    ct_bind_i64(&st, ":id", id);
    ct_bind_i64(&st, ":person", d->who.person);
    ct_bind_sv(&st, ":course", c->slug);
    ct_bind_sv(&st, ":module", module_id);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "attempt", "no such attempt");
    at->discipline = ct_col_dup(&st, "discipline", d->arena);
    *ret_revision = ct_col_dup(&st, "revision", d->arena);
    at->seed = (uint64_t)ct_col_i64(&st, "seed");
    at->pass_mark = (int)ct_col_i64(&st, "pass_mark");
    at->started_at = ct_col_i64(&st, "started_at");
    if (ct_col_i64(&st, "submitted")) {
        at->score = (int)ct_col_i64(&st, "score");
        at->passed = ct_col_i64(&st, "passed") != 0;
        at->submitted_at = ct_col_i64(&st, "at");
    }
    return CT_OK;
}

/* What only a submitted attempt has: the grades, and perhaps the answers shown. */
static int read_result(const struct ct_desk *d, struct ct_attempt *at, struct ct_err *err)
{
    at->grades = ct_arena_array(d->arena, struct ct_grade, at->n);
    ct_attempt_grade(d->arena, at, at->answers, at->grades);
    switch (at->module->quiz->show) {
    case CT_SHOW_AFTER_EACH:
        at->show_answers = true;
        return CT_OK;
    case CT_SHOW_AFTER_PASSING:
        return ever_passed(d, at, &at->show_answers, err);
    }
    return CT_OK;
}

int ct_attempt_get(const struct ct_desk *d, const struct ct_course *c, struct ct_sv module_id,
                   int64_t id, struct ct_attempt *ret, struct ct_err *err)
{
    struct ct_attempt at = {.id = id, .course = c, .score = -1};
    struct ct_sv revision;

    int r = read_row(d, c, module_id, id, &at, &revision, err);
    if (r < 0 || (r = ct_revision_module(d->db, d->arena, d->cat, c, module_id, revision,
                                         &at.module, err)) < 0)
        return r;
    const struct ct_quiz *quiz = at.module->quiz;
    if (!quiz)
        return ct_fail(err, CT_NOT_FOUND, "quiz", "the text of this attempt has no quiz");
    at.questions = ct_arena_array(d->arena, const struct ct_question *, quiz->n_questions);
    at.n = ct_quiz_draw(quiz, ct_discipline_bit(&d->cat->disciplines, at.discipline), at.seed,
                        at.questions);
    at.answers = ct_arena_array(d->arena, struct ct_answer, at.n);
    if ((r = ct_attempt_answers(d->db, d->arena, &at, at.answers, err)) < 0 ||
        (at.submitted_at && (r = read_result(d, &at, err)) < 0))
        return r;
    *ret = at;
    return CT_OK;
}
