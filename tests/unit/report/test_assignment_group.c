/*
 * test_assignment_group.c: assignments counted together, against counts told by hand; the rows
 * behind each number; files that say the same.
 */
#include "learn/require_test.h"

#include "ct/report/assignment_group.h"
#include "ct/text/csv.h"
#include "ct/text/json.h"

#include <stdio.h>

#include "ct/base/banned.h"

enum { MAX = 4 * 1024 * 1024 };

/* Everybody's report as of a day, counted as asked; the rows stay those of who is named. */
struct counted {
    struct ct_assignments report;
    struct ct_assignment_groups groups;
    struct ct_scope scope;
    struct ct_assignment_wish wish;
};

static struct counted count(struct site *s, const struct ct_viewer *viewer,
                            const struct ct_assignment_query *q, const char *day)
{
    struct counted c = {.report = {.n = 0}};
    struct ct_ask_errors errors = {.n = 0};
    struct ct_err err = CT_ERR_INIT;
    struct ct_org *orgs;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(s->o.store);

    ct_assignment_query_read(q, noon(day), &c.wish, &errors);
    CT_EQ_I64("the query", errors.n, 0);
    CT_OK_(day, ct_org_scope(rd.db, &s->o.a, viewer, &c.wish.scope, noon(day), &c.scope, &err),
           &err);
    c.wish.filter.scope = &c.scope;
    CT_OK_(day, ct_assignments(rd.db, &s->o.a, noon(day), &c.wish.filter, &c.report, &err), &err);
    CT_OK_(day, ct_org_list(rd.db, &s->o.a, &orgs, &n, &err), &err);
    if (c.wish.by != CT_GROUP_NONE)
        ct_assignments_group(&s->o.a, &c.report, &c.wish, &c.scope, orgs, n, s->cat, &c.groups);
    return c;
}

static const struct ct_viewer machine = {.person = 0};

static struct ct_assignment_query by(const char *first, const char *second)
{
    struct ct_assignment_query q = {.text = {CT_SV_NULL}};

    q.text[CT_ASK_BY] = ct_sv_c(first);
    q.text[CT_ASK_THEN] = ct_sv_c(second);
    return q;
}

/* "caseworker 2 people 3 rows: not started 1, completed 2 (67 %); ..." */
static struct ct_sv told_of(struct site *s, struct ct_sv key, const struct ct_assignment_group *g)
{
    struct ct_sv all =
        ct_arena_printf(&s->o.a, "%.*s%s%.*s %zu/%zu", CT_SV_ARG(key), g->key[1].n ? "+" : "",
                        CT_SV_ARG(g->key[1]), g->people, g->rows);

    for (int i = 0; i < CT_DUE_STATUSES; i++)
        if (g->by_status[i])
            all = ct_arena_printf(&s->o.a, "%.*s %zu %s", CT_SV_ARG(all), g->by_status[i],
                                  ct_due_status_name((enum ct_due_status)i));
    return g->percent < 0 ? all : ct_arena_printf(&s->o.a, "%.*s %d%%", CT_SV_ARG(all), g->percent);
}

static struct ct_sv told(struct site *s, const struct ct_assignment_groups *groups)
{
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < groups->n; i++) {
        const struct ct_assignment_group *g = &groups->groups[i];
        all = ct_arena_printf(&s->o.a, "%.*s%.*s; ", CT_SV_ARG(all),
                              CT_SV_ARG(told_of(s, g->key[0].n ? g->key[0] : CT_SV("-"), g)));
    }
    return ct_arena_printf(&s->o.a, "%.*s%.*s", CT_SV_ARG(all),
                           CT_SV_ARG(told_of(s, CT_SV("all"), &groups->all)));
}

/* Ann of intake has completed, Bob of night (below intake) is overdue in one and has completed
 * nothing; Cy the judge is in the agency itself and in the task force, and exempt nowhere. */
