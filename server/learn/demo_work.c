/*
 * demo_work.c: somebody of Alder County at work: reading, practising, quizzes, cases, through the
 * same functions as everybody's.
 */
#include "demo_priv.h"

#include "event_priv.h"

#include "ct/course/count.h"
#include "ct/learn/attempt.h"
#include "ct/learn/progress.h"
#include "ct/learn/run.h"

#include "ct/base/banned.h"

enum { TRIES_OF_A_PLAY = 5000, STEPS_OF_A_PLAY = 200, DAY = 24 * 3600 };

size_t ct_demo_roll(struct ct_demo_life *life, size_t n)
{
    /* splitmix64 (Steele, Lea, Flood 2014) */
    uint64_t z = life->dice += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (size_t)((z ^ z >> 31) % n);
}

static void pass_time(struct ct_demo_life *life, int64_t seconds)
{
    life->now = life->now + seconds < life->end ? life->now + seconds : life->end;
}

/* What a deed reads must be what the deed before it wrote, so each has a reader of its own. */
struct sitting {
    struct ct_reader reader;
    struct ct_desk desk;
};
static struct sitting sit_down(struct ct_demo_life *life)
{
    struct sitting s = {.reader = ct_store_reader(life->store)};

    s.desk =
        (struct ct_desk){.store = life->store,
                         .db = s.reader.db,
                         .cat = life->cat,
                         .clock = &life->clock,
                         .arena = &life->arena,
                         .who = {life->person, life->discipline,
                                 ct_discipline_bit(&life->cat->disciplines, life->discipline)}};
    return s;
}
static void stand_up(struct sitting *s)
{
    ct_store_return(&s->reader);
}
#define AUTO_SITTING __attribute__((cleanup(stand_up))) struct sitting

struct task { /* a module of a course */
    const struct ct_course *course;
    const struct ct_module *module;
};

static int practise(struct ct_demo_life *life, const struct ct_desk *d, const struct task *t,
                    const struct ct_section *s, const struct ct_block *blocks, size_t n,
                    struct ct_err *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct ct_block *b = &blocks[i];
        int r = practise(life, d, t, s, b->children, b->n_children, err);
        if (r < 0)
            return r;
        if (b->kind == CT_BLOCK_PASSAGE && ct_demo_roll(life, 3) == 0 &&
            (r = ct_passage_opened(d, t->course, t->module, s, b->id, err)) < 0)
            return r;
        if (b->kind != CT_BLOCK_QUESTION || !ct_disc_has(b->question->disciplines, d->who.set))
            continue;
        pass_time(life, 40 + (int64_t)ct_demo_roll(life, 60));
        struct ct_answer ans =
            ct_demo_answer(&life->arena, b->question, ct_demo_roll(life, 4) != 0);
        if (ans.n &&
            (r = ct_practice_answer(d, t->course, t->module, s, b->question, &ans, err)) < 0)
            return r;
    }
    return CT_OK;
}

/* Reads the first `n` sections for the discipline, and opens the one behind them. */
static int read_sections(struct ct_demo_life *life, const struct task *t, size_t n,
                         struct ct_err *err)
{
    for (size_t i = 0; i < t->module->n_sections; i++) {
        const struct ct_section *s = &t->module->sections[i];
        AUTO_SITTING sitting = sit_down(life);
        if (!ct_disc_has(s->disciplines, sitting.desk.who.set))
            continue;
        ct_section_opened(&sitting.desk, t->course, t->module, s);
        if (n == 0)
            return CT_OK;
        n--;
        pass_time(life, 120 + (int64_t)ct_demo_roll(life, 240));
        int r = practise(life, &sitting.desk, t, s, s->blocks, s->n_blocks, err);
        if (r < 0 || (r = ct_section_done(&sitting.desk, t->course, t->module, s, err)) < 0)
            return r;
    }
    return CT_OK;
}

/* How often people of a discipline miss a question, in percent: some are easy for all, some hard,
 * some hard for one profession; always the same. */
