/*
 * preview.c: `crosstrain preview`: a trainer's live view of a content folder. No database, no
 * people, nothing recorded; for this machine alone.
 */
#include "cli_priv.h"

#include "ct/base/file.h"
#include "ct/text/url.h"
#include "ct/web/server.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ct/base/banned.h"

static const char help[] =
    "Usage: crosstrain preview [OPTION]... [PATH]\n"
    "Shows courses as they are in their folder now, to be opened in a browser on this machine\n"
    "alone: without signing in, with the checker's messages beside the text, and recording\n"
    "nothing. A page that is open follows what is saved. PATH is the content folder, or a course\n"
    "or a file in it (default: content in this folder, else the program's).\n\n"
    "  --port N               where to listen (default 8081; 0: any free one)\n" CT_HELP_HELP;

enum {
    THREADS = 256, /* more than may wait for news (preview_changes.c), so that pages find one */
    OUR_SLOT = THREADS, /* of the library: one a thread, one for this file */
    PORT = 8081,
    PORT_MAX = 65535
};

struct wish {
    const char *path;
    int64_t port;
    bool help;
};

struct service {
    struct ct_arena arena;
    struct ct_library *library;
    struct ct_app *app;
    struct ct_server *server;
    const char *content; /* the folder of curriculum.md */
    struct ct_sv below;  /* what was asked for, below it: "course/01-x.md"; or null */
};

static void close_service(struct service *s)
{
    if (s->library)
        ct_library_wake(s->library);
    ct_server_stop(s->server);
    ct_library_close(s->library);
    ct_app_close(s->app);
    ct_arena_release(&s->arena);
}

static bool has_curriculum(struct ct_arena *a, const char *dir)
{
    return access(ct_path_join(a, dir, CT_SV("curriculum.md")), F_OK) == 0;
}

/* The content folder that a path is, or lies in; what of the path is below it. */
static int find_content(struct service *s, const char *path, struct ct_err *err)
{
    char real[PATH_MAX];
    struct ct_sv whole;
    size_t n;

    if (has_curriculum(&s->arena, path)) {
        s->content = path;
        return CT_OK;
    }
    if (!realpath(path, real))
        return ct_fail(err, CT_NOT_FOUND, path, "there is no such folder or file");
    whole = ct_arena_dup(&s->arena, ct_sv_c(real));
    for (n = whole.n; n > 1; n--) {
        const char *dir;
        if (whole.p[n - 1] != '/')
            continue;
        dir = ct_arena_cstr(&s->arena, ct_sv_sub(whole, 0, n - 1));
        if (!has_curriculum(&s->arena, dir))
            continue;
        s->content = dir;
        s->below = ct_sv_sub(whole, n, SIZE_MAX);
        return CT_OK;
    }
    return ct_fail(err, CT_NOT_FOUND, path,
                   "there is no curriculum.md here or in the folders above; "
                   "`crosstrain new curriculum FOLDER` makes one around the courses");
}

static int open_app(struct service *s, struct ct_err *err)
{
    struct ct_app_config cfg = {.library = s->library,
                                .clock = &ct_clock_system,
                                .content_dir = s->content,
                                .static_dir = ct_cli_home(&s->arena, "static"),
                                .templates_dir = ct_cli_home(&s->arena, "server/web/templates"),
                                .codes_dir = ct_cli_home(&s->arena, "server/course/codes"),
                                .preview = true};

    if (!cfg.static_dir || !cfg.templates_dir)
        return ct_fail(err, CT_NOT_FOUND, cfg.static_dir ? "server/web/templates" : "static",
                       "this folder of the program is neither beside it nor where it was built");
    return ct_app_open(&cfg, &s->app, err);
}

static int open_service(struct service *s, const struct wish *w, struct ct_err *err)
{
    struct ct_server_config cfg = {.threads = THREADS};
    int r;

    if ((r = find_content(s, w->path ? w->path : ct_cli_content(&s->arena), err)) < 0 ||
        (r = ct_library_open(NULL, &ct_clock_system, s->content, OUR_SLOT + 1, &s->library, err)) <
            0 ||
        (r = open_app(s, err)) < 0)
        return r;
    cfg.app = s->app;
    cfg.address = ct_arena_printf(&s->arena, "127.0.0.1:%d", (int)w->port).p;
    if ((r = ct_server_start(&cfg, &s->server, err)) < 0)
        return r;
    return ct_library_watch(s->library, NULL, NULL, err);
}

/* The page of what was asked for: a course's, a module's; else the front page. */
static struct ct_sv page_of(struct service *s)
{
    const struct ct_catalogue *cat = ct_library_hold(s->library, OUR_SLOT);
    struct ct_sv page = CT_SV("/");

    for (size_t i = 0; i < cat->n_courses && s->below.n; i++) {
        const struct ct_course *c = &cat->courses[i];
        if (ct_sv_eq(s->below, c->slug) || ct_sv_eq(s->below, c->path))
            page = CT_URL(&s->arena, CT_SV("courses"), c->slug);
        for (size_t k = 0; k < c->n_modules; k++)
            if (ct_sv_eq(s->below, c->modules[k]->path))
                page = CT_URL(&s->arena, CT_SV("courses"), c->slug, c->modules[k]->slug);
    }
    ct_library_release(s->library, OUR_SLOT);
    return page;
}

static int greet(struct service *s, struct ct_err *err)
{
    printf("crosstrain shows %s at http://127.0.0.1:%d%.*s\n", s->content,
           ct_server_port(s->server), CT_SV_ARG(page_of(s)));
    if (fflush(stdout) != 0)
        return ct_fail(err, CT_INTERNAL, "standard output", "cannot be written");
    return CT_OK;
}

enum { OPT_PORT = CT_OPT_OWN };
static const struct option options[] = {{"port", required_argument, NULL, OPT_PORT},
                                        {"help", no_argument, NULL, CT_OPT_HELP},
                                        {NULL, 0, NULL, 0}};

static int read_options(int argc, char **argv, struct wish *w)
{
    int c;

    while ((c = ct_cli_option("preview", argc, argv, options)) != -1) {
        if (c == '?')
            return CT_EXIT_USAGE;
        if (c == OPT_PORT &&
            (!ct_sv_i64(ct_sv_c(optarg), &w->port) || w->port < 0 || w->port > PORT_MAX))
            return ct_cli_usage("preview", "--port takes a number up to %d, not '%s'", PORT_MAX,
                                optarg);
        w->help |= c == CT_OPT_HELP;
    }
    if (optind < argc)
        w->path = argv[optind++];
    return optind < argc ? ct_cli_usage("preview", "unexpected argument '%s'", argv[optind])
                         : CT_EXIT_OK;
}

int ct_cmd_preview(int argc, char **argv)
{
    struct wish wish = {.port = PORT};
    struct service s = {.content = NULL};
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
    if (open_service(&s, &wish, &err) == CT_OK && greet(&s, &err) == CT_OK)
        ct_cli_end_wait(&ends);
    close_service(&s);
    return err.code == CT_OK ? CT_EXIT_OK : ct_cli_fail("preview", &err);
}
