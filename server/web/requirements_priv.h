/*
 * requirements_priv.h: the pages about what is required of whom: the list, the form, one
 * requirement, one person under it, and what learners record of themselves. Who may see and do what
 * is decided in learn (requirement_right.h).
 */
#ifndef CT_WEB_REQUIREMENTS_PRIV_H
#define CT_WEB_REQUIREMENTS_PRIV_H

#include "form_priv.h"

#include "ct/report/requirement_right.h"
#include "ct/web/app.h"
#include "ct/web/route.h"

/* page_requirements.c, page_requirement_edit.c, page_requirement.c */
ct_handler ct_get_requirements;
ct_handler ct_get_requirement_new, ct_post_requirement_new;
ct_handler ct_get_requirement_change, ct_post_requirement_change;
ct_handler ct_get_requirement, ct_post_requirement_end;

/* What the form sends, as it was typed. */
struct ct_requirement_input {
    struct ct_sv ask, hours, credit, chairs, people, due, fixed, days, month, every, window, early,
        grace, from, title, slug, action, seen;
    struct ct_form orgs, disciplines;
    bool everybody;
    int64_t newest;
};
extern const struct ct_field ct_requirement_form[];

struct ct_requirement_view_input {
    struct ct_sv status;
    int64_t page;
};
extern const struct ct_field ct_requirement_view_query[];

struct ct_requirement_end_input {
    struct ct_sv on;
    int64_t newest;
};
extern const struct ct_field ct_requirement_end_form[];

/* A rule being made on the page. */
struct ct_requirement_edit {
    const struct ct_requirement *old; /* what is changed; NULL: a new one */
    struct ct_asker asker;
    struct ct_requirement_input in;
    struct ct_requirement made; /* slug, course, title of the course */
    struct ct_requirement_rule rule;
    struct ct_form_errors errors;
};

/* Whoever is signed in, as ct_asker_read says. */
int ct_requirement_asker(struct ct_request *rq, struct ct_asker *ret, struct ct_err *err);

/* requirement_form.c: what was typed into the rule, with everything that is wrong with it; and the
 * other way round. CT_OK also when something is wrong; a failure is one of the database. */
int ct_requirement_form_read(struct ct_request *rq, struct ct_requirement_edit *e,
                             struct ct_err *err);
int ct_requirement_form_fill(struct ct_request *rq, const struct ct_requirement_rule *rule,
                             struct ct_requirement_input *ret, struct ct_err *err);
/* Puts what learn refuses to its field. */
void ct_requirement_form_wrong(struct ct_request *rq, struct ct_requirement_edit *e,
                               const struct ct_err *problem);
/* What the form begins with. */
void ct_requirement_form_begin(struct ct_request *rq, const struct ct_asker *asker,
                               struct ct_requirement_input *ret);
/* A digest of all that was typed. */
struct ct_sv ct_requirement_form_digest(struct ct_request *rq, const struct ct_requirement_edit *e);

/* requirement_form_model.c: `form` of requirement-edit.mustache. */
json_t *ct_requirement_form_model(struct ct_request *rq, const struct ct_requirement_edit *e);

/* requirement_look_model.c: `look` of requirement-edit.mustache. */
int ct_requirement_look_model(struct ct_request *rq, const struct ct_requirement_edit *e,
                              json_t **ret, struct ct_err *err);

/* Of one requirement: who recorded which rules, the newest first; `since`: only those with a larger
 * id. */
int ct_requirement_history_model(struct ct_request *rq, const struct ct_asker *asker,
                                 const struct ct_requirement *q, int64_t since, json_t **ret,
                                 struct ct_err *err);

/* page_requirements.c: REQ of requirements.mustache: a requirement as the reader sees it; `chosen`:
 * statuses that are shown, as bits. */
int ct_requirement_ref(struct ct_request *rq, const struct ct_asker *asker,
                       const struct ct_sight *sight, unsigned chosen, json_t **ret,
                       struct ct_err *err);

/* requirement_label.c: its title; where another of the list has the same on a day, also whom
 * it asks (of agencies, units and task forces those of the scope; NULL: none) and since when. */
struct ct_sv ct_requirement_label(const struct ct_request *rq, const struct ct_scope *scope,
                                  const struct ct_requirement *all, size_t n,
                                  const struct ct_requirement *q, struct ct_sv title, int day);

/* The rule that was recorded last. */
int64_t ct_requirement_newest_id(const struct ct_requirement *q);

struct ct_sv ct_href_requirement(const struct ct_request *rq, struct ct_sv slug);
struct ct_sv ct_href_requirement_person(const struct ct_request *rq, struct ct_sv slug,
                                        int64_t person);

/* record_form.c: OPTIONs of the types of credit that hold today, but for in-service hours, which
 * every training gives. */
int ct_credit_choices(struct ct_request *rq, struct ct_sv chosen, json_t **ret, struct ct_err *err);

/* DATE of a day; null for CT_DAY_NONE. */
json_t *ct_view_day_number(int day);

#endif
