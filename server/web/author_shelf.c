/*
 * author_shelf.c: everything that can be written, as it is now: what learners have, what lies in
 * the folder (broken files are in no catalogue), and what is only a draft yet.
 */
#include "editor_priv.h"
#include "view_priv.h"

#include "ct/base/file.h"
#include "ct/base/limits.h"
#include "ct/text/url.h"

#include <stdlib.h>

#include "ct/base/banned.h"

enum { ENTRIES_MAX = 4 * CT_MODULES_MAX, MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

struct gathering {
    struct ct_request *rq;
    struct ct_draft *drafts;
    size_t n_drafts;
};

static const struct ct_draft *draft_of(const struct gathering *g, struct ct_sv path)
{
    for (size_t i = 0; i < g->n_drafts; i++)
        if (ct_sv_eq(g->drafts[i].path, path))
            return &g->drafts[i];
    return NULL;
}

static void count_problems(const struct ct_request *rq, struct ct_author_row *row)
{
    const struct ct_problems *all = &rq->cat->problems;

    for (size_t i = 0; i < all->n; i++) {
        if (!ct_sv_eq(all->items[i].file, row->file.path))
            continue;
        row->n_errors += all->items[i].severity == CT_ERROR;
        row->n_warnings += all->items[i].severity == CT_WARNING;
    }
}

/* "03-first-words.md" is 3; what has no number stands behind. */
static int64_t number_of(struct ct_sv file)
{
    size_t n = 0;
    int64_t number;

    if (ct_sv_eq_c(file, "course.md"))
        return -1;
    while (n < file.n && file.p[n] >= '0' && file.p[n] <= '9')
        n++;
    return ct_sv_i64(ct_sv_sub(file, 0, n), &number) ? number : INT64_MAX;
}

static struct ct_author_row make_row(const struct gathering *g, struct ct_sv course,
                                     struct ct_sv file, bool in_folder)
{
    struct ct_author_row row = {.file = {.course = course, .file = file},
                                .number = number_of(file),
                                .in_folder = in_folder};

    row.file.path = ct_sv_eq_c(course, "-") ? file
                                            : ct_arena_printf(g->rq->arena, "%.*s/%.*s",
                                                              CT_SV_ARG(course), CT_SV_ARG(file));
    row.can_open = ct_studio_path(row.file.path);
    row.draft = draft_of(g, row.file.path);
    row.is_live =
        ct_sv_eq_c(file, "curriculum.md") ||
        (ct_sv_eq_c(row.file.path, "glossary.md") && g->rq->cat->glossary) ||
        (ct_sv_eq_c(file, "course.md") ? ct_catalogue_course(g->rq->cat, course) != NULL
                                       : ct_author_live_module(g->rq, &row.file, NULL) != NULL);
    count_problems(g->rq, &row);
    return row;
}

static bool has_row(const struct ct_author_course *c, struct ct_sv file)
{
    for (size_t i = 0; i < c->n; i++)
        if (ct_sv_eq(c->rows[i].file.file, file))
            return true;
    return false;
}

static int by_number(const void *x, const void *y)
{
    const struct ct_author_row *a = x, *b = y;

    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return ct_sv_cmp(a->file.file, b->file.file);
}

/* A folder that cannot be read is a problem which the catalogue names; here it is empty. */
static size_t entries_of(const struct gathering *g, struct ct_sv folder, struct ct_dir_entry **ret)
{
    const char *dir = g->rq->app->cfg.content_dir;
    const char *path = folder.n ? ct_path_join(g->rq->arena, dir, folder) : dir;
    size_t n = 0;

    return ct_dir_list(g->rq->arena, path, ENTRIES_MAX, ret, &n, NULL) < 0 ? 0 : n;
}

static void gather_rows(const struct gathering *g, struct ct_author_course *c)
{
    struct ct_arena *a = g->rq->arena;
    struct ct_sv prefix = ct_arena_printf(a, "%.*s/", CT_SV_ARG(c->slug));
    struct ct_dir_entry *entries;
    size_t n = entries_of(g, c->slug, &entries), cap = 0;

    for (size_t i = 0; i < n; i++)
        if (!entries[i].is_dir && ct_sv_ends(entries[i].name, CT_SV(".md")))
            CT_ARENA_PUSH(a, c->rows, c->n, cap, make_row(g, c->slug, entries[i].name, true));
    for (size_t i = 0; i < g->n_drafts; i++) {
        struct ct_sv file = ct_sv_sub(g->drafts[i].path, prefix.n, SIZE_MAX);
        if (ct_sv_starts(g->drafts[i].path, prefix) && !has_row(c, file))
            CT_ARENA_PUSH(a, c->rows, c->n, cap, make_row(g, c->slug, file, false));
    }
    if (c->n && !has_row(c, CT_SV("course.md"))) /* it has to be written */
        CT_ARENA_PUSH(a, c->rows, c->n, cap, make_row(g, c->slug, CT_SV("course.md"), false));
    if (c->n)
        qsort(c->rows, c->n, sizeof *c->rows, by_number);
}

static void add_course(const struct gathering *g, struct ct_author_shelf *shelf, size_t *cap,
                       struct ct_sv slug)
{
    struct ct_author_course c = {.slug = slug, .live = ct_catalogue_course(g->rq->cat, slug)};

