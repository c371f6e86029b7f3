/*
 * completion_import.c: a line that says that somebody completed a course before, or elsewhere.
 * Reading what was recorded so is past_completion.c.
 */
#include "import_priv.h"
#include "sql_priv.h"

#include "ct/learn/past_completion.h"

#include "ct/base/banned.h"

/* The last row about a person, course and day. */
static const struct ct_sql KNOWN = {
    "select coalesce(p.corrects, p.id) as id, p.discipline, coalesce(p.score, -1) as score,"
    " p.minutes, p.source, p.evidence, p.withdrawn from past_completion p"
    " where p.person = :person and p.course = :course and p.on_date = :on_date"
    " order by p.at desc, p.id desc limit 1"};
static const struct ct_sql DISCIPLINE = {
    "select discipline from person_discipline where person = :person and since < :end"
    " order by since desc limit 1"};
static const struct ct_sql INSERT = {
    "insert into past_completion(corrects, person, course, course_title, discipline, on_date,"
    " score, minutes, source, evidence, withdrawn, at, by) values(:corrects, :person, :course,"
    " :course_title, :discipline, :on_date, :score, :minutes, :source, :evidence, :withdrawn,"
    " :now, :by)"};

const struct ct_sql *const ct_completion_import_sql[] = {&KNOWN, &DISCIPLINE, &INSERT, NULL};

enum {
    EMAIL,
    NUMBER,
    AGENCY,
    COURSE,
    COMPLETED_ON,
    IN_DISCIPLINE,
    SCORE,
    HOURS,
    SOURCE,
    EVIDENCE,
    WITHDRAWN,
    N
};
static const char *const columns[N + 1] = {"email",        "employer_id", "agency",        "course",
                                           "completed_on", "discipline",  "score_percent", "hours",
                                           "source",       "evidence",    "withdrawn",     NULL};
static const char *const needed[] = {"course", "completed_on", "source", NULL};

enum { DAY = 24 * 3600 };

struct past {
    const struct ct_course *course;
    int64_t agency, corrects;
    int on;
    struct ct_sv day, discipline, source, evidence;
    int64_t score, minutes; /* score -1: none */
    bool withdrawn;
};

/* "1.5" as minutes, to the nearest; false for what is no number of hours. */
static bool hours_parse(struct ct_sv cell, int64_t *ret)
{
    size_t point = ct_sv_find(cell, '.');
    struct ct_sv whole = ct_sv_sub(cell, 0, point), part = CT_SV("");
    int64_t hours = 0, fraction = 0, scale = 1;

    if (point != SIZE_MAX)
        part = ct_sv_sub(cell, point + 1, SIZE_MAX);
    if (part.n > 3 || (point != SIZE_MAX && part.n == 0) || (whole.n && whole.p[0] == '-') ||
        (part.n && (part.p[0] < '0' || part.p[0] > '9')) || !ct_sv_i64(whole, &hours) ||
        (part.n && !ct_sv_i64(part, &fraction)))
        return false;
    for (size_t i = 0; i < part.n; i++)
        scale *= 10;
    if (hours > CT_PAST_MINUTES_MAX / 60)
        return false;
    *ret = hours * 60 + (fraction * 60 * 2 + scale) / (2 * scale);
    return *ret <= CT_PAST_MINUTES_MAX;
}

static int read_numbers(struct ct_import *im, const struct ct_sv *cells, struct past *p)
{
    int r = CT_OK;

    p->score = -1;
    if (cells[SCORE].n && (!ct_sv_i64(cells[SCORE], &p->score) || p->score < 0 || p->score > 100))
        r = ct_import_complain(im, "score_percent", "a whole number from 0 to 100 is wanted");
    if (cells[HOURS].n && !hours_parse(cells[HOURS], &p->minutes))
        r = ct_import_complain(im, "hours", "hours are written as in 1.5, and are at most 1000");
    return r;
}

static int read_texts(struct ct_import *im, const struct ct_sv *cells, struct past *p)
{
    struct ct_sv withdrawn = ct_import_yes_or_no(cells[WITHDRAWN]);
    int r = CT_OK;

    p->source = cells[SOURCE];
    p->evidence = cells[EVIDENCE];
    p->withdrawn = ct_sv_eq_c(withdrawn, "yes");
    if (withdrawn.n && !p->withdrawn && !ct_sv_eq_c(withdrawn, "no"))
        r = ct_import_complain(im, "withdrawn", "yes or no is wanted");
    if (p->source.n == 0)
        r = ct_import_complain(im, "source", "say where this completion is recorded");
    if (p->source.n > CT_PAST_TEXT_MAX || p->evidence.n > CT_PAST_TEXT_MAX)
        r = ct_import_complain(im, p->source.n > CT_PAST_TEXT_MAX ? "source" : "evidence",
                               "at most 500 bytes");
    return r;
}

static int read_line(struct ct_import *im, const struct ct_sv *cells, struct past *p)
{
    int r = read_numbers(im, cells, p), texts = read_texts(im, cells, p);

    p->agency = ct_import_org(im, CT_ORG_AGENCY, "agency", cells[AGENCY]);
    if (cells[AGENCY].n && !p->agency)
        r = CT_BAD_INPUT;
    p->course = ct_catalogue_course(im->wish->cat, cells[COURSE]);
    if (!p->course)
        r = ct_import_complain(im, "course", "the curriculum has no course of this address");
    p->day = cells[COMPLETED_ON];
    if (!ct_day_parse(p->day, &p->on))
        r = ct_import_complain(im, "completed_on", CT_DAY_HOW);
    else if (p->on > ct_day_of(im->now))
        r = ct_import_complain(im, "completed_on", CT_DAY_TO_COME);
    p->discipline = cells[IN_DISCIPLINE];
    if (p->discipline.n && ct_discipline_find(&im->wish->cat->disciplines, p->discipline) < 0)
        r = ct_import_complain(im, "discipline", "the curriculum has no such discipline");
    return r < 0 ? r : texts;
}

