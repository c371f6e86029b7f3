/*
 * report_data.c: reading everybody's work for the report. The arithmetic is report.c.
 */
#include "report_priv.h"
#include "sql_priv.h"

#include "ct/course/change.h"

#include <stdlib.h>

#include "ct/base/banned.h"

#define OF_TODAY                                                                                   \
    " join person p on p.id = x.person and p.active = 1"                                           \
    " and coalesce(p.discipline, '') = x.discipline"                                               \
    " where (:course is null or x.course = :course)"                                               \
    " and (:discipline is null or x.discipline = :discipline)"

static const struct ct_sql PEOPLE = {
    "select id, email, name, coalesce(discipline, '') as discipline, signed_in_at from person"
    " where active = 1 and (:discipline is null or discipline = :discipline) order by name, id"};
static const struct ct_sql ACTIVITY = {
    "select x.person, x.course, min(x.started_at) as started_at, max(x.last_at) as last_at,"
    " sum(x.seconds) as seconds from activity x" OF_TODAY " group by x.person, x.course"};
static const struct ct_sql COMPLETIONS = {
    "select x.person, x.course, x.module, min(x.at) as at from completion x" OF_TODAY
    " group by x.person, x.course, x.module"};
static const struct ct_sql SCORES = {
    "select x.person, x.course, x.module, max(r.score) as best from attempt x"
    " join attempt_result r on r.attempt = x.id" OF_TODAY " group by x.person, x.course, x.module"};

/* Texts that had more than one version: of all others nobody has anything to read. */
static const struct ct_sql VERSIONED = {
    "select x.path from publication x left join edition e on e.hash = x.hash"
    " group by x.path having count(distinct coalesce(e.version, '1')) > 1"};
static const struct ct_sql HELD = {
    "select x.person, x.course, x.module, coalesce(e.version, '1') as version from completion x"
    " left join edition e on e.hash = x.revision" OF_TODAY " and x.module = :module"};
static const struct ct_sql UPDATES_READ = {
    "select x.person, x.course, x.module, coalesce(e.version, '1') as version from update_read x"
    " left join edition e on e.hash = x.revision" OF_TODAY};

const struct ct_sql *const ct_report_sql[] = {&PEOPLE, &ACTIVITY,     &COMPLETIONS, &SCORES,
                                              &HELD,   &UPDATES_READ, &VERSIONED,   NULL};

struct reading {
    struct ct_db *db;
    struct ct_arena *arena;
    const struct ct_catalogue *cat;
    const struct ct_report_filter *filter;
    struct ct_report_data data;
    struct ct_report_someone **by_id;
    size_t last_course; /* rows of one course follow each other */
};

static int read_people(struct reading *rd, struct ct_err *err)
{
    const struct ct_disciplines *known = &rd->cat->disciplines;
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, &PEOPLE);

    ct_bind_sv(&st, ":discipline", rd->filter->discipline);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        int at = ct_discipline_find(known, ct_col_sv(&st, "discipline"));
        const struct ct_scope *scope = rd->filter->scope;
        const struct ct_scope_person *place =
            scope ? ct_scope_find(scope, ct_col_i64(&st, "id")) : NULL;
        if (scope && scope->is_limited && !place)
            continue;
        struct ct_report_someone p = {
            .id = ct_col_i64(&st, "id"),
            .name = ct_col_dup(&st, "name", rd->arena),
            .email = ct_col_dup(&st, "email", rd->arena),
            .discipline = at < 0 ? known->n : (size_t)at,
            .signed_in_ever = ct_col_i64(&st, "signed_in_at") != 0,
            .place = place,
        };
        CT_ARENA_PUSH(rd->arena, rd->data.people, rd->data.n, cap, p);
    }
    return r;
}

static int cmp_id(const void *pa, const void *pb)
{
    const struct ct_report_someone *const *a = pa, *const *b = pb;

    return ((*a)->id > (*b)->id) - ((*a)->id < (*b)->id);
}

