/*
 * question_stats_read.c: the first attempt of each person at each question of a quiz, out of all
 * attempts at all revisions of its module.
 *
 * Three passes over what was recorded, each in the order of the attempts: the attempts, their
 * grades, their answers. Each revision is parsed once, and its questions compared with the live
 * ones.
 */
#include "event_priv.h"
#include "question_stats_priv.h"
#include "sql_priv.h"

#include "ct/course/change.h"
#include "ct/learn/library.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static const struct ct_sql ATTEMPTS = {
    "select a.id, a.person, a.discipline, a.revision from attempt a"
    " join attempt_result r on r.attempt = a.id"
    " where a.course = :course and a.module = :module order by a.id"};
static const struct ct_sql GRADES = {
    "select g.attempt, g.question, g.share, g.points from attempt a"
    " join attempt_result r on r.attempt = a.id join attempt_grade g on g.attempt = a.id"
    " where a.course = :course and a.module = :module order by a.id, g.question"};
static const struct ct_sql ANSWERS = {
    "select x.attempt, x.question, x.answer from attempt a"
    " join attempt_result r on r.attempt = a.id join attempt_answer x on x.attempt = a.id"
    " where a.course = :course and a.module = :module and x.id = (select max(y.id)"
    "  from attempt_answer y where y.attempt = x.attempt and y.question = x.question)"
    " order by a.id, x.question"};

const struct ct_sql *const ct_question_stats_read_sql[] = {&ATTEMPTS, &GRADES, &ANSWERS, NULL};

struct revision {
    struct ct_sv hash;
    bool *same; /* by live question: this revision asks the same */
};

struct tried {
    int64_t id, person;
    size_t who; /* the person's place in `people` */
    int discipline;
    size_t revision;
};

struct graded { /* one question of the attempt that is being read */
    size_t question;
    double share, points;
};

struct work {
    struct ct_db *db;
    struct ct_arena arena; /* gone at the end */
    struct ct_arena *keep;
    const struct ct_catalogue *cat;
    const struct ct_course *course;
    const struct ct_module *module;
    size_t n_questions;
    struct revision *revisions;
    size_t n_revisions, cap_revisions;
    struct tried *tried;
    size_t n_tried, cap_tried;
    int64_t *people; /* sorted */
    size_t n_people;
    size_t *first; /* by person and question: 1 + the index in *firsts; 0: none yet */
    size_t *of;    /* by attempt and question: the same, if it is that attempt */
    struct ct_firsts *firsts;
};

/* ---- attempts ---- */

/* The live question of that id; n_questions if there is none. */
static size_t find_question(const struct work *w, struct ct_sv id)
{
    size_t i = 0;

    while (i < w->n_questions && !ct_sv_eq(w->module->quiz->questions[i]->id, id))
        i++;
    return i;
}

/* A revision that cannot be read any more has nothing in common with the live text. */
static int add_revision(struct work *w, struct ct_sv hash, struct ct_err *err)
{
    struct revision rev = {ct_arena_dup(&w->arena, hash),
                           ct_arena_array(&w->arena, bool, w->n_questions)};
    struct ct_err fault = CT_ERR_INIT;
    const struct ct_module *then = NULL;
    int r = ct_revision_module(w->db, &w->arena, w->cat, w->course, w->module->id, rev.hash, &then,
                               &fault);

    if (r == CT_INTERNAL)
        return ct_fail(err, r, fault.what, "%s", fault.text);
    for (size_t i = 0; r == CT_OK && then->quiz && i < w->n_questions; i++) {
        const struct ct_question *now = w->module->quiz->questions[i];
        const struct ct_question *was = ct_quiz_question(then->quiz, now->id);
        rev.same[i] = was && (was == now || ct_question_same(was, now));
    }
    CT_ARENA_PUSH(&w->arena, w->revisions, w->n_revisions, w->cap_revisions, rev);
    return CT_OK;
}

/* Most attempts are on the revision of the attempt before. */
static int find_revision(struct work *w, struct ct_sv hash, size_t *ret, struct ct_err *err)
{
    for (size_t i = w->n_revisions; i > 0; i--) {
        if (ct_sv_eq(w->revisions[i - 1].hash, hash)) {
            *ret = i - 1;
            return CT_OK;
        }
    }
    *ret = w->n_revisions;
    return add_revision(w, hash, err);
}

static void bind_module(struct ct_stmt *st, const struct work *w)
{
    ct_bind_sv(st, ":course", w->course->slug);
    ct_bind_sv(st, ":module", w->module->id);
}

static int read_attempts(struct work *w, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(w->db, &ATTEMPTS);
    int r;

    bind_module(&st, w);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct tried t = {
            .id = ct_col_i64(&st, "id"),
            .person = ct_col_i64(&st, "person"),
            .discipline = ct_discipline_find(&w->cat->disciplines, ct_col_sv(&st, "discipline"))};
        struct ct_sv hash = ct_arena_dup(&w->arena, ct_col_sv(&st, "revision"));
        if ((r = find_revision(w, hash, &t.revision, err)) < 0)
            return r;
        CT_ARENA_PUSH(&w->arena, w->tried, w->n_tried, w->cap_tried, t);
    }
    return r;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

