/*
 * assignment_work.c: what people did in the courses that are required, up to a moment: completions
 * with their certificates, what was opened, what changed since. Only from rows that are never
 * changed, so that the answer for a past day stays what it was.
 */
#include "assignment_priv.h"
#include "sql_priv.h"

#include "ct/learn/curriculum.h"

#include "ct/base/banned.h"

#define COMPLETED                                                                                  \
    "select x.id, x.person, x.score, x.minutes, x.discipline, x.revision, x.at, c.code,"           \
    " c.issued_at, v.at as revoked_at, v.reason"                                                   \
    " from completion x left join certificate c on c.completion = x.id and c.issued_at <= :at"     \
    " left join certificate_revocation v on v.code = c.code and v.at <= :at"                       \
    " where x.course = :course and x.module is null and x.at <= :at"
static const struct ct_sql COMPLETIONS = {COMPLETED " order by x.person, x.at, x.id"};
static const struct ct_sql COMPLETIONS_ONE = {COMPLETED " and x.person = :person order by x.at,"
                                                        " x.id"};
/* Of the index alone. */
static const struct ct_sql COMPLETIONS_BRIEF = {
    "select x.id, x.person, x.at from completion x where x.course = :course and x.module is null"
    " and x.at <= :at order by x.person, x.at, x.id"};
#define SEEN                                                                                       \
    "select x.person, x.course, min(x.at) as first_at, max(x.at) as last_at"                       \
    " from section_opened x where x.at <= :at"
static const struct ct_sql OPENED = {SEEN " group by x.person, x.course"};
static const struct ct_sql OPENED_ONE = {SEEN " and x.person = :person group by x.course"};
/* When work began. Whoever begins with the quiz, or with a scenario, has opened no section; a
 * section is never opened without this being noted with it, so that who only asks when work began
 * needs not read what was opened, which is the largest table. */
#define STARTED                                                                                    \
    "select x.person, x.course, min(x.started_at) as first_at from activity x"                     \
    " where x.started_at <= :at"
static const struct ct_sql ACTIVE = {STARTED " group by x.person, x.course"};
static const struct ct_sql ACTIVE_ONE = {STARTED " and x.person = :person group by x.course"};
/* Plays of scenarios that had begun, and those that ended well, by then. */
#define RUNS                                                                                       \
    "select x.person, x.course, x.module, x.chair, x.started_at as at from run x"                  \
    " where x.started_at <= :at"
static const struct ct_sql BEGUN = {RUNS " order by x.started_at, x.id"};
static const struct ct_sql BEGUN_ONE = {RUNS " and x.person = :person order by x.started_at, x.id"};
#define PLAYED                                                                                     \
    "select a.person, a.course, a.module, a.chair, x.at from run_result x"                         \
    " join run a on a.id = x.run where x.passed = 1 and x.at <= :at"
static const struct ct_sql PASSED = {PLAYED " order by x.at, x.run"};
static const struct ct_sql PASSED_ONE = {PLAYED " and a.person = :person order by x.at, x.run"};
/* Who knows which version of a module: completed on it, or read up to it. */
#define KNOWN_BY(whose)                                                                            \
    "select x.person, coalesce(e.version, '1') as version from completion x"                       \
    " left join edition e on e.hash = x.revision" whose                                            \
    " union all select x.person, coalesce(e.version, '1') from update_read x"                      \
    " left join edition e on e.hash = x.revision" whose
#define OF_MODULE " where x.module = :module and x.course = :course and x.at <= :at"
static const struct ct_sql KNOWN = {KNOWN_BY(OF_MODULE)};
static const struct ct_sql KNOWN_ONE = {KNOWN_BY(OF_MODULE " and x.person = :person")};

const struct ct_sql *const ct_assignment_work_sql[] = {&COMPLETIONS,       &COMPLETIONS_ONE,
                                                       &COMPLETIONS_BRIEF, &OPENED,
                                                       &OPENED_ONE,        &ACTIVE,
                                                       &ACTIVE_ONE,        &BEGUN,
                                                       &BEGUN_ONE,         &PASSED,
                                                       &PASSED_ONE,        &KNOWN,
                                                       &KNOWN_ONE,         NULL};

void ct_everybody_ask(struct ct_everybody *all, const struct ct_requirement *q)
{
    all->asks_hours |= q->kind == CT_REQUIREMENT_HOURS;
    all->asks_chairs |= q->kind == CT_REQUIREMENT_SCENARIO;
    if (q->course.n && ct_name_at(all->courses, all->n_courses, q->course) == SIZE_MAX)
        all->courses[all->n_courses++] = q->course;
}

size_t ct_name_at(const struct ct_sv *names, size_t n, struct ct_sv name)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(names[i], name))
            return i;
    return SIZE_MAX;
}