static void index_people(struct reading *rd)
{
    rd->by_id = ct_arena_array(rd->arena, struct ct_report_someone *, rd->data.n);
    for (size_t i = 0; i < rd->data.n; i++)
        rd->by_id[i] = &rd->data.people[i];
    if (rd->data.n)
        qsort(rd->by_id, rd->data.n, sizeof(struct ct_report_someone *), cmp_id);
}

static struct ct_report_someone *find_person(const struct reading *rd, int64_t id)
{
    struct ct_report_someone wanted = {.id = id}, *key = &wanted;

    if (rd->data.n == 0)
        return NULL;
    struct ct_report_someone **found =
        bsearch(&key, rd->by_id, rd->data.n, sizeof(struct ct_report_someone *), cmp_id);
    return found ? *found : NULL;
}

/* False for a course that is not in the catalogue any more. */
static bool find_course(struct reading *rd, struct ct_sv slug, size_t *ret)
{
    const struct ct_catalogue *cat = rd->cat;

    for (size_t k = 0; k < cat->n_courses; k++) {
        size_t i = (rd->last_course + k) % cat->n_courses;
        if (ct_sv_eq(cat->courses[i].slug, slug)) {
            *ret = rd->last_course = i;
            return true;
        }
    }
    return false;
}

/* The work that a row belongs to, made when it is the first; NULL for a row that counts no more. */
static struct ct_report_work *work_of(struct reading *rd, struct ct_stmt *st,
                                      struct ct_report_someone **ret_person)
{
    struct ct_report_someone *p = find_person(rd, ct_col_i64(st, "person"));
    size_t course;

    if (!p || !find_course(rd, ct_col_sv(st, "course"), &course))
        return NULL;
    *ret_person = p;
    for (struct ct_report_work *w = p->work; w; w = w->next)
        if (w->course == course)
            return w;
    struct ct_report_work *w = ct_arena_new(rd->arena, struct ct_report_work);
    w->course = course;
    w->next = p->work;
    p->work = w;
    return w;
}

static void take_activity(struct reading *rd, struct ct_stmt *st)
{
    struct ct_report_someone *p;
    struct ct_report_work *w = work_of(rd, st, &p);

    if (!w)
        return;
    w->started_at = ct_col_i64(st, "started_at");
    w->last_at = ct_col_i64(st, "last_at");
    w->seconds = ct_col_i64(st, "seconds");
}

static void take_completion(struct reading *rd, struct ct_stmt *st)
{
    struct ct_report_someone *p;
    struct ct_report_work *w = work_of(rd, st, &p);

    if (!w)
        return;
    if (ct_col_null(st, "module")) {
        w->completed_at = ct_col_i64(st, "at");
        return;
    }
    const struct ct_module *m =
        ct_course_module_by_id(&rd->cat->courses[w->course], ct_col_sv(st, "module"));
    w->modules_done += m && ct_module_counts(m, ct_report_set(rd->cat, p->discipline));
}

static void take_score(struct reading *rd, struct ct_stmt *st)
{
    struct ct_report_someone *p;
    struct ct_report_work *w = work_of(rd, st, &p);

    if (!w)
        return;
    const struct ct_module *m =
        ct_course_module_by_id(&rd->cat->courses[w->course], ct_col_sv(st, "module"));
    if (m && ct_module_graded(m, ct_report_set(rd->cat, p->discipline)))
        ct_mean_add(&w->scores, ct_col_i64(st, "best"));
}

