/*
 * home.c: the homes of people from their memberships. Nearly everybody has been in one time zone
 * for all the time that is known; for others the moments are found at which the home changed.
 */
#include "ct/learn/home.h"

#include "sql_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static const struct ct_sql MEMBERS_ALL = {
    "select m.person, m.org, m.begins, m.on_date from membership_event m where m.at <= :at"
    " order by m.person, m.on_date, m.at, m.id"};
static const struct ct_sql MEMBERS_ONE = {
    "select m.person, m.org, m.begins, m.on_date from membership_event m where m.at <= :at"
    " and m.person = :person order by m.on_date, m.at, m.id"};

const struct ct_sql *const ct_home_sql[] = {&MEMBERS_ALL, &MEMBERS_ONE, NULL};

static int cmp_id(const void *pa, const void *pb)
{
    const struct ct_org *const *a = pa, *const *b = pb;

    return ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

static size_t org_at(const struct ct_homes *h, int64_t id)
{
    const struct ct_org wanted = {.id = id}, *key = &wanted;
    const struct ct_org **found =
        h->n_orgs ? bsearch(&key, h->by_id, h->n_orgs, sizeof(const struct ct_org *), cmp_id)
                  : NULL;

    return found ? (size_t)(*found - h->orgs) : SIZE_MAX;
}

static size_t agency_of(const struct ct_homes *h, const struct ct_org *o)
{
    switch (o->kind) {
    case CT_ORG_AGENCY:
        return (size_t)(o - h->orgs);
    case CT_ORG_UNIT:
        return org_at(h, o->agency);
    case CT_ORG_TASK_FORCE:
        break;
    }
    return SIZE_MAX;
}

static int read_orgs(struct ct_homes *h, struct ct_db *db, int64_t as_of, struct ct_err *err)
{
    int r = ct_org_list_as_of(db, h->arena, as_of, &h->orgs, &h->n_orgs, err);

    if (r < 0)
        return r;
    h->by_id = ct_arena_array(h->arena, const struct ct_org *, h->n_orgs);
    h->agencies = ct_arena_array(h->arena, size_t, h->n_orgs);
    h->zones = ct_arena_array(h->arena, struct ct_zone *, h->n_orgs);
    for (size_t i = 0; i < h->n_orgs; i++)
        h->by_id[i] = &h->orgs[i];
    if (h->n_orgs)
        qsort(h->by_id, h->n_orgs, sizeof(const struct ct_org *), cmp_id);
    for (size_t i = 0; i < h->n_orgs; i++)
        h->agencies[i] = agency_of(h, &h->orgs[i]);
    h->site_name = ct_org_zone_as_of(h->orgs, h->n_orgs, CT_SV_NULL, as_of);
    return ct_zone_open(h->site_name, &h->site, err);
}

static int open_zone(struct ct_homes *h, size_t agency, struct ct_err *err)
{
    if (agency == SIZE_MAX || h->zones[agency])
        return CT_OK;
    return ct_zone_open(h->orgs[agency].time_zone, &h->zones[agency], err);
}

/* Rows of everybody, or of one person, as they are read. */
struct members {
    struct ct_member_event *events;
    size_t n, cap, cap_list;
};

static int read_members(struct ct_homes *h, struct ct_db *db, int64_t person, int64_t as_of,
                        struct members *m, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, person ? &MEMBERS_ONE : &MEMBERS_ALL);

    ct_bind_i64(&st, ":at", as_of);
    if (person)
        ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_home home = {.of = h, .person = ct_col_i64(&st, "person")};
        struct ct_member_event e = {.org = org_at(h, ct_col_i64(&st, "org")),
                                    .begins = ct_col_i64(&st, "begins") != 0};
        if (e.org == SIZE_MAX || !ct_day_parse(ct_col_sv(&st, "on_date"), &e.on))
            continue;
        if ((r = open_zone(h, h->agencies[e.org], err)) < 0)
            return r;
        if (h->n == 0 || h->list[h->n - 1].person != home.person)
            CT_ARENA_PUSH(h->arena, h->list, h->n, m->cap_list, home);
        h->list[h->n - 1].n_members++;
        CT_ARENA_PUSH(h->arena, m->events, m->n, m->cap, e);
    }
    return r;
}

