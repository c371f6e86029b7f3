/*
 * test_page_transcript.c: whose transcript is shown to whom, as a page and as a file.
 */
#include "walk.h"

#include "ct/learn/fact.h"
#include "ct/learn/org.h"

#include "ct/base/banned.h"

enum { DAY_LONG = 24 * 3600 };

static int64_t add_org(struct site *s, enum ct_org_kind kind, const char *path)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new o = {.kind = kind, .path = ct_sv_c(path), .name = ct_sv_c(path)};
    int64_t id = 0;

    CT_OK_(path, ct_org_add(s->store, &s->clock, &o, 0, &id, &err), &err);
    return id;
}

static void tie(struct site *s, enum ct_org_tie what, int64_t who, int64_t org, bool ends)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_change c = {
        .tie = what, .who = who, .org = org, .ends = ends, .note = CT_SV("agreed")};

    CT_OK_("tie", ct_org_record(s->store, &s->clock, &c, NULL, &err), &err);
}

/* Pat is in intake and in the task force, Vic in vice of another agency; Lee leads intake, Val
 * vice, Tia the task force, of the agency of Vic. */
struct county {
    int64_t dcs, intake, pd, vice, mdt, pat, vic, lee, val, tia;
};

static struct county make_county(struct site *s)
{
    struct county c = {.pat = site_person(s, "pat@example.org", "Pat", "prosecutor", 1),
                       .vic = site_person(s, "vic@example.org", "Vic", "prosecutor", 1),
                       .lee = site_person(s, "lee@example.org", "Lee", "judge", 1),
                       .val = site_person(s, "val@example.org", "Val", "judge", 1),
                       .tia = site_person(s, "tia@example.org", "Tia", "judge", 1)};

    c.dcs = add_org(s, CT_ORG_AGENCY, "dcs");
    c.intake = add_org(s, CT_ORG_UNIT, "dcs/intake");
    c.pd = add_org(s, CT_ORG_AGENCY, "pd");
    c.vice = add_org(s, CT_ORG_UNIT, "pd/vice");
    c.mdt = add_org(s, CT_ORG_TASK_FORCE, "mdt");
    tie(s, CT_TIE_MEMBER, c.pat, c.intake, false);
    tie(s, CT_TIE_MEMBER, c.vic, c.vice, false);
    tie(s, CT_TIE_MEMBER, c.pat, c.mdt, false);
    tie(s, CT_TIE_MEMBER, c.tia, c.pd, false);
    tie(s, CT_TIE_LEAD, c.lee, c.intake, false);
    tie(s, CT_TIE_LEAD, c.val, c.vice, false);
    tie(s, CT_TIE_LEAD, c.tia, c.mdt, false);
    site_person(s, "ada@example.org", "Ada", "judge", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    CT_OK_("number",
           ct_fact_set(s->store, &s->clock, c.pat, CT_SV("employer_id"), CT_SV("E-7001"),
                       CT_SV_NULL, 0, NULL, NULL),
           NULL);
    return c;
}

static void it_is_shown_to_who_may_see_the_person_by_name(void **state)
{
    static const struct {
        const char *name, *who; /* NULL: nobody is signed in */
        bool shares;
        int status;
        bool number; /* the employer's number is told */
    } cases[] = {
        {"an administrator", "ada", false, 200, true},
        {"the unit's lead", "lee", false, 200, true},
        {"another agency's lead", "val", false, 404, false},
        {"a task force's lead without agreement", "tia", false, 404, false},
        {"a task force's lead with one: less", "tia", true, 200, false},
        {"a learner, also the person", "pat", false, 403, false},
        {"a stranger", NULL, false, 303, false},
    };
    static const char *const endings[] = {"", ".csv", ".json"};

    (void)state;
    CT_EACH (c, cases) {
        void *fresh = NULL;
        assert_int_equal(site_open(&fresh), 0);
        struct site *s = fresh;
        struct county county = make_county(s);
        if (c->shares)
            tie(s, CT_TIE_SHARING, county.dcs, county.mdt, false);
        for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
            AUTO_BROWSER b = {.site = s};
            char email[64], target[64];
            snprintf(email, sizeof email, "%s%%40example.org", c->who ? c->who : "");
            snprintf(target, sizeof target, "/people/%d/transcript%s", (int)county.pat, endings[i]);
            if (c->who)
                browser_sign_in(&b, email);
            int status = browser_get(&b, target);
            CT_EQ_I64(c->name, status, c->who || i == 0 ? c->status : status);
            if (!c->who)
                assert_true(status == 303 || status == 401);
            if (i == 0)
                CT_EQ_I64(c->name, strstr(b.body, "by name through a task force alone") != NULL,
                          c->shares);
            if (i != 1) /* CSV has rows alone */
                CT_EQ_I64(c->name, strstr(b.body, "pat@example.org") != NULL, c->status == 200);
            CT_EQ_I64(c->name, strstr(b.body, "E-7001") != NULL && i == 0, c->number && i == 0);
        }
        site_close(&fresh);
    }
}