static size_t difficulty(const struct ct_demo_life *life, const struct ct_question *q)
{
    static const size_t often[] = {2, 6, 12, 20, 35, 60};
    struct ct_sv parts[] = {q->id, life->discipline};
    char of_all[CT_HASH_HEX + 1], of_own[CT_HASH_HEX + 1];

    ct_hash_hex(q->id, of_all);
    ct_hash_parts_hex(parts, 2, of_own);
    return often[(unsigned char)of_all[0] % 6] + (unsigned char)of_own[0] % 3 * 8;
}

/* Whether somebody slips: some people hardly ever do. */
static bool slips_at(struct ct_demo_life *life, const struct ct_question *q)
{
    static const size_t nerve[] = {10, 50, 100, 150}; /* percent */

    return ct_demo_roll(life, 10000) < difficulty(life, q) * nerve[life->person % 4];
}

/* The points that may be lost without failing. */
static int points_to_spare(const struct ct_attempt *at)
{
    int points = 0;

    for (size_t i = 0; i < at->n; i++)
        if (!at->questions[i]->survey && at->questions[i]->kind != CT_Q_REFLECT)
            points += at->questions[i]->points;
    return points * (100 - at->pass_mark) / 100;
}

/* An answer of a try that passes: right, or a slip that can be afforded. */
static struct ct_answer answer_well(struct ct_demo_life *life, const struct ct_question *q,
                                    int *spare)
{
    if (!slips_at(life, q) || q->points > *spare)
        return ct_demo_answer(&life->arena, q, true);
    *spare -= q->points;
    return ct_demo_slip(&life->arena, q, ct_demo_roll(life, 100));
}

/* The questions that a try fails by: the hardest ones, until no more can be afforded. */
static bool *downfall(struct ct_demo_life *life, const struct ct_attempt *at)
{
    bool *missed = ct_arena_array(&life->arena, bool, at->n);

    for (int spare = points_to_spare(at); spare >= 0;) {
        size_t hardest = at->n, most = 0;
        for (size_t i = 0; i < at->n; i++) {
            const struct ct_question *q = at->questions[i];
            if (missed[i] || q->survey || q->kind == CT_Q_REFLECT || difficulty(life, q) < most)
                continue;
            hardest = i;
            most = difficulty(life, q);
        }
        if (hardest == at->n)
            break;
        missed[hardest] = true;
        spare -= at->questions[hardest]->points;
    }
    return missed;
}

/* An answer of a try that fails; where it does so, no part of it is right. */
static struct ct_answer answer_badly(struct ct_demo_life *life, const struct ct_question *q,
                                     bool missed)
{
    if (!missed && !slips_at(life, q) && !slips_at(life, q))
        return ct_demo_answer(&life->arena, q, true);
    return missed && q->kind != CT_Q_SINGLE
               ? ct_demo_answer(&life->arena, q, false)
               : ct_demo_slip(&life->arena, q, ct_demo_roll(life, 100));
}

/* Begins the quiz (or goes on with it) and answers it, rightly or not; hands it in if `submit`. */
static int answer_quiz(struct ct_demo_life *life, const struct task *t, bool right, bool submit,
                       struct ct_err *err)
{
    struct ct_attempt at;
    int64_t id;
    size_t saved;
    int r;

    {
        AUTO_SITTING sitting = sit_down(life);
        if ((r = ct_attempt_begin(&sitting.desk, t->course, t->module, &id, err)) < 0)
            return r;
    }
    AUTO_SITTING sitting = sit_down(life);
    if ((r = ct_attempt_get(&sitting.desk, t->course, t->module->id, id, &at, err)) < 0)
        return r;
    struct ct_form form = {
        ct_arena_array(&life->arena, struct ct_form_field, at.n * CT_DEMO_FIELDS), 0};
    size_t n = submit ? at.n : at.n / 2;
    int spare = points_to_spare(&at);
    const bool *missed = downfall(life, &at);
    for (size_t i = 0; i < n; i++) {
        struct ct_answer ans = right ? answer_well(life, at.questions[i], &spare)
                                     : answer_badly(life, at.questions[i], missed[i]);
        ct_demo_fields(&life->arena, at.questions[i], at.seed, &ans, &form);
        pass_time(life, 30 + (int64_t)ct_demo_roll(life, 60));
    }
    return ct_attempt_save(&sitting.desk, &at, &form, submit, &saved, err);
}

