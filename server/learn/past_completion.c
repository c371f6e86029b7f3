/*
 * past_completion.c: reading what was imported of courses completed before, or elsewhere. Recording
 * is completion_import.c.
 */
#include "sql_priv.h"

#include "ct/base/clock.h"
#include "ct/learn/past_completion.h"

#include "ct/base/banned.h"

#define COLUMNS                                                                                    \
    "select coalesce(p.corrects, p.id) as id, p.person, p.course, p.course_title, p.discipline,"   \
    " p.on_date, coalesce(p.score, -1) as score, p.minutes, p.source, p.evidence, p.at,"           \
    " b.name as by_name from past_completion p left join person b on b.id = p.by where "
#define COUNTS                                                                                     \
    "p.at <= :at and p.withdrawn = 0 and not exists (select 1 from past_completion l"              \
    " where l.corrects = coalesce(p.corrects, p.id) and l.at <= :at"                               \
    " and (l.at, l.id) > (p.at, p.id)) order by p.person, p.on_date, p.id"
static const struct ct_sql EVERYBODY = {COLUMNS COUNTS};
static const struct ct_sql OF_PERSON = {COLUMNS "p.person = :person and " COUNTS};

const struct ct_sql *const ct_past_completion_sql[] = {&EVERYBODY, &OF_PERSON, NULL};

int ct_past_completion_list(struct ct_db *db, struct ct_arena *a, int64_t person, int64_t as_of,
                            struct ct_past_completion **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_past_completion *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, person ? &OF_PERSON : &EVERYBODY);

    if (person)
        ct_bind_i64(&st, ":person", person);
    ct_bind_i64(&st, ":at", as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_past_completion p = {.id = ct_col_i64(&st, "id"),
                                       .person = ct_col_i64(&st, "person"),
                                       .course = ct_col_dup(&st, "course", a),
                                       .course_title = ct_col_dup(&st, "course_title", a),
                                       .discipline = ct_col_dup(&st, "discipline", a),
                                       .on = CT_DAY_NONE,
                                       .score = (int)ct_col_i64(&st, "score"),
                                       .minutes = (int)ct_col_i64(&st, "minutes"),
                                       .source = ct_col_dup(&st, "source", a),
                                       .evidence = ct_col_dup(&st, "evidence", a),
                                       .at = ct_col_i64(&st, "at"),
                                       .by_name = ct_col_dup(&st, "by_name", a)};
        ct_day_parse(ct_col_sv(&st, "on_date"), &p.on);
        CT_ARENA_PUSH(a, list, n, cap, p);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}
