/*
 * sql_priv.h: the statements of each file of this floor, so that a test can prepare them all on a
 * fresh schema. Lists end with NULL.
 */
#ifndef CT_LEARN_SQL_PRIV_H
#define CT_LEARN_SQL_PRIV_H

#include "ct/store/db.h"

extern const struct ct_sql *const ct_person_sql[];
extern const struct ct_sql *const ct_invite_sql[];
extern const struct ct_sql *const ct_session_sql[];
extern const struct ct_sql *const ct_revision_sql[];
extern const struct ct_sql *const ct_event_sql[];
extern const struct ct_sql *const ct_record_sql[];
extern const struct ct_sql *const ct_section_sql[];
extern const struct ct_sql *const ct_practice_sql[];
extern const struct ct_sql *const ct_attempt_sql[];
extern const struct ct_sql *const ct_attempt_save_sql[];
extern const struct ct_sql *const ct_run_sql[];
extern const struct ct_sql *const ct_run_play_sql[];
extern const struct ct_sql *const ct_completion_sql[];
extern const struct ct_sql *const ct_completion_record_sql[];
extern const struct ct_sql *const ct_update_sql[];
extern const struct ct_sql *const ct_draft_sql[];
extern const struct ct_sql *const ct_studio_sql[];
extern const struct ct_sql *const ct_studio_publish_sql[];
extern const struct ct_sql *const ct_question_stats_read_sql[];
extern const struct ct_sql *const ct_org_sql[];
extern const struct ct_sql *const ct_org_change_sql[];
extern const struct ct_sql *const ct_org_close_sql[];
extern const struct ct_sql *const ct_org_undo_sql[];
extern const struct ct_sql *const ct_org_event_sql[];
extern const struct ct_sql *const ct_org_tree_sql[];
extern const struct ct_sql *const ct_schema_org_sql[];
extern const struct ct_sql *const ct_site_sql[];
extern const struct ct_sql *const ct_org_scope_sql[];
extern const struct ct_sql *const ct_home_sql[];
extern const struct ct_sql *const ct_fact_sql[];
extern const struct ct_sql *const ct_people_import_apply_sql[];
extern const struct ct_sql *const ct_import_person_sql[];
extern const struct ct_sql *const ct_import_write_sql[];
extern const struct ct_sql *const ct_import_job_sql[];
extern const struct ct_sql *const ct_membership_import_sql[];
extern const struct ct_sql *const ct_completion_import_sql[];
extern const struct ct_sql *const ct_past_completion_sql[];
extern const struct ct_sql *const ct_invitation_sql[];
extern const struct ct_sql *const ct_certificate_sql[];
extern const struct ct_sql *const ct_certificate_change_sql[];
extern const struct ct_sql *const ct_certificate_renew_sql[];
extern const struct ct_sql *const ct_token_sql[];
extern const struct ct_sql *const ct_token_find_sql[];
extern const struct ct_sql *const ct_requirement_sql[];
extern const struct ct_sql *const ct_requirement_save_sql[];
extern const struct ct_sql *const ct_requirement_text_sql[];
extern const struct ct_sql *const ct_training_sql[];
extern const struct ct_sql *const ct_curriculum_change_sql[];
extern const struct ct_sql *const ct_curriculum_past_sql[];
extern const struct ct_sql *const ct_curriculum_live_sql[];
extern const struct ct_sql *const ct_credit_read_sql[];
extern const struct ct_sql *const ct_credit_work_sql[];
extern const struct ct_sql *const ct_credit_save_sql[];
extern const struct ct_sql *const ct_order_sql[];
extern const struct ct_sql *const ct_saved_view_sql[];
extern const struct ct_sql *const ct_certificate_credit_sql[];

#endif
