/*
 * ct/learn/schema.h: the tables of people and their records.
 *
 * Append only: section_opened, section_done, passage_opened, practice, attempt, attempt_answer,
 * attempt_grade, attempt_result, run, run_step, run_result, completion, completion_part,
 * certificate, revision, publication, person_discipline, org_name, membership_event, lead_event,
 * sharing_event, person_fact, invitation, invitation_use, invitation_end, certificate_term,
 * certificate_name, certificate_revocation, token, token_revocation, token_use, credit_rule,
 * credit_rule_discipline, credit_approval, attestation. No statement of ours updates or deletes a
 * row of these; a test reads all statements for it.
 */
#ifndef CT_LEARN_SCHEMA_H
#define CT_LEARN_SCHEMA_H

#include "ct/store/migrate.h"

extern const struct ct_migration ct_learn_migrations[];
extern const size_t ct_learn_n_migrations;

#endif
