/*
 * test_markdown_spec.c: every example of CommonMark's specification (0.30, 652 examples, from npm).
 * What we render is, byte for byte, what the cmark command renders in its safe mode, and what the
 * specification prints wherever no raw HTML was left out. No example has a table in GitHub's sense.
 */
#include "md_test.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum { EXAMPLES = 652, WITH_RAW_HTML = 71 };

static bool skip_missing(const char *path)
{
    const char *required = getenv("CT_REQUIRE_NODE");
    if (access(path, R_OK) == 0 || (required && strcmp(required, "1") == 0))
        return false;
    print_message("%s is not there: npm install the packages of tests/package.json\n", path);
    return true;
}

/* Reads the examples; none if they are not installed and need not be. */
static size_t read_spec(struct ct_arena *a, struct md_example **ret)
{
    const char *folder = getenv("CT_NODE_MODULES");
    char path[512];
    snprintf(path, sizeof path, "%s/commonmark-spec/spec.txt",
             folder ? folder : CT_SOURCE_DIR "/build/node_modules");
    return skip_missing(path) ? 0 : md_examples(a, path, ret);
}

static struct ct_sv read_all(struct ct_arena *a, int fd)
{
    CT_AUTO_STR out = CT_STR_INIT(CT_PAGE_MAX);
    char piece[4096];
    ssize_t n;
    while ((n = read(fd, piece, sizeof piece)) > 0)
        ct_str_add(&out, piece, (size_t)n);
    return ct_arena_dup(a, ct_str_sv(&out));
}

/* What the cmark command makes of `md`, which fits into a pipe. */
static struct ct_sv run_cmark(struct ct_arena *a, struct ct_sv md)
{
    extern char **environ;
    char name[] = "cmark";
    char *argv[] = {name, NULL};
    int in[2], out[2], status;
    pid_t pid;
    posix_spawn_file_actions_t actions;

    assert_int_equal(pipe2(in, O_CLOEXEC), 0);
    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    if (posix_spawnp(&pid, name, &actions, NULL, argv, environ) != 0)
        fail_msg("the cmark command is not there: install the package cmark");
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    assert_int_equal(write(in[1], md.p, md.n), md.n);
    close(in[1]);
    struct ct_sv html = read_all(a, out[0]);
    close(out[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    return html;
}

static struct ct_sv render(struct ct_arena *a, const char *name, struct ct_sv text)
{
    CT_AUTO_MD *md = md_read(name, text, true);
    return md_html(a, ct_md_root(md));
}

static void every_example_is_rendered_as_cmark_does(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct md_example *ex;
    size_t n = read_spec(&a, &ex);
    if (n == 0)
        skip();
    CT_EQ_I64("examples", n, EXAMPLES);
    for (size_t i = 0; i < n; i++) {
        char name[32];
        snprintf(name, sizeof name, "example %zu", i + 1);
        CT_EQ_SV(name, render(&a, name, ex[i].md), run_cmark(&a, ex[i].md));
    }
}

static void every_example_without_raw_html_is_rendered_as_specified(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct md_example *ex;
    size_t n = read_spec(&a, &ex);
    int raw = 0;
    if (n == 0)
        skip();
    for (size_t i = 0; i < n; i++) {
        char name[32];
        snprintf(name, sizeof name, "example %zu", i + 1);
        struct ct_sv got = render(&a, name, ex[i].md);
        if (ct_sv_search(got, CT_SV("<!-- raw HTML omitted -->")) != SIZE_MAX)
            raw++;
        else
            CT_EQ_SV(name, got, ex[i].html);
    }
    CT_EQ_I64("examples with raw HTML", raw, WITH_RAW_HTML);
}

/* The course's files go through the guard: it must not stand in the way of plain Markdown. */
static void the_guard_lets_every_example_pass(void **state)
{
    (void)state;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct md_example *ex;
    size_t n = read_spec(&a, &ex);
    if (n == 0)
        skip();
    for (size_t i = 0; i < n; i++) {
        CT_AUTO_MD *md = md_read("example", ex[i].md, false);
        assert_non_null(md);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_is_rendered_as_cmark_does),
        cmocka_unit_test(every_example_without_raw_html_is_rendered_as_specified),
        cmocka_unit_test(the_guard_lets_every_example_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
