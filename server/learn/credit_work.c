/*
 * credit_work.c: what people did up to a moment, as far as credit is counted from it: completed
 * courses with their minutes, outside training that was approved, courses completed before,
 * attestations; and what years and
 * days depend on: the agency of the day of completion, the day of hire, the licence.
 *
 * Of everybody these are hundreds of thousands of rows, so each table is read once, by an index
 * that has all that is asked, and joined here.
 */
#include "credit_priv.h"
#include "sql_priv.h"

#include "ct/learn/home.h"
#include "ct/learn/past_completion.h"
#include "ct/learn/training.h"

#include <stdlib.h>

#include "ct/base/banned.h"

#define DONE                                                                                       \
    "select c.id, c.person, c.course, c.discipline, c.minutes, coalesce(c.score, -1) as score,"    \
    " c.at, k.code, k.minutes as stated from completion c"                                         \
    " left join certificate k on k.completion = c.id where c.module is null and c.at <= :at"
static const struct ct_sql DONE_ALL = {DONE " order by c.person, c.at, c.id"};
static const struct ct_sql DONE_ONE = {DONE " and c.person = :person order by c.at, c.id"};

/* So that what is read finds its room at once. */
static const struct ct_sql COUNT = {
    "select count(*) as n from completion c where c.module is null and c.at <= :at"};

/* Certificates that are revoked are few, and put into order here. */
#define REVOKED                                                                                    \
    "select k.completion from certificate_revocation v join certificate k on k.code = v.code"
static const struct ct_sql REVOKED_ALL = {REVOKED " where v.at <= :at"};
static const struct ct_sql REVOKED_ONE = {
    REVOKED " join completion c on c.id = k.completion where v.at <= :at and c.person = :person"};

static const struct ct_sql ATTESTED_ALL = {
    "select s.completion, s.type from attestation s where s.at <= :at order by s.completion"};
static const struct ct_sql ATTESTED_ONE = {
    "select s.completion, s.type from attestation s where s.person = :person and s.at <= :at"
    " order by s.completion"};
static const struct ct_sql FACTS_ALL = {
    "select f.person, f.value, f.since from person_fact f where f.field = :field and f.at <= :at"
    " order by f.person, f.since, f.at, f.id"};
static const struct ct_sql FACTS_ONE = {
    "select f.person, f.value, f.since from person_fact f where f.field = :field and f.at <= :at"
    " and f.person = :person order by f.since, f.at, f.id"};

const struct ct_sql *const ct_credit_work_sql[] = {
    &COUNT,        &DONE_ALL,     &DONE_ONE,  &REVOKED_ALL, &REVOKED_ONE,
    &ATTESTED_ALL, &ATTESTED_ONE, &FACTS_ALL, &FACTS_ONE,   NULL};

struct fact {
    int64_t person;
    struct ct_sv value;
};

struct reading {
    struct ct_db *db;
    struct ct_arena *arena;
    int64_t person, as_of;
    struct ct_credit_known known;
    struct ct_homes *homes;              /* those of `known`, or its own */
    struct ct_sv *courses, *disciplines; /* each text once: rows repeat few of them */
    size_t n_courses, n_disciplines, cap_courses, cap_disciplines;
};

static void reading_end(struct reading *rd)
{
    if (!rd->known.homes)
        ct_homes_free(rd->homes);
}

static void bind(struct ct_stmt *st, const struct reading *rd)
{
    ct_bind_i64(st, ":at", rd->as_of);
    if (rd->person)
        ct_bind_i64(st, ":person", rd->person);
}

static struct ct_sv once(struct ct_arena *a, struct ct_sv **list, size_t *n, size_t *cap,
                         struct ct_sv text)
{
    for (size_t i = 0; i < *n; i++)
        if (ct_sv_eq((*list)[i], text))
            return (*list)[i];
    CT_ARENA_PUSH(a, *list, *n, *cap, ct_arena_dup(a, text));
    return (*list)[*n - 1];
}

/* ---- what is said of people ---- */

