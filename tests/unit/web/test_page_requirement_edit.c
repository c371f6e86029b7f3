/*
 * test_page_requirement_edit.c: a requirement is made and changed on the page: what it means is
 * seen before it is saved, every mistake is told at its field, and nobody asks whom he or she does
 * not lead.
 */
#include "requirement_county.h"

#include "ct/base/banned.h"

/* A form that is right for the lead of intake, whose number is `org`; `more` comes behind it. */
static const char *form(char *buf, size_t size, int64_t org, const char *more)
{
    snprintf(buf, size,
             "newest=0&ask=course%%3Abasics&org.%lld=1&people=&due=assigned&fixed=&days=30&month=1"
             "&every=&window=&early=completion&grace=&from=2023-11-14&title=All+of+it&slug=&hours="
             "&credit=&chairs=%s",
             (long long)org, more);
    return buf;
}

/* The digest that the page shows with what the form means. */
static const char *seen(char *buf, size_t size, struct browser *b, const char *target,
                        const char *fields)
{
    CT_AUTO_JSON *page = county_post_json(b, target, fields, 200);

    snprintf(buf, size, "%s&action=save&seen=%.*s", fields, CT_SV_ARG(walk_text(page, "seen")));
    return buf;
}

static void a_manager_sees_what_it_means_and_saves_it(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char fields[1024], saves[2048];

    county_enter(&b, "lee");
    walk_page(&b, "/requirements", "requirements");
    walk_page(&b, "/requirements/new", "requirement-edit");
    form(fields, sizeof fields, c.intake, "");
    {
        CT_AUTO_JSON *page = county_post_json(&b, "/requirements/new", fields, 200);
        CT_EQ_SV("sentence", walk_text(page, "look/sentence"),
                 CT_SV("All people of dcs/intake (dcs) complete “The basics” within 30 days of "
                       "coming under this."));
        CT_EQ_I64("whom it hits", walk_int(page, "look/count"), 2);
        CT_EQ_SV("by name", walk_text(page, "look/people/0/name"), CT_SV("Pat <P>"));
        CT_EQ_I64("no warnings", walk_flag(page, "look/has_warnings"), false);
    }
    CT_EQ_I64("nothing is saved by looking", browser_get(&b, "/requirements/all-of-it"), 404);
    snprintf(saves, sizeof saves, "%s&action=save", fields);
    CT_EQ_I64("unseen", browser_post(&b, "/requirements/new", saves), 200);
    assert_non_null(strstr(b.body, "Not saved yet."));
    CT_EQ_I64("still nothing", browser_get(&b, "/requirements/all-of-it"), 404);
    seen(saves, sizeof saves, &b, "/requirements/new", fields);
    CT_EQ_I64("saved", browser_post(&b, "/requirements/new", saves), 303);
    CT_EQ_SV("leads to it", browser_location(&b), CT_SV("/requirements/all-of-it"));
    walk_page(&b, "/requirements/all-of-it", "requirement");
    assert_non_null(strstr(b.body, "Pat &lt;P&gt;"));
    CT_EQ_I64("a second of this name", browser_post(&b, "/requirements/new", saves), 409);
    assert_non_null(strstr(b.body, "href=\"#slug\""));
    assert_non_null(strstr(b.body, "value=\"All of it\""));
}

