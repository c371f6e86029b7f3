/*
 * test_page_exit.c: the quick exit: a neutral page that tells nothing of the site, a way there from
 * every page, and answers that are kept on the way.
 */
#include "walk.h"

#include "ct/base/banned.h"

#define QUIZ "/courses/basics/seeing/quiz"
#define AWAY "https://www.weather.example/today"

static size_t count(const char *text, const char *part)
{
    size_t n = 0;

    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        n++;
    return n;
}

static void the_neutral_page_is_an_ordinary_month(void **state)
{
    static const struct {
        const char *name;
        int64_t now;
        const char *month, *first_week, *last_week;
        size_t weeks;
    } cases[] = {
        {"thirty days", 1795305600 /* 2026-11-22 */, "November 2026", "1 2 3 4 5 6 7 ",
         "29 30 - - - - - ", 5},
        {"four weeks", 1770000000 /* 2026-02-02 */, "February 2026", "1 2 3 4 5 6 7 ",
         "22 23 24 25 26 27 28 ", 4},
        {"a leap year", 1709164800 /* 2024-02-29 */, "February 2024", "- - - - 1 2 3 ",
         "25 26 27 28 29 - - ", 5},
        {"six weeks", 1785542400 /* 2026-08-01 */, "August 2026", "- - - - - - 1 ",
         "30 31 - - - - - ", 6},
        {"the last second of a year", 1767225599, "December 2025", "- 1 2 3 4 5 6 ",
         "28 29 30 31 - - - ", 5},
        {"the first second of all", 0, "January 1970", "- - - - 1 2 3 ", "25 26 27 28 29 30 31 ",
         5},
        {"before it", -1, "December 1969", "- 1 2 3 4 5 6 ", "28 29 30 31 - - - ", 5},
    };
    struct site *site = *state;
    AUTO_BROWSER b = {.site = site};

    CT_EACH (c, cases) {
        site->now = c->now;
        CT_AUTO_JSON *model = walk_json(&b, "/calendar");
        const json_t *weeks = walk_at(model, "weeks");
        CT_EQ_SV(c->name, walk_text(model, "month"), ct_sv_c(c->month));
        CT_EQ_I64(c->name, json_array_size(weeks), c->weeks);
        for (int last = 0; last < 2; last++) {
            const json_t *week = json_array_get(weeks, last ? c->weeks - 1 : 0);
            CT_AUTO_STR days = CT_STR_INIT(100);
            json_t *day;
            size_t i;
            json_array_foreach(walk_at(week, "days"), i, day)
            {
                if (walk_flag(day, "is_day"))
                    ct_str_addf(&days, "%d ", (int)walk_int(day, "day"));
                else
                    ct_str_add_c(&days, "- ");
            }
            CT_EQ_STR(c->name, days.p, last ? c->last_week : c->first_week);
        }
    }
}

static void the_neutral_page_tells_nothing_of_the_site(void **state)
{
    static const char *const told[] = {"Alder", "rain",  "rosstrain", "course",  "<script",
                                       "<a ",   "csrf",  "/sign-",    "favicon", "logo",
                                       "exit",  "child", "traffic"};
    static const char *const kinds[] = {NULL, "application/json"};
    struct site *site = *state;
    AUTO_BROWSER b = {.site = site};
    CT_AUTO_STR head = CT_STR_INIT(8192);
    struct ct_request rq = {.method = CT_SV("GET"), .target = CT_SV("/calendar")};

    CT_EACH (kind, kinds) {
        b.accept = *kind;
        CT_EQ_I64("nobody is signed in", browser_get(&b, "/calendar"), 200);
        CT_EQ_I64("no cookie is set", b.rs->n_cookies, 0);
        CT_EACH (word, told)
            if (strstr(b.body, *word))
                fail_msg("it tells %s", *word);
    }
    b.accept = NULL;
    browser_send(&b, &rq);
    ct_response_head(site->app, &rq, b.rs, 1, true, &head);
    assert_non_null(strstr(head.p, "\r\nReferrer-Policy: no-referrer\r\n"));
    assert_non_null(strstr(head.p, "\r\nCache-Control: private, max-age=3600\r\n"));
    assert_null(strstr(head.p, "Set-Cookie"));
    assert_null(strstr(head.p, "Vary"));
    site_person(site, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER);
    browser_sign_in(&b, "mo%40example.org");
    CT_EQ_I64("somebody is signed in", browser_get(&b, "/calendar"), 200);
    assert_null(strstr(b.body, "Mo<"));
    CT_EQ_I64("and still is", browser_get(&b, "/me"), 200);
}

/* One control, the second thing that the Tab key leads to, on every kind of page. The script comes
 * before the title and is waited for: of a tab that was left, nothing is read on going back. */
static void every_page_has_a_way_out(void **state)
{
    static const char *const pages[] = {"/",
                                        "/sign-in",
                                        "/me",
                                        "/courses/basics",
                                        "/courses/basics/seeing",
                                        "/courses/basics/seeing/what-you-see",
                                        "/courses/basics/the-call/play",
                                        "/reports/completion",
                                        "/author",
                                        "/explain",
                                        "/leaving-safely",
                                        "/no/such/page",
                                        "/certificates/NONE"};
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "mo@example.org", "Mo", "judge",
                CT_ROLE_LEARNER | CT_ROLE_MANAGER | CT_ROLE_TRAINER);
    for (int signed_in = 0; signed_in < 2; signed_in++) {
        if (signed_in)
            browser_sign_in(&b, "mo%40example.org");
        CT_EACH (page, pages) {
            browser_get(&b, *page);
            if (b.rs->status == 303)
                continue; /* to sign in, or away from it */
            CT_EQ_I64(*page, count(b.body, "data-exit="), 1);
            const char *script = strstr(b.body, "<script src=\"/static/exit.js\"></script>");
            assert_non_null(script);
            assert_true(script < strstr(b.body, "<title>"));
            assert_non_null(strstr(b.body, "<a class=\"exit\" href=\"/calendar\""));
            assert_non_null(strstr(b.body, "href=\"/leaving-safely\""));
            assert_null(b.rs->cache); /* which is "no-store": nothing of it is kept */
        }
    }
}

