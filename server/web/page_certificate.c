/*
 * page_certificate.c: a certificate, for its owner and for whoever checks it. Nobody has to sign
 * in: the code is what one needs to know.
 */
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/learn/certificate.h"
#include "ct/learn/completion.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

/* The address as somebody types it who holds the paper. The dispatcher has checked the host. */
static struct ct_sv verify_url(const struct ct_request *rq, struct ct_sv code)
{
    bool secure = rq->secure || rq->app->cfg.secure_cookies;
    struct ct_sv path = CT_URL(rq->arena, CT_SV("certificates"), code);

    if (!rq->host.n) /* a client of before HTTP/1.1 does not say where it is */
        return path;
    return ct_arena_printf(rq->arena, "%s%.*s%.*s", secure ? "https://" : "http://",
                           CT_SV_ARG(rq->host), CT_SV_ARG(path));
}

static int is_owner(const struct ct_request *rq, const struct ct_certificate *cert, bool *ret,
                    struct ct_err *err)
{
    struct ct_completion *list;
    size_t n;
    int r;

    *ret = false;
    if (!rq->session)
        return CT_OK;
    r = ct_completion_list(rq->desk.db, rq->arena, rq->session->person, &list, &n, err);
    for (size_t i = 0; r == CT_OK && i < n; i++)
        *ret = *ret || ct_sv_eq(list[i].certificate, cert->code);
    return r;
}

/* As it was named on that day, with the mark of today. */
static json_t *discipline_of(const struct ct_request *rq, const struct ct_certificate *cert)
{
    json_t *model = ct_model_discipline(rq, cert->discipline);

    if (json_is_object(model) && cert->discipline_name.n)
        json_object_set_new(model, "name", ct_json_sv(cert->discipline_name));
    return model;
}

int ct_get_certificate(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_certificate cert;
    struct ct_sv code;
    json_t *model;
    bool owner;
    int r;

    if ((r = ct_certificate_get(rq->desk.db, rq->arena, rq->params[0], &cert, err)) < 0 ||
        (r = is_owner(rq, &cert, &owner, err)) < 0)
        return r;
    code = ct_certificate_dashed(rq->arena, cert.code);
    model =
        json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:b, s:n}", "title",
                  "Certificate of completion", "name", ct_json_sv(cert.name), "course_title",
                  ct_json_sv(cert.course_title), "discipline", discipline_of(rq, &cert), "issued",
                  ct_view_day(cert.issued_at), "hours",
                  ct_json_sv(ct_certificate_hours(rq->arena, cert.minutes)), "minutes", cert.minutes,
                  "revision", ct_view_revision(cert.revision), "code", ct_json_sv(code),
                  "verify_url", ct_json_sv(verify_url(rq, code)), "is_owner", owner, "pdf_href");
    ct_model_add_number(model, "has_score", "score", cert.score);
    return ct_page(rq, rs, "certificate", model, err);
}
