/*
 * report_data.c: reading everybody's work for the report, up to a moment. Who they are is
 * report_people.c, the arithmetic is report.c.
 */
#include "report_priv.h"
#include "sql_priv.h"

#include "ct/course/count.h"
#include "ct/learn/curriculum.h"
#include "ct/learn/tally.h"

#include "ct/base/banned.h"

#define WANTED                                                                                     \
    " (:course is null or x.course = :course) and (:discipline is null or x.discipline ="          \
    " :discipline)"

/* One row after the other as they stand in their index: grouping is cheaper here than there.
 * Columns are in the order in which they are asked for. */
static const struct ct_sql ACTIVITY = {
    "select x.person, x.discipline, x.course, x.started_at, x.last_at, x.seconds from activity x"
    " where x.started_at <= :at and" WANTED};
/* Of what went on: the quarters of an hour that were over by then. */
static const struct ct_sql QUARTERS = {
    "select x.person, x.discipline, x.course, q.quarter, q.seconds from activity x"
    " join activity_quarter q on q.person = x.person and q.course = x.course"
    " and q.module = x.module and q.discipline = x.discipline and q.quarter < :quarter"
    " where x.started_at <= :at and x.last_at >= :over and" WANTED};
static const struct ct_sql COMPLETIONS = {
    "select x.person, x.discipline, x.course, x.module, x.at, x.id from completion x"
    " where x.at <= :at and" WANTED " order by x.person, x.course, x.module, x.discipline, x.at"};
/* Of one person, module and discipline the last is the best. */
static const struct ct_sql SCORES = {
    "select x.person, x.discipline, x.course, x.module, x.score from attempt_best x"
    " where x.at <= :at and" WANTED " order by x.person, x.course, x.module, x.discipline,"
    " x.score"};
static const struct ct_sql HELD = {
    "select x.person, x.discipline, x.course, x.module, coalesce(e.version, '1') as version"
    " from completion x left join edition e on e.hash = x.revision"
    " where x.module = :module and x.at <= :at and" WANTED};
static const struct ct_sql UPDATES_READ = {
    "select x.person, x.discipline, x.course, x.module, coalesce(e.version, '1') as version"
    " from update_read x left join edition e on e.hash = x.revision"
    " where x.at <= :at and" WANTED};

const struct ct_sql *const ct_report_sql[] = {&ACTIVITY, &QUARTERS,     &COMPLETIONS, &SCORES,
                                              &HELD,     &UPDATES_READ, NULL};

struct reading {
    struct ct_db *db;
    struct ct_arena *arena;
    const struct ct_catalogue *cat;
    const struct ct_report_filter *filter;
    struct ct_report_data *data;
    struct ct_report_someone *last; /* rows of one person follow each other */
    size_t last_course;             /* and of one course */
    struct ct_report_work *last_work;
    const struct ct_module *last_module; /* of the row before, in the same work */
    int last_score;
    size_t cap_wholes;
    struct ct_live_module *live; /* that were live then */
    size_t n_live;
    int64_t over; /* until here active time is as it was then */
    bool went_on; /* something that had begun by then */
};

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

static struct ct_report_someone *find_person(struct reading *rd, int64_t id)
{
    if (!rd->last || rd->last->id != id)
        rd->last = ct_report_someone(rd->data, id);
    return rd->last;
}

struct ct_report_work *ct_report_work_in(struct ct_arena *a, struct ct_report_someone *p,
                                         size_t course)
{
    for (struct ct_report_work *w = p->work; w; w = w->next)
        if (w->course == course)
            return w;
    struct ct_report_work *w = ct_arena_new(a, struct ct_report_work);
    w->course = course;
    w->next = p->work;
    p->work = w;
    return w;
}

/* The work that a row belongs to, made when it is the first; NULL for a row that counts no more:
 * of somebody else, of another discipline than that of the day, or of a course that is gone. */
static struct ct_report_work *work_of(struct reading *rd, struct ct_stmt *st,
                                      struct ct_report_someone **ret_person)
{
    struct ct_report_someone *p = find_person(rd, ct_col_i64(st, "person"));
    size_t course;

    if (!p || !ct_sv_eq(p->slug, ct_col_sv(st, "discipline")) ||
        !find_course(rd, ct_col_sv(st, "course"), &course))
        return NULL;
    *ret_person = p;
    return ct_report_work_in(rd->arena, p, course);
}

static void take_activity(struct reading *rd, struct ct_stmt *st)
{
    struct ct_report_someone *p;
    struct ct_report_work *w = work_of(rd, st, &p);
    int64_t started = ct_col_i64(st, "started_at"), last = ct_col_i64(st, "last_at");

    if (!w)
        return;
    if (w->started_at == 0 || started < w->started_at)
        w->started_at = started;
    /* Of what went on, or might have, the quarters tell how far it was. */
    if (last >= rd->over) {
        rd->went_on = true;
        last = started;
    } else {
        w->seconds += ct_col_i64(st, "seconds");
    }
    if (last > w->last_at)
        w->last_at = last;
}

static void take_quarter(struct reading *rd, struct ct_stmt *st)
{
    struct ct_report_someone *p;
    struct ct_report_work *w = work_of(rd, st, &p);
    int64_t at = ct_col_i64(st, "quarter") * CT_QUARTER;

    if (!w)
        return;
    if (at > w->last_at)
        w->last_at = at;
    w->seconds += ct_col_i64(st, "seconds");
}

