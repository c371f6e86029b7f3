/*
 * test_token.c: tokens of programs: shown once, stored hashed, ended by time, by hand and with
 * their person's rights.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "ct/learn/token.h"

#include "ct/base/banned.h"

struct fixture {
    struct ct_temp temp;
    struct ct_store *store;
    struct ct_arena arena;
    int64_t now, manager, other, learner;
    struct ct_clock clock;
};

static int64_t add(struct fixture *f, const char *email, unsigned roles)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_person p = {.email = ct_sv_c(email),
                          .name = CT_SV("Zoë"),
                          .discipline = CT_SV("advocate"),
                          .roles = roles};
    int64_t id = 0;

    CT_OK_(email, ct_person_add(f->store, &f->clock, &p, &id, &err), &err);
    return id;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    if (!f || ct_secret_init(NULL) < 0)
        return -1;
    ct_temp_make(&f->temp);
    f->store = ct_temp_store(&f->temp);
    f->now = 1700000000; /* 2023-11-14 */
    f->clock = (struct ct_clock){ct_fixed_now, &f->now};
    f->manager = add(f, "mo@example.org", CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    f->other = add(f, "max@example.org", CT_ROLE_LEARNER | CT_ROLE_ADMIN);
    f->learner = add(f, "lea@example.org", CT_ROLE_LEARNER);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ct_arena_release(&f->arena);
    ct_store_close(f->store);
    ct_temp_remove(&f->temp);
    free(f);
    return 0;
}

static void make(struct fixture *f, int64_t person, int64_t days, char *text)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_token_wish w = {person, CT_SV(" Dashboard "), CT_TOKEN_REPORTS_READ, days, person};

    CT_OK_("token", ct_token_make(f->store, &f->clock, &w, text, &err), &err);
}

static int find(struct fixture *f, const char *text, struct ct_session *ret, struct ct_err *err)
{
    struct ct_session unused;
    unsigned scopes;

    ct_store_drain(f->store); /* what earlier ones left behind them */
    return ct_token_find(f->store, &f->clock, ct_sv_c(text), CT_SV("192.0.2.7"),
                         ret ? ret : &unused, &scopes, err);
}

static struct ct_token *list(struct fixture *f, int64_t person, size_t want)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_token *tokens;
    size_t n;

    ct_store_drain(f->store);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_OK_("list", ct_token_list(rd.db, &f->arena, &f->clock, person, &tokens, &n, &err), &err);
    CT_EQ_I64("so many", n, want);
    return tokens;
}

static int64_t number(struct fixture *f, const struct ct_sql *sql)
{
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, sql);

    assert_int_equal(ct_stmt_step(&st, NULL), 1);
    return ct_col_i64(&st, "n");
}

