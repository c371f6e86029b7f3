/*
 * test_demo.c: Alder County, on the curriculum that is shipped.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "../../../server/learn/demo_priv.h"

#include "ct/learn/draft.h"
#include "ct/learn/library.h"
#include "ct/learn/question_stats.h"
#include "ct/learn/session.h"
#include "ct/report/report.h"

#include "ct/base/banned.h"

struct county {
    struct ct_temp temp;
    struct ct_store *store;
    struct ct_library *lib;
    const struct ct_catalogue *cat;
    int64_t now;
    struct ct_clock clock;
    struct ct_arena a;
    struct ct_demo_account *accounts;
    size_t n;
};

static int fill(struct county *c, struct ct_err *err)
{
    return ct_demo_fill(c->store, c->cat, &c->clock, &c->a, &c->accounts, &c->n, err);
}

static int open_county(void **state)
{
    struct county *c = calloc(1, sizeof *c);
    struct ct_err err = CT_ERR_INIT;

    if (!c || ct_secret_init(NULL) < 0)
        return -1;
    ct_temp_make(&c->temp);
    c->store = ct_temp_store(&c->temp);
    c->now = 1790000000;
    c->clock = (struct ct_clock){ct_fixed_now, &c->now};
    CT_OK_("content",
           ct_library_open(c->store, &c->clock, CT_SOURCE_DIR "/content", 1, &c->lib, &err), &err);
    c->cat = ct_library_hold(c->lib, 0);
    *state = c;
    return 0;
}

static int close_county(void **state)
{
    struct county *c = *state;

    ct_library_release(c->lib, 0);
    ct_library_close(c->lib);
    ct_store_close(c->store);
    ct_arena_release(&c->a);
    ct_temp_remove(&c->temp);
    free(c);
    return 0;
}

static int64_t number(struct county *c, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_db *db = NULL;
    struct ct_sql sql = {text};
    int64_t n;

    CT_OK_(text, ct_db_open(ct_temp_path(&c->temp, "test.db"), true, &db, &err), &err);
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &sql);
        CT_EQ_I64(text, ct_stmt_step(&st, &err), 1);
        n = ct_col_i64(&st, "n");
    }
    ct_db_close(db);
    return n;
}

static const struct ct_demo_account *account_of(const struct county *c, const char *role)
{
    for (size_t i = 0; i < c->n; i++)
        if (ct_sv_eq_c(c->accounts[i].role, role))
            return &c->accounts[i];
    fail_msg("no account for %s", role);
    return NULL;
}

/* Over all courses that are required of somebody. */
static enum ct_progress_status status_of(const struct ct_report *r, struct ct_sv email)
{
    size_t n = 0, of[CT_COMPLETED + 1] = {0};
    for (size_t i = 0; i < r->n; i++) {
        for (size_t k = 0; k < r->rows[i].n_members; k++) {
            const struct ct_report_person *p = &r->rows[i].members[k];
            if (!p->required || !ct_sv_eq(p->email, email))
                continue;
            n++;
            of[p->status]++;
        }
    }
    if (of[CT_NOT_STARTED] == n)
        return CT_NOT_STARTED;
    return of[CT_COMPLETED] == n ? CT_COMPLETED : CT_IN_PROGRESS;
}

static void the_county_has_people_of_every_kind(struct county *c)
{
    static const struct {
        const char *name, *role;
        enum ct_progress_status status;
    } cases[] = {
        {"half-way", "prosecutor", CT_IN_PROGRESS},
        {"nearly", "caseworker", CT_IN_PROGRESS},
        {"done", "advocate", CT_COMPLETED},
        {"not started", "law enforcement", CT_NOT_STARTED},
    };
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_filter all = {.course = CT_SV_NULL};
    struct ct_report report;
    CT_AUTO_READER reader = ct_store_reader(c->store);

    CT_OK_("report", ct_report_completion(reader.db, &c->a, c->cat, &c->clock, &all, &report, &err),
           &err);
    CT_EACH (one, cases)
        CT_EQ_I64(one->name, status_of(&report, account_of(c, one->role)->email), one->status);
    CT_EQ_I64("disciplines in the report", report.n_by_discipline, c->cat->disciplines.n);
    CT_EQ_I64("people", number(c, "select count(*) as n from person"), (int64_t)ct_demo_n_people);
    assert_in_range(number(c, "select count(distinct discipline) as n from person"), 11, 12);
    assert_true(number(c, "select count(*) as n from person where signed_in_at is null") >= 5);
    assert_true(number(c, "select count(*) as n from completion where module is null") >= 8);
    CT_EQ_I64("a rule of credit, once", number(c, "select count(*) as n from credit_rule"), 1);
    CT_EQ_I64("two approvals", number(c, "select count(*) as n from credit_approval"), 2);
    CT_EQ_I64("one has attested", number(c, "select count(*) as n from attestation"), 1);
    CT_EQ_I64("a revoked certificate",
              number(c, "select count(*) as n from certificate_revocation r join person p"
                        " on p.id = r.by where p.roles & 8"),
              1);
    assert_true(number(c, "select count(*) as n from certificate k join certificate_term t"
                          " on t.code = k.code where t.months = 12"
                          " and k.issued_at < 1790000000 - 366 * 86400") >= 1);
}

