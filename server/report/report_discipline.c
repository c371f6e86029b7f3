/*
 * report_discipline.c: the disciplines that a report has rows of: those of the curriculum, those
 * that it has no more and people still hold, and that of who has none.
 */
#include "report_priv.h"

#include <stdlib.h>

#include "ct/base/banned.h"

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
