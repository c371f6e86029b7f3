/*
 * app.c: from a request to a response: everything that has to be true before a handler runs.
 */
#include "core_priv.h"
#include "filters_priv.h"
#include "pages_priv.h"

#include "ct/base/limits.h"
#include "ct/text/url.h"
#include "ct/web/files.h"
#include "ct/web/throttle.h"
#include "ct/web/view.h"

#include <stdlib.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum { STEPS_BETWEEN = 10000 }; /* of the database, between two looks whether to give up */
enum { DESKS = 2 }; /* fewer than there are readers: those that are left are the learners' */

int ct_app_open(const struct ct_app_config *cfg, struct ct_app **ret, struct ct_err *err)
{
    struct ct_app *app = calloc(1, sizeof *app);
    int r;

    if (!app)
        return ct_fail(err, CT_INTERNAL, "memory", "out of memory");
    app->cfg = *cfg;
    app->templates = ct_templates_new();
    app->metrics = calloc(1, sizeof *app->metrics);
    app->next_id = calloc(1, sizeof *app->next_id);
    app->started_at = ct_now(cfg->clock);
    app->routes = cfg->preview ? ct_preview_routes : ct_routes;
    app->n_routes = cfg->preview ? ct_n_preview_routes : ct_n_routes;
    app->drawings = ct_drawings_new();
    app->throttle = ct_throttle_new();
    app->files = cfg->files_dir ? ct_files_new(cfg->files_dir) : NULL;
    app->desks = malloc(sizeof *app->desks);
    if (app->desks)
        sem_init(app->desks, 0, DESKS);
    app->alone = malloc(sizeof *app->alone);
    if (app->alone)
        sem_init(app->alone, 0, 1);
    app->sessions = calloc(1, sizeof *app->sessions);
    if (app->sessions)
        ct_sessions_init(app->sessions, cfg->store, cfg->clock);
    if (!app->metrics || !app->next_id || !app->sessions || !app->drawings || !app->throttle ||
        !app->desks || !app->alone || (cfg->files_dir && !app->files))
        r = ct_fail(err, CT_INTERNAL, "memory", "out of memory");
    else if ((r = ct_templates_load(app->templates, cfg->templates_dir, err)) == CT_OK)
        r = ct_assets_load(app, err);
    if (r < 0) {
        ct_app_close(app);
        return r;
    }
    *ret = app;
    return CT_OK;
}

void ct_app_close(struct ct_app *app)
{
    if (!app)
        return;
    ct_templates_free(app->templates);
    ct_arena_release(&app->arena);
    ct_drawings_free(app->drawings);
    ct_throttle_free(app->throttle);
    ct_files_free(app->files);
    if (app->desks)
        sem_destroy(app->desks);
    free(app->desks);
    if (app->alone)
        sem_destroy(app->alone);
    free(app->alone);
    free(app->metrics);
    free(app->next_id);
    free(app->sessions);
    free(app);
}

void ct_worker_init(struct ct_worker *w, const struct ct_app *app, size_t slot)
{
    *w = (struct ct_worker){.app = app, .slot = slot};
    ct_str_init(&w->response.body, CT_REPORT_MAX);
}

void ct_response_drop_file(struct ct_response *rs)
{
    if (rs->fd > 0)
        close(rs->fd);
    rs->fd = 0;
}

void ct_worker_release(struct ct_worker *w)
{
    ct_app_sent(w);
    ct_response_drop_file(&w->response);
    ct_str_release(&w->response.body);
    ct_arena_release(&w->arena);
}

static bool known_method(struct ct_sv m)
{
    static const char *const methods[] = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"};

    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (ct_sv_eq_c(m, methods[i]))
            return true;
    return false;
}

