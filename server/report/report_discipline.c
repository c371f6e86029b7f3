/*
 * report_discipline.c: the disciplines that a report has rows of: those of the curriculum, those
 * that it has no more, or never had, and people hold, and that of who has none; whether one can be
 * asked for.
 */
#include "report_priv.h"
#include "sql_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

static const struct ct_sql HELD = {
    "select 1 as held from person_discipline x where x.discipline = :slug and x.since <= :at"
    " limit 1"};

const struct ct_sql *const ct_report_discipline_sql[] = {&HELD, NULL};

static int check_discipline(struct ct_db *db, const struct ct_catalogue *cat, struct ct_sv slug,
                            int64_t as_of, struct ct_err *err)
{
    int r;

    if (!slug.p || ct_discipline_was(&cat->disciplines, slug))
        return CT_OK;
    CT_AUTO_STMT st = ct_db_stmt(db, &HELD);
    ct_bind_sv(&st, ":slug", slug);
    ct_bind_i64(&st, ":at", as_of);
    if ((r = ct_stmt_step(&st, err)) < 0)
        return r;
    return r ? CT_OK : ct_fail(err, CT_BAD_INPUT, "discipline", "no such discipline");
}

int ct_report_check(struct ct_db *db, const struct ct_catalogue *cat, struct ct_sv course,
                    struct ct_sv discipline, int64_t as_of, struct ct_err *err)
{
    if (course.p && !ct_catalogue_course(cat, course))
        return ct_fail(err, CT_BAD_INPUT, "course", "no such course");
    return check_discipline(db, cat, discipline, as_of, err);
}

static int cmp_slug(const void *pa, const void *pb)
{
    const struct ct_report_kind *a = pa, *b = pb;

    return ct_sv_cmp(a->slug, b->slug);
}

size_t ct_report_kind(const struct ct_report_kinds *kinds, struct ct_sv slug)
{
    size_t i = 0;

    if (!slug.n)
        return kinds->n - 1;
    while (i + 1 < kinds->n && !ct_sv_eq(kinds->items[i].slug, slug))
        i++;
    return i;
}

static bool is_in(const struct ct_report_kind *items, size_t n, struct ct_sv slug)
{
    for (size_t i = 0; i < n; i++)
        if (ct_sv_eq(items[i].slug, slug))
            return true;
    return false;
}

void ct_report_kinds_of(struct ct_arena *a, const struct ct_catalogue *cat,
                        const struct ct_everybody *all, struct ct_report_kinds *ret)
{
    const struct ct_disciplines *known = &cat->disciplines;
    struct ct_report_kind *items = NULL;
    size_t n = 0, cap = 0;

    for (size_t i = 0; i < known->n; i++) {
        struct ct_report_kind one = {known->items[i].slug, known->items[i].name};
        CT_ARENA_PUSH(a, items, n, cap, one);
    }
    for (size_t i = 0; i < all->n; i++) {
        struct ct_sv slug = all->people[i].who.discipline;
        if (!slug.n || is_in(items, n, slug))
            continue;
        struct ct_report_kind one = {slug, ct_discipline_called(a, known, slug)};
        CT_ARENA_PUSH(a, items, n, cap, one);
    }
    if (n > known->n)
        qsort(items + known->n, n - known->n, sizeof *items, cmp_slug);
    struct ct_report_kind none = {CT_SV("none"), CT_SV("No discipline")};
    CT_ARENA_PUSH(a, items, n, cap, none);
    *ret = (struct ct_report_kinds){items, n};
}
