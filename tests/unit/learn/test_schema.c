/*
 * test_schema.c: every statement of this floor on a fresh schema: it can be prepared, and it does
 * not walk through a table that grows with people; append-only tables are only inserted into.
 */
#include "schema_test.h"

#include "../../../server/learn/sql_priv.h"

#include "ct/base/banned.h"

static const struct sql_file files[] = {
    {"person", ct_person_sql},
    {"invite", ct_invite_sql},
    {"session", ct_session_sql},
    {"revision", ct_revision_sql},
    {"event", ct_event_sql},
    {"record", ct_record_sql},
    {"section", ct_section_sql},
    {"practice", ct_practice_sql},
    {"attempt", ct_attempt_sql},
    {"attempt_save", ct_attempt_save_sql},
    {"run", ct_run_sql},
    {"run_play", ct_run_play_sql},
    {"completion", ct_completion_sql},
    {"completion_record", ct_completion_record_sql},
    {"update", ct_update_sql},
    {"draft", ct_draft_sql},
    {"studio", ct_studio_sql},
    {"studio_publish", ct_studio_publish_sql},
    {"question_stats_read", ct_question_stats_read_sql},
    {"org", ct_org_sql},
    {"org_change", ct_org_change_sql},
    {"org_close", ct_org_close_sql},
    {"org_undo", ct_org_undo_sql},
    {"org_event", ct_org_event_sql},
    {"org_tree", ct_org_tree_sql},
    {"schema_org", ct_schema_org_sql},
    {"site", ct_site_sql},
    {"org_scope", ct_org_scope_sql},
    {"home", ct_home_sql},
    {"fact", ct_fact_sql},
    {"people_import_apply", ct_people_import_apply_sql},
    {"import_person", ct_import_person_sql},
    {"import_write", ct_import_write_sql},
    {"import_job", ct_import_job_sql},
    {"membership_import", ct_membership_import_sql},
    {"completion_import", ct_completion_import_sql},
    {"past_completion", ct_past_completion_sql},
    {"invitation", ct_invitation_sql},
    {"certificate", ct_certificate_sql},
    {"certificate_change", ct_certificate_change_sql},
    {"certificate_renew", ct_certificate_renew_sql},
    {"token", ct_token_sql},
    {"token_find", ct_token_find_sql},
    {"requirement", ct_requirement_sql},
    {"requirement_save", ct_requirement_save_sql},
    {"requirement_text", ct_requirement_text_sql},
    {"training", ct_training_sql},
    {"curriculum_change", ct_curriculum_change_sql},
    {"curriculum_past", ct_curriculum_past_sql},
    {"curriculum_live", ct_curriculum_live_sql},
    {"credit_read", ct_credit_read_sql},
    {"credit_work", ct_credit_work_sql},
    {"credit_save", ct_credit_save_sql},
    {"order", ct_order_sql},
    {"saved_view", ct_saved_view_sql},
    {"certificate_credit", ct_certificate_credit_sql},
};

