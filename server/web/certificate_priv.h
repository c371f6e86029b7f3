/*
 * certificate_priv.h: what the pages about certificates share.
 */
#ifndef CT_WEB_CERTIFICATE_PRIV_H
#define CT_WEB_CERTIFICATE_PRIV_H

#include "pages_priv.h"

#include "ct/learn/certificate.h"

/* page_certificate.c: its local address, with an ending (".pdf", ".json", ""); its complete one. */
struct ct_sv ct_certificate_href(const struct ct_request *rq, struct ct_sv code,
                                 struct ct_sv ending);
struct ct_sv ct_certificate_url(const struct ct_request *rq, struct ct_sv code);

/* Adds is_valid, is_expired, is_superseded, is_revoked, status, issued, expires, revoked. */
void ct_model_add_worth(const struct ct_request *rq, json_t *model,
                        const struct ct_certificate *cert);

/* page_certificate_file.c: the signed document, or the page that carries it. CT_CONFLICT for a
 * revoked one; CT_NOT_FOUND where the server has no key. */
int ct_send_certificate(struct ct_request *rq, struct ct_response *rs,
                        const struct ct_certificate *cert, bool is_pdf, struct ct_err *err);
ct_handler ct_get_certificate_key;

/* page_certificate_credit.c: adds has_credit, credit, reissued, has_issues, issues, has_refused,
 * refused, has_asks, asks. `is_told`: the holder or an administrator. */
int ct_model_add_credit(const struct ct_request *rq, json_t *model,
                        const struct ct_certificate *cert, bool is_owner, bool is_told,
                        struct ct_err *err);
ct_handler ct_post_attest;

/* What waits for its holder's word: `asks` of attest.mustache. */
json_t *ct_model_attestations(const struct ct_request *rq, const struct ct_credit *asked, size_t n);

/* page_me_hours.c: adds has_quotas, quotas, has_hours, hours, has_asks, asks to me.mustache's. */
int ct_model_add_hours(const struct ct_request *rq, json_t *model, struct ct_err *err);

/* As the course is called now; of one that is gone its address. */
struct ct_sv ct_title_of_course(const struct ct_request *rq, struct ct_sv slug);

struct ct_attest_input {
    struct ct_sv type;
};
extern const struct ct_field ct_attest_form[];

/* page_certificates.c: for administrators. */
ct_handler ct_get_certificates, ct_post_certificate_revoke, ct_post_certificate_name;

struct ct_certificates_input {
    struct ct_sv text;
};
extern const struct ct_field ct_certificates_query[];

struct ct_certificate_revoke_input {
    struct ct_sv reason;
};
extern const struct ct_field ct_certificate_revoke_form[];

struct ct_certificate_name_input {
    struct ct_sv name;
};
extern const struct ct_field ct_certificate_name_form[];

#endif
