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
/* Plays of scenarios that had begun, and whether they had ended well, by then. */
#define PLAYED                                                                                     \
    "select x.person, x.course, x.module, x.chair, x.started_at,"                                  \
    " coalesce(e.passed, 0) as passed, e.at from run x"                                            \
    " left join run_result e on e.run = x.id and e.at <= :at where x.started_at <= :at"
static const struct ct_sql PLAYS = {PLAYED " order by x.id"};
static const struct ct_sql PLAYS_ONE = {PLAYED " and x.person = :person order by x.id"};
/* Who knows which version of a module: completed on it, or read up to it. */
#define KNOWN_BY(whose)                                                                            \
    "select x.person, coalesce(e.version, '1') as version from completion x"                       \
    " left join edition e on e.hash = x.revision" whose                                            \
    " union all select x.person, coalesce(e.version, '1') from update_read x"                      \
    " left join edition e on e.hash = x.revision" whose
#define OF_MODULE " where x.module = :module and x.course = :course and x.at <= :at"
static const struct ct_sql KNOWN = {KNOWN_BY(OF_MODULE)};
static const struct ct_sql KNOWN_ONE = {KNOWN_BY(OF_MODULE " and x.person = :person")};

const struct ct_sql *const ct_assignment_work_sql[] = {
    &COMPLETIONS, &COMPLETIONS_ONE, &COMPLETIONS_BRIEF, &OPENED, &OPENED_ONE, &ACTIVE,
    &ACTIVE_ONE,  &PLAYS,           &PLAYS_ONE,         &KNOWN,  &KNOWN_ONE,  NULL};

void ct_everybody_expect(struct ct_everybody *all, size_t n)
{
    all->courses = ct_arena_array(all->arena, struct ct_sv, n);
    all->credit_types = ct_arena_array(all->arena, struct ct_sv, n);
}

void ct_everybody_ask(struct ct_everybody *all, const struct ct_requirement *q)
{
    if (q->kind == CT_REQUIREMENT_HOURS) {
        all->asks_hours = true;
        all->credit_types[all->n_credit_types++] = ct_past_credit_type(q);
    }
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
    return p->works && course != SIZE_MAX ? p->works[course] : NULL;
}

struct ct_work *ct_work_of(struct ct_everybody *all, struct ct_someone *p, size_t course)
{
    if (!p->works[course])
        p->works[course] = ct_arena_new(all->arena, struct ct_work);
    return p->works[course];
}

/* Room for what everybody did in each of the courses. */
static void make_room(struct ct_everybody *all)
{
    struct ct_work **works = ct_arena_array(all->arena, struct ct_work *, all->n * all->n_courses);

    for (size_t i = 0; i < all->n; i++)
        all->people[i].works = &works[i * all->n_courses];
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

static int read_completions(struct ct_everybody *all, int64_t person, size_t course,
                            struct ct_err *err)
{
    const struct ct_sql *sql = person       ? &COMPLETIONS_ONE
                               : all->brief ? &COMPLETIONS_BRIEF
                                            : &COMPLETIONS;
    struct ct_work_done *list = NULL;
    struct ct_someone *p = NULL;
    struct ct_work *w = NULL;
    size_t n = 0, cap = 0, first = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, sql);

    ct_bind_sv(&st, ":course", all->courses[course]);
    ct_bind_i64(&st, ":at", all->as_of);
    if (person)
        ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_work_done d = {
            .at = ct_col_i64(&st, "at"), .completion = ct_col_i64(&st, "id"), .score = -1};
        p = ct_everybody_next(all, p, ct_col_i64(&st, "person"));
        if (!p)
            continue;
        w = ct_work_of(all, p, course);
        d.on = ct_home_day(p->home, d.at);
        if (sql != &COMPLETIONS_BRIEF)
            read_details(all, &st, &d);
        w->n_done++;
        CT_ARENA_PUSH(all->arena, list, n, cap, d);
    }
    if (person && w)
        w->done = list;
    /* Rows came by person: each has a part of the list. */
    for (size_t i = 0; i < all->n && !person; i++)
        if ((w = all->people[i].works[course]) && w->n_done) {
            w->done = &list[first];
            first += w->n_done;
        }
    return r;
}

