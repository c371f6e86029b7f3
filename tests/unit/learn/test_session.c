/*
 * test_session.c: signing in, staying signed in, and not.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "ct/learn/session.h"

#include <pthread.h>

#include "ct/base/banned.h"

struct fixture {
    struct ct_temp temp;
    struct ct_store *store;
    int64_t now, person;
    struct ct_clock clock;
    struct ct_sessions sessions;
    struct ct_session_cache cache, other; /* of two workers */
};

#define EMAIL    CT_SV("zoe@example.org")
#define PASSWORD CT_SV("correct horse battery")

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct ct_person p = {.email = EMAIL,
                          .name = CT_SV("Zoë"),
                          .discipline = CT_SV("advocate"),
                          .roles = CT_ROLE_LEARNER | CT_ROLE_MANAGER};

    ct_temp_make(&f->temp);
    f->store = ct_temp_store(&f->temp);
    f->now = 1700000000;
    f->clock = (struct ct_clock){ct_fixed_now, &f->now};
    ct_sessions_init(&f->sessions, f->store, &f->clock);
    *state = f;
    if (ct_secret_init(NULL) < 0 || ct_person_add(f->store, &f->clock, &p, &f->person, NULL) < 0)
        return -1;
    return ct_person_set_password(f->store, f->person, PASSWORD, NULL);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ct_store_close(f->store);
    ct_temp_remove(&f->temp);
    free(f);
    return 0;
}

static void sign_in(struct fixture *f, char *token)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_("sign in",
           ct_session_open(&f->sessions, CT_SV(" Zoe@example.org "), PASSWORD, token, &err), &err);
}

static void a_session_knows_whose_it_is(void **state)
{
    struct fixture *f = *state;
    char token[CT_TOKEN_TEXT + 1];
    const struct ct_session *s;

    sign_in(f, token);
    s = ct_session_find(&f->sessions, &f->cache, ct_sv_c(token));
    assert_non_null(s);
    CT_EQ_I64("person", s->person, f->person);
    CT_EQ_STR("name", s->name, "Zoë");
    CT_EQ_STR("discipline", s->discipline, "advocate");
    CT_EQ_I64("roles", s->roles, CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    CT_EQ_I64("form token", strlen(s->csrf), CT_HASH_HEX);
    assert_string_not_equal(s->csrf, s->token_hash);
    assert_null(ct_session_find(&f->sessions, &f->cache, CT_SV("short")));
    token[0] = token[0] == 'A' ? 'B' : 'A';
    assert_null(ct_session_find(&f->sessions, &f->cache, ct_sv_c(token)));
}

static void wrong_pairs_are_refused_in_the_same_words(void **state)
{
    static const struct {
        const char *name, *email, *password;
    } cases[] = {
        {"wrong password", "zoe@example.org", "wrong horse battery"},
        {"unknown address", "nobody@example.org", "correct horse battery"},
        {"empty password", "zoe@example.org", ""},
        {"empty address", "", "correct horse battery"},
    };
    struct fixture *f = *state;
    char token[CT_TOKEN_TEXT + 1], first[256] = "";

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(
            c->name,
            ct_session_open(&f->sessions, ct_sv_c(c->email), ct_sv_c(c->password), token, &err),
            CT_DENIED);
        if (first[0])
            CT_EQ_STR(c->name, err.text, first);
        snprintf(first, sizeof first, "%s", err.text);
    }
}

static void a_place_to_verify_is_given_back(void **state)
{
    struct fixture *f = *state;
    char token[CT_TOKEN_TEXT + 1];
    int free_places = 0;

    sign_in(f, token);
    CT_EQ_I64("wrong", ct_session_open(&f->sessions, EMAIL, CT_SV("wrong one"), token, NULL),
              CT_DENIED);
    assert_int_equal(sem_getvalue(&f->sessions.verifying, &free_places), 0);
    CT_EQ_I64("all are free", free_places, CT_VERIFYING_MAX);
    for (int i = 0; i < CT_VERIFYING_MAX; i++)
        assert_int_equal(sem_trywait(&f->sessions.verifying), 0);
    assert_int_equal(sem_trywait(&f->sessions.verifying), -1);
}

static void guessing_is_stopped_and_forgotten_after_its_time(void **state)
{
    struct fixture *f = *state;
    char token[CT_TOKEN_TEXT + 1];

    for (int i = 0; i < 10; i++)
        assert_int_equal(ct_session_open(&f->sessions, EMAIL, CT_SV("wrong one"), token, NULL),
                         CT_DENIED);
    assert_int_equal(ct_session_open(&f->sessions, EMAIL, PASSWORD, token, NULL), CT_DENIED);
    f->now += 15 * 60 + 1;
    sign_in(f, token);
}

