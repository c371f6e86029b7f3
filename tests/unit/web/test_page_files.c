/*
 * test_page_files.c: a manager asks for a file, watches it, takes it away; and what happens when
 * that does not go well.
 */
#include "walk.h"

#include "ct/learn/order.h"
#include "ct/learn/org.h"
#include "ct/web/files.h"

#include <fcntl.h>

#include "ct/base/banned.h"

#define FILES  "/reports/files"
#define TARGET "target=%2Freports%2Fcompletion.csv%3Fby%3Dperson"

static int64_t open_manager(struct site *s, struct browser *b, const char *email)
{
    char form[64];
    int64_t id = site_person(s, email, "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);

    snprintf(form, sizeof form, "%.*s%%40example.org", (int)strcspn(email, "@"), email);
    browser_sign_in(b, form);
    return id;
}

static int order(struct browser *b, char *location)
{
    browser_get(b, FILES);
    int status = browser_post(b, FILES, TARGET);
    walk_location(b, location, 64);
    return status;
}

/* The bytes that a download sends from disk. */
static struct ct_sv sent(struct browser *b, struct ct_arena *a)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv bytes = CT_SV_NULL;

    assert_non_null(b->rs->file);
    CT_OK_("file", ct_file_read(a, b->rs->file, CT_REPORT_MAX, &bytes, &err), &err);
    return bytes;
}

static void a_file_is_made_and_taken_away(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char page[64], at[96];
    struct stat st;

    open_manager(s, &b, "mo@example.org");
    CT_EQ_I64("asked", order(&b, page), 303);
    CT_EQ_STR("where it is watched", page, FILES "/1");
    walk_page(&b, page, "report-file");
    assert_non_null(strstr(b.body, "Waiting for its turn"));
    assert_non_null(strstr(b.body, "http-equiv=\"refresh\""));
    assert_non_null(strstr(b.body, "by:</span> person"));
    assert_true(ct_files_step(s->app, &s->worker));
    assert_false(ct_files_step(s->app, &s->worker));
    walk_page(&b, page, "report-file.ready");
    assert_null(strstr(b.body, "http-equiv=\"refresh\""));
    walk_page(&b, FILES, "report-files");
    snprintf(at, sizeof at, "%s/download", page);
    CT_EQ_I64("download", browser_get(&b, at), 200);
    CT_EQ_STR("type", b.rs->content_type, "text/csv; charset=utf-8");
    assert_true(ct_sv_search(b.rs->disposition, CT_SV("filename=\"completion-2023-11-14.csv\"")) !=
                SIZE_MAX);
    assert_int_equal(stat(b.rs->file, &st), 0);
    CT_EQ_I64("readable by its owner alone", st.st_mode & 0777, 0600);
    struct ct_sv made = sent(&b, &a);
    CT_EQ_I64("length", b.rs->file_length, (int64_t)made.n);
    CT_EQ_I64("asked directly", browser_get(&b, "/reports/completion.csv?by=person"), 200);
    CT_EQ_SV("the same", made, ct_sv_c(b.body));
}

static void it_is_its_persons_alone(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, other = {.site = s}, learner = {.site = s};
    char page[64];

    open_manager(s, &b, "mo@example.org");
    open_manager(s, &other, "max@example.org");
    site_person(s, "lea@example.org", "Lea", "judge", CT_ROLE_LEARNER);
    browser_sign_in(&learner, "lea%40example.org");
    order(&b, page);
    ct_files_step(s->app, &s->worker);
    CT_EQ_I64("the page", browser_get(&other, page), 404);
    CT_EQ_I64("the file", browser_get(&other, FILES "/1/download"), 404);
    CT_EQ_I64("cancel", browser_post(&other, FILES "/1/cancel", ""), 404);
    CT_EQ_I64("again", browser_post(&other, FILES "/1/again", ""), 404);
    CT_EQ_I64("no manager", browser_get(&learner, FILES "/1/download"), 403);
    CT_EQ_I64("no number", browser_get(&b, FILES "/x"), 404);
}

static void only_reports_are_made(void **state)
{
    static const char *const targets[] = {"%2Fme",
                                          "%2Freports%2Ftoday",
                                          "reports%2Fcompletion.csv",
                                          "%2F%2Fevil.example%2Freports%2Fcompletion.csv",
                                          "https%3A%2F%2Fevil.example",
                                          "%2Freports%2Ffiles",
                                          "%20"};
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char form[128];

    open_manager(s, &b, "mo@example.org");
    browser_get(&b, FILES);
    CT_EACH (t, targets) {
        snprintf(form, sizeof form, "target=%s", *t);
        CT_EQ_I64(*t, browser_post(&b, FILES, form), 400);
    }
    assert_false(ct_files_step(s->app, &s->worker));
}

