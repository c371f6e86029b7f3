/*
 * pages_priv.h: the handlers of the route table, and what they share.
 *
 * A handler is four steps: typed input, one call into learn or course, a view model, return.
 * Rights, form tokens, limits and methods were checked by the dispatcher; failures become answers
 * there.
 */
#ifndef CT_WEB_PAGES_PRIV_H
#define CT_WEB_PAGES_PRIV_H

#include "ct/learn/due.h"
#include "ct/learn/progress.h"
#include "ct/web/app.h"
#include "ct/web/route.h"

/* asset.c, media.c, health.c */
ct_handler ct_get_static, ct_get_media, ct_get_health, ct_get_metrics;

/* page_exit.c: the neutral page, what the quick exit cannot do, and where the quick exit leads:
 * the address that the curriculum names, else our own. `cat` may be NULL. */
ct_handler ct_get_calendar, ct_get_leaving_safely;
struct ct_sv ct_exit_href(const struct ct_catalogue *cat);

/* page_sign_in.c, page_set_up.c */
ct_handler ct_get_sign_in, ct_post_sign_in, ct_get_sign_out, ct_post_sign_out;
ct_handler ct_get_set_up, ct_post_set_up;

/* page_home.c, page_course.c, page_module.c, page_section.c, page_section_post.c */
ct_handler ct_get_home, ct_get_course, ct_get_module, ct_get_section;
ct_handler ct_post_done, ct_post_practice, ct_post_opened;

/* page_glossary.c */
ct_handler ct_get_glossary;

/* page_changes.c */
ct_handler ct_get_update, ct_post_update;

/* page_quiz.c, page_attempt.c, page_result.c */
ct_handler ct_get_quiz, ct_post_quiz, ct_get_attempt, ct_post_attempt, ct_post_attempt_exit;

/* page_play.c, page_run.c */
ct_handler ct_get_play, ct_post_play, ct_get_run, ct_post_choose;

/* page_me.c, page_certificate.c, page_report.c */
ct_handler ct_get_me, ct_get_certificate, ct_get_completion_report;

/* page_today.c */
ct_handler ct_get_today;

/* page_audit.c */
ct_handler ct_get_audit, ct_post_audit, ct_get_audit_file;

/* page_files.c; asking for a file of a target of CT_MAY_WAIT: the page that watches it */
ct_handler ct_get_files, ct_post_files, ct_get_file, ct_get_file_download;
ct_handler ct_post_file_cancel, ct_post_file_again;
int ct_order_file(struct ct_request *rq, struct ct_response *rs, struct ct_sv target,
                  struct ct_err *err);

/* page_transcript.c. Where the name of a person leads, in every report: the transcript, as of the
 * day that is told of (null: now); from there it goes on to what is asked of the person. */
ct_handler ct_get_my_transcript, ct_get_transcript;
struct ct_sv ct_href_transcript(const struct ct_request *rq, int64_t person, struct ct_sv as_of);
struct ct_transcript_input {
    struct ct_sv as_of, paper;
};
extern const struct ct_field ct_transcript_query[], ct_transcript_pdf_query[];

/* page_api.c */
ct_handler ct_get_api, ct_get_openapi;

/* page_tokens.c */
ct_handler ct_get_tokens, ct_post_tokens, ct_post_token_revoke;

/* page_explain.c */
ct_handler ct_get_explain_list, ct_get_explain;

/* For a handler that has answered a failure with a page of its own: says in *err, for the log, what
 * it was. Returns CT_OK. */
int ct_answered(const struct ct_err *failure, struct ct_err *err);

/* The fields of each route that takes some. */
struct ct_sign_in_input {
    struct ct_sv email, password, next;
};
extern const struct ct_field ct_sign_in_query[], ct_sign_in_form[];

struct ct_set_up_input {
    struct ct_sv name, email, password, password_again;
};
extern const struct ct_field ct_set_up_form[];

struct ct_practice_input {
    struct ct_sv question;
    struct ct_form answers;
};
extern const struct ct_field ct_practice_form[];

