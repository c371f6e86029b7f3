/*
 * test_update.c: what a material change asks of those who had completed the module, and that any
 * other change asks nothing. Through files, the library and the parser, as in life.
 */
#include "learn/county.h"

#include "ct/learn/attempt.h"
#include "ct/learn/completion.h"
#include "ct/learn/progress.h"
#include "ct/learn/run.h"
#include "ct/learn/update.h"
#include "ct/report/report.h"

#include "ct/base/banned.h"

#define LESSON(front, text)                                                                        \
    "---\nid: law\nminutes: 10\n" front "---\n# The law\n\n## Read\n\n" text "\n"
static const char first[] = LESSON("", "A child cannot consent.");
static const char typo[] = LESSON("", "A child can never consent.");
static const char second[] =
    LESSON("version: 2\nchange: The hotline is new\n", "A child cannot consent. Call the hotline.");
static const char second_typo[] =
    LESSON("version: 2\nchange: The hotline is new\n", "A child cannot consent. Call a hotline.");
static const char third[] = LESSON("version: 3\nchange: Call within a day\n", "Call within a day.");

#define CASE(front, words)                                                                         \
    "---\nid: motel\nminutes: 10\n" front "---\n# Scenario: The motel\n\n"                         \
    "`trust = 1 (0 to 3)`\n\nShe is at the station.\n\n## First words\n\n"                         \
    "- [" words "](#ending-a-plan) `trust +1`\n\n## Ending: A plan\n\n`pass`\n\nGood.\n"
static const char case_1[] = CASE("", "Offer food");
static const char case_2[] = CASE("version: \"2\"\nchange: Offer warmth\n", "Offer a blanket");

static int open_county(void **state)
{
    return county_open(state, first, case_1);
}

static void publish(struct county *c, const char *path, const char *text)
{
    c->in.now += 3600;
    county_publish(c, path, text);
}

static void publish_law(struct county *c, const char *text)
{
    publish(c, LAW_FILE, text);
}

static void complete_law_as(struct county *c, int64_t person, const char *discipline)
{
    AUTO_REQUEST rq = request_as(c, person, discipline);
    struct ct_err err = CT_ERR_INIT;

    c->in.now += 60;
    CT_OK_("read", ct_section_done(&rq.d, rq.course, rq.law, &rq.law->sections[0], &err), &err);
}

static void complete_law(struct county *c)
{
    complete_law_as(c, 1, "prosecutor");
}

/* Says once and the same on every way that there is: is Anna to read what is new in the law? */
static bool is_due(struct county *c)
{
    AUTO_REQUEST rq = request(c);
    struct ct_err err = CT_ERR_INIT;
    struct ct_update u;
    struct ct_module_progress module;
    struct ct_course_progress in_course;
    struct ct_report report;
    struct ct_report_filter all = {.course = CT_SV_NULL};

    CT_OK_("update", ct_update_get(&rq.d, rq.course, rq.law, &u, &err), &err);
    CT_OK_("module", ct_progress_module(&rq.d, rq.course, rq.law, &module, &err), &err);
    CT_OK_("course", ct_progress_course(&rq.d, rq.course, &in_course, &err), &err);
    CT_OK_("report",
           ct_report_completion(rq.d.db, &c->a, rq.d.cat, &c->in.clock, &all, &report, &err), &err);
    CT_EQ_I64("module", module.update_due, u.due);
    CT_EQ_I64("course", in_course.update_due, u.due);
    CT_EQ_I64("its module", in_course.modules[0].update_due, u.due);
    CT_EQ_I64("not another", in_course.modules[1].update_due, false);
    CT_EQ_SV("report of Anna", report.rows[0].members[0].name, CT_SV("Anna"));
    CT_EQ_I64("report of Anna", report.rows[0].members[0].update_due, u.due);
    CT_EQ_I64("report of Ben", report.rows[0].members[1].update_due, false);
    CT_EQ_I64("the completion stands", module.status, CT_COMPLETED);
    return u.due;
}

static void read_it(struct county *c)
{
    AUTO_REQUEST rq = request(c);
    struct ct_err err = CT_ERR_INIT;

    c->in.now += 60;
    CT_OK_("read", ct_update_read(&rq.d, rq.course, rq.law, ct_sv_c(rq.law->revision), &err), &err);
}

static void a_change_without_a_version_changes_nobody_s_status(void **state)
{
    struct county *c = *state;

    complete_law(c);
    CT_EQ_I64("at once", is_due(c), false);
    publish_law(c, typo);
    CT_EQ_I64("after a small change", is_due(c), false);
}

