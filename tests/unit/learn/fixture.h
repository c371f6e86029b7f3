/*
 * fixture.h: people and a database around the curriculum of curriculum.h, for the tests of
 * learning: desks to sit at, and what a learner does in one line each.
 */
#ifndef CT_TEST_LEARN_FIXTURE_H
#define CT_TEST_LEARN_FIXTURE_H

#include "ct_temp.h"
#include "ct_test.h"
#include "curriculum.h"

#include "ct/learn/attempt.h"
#include "ct/learn/completion.h"
#include "ct/learn/progress.h"
#include "ct/learn/run.h"

enum { ANNA = 1, BEN, CARA, DAN, N_WORLD_PEOPLE = 4 }; /* one a discipline, in that order */

struct world {
    struct ct_temp temp;
    struct ct_store *store;
    struct ct_arena arena;
    struct ct_catalogue *cat;
    int64_t now;
    struct ct_clock clock;
    const char *discipline[64]; /* by person */
};

static inline const char *world_module(const char *name, size_t *ret_course, size_t *ret_module)
{
    static const char *const names[2][3] = {{"victims", "law", "motel"}, {"deep", "feelings", ""}};

    for (*ret_course = 0; *ret_course < 2; ++*ret_course)
        for (*ret_module = 0; *ret_module < 3; ++*ret_module)
            if (strcmp(names[*ret_course][*ret_module], name) == 0)
                return name;
    abort();
}

static inline const struct ct_course *course_of(const struct world *w, const char *module)
{
    size_t c, m;

    world_module(module, &c, &m);
    return &w->cat->courses[c];
}

static inline const struct ct_module *module_of(const struct world *w, const char *module)
{
    size_t c, m;

    world_module(module, &c, &m);
    return w->cat->courses[c].modules[m];
}

static inline int keep_revisions(struct ct_db *db, const struct ct_catalogue *cat,
                                 struct ct_err *err)
{
    static const struct ct_sql insert = {
        "insert into revision(hash, path, source, first_at)"
        " values(:hash, :path, :source, 0) on conflict do nothing"};
    CT_AUTO_STMT st = ct_db_stmt(db, &insert);

    for (size_t c = 0; c < cat->n_courses; c++) {
        for (size_t i = 0; i < cat->courses[c].n_modules; i++) {
            const struct ct_module *m = cat->courses[c].modules[i];
            ct_bind_c(&st, ":hash", m->revision);
            ct_bind_sv(&st, ":path", m->path);
            ct_bind_sv(&st, ":source", m->source);
            int r = ct_stmt_run(&st, err);
            if (r < 0)
                return r;
            ct_stmt_reset(&st);
        }
    }
    return CT_OK;
}

static inline int world_fill(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct world *w = arg;
    int r =
        ct_db_exec(db,
                   "insert into person(id, email, email_key, name, discipline, roles, created_at)"
                   " values(1, 'anna@example.org', 'anna@example.org', 'Anna Ito',"
                   " 'prosecutor', 1, 0),"
                   "(2, 'ben@example.org', 'ben@example.org', 'Ben Čapek', 'caseworker', 1, 0),"
                   "(3, 'cara@example.org', 'cara@example.org', 'Cara Oduya', 'advocate', 1, 0),"
                   "(4, 'dan@example.org', 'dan@example.org', 'Dan Roe', 'judge', 1, 0);"
                   "insert into person_discipline select id, discipline, 0 from person",
                   err);
    return r < 0 ? r : keep_revisions(db, w->cat, err);
}

static inline int world_keep(struct ct_db *db, void *arg, struct ct_err *err)
{
    return keep_revisions(db, arg, err);
}

static inline void world_init(struct world *w)
{
    static const char *const disciplines[] = {"", "prosecutor", "caseworker", "advocate", "judge"};

    *w = (struct world){.now = 1700000000};
    w->clock = (struct ct_clock){ct_fixed_now, &w->now};
    w->cat = make_catalogue(&w->arena, "1");
    memcpy(w->discipline, disciplines, sizeof disciplines);
}

static inline int world_open(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    struct ct_err err = CT_ERR_INIT;

    if (!w || ct_secret_init(NULL) < 0)
        return -1;
    world_init(w);
    ct_temp_make(&w->temp);
    w->store = ct_temp_store(&w->temp);
    *state = w;
    CT_OK_("people and texts", ct_store_write(w->store, world_fill, w, &err), &err);
    return 0;
}

static inline int world_close(void **state)
{
    struct world *w = *state;

    ct_store_close(w->store);
    ct_arena_release(&w->arena);
    ct_temp_remove(&w->temp);
    free(w);
    return 0;
}

/* Publishes another edition of the curriculum. */
static inline void world_publish(struct world *w, const char *edition)
{
    struct ct_err err = CT_ERR_INIT;

    w->cat = make_catalogue(&w->arena, edition);
    CT_OK_("new texts", ct_store_write(w->store, world_keep, w->cat, &err), &err);
}