struct ct_work *ct_someone_work(const struct ct_everybody *all, const struct ct_someone *p,
                                struct ct_sv course)
{
    return ct_someone_at(p, course.n ? ct_name_at(all->courses, all->n_courses, course) : SIZE_MAX);
}

struct ct_work *ct_someone_at(const struct ct_someone *p, size_t course)
{
    struct ct_work *w = p->work;

    while (w && w->course != course)
        w = w->next;
    return w;
}

struct ct_work *ct_work_of(struct ct_everybody *all, struct ct_someone *p, size_t course)
{
    for (struct ct_work *w = p->work; w; w = w->next)
        if (w->course == course)
            return w;
    struct ct_work *w = ct_arena_new(all->arena, struct ct_work);
    w->course = course;
    w->next = p->work;
    p->work = w;
    return w;
}

/* What a report says of a completion beside its day. */
static void read_details(struct ct_everybody *all, struct ct_stmt *st, struct ct_work_done *d)
{
    d->score = ct_col_null(st, "score") ? -1 : (int)ct_col_i64(st, "score");
    d->minutes = (int)ct_col_i64(st, "minutes");
    d->discipline = ct_col_dup(st, "discipline", all->arena);
    d->revision = ct_col_dup(st, "revision", all->arena);
    d->certificate = ct_col_dup(st, "code", all->arena);
    d->revoke_reason = ct_col_dup(st, "reason", all->arena);
    d->issued_at = ct_col_i64(st, "issued_at");
    d->revoked_at = ct_col_i64(st, "revoked_at");
}

static int read_completions(struct ct_everybody *all, size_t course, struct ct_err *err)
{
    const struct ct_sql *sql = all->person  ? &COMPLETIONS_ONE
                               : all->brief ? &COMPLETIONS_BRIEF
                                            : &COMPLETIONS;
    struct ct_someone *p = NULL;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, sql);

    ct_bind_sv(&st, ":course", all->courses[course]);
    ct_bind_i64(&st, ":at", all->as_of);
    if (all->person)
        ct_bind_i64(&st, ":person", all->person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        int64_t person = ct_col_i64(&st, "person");
        if (!p || p->who.id != person)
            p = ct_everybody_find(all, person);
        if (!p)
            continue;
        struct ct_work *w = ct_work_of(all, p, course);
        struct ct_work_done d = {
            .at = ct_col_i64(&st, "at"), .completion = ct_col_i64(&st, "id"), .score = -1};
        d.on = ct_home_day(p->home, d.at);
        if (sql != &COMPLETIONS_BRIEF)
            read_details(all, &st, &d);
        CT_ARENA_PUSH(all->arena, w->done, w->n_done, w->cap, d);
    }
    return r;
}

static size_t course_at(const struct ct_everybody *all, struct ct_sv course)
{
    return ct_name_at(all->courses, all->n_courses, course);
}

size_t ct_name_in(struct ct_everybody *all, struct ct_sv **names, size_t *n, size_t *cap,
                  struct ct_sv name)
{
    size_t at = ct_name_at(*names, *n, name);

    if (at != SIZE_MAX)
        return at;
    CT_ARENA_PUSH(all->arena, *names, *n, *cap, ct_arena_dup(all->arena, name));
    return *n - 1;
}

static int read_plays(struct ct_everybody *all, const struct ct_sql *sql, int64_t person,
                      struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, sql);

    if (person)
        ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":at", all->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        size_t course = course_at(all, ct_col_sv(&st, "course"));
        struct ct_someone *p =
            course == SIZE_MAX ? NULL : ct_everybody_find(all, ct_col_i64(&st, "person"));
        if (!p)
            continue;
        struct ct_work *w = ct_work_of(all, p, course);
        struct ct_work_play play = {.on = ct_home_day(p->home, ct_col_i64(&st, "at")),
                                    .module =
                                        ct_name_in(all, &all->modules, &all->n_modules,
                                                   &all->cap_modules, ct_col_sv(&st, "module")),
                                    .chair = ct_name_in(all, &all->chairs, &all->n_chairs,
                                                        &all->cap_chairs, ct_col_sv(&st, "chair"))};
        if (sql == &BEGUN || sql == &BEGUN_ONE)
            CT_ARENA_PUSH(all->arena, w->begun, w->n_begun, w->cap_begun, play);
        else
            CT_ARENA_PUSH(all->arena, w->passed, w->n_passed, w->cap_passed, play);
    }
    return r;
}

int ct_everybody_passed(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    return read_plays(all, person ? &PASSED_ONE : &PASSED, person, err);
}

