/*
 * assignment_people.c: everybody, with what was recorded of them up to a moment: belonging,
 * discipline, names and numbers, whether they were active. What they did is assignment_work.c.
 */
#include "assignment_priv.h"
#include "sql_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

#define PERSON                                                                                     \
    "select p.id, p.name, p.email, p.active, p.created_at from person p where p.created_at <= :at"
static const struct ct_sql PEOPLE = {PERSON " order by p.id"};
static const struct ct_sql PEOPLE_ONE = {PERSON " and p.id = :person"};
#define TENURE                                                                                     \
    "select m.person, m.discipline, m.since from person_discipline m where m.since <= :at"
static const struct ct_sql TENURES = {TENURE " order by m.person, m.since, m.rowid"};
static const struct ct_sql TENURES_ONE = {TENURE " and m.person = :person"
                                                 " order by m.since, m.rowid"};
/* Later ones, too: whether anything was ever said of a field tells whether the account's own is
 * that of the day. Field by field, as they stand in the index; no field depends on another. */
#define FACT "select f.person, f.field, f.value, f.at, f.since from person_fact f"
static const struct ct_sql FACTS = {FACT " order by f.person, f.field, f.since, f.at, f.id"};
static const struct ct_sql FACTS_ONE = {FACT " where f.person = :person"
                                             " order by f.field, f.since, f.at, f.id"};
#define CERTIFICATE_NAME "select n.person, n.name from certificate_name n where n.at <= :at"
static const struct ct_sql CERTIFICATE_NAMES = {CERTIFICATE_NAME " order by n.person, n.id"};
static const struct ct_sql CERTIFICATE_NAMES_ONE = {CERTIFICATE_NAME
                                                    " and n.person = :person order by n.id"};

static const struct ct_sql COUNT = {"select count(*) as n from person"};

const struct ct_sql *const ct_assignment_people_sql[] = {&COUNT,
                                                         &PEOPLE,
                                                         &PEOPLE_ONE,
                                                         &TENURES,
                                                         &TENURES_ONE,
                                                         &FACTS,
                                                         &FACTS_ONE,
                                                         &CERTIFICATE_NAMES,
                                                         &CERTIFICATE_NAMES_ONE,
                                                         NULL};

struct ct_someone *ct_everybody_find(const struct ct_everybody *all, int64_t person)
{
    size_t low = 0, high = all->n;

    if (all->places)
        return person > 0 && (uint64_t)person < all->n_places && all->places[person]
                   ? &all->people[all->places[person] - 1]
                   : NULL;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (all->people[mid].who.id < person)
            low = mid + 1;
        else
            high = mid;
    }
    return low < all->n && all->people[low].who.id == person ? &all->people[low] : NULL;
}

struct ct_someone *ct_everybody_next(const struct ct_everybody *all, struct ct_someone *before,
                                     int64_t person)
{
    if (before && before->who.id == person)
        return before;
    if (before && before + 1 < all->people + all->n && before[1].who.id == person)
        return before + 1;
    return ct_everybody_find(all, person);
}

bool ct_someone_in(const struct ct_someone *p, size_t org, int day)
{
    bool in = false;

    for (size_t i = 0; i < p->n_members && p->members[i].on <= day; i++)
        if (p->members[i].org == org)
            in = p->members[i].begins;
    return in;
}

bool ct_someone_active(const struct ct_someone *p, int day)
{
    bool active = p->n_actives || p->who.active;

    for (size_t i = 0; i < p->n_actives && p->actives[i].on <= day; i++)
        active = p->actives[i].active;
    return active && day >= p->present;
}

struct ct_sv ct_someone_discipline(const struct ct_someone *p, int day)
{
    struct ct_sv discipline = p->n_tenures ? p->tenures[0].discipline : CT_SV("");

    for (size_t i = 0; i < p->n_tenures && p->tenures[i].on <= day; i++)
        discipline = p->tenures[i].discipline;
    return discipline;
}

/* To look for a person in each table costs some four times what a person costs in reading the
 * tables whole. With fewer than a tenth of all it is quicker in any case. */
