/*
 * fixture.h: a small curriculum made by hand, people, and a database, for the tests of learning.
 *
 * Disciplines: prosecutor, caseworker, advocate, judge.
 * Course "core", required for prosecutors and caseworkers, recommended for advocates:
 *   "victims"  a lesson: sections opening, charging (prosecutors), practice; a quiz of 4 questions
 *   "law"      a lesson for prosecutors: one section, no quiz
 *   "motel"    a scenario with chairs for prosecutor, caseworker and judge (whose run ends at once)
 * Course "extra", for nobody in particular:
 *   "deep"     a quiz alone: two tries, an hour between them, answers shown after passing
 *   "feelings" a quiz of one question that is not graded
 */
#ifndef CT_TEST_LEARN_FIXTURE_H
#define CT_TEST_LEARN_FIXTURE_H

#include "ct_temp.h"
#include "ct_test.h"

#include "ct/learn/attempt.h"
#include "ct/learn/completion.h"
#include "ct/learn/progress.h"
#include "ct/learn/run.h"

enum { PROSECUTOR = 1, CASEWORKER = 2, ADVOCATE = 4, JUDGE = 8 };
enum { ANNA = 1, BEN, CARA, DAN, N_WORLD_PEOPLE = 4 }; /* one a discipline, in that order */

static inline struct ct_option *make_choices(struct ct_arena *a, size_t n, unsigned right)
{
    struct ct_option *options = ct_arena_array(a, struct ct_option, n);

    for (size_t i = 0; i < n; i++) {
        options[i].plain = options[i].html = ct_arena_printf(a, "option %zu", i);
        options[i].right = (right >> i & 1u) != 0;
    }
    return options;
}

/* Shown in written order, so that places in forms are written indexes. */
static inline struct ct_question *make_asked(struct ct_arena *a, enum ct_question_kind kind,
                                             const char *id, unsigned right, int points)
{
    struct ct_question *q = ct_arena_new(a, struct ct_question);

    q->kind = kind;
    q->id = ct_sv_c(id);
    q->title = q->id;
    q->points = points;
    q->disciplines = CT_DISC_ALL;
    if (kind == CT_Q_SINGLE || kind == CT_Q_MULTIPLE) {
        q->options = make_choices(a, 4, right);
        q->n_options = 4;
        q->each = kind == CT_Q_MULTIPLE;
    }
    if (kind == CT_Q_NUMBER) {
        q->low = 70;
        q->high = 74;
    }
    return q;
}

static inline struct ct_quiz *make_quiz(struct ct_arena *a, const struct ct_question **questions,
                                        size_t n)
{
    struct ct_quiz *quiz = ct_arena_new(a, struct ct_quiz);

    quiz->title = CT_SV("Quiz");
    quiz->questions = questions;
    quiz->n_questions = n;
    return quiz;
}

/* A module with its revision: the hash of its id and `edition`. */
static inline struct ct_module *make_module(struct ct_arena *a, const char *id, int minutes,
                                            ct_disc_set disciplines, const char *edition)
{
    struct ct_module *m = ct_arena_new(a, struct ct_module);
    struct ct_sv parts[] = {ct_sv_c(id), ct_sv_c(edition)};

    m->id = m->slug = m->title = ct_sv_c(id);
    m->path = ct_arena_printf(a, "core/01-%s.md", id);
    m->minutes = minutes;
    m->disciplines = disciplines;
    m->pass = -1;
    m->source = CT_SV("");
    ct_hash_parts_hex(parts, 2, m->revision);
    return m;
}