int ct_everybody_credits(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    const struct ct_credit_known known = {.homes = all->homes,
                                          .trainings = all->trainings,
                                          .n_trainings = all->n_trainings,
                                          .past = all->imported,
                                          .n_past = all->n_imported};
    bool is_known = person == all->only; /* who was read is whose credit is asked for */
    struct ct_someone *p = NULL;
    struct ct_credit *list;
    size_t n;
    int r = ct_credit_list_known(all->db, all->arena, person, all->as_of, is_known ? &known : NULL,
                                 &list, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++) {
        p = ct_everybody_next(all, p, list[i].person);
        if (p && p->n_credits++ == 0)
            p->credits = &list[i];
    }
    return r;
}

static int read_opened(struct ct_everybody *all, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, all->person ? &OPENED_ONE : &OPENED);

    if (all->person)
        ct_bind_i64(&st, ":person", all->person);
    ct_bind_i64(&st, ":at", all->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        size_t course = course_at(all, ct_col_sv(&st, "course"));
        struct ct_someone *p =
            course == SIZE_MAX ? NULL : ct_everybody_find(all, ct_col_i64(&st, "person"));
        if (!p)
            continue;
        struct ct_work *w = ct_work_of(all, p, course);
        w->started_at = ct_col_i64(&st, "first_at");
        w->last_at = ct_col_i64(&st, "last_at");
    }
    return r;
}

static int read_active(struct ct_everybody *all, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, all->person ? &ACTIVE_ONE : &ACTIVE);

    if (all->person)
        ct_bind_i64(&st, ":person", all->person);
    ct_bind_i64(&st, ":at", all->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        size_t course = course_at(all, ct_col_sv(&st, "course"));
        struct ct_someone *p =
            course == SIZE_MAX ? NULL : ct_everybody_find(all, ct_col_i64(&st, "person"));
        int64_t at = ct_col_i64(&st, "first_at");
        if (!p)
            continue;
        struct ct_work *w = ct_work_of(all, p, course);
        if (!w->started_at || at < w->started_at)
            w->started_at = at;
        if (at > w->last_at)
            w->last_at = at;
    }
    return r;
}

enum { KNOWS_ONE = 1, KNOWS_LIVE = 2 };

/* Marks who knows a version of a module, and who the live one. */
static int read_known(struct ct_everybody *all, const struct ct_live_module *m,
                      unsigned char *marks, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, all->person ? &KNOWN_ONE : &KNOWN);

    ct_bind_sv(&st, ":course", m->course);
    ct_bind_sv(&st, ":module", m->id);
    ct_bind_i64(&st, ":at", all->as_of);
    if (all->person)
        ct_bind_i64(&st, ":person", all->person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        const struct ct_someone *p = ct_everybody_find(all, ct_col_i64(&st, "person"));
        bool live = ct_sv_eq(ct_col_sv(&st, "version"), m->version);
        if (p)
            marks[p - all->people] |= live ? KNOWS_ONE | KNOWS_LIVE : KNOWS_ONE;
    }
    return r;
}

/* Marks who knows a module of a course, and not as it is now. */
static int read_updates(struct ct_everybody *all, struct ct_err *err)
{
    unsigned char *marks = ct_arena_alloc(all->arena, all->n);
    struct ct_live_module *list;
    size_t n;
    int r = ct_curriculum_live(all->db, all->arena, all->as_of, &list, &n, err);

    for (size_t i = 0; i < n && r >= 0; i++) {
        size_t course = list[i].changed ? course_at(all, list[i].course) : SIZE_MAX;
        if (course == SIZE_MAX)
            continue;
        r = read_known(all, &list[i], marks, err);
        for (size_t k = 0; k < all->n; k++) {
            if (marks[k] == KNOWS_ONE)
                ct_work_of(all, &all->people[k], course)->update_due = true;
            marks[k] = 0;
        }
    }
    return r;
}

int ct_everybody_work(struct ct_everybody *all, struct ct_err *err)
{
    int r = CT_OK;

    for (size_t i = 0; i < all->n_courses && r >= 0; i++)
        r = read_completions(all, i, err);
    if (r < 0 || (!all->brief && (r = read_opened(all, err)) < 0) ||
        (r = read_active(all, err)) < 0 || (r = read_updates(all, err)) < 0 ||
        (all->asks_chairs &&
         ((r = read_plays(all, all->person ? &BEGUN_ONE : &BEGUN, all->person, err)) < 0 ||
          (r = ct_everybody_passed(all, all->person, err)) < 0)) ||
        (all->asks_hours && (r = ct_everybody_credits(all, all->person, err)) < 0))
        return r;
    all->has_passed = all->asks_chairs;
    all->has_credits = all->asks_hours;
    return CT_OK;
}