int ct_everybody_choose(struct ct_everybody *all, const struct ct_scope *scope, struct ct_err *err)
{
    enum { SHARE = 10 };
    int64_t *few;
    int r;

    if (!scope || !scope->is_limited)
        return CT_OK;
    CT_AUTO_STMT st = ct_db_stmt(all->db, &COUNT);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if ((int64_t)scope->n > ct_col_i64(&st, "n") / SHARE)
        return CT_OK;
    few = ct_arena_array(all->arena, int64_t, scope->n);
    for (size_t i = 0; i < scope->n; i++)
        few[i] = scope->people[i].id;
    all->few = few;
    all->n_few = scope->n;
    return CT_OK;
}

int ct_everybody_each(struct ct_everybody *all,
                      int (*read)(struct ct_everybody *all, int64_t person, struct ct_err *err),
                      struct ct_err *err)
{
    int r = all->n_few ? CT_OK : read(all, 0, err);

    for (size_t i = 0; i < all->n_few && r >= 0; i++)
        r = read(all, all->few[i], err);
    return r;
}

/* People are found for millions of rows, and ids are given one after the other. */
static void find_places_by_id(struct ct_everybody *all)
{
    enum { SPREAD = 8 };
    int64_t last = all->n ? all->people[all->n - 1].who.id : 0;

    if (all->n < SPREAD || last / SPREAD > (int64_t)all->n)
        return;
    all->n_places = (size_t)last + 1;
    all->places = ct_arena_array(all->arena, uint32_t, all->n_places);
    for (size_t i = 0; i < all->n; i++)
        if (all->people[i].who.id > 0)
            all->places[all->people[i].who.id] = (uint32_t)(i + 1);
}

static int read_people(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &PEOPLE_ONE : &PEOPLE);

    ct_bind_i64(&st, ":at", all->as_of);
    if (person)
        ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_someone p = {.who = {.id = ct_col_i64(&st, "id"),
                                       .name = ct_col_dup(&st, "name", all->arena),
                                       .email = ct_col_dup(&st, "email", all->arena),
                                       .hired = CT_DAY_NONE,
                                       .active = ct_col_i64(&st, "active") != 0},
                               .created_at = ct_col_i64(&st, "created_at")};
        CT_ARENA_PUSH(all->arena, all->people, all->n, all->cap, p);
    }
    return r;
}

static int read_tenures(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    struct ct_someone *p = NULL;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &TENURES_ONE : &TENURES);

    ct_bind_i64(&st, ":at", all->as_of);
    if (person)
        ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        p = ct_everybody_next(all, p, ct_col_i64(&st, "person"));
        if (!p)
            continue;
        struct ct_tenure_event e = {.discipline = ct_col_dup(&st, "discipline", all->arena),
                                    .at = ct_col_i64(&st, "since")};
        CT_ARENA_PUSH(all->arena, p->tenures, p->n_tenures, p->cap_tenures, e);
    }
    return r;
}

/* Where a fact is kept; NULL for "active" and "hired_on", which are no texts. */
static struct ct_sv *place_of(struct ct_assignee *who, struct ct_sv field)
{
    static const struct {
        struct ct_sv name;
        size_t place;
    } places[] = {{{"name", 4}, offsetof(struct ct_assignee, name)},
                  {{"last_name", 9}, offsetof(struct ct_assignee, last_name)},
                  {{"first_name", 10}, offsetof(struct ct_assignee, first_name)},
                  {{"email", 5}, offsetof(struct ct_assignee, email)},
                  {{"employer_id", 11}, offsetof(struct ct_assignee, employer_id)},
                  {{"supervisor", 10}, offsetof(struct ct_assignee, supervisor)},
                  {{"licence_body", 12}, offsetof(struct ct_assignee, licence_body)},
                  {{"licence_no", 10}, offsetof(struct ct_assignee, licence_no)}};

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        if (ct_sv_eq(field, places[i].name))
            return (struct ct_sv *)(void *)((char *)who + places[i].place);
    return NULL;
}

