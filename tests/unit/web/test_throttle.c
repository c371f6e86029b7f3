/*
 * test_throttle.c: how many wrong guesses an address has, and when they come back.
 */
#include "ct_test.h"

#include "ct/base/secret.h"
#include "ct/web/throttle.h"

#include <stdio.h>

#include "ct/base/banned.h"

static int open_throttle(void **state)
{
    if (ct_secret_init(NULL) < 0)
        return -1;
    *state = ct_throttle_new();
    return *state ? 0 : -1;
}

static int close_throttle(void **state)
{
    ct_throttle_free(*state);
    return 0;
}

static int misses(struct ct_throttle *t, const char *address, int64_t now, int n)
{
    int answered = 0;

    while (n--)
        answered += ct_throttle_miss(t, ct_sv_c(address), now) == 0;
    return answered;
}

static void tries_come_back_with_time(void **state)
{
    static const struct {
        const char *name;
        int64_t at;
        int tries, answered;
    } steps[] = {
        {"a full bucket", 1000, 100, CT_THROTTLE_TRIES},
        {"at once", 1000, 10, 0},
        {"before one is back", 1001, 10, 0},
        {"one is back", 1002, 10, 1},
        {"five are", 1012, 10, 5},
        {"a clock that goes back gives none", 900, 10, 0},
        {"all are, and no more", 100000, 100, CT_THROTTLE_TRIES},
    };

    CT_EACH (s, steps)
        CT_EQ_I64(s->name, misses(*state, "192.0.2.1", s->at, s->tries), s->answered);
}

static void the_wait_is_said(void **state)
{
    misses(*state, "192.0.2.1", 1000, CT_THROTTLE_TRIES);
    CT_EQ_I64("the whole", ct_throttle_miss(*state, CT_SV("192.0.2.1"), 1000), 2);
    CT_EQ_I64("the rest", ct_throttle_miss(*state, CT_SV("192.0.2.1"), 1001), 1);
    CT_EQ_I64("none", ct_throttle_miss(*state, CT_SV("192.0.2.1"), 1002), 0);
}

static void neighbours_are_told_apart_by_network(void **state)
{
    static const struct {
        const char *name, *one, *other;
        bool together;
    } cases[] = {
        {"the same", "192.0.2.1", "192.0.2.1", true},
        {"another of IPv4", "192.0.2.1", "192.0.2.2", false},
        {"one household of IPv6", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:9:9:9:9", true},
        {"written briefly", "2001:db8:1:2::1", "2001:db8:1:2::2", true},
        {"another household", "2001:db8:1:2::1", "2001:db8:1:3::1", false},
        {"IPv4 in IPv6", "::ffff:192.0.2.1", "::ffff:192.0.2.2", false},
        {"the machine itself", "::1", "::1", true},
        {"nothing is an address, too", "", "", true},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_throttle *t = ct_throttle_new();
        assert_non_null(t);
        misses(t, c->one, 1000, 100);
        CT_EQ_I64(c->name, misses(t, c->other, 1000, 1), c->together ? 0 : 1);
        ct_throttle_free(t);
    }
}

/* More addresses than there are places: nobody who guessed much is soon forgotten for them. */
static void many_addresses_do_not_wash_one_away(void **state)
{
    char address[64];

    misses(*state, "192.0.2.1", 1000, 100);
    for (int i = 0; i < 2 * CT_THROTTLE_PLACES; i++) {
        snprintf(address, sizeof address, "10.%d.%d.1", i / 256, i % 256);
        CT_EQ_I64("each has its own", misses(*state, address, 1000, 1), 1);
    }
    CT_EQ_I64("still empty", misses(*state, "192.0.2.1", 1000, 1), 0);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, open_throttle, close_throttle)
    const struct CMUnitTest tests[] = {
        T(tries_come_back_with_time),
        T(the_wait_is_said),
        T(neighbours_are_told_apart_by_network),
        T(many_addresses_do_not_wash_one_away),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
