/*
 * test_page_home.c: the front page: what is asked of me, what of others, and what is still being
 * written.
 */
#include "requirement_county.h"

#include "ct/base/banned.h"

#define COURSE(title, keys) "---\ntitle: " title "\n" keys "---\nHello.\n"
#define LESSON              "---\nminutes: 5\n---\n# A lesson\n\n## One\n\nText.\n"

static void publish(struct site *site)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;

    ct_temp_write(&site->temp, "content/for-judges/course.md",
                  COURSE("For judges", "required-for: [judge]\n"));
    ct_temp_write(&site->temp, "content/for-judges/01-a.md", LESSON);
    ct_temp_write(&site->temp, "content/for-prosecutors/course.md",
                  COURSE("For prosecutors", "required-for: [prosecutor]\n"));
    ct_temp_write(&site->temp, "content/manual/course.md", COURSE("Manual", ""));
    ct_temp_write(&site->temp, "content/manual/01-a.md", LESSON);
    CT_OK_("publish", ct_library_refresh(site->library, &changed, &err), &err);
    assert_true(changed);
}

/* "required: The basics, …; tracks: …" */
static void shelves(const json_t *home, struct ct_str *out)
{
    static const char *const kinds[] = {"is_required", "is_asked",  "is_recommended",
                                        "is_shared",   "is_tracks", "is_more"};
    json_t *group, *course;
    size_t i, k;

    json_array_foreach(walk_at(home, "groups"), i, group)
    {
        size_t n = 0;
        CT_EACH (kind, kinds) {
            if (!walk_flag(group, *kind))
                continue;
            ct_str_addf(out, "%s%s:", i ? "; " : "", *kind + strlen("is_"));
            n++;
        }
        CT_EQ_I64("exactly one", n, 1);
        CT_EQ_I64("rows", walk_flag(group, "is_compact"),
                  walk_flag(group, "is_tracks") || walk_flag(group, "is_more"));
        json_array_foreach(walk_at(group, "courses"), k, course)
            ct_str_addf(out, "%s %s%s", k ? "," : "", walk_text(course, "title").p,
                        walk_flag(course, "is_empty") ? " (empty)" : "");
    }
}

static void everybody_sees_what_is_asked_of_whom(void **state)
{
    static const struct {
        const char *name, *discipline, *want;
    } cases[] = {
        {"signed out", NULL,
         "shared: The basics; tracks: For judges, For prosecutors (empty); more: Manual"},
        {"without a discipline", "",
         "shared: The basics; tracks: For judges, For prosecutors (empty); more: Manual"},
        {"a prosecutor", "prosecutor",
         "required: The basics, For prosecutors (empty); tracks: For judges; more: Manual"},
        {"a judge", "judge",
         "required: For judges; recommended: The basics; tracks: For prosecutors (empty); "
         "more: Manual"},
        {"an advocate", "advocate",
         "required: The basics; tracks: For judges, For prosecutors (empty); more: Manual"},
    };
    struct site *site = *state;

    publish(site);
    CT_EACH (c, cases) {
        AUTO_BROWSER b = {.site = site};
        CT_AUTO_STR got = CT_STR_INIT(1000);
        char email[64], at[64];
        if (c->discipline) {
            snprintf(email, sizeof email, "%s@example.org", *c->discipline ? c->discipline : "x");
            snprintf(at, sizeof at, "%s%%40example.org", *c->discipline ? c->discipline : "x");
            site_person(site, email, "Pat", c->discipline,
                        *c->discipline ? CT_ROLE_LEARNER : CT_ROLE_TRAINER);
            browser_sign_in(&b, at);
        }
        CT_AUTO_JSON *home = walk_json(&b, "/");
        shelves(home, &got);
        CT_EQ_STR(c->name, got.p, c->want);
        assert_false(walk_flag(home, "is_admin"));
        CT_EQ_I64(c->name, browser_get(&b, "/"), 200);
        walk_tidy(&b, c->name);
    }
}

