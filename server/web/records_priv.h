/*
 * records_priv.h: waivers, outside training and leave on pages: the form that records or corrects
 * one, and how what was recorded is shown.
 */
#ifndef CT_WEB_RECORDS_PRIV_H
#define CT_WEB_RECORDS_PRIV_H

#include "done_priv.h"
#include "requirements_priv.h"

/* page_requirement_person.c, page_me_training.c */
ct_handler ct_get_requirement_person, ct_post_requirement_person, ct_post_requirement_record;
ct_handler ct_get_me_training, ct_post_me_training, ct_post_me_training_record;

/* What a form sends, as it was typed. */
struct ct_record_input {
    struct ct_sv what, on, until, reason, evidence, hours, credit, approved_by, why, action,
        requirement;
    int64_t row;
    bool approves;
};
extern const struct ct_field ct_record_form[];

/* A form for one record: a new one, or the correction of one that there is. */
struct ct_record_edit {
    struct ct_sv prefix, action; /* of the ids of its fields; where it goes */
    struct ct_sv person_name;
    enum ct_training_kind kind;
    const struct ct_training *before; /* what is corrected; NULL: a new one */
    bool is_own;                      /* of the reader, who does not approve it */
    bool is_open;
    struct ct_record_input in;
    struct ct_form_errors errors;
    json_t *requirements; /* what it may be for, as OPTIONs; NULL: that is not asked. Stolen */
    json_t *conflict;     /* what somebody recorded meanwhile; NULL: nothing. Stolen by the model */
};

/* What a form begins with. */
void ct_record_begin(struct ct_request *rq, struct ct_record_edit *e);

/* What was typed as a record: of *t what is not in the form stays. What is wrong is in e->errors.
 */
void ct_record_read(struct ct_request *rq, struct ct_record_edit *e, struct ct_training *t);

/* What the page that follows says of it. */
enum ct_done ct_record_done(const struct ct_record_edit *e, const struct ct_training *t);

/* FORM of requirement-record-form.mustache. */
int ct_record_form_model(struct ct_request *rq, const struct ct_record_edit *e, json_t **ret,
                         struct ct_err *err);

/* VERSION of requirement-record.mustache: one row as it was recorded. */
json_t *ct_record_version(struct ct_request *rq, const struct ct_training *t);

/* The rows of a record that came after `since`, as VERSIONs. */
int ct_record_versions(struct ct_request *rq, int64_t id, int64_t since, json_t **ret,
                       struct ct_err *err);

/* Makes the form ready to come back: with what somebody recorded meanwhile, or with what learn
 * refuses at its field. `list`: the person's records, as they are now. */
int ct_record_refused(struct ct_request *rq, struct ct_record_edit *e,
                      const struct ct_training *list, size_t n, const struct ct_err *problem,
                      struct ct_err *err);

/* RECORD of requirement-record.mustache, with the form of its correction. */
int ct_record_model(struct ct_request *rq, const struct ct_record_edit *e, bool may_approve,
                    json_t **ret, struct ct_err *err);

#endif
