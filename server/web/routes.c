/*
 * routes.c: the table of all addresses.
 *
 * A literal part goes before a parameter, so "quiz", "play" and "changes" cannot be
 * addresses of sections, and below a section "done", "practice" and "opened" are its own.
 */
#include "assignments_priv.h"
#include "certificate_priv.h"
#include "credits_priv.h"
#include "editor_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "records_priv.h"
#include "team_priv.h"
#include "views_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/import.h"
#include "ct/learn/token.h"

#include "ct/base/banned.h"

#define LEARNER CT_NEEDS_LEARNER
#define CSRF    CT_NEEDS_CSRF
#define MANAGER CT_NEEDS_MANAGER
#define TRAINER CT_NEEDS_TRAINER
#define ADMIN   CT_NEEDS_ADMIN
#define DB      CT_NEEDS_DB
#define ALONE   CT_NEEDS_ALONE
#define REPORTS CT_TAKES(CT_TOKEN_REPORTS_READ)
#define WAITS   CT_MAY_WAIT
#define TELLS   CT_EXPLAINS
#define OPEN    CT_NEEDS_NOTHING

#define INPUT(fields, type) fields, sizeof(struct type)
#define NONE                NULL, 0

#define ASSIGNMENTS INPUT(ct_assignments_file_query, ct_assignments_input)

#define COURSE  "/courses/:course"
#define MODULE  COURSE "/:module"
#define SECTION MODULE "/:section"
#define WRITTEN "/author/files/:course/:file"
#define UPLOADS "/author/uploads/:course"

#define TRANSCRIPT     INPUT(ct_transcript_query, ct_transcript_input)
#define TRANSCRIPT_PDF INPUT(ct_transcript_pdf_query, ct_transcript_input)

#define REQUIREMENT "/requirements/:requirement"
#define IMPORT      "/people/imports/:import"

