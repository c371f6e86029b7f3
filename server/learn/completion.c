/*
 * completion.c: reading the record: a person's completions, a certificate by its code. Writing it
 * is completion_record.c.
 */
#include "ct/learn/completion.h"

#include "sql_priv.h"

#include "ct/base/banned.h"

/* No code of ours is longer; whoever types more has typed something else. */
enum { CODE_MAX = 64 };

static const struct ct_sql LIST = {
    "select c.id, c.course, c.course_title, c.module, c.module_title, c.discipline, c.revision,"
    " coalesce(c.score, -1) as score, c.minutes, c.at, k.code from completion c"
    " left join certificate k on k.completion = c.id"
    " where c.person = :person order by c.at desc, c.id desc"};
static const struct ct_sql BY_CODE = {
    "select k.code, k.name, k.discipline_name, k.minutes, k.issued_at, c.course, c.course_title,"
    " c.discipline, c.revision, coalesce(c.score, -1) as score from certificate k"
    " join completion c on c.id = k.completion where k.code = :code"};

const struct ct_sql *const ct_completion_sql[] = {&LIST, &BY_CODE, NULL};

int ct_completion_list(struct ct_db *db, struct ct_arena *a, int64_t person,
                       struct ct_completion **ret, size_t *ret_n, struct ct_err *err)
{
    struct ct_completion *list = NULL;
    size_t n = 0, cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &LIST);

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
        CT_ARENA_PUSH(a, list, n, cap, c);
    }
    if (r < 0)
        return r;
    *ret = list;
    *ret_n = n;
    return CT_OK;
}

/* A code as people type it, as it is stored: upper case, without dashes and blanks, and with the
 * digits that Crockford's base 32 means by O, I and L. */
static struct ct_sv code_meant(struct ct_arena *a, struct ct_sv typed)
{
    char *code = ct_arena_alloc(a, CODE_MAX);
    size_t n = 0;

    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c == '-' || c == ' ')
            continue;
        if (n == CODE_MAX)
            return CT_SV("");
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        code[n++] = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    }
    return ct_sv_n(code, n);
}

int ct_certificate_get(struct ct_db *db, struct ct_arena *a, struct ct_sv code,
                       struct ct_certificate *ret, struct ct_err *err)
{
    CT_AUTO_STMT st = ct_db_stmt(db, &BY_CODE);

    ct_bind_sv(&st, ":code", code_meant(a, code));
    int r = ct_stmt_step(&st, err);
    if (r < 0)
        return r;
    if (r == 0)
        return ct_fail(err, CT_NOT_FOUND, "code", "no certificate has this code");
    *ret = (struct ct_certificate){
        .code = ct_col_dup(&st, "code", a),
        .name = ct_col_dup(&st, "name", a),
        .course = ct_col_dup(&st, "course", a),
        .course_title = ct_col_dup(&st, "course_title", a),
        .discipline = ct_col_dup(&st, "discipline", a),
        .discipline_name = ct_col_dup(&st, "discipline_name", a),
        .revision = ct_col_dup(&st, "revision", a),
        .minutes = (int)ct_col_i64(&st, "minutes"),
        .score = (int)ct_col_i64(&st, "score"),
        .issued_at = ct_col_i64(&st, "issued_at"),
    };
    return CT_OK;
}
