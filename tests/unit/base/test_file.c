/*
 * test_file.c: files and folders, within limits.
 */
#include "ct_test.h"

#include "ct/base/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ct/base/banned.h"

struct fixture {
    struct ct_arena arena;
    struct ct_err err;
    char dir[32];
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    if (!f)
        return -1;
    memcpy(f->dir, "/tmp/ct-file-XXXXXX", sizeof "/tmp/ct-file-XXXXXX");
    *state = f;
    return mkdtemp(f->dir) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *where)
{
    (void)st, (void)type, (void)where;
    return remove(path);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    nftw(f->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    ct_arena_release(&f->arena);
    free(f);
    return 0;
}

static char *path_of(struct fixture *f, const char *name)
{
    return ct_path_join(&f->arena, f->dir, ct_sv_c(name));
}

static char *put(struct fixture *f, const char *name, const char *bytes, size_t n)
{
    char *path = path_of(f, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, n, out), n);
    assert_int_equal(fclose(out), 0);
    return path;
}

static void files_are_read_whole(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name;
        struct ct_sv bytes;
    } cases[] = {{"empty", {"", 0}}, {"text", {"hello\n", 6}}, {"with NUL", {"a\0b", 3}}};
    CT_EACH (c, cases) {
        struct ct_sv got = CT_SV_NULL;
        char *path = put(f, c->name, c->bytes.p, c->bytes.n);
        CT_OK_(c->name, ct_file_read(&f->arena, path, 100, &got, &f->err), &f->err);
        CT_EQ_SV(c->name, got, c->bytes);
        CT_EQ_I64("a NUL follows", got.p[got.n], 0);
    }
}

static void the_limit_is_exact(void **state)
{
    struct fixture *f = *state;
    char *path = put(f, "five", "12345", 5);
    for (size_t max = 0; max < 8; max++) {
        struct ct_sv got = CT_SV("untouched");
        struct ct_err err = CT_ERR_INIT;
        int r = ct_file_read(&f->arena, path, max, &got, &err);
        CT_EQ_I64("status", r, max < 5 ? CT_TOO_BIG : CT_OK);
        CT_EQ_SV("bytes", got, max < 5 ? CT_SV("untouched") : CT_SV("12345"));
    }
}

static void a_file_that_does_not_know_its_size(void **state)
{
    struct fixture *f = *state;
    struct ct_sv got = CT_SV_NULL;
    CT_OK_("read", ct_file_read(&f->arena, "/proc/self/status", 1 << 20, &got, &f->err), &f->err);
    assert_true(ct_sv_starts(got, CT_SV("Name:")));
    assert_true(got.n > 100);
    for (size_t max = 0; max < 70; max++)
        CT_EQ_I64("limit", ct_file_read(&f->arena, "/proc/self/status", max, &got, NULL),
                  CT_TOO_BIG);
}

static void what_cannot_be_read(void **state)
{
    struct fixture *f = *state;
    char *file = put(f, "file", "x", 1), *fifo = path_of(f, "fifo"), *loop = path_of(f, "loop");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(symlink("loop", loop), 0);
    char longer[400] = "/tmp/";
    memset(longer + 5, 'x', sizeof longer - 6);
    const struct {
        const char *name, *path;
        int want;
    } cases[] = {
        {"missing", path_of(f, "none"), CT_NOT_FOUND},
        {"below a file", ct_path_join(&f->arena, file, CT_SV("x")), CT_NOT_FOUND},
        {"empty path", "", CT_NOT_FOUND},
        {"folder", f->dir, CT_BAD_INPUT},
        {"pipe without a writer", fifo, CT_BAD_INPUT},
        {"link to itself", loop, CT_BAD_INPUT},
        {"device", "/dev/null", CT_BAD_INPUT},
        {"a name too long", longer, CT_BAD_INPUT},
    };
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_sv got = CT_SV("untouched");
        CT_EQ_I64(c->name, ct_file_read(&f->arena, c->path, 100, &got, &err), c->want);
        CT_EQ_SV(c->name, ct_sv_c(err.what), ct_sv_sub(ct_sv_c(c->path), 0, sizeof err.what - 1));
        assert_true(strlen(err.text) > 0);
        CT_EQ_SV(c->name, got, CT_SV("untouched"));
    }
}

