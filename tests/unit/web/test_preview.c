/*
 * test_preview.c: a whole file on one page: its parts in written order, what is wrong beside what
 * it is about, and the pages of `crosstrain preview` around it.
 */
#include "ct_content.h"
#include "ct_test.h"

#include "../../../server/web/preview_priv.h"
#include "ct/base/limits.h"

#include "ct/base/banned.h"

struct fixture {
    struct ct_content in;
    struct ct_library *library;
    struct ct_app *app;
    struct ct_worker worker;
    struct ct_arena arena;
    char *body;
    int status;
};

static const char lesson[] = "---\nminutes: 10\nobjectives:\n  - O1 See\n  - O2 Hear\n"
                             "content-note: Hard things.\n---\n" /* 1 to 7 */
                             "# Seeing\n\nIntro text.\n\n"       /* 8 to 11 */
                             "## One\n\nFirst text.\n\n"         /* 12 to 15 */
                             "> **For prosecutors:** Secret of the prosecutors.\n\n"
                             "> **For advocates:** Secret of the advocates.\n\n" /* 16 to 19 */
                             "### Question: Practice\n\n`id: p1` `objective: O1`\n\nPick one.\n\n"
                             "- (x) Righteous\n  > Feedback for right.\n" /* 26, 27 */
                             "- ( ) Wrongful\n  > Feedback for wrong.\n\n"
                             "## Quiz\n\n`wait: 1 hour`\n\n" /* 31 */
                             "### Question: Hours\n\n`id: hours` `number: 24` `unit: hours`\n\n"
                             "How many?\n\n> **If 48:** Too many.\n\n> **Why:** The law.\n";
static const char broken[] = "# Broken\n\n## One\n\nText.\n\n### Question: Which?\n\nPick.\n\n"
                             "- ( ) a\n- ( ) b\n\n## Two\n\n> **For prosecuters:** x\n";
static const char scenario[] = "# Scenario: The call\n\n`trust = 1 (0 to 3)` `told = no`\n\n"
                               "Mia is here.\n\n"
                               "## Where you sit\n\n- `for: prosecutor` [The file](#the-file)\n"
                               "- [First words](#first-words)\n\n"
                               "## The file\n\nRead it.\n\n- [Go on](#first-words) `told = yes`\n\n"
                               "## First words\n\n> `if trust >= 2` She looks up.\n\n"
                               "- [Offer food](#first-words) `once` `trust +1`\n  > She eats.\n"
                               "- [Plan](#ending-held) `needs trust >= 2`\n"
                               "- [Leave](#ending-gone)\n\n"
                               "## Ending: Held\n\n`pass if told = no`\n\nGood.\n\n"
                               "## Ending: Gone\n\n`fail`\n\nBad.\n";
static const char lost[] = "# Scenario: Lost\n\n## First\n\n- [Nowhere](#none) `trust +1`\n"
                           "- [Round](#loop) `if trust >= 1`\n\n## Loop\n\n"
                           "- `for: prosecutor` [Loop](#loop)\n- [Loop](#loop)\n";

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct ct_err err = CT_ERR_INIT;

    ct_content_make(&f->in);
    ct_content_basics(&f->in, lesson);
    ct_content_write(&f->in, "basics/02-broken.md", broken);
    ct_content_write(&f->in, "basics/03-the-call.md", scenario);
    ct_content_write(&f->in, "basics/04-lost.md", lost);
    CT_OK_("library", ct_library_open(NULL, &f->in.clock, f->in.dir, 2, &f->library, &err), &err);
    struct ct_app_config cfg = {.library = f->library,
                                .clock = &f->in.clock,
                                .content_dir = f->in.dir,
                                .static_dir = CT_SOURCE_DIR "/static",
                                .templates_dir = CT_SOURCE_DIR "/server/web/templates",
                                .codes_dir = CT_SOURCE_DIR "/server/course/codes",
                                .preview = true};
    CT_OK_("app", ct_app_open(&cfg, &f->app, &err), &err);
    ct_worker_init(&f->worker, f->app, 0);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ct_worker_release(&f->worker);
    ct_app_close(f->app);
    ct_library_close(f->library);
    ct_arena_release(&f->arena);
    ct_content_remove(&f->in);
    free(f->body);
    free(f);
    return 0;
}

