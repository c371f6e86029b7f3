/*
 * test_log.c: lines of the log, and that no value can forge one.
 */
#include "ct_test.h"

#include "ct/base/log.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum { READ_MAX = 64 * 1024 };

static int64_t fixed(void *arg)
{
    (void)arg;
    return 1795339800;
}

static const struct ct_clock still = {fixed, NULL};

/* A log into a pipe. */
struct fixture {
    int ends[2];
    struct ct_log log;
    char text[READ_MAX + 1];
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f || pipe(f->ends) != 0 || fcntl(f->ends[0], F_SETFL, O_NONBLOCK) != 0)
        return -1;
    f->log = (struct ct_log){f->ends[1], CT_LOG_INFO, &still};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    close(f->ends[0]);
    close(f->ends[1]);
    free(f);
    return 0;
}

/* What was written since the last call. */
static const char *written(struct fixture *f)
{
    size_t n = 0;
    ssize_t got;
    while ((got = read(f->ends[0], f->text + n, READ_MAX - n)) > 0)
        n += (size_t)got;
    f->text[n] = '\0';
    return f->text;
}

static void an_event_is_one_line(void **state)
{
    struct fixture *f = *state;
    ct_log_event(&f->log, CT_LOG_INFO, "request",
                 (struct ct_log_pair[]){{"status", CT_SV("200")},
                                        {"path", CT_SV("/courses/a b")},
                                        {NULL, CT_SV_NULL}});
    CT_EQ_STR("line", written(f),
              "time=2026-11-22T09:30:00Z level=info event=request status=200 "
              "path=\"/courses/a b\"\n");
    ct_log_event(&f->log, CT_LOG_ERROR, "start", NULL);
    CT_EQ_STR("no pairs", written(f), "time=2026-11-22T09:30:00Z level=error event=start\n");
}

static void values_are_quoted_and_escaped(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name;
        struct ct_sv value;
        const char *want;
    } cases[] = {
        {"plain", {"a-b_c.d:e/f@g,h+1", 17}, "a-b_c.d:e/f@g,h+1"},
        {"empty", {"", 0}, "\"\""},
        {"null", {NULL, 0}, "\"\""},
        {"blank", {"a b", 3}, "\"a b\""},
        {"equals", {"a=b", 3}, "\"a=b\""},
        {"quote", {"a\"b", 3}, "\"a\\\"b\""},
        {"backslash", {"a\\b", 3}, "\"a\\\\b\""},
        {"line feed", {"a\nlevel=error", 13}, "\"a\\nlevel=error\""},
        {"return", {"a\rb", 3}, "\"a\\x0db\""},
        {"tab", {"a\tb", 3}, "\"a\\x09b\""},
        {"NUL", {"a\0b", 3}, "\"a\\x00b\""},
        {"escape", {"\x1b[2J", 4}, "\"\\x1b[2J\""},
        {"delete", {"\x7f", 1}, "\"\\x7f\""},
        {"Latin-1 control", {"\xc2\x9b", 2}, "\"\\xc2\\x9b\""},
        {"UTF-8", {"é€", 5}, "\"é€\""},
        {"a real U+FFFD", {"\xef\xbf\xbd", 3}, "\"\xef\xbf\xbd\""},
        {"broken UTF-8", {"a\xff\xe2\x82", 4}, "\"a\\xff\\xe2\\x82\""},
    };
    CT_EACH (c, cases) {
        ct_log_event(&f->log, CT_LOG_WARN, "e",
                     (struct ct_log_pair[]){{"v", c->value}, {NULL, CT_SV_NULL}});
        struct ct_sv line = ct_sv_c(written(f));
        struct ct_sv head = CT_SV("time=2026-11-22T09:30:00Z level=warn event=e v=");
        assert_true(ct_sv_starts(line, head) && ct_sv_ends(line, CT_SV("\n")));
        CT_EQ_SV(c->name, ct_sv_sub(line, head.n, line.n - head.n - 1), ct_sv_c(c->want));
    }
}