static void the_work_is_such_as_people_do(struct county *c)
{
    assert_true(number(c, "select count(*) as n from attempt_result where passed = 0") >= 5);
    assert_true(number(c, "select count(*) as n from attempt_result where passed = 1") >= 20);
    assert_true(number(c, "select count(*) as n from passage_opened") >= 10);
    assert_true(number(c, "select count(*) as n from practice where share < 1") >= 5);
    assert_true(number(c, "select count(distinct chair) as n from run") >= 2);
    assert_true(number(c, "select count(*) as n from run_result where passed = 0") >= 1);
    assert_true(number(c, "select max(minutes) as n from completion where module is null") > 30);
    assert_true(number(c, "select count(distinct at / 86400) as n from completion") > 10);
    CT_EQ_I64("nothing is of the future",
              number(c, "select count(*) as n from completion where at > 1790000000"), 0);
    CT_EQ_I64("no session is left", number(c, "select count(*) as n from session"), 0);
    CT_EQ_I64("somebody changed discipline",
              number(c, "select count(*) as n from (select person from person_discipline"
                        " group by person having count(*) > 1)"),
              1);
}

/* Some questions are easy, some are hard, and nobody sees only right answers. */
static void questions_have_something_to_tell(struct county *c)
{
    const struct ct_course *course = &c->cat->courses[0];
    size_t hard = 0, easy = 0, wrong_options = 0;

    for (size_t i = 0; i < course->n_modules; i++) {
        struct ct_question_stats *list;
        struct ct_err err = CT_ERR_INIT;
        size_t n, people;
        if (!course->modules[i]->quiz)
            continue;
        CT_AUTO_READER reader = ct_store_reader(c->store);
        CT_OK_("stats",
               ct_question_stats(reader.db, &c->a, c->cat, course, course->modules[i], &list, &n,
                                 &people, &err),
               &err);
        assert_true(people >= 10);
        for (size_t q = 0; q < n; q++) {
            size_t right = list[q].all.right * 100, all = list[q].all.people;
            hard += right < 75 * all;
            easy += right > 90 * all;
            for (size_t k = 0; k < list[q].n_chosen; k++)
                wrong_options += list[q].question->kind == CT_Q_SINGLE && list[q].chosen[k] > 0 &&
                                 !list[q].question->options[k].right;
        }
    }
    assert_true(hard >= 3);
    assert_true(easy >= 3);
    assert_true(wrong_options >= 8);
}

static void the_trainer_is_writing(struct county *c)
{
    const struct ct_module *m = c->cat->courses[0].modules[0];
    struct ct_problems problems = {.arena = &c->a};
    struct ct_err err = CT_ERR_INIT;
    const struct ct_module *read;
    const struct ct_block *blocks;
    struct ct_draft d;
    size_t n;
    CT_AUTO_READER reader = ct_store_reader(c->store);

    CT_OK_("draft", ct_draft_get(reader.db, &c->a, m->path, &d, &err), &err);
    CT_EQ_SV("by the trainer", d.name, account_of(c, "trainer")->name);
    CT_EQ_SV("on the live text", d.base, ct_sv_c(m->revision));
    assert_true(d.source.n > m->source.n);
    CT_OK_("check",
           ct_check_source(&problems, CT_SOURCE_DIR "/content", c->cat, d.path, d.source, &read,
                           &blocks, &n, &err),
           &err);
    CT_EQ_I64("it could be published", problems.n_errors, 0);
}

