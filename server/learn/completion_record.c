/*
 * completion_record.c: deciding, inside a writer's job, that a module or a course is complete, and
 * recording it. Reading the record is completion.c.
 */
#include "completion_priv.h"
#include "sql_priv.h"

#include "ct/course/count.h"
#include "ct/learn/completion.h"
#include "ct/learn/tally.h"

#include "ct/base/banned.h"

enum { CODE_LENGTH = 16 };

#define KEYED                                                                                      \
    " where person = :person and course = :course and module = :module"                            \
    " and discipline = :discipline"

static const struct ct_sql SECTIONS_DONE = {"select section from section_done" KEYED};
static const struct ct_sql QUIZ_PASSED = {
    "select count(*) as n from attempt a join attempt_result r on r.attempt = a.id" KEYED
    " and r.passed = 1"};
static const struct ct_sql RUN_PASSED = {
    "select count(*) as n from run a join run_result r on r.run = a.id" KEYED " and r.passed = 1"};
static const struct ct_sql MODULE_ROWS = {
    "select count(*) as n, coalesce(sum(case when revision = :revision then 1 else 0 end), 0)"
    " as same from completion" KEYED};
static const struct ct_sql BEST_OF_COURSE = {
    "select a.module, max(r.score) as best from attempt a"
    " join attempt_result r on r.attempt = a.id"
    " where a.person = :person and a.course = :course and a.discipline = :discipline"
    " and r.at >= :since group by a.module"};
static const struct ct_sql SECONDS = {
    "select coalesce(sum(seconds), 0) as seconds from activity"
    " where person = :person and course = :course and discipline = :discipline"
    " and (:module is null or module = :module)"};
static const struct ct_sql COMPLETED = {
    "select distinct coalesce(module, '') as module from completion"
    " where person = :person and course = :course and discipline = :discipline"};
static const struct ct_sql INSERT = {
    "insert into completion(person, course, course_title, module, module_title, discipline,"
    " revision, score, minutes, at) values(:person, :course, :course_title, :module,"
    " :module_title, :discipline, :revision, :score, :minutes, :at)"};
static const struct ct_sql INSERT_PART = {
    "insert into completion_part(completion, module, revision)"
    " select :completion, module, revision from completion" KEYED " order by id desc limit 1"};
static const struct ct_sql INSERT_CERTIFICATE = {
    "insert into certificate(code, completion, name, discipline_name, minutes, issued_at)"
    " select :code, :completion, coalesce((select n.name from certificate_name n"
    "  where n.person = p.id order by n.id desc limit 1), p.name), :discipline_name, :minutes, :at"
    " from person p where p.id = :person"};
static const struct ct_sql INSERT_TERM = {
    "insert into certificate_term(code, months) values(:code, :months)"};

const struct ct_sql *const ct_completion_record_sql[] = {
    &SECTIONS_DONE, &QUIZ_PASSED, &RUN_PASSED,  &MODULE_ROWS,        &BEST_OF_COURSE, &SECONDS,
    &COMPLETED,     &INSERT,      &INSERT_PART, &INSERT_CERTIFICATE, &INSERT_TERM,    NULL};

struct ct_event ct_event_of(const struct ct_desk *d, const struct ct_course *c,
                            const struct ct_module *m)
{
    return (struct ct_event){.cat = d->cat,
                             .course = c,
                             .module = m,
                             .key = ct_key_of(d, c, m),
                             .set = d->who.set,
                             .at = ct_now(d->clock),
                             .score = -1,
                             .arena = d->arena};
}

struct names {
    struct ct_sv *items;
    size_t n, cap;
};

static bool names_have(const struct names *names, struct ct_sv name)
{
    for (size_t i = 0; i < names->n; i++)
        if (ct_sv_eq(names->items[i], name))
            return true;
    return false;
}

static int names_read(struct ct_stmt *st, const char *column, struct ct_arena *a, struct names *ret,
                      struct ct_err *err)
{
    int r;