static void lower_levels_are_left_out(void **state)
{
    struct fixture *f = *state;
    f->log.level = CT_LOG_WARN;
    ct_log_event(&f->log, CT_LOG_INFO, "no", NULL);
    CT_EQ_STR("info", written(f), "");
    ct_log_event(&f->log, CT_LOG_WARN, "yes", NULL);
    assert_true(strlen(written(f)) > 0);
    f->log.level = CT_LOG_ERROR;
    ct_log_event(&f->log, CT_LOG_WARN, "no", NULL);
    CT_EQ_STR("warn", written(f), "");
}

static void a_log_to_nowhere_is_silent(void **state)
{
    struct fixture *f = *state;
    struct ct_log none = {-1, CT_LOG_INFO, &still};
    ct_log_event(&none, CT_LOG_ERROR, "no", NULL);
    CT_EQ_STR("nothing", written(f), "");
}

static bool quotes_match(struct ct_sv line)
{
    bool open = false;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '\\' && open)
            i++;
        else if (line.p[i] == '"')
            open = !open;
    }
    return !open;
}

static void long_lines_are_cut(void **state)
{
    struct fixture *f = *state;
    static char a[6000], quotes[6000];
    memset(a, 'a', sizeof a);
    memset(quotes, '"', sizeof quotes);
    /* one value too long, several that fill the line, each escape at each place of the end */
    for (size_t n = 1900; n < 2100; n++) {
        for (size_t k = 1000; k < 1100; k += 33) {
            ct_log_event(&f->log, CT_LOG_INFO, "e",
                         (struct ct_log_pair[]){{"a", ct_sv_n(a, n)},
                                                {"q", ct_sv_n(quotes, k)},
                                                {"last", CT_SV("end")},
                                                {NULL, CT_SV_NULL}});
            struct ct_sv line = ct_sv_c(written(f));
            assert_true(line.n <= 4096);
            CT_EQ_I64("one line", ct_sv_find(line, '\n'), line.n - 1);
            assert_true(quotes_match(line));
            assert_true(ct_sv_ends(line, CT_SV(" cut=true\n")) !=
                        ct_sv_ends(line, CT_SV(" last=end\n")));
        }
    }
    ct_log_event(&f->log, CT_LOG_INFO, "e",
                 (struct ct_log_pair[]){{"a", ct_sv_n(a, sizeof a)}, {NULL, CT_SV_NULL}});
    assert_true(ct_sv_ends(ct_sv_c(written(f)), CT_SV("a\" cut=true\n")));
    ct_log_event(&f->log, CT_LOG_INFO, "e",
                 (struct ct_log_pair[]){{"a", CT_SV("short")}, {NULL, CT_SV_NULL}});
    assert_true(ct_sv_ends(ct_sv_c(written(f)), CT_SV(" a=short\n")));
}

static void *write_many(void *arg)
{
    struct fixture *f = arg;
    for (int i = 0; i < 50; i++)
        ct_log_event(&f->log, CT_LOG_INFO, "thread",
                     (struct ct_log_pair[]){{"v", CT_SV("a long enough value to be torn")},
                                            {NULL, CT_SV_NULL}});
    return NULL;
}

static void lines_of_threads_do_not_mix(void **state)
{
    struct fixture *f = *state;
    pthread_t threads[8];
    CT_EACH (t, threads)
        assert_int_equal(pthread_create(t, NULL, write_many, f), 0);
    CT_EACH (t, threads)
        assert_int_equal(pthread_join(*t, NULL), 0);
    struct ct_sv rest = ct_sv_c(written(f)), line;
    int n = 0;
    while (ct_sv_split(&rest, '\n', &line) && line.n) {
        CT_EQ_SV("line", line,
                 CT_SV("time=2026-11-22T09:30:00Z level=info event=thread "
                       "v=\"a long enough value to be torn\""));
        n++;
    }
    CT_EQ_I64("lines", n, 400);
}

#define WITH_PIPE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_PIPE(an_event_is_one_line),      WITH_PIPE(values_are_quoted_and_escaped),
        WITH_PIPE(lower_levels_are_left_out), WITH_PIPE(a_log_to_nowhere_is_silent),
        WITH_PIPE(long_lines_are_cut),        WITH_PIPE(lines_of_threads_do_not_mix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