static bool host_is_fine(const struct ct_request *rq)
{
    if (rq->n_hosts == 0) /* allowed before HTTP/1.1 (RFC 9112, 3.2) */
        return ct_sv_eq_c(rq->http_version, "1.0");
    if (rq->n_hosts > 1 || rq->host.n == 0 || rq->host.n > 255)
        return false;
    for (size_t i = 0; i < rq->host.n; i++) {
        char c = rq->host.p[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                    c == '.' || c == '-' || c == ':' || c == '[' || c == ']' || c == '_';
        if (!fine)
            return false;
    }
    return true;
}

/* Which of two media types stands first in Accept, well enough for browsers and scripts. */
static bool prefers(struct ct_sv accept, const char *type)
{
    size_t wanted = ct_sv_search(accept, ct_sv_c(type));
    size_t html = ct_sv_search(accept, CT_SV("text/html"));

    return wanted != SIZE_MAX && (html == SIZE_MAX || wanted < html);
}

/* Each step of the way to a handler returns CT_OK to go on; otherwise the error is the answer, with
 * *http where the code alone does not say which. */
struct journey {
    struct ct_request *rq;
    struct ct_response *rs;
    int http;
    struct ct_reader reader;
    bool at_desk;     /* one of the desks is ours until the end */
    bool is_alone;    /* the one place of app->alone is */
    bool is_admitted; /* the reader has the rights that the route needs */
    bool has_desk;
    const struct ct_session *given; /* in whose name a file is made; NULL: ask the request */
};

static int stop(struct journey *j, int http, enum ct_status code, const char *what,
                const char *text, struct ct_err *err)
{
    j->http = http;
    return ct_fail(err, code, what, "%s", text);
}

/* A page elsewhere may give a name of its own the address 127.0.0.1 and so read what a browser on
 * this machine can reach ("DNS rebinding"). It cannot change the name that the browser sends. */
static bool host_is_this_machine(struct ct_sv host)
{
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct ct_sv name = ct_sv_c(names[i]), port = ct_sv_sub(host, name.n, SIZE_MAX);
        int64_t number;
        if (ct_sv_ieq(ct_sv_sub(host, 0, name.n), name) &&
            (port.n == 0 || (port.p[0] == ':' && ct_sv_i64(ct_sv_sub(port, 1, SIZE_MAX), &number))))
            return true;
    }
    return false;
}

static int read_head(struct journey *j, struct ct_err *err)
{
    struct ct_request *rq = j->rq;
    size_t mark = ct_sv_find(rq->target, '?');

    if (rq->broken == 408)
        return stop(j, 408, CT_BAD_INPUT, "request",
                    "what was sent did not arrive in time; please send it again", err);
    if (rq->broken)
        return stop(j, rq->broken, CT_BAD_INPUT, "request", "not a request that can be read", err);
    rq->path = mark == SIZE_MAX ? rq->target : ct_sv_sub(rq->target, 0, mark);
    rq->wants_json =
        prefers(rq->accept, "application/json") || ct_sv_ends(rq->path, CT_SV(".json"));
    rq->wants_csv = prefers(rq->accept, "text/csv") || ct_sv_ends(rq->path, CT_SV(".csv"));
    rq->wants_xlsx = ct_sv_ends(rq->path, CT_SV(".xlsx"));
    rq->head = ct_sv_eq_c(rq->method, "HEAD");
    rq->verb = rq->head || ct_sv_eq_c(rq->method, "GET") ? CT_GET
               : ct_sv_eq_c(rq->method, "POST")          ? CT_POST
                                                         : CT_OTHER_METHOD;
    if (rq->verb == CT_OTHER_METHOD && !known_method(rq->method))
        return stop(j, 501, CT_BAD_INPUT, "method", "not a method that is known here", err);
    if (!host_is_fine(rq))
        return stop(j, 400, CT_BAD_INPUT, "Host", "exactly one well-formed Host is needed", err);
    if (rq->app->cfg.preview && !host_is_this_machine(rq->host))
        return stop(j, 403, CT_DENIED, "Host", "a preview is for this machine alone", err);
    if (rq->path.n == 0 || rq->path.p[0] != '/' || rq->target.n > CT_URL_MAX)
        return stop(j, 400, CT_BAD_INPUT, "path", "not an address of this site", err);
    if (mark != SIZE_MAX)
        return ct_form_parse(rq->arena, ct_sv_sub(rq->target, mark + 1, SIZE_MAX), &rq->query, err);
    return CT_OK;
}