    while ((r = ct_stmt_step(st, err)) > 0)
        CT_ARENA_PUSH(a, ret->items, ret->n, ret->cap, ct_col_dup(st, column, a));
    return r;
}

static int one_number(struct ct_stmt *st, const char *column, int64_t *ret, struct ct_err *err)
{
    int r = ct_stmt_step(st, err);

    if (r > 0)
        *ret = ct_col_i64(st, column);
    return r < 0 ? r : CT_OK;
}

static int has_passed(struct ct_db *db, const struct ct_sql *sql, const struct ct_key *k, bool *ret,
                      struct ct_err *err)
{
    int64_t n = 0;
    CT_AUTO_STMT st = ct_db_stmt(db, sql);

    ct_key_bind(&st, k);
    int r = one_number(&st, "n", &n, err);
    *ret = n > 0;
    return r;
}

static bool sections_are_done(const struct ct_module *m, ct_disc_set set, const struct names *done)
{
    for (size_t i = 0; i < m->n_sections; i++)
        if (ct_disc_has(m->sections[i].disciplines, set) && !names_have(done, m->sections[i].slug))
            return false;
    return true;
}

/* Whether all that this text asks is done. */
static int text_satisfied(struct ct_db *db, const struct ct_event *e, const struct ct_module *m,
                          const struct names *done, bool *ret, struct ct_err *err)
{
    if (m->kind == CT_MODULE_SCENARIO)
        return has_passed(db, &RUN_PASSED, &e->key, ret, err);
    *ret = sections_are_done(m, e->set, done);
    if (!*ret || !m->quiz)
        return CT_OK;
    return has_passed(db, &QUIZ_PASSED, &e->key, ret, err);
}

/* The text on which the module is complete now: the one that the event happened on, else the one
 * that is live (a section may have been taken out meanwhile), else NULL. */
static int finished_text(struct ct_db *db, const struct ct_event *e, const struct ct_module **ret,
                         struct ct_err *err)
{
    const struct ct_module *live = ct_course_module_by_id(e->course, e->key.module);
    const struct ct_module *texts[] = {e->module, live};
    struct names done = {NULL, 0, 0};

    *ret = NULL;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &SECTIONS_DONE);
        ct_key_bind(&st, &e->key);
        int r = names_read(&st, "section", e->arena, &done, err);
        if (r < 0)
            return r;
    }
    for (size_t i = 0; i < 2; i++) {
        bool satisfied = false;
        if (!texts[i] || (i == 1 && ct_sv_eq_c(ct_sv_c(live->revision), e->module->revision)))
            continue;
        int r = text_satisfied(db, e, texts[i], &done, &satisfied, err);
        if (r < 0)
            return r;
        if (satisfied) {
            *ret = texts[i];
            return CT_OK;
        }
    }
    return CT_OK;
}

/* Active minutes of a module, or with module null of the course: rounded up, at least one. */
static int active_minutes(struct ct_db *db, const struct ct_key *k, struct ct_sv module,
                          int64_t *ret, struct ct_err *err)
{
    int64_t seconds = 0;
    CT_AUTO_STMT st = ct_db_stmt(db, &SECONDS);

    ct_bind_i64(&st, ":person", k->person);
    ct_bind_sv(&st, ":course", k->course);
    ct_bind_sv(&st, ":module", module);
    ct_bind_sv(&st, ":discipline", k->discipline);
    int r = one_number(&st, "seconds", &seconds, err);
    if (r < 0)
        return r;
    *ret = ct_minutes(seconds);
    return CT_OK;
}

/* The best score of each module of the course since a moment, -1 for none. */
static int best_scores(struct ct_db *db, const struct ct_event *e, int64_t since, int *best,
                       struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &BEST_OF_COURSE);

    for (size_t i = 0; i < e->course->n_modules; i++)
        best[i] = -1;
    ct_bind_i64(&st, ":person", e->key.person);
    ct_bind_sv(&st, ":course", e->key.course);
    ct_bind_i64(&st, ":since", since);
    ct_bind_sv(&st, ":discipline", e->key.discipline);
    while ((r = ct_stmt_step(&st, err)) > 0)
        for (size_t i = 0; i < e->course->n_modules; i++)
            if (ct_sv_eq(e->course->modules[i]->id, ct_col_sv(&st, "module")))
                best[i] = (int)ct_col_i64(&st, "best");
    return r;
}

