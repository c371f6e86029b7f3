/*
 * page_certificate.c: a certificate, for its owner and for whoever checks it. Nobody has to sign
 * in: the code is what one needs to know.
 *
 * Whoever guesses learns nothing: a code that nobody has, one that cannot be, and one of yesterday
 * are answered alike, by the same question to the database. Eighty random bits cannot be guessed at
 * any speed; who tries all the same is asked to wait, while true codes are answered to everybody.
 */
#include "certificate_priv.h"
#include "core_priv.h"
#include "view_priv.h"

#include "ct/text/qr.h"
#include "ct/text/url.h"
#include "ct/web/throttle.h"

#include "ct/base/banned.h"

/* The address as somebody types it who holds the paper. The dispatcher has checked the host. */
struct ct_sv ct_certificate_url(const struct ct_request *rq, struct ct_sv code)
{
    struct ct_sv path = ct_certificate_href(rq, code, CT_SV(""));

    return ct_arena_printf(rq->arena, "%.*s%.*s", CT_SV_ARG(ct_site_url(rq)), CT_SV_ARG(path));
}

struct ct_sv ct_certificate_href(const struct ct_request *rq, struct ct_sv code,
                                 struct ct_sv ending)
{
    struct ct_sv name = ct_certificate_dashed(rq->arena, code);

    return CT_URL(rq->arena, CT_SV("certificates"),
                  ct_arena_printf(rq->arena, "%.*s%.*s", CT_SV_ARG(name), CT_SV_ARG(ending)));
}

/* As it was named on that day, with the mark of today. */
static json_t *discipline_of(const struct ct_request *rq, const struct ct_certificate *cert)
{
    json_t *model = ct_model_discipline(rq, cert->discipline);

    if (json_is_object(model) && cert->discipline_name.n)
        json_object_set_new(model, "name", ct_json_sv(cert->discipline_name));
    return model;
}

void ct_model_add_worth(const struct ct_request *rq, json_t *model,
                        const struct ct_certificate *cert)
{
    enum ct_certificate_status s = ct_certificate_status(cert, ct_now(rq->desk.clock));

    json_object_set_new(model, "is_valid", json_boolean(s == CT_CERTIFICATE_VALID));
    json_object_set_new(model, "is_expired", json_boolean(s == CT_CERTIFICATE_EXPIRED));
    json_object_set_new(model, "is_superseded", json_boolean(s == CT_CERTIFICATE_SUPERSEDED));
    json_object_set_new(model, "is_revoked", json_boolean(s == CT_CERTIFICATE_REVOKED));
    json_object_set_new(model, "status", json_string(ct_certificate_status_name(s)));
    json_object_set_new(model, "issued", ct_view_date(cert->issued_on));
    json_object_set_new(model, "expires", ct_view_date(cert->expires_on));
    json_object_set_new(model, "revoked", ct_view_date(cert->revoked_on));
}

static json_t *newer_of(const struct ct_request *rq, const struct ct_certificate *cert)
{
    if (!cert->superseded_by.n)
        return json_null();
    return json_pack("{s:o, s:o, s:o}", "code",
                     ct_json_sv(ct_certificate_dashed(rq->arena, cert->superseded_by)), "href",
                     ct_json_sv(ct_certificate_href(rq, cert->superseded_by, CT_SV(""))), "issued",
                     ct_view_date(cert->superseded_on));
}

/* What only the holder and administrators are told: a former name, why it was revoked. */
static int add_private(const struct ct_request *rq, json_t *model,
                       const struct ct_certificate *cert, bool is_told, struct ct_err *err)
{
    json_t *names = json_array();
    struct ct_certificate_name *list = NULL;
    size_t n = 0;
    int r = CT_OK;

    if (is_told)
        r = ct_certificate_names(rq->desk.db, rq->arena, cert, &list, &n, err);
    for (size_t i = 0; r == CT_OK && i < n; i++)
        json_array_append_new(names, json_pack("{s:o, s:o}", "name", ct_json_sv(list[i].name),
                                               "until", ct_view_day(list[i].until)));
    json_object_set_new(model, "has_former_names", json_boolean(n > 0));
    json_object_set_new(model, "former_names", names);
    json_object_set_new(model, "revoke_reason",
                        is_told ? ct_view_text(cert->revoke_reason) : json_null());
    return r;
}

/* For the owner of one that ends: from when on the course can be passed again. */
static json_t *renewal_of(const struct ct_request *rq, const struct ct_certificate *cert,
                          bool is_owner)
{
    if (!is_owner || !cert->expires_on.year || cert->revoked_at || cert->superseded_by.n)
        return json_null();
    return json_pack("{s:o, s:b, s:o}", "from", ct_view_date(ct_certificate_window(cert)),
                     "is_open", ct_now(rq->desk.clock) >= cert->opens_at, "href",
                     ct_json_sv(CT_URL(rq->arena, CT_SV("courses"), cert->course)));
}