/* All rows in one list, whose parts are the people's. */
static int read_all_members(struct ct_homes *h, struct ct_db *db, const int64_t *people, size_t n,
                            int64_t as_of, struct ct_err *err)
{
    struct members m = {.n = 0};
    int r = n ? CT_OK : read_members(h, db, 0, as_of, &m, err);

    for (size_t i = 0; i < n && r >= 0; i++)
        r = read_members(h, db, people[i], as_of, &m, err);
    for (size_t i = 0, first = 0; i < h->n; first += h->list[i++].n_members)
        h->list[i].members = &m.events[first];
    return r;
}

/* The first moment at which a row holds, where its agency is. */
static int64_t begin_of(const struct ct_homes *h, const struct ct_member_event *e)
{
    return ct_zone_day_end(h->zones[h->agencies[e->org]], e->on - 1) + 1;
}

/* The first agency by path to which somebody belongs by the rows that are marked; SIZE_MAX: to
 * none. The last one marked of an org counts. */
static size_t agency_by(const struct ct_home *p, const bool *marked)
{
    const size_t *agencies = p->of->agencies;
    size_t first = SIZE_MAX;

    for (size_t i = 0; i < p->n_members; i++) {
        const struct ct_member_event *e = &p->members[i];
        bool is_last = marked[i] && e->begins;
        for (size_t k = i + 1; k < p->n_members && is_last; k++)
            is_last = !marked[k] || p->members[k].org != e->org;
        if (is_last && agencies[e->org] < first)
            first = agencies[e->org];
    }
    return first;
}

static int cmp_moment(const void *pa, const void *pb)
{
    int64_t a = *(const int64_t *)pa, b = *(const int64_t *)pb;

    return (a > b) - (a < b);
}

/* Between two moments at which a row begins to hold nothing changes. */
static void find_spells(struct ct_arena *a, struct ct_home *p)
{
    const struct ct_homes *h = p->of;
    int64_t *begins = ct_arena_array(a, int64_t, p->n_members);
    int64_t *moments = ct_arena_array(a, int64_t, p->n_members);
    bool *marked = ct_arena_array(a, bool, p->n_members);
    struct ct_home_spell *spells = NULL;
    size_t n = 0, cap = 0;

    for (size_t i = 0; i < p->n_members; i++)
        begins[i] =
            h->agencies[p->members[i].org] == SIZE_MAX ? INT64_MAX : begin_of(h, &p->members[i]);
    for (size_t i = 0; i < p->n_members; i++)
        moments[i] = begins[i];
    qsort(moments, p->n_members, sizeof *moments, cmp_moment);
    for (size_t m = 0; m < p->n_members && moments[m] < INT64_MAX; m++) {
        struct ct_home_spell s = {.from = moments[m]};
        for (size_t i = 0; i < p->n_members; i++)
            marked[i] = begins[i] <= moments[m];
        s.agency = agency_by(p, marked);
        if (s.agency == SIZE_MAX || (n && spells[n - 1].agency == s.agency))
            continue;
        CT_ARENA_PUSH(h->arena, spells, n, cap, s);
    }
    p->spells = spells;
    p->n_spells = n;
}

/* One zone needs no moments. */
static bool find_one(struct ct_home *p)
{
    const struct ct_homes *h = p->of;
    struct ct_home_spell *one;
    size_t agency = SIZE_MAX;

    for (size_t i = 0; i < p->n_members; i++) {
        size_t other = h->agencies[p->members[i].org];
        if (other == SIZE_MAX || !p->members[i].begins)
            continue;
        if (agency != SIZE_MAX && !ct_sv_eq(h->orgs[other].time_zone, h->orgs[agency].time_zone))
            return false;
        agency = other;
    }
    if (agency == SIZE_MAX)
        return true;
    one = ct_arena_new(h->arena, struct ct_home_spell);
    *one = (struct ct_home_spell){.from = INT64_MIN, .agency = agency};
    p->spells = one;
    p->n_spells = 1;
    return true;
}

