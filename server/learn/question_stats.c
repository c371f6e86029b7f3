/*
 * question_stats.c: counting first attempts: shares, options, discrimination, flags, and which
 * numbers are not told because they would be names. Finding them is question_stats_read.c.
 */
#include "question_stats_priv.h"

#include <math.h>

#include "ct/base/banned.h"

/* Sums for a correlation of share and rest. */
struct sums {
    double n, x, y, xx, yy, xy;
};

static bool is_right(double share)
{
    return share > 1 - 1e-9;
}

static void add_share(struct ct_stats_share *s, const struct ct_first *f)
{
    s->people++;
    if (!f->graded)
        return;
    s->right += is_right(f->share);
    s->mean += f->share; /* the sum, until all are counted */
}

static void finish_share(struct ct_stats_share *s)
{
    if (s->people)
        s->mean /= (double)s->people;
}

/* ---- options and parts ---- */

/* Of what there is a sum each. A number, a text and a reflection have none: they are right or wrong
 * as a whole, whatever words an import or a trainer has put down as accepted. */
static size_t parts_of(const struct ct_question *q)
{
    switch (q->kind) {
    case CT_Q_SINGLE:
    case CT_Q_MULTIPLE:
    case CT_Q_ORDER:
    case CT_Q_MATCH:
        return q->n_options;
    case CT_Q_GAPS:
        return q->n_gaps;
    case CT_Q_NUMBER:
    case CT_Q_TEXT:
    case CT_Q_REFLECT:
        return 0;
    }
    return 0;
}

static void add_answer(struct ct_arena *a, struct ct_question_stats *s, const struct ct_answer *ans)
{
    struct ct_grade grade;

    if (s->question->kind == CT_Q_SINGLE || s->question->kind == CT_Q_MULTIPLE) {
        for (size_t i = 0; i < ans->n; i++)
            if (ans->parts[i].pick >= 0 && (size_t)ans->parts[i].pick < s->n_chosen)
                s->chosen[ans->parts[i].pick]++;
        return;
    }
    ct_question_grade(a, s->question, ans, &grade);
    for (size_t i = 0; grade.part_right && i < ans->n && i < s->n_chosen; i++)
        s->chosen[i] += grade.part_right[i];
}

/* ---- discrimination ---- */

static void add_pair(struct sums *s, const struct ct_first *f)
{
    if (!f->graded || !f->has_rest)
        return;
    s->n++;
    s->x += f->share;
    s->y += f->rest;
    s->xx += f->share * f->share;
    s->yy += f->rest * f->rest;
    s->xy += f->share * f->rest;
}

/* Where all are alike there is nothing to tell apart. */
static bool correlation(const struct sums *s, double *ret)
{
    double vx = s->n * s->xx - s->x * s->x, vy = s->n * s->yy - s->y * s->y;

    if (s->n < CT_STATS_FLAG_LEAST || vx < 1e-9 || vy < 1e-9)
        return false;
    *ret = (s->n * s->xy - s->x * s->y) / sqrt(vx * vy);
    return true;
}

/* Below this it is more than chance among few. */
static const double MISLEADING = -0.1;

static enum ct_stats_flag flag_of(const struct ct_question_stats *s, bool graded)
{
    double right = s->all.people ? (double)s->all.right / (double)s->all.people : 0;

    if (!graded || s->all.people < CT_STATS_FLAG_LEAST)
        return CT_FLAG_NONE;
    if (right < 0.20)
        return CT_FLAG_NEARLY_ALL_FAIL;
    if (right > 0.95)
        return CT_FLAG_NEARLY_ALL_PASS;
    return s->has_discrimination && s->discrimination < MISLEADING ? CT_FLAG_MISLEADS
                                                                   : CT_FLAG_NONE;
}

/* ---- few people ---- */

/* The told discipline with the fewest people; n if none is told. */
static size_t smallest(const struct ct_stats_share *list, size_t n)
{
    size_t least = n;

    for (size_t i = 0; i < n; i++)
        if (list[i].people && (least == n || list[i].people < list[least].people))
            least = i;
    return least;
}

/* Hides disciplines with few people. What is hidden could be had by taking what is told off the
 * total, so more are hidden until that would be the numbers of enough people, or nothing is told.
 */
static void hide_few(struct ct_question_stats *s, size_t n)
{
    size_t told = 0, hidden;

    for (size_t i = 0; i < n; i++) {
        if (s->by_discipline[i].people < CT_STATS_LEAST)
            s->by_discipline[i] = (struct ct_stats_share){.people = 0};
        told += s->by_discipline[i].people;
    }
    while ((hidden = s->all.people - told) > 0 && hidden < CT_STATS_LEAST) {
        size_t least = smallest(s->by_discipline, n);
        if (least == n)
            return;
        told -= s->by_discipline[least].people;
        s->by_discipline[least] = (struct ct_stats_share){.people = 0};
    }
}

/* ---- all together ---- */

static struct ct_question_stats *empty_stats(struct ct_arena *a, const struct ct_quiz *quiz,
                                             size_t n_disciplines)
{
    struct ct_question_stats *list = ct_arena_array(a, struct ct_question_stats, quiz->n_questions);

    for (size_t i = 0; i < quiz->n_questions; i++) {
        list[i].question = quiz->questions[i];
        list[i].by_discipline = ct_arena_array(a, struct ct_stats_share, n_disciplines);
        list[i].n_chosen = parts_of(quiz->questions[i]);
        list[i].chosen = ct_arena_array(a, size_t, list[i].n_chosen);
    }
    return list;
}

static void finish(struct ct_question_stats *s, const struct sums *sums, size_t n_disciplines)
{
    bool graded = !s->question->survey && s->question->kind != CT_Q_REFLECT;

    finish_share(&s->all);
    for (size_t i = 0; i < n_disciplines; i++)
        finish_share(&s->by_discipline[i]);
    s->has_discrimination = correlation(sums, &s->discrimination);
    s->flag = flag_of(s, graded);
    hide_few(s, n_disciplines);
}

int ct_question_stats(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                      const struct ct_course *c, const struct ct_module *m,
                      struct ct_question_stats **ret, size_t *ret_n, size_t *ret_people,
                      struct ct_err *err)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    size_t n_disciplines = cat->disciplines.n;
    struct ct_question_stats *list;
    struct ct_firsts firsts;
    struct sums *sums;
    int r;

    if (!m->quiz)
        return ct_fail(err, CT_NOT_FOUND, "quiz", "this module has no quiz");
    if ((r = ct_firsts_read(db, &scratch, cat, c, m, &firsts, err)) < 0)
        return r;
    list = empty_stats(a, m->quiz, n_disciplines);
    sums = ct_arena_array(&scratch, struct sums, m->quiz->n_questions);
    for (size_t i = 0; i < firsts.n; i++) {
        const struct ct_first *f = &firsts.items[i];
        struct ct_question_stats *s = &list[f->question];
        add_share(&s->all, f);
        if (f->discipline >= 0)
            add_share(&s->by_discipline[f->discipline], f);
        if (f->answered)
            add_answer(&scratch, s, &f->answer);
        add_pair(&sums[f->question], f);
    }
    for (size_t i = 0; i < m->quiz->n_questions; i++)
        finish(&list[i], &sums[i], n_disciplines);
    *ret = list;
    *ret_n = m->quiz->n_questions;
    *ret_people = firsts.people;
    return CT_OK;
}