static void take_fact(struct ct_everybody *all, struct ct_someone *p, struct ct_stmt *st)
{
    struct ct_sv field = ct_col_sv(st, "field"), value = ct_col_sv(st, "value");
    bool known = ct_col_i64(st, "at") <= all->as_of;
    struct ct_sv *place = place_of(&p->who, field);
    struct ct_active_event e = {.active = ct_sv_eq_c(value, "yes")};

    if (!ct_day_parse(ct_col_sv(st, "since"), &e.on))
        return;
    if (ct_sv_eq_c(field, "active")) {
        /* Of who became inactive later it is known that it was not so before. */
        if (!known && p->n_actives == 0)
            p->who.active = true;
        if (known)
            CT_ARENA_PUSH(all->arena, p->actives, p->n_actives, p->cap_actives, e);
    } else if (known && e.on <= p->who.day && ct_sv_eq_c(field, "hired_on")) {
        p->who.hired = CT_DAY_NONE;
        ct_day_parse(value, &p->who.hired);
    } else if (known && e.on <= p->who.day && place) {
        *place = ct_arena_dup(all->arena, value);
    }
}

static int read_facts(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    struct ct_someone *p = NULL;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &FACTS_ONE : &FACTS);

    if (person)
        ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        p = ct_everybody_next(all, p, ct_col_i64(&st, "person"));
        if (p)
            take_fact(all, p, &st);
    }
    return r;
}

static int read_certificate_names(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &CERTIFICATE_NAMES_ONE : &CERTIFICATE_NAMES);

    ct_bind_i64(&st, ":at", all->as_of);
    if (person)
        ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_someone *p = ct_everybody_find(all, ct_col_i64(&st, "person"));
        if (p)
            p->who.certificate_name = ct_col_dup(&st, "name", all->arena);
    }
    return r;
}

static void add_path(struct ct_everybody *all, struct ct_sv *to, struct ct_sv path)
{
    *to = to->n ? ct_arena_printf(all->arena, "%.*s; %.*s", CT_SV_ARG(*to), CT_SV_ARG(path)) : path;
}

/* Where a person was when, and on which days what was recorded as moments: an evening in Alaska is
 * not the next day because it is so in UTC. */
static void find_days(const struct ct_everybody *all, struct ct_someone *p)
{
    p->home = ct_home_of(all->homes, p->who.id);
    p->members = p->home->members;
    p->n_members = p->home->n_members;
    p->who.time_zone = ct_home_zone(p->home, all->as_of);
    p->who.day = ct_home_day(p->home, all->as_of);
    p->present = ct_home_day(p->home, p->created_at);
    for (size_t i = 0; i < p->n_members; i++)
        if (p->members[i].begins && p->members[i].on < p->present)
            p->present = p->members[i].on;
    for (size_t i = 0; i < p->n_tenures; i++)
        p->tenures[i].on = ct_home_day(p->home, p->tenures[i].at);
}

/* Places of orgs, each once and in their order. */
struct places {
    size_t *at, n, cap;
};

static void add_place(struct ct_everybody *all, struct places *list, size_t place)
{
    size_t i = list->n;

    while (i > 0 && list->at[i - 1] > place)
        i--;
    if (i > 0 && list->at[i - 1] == place)
        return;
    CT_ARENA_PUSH(all->arena, list->at, list->n, list->cap, place);
    memmove(&list->at[i + 1], &list->at[i], (list->n - 1 - i) * sizeof *list->at);
    list->at[i] = place;
}

static bool is_in_agency(const struct ct_everybody *all, const struct ct_someone *p, size_t agency)
{
    for (size_t i = 0; i < p->n_members; i++)
        if (all->agencies[p->members[i].org] == agency &&
            ct_someone_in(p, p->members[i].org, p->who.day))
            return true;
    return false;
}