struct ct_opened_input {
    struct ct_sv passage;
};
extern const struct ct_field ct_opened_form[];

struct ct_attempt_input {
    struct ct_sv action;
    struct ct_form answers;
};
extern const struct ct_field ct_attempt_form[], ct_attempt_exit_form[];

struct ct_update_input {
    struct ct_sv revision;
};
extern const struct ct_field ct_update_form[];

struct ct_play_input {
    struct ct_sv chair;
};
extern const struct ct_field ct_play_form[];

struct ct_choose_input {
    int64_t step, choice;
};
extern const struct ct_field ct_choose_form[];

struct ct_report_input {
    struct ct_sv course, discipline, by;
    struct ct_sv agency, unit, task_force; /* paths */
    struct ct_sv as_of;                    /* a day */
    int64_t page;                          /* of a list of people, from 1; 0: the first */
};
extern const struct ct_field ct_report_query[];
extern const struct ct_field ct_today_query[]; /* into the same */

struct ct_audit_input {
    struct ct_sv from, until; /* days */
    struct ct_sv agency, unit, task_force;
};
extern const struct ct_field ct_audit_fields[];

struct ct_files_input {
    struct ct_sv target;
};
extern const struct ct_field ct_files_form[];

struct ct_tokens_input {
    struct ct_sv name, days;
    struct ct_form scopes;
};
extern const struct ct_field ct_tokens_form[];

/* page_report_scope.c: whom the reader may see of what is wished for (ct_org_scope); has_chosen
 * and chosen of report-completion.mustache; "-alder-dcs-intake" for the name of a file,
 * "" for everybody. */
struct ct_scope;
int ct_report_scope(struct ct_request *rq, struct ct_scope *ret, struct ct_err *err);
/* The same of the people of a past day (ct_report_moment), by the rights of today; and the day that
 * the address asks for. */
struct ct_report_moment;
int ct_report_scope_at(struct ct_request *rq, const struct ct_report_moment *at,
                       struct ct_scope *ret, struct ct_err *err);
int ct_report_when(struct ct_request *rq, struct ct_report_moment *ret, struct ct_err *err);
/* as_of DATE, as_of_day text (null: now), time_zone text, of a report's page. */
void ct_model_add_moment(const struct ct_request *rq, const struct ct_report_moment *at,
                         json_t *model);
void ct_model_add_scope(const struct ct_request *rq, const struct ct_scope *scope, json_t *model);
struct ct_sv ct_report_file_part(const struct ct_request *rq, const struct ct_scope *scope);

/* page_report_tabs.c: `tabs` of report-tabs.mustache, which every report has; `here`: the address
 * of the report that is shown, without what is asked of it. */
void ct_model_add_tabs(json_t *model, const char *here);

/* status_chart.c: `chart` of status-chart.mustache; null where there is nothing to draw, or too
 * much. `id` begins the picture's ids; `unit` is what the numbers count. Of a row of the completion
 * report: by what it says. */
struct ct_status_bar {
    struct ct_sv label;
    size_t by_status[CT_DUE_STATUSES];
};
json_t *ct_model_status_chart(const struct ct_request *rq, const char *id, struct ct_sv title,
                              const char *unit, const struct ct_status_bar *bars, size_t n);
struct ct_report_row;
json_t *ct_model_completion_chart(const struct ct_request *rq, struct ct_sv title,
                                  const struct ct_report_row *rows, const struct ct_sv *labels,
                                  size_t n);

/* page_report_rows.c: the models of the completion report's rows and of the people behind them; of
 * `rows` each lists its people only where there are few of all. */
struct ct_report;
struct ct_report_row;
json_t *ct_model_report_rows(const struct ct_request *rq, const struct ct_report_row *rows,
                             size_t n);
json_t *ct_model_report_sums(const struct ct_request *rq, const struct ct_report_row *rows,
                             size_t n);
json_t *ct_model_report_orgs(const struct ct_request *rq, const struct ct_report *report,
                             const struct ct_scope *scope, int kind);