static void a_material_change_is_due_until_it_was_read(void **state)
{
    struct county *c = *state;

    complete_law(c);
    publish_law(c, second);
    CT_EQ_I64("material", is_due(c), true);
    publish_law(c, second_typo);
    CT_EQ_I64("still, with a small change after it", is_due(c), true);
    read_it(c);
    CT_EQ_I64("read", is_due(c), false);
    publish_law(c, second);
    CT_EQ_I64("another small change asks nothing", is_due(c), false);
    publish_law(c, third);
    CT_EQ_I64("a second material change brings it back", is_due(c), true);
    read_it(c);
    CT_EQ_I64("and it goes again", is_due(c), false);
}

static void a_version_that_comes_back_was_known(void **state)
{
    struct county *c = *state;

    complete_law(c);
    publish_law(c, second);
    publish_law(c, first);
    CT_EQ_I64("the text of the completion is live again", is_due(c), false);
}

static void the_completion_stands_as_it_was(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_completion *before, *after;
    size_t n_before, n_after;

    complete_law(c);
    {
        AUTO_REQUEST rq = request(c);
        CT_OK_("list", ct_completion_list(rq.d.db, &c->a, 1, &before, &n_before, &err), &err);
    }
    publish_law(c, second);
    read_it(c);
    AUTO_REQUEST rq = request(c);
    CT_OK_("list", ct_completion_list(rq.d.db, &c->a, 1, &after, &n_after, &err), &err);
    CT_EQ_I64("one", n_before, 1);
    CT_EQ_I64("still one", n_after, 1);
    CT_EQ_I64("the same", after[0].id, before[0].id);
    CT_EQ_SV("on its text", after[0].revision, before[0].revision);
    CT_EQ_I64("of its day", after[0].at, before[0].at);
}

static void notes_tell_what_changed_since_newest_first(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_update u;

    complete_law(c);
    publish_law(c, typo);
    publish_law(c, second);
    publish_law(c, second_typo);
    publish_law(c, third);
    {
        AUTO_REQUEST rq = request(c);
        CT_OK_("get", ct_update_get(&rq.d, rq.course, rq.law, &u, &err), &err);
        CT_EQ_I64("the material ones", u.n_notes, 2);
        CT_EQ_SV("newest", u.notes[0].change, CT_SV("Call within a day"));
        CT_EQ_SV("its version", u.notes[0].version, CT_SV("3"));
        CT_EQ_I64("its day", u.notes[0].at, c->in.now);
        CT_EQ_SV("oldest", u.notes[1].change, CT_SV("The hotline is new"));
        CT_EQ_SV("the text that was passed", u.held->source, ct_sv_c(first));
        assert_ptr_equal(u.module, rq.law);
        assert_true(u.held_at < u.notes[1].at);
    }
    read_it(c);
    publish_law(c, second);
    AUTO_REQUEST rq = request(c);
    CT_OK_("get", ct_update_get(&rq.d, rq.course, rq.law, &u, &err), &err);
    CT_EQ_I64("only what came after reading", u.n_notes, 1);
    CT_EQ_SV("read up to", u.held->source, ct_sv_c(third));
}

/* What changed in its old file is told, too. */
static void notes_go_on_when_the_module_moves_to_another_file(void **state)
{
    static const char moved[] = "core/03-the-law-today.md";
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_update u;

    complete_law(c);
    publish_law(c, second);
    ct_content_write(&c->in, moved, second);
    assert_int_equal(remove(ct_temp_path(&c->in.temp, "content/" LAW_FILE)), 0);
    publish(c, moved, second_typo);
    publish(c, moved, third);
    AUTO_REQUEST rq = request(c);
    CT_OK_("get", ct_update_get(&rq.d, rq.course, rq.law, &u, &err), &err);
    CT_EQ_I64("it is due", u.due, true);
    CT_EQ_I64("the material ones, the move is none", u.n_notes, 2);
    CT_EQ_SV("in the new file", u.notes[0].change, CT_SV("Call within a day"));
    CT_EQ_SV("in the old file", u.notes[1].change, CT_SV("The hotline is new"));
    CT_EQ_SV("the text that was passed", u.held->source, ct_sv_c(first));
}

static void who_has_not_completed_has_nothing_to_read(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_update u;

    complete_law(c);
    publish_law(c, second);
    {
        AUTO_REQUEST rq = request_as(c, 2, "prosecutor");
        CT_EQ_I64("another person", ct_update_get(&rq.d, rq.course, rq.law, &u, NULL),
                  CT_NOT_FOUND);
        CT_EQ_I64("cannot say so either",
                  ct_update_read(&rq.d, rq.course, rq.law, ct_sv_c(rq.law->revision), NULL),
                  CT_NOT_FOUND);
    }
    AUTO_REQUEST rq = request_as(c, 1, "caseworker");
    struct ct_module_progress p;
    CT_EQ_I64("in another discipline", ct_update_get(&rq.d, rq.course, rq.law, &u, NULL),
              CT_NOT_FOUND);
    CT_OK_("progress", ct_progress_module(&rq.d, rq.course, rq.law, &p, &err), &err);
    CT_EQ_I64("in another discipline", p.update_due, false);
}