/* The last that is said of a field on a person's day, by person. */
static int read_facts(const struct reading *rd, const char *field, struct fact **ret, size_t *ret_n,
                      struct ct_err *err)
{
    struct fact *list = NULL;
    size_t n = 0, cap = 0;
    int r, since;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, rd->person ? &FACTS_ONE : &FACTS_ALL);

    bind(&st, rd);
    ct_bind_c(&st, ":field", field);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct fact f = {ct_col_i64(&st, "person"), ct_col_dup(&st, "value", rd->arena)};
        if (!ct_day_parse(ct_col_sv(&st, "since"), &since) ||
            since > ct_home_day(ct_home_of(rd->homes, f.person), rd->as_of))
            continue;
        if (n && list[n - 1].person == f.person)
            list[n - 1] = f;
        else
            CT_ARENA_PUSH(rd->arena, list, n, cap, f);
    }
    *ret = list;
    *ret_n = n;
    return r;
}

static int read_hired(struct reading *rd, struct ct_err *err)
{
    struct ct_credit_hired *list;
    struct fact *facts;
    size_t n;
    int r = read_facts(rd, "hired_on", &facts, &n, err);

    if (r < 0)
        return r;
    list = ct_arena_array(rd->arena, struct ct_credit_hired, n);
    for (size_t i = 0; i < n; i++) {
        list[i] = (struct ct_credit_hired){facts[i].person, CT_DAY_NONE};
        ct_day_parse(facts[i].value, &list[i].on);
    }
    rd->known.hired = list;
    rd->known.n_hired = n;
    return CT_OK;
}

/* The first entry of a person in a list that is in the order of people. */
#define FIND(list, n, wanted, ret_at)                                                              \
    do {                                                                                           \
        size_t low = 0, high = (n);                                                                \
        while (low < high) {                                                                       \
            size_t mid = low + (high - low) / 2;                                                   \
            if ((list)[mid].person < (wanted))                                                     \
                low = mid + 1;                                                                     \
            else                                                                                   \
                high = mid;                                                                        \
        }                                                                                          \
        (ret_at) = low;                                                                            \
    } while (0)

/* Days and years where the people were; `at` NULL: the days are known. */
static void find_days(const struct reading *rd, struct ct_credit_done *done, const int64_t *at,
                      size_t n)
{
    const struct ct_home *home = NULL;
    const struct ct_org *agency;
    size_t hired = 0;
    int64_t person = 0;
    int day = CT_DAY_NONE;

    for (size_t i = 0; i < n; i++) {
        struct ct_credit_work *w = &done[i].work;
        if (!home || done[i].person != person) {
            person = done[i].person;
            home = ct_home_of(rd->homes, person);
            FIND(rd->known.hired, rd->known.n_hired, person, hired);
            day = hired < rd->known.n_hired && rd->known.hired[hired].person == person
                      ? rd->known.hired[hired].on
                      : CT_DAY_NONE;
        }
        if (at)
            w->on = ct_home_day(home, at[i]);
        agency = ct_home_agency(home, w->on);
        w->fiscal_month = agency ? agency->fiscal_month : 0;
        w->hired = day;
    }
}

/* ---- what was done ---- */

static int count_done(const struct reading *rd, size_t *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(rd->db, &COUNT);
    int r;

    *ret = 0;
    if (rd->person)
        return CT_OK;
    bind(&st, rd);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    *ret = (size_t)ct_col_i64(&st, "n");
    return CT_OK;
}

/* With room for `more` behind it. */
static int read_done(struct reading *rd, size_t more, struct ct_credit_done **ret, int64_t **ret_at,
                     size_t *ret_n, struct ct_err *err)
{
    struct ct_credit_done *list;
    int64_t *at;
    size_t n = 0, n_at = 0, cap, cap_at;
    int r = count_done(rd, &cap, err);

    if (r < 0)
        return r;
    cap += more;
    cap_at = cap;
    list = ct_arena_array(rd->arena, struct ct_credit_done, cap);
    at = ct_arena_array(rd->arena, int64_t, cap);
    CT_AUTO_STMT st = ct_db_stmt(rd->db, rd->person ? &DONE_ONE : &DONE_ALL);

    bind(&st, rd);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_credit_done d = {.person = ct_col_i64(&st, "person"),
                                   .completion = ct_col_i64(&st, "id")};
        d.course = once(rd->arena, &rd->courses, &rd->n_courses, &rd->cap_courses,
                        ct_col_sv(&st, "course"));
        d.work.discipline = once(rd->arena, &rd->disciplines, &rd->n_disciplines,
                                 &rd->cap_disciplines, ct_col_sv(&st, "discipline"));
        d.work.active = d.work.stated = (int)ct_col_i64(&st, "minutes");
        d.work.score = (int)ct_col_i64(&st, "score");
        int64_t moment = ct_col_i64(&st, "at");
        d.certificate = ct_col_dup(&st, "code", rd->arena);
        if (d.certificate.n)
            d.work.stated = (int)ct_col_i64(&st, "stated");
        if (n && list[n - 1].completion == d.completion) {
            list[n - 1] = d; /* another certificate of the same */
            continue;
        }
        CT_ARENA_PUSH(rd->arena, list, n, cap, d);
        CT_ARENA_PUSH(rd->arena, at, n_at, cap_at, moment);
    }
    while (cap < n + more)
        list = ct_arena_grow(rd->arena, list, cap, &cap, sizeof *list);
    *ret = list;
    *ret_at = at;
    *ret_n = n;
    return r;
}

