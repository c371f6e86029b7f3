/*
 * test_order.c: files that are asked for: one after the other, told how far they are, cancelled,
 * lost with the program, expired.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "ct/learn/order.h"

#include "ct/base/banned.h"

struct fixture {
    struct ct_temp temp;
    struct ct_store *store;
    struct ct_arena arena;
    int64_t now, manager, other;
    struct ct_clock clock;
};

static int64_t add_person(struct fixture *f, const char *email)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_person p = {.email = ct_sv_c(email),
                          .name = CT_SV("Zoë"),
                          .discipline = CT_SV("advocate"),
                          .roles = CT_ROLE_LEARNER | CT_ROLE_MANAGER};
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
    f->now = 1700000000;
    f->clock = (struct ct_clock){ct_fixed_now, &f->now};
    f->manager = add_person(f, "mo@example.org");
    f->other = add_person(f, "max@example.org");
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

static int64_t ask(struct fixture *f, int64_t person, const char *target)
{
    struct ct_err err = CT_ERR_INIT;
    int64_t id = 0;

    CT_OK_(target,
           ct_order_add(f->store, &f->clock, person, ct_sv_c(target), CT_SV("https://x.org"), &id,
                        &err),
           &err);
    return id;
}

static struct ct_order get(struct fixture *f, int64_t id, int64_t person)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_order o;
    CT_AUTO_READER rd = ct_store_reader(f->store);

    CT_OK_("get", ct_order_get(rd.db, &f->arena, id, person, &o, &err), &err);
    return o;
}

static struct ct_order take(struct fixture *f)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_order o = {.id = 0};

    CT_OK_("take", ct_order_take(f->store, &f->clock, &f->arena, &o, &err), &err);
    return o;
}

static void they_are_made_in_their_order(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t one = ask(f, f->manager, "/a.zip?x=1"), two = ask(f, f->other, "/a.zip?x=1");
    struct ct_order o = take(f);

    CT_EQ_I64("the first comes first", o.id, one);
    CT_EQ_SV("what was asked", o.target, CT_SV("/a.zip?x=1"));
    CT_EQ_SV("and where", o.site, CT_SV("https://x.org"));
    CT_EQ_I64("is being made", get(f, one, f->manager).state, CT_ORDER_MAKING);
    CT_EQ_I64("the second waits", get(f, two, f->other).state, CT_ORDER_WAITING);
    CT_OK_("tell", ct_order_tell(f->store, one, 3, 9, &err), &err);
    CT_EQ_I64("how far", get(f, one, f->manager).done, 3);
    CT_EQ_I64("of how much", get(f, one, f->manager).total, 9);
    o = (struct ct_order){
        .id = one, .size = 12, .name = CT_SV("a.zip"), .type = CT_SV("application/zip")};
    f->now += 60;
    CT_OK_("ready", ct_order_ready(f->store, &f->clock, &o, &err), &err);
    o = get(f, one, f->manager);
    CT_EQ_I64("state", o.state, CT_ORDER_READY);
    CT_EQ_I64("size", o.size, 12);
    CT_EQ_SV("name", o.name, CT_SV("a.zip"));
    CT_EQ_I64("for a day", o.expires_at, f->now + CT_ORDER_KEPT);
    CT_EQ_I64("then the second", take(f).id, two);
    CT_EQ_I64("then none", ct_order_take(f->store, &f->clock, &f->arena, &o, &err), CT_NOT_FOUND);
    CT_EQ_I64("which is no fault", err.code, CT_OK);
}

static void the_same_is_made_once(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t one = ask(f, f->manager, "/a"), id;
    char target[32];

    CT_EQ_I64("asked again", ask(f, f->manager, "/a"), one);
    take(f);
    CT_EQ_I64("while it is made", ask(f, f->manager, "/a"), one);
    for (int i = 1; i < CT_ORDERS_OPEN_MAX; i++) {
        snprintf(target, sizeof target, "/%d", i);
        ask(f, f->manager, target);
    }
    CT_EQ_I64("one too many",
              ct_order_add(f->store, &f->clock, f->manager, CT_SV("/more"), CT_SV_NULL, &id, &err),
              CT_CONFLICT);
    assert_true(ask(f, f->other, "/more") > one);
}

static void one_that_is_cancelled_is_given_up(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t one = ask(f, f->manager, "/a"), two = ask(f, f->manager, "/b");

    CT_EQ_I64("by nobody else", ct_order_cancel(f->store, &f->clock, one, f->other, &err),
              CT_NOT_FOUND);
    ct_err_clear(&err);
    take(f);
    CT_OK_("cancel", ct_order_cancel(f->store, &f->clock, one, f->manager, &err), &err);
    CT_EQ_I64("the maker is told", ct_order_tell(f->store, one, 1, 2, &err), CT_CONFLICT);
    struct ct_order o = {.id = one, .size = 1, .name = CT_SV("a"), .type = CT_SV("text/csv")};
    CT_EQ_I64("nor is it ready", ct_order_ready(f->store, &f->clock, &o, &err), CT_CONFLICT);
    ct_err_clear(&err);
    CT_OK_("nor failed", ct_order_failed(f->store, &f->clock, one, CT_SV("late"), &err), &err);
    CT_EQ_I64("it stays so", get(f, one, f->manager).state, CT_ORDER_CANCELLED);
    CT_EQ_I64("once", ct_order_cancel(f->store, &f->clock, one, f->manager, &err), CT_CONFLICT);
    ct_err_clear(&err);
    CT_OK_("before it began", ct_order_cancel(f->store, &f->clock, two, f->manager, &err), &err);
    CT_EQ_I64("then nothing waits", ct_order_take(f->store, &f->clock, &f->arena, &o, &err),
              CT_NOT_FOUND);
}

static void what_the_program_took_with_it_is_told(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t one = ask(f, f->manager, "/a"), two = ask(f, f->manager, "/b");

    take(f);
    CT_OK_("recover", ct_order_recover(f->store, &f->clock, &err), &err);
    struct ct_order o = get(f, one, f->manager);
    CT_EQ_I64("failed", o.state, CT_ORDER_FAILED);
    assert_non_null(strstr(o.problem.p, "stopped"));
    CT_EQ_I64("what waited waits on", get(f, two, f->manager).state, CT_ORDER_WAITING);
    assert_true(ask(f, f->manager, "/a") > two);
}

static void files_end_with_their_day(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_order o = {
        .id = ask(f, f->manager, "/a"), .size = 1, .name = CT_SV("a"), .type = CT_SV("text/csv")};
    int64_t *ids = NULL;
    size_t n = 9;
    bool kept = false;

    take(f);
    CT_OK_("ready", ct_order_ready(f->store, &f->clock, &o, &err), &err);
    f->now += CT_ORDER_KEPT - 1;
    CT_OK_("not yet", ct_order_expire(f->store, &f->clock, &f->arena, &ids, &n, &err), &err);
    CT_EQ_I64("none", (int64_t)n, 0);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_OK_("kept", ct_order_is_kept(rd.db, o.id, &kept, &err), &err);
    assert_true(kept);
    f->now++;
    CT_OK_("now", ct_order_expire(f->store, &f->clock, &f->arena, &ids, &n, &err), &err);
    CT_EQ_I64("one", (int64_t)n, 1);
    CT_EQ_I64("which", ids[0], o.id);
    CT_OK_("renew", ct_store_renew(rd.db, &err), &err);
    CT_OK_("kept", ct_order_is_kept(rd.db, o.id, &kept, &err), &err);
    assert_false(kept);
    ct_store_return(&rd);
    CT_EQ_I64("expired", get(f, o.id, f->manager).state, CT_ORDER_EXPIRED);
}

static void each_sees_the_own(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t one = ask(f, f->manager, "/a"), two = ask(f, f->manager, "/b");
    struct ct_order *list, o;
    size_t n;
    CT_AUTO_READER rd = ct_store_reader(f->store);

    CT_OK_("list", ct_order_list(rd.db, &f->arena, f->manager, &list, &n, &err), &err);
    CT_EQ_I64("two", (int64_t)n, 2);
    CT_EQ_I64("the newest first", list[0].id, two);
    CT_OK_("list", ct_order_list(rd.db, &f->arena, f->other, &list, &n, &err), &err);
    CT_EQ_I64("none", (int64_t)n, 0);
    CT_EQ_I64("nor one", ct_order_get(rd.db, &f->arena, one, f->other, &o, &err), CT_NOT_FOUND);
}

static void it_is_made_with_the_rights_of_the_moment(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    struct ct_session who;
    CT_AUTO_READER rd = ct_store_reader(f->store);

    CT_OK_("who", ct_order_session(rd.db, f->manager, &who, &err), &err);
    CT_EQ_I64("roles", who.roles, CT_ROLE_LEARNER | CT_ROLE_MANAGER);
    CT_EQ_STR("name", who.name, "Zoë");
    ct_store_return(&rd);
    CT_OK_("gone", ct_person_set_active(f->store, &f->clock, f->manager, false, 0, &err), &err);
    rd = ct_store_reader(f->store);
    CT_EQ_I64("refused", ct_order_session(rd.db, f->manager, &who, &err), CT_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(they_are_made_in_their_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_is_made_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_cancelled_is_given_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_program_took_with_it_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(files_end_with_their_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_sees_the_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_made_with_the_rights_of_the_moment, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
