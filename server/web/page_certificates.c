/*
 * page_certificates.c: for administrators: all certificates, revoking one, the name that those of a
 * person bear.
 */
#include "certificate_priv.h"
#include "done_priv.h"
#include "view_priv.h"

#include "ct/base/banned.h"

enum { SHOWN_MAX = 200 };

/* Lengths are judged by learn, which knows what to say; these only bound them. */
const struct ct_field ct_certificates_query[] = {
    {"text", CT_FIELD_TEXT, offsetof(struct ct_certificates_input, text), false, 0, 254},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};
const struct ct_field ct_certificate_revoke_form[] = {
    {"reason", CT_FIELD_TEXT, offsetof(struct ct_certificate_revoke_input, reason), true, 0, 4096},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};
const struct ct_field ct_certificate_name_form[] = {
    {"name", CT_FIELD_TEXT, offsetof(struct ct_certificate_name_input, name), true, 0, 1024},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static json_t *row_of(const struct ct_request *rq, const struct ct_certificate *c)
{
    json_t *model = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "code",
                              ct_json_sv(ct_certificate_dashed(rq->arena, c->code)), "href",
                              ct_json_sv(ct_certificate_href(rq, c->code, CT_SV(""))), "name",
                              ct_json_sv(c->name), "email", ct_json_sv(c->email), "course_title",
                              ct_json_sv(c->course_title), "discipline",
                              ct_model_discipline(rq, c->discipline));

    ct_model_add_worth(rq, model, c);
    return model;
}

int ct_get_certificates(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_certificates_input *in = rq->input;
    struct ct_sv text = ct_sv_trim(in->text);
    /* One more than is shown tells whether there are more. */
    const struct ct_certificate_filter filter = {.text = text.n ? text : CT_SV_NULL,
                                                 .max = SHOWN_MAX + 1};
    struct ct_certificate *list;
    size_t n;
    int r = ct_certificate_list(rq->desk.db, rq->arena, &filter, &list, &n, err);

    if (r < 0)
        return r;
    json_t *rows = json_array();
    for (size_t i = 0; i < n && i < SHOWN_MAX; i++)
        json_array_append_new(rows, row_of(rq, &list[i]));
    return ct_page(rq, rs, "certificates",
                   json_pack("{s:s, s:o, s:b, s:i, s:b, s:o}", "title", "Certificates", "text",
                             ct_view_text(text), "has_more", n > SHOWN_MAX, "shown",
                             (int)json_array_size(rows), "has_rows", n > 0, "rows", rows),
                   err);
}

int ct_post_certificate_revoke(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_certificate_revoke_input *in = rq->input;
    struct ct_certificate cert;
    int r;

    if ((r = ct_certificate_get(rq->desk.db, rq->arena, rq->params[0], &cert, err)) < 0 ||
        (r = ct_certificate_revoke(rq->desk.store, rq->desk.clock, cert.code, in->reason,
                                   rq->desk.who.person, err)) < 0)
        return r;
    return ct_done(rq, rs, CT_DONE_REVOKED, ct_certificate_href(rq, cert.code, CT_SV("")));
}

int ct_post_certificate_name(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_certificate_name_input *in = rq->input;
    struct ct_certificate cert;
    int r;

    if ((r = ct_certificate_get(rq->desk.db, rq->arena, rq->params[0], &cert, err)) < 0 ||
        (r = ct_certificate_set_name(rq->desk.store, rq->desk.clock, cert.person, in->name,
                                     rq->desk.who.person, err)) < 0)
        return r;
    return ct_done(rq, rs, CT_DONE_CERTIFICATE_NAMED,
                   ct_certificate_href(rq, cert.code, CT_SV("")));
}