static void make_work(struct site *s)
{
    site_exec(s, "insert into person_fact(person, field, value, since, at)"
                 " values(1, 'supervisor', 'Sue', '2024-01-01', 1704067200),"
                 " (2, 'supervisor', 'שרה 欧阳', '2024-01-01', 1704067200)");
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->dcs, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->mdt, false, NULL);
    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_require(s, "other", yearly(s, "2024-01-15"));
    site_complete(s, s->ann, "2024-01-20");
}

static void rows_are_counted_together(void **state)
{
    static const struct {
        const char *name, *first, *second, *want;
    } cases[] = {
        {"by discipline", "discipline", NULL,
         "caseworker 2/4 1 not started 2 completed 1 overdue 50%; judge 1/2 1 not started 1 "
         "overdue 0%; all 3/6 2 not started 2 completed 2 overdue 33%"},
        {"by agency", "agency", NULL,
         "dcs 3/6 2 not started 2 completed 2 overdue 33%; all 3/6 2 not started 2 completed 2 "
         "overdue 33%"},
        {"a unit has those of the units below it; who is in none comes last", "unit", NULL,
         "dcs/intake 2/4 1 not started 2 completed 1 overdue 50%; dcs/night 1/2 1 not started 1 "
         "overdue 0%; - 1/2 1 not started 1 overdue 0%; all 3/6 2 not started 2 completed 2 "
         "overdue 33%"},
        {"by task force", "task_force", NULL,
         "mdt 1/2 1 not started 1 overdue 0%; - 2/4 1 not started 2 completed 1 overdue 50%; all "
         "3/6 2 not started 2 completed 2 overdue 33%"},
        {"by course", "course", NULL,
         "core 3/6 2 not started 2 completed 2 overdue 33%; all 3/6 2 not started 2 completed 2 "
         "overdue 33%"},
        {"by requirement", "requirement", NULL,
         "other 3/3 2 not started 1 completed 33%; yearly 3/3 1 completed 2 overdue 33%; all 3/6 "
         "2 not started 2 completed 2 overdue 33%"},
        {"by supervisor, in any script", "supervisor", NULL,
         "Sue 1/2 2 completed 100%; שרה 欧阳 1/2 1 not started 1 overdue 0%; - 1/2 1 not started 1 "
         "overdue 0%; all 3/6 2 not started 2 completed 2 overdue 33%"},
        {"by two", "discipline", "requirement",
         "caseworker+other 2/2 1 not started 1 completed 50%; caseworker+yearly 2/2 1 completed 1 "
         "overdue 50%; judge+other 1/1 1 not started 0%; judge+yearly 1/1 1 overdue 0%; all 3/6 2 "
         "not started 2 completed 2 overdue 33%"},
    };
    struct site *s = *state;

    make_work(s);
    CT_EACH (c, cases) {
        struct ct_assignment_query q = by(c->first, c->second);
        struct counted r = count(s, &machine, &q, "2024-02-05");
        CT_EQ_SV(c->name, told(s, &r.groups), ct_sv_c(c->want));
    }
}

