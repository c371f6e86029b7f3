/*
 * test_page_me_training.c: what a learner is told to do, and what he or she records of the own
 * training, which counts when somebody else has approved it.
 */
#include "requirement_county.h"

#include "ct/base/banned.h"

#define HERE "/me/training"
#define CREDIT                                                                                     \
    "what=outside+training&requirement=intake&on=2023-11-10&hours=6&reason=Court&evidence=Slip"

static void a_learner_records_and_a_manager_approves(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER pat = {.site = s};
    AUTO_BROWSER lee = {.site = s};
    struct county c = county_make(s);
    char to[128], fields[64];

    county_require(s, "intake", 19600, c.intake);
    county_enter(&pat, "pat");
    walk_page(&pat, HERE, "me-training");
    {
        CT_AUTO_JSON *page = walk_json(&pat, HERE);
        CT_EQ_SV("what", walk_text(page, "required/0/asks"), CT_SV("The course “The basics”"));
        CT_EQ_SV("where", walk_text(page, "required/0/href"), CT_SV("/courses/basics"));
        CT_EQ_SV("how", walk_text(page, "required/0/verb"), CT_SV("Begin"));
    }
    {
        CT_AUTO_JSON *front = walk_json(&pat, "/");
        CT_EQ_SV("on the front page", walk_text(front, "asked/0/href"), CT_SV("/courses/basics"));
        CT_EQ_SV("with its status", walk_text(front, "asked/0/status/word"), CT_SV("not started"));
        CT_EQ_I64("with its day", walk_text(front, "asked/0/by/iso").n, 10);
    }
    CT_EQ_I64("recorded", browser_post(&pat, HERE, CREDIT "&approves=1&approved_by=Pat"), 303);
    CT_AUTO_JSON *page = walk_json(&pat, HERE);
    CT_EQ_I64("it waits, whatever was sent", walk_flag(page, "records/0/is_waiting"), true);
    CT_EQ_SV("status", walk_text(page, "required/0/status"), CT_SV("awaiting approval"));
    county_enter(&lee, "lee");
    CT_AUTO_JSON *today = walk_json(&lee, "/reports/today");
    size_t at = walk_find(walk_at(today, "groups"), "id", "waiting");
    snprintf(to, sizeof to, "groups/%zu/rows/0/record_href", at);
    struct ct_sv href = walk_text(today, to);
    snprintf(to, sizeof to, "/requirements/intake/people/%lld", (long long)c.pat);
    CT_EQ_SV("a manager finds it", href, ct_sv_c(to));
    snprintf(fields, sizeof fields, "groups/%zu/rows/0/where", at);
    CT_EQ_SV("by the names of agency and unit", walk_text(today, fields), CT_SV("dcs: dcs/intake"));
    CT_EQ_I64("and opens it", browser_get(&lee, to), 200);
    int64_t id = walk_int(page, "records/0/id");
    snprintf(to, sizeof to, "/requirements/intake/people/%lld/records/%lld", (long long)c.pat,
             (long long)id);
    snprintf(fields, sizeof fields, "action=approve&row=%lld", (long long)id);
    CT_EQ_I64("and approves it", browser_post(&lee, to, fields), 303);
    walk_page(&pat, HERE, "me-training");
    CT_AUTO_JSON *after = walk_json(&pat, HERE);
    CT_EQ_SV("it counts", walk_text(after, "required/0/status"), CT_SV("completed"));
    CT_AUTO_JSON *front = walk_json(&pat, "/");
    CT_EQ_I64("and is gone from the front page", walk_flag(front, "has_asked"), false);
    snprintf(to, sizeof to, HERE "/%lld", (long long)id);
    snprintf(fields, sizeof fields, "action=withdraw&why=x&row=%lld", (long long)id + 1);
    CT_EQ_I64("what is approved is not the learner's", browser_post(&pat, to, fields), 403);
    snprintf(fields, sizeof fields, "action=withdraw&why=x&row=%lld", (long long)id);
    CT_EQ_I64("who had not seen the approval is told", browser_post(&pat, to, fields), 409);
}

