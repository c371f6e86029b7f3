/*
 * done_priv.h: what was just done, said once at the top of the page that follows.
 */
#ifndef CT_WEB_DONE_PRIV_H
#define CT_WEB_DONE_PRIV_H

#include "ct/text/json.h"
#include "ct/web/http.h"

enum ct_done {
    CT_DONE_WAIVED,
    CT_DONE_TRAINING,
    CT_DONE_TRAINING_WAITS,
    CT_DONE_LEAVE,
    CT_DONE_APPROVED,
    CT_DONE_CORRECTED,
    CT_DONE_WITHDRAWN,
    CT_DONE_REQUIREMENT,
    CT_DONE_REQUIREMENT_ENDS,
    CT_DONE_VIEW,
    CT_DONE_VIEW_NAMED,
    CT_DONE_VIEW_DELETED,
    CT_DONE_PERSON,
    CT_DONE_FACT,
    CT_DONE_PLACE,
    CT_DONE_ENABLED,
    CT_DONE_DISABLED,
    CT_DONE_DISCIPLINE,
    CT_DONE_INVITATION_ENDED,
    CT_DONE_ORG,
    CT_DONE_ORG_NAMED,
    CT_DONE_ORG_CLOSED,
    CT_DONE_ORG_REOPENED,
    CT_DONE_ORG_UNDONE,
    CT_DONE_ORG_MOVED,
    CT_DONE_LEAD,
    CT_DONE_SHARING,
    CT_DONE_CREDIT,
    CT_DONE_ATTESTED,
    CT_DONE_REVOKED,
    CT_DONE_CERTIFICATE_NAMED,
    CT_DONE_TOKEN_REVOKED
};

/* Leads to a local address (ct_see_other), whose page says at its top what was done. */
int ct_done(struct ct_request *rq, struct ct_response *rs, enum ct_done what,
            struct ct_sv location);

/* `just_done` of page_top.mustache: the sentence, which is then not said again; null for none. */
json_t *ct_done_take(struct ct_request *rq, struct ct_response *rs);

#endif