/* The mean of the best scores of the course's quizzes, rounded down; -1: none was submitted. */
static int course_score(const struct ct_course *c, ct_disc_set set, const int *best)
{
    struct ct_mean mean = {0, 0};

    for (size_t i = 0; i < c->n_modules; i++)
        if (best[i] >= 0 && ct_module_graded(c->modules[i], set))
            ct_mean_add(&mean, best[i]);
    return ct_mean_of(mean);
}

/* What a row says beside the event. */
struct row {
    struct ct_sv module, module_title; /* null: the course */
    struct ct_sv revision;
    int score;
};

static int insert(struct ct_db *db, const struct ct_event *e, const struct row *row,
                  int64_t *ret_id, struct ct_err *err)
{
    int64_t minutes = 0;
    int r = active_minutes(db, &e->key, row->module, &minutes, err);
    if (r < 0)
        return r;

    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT);
    ct_bind_i64(&st, ":person", e->key.person);
    ct_bind_sv(&st, ":course", e->key.course);
    ct_bind_sv(&st, ":course_title", e->course->title);
    ct_bind_sv(&st, ":module", row->module);
    ct_bind_sv(&st, ":module_title", row->module_title);
    ct_bind_sv(&st, ":discipline", e->key.discipline);
    ct_bind_sv(&st, ":revision", row->revision);
    if (row->score < 0)
        ct_bind_null(&st, ":score");
    else
        ct_bind_i64(&st, ":score", row->score);
    ct_bind_i64(&st, ":minutes", minutes);
    ct_bind_i64(&st, ":at", e->at);
    r = ct_stmt_run(&st, err);
    *ret_id = ct_db_last_id(db);
    return r;
}

/* The score of a module that is complete now: of the quiz just passed, else the best one. */
static int module_score(struct ct_db *db, const struct ct_event *e, const struct ct_module *text,
                        int *ret, struct ct_err *err)
{
    *ret = e->passed ? e->score : -1;
    if (*ret >= 0 || !text->quiz)
        return CT_OK;
    int *best = ct_arena_array(e->arena, int, e->course->n_modules);
    int r = best_scores(db, e, 0, best, err);
    for (size_t i = 0; r == CT_OK && i < e->course->n_modules; i++)
        if (ct_sv_eq(e->course->modules[i]->id, e->key.module))
            *ret = best[i];
    return r;
}

static int check_module(struct ct_db *db, const struct ct_event *e, struct ct_err *err)
{
    const struct ct_module *text = NULL;
    int64_t rows = 0, same = 0, id;

    int r = finished_text(db, e, &text, err);
    if (r < 0 || !text)
        return r;
    {
        CT_AUTO_STMT st = ct_db_stmt(db, &MODULE_ROWS);
        ct_key_bind(&st, &e->key);
        ct_bind_c(&st, ":revision", text->revision);
        if ((r = ct_stmt_step(&st, err)) < 0)
            return r;
        rows = ct_col_i64(&st, "n");
        same = ct_col_i64(&st, "same");
    }
    if (rows > 0 && !(e->passed && same == 0))
        return CT_OK;
    struct row row = {text->id, text->title, ct_sv_c(text->revision), -1};
    if ((r = module_score(db, e, text, &row.score, err)) < 0)
        return r;
    return insert(db, e, &row, &id, err);
}

