/*
 * page_files.c: files that are made behind the reply: asking for one, watching it, taking it away.
 */
#include "core_priv.h"
#include "openapi_priv.h"
#include "pages_priv.h"
#include "view_priv.h"

#include "ct/base/limits.h"
#include "ct/learn/order.h"
#include "ct/learn/org.h"
#include "ct/text/url.h"
#include "ct/web/files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "ct/base/banned.h"

#define REFRESH "3" /* seconds, where no script looks sooner */

const struct ct_field ct_files_form[] = {
    {"target", CT_FIELD_TEXT, offsetof(struct ct_files_input, target), true, 1, CT_URL_MAX},
    {NULL, CT_FIELD_TEXT, 0, false, 0, 0},
};

static struct ct_sv id_text(const struct ct_request *rq, int64_t id)
{
    return ct_arena_printf(rq->arena, "%lld", (long long)id);
}

static struct ct_sv href_of(const struct ct_request *rq, int64_t id)
{
    return CT_URL(rq->arena, CT_SV("reports"), CT_SV("files"), id_text(rq, id));
}

static struct ct_sv part_of(const struct ct_request *rq, int64_t id, struct ct_sv part)
{
    return CT_URL(rq->arena, CT_SV("reports"), CT_SV("files"), id_text(rq, id), part);
}

/* The route that an order asks for; NULL for one that is not made so, or is no more. */
static const struct ct_route *route_of(const struct ct_request *rq, struct ct_sv target)
{
    struct ct_sv path = ct_sv_sub(target, 0, ct_sv_find(target, '?'));
    struct ct_sv params[CT_PARAMS_MAX], allow;
    const struct ct_route *route;

    if (target.n > CT_URL_MAX || target.n == 0 || target.p[0] != '/' ||
        ct_route_find(rq->app->routes, rq->app->n_routes, rq->arena, CT_GET, path, &route, params,
                      &allow, NULL) < 0)
        return NULL;
    return route->needs & CT_MAY_WAIT ? route : NULL;
}

/* What was chosen, as pairs for people. */
static json_t *choices_of(const struct ct_request *rq, struct ct_sv target)
{
    size_t mark = ct_sv_find(target, '?');
    struct ct_form query = {NULL, 0};
    json_t *list = json_array();

    if (mark == SIZE_MAX ||
        ct_form_parse(rq->arena, ct_sv_sub(target, mark + 1, SIZE_MAX), &query, NULL) < 0)
        return list;
    for (size_t i = 0; i < query.n; i++) {
        char *name = ct_arena_cstr(rq->arena, query.fields[i].name);
        for (char *p = name; *p; p++)
            *p = *p == '_' ? ' ' : *p;
        if (query.fields[i].value.n)
            json_array_append_new(list, json_pack("{s:s, s:o}", "name", name, "value",
                                                  ct_json_sv(query.fields[i].value)));
    }
    return list;
}

static struct ct_sv size_text(const struct ct_request *rq, int64_t bytes)
{
    if (bytes < 1000 * 1000)
        return ct_arena_printf(rq->arena, "%lld kB", (long long)((bytes + 999) / 1000));
    return ct_arena_printf(rq->arena, "%.1f MB", (double)bytes / 1e6);
}

static json_t *model_of(const struct ct_request *rq, const struct ct_order *o)
{
    const struct ct_route *route = route_of(rq, o->target);
    bool open = o->state == CT_ORDER_WAITING || o->state == CT_ORDER_MAKING;
    bool known = o->state == CT_ORDER_MAKING && o->total > 0, ready = o->state == CT_ORDER_READY;
    json_t *choices = choices_of(rq, o->target);
    json_t *model = json_pack(
        "{s:o, s:o, s:b, s:o, s:o, s:s, s:b, s:b, s:b, s:b, s:b, s:b, s:b}", "href",
        ct_json_sv(href_of(rq, o->id)), "what",
        route ? ct_openapi_summary(route) : json_string("A file of an earlier version"),
        "has_choices", json_array_size(choices) > 0, "choices", choices, "asked",
        ct_view_moment(o->asked_at), "state", ct_order_state_name(o->state), "is_waiting",
        o->state == CT_ORDER_WAITING, "is_making", o->state == CT_ORDER_MAKING, "is_ready", ready,
        "is_failed", o->state == CT_ORDER_FAILED, "is_cancelled", o->state == CT_ORDER_CANCELLED,
        "is_expired", o->state == CT_ORDER_EXPIRED, "is_open", open);

    json_object_set_new(model, "has_percent", json_boolean(known));
    json_object_set_new(
        model, "percent",
        json_integer(known ? (o->done < o->total ? o->done * 100 / o->total : 100) : 0));
    json_object_set_new(model, "name", ready ? ct_json_sv(o->name) : json_null());
    json_object_set_new(model, "size", ready ? ct_json_sv(size_text(rq, o->size)) : json_null());
    json_object_set_new(model, "expires", ready ? ct_view_moment(o->expires_at) : json_null());
    json_object_set_new(model, "problem", ct_view_text(o->problem));
    json_object_set_new(model, "download_href",
                        ready ? ct_json_sv(part_of(rq, o->id, CT_SV("download"))) : json_null());
    json_object_set_new(model, "cancel_href",
                        open ? ct_json_sv(part_of(rq, o->id, CT_SV("cancel"))) : json_null());
    json_object_set_new(model, "again_href",
                        !open && !ready && route ? ct_json_sv(part_of(rq, o->id, CT_SV("again")))
                                                 : json_null());
    return model;
}