/* Sam is a judge, to whom the course is recommended, and of intake, which requires it; Lee is a
 * judge of no unit. */
static void what_an_agency_requires_is_not_merely_recommended(void **state)
{
    static const struct {
        const char *name, *who, *shelves, *course; /* what the course's page is to say */
    } cases[] = {
        {"required by the unit", "sam",
         "required: For judges; asked: The basics; tracks: For prosecutors (empty); more: Manual",
         "Required for you"},
        {"of another unit", "lee",
         "required: For judges; recommended: The basics; tracks: For prosecutors (empty); "
         "more: Manual",
         "Recommended for you"},
        {"required by the profession as well", "pat",
         "required: The basics, For prosecutors (empty); tracks: For judges; more: Manual",
         "Required for you"},
    };
    static const char *const tags[] = {"Required for you", "Recommended for you"};
    struct site *s = *state;
    struct county c = county_make(s);

    publish(s);
    int64_t requirement = county_require(s, "intake", 19600, c.intake);
    CT_EACH (one, cases) {
        AUTO_BROWSER b = {.site = s};
        CT_AUTO_STR got = CT_STR_INIT(1000);
        county_enter(&b, one->who);
        CT_AUTO_JSON *home = walk_json(&b, "/");
        shelves(home, &got);
        CT_EQ_STR(one->name, got.p, one->shelves);
        CT_EQ_I64(one->name, browser_get(&b, "/"), 200);
        CT_EQ_I64(one->name, strstr(b.body, "Also required of you") != NULL,
                  strcmp(one->who, "sam") == 0);
        walk_tidy(&b, one->name);
        CT_EQ_I64(one->name, browser_get(&b, "/courses/basics"), 200);
        CT_EACH (tag, tags)
            CT_EQ_I64(one->name, strstr(b.body, *tag) != NULL, strcmp(*tag, one->course) == 0);
    }

    struct ct_err err = CT_ERR_INIT;
    const struct ct_training waiver = {.kind = CT_TRAINING_WAIVER,
                                       .person = c.sam,
                                       .requirement = requirement,
                                       .on = 19600,
                                       .until = CT_DAY_NONE,
                                       .reason = CT_SV("Teaches it"),
                                       .approved_by = CT_SV("Director")};
    AUTO_BROWSER b = {.site = s};
    int64_t id;
    CT_OK_("waiver", ct_training_record(s->store, &s->clock, &waiver, 0, &id, &err), &err);
    county_enter(&b, "sam");
    CT_AUTO_JSON *home = walk_json(&b, "/");
    CT_AUTO_STR got = CT_STR_INIT(1000);
    shelves(home, &got);
    CT_EQ_STR("who is exempt is asked by nobody", got.p, cases[1].shelves);
}

static int complete_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(db,
                      "insert into completion(person, course, course_title, discipline, revision,"
                      " minutes, at) select person, 'basics', 'The basics', discipline,"
                      " printf('%064d', 7), 9,"
                      " since + 60 from person_discipline where person = 1",
                      err);
}

/* At two in the morning of UTC it is the evening before in Chicago, and so it is said to who works
 * there; who works nowhere has the days of UTC, as there are agencies in several zones. */
