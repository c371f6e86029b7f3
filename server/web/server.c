/*
 * server.c: CivetWeb at our door: reads a request whole, within limits, and sends a response whole.
 *
 * CivetWeb is used for sockets, threads and parsing of heads only: no document root, no handlers of
 * its own, no forms (its multipart parser has open faults, upstream issues 1348 and 1404), no TLS
 * (a reverse proxy ends it). Head and body leave in one write, which is what makes it quick.
 */
#include "ct/web/server.h"

#include "ct/base/limits.h"
#include "ct/web/files.h"

#include <arpa/inet.h>
#include <civetweb.h>

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum {
    THREADS = 512,       /* a connection each; 512 cost 10 MB resident */
    HEAD_MAX = 8 * 1024, /* of our own responses */
    CHUNK = 16 * 1024,   /* of a file; on a stack of 100 kB */
    PIECE = 64 * 1024,   /* of what is made while it is sent */
    BODY_MAX =
        CT_JSON_MAX,   /* of a body in a thread's own buffer; larger ones have to be admitted */
    LARGE_AT_ONCE = 4, /* larger bodies that are being read or answered */
    IN_MEMORY_MAX = 12 * 1024 * 1024, /* longer ones go to the disk */
    FIELD_MAX = 4096,                 /* of a request header that we look at */
    KEPT_MAX = 1024 * 1024            /* a buffer that grew larger is given back */
};

/* How long a sender may take. */
enum {
    SILENCE_MS = 5000,   /* without a byte */
    GRACE_US = 10000000, /* for any body, and beside it ... */
    SLOWEST = 16 * 1024, /* ... a second for so many bytes */
    STEP = 32,           /* bytes that a body is read in */
    LARGE_STEP = 16 * 1024
};

struct ct_server {
    const struct ct_app *app;
    struct mg_context *ctx;
    _Atomic size_t next_slot;
    sem_t large;          /* places for large bodies that are free */
    char complaint[256];  /* what CivetWeb said first while starting */
    _Atomic bool started; /* nothing is noted any more: workers run */
    int port;
};

/* What one of CivetWeb's threads needs beside its worker. */
struct thread {
    struct ct_worker worker;
    struct ct_str out;
    char body[BODY_MAX + 1];
    char target[CT_URL_MAX + 2];
};

static void *init_thread(const struct mg_context *ctx, int type)
{
    struct ct_server *s = mg_get_user_data(ctx);
    struct thread *t;

    if (type != 1) /* not a worker */
        return NULL;
    t = calloc(1, sizeof *t);
    if (!t)
        abort(); /* at the start: there is no memory for what was asked for */
    ct_worker_init(&t->worker, s->app, atomic_fetch_add(&s->next_slot, 1));
    ct_str_init(&t->out, (size_t)CT_REPORT_MAX + HEAD_MAX);
    return t;
}

static void exit_thread(const struct mg_context *ctx, int type, void *pointer)
{
    struct thread *t = pointer;

    (void)ctx;
    if (type != 1 || !t)
        return;
    ct_worker_release(&t->worker);
    ct_str_release(&t->out);
    free(t);
}

static int complain(const struct mg_connection *conn, const char *message)
{
    const struct mg_context *ctx = conn ? mg_get_context(conn) : NULL;
    struct ct_server *s = ctx ? mg_get_user_data(ctx) : NULL;

    if (s && !atomic_load(&s->started) && !s->complaint[0])
        snprintf(s->complaint, sizeof s->complaint, "%s", message);
    return 1; /* said; not to CivetWeb's own file */
}

static struct ct_sv header(const struct mg_request_info *ri, const char *name, size_t *ret_n)
{
    struct ct_sv first = CT_SV_NULL;

    *ret_n = 0;
    for (int i = 0; i < ri->num_headers; i++) {
        if (!ct_sv_ieq(ct_sv_c(ri->http_headers[i].name), ct_sv_c(name)))
            continue;
        if ((*ret_n)++ == 0)
            first = ct_sv_trim(ct_sv_c(ri->http_headers[i].value));
    }
    return first.n <= FIELD_MAX ? first : CT_SV_NULL;
}

