/*
 * test_desks.c: that learners are answered while trainers keep the server busy.
 */
#include "site.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "ct/base/banned.h"

enum { TRAINERS = SITE_WORKERS - 1, ROUNDS = 50, PATIENCE_S = 120 };

struct trainer {
    pthread_t thread;
    struct ct_worker worker;
    const struct browser *signed_in;
    atomic_int *begun;
    int status;
};

static void *look_at_map(void *arg)
{
    struct trainer *t = arg;
    char cookies[CT_TOKEN_TEXT + 64];
    struct ct_request rq = {.method = CT_SV("GET"),
                            .target = CT_SV("/author/map/basics/the-call"),
                            .http_version = CT_SV("1.1"),
                            .host = CT_SV("localhost:8080"),
                            .n_hosts = 1,
                            .accept = CT_SV("text/html")};
    struct ct_response *rs;

    snprintf(cookies, sizeof cookies, "ct_session=%s", t->signed_in->session);
    rq.cookie = ct_sv_c(cookies);
    atomic_fetch_add(t->begun, 1);
    ct_app_handle(&t->worker, &rq, &rs);
    t->status = rs->status;
    return NULL;
}

/* More trainers than the database has readers wait for a picture that is not finished. */
static void learners_need_not_wait_for_trainers(void **state)
{
    struct site *s = *state;
    struct trainer trainers[TRAINERS];
    AUTO_BROWSER tess = {.site = s}, lee = {.site = s};
    atomic_int begun = 0;

    site_person(s, "tess@example.org", "Tess Trainer", "prosecutor",
                CT_ROLE_LEARNER | CT_ROLE_TRAINER);
    site_person(s, "lee@example.org", "Lee Learner", "advocate", CT_ROLE_LEARNER);
    browser_sign_in(&tess, "tess@example.org");
    browser_sign_in(&lee, "lee@example.org");
    alarm(PATIENCE_S); /* instead of waiting for ever */
    ct_drawings_lock(s->app->drawings);
    for (size_t i = 0; i < TRAINERS; i++) {
        trainers[i] = (struct trainer){.signed_in = &tess, .begun = &begun};
        ct_worker_init(&trainers[i].worker, s->app, i + 1);
        CT_EQ_I64("thread", pthread_create(&trainers[i].thread, NULL, look_at_map, &trainers[i]),
                  0);
    }
    for (int rounds = 0; rounds < ROUNDS; rounds += atomic_load(&begun) == TRAINERS)
        CT_EQ_I64("a learner reads", browser_get(&lee, "/courses/basics/seeing/what-you-see"), 200);
    ct_drawings_unlock(s->app->drawings);
    for (size_t i = 0; i < TRAINERS; i++) {
        CT_EQ_I64("joined", pthread_join(trainers[i].thread, NULL), 0);
        CT_EQ_I64("then the trainers get theirs", trainers[i].status, 200);
        ct_worker_release(&trainers[i].worker);
    }
    alarm(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(learners_need_not_wait_for_trainers, site_open, site_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
