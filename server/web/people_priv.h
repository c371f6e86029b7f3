/*
 * people_priv.h: the pages about people, agencies and task forces, which are for administrators.
 */
#ifndef CT_WEB_PEOPLE_PRIV_H
#define CT_WEB_PEOPLE_PRIV_H

#include "ct/learn/import.h"
#include "ct/learn/org.h"
#include "ct/web/app.h"
#include "ct/web/route.h"

/* page_people.c, page_person.c, page_person_post.c, page_agencies.c, page_people_import.c */
ct_handler ct_get_people, ct_get_person, ct_get_agencies, ct_get_people_import;
ct_handler ct_post_person_fact, ct_post_person_place, ct_post_person_active, ct_post_person_link;
ct_handler ct_post_person_discipline, ct_post_people_new;
ct_handler ct_post_agency_add, ct_post_agency_rename, ct_post_agency_lead, ct_post_agency_share;
ct_handler ct_post_people_import;

/* page_agency_change.c */
ct_handler ct_get_agency_close, ct_get_agency_move;
ct_handler ct_post_agency_close, ct_post_agency_reopen, ct_post_agency_undo, ct_post_agency_move;

/* page_invitations.c, page_join.c; the form behind an invitation is that of a set-up link. */
ct_handler ct_get_invitations, ct_post_invitations, ct_post_invitation_end;
ct_handler ct_get_join, ct_post_join;

struct ct_invitations_input {
    struct ct_sv discipline;
    int64_t org, uses, days, invitation;
};
extern const struct ct_field ct_invitations_form[], ct_invitation_end_form[];

struct ct_people_input {
    struct ct_sv text, discipline, active, agency, unit, task_force;
    int64_t page;
};
extern const struct ct_field ct_people_query[];

struct ct_people_new_input {
    struct ct_sv name, email, discipline, role;
};
extern const struct ct_field ct_people_new_form[];

struct ct_person_fact_input {
    struct ct_sv field, value, since;
};
extern const struct ct_field ct_person_fact_form[];

struct ct_person_place_input {
    int64_t org;
    struct ct_sv on;
    bool ends;
};
extern const struct ct_field ct_person_place_form[];

struct ct_person_active_input {
    bool active;
};
extern const struct ct_field ct_person_active_form[];

struct ct_person_discipline_input {
    struct ct_sv discipline;
};
extern const struct ct_field ct_person_discipline_form[];

struct ct_agency_input {
    struct ct_sv kind, path, name, below, time_zone, email, on, note;
    int64_t fiscal_month, org, agency;
    bool ends;
};
extern const struct ct_field ct_agency_add_form[], ct_agency_rename_form[], ct_agency_lead_form[],
    ct_agency_share_form[];

struct ct_agency_change_input {
    struct ct_sv on, to, requirements, note;
    int64_t seen_people, seen_asked;
};
extern const struct ct_field ct_agency_change_query[], ct_agency_close_form[],
    ct_agency_move_form[], ct_agency_undo_form[];

struct ct_people_import_input {
    struct ct_part file;
    struct ct_sv what, text, action;
};
extern const struct ct_field ct_people_import_form[];
enum {
    CT_PEOPLE_IMPORT_MAX = 1024 * 1024
}; /* bytes that are looked at at once; more in the
    * background */

/* page_imports.c: files that take longer. */
ct_handler ct_get_import, ct_get_import_refused;
ct_handler ct_post_import_check, ct_post_import, ct_post_import_cancel;
struct ct_import_input {
    int64_t page;
};
extern const struct ct_field ct_import_query[];

/* Keeps a file, has it looked at, and leads to its page. */
int ct_import_begin(struct ct_request *rq, struct ct_response *rs, enum ct_import_kind kind,
                    struct ct_sv name, struct ct_sv bytes, struct ct_err *err);

/* The files that somebody sent, for the page where the next is sent. */
int ct_import_jobs(struct ct_request *rq, json_t **ret, struct ct_err *err);

/* Bytes that a file may have here, and the same for people. */
size_t ct_import_max(const struct ct_request *rq);
struct ct_sv ct_import_max_text(const struct ct_request *rq);

/* page_person.c: the page of a person, with a link that was just made, or null, or with what is
 * wrong with the form that was posted. */
enum ct_person_form { CT_PERSON_NO_FORM, CT_PERSON_FACT, CT_PERSON_PLACE, CT_PERSON_OTHER };
struct ct_person_shown {
    int64_t id;
    struct ct_sv link;
    enum ct_person_form form;
    const struct ct_err *problem;
};
int ct_page_person(struct ct_request *rq, struct ct_response *rs, const struct ct_person_shown *w,
                   struct ct_err *err);

struct ct_sv ct_href_person(const struct ct_request *rq, int64_t id);

/* "Alder County: Intake" of a unit, its name of anything else. */
struct ct_sv ct_org_title(struct ct_arena *a, const struct ct_org *all, size_t n,
                          const struct ct_org *o);

/* where.c: `where` of each row, the path of a unit or an agency, or of several, becomes its title
 * as it was at the moment. */
int ct_model_name_places(const struct ct_request *rq, int64_t as_of, json_t *rows,
                         struct ct_err *err);

#endif