static void a_token_knows_whose_it_is(void **state)
{
    struct fixture *f = *state;
    struct ct_session s;
    char text[CT_BEARER_TEXT + 1], again[CT_BEARER_TEXT + 1];

    make(f, f->manager, 90, text);
    make(f, f->manager, 90, again);
    assert_string_not_equal(text, again);
    CT_EQ_I64("its length", strlen(text), CT_BEARER_TEXT);
    CT_EQ_I64("how it begins", strncmp(text, CT_TOKEN_PREFIX, strlen(CT_TOKEN_PREFIX)), 0);
    CT_EQ_I64("found", find(f, text, &s, NULL), CT_OK);
    CT_EQ_I64("person", s.person, f->manager);
    CT_EQ_I64("roles", s.roles, CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    CT_EQ_STR("name", s.name, "Zoë");
    CT_EQ_STR("no form token", s.csrf, "");
}

static void the_database_holds_no_token(void **state)
{
    static const struct ct_sql LIKE = {
        "select count(*) as n from token where token_hash like 'ctr%' or length(token_hash) <> 64"
        " or name like 'ctr%' or scopes like 'ctr%'"};
    struct fixture *f = *state;
    char text[CT_BEARER_TEXT + 1], hash[CT_HASH_HEX + 1];

    make(f, f->manager, 90, text);
    CT_EQ_I64("nothing that looks like one", number(f, &LIKE), 0);
    CT_EQ_I64("the hash is none", find(f, ct_hash_hex(ct_sv_c(text), hash), NULL, NULL), CT_DENIED);
}

static void wishes_are_judged(void **state)
{
    struct fixture *f = *state;
    const struct {
        const char *name, *says;
        int64_t person;
        unsigned scopes;
        int64_t days;
        int want;
        const char *what;
    } cases[] = {
        {"a day", "x", f->manager, 1, 1, CT_OK, ""},
        {"a year and a day", "x", f->manager, 1, 366, CT_OK, ""},
        {"an administrator", "x", f->other, 1, 90, CT_OK, ""},
        {"60 letters", "ōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōō", f->manager,
         1, 1, CT_OK, ""},
        {"61", "ōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōōō", f->manager, 1, 1,
         CT_BAD_INPUT, "name"},
        {"no name", " ", f->manager, 1, 90, CT_BAD_INPUT, "name"},
        {"no scope", "x", f->manager, 0, 90, CT_BAD_INPUT, "scope"},
        {"a scope that there is not", "x", f->manager, 3, 90, CT_BAD_INPUT, "scope"},
        {"no day", "x", f->manager, 1, 0, CT_BAD_INPUT, "days"},
        {"more than a leap year", "x", f->manager, 1, 367, CT_BAD_INPUT, "days"},
        {"a learner", "x", f->learner, 1, 90, CT_DENIED, "role"},
        {"nobody", "x", 99, 1, 90, CT_NOT_FOUND, "person"},
    };

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        char text[CT_BEARER_TEXT + 1];
        struct ct_token_wish w = {c->person, ct_sv_c(c->says), c->scopes, c->days, c->person};
        CT_EQ_I64(c->name, ct_token_make(f->store, &f->clock, &w, text, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void one_has_so_many_and_no_more(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    char text[CT_BEARER_TEXT + 1];
    struct ct_token_wish w = {f->manager, CT_SV("x"), CT_TOKEN_REPORTS_READ, 1, 0};

    for (int i = 0; i < CT_TOKENS_MAX; i++)
        make(f, f->manager, 1, text);
    CT_EQ_I64("one too many", ct_token_make(f->store, &f->clock, &w, text, &err), CT_CONFLICT);
    make(f, f->other, 1, text);
    struct ct_token *tokens = list(f, f->manager, CT_TOKENS_MAX);
    CT_OK_("revoke",
           ct_token_revoke(f->store, &f->clock, tokens[0].id, f->manager, f->manager, &err), &err);
    make(f, f->manager, 1, text);
    f->now += 2 * 86400;
    make(f, f->manager, 1, text); /* those before have ended */
}

static void a_token_ends_with_its_time(void **state)
{
    struct fixture *f = *state;
    char text[CT_BEARER_TEXT + 1];

    make(f, f->manager, 90, text);
    f->now += 90 * 86400 - 1;
    CT_EQ_I64("the last second", find(f, text, NULL, NULL), CT_OK);
    f->now += 1;
    CT_EQ_I64("over", find(f, text, NULL, NULL), CT_DENIED);
    CT_EQ_I64("and said so", list(f, f->manager, 1)[0].state, CT_TOKEN_EXPIRED);
}

static void a_token_is_revoked_by_its_owner(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    char text[CT_BEARER_TEXT + 1];

    make(f, f->manager, 90, text);
    int64_t id = list(f, f->manager, 1)[0].id;
    CT_EQ_I64("by nobody else", ct_token_revoke(f->store, &f->clock, id, f->other, f->other, NULL),
              CT_NOT_FOUND);
    CT_EQ_I64("none", ct_token_revoke(f->store, &f->clock, 99, 0, 0, NULL), CT_NOT_FOUND);
    CT_EQ_I64("still good", find(f, text, NULL, NULL), CT_OK);
    CT_OK_("revoke", ct_token_revoke(f->store, &f->clock, id, f->manager, f->manager, &err), &err);
    CT_EQ_I64("refused", find(f, text, NULL, NULL), CT_DENIED);
    f->now += 5;
    CT_OK_("again", ct_token_revoke(f->store, &f->clock, id, 0, 0, &err), &err);
    struct ct_token *t = list(f, f->manager, 1);
    CT_EQ_I64("its state", t->state, CT_TOKEN_REVOKED);
    CT_EQ_I64("the first time stands", t->revoked_at, 1700000000);
}

static void a_token_has_the_rights_of_today(void **state)
{
    static const struct ct_sql DEMOTE = {"update person set roles = 1 where id = 1"};
    struct fixture *f = *state;
    struct ct_session s;
    char text[CT_BEARER_TEXT + 1];
    struct ct_db *db = NULL;

    make(f, f->manager, 90, text);
    CT_EQ_I64("disabled", ct_person_set_active(f->store, &f->clock, f->manager, false, 0, NULL),
              CT_OK);
    CT_EQ_I64("refused", find(f, text, NULL, NULL), CT_DENIED);
    CT_EQ_I64("enabled", ct_person_set_active(f->store, &f->clock, f->manager, true, 0, NULL),
              CT_OK);
    CT_EQ_I64("taken", find(f, text, NULL, NULL), CT_OK);
    assert_int_equal(ct_db_open(ct_temp_path(&f->temp, "test.db"), false, &db, NULL), CT_OK);
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &DEMOTE);
        assert_int_equal(ct_stmt_run(&st, NULL), CT_OK);
    }
    ct_db_close(db);
    CT_EQ_I64("still theirs", find(f, text, &s, NULL), CT_OK);
    CT_EQ_I64("with the roles of now", s.roles, CT_ROLE_LEARNER);
}

static void the_last_day_of_use_is_kept(void **state)
{
    static const struct ct_sql DAYS = {"select count(*) as n from token_use"};
    struct fixture *f = *state;
    char text[CT_BEARER_TEXT + 1];

    make(f, f->manager, 90, text);
    assert_null(list(f, f->manager, 1)->used_on.p);
    for (int i = 0; i < 3; i++)
        find(f, text, NULL, NULL);
    CT_EQ_SV("today", list(f, f->manager, 1)->used_on, CT_SV("2023-11-14"));
    f->now += 86400;
    find(f, text, NULL, NULL);
    CT_EQ_SV("the next day", list(f, 0, 1)->used_on, CT_SV("2023-11-15"));
    CT_EQ_I64("a row a day", number(f, &DAYS), 2);
}

static void wrong_tokens_are_slowed_down_and_good_ones_are_not(void **state)
{
    static const struct ct_sql FAILURES = {"select count(*) as n from token_failure"};
    static const char *const wrong[] = {
        "", "ctr_", "ctr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "nonsense"};
    struct fixture *f = *state;
    struct ct_err first = CT_ERR_INIT;
    char text[CT_BEARER_TEXT + 1];

    make(f, f->manager, 90, text);
    for (size_t i = 0; i < CT_TOKEN_FAILURES_MAX; i++) {
        struct ct_err err = CT_ERR_INIT;
        const char *one = wrong[i % (sizeof wrong / sizeof wrong[0])];
        CT_EQ_I64(one, find(f, one, NULL, &err), CT_DENIED);
        if (i == 0)
            first = err;
        CT_EQ_STR("in the same words", err.text, first.text);
    }
    CT_EQ_I64("too many", find(f, wrong[2], NULL, NULL), CT_CONFLICT);
    CT_EQ_I64("are not noted", (ct_store_drain(f->store), number(f, &FAILURES)),
              CT_TOKEN_FAILURES_MAX);
    CT_EQ_I64("a good one is taken", find(f, text, NULL, NULL), CT_OK);
    f->now += CT_TOKEN_FAILURES_WINDOW;
    CT_EQ_I64("forgotten", find(f, wrong[2], NULL, NULL), CT_DENIED);
    CT_EQ_I64("and gone", (ct_store_drain(f->store), number(f, &FAILURES)), 1);
}

static void scopes_have_names(void **state)
{
    struct fixture *f = *state;
    unsigned scopes = 9;

    CT_EQ_SV("one", ct_token_scope_names(&f->arena, CT_TOKEN_SCOPES_ALL), CT_SV("reports:read"));
    CT_EQ_SV("none", ct_token_scope_names(&f->arena, 0), CT_SV(""));
    assert_true(ct_token_scope_parse(CT_SV("reports:read reports:read"), &scopes));
    CT_EQ_I64("read", scopes, CT_TOKEN_REPORTS_READ);
    assert_true(ct_token_scope_parse(CT_SV(""), &scopes));
    CT_EQ_I64("nothing", scopes, 0);
    assert_false(ct_token_scope_parse(CT_SV("reports:write"), &scopes));
    assert_false(ct_token_scope_parse(CT_SV("reports:read people:write"), &scopes));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_token_knows_whose_it_is),
        TEST(the_database_holds_no_token),
        TEST(wishes_are_judged),
        TEST(one_has_so_many_and_no_more),
        TEST(a_token_ends_with_its_time),
        TEST(a_token_is_revoked_by_its_owner),
        TEST(a_token_has_the_rights_of_today),
        TEST(the_last_day_of_use_is_kept),
        TEST(wrong_tokens_are_slowed_down_and_good_ones_are_not),
        TEST(scopes_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
