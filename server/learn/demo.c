/*
 * demo.c: filling a database with Alder County. Who lives there is demo_people.c, how they work is
 * demo_work.c.
 */
#include "demo_priv.h"

#include "ct/learn/session.h"

#include "ct/base/banned.h"

enum { DAY = 24 * 3600, PASSWORD_CHARS = 14 };

static int64_t life_now(void *arg)
{
    return ((const struct ct_demo_life *)arg)->now;
}

static struct ct_sv address_of(struct ct_arena *a, const struct ct_demo_person *p)
{
    return ct_arena_printf(a, "%s@example.org", p->local);
}

/* CT_CONFLICT if people live here, and nobody of ours. */
static int check_inhabitants(struct ct_store *s, struct ct_arena *a, struct ct_err *err)
{
    struct ct_person *people;
    size_t n;
    CT_AUTO_READER reader = ct_store_reader(s);

    int r = ct_person_list(reader.db, a, &people, &n, err);
    if (r < 0 || n == 0)
        return r;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < ct_demo_n_people; k++)
            if (ct_sv_ieq(people[i].email, address_of(a, &ct_demo_people[k])))
                return CT_OK;
    return ct_fail(err, CT_CONFLICT, "database", "it holds other people than those of the demo");
}

static int find_person(struct ct_store *s, struct ct_arena *a, struct ct_sv email, int64_t *ret,
                       struct ct_err *err)
{
    struct ct_person found;
    struct ct_err absent = CT_ERR_INIT;
    CT_AUTO_READER reader = ct_store_reader(s);

    *ret = 0;
    int r = ct_person_by_email(reader.db, a, email, &found, &absent);
    if (r == CT_OK)
        *ret = found.id;
    if (r == CT_OK || r == CT_NOT_FOUND)
        return CT_OK;
    return ct_fail(err, absent.code, absent.what, "%s", absent.text);
}

/* Signs in and out, so that the day is known. */
static int sign_in(struct ct_demo_life *life, struct ct_err *err)
{
    struct ct_sessions sessions;
    char token[CT_TOKEN_TEXT + 1];

    ct_sessions_init(&sessions, life->store, &life->clock);
    int r = ct_session_open_for(&sessions, life->person, token, err);
    return r < 0 ? r : ct_session_close(&sessions, ct_sv_c(token), err);
}

/* Some work under an earlier discipline, then the change. */
static int change_discipline(struct ct_demo_life *life, const struct ct_demo_person *p,
                             struct ct_err *err)
{
    int64_t end = life->end;

    life->end = life->now + (end - life->now) / 3;
    int r = ct_demo_work(life, CT_DEMO_HALF, 0, err);
    life->now = life->end;
    life->end = end;
    life->discipline = ct_sv_c(p->discipline);
    return r < 0 ? r
                 : ct_person_set_discipline(life->store, &life->clock, life->person,
                                            life->discipline, err);
}

static int lead_life(struct ct_demo_life *life, const struct ct_demo_person *p, struct ct_sv email,
                     struct ct_err *err)
{
    struct ct_person person = {.email = email,
                               .name = ct_sv_c(p->name),
                               .discipline = life->discipline,
                               .roles = CT_ROLE_LEARNER | p->roles};

    int r = ct_person_add(life->store, &life->clock, &person, &life->person, err);
    if (r < 0)
        return r;
    if (p->level != CT_DEMO_INVITED) {
        life->now += DAY / 2 + (int64_t)ct_demo_roll(life, DAY);
        if ((r = sign_in(life, err)) < 0 || (p->was && (r = change_discipline(life, p, err)) < 0) ||
            (r = ct_demo_work(life, p->level, p->slips, err)) < 0 || (r = sign_in(life, err)) < 0)
            return r;
    }
    return p->left ? ct_person_set_active(life->store, life->person, false, err) : CT_OK;
}

/* Adds a person with all of the work, unless the person is there already. */
static int settle(struct ct_store *s, const struct ct_catalogue *cat, int64_t today, size_t i,
                  struct ct_err *err)
{
    const struct ct_demo_person *p = &ct_demo_people[i];
    struct ct_demo_life life = {.store = s,
                                .cat = cat,
                                .now = today - (int64_t)p->days * DAY,
                                .end = today - DAY / 8,
                                .dice = i,
                                .discipline = ct_sv_c(p->was ? p->was : p->discipline)};
    int64_t id;

    life.clock = (struct ct_clock){life_now, &life};
    struct ct_sv email = address_of(&life.arena, p);
    int r = find_person(s, &life.arena, email, &id, err);
    if (r == CT_OK && id == 0)
        r = lead_life(&life, p, email, err);
    ct_arena_release(&life.arena);
    return r;
}

static int open_account(struct ct_store *s, struct ct_arena *a, const struct ct_demo_person *p,
                        struct ct_demo_account *ret, struct ct_err *err)
{
    char *password = ct_arena_alloc(a, PASSWORD_CHARS + 1);
    int64_t id;

    *ret = (struct ct_demo_account){.role = ct_sv_c(p->shown),
                                    .email = address_of(a, p),
                                    .name = ct_sv_c(p->name),
                                    .password = ct_sv_c(ct_random_code(password, PASSWORD_CHARS))};
    int r = find_person(s, a, ret->email, &id, err);
    return r < 0 ? r : ct_person_set_password(s, id, ret->password, err);
}

int ct_demo_fill(struct ct_store *s, const struct ct_catalogue *cat, const struct ct_clock *clock,
                 struct ct_arena *a, struct ct_demo_account **ret, size_t *ret_n,
                 struct ct_err *err)
{
    struct ct_demo_account *accounts = ct_arena_array(a, struct ct_demo_account, ct_demo_n_people);
    size_t n = 0;

    int r = check_inhabitants(s, a, err);
    for (size_t i = 0; r == CT_OK && i < ct_demo_n_people; i++)
        r = settle(s, cat, ct_now(clock), i, err);
    ct_store_drain(s);
    for (size_t i = 0; r == CT_OK && i < ct_demo_n_people; i++)
        if (ct_demo_people[i].shown)
            r = open_account(s, a, &ct_demo_people[i], &accounts[n++], err);
    if (r < 0)
        return r;
    *ret = accounts;
    *ret_n = n;
    return CT_OK;
}
