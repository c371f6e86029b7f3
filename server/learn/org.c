/*
 * org.c: agencies, units and task forces: adding, naming and listing them. Who belongs to them is
 * org_event.c, who sees whom org_scope.c.
 */
#include "org_priv.h"
#include "sql_priv.h"

#include "ct/base/file.h"
#include "ct/text/url.h"

#include "ct/base/banned.h"

#define ZONES "/usr/share/zoneinfo"
enum { ZONE_NAME_MAX = 64, ZONE_FILE_MAX = 64 * 1024, MONTHS = 12 };

static const struct ct_sql INSERT = {
    "insert into org(kind, path, agency, parent, time_zone, fiscal_month, at, by)"
    " values(:kind, :path, :agency, :parent, :time_zone, :fiscal_month, :now, :by)"};
static const struct ct_sql INSERT_NAME = {
    "insert into org_name(org, name, at, by) values(:org, :name, :now, :by)"};
static const struct ct_sql BY_PATH = {
    "select id, agency from org where kind = :kind and path = :path"};
static const struct ct_sql ALL = {
    "select o.id, o.kind, o.path, o.agency, o.parent, o.time_zone, o.fiscal_month, o.at, coalesce("
    "(select n.name from org_name n where n.org = o.id and n.at <= :at"
    " order by n.at desc, n.id desc limit 1),"
    " (select n.name from org_name n where n.org = o.id order by n.at, n.id limit 1))"
    " as name from org o order by o.path"};

const struct ct_sql *const ct_org_sql[] = {&INSERT, &INSERT_NAME, &BY_PATH, &ALL, NULL};

const char *ct_org_kind_name(enum ct_org_kind kind)
{
    static const char *const names[] = {
        [CT_ORG_AGENCY] = "agency", [CT_ORG_UNIT] = "unit", [CT_ORG_TASK_FORCE] = "task force"};
    return names[kind];
}

static enum ct_org_kind kind_of(struct ct_sv name)
{
    return ct_sv_eq_c(name, "agency") ? CT_ORG_AGENCY
           : ct_sv_eq_c(name, "unit") ? CT_ORG_UNIT
                                      : CT_ORG_TASK_FORCE;
}

struct ct_sv ct_org_zone_as_of(const struct ct_org *all, size_t n, struct ct_sv agency,
                               int64_t as_of)
{
    const struct ct_org *chosen = ct_org_find(all, n, CT_ORG_AGENCY, agency);
    struct ct_sv zone = CT_SV_NULL;
    int64_t first = INT64_MAX;

    if (chosen)
        return chosen->time_zone;
    for (size_t i = 0; i < n; i++)
        if (all[i].kind == CT_ORG_AGENCY && all[i].at < first)
            first = all[i].at;
    for (size_t i = 0; i < n; i++) {
        if (all[i].kind != CT_ORG_AGENCY || (all[i].at > as_of && all[i].at > first))
            continue;
        if (zone.n && !ct_sv_eq(zone, all[i].time_zone))
            return CT_SV("UTC");
        zone = all[i].time_zone;
    }
    return zone.n ? zone : CT_SV("UTC");
}

bool ct_org_is_time_zone(struct ct_sv name)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_sv file;

    if (name.n == 0 || name.n > ZONE_NAME_MAX || ct_sv_search(name, CT_SV("..")) != SIZE_MAX)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || strchr("/_+-", c))))
            return false;
    }
    return ct_file_read(&a, ct_path_join(&a, ZONES, name), ZONE_FILE_MAX, &file, NULL) == CT_OK &&
           ct_sv_starts(file, CT_SV("TZif"));
}

int ct_org_check_name(struct ct_sv name, struct ct_err *err)
{
    bool fine = name.n > 0 && name.n <= CT_ORG_NAME_MAX && ct_sv_utf8(name);

    for (size_t i = 0; fine && i < name.n; i++)
        fine = (unsigned char)name.p[i] >= 0x20 && name.p[i] != 0x7f;
    return fine ? CT_OK
                : ct_fail(err, CT_BAD_INPUT, "name", "a name has 1 to %d bytes", CT_ORG_NAME_MAX);
}

/* "intake" of "alder-dcs/intake", and "alder-dcs" into *ret_agency. */
static bool split_path(struct ct_sv path, struct ct_sv *ret_agency, struct ct_sv *ret_unit)
{
    size_t slash = ct_sv_find(path, '/');

    if (slash == SIZE_MAX)
        return false;
    *ret_agency = ct_sv_sub(path, 0, slash);
    *ret_unit = ct_sv_sub(path, slash + 1, SIZE_MAX);
    return true;
}

