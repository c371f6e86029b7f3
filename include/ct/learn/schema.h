/*
 * ct/learn/schema.h: the tables of people and their records.
 *
 * Append only: completion, certificate, attempt, attempt_answer, attempt_result, practice, run,
 * run_step, run_result, publication, person_discipline. No statement of ours updates or deletes a
 * row of these; a test reads the sources for it.
 */
#ifndef CT_LEARN_SCHEMA_H
#define CT_LEARN_SCHEMA_H

#include "ct/store/migrate.h"

extern const struct ct_migration ct_learn_migrations[];
extern const size_t ct_learn_n_migrations;

#endif