static void filters_choose_what_is_counted(void **state)
{
    static const struct {
        const char *name;
        enum ct_ask ask;
        const char *text, *want;
    } cases[] = {
        {"a unit's", CT_ASK_UNIT, "dcs/night",
         "caseworker 1/2 1 not started 1 overdue 0%; all 1/2 1 not started 1 overdue 0%"},
        {"of two statuses", CT_ASK_STATUS, "overdue,completed",
         "caseworker 2/3 2 completed 1 overdue 67%; judge 1/1 1 overdue 0%; all 3/4 2 completed 2 "
         "overdue 50%"},
        {"due within days, or late", CT_ASK_DUE_WITHIN, "0",
         "caseworker 2/2 1 completed 1 overdue 50%; judge 1/1 1 overdue 0%; all 3/3 1 completed 2 "
         "overdue 33%"},
        {"completed from", CT_ASK_COMPLETED_FROM, "2024-01-20",
         "caseworker 1/2 2 completed 100%; all 1/2 2 completed 100%"},
        {"completed later", CT_ASK_COMPLETED_FROM, "2024-01-21", "all 0/0"},
        {"a supervisor's", CT_ASK_SUPERVISOR, "Sue",
         "caseworker 1/2 2 completed 100%; all 1/2 2 completed 100%"},
        {"of who has none", CT_ASK_SUPERVISOR, "-",
         "judge 1/2 1 not started 1 overdue 0%; all 1/2 1 not started 1 overdue 0%"},
        {"of who is in no unit", CT_ASK_UNIT, "-",
         "judge 1/2 1 not started 1 overdue 0%; all 1/2 1 not started 1 overdue 0%"},
        {"one person's", CT_ASK_PERSON, "1",
         "caseworker 1/2 2 completed 100%; all 1/2 2 completed 100%"},
    };
    struct site *s = *state;

    make_work(s);
    CT_EACH (c, cases) {
        struct ct_assignment_query q = by("discipline", NULL);
        q.text[c->ask] = ct_sv_c(c->text);
        struct counted r = count(s, &machine, &q, "2024-02-05");
        CT_EQ_SV(c->name, told(s, &r.groups), ct_sv_c(c->want));
    }
}

/* Behind each number are as many rows as it says. */
static void each_number_leads_to_its_rows(void **state)
{
    static const char *const groups[] = {"discipline", "agency",      "unit",      "task_force",
                                         "course",     "requirement", "supervisor"};
    struct site *s = *state;
    size_t seen = 0;

    make_work(s);
    CT_EACH (first, groups)
        CT_EACH (second, groups) {
            struct ct_assignment_query asked = by(*first, *second);
            struct counted r = count(s, &machine, &asked, "2024-02-05");
            for (size_t i = 0; i < r.groups.n; i++) {
                const struct ct_assignment_group *g = &r.groups.groups[i];
                struct ct_assignment_query behind = {.text = {CT_SV_NULL}};
                const enum ct_group_by parts[2] = {r.groups.by, r.groups.then};
                for (int k = 0; k < 2; k++)
                    if (parts[k] != CT_GROUP_NONE)
                        behind.text[ct_group_ask(parts[k])] =
                            g->key[k].n ? g->key[k] : CT_SV(CT_ASSIGNMENT_NONE);
                for (int status = 0; status < CT_DUE_STATUSES; status++) {
                    behind.text[CT_ASK_STATUS] =
                        ct_sv_c(ct_due_status_name((enum ct_due_status)status));
                    struct counted rows = count(s, &machine, &behind, "2024-02-05");
                    CT_EQ_I64(*first, rows.report.n, g->by_status[status]);
                }
                seen++;
            }
        }
    assert_true(seen > 40);
}

/* A task force whose lead sees own people by name and the others, if they are enough, in numbers.
 */
