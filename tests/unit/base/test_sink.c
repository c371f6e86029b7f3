/*
 * test_sink.c: bytes into files and texts, and what a full one says.
 */
#include "ct_test.h"

#include "ct/base/sink.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "ct/base/banned.h"

static void a_text_takes_what_it_may_hold(void **state)
{
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_STR text = CT_STR_INIT(5);
    struct ct_sink s = ct_sink_str(&text);

    (void)state;
    CT_OK_("three", ct_sink_write(&s, CT_SV("abc"), &err), &err);
    CT_OK_("nothing", ct_sink_write(&s, CT_SV_NULL, &err), &err);
    CT_EQ_I64("four", s.n, 3);
    CT_EQ_I64("too many", ct_sink_write(&s, CT_SV("def"), &err), CT_TOO_BIG);
    CT_EQ_I64("what was refused is not counted", s.n, 3);
    CT_EQ_SV("no half of it", ct_str_sv(&text), CT_SV("abc"));
}

static void a_file_takes_bytes(void **state)
{
    struct ct_err err = CT_ERR_INIT;
    char back[16] = "";
    FILE *file = tmpfile();

    (void)state;
    assert_non_null(file);
    int fd = fileno(file);
    struct ct_sink s = ct_sink_fd(&fd);
    CT_OK_("one", ct_sink_write(&s, CT_SV("one "), &err), &err);
    CT_OK_("two", ct_sink_write(&s, CT_SV("two"), &err), &err);
    CT_EQ_I64("counted", s.n, 7);
    CT_EQ_I64("read", pread(fd, back, sizeof back, 0), 7);
    CT_EQ_STR("in their order", back, "one two");
    fclose(file);
}

static void a_full_disk_is_said(void **state)
{
    struct ct_err err = CT_ERR_INIT;
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    struct ct_sink s = ct_sink_fd(&fd);

    (void)state;
    assert_true(fd >= 0);
    CT_EQ_I64("refused", ct_sink_write(&s, CT_SV("x"), &err), CT_INTERNAL);
    CT_EQ_STR("by what", err.what, "disk");
    assert_non_null(strstr(err.text, "No space left"));
    CT_EQ_I64("nothing was taken", s.n, 0);
    close(fd);
}

static int remember(void *arg, int64_t done, int64_t total, struct ct_err *err)
{
    int64_t *seen = arg;

    seen[0] = done;
    seen[1] = total;
    return done < total ? CT_OK : ct_fail(err, CT_CONFLICT, "order", "cancelled");
}

static void progress_is_told_and_may_end_the_work(void **state)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t seen[2] = {0, 0};
    struct ct_progress p = {remember, seen};

    (void)state;
    CT_OK_("nobody listens", ct_progress_tell(NULL, 1, 2, &err), &err);
    CT_OK_("told", ct_progress_tell(&p, 1, 2, &err), &err);
    CT_EQ_I64("done", seen[0], 1);
    CT_EQ_I64("total", seen[1], 2);
    CT_EQ_I64("ended", ct_progress_tell(&p, 2, 2, &err), CT_CONFLICT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_takes_what_it_may_hold),
        cmocka_unit_test(a_file_takes_bytes),
        cmocka_unit_test(a_full_disk_is_said),
        cmocka_unit_test(progress_is_told_and_may_end_the_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