static struct ct_sv one_header(const struct mg_request_info *ri, const char *name)
{
    size_t n;

    return header(ri, name, &n);
}

static struct ct_sv read_target(const struct mg_request_info *ri, struct thread *t)
{
    int n = ri->query_string
                ? snprintf(t->target, sizeof t->target, "%s?%s", ri->request_uri, ri->query_string)
                : snprintf(t->target, sizeof t->target, "%s", ri->request_uri);

    /* A longer one is cut at one byte over the limit, which the dispatcher then refuses. */
    return ct_sv_n(t->target, n < (int)sizeof t->target ? (size_t)n : sizeof t->target - 1);
}

/* Reads what was announced, in steps. CivetWeb waits for a whole step, and anew after every byte of
 * it: the smaller the step, the sooner we are asked again whether it takes too long. */
static size_t receive(struct mg_connection *conn, char *to, size_t want, size_t step,
                      bool *ret_stalled)
{
    int64_t began = ct_monotonic_us();
    size_t n = 0;

    *ret_stalled = false;
    while (n < want) {
        size_t ask = want - n < step ? want - n : step;
        int64_t asked = ct_monotonic_us();
        int got = mg_read(conn, to + n, ask);
        int64_t now = ct_monotonic_us();

        n += got > 0 ? (size_t)got : 0;
        *ret_stalled = (got < (int)ask && now - asked >= (SILENCE_MS - 500) * 1000) ||
                       now - began > GRACE_US + (int64_t)n * 1000000 / SLOWEST;
        if (got <= 0 || *ret_stalled)
            break;
    }
    return n;
}

/* A body that is larger than the thread's own buffer: in memory, or where it is longer than that is
 * good for, in an unnamed file that is mapped. */
struct large {
    char *at; /* NULL: there is none */
    size_t n;
    bool is_file;
};

/* An unnamed file of `n` bytes, in memory. All of it has its place on the disk before anything is
 * written: a disk that is full is found out here. */
static bool map_scratch(const struct ct_server *s, size_t n, struct large *ret)
{
    int fd;
    void *at = MAP_FAILED;

    if (ct_files_scratch(s->app->files, &fd, NULL) < 0)
        return false;
    if (posix_fallocate(fd, 0, (off_t)n) == 0)
        at = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    *ret = (struct large){at == MAP_FAILED ? NULL : at, n, true};
    return at != MAP_FAILED;
}

/* False when it is not to be read; *rq says why. */
static bool admit_large(struct ct_server *s, struct thread *t, struct ct_request *rq, size_t n,
                        struct large *ret)
{
    if (!ct_app_admits(&t->worker, rq, n)) {
        rq->body_too_big = true;
        return false;
    }
    if (sem_trywait(&s->large) != 0) {
        rq->body_busy = true;
        return false;
    }
    if (n > IN_MEMORY_MAX && s->app->files) {
        rq->body_no_room = !map_scratch(s, n, ret);
    } else {
        *ret = (struct large){malloc(n + 1), n, false};
        rq->body_busy = !ret->at;
    }
    if (!ret->at)
        sem_post(&s->large);
    return ret->at != NULL;
}

/* *ret_large: to give back after the answer. */
static void read_body(struct mg_connection *conn, const struct mg_request_info *ri,
                      struct thread *t, struct ct_request *rq, struct large *ret_large)
{
    bool announced = ri->content_length >= 0, stalled;
    size_t want = announced ? (size_t)ri->content_length : sizeof t->body, n;
    bool is_large = announced && want > BODY_MAX;
    char *to = t->body;

