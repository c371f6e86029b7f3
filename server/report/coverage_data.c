/*
 * coverage_data.c: reading a team and what its people did up to a moment. Counting is coverage.c.
 */
#include "assignment_priv.h"
#include "coverage_priv.h"
#include "sql_priv.h"

#include "ct/learn/past_completion.h"

#include "ct/base/banned.h"

static const struct ct_sql MODULES = {
    "select x.person, x.module from completion x"
    " where x.course = :course and x.module is not null and x.at <= :at"
    " group by x.person, x.module"};
/* Of a course that was completed the modules are recorded with it; what came from elsewhere has
 * none. */
static const struct ct_sql WHOLE = {
    "select distinct x.person from completion x"
    " where x.course = :course and x.module is null and x.at <= :at and not exists"
    " (select 1 from completion_part k where k.completion = x.id)"};
static const struct ct_sql RUNS = {
    "select r.person, r.module, r.chair, max(x.passed) as passed from run r"
    " join run_result x on x.run = r.id and x.at <= :at where r.course = :course"
    " group by r.person, r.module, r.chair"};

const struct ct_sql *const ct_coverage_data_sql[] = {&MODULES, &WHOLE, &RUNS, NULL};

struct reading {
    struct ct_db *db;
    struct ct_arena *arena;
    const struct ct_course *course;
    const struct ct_coverage_seat *seats;
    size_t n_seats;
    int64_t as_of;
    struct ct_coverage_team team;
};

static struct ct_coverage_member *find(const struct reading *rd, int64_t id)
{
    size_t low = 0, high = rd->team.n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (rd->team.people[mid].who.id < id)
            low = mid + 1;
        else
            high = mid;
    }
    return low < rd->team.n && rd->team.people[low].who.id == id ? &rd->team.people[low] : NULL;
}

/* Whether somebody is in the report, and how: *ret_counted. */
static bool is_seen(const struct ct_coverage_filter *f, const struct ct_someone *p,
                    bool *ret_counted)
{
    *ret_counted = false;
    if (!p->who.active || (f->discipline.p && !ct_sv_eq(f->discipline, p->who.discipline)))
        return false;
    if (!f->scope || !f->scope->is_limited)
        return true;
    const struct ct_scope_person *seen = ct_scope_find(f->scope, p->who.id);
    if (seen)
        *ret_counted = seen->is_counted;
    return seen != NULL;
}

static int read_people(struct reading *rd, const struct ct_catalogue *cat,
                       const struct ct_coverage_filter *filter, struct ct_err *err)
{
    CT_AUTO_EVERYBODY all = {.db = rd->db, .arena = rd->arena, .as_of = rd->as_of};
    int r = ct_everybody_read(&all, err);

    if (r < 0)
        return r;
    ct_report_kinds_of(rd->arena, cat, &all, &rd->team.kinds);
    rd->team.people = ct_arena_array(rd->arena, struct ct_coverage_member, all.n);
    for (size_t i = 0; i < all.n; i++) {
        const struct ct_assignee *who = &all.people[i].who;
        bool counted;
        if (!is_seen(filter, &all.people[i], &counted))
            continue;
        rd->team.people[rd->team.n++] = (struct ct_coverage_member){
            .who = {who->id, who->name},
            .last_name = who->last_name,
            .first_name = who->first_name,
            .discipline = ct_report_kind(&rd->team.kinds, who->discipline),
            .is_counted = counted,
            .done = ct_arena_array(rd->arena, bool, rd->course->n_modules),
            .sat = ct_arena_alloc(rd->arena, rd->n_seats)};
    }
    return CT_OK;
}

static int read_modules(struct reading *rd, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, &MODULES);

    ct_bind_sv(&st, ":course", rd->course->slug);
    ct_bind_i64(&st, ":at", rd->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_coverage_member *p = find(rd, ct_col_i64(&st, "person"));
        struct ct_sv id = ct_col_sv(&st, "module");
        for (size_t i = 0; p && i < rd->course->n_modules; i++)
            p->done[i] = p->done[i] || ct_sv_eq(rd->course->modules[i]->id, id);
    }
    return r;
}

static int read_whole(struct reading *rd, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, &WHOLE);

    ct_bind_sv(&st, ":course", rd->course->slug);
    ct_bind_i64(&st, ":at", rd->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_coverage_member *p = find(rd, ct_col_i64(&st, "person"));
        for (size_t i = 0; p && i < rd->course->n_modules; i++)
            p->done[i] = true;
    }
    return r;
}

static int read_past(struct reading *rd, struct ct_err *err)
{
    struct ct_past_completion *past;
    size_t n;
    int r = ct_past_completion_list(rd->db, rd->arena, 0, rd->as_of, &past, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++) {
        struct ct_coverage_member *p =
            ct_sv_eq(past[i].course, rd->course->slug) ? find(rd, past[i].person) : NULL;
        for (size_t m = 0; p && m < rd->course->n_modules; m++)
            p->done[m] = true;
    }
    return r;
}

/* The runs of a course; the same course's seats follow each other. */
static int read_runs(struct reading *rd, struct ct_sv course, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, &RUNS);

    ct_bind_sv(&st, ":course", course);
    ct_bind_i64(&st, ":at", rd->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_coverage_member *p = find(rd, ct_col_i64(&st, "person"));
        for (size_t i = 0; p && i < rd->n_seats; i++)
            if (ct_sv_eq(rd->seats[i].course, course) &&
                ct_sv_eq(rd->seats[i].module, ct_col_sv(&st, "module")) &&
                ct_sv_eq(rd->seats[i].chair, ct_col_sv(&st, "chair")))
                p->sat[i] = ct_col_i64(&st, "passed") ? CT_SAT_PASSED : CT_SAT_PLAYED;
    }
    return r;
}

int ct_coverage_read(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                     const struct ct_course *course, const struct ct_coverage_seat *seats,
                     size_t n_seats, const struct ct_coverage_filter *filter, int64_t as_of,
                     struct ct_coverage_team *ret, struct ct_err *err)
{
    struct reading rd = {
        .db = db, .arena = a, .course = course, .seats = seats, .n_seats = n_seats, .as_of = as_of};
    int r;

    if ((r = read_people(&rd, cat, filter, err)) < 0 || (r = read_modules(&rd, err)) < 0 ||
        (r = read_whole(&rd, err)) < 0 || (r = read_past(&rd, err)) < 0)
        return r;
    for (size_t i = 0; i < n_seats; i++)
        if ((i == 0 || !ct_sv_eq(seats[i].course, seats[i - 1].course)) &&
            (r = read_runs(&rd, seats[i].course, err)) < 0)
            return r;
    *ret = rd.team;
    return CT_OK;
}
