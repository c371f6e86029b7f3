/*
 * test_people_import.c: people from CSV: what each kind of line does, what is refused and with
 * which word, that nothing is done by halves, and that a second time changes nothing.
 */
#include "import_test.h"

#include "ct/base/str.h"

#include "ct/base/banned.h"

static int import(struct orgs *o, struct ct_sv text, bool dry_run, struct ct_import_result *ret)
{
    return import_file(o, CT_IMPORT_PEOPLE, text, dry_run, ret);
}

static void county(struct orgs *o)
{
    orgs_add(o, CT_ORG_AGENCY, "dcs", NULL);
    orgs_add(o, CT_ORG_UNIT, "dcs/intake", NULL);
    orgs_add(o, CT_ORG_UNIT, "dcs/court", NULL);
    orgs_add(o, CT_ORG_AGENCY, "pd", NULL);
    orgs_add(o, CT_ORG_UNIT, "pd/vice", NULL);
    orgs_add(o, CT_ORG_TASK_FORCE, "mdt", NULL);
}

#define HEAD "email,name,discipline,agency,unit,task_forces,employer_id,hired_on,active\n"

static size_t count_people(struct orgs *o)
{
    struct ct_person *people;
    size_t n = 0;
    CT_AUTO_READER rd = ct_store_reader(o->store);

    CT_OK_("people", ct_person_list(rd.db, &o->a, &people, &n, NULL), NULL);
    return n;
}

static void what_cannot_be_is_told_by_line_and_column(void **state)
{
    static const struct {
        const char *name, *text, *want;
    } cases[] = {
        {"all is well", HEAD "a@x.org,Ana,judge,dcs,intake,mdt,E1,2020-02-29,yes\n", ""},
        {"an empty file", "", "1:"},
        {"a column that is none", "email,name,shoe size\n", "1:shoe size"},
        {"every column that is none", "email,a,b\n", "1:a 1:b"},
        {"a column twice", "email,name,Email\n", "1:Email"},
        {"nothing to know people by", "name,discipline\n", "1:"},
        {"no address", HEAD ",Ana,judge,,,,,,\n", "2:email"},
        {"a broken address", HEAD "ana,Ana,judge,,,,,,\n", "2:email"},
        {"no name", HEAD "a@x.org,,judge,,,,,,\n", "2:name"},
        {"no discipline", HEAD "a@x.org,Ana,,,,,,,\n", "2:discipline"},
        {"a discipline that is none", HEAD "a@x.org,Ana,wizard,,,,,,\n", "2:discipline"},
        {"an agency that is none", HEAD "a@x.org,Ana,judge,moon,,,,,\n", "2:agency"},
        {"a unit that is none", HEAD "a@x.org,Ana,judge,dcs,moon,,,,\n", "2:unit"},
        {"a unit without its agency", HEAD "a@x.org,Ana,judge,,intake,,,,\n", "2:unit"},
        {"a unit of another agency", HEAD "a@x.org,Ana,judge,dcs,pd/vice,,,,\n", "2:unit"},
        {"a unit with its agency in one", HEAD "a@x.org,Ana,judge,,pd/vice,,,,\n", ""},
        {"a task force that is none", HEAD "a@x.org,Ana,judge,,,mdt; moon,,,\n", "2:task_forces"},
        {"a day that was not", HEAD "a@x.org,Ana,judge,,,,,2021-02-29,\n", "2:hired_on"},
        {"a name for certificates on two lines", "email,certificate_name\nboss@x.org,\"a\nb\"\n",
         "2:certificate_name"},
        {"perhaps", HEAD "a@x.org,Ana,judge,,,,,,perhaps\n", "2:active"},
        {"all that is wrong with a line", HEAD "ana,Ana,wizard,moon,,,,x,\n",
         "2:email 2:hired_on 2:discipline 2:agency"},
        {"lines behind a wrong one",
         HEAD "ana,A,judge,,,,,,\nb@x.org,B,judge,,,,,,\nx,X,judge,,,,,,\n", "2:email 4:email"},
        {"an address twice", HEAD "a@x.org,A,judge,,,,,,\n\nA@X.ORG,A,judge,,,,,,\n", "4:email"},
        {"a number twice in an agency",
         HEAD "a@x.org,A,judge,dcs,,,E1,,\nb@x.org,B,judge,dcs,intake,,E1,,\n", "3:employer_id"},
        {"a number in two agencies", HEAD "a@x.org,A,judge,dcs,,,E1,,\nb@x.org,B,judge,pd,,,E1,,\n",
         ""},
        {"Latin-1", HEAD "a@x.org,Jos\xe9,judge,,,,,,\nb@x.org,Bo,judge,,,,,,\n", "2:"},
        {"UTF-16",
         "\xff\xfe"
         "email",
         "1:"},
        {"more cells than columns", "email,name,discipline\na@x.org,A,judge,x\n", "2:"},
        {"fewer cells than columns", HEAD "a@x.org,A,judge\n", ""},
        {"a quote that nothing closes", HEAD "\"a@x.org,A,judge\nb@x.org,B,judge\n", "2:"},
        {"right to left, formulas, quotes",
         HEAD
         "a@x.org,\xd7\x9b\xd7\x94\xd7\x9f,judge,,,,,,\nb@x.org,\"=1+1 \"\"B\"\"\",judge,,,,,,\n",
         ""},
    };

    CT_EACH (c, cases) {
        struct ct_import_result res = {0};
        void *fresh = NULL;
        assert_int_equal(orgs_open(&fresh), 0);
        struct orgs *o = fresh;
        county(o);
        int dry = import(o, ct_sv_c(c->text), true, &res);
        CT_EQ_SV(c->name, problems(o, &res), ct_sv_c(c->want));
        CT_EQ_I64(c->name, dry, *c->want ? CT_BAD_INPUT : CT_OK);
        size_t would = res.added;
        CT_EQ_I64(c->name, import(o, ct_sv_c(c->text), false, &res), dry);
        CT_EQ_I64(c->name, res.added, would);
        CT_EQ_I64(c->name, count_people(o), *c->want ? 0 : would);
        orgs_close(&fresh);
    }
    (void)state;
}

