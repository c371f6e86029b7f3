/*
 * test_page_imports.c: a long file is sent, looked at, imported; and what happens when that does
 * not go well.
 */
#include "walk.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/learn/import_job.h"
#include "ct/web/files.h"

#include "ct/base/banned.h"

#define PAGE "/people/imports/1"

static const char top[] =
    "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
    "--x\r\nContent-Disposition: form-data; name=\"what\"\r\n\r\npeople\r\n"
    "--x\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\ncheck\r\n"
    "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\a\\people.csv\"\r\n\r\n"
    "email,name,discipline\n";

static int64_t open_admin(struct site *s, struct browser *b, const char *name)
{
    char email[64], form[64];

    snprintf(email, sizeof email, "%s@example.org", name);
    snprintf(form, sizeof form, "%s%%40example.org", name);
    int64_t id = site_person(s, email, name, "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    browser_sign_in(b, form);
    return id;
}

/* A file of so many lines, each of 100 bytes or so; every `wrong`th cannot be. */
static int send_lines(struct browser *b, size_t lines, size_t wrong)
{
    CT_AUTO_STR body = CT_STR_INIT((size_t)16 * 1024 * 1024);
    struct ct_request rq = {.method = CT_SV("POST"),
                            .target = CT_SV("/people/import"),
                            .content_type = CT_SV("multipart/form-data; boundary=x")};

    browser_get(b, "/people/import");
    ct_str_addf(&body, top, b->csrf);
    for (size_t i = 1; i <= lines; i++)
        ct_str_addf(&body, "n%zu@example.org,%0*zu,%s\n", i, 80, i,
                    wrong && i % wrong == 0 ? "sorcerer" : "judge");
    ct_str_add_c(&body, "\r\n--x--\r\n");
    rq.body = ct_str_sv(&body);
    return browser_send(b, &rq);
}

static int press(struct browser *b, const char *what)
{
    char at[64];

    snprintf(at, sizeof at, PAGE "/%s", what);
    browser_get(b, PAGE);
    return browser_post(b, at, "");
}

static size_t n_files(struct site *s, const char *ending)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_dir_entry *entries;
    size_t n = 0, count = 0;

    if (ct_dir_list(&a, s->files, 100, &entries, &n, NULL) < 0)
        return 0;
    for (size_t i = 0; i < n; i++)
        count += ct_sv_ends(entries[i].name, ct_sv_c(ending));
    return count;
}

static void a_long_file_is_looked_at_and_imported(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char at[64];

    open_admin(s, &b, "ada");
    CT_EQ_I64("sent", send_lines(&b, 12000, 0), 303);
    CT_EQ_STR("leads to", walk_location(&b, at, sizeof at), PAGE);
    CT_EQ_I64("kept", (int64_t)n_files(s, ".import"), 1);
    walk_page(&b, PAGE, "people-import-file");
    assert_non_null(strstr(b.body, "Waiting for its turn"));
    assert_non_null(strstr(b.body, "http-equiv=\"refresh\""));
    assert_non_null(strstr(b.body, "<bdi>people.csv</bdi>"));
    assert_true(ct_files_step(s->app, &s->worker));
    walk_page(&b, PAGE, "people-import-file.fine");
    assert_non_null(strstr(b.body, "12000 lines: 12000 people would be added"));
    CT_AUTO_JSON *before = walk_json(&b, "/people");
    CT_EQ_I64("nobody yet", walk_int(before, "total"), 1);
    CT_EQ_I64("import", press(&b, "import"), 303);
    assert_true(ct_files_step(s->app, &s->worker));
    walk_page(&b, PAGE, "people-import-file.done");
    assert_non_null(strstr(b.body, "Done: 12000 people added"));
    CT_AUTO_JSON *after = walk_json(&b, "/people");
    CT_EQ_I64("everybody", walk_int(after, "total"), 12001);
    assert_false(ct_files_step(s->app, &s->worker));
    CT_EQ_I64("its file is gone", (int64_t)n_files(s, ".import"), 0);
    CT_EQ_I64("pressed again", press(&b, "import"), 303);
    assert_false(ct_files_step(s->app, &s->worker));
    walk_page(&b, "/people/import", "people-import");
    assert_non_null(strstr(b.body, "href=\"" PAGE "\""));
    browser_get(&b, "/reports/files");
    assert_null(strstr(b.body, "imports"));
}