static void who_may_only_be_counted_is_in_numbers_of_enough(void **state)
{
    struct site *s = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_org_new pd = {.kind = CT_ORG_AGENCY, .path = CT_SV("pd"), .name = CT_SV("Police")};
    struct ct_assignment_query q = by("discipline", NULL);
    int64_t other, lead = site_person(s, "lea", "Lea Lead", "judge"), first = 0;

    CT_OK_("agency", ct_org_add(s->o.store, &s->o.clock, &pd, 0, &other, &err), &err);
    orgs_tie(&s->o, CT_TIE_MEMBER, s->ann, s->mdt, false, NULL);
    orgs_tie(&s->o, CT_TIE_MEMBER, lead, s->dcs, false, NULL);
    orgs_tie(&s->o, CT_TIE_LEAD, lead, s->mdt, false, NULL);
    for (int i = 0; i < 6; i++) {
        struct ct_sv local = ct_arena_printf(&s->o.a, "officer%d", i);
        int64_t id = site_person(s, local.p, "Secret Name", i < 5 ? "caseworker" : "judge");
        first = first ? first : id;
        orgs_tie(&s->o, CT_TIE_MEMBER, id, other, false, NULL);
        orgs_tie(&s->o, CT_TIE_MEMBER, id, s->mdt, false, NULL);
    }
    struct ct_requirement_rule rule = yearly(s, "2024-01-01");
    *(int64_t *)(uintptr_t)rule.orgs = s->mdt;
    site_require(s, "force", rule);
    site_complete(s, first, "2024-01-20");
    const struct ct_viewer viewer = {.person = lead};
    q.text[CT_ASK_TASK_FORCE] = CT_SV("mdt");
    struct counted r = count(s, &viewer, &q, "2024-02-05");
    CT_EQ_SV("five of a discipline are counted, one alone is in no number", told(s, &r.groups),
             CT_SV("caseworker 6/6 1 completed 5 overdue 17%; all 6/6 1 completed 5 overdue 17%"));
    assert_true(r.groups.left_out);
    CT_EQ_I64("five without names", r.groups.groups[0].unnamed, 5);
    CT_EQ_I64("only own people are in rows", r.report.n, 1);
    CT_EQ_SV("by name", r.report.rows[0].person->name, CT_SV("Ann Marie Ito"));
    CT_EQ_I64("and the report's own numbers are of rows", r.report.by_status[CT_DUE_OVERDUE], 1);
    q.text[CT_ASK_BY] = CT_SV("agency");
    r = count(s, &viewer, &q, "2024-02-05");
    CT_EQ_SV("by agency nobody is, as less the number of a discipline it would tell of one",
             told(s, &r.groups), CT_SV("dcs 1/1 1 overdue 0%; all 1/1 1 overdue 0%"));
    assert_true(r.groups.left_out);
    q.text[CT_ASK_BY] = CT_SV("course");
    r = count(s, &viewer, &q, "2024-02-05");
    CT_EQ_SV("and one alone is in no sum over disciplines", told(s, &r.groups),
             CT_SV("core 6/6 1 completed 5 overdue 17%; all 6/6 1 completed 5 overdue 17%"));
    assert_true(r.groups.left_out);
    q.text[CT_ASK_BY] = CT_SV("task_force");
    r = count(s, &viewer, &q, "2024-02-05");
    CT_EQ_SV("in their task force", told(s, &r.groups),
             CT_SV("mdt 6/6 1 completed 5 overdue 17%; all 6/6 1 completed 5 overdue 17%"));
    q.text[CT_ASK_BY] = CT_SV("unit");
    r = count(s, &viewer, &q, "2024-02-05");
    CT_EQ_SV("units of others are nobody's business", told(s, &r.groups),
             CT_SV("- 1/1 1 overdue 0%; all 1/1 1 overdue 0%"));
    assert_true(r.groups.left_out);
    q.text[CT_ASK_BY] = CT_SV("requirement");
    q.text[CT_ASK_SUPERVISOR] = CT_SV("-");
    r = count(s, &viewer, &q, "2024-02-05");
    CT_EQ_SV("nor are their supervisors", told(s, &r.groups),
             CT_SV("force 1/1 1 overdue 0%; all 1/1 1 overdue 0%"));
}

static void columns_are_those_of_the_table(void **state)
{
    struct site *s = *state;
    struct ct_assignments none = {.n = 0};
    struct ct_table t;
    size_t n;
    const struct ct_column *columns = ct_assignments_columns(&n);

    ct_assignments_table(&s->o.a, &none, &t);
    CT_EQ_I64("as many", n, t.n_columns);
    for (size_t i = 0; i < n; i++) {
        CT_EQ_STR("in their order", columns[i].name, t.columns[i]);
        assert_true(columns[i].meaning[0] &&
                    columns[i].meaning[strlen(columns[i].meaning) - 1] != '.');
    }
}

