/*
 * test_pages.c: a learner's way from the sign-in page to the certificate, a manager's to the
 * report, and what each page answers when something is not as it should be.
 */
#include "walk.h"

#include "ct/base/banned.h"

#define LESSON "/courses/basics/seeing"
#define CASE   "/courses/basics/the-call"

static void open_browser(struct browser *b)
{
    site_person(b->site, "pat@example.org", "Pat <Prosecutor>", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(b, "pat%40example.org");
}

/* The place at which an option with this text is shown. */
static int64_t place_of(const json_t *question, const char *text)
{
    const json_t *options = walk_at(question, "options");
    size_t i = walk_find(options, "text_html", text);

    return walk_int(json_array_get(options, i), "place");
}

static const json_t *question_of(const json_t *model, const char *id)
{
    const json_t *list = walk_at(model, "questions");

    return json_array_get(list, walk_find(list, "id", id));
}

/* Begins a try and answers: hours as given; of the second question Alpha and, if right, Beta. */
static void answer_quiz(struct browser *b, const char *hours, bool right, const char *action,
                        char *ret_url, size_t size)
{
    char form[512];

    CT_EQ_I64("begin", browser_post(b, LESSON "/quiz", ""), 303);
    walk_location(b, ret_url, size);
    CT_AUTO_JSON *model = walk_json(b, ret_url);
    const json_t *two = question_of(model, "two");
    snprintf(form, sizeof form, "q.hours=%s&q.two=%lld&q.two=%lld&action=%s", hours,
             (long long)place_of(two, "Alpha"), (long long)place_of(two, right ? "Beta" : "Gamma"),
             action);
    CT_EQ_I64("answer", browser_post(b, ret_url, form), 303);
}

static void do_sections(struct browser *b)
{
    CT_EQ_I64("first done", browser_post(b, LESSON "/what-you-see/done", ""), 303);
    CT_EQ_SV("on to the next", browser_location(b), CT_SV(LESSON "/what-you-do"));
    CT_EQ_I64("second done", browser_post(b, LESSON "/what-you-do/done", ""), 303);
    CT_EQ_SV("on to the quiz", browser_location(b), CT_SV(LESSON "/quiz"));
}

/* Plays the case to its good ending: food, then the plan. */
static void play_well(struct browser *b, char *run, size_t size)
{
    char choose[300];

    CT_EQ_I64("sit down", browser_post(b, CASE "/play", "chair=advocate"), 303);
    walk_location(b, run, size);
    snprintf(choose, sizeof choose, "%s/choose", run);
    CT_EQ_I64("food", browser_post(b, choose, "step=0&choice=0"), 303);
    CT_EQ_I64("plan", browser_post(b, choose, "step=1&choice=0"), 303);
}

static void finish_course(struct browser *b)
{
    char url[256];

    do_sections(b);
    answer_quiz(b, "24", true, "submit", url, sizeof url);
    play_well(b, url, sizeof url);
}

static void every_page_has_what_it_was_designed_with(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    char url[256];

    walk_page(&b, "/sign-in", "sign-in");
    walk_page(&b, "/", "home.signed-out");
    open_browser(&b);
    walk_page(&b, "/sign-out", "sign-out");
    walk_page(&b, "/", "home.first-day");
    walk_page(&b, "/courses/basics", "course");
    walk_page(&b, LESSON, "module");
    walk_page(&b, LESSON "/what-you-see", "section");
    walk_page(&b, LESSON "/quiz", "quiz-start");
    do_sections(&b);
    answer_quiz(&b, "12", false, "save", url, sizeof url);
    walk_page(&b, url, "quiz");
    walk_page(&b, LESSON "/quiz", "quiz-start.wait");
    CT_EQ_I64("submit", browser_post(&b, url, "action=submit"), 303);
    walk_page(&b, url, "quiz-result");
    walk_page(&b, CASE, "module.scenario");
    walk_page(&b, CASE "/play", "play-start");
    CT_EQ_I64("sit down", browser_post(&b, CASE "/play", "chair=prosecutor"), 303);
    walk_page(&b, walk_location(&b, url, sizeof url), "run.first");
    walk_page(&b, CASE, "module.scenario");
    play_well(&b, url, sizeof url);
    walk_page(&b, url, "run-ending");
    walk_page(&b, CASE "/play", "play-start.again");
    walk_page(&b, "/me", "me");
}

static void a_learner_goes_from_the_front_page_to_the_certificate(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    char url[256];

    open_browser(&b);
    CT_AUTO_JSON *home = walk_json(&b, "/");
    assert_true(walk_flag(home, "resume/is_start") && walk_flag(home, "groups/0/is_required"));
    CT_EQ_SV("start", walk_text(home, "resume/href"), CT_SV(LESSON "/what-you-see"));
    do_sections(&b);
    CT_AUTO_JSON *module = walk_json(&b, LESSON);
    assert_true(walk_flag(module, "is_in_progress") && walk_flag(module, "sections/1/is_done"));
    CT_EQ_SV("quiz is left", walk_text(module, "start_href"), CT_SV(LESSON "/quiz"));
    answer_quiz(&b, "24", true, "submit", url, sizeof url);
    CT_AUTO_JSON *result = walk_json(&b, url);
    assert_true(walk_flag(result, "is_passed") && walk_flag(result, "is_module_completed"));
    CT_EQ_I64("score", walk_int(result, "score"), 100);
    CT_EQ_SV("on to the case", walk_text(result, "next/href"), CT_SV(CASE "/play"));
    assert_true(json_is_null(walk_at(result, "again_href")));
    play_well(&b, url, sizeof url);
    CT_AUTO_JSON *ending = walk_json(&b, url);
    assert_true(walk_flag(ending, "is_passed") && walk_flag(ending, "is_module_completed"));
    CT_EQ_I64("path", json_array_size(walk_at(ending, "path")), 2);
    snprintf(url, sizeof url, "%.*s", CT_SV_ARG(walk_text(ending, "certificate_href")));
    walk_page(&b, url, "certificate");
    CT_AUTO_JSON *mine = walk_json(&b, url);
    assert_true(walk_flag(mine, "is_owner"));
    CT_EQ_SV("hours", walk_text(mine, "hours"), CT_SV("0.5"));
    CT_AUTO_JSON *course = walk_json(&b, "/courses/basics");
    assert_true(walk_flag(course, "is_completed") && json_is_null(walk_at(course, "resume")));
    CT_AUTO_JSON *done = walk_json(&b, "/");
    assert_true(walk_flag(done, "all_done"));
    CT_AUTO_JSON *me = walk_json(&b, "/me");
    CT_EQ_I64("two modules and a course", json_array_size(walk_at(me, "completions")), 3);
}

static void anybody_can_check_a_certificate(void **state)
{
    AUTO_BROWSER b = {.site = *state}, stranger = {.site = *state};
    char url[256];

    open_browser(&b);
    finish_course(&b);
    CT_AUTO_JSON *home = walk_json(&b, "/");
    snprintf(url, sizeof url, "%.*s",
             CT_SV_ARG(walk_text(home, "groups/0/courses/0/certificate_href")));
    walk_page(&stranger, url, "certificate.verify");
    CT_AUTO_JSON *seen = walk_json(&stranger, url);
    assert_false(walk_flag(seen, "is_owner"));
    CT_EQ_SV("name", walk_text(seen, "name"), CT_SV("Pat <Prosecutor>"));
    assert_true(ct_sv_starts(walk_text(seen, "verify_url"), CT_SV("http://localhost:8080/cert")));
    CT_EQ_I64(
        "by the code with dashes",
        browser_get(&stranger, walk_text(seen, "verify_url").p + strlen("http://localhost:8080")),
        200);
    CT_EQ_I64("unknown", browser_get(&stranger, "/certificates/0000-0000"), 404);
}

static void practice_answers_show_in_the_section(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    const char *section = LESSON "/what-you-see";
    char form[128];

    open_browser(&b);
    CT_AUTO_JSON *before = walk_json(&b, section);
    const json_t *blocks = walk_at(before, "blocks");
    size_t at = json_array_size(blocks) - 1;
    const json_t *q = walk_at(json_array_get(blocks, at), "question");
    assert_true(json_is_null(walk_at(q, "result")));
    assert_null(strstr(b.body, "Feedback for"));
    CT_EQ_I64("nothing", browser_post(&b, LESSON "/what-you-see/practice", "question=p1"), 400);
    assert_non_null(strstr(b.body, "Choose or write something before you check it."));
    snprintf(form, sizeof form, "question=p1&q.p1=%lld", (long long)place_of(q, "Wrongful"));
    CT_EQ_I64("answer", browser_post(&b, LESSON "/what-you-see/practice", form), 303);
    CT_EQ_SV("back to the question", browser_location(&b), CT_SV(LESSON "/what-you-see#q-p1"));
    CT_AUTO_JSON *after = walk_json(&b, section);
    q = walk_at(json_array_get(walk_at(after, "blocks"), at), "question");
    assert_true(walk_flag(q, "result/is_wrong"));
    assert_non_null(strstr(b.body, "Feedback for wrong."));
    assert_null(strstr(b.body, "Feedback for right."));
    walk_page(&b, section, "section.answered");
    assert_non_null(strstr(b.body, "id=\"q-p1\""));
}

static void passages_of_others_are_closed_and_their_opening_is_kept(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    open_browser(&b);
    CT_AUTO_JSON *model = walk_json(&b, LESSON "/what-you-see");
    CT_EQ_SV("own", walk_text(model, "blocks/1/name"), CT_SV("prosecutors"));
    assert_true(walk_flag(model, "blocks/1/is_own"));
    assert_false(walk_flag(model, "blocks/2/is_own"));
    CT_EQ_I64("opened", browser_post(&b, LESSON "/what-you-see/opened", "passage=p2"), 303);
    CT_EQ_I64("unknown", browser_post(&b, LESSON "/what-you-see/opened", "passage=p9"), 400);
}

static void an_open_quiz_does_not_tell(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    char url[256];

    open_browser(&b);
    answer_quiz(&b, "12", true, "save", url, sizeof url);
    CT_EQ_I64(url, browser_get(&b, url), 200);
    assert_null(strstr(b.body, "The law says so."));
    assert_null(strstr(b.body, "class=\"outcome"));
    assert_non_null(strstr(b.body, "value=\"12\""));
    CT_AUTO_JSON *model = walk_json(&b, url);
    CT_AUTO_STR text = CT_STR_INIT(CT_PAGE_MAX);
    ct_json_write(&text, walk_at(model, "questions"));
    const char *questions = text.p;
    assert_null(strstr(questions, "24"));
    assert_null(strstr(questions, "The law says so."));
    assert_null(strstr(questions, "\"is_hit\":true"));
    assert_non_null(strstr(questions, "\"12\""));
    CT_EQ_I64("answered", walk_int(model, "answered"), 2);
}

static void a_failed_try_can_be_mended(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    char first[256], second[256];

    open_browser(&b);
    answer_quiz(&b, "12", false, "submit", first, sizeof first);
    CT_AUTO_JSON *result = walk_json(&b, first);
    assert_false(walk_flag(result, "is_passed"));
    CT_EQ_I64("none", walk_int(result, "right"), 0);
    CT_EQ_I64("left", walk_int(result, "tries_left"), 2);
    CT_EQ_SV("again", walk_text(result, "again_href"), CT_SV(LESSON "/quiz"));
    assert_true(json_is_null(walk_at(result, "next")));
    CT_EQ_I64("a second time", browser_post(&b, first, "action=submit"), 409);
    answer_quiz(&b, "24", true, "submit", second, sizeof second);
    assert_string_not_equal(first, second);
    CT_AUTO_JSON *start = walk_json(&b, LESSON "/quiz");
    CT_EQ_I64("tries", json_array_size(walk_at(start, "attempts")), 2);
    CT_EQ_I64("newest first", walk_int(start, "attempts/0/number"), 2);
    CT_EQ_I64("best", walk_int(start, "best"), 100);
}

/* Writes the lesson anew with a settings line under its quiz. */
static void set_quiz(struct site *s, const char *settings)
{
    struct ct_err err = CT_ERR_INIT;
    const char *name = site_files[2][0], *text = site_files[2][1];
    const char *at = strstr(text, "## Quiz\n\n");
    char source[4096];
    bool changed;

    assert_non_null(at);
    at += strlen("## Quiz\n\n");
    snprintf(source, sizeof source, "%.*s%s\n\n%s", (int)(at - text), text, settings, at);
    ct_temp_write(&s->temp, name, source);
    CT_OK_("refresh", ct_library_refresh(s->library, &changed, &err), &err);
    assert_true(changed);
}

static void answers_stay_hidden_until_passed(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    char url[256];

    set_quiz(*state, "`show: after passing`");
    open_browser(&b);
    answer_quiz(&b, "12", false, "submit", url, sizeof url);
    walk_page(&b, url, "quiz-result.hidden");
    assert_null(strstr(b.body, "The law says so."));
    CT_AUTO_JSON *hidden = walk_json(&b, url);
    assert_false(walk_flag(hidden, "shows_answers"));
    CT_EQ_I64("no questions", json_array_size(walk_at(hidden, "questions")), 0);
    answer_quiz(&b, "24", true, "submit", url, sizeof url);
    walk_page(&b, url, "quiz-result.passed");
    assert_non_null(strstr(b.body, "The law says so."));
}

static void a_try_has_to_wait_for_the_next(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = s};
    char url[256];

    set_quiz(s, "`wait: 1 hour`");
    open_browser(&b);
    answer_quiz(&b, "12", false, "submit", url, sizeof url);
    walk_page(&b, LESSON "/quiz", "quiz-start.wait");
    CT_AUTO_JSON *waiting = walk_json(&b, LESSON "/quiz");
    assert_true(json_is_null(walk_at(waiting, "start_action")));
    CT_EQ_SV("until", walk_text(waiting, "wait_until/long"), CT_SV("November 14, 2023, 23:13 UTC"));
    CT_EQ_I64("too early", browser_post(&b, LESSON "/quiz", ""), 409);
    s->now += 3600;
    CT_EQ_I64("now", browser_post(&b, LESSON "/quiz", ""), 303);
}