static void refused_lines_are_listed_page_by_page(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv list;

    open_admin(s, &b, "ada");
    CT_EQ_I64("sent", send_lines(&b, 12000, 40), 303);
    ct_files_step(s->app, &s->worker);
    walk_page(&b, PAGE, "people-import-file.refused");
    assert_non_null(strstr(b.body, "Problems: 300, in a file of 12000 lines"));
    assert_non_null(strstr(b.body, "Problems 1 to 200 of 300"));
    assert_non_null(strstr(b.body, "<th scope=\"row\" class=\"num\">41</th><td>discipline</td>"));
    assert_null(strstr(b.body, "Previous page"));
    browser_get(&b, PAGE "?page=2");
    assert_non_null(strstr(b.body, "Problems 201 to 300 of 300"));
    assert_non_null(strstr(b.body, "<th scope=\"row\" class=\"num\">12001</th>"));
    assert_null(strstr(b.body, "Next page"));
    CT_EQ_I64("behind the last", browser_get(&b, PAGE "?page=3"), 200);
    CT_EQ_I64("no page", browser_get(&b, PAGE "?page=0"), 400);
    CT_EQ_I64("as CSV", browser_get(&b, PAGE "/refused.csv"), 200);
    CT_OK_("file", ct_file_read(&a, b.rs->file, CT_REPORT_MAX, &list, &err), &err);
    assert_true(ct_sv_search(list, CT_SV("\r\n41,discipline,the curriculum has no")) != SIZE_MAX);
    CT_EQ_I64("import all the same", press(&b, "import"), 303);
    ct_files_step(s->app, &s->worker);
    CT_AUTO_JSON *after = walk_json(&b, "/people");
    CT_EQ_I64("nobody", walk_int(after, "total"), 1);
}

static void a_short_file_with_many_problems_is_kept_to_be_paged(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    open_admin(*state, &b, "ada");
    CT_EQ_I64("few", send_lines(&b, 400, 1), 200);
    CT_EQ_I64("many", send_lines(&b, 600, 1), 303);
}

static void it_is_its_senders_alone(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, other = {.site = s};

    open_admin(s, &b, "ada");
    open_admin(s, &other, "bea");
    send_lines(&b, 12000, 40);
    ct_files_step(s->app, &s->worker);
    CT_EQ_I64("the page", browser_get(&other, PAGE), 404);
    CT_EQ_I64("the list", browser_get(&other, PAGE "/refused.csv"), 404);
    browser_get(&other, "/people/import");
    CT_EQ_I64("import", browser_post(&other, PAGE "/import", ""), 404);
    CT_EQ_I64("cancel", browser_post(&other, PAGE "/cancel", ""), 404);
}

static void rights_are_asked_again(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s}, other = {.site = s};
    struct ct_err err = CT_ERR_INIT;
    int64_t ada = open_admin(s, &b, "ada");

    open_admin(s, &other, "bea");
    send_lines(&b, 12000, 0);
    ct_files_step(s->app, &s->worker);
    press(&b, "import");
    CT_OK_("left", ct_person_set_active(s->store, &s->clock, ada, false, 0, &err), &err);
    ct_files_step(s->app, &s->worker);
    CT_AUTO_JSON *after = walk_json(&other, "/people?active=all");
    CT_EQ_I64("nobody", walk_int(after, "total"), 2);
}

static void one_that_is_cancelled_changes_nothing(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    open_admin(s, &b, "ada");
    send_lines(&b, 12000, 0);
    ct_files_step(s->app, &s->worker);
    press(&b, "import");
    CT_EQ_I64("cancel", press(&b, "cancel"), 303);
    assert_false(ct_files_step(s->app, &s->worker));
    browser_get(&b, PAGE);
    assert_non_null(strstr(b.body, "You cancelled this. Nothing was changed."));
    walk_tidy(&b, "cancelled");
    CT_EQ_I64("cancelled twice is no error", press(&b, "cancel"), 303);
    press(&b, "check");
    ct_files_step(s->app, &s->worker);
    walk_page(&b, PAGE, "people-import-file.fine");
}

static void a_program_that_ended_in_the_middle_says_so(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_order o;

    open_admin(s, &b, "ada");
    send_lines(&b, 12000, 0);
    CT_OK_("taken", ct_order_take(s->store, &s->clock, &a, &o, &err), &err);
    CT_OK_("anew", ct_order_recover(s->store, &s->clock, &err), &err);
    walk_page(&b, PAGE, "people-import-file.failed");
    assert_non_null(strstr(b.body, "the server was stopped in the middle of it. Nothing was"));
    press(&b, "check");
    ct_files_step(s->app, &s->worker);
    walk_page(&b, PAGE, "people-import-file.fine");
}