static void each_mistake_is_told_at_its_field(void **state)
{
    static const struct {
        const char *name, *find, *instead, *field; /* field NULL: nothing is wrong */
    } cases[] = {
        {"nothing is wrong", "x", "x", NULL},
        {"no course", "ask=course%3Abasics", "ask=", "ask"},
        {"a course that there is not", "ask=course%3Abasics", "ask=course%3Amoon", "ask"},
        {"a lesson is no scenario", "ask=course%3Abasics", "ask=scenario%3Abasics%2Fseeing", "ask"},
        {"hours without a number", "ask=course%3Abasics", "ask=hours", "hours"},
        {"hours are those of a year", "ask=course%3Abasics&", "ask=hours&hours=12&", "due"},
        {"no days", "days=30", "days=", "days"},
        {"days that are a word", "days=30", "days=soon", "days"},
        {"too many days", "days=30", "days=99999", "days"},
        {"no fixed day", "due=assigned", "due=fixed", "fixed"},
        {"a day that there is not", "due=assigned&fixed=", "due=fixed&fixed=2023-02-30", "fixed"},
        {"a kind that there is not", "due=assigned", "due=never", "due"},
        {"a month that there is not", "due=assigned&fixed=&days=30&month=1",
         "due=year&fixed=&days=30&month=13", "month"},
        {"months below none", "every=", "every=-1", "every"},
        {"a window beyond all years", "window=", "window=10000", "window"},
        {"from the expiry without a window", "every=&window=&early=completion",
         "every=12&window=&early=expiry", "early"},
        {"grace that is a word", "grace=", "grace=some", "grace"},
        {"no day from which it holds", "from=2023-11-14", "from=", "from"},
        {"a title of two lines", "title=All+of+it", "title=All%0Aof+it", "title"},
        {"a short name with a blank", "slug=", "slug=two+words", "slug"},
        {"a short name that is an address", "slug=", "slug=new", "slug"},
        {"an address of nobody", "people=", "people=moon%40example.org", "people"},
        {"somebody whom one does not see", "people=", "people=vic%40example.org", "people"},
        {"a discipline that there is not", "people=", "discipline.moon=1&people=", "disciplines"},
    };
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char right[1024], fields[2048], saves[4096], mark[64];

    county_enter(&b, "lee");
    form(right, sizeof right, c.intake, "");
    CT_EACH (one, cases) {
        const char *at = strstr(right, one->find);
        size_t before = at ? (size_t)(at - right) : 0;
        if (at)
            snprintf(fields, sizeof fields, "%.*s%s%s", (int)before, right, one->instead,
                     at + strlen(one->find));
        else
            snprintf(fields, sizeof fields, "%s", right);
        if (strstr(one->instead, "hours=12")) /* the field is given once */
            *strstr(fields, "&hours=&") = '\0';
        if (!one->field) {
            CT_EQ_I64(one->name, browser_post(&b, "/requirements/new", fields), 200);
            continue;
        }
        /* What is wrong at the latest when it is saved. */
        if (browser_post(&b, "/requirements/new", fields) == 200)
            CT_EQ_I64(one->name,
                      browser_post(&b, "/requirements/new",
                                   seen(saves, sizeof saves, &b, "/requirements/new", fields)),
                      400);
        CT_EQ_I64(one->name, b.rs->status, 400);
        snprintf(mark, sizeof mark, "href=\"#%s\"", one->field);
        if (!strstr(b.body, mark))
            fail_msg("%s: nothing leads to %s", one->name, mark);
        snprintf(mark, sizeof mark, "id=\"%s-error\"", one->field);
        if (!strstr(b.body, mark))
            fail_msg("%s: %s is not told", one->name, mark);
    }
    CT_EQ_I64("nothing was saved", browser_get(&b, "/requirements/all-of-it"), 404);
}

static void several_mistakes_are_told_together_and_values_are_kept(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    county_make(s);
    county_enter(&b, "lee");
    CT_EQ_I64("refused",
              browser_post(&b, "/requirements/new",
                           "newest=0&ask=course%3Abasics&due=assigned&days=many&from=never&title="
                           "%3Cb%3E&every=12"),
              400);
    assert_non_null(strstr(b.body, "href=\"#days\""));
    assert_non_null(strstr(b.body, "href=\"#from\""));
    assert_non_null(strstr(b.body, "value=\"many\""));
    assert_non_null(strstr(b.body, "value=\"&lt;b&gt;\""));
    walk_tidy(&b, "the page with mistakes");
}

static void nobody_asks_whom_one_does_not_lead(void **state)
{
    static const struct {
        const char *name, *who;
        int org; /* 0 dcs, 1 intake, 2 pd, 3 vice, 4 mdt, 5 one that there is not */
        const char *more;
        int status;
    } cases[] = {
        {"the own unit", "lee", 1, "", 200},
        {"the agency above it", "lee", 0, "", 400},
        {"another agency", "lee", 2, "", 400},
        {"another unit", "lee", 3, "", 400},
        {"a task force that another leads", "lee", 4, "", 400},
        {"a number that is nothing's", "lee", 5, "", 400},
        {"everybody", "lee", 1, "&everybody=1", 400},
        {"the task force that one leads", "tia", 4, "", 200},
        {"a unit of a member of it", "tia", 1, "", 400},
        {"an administrator asks any", "ada", 3, "", 200},
        {"but not what there is not", "ada", 5, "", 400},
        {"nor everybody beside a unit", "ada", 3, "&everybody=1", 400},
    };
    struct site *s = *state;
    struct county c = county_make(s);
    const int64_t orgs[] = {c.dcs, c.intake, c.pd, c.vice, c.mdt, 99999};
    char fields[1024];

    CT_EACH (one, cases) {
        AUTO_BROWSER b = {.site = s};
        county_enter(&b, one->who);
        form(fields, sizeof fields, orgs[one->org], one->more);
        CT_EQ_I64(one->name, browser_post(&b, "/requirements/new", fields), one->status);
    }
}

