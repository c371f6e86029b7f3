/*
 * test_due.c: when training is due, and how it stands on a day: leap days, ends of months, early
 * renewal, leave, waivers, changed rules, corrections. A period is told in one line: assigned, due,
 * [completed, [expires]], status, since when; a star behind the current one.
 */
#include "ct_test.h"
#include "due_examples.h"
#include "due_hour_examples.h"

#include "ct/base/banned.h"

static int day_of(struct ct_sv text)
{
    int day = CT_DAY_NONE;

    if (text.n && !ct_day_parse(text, &day))
        fail_msg("%.*s is no day", CT_SV_ARG(text));
    return day;
}

/* "2026-01-01 2026-02-01" */
static const int *days_of(struct ct_arena *a, const char *text, size_t *ret_n)
{
    struct ct_sv rest = ct_sv_c(text), part;
    int *list = NULL;
    size_t cap = 0;

    *ret_n = 0;
    while (ct_sv_split(&rest, ' ', &part))
        CT_ARENA_PUSH(a, list, *ret_n, cap, day_of(part));
    return list;
}

/* "2026-01-01..2026-02-01 2026-03-01.." */
static const struct ct_due_span *spans_of(struct ct_arena *a, const char *text, size_t *ret_n)
{
    struct ct_sv rest = ct_sv_c(text), part;
    struct ct_due_span *list = NULL;
    size_t cap = 0;

    *ret_n = 0;
    while (ct_sv_split(&rest, ' ', &part)) {
        struct ct_due_span s = {day_of(ct_sv_sub(part, 0, 10)), day_of(ct_sv_sub(part, 12, 10))};
        CT_ARENA_PUSH(a, list, *ret_n, cap, s);
    }
    return list;
}

/* "2026-01-01:90 2026-02-01:60" */
static struct ct_due_play *pairs_of(struct ct_arena *a, const char *text, size_t *ret_n)
{
    struct ct_sv rest = ct_sv_c(text), part;
    struct ct_due_play *list = NULL;
    size_t cap = 0;
    int64_t number = 0;

    *ret_n = 0;
    while (ct_sv_split(&rest, ' ', &part)) {
        struct ct_due_play one = {.day = day_of(ct_sv_sub(part, 0, 10))};
        assert_true(ct_sv_i64(ct_sv_sub(part, 11, SIZE_MAX), &number));
        one.chair = (int)number;
        CT_ARENA_PUSH(a, list, *ret_n, cap, one);
    }
    return list;
}

static const struct ct_due_earned *hours_of(struct ct_arena *a, const char *text, size_t *ret_n)
{
    const struct ct_due_play *pairs = pairs_of(a, text, ret_n);
    struct ct_due_earned *list = ct_arena_array(a, struct ct_due_earned, *ret_n);

    for (size_t i = 0; i < *ret_n; i++)
        list[i] = (struct ct_due_earned){pairs[i].day, pairs[i].chair * 60};
    return list;
}

static void put_day(struct ct_arena *a, struct ct_sv *to, int day)
{
    char text[CT_TIME_TEXT];

    if (day != CT_DAY_NONE)
        *to = ct_arena_printf(a, "%.*s %s", CT_SV_ARG(*to), ct_day_text(day, text));
}

static struct ct_sv told(struct ct_arena *a, const struct ct_due_period *p, size_t n)
{
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < n; i++) {
        struct ct_sv one = CT_SV("");
        put_day(a, &one, p[i].assigned);
        put_day(a, &one, p[i].due);
        put_day(a, &one, p[i].completed);
        put_day(a, &one, p[i].expires);
        if (p[i].quota)
            one = ct_arena_printf(a, "%.*s %d/%d", CT_SV_ARG(one), p[i].earned, p[i].quota);
        one = ct_arena_printf(a, "%.*s %s", CT_SV_ARG(one), ct_due_status_name(p[i].status));
        put_day(a, &one, p[i].status_on);
        all = ct_arena_printf(a, "%.*s%s%.*s%s", CT_SV_ARG(all), i ? "\n" : "",
                              CT_SV_ARG(ct_sv_trim(one)), p[i].is_current ? " *" : "");
    }
    return all;
}

static struct ct_sv told_on(struct ct_arena *a, const struct example *c, int as_of)
{
    const struct ct_due_rule rules[] = {c->rule, c->later};
    struct ct_due_history h = {.hired = day_of(ct_sv_c(c->hired)),
                               .started = day_of(ct_sv_c(c->started)),
                               .update_due = c->update};
    struct ct_due_period *p;
    size_t n;

    h.spells = spans_of(a, c->spells, &h.n_spells);
    h.leaves = spans_of(a, c->leaves, &h.n_leaves);
    h.waivers = spans_of(a, c->waivers, &h.n_waivers);
    h.done = days_of(a, c->done, &h.n_done);
    h.awaiting = days_of(a, c->awaiting, &h.n_awaiting);
    h.disciplines = days_of(a, c->disciplines, &h.n_disciplines);
    h.plays = pairs_of(a, c->plays, &h.n_plays);
    h.earned = hours_of(a, c->earned, &h.n_earned);
    h.pending = hours_of(a, c->pending, &h.n_pending);
    ct_due_periods(a, rules, c->later.from ? 2 : 1, &h, as_of, &p, &n);
    for (size_t i = 0; i < n; i++)
        assert_true(p[i].status_on <= as_of && p[i].assigned <= as_of);
    return told(a, p, n);
}

static void each_stands_as_it_should(void **state)
{
    (void)state;
    CT_EACH (c, examples) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_EQ_SV(c->name, told_on(&a, c, day_of(ct_sv_c(c->as_of))), ct_sv_c(c->want));
    }
}

