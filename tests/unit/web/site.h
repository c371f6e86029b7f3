/*
 * site.h: a whole site without a socket: a content folder, a database, people, and a browser made
 * of one function call.
 */
#ifndef CT_TEST_SITE_H
#define CT_TEST_SITE_H

#include "ct_temp.h"
#include "ct_test.h"

#include "ct/web/app.h"

struct site {
    struct ct_temp temp;
    char content[128], key[128], files[128];
    struct ct_store *store;
    struct ct_library *library;
    struct ct_app *app;
    struct ct_worker worker;
    int64_t now;
    struct ct_clock clock;
};

/* One person at a browser: keeps cookies and the form token of the last page. */
struct browser {
    struct site *site;
    char session[CT_TOKEN_TEXT + 1], visitor[CT_TOKEN_TEXT + 1];
    char done[64]; /* the cookie that the next page takes away */
    char csrf[CT_HASH_HEX + 1];
    const char *accept; /* NULL: a browser's */
    struct ct_response *rs;
    char *body; /* of the last response, NUL-terminated; freed by the next */
};

enum { SITE_WORKERS = 8 }; /* slots of the library; the first is the site's own */

#define SITE_PASSWORD "correct horse battery"

static const char *const site_files[][2] = {
    {"content/curriculum.md",
     "---\ntitle: Alder County\ndisciplines:\n  - prosecutor (prosecutors)\n"
     "  - caseworker (caseworkers)\n  - advocate (advocates)\n"
     "  - judge (judges)\ncourses: [basics]\n---\nWelcome to training.\n"},
    {"content/basics/course.md",
     "---\ntitle: The basics\nsummary: A short course.\n"
     "required-for: [prosecutor, caseworker, advocate]\nrecommended-for: [judge]\n---\nHello.\n"},
    {"content/basics/01-seeing.md",
     "---\nminutes: 10\nobjectives:\n  - O1 See\nattempts: 3\n---\n# Seeing the child\n\n"
     "## What you see\n\nText for all.\n\n"
     "> **For prosecutors:** Secret of the prosecutors.\n\n"
     "> **For advocates:** Secret of the advocates.\n\n"
     "### Question: Practice one\n\n`id: p1` `objective: O1`\n\nPick one.\n\n"
     "- (x) Righteous\n  > Feedback for right.\n- ( ) Wrongful\n  > Feedback for wrong.\n\n"
     "## What you do\n\nMore text.\n\n"
     "## Quiz\n\n"
     "### Question: Hours\n\n`id: hours` `number: 24` `objective: O1`\n\nHow many hours?\n\n"
     "> **Why:** The law says so.\n\n"
     "### Question: Two of them\n\n`id: two` `objective: O1`\n\nWhich?\n\n"
     "- [x] Alpha\n- [x] Beta\n- [ ] Gamma\n"},
    {"content/basics/02-the-call.md",
     "---\nminutes: 20\n---\n# Scenario: The call\n\n`trust = 1 (0 to 3)`\n\nMia is here.\n\n"
     "## First words\n\nWhat now?\n\n"
     "- [Offer food](#second) `trust +1`\n  > She eats.\n"
     "- [Shout](#ending-gone) `trust -1`\n  > She runs.\n\n"
     "## Second\n\nShe talks.\n\n"
     "- [Plan with her](#ending-held) `needs trust >= 2`\n"
     "- [For the prosecutor alone](#ending-gone) `for: prosecutor`\n"
     "- [Go](#ending-gone)\n\n"
     "## Ending: Held\n\n`pass`\n\n> **For prosecutors:** Debrief one.\n\n"
     "> **For caseworkers and advocates:** Debrief two.\n\n"
     "## Ending: Gone\n\n`fail`\n"},
    {"content/glossary.md",
     "---\ntitle: Words of the county\n---\nBelow are words.\n\n## Term: Gauge\n\n`also: meter`\n\n"
     "Shows how much there is.\n\n> **Source:** A *dictionary*.\n"},
};

static inline int64_t site_person(struct site *s, const char *email, const char *name,
                                  const char *discipline, unsigned roles)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_person p = {.email = ct_sv_c(email),
                          .name = ct_sv_c(name),
                          .discipline = ct_sv_c(discipline),
                          .roles = roles};
    int64_t id = 0;

    CT_OK_(email, ct_person_add(s->store, &s->clock, &p, &id, &err), &err);
    CT_OK_(email, ct_person_set_password(s->store, id, CT_SV(SITE_PASSWORD), &err), &err);
    return id;
}

static inline int site_open(void **state)
{
    struct ct_err err = CT_ERR_INIT;
    struct site *s = calloc(1, sizeof *s);

    if (!s || ct_secret_init(&err) < 0)
        return -1;
    ct_temp_make(&s->temp);
    for (size_t i = 0; i < sizeof site_files / sizeof site_files[0]; i++)
        ct_temp_write(&s->temp, site_files[i][0], site_files[i][1]);
    snprintf(s->content, sizeof s->content, "%s/content", s->temp.dir);
    snprintf(s->key, sizeof s->key, "%s/test.key", s->temp.dir);
    snprintf(s->files, sizeof s->files, "%s/test.files", s->temp.dir);
    s->now = 1700000000;
    s->clock = (struct ct_clock){ct_fixed_now, &s->now};
    s->store = ct_temp_store(&s->temp);
    CT_OK_("library",
           ct_library_open(s->store, &s->clock, s->content, SITE_WORKERS, &s->library, &err), &err);
    struct ct_app_config cfg = {.store = s->store,
                                .library = s->library,
                                .clock = &s->clock,
                                .content_dir = s->content,
                                .static_dir = CT_SOURCE_DIR "/static",
                                .templates_dir = CT_SOURCE_DIR "/server/web/templates",
                                .codes_dir = CT_SOURCE_DIR "/server/course/codes",
                                .starters_dir = CT_SOURCE_DIR "/server/course/starters",
                                .certificate_key = s->key,
                                .files_dir = s->files};
    CT_OK_("app", ct_app_open(&cfg, &s->app, &err), &err);
    ct_worker_init(&s->worker, s->app, 0);
    *state = s;
    return 0;
}

