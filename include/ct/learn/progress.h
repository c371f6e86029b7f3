/*
 * ct/learn/progress.h: how far a learner is: sections, practice, modules, courses, where to go on.
 *
 * Progress is kept per discipline: someone who changes discipline keeps the old records under the
 * old one and begins anew under the new one, because other passages and questions are meant for it.
 *
 * Status is computed from records, never stored. A lesson is complete when every section for the
 * discipline is done and its quiz, if it has one, was passed; a scenario when a passing ending was
 * reached. Once recorded, a completion stands whatever happens to the text. A course is complete
 * when every module meant for the discipline is.
 */
#ifndef CT_LEARN_PROGRESS_H
#define CT_LEARN_PROGRESS_H

#include "ct/learn/learner.h"

/* Minutes are the time between a person's recorded events in a module; each gap counts for at most
 * CT_IDLE_CAP seconds, at the moment of the event that ends it. */
enum { CT_IDLE_CAP = 10 * 60 };

struct ct_module_progress {
    const struct ct_module *module;
    enum ct_progress_status status;
    size_t sections, sections_done; /* of those for the discipline */
    bool *done;                     /* per module->sections[i] */
    bool *opened;                   /* per module->sections[i] */
    int best_score;                 /* percent; -1: no quiz submitted */
    bool quiz_passed;
    int attempts_used;    /* submitted ones, of all disciplines' */
    int attempts_left;    /* for the discipline; -1: any number */
    int64_t open_attempt; /* id of one that is not submitted; 0: none */
    int64_t open_run;     /* id of the latest run that has not ended; 0: none */
    int64_t completed_at; /* 0: not */
    bool update_due;      /* completed, and the text changed materially since (update.h) */
    int64_t last_at;      /* latest event; 0: none */
};

struct ct_course_progress {
    const struct ct_course *course;
    enum ct_progress_status status;
    bool required, recommended;         /* for the learner's discipline */
    struct ct_module_progress *modules; /* those for the discipline, in order */
    size_t n_modules, n_completed;
    int64_t completed_at;
    bool update_due;          /* of any of the modules */
    struct ct_sv certificate; /* code; null: none */
    int64_t last_at;
};

int ct_progress_module(const struct ct_desk *d, const struct ct_course *c,
                       const struct ct_module *m, struct ct_module_progress *ret,
                       struct ct_err *err);
int ct_progress_course(const struct ct_desk *d, const struct ct_course *c,
                       struct ct_course_progress *ret, struct ct_err *err);
/* All courses of the catalogue: required first, then recommended, then the others, each in the
 * catalogue's order. */
int ct_progress_all(const struct ct_desk *d, struct ct_course_progress **ret, size_t *ret_n,
                    struct ct_err *err);

enum ct_place_kind {
    CT_PLACE_NONE,
    CT_PLACE_SECTION,
    CT_PLACE_QUIZ,
    CT_PLACE_ATTEMPT,
    CT_PLACE_PLAY,
    CT_PLACE_RUN
};
struct ct_place {
    enum ct_place_kind kind;
    const struct ct_course *course;
    const struct ct_module *module;
    const struct ct_section *section; /* SECTION */
    int64_t id;                       /* ATTEMPT, RUN */
};

/* Where a learner stopped: the open quiz attempt, run or first section not done of the module with
 * the latest event that is not complete; else the next module of the first required course that is
 * not complete; else NONE. Within one course if `within` is not NULL. */
int ct_progress_resume(const struct ct_desk *d, const struct ct_course *within,
                       struct ct_place *ret, struct ct_err *err);

/* What comes after a section is done: the next one that is not, the quiz, the next module; NONE
 * when all is done. In a module that is complete already simply the section behind it, then the
 * next module. `after` NULL: what comes after the module's quiz or scenario. */
int ct_progress_next(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                     const struct ct_section *after, struct ct_place *ret, struct ct_err *err);

/* Records behind the reply that a section was opened; only the first time makes a row, and only
 * then is anything written. */
void ct_section_opened(const struct ct_desk *d, const struct ct_course *c,
                       const struct ct_module *m, const struct ct_section *s);

/* Records that a section is done, and completes module and course if that was the last thing. Again
 * for one that was done already changes nothing else. */
int ct_section_done(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                    const struct ct_section *s, struct ct_err *err);

/* Records that a passage meant for others was opened (cross-training); for one's own nothing
 * happens. CT_BAD_INPUT (what: "passage") for one that is not in the section. */
int ct_passage_opened(const struct ct_desk *d, const struct ct_course *c, const struct ct_module *m,
                      const struct ct_section *s, struct ct_sv passage, struct ct_err *err);

/* The seed by which a learner is shown a practice question. */
uint64_t ct_practice_seed(const struct ct_desk *d, const struct ct_module *m,
                          const struct ct_question *q);

/* The practice question of that id, and the answer to it in a form. CT_BAD_INPUT (what: "question")
 * if the module has none; or as ct_answer_read, also for a field of another question. */
int ct_practice_read(const struct ct_desk *d, const struct ct_module *m, struct ct_sv question,
                     const struct ct_form *form, const struct ct_question **ret_question,
                     struct ct_answer *ret, struct ct_err *err);

/* Keeps a practice answer. CT_BAD_INPUT (what: "question") if the question is not practice of that
 * section for that discipline, or (what: its id) if nothing was answered. */
int ct_practice_answer(const struct ct_desk *d, const struct ct_course *c,
                       const struct ct_module *m, const struct ct_section *s,
                       const struct ct_question *q, const struct ct_answer *answer,
                       struct ct_err *err);

struct ct_practised {
    const struct ct_question *question;
    struct ct_answer answer; /* the latest one */
    struct ct_grade grade;
};
/* The latest practice answers, of the module's questions, as far as they still fit the text. */
int ct_practice_latest(const struct ct_desk *d, const struct ct_course *c,
                       const struct ct_module *m, struct ct_practised **ret, size_t *ret_n,
                       struct ct_err *err);

#endif