static int count_reads(struct county *c)
{
    static const struct ct_sql count = {"select count(*) as n from update_read"};
    CT_AUTO_READER rd = ct_store_reader(c->store);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, &count);

    assert_int_equal(ct_stmt_step(&st, NULL), 1);
    return (int)ct_col_i64(&st, "n");
}

static void reading_is_recorded_once_and_only_of_the_live_text(void **state)
{
    struct county *c = *state;
    char old[CT_HASH_HEX + 1];

    complete_law(c);
    read_it(c);
    CT_EQ_I64("nothing was due", count_reads(c), 0);
    {
        AUTO_REQUEST rq = request(c);
        memcpy(old, rq.law->revision, sizeof old);
    }
    publish_law(c, second);
    {
        AUTO_REQUEST rq = request(c);
        CT_EQ_I64("an older text", ct_update_read(&rq.d, rq.course, rq.law, ct_sv_c(old), NULL),
                  CT_CONFLICT);
        CT_EQ_I64("no text at all", ct_update_read(&rq.d, rq.course, rq.law, CT_SV("x"), NULL),
                  CT_CONFLICT);
    }
    CT_EQ_I64("neither was recorded", count_reads(c), 0);
    read_it(c);
    read_it(c);
    CT_EQ_I64("twice is once", count_reads(c), 1);
}

static void a_run_that_began_before_ends_on_its_text_and_leaves_the_update_due(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_run run;
    struct ct_update u;
    int64_t id;

    {
        AUTO_REQUEST rq = request(c);
        CT_OK_("start", ct_run_start(&rq.d, rq.course, rq.motel, CT_SV("prosecutor"), &id, &err),
               &err);
    }
    publish(c, MOTEL_FILE, case_2);
    {
        AUTO_REQUEST rq = request(c);
        CT_OK_("get", ct_run_get(&rq.d, id, &run, &err), &err);
        CT_EQ_SV("its text", run.module->source, ct_sv_c(case_1));
        CT_EQ_I64("nothing is due yet", ct_update_get(&rq.d, rq.course, rq.motel, &u, NULL),
                  CT_NOT_FOUND);
        CT_OK_("choose", ct_run_choose(&rq.d, &run, 0, 0, &err), &err);
    }
    AUTO_REQUEST rq = request(c);
    CT_OK_("get", ct_update_get(&rq.d, rq.course, rq.motel, &u, &err), &err);
    CT_EQ_I64("the new text was not seen", u.due, true);
    CT_EQ_I64("one note", u.n_notes, 1);
    CT_EQ_SV("what is new", u.notes[0].change, CT_SV("Offer warmth"));
    CT_EQ_SV("the text of the run", u.held->source, ct_sv_c(case_1));
}

static int64_t holders(struct county *c, const char *in_course, const char *module)
{
    CT_AUTO_READER rd = ct_store_reader(c->store);
    struct ct_err err = CT_ERR_INIT;
    int64_t n = -1;

    CT_OK_(module, ct_update_holders(rd.db, ct_sv_c(in_course), ct_sv_c(module), &n, &err), &err);
    return n;
}

static int leave(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(db, "update person set active = 0 where id = 2", err);
}

static void holders_are_counted_once_each_while_they_have_an_account(void **state)
{
    struct county *c = *state;
    struct ct_err err = CT_ERR_INIT;

    CT_EQ_I64("nobody yet", holders(c, "core", "law"), 0);
    complete_law(c);
    CT_EQ_I64("one", holders(c, "core", "law"), 1);
    complete_law_as(c, 1, "caseworker");
    CT_EQ_I64("in two disciplines", holders(c, "core", "law"), 1);
    publish_law(c, second);
    complete_law_as(c, 2, "prosecutor");
    CT_EQ_I64("on any text", holders(c, "core", "law"), 2);
    CT_EQ_I64("not of another module", holders(c, "core", "motel"), 0);
    CT_EQ_I64("not of another course", holders(c, "other", "law"), 0);
    CT_OK_("leave", ct_store_write(c->store, leave, NULL, &err), &err);
    CT_EQ_I64("whose account is closed has nothing to read", holders(c, "core", "law"), 1);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_county, county_close)
    const struct CMUnitTest tests[] = {
        T(a_change_without_a_version_changes_nobody_s_status),
        T(a_material_change_is_due_until_it_was_read),
        T(a_version_that_comes_back_was_known),
        T(the_completion_stands_as_it_was),
        T(notes_tell_what_changed_since_newest_first),
        T(notes_go_on_when_the_module_moves_to_another_file),
        T(who_has_not_completed_has_nothing_to_read),
        T(reading_is_recorded_once_and_only_of_the_live_text),
        T(a_run_that_began_before_ends_on_its_text_and_leaves_the_update_due),
        T(holders_are_counted_once_each_while_they_have_an_account),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