int ct_homes_read(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                  struct ct_homes **ret, struct ct_err *err)
{
    return ct_homes_read_of(db, a, &person, person != 0, as_of, ret, err);
}

int ct_homes_read_of(struct ct_db *db, struct ct_arena *a, const int64_t *people, size_t n,
                     int64_t as_of, struct ct_homes **ret, struct ct_err *err)
{
    CT_AUTO_ARENA scratch = CT_ARENA_INIT;
    struct ct_homes *h = ct_arena_new(a, struct ct_homes);
    int r;

    h->arena = a;
    h->nobody.of = h;
    if ((r = read_orgs(h, db, as_of, err)) < 0 ||
        (r = read_all_members(h, db, people, n, as_of, err)) < 0) {
        ct_homes_free(h);
        return r;
    }
    for (size_t i = 0; i < h->n; i++)
        if (!find_one(&h->list[i])) {
            find_spells(&scratch, &h->list[i]);
            ct_arena_reset(&scratch);
        }
    *ret = h;
    return CT_OK;
}

void ct_homes_free(struct ct_homes *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < h->n_orgs && h->zones; i++)
        ct_zone_free(h->zones[i]);
    ct_zone_free(h->site);
}

const struct ct_home *ct_home_of(const struct ct_homes *h, int64_t person)
{
    size_t low = 0, high = h->n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (h->list[mid].person < person)
            low = mid + 1;
        else
            high = mid;
    }
    return low < h->n && h->list[low].person == person ? &h->list[low] : &h->nobody;
}

/* The place of the home at a moment; SIZE_MAX: there is none. */
static size_t agency_at(const struct ct_home *p, int64_t at)
{
    size_t i = 1;

    while (i < p->n_spells && p->spells[i].from <= at)
        i++;
    return p->n_spells ? p->spells[i - 1].agency : SIZE_MAX;
}

static const struct ct_zone *zone_at(const struct ct_home *p, int64_t at)
{
    size_t agency = agency_at(p, at);

    return agency == SIZE_MAX ? p->of->site : p->of->zones[agency];
}

int ct_home_day(const struct ct_home *p, int64_t at)
{
    return ct_zone_day(zone_at(p, at), at);
}

int64_t ct_home_day_end(const struct ct_home *p, int day)
{
    int64_t end = ct_zone_day_end(zone_at(p, ct_date_begin(ct_day_date(day))), day);

    return ct_zone_day_end(zone_at(p, end), day);
}

struct ct_sv ct_home_zone(const struct ct_home *p, int64_t at)
{
    size_t agency = agency_at(p, at);

    return agency == SIZE_MAX ? p->of->site_name : p->of->orgs[agency].time_zone;
}

/* The first agency by path on a day, by the days of the rows; SIZE_MAX: none. */
static size_t agency_on(const struct ct_home *p, int day)
{
    size_t first = SIZE_MAX;

    for (size_t i = 0; i < p->n_members && p->members[i].on <= day; i++) {
        const struct ct_member_event *e = &p->members[i];
        bool is_last = e->begins;
        for (size_t k = i + 1; k < p->n_members && p->members[k].on <= day && is_last; k++)
            is_last = p->members[k].org != e->org;
        if (is_last && p->of->agencies[e->org] < first)
            first = p->of->agencies[e->org];
    }
    return first;
}

const struct ct_org *ct_home_agency(const struct ct_home *p, int day)
{
    size_t agency = agency_on(p, day);

    /* The last day before on which there was one, else the first after. */
    for (size_t i = p->n_members; i-- > 0 && agency == SIZE_MAX;)
        if (p->members[i].on <= day)
            agency = agency_on(p, p->members[i].on);
    for (size_t i = 0; i < p->n_members && agency == SIZE_MAX; i++)
        agency = agency_on(p, p->members[i].on);
    return agency == SIZE_MAX ? NULL : &p->of->orgs[agency];
}
