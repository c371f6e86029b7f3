/*
 * page_imports.c: a file that was sent to be imported and takes longer than a page: how far it is,
 * what is refused, the import, what became of it. The work is imports.c.
 */
#include "core_priv.h"
#include "imports_priv.h"
#include "pages_priv.h"
#include "people_priv.h"
#include "view_priv.h"

#include "ct/text/url.h"
#include "ct/web/files.h"

#include <sys/stat.h>

#include "ct/base/banned.h"

#define REFRESH "3" /* seconds, where no script looks sooner */

enum { WAIT_MS = 900, PROBLEMS_ON_PAGE = 200, PAGES_MAX = 1000000, NAME_MAX_SHOWN = 120 };

const struct ct_field ct_import_query[] = {
    {"page", CT_FIELD_I64, offsetof(struct ct_import_input, page), false, 1, PAGES_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

size_t ct_import_max(const struct ct_request *rq)
{
    size_t max = rq->app->cfg.import_max ? rq->app->cfg.import_max : CT_IMPORT_FILE_MAX;

    if (!rq->app->files)
        return CT_PEOPLE_IMPORT_MAX;
    return max < CT_IMPORT_FILE_MAX ? max : CT_IMPORT_FILE_MAX;
}

struct ct_sv ct_import_max_text(const struct ct_request *rq)
{
    return ct_arena_printf(rq->arena, "%zu MB", ct_import_max(rq) / (1024 * 1024));
}

static struct ct_sv href_of(const struct ct_request *rq, int64_t id)
{
    return CT_URL(rq->arena, CT_SV("people"), CT_SV("imports"),
                  ct_arena_printf(rq->arena, "%lld", (long long)id));
}

static json_t *part_of(const struct ct_request *rq, int64_t id, const char *part)
{
    return ct_json_sv(CT_URL(rq->arena, CT_SV("people"), CT_SV("imports"),
                             ct_arena_printf(rq->arena, "%lld", (long long)id), ct_sv_c(part)));
}

/* A job and its last order. */
struct view {
    struct ct_import_job job;
    struct ct_order order;
    bool is_open, is_done, is_gone;
    int64_t page; /* of refused lines, from 1 */
};

static int find(struct ct_request *rq, struct view *v, struct ct_err *err)
{
    int64_t id = 0;
    int r = ct_param_id(rq->params[0], &id, err);

    if (r < 0 ||
        (r = ct_import_job_get(rq->desk.db, rq->arena, id, rq->session->person, &v->job, err)) < 0)
        return r;
    r = ct_order_of_import(rq->desk.db, rq->arena, v->job.id, &v->order, err);
    if (r < 0 && r != CT_NOT_FOUND)
        return r;
    v->is_done = v->job.done_at != 0;
    v->is_open = !v->is_done && r == CT_OK &&
                 (v->order.state == CT_ORDER_WAITING || v->order.state == CT_ORDER_MAKING);
    v->is_gone = v->job.removed_at || v->job.sent_at + CT_IMPORT_KEPT <= ct_now(rq->desk.clock);
    return CT_OK;
}

static bool has_list(const struct view *v)
{
    return !v->is_done && v->order.state == CT_ORDER_READY && v->job.problems > 0;
}

static struct ct_sv size_text(const struct ct_request *rq, int64_t bytes)
{
    return bytes < 1000 * 1000
               ? ct_arena_printf(rq->arena, "%lld kB", (long long)((bytes + 999) / 1000))
               : ct_arena_printf(rq->arena, "%.1f MB", (double)bytes / 1e6);
}

/* The part of a name behind the last slash, which some browsers send whole. */
static json_t *name_of(struct ct_sv name)
{
    for (size_t i = name.n; i > 0; i--)
        if (name.p[i - 1] == '/' || name.p[i - 1] == '\\') {
            name = ct_sv_sub(name, i, SIZE_MAX);
            break;
        }
    return name.n ? ct_json_sv(name) : json_string("pasted text");
}

int ct_import_jobs(struct ct_request *rq, json_t **ret, struct ct_err *err)
{
    json_t *list = json_array();
    struct ct_import_job *jobs;
    size_t n = 0;
    int r = ct_import_job_list(rq->desk.db, rq->arena, rq->session->person, &jobs, &n, err);

    for (size_t i = 0; i < n && r == CT_OK; i++)
        json_array_append_new(
            list,
            json_pack("{s:o, s:o, s:s, s:o, s:b}", "href", ct_json_sv(href_of(rq, jobs[i].id)),
                      "name", name_of(jobs[i].name), "what", ct_import_kind_name(jobs[i].kind),
                      "sent", ct_view_moment(jobs[i].sent_at), "is_done", jobs[i].done_at != 0));
    if (r < 0)
        json_decref(list);
    else
        *ret = list;
    return r;
}

/* ---- the page ---- */

/* How far it is, as the page of an ordered file says it, too. */
static json_t *progress_of(const struct ct_request *rq, const struct view *v)
{
    const struct ct_order *o = &v->order;
    bool known = o->state == CT_ORDER_MAKING && o->total > 0;
    /* behind the last line there is still the writing */
    int64_t percent = known ? o->done * 100 / o->total : 0, most = o->imports ? 90 : 99;

    return json_pack("{s:o, s:s, s:b, s:b, s:b, s:b, s:I}", "href",
                     ct_json_sv(href_of(rq, v->job.id)), "state", ct_order_state_name(o->state),
                     "is_waiting", o->state == CT_ORDER_WAITING, "imports", o->imports, "is_making",
                     o->state == CT_ORDER_MAKING, "has_percent", known, "percent",
                     (json_int_t)(percent < most ? percent : most));
}

static json_t *problems_of(const struct ct_import_problem *list, size_t n)
{
    json_t *problems = json_array();

    for (size_t i = 0; i < n; i++)
        json_array_append_new(
            problems, json_pack("{s:I, s:o, s:o}", "line", (json_int_t)list[i].line, "column",
                                ct_view_text(list[i].column), "text", ct_json_sv(list[i].text)));
    return problems;
}

static json_t *page_href(const struct ct_request *rq, const struct view *v, int64_t page)
{
    int64_t listed =
        v->job.problems < CT_IMPORT_LISTED_MAX ? v->job.problems : CT_IMPORT_LISTED_MAX;
    int64_t pages = (listed + PROBLEMS_ON_PAGE - 1) / PROBLEMS_ON_PAGE;

    if (page < 1 || page > pages)
        return json_null();
    return ct_json_sv(ct_arena_printf(rq->arena, "%.*s?page=%lld",
                                      CT_SV_ARG(href_of(rq, v->job.id)), (long long)page));
}

static int add_problems(struct ct_request *rq, const struct view *v, json_t *model,
                        struct ct_err *err)
{
    struct ct_import_problem *list = NULL;
    size_t n = 0, from = (size_t)(v->page - 1) * PROBLEMS_ON_PAGE;
    bool has = has_list(v);
    int r = has ? ct_import_refused(rq->app, rq->arena, v->order.id, from, PROBLEMS_ON_PAGE, &list,
                                    &n, err)
                : CT_OK;

    if (r < 0)
        return r;
    json_object_set_new(model, "has_problems", json_boolean(has));
    json_object_set_new(model, "problems", problems_of(list, n));
    json_object_set_new(model, "first", json_integer(n ? (json_int_t)from + 1 : 0));
    json_object_set_new(model, "last", json_integer((json_int_t)(from + n)));
    json_object_set_new(model, "previous_href", has ? page_href(rq, v, v->page - 1) : json_null());
    json_object_set_new(model, "next_href", has ? page_href(rq, v, v->page + 1) : json_null());
    json_object_set_new(model, "refused_href",
                        has ? part_of(rq, v->job.id, "refused.csv") : json_null());
    return CT_OK;
}

static void add_job(const struct ct_request *rq, const struct view *v, json_t *model)
{
    const struct ct_import_job *j = &v->job;
    const char *kind = ct_import_kind_name(j->kind);

    json_object_set_new(model, "name", name_of(j->name));
    json_object_set_new(model, "size", ct_json_sv(size_text(rq, j->size)));
    json_object_set_new(model, "sent", ct_view_moment(j->sent_at));
    json_object_set_new(model, "what", json_string(kind));
    json_object_set_new(model, "lines", json_integer(j->lines));
    json_object_set_new(model, "added", json_integer(j->added));
    json_object_set_new(model, "changed", json_integer(j->changed));
    json_object_set_new(model, "unchanged", json_integer(j->unchanged));
    json_object_set_new(model, "n_problems", json_integer(j->problems));
    json_object_set_new(model, "added_word",
                        json_string(ct_import_kind_noun(j->kind, (size_t)j->added)));
    ct_view_add_noun(model, "lines_word", (size_t)j->lines, "line", "lines");
}

/* What can be done next, as the file stands. */
static void add_state(const struct ct_request *rq, const struct view *v, json_t *model)
{
    const struct ct_import_job *j = &v->job;
    enum ct_order_state state = v->order.state;
    bool still = !v->is_open && !v->is_done && !v->is_gone;
    bool looked = !v->is_open && !v->is_done && state == CT_ORDER_READY && !v->order.imports;
    bool fine = looked && j->problems == 0, useful = fine && j->added + j->changed > 0;

    json_object_set_new(model, "is_open", json_boolean(v->is_open));
    json_object_set_new(model, "is_done", json_boolean(v->is_done));
    json_object_set_new(model, "is_fine", json_boolean(fine));
    json_object_set_new(model, "would_change", json_boolean(useful));
    json_object_set_new(model, "is_cancelled",
                        json_boolean(!v->is_done && state == CT_ORDER_CANCELLED));
    json_object_set_new(model, "is_failed", json_boolean(!v->is_done && state == CT_ORDER_FAILED));
    json_object_set_new(model, "is_gone", json_boolean(!v->is_open && !v->is_done && v->is_gone));
    json_object_set_new(model, "problem",
                        v->is_done ? json_null() : ct_view_text(v->order.problem));
    json_object_set_new(model, "import_href",
                        still && useful ? part_of(rq, j->id, "import") : json_null());
    json_object_set_new(model, "check_href",
                        still && !useful ? part_of(rq, j->id, "check") : json_null());
    json_object_set_new(model, "cancel_href",
                        v->is_open ? part_of(rq, j->id, "cancel") : json_null());
    json_object_set_new(model, "file", v->is_open ? progress_of(rq, v) : json_null());
}

int ct_get_import(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_import_input *in = rq->input;
    struct view v = {.page = in->page ? in->page : 1};
    int r = find(rq, &v, err);

    if (r < 0)
        return r;
    json_t *model = json_pack("{s:s, s:s?}", "title", "Import of a file", "refresh",
                              v.is_open ? REFRESH : NULL);
    add_job(rq, &v, model);
    add_state(rq, &v, model);
    if ((r = add_problems(rq, &v, model, err)) < 0) {
        json_decref(model);
        return r;
    }
    return ct_page(rq, rs, "people-import-file", model, err);
}

int ct_get_import_refused(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct view v = {.page = 1};
    struct stat st;
    int r = find(rq, &v, err);

    if (r < 0)
        return r;
    if (!has_list(&v))
        return ct_fail(err, CT_NOT_FOUND, "file", "there is no list of refused lines");
    rs->file = ct_files_path(rq->app->files, rq->arena, v.order.id);
    if (stat(rs->file, &st) != 0) {
        rs->file = NULL;
        return ct_fail(err, CT_NOT_FOUND, "file", "the list is not on the disk any more");
    }
    rs->file_length = st.st_size;
    rs->content_type = "text/csv; charset=utf-8";
    rs->disposition = ct_arena_printf(rq->arena, "attachment; filename=\"refused-%lld.csv\"",
                                      (long long)v.job.id);
    return CT_OK;
}

/* ---- what is asked for ---- */

/* What is quick is found done on the page that one is led to. */
static int lead_to(struct ct_request *rq, struct ct_response *rs, int64_t id)
{
    ct_files_wait(rq->app->files, WAIT_MS);
    return ct_see_other(rq, rs, href_of(rq, id));
}

int ct_import_begin(struct ct_request *rq, struct ct_response *rs, enum ct_import_kind kind,
                    struct ct_sv name, struct ct_sv bytes, struct ct_err *err)
{
    struct ct_import_job job = {.person = rq->session->person, .kind = kind};
    int64_t id = 0;
    int r;

    if (ct_sv_utf8(name))
        job.name = ct_sv_sub(name, 0, NAME_MAX_SHOWN);
    if (!ct_sv_utf8(job.name))
        job.name = CT_SV("");
    r = ct_import_keep(rq->app, rq->arena, &job, bytes, &id, err);
    return r < 0 ? r : lead_to(rq, rs, id);
}

static int order(struct ct_request *rq, struct ct_response *rs, bool imports, struct ct_err *err)
{
    struct view v = {.page = 1};
    int64_t id;
    int r = find(rq, &v, err);

    if (r < 0)
        return r;
    if (v.is_done || v.is_open)
        return ct_see_other(rq, rs, href_of(rq, v.job.id)); /* pressed twice */
    if (v.is_gone)
        return ct_fail(err, CT_CONFLICT, "file", "the file was deleted; please send it again");
    if ((r = ct_order_add_import(rq->desk.store, rq->desk.clock, v.job.person, v.job.id, imports,
                                 &id, err)) < 0)
        return r;
    return lead_to(rq, rs, v.job.id);
}

int ct_post_import_check(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return order(rq, rs, false, err);
}

int ct_post_import(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    return order(rq, rs, true, err);
}

int ct_post_import_cancel(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct view v = {.page = 1};
    struct ct_err late = CT_ERR_INIT;
    int r = find(rq, &v, err);

    if (r < 0)
        return r;
    if (v.is_open)
        r = ct_order_cancel(rq->desk.store, rq->desk.clock, v.order.id, v.job.person, &late);
    if (r < 0 && r != CT_CONFLICT) /* one that has just ended says so on its page */
        return ct_fail(err, (enum ct_status)r, late.what, "%s", late.text);
    return ct_see_other(rq, rs, href_of(rq, v.job.id));
}
