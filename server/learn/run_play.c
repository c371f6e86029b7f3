/*
 * run_play.c: starting a play of a scenario and taking choices. Reading plays is run.c.
 */
#include "completion_priv.h"
#include "sql_priv.h"

#include "ct/learn/run.h"
#include "ct/learn/tally.h"

#include "ct/base/banned.h"

static const struct ct_sql START = {
    "insert into run(person, course, module, discipline, chair, revision, state, started_at)"
    " values(:person, :course, :module, :discipline, :chair, :revision, :state, :at)"};
static const struct ct_sql STANDS = {
    "select (select count(*) from run_step where run = :run) as steps,"
    " (select count(*) from run_result where run = :run) as ended"};
static const struct ct_sql STEP = {"insert into run_step(run, step, choice, state, at)"
                                   " values(:run, :step, :choice, :state, :at)"};
static const struct ct_sql RESULT = {"insert into run_result(run, ending, ending_title, passed, at)"
                                     " values(:run, :ending, :ending_title, :passed, :at)"};

const struct ct_sql *const ct_run_play_sql[] = {&START, &STANDS, &STEP, &RESULT, NULL};

struct play_job {
    struct ct_event event;
    const struct ct_scenario *scenario;
    struct ct_sv chair;
    struct ct_state state; /* after the start or the choice */
    struct ct_sv state_text;
    int64_t run, step, choice;
};

static int keep_state(struct ct_arena *a, const struct ct_scenario *sc, const struct ct_state *s,
                      struct ct_sv *ret, struct ct_err *err)
{
    CT_AUTO_JSON *json = ct_state_json(sc, s);

    return ct_json_keep(a, json, ret, err);
}

/* Closes the run if the state stands in an ending, and completes the module if it passes. */
static int end_run(struct ct_db *db, int64_t run, const struct ct_scenario *sc,
                   const struct ct_state *state, struct ct_event *e, struct ct_err *err)
{
    const struct ct_scene *scene = &sc->scenes[state->scene];

    if (!scene->is_ending)
        return CT_OK;
    e->passed = ct_scenario_passed(sc, state);
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &RESULT);
        ct_bind_i64(&st, ":run", run);
        ct_bind_sv(&st, ":ending", scene->anchor);
        ct_bind_sv(&st, ":ending_title", scene->title);
        ct_bind_i64(&st, ":passed", e->passed);
        ct_bind_i64(&st, ":at", e->at);
        int r = ct_stmt_run(&st, err);
        if (r < 0)
            return r;
    }
    return ct_completion_check(db, e, err);
}

static int start_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct play_job *job = arg;
    int r;

    {
        CT_AUTO_STMT st = ct_db_stmt(db, &START);
        ct_key_bind(&st, &job->event.key);
        ct_bind_sv(&st, ":chair", job->chair);
        ct_bind_c(&st, ":revision", job->event.module->revision);
        ct_bind_sv(&st, ":state", job->state_text);
        ct_bind_i64(&st, ":at", job->event.at);
        if ((r = ct_stmt_run(&st, err)) < 0)
            return r;
        job->run = ct_db_last_id(db);
    }
    if ((r = ct_activity_touch(db, &job->event.key, job->event.at, err)) < 0)
        return r;
    return end_run(db, job->run, job->scenario, &job->state, &job->event, err);
}

int ct_run_start(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                 struct ct_sv chair, int64_t *ret_id, struct ct_err *err)
{
    struct play_job job = {.event = ct_event_of(d, c, m), .scenario = m->scenario};
    ct_disc_set set = ct_discipline_bit(&d->cat->disciplines, chair);
    int r;

    if (!m->scenario)
        return ct_fail(err, CT_NOT_FOUND, "module", "this module is no scenario");
    if (set == CT_DISC_NONE || !ct_disc_has(m->scenario->chairs, set))
        return ct_fail(err, CT_BAD_INPUT, "chair", "the scenario has no such chair");
    job.chair = chair;
    if ((r = ct_scenario_start(m->scenario, set, &job.state, err)) < 0 ||
        (r = keep_state(d->arena, m->scenario, &job.state, &job.state_text, err)) < 0 ||
        (r = ct_store_write(d->store, start_run, &job, err)) < 0)
        return r;
    *ret_id = job.run;
    return CT_OK;
}

/* The new state was computed from what a reader saw, so the run must still stand there. */
static int check_stands(struct ct_db *db, const struct play_job *job, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &STANDS);

    ct_bind_i64(&st, ":run", job->run);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (ct_col_i64(&st, "steps") != job->step)
        return ct_fail(err, CT_CONFLICT, "step", "another choice was made meanwhile");
    if (ct_col_i64(&st, "ended"))
        return ct_fail(err, CT_CONFLICT, "run", "this run has ended");
    return CT_OK;
}

static int choose_run(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct play_job *job = arg;

    int r = check_stands(db, job, err);
    if (r < 0)
        return r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &STEP);
        ct_bind_i64(&st, ":run", job->run);
        ct_bind_i64(&st, ":step", job->step + 1);
        ct_bind_i64(&st, ":choice", job->choice);
        ct_bind_sv(&st, ":state", job->state_text);
        ct_bind_i64(&st, ":at", job->event.at);
        if ((r = ct_stmt_run(&st, err)) < 0)
            return r;
    }
    if ((r = ct_activity_touch(db, &job->event.key, job->event.at, err)) < 0)
        return r;
    return end_run(db, job->run, job->scenario, &job->state, &job->event, err);
}

static int check_choice(const struct ct_desk *d, const struct ct_run *run, int64_t step,
                        int64_t choice, struct ct_err *err)
{
    if (step < 0 || (uint64_t)step != run->n_steps)
        return ct_fail(err, CT_CONFLICT, "step", "another choice was made meanwhile");
    if (run->ended)
        return ct_fail(err, CT_CONFLICT, "run", "this run has ended");
    if (!ct_sv_eq(run->discipline, ct_slug_kept(d->who.discipline)))
        return ct_fail(err, CT_CONFLICT, "discipline", "this run was begun as %.*s",
                       CT_SV_ARG(run->discipline));
    if (choice < 0 || (uint64_t)choice >= run->scenario->scenes[run->state.scene].n_choices)
        return ct_fail(err, CT_BAD_INPUT, "choice", "there is no such choice");
    return CT_OK;
}

int ct_run_choose(const struct ct_desk *d, const struct ct_run *run, int64_t step, int64_t choice,
                  struct ct_err *err)
{
    struct play_job job = {.event = ct_event_of(d, run->course, run->module),
                           .scenario = run->scenario};

    int r = check_choice(d, run, step, choice, err);
    if (r < 0 || (r = ct_scenario_choose(run->scenario, run->chair_set, &run->state, (size_t)choice,
                                         &job.state, err)) < 0)
        return r;
    job.run = run->id;
    job.step = step;
    job.choice = choice;
    if ((r = keep_state(d->arena, run->scenario, &job.state, &job.state_text, err)) < 0)
        return r;
    return ct_store_write(d->store, choose_run, &job, err);
}
