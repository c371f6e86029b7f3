/*
 * test_page_requirement_person.c: waivers, outside training and leave on the page of one person:
 * who may record what, approval, corrections, and two managers at one record.
 */
#include "requirement_county.h"

#include "ct/base/banned.h"

#define PAGE "/requirements/intake/people/"

static const char *target(char *buf, size_t size, int64_t person, int64_t record)
{
    if (record)
        snprintf(buf, size, PAGE "%lld/records/%lld", (long long)person, (long long)record);
    else
        snprintf(buf, size, PAGE "%lld", (long long)person);
    return buf;
}

/* Outside training of somebody, recorded by somebody. */
static int64_t outside(struct site *s, int64_t person, int64_t requirement, int64_t by)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_training t = {.person = person,
                            .requirement = requirement,
                            .kind = CT_TRAINING_CREDIT,
                            .on = ct_day_of(ct_now(&s->clock)) - 3,
                            .until = CT_DAY_NONE,
                            .reason = CT_SV("academy"),
                            .evidence = CT_SV("certificate")};
    int64_t id = 0;

    CT_OK_("outside training", ct_training_record(s->store, &s->clock, &t, by, &id, &err), &err);
    return id;
}

#define WAIVER "what=waiver&on=2023-11-14&reason=Knows+it&approved_by=Director"
#define CREDIT "what=outside+training&on=2023-11-10&hours=6&reason=Court&evidence=Slip"
#define LEAVE  "what=leave&on=2023-11-01&until=2023-12-01&reason=Ill"

static void each_kind_is_recorded_and_seen(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char page[128];

    county_require(s, "intake", 19600, c.intake);
    county_enter(&b, "lee");
    target(page, sizeof page, c.pat, 0);
    walk_page(&b, page, "requirement-person");
    CT_EQ_I64("leave", browser_post(&b, page, LEAVE), 303);
    CT_EQ_I64("outside training", browser_post(&b, page, CREDIT), 303);
    {
        CT_AUTO_JSON *model = walk_json(&b, page);
        CT_EQ_I64("two records", (int64_t)json_array_size(walk_at(model, "records")), 2);
        CT_EQ_SV("waits", walk_text(model, "periods/0/status"), CT_SV("awaiting approval"));
        CT_EQ_SV("hours", walk_text(model, "records/1/hours"), CT_SV("6 hours"));
        CT_EQ_SV("by whom", walk_text(model, "records/1/by"), CT_SV("Lee"));
    }
    CT_EQ_I64("a waiver", browser_post(&b, page, WAIVER), 303);
    walk_page(&b, page, "requirement-person");
    CT_AUTO_JSON *model = walk_json(&b, page);
    CT_EQ_SV("exempt", walk_text(model, "periods/0/status"), CT_SV("exempt"));
}