void ct_model_add_report_people(const struct ct_request *rq, const struct ct_report *report,
                                json_t *model);
/* The address of a view of the report with what is chosen. */
struct ct_sv ct_report_href(const struct ct_request *rq, const char *path,
                            const struct ct_report_input *in);

/* page_views.c: `save_href` of report-save.mustache: this page, to be kept under a name. */
void ct_model_add_save(const struct ct_request *rq, json_t *model);

/* page_report_file.c: whether a file of a report was asked for (by the end of its address, or CSV
 * by what the client accepts), and the answer with it: a download called NAME-DAY and `part`, which
 * is as ct_report_file_part gives it. */
struct ct_report_doc;
bool ct_report_is_file(const struct ct_request *rq);
int ct_report_send(struct ct_request *rq, struct ct_response *rs, const struct ct_report_doc *doc,
                   struct ct_sv part, struct ct_err *err);

/* What the first parts of an address name: /courses/COURSE/MODULE/SECTION. Deeper ones are NULL. */
struct ct_spot {
    const struct ct_course *course;
    const struct ct_module *module;
    const struct ct_section *section;
};
enum ct_spot_depth { CT_SPOT_COURSE, CT_SPOT_MODULE, CT_SPOT_SECTION };

/* CT_OK; CT_NOT_FOUND, also for a section that another discipline steps through. */
int ct_spot_find(const struct ct_request *rq, enum ct_spot_depth depth, struct ct_spot *ret,
                 struct ct_err *err);

/* A parameter that is the number of a record. CT_OK; CT_NOT_FOUND if it is no number. */
int ct_param_id(struct ct_sv param, int64_t *ret, struct ct_err *err);

/* Addresses, in the request's arena. */
struct ct_sv ct_href_course(const struct ct_request *rq, const struct ct_course *c);
struct ct_sv ct_href_module(const struct ct_request *rq, const struct ct_course *c,
                            const struct ct_module *m);
struct ct_sv ct_href_section(const struct ct_request *rq, const struct ct_course *c,
                             const struct ct_module *m, const struct ct_section *s);
struct ct_sv ct_href_question(const struct ct_request *rq, const struct ct_spot *at,
                              const struct ct_question *q); /* within its section */
struct ct_sv ct_href_part(const struct ct_request *rq, const struct ct_course *c,
                          const struct ct_module *m, struct ct_sv part); /* "quiz", "play" */
struct ct_sv ct_href_attempt(const struct ct_request *rq, const struct ct_course *c,
                             const struct ct_module *m, int64_t id);
struct ct_sv ct_href_run(const struct ct_request *rq, int64_t id);
/* Of a place; the course's for NONE, the front page's without a course. */
struct ct_sv ct_href_place(const struct ct_request *rq, const struct ct_place *p,
                           const struct ct_course *course);

/* Pieces of models; new references. */
json_t *ct_model_href(struct ct_sv href); /* null for the null view */
json_t *ct_model_course(const struct ct_request *rq, const struct ct_course *c);
json_t *ct_model_module(const struct ct_request *rq, const struct ct_course *c,
                        const struct ct_module *m); /* MODULE_REF; null for NULL */
json_t *ct_model_discipline(const struct ct_request *rq, struct ct_sv slug); /* null for none */
/* The same of a report's row, where "none" is of the people without one. */
json_t *ct_model_kind(const struct ct_request *rq, struct ct_sv slug);

/* The sections of a module that are one's own, with how far they are; `here` may be NULL. */
json_t *ct_model_sections(const struct ct_request *rq, const struct ct_course *c,
                          const struct ct_module_progress *p, const struct ct_section *here);
json_t *ct_model_objectives(const struct ct_objective *list, size_t n);
json_t *ct_model_sources(const struct ct_module *m); /* of texts */
/* closing.mustache's, for a page that ends with these blocks. */
json_t *ct_model_closing(const struct ct_module *m, const struct ct_block *blocks, size_t n,
                         bool is_caring);
json_t *ct_model_certificate(const struct ct_request *rq, struct ct_sv code); /* its href */

