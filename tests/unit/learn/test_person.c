/*
 * test_person.c: people, disciplines over time, one-time links.
 */
#include "ct_temp.h"
#include "ct_test.h"

#include "ct/base/secret.h"
#include "ct/learn/person.h"

#include "ct/base/banned.h"

struct fixture {
    struct ct_temp temp;
    struct ct_store *store;
    int64_t now;
    struct ct_clock clock;
    struct ct_arena a;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);

    ct_temp_make(&f->temp);
    f->store = ct_temp_store(&f->temp);
    f->now = 1700000000;
    f->clock = (struct ct_clock){ct_fixed_now, &f->now};
    *state = f;
    return ct_secret_init(NULL);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    ct_store_close(f->store);
    ct_arena_release(&f->a);
    ct_temp_remove(&f->temp);
    free(f);
    return 0;
}

static int64_t add(struct fixture *f, const char *email)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_person p = {.email = ct_sv_c(email),
                          .name = CT_SV("Zoë Núñez"),
                          .discipline = CT_SV("prosecutor"),
                          .roles = CT_ROLE_LEARNER};
    int64_t id = 0;

    CT_OK_(email, ct_person_add(f->store, &f->clock, &p, &id, &err), &err);
    return id;
}

static void what_is_said_of_a_person_is_checked(void **state)
{
    static const struct {
        const char *name, *email, *person, *discipline;
        unsigned roles;
        int want;
        const char *what;
    } cases[] = {
        {"a usual person", "a@example.org", "A", "advocate", 1, CT_OK, ""},
        {"no at sign", "example.org", "A", "advocate", 1, CT_BAD_INPUT, "email"},
        {"two at signs", "a@b@c", "A", "advocate", 1, CT_BAD_INPUT, "email"},
        {"nothing before the at sign", "@b.org", "A", "advocate", 1, CT_BAD_INPUT, "email"},
        {"a line break in the address", "a@b.org\nBcc: x", "A", "advocate", 1, CT_BAD_INPUT,
         "email"},
        {"a blank name", "b@example.org", "  ", "advocate", 1, CT_BAD_INPUT, "name"},
        {"a control character in the name", "b@example.org", "A\tB", "advocate", 1, CT_BAD_INPUT,
         "name"},
        {"a learner without a discipline", "c@example.org", "C", "", 1, CT_BAD_INPUT, "discipline"},
        {"a manager without a discipline", "d@example.org", "D", "", 5, CT_OK, ""},
        {"no role at all", "e@example.org", "E", "advocate", 0, CT_BAD_INPUT, "roles"},
        {"a role that does not exist", "e@example.org", "E", "advocate", 17, CT_BAD_INPUT, "roles"},
        {"the same address in capitals", "A@Example.ORG", "A", "advocate", 1, CT_CONFLICT, "email"},
    };
    struct fixture *f = *state;

    CT_EACH (c, cases) {
        struct ct_err err = CT_ERR_INIT;
        struct ct_person p = {.email = ct_sv_c(c->email),
                              .name = ct_sv_c(c->person),
                              .discipline = ct_sv_c(c->discipline),
                              .roles = c->roles};
        int64_t id;
        CT_EQ_I64(c->name, ct_person_add(f->store, &f->clock, &p, &id, &err), c->want);
        CT_EQ_STR(c->name, err.what, c->what);
    }
}

static void a_person_is_found_by_any_spelling_of_the_address(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t id = add(f, "Zoe@Example.org");
    struct ct_person p;
    CT_AUTO_READER rd = ct_store_reader(f->store);

    CT_OK_("found", ct_person_by_email(rd.db, &f->a, CT_SV("zoe@EXAMPLE.org"), &p, &err), &err);
    CT_EQ_I64("the same", p.id, id);
    CT_EQ_SV("as it was written", p.email, CT_SV("Zoe@Example.org"));
    CT_EQ_SV("name kept", p.name, CT_SV("Zoë Núñez"));
    assert_true(p.active);
    assert_false(p.has_password);
    CT_EQ_I64("never signed in", p.signed_in_at, 0);
    CT_EQ_I64("somebody else", ct_person_by_email(rd.db, &f->a, CT_SV("no@example.org"), &p, NULL),
              CT_NOT_FOUND);
}

static void a_change_of_discipline_is_a_row_of_its_own(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    int64_t id = add(f, "zoe@example.org");
    struct ct_tenure *t;
    size_t n;

    f->now += 100;
    CT_OK_("change", ct_person_set_discipline(f->store, &f->clock, id, CT_SV("advocate"), &err),
           &err);
    CT_OK_("again", ct_person_set_discipline(f->store, &f->clock, id, CT_SV("advocate"), &err),
           &err);
    CT_EQ_I64("nobody", ct_person_set_discipline(f->store, &f->clock, 999, CT_SV("judge"), NULL),
              CT_NOT_FOUND);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_OK_("history", ct_person_disciplines(rd.db, &f->a, id, &t, &n, &err), &err);
    CT_EQ_I64("two rows", n, 2);
    CT_EQ_SV("first", t[0].discipline, CT_SV("prosecutor"));
    CT_EQ_SV("then", t[1].discipline, CT_SV("advocate"));
    CT_EQ_I64("when", t[1].since, f->now);
}

