/*
 * question_report.c: the statistics of a quiz as managers want them: graded questions, the hardest
 * first, and objectives. Counting is question_stats.c.
 */
#include "ct/report/question_report.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static const char *const names[] = {
    [CT_OF_QUESTIONS] = "questions", [CT_OF_OBJECTIVES] = "objectives"};

const char *ct_question_of_name(enum ct_question_of of)
{
    return names[of];
}

bool ct_question_of_parse(struct ct_sv name, enum ct_question_of *ret)
{
    *ret = ct_sv_eq_c(name, names[CT_OF_OBJECTIVES]) ? CT_OF_OBJECTIVES : CT_OF_QUESTIONS;
    return name.n == 0 || ct_sv_eq_c(name, names[*ret]);
}

bool ct_question_is_of(const struct ct_module *m)
{
    return m->quiz && m->quiz->n_questions;
}

/* The module of a course; without a name the first with a quiz; NULL: there is none. */
static const struct ct_module *module_in(const struct ct_course *c, struct ct_sv slug)
{
    for (size_t i = 0; i < c->n_modules; i++)
        if (ct_question_is_of(c->modules[i]) &&
            (slug.n == 0 || ct_sv_eq(c->modules[i]->slug, slug)))
            return c->modules[i];
    return NULL;
}

int ct_question_choose(const struct ct_catalogue *cat, struct ct_sv course, struct ct_sv module,
                       const struct ct_course **ret_course, const struct ct_module **ret_module,
                       struct ct_err *err)
{
    const struct ct_course *c = course.n ? ct_catalogue_course(cat, course) : NULL;
    const struct ct_module *m = c ? module_in(c, module) : NULL;

    if (course.n && !c)
        return ct_fail(err, CT_BAD_INPUT, "course", "no such course");
    for (size_t i = 0; !course.n && !m && i < cat->n_courses; i++) {
        c = &cat->courses[i];
        m = module_in(c, module);
    }
    if (module.n && !m)
        return ct_fail(err, CT_BAD_INPUT, "module", "no such module with a quiz");
    *ret_course = c;
    *ret_module = m;
    return CT_OK;
}

static bool is_graded(const struct ct_question *q)
{
    return !q->survey && q->kind != CT_Q_REFLECT;
}

/* The wrong option that most picked, if more than one person did. */
static void find_instead(const struct ct_question_stats *s, struct ct_question_row *row)
{
    const struct ct_question *q = s->question;

    if (q->kind != CT_Q_SINGLE && q->kind != CT_Q_MULTIPLE)
        return;
    for (size_t i = 0; i < s->n_chosen; i++)
        if (!q->options[i].right && s->chosen[i] > 1 && s->chosen[i] > row->n_instead) {
            row->instead = &q->options[i];
            row->n_instead = s->chosen[i];
        }
}

/* Of too few people nothing is told; then no discipline has enough of them either. */
static struct ct_question_row row_of(struct ct_arena *a, const struct ct_question_stats *s,
                                     size_t n_disciplines)
{
    struct ct_question_row row = {.question = s->question, .by_discipline = s->by_discipline};

    if (s->all.people < CT_STATS_LEAST) {
        row.by_discipline = ct_arena_array(a, struct ct_stats_share, n_disciplines);
        return row;
    }
    row.all = s->all;
    find_instead(s, &row);
    return row;
}

static bool names_objective(const struct ct_question *q, struct ct_sv id)
{
    for (size_t i = 0; i < q->n_objectives; i++)
        if (ct_sv_eq(q->objectives[i], id))
            return true;
    return false;
}

/* `mean` is first a sum; what is told of a question is told of the objective. */
static void add(struct ct_stats_share *to, const struct ct_stats_share *s)
{
    to->mean += s->mean * (double)s->people;
    to->people += s->people;
    to->right += s->right;
}

static void finish(struct ct_stats_share *s)
{
    if (s->people)
        s->mean /= (double)s->people;
}

static struct ct_question_row objective_of(struct ct_arena *a, const struct ct_objective *o,
                                           const struct ct_question_row *questions, size_t n,
                                           size_t n_disciplines)
{
    struct ct_question_row row = {
        .objective = o, .by_discipline = ct_arena_array(a, struct ct_stats_share, n_disciplines)};

    for (size_t i = 0; i < n; i++) {
        if (!names_objective(questions[i].question, o->id))
            continue;
        row.n_questions++;
        add(&row.all, &questions[i].all);
        for (size_t d = 0; d < n_disciplines; d++)
            add(&row.by_discipline[d], &questions[i].by_discipline[d]);
    }
    finish(&row.all);
    for (size_t d = 0; d < n_disciplines; d++)
        finish(&row.by_discipline[d]);
    return row;
}

/* What most get wrong first; of what nothing is told last, in written order. */
static int cmp_hardest(const void *pa, const void *pb)
{
    const struct ct_question_row *a = pa, *b = pb;
    bool a_told = a->all.people > 0, b_told = b->all.people > 0;

    if (a_told != b_told)
        return a_told ? -1 : 1;
    size_t left = a->all.right * b->all.people, right = b->all.right * a->all.people;
    return left != right
               ? (left > right) - (left < right)
               : (a->question->line > b->question->line) - (a->question->line < b->question->line);
}

int ct_question_report(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                       const struct ct_course *c, const struct ct_module *m,
                       struct ct_question_report *ret, struct ct_err *err)
{
    struct ct_question_report report = {.course = c, .module = m};
    size_t n_disciplines = cat->disciplines.n, n;
    struct ct_question_stats *list;
    int r = ct_question_stats(db, a, cat, c, m, &list, &n, &report.people, err);

    if (r < 0)
        return r;
    report.questions = ct_arena_array(a, struct ct_question_row, n);
    report.told = ct_arena_array(a, bool, n_disciplines);
    for (size_t i = 0; i < n; i++) {
        if (!is_graded(list[i].question))
            continue;
        struct ct_question_row row = row_of(a, &list[i], n_disciplines);
        report.too_few |= list[i].all.people > 0 && row.all.people == 0;
        for (size_t d = 0; d < n_disciplines; d++)
            report.told[d] |= row.by_discipline[d].people > 0;
        report.questions[report.n_questions++] = row;
    }
    if (report.n_questions)
        qsort(report.questions, report.n_questions, sizeof *report.questions, cmp_hardest);
    report.objectives = ct_arena_array(a, struct ct_question_row, m->n_objectives);
    for (size_t i = 0; i < m->n_objectives; i++)
        report.objectives[report.n_objectives++] =
            objective_of(a, &m->objectives[i], report.questions, report.n_questions, n_disciplines);
    if (report.people < CT_STATS_LEAST)
        report.people = 0;
    *ret = report;
    return CT_OK;
}