static void an_unreadable_file_is_bad_input(void **state)
{
    struct fixture *f = *state;
    struct ct_sv got;
    if (geteuid() == 0)
        skip(); /* root reads everything */
    char *path = put(f, "secret", "x", 1);
    assert_int_equal(chmod(path, 0), 0);
    CT_EQ_I64("status", ct_file_read(&f->arena, path, 10, &got, &f->err), CT_BAD_INPUT);
}

static void folders_are_listed_in_order(void **state)
{
    struct fixture *f = *state;
    put(f, "b", "", 0);
    put(f, "B", "", 0);
    put(f, "a10", "", 0);
    put(f, "a1", "", 0);
    put(f, "é", "", 0);
    put(f, ".hidden", "", 0);
    assert_int_equal(mkdir(path_of(f, "folder"), 0700), 0);
    assert_int_equal(symlink("folder", path_of(f, "to-folder")), 0);
    assert_int_equal(symlink("a1", path_of(f, "to-file")), 0);
    assert_int_equal(symlink("nowhere", path_of(f, "to-nothing")), 0);
    static const struct {
        const char *name;
        bool is_dir, is_link;
    } want[] = {
        {"B", false, false},       {"a1", false, false},        {"a10", false, false},
        {"b", false, false},       {"folder", true, false},     {"to-file", false, true},
        {"to-folder", true, true}, {"to-nothing", false, true}, {"é", false, false},
    };
    struct ct_dir_entry *entries = NULL;
    size_t n = 0;
    CT_OK_("list", ct_dir_list(&f->arena, f->dir, 9, &entries, &n, &f->err), &f->err);
    CT_EQ_I64("entries", n, 9);
    CT_EACH (w, want) {
        const struct ct_dir_entry *e = &entries[w - want];
        CT_EQ_SV("name", e->name, ct_sv_c(w->name));
        CT_EQ_I64(w->name, e->is_dir, w->is_dir);
        CT_EQ_I64(w->name, e->is_link, w->is_link);
    }
    CT_EQ_I64("one too many", ct_dir_list(&f->arena, f->dir, 8, &entries, &n, NULL), CT_TOO_BIG);
    CT_EQ_I64("untouched", n, 9);
}

static void an_empty_folder_has_no_entries(void **state)
{
    struct fixture *f = *state;
    struct ct_dir_entry *entries = NULL;
    size_t n = 7;
    CT_OK_("list", ct_dir_list(&f->arena, f->dir, 0, &entries, &n, &f->err), &f->err);
    CT_EQ_I64("entries", n, 0);
}

static void what_cannot_be_listed(void **state)
{
    struct fixture *f = *state;
    struct ct_dir_entry *entries;
    size_t n;
    char *file = put(f, "file", "", 0);
    CT_EQ_I64("missing", ct_dir_list(&f->arena, path_of(f, "none"), 9, &entries, &n, NULL),
              CT_NOT_FOUND);
    CT_EQ_I64("a file", ct_dir_list(&f->arena, file, 9, &entries, &n, &f->err), CT_BAD_INPUT);
    CT_EQ_STR("what", f->err.what, file);
}

static void paths_are_joined(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *dir, *name, *want;
    } cases[] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"/", "b", "/b"}, {"", "b", "b"}};
    CT_EACH (c, cases)
        CT_EQ_STR(c->want, ct_path_join(&f->arena, c->dir, ct_sv_c(c->name)), c->want);
    CT_EQ_STR("of a view", ct_path_join(&f->arena, "a", ct_sv_n("bcd", 2)), "a/bc");
}

static void folders_are_made_with_their_parents(void **state)
{
    struct fixture *f = *state;
    struct stat st;
    char *path = path_of(f, "x/y/z");
    CT_OK_("made", ct_dir_make(path, &f->err), &f->err);
    assert_int_equal(stat(path, &st), 0);
    assert_true(S_ISDIR(st.st_mode));
    CT_EQ_I64("mode", st.st_mode & 0077, 0);
    CT_OK_("again", ct_dir_make(path, &f->err), &f->err);
    CT_OK_("with slashes", ct_dir_make(path_of(f, "x//y/w/"), &f->err), &f->err);
    CT_OK_("the root", ct_dir_make("/", &f->err), &f->err);
    assert_int_equal(stat(path_of(f, "x/y/w"), &st), 0);
}