static void records_are_ones_own(void **state)
{
    AUTO_BROWSER pat = {.site = *state}, zoe = {.site = *state};
    char attempt[256], run[128], choose[256];

    open_browser(&pat);
    answer_quiz(&pat, "12", false, "save", attempt, sizeof attempt);
    CT_EQ_I64("sit down", browser_post(&pat, CASE "/play", "chair=advocate"), 303);
    walk_location(&pat, run, sizeof run);
    snprintf(choose, sizeof choose, "%s/choose", run);
    site_person(*state, "zoe@example.org", "Zoë", "advocate", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    browser_sign_in(&zoe, "zoe%40example.org");
    CT_EQ_I64("attempt", browser_get(&zoe, attempt), 404);
    CT_EQ_I64("save", browser_post(&zoe, attempt, "action=save"), 404);
    CT_EQ_I64("run", browser_get(&zoe, run), 404);
    CT_EQ_I64("choose", browser_post(&zoe, choose, "step=0&choice=0"), 404);
    CT_EQ_I64("still there", browser_get(&pat, run), 200);
}

static void what_is_not_there_is_not_found(void **state)
{
    static const char *const targets[] = {
        "/courses/none",   "/courses/basics/none", LESSON "/none",     CASE "/quiz", LESSON "/play",
        LESSON "/quiz/99", LESSON "/quiz/abc",     LESSON "/quiz/-1",  "/runs/99",   "/runs/abc",
        "/set-up/nothing", "/certificates/none",   "/reports/nothing", "/courses",   "/me/x",
    };
    AUTO_BROWSER b = {.site = *state};

    open_browser(&b);
    CT_EACH (target, targets)
        CT_EQ_I64(*target, browser_get(&b, *target), 404);
}

static void bad_input_is_refused(void **state)
{
    static const struct {
        const char *name, *target, *form;
        int want;
    } cases[] = {
        {"no such question", LESSON "/what-you-see/practice", "question=none&q.none=1", 400},
        {"a quiz's question as practice", LESSON "/what-you-see/practice",
         "question=hours&q.hours=24", 400},
        {"a field of another question", LESSON "/what-you-see/practice",
         "question=p1&q.p1=0&q.hours=24", 400},
        {"a place that is not there", LESSON "/what-you-see/practice", "question=p1&q.p1=9", 400},
        {"nothing answered", LESSON "/what-you-see/practice", "question=p1", 400},
        {"no question named", LESSON "/what-you-see/practice", "q.p1=0", 400},
        {"an unknown field", LESSON "/what-you-see/done", "all=1", 400},
        {"a field in a form's address", LESSON "/quiz?again=1", "", 400},
        {"no chair", CASE "/play", "", 400},
        {"no such chair", CASE "/play", "chair=pilot", 400},
        {"no quiz there", CASE "/quiz", "", 404},
        {"no case there", LESSON "/play", "chair=advocate", 404},
        {"no passage named", LESSON "/what-you-see/opened", "", 400},
    };
    AUTO_BROWSER b = {.site = *state};
    char url[256];

    open_browser(&b);
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, browser_post(&b, c->target, c->form), c->want);
    answer_quiz(&b, "12", false, "save", url, sizeof url);
    CT_EQ_I64("neither save nor submit", browser_post(&b, url, "action=pass"), 400);
    CT_EQ_I64("a question of elsewhere", browser_post(&b, url, "action=save&q.p1=0"), 400);
    CT_EQ_I64("sit down", browser_post(&b, CASE "/play", "chair=advocate"), 303);
    char choose[300];
    snprintf(choose, sizeof choose, "%s/choose", walk_location(&b, url, sizeof url));
    CT_EQ_I64("no such choice", browser_post(&b, choose, "step=0&choice=9"), 400);
    CT_EQ_I64("not a number", browser_post(&b, choose, "step=0&choice=x"), 400);
    CT_EQ_I64("once", browser_post(&b, choose, "step=0&choice=0"), 303);
    CT_EQ_I64("twice, as a double click", browser_post(&b, choose, "step=0&choice=0"), 409);
}

