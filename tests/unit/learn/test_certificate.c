/*
 * test_certificate.c: what a certificate is worth on which day, whose name it bears, who revoked
 * it, and which ones a list has.
 */
#include "fixture.h"

#include "../../../server/learn/certificate_priv.h"

#include "ct/base/banned.h"

static int64_t at_day(const char *text, int64_t second)
{
    struct ct_date day, other;
    int64_t t = INT64_C(978307200); /* 2001-01-01 */

    assert_true(ct_date_parse(ct_sv_c(text), &day));
    for (int step = 86400 * 256; step >= 86400; step /= 2)
        for (other = ct_date_of(t + step); ct_date_cmp(other, day) <= 0;
             other = ct_date_of(t + step))
            t += step;
    return t + second;
}

/* Of somebody whose days are those of UTC. */
static void find_days(struct ct_certificate *c)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_homes homes = {.nobody = {.of = &homes}};

    CT_OK_("zone", ct_zone_open(CT_SV("UTC"), &homes.site, &err), &err);
    ct_certificate_find_days(c, &homes.nobody);
    ct_homes_free(&homes);
}

static void expiry_is_counted_in_months(void **state)
{
    static const struct {
        const char *name, *issued;
        int months;
        const char *expires; /* NULL: never */
        const char *day;
        enum ct_certificate_status status;
    } cases[] = {
        {"no term", "2024-01-31", 0, NULL, "2031-01-31", CT_CERTIFICATE_VALID},
        {"its first day", "2024-01-31", 12, "2025-01-31", "2024-01-31", CT_CERTIFICATE_VALID},
        {"its last day", "2024-01-31", 12, "2025-01-31", "2025-01-31", CT_CERTIFICATE_VALID},
        {"the day after", "2024-01-31", 12, "2025-01-31", "2025-02-01", CT_CERTIFICATE_EXPIRED},
        {"January 31 and one month", "2025-01-31", 1, "2025-02-28", "2025-02-28",
         CT_CERTIFICATE_VALID},
        {"and a day", "2025-01-31", 1, "2025-02-28", "2025-03-01", CT_CERTIFICATE_EXPIRED},
        {"January 31 of a leap year", "2024-01-31", 1, "2024-02-29", "2024-02-29",
         CT_CERTIFICATE_VALID},
        {"February 29 and a year", "2024-02-29", 12, "2025-02-28", "2025-02-28",
         CT_CERTIFICATE_VALID},
        {"February 29 and a year and a day", "2024-02-29", 12, "2025-02-28", "2025-03-01",
         CT_CERTIFICATE_EXPIRED},
        {"February 29 and four years", "2024-02-29", 48, "2028-02-29", "2028-02-29",
         CT_CERTIFICATE_VALID},
        {"February 28 is not made the month's end", "2027-02-28", 12, "2028-02-28", "2028-02-29",
         CT_CERTIFICATE_EXPIRED},
        {"a 30-day month", "2026-08-31", 1, "2026-09-30", "2026-09-30", CT_CERTIFICATE_VALID},
        {"two years", "2026-06-15", 24, "2028-06-15", "2028-06-16", CT_CERTIFICATE_EXPIRED},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_date want = {0, 0, 0};
        for (int64_t second = 0; second < 86400; second += 86399) {
            struct ct_certificate cert = {.issued_at = at_day(c->issued, second),
                                          .months = c->months};
            find_days(&cert);
            if (c->expires)
                assert_true(ct_date_parse(ct_sv_c(c->expires), &want));
            CT_EQ_I64(c->name, ct_date_cmp(cert.expires_on, want), 0);
            CT_EQ_I64(c->name, ct_certificate_status(&cert, at_day(c->day, 0)), c->status);
            CT_EQ_I64(c->name, ct_certificate_status(&cert, at_day(c->day, 86399)), c->status);
        }
    }
}