/* A stray quotation mark can make a problem of each of millions of lines. */
static void too_many_lines_and_problems_are_not_all_kept(void **state)
{
    static const char line[] = "\"x\"y\n";
    CT_AUTO_STR text = CT_STR_INIT((size_t)CT_IMPORT_FILE_MAX);
    struct ct_import_result res = {0};

    ct_str_add_c(&text, "email,name\n");
    for (size_t i = 0; i < CT_IMPORT_LINES_MAX + 100; i++)
        ct_str_add(&text, line, sizeof line - 1);
    CT_EQ_I64("refused", import(*state, ct_str_sv(&text), true, &res), CT_BAD_INPUT);
    CT_EQ_I64("lines", res.lines, CT_IMPORT_LINES_MAX);
    CT_EQ_I64("counted, and the file itself", res.n_problems, CT_IMPORT_LINES_MAX + 1);
    CT_EQ_I64("listed", res.n_listed, CT_IMPORT_LISTED_MAX);
    CT_EQ_I64("the last listed", res.problems[res.n_listed - 1].line, CT_IMPORT_LISTED_MAX + 1);

    ct_str_reset(&text);
    ct_str_add_c(&text, "email,active\n");
    for (size_t i = 0; i <= CT_IMPORT_LINES_MAX; i++)
        ct_str_add_c(&text, i < CT_IMPORT_LINES_MAX ? "\n" : "a,yes\n");
    CT_EQ_I64("refused for the one that is none", import(*state, ct_str_sv(&text), true, &res),
              CT_BAD_INPUT);
    CT_EQ_I64("one line", res.lines, 1);
}

static void expect(struct orgs *o, const char *name, const char *text, size_t added, size_t changed,
                   size_t unchanged)
{
    import_expect(o, CT_IMPORT_PEOPLE, name, text, added, changed, unchanged);
}