    *ret_large = (struct large){.at = NULL};
    if (is_large && !admit_large(mg_get_user_data(mg_get_context(conn)), t, rq, want, ret_large))
        return;
    if (is_large)
        to = ret_large->at;
    n = receive(conn, to, want, is_large ? LARGE_STEP : STEP, &stalled);
    if (stalled)
        rq->broken = 408;
    else if (announced && n < want)
        rq->broken = 400; /* cut off on its way: half a form is no form */
    rq->body_too_big = !announced && n > BODY_MAX;
    rq->body = rq->body_too_big || rq->broken ? CT_SV_NULL : ct_sv_n(to, n);
}

static void give_back(struct mg_connection *conn, struct thread *t, const struct large *large)
{
    struct ct_server *s = mg_get_user_data(mg_get_context(conn));

    if (t->out.cap > KEPT_MAX || t->worker.response.body.cap > KEPT_MAX) {
        ct_str_release(&t->out);
        ct_str_release(&t->worker.response.body);
    }
    /* The next request may come in an hour, or never: hundreds of workers would each keep a report.
     */
    if (t->worker.arena.used > KEPT_MAX)
        ct_arena_reset(&t->worker.arena);
    if (!large->at)
        return;
    if (large->is_file)
        munmap(large->at, large->n);
    else
        free(large->at);
    sem_post(&s->large);
}

/* The rule of RFC 9112, 9.3, less replies of 401, after which CivetWeb closes. */
static bool keeps_alive(const struct mg_request_info *ri, const struct ct_response *rs)
{
    struct ct_sv connection = one_header(ri, "Connection");

    if (rs->status == 401)
        return false;
    if (connection.p == NULL)
        return strcmp(ri->http_version, "1.1") == 0;
    return ct_sv_ieq(connection, CT_SV("keep-alive"));
}

static void send_file(struct mg_connection *conn, struct ct_response *rs)
{
    char chunk[CHUNK];
    int64_t left = rs->file_length;
    int fd = rs->file ? open(rs->file, O_RDONLY | O_CLOEXEC) : rs->fd;

    rs->fd = 0; /* closed below */
    if (fd >= 0 && lseek(fd, (off_t)rs->file_offset, SEEK_SET) >= 0) {
        while (left > 0) {
            ssize_t n = read(fd, chunk, left < CHUNK ? (size_t)left : sizeof chunk);
            if (n <= 0 || mg_write(conn, chunk, (size_t)n) != n)
                break;
            left -= n;
        }
    }
    if (fd >= 0)
        close(fd);
    if (left > 0) /* shorter than was promised: the connection must not be used again */
        mg_disable_keep_alive(conn);
}

/* Pieces that are gathered and sent as chunks (RFC 9112, 7.1): small ones cost a packet each. */
struct chunks {
    struct mg_connection *conn;
    const struct ct_app *app;
    struct ct_str *out;
};

static int send_chunk(struct chunks *c, struct ct_err *err)
{
    char size[20];
    int n = snprintf(size, sizeof size, "%zx\r\n", c->out->n);

    if (c->out->n == 0)
        return CT_OK;
    ct_str_add_c(c->out, "\r\n");
    atomic_fetch_add_explicit(&c->app->metrics->bytes_out, (size_t)n + c->out->n,
                              memory_order_relaxed);
    if (mg_write(c->conn, size, (size_t)n) != n ||
        mg_write(c->conn, c->out->p, c->out->n) != (int)c->out->n)
        return ct_fail(err, CT_CONFLICT, "connection", "whoever asked for it is gone");
    ct_str_reset(c->out);
    return CT_OK;
}

static int add_to_chunk(void *arg, struct ct_sv bytes, struct ct_err *err)
{
    struct chunks *c = arg;

    while (bytes.n) {
        size_t room = PIECE - c->out->n;
        struct ct_sv part = ct_sv_sub(bytes, 0, room);
        ct_str_add_sv(c->out, part);
        bytes = ct_sv_sub(bytes, part.n, SIZE_MAX);
        int r = c->out->n == PIECE ? send_chunk(c, err) : CT_OK;
        if (r < 0)
            return r;
    }
    return CT_OK;
}

/* Whatever goes wrong on the way, the last chunk is then missing and the connection ends: that is
 * how the other side knows. */