static void closed_choices_say_why_and_hidden_ones_are_not_there(void **state)
{
    AUTO_BROWSER b = {.site = *state};
    char url[128], choose[300];

    open_browser(&b);
    CT_EQ_I64("sit down", browser_post(&b, CASE "/play", "chair=advocate"), 303);
    snprintf(choose, sizeof choose, "%s/choose", walk_location(&b, url, sizeof url));
    CT_EQ_I64("food", browser_post(&b, choose, "step=0&choice=0"), 303);
    CT_AUTO_JSON *scene = walk_json(&b, url);
    CT_EQ_I64("for the prosecutor alone", json_array_size(walk_at(scene, "choices")), 2);
    CT_EQ_I64("but its number is left out", walk_int(scene, "choices/1/index"), 2);
    CT_EQ_SV("chosen", walk_text(scene, "chosen"), CT_SV("Offer food"));
    CT_EQ_SV("consequence", walk_text(scene, "consequence_html"), CT_SV("She eats."));
    assert_true(walk_flag(scene, "variables/0/is_up"));
    CT_EQ_I64("trust", walk_int(scene, "variables/0/value"), 2);
    CT_EQ_I64("another's choice", browser_post(&b, choose, "step=1&choice=1"), 409);
}

static void who_has_no_discipline_sees_all_and_owes_nothing(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    site_person(*state, "mo@example.org", "Mo", "", CT_ROLE_MANAGER);
    browser_sign_in(&b, "mo%40example.org");
    CT_AUTO_JSON *home = walk_json(&b, "/");
    assert_false(walk_flag(home, "has_discipline") || walk_flag(home, "all_done"));
    assert_true(walk_flag(home, "groups/0/is_shared"));
    walk_page(&b, "/", "home");
    walk_page(&b, "/courses/basics", "course");
    walk_page(&b, LESSON "/what-you-see", "section");
    walk_page(&b, "/me", "me.empty");
}

