/*
 * core_priv.h: what the files of the dispatcher share.
 */
#ifndef CT_WEB_CORE_PRIV_H
#define CT_WEB_CORE_PRIV_H

#include "ct/web/app.h"

#define CT_SESSION_COOKIE "ct_session"
#define CT_VISITOR_COOKIE "ct_visitor" /* binds the form token of who is not signed in */

/* The value of a cookie; the null view if it was not sent. */
struct ct_sv ct_cookie_get(struct ct_sv header, const char *name);

/* Adds a Set-Cookie: HttpOnly, SameSite=Lax, Path=/, Secure as configured. max_age in seconds; 0
 * deletes, negative: for as long as the browser runs. */
void ct_cookie_set(struct ct_request *rq, struct ct_response *rs, const char *name,
                   struct ct_sv value, int64_t max_age);

/* The token of the session's cookie; the null view if there is none. */
struct ct_sv ct_session_token(const struct ct_request *rq);
void ct_set_session_cookie(struct ct_request *rq, struct ct_response *rs, struct ct_sv token);
void ct_clear_session_cookie(struct ct_request *rq, struct ct_response *rs);

/* Takes back what a handler has begun to answer. */
void ct_answer_clear(struct ct_response *rs);

/* Turns a failure into an answer: the page or JSON that says what went wrong. `http` 0: by the
 * code. */
void ct_answer_error(struct ct_request *rq, struct ct_response *rs, int http,
                     const struct ct_err *err);

/* Where this request reached the site: "https://host"; "" from who does not say. The dispatcher has
 * looked at the host. In the request's arena. */
struct ct_sv ct_site_url(const struct ct_request *rq);

/* Lets go of an open file that is not to be sent. */
void ct_response_drop_file(struct ct_response *rs);

/* Where to sign in so that one comes back to the page that was asked for. In the request's arena.
 */
struct ct_sv ct_sign_in_url(struct ct_request *rq);

/* body.c: the fields and files of a posted body. CT_OK; a failure, with *ret_http where its code
 * does not say which. */
int ct_body_read(struct ct_request *rq, struct ct_response *rs, int *ret_http, struct ct_err *err);

/* Bytes that a route takes, as JSON or as a form. */
size_t ct_body_max(const struct ct_route *route, bool json);

/* bearer.c: the token of an Authorization header; false for none, or another scheme. */
bool ct_bearer_get(struct ct_sv header, struct ct_sv *ret);

/* For a program, whose token it is, if the route takes it: rq->session. CT_OK; else what to answer,
 * with *ret_http where the code does not say which, and the challenge in *rs. */
int ct_bearer_open(struct ct_request *rq, struct ct_response *rs, int *ret_http,
                   struct ct_err *err);

/* Says with a 401 of a route that takes tokens that it does. */
void ct_bearer_challenge(const struct ct_request *rq, struct ct_response *rs);

/* The HTTP status of a failure's code. */
int ct_status_http(int code);

/* "image/png" by a file's ending; NULL for what is not to be sent. */
const char *ct_media_type(struct ct_sv name);

/* The static files, read into the app's arena. */
int ct_assets_load(struct ct_app *app, struct ct_err *err);

#endif