/* Gives each person a place, so that tables can be kept by it. */
static void count_people(struct work *w)
{
    w->people = ct_arena_array(&w->arena, int64_t, w->n_tried);
    for (size_t i = 0; i < w->n_tried; i++)
        w->people[i] = w->tried[i].person;
    if (w->n_tried)
        qsort(w->people, w->n_tried, sizeof *w->people, by_number);
    for (size_t i = 0; i < w->n_tried; i++)
        if (w->n_people == 0 || w->people[w->n_people - 1] != w->people[i])
            w->people[w->n_people++] = w->people[i];
    for (size_t i = 0; i < w->n_tried; i++) {
        const int64_t *at =
            bsearch(&w->tried[i].person, w->people, w->n_people, sizeof *w->people, by_number);
        w->tried[i].who = (size_t)(at - w->people);
    }
    w->first = ct_arena_calloc(&w->arena, w->n_people * w->n_questions, sizeof *w->first);
    w->of = ct_arena_calloc(&w->arena, w->n_tried * w->n_questions, sizeof *w->of);
}

/* ---- grades and answers ---- */

/* Notes that attempt `i` is the person's first with the question; NULL if it is not, or if its text
 * was another one. */
static struct ct_first *take_first(struct work *w, size_t i, size_t question)
{
    const struct tried *t = &w->tried[i];
    size_t *first;

    if (question == w->n_questions || !w->revisions[t->revision].same[question])
        return NULL;
    first = &w->first[t->who * w->n_questions + question];
    if (*first)
        return NULL;
    CT_ARENA_PUSH(&w->arena, w->firsts->items, w->firsts->n, w->firsts->cap,
                  ((struct ct_first){.question = question, .discipline = t->discipline}));
    *first = w->of[i * w->n_questions + question] = w->firsts->n;
    return &w->firsts->items[w->firsts->n - 1];
}

/* All grades of one attempt. */
static void note_grades(struct work *w, size_t i, const struct graded *list, size_t n)
{
    double got = 0, points = 0;

    for (size_t k = 0; k < n; k++) {
        got += list[k].share * list[k].points;
        points += list[k].points;
    }
    for (size_t k = 0; k < n; k++) {
        struct ct_first *first = take_first(w, i, list[k].question);
        if (!first)
            continue;
        first->graded = true;
        first->share = list[k].share;
        first->has_rest = points > list[k].points;
        if (first->has_rest)
            first->rest = (got - list[k].share * list[k].points) / (points - list[k].points);
    }
}

/* The attempt of that number, at or behind `from`: rows come in the order of the attempts. */
static size_t find_tried(const struct work *w, size_t from, int64_t id)
{
    while (from < w->n_tried && w->tried[from].id < id)
        from++;
    return from;
}

static int read_grades(struct work *w, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(w->db, &GRADES);
    struct graded *list = NULL;
    size_t n = 0, cap = 0, i = 0;
    int r;

    bind_module(&st, w);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        size_t at = find_tried(w, i, ct_col_i64(&st, "attempt"));
        if (at != i) {
            note_grades(w, i, list, n);
            n = 0;
        }
        if ((i = at) == w->n_tried)
            return CT_OK;
        CT_ARENA_PUSH(
            &w->arena, list, n, cap,
            ((struct graded){find_question(w, ct_col_sv(&st, "question")),
                             ct_col_double(&st, "share"), (double)ct_col_i64(&st, "points")}));
    }
    if (r == CT_OK && i < w->n_tried)
        note_grades(w, i, list, n);
    return r;
}

static bool read_answer(struct work *w, const struct ct_question *q, struct ct_sv text,
                        struct ct_answer *ret)
{
    CT_AUTO_JSON *json = NULL;

    return ct_json_kept(text, &json, NULL) == CT_OK &&
           ct_answer_from_json(w->keep, q, json, ret, NULL) == CT_OK && ret->n > 0;
}

/* Surveys and reflections have no grades: who answered one had it. */
static int read_answers(struct work *w, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(w->db, &ANSWERS);
    size_t i = 0;
    int r;

    bind_module(&st, w);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        size_t question = find_question(w, ct_col_sv(&st, "question"));
        struct ct_first *first = NULL;
        if ((i = find_tried(w, i, ct_col_i64(&st, "attempt"))) == w->n_tried)
            return CT_OK;
        if (question == w->n_questions)
            continue;
        size_t known = w->of[i * w->n_questions + question];
        first = known ? &w->firsts->items[known - 1] : take_first(w, i, question);
        if (first)
            first->answered = read_answer(w, w->module->quiz->questions[question],
                                          ct_col_sv(&st, "answer"), &first->answer);
    }
    return r;
}

static size_t people_with_any(const struct work *w)
{
    size_t n = 0;

    for (size_t p = 0; p < w->n_people; p++) {
        size_t q = 0;
        while (q < w->n_questions && !w->first[p * w->n_questions + q])
            q++;
        n += q < w->n_questions;
    }
    return n;
}

int ct_firsts_read(struct ct_db *db, struct ct_arena *keep, const struct ct_catalogue *cat,
                   const struct ct_course *c, const struct ct_module *m, struct ct_firsts *ret,
                   struct ct_err *err)
{
    struct ct_firsts firsts = {.n = 0};
    struct work w = {.db = db,
                     .keep = keep,
                     .cat = cat,
                     .course = c,
                     .module = m,
                     .n_questions = m->quiz->n_questions,
                     .firsts = &firsts};
    int r = read_attempts(&w, err);

    if (r == CT_OK) {
        count_people(&w);
        r = read_grades(&w, err);
    }
    if (r == CT_OK)
        r = read_answers(&w, err);
    if (r == CT_OK) {
        *ret = firsts;
        ret->people = people_with_any(&w);
        ret->items = ct_arena_array(keep, struct ct_first, firsts.n);
        if (firsts.n)
            memcpy(ret->items, firsts.items, firsts.n * sizeof *firsts.items);
    }
    ct_arena_release(&w.arena);
    return r;
}