static void each_line_does_what_it_says_and_once(void **state)
{
    struct orgs *o = *state;

    county(o);
    expect(o, "new", HEAD "a@x.org,Ana,judge,dcs,intake,mdt,E1,2020-01-31,\n", 1, 0, 0);
    expect(o, "a name for certificates", "email,certificate_name\na@x.org,Dr. Ana\n", 0, 1, 0);
    expect(o, "empty cells", HEAD "a@x.org,,,,,,,,\n", 0, 0, 1);
    expect(o, "another discipline", HEAD "a@x.org,,advocate,,,,,,\n", 0, 1, 0);
    expect(o, "another unit", HEAD "a@x.org,,,dcs,court,,,,\n", 0, 1, 0);
    expect(o, "the agency, where a unit is known", HEAD "a@x.org,,,dcs,,,,,\n", 0, 0, 1);
    expect(o, "a second agency", HEAD "a@x.org,,,pd,vice,,,,\n", 0, 1, 0);
    expect(o, "another address, known by number", HEAD "ana@x.org,,,dcs,,,E1,,\n", 0, 1, 0);
    expect(o, "inactive", HEAD "ana@x.org,,,,,,,,FALSE\n", 0, 1, 0);
    expect(o, "active, and one more", HEAD "ana@x.org,,,,,,,,1\nb@x.org,B,judge,,,,,,no\n", 1, 1,
           0);
    struct ct_org_bond *bonds;
    struct ct_org *orgs;
    size_t n, n_orgs;
    struct ct_sv where = CT_SV("");
    CT_AUTO_READER rd = ct_store_reader(o->store);
    CT_OK_("orgs", ct_org_list(rd.db, &o->a, &orgs, &n_orgs, NULL), NULL);
    CT_OK_("bonds", ct_org_bonds(rd.db, &o->a, CT_TIE_MEMBER, o->now, &bonds, &n, NULL), NULL);
    for (size_t i = 0; i < n_orgs; i++)
        for (size_t k = 0; k < n; k++)
            if (bonds[k].org == orgs[i].id && bonds[k].who == 1)
                where =
                    ct_arena_printf(&o->a, "%.*s %.*s", CT_SV_ARG(where), CT_SV_ARG(orgs[i].path));
    CT_EQ_SV("where Ana is", where, CT_SV(" dcs/court pd/vice mdt"));
}

static void who_is_meant_must_be_clear(void **state)
{
    struct orgs *o = *state;
    struct ct_import_result res = {0};

    county(o);
    orgs_person(o, "boss", CT_ROLE_ADMIN);
    CT_OK_("two",
           import(o, CT_SV(HEAD "a@x.org,A,judge,dcs,,,E1,,\nb@x.org,B,judge,dcs,,,E2,,\n"), false,
                  &res),
           NULL);
    import(o, CT_SV(HEAD "a@x.org,,,dcs,,,E2,,\n"), false, &res);
    CT_EQ_SV("another's number", problems(o, &res), CT_SV("2:employer_id"));
    import(o, CT_SV(HEAD "boss@example.org,,,,,,,,no\n"), false, &res);
    CT_EQ_SV("an administrator", problems(o, &res), CT_SV("2:active"));
}

static void many_lines_are_taken_in_one_go(void **state)
{
    enum { LINES = 5000 };
    struct orgs *o = *state;
    struct ct_import_result res = {0};
    CT_AUTO_STR text = CT_STR_INIT(CT_IMPORT_FILE_MAX);

    county(o);
    ct_str_add_c(&text, HEAD);
    for (int i = 0; i < LINES; i++)
        ct_str_addf(&text, "p%d@x.org,P %d,judge,dcs,intake,,E%d,,\r\n", i, i, i);
    CT_OK_("first", import(o, ct_str_sv(&text), false, &res), NULL);
    CT_EQ_I64("added", res.added, LINES);
    CT_OK_("again", import(o, ct_str_sv(&text), false, &res), NULL);
    CT_EQ_I64("as they were", res.unchanged, LINES);
}