static void a_manager_gets_the_report_in_every_form(void **state)
{
    AUTO_BROWSER b = {.site = *state}, manager = {.site = *state};

    open_browser(&b);
    finish_course(&b);
    site_person(*state, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    browser_sign_in(&manager, "mo%40example.org");
    walk_page(&manager, "/reports/completion", "report-completion");
    CT_AUTO_JSON *all = walk_json(&manager, "/reports/completion");
    const json_t *rows = walk_at(all, "rows");
    size_t i = 0;
    while (!ct_sv_eq_c(walk_text(json_array_get(rows, i), "discipline/slug"), "prosecutor"))
        i++;
    CT_EQ_I64("completed", walk_int(json_array_get(rows, i), "completed"), 1);
    CT_EQ_I64("percent", walk_int(json_array_get(rows, i), "percent"), 100);
    CT_EQ_SV("who", walk_text(json_array_get(rows, i), "members/0/email"),
             CT_SV("pat@example.org"));
    CT_EQ_I64("csv", browser_get(&manager, "/reports/completion.csv?by=person&course=basics"), 200);
    CT_EQ_STR("type", manager.rs->content_type, "text/csv; charset=utf-8");
    CT_EQ_SV("name of the file", manager.rs->disposition,
             CT_SV("attachment; filename=\"completion-2023-11-14.csv\""));
    assert_non_null(strstr(manager.body, "pat@example.org"));
    CT_EQ_I64("a workbook", browser_get(&manager, "/reports/completion.xlsx?course=basics"), 200);
    CT_EQ_STR("type", manager.rs->content_type,
              "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    CT_EQ_SV("name of the file", manager.rs->disposition,
             CT_SV("attachment; filename=\"completion-2023-11-14.xlsx\""));
    CT_EQ_I64("it is a zip", memcmp(manager.body, "PK\x03\x04", 4), 0);
    CT_EQ_I64("json stays json", browser_get(&manager, "/reports/completion.json?by=course"), 200);
    CT_EQ_STR("type", manager.rs->content_type, "application/json");
    CT_AUTO_JSON *file = walk_json(&manager, "/reports/completion.json?by=course");
    CT_EQ_SV("its rows have the names of the columns", walk_text(file, "rows/0/course"),
             CT_SV("basics"));
    manager.accept = "text/csv";
    CT_EQ_I64("csv by what is accepted", browser_get(&manager, "/reports/completion"), 200);
    CT_EQ_STR("type", manager.rs->content_type, "text/csv; charset=utf-8");
    manager.accept = NULL;
    CT_EQ_I64("no such course", browser_get(&manager, "/reports/completion?course=none"), 400);
    CT_EQ_I64("no such row", browser_get(&manager, "/reports/completion?by=weather"), 400);
    CT_EQ_I64("every course", browser_get(&manager, "/reports/completion?course=&discipline="),
              200);
    CT_EQ_I64("not for learners", browser_get(&b, "/reports/completion.csv"), 403);
    CT_EQ_I64("in no form", browser_get(&b, "/reports/completion.xlsx"), 403);
}

static void one_time_links_work_once(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    AUTO_BROWSER b = {.site = s};
    char token[CT_TOKEN_TEXT + 1], url[128];

    CT_OK_("invite", ct_invite_make(s->store, &s->clock, 0, token, &err), &err);
    snprintf(url, sizeof url, "/set-up/%s", token);
    walk_page(&b, url, "set-up");
    CT_EQ_I64("two passwords",
              browser_post(&b, url,
                           "name=Ada&email=ada%40example.org&password=correct+horse+battery"
                           "&password_again=correct+horse"),
              400);
    assert_non_null(strstr(b.body, "not the same"));
    assert_non_null(strstr(b.body, "value=\"Ada\""));
    CT_EQ_I64("too short",
              browser_post(&b, url,
                           "name=Ada&email=ada%40example.org&password=short&password_again=short"),
              400);
    assert_non_null(strstr(b.body, "password-error"));
    CT_EQ_I64("fine",
              browser_post(&b, url,
                           "name=Ada&email=ada%40example.org&password=correct+horse+battery"
                           "&password_again=correct+horse+battery"),
              303);
    CT_EQ_I64("signed in at once", browser_get(&b, "/reports/completion"), 200);
    CT_EQ_I64("used up", browser_get(&b, url), 404);
    assert_non_null(strstr(b.body, "does not work any more"));
    CT_EQ_I64("used up", browser_post(&b, url, "password=a&password_again=a"), 404);
}

static void a_person_chooses_a_password(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    AUTO_BROWSER b = {.site = s};
    char token[CT_TOKEN_TEXT + 1], url[128];
    int64_t id = site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);

    CT_OK_("invite", ct_invite_make(s->store, &s->clock, id, token, &err), &err);
    snprintf(url, sizeof url, "/set-up/%s", token);
    walk_page(&b, url, "set-up.person");
    CT_EQ_I64("fine",
              browser_post(&b, url, "password=another+good+one&password_again=another+good+one"),
              303);
    CT_AUTO_JSON *me = walk_json(&b, "/me");
    CT_EQ_SV("it is Pat", walk_text(me, "email"), CT_SV("pat@example.org"));
}

