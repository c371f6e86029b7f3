/*
 * transcript.c: reading one person's record up to a moment: where the person was, what was
 * completed and begun. What is beside that is transcript_beside.c; files are transcript_doc.c.
 */
#include "sql_priv.h"
#include "transcript_priv.h"

#include "ct/learn/certificate.h"
#include "ct/report/transcript_section.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static const struct ct_sql COURSES = {
    "select c.id, c.course, c.course_title, c.discipline, c.revision, coalesce(c.score, -1) as"
    " score, c.minutes as active, c.at, k.code, k.minutes, k.issued_at, coalesce(t.months, 0) as"
    " months, v.at as revoked_at, v.reason from completion c"
    " left join certificate k on k.completion = c.id and k.issued_at <= :at"
    " left join certificate_term t on t.code = k.code"
    " left join certificate_revocation v on v.code = k.code and v.at <= :at"
    " where c.person = :person and c.module is null and c.at <= :at order by c.at desc, c.id desc"};
static const struct ct_sql PARTS = {
    "select coalesce(e.version, '1') as version from completion_part x"
    " left join edition e on e.hash = x.revision where x.completion = :completion"
    " group by coalesce(e.version, '1') order by 1"};
static const struct ct_sql BEGUN = {
    "select x.course, x.discipline, min(x.started_at) as first_at from activity x"
    " where x.person = :person and x.started_at <= :at and not exists (select 1 from completion c"
    " where c.person = x.person and c.course = x.course and c.module is null"
    " and c.discipline = x.discipline and c.at <= :at)"
    " group by x.person, x.course, x.discipline order by 3 desc"};
/* Activity knows the last moment that there is; of an earlier one the records tell. */
#define IN_COURSE " where x.person = :person and x.course = :course and x.discipline = :discipline"
static const struct ct_sql LAST = {
    "select max(e.at) as last_at from ("
    " select x.last_at as at from activity x" IN_COURSE
    " union all select x.started_at from activity x" IN_COURSE
    " union all select x.at from section_opened x" IN_COURSE
    " union all select x.at from section_done x" IN_COURSE
    " union all select x.at from passage_opened x" IN_COURSE
    " union all select x.at from practice x" IN_COURSE
    " union all select x.started_at from attempt x" IN_COURSE
    " union all select y.at from attempt x join attempt_answer y on y.attempt = x.id" IN_COURSE
    " union all select y.at from attempt x join attempt_result y on y.attempt = x.id" IN_COURSE
    " union all select x.started_at from run x" IN_COURSE
    " union all select y.at from run x join run_step y on y.run = x.id" IN_COURSE
    " union all select x.at from completion x" IN_COURSE ") e where e.at <= :at"};
static const struct ct_sql KNOWN = {
    "select x.course, x.module, x.discipline, coalesce(e.version, '1') as version"
    " from completion x left join edition e on e.hash = x.revision"
    " where x.person = :person and x.module is not null and x.at <= :at"
    " union all select x.course, x.module, x.discipline, coalesce(e.version, '1')"
    " from update_read x left join edition e on e.hash = x.revision"
    " where x.person = :person and x.at <= :at order by 1, 3, 2"};

const struct ct_sql *const ct_transcript_sql[] = {&COURSES, &PARTS, &BEGUN, &LAST, &KNOWN, NULL};

void ct_transcript_add(struct ct_transcribing *k, const struct ct_transcript_line *line)
{
    CT_ARENA_PUSH(k->arena, k->t.lines, k->t.n, k->cap, *line);
}

static int day_of(const struct ct_transcribing *k, int64_t at)
{
    return ct_home_day(k->someone->home, at);
}

/* ---- places and disciplines ---- */

static void add_place(struct ct_transcribing *k, size_t org)
{
    const struct ct_someone *p = k->someone;
    const struct ct_org *o = &k->all->orgs[org];
    const struct ct_org *agency =
        o->agency ? ct_org_by_id(k->all->orgs, k->all->n_orgs, o->agency) : NULL;
    struct ct_transcript_line line = CT_TRANSCRIPT_LINE(CT_TRANSCRIPT_PLACE);
    bool in = false;

    line.what = agency ? ct_arena_printf(k->arena, "%.*s: %.*s", CT_SV_ARG(agency->name),
                                         CT_SV_ARG(o->name))
                       : o->name;
    line.note = ct_sv_c(ct_org_kind_name(o->kind));
    for (size_t i = 0; i < p->n_members && p->members[i].on <= p->who.day; i++) {
        const struct ct_member_event *e = &p->members[i];
        if (e->org != org || e->begins == in)
            continue;
        in = e->begins;
        if (in) {
            line.on = e->on;
        } else {
            line.until = e->on - 1; /* from the day of the event on it was not so any more */
            if (line.until >= line.on)
                ct_transcript_add(k, &line);
            line.until = CT_DAY_NONE;
        }
    }
    if (in)
        ct_transcript_add(k, &line);
}