/* Marks what a person knows of a module's text. */
static void take_text(struct reading *rd, struct ct_stmt *st, unsigned char marks)
{
    struct ct_report_someone *p;
    struct ct_report_work *w = work_of(rd, st, &p);

    if (!w)
        return;
    const struct ct_course *c = &rd->cat->courses[w->course];
    struct ct_sv id = ct_col_sv(st, "module");
    for (size_t i = 0; i < c->n_modules; i++) {
        const struct ct_module *m = c->modules[i];
        if (!ct_sv_eq(m->id, id) || !ct_module_counts(m, ct_report_set(rd->cat, p->discipline)))
            continue;
        if (!w->texts)
            w->texts = ct_arena_alloc(rd->arena, c->n_modules);
        if (ct_sv_eq(ct_col_sv(st, "version"), ct_module_version(m)))
            marks |= CT_REPORT_KNOWS_LIVE;
        w->texts[i] |= marks;
        return;
    }
}

static void take_held(struct reading *rd, struct ct_stmt *st)
{
    take_text(rd, st, CT_REPORT_COMPLETED);
}

static void take_read(struct reading *rd, struct ct_stmt *st)
{
    take_text(rd, st, 0);
}

/* Paths that had several versions, in the arena. */
static int read_versioned(struct reading *rd, struct ct_sv **ret, size_t *ret_n, struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, &VERSIONED);

    while ((r = ct_stmt_step(&st, err)) > 0)
        CT_ARENA_PUSH(rd->arena, *ret, *ret_n, cap, ct_col_dup(&st, "path", rd->arena));
    return r;
}

/* Also one that was renamed since: then its present path had one version only. */
static bool is_versioned(const struct ct_module *m, const struct ct_sv *paths, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(paths[i], m->path))
            return true;
    return !ct_sv_eq_c(ct_module_version(m), "1");
}

static int read_held(struct reading *rd, const struct ct_course *c, const struct ct_module *m,
                     struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, &HELD);

    ct_bind_sv(&st, ":course", c->slug);
    ct_bind_sv(&st, ":discipline", rd->filter->discipline);
    ct_bind_sv(&st, ":module", m->id);
    while ((r = ct_stmt_step(&st, err)) > 0)
        take_held(rd, &st);
    return r;
}

/* What people know of the modules that had more than one version: few, so one after the other. */
static int read_texts(struct reading *rd, bool *ret_any, struct ct_err *err)
{
    struct ct_sv *paths = NULL;
    size_t n = 0;
    int r = read_versioned(rd, &paths, &n, err);

    *ret_any = false;
    for (size_t i = 0; i < rd->cat->n_courses; i++) {
        const struct ct_course *c = &rd->cat->courses[i];
        if (rd->filter->course.p && !ct_sv_eq(rd->filter->course, c->slug))
            continue;
        for (size_t k = 0; k < c->n_modules && r >= 0; k++) {
            if (!is_versioned(c->modules[k], paths, n))
                continue;
            *ret_any = true;
            r = read_held(rd, c, c->modules[k], err);
        }
    }
    return r;
}

static int read_rows(struct reading *rd, const struct ct_sql *sql,
                     void (*take)(struct reading *rd, struct ct_stmt *st), struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, sql);

    ct_bind_sv(&st, ":course", rd->filter->course);
    ct_bind_sv(&st, ":discipline", rd->filter->discipline);
    while ((r = ct_stmt_step(&st, err)) > 0)
        take(rd, &st);
    return r;
}

int ct_report_read(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                   const struct ct_report_filter *filter, struct ct_report_data *ret,
                   struct ct_err *err)
{
    struct reading rd = {.db = db, .arena = a, .cat = cat, .filter = filter};
    bool versioned;

    int r = read_people(&rd, err);
    if (r < 0)
        return r;
    index_people(&rd);
    if ((r = read_rows(&rd, &ACTIVITY, take_activity, err)) < 0 ||
        (r = read_rows(&rd, &COMPLETIONS, take_completion, err)) < 0 ||
        (r = read_rows(&rd, &SCORES, take_score, err)) < 0)
        return r;
    if ((r = read_texts(&rd, &versioned, err)) < 0 ||
        (versioned && (r = read_rows(&rd, &UPDATES_READ, take_read, err)) < 0))
        return r;
    *ret = rd.data;
    return CT_OK;
}
