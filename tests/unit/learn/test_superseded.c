/*
 * test_superseded.c: an attempt and a run that began on a text that was replaced meanwhile go on
 * with it. Through files, the library and the parser, as in life.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "ct/learn/attempt.h"
#include "ct/learn/completion.h"
#include "ct/learn/library.h"
#include "ct/learn/progress.h"
#include "ct/learn/run.h"

#include "ct/base/banned.h"

static const char curriculum[] = "---\n"
                                 "title: Bridges\n"
                                 "disciplines:\n"
                                 "  - prosecutor (prosecutors)\n"
                                 "  - caseworker (caseworkers)\n"
                                 "pass: 80%\n"
                                 "courses: [core]\n"
                                 "---\n"
                                 "Welcome.\n";
static const char course[] = "---\n"
                             "title: The core\n"
                             "summary: Two modules.\n"
                             "required-for: [prosecutor]\n"
                             "---\n"
                             "Begin.\n";
#define LESSON(question)                                                                           \
    "---\n"                                                                                        \
    "id: law\n"                                                                                    \
    "minutes: 10\n"                                                                                \
    "---\n"                                                                                        \
    "# The law\n\n"                                                                                \
    "## Read\n\n"                                                                                  \
    "A child cannot consent.\n\n"                                                                  \
    "## Quiz\n\n"                                                                                  \
    "### Question: Who decides?\n\n" question
static const char lesson_1[] = LESSON("`id: who`\n\n- (x) The prosecutor\n- ( ) The caseworker\n");
static const char lesson_2[] = LESSON("`id: whom`\n\n- ( ) Nobody\n- (x) The judge\n");
#define CASE(words)                                                                                \
    "---\n"                                                                                        \
    "id: motel\n"                                                                                  \
    "minutes: 10\n"                                                                                \
    "---\n"                                                                                        \
    "# Scenario: The motel\n\n"                                                                    \
    "`trust = 1 (0 to 3)`\n\n"                                                                     \
    "She is at the station.\n\n"                                                                   \
    "## First words\n\n"                                                                           \
    "- [" words "](#ending-a-plan) `trust +1`\n"                                                   \
    "- [Ask for names](#ending-she-runs) `trust -1`\n\n"                                           \
    "## Ending: A plan\n\n"                                                                        \
    "`pass`\n\n"                                                                                   \
    "Good.\n\n"                                                                                    \
    "## Ending: She runs\n\n"                                                                      \
    "`fail`\n\n"                                                                                   \
    "Gone.\n"
static const char case_1[] = CASE("Offer food");
static const char case_2[] = CASE("Offer a blanket");

struct county {
    struct ct_temp temp;
    char content[600];
    struct ct_store *store;
    struct ct_library *lib;
    int64_t now;
    struct ct_clock clock;
    struct ct_arena a;
};

static int add_person(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(
        db,
        "insert into person(id, email, email_key, name, discipline, roles, created_at)"
        " values(1, 'a@x.org', 'a@x.org', 'Anna', 'prosecutor', 1, 0)",
        err);
}

static int open_county(void **state)
{
    struct county *c = calloc(1, sizeof *c);
    struct ct_err err = CT_ERR_INIT;

    if (!c || ct_secret_init(NULL) < 0)
        return -1;
    ct_temp_make(&c->temp);
    ct_temp_write(&c->temp, "content/curriculum.md", curriculum);
    ct_temp_write(&c->temp, "content/core/course.md", course);
    ct_temp_write(&c->temp, "content/core/01-law.md", lesson_1);
    ct_temp_write(&c->temp, "content/core/02-motel.md", case_1);
    snprintf(c->content, sizeof c->content, "%s/content", c->temp.dir);
    c->store = ct_temp_store(&c->temp);
    c->now = 1700000000;
    c->clock = (struct ct_clock){ct_fixed_now, &c->now};
    CT_OK_("person", ct_store_write(c->store, add_person, NULL, &err), &err);
    CT_OK_("content", ct_library_open(c->store, &c->clock, c->content, 1, &c->lib, &err), &err);
    *state = c;
    return 0;
}

static int close_county(void **state)
{
    struct county *c = *state;

    ct_library_close(c->lib);
    ct_store_close(c->store);
    ct_arena_release(&c->a);
    ct_temp_remove(&c->temp);
    free(c);
    return 0;
}

/* One request: a reader, and the catalogue of its moment. */
struct request {
    struct county *c;
    struct ct_reader reader;
    struct ct_desk d;
    const struct ct_course *course;
    const struct ct_module *law, *motel;
};

