/*
 * org_event.c: who belongs to an org, who leads it, whose names are shared: rows that say from
 * which day something holds and when that was recorded. The order of a tie's rows is that of their
 * days, then of their recording; the last one up to a moment says what held.
 */
#include "org_priv.h"
#include "sql_priv.h"

#include "ct/learn/person.h"

#include "ct/base/banned.h"

/* Row `l` is later than `m` and known at the moment that is asked for. */
#define NOT_OVERTAKEN                                                                              \
    " and l.org = m.org and l.at <= :at and l.on_date <= :day"                                     \
    " and (l.on_date, l.at, l.id) > (m.on_date, m.at, m.id))"
#define KNOWN " m.begins = 1 and m.at <= :at and m.on_date <= :day and not exists"

static const struct ct_sql MEMBERS = {
    "select m.person as who, m.org, m.on_date, p.name, p.email, '' as note"
    " from membership_event m join person p on p.id = m.person where" KNOWN
    " (select 1 from membership_event l where l.person = m.person" NOT_OVERTAKEN};
/* Of each person and org the last row says whether it holds; from the index alone. */
static const struct ct_sql PLACES = {"select m.person, m.org, m.begins from membership_event m"
                                     " where m.at <= :at and m.on_date <= :day"
                                     " order by m.person, m.org, m.on_date, m.at, m.id"};
static const struct ct_sql LEADS = {
    "select m.person as who, m.org, m.on_date, p.name, p.email, '' as note"
    " from lead_event m join person p on p.id = m.person where" KNOWN
    " (select 1 from lead_event l where l.person = m.person" NOT_OVERTAKEN};
static const struct ct_sql SHARINGS = {
    "select m.agency as who, m.org, m.on_date, '' as name, '' as email, m.note"
    " from sharing_event m where" KNOWN
    " (select 1 from sharing_event l where l.agency = m.agency" NOT_OVERTAKEN};

#define LATEST " and org = :org and on_date <= :day order by on_date desc, at desc, id desc limit 1"
static const struct ct_sql IS_MEMBER = {
    "select begins from membership_event where person = :who" LATEST};
static const struct ct_sql IS_LEAD = {"select begins from lead_event where person = :who" LATEST};
static const struct ct_sql IS_SHARED = {
    "select begins from sharing_event where agency = :who" LATEST};

static const struct ct_sql ADD_MEMBER = {
    "insert into membership_event(person, org, begins, on_date, at, by)"
    " values(:who, :org, :begins, :day, :now, :by)"};
static const struct ct_sql ADD_LEAD = {
    "insert into lead_event(person, org, begins, on_date, at, by)"
    " values(:who, :org, :begins, :day, :now, :by)"};
static const struct ct_sql ADD_SHARING = {
    "insert into sharing_event(agency, org, begins, note, on_date, at, by)"
    " values(:who, :org, :begins, :note, :day, :now, :by)"};
static const struct ct_sql MAKE_MANAGER = {"update person set roles = roles | 4 where id = :who"};
static const struct ct_sql KIND = {"select kind from org where id = :id"};
static const struct ct_sql HISTORY = {
    "select 0 as tie, e.org as org, e.begins as begins, e.on_date as on_date, e.at as at,"
    " e.id as id, b.name as by_name"
    " from membership_event e left join person b on b.id = e.by where e.person = :person"
    " union all select 1, e.org, e.begins, e.on_date, e.at, e.id, b.name"
    " from lead_event e left join person b on b.id = e.by where e.person = :person"
    " order by on_date, at, id"};

const struct ct_sql *const ct_org_event_sql[] = {
    &MEMBERS,    &PLACES,   &LEADS,       &SHARINGS,     &IS_MEMBER, &IS_LEAD, &IS_SHARED,
    &ADD_MEMBER, &ADD_LEAD, &ADD_SHARING, &MAKE_MANAGER, &KIND,      &HISTORY, NULL};

static const struct {
    const struct ct_sql *all, *latest, *add;
} of_tie[] = {
    [CT_TIE_MEMBER] = {&MEMBERS, &IS_MEMBER, &ADD_MEMBER},
    [CT_TIE_LEAD] = {&LEADS, &IS_LEAD, &ADD_LEAD},
    [CT_TIE_SHARING] = {&SHARINGS, &IS_SHARED, &ADD_SHARING},
};

