/*
 * schema_report.c: the step of the schema that keeps what reports of everybody would have to search
 * for. All of it follows from rows that are never changed.
 */
#include "schema_priv.h"

#include "ct/base/banned.h"

/* Tries of quizzes that were better than all before them: the best score as of any moment is the
 * highest up to it. A third of all tries are not among them, and none needs to be looked up. */
#define BEST                                                                                       \
    "create table attempt_best("                                                                   \
    " person integer not null references person(id),"                                              \
    " course text not null, module text not null, discipline text not null,"                       \
    " score integer not null check(score between 0 and 100),"                                      \
    " at integer not null,"                                                                        \
    " primary key(person, course, module, discipline, score, at)"                                  \
    ") strict, without rowid;"                                                                     \
    "insert into attempt_best(person, course, module, discipline, score, at)"                      \
    " select t.person, t.course, t.module, t.discipline, t.score, t.at from"                       \
    " (select a.person, a.course, a.module, a.discipline, r.score, r.at,"                          \
    "  max(r.score) over (partition by a.person, a.course, a.module, a.discipline"                 \
    "  order by r.at, r.score desc, a.id rows between unbounded preceding and 1 preceding)"        \
    "  as before from attempt a join attempt_result r on r.attempt = a.id) t"                      \
    " where t.before is null or t.before < t.score;"

/* Who completed a module on which text, read from the index alone. */
#define MODULES                                                                                    \
    "create index completion_module on completion(module, person, course, discipline, revision,"   \
    " at) where module is not null;"

/* With all that is read of them: who belonged where, and what was said of whom. */
#define PEOPLE                                                                                     \
    "drop index membership_event_person;"                                                          \
    "create index membership_event_person on membership_event(person, org, on_date, at, id,"       \
    " begins);"                                                                                    \
    "drop index person_fact_person;"                                                               \
    "create index person_fact_person on person_fact(person, field, since, at, id, value);"

const char ct_schema_report[] = BEST MODULES PEOPLE;
