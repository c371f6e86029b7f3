/*
 * ct/web/http.h: a request and a response as values. No sockets: civet.c fills a request and sends
 * a response, tests do the same by hand.
 */
#ifndef CT_WEB_HTTP_H
#define CT_WEB_HTTP_H

#include "ct/base/arena.h"
#include "ct/base/sink.h"
#include "ct/learn/learner.h"
#include "ct/learn/session.h"
#include "ct/text/form.h"
#include "ct/text/json.h"
#include "ct/text/multipart.h"

enum ct_method { CT_GET = 1, CT_POST = 2, CT_OTHER_METHOD = 4 }; /* HEAD is GET without its body */

enum { CT_PARAMS_MAX = 6, CT_HEADERS_MAX = 12 };

struct ct_app;
struct ct_worker;
struct ct_route;

/* A file that is made behind the reply (files.h): where its bytes go, and who is told how far it
 * is. */
struct ct_making {
    struct ct_sink *out;
    const struct ct_progress *progress;
    bool (*stopped)(void *arg); /* whether to give it up: asked by the database between its steps */
    void *arg;
};

/* A body that is made while it is sent, so that memory never holds the whole. It is made after the
 * handler has returned: it reads no database, so that a slow reader keeps nobody from it. What it
 * needs is in the request's arena. A failure breaks the connection off, so that half a body never
 * looks whole. */
struct ct_stream {
    int (*run)(void *arg, struct ct_sink *out, struct ct_err *err); /* NULL: there is none */
    void *arg;
};

struct ct_request {
    /* As it came; filled by the caller of ct_app_handle, borrowed for the length of the call. */
    struct ct_sv method;       /* "GET" */
    struct ct_sv target;       /* path and query as sent: "/courses/a?x=1" */
    struct ct_sv http_version; /* "1.1" */
    struct ct_sv host;         /* the Host header; null if there was none */
    size_t n_hosts;            /* how many Host headers there were */
    struct ct_sv content_type, accept, cookie, if_none_match, csrf_header, range,
        last_event_id;          /* null if absent */
    struct ct_sv authorization; /* null if absent */
    struct ct_sv body;
    bool body_too_big;   /* more than may be read for it: `body` is then empty */
    bool body_busy;      /* too many large ones are being read: `body` is then empty */
    bool body_no_room;   /* the disk has no room for it: `body` is then empty */
    int broken;          /* not 0: it could not be read as HTTP; the status to answer */
    struct ct_sv remote; /* the peer's address */
    bool secure;         /* came over TLS, by word of a trusted proxy */

    /* Filled by the dispatcher for the handler. */
    bool head;
    enum ct_method verb;
    const struct ct_app *app;
    struct ct_worker *worker;
    struct ct_arena *arena; /* reset after the reply was sent */
    const struct ct_route *route;
    struct ct_sv path;
    struct ct_sv params[CT_PARAMS_MAX]; /* decoded ":name" parts of the route, in order */
    struct ct_form query, form;
    const struct ct_part *files; /* of a multipart form */
    size_t n_files;
    bool wants_json; /* Accept prefers application/json, or the path ends in .json */
    bool wants_csv;  /* the path ends in .csv, or Accept says text/csv */
    bool wants_xlsx; /* the path ends in .xlsx */
    bool is_program; /* came with a token (ct/learn/token.h): no cookie counts, errors are JSON */
    const struct ct_session *session; /* NULL: nobody is signed in, by cookie or token */
    const struct ct_making *making;   /* NULL: answered at once */
    const char *csrf;                 /* the token that forms of this page carry */
    char csrf_buf[CT_HASH_HEX + 1];
    const struct ct_catalogue *cat;
    struct ct_view_words *words; /* of the glossary that the page links to; gathered by its view */
    struct ct_desk desk;         /* for the functions of learn; db is a borrowed reader */
    const void *input;           /* the struct that the route's fields were parsed into */
    uint64_t id;                 /* of the request, in logs */
};

struct ct_response {
    int status; /* 200 */
    struct ct_str body;
    struct ct_sv borrowed; /* when not null, sent instead of `body`: static files in memory */
    const char *file;      /* when not NULL, this part of it is sent from disk instead (arena) */
    int64_t file_offset, file_length; /* bytes */
    struct ct_stream stream;          /* when there is one, sent instead of `body` */
    int fd; /* when not 0, this open file is sent from its beginning: file_length bytes; whoever
               sends it closes it */
    struct ct_sv content_range; /* 206, 416 */
    const char *content_type;   /* "text/html; charset=utf-8" */
    struct ct_sv location;      /* 303 */
    struct ct_sv etag;          /* with its quotes */
    const char *cache;          /* Cache-Control; NULL: "no-store" */
    struct ct_sv form_origin;   /* where forms of this page may lead beside this site */
    bool hides_referrer;        /* nothing that is reached from it is told of it */
    struct ct_sv set_cookie[3];
    size_t n_cookies;
    struct ct_sv allow;       /* 405 */
    int retry_after;          /* seconds; 503; 0: not said */
    struct ct_sv disposition; /* Content-Disposition */
    struct ct_sv challenge;   /* WWW-Authenticate; 401 and 403 to programs */
};

#endif