static struct ct_request request(const char *target)
{
    return (struct ct_request){.method = CT_SV("GET"),
                               .target = ct_sv_c(target),
                               .http_version = CT_SV("1.1"),
                               .host = CT_SV("127.0.0.1:8081"),
                               .n_hosts = 1};
}

static const char *send(struct fixture *f, struct ct_request *rq)
{
    struct ct_response *rs;

    ct_app_handle(&f->worker, rq, &rs);
    f->status = rs->status;
    free(f->body);
    f->body = strndup(rs->body.p, rs->body.n);
    return f->body;
}

static const char *get(struct fixture *f, const char *target)
{
    struct ct_request rq = request(target);

    return send(f, &rq);
}

static void expect(const char *name, const char *text, const char *part, bool there)
{
    if ((strstr(text, part) != NULL) != there)
        fail_msg("%s: %s: %s", name, there ? "missing" : "there", part);
}

/* Each stands behind the one before it. */
static void expect_order(const char *name, const char *text, const char *const *parts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *at = strstr(text, parts[i]);
        if (!at)
            fail_msg("%s: not behind the one before: %s", name, parts[i]);
        text = at + strlen(parts[i]);
    }
}
#define ORDER(name, text, ...)                                                                     \
    do {                                                                                           \
        const char *const parts_[] = {__VA_ARGS__};                                                \
        expect_order((name), (text), parts_, sizeof parts_ / sizeof parts_[0]);                    \
    } while (0)

static void a_file_stands_on_one_page_in_written_order(void **state)
{
    struct fixture *f = *state;
    const char *page = get(f, "/courses/basics/seeing");

    CT_EQ_I64("status", f->status, 200);
    ORDER("order", page, "States 10 min", "Estimated", "O1", "Practice", "O2",
          "No question assesses it", "Hard things.", "id=\"line-10\"", "Intro text.",
          "id=\"line-12\"", "One", "data-line=\"14\"", "First text.", "id=\"line-16\"",
          "Secret of the prosecutors", "id=\"line-18\"", "id=\"line-20\"", "Pick one.",
          "id=\"line-31\"", "Between two tries pass 1 hour.", "Question 1", "How many?");
    expect("no answers", page, "Feedback for right", false);
    expect("no forms but the bar", page, "method=\"post\"", false);
    expect("no sign-in", page, "/sign-in", false);
}

static void every_anchor_is_there_once(void **state)
{
    static const char *const targets[] = {"/courses/basics/seeing?answers=1",
                                          "/courses/basics/broken", "/courses/basics/the-call",
                                          "/courses/basics/lost"};
    struct fixture *f = *state;

    CT_EACH (target, targets) {
        const char *page = get(f, *target);
        for (const char *at = page; (at = strstr(at, " id=\"")) != NULL; at++) {
            char id[80];
            size_t n = strcspn(at + 5, "\"") + 6;
            assert_true(n < sizeof id);
            memcpy(id, at, n);
            id[n] = '\0';
            if (strstr(at + 1, id))
                fail_msg("%s: twice: %s", *target, id);
        }
    }
}