static void every_report_can_be_made_so(void **state)
{
    static const char *const reports[] = {"completion", "assignments", "coverage",
                                          "credit",     "trends",      "questions"};
    static const char *const endings[] = {"csv", "json", "xlsx"};
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char form[128], page[64];

    open_manager(s, &b, "mo@example.org");
    CT_EACH (report, reports)
        CT_EACH (ending, endings) {
            browser_get(&b, FILES);
            snprintf(form, sizeof form, "target=%%2Freports%%2F%s.%s", *report, *ending);
            CT_EQ_I64(form, browser_post(&b, FILES, form), 303);
            walk_location(&b, page, sizeof page);
            assert_true(ct_files_step(s->app, &s->worker));
            browser_get(&b, page);
            if (!strstr(b.body, "The file is ready."))
                fail_msg("%s: %s", form, b.body);
        }
}

static void what_cannot_be_made_says_why(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char page[64];

    open_manager(s, &b, "mo@example.org");
    browser_get(&b, FILES);
    CT_EQ_I64("asked",
              browser_post(&b, FILES, "target=%2Freports%2Fcompletion.csv%3Fcourse%3Dnone"), 303);
    walk_location(&b, page, sizeof page);
    assert_true(ct_files_step(s->app, &s->worker));
    walk_page(&b, page, "report-file.failed");
    assert_non_null(strstr(b.body, "There is no file: "));
    CT_EQ_I64("no download", browser_get(&b, FILES "/1/download"), 404);
    browser_get(&b, page);
    CT_EQ_I64("again", browser_post(&b, FILES "/1/again", ""), 303);
    CT_EQ_STR("is another one", walk_location(&b, page, sizeof page), FILES "/2");
}

static void rights_are_those_of_the_moment(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    AUTO_BROWSER b = {.site = s};
    struct ct_order o;
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char page[64];
    int64_t mo = open_manager(s, &b, "mo@example.org");

    order(&b, page);
    CT_OK_("left", ct_person_set_active(s->store, &s->clock, mo, false, 0, &err), &err);
    assert_true(ct_files_step(s->app, &s->worker));
    CT_AUTO_READER rd = ct_store_reader(s->store);
    CT_OK_("order", ct_order_get(rd.db, &a, 1, mo, &o, &err), &err);
    CT_EQ_I64("failed", o.state, CT_ORDER_FAILED);
    assert_non_null(strstr(o.problem.p, "may not sign in"));
}

static void lead(struct site *s, int64_t who, int64_t org, bool ends)
{
    struct ct_org_change c = {.tie = CT_TIE_LEAD, .org = org, .who = who, .ends = ends};
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("lead", ct_org_record(s->store, &s->clock, &c, NULL, &err), &err);
}

static void who_lost_what_it_shows_does_not_get_it(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new dcs = {.kind = CT_ORG_AGENCY, .path = CT_SV("dcs"), .name = CT_SV("DCS")};
    struct ct_org_new pd = {.kind = CT_ORG_AGENCY, .path = CT_SV("pd"), .name = CT_SV("Police")};
    int64_t mo = open_manager(s, &b, "mo@example.org"), in_dcs, in_pd;
    struct stat st;
    char page[64];

    CT_OK_("dcs", ct_org_add(s->store, &s->clock, &dcs, 0, &in_dcs, &err), &err);
    CT_OK_("pd", ct_org_add(s->store, &s->clock, &pd, 0, &in_pd, &err), &err);
    lead(s, mo, in_dcs, false);
    order(&b, page);
    ct_files_step(s->app, &s->worker);
    CT_EQ_I64("as it was", browser_get(&b, FILES "/1/download"), 200);
    lead(s, mo, in_pd, false);
    CT_EQ_I64("who sees more now", browser_get(&b, FILES "/1/download"), 200);
    lead(s, mo, in_dcs, true);
    CT_EQ_I64("who lost the agency", browser_get(&b, FILES "/1/download"), 403);
    assert_non_null(strstr(b.body, "What you may see has changed since this file was made"));
    assert_int_not_equal(stat(ct_files_path(s->app->files, &a, 1), &st), 0);
    walk_page(&b, page, "report-file.failed");
    assert_non_null(strstr(b.body, "There is no file: what you may see has changed"));
    CT_EQ_I64("and not any more", browser_get(&b, FILES "/1/download"), 404);
    lead(s, mo, in_dcs, false);
    CT_EQ_I64("nor when it is back", browser_get(&b, FILES "/1/download"), 404);
}

static void a_file_ends_with_its_day(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct stat st;
    char page[64];

    open_manager(s, &b, "mo@example.org");
    order(&b, page);
    ct_files_step(s->app, &s->worker);
    const char *path = ct_files_path(s->app->files, &a, 1);
    assert_int_equal(stat(path, &st), 0);
    s->now += CT_ORDER_KEPT;
    browser_sign_in(&b, "mo%40example.org");
    CT_EQ_I64("over", browser_get(&b, FILES "/1/download"), 404);
    ct_files_step(s->app, &s->worker);
    assert_int_not_equal(stat(path, &st), 0);
    browser_get(&b, page);
    assert_non_null(strstr(b.body, "its day was over"));
    walk_tidy(&b, "expired");
}