static inline int site_close(void **state)
{
    struct site *s = *state;

    ct_worker_release(&s->worker);
    ct_app_close(s->app);
    ct_library_close(s->library);
    ct_store_close(s->store);
    ct_temp_remove(&s->temp);
    free(s);
    return 0;
}

static inline void browser_close(struct browser *b)
{
    free(b->body);
    b->body = NULL;
}
#define AUTO_BROWSER __attribute__((cleanup(browser_close))) struct browser

static inline void browser_keep_cookie(struct browser *b, struct ct_sv cookie, const char *name,
                                       char *to)
{
    size_t n = strlen(name);

    (void)b;
    if (!ct_sv_starts(cookie, ct_sv_c(name)) || cookie.p[n] != '=')
        return;
    to[0] = '\0';
    if (cookie.n > n + CT_TOKEN_TEXT && cookie.p[n + 1] != ';') {
        memcpy(to, cookie.p + n + 1, CT_TOKEN_TEXT);
        to[CT_TOKEN_TEXT] = '\0';
    }
}

static inline void browser_keep_done(struct browser *b, struct ct_sv cookie)
{
    size_t begin = sizeof "ct_done=" - 1;

    if (ct_sv_starts(cookie, CT_SV("ct_done=")))
        snprintf(b->done, sizeof b->done, "%.*s", (int)(ct_sv_find(cookie, ';') - begin),
                 cookie.p + begin);
}

/* The value of the first hidden field "csrf" of a page, or of "csrf" in JSON. */
static inline void browser_keep_token(struct browser *b)
{
    static const char *const marks[] = {"name=\"csrf\" value=\"", "name=\"csrf\" content=\"",
                                        "\"csrf\":\""};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *at = strstr(b->body, marks[i]);
        if (!at || strlen(at + strlen(marks[i])) < CT_HASH_HEX)
            continue;
        memcpy(b->csrf, at + strlen(marks[i]), CT_HASH_HEX);
        b->csrf[CT_HASH_HEX] = '\0';
        return;
    }
}

/* Sends a request as it stands and keeps what a browser keeps. Returns the status. */
static inline int browser_send(struct browser *b, struct ct_request *rq)
{
    char cookies[2 * CT_TOKEN_TEXT + 128];
    struct ct_sv body;

    snprintf(cookies, sizeof cookies, "other=1; ct_session=%s; ct_visitor=%s; ct_done=%s",
             b->session, b->visitor, b->done);
    rq->cookie = ct_sv_c(cookies);
    if (!rq->http_version.p)
        rq->http_version = CT_SV("1.1");
    if (rq->n_hosts == 0 && !rq->host.p) {
        rq->host = CT_SV("localhost:8080");
        rq->n_hosts = 1;
    }
    if (!rq->accept.p)
        rq->accept = ct_sv_c(b->accept ? b->accept : "text/html,application/xhtml+xml");
    ct_app_handle(&b->site->worker, rq, &b->rs);
    for (size_t i = 0; i < b->rs->n_cookies; i++) {
        browser_keep_cookie(b, b->rs->set_cookie[i], "ct_session", b->session);
        browser_keep_cookie(b, b->rs->set_cookie[i], "ct_visitor", b->visitor);
        browser_keep_done(b, b->rs->set_cookie[i]);
    }
    free(b->body);
    if (b->rs->stream.run) { /* what comes in chunks, as one text */
        struct ct_sink sink = ct_sink_str(&b->rs->body);
        struct ct_err err = CT_ERR_INIT;
        CT_OK_("stream", b->rs->stream.run(b->rs->stream.arg, &sink, &err), &err);
        ct_app_sent(&b->site->worker);
    }
    body = b->rs->borrowed.p ? b->rs->borrowed : ct_str_sv(&b->rs->body);
    b->body = calloc(1, body.n + 1);
    if (!b->body)
        abort();
    memcpy(b->body, body.p, body.n);
    browser_keep_token(b);
    return b->rs->status;
}

static inline int browser_get(struct browser *b, const char *target)
{
    struct ct_request rq = {.method = CT_SV("GET"), .target = ct_sv_c(target)};

    return browser_send(b, &rq);
}

/* Posts a form; the token of the last page is added. */
static inline int browser_post(struct browser *b, const char *target, const char *fields)
{
    char form[8192];
    struct ct_request rq = {.method = CT_SV("POST"),
                            .target = ct_sv_c(target),
                            .content_type = CT_SV("application/x-www-form-urlencoded")};

    snprintf(form, sizeof form, "csrf=%s%s%s", b->csrf, *fields ? "&" : "", fields);
    rq.body = ct_sv_c(form);
    return browser_send(b, &rq);
}

static inline void browser_sign_in(struct browser *b, const char *email)
{
    char form[512];

    CT_EQ_I64("sign-in page", browser_get(b, "/sign-in"), 200);
    snprintf(form, sizeof form, "email=%s&password=correct+horse+battery", email);
    CT_EQ_I64(email, browser_post(b, "/sign-in", form), 303);
    CT_EQ_I64("front page", browser_get(b, "/"), 200);
}

static inline struct ct_sv browser_location(const struct browser *b)
{
    return b->rs->location;
}

#endif