static void one_word_says_what_it_is_worth(void **state)
{
    static const struct {
        const char *name;
        int months;
        int64_t newer_at, revoked_at, as_of;
        const char *word;
    } cases[] = {
        {"nothing happened", 0, 0, 0, 2000000000, "valid"},
        {"it ran out", 1, 0, 0, 2000000000, "expired"},
        {"a newer one", 0, 1500, 0, 2000, "superseded"},
        {"before there was a newer one", 0, 1500, 0, 1499, "valid"},
        {"expired, and a newer one", 1, 1500, 0, 2000000000, "superseded"},
        {"revoked", 0, 0, 1500, 1500, "revoked"},
        {"before it was revoked", 0, 0, 1500, 1499, "valid"},
        {"revoked, expired and a newer one", 1, 1400, 1500, 2000000000, "revoked"},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_certificate cert = {
            .issued_at = 1000,
            .months = c->months,
            .superseded_by = c->newer_at ? CT_SV("NEWER") : CT_SV_NULL,
            .superseded_at = c->newer_at,
            .revoked_at = c->revoked_at,
        };
        find_days(&cert);
        CT_EQ_STR(c->name, ct_certificate_status_name(ct_certificate_status(&cert, c->as_of)),
                  c->word);
    }
}

static void a_window_opens_three_months_before_the_end(void **state)
{
    static const struct {
        const char *name, *issued;
        int months;
        struct ct_date opens;
    } cases[] = {
        {"a year", "2026-02-03", 12, {2026, 11, 3}},
        {"to a short month", "2026-05-31", 12, {2027, 2, 28}},
        {"a term shorter than the window", "2026-05-31", 2, {2026, 5, 31}},
        {"no term", "2026-05-31", 0, {0, 0, 0}},
    };

    (void)state;
    CT_EACH (c, cases) {
        struct ct_certificate cert = {.issued_at = at_day(c->issued, 0), .months = c->months};
        find_days(&cert);
        CT_EQ_I64(c->name, ct_date_cmp(ct_certificate_window(&cert), c->opens), 0);
    }
}

static struct ct_certificate *all_of(struct world *w, const struct ct_certificate_filter *filter,
                                     size_t *ret_n)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_certificate *list;
    CT_AUTO_READER reader = ct_store_reader(w->store);

    CT_OK_("list", ct_certificate_list(reader.db, &w->arena, filter, &list, ret_n, &err), &err);
    return list;
}

static struct ct_certificate first_of(struct world *w, const char *email)
{
    struct ct_certificate_filter filter = {.email = ct_sv_c(email)};
    size_t n;
    struct ct_certificate *list = all_of(w, &filter, &n);

    assert_true(n > 0);
    return list[0];
}

static void a_revocation_says_who_when_and_why(void **state)
{
    struct world *w = *state;
    struct ct_err err = CT_ERR_INIT;

    do_core(w, BEN);
    struct ct_certificate cert = first_of(w, "ben@example.org");
    struct ct_sv dashed = ct_certificate_dashed(&w->arena, cert.code);
    CT_EQ_I64("valid", ct_certificate_status(&cert, w->now), CT_CERTIFICATE_VALID);
    w->now += 60;
    CT_OK_("revoked",
           ct_certificate_revoke(w->store, &w->clock, dashed, CT_SV(" wrong person "), ANNA, &err),
           &err);
    cert = first_of(w, "BEN@example.org");
    CT_EQ_I64("revoked", ct_certificate_status(&cert, w->now), CT_CERTIFICATE_REVOKED);
    CT_EQ_I64("not before", ct_certificate_status(&cert, w->now - 1), CT_CERTIFICATE_VALID);
    CT_EQ_SV("why", cert.revoke_reason, CT_SV("wrong person"));
    CT_EQ_SV("who", cert.revoked_by, CT_SV("Anna Ito"));
    CT_EQ_I64("when", cert.revoked_at, w->now);
    w->now += 60;
    CT_EQ_I64("once",
              ct_certificate_revoke(w->store, &w->clock, cert.code, CT_SV("again"), 0, &err),
              CT_CONFLICT);
    CT_EQ_I64("rows", number(w, "select count(*) as n from certificate_revocation"), 1);
}