/* Where a person is on the day: paths of agencies, units, task forces. `list` is made anew. */
static void find_places(struct ct_everybody *all, struct ct_someone *p, struct places *list)
{
    struct ct_assignee *who = &p->who;

    who->agency = who->unit = who->task_forces = CT_SV("");
    list->n = 0;
    for (size_t i = 0; i < p->n_members; i++) {
        add_place(all, list, p->members[i].org);
        if (all->agencies[p->members[i].org] != SIZE_MAX)
            add_place(all, list, all->agencies[p->members[i].org]);
    }
    for (size_t i = 0; i < list->n; i++) {
        const struct ct_org *o = &all->orgs[list->at[i]];
        if (o->kind == CT_ORG_AGENCY ? !is_in_agency(all, p, list->at[i])
                                     : !ct_someone_in(p, list->at[i], who->day))
            continue;
        add_path(all,
                 o->kind == CT_ORG_AGENCY ? &who->agency
                 : o->kind == CT_ORG_UNIT ? &who->unit
                                          : &who->task_forces,
                 o->path);
    }
}

/* Of who has one name only, its last word is taken as the last name. */
static void split_name(struct ct_assignee *who)
{
    size_t space = who->name.n;

    if (who->last_name.n || who->first_name.n)
        return;
    while (space > 0 && who->name.p[space - 1] != ' ')
        space--;
    who->last_name = ct_sv_sub(who->name, space, SIZE_MAX);
    who->first_name = space ? ct_sv_trim(ct_sv_sub(who->name, 0, space)) : CT_SV("");
}

static int read_trainings(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    struct ct_someone *p = NULL;
    int r = ct_training_list(all->db, all->arena, person, 0, all->as_of, &all->trainings,
                             &all->n_trainings, err);

    for (size_t i = 0; i < all->n_trainings && r == CT_OK; i++) {
        p = ct_everybody_next(all, p, all->trainings[i].person);
        if (p && p->n_trainings++ == 0)
            p->trainings = &all->trainings[i];
    }
    return r;
}

static int read_imported(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    struct ct_someone *p = NULL;
    int r = ct_past_completion_list(all->db, all->arena, person, all->as_of, &all->imported,
                                    &all->n_imported, err);

    for (size_t i = 0; i < all->n_imported && r == CT_OK; i++) {
        p = ct_everybody_next(all, p, all->imported[i].person);
        if (p && p->n_imported++ == 0)
            p->imported = &all->imported[i];
    }
    return r;
}

void ct_everybody_end(struct ct_everybody *all)
{
    ct_homes_free(all->homes);
}

int ct_everybody_read(struct ct_everybody *all, struct ct_err *err)
{
    struct places places = {.n = 0};
    int r;

    if ((r = ct_homes_read_of(all->db, all->arena, all->few, all->n_few, all->as_of, &all->homes,
                              err)) < 0)
        return r;
    all->orgs = all->homes->orgs;
    all->n_orgs = all->homes->n_orgs;
    all->agencies = all->homes->agencies;
    if ((r = ct_org_trees_read(all->db, all->arena, all->as_of, all->orgs, all->n_orgs, &all->trees,
                               err)) < 0 ||
        (r = ct_everybody_each(all, read_people, err)) < 0)
        return r;
    find_places_by_id(all);
    if ((r = ct_everybody_each(all, read_tenures, err)) < 0)
        return r;
    for (size_t i = 0; i < all->n; i++)
        find_days(all, &all->people[i]);
    if ((r = ct_everybody_each(all, read_facts, err)) < 0 ||
        (r = ct_everybody_each(all, read_certificate_names, err)) < 0 ||
        (r = ct_everybody_each(all, read_trainings, err)) < 0 ||
        (r = ct_everybody_each(all, read_imported, err)) < 0)
        return r;
    for (size_t i = 0; i < all->n; i++) {
        struct ct_someone *p = &all->people[i];
        p->who.active = ct_someone_active(p, p->who.day);
        p->hired = p->who.hired;
        p->who.discipline = ct_someone_discipline(p, p->who.day);
        if (p->who.certificate_name.n == 0)
            p->who.certificate_name = p->who.name;
        find_places(all, p, &places);
        split_name(&p->who);
    }
    return CT_OK;
}