static inline struct ct_module *make_victims(struct ct_arena *a, const char *edition)
{
    struct ct_module *m = make_module(a, "victims", 45, CT_DISC_ALL, edition);
    struct ct_section *s = ct_arena_array(a, struct ct_section, 3);
    struct ct_block *blocks = ct_arena_array(a, struct ct_block, 2);
    struct ct_block *inside = ct_arena_array(a, struct ct_block, 1);
    const struct ct_question **asked = ct_arena_array(a, const struct ct_question *, 4);
    const struct ct_question **practice = ct_arena_array(a, const struct ct_question *, 2);
    struct ct_question *look = make_asked(a, CT_Q_SINGLE, "look", 2, 1);
    struct ct_question *visit = make_asked(a, CT_Q_SINGLE, "visit", 1, 1);

    visit->disciplines = CASEWORKER;
    inside[0] = (struct ct_block){.kind = CT_BLOCK_QUESTION, .question = visit};
    blocks[0] = (struct ct_block){.kind = CT_BLOCK_QUESTION, .question = look};
    blocks[1] = (struct ct_block){.kind = CT_BLOCK_PASSAGE,
                                  .id = CT_SV("p1"),
                                  .disciplines = CASEWORKER,
                                  .children = inside,
                                  .n_children = 1};
    s[0] = (struct ct_section){.slug = CT_SV("opening"), .disciplines = CT_DISC_ALL};
    s[1] = (struct ct_section){.slug = CT_SV("charging"), .disciplines = PROSECUTOR};
    s[2] = (struct ct_section){
        .slug = CT_SV("practice"), .disciplines = CT_DISC_ALL, .blocks = blocks, .n_blocks = 2};
    asked[0] = make_asked(a, CT_Q_SINGLE, "who", 1, 1);
    asked[1] = make_asked(a, CT_Q_MULTIPLE, "signs", 5, 2);
    asked[2] = make_asked(a, CT_Q_NUMBER, "hours", 0, 1);
    asked[3] = make_asked(a, CT_Q_REFLECT, "team", 0, 1);
    practice[0] = look;
    practice[1] = visit;
    m->sections = s;
    m->n_sections = 3;
    m->quiz = make_quiz(a, asked, 4);
    m->practice = practice;
    m->n_practice = 2;
    return m;
}

static inline struct ct_module *make_law(struct ct_arena *a)
{
    struct ct_module *m = make_module(a, "law", 20, PROSECUTOR, "1");
    struct ct_section *s = ct_arena_array(a, struct ct_section, 1);

    s[0] = (struct ct_section){.slug = CT_SV("statutes"), .disciplines = CT_DISC_ALL};
    m->sections = s;
    m->n_sections = 1;
    return m;
}

static inline const struct ct_condition *make_trust(struct ct_arena *a, int at_least)
{
    struct ct_condition *c = ct_arena_new(a, struct ct_condition);

    c->tests = ct_arena_alloc(a, sizeof *c->tests);
    c->tests->op = CT_GE;
    c->tests->value = at_least;
    c->n = 1;
    return c;
}

/* Scenes of the motel. */
enum { S_FIRST, S_PHONE, S_PLAN, S_RUNS, S_WHERE, N_SCENES };

static inline struct ct_choice make_choice(size_t target, ct_disc_set chairs)
{
    return (struct ct_choice){.target = target, .chairs = chairs, .once = -1};
}

static inline struct ct_module *make_motel(struct ct_arena *a, const char *edition)
{
    struct ct_module *m = make_module(a, "motel", 30, CT_DISC_ALL, edition);
    struct ct_scenario *sc = ct_arena_new(a, struct ct_scenario);
    struct ct_variable *trust = ct_arena_new(a, struct ct_variable);
    struct ct_scene *scenes = ct_arena_array(a, struct ct_scene, N_SCENES);
    struct ct_choice *first = ct_arena_array(a, struct ct_choice, 4);
    struct ct_choice *phone = ct_arena_array(a, struct ct_choice, 2);
    struct ct_effect *effects = ct_arena_array(a, struct ct_effect, 2);
    struct ct_rule *rules = ct_arena_array(a, struct ct_rule, 2);

    *trust = (struct ct_variable){CT_SV("trust"), false, 1, 0, 3};
    effects[0].value = 1;
    effects[1].value = -1;
    first[0] = make_choice(S_PHONE, CT_DISC_ALL);
    first[0].effects = &effects[0];
    first[0].n_effects = 1;
    first[1] = make_choice(S_PHONE, CT_DISC_ALL);
    first[1].effects = &effects[1];
    first[1].n_effects = 1;
    first[2] = make_choice(S_RUNS, CASEWORKER);
    first[3] = make_choice(S_PLAN, CT_DISC_ALL);
    first[3].needs = make_trust(a, 3);
    phone[0] = make_choice(S_PLAN, CT_DISC_ALL);
    phone[0].shown_if = make_trust(a, 2);
    phone[1] = make_choice(S_RUNS, CT_DISC_ALL);
    rules[0] = (struct ct_rule){.chairs = JUDGE, .target = S_RUNS};
    rules[1] = (struct ct_rule){.chairs = CT_DISC_ALL, .target = S_FIRST};
    scenes[S_FIRST] =
        (struct ct_scene){.anchor = CT_SV("first-words"), .choices = first, .n_choices = 4};
    scenes[S_PHONE] =
        (struct ct_scene){.anchor = CT_SV("the-phone"), .choices = phone, .n_choices = 2};
    scenes[S_PLAN] = (struct ct_scene){.anchor = CT_SV("ending-a-plan"),
                                       .title = CT_SV("A plan"),
                                       .is_ending = true,
                                       .outcome = CT_PASS};
    scenes[S_RUNS] = (struct ct_scene){.anchor = CT_SV("ending-she-runs"),
                                       .title = CT_SV("She runs"),
                                       .is_ending = true,
                                       .outcome = CT_FAIL};
    scenes[S_WHERE] = (struct ct_scene){
        .anchor = CT_SV("where"), .is_junction = true, .rules = rules, .n_rules = 2};
    *sc = (struct ct_scenario){.variables = trust,
                               .n_variables = 1,
                               .scenes = scenes,
                               .n_scenes = N_SCENES,
                               .start = S_WHERE,
                               .chairs = PROSECUTOR | CASEWORKER | JUDGE};
    m->kind = CT_MODULE_SCENARIO;
    m->scenario = sc;
    return m;
}