static void the_bar_says_how_it_is_looked_at(void **state)
{
    static const struct {
        const char *name, *target, *part;
        bool there;
    } cases[] = {
        {"everybody: passages are one's own", "/courses/basics/seeing", "<details class=\"passage",
         false},
        {"as one: the others are closed", "/courses/basics/seeing?as=prosecutor",
         "data-passage=\"p2\">", true},
        {"as one: one's own stands open", "/courses/basics/seeing?as=prosecutor",
         "data-passage=\"p1\"", false},
        {"all open", "/courses/basics/seeing?as=prosecutor&open=1", "data-passage=\"p2\" open>",
         true},
        {"unknown discipline: everybody", "/courses/basics/seeing?as=pirate",
         "<details class=\"passage", false},
        {"answers", "/courses/basics/seeing?answers=1", "Feedback for wrong.", true},
        {"answers of numbers", "/courses/basics/seeing?answers=1", "24 hours", true},
        {"said about an answer", "/courses/basics/seeing?answers=1", "If 48", true},
        {"why", "/courses/basics/seeing?answers=1", "The law.", true},
    };
    struct fixture *f = *state;

    CT_EACH (c, cases)
        expect(c->name, get(f, c->target), c->part, c->there);
}

static void problems_stand_before_what_they_are_about(void **state)
{
    struct fixture *f = *state;
    const char *page = get(f, "/courses/basics/broken");

    CT_EQ_I64("status", f->status, 200);
    expect("title", page, "<title>(2 errors) Broken", true);
    ORDER("question", page, "Text.", "Error E17", "/explain/E17", "id=\"line-7\"", "Pick.");
    ORDER("passage", page, "id=\"line-14\"", "Error E24", "id=\"line-16\"", "For prosecuters");
}

static void what_is_wrong_before_all_blocks_stands_first(void **state)
{
    struct fixture *f = *state;
    bool changed;

    ct_content_write(&f->in, "basics/02-broken.md",
                     "---\nminuts: 4\n---\n# Broken\n\n## One\n\nText.\n");
    assert_int_equal(ct_library_refresh(f->library, &changed, NULL), CT_OK);
    ORDER("front matter", get(f, "/courses/basics/broken"), "line 2", "<h1", "Text.");
}

static void a_scenario_tells_what_leads_where(void **state)
{
    struct fixture *f = *state;
    const char *page = get(f, "/courses/basics/the-call");

    ORDER("scenes", page, "from 0 to 3; at the start 1", "yes or no; at the start no",
          "Mia is here.", "Junction", "scene-where-you-sit", "only for prosecutors",
          "scene-the-file", "told becomes yes", "<code>told = yes</code>",
          "Shown only if trust at least 2", "only once", "trust goes up by 1", "She eats.",
          "closed unless trust at least 2", "Ending: passed if told is no", "Ending: not passed");
}

static void a_scenario_with_errors_is_shown_as_far_as_it_goes(void **state)
{
    struct fixture *f = *state;
    const char *page = get(f, "/courses/basics/lost");

    CT_EQ_I64("status", f->status, 200);
    ORDER("choices", page, "First", "Error", "Nowhere", "no scene");
    get(f, "/courses/basics/lost?scene=first");
    CT_EQ_I64("played", f->status, 200);
    page = get(f, "/courses/basics/lost?scene=loop");
    CT_EQ_I64("a junction that turns round", f->status, 200);
    expect("said", page, "There is no such scene", true);
}

/* The address of the link that a text stands in, unescaped. */
static const char *link_of(struct fixture *f, const char *text)
{
    const char *at = strstr(f->body, text), *href;
    char *out;
    size_t n = 0;

    if (!at)
        fail_msg("no link: %s", text);
    for (href = at; strncmp(href, "href=\"", 6) != 0; href--)
        assert_true(href > f->body);
    href += 6;
    out = ct_arena_alloc(&f->arena, strcspn(href, "\"") + 1);
    while (*href != '"') {
        out[n++] = *href;
        href += strncmp(href, "&amp;", 5) == 0 ? 5 : 1;
    }
    out[n] = '\0';
    return out;
}

