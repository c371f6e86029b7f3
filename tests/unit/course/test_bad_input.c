/*
 * test_bad_input.c: files that nobody should have to cope with: each gets one clear message, in
 * bounded time, and the rest of the content stays live.
 */
#include "course/course_test.h"

#include "course/temp_dir.h"

#include "ct/base/limits.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "ct/base/banned.h"

enum { MIB = 1024 * 1024, SECONDS_MAX = 5 };

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void write_bytes(struct temp_dir *t, const char *name, struct ct_sv bytes)
{
    char path[512];
    temp_write(t, name, "");
    snprintf(path, sizeof path, "%s/%s", t->path, name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    assert_int_equal(fclose(f), 0);
}

/* "# T … ## S …", then `head`, n times `item`, `tail`. */
struct recipe {
    const char *head, *item;
    size_t n;
    const char *tail;
};

static void cook(struct ct_str *out, const struct recipe *r)
{
    ct_str_add_c(out, r->head);
    for (size_t i = 0; i < r->n; i++)
        ct_str_add_c(out, r->item);
    ct_str_add_c(out, r->tail);
}

#define TOP "# T\n\n## S\n\n"

static void each_bad_file_gets_one_message_and_the_rest_stays(void **state)
{
    static const struct {
        const char *name;
        struct recipe recipe;
        const char *code, *text; /* the one message, and a part of it; "": there is none */
        int line;
    } cases[] = {
        {"a picture", {TOP "\x89PNG\r\n\x1a", "\xff\xfe\xfd", 5000, ""}, "E01", "UTF-8", 5},
        {"Latin 1", {TOP "caf", "\xe9 ", 1, ""}, "E01", "save it as UTF-8", 5},
        {"a line of 10 MB", {TOP, "a word ", 10 * MIB / 7, "\n"}, "E01", "over 1024 KiB", 1},
        {"a line over the limit",
         {TOP, "a word ", CT_SOURCE_LINE_MAX / 7 + 2, "\n"},
         "E01",
         "line",
         5},
        {"a line within the limit", {TOP, "a word ", CT_SOURCE_LINE_MAX / 7 - 2, "\n"}, "", "", 0},
        {"a thousand nested quotes", {TOP, "> ", 1000, "deep\n"}, "E01", "nested", 5},
        {"nested empty lists", {TOP, "+ ", 20000, "\n"}, "E01", "nested", 5},
        {"nested empty lists in a quote", {TOP "> ", "+ ", 20000, "\n"}, "E01", "nested", 5},
        {"images around links", {TOP, "![[]()", 10000, "\n"}, "E01", "images and links", 5},
        {"emphasis in deep quotes", {TOP "> > > > > > > > > >", "*a_ ", 15000, "\n"}, "", "", 0},
        {"front matter that never ends",
         {"---\n", "title: x\n", 1, TOP "text\n"},
         "E02",
         "never ends",
         1},
        {"long front matter that never ends",
         {"---\n", "title: x\n", 50000, ""},
         "E02",
         "never ends",
         1},
        {"front matter nested without end",
         {"---\ntitle: ", "[", 20000, "\n---\n" TOP "a\n"},
         "E02",
         "front matter",
         2},
        {"nothing but a thousand headings", {TOP, "### H\n\n", 1000, ""}, "", "", 0},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct temp_dir t;
        CT_AUTO_STR source = CT_STR_INIT(16 * MIB);
        temp_content(&t);
        cook(&source, &c->recipe);
        write_bytes(&t, "first/05-bad.md", ct_str_sv(&source));
        double start = cpu_seconds();
        struct ct_catalogue *cat = test_load(t.path);
        assert_true(cpu_seconds() - start < SECONDS_MAX);
        size_t n_errors = 0;
        for (size_t i = 0; i < cat->problems.n; i++) {
            const struct ct_problem *p = &cat->problems.items[i];
            if (p->severity == CT_WARNING)
                continue;
            n_errors++;
            CT_EQ_STR(c->name, p->code, c->code);
            CT_EQ_SV(c->name, p->file, CT_SV("first/05-bad.md"));
            CT_EQ_I64(c->name, p->line, c->line);
            if (ct_sv_search(p->text, ct_sv_c(c->text)) == SIZE_MAX)
                print_error("%s: %.*s\n", c->name, CT_SV_ARG(p->text));
            assert_true(ct_sv_search(p->text, ct_sv_c(c->text)) != SIZE_MAX);
        }
        CT_EQ_I64(c->name, n_errors, *c->code ? 1 : 0);
        const struct ct_course *course = ct_catalogue_course(cat, CT_SV("first"));
        CT_EQ_I64(c->name, course->n_modules, *c->code ? 2 : 3);
        assert_non_null(ct_course_module(course, CT_SV("start")));
        CT_EQ_I64(c->name, cat->n_courses, 2);
        ct_catalogue_free(cat);
        temp_remove(&t);
    }
}

static void a_binary_file_is_named_as_one(void **state)
{
    static const char utf16[] = "#\0 \0T\0\n\0\n\0#\0#\0 \0S\0\n\0";
    struct temp_dir t;
    (void)state;
    temp_content(&t);
    write_bytes(&t, "first/05-bad.md", ct_sv_n(utf16, sizeof utf16 - 1));
    struct ct_catalogue *cat = test_load(t.path);
    CT_EQ_I64("problems", cat->problems.n, 1);
    assert_true(ct_sv_search(cat->problems.items[0].text, CT_SV("UTF-16")) != SIZE_MAX);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

static void a_file_name_that_cannot_be_an_address_gets_one_that_can(void **state)
{
    static const struct {
        const char *name, *want;
    } cases[] = {
        {"La víctima.md", "01-la-victima.md"}, {"03 - El Niño.md", "03-el-nino.md"},
        {"7-Ärger.md", "07-arger.md"},         {"12_two words.md", "12-two-words.md"},
        {"01-.md", "01-its-name.md"},          {"\xe6\x97\xa5.md", "01-its-name.md"},
        {"README.md", "01-readme.md"},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct temp_dir t;
        char name[128];
        temp_content(&t);
        snprintf(name, sizeof name, "first/%s", c->name);
        temp_write(&t, name, MODULE);
        struct ct_catalogue *cat = test_load(t.path);
        CT_EQ_I64(c->name, cat->problems.n, 1);
        CT_EQ_STR(c->name, cat->problems.items[0].code, "W38");
        if (!ct_sv_ends(cat->problems.items[0].text, ct_sv_c(c->want)))
            print_error("%.*s\n", CT_SV_ARG(cat->problems.items[0].text));
        assert_true(ct_sv_ends(cat->problems.items[0].text, ct_sv_c(c->want)));
        CT_EQ_I64(c->name, ct_catalogue_course(cat, CT_SV("first"))->n_modules, 2);
        ct_catalogue_free(cat);
        temp_remove(&t);
    }
}

static void links_out_of_the_folder_are_not_followed(void **state)
{
    static const struct {
        const char *name, *link, *target, *codes;
    } cases[] = {
        {"a module outside", "first/05-bad.md", "/etc/passwd", "W40"},
        {"a module that is gone", "first/05-bad.md", "nowhere.md", "W40"},
        {"a circle", "first/05-bad.md", "05-bad.md", "W40"},
        {"a course outside", "third", "/etc", "W40"},
        {"a module inside", "second/05-good.md", "../first/02-start.md", ""},
    };
    (void)state;
    CT_EACH (c, cases) {
        struct temp_dir t;
        temp_content(&t);
        temp_link(&t, c->link, c->target);
        struct ct_catalogue *cat = test_load(t.path);
        CT_EQ_I64(c->name, cat->problems.n, *c->codes ? 1 : 0);
        if (*c->codes)
            CT_EQ_STR(c->name, cat->problems.items[0].code, c->codes);
        CT_EQ_I64(c->name, ct_catalogue_course(cat, CT_SV("first"))->n_modules, 2);
        ct_catalogue_free(cat);
        temp_remove(&t);
    }
}

/* ---- a file that is written, and goes, while it is read ---- */

struct writer {
    char path[128];
    atomic_bool stop;
};

enum { PART = 200 * 1024 };

/* Writes one letter over and over in place, another one each time, and sometimes takes it away. */
static void *write_on(void *arg)
{
    struct writer *w = arg;
    static char text[PART];
    for (unsigned i = 0; !atomic_load(&w->stop); i++) {
        memset(text, 'a' + (int)(i % 26), sizeof text);
        memcpy(text, "# T\n\n## S\n\n", 11);
        for (size_t k = 100; k < sizeof text; k += 100)
            text[k] = '\n';
        int fd = open(w->path, O_WRONLY | O_CREAT, 0600);
        if (fd >= 0) {
            for (size_t k = 0; k < sizeof text; k += 20 * 1024)
                if (pwrite(fd, text + k, 20 * 1024, (off_t)k) < 0)
                    break;
            close(fd);
        }
        if (i % 5 == 4)
            unlink(w->path);
    }
    return NULL;
}

static void a_file_that_is_being_written_harms_nobody(void **state)
{
    struct temp_dir t;
    struct writer w;
    pthread_t thread;
    (void)state;
    temp_content(&t);
    snprintf(w.path, sizeof w.path, "%s/first/05-bad.md", t.path);
    atomic_init(&w.stop, false);
    assert_int_equal(pthread_create(&thread, NULL, write_on, &w), 0);
    for (int i = 0; i < 40; i++) {
        struct ct_catalogue *cat = test_load(t.path);
        const struct ct_course *c = ct_catalogue_course(cat, CT_SV("first"));
        assert_non_null(ct_course_module(c, CT_SV("start")));
        for (size_t k = 0; k < cat->problems.n; k++)
            CT_EQ_SV("only that file", cat->problems.items[k].file, CT_SV("first/05-bad.md"));
        ct_catalogue_free(cat);
    }
    atomic_store(&w.stop, true);
    pthread_join(thread, NULL);
    temp_write(&t, "first/05-bad.md", MODULE);
    struct ct_catalogue *cat = test_load(t.path);
    CT_EQ_I64("once it is written it is read", cat->problems.n, 0);
    CT_EQ_I64("whole",
              ct_course_module(ct_catalogue_course(cat, CT_SV("first")), CT_SV("bad"))->source.n,
              sizeof MODULE - 1);
    ct_catalogue_free(cat);
    temp_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_file_gets_one_message_and_the_rest_stays),
        cmocka_unit_test(a_binary_file_is_named_as_one),
        cmocka_unit_test(a_file_name_that_cannot_be_an_address_gets_one_that_can),
        cmocka_unit_test(links_out_of_the_folder_are_not_followed),
        cmocka_unit_test(a_file_that_is_being_written_harms_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