static void begin(struct browser *b, char *url, size_t size)
{
    site_person(b->site, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(b, "pat%40example.org");
    CT_EQ_I64("begin", browser_post(b, QUIZ, ""), 303);
    walk_location(b, url, size);
    CT_EQ_I64("open", browser_get(b, url), 200);
}

static void a_quiz_is_saved_on_the_way_out(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    char url[128], out[160];

    begin(&b, url, sizeof url);
    assert_non_null(strstr(b.body, "form=\"quiz\" formaction=\""));
    assert_non_null(strstr(b.body, "<form class=\"quiz-form\" id=\"quiz\""));
    assert_null(strstr(b.body, "<a class=\"exit\""));
    snprintf(out, sizeof out, "%s/exit", url);
    assert_non_null(strstr(b.body, out));
    CT_EQ_I64("out", browser_post(&b, out, "q.hours=24"), 303);
    CT_EQ_SV("to the neutral page", browser_location(&b), CT_SV("/calendar"));
    CT_AUTO_JSON *model = walk_json(&b, url);
    CT_EQ_I64("the answer is there", walk_int(model, "answered"), 1);
}

/* Whoever has to leave is shown nothing of the site, whatever becomes of the answers. */
static void the_way_out_is_open_when_nothing_can_be_saved(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    AUTO_BROWSER stranger = {.site = *state};
    char url[128], out[160];

    begin(&b, url, sizeof url);
    snprintf(out, sizeof out, "%s/exit", url);
    CT_EQ_I64("handed in", browser_post(&b, url, "q.hours=24&action=submit"), 303);
    const struct {
        const char *name;
        struct browser *from;
        const char *to, *fields;
    } cases[] = {
        {"a try that is handed in", &b, out, "q.hours=1"},
        {"a try that is not there", &b, QUIZ "/999/exit", "q.hours=1"},
        {"a field that nobody knows", &b, out, "hours=1"},
        {"a query", &b, QUIZ "/999/exit?x=1", ""},
        {"a token that is too old", &b, out, "csrf=old"},
        {"nobody signed in any more", &stranger, out, "q.hours=1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char csrf = b.csrf[0];
        if (strstr(cases[i].fields, "csrf"))
            b.csrf[0] = csrf == 'x' ? 'y' : 'x';
        CT_EQ_I64(cases[i].name, browser_post(cases[i].from, cases[i].to, cases[i].fields), 303);
        CT_EQ_SV(cases[i].name, browser_location(cases[i].from), CT_SV("/calendar"));
        CT_EQ_I64(cases[i].name, (int64_t)strlen(cases[i].from->body), 0);
        b.csrf[0] = csrf;
    }
}

static void another_page_can_be_named(void **state)
{
    struct site *site = *state;
    AUTO_BROWSER b = {.site = site};
    CT_AUTO_STR head = CT_STR_INIT(8192);
    struct ct_request rq = {.method = CT_SV("GET")};
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;
    char url[128], out[160];

    ct_temp_write(&site->temp, "content/curriculum.md",
                  "---\ntitle: Alder County\ndisciplines:\n  - prosecutor (prosecutors)\n"
                  "  - caseworker (caseworkers)\n  - advocate (advocates)\n"
                  "  - judge (judges)\ncourses: [basics]\nquick-exit: " AWAY "\n---\nWelcome.\n");
    CT_OK_("publish", ct_library_refresh(site->library, &changed, &err), &err);
    assert_true(changed);
    begin(&b, url, sizeof url);
    rq.target = ct_sv_c(url);
    browser_send(&b, &rq);
    ct_response_head(site->app, &rq, b.rs, 1, true, &head);
    assert_non_null(strstr(head.p, "form-action 'self' https://www.weather.example\r\n"));
    assert_non_null(strstr(b.body, "data-exit=\"" AWAY "\""));
    snprintf(out, sizeof out, "%s/exit", url);
    CT_EQ_I64("out", browser_post(&b, out, "q.hours=24"), 303);
    CT_EQ_SV("to where it says", browser_location(&b), CT_SV(AWAY));
    browser_get(&b, "/me");
    assert_non_null(strstr(b.body, "<a class=\"exit\" href=\"" AWAY "\""));
    CT_EQ_I64("other forms lead nowhere else", b.rs->form_origin.n, 0);
    CT_EQ_I64("ours is there all the same", browser_get(&b, "/calendar"), 200);
}

#define SITE(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITE(the_neutral_page_is_an_ordinary_month),
        SITE(the_neutral_page_tells_nothing_of_the_site),
        SITE(every_page_has_a_way_out),
        SITE(a_quiz_is_saved_on_the_way_out),
        SITE(the_way_out_is_open_when_nothing_can_be_saved),
        SITE(another_page_can_be_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