static const struct may_scan may[] = {
    {"person", "SCAN person"},           /* lists of everybody; whether there is an administrator */
    {"update", "SCAN person"},           /* who has something to read, once a publication */
    {"revision", "SCAN p"},              /* once, when a server starts */
    {"curriculum_live", "SCAN p"},       /* all texts that were published */
    {"session", "SCAN session"},         /* sweeping out the expired */
    {"session", "SCAN sign_in_failure"}, /* likewise */
    {"invite", "SCAN invite"},           /* a handful of rows */
    {"draft", "SCAN d USING INDEX draft_open"}, /* what is being written now */
    {"org", "SCAN o"},                          /* agencies and units: a tree, read whole */
    {"org_tree", "SCAN m"},                     /* what moved and closed: few rows */
    {"org_change", "SCAN m"},                   /* likewise */
    {"org_close", "SCAN p"},                    /* who is in one of them: closing is rare */
    {"org_close", "SCAN m"},                    /* likewise */
    {"org_undo", "SCAN m"},                     /* whom a closing took out: rarer still */
    {"org_undo", "SCAN p"},                     /* likewise */
    {"invitation", "SCAN i"},                   /* a handful of rows */
    {"import_write", "SCAN org_name"},          /* how many there are, once an import */
    {"import_write", "SCAN certificate_name"},
    {"import_write", "SCAN org_state_event"},
    {"import_write", "SCAN person_discipline"},
    {"org_scope", "SCAN person"},    /* whom to ask, for who sees nobody */
    {"certificate", "SCAN k"},       /* lists of everybody's */
    {"token", "SCAN t"},             /* the same */
    {"org_event", "SCAN m"},         /* who is where, of everybody */
    {"requirement", "SCAN q"},       /* requirements: a list, read whole */
    {"training", "SCAN t"},          /* waivers, outside training and leave of everybody */
    {"past_completion", "SCAN p"},   /* what everybody completed before */
    {"curriculum_change", "SCAN c"}, /* courses and disciplines: few */
    {"curriculum_change", "SCAN requirement"},
    {"curriculum_past", "SCAN "},                    /* texts: few */
    {"curriculum_change", "SCAN person_discipline"}, /* once a publication */
    {"credit_read", "SCAN r"},                       /* rules and approvals: lists, read whole */
    {"credit_read", "SCAN v"},
    {"credit_work", "SCAN c"}, /* what everybody completed */
    {"credit_work", "SCAN v"}, /* what was revoked: few rows */
    {"credit_work", "SCAN s"},
    {"home", "SCAN m"},                         /* where everybody belonged */
    {"certificate_credit", "SCAN credit_rule"}, /* rules and approvals: short lists */
    {"certificate_credit", "SCAN v"},
};

static void every_statement_is_prepared_and_searches(void **state)
{
    plans_search(*state, files, sizeof files / sizeof files[0], may, sizeof may / sizeof may[0]);
}

static void a_person_s_records_are_found_by_the_person(void **state)
{
    static const struct {
        const char *name;
        const struct ct_sql *const *list;
    } of_person[] = {{"record", ct_record_sql}, {"completion", ct_completion_sql}};
    struct schema *s = *state;

    CT_EACH (f, of_person)
        for (const struct ct_sql *const *sql = f->list; *sql; sql++)
            assert_true(ct_sv_search(plan_of(s, (*sql)->text), CT_SV("person=?")) != SIZE_MAX ||
                        ct_sv_search(plan_of(s, (*sql)->text), CT_SV("code=?")) != SIZE_MAX);
}

static void records_are_only_added_to(void **state)
{
    static const char *const kept[] = {"completion",
                                       "completion_part",
                                       "certificate",
                                       "attempt",
                                       "attempt_answer",
                                       "attempt_result",
                                       "attempt_grade",
                                       "attempt_best",
                                       "practice",
                                       "run",
                                       "run_step",
                                       "run_result",
                                       "publication",
                                       "revision",
                                       "section_done",
                                       "section_opened",
                                       "passage_opened",
                                       "person_discipline",
                                       "org_name",
                                       "org_state_event",
                                       "org_parent_event",
                                       "site",
                                       "membership_event",
                                       "lead_event",
                                       "sharing_event",
                                       "person_fact",
                                       "invitation",
                                       "invitation_use",
                                       "invitation_end",
                                       "certificate_term",
                                       "certificate_name",
                                       "certificate_revocation",
                                       "token",
                                       "token_revocation",
                                       "token_use",
                                       "requirement",
                                       "requirement_rule",
                                       "requirement_target",
                                       "curriculum_change",
                                       "training",
                                       "credit_rule",
                                       "credit_rule_discipline",
                                       "credit_approval",
                                       "attestation"};
    struct schema *s = *state;

    CT_EACH (f, files) {
        for (const struct ct_sql *const *sql = f->list; *sql; sql++) {
            CT_EACH (table, kept) {
                struct ct_sv text = ct_sv_c((*sql)->text);
                struct ct_sv update = ct_arena_printf(&s->a, "update %s ", *table);
                struct ct_sv delete = ct_arena_printf(&s->a, "delete from %s ", *table);
                struct ct_sv insert = ct_arena_printf(&s->a, "insert into %s(", *table);
                if (ct_sv_starts(text, update) || ct_sv_starts(text, delete) ||
                    (ct_sv_starts(text, insert) &&
                     ct_sv_search(text, CT_SV("do update")) != SIZE_MAX))
                    fail_msg("%s changes what stands: %s", f->name, (*sql)->text);
            }
        }
    }
}

