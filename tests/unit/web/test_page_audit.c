/*
 * test_page_audit.c: from the form to an archive that can be checked, and what is said when the
 * question is none.
 */
#include "text/zip_test.h"
#include "walk.h"

#include "ct/learn/order.h"
#include "ct/learn/org.h"
#include "ct/learn/token.h"
#include "ct/web/files.h"

#include "ct/base/banned.h"

#define PAGE "/reports/audit"

static int64_t open_person(struct site *s, struct browser *b, const char *email, unsigned role)
{
    char form[64];
    int64_t id = site_person(s, email, "Mo", "judge", CT_ROLE_LEARNER | role);

    snprintf(form, sizeof form, "%.*s%%40example.org", (int)strcspn(email, "@"), email);
    browser_sign_in(b, form);
    return id;
}

static void from_the_form_to_the_archive(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_err err = CT_ERR_INIT;
    struct ct_sv bytes;
    char page[64], at[96], answer[4096];

    open_person(s, &b, "mo@example.org", CT_ROLE_MANAGER);
    walk_page(&b, PAGE, "report-audit");
    assert_non_null(strstr(b.body, "name=\"from\" type=\"date\" required autocomplete=\"off\""
                                   " value=\"2023-01-01\""));
    CT_EQ_I64("asked", browser_post(&b, PAGE, "from=2023-01-01&until=2023-11-14"), 303);
    walk_location(&b, page, sizeof page);
    walk_page(&b, page, "report-file");
    assert_non_null(strstr(b.body, "<h1>Audit pack</h1>"));
    assert_true(ct_files_step(s->app, &s->worker));
    walk_page(&b, page, "report-file.ready");
    assert_non_null(strstr(b.body, "audit-2023-01-01-to-2023-11-14.zip</span>"));
    snprintf(at, sizeof at, "%s/download", page);
    CT_EQ_I64("download", browser_get(&b, at), 200);
    CT_EQ_STR("type", b.rs->content_type, "application/zip");
    CT_OK_("file", ct_file_read(&a, b.rs->file, CT_REPORT_MAX, &bytes, &err), &err);
    if (zip_check_sums(bytes, answer, sizeof answer) != 0)
        fail_msg("sha256sum: %s", answer);
    CT_EQ_I64("readme", zip_ask(bytes, "-p", "'*/README.txt'", answer, sizeof answer), 0);
    assert_non_null(strstr(answer, "by Mo, with crosstrain"));
    assert_non_null(strstr(answer, "http://localhost:8080/certificates/key"));
}

static void what_is_wrong_stands_at_its_field(void **state)
{
    static const struct {
        const char *name, *form, *field, *says;
    } cases[] = {
        {"no day", "from=&until=2023-11-14", "from", "A day of the calendar is wanted, as in"},
        {"no real day", "from=2023-01-01&until=2023-02-30", "until",
         "A day of the calendar is wanted, as in"},
        {"backwards", "from=2023-02-01&until=2023-01-01", "until", "ends before it begins"},
        {"ahead", "from=2023-02-01&until=2030-01-01", "until", "today at the latest"},
        {"no such agency", "from=2023-01-01&until=2023-02-01&agency=none", "from", "agency"},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char id[64];

    open_person(s, &b, "mo@example.org", CT_ROLE_ADMIN);
    browser_get(&b, PAGE);
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, browser_post(&b, PAGE, c->form), 400);
        snprintf(id, sizeof id, "id=\"%s-error\"", c->field);
        if (!strstr(b.body, id) || !strstr(b.body, c->says))
            fail_msg("%s: no «%s» at %s in %s", c->name, c->says, c->field, b.body);
        walk_tidy(&b, c->name);
    }
    assert_false(ct_files_step(s->app, &s->worker));
}

static void it_is_for_managers_who_lead_somebody(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    AUTO_BROWSER learner = {.site = s}, mo = {.site = s};
    struct ct_org_new dcs = {.kind = CT_ORG_AGENCY,
                             .path = CT_SV("dcs"),
                             .name = CT_SV("DCS"),
                             .time_zone = CT_SV("UTC")};
    int64_t id;

    open_person(s, &learner, "lea@example.org", 0);
    CT_EQ_I64("the form", browser_get(&learner, PAGE), 403);
    CT_EQ_I64("the archive",
              browser_get(&learner, "/reports/audit.zip?from=2023-01-01&until=2023-02-01"), 403);
    open_person(s, &mo, "mo@example.org", CT_ROLE_MANAGER);
    browser_get(&mo, PAGE);
    CT_OK_("agency", ct_org_add(s->store, &s->clock, &dcs, 0, &id, &err), &err);
    CT_EQ_I64("who leads nothing", browser_get(&mo, PAGE), 403);
    CT_EQ_I64("asks in vain", browser_post(&mo, PAGE, "from=2023-01-01&until=2023-02-01"), 403);
}