/* A desk at which a person sits, reading the last commit; leaves with the scope. */
struct seat {
    struct ct_reader reader;
    struct ct_desk d;
};
static inline void seat_leave(struct seat *s)
{
    ct_store_return(&s->reader);
}
#define AUTO_SEAT __attribute__((cleanup(seat_leave))) struct seat

static inline struct seat seat_take(struct world *w, int64_t person)
{
    struct seat s = {.reader = ct_store_reader(w->store)};
    struct ct_sv slug = ct_sv_c(w->discipline[person]);

    s.d = (struct ct_desk){.store = w->store,
                           .db = s.reader.db,
                           .cat = w->cat,
                           .clock = &w->clock,
                           .arena = &w->arena,
                           .who = {person, slug, ct_discipline_bit(&w->cat->disciplines, slug)}};
    return s;
}

/* The one number n of a query, over a connection of its own. */
static inline int64_t number(struct world *w, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_db *db = NULL;
    struct ct_sql sql = {text};
    int64_t n;

    CT_OK_(text, ct_db_open(ct_temp_path(&w->temp, "test.db"), true, &db, &err), &err);
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &sql);
        CT_EQ_I64(text, ct_stmt_step(&st, &err), 1);
        n = ct_col_i64(&st, "n");
    }
    ct_db_close(db);
    return n;
}

/* A person marks a section as done. */
static inline void do_section(struct world *w, int64_t person, const char *module,
                              const char *section)
{
    struct ct_err err = CT_ERR_INIT;
    const struct ct_module *m = module_of(w, module);
    AUTO_SEAT seat = seat_take(w, person);

    for (size_t i = 0; i < m->n_sections; i++)
        if (ct_sv_eq_c(m->sections[i].slug, section))
            CT_OK_(section,
                   ct_section_done(&seat.d, course_of(w, module), m, &m->sections[i], &err), &err);
}

/* A form out of "name=value&name=value". */
static inline struct ct_form make_form(struct world *w, const char *text)
{
    struct ct_form form = {NULL, 0};
    struct ct_err err = CT_ERR_INIT;

    CT_OK_(text, ct_form_parse(&w->arena, ct_sv_c(text), &form, &err), &err);
    return form;
}

static inline int64_t begin_quiz(struct world *w, int64_t person, const char *module)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = 0;
    AUTO_SEAT seat = seat_take(w, person);

    CT_OK_(module, ct_attempt_begin(&seat.d, course_of(w, module), module_of(w, module), &id, &err),
           &err);
    return id;
}

static inline int save_quiz(struct world *w, int64_t person, const char *module, int64_t id,
                            const char *fields, bool submit, size_t *ret_saved, struct ct_err *err)
{
    struct ct_form form = make_form(w, fields);
    struct ct_attempt at;
    AUTO_SEAT seat = seat_take(w, person);
    int r = ct_attempt_get(&seat.d, course_of(w, module), module_of(w, module)->id, id, &at, err);

    return r < 0 ? r : ct_attempt_save(&seat.d, &at, &form, submit, ret_saved, err);
}

/* Begins, answers and submits; returns the attempt. */
static inline int64_t do_quiz(struct world *w, int64_t person, const char *module,
                              const char *fields)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = begin_quiz(w, person, module);
    size_t saved;

    CT_OK_(fields, save_quiz(w, person, module, id, fields, true, &saved, &err), &err);
    return id;
}
/* All right, and half of the points, in the quiz of victims. */
#define ALL_RIGHT "q.who=0&q.signs=0&q.signs=2&q.hours=72"
#define HALF      "q.who=0&q.hours=72"

static inline int64_t start_run(struct world *w, int64_t person, const char *chair)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = 0;
    AUTO_SEAT seat = seat_take(w, person);

    CT_OK_(chair,
           ct_run_start(&seat.d, course_of(w, "motel"), module_of(w, "motel"), ct_sv_c(chair), &id,
                        &err),
           &err);
    return id;
}

static inline int choose(struct world *w, int64_t person, int64_t id, int64_t step, int64_t choice,
                         struct ct_err *err)
{
    struct ct_run run;
    AUTO_SEAT seat = seat_take(w, person);
    int r = ct_run_get(&seat.d, id, &run, err);

    return r < 0 ? r : ct_run_choose(&seat.d, &run, step, choice, err);
}

/* Plays the motel to the ending that passes. */
static inline int64_t do_run(struct world *w, int64_t person, const char *chair)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = start_run(w, person, chair);

    CT_OK_("offers food", choose(w, person, id, 0, 0, &err), &err);
    CT_OK_("writes the plan", choose(w, person, id, 1, 0, &err), &err);
    return id;
}

/* All of the core course for somebody who is no prosecutor. */
static inline void do_core(struct world *w, int64_t person)
{
    do_section(w, person, "victims", "opening");
    do_section(w, person, "victims", "practice");
    do_quiz(w, person, "victims", ALL_RIGHT);
    do_run(w, person, "caseworker");
}

#endif
