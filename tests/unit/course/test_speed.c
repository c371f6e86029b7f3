/*
 * test_speed.c: checking costs what the content is long: a thousand modules at most fifteen hundred
 * times one, and a text twice as long not four times as much. Processor time of this process, so
 * that a busy machine does not matter; bounds are generous, and what is quadratic breaks them by
 * far.
 */
#include "course/course_test.h"

#include "course/temp_dir.h"

#include <time.h>

#include "ct/base/banned.h"

enum { COURSES = 2, MODULES = 500, ONE_TIMES = 20, RATIO_MAX = 1500, DOUBLE_MAX = 3 };

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double check_time(const char *path, size_t files)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_problems problems = {.arena = &a};
    struct ct_err err = CT_ERR_INIT;
    size_t n_files = 0;
    double start = cpu_seconds();
    CT_OK_(path, ct_check_path(&problems, path, NULL, &n_files, &err), &err);
    CT_EQ_I64("files", n_files, files);
    CT_EQ_I64("problems", problems.n_errors, 0);
    return cpu_seconds() - start;
}

static void write_module(struct temp_dir *t, int course, int number)
{
    CT_AUTO_STR s = CT_STR_INIT(100000);
    CT_AUTO_STR name = CT_STR_INIT(1000);
    ct_str_addf(&s, "---\nid: c%d-m%d\n---\n# Module %d\n", course, number, number);
    for (int i = 0; i < 3; i++)
        ct_str_addf(&s,
                    "\n## Section %d\n\nSome *text* with a [link](#section-0), and more of it.\n\n"
                    "> **For prosecutors:** Something.\n\n### Question: Which %d?\n\n"
                    "- (x) One\n  > Right.\n- ( ) Two\n",
                    i, i);
    ct_str_addf(&name, "course-%d/%d-module-%d.md", course, number, number);
    temp_write(t, name.p, s.p);
}

static void a_thousand_modules_cost_a_thousand_times_one(void **state)
{
    struct temp_dir t;
    char path[512];
    double one = 0;
    (void)state;
    temp_make(&t);
    temp_write(&t, "curriculum.md",
               "---\ntitle: C\ndisciplines: [prosecutor (prosecutors)]\n---\n\nText.\n");
    for (int c = 0; c < COURSES; c++) {
        snprintf(path, sizeof path, "course-%d/course.md", c);
        temp_write(&t, path, COURSE);
        for (int m = 1; m <= MODULES; m++)
            write_module(&t, c, m);
    }
    snprintf(path, sizeof path, "%s/course-0/1-module-1.md", t.path);
    for (int i = 0; i < ONE_TIMES; i++)
        one += check_time(path, 1) / ONE_TIMES;
    double all = check_time(t.path, 1 + COURSES * (1 + MODULES));
    if (all > RATIO_MAX * one)
        print_error("one %.6f s, a thousand %.3f s\n", one, all);
    assert_true(all <= RATIO_MAX * one);
    temp_remove(&t);
}

/* ---- one long text ---- */

/* The shorter of three tries: what else the process does only ever adds. */
static double parse_time(const char *item, int n)
{
    double least = 1e9;
    for (int i = 0; i < 3; i++) {
        CT_AUTO_STR s = CT_STR_INIT(1024 * 1024);
        struct parsed p;
        ct_str_add_c(&s, "# T\n\n## S\n\n");
        for (int k = 0; k < n; k++) {
            for (const char *c = item; *c; c++) {
                if (*c == '@')
                    ct_str_addf(&s, "%d", k);
                else
                    ct_str_add_char(&s, *c);
            }
        }
        double start = cpu_seconds();
        test_parse(&p, ct_str_sv(&s), "01-a.md", "en", true);
        double took = cpu_seconds() - start;
        least = took < least ? took : least;
        test_release(&p);
    }
    return least;
}

static void twice_the_text_costs_twice_the_time(void **state)
{
    static const struct {
        const char *name, *item;
        int n;
    } cases[] = {
        {"questions", "### Question: Q @\n\nWhy?\n\n- (x) a\n- ( ) b\n\n", 1000},
        {"headings of one name", "### Same\n\na\n\n", 3000},
        {"links to headings", "### H @\n\n[a](#h-@)\n\n", 2000},
        {"passages", "> **For prosecutors:** a\n\n", 3000},
        {"problems", "- (x) lost\n\n---\n\n", 3000},
        {"problems with mends", "> **Hint:**close @\n\n### Question: Q @\n\n- [x] a\n- [] b\n\n",
         1500},
        {"links that lead nowhere", "### H @\n\n[a](#n-@)\n\n", 2000},
    };
    (void)state;
    CT_EACH (c, cases) {
        double once = parse_time(c->item, c->n), twice = parse_time(c->item, 2 * c->n);
        if (twice > DOUBLE_MAX * once)
            print_error("%s: %.4f s, twice the text %.4f s\n", c->name, once, twice);
        assert_true(twice <= DOUBLE_MAX * once);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_modules_cost_a_thousand_times_one),
        cmocka_unit_test(twice_the_text_costs_twice_the_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