static int find_route(struct journey *j, struct ct_err *err)
{
    struct ct_request *rq = j->rq;
    int r = ct_route_find(rq->app->routes, rq->app->n_routes, rq->arena, rq->verb, rq->path,
                          &rq->route, rq->params, &j->rs->allow, err);

    if (r == CT_DENIED)
        j->http = 405;
    return r;
}

/* Who asks, and the token that their forms carry. A visitor's token is bound to a cookie of its
 * own. */
static void find_person(struct journey *j)
{
    struct ct_request *rq = j->rq;
    struct ct_sv token = ct_session_token(rq);
    struct ct_sv visitor = ct_cookie_get(rq->cookie, CT_VISITOR_COOKIE), bearer;

    if (j->given) {
        rq->session = j->given;
        rq->csrf = "";
        return;
    }
    if (ct_bearer_get(rq->authorization, &bearer)) { /* looked at when its route is known */
        rq->is_program = true;
        rq->csrf = "";
        return;
    }
    if (token.n)
        rq->session = ct_session_find(rq->app->sessions, &rq->worker->sessions, token);
    if (rq->session) {
        rq->csrf = rq->session->csrf;
        return;
    }
    if (visitor.n != CT_TOKEN_TEXT) {
        char fresh[CT_TOKEN_TEXT + 1];
        visitor = ct_arena_dup(rq->arena, ct_sv_c(ct_random_token(fresh)));
        ct_cookie_set(rq, j->rs, CT_VISITOR_COOKIE, visitor, -1);
    }
    rq->csrf = ct_csrf_of(visitor, rq->csrf_buf);
}

static int check_rights(struct journey *j, struct ct_err *err)
{
    struct ct_request *rq = j->rq;
    unsigned needs = rq->route->needs;
    unsigned roles = rq->session ? rq->session->roles : 0;

    if (!(needs & (CT_NEEDS_LEARNER | CT_NEEDS_MANAGER | CT_NEEDS_TRAINER | CT_NEEDS_ADMIN)))
        return CT_OK;
    if (!rq->session)
        return stop(j, 401, CT_DENIED, "session", "nobody is signed in", err);
    if (((needs & CT_NEEDS_MANAGER) && !(roles & (CT_ROLE_MANAGER | CT_ROLE_ADMIN))) ||
        ((needs & CT_NEEDS_TRAINER) && !(roles & (CT_ROLE_TRAINER | CT_ROLE_ADMIN))) ||
        ((needs & CT_NEEDS_ADMIN) && !(roles & CT_ROLE_ADMIN)))
        return stop(j, 403, CT_DENIED, "role", "this needs another role than yours", err);
    return CT_OK;
}

static int check_token(struct journey *j, struct ct_err *err)
{
    struct ct_request *rq = j->rq;
    struct ct_sv given = rq->csrf_header.p ? rq->csrf_header : ct_form_get(&rq->form, "csrf");
    size_t kept = 0;

    for (size_t i = 0; i < rq->form.n; i++)
        if (!ct_sv_eq_c(rq->form.fields[i].name, "csrf"))
            rq->form.fields[kept++] = rq->form.fields[i];
    rq->form.n = kept;
    if (!(rq->route->needs & CT_NEEDS_CSRF) || ct_secret_eq(given, ct_sv_c(rq->csrf)))
        return CT_OK;
    return stop(j, 403, CT_DENIED, "csrf",
                "the form was too old; go back, load the page again and send it once more", err);
}

/* Checking, comparing and drawing take seconds of a text that was made for that, and each holds a
 * reader of the database meanwhile. Trainers wait for one another, so that learners need not. */
static void wait_for_desk(struct journey *j)
{
    while (sem_wait(j->rq->app->desks) != 0) /* a signal */
        continue;
    j->at_desk = true;
}