static void a_scene_is_played_and_its_state_travels_in_the_address(void **state)
{
    struct fixture *f = *state;
    const char *page = get(f, "/courses/basics/the-call?scene=*&as=advocate");

    ORDER("another chair skips the file", page, "1 of 3", "First words", "Offer food</a>", "Plan",
          "needs trust of at least 2; it is 1");
    expect("not yet", page, "She looks up", false);
    page = get(f, link_of(f, "Offer food</a>"));
    ORDER("what followed", page, "You chose: Offer food", "She eats.", "2 of 3", "She looks up",
          "Hidden from learners here");
    page = get(f, link_of(f, "Plan</a>"));
    ORDER("the ending", page, "this counts as passed", "Held", "Good.");
    expect("nothing is stored", page, "method=\"post\"", false);
}

static void a_scenario_is_told_as_a_picture_and_as_a_list(void **state)
{
    struct fixture *f = *state;
    const char *page = get(f, "/courses/basics/the-call/map");

    CT_EQ_I64("status", f->status, 200);
    ORDER("picture and list", page, "<svg", "/courses/basics/the-call#scene-where-you-sit",
          "</svg>", "The same as a list", "map-where-you-sit", "Junction", "The start",
          "for prosecutors", "The file", "First words", "Offer food", "<code>once, trust +1</code>",
          "Plan", "needs trust &gt;= 2", "Ending, passed on a condition", "Shortest way here",
          "Offer food", "Plan");
    page = get(f, "/courses/basics/the-call/map?as=advocate");
    ORDER("from a chair", page, "id=\"map-the-file\"", "Never reached", "id=\"map-first-words\"");
    get(f, "/courses/basics/seeing/map");
    CT_EQ_I64("a lesson has none", f->status, 404);
    page = get(f, "/courses/basics/lost/map");
    CT_EQ_I64("with errors", f->status, 200);
    ORDER("with errors", page, "Errors keep this scenario", "no scene");
}

static void a_chair_and_variables_can_be_chosen(void **state)
{
    static const struct {
        const char *name, *query, *part;
        bool there;
    } cases[] = {
        {"the prosecutor's first scene", "scene=*&as=prosecutor", "Read it.", true},
        {"a junction", "scene=where-you-sit&as=prosecutor", "Read it.", true},
        {"a variable", "scene=first-words&v.trust=3", "She looks up", true},
        {"one above its range", "scene=first-words&v.trust=900", "3 of 3", true},
        {"one that is no number", "scene=first-words&v.trust=much", "1 of 3", true},
        {"a flag", "scene=ending-held&v.told=1", "not passed", true},
        {"used up", "scene=first-words&used=1", "Hidden from learners here", true},
        {"no such scene", "scene=nowhere", "There is no such scene", true},
        {"no such choice before", "scene=first-words&after=9999", "You chose", false},
    };
    struct fixture *f = *state;

    CT_EACH (c, cases) {
        char target[200];
        snprintf(target, sizeof target, "/courses/basics/the-call?%s", c->query);
        expect(c->name, get(f, target), c->part, c->there);
        CT_EQ_I64(c->name, f->status, 200);
    }
}

static void the_front_page_counts_the_problems_of_each_file(void **state)
{
    struct fixture *f = *state;
    const char *page = get(f, "/");

    ORDER("files", page, "Basics", "Seeing", "basics/02-broken.md", "2 errors", "The call",
          "Text of the front page", "Welcome.");
    get(f, "/courses/basics");
    expect("course.md", f->body, "Hello.", true);
}

static void only_this_machine_is_answered(void **state)
{
    static const struct {
        const char *host;
        int status;
    } cases[] = {
        {"127.0.0.1:8081", 200},
        {"127.0.0.1", 200},
        {"localhost:8081", 200},
        {"LocalHost", 200},
        {"[::1]:8081", 200},
        {"evil.example", 403},
        {"127.0.0.1.evil.example", 403},
        {"localhost.evil.example:8081", 403},
        {"127.0.0.1:x", 403},
        {"10.0.0.1", 403},
    };
    struct fixture *f = *state;

    CT_EACH (c, cases) {
        struct ct_request rq = request("/");
        rq.host = ct_sv_c(c->host);
        send(f, &rq);
        CT_EQ_I64(c->host, f->status, c->status);
    }
}

