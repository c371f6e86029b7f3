/*
 * schema_test.h: a fresh schema, and what the statements of every floor with statements promise:
 * each can be prepared, and walks through no table that grows with people but those that it is
 * allowed to.
 */
#ifndef CT_TEST_LEARN_SCHEMA_TEST_H
#define CT_TEST_LEARN_SCHEMA_TEST_H

#include "ct_temp.h"
#include "ct_test.h"

#include "ct/base/file.h"

#include <ctype.h>

struct sql_file {
    const char *name;
    const struct ct_sql *const *list;
};

/* A step of a plan that a file may have: "SCAN person". */
struct may_scan {
    const char *file, *step;
};

struct schema {
    struct ct_db *db;
    struct ct_arena a;
};

static inline int open_schema(void **state)
{
    struct schema *s = calloc(1, sizeof *s);
    struct ct_err err = CT_ERR_INIT;

    if (!s)
        return -1;
    *state = s;
    CT_OK_("open", ct_db_open(":memory:", false, &s->db, &err), &err);
    CT_OK_("schema", ct_migrate(s->db, ct_learn_migrations, ct_learn_n_migrations, &err), &err);
    return 0;
}

static inline int close_schema(void **state)
{
    struct schema *s = *state;

    ct_db_close(s->db);
    ct_arena_release(&s->a);
    free(s);
    return 0;
}

/* Binds something to every parameter that the text names. */
static inline void bind_all(struct ct_stmt *st, const char *text)
{
    for (const char *p = text; (p = strchr(p, ':')); p++) {
        char name[64];
        size_t n = 0;
        name[n++] = ':';
        while (n + 1 < sizeof name && (isalnum((unsigned char)p[n]) || p[n] == '_')) {
            name[n] = p[n];
            n++;
        }
        name[n] = '\0';
        ct_bind_i64(st, name, 1);
    }
}

/* The plan, a line a step. */
static inline struct ct_sv plan_of(struct schema *s, const char *text)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_sql *sql = ct_arena_new(&s->a, struct ct_sql); /* lives as long as the connection */
    struct ct_sv plan = CT_SV("");
    int r;

    sql->text = ct_arena_printf(&s->a, "explain query plan %s", text).p;
    CT_AUTO_STMT st = ct_db_stmt(s->db, sql);
    if (st.err.code == CT_OK)
        bind_all(&st, text);
    while ((r = ct_stmt_step(&st, &err)) > 0)
        plan = ct_arena_printf(&s->a, "%.*s%.*s\n", CT_SV_ARG(plan),
                               CT_SV_ARG(ct_col_sv(&st, "detail")));
    CT_OK_(text, r, &err);
    return plan;
}

static inline bool is_allowed(const struct may_scan *may, size_t n, const char *file,
                              struct ct_sv step)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(may[i].file, file) == 0 && ct_sv_starts(step, ct_sv_c(may[i].step)))
            return true;
    return ct_sv_starts(step, CT_SV("SCAN CONSTANT ROW"));
}

/* Prepares every statement, and fails for one that walks through a table without being allowed. */
static inline void plans_search(struct schema *s, const struct sql_file *files, size_t n_files,
                                const struct may_scan *may, size_t n_may)
{
    for (size_t f = 0; f < n_files; f++) {
        assert_non_null(files[f].list[0]);
        for (const struct ct_sql *const *sql = files[f].list; *sql; sql++) {
            struct ct_sv rest = plan_of(s, (*sql)->text), step;
            while (ct_sv_split(&rest, '\n', &step))
                if (ct_sv_starts(step, CT_SV("SCAN")) &&
                    !is_allowed(may, n_may, files[f].name, step))
                    fail_msg("%s: %.*s\n  %s", files[f].name, CT_SV_ARG(step), (*sql)->text);
        }
    }
}

/* Every file of a folder with a statement has its list among `n_files`. */
static inline void lists_are_complete(struct schema *s, const char *folder, size_t n_files)
{
    struct ct_err err = CT_ERR_INIT;
    struct ct_dir_entry *entries;
    size_t n, with_sql = 0;

    CT_OK_(folder, ct_dir_list(&s->a, folder, 1000, &entries, &n, &err), &err);
    for (size_t i = 0; i < n; i++) {
        struct ct_sv source;
        if (!ct_sv_ends(entries[i].name, CT_SV(".c")))
            continue;
        CT_OK_(entries[i].name.p,
               ct_file_read(&s->a, ct_path_join(&s->a, folder, entries[i].name), 1 << 20, &source,
                            &err),
               &err);
        with_sql += ct_sv_search(source, CT_SV("static const struct ct_sql ")) != SIZE_MAX;
    }
    CT_EQ_I64("files with statements", with_sql, n_files);
}

#endif