static bool is_slug(struct ct_sv s)
{
    bool fine = s.n > 0 && s.n <= CT_ORG_SLUG_MAX && s.p[0] != '-' && s.p[s.n - 1] != '-';

    for (size_t i = 0; fine && i < s.n; i++)
        fine =
            (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-';
    return fine;
}

static int check_new(const struct ct_org_new *o, struct ct_err *err)
{
    struct ct_sv agency, unit;

    if (o->kind == CT_ORG_UNIT) {
        if (!split_path(o->path, &agency, &unit) || !is_slug(agency) || !is_slug(unit))
            return ct_fail(err, CT_BAD_INPUT, "path",
                           "a unit is called by its agency and itself, as in alder-dcs/intake");
    } else if (!is_slug(o->path)) {
        return ct_fail(err, CT_BAD_INPUT, "path",
                       "a short name has only a-z, 0-9 and -, as in alder-dcs");
    }
    if (o->kind == CT_ORG_AGENCY && o->time_zone.n && !ct_org_is_time_zone(o->time_zone))
        return ct_fail(err, CT_BAD_INPUT, "time_zone",
                       "no such time zone; it is called as in America/Chicago");
    if (o->fiscal_month < 0 || o->fiscal_month > MONTHS)
        return ct_fail(err, CT_BAD_INPUT, "fiscal_month", "a month is a number from 1 to 12");
    return ct_org_check_name(ct_sv_trim(o->name), err);
}

struct adding {
    const struct ct_org_new *what;
    int64_t now, by, id;
    int64_t agency, parent;
};

static int find_path(struct ct_db *db, enum ct_org_kind kind, struct ct_sv path, int64_t *ret_id,
                     int64_t *ret_agency, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &BY_PATH);
    int r;

    ct_bind_c(&st, ":kind", ct_org_kind_name(kind));
    ct_bind_sv(&st, ":path", path);
    if ((r = ct_stmt_step(&st, err)) <= 0)
        return r < 0 ? r : CT_NOT_FOUND;
    *ret_id = ct_col_i64(&st, "id");
    *ret_agency = ct_col_i64(&st, "agency");
    return CT_OK;
}

/* The agency of a new unit, and the unit above it. */
static int find_place(struct ct_db *db, struct adding *add, struct ct_err *err)
{
    struct ct_sv agency, unit;
    int64_t none, of;
    int r;

    if (add->what->kind != CT_ORG_UNIT)
        return CT_OK;
    split_path(add->what->path, &agency, &unit);
    r = find_path(db, CT_ORG_AGENCY, agency, &add->agency, &none, err);
    if (r == CT_NOT_FOUND)
        return ct_fail(err, r, "agency", "there is no agency '%.*s'", CT_SV_ARG(agency));
    if (r < 0 || add->what->below.n == 0)
        return r;
    r = find_path(db, CT_ORG_UNIT, add->what->below, &add->parent, &of, err);
    if (r == CT_NOT_FOUND || (r == CT_OK && of != add->agency))
        return ct_fail(err, CT_BAD_INPUT, "below", "there is no unit '%.*s' in this agency",
                       CT_SV_ARG(add->what->below));
    return r;
}

static void bind_id(struct ct_stmt *st, const char *name, int64_t id)
{
    if (id)
        ct_bind_i64(st, name, id);
    else
        ct_bind_null(st, name);
}

static int name_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    const struct adding *add = arg;
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_NAME);

    ct_bind_i64(&st, ":org", add->id);
    ct_bind_sv(&st, ":name", ct_sv_trim(add->what->name));
    ct_bind_i64(&st, ":now", add->now);
    bind_id(&st, ":by", add->by);
    return ct_stmt_run(&st, err);
}

static int add_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct adding *add = arg;
    const struct ct_org_new *o = add->what;
    bool agency = o->kind == CT_ORG_AGENCY;
    struct ct_err inner = CT_ERR_INIT;
    int r = find_place(db, add, err);

    if (r < 0)
        return r;
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);
    ct_bind_c(&st, ":kind", ct_org_kind_name(o->kind));
    ct_bind_sv(&st, ":path", o->path);
    bind_id(&st, ":agency", add->agency);
    bind_id(&st, ":parent", add->parent);
    ct_bind_sv(&st, ":time_zone",
               agency ? (o->time_zone.n ? o->time_zone : CT_SV("UTC")) : CT_SV_NULL);
    bind_id(&st, ":fiscal_month", agency ? (o->fiscal_month ? o->fiscal_month : 1) : 0);
    ct_bind_i64(&st, ":now", add->now);
    bind_id(&st, ":by", add->by);
    r = ct_stmt_run(&st, &inner);
    if (r == CT_CONFLICT)
        return ct_fail(err, r, "path", "there is one of this short name already");
    if (r < 0)
        return ct_fail(err, inner.code, inner.what, "%s", inner.text);
    add->id = ct_db_last_id(db);
    return name_job(db, add, err);
}