/* Fails so many times and then passes; passes at once when there is no try or no time for more. */
static int take_quiz(struct ct_demo_life *life, const struct task *t, int slips, struct ct_err *err)
{
    for (int try = 0;; try++) {
        bool last = try >= slips || (t->module->attempts && try + 1 >= t->module->attempts) ||
                    life->now + t->module->quiz->wait + DAY / 2 > life->end;
        int r = answer_quiz(life, t, last, true, err);
        if (r < 0 || last)
            return r;
        pass_time(life, t->module->quiz->wait + 600);
    }
}

/* The learner's own chair, else the last one; with `but`, the first that is not that one. */
static struct ct_sv chair_for(const struct ct_demo_life *life, const struct ct_scenario *sc,
                              struct ct_sv but)
{
    const struct ct_disciplines *known = &life->cat->disciplines;
    struct ct_sv chair = but;

    for (size_t i = 0; i < known->n; i++) {
        struct ct_sv slug = known->items[i].slug;
        if (!ct_disc_has(sc->chairs, (ct_disc_set)1 << i) || ct_sv_eq(slug, but))
            continue;
        if (but.p || ct_sv_eq(slug, life->discipline))
            return slug;
        chair = slug;
    }
    return chair;
}

struct play {
    size_t choices[STEPS_OF_A_PLAY];
    size_t n;
};

/* One play at random, on paper. True when it came to an ending of the wanted kind. */
static bool try_play(struct ct_demo_life *life, const struct ct_scenario *sc, ct_disc_set chair,
                     bool passing, struct play *ret)
{
    struct ct_state s, next;

    ret->n = 0;
    if (ct_scenario_start(sc, chair, &s, NULL) < 0)
        return false;
    while (!sc->scenes[s.scene].is_ending && ret->n < STEPS_OF_A_PLAY) {
        size_t n = sc->scenes[s.scene].n_choices;
        if (n == 0)
            return false;
        size_t from = ct_demo_roll(life, n), k = 0;
        while (k < n && ct_scenario_choice(sc, chair, &s, (from + k) % n) != CT_CHOICE_OPEN)
            k++;
        if (k == n || ct_scenario_choose(sc, chair, &s, (from + k) % n, &next, NULL) < 0)
            return false;
        ret->choices[ret->n++] = (from + k) % n;
        s = next;
    }
    return sc->scenes[s.scene].is_ending && ct_scenario_passed(sc, &s) == passing;
}

static bool find_play(struct ct_demo_life *life, const struct ct_scenario *sc, ct_disc_set chair,
                      bool passing, struct play *ret)
{
    for (int i = 0; i < TRIES_OF_A_PLAY; i++)
        if (try_play(life, sc, chair, passing, ret))
            return true;
    return false;
}

/* Plays a case from a chair to an ending that passes or not, or stops half-way. */
static int play_case(struct ct_demo_life *life, const struct task *t, struct ct_sv chair,
                     bool passing, bool to_the_end, struct ct_err *err)
{
    const struct ct_scenario *sc = t->module->scenario;
    struct play play;
    int64_t id;
    int r;

    if (!find_play(life, sc, ct_discipline_bit(&life->cat->disciplines, chair), passing, &play))
        return CT_OK; /* no such ending from this chair */
    {
        AUTO_SITTING sitting = sit_down(life);
        if ((r = ct_run_start(&sitting.desk, t->course, t->module, chair, &id, err)) < 0)
            return r;
    }
    size_t n = to_the_end ? play.n : play.n / 2;
    for (size_t i = 0; i < n; i++) {
        struct ct_run run;
        AUTO_SITTING sitting = sit_down(life);
        pass_time(life, 60 + (int64_t)ct_demo_roll(life, 120));
        if ((r = ct_run_get(&sitting.desk, id, &run, err)) < 0 ||
            (r = ct_run_choose(&sitting.desk, &run, (int64_t)i, (int64_t)play.choices[i], err)) < 0)
            return r;
    }
    return CT_OK;
}