static void folders_that_cannot_be_made(void **state)
{
    struct fixture *f = *state;
    char *file = put(f, "file", "", 0);
    CT_EQ_I64("a file is there", ct_dir_make(file, &f->err), CT_INTERNAL);
    CT_EQ_STR("what", f->err.what, file);
    CT_EQ_I64("below a file", ct_dir_make(path_of(f, "file/a/b"), NULL), CT_INTERNAL);
    CT_EQ_I64("no name", ct_dir_make("", NULL), CT_INTERNAL);
}

static int two_pieces(void *arg, struct ct_sink *out, struct ct_err *err)
{
    int r = ct_sink_write(out, CT_SV("one, "), err);
    return r < 0 ? r : ct_sink_write(out, ct_sv_c(arg), err);
}

static int half(void *arg, struct ct_sink *out, struct ct_err *err)
{
    ct_sink_write(out, CT_SV("half"), NULL);
    return ct_fail(err, CT_CONFLICT, arg, "it was given up");
}

static int onto_a_full_disk(void *arg, struct ct_sink *out, struct ct_err *err)
{
    (void)arg, (void)out;
    return ct_fail(err, CT_INTERNAL, "disk", "it is full");
}

static void is_in(struct fixture *f, const char *name, const char *path, const char *want)
{
    struct ct_sv bytes;
    CT_OK_(name, ct_file_read(&f->arena, path, 100, &bytes, &f->err), &f->err);
    CT_EQ_STR(name, bytes.p, want);
}

static void files_are_written_whole(void **state)
{
    struct fixture *f = *state;
    struct stat st;
    char two[] = "two";
    char *path = path_of(f, "new");
    CT_OK_("new", ct_file_write(path, CT_SV("text"), &f->err), &f->err);
    is_in(f, "new", path, "text");
    assert_int_equal(chmod(path, 0604), 0);
    CT_OK_("piece by piece", ct_file_make(path, two_pieces, two, &f->err), &f->err);
    is_in(f, "piece by piece", path, "one, two");
    assert_int_equal(stat(path, &st), 0);
    CT_EQ_I64("keeps its mode", st.st_mode & 07777, 0604);
    CT_OK_("empty", ct_file_write(path, CT_SV(""), &f->err), &f->err);
    is_in(f, "empty", path, "");
}

static size_t files_in(struct fixture *f)
{
    size_t n = 0;
    DIR *dir = opendir(f->dir);
    assert_non_null(dir);
    for (const struct dirent *d; (d = readdir(dir));)
        n += strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
    closedir(dir);
    return n;
}

static void a_file_that_is_not_made_leaves_the_old_one(void **state)
{
    struct fixture *f = *state;
    struct ct_err full = CT_ERR_INIT;
    char what[] = "what";
    char *path = put(f, "old", "old", 3);
    CT_EQ_I64("given up", ct_file_make(path, half, what, &f->err), CT_CONFLICT);
    CT_EQ_STR("says why", f->err.what, "what");
    CT_EQ_STR("says why", f->err.text, "it was given up");
    CT_EQ_I64("full", ct_file_make(path, onto_a_full_disk, NULL, &full), CT_INTERNAL);
    CT_EQ_STR("says which file", full.what, path);
    is_in(f, "the old one", path, "old");
    CT_EQ_I64("a folder", ct_file_write(f->dir, CT_SV("x"), NULL), CT_INTERNAL);
    CT_EQ_I64("no folder", ct_file_write(path_of(f, "none/x"), CT_SV("x"), NULL), CT_NOT_FOUND);
    CT_EQ_I64("nothing else is left", (int64_t)files_in(f), 1);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(files_are_read_whole),
        IN_FOLDER(the_limit_is_exact),
        IN_FOLDER(a_file_that_does_not_know_its_size),
        IN_FOLDER(what_cannot_be_read),
        IN_FOLDER(an_unreadable_file_is_bad_input),
        IN_FOLDER(folders_are_listed_in_order),
        IN_FOLDER(an_empty_folder_has_no_entries),
        IN_FOLDER(what_cannot_be_listed),
        IN_FOLDER(paths_are_joined),
        IN_FOLDER(folders_are_made_with_their_parents),
        IN_FOLDER(folders_that_cannot_be_made),
        IN_FOLDER(files_are_written_whole),
        IN_FOLDER(a_file_that_is_not_made_leaves_the_old_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