/* Before there is a reader, for the same reason. */
static void wait_to_be_alone(struct journey *j)
{
    while (sem_wait(j->rq->app->alone) != 0)
        continue;
    j->is_alone = true;
}

static void lay_desk(struct journey *j)
{
    struct ct_request *rq = j->rq;

    if (rq->route->needs & CT_NEEDS_TRAINER)
        wait_for_desk(j);
    if (rq->route->needs & CT_NEEDS_ALONE)
        wait_to_be_alone(j);
    if (rq->route->needs &
        (CT_NEEDS_DB | CT_NEEDS_LEARNER | CT_NEEDS_MANAGER | CT_NEEDS_TRAINER | CT_NEEDS_ADMIN))
        j->reader = ct_store_reader(rq->app->cfg.store);
    if (rq->making && j->reader.db)
        ct_db_on_progress(j->reader.db, STEPS_BETWEEN, rq->making->stopped, rq->making->arg);
    rq->desk = (struct ct_desk){
        .store = rq->app->cfg.store,
        .db = j->reader.db,
        .cat = rq->cat,
        .clock = rq->app->cfg.clock,
        .arena = rq->arena,
    };
    if (!rq->session)
        return;
    rq->desk.who.person = rq->session->person;
    rq->desk.who.discipline = ct_sv_c(rq->session->discipline);
    rq->desk.who.set = ct_discipline_bit(&rq->cat->disciplines, rq->desk.who.discipline);
}

static int go(struct journey *j, struct ct_err *err)
{
    struct ct_request *rq = j->rq;
    const struct ct_form *fields = &rq->query;
    void *input = NULL;
    int r;

    if ((r = read_head(j, err)) < 0)
        return r;
    if (!rq->app->cfg.preview) /* a cookie of a site beside it says nothing here */
        find_person(j);
    if ((r = find_route(j, err)) < 0 || (r = ct_bearer_open(rq, j->rs, &j->http, err)) < 0 ||
        (r = check_rights(j, err)) < 0)
        return r;
    if (rq->verb == CT_POST) {
        if ((r = ct_input_parse(rq->arena, NULL, 0, &rq->query, &input, err)) < 0 || /* none */
            (r = ct_body_read(rq, j->rs, &j->http, err)) < 0 || (r = check_token(j, err)) < 0)
            return r;
        fields = &rq->form;
    }
    j->is_admitted = true;
    if ((r = ct_input_parse(rq->arena, rq->route->input, rq->route->input_size, fields, &input,
                            err)) < 0 ||
        (r = ct_input_files(rq->route->input, rq->files, rq->n_files, input, err)) < 0)
        return r;
    rq->input = input;
    lay_desk(j);
    j->has_desk = true;
    return rq->route->run(rq, j->rs, err);
}

bool ct_app_admits(struct ct_worker *w, struct ct_request *rq, size_t n)
{
    struct journey j = {.rq = rq, .rs = &w->response};
    struct ct_sv token;

    ct_arena_reset(&w->arena);
    rq->app = w->app;
    rq->worker = w;
    rq->arena = &w->arena;
    if (read_head(&j, NULL) < 0 || rq->verb != CT_POST || find_route(&j, NULL) < 0)
        return false;
    token = ct_session_token(rq);
    if (token.n)
        rq->session = ct_session_find(w->app->sessions, &w->sessions, token);
    return n <= ct_body_max(rq->route, ct_sv_starts(rq->content_type, CT_SV("application/json"))) &&
           (n <= CT_JSON_MAX || check_rights(&j, NULL) == CT_OK);
}

/* A page that needs signing in leads there, and back afterwards; a form or a script is told so. */
static bool lead_to_sign_in(struct journey *j)
{
    struct ct_request *rq = j->rq;

    if (j->http != 401 || rq->verb != CT_GET || rq->is_program || rq->wants_json || rq->wants_csv ||
        rq->wants_xlsx)
        return false;
    j->rs->status = 303;
    j->rs->location = ct_sign_in_url(rq);
    return true;
}

