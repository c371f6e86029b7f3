/*
 * page_certificate_credit.c: the credit that a certificate bears, how it was reissued, and what its
 * holder attests for it.
 */
#include "certificate_priv.h"
#include "done_priv.h"
#include "view_priv.h"

#include "ct/text/url.h"

#include "ct/base/banned.h"

const struct ct_field ct_attest_form[] = {
    {"type", CT_FIELD_SLUG, offsetof(struct ct_attest_input, type), true, 1, CT_CREDIT_TYPE_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

struct ct_sv ct_title_of_course(const struct ct_request *rq, struct ct_sv slug)
{
    const struct ct_course *course = ct_catalogue_course(rq->cat, slug);

    return course ? course->title : slug;
}

static json_t *lines_of(const struct ct_request *rq, const struct ct_credit *list, size_t n)
{
    json_t *models = json_array();

    for (size_t i = 0; i < n; i++) {
        const struct ct_credit *c = &list[i];
        json_array_append_new(
            models,
            json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i}", "credit_type",
                      ct_json_sv(c->type), "credit_title", ct_json_sv(c->rule->title),
                      "credit_hours", ct_json_sv(ct_credit_hours(rq->arena, c->hundredths)), "time",
                      ct_json_sv(ct_credit_time(rq->arena, c->hundredths)), "approval_body",
                      ct_view_text(c->body), "approval_no", ct_view_text(c->number),
                      "approval_state", ct_view_text(c->approval ? c->approval->state : CT_SV_NULL),
                      "line", ct_json_sv(ct_credit_line(rq->arena, c)), "credit_year", c->year));
    }
    return models;
}

json_t *ct_model_attestations(const struct ct_request *rq, const struct ct_credit *asked, size_t n)
{
    json_t *models = json_array();

    for (size_t i = 0; i < n; i++) {
        const struct ct_credit *c = &asked[i];
        bool is_first = true;
        /* Several bodies may wait for the same attestation. */
        for (size_t k = 0; k < i; k++)
            is_first = is_first &&
                       !(asked[k].completion == c->completion && ct_sv_eq(asked[k].type, c->type));
        if (!is_first || c->why != CT_CREDIT_NOT_ATTESTED || !c->certificate.n)
            continue;
        json_array_append_new(
            models, json_pack("{s:o, s:o, s:o, s:o, s:o}", "type", ct_json_sv(c->type), "line",
                              ct_json_sv(ct_credit_line(rq->arena, c)), "text",
                              ct_json_sv(c->rule->attestation), "course_title",
                              ct_json_sv(ct_title_of_course(rq, c->course)), "action",
                              ct_json_sv(CT_URL(rq->arena, CT_SV("certificates"),
                                                ct_certificate_dashed(rq->arena, c->certificate),
                                                CT_SV("attest")))));
    }
    return models;
}

static json_t *refused_of(const struct ct_certificate *cert)
{
    json_t *models = json_array();

    for (size_t i = 0; i < cert->n_refused; i++)
        json_array_append_new(models,
                              json_pack("{s:o, s:o, s:o}", "credit_title",
                                        ct_json_sv(cert->refused[i].rule->title), "approval_body",
                                        ct_view_text(cert->refused[i].body), "reason",
                                        ct_json_sv(cert->refused[i].why_text)));
    return models;
}

static int issues_of(const struct ct_request *rq, const struct ct_certificate *cert, json_t **ret,
                     struct ct_err *err)
{
    struct ct_certificate_issue *list;
    json_t *models;
    size_t n;
    int r =
        ct_certificate_issues(rq->desk.db, rq->arena, cert, ct_now(rq->desk.clock), &list, &n, err);

    if (r < 0)
        return r;
    models = json_array();
    for (size_t i = 0; i < n && n > 1; i++)
        json_array_append_new(models,
                              json_pack("{s:o, s:b, s:b, s:b, s:o}", "issued",
                                        ct_view_moment(list[i].at), "is_now", i == 0, "is_first",
                                        i + 1 == n, "has_credit", list[i].n_credit > 0, "credit",
                                        lines_of(rq, list[i].credit, list[i].n_credit)));
    *ret = models;
    return CT_OK;
}

int ct_model_add_credit(const struct ct_request *rq, json_t *model,
                        const struct ct_certificate *cert, bool is_owner, bool is_told,
                        struct ct_err *err)
{
    json_t *issues = NULL;
    int r = CT_OK;

    if (!is_told)
        issues = json_array();
    else if ((r = issues_of(rq, cert, &issues, err)) < 0)
        return r;
    json_t *asks = ct_model_attestations(rq, cert->asked, is_owner ? cert->n_asked : 0);
    json_object_set_new(model, "has_credit", json_boolean(cert->n_credit > 0));
    json_object_set_new(model, "times",
                        ct_view_text(cert->n_credit ? ct_credit_times() : CT_SV_NULL));
    json_object_set_new(model, "credit", lines_of(rq, cert->credit, cert->n_credit));
    json_object_set_new(model, "reissued", ct_view_date(cert->reissued_on));
    json_object_set_new(model, "has_issues", json_boolean(json_array_size(issues) > 0));
    json_object_set_new(model, "issues", issues);
    json_object_set_new(model, "has_refused", json_boolean(is_told && cert->n_refused > 0));
    json_object_set_new(model, "refused", is_told ? refused_of(cert) : json_array());
    json_object_set_new(model, "has_asks", json_boolean(json_array_size(asks) > 0));
    json_object_set_new(model, "asks", asks);
    return r;
}

/* For the holder alone: to others there is nothing at this address. */
int ct_post_attest(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_attest_input *in = rq->input;
    struct ct_certificate cert;
    int r;

    if ((r = ct_certificate_get(rq->desk.db, rq->arena, rq->params[0], &cert, err)) < 0)
        return r;
    if (cert.person != rq->desk.who.person)
        return ct_fail(err, CT_NOT_FOUND, "code", "this certificate is not yours");
    if ((r = ct_credit_attest(rq->desk.store, rq->desk.clock, cert.person, cert.completion,
                              in->type, NULL, err)) < 0)
        return r;
    return ct_done(rq, rs, CT_DONE_ATTESTED, ct_certificate_href(rq, cert.code, CT_SV("")));
}
