/*
 * answer.c: the one place where a failure becomes an answer.
 *
 * People see what they can do about it: the field for bad input, a sentence for a conflict. The
 * text of an internal fault stays in the log.
 */
#include "core_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

static const struct {
    int http;
    const char *title, *flag;
} answers[] = {
    {400, "Something that was sent was not right", "is_bad_input"},
    {401, "Please sign in first", "is_sign_in_needed"},
    {403, "This page is not open to you", "is_denied"},
    {404, "There is no such page", "is_not_found"},
    {405, "This address cannot be used like that", "is_wrong_method"},
    {408, "Something that was sent was not right", "is_bad_input"},
    {409, "This has changed in the meantime", "is_conflict"},
    {413, "That was too long", "is_too_big"},
    {415, "Something that was sent was not right", "is_bad_input"},
    {429, "Please try again later", "is_busy"},
    {500, "Something went wrong on our side", "is_fault"},
    {501, "This address cannot be used like that", "is_wrong_method"},
    {503, "Please try again in a moment", "is_busy"},
    {507, "There is no room left on the server’s disk", "is_full"},
};
enum { N_ANSWERS = sizeof answers / sizeof answers[0], FAULT = 10 /* 500 */ };

static const char *const flags[] = {
    "is_bad_input",    "is_sign_in_needed", "is_denied",  "is_not_found",
    "is_wrong_method", "is_conflict",       "is_too_big", "is_busy",
    "is_fault",        "is_notice",         "is_full"};

int ct_status_http(int code)
{
    switch ((enum ct_status)code) {
    case CT_OK:
        return 200;
    case CT_BAD_INPUT:
        return 400;
    case CT_NOT_FOUND:
        return 404;
    case CT_DENIED:
        return 403;
    case CT_CONFLICT:
        return 409;
    case CT_TOO_BIG:
        return 413;
    case CT_INTERNAL:
        return 500;
    }
    return 500;
}

static json_t *text_or_null(const char *text)
{
    return text && *text ? ct_json_sv(ct_sv_c(text)) : json_null();
}

/* What low layers say begins small and has no full stop, so that it can stand in a log. */
static json_t *sentence(struct ct_arena *a, const char *text)
{
    char *s;

    if (!*text)
        return json_null();
    s = ct_arena_cstr(a, ct_arena_printf(a, "%s.", text));
    if (s[0] >= 'a' && s[0] <= 'z')
        s[0] = (char)(s[0] - 'a' + 'A');
    return ct_json_sv(ct_sv_c(s));
}

/* The page that a form stood on: its own address where that can be read, else the one above it. */
static json_t *form_page(struct ct_request *rq)
{
    struct ct_sv params[CT_PARAMS_MAX], allow, above = rq->path;
    const struct ct_route *route;

    if (rq->verb != CT_POST)
        return json_null();
    if (ct_route_find(ct_routes, ct_n_routes, rq->arena, CT_GET, rq->path, &route, params, &allow,
                      NULL) == CT_OK)
        return ct_json_sv(rq->path);
    while (above.n > 0 && above.p[above.n - 1] != '/')
        above.n--;
    return above.n > 1 ? ct_json_sv(ct_sv_sub(above, 0, above.n - 1)) : json_null();
}

struct ct_sv ct_sign_in_url(struct ct_request *rq)
{
    CT_AUTO_STR url = CT_STR_INIT((size_t)4 * CT_URL_MAX);
    bool first = true;

    ct_str_add_c(&url, "/sign-in");
    if (rq->verb == CT_GET && rq->path.n > 1)
        ct_url_add_query(&url, &first, CT_SV("next"), rq->target);
    return ct_arena_dup(rq->arena, ct_str_sv(&url));
}

struct ct_sv ct_site_url(const struct ct_request *rq)
{
    bool secure = rq->secure || rq->app->cfg.secure_cookies;

    if (!rq->host.n) /* a client of before HTTP/1.1 */
        return CT_SV("");
    return ct_arena_printf(rq->arena, "%s%.*s", secure ? "https://" : "http://",
                           CT_SV_ARG(rq->host));
}

/* The field that is to be mended. What a program asked for and may not see is one of its own, too;
 * people read that in the sentence. */
static const char *field_of(const struct ct_request *rq, int http, const struct ct_err *err)
{
    bool is_asked = http == 400;

    for (const struct ct_field *f = rq->route ? rq->route->input : NULL; f && f->name; f++)
        is_asked |= http == 403 && rq->wants_json && strcmp(f->name, err->what) == 0;
    return is_asked && err->what[0] ? err->what : NULL;
}

static json_t *model_of(struct ct_request *rq, int http, size_t which, const struct ct_err *err)
{
    bool telling = http < 500 && http != 404 && http != 405;
    const char *field = field_of(rq, http, err);
    json_t *model = json_pack(
        "{s:s, s:i, s:o, s:o, s:o, s:o, s:o}", "title", answers[which].title, "status", http,
        "detail", telling ? sentence(rq->arena, err->text) : json_null(), "field",
        text_or_null(field), "back_href", http == 404 ? json_null() : form_page(rq), "sign_in_href",
        http == 401 ? ct_json_sv(ct_sign_in_url(rq)) : json_null(), "reference",
        http >= 500 ? ct_json_sv(ct_arena_printf(rq->arena, "%llu", (unsigned long long)rq->id))
                    : json_null());

    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        json_object_set_new(model, flags[i],
                            json_boolean(strcmp(flags[i], answers[which].flag) == 0));
    return model;
}

void ct_answer_clear(struct ct_response *rs)
{
    ct_str_reset(&rs->body);
    rs->borrowed = CT_SV_NULL;
    rs->file = NULL;
    ct_response_drop_file(rs);
    rs->stream.run = NULL;
    rs->etag = CT_SV_NULL;
    rs->cache = NULL;
    rs->form_origin = CT_SV_NULL;
    rs->hides_referrer = false;
    rs->disposition = CT_SV_NULL;
    rs->content_type = "text/html; charset=utf-8";
}

void ct_answer_error(struct ct_request *rq, struct ct_response *rs, int http,
                     const struct ct_err *err)
{
    struct ct_err inner = CT_ERR_INIT;
    size_t which = 0;

    if (http == 0 && err->code == CT_INTERNAL && strcmp(err->what, "disk") == 0)
        http = 507;
    if (http == 0)
        http = ct_status_http(err->code);
    while (which < N_ANSWERS && answers[which].http != http)
        which++;
    if (which == N_ANSWERS) /* one without words of its own is said as its kind */
        which = http < 500 ? 0 : FAULT;
    ct_answer_clear(rs);
    rs->status = answers[which].http;
    if (ct_page(rq, rs, "message", model_of(rq, rs->status, which, err), &inner) == CT_OK)
        return;
    ct_str_reset(&rs->body); /* the template itself failed */
    rs->content_type = "text/plain; charset=utf-8";
    ct_str_addf(&rs->body, "%d %s\n", rs->status, answers[which].title);
}