static void wrong_pairs_get_one_answer(void **state)
{
    static const struct {
        const char *name, *form;
    } cases[] = {
        {"wrong password", "email=pat%40example.org&password=wrong"},
        {"unknown address", "email=who%40example.org&password=correct+horse+battery"},
        {"no password", "email=pat%40example.org&password="},
        {"nothing", ""},
    };
    AUTO_BROWSER b = {.site = *state};
    char first[512] = "";

    site_person(*state, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    CT_EQ_I64("page", browser_get(&b, "/sign-in"), 200);
    CT_EACH (c, cases) {
        CT_EQ_I64(c->name, browser_post(&b, "/sign-in", c->form), 401);
        const char *alert = strstr(b.body, "role=\"alert\"");
        assert_non_null(alert);
        if (!first[0])
            snprintf(first, sizeof first, "%.200s", alert);
        assert_true(strncmp(first, alert, strcspn(first, "\n")) == 0);
        assert_true(b.session[0] == '\0');
    }
    walk_tidy(&b, "/sign-in");
}

static void what_happens_is_counted(void **state)
{
    struct site *s = *state;
    AUTO_BROWSER b = {.site = *state};

    open_browser(&b);
    browser_get(&b, "/sign-in");
    finish_course(&b);
    CT_EQ_I64("sign-ins", atomic_load(&s->app->metrics->sign_ins), 1);
    CT_EQ_I64("attempts", atomic_load(&s->app->metrics->attempts), 1);
    CT_EQ_I64("steps", atomic_load(&s->app->metrics->run_steps), 2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_page_has_what_it_was_designed_with),
        TEST(a_learner_goes_from_the_front_page_to_the_certificate),
        TEST(anybody_can_check_a_certificate),
        TEST(practice_answers_show_in_the_section),
        TEST(passages_of_others_are_closed_and_their_opening_is_kept),
        TEST(an_open_quiz_does_not_tell),
        TEST(a_failed_try_can_be_mended),
        TEST(answers_stay_hidden_until_passed),
        TEST(a_try_has_to_wait_for_the_next),
        TEST(records_are_ones_own),
        TEST(what_is_not_there_is_not_found),
        TEST(bad_input_is_refused),
        TEST(closed_choices_say_why_and_hidden_ones_are_not_there),
        TEST(who_has_no_discipline_sees_all_and_owes_nothing),
        TEST(a_manager_gets_the_report_in_every_form),
        TEST(one_time_links_work_once),
        TEST(a_person_chooses_a_password),
        TEST(wrong_pairs_get_one_answer),
        TEST(what_happens_is_counted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
