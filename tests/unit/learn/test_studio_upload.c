/*
 * test_studio_upload.c: pictures and captions of a course: what is there, and taking new ones in.
 */
#include "studio_test.h"

#include "ct/base/limits.h"

#include <signal.h>
#include <sys/resource.h>

#include "ct/base/banned.h"

#define PNG_OF(width)                                                                              \
    CT_SV("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0" width "\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89"       \
          "\0\0\0\0IEND\xae\x42\x60\x82")
#define PNG     PNG_OF("\1")
#define PNG_TOO PNG_OF("\2")
#define VTT     CT_SV("WEBVTT\n\n00:01.500 --> 00:04.000\nHello.\n")

static int try_upload(struct studio *t, const char *course, const char *name, struct ct_sv bytes,
                      struct ct_sv *ret_path, struct ct_err *err)
{
    *ret_path = CT_SV_NULL;
    return ct_studio_upload(&t->s, &t->a, ct_sv_c(course), ct_sv_c(name), bytes, ret_path, err);
}

static void expect_upload(struct studio *t, const char *name, struct ct_sv bytes, const char *want)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv path, file;
    char below[256];

    CT_OK_(name, try_upload(t, "basics", name, bytes, &path, &err), &err);
    CT_EQ_SV(name, path, ct_sv_c(want));
    snprintf(below, sizeof below, "content/basics/%s", want);
    CT_OK_(want, ct_file_read(&t->a, ct_temp_path(&t->in.temp, below), CT_UPLOAD_MAX, &file, &err),
           &err);
    CT_EQ_SV(want, file, bytes);
}

static void names_become_addresses(void **state)
{
    static const struct {
        const char *name, *want;
    } cases[] = {
        {"door.png", "images/door.png"},
        {"T\xc3\xbcr 1.PNG", "images/tur-1.png"},
        {"Tu\xcc\x88r 2.png", "images/tur-2.png"},
        {"C:\\fakepath\\The Door.Png", "images/the-door.png"},
        {"../../../etc/gate.png", "images/gate.png"},
        {"..png", "images/file.png"},
        {"\xe9\x96\x80.png", "images/file.png"},
        {"a.b.c.png", "images/a-b-c.png"},
        {"-rf.png", "images/rf.png"},
        {"\xff\xfe.png", "images/file.png"},
        {"course.md.png", "images/course-md.png"},
    };
    struct studio *t = *state;

    CT_EACH (c, cases)
        expect_upload(t, c->name, PNG, c->want);
    expect_upload(t, "Interview 1.VTT", VTT, "media/interview-1.vtt");
}

static void a_name_that_is_taken_gets_a_number(void **state)
{
    struct studio *t = *state;

    expect_upload(t, "door.png", PNG, "images/door.png");
    expect_upload(t, "door.png", PNG_TOO, "images/door-2.png");
    expect_upload(t, "Door.png", PNG, "images/door.png");
    expect_upload(t, "door.png", PNG_TOO, "images/door-2.png");
    content_write(t, "basics/images/door-3.png/x", "x");
    content_write(t, "basics/images/door-2.png", "changed by hand");
    expect_upload(t, "door.png", PNG_TOO, "images/door-4.png");
}

