/*
 * ct/report/question_report.h: which questions of a module's quiz people of which discipline get
 * wrong at the first try, and how that adds up by objective: for who answers for people's training.
 * Of everybody who handed in the quiz, in numbers, never who (question_stats.h).
 *
 * Numbers of fewer than CT_STATS_LEAST people are not told, neither of a discipline nor of all, and
 * no more are those from which they would follow.
 */
#ifndef CT_REPORT_QUESTION_REPORT_H
#define CT_REPORT_QUESTION_REPORT_H

#include "ct/learn/question_stats.h"
#include "ct/report/report_file.h"

enum ct_question_of { CT_OF_QUESTIONS, CT_OF_OBJECTIVES };
const char *ct_question_of_name(enum ct_question_of of); /* "questions", "objectives" */
bool ct_question_of_parse(struct ct_sv name, enum ct_question_of *ret); /* "": questions */

struct ct_question_row {
    const struct ct_question *question;   /* of an objective NULL */
    const struct ct_objective *objective; /* of a question NULL */
    size_t n_questions;                   /* of an objective: graded ones that name it */
    struct ct_stats_share all;            /* people 0: not told, or nobody */
    struct ct_stats_share *by_discipline; /* by the catalogue's index; likewise. Of an objective
                                           * people are first answers, of all its questions */
    const struct ct_option *instead; /* of a question: the wrong option that is picked most often */
    size_t n_instead;                /* by so many; 0: none is told */
};

struct ct_question_report {
    const struct ct_course *course;
    const struct ct_module *module;
    struct ct_question_row *questions; /* graded ones, those that most get wrong first */
    size_t n_questions;
    struct ct_question_row *objectives; /* as the module lists them */
    size_t n_objectives;
    bool *told; /* by discipline: some number of it is told */
    size_t people;
    bool too_few; /* people handed it in, and fewer than may be told */
};

/* Whether a module has a quiz with questions. */
bool ct_question_is_of(const struct ct_module *m);

/* The course and module of these slugs. Without a module the first that has a quiz, without a
 * course the first in which there is one. *ret_module NULL: the course has none. CT_BAD_INPUT
 * (what: "course", "module"). */
int ct_question_choose(const struct ct_catalogue *cat, struct ct_sv course, struct ct_sv module,
                       const struct ct_course **ret_course, const struct ct_module **ret_module,
                       struct ct_err *err);

/* CT_OK, also when nobody tried; CT_NOT_FOUND for a module without a quiz. */
int ct_question_report(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                       const struct ct_course *c, const struct ct_module *m,
                       struct ct_question_report *ret, struct ct_err *err);

/* A row a question (or objective) and discipline, that of all people first. The moment is left to
 * who knows it. */
void ct_question_doc(struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_question_report *r, enum ct_question_of of,
                     struct ct_report_doc *ret);
const struct ct_column *ct_question_columns(enum ct_question_of of, size_t *ret_n);

static inline int ct_stats_percent(const struct ct_stats_share *s)
{
    return s->people ? (int)((s->right * 100 + s->people / 2) / s->people) : 0;
}

#endif