int ct_org_add(struct ct_store *s, const struct ct_clock *clock, const struct ct_org_new *o,
               int64_t by, int64_t *ret_id, struct ct_err *err)
{
    struct adding add = {.what = o, .now = ct_now(clock), .by = by};
    int r = check_new(o, err);

    if (r < 0 || (r = ct_store_write(s, add_job, &add, err)) < 0)
        return r;
    *ret_id = add.id;
    return CT_OK;
}

int ct_org_rename(struct ct_store *s, const struct ct_clock *clock, int64_t org, struct ct_sv name,
                  int64_t by, struct ct_err *err)
{
    struct ct_org_new o = {.name = name};
    struct adding add = {.what = &o, .now = ct_now(clock), .by = by, .id = org};
    int r = ct_org_check_name(ct_sv_trim(name), err);

    return r < 0 ? r : ct_store_write(s, name_job, &add, err);
}

const struct ct_org *ct_org_find(const struct ct_org *all, size_t n, enum ct_org_kind kind,
                                 struct ct_sv path)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].kind == kind && ct_sv_eq(all[i].path, path))
            return &all[i];
    return NULL;
}

const struct ct_org *ct_org_by_id(const struct ct_org *all, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].id == id)
            return &all[i];
    return NULL;
}

struct tree {
    const struct ct_org *all;
    size_t n;
    struct ct_org *to;
    size_t done;
};

/* Units below one (0: directly below the agency), each followed by what is below it. No unit is
 * recorded below itself, on any day (org_change.c), so this ends. */
static void put_units(struct tree *t, int64_t agency, int64_t parent, int depth)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct ct_org *o = &t->all[i];
        if (o->kind != CT_ORG_UNIT || o->agency != agency || o->parent != parent)
            continue;
        t->to[t->done] = *o;
        t->to[t->done++].depth = depth;
        put_units(t, agency, o->id, depth + 1);
    }
}

static void put_all(struct tree *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->all[i].kind == CT_ORG_AGENCY) {
            t->to[t->done++] = t->all[i];
            put_units(t, t->all[i].id, 0, 0);
        }
    for (size_t i = 0; i < t->n; i++)
        if (t->all[i].kind == CT_ORG_TASK_FORCE)
            t->to[t->done++] = t->all[i];
}

int ct_org_list(struct ct_db *db, struct ct_arena *a, struct ct_org **ret, size_t *ret_n,
                struct ct_err *err)
{
    return ct_org_list_on(db, a, INT64_MAX, CT_SV("9999-12-31"), ret, ret_n, err);
}

int ct_org_list_as_of(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_org **ret,
                      size_t *ret_n, struct ct_err *err)
{
    return ct_org_list_on(db, a, as_of, CT_SV_NULL, ret, ret_n, err);
}

static int read_all(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_org **ret,
                    size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &ALL);
    struct ct_org *all = NULL;
    size_t n = 0, cap = 0;
    int r;

    ct_bind_i64(&st, ":at", as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_org o = {.id = ct_col_i64(&st, "id"),
                           .kind = kind_of(ct_col_sv(&st, "kind")),
                           .agency = ct_col_i64(&st, "agency"),
                           .made_below = ct_col_i64(&st, "parent"),
                           .path = ct_col_dup(&st, "path", a),
                           .name = ct_col_dup(&st, "name", a),
                           .time_zone = ct_col_dup(&st, "time_zone", a),
                           .fiscal_month = (int)ct_col_i64(&st, "fiscal_month"),
                           .at = ct_col_i64(&st, "at")};
        CT_ARENA_PUSH(a, all, n, cap, o);
    }
    *ret = all;
    *ret_n = n;
    return r;
}

int ct_org_list_on(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_sv day,
                   struct ct_org **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_org *all = NULL;
    size_t n = 0;
    int r;

    if ((r = read_all(db, a, as_of, &all, &n, err)) < 0 ||
        (r = ct_org_stand(db, a, as_of, day, all, n, err)) < 0)
        return r;
    struct tree t = {.all = all, .n = n, .to = ct_arena_array(a, struct ct_org, n)};
    put_all(&t);
    *ret = t.to;
    *ret_n = t.done;
    return CT_OK;
}