static int show(struct ct_request *rq, struct ct_response *rs, const struct ct_certificate *cert,
                struct ct_err *err)
{
    struct ct_sv code = ct_certificate_dashed(rq->arena, cert->code);
    struct ct_sv url = ct_certificate_url(rq, cert->code);
    bool is_owner = rq->session && rq->session->person == cert->person;
    bool is_admin = rq->session && (rq->session->roles & CT_ROLE_ADMIN);
    CT_AUTO_STR svg = CT_STR_INIT(1 << 18);
    CT_AUTO_JSON *model = NULL;
    struct ct_qr qr;
    int r = ct_qr_make(rq->arena, url, &qr, err);

    if (r < 0)
        return r;
    ct_qr_svg(&qr, CT_SV("QR code of the address below"), &svg);
    model = json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:o, s:i, s:o, s:o, s:o, s:o, s:b, s:b, s:o, s:o, s:o, s:o, "
        "s:o, "
        "s:o, s:o}",
        "title", "Certificate of completion", "training",
        ct_json_sv(ct_certificate_time(rq->arena, cert->minutes)), "name", ct_json_sv(cert->name),
        "course_title", ct_json_sv(cert->course_title), "discipline", discipline_of(rq, cert),
        "hours", ct_json_sv(ct_certificate_hours(rq->arena, cert->minutes)), "minutes",
        cert->minutes, "revision", ct_view_revision(cert->revision), "code", ct_json_sv(code),
        "verify_url", ct_json_sv(url), "qr_html", ct_json_sv(ct_str_sv(&svg)), "is_owner", is_owner,
        "is_admin", is_admin, "newer", newer_of(rq, cert), "renewal",
        renewal_of(rq, cert, is_owner), "pdf_href",
        cert->revoked_at ? json_null()
                         : ct_json_sv(ct_certificate_href(rq, cert->code, CT_SV(".pdf"))),
        "document_href",
        cert->revoked_at ? json_null()
                         : ct_json_sv(ct_certificate_href(rq, cert->code, CT_SV(".json"))),
        "revoke_action",
        !is_admin || cert->revoked_at
            ? json_null()
            : ct_json_sv(CT_URL(rq->arena, CT_SV("certificates"), code, CT_SV("revoke"))),
        "name_action",
        is_admin ? ct_json_sv(CT_URL(rq->arena, CT_SV("certificates"), code, CT_SV("name")))
                 : json_null(),
        "checked", ct_view_moment(ct_now(rq->desk.clock)));
    ct_model_add_number(model, "has_score", "score", cert->score);
    ct_model_add_worth(rq, model, cert);
    if ((r = add_private(rq, model, cert, is_owner || is_admin, err)) < 0 ||
        (r = ct_model_add_credit(rq, model, cert, is_owner, is_owner || is_admin, err)) < 0)
        return r;
    return ct_page(rq, rs, "certificate", json_incref(model), err);
}

/* A wrong code: the same for all, until there are too many. Who is signed in is known, and may. */
static int miss(struct ct_request *rq, struct ct_response *rs, const struct ct_err *wrong,
                struct ct_err *err)
{
    struct ct_err many = CT_ERR_INIT;
    int wait =
        rq->session ? 0 : ct_throttle_miss(rq->app->throttle, rq->remote, ct_now(rq->desk.clock));

    if (wait == 0)
        return ct_fail(err, CT_NOT_FOUND, wrong->what, "%s", wrong->text);
    ct_fail(&many, CT_DENIED, "code",
            "there were many wrong codes from your network; try again in %d seconds", wait);
    ct_answer_error(rq, rs, 429, &many);
    rs->retry_after = wait;
    return ct_answered(&many, err);
}

int ct_get_certificate(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_sv code = rq->params[0], ending = CT_SV("");
    struct ct_err wrong = CT_ERR_INIT;
    struct ct_certificate cert;
    int r;

    if (ct_sv_ends(code, CT_SV(".pdf")))
        ending = CT_SV(".pdf");
    else if (ct_sv_ends(code, CT_SV(".json")))
        ending = CT_SV(".json");
    code.n -= ending.n;
    r = ct_certificate_get(rq->desk.db, rq->arena, code, &cert, &wrong);
    if (r == CT_NOT_FOUND)
        return miss(rq, rs, &wrong, err);
    if (r < 0)
        return ct_fail(err, r, wrong.what, "%s", wrong.text);
    if ((r = ct_certificate_credit(rq->desk.db, rq->arena, &cert, ct_now(rq->desk.clock), err)) < 0)
        return r;
    if (ending.n)
        return ct_send_certificate(rq, rs, &cert, ct_sv_eq_c(ending, ".pdf"), err);
    return show(rq, rs, &cert, err);
}
