/*
 * serve.c: `crosstrain serve`: puts the pieces together, waits to be told to stop, takes them
 * apart.
 */
#include "cli_priv.h"

#include "ct/base/file.h"
#include "ct/base/secret.h"
#include "ct/learn/demo.h"
#include "ct/learn/import.h"
#include "ct/learn/person.h"
#include "ct/web/files.h"
#include "ct/web/server.h"

#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain serve [OPTION]...\n"
    "Serves the courses of a folder over HTTP and keeps the records, until it is interrupted. "
    "Saved\n"
    "files are live within a second; a file with errors leaves its last good text live.\n\n"
    "  --listen ADDRESS:PORT  where (default 127.0.0.1:8080; port 0: any free "
    "one)\n" CT_HELP_CONTENT CT_HELP_DATA "  --demo                 a fictional county with people "
    "of every discipline, in a database of\n"
    "                         its own; prints how to sign in\n"
    "  --secure-cookies       the site is reached over https, through a reverse proxy\n"
    "  --import-max MB        how large a file of people, memberships or past completions may be\n"
    "                         that is imported in the browser (default and most: 64)\n"
    "  --log LEVEL            error, warn (default) or info, to standard error\n" CT_HELP_HELP;

enum {
    READERS = 32,
    THREADS = 512,
    SLOTS = THREADS + 2, /* of the library: one a thread, and these two */
    OUR_SLOT = THREADS,
    FILES_SLOT = THREADS + 1,
    MB = 1024 * 1024
};

struct wish {
    const char *content, *data, *listen;
    bool demo, secure_cookies, help;
    enum ct_log_level log;
    int64_t import_mb; /* 0: not said */
};

/* What runs; taken apart by close_service in the opposite order. */
struct service {
    struct ct_arena arena;
    const struct wish *wish;
    const char *content, *data, *database;
    struct ct_log log;
    struct ct_publish_log *publish_log;
    struct ct_store *store;
    struct ct_library *library;
    struct ct_app *app;
    struct ct_server *server;
    int lock;
    struct ct_sv site; /* "http://127.0.0.1:8080" */
};

static void close_service(struct service *s)
{
    if (s->library)
        ct_library_wake(s->library); /* who waits for news must not keep the server */
    if (s->app)
        ct_files_stop(s->app->files);
    ct_server_stop(s->server);
    ct_library_close(s->library);
    ct_app_close(s->app);
    ct_store_close(s->store);
    ct_publish_log_free(s->publish_log);
    if (s->lock >= 0) {
        ct_cli_lock_note(s->lock, CT_SV(""));
        close(s->lock);
    }
    ct_arena_release(&s->arena);
}

static void published(void *arg, const struct ct_catalogue *cat, const struct ct_err *err)
{
    struct service *s = arg;

    atomic_fetch_add(err ? &s->app->metrics->publish_failures : &s->app->metrics->publications, 1);
    ct_publish_log_note(s->publish_log, cat, err);
}

static int open_app(struct service *s, struct ct_err *err)
{
    const char *static_dir = ct_cli_home(&s->arena, "static");
    const char *templates_dir = ct_cli_home(&s->arena, "server/web/templates");
    struct ct_app_config cfg = {.store = s->store,
                                .library = s->library,
                                .clock = &ct_clock_system,
                                .log = &s->log,
                                .content_dir = s->content,
                                .static_dir = static_dir,
                                .templates_dir = templates_dir,
                                .codes_dir = ct_cli_home(&s->arena, "server/course/codes"),
                                .starters_dir = ct_cli_home(&s->arena, "server/course/starters"),
                                .certificate_key = ct_cli_key(&s->arena, s->data, s->database),
                                .files_dir = ct_cli_files(&s->arena, s->data, s->database),
                                .import_max = (size_t)s->wish->import_mb * MB,
                                .secure_cookies = s->wish->secure_cookies};

    if (!static_dir || !templates_dir)
        return ct_fail(err, CT_NOT_FOUND, static_dir ? "server/web/templates" : "static",
                       "this folder of the program is neither beside it nor where it was built");
    return ct_app_open(&cfg, &s->app, err);
}

