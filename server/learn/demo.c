/*
 * demo.c: filling a database with Alder County. Who lives there is demo_people.c, how they work is
 * demo_work.c.
 */
#include "demo_priv.h"

#include "ct/learn/session.h"

#include <pthread.h>
#include <stdatomic.h>

#include "ct/base/banned.h"

/* Lives are led side by side, so that their records share commits: one after the other, most of the
 * time would be waiting for the disk. */
enum { DAY = 24 * 3600, PASSWORD_CHARS = 14, CROWD = 8 };

struct resident {
    const struct ct_demo_person *is;
    struct ct_sv email;
    int64_t id;
    bool idle; /* has yet to do the work */
};

struct crowd {
    struct ct_store *store;
    const struct ct_catalogue *cat;
    int64_t today;
    struct resident *residents;
    atomic_size_t next;
    pthread_mutex_t mutex; /* for the first failure */
    int status;
    struct ct_err err;
};

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

/* Signs in, works, and signs in once more at the end. */
static int lead_life(struct ct_demo_life *life, const struct ct_demo_person *p, struct ct_err *err)
{
    int r;

    life->now += DAY / 2 + (int64_t)ct_demo_roll(life, DAY);
    if ((r = sign_in(life, err)) < 0 || (p->was && (r = change_discipline(life, p, err)) < 0) ||
        (r = ct_demo_work(life, p->level, p->slips, err)) < 0 || (r = sign_in(life, err)) < 0)
        return r;
    return p->left ? ct_person_set_active(life->store, &life->clock, life->person, false, 0, err)
                   : CT_OK;
}

static void start_life(struct ct_demo_life *life, struct ct_store *s, int64_t today,
                       const struct ct_demo_person *p)
{
    *life = (struct ct_demo_life){.store = s,
                                  .now = today - (int64_t)p->days * DAY,
                                  .end = today - DAY / 8,
                                  .dice = (uint64_t)(p - ct_demo_people),
                                  .discipline = ct_sv_c(p->was ? p->was : p->discipline)};
    life->clock = (struct ct_clock){life_now, life};
}

/* Takes residents, one after the other, and leads their lives. */
static void *lead_lives(void *arg)
{
    struct crowd *crowd = arg;
    size_t i;

    while ((i = atomic_fetch_add(&crowd->next, 1)) < ct_demo_n_people) {
        const struct resident *resident = &crowd->residents[i];
        struct ct_demo_life life;
        struct ct_err err = CT_ERR_INIT;
        if (!resident->idle)
            continue;
        start_life(&life, crowd->store, crowd->today, resident->is);
        life.cat = crowd->cat;
        life.person = resident->id;
        int r = lead_life(&life, resident->is, &err);
        ct_arena_release(&life.arena);
        if (r == CT_OK)
            continue;
        pthread_mutex_lock(&crowd->mutex);
        if (crowd->status == CT_OK) {
            crowd->status = r;
            crowd->err = err;
        }
        pthread_mutex_unlock(&crowd->mutex);
        atomic_store(&crowd->next, ct_demo_n_people);
    }
    return NULL;
}

static int lead_all(struct crowd *crowd, struct ct_err *err)
{
    pthread_t threads[CROWD];
    size_t n = 0;

    pthread_mutex_init(&crowd->mutex, NULL);
    while (n < CROWD && pthread_create(&threads[n], NULL, lead_lives, crowd) == 0)
        n++;
    lead_lives(crowd);
    while (n)
        pthread_join(threads[--n], NULL);
    pthread_mutex_destroy(&crowd->mutex);
    if (crowd->status == CT_OK)
        return CT_OK;
    return ct_fail(err, crowd->status, crowd->err.what, "%s", crowd->err.text);
}

/* Finds a person of the county, or adds one, as of the day of joining. Who never signed in, but
 * would have, is idle: a fill that was interrupted goes on there. */
static int move_in(struct crowd *crowd, struct ct_arena *a, size_t i, struct ct_err *err)
{
    const struct ct_demo_person *p = &ct_demo_people[i];
    struct resident *resident = &crowd->residents[i];
    struct ct_err absent = CT_ERR_INIT;
    struct ct_person person;
    int r;

    resident->is = p;
    resident->email = address_of(a, p);
    {
        CT_AUTO_READER reader = ct_store_reader(crowd->store);
        r = ct_person_by_email(reader.db, a, resident->email, &person, &absent);
    }
    if (r < 0 && r != CT_NOT_FOUND)
        return ct_fail(err, r, absent.what, "%s", absent.text);
    resident->idle = p->level != CT_DEMO_INVITED && (r < 0 || person.signed_in_at == 0);
    resident->id = person.id;
    if (r == CT_OK)
        return CT_OK;
    struct ct_demo_life life;
    start_life(&life, crowd->store, crowd->today, p);
    person = (struct ct_person){.email = resident->email,
                                .name = ct_sv_c(p->name),
                                .discipline = life.discipline,
                                .roles = CT_ROLE_LEARNER | p->roles};
    return ct_person_add(crowd->store, &life.clock, &person, &resident->id, err);
}

