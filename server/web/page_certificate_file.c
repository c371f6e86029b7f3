/*
 * page_certificate_file.c: a certificate to take away: the signed document, the PDF that carries
 * it; and the public keys by which both are confirmed.
 *
 * The key is read from its file each time: it is asked for rarely, and a rotation counts at once.
 */
#include "certificate_priv.h"

#include "ct/learn/certificate_paper.h"
#include "ct/text/pdf_page.h"

#include "ct/base/banned.h"

static int load_keys(const struct ct_request *rq, struct ct_certificate_keys *ret,
                     struct ct_err *err)
{
    struct ct_err why = CT_ERR_INIT;
    int r;

    if (!rq->app->cfg.certificate_key)
        return ct_fail(err, CT_NOT_FOUND, "key", "this server signs nothing");
    r = ct_certificate_keys_load(rq->arena, rq->app->cfg.certificate_key, rq->desk.clock, ret,
                                 &why);
    /* Whatever is wrong with the file is not the visitor's, who is not told where it is. */
    return r < 0 ? ct_fail(err, CT_INTERNAL, why.what, "%s", why.text) : CT_OK;
}

/* The curriculum's title up to its tagline, as the head of every page has it. */
static struct ct_sv issuer_of(const struct ct_request *rq)
{
    return ct_sv_sub(rq->cat->title, 0, ct_sv_search(rq->cat->title, CT_SV(": ")));
}

int ct_send_certificate(struct ct_request *rq, struct ct_response *rs,
                        const struct ct_certificate *cert, bool is_pdf, struct ct_err *err)
{
    CT_AUTO_STR document = CT_STR_INIT(CT_CERTIFICATE_DOCUMENT_MAX);
    CT_AUTO_KEYS keys = {.n = 0};
    struct ct_sv issuer = issuer_of(rq);
    int r;

    if ((r = load_keys(rq, &keys, err)) < 0 ||
        (r = ct_certificate_document(cert, issuer, &keys, &document, err)) < 0)
        return r;
    rs->disposition = ct_arena_printf(rq->arena, "attachment; filename=\"certificate-%.*s.%s\"",
                                      CT_SV_ARG(ct_certificate_dashed(rq->arena, cert->code)),
                                      is_pdf ? "pdf" : "json");
    if (!is_pdf) {
        rs->content_type = "application/json";
        ct_str_add_sv(&rs->body, ct_str_sv(&document));
        return CT_OK;
    }
    rs->content_type = "application/pdf";
    return ct_certificate_pdf(rq->arena, cert, issuer, ct_certificate_url(rq, cert->code),
                              rq->cat->lang, ct_str_sv(&document), &rs->body, err);
}

static json_t *day_of(struct ct_arena *a, struct ct_date d)
{
    return d.year ? ct_json_sv(ct_arena_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day))
                  : json_null();
}

int ct_get_certificate_key(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    CT_AUTO_KEYS keys = {.n = 0};
    int r = load_keys(rq, &keys, err);

    if (r < 0)
        return r;
    if (!rq->wants_json) {
        rs->content_type = "text/plain; charset=utf-8";
        ct_str_add_sv(&rs->body, ct_certificate_keys_text(rq->arena, &keys));
        return CT_OK;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < keys.n; i++)
        json_array_append_new(list, json_pack("{s:s, s:o, s:o}", "public_key", keys.list[i].text,
                                              "since", day_of(rq->arena, keys.list[i].since),
                                              "until", day_of(rq->arena, keys.list[i].until)));
    CT_AUTO_JSON *answer = json_pack("{s:s, s:o}", "algorithm", "Ed25519", "keys", list);
    rs->content_type = "application/json";
    ct_json_write(&rs->body, answer);
    return CT_OK;
}