/* Rows of one module follow each other. */
static const struct ct_module *find_module(const struct reading *rd, const struct ct_report_work *w,
                                           struct ct_sv id)
{
    if (w == rd->last_work && rd->last_module && ct_sv_eq(rd->last_module->id, id))
        return rd->last_module;
    return ct_course_module_by_id(&rd->cat->courses[w->course], id);
}

static void take_whole(struct reading *rd, struct ct_stmt *st, struct ct_report_work *w)
{
    struct ct_report_data *d = rd->data;
    int64_t at = ct_col_i64(st, "at");
    struct ct_report_whole one = {ct_col_i64(st, "id"), w};

    if (!w->completed_at)
        w->completed_at = at;
    CT_ARENA_PUSH(rd->arena, d->wholes, d->n_wholes, rd->cap_wholes, one);
}

static void take_completion(struct reading *rd, struct ct_stmt *st)
{
    struct ct_report_someone *p;
    struct ct_report_work *w = work_of(rd, st, &p);

    if (!w)
        return;
    struct ct_sv id = ct_col_sv(st, "module");
    if (!id.p) {
        take_whole(rd, st, w);
        return;
    }
    const struct ct_module *m = find_module(rd, w, id);
    /* Who completed a module again has completed one. */
    bool again = m && m == rd->last_module && w == rd->last_work;
    rd->last_module = m;
    rd->last_work = w;
    w->modules_done += m && !again && ct_module_counts(m, ct_report_set(rd->cat, p->discipline));
}

/* The better one of the same person and module takes the other's place. */
static void take_score(struct reading *rd, struct ct_stmt *st)
{
    struct ct_report_someone *p;
    struct ct_report_work *w = work_of(rd, st, &p);

    if (!w)
        return;
    const struct ct_module *m = find_module(rd, w, ct_col_sv(st, "module"));
    int score = (int)ct_col_i64(st, "score");
    if (m && ct_module_graded(m, ct_report_set(rd->cat, p->discipline))) {
        if (m == rd->last_module && w == rd->last_work)
            w->scores.sum += score - rd->last_score;
        else
            ct_mean_add(&w->scores, score);
    }
    rd->last_score = score;
    rd->last_module = m;
    rd->last_work = w;
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
        const struct ct_live_module *live = ct_curriculum_find(rd->live, rd->n_live, c->slug, id);
        if (live && ct_sv_eq(ct_col_sv(st, "version"), live->version))
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

static void bind(const struct reading *rd, struct ct_stmt *st, struct ct_sv course)
{
    ct_bind_sv(st, ":course", course);
    ct_bind_sv(st, ":discipline", rd->filter->discipline);
    ct_bind_i64(st, ":at", rd->data->as_of);
}

static int read_held(struct reading *rd, const struct ct_live_module *m, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, &HELD);

    bind(rd, &st, m->course);
    ct_bind_sv(&st, ":module", m->id);
    while ((r = ct_stmt_step(&st, err)) > 0)
        take_held(rd, &st);
    return r;
}

static int read_rows(struct reading *rd, const struct ct_sql *sql,
                     void (*take)(struct reading *rd, struct ct_stmt *st), struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, sql);

    rd->last_work = NULL;
    bind(rd, &st, rd->filter->course);
    while ((r = ct_stmt_step(&st, err)) > 0)
        take(rd, &st);
    return r;
}

static int read_quarters(struct reading *rd, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(rd->db, &QUARTERS);

    ct_bind_sv(&st, ":course", rd->filter->course);
    ct_bind_sv(&st, ":discipline", rd->filter->discipline);
    ct_bind_i64(&st, ":at", rd->data->as_of);
    ct_bind_i64(&st, ":over", rd->over);
    ct_bind_i64(&st, ":quarter", ct_quarter_after(rd->data->as_of));
    while ((r = ct_stmt_step(&st, err)) > 0)
        take_quarter(rd, &st);
    return r;
}

/* What people know of the modules that had more than one version: few, so one after the other. */
static int read_texts(struct reading *rd, struct ct_err *err)
{
    bool any = false;
    int r = ct_curriculum_live(rd->db, rd->arena, rd->data->as_of, &rd->live, &rd->n_live, err);

    for (size_t i = 0; i < rd->n_live && r >= 0; i++) {
        const struct ct_live_module *m = &rd->live[i];
        if (!m->changed || (rd->filter->course.p && !ct_sv_eq(rd->filter->course, m->course)))
            continue;
        any = true;
        r = read_held(rd, m, err);
    }
    return r < 0 || !any ? r : read_rows(rd, &UPDATES_READ, take_read, err);
}

int ct_report_read(struct ct_db *db, struct ct_arena *a, const struct ct_catalogue *cat,
                   const struct ct_report_filter *filter, struct ct_report_data *data,
                   struct ct_err *err)
{
    struct reading rd = {
        .db = db, .arena = a, .cat = cat, .filter = filter, .data = data, .over = INT64_MAX};
    int r;

    if (data->is_past)
        rd.over = ct_quarter_after(data->as_of) * CT_QUARTER;
    data->wholes = NULL;
    data->n_wholes = 0;
    if ((r = read_rows(&rd, &ACTIVITY, take_activity, err)) < 0 ||
        (rd.went_on && (r = read_quarters(&rd, err)) < 0) ||
        (r = read_rows(&rd, &COMPLETIONS, take_completion, err)) < 0 ||
        (r = read_rows(&rd, &SCORES, take_score, err)) < 0 ||
        (r = ct_report_certificates(db, a, data, err)) < 0)
        return r;
    return read_texts(&rd, err);
}