static int open_account(struct ct_store *s, struct ct_arena *a, const struct resident *resident,
                        struct ct_demo_account *ret, struct ct_err *err)
{
    char *password = ct_arena_alloc(a, PASSWORD_CHARS + 1);

    *ret = (struct ct_demo_account){
        .role = ct_sv_c(resident->is->shown),
        .email = resident->email,
        .name = ct_sv_c(resident->is->name),
        .password = ct_sv_c(ct_random_code(password, PASSWORD_CHARS)),
    };
    return ct_person_set_password(s, resident->id, ret->password, err);
}

/* The trainer who is shown writes something, the first time. */
static int write_draft(const struct crowd *crowd, struct ct_err *err)
{
    for (size_t i = 0; i < ct_demo_n_people; i++) {
        const struct resident *r = &crowd->residents[i];
        if (r->idle && r->is->shown && (r->is->roles & CT_ROLE_TRAINER))
            return ct_demo_write(crowd->store, crowd->cat, r->id, crowd->today, err);
    }
    return CT_OK;
}

/* What an administrator does to certificates, once for each person that it is about. */
static int change_certificates(const struct crowd *crowd, struct ct_err *err)
{
    int64_t administrator = 0;
    int r = CT_OK;

    for (size_t i = 0; i < ct_demo_n_people; i++)
        if (ct_demo_people[i].roles & CT_ROLE_ADMIN)
            administrator = crowd->residents[i].id;
    for (size_t i = 0; r == CT_OK && i < ct_demo_n_people; i++) {
        const struct resident *one = &crowd->residents[i];
        if (one->idle && strcmp(one->is->local, "daniel.osei") == 0)
            r = ct_demo_revoke(crowd->store, crowd->today, one->email, administrator, err);
        if (one->idle && strcmp(one->is->local, "tanya.brooks") == 0)
            r = ct_demo_rename(crowd->store, crowd->today, one->id, "Tanya Brooks-Whitaker",
                               administrator, err);
    }
    return r;
}

static int settle(const struct crowd *crowd, struct ct_arena *a, struct ct_err *err)
{
    int64_t *ids = ct_arena_array(a, int64_t, ct_demo_n_people);

    for (size_t i = 0; i < ct_demo_n_people; i++)
        ids[i] = crowd->residents[i].id;
    return ct_demo_settle(crowd->store, ids, crowd->today, err);
}

int ct_demo_fill(struct ct_store *s, const struct ct_catalogue *cat, const struct ct_clock *clock,
                 struct ct_arena *a, struct ct_demo_account **ret, size_t *ret_n,
                 struct ct_err *err)
{
    struct ct_demo_account *accounts = ct_arena_array(a, struct ct_demo_account, ct_demo_n_people);
    struct crowd crowd = {.store = s,
                          .cat = cat,
                          .today = ct_now(clock),
                          .residents = ct_arena_array(a, struct resident, ct_demo_n_people)};
    size_t n = 0;

    int r = check_inhabitants(s, a, err);
    for (size_t i = 0; r == CT_OK && i < ct_demo_n_people; i++)
        r = move_in(&crowd, a, i, err);
    if (r < 0 || (r = lead_all(&crowd, err)) < 0 || (r = write_draft(&crowd, err)) < 0 ||
        (r = settle(&crowd, a, err)) < 0 ||
        (r = ct_demo_require(s, cat, a, crowd.today, err)) < 0 ||
        (r = ct_demo_record(s, cat, a, crowd.today, err)) < 0 ||
        (r = change_certificates(&crowd, err)) < 0)
        return r;
    ct_store_drain(s);
    if ((r = ct_demo_credit(s, cat, a, crowd.today, err)) < 0)
        return r;
    for (size_t i = 0; r == CT_OK && i < ct_demo_n_people; i++)
        if (ct_demo_people[i].shown)
            r = open_account(s, a, &crowd.residents[i], &accounts[n++], err);
    if (r < 0)
        return r;
    *ret = accounts;
    *ret_n = n;
    return CT_OK;
}