int ct_org_day(struct ct_arena *a, struct ct_sv given, int64_t now, struct ct_sv *ret,
               struct ct_err *err)
{
    char today[CT_TIME_TEXT];
    struct ct_date date;

    if (given.n && !ct_date_parse(given, &date))
        return ct_fail(err, CT_BAD_INPUT, "on", CT_DAY_HOW);
    *ret = given.n ? given : ct_arena_dup(a, ct_sv_c(ct_time_date(now, today)));
    return CT_OK;
}

int ct_org_holds(struct ct_db *db, const struct ct_org_change *c, bool *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, of_tie[c->tie].latest);
    int r;

    ct_bind_i64(&st, ":who", c->who);
    ct_bind_i64(&st, ":org", c->org);
    ct_bind_sv(&st, ":day", c->on);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    *ret = r > 0 && ct_col_i64(&st, "begins");
    return CT_OK;
}

/* Agencies share with task forces, and with nothing else. */
static int check_kind(struct ct_db *db, int64_t id, const char *wanted, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &KIND);
    int r;

    ct_bind_i64(&st, ":id", id);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "org", "there is no such agency, unit or task force");
    if (wanted && !ct_sv_eq_c(ct_col_sv(&st, "kind"), wanted))
        return ct_fail(err, CT_BAD_INPUT, "org",
                       "an agency shares the names of its people with a task force");
    return CT_OK;
}

static int make_manager(struct ct_db *db, int64_t person, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &MAKE_MANAGER);

    ct_bind_i64(&st, ":who", person);
    return ct_stmt_run(&st, err);
}

int ct_org_put_tie(struct ct_db *db, const struct ct_org_change *c, int64_t now, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, of_tie[c->tie].add);

    ct_bind_i64(&st, ":who", c->who);
    ct_bind_i64(&st, ":org", c->org);
    ct_bind_i64(&st, ":begins", !c->ends);
    ct_bind_sv(&st, ":day", c->on);
    ct_bind_i64(&st, ":now", now);
    if (c->tie == CT_TIE_SHARING)
        ct_bind_sv(&st, ":note", c->note);
    if (c->by)
        ct_bind_i64(&st, ":by", c->by);
    else
        ct_bind_null(&st, ":by");
    return ct_stmt_run(&st, err);
}

/* What begins while something is open ends with it, where it is known already when that will be. */
static int begin_until_closed(struct ct_db *db, const struct ct_org_change *c, int64_t now,
                              struct ct_err *err)
{
    struct ct_org_change end = *c;
    char since[CT_TIME_TEXT], closes[CT_TIME_TEXT];
    int r = ct_org_check_open(db, c->org, c->on, err);

    if (r == CT_OK && c->tie == CT_TIE_SHARING)
        r = ct_org_check_open(db, c->who, c->on, err);
    if (r < 0 || (r = ct_org_closed(db, c->org, c->on, since, closes, err)) < 0 || !closes[0])
        return r;
    end.ends = true;
    end.on = ct_sv_c(closes);
    return ct_org_put_tie(db, &end, now, err);
}

int ct_org_look_at_begin(struct ct_db *db, const struct ct_org_change *c, bool *ret_will_close,
                         struct ct_err *err)
{
    char since[CT_TIME_TEXT], closes[CT_TIME_TEXT];
    int r = ct_org_check_open(db, c->org, c->on, err);

    if (r < 0 || (r = ct_org_closed(db, c->org, c->on, since, closes, err)) < 0)
        return r;
    *ret_will_close = closes[0] != '\0';
    return CT_OK;
}

int ct_org_tie(struct ct_db *db, const struct ct_org_change *c, int64_t now, bool *ret_changed,
               struct ct_err *err)
{
    bool shares = c->tie == CT_TIE_SHARING, is_so = false;
    int r;

    *ret_changed = false;
    if ((r = check_kind(db, c->org, shares ? "task force" : NULL, err)) < 0 ||
        (shares && (r = check_kind(db, c->who, "agency", err)) < 0) ||
        (r = ct_org_holds(db, c, &is_so, err)) < 0 || is_so == !c->ends)
        return r;
    if (!c->ends && (r = begin_until_closed(db, c, now, err)) < 0)
        return r;
    if ((r = ct_org_put_tie(db, c, now, err)) < 0)
        return r;
    *ret_changed = true;
    return c->tie == CT_TIE_LEAD && !c->ends ? make_manager(db, c->who, err) : CT_OK;
}