static void send_stream(struct mg_connection *conn, const struct ct_request *rq,
                        const struct ct_response *rs, struct ct_str *out)
{
    struct chunks c = {conn, rq->app, out};
    struct ct_sink sink = {add_to_chunk, &c, 0};
    struct ct_err err = CT_ERR_INIT;

    ct_str_reset(out);
    if (rs->stream.run(rs->stream.arg, &sink, &err) < 0 || send_chunk(&c, &err) < 0 ||
        mg_write(conn, "0\r\n\r\n", 5) != 5)
        mg_disable_keep_alive(conn);
}

static void send_response(struct mg_connection *conn, const struct ct_request *rq,
                          struct ct_response *rs, bool keep_alive, struct ct_str *out)
{
    struct ct_sv body = rs->borrowed.p ? rs->borrowed : ct_str_sv(&rs->body);
    bool streams = rs->stream.run != NULL, from_disk = rs->file || rs->fd > 0;
    size_t length = streams ? CT_LENGTH_UNKNOWN : from_disk ? (size_t)rs->file_length : body.n;
    bool bare = rq->head || rs->status == 304;
    bool inside = !bare && !from_disk && !streams;
    bool apart = inside && body.n > KEPT_MAX; /* a report is not copied once more */

    ct_str_reset(out);
    ct_response_head(rq->app, rq, rs, length, keep_alive, out);
    if (inside && !apart)
        ct_str_add_sv(out, body);
    atomic_fetch_add_explicit(&rq->app->metrics->bytes_out, out->n + (apart ? body.n : 0),
                              memory_order_relaxed);
    if (mg_write(conn, out->p, out->n) != (int)out->n || bare)
        return;
    if (streams)
        send_stream(conn, rq, rs, out);
    else if (from_disk)
        send_file(conn, rs);
    else if (apart && mg_write(conn, body.p, body.n) != (int)body.n)
        mg_disable_keep_alive(conn);
}

static int begin_request(struct mg_connection *conn)
{
    const struct mg_request_info *ri = mg_get_request_info(conn);
    struct thread *t = mg_get_thread_pointer(conn);
    struct ct_request rq = {
        .method = ct_sv_c(ri->request_method),
        .http_version = ct_sv_c(ri->http_version),
        .content_type = one_header(ri, "Content-Type"),
        .accept = one_header(ri, "Accept"),
        .cookie = one_header(ri, "Cookie"),
        .if_none_match = one_header(ri, "If-None-Match"),
        .csrf_header = one_header(ri, "X-CSRF-Token"),
        .range = one_header(ri, "Range"),
        .last_event_id = one_header(ri, "Last-Event-ID"),
        .authorization = one_header(ri, "Authorization"),
        .remote = ct_sv_c(ri->remote_addr),
    };
    struct ct_response *rs;
    bool keep_alive;
    struct large large;

    rq.host = header(ri, "Host", &rq.n_hosts);
    rq.target = read_target(ri, t);
    read_body(conn, ri, t, &rq, &large);
    ct_app_handle(&t->worker, &rq, &rs);
    keep_alive =
        keeps_alive(ri, rs) && !rq.body_too_big && !rq.body_busy && !rq.body_no_room && !rq.broken;
    if (!keep_alive)
        mg_disable_keep_alive(conn);
    send_response(conn, &rq, rs, keep_alive, &t->out);
    ct_app_sent(&t->worker);
    give_back(conn, t, &large);
    return rs->status;
}

/* What CivetWeb itself could not read: a broken head, a method that it does not know. */
static int refuse(struct mg_connection *conn, int status, const char *message)
{
    struct thread *t = mg_get_thread_pointer(conn);
    struct ct_request rq = {.method = CT_SV("GET"),
                            .target = CT_SV("/"),
                            .http_version = CT_SV("1.1"),
                            .broken = status};
    struct ct_response *rs;

    (void)message;
    if (!t)
        return 1;
    ct_app_handle(&t->worker, &rq, &rs);
    mg_disable_keep_alive(conn);
    send_response(conn, &rq, rs, false, &t->out);
    return 0;
}

