/*
 * test_completion_import.c: courses completed before, from CSV: what is refused and with which
 * word, what is corrected, and what was known on an earlier day.
 */
#include "import_test.h"

#include "ct/learn/past_completion.h"

#include "ct/base/banned.h"

#define HEAD "email,course,completed_on,discipline,score_percent,hours,source,evidence,withdrawn\n"
#define ANA  "ana@example.org,bridges,2023-05-04,"

static void settle(struct orgs *o)
{
    orgs_person(o, "ana", 0);
    orgs_person(o, "ben", 0);
}

static void what_cannot_be_is_told_by_line_and_column(void **state)
{
    static const struct import_case cases[] = {
        {"all is well", HEAD ANA "judge,90,1.5,Old system,page 3,no\n", ""},
        {"as little as there can be",
         "email,course,completed_on,source\nana@example.org,bridges,2023-05-04,Old system\n", ""},
        {"columns that are needed", "email,course\n", "1:completed_on 1:source"},
        {"nobody", HEAD "eve@example.org,bridges,2023-05-04,,,,Old,,\n", "2:email"},
        {"a course that is none", HEAD "ana@example.org,moon,2023-05-04,,,,Old,,\n", "2:course"},
        {"a day that was not", HEAD "ana@example.org,bridges,2023-02-29,,,,Old,,\n",
         "2:completed_on"},
        {"a day to come", HEAD "ana@example.org,bridges,2024-01-02,,,,Old,,\n", "2:completed_on"},
        {"today", HEAD "ana@example.org,bridges,2024-01-01,,,,Old,,\n", ""},
        {"a discipline that is none", HEAD ANA "wizard,,,Old,,\n", "2:discipline"},
        {"more than all", HEAD ANA ",101,,Old,,\n", "2:score_percent"},
        {"less than nothing", HEAD ANA ",-1,,Old,,\n", "2:score_percent"},
        {"nothing right", HEAD ANA ",0,,Old,,\n", ""},
        {"hours with a comma", HEAD ANA ",,\"1,5\",Old,,\n", "2:hours"},
        {"hours below nothing", HEAD ANA ",,-1,Old,,\n", "2:hours"},
        {"hours in words", HEAD ANA ",,two,Old,,\n", "2:hours"},
        {"an hour and a point", HEAD ANA ",,1.,Old,,\n", "2:hours"},
        {"too many hours", HEAD ANA ",,1000.1,Old,,\n", "2:hours"},
        {"no source", HEAD ANA ",,,,,\n", "2:source"},
        {"withdrawn, perhaps", HEAD ANA ",,,Old,,perhaps\n", "2:withdrawn"},
        {"withdrawn, and never there", HEAD ANA ",,,Old,,yes\n", "2:withdrawn"},
        {"the same twice", HEAD ANA ",,,Old,,\n" ANA ",,,New,,\n", "3:"},
        {"twice on other days", HEAD ANA ",,,Old,,\nana@example.org,bridges,2023-05-05,,,,Old,,\n",
         ""},
        {"all that is wrong with a line", HEAD "ana@example.org,moon,x,wizard,x,x,,,maybe\n",
         "2:score_percent 2:hours 2:withdrawn 2:source 2:course 2:completed_on 2:discipline"},
    };

    import_refuses(CT_IMPORT_COMPLETIONS, settle, cases, sizeof cases / sizeof cases[0]);
    (void)state;
}

/* "ana 2023-05-04 judge 90 90": person, day, discipline, score, minutes, as of so many days on. */
static struct ct_sv counted(struct orgs *o, int days)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_past_completion *list;
    struct ct_sv text = CT_SV("");
    char day[CT_TIME_TEXT];
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(o->store);

    CT_OK_("list",
           ct_past_completion_list(rd.db, &o->a, 0, ORG_START + (int64_t)days * ORG_DAY, &list, &n,
                                   &err),
           &err);
    for (size_t i = 0; i < n; i++) {
        struct ct_person p;
        CT_OK_("person", ct_person_get(rd.db, &o->a, list[i].person, &p, &err), &err);
        text = ct_arena_printf(&o->a, "%.*s%s%.*s %s %.*s %d %d", CT_SV_ARG(text), i ? ", " : "",
                               CT_SV_ARG(p.name), ct_day_text(list[i].on, day),
                               CT_SV_ARG(list[i].discipline), list[i].score, list[i].minutes);
    }
    return text;
}

static void expect(struct orgs *o, const char *name, const char *text, size_t added, size_t changed,
                   size_t unchanged)
{
    import_expect(o, CT_IMPORT_COMPLETIONS, name, text, added, changed, unchanged);
}

static void what_is_imported_counts_until_it_is_corrected(void **state)
{
    struct orgs *o = *state;

    settle(o);
    expect(o, "new",
           HEAD ANA ",90,1.5,Old,,\nben@example.org,bridges,2022-12-31,advocate,,0.333,Old,,\n", 2,
           0, 0);
    CT_EQ_SV("as imported", counted(o, 0),
             CT_SV("ana 2023-05-04 judge 90 90, ben 2022-12-31 advocate -1 20"));
    o->now += 5 * ORG_DAY;
    expect(o, "a score that was wrong", HEAD ANA ",95,1.5,Old,,\n", 0, 1, 0);
    o->now += 5 * ORG_DAY;
    expect(o, "one that never was", HEAD "ben@example.org,bridges,2022-12-31,,,,Old,,yes\n", 0, 1,
           0);
    CT_EQ_SV("before it was known", counted(o, -1), CT_SV(""));
    CT_EQ_SV("as it was known at first", counted(o, 4),
             CT_SV("ana 2023-05-04 judge 90 90, ben 2022-12-31 advocate -1 20"));
    CT_EQ_SV("as it was known then", counted(o, 9),
             CT_SV("ana 2023-05-04 judge 95 90, ben 2022-12-31 advocate -1 20"));
    CT_EQ_SV("as it is known now", counted(o, 10), CT_SV("ana 2023-05-04 judge 95 90"));
    o->now += 5 * ORG_DAY;
    expect(o, "and was after all", HEAD "ben@example.org,bridges,2022-12-31,judge,,,Old,,\n", 0, 1,
           0);
    CT_EQ_SV("is back", counted(o, 15),
             CT_SV("ana 2023-05-04 judge 95 90, ben 2022-12-31 judge -1 0"));
}

static void kinds_have_names(void **state)
{
    enum ct_import_kind kind;

    for (int i = CT_IMPORT_PEOPLE; i <= CT_IMPORT_COMPLETIONS; i++) {
        const char *name = ct_import_kind_name((enum ct_import_kind)i);
        assert_true(ct_import_kind_parse(ct_sv_c(name), &kind));
        CT_EQ_I64(name, kind, i);
        CT_EQ_STR(name, ct_import_columns(kind)[0], "email");
    }
    assert_false(ct_import_kind_parse(CT_SV("horses"), &kind));
    (void)state;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, orgs_open, orgs_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_is_told_by_line_and_column),
        cmocka_unit_test(kinds_have_names),
        TEST(what_is_imported_counts_until_it_is_corrected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