static void a_learner_s_pages_have_the_learner_s_days(void **state)
{
    static const struct {
        const char *name, *target, *path;
    } cases[] = {
        {"the course's page", "/courses/basics", "completed/iso"},
        {"the front page", "/", "groups/0/courses/0/completed/iso"},
        {"the record", "/me", "disciplines/0/since/iso"},
        {"the completion there", "/me", "completions/0/at/iso"},
    };
    const struct ct_org_new agencies[] = {{.kind = CT_ORG_AGENCY,
                                           .path = CT_SV("dcs"),
                                           .name = CT_SV("DCS"),
                                           .time_zone = CT_SV("America/Chicago")},
                                          {.kind = CT_ORG_AGENCY,
                                           .path = CT_SV("far"),
                                           .name = CT_SV("Far"),
                                           .time_zone = CT_SV("Pacific/Auckland")}};
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t ids[2];

    s->now = s->now / 86400 * 86400 + 2 * 3600;
    int today = ct_day_of(s->now);
    int64_t pat = site_person(s, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    CT_EQ_I64("the first", pat, 1);
    for (size_t i = 0; i < 2; i++)
        CT_OK_("agency", ct_org_add(s->store, &s->clock, &agencies[i], 0, &ids[i], &err), &err);
    CT_OK_("completed", ct_store_write(s->store, complete_job, NULL, &err), &err);
    s->now += 120;
    for (int there = 0; there < 2; there++) {
        AUTO_BROWSER b = {.site = s};
        char want[CT_TIME_TEXT];
        if (there)
            county_tie(s, CT_TIE_MEMBER, pat, ids[0], false);
        ct_day_text(today - there, want);
        browser_sign_in(&b, "pat%40example.org");
        CT_EACH (c, cases) {
            CT_AUTO_JSON *page = walk_json(&b, c->target);
            CT_EQ_SV(c->name, walk_text(page, c->path), ct_sv_c(want));
        }
    }
}

static void it_is_said_of_whom_a_course_is_asked(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    publish(*state);
    site_person(*state, "mo@example.org", "Mo", "judge", CT_ROLE_LEARNER);
    browser_sign_in(&b, "mo%40example.org");
    CT_AUTO_JSON *home = walk_json(&b, "/");
    CT_EQ_I64("of me", walk_flag(home, "groups/0/courses/0/has_required_for"), false);
    CT_EQ_I64("of others", json_array_size(walk_at(home, "groups/1/courses/0/required_for")), 3);
    CT_EQ_SV("by name", walk_text(home, "groups/2/courses/0/required_for/0/name"),
             CT_SV("Prosecutor"));
    CT_EQ_I64("of nobody", walk_flag(home, "groups/3/courses/0/has_required_for"), false);
}

static void a_course_that_is_being_written_is_no_fault(void **state)
{
    AUTO_BROWSER b = {.site = *state};

    publish(*state);
    site_person(*state, "pat@example.org", "Pat", "prosecutor", CT_ROLE_LEARNER);
    browser_sign_in(&b, "pat%40example.org");
    browser_get(&b, "/");
    assert_non_null(strstr(b.body, "In preparation"));
    assert_null(strstr(b.body, "of 0 modules"));
    CT_EQ_I64("its page", browser_get(&b, "/courses/for-prosecutors"), 200);
    assert_non_null(strstr(b.body, "In preparation"));
    assert_null(strstr(b.body, "of 0 modules"));
    walk_tidy(&b, "its page");
}

static void an_administrator_is_not_sent_to_the_administrator(void **state)
{
    static const struct {
        const char *name;
        unsigned roles;
        const char *said, *unsaid;
    } cases[] = {
        {"an administrator", CT_ROLE_ADMIN, "user set-discipline",
         "administrator of your training"},
        {"a manager", CT_ROLE_MANAGER, "administrator of your training", "user set-discipline"},
    };

    CT_EACH (c, cases) {
        AUTO_BROWSER b = {.site = *state};
        char email[64], at[64];
        snprintf(email, sizeof email, "r%u@example.org", c->roles);
        snprintf(at, sizeof at, "r%u%%40example.org", c->roles);
        site_person(*state, email, "Mo", "", c->roles);
        browser_sign_in(&b, at);
        browser_get(&b, "/");
        assert_non_null(strstr(b.body, c->said));
        assert_null(strstr(b.body, c->unsaid));
    }
}

#define SITE(f) cmocka_unit_test_setup_teardown(f, site_open, site_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITE(everybody_sees_what_is_asked_of_whom),
        SITE(what_an_agency_requires_is_not_merely_recommended),
        SITE(a_learner_s_pages_have_the_learner_s_days),
        SITE(it_is_said_of_whom_a_course_is_asked),
        SITE(a_course_that_is_being_written_is_no_fault),
        SITE(an_administrator_is_not_sent_to_the_administrator),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