static void a_task_force_lead_counts_whom_he_may_not_name(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char fields[1024];

    county_enter(&b, "tia");
    CT_AUTO_JSON *page =
        county_post_json(&b, "/requirements/new", form(fields, sizeof fields, c.mdt, ""), 200);
    CT_EQ_I64("the one who is named", walk_int(page, "look/count"), 1);
    CT_EQ_I64("one alone of a discipline is not counted", walk_int(page, "look/unnamed"), 0);
    assert_true(json_is_true(walk_at(page, "look/left_out")));
    CT_EQ_I64("who is named", (int64_t)json_array_size(walk_at(page, "look/people")), 1);
    assert_null(strstr(b.body, "vic@example.org"));
    for (int i = 0; i < 4; i++) {
        char email[32];
        snprintf(email, sizeof email, "more%d@example.org", i);
        int64_t id = site_person(s, email, "Secret", "prosecutor", 1);
        county_tie(s, CT_TIE_MEMBER, id, c.vice, false);
        county_tie(s, CT_TIE_MEMBER, id, c.mdt, false);
    }
    CT_AUTO_JSON *more =
        county_post_json(&b, "/requirements/new", form(fields, sizeof fields, c.mdt, ""), 200);
    CT_EQ_I64("all six", walk_int(more, "look/count"), 6);
    CT_EQ_I64("five of a discipline are counted", walk_int(more, "look/unnamed"), 5);
    assert_false(json_is_true(walk_at(more, "look/left_out")));
    CT_EQ_I64("and not named", (int64_t)json_array_size(walk_at(more, "look/people")), 1);
}

static void who_else_asks_the_same_is_told(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char fields[1024];

    county_require(s, "mdt-basics", 19000, c.mdt);
    county_enter(&b, "lee");
    CT_AUTO_JSON *page =
        county_post_json(&b, "/requirements/new", form(fields, sizeof fields, c.intake, ""), 200);
    CT_EQ_SV("the other one", walk_text(page, "look/warnings/0/text"),
             CT_SV("“mdt-basics” asks the same of 1 of them: Pat <P>."));
    CT_EQ_SV("leads to it", walk_text(page, "look/warnings/0/href"),
             CT_SV("/requirements/mdt-basics"));
}

static void a_unit_that_was_lost_while_looking_is_asked_no_more(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char fields[1024], saves[2048];

    county_tie(s, CT_TIE_LEAD, c.lee, c.vice, false);
    county_enter(&b, "lee");
    form(fields, sizeof fields, c.intake, "");
    seen(saves, sizeof saves, &b, "/requirements/new", fields);
    county_tie(s, CT_TIE_LEAD, c.lee, c.intake, true);
    CT_EQ_I64("refused", browser_post(&b, "/requirements/new", saves), 400);
    assert_non_null(strstr(b.body, "not among those that you lead today"));
}

static void a_change_shows_what_somebody_else_recorded_meanwhile(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER lee = {.site = s};
    AUTO_BROWSER ada = {.site = s};
    struct county c = county_make(s);
    char fields[1024], mine[2048], other[2048];
    static const char *const change = "/requirements/intake/change";

    county_require(s, "intake", 19600, c.intake);
    county_enter(&lee, "lee");
    walk_page(&lee, change, "requirement-edit");
    CT_AUTO_JSON *page = walk_json(&lee, change);
    char newest[32];
    snprintf(newest, sizeof newest, "newest=%lld", (long long)walk_int(page, "form/newest"));
    form(fields, sizeof fields, c.intake, "");
    char typed[1024];
    snprintf(typed, sizeof typed, "%s%s", newest, fields + strlen("newest=0"));
    seen(mine, sizeof mine, &lee, change, typed);
    county_enter(&ada, "ada");
    char faster[1024];
    snprintf(faster, sizeof faster, "%s", typed);
    memcpy(strstr(faster, "days=30"), "days=60", strlen("days=60"));
    seen(other, sizeof other, &ada, change, faster);
    CT_EQ_I64("the other was faster", browser_post(&ada, change, other), 303);
    CT_EQ_I64("what was recorded is shown", browser_post(&lee, change, mine), 409);
    assert_non_null(strstr(lee.body, "within 60 days"));
    assert_non_null(strstr(lee.body, "by <bdi>Ada"));
    assert_non_null(strstr(lee.body, "name=\"days\" inputmode=\"numeric\" autocomplete=\"off\" "
                                     "value=\"30\""));
    walk_tidy(&lee, "the page of the conflict");
    CT_EQ_I64("without saying what is changed", browser_post(&lee, change, fields), 400);
}