static int by_id(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;

    return (*a > *b) - (*a < *b);
}

static int mark_revoked(const struct reading *rd, struct ct_credit_done *done, size_t n,
                        struct ct_err *err)
{
    int64_t *list = NULL;
    size_t n_list = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, rd->person ? &REVOKED_ONE : &REVOKED_ALL);

    bind(&st, rd);
    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(rd->arena, list, n_list, cap, ct_col_i64(&st, "completion"));
    if (n_list)
        qsort(list, n_list, sizeof *list, by_id);
    for (size_t i = 0; i < n && n_list; i++)
        done[i].work.revoked =
            bsearch(&done[i].completion, list, n_list, sizeof *list, by_id) != NULL;
    return r;
}

/* What is recorded of a completion are the minutes of all time; those since the one before count.
 */
static void take_earlier_minutes_off(struct ct_credit_done *done, size_t n)
{
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i; k-- > 0 && done[k].person == done[i].person;) {
            if (!ct_sv_eq(done[k].course, done[i].course) ||
                !ct_sv_eq(done[k].work.discipline, done[i].work.discipline))
                continue;
            if (done[i].work.active >= done[k].work.active)
                done[i].work.active -= done[k].work.active;
            break;
        }
    }
}

/* What was done elsewhere, of which the hours are known. */
struct elsewhere {
    struct ct_credit_done *items;
    size_t n, cap;
};

static struct ct_credit_work work_elsewhere(int on, int minutes, int score)
{
    return (struct ct_credit_work){
        .on = on, .stated = minutes, .active = -1, .score = score, .elsewhere = true};
}

/* Outside training that somebody approved. */
static int read_trainings(const struct reading *rd, struct elsewhere *ret, struct ct_err *err)
{
    const struct ct_training *all = rd->known.trainings;
    struct ct_training *own;
    size_t n = rd->known.n_trainings;
    int r = CT_OK;

    if (!rd->known.homes) {
        r = ct_training_list(rd->db, rd->arena, rd->person, 0, rd->as_of, &own, &n, err);
        all = own;
    }
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        const struct ct_training *t = &all[i];
        const struct ct_credit_done d = {.person = t->person,
                                         .training = t->id,
                                         .type = t->credit_type,
                                         .work = work_elsewhere(t->on, t->minutes, -1)};
        if (t->kind == CT_TRAINING_CREDIT && t->approved_by.n && t->minutes)
            CT_ARENA_PUSH(rd->arena, ret->items, ret->n, ret->cap, d);
    }
    return r;
}

static int read_past(const struct reading *rd, struct elsewhere *ret, struct ct_err *err)
{
    const struct ct_past_completion *all = rd->known.past;
    struct ct_past_completion *own;
    size_t n = rd->known.n_past;
    int r = CT_OK;

    if (!rd->known.homes) {
        r = ct_past_completion_list(rd->db, rd->arena, rd->person, rd->as_of, &own, &n, err);
        all = own;
    }
    for (size_t i = 0; i < n && r == CT_OK; i++) {
        const struct ct_past_completion *p = &all[i];
        const struct ct_credit_done d = {.person = p->person,
                                         .past = p->id,
                                         .course = p->course,
                                         .work = work_elsewhere(p->on, p->minutes, p->score)};
        if (p->minutes)
            CT_ARENA_PUSH(rd->arena, ret->items, ret->n, ret->cap, d);
    }
    return r;
}

static bool comes_before(const struct ct_credit_done *a, const struct ct_credit_done *b)
{
    if (a->person != b->person)
        return a->person < b->person;
    return a->work.on < b->work.on;
}