static void hours_and_chairs_stand_as_they_should(void **state)
{
    (void)state;
    CT_EACH (c, hour_examples) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        CT_EQ_SV(c->name, told_on(&a, c, day_of(ct_sv_c(c->as_of))), ct_sv_c(c->want));
    }
}

static void of_hours_a_later_quarter_has_a_part(void **state)
{
    static const struct {
        const char *name;
        int minutes, want[4];
    } cases[] = {
        {"twelve hours", 720, {720, 540, 360, 180}},
        {"an hour", 60, {60, 45, 30, 15}},
        {"a part of a quarter of an hour is a whole one", 50, {50, 45, 30, 15}},
        {"a part is not more than the whole", 10, {10, 10, 10, 10}},
        {"ten hours and ten minutes", 610, {610, 465, 315, 165}},
    };

    (void)state;
    CT_EACH (c, cases)
        for (int i = 0; i < 4; i++)
            CT_EQ_I64(c->name, ct_due_share(c->minutes, i), c->want[i]);
}

/* Days that belong to a period, and what makes it exempt or has it wait. */
static void a_period_says_what_it_is_about(void **state)
{
    const struct ct_due_rule yearly = {
        .from = 18262, .kind = CT_DUE_ASSIGNED, .days = 30, .every = 1, .chairs = 1};
    const struct ct_due_rule hours = {.from = 18262, .kind = CT_DUE_YEAR, .month = 1, .quota = 60};
    const struct ct_due_span spell = {20454, CT_DAY_NONE}; /* 2026-01-01 */
    const struct ct_due_span waivers[] = {{20400, 20410}, {20455, CT_DAY_NONE}};
    const struct ct_due_earned pending[] = {{20455, 1800}, {20456, 1800}, {20457, 60}};
    const struct ct_due_earned earned[] = {{20458, 3600}};
    const struct ct_due_play play = {20456, 0};
    const int done[] = {20456}, awaiting[] = {20300, 20455};
    struct ct_due_history h = {.spells = &spell, .n_spells = 1, .started = CT_DAY_NONE};
    struct ct_due_period *p;
    size_t n;
    CT_AUTO_ARENA a = CT_ARENA_INIT;

    (void)state;
    h.awaiting = awaiting;
    h.n_awaiting = 2;
    ct_due_periods(&a, &yearly, 1, &h, 20454, &p, &n);
    CT_EQ_I64("what was done in December has not run out", p[0].from, 20424);
    CT_EQ_I64("the first that waits", p[0].awaiting, 0);
    h.waivers = waivers;
    h.n_waivers = 2;
    ct_due_periods(&a, &yearly, 1, &h, 20455, &p, &n);
    CT_EQ_I64("the second waiver", p[0].waiver, 1);
    CT_EQ_I64("does not wait", p[0].awaiting, SIZE_MAX);
    h.done = done;
    h.plays = &play;
    h.n_done = h.n_plays = 1;
    ct_due_periods(&a, &yearly, 1, &h, 20456, &p, &n);
    CT_EQ_I64("of one day the play counts", p[0].done, SIZE_MAX);
    CT_EQ_I64("and the period ends with it", p[0].until, 20456);
    h = (struct ct_due_history){.spells = &spell, .n_spells = 1, .started = CT_DAY_NONE};
    h.pending = pending;
    h.n_pending = 3;
    ct_due_periods(&a, &hours, 1, &h, 20457, &p, &n);
    CT_EQ_I64("the last hours that are needed", p[0].awaiting, 1);
    h.earned = earned;
    h.n_earned = 1;
    ct_due_periods(&a, &hours, 1, &h, 20460, &p, &n);
    CT_EQ_I64("from the first hours", p[0].from, 20458);
}

/* No day is before its day, one period at most is current, and what was there stays. */
static void tell_of_every_day(const struct example *c)
{
    size_t before = 0;

    for (int day = 19700; day < 21900; day += 3) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_sv all = told_on(&a, c, day), rest = all, one;
        size_t n = 0, current = 0;
        while (ct_sv_split(&rest, '\n', &one)) {
            n += one.n > 0;
            current += ct_sv_ends(one, CT_SV("*"));
        }
        if (current > 1 || n < before)
            fail_msg("%s, day %d: %.*s", c->name, day, CT_SV_ARG(all));
        before = n;
    }
}

/* On every day of six years. */
static void every_day_has_a_status(void **state)
{
    (void)state;
    CT_EACH (c, examples)
        tell_of_every_day(c);
    CT_EACH (c, hour_examples)
        tell_of_every_day(c);
}

static void a_status_is_one_word_with_one_meaning(void **state)
{
    (void)state;
    for (int i = 0; i < CT_DUE_STATUSES; i++) {
        enum ct_due_status s = (enum ct_due_status)i, got = CT_DUE_WITHDRAWN;
        assert_true(ct_due_status_parse(ct_sv_c(ct_due_status_name(s)), &got));
        CT_EQ_I64(ct_due_status_name(s), got, s);
        for (int k = 0; k < i; k++)
            assert_true(strcmp(ct_due_status_meaning((enum ct_due_status)k),
                               ct_due_status_meaning(s)) != 0);
    }
    enum ct_due_status none;
    assert_false(ct_due_status_parse(CT_SV("late"), &none));
    assert_false(ct_due_status_parse(CT_SV(""), &none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_stands_as_it_should),
        cmocka_unit_test(hours_and_chairs_stand_as_they_should),
        cmocka_unit_test(of_hours_a_later_quarter_has_a_part),
        cmocka_unit_test(a_period_says_what_it_is_about),
        cmocka_unit_test(every_day_has_a_status),
        cmocka_unit_test(a_status_is_one_word_with_one_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