/* While a file is looked at, somebody else makes the account of one of its lines. */
struct meddler {
    struct orgs *o;
    bool did;
    size_t told, writing;
};

static int meddle(void *arg, const struct ct_import_state *at, struct ct_err *err)
{
    struct meddler *m = arg;
    struct ct_person p = {.email = CT_SV("p1@x.org"),
                          .name = CT_SV("Somebody"),
                          .discipline = CT_SV("judge"),
                          .roles = CT_ROLE_LEARNER};
    int64_t id;

    assert_true(at->done <= at->total);
    m->told++;
    m->writing += at->writes;
    if (at->writes || m->did)
        return CT_OK;
    m->did = true;
    return ct_person_add(m->o->store, &m->o->clock, &p, &id, err);
}

static int stop_while_writing(void *arg, const struct ct_import_state *at, struct ct_err *err)
{
    (void)arg;
    return at->writes ? ct_fail(err, CT_CONFLICT, "order", "stopped") : CT_OK;
}

static void add_lines(struct ct_str *text, int n)
{
    ct_str_add_c(text, HEAD);
    for (int i = 0; i < n; i++)
        ct_str_addf(text, "p%d@x.org,P %d,judge,dcs,intake,mdt; mdt,E%d,,\n", i, i, i);
}

static void what_was_recorded_while_looking_is_looked_at_again(void **state)
{
    struct orgs *o = *state;
    struct meddler m = {.o = o};
    struct ct_import_result res = {0};
    struct ct_err err = CT_ERR_INIT;
    CT_AUTO_STR text = CT_STR_INIT(CT_IMPORT_FILE_MAX);

    county(o);
    add_lines(&text, 1200);
    struct ct_import_wish wish = {
        .text = ct_str_sv(&text), .cat = import_catalogue(&o->a), .progress = meddle, .arg = &m};
    CT_OK_("import", ct_import(o->store, &o->clock, &o->a, CT_IMPORT_PEOPLE, &wish, &res, &err),
           &err);
    CT_EQ_I64("of both passes", (int64_t)m.told, 4);
    CT_EQ_I64("the second inside the transaction", (int64_t)m.writing, 2);
    CT_EQ_I64("added", (int64_t)res.added, 1199);
    CT_EQ_I64("the one that was there by then", (int64_t)res.changed, 1);
    CT_EQ_I64("nobody twice", (int64_t)count_people(o), 1200);
}

static void one_that_is_stopped_while_it_writes_leaves_nothing(void **state)
{
    struct orgs *o = *state;
    struct ct_import_result res = {0};
    CT_AUTO_STR text = CT_STR_INIT(CT_IMPORT_FILE_MAX);

    county(o);
    add_lines(&text, 1200);
    struct ct_import_wish wish = {
        .text = ct_str_sv(&text), .cat = import_catalogue(&o->a), .progress = stop_while_writing};
    CT_EQ_I64("stopped", ct_import(o->store, &o->clock, &o->a, CT_IMPORT_PEOPLE, &wish, &res, NULL),
              CT_CONFLICT);
    CT_EQ_I64("nobody", (int64_t)count_people(o), 0);
    wish.progress = NULL;
    CT_OK_("again", ct_import(o->store, &o->clock, &o->a, CT_IMPORT_PEOPLE, &wish, &res, NULL),
           NULL);
    CT_EQ_I64("everybody", (int64_t)count_people(o), 1200);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, orgs_open, orgs_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_be_is_told_by_line_and_column),
        TEST(too_many_lines_and_problems_are_not_all_kept),
        TEST(each_line_does_what_it_says_and_once),
        TEST(who_is_meant_must_be_clear),
        TEST(many_lines_are_taken_in_one_go),
        TEST(what_was_recorded_while_looking_is_looked_at_again),
        TEST(one_that_is_stopped_while_it_writes_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
