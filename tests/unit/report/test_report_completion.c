/*
 * test_report_completion.c: the completion report as files: the same rows and names in all of them,
 * typed, and with what was asked.
 */
#include "learn/fixture.h"

#include "ct/report/report_completion.h"
#include "ct/text/json.h"

#include <stdio.h>

/* Reads what a program prints; the list of banned functions has it, for good reasons elsewhere. */
static FILE *run(const char *command)
{
    return popen(command, "r");
}

#include "ct/base/banned.h"

enum { MAX = 4 * 1024 * 1024 };

static const enum ct_report_by views[] = {CT_BY_DISCIPLINE_COURSE, CT_BY_DISCIPLINE, CT_BY_COURSE,
                                          CT_BY_PERSON};

/* Somebody has completed, somebody has begun, and one name would be a formula. */
static int name_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    (void)arg;
    return ct_db_exec(db, "update person set name = '=1+1, \"Čapek\"' where id = 2", err);
}

static void work(struct world *w)
{
    struct ct_err err = CT_ERR_INIT;

    do_core(w, BEN);
    do_section(w, CARA, "victims", "opening");
    CT_OK_("a name", ct_store_write(w->store, name_job, NULL, &err), &err);
}

static struct ct_report report_of(struct world *w, const struct ct_report_filter *filter)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_report report;
    CT_AUTO_READER reader = ct_store_reader(w->store);

    CT_OK_("report",
           ct_report_completion(reader.db, &w->arena, w->cat, &w->clock, filter, &report, &err),
           &err);
    return report;
}

static void write_as(struct world *w, const struct ct_report *report,
                     const struct ct_report_filter *filter, enum ct_report_by by,
                     enum ct_report_format format, struct ct_str *out)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_report_doc doc;

    ct_report_completion_doc(&w->arena, report, filter, w->cat, by, &doc);
    CT_OK_(ct_report_view_name(by), ct_report_write(&w->arena, &doc, format, out, &err), &err);
}

static void every_column_is_described_for_its_view(void **state)
{
    (void)state;
    CT_EACH (by, views) {
        size_t n;
        const char *const *names = ct_report_columns(*by, &n);
        assert_true(n > 5);
        for (size_t i = 0; i < n; i++) {
            const struct ct_column *c = ct_report_column(*by, names[i]);
            if (!c)
                fail_msg("%s: what stands in the column %s?", ct_report_view_name(*by), names[i]);
            CT_EQ_STR(names[i], c->name, names[i]);
            assert_true(c->meaning[0] && c->meaning[strlen(c->meaning) - 1] != '.');
        }
    }
    assert_null(ct_report_column(CT_BY_COURSE, "email"));
    CT_EQ_I64("yes or no of a person", ct_report_column(CT_BY_PERSON, "update_due")->type,
              CT_COLUMN_FLAG);
    CT_EQ_I64("a number of several", ct_report_column(CT_BY_COURSE, "update_due")->type,
              CT_COLUMN_INTEGER);
}

static void views_have_names(void **state)
{
    enum ct_report_by by = CT_BY_COURSE;

    (void)state;
    CT_EACH (view, views) {
        assert_true(ct_report_view_parse(ct_sv_c(ct_report_view_name(*view)), &by));
        CT_EQ_I64(ct_report_view_name(*view), by, *view);
    }
    assert_true(ct_report_view_parse(CT_SV(""), &by));
    CT_EQ_I64("what is not said", by, CT_BY_DISCIPLINE_COURSE);
    assert_false(ct_report_view_parse(CT_SV("moon"), &by));
}

/* A cell of the table as JSON has to be the value in the row. */
static void same_cell(const char *name, const json_t *value, struct ct_sv cell)
{
    char number[32];

    if (json_is_null(value))
        CT_EQ_SV(name, CT_SV(""), cell);
    else if (json_is_boolean(value))
        CT_EQ_SV(name, json_is_true(value) ? CT_SV("yes") : CT_SV("no"), cell);
    else if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
        CT_EQ_SV(name, ct_sv_c(number), cell);
    } else
        CT_EQ_SV(name, ct_sv_n(json_string_value(value), json_string_length(value)), cell);
}