static void request_end(struct request *rq)
{
    ct_store_return(&rq->reader);
    ct_library_release(rq->c->lib, 0);
}
#define AUTO_REQUEST __attribute__((cleanup(request_end))) struct request

static struct request request(struct county *c)
{
    struct request rq = {.c = c, .reader = ct_store_reader(c->store)};
    const struct ct_catalogue *cat = ct_library_hold(c->lib, 0);

    rq.d = (struct ct_desk){
        .store = c->store,
        .db = rq.reader.db,
        .cat = cat,
        .clock = &c->clock,
        .arena = &c->a,
        .who = {1, CT_SV("prosecutor"), ct_discipline_bit(&cat->disciplines, CT_SV("prosecutor"))}};
    rq.course = ct_catalogue_course(cat, CT_SV("core"));
    assert_non_null(rq.course);
    rq.law = ct_course_module_by_id(rq.course, CT_SV("law"));
    rq.motel = ct_course_module_by_id(rq.course, CT_SV("motel"));
    assert_non_null(rq.law);
    assert_non_null(rq.motel);
    return rq;
}

static void replace(struct county *c, const char *file, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    bool changed = false;

    ct_temp_write(&c->temp, file, text);
    CT_OK_(file, ct_library_refresh(c->lib, &changed, &err), &err);
    assert_true(changed);
}

static void an_attempt_keeps_its_text(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_attempt at;
    int64_t id;
    char old[CT_HASH_HEX + 1];

    {
        AUTO_REQUEST rq = request(c);
        memcpy(old, rq.law->revision, sizeof old);
        CT_OK_("read", ct_section_done(&rq.d, rq.course, rq.law, &rq.law->sections[0], &err), &err);
        CT_OK_("begin", ct_attempt_begin(&rq.d, rq.course, rq.law, &id, &err), &err);
    }
    replace(c, "content/core/01-law.md", lesson_2);
    {
        AUTO_REQUEST rq = request(c);
        size_t order[CT_OPTIONS_MAX], saved;
        assert_false(ct_sv_eq_c(ct_sv_c(old), rq.law->revision));
        CT_OK_("get", ct_attempt_get(&rq.d, rq.course, rq.law->id, id, &at, &err), &err);
        CT_EQ_STR("its text", at.module->revision, old);
        CT_EQ_I64("one question", at.n, 1);
        CT_EQ_SV("the old one", at.questions[0]->id, CT_SV("who"));
        ct_question_order(at.questions[0], at.seed, 0, order);
        struct ct_form_field field = {CT_SV("q.who"), order[0] == 0 ? CT_SV("0") : CT_SV("1")};
        struct ct_form form = {&field, 1};
        CT_OK_("save", ct_attempt_save(&rq.d, &at, &form, true, &saved, &err), &err);
    }
    {
        AUTO_REQUEST rq = request(c);
        struct ct_completion *list;
        size_t n;
        CT_OK_("record", ct_completion_list(rq.d.db, &c->a, 1, &list, &n, &err), &err);
        CT_EQ_I64("complete", n, 1);
        CT_EQ_SV("as it was passed", list[0].revision, ct_sv_c(old));
        CT_OK_("next", ct_attempt_begin(&rq.d, rq.course, rq.law, &id, &err), &err);
    }
    AUTO_REQUEST rq = request(c);
    CT_OK_("get", ct_attempt_get(&rq.d, rq.course, rq.law->id, id, &at, &err), &err);
    CT_EQ_SV("a new one has the new text", at.questions[0]->id, CT_SV("whom"));
}

static void a_run_keeps_its_text(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_run run;
    int64_t id;

    {
        AUTO_REQUEST rq = request(c);
        CT_OK_("start", ct_run_start(&rq.d, rq.course, rq.motel, CT_SV("prosecutor"), &id, &err),
               &err);
    }
    replace(c, "content/core/02-motel.md", case_2);
    for (int step = 0;; step++) {
        AUTO_REQUEST rq = request(c);
        CT_OK_("get", ct_run_get(&rq.d, id, &run, &err), &err);
        assert_false(ct_sv_eq_c(ct_sv_c(run.module->revision), rq.motel->revision));
        if (run.ended)
            break;
        assert_in_range(step, 0, 9);
        CT_OK_("choose", ct_run_choose(&rq.d, &run, step, 0, &err), &err);
    }
    CT_EQ_I64("passed", run.passed, true);
    assert_true(run.n_steps >= 1);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)
    const struct CMUnitTest tests[] = {
        T(an_attempt_keeps_its_text),
        T(a_run_keeps_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
