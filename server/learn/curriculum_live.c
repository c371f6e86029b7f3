/*
 * curriculum_live.c: which modules were live at a moment, in which version, and which of them had
 * another one before. What somebody has to read of that is told where people are read.
 */
#include "ct/learn/curriculum.h"

#include "sql_priv.h"

#include "ct/base/banned.h"

/* In the order of publication, so that of two files that call themselves the same the later counts.
 */
static const struct ct_sql TEXTS = {
    "select t.course, t.module, coalesce(e.version, '1') as version,"
    " case when p.id = (select max(l.id) from publication l where l.path = p.path and l.at <= :at)"
    "  and coalesce((select c.present from text_change c where c.path = p.path and c.at <= :at"
    "  order by c.id desc limit 1), 1) = 1 then 1 else 0 end as live"
    " from publication p join module_text t on t.path = p.path and t.hash = p.hash"
    " left join edition e on e.hash = p.hash where p.at <= :at order by p.id"};

const struct ct_sql *const ct_curriculum_live_sql[] = {&TEXTS, NULL};

struct text {
    struct ct_live_module module;
    bool live;
};

const struct ct_live_module *ct_curriculum_find(const struct ct_live_module *list, size_t n,
                                                struct ct_sv course, struct ct_sv id)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(list[i].id, id) && ct_sv_eq(list[i].course, course))
            return &list[i];
    return NULL;
}

static int read_texts(struct ct_db *db, struct ct_arena *a, int64_t as_of, struct text **ret,
                      size_t *ret_n, struct ct_err *err)
{
    size_t cap = 0;
    int r;
    CT_AUTO_STMT st = ct_db_stmt(db, &TEXTS);

    ct_bind_i64(&st, ":at", as_of);
    while ((r = ct_stmt_step(&st, err)) > 0) {
        struct text t = {{.course = ct_col_dup(&st, "course", a),
                          .id = ct_col_dup(&st, "module", a),
                          .version = ct_col_dup(&st, "version", a)},
                         ct_col_i64(&st, "live") != 0};
        CT_ARENA_PUSH(a, *ret, *ret_n, cap, t);
    }
    return r;
}

int ct_curriculum_live(struct ct_db *db, struct ct_arena *a, int64_t as_of,
                       struct ct_live_module **ret, size_t *ret_n, struct ct_err *err)
{
    struct text *texts = NULL;
    struct ct_live_module *list = NULL;
    size_t n_texts = 0, n = 0, cap = 0;
    int r = read_texts(db, a, as_of, &texts, &n_texts, err);

    if (r < 0)
        return r;
    for (size_t i = n_texts; i-- > 0;)
        if (texts[i].live &&
            !ct_curriculum_find(list, n, texts[i].module.course, texts[i].module.id))
            CT_ARENA_PUSH(a, list, n, cap, texts[i].module);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n_texts && !list[i].changed; k++)
            list[i].changed = ct_sv_eq(texts[k].module.id, list[i].id) &&
                              ct_sv_eq(texts[k].module.course, list[i].course) &&
                              !ct_sv_eq(texts[k].module.version, list[i].version);
    *ret = list;
    *ret_n = n;
    return CT_OK;
}