static void what_cannot_be_revoked(void **state)
{
    static const struct {
        const char *name, *code, *reason;
        int want;
        const char *what;
    } cases[] = {
        {"no such code", "AAAABBBBCCCCDDDD", "a", CT_NOT_FOUND, "code"},
        {"no code", "", "a", CT_NOT_FOUND, "code"},
        {"no reason", NULL, "", CT_BAD_INPUT, "reason"},
        {"a blank reason", NULL, "  ", CT_BAD_INPUT, "reason"},
        {"two lines", NULL, "a\nb", CT_BAD_INPUT, "reason"},
        {"not UTF-8", NULL, "\xff", CT_BAD_INPUT, "reason"},
    };
    struct world *w = *state;
    char long_reason[CT_REASON_MAX + 2];

    do_core(w, BEN);
    struct ct_sv code = first_of(w, "ben@example.org").code;
    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        CT_EQ_I64(c->name,
                  ct_certificate_revoke(w->store, &w->clock, c->code ? ct_sv_c(c->code) : code,
                                        ct_sv_c(c->reason), 0, &err),
                  c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
    memset(long_reason, 'a', sizeof long_reason);
    CT_EQ_I64("too long",
              ct_certificate_revoke(w->store, &w->clock, code,
                                    ct_sv_n(long_reason, CT_REASON_MAX + 1), 0, NULL),
              CT_BAD_INPUT);
    CT_OK_("the longest",
           ct_certificate_revoke(w->store, &w->clock, code, ct_sv_n(long_reason, CT_REASON_MAX), 0,
                                 NULL),
           NULL);
}

static void set_name(struct world *w, int64_t person, const char *name)
{
    struct ct_err err = CT_ERR_INIT;

    CT_OK_(name, ct_certificate_set_name(w->store, &w->clock, person, ct_sv_c(name), 0, &err),
           &err);
}

static size_t names_of(struct world *w, const char *email, struct ct_certificate_name **ret)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_certificate cert = first_of(w, email);
    size_t n = 0;
    CT_AUTO_READER reader = ct_store_reader(w->store);

    CT_OK_(email, ct_certificate_names(reader.db, &w->arena, &cert, ret, &n, &err), &err);
    return n;
}

static void a_changed_name_stands_under_the_same_code(void **state)
{
    struct world *w = *state;
    struct ct_certificate_name *names;

    do_core(w, BEN);
    struct ct_sv code = first_of(w, "ben@example.org").code;
    CT_EQ_I64("no former name", names_of(w, "ben@example.org", &names), 0);
    w->now += 100;
    set_name(w, BEN, " Benedikt Oduya ");
    w->now += 100;
    set_name(w, BEN, "Benedikt Oduya");
    CT_EQ_I64("the same again is no row", number(w, "select count(*) as n from certificate_name"),
              1);
    set_name(w, BEN, "Benedikta Oduya");
    struct ct_certificate cert = first_of(w, "ben@example.org");
    CT_EQ_SV("code", cert.code, code);
    CT_EQ_SV("now", cert.name, CT_SV("Benedikta Oduya"));
    CT_EQ_SV("then", cert.issued_name, CT_SV("Ben Čapek"));
    CT_EQ_I64("former names", names_of(w, "ben@example.org", &names), 2);
    CT_EQ_SV("the latest of them first", names[0].name, CT_SV("Benedikt Oduya"));
    CT_EQ_I64("until", names[0].until, w->now);
    CT_EQ_SV("the first", names[1].name, CT_SV("Ben Čapek"));
    CT_EQ_I64("until", names[1].until, w->now - 100);
}

static void a_name_of_before_is_the_one_it_is_issued_to(void **state)
{
    struct world *w = *state;
    struct ct_certificate_name *names;

    set_name(w, BEN, "Benedikt Čapek");
    w->now += 100;
    do_core(w, BEN);
    struct ct_certificate cert = first_of(w, "ben@example.org");
    CT_EQ_SV("issued", cert.issued_name, CT_SV("Benedikt Čapek"));
    CT_EQ_SV("now", cert.name, CT_SV("Benedikt Čapek"));
    CT_EQ_I64("nothing earlier", names_of(w, "ben@example.org", &names), 0);
}

