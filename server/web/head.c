/*
 * head.c: the head of a response as bytes. All security headers are set here, for all replies.
 */
#include "core_priv.h"

#include "ct/base/banned.h"

/* No inline script or style, nothing from elsewhere, no framing. form-action ends it, because a
 * page may name one more origin there. */
static const char policy[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'";
static const char security[] = "X-Content-Type-Options: nosniff\r\n"
                               "X-Frame-Options: DENY\r\n"
                               "Cross-Origin-Opener-Policy: same-origin\r\n"
                               "Cross-Origin-Resource-Policy: same-origin\r\n"
                               "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n";

static const char *reason(int status)
{
    static const struct {
        int status;
        const char *text;
    } reasons[] = {
        {200, "OK"},
        {206, "Partial Content"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {416, "Range Not Satisfiable"},
        {429, "Too Many Requests"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
    };

    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].status == status)
            return reasons[i].text;
    return "Unknown";
}

/* A value that came from outside must not end its line. */
static void add_header(struct ct_str *out, const char *name, struct ct_sv value)
{
    if (value.n == 0)
        return;
    ct_str_add_c(out, name);
    ct_str_add_c(out, ": ");
    for (size_t i = 0; i < value.n; i++)
        ct_str_add_char(out, (unsigned char)value.p[i] < 0x20 ? ' ' : value.p[i]);
    ct_str_add_c(out, "\r\n");
}

void ct_response_head(const struct ct_app *app, const struct ct_request *rq,
                      const struct ct_response *rs, size_t length, bool keep_alive,
                      struct ct_str *out)
{
    char date[CT_TIME_TEXT];

    ct_str_addf(out, "HTTP/1.1 %d %s\r\nDate: %s\r\n", rs->status, reason(rs->status),
                ct_time_http(ct_now(app->cfg.clock), date));
    ct_str_add_c(out, policy);
    if (rs->form_origin.n) /* ct_url_is_https has looked at what it is made of */
        ct_str_addf(out, " %.*s", CT_SV_ARG(rs->form_origin));
    ct_str_add_c(out, rs->hides_referrer ? "\r\nReferrer-Policy: no-referrer\r\n"
                                         : "\r\nReferrer-Policy: same-origin\r\n");
    ct_str_add_c(out, security);
    if (rq->secure)
        ct_str_add_c(out, "Strict-Transport-Security: max-age=31536000\r\n");
    add_header(out, "Content-Type", ct_sv_c(rs->content_type));
    add_header(out, "Cache-Control", ct_sv_c(rs->cache ? rs->cache : "no-store"));
    add_header(out, "Location", rs->location);
    add_header(out, "ETag", rs->etag);
    add_header(out, "Allow", rs->allow);
    add_header(out, "WWW-Authenticate", rs->challenge);
    add_header(out, "Content-Disposition", rs->disposition);
    add_header(out, "Content-Range", rs->content_range);
    if (rs->retry_after)
        ct_str_addf(out, "Retry-After: %d\r\n", rs->retry_after);
    if (rs->file)
        add_header(out, "Accept-Ranges", CT_SV("bytes"));
    if (rs->content_type && !rs->borrowed.p && !rs->file && rs->fd == 0)
        add_header(out, "Vary", CT_SV("Accept, Authorization, Cookie"));
    for (size_t i = 0; i < rs->n_cookies; i++)
        add_header(out, "Set-Cookie", rs->set_cookie[i]);
    if (length == CT_LENGTH_UNKNOWN && !rq->head)
        add_header(out, "Transfer-Encoding", CT_SV("chunked"));
    else if (rs->status != 304 && length != CT_LENGTH_UNKNOWN)
        ct_str_addf(out, "Content-Length: %zu\r\n", length);
    /* A client that reuses a connection in the very moment it is closed here loses its request. The
     * half of what is kept is announced (server.c: two seconds), so that none tries. */
    ct_str_add_c(out, keep_alive ? "Connection: keep-alive\r\nKeep-Alive: timeout=1\r\n\r\n"
                                 : "Connection: close\r\n\r\n");
}