/* page_changes.c: where to read what changed since a module was completed, null when nothing did;
 * and those of all courses: href, module_title, course_title. */
json_t *ct_model_changes_href(const struct ct_request *rq, const struct ct_course *c,
                              const struct ct_module_progress *p);
json_t *ct_model_updates(const struct ct_request *rq, const struct ct_course_progress *list,
                         size_t n);

/* `resume` for a place; null for NONE. */
json_t *ct_model_resume(const struct ct_request *rq, const struct ct_place *p, bool is_start);

/* Adds has_NAME and NAME for a number that may be absent (negative). */
void ct_model_add_number(json_t *model, const char *has, const char *name, int64_t value);

/* The content note of a module's front matter, for a page that shows these blocks or leads to them:
 * null where their author gives one in the text, so that nobody reads two. */
json_t *ct_model_content_note(const struct ct_module *m, const struct ct_block *blocks, size_t n);

/* What a finished quiz or case leads to: next, certificate_href and is_module_completed. */
int ct_model_add_after(const struct ct_request *rq, const struct ct_course *c,
                       const struct ct_module *m, bool goes_on, json_t *model, struct ct_err *err);

/* How blocks of a module (or of none) are shown to this person. */
struct ct_view ct_page_view(const struct ct_request *rq, const struct ct_module *m);

/* Whether a module counts for this person, and how many of its sections are theirs. */
bool ct_is_mine(const struct ct_request *rq, ct_disc_set set);
/* The place of a section among those, from 1; for NULL how many there are. */
size_t ct_section_number(const struct ct_request *rq, const struct ct_module *m,
                         const struct ct_section *s);
/* The next module for this person; NULL behind the last. */
const struct ct_module *ct_next_module(const struct ct_request *rq, const struct ct_course *c,
                                       const struct ct_module *m);

/* What the modules of the person's discipline say they take. */
int ct_stated_minutes(const struct ct_course_progress *p);

/* How many questions a try of this person has. */
size_t ct_quiz_size(const struct ct_request *rq, const struct ct_quiz *quiz);

/* page_result.c: a try that was handed in. */
struct ct_attempt;
int ct_page_result(struct ct_request *rq, struct ct_response *rs, const struct ct_spot *spot,
                   const struct ct_attempt *at, struct ct_err *err);

/* page_run.c, page_ending.c: the scene where a run stands; what both have. */
struct ct_run;
struct ct_run_step;
int ct_page_ending(struct ct_request *rq, struct ct_response *rs, const struct ct_run *run,
                   struct ct_err *err);
json_t *ct_model_scene(const struct ct_request *rq, const struct ct_run *run);
/* What was chosen in a step; NULL if the text has no such choice. */
const struct ct_choice *ct_run_choice(const struct ct_run *run, const struct ct_run_step *step);

/* Where a scenario can be sat in: [{DISC's, is_own, is_this, is_played, is_passed, is_chosen}].
 * `here`: the chair of the run that is looked at, or null. */
struct ct_run_summary;
json_t *ct_model_chairs(const struct ct_request *rq, const struct ct_scenario *sc,
                        const struct ct_run_summary *runs, size_t n, struct ct_sv here);

/* variables.mustache: how the case stands, and how far that is from `before`. */
void ct_model_add_variables(json_t *model, const struct ct_scenario *sc, const struct ct_state *now,
                            const int *before);

/* page_map.c: scenario-map.mustache's model but for is_live, path, generation, count and title.
 * `at_text`: its scenes lead to their places in a preview of the module, else to those in the list.
 * NULL and *err: no such scenario. */
struct ct_map_input {
    struct ct_sv as;
};
extern const struct ct_field ct_map_query[];
json_t *ct_model_map(struct ct_request *rq, bool at_text, struct ct_sv *ret_path,
                     struct ct_sv *ret_title, struct ct_err *err);
ct_handler ct_get_author_map;

/* The last choice: chosen, consequence_html; null both at the start. */
void ct_model_add_consequence(json_t *model, const struct ct_run *run);

#endif