/* What the cell of a document is in JSON. */
static void same_cell(const char *name, const json_t *value, struct ct_sv cell)
{
    char number[32];

    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        CT_EQ_SV(name, ct_sv_c(number), cell);
    } else if (json_is_real(value)) {
        snprintf(number, sizeof number, "%g", json_real_value(value));
        CT_EQ_SV(name, ct_sv_c(number), cell);
    } else if (json_is_boolean(value)) {
        CT_EQ_SV(name, json_is_true(value) ? CT_SV("yes") : CT_SV("no"), cell);
    } else {
        CT_EQ_SV(name, ct_sv_c(json_is_string(value) ? json_string_value(value) : ""), cell);
    }
}

/* A row of a document: its cells, or those that it makes when they are asked for. */
static const struct ct_sv *row_of(struct site *s, const struct ct_report_doc *doc, size_t i)
{
    struct ct_sv *cells;

    if (!doc->row)
        return doc->cells + i * doc->n_columns;
    cells = ct_arena_array(&s->o.a, struct ct_sv, doc->n_columns);
    for (size_t c = 0; c < doc->n_columns; c++)
        cells[c] = CT_SV("");
    doc->row(doc->row_arg, i, &s->o.a, cells);
    return cells;
}

static void same_rows(struct site *s, const char *name, const struct ct_report_doc *doc)
{
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_STR csv = CT_STR_INIT(MAX);
    CT_AUTO_STR text = CT_STR_INIT(MAX);
    CT_AUTO_JSON *json = NULL;
    struct ct_csv_reader reader;
    struct ct_sv got[CT_CSV_CELLS_MAX];
    size_t n, row = 0;

    CT_OK_(name, ct_report_write(&s->o.a, doc, CT_REPORT_CSV, &csv, &err), &err);
    CT_OK_(name, ct_report_write(&s->o.a, doc, CT_REPORT_JSON, &text, &err), &err);
    CT_OK_(name, ct_json_parse(ct_str_sv(&text), MAX, &json, &err), &err);
    const json_t *rows = json_object_get(json, "rows");
    CT_EQ_I64(name, json_array_size(rows), doc->n_rows);
    ct_csv_open(&reader, ct_str_sv(&csv));
    while (ct_csv_read(&reader, &s->o.a, got, &n, &err) == 1) {
        CT_EQ_I64(name, n, doc->n_columns);
        const struct ct_sv *cells = row > 0 ? row_of(s, doc, row - 1) : NULL;
        for (size_t i = 0; i < n && cells; i++) {
            struct ct_sv cell = cells[i];
            CT_EQ_SV(doc->columns[i].name, got[i], cell);
            same_cell(doc->columns[i].name,
                      json_object_get(json_array_get(rows, row - 1), doc->columns[i].name), cell);
        }
        row++;
    }
    CT_EQ_I64(name, row, doc->n_rows + 1);
}

static void files_say_what_was_counted(void **state)
{
    struct site *s = *state;
    struct ct_assignment_query q = by("unit", "discipline"), all = {.text = {CT_SV_NULL}};
    struct ct_report_doc doc;

    make_work(s);
    struct counted r = count(s, &machine, &q, "2024-02-05");
    ct_assignment_groups_doc(&s->o.a, &r.report, &r.groups, &doc);
    CT_EQ_SV("its view", doc.view, CT_SV("unit-discipline"));
    CT_EQ_SV("in words", doc.view_text,
             CT_SV("Counted by Unit and Discipline; all together 6 assignments of 3 people"));
    CT_EQ_SV("its zone", doc.time_zone, CT_SV("America/Chicago"));
    CT_EQ_I64("a row a group", doc.n_rows, r.groups.n);
    for (size_t i = 0; i < doc.n_rows; i++) {
        const struct ct_sv *cells = doc.cells + i * doc.n_columns;
        const struct ct_assignment_group *g = &r.groups.groups[i];
        int64_t number;
        CT_EQ_SV("unit", cells[0], g->key[0]);
        CT_EQ_SV("discipline", cells[2], g->key[1]);
        for (int k = 0; k < CT_DUE_STATUSES; k++) {
            assert_true(ct_sv_i64(cells[7 + k], &number));
            CT_EQ_I64(doc.columns[7 + k].name, number, g->by_status[k]);
        }
    }
    same_rows(s, "groups", &doc);
    r = count(s, &machine, &all, "2024-02-05");
    ct_assignments_doc(&s->o.a, &r.report, &doc);
    CT_EQ_I64("a row an assignment", doc.n_rows, 6);
    same_rows(s, "rows", &doc);
}