static void add_places(struct ct_transcribing *k)
{
    for (size_t i = 0; i < k->all->n_orgs; i++)
        if (!k->by_task_force || k->all->orgs[i].kind == CT_ORG_AGENCY)
            add_place(k, i);
}

static void add_disciplines(struct ct_transcribing *k)
{
    const struct ct_someone *p = k->someone;

    for (size_t i = 0; i < p->n_tenures && p->tenures[i].on <= p->who.day; i++) {
        struct ct_transcript_line line = CT_TRANSCRIPT_LINE(CT_TRANSCRIPT_DISCIPLINE);
        line.on = p->tenures[i].on;
        if (i + 1 < p->n_tenures && p->tenures[i + 1].on <= p->who.day)
            line.until = p->tenures[i + 1].on - 1;
        line.discipline = p->tenures[i].discipline;
        line.what = ct_transcript_discipline(k->arena, k->cat, line.discipline);
        if (line.until == CT_DAY_NONE || line.until >= line.on)
            ct_transcript_add(k, &line);
    }
}

/* ---- what changed since ---- */

static int read_known(struct ct_transcribing *k, struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(k->db, &KNOWN);

    ct_bind_i64(&st, ":person", k->person);
    ct_bind_i64(&st, ":at", k->t.as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_transcript_known one = {.course = ct_col_dup(&st, "course", k->arena),
                                          .module = ct_col_dup(&st, "module", k->arena),
                                          .discipline = ct_col_dup(&st, "discipline", k->arena),
                                          .version = ct_col_dup(&st, "version", k->arena)};
        CT_ARENA_PUSH(k->arena, k->known, k->n_known, cap, one);
    }
    return r < 0 ? r : ct_curriculum_live(k->db, k->arena, k->t.as_of, &k->live, &k->n_live, err);
}

static bool same_module(const struct ct_transcript_known *a, const struct ct_transcript_known *b)
{
    return ct_sv_eq(a->course, b->course) && ct_sv_eq(a->module, b->module) &&
           ct_sv_eq(a->discipline, b->discipline);
}

/* A module of the course is known, and not in the version that was live. */
static bool is_update_due(const struct ct_transcribing *k, struct ct_sv course,
                          struct ct_sv discipline)
{
    for (size_t i = 0; i < k->n_known; i++) {
        const struct ct_transcript_known *one = &k->known[i];
        bool known = false;
        if (!ct_sv_eq(one->course, course) || !ct_sv_eq(one->discipline, discipline))
            continue;
        const struct ct_live_module *live =
            ct_curriculum_find(k->live, k->n_live, course, one->module);
        for (size_t j = 0; j < k->n_known && live && !known; j++)
            known = same_module(one, &k->known[j]) && ct_sv_eq(k->known[j].version, live->version);
        if (live && !known)
            return true;
    }
    return false;
}

/* ---- courses ---- */

static struct ct_certificate certificate_of(const struct ct_transcribing *k, struct ct_stmt *st)
{
    struct ct_arena *a = k->arena;
    struct ct_certificate c = {.code = ct_col_dup(st, "code", a),
                               .issued_at = ct_col_i64(st, "issued_at"),
                               .months = (int)ct_col_i64(st, "months"),
                               .revoked_at = ct_col_i64(st, "revoked_at"),
                               .revoke_reason = ct_col_dup(st, "reason", a)};

    if (c.code.n) {
        c.issued_on = ct_day_date(day_of(k, c.issued_at));
        c.expires_on = ct_certificate_expiry(c.issued_on, c.months);
    }
    return c;
}

/* A newer completion of the same course as the same has a certificate that was not revoked. They
 * come newest first. */
static bool is_superseded(const struct ct_transcribing *k, const struct ct_transcript_line *line,
                          struct ct_sv course)
{
    for (size_t i = 0; i < k->n_seen; i++)
        if (ct_sv_eq(k->seen[i].course, course) &&
            ct_sv_eq(k->seen[i].discipline, line->discipline))
            return true;
    return false;
}