static void roles_are_read_and_written(void **state)
{
    static const struct {
        const char *text, *name;
        bool ok;
        unsigned roles;
    } cases[] = {
        {"learner", "learner", true, 1},
        {"manager, trainer", "manager, trainer", true, 7},
        {"Administrator", "administrator", true, 9},
        {"boss", "", false, 0},
        {"", "", false, 0},
        {"manager,", "", false, 0},
    };
    struct fixture *f = *state;

    CT_EACH (c, cases) {
        unsigned roles = 0;
        assert_int_equal(ct_roles_parse(ct_sv_c(c->text), &roles), c->ok);
        CT_EQ_I64(c->text, roles, c->roles);
        if (c->ok)
            CT_EQ_SV(c->text, ct_roles_name(&f->a, roles), ct_sv_c(c->name));
    }
}

static void the_first_link_makes_one_administrator(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    char token[CT_TOKEN_TEXT + 1];
    struct ct_sv good = CT_SV("three good words");
    struct ct_person boss = {.email = CT_SV("boss@example.org"), .name = CT_SV("Boss")};
    int64_t id = -1, person = -1;
    bool has = true;

    CT_OK_("make", ct_invite_make(f->store, &f->clock, 0, token, &err), &err);
    {
        CT_AUTO_READER rd = ct_store_reader(f->store);
        CT_OK_("none yet", ct_person_has_admin(rd.db, &has, &err), &err);
        assert_false(has);
        CT_OK_("find", ct_invite_find(rd.db, &f->clock, ct_sv_c(token), &person, &err), &err);
        CT_EQ_I64("for nobody yet", person, 0);
    }
    CT_EQ_I64("a short password",
              ct_invite_use(f->store, &f->clock, ct_sv_c(token), &boss, CT_SV("short"), &id, &err),
              CT_BAD_INPUT);
    CT_EQ_STR("names the field", err.what, "password");
    ct_err_clear(&err);
    CT_OK_("use", ct_invite_use(f->store, &f->clock, ct_sv_c(token), &boss, good, &id, &err), &err);
    assert_true(id > 0);
    CT_EQ_I64("once only",
              ct_invite_use(f->store, &f->clock, ct_sv_c(token), &boss, good, &id, NULL),
              CT_NOT_FOUND);
    CT_OK_("another", ct_invite_make(f->store, &f->clock, 0, token, &err), &err);
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_EQ_I64("worthless now", ct_invite_find(rd.db, &f->clock, ct_sv_c(token), &person, NULL),
              CT_NOT_FOUND);
}

static void a_link_ends_with_its_time_and_with_the_next(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    char first[CT_TOKEN_TEXT + 1], second[CT_TOKEN_TEXT + 1];
    int64_t id = add(f, "zoe@example.org"), person;

    CT_OK_("first", ct_invite_make(f->store, &f->clock, id, first, &err), &err);
    CT_OK_("second", ct_invite_make(f->store, &f->clock, id, second, &err), &err);
    {
        CT_AUTO_READER rd = ct_store_reader(f->store);
        CT_EQ_I64("replaced", ct_invite_find(rd.db, &f->clock, ct_sv_c(first), &person, NULL),
                  CT_NOT_FOUND);
        CT_OK_("good", ct_invite_find(rd.db, &f->clock, ct_sv_c(second), &person, &err), &err);
        CT_EQ_I64("whom", person, id);
    }
    f->now += CT_INVITE_SECONDS + 1;
    CT_AUTO_READER rd = ct_store_reader(f->store);
    CT_EQ_I64("too old", ct_invite_find(rd.db, &f->clock, ct_sv_c(second), &person, NULL),
              CT_NOT_FOUND);
}

static void a_link_of_somebody_disabled_is_worthless(void **state)
{
    struct fixture *f = *state;
    struct ct_err err = CT_ERR_INIT;
    char token[CT_TOKEN_TEXT + 1];
    struct ct_person nobody = {.id = 0};
    int64_t id = add(f, "zoe@example.org"), person = -1;

    CT_OK_("link", ct_invite_make(f->store, &f->clock, id, token, &err), &err);
    CT_OK_("disabled", ct_person_set_active(f->store, &f->clock, id, false, 0, &err), &err);
    {
        CT_AUTO_READER rd = ct_store_reader(f->store);
        CT_EQ_I64("find", ct_invite_find(rd.db, &f->clock, ct_sv_c(token), &person, NULL),
                  CT_NOT_FOUND);
    }
    CT_EQ_I64("use",
              ct_invite_use(f->store, &f->clock, ct_sv_c(token), &nobody, CT_SV("three good words"),
                            &person, NULL),
              CT_NOT_FOUND);
    CT_OK_("enabled", ct_person_set_active(f->store, &f->clock, id, true, 0, &err), &err);
    CT_OK_("good again",
           ct_invite_use(f->store, &f->clock, ct_sv_c(token), &nobody, CT_SV("three good words"),
                         &person, &err),
           &err);
    CT_EQ_I64("whose", person, id);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_said_of_a_person_is_checked),
        TEST(a_person_is_found_by_any_spelling_of_the_address),
        TEST(a_change_of_discipline_is_a_row_of_its_own),
        TEST(roles_are_read_and_written),
        TEST(the_first_link_makes_one_administrator),
        TEST(a_link_ends_with_its_time_and_with_the_next),
        TEST(a_link_of_somebody_disabled_is_worthless),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