static void what_is_not_for_reading_is_not_there(void **state)
{
    static const struct {
        const char *target;
        int status;
    } cases[] = {
        {"/sign-in", 404},
        {"/author", 404},
        {"/me", 404},
        {"/courses/none", 404},
        {"/courses/basics/none", 404},
        {"/content/basics/01-seeing.md", 404},
        {"/content/basics/../curriculum.md", 404},
        {"/courses/basics/seeing?strange=1", 400},
        {"/static/preview.js", 200},
        {"/explain/E11", 200},
        {"/glossary", 404},
    };
    struct fixture *f = *state;

    CT_EACH (c, cases) {
        get(f, c->target);
        CT_EQ_I64(c->target, f->status, c->status);
    }
}

static void the_glossary_is_shown_with_its_problems(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    bool changed;

    ct_content_write(&f->in, "glossary.md", "## Term: Gauge\n\nShows how much.\n");
    CT_OK_("refresh", ct_library_refresh(f->library, &changed, &err), &err);
    const char *page = get(f, "/glossary?as=prosecutor");
    CT_EQ_I64("status", f->status, 200);
    assert_non_null(strstr(page, "id=\"term-gauge\""));
    assert_non_null(strstr(page, "<code>glossary.md</code>"));
    assert_non_null(strstr(page, "/explain/W78"));
    assert_non_null(strstr(get(f, "/"), "<a href=\"/glossary\">Glossary</a>"));
}

static void a_cookie_of_another_site_says_nothing(void **state)
{
    struct fixture *f = *state;
    struct ct_request rq = request("/");

    rq.cookie = CT_SV("ct_session=0123456789012345678901234567890123456789012");
    send(f, &rq);
    CT_EQ_I64("status", f->status, 200);
    CT_EQ_I64("cookies", (int64_t)f->worker.response.n_cookies, 0);
}

static void news_of_a_save_end_a_wait(void **state)
{
    struct fixture *f = *state;
    struct ct_request rq = request("/changes?seen=1");
    bool changed;

    ct_content_write(&f->in, "basics/02-broken.md", "# Mended\n\n## One\n\nText.\n");
    assert_int_equal(ct_library_refresh(f->library, &changed, NULL), CT_OK);
    ORDER("event", send(f, &rq), "retry: 200", "id: 2\ndata: ", "basics/02-broken.md", "\"line\":1",
          "/courses/basics/broken", "\n\n");
    rq = request("/changes?seen=2");
    rq.last_event_id = CT_SV("1");
    expect("the connection before counts", send(f, &rq), "id: 2", true);
    ct_library_wake(f->library);
    expect("nothing new", get(f, "/changes?seen=2"), "data:", false);
    expect("the page says where it is", get(f, "/"), "data-generation=\"2\"", true);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_stands_on_one_page_in_written_order),
        TEST(every_anchor_is_there_once),
        TEST(the_bar_says_how_it_is_looked_at),
        TEST(problems_stand_before_what_they_are_about),
        TEST(what_is_wrong_before_all_blocks_stands_first),
        TEST(a_scenario_tells_what_leads_where),
        TEST(a_scenario_with_errors_is_shown_as_far_as_it_goes),
        TEST(a_scene_is_played_and_its_state_travels_in_the_address),
        TEST(a_scenario_is_told_as_a_picture_and_as_a_list),
        TEST(a_chair_and_variables_can_be_chosen),
        TEST(the_front_page_counts_the_problems_of_each_file),
        TEST(only_this_machine_is_answered),
        TEST(what_is_not_for_reading_is_not_there),
        TEST(the_glossary_is_shown_with_its_problems),
        TEST(a_cookie_of_another_site_says_nothing),
        TEST(news_of_a_save_end_a_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