enum { GUESSERS = 24 };
struct guess {
    struct fixture *f;
    pthread_t thread;
};

static void *guess_once(void *arg)
{
    struct guess *g = arg;
    char token[CT_TOKEN_TEXT + 1];

    ct_session_open(&g->f->sessions, EMAIL, CT_SV("wrong horse battery"), token, NULL);
    return NULL;
}

static void guesses_at_the_same_time_are_counted(void **state)
{
    static const struct ct_sql COUNT = {"select count(*) as n from sign_in_failure"};
    struct fixture *f = *state;
    struct guess guesses[GUESSERS];

    for (size_t i = 0; i < GUESSERS; i++) {
        guesses[i].f = f;
        assert_int_equal(pthread_create(&guesses[i].thread, NULL, guess_once, &guesses[i]), 0);
    }
    for (size_t i = 0; i < GUESSERS; i++)
        pthread_join(guesses[i].thread, NULL);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_AUTO_STMT st = ct_db_stmt(rd.db, &COUNT);
    assert_int_equal(ct_stmt_step(&st, NULL), 1);
    CT_EQ_I64("ten were verified, the rest refused", ct_col_i64(&st, "n"), 10);
}

static void signing_out_is_seen_by_all_workers_at_once(void **state)
{
    struct fixture *f = *state;
    char token[CT_TOKEN_TEXT + 1];
    struct ct_err err = CT_ERR_INIT;

    sign_in(f, token);
    assert_non_null(ct_session_find(&f->sessions, &f->cache, ct_sv_c(token)));
    assert_non_null(ct_session_find(&f->sessions, &f->other, ct_sv_c(token)));
    CT_OK_("close", ct_session_close(&f->sessions, ct_sv_c(token), &err), &err);
    assert_null(ct_session_find(&f->sessions, &f->cache, ct_sv_c(token)));
    assert_null(ct_session_find(&f->sessions, &f->other, ct_sv_c(token)));
}

static void disabling_from_elsewhere_ends_a_session_within_seconds(void **state)
{
    struct fixture *f = *state;
    char token[CT_TOKEN_TEXT + 1];

    sign_in(f, token);
    assert_non_null(ct_session_find(&f->sessions, &f->cache, ct_sv_c(token)));
    assert_int_equal(ct_person_set_active(f->store, &f->clock, f->person, false, 0, NULL), CT_OK);
    f->now += CT_SESSION_RECHECK;
    assert_null(ct_session_find(&f->sessions, &f->cache, ct_sv_c(token)));
    assert_int_equal(ct_session_open(&f->sessions, EMAIL, PASSWORD, token, NULL), CT_DENIED);
}

static void a_session_ends_when_idle_but_not_in_use(void **state)
{
    struct fixture *f = *state;
    char token[CT_TOKEN_TEXT + 1];

    sign_in(f, token);
    for (int hour = 0; hour < 20; hour++) {
        f->now += 3600;
        assert_non_null(ct_session_find(&f->sessions, &f->cache, ct_sv_c(token)));
        ct_store_drain(f->store);
    }
    f->now += CT_SESSION_IDLE;
    assert_null(ct_session_find(&f->sessions, &f->cache, ct_sv_c(token)));
}

static void a_new_password_ends_the_old_sessions(void **state)
{
    struct fixture *f = *state;
    char token[CT_TOKEN_TEXT + 1];

    sign_in(f, token);
    assert_int_equal(ct_person_set_password(f->store, f->person, CT_SV("another good one"), NULL),
                     CT_OK);
    ct_sessions_changed(&f->sessions);
    assert_null(ct_session_find(&f->sessions, &f->cache, ct_sv_c(token)));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_session_knows_whose_it_is),
        TEST(wrong_pairs_are_refused_in_the_same_words),
        TEST(a_place_to_verify_is_given_back),
        TEST(guessing_is_stopped_and_forgotten_after_its_time),
        TEST(guesses_at_the_same_time_are_counted),
        TEST(signing_out_is_seen_by_all_workers_at_once),
        TEST(disabling_from_elsewhere_ends_a_session_within_seconds),
        TEST(a_session_ends_when_idle_but_not_in_use),
        TEST(a_new_password_ends_the_old_sessions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