    for (size_t i = 0; i < shelf->n; i++)
        if (ct_sv_eq(shelf->courses[i].slug, slug))
            return;
    gather_rows(g, &c);
    if (c.n)
        CT_ARENA_PUSH(g->rq->arena, shelf->courses, shelf->n, *cap, c);
}

static int begin(struct ct_request *rq, struct gathering *g, struct ct_err *err)
{
    *g = (struct gathering){.rq = rq};
    return ct_draft_list(rq->desk.db, rq->arena, &g->drafts, &g->n_drafts, err);
}

static bool has_entry(const struct ct_dir_entry *entries, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (!entries[i].is_dir && ct_sv_eq_c(entries[i].name, name))
            return true;
    return false;
}

int ct_author_shelf(struct ct_request *rq, struct ct_author_shelf *ret, struct ct_err *err)
{
    struct ct_author_shelf shelf = {.courses = NULL};
    struct ct_dir_entry *entries;
    struct gathering g;
    size_t cap = 0, n;
    int r = begin(rq, &g, err);

    if (r < 0)
        return r;
    for (size_t i = 0; i < rq->cat->n_courses; i++)
        add_course(&g, &shelf, &cap, rq->cat->courses[i].slug);
    n = entries_of(&g, CT_SV(""), &entries);
    for (size_t i = 0; i < n; i++)
        if (entries[i].is_dir && ct_url_is_slug(entries[i].name))
            add_course(&g, &shelf, &cap, entries[i].name);
    for (size_t i = 0; i < g.n_drafts; i++) {
        size_t slash = ct_sv_find(g.drafts[i].path, '/');
        if (slash != SIZE_MAX)
            add_course(&g, &shelf, &cap, ct_sv_sub(g.drafts[i].path, 0, slash));
    }
    shelf.curriculum = make_row(&g, CT_SV("-"), CT_SV("curriculum.md"), true);
    shelf.glossary =
        make_row(&g, CT_SV("-"), CT_SV("glossary.md"), has_entry(entries, n, "glossary.md"));
    *ret = shelf;
    return CT_OK;
}

int ct_author_shelf_course(struct ct_request *rq, struct ct_sv slug, struct ct_author_course *ret,
                           struct ct_err *err)
{
    struct gathering g;
    int r = begin(rq, &g, err);

    if (r < 0)
        return r;
    *ret = (struct ct_author_course){.slug = slug, .live = ct_catalogue_course(rq->cat, slug)};
    if (ct_url_is_slug(slug))
        gather_rows(&g, ret);
    return CT_OK;
}

static struct ct_sv count_of(struct ct_arena *a, int64_t n, const char *unit)
{
    return ct_arena_printf(a, "%lld %s%s ago", (long long)n, unit, n == 1 ? "" : "s");
}

static struct ct_sv ago(struct ct_arena *a, int64_t seconds)
{
    if (seconds < MINUTE)
        return CT_SV("just now");
    if (seconds < HOUR)
        return count_of(a, seconds / MINUTE, "minute");
    return seconds < DAY ? count_of(a, seconds / HOUR, "hour") : count_of(a, seconds / DAY, "day");
}

json_t *ct_model_draft(const struct ct_request *rq, const struct ct_draft *d)
{
    if (!d)
        return json_null();
    return json_pack("{s:o, s:b, s:o, s:o}", "name", ct_json_sv(d->name), "is_mine",
                     d->person == rq->session->person, "ago",
                     ct_json_sv(ago(rq->arena, ct_now(rq->app->cfg.clock) - d->saved_at)), "saved",
                     ct_view_moment(d->saved_at));
}

json_t *ct_author_map_href(const struct ct_request *rq, const struct ct_author_file *f)
{
    const struct ct_module *m = ct_author_live_module(rq, f, NULL);

    return m && m->scenario
               ? ct_json_sv(CT_URL(rq->arena, CT_SV("author"), CT_SV("map"), f->course, m->slug))
               : json_null();
}