struct recording {
    const struct ct_org_change *change;
    int64_t now;
    bool changed;
};

static int record_job(struct ct_db *db, void *arg, struct ct_err *err)
{
    struct recording *rec = arg;

    return ct_org_tie(db, rec->change, rec->now, &rec->changed, err);
}

int ct_org_record(struct ct_store *s, const struct ct_clock *clock, const struct ct_org_change *c,
                  bool *ret_changed, struct ct_err *err)
{
    CT_AUTO_ARENA a = CT_ARENA_INIT;
    struct ct_org_change change = *c;
    struct recording rec = {.change = &change, .now = ct_now(clock)};
    int r = ct_org_day(&a, c->on, rec.now, &change.on, err);

    if (r < 0)
        return r;
    change.note = ct_sv_trim(c->note);
    if (c->tie == CT_TIE_SHARING && !c->ends && change.note.n == 0)
        return ct_fail(err, CT_BAD_INPUT, "note", "say what was agreed, by whom and where it is");
    if (change.note.n > CT_ORG_NOTE_MAX || !ct_sv_utf8(change.note))
        return ct_fail(err, CT_BAD_INPUT, "note", "at most %d bytes", CT_ORG_NOTE_MAX);
    if (!change.note.p)
        change.note = CT_SV("");
    if ((r = ct_store_write(s, record_job, &rec, err)) < 0)
        return r;
    if (ret_changed)
        *ret_changed = rec.changed;
    return CT_OK;
}

struct ct_org_bond ct_org_bond_of(struct ct_stmt *st, struct ct_arena *a)
{
    return (struct ct_org_bond){.org = ct_col_i64(st, "org"),
                                .who = ct_col_i64(st, "who"),
                                .since = ct_col_dup(st, "on_date", a),
                                .name = ct_col_dup(st, "name", a),
                                .email = ct_col_dup(st, "email", a),
                                .note = ct_col_dup(st, "note", a)};
}

int ct_org_bonds(struct ct_db *db, struct ct_arena *a, enum ct_org_tie tie, int64_t as_of,
                 struct ct_org_bond **ret, size_t *ret_n, struct ct_err *err)
{
    char utc[CT_TIME_TEXT];
    struct ct_org_bond *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, of_tie[tie].all);

    ct_bind_i64(&st, ":at", as_of);
    ct_bind_c(&st, ":day", ct_time_date(as_of, utc));
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_org_bond b = ct_org_bond_of(&st, a);
        CT_ARENA_PUSH(a, list, n, cap, b);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

int ct_org_members_on(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct ct_sv day,
                      struct ct_org_member **ret, size_t *ret_n, struct ct_err *err)
{
    char utc[CT_TIME_TEXT];
    struct ct_org_member *list = NULL;
    size_t n = 0, cap = 0;
    bool holds = true; /* that the last one of the list belongs there */
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &PLACES);

    ct_bind_i64(&st, ":at", as_of);
    ct_bind_sv(&st, ":day", day.n ? day : ct_sv_c(ct_time_date(as_of, utc)));
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_org_member m = {ct_col_i64(&st, "person"), ct_col_i64(&st, "org")};
        bool same = n && list[n - 1].person == m.person && list[n - 1].org == m.org;
        if (!same && !holds)
            list[n - 1] = m;
        else if (!same)
            CT_ARENA_PUSH(a, list, n, cap, m);
        holds = ct_col_i64(&st, "begins") != 0;
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n - !holds;
    return CT_OK;
}

int ct_org_events(struct ct_db *db, struct ct_arena *a, int64_t person, struct ct_org_event **ret,
                  size_t *ret_n, struct ct_err *err)
{
    struct ct_org_event *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &HISTORY);

    ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_org_event e = {.tie = ct_col_i64(&st, "tie") ? CT_TIE_LEAD : CT_TIE_MEMBER,
                                 .org = ct_col_i64(&st, "org"),
                                 .ends = !ct_col_i64(&st, "begins"),
                                 .on = ct_col_dup(&st, "on_date", a),
                                 .by_name = ct_col_dup(&st, "by_name", a),
                                 .at = ct_col_i64(&st, "at")};
        CT_ARENA_PUSH(a, list, n, cap, e);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}
