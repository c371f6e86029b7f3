/*
 * test_assignment_query.c: what people write into filters: taken, or refused at the filter.
 */
#include "learn/require_test.h"

#include "ct/report/assignment_query.h"

#include "ct/base/banned.h"

static enum ct_ask ask_of(const char *name)
{
    for (int ask = 0; ask < CT_ASKS; ask++)
        if (strcmp(ct_ask_info((enum ct_ask)ask)->name, name) == 0)
            return (enum ct_ask)ask;
    fail_msg("no filter is called %s", name);
    return CT_ASK_SORT;
}

/* "due_from=2026-01-01 status=overdue,expired": no blanks in texts but as "_". */
static struct ct_assignment_query query_of(struct ct_arena *a, const char *asked)
{
    struct ct_assignment_query q = {.text = {CT_SV_NULL}};
    struct ct_sv rest = ct_sv_c(asked), one;

    while (rest.n && ct_sv_split(&rest, ' ', &one)) {
        size_t at = ct_sv_find(one, '=');
        char *value = ct_arena_cstr(a, ct_sv_sub(one, at + 1, SIZE_MAX));
        for (char *p = value; *p; p++)
            *p = *p == '~' ? ' ' : *p;
        q.text[ask_of(ct_arena_cstr(a, ct_sv_sub(one, 0, at)))] = ct_sv_c(value);
    }
    return q;
}

static const int64_t NOW = 1767225600; /* 2026-01-01 */

static void texts_are_taken_or_refused_at_their_filter(void **state)
{
    static const struct {
        const char *name, *asked, *wrong;
    } cases[] = {
        {"nothing is all", "", ""},
        {"what may be empty", "agency= status= due_from= by= sort=", ""},
        {"words of status", "status=overdue,in~progress", ""},
        {"blanks and commas too many", "status=,~overdue~,", ""},
        {"no such word", "status=overdue,late", "status"},
        {"a day", "due_from=2024-02-29", ""},
        {"no such day", "due_from=2023-02-29", "due_from"},
        {"a day in another order", "completed_until=11/22/2026", "completed_until"},
        {"one day is a span", "due_from=2026-03-01 due_until=2026-03-01", ""},
        {"a span turned round", "due_from=2026-03-02 due_until=2026-03-01", "due_until"},
        {"days", "due_within=0 expires_within=3660", ""},
        {"days below nothing", "due_within=-1", "due_within"},
        {"too many days", "expires_within=3661", "expires_within"},
        {"no number", "expires_within=soon", "expires_within"},
        {"yes and no", "current=no inactive=yes", ""},
        {"perhaps", "current=perhaps", "current"},
        {"a past day", "as_of=2020-01-01", ""},
        {"tomorrow, where it is that already", "as_of=2026-01-02", ""},
        {"a day to come", "as_of=2026-01-03", "as_of"},
        {"a person", "person=12", ""},
        {"nobody", "person=0", "person"},
        {"a person by name", "person=ann", "person"},
        {"groups", "by=agency then=task_force", ""},
        {"no such group", "by=moon", "by"},
        {"no such second group", "by=agency then=moon", "then"},
        {"an order", "sort=due", ""},
        {"the other way round", "sort=-expires", ""},
        {"no order", "sort=moon", "sort"},
        {"the other way round of nothing", "sort=-", "sort"},
    };

    (void)state;
    CT_EACH (c, cases) {
        CT_AUTO_ARENA a = CT_ARENA_INIT;
        struct ct_assignment_query q = query_of(&a, c->asked);
        struct ct_assignment_wish wish;
        struct ct_ask_errors errors = {.n = 0};
        ct_assignment_query_read(&q, NOW, &wish, &errors);
        CT_EQ_I64(c->name, errors.n, c->wrong[0] != '\0');
        if (c->wrong[0])
            CT_EQ_STR(c->name, errors.of[ask_of(c->wrong)].what, c->wrong);
    }
}

static void every_filter_can_be_wrong_at_once(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_assignment_query q =
        query_of(&a, "status=late due_from=x due_until=x due_within=x completed_from=x "
                     "completed_until=x expires_within=x current=x inactive=x as_of=x person=x "
                     "by=x then=x sort=x");
    struct ct_assignment_wish wish;
    struct ct_ask_errors errors = {.n = 0};

    (void)state;
    ct_assignment_query_read(&q, NOW, &wish, &errors);
    CT_EQ_I64("all of them are named", errors.n, 14);
    CT_EQ_I64("and none of them chooses", wish.filter.statuses, 0);
    CT_EQ_I64("no day", wish.filter.due_from, CT_DAY_NONE);
    CT_EQ_I64("no days", wish.filter.due_within, -1);
    CT_EQ_I64("nobody", wish.filter.person, 0);
}

