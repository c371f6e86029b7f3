/*
 * body.c: a posted body becomes fields and files: a form, the members of a JSON object, or, where
 * the route takes files, a multipart form. One set of rows serves all three.
 */
#include "core_priv.h"

#include "ct/base/limits.h"

#include "ct/base/banned.h"

enum { BUSY_SECONDS = 5 }; /* after which to try again */

size_t ct_body_max(const struct ct_route *route, bool json)
{
    size_t max = route->body_max ? route->body_max : CT_FORM_MAX;

    if (json && ct_route_takes_files(route) && max > CT_SOURCE_FORM_MAX)
        return CT_SOURCE_FORM_MAX; /* what is parsed whole; files go the other way */
    return json && max < CT_JSON_MAX ? CT_JSON_MAX : max;
}

static int json_value(struct ct_request *rq, const char *key, const json_t *v, struct ct_sv *ret,
                      struct ct_err *err)
{
    if (json_is_string(v))
        *ret = ct_arena_dup(rq->arena, ct_sv_n(json_string_value(v), json_string_length(v)));
    else if (json_is_integer(v))
        *ret = ct_arena_printf(rq->arena, "%lld", (long long)json_integer_value(v));
    else if (json_is_boolean(v))
        *ret = json_is_true(v) ? CT_SV("1") : CT_SV("0");
    else
        return ct_fail(err, CT_BAD_INPUT, key, "a text or a whole number is wanted");
    return CT_OK;
}

static int json_form(struct ct_request *rq, size_t max, struct ct_err *err)
{
    CT_AUTO_JSON *body = NULL;
    const char *key;
    json_t *value;
    size_t cap = 0;
    int r = ct_json_parse(rq->body, max, &body, err);

    if (r < 0)
        return r;
    if (!json_is_object(body))
        return ct_fail(err, CT_BAD_INPUT, "body", "a JSON object is wanted");
    json_object_foreach(body, key, value)
    {
        size_t n = json_is_array(value) ? json_array_size(value) : 1;
        for (size_t i = 0; i < n; i++) {
            const json_t *v = json_is_array(value) ? json_array_get(value, i) : value;
            struct ct_form_field field = {ct_arena_dup(rq->arena, ct_sv_c(key)), CT_SV_NULL};
            if ((r = json_value(rq, key, v, &field.value, err)) < 0)
                return r;
            CT_ARENA_PUSH(rq->arena, rq->form.fields, rq->form.n, cap, field);
        }
    }
    return CT_OK;
}

/* Files stay where they are in the body; ordinary parts are held to what a form's fields are. */
static int multipart_form(struct ct_request *rq, struct ct_err *err)
{
    struct ct_part *parts, *files;
    size_t n, cap = 0, n_files = 0;
    int r = ct_multipart_parse(rq->arena, rq->content_type, rq->body, &parts, &n, err);

    if (r < 0)
        return r;
    files = ct_arena_array(rq->arena, struct ct_part, n);
    for (size_t i = 0; i < n; i++) {
        struct ct_form_field field = {ct_arena_dup(rq->arena, parts[i].name),
                                      ct_arena_dup(rq->arena, parts[i].bytes)};
        if (parts[i].file_name.p) {
            files[n_files++] = parts[i];
            continue;
        }
        if (!ct_sv_utf8(field.name) || !ct_sv_utf8(field.value))
            return ct_fail(err, CT_BAD_INPUT, "form", "bytes that are no text in a form field");
        CT_ARENA_PUSH(rq->arena, rq->form.fields, rq->form.n, cap, field);
    }
    rq->files = files;
    rq->n_files = n_files;
    return CT_OK;
}

static int wrong_type(int *ret_http, struct ct_err *err)
{
    *ret_http = 415;
    return ct_fail(err, CT_BAD_INPUT, "Content-Type", "a form or JSON is wanted");
}

int ct_body_read(struct ct_request *rq, struct ct_response *rs, int *ret_http, struct ct_err *err)
{
    bool json = ct_sv_starts(rq->content_type, CT_SV("application/json"));
    size_t max = ct_body_max(rq->route, json);

    rq->files = NULL;
    rq->n_files = 0;
    if (rq->body_busy) {
        *ret_http = 503;
        rs->retry_after = BUSY_SECONDS;
        return ct_fail(err, CT_INTERNAL, "body", "too many large bodies at once");
    }
    if (rq->body_no_room) {
        *ret_http = 507;
        return ct_fail(err, CT_INTERNAL, "disk", "no room for the body");
    }
    if (rq->body_too_big || rq->body.n > max)
        return ct_fail(err, CT_TOO_BIG, "body", "over the limit of this form");
    if (json)
        return json_form(rq, max, err);
    if (rq->body.n == 0)
        return CT_OK;
    if (ct_sv_starts(rq->content_type, CT_SV("multipart/form-data")))
        return ct_route_takes_files(rq->route) ? multipart_form(rq, err)
                                               : wrong_type(ret_http, err);
    if (!ct_sv_starts(rq->content_type, CT_SV("application/x-www-form-urlencoded")))
        return wrong_type(ret_http, err);
    return ct_form_parse(rq->arena, rq->body, &rq->form, err);
}