/* Who has to leave is shown no page of the site, whatever became of what was sent. */
static bool lead_out(struct journey *j)
{
    struct ct_request *rq = j->rq;

    if (!rq->route || !(rq->route->needs & CT_LEAVES) || rq->wants_json)
        return false;
    ct_str_reset(&j->rs->body);
    return ct_see_other(rq, j->rs, ct_exit_href(rq->cat)) == CT_OK;
}

/* Whoever is not at a browser gets the failure of a file as a program does. */
static bool wants_problem(const struct ct_request *rq)
{
    bool explains = rq->route && (rq->route->needs & CT_EXPLAINS);

    return explains && ct_sv_find(rq->path, '.') != SIZE_MAX &&
           ct_sv_search(rq->accept, CT_SV("text/html")) == SIZE_MAX;
}

/* The page that explains, where the route has it. */
static bool explain(struct journey *j, const struct ct_err *failure)
{
    struct ct_err inner = CT_ERR_INIT;

    if (!j->is_admitted || !ct_refuses(j->rq, failure))
        return false;
    if (!j->has_desk)
        lay_desk(j);
    ct_answer_clear(j->rs);
    return ct_page_refused(j->rq, j->rs, failure, &inner) == CT_OK;
}

/* A one-time link is as good as a password, the code of a certificate opens a name, and a log is
 * read by many. */
static struct ct_sv logged_path(const struct ct_request *rq)
{
    if (ct_sv_starts(rq->path, CT_SV("/join/")))
        return CT_SV("/join/...");
    if (ct_sv_starts(rq->path, CT_SV("/set-up/")))
        return CT_SV("/set-up/...");
    return ct_sv_starts(rq->path, CT_SV("/certificates/")) ? CT_SV("/certificates/...") : rq->path;
}

static void count_and_log(struct ct_request *rq, const struct ct_response *rs, int64_t us,
                          const struct ct_err *err)
{
    const struct ct_app *app = rq->app;
    int class = rs->status / 100;
    enum ct_log_level level = class == 5 ? CT_LOG_ERROR : class == 4 ? CT_LOG_WARN : CT_LOG_INFO;

    atomic_fetch_add_explicit(&app->metrics->requests[class], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&app->metrics->duration_us, (uint64_t)us, memory_order_relaxed);
    if (!app->cfg.log || level > app->cfg.log->level)
        return;
    ct_log_event(app->cfg.log, level, "request",
                 (const struct ct_log_pair[]){
                     {"id", ct_arena_printf(rq->arena, "%llu", (unsigned long long)rq->id)},
                     {"method", rq->method},
                     {"route", rq->route ? ct_sv_c(rq->route->path) : CT_SV("-")},
                     {"path", logged_path(rq)},
                     {"status", ct_arena_printf(rq->arena, "%d", rs->status)},
                     {"us", ct_arena_printf(rq->arena, "%lld", (long long)us)},
                     {"person", rq->session ? ct_arena_printf(rq->arena, "%lld",
                                                              (long long)rq->session->person)
                                            : CT_SV("-")},
                     {"what", ct_sv_c(err->what)},
                     {"error", ct_sv_c(err->text)},
                     {NULL, CT_SV_NULL},
                 });
}

/* What a request and a response are before anything happened. */
static struct ct_response *begin(struct ct_worker *w, struct ct_request *rq)
{
    struct ct_response *rs = &w->response;
    struct ct_str body = rs->body;

    ct_app_sent(w);
    ct_response_drop_file(rs);
    ct_arena_reset(&w->arena);
    ct_str_reset(&body);
    *rs = (struct ct_response){
        .status = 200, .body = body, .content_type = "text/html; charset=utf-8"};
    rq->app = w->app;
    rq->worker = w;
    rq->arena = &w->arena;
    rq->words = ct_arena_new(&w->arena, struct ct_view_words);
    rq->is_program = false;
    rq->session = NULL; /* whoever ct_app_admits has found is looked for again */
    rq->id = atomic_fetch_add_explicit(w->app->next_id, 1, memory_order_relaxed) + 1;
    rq->cat = ct_library_hold(w->app->cfg.library, w->slot);
    ct_json_use_arena(&w->arena);
    return rs;
}

