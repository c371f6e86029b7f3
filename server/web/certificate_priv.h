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