/* What it is worth on the day. Of one that a newer one follows, the newer one says the rest. */
static void weigh(struct ct_transcribing *k, struct ct_transcript_line *line,
                  const struct ct_certificate *c, struct ct_sv course)
{
    struct ct_transcript_known seen = {.course = course, .discipline = line->discipline};
    bool superseded = is_superseded(k, line, course);
    int day = k->someone->who.day;

    line->has_status = true;
    line->due = CT_DUE_COMPLETED;
    if (c->expires_on.year)
        line->expires = ct_date_day(c->expires_on);
    if (superseded)
        line->worth = ct_sv_c(ct_certificate_status_name(CT_CERTIFICATE_SUPERSEDED));
    else if (line->expires != CT_DAY_NONE && day > line->expires)
        line->due = CT_DUE_EXPIRED;
    else if (line->expires != CT_DAY_NONE && day >= ct_date_day(ct_certificate_window(c)))
        line->due = CT_DUE_EXPIRING;
    else if (is_update_due(k, course, line->discipline))
        line->due = CT_DUE_UPDATE;
    if (c->revoked_at)
        line->worth = ct_sv_c(ct_certificate_status_name(CT_CERTIFICATE_REVOKED));
    else if (c->code.n && !superseded)
        line->worth = ct_sv_c(ct_certificate_status_name(
            line->due == CT_DUE_EXPIRED ? CT_CERTIFICATE_EXPIRED : CT_CERTIFICATE_VALID));
    line->status = ct_sv_c(ct_due_status_name(line->due));
    if (c->code.n && !c->revoked_at)
        CT_ARENA_PUSH(k->arena, k->seen, k->n_seen, k->cap_seen, seen);
}

static int read_courses(struct ct_transcribing *k, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(k->db, &COURSES);

    ct_bind_i64(&st, ":person", k->person);
    ct_bind_i64(&st, ":at", k->t.as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_transcript_line line = CT_TRANSCRIPT_LINE(CT_TRANSCRIPT_COURSE);
        struct ct_certificate c = certificate_of(k, &st);
        int minutes = (int)ct_col_i64(&st, c.code.n ? "minutes" : "active");
        line.on = day_of(k, ct_col_i64(&st, "at"));
        line.what = ct_col_dup(&st, "course_title", k->arena);
        line.discipline = ct_col_dup(&st, "discipline", k->arena);
        line.hash = ct_col_dup(&st, "revision", k->arena);
        line.score = (int)ct_col_i64(&st, "score");
        line.hundredths = (minutes * 10 + 30) / 60 * 10; /* as the certificate has it */
        line.certificate = c.code;
        line.note = c.revoke_reason;
        line.completion = ct_col_i64(&st, "id");
        weigh(k, &line, &c, ct_col_dup(&st, "course", k->arena));
        ct_transcript_add(k, &line);
    }
    return r;
}

/* "1", or "1, 2" of a course whose modules had several. */
static int read_version(struct ct_transcribing *k, struct ct_transcript_line *line,
                        struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(k->db, &PARTS);

    ct_bind_i64(&st, ":completion", line->completion);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_sv version = ct_col_dup(&st, "version", k->arena);
        line->version = line->version.n
                            ? ct_arena_printf(k->arena, "%.*s, %.*s", CT_SV_ARG(line->version),
                                              CT_SV_ARG(version))
                            : version;
    }
    return r;
}

static int read_versions(struct ct_transcribing *k, struct ct_err *err)
{
    int r = CT_OK;

    for (size_t i = 0; i < k->t.n && r >= 0; i++)
        if (k->t.lines[i].kind == CT_TRANSCRIPT_COURSE)
            r = read_version(k, &k->t.lines[i], err);
    return r;
}

/* The day of the last record of a course that was begun. */
static int read_last(struct ct_transcribing *k, struct ct_sv course, struct ct_sv discipline,
                     int *ret, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(k->db, &LAST);

    ct_bind_i64(&st, ":person", k->person);
    ct_bind_sv(&st, ":course", course);
    ct_bind_sv(&st, ":discipline", discipline);
    ct_bind_i64(&st, ":at", k->t.as_of);
    if ((r = ct_stmt_step(&st, err)) > 0)
        *ret = day_of(k, ct_col_i64(&st, "last_at"));
    return r;
}

static int read_begun(struct ct_transcribing *k, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(k->db, &BEGUN);

    ct_bind_i64(&st, ":person", k->person);
    ct_bind_i64(&st, ":at", k->t.as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_transcript_line line = CT_TRANSCRIPT_LINE(CT_TRANSCRIPT_PROGRESS);
        const struct ct_course *c = ct_catalogue_course(k->cat, ct_col_sv(&st, "course"));
        line.on = day_of(k, ct_col_i64(&st, "first_at"));
        line.what = c ? c->title : ct_col_dup(&st, "course", k->arena);
        line.discipline = ct_col_dup(&st, "discipline", k->arena);
        if ((r = read_last(k, ct_col_sv(&st, "course"), line.discipline, &line.until, err)) < 0)
            return r;
        line.has_status = true;
        line.due = CT_DUE_IN_PROGRESS;
        line.status = ct_sv_c(ct_due_status_name(line.due));
        ct_transcript_add(k, &line);
    }
    return r;
}

/* ---- all of it ---- */