static int finish_task(struct ct_demo_life *life, const struct task *t, int slips,
                       struct ct_err *err)
{
    int r;

    if (t->module->scenario) {
        struct ct_sv own = chair_for(life, t->module->scenario, CT_SV_NULL);
        struct ct_sv other = chair_for(life, t->module->scenario, own);
        if (slips && (r = play_case(life, t, own, false, true, err)) < 0)
            return r;
        if ((r = play_case(life, t, own, true, true, err)) < 0)
            return r;
        pass_time(life, 900);
        return play_case(life, t, other, ct_demo_roll(life, 2) == 0, true, err);
    }
    if ((r = read_sections(life, t, SIZE_MAX, err)) < 0)
        return r;
    return t->module->quiz ? take_quiz(life, t, slips, err) : CT_OK;
}

/* Begins a task and leaves it: in the middle of a lesson, of a quiz, of a case. */
static int begin_task(struct ct_demo_life *life, const struct task *t, struct ct_err *err)
{
    if (t->module->scenario)
        return play_case(life, t, chair_for(life, t->module->scenario, CT_SV_NULL), true, false,
                         err);
    if (ct_demo_roll(life, 2) == 0 || !t->module->quiz)
        return read_sections(life, t, 1 + t->module->n_sections / 3, err);
    int r = read_sections(life, t, SIZE_MAX, err);
    return r < 0 ? r : answer_quiz(life, t, true, false, err);
}

/* The modules of the courses that the discipline must take, then of those it should. */
static size_t list_tasks(struct ct_demo_life *life, struct task **ret)
{
    ct_disc_set set = ct_discipline_bit(&life->cat->disciplines, life->discipline);
    size_t n = 0, cap = 0;

    *ret = NULL;
    for (int wanted = 0; wanted < 2; wanted++) {
        for (size_t c = 0; c < life->cat->n_courses; c++) {
            const struct ct_course *course = &life->cat->courses[c];
            bool takes = wanted == 0
                             ? ct_course_required(course, set)
                             : set != CT_DISC_NONE && ct_disc_has(course->recommended_for, set);
            for (size_t i = 0; takes && i < course->n_modules; i++) {
                struct task t = {course, course->modules[i]};
                if (ct_module_counts(t.module, set))
                    CT_ARENA_PUSH(&life->arena, *ret, n, cap, t);
            }
        }
    }
    return n;
}

int ct_demo_work(struct ct_demo_life *life, enum ct_demo_level level, int slips, struct ct_err *err)
{
    struct task *tasks;
    size_t n = list_tasks(life, &tasks), finished = 0;
    bool begins = true;

    switch (level) {
    case CT_DEMO_INVITED:
    case CT_DEMO_SIGNED_IN:
        return CT_OK;
    case CT_DEMO_STARTED:
        break;
    case CT_DEMO_HALF:
        finished = n / 2;
        break;
    case CT_DEMO_NEARLY:
        finished = n ? n - 1 : 0;
        break;
    case CT_DEMO_DONE:
        finished = n;
        begins = false;
        break;
    }
    /* Spread over most of the time since joining, an evening or two a week. */
    int64_t pause = n ? (life->end - life->now) * 3 / 4 / (int64_t)n : 0;
    for (size_t i = 0; i < finished; i++) {
        int r = finish_task(life, &tasks[i], slips, err);
        if (r < 0)
            return r;
        pass_time(life, pause / 2 + (int64_t)ct_demo_roll(life, (size_t)(pause / 2 + 1)));
    }
    if (!begins || finished == n)
        return CT_OK;
    return level == CT_DEMO_STARTED ? read_sections(life, &tasks[0], 1, err)
                                    : begin_task(life, &tasks[finished], err);
}