static void a_requirement_of_others_is_read_only(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char fields[1024];

    county_require(s, "all-dcs", 19600, c.dcs);
    county_require(s, "vice", 19600, c.vice);
    county_enter(&b, "lee");
    walk_page(&b, "/requirements/all-dcs", "requirement");
    assert_null(strstr(b.body, "/requirements/all-dcs/change"));
    CT_EQ_I64("its change", browser_get(&b, "/requirements/all-dcs/change"), 403);
    form(fields, sizeof fields, c.intake, "");
    memcpy(fields, "newest=1", strlen("newest=1"));
    CT_EQ_I64("posted all the same", browser_post(&b, "/requirements/all-dcs/change", fields), 403);
    CT_EQ_I64("its end", browser_post(&b, "/requirements/all-dcs/end", "newest=1&on=2023-12-01"),
              403);
    CT_EQ_I64("one of other people", browser_get(&b, "/requirements/vice"), 404);
    CT_EQ_I64("its change", browser_get(&b, "/requirements/vice/change"), 404);
    CT_EQ_I64("one that there is not", browser_get(&b, "/requirements/moon"), 404);
    AUTO_BROWSER pat = {.site = s};
    county_enter(&pat, "pat");
    CT_EQ_I64("a learner", browser_get(&pat, "/requirements"), 403);
    CT_EQ_I64("a learner's form",
              browser_post(&pat, "/requirements/new", form(fields, sizeof fields, c.intake, "")),
              403);
}

static void an_end_is_recorded_once_and_seen(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);
    char fields[128];

    county_require(s, "intake", 19600, c.intake);
    county_enter(&b, "lee");
    CT_AUTO_JSON *page = walk_json(&b, "/requirements/intake");
    snprintf(fields, sizeof fields, "newest=%lld&on=", (long long)walk_int(page, "newest"));
    CT_EQ_I64("no day", browser_post(&b, "/requirements/intake/end", fields), 400);
    assert_non_null(strstr(b.body, "id=\"on-error\""));
    snprintf(fields, sizeof fields, "newest=%lld&on=2023-11-14",
             (long long)walk_int(page, "newest"));
    CT_EQ_I64("ended", browser_post(&b, "/requirements/intake/end", fields), 303);
    CT_EQ_I64("by somebody who had not seen that",
              browser_post(&b, "/requirements/intake/end", fields), 409);
    assert_non_null(strstr(b.body, "Nothing is required any more."));
    walk_page(&b, "/requirements", "requirements");
    CT_AUTO_JSON *list = walk_json(&b, "/requirements");
    CT_EQ_I64("among the ended", (int64_t)json_array_size(walk_at(list, "ended")), 1);
}

static void people_are_filtered_by_status_and_shown_in_pages(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    struct county c = county_make(s);

    county_require(s, "intake", 19000, c.intake);
    county_enter(&b, "lee");
    CT_AUTO_JSON *all = walk_json(&b, "/requirements/intake");
    CT_EQ_I64("all", walk_int(all, "total"), 2);
    CT_EQ_SV("how they stand", walk_text(all, "requirement/counts/0/href"),
             CT_SV("/requirements/intake?status=not%20started#people"));
    CT_AUTO_JSON *none = walk_json(&b, "/requirements/intake?status=expired");
    CT_EQ_I64("nobody", walk_int(none, "total"), 0);
    CT_AUTO_JSON *late = walk_json(&b, "/requirements/intake?status=not%20started");
    CT_EQ_I64("all of them", walk_int(late, "total"), 2);
    CT_AUTO_JSON *second = walk_json(&b, "/requirements/intake?page=2");
    CT_EQ_I64("a page that is empty", (int64_t)json_array_size(walk_at(second, "rows")), 0);
    CT_EQ_I64("no status", browser_get(&b, "/requirements/intake?status=moon"), 400);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_manager_sees_what_it_means_and_saves_it),
        TEST(each_mistake_is_told_at_its_field),
        TEST(several_mistakes_are_told_together_and_values_are_kept),
        TEST(nobody_asks_whom_one_does_not_lead),
        TEST(a_task_force_lead_counts_whom_he_may_not_name),
        TEST(who_else_asks_the_same_is_told),
        TEST(a_unit_that_was_lost_while_looking_is_asked_no_more),
        TEST(a_change_shows_what_somebody_else_recorded_meanwhile),
        TEST(a_requirement_of_others_is_read_only),
        TEST(an_end_is_recorded_once_and_seen),
        TEST(people_are_filtered_by_status_and_shown_in_pages),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