static int cmp_line(const void *pa, const void *pb)
{
    const struct ct_transcript_line *a = pa, *b = pb;
    bool oldest = a->kind == CT_TRANSCRIPT_PLACE || a->kind == CT_TRANSCRIPT_DISCIPLINE;

    if (a->kind != b->kind)
        return (a->kind > b->kind) - (a->kind < b->kind);
    if (a->on != b->on)
        return ((a->on > b->on) - (a->on < b->on)) * (oldest ? 1 : -1);
    return ct_sv_cmp(a->what, b->what);
}

/* Where the person was is asked of what was known then, which a day's end now is near enough to. */
static int end_of(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t now,
                  struct ct_report_moment *m, struct ct_err *err)
{
    CT_AUTO_HOMES *homes = NULL;
    int r = ct_homes_read(db, a, person, m->as_of, &homes, err);

    if (r < 0)
        return r;
    const struct ct_home *home = ct_home_of(homes, person);
    int64_t end = ct_home_day_end(home, m->day);
    m->as_of = end < now ? end : now;
    m->time_zone = ct_home_zone(home, m->as_of);
    return CT_OK;
}

int ct_transcript_moment(struct ct_db *db, struct ct_arena *a, const struct ct_clock *clock,
                         int64_t person, struct ct_sv day, struct ct_report_moment *ret,
                         struct ct_err *err)
{
    CT_AUTO_HOMES *homes = NULL;
    struct ct_report_moment m = {.as_of = ct_now(clock)};
    int64_t now = m.as_of;
    char text[CT_TIME_TEXT];
    int r;

    if (day.n && !ct_day_parse(day, &m.day))
        return ct_fail(err, CT_BAD_INPUT, "as_of", "a day is written as in 2026-11-22");
    if ((r = ct_homes_read(db, a, person, now, &homes, err)) < 0)
        return r;
    const struct ct_home *home = ct_home_of(homes, person);
    int today = ct_home_day(home, now);
    m.time_zone = ct_home_zone(home, now);
    if (day.n && m.day > today)
        return ct_fail(err, CT_BAD_INPUT, "as_of", "this day is still to come");
    if (day.n && m.day < today) {
        m.as_of = ct_home_day_end(home, m.day);
        if ((r = end_of(db, a, person, now, &m, err)) < 0)
            return r;
    }
    m.day = day.n ? m.day : today;
    m.day_text = ct_arena_dup(a, ct_sv_c(ct_day_text(m.day, text)));
    *ret = m;
    return CT_OK;
}

/* Finds the person; everything else hangs on that. */
static int begin(struct ct_transcribing *k, struct ct_everybody *all, struct ct_err *err)
{
    char day[CT_TIME_TEXT];
    int r = ct_everybody_read(all, err);

    if (r < 0)
        return r;
    k->someone = ct_everybody_find(all, k->person);
    if (!k->someone)
        return ct_fail(err, CT_NOT_FOUND, "person", "there was nobody of this number");
    if (k->by_task_force)
        ct_someone_share(k->someone);
    k->t.who = k->someone->who;
    k->t.day_text = ct_arena_dup(k->arena, ct_sv_c(ct_day_text(k->t.who.day, day)));
    k->t.time_zone = k->t.who.time_zone;
    return CT_OK;
}

int ct_transcript_courses(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                          int64_t person, const struct ct_report_moment *at,
                          struct ct_transcript *ret, struct ct_err *err)
{
    CT_AUTO_EVERYBODY all = {.db = db, .arena = a, .as_of = at->as_of, .few = &person, .n_few = 1};
    struct ct_transcribing k = {
        .db = db, .arena = a, .cat = cat, .all = &all, .person = person, .t = {.as_of = at->as_of}};
    int r;

    if ((r = begin(&k, &all, err)) < 0 || (r = read_known(&k, err)) < 0 ||
        (r = read_courses(&k, err)) < 0)
        return r;
    *ret = k.t;
    return CT_OK;
}

int ct_transcript(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                  int64_t person, const struct ct_report_moment *at, bool by_task_force,
                  struct ct_transcript *ret, struct ct_err *err)
{
    CT_AUTO_EVERYBODY all = {.db = db, .arena = a, .as_of = at->as_of, .few = &person, .n_few = 1};
    struct ct_transcribing k = {.db = db,
                                .arena = a,
                                .cat = cat,
                                .all = &all,
                                .person = person,
                                .by_task_force = by_task_force,
                                .t = {.as_of = at->as_of}};
    int r = begin(&k, &all, err);

    if (r < 0)
        return r;
    add_places(&k);
    add_disciplines(&k);
    if ((r = read_known(&k, err)) < 0 || (r = read_courses(&k, err)) < 0 ||
        (r = read_versions(&k, err)) < 0 || (r = read_begun(&k, err)) < 0 ||
        (r = ct_transcript_beside(&k, err)) < 0)
        return r;
    if (k.t.n)
        qsort(k.t.lines, k.t.n, sizeof *k.t.lines, cmp_line);
    *ret = k.t;
    return CT_OK;
}
