/*
 * run.c: reading the plays of a scenario. Starting one and choosing is run_play.c.
 */
#include "event_priv.h"
#include "sql_priv.h"

#include "ct/learn/library.h"
#include "ct/learn/run.h"

#include "ct/base/banned.h"

static const struct ct_sql GET = {
    "select a.course, a.module, a.discipline, a.chair, a.revision, a.state, a.started_at,"
    " r.run is not null as ended, r.passed, r.at from run a left join run_result r on r.run = a.id"
    " where a.id = :id and a.person = :person"};
static const struct ct_sql STEPS = {
    "select choice, state, at from run_step where run = :run order by step"};
static const struct ct_sql LIST = {
    "select a.id, a.chair, a.started_at, r.ending_title, r.passed, r.at from run a"
    " left join run_result r on r.run = a.id"
    " where a.person = :person and a.course = :course and a.module = :module order by a.id desc"};

const struct ct_sql *const ct_run_sql[] = {&GET, &STEPS, &LIST, NULL};

struct row {
    struct ct_sv course, module, revision, state;
};

static int read_row(const struct ct_desk *d, int64_t id, struct ct_run *run, struct row *row,
                    struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(d->db, &GET);

    ct_bind_i64(&st, ":id", id);
    ct_bind_i64(&st, ":person", d->who.person);
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "run", "no such run");
    row->course = ct_col_dup(&st, "course", d->arena);
    row->module = ct_col_dup(&st, "module", d->arena);
    run->discipline = ct_col_dup(&st, "discipline", d->arena);
    run->chair = ct_col_dup(&st, "chair", d->arena);
    row->revision = ct_col_dup(&st, "revision", d->arena);
    row->state = ct_col_dup(&st, "state", d->arena);
    run->started_at = ct_col_i64(&st, "started_at");
    run->ended = ct_col_i64(&st, "ended") != 0;
    run->passed = ct_col_i64(&st, "passed") != 0;
    run->ended_at = ct_col_i64(&st, "at");
    return CT_OK;
}

static int read_state(const struct ct_scenario *sc, struct ct_sv text, struct ct_state *ret,
                      struct ct_err *err)
{
    CT_AUTO_JSON *json = NULL;
    struct ct_err fault = CT_ERR_INIT;

    int r = ct_json_kept(text, &json, err);
    if (r < 0)
        return r;
    if (ct_state_from_json(sc, json, ret, &fault) < 0)
        return ct_fail(err, CT_INTERNAL, "run", "stored state does not fit: %s", fault.text);
    return CT_OK;
}

/* Reads the choices made; the state now and the one before the last choice come out of them. */
static int read_steps(const struct ct_desk *d, struct ct_run *run, struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &STEPS);

    ct_bind_i64(&st, ":run", run->id);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_run_step step = {.scene = run->state.scene,
                                   .choice = (size_t)ct_col_i64(&st, "choice"),
                                   .at = ct_col_i64(&st, "at")};
        if ((r = read_state(run->scenario, ct_col_sv(&st, "state"), &step.after, err)) < 0)
            return r;
        run->before = run->state;
        run->state = step.after;
        CT_ARENA_PUSH(d->arena, run->steps, run->n_steps, cap, step);
    }
    return r;
}

int ct_run_get(const struct ct_desk *d, int64_t id, struct ct_run *ret, struct ct_err *err)
{
    struct ct_run run = {.id = id};
    struct row row;

    int r = read_row(d, id, &run, &row, err);
    if (r < 0)
        return r;
    run.course = ct_catalogue_course(d->cat, row.course);
    if (!run.course)
        return ct_fail(err, CT_NOT_FOUND, "course", "the course of this run is gone");
    if ((r = ct_revision_module(d->db, d->arena, d->cat, run.course, row.module, row.revision,
                                &run.module, err)) < 0)
        return r;
    run.scenario = run.module->scenario;
    if (!run.scenario)
        return ct_fail(err, CT_NOT_FOUND, "module", "the text of this run is no scenario");
    run.chair_set = ct_discipline_bit(&d->cat->disciplines, run.chair);
    if ((r = read_state(run.scenario, row.state, &run.state, err)) < 0)
        return r;
    run.before = run.state;
    if ((r = read_steps(d, &run, err)) < 0)
        return r;
    *ret = run;
    return CT_OK;
}

int ct_run_list(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                struct ct_run_summary **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_run_summary *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(d->db, &LIST);

    ct_bind_i64(&st, ":person", d->who.person);
    ct_bind_sv(&st, ":course", c->slug);
    ct_bind_sv(&st, ":module", m->id);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_run_summary one = {
            .id = ct_col_i64(&st, "id"),
            .started_at = ct_col_i64(&st, "started_at"),
            .ended_at = ct_col_i64(&st, "at"),
            .chair = ct_col_dup(&st, "chair", d->arena),
            .ending_title = ct_col_dup(&st, "ending_title", d->arena),
            .passed = ct_col_i64(&st, "passed") != 0,
        };
        CT_ARENA_PUSH(d->arena, list, n, cap, one);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}
