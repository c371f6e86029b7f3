/*
 * test_run.c: plays of a scenario.
 */
#include "fixture.h"

#include <pthread.h>

#include "ct/base/banned.h"

static int get(struct world *w, int64_t person, int64_t id, struct ct_run *ret, struct ct_err *err)
{
    AUTO_SEAT seat = seat_take(w, person);

    return ct_run_get(&seat.d, id, ret, err);
}

static struct ct_run run_of(struct world *w, int64_t person, int64_t id)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_run run;

    CT_OK_("run", get(w, person, id, &run, &err), &err);
    return run;
}

static void chairs_are_those_of_the_scenario(void **state)
{
    static const struct {
        const char *name, *module, *chair;
        int want;
    } cases[] = {
        {"one's own", "motel", "prosecutor", CT_OK},
        {"another's", "motel", "caseworker", CT_OK},
        {"one that the scenario does not have", "motel", "advocate", CT_BAD_INPUT},
        {"one that nobody has", "motel", "astronaut", CT_BAD_INPUT},
        {"a lesson", "victims", "prosecutor", CT_NOT_FOUND},
    };
    struct world *w = *state;

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        int64_t id;
        AUTO_SEAT seat = seat_take(w, ANNA);
        CT_EQ_I64(c->name,
                  ct_run_start(&seat.d, course_of(w, c->module), module_of(w, c->module),
                               ct_sv_c(c->chair), &id, &err),
                  c->want);
        if (c->want == CT_BAD_INPUT)
            CT_EQ_STR(c->name, err.what, "chair");
    }
}

static void a_run_begins_behind_the_junction(void **state)
{
    struct world *w = *state;
    struct ct_run run = run_of(w, ANNA, start_run(w, ANNA, "caseworker"));

    CT_EQ_I64("scene", run.state.scene, S_FIRST);
    CT_EQ_I64("trust", run.state.variables[0], 1);
    CT_EQ_I64("before", run.before.scene, S_FIRST);
    CT_EQ_I64("steps", run.n_steps, 0);
    CT_EQ_I64("goes on", run.ended, false);
    CT_EQ_I64("chair", run.chair_set, CASEWORKER);
    CT_EQ_SV("chair", run.chair, CT_SV("caseworker"));
    CT_EQ_SV("discipline", run.discipline, CT_SV("prosecutor"));
    CT_EQ_I64("when", run.started_at, w->now);
}

static void choices_lead_to_an_ending(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t id = start_run(w, ANNA, "prosecutor");

    w->now += 30;
    CT_OK_("food", choose(w, ANNA, id, 0, 0, &err), &err);
    struct ct_run run = run_of(w, ANNA, id);
    CT_EQ_I64("scene", run.state.scene, S_PHONE);
    CT_EQ_I64("trust", run.state.variables[0], 2);
    CT_EQ_I64("trust before", run.before.variables[0], 1);
    CT_EQ_I64("one step", run.n_steps, 1);
    CT_EQ_I64("made at", run.steps[0].scene, S_FIRST);
    CT_EQ_I64("which", run.steps[0].choice, 0);
    w->now += 30;
    CT_OK_("plan", choose(w, ANNA, id, 1, 0, &err), &err);
    run = run_of(w, ANNA, id);
    CT_EQ_I64("ended", run.ended, true);
    CT_EQ_I64("passed", run.passed, true);
    CT_EQ_I64("when", run.ended_at, w->now);
    CT_EQ_I64("in", run.state.scene, S_PLAN);
    CT_EQ_I64("before", run.before.scene, S_PHONE);
    CT_EQ_I64("steps", run.steps[1].at, w->now);
    CT_EQ_I64("the module is complete",
              number(w, "select count(*) as n from completion where module = 'motel'"), 1);
}

static void what_is_not_open_cannot_be_chosen(void **state)
{
    static const struct {
        const char *name;
        int64_t step, choice;
        int want;
        const char *what;
    } cases[] = {
        {"another chair's", 0, 2, CT_CONFLICT, NULL},
        {"one that needs more trust", 0, 3, CT_CONFLICT, NULL},
        {"one that is not there", 0, 4, CT_BAD_INPUT, "choice"},
        {"a negative one", 0, -1, CT_BAD_INPUT, "choice"},
        {"on a page from the future", 1, 0, CT_CONFLICT, "step"},
        {"on a page that never was", -1, 0, CT_CONFLICT, "step"},
    };
    struct world *w = *state;
    int64_t id = start_run(w, ANNA, "prosecutor");

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name, choose(w, ANNA, id, c->step, c->choice, &err), c->want);
        if (c->what)
            CT_EQ_STR(c->name, err.what, c->what);
        CT_EQ_I64(c->name, number(w, "select count(*) as n from run_step"), 0);
    }
    CT_EQ_I64("an old page", choose(w, ANNA, id, 0, 1, NULL), CT_OK);
    CT_EQ_I64("an old page", choose(w, ANNA, id, 0, 1, NULL), CT_CONFLICT);
}