static void the_accounts_open(struct county *c)
{
    for (size_t i = 0; i < c->n; i++) {
        struct ct_sessions sessions;
        struct ct_err err = CT_ERR_INIT;
        char token[CT_TOKEN_TEXT + 1];
        ct_sessions_init(&sessions, c->store, &c->clock);
        assert_true(ct_sv_ends(c->accounts[i].email, CT_SV("@example.org")));
        CT_OK_(
            c->accounts[i].role.p,
            ct_session_open(&sessions, c->accounts[i].email, c->accounts[i].password, token, &err),
            &err);
    }
}

static void an_empty_database_becomes_a_county(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("fill", fill(c, &err), &err);
    the_county_has_people_of_every_kind(c);
    the_work_is_such_as_people_do(c);
    questions_have_something_to_tell(c);
    the_trainer_is_writing(c);
    the_accounts_open(c);

    /* Again: other passwords, and nothing else. */
    struct ct_sv password = ct_arena_dup(&c->a, c->accounts[0].password);
    int64_t answers = number(c, "select count(*) as n from attempt_answer");
    c->now += 86400;
    CT_OK_("again", fill(c, &err), &err);
    assert_false(ct_sv_eq(c->accounts[0].password, password));
    CT_EQ_I64("people", number(c, "select count(*) as n from person"), (int64_t)ct_demo_n_people);
    CT_EQ_I64("work", number(c, "select count(*) as n from attempt_answer"), answers);
    CT_EQ_I64("drafts", number(c, "select count(*) as n from draft"), 1);
    the_accounts_open(c);
}

static void a_database_with_other_people_is_left_alone(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_person p = {.email = CT_SV("real@example.com"),
                          .name = CT_SV("A Real Person"),
                          .discipline = CT_SV("advocate"),
                          .roles = CT_ROLE_LEARNER};
    int64_t id;

    CT_OK_("somebody", ct_person_add(c->store, &c->clock, &p, &id, &err), &err);
    CT_EQ_I64("refused", fill(c, &err), CT_CONFLICT);
    CT_EQ_I64("nobody more", number(c, "select count(*) as n from person"), 1);
}

/* What a form sends comes back as the answer that was meant. */
static void fields_say_what_was_answered(void **state)
{
    struct county *c = *state;
    size_t asked = 0;

    for (size_t k = 0; k < c->cat->n_courses; k++) {
        for (size_t i = 0; i < c->cat->courses[k].n_modules; i++) {
            const struct ct_module *m = c->cat->courses[k].modules[i];
            size_t n_quiz = m->quiz ? m->quiz->n_questions : 0;
            for (size_t j = 0; j < 2 * (n_quiz + m->n_practice); j++) {
                const struct ct_question *q =
                    j / 2 < n_quiz ? m->quiz->questions[j / 2] : m->practice[j / 2 - n_quiz];
                struct ct_err err = CT_ERR_INIT;
                struct ct_form form = {ct_arena_array(&c->a, struct ct_form_field, CT_DEMO_FIELDS),
                                       0};
                struct ct_answer meant = ct_demo_answer(&c->a, q, j % 2 == 0), read;
                struct ct_grade grade;
                ct_demo_fields(&c->a, q, 77 + j, &meant, &form);
                CT_OK_(q->id.p, ct_answer_read(&c->a, q, 77 + j, &form, &read, &err), &err);
                ct_question_grade(&c->a, q, &read, &grade);
                if (grade.graded)
                    CT_EQ_I64(q->id.p, grade.right, j % 2 == 0);
                else
                    CT_EQ_I64(q->id.p, grade.answered || q->survey, true);
                for (size_t which = 0; which < 2 * CT_OPTIONS_MAX && grade.graded; which++) {
                    struct ct_answer slip = ct_demo_slip(&c->a, q, which);
                    ct_question_grade(&c->a, q, &slip, &grade);
                    CT_EQ_I64(q->id.p, grade.right || !grade.answered, false);
                }
                asked++;
            }
        }
    }
    assert_true(asked > 20);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_county, close_county)
    const struct CMUnitTest tests[] = {
        T(an_empty_database_becomes_a_county),
        T(a_database_with_other_people_is_left_alone),
        T(fields_say_what_was_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