static int check_twice(struct ct_import *im, int64_t person, const struct past *p)
{
    size_t before =
        ct_import_seen(im, ct_arena_printf(im->scratch, "%lld %.*s %d", (long long)person,
                                           CT_SV_ARG(p->course->slug), p->on));

    return before
               ? ct_import_complain(
                     im, NULL,
                     ct_arena_printf(im->scratch, "line %zu is about the same completion", before)
                         .p)
               : CT_OK;
}

/* That of the day; of who has been here only since later, the one of today. */
static int find_discipline(struct ct_import *im, const struct ct_import_known *who, struct past *p,
                           struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(im->db, &DISCIPLINE);

    ct_bind_i64(&st, ":person", who->id);
    ct_bind_i64(&st, ":end", (int64_t)(p->on + 1) * DAY);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    p->discipline = r ? ct_col_dup(&st, "discipline", im->scratch) : who->discipline;
    if (p->discipline.n == 0)
        return ct_import_complain(im, "discipline",
                                  "this person has no discipline; say which it was");
    return CT_OK;
}

static int compare(struct ct_import *im, int64_t person, struct past *p,
                   enum ct_import_outcome *ret, struct ct_err *err)
{
    int r;
    CT_AUTO_STMT st = ct_db_stmt(im->db, &KNOWN);

    ct_bind_i64(&st, ":person", person);
    ct_bind_sv(&st, ":course", p->course->slug);
    ct_bind_sv(&st, ":on_date", p->day);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    p->corrects = r ? ct_col_i64(&st, "id") : 0;
    if (r == 0 && p->withdrawn)
        return ct_import_complain(im, "withdrawn", "no such completion is recorded");
    bool was_withdrawn = r && ct_col_i64(&st, "withdrawn");
    bool same = r && ct_sv_eq(ct_col_sv(&st, "discipline"), p->discipline) &&
                ct_col_i64(&st, "score") == p->score && ct_col_i64(&st, "minutes") == p->minutes &&
                ct_sv_eq(ct_col_sv(&st, "source"), p->source) &&
                ct_sv_eq(ct_col_sv(&st, "evidence"), p->evidence);
    *ret = r == 0                                                    ? CT_IMPORT_ADDED
           : was_withdrawn == p->withdrawn && (same || p->withdrawn) ? CT_IMPORT_UNCHANGED
                                                                     : CT_IMPORT_CHANGED;
    return CT_OK;
}

static int insert(struct ct_import *im, int64_t person, const struct past *p, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(im->db, &INSERT);

    if (p->corrects)
        ct_bind_i64(&st, ":corrects", p->corrects);
    else
        ct_bind_null(&st, ":corrects");
    ct_bind_i64(&st, ":person", person);
    ct_bind_sv(&st, ":course", p->course->slug);
    ct_bind_sv(&st, ":course_title", p->course->title);
    ct_bind_sv(&st, ":discipline", p->discipline);
    ct_bind_sv(&st, ":on_date", p->day);
    if (p->score < 0)
        ct_bind_null(&st, ":score");
    else
        ct_bind_i64(&st, ":score", p->score);
    ct_bind_i64(&st, ":minutes", p->minutes);
    ct_bind_sv(&st, ":source", p->source);
    ct_bind_sv(&st, ":evidence", p->evidence);
    ct_bind_i64(&st, ":withdrawn", p->withdrawn);
    ct_bind_i64(&st, ":now", im->now);
    if (im->wish->by)
        ct_bind_i64(&st, ":by", im->wish->by);
    else
        ct_bind_null(&st, ":by");
    return ct_stmt_run(&st, err);
}

/* A copy that outlives the line. */
struct sure {
    int64_t person;
    struct past past;
};

static void keep(struct ct_import *im, int64_t person, const struct past *p)
{
    struct ct_arena *a = &im->plan->arena;
    struct sure *sure = ct_arena_new(a, struct sure);

    *sure = (struct sure){person, *p};
    sure->past.day = ct_arena_dup(a, p->day);
    sure->past.discipline = ct_arena_dup(a, p->discipline);
    sure->past.source = ct_arena_dup(a, p->source);
    sure->past.evidence = ct_arena_dup(a, p->evidence);
    im->sure = sure;
}

static int put(struct ct_import *im, const void *pointer, struct ct_err *err)
{
    const struct sure *sure = pointer;

    return insert(im, sure->person, &sure->past, err);
}

static int take(struct ct_import *im, const struct ct_sv *cells, enum ct_import_outcome *ret,
                struct ct_err *err)
{
    struct ct_import_known who;
    struct past p = {.course = NULL};
    int r = read_line(im, cells, &p);

    if (r < 0 ||
        (r = ct_import_somebody(im, cells[EMAIL], cells[NUMBER], p.agency, &who, err)) < 0 ||
        (r = check_twice(im, who.id, &p)) < 0 ||
        (p.discipline.n == 0 && (r = find_discipline(im, &who, &p, err)) < 0) ||
        (r = compare(im, who.id, &p, ret, err)) < 0)
        return r;
    if (im->plan && !im->apply)
        keep(im, who.id, &p);
    return im->apply && *ret != CT_IMPORT_UNCHANGED ? insert(im, who.id, &p, err) : CT_OK;
}

const struct ct_import_file ct_import_completions = {"completions", columns, N, needed, take, put};