/* Of one day outside training first, each in the order of recording. */
static int by_day(const void *x, const void *y)
{
    const struct ct_credit_done *a = x, *b = y;

    if (comes_before(a, b) || comes_before(b, a))
        return comes_before(a, b) ? -1 : 1;
    if ((a->past != 0) != (b->past != 0))
        return a->past ? 1 : -1;
    return a->training + a->past < b->training + b->past ? -1 : 1;
}

/* Both are by person, then day, but that a day may be one earlier for who moved to another zone.
 * `done` has room for all; it is filled from its end. */
static void merge(struct ct_credit_done *done, size_t n, const struct ct_credit_done *more,
                  size_t n_more, struct ct_credit_works *ret)
{
    size_t i = n, k = n_more;

    ret->done = done;
    ret->n = n + n_more;
    for (size_t to = ret->n; k > 0; to--)
        done[to - 1] = i > 0 && comes_before(&more[k - 1], &done[i - 1]) ? done[--i] : more[--k];
    for (size_t at = 1; at < ret->n; at++)
        for (size_t j = at; j > 0 && comes_before(&ret->done[j], &ret->done[j - 1]); j--) {
            struct ct_credit_done swapped = ret->done[j];
            ret->done[j] = ret->done[j - 1];
            ret->done[j - 1] = swapped;
        }
}

static int read_attested(const struct reading *rd, struct ct_credit_works *ret, struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, rd->person ? &ATTESTED_ONE : &ATTESTED_ALL);

    bind(&st, rd);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_credit_attested one = {ct_col_i64(&st, "completion"),
                                         ct_col_dup(&st, "type", rd->arena)};
        CT_ARENA_PUSH(rd->arena, ret->attested, ret->n_attested, cap, one);
    }
    return r;
}

bool ct_credit_is_attested(const struct ct_credit_works *w, int64_t completion, struct ct_sv type)
{
    size_t low = 0, high = w->n_attested;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->attested[mid].completion < completion)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < w->n_attested && w->attested[low].completion == completion; low++)
        if (ct_sv_eq(w->attested[low].type, type))
            return true;
    return false;
}

struct ct_sv ct_credit_licence_of(const struct ct_credit_works *w, int64_t person)
{
    size_t at;

    FIND(w->licences, w->n_licences, person, at);
    return at < w->n_licences && w->licences[at].person == person ? w->licences[at].body
                                                                  : CT_SV_NULL;
}

static int read_licences(const struct reading *rd, struct ct_credit_works *ret, struct ct_err *err)
{
    struct fact *facts;
    int r = read_facts(rd, "licence_body", &facts, &ret->n_licences, err);

    ret->licences = ct_arena_array(rd->arena, struct ct_credit_licence, ret->n_licences);
    for (size_t i = 0; i < ret->n_licences; i++)
        ret->licences[i] = (struct ct_credit_licence){facts[i].person, facts[i].value};
    return r;
}

int ct_credit_works(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                    const struct ct_credit_known *known, struct ct_credit_works *ret,
                    struct ct_err *err)
{
    __attribute__((cleanup(reading_end))) struct reading rd = {
        .db = db, .arena = a, .person = person, .as_of = as_of};
    struct ct_credit_works works = {.n = 0};
    struct ct_credit_done *done;
    struct elsewhere other = {.n = 0};
    size_t n;
    int64_t *at;
    int r;

    if (known)
        rd.known = *known;
    rd.homes = rd.known.homes;
    if ((!known && ((r = ct_homes_read(db, a, person, as_of, &rd.homes, err)) < 0 ||
                    (r = read_hired(&rd, err)) < 0)) ||
        (r = read_trainings(&rd, &other, err)) < 0 || (r = read_past(&rd, &other, err)) < 0 ||
        (r = read_done(&rd, other.n, &done, &at, &n, err)) < 0 ||
        (r = mark_revoked(&rd, done, n, err)) < 0 || (r = read_attested(&rd, &works, err)) < 0 ||
        (r = read_licences(&rd, &works, err)) < 0)
        return r;
    find_days(&rd, done, at, n);
    if (other.n)
        qsort(other.items, other.n, sizeof other.items[0], by_day);
    find_days(&rd, other.items, NULL, other.n);
    take_earlier_minutes_off(done, n);
    merge(done, n, other.items, other.n, &works);
    *ret = works;
    return CT_OK;
}