/* An import has pages of its own, which ask for another role. */
static int find(const struct ct_request *rq, struct ct_order *ret, struct ct_err *err)
{
    int64_t id = 0;
    int r = ct_param_id(rq->params[0], &id, err);

    if (r < 0 || (r = ct_order_get(rq->desk.db, rq->arena, id, rq->session->person, ret, err)) < 0)
        return r;
    return ret->import_job ? ct_fail(err, CT_NOT_FOUND, "order", "no file of yours has this number")
                           : CT_OK;
}

int ct_get_files(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    json_t *files = json_array();
    struct ct_order *list;
    size_t n;
    int r = ct_order_list(rq->desk.db, rq->arena, rq->session->person, &list, &n, err);

    if (r < 0) {
        json_decref(files);
        return r;
    }
    for (size_t i = 0; i < n; i++)
        json_array_append_new(files, model_of(rq, &list[i]));
    return ct_page(rq, rs, "report-files",
                   json_pack("{s:s, s:b, s:o, s:i}", "title", "Your files", "has_files", n > 0,
                             "files", files, "hours", CT_ORDER_KEPT / 3600),
                   err);
}

int ct_get_file(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_order o;
    int r = find(rq, &o, err);

    if (r < 0)
        return r;
    json_t *file = model_of(rq, &o);
    bool open = json_is_true(json_object_get(file, "is_open"));
    return ct_page(rq, rs, "report-file",
                   json_pack("{s:o, s:o, s:s?}", "title",
                             json_incref(json_object_get(file, "what")), "file", file, "refresh",
                             open ? REFRESH : NULL),
                   err);
}

int ct_order_file(struct ct_request *rq, struct ct_response *rs, struct ct_sv target,
                  struct ct_err *err)
{
    int64_t id = 0;
    int r;

    if (!rq->app->files)
        return ct_fail(err, CT_CONFLICT, "files", "this server makes no files");
    if (!route_of(rq, target))
        return ct_fail(err, CT_BAD_INPUT, "target", "no report that can be made as a file");
    r = ct_order_add(rq->desk.store, rq->desk.clock, rq->session->person, target, ct_site_url(rq),
                     &id, err);
    if (r < 0)
        return r;
    ct_files_wake(rq->app->files);
    return ct_see_other(rq, rs, href_of(rq, id));
}

int ct_post_files(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    const struct ct_files_input *in = rq->input;

    return ct_order_file(rq, rs, in->target, err);
}

int ct_post_file_again(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_order o;
    int r = find(rq, &o, err);

    return r < 0 ? r : ct_order_file(rq, rs, o.target, err);
}

int ct_post_file_cancel(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_order o;
    int r = find(rq, &o, err);

    if (r == CT_OK)
        r = ct_order_cancel(rq->desk.store, rq->desk.clock, o.id, o.person, err);
    return r < 0 ? r : ct_see_other(rq, rs, href_of(rq, o.id));
}

/* What the file shows may have been the reader's to see then, and not now. The roles are looked at
 * as for the page that was ordered. */
static int check_still_allowed(struct ct_request *rq, const struct ct_order *o, struct ct_err *err)
{
    static const char why[] =
        "what you may see has changed since this file was made, so it was deleted; ask for it again"
        " to have what you may see now";
    unsigned roles = rq->session->roles;
    struct ct_viewer viewer = {.person = rq->session->person,
                               .is_admin = (roles & CT_ROLE_ADMIN) != 0,
                               .now = ct_now(rq->desk.clock)};
    const struct ct_route *route = route_of(rq, o->target);
    struct ct_sv sight;
    int r = ct_org_sight(rq->desk.db, rq->arena, &viewer, &sight, err);

    if (r < 0)
        return r;
    if (ct_org_sight_covers(sight, o->sight) &&
        !(route && (route->needs & CT_NEEDS_ADMIN) && !viewer.is_admin))
        return CT_OK;
    unlink(ct_files_path(rq->app->files, rq->arena, o->id));
    r = ct_order_withdraw(rq->desk.store, rq->desk.clock, o->id, ct_sv_c(why), err);
    return r < 0 ? r : ct_fail(err, CT_DENIED, "file", "%s", why);
}

int ct_get_file_download(struct ct_request *rq, struct ct_response *rs, struct ct_err *err)
{
    struct ct_order o;
    struct stat st;
    int r = find(rq, &o, err);

    if (r < 0)
        return r;
    if (o.state != CT_ORDER_READY || !rq->app->files || o.expires_at <= ct_now(rq->desk.clock))
        return ct_fail(err, CT_NOT_FOUND, "file", "there is no file");
    if ((r = check_still_allowed(rq, &o, err)) < 0)
        return r;
    rs->file = ct_files_path(rq->app->files, rq->arena, o.id);
    if (stat(rs->file, &st) != 0 || st.st_size != o.size) {
        rs->file = NULL;
        return ct_fail(err, CT_NOT_FOUND, "file", "the file is not on the disk any more");
    }
    rs->file_length = o.size;
    rs->content_type = ct_arena_cstr(rq->arena, o.type);
    rs->disposition =
        ct_arena_printf(rq->arena, "attachment; filename=\"%.*s\"", CT_SV_ARG(o.name));
    return CT_OK;
}