static void what_is_wrong_is_told_at_its_field(void **state)
{
    static const struct {
        const char *name, *fields, *mark;
    } cases[] = {
        {"a waiver without a reason", "what=waiver&on=2023-11-14&approved_by=X", "waive-reason"},
        {"a waiver without approval", "what=waiver&on=2023-11-14&reason=X", "waive-approved_by"},
        {"a waiver without a day", "what=waiver&on=&reason=X&approved_by=X", "waive-on"},
        {"a day that there is not", "what=waiver&on=2023-02-31&reason=X&approved_by=X", "waive-on"},
        {"an end before the beginning", "what=leave&on=2023-11-14&until=2023-11-01&reason=X",
         "leave-until"},
        {"outside training to come", "what=outside+training&on=2024-11-14&reason=X&evidence=X",
         "credit-on"},
        {"without evidence", "what=outside+training&on=2023-11-10&reason=X", "credit-evidence"},
        {"hours that are a word",
         "what=outside+training&on=2023-11-10&reason=X&evidence=X&hours=six", "credit-hours"},
        {"a credit that there is not",
         "what=outside+training&on=2023-11-10&reason=X&evidence=X&hours=6&credit=moon",
         "credit-credit"},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char page[128], mark[64];

    county_require(s, "intake", 19600, c.intake);
    county_enter(&b, "lee");
    target(page, sizeof page, c.pat, 0);
    CT_EACH (one, cases) {
        CT_EQ_I64(one->name, browser_post(&b, page, one->fields), 400);
        snprintf(mark, sizeof mark, "href=\"#%s\"", one->mark);
        if (!strstr(b.body, mark))
            fail_msg("%s: nothing leads to %s", one->name, one->mark);
    }
    CT_EQ_I64("no such kind", browser_post(&b, page, "what=gift&reason=X"), 400);
    CT_AUTO_JSON *model = walk_json(&b, page);
    CT_EQ_I64("nothing was recorded", walk_flag(model, "has_records"), false);
}

static void approving_is_for_somebody_else(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER lee = {.site = s};
    AUTO_BROWSER ada = {.site = s};
    struct county c = county_make(s);
    char page[128], one[128], fields[64];

    county_tie(s, CT_TIE_MEMBER, c.lee, c.intake, false);
    int64_t intake = county_require(s, "intake", 19600, c.intake);
    int64_t pats = outside(s, c.pat, intake, c.pat), lees = outside(s, c.lee, intake, c.lee);
    county_enter(&lee, "lee");
    target(page, sizeof page, c.pat, 0);
    target(one, sizeof one, c.pat, pats);
    snprintf(fields, sizeof fields, "action=approve&row=%lld", (long long)pats);
    walk_page(&lee, page, "requirement-person");
    CT_EQ_I64("of the own people", browser_post(&lee, one, fields), 303);
    {
        CT_AUTO_JSON *model = walk_json(&lee, page);
        CT_EQ_SV("it counts", walk_text(model, "periods/0/status"), CT_SV("completed"));
        CT_EQ_SV("who approved it", walk_text(model, "records/0/approved_by"), CT_SV("Lee"));
        CT_EQ_I64("both rows are kept",
                  (int64_t)json_array_size(walk_at(model, "records/0/versions")), 2);
    }
    target(one, sizeof one, c.lee, lees);
    snprintf(fields, sizeof fields, "action=approve&row=%lld", (long long)lees);
    CT_EQ_I64("not one's own", browser_post(&lee, one, fields), 403);
    target(page, sizeof page, c.lee, 0);
    CT_EQ_I64("nor a waiver of oneself", browser_post(&lee, page, WAIVER), 403);
    CT_EQ_I64("nor one's own leave", browser_post(&lee, page, LEAVE), 403);
    CT_EQ_I64("a tick that the form has not", browser_post(&lee, page, CREDIT "&approves=1"), 303);
    {
        CT_AUTO_JSON *model = walk_json(&lee, page);
        CT_EQ_I64("waits all the same", walk_flag(model, "records/0/is_waiting"), true);
    }
    county_enter(&ada, "ada");
    CT_EQ_I64("an administrator approves it", browser_post(&ada, one, fields), 303);
}

static void two_managers_at_one_record_see_each_other(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER lee = {.site = s};
    AUTO_BROWSER ada = {.site = s};
    struct county c = county_make(s);
    int64_t intake = county_require(s, "intake", 19600, c.intake);
    int64_t id = outside(s, c.pat, intake, c.pat);
    char one[128], fields[256];

    target(one, sizeof one, c.pat, id);
    county_enter(&lee, "lee");
    county_enter(&ada, "ada");
    snprintf(fields, sizeof fields,
             "action=save&why=Typed+wrong&row=%lld&on=2023-11-01&reason=Academy+of+May&evidence="
             "Letter&hours=6",
             (long long)id);
    CT_EQ_I64("the first", browser_post(&ada, one, fields), 303);
    snprintf(fields, sizeof fields,
             "action=save&why=Typed+wrong&row=%lld&on=2023-11-02&reason=What+Lee+typed&evidence="
             "Copy&hours=3",
             (long long)id);
    CT_EQ_I64("the second", browser_post(&lee, one, fields), 409);
    assert_non_null(strstr(lee.body, "Academy of May"));
    assert_non_null(strstr(lee.body, "by <bdi>Ada"));
    assert_non_null(strstr(lee.body, "What Lee typed"));
    walk_tidy(&lee, "the page of the conflict");
    snprintf(fields, sizeof fields, "action=withdraw&row=%lld&why=Never+happened", (long long)id);
    CT_EQ_I64("withdrawing what was changed", browser_post(&lee, one, fields), 409);
    CT_EQ_I64("without saying what", browser_post(&lee, one, "action=withdraw&why=X"), 400);
    snprintf(fields, sizeof fields, "action=withdraw&row=%lld&why=", (long long)id + 1);
    CT_EQ_I64("without a reason", browser_post(&lee, one, fields), 400);
    snprintf(fields, sizeof fields, "action=withdraw&row=%lld&why=Never+happened",
             (long long)id + 1);
    CT_EQ_I64("with the row that counts", browser_post(&lee, one, fields), 303);
    target(one, sizeof one, c.pat, 0);
    CT_AUTO_JSON *model = walk_json(&lee, one);
    CT_EQ_I64("it is shown as withdrawn", walk_flag(model, "records/0/is_withdrawn"), true);
    CT_EQ_SV("and does not wait", walk_text(model, "periods/0/status"), CT_SV("not started"));
}

static void manipulated_addresses_open_nothing(void **state)
{
    struct site *s = *state;
    struct county c = county_make(s);
    int64_t intake = county_require(s, "intake", 19600, c.intake);
    int64_t all = county_require(s, "everywhere", 19600, c.mdt);
    int64_t pats = outside(s, c.pat, intake, c.pat), vics = outside(s, c.vic, all, c.vic);
    const struct {
        const char *name, *who;
        const char *requirement;
        int64_t person, record;
        int status;
    } cases[] = {
        {"somebody of another agency", "lee", "intake", c.vic, 0, 404},
        {"who does not exist", "lee", "intake", 99999, 0, 404},
        {"a requirement of others", "lee", "vice", c.pat, 0, 404},
        {"a record of another person", "lee", "intake", c.sam, pats, 404},
        {"a record of another requirement", "lee", "everywhere", c.pat, pats, 404},
        {"a record of another agency", "lee", "everywhere", c.vic, vics, 404},
        {"who is only counted", "tia", "everywhere", c.vic, vics, 404},
        {"a record that there is not", "lee", "intake", c.pat, 99999, 404},
        {"a learner", "pat", "intake", c.pat, pats, 403},
    };

    CT_EACH (one, cases) {
        AUTO_BROWSER b = {.site = s};
        char to[160];
        int n = snprintf(to, sizeof to, "/requirements/%s/people/%lld", one->requirement,
                         (long long)one->person);
        county_enter(&b, one->who);
        if (one->record)
            snprintf(to + n, sizeof to - (size_t)n, "/records/%lld", (long long)one->record);
        else
            CT_EQ_I64(one->name, browser_get(&b, to), one->status);
        CT_EQ_I64(one->name,
                  browser_post(&b, to,
                               one->record ? "action=approve&row=1"
                                           : "what=waiver&on=2023-11-14&reason=X&approved_by=X"),
                  one->status);
    }
}

static void who_was_lost_while_looking_is_not_waived(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char page[128];

    county_require(s, "intake", 19600, c.intake);
    county_tie(s, CT_TIE_LEAD, c.lee, c.vice, false);
    county_enter(&b, "lee");
    CT_EQ_I64("before", browser_get(&b, target(page, sizeof page, c.pat, 0)), 200);
    county_tie(s, CT_TIE_LEAD, c.lee, c.intake, true);
    CT_EQ_I64("after", browser_post(&b, page, WAIVER), 404);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_kind_is_recorded_and_seen),     TEST(what_is_wrong_is_told_at_its_field),
        TEST(approving_is_for_somebody_else),     TEST(two_managers_at_one_record_see_each_other),
        TEST(manipulated_addresses_open_nothing), TEST(who_was_lost_while_looking_is_not_waived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