/* "127.0.0.1:8080" or "[::1]:8080": a numeric address, because CivetWeb takes digits that are no
 * octets for some other address. */
static bool address_is_fine(struct ct_sv address)
{
    char host[INET6_ADDRSTRLEN];
    unsigned char bytes[sizeof(struct in6_addr)];
    size_t colon = address.n;
    int64_t port;
    bool v6 = ct_sv_starts(address, CT_SV("["));

    while (colon > 0 && address.p[colon - 1] != ':')
        colon--;
    if (colon < 2 || !ct_sv_i64(ct_sv_sub(address, colon, SIZE_MAX), &port) || port < 0 ||
        port > 65535)
        return false;
    struct ct_sv name = ct_sv_sub(address, 0, colon - 1);
    if (v6 && !ct_sv_ends(name, CT_SV("]")))
        return false;
    if (v6)
        name = ct_sv_sub(name, 1, name.n - 2);
    if (name.n >= sizeof host)
        return false;
    memcpy(host, name.p, name.n);
    host[name.n] = '\0';
    return inet_pton(v6 ? AF_INET6 : AF_INET, host, bytes) == 1;
}

static int could_not_listen(const struct ct_server *s, const char *address, struct ct_err *err)
{
    return ct_fail(err, CT_CONFLICT, address,
                   "cannot listen there: is another program using the port? (%s)",
                   s->complaint[0] ? s->complaint : "no reason given");
}

/* The C library keeps what hundreds of threads give back, each for itself, unless it is mapped, and
 * it maps less and less the more is given back. Blocks of a report are to go back to the machine.
 */
static void give_memory_back(void)
{
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 256 * 1024);
#endif
}

int ct_server_start(const struct ct_server_config *cfg, struct ct_server **ret, struct ct_err *err)
{
    struct ct_server *s;
    struct mg_server_port port[1];
    char threads[16], silence[16];
    const char *options[] = {
        "listening_ports",
        cfg->address,
        "num_threads",
        threads,
        "enable_keep_alive",
        "yes",
        "keep_alive_timeout_ms",
        "2000", /* idle browsers must not starve the rest; head.c announces half */
        "request_timeout_ms",
        silence,
        "tcp_nodelay",
        "1",
        "connection_queue",
        "1024",
        "decode_url",
        "no",
        NULL,
    };
    struct mg_callbacks callbacks = {
        .begin_request = begin_request,
        .http_error = refuse,
        .log_message = complain,
        .init_thread = init_thread,
        .exit_thread = exit_thread,
    };

    if (!address_is_fine(ct_sv_c(cfg->address)))
        return ct_fail(err, CT_BAD_INPUT, cfg->address,
                       "not an ADDRESS:PORT such as 127.0.0.1:8080");
    if (!(s = calloc(1, sizeof *s)))
        return ct_fail(err, CT_INTERNAL, "memory", "out of memory");
    s->app = cfg->app;
    sem_init(&s->large, 0, LARGE_AT_ONCE);
    snprintf(silence, sizeof silence, "%d", SILENCE_MS);
    snprintf(threads, sizeof threads, "%u", cfg->threads ? cfg->threads : THREADS);
    give_memory_back();
    signal(SIGPIPE, SIG_IGN); /* a browser that went away is no reason to end */
    mg_init_library(0);
    s->ctx = mg_start(&callbacks, s, options);
    if (!s->ctx || mg_get_server_ports(s->ctx, 1, port) != 1) {
        int r = could_not_listen(s, cfg->address, err);
        ct_server_stop(s);
        return r;
    }
    s->port = port[0].port;
    atomic_store(&s->started, true);
    *ret = s;
    return CT_OK;
}

int ct_server_port(const struct ct_server *s)
{
    return s->port;
}

void ct_server_stop(struct ct_server *s)
{
    if (!s)
        return;
    if (s->ctx)
        mg_stop(s->ctx);
    mg_exit_library();
    sem_destroy(&s->large);
    free(s);
}