/* Tia is told Pat's name by the task force alone, Lee by the unit. */
static void pages_say_why_cells_of_some_are_empty(void **state)
{
    static const char *const pages[] = {"/reports/assignments", "/reports/today",
                                        "/reports/completion", "/reports/credit"};
    static const struct {
        const char *name, *email;
        bool told;
    } cases[] = {
        {"who leads the unit", "lee%40example.org", false},
        {"who leads the task force", "tia%40example.org", true},
    };
    struct site *s = *state;
    struct county county = make_county(s);

    tie(s, CT_TIE_SHARING, county.dcs, county.mdt, false);
    CT_EACH (c, cases) {
        AUTO_BROWSER b = {.site = s};
        browser_sign_in(&b, c->email);
        CT_EACH (page, pages) {
            CT_AUTO_JSON *model = walk_json(&b, *page);
            CT_EQ_I64(*page, walk_flag(model, "shares_some"), c->told);
        }
        CT_EQ_I64(c->name, browser_get(&b, "/reports/completion"), 200);
        CT_EQ_I64(c->name, strstr(b.body, "by name through a task force alone") != NULL, c->told);
        walk_tidy(&b, c->name);
    }
}

static void a_refusal_does_not_tell_who_exists(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    AUTO_BROWSER there = {.site = s}, nowhere = {.site = s};
    char target[64];

    snprintf(target, sizeof target, "/people/%d/transcript", (int)c.vic);
    browser_sign_in(&there, "lee%40example.org");
    browser_sign_in(&nowhere, "lee%40example.org");
    CT_EQ_I64("somebody else's", browser_get(&there, target), 404);
    CT_EQ_I64("nobody's", browser_get(&nowhere, "/people/9999/transcript"), 404);
    assert_null(strstr(there.body, "Vic"));
    CT_EQ_I64("as long", strlen(there.body), strlen(nowhere.body));
    CT_EQ_I64("no number", browser_get(&nowhere, "/people/moon/transcript"), 404);
}

static void who_left_is_seen_as_of_the_day_before(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    AUTO_BROWSER b = {.site = s};
    char target[80];

    s->now += 3 * DAY_LONG;
    tie(s, CT_TIE_MEMBER, c.pat, c.intake, true);
    s->now += DAY_LONG;
    browser_sign_in(&b, "lee%40example.org");
    snprintf(target, sizeof target, "/people/%d/transcript", (int)c.pat);
    CT_EQ_I64("now", browser_get(&b, target), 404);
    snprintf(target, sizeof target, "/people/%d/transcript?as_of=2023-11-15", (int)c.pat);
    CT_EQ_I64("as of a day there", browser_get(&b, target), 200);
    assert_non_null(strstr(b.body, "November 15, 2023"));
    CT_AUTO_JSON *then = walk_json(&b, target);
    CT_EQ_I64("what was asked then is open", browser_get(&b, walk_text(then, "assignments_href").p),
              200);
    assert_true(json_is_null(walk_at(then, "record_href")));
    snprintf(target, sizeof target, "/people/%d/transcript?as_of=2039-11-15", (int)c.pat);
    CT_EQ_I64("a day to come", browser_get(&b, target), 400);
}

static void one_s_own_is_a_page_and_a_file(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};

    make_county(s);
    browser_sign_in(&b, "pat%40example.org");
    walk_page(&b, "/me/transcript", "transcript");
    CT_AUTO_JSON *page = walk_json(&b, "/me/transcript");
    CT_EQ_SV("name", walk_text(page, "name"), CT_SV("Pat"));
    CT_EQ_SV("file", walk_text(page, "csv_href"), CT_SV("/me/transcript.csv"));
    CT_EQ_I64("csv", browser_get(&b, "/me/transcript.csv"), 200);
    assert_non_null(strstr(b.body, "section,on,until,what,discipline,status"));
    CT_EQ_I64("xlsx", browser_get(&b, "/me/transcript.xlsx"), 200);
    CT_AUTO_JSON *file = walk_json(&b, "/me/transcript.json");
    CT_EQ_SV("report", walk_text(file, "report"), CT_SV("transcript"));
}

static void it_is_a_pdf_too(void **state)
{
    struct site *s = *state;
    struct county c = make_county(s);
    AUTO_BROWSER pat = {.site = s}, lee = {.site = s}, val = {.site = s};
    char target[64];

    browser_sign_in(&pat, "pat%40example.org");
    browser_sign_in(&lee, "lee%40example.org");
    browser_sign_in(&val, "val%40example.org");
    CT_EQ_I64("one's own", browser_get(&pat, "/me/transcript.pdf?paper=a4"), 200);
    CT_EQ_STR("is a PDF", pat.rs->content_type, "application/pdf");
    assert_true(ct_sv_starts(ct_sv_c(pat.body), CT_SV("%PDF-1.4")));
    assert_true(ct_sv_starts(pat.rs->disposition, /* as the other files of it are called */
                             CT_SV("attachment; filename=\"transcript-2023-11-14-")));
    CT_EQ_I64("on other paper", browser_get(&pat, "/me/transcript.pdf?paper=a5"), 400);
    CT_EQ_I64("of another day", browser_get(&pat, "/me/transcript.pdf?as_of=2023-13-01"), 400);
    CT_EQ_I64("the page leads to it", browser_get(&pat, "/me/transcript"), 200);
    assert_non_null(strstr(pat.body, "href=\"/me/transcript.pdf"));
    snprintf(target, sizeof target, "/people/%lld/transcript.pdf", (long long)c.pat);
    CT_EQ_I64("of whom one leads", browser_get(&lee, target), 200);
    CT_EQ_I64("of whom one does not", browser_get(&val, target), 404);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_is_a_pdf_too),
        cmocka_unit_test(it_is_shown_to_who_may_see_the_person_by_name),
        TEST(pages_say_why_cells_of_some_are_empty),
        TEST(a_refusal_does_not_tell_who_exists),
        TEST(who_left_is_seen_as_of_the_day_before),
        TEST(one_s_own_is_a_page_and_a_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