static void what_was_chosen_is_said_in_words(void **state)
{
    static const struct {
        enum ct_ask ask;
        const char *text, *want;
    } cases[] = {
        {CT_ASK_UNIT, "dcs/intake", "dcs/intake"},
        {CT_ASK_AGENCY, "dcs", "North County CPS"},
        {CT_ASK_COURSE, "core", "The core course"},
        {CT_ASK_REQUIREMENT, "yearly", "The core course"},
        {CT_ASK_DISCIPLINE, "caseworker", "Caseworker"},
        {CT_ASK_DISCIPLINE, "-", "None"},
        {CT_ASK_PERSON, "1", "Ann Marie Ito"},
        {CT_ASK_STATUS, "overdue,expired", ""},
        {CT_ASK_CURRENT, "no", "Past ones too"},
        {CT_ASK_CURRENT, "", "The present ones"},
        {CT_ASK_INACTIVE, "", "Left out"},
        {CT_ASK_AS_OF, "", "Now"},
        {CT_ASK_AS_OF, "2024-02-01", "The end of 2024-02-01"},
    };
    struct site *s = *state;

    make_work(s);
    CT_EACH (c, cases) {
        struct ct_assignment_query q = {.text = {CT_SV_NULL}};
        const struct ct_report_choice *choices;
        size_t n;
        q.text[c->ask] = ct_sv_c(c->text);
        struct counted r = count(s, &machine, &q, "2024-02-05");
        ct_assignment_choices(&s->o.a, &q, &r.scope, &r.report, s->cat, &choices, &n);
        CT_EQ_I64("all filters that choose rows", n, CT_ASK_BY);
        CT_EQ_STR("by its name", choices[c->ask].name, ct_ask_info(c->ask)->name);
        CT_EQ_SV(c->text, choices[c->ask].text, ct_sv_c(c->want));
        CT_EQ_SV(c->text, choices[c->ask].value, ct_sv_c(c->text));
    }
}

static void a_percentage_is_of_all_that_is_still_asked(void **state)
{
    static const struct {
        const char *name;
        size_t counts[CT_DUE_STATUSES];
        int want;
    } cases[] = {
        {"nothing", {0}, -1},
        {"exempt and withdrawn alone", {[CT_DUE_EXEMPT] = 3, [CT_DUE_WITHDRAWN] = 1}, -1},
        {"all", {[CT_DUE_COMPLETED] = 2, [CT_DUE_EXEMPT] = 1}, 100},
        {"what still holds",
         {[CT_DUE_EXPIRING] = 1, [CT_DUE_UPDATE] = 1, [CT_DUE_EXPIRED] = 2},
         50},
        {"one of very many is missing", {[CT_DUE_COMPLETED] = 999, [CT_DUE_OVERDUE] = 1}, 99},
        {"to the nearest", {[CT_DUE_COMPLETED] = 2, [CT_DUE_NOT_STARTED] = 1}, 67},
        {"what waits is not completed", {[CT_DUE_AWAITING] = 1}, 0},
    };

    (void)state;
    CT_EACH (c, cases)
        CT_EQ_I64(c->name, ct_assignment_percent(c->counts), c->want);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        T(rows_are_counted_together),
        T(filters_choose_what_is_counted),
        T(each_number_leads_to_its_rows),
        T(who_may_only_be_counted_is_in_numbers_of_enough),
        T(columns_are_those_of_the_table),
        T(files_say_what_was_counted),
        T(what_was_chosen_is_said_in_words),
        cmocka_unit_test(a_percentage_is_of_all_that_is_still_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
