/*
 * trial.h: tries at a quiz "basics/quiz" as rows, for the tests of how its questions do.
 */
#ifndef CT_TEST_TRIAL_H
#define CT_TEST_TRIAL_H

#include "studio_test.h"

#include "ct/base/banned.h"

static inline const struct ct_module *quiz_of(struct studio *t)
{
    const struct ct_module *m =
        ct_course_module(ct_catalogue_course(t->s.cat, CT_SV("basics")), CT_SV("quiz"));

    assert_non_null(m);
    return m;
}

struct trial { /* of one person: shares below 0 are questions that were not in the attempt */
    int64_t person;
    const char *discipline;
    double who, signs, steps;
    const char *who_answer, *signs_answer, *steps_answer, *mood_answer; /* NULL: none */
    const char *revision;                                               /* NULL: the live one */
    bool open;                                                          /* not submitted */
};

static inline void insert_answer(struct ct_db *db, int64_t attempt, const char *question,
                                 const char *answer)
{
    static const struct ct_sql sql = {
        "insert into attempt_answer(attempt, question, answer, at) values(:a, :q, :x, 0)"};
    CT_AUTO_STMT st = ct_db_stmt(db, &sql);

    if (!answer)
        return;
    ct_bind_i64(&st, ":a", attempt);
    ct_bind_c(&st, ":q", question);
    ct_bind_c(&st, ":x", answer);
    assert_int_equal(ct_stmt_run(&st, NULL), CT_OK);
}

static inline void insert_grade(struct ct_db *db, int64_t attempt, const char *question,
                                double share, int64_t points)
{
    static const struct ct_sql sql = {
        "insert into attempt_grade(attempt, question, share, points) values(:a, :q, :s, :p)"};
    CT_AUTO_STMT st = ct_db_stmt(db, &sql);

    if (share < 0)
        return;
    ct_bind_i64(&st, ":a", attempt);
    ct_bind_c(&st, ":q", question);
    ct_bind_double(&st, ":s", share);
    ct_bind_i64(&st, ":p", points);
    assert_int_equal(ct_stmt_run(&st, NULL), CT_OK);
}

static inline int64_t insert_attempt(struct ct_db *db, const struct trial *x)
{
    static const struct ct_sql person = {
        "insert into person(id, email, email_key, name, roles, created_at)"
        " values(:p, 'p' || :p, 'p' || :p, 'P', 1, 0) on conflict do nothing"};
    static const struct ct_sql attempt = {
        "insert into attempt(person, course, module, discipline, revision, seed, pass_mark,"
        " started_at) values(:p, 'basics', 'quiz', :d, :r, 1, 80, 0)"};
    CT_AUTO_STMT add = ct_db_stmt(db, &person);
    CT_AUTO_STMT st = ct_db_stmt(db, &attempt);

    ct_bind_i64(&add, ":p", x->person);
    assert_int_equal(ct_stmt_run(&add, NULL), CT_OK);
    ct_bind_i64(&st, ":p", x->person);
    ct_bind_c(&st, ":d", x->discipline);
    ct_bind_c(&st, ":r", x->revision);
    assert_int_equal(ct_stmt_run(&st, NULL), CT_OK);
    return ct_db_last_id(db);
}

static inline int trial_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    static const struct ct_sql result = {
        "insert into attempt_result(attempt, score, passed, at) values(:a, 0, 0, 0)"};
    const struct trial *x = arg;
    int64_t id = insert_attempt(db, x);

    if (x->who_answer)
        insert_answer(db, id, "who", "[2]"); /* changed afterwards: the latest counts */
    insert_answer(db, id, "who", x->who_answer);
    insert_answer(db, id, "signs", x->signs_answer);
    insert_answer(db, id, "steps", x->steps_answer);
    insert_answer(db, id, "mood", x->mood_answer);
    insert_grade(db, id, "who", x->who, 1);
    insert_grade(db, id, "signs", x->signs, 2);
    insert_grade(db, id, "steps", x->steps, 1);
    if (x->open)
        return CT_OK;
    CT_AUTO_STMT st = ct_db_stmt(db, &result);
    ct_bind_i64(&st, ":a", id);
    return ct_stmt_run(&st, err);
}

static inline void try_quiz(struct studio *t, struct trial x)
{
    struct ct_err err = CT_ERR_INIT;

    if (!x.revision)
        x.revision = quiz_of(t)->revision;
    CT_OK_("trial", ct_store_write(t->store, trial_job, &x, &err), &err);
}

#endif