/* The curriculum that the server starts with is a publication like those that follow. */
static void note_first(struct service *s)
{
    published(s, ct_library_hold(s->library, OUR_SLOT), NULL);
    ct_library_release(s->library, OUR_SLOT);
}

static int open_library(struct service *s, struct ct_err *err)
{
    struct ct_err reason = CT_ERR_INIT;
    int r = ct_library_open(s->store, &ct_clock_system, s->content, SLOTS, &s->library, &reason);

    if (r == CT_NOT_FOUND)
        return ct_fail(err, r, s->content, "%s; name the courses with --content", reason.text);
    return r < 0 ? ct_fail(err, r, reason.what, "%s", reason.text) : r;
}

/* 0.0.0.0 and [::] stand for every address of this machine, but none can be typed into a browser.
 */
static struct ct_sv site_of(struct ct_arena *a, const char *listen, int port)
{
    struct ct_sv host = ct_sv_n(listen, (size_t)(strrchr(listen, ':') - listen));

    if (ct_sv_eq_c(host, "0.0.0.0"))
        host = CT_SV("127.0.0.1");
    else if (ct_sv_eq_c(host, "[::]"))
        host = CT_SV("[::1]");
    return ct_arena_printf(a, "http://%.*s:%d", CT_SV_ARG(host), port);
}

static int open_service(struct service *s, struct ct_err *err)
{
    struct ct_server_config cfg = {.address = s->wish->listen, .threads = THREADS};
    int r;

    s->content = s->wish->content ? s->wish->content : ct_cli_content(&s->arena);
    s->data = ct_cli_data(&s->arena, s->wish->data);
    s->database = s->wish->demo ? CT_CLI_DEMO : CT_CLI_DATABASE;
    s->log = (struct ct_log){STDERR_FILENO, s->wish->log, &ct_clock_system};
    s->publish_log = ct_publish_log_new(&s->log);
    if ((r = ct_cli_lock(&s->arena, s->data, s->database, &s->lock, err)) < 0 ||
        (r = ct_cli_store_open(&s->arena, s->data, s->database, READERS, CT_CLI_MAY_CREATE,
                               &s->store, err)) < 0 ||
        (r = open_library(s, err)) < 0 || (r = open_app(s, err)) < 0)
        return r;
    cfg.app = s->app;
    if ((r = ct_files_start(s->app, FILES_SLOT, err)) < 0 ||
        (r = ct_server_start(&cfg, &s->server, err)) < 0)
        return r;
    note_first(s);
    s->site = site_of(&s->arena, s->wish->listen, ct_server_port(s->server));
    ct_cli_lock_note(s->lock, s->site);
    return ct_library_watch(s->library, published, s, err);
}

static int print_demo(struct service *s, struct ct_err *err)
{
    struct ct_demo_account *accounts;
    size_t n;
    int widest_role = 0, widest_email = 0;
    int r = ct_demo_fill(s->store, ct_library_hold(s->library, OUR_SLOT), &ct_clock_system,
                         &s->arena, &accounts, &n, err);

    ct_library_release(s->library, OUR_SLOT);
    if (r < 0)
        return r;
    for (size_t i = 0; i < n; i++) {
        widest_role = (int)accounts[i].role.n > widest_role ? (int)accounts[i].role.n : widest_role;
        widest_email =
            (int)accounts[i].email.n > widest_email ? (int)accounts[i].email.n : widest_email;
    }
    puts("\nAlder County does not exist; neither do its people. Sign in as one of them:\n");
    for (size_t i = 0; i < n; i++)
        printf("  %-*.*s  %-*.*s  %.*s\n", widest_role, CT_SV_ARG(accounts[i].role), widest_email,
               CT_SV_ARG(accounts[i].email), CT_SV_ARG(accounts[i].password));
    return CT_OK;
}