static void an_ending_ends_it(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t id = start_run(w, ANNA, "caseworker");

    CT_OK_("seizes the phone", choose(w, ANNA, id, 0, 2, &err), &err);
    struct ct_run run = run_of(w, ANNA, id);
    CT_EQ_I64("ended", run.ended, true);
    CT_EQ_I64("failed", run.passed, false);
    CT_EQ_I64("no more", choose(w, ANNA, id, 1, 0, &err), CT_CONFLICT);
    CT_EQ_I64("nothing complete", number(w, "select count(*) as n from completion"), 0);
}

static void a_run_may_end_at_once(void **state)
{
    struct world *w = *state;
    struct ct_run run = run_of(w, ANNA, start_run(w, ANNA, "judge"));

    CT_EQ_I64("ended", run.ended, true);
    CT_EQ_I64("in", run.state.scene, S_RUNS);
    CT_EQ_I64("steps", run.n_steps, 0);
}

static void runs_are_one_s_own(void **state)
{
    struct world *w = *state;
    struct ct_run run;
    int64_t id = start_run(w, ANNA, "prosecutor");

    CT_EQ_I64("another's", get(w, BEN, id, &run, NULL), CT_NOT_FOUND);
    CT_EQ_I64("none", get(w, ANNA, id + 1, &run, NULL), CT_NOT_FOUND);
}

static void a_run_of_an_earlier_discipline_is_only_read(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t id = start_run(w, ANNA, "prosecutor");

    w->discipline[ANNA] = "judge";
    CT_EQ_SV("read", run_of(w, ANNA, id).discipline, CT_SV("prosecutor"));
    CT_EQ_I64("not played", choose(w, ANNA, id, 0, 0, &err), CT_CONFLICT);
    CT_EQ_STR("why", err.what, "discipline");
}

static void runs_are_listed_newest_first(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_run_summary *list;
    size_t n;
    int64_t passed = do_run(w, ANNA, "prosecutor");
    int64_t failed = start_run(w, ANNA, "judge"), open = start_run(w, ANNA, "caseworker");

    start_run(w, BEN, "caseworker");
    AUTO_SEAT seat = seat_take(w, ANNA);
    CT_OK_("list",
           ct_run_list(&seat.d, course_of(w, "motel"), module_of(w, "motel"), &list, &n, &err),
           &err);
    CT_EQ_I64("hers", n, 3);
    CT_EQ_I64("open", list[0].id, open);
    CT_EQ_I64("open", list[0].ended_at, 0);
    CT_EQ_I64("open", list[0].ending_title.n, 0);
    CT_EQ_I64("failed", list[1].id, failed);
    CT_EQ_SV("failed", list[1].ending_title, CT_SV("She runs"));
    CT_EQ_SV("failed", list[1].chair, CT_SV("judge"));
    CT_EQ_I64("passed", list[2].id, passed);
    CT_EQ_I64("passed", list[2].passed, true);
}

struct player {
    struct ct_desk d;
    struct ct_arena arena;
    struct ct_run run;
    int64_t choice;
    int result;
};

static void *play_one(void *arg)
{
    struct player *p = arg;

    p->result = ct_run_choose(&p->d, &p->run, 0, p->choice, NULL);
    return NULL;
}

static void of_two_choices_at_once_one_conflicts(void **state)
{
    struct world *w = *state;
    struct player p[2] = {{.choice = 0}, {.choice = 1}};
    pthread_t threads[2];
    int64_t id = start_run(w, ANNA, "prosecutor");
    AUTO_SEAT seat = seat_take(w, ANNA);

    for (int i = 0; i < 2; i++) {
        p[i].d = seat.d;
        p[i].d.arena = &p[i].arena;
        p[i].run = run_of(w, ANNA, id);
    }
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, play_one, &p[i]), 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    CT_EQ_I64("one of them", p[0].result + p[1].result, CT_CONFLICT);
    CT_EQ_I64("one step", number(w, "select count(*) as n from run_step"), 1);
    CT_EQ_I64("that of the other", number(w, "select choice as n from run_step"),
              p[0].result == CT_OK ? 0 : 1);
    for (int i = 0; i < 2; i++)
        ct_arena_release(&p[i].arena);
}

static void a_spoiled_state_is_our_fault(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_run run;
    struct ct_db *db;
    int64_t id = start_run(w, ANNA, "prosecutor");

    CT_OK_("open", ct_db_open(ct_temp_path(&w->temp, "test.db"), false, &db, &err), &err);
    CT_OK_("spoil",
           ct_db_exec(db,
                      "insert into run_step(run, step, choice, state, at) values(1, 1, 0, '{', 0)",
                      &err),
           &err);
    ct_db_close(db);
    CT_EQ_I64("unreadable", get(w, ANNA, id, &run, &err), CT_INTERNAL);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        T(chairs_are_those_of_the_scenario),
        T(a_run_begins_behind_the_junction),
        T(choices_lead_to_an_ending),
        T(what_is_not_open_cannot_be_chosen),
        T(an_ending_ends_it),
        T(a_run_may_end_at_once),
        T(runs_are_one_s_own),
        T(a_run_of_an_earlier_discipline_is_only_read),
        T(runs_are_listed_newest_first),
        T(of_two_choices_at_once_one_conflicts),
        T(a_spoiled_state_is_our_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