static void json_has_the_rows_of_the_table(void **state)
{
    struct world *w = *state;
    struct ct_report_filter all = {.scope = NULL};

    work(w);
    struct ct_report report = report_of(w, &all);
    CT_EACH (by, views) {
        struct ct_err err = CT_ERR_INIT;
        CT_AUTO_STR out = CT_STR_INIT(MAX);
        CT_AUTO_JSON *file = NULL;
        struct ct_table t;
        ct_report_table(&w->arena, &report, *by, &t);
        write_as(w, &report, &all, *by, CT_REPORT_JSON, &out);
        CT_OK_("it is JSON", ct_json_parse(ct_str_sv(&out), MAX, &file, &err), &err);
        CT_EQ_SV("its view", ct_json_get_sv(file, "by"), ct_sv_c(ct_report_view_name(*by)));
        CT_EQ_SV("its moment", ct_json_get_sv(file, "as_of"), CT_SV("2023-11-14T22:13:20Z"));
        CT_EQ_SV("its zone", ct_json_get_sv(file, "time_zone"), CT_SV("UTC"));
        CT_EQ_I64("columns", json_array_size(json_object_get(file, "columns")), t.n_columns);
        const json_t *rows = json_object_get(file, "rows");
        CT_EQ_I64("rows", json_array_size(rows), t.n_rows);
        assert_true(t.n_rows > 0);
        for (size_t i = 0; i < t.n_rows * t.n_columns; i++)
            same_cell(
                t.columns[i % t.n_columns],
                json_object_get(json_array_get(rows, i / t.n_columns), t.columns[i % t.n_columns]),
                t.cells[i]);
    }
}

static void csv_is_of_rfc_4180(void **state)
{
    struct world *w = *state;
    struct ct_report_filter core = {.course = CT_SV("core"), .discipline = CT_SV("caseworker")};
    CT_AUTO_STR out = CT_STR_INIT(MAX);
    size_t lines = 0;

    work(w);
    struct ct_report report = report_of(w, &core);
    write_as(w, &report, &core, CT_BY_PERSON, CT_REPORT_CSV, &out);
    assert_true(ct_sv_starts(ct_str_sv(&out), CT_SV("\xEF\xBB\xBF"
                                                    "person_id,name,email,")));
    for (size_t i = 0; i < out.n; i++) {
        lines += out.p[i] == '\n';
        if (out.p[i] == '\n')
            assert_int_equal(out.p[i - 1], '\r');
    }
    CT_EQ_I64("a line a row, with its end", lines, 2);
    CT_EQ_I64("no formula, and quotes in quotes",
              ct_sv_search(ct_str_sv(&out), CT_SV("\r\n2,\"'=1+1, \"\"Čapek\"\"\",ben@")) !=
                  SIZE_MAX,
              true);
}

/* Prints of a part of the workbook what the XPath says. */
static const char *ask(struct world *w, const struct ct_str *book, const char *part,
                       const char *xpath)
{
    static char answer[8192];
    char command[1024], path[256];
    FILE *f;
    size_t n;

    snprintf(path, sizeof path, "%s", ct_temp_path(&w->temp, "report.xlsx"));
    f = fopen(path, "wb");
    assert_non_null(f);
    CT_EQ_I64("written", fwrite(book->p, 1, book->n, f), book->n);
    fclose(f);
    snprintf(command, sizeof command, "unzip -p '%s' '%s' | xmllint --nonet --xpath '%s' -", path,
             part, xpath);
    f = run(command);
    assert_non_null(f);
    n = fread(answer, 1, sizeof answer - 1, f);
    while (n > 0 && answer[n - 1] == '\n')
        n--;
    answer[n] = '\0';
    assert_int_equal(pclose(f), 0);
    return answer;
}

#define E(name) "*[local-name()=\"" name "\"]"
/* The value beside a text of the sheet About. */
#define ABOUT(what) "string(//" E("row") "[starts-with(., \"" what "\")]/" E("c") "[2])"