static void names_that_no_certificate_bears(void **state)
{
    struct world *w = *state;

    CT_EQ_I64("nobody", ct_certificate_set_name(w->store, &w->clock, 99, CT_SV("A"), 0, NULL),
              CT_NOT_FOUND);
    CT_EQ_I64("none", ct_certificate_set_name(w->store, &w->clock, BEN, CT_SV(" "), 0, NULL),
              CT_BAD_INPUT);
    CT_EQ_I64("two lines",
              ct_certificate_set_name(w->store, &w->clock, BEN, CT_SV("A\nB"), 0, NULL),
              CT_BAD_INPUT);
}

static void lists_are_of_whom_and_what_was_asked(void **state)
{
    static const struct {
        const char *name;
        struct ct_certificate_filter filter;
        size_t n;
    } cases[] = {
        {"all", {.max = 0}, 3},
        {"of one person", {.email = {"ben@example.org", 15}}, 1},
        {"in another case", {.email = {"Ben@Example.org", 15}}, 1},
        {"of nobody", {.email = {"x@example.org", 13}}, 0},
        {"of a course", {.course = {"core", 4}}, 3},
        {"of another", {.course = {"extra", 5}}, 0},
        {"part of a name", {.text = {"oduya", 5}}, 2},
        {"part of an address", {.text = {"BEN@", 4}}, 1},
        {"a name that one bears now", {.text = {"benedikt", 8}}, 1},
        {"nothing of it", {.text = {"%", 1}}, 0},
        {"at most", {.max = 2}, 2},
    };
    struct world *w = *state;
    size_t n;

    do_core(w, BEN);
    w->now += 10;
    do_core(w, CARA);
    w->now += 10;
    do_core(w, DAN);
    set_name(w, BEN, "Benedikt Oduya");
    CT_EACH (c, cases) {
        all_of(w, &c->filter, &n);
        CT_EQ_I64(c->name, n, c->n);
    }
    struct ct_certificate_filter everybody = {.max = 0};
    struct ct_certificate *list = all_of(w, &everybody, &n);
    CT_EQ_SV("newest first", list[0].email, CT_SV("dan@example.org"));
    struct ct_certificate_filter by_code = {.text = ct_certificate_dashed(&w->arena, list[1].code)};
    all_of(w, &by_code, &n);
    CT_EQ_I64("a code as printed", n, 1);
}

static void hours_are_told_to_a_tenth(void **state)
{
    static const struct {
        const char *name;
        int minutes;
        const char *want;
    } cases[] = {{"none", 0, "0"},      {"half", 30, "0.5"},      {"whole", 120, "2"},
                 {"up", 87, "1.5"},     {"down", 86, "1.4"},      {"nearly two", 119, "2"},
                 {"a tenth", 6, "0.1"}, {"a long one", 600, "10"}};

    CT_AUTO_ARENA a = CT_ARENA_INIT;
    (void)state;
    CT_EACH (c, cases)
        CT_EQ_SV(c->name, ct_certificate_hours(&a, c->minutes), ct_sv_c(c->want));
    CT_EQ_SV("one", ct_certificate_time(&a, 60), CT_SV("1 hour"));
    CT_EQ_SV("nearly one", ct_certificate_time(&a, 59), CT_SV("1 hour"));
    CT_EQ_SV("more", ct_certificate_time(&a, 66), CT_SV("1.1 hours"));
    CT_EQ_SV("none", ct_certificate_time(&a, 0), CT_SV("0 hours"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, world_open, world_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expiry_is_counted_in_months),
        cmocka_unit_test(one_word_says_what_it_is_worth),
        cmocka_unit_test(a_window_opens_three_months_before_the_end),
        T(a_revocation_says_who_when_and_why),
        T(what_cannot_be_revoked),
        T(a_changed_name_stands_under_the_same_code),
        T(a_name_of_before_is_the_one_it_is_issued_to),
        T(names_that_no_certificate_bears),
        T(lists_are_of_whom_and_what_was_asked),
        cmocka_unit_test(hours_are_told_to_a_tenth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