static inline struct ct_module *make_deep(struct ct_arena *a)
{
    struct ct_module *m = make_module(a, "deep", 0, CT_DISC_ALL, "1");
    const struct ct_question **asked = ct_arena_array(a, const struct ct_question *, 2);
    struct ct_quiz *quiz;

    asked[0] = make_asked(a, CT_Q_SINGLE, "one", 1, 1);
    asked[1] = make_asked(a, CT_Q_SINGLE, "two", 1, 2);
    quiz = make_quiz(a, asked, 2);
    quiz->wait = 3600;
    quiz->show = CT_SHOW_AFTER_PASSING;
    m->quiz = quiz;
    m->attempts = 2;
    m->pass = 60;
    return m;
}

static inline struct ct_module *make_feelings(struct ct_arena *a)
{
    struct ct_module *m = make_module(a, "feelings", 5, CT_DISC_ALL, "1");
    const struct ct_question **asked = ct_arena_array(a, const struct ct_question *, 1);

    asked[0] = make_asked(a, CT_Q_REFLECT, "how", 0, 1);
    m->quiz = make_quiz(a, asked, 1);
    return m;
}

static inline void make_disciplines(struct ct_disciplines *d)
{
    static const char *const names[][3] = {{"prosecutor", "Prosecutor", "prosecutors"},
                                           {"caseworker", "Caseworker", "caseworkers"},
                                           {"advocate", "Advocate", "advocates"},
                                           {"judge", "Judge", "judges"}};

    for (d->n = 0; d->n < 4; d->n++)
        d->items[d->n] = (struct ct_discipline){ct_sv_c(names[d->n][0]), ct_sv_c(names[d->n][1]),
                                                ct_sv_c(names[d->n][2])};
}

static inline struct ct_course make_course(struct ct_arena *a, const char *slug, const char *title,
                                           struct ct_module **modules, size_t n)
{
    struct ct_course c = {.slug = ct_sv_c(slug), .title = ct_sv_c(title), .pass = 80};
    const struct ct_module **list = ct_arena_array(a, const struct ct_module *, n);

    for (size_t i = 0; i < n; i++)
        list[i] = modules[i];
    c.modules = list;
    c.n_modules = n;
    ct_hash_hex(ct_arena_printf(a, "%s %s", slug, n ? modules[0]->revision : ""), c.revision);
    return c;
}

/* The curriculum; `edition` makes other revisions of victims and motel. */
static inline struct ct_catalogue *make_catalogue(struct ct_arena *a, const char *edition)
{
    struct ct_catalogue *cat = ct_arena_new(a, struct ct_catalogue);
    struct ct_course *courses = ct_arena_array(a, struct ct_course, 2);
    struct ct_module *core[] = {make_victims(a, edition), make_law(a), make_motel(a, edition)};
    struct ct_module *extra[] = {make_deep(a), make_feelings(a)};

    make_disciplines(&cat->disciplines);
    courses[0] = make_course(a, "core", "The core course", core, 3);
    courses[0].required_for = PROSECUTOR | CASEWORKER;
    courses[0].recommended_for = ADVOCATE;
    courses[1] = make_course(a, "extra", "More", extra, 2);
    cat->courses = courses;
    cat->n_courses = 2;
    cat->pass = 80;
    return cat;
}

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
                   "(4, 'dan@example.org', 'dan@example.org', 'Dan Roe', 'judge', 1, 0)",
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