/* The texts on which the modules were completed, which may be older than those that are live. */
static int insert_parts(struct ct_db *db, const struct ct_event *e, int64_t completion,
                        struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_PART);

    for (size_t i = 0; i < e->course->n_modules; i++) {
        struct ct_key key = e->key;
        key.module = e->course->modules[i]->id;
        if (!ct_module_counts(e->course->modules[i], e->set))
            continue;
        ct_key_bind(&st, &key);
        ct_bind_i64(&st, ":completion", completion);
        int r = ct_stmt_run(&st, err);
        if (r < 0)
            return r;
        ct_stmt_reset(&st);
    }
    return CT_OK;
}

static int insert_certificate(struct ct_db *db, const struct ct_event *e, int64_t completion,
                              struct ct_err *err)
{
    int at = ct_discipline_find(&e->cat->disciplines, e->key.discipline);
    int64_t minutes = 0;
    char code[CODE_LENGTH + 1];

    for (size_t i = 0; i < e->course->n_modules; i++)
        if (ct_module_counts(e->course->modules[i], e->set))
            minutes += e->course->modules[i]->minutes;
    ct_random_code(code, CODE_LENGTH);
    CT_AUTO_STMT st = ct_db_stmt(db, &INSERT_CERTIFICATE);
    ct_bind_c(&st, ":code", code);
    ct_bind_i64(&st, ":completion", completion);
    ct_bind_sv(&st, ":discipline_name",
               at < 0 ? e->key.discipline : e->cat->disciplines.items[at].name);
    ct_bind_i64(&st, ":minutes", minutes);
    ct_bind_i64(&st, ":at", e->at);
    ct_bind_i64(&st, ":person", e->key.person);
    int r = ct_stmt_run(&st, err);
    if (r < 0)
        return r;
    CT_AUTO_STMT term = ct_db_stmt(db, &INSERT_TERM);
    ct_bind_c(&term, ":code", code);
    ct_bind_i64(&term, ":months", e->course->recertify);
    return ct_stmt_run(&term, err);
}

/* Whether every module that counts is recorded as complete, and the course is not yet, or is to be
 * recorded once more: *ret_since is then from when on its scores count. */
static int course_is_due(struct ct_db *db, const struct ct_event *e, bool *ret, int64_t *ret_since,
                         struct ct_err *err)
{
    struct names completed = {NULL, 0, 0};
    CT_AUTO_STMT st = ct_db_stmt(db, &COMPLETED);

    *ret = false;
    *ret_since = 0;
    ct_bind_i64(&st, ":person", e->key.person);
    ct_bind_sv(&st, ":course", e->key.course);
    ct_bind_sv(&st, ":discipline", e->key.discipline);
    int r = names_read(&st, "module", e->arena, &completed, err);
    if (r < 0)
        return r;
    if (names_have(&completed, CT_SV("")))
        return ct_renewal_is_due(db, e, ret, ret_since, err);
    for (size_t i = 0; i < e->course->n_modules; i++) {
        const struct ct_module *m = e->course->modules[i];
        if (!ct_module_counts(m, e->set))
            continue;
        if (!names_have(&completed, m->id)) {
            *ret = false;
            return CT_OK;
        }
        *ret = true;
    }
    return CT_OK;
}

static int check_course(struct ct_db *db, const struct ct_event *e, struct ct_err *err)
{
    struct row row = {CT_SV_NULL, CT_SV_NULL, ct_sv_c(e->course->revision), -1};
    int *best = ct_arena_array(e->arena, int, e->course->n_modules);
    bool due;
    int64_t id, since;

    int r = course_is_due(db, e, &due, &since, err);
    if (r < 0 || !due)
        return r;
    if ((r = best_scores(db, e, since, best, err)) < 0)
        return r;
    row.score = course_score(e->course, e->set, best);
    if ((r = insert(db, e, &row, &id, err)) < 0 || (r = insert_parts(db, e, id, err)) < 0)
        return r;
    return insert_certificate(db, e, id, err);
}

int ct_completion_check(struct ct_db *db, const struct ct_event *e, struct ct_err *err)
{
    int r = check_module(db, e, err);
    return r < 0 ? r : check_course(db, e, err);
}