static void every_file_with_sql_lists_it(void **state)
{
    lists_are_complete(*state, CT_SOURCE_DIR "/server/learn", sizeof files / sizeof files[0]);
}

static void the_schema_is_made_once(void **state)
{
    struct schema *s = *state;
    struct ct_err err = CT_ERR_INIT;

    CT_EQ_I64("version", ct_migrate_version(s->db, &err), (int64_t)ct_learn_n_migrations);
    CT_OK_("again", ct_migrate(s->db, ct_learn_migrations, ct_learn_n_migrations, &err), &err);
}

/* Requirements of before there were kinds: their rows, and what refers to them, are as they were.
 */
static void old_requirements_become_those_of_courses(void **state)
{
    struct schema *s = *state;
    static const struct ct_sql told = {
        "select q.slug || ' ' || q.kind || ' ' || q.course || ' ' || v.title || ' ' || v.minutes ||"
        " ' ' || v.chairs || ' ' || t.kind as line, (select count(*) from requirement_target) as n"
        " from requirement q join requirement_rule v on v.requirement = q.id"
        " join training t on t.requirement = q.id where q.id = 7 and v.id = 9"};
    static const struct ct_sql broken = {"pragma foreign_key_check"};
    struct ct_err err = CT_ERR_INIT;
    struct ct_db *db;
    size_t before = 0;

    while (strcmp(ct_learn_migrations[before].name, "hours and scenarios as requirements") != 0)
        before++;
    CT_OK_("open", ct_db_open(":memory:", false, &db, &err), &err);
    CT_OK_("as it was", ct_migrate(db, ct_learn_migrations, before, &err), &err);
    CT_OK_("rows",
           ct_db_exec(db,
                      "insert into person(id, email, email_key, name, roles, created_at)"
                      " values(1, 'a@x', 'a@x', 'A', 1, 0);"
                      "insert into requirement values(7, 'core', 'core', 'Core', 5, null);"
                      "insert into requirement_rule values(9, 7, '2024-01-01', 0, 1, 'T',"
                      " 'year', null, 0, 7, 0, 0, 0, 0, 5, 1);"
                      "insert into requirement_target(rule, person) values(9, 1);"
                      "insert into training(person, requirement, kind, on_date, reason, evidence,"
                      " approved_by, withdrawn, at) values(1, 7, 'waiver', '2024-01-01', 'r', '',"
                      " 'C', 0, 5)",
                      &err),
           &err);
    CT_OK_("now", ct_migrate(db, ct_learn_migrations, ct_learn_n_migrations, &err), &err);
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &told);
        CT_EQ_I64("a row", ct_stmt_step(&st, &err), 1);
        CT_EQ_SV("the same", ct_col_dup(&st, "line", &s->a),
                 CT_SV("core course core T 0 0 waiver"));
        CT_EQ_I64("whom", ct_col_i64(&st, "n"), 1);
    }
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &broken);
        CT_EQ_I64("nothing refers to what is gone", ct_stmt_step(&st, &err), 0);
    }
    ct_db_close(db);
}

static void migrate_from(const char *name, struct ct_db **ret, const char *rows)
{
    struct ct_err err = CT_ERR_INIT;
    size_t before = 0;

    while (strcmp(ct_learn_migrations[before].name, name) != 0)
        before++;
    CT_OK_("open", ct_db_open(":memory:", false, ret, &err), &err);
    CT_OK_("as it was", ct_migrate(*ret, ct_learn_migrations, before, &err), &err);
    CT_OK_("a person",
           ct_db_exec(*ret,
                      "insert into person(id, email, email_key, name, roles, created_at)"
                      " values(1, 'a@x', 'a@x', 'A', 1, 0)",
                      &err),
           &err);
    CT_OK_("rows", ct_db_exec(*ret, rows, &err), &err);
    CT_OK_("now", ct_migrate(*ret, ct_learn_migrations, ct_learn_n_migrations, &err), &err);
}

static struct ct_sv quarters_of(struct schema *s, struct ct_db *db)
{
    static const struct ct_sql told = {
        "select coalesce(group_concat(x.line, ', '), '') as line from (select module || ' ' ||"
        " quarter || ' ' || seconds as line from activity_quarter order by module, quarter) x"};
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_STMT st = ct_db_stmt(db, &told);