static void what_is_not_said_has_its_meaning(void **state)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_assignment_query q = query_of(&a, "then=course agency=- discipline=-");
    struct ct_assignment_wish wish;
    struct ct_ask_errors errors = {.n = 0};

    (void)state;
    ct_assignment_query_read(&q, NOW, &wish, &errors);
    assert_true(wish.filter.current);
    assert_false(wish.filter.inactive);
    CT_EQ_I64("now", wish.as_of, CT_DAY_NONE);
    CT_EQ_I64("a second group alone is the first", wish.by, CT_GROUP_COURSE);
    CT_EQ_I64("and there is none", wish.then, CT_GROUP_NONE);
    assert_true(wish.filter.no_agency);
    assert_null(wish.scope.agency.p);
    CT_EQ_SV("who has none", wish.filter.discipline, CT_SV("-"));
}

static void what_there_is_not_is_said_at_its_filter(void **state)
{
    static const struct {
        const char *name, *asked, *wrong;
    } cases[] = {
        {"a requirement", "requirement=yearly", ""},
        {"no such requirement", "requirement=moon", "requirement"},
        {"a course", "course=core", ""},
        {"no such course", "course=moon", "course"},
        {"who has no course", "course=-", ""},
        {"a discipline", "discipline=caseworker", ""},
        {"one that was taken out of the curriculum, and that somebody has", "discipline=sheriff",
         ""},
        {"no such discipline", "discipline=moon", "discipline"},
        {"a supervisor", "supervisor=Sue~Visor", ""},
        {"nobody's supervisor", "supervisor=Nemo", "supervisor"},
        {"no supervisor", "supervisor=-", ""},
        {"a person", "person=1", ""},
        {"no such person", "person=99", "person"},
    };
    struct site *s = *state;
    struct ct_assignment_filter all = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_assignments report;
    struct ct_err err = CT_ERR_INIT;

    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_exec(s, "insert into person_fact(person, field, value, since, at)"
                 " values(1, 'supervisor', 'Sue Visor', '2024-01-01', 1704067200)");
    site_exec(s, "insert into person_discipline(person, discipline, since)"
                 " values(2, 'sheriff', 1704067201)");
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_OK_("report", ct_assignments(rd.db, &s->o.a, noon("2024-02-01"), &all, &report, &err), &err);
    CT_EACH (c, cases) {
        struct ct_assignment_query q = query_of(&s->o.a, c->asked);
        struct ct_ask_errors errors = {.n = 0};
        ct_assignment_query_check(&q, &report, s->cat, &errors);
        CT_EQ_I64(c->name, errors.n, c->wrong[0] != '\0');
        if (c->wrong[0])
            CT_EQ_STR(c->name, errors.of[ask_of(c->wrong)].what, c->wrong);
    }
}

/* "ann bob": whose rows, in their order. */
static struct ct_sv order_of(struct site *s, const struct ct_assignments *r)
{
    struct ct_sv all = CT_SV("");

    for (size_t i = 0; i < r->n; i++) {
        struct ct_sv email = r->rows[i].person->email;
        all = ct_arena_printf(&s->o.a, "%.*s%s%.*s", CT_SV_ARG(all), i ? " " : "",
                              CT_SV_ARG(ct_sv_sub(email, 0, ct_sv_find(email, '@'))));
    }
    return all;
}

static void rows_stand_in_the_order_that_was_asked_for(void **state)
{
    static const struct {
        const char *name;
        enum ct_assignment_sort sort;
        bool descends;
        const char *want;
    } cases[] = {
        {"the report's own", CT_SORT_REQUIREMENT, false, "bob cy ann"},
        {"by name, backwards", CT_SORT_NAME, true, "ann cy bob"},
        {"by name", CT_SORT_NAME, false, "bob cy ann"},
        {"by completion, who has none last", CT_SORT_COMPLETED, false, "cy ann bob"},
        {"backwards, who has none last all the same", CT_SORT_COMPLETED, true, "ann cy bob"},
        {"by status, in the order of the legend", CT_SORT_STATUS, false, "cy ann bob"},
        {"by discipline", CT_SORT_DISCIPLINE, true, "cy bob ann"},
        {"by unit, equal ones as they were", CT_SORT_UNIT, false, "cy ann bob"},
    };
    struct site *s = *state;
    struct ct_assignment_filter all = CT_ASSIGNMENT_FILTER_INIT;
    struct ct_err err = CT_ERR_INIT;

    orgs_tie(&s->o, CT_TIE_MEMBER, s->cy, s->dcs, false, NULL);
    site_require(s, "yearly", yearly(s, "2024-01-01"));
    site_complete(s, s->cy, "2024-01-05");
    site_complete(s, s->ann, "2024-01-10");
    CT_AUTO_READER rd = ct_store_reader(s->o.store);
    CT_EACH (c, cases) {
        struct ct_assignments r;
        CT_OK_(c->name, ct_assignments(rd.db, &s->o.a, noon("2024-02-10"), &all, &r, &err), &err);
        ct_assignments_sort(&r, c->sort, c->descends);
        CT_EQ_SV(c->name, order_of(s, &r), ct_sv_c(c->want));
    }
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, site_open, site_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_taken_or_refused_at_their_filter),
        cmocka_unit_test(every_filter_can_be_wrong_at_once),
        cmocka_unit_test(what_is_not_said_has_its_meaning),
        T(what_there_is_not_is_said_at_its_filter),
        T(rows_stand_in_the_order_that_was_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