const struct ct_route ct_routes[] = {
    {CT_GET, "/sign-in", OPEN, INPUT(ct_sign_in_query, ct_sign_in_input), ct_get_sign_in, 0},
    {CT_POST, "/sign-in", CSRF, INPUT(ct_sign_in_form, ct_sign_in_input), ct_post_sign_in, 0},
    {CT_GET, "/sign-out", OPEN, NONE, ct_get_sign_out, 0},
    {CT_POST, "/sign-out", CSRF, NONE, ct_post_sign_out, 0},
    {CT_GET, "/set-up/:token", DB, NONE, ct_get_set_up, 0},
    {CT_POST, "/set-up/:token", DB | CSRF, INPUT(ct_set_up_form, ct_set_up_input), ct_post_set_up,
     0},

    {CT_GET, "/calendar", OPEN, NONE, ct_get_calendar, 0},
    {CT_GET, "/leaving-safely", OPEN, NONE, ct_get_leaving_safely, 0},

    {CT_GET, "/", DB, NONE, ct_get_home, 0},
    {CT_GET, "/glossary", DB, NONE, ct_get_glossary, 0},
    {CT_GET, COURSE, LEARNER, NONE, ct_get_course, 0},
    {CT_GET, MODULE, LEARNER, NONE, ct_get_module, 0},
    {CT_GET, SECTION, LEARNER, NONE, ct_get_section, 0},
    {CT_POST, SECTION "/done", LEARNER | CSRF, NONE, ct_post_done, 0},
    {CT_POST, SECTION "/practice", LEARNER | CSRF, INPUT(ct_practice_form, ct_practice_input),
     ct_post_practice, 0},
    {CT_POST, SECTION "/opened", LEARNER | CSRF, INPUT(ct_opened_form, ct_opened_input),
     ct_post_opened, 0},

    {CT_GET, MODULE "/quiz", LEARNER, NONE, ct_get_quiz, 0},
    {CT_POST, MODULE "/quiz", LEARNER | CSRF, NONE, ct_post_quiz, 0},
    {CT_GET, MODULE "/quiz/:attempt", LEARNER, NONE, ct_get_attempt, 0},
    {CT_POST, MODULE "/quiz/:attempt", LEARNER | CSRF, INPUT(ct_attempt_form, ct_attempt_input),
     ct_post_attempt, 0},
    {CT_POST, MODULE "/quiz/:attempt/exit", LEARNER | CSRF | CT_LEAVES,
     INPUT(ct_attempt_exit_form, ct_attempt_input), ct_post_attempt_exit, 0},

    {CT_GET, MODULE "/changes", LEARNER, NONE, ct_get_update, 0},
    {CT_POST, MODULE "/changes", LEARNER | CSRF, INPUT(ct_update_form, ct_update_input),
     ct_post_update, 0},

    {CT_GET, MODULE "/play", LEARNER, NONE, ct_get_play, 0},
    {CT_POST, MODULE "/play", LEARNER | CSRF, INPUT(ct_play_form, ct_play_input), ct_post_play, 0},
    {CT_GET, "/runs/:run", LEARNER, NONE, ct_get_run, 0},
    {CT_POST, "/runs/:run/choose", LEARNER | CSRF, INPUT(ct_choose_form, ct_choose_input),
     ct_post_choose, 0},

    {CT_GET, "/me", LEARNER, NONE, ct_get_me, 0},
    {CT_GET, "/me/due.ics", LEARNER, NONE, ct_get_due_calendar, 0},
    {CT_GET, "/me/training", LEARNER, NONE, ct_get_me_training, 0},
    {CT_POST, "/me/training", LEARNER | CSRF, INPUT(ct_record_form, ct_record_input),
     ct_post_me_training, 0},
    {CT_POST, "/me/training/:record", LEARNER | CSRF, INPUT(ct_record_form, ct_record_input),
     ct_post_me_training_record, 0},
    {CT_GET, "/me/transcript", LEARNER | TELLS, TRANSCRIPT, ct_get_my_transcript, 0},
    {CT_GET, "/me/transcript.csv", LEARNER | TELLS, TRANSCRIPT, ct_get_my_transcript, 0},
    {CT_GET, "/me/transcript.json", LEARNER | TELLS, TRANSCRIPT, ct_get_my_transcript, 0},
    {CT_GET, "/me/transcript.xlsx", LEARNER | ALONE | TELLS, TRANSCRIPT, ct_get_my_transcript, 0},
    {CT_GET, "/me/transcript.pdf", LEARNER | TELLS, TRANSCRIPT_PDF, ct_get_my_transcript, 0},
    {CT_GET, "/me/tokens", MANAGER, NONE, ct_get_tokens, 0},
    {CT_POST, "/me/tokens", MANAGER | CSRF, INPUT(ct_tokens_form, ct_tokens_input), ct_post_tokens,
     0},
    {CT_POST, "/me/tokens/:token/revoke", MANAGER | CSRF, NONE, ct_post_token_revoke, 0},
    {CT_GET, "/certificates", ADMIN, INPUT(ct_certificates_query, ct_certificates_input),
     ct_get_certificates, 0},
    {CT_GET, "/certificates/key", OPEN, NONE, ct_get_certificate_key, 0},
    {CT_GET, "/certificates/:code", DB, NONE, ct_get_certificate, 0}, /* also :code.pdf, .json */
    {CT_POST, "/certificates/:code/attest", LEARNER | CSRF, INPUT(ct_attest_form, ct_attest_input),
     ct_post_attest, 0},
    {CT_GET, "/credits", ADMIN, NONE, ct_get_credits, 0},
    {CT_GET, "/credits/types/:type", ADMIN, NONE, ct_get_credit_type, 0}, /* also "new" */
    {CT_POST, "/credits/types/:type", ADMIN | CSRF,
     INPUT(ct_credit_type_form, ct_credit_type_input), ct_post_credit_type, 0},
    {CT_POST, "/credits/types/:type/end", ADMIN | CSRF,
     INPUT(ct_credit_end_form, ct_credit_end_input), ct_post_credit_type_end, 0},
    {CT_GET, "/credits/approvals/:id", ADMIN, NONE, ct_get_credit_approval, 0}, /* also "new" */
    {CT_POST, "/credits/approvals/:id", ADMIN | CSRF,
     INPUT(ct_credit_approval_form, ct_credit_approval_input), ct_post_credit_approval, 0},
    {CT_POST, "/credits/approvals/:id/withdraw", ADMIN | CSRF,
     INPUT(ct_credit_withdraw_form, ct_credit_withdraw_input), ct_post_credit_withdraw, 0},
    {CT_POST, "/certificates/:code/revoke", ADMIN | CSRF,
     INPUT(ct_certificate_revoke_form, ct_certificate_revoke_input), ct_post_certificate_revoke, 0},
    {CT_POST, "/certificates/:code/name", ADMIN | CSRF,
     INPUT(ct_certificate_name_form, ct_certificate_name_input), ct_post_certificate_name, 0},
    {CT_GET, "/reports", MANAGER, NONE, ct_get_reports, 0},
    {CT_POST, "/reports/views", MANAGER | CSRF, INPUT(ct_view_form, ct_view_input), ct_post_view,
     0},
    {CT_POST, "/reports/views/:view/rename", MANAGER | CSRF,
     INPUT(ct_view_name_form, ct_view_input), ct_post_view_rename, 0},
    {CT_POST, "/reports/views/:view/delete", MANAGER | CSRF, NONE, ct_post_view_delete, 0},
    {CT_GET, "/reports/today", MANAGER | TELLS, INPUT(ct_today_query, ct_report_input),
     ct_get_today, 0},
    {CT_GET, "/reports/assignments", MANAGER | TELLS,
     INPUT(ct_assignments_query, ct_assignments_input), ct_get_assignments, 0},
    {CT_GET, "/reports/assignments.csv", MANAGER | REPORTS | WAITS | TELLS, ASSIGNMENTS,
     ct_get_assignments, 0},
    {CT_GET, "/reports/assignments.json", MANAGER | REPORTS | WAITS | TELLS, ASSIGNMENTS,
     ct_get_assignments, 0},
    {CT_GET, "/reports/assignments.xlsx", MANAGER | ALONE | REPORTS | WAITS | TELLS, ASSIGNMENTS,
     ct_get_assignments, 0},
    {CT_GET, "/reports/assignments.ics", MANAGER | REPORTS | TELLS, ASSIGNMENTS, ct_get_assignments,
     0},
    {CT_GET, "/reports/completion", MANAGER | TELLS, INPUT(ct_report_query, ct_report_input),
     ct_get_completion_report, 0},
    {CT_GET, "/reports/completion.csv", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_report_query, ct_report_input), ct_get_completion_report, 0},
    {CT_GET, "/reports/completion.json", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_report_query, ct_report_input), ct_get_completion_report, 0},
    {CT_GET, "/reports/completion.xlsx", MANAGER | ALONE | REPORTS | WAITS | TELLS,
     INPUT(ct_report_query, ct_report_input), ct_get_completion_report, 0},

    {CT_GET, "/reports/audit", MANAGER | TELLS, NONE, ct_get_audit, 0},
    {CT_POST, "/reports/audit", MANAGER | CSRF | TELLS, INPUT(ct_audit_fields, ct_audit_input),
     ct_post_audit, 0},
    {CT_GET, "/reports/audit.zip", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_audit_fields, ct_audit_input), ct_get_audit_file, 0},
    {CT_GET, "/reports/files", MANAGER, NONE, ct_get_files, 0},
    {CT_POST, "/reports/files", MANAGER | CSRF, INPUT(ct_files_form, ct_files_input), ct_post_files,
     0},
    {CT_GET, "/reports/files/:order", MANAGER, NONE, ct_get_file, 0},
    {CT_GET, "/reports/files/:order/download", MANAGER, NONE, ct_get_file_download, 0},
    {CT_POST, "/reports/files/:order/cancel", MANAGER | CSRF, NONE, ct_post_file_cancel, 0},
    {CT_POST, "/reports/files/:order/again", MANAGER | CSRF, NONE, ct_post_file_again, 0},

    {CT_GET, "/requirements", MANAGER, NONE, ct_get_requirements, 0},
    {CT_GET, "/requirements/new", MANAGER, NONE, ct_get_requirement_new, 0},
    {CT_POST, "/requirements/new", MANAGER | CSRF, INPUT(ct_requirement_form, ct_requirement_input),
     ct_post_requirement_new, 0},
    {CT_GET, REQUIREMENT, MANAGER | TELLS,
     INPUT(ct_requirement_view_query, ct_requirement_view_input), ct_get_requirement, 0},
    {CT_GET, REQUIREMENT "/change", MANAGER | TELLS, NONE, ct_get_requirement_change, 0},
    {CT_POST, REQUIREMENT "/change", MANAGER | CSRF | TELLS,
     INPUT(ct_requirement_form, ct_requirement_input), ct_post_requirement_change, 0},
    {CT_GET, REQUIREMENT "/people/:person", MANAGER | TELLS, NONE, ct_get_requirement_person, 0},
    {CT_POST, REQUIREMENT "/people/:person", MANAGER | CSRF | TELLS,
     INPUT(ct_record_form, ct_record_input), ct_post_requirement_person, 0},
    {CT_POST, REQUIREMENT "/people/:person/records/:record", MANAGER | CSRF | TELLS,
     INPUT(ct_record_form, ct_record_input), ct_post_requirement_record, 0},
    {CT_POST, REQUIREMENT "/end", MANAGER | CSRF | TELLS,
     INPUT(ct_requirement_end_form, ct_requirement_end_input), ct_post_requirement_end, 0},
    {CT_GET, "/reports/coverage", MANAGER | TELLS, INPUT(ct_coverage_query, ct_team_input),
     ct_get_coverage, 0},
    {CT_GET, "/reports/coverage.csv", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_coverage_query, ct_team_input), ct_get_coverage, 0},
    {CT_GET, "/reports/coverage.json", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_coverage_query, ct_team_input), ct_get_coverage, 0},
    {CT_GET, "/reports/coverage.xlsx", MANAGER | ALONE | REPORTS | WAITS | TELLS,
     INPUT(ct_coverage_query, ct_team_input), ct_get_coverage, 0},
    {CT_GET, "/reports/credit", MANAGER | TELLS, INPUT(ct_report_credit_query, ct_team_input),
     ct_get_report_credit, 0},
    {CT_GET, "/reports/credit.csv", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_report_credit_query, ct_team_input), ct_get_report_credit, 0},
    {CT_GET, "/reports/credit.json", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_report_credit_query, ct_team_input), ct_get_report_credit, 0},
    {CT_GET, "/reports/credit.xlsx", MANAGER | ALONE | REPORTS | WAITS | TELLS,
     INPUT(ct_report_credit_query, ct_team_input), ct_get_report_credit, 0},
    {CT_GET, "/reports/trends", MANAGER | TELLS, INPUT(ct_trends_query, ct_team_input),
     ct_get_trends, 0},
    {CT_GET, "/reports/trends.csv", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_trends_query, ct_team_input), ct_get_trends, 0},
    {CT_GET, "/reports/trends.json", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_trends_query, ct_team_input), ct_get_trends, 0},
    {CT_GET, "/reports/trends.xlsx", MANAGER | ALONE | REPORTS | WAITS | TELLS,
     INPUT(ct_trends_query, ct_team_input), ct_get_trends, 0},
    {CT_GET, "/reports/questions", MANAGER | TELLS, INPUT(ct_questions_query, ct_team_input),
     ct_get_report_questions, 0},
    {CT_GET, "/reports/questions.csv", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_questions_query, ct_team_input), ct_get_report_questions, 0},
    {CT_GET, "/reports/questions.json", MANAGER | REPORTS | WAITS | TELLS,
     INPUT(ct_questions_query, ct_team_input), ct_get_report_questions, 0},
    {CT_GET, "/reports/questions.xlsx", MANAGER | ALONE | REPORTS | WAITS | TELLS,
     INPUT(ct_questions_query, ct_team_input), ct_get_report_questions, 0},

    {CT_GET, "/people", ADMIN | TELLS, INPUT(ct_people_query, ct_people_input), ct_get_people, 0},
    {CT_POST, "/people", ADMIN | CSRF, INPUT(ct_people_new_form, ct_people_new_input),
     ct_post_people_new, 0},
    {CT_GET, "/people/import", ADMIN, NONE, ct_get_people_import, 0},
    {CT_POST, "/people/import", ADMIN | CSRF, INPUT(ct_people_import_form, ct_people_import_input),
     ct_post_people_import, CT_IMPORT_FILE_MAX + CT_FORM_MAX},
    {CT_GET, IMPORT, ADMIN, INPUT(ct_import_query, ct_import_input), ct_get_import, 0},
    {CT_GET, IMPORT "/refused.csv", ADMIN, NONE, ct_get_import_refused, 0},
    {CT_POST, IMPORT "/check", ADMIN | CSRF, NONE, ct_post_import_check, 0},
    {CT_POST, IMPORT "/import", ADMIN | CSRF, NONE, ct_post_import, 0},
    {CT_POST, IMPORT "/cancel", ADMIN | CSRF, NONE, ct_post_import_cancel, 0},
    {CT_GET, "/people/invitations", ADMIN, NONE, ct_get_invitations, 0},
    {CT_POST, "/people/invitations", ADMIN | CSRF, INPUT(ct_invitations_form, ct_invitations_input),
     ct_post_invitations, 0},
    {CT_POST, "/people/invitations/end", ADMIN | CSRF,
     INPUT(ct_invitation_end_form, ct_invitations_input), ct_post_invitation_end, 0},
    {CT_GET, "/join/:token", DB, NONE, ct_get_join, 0},
    {CT_POST, "/join/:token", DB | CSRF, INPUT(ct_set_up_form, ct_set_up_input), ct_post_join, 0},
    {CT_GET, "/people/:person/transcript", MANAGER | TELLS, TRANSCRIPT, ct_get_transcript, 0},
    {CT_GET, "/people/:person/transcript.csv", MANAGER | REPORTS | TELLS, TRANSCRIPT,
     ct_get_transcript, 0},
    {CT_GET, "/people/:person/transcript.json", MANAGER | REPORTS | TELLS, TRANSCRIPT,
     ct_get_transcript, 0},
    {CT_GET, "/people/:person/transcript.pdf", MANAGER | REPORTS | TELLS, TRANSCRIPT_PDF,
     ct_get_transcript, 0},
    {CT_GET, "/people/:person/transcript.xlsx", MANAGER | ALONE | REPORTS | TELLS, TRANSCRIPT,
     ct_get_transcript, 0},
    {CT_GET, "/people/:person", ADMIN, NONE, ct_get_person, 0},
    {CT_POST, "/people/:person/facts", ADMIN | CSRF,
     INPUT(ct_person_fact_form, ct_person_fact_input), ct_post_person_fact, 0},
    {CT_POST, "/people/:person/place", ADMIN | CSRF,
     INPUT(ct_person_place_form, ct_person_place_input), ct_post_person_place, 0},
    {CT_POST, "/people/:person/active", ADMIN | CSRF,
     INPUT(ct_person_active_form, ct_person_active_input), ct_post_person_active, 0},
    {CT_POST, "/people/:person/discipline", ADMIN | CSRF,
     INPUT(ct_person_discipline_form, ct_person_discipline_input), ct_post_person_discipline, 0},
    {CT_POST, "/people/:person/link", ADMIN | CSRF, NONE, ct_post_person_link, 0},
    {CT_GET, "/agencies", ADMIN, NONE, ct_get_agencies, 0},
    {CT_POST, "/agencies/add", ADMIN | CSRF, INPUT(ct_agency_add_form, ct_agency_input),
     ct_post_agency_add, 0},
    {CT_POST, "/agencies/rename", ADMIN | CSRF, INPUT(ct_agency_rename_form, ct_agency_input),
     ct_post_agency_rename, 0},
    {CT_POST, "/agencies/lead", ADMIN | CSRF, INPUT(ct_agency_lead_form, ct_agency_input),
     ct_post_agency_lead, 0},
    {CT_POST, "/agencies/share", ADMIN | CSRF, INPUT(ct_agency_share_form, ct_agency_input),
     ct_post_agency_share, 0},
    {CT_GET, "/agencies/:org/close", ADMIN, INPUT(ct_agency_change_query, ct_agency_change_input),
     ct_get_agency_close, 0},
    {CT_POST, "/agencies/:org/close", ADMIN | CSRF,
     INPUT(ct_agency_close_form, ct_agency_change_input), ct_post_agency_close, 0},
    {CT_POST, "/agencies/:org/reopen", ADMIN | CSRF,
     INPUT(ct_agency_move_form, ct_agency_change_input), ct_post_agency_reopen, 0},
    {CT_POST, "/agencies/:org/undo", ADMIN | CSRF,
     INPUT(ct_agency_undo_form, ct_agency_change_input), ct_post_agency_undo, 0},
    {CT_GET, "/agencies/:org/move", ADMIN, INPUT(ct_agency_change_query, ct_agency_change_input),
     ct_get_agency_move, 0},
    {CT_POST, "/agencies/:org/move", ADMIN | CSRF,
     INPUT(ct_agency_move_form, ct_agency_change_input), ct_post_agency_move, 0},

    {CT_GET, "/explain", OPEN, NONE, ct_get_explain_list, 0},
    {CT_GET, "/explain/:code", OPEN, NONE, ct_get_explain, 0},
    {CT_GET, WRITTEN "/publish", TRAINER, NONE, ct_get_publish, 0},
    {CT_POST, WRITTEN "/publish", TRAINER | CSRF, INPUT(ct_publish_form, ct_publish_input),
     ct_post_publish, 0},
    {CT_GET, WRITTEN "/revisions", TRAINER, NONE, ct_get_revisions, 0},
    {CT_GET, WRITTEN "/revisions/:revision", TRAINER, NONE, ct_get_revision, 0},
    {CT_POST, WRITTEN "/revisions/:revision/restore", TRAINER | CSRF,
     INPUT(ct_restore_form, ct_restore_input), ct_post_restore, 0},
    {CT_GET, WRITTEN "/compare", TRAINER, INPUT(ct_compare_query, ct_compare_input), ct_get_compare,
     0},
    {CT_GET, WRITTEN "/questions", TRAINER, NONE, ct_get_questions, 0},
    {CT_GET, "/author", TRAINER, NONE, ct_get_author, 0},
    {CT_GET, "/author/map/:course/:module", TRAINER, INPUT(ct_map_query, ct_map_input),
     ct_get_author_map, 0},
    {CT_GET, "/author/new", TRAINER, INPUT(ct_author_new_query, ct_author_new_input),
     ct_get_author_new, 0},
    {CT_POST, "/author/new", TRAINER | CSRF, INPUT(ct_author_new_form, ct_author_new_input),
     ct_post_author_new, 0},
    {CT_GET, WRITTEN, TRAINER, NONE, ct_get_editor, 0},
    {CT_POST, WRITTEN, TRAINER | CSRF, INPUT(ct_editor_form, ct_editor_input), ct_post_editor,
     CT_SOURCE_FORM_MAX},
    {CT_POST, WRITTEN "/check", TRAINER | CSRF, INPUT(ct_editor_form, ct_editor_input),
     ct_post_editor_check, CT_SOURCE_FORM_MAX},
    {CT_POST, WRITTEN "/discard", TRAINER | CSRF, INPUT(ct_discard_form, ct_discard_input),
     ct_post_editor_discard, 0},
    {CT_GET, UPLOADS, TRAINER, NONE, ct_get_uploads, 0},
    {CT_POST, UPLOADS, TRAINER | CSRF, INPUT(ct_uploads_form, ct_uploads_input), ct_post_uploads,
     CT_UPLOAD_MAX + CT_FORM_MAX},

    {CT_GET, "/api", OPEN, NONE, ct_get_api, 0},
    {CT_GET, "/openapi.json", OPEN, NONE, ct_get_openapi, 0},
    {CT_GET, "/static/:file", OPEN, NONE, ct_get_static, 0},
    {CT_GET, "/content/:course/:file*", LEARNER, NONE, ct_get_media, 0},
    {CT_GET, "/healthz", OPEN, NONE, ct_get_health, 0},
    {CT_GET, "/metrics", OPEN, NONE, ct_get_metrics, 0},
};
const size_t ct_n_routes = sizeof ct_routes / sizeof ct_routes[0];