    CT_EQ_I64("a row", ct_stmt_step(&st, &err), 1);
    return ct_col_dup(&st, "line", &s->a);
}

/* Time of before it was kept by day stands in the quarter of its last event. */
static void old_active_time_is_where_it_ended(void **state)
{
    struct schema *s = *state;
    struct ct_db *db;

    migrate_from("active time by day", &db,
                 "insert into activity values(1, 'core', 'law', 'p', 1704067000, 1704067200, 200),"
                 " (1, 'core', 'motel', 'p', 1704067200, 1704067200, 0)");
    CT_EQ_SV("its quarter", quarters_of(s, db), CT_SV("law 1893408 200"));
    ct_db_close(db);
}

/* 2024-01-01 begins with the quarter 1893408. */
static void active_time_by_day_is_kept(void **state)
{
    struct schema *s = *state;
    struct ct_db *db;

    migrate_from("active time by quarter of an hour", &db,
                 "insert into activity values(1, 'core', 'law', 'p', 1704070800, 1704243600, 60),"
                 " (1, 'core', 'motel', 'p', 1704110400, 1704114000, 70);"
                 "insert into activity_day values(1, 'core', 'law', 'p', '2024-01-01', 10),"
                 " (1, 'core', 'law', 'p', '2024-01-02', 20), (1, 'core', 'law', 'p',"
                 " '2024-01-03', 30), (1, 'core', 'motel', 'p', '2024-01-01', 70)");
    CT_EQ_SV("with its first event, at noon, with its last event", quarters_of(s, db),
             CT_SV("law 1893412 10, law 1893552 20, law 1893604 30, motel 1893460 70"));
    ct_db_close(db);
}

/* Tries of before the better ones were kept, also where two came at one moment or out of order.
 */
static void of_old_tries_the_better_ones_are_kept(void **state)
{
    struct schema *s = *state;
    static const struct ct_sql told = {
        "select group_concat(line, ' ') as line from (select person || module || ':' || score "
        "||"
        " '@' || at as line from attempt_best order by person, module, at, score)"};
    struct ct_err err = CT_ERR_INIT;
    struct ct_db *db;
    size_t before = 0;

    while (strcmp(ct_learn_migrations[before].name, "best tries, and who completed which text") !=
           0)
        before++;
    CT_OK_("open", ct_db_open(":memory:", false, &db, &err), &err);
    CT_OK_("as it was", ct_migrate(db, ct_learn_migrations, before, &err), &err);
    CT_OK_("rows",
           ct_db_exec(db,
                      "insert into person(id, email, email_key, name, roles, created_at) values"
                      " (1, 'a@x', 'a@x', 'A', 1, 0), (2, 'b@x', 'b@x', 'B', 1, 0);"
                      "insert into revision(hash, path, source, first_at)"
                      " values(printf('%064d', 1), 'a.md', '', 0);"
                      "insert into attempt select value, 1 + (value > 6), 'c', case when value = 6"
                      " then 'n' else 'm' end, 'd', printf('%064d', 1), 1, 80, 0"
                      " from json_each('[1,2,3,4,5,6,7]');"
                      "insert into attempt_result values(1, 50, 0, 100), (2, 40, 0, 200),"
                      " (3, 90, 1, 400), (4, 70, 0, 300), (5, 90, 1, 400), (6, 10, 0, 100),"
                      " (7, 0, 0, 100)",
                      &err),
           &err);
    CT_OK_("now", ct_migrate(db, ct_learn_migrations, ct_learn_n_migrations, &err), &err);
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &told);
        CT_EQ_I64("rows", ct_stmt_step(&st, &err), 1);
        CT_EQ_SV("the better ones", ct_col_dup(&st, "line", &s->a),
                 CT_SV("1m:50@100 1m:70@300 1m:90@400 1n:10@100 2m:0@100"));
    }
    ct_db_close(db);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_schema, close_schema)
    const struct CMUnitTest tests[] = {
        T(the_schema_is_made_once),
        T(every_statement_is_prepared_and_searches),
        T(a_person_s_records_are_found_by_the_person),
        T(records_are_only_added_to),
        T(every_file_with_sql_lists_it),
        T(old_requirements_become_those_of_courses),
        T(old_active_time_is_where_it_ended),
        T(active_time_by_day_is_kept),
        T(of_old_tries_the_better_ones_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
