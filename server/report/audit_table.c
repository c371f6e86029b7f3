/*
 * audit_table.c: files of an audit pack: tables as CSV, written row by row, and everything else.
 */
#include "audit_priv.h"

#include "ct/text/csv.h"

#include "ct/base/banned.h"

enum { PIECE = 64 * 1024, ROW_MAX = 16 * 1024 * 1024 };

static struct ct_sv full_name(const struct ct_pack *p, struct ct_sv name)
{
    return ct_arena_printf(p->arena, "%.*s%.*s", CT_SV_ARG(p->folder), CT_SV_ARG(name));
}

static void note_rows(struct ct_pack *p, int64_t rows)
{
    CT_ARENA_PUSH(p->arena, p->rows, p->n_rows, p->cap_rows, rows);
}

static int flush(struct ct_pack_table *t, struct ct_err *err)
{
    int r = ct_str_ok(&t->text)
                ? ct_zip_write(t->pack->zip, ct_str_sv(&t->text), err)
                : ct_fail(err, CT_TOO_BIG, "row", "a row of over %d bytes", ROW_MAX);

    ct_str_reset(&t->text);
    return r;
}

int ct_pack_table_begin(struct ct_pack *p, struct ct_pack_table *t, const char *name,
                        const char *const *columns, size_t n, struct ct_err *err)
{
    struct ct_sv *head = ct_arena_array(p->arena, struct ct_sv, n);
    int r = ct_zip_begin(p->zip, full_name(p, ct_sv_c(name)), err);

    *t = (struct ct_pack_table){.pack = p, .n_columns = n};
    ct_str_init(&t->text, ROW_MAX);
    for (size_t i = 0; i < n; i++)
        head[i] = ct_sv_c(columns[i]);
    ct_csv_begin(&t->text);
    ct_csv_row(&t->text, head, n);
    return r;
}

int ct_pack_table_row(struct ct_pack_table *t, const struct ct_sv *cells, struct ct_err *err)
{
    ct_csv_row(&t->text, cells, t->n_columns);
    t->rows++;
    return t->text.n >= PIECE || !ct_str_ok(&t->text) ? flush(t, err) : CT_OK;
}

int ct_pack_table_end(struct ct_pack_table *t, struct ct_err *err)
{
    int r = flush(t, err);

    ct_str_release(&t->text);
    note_rows(t->pack, t->rows);
    return r < 0 ? r : ct_zip_end(t->pack->zip, err);
}

int ct_pack_add(struct ct_pack *p, struct ct_sv name, struct ct_sv bytes, struct ct_err *err)
{
    note_rows(p, -1);
    return ct_zip_add(p->zip, full_name(p, name), bytes, err);
}

struct ct_sv ct_pack_day(struct ct_arena *a, int day)
{
    char text[CT_TIME_TEXT];

    return ct_arena_dup(a, ct_sv_c(ct_day_text(day, text)));
}

struct ct_sv ct_pack_number(struct ct_arena *a, int64_t n)
{
    return ct_arena_printf(a, "%lld", (long long)n);
}

struct ct_sv ct_pack_moment(struct ct_arena *a, int64_t at)
{
    char text[CT_TIME_TEXT];

    return ct_arena_dup(a, ct_sv_c(ct_time_iso(at, text)));
}