static int read_courses(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    int r = CT_OK;

    for (size_t i = 0; i < all->n_courses && r >= 0; i++)
        r = read_completions(all, person, i, err);
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

/* Rows come as they were begun, nearly always in the order of moments. */
static void add_play(struct ct_arena *a, struct ct_work_play **list, size_t *n, size_t *cap,
                     struct ct_work_play play)
{
    size_t i;

    CT_ARENA_PUSH(a, *list, *n, *cap, play);
    for (i = *n - 1; i > 0 && (*list)[i - 1].at > play.at; i--)
        (*list)[i] = (*list)[i - 1];
    (*list)[i] = play;
}

int ct_everybody_plays(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &PLAYS_ONE : &PLAYS);

    if (person)
        ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":at", all->as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_someone *p = ct_everybody_find(all, ct_col_i64(&st, "person"));
        size_t course = p ? course_at(all, ct_col_sv(&st, "course")) : SIZE_MAX;
        if (course == SIZE_MAX)
            continue;
        struct ct_work *w = ct_work_of(all, p, course);
        struct ct_work_play play = {.module =
                                        ct_name_in(all, &all->modules, &all->n_modules,
                                                   &all->cap_modules, ct_col_sv(&st, "module")),
                                    .chair = ct_name_in(all, &all->chairs, &all->n_chairs,
                                                        &all->cap_chairs, ct_col_sv(&st, "chair")),
                                    .at = ct_col_i64(&st, "started_at")};
        play.on = ct_home_day(p->home, play.at);
        add_play(all->arena, &w->begun, &w->n_begun, &w->cap_begun, play);
        if (ct_col_i64(&st, "passed")) {
            play.at = ct_col_i64(&st, "at");
            play.on = ct_home_day(p->home, play.at);
            add_play(all->arena, &w->passed, &w->n_passed, &w->cap_passed, play);
        }
    }
    return r;
}

/* What was read of one person, or of everybody. */
static struct ct_credit_known known_of(const struct ct_everybody *all, const struct ct_someone *p)
{
    struct ct_credit_known known = {.homes = all->homes,
                                    .trainings = p ? p->trainings : all->trainings,
                                    .n_trainings = p ? p->n_trainings : all->n_trainings,
                                    .past = p ? p->imported : all->imported,
                                    .n_past = p ? p->n_imported : all->n_imported,
                                    .n_hired = p ? 1 : all->n,
                                    .types = all->credit_types,
                                    /* who tells of rows tells of all credit */
                                    .n_types = all->brief ? all->n_credit_types : 0};
    struct ct_credit_hired *hired =
        ct_arena_array(all->arena, struct ct_credit_hired, known.n_hired);

    for (size_t i = 0; i < known.n_hired; i++) {
        const struct ct_someone *of = p ? p : &all->people[i];
        hired[i] = (struct ct_credit_hired){of->who.id, of->hired};
    }
    known.hired = hired;
    return known;
}

int ct_everybody_credits(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    struct ct_someone *p = person ? ct_everybody_find(all, person) : NULL;
    const struct ct_credit_known known = known_of(all, p);
    struct ct_credit *list;
    size_t n;
    int r;

    if (person && !p)
        return CT_OK;
    r = ct_credit_list_known(all->db, all->arena, person, all->as_of, &known, &list, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++) {
        p = ct_everybody_next(all, p, list[i].person);
        if (p && p->n_credits++ == 0)
            p->credits = &list[i];
    }
    return r;
}

static int read_opened(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &OPENED_ONE : &OPENED);

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
        w->started_at = ct_col_i64(&st, "first_at");
        w->last_at = ct_col_i64(&st, "last_at");
    }
    return r;
}

static int read_active(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &ACTIVE_ONE : &ACTIVE);

    if (person)
        ct_bind_i64(&st, ":person", person);
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
static int read_known(struct ct_everybody *all, int64_t person, const struct ct_live_module *m,
                      unsigned char *marks, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(all->db, person ? &KNOWN_ONE : &KNOWN);

    ct_bind_sv(&st, ":course", m->course);
    ct_bind_sv(&st, ":module", m->id);
    ct_bind_i64(&st, ":at", all->as_of);
    if (person)
        ct_bind_i64(&st, ":person", person);
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
        if (all->person || !all->n_few)
            r = read_known(all, all->person, &list[i], marks, err);
        for (size_t k = 0; k < all->n_few && !all->person && r >= 0; k++)
            r = read_known(all, all->few[k], &list[i], marks, err);
        for (size_t k = 0; k < all->n; k++) {
            if (marks[k] == KNOWS_ONE)
                ct_work_of(all, &all->people[k], course)->update_due = true;
            marks[k] = 0;
        }
    }
    return r;
}

/* What is read one person after the other, or of everybody at once. */
static int read_work(struct ct_everybody *all, int64_t person, struct ct_err *err)
{
    int r;

    if ((r = read_courses(all, person, err)) < 0 ||
        (!all->brief && (r = read_opened(all, person, err)) < 0) ||
        (r = read_active(all, person, err)) < 0 ||
        (all->asks_chairs && (r = ct_everybody_plays(all, person, err)) < 0) ||
        (all->asks_hours && (r = ct_everybody_credits(all, person, err)) < 0))
        return r;
    return CT_OK;
}

int ct_everybody_work(struct ct_everybody *all, struct ct_err *err)
{
    int r;

    make_room(all);
    r = all->person ? read_work(all, all->person, err) : ct_everybody_each(all, read_work, err);
    if (r < 0 || (r = read_updates(all, err)) < 0)
        return r;
    all->has_plays = all->asks_chairs;
    all->has_credits = all->asks_hours;
    return CT_OK;
}