static void what_is_no_picture_is_refused(void **state)
{
    struct studio *t = *state;
    char *big = calloc(1, CT_UPLOAD_MAX + 1);
    const struct {
        const char *name, *course, *file;
        struct ct_sv bytes;
        int want;
        const char *what;
    } cases[] = {
        {"no course of that name", "other", "a.png", PNG, CT_NOT_FOUND, "course"},
        {"no name of a course", "..", "a.png", PNG, CT_NOT_FOUND, "course"},
        {"no name at all", "", "a.png", PNG, CT_NOT_FOUND, "course"},
        {"a file of the content folder", "curriculum", "a.png", PNG, CT_NOT_FOUND, "course"},
        {"something else", "basics", "a.png", VTT, CT_BAD_INPUT, "file"},
        {"a source", "basics", "02-a.md", CT_SV("# A\n"), CT_BAD_INPUT, "file"},
        {"no ending", "basics", "png", PNG, CT_BAD_INPUT, "file"},
        {"no name", "basics", "", PNG, CT_BAD_INPUT, "file"},
        {"too big", "basics", "a.png", ct_sv_n(big, CT_UPLOAD_MAX + 1), CT_TOO_BIG, "file"},
    };

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv path;
        CT_EQ_I64(c->name, try_upload(t, c->course, c->file, c->bytes, &path, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
        assert_null(path.p);
    }
    assert_int_equal(access(ct_temp_path(&t->in.temp, "content/basics/images"), F_OK), -1);
    free(big);
}

static void a_folder_that_leads_out_takes_nothing(void **state)
{
    struct studio *t = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv path;
    char link[256];

    ct_temp_write(&t->in.temp, "outside/keep", "x");
    snprintf(link, sizeof link, "%s/basics/images", t->in.dir);
    assert_int_equal(symlink("../../outside", link), 0);
    CT_EQ_I64("pictures", try_upload(t, "basics", "a.png", PNG, &path, &err), CT_BAD_INPUT);
    CT_EQ_STR("pictures", err.what, "path");
    assert_int_equal(access(ct_temp_path(&t->in.temp, "outside/a.png"), F_OK), -1);
}

static void a_full_disk_leaves_nothing_behind(void **state)
{
    struct studio *t = *state;
    struct rlimit limit, before;
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv path;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit = before;
    limit.rlim_cur = 10;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    int r = try_upload(t, "basics", "a.png", PNG, &path, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    CT_EQ_I64("full", r, CT_INTERNAL);
    assert_true(err.text[0] != '\0');
    assert_int_equal(access(ct_temp_path(&t->in.temp, "content/basics/images"), F_OK), -1);
}

static void files_are_listed_by_path(void **state)
{
    struct studio *t = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_upload *list = NULL;
    char link[256];
    size_t n = 7;

    CT_OK_("none", ct_studio_uploads(&t->s, &t->a, CT_SV("basics"), &list, &n, &err), &err);
    CT_EQ_I64("none", n, 0);
    content_write(t, "basics/media/talk.vtt", "12345");
    content_write(t, "basics/images/b.png", "1");
    content_write(t, "basics/images/a.png", "");
    content_write(t, "basics/images/.a.png.part", "");
    content_write(t, "basics/images-2.svg", "");
    content_write(t, "basics/images/deep/c.png", "");
    snprintf(link, sizeof link, "%s/basics/images/out.png", t->in.dir);
    assert_int_equal(symlink("/etc/hostname", link), 0);
    snprintf(link, sizeof link, "%s/basics/images/in.png", t->in.dir);
    assert_int_equal(symlink("b.png", link), 0);
    snprintf(link, sizeof link, "%s/basics/images/round", t->in.dir);
    assert_int_equal(symlink("..", link), 0);
    static const char *const want[] = {"images-2.svg",      "images/a.png",  "images/b.png",
                                       "images/deep/c.png", "images/in.png", "media/talk.vtt"};
    CT_OK_("all", ct_studio_uploads(&t->s, &t->a, CT_SV("basics"), &list, &n, &err), &err);
    CT_EQ_I64("all", n, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < n; i++)
        CT_EQ_SV("path", list[i].path, ct_sv_c(want[i]));
    CT_EQ_I64("bytes", list[5].size, 5);
    CT_EQ_I64("no course", ct_studio_uploads(&t->s, &t->a, CT_SV("other"), &list, &n, NULL),
              CT_NOT_FOUND);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, studio_open, studio_close)
    const struct CMUnitTest tests[] = {
        T(names_become_addresses),
        T(a_name_that_is_taken_gets_a_number),
        T(what_is_no_picture_is_refused),
        T(a_folder_that_leads_out_takes_nothing),
        T(a_full_disk_leaves_nothing_behind),
        T(files_are_listed_by_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