static void a_workbook_has_the_rows_and_says_what_they_are(void **state)
{
    static const struct {
        const char *name, *sheet, *xpath, *want;
    } cases[] = {
        {"a row for the names, one for each row", "1", "count(//" E("row") ")", "2"},
        {"names of columns", "1", "string(//" E("c") "[@r=\"A1\"])", "person_id"},
        {"a number", "1", "string(//" E("c") "[@r=\"A2\"]/" E("v") ")", "2"},
        {"a text is no formula", "1", "string(//" E("c") "[@r=\"B2\"])", "=1+1, \"Čapek\""},
        {"none at all", "1", "count(//" E("f") ")", "0"},
        {"a share", "1", "string(//" E("c") "[@r=\"J2\"]/" E("v") ")", "1"},
        {"a day", "1", "string(//" E("c") "[@r=\"N2\"]/" E("v") ")", "45244"},
        {"what was asked", "2", ABOUT("Course"), "The core course"},
        {"of whom", "2", ABOUT("Discipline"), "Caseworker"},
        {"what was not asked", "2", ABOUT("Agency"), "All"},
        {"when", "2", ABOUT("As of"), "45244.92592592593"},
        {"in which zone", "2", ABOUT("Time zone"), "UTC"},
        {"each word of status", "2", "count(//" E("row") "[starts-with(., \"Status: \")])", "10"},
        {"each column", "2", "count(//" E("row") "[starts-with(., \"Column: \")])", "20"},
    };
    struct world *w = *state;
    struct ct_report_filter core = {.course = CT_SV("core"), .discipline = CT_SV("caseworker")};
    CT_AUTO_STR out = CT_STR_INIT(MAX);

    work(w);
    struct ct_report report = report_of(w, &core);
    write_as(w, &report, &core, CT_BY_PERSON, CT_REPORT_XLSX, &out);
    CT_EACH (c, cases) {
        char part[64];
        snprintf(part, sizeof part, "xl/worksheets/sheet%s.xml", c->sheet);
        CT_EQ_STR(c->name, ask(w, &out, part, c->xpath), c->want);
    }
}

static void what_does_not_fit_is_refused_whole(void **state)
{
    static const enum ct_report_format formats[] = {CT_REPORT_CSV, CT_REPORT_JSON, CT_REPORT_XLSX};
    struct world *w = *state;
    struct ct_report_filter all = {.scope = NULL};

    struct ct_report report = report_of(w, &all);
    struct ct_report_doc doc;
    ct_report_completion_doc(&w->arena, &report, &all, w->cat, CT_BY_PERSON, &doc);
    CT_EACH (f, formats) {
        struct ct_err err = CT_ERR_INIT;
        CT_AUTO_STR out = CT_STR_INIT(100);
        CT_EQ_I64(ct_report_media_type(*f), ct_report_write(&w->arena, &doc, *f, &out, &err),
                  CT_TOO_BIG);
    }
}

/* In a row of several courses somebody counts once for each; the file says so. */
static void rows_of_several_courses_say_how_people_count(void **state)
{
    static const struct {
        const char *name;
        enum ct_report_by by;
        bool several;
    } cases[] = {
        {"a discipline and course", CT_BY_DISCIPLINE_COURSE, false},
        {"a discipline", CT_BY_DISCIPLINE, true},
        {"a course", CT_BY_COURSE, false},
        {"an agency", CT_BY_AGENCY, true},
        {"a unit", CT_BY_UNIT, true},
        {"a task force", CT_BY_TASK_FORCE, true},
    };
    struct world *w = *state;
    struct ct_report_filter all = {.scope = NULL};
    struct ct_report report = report_of(w, &all);

    CT_EACH (c, cases) {
        struct ct_report_doc doc;
        ct_report_completion_doc(&w->arena, &report, &all, w->cat, c->by, &doc);
        const char *meaning = ct_report_column(c->by, "people")->meaning;
        CT_EQ_I64(c->name, strstr(meaning, "counted once for every course") != NULL, c->several);
        CT_EQ_I64(c->name, ct_sv_search(doc.view_text, CT_SV("once a course")) != SIZE_MAX,
                  c->several);
    }
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_is_described_for_its_view),
        cmocka_unit_test(views_have_names),
        T(json_has_the_rows_of_the_table),
        T(csv_is_of_rfc_4180),
        T(a_workbook_has_the_rows_and_says_what_they_are),
        T(rows_of_several_courses_say_how_people_count),
        T(what_does_not_fit_is_refused_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
