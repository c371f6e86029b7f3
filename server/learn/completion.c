/*
 * completion.c: reading the record: a person's completions. Writing it is
 * completion_record.c; certificates are certificate.c.
 */
#include "ct/learn/completion.h"

#include "sql_priv.h"

#include "ct/learn/home.h"

#include "ct/base/banned.h"

static const struct ct_sql LIST = {
    "select c.id, c.course, c.course_title, c.module, c.module_title, c.discipline, c.revision,"
    " coalesce(c.score, -1) as score, c.minutes, c.at, k.code from completion c"
    " left join certificate k on k.completion = c.id"
    " where c.person = :person order by c.at desc, c.id desc"};
const struct ct_sql *const ct_completion_sql[] = {&LIST, NULL};

int ct_completion_list(struct ct_db *db, struct ct_arena *a, int64_t person,
                       struct ct_completion **ret, size_t *ret_n, struct ct_err *err)
{
    CT_AUTO_HOMES *homes = NULL;
    struct ct_completion *list = NULL;
    size_t n = 0, cap = 0;
    int r = ct_homes_read(db, a, person, INT64_MAX, &homes, err);
    CT_AUTO_STMT st = ct_db_stmt(db, &LIST);

    if (r < 0)
        return r;
    ct_bind_i64(&st, ":person", person);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct ct_completion c = {
            .id = ct_col_i64(&st, "id"),
            .course = ct_col_dup(&st, "course", a),
            .course_title = ct_col_dup(&st, "course_title", a),
            .module = ct_col_dup(&st, "module", a),
            .module_title = ct_col_dup(&st, "module_title", a),
            .discipline = ct_col_dup(&st, "discipline", a),
            .revision = ct_col_dup(&st, "revision", a),
            .score = (int)ct_col_i64(&st, "score"),
            .minutes = (int)ct_col_i64(&st, "minutes"),
            .at = ct_col_i64(&st, "at"),
            .certificate = ct_col_dup(&st, "code", a),
        };
        c.on = ct_home_day(ct_home_of(homes, person), c.at);
        CT_ARENA_PUSH(a, list, n, cap, c);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}