static void what_waits_is_the_learners_to_correct(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER pat = {.site = s};
    AUTO_BROWSER sam = {.site = s};
    struct county c = county_make(s);
    char to[64], fields[256];

    county_require(s, "intake", 19600, c.intake);
    county_enter(&pat, "pat");
    CT_EQ_I64("recorded", browser_post(&pat, HERE, CREDIT), 303);
    CT_AUTO_JSON *page = walk_json(&pat, HERE);
    int64_t id = walk_int(page, "records/0/id");
    snprintf(to, sizeof to, HERE "/%lld", (long long)id);
    snprintf(fields, sizeof fields,
             "action=save&row=%lld&on=2023-11-09&hours=5&reason=Court&evidence=Slip&why=Slip+says",
             (long long)id);
    county_enter(&sam, "sam");
    CT_EQ_I64("not another learner's", browser_post(&sam, to, fields), 404);
    CT_EQ_I64("corrected", browser_post(&pat, to, fields), 303);
    CT_EQ_I64("from an old page", browser_post(&pat, to, fields), 409);
    CT_AUTO_JSON *after = walk_json(&pat, HERE);
    CT_EQ_SV("hours", walk_text(after, "records/0/hours"), CT_SV("5 hours"));
    CT_EQ_SV("why", walk_text(after, "records/0/why"), CT_SV("Slip says"));
    snprintf(fields, sizeof fields, "action=withdraw&why=Twice&row=%lld", (long long)id + 1);
    CT_EQ_I64("withdrawn", browser_post(&pat, to, fields), 303);
    CT_AUTO_JSON *last = walk_json(&pat, HERE);
    CT_EQ_SV("as if it were not", walk_text(last, "required/0/status"), CT_SV("not started"));
}

static void hours_alone_wait_and_are_found(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER pat = {.site = s};
    AUTO_BROWSER lee = {.site = s};
    struct county c = county_make(s);
    char to[128];

    county_require(s, "intake", 19600, c.intake);
    county_enter(&pat, "pat");
    CT_EQ_I64("without hours",
              browser_post(&pat, HERE,
                           "what=outside+training&requirement=-&on=2023-11-10&reason=A&evidence=B"),
              400);
    assert_non_null(strstr(pat.body, "href=\"#credit-hours\""));
    CT_EQ_I64("with them",
              browser_post(&pat, HERE,
                           "what=outside+training&requirement=-&on=2023-11-10&reason=A&evidence=B"
                           "&hours=1.5"),
              303);
    county_enter(&lee, "lee");
    CT_AUTO_JSON *today = walk_json(&lee, "/reports/today");
    size_t at = walk_find(walk_at(today, "groups"), "id", "waiting");
    snprintf(to, sizeof to, "groups/%zu/rows/0/requirement", at);
    CT_EQ_SV("a manager finds it", walk_text(today, to), CT_SV("Hours alone"));
    snprintf(to, sizeof to, "/requirements/-/people/%lld", (long long)c.pat);
    walk_page(&lee, to, "requirement-person");
    CT_AUTO_JSON *page = walk_json(&lee, to);
    CT_EQ_SV("hours", walk_text(page, "records/0/hours"), CT_SV("1.5 hours"));
    CT_EQ_SV("beside all that is required", walk_text(page, "periods/0/title"), CT_SV("intake"));
    CT_EQ_I64("nothing is waived for all",
              browser_post(&lee, to, "what=waiver&on=2023-11-14&reason=X&approved_by=X"), 400);
    snprintf(to, sizeof to, "/requirements/-/people/%lld", (long long)c.vic);
    CT_EQ_I64("of the own people only", browser_get(&lee, to), 404);
}

static void what_is_wrong_is_told(void **state)
{
    static const struct {
        const char *name, *fields, *mark;
    } cases[] = {
        {"what is not required", "requirement=moon&on=2023-11-10&reason=A&evidence=B",
         "credit-requirement"},
        {"for nothing said", "on=2023-11-10&reason=A&evidence=B", "credit-requirement"},
        {"no day", "requirement=intake&reason=A&evidence=B", "credit-on"},
        {"no reason", "requirement=intake&on=2023-11-10&evidence=B", "credit-reason"},
        {"no evidence", "requirement=intake&on=2023-11-10&reason=A", "credit-evidence"},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char mark[64];

    county_require(s, "intake", 19600, c.intake);
    county_enter(&b, "pat");
    CT_EACH (one, cases) {
        CT_EQ_I64(one->name, browser_post(&b, HERE, one->fields), 400);
        snprintf(mark, sizeof mark, "href=\"#%s\"", one->mark);
        if (!strstr(b.body, mark))
            fail_msg("%s: nothing leads to %s", one->name, one->mark);
    }
    walk_tidy(&b, "the page with mistakes");
    CT_EQ_I64("nobody", (browser_post(&b, "/sign-out", ""), browser_get(&b, HERE)), 303);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_learner_records_and_a_manager_approves),
        TEST(what_waits_is_the_learners_to_correct),
        TEST(hours_alone_wait_and_are_found),
        TEST(what_is_wrong_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