static void one_that_is_gone_from_the_disk_is_not_found(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char page[64];

    open_manager(s, &b, "mo@example.org");
    order(&b, page);
    ct_files_step(s->app, &s->worker);
    const char *path = ct_files_path(s->app->files, &a, 1);
    assert_int_equal(truncate(path, 3), 0);
    CT_EQ_I64("cut", browser_get(&b, FILES "/1/download"), 404);
    unlink(path);
    CT_EQ_I64("gone", browser_get(&b, FILES "/1/download"), 404);
}

static void one_that_is_cancelled_leaves_nothing(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char page[64];

    open_manager(s, &b, "mo@example.org");
    order(&b, page);
    browser_get(&b, page);
    CT_EQ_I64("cancel", browser_post(&b, FILES "/1/cancel", ""), 303);
    assert_false(ct_files_step(s->app, &s->worker));
    browser_get(&b, page);
    assert_non_null(strstr(b.body, "You cancelled this file"));
    walk_tidy(&b, "cancelled");
    CT_EQ_I64("once", browser_post(&b, FILES "/1/cancel", ""), 409);
}

static void a_program_that_ends_gives_up_and_the_next_clears_up(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_order o;
    struct stat st;
    char page[64];

    open_manager(s, &b, "mo@example.org");
    order(&b, page);
    CT_OK_("taken", ct_order_take(s->store, &s->clock, &a, &o, &err), &err);
    ct_temp_write(&s->temp, "test.files/1.file.part", "half");
    ct_temp_write(&s->temp, "test.files/77.file", "nobody's");
    ct_temp_write(&s->temp, "test.files/notes", "somebody's own");
    CT_OK_("start", ct_files_start(s->app, SITE_WORKERS - 1, &err), &err);
    ct_files_stop(s->app->files);
    assert_int_not_equal(stat(ct_temp_path(&s->temp, "test.files/1.file.part"), &st), 0);
    assert_int_not_equal(stat(ct_temp_path(&s->temp, "test.files/77.file"), &st), 0);
    assert_int_equal(stat(ct_temp_path(&s->temp, "test.files/notes"), &st), 0);
    browser_get(&b, page);
    assert_non_null(strstr(b.body, "the server was stopped in the middle of it"));
}

static void the_thread_makes_what_is_ordered(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    AUTO_BROWSER b = {.site = s};
    char page[64];

    open_manager(s, &b, "mo@example.org");
    CT_OK_("start", ct_files_start(s->app, SITE_WORKERS - 1, &err), &err);
    order(&b, page);
    for (int64_t began = ct_monotonic_us(); ct_monotonic_us() - began < 20000000;) {
        browser_get(&b, page);
        if (strstr(b.body, "The file is ready"))
            break;
    }
    assert_non_null(strstr(b.body, "The file is ready"));
    ct_files_stop(s->app->files);
}

static void a_folder_that_cannot_be_written_is_said(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char page[64];

    open_manager(s, &b, "mo@example.org");
    order(&b, page); /* and no folder: nothing has started */
    rmdir(s->files);
    ct_temp_write(&s->temp, "test.files", "in its place");
    assert_true(ct_files_step(s->app, &s->worker));
    browser_get(&b, page);
    assert_non_null(strstr(b.body, "not enough room on the server&#39;s disk"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_made_and_taken_away, site_open, site_close),
        cmocka_unit_test_setup_teardown(it_is_its_persons_alone, site_open, site_close),
        cmocka_unit_test_setup_teardown(only_reports_are_made, site_open, site_close),
        cmocka_unit_test_setup_teardown(every_report_can_be_made_so, site_open, site_close),
        cmocka_unit_test_setup_teardown(what_cannot_be_made_says_why, site_open, site_close),
        cmocka_unit_test_setup_teardown(rights_are_those_of_the_moment, site_open, site_close),
        cmocka_unit_test_setup_teardown(who_lost_what_it_shows_does_not_get_it, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(a_file_ends_with_its_day, site_open, site_close),
        cmocka_unit_test_setup_teardown(one_that_is_gone_from_the_disk_is_not_found, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(one_that_is_cancelled_leaves_nothing, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(a_program_that_ends_gives_up_and_the_next_clears_up,
                                        site_open, site_close),
        cmocka_unit_test_setup_teardown(the_thread_makes_what_is_ordered, site_open, site_close),
        cmocka_unit_test_setup_teardown(a_folder_that_cannot_be_written_is_said, site_open,
                                        site_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
