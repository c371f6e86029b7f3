/*
 * ct/web/app.h: the whole server but its socket.
 *
 * ct_app_handle() takes a request to a finished response: route, rights, form token, input,
 * handler, rendering, security headers' values, one log line. Tests call it directly. An app is
 * immutable after ct_app_open() but for counters; what is mutable belongs to a worker.
 */
#ifndef CT_WEB_APP_H
#define CT_WEB_APP_H

#include "ct/base/log.h"
#include "ct/learn/library.h"
#include "ct/learn/session.h"
#include "ct/text/mustache.h"
#include "ct/web/drawings.h"
#include "ct/web/http.h"
#include "ct/web/route.h"

#include <semaphore.h>
#include <stdatomic.h>

enum { CT_WORKERS_MAX = 1024 };

struct ct_app_config {
    struct ct_store *store;
    struct ct_library *library;
    const struct ct_clock *clock;
    const struct ct_log *log;
    const char *content_dir;     /* pictures and media are sent from here */
    const char *static_dir;      /* read into memory at the start */
    const char *templates_dir;   /* compiled at the start */
    const char *codes_dir;       /* pages about the checker's messages (ct/course/explain.h) */
    const char *starters_dir;    /* texts to start from (ct/course/starter.h) */
    const char *certificate_key; /* the file (ct/learn/certificate_key.h); NULL: signs nothing */
    size_t long_file;      /* cells of a spreadsheet from which on who is at a browser is asked
                              whether to have it made in the background; 0: half a million */
    size_t import_max;     /* bytes of a file that is imported; 0: CT_IMPORT_FILE_MAX */
    const char *files_dir; /* files that are made behind the reply; NULL: none are */
    bool secure_cookies;   /* the site is reached over https */
    bool preview;          /* `crosstrain preview`: its own routes, no people, no store */
};

struct ct_metrics {
    _Atomic uint64_t requests[6]; /* by status class: [2] is 2xx */
    _Atomic uint64_t duration_us; /* sum over all requests */
    _Atomic uint64_t bytes_out;
    _Atomic uint64_t attempts, run_steps, sign_ins, sign_in_failures;
    _Atomic uint64_t publications, publish_failures;
    _Atomic uint64_t waiters; /* pages that wait for news at this moment */
};

struct ct_asset; /* a static file in memory */
struct ct_files; /* files.h */

struct ct_app {
    struct ct_app_config cfg;
    struct ct_sessions *sessions;
    struct ct_templates *templates;
    struct ct_asset *assets;
    size_t n_assets;
    struct ct_arena arena;         /* of the assets */
    const struct ct_route *routes; /* ct_routes, or those of the preview */
    size_t n_routes;
    struct ct_drawings *drawings; /* pictures of scenarios */
    struct ct_files *files;       /* NULL: none are made behind the reply */
    struct ct_throttle *throttle; /* wrong codes of certificates, by address */
    sem_t *desks;                 /* so many trainers' requests at once */
    sem_t *alone;                 /* one request at once to a route of CT_NEEDS_ALONE */
    struct ct_metrics *metrics;
    _Atomic uint64_t *next_id;
    int64_t started_at;
};

/* Reads templates and static files. CT_OK; CT_NOT_FOUND or CT_BAD_INPUT for a folder or template.
 */
int ct_app_open(const struct ct_app_config *cfg, struct ct_app **ret, struct ct_err *err);
void ct_app_close(struct ct_app *app); /* NULL is fine; no worker may be at work */

/* What one thread needs: an arena that is reset after each reply, sessions it has seen, its slot of
 * the library, buffers that keep their memory. */
struct ct_worker {
    const struct ct_app *app;
    struct ct_arena arena;
    struct ct_session_cache sessions;
    size_t slot;
    struct ct_response response;
    bool holds_texts; /* the catalogue of an answer whose body is yet to be made */
};
void ct_worker_init(struct ct_worker *w, const struct ct_app *app, size_t slot);
void ct_worker_release(struct ct_worker *w);

/* Whether a body of `n` bytes is to be read for this request, whose head alone is known: its route
 * takes so much, and where it takes more than CT_JSON_MAX the session in the cookie has the rights
 * that the route needs. So nobody fills memory who could not use what is in it. */
bool ct_app_admits(struct ct_worker *w, struct ct_request *rq, size_t n);

/* Answers. Never fails: a fault is an answer too. *rs is valid until the next call with this
 * worker. */
void ct_app_handle(struct ct_worker *w, struct ct_request *rq, struct ct_response **ret_rs);

/* To be called when an answer with a stream was sent, or not: until then its worker holds the
 * catalogue that the body speaks of. Otherwise, and once more, nothing happens. */
void ct_app_sent(struct ct_worker *w);

/* Does what a GET of `target` at `site` ("https://host"; "": nowhere) does in the name of a person,
 * for a file that is made behind the reply. CT_OK with an answer of status 200; otherwise why there
 * is none. *rs as above; the body is in it, or has gone to making->out already. */
int ct_app_make(struct ct_worker *w, const struct ct_session *who, struct ct_sv site,
                struct ct_sv target, const struct ct_making *making, struct ct_response **ret_rs,
                struct ct_err *err);

/* The response's head as bytes: status line, Date, security headers, length, connection. `length`
 * CT_LENGTH_UNKNOWN: the body comes in chunks (RFC 9112, 7.1). */
#define CT_LENGTH_UNKNOWN SIZE_MAX
void ct_response_head(const struct ct_app *app, const struct ct_request *rq,
                      const struct ct_response *rs, size_t length, bool keep_alive,
                      struct ct_str *out);

/* For handlers. */

/* Answers with template `name` over the model (stolen), or with the model itself as JSON when that
 * was asked for. Adds what every page has: site, user, csrf, version of the static files. */
int ct_page(struct ct_request *rq, struct ct_response *rs, const char *name, json_t *model,
            struct ct_err *err);

/* 303 to a local address. As JSON: {"location": …} with 200, so that scripts need not follow. */
int ct_see_other(struct ct_request *rq, struct ct_response *rs, struct ct_sv location);

#endif