static void a_file_ends_with_its_day(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    open_admin(s, &b, "ada");
    send_lines(&b, 12000, 0);
    ct_files_step(s->app, &s->worker);
    s->now += CT_IMPORT_KEPT;
    browser_sign_in(&b, "ada%40example.org");
    browser_get(&b, PAGE);
    assert_non_null(strstr(b.body, "because its day was over"));
    walk_tidy(&b, "gone");
    CT_EQ_I64("too late", press(&b, "import"), 409);
    ct_files_step(s->app, &s->worker);
    CT_EQ_I64("deleted", (int64_t)n_files(s, ".import"), 0);
}

static void a_file_that_is_gone_from_the_disk_is_told(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_import_job job;
    struct ct_err err = CT_ERR_INIT;
    int64_t ada = open_admin(s, &b, "ada");

    send_lines(&b, 12000, 0);
    {
        CT_AUTO_READER rd = ct_store_reader(s->store);
        CT_OK_("job", ct_import_job_get(rd.db, &a, 1, ada, &job, &err), &err);
    }
    unlink(ct_path_join(&a, s->files, job.file));
    ct_files_step(s->app, &s->worker);
    browser_get(&b, PAGE);
    assert_non_null(strstr(b.body, "the file is not on the disk any more"));
}

/* Its only file is overwritten, as if what it says could not be any more. */
static void spoil(struct site *s, int64_t person)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_import_job job;
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_READER rd = ct_store_reader(s->store);

    CT_OK_("job", ct_import_job_get(rd.db, &a, 1, person, &job, &err), &err);
    CT_OK_("spoilt",
           ct_file_write(ct_path_join(&a, s->files, job.file),
                         CT_SV("email,name,discipline\na@x.org,Ana,sorcerer\n"), &err),
           &err);
}

static void what_the_import_itself_refuses_is_listed(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    int64_t ada = open_admin(s, &b, "ada");

    send_lines(&b, 12000, 0);
    ct_files_step(s->app, &s->worker);
    spoil(s, ada);
    CT_EQ_I64("ordered", press(&b, "import"), 303);
    ct_files_step(s->app, &s->worker);
    walk_page(&b, PAGE, "people-import-file.refused");
    assert_non_null(strstr(b.body, "Problems: 1, in a file of 1 line. Nothing was changed"));
    assert_non_null(strstr(b.body, "<th scope=\"row\" class=\"num\">2</th><td>discipline</td>"));
    CT_EQ_I64("as a file", browser_get(&b, PAGE "/refused.csv"), 200);
}

static void its_order_is_no_file_of_the_reports(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    open_admin(s, &b, "ada");
    send_lines(&b, 12000, 40);
    ct_files_step(s->app, &s->worker);
    CT_EQ_I64("the list itself", browser_get(&b, PAGE "/refused.csv"), 200);
    CT_EQ_I64("page", browser_get(&b, "/reports/files/1"), 404);
    CT_EQ_I64("file", browser_get(&b, "/reports/files/1/download"), 404);
}

static void one_that_cannot_be_ordered_is_not_kept(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char at[64];

    open_admin(s, &b, "ada");
    for (int i = 0; i < CT_ORDERS_OPEN_MAX; i++)
        CT_EQ_I64("sent", send_lines(&b, 12000, 0), 303);
    CT_EQ_I64("one too many", send_lines(&b, 12000, 0), 409);
    CT_EQ_I64("its file is gone", (int64_t)n_files(s, ".import"), CT_ORDERS_OPEN_MAX);
    snprintf(at, sizeof at, "/people/imports/%d", CT_ORDERS_OPEN_MAX + 1);
    CT_AUTO_JSON *page = walk_json(&b, at);
    assert_true(json_is_true(json_object_get(page, "is_gone")));
    assert_true(json_is_null(json_object_get(page, "check_href")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_long_file_is_looked_at_and_imported, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(refused_lines_are_listed_page_by_page, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(a_short_file_with_many_problems_is_kept_to_be_paged,
                                        site_open, site_close),
        cmocka_unit_test_setup_teardown(it_is_its_senders_alone, site_open, site_close),
        cmocka_unit_test_setup_teardown(rights_are_asked_again, site_open, site_close),
        cmocka_unit_test_setup_teardown(one_that_is_cancelled_changes_nothing, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(a_program_that_ended_in_the_middle_says_so, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(a_file_ends_with_its_day, site_open, site_close),
        cmocka_unit_test_setup_teardown(a_file_that_is_gone_from_the_disk_is_told, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(what_the_import_itself_refuses_is_listed, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(its_order_is_no_file_of_the_reports, site_open, site_close),
        cmocka_unit_test_setup_teardown(one_that_cannot_be_ordered_is_not_kept, site_open,
                                        site_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