static void a_manager_is_not_told_of_other_agencies(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    AUTO_BROWSER mo = {.site = s};
    struct ct_org_new dcs = {.kind = CT_ORG_AGENCY,
                             .path = CT_SV("dcs"),
                             .name = CT_SV("DCS"),
                             .time_zone = CT_SV("UTC")},
                      da = dcs;
    struct ct_org_change lead = {.tie = CT_TIE_LEAD, .note = CT_SV("-")};

    da.path = CT_SV("da");
    da.name = CT_SV("The DA");
    lead.who = open_person(s, &mo, "mo@example.org", CT_ROLE_MANAGER);
    CT_OK_("dcs", ct_org_add(s->store, &s->clock, &dcs, 0, &lead.org, &err), &err);
    int64_t other;
    CT_OK_("da", ct_org_add(s->store, &s->clock, &da, 0, &other, &err), &err);
    CT_OK_("lead", ct_org_record(s->store, &s->clock, &lead, NULL, &err), &err);
    CT_EQ_I64("the form", browser_get(&mo, PAGE), 200);
    assert_non_null(strstr(mo.body, "value=\"dcs\""));
    assert_null(strstr(mo.body, "The DA"));
    CT_EQ_I64("the other", browser_post(&mo, PAGE, "from=2023-01-01&until=2023-02-01&agency=da"),
              403);
    assert_non_null(strstr(mo.body, "<h1>Audit pack</h1>"));
}

/* The bytes of an open file that is sent. */
static struct ct_sv sent(struct browser *b, struct ct_arena *a)
{
    char *bytes = ct_arena_alloc(a, (size_t)b->rs->file_length + 1);

    assert_true(b->rs->fd > 0);
    CT_EQ_I64("bytes", pread(b->rs->fd, bytes, (size_t)b->rs->file_length + 1, 0),
              b->rs->file_length);
    return ct_sv_n(bytes, (size_t)b->rs->file_length);
}

static void programs_get_it_at_once(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    AUTO_BROWSER b = {.site = s};
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    char text[CT_BEARER_TEXT + 1], header[CT_BEARER_TEXT + 16], answer[4096];
    int64_t id = site_person(s, "max@example.org", "Max", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    struct ct_token_wish wish = {
        .person = id, .name = CT_SV("x"), .scopes = CT_TOKEN_REPORTS_READ, .days = 3};

    CT_OK_("token", ct_token_make(s->store, &s->clock, &wish, text, &err), &err);
    snprintf(header, sizeof header, "Bearer %s", text);
    struct ct_request rq = {.method = CT_SV("GET"),
                            .target = CT_SV("/reports/audit.zip?from=2023-01-01&until=2023-02-01"),
                            .authorization = ct_sv_c(header)};
    CT_EQ_I64("at once", browser_send(&b, &rq), 200);
    CT_EQ_STR("type", b.rs->content_type, "application/zip");
    if (zip_check_sums(sent(&b, &a), answer, sizeof answer) != 0)
        fail_msg("sha256sum: %s", answer);
    rq = (struct ct_request){.method = CT_SV("GET"),
                             .target = CT_SV("/reports/audit.zip?from=2023-01-01"),
                             .authorization = ct_sv_c(header)};
    CT_EQ_I64("without an end", browser_send(&b, &rq), 400);
    CT_EQ_I64("no file is left open", b.rs->fd, 0);
    assert_true(ct_files_enter(s->app->files));
    assert_true(ct_files_enter(s->app->files));
    rq = (struct ct_request){.method = CT_SV("GET"),
                             .target = CT_SV("/reports/audit.zip?from=2023-01-01&until=2023-02-01"),
                             .authorization = ct_sv_c(header)};
    CT_EQ_I64("one too many at once", browser_send(&b, &rq), 409);
    ct_files_leave(s->app->files);
    ct_files_leave(s->app->files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(from_the_form_to_the_archive, site_open, site_close),
        cmocka_unit_test_setup_teardown(what_is_wrong_stands_at_its_field, site_open, site_close),
        cmocka_unit_test_setup_teardown(it_is_for_managers_who_lead_somebody, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(a_manager_is_not_told_of_other_agencies, site_open,
                                        site_close),
        cmocka_unit_test_setup_teardown(programs_get_it_at_once, site_open, site_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