static void end(struct ct_worker *w, struct journey *j)
{
    ct_json_use_arena(NULL);
    if (j->rq->making && j->reader.db)
        ct_db_on_progress(j->reader.db, 0, NULL, NULL);
    ct_store_return(&j->reader);
    if (j->at_desk)
        sem_post(w->app->desks);
    if (j->is_alone)
        sem_post(w->app->alone);
    j->rq->cat = NULL;
    if (j->rs->stream.run)
        w->holds_texts = true;
    else
        ct_library_release(w->app->cfg.library, w->slot);
}

void ct_app_sent(struct ct_worker *w)
{
    if (w->holds_texts)
        ct_library_release(w->app->cfg.library, w->slot);
    w->holds_texts = false;
}

/* Who speaks HTTP/1.0 knows no chunks, and by the end of the connection alone could not tell half a
 * file from a whole one: it is made first, and sent with its length. */
static int gather_stream(const struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_sink sink = ct_sink_str(&rs->body);
    struct ct_stream stream = rs->stream;

    if (!stream.run || rq->head || ct_sv_eq_c(rq->http_version, "1.1"))
        return CT_OK;
    rs->stream.run = NULL;
    return stream.run(stream.arg, &sink, err);
}

void ct_app_handle(struct ct_worker *w, struct ct_request *rq, struct ct_response **ret_rs)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t began = ct_monotonic_us();
    struct journey j = {.rq = rq, .rs = begin(w, rq)};
    int r = go(&j, &err);

    if (r == CT_OK)
        r = gather_stream(rq, j.rs, &err);
    if (r < 0 && !lead_to_sign_in(&j) && !lead_out(&j)) {
        if (err.code == CT_OK)
            ct_fail(&err, r, "", "%s", ct_status_name(r));
        if (j.http == 401)
            ct_bearer_challenge(rq, j.rs);
        rq->wants_json |= rq->is_program || wants_problem(rq);
        if (!explain(&j, &err))
            ct_answer_error(rq, j.rs, j.http, &err);
    }
    if (j.rs->cache) /* whoever gets this reply out of a cache must not get somebody's cookie */
        j.rs->n_cookies = 0;
    end(w, &j);
    count_and_log(rq, j.rs, ct_monotonic_us() - began, &err);
    *ret_rs = j.rs;
}

int ct_app_make(struct ct_worker *w, const struct ct_session *who, struct ct_sv site,
                struct ct_sv target, const struct ct_making *making, struct ct_response **ret_rs,
                struct ct_err *err)
{
    size_t host = ct_sv_search(site, CT_SV("://"));
    struct ct_request rq = {.method = CT_SV("GET"),
                            .target = target,
                            .http_version = CT_SV("1.1"),
                            .host = host == SIZE_MAX ? CT_SV("localhost")
                                                     : ct_sv_sub(site, host + 3, SIZE_MAX),
                            .n_hosts = 1,
                            .secure = ct_sv_starts(site, CT_SV("https://")),
                            .remote = CT_SV("-"),
                            .making = making};
    struct ct_err failure = CT_ERR_INIT;
    int64_t began = ct_monotonic_us();
    struct journey j = {.rq = &rq, .rs = begin(w, &rq), .given = who};
    int r = go(&j, &failure);

    if (r == CT_OK && j.rs->status != 200)
        r = ct_fail(&failure, CT_INTERNAL, "status", "this address gives no file");
    end(w, &j);
    if (r < 0)
        j.rs->status = j.http ? j.http : ct_status_http(r);
    count_and_log(&rq, j.rs, ct_monotonic_us() - began, &failure);
    *ret_rs = j.rs;
    return r < 0 ? ct_fail(err, (enum ct_status)r, failure.what, "%s", failure.text) : CT_OK;
}
