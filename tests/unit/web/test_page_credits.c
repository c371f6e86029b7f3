/*
 * test_page_credits.c: what gives credit, in an administrator's browser: types, approvals,
 * corrections, what is wrong said at its field, and that nobody else comes in.
 */
#include "walk.h"

#include "ct/learn/credit.h"

#include "ct/base/banned.h"

#define RULE                                                                                       \
    "title=Legal+education&source=as+the+board+says&from=2023-01-01&hour=50&step=0.1&round=down"   \
    "&basis=stated&needs=approval&active=&score=&attestation=I+took%0D%0Ait.&repeats=no&maximum="  \
    "&year=7&discipline.prosecutor=1"
#define APPROVAL                                                                                   \
    "body=Alder+State+Bar&state=Alder&number=26-1&hours=1.5&from=2023-01-01&until=2023-12-31&"     \
    "note="

static int open_admin(void **state)
{
    if (site_open(state) != 0)
        return -1;
    site_person(*state, "ada@example.org", "Ada", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    site_person(*state, "jo@example.org", "Jo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    return 0;
}

static void does(struct browser *b, const char *target, const char *fields)
{
    browser_get(b, "/credits");
    CT_EQ_I64(fields, browser_post(b, target, fields), 303);
    CT_EQ_SV("back to the list", browser_location(b), CT_SV("/credits"));
    browser_get(b, "/credits");
    assert_non_null(strstr(b->body, "Recorded under your name."));
}

static void an_administrator_records_types_and_approvals(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "ada%40example.org");
    walk_page(&b, "/credits", "credits.empty");
    walk_page(&b, "/credits/types/new", "credit-edit.new");
    does(&b, "/credits/types/new", "type=cle&newest=0&" RULE);
    walk_page(&b, "/credits/types/cle", "credit-edit");
    does(&b, "/credits/approvals/new", "row=0&course=basics&type=cle&" APPROVAL);
    walk_page(&b, "/credits", "credits");
    walk_page(&b, "/credits/approvals/1", "credit-edit.approval");
    CT_AUTO_JSON *list = walk_json(&b, "/credits");
    CT_EQ_SV("told", walk_text(list, "types/0/text"),
             CT_SV("An hour of credit has 50 minutes. The minutes that the modules state count, in "
                   "steps of 0.1 hours, rounded down, and never more hours than were approved. A "
                   "course counts if it was approved on the day, for prosecutors only, once a "
                   "year. The learner attests: \xe2\x80\x9cI took  it.\xe2\x80\x9d Years begin in "
                   "July."));
    CT_EQ_SV("hours", walk_text(list, "approvals/0/hours"), CT_SV("1.5"));
    does(&b, "/credits/approvals/1", "row=1&" APPROVAL "a+slip");
    does(&b, "/credits/approvals/1/withdraw", "row=2&reason=in+error&on=");
    CT_AUTO_JSON *after = walk_json(&b, "/credits/approvals/1");
    CT_EQ_I64("entries", json_array_size(walk_at(after, "history")), 3);
    CT_EQ_SV("why", walk_text(after, "history/0/note"), CT_SV("in error"));
    CT_EQ_SV("who", walk_text(after, "history/0/by"), CT_SV("Ada"));
    assert_true(json_is_null(walk_at(after, "end")));
    does(&b, "/credits/types/cle/end", "newest=1&on=2024-01-01");
    CT_AUTO_JSON *ended = walk_json(&b, "/credits");
    assert_true(walk_flag(ended, "types/0/has_next") && walk_flag(ended, "types/0/next_ends"));
}

static const json_t *field_named(const json_t *page, const char *fields, const char *name)
{
    const json_t *list = walk_at(page, fields);

    return json_array_get(list, walk_find(list, "name", name));
}

static void what_is_wrong_is_said_at_its_field(void **state)
{
    static const struct {
        const char *name, *target, *fields, *list, *field;
        int status;
    } cases[] = {
        {"no short name", "/credits/types/new", "type=C+L+E&" RULE, "fields", "type", 400},
        {"taken", "/credits/types/new", "type=cle&" RULE, "fields", "type", 409},
        {"no name", "/credits/types/cle", "title=&source=a&round=down&basis=stated&year=fiscal",
         "fields", "title", 400},
        {"a step in words", "/credits/types/cle",
         "title=a&source=a&round=down&basis=stated&year=fiscal&step=half", "fields", "step", 400},
        {"no such day", "/credits/types/cle",
         "title=a&source=a&round=down&basis=stated&year=fiscal&from=2023-02-29", "fields", "from",
         400},
        {"no such year", "/credits/types/cle", "title=a&source=a&round=down&basis=stated&year=13",
         "fields", "year", 400},
        {"end without a day", "/credits/types/cle/end", "on=", "end/fields", "on", 400},
        {"no course", "/credits/approvals/new", "course=none&type=cle&" APPROVAL, "fields",
         "course", 400},
        {"no hours", "/credits/approvals/1", "body=a&number=b&hours=&from=2023-01-01", "fields",
         "hours", 400},
        {"overlap", "/credits/approvals/new", "course=basics&type=cle&" APPROVAL, "fields", "from",
         409},
        {"somebody was faster", "/credits/approvals/1", "row=99&" APPROVAL, "fields", "body", 409},
        {"withdrawn without a reason", "/credits/approvals/1/withdraw", "reason=", "end/fields",
         "reason", 400},
    };
    AUTO_BROWSER b = {.site = *state};

    browser_sign_in(&b, "ada%40example.org");
    does(&b, "/credits/types/new", "type=cle&newest=0&" RULE);
    does(&b, "/credits/approvals/new", "row=0&course=basics&type=cle&" APPROVAL);
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_AUTO_JSON *page = NULL;
        CT_EQ_I64(c->name, browser_post(&b, c->target, c->fields), c->status);
        walk_tidy(&b, c->name);
        b.accept = "application/json";
        CT_EQ_I64(c->name, browser_post(&b, c->target, c->fields), c->status);
        b.accept = NULL;
        CT_OK_(c->name, ct_json_parse(ct_sv_c(b.body), CT_REPORT_MAX, &page, &err), &err);
        assert_true(walk_flag(page, "has_errors"));
        if (!json_is_string(json_object_get(field_named(page, c->list, c->field), "error")))
            fail_msg("%s: nothing is said at %s", c->name, c->field);
        browser_get(&b, "/credits");
    }
}

static void nobody_else_comes_in(void **state)
{
    static const char *const pages[] = {"/credits", "/credits/types/new", "/credits/approvals/new"};
    AUTO_BROWSER b = {.site = *state}, ada = {.site = *state};

    browser_sign_in(&b, "jo%40example.org");
    CT_EACH (page, pages)
        CT_EQ_I64(*page, browser_get(&b, *page), 403);
    CT_EQ_I64("recording", browser_post(&b, "/credits/types/new", "type=cle&" RULE), 403);
    CT_EQ_I64("withdrawing", browser_post(&b, "/credits/approvals/1/withdraw", "reason=a"), 403);
    browser_sign_in(&ada, "ada%40example.org");
    CT_EQ_I64("no such type", browser_get(&ada, "/credits/types/ce"), 404);
    CT_EQ_I64("no such approval", browser_get(&ada, "/credits/approvals/7"), 404);
    CT_EQ_I64("no number", browser_get(&ada, "/credits/approvals/x"), 404);
}

#define T(test) cmocka_unit_test_setup_teardown(test, open_admin, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(an_administrator_records_types_and_approvals),
        T(what_is_wrong_is_said_at_its_field),
        T(nobody_else_comes_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