static int print_set_up(struct service *s, struct ct_err *err)
{
    char token[CT_TOKEN_TEXT + 1];
    bool has_admin = false;
    int r;
    {
        CT_AUTO_READER rd = ct_store_reader(s->store);
        r = ct_person_has_admin(rd.db, &has_admin, err);
    }
    if (r < 0 || has_admin)
        return r;
    if ((r = ct_invite_make(s->store, &ct_clock_system, 0, token, err)) < 0)
        return r;
    printf("There is no administrator yet. This link makes one, once, within a week:\n"
           "  %.*s/set-up/%s\n",
           CT_SV_ARG(s->site), token);
    return CT_OK;
}

static int greet(struct service *s, struct ct_err *err)
{
    int r;

    printf("crosstrain serves %s at %.*s\n", s->content, CT_SV_ARG(s->site));
    r = s->wish->demo ? print_demo(s, err) : print_set_up(s, err);
    if (fflush(stdout) != 0)
        return ct_fail(err, CT_INTERNAL, "standard output", "cannot be written");
    return r;
}

enum { OPT_LISTEN = CT_OPT_OWN, OPT_SECURE, OPT_LOG, OPT_IMPORT_MAX };
static const struct option options[] = {{"listen", required_argument, NULL, OPT_LISTEN},
                                        {"content", required_argument, NULL, CT_OPT_CONTENT},
                                        {"data", required_argument, NULL, CT_OPT_DATA},
                                        {"demo", no_argument, NULL, CT_OPT_DEMO},
                                        {"secure-cookies", no_argument, NULL, OPT_SECURE},
                                        {"log", required_argument, NULL, OPT_LOG},
                                        {"import-max", required_argument, NULL, OPT_IMPORT_MAX},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

static bool read_level(const char *text, enum ct_log_level *ret)
{
    static const char *const names[] = {
        [CT_LOG_ERROR] = "error", [CT_LOG_WARN] = "warn", [CT_LOG_INFO] = "info"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], text) == 0) {
            *ret = (enum ct_log_level)i;
            return true;
        }
    return false;
}

static int read_options(int argc, char **argv, struct wish *w)
{
    int c;

    while ((c = ct_cli_option("serve", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        if (c == OPT_LOG && !read_level(optarg, &w->log))
            return ct_cli_usage("serve", "--log takes error, warn or info, not '%s'", optarg);
        if (c == OPT_IMPORT_MAX && (!ct_sv_i64(ct_sv_c(optarg), &w->import_mb) ||
                                    w->import_mb < 1 || w->import_mb > CT_IMPORT_FILE_MAX / MB))
            return ct_cli_usage("serve", "--import-max takes 1 to %d, in MB, not '%s'",
                                CT_IMPORT_FILE_MAX / MB, optarg);
        if (c == OPT_LISTEN)
            w->listen = optarg;
        if (c == CT_OPT_CONTENT)
            w->content = optarg;
        if (c == CT_OPT_DATA)
            w->data = optarg;
        w->demo |= c == CT_OPT_DEMO;
        w->secure_cookies |= c == OPT_SECURE;
        w->help |= c == CT_OPT_HELP;
    }
    return optind < argc ? ct_cli_usage("serve", "unexpected argument '%s'", argv[optind])
                         : CT_EXIT_OK;
}

int ct_cmd_serve(int argc, char **argv)
{
    struct wish wish = {.listen = "127.0.0.1:8080", .log = CT_LOG_WARN};
    struct service s = {.wish = &wish, .lock = -1};
    struct ct_err err = CT_ERR_INIT;
    sigset_t ends;
    int r = read_options(argc, argv, &wish);

    if (r != CT_EXIT_OK)
        return r;
    if (wish.help) {
        fputs(help, stdout);
        return CT_EXIT_OK;
    }
    ct_cli_end_hold(&ends);
    if (open_service(&s, &err) == CT_OK && greet(&s, &err) == CT_OK)
        ct_cli_end_wait(&ends);
    close_service(&s);
    return err.code == CT_OK ? CT_EXIT_OK : ct_cli_fail("serve", &err);
}
